# %% [markdown]
# # Case { #case }

# %%
import random  # kept

import numpy as np  # kept

random.seed(0)  # kept
np.random.seed(0)  # kept
deck = list(range(5))  # kept
random.shuffle(deck)  # kept
noise = np.random.rand(2)  # kept

# %%
print(deck, random.random(), round(np.random.rand(), 4))
# > [2, 1, 0, 4, 3] 0.9654648863619172 0.6028
