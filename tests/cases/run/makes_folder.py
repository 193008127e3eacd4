# %% [markdown]
# # Case { #case }

# %%
import os

os.mkdir("data")
