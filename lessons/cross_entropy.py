# ---
# needs: [softmax]
# ---

# %% [markdown] lang="ko"
# # 가위바위보로 이해하는 교차 엔트로피 { #cross-entropy }
#
# 예상이 얼마나 빗나갔는지를 수 하나로 나타내 봅시다. 가위바위보 한 판에서 시작하여 놀람의 정도(surprisal), 엔트로피(entropy), 교차 엔트로피(cross entropy), KL 발산(KL divergence)을 차례로 배웁니다.
#
# 교차 엔트로피는 분류 모델을 학습할 때 가장 흔히 쓰는 손실(loss)입니다. 식은 한 줄이지만, 손실값을 해석하려면 왜 로그를 쓰는지, 값이 왜 대개 0까지 내려가지 않는지, 왜 두 분포의 자리를 바꾸면 안 되는지를 알아야 합니다. 이 레슨에서는 클래스가 3개뿐이라 손으로도 확인할 수 있는 예를 계산하면서 세 질문의 답을 찾습니다.
#
# !!! abstract "학습 목표"
#     - 확률을 놀람의 정도로 바꾸고 단위(nat, bit)를 구별합니다.
#     - 엔트로피와 교차 엔트로피를 손으로, 그리고 PyTorch로 계산합니다.
#     - 교차 엔트로피를 엔트로피와 KL 발산으로 나누어 해석합니다.
#     - 교차 엔트로피가 유사도도 거리도 아닌 이유를 예를 들어 설명합니다.
#     - 표본(sample)만으로 교차 엔트로피를 추정합니다.
#     - 교차 엔트로피를 줄이면 예상이 실제 분포에 가까워지는 이유를 설명합니다.

# %% [markdown] lang="en"
# # Cross entropy with rock–paper–scissors { #cross-entropy }
#
# How wrong is a guess? One hand of rock–paper–scissors leads to surprisal, entropy, cross entropy, and KL divergence, one small number at a time.
#
# Cross entropy is the loss most often used to train classifiers. The formula fits on one line, yet a loss value stays a riddle until you know why there is a logarithm in it, why it usually cannot reach zero, and why its two arguments must not trade places. This lesson answers all three with three classes and numbers you can check by hand.
#
# !!! abstract "What you will be able to do"
#     - Turn a probability into a surprisal and tell nats from bits.
#     - Compute entropy and cross entropy by hand and in PyTorch.
#     - Split a cross entropy into entropy and KL divergence.
#     - Show by example why cross entropy is neither a similarity nor a distance.
#     - Estimate a cross entropy from a sample alone.
#     - Explain why lowering the cross entropy pulls a guess toward the true distribution.

# %%
import math

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

# %% [markdown] lang="ko"
# ## 다음에 낼 것 예상하기 { #the-game }
#
# 철수가 방금 가위를 냈다면 다음 판에는 무엇을 낼까요?
#
# 철수의 버릇을 점수로 나타내어 가위에 1점, 바위에 2점, 보에 3점을 주겠습니다. 설명을 위해 임의로 정한 이 점수를 [소프트맥스(softmax)](softmax.md)에 넣으면, 방금 가위를 낸 철수가 다음에 무엇을 낼지 나타내는 확률분포(probability distribution) $P$를 얻습니다.

# %% [markdown] lang="en"
# ## Guessing the next hand { #the-game }
#
# Cheolsu's last hand was scissors. What will he play next?
#
# Let's write his habit as scores: 1 for scissors, 2 for rock, 3 for paper. The scores are invented for this lesson. Feed them to [softmax](softmax.md), and out comes $P$, the probability distribution of his next hand given that the last one was scissors.

# %% anchor="habit"
hands = ["scissors", "rock", "paper"]
scores = torch.tensor([1.0, 2.0, 3.0])
# ko: P(다음에 낼 것 | 방금 가위)
# en: P(next hand | last hand scissors)
P = F.softmax(scores, dim=0)
print(P)
# > tensor([0.0900, 0.2447, 0.6652])
assert torch.isclose(P.sum(), torch.tensor(1.0))

# %% [markdown] lang="ko"
# 보가 나올 확률이 0.6652로 가장 크고, 가위가 또 나올 확률은 0.0900에 그칩니다.
#
# 실제 게임에서는 $P$가 철수의 머릿속에만 있어서 아무도 알 수 없습니다. 당분간은 $P$를 안다고 가정하고, [표본으로 추정하기](#sampling)에서는 이 가정 없이 계산합니다.

# %% [markdown] lang="en"
# Paper is the likeliest next hand, with probability 0.6652. Scissors again has probability 0.0900.
#
# In a real game $P$ sits in Cheolsu's head where nobody can see it. For now we pretend to know it; the section [Estimating from a sample](#sampling) drops that assumption.

# %% [markdown] lang="ko"
# ## 놀람의 정도 { #surprisal }
#
# 보가 나오면 별로 놀라지 않겠지만, 가위가 또 나오면 놀랄 것입니다. 이렇게 놀라는 정도를 수로 바꾸는 함수를 만들려고 합니다. 이 함수는 다음 세 조건을 만족해야 합니다.
#
# - 확률이 1인 일은 전혀 놀랍지 않으므로 값이 0이어야 합니다.
# - 확률이 작은 일일수록 값이 커야 합니다.
# - 독립인 두 일이 함께 일어날 때의 값은 각각의 값을 더한 것과 같아야 합니다.
#
# 독립인 두 일이 함께 일어날 확률은 각 확률의 곱이지만, 이 함수의 값은 각 값의 합이어야 하므로 로그가 필요합니다. 로그의 밑을 정하면 세 조건을 모두 만족하는 함수는 하나뿐입니다. 이 함수의 값을 **놀람의 정도**라고 하며, 정보량이라고 부르기도 합니다.
#
# $$
# s(x) = -\log P(x)
# $$

# %% [markdown] lang="en"
# ## Surprisal { #surprisal }
#
# Paper makes you shrug; scissors again makes you raise an eyebrow. Suppose we want a function that turns this feeling into a number. Three wishes:
#
# - An event with probability 1 is no surprise at all: 0.
# - The smaller the probability, the larger the surprise.
# - When two independent events both happen, their surprises add up.
#
# Probabilities multiply while surprises should add, so a logarithm is called for. Up to the choice of its base, only one function grants all three wishes. It is called the **surprisal**.
#
# $$
# s(x) = -\log P(x)
# $$

# %%
surprisal = -P.log()
for i, hand in enumerate(hands):
    print(f"{hand:8}  p = {P[i]:.4f}  -log p = {surprisal[i]:.4f}")
# > scissors  p = 0.0900  -log p = 2.4076
# > rock      p = 0.2447  -log p = 1.4076
# > paper     p = 0.6652  -log p = 0.4076
assert torch.allclose(surprisal, scores.logsumexp(0) - scores)

# %% [markdown] lang="ko"
# 점수가 1점 낮아질 때마다 놀람의 정도는 0.4076, 1.4076, 2.4076으로 정확히 1씩 커집니다. 소프트맥스에 $-\log$를 취하면 지수 함수가 사라지고 "상수 − 점수"만 남기 때문입니다. 이 식이 정말 성립하는지는 `assert`로 확인했습니다.
#
# 셋째 조건도 확인해 봅시다. 철수가 가위를 낸 바로 다음 판 가운데 서로 독립인 두 판에서, 한 번은 보가, 다른 한 번은 가위가 나왔다고 합시다.

# %% [markdown] lang="en"
# Every 1 point less in score adds exactly 1 to the surprisal (0.4076, 1.4076, 2.4076). Taking $-\log$ of a softmax undoes the exponential and leaves "a constant minus the score"; the `assert` checks that very identity.
#
# Now the third wish. Take two independent rounds, each right after scissors. One brings paper, the other scissors.

# %%
both = P[2] * P[0]
print(f"-log(p * q)       = {-both.log():.4f}")
# > -log(p * q)       = 2.8152
print(f"-log p + (-log q) = {surprisal[2] + surprisal[0]:.4f}")
# > -log p + (-log q) = 2.8152
assert torch.isclose(-both.log(), surprisal[2] + surprisal[0])

# %% [markdown] lang="ko"
# 두 판의 확률을 곱하여 구한 놀람의 정도는 2.8152이고, 각 판의 놀람의 정도를 더해도 같은 값이 나옵니다. 이제 놀람의 정도를 곡선으로 그려 봅시다.

# %% [markdown] lang="en"
# The surprisal of the joint probability equals the sum of the two surprisals: 2.8152. Here is the whole curve.

# %% figure="surprisal_curve"
p = torch.linspace(0.02, 1, 200)
fig, ax = plt.subplots()
ax.plot(p, -p.log(), color="C0")
ax.plot(P, surprisal, "o", color="C1")
for i, hand in enumerate(hands):
    ax.annotate(
        hand,
        (P[i], surprisal[i]),
        xytext=(10, 6),
        textcoords="offset points",
    )
ax.set_xlabel("probability of the hand")
ax.set_ylabel("surprisal (nats)")
ax.set_ylim(0, 4.2)

# %% [markdown] lang="ko" caption="surprisal_curve"
# 확률이 1이면 놀람의 정도는 0이고, 확률이 0에 가까워질수록 한없이 커집니다.
#
# 가로축은 확률(0~1), 세로축은 놀람의 정도(nat)입니다. 곡선 −log p는 확률 0.02일 때 4에 가까운 값에서 시작하여, 가파르게 내려오다가 점점 완만해지며 확률 1에서 0이 됩니다. 곡선 위에 있는 세 점은 가위 (0.0900, 2.4076), 바위 (0.2447, 1.4076), 보 (0.6652, 0.4076)를 나타냅니다.
#
# - scissors: 가위
# - rock: 바위
# - paper: 보
# - probability of the hand: 나올 확률
# - surprisal (nats): 놀람의 정도(nat)

# %% [markdown] lang="en" caption="surprisal_curve"
# At probability 1 the surprise is 0, and as the probability approaches 0 it grows without limit.
#
# The horizontal axis is probability from 0 to 1, the vertical axis surprisal in nats. The curve of −log p starts near 4 at probability 0.02, falls steeply, flattens out, and reaches 0 at probability 1. Three dots lie on it: scissors at (0.0900, 2.4076), rock at (0.2447, 1.4076), and paper at (0.6652, 0.4076).

# %% [markdown] lang="ko"
# ## 엔트로피 { #entropy }
#
# 철수의 버릇을 다 안다고 해도 매번 맞힐 수는 없습니다. 그렇다면 한 판에 평균적으로 얼마나 놀라게 될까요? 가위, 바위, 보마다 놀람의 정도에 그 확률을 곱하고 모두 더하면 됩니다. 이렇게 구한 평균이 **엔트로피**입니다.
#
# $$
# H(P) = -\sum_x P(x) \log P(x)
# $$

# %% [markdown] lang="en"
# ## Entropy { #entropy }
#
# Even someone who knows Cheolsu's habit perfectly cannot be right every time. How large is the surprise per round, on average? Weight each hand's surprisal by the probability of that hand and add. This average is the **entropy**.
#
# $$
# H(P) = -\sum_x P(x) \log P(x)
# $$

# %%
terms = P * surprisal
print(terms)
# > tensor([0.2168, 0.3445, 0.2712])
print(f"H(P) = {terms.sum():.4f} nats")
# > H(P) = 0.8324 nats

# %% folded="tests"
assert torch.isclose(
    terms.sum(), torch.distributions.Categorical(probs=P).entropy()
)

# %% [markdown] lang="ko"
# 놀람의 정도는 한 판에 평균 0.8324 nat이며, `torch.distributions.Categorical`로 계산한 값과도 같습니다. 가위는 나왔을 때 가장 놀랍지만 드물게 나오므로, 평균 가운데 0.2168만 차지합니다. 가장 큰 부분을 차지하는 것은 적당히 자주 나오고 적당히 놀라운 바위로, 그 값은 0.3445입니다.
#
# 버릇이 아주 뚜렷하거나 아예 없다면 엔트로피는 얼마가 될까요? 언제나 보만 내는 사람의 엔트로피부터 계산해 봅시다. 다만 위의 식을 그대로 코드로 옮기면 문제가 생깁니다.

