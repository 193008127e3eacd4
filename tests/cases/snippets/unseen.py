# %% [markdown]
# # Case { #case }

# %%
import sys

scale = 1  # kept
sys.modules["__main__"].scale = 3

# %%
print(scale)
# > 3
print(2 * scale)
# > 6
