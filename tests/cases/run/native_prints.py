# %% [markdown]
# # Case { #case }

# %%
import ctypes

_ = ctypes.CDLL(None).puts(b"from C")
