# %% [markdown]
# # Case { #case }

# %%
from typing import Generic, TypeVar  # kept

T = TypeVar("T")  # kept


class Stack(Generic[T]):  # kept
    def __init__(self):
        self.items = []

    def push(self, item):
        self.items.append(item)


stack = Stack[int]()  # kept
stack.push(3)  # kept

# %%
print(stack.items)
# > [3]
