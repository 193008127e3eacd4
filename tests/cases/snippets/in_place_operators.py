# %% [markdown]
# # Case { #case }

# %%
import torch  # kept

x = torch.ones(2)  # kept
y = x  # kept
y += 1  # kept
n = 1
m = n
m += 1

# %%
print(x)
# > tensor([2., 2.])
