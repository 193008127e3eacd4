# %% [markdown]
# # Case { #case }

# %%
def counter():  # kept
    n = 0

    def step():
        nonlocal n
        n += 1
        return n

    return step


first, second = counter(), counter()  # kept
print(first())  # kept
# > 1

# %%
print(first())
# > 2
