# %% [markdown]
# # Case { #case }

# %%
import subprocess

subprocess.run(["true"])
