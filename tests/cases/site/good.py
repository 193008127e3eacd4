# ---
#
# needs: []
# ---

# %% [markdown] lang="ko"
# # 합과 평균 { #sum-and-mean }
#
# 더한 값을 세 수로 확인합니다. 식은 $s = a + b + c$입니다.

# %% [markdown] lang="en"
# # Sum and mean { #sum-and-mean }
#
# Adding three numbers up, with the formula $s = a + b + c$.

# %%
# ko: 세 수
# en: three numbers
numbers = [1, 2, 3]
print("The sum is", sum(numbers))
# > The sum is 6

# %% [markdown] lang="ko"
# ## 그림 { #picture }
#
# $$
# s = \sum_i x_i
# $$

# %% [markdown] lang="en"
# ## A picture { #picture }
#
# $$
# s = \sum_i x_i
# $$

# %% figure="bars"
import matplotlib.pyplot as plt

fig, ax = plt.subplots()
ax.bar([1, 2, 3], numbers)
ax.set_ylabel("height")

# %% [markdown] lang="ko" caption="bars"
# 막대가 점점 높아집니다.
#
# 막대 세 개의 높이는 1, 2, 3입니다.
#
# - height: 높이

# %% [markdown] lang="en" caption="bars"
# The bars rise.
#
# Three bars of heights 1, 2, and 3.

# %% [markdown] lang="ko"
# 평균을 구해 보세요.
#
# ??? tip "힌트"
#     합을 개수로 나눕니다.

# %% [markdown] lang="en"
# Compute the mean.
#
# ??? tip "Hint"
#     Divide the sum by the count.


# %% exercise="mean"
def mean(values):
    ### BEGIN SOLUTION
    return sum(values) / len(values)
    ### END SOLUTION


# %% check="mean"
assert mean([1, 2, 3]) == 2
assert mean([5]) == 5, "one number"
assert mean([0, 0, 6]) == 2, "far from the middle one"
assert mean([8, 0, 1, 3]) == 3, "in any order"


# %% wrong="mean"
# ko: 합을 개수로 나누지 않았습니다.
# en: It does not divide the sum by the count.
def mean(values):
    return sum(values)


# %% wrong="mean"
# ko: 가운데 값은 평균이 아닙니다.
# en: The value in the middle is not the mean.
def mean(values):
    return sorted(values)[len(values) // 2]


# %% wrong="mean"
# ko: 가장 큰 값과 가장 작은 값만 보았습니다.
# en: It looks at the largest and the smallest value only.
def mean(values):
    return (max(values) + min(values)) / 2


# %% right="mean"
def mean(values):
    average = 0
    for count, value in enumerate(values, 1):
        average += (value - average) / count
    return round(average, 9)
