# %% [markdown]
# # Case { #case }

# %%
x = 1  # kept
flag = True  # kept
if flag:  # kept
    x = 2
for n in []:  # kept
    x = n

# %%
print(x)
# > 2
