# %% [markdown]
# # Case { #case }

# %%
import atexit
import os
import threading
import time


def late():
    time.sleep(0.05)
    print("a thread that is left")


atexit.register(print, "at the exit")
threading.Thread(target=late).start()
os.chdir("/")
last = 1
# > a thread that is left
# > at the exit
