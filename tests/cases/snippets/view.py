# %% [markdown]
# # Case { #case }

# %%
import torch  # kept

x = torch.zeros(2, 2)  # kept
row = x[0]  # kept
copy = x[1].clone()
row.fill_(7)  # kept
copy.fill_(8)

# %%
print(x)
# > tensor([[7., 7.],
# >         [0., 0.]])
