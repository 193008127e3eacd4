# %% [markdown]
# # Case { #case }

# %%
import sys

sys.stdout.write("by write\n")
# > by write
sys.stdout.buffer.write(b"by bytes\n")
# > by bytes
print(sys.stdout.encoding, sys.stdout.isatty())
# > utf-8 False
