# %% [markdown]
# # Case { #case }

# %%
import torch  # kept

model = torch.nn.Linear(2, 2)  # kept
idle = torch.nn.Linear(2, 2)


@torch.no_grad()  # kept
def reset(model):
    model.eval()
    model.weight.zero_()


# %%
reset(idle)
reset(model)  # kept

# %%
total = model.weight.sum().item()