# %% [markdown] lang="en"
# A round brings 0.8324 nats of surprise on average, and `torch.distributions.Categorical` agrees. Scissors is the most surprising hand, but it is rare and contributes only 0.2168. Rock, moderately likely and moderately surprising, contributes the most: 0.3445.
#
# What about a player with a rigid habit, or with none? Start with someone who always plays paper. A literal translation of the formula into code falls into a trap.

# %%
always_paper = torch.tensor([0.0, 0.0, 1.0])
naive = -(always_paper * always_paper.log()).sum()
print(naive)
# > tensor(nan)
assert naive.isnan()

# %% [markdown] lang="ko"
# !!! warning "0 · log 0은 nan이 됩니다"
#     일어나지 않는 일은 평균에 영향을 주지 않아야 하며, 수학에서도 $p \to 0$일 때 $p \log p$의 극한은 0입니다. 그러나 부동소수점 연산에서는 `0 * -inf`가 `nan`이 되고, `nan`이 하나라도 있으면 합 전체가 `nan`이 됩니다.
#     PyTorch에는 이 극한값대로 계산하는 함수가 있습니다. $-p \log p$는 `torch.special.entr()`, $p \log q$는 `torch.special.xlogy()`로 계산합니다.

# %% [markdown] lang="en"
# !!! warning "0 · log 0 becomes nan"
#     A hand that never happens should add nothing to the average, and indeed $p \log p$ tends to 0 as $p \to 0$. Floating-point arithmetic, however, evaluates `0 * -inf` to `nan`, and a single `nan` ruins the whole sum.
#     Two functions return this limit instead: `torch.special.entr()` computes $-p \log p$, and `torch.special.xlogy()` computes $p \log q$.


# %%
def entropy(P):
    return torch.special.entr(P).sum(-1)


no_habit = torch.full((3,), 1 / 3)
for name, dist in [
    ("always paper", always_paper),
    ("Cheolsu", P),
    ("no habit", no_habit),
]:
    print(f"{name:12}  H = {entropy(dist):.4f}")
# > always paper  H = 0.0000
# > Cheolsu       H = 0.8324
# > no habit      H = 1.0986
assert entropy(always_paper) == 0
assert torch.isclose(entropy(no_habit), torch.tensor(3.0).log())

# %% [markdown] lang="ko"
# 언제나 보를 내는 사람은 결과가 정해져 있어서 엔트로피가 0입니다. 반면 세 가지를 똑같은 확률로 내는 사람의 엔트로피는 1.0986, 즉 $\ln 3$입니다. 클래스가 $K$개이면 엔트로피는 0과 $\ln K$ 사이에 있습니다. 이처럼 엔트로피는 그 분포에서 나올 결과를 예측하기가 얼마나 어려운지를 나타냅니다.

# %% [markdown] lang="en"
# Someone who always plays paper never surprises: 0. Someone who plays all three evenly reaches 1.0986, which is $\ln 3$. With $K$ classes the entropy lies between 0 and $\ln K$. Entropy measures how hard a distribution is to predict.

# %% [markdown] lang="ko"
# ## 교차 엔트로피 { #definition }
#
# 철수의 버릇을 모르는 세 사람이 각각 예상 $Q$를 적어 냈습니다. `Q1`은 실제와 대체로 비슷하고, `Q2`는 아무것도 모른다고 인정하며, `Q3`는 가위가 또 나온다고 굳게 믿습니다. 실제 분포까지 네 분포를 나란히 그려 봅시다.

# %% [markdown] lang="en"
# ## Cross entropy { #definition }
#
# Three people who do not know Cheolsu's habit each write down a guess $Q$. `Q1` is roughly right, `Q2` admits to knowing nothing, and `Q3` firmly believes in scissors again. Let's draw all three next to the true distribution.

# %%
Q1 = torch.tensor([0.2, 0.3, 0.5])
Q2 = torch.full((3,), 1 / 3)
Q3 = torch.tensor([0.8, 0.1, 0.1])
guesses = {"P": P, "Q1": Q1, "Q2": Q2, "Q3": Q3}

# %% figure="guesses"
fig, ax = plt.subplots()
positions = torch.arange(3)
for i, (name, dist) in enumerate(guesses.items()):
    hatch = ["", "//", "--", "xx"][i]
    ax.bar(
        positions + 0.2 * (i - 1.5),
        dist,
        width=0.18,
        color=f"C{i}",
        hatch=hatch,
        label=name,
    )
ax.set_xticks(positions, hands)
ax.set_ylabel("probability")
ax.set_ylim(0, 1)
ax.legend(loc="upper center", ncols=4)

# %% [markdown] lang="ko" caption="guesses"
# Q1은 P와 비슷한 모양이고, Q2는 평평하며, Q3는 P와 반대로 가위의 확률이 가장 큽니다.
#
# 가위, 바위, 보마다 막대가 네 개씩 있고 세로축은 확률입니다. P의 막대는 0.0900, 0.2447, 0.6652로 점점 높아집니다. Q1의 막대도 0.2, 0.3, 0.5로 높아지지만 더 완만합니다. Q2의 막대는 셋 다 3분의 1이고, Q3의 막대는 가위가 0.8이며 바위와 보는 0.1씩입니다.
#
# - scissors: 가위
# - rock: 바위
# - paper: 보
# - probability: 확률
# - P: P
# - Q1: Q1
# - Q2: Q2
# - Q3: Q3

# %% [markdown] lang="en" caption="guesses"
# Q1 follows the shape of P, Q2 is flat, and Q3 bets on the wrong end.
#
# Four bars for each of scissors, rock, and paper; the vertical axis is probability. P rises through 0.0900, 0.2447, 0.6652. Q1 rises too, more gently: 0.2, 0.3, 0.5. Q2 is one third everywhere. Q3 gives 0.8 to scissors and only 0.1 each to rock and paper.

# %% [markdown] lang="ko"
# 어느 예상이 얼마나 더 나을까요? 무엇을 낼지는 철수가 정하지만, 그 결과에 놀라는 것은 예상한 사람입니다. 따라서 평균의 가중치로 쓸 확률은 실제 분포 $P$에서, 놀람의 정도는 예상 $Q$에서 가져옵니다. 이렇게 두 분포를 교차하여 구한 평균이 **교차 엔트로피**입니다.
#
# $$
# H(P, Q) = -\sum_x P(x) \log Q(x)
# $$
#
# `Q2`의 교차 엔트로피는 손으로도 계산할 수 있습니다. 무엇이 나오든 놀람의 정도가 $\ln 3$이므로 평균도 $\ln 3$입니다.

# %% [markdown] lang="en"
# Which guess is better, and by how much? Cheolsu plays the hand, and the guesser is the one surprised. So the weights of the average come from the true distribution $P$, and the surprisals from the guess $Q$. This average, where the two distributions cross, is the **cross entropy**.
#
# $$
# H(P, Q) = -\sum_x P(x) \log Q(x)
# $$
#
# `Q2` you can do by hand: whatever turns up, its surprisal is $\ln 3$, and so is the average.


# %%
def cross_entropy(P, Q):
    return -torch.special.xlogy(P, Q).sum(-1)


for name, Q in guesses.items():
    nats = cross_entropy(P, Q)
    print(f"{name:2}  {nats:.4f} nats  {nats / math.log(2):.4f} bits")
    assert torch.isclose(nats, F.cross_entropy(Q.log(), P))
# > P   0.8324 nats  1.2009 bits
# > Q1  0.9007 nats  1.2994 bits
# > Q2  1.0986 nats  1.5850 bits
# > Q3  2.1154 nats  3.0518 bits

# %% [markdown] lang="ko"
# 교차 엔트로피가 작을수록 좋은 예상입니다. 세 예상은 `Q3`(2.1154), `Q2`(1.0986), `Q1`(0.9007) 순으로 나아지고, 버릇을 정확히 아는 `P`의 값이 0.8324로 가장 작습니다.
#
# `F.cross_entropy`로 계산해도 같은 값이 나옵니다. 이 함수는 확률이 아니라 로짓(logit)을 받아 내부에서 소프트맥스를 취합니다. $\log Q$에 소프트맥스를 취하면 다시 $Q$가 되므로 여기서는 `Q.log()`를 넣었습니다. 자세한 사용법은 [다음 레슨](cross_entropy_in_pytorch.md)에서 다룹니다.
#
# !!! warning "단위를 섞지 마세요"
#     밑이 $e$인 로그를 쓰면 단위는 nat이고, 밑이 2인 로그를 쓰면 bit입니다. 예를 들어 0.9007 nat과 1.2994 bit는 같은 양입니다. PyTorch의 `torch.log()`와 손실 함수에서는 모두 자연로그를 사용합니다. 따라서 bit 단위로 보고한 논문과 비교하려면 nat으로 구한 값을 $\ln 2$로 나누어야 합니다.
#     bit는 부호어(code word)의 길이로도 이해할 수 있습니다. 나올 확률이 1/2인 결과를 0으로, 1/4인 두 결과를 10과 11로 적으면 부호어의 길이는 1, 2, 2입니다. 이 길이는 밑이 2인 로그로 구한 놀람의 정도와 같습니다. 평균 길이는 1.5 bit이며, 부호어를 이어 써도 원래의 결과를 되살릴 수 있는 부호 가운데 평균 길이가 이보다 짧은 것은 없습니다.

# %% [markdown] lang="en"
# Smaller is better. The guesses improve from `Q3` (2.1154) through `Q2` (1.0986) to `Q1` (0.9007), and `P` itself, the guess of someone who knows the habit, has the smallest value: 0.8324.
#
# `F.cross_entropy` gives the same numbers. It takes logits, not probabilities, and applies softmax inside. The softmax of $\log Q$ is $Q$ again, which is why the cell passes `Q.log()`. [The next lesson](cross_entropy_in_pytorch.md) covers its use in detail.
#
# !!! warning "Do not mix units"
#     Logarithms to base $e$ give nats, logarithms to base 2 give bits: 0.9007 nats and 1.2994 bits are the same amount. `torch.log()` and PyTorch's loss functions all use the natural logarithm. To compare with a paper that reports bits, divide your nats by $\ln 2$.
#     A bit also measures the length of a code word. Encode an outcome of probability 1/2 as 0 and two outcomes of probability 1/4 as 10 and 11: the lengths 1, 2, 2 equal their base-2 surprisals, and no code that can be read back without doubt has a mean length below 1.5 bits.

# %%
three_hands = torch.tensor([0.5, 0.25, 0.25])
lengths = torch.tensor([1.0, 2.0, 2.0])  # the code words 0, 10, 11
print(f"mean length {(three_hands * lengths).sum():.1f}")
# > mean length 1.5
assert torch.equal(-three_hands.log2(), lengths)
assert (2.0**-lengths).sum() == 1  # no code word is left over

# %% [markdown] lang="ko"
# 이 식에서 가장 자주 빠뜨리는 것은 맨 앞의 마이너스 부호입니다. 예를 들어 "$P$에서 뽑은 값마다 $\log Q$를 구해 평균한 값"이라고 외우면 그럴듯하지만 부호가 빠져 있습니다. 부호를 빠뜨린 채 값이 가장 작은 예상을 고르면 어떻게 될까요?

# %% [markdown] lang="en"
# The part of the formula most often lost is the minus sign in front. "The average of $\log Q$ over hands drawn from $P$" sounds right and lacks it. What happens if you drop the sign and pick the guess with the smallest value?

# %% anchor="without_minus"
without_minus = {
    name: (P * Q.log()).sum().item() for name, Q in guesses.items()
}
for name, value in without_minus.items():
    print(f"{name:2}  {value:.4f}")
