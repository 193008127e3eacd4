# %% [markdown]
# # Case { #case }

# %%
import numpy as np  # kept
import torch  # kept

numbers = np.array([3, 1, 2])  # kept
numbers.sort()  # kept
shared = torch.from_numpy(numbers)  # kept
ordered = shared.sort().values
shared[0] = 9  # kept

# %%
print(numbers)
# > [9 2 3]
