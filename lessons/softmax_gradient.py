# ---
# needs: [cross_entropy_in_pytorch]
# ---

# %% [markdown] lang="ko"
# # p − y 하나로 끝나는 기울기 { #softmax-gradient }
#
# 소프트맥스와 교차 엔트로피를 이어 붙이면, 그 기울기는 예측한 확률에서 정답을 뺀 값이 됩니다. 이 식을 두 줄로 유도하고 세 가지 방법으로 검산한 다음, 어떤 손실에서 기울기가 사라지는지 측정합니다.
#
# 지수, 로그, 나눗셈이 얽힌 식을 미분했는데 뺄셈 하나만 남습니다. 이것은 우연이 아니라 log-sum-exp의 성질이며, 그 이유는 [헤세 행렬](#hessian)을 볼 때 드러납니다. 이 뺄셈을 읽을 줄 알면 분류 모델이 왜 학습되는지, 로짓의 기울기가 왜 폭발하지 않는지, 그리고 무엇을 잘못하면 학습이 멈추는지를 모두 설명할 수 있습니다.
#
# !!! abstract "학습 목표"
#     - 교차 엔트로피의 기울기를 로짓에서 시작해 가중치와 편향까지 유도합니다.
#     - 손으로 구한 기울기를 자동 미분, 유한 차분, `torch.autograd.gradcheck`로 검산합니다.
#     - 기울기의 부호, 합, 크기를 읽고 학습 방향을 설명합니다.
#     - 헤세 행렬을 구하고, 손실의 지역 최솟값이 모두 전역 최솟값인 이유를 설명합니다.
#     - 소프트맥스를 두 번 취하거나 제곱 오차를 쓰면 학습이 멈추는 이유를 수치로 보여 줍니다.

# %% [markdown] lang="en"
# # The gradient is just p − y { #softmax-gradient }
#
# Softmax followed by cross entropy has a gradient of one subtraction: predicted probabilities minus target. Derive it, check it three ways, see what breaks it.
#
# A formula full of exponentials, a logarithm, and a division goes in; a subtraction comes out. That is no accident but a property of log-sum-exp, which the section on the [Hessian](#hessian) brings to light. Once you can read this subtraction, you know why a classifier learns, why the gradient of its logits cannot explode, and which mistakes bring learning to a halt.
#
# !!! abstract "What you will be able to do"
#     - Derive the gradient of cross entropy, from the logits down to weights and biases.
#     - Check a hand-made gradient by automatic differentiation, by finite differences, and with `torch.autograd.gradcheck`.
#     - Read sign, sum, and size of a gradient and say where training is headed.
#     - Write down the Hessian and explain why every local minimum of the loss is global.
#     - Show in numbers why a doubled softmax or a squared error stops learning.

# %%
import warnings

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

# %% [markdown] lang="ko"
# ## 로짓을 조금 밀어 보기 { #nudge }
#
# 앞에서 쓰던 로짓(logit) [1, 2, 3]을 다시 꺼내 [소프트맥스(softmax)](softmax.md)에 넣고 확률 세 개를 구합니다. 정답은 가장 낮은 점수를 받은 클래스 0이고, 손실(loss)로는 [교차 엔트로피(cross entropy)](cross_entropy.md)를 씁니다.

# %% [markdown] lang="en"
# ## Nudging one logit { #nudge }
#
# Back to the logits [1, 2, 3] and their three [softmax](softmax.md) probabilities. Suppose that the right class is 0, the one with the lowest score. The loss is [cross entropy](cross_entropy.md).

# %%
logits = torch.tensor([1.0, 2.0, 3.0])
target = torch.tensor(0)
probs = F.softmax(logits, dim=0)
loss = F.cross_entropy(logits, target)
print(probs)
# > tensor([0.0900, 0.2447, 0.6652])
print(f"{loss:.4f}")
# > 2.4076

# %% [markdown] lang="ko"
# 이제 로짓 하나를 0.01만큼 올리고 손실이 얼마나 변하는지 관찰합니다. 손실의 변화량을 0.01로 나누면 로짓 1당 손실의 변화량, 즉 변화율이 됩니다. 세 로짓을 차례로 밀어 보면, 어느 것이 손실을 가장 크게 바꿀까요?

# %% [markdown] lang="en"
# Raise one logit by 0.01 and watch the loss. The change divided by 0.01 is a rate: change of loss per unit of logit. Push the three logits one after the other. Which one matters most?

# %%
for k in range(3):
    nudged = logits.clone()
    nudged[k] += 0.01
    rate = (F.cross_entropy(nudged, target) - loss) / 0.01
    print(f"logit {k}  rate {rate:.3f}")
    expected = probs[k] - 1 if k == target else probs[k]
    assert abs(rate - expected) < 0.002
# > logit 0  rate -0.910
# > logit 1  rate 0.246
# > logit 2  rate 0.666

# %% [markdown] lang="ko"
# 뒤의 두 변화율 0.246과 0.666은 어디서 본 듯한데, 각각 그 클래스의 확률 0.2447과 0.6652에 가깝습니다. 한편 정답인 클래스 0의 변화율 −0.910은 확률 0.0900에서 1을 뺀 값에 가깝습니다.
#
# 여기서 규칙이 보입니다. 오답의 변화율은 그 클래스의 확률과 같고, 정답의 변화율은 확률에서 1을 뺀 값이라고 추측할 수 있습니다. `assert`는 이 추측이 오차 0.002 안에서 맞는지 확인하며, 남은 오차는 로짓을 민 폭 0.01이 작기는 해도 0이 아니기 때문에 생깁니다. 이렇게 구한 변화율 세 개를 모은 벡터가 **기울기**(gradient, 그레이디언트)이고, PyTorch 한국어 문서에서는 변화도라고도 합니다.

# %% [markdown] lang="en"
# Two of the rates, 0.246 and 0.666, look familiar: the probabilities are 0.2447 and 0.6652. The right class, class 0, has −0.910, close to its probability 0.0900 minus 1.
#
# So here is a conjecture. For a wrong class the rate is its probability; for the right class it is the probability minus 1. The `assert` confirms it to within 0.002. What remains is due to the width of the push, 0.01, which is small but not zero. The vector of these three rates is the **gradient**.

# %% [markdown] lang="ko"
# ## 두 줄짜리 유도 { #derivation }
#
# 이제 이 추측을 증명합시다. 교차 엔트로피 손실은 [log-sum-exp](cross_entropy_in_pytorch.md#log-sum-exp)에서 정답 로짓을 뺀 값입니다.
#
# $$
# L = -\log p_y = \log\sum_{j} e^{z_j} - z_y
# $$
#
# 먼저 첫 항을 $z_k$로 미분합니다. 연쇄 법칙(chain rule)에 따라 로그의 도함수(derivative)는 "1 나누기 합"이고, 합에서 $z_k$가 들어 있는 항은 하나뿐이므로 합의 도함수는 $e^{z_k}$입니다. 따라서 둘을 곱하면 소프트맥스의 정의가 그대로 나옵니다.
#
# $$
# \frac{\partial}{\partial z_k} \log\sum_{j} e^{z_j} = \frac{e^{z_k}}{\sum_{j} e^{z_j}} = p_k
# $$
#
# 둘째 항 $-z_y$의 도함수는 정답 자리에서만 $-1$이고 나머지 자리에서는 0입니다. 즉, 둘째 항은 확률에서 원-핫 벡터(one-hot vector) $y$를 빼는 역할을 합니다.
#
# $$
# \frac{\partial L}{\partial z} = p - y
# $$
#
# 아래첨자로 쓴 $y$는 정답 클래스의 번호이고, 홀로 쓴 $y$는 그 번호의 원-핫 벡터를 뜻합니다. 이것으로 유도를 마쳤으니, 첫 단계부터 자동 미분(automatic differentiation)으로 확인해 봅시다.

# %% [markdown] lang="en"
# ## A two-line derivation { #derivation }
#
# Now prove it. The loss is [log-sum-exp](cross_entropy_in_pytorch.md#log-sum-exp) minus the right logit.
#
# $$
# L = -\log p_y = \log\sum_{j} e^{z_j} - z_y
# $$
#
# Differentiate the first term with respect to $z_k$. By the chain rule, the log contributes one over the sum, and of the sum only $e^{z_k}$ depends on $z_k$. The product is the very definition of softmax.
#
# $$
# \frac{\partial}{\partial z_k} \log\sum_{j} e^{z_j} = \frac{e^{z_k}}{\sum_{j} e^{z_j}} = p_k
# $$
#
# The second term, $-z_y$, contributes $-1$ at the right class and 0 elsewhere. In other words, it subtracts the one-hot vector $y$.
#
# $$
# \frac{\partial L}{\partial z} = p - y
# $$
#
# As a subscript, $y$ is the number of the right class; on its own, it is the one-hot vector of that number. That was the whole derivation. Let automatic differentiation check the first step.

# %%
z = logits.clone().requires_grad_()
torch.logsumexp(z, dim=0).backward()
print(z.grad)
# > tensor([0.0900, 0.2447, 0.6652])
assert torch.allclose(z.grad, probs)

# %% [markdown] lang="ko"
# 예상대로 log-sum-exp의 기울기는 소프트맥스와 같습니다. 이번에는 정답 로짓을 뺀 항까지 포함한 손실 전체의 기울기를 구합니다.

# %% [markdown] lang="en"
# The gradient of log-sum-exp is indeed softmax. Now the whole loss.

# %%
z = logits.clone().requires_grad_()
F.cross_entropy(z, target).backward()
print(z.grad)
# > tensor([-0.9100,  0.2447,  0.6652])
one_hot = F.one_hot(target, num_classes=3)
assert torch.allclose(z.grad, probs - one_hot)

# %% [markdown] lang="ko"
# 첫 성분 −0.9100은 0.0900 − 1이고 나머지 두 성분은 확률 그대로입니다. 앞에서 세운 추측이 맞았습니다.
#
# 앞으로 기울기를 구할 일이 많으니, 더 짧은 표기를 하나 익혀 둡시다. `torch.func.grad`는 함수를 받아, 그 함수를 첫째 인자로 미분한 기울기를 돌려주는 새 함수를 만듭니다. 이 함수를 쓰면 `requires_grad_()`나 `backward()`를 부를 필요가 없습니다.

# %% [markdown] lang="en"
# −0.9100 is 0.0900 − 1, and the other two are the probabilities themselves. The conjecture holds.
#
# We will need many gradients, so here is a shorter notation. `torch.func.grad` takes a function and returns another one that computes the gradient with respect to the first argument. No `requires_grad_()`, no `backward()`.

# %%
gradient = torch.func.grad(F.cross_entropy)(logits, target)
print(gradient)
# > tensor([-0.9100,  0.2447,  0.6652])
assert torch.allclose(gradient, probs - one_hot)

# %% [markdown] lang="ko"
# ## 기울기 읽기 { #reading }
#
# 경사 하강법(gradient descent)은 기울기의 **반대** 방향으로 나아가므로, 로짓을 움직이는 힘은 $y - p$입니다. 이 식에서는 다음 세 가지를 읽을 수 있습니다.
#
# - **정답 로짓은 올라갑니다.** 정답 로짓에 걸리는 힘은 $1 - p_y$로 0 이상이며, 모델이 이미 맞혔으면 0에 가깝고 크게 틀렸으면 1에 가깝습니다.
# - **오답 로짓은 받은 확률만큼 내려갑니다.** 따라서 모델이 가장 그럴듯하게 여긴 오답이 가장 세게 눌립니다.
# - **합은 0입니다.** $p$의 합도 $y$의 합도 1이므로, 로짓을 올리는 힘과 내리는 힘의 크기가 같습니다.
#
# 이제 학습률(learning rate)을 1로 두고 로짓을 한 번 갱신해 봅시다. 새 로짓 1 + 0.91, 2 − 0.2447, 3 − 0.6652는 암산으로도 구할 수 있습니다.

# %% [markdown] lang="en"
# ## Reading the gradient { #reading }
#
# Gradient descent steps **against** the gradient, so the force on the logits is $y - p$. Three things can be read off.
#
# - **The right logit goes up.** The force is $1 - p_y$, at least 0: almost 0 if the model is already right, close to 1 if it is badly wrong.
# - **Each wrong logit goes down by the probability it got.** The most tempting mistake is pushed hardest.
# - **The forces sum to zero.** What is pushed up equals what is pushed down, because $p$ and $y$ both sum to 1.
#
# Take one step with learning rate 1. The new logits can be worked out in your head: 1 + 0.91, 2 − 0.2447, 3 − 0.6652.

# %%
stepped = logits - 1.0 * gradient
print(stepped)
# > tensor([1.9100, 1.7553, 2.3348])
print(F.softmax(stepped, dim=0))
# > tensor([0.2953, 0.2530, 0.4517])
print(f"loss {loss:.4f} -> {F.cross_entropy(stepped, target):.4f}")
# > loss 2.4076 -> 1.2196
assert F.cross_entropy(stepped, target) < loss
assert torch.isclose(stepped.sum(), logits.sum())

# %% [markdown] lang="ko"
# 한 번 갱신하자 정답의 확률은 0.0900에서 0.2953으로 오르고 손실은 2.4076에서 1.2196으로 줄었습니다. 올리는 힘과 내리는 힘이 같아서, 로짓의 합은 6 그대로입니다.
#
# 확률 세 개를 [삼각형의 점](cross_entropy.md#best-guess) 하나로 나타내면 힘 $y - p$를 눈으로 볼 수 있습니다. 확률 $p$를 나타내는 점에서 정답 꼭짓점까지 그은 화살표가 바로 $y - p$이기 때문입니다. 다음 그림에서는 화살표가 서로 겹치지 않게 길이를 30%로 줄였습니다.

# %% [markdown] lang="en"
# The right class rose from 0.0900 to 0.2953, and the loss fell from 2.4076 to 1.2196. The logits still sum to 6.
#
# Draw three probabilities as [one point of a triangle](cross_entropy.md#best-guess), and the force $y - p$ becomes visible: it is the arrow from the point at $p$ to the corner of the right class. To keep the arrows apart, they are drawn at 30% of their length.

# %% folded="drawing"
corners = torch.tensor([[0.0, 0.0], [1.0, 0.0], [0.5, 0.75**0.5]])
parts = [[i, j, 7 - i - j] for i in range(1, 6) for j in range(1, 7 - i)]
grid = torch.tensor(parts) / 7
points = torch.cat([grid, probs.unsqueeze(0)])
assert torch.allclose(
    (one_hot - points) @ corners, corners[0] - points @ corners
)

# %% figure="forces"
x, y = (points @ corners).T
u, v = (0.3 * (one_hot - points) @ corners).T
fig, ax = plt.subplots(figsize=(6.4, 5.0))
ax.plot(*corners[[0, 1, 2, 0]].T, "-", color="C7")
true_length = {"angles": "xy", "scale_units": "xy", "scale": 1}
ax.quiver(x, y, u, v, color="C0", width=0.008, **true_length)
ax.plot(x[:-1], y[:-1], "o", color="C0")
ax.plot(x[-1], y[-1], "s", color="C1", markersize=10)
for text, corner, side in zip(
    ["answer", "class 1", "class 2"],
    corners,
    ["top", "top", "bottom"],
    strict=True,
):
    ax.text(*corner, text, ha="center", va=side)