# > P   -0.8324
# > Q1  -0.9007
# > Q2  -1.0986
# > Q3  -2.1154
print("smallest:", min(without_minus, key=without_minus.get))
# > smallest: Q3
assert min(without_minus, key=without_minus.get) == "Q3"

# %% [markdown] lang="ko"
# !!! warning "마이너스를 빠뜨리면 가장 나쁜 예상을 고르게 됩니다"
#     확률의 로그는 0 이하이므로, 부호를 빠뜨리면 값이 모두 음수가 됩니다. 이때 `Q1`의 값은 −0.9007, `Q3`의 값은 −2.1154가 되어, 값이 가장 작은 예상을 찾으면 가장 나쁜 `Q3`를 고르게 됩니다. 클래스 확률로 계산한 교차 엔트로피가 음수라면, 값을 해석하기 전에 부호부터 확인해야 합니다.

# %% [markdown] lang="en"
# !!! warning "Without the minus sign the worst guess wins"
#     The log of a probability is never above 0, so every value turns negative: −0.9007 for `Q1`, −2.1154 for `Q3`. Picking the smallest now picks `Q3`, the worst guess of all. If a cross entropy of class probabilities comes out negative, check the sign before reading anything into the value.

# %% [markdown] lang="ko"
# ## 0이 아닌 바닥과 KL 발산 { #kl }
#
# 완벽한 예상인 `P`의 교차 엔트로피도 0이 아니라 0.8324였습니다. 엔트로피 $H(P)$는 철수의 버릇 자체에 들어 있는 불확실성이므로, 아무리 잘 예상해도 교차 엔트로피는 이 바닥보다 작아질 수 없습니다. 예상이 빗나간 만큼 이 바닥 위에 더해지는 값이 **KL 발산**입니다.
#
# $$
# \mathrm{KL}(P \,\|\, Q) = \sum_x P(x) \log \frac{P(x)}{Q(x)}
# $$
#
# 로그 안의 나눗셈을 로그의 뺄셈으로 바꾸면 교차 엔트로피를 다음과 같이 둘로 나눌 수 있습니다.
#
# $$
# H(P, Q) = H(P) + \mathrm{KL}(P \,\|\, Q)
# $$

# %% [markdown] lang="en"
# ## The floor is not zero: KL divergence { #kl }
#
# Even the perfect guess `P` had a cross entropy of 0.8324, not 0. The entropy $H(P)$ is the uncertainty in Cheolsu's habit itself, a floor that no guess can get below. What a wrong guess adds on top of it is the **KL divergence**.
#
# $$
# \mathrm{KL}(P \,\|\, Q) = \sum_x P(x) \log \frac{P(x)}{Q(x)}
# $$
#
# Write the log of the ratio as a difference, and the cross entropy splits in two.
#
# $$
# H(P, Q) = H(P) + \mathrm{KL}(P \,\|\, Q)
# $$


# %% anchor="entropy_and_kl"
def kl(P, Q):
    return (torch.special.xlogy(P, P) - torch.special.xlogy(P, Q)).sum(-1)


for name, Q in guesses.items():
    print(
        f"{name:2}  "
        f"{cross_entropy(P, Q):.4f} = {entropy(P):.4f} + {kl(P, Q):.4f}"
    )
    assert torch.isclose(cross_entropy(P, Q), entropy(P) + kl(P, Q))
# > P   0.8324 = 0.8324 + 0.0000
# > Q1  0.9007 = 0.8324 + 0.0683
# > Q2  1.0986 = 0.8324 + 0.2662
# > Q3  2.1154 = 0.8324 + 1.2830
assert kl(P, P) == 0

# %% [markdown] lang="ko"
# 등호 오른쪽의 첫째 수는 네 예상에서 모두 0.8324로 같습니다. 예상에 따라 달라지는 것은 그 뒤의 KL 발산뿐이며, 예상이 `P`일 때는 이 값이 0입니다. 두 값을 막대로 쌓아 그려 봅시다.

# %% [markdown] lang="en"
# The first number after the equals sign is 0.8324 in all four lines. What varies with the guess is the KL divergence behind it, and for `P` it is 0. Stacked bars make it plain.

# %% figure="floor_and_excess"
excess = [kl(P, Q).item() for Q in guesses.values()]
totals = [cross_entropy(P, Q).item() for Q in guesses.values()]
fig, ax = plt.subplots()
ax.barh(list(guesses), entropy(P), color="C0", label="H(P)")
ax.barh(
    list(guesses),
    excess,
    left=entropy(P),
    color="C1",
    hatch="//",
    label="KL(P‖Q)",
)
for row, total in enumerate(totals):
    ax.text(total + 0.03, row, f"{total:.4f}", va="center")
ax.invert_yaxis()
ax.set_xlim(0, 2.6)
ax.set_xlabel("cross entropy H(P, Q) (nats)")
ax.legend(loc="upper right")

# %% [markdown] lang="ko" caption="floor_and_excess"
# 바닥 H(P)는 모든 예상에서 같고, 예상에 따라 달라지는 것은 빗금 친 KL 발산뿐입니다.
#
# 가로 막대 네 개가 P, Q1, Q2, Q3의 교차 엔트로피를 nat 단위로 나타냅니다. 모든 막대의 앞부분은 길이가 0.8324로 같은 바닥입니다. 그 뒤에 붙은 KL 발산은 P가 0, Q1이 0.0683, Q2가 0.2662, Q3가 1.2830입니다. 따라서 막대의 끝은 각각 0.8324, 0.9007, 1.0986, 2.1154에 있습니다.
#
# - P: P
# - Q1: Q1
# - Q2: Q2
# - Q3: Q3
# - H(P): H(P)
# - KL(P‖Q): KL(P‖Q)
# - cross entropy H(P, Q) (nats): 교차 엔트로피 H(P, Q)(nat)

# %% [markdown] lang="en" caption="floor_and_excess"
# The floor H(P) is the same for everyone; only the hatched KL divergence depends on the guess.
#
# Four horizontal bars show the cross entropy of P, Q1, Q2, and Q3 in nats. All begin with the same floor of length 0.8324. The KL divergence added to it is 0 for P, 0.0683 for Q1, 0.2662 for Q2, and 1.2830 for Q3, so the bars end at 0.8324, 0.9007, 1.0986, and 2.1154.

# %% [markdown] lang="ko"
# 따라서 손실이 0까지 내려가지 않았다고 해서 모델이 나쁘다고 할 수는 없습니다. 손실이 내려갈 수 있는 바닥이 어디인지부터 확인해야 합니다.
#
# KL 발산은 결코 음수가 되지 않습니다. 이를 증명하는 데는 모든 $t > 0$에서 성립하는 부등식 $\log t \le t - 1$ 하나면 충분합니다. 양변의 차 $t - 1 - \log t$를 미분하면 $1 - 1/t$이므로, 이 차는 $t = 1$까지 줄어들다가 그 뒤로 커지고, $t = 1$에서만 0이 됩니다.
#
# $$
# \begin{aligned}
# -\mathrm{KL}(P \,\|\, Q) &= \sum_x P(x) \log \frac{Q(x)}{P(x)} \\
# &\le \sum_x P(x) \left( \frac{Q(x)}{P(x)} - 1 \right) \\
# &= \sum_x Q(x) - \sum_x P(x) = 0
# \end{aligned}
# $$
#
# $P(x) = 0$인 $x$가 있으면 합에서 제외합니다. 그러면 마지막 줄이 0 이하가 되지만 결론은 같습니다. 등호는 모든 비 $Q(x)/P(x)$가 1일 때, 즉 모든 $x$에서 $Q(x) = P(x)$일 때만 성립합니다. 예상 1만 개를 무작위로 만들어, KL 발산이 정말 음수가 되지 않는지, 그 값이 가장 작은 예상은 무엇인지 확인해 봅시다.

# %% [markdown] lang="en"
# So a loss that does not reach zero is no proof of a bad model. First ask where the floor is.
#
# The KL divergence is never negative. One inequality is enough: $\log t \le t - 1$ for every $t > 0$. The difference $t - 1 - \log t$ has the derivative $1 - 1/t$, so it falls until $t = 1$ and rises after it, and only at $t = 1$ is it 0.
#
# $$
# \begin{aligned}
# -\mathrm{KL}(P \,\|\, Q) &= \sum_x P(x) \log \frac{Q(x)}{P(x)} \\
# &\le \sum_x P(x) \left( \frac{Q(x)}{P(x)} - 1 \right) \\
# &= \sum_x Q(x) - \sum_x P(x) = 0
# \end{aligned}
# $$
#
# If $P(x) = 0$ for some $x$, leave it out of the sums; the last line is then at most 0, and the conclusion stands. Equality holds only if every ratio $Q(x)/P(x)$ is 1, that is, if $Q(x) = P(x)$ for every $x$. Draw ten thousand random guesses: is any divergence negative, and which guess has the smallest?

# %%
generator = torch.Generator().manual_seed(0)
random_guesses = torch.rand(10_000, 3, generator=generator)
random_guesses = random_guesses / random_guesses.sum(1, keepdim=True)
divergences = kl(P, random_guesses)
print(f"smallest KL = {divergences.min():.6f}")
# > smallest KL = 0.000185
print(random_guesses[divergences.argmin()])
# > tensor([0.0864, 0.2396, 0.6740])
assert (divergences > 0).all()

# %% [markdown] lang="ko"
# 음수는 하나도 없고, KL 발산이 가장 작은 예상은 `P`와 거의 같습니다. 또한 여기서 엔트로피의 상한도 얻을 수 있습니다. $Q$를 균등분포(uniform distribution)로 두면 $\mathrm{KL} = \ln K - H(P) \ge 0$이므로 $H(P) \le \ln K$입니다.

# %% [markdown] lang="en"
# None is negative, and the guess with the smallest divergence is nearly `P` itself. The upper bound on entropy comes along for free: with a uniform $Q$, $\mathrm{KL} = \ln K - H(P) \ge 0$, hence $H(P) \le \ln K$.

# %% [markdown] lang="ko"
# ## 유사도도 거리도 아닌 이유 { #asymmetry .deeper }
#
# 교차 엔트로피를 "두 분포가 얼마나 비슷한지 나타내는 값"이라고 소개하는 글이 많습니다. 하지만 교차 엔트로피는 두 분포가 비슷할수록 작아지므로 유사도가 아닙니다. 그렇다면 거리일까요? 거리라면 자기 자신까지는 0이어야 하는데 $H(P, P)$는 0.8324입니다. 교차 엔트로피에서 바닥을 뺀 KL 발산은 $Q = P$일 때 0이 되지만, 거리가 되려면 두 분포의 순서를 바꾸어도 값이 같아야 합니다. 정말 그런지, 가위가 또 나올 리 **없다**고 단정하는 예상 `Q0`를 하나 더 만들어 확인해 봅시다.

# %% [markdown] lang="en"
# ## Neither a similarity nor a distance { #asymmetry .deeper }
#
# Cross entropy is often introduced as "how similar two distributions are." It shrinks as they get closer, so it is not a similarity. Is it a distance, then? The distance from a thing to itself is 0, but $H(P, P)$ is 0.8324. The KL divergence, with the floor taken off, is 0 at $Q = P$; yet a distance would not care about the order of its arguments either. Let's add one more guess: `Q0` declares that scissors **cannot** come again.

# %% anchor="swapped"
Q0 = torch.tensor([0.0, 0.3, 0.7])
for name, Q in [("Q1", Q1), ("Q2", Q2), ("Q3", Q3), ("Q0", Q0)]:
    print(f"{name}  KL(P||Q) = {kl(P, Q):.4f}  KL(Q||P) = {kl(Q, P):.4f}")
    assert not torch.isclose(kl(P, Q), kl(Q, P))
# > Q1  KL(P||Q) = 0.0683  KL(Q||P) = 0.0780
# > Q2  KL(P||Q) = 0.2662  KL(Q||P) = 0.3090
# > Q3  KL(P||Q) = 1.2830  KL(Q||P) = 1.4686
# > Q0  KL(P||Q) = inf  KL(Q||P) = 0.0967
assert kl(P, Q0).isinf()
assert cross_entropy(P, Q0).isinf()

