# %% [markdown]
# # Case { #case }

# %%
import io

import torch

buffer = io.BytesIO()
torch.save(torch.ones(2), buffer)
buffer.seek(0)
print(torch.load(buffer))
# > tensor([1., 1.])
with open("/dev/null", "w") as nowhere:
    print("nothing", file=nowhere)
