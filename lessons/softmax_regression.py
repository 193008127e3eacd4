# ---
# needs: [cross_entropy_in_pytorch]
# ---

# %% [markdown] lang="ko"
# # 소프트맥스 회귀 학습하기: 버그 두 개 잡기 { #softmax-regression }
#
# 소프트맥스 회귀(softmax regression)를 처음부터 학습시키면서, 내려가는 손실(loss) 뒤에 숨은 버그 두 개를 숫자로 잡아내고 모델을 `nn.Module`로 옮깁니다.
#
# 지금까지는 로짓(logit)이 주어져 있었지만, 이제는 로짓을 만드는 가중치(weight)를 데이터에서 학습합니다. 먼저 널리 쓰이는 강의 노트의 학습 기록을 소수점 아래 여섯째 자리까지 재현한 다음,
# 그 코드에 숨어 있던 버그 두 개를 찾습니다. 손실 함수는 [PyTorch의 교차 엔트로피](cross_entropy_in_pytorch.md)에서 배운 것을 그대로 사용합니다.
#
# !!! abstract "학습 목표"
#     - 다섯 줄짜리 학습 루프를 작성하고 각 줄의 역할을 설명합니다.
#     - 손실이 바닥에 막혀 더 내려가지 못하는 것을 보고, 소프트맥스를 두 번 취한 코드임을 알아냅니다.
#     - 움직이지 않는 편향(bias)을 찾아내고, 그 이유를 $p - y$로 설명합니다.
#     - 직접 작성한 루프와 같은 모델을 `nn.Module`로 옮깁니다.
#     - 기록에 출력된 손실이 어느 시점의 모델에서 나온 값인지 설명하고, 정확도(accuracy)를 정직하게 보고합니다.

# %% [markdown] lang="en"
# # Training softmax regression, and catching two bugs { #softmax-regression }
#
# Train softmax regression from scratch, catch two bugs that hide behind a falling loss, and move the model to `nn.Module`.
#
# So far the logits were given. Now we learn the weights that produce them. We reproduce the training logs of widely used lecture notes to the sixth decimal
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
# 데이터는 샘플(example) 8개이고, 샘플마다 특성(feature) 4개와 레이블(label) 하나가 있습니다. 특별한 뜻 없이 지어낸 숫자이며, 샘플이 적어서 계산을 손으로 따라갈 수 있습니다.

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
# > (8, 4) [2, 3, 3]

# %% [markdown] lang="ko"
# 클래스 0에는 샘플이 2개, 클래스 1과 클래스 2에는 3개씩 있습니다. 따라서 무조건 한 클래스만 답해도 3개까지는 맞힐 수 있으니, 정확도를 읽을 때는 이 개수를 기준으로 삼아야 합니다.

# %% [markdown] lang="en"
# Class 0 has two examples, classes 1 and 2 have three each. Always answering the same class gets up to three right. Keep that baseline in mind when reading an accuracy.

# %% [markdown] lang="ko"
# ## 선형 점수와 소프트맥스 { #model }
#
# **소프트맥스 회귀**는 두 단계로 이루어집니다. 먼저 특성에 가중치를 곱하고 편향을 더해 클래스마다 로짓을 하나씩 만든 다음, 그 로짓을 소프트맥스(softmax)에 넣어 확률로 바꿉니다.
#
# $$
# z = xW + b, \qquad p = \operatorname{softmax}(z)
# $$
#
# 가중치와 편향이 모두 0이면 첫 손실은 얼마일까요? 여기서는 강의 노트처럼 편향을 숫자 하나인 `torch.zeros(1)`로 둡니다.

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
# > (8, 3) tensor([0.3333, 0.3333, 0.3333])
print(f"{loss.item():.6f}")
# > 1.098612
assert abs(loss.item() - math.log(3)) < 1e-6

# %% [markdown] lang="ko"
# 로짓이 모두 0이므로 확률은 클래스마다 0.3333이고, 손실은 $\ln 3$ = 1.098612입니다. 이 값은 학습을 시작하기 전에 미리 알 수 있습니다. 0에서 출발했는데도 기록의 첫 줄이 이 값과 다르다면 손실 함수(loss function)부터 의심해야 합니다.

# %% [markdown] lang="en"
# All logits are zero, so each class gets 0.3333 and the loss is $\ln 3$ = 1.098612. This value is known before training starts. If a run that starts from zero logs anything else on its first line, suspect the loss.

# %% [markdown] lang="ko"
# ## 기울기는 p − y { #gradient .deeper }
#
# 손실을 줄이려면 로짓을 어느 쪽으로 움직여야 할까요? 샘플 하나의 손실은 $\ln\sum_j e^{z_j} - z_y$입니다. 이 식을 $z_k$로 미분하면 앞 항은 $p_k$가 되고, 뒤 항은 정답 클래스에서만 $-1$을 남깁니다.
# 따라서 **기울기**(gradient, 그레이디언트)는 확률에서 원-핫 벡터(one-hot vector)를 뺀 값이며, 샘플 $N$개의 평균 손실이라면 이 값을 $N$으로 나눕니다.
#
# $$
# \frac{\partial L}{\partial z} = \frac{p - y}{N}, \qquad \frac{\partial L}{\partial W} = x^{\top}\,\frac{p - y}{N}
# $$
#
# 이 식을 로짓이 모두 0일 때의 자동 미분(automatic differentiation) 결과와 비교해 봅시다. 출력에는 클래스마다 샘플 하나씩만 나타냅니다.

# %% [markdown] lang="en"
# ## The gradient is p − y { #gradient .deeper }
#
# Which way should the logits move to lower the loss? The loss of one example is $\ln\sum_j e^{z_j} - z_y$. The first term has the derivative $p_k$ with respect to $z_k$; the second leaves $-1$ at the true class only.
# So the **gradient** is the probabilities minus the one-hot vector. For the mean over $N$ examples, divide by $N$.
#
# $$
# \frac{\partial L}{\partial z} = \frac{p - y}{N}, \qquad \frac{\partial L}{\partial W} = x^{\top}\,\frac{p - y}{N}
# $$
#
# Compare it with automatic differentiation at zero logits. One example of each class is printed.

# %%
logits = torch.zeros((8, 3), requires_grad=True)
F.cross_entropy(logits, target).backward()
p_minus_y = F.softmax(logits.detach(), dim=1) - F.one_hot(
    target, num_classes=3
)
print(p_minus_y[[6, 3, 0]])
# > tensor([[-0.6667,  0.3333,  0.3333],
# >         [ 0.3333, -0.6667,  0.3333],
# >         [ 0.3333,  0.3333, -0.6667]])
assert torch.allclose(logits.grad, p_minus_y / 8)
assert p_minus_y.sum(dim=1).abs().max() < 1e-6

# %% [markdown] lang="ko"
# 정답 자리의 값은 $1/3 - 1$, 즉 −0.6667이고 나머지 자리의 값은 0.3333입니다. 갱신은 기울기의 반대 방향으로 이루어지므로, 정답의 로짓은 올라가고 나머지 로짓은 내려갑니다.
# 각 행의 합이 언제나 0이라는 사실도 기억해 두세요. 두 번째 버그가 바로 이 성질에서 나옵니다.

# %% [markdown] lang="en"
# The true class gets $1/3 - 1$, which is −0.6667, and the others get 0.3333. We step against the gradient, so the true logit rises and the others fall.
# Remember also that every row sums to zero. The second bug grows out of that.

# %% [markdown] lang="ko"
# ## 저수준 학습 루프 { #low-level }
#
# 이제 모델을 학습시켜 봅시다. 학습 루프에서는 확률을 구하고, 손실을 구하고, 지난 기울기를 지우고, 새 기울기를 구하고, 매개변수를 갱신하는 다섯 줄이 반복됩니다. 손실은 원-핫 벡터와 로그로 직접 작성합니다.
#
# 데이터 전체를 한 번 다 사용하는 것을 **에폭**(epoch)이라고 합니다. 여기서는 샘플 8개를 한꺼번에 사용하므로 1에폭이 갱신 1번에 해당합니다. 한 번 갱신할 때는 기울기에 학습률(learning rate) 0.1을 곱한 만큼 매개변수를 움직입니다.

# %% [markdown] lang="en"
# ## The low-level training loop { #low-level }
#
# Now train. Five lines repeat: compute the probabilities, compute the loss, clear the old gradients, compute new ones, take a step. The loss is spelled out with one-hot vectors and a logarithm.
#
# One pass through all the data is called an **epoch**. Here all eight examples are used at once, so one epoch is one update. A step is the gradient times the learning rate, which is 0.1.

# %% anchor="first_loop"
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
# > epoch    0/1000  loss 1.098612
# > epoch  100/1000  loss 0.761050
# > epoch  200/1000  loss 0.689991
# > epoch  300/1000  loss 0.643229
# > epoch  400/1000  loss 0.604117
# > epoch  500/1000  loss 0.568255
# > epoch  600/1000  loss 0.533922
# > epoch  700/1000  loss 0.500291
# > epoch  800/1000  loss 0.466908
# > epoch  900/1000  loss 0.433507
# > epoch 1000/1000  loss 0.399962

# %% [markdown] lang="ko"
# 노트에는 이런 반복문이 들여쓰기가 사라진 채로 실려 있어서, 그대로 붙여 넣으면 파이썬은 한 줄도 실행하지 못합니다.

# %% [markdown] lang="en"
# In the notes such loops have lost their indentation. Paste one as it stands, and Python runs not a single line of it.

# %% anchor="lost_indentation"
pasted = "for epoch in range(3):\nprint(epoch)\n"
try:
    compile(pasted, "notes", "exec")
except IndentationError as error:
    print(f"{type(error).__name__} in line {error.lineno}")
# > IndentationError in line 2

# %% [markdown] lang="ko"
# 손실은 1.098612에서 0.399962로 내려갔는데, 그렇다면 샘플은 몇 개나 맞혔을까요? 클래스를 정할 때는 확률까지 구할 필요 없이 로짓의 argmax만 구하면 충분합니다.

# %% [markdown] lang="en"
# The loss went from 1.098612 down to 0.399962. How many examples are right? To pick a class, the argmax of the logits is enough.

# %%
logits = x @ W + b
predicted = logits.argmax(dim=1)
print(predicted.tolist())
# > [2, 2, 2, 1, 1, 1, 1, 0]
print(target.tolist())
# > [2, 2, 2, 1, 1, 1, 0, 0]
print(f"{(predicted == target).sum().item()}/8")
# > 7/8
assert torch.equal(predicted, F.softmax(logits, dim=1).argmax(dim=1))

# %% [markdown] lang="ko"
# 8개 중 7개를 맞혔고, 틀린 것은 일곱째 샘플뿐입니다. 나쁘지 않은 결과처럼 보이지만, 아직 눈에 띄지 않을 뿐 이 코드에는 이미 버그가 하나 들어 있습니다.

# %% [markdown] lang="en"
# Seven of eight; only the seventh example is wrong. That looks fine, yet this code already contains a bug. It does not show yet.

# %% [markdown] lang="ko"
# ## 같은 루프를 함수 하나로 { #fit }
#
# 버그의 영향을 공정하게 비교하려면 한 가지만 바꾸고 나머지는 그대로 두어야 합니다. 그래서 루프를 함수로 묶고 손실 함수와 편향의 크기를 인자로 받게 합니다.
# 갱신하기 직전의 로짓은 매번 `trace`에 남깁니다. 예를 들어 `trace[100]`에는 100번 갱신한 모델의 로짓이 들어 있으므로, 어떤 값이든 나중에 계산할 수 있습니다.

# %% [markdown] lang="en"
# ## The same loop as one function { #fit }
#
# A fair comparison of bugs changes one thing and keeps the rest. So we wrap the loop in a function that takes the loss function and the size of the bias.
# Before each update it keeps the logits in `trace`. `trace[100]` holds the logits of the model after 100 updates, so any quantity can be computed later.


# %% folded="optional"
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
# 먼저 손실을 `F.cross_entropy`로 바꿔 봅시다. 이 함수는 확률이 아니라 로짓을 받는데, 그러면 기록이 달라질까요?

# %% [markdown] lang="en"
# First, replace the loss by `F.cross_entropy`. It takes logits, not probabilities. Will the log change?


# %% folded="optional"
def show(loss_fn, trace):
    for epoch in range(0, 1001, 100):
        loss = loss_fn(trace[epoch], target)
        print(f"epoch {epoch:4d}/1000  loss {loss.item():.6f}")


