# %% [markdown]
# # Case { #case }

# %%
def inner(x):
    raise ValueError(f"no {x}\nsecond line")


def outer(x):
    return inner(x)


print("before")
# > before
outer(3)
print("after")
# > after
