# %% [markdown]
# # Answers { #answers }

# %%
import os

import torch


# %% exercise="weak"
def twice(x, unused):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION


# %% check="weak"
for _ in range(3):
    assert twice(2, 0) == 4


# %% wrong="weak"
# ko: 제곱입니다.
# en: It squares.
def twice(x, unused):
    return x**2


# %% wrong="weak"
# ko: 하나가 모자랍니다.
# en: One is missing.
def twice(x, unused):
    return 2 * x - 1


# %% right="weak"
def twice(x, unused):
    return x + x + unused + 1


# %% exercise="same" accepts="copied: it is no copy; constant; argument y: no such one"
def last(x):
    ### BEGIN SOLUTION
    return x[-1]
    ### END SOLUTION


# %% check="same"
assert last([1, 2]) == 2
assert last([7, 5, 9]) == 9
assert last([0, 1]) == 1


# %% wrong="same"
# ko: 처음 수입니다.
# en: It is the first.
def last(x):
    return x[0] + (len(x) == 2)


# %% wrong="same"
# ko: 둘째 수입니다.
# en: It is the second.
def last(x):
    return x[1]


# %% exercise="fit"
def row(n):
    ### BEGIN SOLUTION
    return torch.arange(n)
    ### END SOLUTION


# %% check="fit"
for n in (2, 3):
    assert row(n).tolist() == list(range(n))


# %% wrong="fit"
# ko: 하나가 많습니다.
# en: One too many.
def row(n):
    return torch.arange(n + 1)


# %% wrong="fit"
# ko: 텐서가 아닙니다.
# en: It is no tensor.
def row(n):
    return list(range(n))


# %% wrong="fit"
# ko: 모양이 맞지 않아 멈춥니다.
# en: Its shapes do not match.
def row(n):
    return torch.zeros(n) + torch.zeros(n + 5)


# %% wrong="fit"
# ko: 끝내 버립니다.
# en: It ends everything.
def row(n):
    os._exit(3)


# %% wrong="fit"
# ko: 파일을 씁니다.
# en: It writes a file.
def row(n):
    open("file", "w")


# %% right="fit"
row = torch.no_such_function


# %% exercise="count"
### BEGIN SOLUTION
number = 3
### END SOLUTION

# %% check="count"
assert number == 3

# %% wrong="count"
# ko: 셋은 실수가 아니라 정수입니다.
# en: Three is no float.
number = 3.5
