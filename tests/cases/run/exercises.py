# %% [markdown]
# # Case { #case }

# %%
from __future__ import annotations

import torch

flag = torch.tensor(True)

# %% exercise="answer"
### BEGIN SOLUTION
answer = 42
### END SOLUTION

# %% check="answer"
print("checking")
# > checking
assert answer == 42


# %% exercise="typed"
def typed(x: Later) -> float:
    ### BEGIN SOLUTION
    y = 2 * x
    print("in the solution")
    return y
    ### END SOLUTION


# %% check="typed"
assert abs(typed(1.0) - 2) < 1e-6
# > in the solution
