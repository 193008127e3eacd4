# %% [markdown]
# # Case { #case }

# %%
class Model:  # kept
    made = 0

    def __init__(self):
        Model.made += 1


first = Model()  # kept

# %%
print(Model.made)
# > 1
