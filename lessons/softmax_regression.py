# ---
# minutes: 22
# needs: [cross_entropy_in_pytorch]
# ---

# %% [markdown] lang="ko"
# # 소프트맥스 회귀 학습하기: 버그 두 개 잡기 { #softmax-regression }
#
# 소프트맥스 회귀를 처음부터 학습시킵니다. 손실이 내려가는데도 틀린 코드 두 가지를 숫자로 잡아내고, 모델을 `nn.Module`로 옮깁니다.
#
# 지금까지는 로짓이 주어져 있었습니다. 이제 로짓을 만드는 숫자를 데이터에서 배웁니다. 널리 쓰인 강의 노트의 학습 기록 세 벌을 소수점 아래 여섯째 자리까지 재현하고,
# 그 코드에 숨어 있던 버그 두 개를 찾습니다. 손실 함수는 [PyTorch의 교차 엔트로피](cross_entropy_in_pytorch.md)에서 본 것을 그대로 씁니다.
#
# !!! abstract "학습 목표"
#     - 다섯 줄짜리 학습 루프를 쓰고 각 줄의 역할을 설명합니다.
#     - 소프트맥스를 두 번 씌운 코드를 손실의 바닥으로 알아냅니다.
#     - 움직이지 않는 편향을 찾고, 그 이유를 $p - y$로 설명합니다.
#     - 같은 모델을 `nn.Module`로 옮깁니다.
#     - 기록에 찍힌 손실이 어느 시점의 값인지 말하고, 정확도를 정직하게 보고합니다.

# %% [markdown] lang="en"
# # Training softmax regression, and catching two bugs { #softmax-regression }
#
# Train softmax regression from scratch, catch two bugs that hide behind a falling loss, and move the model to `nn.Module`.
#
# So far the logits were given. Now we learn the numbers that produce them. We reproduce three training logs of widely used lecture notes to the sixth decimal
# and find the two bugs that were hiding in that code. The loss functions are those of [cross entropy in PyTorch](cross_entropy_in_pytorch.md).
#
# !!! abstract "What you will be able to do"
#     - Write the five-line training loop and say what each line is for.
#     - Recognize a doubled softmax by the floor under its loss.
#     - Find a bias that never moves and explain it with $p - y$.
#     - Move the same model to `nn.Module`.
#     - Say which model a logged loss belongs to, and report accuracy honestly.

# %%
import math

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

# %% [markdown] lang="ko"
# ## 샘플 8개, 클래스 3개 { #data }
#
# 샘플은 8개이고, 샘플마다 특성(feature) 4개와 레이블(label) 하나가 있습니다. 뜻을 붙이지 않은 지어낸 숫자입니다. 작아서 손으로 따라갈 수 있습니다.

# %% [markdown] lang="en"
# ## Eight examples, three classes { #data }
#
# There are eight examples, each with four features and one label. The numbers are invented and stand for nothing. They are few enough to follow by hand.

# %%
x = torch.tensor(
    [
        [1, 2, 1, 1],
        [2, 1, 3, 2],
        [3, 1, 3, 4],
        [4, 1, 5, 5],
        [1, 7, 5, 5],
        [1, 2, 5, 6],
        [1, 6, 6, 6],
        [1, 7, 7, 7],
    ],
    dtype=torch.float32,
)
target = torch.tensor([2, 2, 2, 1, 1, 1, 0, 0])
print(tuple(x.shape), target.bincount().tolist())

# %% [markdown] lang="ko"
# 클래스 0은 2개, 클래스 1과 클래스 2는 3개씩입니다. 무조건 한 클래스만 답해도 3개는 맞힙니다. 정확도를 읽을 때 기억해 둘 기준입니다.

# %% [markdown] lang="en"
# Class 0 has two examples, classes 1 and 2 have three each. Always answering one and the same class gets up to three right. Keep that baseline in mind when reading an accuracy.

# %% [markdown] lang="ko"
# ## 선형 점수와 소프트맥스 { #model }
#
# **소프트맥스 회귀**(softmax regression)는 두 단계입니다. 특성에 가중치(weight)를 곱하고 편향(bias)을 더해 클래스마다 로짓(logit)을 하나씩 만들고, 소프트맥스(softmax)로 확률을 얻습니다.
#
# $$
# z = xW + b, \qquad p = \operatorname{softmax}(z)
# $$
#
# 가중치와 편향이 모두 0이면 첫 손실은 얼마일까요? 강의 노트처럼 편향은 숫자 하나, `torch.zeros(1)`로 둡니다.

# %% [markdown] lang="en"
# ## Linear scores, then softmax { #model }
#
# **Softmax regression** takes two steps. Multiply the features by weights and add a bias to get one logit per class, then let softmax turn the logits into probabilities.
#
# $$
# z = xW + b, \qquad p = \operatorname{softmax}(z)
# $$
#
# With all weights and the bias at zero, what is the first loss? As in the lecture notes, the bias is a single number, `torch.zeros(1)`.

# %%
W = torch.zeros((4, 3))
b = torch.zeros(1)
logits = x @ W + b  # (8, 4) @ (4, 3) + (1,) -> (8, 3)
loss = F.cross_entropy(logits, target)
print(tuple(logits.shape), F.softmax(logits, dim=1)[0])
print(f"{loss.item():.6f}")
assert abs(loss.item() - math.log(3)) < 1e-6

# %% [markdown] lang="ko"
# 로짓이 모두 0이므로 확률은 클래스마다 0.3333, 손실은 $\ln 3$ = 1.098612입니다. 학습을 시작하기 전에 알 수 있는 값입니다. 첫 줄이 이 값과 다르면 초기화나 손실 함수부터 의심합니다.

# %% [markdown] lang="en"
# All logits are zero, so each class gets 0.3333 and the loss is $\ln 3$ = 1.098612. This value is known before training starts. If the first line of a log differs from it, suspect the initialization or the loss.

