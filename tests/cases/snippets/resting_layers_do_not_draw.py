# %% [markdown]
# # Case { #case }

# %%
import torch  # kept
from torch import nn  # kept

torch.manual_seed(0)  # kept
model = nn.Sequential(nn.Linear(2, 2), nn.Dropout())  # kept
print(model(torch.ones(1, 2)).shape)  # kept
# > torch.Size([1, 2])
model.eval()
print(model(torch.ones(1, 2)).shape)
# > torch.Size([1, 2])

# %%
print(torch.rand(2))
# > tensor([0.3489, 0.4017])
