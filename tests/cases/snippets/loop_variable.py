# %% [markdown]
# # Case { #case }

# %%
n = 0
for n in range(3):  # kept
    print(n)
# > 0
# > 1
# > 2
total = sum(n for n in range(9))

# %%
print(n)
# > 2
