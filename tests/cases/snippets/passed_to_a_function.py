# %% [markdown]
# # Case { #case }

# %%
log = []  # kept
other = []


def push(items, value):  # kept
    items.append(value)


def size(items):
    return len(items)


push(log, 1)  # kept
push(other, 1)
print(size(log))
# > 1

# %%
print(log)
# > [1]
