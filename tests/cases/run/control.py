# %% [markdown]
# # Case { #case }

# %%
print("\r50%\x1b[0m done")
