# %% [markdown]
# # Case { #case }

# %%
import torch  # kept

seed = 3  # kept
torch.manual_seed(0)  # kept
first = torch.rand(2)  # kept
if seed > 5:  # kept
    torch.manual_seed(seed)

# %%
print(torch.rand(2))
# > tensor([0.0885, 0.1320])
