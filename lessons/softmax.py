# ---
# needs: []
# ---

# %% [markdown] lang="ko"
# # 소프트맥스: 점수를 확률로 바꾸기 { #softmax }
#
# 소프트맥스(softmax)는 점수 몇 개를 합이 1인 확률로 바꾸는 함수입니다. 손으로 계산하고 PyTorch로 확인하면서 소프트맥스의 성질과 온도, 자주 하는 실수까지 살펴봅니다.
#
# 이야기는 가위바위보 한 판에서 시작합니다. 파이썬과 텐서(tensor)를 조금 다루어 보았고 지수 $e^z$가 낯설지 않다면 준비는 충분합니다.
# 출력은 모두 이 페이지의 코드를 실제로 실행하여 얻은 것입니다. 설명을 읽기 전에 답을 예상해 보면 더 재미있게 읽을 수 있습니다.
#
# !!! abstract "학습 목표"
#     - 소프트맥스를 손으로 계산하고 PyTorch로 확인합니다.
#     - 로짓(logit)에 수를 더하거나 곱하면 확률이 어떻게 바뀌는지 예측합니다.
#     - 온도(temperature)에 따라 확률이 뾰족해지거나 평평해지는 모습을 해석합니다.
#     - 소프트맥스, argmax, 시그모이드(sigmoid)를 상황에 맞게 골라 사용합니다.
#     - 배치(batch)에서 `dim`을 올바르게 정하고, P(보 | 가위)를 정확히 읽습니다.

# %% [markdown] lang="en"
# # Softmax: from scores to probabilities { #softmax }
#
# Softmax turns a handful of scores into probabilities that sum to 1. Compute it by hand, check it in PyTorch, and meet the classic mistakes.
#
# The story starts with a game of rock–paper–scissors. If you have played a little with Python and tensors, and $e^z$ looks familiar, you are ready.
# Every output below comes from really running the code on this page. Guess before you read on; it is more fun that way.
#
# !!! abstract "What you will be able to do"
#     - Compute a softmax by hand and check it in PyTorch.
#     - Predict what happens to the probabilities when logits are shifted, scaled, or negated.
#     - Read a temperature: what sharpens a distribution and what flattens it.
#     - Choose among softmax, argmax, and separate sigmoids.
#     - Pick the right `dim` for a batch, and read P(paper | scissors) correctly.

# %%
import warnings

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

# ko: 아주 작은 값도 지수 표기 없이 소수로 보여 줍니다.
# en: Show tiny values as plain decimals, not in scientific notation.
torch.set_printoptions(sci_mode=False)

# %% [markdown] lang="ko"
# ## 점수는 왜 확률이 아닐까 { #scores }
#
# 가위바위보 상대가 방금 가위를 냈다면 다음에는 무엇을 낼까요? 어떤 모델이 가위에 1점, 바위에 2점, 보에 3점을 주었다고 가정해 봅시다.
# 보통은 신경망의 마지막 층(layer)에서 이런 점수가 나오지만, 여기서는 손으로 계산하기 쉽도록 임의로 정한 값을 사용합니다.
#
# 클래스(class)마다 하나씩 나오는, 아직 확률이 아닌 점수(score)를 **로짓**(logit)이라고 합니다. 로짓은 음수일 수도 있고, 모두 더한 값도 정해져 있지 않습니다.
# 이와 달리 확률분포(probability distribution)에서는 값이 모두 0 이상이고 그 합이 1이어야 합니다.
#
# 그렇다면 점수를 그 합으로 나누기만 하면 확률이 될까요? 점수 두 묶음으로 확인해 봅시다.

# %% [markdown] lang="en"
# ## Why scores are not probabilities { #scores }
#
# Your opponent played scissors a moment ago. What comes next? Suppose a model gives scissors 1 point, rock 2 points, and paper 3 points.
# Scores like these usually come out of the last layer of a neural network. Ours are made up, so that you can check everything by hand.
#
# A score that belongs to one class and is not yet a probability is called a **logit**. Logits may be negative, and they add up to anything.
# A probability distribution keeps two promises: no value is below 0, and all of them add up to 1.
#
# So is dividing by the sum enough? Try it on two sets of scores.

# %%
# ko: 가위, 바위, 보의 로짓
# en: logits of scissors, rock, paper
logits = torch.tensor([1.0, 2.0, 3.0])
print(logits / logits.sum())
# > tensor([0.1667, 0.3333, 0.5000])

others = torch.tensor([-1.0, 0.0, 3.0])
shares = others / others.sum()
print(shares)
# > tensor([-0.5000,  0.0000,  1.5000])
assert shares.sum() == 1
assert shares.min() < 0

# %% [markdown] lang="ko"
# 첫째 묶음의 점수를 합으로 나눈 결과는 확률처럼 보입니다. 하지만 둘째 묶음의 결과는 합이 1인데도 확률분포가 아닙니다. −0.5와 1.5, 즉 −50%와 150%라는 확률은 없기 때문입니다.
# 게다가 점수의 합이 0이면 나눌 수조차 없습니다. 따라서 나누기 전에 음수부터 없애야 합니다.

# %% [markdown] lang="en"
# The first line looks fine. The second adds up to 1 and is still not a distribution: −0.5 and 1.5 would mean chances of −50% and 150%.
# Had the scores added up to 0, we would even have divided by 0. The negative values have to go before we divide.

# %% [markdown] lang="ko"
# ## 정의: 지수를 취하고 합으로 나누기 { #definition }
#
# 지수 함수 $e^z$를 쓰면 이 문제가 풀립니다. $z$가 음수여도 $e^z$는 양수이고, $z$가 클수록 $e^z$도 커서 순서가 그대로 유지됩니다.
# 따라서 **먼저 지수를 취하고, 그다음 합으로 나눕니다.** 이 두 단계를 거치는 함수가 **소프트맥스**(softmax)입니다. 클래스가 $K$개이고 로짓이 $z_1, \dots, z_K$라면 $i$번째 확률은
#
# $$
# p_i = \frac{e^{z_i}}{\sum_{j=1}^{K} e^{z_j}}
# $$
#
# 입니다. 이 식에 로짓 1, 2, 3을 넣어 봅시다. 계산기로 $e^1$, $e^2$, $e^3$을 구해 더한 다음, 각각을 그 합으로 나누면 됩니다.

# %% [markdown] lang="en"
# ## The definition: exponentiate, then divide { #definition }
#
# The exponential function $e^z$ does the job. It is positive even when $z$ is negative, and a larger $z$ gives a larger $e^z$, so the order survives.
# Hence **first exponentiate, then divide by the sum.** Those two steps are **softmax**. With $K$ classes and logits $z_1, \dots, z_K$, the probability of class $i$ is
#
# $$
# p_i = \frac{e^{z_i}}{\sum_{j=1}^{K} e^{z_j}}
# $$
#
# Work it out for the logits 1, 2, 3: find $e^1$, $e^2$, and $e^3$ on a calculator, add them up, and divide each one by the sum.

# %%
exps = torch.exp(logits)
total = exps.sum()
by_hand = exps / total
print(exps)
# > tensor([ 2.7183,  7.3891, 20.0855])
print(total)
# > tensor(30.1929)
print(by_hand)
# > tensor([0.0900, 0.2447, 0.6652])
assert torch.isclose(by_hand.sum(), torch.tensor(1.0))

# %% [markdown] lang="ko"
# 세 지숫값 2.7183, 7.3891, 20.0855를 더하면 30.1929이고, 각각을 이 합으로 나누면 확률 0.0900, 0.2447, 0.6652가 나옵니다.
# 세 확률의 합은 1입니다. 소수 넷째 자리까지 출력된 값을 직접 더하면 끝자리가 1만큼 모자라지만, 이는 반올림해서 출력했기 때문입니다.
#
# 이 두 단계를 그림으로도 확인해 봅시다. 지수를 취하면 값 사이의 차이가 벌어지고, 합으로 나누면 가로축의 눈금만 바뀝니다.

# %% [markdown] lang="en"
# 2.7183, 7.3891, and 20.0855 add up to 30.1929. Dividing each by that sum gives 0.0900, 0.2447, and 0.6652.
# They sum to 1. If you add the four-digit values yourself, the last digit comes out 1 too small, which is only due to rounding.
#
# Here are the two steps as a picture. The exponential pulls the values apart; the division changes nothing but the scale of the axis.

# %% figure="exp_then_divide"
fig, axes = plt.subplots(
    1, 3, figsize=(6.4, 2.4), sharey=True, layout="constrained"
)
steps = {"logit": logits, "exp(logit)": exps, "probability": by_hand}
for ax, (label, values), color in zip(
    axes, steps.items(), ["C7", "C1", "C0"], strict=True
):
    bars = ax.barh(
        ["scissors", "rock", "paper"], values.tolist(), color=color
    )
    ax.bar_label(bars, fmt="%.2f", padding=3)
    ax.set_xlabel(label)
    ax.margins(x=0.4)

axes[0].invert_yaxis()

# %% [markdown] lang="ko" caption="exp_then_divide"
# 지수를 취하면 값의 차이가 벌어지고, 합으로 나누면 모양은 그대로인 채 합이 1이 됩니다.
#
# 가로 막대그래프 세 개가 나란히 있고, 각 그래프에는 위에서부터 가위, 바위, 보의 막대가 있습니다. 왼쪽의 로짓은 1, 2, 3이고, 가운데의 지숫값은 2.72, 7.39, 20.09이며, 오른쪽의 확률은 0.09, 0.24, 0.67입니다. 가운데와 오른쪽은 막대의 모양이 같고 가로축의 눈금만 다릅니다.
#
# - scissors: 가위
# - rock: 바위
# - paper: 보
# - logit: 로짓
# - exp(logit): exp(로짓)
# - probability: 확률

# %% [markdown] lang="en" caption="exp_then_divide"
# Exponentiating spreads the values; dividing by the sum keeps their shape and makes them add up to 1.
#
# Three horizontal bar charts side by side, with bars for scissors, rock, and paper from top to bottom. The logits on the left are 1, 2, 3; their exponentials in the middle are 2.72, 7.39, 20.09; the probabilities on the right are 0.09, 0.24, 0.67. The middle and right charts have the same shape and differ only in the scale of the horizontal axis.

# %% [markdown] lang="ko"
# PyTorch에는 이 계산을 하는 함수 `F.softmax`가 있습니다. 이 함수에 로짓을 넣고, 어느 축을 따라 더할지 `dim`으로 지정합니다. 지금은 로짓이 벡터 하나에 담겨 축이 하나뿐이므로 `dim=0`을 줍니다.
# 손으로 계산한 값과 같은지 확인해 봅시다.

# %% [markdown] lang="en"
# PyTorch has this built in. Hand the logits to `F.softmax` and say with `dim` along which axis to sum. A single vector of logits has one axis only, so `dim=0`.
# Does it agree with our own arithmetic?

# %%
probs = F.softmax(logits, dim=0)
print(probs)
# > tensor([0.0900, 0.2447, 0.6652])
print(f"sum: {probs.sum():.4f}")
# > sum: 1.0000
assert (probs - by_hand).abs().max() < 1e-7
assert torch.equal(probs, logits.softmax(dim=0))

# %% [markdown] lang="ko"
# 두 결과가 같습니다. `F.softmax` 대신 텐서의 메서드로 `logits.softmax(dim=0)`처럼 써도 됩니다. 이 모델은 상대가 다음에 가위를 낼 확률을 9%, 바위를 24%, 보를 67%로 예측합니다.

# %% [markdown] lang="en"
# It does. Instead of `F.softmax` you may also call the tensor's own method, `logits.softmax(dim=0)`. For the next hand, this model says 9% scissors, 24% rock, 67% paper.

