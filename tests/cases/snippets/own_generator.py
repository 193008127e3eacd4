# %% [markdown]
# # Case { #case }

# %%
import torch  # kept

torch.manual_seed(0)
generator = torch.Generator().manual_seed(0)  # kept
lost = torch.rand(2)
drawn = torch.rand(2, generator=generator)  # kept

# %%
print(torch.rand(2, generator=generator))
# > tensor([0.0885, 0.1320])