# %%
once, W_once, b_once = fit(F.cross_entropy, bias_size=1, num_updates=2001)
show(F.cross_entropy, once)
# > epoch    0/1000  loss 1.098612
# > epoch  100/1000  loss 0.761050
# > epoch  200/1000  loss 0.689991
# > epoch  300/1000  loss 0.643229
# > epoch  400/1000  loss 0.604117
# > epoch  500/1000  loss 0.568255
# > epoch  600/1000  loss 0.533922
# > epoch  700/1000  loss 0.500291
# > epoch  800/1000  loss 0.466908
# > epoch  900/1000  loss 0.433507
# > epoch 1000/1000  loss 0.399962
# ko: 1,001번 갱신한 뒤의 로짓이 앞의 루프로 학습한 모델의 로짓과 같습니다.
# en: After 1,001 updates the logits are those of the loop above.
assert torch.allclose(once[1001], (x @ W + b).detach(), atol=1e-4)

# %% [markdown] lang="ko"
# 마지막 0.399962에 이르기까지 모든 손실이 소수점 아래 여섯째 자리까지 같고, 마지막 로짓도 같습니다. 한 줄짜리 `F.cross_entropy`가 원-핫 벡터와 로그, 소프트맥스를 모두 처리하는 데다 수치적으로도 안정적입니다. 이제부터는 이 함수를 사용합니다.

# %% [markdown] lang="en"
# The same to the sixth decimal, down to 0.399962, and the same logits at the end. The one-liner `F.cross_entropy` covers one-hot, logarithm, and softmax, and is numerically stable too. From here on we use it.

# %% [markdown] lang="ko"
# ## 버그 1: 소프트맥스를 두 번 { #double-softmax }
#
# 모델이 "확률을 출력하는" 편이 자연스러워 보이기 때문에, 모델 끝에 `F.softmax`를 붙이고 그 출력을 `F.cross_entropy`에 넘기는 코드를 자주 볼 수 있습니다. 강의 노트와 함께 공개된 노트북에서는 직접 작성한 손실에만 소프트맥스가 한 번 더 들어 있었고, `F.cross_entropy`로 학습한 기록은 옳았습니다. 소프트맥스를 두 번 취해도 오류는 나지 않습니다. 그렇다면 손실의 기록은 어떻게 달라질까요?

# %% [markdown] lang="en"
# ## Bug 1: softmax twice { #double-softmax }
#
# It seems natural that a model should "output probabilities." So people put `F.softmax` at its end and hand the result to `F.cross_entropy`. In the notebook published with the notes, only the handwritten loss had a second softmax; the log with `F.cross_entropy` was right. Softmax twice raises no error. What happens to the log?


# %% anchor="softmax_twice"
def double_softmax(logits, target):
    # ko: 모델이 이미 확률을 출력합니다.
    # en: The model already returns probabilities.
    probs = F.softmax(logits, dim=1)
    # ko: 이 함수 안에서 소프트맥스가 한 번 더 적용됩니다.
    # en: Inside this function softmax is applied once more.
    return F.cross_entropy(probs, target)


twice, *_ = fit(double_softmax, bias_size=1, num_updates=10001)
show(double_softmax, twice)
# > epoch    0/1000  loss 1.098612
# > epoch  100/1000  loss 0.901535
# > epoch  200/1000  loss 0.839114
# > epoch  300/1000  loss 0.807826
# > epoch  400/1000  loss 0.788472
# > epoch  500/1000  loss 0.774822
# > epoch  600/1000  loss 0.764449
# > epoch  700/1000  loss 0.756191
# > epoch  800/1000  loss 0.749398
# > epoch  900/1000  loss 0.743671
# > epoch 1000/1000  loss 0.738749
print(
    f"softmax once {num_correct(once[1000])}/8, "
    f"twice {num_correct(twice[1000])}/8"
)
# > softmax once 7/8, twice 7/8

# %% [markdown] lang="ko"
# 손실은 1.098612에서 시작해 한 줄도 빠짐없이 내려가 0.738749에 이르고, 맞힌 개수도 앞에서와 같이 7개입니다. 기록만 보면 "조금 느리게 학습하는 정상 모델"인데, 무엇이 잘못되었을까요?

# %% [markdown] lang="en"
# It starts at 1.098612 and falls line by line to 0.738749. Seven examples are right, as before. Judging by the log, this is a healthy model that learns a little slowly. What is wrong with it?

# %% [markdown] lang="ko"
# ### 내려갈 수 없는 바닥 { #floor .deeper }
#
# 먼저 완벽한 모델을 흉내 내 봅시다. 정답의 로짓만 50이고 나머지가 0이면 손실은 0이어야 합니다. 반대로 틀린 답을 확신하는 로짓도 함께 넣어 봅니다.

# %% [markdown] lang="en"
# ### A floor it cannot pass { #floor .deeper }
#
# Imitate a perfect model: if the true logit is 50 and the others are 0, the loss should be 0. Then feed logits that are sure of a wrong answer.

# %% anchor="floor"
truth = torch.arange(3)
sure_and_right = 50 * torch.eye(3)
sure_and_wrong = sure_and_right.roll(1, dims=1)
for loss_fn in (F.cross_entropy, double_softmax):
    right, wrong = (
        loss_fn(sure_and_right, truth),
        loss_fn(sure_and_wrong, truth),
    )
    print(
        f"{loss_fn.__name__:14}  right {right.item():.4f}  "
        f"wrong {wrong.item():.4f}"
    )
# > cross_entropy   right 0.0000  wrong 50.0000
# > double_softmax  right 0.5514  wrong 1.5514
floor = math.log(1 + 2 / math.e)
assert abs(double_softmax(sure_and_right, truth).item() - floor) < 1e-6

# %% [markdown] lang="ko"
# 소프트맥스를 두 번 취하면 완벽한 모델도 손실이 0.5514이고, 완전히 틀린 모델도 손실이 1.5514에 그칩니다. 앞의 값은 [PyTorch의 교차 엔트로피](cross_entropy_in_pytorch.md#floor) 레슨에서 구한 바닥 $\ln(1 + (K-1)/e)$에 $K = 3$을 넣은 것입니다. 또한 둘째 소프트맥스가 받는 로짓의 차이가 1을 넘지 못하므로, 두 손실의 차이도 1에 그칩니다.
#
# 샘플 8개 중 하나를 끝내 틀리면 그 샘플의 손실이 1쯤 더 크므로, 평균은 바닥보다 1/8쯤 높은 곳에서 막힙니다. 즉 0.738749는 한창 내려가는 도중의 값이 아니라, 내려갈 수 있는 만큼 이미 거의 다 내려온 값입니다.

# %% [markdown] lang="en"
# With softmax twice, even a perfect model has a loss of 0.5514, and a completely wrong one a loss of only 1.5514. The first number is the floor $\ln(1 + (K-1)/e)$ from [cross entropy in PyTorch](cross_entropy_in_pytorch.md#floor) for $K = 3$. The logits that the second softmax takes differ by 1 at most, which is why the two losses are only 1 apart.
#
# If one example of eight stays wrong, its loss is about 1 higher, and the mean gets stuck about 1/8 above the floor. So a loss of 0.738749 is not midway down: most of the possible descent is already over.

# %% [markdown] lang="ko"
# ### 보고한 손실과 참 손실 { #true-loss .deeper }
#
# 그렇다면 모델 자체는 좋아지고 있을까요? 같은 로짓으로 구한 참 손실, 즉 소프트맥스를 한 번만 취한 교차 엔트로피(cross entropy)를 보고한 손실과 나란히 비교해 봅시다. 이번에는 10,000번까지 갱신합니다.

# %% [markdown] lang="en"
# ### The reported loss and the true loss { #true-loss .deeper }
#
# Is the model itself getting better? Put the true loss next to the reported one: the cross entropy of the same logits with softmax applied once. This time we go to 10,000 updates.

# %% anchor="true_loss"
epochs = [0, 100, 1000, 10000]
reported = [double_softmax(twice[epoch], target).item() for epoch in epochs]
true = [F.cross_entropy(twice[epoch], target).item() for epoch in epochs]
for epoch, r, t in zip(epochs, reported, true, strict=True):
    print(
        f"epoch {epoch:5d}  reported {r:.4f}  true {t:.4f}  "
        f"correct {num_correct(twice[epoch])}/8"
    )
# > epoch     0  reported 1.0986  true 1.0986  correct 2/8
# > epoch   100  reported 0.9015  true 0.9121  correct 7/8
# > epoch  1000  reported 0.7387  true 1.6842  correct 7/8
# > epoch 10000  reported 0.6756  true 4.9500  correct 7/8
assert reported == sorted(reported, reverse=True)
assert true[1] < true[2] < true[3]

# %% [markdown] lang="ko"
# 보고한 손실은 0.6756까지 계속 내려가지만, 참 손실은 100에폭의 0.9121에서 1.6842, 4.9500으로 **올라갑니다**. 두 값 모두 아무것도 모르던 첫 모델의 손실 1.0986보다도 나쁩니다. 그동안 맞힌 개수는 7개에서 변하지 않으므로, 정확도만 보아서는 이 버그를 알아챌 수 없습니다.

# %% [markdown] lang="en"
# The reported loss keeps falling, to 0.6756. The true loss, 0.9121 at epoch 100, **rises** to 1.6842 and 4.9500. Both are worse than the 1.0986 of the first model, which knew nothing. Meanwhile the number of correct answers stays at seven: accuracy hides this bug.

# %% [markdown] lang="ko"
# ### 틀린 샘플이 버려지는 이유 { #stuck-example .deeper }
#
# 어디에서 잘못되었는지 샘플별로 살펴봅시다. 다음은 1,000번 갱신한 두 모델이 정답 클래스에 준 확률입니다.

# %% [markdown] lang="en"
# ### Why the wrong example is abandoned { #stuck-example .deeper }
#
# See example by example what went wrong. These are the probabilities given to the true class after 1,000 updates.

# %%
rows = torch.arange(8)
p_once = F.softmax(once[1000], dim=1)[rows, target]
p_twice = F.softmax(twice[1000], dim=1)[rows, target]
print("once  ", *(f"{p:.4f}" for p in p_once))
# > once   0.9753 0.7623 0.6937 0.5036 0.2911 0.6562 0.8709 0.9437
print("twice ", *(f"{p:.4f}" for p in p_twice))
# > twice  0.9756 0.7800 0.7521 0.7355 0.0000 0.9793 0.9604 0.9880
assert p_once.argmin() == 4
assert p_twice.argmin() == 4

# %% figure="true_class_probability"
fig, ax = plt.subplots()
place = torch.arange(1, 9)
ax.bar(place - 0.2, p_once, width=0.38, color="C0", label="softmax once")
ax.bar(
    place + 0.2,
    p_twice,
    width=0.38,
    color="C1",
    hatch="///",
    label="softmax twice",
)
ax.axhline(1 / 3, color="C7", linestyle="--")
ax.set_xticks(place)
ax.set(
    ylim=(0, 1.25),
    yticks=[0, 0.25, 0.5, 0.75, 1],
    xlabel="example",
    ylabel="p(true class)",
)
ax.legend(loc="upper center", ncols=2)

# %% [markdown] lang="ko" caption="true_class_probability"
# 두 모델은 같은 7개를 맞히지만, 다섯째 샘플에서 차이가 납니다. 소프트맥스를 한 번 취한 모델은 셋 중 하나를 무작위로 고르는 수준(파선) 근처에서 망설이는 반면, 두 번 취한 모델은 정답의 확률을 0으로 만들었습니다.
#
# 샘플마다 막대가 둘씩 있는 막대그래프입니다. 가로축은 샘플 번호 1~8, 세로축은 정답 클래스의 확률이고, 파선은 1/3을 나타냅니다. 소프트맥스를 한 번 취하면 다섯째 막대가 0.29로 가장 낮고 나머지는 0.50~0.98입니다.
# 두 번 취하면 다섯째 막대는 0이라서 보이지 않고, 나머지는 0.74~0.99로 더 높습니다.
#
# - example: 샘플
# - p(true class): p(정답 클래스)
# - softmax once: 소프트맥스 한 번
# - softmax twice: 소프트맥스 두 번

# %% [markdown] lang="en" caption="true_class_probability"
# Both get the same seven right, but look at the fifth example. With softmax once the model hesitates near a guess among three (dashed line); with softmax twice the probability went to zero.
#
# Bar chart. Horizontal axis: example 1 to 8; vertical axis: probability of the true class. Each example has two bars; a dashed line marks 1/3. With softmax once, the fifth bar is lowest at 0.29 and the others lie between 0.50 and 0.98.
# With softmax twice, the fifth bar is zero and cannot be seen, while the others stand even higher, between 0.74 and 0.99.

# %% [markdown] lang="ko"
# 다섯째 샘플에서 정답의 확률은 소프트맥스를 한 번 취한 모델이 0.2911, 두 번 취한 모델이 0.0000입니다. 답을 망설이는 것과 확신하면서 틀리는 것은 전혀 다릅니다. (앞의 루프에서 틀린 샘플은 일곱째였는데, 왜 바뀌었는지는 [기록 읽기](#log)에서 밝혀집니다.)
#
# 소프트맥스를 두 번 취한 모델은 왜 이 오답을 고치지 못할까요? 다섯째 샘플의 정답 로짓을 끌어올리는 힘, 즉 기울기의 크기를 같은 로짓에서 비교해 봅시다.

