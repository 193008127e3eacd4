# %% [markdown]
# # Case { #case }

# %%
import torch  # kept

a = torch.zeros(2)  # kept
b = torch.ones(2)  # kept
a.data = b  # kept
a.add_(1)  # kept
c = b[torch.tensor([0])]
c.fill_(9)

# %%
print(b)
# > tensor([2., 2.])
