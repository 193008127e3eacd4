# %% [markdown]
# # Case { #case }

# %%
from functools import partial  # kept

numbers = []  # kept
add = numbers.append  # kept
add(1)  # kept
add_two = partial(numbers.append, 2)  # kept
add_two()  # kept

# %%
print(numbers)
# > [1, 2]
