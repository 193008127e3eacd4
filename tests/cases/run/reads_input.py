# %% [markdown]
# # Case { #case }

# %%
name = input("name? ")
