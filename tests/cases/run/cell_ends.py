# %% [markdown]
# # Case { #case }

# %%
print("no end", end=" ")
x = 1

# %%
print("a cell of a notebook begins a new line, a program does not")
