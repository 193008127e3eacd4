# %% [markdown]
# # Case { #case }

# %%
numbers = iter([1, 2, 3, 4])  # kept
print(next(numbers))  # kept
# > 1
for n in numbers:  # kept
    if n == 2:
        break

# %%
print(next(numbers))
# > 3
