# %% [markdown]
# # Case { #case }

# %%
def step():  # kept
    step.calls += 1


step.calls = 0  # kept
step()  # kept

# %%
print(step.calls)
# > 1
