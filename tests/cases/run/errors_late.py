# %% [markdown]
# # Case { #case }

# %%
import atexit
import sys
import threading

import torch


class Last:
    def __del__(self):
        print("let go")


def fails():
    raise ValueError("in a thread")


kept = Last()
thread = threading.Thread(target=fails)
for act in (thread.start, thread.join):
    act()
turned = torch.ones(2, 3, 4).T
atexit.register(print, "at the exit", file=sys.stderr)
last = 1
# > let go
