# %% [markdown]
# # Case { #case }

# %%
import sys

sys.exit("enough")