ax.set_aspect("equal")
ax.axis("off")

# %% [markdown] lang="ko" caption="forces"
# 모델이 어느 점에 있든 힘은 정답 꼭짓점을 곧장 가리키며, 꼭짓점에서 멀수록 세집니다.
#
# 정삼각형의 왼쪽 아래 꼭짓점은 정답인 클래스 0, 오른쪽 아래는 클래스 1, 위는 클래스 2를 나타냅니다. 삼각형 안에 같은 간격으로 놓인 점 15개와 로짓 [1, 2, 3]의 확률을 나타내는 네모 하나에서 화살표가 나옵니다. 화살표는 모두 왼쪽 아래를 향하며, 정답 가까이에서는 짧고 위쪽과 오른쪽으로 갈수록 길어집니다. 네모는 위쪽 꼭짓점 아래에 있고, 거기서 나온 화살표는 긴 편입니다.
#
# - answer: 정답
# - class 1: 클래스 1
# - class 2: 클래스 2

# %% [markdown] lang="en" caption="forces"
# Wherever the model stands, the force points straight at the right corner, and the farther away, the stronger it is.
#
# In an equilateral triangle the lower left corner is the right class 0, the lower right class 1, the top class 2. Arrows start from 15 evenly spaced points and from a square that marks the probabilities of the logits [1, 2, 3]. All of them point to the lower left. They are short near the right corner and grow toward the top and the right. The square lies below the top corner and has one of the longer arrows.


# %% lab="softmax_gradient" tolerance="1e-6"
# ko: 웹에서 이 그림을 움직이면 나오는 값입니다. `state`를 바꾸어 불러 보세요.
# en: What the lab in this figure's place computes: change its `state`.
def softmax_gradient_lab(state):
    rest = 1 - state["right"]
    start = torch.tensor(
        [
            state["right"],
            rest * state["share"],
            rest * (1 - state["share"]),
        ],
        dtype=torch.float64,
    )

    def run(scores):
        z = start.log().requires_grad_()
        path = [F.softmax(z, dim=0).detach()]
        for _ in range(40):
            (gradient,) = torch.autograd.grad(
                F.cross_entropy(scores(z), torch.tensor(0)), z
            )
            z = (z - state["rate"] * gradient).detach().requires_grad_()
            path.append(F.softmax(z, dim=0).detach())
        return torch.stack(path)

    once, twice = run(lambda z: z), run(lambda z: F.softmax(z, dim=0))
    rise = (once - once[0])[:, 1:].max().item()
    return {
        "once": once,
        "twice": twice,
        "rise": rise,
        "answered": rise > 0.05,
    }


# %% [markdown] lang="ko" question="softmax_gradient"
# 힘 y − p는 오답의 로짓을 모두 끌어내립니다. 그런데도 갱신하는 동안 오답 하나의 확률이 뚜렷하게 커지는 출발점이 있는데, 그곳은 어디일까요?
#
# 정답의 확률이 거의 없고, 한 오답의 확률이 다른 오답의 몇 배나 되는 곳입니다. 이때 확률이 커지는 것은 둘 가운데 확률이 작은 오답입니다. 확률은 로짓 하나가 아니라 로짓의 차로 정해지므로, 가장 세게 눌린 오답이 잃은 확률을 정답과 나머지 오답이 나누어 가집니다. 따라서 힘이 정답을 곧장 가리켜도 확률이 움직이는 경로는 휠 수 있습니다.
#
# - probability of the right class at the start: 출발점에서 정답의 확률
# - share of class 1 in the rest: 나머지 가운데 클래스 1의 비율
# - learning rate: 학습률
# - The triangle of probabilities with the force at the start and the ways of 40 updates: 확률의 삼각형 안에 그린 출발점의 힘과 갱신 40번 동안의 경로
# - Probabilities of the three classes over 40 updates: 갱신 40번 동안 세 클래스의 확률이 변하는 곡선
# - updates: 갱신 횟수
# - answer: 정답
# - class {k}: 클래스 {k}
# - answer, softmax twice: 정답, 소프트맥스 두 번
# - After 40 updates the right class has {p}, with softmax taken twice {q}. On the way a wrong class rose by {rise} at most.: 40번 갱신한 뒤 정답의 확률은 {p}이고, 소프트맥스를 두 번 취하면 {q}입니다. 그사이 오답의 확률이 출발점보다 커진 폭은 최대 {rise}입니다.

# %% [markdown] lang="en" question="softmax_gradient"
# The force y − p lowers the logits of all wrong classes. And yet, from some starting points, the probability of one wrong class clearly grows on the way. Where are these starting points?
#
# Where the right class has almost no probability, and the other wrong class several times as much as the one that grows. Probabilities are set by differences of logits and not by one logit, so what the hardest-pushed class loses is shared by the right class and the other wrong one. The force may point straight at the answer, and yet the path of the probabilities bends.

# %% [markdown] lang="ko"
# 화살표가 나타내는 것은 **로짓**을 움직이는 힘이므로, 확률이 이 화살표를 따라 똑바로 움직이지는 않습니다. 예를 들어 꼭짓점 근처에서는 같은 힘으로 밀어도 확률이 거의 변하지 않는데, 그 정도는 [포화](#saturation)에서 측정합니다.
#
# ### 힘의 한계 { #limit .deeper }
#
# 그렇다면 힘은 얼마나 세질 수 있을까요? 오답의 기울기를 모두 더하면 $1 - p_y$이고, 정답의 기울기도 크기가 $1 - p_y$이므로 둘을 합하면 다음과 같습니다.
#
# $$
# \sum_{k} |p_k - y_k| = 2\,(1 - p_y) \le 2
# $$
#
# 로짓을 1,000배로 키워도 이 합이 정말 2를 넘지 않는지, 무작위로 만든 샘플(example) 1,000개로 확인합니다.

# %% [markdown] lang="en"
# The arrows are forces on the **logits**. The probabilities do not travel straight along them: near a corner the same push hardly moves the probabilities at all. [Saturation](#saturation) measures by how much.
#
# ### A limit on the force { #limit .deeper }
#
# How strong can the force get? The gradients of the wrong classes add up to $1 - p_y$, and that of the right class has the size $1 - p_y$ too.
#
# $$
# \sum_{k} |p_k - y_k| = 2\,(1 - p_y) \le 2
# $$
#
# Does the bound of 2 hold if the logits get a thousand times larger? Try 1,000 random examples.

# %%
generator = torch.Generator().manual_seed(0)
classes = torch.randint(5, (1000,), generator=generator)
for scale in (1, 10, 1000):
    p = F.softmax(scale * torch.rand(1000, 5, generator=generator), dim=1)
    sizes = (p - F.one_hot(classes, num_classes=5)).abs()
    print(
        f"logits up to {scale:4}  largest entry {sizes.max():.4f}  "
        f"largest sum {sizes.sum(dim=1).max():.4f}"
    )
    assert torch.allclose(
        sizes.sum(dim=1),
        2 * (1 - p[torch.arange(1000), classes]),
        atol=1e-5,
    )
# > logits up to    1  largest entry 0.8919  largest sum 1.7837
# > logits up to   10  largest entry 1.0000  largest sum 1.9999
# > logits up to 1000  largest entry 1.0000  largest sum 2.0000

# %% [markdown] lang="ko"
# 로짓이 커지면 가장 큰 성분은 1.0000까지, 합은 2.0000까지 올라가고 더는 커지지 않습니다. 즉, 손실이 아무리 커도 힘에는 한계가 있어 로짓의 기울기는 **폭발하지 않습니다**. 반면 회귀(regression)에 쓰는 제곱 오차에서는 많이 틀릴수록 기울기도 끝없이 커집니다. 그래서 학습률이 터무니없이 클 때 학습이 무너지는 모습이 손실마다 다른데, 이 차이는 학습률을 다루는 레슨에서 다시 살펴봅니다.

# %% [markdown] lang="en"
# With larger logits the entries rise to 1.0000, the sums to 2.0000, and there they stop. The gradient of the logits **does not explode**: however large the loss, the force is bounded. The squared error of regression is different, since its gradient grows without limit along with the error. This is why the two losses fail differently under an absurd learning rate, as the lesson on learning rates shows.

# %% [markdown] lang="ko"
# ## 정답이 확률일 때의 기울기 { #soft-targets .deeper }
#
# 앞의 유도에 $y$가 원-핫이라는 사실이 꼭 필요했을까요? 원-핫이 아니더라도 $y$의 합이 1이기만 하면 같은 유도를 할 수 있습니다. 따라서 정답이 확률분포(probability distribution) $q$일 때도 손실과 기울기는 다음과 같습니다.
#
# $$
# L = -\sum_{k} q_k \log p_k = \log\sum_{j} e^{z_j} - \sum_{k} q_k z_k, \qquad \frac{\partial L}{\partial z} = p - q
# $$
#
# [가위바위보 레슨](cross_entropy.md#best-guess)에서 철수의 버릇은 [1, 2, 3]의 소프트맥스였고, 세 사람의 예상 가운데 가장 나쁜 것은 (0.8, 0.1, 0.1)이었습니다. 그 예상에서 기울기를 다시 구하고, 레이블 스무딩(label smoothing)을 할 때의 기울기도 같은 식으로 확인합니다.

# %% [markdown] lang="en"
# ## Soft targets work the same way { #soft-targets .deeper }
#
# Did the derivation need $y$ to be one-hot? No, a sum of 1 is enough. With a probability distribution $q$ as the target, loss and gradient are
#
# $$
# L = -\sum_{k} q_k \log p_k = \log\sum_{j} e^{z_j} - \sum_{k} q_k z_k, \qquad \frac{\partial L}{\partial z} = p - q
# $$
#
# In [rock–paper–scissors](cross_entropy.md#best-guess), Cheolsu's habit was the softmax of [1, 2, 3], and the worst of the three people's guesses was (0.8, 0.1, 0.1). Compute the gradient of that guess again, and check label smoothing with the same formula.

# %%
habit = F.softmax(torch.tensor([1.0, 2.0, 3.0]), dim=0)
guess = torch.tensor([0.8, 0.1, 0.1])
soft = torch.func.grad(F.cross_entropy)(guess.log(), habit)
print(soft)
# > tensor([ 0.7100, -0.1447, -0.5652])
assert torch.allclose(soft, guess - habit, atol=1e-6)

smooth_target = 0.9 * one_hot + 0.1 / 3
smooth_gradient = torch.func.grad(F.cross_entropy)(
    logits, target, label_smoothing=0.1
)
print(smooth_target)
# > tensor([0.9333, 0.0333, 0.0333])
assert torch.allclose(smooth_gradient, probs - smooth_target, atol=1e-6)

# %% [markdown] lang="ko"
# 두 기울기 모두 확률에서 정답을 뺀 값이며, 이 식을 보면 $p = q$일 때 기울기가 0이라는 것도 바로 알 수 있습니다. 스무딩한 정답 (0.9333, 0.0333, 0.0333)에는 유한한 로짓으로 닿을 수 있지만, 원-핫에는 어떤 유한한 로짓으로도 닿을 수 없습니다. 따라서 원-핫 정답으로 학습하면 기울기는 한없이 작아질 뿐, 수학적으로는 결코 0이 되지 않습니다.

# %% [markdown] lang="en"
# Both gradients are probabilities minus target. The formula also says when the gradient is 0: at $p = q$. The smoothed target (0.9333, 0.0333, 0.0333) can be reached with finite logits; a one-hot target cannot. With one-hot targets the gradient keeps shrinking but, in exact arithmetic, never becomes zero.

# %% [markdown] lang="ko"
# ## 배치에서 N으로 나누기 { #batch }
#
# 샘플이 $N$개이면 배치의 손실은 샘플별 손실의 평균이므로, 기울기도 다음과 같이 $N$으로 나눕니다.
#
# $$
# \frac{\partial L}{\partial z_{nk}} = \frac{p_{nk} - y_{nk}}{N}
# $$
#
# 여기서는 [앞 레슨](cross_entropy_in_pytorch.md)에서 쓴 3x5 점수표와 정답을 그대로 쓰며, 그때 구한 손실은 1.4689였습니다.

# %% [markdown] lang="en"
# ## In a batch, divide by N { #batch }
#
# For $N$ examples the loss is a mean, so the gradient is divided by $N$ as well.
#
# $$
# \frac{\partial L}{\partial z_{nk}} = \frac{p_{nk} - y_{nk}}{N}
# $$
#
# Take the 3x5 table of scores and its targets from the [previous lesson](cross_entropy_in_pytorch.md), where the loss was 1.4689.

# %%
torch.manual_seed(1)
table = torch.rand(3, 5)
labels = torch.randint(5, (3,))
table_gradient = torch.func.grad(F.cross_entropy)(table, labels)
print(
    f"loss {F.cross_entropy(table, labels):.4f}  targets {labels.tolist()}"
)
# > loss 1.4689  targets [0, 2, 1]
print(table_gradient)
# > tensor([[-0.2452,  0.0546,  0.0618,  0.0862,  0.0426],
# >         [ 0.0810,  0.0541, -0.2559,  0.0643,  0.0565],
# >         [ 0.0742, -0.2671,  0.0775,  0.0531,  0.0623]])

# %%
table_probs = F.softmax(table, dim=1)
print(table_probs[0])
# > tensor([0.2645, 0.1639, 0.1855, 0.2585, 0.1277])

# %% folded="tests"
assert torch.allclose(
    table_gradient, (table_probs - F.one_hot(labels, num_classes=5)) / 3
)
assert table_gradient.sum(dim=1).abs().max() < 1e-6

# %% [markdown] lang="ko"
# 첫 행의 값을 손으로 확인합시다. 정답인 클래스 0의 확률은 0.2645이므로 기울기는 (0.2645 − 1)/3 = −0.2452이고, 오답인 클래스 1의 기울기는 0.1639/3 = 0.0546입니다. 표에 있는 15개의 값이 모두 식과 맞고, 행마다 더하면 0입니다.
#
# 기울기를 직접 코드로 쓸 때는 이 $N$을 빠뜨리기 쉽습니다. `reduction="sum"`으로 손실을 구해도 $N$으로 나누지 않은 것과 똑같은 결과가 나옵니다.

# %% [markdown] lang="en"
# Check the first row by hand. The right class is 0 with probability 0.2645, so its entry is (0.2645 − 1)/3 = −0.2452. Class 1 gets 0.1639/3 = 0.0546. All 15 entries agree, and every row sums to zero.
#
# This $N$ is easily forgotten in hand-written code. A loss with `reduction="sum"` has the same effect.

# %%
summed = torch.func.grad(F.cross_entropy)(table, labels, reduction="sum")
print(f"sum / mean = {(summed.norm() / table_gradient.norm()):.4f}")
# > sum / mean = 3.0000
assert torch.allclose(summed, 3 * table_gradient)

