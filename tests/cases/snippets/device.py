# %% [markdown]
# # Case { #case }

# %%
import torch  # kept

found = torch.accelerator.current_accelerator(check_available=True)  # kept
device = found or torch.device("cpu")  # kept
numbers = torch.arange(6.0).view(3, 2)  # kept


# %%
def fit(x, seed):  # kept
    torch.manual_seed(seed)
    model = torch.nn.Linear(2, 1).to(device)
    x = x.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for rows in torch.randperm(len(x)).split(2):
        loss = model(x[rows]).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


# %%
others = [fit(numbers, seed) for seed in range(3)]

# %%
total = fit(numbers, seed=0).weight.sum().item()