# %% [markdown] lang="ko"
# ## 지수에 올릴 값은 번호가 아니라 로짓 { #index .deeper }
#
# 강의 노트에서 이따금 $P(\text{class}=i) = e^i / \sum_j e^j$라는 식을 볼 수 있습니다. 이 식은 어디가 틀렸을까요?
#
# !!! warning "클래스의 번호 i와 로짓은 다릅니다"
#     지수 자리에 올 값은 번호 $i$가 아니라 그 클래스의 로짓 $z_i$입니다. 그 자리에 번호를 쓰면 모델이 어떤 점수를 내놓든 확률이 언제나 같아집니다.
#     그런데 로짓이 1, 2, 3일 때는 우연히 두 식의 값이 같아서, 식이 틀렸다는 것을 모르고 지나치기 쉽습니다.
#
# 틀린 식을 그대로 실행해 봅시다. 다른 점수도 넣어 보면 문제가 드러납니다.

# %% [markdown] lang="en"
# ## Exponentiate the logit, not its index { #index .deeper }
#
# Now and then lecture notes write $P(\text{class}=i) = e^i / \sum_j e^j$. Can you spot the slip?
#
# !!! warning "The class index i is not the logit"
#     What belongs in the exponent is the logit $z_i$ of the class, not its number $i$. With the number up there, the probabilities are the same whatever the model says.
#     For the logits 1, 2, 3 the two formulas happen to agree, so the slip goes unnoticed.
#
# Run the wrong formula as it stands. A second set of scores gives it away.


# %% anchor="index_only"
def index_softmax(z):
    exps = torch.exp(torch.arange(len(z), dtype=z.dtype))  # e^i
    return exps / exps.sum()


scores = torch.tensor([2.0, -1.0, 0.5])
print("wrong:", index_softmax(logits), index_softmax(scores))
# > wrong: tensor([0.0900, 0.2447, 0.6652]) tensor([0.0900, 0.2447, 0.6652])
print("right:", F.softmax(logits, dim=0), F.softmax(scores, dim=0))
# > right: tensor([0.0900, 0.2447, 0.6652]) tensor([0.7856, 0.0391, 0.1753])
assert torch.allclose(index_softmax(logits), F.softmax(logits, dim=0))
assert torch.equal(index_softmax(scores), index_softmax(logits))
assert index_softmax(scores).argmax() != scores.argmax()

# %% [markdown] lang="ko"
# 점수가 2, −1, 0.5이면 첫째 클래스의 확률이 0.7856으로 가장 커야 합니다. 그런데 틀린 식은 점수를 아예 쓰지 않기 때문에, 이번에도 0.0900, 0.2447, 0.6652를 내놓고 셋째 클래스를 고릅니다.
#
# 다만 이상한 점이 하나 있습니다. 코드의 번호는 0, 1, 2인데 왜 로짓이 1, 2, 3일 때의 확률과 같을까요? 답은 다음 절에서 찾을 수 있습니다.

# %% [markdown] lang="en"
# With scores 2, −1, 0.5 the first class should lead with 0.7856. The wrong formula answers 0.0900, 0.2447, 0.6652 once more and picks the third: it never looks at the scores.
#
# One thing is odd, though. The indices in the code are 0, 1, 2. Why do they give the probabilities of the logits 1, 2, 3? The next section has the answer.

# %% [markdown] lang="ko"
# ## 더하면 그대로, 곱하면 달라지는 확률 { #invariance }
#
# 로짓 1, 2, 3에 모두 100을 더하면 확률은 어떻게 될까요? 10을 곱하거나 부호를 뒤집으면 또 어떻게 될까요? 결과를 먼저 예상한 다음 코드를 실행해 보세요.

# %% [markdown] lang="en"
# ## Blind to shifts, sensitive to scale { #invariance }
#
# Add 100 to each of the logits 1, 2, 3: what happens to the probabilities? And if you multiply by 10, or flip the signs? Guess first, then run it.

# %%
for name, z in [
    ("z", logits),
    ("z + 100", logits + 100),
    ("10 z", 10 * logits),
    ("-z", -logits),
]:
    print(f"{name:>8}", F.softmax(z, dim=0))
# >        z tensor([0.0900, 0.2447, 0.6652])
# >  z + 100 tensor([0.0900, 0.2447, 0.6652])
# >     10 z tensor([0.0000, 0.0000, 1.0000])
# >       -z tensor([0.6652, 0.2447, 0.0900])

# %% folded="tests"
assert torch.equal(F.softmax(logits + 100, dim=0), F.softmax(logits, dim=0))
assert F.softmax(10 * logits, dim=0).min() > 0
assert F.softmax(10 * logits, dim=0).max() > F.softmax(logits, dim=0).max()
assert torch.allclose(
    F.softmax(-logits, dim=0), F.softmax(logits, dim=0).flip(0)
)

# %% [markdown] lang="ko"
# 이 출력에서 다음 세 가지 사실을 확인할 수 있습니다.
#
# - **순서가 유지됩니다.** 로짓이 큰 클래스일수록 확률도 크며, 로짓의 부호를 뒤집으면 확률의 순서도 뒤집힙니다.
# - **모든 로짓에 같은 수를 더해도 확률은 그대로입니다.** 100을 더한 결과가 더하기 전과 똑같습니다. 번호 0, 1, 2를 쓴 식의 확률이 로짓 1, 2, 3의 확률과 같았던 이유도 여기에 있습니다.
# - **곱하면 달라집니다.** 로짓에 10을 곱하면 확률이 거의 모두 보에 몰립니다. 이때 출력된 0.0000은 실제로는 아주 작은 양수입니다.
#
# 둘째 사실은 식 한 줄로 증명할 수 있습니다. 같은 수를 더하면 모든 항에 $e^c$가 똑같이 곱해지므로, 이 인수는 분자와 분모에서 약분되어 없어집니다.
#
# $$
# \frac{e^{z_i + c}}{\sum_j e^{z_j + c}} = \frac{e^c \, e^{z_i}}{e^c \sum_j e^{z_j}} = p_i
# $$

# %% [markdown] lang="en"
# Three facts to read off:
#
# - **The order survives.** A larger logit means a larger probability. Flip the signs and the order flips, too.
# - **Adding the same number everywhere changes nothing.** After adding 100, the probabilities are the same. That is also why the indices 0, 1, 2 looked right for the logits 1, 2, 3.
# - **Multiplying does change them.** Times 10, nearly all the probability sits on paper. The 0.0000 printed here stands for a tiny positive number.
#
# The second fact has a one-line proof. Every term gains the same factor $e^c$, which cancels between numerator and denominator.
#
# $$
# \frac{e^{z_i + c}}{\sum_j e^{z_j + c}} = \frac{e^c \, e^{z_i}}{e^c \sum_j e^{z_j}} = p_i
# $$

# %% [markdown] lang="ko"
# ### 반올림 때문에 달라지는 값 { #rounding .deeper }
#
# 이 증명은 반올림이 없는 계산에서만 성립합니다. 컴퓨터에서는 더한 결과가 반올림되면서 값이 조금 달라질 수 있으니, 반올림의 영향을 받을 만한 로짓으로 다시 확인해 봅시다.

# %% [markdown] lang="en"
# ### Digits that rounding changes { #rounding .deeper }
#
# The proof holds in exact arithmetic. A computer rounds the sum, so repeat the experiment with logits that rounding can touch.

# %% anchor="rounding"
fractions = torch.tensor([0.3, 1.7, -0.6])
for shift in [0.0, 100.0, 1e8]:
    p = F.softmax(fractions + shift, dim=0)
    print(f"{shift:11.0f}  {p[0]:.7f}  {p[1]:.7f}  {p[2]:.7f}")
# >           0  0.1830908  0.7424700  0.0744392
# >         100  0.1830917  0.7424689  0.0744394
# >   100000000  0.3333333  0.3333333  0.3333333
# ko: 반올림이 원인이므로 float64로 더하면 차이가 사라집니다.
# en: Rounding is the cause: added in float64, the difference is gone.
exact = F.softmax(fractions.double() + 100, dim=0)
kept = F.softmax(fractions.double(), dim=0)
rounded = F.softmax(fractions + 100, dim=0)
assert (exact - kept).abs().max() < 1e-13
assert (rounded - kept).abs().max() > 1e-7
assert torch.equal(logits + 100, torch.tensor([101.0, 102.0, 103.0]))

# %% [markdown] lang="ko"
# 100을 더하면 소수 여섯째 자리가 달라지고, 1억을 더하면 로짓의 차가 반올림으로 모두 사라져 세 확률이 0.3333333으로 같아집니다. 로짓이 1, 2, 3일 때 끝자리까지 같았던 이유는 101, 102, 103을 float32로 정확하게 나타낼 수 있기 때문입니다. 즉, 수식에서는 더하기 전과 후의 확률이 똑같지만, 컴퓨터에서는 반올림 오차만큼 다를 수 있습니다.

# %% [markdown] lang="en"
# Adding 100 changes the sixth digit, and adding 100 million rounds the differences away altogether, which leaves 0.3333333 for every class. For the logits 1, 2, 3 even the last digit agreed, because 101, 102, 103 can be written exactly in float32. So the probabilities are equal in exact arithmetic, and in a computer up to rounding.

# %% [markdown] lang="ko"
# ## 확률의 비를 정하는 로짓의 차 { #ratios .deeper }
#
# 보의 로짓은 가위의 3배입니다. 그렇다면 보의 확률도 가위의 3배일까요? 한 확률을 다른 확률로 나누면 분모가 약분되고 로짓의 차만 남습니다.
#
# $$
# \frac{p_i}{p_j} = e^{z_i - z_j}
# $$
#
# 즉, 로짓의 차가 1이면 확률은 $e$배, 2이면 $e^2$배입니다. 양쪽에 로그를 취하면 $z_i - z_j = \ln (p_i / p_j)$가 됩니다. 이렇게 확률의 비에 로그를 취한 값을 **로그 오즈**(log-odds)라고 하며, 로짓의 차가 바로 이 값입니다.

# %% [markdown] lang="en"
# ## Differences of logits set the ratios { #ratios .deeper }
#
# The logit of paper is 3 times that of scissors. Is paper 3 times as likely? Divide two probabilities: the denominators cancel, and only a difference of logits remains.
#
# $$
# \frac{p_i}{p_j} = e^{z_i - z_j}
# $$
#
# A difference of 1 means a factor of $e$, a difference of 2 a factor of $e^2$. Take logarithms on both sides: $z_i - z_j = \ln (p_i / p_j)$. The logarithm of a ratio of two probabilities is called their **log-odds**, so a difference of logits is a log-odds.

# %%
print(f"rock / scissors:  {probs[1] / probs[0]:.4f}")
# > rock / scissors:  2.7183
print(f"paper / rock:     {probs[2] / probs[1]:.4f}")
# > paper / rock:     2.7183
print(f"paper / scissors: {probs[2] / probs[0]:.4f}")
# > paper / scissors: 7.3891
assert torch.isclose(probs[2] / probs[0], torch.exp(logits[2] - logits[0]))

# %% [markdown] lang="ko"
# 보의 확률은 가위의 3배가 아니라 7.3891배입니다. 로짓의 크기나 비에는 의미가 없고, 오직 두 로짓의 차에만 의미가 있기 때문입니다.
#
# 여기서 지수를 쓰는 이유도 알 수 있습니다. 음수를 양수로 바꾸는 증가 함수는 많지만, 로짓의 차만으로 확률의 비가 정해지는 함수는 지수 함수뿐입니다(밑이 꼭 $e$일 필요는 없습니다). 또 다른 증가 함수인 $\ln(1 + e^z)$로도 같은 실험을 해 봅시다.

# %% [markdown] lang="en"
# Paper is not 3 but 7.3891 times as likely as scissors. Neither the size of a logit nor a ratio of logits means anything; only differences do.
#
# This is also the reason for the exponential. Many increasing functions turn negative numbers into positive ones, but only an exponential lets the difference of two logits alone set the ratio of their probabilities (its base need not be $e$). Put another increasing function, $\ln(1 + e^z)$, to the same test.

