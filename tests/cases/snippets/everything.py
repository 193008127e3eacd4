# %% [markdown]
# # Case { #case }

# %%
x = 1  # kept
y = 2  # kept
exec("x = 5")  # kept
z = 3

# %%
print(x)
# > 5
