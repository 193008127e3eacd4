# %% [markdown]
# # Case { #case }

# %%
class Counter:  # kept
    def __init__(self):
        self.count = 0

    def step(self):
        self.count += 1

    @property
    def double(self):
        self.step()
        return 2 * self.count


class Child(Counter):  # kept
    pass


child, other = Child(), Child()  # kept
child.step()  # kept
print(child.double)  # kept
# > 4
other.step()

# %%
print(child.count)
# > 2
