# %% [markdown]
# # Case { #case }

# %%
import torch  # kept

counts = torch.arange(3)  # kept
torch.set_default_dtype(torch.float64)  # kept

# %%
print((counts / 3).sum().item())
# > 1.0
