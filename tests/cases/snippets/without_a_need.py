# %% [markdown]
# # Case { #case }

# %%
x = 1
print(x)
# > 1

# %%
y = 2
print(y)
# > 2