# %% [markdown] lang="ko"
# ### 평균 대신 합을 쓰면 { #sum .deeper }
#
# !!! warning "1/N을 빠뜨리면 경사 하강법의 갱신이 N배로 커집니다"
#     크기만 다르고 방향은 맞아서, 이 실수는 알아채기 어렵습니다. 여기서는 갱신의 크기가 3.0000배지만, 배치 크기(batch size)가 256이면 256배가 됩니다. 배치만 키웠는데 학습이 갑자기 발산한다면 이 실수부터 의심하세요. 한편 Adam에서는 기울기를 그 크기로 나누어 갱신하므로 갱신의 크기가 거의 그대로이고, 그만큼 실수가 더 늦게 드러납니다.

# %% [markdown] lang="en"
# ### The sum instead of the mean { #sum .deeper }
#
# !!! warning "Without 1/N the steps of gradient descent are N times as long"
#     The direction is right, which makes it hard to notice. Here the factor is 3.0000; with a batch of 256, every step is 256 times too long. If training blows up when nothing but the batch got larger, suspect this mistake first. With Adam, which divides each step by the size of the gradient, the steps hardly change, and the mistake stays hidden longer.

# %% anchor="sum_or_mean"
for kind in (torch.optim.SGD, torch.optim.Adam):
    lengths = []
    for reduction in ("mean", "sum"):
        moved = table.clone().requires_grad_()
        optimizer = kind([moved], lr=0.1)
        F.cross_entropy(moved, labels, reduction=reduction).backward()
        optimizer.step()
        lengths.append((moved - table).norm().item())
    print(f"{kind.__name__:4}  sum / mean = {lengths[1] / lengths[0]:.4f}")
    assert (lengths[1] > 2.9 * lengths[0]) == (kind is torch.optim.SGD)
# > SGD   sum / mean = 3.0000
# > Adam  sum / mean = 1.0000

# %% [markdown] lang="ko"
# ## 가중치까지 거슬러 가기 { #weights }
#
# 모델이 실제로 학습하는 것은 로짓이 아니라, 로짓을 만드는 가중치(weight) $W$와 편향(bias) $b$입니다. $z = xW + b$이므로 연쇄 법칙을 한 번 더 쓰면 됩니다. 로짓의 기울기를 $g = (p - y)/N$, 그 $n$번째 행을 $g_n$이라고 하면 $W$와 $b$의 기울기는 다음과 같습니다.
#
# $$
# \frac{\partial L}{\partial W} = x^{\top} g, \qquad \frac{\partial L}{\partial b} = \sum_{n} g_n
# $$
#
# 첫 식은 "특성(feature) 곱하기 오차"라고 읽을 수 있습니다. 즉, 특성의 값이 클수록, 그리고 모델이 크게 틀릴수록 그 가중치가 많이 움직입니다. 샘플 2개, 특성 2개, 클래스 3개짜리 문제에서 가중치와 편향이 모두 0이라면 확률이 모두 1/3이므로, 이 식을 손으로도 계산할 수 있습니다.

# %% [markdown] lang="en"
# ## Back to the weights { #weights }
#
# What a model learns is not the logits but the weights $W$ and biases $b$ that produce them. With $z = xW + b$, apply the chain rule once more. Write $g = (p - y)/N$ for the gradient of the logits and $g_n$ for its row $n$; then
#
# $$
# \frac{\partial L}{\partial W} = x^{\top} g, \qquad \frac{\partial L}{\partial b} = \sum_{n} g_n
# $$
#
# The first formula reads "feature times error": the larger the feature and the worse the mistake, the more that weight moves. With two examples, two features, three classes, and a start at zero you can do it by hand. All probabilities are 1/3.

# %%
features = torch.tensor([[1.0, 3.0], [3.0, 2.0]])
answers = torch.tensor([0, 2])
W = torch.zeros(2, 3, requires_grad=True)
b = torch.zeros(3, requires_grad=True)
F.cross_entropy(features @ W + b, answers).backward()
print(W.grad)
# > tensor([[ 0.1667,  0.6667, -0.8333],
# >         [-0.6667,  0.8333, -0.1667]])
print(b.grad)
# > tensor([-0.1667,  0.3333, -0.1667])

# %%
g = (torch.full((2, 3), 1 / 3) - F.one_hot(answers, num_classes=3)) / 2
assert torch.allclose(W.grad, features.T @ g)
assert torch.allclose(b.grad, g.sum(dim=0))
assert W.grad.sum(dim=1).abs().max() < 1e-6
assert b.grad.sum().abs() < 1e-6

# %% [markdown] lang="ko"
# 행렬의 왼쪽 위 성분을 손으로 따라가 봅시다. 첫째 특성은 두 샘플에서 각각 1과 3이고, 클래스 0의 오차는 각각 −2/3와 1/3입니다. 따라서 기울기는 $(1 \cdot (-\tfrac{2}{3}) + 3 \cdot \tfrac{1}{3})/2 = \tfrac{1}{6}$, 즉 0.1667입니다. 이 층의 가중치에 대해 역전파(backpropagation)가 하는 계산은 이 행렬 곱 하나뿐입니다.
#
# `b.grad`의 세 성분은 모두 더하면 0입니다. 따라서 세 클래스가 편향 하나를 함께 쓰면 그 편향의 기울기는 언제나 이 합과 같아서, 편향은 영영 움직이지 않습니다. 널리 읽히는 강의 노트에 실제로 이런 버그가 있으며, [다음 레슨](softmax_regression.md)에서 바로잡습니다.

# %% [markdown] lang="en"
# Follow the upper left entry. The first feature is 1 and 3, and the errors of class 0 are −2/3 and 1/3: $(1 \cdot (-\tfrac{2}{3}) + 3 \cdot \tfrac{1}{3})/2 = \tfrac{1}{6}$, or 0.1667. For the weights of this layer, this one matrix product is all that backpropagation does.
#
# The three numbers of `b.grad` sum to zero. If the classes shared a single bias, its gradient would be that sum, and it would never move. This bug is real: it appears in widely read lecture notes, and the [next lesson](softmax_regression.md) fixes it.

# %% [markdown] lang="ko"
# ## 유한 차분으로 검산하기 { #finite-differences .deeper }
#
# 유도한 식은 검산해야 합니다. 자동 미분을 쓸 수 없는 곳이라면 처음에 한 것처럼 로짓을 밀어 보면 되는데, 이번에는 양쪽으로 밉니다. 이렇게 양쪽으로 미는 방법이 중앙 차분(central difference)입니다. 또한 변수를 조금 밀어서 기울기를 구하는 방법을 통틀어 유한 차분(finite differences)이라고 합니다.
#
# $$
# \frac{\partial L}{\partial z_k} \approx \frac{L(z + h e_k) - L(z - h e_k)}{2h}
# $$
#
# 여기서 $e_k$는 $k$번째 자리만 1이고 나머지는 0인 벡터입니다. 미는 폭 $h$는 얼마가 좋을까요? 미분은 극한이므로 폭이 작을수록 좋을 듯합니다. 정말 그런지, 여러 샘플을 한꺼번에 다루는 함수를 만들어 시험해 봅시다.

# %% [markdown] lang="en"
# ## Checking with finite differences { #finite-differences .deeper }
#
# A derived formula needs checking. Where even automatic differentiation is unavailable, push as we did at the start, this time in both directions. This is the central difference; methods of this kind are called finite differences.
#
# $$
# \frac{\partial L}{\partial z_k} \approx \frac{L(z + h e_k) - L(z - h e_k)}{2h}
# $$
#
# Here $e_k$ is 1 at position $k$ and 0 elsewhere. How wide should the push $h$ be? A derivative is a limit, so the smaller the better, it seems. Put it in a function that handles many examples at once, and try.


# %%
def central_difference(logits, target, h):
    gradient = torch.zeros_like(logits)
    for k in range(logits.shape[1]):
        push = torch.zeros_like(logits)
        push[:, k] = h
        up = F.cross_entropy(logits + push, target, reduction="none")
        down = F.cross_entropy(logits - push, target, reduction="none")
        gradient[:, k] = (up - down) / (2 * h)
    return gradient


for h in (0.1, 0.01, 1e-7):
    print(
        f"h = {h:5g}",
        central_difference(logits.unsqueeze(0), target.unsqueeze(0), h)[0],
    )
# > h =   0.1 tensor([-0.9099,  0.2449,  0.6651])
# > h =  0.01 tensor([-0.9100,  0.2447,  0.6652])
# > h = 1e-07 tensor([0., 0., 0.])

# %% [markdown] lang="ko"
# 기울기의 참값은 (−0.9100, 0.2447, 0.6652)입니다. 폭이 0.1이면 소수점 아래 넷째 자리가 어긋나고, 0.01이면 넷째 자리까지 맞습니다. 그런데 폭이 0.0000001이면 손실이 전혀 변하지 않아 기울기가 **모두 0**으로 나옵니다.
#
# 그 이유는 `float32`의 유효 숫자가 7자리쯤밖에 되지 않기 때문입니다. 2에 0.0000001을 더해도 2 그대로이고, 손실 2.4076 근처에서 이웃한 두 수는 0.0000002 넘게 떨어져 있습니다. 따라서 그 절반보다 작은 변화는 반올림되어 사라집니다.

# %% [markdown] lang="en"
# The truth is (−0.9100, 0.2447, 0.6652). A push of 0.1 is off in the fourth digit, 0.01 is right to four digits. But 0.0000001 gives **all zeros**: the loss did not budge.
#
# The reason is that `float32` carries about 7 digits. Adding 0.0000001 to 2 leaves 2, and near a loss of 2.4076 neighboring numbers are more than 0.0000002 apart. A change smaller than half of that is rounded away.

# %%
two = torch.tensor(2.0)
spacing = torch.nextafter(loss, torch.tensor(3.0)) - loss
print(f"next number after the loss: {spacing:.1e} away")
# > next number after the loss: 2.4e-07 away
assert two + 1e-7 == two
assert spacing > 2e-7

# %% [markdown] lang="ko"
# 폭을 정할 때는 두 가지 오차가 서로 맞섭니다. 폭 $h$가 크면 곡선을 직선으로 어림한 오차가 $h^2$에 비례해 커지고, 폭이 작으면 반올림 오차를 $2h$로 나누므로 그 오차가 $1/h$에 비례해 커집니다. 어떤 폭이 가장 좋은지, 무작위 샘플 1,000개의 평균 오차를 `float32`와 `float64`에서 측정해 봅시다. 참값으로는 `float64`로 구한 $p - y$를 씁니다.

# %% [markdown] lang="en"
# Two errors pull in opposite directions. With a wide $h$, treating the curve as a straight line costs an error that grows like $h^2$. With a narrow one, the rounding error is divided by $2h$ and grows like $1/h$. To find the best width, measure the mean error over 1,000 random examples in `float32` and `float64`. The truth is $p - y$ in `float64`.

# %% tolerance="0.05"
generator = torch.Generator().manual_seed(0)
many = 4 * torch.rand(1000, 3, generator=generator)
right = torch.randint(3, (1000,), generator=generator)
truth = F.softmax(many.double(), dim=1) - F.one_hot(right, num_classes=3)

widths = [10.0**-k for k in range(1, 9)]
errors = {}
for dtype in (torch.float32, torch.float64):
    estimates = [
        central_difference(many.to(dtype), right, h) for h in widths
    ]
    errors[dtype] = [
        (estimate - truth).abs().mean().item() for estimate in estimates
    ]
for h, single, double in zip(
    widths, errors[torch.float32], errors[torch.float64], strict=True
):
    print(f"h = {h:.0e}  float32 {single:.2e}  float64 {double:.2e}")
# > h = 1e-01  float32 1.07e-04  float64 1.07e-04
# > h = 1e-02  float32 3.19e-06  float64 1.07e-06
# > h = 1e-03  float32 4.13e-05  float64 1.07e-08
# > h = 1e-04  float32 4.82e-04  float64 1.07e-10
# > h = 1e-05  float32 2.99e-03  float64 6.21e-12
# > h = 1e-06  float32 3.59e-02  float64 7.74e-11
# > h = 1e-07  float32 4.21e-01  float64 8.39e-10
# > h = 1e-08  float32 4.45e-01  float64 5.99e-09

# %% figure="finite_differences" tolerance="0.05"
fig, ax = plt.subplots(figsize=(6.4, 4))
ax.loglog(widths, errors[torch.float32], "o-", color="C0")
ax.loglog(widths, errors[torch.float64], "s--", color="C1")
ax.text(2e-5, 2e-2, "float32", color="C0")
ax.text(2e-5, 2e-9, "float64", color="C1")
ax.set(xlabel="width h", ylabel="mean error", ylim=(1e-12, 10))
ax.set_xticks([1e-8, 1e-6, 1e-4, 1e-2])
ax.set_yticks([1e-12, 1e-9, 1e-6, 1e-3, 1])

# %% [markdown] lang="ko" caption="finite_differences"
# 폭을 줄이면 오차가 줄다가 어느 순간부터 오히려 커지며, 오차가 가장 작은 폭은 정밀도에 따라 달라집니다.
#
# 가로축은 미는 폭 h, 세로축은 평균 오차이고 두 축 모두 로그 눈금입니다. 두 선은 모두 U자 모양입니다. 동그라미를 이은 실선 float32의 오차는 h가 0.01일 때 약 100만분의 3으로 가장 작고, 왼쪽으로 갈수록 커져 1e-7에서는 0.42에 이릅니다. 네모를 이은 파선 float64의 오차는 h가 1e-5일 때 약 1조분의 6으로 가장 작고, 1e-8에서도 1억분의 1보다 작습니다. h가 0.1이면 두 선이 겹칩니다.
#
# - float32: float32
# - float64: float64
# - width h: 폭 h
# - mean error: 평균 오차

# %% [markdown] lang="en" caption="finite_differences"
# A narrower width helps at first and then hurts. Where the bottom lies depends on the precision.
#
# The horizontal axis is the width h, the vertical axis the mean error, both on a log scale. Both lines are U-shaped. The solid line with circles, float32, is lowest at h = 0.01 with about 3 millionths and rises to the left, reaching 0.42 at 1e-7. The dashed line with squares, float64, is lowest at h = 1e-5 with about 6 trillionths and is still below one hundred-millionth at 1e-8. At h = 0.1 the two lines coincide.

# %% anchor="best_width"
for dtype, values in errors.items():
    best = widths[values.index(min(values))]
    print(
        f"{dtype}  best h {best:.0e}  "
        f"cube root of epsilon {torch.finfo(dtype).eps ** (1 / 3):.1e}"
    )
    assert best == {torch.float32: 1e-2, torch.float64: 1e-5}[dtype]
# > torch.float32  best h 1e-02  cube root of epsilon 4.9e-03
# > torch.float64  best h 1e-05  cube root of epsilon 6.1e-06
# ko: 폭이 10분의 1이 되면 곡선을 직선으로 어림한 오차는 100분의 1이 됩니다.
# en: A tenth of the width, a hundredth of the straight-line error
assert abs(errors[torch.float64][0] / errors[torch.float64][1] - 100) < 2
assert errors[torch.float32][6] > 0.9 * truth.abs().mean()

