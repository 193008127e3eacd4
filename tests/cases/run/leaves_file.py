# %% [markdown]
# # Case { #case }

# %%
import torch

torch._C.PyTorchFileWriter("past_python.pt").write_end_of_file()