# %% [markdown] lang="ko"
# 두 분포의 순서를 바꾸면 값이 달라집니다. 예를 들어 `Q1`에서는 0.0683과 0.0780이고, `Q0`에서는 두 값의 차이가 극단적으로 벌어집니다. 가위는 실제로 0.0900의 확률로 나오지만, `Q0`는 이를 불가능하다고 예상했습니다. 불가능하다고 예상한 일이 실제로 일어날 수 있으면 놀람의 정도가 무한대이므로 평균도 무한대가 됩니다. 거꾸로 $\mathrm{KL}(Q_0 \,\|\, P)$가 0.0967에 그치는 이유는 `Q0`에서 나올 수 있는 것은 모두 `P`에서도 나올 수 있기 때문입니다.
#
# !!! warning "바닥이 같은 값끼리만 비교해야 합니다"
#     교차 엔트로피가 작을수록 예상이 $P$에 가깝다는 말은 **같은 $P$**에서만 맞습니다. $P$가 다르면 바닥 $H(P)$도 달라지기 때문입니다. 따라서 서로 다른 데이터에서 구한 손실로는 두 모델 가운데 어느 쪽이 더 나은지 알 수 없습니다.
#
# PyTorch에는 KL 발산을 계산하는 `F.kl_div`가 있습니다. 다만 인자의 순서가 수식 $\mathrm{KL}(P \,\|\, Q)$와 반대이고, 첫째 인자로 확률이 아니라 **로그 확률**(log-probability)을 넣어야 합니다.

# %% [markdown] lang="en"
# Swap the arguments and the value changes: 0.0683 against 0.0780 for `Q1`. With `Q0` the gap becomes extreme. Scissors does come up, with probability 0.0900, and `Q0` called it impossible. When an event declared impossible can happen after all, its surprisal is infinite, and so is the average. The other way round, $\mathrm{KL}(Q_0 \,\|\, P)$ is a modest 0.0967, because every hand that `Q0` would play is possible under `P` too.
#
# !!! warning "Compare only losses with the same floor"
#     "Smaller cross entropy means closer to $P$" is true for **one and the same $P$**. Another $P$ has another floor $H(P)$. Losses of two models measured on different data do not tell which model is better.
#
# PyTorch has `F.kl_div` for the KL divergence. Beware: its arguments stand in the opposite order from $\mathrm{KL}(P \,\|\, Q)$ on paper, and the first one is a **log-probability**, not a probability.

# %%
right = F.kl_div(Q1.log(), P, reduction="sum")
swapped = F.kl_div(P.log(), Q1, reduction="sum")
no_log = F.kl_div(Q1, P, reduction="sum")
print(f"right {right:.4f}  swapped {swapped:.4f}  without log {no_log:.4f}")
# > right 0.0683  swapped 0.0780  without log -1.2564

# %% folded="tests"
assert torch.isclose(right, kl(P, Q1))
assert torch.isclose(swapped, kl(Q1, P))
assert no_log < 0

# %% [markdown] lang="ko"
# !!! warning "F.kl_div는 잘못 써도 오류가 나지 않습니다"
#     세 경우 모두 오류 없이 숫자가 나옵니다. 순서를 바꾸면 그럴듯한 0.0780이 나와서 잘못을 알아차리기 어렵습니다. 로그를 빠뜨리면 −1.2564가 나오는데, KL 발산은 음수일 수 없으므로 버그라는 것을 바로 알 수 있습니다. 또한 기본값인 `reduction="mean"`은 합을 원소 수로 나눈 값을 돌려주는데, 이 값은 KL 발산이 아닙니다. 따라서 분포가 하나면 `"sum"`, 배치이면 `"batchmean"`을 사용합니다.

# %% [markdown] lang="en"
# !!! warning "F.kl_div fails silently"
#     All three calls return a number without an error. The swapped one gives a plausible 0.0780 and is hard to notice. Forgetting the log gives −1.2564; no KL divergence is negative, so that one is easy to spot. The default `reduction="mean"` divides by the number of elements, which is not the KL divergence: use `"sum"` for one distribution and `"batchmean"` for a batch.

# %% [markdown] lang="ko"
# ## 표본으로 추정하기 { #sampling }
#
# 이제 $P$를 모른다고 합시다. 알 수 있는 것은 철수가 실제로 낸 결과, 즉 표본뿐입니다. 교차 엔트로피는 $P$에 대한 기댓값(expected value), 즉 확률 $P(x)$로 가중한 평균이므로 표본 평균으로 추정할 수 있습니다.
#
# $$
# H(P, Q) = -\mathbb{E}_{x \sim P}[\log Q(x)] \approx -\frac{1}{N} \sum_{n=1}^{N} \log Q(x_n)
# $$
#
# 오른쪽 식에는 $P$가 없으므로, 실제로 나온 $x_n$과 예상 $Q$만 있으면 계산할 수 있습니다. 판 수를 늘려 가면서 `Q1`의 교차 엔트로피를 추정해 봅시다. `±` 뒤의 수는 추정값이 우연히 흔들리는 크기를 나타내는 표준오차(standard error)입니다.

# %% [markdown] lang="en"
# ## Estimating from a sample { #sampling }
#
# Now stop pretending: $P$ is unknown. All we get to see is a sample, the hands that Cheolsu actually plays. Cross entropy is an expectation under $P$, an average weighted by $P(x)$, so the mean over the sample estimates it.
#
# $$
# H(P, Q) = -\mathbb{E}_{x \sim P}[\log Q(x)] \approx -\frac{1}{N} \sum_{n=1}^{N} \log Q(x_n)
# $$
#
# There is no $P$ on the right. The hands $x_n$ and the guess $Q$ suffice. Let's estimate the cross entropy of `Q1` with more and more rounds; the number after `±` is the standard error, the typical size of the chance error.

# %%
generator = torch.Generator().manual_seed(1)
for num_rounds in [10, 100, 1000, 10_000, 100_000]:
    played = torch.multinomial(
        P, num_rounds, replacement=True, generator=generator
    )
    losses = -Q1.log()[played]
    print(
        f"N = {num_rounds:6}  "
        f"{losses.mean():.4f} ± {losses.std() / num_rounds**0.5:.4f}"
    )
# > N =     10  0.9891 ± 0.1058
# > N =    100  0.8443 ± 0.0250
# > N =   1000  0.9050 ± 0.0099
# > N =  10000  0.9027 ± 0.0031
# > N = 100000  0.9007 ± 0.0010
assert abs(losses.mean() - cross_entropy(P, Q1)) < 0.003

# %% [markdown] lang="ko"
# 참값은 0.9007인데 10판으로 구한 추정값은 0.9891이었습니다. 판 수가 100배가 될 때마다 표준오차는 10분의 1 정도로 줄어듭니다. 10만 판에서 소수 넷째 자리까지 맞은 것은 우연입니다. 표준오차가 0.0010이므로 셋째 자리부터 달랐을 수도 있습니다.
#
# 모델을 학습할 때 출력하는 손실이 바로 이 표본 평균입니다. 통계학에서는 이 값을 관측값 하나당 평균한 **음의 로그 가능도**(negative log-likelihood)라고 합니다. 한편 KL 발산은 $H(P)$를 알아야 구할 수 있어서 이렇게 바로 추정할 수 없습니다. 하지만 $H(P)$는 $Q$와 상관없는 상수이므로, 교차 엔트로피를 가장 작게 하는 $Q$를 찾으면 KL 발산도 가장 작아집니다.
#
# 이때 표본은 반드시 $P$에서 나와야 합니다. 만약 예상한 사람이 자기 예상인 `Q3`에서 표본을 뽑아 채점하면 어떻게 될까요?

# %% [markdown] lang="en"
# The true value is 0.9007. Ten rounds gave 0.9891, and each hundredfold increase in rounds cuts the standard error to about a tenth. That 100,000 rounds agree in all four digits is luck: with a standard error of 0.0010, the third digit could well have been off.
#
# This sample mean is the loss you watch during training. Statisticians call it the **negative log-likelihood** per observation. The KL divergence cannot be estimated this directly, since it needs $H(P)$. That does no harm: $H(P)$ does not depend on $Q$, so whichever $Q$ minimizes the cross entropy minimizes the KL divergence as well.
#
# The sample must come from $P$, though. What if the guesser draws the sample from their own guess `Q3` and grades `Q3` on it?

# %% anchor="own_sample"
generator = torch.Generator().manual_seed(1)
imagined = torch.multinomial(
    Q3, 100_000, replacement=True, generator=generator
)
self_graded = -Q3.log()[imagined].mean()
print(
    f"self-graded {self_graded:.4f}  "
    f"H(Q3) {entropy(Q3):.4f}  true {cross_entropy(P, Q3):.4f}"
)
# > self-graded 0.6414  H(Q3) 0.6390  true 2.1154
assert abs(self_graded - entropy(Q3)) < 0.01
assert self_graded < entropy(P)

# %% [markdown] lang="ko"
# !!! warning "표본을 Q에서 뽑으면 자기 채점이 됩니다"
#     이 예상은 실제 교차 엔트로피가 2.1154로, 세 사람의 예상 가운데 가장 나쁩니다. 그런데도 스스로 뽑은 표본으로 채점하면, 원래는 어떤 예상도 밑돌 수 없는 바닥인 0.8324보다 작은 값이 나옵니다. 추정한 값이 $H(P, Q_3)$가 아니라 $H(Q_3)$, 즉 0.6390이기 때문입니다. 이렇게 구한 값은 확신이 강할수록 작아질 뿐, 현실과는 아무런 관계가 없습니다.

# %% [markdown] lang="en"
# !!! warning "With a sample drawn from Q, the guess grades itself"
#     The worst of the three people's guesses, whose true cross entropy is 2.1154, scores below the floor of 0.8324 that nobody can beat. What was estimated is not $H(P, Q_3)$ but $H(Q_3)$, which is 0.6390. The more confident the guess, the smaller this value, whatever really happens.

# %% [markdown] lang="ko"
# ## 가장 좋은 예상은 P { #best-guess .deeper }
#
# $P$가 정해져 있으면 $H(P, Q)$에서 달라지는 것은 KL 발산뿐이고, KL 발산은 $Q = P$일 때만 0입니다. 따라서 교차 엔트로피를 줄이면 $Q$는 $P$에 가까워집니다.
#
# 세 사람의 예상 가운데 가장 나쁜 `Q3`에서 출발하여 경사 하강법(gradient descent)으로 교차 엔트로피를 줄여 봅시다. 확률 대신 로짓을 움직이면 소프트맥스 덕분에 확률의 합이 언제나 1로 유지됩니다. 먼저 출발점의 기울기(gradient, 그레이디언트)를 구해 봅시다. 기울기는 로짓 하나를 조금 올릴 때 손실이 얼마나 빨리 늘어나는지를 나타냅니다. 로짓에 `requires_grad_()`로 기울기가 필요하다고 표시해 두면, `loss.backward()`를 호출할 때 기울기가 계산되어 `logits.grad`에 저장됩니다.

# %% [markdown] lang="en"
# ## The best guess is P { #best-guess .deeper }
#
# With $P$ fixed, the only part of $H(P, Q)$ that moves is the KL divergence, and it is 0 only at $Q = P$. Lowering the cross entropy therefore pulls $Q$ toward $P$.
#
# Let's start at `Q3`, the worst of the three people's guesses, and walk down by gradient descent. We move the logits rather than the probabilities, so softmax keeps the sum at 1. First, the gradient at the start: it says how fast the loss rises as each logit is raised. For a tensor marked with `requires_grad_()` as one that needs gradients, `loss.backward()` computes it and leaves it in `logits.grad`.

# %%
logits = Q3.log().requires_grad_()
loss = cross_entropy(P, F.softmax(logits, dim=0))
loss.backward()
print(logits.grad)
# > tensor([ 0.7100, -0.1447, -0.5652])
assert torch.allclose(logits.grad, Q3 - P, atol=1e-6)

