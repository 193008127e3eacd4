# %% [markdown]
# # Case { #case }

# %%
from urllib.request import urlopen

urlopen("https://example.com/mnist.gz", timeout=1)
