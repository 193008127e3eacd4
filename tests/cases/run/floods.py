# %% [markdown]
# # Case { #case }

# %%
print("x" * 201)

# %%
for i in range(41):
    print(i)

# %%
for i in range(40):
    print(i)