# %% [markdown] lang="en"
# For the fifth example, the true class gets 0.2911 from one model and 0.0000 from the other. Hesitating is not the same as being sure and wrong. (The first loop missed the seventh example. Why that changed comes out in [reading the log](#log).)
#
# Why does the model with softmax twice not repair its mistake? At the same logits, compare how hard each loss pulls on the fifth example's true logit, that is, the size of its gradient.

# %% anchor="saturated"
pulls = []
for loss_fn in (F.cross_entropy, double_softmax):
    logits = twice[1000][4:5].clone().requires_grad_()
    loss_fn(logits, target[4:5]).backward()
    pulls.append(logits.grad[0, target[4]].abs().item())
    print(f"{loss_fn.__name__:14}  {pulls[-1]:.6f}")
# > cross_entropy   0.999996
# > double_softmax  0.000004
assert pulls[0] / pulls[1] > 200_000
# A tenth of the logits: the first softmax is no longer saturated.
logits = (twice[1000][4:5] / 10).requires_grad_()
double_softmax(logits, target[4:5]).backward()
mild = logits.grad[0, target[4]].abs().item()
print(f"softmax twice, logits / 10: {mild:.4f}")
# > softmax twice, logits / 10: 0.1261
assert mild > 10_000 * pulls[1]

# %% [markdown] lang="ko"
# 올바른 손실은 크게 틀릴수록 로짓을 세게 끌어당기며, 여기서 그 힘은 0.999996으로 최댓값인 1과 거의 같습니다. 그런데 소프트맥스를 두 번 취하면 첫 소프트맥스가 포화되어, 힘이 0.000004로 20만 배 넘게 약해집니다. 출력이 0과 1에 바짝 붙어 있어 로짓이 변해도 거의 움직이지 않고, 그래서 기울기도 그곳에서 막힙니다. 같은 로짓을 10으로 나누어 포화를 풀면, 손실 함수는 그대로인데도 힘이 0.1261로 돌아옵니다.
# **결국 모델이 가장 크게 틀린 곳에서 학습이 멈춥니다.**
#
# !!! warning "F.cross_entropy에는 로짓을 넣습니다"
#     모델 끝에는 소프트맥스를 두지 않고, 확률이 필요하면 예측할 때 따로 구합니다. 이 버그의 증상은 손실이 바닥 위에서 멈추고, 정확도는 그럴듯하며, 오류는 나지 않는다는 세 가지입니다.
#
# !!! tip "학습하지 않고 알아내는 방법"
#     완벽한 로짓을 손실 함수에 넣어 봅니다. 결과가 0이 아니라면 로짓을 그대로 받는 손실이 아니거나, `label_smoothing`처럼 완벽한 확신에 벌을 주는 설정이 켜져 있는 것입니다. 샘플 몇 개를 외우게 했는데도 손실이 0에 다가가지 않는다면, 이것 역시 같은 신호입니다.

# %% [markdown] lang="en"
# The right loss pulls harder the more wrong the model is; here the pull is 0.999996, almost the maximum of 1. With softmax twice it is 0.000004, more than 200,000 times weaker, because the first softmax is saturated: its outputs sit at 0 and 1, hardly respond to the logits, and so block the gradient. Divide the same logits by 10, which undoes the saturation, and the pull is back at 0.1261 with the same loss function.
# **Learning stops exactly where the model is most wrong.**
#
# !!! warning "F.cross_entropy takes logits"
#     Do not end the model with softmax. If you need probabilities, compute them when predicting. There are three symptoms: the loss gets stuck above a floor, the accuracy looks plausible, and nothing raises an error.
#
# !!! tip "Detect it without training"
#     Feed perfect logits to the loss. If the result is not 0, that loss does not take logits as they are, or a setting such as `label_smoothing` punishes perfect confidence. A loss that refuses to approach 0 while the model memorizes a handful of examples sends the same signal.

# %% [markdown] lang="ko"
# ## 버그 2: 학습되지 않는 편향 { #dead-bias }
#
# 이제 처음부터 있던 버그를 찾아봅시다. 노트의 편향은 숫자 하나인 `torch.zeros(1)`입니다. 이와 비교할 수 있도록, 먼저 편향을 클래스마다 하나씩 둔 `torch.zeros(3)`의 첫 기울기를 구해 봅시다.
# 편향의 기울기는 샘플 8개의 $p - y$를 모두 더해 8로 나눈 값이며, 예를 들어 클래스 0의 기울기는 $(8 \cdot \tfrac{1}{3} - 2)/8 = \tfrac{1}{12}$입니다.

# %% [markdown] lang="en"
# ## Bug 2: a bias that never learns { #dead-bias }
#
# Now for the bug that was there from the start. The bias of the notes is a single number, `torch.zeros(1)`. First compute the initial gradient of a bias with one entry per class, `torch.zeros(3)`.
# It is $p - y$ summed over the eight examples and divided by 8. For class 0 that is $(8 \cdot \tfrac{1}{3} - 2)/8 = \tfrac{1}{12}$.

# %%
per_class = torch.zeros(3, requires_grad=True)
F.cross_entropy(torch.zeros((8, 3)) + per_class, target).backward()
print(per_class.grad)
# > tensor([ 0.0833, -0.0417, -0.0417])

single = torch.zeros(1, requires_grad=True)
F.cross_entropy(torch.zeros((8, 3)) + single, target).backward()
assert abs(per_class.grad.sum().item()) < 1e-7
assert abs(single.grad.item()) < 1e-7

# %% [markdown] lang="ko"
# 클래스별 기울기는 0.0833, −0.0417, −0.0417이고, 이 값을 모두 더하면 0입니다. 숫자 하나짜리 편향은 세 로짓에 **똑같이** 더해지므로, 이 합이 그대로 편향의 기울기가 됩니다. $p$의 합도 1이고 $y$의 합도 1이므로, 이 기울기는 첫 갱신에서만이 아니라 언제나 0입니다.
#
# $$
# \frac{\partial L}{\partial b} = \frac{1}{N}\sum_{n}\sum_{k}\,(p_{nk} - y_{nk}) = 0
# $$
#
# 이것은 모든 로짓에 같은 수를 더해도 [소프트맥스](softmax.md)의 값이 변하지 않는다는 성질을 기울기로 나타낸 것입니다. 정말 그런지 학습이 끝난 뒤의 편향을 확인해 봅시다.

# %% [markdown] lang="en"
# The gradients per class are 0.0833, −0.0417, and −0.0417; they sum to zero. A single-number bias is added to all three logits **alike**, so its gradient is that sum. It is zero not only at first but always, because $p$ sums to 1 and so does $y$.
#
# $$
# \frac{\partial L}{\partial b} = \frac{1}{N}\sum_{n}\sum_{k}\,(p_{nk} - y_{nk}) = 0
# $$
#
# Adding one number to every logit leaves [softmax](softmax.md) unchanged; this is the same fact seen through the gradient. Check the bias after training.

# %%
print(f"largest weight {W_once.abs().max().item():.4f}")
# > largest weight 5.3767
print(f"bias           {b_once.abs().item():.4f}")
# > bias           0.0000
assert b_once.abs().item() < 1e-5

# %% [markdown] lang="ko"
# 가중치는 5.3767까지 커졌는데 편향은 여전히 0.0000이니, 이 모델에는 편향이 없는 셈입니다. 이 버그를 고치려면 1을 3으로, 글자 하나만 바꾸면 됩니다.

# %% [markdown] lang="en"
# A weight grew to 5.3767 while the bias stayed at 0.0000. In effect this model has no bias. The repair is a single character: change the 1 into a 3.

# %% anchor="bias_a_class"
vector, _, b_vector = fit(F.cross_entropy, bias_size=3)
show(F.cross_entropy, vector)
# > epoch    0/1000  loss 1.098612
# > epoch  100/1000  loss 0.704199
# > epoch  200/1000  loss 0.623000
# > epoch  300/1000  loss 0.565717
# > epoch  400/1000  loss 0.515291
# > epoch  500/1000  loss 0.467662
# > epoch  600/1000  loss 0.421278
# > epoch  700/1000  loss 0.375402
# > epoch  800/1000  loss 0.329765
# > epoch  900/1000  loss 0.285073
# > epoch 1000/1000  loss 0.248155
print("bias", *(f"{value:.4f}" for value in b_vector))
# > bias -2.3578 -0.9655 3.3234
print(
    f"size 1: {num_correct(once[1000])}/8, "
    f"size 3: {num_correct(vector[1000])}/8"
)
# > size 1: 7/8, size 3: 8/8
assert abs(b_vector.sum().item()) < 1e-4

# %% [markdown] lang="ko"
# 같은 횟수만큼 갱신했는데도 손실은 0.399962가 아니라 0.248155이고, 8개를 모두 맞힙니다. 편향도 −2.3578부터 3.3234까지 벌어졌지만, 기울기의 합이 0이므로 세 편향의 합은 여전히 0입니다. 지금까지 학습한 세 모델을 한 그림에 모아 봅시다.

# %% [markdown] lang="en"
# After the same number of updates the loss is 0.248155 instead of 0.399962, and all eight are right. The bias has spread from −2.3578 to 3.3234; its entries still sum to zero, because their gradients sum to zero. Here are the three models in one picture.

# %% figure="loss_curves"
fig, ax = plt.subplots(figsize=(6.4, 4))
curves = [
    ("twice, true", F.cross_entropy, twice, "C3", ":"),
    ("twice, reported", double_softmax, twice, "C1", "-."),
    ("bias size 1", F.cross_entropy, once, "C0", "--"),
    ("bias size 3", F.cross_entropy, vector, "C2", "-"),
]
epochs = range(0, 1001, 20)
for name, loss_fn, trace, color, style in curves:
    values = [loss_fn(trace[epoch], target).item() for epoch in epochs]
    ax.plot(epochs, values, color=color, linestyle=style)
    ax.text(1030, values[-1], name, va="center")
ax.hlines(
    math.log(1 + 2 / math.e), 0, 1000, color="C7", linestyle=(0, (1, 3))
)
ax.text(1030, math.log(1 + 2 / math.e), "floor of twice", va="center")
ax.set(
    xlim=(0, 1600),
    ylim=(0, 1.8),
    xticks=[0, 250, 500, 750, 1000],
    xlabel="epoch",
    ylabel="loss",
)

# %% [markdown] lang="ko" caption="loss_curves"
# 보고한 손실은 세 모델에서 모두 내려가지만, 소프트맥스를 두 번 취한 모델의 참 손실은 올라갑니다. 손실이 가장 낮은 모델은 편향을 클래스마다 둔 모델입니다.
#
# 가로축이 0~1,000에폭, 세로축이 손실인 꺾은선그래프이며, 20에폭마다 점을 하나씩 이었습니다. 네 선은 모두 1.10에서 출발합니다. 크기 3인 편향의 실선은 0.25에서, 크기 1인 편향의 파선은 0.40에서, 소프트맥스를 두 번 취한 모델이 보고한 손실의 쇄선은 0.74에서 끝납니다.
# 반면 소프트맥스를 두 번 취한 모델의 참 손실인 점선은 50에폭 무렵부터 올라 1.68에 이릅니다. 높이 0.55에 있는 성긴 수평 점선은 소프트맥스를 두 번 취한 손실의 바닥입니다.
#
# - epoch: 에폭
# - loss: 손실
# - twice, true: 두 번, 참 손실
# - twice, reported: 두 번, 보고한 손실
# - bias size 1: 편향 크기 1
# - bias size 3: 편향 크기 3
# - floor of twice: 두 번의 바닥

# %% [markdown] lang="en" caption="loss_curves"
# All three reported losses fall. Yet the true loss of the model with softmax twice rises. A bias per class gives the lowest loss.
#
# Line chart. Horizontal axis: epochs 0 to 1,000; vertical axis: loss; one point every 20 epochs. All four lines start at 1.10. The solid line (bias of size 3) ends at 0.25, the dashed one (bias of size 1) at 0.40, the dash-dotted one (softmax twice, reported) at 0.74,
# while the dotted one (softmax twice, true loss) climbs from about epoch 50 on and reaches 1.68. A sparse dotted horizontal line marks the floor at 0.55.

