# %% [markdown]
# # Case { #case }

# %%
x = 1
x = 2  # kept
y = x  # kept
x = 3

# %%
print(y)
# > 2
