# %% [markdown]
# # Case { #case }

# %%
try:
    open("notes.txt", "w")
except OSError:
    print("never mind")
# > never mind
