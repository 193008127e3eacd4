# ---
# time_limit: 0.5
# ---

# %% [markdown]
# # Case { #case }

# %%
import threading

threading.Thread(target=threading.Event().wait).start()
x = 1
