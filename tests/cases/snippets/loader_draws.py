# %% [markdown]
# # Case { #case }

# %%
import torch  # kept
from torch.utils.data import DataLoader, TensorDataset  # kept

torch.manual_seed(0)  # kept
loader = DataLoader(TensorDataset(torch.arange(4)), batch_size=2, shuffle=True)  # kept
for (batch,) in loader:  # kept
    print(batch)
# > tensor([2, 1])
# > tensor([3, 0])

# %%
print(torch.rand(1))
# > tensor([0.3074])
