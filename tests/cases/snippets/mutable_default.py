# %% [markdown]
# # Case { #case }

# %%
def remember(value, seen=[]):  # noqa: B006 - kept
    seen.append(value)
    return seen


remember(1)  # kept

# %%
print(remember(2))
# > [1, 2]
