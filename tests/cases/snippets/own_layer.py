# %% [markdown]
# # Case { #case }

# %%
import torch  # kept
from torch import nn  # kept


class Noisy(nn.Module):  # kept
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(1, 1)
        self.calls = 0

    def forward(self, x):
        self.calls += 1
        return self.linear(x)


class Quiet(Noisy):  # kept
    def forward(self, x):
        return super().forward(x).detach()


model = Quiet()  # kept
model(torch.ones(1))  # kept

# %%
print(model.calls)
# > 1