# %% [markdown] lang="ko"
# 가장 좋은 폭은 `float32`에서는 0.01이고 `float64`에서는 1e-5로, 대략 기계 엡실론(machine epsilon)의 세제곱근입니다. 두 오차 $h^2$과 $\varepsilon/h$가 같아지는 곳이 $h^3 = \varepsilon$이기 때문입니다.
#
# !!! warning "float32에서 h를 너무 작게 잡으면"
#     위 표에서 `float32`의 오차는 폭이 1e-7일 때 0.42입니다. 이 오차는 기울기 자체의 평균 크기와 거의 같아서 아무것도 측정하지 못한 셈이고, 맞게 유도한 식마저 틀린 것처럼 보입니다. 따라서 유한 차분은 `float64`로 계산합니다.
#
# 그렇다면 학습도 유한 차분으로 할 수 있을까요? 매개변수(parameter)가 100만 개라면 기울기를 한 번 구할 때마다 손실을 200만 번 계산해야 합니다. 반면 자동 미분은 손실을 몇 번 구하는 정도의 계산으로 기울기 전체를 구합니다. 유한 차분은 검산에만 쓰면 충분합니다.

# %% [markdown] lang="en"
# For `float32` a width of 0.01 is best, for `float64` it is 1e-5. The best width is roughly the cube root of machine epsilon, because the two errors $h^2$ and $\varepsilon/h$ balance where $h^3 = \varepsilon$.
#
# !!! warning "Too small an h in float32"
#     In the table, `float32` at 1e-7 has an error of 0.42, nearly the mean size of the gradient itself, so nothing was measured at all. A correct formula looks wrong. Run finite differences in `float64`.
#
# Could we train with finite differences, then? With a million parameters, one gradient would cost two million evaluations of the loss. Automatic differentiation delivers the whole gradient for about the price of a few evaluations. Finite differences are for checking.

# %% [markdown] lang="ko"
# ## 직접 구현한 역전파와 gradcheck { #gradcheck .deeper }
#
# 이 검산을 대신해 주는 함수가 `torch.autograd.gradcheck`입니다. 역전파를 직접 구현하고 이 함수로 검사해 봅시다. 먼저 `torch.autograd.Function`을 상속해 `forward()`와 `backward()`를 정의합니다. 두 함수 사이에 호출되는 `setup_context()`에서는 순전파(forward pass)에 쓴 텐서를 `ctx`에 담아 역전파까지 보관합니다. `backward()`의 `upstream`은 뒤쪽 연산에서 전해진 기울기이므로, 연쇄 법칙에 따라 이 값을 곱합니다.

# %% [markdown] lang="en"
# ## Your own backward and gradcheck { #gradcheck .deeper }
#
# `torch.autograd.gradcheck` does this kind of checking for you. Write a backward pass by hand and let it be checked. Subclass `torch.autograd.Function` and define `forward()` and `backward()`. In between, `setup_context()` puts tensors of the forward pass into `ctx`, which keeps them for the backward pass. In `backward()`, `upstream` is the gradient that arrives from later operations; the chain rule says to multiply by it.


# %%
class HandMadeLoss(torch.autograd.Function):
    @staticmethod
    def forward(logits, target):
        return F.cross_entropy(logits, target)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, upstream):
        logits, target = ctx.saved_tensors
        one_hot = F.one_hot(target, num_classes=logits.shape[1])
        error = F.softmax(logits, dim=1) - one_hot
        return upstream * error / len(target), None


# %%
exact_table = table.double().requires_grad_()
print(torch.autograd.gradcheck(HandMadeLoss.apply, (exact_table, labels)))
# > True

# %% [markdown] lang="ko"
# 결과는 `True`이며, $p - y$ 한 줄이 역전파 전체를 대신한 셈입니다. 정답 `target`은 정수라서 기울기가 없고, 그래서 둘째 자리에는 `None`을 돌려줍니다.
#
# 실수를 잡아내지 못하는 검사는 쓸모가 없습니다. 이번에는 $N$으로 나누는 부분을 일부러 빠뜨려, 정말 잡아내는지 확인해 봅시다.

# %% [markdown] lang="en"
# `True`. One line with $p - y$ stands in for the whole backward pass. The second value is `None` because `target` holds integers and has no gradient.
#
# A check is worth something only if it catches mistakes. Leave out the division by $N$ on purpose.


# %%
class ForgotTheMean(HandMadeLoss):
    @staticmethod
    def backward(ctx, upstream):
        logits, target = ctx.saved_tensors
        one_hot = F.one_hot(target, num_classes=logits.shape[1])
        return upstream * (F.softmax(logits, dim=1) - one_hot), None


try:
    torch.autograd.gradcheck(ForgotTheMean.apply, (exact_table, labels))
except RuntimeError as error:
    print(str(error).splitlines()[0])
# > Jacobian mismatch for output 0 with respect to input 0,

# %% folded="tests"
assert not torch.autograd.gradcheck(
    ForgotTheMean.apply, (exact_table, labels), raise_exception=False
)

# %% [markdown] lang="ko"
# "유한 차분으로 구한 값과 `backward()`의 값이 다르다"는 오류입니다. 여기서는 첫 줄만 출력했지만, 이어지는 줄에는 두 행렬이 나란히 나옵니다. 어느 성분이 몇 배 다른지 비교하면 대개 원인을 찾을 수 있습니다.
#
# `gradcheck`는 폭을 1e-6으로 정해 둡니다. 앞의 표에서 보았듯이 이렇게 작은 폭에서는 `float32`의 반올림 오차가 커서, `float32`를 넣으면 맞게 구현한 `backward()`도 통과하지 못합니다.

# %% [markdown] lang="en"
# The message says that the finite differences and the result of `backward()` disagree. Only its first line is shown; the rest prints both matrices. Which entries differ, and by what factor, usually reveals the cause.
#
# `gradcheck` uses a width of 1e-6. Remember the table above: give it `float32`, and a correct `backward()` fails too.

# %%
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    single_table = table.clone().requires_grad_()
    passed = torch.autograd.gradcheck(
        HandMadeLoss.apply, (single_table, labels), raise_exception=False
    )
print(passed)
# > False
print(str(caught[0].message).split(".")[0])
# > Input #0 requires gradient and is not a double precision floating point or complex
assert not passed

# %% [markdown] lang="ko"
# !!! warning "gradcheck에는 float64를 넣습니다"
#     경고 메시지에 나오듯이, 배정밀도(double precision)가 아닌 입력은 대개 검사를 통과하지 못합니다. 이때 고칠 것은 `backward()`가 아니라 입력의 자료형입니다. 입력을 `tensor.double()`로 바꾸어 다시 검사하세요.

# %% [markdown] lang="en"
# !!! warning "Give gradcheck float64"
#     As the warning says, a check in less than double precision is likely to fail. What needs fixing then is the dtype of the input, not your `backward()`: convert it with `tensor.double()` and check again.

# %% [markdown] lang="ko"
# 역전파를 직접 구현할 때는 함정이 하나 더 있습니다. 로짓 대신 이미 구한 확률을 `ctx`에 담으면 소프트맥스를 한 번 덜 계산해도 되고, 기울기도 맞게 나옵니다. 그런데 이 함수를 두 번 미분하면 어떻게 될까요?

# %% [markdown] lang="en"
# There is one more trap. Keep the probabilities in `ctx` instead of the logits: that saves one softmax, and the gradient is right. But what about a second derivative?


# %%
class SavedProbabilities(HandMadeLoss):
    @staticmethod
    def setup_context(ctx, inputs, output):
        logits, target = inputs
        ctx.save_for_backward(F.softmax(logits, dim=1), target)

    @staticmethod
    def backward(ctx, upstream):
        probs, target = ctx.saved_tensors
        one_hot = F.one_hot(target, num_classes=probs.shape[1])
        return upstream * (probs - one_hot) / len(target), None


# %%
for kind in (HandMadeLoss, SavedProbabilities):
    inputs = (exact_table, labels)
    once = torch.autograd.gradcheck(kind.apply, inputs)
    check_twice = torch.autograd.gradgradcheck
    twice = check_twice(kind.apply, inputs, raise_exception=False)
    print(f"{kind.__name__:18}  first {once}  second {twice}")
# > HandMadeLoss        first True  second True
# > SavedProbabilities  first True  second False

# %% folded="tests"
plain = exact_table.detach()
hessian_of = torch.autograd.functional.hessian
second = hessian_of(lambda z: SavedProbabilities.apply(z, labels), plain)
assert not second.any()
by_func = torch.func.grad(HandMadeLoss.apply)(plain, labels)
assert torch.allclose(by_func, table_gradient.double(), atol=1e-6)

# %% [markdown] lang="ko"
# !!! warning "보관한 확률은 상수가 됩니다"
#     `ctx`에 담은 확률은 로짓과 이어져 있지 않으므로, 두 번째 미분은 오류도 없이 모두 0이 되어 버립니다. 반면 입력을 보관하고 `backward()` 안에서 확률을 다시 구하면 두 번째 미분도 맞게 나옵니다.

# %% [markdown] lang="en"
# !!! warning "Saved probabilities become constants"
#     The probabilities in `ctx` are cut off from the logits, so the second derivative is 0 everywhere, without an error. Keep the inputs and compute the probabilities again inside `backward()`, and the second derivative is right, too.

# %% [markdown] lang="ko"
# ## 기울기의 기울기: 헤세 행렬 { #hessian .deeper }
#
# 이번에는 손실을 한 번 더 미분해 봅시다. 이 절에는 행렬의 고윳값(eigenvalue)까지 나오는데, 낯설다면 식 $H$만 확인하고 넘어가도 됩니다. 기울기 $p - y$에서 $y$는 상수이므로 $p$만 미분하면 되는데, 여기에는 지름길이 있습니다. $\log p_i$의 기울기는 앞에서 구한 식의 부호를 바꾼 것이므로, 정답 자리에 $i$를 넣으면 그 $k$번째 성분은 $[i = k] - p_k$입니다. 여기서 대괄호는 두 번호가 같으면 1, 다르면 0을 뜻합니다. 이 값에 $p_i$를 곱하면 $p_i$의 기울기가 됩니다.
#
# $$
# \frac{\partial p_i}{\partial z_k} = p_i\,([i = k] - p_k), \qquad H = \operatorname{diag}(p) - p\,p^{\top}
# $$
#
# 이처럼 손실을 두 번 미분해서 얻은 행렬이 **헤세 행렬**(Hessian)이며, 이 식을 `torch.func.hessian`의 결과와 비교해 봅시다.

# %% [markdown] lang="en"
# ## The gradient of the gradient: the Hessian { #hessian .deeper }
#
# Differentiate once more. This section goes as far as eigenvalues; if they are new to you, look at the formula for $H$ and move on. In $p - y$ the target $y$ is constant, so only $p$ has to be differentiated. There is a shortcut: the gradient of $\log p_i$ is the formula we have, with its sign flipped and $i$ in the place of the right class, so its component $k$ is $[i = k] - p_k$. The bracket is 1 if the two numbers agree, else 0. Multiply by $p_i$ to get the gradient of $p_i$.
#
# $$
# \frac{\partial p_i}{\partial z_k} = p_i\,([i = k] - p_k), \qquad H = \operatorname{diag}(p) - p\,p^{\top}
# $$
#
# The matrix of second derivatives of the loss is the **Hessian**. Compare with `torch.func.hessian`.

# %%
hessian = torch.func.hessian(F.cross_entropy)(logits, target)
print(hessian)
# > tensor([[ 0.0819, -0.0220, -0.0599],
# >         [-0.0220,  0.1848, -0.1628],
# >         [-0.0599, -0.1628,  0.2227]])

# %% folded="tests"
assert torch.allclose(
    hessian, torch.diag(probs) - torch.outer(probs, probs), atol=1e-6
)
assert torch.allclose(
    hessian,
    torch.func.hessian(F.cross_entropy)(logits, torch.tensor(2)),
    atol=1e-6,
)
assert torch.allclose(
    hessian, torch.func.jacrev(F.softmax)(logits, 0), atol=1e-6
)

# %% [markdown] lang="ko"
# 왼쪽 위 성분이 0.0900 × (1 − 0.0900) = 0.0819라는 것은 손으로도 확인할 수 있습니다. 앞에 접어 둔 검사 세 개는 차례로 식이 맞는지, 정답을 클래스 2로 바꾸어도 헤세 행렬이 그대로인지, 이 행렬이 소프트맥스의 야코비 행렬(Jacobian)과도 같은지 확인합니다. 야코비 행렬이란 여기서는 확률을 로짓으로 미분한 행렬입니다.
#
# 헤세 행렬을 읽을 때는 방향 $v$를 따라 손실이 얼마나 휘는지를 봅니다. 이 값을 계산해 보면 뜻밖에 익숙한 양, 즉 확률 $p$로 계산한 $v$의 **분산**(variance)이 나옵니다.
#
# $$
# v^{\top} H v = \sum_{k} p_k v_k^2 - \Big(\sum_{k} p_k v_k\Big)^2 = \operatorname{Var}_p(v)
# $$

# %% [markdown] lang="en"
# The upper left entry is 0.0900 × (1 − 0.0900) = 0.0819. Three folded assertions confirm that the formula holds, that changing the right class to 2 leaves the Hessian as it is, and that the matrix is also the Jacobian of softmax, the derivative of the probabilities with respect to the logits.
#
# To read such a matrix, ask how much the loss curves along a direction $v$. The answer is a familiar quantity, the **variance** of $v$ under the probabilities $p$.
#
# $$
# v^{\top} H v = \sum_{k} p_k v_k^2 - \Big(\sum_{k} p_k v_k\Big)^2 = \operatorname{Var}_p(v)
# $$

# %%
for v in (
    torch.tensor([1.0, 2.0, 3.0]),
    torch.tensor([1.0, 0.0, 0.0]),
    torch.tensor([1.0, 1.0, 1.0]),
):
    curvature = v @ hessian @ v
    variance = (probs * v.square()).sum() - (probs * v).sum().square()
    print(f"{v.tolist()}  curvature {curvature.abs():.4f}")
    assert torch.isclose(curvature, variance, atol=1e-6)
# > [1.0, 2.0, 3.0]  curvature 0.4244
# > [1.0, 0.0, 0.0]  curvature 0.0819
# > [1.0, 1.0, 1.0]  curvature 0.0000

# %% [markdown] lang="ko"
# 분산은 음수가 될 수 없으므로, 손실은 어느 방향으로 잘라 보아도 그릇처럼 굽어 있거나 평평합니다. 이런 함수를 **볼록**(convex)하다고 하며, 볼록한 함수에서는 지역 최솟값이 모두 전역 최솟값입니다. 또한 분산이 0인 방향은 모든 로짓을 똑같이 움직이는 (1, 1, 1)뿐인데, 소프트맥스가 [이동에 불변](softmax.md#invariance)이라는 사실이 여기서는 "평평한 방향"으로 나타난 것입니다.
#
# 같은 사실을 고윳값으로도 확인할 수 있는데, 가장 작은 고윳값은 0이고 나머지는 양수여야 합니다. 대각 성분의 합인 대각합(trace)은 고윳값을 모두 더한 값과 같으며, 여기서는 $1 - \sum_k p_k^2$입니다.

