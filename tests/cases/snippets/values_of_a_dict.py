# %% [markdown]
# # Case { #case }

# %%
numbers = []  # kept
table = {"numbers": numbers, "other": []}  # kept
for values in table.values():  # kept
    values.append(1)

# %%
print(numbers)
# > [1]