# %% [markdown] lang="ko"
# 기울기는 `Q3 - P`와 같습니다. 즉, 가위의 로짓(기울기 0.7100)은 너무 크니 내리고, 바위(−0.1447)와 보(−0.5652)의 로짓은 너무 작으니 올리라는 뜻입니다. 복잡해 보이는 식에서 이렇게 간단한 답이 나오는 이유는 [기울기를 다루는 레슨](softmax_gradient.md)에서 설명합니다. 이제 기울기를 매번 새로 구하면서 로짓을 50번 갱신합니다. 이때 `optimizer.step()`은 기울기에 학습률(learning rate) `lr`을 곱한 값을 로짓에서 뺍니다.

# %% [markdown] lang="en"
# The gradient equals `Q3 - P`. Scissors is far too high (0.7100) and must come down; rock (−0.1447) and paper (−0.5652) are too low and must go up. Why such a tangled formula has such a tidy gradient is derived in the [lesson on gradients](softmax_gradient.md). Now take 50 steps, with a fresh gradient for each; `optimizer.step()` subtracts the gradient, times the learning rate `lr`, from the logits.

# %%
logits = Q3.log().requires_grad_()
optimizer = torch.optim.SGD([logits], lr=1.0)
path = []
for step in range(51):
    probs = F.softmax(logits, dim=0)
    loss = cross_entropy(P, probs)
    path.append(probs.detach())
    if step in (0, 1, 5, 10, 50):
        print(f"step {step:2}  loss {loss:.4f}  {probs.detach()}")
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
# > step  0  loss 2.1154  tensor([0.8000, 0.1000, 0.1000])
# > step  1  loss 1.3893  tensor([0.5743, 0.1687, 0.2570])
# > step  5  loss 0.8702  tensor([0.1874, 0.2034, 0.6092])
# > step 10  loss 0.8390  tensor([0.1246, 0.2219, 0.6535])
# > step 50  loss 0.8324  tensor([0.0902, 0.2446, 0.6652])
assert torch.equal(probs.round(decimals=3), P.round(decimals=3))
assert cross_entropy(P, torch.stack(path)).diff().argmin() == 0

# %% [markdown] lang="ko"
# 손실은 2.1154에서 시작하여 바닥 $H(P)$인 0.8324까지 내려가고, 예상은 소수 셋째 자리까지 `P`와 같아집니다. 손실은 첫 갱신에서 1.3893까지 가장 크게 줄어들고, 뒤로 갈수록 느리게 줄어듭니다. 예상이 움직인 경로를 그려 봅시다.
#
# 확률 3개는 합이 1이므로 삼각형 안의 점 하나로 나타낼 수 있습니다. 세 꼭짓점의 좌표를 확률로 가중 평균하면 그 점의 좌표를 얻습니다. 예를 들어 한 가지만 나온다고 확신하는 예상은 꼭짓점이 되고, `Q2`는 삼각형의 한가운데에 놓입니다.

# %% [markdown] lang="en"
# The loss falls from 2.1154 to 0.8324, the floor $H(P)$, and the guess agrees with `P` to three decimals. The first step gains the most, down to 1.3893; after that progress slows. Let's draw the way down.
#
# Three probabilities that sum to 1 are one point of a triangle. The average of the three corners, weighted by the probabilities, gives its coordinates. A corner stands for betting everything on one hand, and `Q2` is the center.

# %%
corners = torch.tensor([[0.0, 0.0], [1.0, 0.0], [0.5, 0.75**0.5]])
print(Q2 @ corners)
# > tensor([0.5000, 0.2887])
assert torch.allclose(Q2 @ corners, corners.mean(0))

# ko: 로짓의 격자를 소프트맥스에 넣어 삼각형 전체를 덮습니다.
# en: A grid of logits, sent through softmax, covers the whole triangle
z = torch.linspace(-9, 9, 121)
first, second = torch.meshgrid(z, z, indexing="ij")
grid = F.softmax(
    torch.stack([first, second, torch.zeros(121, 121)], dim=2), dim=2
)

# %% [markdown] lang="ko"
# `Q2`는 세 꼭짓점의 중심인 (0.5, 0.2887)에 있습니다. 이제 격자의 점마다 교차 엔트로피를 구하여 `Q1`, `Q2`, `Q3`를 지나는 등고선을 그립니다. 같은 등고선 위에 있는 예상은 교차 엔트로피가 모두 같습니다.

# %% [markdown] lang="en"
# `Q2` sits at (0.5, 0.2887), the center of the corners. Now compute the cross entropy at every point of the grid and draw the contour lines through `Q1`, `Q2`, and `Q3`. All guesses on one contour line have the same cross entropy.

# %% figure="triangle"
fig, ax = plt.subplots(figsize=(6.4, 5.0))
x, y = (grid @ corners).unbind(2)
levels = cross_entropy(P, torch.stack([Q1, Q2, Q3]))
lines = ax.contour(
    x, y, cross_entropy(P, grid), levels=levels, colors="C7", linewidths=1.5
)
ax.clabel(lines, fmt="%.2f", manual=[(0.53, 0.7), (0.38, 0.5), (0.7, 0.05)])
ax.plot(*corners[[0, 1, 2, 0]].T, color="C7")
ax.plot(*(torch.stack(path) @ corners).T, "o-", color="C0", markersize=4)
for name, dist in guesses.items():
    marker, size = ("*", 14) if name == "P" else ("s", 8)
    ax.plot(*(dist @ corners), marker, color="C1", markersize=size)
    ax.annotate(
        name, dist @ corners, xytext=(10, 5), textcoords="offset points"
    )
for hand, corner, side in zip(
    hands, corners, ["top", "top", "bottom"], strict=True
):
    ax.text(*corner, hand, ha="center", va=side)
ax.set_aspect("equal")
ax.axis("off")

# %% [markdown] lang="ko" caption="triangle"
# H(P, ·)는 P가 바닥인 그릇 모양이며, 경사 하강법은 Q3에서 출발해 이 바닥으로 내려갑니다.
#
# 정삼각형의 꼭짓점은 왼쪽 아래가 가위, 오른쪽 아래가 바위, 위가 보를 나타냅니다. P는 보 꼭짓점의 아래쪽에, Q1은 P보다 조금 아래에, Q2는 한가운데에, Q3는 왼쪽 아래 구석에 있습니다. P를 둘러싼 등고선 세 개는 안쪽부터 Q1을 지나는 0.9007, Q2를 지나는 1.0986, Q3를 지나는 2.1154이며, 마지막 등고선은 삼각형의 변에 거의 닿습니다. 갱신할 때마다 예상을 점으로 찍어 이은 선은 Q3에서 출발하여 등고선을 안쪽으로 가로지른 뒤 P에서 끝나며, 점 사이의 간격은 갈수록 좁아집니다.
#
# - scissors: 가위
# - rock: 바위
# - paper: 보
# - P: P
# - Q1: Q1
# - Q2: Q2
# - Q3: Q3

# %% [markdown] lang="en" caption="triangle"
# H(P, ·) is a bowl with its bottom at P, and gradient descent rolls from Q3 to that bottom.
#
# In an equilateral triangle the lower left corner is scissors, the lower right rock, the top paper. P lies below the top corner, Q1 a little lower, Q2 in the center, and Q3 in the lower left. Three contour lines surround P: from the inside out 0.9007 through Q1, 1.0986 through Q2, and 2.1154 through Q3, which nearly touches the sides. A line with a dot for each step leaves Q3, crosses the contours inward, and ends at P, its dots ever closer together.


# %% lab="cross_entropy"
# ko: 웹에서 이 그림을 움직이면 나오는 값입니다. `state`를 바꾸어 불러 보세요.
# en: What the lab in this figure's place computes: change its `state`.
def cross_entropy_lab(state):
    P = F.softmax(torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64), dim=0)
    rest = 1 - state["scissors"]
    Q = torch.tensor(
        [
            state["scissors"],
            rest * state["rock"],
            rest * (1 - state["rock"]),
        ],
        dtype=torch.float64,
    )
    # ko: 페이지와 같은 표본을 뽑는 선형 합동 생성기
    # en: a linear congruential generator: the page draws the same sample
    random, hands = (
        math.floor(state["sample"] + 0.5) * 2654435761 % 2**32,
        [],
    )
    for _ in range(3 + math.floor(state["rounds"] + 0.5)):
        random = (1664525 * random + 1013904223) % 2**32
        hands.append(
            torch.bucketize(
                random / 2**32, P.cumsum(0)[:2], right=True
            ).item()
        )
    hands = torch.tensor(hands[3:])
    entropy = torch.special.entr(P).sum().item()
    kl = F.kl_div(Q.log(), P, reduction="sum").item()
    of_q, of_p = (
        F.nll_loss(dist.log().expand(len(hands), 3), hands).item()
        for dist in (Q, P)
    )
    found = {
        "P": P,
        "Q": Q,
        "counts": hands.bincount(minlength=3),
        "entropy": entropy,
        "kl": kl,
    }
    return {
        **found,
        "cross": entropy + kl,
        "ofQ": of_q,
        "ofP": of_p,
        "answered": of_q < of_p - 0.02,
    }


# %% [markdown] lang="ko" question="cross_entropy"
# 이 표본에서 손실이 참 분포 P의 손실보다 작은 Q를 찾아보세요. 그런 Q는 P보다 나은 예상일까요?
#
# 아닙니다. Q를 표본에서 관측한 빈도에 가깝게 두면 표본의 손실은 P의 손실보다 작아지지만, 앞으로의 판에서 기대하는 손실 H(P, Q)는 오히려 KL 발산만큼 더 큽니다. 즉, Q는 표본에 우연히 나타난 치우침까지 맞춘 것입니다. 판 수를 늘리면 빈도가 P에 다가가므로 이런 차이도 줄어듭니다.
#
# - Q of scissors: Q에서 가위의 확률
# - share of rock in the rest of Q: 나머지 가운데 바위의 비율
# - rounds in the sample: 표본의 판 수
# - number of the sample: 표본의 번호
# - The triangle of distributions with P, Q, and the frequencies in the sample: 확률분포의 삼각형 안에 놓인 P, Q, 표본의 빈도
# - Bars of the cross entropy and of the losses on the sample: 교차 엔트로피와 표본의 손실을 나타내는 막대
# - scissors: 가위
# - rock: 바위
# - paper: 보
# - seen: 관측
# - loss of Q on the sample {loss}: 표본에서 Q의 손실 {loss}
# - loss of P on the sample {loss}: 표본에서 P의 손실 {loss}
# - Q is {scissors}, {rock}, {paper}; the sample has {counts} (scissors, rock, paper).: 가위, 바위, 보의 순서로 Q는 {scissors}, {rock}, {paper}이고, 표본에는 {counts}번 나왔습니다.
# - On the sample Q beats P by {gap}; in future rounds it loses by {kl} on average.: 이 표본에서는 Q의 손실이 P보다 {gap}만큼 작지만, 앞으로의 판에서는 평균 {kl}만큼 더 큽니다.
# - On the sample Q loses to P by {gap}; in future rounds by {kl} on average.: 이 표본에서 Q의 손실은 P보다 {gap}만큼 크고, 앞으로의 판에서도 평균 {kl}만큼 더 큽니다.

# %% [markdown] lang="en" question="cross_entropy"
# Find a Q whose loss on this sample is below that of the true distribution P. Is such a Q a better guess than P?
#
# No. Move Q close to the frequencies in the sample and its loss there falls below that of P, but H(P, Q), the average loss to expect in future rounds, is greater by the KL divergence. Q has also learned what came up by chance. With more rounds the frequencies approach P, and such gaps shrink.