# %% [markdown] lang="en"
# A variance is never negative, so the loss does not bend downward in any direction. Such a function is **convex**, and every local minimum of a convex function is global. The variance is zero only along (1, 1, 1), where all logits move alike. That softmax is [unchanged by shifts](softmax.md#invariance) shows up here as a flat direction.
#
# Confirm it with eigenvalues: the smallest should be 0, the others positive. The trace, the sum of the diagonal, is the sum of the eigenvalues and equals $1 - \sum_k p_k^2$.

# %%
eigenvalues = torch.linalg.eigvalsh(hessian)
print(eigenvalues[1:])
# > tensor([0.1186, 0.3709])
print(f"trace {hessian.trace():.4f}")
# > trace 0.4895

# %% folded="tests"
assert eigenvalues[0].abs() < 1e-6
assert torch.isclose(hessian.trace(), 1 - probs.square().sum())
assert (hessian @ torch.ones(3)).abs().max() < 1e-6

# %% [markdown] lang="ko"
# 0이 아닌 두 고윳값은 0.1186과 0.3709이고, 둘을 더한 대각합은 0.4895입니다. 로짓 $z = xW + b$는 매개변수의 일차식이므로 소프트맥스 회귀(softmax regression)의 손실은 $W$와 $b$의 함수로 보아도 볼록합니다. 그러나 은닉층(hidden layer)이 끼어들면 이 성질은 사라집니다.
#
# 이 레슨의 첫머리에서 우연이 아니라고 한 이유도 이제 설명할 수 있습니다. 통계학에서는 log-sum-exp를 로그 분배 함수(log-partition function)라고 하는데, 이 함수를 한 번 미분하면 평균이, 두 번 미분하면 분산이 나옵니다. 예측한 확률대로 클래스를 뽑으면 그 원-핫 벡터의 평균이 $p$이므로, 손실의 기울기는 $p - y$이고, 한 번 더 미분하면 위에서 구한 분산이 됩니다.
#
# 이 분산에는 상한도 있습니다. 길이가 1인 방향 $v$의 두 성분은 서로 $\sqrt{2}$보다 멀리 떨어질 수 없고, 최댓값과 최솟값의 차가 $r$인 값의 분산은 $r^2/4$ 이하입니다. 따라서 가장 큰 고윳값은 아무리 커도 $1/2$입니다.

# %% [markdown] lang="en"
# Apart from the 0, the eigenvalues are 0.1186 and 0.3709, and the trace is 0.4895. Because the logits $z = xW + b$ are linear in the parameters, the loss of softmax regression is convex in $W$ and $b$ as well. With a hidden layer in between, convexity is lost.
#
# Now we can say why the subtraction is no accident. Statisticians call log-sum-exp the log-partition function. Its first derivative is a mean and its second a variance. If classes are drawn with their predicted probabilities, the mean of the one-hot vectors is $p$, so the gradient of the loss is $p - y$, and the second derivative is the variance above.
#
# A variance has an upper bound, too. The entries of a direction $v$ of length 1 lie at most $\sqrt{2}$ apart, and values within a width $r$ have a variance of at most $r^2/4$. So the largest eigenvalue is never above $1/2$.

# %%
generator = torch.Generator().manual_seed(0)
draws = 8 * torch.rand(10_000, 5, generator=generator, dtype=torch.float64)
p = F.softmax(draws, dim=1)
J = torch.diag_embed(p) - p[:, :, None] * p[:, None, :]
assert torch.linalg.eigvalsh(J).max() < 0.5
even = torch.tensor([0.5, 0.5, 0.0])
top = torch.linalg.eigvalsh(torch.diag(even) - torch.outer(even, even))[-1]
print(f"largest eigenvalue at p = (0.5, 0.5, 0): {top:.4f}")
# > largest eigenvalue at p = (0.5, 0.5, 0): 0.5000
assert torch.isclose(top, torch.tensor(0.5))

# %% [markdown] lang="ko"
# 무작위로 만든 확률 1만 개 가운데 상한을 넘는 것은 없으며, 두 클래스가 확률을 반씩 나눌 때 가장 큰 고윳값이 상한 0.5000에 닿습니다.

# %% [markdown] lang="en"
# None of the 10,000 random distributions exceeds the bound, and two classes that share the probability evenly reach it: 0.5000.

# %% [markdown] lang="ko"
# ## 포화와 로그의 역할 { #saturation .deeper }
#
# 방금 살펴본 행렬은 소프트맥스를 거슬러 가는 모든 기울기가 거쳐야 하는 관문과 같습니다. 확률로 계산하는 손실이라면 무엇이든, 미분할 때 연쇄 법칙에 따라 이 행렬이 곱해지기 때문입니다. 이 야코비 행렬을 $J$라고 쓰면 다음과 같습니다.
#
# $$
# \frac{\partial L}{\partial z} = J\,\frac{\partial L}{\partial p}, \qquad J = \operatorname{diag}(p) - p\,p^{\top}
# $$
#
# 모델이 한 클래스를 확신하면 $p$는 원-핫에 가까워지고 $J$의 모든 성분은 0에 가까워지는데, 이런 상태를 소프트맥스의 **포화**(saturation)라고 합니다. 그런데도 교차 엔트로피의 기울기가 1 가까이에 머무는 이유는 로그에 있습니다. $-\log p_y$의 도함수는 $-1/p_y$이고 $J$의 $y$번째 열은 $p_y (y - p)$이므로, 둘을 곱하면 다음과 같습니다.
#
# $$
# -\frac{1}{p_y} \cdot p_y\,(y - p) = p - y
# $$
#
# 즉, 한없이 작아지는 $p_y$와 한없이 커지는 $1/p_y$이 정확히 약분됩니다. 로짓 [0, 0, gap]에서 오답의 격차를 벌리며 두 인수를 각각 구해 봅시다.

# %% [markdown] lang="en"
# ## Saturation, and what the logarithm is for { #saturation .deeper }
#
# Every gradient that passes back through softmax is multiplied by the matrix we just met. By the chain rule, that holds for any loss computed from probabilities. Write $J$ for the Jacobian.
#
# $$
# \frac{\partial L}{\partial z} = J\,\frac{\partial L}{\partial p}, \qquad J = \operatorname{diag}(p) - p\,p^{\top}
# $$
#
# When the model is sure of one class, $p$ is nearly one-hot and every entry of $J$ is nearly 0: softmax is **saturated**. If the gradient of cross entropy stays close to 1 all the same, that is thanks to the logarithm. The derivative of $-\log p_y$ is $-1/p_y$, and column $y$ of $J$ is $p_y (y - p)$, hence
#
# $$
# -\frac{1}{p_y} \cdot p_y\,(y - p) = p - y
# $$
#
# The shrinking $p_y$ and the growing $1/p_y$ cancel exactly. Measure the two factors separately for logits [0, 0, gap], as the lead of a wrong class grows.

# %%
for gap in (0.0, 2.0, 5.0, 10.0):
    p = F.softmax(torch.tensor([0.0, 0.0, gap]), dim=0)
    J = torch.diag(p) - torch.outer(p, p)
    slope = -1 / p[0]
    print(
        f"gap {gap:4.1f}  J {J[0, 0]:.6f}  "
        f"slope of -log p {slope:10.2f}  product {J[0, 0] * slope:.4f}"
    )
    assert torch.allclose(J[:, 0] * slope, p - one_hot, atol=1e-5)
# > gap  0.0  J 0.222222  slope of -log p      -3.00  product -0.6667
# > gap  2.0  J 0.095163  slope of -log p      -9.39  product -0.8935
# > gap  5.0  J 0.006604  slope of -log p    -150.41  product -0.9934
# > gap 10.0  J 0.000045  slope of -log p  -22028.47  product -1.0000

# %% [markdown] lang="ko"
# 격차가 10이면 $J$의 성분은 0.000045까지 작아지지만, 로그의 도함수가 −22028.47까지 가팔라지므로 둘의 곱은 −1.0000입니다. 소프트맥스와 교차 엔트로피를 짝지어 쓰는 첫째 이유는 이 손실이 [음의 로그 가능도](cross_entropy.md#sampling)라는 점이고, 둘째 이유는 포화로 사라지는 기울기를 로그가 되살린다는 점입니다.

# %% [markdown] lang="en"
# At a gap of 10, the entry of $J$ has shrunk to 0.000045, but the slope of the log has grown to −22028.47, and the product is −1.0000. The first reason to pair softmax with cross entropy is that this loss is the [negative log-likelihood](cross_entropy.md#sampling); that the logarithm makes up for saturation is the second.

# %% [markdown] lang="ko"
# ## 가장 크게 틀린 곳에서 멈추는 손실 { #stuck .deeper }
#
# 손실에 로그가 없거나, 엉뚱한 값에 로그를 취하면 어떻게 될까요? 그런 손실 두 가지를 교차 엔트로피와 비교합니다.
#
# - **소프트맥스 두 번**: 모델이 낸 확률을 `F.cross_entropy`에 넣은 것으로, [앞 레슨](cross_entropy_in_pytorch.md#wrong-inputs)에서 본 버그입니다.
# - **제곱 오차**: 확률에서 원-핫을 뺀 차를 제곱하고 클래스별 값을 모두 더한 손실로, 그 힘은 [교차 엔트로피](cross_entropy.md#squared-error) 레슨에서도 측정했습니다.
#
# 정답 로짓을 끌어올리는 힘이 세 손실에서 각각 얼마인지 구해 봅시다.

# %% [markdown] lang="en"
# ## Losses that stop where you are most wrong { #stuck .deeper }
#
# What if there is no logarithm, or it is applied to the wrong quantity? Compare two cases.
#
# - **Softmax twice**: the model's probabilities are handed to `F.cross_entropy`, the bug from the [previous lesson](cross_entropy_in_pytorch.md#wrong-inputs).
# - **Squared error**: the squared differences between probabilities and one-hot vector, summed. Its pull has been measured in [cross entropy](cross_entropy.md#squared-error).
#
# Measure the pull on the right logit under all three losses.


# %%
def softmax_twice(logits, target):
    return F.cross_entropy(F.softmax(logits, dim=0), target)


def squared_error(logits, target):
    return (
        (F.softmax(logits, dim=0) - F.one_hot(target, num_classes=3))
        .square()
        .sum()
    )


def pull(loss_fn, gap):
    # ko: 격차가 음수이면 두 오답이 함께 뒤처집니다.
    # en: At a negative gap both wrong classes fall behind.
    z = torch.tensor([0.0, min(gap, 0.0), gap], dtype=torch.float64)
    return -torch.func.grad(loss_fn)(z, torch.tensor(0))[0].item()


# %%
for gap in (0.0, 2.0, 5.0, 10.0, 20.0):
    once, squared, twice = (
        pull(f, gap)
        for f in (F.cross_entropy, squared_error, softmax_twice)
    )
    print(
        f"gap {gap:4.1f}  once {once:.4f}  "
        f"squared {squared:.1e}  twice {twice:.1e}"
    )
# > gap  0.0  once 0.6667  squared 4.4e-01  twice 2.2e-01
# > gap  2.0  once 0.8935  squared 3.0e-01  twice 1.2e-01
# > gap  5.0  once 0.9934  squared 2.6e-02  twice 8.9e-03
# > gap 10.0  once 1.0000  squared 1.8e-04  twice 6.2e-05
# > gap 20.0  once 1.0000  squared 8.2e-09  twice 2.8e-09
assert pull(F.cross_entropy, 10.0) / pull(softmax_twice, 10.0) > 16_000
assert 16_000 * pull(softmax_twice, 0.0) > 3_000  # one update at that rate

# %% [markdown] lang="ko"
# 격차가 0일 때는 세 손실의 힘이 모두 충분해서, 학습 초반에는 문제가 드러나지 않습니다. 그러나 격차가 10이면 교차 엔트로피의 힘은 1.0000인데, 제곱 오차의 힘은 1.8e-04, 소프트맥스 두 번의 힘은 6.2e-05로 약해집니다. 격차가 20이면 소프트맥스 두 번의 힘은 2.8e-09까지 떨어집니다.
#
# 힘이 약해지는 것 자체는 나쁜 일이 아니며, 이미 맞힌 샘플에서는 오히려 약해져야 합니다. 정답이 앞서는 쪽, 즉 격차가 음수인 쪽까지 함께 그려 보면 세 손실의 차이가 분명해집니다.

# %% [markdown] lang="en"
# At gap 0 all three are fine, which is why nothing seems wrong early in training. At gap 10, cross entropy pulls with 1.0000, squared error with 1.8e-04, softmax twice with 6.2e-05. At gap 20, softmax twice is down to 2.8e-09.
#
# A fading pull is not bad in itself: for an example that is already right, it should fade. Draw the side where the right class leads (negative gaps) as well, and the difference is plain.

# %% figure="pull_by_gap"
gaps = torch.arange(-10, 21).tolist()
fig, ax = plt.subplots(figsize=(6.4, 4))
ax.semilogy(
    gaps, [pull(F.cross_entropy, gap) for gap in gaps], "-", color="C0"
)
ax.semilogy(
    gaps, [pull(squared_error, gap) for gap in gaps], "--", color="C1"
)
ax.semilogy(
    gaps, [pull(softmax_twice, gap) for gap in gaps], ":", color="C3"
)
ax.axvline(0, color="C7", linewidth=1)
ax.text(11, 6, "cross entropy", ha="center", va="bottom")
ax.text(12.5, 1e-4, "squared error", va="bottom")
ax.text(8, 1e-8, "softmax twice", ha="center")
ax.text(-5, 1e-10, "right", ha="center")
ax.text(10, 1e-10, "wrong", ha="center")
ax.set(
    xlabel="lead of a wrong logit",
    ylabel="pull",
    xlim=(-10, 20),
    ylim=(1e-11, 1e3),
)
ax.set_yticks([1e-9, 1e-6, 1e-3, 1])

# %% [markdown] lang="ko" caption="pull_by_gap"
# 맞힌 쪽에서는 세 손실 모두 힘이 약해지지만, 틀린 쪽에서 끝까지 같은 힘으로 당기는 것은 교차 엔트로피뿐입니다.
#
# 가로축은 오답 로짓이 정답 로짓보다 앞선 정도로 −10부터 20까지이고, 세로축은 정답 로짓을 끌어올리는 힘이며 로그 눈금입니다. 0보다 왼쪽은 맞힌 쪽, 오른쪽은 틀린 쪽입니다. 실선으로 그린 교차 엔트로피의 힘은 −10에서는 약 1만분의 1이고, 점점 올라가 0을 지나면 높이 1에서 평평해집니다. 파선으로 그린 제곱 오차와 점선으로 그린 소프트맥스 두 번의 힘은 0 근처에서 가장 세고, 틀린 쪽에서는 다시 곧게 떨어져 20에서는 둘 다 1억분의 1보다 작습니다.
#
# - cross entropy: 교차 엔트로피
# - squared error: 제곱 오차
# - softmax twice: 소프트맥스 두 번
# - right: 맞힘
# - wrong: 틀림
# - lead of a wrong logit: 오답 로짓이 앞선 정도
# - pull: 끌어올리는 힘

