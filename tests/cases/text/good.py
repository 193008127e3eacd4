# ---
#
# needs: [first]
# time_limit: 5
# ---

# %% [markdown] lang="ko"
# # 합과 평균 { #sums }
#
# **수 네 개**의 합과 `mean()`을 구합니다.
#
# !!! abstract "학습 목표"
#     - 평균은 2.50입니다.

# %% [markdown] lang="en"
# # Sum and mean { #sums }
#
# The sum of **four numbers**, and their `mean()`.
#
# !!! abstract "Goals"
#     - The mean is 2.50.

# %%
import matplotlib.pyplot as plt

# %% [markdown] lang="ko"
# ## 평균 { #mean }
#
# 평균은 $\bar{x}$로 쓰고, [첫 레슨](first.md#sum)의 합을 나눕니다.
#
# $$
# \bar{x} = \frac{1}{n} \sum_i x_i \quad \text{(평균)}
# $$

# %% [markdown] lang="en"
# ## The mean { #mean }
#
# The mean, $\bar{x}$, divides the sum of the [first lesson](first.md#sum).
#
# $$
# \bar{x} = \frac{1}{n} \sum_i x_i \quad \text{(mean)}
# $$


# %%
# ko: 수 네 개
# en: four numbers
numbers = [1, 2, 3, 4]  # n = 4


def mean(values):
    # ko: 합을
    # ko: 개수로 나눕니다.
    # en: The sum by the count.
    return sum(values) / len(values)


print(mean(numbers))
# > 2.5
for number in numbers[:2]:
    print(number)
    # the last comment
# > 1
# > 2

# %% figure="numbers"
fig, ax = plt.subplots()
ax.plot(numbers)
ax.set_ylabel("value")

# %% [markdown] lang="ko" caption="numbers"
# 수 네 개가 **고르게** 커집니다.
#
# 가로축은 번호, 세로축은 값인 꺾은선입니다.
#
# - value: 값

# %% [markdown] lang="en" caption="numbers"
# The four numbers grow **evenly**.
#
# A line of the values over their numbers.

# %% [markdown]
# | $n$ | $\bar{x}$ |
# |---|---|
# | 4 | 2.5 |


# %% exercise="double"
# ko: 두 배를 돌려주세요.
# en: Return the double.
def double(value):
    ### BEGIN SOLUTION
    return 2 * value
    ### END SOLUTION


# %% check="double"
assert double(1.25) == 2.5
print("right")
# > right

# %% [markdown] lang="ko"
# ## 퀴즈 { #quiz }
#
# ??? question "1. 합은?"
#     2.50이 아니라 10입니다.

# %% [markdown] lang="en"
# ## Quiz { #quiz }
#
# ??? question "1. What is the sum?"
#     10, not 2.50.
