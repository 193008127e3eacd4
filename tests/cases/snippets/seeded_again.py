# %% [markdown]
# # Case { #case }

# %%
import torch  # kept

torch.manual_seed(0)
first = torch.rand(2)
torch.manual_seed(1)  # kept

# %%
print(torch.rand(2))
# > tensor([0.7576, 0.2793])