# %% [markdown] lang="en" caption="pull_by_gap"
# When the model is right, all three ease off. When it is wrong, only cross entropy keeps pulling.
#
# The horizontal axis is the lead of a wrong logit over the right one, from −10 to 20; the vertical axis is the pull on the right logit, on a log scale. Left of 0 the model is right, to the right of it wrong. The solid line, cross entropy, comes up from about one ten-thousandth at −10 and levels off at 1 beyond 0. The dashed line, squared error, and the dotted line, softmax twice, peak near 0 and fall off in straight lines on the wrong side; at 20 both are below one hundred-millionth.

# %% [markdown] lang="ko"
# 힘이 약하면 학습이 얼마나 더 오래 걸릴까요? 격차 5와 10에서 출발해 학습률 1로 갱신하며, 정답이 앞설 때까지 갱신이 몇 번 필요한지 셉니다. 결과를 보기 전에 먼저 예상해 보세요.

# %% [markdown] lang="en"
# How much longer does training take with a weak pull? Start at gaps of 5 and 10, descend with learning rate 1, and count the steps until the right class leads. Guess first.


# %% anchor="without_log"
def steps_until_right(loss_fn, gap):
    z = torch.tensor(
        [0.0, 0.0, gap], dtype=torch.float64, requires_grad=True
    )
    steps = 0
    while z[0] <= z[1:].max():
        (gradient,) = torch.autograd.grad(loss_fn(z, torch.tensor(0)), z)
        with torch.no_grad():
            z -= 1.0 * gradient
        steps += 1
    return steps


for loss_fn in (F.cross_entropy, squared_error, softmax_twice):
    near, far = (
        steps_until_right(loss_fn, 5.0),
        steps_until_right(loss_fn, 10.0),
    )
    print(
        f"{loss_fn.__name__:13}  gap 5: "
        f"{near:2} steps  gap 10: {far:4} steps"
    )
    assert (far > 100 * near) == (loss_fn != F.cross_entropy)
# > cross_entropy  gap 5:  3 steps  gap 10:    6 steps
# > squared_error  gap 5: 20 steps  gap 10: 2303 steps
# > softmax_twice  gap 5: 58 steps  gap 10: 7370 steps

# %% [markdown] lang="ko"
# 격차가 10일 때 교차 엔트로피는 갱신 6번이면 되지만, 제곱 오차로는 2,303번, 소프트맥스를 두 번 취하면 7,370번을 갱신해야 합니다. 또한 격차가 두 배가 되는 동안 교차 엔트로피의 갱신 횟수는 두 배가 되었지만, 나머지 둘의 횟수는 100배 넘게 늘었습니다. 그렇다면 학습률을 키우면 될까요? 소프트맥스 두 번이라면 학습률이 1만 6천 배는 되어야 힘이 비슷해지는데, 그런 학습률이면 격차가 0인 샘플의 로짓이 갱신 한 번에 수천이나 움직입니다.
#
# !!! warning "소프트맥스는 한 번만"
#     모델은 로짓을 돌려주게 하고, 소프트맥스와 로그는 `F.cross_entropy`에 맡깁니다. 소프트맥스를 두 번 취하면 손실이 0에 닿지 못할 뿐 아니라, 가장 크게 틀린 샘플이 가장 먼저 버려집니다. 이때 오류도 경고도 나지 않아 더욱 조심해야 합니다.

# %% [markdown] lang="en"
# At a gap of 10, cross entropy needs 6 steps, squared error 2,303, and softmax twice 7,370. Doubling the gap doubled the steps of cross entropy, but multiplied those of the other two by more than 100. A larger learning rate is no way out: with softmax twice, matching the pull would take one about 16,000 times as large, and at that rate a single update moves the right logit of an example at gap 0 by thousands.
#
# !!! warning "Softmax once"
#     Let the model return logits, and leave softmax and logarithm to `F.cross_entropy`. With softmax twice, the loss cannot reach 0, and worse, the examples that are most wrong are the first to be given up. No error, no warning.

# %% [markdown] lang="ko"
# ## 함정: 쌓이는 기울기와 새로 만들어지는 텐서 { #pitfalls .deeper }
#
# 식을 정확히 알더라도 학습 루프를 짤 때 실수할 수 있습니다. `backward()`는 전에 구한 기울기를 덮어쓰지 않고 거기에 **더하는데**, 같은 로짓에서 두 번 부르면 어떻게 될까요?

# %% [markdown] lang="en"
# ## Pitfalls: gradients that pile up, tensors created anew { #pitfalls .deeper }
#
# Knowing the formula does not protect you from mistakes in the training loop. `backward()` does not overwrite gradients, it **adds** to them. Call it twice at the same logits.

# %%
z = torch.zeros(3, requires_grad=True)
for _ in range(2):
    F.cross_entropy(z, target).backward()
    print(z.grad)
# > tensor([-0.6667,  0.3333,  0.3333])
# > tensor([-1.3333,  0.6667,  0.6667])

# %% folded="tests"
assert torch.allclose(
    z.grad, 2 * (F.softmax(torch.zeros(3), dim=0) - one_hot)
)

# %% [markdown] lang="ko"
# !!! warning "지우지 않으면 기울기가 쌓입니다"
#     두 번째 출력은 −0.6667이 아니라 두 배인 −1.3333입니다. 로짓 기울기의 성분은 크기가 1을 넘을 수 없으므로, 이 값 하나만 보아도 잘못을 알 수 있습니다. 이를 막으려면 갱신할 때마다 `optimizer.zero_grad()`를 부르거나 `z.grad = None`으로 기울기를 지웁니다.
#
# 두 번째 실수는 이와 반대로, 갱신해야 할 텐서를 루프 **안에서** 매번 새로 만드는 것입니다.

# %% [markdown] lang="en"
# !!! warning "Gradients pile up unless cleared"
#     The second line shows −1.3333, twice −0.6667. Since no entry of a logit gradient can exceed 1 in size, this value alone gives the mistake away. Call `optimizer.zero_grad()` in each step, or clear it with `z.grad = None`.
#
# The second mistake is the opposite: the tensor that should move is created **inside** the loop.

# %%
for step in range(3):
    z = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    loss = F.cross_entropy(z, target)
    loss.backward()
    with torch.no_grad():
        z -= 1.0 * z.grad
    print(f"step {step}  loss {loss.item():.4f}")
    assert loss == F.cross_entropy(logits, target)
# > step 0  loss 2.4076
# > step 1  loss 2.4076
# > step 2  loss 2.4076

# %% [markdown] lang="ko"
# 반복할 때마다 로짓이 [1, 2, 3]으로 되돌아가므로, 손실은 2.4076에서 조금도 줄지 않습니다. 기울기를 올바르게 구해 놓고도 버린 셈입니다. 따라서 텐서는 루프 밖에서 한 번만 만들고, 루프 안에서는 새 텐서를 만들지 않고 제자리에서(in place) 고칩니다.

# %% [markdown] lang="en"
# Every step goes back to [1, 2, 3], so the loss stays at 2.4076. The gradient was right, and then it was thrown away. Create the tensor once, outside, and change it in place inside the loop.

# %%
z = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
losses = []
for step in range(3):
    loss = F.cross_entropy(z, target)
    losses.append(loss.item())
    z.grad = None
    loss.backward()
    with torch.no_grad():
        z -= 1.0 * z.grad
    print(f"step {step}  loss {loss.item():.4f}")
# > step 0  loss 2.4076
# > step 1  loss 1.2196
# > step 2  loss 0.5933

# %% folded="tests"
assert losses[0] > losses[1] > losses[2]
assert z.is_leaf
assert not (z - 1.0 * z.grad).is_leaf

# %% [markdown] lang="ko"
# 이제 손실이 2.4076, 1.2196, 0.5933으로 내려갑니다. `with torch.no_grad():`와 `-=`를 쓰지 않고 `z = z - 1.0 * z.grad`라고 쓰면 어떻게 되는지는 마지막 `assert`에서 알 수 있습니다. 이렇게 얻은 새 텐서는 **잎**(leaf)이 아닙니다. 잎은 계산의 결과가 아니라 직접 만든 텐서이고 `backward()`는 잎의 `.grad`만 채우므로, 다음에 갱신할 때 `z.grad`는 `None`이 됩니다. 실제 학습에서는 옵티마이저(optimizer)가 이런 일을 모두 대신합니다. 같은 손실에서 `backward()`를 두 번 부를 때 나는 오류는 [증상으로 찾기](symptoms.md#second-time) 레슨에서 설명합니다.

# %% [markdown] lang="en"
# Now it falls: 2.4076, 1.2196, 0.5933. What if you write `z = z - 1.0 * z.grad`, without `with torch.no_grad():` and `-=`? The last `assert` answers: the new tensor is not a **leaf**. Leaves are tensors you created, not results of a computation, and `backward()` fills `.grad` of leaves only. In the next step `z.grad` would be `None`. In real training the optimizer takes care of all this. For the error of going back through one loss twice, see [Find it by its symptom](symptoms.md#second-time).

# %% [markdown] lang="ko"
# ## 연습 문제 { #exercises }
#
# **1. 자동 미분 없이.** 로짓 행렬과 정답 번호를 받아 평균 교차 엔트로피의 기울기를 돌려주는 함수를 작성해 보세요. 단, 자동 미분도 반복문도 쓰지 않습니다. 풀기 전에, 샘플이 4개이고 클래스가 2개이며 로짓이 모두 0일 때 정답 자리의 기울기가 얼마일지 예상해 보세요.
#
# ??? tip "힌트"
#     샘플 하나의 기울기는 $p - y$입니다. 손실을 샘플에 대해 평균하면 이 값이 어떻게 바뀌는지 [배치](#batch) 절에서 확인해 보세요.

# %% [markdown] lang="en"
# ## Exercises { #exercises }
#
# **1. Without autograd.** Write a function that takes a matrix of logits and the indices of the right classes and returns the gradient of the mean cross entropy, with neither automatic differentiation nor a loop. Before you start: for four examples and two classes with all logits at 0, what is the entry of a right class?
#
# ??? tip "Hint"
#     The gradient of one example is $p - y$. The section on [batches](#batch) tells what becomes of it when the loss is a mean over the examples.


# %% exercise="by_hand"
def cross_entropy_gradient(logits, target):
    ### BEGIN SOLUTION
    one_hot = F.one_hot(target, num_classes=logits.shape[1])
    return (F.softmax(logits, dim=1) - one_hot) / len(target)
    ### END SOLUTION


# %% check="by_hand"
sample = torch.tensor(
    [[0.5, -1.0, 2.0], [3.0, 0.0, 0.0], [1.0, 1.0, 1.0], [-2.0, 4.0, 0.5]]
)
sample_target = torch.tensor([2, 1, 0, 1])
large = torch.tensor([[1000.0, 1.0, 999.0], [-1000.0, 0.0, 3.0]])
for z, right in [(sample, sample_target), (large, torch.tensor([0, 0]))]:
    by_autograd = torch.func.grad(F.cross_entropy)(z, right)
    found = cross_entropy_gradient(z, right)
    case = f"{z}, {right}: {found}"
    assert torch.is_tensor(found), f"{case}, no tensor"
    assert found.shape == z.shape, f"{case}, not {tuple(z.shape)}"
    close = torch.allclose(found.float(), by_autograd, atol=1e-4)
    assert close, f"{case}, not {by_autograd}"
four = cross_entropy_gradient(torch.zeros(4, 2), torch.tensor([0, 1, 1, 0]))
assert abs(four[0, 0] + 0.125) < 1e-6, (
    f"4 examples, 2 classes, logits 0: {four}"
)


# %% wrong="by_hand"
# ko: 손실이 평균이므로, 기울기도 샘플 수로 나누어야 합니다.
# en: The loss is a mean, so its gradient is divided by the number of examples too.
def cross_entropy_gradient(logits, target):
    one_hot = F.one_hot(target, num_classes=logits.shape[1])
    return F.softmax(logits, dim=1) - one_hot


# %% wrong="by_hand"
# ko: 소프트맥스를 클래스 방향이 아니라 샘플 방향으로 취했습니다.
# en: The softmax goes along the examples instead of the classes.
def cross_entropy_gradient(logits, target):
    one_hot = F.one_hot(target, num_classes=logits.shape[1])
    return (F.softmax(logits, dim=0) - one_hot) / len(target)


# %% wrong="by_hand"
# ko: 샘플 수로 나누어야 하는데, 클래스 수로 나누었습니다.
# en: It divides by the number of classes instead of that of examples.
def cross_entropy_gradient(logits, target):
    one_hot = F.one_hot(target, num_classes=logits.shape[1])
    return (F.softmax(logits, dim=1) - one_hot) / logits.shape[1]


# %% wrong="by_hand"
# ko: 로짓이 88을 넘으면 지수 함수의 값이 무한대가 되므로, 확률이 `nan`이 됩니다.
# en: Above a logit of 88 the exponential is infinite, and the probability is `nan`.
def cross_entropy_gradient(logits, target):
    exps = logits.exp()
    one_hot = F.one_hot(target, num_classes=logits.shape[1])
    return (exps / exps.sum(dim=1, keepdim=True) - one_hot) / len(target)


# %% right="by_hand"
def cross_entropy_gradient(logits, target):
    gradient = F.softmax(logits.double(), dim=1) / len(target)
    gradient[torch.arange(len(target)), target] -= 1 / len(target)
    return gradient


# %% right="by_hand"
def cross_entropy_gradient(logits, target):
    probs = torch.exp(logits - logits.logsumexp(dim=1, keepdim=True))
    return (probs - F.one_hot(target, logits.shape[1])) / len(target)


# %% [markdown] lang="ko"
# **2. 번진 기울기.** 누군가 샘플 하나의 로짓 기울기를 적어 두었는데, 성분 하나가 번져서 읽을 수 없습니다(`nan`). 정답 클래스의 번호와 모델의 확률을 모두 되살리는 함수를 작성해 보세요. 번진 곳이 정답 자리일 수도 있고 아닐 수도 있다는 점에 주의하세요.
#
# ??? tip "힌트"
#     기울기의 성분을 모두 더하면 언제나 같은 값이 됩니다. 이것으로 번진 성분을 되살리고 나면, 정답 자리는 성분의 부호로 알 수 있습니다.

# %% [markdown] lang="en"
# **2. A smudged gradient.** Someone wrote down the gradient of one example, and one entry is smudged (`nan`). Write a function that recovers the index of the right class and all the probabilities. The smudge may or may not sit on the right class.
#
# ??? tip "Hint"
#     The entries of a gradient always have the same sum. Once this has given you the smudged entry, the signs tell which class is right.


# %% exercise="smudged"
# ko: (정답 번호, 확률)을 돌려주세요.
# en: Return (index of the right class, probabilities).
def recover(gradient):
    ### BEGIN SOLUTION
    gradient = torch.where(gradient.isnan(), -gradient.nansum(), gradient)
    target = gradient.argmin()
    return target.item(), gradient + F.one_hot(
        target, num_classes=len(gradient)
    )
    ### END SOLUTION


