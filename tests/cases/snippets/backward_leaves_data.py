# %% [markdown]
# # Case { #case }

# %%
import torch  # kept

w = torch.ones(2, requires_grad=True)
x = torch.ones(2)  # kept
loss = (w * x).sum()
loss.backward()

# %%
print(x)
# > tensor([1., 1.])
