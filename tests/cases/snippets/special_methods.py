# %% [markdown]
# # Case { #case }

# %%
log = []  # kept


class Squares:  # kept
    def __getitem__(self, n):
        log.append(n)
        return n * n


squares = Squares()  # kept
value = squares[3]  # kept

# %%
print(log)
# > [3]