# %% anchor="not_exp"
for shift in [0.0, 100.0]:
    positive = F.softplus(logits + shift)  # ln(1 + e^z)
    others_share = positive / positive.sum()
    print(f"shift {shift:3.0f}", others_share)
# > shift   0 tensor([0.2024, 0.3278, 0.4698])
# > shift 100 tensor([0.3301, 0.3333, 0.3366])
few, many = 2.0**logits, 2.0 ** (logits + 100)
assert torch.allclose(few / few.sum(), many / many.sum())
assert not torch.allclose(others_share, probs, atol=0.1)

# %% [markdown] lang="ko"
# 지수 함수 대신 이 함수를 쓰면, 로짓에 같은 수를 더했을 뿐인데 0.2024, 0.3278, 0.4698이던 확률이 서로 거의 같아집니다. 반면 밑이 2인 지수 함수에서는 같은 수를 더해도 확률이 달라지지 않으며, 이 사실은 `assert`로 확인했습니다.
#
# !!! warning "모든 클래스에 같은 편향을 더하면 아무것도 달라지지 않습니다"
#     분류 모델의 편향(bias)을 `torch.zeros(1)` 하나로 두는 강의 코드가 있습니다. 이렇게 하면 모든 로짓에 같은 수가 더해지므로 확률은 전혀 달라지지 않습니다. 따라서 편향은 클래스마다 하나씩 있어야 합니다.

# %% [markdown] lang="en"
# With this function, adding one number everywhere turns 0.2024, 0.3278, 0.4698 into a nearly even spread. With an exponential of base 2 the probabilities stay the same, as the `assert` confirms.
#
# !!! warning "One bias shared by all classes does nothing"
#     Some course code gives a classifier a single bias, `torch.zeros(1)`. That adds the same number to every logit, so the probabilities do not budge. A bias needs one value per class.

# %%
shared = torch.tensor([5.0])
per_class = torch.tensor([1.0, 0.0, 0.0])
print("shared:   ", F.softmax(logits + shared, dim=0))
# > shared:    tensor([0.0900, 0.2447, 0.6652])
print("per class:", F.softmax(logits + per_class, dim=0))
# > per class: tensor([0.2119, 0.2119, 0.5761])
assert torch.equal(F.softmax(logits + shared, dim=0), probs)
assert not torch.allclose(F.softmax(logits + per_class, dim=0), probs)

# %% [markdown] lang="ko"
# 모든 클래스가 편향 하나를 함께 쓰면 5를 더해도 확률이 그대로입니다. 반면 클래스마다 편향이 따로 있으면, 가위에만 1을 더해 가위의 확률을 0.2119로 높일 수 있습니다.
# 이 버그가 학습을 어떻게 망치는지는 [소프트맥스 회귀](softmax_regression.md) 레슨에서 살펴봅니다.

# %% [markdown] lang="en"
# Adding 5 through the shared bias left everything as it was. With one bias per class, adding 1 for scissors alone lifts its probability to 0.2119.
# What this bug does to training is a story for [softmax regression](softmax_regression.md).

# %% [markdown] lang="ko"
# ## 큰 로짓과 오버플로 { #overflow }
#
# 같은 수를 더해도 확률이 그대로라는 성질은 계산할 때 유용하게 쓰입니다. 소프트맥스의 정의를 그대로 옮긴 코드에 로짓 101, 102, 103을 넣으면 어떻게 될까요?

# %% [markdown] lang="en"
# ## Large logits and overflow { #overflow }
#
# It is useful that shifts change nothing. What does code that follows the definition to the letter do with the logits 101, 102, 103?

# %%
large = logits + 100
exps_large = torch.exp(large)
naive = exps_large / exps_large.sum()
print(exps_large)
# > tensor([inf, inf, inf])
print(naive)
# > tensor([nan, nan, nan])

exps_shifted = torch.exp(large - large.max())
print(exps_shifted / exps_shifted.sum())
# > tensor([0.0900, 0.2447, 0.6652])
assert naive.isnan().all()
assert torch.allclose(exps_shifted / exps_shifted.sum(), probs)

# %% [markdown] lang="ko"
# $e^{101}$은 float32로 나타내기에 너무 큰 값이라 `inf`가 됩니다. 이를 오버플로(overflow)라고 합니다. 그리고 `inf`를 `inf`로 나누면 수가 아니라는 뜻의 `nan`이 나옵니다.
#
# 가장 큰 로짓을 먼저 빼면 지수가 모두 0 이하가 되어 오버플로가 일어나지 않고, 확률도 달라지지 않습니다. `F.softmax`는 처음부터 이렇게 계산합니다.
# 소프트맥스에 로그까지 취할 때 생기는 문제는 [PyTorch의 교차 엔트로피](cross_entropy_in_pytorch.md) 레슨에서 이어서 다룹니다.

# %% [markdown] lang="en"
# $e^{101}$ is too large for a float32, so it becomes `inf`: an overflow. And `inf` divided by `inf` is `nan`, "not a number."
#
# Subtract the largest logit first and every exponent is 0 or less. Nothing can overflow, and the probabilities are the same. That is what `F.softmax` does from the start.
# Logarithms bring further traps; [cross entropy in PyTorch](cross_entropy_in_pytorch.md) takes them on.

# %% [markdown] lang="ko"
# ## 온도 { #temperature }
#
# 로짓에 수를 곱하면 확률이 달라진다는 성질은 확률이 퍼진 정도를 조절하는 데 쓸 수 있습니다. 로짓을 양수 $T$로 나눈 다음 소프트맥스를 취할 때, 이 $T$를 **온도**(temperature)라고 합니다.
#
# $$
# p_i(T) = \frac{e^{z_i / T}}{\sum_j e^{z_j / T}}
# $$
#
# $T = 1$이면 보통의 소프트맥스입니다. 온도를 올리면 확률이 뾰족해질까요, 평평해질까요? 확률이 얼마나 고르게 퍼졌는지를 나타내는 수도 함께 구해 봅시다.
# 이 수를 **엔트로피**(entropy)라고 하며 $-\sum_i p_i \ln p_i$로 정의합니다. 엔트로피는 확률이 한 클래스에 모두 몰리면 0이 되고, 세 클래스에 고르게 퍼지면 최댓값인 $\ln 3$이 됩니다. 자세한 의미는 [다음 레슨](cross_entropy.md)에서 알아봅니다.

# %% [markdown] lang="en"
# ## Temperature { #temperature }
#
# Since scale matters, it makes a good dial. Divide the logits by a positive number $T$ before the softmax, and call $T$ the **temperature**.
#
# $$
# p_i(T) = \frac{e^{z_i / T}}{\sum_j e^{z_j / T}}
# $$
#
# $T = 1$ is the ordinary softmax. Does a higher temperature sharpen the distribution or flatten it? One extra number will tell how evenly the probability is spread:
# the **entropy** $-\sum_i p_i \ln p_i$. It is 0 when one class has everything and reaches its maximum, $\ln 3$ for three classes, when all share evenly. What it means is the subject of the [next lesson](cross_entropy.md).

# %%
entropies = []
print("   T   scissors    rock   paper   entropy")
# >    T   scissors    rock   paper   entropy
for T in [0.1, 0.5, 1.0, 2.0, 5.0]:
    p = F.softmax(logits / T, dim=0)
    entropies.append(torch.special.entr(p).sum().item())  # -p ln p
    print(
        f"{T:4.1f}   {p[0]:8.4f}  {p[1]:6.4f}  "
        f"{p[2]:6.4f}   {entropies[-1]:7.4f}"
    )
    assert p[0] < p[1] < p[2]
# >  0.1     0.0000  0.0000  1.0000    0.0005
# >  0.5     0.0159  0.1173  0.8668    0.4411
# >  1.0     0.0900  0.2447  0.6652    0.8324
# >  2.0     0.1863  0.3072  0.5065    1.0202
# >  5.0     0.2693  0.3289  0.4018    1.0854

print(f"ln 3 = {torch.tensor(3.0).log():.4f}")
# > ln 3 = 1.0986
assert entropies == sorted(entropies)

# %% [markdown] lang="ko"
# 온도가 낮으면 확률이 뾰족해지고, 높으면 평평해집니다. 예를 들어 보의 확률은 $T = 0.5$에서 0.8668이지만 $T = 5$에서는 0.4018입니다. 또한 온도를 올릴수록 엔트로피가 커지면서 1.0986에 가까워집니다.
# 하지만 어느 온도에서든 보의 확률이 가장 큽니다. 즉, 온도는 확신의 정도만 바꾸고 확률의 순서는 바꾸지 않습니다.
#
# 이번에는 온도를 0.1부터 100까지 바꾸면서 그래프를 그려 봅시다.

# %% [markdown] lang="en"
# A low temperature sharpens, a high one flattens. At $T = 0.5$ paper gets 0.8668; at $T = 5$ it gets 0.4018. The entropy climbs along with the temperature, toward 1.0986.
# Paper is in front at every temperature. Temperature changes the confidence and never the order.
#
# Here is the whole range from 0.1 to 100.

# %% figure="temperature"
temperatures = torch.logspace(-1, 2, 61)
curves = torch.stack([F.softmax(logits / T, 0) for T in temperatures])

fig, ax = plt.subplots()
styles = [
    ("scissors", "C2", ":", "v", 1.4, 0.06),
    ("rock", "C1", "--", "s", 0.3, 0.16),
    ("paper", "C0", "-", "o", 1.2, 0.68),
]
for k, (label, color, line, marker, x, y) in enumerate(styles):
    ax.semilogx(
        temperatures,
        curves[:, k],
        color=color,
        ls=line,
        marker=marker,
        markevery=10,
    )
    ax.text(x, y, label)
ax.axhline(1 / 3, color="C7", lw=1)
ax.set_xticks([0.1, 1, 10, 100], ["0.1", "1", "10", "100"])
ax.set_xlabel("temperature T")
ax.set_ylabel("probability")

# %% [markdown] lang="ko" caption="temperature"
# 온도가 0에 가까우면 한 클래스가 확률을 거의 다 차지하고, 온도가 높으면 모두 1/3에 가까워집니다.
#
# 가로축은 0.1부터 100까지의 온도(로그 눈금), 세로축은 확률입니다. 왼쪽 끝에서 보의 확률은 1, 바위와 가위의 확률은 0에 가깝습니다. 온도가 1일 때 보, 바위, 가위의 확률은 차례로 0.67, 0.24, 0.09입니다. 오른쪽으로 갈수록 보의 선은 내려오고 바위와 가위의 선은 올라가, 세 선이 1/3을 나타내는 회색 수평선에서 만납니다. 세 선은 도중에 교차하지 않습니다.
#
# - scissors: 가위
# - rock: 바위
# - paper: 보
# - temperature T: 온도 T
# - probability: 확률

# %% [markdown] lang="en" caption="temperature"
# Near zero temperature the winner takes all; at high temperature every class drifts toward 1/3.
#
# The horizontal axis is the temperature from 0.1 to 100 on a log scale, the vertical axis is probability. At the left end paper is close to 1 and rock and scissors are close to 0. At temperature 1 they stand at 0.67, 0.24, and 0.09. Further right paper falls while rock and scissors rise, until all three lines meet at a gray horizontal line at 1/3. The lines never cross.


# %% lab="softmax"
# ko: 웹에서 이 그림을 움직이면 나오는 값입니다. `state`를 바꾸어 불러 보세요.
# en: What the lab in this figure's place computes: change its `state`.
def softmax_lab(state):
    names = ("scissors", "rock", "paper")
    z = torch.tensor([state[name] for name in names], dtype=torch.float64)
    logits = z + state["shift"]
    f = (
        torch.sigmoid
        if state["sigmoids"]
        else lambda z: F.softmax(z, dim=-1)
    )
    now = f(logits / 10 ** state["temperature"])
    curves = f(
        logits / torch.logspace(-1, 2, 61, dtype=torch.float64)[:, None]
    )
    peak = curves[:, 1].max()
    rises = (
        not state["sigmoids"]
        and z[1] < max(z[0], z[2])
        and peak > 1 / 3 + 0.005
    )
    found = {
        "logits": logits,
        "now": now,
        "sum": now.sum(),
        "entropy": torch.special.entr(now).sum(),
    }
    return {**found, "curves": curves, "peak": peak, "answered": rises}


