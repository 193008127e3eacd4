# %% [markdown]
# # Case { #case }

# %%
numbers = []  # kept


class Holder:  # kept
    held = numbers


numbers.append(1)  # kept

# %%
print(Holder.held)
# > [1]
