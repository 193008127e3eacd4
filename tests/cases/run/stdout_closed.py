# %% [markdown]
# # Case { #case }

# %%
import sys

print("before")
# > before
sys.stdout.close()
print("after")
# > after