# %% [markdown] lang="ko" question="softmax"
# 바위의 로짓만 움직여 보세요. 온도를 높이는 동안 바위의 확률이 1/3을 넘었다가 다시 1/3로 내려오게 만들 수 있을까요? 단, 바위의 로짓은 가장 큰 로짓보다 작아야 합니다.
#
# 바위의 로짓을 세 로짓의 평균보다 크게 하면 됩니다. 온도가 높아질수록 확률이 1/3에서 벗어나는 정도는 로짓과 평균의 차에 거의 비례하게 되므로, 로짓이 평균보다 큰 클래스의 확률은 1/3보다 큰 값에서 내려옵니다. 따라서 온도를 높인다고 해서, 로짓이 가장 크지 않은 클래스의 확률이 언제나 커지기만 하는 것은 아닙니다.
#
# - logit of scissors: 가위의 로짓
# - logit of rock: 바위의 로짓
# - logit of paper: 보의 로짓
# - temperature: 온도
# - added to all logits: 모든 로짓에 더하는 수
# - a sigmoid for each instead: 소프트맥스 대신 클래스마다 시그모이드
# - Bars of the three probabilities at this temperature: 지금 온도에서 세 확률을 나타내는 가로 막대
# - Curves of the three probabilities at temperatures from 0.1 to 100: 온도 0.1부터 100까지 세 확률을 그린 곡선
# - scissors: 가위
# - rock: 바위
# - paper: 보
# - temperature T: 온도 T
# - sum {sum}: 합 {sum}
# - The logits {z} have, at temperature {T}, the sigmoids {scissors}, {rock}, {paper}, which add up to {sum}.: 온도 {T}에서 로짓 {z}의 시그모이드는 {scissors}, {rock}, {paper}이고, 합은 {sum}입니다.
# - The logits {z} give, at temperature {T}, the probabilities {scissors}, {rock}, {paper}; the entropy is {entropy}.: 온도 {T}에서 로짓 {z}의 확률은 {scissors}, {rock}, {paper}이고, 엔트로피는 {entropy}입니다.

# %% [markdown] lang="en" question="softmax"
# Move the logit of rock alone. Can you make its probability climb above 1/3 and come back down to 1/3 as the temperature rises? Its logit has to stay below the largest one.
#
# You can, if the logit of rock is above the mean of the three. At high temperatures, the distance of a probability from 1/3 is nearly proportional to the distance of its logit from the mean, so a class whose logit is above the mean comes down to 1/3 from above. This means that a higher temperature does not always raise the probability of a class whose logit is not the largest.

# %% [markdown] lang="ko"
# 언어 모델이 다음 단어를 뽑을 때 조절하는 온도가 바로 이 값입니다. 이때 온도를 0으로 설정하라는 조언도 흔히 들을 수 있습니다.
#
# !!! warning "온도 0으로는 나눌 수 없습니다"
#     가장 큰 로짓이 하나뿐이라면, $T$가 0에 가까워질수록 결과는 그 클래스만 고르는 argmax에 가까워집니다. 하지만 실제로 0으로 나누면 `nan`이 됩니다. 따라서 프로그램에서 온도를 0으로 설정한다는 것은 대개 소프트맥스를 건너뛰고 argmax를 사용한다는 뜻입니다.

# %% [markdown] lang="en"
# This is the temperature you set when a language model picks its next word. People often say to set it to 0.
#
# !!! warning "Temperature 0 is a division by zero"
#     If one logit is the largest, then as $T$ approaches 0 the result approaches argmax, which picks that class and nothing else. But dividing by 0 itself gives `nan`. Where a program offers temperature 0, it usually means: skip the softmax and take the argmax.

# %%
print("T = 0.01:", F.softmax(logits / 0.01, dim=0))
# > T = 0.01: tensor([0.0000, 0.0000, 1.0000])
tied = torch.tensor([3.0, 3.0, 1.0])
print("a tie:   ", F.softmax(tied / 0.01, dim=0))
# > a tie:    tensor([0.5000, 0.5000, 0.0000])
print("T = 0:   ", F.softmax(logits / 0, dim=0))
# > T = 0:    tensor([nan, nan, nan])
assert F.softmax(logits / 0, dim=0).isnan().all()
assert F.softmax(logits / 0.01, dim=0)[0] == 0

# %% [markdown] lang="ko"
# 첫 번째 결과의 맨 앞에 있는 0.0000은 앞에서 본 아주 작은 양수와 달리 정확히 0입니다. $e^{-200}$이 float32로 나타내기에 너무 작은 값이기 때문입니다. 또한 가장 큰 로짓이 두 개이면, 온도를 아무리 낮추어도 두 클래스의 확률은 각각 0.5000입니다.

# %% [markdown] lang="en"
# The first 0.0000 on the first line is, unlike the one before, exactly 0, because $e^{-200}$ is too small for a float32. And where two logits share the lead, they keep 0.5000 each, however low the temperature.

# %% [markdown] lang="ko"
# ## 소프트맥스는 부드러운 argmax { #argmax }
#
# 이름만 보면 소프트맥스는 최댓값(max)을 부드럽게 만든 함수 같습니다. 정말 그런지, 로짓 1, 2, 3으로 이름이 비슷한 값을 구해 나란히 비교해 봅시다.

# %% [markdown] lang="en"
# ## Softmax is a soft argmax { #argmax }
#
# Going by its name, softmax should be a smooth version of the maximum. Is it? Compute all the candidates for the logits 1, 2, 3 and compare.

# %% anchor="arg_max"
one_hot = F.one_hot(logits.argmax(), num_classes=3)
print("max:      ", logits.max())
# > max:       tensor(3.)
print("logsumexp:", torch.logsumexp(logits, dim=0))
# > logsumexp: tensor(3.4076)
print("argmax:   ", logits.argmax())
# > argmax:    tensor(2)
print("one-hot:  ", one_hot)
# > one-hot:   tensor([0, 0, 1])
print("softmax:  ", F.softmax(logits, dim=0))
# > softmax:   tensor([0.0900, 0.2447, 0.6652])
assert torch.allclose(F.softmax(logits / 0.01, dim=0), one_hot.float())

# %% [markdown] lang="ko"
# 최댓값은 3이라는 수 하나이지만 소프트맥스의 결과는 확률 3개여서, 둘은 모양부터 다릅니다. 최댓값 3을 부드럽게 만든 값은 지수의 합에 로그를 취한 log-sum-exp, 즉 3.4076입니다.
#
# 소프트맥스에 대응하는 것은 argmax입니다. argmax는 가장 큰 값의 위치를 0부터 세어 나타낸 번호이며, 여기서는 2입니다. 그 위치만 1이고 나머지는 0인 `[0, 0, 1]`을 **원-핫 벡터**(one-hot vector)라고 합니다.
# 즉, 소프트맥스는 이 원-핫 벡터를 부드럽게 만든 함수입니다. 따라서 가장 큰 로짓이 하나뿐이라면, 온도를 낮출수록 소프트맥스의 결과가 원-핫 벡터에 가까워집니다.

# %% [markdown] lang="en"
# The maximum is one number, 3; softmax gives three probabilities. They do not even have the same shape. The smooth version of the maximum 3 is log-sum-exp, the logarithm of the sum of exponentials: 3.4076.
#
# The partner of softmax is argmax. It answers with a position, index 2 (counting from 0); write a 1 in that position and 0 elsewhere and you get the **one-hot vector** `[0, 0, 1]`.
# Softmax is the smooth version of that vector, and lowering the temperature leads back to it, provided that one logit is the largest.

# %% [markdown] lang="ko"
# 그렇다면 argmax와 소프트맥스는 각각 언제 써야 할까요? 바위의 로짓만 2에서 2.1로 조금 바꾸어 두 결과를 비교해 봅시다.

# %% [markdown] lang="en"
# So when do you need which? Nudge the logit of rock, from 2 to 2.1, and watch both.

# %% anchor="nudged"
nudged = torch.tensor([1.0, 2.1, 3.0])
print("one-hot:", F.one_hot(nudged.argmax(), num_classes=3))
# > one-hot: tensor([0, 0, 1])
print("softmax:", F.softmax(nudged, dim=0))
# > softmax: tensor([0.0878, 0.2637, 0.6485])

# %% folded="tests"
assert torch.equal(F.one_hot(nudged.argmax(), num_classes=3), one_hot)
assert F.softmax(nudged, dim=0).argmax() == nudged.argmax()
assert F.softmax(nudged, dim=0)[1] > F.softmax(logits, dim=0)[1]

# %% [markdown] lang="ko"
# 원-핫 벡터는 그대로이지만, 소프트맥스에서는 바위의 확률이 0.2447에서 0.2637로 올랐습니다.
#
# - **학습(training)에는 소프트맥스가 필요합니다.** 로짓을 조금 고쳤을 때 결과도 조금 달라져야 어느 쪽으로 고칠지 알 수 있기 때문입니다. 이 정보가 기울기(gradient)인데, 로짓을 조금 고쳐도 변하지 않는 원-핫 벡터에서는 기울기가 0입니다. 다만 PyTorch에서는 손실 함수 안에서 소프트맥스를 취하므로, 모델은 소프트맥스를 거치지 않은 로짓을 그대로 돌려줍니다.
# - **클래스만 고를 때는 argmax로 충분합니다.** 소프트맥스는 순서를 바꾸지 않으므로 로짓에 바로 argmax를 취해도 같은 답이 나옵니다. 소프트맥스는 확률 자체가 필요할 때만 취하면 됩니다.

# %% [markdown] lang="en"
# The one-hot vector stayed put. In the softmax, rock went from 0.2447 to 0.2637.
#
# - **Training goes through softmax.** To know which way to correct a logit, a small correction has to make a small difference. That information is the gradient, and a vector that does not move has gradient 0. In PyTorch, however, the loss function applies the softmax for you, so the model itself returns logits and does not end in softmax.
# - **Picking a class takes only argmax.** Softmax keeps the order, so the argmax of the raw logits is the same. Go through softmax when you want the probabilities themselves.

# %% [markdown] lang="ko"
# ## 하나만 고르기와 따로따로 묻기 { #sigmoid .deeper }
#
# 소프트맥스로 구한 확률은 합이 1입니다. 이는 여러 클래스 가운데 **꼭 하나만** 정답이라는 뜻이어서, 한 번에 하나만 내는 가위바위보에 알맞습니다.
#
# 그런데 고양이를 야외에서 찍은 사진이라면 어떻게 해야 할까요? 이때는 클래스마다 예/아니요를 따로 묻습니다. 로짓 하나를 "예"의 확률 하나로 바꾸는 함수가 **시그모이드**(sigmoid)입니다.
#
# $$
# \sigma(z) = \frac{1}{1 + e^{-z}} = \frac{e^z}{e^z + e^0}
# $$
#
# 로짓 1, 2, 3을 시그모이드 3개에 각각 넣으면 그 합은 얼마가 될까요?

# %% [markdown] lang="en"
# ## Choose one, or ask each separately { #sigmoid .deeper }
#
# Softmax probabilities sum to 1, which says that **exactly one** of the classes is right. That fits a game in which you show one hand at a time.
#
# What about a photo that shows a cat and was taken outdoors? Then each class gets a yes/no question of its own. The function that turns one logit into one probability of "yes" is the **sigmoid**.
#
# $$
# \sigma(z) = \frac{1}{1 + e^{-z}} = \frac{e^z}{e^z + e^0}
# $$
#
# Put the logits 1, 2, 3 into three sigmoids. What do they add up to?

