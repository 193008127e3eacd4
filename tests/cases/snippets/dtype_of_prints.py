# %% [markdown]
# # Case { #case }

# %%
import torch  # kept

x = torch.ones(1)  # kept
torch.set_default_dtype(torch.float64)  # kept

# %%
print(x)
# > tensor([1.], dtype=torch.float32)
