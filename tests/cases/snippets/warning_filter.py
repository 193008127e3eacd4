# %% [markdown]
# # Case { #case }

# %%
import warnings  # kept

import torch  # kept

warnings.filterwarnings("ignore")  # kept
x = torch.ones(1)  # kept
with warnings.catch_warnings():
    warnings.simplefilter("error")

# %%
print(torch.exp(x).item() > 2)
# > True
