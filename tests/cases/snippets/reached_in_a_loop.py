# %% [markdown]
# # Case { #case }

# %%
import torch  # kept

w = torch.ones(2)  # kept
b = torch.ones(1)  # kept
for parameter in (w, b):  # kept
    parameter.mul_(3)

# %%
print(w)
# > tensor([3., 3.])
