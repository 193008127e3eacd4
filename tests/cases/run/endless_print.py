# %% [markdown]
# # Case { #case }

# %%
while True:
    print("x" * 100)
