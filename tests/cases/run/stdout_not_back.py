# %% [markdown]
# # Case { #case }

# %%
import io
import sys

sys.stderr = sys.stdout
print("seen", file=sys.stderr)
# > seen
sys.stdout = io.StringIO()
print("lost")
