# %% [markdown]
# # Case { #case }

# %%
import no_such_module_here
