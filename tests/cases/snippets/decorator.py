# %% [markdown]
# # Case { #case }

# %%
calls = []  # kept


def counted(function):  # kept
    def wrapper(*arguments):
        calls.append(function.__name__)
        return function(*arguments)

    return wrapper


@counted  # kept
def double(x):
    return 2 * x


double(2)  # kept

# %%
print(calls)
# > ['double']