# %% anchor="three_sigmoids"
yes = torch.sigmoid(logits)
print(yes)
# > tensor([0.7311, 0.8808, 0.9526])
print(f"sum of sigmoids: {yes.sum():.4f}")
# > sum of sigmoids: 2.5644
print(f"sum of softmax:  {F.softmax(logits, dim=0).sum():.4f}")
# > sum of softmax:  1.0000
assert not torch.isclose(yes.sum(), torch.tensor(1.0))

# %% [markdown] lang="ko"
# 시그모이드의 합은 2.5644이지만 잘못된 결과가 아닙니다. 질문 3개에 따로 답한 확률이므로 합이 1이어야 할 이유가 없습니다. 이처럼 샘플이 클래스에 속하는지를 클래스마다 **따로** 물을 때는 소프트맥스가 아니라 시그모이드를 사용합니다.
#
# !!! warning "함께 참일 수 있는 레이블에 소프트맥스를 쓰면 안 됩니다"
#     두 레이블(label)이 모두 확실해도 소프트맥스는 확률 1을 둘로 나눌 수밖에 없습니다. 그런 사진에서는 실제로 어떤 값이 나오는지 확인해 봅시다.

# %% [markdown] lang="en"
# They add up to 2.5644, and nothing is wrong with that: three separate answers have no reason to sum to 1. To ask of **each** class whether it applies, use sigmoids, not a softmax.
#
# !!! warning "Softmax on labels that can be true together"
#     Even when two labels are both certain, softmax has only one unit of probability to hand out. See what it makes of a photo in which both are certain.

# %%
# ko: 고양이, 야외, 자동차의 로짓
# en: logits of cat, outdoor, car
photo = torch.tensor([4.0, 4.0, -4.0])
print("softmax:", F.softmax(photo, dim=0))
# > softmax: tensor([0.4999, 0.4999, 0.0002])
print("sigmoid:", torch.sigmoid(photo))
# > sigmoid: tensor([0.9820, 0.9820, 0.0180])
assert F.softmax(photo, dim=0).max() < 0.5 < torch.sigmoid(photo)[:2].min()

# %% [markdown] lang="ko"
# 소프트맥스에서는 고양이와 야외의 확률이 각각 0.4999로 낮아져, 마치 동전 던지기처럼 되어 버립니다. 반면 시그모이드에서는 두 확률이 모두 0.9820입니다.
#
# 두 함수는 서로 관련이 있습니다. 위 식의 오른쪽을 보면, 시그모이드는 로짓이 $z$와 0일 때 소프트맥스의 첫째 확률과 같습니다. 두 로짓에서 같은 수를 빼도 확률은 그대로이므로, 둘째 로짓이 0이 아닐 때는 두 로짓의 차를 $z$로 두면 됩니다. 두 함수가 정말 일치하는지 그려 봅시다.

# %% [markdown] lang="en"
# Softmax cuts cat and outdoor down to 0.4999 each, as if it were a coin toss. The sigmoids say 0.9820 to both.
#
# The two functions are relatives. The right-hand side of the formula above is the first probability of a softmax over the logits $z$ and 0. If the second logit is not 0, let $z$ be the difference of the two; shifting both changes nothing. Draw both and see whether they coincide.

# %% figure="two_class"
z = torch.linspace(-6, 6, 25)
pair = torch.stack([z, torch.zeros_like(z)], dim=1)  # (25, 2)
first = F.softmax(pair, dim=1)[:, 0]
assert torch.allclose(first, torch.sigmoid(z))
assert torch.allclose(F.softmax(pair + 3, dim=1)[:, 0], torch.sigmoid(z))

fig, ax = plt.subplots()
ax.plot(z, torch.sigmoid(z), color="C0", label="sigmoid of z")
ax.plot(
    z, first, "o", color="C1", fillstyle="none", label="softmax of [z, 0]"
)
ax.set_xlabel("logit z")
ax.set_ylabel("p(first class)")
ax.legend()

# %% [markdown] lang="ko" caption="two_class"
# 클래스가 둘이고 한쪽 로짓이 0이면 소프트맥스는 시그모이드와 같습니다.
#
# 가로축은 −6부터 6까지의 로짓 z, 세로축은 첫째 클래스의 확률입니다. 시그모이드를 나타내는 S자 모양의 선이 왼쪽의 0 근처에서 시작하여, z가 0일 때 1/2을 지나 오른쪽의 1 근처까지 올라갑니다. 소프트맥스를 나타내는 빈 동그라미 25개는 모두 이 선 위에 있습니다.
#
# - sigmoid of z: z의 시그모이드
# - softmax of [z, 0]: [z, 0]의 소프트맥스
# - logit z: 로짓 z
# - p(first class): 첫째 클래스의 확률

# %% [markdown] lang="en" caption="two_class"
# With two classes and one logit fixed at 0, softmax is the sigmoid.
#
# The horizontal axis is the logit z from −6 to 6, the vertical axis is the probability of the first class. The S-shaped line of the sigmoid starts near 0 on the left, passes 1/2 where z is 0, and ends near 1 on the right. All 25 open circles of the softmax lie on that line.

# %% [markdown] lang="ko"
# ## 여러 샘플을 한꺼번에 { #dim }
#
# 실제로는 샘플(example) 여러 개를 한 배치(batch)로 묶어서 모델에 넣습니다. 샘플이 3개이고 클래스가 5개라면, 로짓은 `(3, 5)` 텐서이고 한 행이 샘플 하나에 해당합니다.
# 이때 확률의 합은 행마다 1이어야 합니다. 한 행 안에서는 둘째 축을 따라 클래스가 바뀌므로 `dim=1`을 줍니다(축의 번호도 0부터 셉니다).

# %% [markdown] lang="en"
# ## Many examples at once { #dim }
#
# In practice several examples go in together, as a batch. With 3 examples and 5 classes the logits form a `(3, 5)` tensor, one row per example.
# Each row should sum to 1. Along a row it is the second index that changes, so pass `dim=1` (axes, too, are counted from 0).

# %%
torch.manual_seed(1)
batch = torch.rand(3, 5)  # (examples, classes)
batch_probs = F.softmax(batch, dim=1)
print(batch_probs)
# > tensor([[0.2645, 0.1639, 0.1855, 0.2585, 0.1277],
# >         [0.2430, 0.1624, 0.2322, 0.1930, 0.1694],
# >         [0.2226, 0.1986, 0.2326, 0.1594, 0.1868]])
print("row sums:", batch_probs.sum(dim=1))
# > row sums: tensor([1.0000, 1.0000, 1.0000])
assert torch.allclose(batch_probs.sum(dim=1), torch.ones(3))
assert torch.equal(batch_probs.argmax(dim=1), batch.argmax(dim=1))

# %% [markdown] lang="ko"
# 첫 샘플에서는 첫째 클래스의 확률이 0.2645로 가장 크고, 행의 합은 모두 1입니다.
#
# !!! warning "dim을 틀려도 오류는 나지 않습니다"
#     `dim=0`을 주면 행이 아니라 열의 합이 1이 됩니다. 즉, 한 클래스의 확률 1을 샘플끼리 나누어 갖게 됩니다. 그래도 결과의 모양은 같고 값도 모두 0과 1 사이여서 잘못을 알아차리기 어렵습니다.

# %% [markdown] lang="en"
# In the first example the first class has the highest probability, 0.2645. All rows sum to 1.
#
# !!! warning "The wrong dim raises no error"
#     With `dim=0` the columns sum to 1 instead: the examples now compete with one another for each class. The shape is right and all values lie between 0 and 1, so it is easy to miss.

# %%
wrong = F.softmax(batch, dim=0)
print("column sums:", wrong.sum(dim=0))
# > column sums: tensor([1., 1., 1., 1., 1.])
print("row sums:   ", wrong.sum(dim=1))
# > row sums:    tensor([1.5493, 1.7772, 1.6734])
print("predicted classes, dim=1:", batch_probs.argmax(dim=1))
# > predicted classes, dim=1: tensor([0, 0, 2])
print("predicted classes, dim=0:", wrong.argmax(dim=1))
# > predicted classes, dim=0: tensor([3, 2, 4])
assert torch.allclose(wrong.sum(dim=0), torch.ones(5))
assert (wrong.argmax(dim=1) != batch_probs.argmax(dim=1)).all()

# %% [markdown] lang="ko"
# 행의 합은 1이 아니라 1.5493, 1.7772, 1.6734가 되었고, 예측한 클래스도 세 샘플에서 모두 바뀌었습니다. 확률을 구한 다음 행의 합을 한 번 출력해 보는 습관을 들이면 이런 버그를 쉽게 찾을 수 있습니다.
#
# ### `dim`을 빼면 { #no-dim .deeper }
#
# 그렇다면 `dim`을 아예 빼면 어떻게 될까요? 경고가 나오면서 PyTorch가 축을 대신 정하는데, 3차원 텐서에서는 어느 축을 고르는지 확인해 봅시다.

# %% [markdown] lang="en"
# The rows sum to 1.5493, 1.7772, and 1.6734, and the predicted class changed for all three examples. Printing the row sums once is a cheap habit that catches this bug.
#
# ### Without `dim` { #no-dim .deeper }
#
# And if you leave `dim` out? There is a warning, and PyTorch picks an axis for you. See which one it picks for a tensor with three axes.

# %%
# (examples, positions, classes)
cube = torch.arange(24.0).sqrt().reshape(2, 3, 4)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    guessed = F.softmax(cube)
print(caught[0].message)
# > Implicit dimension choice for softmax has been deprecated. Change the call to include dim=X as an argument.
assert torch.equal(guessed, F.softmax(cube, dim=0))
assert not torch.allclose(guessed, F.softmax(cube, dim=-1))

# %% [markdown] lang="ko"
# PyTorch가 고른 것은 맨 앞의 축이며, 이번에도 샘플끼리 확률을 나누어 갖게 됩니다. 클래스가 마지막 축에 있다면 차원이 몇 개든 `dim=-1`을 주면 됩니다. 어떤 경우에든 `dim`은 직접 지정하는 것이 좋습니다. 축이 하나뿐일 때 생기는 오류는 [증상으로 찾기](symptoms.md#wrong-dim) 레슨에서 볼 수 있습니다.

# %% [markdown] lang="en"
# It picked the very first axis, the one along which examples compete. When the classes are on the last axis, `dim=-1` is right for any number of axes. Always write `dim` yourself. For the error with a single axis, see [Find it by its symptom](symptoms.md#wrong-dim).

# %% [markdown] lang="ko"
# ## P(보 | 가위) 바르게 읽기 { #conditional .deeper }
#
# 0.6652는 무엇의 확률일까요? 상대가 가위를 낸 **다음에** 보를 낼 확률입니다. 이를 **조건부 확률**(conditional probability)이라고 하며 $P(\text{보} \mid \text{가위})$라고 씁니다.
# 세로 막대는 "~일 때"라고 읽으며, 막대 뒤에는 이미 아는 조건을, 앞에는 알고 싶은 결과를 씁니다. 막대를 빠뜨리고 "P(보 가위)"라고 적으면 무엇의 확률인지 알 수 없습니다.
#
# 직전에 낸 것이 바위나 보일 때의 로짓도 임의로 정하여 표를 만들어 봅시다. 행은 직전에 낸 것, 열은 다음에 낼 것을 나타냅니다.

# %% [markdown] lang="en"
# ## Reading P(paper | scissors) { #conditional .deeper }
#
# What is 0.6652 the probability of? Of paper coming **after** the opponent has played scissors. That is a **conditional probability**, written $P(\text{paper} \mid \text{scissors})$.
# Read the bar as "given": behind it stands what you already know, in front of it what you ask about. Drop the bar, as in "P(paper scissors)," and nobody can tell which probability is meant.
#
# Make up logits for the cases of rock and paper as well, and you have a table: one row per previous hand, one column per next hand.

