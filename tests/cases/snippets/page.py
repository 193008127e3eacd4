# %% [markdown] lang="ko"
# # 제목 { #page }

# %% [markdown] lang="en"
# # Title { #page }

# %%
import math
import warnings

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

# ko: 경고를 숨깁니다.
# en: Hide warnings.
warnings.filterwarnings("ignore")

# %%
# ko: 로짓
# en: logits
logits = torch.tensor([1.0, 2.0, 3.0])
print(logits)
# > tensor([1., 2., 3.])

probs = F.softmax(logits, dim=0)
assert probs.sum() > 0.99


# %%
def entropy(p):
    # ko: 자연로그를 씁니다.
    # en: The logarithm is natural.
    return -(p * p.log()).sum()


eps = 0.1
print(f"{entropy(probs):.4f}")
# > 0.8324

# %%
print(f"{entropy(probs) / math.log(2) + eps:.4f}")
# > 1.3009

# %%
from collections import Counter

from torch import Tensor, nn

layer: nn.Module = nn.Identity()
print(layer(logits), Counter("aab")["a"], isinstance(logits, Tensor))
# > tensor([1., 2., 3.]) 2 True

# %%
from torch.nn import functional as G

assert torch.equal(G.softmax(logits, dim=0), probs)

# %% figure="bars"
fig, ax = plt.subplots()
ax.bar(range(3), probs)

# %% [markdown] lang="ko" caption="bars"
# 캡션.
#
# 막대 세 개.

# %% [markdown] lang="en" caption="bars"
# Caption.
#
# Three bars.


# %% exercise="halve"
# ko: 절반을 구해 보세요.
# en: Find the half.
def halve(x):
    ### BEGIN SOLUTION
    # ko: 나눕니다.
    # en: Divide.
    return x / 2
    ### END SOLUTION


print(halve(eps))
# > 0.05

# %% check="halve"
assert torch.equal(halve(logits), logits / 2)
print("fine")
# > fine

# %%
print(halve(1.0))
# > 0.5
