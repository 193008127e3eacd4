# %% [markdown]
# # Case { #case }

# %%
from dataclasses import dataclass, field  # kept


@dataclass  # kept
class Run:
    losses: list = field(default_factory=list)


run, other = Run(), Run()  # kept
run.losses.append(1)  # kept

# %%
print(run)
# > Run(losses=[1])
