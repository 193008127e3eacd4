# %% [markdown]
# # Case { #case }

# %%
count = 0  # kept
other = 0


def step():  # kept
    global count
    count += 1
    return count


def look():
    return count


print(step())  # kept
# > 1
print(look())
# > 1
assert step() == 2  # kept

# %%
print(count)
# > 2
