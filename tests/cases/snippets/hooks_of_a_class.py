# %% [markdown]
# # Case { #case }

# %%
kinds = []  # kept
tag = "first"  # kept


class Counting(type):  # kept
    def __new__(meta, name, bases, members):
        kinds.append(f"class {name}")
        return super().__new__(meta, name, bases, members)


class Base:  # kept
    def __init_subclass__(cls, tag="none"):
        kinds.append(tag)


class Child(Base, tag=tag):  # kept
    pass


class Counted(metaclass=Counting):  # kept
    pass


class Other:
    pass


# %%
print(kinds)
# > ['first', 'class Counted']
