# ---
# time_limit: 2
# ---

# %% [markdown]
# # Case { #case }

# %%
x = 1


# %% exercise="stop"
def stop(n):
    while n > 0:
        ### BEGIN SOLUTION
        n -= 1
        ### END SOLUTION
    return n


# %% check="stop"
assert stop(3) == 0
