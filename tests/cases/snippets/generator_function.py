# %% [markdown]
# # Case { #case }

# %%
import torch  # kept

torch.manual_seed(0)  # kept


def batches():  # kept
    while True:
        yield torch.rand(1)


stream = batches()  # kept
next(stream)  # kept

# %%
print(next(stream))
# > tensor([0.7682])
