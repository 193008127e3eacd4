# %% [markdown]
# # Case { #case }

# %%
from math import *  # noqa: F403 - kept

x = 1

# %%
print(floor(pi))  # noqa: F405
# > 3
