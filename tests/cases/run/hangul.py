# %% [markdown]
# # Case { #case }

# %%
print(chr(0xC548) + chr(0xB155))
