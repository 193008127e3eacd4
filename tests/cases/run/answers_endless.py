# ---
# time_limit: 12
# ---

# %% [markdown]
# # Answers { #answers }

# %%
import time


# %% exercise="end"
def end(x):
    ### BEGIN SOLUTION
    return -x
    ### END SOLUTION


# %% check="end"
assert end(1) == -1
assert end(2) == -2


# %% wrong="end"
# ko: 끝나지 않습니다.
# en: It does not end.
def end(x):
    time.sleep(100)
