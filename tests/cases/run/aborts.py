# %% [markdown]
# # Case { #case }

# %%
import os

os.abort()
