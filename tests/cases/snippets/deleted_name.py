# %% [markdown]
# # Case { #case }

# %%
sum = max  # kept
print(sum([1, 2]))
# > 2
del sum  # kept

# %%
print(sum([1, 2]))
# > 3
