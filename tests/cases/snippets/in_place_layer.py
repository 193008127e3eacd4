# %% [markdown]
# # Case { #case }

# %%
import torch  # kept
from torch import nn  # kept

x = torch.tensor([-1.0, 1.0])  # kept
nn.ReLU(inplace=True)(x)  # kept
nn.ReLU()(x)

# %%
print(x)
# > tensor([0., 1.])