# %% [markdown] lang="ko"
# ### 편향이 없으면 원점에 묶이는 경계 { #two-features .deeper }
#
# 편향은 왜 필요할까요? 특성 4개 가운데 셋째와 넷째만 남기면 데이터를 평면에 그려서 확인할 수 있습니다. 두 클래스의 경계는 두 로짓이 같은 곳, 즉 다음 식을 만족하는 점들입니다.
#
# $$
# (w_i - w_j)^{\top} x + (b_i - b_j) = 0
# $$
#
# 편향이 숫자 하나면 $b_i - b_j = 0$이므로 모든 경계가 원점을 지나고, 원점에서 뻗은 한 반직선 위의 점은 모두 같은 클래스로 예측됩니다. 그런데 이 데이터에서는 (1, 1), 두 번 나오는 (5, 5), 그리고 (6, 6)과 (7, 7)이 모두 한 반직선 위에 있습니다.

# %% [markdown] lang="en"
# ### Without a bias, boundaries are tied to the origin { #two-features .deeper }
#
# What is a bias good for? Keep only two features, the third and the fourth, and you can draw the plane. The boundary between two classes is where their logits are equal.
#
# $$
# (w_i - w_j)^{\top} x + (b_i - b_j) = 0
# $$
#
# With a single-number bias, $b_i - b_j = 0$, so every boundary passes through the origin. Then all points on a ray from the origin get the same class. And in these data (1, 1), (5, 5) twice, (6, 6), and (7, 7) lie on one ray.

# %% anchor="two_features"
x_two = x[:, 2:]
planes = {size: fit(F.cross_entropy, size, x=x_two) for size in (1, 3)}
for size, (trace, _, _) in planes.items():
    loss = F.cross_entropy(trace[1000], target).item()
    print(f"size {size}  loss {loss:.4f}  {num_correct(trace[1000])}/8")
    assert (loss < 0.5) == (size == 3)
# > size 1  loss 1.0284  3/8
# > size 3  loss 0.3800  8/8

on_the_ray = x_two[:, 0] == x_two[:, 1]
answers = planes[1][0][1000][on_the_ray].argmax(dim=1)
print(
    "on the ray: targets",
    target[on_the_ray].tolist(),
    "answers",
    answers.tolist(),
)
# > on the ray: targets [2, 1, 1, 0, 0] answers [1, 1, 1, 1, 1]
assert answers.unique().numel() == 1

# %% [markdown] lang="ko"
# 크기 1인 편향으로는 손실이 1.0284에서 멈추고 3개만 맞혀, 한 클래스만 답하는 것과 다를 바 없습니다. 실제로 모델은 반직선 위의 5개에 모두 같은 답을 내놓았습니다. 반면 크기 3인 편향으로는 손실이 0.3800까지 내려가고 8개를 모두 맞힙니다.
#
# 두 모델을 그림으로 비교하려면 세 로짓이 모두 같은 점, 즉 세 경계가 만나는 점을 구해야 합니다.

# %% [markdown] lang="en"
# With a bias of size 1 the loss stays at 1.0284 with three right, no better than always answering one class. All five points on the ray get the same answer. With size 3 the loss is 0.3800, and eight are right.
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
print(
    "size 3: boundaries meet at",
    *(f"{value:.2f}" for value in boundaries(*planes[3][1:])[0]),
)
# > size 3: boundaries meet at 4.26 3.53

# %% figure="decision_regions"
fig, axes = plt.subplots(1, 2, sharex=True, sharey=True, figsize=(6.4, 4.2))
spots = {
    1: [(5, 0.5), (1, 5), (-1.9, -2.8)],
    3: [(6.5, 0.5), (4, 6.8), (-0.5, 5)],
}
for ax, (size, (_, W, b)) in zip(axes, planes.items(), strict=True):
    start, ends = boundaries(W, b)
    for end in ends:
        ax.plot(*torch.stack([start, end]).T, "-", color="C7")
    for k, marker in enumerate("os^"):
        ax.plot(
            *x_two[target == k].T, marker, color=f"C{k}", label=f"class {k}"
        )
        ax.text(*spots[size][k], k, weight="bold", ha="center")
    ax.set(title=f"bias size {size}", xlabel="third feature")
    ax.set(xlim=(-3, 8.5), ylim=(-3, 8.5))
axes[0].set(ylabel="fourth feature", xticks=[0, 4, 8], yticks=[0, 4, 8])
fig.legend(
    *axes[0].get_legend_handles_labels(),
    loc="outside lower center",
    ncols=3,
)

# %% [markdown] lang="ko" caption="decision_regions"
# 두 모델이 평면을 나눈 **결정 영역**(decision region)이며, 굵은 숫자는 그 영역에서 답하는 클래스입니다. 크기 1인 편향에서는 경계가 원점에 묶이지만, 크기 3인 편향에서는 경계가 데이터 사이로 옮겨 갑니다.
#
# 산점도 두 개를 나란히 놓은 그림입니다. 가로축은 셋째 특성, 세로축은 넷째 특성이고 범위는 둘 다 −3에서 8.5까지입니다. 동그라미는 클래스 0, 네모는 클래스 1, 세모는 클래스 2를 나타내며, (5, 5)에는 네모 2개가 겹쳐 있습니다. 편향의 크기가 1인 왼쪽에서는 세 경계가 원점 (0, 0)에서 만나고,
# 그중 하나가 (1, 1), (5, 5), (6, 6), (7, 7)을 꿰뚫으며 지나갑니다. 이때 클래스 2의 영역은 데이터가 없는 왼쪽 아래 구석입니다. 편향의 크기가 3인 오른쪽에서는 세 경계가 (4.26, 3.53)에서 만나 세모와 네모, 동그라미를 모두 나눕니다.
#
# - bias size 1: 편향 크기 1
# - bias size 3: 편향 크기 3
# - third feature: 셋째 특성
# - fourth feature: 넷째 특성
# - class 0: 클래스 0
# - class 1: 클래스 1
# - class 2: 클래스 2

# %% [markdown] lang="en" caption="decision_regions"
# How the two models divide the plane into **decision regions**. A bold number is the class answered in that region. A bias of size 1 ties the boundaries to the origin; a bias of size 3 moves them in between the data.
#
# Two scatter plots. Horizontal axis: third feature; vertical axis: fourth feature; both from −3 to 8.5. Circles are class 0, squares class 1, triangles class 2; at (5, 5) two squares coincide. On the left (bias size 1) the three boundaries meet at the origin (0, 0),
# and one of them runs straight through (1, 1), (5, 5), (6, 6), and (7, 7); the region of class 2 is the lower left corner, where there are no data. On the right (bias size 3) the three boundaries meet at (4.26, 3.53) and separate all triangles, squares, and circles.


# %% lab="softmax_regression" tolerance="1e-6"
# ko: 웹에서 이 그림을 움직이면 나오는 값입니다. `state`를 바꾸어 불러 보세요.
# en: What the lab in this figure's place computes: change its `state`.
def softmax_regression_lab(state):
    rate = 10.0 ** state["rate"]
    x = torch.tensor(
        [[1, 1], [3, 2], [3, 4], [5, 5], [5, 5], [5, 6], [6, 6], [7, 7]],
        dtype=torch.float64,
    )
    target = torch.tensor([2, 2, 2, 1, 1, 1, 0, 0])
    W = torch.zeros((2, 2, 3), dtype=torch.float64)
    # ko: 출발점이 아주 조금 다른 둘째 모델이 다른 길로 간다면,
    # ko: 그 결과는 반올림이 정한 것입니다.
    # en: A second model starts a hair away.
    # en: If it ends elsewhere, rounding decides where.
    W[1, 0, 0] = 1e-13
    W.requires_grad_()
    size = 3 if state["bias"] == "one per class" else 1
    b = torch.zeros((2, 1, size), dtype=torch.float64, requires_grad=True)
    losses, real = [], []
    for n in range(int(state["updates"]) + 1):
        logits = x @ W + b
        scores = F.softmax(logits, dim=2) if state["twice"] else logits
        loss = (
            F.cross_entropy(
                scores.reshape(16, 3), target.repeat(2), reduction="none"
            )
            .reshape(2, 8)
            .mean(dim=1)
        )
        losses.append(loss.tolist())
        if state["twice"]:
            real.append(F.cross_entropy(logits[0].detach(), target).item())
        if n < int(state["updates"]):
            slopes = torch.autograd.grad(loss.sum(), [W, b])
            both = zip([W, b], slopes, strict=True)
            W, b = (
                (w - rate * slope).detach().requires_grad_()
                for w, slope in both
            )
    answers = logits[0].argmax(dim=1)
    right = (answers == target).sum().item()
    found = {
        "W": W[0].detach(),
        "b": b[0, 0].expand(3).detach(),
        "losses": [one for one, _ in losses],
        "real": real,
    }
    found |= {
        "answers": answers,
        "right": right,
        "answered": state["twice"] and right == 8,
    }
    if (
        max(abs(one - other) for one, other in losses) > 1e-8
        or (W[0] - W[1]).abs().max() > 1e-8
    ):
        found = dict.fromkeys(found)
    return {"x": x, "target": target, **found}


# %% [markdown] lang="ko" question="softmax_regression"
# 소프트맥스를 두 번 취한 모델로도 여덟 개를 모두 맞힐 수 있을까요? 모두 맞히는 학습률을 찾은 다음, 학습률을 더 키우면 어떻게 되는지 살펴보세요.
#
# 학습률이 0.3쯤이면 갱신 400번 안에 모두 맞히고 참 손실도 내려갑니다. 첫 소프트맥스가 포화되기 전까지는 틀린 코드도 옳은 쪽으로 배우기 때문입니다. 그러나 1로 키우면 갱신 한 번이 너무 커서 샘플 두 개가 오답 쪽으로 포화되고, 이 둘은 되돌릴 기울기가 사라져 끝내 버려집니다. 따라서 학습이 잘 끝났다고 해서 코드에 버그가 없다고 말할 수는 없습니다.
#
# - learning rate: 학습률
# - bias: 편향
# - one per class: 클래스마다 하나
# - one shared: 함께 쓰는 하나
# - softmax twice: 소프트맥스 두 번
# - updates: 갱신 횟수
# - The plane of the two features with the eight examples, divided into the regions in which each class is answered: 특성 두 개의 평면에 놓인 샘플 여덟 개와 클래스별 결정 영역
# - Curves of the loss over the updates: 갱신 횟수에 따른 손실의 곡선
# - third feature: 셋째 특성
# - fourth feature: 넷째 특성
# - true loss: 참 손실
# - floor {floor}: 바닥 {floor}
# - loss: 손실
# - After {n} updates with learning rate {rate}, {right} of 8 are right; the loss is {loss}, the true loss {real}, the bias {b}.: 학습률이 {rate}일 때 {n}번 갱신한 모델은 8개 가운데 {right}개를 맞힙니다. 손실은 {loss}, 참 손실은 {real}, 편향은 {b}입니다.
# - After {n} updates with learning rate {rate}, {right} of 8 are right; the loss is {loss}, the bias {b}.: 학습률이 {rate}일 때 {n}번 갱신한 모델은 8개 가운데 {right}개를 맞힙니다. 손실은 {loss}, 편향은 {b}입니다.

# %% [markdown] lang="en" question="softmax_regression"
# Can a model with softmax twice get all eight right? Find a learning rate at which it does, then see what a larger one does.
#
# At about 0.3 it gets all of them within 400 updates, and the true loss falls. As long as the first softmax is not saturated, the wrong code still learns in the right direction. At 1 an update is so large that two examples end up saturated on a wrong answer; no gradient is left to bring them back, and they are lost for good. So a run that ends well does not show that there is no bug.

# %% [markdown] lang="ko"
# 그렇다면 특성이 4개일 때는 왜 7개나 맞혔을까요? 다른 가중치가 편향의 빈자리를 메웠기 때문입니다. 더 오래 학습시키면 그 효과가 어디까지 가는지 확인해 봅시다.

# %% [markdown] lang="en"
# Then why were seven right with four features? Other weights stood in for the missing bias. How far does that go with more training?

# %%
loss = F.cross_entropy(once[2000], target).item()
print(f"size 1, epoch 2000  loss {loss:.6f}  {num_correct(once[2000])}/8")
# > size 1, epoch 2000  loss 0.246098  8/8
assert loss < F.cross_entropy(vector[1000], target).item()

# %% [markdown] lang="ko"
# 2,000에폭에서 손실은 0.246098이고 8개를 모두 맞힙니다. 크기 3인 편향이 1,000에폭 만에 도달한 손실에, 갱신을 두 배나 하고서야 이른 것입니다. 이처럼 이 데이터에서는 학습이 **느려질 뿐 멈추지 않기** 때문에, 버그가 오래 숨어 있을 수 있습니다.
#
# !!! warning "편향은 클래스마다 하나"
#     선형 모델의 편향은 클래스 수만큼 두어야 하지만, 크기가 다른 텐서를 맞춰 주는 브로드캐스팅(broadcasting) 때문에 크기 1인 편향도 오류 없이 더해집니다. 따라서 먼저 `b.shape`를 확인하고, 몇 번 갱신한 **뒤에도** `b.grad`가 반올림 오차뿐인지 살펴봅니다. 클래스마다 샘플 수가 같으면 크기 3인 편향도 처음에는 기울기가 0이므로, 첫 기울기만 보아서는 알 수 없습니다.

