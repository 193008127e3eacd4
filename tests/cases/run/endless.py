# ---
# time_limit: 2
# ---

# %% [markdown]
# # Case { #case }

# %%
import time


def wait():
    while True:
        time.sleep(1)


wait()
