# %% [markdown]
# # Case { #case }

# %%
import torch  # kept

torch.set_printoptions(precision=2)  # kept
x = torch.tensor([0.12345])  # kept

# %%
print(x)
# > tensor([0.12])
