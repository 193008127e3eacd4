# %% [markdown]
# # Case { #case }

# %%
def save(path):
    with open(path, "w") as file:
        file.write("x")


save("notes.txt")
