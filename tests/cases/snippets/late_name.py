# %% [markdown]
# # Case { #case }

# %%
scale = 1


def scaled(x):  # kept
    return scale * x


scale = 3  # kept

# %%
print(scaled(2))
# > 6
