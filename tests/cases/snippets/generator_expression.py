# %% [markdown]
# # Case { #case }

# %%
log = []  # kept


def seen(n):  # kept
    log.append(n)
    return n


squares = (seen(n) ** 2 for n in range(3))  # kept
largest = max(squares)  # kept

# %%
print(log)
# > [0, 1, 2]
