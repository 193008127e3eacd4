# %% [markdown]
# # Case { #case }

# %%
import numpy as np

np.save("array.npy", np.ones(2))
