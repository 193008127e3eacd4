# %% [markdown]
# # Case { #case }

# %%
import warnings

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
logits = torch.tensor([1.0, 2.0, 3.0])
F.softmax(logits, dim=0)
model = nn.Linear(3, 3)
model.train()
nn.init.zeros_(model.weight)
model(logits)
model(logits).sum().backward()
torch.rand(1)
torch.set_grad_enabled(True)


def double(times):
    return times


def say():
    print("said")
    return 1


double(3)
x = 1

# %%
say()
# > said

# %%
double(3)

# %%
_ = double(3)
with warnings.catch_warnings():
    double(2)
model.eval()

# %%
F.softmax(
    logits,
    dim=0,
)