# %% [markdown] lang="en"
# At epoch 2,000 the loss is 0.246098 with eight right: it took twice as many updates to get where the bias of size 3 was at epoch 1,000. On these data training **slows down but does not stop**. That is how the bug stays hidden.
#
# !!! warning "One bias per class"
#     A linear model needs as many biases as classes. Broadcasting, which stretches tensors to matching sizes, adds size 1 without an error. So look at `b.shape` first, and then whether `b.grad` is still nothing but rounding noise **after** a few updates. The first gradient alone cannot tell: with equally many examples in every class, a bias of size 3 starts with gradient 0 too.

# %% anchor="even_classes"
# ko: 클래스마다 샘플을 2개씩만 남깁니다.
# en: Keep two examples of every class.
even = torch.tensor([0, 1, 3, 4, 6, 7])
for bias_size in (1, 3):
    W = torch.zeros((4, 3), requires_grad=True)
    b = torch.zeros(bias_size, requires_grad=True)
    largest = []
    for _ in range(3):
        loss = F.cross_entropy(x[even] @ W + b, target[even])
        slope_W, slope_b = torch.autograd.grad(loss, [W, b])
        largest.append(slope_b.abs().max().item())
        W, b = W - 0.1 * slope_W, b - 0.1 * slope_b
    print(f"size {bias_size}:", *(f"{value:.4f}" for value in largest))
    assert largest[0] < 1e-6
    assert (largest[2] < 1e-6) == (bias_size == 1)
# > size 1: 0.0000 0.0000 0.0000
# > size 3: 0.0000 0.2649 0.2619

# %% [markdown] lang="ko"
# 첫 기울기는 두 편향에서 모두 0이지만, 둘째 갱신부터는 크기 3인 편향만 움직입니다.

# %% [markdown] lang="en"
# At first both sizes have gradient 0, but from the second update on only the bias of size 3 moves.

# %% [markdown] lang="ko"
# ## 기록 읽기 { #log .deeper }
#
# 노트의 루프는 `range(num_epochs + 1)`을 돌면서 손실을 출력하고 **나서** 갱신합니다. 그러므로 갱신은 모두 1,001번이고, 출력된 손실은 해당 에폭의 갱신을 하기 전 모델에서 나온 값입니다. 즉 "epoch 0"은 아직 학습하지 않은 모델이고, 마지막 갱신을 마친 모델의 손실은 기록 어디에도 없습니다. 이 손실을 직접 출력해 봅시다.

# %% [markdown] lang="en"
# ## Reading the log { #log .deeper }
#
# The loop of the notes runs over `range(num_epochs + 1)`, prints the loss, and updates **afterwards**. So there are 1,001 updates, and a printed loss belongs to the model before the update of that line. "Epoch 0" is the untrained model. The loss after the last update appears nowhere. Print it.

# %% anchor="thousand_and_one"
losses = [F.cross_entropy(logits, target).item() for logits in once[:1002]]
print(f"epoch 1000, as logged  {losses[1000]:.6f}")
# > epoch 1000, as logged  0.399962
print(f"after that update      {losses[1001]:.6f}")
# > after that update      0.385264
wrong = [
    (logits.argmax(dim=1) != target).nonzero().flatten() + 1
    for logits in once[1000:1002]
]
print("wrong example:", wrong[0].tolist(), "then", wrong[1].tolist())
# > wrong example: [5] then [7]

# %% [markdown] lang="ko"
# 한 번의 갱신으로 손실이 0.399962에서 0.385264로 줄고, 틀린 샘플도 다섯째에서 일곱째로 바뀌었습니다. 앞의 갱신 100번 동안 0.433507에서 겨우 여기까지 내려온 손실치고는 이상할 만큼 큰 변화입니다. 원인을 찾기 위해 손실을 100번에 한 번이 아니라 매번 출력해 봅시다.

# %% [markdown] lang="en"
# One update turns 0.399962 into 0.385264, and the wrong example changes from the fifth to the seventh. That is a strangely large step for a loss that needed the previous 100 updates to fall from 0.433507. Print every epoch instead of every hundredth.

# %%
for epoch in range(100, 106):
    print(
        f"epoch {epoch}  loss {losses[epoch]:.4f}  "
        f"{num_correct(once[epoch])}/8"
    )
# > epoch 100  loss 0.7611  6/8
# > epoch 101  loss 0.7121  5/8
# > epoch 102  loss 0.7590  6/8
# > epoch 103  loss 0.7100  5/8
# > epoch 104  loss 0.7571  6/8
# > epoch 105  loss 0.7079  5/8

slow = [
    F.cross_entropy(logits, target).item()
    for logits in fit(F.cross_entropy, bias_size=1, lr=0.05)[0]
]
for lr, history in [(0.1, losses), (0.05, slow)]:
    rises = sum(
        history[epoch + 1] > history[epoch] for epoch in range(1000)
    )
    print(
        f"lr {lr}: loss rose in {rises} of 1000 updates, "
        f"epoch 1000 {history[1000]:.4f}"
    )
# > lr 0.1: loss rose in 500 of 1000 updates, epoch 1000 0.4000
# > lr 0.05: loss rose in 0 of 1000 updates, epoch 1000 0.4373

# %% [markdown] lang="ko"
# 손실은 0.7611과 0.7121 같은 값 사이를 번갈아 오르내리면서 조금씩 줄어들고, 이 무렵에는 맞힌 개수도 6개와 5개를 오갑니다. 갱신 1,000번 가운데 절반에서는 손실이 오히려 **올랐습니다**. 그런데 짝수 에폭만 출력한 기록에는 톱니의 위쪽만 나타났습니다.
#
# 학습률을 절반인 0.05로 줄이면 손실이 한 번도 오르지 않습니다. 학습률 0.1에서는 가파른 방향에서 골짜기를 건너뛰었기 때문에 손실이 오르내린 것입니다. 그래도 1,000에폭에서는 학습률 0.1의 손실이 작은 학습률의 손실 0.4373보다 낮습니다. 톱니 모양이 나타난다고 고장 난 것은 아니지만, 어느 순간에 멈추느냐에 따라 마지막 손실이 달라집니다.

# %% [markdown] lang="en"
# The loss creeps down while bouncing between values like 0.7611 and 0.7121, and at this stage the correct count alternates between six and five. In half of the 1,000 updates the loss **rose**. The log of even epochs showed only the upper edge of the sawtooth.
#
# At half the learning rate, 0.05, it never rises. A step of 0.1 jumps across the valley in the steep direction. Still, at epoch 1,000 the loss of 0.1 is below the 0.4373 of the smaller rate. The zigzag is not a defect, but it means that the last loss depends on the moment you stop.

# %% [markdown] lang="ko"
# ## 정확도는 개수로 { #accuracy }
#
# 크기 3인 편향으로 학습한 모델의 기록에, 맞힌 비율인 **정확도**(accuracy)도 함께 넣어 봅시다.

# %% [markdown] lang="en"
# ## Accuracy as a count { #accuracy }
#
# Put the **accuracy**, the share of correct answers, into the log as well. Take the model with a bias of size 3.

# %%
for epoch in (0, 100, 500, 800, 1000):
    loss = F.cross_entropy(vector[epoch], target).item()
    print(
        f"epoch {epoch:4d}  loss {loss:.4f}  {num_correct(vector[epoch])}/8"
    )
# > epoch    0  loss 1.0986  2/8
# > epoch  100  loss 0.7042  6/8
# > epoch  500  loss 0.4677  7/8
# > epoch  800  loss 0.3298  7/8
# > epoch 1000  loss 0.2482  8/8
assert vector[0].argmax(dim=1).eq(0).all()

# %% [markdown] lang="ko"
# 0에폭에서 맞힌 2개는 실력이 아닙니다. 로짓이 모두 0이라서 세 클래스가 비겼고, `torch.argmax`는 비기면 맨 앞의 클래스를 고르므로 모두 클래스 0이라고 답했을 뿐입니다. 또한 손실이 0.4677에서 0.3298로 내려가는 동안에도 맞힌 개수는 7개 그대로입니다. 이처럼 정확도는 손실을 따라 조금씩 변하지 않고 계단처럼 변합니다.
#
# 샘플이 8개면 하나가 1/8에 해당하니, 백분율보다 개수로 말하는 편이 정직합니다. 그리고 이 8개는 학습에 사용한 **훈련 세트**(training set)입니다. 따라서 8/8은 이미 학습한 샘플을 맞힌다는 뜻일 뿐, 처음 보는 샘플도 맞힌다는 뜻은 아닙니다.

# %% [markdown] lang="en"
# The two right answers at epoch 0 are not skill. All logits are tied at 0, and in a tie `torch.argmax` picks the first, so every answer was class 0. While the loss fell from 0.4677 to 0.3298, the count stayed at seven: accuracy moves in steps.
#
# With eight examples, one of them is 1/8, so a count is more honest than a percentage. And these eight are the **training set**, the very data the model learned from. 8/8 means that it gets right what it has seen, not that it will get new examples right.

# %% [markdown] lang="ko"
# ## nn.Module로 옮기기 { #module }
#
# 이제 같은 모델을 PyTorch답게 작성해 봅시다. `nn.Linear`가 가중치와 **클래스마다 하나인** 편향을 만들고 `forward()`는 로짓을 돌려주므로, 이렇게 작성하면 두 버그를 모두 피할 수 있습니다.

# %% [markdown] lang="en"
# ## Moving to nn.Module { #module }
#
# Now the PyTorch way. `nn.Linear` creates the weights and **one bias per class**, and `forward()` returns logits. Written this way, the model avoids both bugs.


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
# > linear.weight (3, 4)
# > linear.bias (3,)

# %% [markdown] lang="ko"
# 가중치의 모양은 (3, 4)입니다. `nn.Linear`는 $xW^{\top} + b$를 계산하므로, 앞의 $W$에서 행과 열을 맞바꾼 모양, 즉 전치한 모양이 됩니다. 0에서 출발했을 때 직접 작성한 루프와 같은 모델이 나오는지 확인해 봅시다.

# %% [markdown] lang="en"
# The weight has shape (3, 4). `nn.Linear` computes $xW^{\top} + b$, so it stores the transpose of our $W$. Started from zero, does it give the same model as the loop written by hand?

# %% folded="optional"
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
# > 0.704199

# %% [markdown] lang="ko"
# 100번 갱신한 뒤의 손실 0.704199는 앞의 기록에 나온 값과 같습니다. 보통은 0이 아니라 작은 난수에서 출발합니다. 이번에는 난수 시드(random seed)를 1로 두고 `nn.Linear`의 기본 초기화로 학습시킵니다. 또한 에폭을 1부터 세고, 갱신 **전과 후**의 손실을 모두 출력합니다.

# %% [markdown] lang="en"
# After 100 updates the loss is 0.704199, as logged above. Usually one starts from small random numbers rather than from zero. Set the random seed to 1 and train from the default initialization of `nn.Linear`. This time epochs count from 1, and the loss is printed **before and after** the update.

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
        print(
            f"epoch {epoch:4d}/{num_epochs}  "
            f"before {loss.item():.6f}  after {after.item():.6f}"
        )
# > epoch    1/1000  before 1.616785  after 1.421693
# > epoch  100/1000  before 0.714870  after 0.658891
# > epoch 1000/1000  before 0.255139  after 0.254148

# %% [markdown] lang="ko"
# 첫 손실 1.616785는 $\ln 3$보다 큽니다. 무작위 가중치에서 출발한 모델은 처음부터 틀린 답을 어느 정도 확신하기 때문이며, 특성의 값이 클수록 더 그렇습니다. 바로 뒤의 셀에서는 시드를 바꾸어 가며 [표준화](standardization.md)한 특성과 비교합니다. 1,000번 갱신한 뒤의 손실은 0.254148로, 노트의 방식이라면 "epoch 1000" 줄에 출력될 값이며, 0에서 출발한 모델의 0.248155에 가깝습니다.
# 이 손실은 가중치와 편향의 **볼록 함수**(convex function)입니다. 볼록 함수에서는 지역 최솟값이 모두 전역 최솟값이므로, 어디에서 출발해도 손실은 같은 하한으로 다가갑니다. 그렇다고 가중치까지 같아지는 것은 아니며, 완벽하게 나눌 수 있는 데이터라면 손실을 최소로 만드는 가중치가 아예 없습니다.
#
# 예측할 때는 기울기를 위한 기록을 남기지 않도록 `torch.no_grad()` 안에서 로짓을 구합니다. 확률이 필요하다면 이때 로짓에 소프트맥스를 취합니다.

