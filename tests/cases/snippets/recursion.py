# %% [markdown]
# # Case { #case }

# %%
calls = []  # kept


def down(n):  # kept
    calls.append(n)
    return 0 if n == 0 else down(n - 1)


down(2)  # kept

# %%
print(calls)
# > [2, 1, 0]
