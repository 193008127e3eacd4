# %% [markdown]
# # Case { #case }

# %%
raise KeyboardInterrupt
