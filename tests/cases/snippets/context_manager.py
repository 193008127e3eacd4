# %% [markdown]
# # Case { #case }

# %%
from contextlib import contextmanager  # kept

log = []  # kept


@contextmanager  # kept
def logged(name):
    log.append(name)
    yield


with logged("a"):  # kept
    pass

# %%
print(log)
# > ['a']