# %% [markdown] lang="ko"
# ## 원-핫 정답일 때 남는 −log q { #one-hot }
#
# 분류 데이터에는 보통 분포가 아니라 정답 하나가 적혀 있습니다. "이번 판은 보"라는 레이블(label)은 보의 확률이 1이고 나머지는 0인 원-핫 벡터(one-hot vector)로 나타낼 수 있습니다. 이 벡터를 $P$ 자리에 넣으면 합에서 정답 $y$에 해당하는 항만 남습니다.
#
# $$
# H(\text{one-hot}, Q) = -\log Q(y)
# $$

# %% [markdown] lang="en"
# ## With a one-hot target only −log q is left { #one-hot }
#
# Classification data usually come with one correct answer per example, not a distribution. The label "paper this round" is a one-hot vector: probability 1 for paper, 0 for the rest. Put it in the place of $P$, and only the term of the correct answer $y$ survives the sum.
#
# $$
# H(\text{one-hot}, Q) = -\log Q(y)
# $$

# %%
target = torch.tensor(2)
one_hot = F.one_hot(target, 3).float()
assert entropy(one_hot) == 0
for name, Q in [("Q1", Q1), ("Q2", Q2), ("Q3", Q3)]:
    print(f"{name}  q(paper) = {Q[2]:.4f}  loss = {-Q[2].log():.4f}")
    assert torch.isclose(cross_entropy(one_hot, Q), -Q[2].log())
    assert torch.isclose(kl(one_hot, Q), -Q[2].log())
    assert torch.isclose(F.cross_entropy(Q.log(), target), -Q[2].log())
# > Q1  q(paper) = 0.5000  loss = 0.6931
# > Q2  q(paper) = 0.3333  loss = 1.0986
# > Q3  q(paper) = 0.1000  loss = 2.3026

# %% [markdown] lang="ko"
# 원-핫 벡터의 엔트로피는 0이므로 이때는 교차 엔트로피와 KL 발산이 같고, 바닥도 0이 됩니다. 또한 손실은 정답의 확률 하나로만 정해지므로, 나머지 확률을 오답끼리 어떻게 나누었는지는 손실에 영향을 주지 않습니다.
#
# 그렇다면 원-핫 정답으로 학습하면 손실이 0까지 내려갈 수 있을까요? 방금 가위를 낸 철수를 10판 관찰했더니 가위가 1번, 바위가 2번, 보가 7번 나왔다고 합시다.

# %% [markdown] lang="en"
# A one-hot vector has entropy 0, so cross entropy and KL divergence coincide. This is the one case where the floor is 0. And the loss depends only on the probability given to the correct answer; how the rest is shared among the wrong answers does not matter.
#
# Does training on one-hot targets mean that the loss can go all the way to 0? Suppose we watch ten rounds after scissors and see scissors once, rock twice, and paper seven times.

# %%
rounds = torch.tensor([2, 2, 1, 2, 0, 2, 1, 2, 2, 2])
frequencies = rounds.bincount(minlength=3) / len(rounds)
mean_loss = F.cross_entropy(Q1.log().expand(10, 3), rounds)
print(frequencies)
# > tensor([0.1000, 0.2000, 0.7000])
print(f"mean loss {mean_loss:.4f}  floor {entropy(frequencies):.4f}")
# > mean loss 0.8869  floor 0.8018
assert torch.isclose(mean_loss, cross_entropy(frequencies, Q1))

# %% [markdown] lang="ko"
# 판마다 계산한 원-핫 손실의 평균은 0.8869이며, 이 값은 손으로도 확인할 수 있습니다.
#
# $$
# \frac{1 \times 1.6094 + 2 \times 1.2040 + 7 \times 0.6931}{10} = 0.8869
# $$
#
# 이 값은 관측한 빈도 (0.1, 0.2, 0.7)을 $P$ 자리에 넣어 구한 교차 엔트로피와 같습니다. 조건(방금 가위)은 언제나 같은데 정답은 서로 다르므로, 어떤 예상으로도 이 평균을 빈도의 엔트로피인 0.8018보다 작게 만들 수 없습니다. 즉, 한 판의 바닥은 0이지만 평균의 바닥은 0이 아닙니다.
#
# 빈도를 그대로 예상으로 쓰면 손실이 이 바닥까지 내려갑니다. 하지만 빈도는 표본에서 나타난 버릇일 뿐, 철수의 실제 버릇인 $P$가 아닙니다. 둘의 차이는 나중에 과적합(overfitting)이라는 이름으로 다시 다룹니다.

# %% [markdown] lang="en"
# The mean of the one-hot losses over the rounds is 0.8869, which you can check by hand.
#
# $$
# \frac{1 \times 1.6094 + 2 \times 1.2040 + 7 \times 0.6931}{10} = 0.8869
# $$
#
# It equals the cross entropy with the observed frequencies (0.1, 0.2, 0.7) in the place of $P$. The condition (last hand scissors) is always the same while the answers differ, so no guess can push this mean below the entropy of the frequencies, 0.8018. The floor of a single round is 0; the floor of the mean is not 0.
#
# Guessing the frequencies themselves reaches this floor. But frequencies are the habit of the sample, not Cheolsu's habit $P$, and that gap will return under the name of overfitting.

# %% [markdown] lang="ko"
# ## 왜 제곱 오차가 아닐까 { #squared-error .deeper }
#
# 정답의 확률을 1에 가깝게 하는 것이 목표라면 제곱 오차 $\sum_x (Q(x) - y_x)^2$을 줄여도 될 것 같습니다. 여기서 $y_x$는 원-핫 정답의 성분으로, 정답이면 1이고 아니면 0입니다. 정답은 가위인데 모델이 보를 점점 더 굳게 믿는 상황을 만들어, 두 손실이 정답의 로짓을 끌어올리는 힘을 비교해 봅시다. 이 힘은 정답의 로짓에 대한 기울기의 부호를 바꾼 값입니다. `gap`은 오답인 보의 로짓이 정답의 로짓보다 얼마나 큰지, 즉 두 로짓의 격차를 나타냅니다.

# %% [markdown] lang="en"
# ## Why not squared error? { #squared-error .deeper }
#
# If the aim is a probability near 1 for the correct answer, the squared error $\sum_x (Q(x) - y_x)^2$ might seem to do as well; $y_x$ is 1 for the correct answer and 0 otherwise. Let the answer be scissors while the model believes ever more firmly in paper, and compare how strongly each loss pulls the correct logit up. The pull is minus the gradient with respect to that logit, and `gap` is the lead of the wrong logit over the correct one.

# %%
answer = torch.tensor(0)
one_hot_answer = F.one_hot(answer, 3)
for gap in [0.0, 2.0, 5.0, 10.0]:
    logits = torch.tensor([0.0, 0.0, gap], requires_grad=True)
    probs = F.softmax(logits, dim=0)
    squared_error = (probs - one_hot_answer).square().sum()
    (ce_grad,) = torch.autograd.grad(
        F.cross_entropy(logits, answer), logits
    )
    (sq_grad,) = torch.autograd.grad(squared_error, logits)
    print(
        f"gap {gap:4.1f}  q(answer) {probs[0]:.5f}  pull: "
        f"CE {-ce_grad[0]:.4f}  squared {-sq_grad[0]:.4f}"
    )
# > gap  0.0  q(answer) 0.33333  pull: CE 0.6667  squared 0.4444
# > gap  2.0  q(answer) 0.10651  pull: CE 0.8935  squared 0.3044
# > gap  5.0  q(answer) 0.00665  pull: CE 0.9934  squared 0.0261
# > gap 10.0  q(answer) 0.00005  pull: CE 1.0000  squared 0.0002
assert -ce_grad[0] > 0.999
assert -sq_grad[0] < 0.001

# %% [markdown] lang="ko"
# 격차가 0일 때는 두 손실 모두 정답의 로짓을 충분히 끌어올립니다. 하지만 격차가 10이 되면 교차 엔트로피의 힘은 1.0000인 반면, 제곱 오차의 힘은 0.0002로 거의 사라집니다. 즉, 제곱 오차를 쓰면 모델이 가장 크게 틀렸을 때 오히려 학습이 멈춥니다.
#
# 그렇다고 제곱 오차가 엉뚱한 답을 가리키는 것은 아닙니다. $P$에서 나온 결과로 평균하면 제곱 오차도 $Q = P$일 때 가장 작으므로, 두 손실의 차이는 그곳까지 가는 동안의 기울기뿐입니다. 이런 차이가 생기는 이유는 소프트맥스에 있습니다. 확률이 0이나 1에 아주 가까워지면 소프트맥스의 기울기가 사라지는데, 제곱 오차에는 이를 보완할 것이 없습니다. 반면 교차 엔트로피의 로그는 확률이 0에 가까울수록 가팔라지므로, 사라진 기울기를 정확히 보완합니다.

# %% [markdown] lang="en"
# At a gap of 0, both pull well. At a gap of 10, cross entropy still pulls with 1.0000, while squared error has all but let go: 0.0002. It stops learning exactly where the model is most wrong.
#
# Squared error does not aim at a wrong answer: averaged over hands from $P$, it too is smallest at $Q = P$. What differs is the gradient on the way there, and the reason lies in softmax. Its gradient fades when a probability gets very close to 0 or 1, and squared error has nothing to make up for it. The logarithm in cross entropy gets steeper as the probability nears 0 and restores exactly what was lost.


# %% anchor="without_softmax"
# ko: 제곱 오차의 평균도 P에서 가장 작습니다.
# en: The mean squared error is smallest at P as well.
def mean_square(Q):
    return (P[:, None] * (Q - torch.eye(3)).square()).sum()


assert all(mean_square(P) < mean_square(Q) for Q in random_guesses)
# ko: 소프트맥스를 거치지 않으면 제곱 오차의 기울기는 줄어들지 않습니다.
# en: Without the softmax, the gradient of squared error does not fade.
free = probs.detach().requires_grad_()
square = (free - one_hot_answer).square().sum()
(free_grad,) = torch.autograd.grad(square, free)
print(f"without softmax, gap 10: pull {-free_grad[0]:.4f}")
# > without softmax, gap 10: pull 1.9999
assert -free_grad[0] > 1.99

# %% [markdown] lang="ko"
# 로짓이 아니라 확률을 직접 움직인다면 제곱 오차도 격차가 10일 때 1.9999의 힘으로 정답의 확률을 끌어올립니다. 따라서 힘이 약해진 원인은 제곱 오차가 아니라 그 앞의 소프트맥스입니다.

# %% [markdown] lang="en"
# If the probabilities themselves were moved, squared error would pull with 1.9999 at a gap of 10. So what weakened the pull is not the squared error but the softmax in front of it.

# %% [markdown] lang="ko"
# ## 연습 문제 { #exercises }
#
# **1. 선택지 몇 개만큼 헷갈릴까.** 엔트로피에 지수를 취한 $e^{H(P)}$를 퍼플렉시티(perplexity)라고 합니다. 이 값은 분포가 얼마나 불확실한지를, 확률이 모두 같은 선택지의 개수로 나타냅니다. 퍼플렉시티를 구하는 함수를 작성해 보세요. 확률이 0인 클래스가 있어도 올바르게 계산해야 합니다. 풀기 전에, 면이 8개인 공정한 주사위의 퍼플렉시티를 예상해 보세요.
#
# ??? tip "힌트"
#     확률이 0인 클래스의 항은 0이어야 하지만, 식을 그대로 옮기면 `nan`이 됩니다. 이 항까지 올바르게 계산하는 함수를 [엔트로피](#entropy) 절에서 찾아보세요.

# %% [markdown] lang="en"
# ## Exercises { #exercises }
#
# **1. How many options is it worth?** The exponential of the entropy, $e^{H(P)}$, is called the perplexity. It says how many equally likely options would be just as uncertain as the distribution. Write a function that computes it; it must also work when a class has probability 0. Before you start, guess the value for a fair die with 8 faces.
#
# ??? tip "Hint"
#     A class with probability 0 should add 0 to the entropy, but the formula as it stands gives `nan`. Look in the section on [entropy](#entropy) for the function that returns the limit.