# %% [markdown] lang="en"
# The first loss, 1.616785, is above $\ln 3$, because random weights start with some confidence in wrong answers, and larger features add to it. The cell below varies the seed and compares with [standardized](standardization.md) features. After 1,000 updates the loss is 0.254148, which the notes would print on the line "epoch 1000." It is close to the 0.248155 reached from zero.
# This loss is a **convex function** of the weights and biases. Every local minimum is global, so from any start the loss heads for the same infimum. The weights need not agree, and on separable data there are no weights at which the loss is smallest.
#
# To predict, compute the logits inside `torch.no_grad()`, which keeps no record for gradients. If you want probabilities, this is the time to apply softmax.

# %% anchor="feature_scale" folded="optional"
standardized = (x - x.mean(dim=0)) / x.std(dim=0)
first = {"raw": [], "standardized": []}
for seed in range(200):
    torch.manual_seed(seed)
    fresh = SoftmaxRegression(4, 3)
    with torch.no_grad():
        for name, features in [("raw", x), ("standardized", standardized)]:
            loss = F.cross_entropy(fresh(features), target)
            first[name].append(loss.item())
for name, values in first.items():
    mean = sum(values) / 200
    print(
        f"{name:12}  mean {mean:.2f}, "
        f"{min(values):.2f} to {max(values):.2f}"
    )
# > raw           mean 2.23, 0.91 to 5.72
# > standardized  mean 1.20, 0.70 to 1.91
assert sum(first["raw"]) > 1.5 * sum(first["standardized"])

# %%
new = torch.tensor([[2.0, 2.0, 5.0, 6.0]])
with torch.no_grad():
    logits = model(new)
print(logits.argmax(dim=1).item(), F.softmax(logits, dim=1))
# > 1 tensor([[0.0054, 0.9931, 0.0015]])

# %% [markdown] lang="ko"
# 여섯째 샘플과 비슷한 새 입력이 들어오자 모델은 0.9931의 확률로 클래스 1이라고 답합니다. 그러나 이 확신이 옳은지는 샘플 8개만으로 알 수 없으며, 이를 판단하려면 학습에 사용하지 않은 데이터가 필요합니다.

# %% [markdown] lang="en"
# For a new input that resembles the sixth example the answer is class 1 with probability 0.9931. Whether that confidence is justified, eight examples cannot tell. It takes data that were not used in training.

# %% [markdown] lang="ko"
# ## 함정: 너무 잘 내려가는 손실 { #zero-grad .deeper }
#
# `loss.backward()`는 기울기를 덮어쓰지 않고 **더합니다**. 따라서 `optimizer.zero_grad()`를 빠뜨리면 지난 기울기가 계속 쌓입니다. 틀린 코드이니 손실도 이상해질 것 같은데, 정말 그럴까요?

# %% [markdown] lang="en"
# ## Pitfall: a loss that falls too well { #zero-grad .deeper }
#
# `loss.backward()` does not overwrite gradients, it **adds** to them. Leave out `optimizer.zero_grad()` and old gradients pile up. The code is wrong, so the loss should go wrong. Does it?


# %%
def fit_without_zero_grad(x, bias_size):
    W = torch.zeros((x.shape[1], 3), requires_grad=True)
    b = torch.zeros(bias_size, requires_grad=True)
    optimizer = torch.optim.SGD([W, b], lr=0.1)
    losses = []
    for _ in range(1001):
        loss = F.cross_entropy(x @ W + b, target)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses


wrong = fit_without_zero_grad(x, bias_size=3)
for epoch in (0, 100, 1000):
    right = F.cross_entropy(vector[epoch], target).item()
    print(
        f"epoch {epoch:4d}  without {wrong[epoch]:.4f}  "
        f"with zero_grad {right:.4f}"
    )
# > epoch    0  without 1.0986  with zero_grad 1.0986
# > epoch  100  without 0.0233  with zero_grad 0.7042
# > epoch 1000  without 0.0000  with zero_grad 0.2482

# %% [markdown] lang="ko"
# 숫자만 보면 더 잘 학습한 것 같습니다. 100에폭의 손실은 0.7042가 아니라 0.0233이고, 1,000에폭의 손실은 0.2482가 아니라 0.0000입니다. 쌓인 기울기가 마찰 없는 모멘텀(momentum)처럼 작용했기 때문입니다. 이 데이터는 선형으로 나눌 수 있으므로(linearly separable) 같은 방향으로 멀리 갈수록 손실이 줄어듭니다.
#
# 그러나 이것은 운이 좋았을 뿐입니다. 경계가 원점에 묶여 나눌 수 없었던 앞의 문제, 즉 특성 2개에 크기 1인 편향을 쓰는 문제로 바꿔 봅시다.

# %% [markdown] lang="en"
# It seems to learn better. At epoch 100 the loss is 0.0233, not 0.7042; at epoch 1,000 it is 0.0000, not 0.2482. The piled-up gradients worked like momentum without friction. These data are linearly separable, so going farther in the same direction keeps lowering the loss.
#
# That was luck. Switch to the problem above that cannot be separated: two features and a bias of size 1.

# %% anchor="not_separable"
wrong = fit_without_zero_grad(x_two, bias_size=1)[901:]
right = [
    F.cross_entropy(logits, target).item() for logits in planes[1][0][901:]
]
print(f"last 100 epochs, without   {min(wrong):.4f} to {max(wrong):.4f}")
# > last 100 epochs, without   1.0345 to 1.1145
print(f"last 100 epochs, zero_grad {min(right):.4f} to {max(right):.4f}")
# > last 100 epochs, zero_grad 1.0284 to 1.0284
assert min(wrong) > max(right)

# %% [markdown] lang="ko"
# 올바른 루프의 손실은 1.0284에 자리를 잡았지만, 기울기를 지우지 않은 루프의 손실은 1,000에폭이 다 되도록 1.0345와 1.1145 사이를 오르내립니다. 그러므로 손실만 보고 판단하지 말고, 두 번째 반복에서 `weight.grad`를 새로 구한 기울기와 직접 비교해 봅시다.

# %% [markdown] lang="en"
# The correct loop has settled at 1.0284. The other one still wanders between 1.0345 and 1.1145 as epoch 1,000 approaches. So do not judge by the loss; test for the mistake directly. At the second iteration, compare `weight.grad` with a gradient computed afresh.

# %%
weight = torch.zeros((4, 3), requires_grad=True)
for iteration in (1, 2):
    loss = F.cross_entropy(x @ weight, target)
    (fresh,) = torch.autograd.grad(loss, weight, retain_graph=True)
    loss.backward()
    print(
        f"iteration {iteration}  "
        f"stored / fresh = {(weight.grad.norm() / fresh.norm()).item():.4f}"
    )
# > iteration 1  stored / fresh = 1.0000
# > iteration 2  stored / fresh = 2.0000

# %% [markdown] lang="ko"
# 두 번 반복하는 동안 가중치를 그대로 두었으므로 새로 구한 기울기는 두 번 모두 같지만, 저장된 기울기는 둘째 반복에서 그 2.0000배가 되었습니다. 이 비가 1.0000이 아니라면 지난 기울기를 지우지 않은 것입니다.
#
# !!! warning "빠른 성공도 의심합니다"
#     `optimizer.zero_grad()`는 `loss.backward()` 앞에 둡니다. 손실이 예상보다 훨씬 빨리 0이 되면 기뻐하기 전에 기울기부터 확인합니다. 반대로 손실이 다시 오르는 경우는 [증상으로 찾기](symptoms.md#zero-grad)에서 다룹니다.

# %% [markdown] lang="en"
# The weight did not change between the two iterations, so the fresh gradient is the same, but the stored one is 2.0000 times as large. A ratio other than 1.0000 means the old gradient was not cleared.
#
# !!! warning "Suspect a quick success too"
#     Put `optimizer.zero_grad()` before `loss.backward()`. When a loss reaches 0 far sooner than expected, test the gradients before you celebrate. Where the loss rises again instead, see [Find it by its symptom](symptoms.md#zero-grad).

# %% [markdown] lang="ko"
# ## 함정: 0에서 출발하는 은닉층 { #zero-init .deeper }
#
# 소프트맥스 회귀는 0에서 출발해도 잘 학습되었습니다. 은닉층(hidden layer)이 있어도 그런지, 특성 4개, 은닉 유닛 8개, 클래스 3개인 모델을 0으로 초기화해 확인해 봅시다.

# %% [markdown] lang="en"
# ## Pitfall: a hidden layer that starts at zero { #zero-init .deeper }
#
# Softmax regression learned well from a start at zero. Does that hold with a hidden layer? Initialize a model with four features, eight hidden units, and three classes with zeros.


