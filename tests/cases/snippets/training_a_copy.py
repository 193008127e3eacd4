# %% [markdown]
# # Case { #case }

# %%
import copy  # kept

import torch  # kept
from torch import nn  # kept

torch.manual_seed(0)  # kept
start = nn.Linear(1, 1)  # kept
trained = copy.deepcopy(start)
optimizer = torch.optim.SGD(trained.parameters(), lr=0.1)
trained(torch.ones(1)).sum().backward()
optimizer.step()

# %%
print(copy.deepcopy(start)(torch.ones(1)))
# > tensor([0.5290], grad_fn=<ViewBackward0>)