# %% anchor="conditional"
# ko: 행은 직전에 낸 것, 열은 다음에 낼 것 (가위, 바위, 보)
# en: rows: previous hand, columns: next hand (scissors, rock, paper)
table = torch.tensor([[1.0, 2.0, 3.0], [2.0, 2.0, 2.0], [3.0, 1.0, 0.0]])
next_given_previous = F.softmax(table, dim=1)
print(next_given_previous)
# > tensor([[0.0900, 0.2447, 0.6652],
# >         [0.3333, 0.3333, 0.3333],
# >         [0.8438, 0.1142, 0.0420]])
print(f"P(paper | scissors) = {next_given_previous[0, 2]:.4f}")
# > P(paper | scissors) = 0.6652
print(f"P(scissors | paper) = {next_given_previous[2, 0]:.4f}")
# > P(scissors | paper) = 0.8438
print("column sums:", next_given_previous.sum(dim=0))
# > column sums: tensor([1.2672, 0.6923, 1.0406])
assert torch.allclose(next_given_previous.sum(dim=1), torch.ones(3))

# %% [markdown] lang="ko"
# 표에서는 행 하나가 조건 하나에 해당하며, 합이 1인 쪽도 행입니다. 막대의 앞뒤를 바꾸면 다른 확률이 됩니다. 예를 들어 $P(\text{보} \mid \text{가위})$는 0.6652이지만 $P(\text{가위} \mid \text{보})$는 0.8438입니다.
# 반면 열의 합은 1이 아니어도 됩니다. 실제로 보의 열을 더하면 1.0406이 되어 1을 넘습니다.
#
# 조건이 없는 $P(\text{보})$를 구하려면 직전에 낸 것의 확률도 알아야 합니다. 직전에 낸 것을 세 가지 가운데 똑같은 확률로 새로 뽑았다면, $P(\text{보})$는 보의 열을 평균한 값입니다. 다만 상대가 계속 이 표에 따라 낸다면 세 가지를 내는 확률이 서로 달라지는데, 이때의 값도 표를 여러 번 적용하여 함께 확인해 봅시다.

# %% [markdown] lang="en"
# One condition is one row, and it is the rows that sum to 1. Swap the two sides of the bar and you ask a different question: $P(\text{paper} \mid \text{scissors})$ is 0.6652, while $P(\text{scissors} \mid \text{paper})$ is 0.8438.
# Columns promise no such thing: the one for paper adds up to 1.0406, more than 1.
#
# For $P(\text{paper})$ without a condition you must also know the probabilities of the previous hand. If that hand was drawn afresh, each of the three with the same probability, it is the mean of the column. An opponent who keeps playing by this table does not show all three equally often, though, so look at what the table gives when it is applied many times.

# %%
paper = next_given_previous[:, 2].mean()
print(f"P(paper) = {paper:.4f}")
# > P(paper) = 0.3469
many_rounds = torch.linalg.matrix_power(next_given_previous, 100)[0]
print("after many rounds:", many_rounds)
# > after many rounds: tensor([0.4182, 0.2162, 0.3656])
assert not torch.isclose(paper, next_given_previous[0, 2])
assert torch.allclose(many_rounds @ next_given_previous, many_rounds)

# %% [markdown] lang="ko"
# 보를 낼 확률은 직전에 낸 것을 똑같은 확률로 뽑으면 0.3469이고, 상대가 계속 표에 따라 내면 0.3656입니다. 어느 쪽이든 직전에 가위를 냈다는 사실을 알면 이 확률은 0.6652로 바뀝니다.
#
# !!! note "0.6652를 너무 믿지는 마세요"
#     로짓 1, 2, 3은 임의로 정한 값입니다. 소프트맥스는 점수를 합이 1인 수로 바꿀 뿐, 점수 자체가 타당한지는 판단하지 못합니다. 실제 상대에게 들어맞는 확률을 얻으려면 데이터로 로짓을 학습해야 합니다.
#     확률이 실제와 얼마나 비슷한지는 다음 레슨에서 다루는 [교차 엔트로피](cross_entropy.md)로 측정합니다.

# %% [markdown] lang="en"
# Paper has probability 0.3469 if the previous hand is drawn evenly, and 0.3656 if the opponent keeps playing by the table. Either way, knowing that scissors came before moves the probability of paper to 0.6652.
#
# !!! note "Do not trust 0.6652 too much"
#     The logits 1, 2, 3 are invented. Softmax turns scores into numbers that sum to 1; whether the scores are any good, it cannot know. For the probabilities to match a real opponent, the logits have to be learned from data.
#     The yardstick for that match is the subject of the next lesson, [cross entropy](cross_entropy.md).

# %% [markdown] lang="ko"
# ## 연습 문제 { #exercises }
#
# `...`를 채운 다음 확인 코드를 실행해 보세요. 아무 메시지 없이 끝나면 정답입니다.
#
# **1. 실행하지 않고 답하기.** 이 페이지의 출력만 참고하여 다음 세 값을 구하고, 순서대로 리스트 `answers`에 담아 보세요.
#
# - 로짓이 0, 0, 0, 0일 때 첫째 확률
# - 로짓이 101, 102, 103일 때 셋째 확률
# - 로짓이 1, 2, 3이고 온도가 1/2일 때, 셋째 확률을 첫째 확률로 나눈 값의 자연로그
#
# ??? tip "힌트"
#     로짓이 같으면 확률도 같고, 모든 로짓에 같은 수를 더해도 확률은 그대로입니다. 두 확률의 비는 두 로짓의 차를 온도로 나눈 값에 지수를 취한 것입니다.

# %% [markdown] lang="en"
# ## Exercises { #exercises }
#
# Replace the `...`, then run the check. If it finishes without a message, you are right.
#
# **1. Answer without running anything.** Work out three values with nothing but the outputs on this page, and put them into the list `answers` in this order:
#
# - the first probability for the logits 0, 0, 0, 0;
# - the third probability for the logits 101, 102, 103;
# - for the logits 1, 2, 3 at temperature 1/2, the natural logarithm of the third probability divided by the first.
#
# ??? tip "Hint"
#     Equal logits get equal probabilities, and adding the same number to all logits changes nothing. The ratio of two probabilities is the exponential of the difference of their logits over the temperature.

# %% exercise="predict"
### BEGIN SOLUTION
answers = [0.25, 0.6652, 4.0]
### END SOLUTION

# %% check="predict"
assert isinstance(answers, (list, tuple)), f"{answers} is no list"
assert len(answers) == 3, f"{len(answers)} values, not 3"
sharp = F.softmax(torch.tensor([1.0, 2.0, 3.0]) / 0.5, dim=0)
even = F.softmax(torch.zeros(4), dim=0)
assert abs(answers[0] - even[0]) < 1e-3, f"answers[0] is not {answers[0]}"
large = F.softmax(torch.tensor([101.0, 102.0, 103.0]), dim=0)
assert abs(answers[1] - large[2]) < 1e-3, f"answers[1] is not {answers[1]}"
ratio = torch.log(sharp[2] / sharp[0])
# ko: 출력된 값을 나누면 반올림한 만큼 어긋날 수 있습니다.
# en: Outputs divided by each other are off by their rounding.
assert abs(answers[2] - ratio) < 5e-3, f"answers[2] is not {answers[2]}"

# %% wrong="predict"
# ko: 확률의 비에 로그를 취한 값은 로짓의 차를 온도로 나눈 값이므로, 2에 1/2을 곱할 것이 아니라 1/2로 나누어야 합니다.
# en: The log of the ratio is the difference of the logits over the temperature: 2 divided by 1/2, not times 1/2.
answers = [0.25, 0.6652, 1.0]

# %% wrong="predict"
# ko: 모든 로짓에 100을 더해도 확률은 그대로이므로, 셋째 확률은 1이 되지 않습니다.
# en: Adding 100 to all logits changes no probability, so the third one does not become 1.
answers = [0.25, 1.0, 4.0]

# %% right="predict"
answers = [0.25, 0.6652, torch.tensor(0.8668 / 0.0159).log().item()]

# %% [markdown] lang="ko"
# **2. 오버플로가 없는 소프트맥스.** `F.softmax`를 쓰지 않고 마지막 축을 따라 소프트맥스를 계산하는 함수를 만들어 보세요. 로짓이 1000이어도, 텐서가 몇 차원이어도 올바르게 계산해야 합니다.
#
# ??? tip "힌트"
#     각 행에서 같은 수를 빼면 확률은 그대로입니다. 행의 지수를 모두 0 이하로 만들려면 어떤 수를 빼야 하는지, 또 그 수를 행마다 따로 빼려면 줄어든 축을 어떻게 남겨 두어야 하는지 생각해 보세요.

# %% [markdown] lang="en"
# **2. A softmax that never overflows.** Write a softmax over the last axis without calling `F.softmax`. It should survive a logit of 1000 and accept any number of axes.
#
# ??? tip "Hint"
#     Subtracting one number from a whole row changes no probability. Which number makes every exponent of the row 0 or less, and how do you keep the reduced axis, so that each row gets a number of its own?


# %% exercise="stable"
def stable_softmax(z):
    ### BEGIN SOLUTION
    exps = torch.exp(z - z.amax(dim=-1, keepdim=True))
    return exps / exps.sum(dim=-1, keepdim=True)
    ### END SOLUTION


# %% check="stable"
rows = torch.tensor([[1000.0, 999.0], [0.0, 1.0], [-1000.0, -999.0]])
cube = torch.arange(24.0).reshape(2, 3, 4)
for z in [logits, torch.tensor([1000.0, 0.0, -1000.0]), cube, rows]:
    before = z.clone()
    p = stable_softmax(z)
    right = F.softmax(before, dim=-1)
    case = f"stable_softmax({before}): {p}, not {right}"
    assert torch.is_tensor(p), case
    assert p.shape == z.shape, case
    assert torch.allclose(p.float(), right, atol=1e-4), case
names = stable_softmax.__code__.co_names
ready_made = [name for name in names if "softm" in name.lower()]
assert not ready_made, f"{ready_made} is no softmax of your own"


# %% wrong="stable"
# ko: `F.softmin`은 부호만 바꾼 `F.softmax`이므로, 소프트맥스를 직접 계산한 것이 아닙니다.
# en: `F.softmin` is `F.softmax` with the sign turned, so this does not compute a softmax itself.
def stable_softmax(z):
    return F.softmin(-z, dim=-1)


# %% wrong="stable"
# ko: 로짓 전체에서 가장 큰 값 하나를 빼면, 그 값보다 훨씬 작은 로짓만 있는 행에서는 지수가 모두 0이 되어 0으로 나누게 됩니다.
# en: With the largest of all logits subtracted, the exponentials of a row far below it are all 0, and it divides by 0.
def stable_softmax(z):
    exps = torch.exp(z - z.max())
    return exps / exps.sum(dim=-1, keepdim=True)


# %% wrong="stable"
# ko: 로짓이 88을 넘으면 지수가 무한대가 되고, 무한대를 무한대로 나누면 `nan`이 됩니다.
# en: Above a logit of 88 the exponential is infinite, and infinity divided by infinity is `nan`.
def stable_softmax(z):
    exps = torch.exp(z)
    return exps / exps.sum(dim=-1, keepdim=True)


# %% wrong="stable"
# ko: 첫 축을 따라 나누었으므로, 축이 둘 이상이면 행의 합이 1이 아닙니다.
# en: It divides along the first axis, so with two or more axes the rows do not sum to 1.
def stable_softmax(z):
    exps = torch.exp(z - z.amax(dim=0, keepdim=True))
    return exps / exps.sum(dim=0, keepdim=True)