# %% exercise="perplexity"
# ko: 분포 P의 퍼플렉시티를 구하세요.
# en: Return the perplexity of the distribution P.
def perplexity(P):
    ### BEGIN SOLUTION
    return torch.special.entr(P).sum().exp()
    ### END SOLUTION


# %% check="perplexity"
cheolsu = F.softmax(torch.tensor([1.0, 2.0, 3.0]), dim=0)
coin = torch.tensor([0.0, 0.5, 0.5])
certain = torch.tensor([0.0, 1.0, 0.0])
die = torch.full((8,), 1 / 8)
cases = [(die, 8), (cheolsu, 2.2988), (coin, 2), (certain, 1)]
for dist, right in cases:
    found = perplexity(dist)
    case = f"perplexity({dist}): {found}, not {right}"
    assert found is not None, case
    assert abs(found - right) < 1e-4, case


# %% wrong="perplexity"
# ko: 확률이 0이면 `P * P.log()`가 0 곱하기 음의 무한대가 되므로 결과가 `nan`입니다.
# en: For a probability of 0, `P * P.log()` is 0 times minus infinity, which is `nan`.
def perplexity(P):
    return (-(P * P.log()).sum()).exp()


# %% wrong="perplexity"
# ko: 엔트로피를 자연로그로 구했으므로 2의 거듭제곱이 아니라 $e$의 거듭제곱을 구해야 합니다.
# en: The entropy is in natural logarithms, so the power to take is one of $e$, not one of 2.
def perplexity(P):
    return 2 ** torch.special.entr(P).sum()


# %% wrong="perplexity"
# ko: 확률이 0이 아닌 선택지의 개수는 그 확률이 모두 같을 때만 퍼플렉시티와 같습니다.
# en: The number of options with a probability above 0 is the perplexity only if all of them are equally likely.
def perplexity(P):
    return (P > 0).sum()


# %% right="perplexity"
def perplexity(P):
    return 1 / torch.prod(P**P)


# %% [markdown] lang="ko"
# **2. 치우친 예상의 대가.** 공정한 동전에서 앞면이 나올 확률을 0.8이라고 예상했습니다. 이때 교차 엔트로피는 엔트로피보다 얼마나 클까요? 먼저 어느 분포로 평균하는지 생각해 보고, 값을 소수점 아래 셋째 자리까지 구해 보세요.
#
# ??? tip "힌트"
#     차이는 $\mathrm{KL}(P \,\|\, Q)$이며, 여기서 $P$는 공정한 동전이고 $Q$는 예상입니다.

# %% [markdown] lang="en"
# **2. The price of a lopsided guess.** A coin is fair, and you guess that heads has probability 0.8. By how much is the cross entropy above the entropy? Decide first which distribution the average is taken over, then find the value to three decimals.
#
# ??? tip "Hint"
#     The difference is $\mathrm{KL}(P \,\|\, Q)$, where $P$ is the fair coin and $Q$ the guess.

# %% exercise="overpriced" path="deeper"
### BEGIN SOLUTION
# 0.5 ln(0.5 / 0.8) + 0.5 ln(0.5 / 0.2)
price = 0.5 * torch.tensor(0.5**2 / (0.8 * 0.2)).log().item()
### END SOLUTION

# %% check="overpriced"
fair, guess = torch.tensor([0.5, 0.5]), torch.tensor([0.8, 0.2])
gap = torch.special.entr(fair).sum() + (fair * guess.log()).sum()
assert isinstance(price, (int, float)), f"{price!r} is not a number"
assert abs(price + gap.item()) < 1e-3, f"the difference is not {price}"

# %% wrong="overpriced"
# ko: 교차 엔트로피 전체를 구했는데, 여기에는 완벽하게 예상해도 남는 엔트로피 $\ln 2$까지 들어 있습니다.
# en: This is the whole cross entropy, which includes the entropy $\ln 2$ that is left even for a perfect guess.
price = 0.9163

# %% wrong="overpriced"
# ko: 예상 $Q$로 평균하면 $\mathrm{KL}(Q \,\|\, P)$가 되지만, 실제로 나오는 결과는 $P$를 따릅니다.
# en: Averaged over the guess $Q$ this is $\mathrm{KL}(Q \,\|\, P)$, but what comes up follows $P$.
price = 0.1927

# %% wrong="overpriced"
# ko: 두 확률의 차이인데, 손실은 확률이 아니라 확률의 로그로 잽니다.
# en: This is the difference of the probabilities, but a loss is measured in their logarithms.
price = 0.8 - 0.5

# %% [markdown] lang="ko"
# **3. 실제로 나온 결과로 채점하기.** 가위, 바위, 보의 확률을 0.5, 0.25, 0.25로 예상했는데, 네 판에서 가위, 가위, 바위, 보가 나왔습니다. 이 네 판의 평균 손실을 소수점 아래 셋째 자리까지 구해 보세요. 또한 바위가 나온 판의 손실은 가위가 나온 판의 손실에 비해 몇 배인지도 생각해 보세요.
#
# ??? tip "힌트"
#     한 판의 손실은 그 판에서 나온 것의 예상 확률에 로그를 취하고 부호를 바꾼 값입니다. 각 판의 손실이 $\ln 2$의 몇 배인지 먼저 구해 보세요.

# %% [markdown] lang="en"
# **3. Graded by what was played.** You guess scissors, rock, and paper with probabilities 0.5, 0.25, and 0.25, and four rounds bring scissors, scissors, rock, and paper. Find the mean loss of these rounds to three decimals. Consider, too, how many times as large the loss of the round with rock is as that of a round with scissors.
#
# ??? tip "Hint"
#     The loss of a round is minus the logarithm of the probability of what came up. Find first how many times $\ln 2$ the loss of each round is.

# %% exercise="four_rounds"
### BEGIN SOLUTION
# (ln 2 + ln 2 + 2 ln 2 + 2 ln 2) / 4
four_rounds = 1.5 * torch.tensor(2.0).log().item()
### END SOLUTION

# %% check="four_rounds"
guess = torch.tensor([0.5, 0.25, 0.25])
played = torch.tensor([0, 0, 1, 2])
mean_loss = F.nll_loss(guess.log().expand(4, -1), played).item()
assert isinstance(four_rounds, (int, float)), (
    f"{four_rounds!r} is no number"
)
assert abs(four_rounds - mean_loss) < 1e-3, f"the mean is not {four_rounds}"

# %% wrong="four_rounds"
# ko: 확률을 평균한 다음 로그를 취하면, 로그를 취한 다음 평균할 때보다 손실이 작아집니다.
# en: The logarithm of the mean probability gives a smaller loss than the mean of the logarithms.
four_rounds = 0.9808

# %% wrong="four_rounds"
# ko: 네 판의 손실을 더한 값입니다. 합은 판 수가 늘어날수록 커지므로 평균이 아닙니다.
# en: This is the sum over the four rounds. A sum grows with the number of rounds; it is not a mean.
four_rounds = 4.1589

# %% wrong="four_rounds"
# ko: 무엇이 몇 번 나왔는지와 상관없이 세 로그를 평균했습니다.
# en: It averages the three logarithms, however often each hand was played.
four_rounds = 1.1552

# %% [markdown] lang="ko"
# **4. 표본에 가장 잘 맞는 예상.** 실제로 나온 것만 보고, 그 표본의 평균 손실을 가장 작게 하는 예상을 돌려주는 함수를 만들어 보세요. 경사 하강법은 필요하지 않습니다. 확인 코드에서는 보가 한 번도 나오지 않은 표본에서, 함수가 돌려준 예상의 손실을 무작위로 만든 예상 1,000개의 손실과 비교합니다. 답을 구했다면, 그 예상에서 보의 확률은 얼마인지, 다음 판에 보가 나오면 손실은 얼마가 될지 생각해 보세요.
#
# ??? tip "힌트"
#     표본의 평균 손실도 교차 엔트로피이므로, $P$ 자리에 무엇이 오는지부터 찾아보세요. 그다음에는 교차 엔트로피가 어떤 예상에서 가장 작았는지 떠올리면 됩니다.

# %% [markdown] lang="en"
# **4. The guess that fits a sample best.** Write a function that returns, from the hands played alone, the guess with the smallest mean loss on that sample. No gradient descent is needed. The check compares your guess with 1,000 random ones, on a sample without any paper. Once yours has the smallest loss, ask yourself what probability it gives to paper, and what the loss will be if paper comes up next.
#
# ??? tip "Hint"
#     The mean loss on a sample is a cross entropy, too: find out first what stands in the place of $P$. Then recall which guess makes a cross entropy smallest.


# %% exercise="best_fit" path="deeper"
# ko: 표본의 평균 손실이 가장 작은 분포를 구하세요.
# en: Return the distribution with the smallest mean loss on the sample.
def best_fit(played, num_classes):
    ### BEGIN SOLUTION
    return played.bincount(minlength=num_classes) / len(played)
    ### END SOLUTION


# %% check="best_fit"
sample = torch.tensor([1, 0, 1, 1, 0, 1])
rivals = torch.rand(1000, 3, generator=torch.Generator().manual_seed(0))
rivals = rivals / rivals.sum(1, keepdim=True)
best_rival = (-rivals.log()[:, sample].mean(1)).min()
for played, K in [(sample, 3), (torch.tensor([2, 2, 0, 3, 3]), 5)]:
    fit = best_fit(played, K)
    case = f"best_fit({played}, {K}): {fit}"
    assert torch.is_tensor(fit), f"{case}, no tensor"
    assert fit.shape == (K,), f"{case}, shape {tuple(fit.shape)}"
    assert fit.min() >= 0, f"{case}, negative"
    assert abs(fit.sum() - 1) < 1e-6, f"{case}, sum {fit.sum()}"
    frequencies = played.bincount() / len(played)
    floor = torch.special.entr(frequencies).sum()  # the smallest possible
    loss = -fit.log()[played].mean()
    assert loss < floor + 1e-5, f"{case}, loss {loss} and not {floor}"
loss = -best_fit(sample, 3).log()[sample].mean()
assert loss < best_rival, f"{sample}: {loss}, a rival has {best_rival}"


# %% wrong="best_fit"
# ko: 도수에 1씩 더하면 더 안전하지만, 이 표본의 손실은 가장 작은 값보다 커집니다.
# en: Adding 1 to each count is safer, but on this sample the loss is above the smallest possible.
def best_fit(played, num_classes):
    counts = played.bincount(minlength=num_classes) + 1
    return counts / counts.sum()


# %% wrong="best_fit"
# ko: 도수에 소프트맥스를 취하면, 확률의 비가 도수의 비가 아니라 도수의 차로 정해집니다.
# en: Under softmax the ratios of the probabilities come from the differences of the counts, not from their ratios.
def best_fit(played, num_classes):
    counts = played.bincount(minlength=num_classes)
    return F.softmax(counts.float(), dim=0)


# %% wrong="best_fit"
# ko: 가장 자주 나온 것에 확률을 거의 모두 주면, 다른 것이 나온 판의 손실이 지나치게 커집니다.
# en: With nearly everything on the most frequent hand, the loss of a round with another hand is too large.
def best_fit(played, num_classes):
    most = F.one_hot(played.mode().values, num_classes)
    return 0.9 * most + 0.1 / num_classes


# %% right="best_fit"
def best_fit(played, num_classes):
    return F.one_hot(played, num_classes).float().mean(dim=0)


