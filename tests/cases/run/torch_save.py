# %% [markdown]
# # Case { #case }

# %%
import torch

torch.save(torch.ones(2), "model.pt")
