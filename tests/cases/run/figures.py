# %% [markdown]
# # Case { #case }

# %%
import matplotlib.pyplot as plt
import torch

# %% figure="one"
fig, ax = plt.subplots()
ax.plot([0, 1, 2], torch.tensor([0.0, 1.0, 4.0]))
ax.set_xlabel("x")
print("drawn")
# > drawn

# %% [markdown] lang="ko" caption="one"
# 그림 설명.
#
# 대체 텍스트.
#
# - x: 엑스

# %% [markdown] lang="en" caption="one"
# The caption.
#
# The text alternative.
