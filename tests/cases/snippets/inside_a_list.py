# %% [markdown]
# # Case { #case }

# %%
a = []  # kept
pair = [a, []]  # kept
pair[0].append(1)  # kept
pair = None

# %%
print(a)
# > [1]
