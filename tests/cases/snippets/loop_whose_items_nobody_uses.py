# %% [markdown]
# # Case { #case }

# %%
class Epochs:  # kept
    def __init__(self):
        self.begun = 0

    def __iter__(self):
        self.begun += 1
        yield from range(2)


epochs = Epochs()  # kept
numbers = iter(range(9))  # kept
for _ in epochs:  # kept
    pass
found = 3 in numbers  # kept
size = 3 in [1, 2]

# %%
print(epochs.begun, next(numbers))
# > 1 4