# %% [markdown] lang="ko"
# ## 기울기는 p - y { #gradient }
#
# 손실을 줄이려면 로짓을 어느 쪽으로 움직여야 할까요? 샘플 하나의 손실은 $\ln\sum_j e^{z_j} - z_y$입니다. 앞 항을 $z_k$로 미분하면 $p_k$가 되고, 뒤 항은 정답 클래스에서만 $-1$을 남깁니다.
# 그래서 **기울기**(gradient, 그레이디언트)는 확률에서 원-핫 벡터(one-hot vector)를 뺀 값입니다. 샘플 $N$개의 평균이면 $N$으로 나눕니다.
#
# $$
# \frac{\partial L}{\partial z} = \frac{p - y}{N}, \qquad \frac{\partial L}{\partial W} = x^{\top}\,\frac{p - y}{N}
# $$
#
# 로짓이 모두 0일 때 자동 미분과 비교합니다. 클래스마다 샘플을 하나씩 보입니다.

# %% [markdown] lang="en"
# ## The gradient is p - y { #gradient }
#
# Which way should the logits move to lower the loss? The loss of one example is $\ln\sum_j e^{z_j} - z_y$. The first term has the derivative $p_k$ with respect to $z_k$; the second leaves $-1$ at the true class only.
# So the **gradient** is the probabilities minus the one-hot vector. For the mean over $N$ examples, divide by $N$.
#
# $$
# \frac{\partial L}{\partial z} = \frac{p - y}{N}, \qquad \frac{\partial L}{\partial W} = x^{\top}\,\frac{p - y}{N}
# $$
#
# Compare it with automatic differentiation at zero logits. We show one example of each class.

# %%
logits = torch.zeros((8, 3), requires_grad=True)
F.cross_entropy(logits, target).backward()
p_minus_y = F.softmax(logits.detach(), dim=1) - F.one_hot(target, num_classes=3)
print(p_minus_y[[6, 3, 0]])
assert torch.allclose(logits.grad, p_minus_y / 8)
assert p_minus_y.sum(dim=1).abs().max() < 1e-6

# %% [markdown] lang="ko"
# 정답 자리는 $1/3 - 1$, 곧 -0.6667이고 나머지는 0.3333입니다. 기울기의 반대 방향으로 가므로 정답의 로짓은 오르고 나머지는 내려갑니다.
# 가로줄의 합이 언제나 0이라는 사실도 기억해 둡니다. 두 번째 버그가 여기서 나옵니다.

# %% [markdown] lang="en"
# The true class gets $1/3 - 1$, which is -0.6667, and the others get 0.3333. We step against the gradient, so the true logit rises and the others fall.
# Remember also that every row sums to zero. The second bug grows out of that.

# %% [markdown] lang="ko"
# ## 저수준 학습 루프 { #low-level }
#
# 이제 학습합니다. 다섯 줄을 되풀이합니다. 확률을 구하고, 손실을 구하고, 지난 기울기를 지우고, 새 기울기를 구하고, 한 걸음 옮깁니다. 손실은 원-핫 벡터와 로그로 직접 씁니다.
#
# 샘플 8개를 한꺼번에 쓰므로 1에폭(epoch)이 곧 갱신 1번입니다. 학습률(learning rate)은 0.1입니다.

# %% [markdown] lang="en"
# ## The low-level training loop { #low-level }
#
# Now train. Five lines repeat: compute the probabilities, compute the loss, clear the old gradients, compute new ones, take a step. The loss is spelled out with one-hot vectors and a logarithm.
#
# All eight examples are used at once, so one epoch is one update. The learning rate is 0.1.

# %%
y = F.one_hot(target, num_classes=3)
W = torch.zeros((4, 3), requires_grad=True)
b = torch.zeros(1, requires_grad=True)
optimizer = torch.optim.SGD([W, b], lr=0.1)

num_epochs = 1000
for epoch in range(num_epochs + 1):
    probs = F.softmax(x @ W + b, dim=1)
    loss = (y * -torch.log(probs)).sum(dim=1).mean()
    if epoch % 100 == 0:
        print(f"epoch {epoch:4d}/{num_epochs}  loss {loss.item():.6f}")
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

# %% [markdown] lang="ko"
# 손실이 1.098612에서 0.399962로 내려갔습니다. 몇 개나 맞혔을까요? 클래스를 고를 때는 로짓의 argmax면 충분합니다.

# %% [markdown] lang="en"
# The loss went from 1.098612 down to 0.399962. How many examples are right? To pick a class, the argmax of the logits is enough.

# %%
logits = x @ W + b
predicted = logits.argmax(dim=1)
print(predicted.tolist())
print(target.tolist())
print(f"{(predicted == target).sum().item()}/8")
assert torch.equal(predicted, F.softmax(logits, dim=1).argmax(dim=1))

# %% [markdown] lang="ko"
# 8개 중 7개입니다. 일곱째 샘플만 틀렸습니다. 나쁘지 않아 보이지만, 이 코드에는 이미 버그가 하나 들어 있습니다. 아직은 눈에 띄지 않습니다.

# %% [markdown] lang="en"
# Seven of eight; only the seventh example is wrong. That looks fine, yet this code already contains a bug. It does not show so far.

# %% [markdown] lang="ko"
# ## 같은 루프를 함수 하나로 { #fit }
#
# 버그를 공정하게 견주려면 한 가지만 바꾸고 나머지는 같아야 합니다. 그래서 루프를 함수로 묶고 손실 함수와 편향의 크기를 인수로 받습니다.
# 갱신할 때마다 그 직전의 로짓을 `trace`에 남깁니다. `trace[100]`은 갱신을 100번 한 모델의 로짓이므로, 어떤 값이든 나중에 계산할 수 있습니다.

# %% [markdown] lang="en"
# ## The same loop as one function { #fit }
#
# A fair comparison of bugs changes one thing and keeps the rest. So we wrap the loop in a function that takes the loss function and the size of the bias.
# Before each update it keeps the logits in `trace`. `trace[100]` holds the logits of the model after 100 updates, so any quantity can be computed later.