# %% [markdown] lang="ko"
# ## 퀴즈 { #quiz }
#
# ??? question "1. H(P, Q)가 H(P)보다 작을 수 있을까요?"
#     - [ ] 네, $Q$를 아주 잘 고르면 됩니다: 예상을 다듬을수록 계속 작아질 것 같지만, 가장 좋은 $Q$는 $P$이며 그때도 두 값은 같아질 뿐입니다.
#     - [x] 아니요, 둘의 차이는 음수가 될 수 없습니다: 둘의 차이는 $\mathrm{KL}(P \,\|\, Q)$이고, KL 발산은 언제나 0 이상입니다.
#     - [ ] 네, 표본이 적으면 그렇게 됩니다: 10판의 바닥 0.8018은 우연히 $H(P)$보다 작았지만, 이 값은 표본으로 추정한 값일 뿐 교차 엔트로피 자체가 아닙니다.
#
# ??? question "2. 예상이 완벽해서 Q가 P와 같습니다. 교차 엔트로피는 얼마일까요?"
#     - [ ] 언제나 0입니다: 틀린 것이 없으니 0일 것 같지만, 이때 0이 되는 것은 KL 발산입니다. 교차 엔트로피까지 0이 되는 것은 $P$가 원-핫일 때뿐입니다.
#     - [ ] 언제나 1입니다: 확률의 합과 혼동한 답입니다. 교차 엔트로피는 확률이 아니라 놀람의 정도를 평균한 값이므로 1보다 작을 수도, 클 수도 있습니다.
#     - [x] $P$의 엔트로피입니다: $H(P, P) = H(P)$이며, 철수의 경우에는 0.8324입니다. 결과가 정해져 있지 않으면 완벽하게 예상해도 놀랄 일이 남기 때문입니다.
#
# ??? question "3. KL(P‖Q)와 KL(Q‖P)는 같을까요?"
#     - [x] 아니요, 기댓값을 구하는 분포가 다릅니다: `Q1`에서는 두 값이 0.0683과 0.0780이었습니다. 앞의 값은 $P$로, 뒤의 값은 $Q$로 평균합니다.
#     - [ ] 네, 둘 다 0 이상이므로 거리입니다: 0 이상인 것은 맞지만, 거리라면 순서를 바꾸어도 값이 같아야 하고 삼각부등식도 성립해야 합니다.
#     - [ ] 네, 같은 두 분포를 비교하기 때문입니다: 비교하는 두 분포는 같지만 그 역할이 다릅니다. 하나는 실제로 일어나는 일의 분포이고 다른 하나는 예상입니다.
#
# ??? question "4. 모델이 확률 0을 준 일이 1,000번에 한 번 일어나면 평균 손실은 어떻게 될까요?"
#     - [ ] 1,000으로 나누어 작아집니다: 한 번쯤은 나머지에 묻힐 것 같지만, 나누어서 작아지는 것은 유한한 값뿐입니다.
#     - [x] 평균도 무한대가 됩니다: 그 한 번의 손실이 무한대이므로, 나머지 999번을 아무리 잘 맞혀도 만회할 수 없습니다.
#     - [ ] 0에 로그를 취해 오류가 납니다: 수학에서는 정의되지 않아서 이렇게 생각하기 쉽지만, PyTorch는 $\log 0$을 음의 무한대로 두고 계산을 계속합니다.
#
#     소프트맥스의 출력이 수식에서 0이 되는 일은 없지만, 컴퓨터에서는 그런 일도 일어납니다. 그 대책은 다음 레슨에서 다룹니다.
#
# ??? question "5. 클래스가 10개인 분류기를 막 초기화했습니다. 첫 손실은 얼마쯤이어야 할까요?"
#     - [ ] 0.1쯤입니다: 이 값은 정답을 맞힐 확률이지 손실이 아닙니다. 손실은 이 확률에 로그를 취하고 부호를 바꾼 값입니다.
#     - [ ] 0쯤입니다: 아직 틀린 적이 없다고 생각하기 쉽지만, 손실이 0이 되려면 모든 정답을 확신해야 합니다. 첫 손실이 이렇다면 이미 학습한 가중치를 쓴 것은 아닌지, 손실 코드가 잘못된 것은 아닌지 의심합니다.
#     - [x] 2.3026쯤입니다: 아직 아무것도 모르는 모델은 모든 클래스를 똑같은 확률로 예상해야 하며, 그러면 정답이 무엇이든 손실은 $-\log 0.1 = \ln 10$입니다.
#     - [ ] 10쯤입니다: 클래스의 개수를 그대로 쓴 답입니다. 손실이 이 개수에 로그를 취한 값보다 훨씬 크다면 초기화나 입력의 크기를 의심합니다.

# %% [markdown] lang="en"
# ## Quiz { #quiz }
#
# ??? question "1. Can H(P, Q) be smaller than H(P)?"
#     - [ ] Yes, if $Q$ is chosen well enough: Better guesses seem to lower it without end, but the best $Q$ is $P$, and then the two are merely equal.
#     - [x] No, their difference cannot be negative: It is $\mathrm{KL}(P \,\|\, Q)$, and a KL divergence is never below 0.
#     - [ ] Yes, if the sample is small enough: The floor of the ten rounds, 0.8018, did fall below $H(P)$ by chance, but that is an estimate from a sample, not the cross entropy itself.
#
# ??? question "2. The guess is perfect: Q equals P. What is the cross entropy?"
#     - [ ] It is always 0: Nothing is wrong, which suggests 0, but what becomes 0 is the KL divergence. The cross entropy is 0 only if $P$ is one-hot.
#     - [ ] It is always 1: This mixes it up with the sum of the probabilities. Cross entropy is an average surprisal, which may be below 1 or above.
#     - [x] It is the entropy of $P$: $H(P, P) = H(P)$, which is 0.8324 for Cheolsu. Unless the outcome is certain, even a perfect guesser gets surprised.
#
# ??? question "3. Is KL(P‖Q) the same as KL(Q‖P)?"
#     - [x] No, the averages use different distributions: For `Q1` they were 0.0683 and 0.0780. The first one averages with $P$, the second with $Q$.
#     - [ ] Yes, both are at least 0, so it is a distance: They are at least 0, but a distance must also be the same both ways and satisfy the triangle inequality.
#     - [ ] Yes, the two distributions compared are the same: They are, but they play different parts. One says what happens, the other is the guess.
#
# ??? question "4. A model gives probability 0 to an event that happens once in 1,000 times. What is its mean loss?"
#     - [ ] Small, being divided by 1,000: A single event seems to drown in the others, but dividing makes only finite numbers small.
#     - [x] Infinite, like that one loss: One infinite term cannot be made good by 999 excellent ones.
#     - [ ] There is none, because the logarithm raises an error: In mathematics it is not defined, which suggests this, but PyTorch takes $\log 0$ as minus infinity and goes on.
#
#     A softmax output is never 0 on paper, but in a computer it can be. The next lesson shows what to do about it.
#
# ??? question "5. A classifier with 10 classes is freshly initialized. What should its first loss be?"
#     - [ ] About 0.1: This is the chance of being right, not the loss. The loss is the logarithm of that chance with the sign flipped.
#     - [ ] About 0: It has made no mistake yet, one may think, but a loss of 0 takes certainty about every right class. If you see it, suspect weights that were trained already or a bug in the loss.
#     - [x] About 2.3026: A model that knows nothing yet should guess all classes evenly, and then the loss is $-\log 0.1 = \ln 10$ whatever the answer is.
#     - [ ] About 10: This takes the number of classes as it is. If the first loss is far above the logarithm of that number, suspect the initialization or the scale of the inputs.

# %% [markdown] lang="ko"
# ## 정리 { #summary }
#
# - 놀람의 정도는 $-\log p$이며, 독립인 일이 함께 일어나면 서로 더해집니다. 자연로그를 쓰면 단위가 nat, 밑이 2인 로그를 쓰면 bit입니다.
# - 엔트로피 $H(P)$는 놀람의 정도를 평균한 값입니다. 결과가 정해져 있으면 0, 균등분포이면 $\ln K$이고, 철수의 엔트로피는 0.8324였습니다.
# - 교차 엔트로피 $H(P, Q)$는 $P$에서 나온 결과를 $Q$로 예상했을 때 놀람의 정도를 평균한 값입니다. 마이너스를 빠뜨리면 가장 나쁜 예상을 고르게 됩니다.
# - $H(P, Q) = H(P) + \mathrm{KL}(P \,\|\, Q)$이므로, 바닥은 0이 아니라 $H(P)$입니다. 바닥을 뺀 나머지는 결코 음수가 되지 않습니다.
# - 교차 엔트로피는 유사도도 거리도 아닙니다. 순서를 바꾸면 값이 대개 달라지고, 불가능하다고 예상한 일이 실제로 일어날 수 있으면 무한대가 됩니다.
# - 표본만 있으면 $-\log Q(x_n)$의 평균으로 교차 엔트로피를 추정할 수 있습니다. 다만 표본은 $Q$가 아니라 $P$에서 나와야 합니다.
# - $P$가 고정되어 있으면 교차 엔트로피를 줄이는 것은 KL 발산을 줄이는 것과 같으며, 두 값은 모두 $Q = P$일 때 가장 작습니다. 정답이 원-핫이면 손실은 $-\log Q(y)$ 하나로 간단해집니다.

# %% [markdown] lang="en"
# ## What we saw { #summary }
#
# - Surprisal is $-\log p$. For independent events it adds up. The natural logarithm gives nats, base 2 gives bits.
# - Entropy $H(P)$ is the average surprisal: 0 for certainty, $\ln K$ for a uniform distribution, 0.8324 for Cheolsu.
# - Cross entropy $H(P, Q)$ is the average surprisal, under the guess $Q$, of what comes from $P$. Lose the minus sign, and the worst guess wins.
# - $H(P, Q) = H(P) + \mathrm{KL}(P \,\|\, Q)$. The floor is $H(P)$, not 0, and the excess is never negative.
# - Cross entropy is neither a similarity nor a distance. Swapping the arguments usually changes it, and it is infinite when something that can happen was called impossible.
# - From a sample alone, the mean of $-\log Q(x_n)$ estimates it, provided the sample comes from $P$ and not from $Q$.
# - With $P$ fixed, lowering the cross entropy lowers the KL divergence, and both are smallest at $Q = P$. With a one-hot target the loss shrinks to $-\log Q(y)$.

# %% [markdown] lang="ko"
# ## 참고 자료 { #references }
#
# - PyTorch 문서: [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html), [`F.kl_div`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.kl_div.html), [`F.one_hot`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.one_hot.html), [`torch.multinomial`](https://docs.pytorch.org/docs/stable/generated/torch.multinomial.html), [`torch.special`](https://docs.pytorch.org/docs/stable/special.html), [`torch.distributions`](https://docs.pytorch.org/docs/stable/distributions.html)
# - C. E. Shannon, [A Mathematical Theory of Communication](https://doi.org/10.1002/j.1538-7305.1948.tb01338.x), 1948. 엔트로피가 만족해야 할 조건에서 로그를 유도합니다.
# - S. Kullback, R. A. Leibler, [On Information and Sufficiency](https://doi.org/10.1214/aoms/1177729694), 1951. KL 발산이라는 이름은 이 논문을 쓴 두 사람의 이름에서 왔습니다.
# - D. J. C. MacKay, [Information Theory, Inference, and Learning Algorithms](https://www.inference.org.uk/mackay/itila/), 2003, 2장과 4장. 놀람의 정도와 엔트로피를 차근차근 설명합니다.

# %% [markdown] lang="en"
# ## References { #references }
#
# - PyTorch documentation: [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html), [`F.kl_div`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.kl_div.html), [`F.one_hot`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.one_hot.html), [`torch.multinomial`](https://docs.pytorch.org/docs/stable/generated/torch.multinomial.html), [`torch.special`](https://docs.pytorch.org/docs/stable/special.html), [`torch.distributions`](https://docs.pytorch.org/docs/stable/distributions.html)
# - C. E. Shannon, [A Mathematical Theory of Communication](https://doi.org/10.1002/j.1538-7305.1948.tb01338.x), 1948. Derives the logarithm from what one should ask of an entropy.
# - S. Kullback and R. A. Leibler, [On Information and Sufficiency](https://doi.org/10.1214/aoms/1177729694), 1951. The KL divergence is named after its two authors.
# - D. J. C. MacKay, [Information Theory, Inference, and Learning Algorithms](https://www.inference.org.uk/mackay/itila/), 2003, chapters 2 and 4. A patient introduction to surprisal and entropy.
