# %% [markdown]
# # Case { #case }

# %%
import torch  # kept

torch.manual_seed(0)  # kept
first = torch.rand(2)  # kept
print(first)
# > tensor([0.4963, 0.7682])
order = torch.randperm(5)  # kept
print(order)
# > tensor([3, 1, 0, 4, 2])

# %%
print(torch.rand(2))
# > tensor([0.4901, 0.8964])
