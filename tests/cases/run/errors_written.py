# %% [markdown]
# # Case { #case }

# %%
import logging
import os
import sys
import warnings

warnings.warn("careful", stacklevel=1)
print("to the error stream", file=sys.stderr)
logging.warning("a log line")
os.write(2, b"by number\n")
os.write(1, b"past print\n")
print("seen")
# > seen