# %%
def fit_hidden(zero):
    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))
    for parameter in model.parameters() if zero else ():
        nn.init.zeros_(parameter)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(300):
        loss = F.cross_entropy(model(x), target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model, loss.item()


# %% anchor="random_start"
hidden, loss = fit_hidden(zero=True)
_, drawn = fit_hidden(zero=False)
print(f"start at zero {loss:.4f}, drawn at random {drawn:.4f}")
# > start at zero 1.0822, drawn at random 0.1807
with torch.no_grad():
    print(F.softmax(hidden(x), dim=1)[0])
# > tensor([0.2500, 0.3750, 0.3750])
assert all(not layer.weight.any() for layer in (hidden[0], hidden[2]))
shares = target.bincount() / 8
assert abs(loss + (shares * shares.log()).sum().item()) < 1e-4
assert drawn < loss / 2

# %% [markdown] lang="ko"
# 손실은 클래스 비율의 엔트로피(entropy)인 1.0822에서 더 내려가지 않습니다. 모델은 어떤 입력에도 그 비율 2 : 3 : 3, 즉 0.2500, 0.3750, 0.3750이라고 답합니다. 은닉 유닛의 값이 모두 0이라서 둘째 층 가중치의 기울기가 0이고, 그 가중치도 0이라서 첫째 층까지 기울기가 전해지지 않습니다. 따라서 마지막 편향만 학습된 것입니다. 모델과 갱신은 그대로 두고 출발점만 난수로 바꾸면 손실이 0.1807까지 내려갑니다.
#
# !!! warning "0으로 초기화해도 되는 모델은 은닉층이 없는 모델뿐"
#     은닉층이 있으면 `nn.Linear`의 기본 초기화처럼 서로 다른 난수에서 출발해야 합니다.

# %% [markdown] lang="en"
# The loss stops at 1.0822, the entropy of the class shares. The answer to every input is those shares 2 : 3 : 3, that is 0.2500, 0.3750, 0.3750. All hidden units are zero, so the weights of the second layer get a zero gradient; those weights are zero, so the first layer gets none either. Only the last bias has learned. With the same model and updates, a start drawn at random reaches 0.1807.
#
# !!! warning "Start at zero only without hidden layers"
#     With a hidden layer, start from different random numbers, as the default initialization of `nn.Linear` does.

# %% [markdown] lang="ko"
# ## 연습 문제 { #exercises }
#
# 답을 작성한 다음 확인 코드를 실행해 보세요.
#
# **1. 매개변수 세기.** 28x28 이미지의 픽셀 784개를 특성으로 받아 10가지 숫자로 분류하는 소프트맥스 회귀를 만들려고 합니다. 모델을 만들어 세어 보기 전에, 매개변수가 모두 몇 개인지 계산해 보세요.
#
# ??? tip "힌트"
#     가중치는 특성과 클래스의 짝마다 하나씩, 편향은 클래스마다 하나씩 있습니다.

# %% [markdown] lang="en"
# ## Exercises { #exercises }
#
# Write your answer and run the check.
#
# **1. Count the parameters.** A softmax regression takes the 784 pixels of a 28x28 image as features and tells 10 digits apart. Before you build it and count, work out how many parameters it has.
#
# ??? tip "Hint"
#     There is a weight for each pair of a feature and a class, and a bias for each class.

# %% exercise="digit_parameters"
### BEGIN SOLUTION
num_parameters = 784 * 10 + 10
### END SOLUTION

# %% check="digit_parameters"
layer = nn.Linear(784, 10)
counted = sum(parameter.numel() for parameter in layer.parameters())
assert isinstance(num_parameters, int), f"{num_parameters!r} is not an int"
assert num_parameters == counted, f"the number is not {num_parameters}"

# %% wrong="digit_parameters"
# ko: 편향은 빠뜨리고 가중치의 개수만 세었습니다.
# en: It leaves the biases out.
num_parameters = 784 * 10

# %% wrong="digit_parameters"
# ko: 편향을 하나로 세었지만, 편향은 클래스마다 하나씩 있습니다.
# en: It counts a single bias, but each class has one of its own.
num_parameters = 784 * 10 + 1

# %% wrong="digit_parameters"
# ko: 가중치는 특성과 클래스의 짝마다 하나씩 있으므로, 두 수를 더하지 않고 곱해야 합니다.
# en: There is a weight for each pair of a feature and a class: the numbers are multiplied, not added.
num_parameters = 784 + 10

# %% [markdown] lang="ko"
# **2. 두 기준값.** 클래스가 10개이고 소프트맥스를 **두 번** 취하는 모델이 있습니다. 로짓이 모두 0일 때의 첫 손실과, 정답을 완벽히 확신할 때의 손실을 소수점 아래 셋째 자리까지 구해 순서대로 리스트에 담아 보세요.
#
# ??? tip "힌트"
#     완벽히 확신하면 첫 소프트맥스의 출력은 정답이 1이고 나머지 9개가 0입니다. 이 수들을 로짓으로 보고 소프트맥스를 한 번 더 취해 보세요.

# %% [markdown] lang="en"
# **2. Two landmarks.** A model for 10 classes applies softmax **twice**. Find, to three decimals, its first loss, when all logits are zero, and its loss when it is perfectly sure of the right class; put them into a list in this order.
#
# ??? tip "Hint"
#     When the model is perfectly sure, the first softmax gives 1 for the right class and 0 for the other 9. Take these numbers for logits and apply softmax once more.

# %% exercise="two_landmarks" path="deeper"
### BEGIN SOLUTION
# ln K, and ln(1 + (K - 1) / e)
landmarks = [math.log(10), math.log(1 + 9 / math.e)]
### END SOLUTION

# %% check="two_landmarks"
assert isinstance(landmarks, (list, tuple)), f"{landmarks} is no list"
assert len(landmarks) == 2, f"{len(landmarks)} values, not 2"
for scale, loss in zip((0.0, 100.0), landmarks, strict=True):
    once_more = F.softmax(scale * torch.eye(10)[:1], dim=1)
    right = F.cross_entropy(once_more, torch.tensor([0])).item()
    case = f"logit {scale}: the loss is not {loss}"
    assert abs(loss - right) < 1e-3, case

# %% wrong="two_landmarks"
# ko: 소프트맥스를 한 번만 취하면 확신할수록 손실이 0에 가까워지지만, 두 번 취하면 그렇지 않습니다.
# en: With softmax applied once, a sure model comes close to a loss of 0; applied twice, it does not.
landmarks = [2.3026, 0.0]

# %% wrong="two_landmarks"
# ko: 둘째 소프트맥스의 분모에서 정답이 아닌 클래스를 하나만 더했습니다.
# en: In the denominator of the second softmax it counts only one of the other classes.
landmarks = [2.3026, 0.3133]

# %% wrong="two_landmarks"
# ko: 나머지 클래스는 확률이 0이므로 분모에 $e^0 = 1$씩 더해지며, 그 개수는 10개가 아니라 9개입니다.
# en: The other classes have probability 0 and add $e^0 = 1$ each, and there are 9 of them, not 10.
landmarks = [2.3026, 1.5436]

# %% [markdown] lang="ko"
# **3. 비기면 틀린 것.** 비긴 샘플을 맞힌 것으로 세지 않는 정확도 함수를 작성해 보세요. 정답의 로짓이 나머지 **모두보다 클 때만** 맞힌 것으로 세고, 0과 1 사이의 수를 돌려주세요.
#
# ??? tip "힌트"
#     정답의 로짓을 그 행의 모든 로짓과 비교하여, 정답보다 작은 로짓이 몇 개인지 세어 보세요. 정답 자신은 자기보다 작지 않습니다.

# %% [markdown] lang="en"
# **3. A tie is no win.** Write an accuracy function that does not count ties: an example is right **only if** its true logit is larger than all the others. Return a number between 0 and 1.
#
# ??? tip "Hint"
#     Compare the true logit with all logits of its row and count those that are smaller. The true logit is not smaller than itself.


# %% exercise="accuracy"
def strict_accuracy(logits, target):
    ### BEGIN SOLUTION
    true = logits.gather(1, target.unsqueeze(1))
    beaten = (true > logits).sum(dim=1)
    return (beaten == logits.shape[1] - 1).float().mean().item()
    ### END SOLUTION


# %% check="accuracy"
one_tie = torch.tensor([[2.0, 2.0, 0.0], [0.0, 1.0, 3.0]])
for rows, classes, right in [
    (torch.zeros((8, 3)), target, 0),
    (once[1000], target, 7 / 8),
    (vector[1000], target, 1),
    (one_tie, torch.tensor([0, 2]), 0.5),
]:
    found = strict_accuracy(rows, classes)
    assert found == right, f"{rows}, {classes}: {found}, not {right}"


# %% wrong="accuracy"
# ko: 가장 큰 로짓이 여럿이어도 `argmax()`는 하나를 고르므로, 비긴 샘플도 맞힌 것으로 셀 수 있습니다.
# en: Where several logits are largest, `argmax()` picks one of them, so a tie may count as right.
def strict_accuracy(logits, target):
    return (logits.argmax(dim=1) == target).float().mean().item()


# %% wrong="accuracy"
# ko: 정답의 로짓이 나머지보다 작지만 않으면 맞힌 것으로 세므로, 비긴 샘플을 모두 맞혔다고 셉니다.
# en: It asks only that no logit is above the true one, so every tie counts as right.
def strict_accuracy(logits, target):
    true = logits.gather(1, target.unsqueeze(1))
    return (true >= logits).all(dim=1).float().mean().item()


# %% wrong="accuracy"
# ko: 정답의 로짓이 다른 로짓 하나보다 크기만 해도 맞힌 것으로 세었습니다.
# en: It counts an example as right if its true logit beats just one other.
def strict_accuracy(logits, target):
    true = logits.gather(1, target.unsqueeze(1))
    return (true > logits).any(dim=1).float().mean().item()


# %% right="accuracy"
def strict_accuracy(logits, target):
    hidden = F.one_hot(target, logits.shape[1]).bool()
    others = logits.masked_fill(hidden, -math.inf).amax(dim=1)
    return (logits[hidden] > others).float().mean().item()


# %% [markdown] lang="ko"
# **4. 학습 없이 검사하기.** 모델을 학습시키지 않고 손실 함수를 검사하는 함수를 작성해 보세요. 로짓을 받는 손실 함수라면 `True`를, 확률이나 로그 확률을 받는 손실 함수라면 `False`를 돌려주면 됩니다. 이때 `label_smoothing`은 쓰지 않는다고 가정합니다.
#
# ??? tip "힌트"
#     정답의 로짓만 아주 큰 샘플을 클래스마다 하나씩 만들어, 손실 함수에 넣어 보세요. 로짓을 받는 손실만 어떤 한 값에 아주 가까워집니다.

# %% [markdown] lang="en"
# **4. A test without training.** Write a function that tests a loss function without training: return `True` if the loss takes logits, `False` if it expects probabilities or log probabilities. Assume that `label_smoothing` is off.
#
# ??? tip "Hint"
#     Make up one example for each class whose true logit alone is very large, and hand them to the loss function. Only a loss that takes logits comes very close to one particular value.


# %% exercise="loss_test"
# ko: 완벽한 로짓을 넣으면 손실이 얼마여야 할까요?
# ko: 손실이 음수가 되는 함수도 있으니 주의하세요.
# en: What should the loss of perfect logits be? Beware of negative losses too.
def takes_logits(loss_fn, num_classes):
    ### BEGIN SOLUTION
    loss = loss_fn(50 * torch.eye(num_classes), torch.arange(num_classes))
    return abs(loss.item()) < 1e-3
    ### END SOLUTION


# %% check="loss_test"
for loss_fn, K, right in [
    (F.cross_entropy, 2, True),
    (F.cross_entropy, 3, True),
    (F.multi_margin_loss, 4, True),
    (double_softmax, 2, False),
    (double_softmax, 3, False),
    (double_softmax, 10, False),
    (F.nll_loss, 4, False),
    (nn.CrossEntropyLoss(weight=torch.ones(5)), 5, True),
]:
    found = takes_logits(loss_fn, K)
    name = getattr(loss_fn, "__name__", loss_fn)
    assert bool(found) == right, f"{name}, {K} classes: {found}"


# %% wrong="loss_test"
# ko: `F.nll_loss`의 값은 −50인데, 절댓값을 취하지 않아서 음수도 작은 손실로 받아들입니다.
# en: `F.nll_loss` gives −50, and without the absolute value a negative number passes for a small loss.
def takes_logits(loss_fn, num_classes):
    loss = loss_fn(50 * torch.eye(num_classes), torch.arange(num_classes))
    return loss.item() < 1e-3


# %% wrong="loss_test"
# ko: 로짓이 모두 0이면 소프트맥스를 두 번 취한 손실도 $\ln K$이므로, 두 손실을 구별하지 못합니다.
# en: With all logits at 0 a loss with softmax twice is $\ln K$ as well, so this cannot tell.
def takes_logits(loss_fn, num_classes):
    zeros = torch.zeros(num_classes, num_classes)
    loss = loss_fn(zeros, torch.arange(num_classes))
    return abs(loss.item() - math.log(num_classes)) < 1e-3


# %% wrong="loss_test"
# ko: 클래스가 두 개이면 소프트맥스를 두 번 취해도 손실이 0.5보다 작습니다.
# en: Even with softmax twice, the loss for two classes is below 0.5.
def takes_logits(loss_fn, num_classes):
    loss = loss_fn(50 * torch.eye(num_classes), torch.arange(num_classes))
    return abs(loss.item()) < 0.5


# %% right="loss_test"
def takes_logits(loss_fn, num_classes):
    target = torch.arange(num_classes)
    losses = [
        loss_fn(scale * torch.eye(num_classes), target)
        for scale in (50, 90)
    ]
    return all(-1e-3 < loss.item() < 1e-3 for loss in losses)


# %% [markdown] lang="ko"
# **5. 자동 미분 없이.** `backward()`도 옵티마이저(optimizer)도 쓰지 않고, 손으로 구한 기울기로 모델을 학습시켜 보세요. 이때 필요한 것은 $p - y$뿐입니다.
#
# ??? tip "힌트"
#     $(p - y)/N$을 먼저 구해 두고, `W`와 `b`에 함께 쓰세요. 편향은 값이 언제나 1인 특성에 곱하는 가중치라고 생각하면, 두 기울기를 같은 방법으로 구할 수 있습니다.

# %% [markdown] lang="en"
# **5. Without autograd.** Train with a gradient worked out by hand. All you need is $p - y$: no `backward()`, no optimizer.
#
# ??? tip "Hint"
#     Compute $(p - y)/N$ first and use it for both `W` and `b`. Think of a bias as the weight of a feature that is always 1, and both gradients come out the same way.


# %% exercise="by_hand" path="deeper"
def train_by_hand(x, target, lr, num_updates):
    y = F.one_hot(target, num_classes=3)
    W, b = torch.zeros((x.shape[1], 3)), torch.zeros(3)
    for _ in range(num_updates):
        # ko: W와 b를 한 번 갱신합니다.
        # en: Move W and b by one step.
        ### BEGIN SOLUTION
        error = (F.softmax(x @ W + b, dim=1) - y) / len(x)
        W = W - lr * x.T @ error
        b = b - lr * error.sum(dim=0)
        ### END SOLUTION
    return W, b


# %% check="by_hand"
W, b = train_by_hand(x, target, lr=0.1, num_updates=1001)
loss, picked = F.cross_entropy(x @ W + b, target), (x @ W + b).argmax(1)
assert abs(loss.item() - 0.248) < 0.002, f"loss {loss}, not 0.248"
assert picked.equal(target), f"{picked}, not {target}"
for data, y, lr, steps in [
    (x, target, 0.3, 1),
    (2 * x[:5], target[:5], 0.1, 3),
]:
    parts = [torch.zeros(x.shape[1], 3), torch.zeros(3)]
    optimizer = torch.optim.SGD([p.requires_grad_() for p in parts], lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        F.cross_entropy(data @ parts[0] + parts[1], y).backward()
        optimizer.step()
    for part, mine in zip(
        parts, train_by_hand(data, y, lr, steps), strict=True
    ):
        close = torch.allclose(part, mine, atol=1e-5)
        case = f"{len(y)} examples, lr {lr}, {steps} steps"
        assert close, f"{case}: {mine}, not {part.detach()}"


# %% wrong="by_hand"
# ko: 손실은 샘플의 평균이므로 기울기도 샘플 수로 나누어야 합니다.
# en: The loss is a mean over the examples, so its gradient is divided by their number.
def train_by_hand(x, target, lr, num_updates):
    y = F.one_hot(target, num_classes=3)
    W, b = torch.zeros((x.shape[1], 3)), torch.zeros(3)
    for _ in range(num_updates):
        error = F.softmax(x @ W + b, dim=1) - y
        W = W - lr * x.T @ error
        b = b - lr * error.sum(dim=0)
    return W, b


# %% wrong="by_hand"
# ko: 편향의 기울기를 새 `W`로 다시 구했는데, 경사 하강법에서는 둘을 같은 지점의 기울기로 갱신합니다.
# en: It moves the bias by an error computed with the new `W`; gradient descent moves both from the same place.
def train_by_hand(x, target, lr, num_updates):
    y = F.one_hot(target, num_classes=3)
    W, b = torch.zeros((x.shape[1], 3)), torch.zeros(3)
    for _ in range(num_updates):
        W = W - lr * x.T @ (F.softmax(x @ W + b, dim=1) - y) / len(x)
        b = b - lr * (F.softmax(x @ W + b, dim=1) - y).mean(dim=0)
    return W, b


# %% wrong="by_hand"
# ko: 편향을 한 번도 갱신하지 않았습니다.
# en: It never moves the bias.
def train_by_hand(x, target, lr, num_updates):
    y = F.one_hot(target, num_classes=3)
    W, b = torch.zeros((x.shape[1], 3)), torch.zeros(3)
    for _ in range(num_updates):
        error = (F.softmax(x @ W + b, dim=1) - y) / len(x)
        W = W - lr * x.T @ error
    return W, b


# %% right="by_hand"
def train_by_hand(x, target, lr, num_updates):
    ones = torch.cat([x, torch.ones(len(x), 1)], dim=1)
    both = torch.zeros(x.shape[1] + 1, 3)
    for _ in range(num_updates):
        p = F.softmax(ones @ both, dim=1)
        p[torch.arange(len(x)), target] -= 1
        both = both - lr * ones.T @ p / len(x)
    return both[:-1], both[-1]


# %% [markdown] lang="ko"
# ## 퀴즈 { #quiz }
#
# ??? question "1. 클래스가 3개이고 가중치와 편향이 모두 0일 때, 첫 손실은 얼마일까요?"
#     - [ ] 가중치가 모두 0이므로 0입니다: 손실이 0이려면 모든 정답을 확신해야 하는데, 가중치가 0인 모델은 확신하는 것이 아니라 아무것도 모르는 상태입니다.
#     - [x] 클래스가 3개이므로 $\ln 3$입니다: 확률이 모두 1/3이므로, 정답이 무엇이든 손실은 1.0986이 됩니다.
#     - [ ] 클래스의 비율에 따라 다릅니다: 비율이 손실에 영향을 줄 것 같지만, 세 확률이 같으므로 어느 클래스가 많든 샘플마다 손실이 같습니다.
#
# ??? question "2. 손실은 꾸준히 내려가고 정확도는 7/8인 모델은 괜찮은 모델일까요?"
#     - [ ] 네, 손실이 내려가면 학습되고 있는 것입니다: 내려가는 손실이 측정하려던 값일 때만 맞는 말입니다. 소프트맥스를 두 번 취한 모델에서는 참 손실이 오르고 있었습니다.
#     - [ ] 네, 정확도가 높으면 확률도 믿을 만합니다: 정확도는 로짓의 순서만 보므로, 순서가 맞더라도 확률은 크게 틀릴 수 있습니다.
#     - [x] 이것만으로는 알 수 없습니다: 소프트맥스를 두 번 취한 모델이 바로 이런 모습이었으므로, 참 손실을 다른 방법으로도 계산해 비교해야 합니다.
#
# ??? question "3. 크기 1인 편향은 왜 움직이지 않을까요?"
#     - [x] 기울기가 언제나 0이기 때문입니다: 기울기는 샘플마다 $p - y$를 모두 더한 값인데, $p$의 합과 $y$의 합이 같으므로 0이 됩니다.
#     - [ ] 학습률이 작기 때문입니다: 그렇다면 느리게라도 움직여야 하지만, 기울기 0에는 어떤 학습률을 곱해도 0입니다.
#     - [ ] 0으로 초기화했기 때문입니다: 0에 머물러 있으니 초기화 탓으로 보이지만, 5에서 출발하면 5에 머무릅니다.
#
# ??? question "4. 노트의 기록에서 epoch 0 줄의 손실은 어느 모델의 값일까요?"
#     - [ ] 한 번 갱신한 모델입니다: 갱신할 때마다 한 줄씩 남으므로 그렇게 읽기 쉽지만, 손실은 갱신하기 전에 구한 값입니다. 이렇게 읽으면 마지막 줄도 갱신 한 번만큼 어긋납니다.
#     - [x] 한 번도 갱신하지 않은 모델입니다: 손실을 먼저 구하고 그다음에 갱신하기 때문이며, 따라서 학습을 마친 모델의 손실은 기록에 없습니다.
#     - [ ] 학습을 모두 마친 모델입니다: 기록을 저장한 시점과 혼동한 답이며, 각 줄의 손실은 그 줄을 출력할 때의 모델로 구한 값입니다.
#
# ??? question "5. 손실이 아주 빨리 0.0000이 되었다면 좋은 소식일까요?"
#     - [ ] 네, 손실은 작을수록 좋습니다: 훈련 세트에서는 작을수록 좋아 보이지만, 처음 보는 데이터의 성적은 따로 측정해야 합니다.
#     - [ ] 아니요, 0이면 과적합한 것입니다: 나누기 쉬운 데이터라면 올바르게 학습해도 손실이 0에 가까워지므로, 훈련 손실만으로는 알 수 없습니다.
#     - [x] 아직 모르니 확인해야 합니다: `optimizer.zero_grad()`를 빠뜨려도 이렇게 됩니다. 저장된 기울기를 새로 구한 기울기와 비교하고 처음 보는 데이터의 성적도 측정합니다.

# %% [markdown] lang="en"
# ## Quiz { #quiz }
#
# ??? question "1. Three classes, and all weights and biases are zero. What is the first loss?"
#     - [ ] 0, since all weights are 0: A loss of 0 takes certainty about every right class. A model with zero weights is not certain; it knows nothing.
#     - [x] $\ln 3$, since there are 3 classes: Every probability is 1/3, so the loss is 1.0986 whatever the targets are.
#     - [ ] It differs with the class shares: They seem to matter, but with three equal probabilities every example has the same loss, whichever class is common.
#
# ??? question "2. The loss falls steadily and the accuracy is 7/8. Is the model all right?"
#     - [ ] Yes, a falling loss means learning: It does if that loss is the one you meant to measure. In the model with softmax applied twice, the true loss was rising.
#     - [ ] Yes, accuracy that high means good probabilities: Accuracy looks at the order of the logits only. With the right order, probabilities can still be far off.
#     - [x] From this alone you cannot tell: The model with softmax applied twice looked exactly like this. Compute the true loss in another way and compare.
#
# ??? question "3. Why does a bias of size 1 never move?"
#     - [x] Because its gradient is always 0: It adds up $p - y$ within every example, and $p$ and $y$ have the same sum, so 0 is left.
#     - [ ] Because the learning rate is small: Then it would move, if slowly, but 0 times any learning rate is 0.
#     - [ ] Because it was initialized to 0: It stays at 0, which suggests this, but started at 5 it stays at 5.
#
# ??? question "4. In the log of the notes, which model does the loss of epoch 0 belong to?"
#     - [ ] The model after one update: With one line per update it is easy to read it this way, but the loss was computed before the update. Read this way, the last line is off by one too.
#     - [x] The model before any update: The loss is computed first, and the update follows. So the loss of the model you end up with is not in the log.
#     - [ ] The model after all training: This mixes it up with the time when the log was saved. Each line has the loss of the model as it was when the line was printed.
#
# ??? question "5. The loss reached 0.0000 very quickly. Good news?"
#     - [ ] Yes, the smaller the loss the better: On the training set it looks better, but the result on new data has to be measured separately.
#     - [ ] No, a loss of 0 is overfitting: The training loss alone cannot show that. On data that are easy to separate, correct training comes close to 0 as well.
#     - [x] Not yet, it has to be checked: Forgetting `optimizer.zero_grad()` does the same. Compare the stored gradient with a fresh one, and measure the result on new data.

# %% [markdown] lang="ko"
# ## 정리 { #summary }
#
# - 학습 루프는 로짓, 손실, `optimizer.zero_grad()`, `loss.backward()`, `optimizer.step()`의 다섯 줄이며, 로짓에 대한 기울기는 $p - y$입니다.
# - 소프트맥스를 두 번 취하면 손실은 0.5514 아래로 내려가지 못하고, 크게 틀린 샘플은 학습에서 버려집니다. 손실이 0.6756까지 내려가는 동안 참 손실은 오히려 4.9500까지 올랐습니다.
# - 크기 1인 편향은 기울기가 언제나 0입니다. 편향을 클래스마다 하나씩 두면 같은 횟수만큼 갱신한 뒤의 손실이 0.399962가 아니라 0.248155이고, 맞힌 개수는 8/8입니다.
# - `nn.Linear`의 로짓을 그대로 돌려주고 `F.cross_entropy`로 손실을 구하면 두 버그를 모두 피할 수 있습니다.
# - 기록의 손실은 갱신하기 전 모델의 값이며, 드문드문 출력하면 톱니 모양이 보이지 않습니다. 또한 정확도는 개수로 보고하고, 어느 데이터에서 측정했는지도 함께 밝혀야 합니다.

# %% [markdown] lang="en"
# ## What we saw { #summary }
#
# - The training loop has five lines: logits, loss, `optimizer.zero_grad()`, `loss.backward()`, `optimizer.step()`. The gradient with respect to the logits is $p - y$.
# - With softmax applied twice, the loss cannot pass below 0.5514, and badly wrong examples are abandoned. While the loss fell to 0.6756, the true loss rose to 4.9500.
# - A bias of size 1 always has gradient zero. With one per class, the same number of updates gives 0.248155 instead of 0.399962, and 8/8.
# - Return the logits of `nn.Linear` and compute the loss with `F.cross_entropy`: that avoids both bugs.
# - A logged loss belongs to the model before the update. Sparse logging hides a zigzag. Report accuracy as a count, and say on which data it was measured.

# %% [markdown] lang="ko"
# ## 참고 자료 { #references }
#
# - PyTorch 문서: [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html), [`torch.optim.SGD`](https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html), [`zero_grad()`](https://docs.pytorch.org/docs/stable/generated/torch.optim.Optimizer.zero_grad.html), [`nn.Linear`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html), [`nn.Module`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html), [`torch.argmax`](https://docs.pytorch.org/docs/stable/generated/torch.argmax.html), [`torch.no_grad()`](https://docs.pytorch.org/docs/stable/generated/torch.no_grad.html)
# - [모두를 위한 딥러닝 시즌 2, lab 6](https://github.com/deeplearningzerotoall/PyTorch/blob/master/lab-06_1_softmax_classification.ipynb). 이 레슨에서 재현한 데이터와 학습 기록이 실린 노트북입니다.
# - C. M. Bishop, [Pattern Recognition and Machine Learning](https://www.microsoft.com/en-us/research/publication/pattern-recognition-machine-learning/), 2006, 4.3.4절. 다중 클래스 로지스틱 회귀의 기울기와 볼록성을 유도합니다.
# - D. Soudry 외, [The Implicit Bias of Gradient Descent on Separable Data](https://arxiv.org/abs/1710.10345), 2018. 선형으로 나눌 수 있는 데이터에서 손실이 0으로 가는 동안 가중치가 어디로 향하는지 밝힙니다.
# - J. Wu 외, [Large Stepsize Gradient Descent for Logistic Loss](https://proceedings.mlr.press/v247/wu24b.html), 2024. 손실이 톱니처럼 오르내릴 만큼 큰 학습률이 오히려 더 빠를 수 있음을 보입니다.

# %% [markdown] lang="en"
# ## References { #references }
#
# - PyTorch documentation: [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html), [`torch.optim.SGD`](https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html), [`zero_grad()`](https://docs.pytorch.org/docs/stable/generated/torch.optim.Optimizer.zero_grad.html), [`nn.Linear`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html), [`nn.Module`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html), [`torch.argmax`](https://docs.pytorch.org/docs/stable/generated/torch.argmax.html), [`torch.no_grad()`](https://docs.pytorch.org/docs/stable/generated/torch.no_grad.html)
# - [Deep Learning Zero to All, season 2, lab 6](https://github.com/deeplearningzerotoall/PyTorch/blob/master/lab-06_1_softmax_classification.ipynb). The source of the data and logs reproduced here.
# - C. M. Bishop, [Pattern Recognition and Machine Learning](https://www.microsoft.com/en-us/research/publication/pattern-recognition-machine-learning/), 2006, section 4.3.4. Derives the gradient and the convexity of multiclass logistic regression.
# - D. Soudry et al., [The Implicit Bias of Gradient Descent on Separable Data](https://arxiv.org/abs/1710.10345), 2018. Where the weights head while the loss goes to 0 on separable data.
# - J. Wu et al., [Large Stepsize Gradient Descent for Logistic Loss](https://proceedings.mlr.press/v247/wu24b.html), 2024. Why a large step with a zigzagging loss can be the faster one.