# %% check="smudged"
nan = float("nan")
cases = [
    ([nan, 0.25, 0.65], 0, [0.1, 0.25, 0.65]),
    ([0.2, 0.1, -0.6, nan], 2, [0.2, 0.1, 0.4, 0.3]),
    ([nan, -0.1, 0.05], 1, [0.05, 0.9, 0.05]),
]
for gradient, right, probs_right in cases:
    found = recover(torch.tensor(gradient))
    assert found is not None, f"{gradient}: {found}"
    assert found[0] == right, f"{gradient}: class {found[0]}, not {right}"
    mine = torch.as_tensor(found[1]).float()
    close = torch.allclose(mine, torch.tensor(probs_right), atol=1e-6)
    assert close, f"{gradient}: {found[1]}, not {probs_right}"


# %% wrong="smudged"
# ko: 번진 성분이 언제나 정답 클래스의 것은 아닙니다.
# en: The smudge is not always on the right class.
def recover(gradient):
    target = gradient.isnan().nonzero().item()
    probs = torch.where(gradient.isnan(), -gradient.nansum(), gradient)
    return target, probs + F.one_hot(torch.tensor(target), len(probs))


# %% wrong="smudged"
# ko: 기울기의 합이 0이라는 사실을 쓰지 않고, 번진 성분을 0으로 채웠습니다.
# en: It fills the smudge with 0 instead of using that the entries sum to 0.
def recover(gradient):
    gradient = gradient.nan_to_num(0.0)
    target = gradient.argmin()
    return target.item(), gradient + F.one_hot(target, len(gradient))


# %% wrong="smudged"
# ko: 정답 클래스의 성분은 $p - 1$이므로, 확률을 되살리려면 1을 더해야 합니다.
# en: The entry of the right class is $p - 1$, so 1 must be added to recover the probability.
def recover(gradient):
    gradient = torch.where(gradient.isnan(), -gradient.nansum(), gradient)
    return gradient.argmin().item(), gradient.abs()


# %% right="smudged"
def recover(gradient):
    probs = gradient.double()
    probs[gradient.isnan()] = -gradient.nansum()
    target = (probs < 0).nonzero().item()
    probs[target] += 1
    return target, probs


# %% [markdown] lang="ko"
# **3. 휘어진 정도를 수 하나로.** 헤세 행렬을 만들지 않고, 확률만으로 그 대각합을 구하는 함수를 작성해 보세요. 또한 클래스가 10개일 때 대각합은 어떤 확률에서 가장 크고, 어떤 확률에서 0이 되는지 생각해 보세요.
#
# ??? tip "힌트"
#     대각 성분만 있으면 되므로, $H$의 식에서 두 번호가 같은 자리의 성분을 적어 보세요. 확률의 합이 1이라는 것까지 쓰면 식이 짧아집니다.

# %% [markdown] lang="en"
# **3. Curvature as one number.** Write a function that computes the trace of the Hessian from the probabilities alone, without building the matrix. With ten classes, which probabilities make the trace largest, and which make it 0?
#
# ??? tip "Hint"
#     Only the diagonal is needed: write down an entry of $H$ whose two indices agree. That the probabilities sum to 1 makes the formula short.


# %% exercise="trace" path="deeper"
def hessian_trace(probs):
    ### BEGIN SOLUTION
    # ko: 확률이 모두 같을 때 가장 크고(1 - 1/K), 한 클래스에 몰리면 0입니다.
    # en: It is largest for equal probabilities (1 - 1/K)
    # en: and 0 when one class has it all.
    return 1 - probs.square().sum()
    ### END SOLUTION


# %% check="trace"
small = F.softmax(torch.tensor([1.0, 2.0, 3.0]), dim=0)
ten = torch.linspace(-1.0, 2.0, 10)
full = torch.func.hessian(F.cross_entropy)(ten, torch.tensor(4))
for p, right, close in [
    (small, 0.4895, 1e-4),
    (F.softmax(ten, dim=0), full.trace(), 1e-5),
    (torch.full((10,), 0.1), 0.9, 1e-6),
    (torch.tensor([0.0, 1.0]), 0, 1e-6),
    (torch.tensor([0.3, 0.7]), 0.42, 1e-6),
]:
    found = hessian_trace(p)
    assert abs(found - right) < close, f"{p}: {found}, not {right}"


# %% wrong="trace"
# ko: 확률이 모두 같을 때에만 맞는 값입니다.
# en: This holds for equal probabilities only.
def hessian_trace(probs):
    return torch.tensor(1 - 1 / len(probs))


# %% wrong="trace"
# ko: 헤세 행렬의 대각 성분은 $p$가 아니라 $p - p^2$입니다.
# en: An entry of the diagonal is $p - p^2$, not $p$.
def hessian_trace(probs):
    return probs.sum()


# %% wrong="trace"
# ko: 가장 큰 확률만으로는 나머지 확률이 어떻게 나뉘었는지 알 수 없습니다.
# en: The largest probability alone does not tell how the rest is divided.
def hessian_trace(probs):
    return 1 - probs.max()


# %% right="trace"
def hessian_trace(probs):
    return (probs * (1 - probs)).sum()


# %% [markdown] lang="ko"
# **4. 소프트맥스를 몇 번이나.** 모델 끝에서 소프트맥스를 `extra`번 취한 다음 `F.cross_entropy`에 넣습니다. 로짓을 마음대로 정할 수 있다면 손실은 어디까지 내려갈 수 있을까요? 클래스의 수와 `extra`를 받아 그 바닥을 돌려주는 함수를 작성해 보세요. `extra`가 1이면 소프트맥스를 두 번 취한 것과 같으며, 이때 손실의 바닥은 클래스 3개에서 0.5514, 10개에서 1.4612입니다. `extra`를 계속 늘리면 바닥이 어디로 가는지도 생각해 보세요.
#
# ??? tip "힌트"
#     첫 소프트맥스에서 나올 수 있는 가장 좋은 출력은 무엇일까요? 그 출력에서 시작해 남은 소프트맥스가 몇 번인지 세되, 마지막 한 번은 `F.cross_entropy` 안에 있다는 점에 주의하세요.

# %% [markdown] lang="en"
# **4. How many softmaxes?** A model applies softmax `extra` times before its output goes to `F.cross_entropy`. If you may choose the logits freely, how low can the loss get? Write a function that takes the number of classes and `extra` and returns this floor. `extra` = 1 is softmax twice, with floors of 0.5514 for three classes and 1.4612 for ten. Where does the floor go as `extra` grows?
#
# ??? tip "Hint"
#     What is the best output that the first softmax can give? Start there and count the softmaxes that are left, keeping in mind that the last one is inside `F.cross_entropy`.


# %% exercise="floors" path="deeper"
def lowest_loss(num_classes, extra):
    ### BEGIN SOLUTION
    # ko: 첫 소프트맥스가 낼 수 있는 가장 좋은 출력은 원-핫이고,
    # ko: extra를 늘리면 바닥은 ln K로 올라갑니다.
    # en: The best output of the first softmax is one-hot.
    # en: The floor climbs toward ln K.
    best = F.one_hot(torch.tensor(0), num_classes).double()
    for _ in range(extra - 1):
        best = F.softmax(best, dim=0)
    return F.cross_entropy(best, torch.tensor(0)).item()
    ### END SOLUTION


# %% check="floors"
sure = torch.tensor([80.0, 0.0, 0.0])
thrice = F.cross_entropy(
    F.softmax(F.softmax(sure, dim=0), dim=0), torch.tensor(0)
)
best = torch.tensor([80.0, 0.0, 0.0, 0.0, 0.0])
for _ in range(4):
    best = F.softmax(best, dim=0)
four_times = F.cross_entropy(best, torch.tensor(0))
for K, extra, right, close in [
    (3, 1, 0.5514, 1e-4),
    (10, 1, 1.4612, 1e-4),
    (3, 2, thrice, 1e-4),
    (5, 4, four_times, 1e-5),
]:
    found = lowest_loss(K, extra=extra)
    case = f"lowest_loss({K}, extra={extra}): {found}, not {right:.4f}"
    assert abs(found - right) < close, case


# %% wrong="floors"
# ko: 소프트맥스를 두 번 취했을 때의 값이고, 그보다 많을 때는 바닥이 더 높습니다.
# en: This is the value for softmax twice; with more of them the floor is higher.
def lowest_loss(num_classes, extra):
    one_hot = F.one_hot(torch.tensor(0), num_classes).double()
    return F.cross_entropy(one_hot, torch.tensor(0)).item()


# %% wrong="floors"
# ko: 원-핫은 이미 첫 소프트맥스의 출력이므로, 소프트맥스를 한 번 더 셌습니다.
# en: One-hot is the output of the first softmax already, so one softmax is counted twice.
def lowest_loss(num_classes, extra):
    best = F.one_hot(torch.tensor(0), num_classes).double()
    for _ in range(extra):
        best = F.softmax(best, dim=0)
    return F.cross_entropy(best, torch.tensor(0)).item()


# %% wrong="floors"
# ko: $\ln K$는 소프트맥스를 한없이 취할 때 바닥이 다가가는 값입니다.
# en: $\ln K$ is what the floor approaches as softmax is applied without end.
def lowest_loss(num_classes, extra):
    return torch.tensor(num_classes).log().item()


# %% right="floors"
def lowest_loss(num_classes, extra):
    logits = 1e3 * F.one_hot(torch.tensor(0), num_classes).double()
    for _ in range(extra):
        logits = F.softmax(logits, dim=0)
    return logits.logsumexp(dim=0).item() - logits[0].item()


# %% [markdown] lang="ko"
# **5. 클래스가 둘일 때.** [이진 교차 엔트로피](cross_entropy_in_pytorch.md#binary)는 로짓 [0, z]의 교차 엔트로피와 같습니다. 평균 이진 교차 엔트로피를 로짓 `z`로 미분한 기울기를 자동 미분 없이 구하는 함수를 작성해 보세요. 정답 `y`는 0 또는 1이며, 구한 기울기는 `torch.autograd.gradcheck`로 확인합니다.
#
# ??? tip "힌트"
#     `z`는 클래스 1의 로짓이므로, $p - y$에서 클래스 1의 성분만 구하면 됩니다. `z` 하나로 클래스 1의 확률을 구하는 함수를 떠올리고, 손실이 평균이라는 점도 잊지 마세요.

# %% [markdown] lang="en"
# **5. With two classes.** [Binary cross entropy](cross_entropy_in_pytorch.md#binary) is the cross entropy of the logits [0, z]. Write a function that computes the gradient of the mean binary cross entropy with respect to the logits `z`, without automatic differentiation. The targets `y` are 0 or 1. Your gradient is checked with `torch.autograd.gradcheck`.
#
# ??? tip "Hint"
#     `z` is the logit of class 1, so all you need is the entry of $p - y$ for class 1. Recall the function that turns `z` alone into the probability of class 1, and keep in mind that the loss is a mean.


# %% exercise="binary"
def binary_gradient(z, y):
    ### BEGIN SOLUTION
    return (torch.sigmoid(z) - y) / len(z)
    ### END SOLUTION


# %% check="binary"
class BinaryLoss(torch.autograd.Function):
    @staticmethod
    def forward(ctx, z, y):
        ctx.save_for_backward(z, y)
        return F.binary_cross_entropy_with_logits(z, y)

    @staticmethod
    def backward(ctx, upstream):
        return upstream * binary_gradient(*ctx.saved_tensors), None


z = torch.tensor(
    [-3.0, 0.0, 0.7, 5.0], dtype=torch.float64, requires_grad=True
)
y = torch.tensor([1.0, 0.0, 1.0, 0.0], dtype=torch.float64)
zeros = binary_gradient(torch.zeros(4), torch.ones(4))
right = torch.full((4,), -0.125)
assert torch.allclose(zeros, right), f"z = 0, y = 1: {zeros}, not {right}"
far = torch.tensor([1000.0, -1000.0])
large = binary_gradient(far, torch.tensor([0.0, 1.0]))
right = torch.tensor([0.5, -0.5])
assert torch.equal(large, right), f"z = {far}: {large}, not {right}"
case = f"gradcheck, z = {z.tolist()}, y = {y.tolist()}"
assert torch.autograd.gradcheck(BinaryLoss.apply, (z, y)), case


# %% wrong="binary"
# ko: 손실이 평균이므로, 기울기도 샘플 수로 나누어야 합니다.
# en: The loss is a mean, so its gradient is divided by the number of examples too.
def binary_gradient(z, y):
    return torch.sigmoid(z) - y


# %% wrong="binary"
# ko: 부호가 반대여서, 손실이 커지는 쪽이 아니라 작아지는 쪽을 가리킵니다.
# en: The sign is turned around: it points to where the loss falls, not to where it grows.
def binary_gradient(z, y):
    return (y - torch.sigmoid(z)) / len(z)


# %% wrong="binary"
# ko: $e^{1000}$은 무한대가 되고, 무한대를 무한대로 나누면 `nan`입니다.
# en: $e^{1000}$ is infinite, and infinity divided by infinity is `nan`.
def binary_gradient(z, y):
    return (z.exp() / (1 + z.exp()) - y) / len(z)


# %% right="binary"
def binary_gradient(z, y):
    pair = torch.stack([torch.zeros_like(z), z])
    return (F.softmax(pair, dim=0)[1] - y) / len(z)


# %% [markdown] lang="ko"
# **6. 갱신하기 전의 기울기.** 클래스가 4개이고 로짓이 모두 0일 때, 샘플 하나의 교차 엔트로피를 정답 로짓으로 미분한 기울기를 구해 보세요.
#
# ??? tip "힌트"
#     기울기는 $p - y$이며, 로짓이 모두 같으면 확률도 모두 같습니다.

# %% [markdown] lang="en"
# **6. Before any update.** There are 4 classes, and all logits are 0. Find the gradient of the right logit for the cross entropy of one example.
#
# ??? tip "Hint"
#     The gradient is $p - y$, and equal logits get equal probabilities.

# %% exercise="first_entry"
### BEGIN SOLUTION
# p - y
first_entry = 1 / 4 - 1
### END SOLUTION

# %% check="first_entry"
by_autograd = torch.func.grad(F.cross_entropy)(
    torch.zeros(4), torch.tensor(0)
)
assert isinstance(first_entry, (int, float)), (
    f"{first_entry!r} is not a number"
)
assert abs(first_entry - by_autograd[0].item()) < 1e-4, (
    f"the gradient is not {first_entry}"
)

# %% wrong="first_entry"
# ko: 정답 자리에서 1을 빼지 않아, 정답이 아닌 클래스의 기울기가 되었습니다.
# en: The 1 of the right class is not subtracted, so this is the gradient of a class that is not right.
first_entry = 1 / 4

# %% wrong="first_entry"
# ko: 부호가 반대이므로, 경사 하강법이 정답의 로짓을 낮추게 됩니다.
# en: The sign is reversed, and gradient descent would lower the right logit.
first_entry = 1 - 1 / 4

