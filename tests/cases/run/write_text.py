# %% [markdown]
# # Case { #case }

# %%
from pathlib import Path

Path("notes.txt").write_text("x")
