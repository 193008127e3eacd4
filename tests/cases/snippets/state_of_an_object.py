# %% [markdown]
# # Case { #case }

# %%
class Box:  # kept
    def __init__(self):
        self.items = []

    def put(self, value):
        self.items.append(value)
        return self

    @property
    def size(self):
        return len(self.items)


box, spare = Box(), Box()  # kept
box.put(1)  # kept
print(box.size)
# > 1
spare.put(2)

# %%
print(box.items, box.size)
# > [1] 1