# %% [markdown] lang="ko"
# **7. 힘이 0.99인 격차.** 클래스가 둘이고, 정답의 로짓이 다른 로짓보다 격차만큼 낮습니다. 이때 정답 로짓의 기울기가 −0.99가 되는 격차를 소수점 아래 셋째 자리까지 구해 보세요.
#
# ??? tip "힌트"
#     기울기가 −0.99이면 정답의 확률은 0.01입니다. 두 확률의 비가 얼마인지 먼저 구해 보세요.

# %% [markdown] lang="en"
# **7. A pull of 0.99.** There are two classes, and the right logit is below the other one by a gap. Find, to three decimals, the gap at which the gradient of the right logit is −0.99.
#
# ??? tip "Hint"
#     With a gradient of −0.99 the right class has probability 0.01. Find the ratio of the two probabilities first.

# %% exercise="gap_for_pull" path="deeper"
### BEGIN SOLUTION
# 1 / (1 + exp(-gap)) = 0.99
gap_for_pull = torch.tensor(0.99 / 0.01).log().item()
### END SOLUTION

# %% check="gap_for_pull"
assert isinstance(gap_for_pull, (int, float)), (
    f"{gap_for_pull!r} is not a number"
)
logits_apart = torch.tensor([0.0, gap_for_pull], dtype=torch.float64)
pull = torch.func.grad(F.cross_entropy)(logits_apart, torch.tensor(0))[0]
case = f"gap {gap_for_pull}: gradient {pull:.6f}, not -0.99"
assert abs(pull.item() + 0.99) < 1e-5, case

# %% wrong="gap_for_pull"
# ko: 다른 클래스의 확률 0.99를 빠뜨리고 1을 0.01로 나눈 비에 로그를 취했습니다.
# en: This is the logarithm of 1 over 0.01 and leaves out the probability of the other class, 0.99.
gap_for_pull = torch.tensor(1 / 0.01).log().item()

# %% wrong="gap_for_pull"
# ko: 기울기는 격차에 비례하지 않고, 격차가 커질수록 −1에 가까워집니다.
# en: The gradient is not proportional to the gap and approaches −1 as the gap grows.
gap_for_pull = 0.99

# %% [markdown] lang="ko"
# ## 퀴즈 { #quiz }
#
# ??? question "1. 정답 클래스의 기울기는 양수일까요, 음수일까요?"
#     - [ ] 정답은 올려야 하므로 양수입니다: 기울기를 로짓이 움직이는 방향과 혼동한 답입니다. 경사 하강법은 기울기의 반대 방향으로 가므로, 올라가는 로짓의 기울기는 0 이하입니다.
#     - [ ] 이미 맞혔다면 양수로 바뀝니다: 맞힌 뒤에는 로짓을 낮추어야 할 듯하지만, 정답의 확률은 1을 넘지 못하므로 기울기가 0에 가까워질 뿐 부호는 바뀌지 않습니다.
#     - [x] 맞혔든 틀렸든 음수입니다: 정답의 기울기는 $p_y - 1$이므로 0보다 클 수 없습니다. 따라서 경사 하강법은 정답의 로짓을 언제나 올립니다.
#
# ??? question "2. 로짓의 기울기를 모든 클래스에서 더하면 얼마일까요?"
#     - [ ] 언제나 1입니다: 확률 $p$의 합과 혼동한 답입니다. 기울기는 $p - y$이므로, $p$의 합에서 $y$의 합을 빼야 합니다.
#     - [x] 언제나 0입니다: $p$의 합도 1이고 $y$의 합도 1이기 때문입니다. 이것은 모든 로짓을 함께 올려도 손실이 그대로라는 뜻이기도 합니다.
#     - [ ] 완벽할 때만 0입니다: 모델이 완벽에 가까워지면 성분 하나하나가 0에 가까워지지만, 성분의 합은 로짓이 무엇이든 0입니다.
#
# ??? question "3. 손실이 1,000이면 로짓의 기울기도 1,000쯤일까요?"
#     - [x] 아니요, 성분의 크기가 1을 넘지 못합니다: 손실은 격차에 따라 끝없이 커지지만, 그 곡선은 격차가 1 늘 때마다 1씩 오르는 직선에 가까워집니다.
#     - [ ] 네, 기울기는 오차에 비례합니다: 제곱 오차로 회귀를 할 때 맞는 말입니다. 교차 엔트로피에서 로짓의 기울기는 손실의 크기가 아니라 확률의 오차 $p - y$입니다.
#     - [ ] 아니요, 소프트맥스가 포화되어 0쯤입니다: 소프트맥스만 미분하면 그렇지만, 교차 엔트로피의 로그가 이 포화를 상쇄하므로 정답을 당기는 힘은 1에 가깝습니다.
#
# ??? question "4. float32로 중앙 차분을 할 때 폭 h는 얼마가 좋을까요?"
#     - [ ] 1e-7처럼 작을수록 좋습니다: 수학의 극한에서는 맞지만, 이 폭에서는 반올림 때문에 손실의 변화가 사라져 기울기가 모두 0이 되었습니다.
#     - [ ] 1e-5가 언제나 알맞습니다: 흔히 쓰는 값이지만 `float64`일 때 알맞은 폭입니다. 가능하면 자료형을 `float64`로 바꾸는 편이 낫습니다.
#     - [x] 0.01쯤으로 제법 큰 것이 좋습니다: 폭이 크면 곡선이 휘어서 생기는 오차가 늘어납니다. 그러나 `float32`에서는 반올림 오차가 더 큰 문제여서, 이쯤에서 두 오차가 균형을 이룹니다.
#
# ??? question "5. 소프트맥스를 두 번 취한 모델이 격차 10으로 틀렸습니다. 이때 무슨 일이 일어날까요?"
#     - [ ] 정답을 크기 1의 힘으로 당깁니다: 교차 엔트로피라면 그래야 하지만, 로그가 상쇄하는 것은 바깥쪽 소프트맥스의 포화뿐이고 안쪽 소프트맥스의 $J$는 그대로 남습니다.
#     - [x] 학습이 거의 멈춥니다: 정답을 끌어올리는 힘이 6.2e-05밖에 되지 않아, 가장 크게 틀린 곳에서 거의 배우지 못합니다.
#     - [ ] 기울기가 폭발합니다: 크게 틀렸으니 기울기도 클 듯하지만 실제로는 반대입니다. 안쪽 소프트맥스가 포화되어 기울기는 0에 가까워집니다.

# %% [markdown] lang="en"
# ## Quiz { #quiz }
#
# ??? question "1. Is the gradient of the right class positive or negative?"
#     - [ ] Positive, as its logit should go up: This confuses the gradient with the direction of the step. Descent goes against the gradient, so a logit that rises has a gradient of 0 or below.
#     - [ ] Positive once the model gets it right: The logit might then come down, it seems, but no probability exceeds 1. The gradient comes close to 0 and keeps its sign.
#     - [x] Negative, whether right or wrong: It is $p_y - 1$, which is never above 0, so gradient descent always raises the right logit.
#
# ??? question "2. What is the sum of the gradient of the logits over all classes?"
#     - [ ] It is always 1: This mixes it up with the sum of the probabilities $p$. The gradient is $p - y$, so the sum of $y$ is taken away.
#     - [x] It is always 0: $p$ sums to 1, and $y$ sums to 1. It also means that raising all logits together leaves the loss as it is.
#     - [ ] 0 only for a perfect model: Each single entry comes close to 0 as the model gets better, but their sum is 0 for any logits.
#
# ??? question "3. The loss is 1,000. Is the gradient of the logits about 1,000 too?"
#     - [x] No, no entry can exceed 1 in size: The loss grows without limit with the gap, but along a curve that approaches a line, which rises by 1 whenever the gap grows by 1.
#     - [ ] Yes, a gradient is proportional to the error: That holds for squared error in regression. With cross entropy the gradient of the logits is the error of the probabilities, $p - y$.
#     - [ ] No, softmax saturates, and it is about 0: The gradient of softmax alone does vanish, but the logarithm in cross entropy makes up for it, so the pull on the right class is close to 1.
#
# ??? question "4. Central differences in float32: which width h is good?"
#     - [ ] About 1e-7, the smaller the better: In exact arithmetic that is true, but at this width rounding swallowed the change, and all gradients came out as 0.
#     - [ ] The usual 1e-5, in any precision: It is a familiar value, but the one for `float64`. Switch to `float64` whenever you can.
#     - [x] A rather large one, about 0.01: A larger width lets the curve bend more, but in `float32` rounding is the worse enemy, and about here the two errors balance.
#
# ??? question "5. A model with softmax applied twice is wrong by a gap of 10. What happens?"
#     - [ ] The right class is pulled with force 1: With cross entropy it should be, but the logarithm makes up for the outer softmax only, and the $J$ of the inner one remains.
#     - [x] Learning practically stops: The pull on the right class is only 6.2e-05, so hardly anything is learned where the model is most wrong.
#     - [ ] The gradient explodes: A large error suggests a large gradient, but it is the opposite. The inner softmax saturates, and the gradient comes close to 0.

# %% [markdown] lang="ko"
# ## 정리 { #summary }
#
# - 손실은 log-sum-exp에서 정답 로짓을 뺀 값이고, 그 기울기는 $p - y$입니다. 배치에서는 이 값을 $N$으로 나누며, 가중치의 기울기는 $x^{\top}(p - y)/N$, 편향의 기울기는 $(p - y)/N$을 모든 샘플에서 더한 값입니다. 정답이 확률이면 기울기는 $p - q$입니다.
# - 유도한 식을 자동 미분, 중앙 차분, `torch.autograd.gradcheck`로 검산했습니다. 중앙 차분의 폭은 `float32`에서 0.01, `float64`에서 1e-5가 가장 좋았습니다. 또한 `gradcheck`는 1/N을 빠뜨린 실수를 잡아냈지만, 그 결과를 믿으려면 `float64`를 넣어야 합니다.
# - 정답 로짓은 올라가고 오답 로짓은 받은 확률만큼 내려갑니다. 따라서 기울기의 합은 0이고, 성분의 크기를 모두 더해도 2를 넘지 않습니다.
# - 헤세 행렬은 $\operatorname{diag}(p) - p\,p^{\top}$이고 분산을 나타냅니다. 곡률이 음수인 방향이 없어 손실은 볼록하며, 모든 로짓을 함께 옮기는 방향만 평평합니다.
# - 포화된 소프트맥스의 기울기를 로그가 되살립니다. 그러나 제곱 오차에는 로그가 없고, 소프트맥스를 두 번 취하면 로그가 안쪽 소프트맥스에 미치지 못합니다. 그래서 격차가 10일 때 힘이 각각 1.8e-04와 6.2e-05로 약해져, 갱신 6번이면 될 일에 2,303번과 7,370번이 걸렸습니다.

# %% [markdown] lang="en"
# ## What we saw { #summary }
#
# - The loss is log-sum-exp minus the right logit, and its gradient is $p - y$. A batch divides by $N$; weights get $x^{\top}(p - y)/N$, biases the sum of $(p - y)/N$ over the examples. With soft targets it is $p - q$.
# - Automatic differentiation, central differences, and `torch.autograd.gradcheck` agreed. The best width was 0.01 in `float32` and 1e-5 in `float64`. `gradcheck` caught the missing 1/N; trust it in `float64`.
# - The right logit goes up, the wrong ones go down by the probability they got. The entries sum to 0, and their sizes never add up to more than 2.
# - The Hessian is $\operatorname{diag}(p) - p\,p^{\top}$ and measures a variance. With no direction of negative curvature the loss is convex; it is flat only where all logits shift together.
# - The logarithm restores the gradient of a saturated softmax. Squared error has no logarithm, and with softmax twice the logarithm does not reach the inner one: At a gap of 10 their pulls fade to 1.8e-04 and 6.2e-05, and what took 6 steps took 2,303 and 7,370.

# %% [markdown] lang="ko"
# ## 참고 자료 { #references }
#
# - PyTorch 문서: [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html), [`torch.func.grad`](https://docs.pytorch.org/docs/stable/generated/torch.func.grad.html), [`torch.func.hessian`](https://docs.pytorch.org/docs/stable/generated/torch.func.hessian.html), [`torch.func.jacrev`](https://docs.pytorch.org/docs/stable/generated/torch.func.jacrev.html)
# - PyTorch 문서: [`torch.autograd.gradcheck`](https://docs.pytorch.org/docs/stable/generated/torch.autograd.gradcheck.gradcheck.html), [`torch.autograd.Function`](https://docs.pytorch.org/docs/stable/autograd.html#torch.autograd.Function), [`torch.logsumexp`](https://docs.pytorch.org/docs/stable/generated/torch.logsumexp.html), [`torch.linalg.eigvalsh`](https://docs.pytorch.org/docs/stable/generated/torch.linalg.eigvalsh.html)
# - J. S. Bridle, [Probabilistic Interpretation of Feedforward Classification Network Outputs, with Relationships to Statistical Pattern Recognition](https://doi.org/10.1007/978-3-642-76153-9_28), 1990. 소프트맥스라는 이름을 쓴 초기 논문입니다.
# - I. Goodfellow, Y. Bengio, A. Courville, [Deep Learning](https://www.deeplearningbook.org/contents/mlp.html), 2016, 6.2.2절. 출력층의 포화를 로그가 되돌리는 이유를 설명합니다.
# - A. G. Baydin 외, [Automatic differentiation in machine learning: a survey](https://arxiv.org/abs/1502.05767), 2018. 유한 차분의 두 오차와 자동 미분을 비교합니다.

# %% [markdown] lang="en"
# ## References { #references }
#
# - PyTorch documentation: [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html), [`torch.func.grad`](https://docs.pytorch.org/docs/stable/generated/torch.func.grad.html), [`torch.func.hessian`](https://docs.pytorch.org/docs/stable/generated/torch.func.hessian.html), [`torch.func.jacrev`](https://docs.pytorch.org/docs/stable/generated/torch.func.jacrev.html)
# - PyTorch documentation: [`torch.autograd.gradcheck`](https://docs.pytorch.org/docs/stable/generated/torch.autograd.gradcheck.gradcheck.html), [`torch.autograd.Function`](https://docs.pytorch.org/docs/stable/autograd.html#torch.autograd.Function), [`torch.logsumexp`](https://docs.pytorch.org/docs/stable/generated/torch.logsumexp.html), [`torch.linalg.eigvalsh`](https://docs.pytorch.org/docs/stable/generated/torch.linalg.eigvalsh.html)
# - J. S. Bridle, [Probabilistic Interpretation of Feedforward Classification Network Outputs, with Relationships to Statistical Pattern Recognition](https://doi.org/10.1007/978-3-642-76153-9_28), 1990. One of the first papers to use the name softmax.
# - I. Goodfellow, Y. Bengio, and A. Courville, [Deep Learning](https://www.deeplearningbook.org/contents/mlp.html), 2016, section 6.2.2. Explains how the logarithm undoes the saturation of output units.
# - A. G. Baydin et al., [Automatic differentiation in machine learning: a survey](https://arxiv.org/abs/1502.05767), 2018. Compares automatic differentiation with the two errors of finite differences.
