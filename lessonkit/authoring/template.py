"""The text of a new lesson: small and complete; what its teacher must still write is marked TODO, which fails."""

from __future__ import annotations

TEXT = """# ---
# needs: []
# ---

# %% [markdown] lang="ko"
# # {ko} {{ #{slug} }}
#
# TODO: 이 레슨이 무엇을 다루는지 한두 문장으로 소개합니다.
#
# !!! abstract "학습 목표"
#     - TODO: 읽고 나면 할 수 있는 일을 적습니다.

# %% [markdown] lang="en"
# # {en} {{ #{slug} }}
#
# TODO: say in a sentence or two what this lesson is about.
#
# !!! abstract "What you will be able to do"
#     - TODO: name what readers can do afterwards.

# %%
import matplotlib.pyplot as plt
import torch

# %% [markdown] lang="ko"
# ## 시작하기 {{ #first-step }}
#
# TODO: 아래 코드가 무엇을 하는지 설명합니다.

# %% [markdown] lang="en"
# ## A first step {{ #first-step }}
#
# TODO: say what the code below does.

# %%
# ko: TODO: 이 값들이 무엇인지 적습니다.
# en: TODO: say what these values are.
values = torch.tensor([1.0, 2.0, 4.0])
print(values.mean())

# %% figure="values"
fig, ax = plt.subplots()
ax.bar(["a", "b", "c"], values.tolist(), color="C0")
ax.set_ylabel("value")

# %% [markdown] lang="ko" caption="values"
# TODO: 그림이 말하는 한 문장을 적습니다.
#
# TODO: 그림을 보지 못하는 사람에게 축과 값과 모양을 말해 줍니다.
#
# - a: 가
# - b: 나
# - c: 다
# - value: 값

# %% [markdown] lang="en" caption="values"
# TODO: say in one sentence what the figure shows.
#
# TODO: tell axes, values and shape to whoever cannot see it.

# %% [markdown] lang="ko"
# ## 연습 {{ #exercise }}
#
# TODO: 무엇을 해 볼지 적습니다.
#
# ??? tip "힌트"
#     가장 큰 값은 `values.max()`입니다.

# %% [markdown] lang="en"
# ## Exercise {{ #exercise }}
#
# TODO: say what to try.
#
# ??? tip "Hint"
#     The largest value is `values.max()`.


# %% exercise="spread"
# ko: TODO: 문제를 한 문장으로 적습니다.
# en: TODO: ask in one sentence.
def spread(values):
    ### BEGIN SOLUTION
    return (values.max() - values.min()).item()
    ### END SOLUTION


# %% check="spread"
assert isinstance(spread(values), float), "return a float"
assert spread(values) == 3.0, "the values of this lesson"
assert spread(torch.tensor([5.0, 5.0])) == 0.0, "all the same"
assert spread(torch.tensor([2.0, -3.0, 0.0])) == 5.0, "in any order"


# %% wrong="spread"
# ko: 가장 작은 값을 빼지 않았습니다.
# en: It does not subtract the smallest value.
def spread(values):
    return values.max().item()


# %% wrong="spread"
# ko: 마지막 값이 가장 크고 첫 값이 가장 작다고 여겼습니다.
# en: It takes the last value for the largest and the first for the smallest.
def spread(values):
    return (values[-1] - values[0]).item()


# %% wrong="spread"
# ko: 가장 작은 값이 아니라 평균을 뺐습니다.
# en: It subtracts the mean instead of the smallest value.
def spread(values):
    return (values.max() - values.mean()).item()


# %% right="spread"
def spread(values):
    ordered = values.sort().values
    return (ordered[-1] - ordered[0]).item()


# %% [markdown] lang="ko"
# ### 값 하나를 구하기 {{ #a-number }}
#
# TODO: 어떤 값을 소수 몇째 자리까지 구할지 적습니다.
#
# ??? tip "힌트"
#     합이 12가 되게 하는 값입니다.

# %% [markdown] lang="en"
# ### A number to find {{ #a-number }}
#
# TODO: say which number to find, and to how many digits.
#
# ??? tip "Hint"
#     It makes the sum 12.

# %% exercise="fourth"
### BEGIN SOLUTION
fourth = 12 - values.sum().item()
### END SOLUTION

# %% check="fourth"
assert abs(fourth - 5) < 0.01, "the sum is 12 with it"

# %% wrong="fourth"
# ko: 12에서 합이 아니라 평균을 뺐습니다.
# en: It takes the mean from 12 instead of the sum.
fourth = 12 - values.mean().item()

# %% wrong="fourth"
# ko: 12를 값의 개수 4로 나누었습니다.
# en: It divides 12 by 4, the count of values.
fourth = 12 / 4

# %% [markdown] lang="ko"
# ### 값 하나를 더 구하기 {{ #another-number }}
#
# TODO: 다른 값을 묻습니다.
#
# ??? tip "힌트"
#     평균을 4로 만드는 값입니다.

# %% [markdown] lang="en"
# ### Another number to find {{ #another-number }}
#
# TODO: ask for another number.
#
# ??? tip "Hint"
#     It makes the mean 4.

# %% exercise="factor"
### BEGIN SOLUTION
factor = 4 / values.mean().item()
### END SOLUTION

# %% check="factor"
assert abs(factor - 1.714) < 0.01, "the mean is 4 with it"

# %% wrong="factor"
# ko: 두 값을 거꾸로 나누었습니다.
# en: It divides the two the other way round.
factor = values.mean().item() / 4

# %% wrong="factor"
# ko: 나누지 않고 뺐습니다.
# en: It subtracts instead of dividing.
factor = 4 - values.mean().item()

# %% [markdown] lang="ko"
# ## 퀴즈 {{ #quiz }}
#
# ??? question "TODO: 질문을 적습니다."
#     - [ ] TODO 그럴듯한 오답: TODO: 왜 고르게 되고 왜 틀렸는지 적습니다.
#     - [x] TODO 정답: TODO: 왜 맞는지 적습니다.
#     - [ ] TODO 다른 오답: TODO: 이 답이 왜 틀렸는지 적습니다.

# %% [markdown] lang="en"
# ## Quiz {{ #quiz }}
#
# ??? question "TODO: ask a question."
#     - [ ] TODO a plausible wrong answer: TODO: say why it tempts and why it is wrong.
#     - [x] TODO the right answer: TODO: say why it is right.
#     - [ ] TODO another wrong answer: TODO: say why this one is wrong.
"""


def new_lesson(name: str, ko: str = "", en: str = "") -> str:
    """The text of a lesson, with its titles where they are known already."""
    titles = (" ".join(title.split()) for title in (ko or "TODO: 제목을 적습니다", en or "TODO: write the title"))
    return TEXT.format(slug=name.replace("_", "-"), **dict(zip(("ko", "en"), titles, strict=True)))
