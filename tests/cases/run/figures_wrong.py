# %% [markdown]
# # Case { #case }

# %%
import matplotlib.pyplot as plt

# %% figure="none"
x = 1

# %% [markdown] lang="ko" caption="none"
# 그림 설명.
#
# 대체 텍스트.
#
# - x: 엑스

# %% [markdown] lang="en" caption="none"
# The caption.
#
# The text alternative.

# %% figure="two"
plt.figure()
plt.figure()

# %% [markdown] lang="ko" caption="two"
# 그림 설명.
#
# 대체 텍스트.
#
# - x: 엑스

# %% [markdown] lang="en" caption="two"
# The caption.
#
# The text alternative.

# %% figure="labelled"
fig, ax = plt.subplots()
ax.set_xlabel("$x$ and more")

# %% [markdown] lang="ko" caption="labelled"
# 그림 설명.
#
# 대체 텍스트.
#
# - x: 엑스

# %% [markdown] lang="en" caption="labelled"
# The caption.
#
# The text alternative.

# %%
plt.plot([1, 2])
