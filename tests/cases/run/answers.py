# %% [markdown]
# # Answers { #answers }

# %%
import random
import sys
import warnings

numbers = [3, 1, 2]
random.seed(0)


# %% exercise="order"
def in_order(values):
    ### BEGIN SOLUTION
    return sorted(values)
    ### END SOLUTION


# %% check="order"
assert numbers == [3, 1, 2]
for values, right in [([2, 1], [1, 2]), ([3, 1, 2], [1, 2, 3]), (numbers, [1, 2, 3])]:
    assert in_order(values) == right, f"{right}"
assert numbers == [3, 1, 2], "the list was changed"


# %% wrong="order"
# ko: 처음 두 수만 봅니다.
# en: It looks at the first two
# en: numbers only.
def in_order(values):
    return [min(values[:2]), max(values[:2]), *values[2:]]


# %% wrong="order"
# ko: 큰 수부터 세웁니다.
# en: It begins with the largest.
def in_order(values):
    print("never heard", file=sys.stderr)
    return sorted(values, reverse=True)


# %% wrong="order"
# ko: 받은 목록을 바꿉니다.
# en: It changes the list that it gets.
def in_order(values):
    values.sort()
    random.seed(9)
    warnings.simplefilter("error")
    globals()["left"] = 1
    return values


# %% right="order"
def in_order(values):
    rest, found = list(values), []
    while rest:
        found.append(rest.pop(rest.index(min(rest))))
    return found


# %% exercise="share"
### BEGIN SOLUTION
share, kind = 0.5, "half"
### END SOLUTION

# %% check="share"
if share != 0.5:
    raise AssertionError("not half")
assert kind == "half"

# %% wrong="share"
# ko: 하나는 모두입니다.
# en: One is all.
share, kind = 1, "half"

# %% wrong="share"
# ko: 반은 셋 가운데 하나가 아닙니다.
# en: Half is not one of three.
share, kind = 0.5, "third"


# %% exercise="scale"
class Scale:
    def __init__(self, by):
        self.by = by

    def of(self, value):
        ### BEGIN SOLUTION
        return value * self.by
        ### END SOLUTION


# %% check="scale"
assert Scale(2).of(3) == 6
assert Scale(3).of(3) == 9
assert Scale(3).of(0) == 0


# %% wrong="scale"
# ko: 곱하지 않고 더합니다.
# en: It adds instead of multiplying.
class Scale:
    def __init__(self, by):
        self.by = by

    def of(self, value):
        return value + self.by


# %% wrong="scale"
# ko: 언제나 두 배입니다.
# en: It always doubles.
class Scale:
    def __init__(self, by):
        pass

    def of(self, value):
        return value * 2


# %% wrong="scale"
# ko: 배율을 돌려줍니다.
# en: It gives the scale itself.
class Scale:
    def __init__(self, by):
        self.by = by

    def of(self, value):
        return self.by * 2


# %% right="scale"
class Scale:
    def __init__(self, by):
        self.parts = [by]

    def of(self, value):
        return sum(part * value for part in self.parts)


# %%
print(random.random())
# > 0.8444218515250481
print(numbers, share, "left" in globals())
# > [3, 1, 2] 0.5 False
