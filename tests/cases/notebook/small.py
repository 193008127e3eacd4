# ---
#
# needs: []
# ---

# %% [markdown] lang="ko"
# # 합과 평균 { #sum-and-mean }
#
# 세 수를 더합니다. 식은 $s = a + b$이고 값은 3~5개, 많으면 7~9개입니다.
#
# !!! warning "빈 목록"
#     **빈 목록(empty list)**은 나눌 수 없습니다.
#
#     $$
#     \frac{s}{0}
#     $$

# %% [markdown] lang="en"
# # Sum and mean { #sum-and-mean }
#
# Adding three numbers up, $s = a + b$; 3 to 5 of them, 7 to 9 at most.
#
# !!! warning "Empty list"
#     An **empty list** has no mean.
#
#     $$
#     \frac{s}{0}
#     $$

# %%
# ko: 세 수
# en: three numbers
numbers = [1, 2, 3]
print("The sum is", sum(numbers))
# > The sum is 6
for number in numbers:
    print(number)
# > 1
# > 2
# > 3
numbers.copy()  # a value that Jupyter would show

# %% [markdown] lang="ko"
# ## 그림 { #picture }
#
# [앞의 합](#sum-and-mean)과 [교차 엔트로피](cross_entropy.md#floor), [용어](glossary.md).

# %% [markdown] lang="en"
# ## A picture { #picture }
#
# [The sum](#sum-and-mean), [cross entropy](cross_entropy.md#floor), [terms](glossary.md).

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


# %% exercise="mean"
def mean(values):
    ### BEGIN SOLUTION
    return sum(values) / len(values)
    ### END SOLUTION


# %% check="mean"
assert mean([1, 2, 3]) == 2
text = """one
two"""
print(mean([1, 2]), len(text))
# > 1.5 7


# %% wrong="mean"
# ko: 합을 개수로 나누지 않았습니다.
# en: It does not divide the sum by the count.
def mean(values):
    return sum(values)


# %% wrong="mean"
# ko: 가장 큰 값입니다.
# en: This is the largest value.
def mean(values):
    return max(values)


# %% wrong="mean"
# ko: 가장 작은 값입니다.
# en: This is the smallest value.
def mean(values):
    return min(values)


# %% right="mean"
def mean(values):
    return sum(value / len(values) for value in values)


# %% tolerance="0.05"
print(sum(numbers) / 7)
# > 0.8571428571428571

# %% [markdown] lang="ko"
# ## 퀴즈 { #quiz }
#
# ??? question "1. `sum([]) < 1`은 참일까요?"
#     참입니다. $0 < 1$이고, 답은 `True`입니다.
#
#     ```python
#     print(sum([]))
#     ```

# %% [markdown] lang="en"
# ## Quiz { #quiz }
#
# ??? question "1. Is `sum([]) < 1` true?"
#     It is: $0 < 1$, and the answer is `True`.
#
#     ```python
#     print(sum([]))
#     ```
