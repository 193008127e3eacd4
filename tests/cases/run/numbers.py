# %% [markdown]
# # Case { #case }

# %%
import torch

x = torch.tensor([1.0, -0.0, float("inf"), float("-inf"), float("nan")])
print(x)
# > tensor([1., -0., inf, -inf, nan])
print(x.shape, x.numel(), torch.arange(3))
# > torch.Size([5]) 5 tensor([0, 1, 2])
print(torch.tensor([1e-10, 1.0]), 1e-05, 1.5e3)
# > tensor([1.0000e-10, 1.0000e+00]) 1e-05 1500.0
