# %% [markdown]
# # Case { #case }

# %%
import math  # kept

unit = 2  # kept


# %%
def area(radius):
    return unit * math.pi * radius**2