# %%
def fit(loss_fn, bias_size, x=x, lr=0.1, num_updates=1001):
    W = torch.zeros((x.shape[1], 3), requires_grad=True)
    b = torch.zeros(bias_size, requires_grad=True)
    optimizer = torch.optim.SGD([W, b], lr=lr)
    trace = []
    for _ in range(num_updates):
        logits = x @ W + b
        trace.append(logits.detach())
        loss = loss_fn(logits, target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return trace, W.detach(), b.detach()


def num_correct(logits):
    return (logits.argmax(dim=1) == target).sum().item()


# %% [markdown] lang="ko"
# 먼저 손실을 `F.cross_entropy`로 바꿉니다. 이 함수는 확률이 아니라 로짓을 받습니다. 기록이 달라질까요?

# %% [markdown] lang="en"
# First, replace the loss by `F.cross_entropy`. It takes logits, not probabilities. Will the log change?


# %%
def show(loss_fn, trace):
    for epoch in range(0, 1001, 100):
        loss = loss_fn(trace[epoch], target)
        print(f"epoch {epoch:4d}/1000  loss {loss.item():.6f}")


once, W_once, b_once = fit(F.cross_entropy, bias_size=1, num_updates=2001)
show(F.cross_entropy, once)
# ko: 갱신 1,001번 뒤의 로짓이 앞의 루프와 같습니다.
# en: After 1,001 updates the logits are those of the loop above.
assert torch.allclose(once[1001], (x @ W + b).detach(), atol=1e-4)

# %% [markdown] lang="ko"
# 0.399962까지 여섯째 자리가 모두 같고, 마지막 로짓도 같습니다. 한 줄짜리 `F.cross_entropy`는 원-핫, 로그, 소프트맥스를 모두 맡고, 수치 안정성까지 챙깁니다. 이제부터는 이쪽을 씁니다.

# %% [markdown] lang="en"
# The same to the sixth decimal, down to 0.399962, and the same logits at the end. The one-liner `F.cross_entropy` covers one-hot, logarithm, and softmax, and is numerically stable too. From here on we use it.

# %% [markdown] lang="ko"
# ## 버그 1: 소프트맥스를 두 번 { #double-softmax }
#
# 모델이 "확률을 내는" 편이 자연스러워 보입니다. 그래서 모델 끝에 `F.softmax`를 붙이고, 그 출력을 `F.cross_entropy`에 넘기는 코드를 자주 봅니다. 강의 노트에도 이런 줄이 있었습니다. 오류는 나지 않습니다. 기록을 봅시다.

# %% [markdown] lang="en"
# ## Bug 1: softmax twice { #double-softmax }
#
# It seems natural that a model should "output probabilities." So people put `F.softmax` at its end and hand the result to `F.cross_entropy`. The lecture notes had such a line too. No error is raised. Look at the log.


# %%
def double_softmax(logits, target):
    # ko: 모델이 이미 확률을 냅니다.
    # en: The model already returns probabilities.
    probs = F.softmax(logits, dim=1)
    # ko: 이 함수 안에서 소프트맥스가 한 번 더 걸립니다.
    # en: Inside this function softmax is applied once more.
    return F.cross_entropy(probs, target)


twice, W_twice, b_twice = fit(double_softmax, bias_size=1, num_updates=10001)
show(double_softmax, twice)
print(f"softmax once {num_correct(once[1000])}/8, twice {num_correct(twice[1000])}/8")

# %% [markdown] lang="ko"
# 1.098612에서 시작해 한 번도 오르지 않고 0.738749까지 내려갑니다. 맞힌 개수도 7개로 같습니다. 기록만 보면 "조금 느리게 배우는 정상 모델"입니다. 무엇이 이상할까요?

# %% [markdown] lang="en"
# It starts at 1.098612 and falls line by line to 0.738749. The number of correct examples is seven as before. Judging by the log, this is a healthy model that learns a little slowly. What is wrong with it?

# %% [markdown] lang="ko"
# ### 내려갈 수 없는 바닥 { #floor }
#
# 완벽한 모델을 흉내 내 봅시다. 정답 로짓만 1000이고 나머지는 0이면 손실은 0이어야 합니다. 반대로 틀린 답을 확신하는 로짓도 넣어 봅니다.

# %% [markdown] lang="en"
# ### A floor it cannot pass { #floor }
#
# Imitate a perfect model: if the true logit is 1000 and the others are 0, the loss should be 0. Then feed logits that are sure of a wrong answer.

# %%
truth = torch.arange(3)
sure_and_right = 1000 * torch.eye(3)
sure_and_wrong = sure_and_right.roll(1, dims=1)
for loss_fn in (F.cross_entropy, double_softmax):
    right, wrong = loss_fn(sure_and_right, truth), loss_fn(sure_and_wrong, truth)
    print(f"{loss_fn.__name__:14}  right {right.item():.4f}  wrong {wrong.item():.4f}")
floor = math.log(1 + 2 / math.e)
assert abs(double_softmax(sure_and_right, truth).item() - floor) < 1e-6

# %% [markdown] lang="ko"
# 소프트맥스를 두 번 씌우면 완벽해도 0.5514, 완전히 틀려도 1.5514입니다. 첫 소프트맥스의 출력은 0과 1 사이에 갇힙니다. 두 번째 소프트맥스는 이 값을 로짓으로 여기므로, 로짓의 차이가 1을 넘지 못합니다.
# 클래스가 $K$개면 손실의 바닥은 다음과 같습니다.
#
# $$
# -\ln\frac{e^{1}}{e^{1} + (K - 1)\,e^{0}} = \ln\left(1 + \frac{K - 1}{e}\right)
# $$
#
# 샘플 8개 중 하나를 확신하며 틀리면 평균은 바닥에 1/8을 더한 값입니다. 0.738749는 배우는 중간이 아니라 거의 바닥 근처였습니다.

# %% [markdown] lang="en"
# With softmax twice, a perfect model pays 0.5514 and a completely wrong one only 1.5514. The first softmax confines its output between 0 and 1. The second takes these values for logits, and their differences cannot exceed 1.
# For $K$ classes the floor is
#
# $$
# -\ln\frac{e^{1}}{e^{1} + (K - 1)\,e^{0}} = \ln\left(1 + \frac{K - 1}{e}\right)
# $$
#
# One confident mistake in eight puts the mean at the floor plus 1/8. So 0.738749 was not halfway down; it was close to the bottom.

# %% [markdown] lang="ko"
# ### 보고한 손실과 참 손실 { #true-loss }
#
# 그럼 모델 자체는 좋아지고 있을까요? 같은 로짓의 참 손실, 곧 소프트맥스를 한 번만 씌운 교차 엔트로피(cross entropy)를 나란히 봅니다. 이번에는 갱신 10,000번까지 갑니다.

# %% [markdown] lang="en"
# ### The reported loss and the true loss { #true-loss }
#
# Is the model itself getting better? Put the true loss next to the reported one: the cross entropy of the same logits with softmax applied once. This time we go to 10,000 updates.

# %%
epochs = [0, 100, 1000, 10000]
reported = [double_softmax(twice[epoch], target).item() for epoch in epochs]
true = [F.cross_entropy(twice[epoch], target).item() for epoch in epochs]
for epoch, r, t in zip(epochs, reported, true, strict=True):
    print(f"epoch {epoch:5d}  reported {r:.4f}  true {t:.4f}  correct {num_correct(twice[epoch])}/8")
assert reported == sorted(reported, reverse=True)
assert true[1] < true[2] < true[3]

# %% [markdown] lang="ko"
# 보고한 손실은 0.6756까지 계속 내려갑니다. 참 손실은 0.9121에서 돌아서서 1.6842, 4.9500으로 **올라갑니다**. 아무것도 모르는 첫 모델의 1.0986보다 나쁩니다. 맞힌 개수 7개는 그동안 꼼짝하지 않습니다. 정확도는 이 버그를 가려 줍니다.

# %% [markdown] lang="en"
# The reported loss keeps falling, to 0.6756. The true loss turns around at 0.9121 and **rises** to 1.6842 and 4.9500. That is worse than the 1.0986 of the first model, which knew nothing. Meanwhile the seven correct answers do not budge: accuracy covers for this bug.

# %% [markdown] lang="ko"
# ### 틀린 샘플이 버려지는 까닭 { #stuck-example }
#
# 어디서 망가졌는지 샘플별로 봅시다. 갱신 1,000번 뒤, 정답 클래스에 준 확률입니다.

# %% [markdown] lang="en"
# ### Why the wrong example is abandoned { #stuck-example }
#
# Look for the damage example by example. These are the probabilities given to the true class after 1,000 updates.

# %%
rows = torch.arange(8)
p_once = F.softmax(once[1000], dim=1)[rows, target]
p_twice = F.softmax(twice[1000], dim=1)[rows, target]
print("once  ", *(f"{p:.4f}" for p in p_once))
print("twice ", *(f"{p:.4f}" for p in p_twice))
assert p_once.argmin() == 4
assert p_twice.argmin() == 4

# %% figure="true_class_probability"
fig, ax = plt.subplots()
place = torch.arange(1, 9)
ax.bar(place - 0.2, p_once, width=0.4, color="C0", label="softmax once")
ax.bar(place + 0.2, p_twice, width=0.4, color="C1", hatch="///", edgecolor="white", label="softmax twice")
ax.axhline(1 / 3, color="C7", linestyle="--")
ax.set_xticks(place)
ax.set_ylim(0, 1.3)
ax.set_xlabel("example")
ax.set_ylabel("probability of the true class")
ax.legend(loc="upper center", ncols=2)

# %% [markdown] lang="ko" caption="true_class_probability"
# 같은 7개를 맞히지만 다섯째 샘플의 처지가 다릅니다. 한 번 씌운 모델은 셋 중 하나를 찍는 수준(점선)에서 망설이고, 두 번 씌운 모델은 확률을 0으로 만들었습니다.
#
# 막대그래프. 가로축은 샘플 번호 1~8, 세로축은 정답 클래스의 확률. 샘플마다 막대가 둘이고, 점선은 1/3을 나타냅니다. 소프트맥스를 한 번 씌우면 다섯째가 0.29로 가장 낮고 나머지는 0.50~0.98입니다.
# 두 번 씌우면 다섯째 막대는 0이라 보이지 않고, 나머지는 0.74~0.99로 더 높습니다.
#
# - example: 샘플
# - probability of the true class: 정답 클래스의 확률
# - softmax once: 소프트맥스 한 번
# - softmax twice: 소프트맥스 두 번

# %% [markdown] lang="en" caption="true_class_probability"
# Both get the same seven right, but look at the fifth example. With softmax once the model hesitates near a guess among three (dashed line); with softmax twice the probability went to zero.
#
# Bar chart. Horizontal axis: example 1 to 8; vertical axis: probability of the true class. Each example has two bars; a dashed line marks 1/3. With softmax once, the fifth bar is lowest at 0.29 and the others lie between 0.50 and 0.98.
# With softmax twice, the fifth bar is zero and cannot be seen, while the others stand even higher, between 0.74 and 0.99.

# %% [markdown] lang="ko"
# 다섯째 샘플에 한쪽은 0.2911, 다른 쪽은 0.0000을 줍니다. 망설이는 것과 확신하며 틀리는 것은 다릅니다. 왜 고치지 않을까요? 다섯째 샘플의 정답 로짓을 끌어올리는 힘, 곧 기울기의 크기를 같은 로짓에서 비교합니다.

# %% [markdown] lang="en"
# The fifth example gets 0.2911 from one model and 0.0000 from the other. Hesitating is not the same as being sure and wrong. Why is it not repaired? Compare the pull on that example's true logit, the size of its gradient, at the same logits.

# %%
pulls = []
for loss_fn in (F.cross_entropy, double_softmax):
    logits = twice[1000][4:5].clone().requires_grad_()
    loss_fn(logits, target[4:5]).backward()
    pulls.append(logits.grad[0, target[4]].abs().item())
    print(f"{loss_fn.__name__:14}  {pulls[-1]:.6f}")
assert pulls[0] / pulls[1] > 200_000

# %% [markdown] lang="ko"
# 옳은 손실은 크게 틀릴수록 세게 끌고, 그 힘은 여기서 0.999996, 거의 최댓값 1입니다. 소프트맥스를 두 번 씌우면 0.000004로, 20만 배 넘게 약합니다. 첫 소프트맥스가 포화되어 기울기를 막기 때문입니다.
# **가장 크게 틀린 곳에서 학습이 멈춥니다.**
#
# !!! warning "F.cross_entropy에는 로짓을 넣습니다"
#     모델 끝에 소프트맥스를 두지 않습니다. 확률이 필요하면 예측할 때 따로 구합니다. 증상은 셋입니다. 손실이 바닥 위에서 멈추고, 정확도는 그럴듯하고, 오류는 나지 않습니다.
#
# !!! tip "학습하지 않고 알아내는 방법"
#     완벽한 로짓을 손실에 넣어 봅니다. 0이 나오지 않으면 로짓을 받는 손실이 아닙니다. 샘플 몇 개를 외우게 했는데 손실이 0에 다가가지 않아도 같은 신호입니다.

# %% [markdown] lang="en"
# The right loss pulls harder the more wrong the model is; here the pull is 0.999996, almost the maximum of 1. With softmax twice it is 0.000004, more than 200,000 times weaker, because the first softmax is saturated and blocks the gradient.
# **Learning stops exactly where the model is most wrong.**
#
# !!! warning "F.cross_entropy takes logits"
#     Do not end the model with softmax. If you need probabilities, compute them when predicting. There are three symptoms: the loss gets stuck above a floor, the accuracy looks plausible, and nothing raises an error.
#
# !!! tip "Detect it without training"
#     Feed perfect logits to the loss. If the result is not 0, that loss does not take logits. A loss that refuses to approach 0 while the model memorizes a handful of examples sends the same signal.

# %% [markdown] lang="ko"
# ## 버그 2: 배우지 않는 편향 { #dead-bias }
#
# 이제 처음부터 있던 버그를 찾습니다. 노트의 편향은 숫자 하나, `torch.zeros(1)`입니다. 먼저 클래스마다 하나씩, 곧 `torch.zeros(3)`으로 두었을 때의 첫 기울기를 구합니다.
# 편향의 기울기는 $p - y$를 샘플 8개에 걸쳐 더하고 8로 나눈 값입니다. 클래스 0이라면 $(8 \cdot \tfrac{1}{3} - 2)/8 = \tfrac{1}{12}$입니다.

# %% [markdown] lang="en"
# ## Bug 2: a bias that never learns { #dead-bias }
#
# Now for the bug that was there from the start. The bias of the notes is a single number, `torch.zeros(1)`. First compute the initial gradient of a bias with one entry per class, `torch.zeros(3)`.
# It is $p - y$ summed over the eight examples and divided by 8. For class 0 that is $(8 \cdot \tfrac{1}{3} - 2)/8 = \tfrac{1}{12}$.

# %%
per_class = torch.zeros(3, requires_grad=True)
F.cross_entropy(torch.zeros((8, 3)) + per_class, target).backward()
print(per_class.grad)

single = torch.zeros(1, requires_grad=True)
F.cross_entropy(torch.zeros((8, 3)) + single, target).backward()
assert abs(per_class.grad.sum().item()) < 1e-7
assert abs(single.grad.item()) < 1e-7

# %% [markdown] lang="ko"
# 클래스별 기울기는 0.0833, -0.0417, -0.0417이고 합은 0입니다. 숫자 하나짜리 편향은 세 로짓에 **똑같이** 더해지므로 이 합을 기울기로 받습니다. 처음만이 아니라 언제나 0입니다. $p$의 합도 1이고 $y$의 합도 1이기 때문입니다.
#
# $$
# \frac{\partial L}{\partial b} = \frac{1}{N}\sum_{n}\sum_{k}\,(p_{nk} - y_{nk}) = 0
# $$
#
# 모든 로짓에 같은 수를 더해도 [소프트맥스](softmax.md)는 그대로라는 성질을 기울기로 본 것입니다. 학습이 끝난 편향을 확인합니다.

# %% [markdown] lang="en"
# The gradients per class are 0.0833, -0.0417, and -0.0417; they sum to zero. A single-number bias is added to all three logits **alike**, so its gradient is that sum. It is zero not only at first but always, because $p$ sums to 1 and so does $y$.
#
# $$
# \frac{\partial L}{\partial b} = \frac{1}{N}\sum_{n}\sum_{k}\,(p_{nk} - y_{nk}) = 0
# $$
#
# Adding one number to every logit leaves [softmax](softmax.md) unchanged; this is the same fact seen through the gradient. Check the bias after training.

# %%
print(f"largest weight {W_once.abs().max().item():.4f}")
print(f"bias           {b_once.abs().item():.4f}")
assert b_once.abs().item() < 1e-5

# %% [markdown] lang="ko"
# 가중치는 TODOW까지 자랐는데 편향은 0.0000입니다. 이 모델에는 편향이 없는 셈입니다. 고치는 데는 글자 하나면 됩니다. 1을 3으로 바꿉니다.

# %% [markdown] lang="en"
# A weight grew to TODOW while the bias stayed at 0.0000. In effect this model has no bias. The repair is a single character: change the 1 into a 3.

# %%
vector, W_vector, b_vector = fit(F.cross_entropy, bias_size=3)
show(F.cross_entropy, vector)
print("bias", *(f"{value:.4f}" for value in b_vector))
print(f"size 1: {num_correct(once[1000])}/8, size 3: {num_correct(vector[1000])}/8")
assert abs(b_vector.sum().item()) < 1e-4

# %% [markdown] lang="ko"
# 갱신 횟수는 같은데 손실은 0.399962가 아니라 0.248155이고, 8개를 모두 맞힙니다. 편향도 -2.3578부터 3.3234까지 벌어졌습니다. 지금까지의 세 모델을 한 그림에 모읍니다.

# %% [markdown] lang="en"
# After the same number of updates the loss is 0.248155 instead of 0.399962, and all eight are right. The bias has spread from -2.3578 to 3.3234. Here are the three models in one picture.

# %% figure="loss_curves"
fig, ax = plt.subplots()
curves = [
    ("softmax twice, true loss", F.cross_entropy, twice, "C3", ":"),
    ("softmax twice, reported", double_softmax, twice, "C1", "-."),
    ("bias of size 1", F.cross_entropy, once, "C0", "--"),
    ("bias of size 3", F.cross_entropy, vector, "C2", "-"),
]
epochs = range(0, 1001, 20)
for name, loss_fn, trace, color, style in curves:
    values = [loss_fn(trace[epoch], target).item() for epoch in epochs]
    ax.plot(epochs, values, color=color, linestyle=style)
    ax.text(1020, values[-1], name, va="center")
ax.hlines(math.log(1 + 2 / math.e), 0, 1000, color="C7", linestyle=(0, (1, 3)))
ax.text(1020, math.log(1 + 2 / math.e), "floor of softmax twice", va="center")
ax.set(xlim=(0, 1700), ylim=(0, 1.8), xticks=[0, 250, 500, 750, 1000], xlabel="epoch", ylabel="loss")

# %% [markdown] lang="ko" caption="loss_curves"
# 보고한 손실은 셋 다 내려갑니다. 그러나 소프트맥스를 두 번 씌운 모델의 참 손실은 올라갑니다. 편향을 클래스마다 둔 모델이 가장 낮습니다.
#
# 꺾은선그래프. 가로축은 0~1,000에폭, 세로축은 손실이며 20에폭마다 한 점을 그렸습니다. 네 선이 모두 1.10에서 출발합니다. 실선(크기 3인 편향)은 0.25, 파선(크기 1인 편향)은 0.40, 쇄선(두 번, 보고한 손실)은 0.74로 끝나고,
# 점선(두 번, 참 손실)은 50에폭 무렵부터 올라 1.68에 이릅니다. 성긴 수평 점선은 높이 0.55의 바닥입니다.
#
# - epoch: 에폭
# - loss: 손실
# - softmax twice, true loss: 두 번, 참 손실
# - softmax twice, reported: 두 번, 보고한 손실
# - bias of size 1: 크기 1인 편향
# - bias of size 3: 크기 3인 편향
# - floor of softmax twice: 두 번의 바닥

# %% [markdown] lang="en" caption="loss_curves"
# All three reported losses fall. Yet the true loss of the model with softmax twice rises. The model with a bias per class gets lowest.
#
# Line chart. Horizontal axis: epochs 0 to 1,000; vertical axis: loss; one point every 20 epochs. All four lines start at 1.10. The solid line (bias of size 3) ends at 0.25, the dashed one (bias of size 1) at 0.40, the dash-dotted one (softmax twice, reported) at 0.74,
# while the dotted one (softmax twice, true loss) climbs from about epoch 50 on and reaches 1.68. A sparse horizontal line marks the floor at 0.55.

# %% [markdown] lang="ko"
# ### 편향이 없으면 경계가 원점에 묶입니다 { #two-features }
#
# 편향은 왜 필요할까요? 특성을 셋째와 넷째, 2개만 남기면 평면에 그릴 수 있습니다. 두 클래스의 경계는 두 로짓이 같은 곳입니다.
#
# $$
# (w_i - w_j)^{\top} x + (b_i - b_j) = 0
# $$
#
# 편향이 숫자 하나면 $b_i - b_j = 0$이므로 모든 경계가 원점을 지납니다. 그러면 원점에서 뻗은 반직선 위의 점은 모두 같은 클래스입니다. 그런데 이 데이터에는 (1, 1), (5, 5) 둘, (6, 6), (7, 7)이 한 반직선 위에 있습니다.

# %% [markdown] lang="en"
# ### Without a bias, boundaries are tied to the origin { #two-features }
#
# What is a bias good for? Keep only two features, the third and the fourth, and you can draw the plane. The boundary between two classes is where their logits are equal.
#
# $$
# (w_i - w_j)^{\top} x + (b_i - b_j) = 0
# $$
#
# With a single-number bias, $b_i - b_j = 0$, so every boundary passes through the origin. Then all points on a ray from the origin get the same class. And in these data (1, 1), (5, 5) twice, (6, 6), and (7, 7) lie on one ray.

# %%
x_two = x[:, 2:]
planes = {size: fit(F.cross_entropy, size, x=x_two) for size in (1, 3)}
for size, (trace, W, b) in planes.items():
    loss = F.cross_entropy(trace[1000], target).item()
    print(f"size {size}  loss {loss:.4f}  {num_correct(trace[1000])}/8")

on_the_ray = x_two[:, 0] == x_two[:, 1]
print(target[on_the_ray].tolist(), planes[1][0][1000][on_the_ray].argmax(dim=1).tolist())

# %% [markdown] lang="ko"
# 크기 1인 편향으로는 손실이 1.0284에서 멈추고 3개만 맞힙니다. 한 클래스만 답하는 것과 다를 바 없습니다. 반직선 위의 5개가 정말 모두 같은 답을 받았습니다. 크기 3이면 0.3800, 8개입니다.
#
# 그림을 그리려면 세 로짓이 모두 같은 점이 필요합니다. 세 경계가 그 점에서 만납니다.

# %% [markdown] lang="en"
# With a bias of size 1 the loss stays at 1.0284 with three right, no better than always answering one class. The five points on the ray do all get the same answer. With size 3 it is 0.3800 and eight right.
#
# To draw the picture we need the point where all three logits are equal. The three boundaries meet there.


# %%
def boundaries(W, b):
    b = b.expand(3)
    # ko: 세 로짓이 모두 같은 점
    # en: the point where all three logits are equal
    start = torch.linalg.solve((W[:, :2] - W[:, 2:]).T, b[2] - b[:2])
    ends = []
    for i, j, k in [(0, 1, 2), (0, 2, 1), (1, 2, 0)]:
        across = W[:, i] - W[:, j]
        along = torch.stack([-across[1], across[0]])
        along = along * torch.sign((W[:, i] - W[:, k]) @ along)
        ends.append(start + 20 * along / along.norm())
    return start, ends


assert boundaries(*planes[1][1:])[0].abs().max() < 1e-6
print("size 3: boundaries meet at", *(f"{value:.2f}" for value in boundaries(*planes[3][1:])[0]))

# %% figure="decision_regions"
fig, axes = plt.subplots(1, 2, sharex=True, sharey=True)
for ax, (size, (_, W, b)) in zip(axes, planes.items(), strict=True):
    start, ends = boundaries(W, b)
    for end in ends:
        ax.plot(*torch.stack([start, end]).T, color="C7")
    for k, marker in enumerate("os^"):
        ax.plot(*x_two[target == k].T, marker, color=f"C{k}", label=f"class {k}")
    ax.set(title=f"bias of size {size}", xlabel="third feature", xlim=(-2, 8), ylim=(-2, 8))
for ax, spots in zip(axes, ([(5, 2), (2, 5), (-1.4, -1.7)], [(7, 2), (4, 7), (0, 5)]), strict=True):
    for k, spot in enumerate(spots):
        ax.text(*spot, k, ha="center")
axes[0].set_ylabel("fourth feature")
axes[1].legend(loc="lower left")

# %% [markdown] lang="ko" caption="decision_regions"
# TODO
#
# TODO

# %% [markdown] lang="en" caption="decision_regions"
# TODO
#
# TODO

# %% [markdown] lang="ko"
# 그런데 특성이 4개일 때는 왜 7개나 맞혔을까요? 다른 가중치가 편향의 빈자리를 메웠기 때문입니다. 더 오래 학습시키면 어디까지 갈까요?

# %% [markdown] lang="en"
# Then why were seven right with four features? Other weights stood in for the missing bias. How far does that go with more training?

# %%
loss = F.cross_entropy(once[2000], target).item()
print(f"size 1, epoch 2000  loss {loss:.6f}  {num_correct(once[2000])}/8")
assert loss < F.cross_entropy(vector[1000], target).item()

# %% [markdown] lang="ko"
# 2,000에폭이면 0.246098, 8개입니다. 크기 3인 편향이 1,000에폭에 닿은 곳에 두 배 걸려 닿았습니다. 학습이 **느려질 뿐 멈추지는 않으니** 이 버그는 오래 숨습니다.
#
# !!! warning "편향은 클래스마다 하나"
#     선형 모델의 편향은 클래스 수만큼 둡니다. 브로드캐스팅 덕분에 크기 1도 오류 없이 더해집니다. `b.grad`가 반올림 잡음 수준이면 그 매개변수(parameter)는 배우지 않는 것입니다. 첫 갱신에서 모든 매개변수의 기울기를 한 번 찍어 보세요.

# %% [markdown] lang="en"
# At epoch 2,000 it is 0.246098 with eight right: twice the time for what the bias of size 3 reached by epoch 1,000. Training **slows down but does not stop**, so this bug hides for long.
#
# !!! warning "One bias per class"
#     A linear model needs as many biases as classes. Thanks to broadcasting, size 1 is added without an error. If `b.grad` is rounding noise, that parameter is not learning. Print the gradient of every parameter once, at the first update.

# %% [markdown] lang="ko"
# ## 기록 읽기 { #log }
#
# 노트의 루프는 `range(num_epochs + 1)`을 돌며 손실을 찍고 **나서** 갱신합니다. 그러므로 갱신은 1,001번이고, 찍힌 손실은 그 줄의 갱신을 하기 전 모델의 것입니다. "epoch 0"은 학습하지 않은 모델입니다. 마지막 갱신을 마친 모델의 손실은 어디에도 없습니다. 찍어 봅시다.

# %% [markdown] lang="en"
# ## Reading the log { #log }
#
# The loop of the notes runs over `range(num_epochs + 1)`, prints the loss, and updates **afterwards**. So there are 1,001 updates, and a printed loss belongs to the model before the update of that line. "Epoch 0" is the untrained model. The loss after the last update appears nowhere. Print it.

# %%
losses = [F.cross_entropy(logits, target).item() for logits in once]
print(f"epoch 1000, as logged  {losses[1000]:.6f}")
print(f"after that update      {losses[1001]:.6f}")
wrong = [(logits.argmax(dim=1) != target).nonzero().flatten() + 1 for logits in once[1000:1002]]
print("wrong example:", wrong[0].tolist(), "then", wrong[1].tolist())

# %% [markdown] lang="ko"
# 0.399962가 한 번의 갱신으로 0.385264가 되고, 틀린 샘플이 다섯째에서 일곱째로 바뀌었습니다. 앞의 100번 동안 0.433507에서 겨우 이만큼 내려온 손실치고는 이상하게 큰 걸음입니다. 100번마다 찍지 말고 매번 찍어 봅시다.

# %% [markdown] lang="en"
# One update turns 0.399962 into 0.385264, and the wrong example changes from the fifth to the seventh. That is a strangely large step for a loss that took the 100 updates before to come down from 0.433507. Print every epoch instead of every hundredth.

# %%
for epoch in range(100, 106):
    print(f"epoch {epoch}  loss {losses[epoch]:.4f}  {num_correct(once[epoch])}/8")

slow = [F.cross_entropy(logits, target).item() for logits in fit(F.cross_entropy, bias_size=1, lr=0.05)[0]]
for lr, history in [(0.1, losses), (0.05, slow)]:
    rises = sum(history[epoch + 1] > history[epoch] for epoch in range(1000))
    print(f"lr {lr}: loss rose in {rises} of 1000 updates, epoch 1000 {history[1000]:.4f}")

# %% [markdown] lang="ko"
# 손실은 0.7611과 0.7121 사이를 오르내리며 조금씩 내려가고, 맞힌 개수도 6개와 5개를 오갑니다. 1,000번 가운데 절반에서 손실이 **올랐습니다**. 짝수 에폭만 찍은 기록에는 톱니의 위쪽만 보였습니다.
#
# 학습률을 0.05로 반으로 줄이면 한 번도 오르지 않습니다. 0.1은 가파른 방향에서 골짜기를 건너뛰는 걸음입니다. 그래도 1,000에폭의 손실은 0.1 쪽이 0.4373보다 낮습니다. 톱니는 고장이 아니지만, 어느 순간에 멈추느냐에 따라 숫자가 달라진다는 뜻입니다.

# %% [markdown] lang="en"
# The loss creeps down while bouncing between values like 0.7611 and 0.7121, and the correct count alternates between six and five. In half of the 1,000 updates the loss **rose**. A log of even epochs showed only the upper edge of the saw.
#
# At half the learning rate, 0.05, it never rises. A step of 0.1 jumps across the valley in the steep direction. Still, at epoch 1,000 the larger rate is below the 0.4373 of the smaller. The zigzag is no defect, but it means that a number depends on the moment you stop.

# %% [markdown] lang="ko"
# ### 정확도는 개수로 { #accuracy }
#
# 맞힌 비율인 **정확도**(accuracy)도 기록에 함께 넣습니다. 크기 3인 편향으로 학습한 모델을 봅시다.

# %% [markdown] lang="en"
# ### Accuracy as a count { #accuracy }
#
# Put the **accuracy**, the share of correct answers, into the log as well. Take the model with a bias of size 3.

# %%
for epoch in (0, 100, 500, 800, 1000):
    loss = F.cross_entropy(vector[epoch], target).item()
    print(f"epoch {epoch:4d}  loss {loss:.4f}  {num_correct(vector[epoch])}/8")
assert vector[0].argmax(dim=1).eq(0).all()

# %% [markdown] lang="ko"
# TODO accuracy

# %% [markdown] lang="en"
# TODO accuracy

# %% [markdown] lang="ko"
# ## nn.Module로 옮기기 { #module }
#
# 이제 PyTorch답게 씁니다. `nn.Linear`가 가중치와 **클래스마다 하나인** 편향을 만들고, `forward()`는 로짓을 돌려줍니다. 두 버그가 들어올 자리가 없습니다.

# %% [markdown] lang="en"
# ## Moving to nn.Module { #module }
#
# Now the PyTorch way. `nn.Linear` creates the weights and **one bias per class**, and `forward()` returns logits. Neither bug finds a place to enter.


# %%
class SoftmaxRegression(nn.Module):
    def __init__(self, num_features, num_classes):
        super().__init__()
        self.linear = nn.Linear(num_features, num_classes)

    def forward(self, x):
        return self.linear(x)  # logits, no softmax


model = SoftmaxRegression(4, 3)
for name, parameter in model.named_parameters():
    print(name, tuple(parameter.shape))

# %% [markdown] lang="ko"
# 가중치의 모양은 (3, 4)입니다. `nn.Linear`는 $xW^{\top} + b$를 계산하므로 앞의 $W$를 뒤집은 모양입니다. 0에서 출발하면 손으로 쓴 루프와 같은 모델이 나오는지 확인합니다.

# %% [markdown] lang="en"
# The weight has shape (3, 4). `nn.Linear` computes $xW^{\top} + b$, so it stores the transpose of our $W$. Started from zero, does it give the same model as the loop written by hand?

# %%
model = SoftmaxRegression(4, 3)
for parameter in model.parameters():
    nn.init.zeros_(parameter)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(100):
    loss = F.cross_entropy(model(x), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
assert torch.allclose(model(x), vector[100], atol=1e-4)
print(f"{F.cross_entropy(model(x), target).item():.6f}")

# %% [markdown] lang="ko"
# 갱신 100번 뒤의 값 0.704199는 앞의 표와 같습니다. 보통은 0이 아니라 작은 난수에서 출발합니다. 노트처럼 시드를 1로 두고 `nn.Linear`의 기본 초기화로 학습합니다. 이번에는 에폭을 1부터 세고, 갱신 **전과 후**의 손실을 모두 찍습니다.

# %% [markdown] lang="en"
# After 100 updates, 0.704199 as in the table above. Usually one starts from small random numbers rather than from zero. As in the notes, set the seed to 1 and train from the default initialization of `nn.Linear`. This time epochs count from 1, and the loss is printed **before and after** the update.

# %%
torch.manual_seed(1)
model = SoftmaxRegression(4, 3)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
num_epochs = 1000
for epoch in range(1, num_epochs + 1):
    loss = F.cross_entropy(model(x), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if epoch in (1, 100, num_epochs):
        with torch.no_grad():
            after = F.cross_entropy(model(x), target)
        print(f"epoch {epoch:4d}/{num_epochs}  before {loss.item():.6f}  after {after.item():.6f}")

# %% [markdown] lang="ko"
# TODO module

# %% [markdown] lang="en"
# TODO module

# %%
new = torch.tensor([[2.0, 2.0, 5.0, 6.0]])
with torch.no_grad():
    logits = model(new)
print(logits.argmax(dim=1).item(), F.softmax(logits, dim=1))

# %% [markdown] lang="ko"
# TODO predict

# %% [markdown] lang="en"
# TODO predict

# %%
W = torch.zeros((4, 3), requires_grad=True)
b = torch.zeros(3, requires_grad=True)
optimizer = torch.optim.SGD([W, b], lr=0.1)
for epoch in range(1001):
    loss = F.cross_entropy(x @ W + b, target)
    if epoch in (0, 100, 1000):
        correct_loss = F.cross_entropy(vector[epoch], target)
        print(f"epoch {epoch:4d}  without zero_grad {loss.item():.4f}  with {correct_loss.item():.4f}")
    # ko: optimizer.zero_grad()가 빠졌습니다.
    # en: optimizer.zero_grad() is missing.
    loss.backward()
    optimizer.step()

# %%
weight = torch.zeros((4, 3), requires_grad=True)
for _ in range(2):
    loss = F.cross_entropy(x @ weight, target)
    (fresh,) = torch.autograd.grad(loss, weight, retain_graph=True)
    loss.backward()
    print(f"{(weight.grad.norm() / fresh.norm()).item():.4f}")

# %%
hidden = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))
for parameter in hidden.parameters():
    nn.init.zeros_(parameter)
optimizer = torch.optim.SGD(hidden.parameters(), lr=0.1)
for _ in range(1000):
    loss = F.cross_entropy(hidden(x), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
with torch.no_grad():
    print(f"{F.cross_entropy(hidden(x), target).item():.4f}", F.softmax(hidden(x), dim=1)[0])
assert hidden[0].weight.abs().max() == 0
