# %% [markdown]
# # Case { #case }

# %%
numbers = [1]  # kept
stream = iter(numbers)  # kept
numbers.append(2)  # kept

# %%
print(list(stream))
# > [1, 2]