# %% wrong="stable"
# ko: 평균을 빼더라도 평균보다 훨씬 큰 로짓은 여전히 크므로, 지수를 취하면 오버플로가 일어납니다.
# en: With the mean subtracted, a logit far above the mean stays large, and its exponential overflows.
def stable_softmax(z):
    exps = torch.exp(z - z.mean(dim=-1, keepdim=True))
    return exps / exps.sum(dim=-1, keepdim=True)


# %% right="stable"
def stable_softmax(z):
    exps = torch.exp((z - z.amax(dim=-1, keepdim=True)).double())
    return exps / exps.sum(dim=-1, keepdim=True)


# %% right="stable"
def stable_softmax(z):
    return torch.exp(z - z.logsumexp(dim=-1, keepdim=True))


# %% [markdown] lang="ko"
# **3. 시그모이드 만들기.** `torch.sigmoid()` 없이 `F.softmax`만 사용하여 시그모이드를 만들어 보세요. 함수는 로짓 여러 개가 담긴 1차원 텐서를 받습니다.
#
# ??? tip "힌트"
#     시그모이드는 로짓이 둘인 소프트맥스의 첫째 확률입니다. 두 로짓의 차가 $z$가 되려면 둘째 로짓은 얼마여야 할까요?

# %% [markdown] lang="en"
# **3. Build the sigmoid.** Using `F.softmax` and not `torch.sigmoid()`, write a sigmoid that takes a one-dimensional tensor of logits.
#
# ??? tip "Hint"
#     A sigmoid is the first probability of a softmax over two logits. What must the second logit be for the two to differ by $z$?


# %% exercise="sigmoid" path="deeper"
def sigmoid_from_softmax(z):
    ### BEGIN SOLUTION
    pair = torch.stack([z, torch.zeros_like(z)], dim=1)
    return F.softmax(pair, dim=1)[:, 0]
    ### END SOLUTION


# %% check="sigmoid"
for z in [torch.tensor([0.7, 0.0, -3.0]), torch.tensor([200.0, -9.0])]:
    p = sigmoid_from_softmax(z)
    case = f"sigmoid_from_softmax({z}): {p}, not {torch.sigmoid(z)}"
    assert torch.is_tensor(p), case
    assert p.shape == z.shape, case
    assert torch.allclose(p.float(), torch.sigmoid(z)), case
p = sigmoid_from_softmax(torch.tensor([0.7]))
assert abs(p[0] - 0.6682) < 1e-4, f"z = 0.7: {p}, not 0.6682"
names = sigmoid_from_softmax.__code__.co_names
ready_made = [name for name in names if "sigmoid" in name.lower()]
assert not ready_made, f"{ready_made} is a sigmoid already"
barred = {"exp", "tanh", "expit"}
assert barred.isdisjoint(names), f"{barred & {*names}} is no softmax"


# %% wrong="sigmoid"
# ko: `torch.nn.Sigmoid`는 이미 완성된 시그모이드이므로, 소프트맥스로 만든 것이 아닙니다.
# en: `torch.nn.Sigmoid` is a sigmoid already, not one built from a softmax.
def sigmoid_from_softmax(z):
    return torch.nn.Sigmoid()(z)


# %% wrong="sigmoid"
# ko: 상대 로짓을 0이 아니라 $-z$로 두면 두 로짓의 차가 $2z$가 되므로, 로짓을 두 배로 한 시그모이드가 나옵니다.
# en: Against $-z$ instead of 0 the difference is $2z$, which gives the sigmoid of twice the logit.
def sigmoid_from_softmax(z):
    return F.softmax(torch.stack([z, -z], dim=1), dim=1)[:, 0]


# %% wrong="sigmoid"
# ko: 둘째 열은 로짓이 0인 쪽의 확률이므로 $1 - \sigma(z)$입니다.
# en: The second column is the probability of the logit 0, which is $1 - \sigma(z)$.
def sigmoid_from_softmax(z):
    pair = torch.stack([z, torch.zeros_like(z)], dim=1)
    return F.softmax(pair, dim=1)[:, 1]


# %% wrong="sigmoid"
# ko: 로짓 전체에 소프트맥스를 취하면 로짓끼리 경쟁하게 되지만, 시그모이드는 로짓마다 따로 구해야 합니다.
# en: A softmax over the logits lets them compete, but a sigmoid takes each logit by itself.
def sigmoid_from_softmax(z):
    return F.softmax(z, dim=0)


# %% right="sigmoid"
def sigmoid_from_softmax(z):
    return F.softmax(torch.stack([-z / 2, z / 2]).double(), dim=0)[1]


# %% [markdown] lang="ko"
# **4. 목표 확률에 맞는 온도.** 가장 큰 확률이 `target`과 같아지는 온도를 찾아 `float`으로 돌려주는 함수를 만들어 보세요. 로짓이 모두 같지만 않으면 온도를 올릴수록 가장 큰 확률이 작아지므로, 답이 있는 구간을 반씩 좁혀 갈 수 있습니다.
#
# ??? tip "힌트"
#     구간의 한가운데 온도에서 가장 큰 확률을 구해 보세요. 이 확률이 `target`보다 크다면, 답은 그보다 높은 온도에 있을까요, 낮은 온도에 있을까요?

# %% [markdown] lang="en"
# **4. The temperature for a given confidence.** Write a function that returns, as a `float`, the temperature at which the largest probability equals `target`. Unless all logits are equal, raising the temperature lowers the largest probability, so you can keep halving an interval that contains the answer.
#
# ??? tip "Hint"
#     Find the largest probability at the temperature in the middle of the interval. If it is above `target`, does the answer lie at higher temperatures or at lower ones?


# %% exercise="confidence"
def temperature_for(logits, target):
    ### BEGIN SOLUTION
    low, high = 0.01, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        if F.softmax(logits / middle, dim=0).max() > target:
            low = middle
        else:
            high = middle
    return middle
    ### END SOLUTION


# %% check="confidence"
z = torch.tensor([1.0, 2.0, 3.0])
T = temperature_for(z, 0.9)
assert isinstance(T, float), f"{T!r} is no float"
assert abs(T - 0.4360) < 1e-3, f"{z}, 0.9: T = {T}, not 0.4360"
# ko: 가장 큰 로짓이 맨 뒤에 있지 않을 때도 올바른 값을 찾아야 합니다.
# en: It must hold where the largest logit is not the last one, too.
four = torch.tensor([6.0, -2.0, 0.0, 5.0])
for case in [z, four, torch.tensor([-1.0, 0.0])]:
    for target in [0.55, 0.6652, 0.99]:
        T = temperature_for(case, target)
        largest = F.softmax(case / T, dim=0).max()
        short = f"{case}: T = {T} gives {largest}, not {target}"
        assert abs(largest - target) < 1e-4, short


# %% wrong="confidence"
# ko: 온도를 올리면 가장 큰 확률이 작아지는데, 답이 없는 쪽의 구간을 남겼습니다.
# en: Raising the temperature lowers the largest probability, and this keeps the other half of the interval.
def temperature_for(logits, target):
    low, high = 0.01, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        if F.softmax(logits / middle, dim=0).max() > target:
            high = middle
        else:
            low = middle
    return middle


# %% wrong="confidence"
# ko: 가장 큰 로짓이 언제나 맨 뒤에 있는 것은 아닙니다.
# en: The largest logit is not always the last one.
def temperature_for(logits, target):
    low, high = 0.01, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        if F.softmax(logits / middle, dim=0)[-1] > target:
            low = middle
        else:
            high = middle
    return middle


# %% wrong="confidence"
# ko: 확률은 온도에 반비례하지 않으므로, 지금의 확률을 원하는 확률로 나눈 값은 온도가 아닙니다.
# en: Probabilities are not inversely proportional to the temperature, so their ratio is not the answer.
def temperature_for(logits, target):
    return F.softmax(logits, dim=0).max().item() / target


# %% right="confidence"
def temperature_for(logits, target):
    low, high = -5.0, 5.0
    for _ in range(60):
        middle = (low + high) / 2
        p = F.softmax(logits / 2**middle, dim=0)
        low, high = (middle, high) if p.max() > target else (low, middle)
    return 2**middle


# %% [markdown] lang="ko"
# **5. 거꾸로 가기.** 확률에서 로짓을 되찾을 수 있을까요? 로짓에 같은 수를 더해도 확률은 그대로이므로 답은 무수히 많습니다. 그 가운데 합이 0인 로짓을 돌려주는 함수를 만들어 보세요.
#
# ??? tip "힌트"
#     확률에 로그를 취하면, 로짓에서 같은 수를 뺀 값이 클래스마다 나옵니다. 여기서 다시 어떤 수를 빼야 합이 0이 될까요?

# %% [markdown] lang="en"
# **5. The way back.** Can you recover logits from probabilities? Shifting them changes nothing, so there are endlessly many answers. Return the one whose logits sum to 0.
#
# ??? tip "Hint"
#     The logarithm of each probability is its logit minus a number that all classes share. Which number do you have to subtract from these logarithms to make them sum to 0?


# %% exercise="inverse" path="deeper"
def logits_from(probs):
    ### BEGIN SOLUTION
    logs = torch.log(probs)
    return logs - logs.mean()
    ### END SOLUTION


# %% check="inverse"
for z in [
    torch.tensor([1.0, 2.0, 3.0]),
    torch.tensor([0.5, -4.0, 2.0, 7.0]),
]:
    recovered = logits_from(F.softmax(z, dim=0))
    case = f"logits_from({F.softmax(z, dim=0)}): {recovered}"
    assert torch.is_tensor(recovered), f"{case}, no tensor"
    assert recovered.shape == z.shape, f"{case}, not {len(z)} logits"
    assert abs(recovered.sum()) < 1e-4, f"{case}, sum {recovered.sum()}"
    again = F.softmax(recovered.float(), dim=0)
    close = torch.allclose(again, F.softmax(z, dim=0), atol=1e-6)
    assert close, f"{case}, softmax {again}"


# %% wrong="inverse"
# ko: 로그만 취하면 소프트맥스를 취했을 때 처음 확률이 나오지만, 로짓의 합이 0이 아닙니다.
# en: The logarithm alone has the right softmax, but does not sum to 0.
def logits_from(probs):
    return torch.log(probs)


# %% wrong="inverse"
# ko: 첫째 로짓을 0으로 맞추었을 뿐이며, 로짓의 합을 맞추지는 않았습니다.
# en: This makes the first logit 0, not the sum.
def logits_from(probs):
    logs = torch.log(probs)
    return logs - logs[0]


# %% wrong="inverse"
# ko: 로그를 취하지 않으면 합은 0이 되지만, 소프트맥스를 취해도 처음 확률로 돌아오지 않습니다.
# en: Without the logarithm the sum is 0, but softmax does not lead back to the probabilities.
def logits_from(probs):
    return probs - probs.mean()


# %% right="inverse"
def logits_from(probs):
    return torch.log(probs / probs.double().prod() ** (1 / len(probs)))


# %% [markdown] lang="ko"
# **6. 확률의 비가 100이 되는 온도.** 클래스가 둘이고 로짓이 2와 0입니다. 첫째 확률이 둘째 확률의 100배가 되는 온도를 소수점 아래 셋째 자리까지 구해 보세요.
#
# ??? tip "힌트"
#     두 확률의 비는 로짓의 차를 온도로 나눈 값에 지수를 취한 것입니다. 이 관계를 식으로 쓰고 양변에 로그를 취해 보세요.

# %% [markdown] lang="en"
# **6. A ratio of 100.** There are two classes, with logits 2 and 0. Find, to three decimals, the temperature at which the first probability is 100 times as large as the second.
#
# ??? tip "Hint"
#     The ratio of the probabilities is the exponential of the difference of the logits over the temperature; take the logarithm of both sides.

# %% exercise="ratio_temperature" path="deeper"
### BEGIN SOLUTION
# exp(2 / T) = 100
hundredfold = 2 / torch.tensor(100.0).log().item()
### END SOLUTION

