# %% [markdown]
# # Case { #case }

# %%
import io  # kept
import json  # kept

import torch

data = {"a": 1}  # kept
text = io.StringIO()  # kept
saved = io.BytesIO()
print("head", file=text)  # kept
json.dump(data, text)  # kept
torch.save(data, saved)

# %%
print(text.getvalue().split("\n"), data)
# > ['head', '{"a": 1}'] {'a': 1}
