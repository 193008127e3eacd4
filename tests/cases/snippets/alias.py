# %% [markdown]
# # Case { #case }

# %%
a = [1, 2]  # kept
b = a  # kept
c = list(a)
b[0] = 9  # kept
c[0] = 8
print(b)
# > [9, 2]

# %%
print(a)
# > [9, 2]
