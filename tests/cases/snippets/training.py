# %% [markdown]
# # Case { #case }

# %%
import torch  # kept
import torch.nn.functional as F  # kept
from torch import nn  # kept

torch.manual_seed(0)  # kept
x, y = torch.eye(3), torch.arange(3)  # kept
model = nn.Linear(3, 3)  # kept
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)  # kept


def accuracy(model):
    return (model(x).argmax(dim=1) == y).float().mean().item()


print(accuracy(model))
# > 0.3333333432674408
for _ in range(2):  # kept
    loss = F.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(accuracy(model))
# > 0.3333333432674408

# %%
print(model(x))
# > tensor([[ 0.1743, -0.5989, -0.1512],
# >         [ 0.4231, -0.3281,  0.3150],
# >         [-0.3520, -0.0306, -0.1242]], grad_fn=<AddmmBackward0>)
