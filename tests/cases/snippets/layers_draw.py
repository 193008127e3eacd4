# %% [markdown]
# # Case { #case }

# %%
import torch  # kept
from torch import nn  # kept

torch.manual_seed(0)  # kept
hidden = nn.Linear(2, 2)  # kept
act = nn.ReLU()
drop = nn.Dropout()  # kept
zeros = drop(torch.ones(4))  # kept
half = nn.functional.dropout(torch.ones(4))  # kept

# %%
noise = torch.empty(2).uniform_()
print(noise)
# > tensor([0.3971, 0.8742])
