# %% [markdown]
# # Case { #case }

# %%
def loud(function):
    print("loud")
    return function


@loud
def f():
    return 1


class A:
    print("in a class")


import this  # noqa

for _ in range(1):
    print("nested")

    def g():
        return 2
