# %% [markdown]
# # Case { #case }

# %%
import torch  # kept
from torch import nn  # kept

norm = nn.BatchNorm1d(2)  # kept
norm(torch.arange(4.0).reshape(2, 2))  # kept
norm.eval()  # kept
norm(torch.ones(2, 2))

# %%
print(norm.running_mean)
# > tensor([0.1000, 0.2000])
