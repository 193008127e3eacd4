# %% [markdown]
# # Case { #case }

# %%
import torch  # kept

torch.set_printoptions(precision=2)
x = torch.tensor([0.12345])  # kept

# %%
print(f"{x.item():.4f}", x.tolist(), x.shape)
# > 0.1235 [0.12345000356435776] torch.Size([1])
