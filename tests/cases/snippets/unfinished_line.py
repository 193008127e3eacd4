# %% [markdown]
# # Case { #case }

# %%
numbers = iter(range(9))  # kept
print(next(numbers), end=" ")  # kept
print("and more")  # kept
# > 0 and more
print("another line")
# > another line

# %%
print(next(numbers))
# > 1
