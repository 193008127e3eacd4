# %% [markdown]
# # Case { #case }

# %%
import io  # kept

text, other = io.StringIO(), io.StringIO()  # kept
with text:  # kept
    pass

# %%
print(text.closed)
# > True
