# %% [markdown]
# # Case { #case }

# %%
print("no end", end="")
# > no end

# %%
print("a new cell begins a new line")
# > a new cell begins a new line
