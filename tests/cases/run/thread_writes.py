# %% [markdown]
# # Case { #case }

# %%
import threading


def write():
    open("notes.txt", "w")


thread = threading.Thread(target=write)
thread.start()
thread.join()
