# %% [markdown]
# # Case { #case }

# %%
print(object())