# %% check="ratio_temperature"
assert isinstance(hundredfold, (int, float)), (
    f"{hundredfold!r} is not a number"
)
p = F.softmax(torch.tensor([2.0, 0.0]) / hundredfold, dim=0)
log_ratio = (p[0] / p[1] / 100).log().item()
ratio = f"T = {hundredfold}: ratio {p[0] / p[1]:.4f}, not 100"
assert abs(log_ratio) < 0.01, ratio

# %% wrong="ratio_temperature"
# ko: 100에 로그를 취한 값을 로짓의 차 2로 나누었는데, 온도는 거꾸로 나누어야 나옵니다.
# en: This divides the logarithm of 100 by the difference of the logits, 2, and the temperature is the other way around.
hundredfold = torch.tensor(100.0).log().item() / 2

# %% wrong="ratio_temperature"
# ko: 로짓의 차 2를 100으로 바로 나누었는데, 확률의 비는 그 차에 지수를 취한 값입니다.
# en: This divides the difference of the logits, 2, by 100 at once, but the ratio is the exponential of a difference.
hundredfold = 2 / 100

# %% [markdown] lang="ko"
# ## 퀴즈 { #quiz }
#
# 먼저 답을 정한 다음 펼쳐서 확인해 보세요.
#
# ??? question "1. 모든 로짓에 5를 더하면 확률은 어떻게 될까요?"
#     - [ ] 모두 함께 커집니다: 로짓이 모두 커져서 그럴듯하지만, 확률은 합이 1이므로 모두 함께 커질 수 없습니다.
#     - [ ] 가장 큰 확률만 커집니다: 모든 로짓에 큰 수를 곱하면 그럴 수 있지만, 더하기는 로짓의 차를 바꾸지 않습니다.
#     - [x] 모두 그대로입니다: 분자와 분모에 똑같이 곱해진 $e^5$이 약분되어 로짓의 차만 남습니다.
#
# ??? question "2. 모든 로짓을 반으로 줄이면 확률은 어떻게 될까요?"
#     - [x] 더 평평해집니다: 온도를 2로 올린 것과 같습니다. 로짓의 비는 그대로이지만 차가 줄어드는데, 확률의 비는 이 차로 정해집니다.
#     - [ ] 모두 그대로입니다: 로짓의 비가 그대로여서 이렇게 생각하기 쉽지만, 확률이 그대로인 것은 모든 로짓에 같은 수를 더할 때입니다.
#     - [ ] 모두 반이 됩니다: 소프트맥스를 비례하는 함수로 생각한 답입니다. 확률이 모두 반이 되면 합이 1이 되지 않습니다.
#
# ??? question "3. 학습이 끝난 모델로 클래스만 예측할 때도 소프트맥스가 필요할까요?"
#     - [ ] 네, 로짓은 확률이 아니기 때문입니다: 로짓이 확률이 아닌 것은 맞지만, 클래스를 고를 때는 어느 것이 가장 큰지만 알면 됩니다.
#     - [x] 아니요, 순서가 그대로이기 때문입니다: 소프트맥스는 순서를 바꾸지 않으므로 로짓에 argmax를 취해도 같은 클래스가 나옵니다. 다만 확률 자체를 보여 줄 때는 소프트맥스가 필요합니다.
#     - [ ] 아니요, 학습에도 쓰지 않기 때문입니다: 모델이 로짓을 돌려주므로 그렇게 보이지만, 학습할 때는 손실 함수 안에서 소프트맥스를 취합니다.
#
# ??? question "4. 사진 한 장이 고양이 사진이면서 야외 사진일 수도 있습니다. 확률을 어떻게 구할까요?"
#     - [ ] 소프트맥스를 쓰고 가장 큰 클래스를 고릅니다: 분류에서 흔히 쓰는 방법이지만, 정답이 꼭 하나일 때만 맞습니다. 고양이를 고르면 야외를 버리게 됩니다.
#     - [ ] 소프트맥스를 쓰고 반을 넘는 클래스를 고릅니다: 여러 클래스를 고를 수 있을 것 같지만, 합이 1이므로 두 확률이 함께 반을 넘을 수 없습니다.
#     - [x] 클래스마다 시그모이드를 따로 둡니다: 시그모이드는 클래스마다 참인지 아닌지를 따로 답하므로, 두 확률이 모두 1에 가까울 수 있습니다.
#
# ??? question "5. 로짓이 1, 2, 3일 때 셋째 확률은 첫째 확률의 몇 배일까요?"
#     - [ ] 정확히 2배입니다: 로짓의 차를 그대로 쓴 답입니다. 이 차에 지수를 취해야 확률의 비가 됩니다.
#     - [x] 약 7.39배입니다: 확률의 비는 로짓의 차에 지수를 취한 값이므로 $e^{3-1} = e^2$배입니다.
#     - [ ] 정확히 3배입니다: 로짓의 비를 쓴 답입니다. 모든 로짓에 같은 수를 더해도 확률이 그대로이므로, 로짓의 비에는 의미가 없습니다.

# %% [markdown] lang="en"
# ## Quiz { #quiz }
#
# Settle on an answer before you unfold it.
#
# ??? question "1. Add 5 to every logit. What happens to the probabilities?"
#     - [ ] They all grow: All logits do, which makes it tempting, but probabilities that sum to 1 cannot all grow.
#     - [ ] Only the largest grows: Multiplying by a large number can do that. Adding does not change the differences of the logits.
#     - [x] They all stay the same: The factor $e^5$ appears in numerator and denominator and cancels. Only differences of logits are left.
#
# ??? question "2. Halve all logits. What happens to the probabilities?"
#     - [x] They get flatter: It is the same as temperature 2. The ratios of the logits stay, but their differences shrink, and these set the ratios of the probabilities.
#     - [ ] They stay the same: The ratios of the logits do, which suggests it. But what leaves the probabilities alone is adding one number to every logit.
#     - [ ] They are halved: This treats softmax as a proportional function. If all were halved, they would no longer sum to 1.
#
# ??? question "3. The model is trained and you only want the predicted class. Do you need softmax?"
#     - [ ] Yes, since logits are not probabilities: True, but to pick a class you need only know which one is the largest.
#     - [x] No, since it keeps the order: The argmax of the logits is the same class. You need softmax to report the probabilities themselves.
#     - [ ] No, since training does not use it either: It looks so because the model returns logits, but in training the loss function applies softmax.
#
# ??? question "4. A photo can show a cat and be taken outdoors. How do you get the probabilities?"
#     - [ ] By softmax, taking the largest class: The usual way to classify assumes exactly one right answer. Picking the cat throws "outdoors" away.
#     - [ ] By softmax, taking those above one half: It seems to allow several, but two probabilities that share a sum of 1 cannot both exceed one half.
#     - [x] By one sigmoid for each class: Each sigmoid says separately whether its class is true, so both can be near 1.
#
# ??? question "5. With logits 1, 2, 3, how many times as large is the third probability as the first?"
#     - [ ] Exactly 2 times: This takes the difference of the logits as it stands. Its exponential is the ratio of the probabilities.
#     - [x] About 7.39 times: The ratio of two probabilities is the exponential of the difference of their logits, here $e^{3-1} = e^2$.
#     - [ ] Exactly 3 times: This takes the ratio of the logits. Adding one number to all logits changes that ratio but not the probabilities, so the ratio means nothing.

# %% [markdown] lang="ko"
# ## 정리 { #summary }
#
# - 소프트맥스는 지수를 취하고 합으로 나눕니다. 예를 들어 로짓 1, 2, 3은 확률 0.0900, 0.2447, 0.6652가 되며, `F.softmax`로 구한 값과 같습니다.
# - 소프트맥스는 순서를 바꾸지 않습니다. 모든 로짓에 같은 수를 더하면 확률이 그대로이고, 곱하면 달라지며, 확률의 비는 로짓의 차로 정해집니다.
# - 가장 큰 로짓이 하나뿐이라면, 온도를 낮출수록 확률이 원-핫 벡터에 가까워집니다. 반대로 온도를 높이면 모든 확률이 서로 비슷해집니다.
# - 소프트맥스는 부드러운 argmax입니다. 클래스만 고르려면 argmax로 충분하고, 함께 참일 수 있는 클래스에는 시그모이드를 씁니다.
# - 한 행이 샘플 하나라면 `dim=1`을 주어 행의 합이 1이 되게 합니다. $P(\text{보} \mid \text{가위})$에서는 막대 뒤에 쓴 것이 조건입니다.
#
# 확률을 구했으니 이제 그 확률이 얼마나 좋은지 측정할 차례이며, 그 방법은 [교차 엔트로피](cross_entropy.md) 레슨에서 알아봅니다.

# %% [markdown] lang="en"
# ## What we saw { #summary }
#
# - Softmax exponentiates and divides by the sum. The logits 1, 2, 3 become 0.0900, 0.2447, 0.6652, and `F.softmax` agrees.
# - The order survives. Adding one number everywhere changes nothing, multiplying does, and differences of logits set the ratios of probabilities.
# - Lowering the temperature leads to a one-hot vector (if one logit is the largest), raising it to an even spread.
# - Softmax is a soft argmax. Picking a class takes only argmax, and classes that can be true together call for sigmoids.
# - With one example per row, use `dim=1`; it is the rows that sum to 1. In $P(\text{paper} \mid \text{scissors})$ the condition stands behind the bar.
#
# Now that there are probabilities, it is time to measure how good they are. On to [cross entropy](cross_entropy.md).

# %% [markdown] lang="ko"
# ## 참고 자료 { #references }
#
# - PyTorch 문서: [`F.softmax`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.softmax.html), [`torch.sigmoid`](https://docs.pytorch.org/docs/stable/generated/torch.sigmoid.html), [`torch.logsumexp`](https://docs.pytorch.org/docs/stable/generated/torch.logsumexp.html), [`F.one_hot`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.one_hot.html), [`torch.special.entr`](https://docs.pytorch.org/docs/stable/special.html#torch.special.entr)
# - J. S. Bridle, [Probabilistic Interpretation of Feedforward Classification Network Outputs, with Relationships to Statistical Pattern Recognition](https://doi.org/10.1007/978-3-642-76153-9_28), 1990. 소프트맥스라는 이름을 쓴 초기 논문 가운데 하나입니다.
# - I. Goodfellow, Y. Bengio, A. Courville, [Deep Learning, 6장](https://www.deeplearningbook.org/contents/mlp.html), 2016. 소프트맥스가 max보다 argmax에 가까운 이유를 설명합니다.
# - G. Hinton, O. Vinyals, J. Dean, [Distilling the Knowledge in a Neural Network](https://arxiv.org/abs/1503.02531), 2015. 높은 온도로 구한 큰 모델의 확률을 작은 모델에 가르치는 방법을 제안합니다.

# %% [markdown] lang="en"
# ## References { #references }
#
# - PyTorch documentation: [`F.softmax`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.softmax.html), [`torch.sigmoid`](https://docs.pytorch.org/docs/stable/generated/torch.sigmoid.html), [`torch.logsumexp`](https://docs.pytorch.org/docs/stable/generated/torch.logsumexp.html), [`F.one_hot`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.one_hot.html), [`torch.special.entr`](https://docs.pytorch.org/docs/stable/special.html#torch.special.entr)
# - J. S. Bridle, [Probabilistic Interpretation of Feedforward Classification Network Outputs, with Relationships to Statistical Pattern Recognition](https://doi.org/10.1007/978-3-642-76153-9_28), 1990. One of the first papers to use the name softmax.
# - I. Goodfellow, Y. Bengio, and A. Courville, [Deep Learning, chapter 6](https://www.deeplearningbook.org/contents/mlp.html), 2016. Explains why softmax is closer to argmax than to max.
# - G. Hinton, O. Vinyals, and J. Dean, [Distilling the Knowledge in a Neural Network](https://arxiv.org/abs/1503.02531), 2015. Uses a high temperature to teach a small model the probabilities of a large one.
