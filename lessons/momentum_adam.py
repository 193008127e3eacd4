# ---
# needs: [standardization]
# ---

# %% [markdown] lang="ko"
# # 모멘텀과 Adam, 짧게 { #momentum-adam }
#
# 모멘텀(momentum)은 지난 기울기(gradient, 그레이디언트)를 모아 좁은 골짜기를 빠르게 지나고, Adam은 기울기가 아무리 커도 대개 한 번에 학습률(learning rate) 정도까지만 움직입니다. 두 방법으로 무엇을 얻고 무엇을 잃는지 측정해 봅니다.
#
# 학습률은 가장 크게 굽은 방향에 맞추어 작게 정해야 하는데, 그 학습률로는 평평한 방향에서 느리게 나아갈 수밖에 없습니다. [표준화](standardization.md)에서는 골짜기의 모양을 바꾸어 이 문제를 해결했습니다. 이번에는 골짜기를 그대로 두고 내려가는 방법을 바꿉니다.
#
# !!! abstract "학습 목표"
#     - 모멘텀의 처음 두 갱신을 손으로 계산하고, 지그재그가 상쇄되는 이유를 설명합니다.
#     - 모멘텀을 켤 때 학습률을 얼마나 바꿀지 정합니다.
#     - Adam이 한 번에 학습률만큼 움직이는 이유를 알고, 갱신이 적어도 몇 번 필요한지 설명합니다.
#     - SGD, 모멘텀, Adam 가운데 하나를 고르고 처음에 쓸 학습률을 정합니다.

# %% [markdown] lang="en"
# # Momentum and Adam, briefly { #momentum-adam }
#
# Momentum adds up past gradients to move faster along a narrow ravine; Adam rarely moves by more than about its learning rate, however large the gradient is. Measure what each gains, and what it costs.
#
# The most curved direction forces a small learning rate, which makes progress along flat directions slow. [Standardization](standardization.md) reshaped the valley. This time the valley stays as it is, and we change how we descend it.
#
# !!! abstract "What you will be able to do"
#     - Work out the first two steps of momentum by hand, and say why the zigzag cancels.
#     - Decide how to change the learning rate when you turn momentum on.
#     - Explain why a step of Adam is as long as its learning rate, and compute the fewest updates it needs.
#     - Choose between SGD, momentum, and Adam, and pick a learning rate to start with.

# %%
import math

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

# %% [markdown] lang="ko"
# ## 좁은 골짜기 { #ravine }
#
# 이 레슨에서는 골짜기 $f(x, y) = 0.1x^2 + 2y^2$을 내려갑니다. **곡률**(curvature)은 x 방향이 0.2, y 방향이 4이므로, 둘의 비인 **조건수**(condition number) $\kappa$는 20입니다.
#
# PyTorch의 경사 하강법인 `torch.optim.SGD`를 쓰면 각 방향의 좌표가 서로 상관없이 움직이며, 갱신할 때마다 $1 - \eta\lambda$배가 됩니다. 여기서 $\eta$는 학습률, $\lambda$는 그 방향의 곡률입니다. 학습률이 0.4와 0.6일 때 두 좌표가 각각 어떻게 될지 예상해 보세요.

# %% [markdown] lang="en"
# ## A narrow ravine { #ravine }
#
# We descend the ravine $f(x, y) = 0.1x^2 + 2y^2$. Its **curvature** is 0.2 along x and 4 along y. The ratio of the two, the **condition number** $\kappa$, is 20.
#
# With `torch.optim.SGD`, PyTorch's gradient descent, every update multiplies each coordinate, independently of the other, by $1 - \eta\lambda$, where $\eta$ is the learning rate and $\lambda$ the curvature in that direction. Guess what happens to x and y at learning rates 0.4 and 0.6.


# %%
def f(point):
    return 0.1 * point[..., 0] ** 2 + 2 * point[..., 1] ** 2


def walk(optimizer_class, num_updates=20, scale=1.0, **options):
    point = torch.tensor([-5.0, -2.0], requires_grad=True)
    optimizer = optimizer_class([point], **options)
    path = [point.detach().clone()]
    for _ in range(num_updates):
        optimizer.zero_grad()
        (scale * f(point)).backward()
        optimizer.step()
        path.append(point.detach().clone())
    return torch.stack(path)


# %%
curvatures = torch.tensor([0.2, 4.0])
for lr in (0.4, 0.6):
    end = walk(torch.optim.SGD, lr=lr)[-1]
    factors = 1 - lr * curvatures
    print(
        f"lr {lr}  factors {factors[0]:.2f} {factors[1]:5.2f}  "
        f"x {end[0]:.4f}  y {end[1]:.5g}"
    )
    formula = torch.tensor([-5.0, -2.0]) * factors**20
    assert torch.allclose(end, formula, rtol=1e-3)
# > lr 0.4  factors 0.92 -0.60  x -0.9435  y -7.3123e-05
# > lr 0.6  factors 0.88 -1.40  x -0.3878  y -1673.4

# %% [markdown] lang="ko"
# `factors`는 갱신할 때마다 x와 y에 곱해지는 수입니다. 학습률이 0.4이면 y는 거의 0에 도달하지만, x는 0.92배씩만 줄어 아직 −0.9435에 있습니다. 더 빨리 가려고 학습률을 0.6으로 올리면 y가 갱신마다 −1.4배가 되어 발산(diverge)합니다. 두 학습률 모두 x 방향에는 작은 값이지만, y 방향에는 0.6만 해도 이미 너무 큽니다.

# %% [markdown] lang="en"
# Each update multiplies x and y by the `factors`. At 0.4, y ends almost at 0, but x is only multiplied by 0.92 per update and is still at −0.9435. At a higher rate, 0.6, y is multiplied by −1.4 per update and diverges. Both rates are small for x, but 0.6 is too large for y.

# %% figure="sgd_paths"
fig, axes = plt.subplots(1, 2, sharey=True, figsize=(6.4, 3.2))
x, y = torch.meshgrid(
    torch.linspace(-6, 2, 60), torch.linspace(-4, 4, 60), indexing="xy"
)
height = f(torch.stack([x, y], dim=-1))
levels, thin = [0.3, 2, 8, 20], {"linewidth": 1.5, "markersize": 5}
for ax, lr, num_updates, color in zip(
    axes, (0.4, 0.6), (20, 3), ("C0", "C3"), strict=True
):
    path = walk(torch.optim.SGD, num_updates, lr=lr)
    ax.contour(x, y, height, levels=levels, colors="C7", linewidths=1)
    ax.plot(*path.T, "o-", color=color, **thin)
    ax.plot(0, 0, "+", color="C3", markersize=12)
    ax.set(title=f"SGD, lr {lr}", xlim=(-6, 2), ylim=(-4, 4), xlabel="x")
axes[0].set_ylabel("y")

# %% [markdown] lang="ko" caption="sgd_paths"
# 좁은 골짜기를 SGD로 내려간 경로입니다. 학습률 0.4에서는 지그재그를 그리다가 x를 따라 느리게 나아가고, 0.6에서는 골짜기의 양쪽 벽 사이에서 튕기다가 그래프 밖으로 나갑니다.
#
# 나란한 두 그래프의 가로축은 x로 −6에서 2까지, 세로축은 y로 −4에서 4까지입니다. 회색 등고선은 옆으로 긴 타원이고 (0, 0)에 더하기표가 있습니다. 왼쪽은 학습률이 0.4일 때의 경로로, (−5, −2)에서 출발해 위아래로 몇 번 오간 다음 y = 0을 따라 오른쪽으로 갈수록 점이 촘촘해지다가 x = −0.94에서 멈춥니다. 오른쪽은 0.6일 때 처음 세 번 갱신한 경로로, y가 −2에서 3 가까이까지 올라갔다가 다시 −4 가까이까지 내려간 뒤 그래프 밖으로 나갑니다.
#
# - SGD, lr 0.4: SGD, 학습률 0.4
# - SGD, lr 0.6: SGD, 학습률 0.6

# %% [markdown] lang="en" caption="sgd_paths"
# SGD in a narrow ravine. At 0.4 it zigzags and then moves slowly along x; at 0.6 it bounces between the walls and leaves the chart.
#
# Two charts side by side, with x from −6 to 2 across and y from −4 to 4 up. Gray contours are ellipses stretched sideways, and a plus sign marks (0, 0). On the left, the path at 0.4 starts at (−5, −2), goes up and down a few times, then follows y = 0 to the right with ever denser dots and stops at x = −0.94. On the right, the first three steps at 0.6 take y from −2 to nearly 3, down to nearly −4, and out of the chart.

# %% [markdown] lang="ko"
# ## 모멘텀: 기울기를 모아서 나아가기 { #momentum }
#
# y 방향의 기울기는 부호가 번갈아 바뀌지만, x 방향의 기울기는 언제나 같은 쪽을 가리킵니다. 그렇다면 지난 기울기를 계속 더하면서 움직일 때 y 방향의 기울기는 서로 상쇄되고 x 방향의 기울기는 쌓이지 않을까요? 이 생각을 구현한 방법이 **모멘텀**이며, PyTorch에서 쓰는 식은 다음과 같습니다.
#
# $$
# v_{t+1} = \beta v_t + g_t, \qquad w_{t+1} = w_t - \eta\, v_{t+1}
# $$
#
# 여기서 $g_t$는 이번 기울기, $v$는 지금까지 모은 기울기이고, $\beta$는 지난 합을 얼마나 남길지 정합니다. 앞의 골짜기에서 $\eta = 0.4$, $\beta = 0.5$로 두고 처음 두 번의 갱신을 손으로 계산해 봅시다.
#
# - 첫 기울기는 (−1, −8)이고 $v$도 같으므로, 새 위치는 (−4.6, 1.2)입니다.
# - 둘째 기울기는 (−0.92, 4.8)입니다. $v$의 y 성분은 $-4 + 4.8 = 0.8$로 **상쇄되고** x 성분은 $-0.5 - 0.92 = -1.42$로 **쌓이므로**, 새 위치는 (−4.032, 0.88)입니다.

# %% [markdown] lang="en"
# ## Momentum: walk along accumulated gradients { #momentum }
#
# Along y the gradient keeps changing sign; along x it always points the same way. What if we add up the gradients and move along their sum? Those along y should cancel, those along x pile up. This is **momentum**. In PyTorch its formula is
#
# $$
# v_{t+1} = \beta v_t + g_t, \qquad w_{t+1} = w_t - \eta\, v_{t+1}
# $$
#
# where $g_t$ is the current gradient, $v$ the running sum, and $\beta$ determines how much of the past sum is kept. Compute two updates in the ravine by hand, with $\eta = 0.4$ and $\beta = 0.5$.
#
# - The first gradient is (−1, −8), and so is $v$. The new position is (−4.6, 1.2).
# - The second gradient is (−0.92, 4.8). The y component of $v$ **cancels** to $-4 + 4.8 = 0.8$, while the x component **piles up** to $-0.5 - 0.92 = -1.42$. The new position is (−4.032, 0.88).

# %%
path = walk(torch.optim.SGD, lr=0.4, momentum=0.5)
print("second gradient", curvatures * path[1])
# > second gradient tensor([-0.9200,  4.8000])
print("places", path[1], path[2])
# > places tensor([-4.6000,  1.2000]) tensor([-4.0320,  0.8800])
for lr in (0.4, 0.6):
    end = walk(torch.optim.SGD, lr=lr, momentum=0.5)[-1]
    print(f"lr {lr}  x {end[0]:.4f}  y {end[1]:.4f}  f {f(end):.2g}")
    assert f(end) < 0.01 * f(walk(torch.optim.SGD, lr=lr)[-1])
# > lr 0.4  x -0.0628  y 0.0012  f 0.0004
# > lr 0.6  x 0.0072  y 0.0026  f 1.8e-05

# %% [markdown] lang="ko"
# 두 위치는 손으로 계산한 결과와 같습니다. 20번 갱신한 뒤 x는 −0.9435가 아니라 −0.0628까지 왔고, SGD가 발산했던 0.6에서도 손실이 줄어듭니다. 모멘텀을 쓰면 안정적인 학습률의 한계가 $2/\lambda$에서 $2(1 + \beta)/\lambda$로 커지므로, 여기서는 0.5에서 0.75로 늘어납니다. 이 한계보다 조금 작은 학습률과 조금 큰 학습률로 확인해 봅시다.

# %% [markdown] lang="en"
# Both positions agree with our hand calculation. After 20 updates x has reached −0.0628 instead of −0.9435, and the loss falls even at 0.6, where SGD diverged. Momentum raises the limit of stable rates from $2/\lambda$ to $2(1 + \beta)/\lambda$, here from 0.5 to 0.75. Test both sides of that limit.

# %%
limit = 2 * (1 + 0.5) / 4
print(f"limit {limit:.2f}")
# > limit 0.75
for lr in (0.74, 0.76):
    # lr 0.74: |y| = 7.7 * 0.9114**400 = 5.9e-16
    end = walk(torch.optim.SGD, num_updates=400, lr=lr, momentum=0.5)[-1]
    print(f"lr {lr}  |y| after 400 updates: {end[1].abs():.2g}")
    assert (end[1].abs() < 2) == (lr < limit)
# > lr 0.74  |y| after 400 updates: 5.9e-16
# > lr 0.76  |y| after 400 updates: 1.8e+13

# %% [markdown] lang="ko"
# ### 쌓이면 몇 배가 될까 { #steady-step .deeper }
#
# 기울기가 언제나 같으면 $v$는 점점 커지다가 기울기의 $1/(1-\beta)$배에서 멈춥니다. 예를 들어 흔히 쓰는 $\beta = 0.9$라면 $v$는 $1$, $1.9$, $2.71$로 커집니다. 정말 기울기의 열 배까지만 커지는지 확인하기 위해, 기울기를 1, 학습률을 0.1로 두고 갱신의 크기, 즉 한 번 갱신할 때 움직이는 거리를 재 봅시다.

# %% [markdown] lang="en"
# ### How much piles up { #steady-step .deeper }
#
# If the gradient is constant, $v$ grows until it levels off at $1/(1-\beta)$ times the gradient. With the usual $\beta = 0.9$ it grows to $1$, $1.9$, $2.71$ times the gradient. Does it really level off at ten times the gradient? Measure the length of the steps for a gradient of 1 and a learning rate of 0.1.

# %%
w = torch.zeros(1, dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.1, momentum=0.9)
for update in range(1, 101):
    before = w.item()
    w.grad = torch.ones_like(w)
    optimizer.step()
    if update in (1, 2, 3, 10, 50, 100):
        print(f"update {update:3d}  step {before - w.item():.4f}")
# > update   1  step 0.1000
# > update   2  step 0.1900
# > update   3  step 0.2710
# > update  10  step 0.6513
# > update  50  step 0.9948
# > update 100  step 1.0000
assert abs(before - w.item() - 0.1 / (1 - 0.9)) < 1e-4

# %% [markdown] lang="ko"
# 첫 갱신에서는 0.1만큼 움직이지만 100번째에는 1.0000, 즉 열 배를 움직입니다. 따라서 기울기의 방향이 한결같은 곳에서는 실제 학습률이 $\eta/(1-\beta)$인 것과 같습니다.
#
# !!! warning "SGD에서 쓰던 학습률을 그대로 쓰지 않습니다"
#     SGD에 맞춘 학습률을 모멘텀 0.9에 그대로 쓰면 실제로는 열 배의 학습률을 쓰는 것과 같습니다. 그러므로 먼저 학습률에 $1 - \beta$를 곱해 10분의 1에서 시작해야 합니다. 학습률을 줄이지 않으면 어떻게 되는지는 [뒤의 학습률 훑기](#sweep)에서 확인합니다.
#
# !!! note "식은 책마다 다릅니다"
#     책에 따라서는 $v$에 기울기를 더할 때 $1 - \beta$를 곱하기도 하며, 이 경우에는 열 배가 되지 않습니다. 다른 자료의 학습률을 옮겨 쓰기 전에 어떤 식에 맞춘 값인지부터 확인해야 합니다.

# %% [markdown] lang="en"
# The first step is 0.1 long and the hundredth 1.0000, ten times as long. So wherever the gradient keeps its direction, the effective learning rate is $\eta/(1-\beta)$.
#
# !!! warning "Do not keep the learning rate of plain SGD"
#     With momentum 0.9, a rate tuned for SGD acts like a rate ten times as large. So multiply it by $1 - \beta$ first, that is, start from a tenth. The [sweep below](#sweep) shows what happens if you do not.
#
# !!! note "Books differ in the formula"
#     Some books multiply the gradient by $1 - \beta$ before adding it to $v$; steps then do not become ten times as long. Before you copy a learning rate from elsewhere, check which formula it was meant for.

# %% [markdown] lang="ko"
# ### 조건수의 제곱근 { #rates .deeper }
#
# 모멘텀의 이득은 얼마나 클까요? 갱신을 오래 거듭했을 때 갱신 한 번마다 오차에 곱해지는 수를 **수렴률**이라고 하며, 이 값이 작을수록 학습이 빠릅니다. 곡률이 가장 작은 방향과 가장 큰 방향을 함께 고려해 학습률과 $\beta$를 가장 잘 맞추면, 수렴률은 다음과 같습니다.
#
# $$
# \text{SGD}: \frac{\kappa - 1}{\kappa + 1} \qquad\qquad \text{momentum}: \frac{\sqrt{\kappa} - 1}{\sqrt{\kappa} + 1}
# $$
#
# 방향 하나만 보면 갱신할 때마다 $(w, v)$에 2x2 행렬이 곱해지므로, 그 행렬의 고윳값(eigenvalue)을 절댓값으로 비교했을 때 가장 큰 값이 수렴률입니다. 골짜기의 두 방향에서 계산한 값을 식과 비교해 봅시다.

# %% [markdown] lang="en"
# ### The square root of the condition number { #rates .deeper }
#
# How much does momentum gain? The **rate of convergence** is the factor by which each update multiplies the error in the long run; the smaller it is, the faster the training. With the learning rate and $\beta$ tuned as well as possible for the directions of least and greatest curvature, it is
#
# $$
# \text{SGD}: \frac{\kappa - 1}{\kappa + 1} \qquad\qquad \text{momentum}: \frac{\sqrt{\kappa} - 1}{\sqrt{\kappa} + 1}
# $$
#
# Along one direction, each update multiplies $(w, v)$ by a 2x2 matrix, so the rate is the largest absolute value among the eigenvalues of this matrix. Let us compare it with the formulas in both directions of the ravine.


# %%
def rate(curvature, lr, beta=0.0):
    update = torch.tensor(
        [[1 - lr * curvature, -lr * beta], [curvature, beta]],
        dtype=torch.float64,
    )
    return torch.linalg.eigvals(update).abs().max().item()


root = math.sqrt(20)
slower = (root - 1) / (root + 1)
tuned = {
    "SGD": (2 / (0.2 + 4), 0.0),
    "momentum": (4 / (math.sqrt(0.2) + 2) ** 2, slower**2),
}
formulas = (19 / 21, slower)
for (name, (lr, beta)), formula in zip(
    tuned.items(), formulas, strict=True
):
    flat, steep = rate(0.2, lr, beta), rate(4, lr, beta)
    rates = f"rates {flat:.4f} {steep:.4f}"
    print(f"{name:8}  lr {lr:.4f}  beta {beta:.4f}  {rates}")
    estimate = math.log(1000) / -math.log(flat)
    print(f"{'':8}  estimate for a thousandth: {estimate:.0f} updates")
    assert abs(flat - formula) < 1e-6
    assert abs(steep - formula) < 1e-6
# > SGD       lr 0.4762  beta 0.0000  rates 0.9048 0.9048
# >           estimate for a thousandth: 69 updates
# > momentum  lr 0.6679  beta 0.4026  rates 0.6345 0.6345
# >           estimate for a thousandth: 15 updates

# %% [markdown] lang="ko"
# 갱신마다 오차에 곱해지는 수는 각각 0.9048과 0.6345입니다. 이 수의 거듭제곱만 생각하면 오차를 1,000분의 1로 줄이는 데 각각 69번과 15번이 걸립니다. 실제로도 그런지, 두 방향의 오차가 각각 1,000분의 1 아래로 내려가 **다시 올라오지 않을 때까지** 갱신 횟수를 세어 봅시다. 조건수가 1276인 골짜기에서도 같은 방법으로 셉니다.

# %% [markdown] lang="en"
# Each update multiplies the error by 0.9048 and 0.6345, respectively. Judging by the powers of these factors alone, reducing the error to a thousandth takes 69 and 15 updates. To check this, count the updates until the error along each direction falls below a thousandth **and stays there**. We do the same in a ravine with condition number 1276.


# %%
def measured(kappa, lr, beta):
    curvature = torch.tensor([1.0, kappa], dtype=torch.float64)
    error, v = torch.ones(2, dtype=torch.float64), 0.0
    path = []
    for _ in range(5000):
        path.append(error.abs())
        v = beta * v + curvature * error
        error = error - lr * v
    above = torch.stack(path) > 1e-3
    return [int(column.nonzero().max()) + 1 for column in above.T]


# %%
for kappa in (20, 1276):
    root = math.sqrt(kappa)
    factor = (root - 1) / (root + 1)
    best_sgd = measured(kappa, 2 / (1 + kappa), 0.0)
    best_momentum = measured(kappa, 4 / (1 + root) ** 2, factor**2)
    print(f"kappa {kappa:4}  SGD {best_sgd}  momentum {best_momentum}")
    estimate = math.log(1000) / -math.log(factor)
    print(f"            the rate alone says {estimate:.0f} for momentum")
    assert max(best_momentum) > 1.5 * estimate
    assert max(best_momentum) < max(best_sgd) / 2
# > kappa   20  SGD [70, 70]  momentum [20, 24]
# >             the rate alone says 15 for momentum
# > kappa 1276  SGD [4408, 4408]  momentum [165, 233]
# >             the rate alone says 123 for momentum

# %% [markdown] lang="ko"
# SGD는 수렴률로 예상한 횟수와 거의 같은 70번 만에 목표에 닿지만, 모멘텀은 15번이 아니라 평평한 방향에서 20번, 가파른 방향에서 24번이 걸립니다. 조건수가 1276일 때도 어림한 횟수는 123번이지만, 실제로는 두 방향에서 각각 165번과 233번이 걸립니다. 가장 잘 맞춘 모멘텀에서는 두 방향 모두 2x2 행렬의 두 고윳값이 서로 같고 고유벡터가 하나뿐이어서, 수렴률을 $\rho$라고 할 때 오차가 $\rho^t$가 아니라 $t\rho^t$처럼 줄어듭니다. 즉, 수렴률은 $t$가 아주 클 때만 들어맞는 값이므로 실제 횟수는 직접 세어 보아야 합니다. 그래도 70번이 24번으로 줄었으니 이득은 분명합니다. 수렴률로 횟수를 어림하는 함수는 [연습 문제](#exercises)에서 만들어 봅니다.
#
# 이번에는 두 방향의 곡률뿐만 아니라 그 밖의 곡률에서도 수렴률을 구해 그림으로 나타내 봅시다.

# %% [markdown] lang="en"
# SGD reaches the goal after 70 updates, close to the estimate from its rate. Momentum takes not 15 updates but 20 along the flat direction and 24 along the steep one. For a condition number of 1276 the estimate is 123 updates, but the counts are 165 and 233. With the best tuning, the 2x2 matrices of both directions have two equal eigenvalues and a single eigenvector; if the rate is $\rho$, the error then shrinks like $t\rho^t$ rather than $\rho^t$. So the rate of convergence is accurate only for very large $t$, and the actual number of updates has to be counted. The gain is clear all the same: 70 updates became 24. In the [exercises](#exercises) you write the function that makes the estimate.
#
# Now let us plot the rate of convergence for other curvatures as well, not only for these two.

# %% anchor="one_eigenvector"
# ko: 고윳값이 겹치고 고유벡터가 하나이며, 오차가 t rho^t처럼 줄어듭니다.
# en: equal eigenvalues, one eigenvector, an error that falls as t rho^t
lr, beta = tuned["momentum"]
for curvature in (0.2, 4.0):
    matrix = torch.tensor(
        [[1 - lr * curvature, -lr * beta], [curvature, beta]],
        dtype=torch.float64,
    )
    middle = matrix.trace() / 2
    off = matrix - middle * torch.eye(2).double()
    assert abs(abs(middle) - math.sqrt(beta)) < 1e-9
    assert off.abs().max() > 0.1
    assert (off @ off).abs().max() < 1e-9
    half, whole = (
        matrix.matrix_power(t)[0, 0] / middle**t for t in (50, 100)
    )
    print(
        f"curvature {curvature}  "
        f"growth of error / rho^t: {whole / half:.2f}"
    )
# > curvature 0.2  growth of error / rho^t: 1.95
# > curvature 4.0  growth of error / rho^t: 1.99

# %% figure="mode_decay"
fig, ax = plt.subplots()
curvature_axis = torch.logspace(-1, 0.9, 200).tolist()
for (name, (lr, beta)), look in zip(
    tuned.items(), ("--", "-"), strict=True
):
    color = "C0" if name == "SGD" else "C2"
    ax.plot(
        curvature_axis,
        [rate(value, lr, beta) for value in curvature_axis],
        look,
        color=color,
        label=name,
    )
for curvature in (0.2, 4):
    ax.axvline(curvature, color="C7", linestyle=":")
ax.axhline(1, color="C7", linewidth=1)
ax.set(
    xscale="log",
    ylim=(0, 1.3),
    xlabel="curvature",
    ylabel="factor per update",
)
ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)

# %% [markdown] lang="ko" caption="mode_decay"
# SGD는 가운데 곡률에서만 빠르지만, 모멘텀은 두 점선 사이의 모든 곡률에서 똑같이 빠릅니다.
#
# 가로축은 로그 눈금으로 나타낸 0.1에서 8까지의 곡률이고, 세로축은 갱신할 때마다 오차에 곱해지는 수입니다. 세로 점선은 0.2와 4에 있고, 1에 그은 회색 가로선보다 위에서는 발산합니다. SGD의 파선은 0.2에서 0.90이고, 2를 조금 넘은 곳에서 0까지 내려갔다가 4에서 다시 0.90으로 올라갑니다. 모멘텀의 실선은 0.2와 4 사이에서 0.63으로 수평이고, 그 바깥에서는 양쪽 모두 올라갑니다.
#
# - SGD: SGD
# - momentum: 모멘텀
# - curvature: 곡률
# - factor per update: 갱신마다 곱해지는 수

# %% [markdown] lang="en" caption="mode_decay"
# SGD is fast only for curvatures in the middle, but momentum is equally fast for all curvatures between the dotted lines.
#
# Horizontal axis: curvature from 0.1 to 8, logarithmic; vertical axis: factor by which an update multiplies the error. Dotted lines stand at 0.2 and 4; above the gray line at 1 a run diverges. The dashed line of SGD is at 0.90 for 0.2, falls to 0 slightly beyond 2, and is back at 0.90 for 4. The solid line of momentum lies flat at 0.63 between 0.2 and 4 and rises on both sides outside.

# %% [markdown] lang="ko"
# 모멘텀의 선이 수평인 이유는 그 구간에서 고윳값이 켤레복소수 한 쌍이고, 두 고윳값의 곱이 행렬식인 $\beta$와 같기 때문입니다. 따라서 두 고윳값의 크기는 곡률과 상관없이 모두 $\sqrt{\beta}$입니다.

# %% [markdown] lang="en"
# Momentum's line is flat because in this range the eigenvalues are a complex conjugate pair whose product is the determinant, $\beta$. So both have absolute value $\sqrt{\beta}$, whatever the curvature.

# %% [markdown] lang="ko"
# ### 기울기에 잡음이 있을 때 { #noise .deeper }
#
# 미니배치(mini-batch)로 구한 기울기에는 잡음이 섞여 있습니다. 같은 골짜기의 기울기에 표준편차가 1인 잡음을 더하고, 서로 다른 잡음으로 500번 실행하여 $f$의 평균을 살펴봅시다. 비교할 대상은 앞에서 가장 잘 맞춘 두 설정, 학습률이 작은 SGD, 그리고 학습률을 다시 그 10분의 1로 줄이고 모멘텀 0.9를 켠 설정입니다.

# %% [markdown] lang="en"
# ### With noise in the gradient { #noise .deeper }
#
# The gradient of a mini-batch is noisy. Add noise with standard deviation 1 to the gradients of the same ravine, and average $f$ over 500 separate runs. We compare the two settings tuned above, SGD with a small rate, and momentum 0.9 with a tenth of that rate.


# %%
def noisy_walk(lr, beta, num_updates=600, walks=500):
    generator = torch.Generator().manual_seed(0)
    w = (
        torch.tensor([-5.0, -2.0])
        .double()
        .repeat(walks, 1)
        .requires_grad_()
    )
    optimizer = torch.optim.SGD([w], lr=lr, momentum=beta)
    heights = []
    for _ in range(num_updates):
        noise = torch.randn(
            walks, 2, generator=generator, dtype=torch.float64
        )
        w.grad = curvatures * w.detach() + noise
        optimizer.step()
        heights.append(f(w.detach()).mean().item())
    return heights


# %% anchor="noise"
heights = {name: noisy_walk(*options) for name, options in tuned.items()}
heights["SGD 0.05"] = noisy_walk(0.05, 0.0)
heights["momentum 0.005"] = noisy_walk(0.005, 0.9)
floors = {}
for name, walk_heights in heights.items():
    floors[name] = sum(walk_heights[-100:]) / 100
    early = walk_heights[99]
    print(
        f"{name:14}  after 100: {early:5.2f}  last 100: {floors[name]:.3f}"
    )
# > SGD             after 100:  2.78  last 100: 2.642
# > momentum        after 100:  6.34  last 100: 6.151
# > SGD 0.05        after 100:  0.35  last 100: 0.027
# > momentum 0.005  after 100:  0.36  last 100: 0.025
assert floors["momentum"] > 2 * floors["SGD"] > 50 * floors["SGD 0.05"]
assert abs(floors["SGD 0.05"] / floors["momentum 0.005"] - 1) < 0.1
slow, quick = heights["SGD 0.05"], heights["momentum 0.005"]
assert all(abs(slow[t] / quick[t] - 1) < 0.15 for t in (99, 149, 199))

# %% [markdown] lang="ko"
# 잡음이 없을 때 가장 빠르던 두 설정은 바닥에 닿지 못하고, 손실의 평균이 각각 2.64와 6.15 근처를 맴돕니다. 이때 모멘텀 쪽이 더 높은 이유는 기울기와 함께 잡음도 쌓이기 때문입니다. 바닥에 가까이 가려면 학습률을 줄여야 하는데, 학습률이 0.05인 SGD와 0.005인 모멘텀은 100번째에도 마지막에도 손실이 거의 같습니다. 따라서 잡음이 학습률을 제한하는 동안에는 모멘텀을 쓰더라도 SGD의 학습률을 $1/(1-\beta)$배로 올린 것과 다름없습니다. 조건수의 제곱근에서 오는 이득은 잡음이 작을 때 나타납니다.

# %% [markdown] lang="en"
# The two settings that were fastest without noise never reach the bottom: their mean loss hovers around 2.64 and 6.15. It is higher with momentum because the noise piles up along with the gradients. To get near the bottom, the rate has to be small, and then SGD at 0.05 and momentum at 0.005 have almost the same loss, both after 100 updates and at the end. So as long as noise limits the learning rate, momentum does the same as SGD at $1/(1-\beta)$ times the rate. The gain from the square root of the condition number appears when there is little noise.

# %% [markdown] lang="ko"
# ### 한발 앞의 기울기: 네스테로프 { #nesterov .deeper }
#
# **네스테로프**(Nesterov) 모멘텀은 이번 기울기를 한 번 더 더하여, 모은 기울기를 따라 도착할 위치를 미리 내다봅니다. PyTorch에서는 `nesterov=True`로 설정하며, 갱신에 쓰는 값은 $g + \beta v$입니다. 직접 작성한 두 줄의 코드와 결과가 같은지, 그리고 이 골짜기에서 모멘텀보다 나은지 확인해 봅시다.

# %% [markdown] lang="en"
# ### A gradient from one step ahead: Nesterov { #nesterov .deeper }
#
# **Nesterov** momentum adds the current gradient once more and so looks ahead to where the running sum is leading. In PyTorch you turn it on with `nesterov=True`, and the update uses $g + \beta v$. Let us check it against two lines of our own code, and see whether it beats plain momentum in this ravine.

# %%
point, v = torch.tensor([-5.0, -2.0]), torch.zeros(2)
for _ in range(20):
    gradient = curvatures * point
    v = 0.9 * v + gradient
    point = point - 0.2 * (gradient + 0.9 * v)
options = {"lr": 0.2, "momentum": 0.9}
nesterov = walk(torch.optim.SGD, nesterov=True, **options)[-1]
plain = walk(torch.optim.SGD, **options)[-1]
print(f"momentum 0.9  f {f(plain):.3f}  Nesterov f {f(nesterov):.3f}")
# > momentum 0.9  f 0.963  Nesterov f 0.082
assert torch.allclose(point, nesterov, atol=1e-5)
assert f(nesterov) < f(plain)

# %% [markdown] lang="ko"
# 이 골짜기에서 20번 갱신한 뒤의 $f$는 네스테로프 모멘텀 쪽이 더 낮습니다. 다만 한 가지 예에서 얻은 결과일 뿐이므로, 언제나 그렇다고 말할 수는 없습니다.

# %% [markdown] lang="en"
# After 20 updates in this ravine, $f$ is lower with Nesterov momentum. That is one example, not a rule.

# %% [markdown] lang="ko"
# ## Adam: 기울기의 크기로 나누기 { #adam }
#
# 모멘텀을 쓰더라도 모든 방향에 같은 학습률 하나를 적용한다는 점은 그대로입니다. 반면 **Adam**은 매개변수(parameter)마다 최근 기울기의 크기를 재고, 기울기를 그 크기로 나눕니다.
#
# $$
# m_t = \beta_1 m_{t-1} + (1 - \beta_1)\, g_t, \qquad s_t = \beta_2 s_{t-1} + (1 - \beta_2)\, g_t^2
# $$
#
# 여기서 $m$은 기울기의 이동 평균, $s$는 기울기 제곱의 이동 평균입니다. 둘 다 0에서 시작하므로 처음에는 값이 너무 작습니다. 그래서 나누기 전에 다음과 같이 값을 키우는 편향 보정(bias correction)을 합니다.
#
# $$
# \hat m_t = \frac{m_t}{1 - \beta_1^t}, \qquad \hat s_t = \frac{s_t}{1 - \beta_2^t}, \qquad w_t = w_{t-1} - \eta\, \frac{\hat m_t}{\sqrt{\hat s_t} + \varepsilon}
# $$
#
# 먼저 첫 갱신을 손으로 계산해 봅시다. $\hat m_1 = g$이고 $\hat s_1 = g^2$이므로 나누면 $g/\lvert g \rvert$, 즉 부호만 남습니다. 그렇다면 기울기가 1000인 매개변수와 0.001인 매개변수는 각각 얼마나 움직일까요?

# %% [markdown] lang="en"
# ## Adam: divide by the size of the gradient { #adam }
#
# Momentum still uses one learning rate for all directions. **Adam** measures how large the recent gradients of each parameter are and divides by that size.
#
# $$
# m_t = \beta_1 m_{t-1} + (1 - \beta_1)\, g_t, \qquad s_t = \beta_2 s_{t-1} + (1 - \beta_2)\, g_t^2
# $$
#
# Here $m$ is a moving average of the gradient and $s$ a moving average of its square. Both start at 0 and are too small at first, so Adam scales them up before dividing (bias correction).
#
# $$
# \hat m_t = \frac{m_t}{1 - \beta_1^t}, \qquad \hat s_t = \frac{s_t}{1 - \beta_2^t}, \qquad w_t = w_{t-1} - \eta\, \frac{\hat m_t}{\sqrt{\hat s_t} + \varepsilon}
# $$
#
# Work out the first step: since $\hat m_1 = g$ and $\hat s_1 = g^2$, the quotient is $g/\lvert g \rvert$, and only the sign is left. How far do a parameter with gradient 1000 and one with gradient 0.001 move?

# %%
w = torch.zeros(2, requires_grad=True)
optimizer = torch.optim.Adam([w], lr=0.1)
w.grad = torch.tensor([1000.0, 0.001])
optimizer.step()
print(w.detach())
# > tensor([-0.1000, -0.1000])
print(
    "without bias correction: "
    f"{(1 - 0.9) / math.sqrt(1 - 0.999):.4f} times as far"
)
# > without bias correction: 3.1623 times as far
assert torch.allclose(w, torch.tensor(-0.1), rtol=1e-4)

# %% [markdown] lang="ko"
# 두 매개변수는 모두 학습률인 0.1만큼 움직입니다. 기울기는 백만 배나 차이가 나는데도 움직인 거리는 같습니다. 보정하지 않으면 첫 갱신에서 움직이는 거리가 3.1623배가 됩니다. 처음의 $s$가 본래 크기보다 지나치게 작고, 그 정도가 $m$보다 심하기 때문입니다.

# %% [markdown] lang="en"
# Both move by the learning rate, 0.1, although their gradients differ by a factor of a million. Without the correction the first step would be 3.1623 times as long, because the initial $s$ is far too small, more so than $m$.

# %% figure="adam_step"
fig, ax = plt.subplots()
gradients = torch.logspace(-10, 4, 141, dtype=torch.float64)
for optimizer_class, look in (
    (torch.optim.SGD, "C0--"),
    (torch.optim.Adam, "C1-"),
):
    w = torch.zeros(141, dtype=torch.float64, requires_grad=True)
    w.grad = gradients.clone()
    optimizer_class([w], lr=0.1).step()
    ax.loglog(gradients, -w.detach(), look)
ax.set(
    ylim=(1e-4, 1e3),
    xticks=[1e-8, 1e-4, 1, 1e4],
    xlabel="gradient",
    ylabel="first step",
)
ax.text(1e-5, 0.2, "Adam", color="C1", ha="center")
ax.text(0.5, 10, "SGD", color="C0", ha="center")

# %% [markdown] lang="ko" caption="adam_step"
# 학습률이 0.1일 때의 첫 갱신입니다. SGD가 움직이는 거리는 기울기에 비례하지만, Adam이 움직이는 거리는 기울기가 아주 작을 때를 제외하면 언제나 0.1입니다.
#
# 두 축이 모두 로그 눈금인 그래프입니다. 가로축은 1e-10에서 1e4까지의 기울기이고, 세로축은 첫 갱신에서 움직인 거리입니다. SGD의 파선은 기울기 0.001에서 1e-4를 지나 1e4에서 1,000에 이르는 직선입니다. Adam의 실선은 1e-6부터 오른쪽 끝까지 0.1에서 수평이고, 그 왼쪽으로 갈수록 낮아져 1e-8에서 절반, 1e-10에서 0.001이 됩니다.
#
# - gradient: 기울기
# - first step: 첫 갱신에서 움직인 거리
# - Adam: Adam
# - SGD: SGD

# %% [markdown] lang="en" caption="adam_step"
# The first step at learning rate 0.1. SGD's is proportional to the gradient; Adam's is 0.1, unless the gradient is tiny.
#
# Log-log chart. Horizontal axis: gradient from 1e-10 to 1e4; vertical axis: length of the first step. The dashed line of SGD is straight, through 1e-4 at a gradient of 0.001 up to 1,000 at 1e4. The solid line of Adam is level at 0.1 from 1e-6 to the right edge; to the left it falls, to half of that at 1e-8 and 0.001 at 1e-10.

# %% [markdown] lang="ko"
# 왼쪽 끝에서 선이 꺾이는 것은 $\varepsilon = 10^{-8}$ 때문이며, 기울기가 이보다 작으면 나눈 뒤에도 작은 값으로 남습니다.
#
# 첫 갱신 뒤에는 어떻게 될까요? 기울기가 언제나 1이면 계속 학습률만큼 움직입니다. 반면 기울기의 부호가 번갈아 바뀌면 $m$에서는 서로 상쇄되지만 $s$는 그대로이므로 움직이는 거리가 짧아집니다. 또한 손실에 1,000을 곱해도 지나가는 경로는 달라지지 않습니다.

# %% [markdown] lang="en"
# The bend at the left is due to $\varepsilon = 10^{-8}$: a gradient smaller than that is still small after the division.
#
# And after the first step? If the gradient is always 1, every step is as long as the learning rate. If its sign alternates, it cancels in $m$ but not in $s$, so the steps get short. Multiplying the loss by 1,000 leaves the path as it is.

# %% anchor="flipping_signs"
w = torch.zeros(2, dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.Adam([w], lr=0.1)
for update in range(100):
    before = w.detach().clone()
    w.grad = torch.tensor([1.0, (-1.0) ** update], dtype=torch.float64)
    optimizer.step()
steps = (w.detach() - before).abs()
print("step 100, steady and flipping:", steps)
# > step 100, steady and flipping: tensor([0.1000, 0.0053], dtype=torch.float64)
assert steps[0] > 10 * steps[1]
end = walk(torch.optim.Adam, lr=0.4)
sgd_end = walk(torch.optim.SGD, lr=0.4)[-1]
print(
    f"ravine  x {end[-1, 0]:.4f}  y {end[-1, 1]:.4f}  "
    f"f {f(end[-1]):.4f}  with SGD {f(sgd_end):.4f}"
)
# > ravine  x 0.9960  y -0.2128  f 0.1897  with SGD 0.0890
assert f(end[-1]) > f(sgd_end)
assert torch.allclose(
    walk(torch.optim.Adam, lr=0.4, scale=1000.0), end, atol=1e-4
)

# %% [markdown] lang="ko"
# 100번째 갱신에서 움직인 거리는 기울기가 한결같으면 0.1이고, 부호가 번갈아 바뀌면 0.0053입니다. 골짜기에서 학습률이 0.4인 Adam으로 20번 갱신하면 $f$가 0.1897까지 내려가는데, 학습률이 똑같이 0.4인 SGD로는 0.0890까지 내려갔습니다. 즉, Adam이 언제나 더 빠른 것은 아닙니다. 모멘텀과 Adam의 경로를 나란히 비교해 봅시다.

# %% [markdown] lang="en"
# The hundredth step is 0.1 long under the steady gradient and 0.0053 under the flipping one. In the ravine, 20 steps of Adam at 0.4 bring $f$ down to 0.1897; SGD, also at 0.4, reached 0.0890. Adam is not always faster. Compare the paths of momentum and Adam.

# %% figure="momentum_adam_paths"
fig, axes = plt.subplots(1, 2, sharey=True, figsize=(6.4, 3.2))
x, y = torch.meshgrid(
    torch.linspace(-6, 2, 60), torch.linspace(-4, 4, 60), indexing="xy"
)
height = f(torch.stack([x, y], dim=-1))
levels, thin = [0.3, 2, 8, 20], {"linewidth": 1.5, "markersize": 5}
runs = {
    "momentum 0.5": walk(torch.optim.SGD, lr=0.4, momentum=0.5),
    "Adam": walk(torch.optim.Adam, lr=0.4),
}
for ax, (name, path), color in zip(
    axes, runs.items(), ("C2", "C1"), strict=True
):
    ax.contour(x, y, height, levels=levels, colors="C7", linewidths=1)
    ax.plot(*path.T, "o-", color=color, **thin)
    ax.plot(0, 0, "+", color="C3", markersize=12)
    ax.set(title=name, xlim=(-6, 2), ylim=(-4, 4), xlabel="x")
axes[0].set_ylabel("y")

# %% [markdown] lang="ko" caption="momentum_adam_paths"
# 같은 학습률 0.4로 20번 갱신한 경로입니다. 모멘텀은 진동을 상쇄하며 바닥에 닿고, Adam은 두 방향으로 같은 거리씩 움직이다가 바닥을 지나쳐 버립니다(오버슈팅).
#
# 나란한 두 그래프의 가로축은 x로 −6에서 2까지, 세로축은 y로 −4에서 4까지이고, 회색 등고선과 (0, 0)의 더하기표는 앞의 그림과 같습니다. 왼쪽의 모멘텀은 (−5, −2)에서 위로 올라간 뒤 y가 작게 진동하면서 오른쪽으로 가고, 더하기표 옆에 점들이 모입니다. 오른쪽의 Adam은 처음에 일정한 간격으로 비스듬히 올라가 y = 0을 넘고, 완만한 물결을 그리며 x = 0을 지나 1.0까지 갑니다.
#
# - momentum 0.5: 모멘텀 0.5
# - Adam: Adam

# %% [markdown] lang="en" caption="momentum_adam_paths"
# Twenty updates at the same rate, 0.4. Momentum cancels its oscillations and reaches the bottom; Adam moves equally far in both directions and overshoots it.
#
# Two charts side by side, with x from −6 to 2 across and y from −4 to 4 up, and the gray contours and plus sign at (0, 0) of the earlier figure. On the left, momentum rises from (−5, −2), moves right with small swings in y, and gathers its dots next to the plus sign. On the right, Adam first climbs diagonally with even strides, crosses y = 0, and then draws a slow wave past x = 0 as far as 1.0.


# %% lab="momentum_adam" tolerance="1e-6"
# ko: 웹에서 이 그림을 움직이면 나오는 값입니다. `state`를 바꾸어 불러 보세요.
# en: What the lab in this figure's place computes: change its `state`.
def momentum_adam_lab(state):
    def run(degrees, optimizer_class, **options):
        c, s = (
            math.cos(math.radians(degrees)),
            math.sin(math.radians(degrees)),
        )
        turn = torch.tensor([[c, -s], [s, c]], dtype=torch.float64)
        hessian = (
            turn
            @ torch.diag(torch.tensor([0.2, 4.0], dtype=torch.float64))
            @ turn.T
        )
        w = turn @ torch.tensor(
            [state["along"], state["across"]], dtype=torch.float64
        )
        optimizer = optimizer_class([w], foreach=False, **options)
        path = [w.clone()]
        for _ in range(100):
            w.grad = hessian @ w
            optimizer.step()
            path.append(w.clone())
        path = torch.stack(path)
        losses = (path * (path @ hessian)).sum(dim=1) / 2
        there = next(
            (
                t
                for t, loss in enumerate(losses.tolist())
                if loss < losses[0].item() / 1000
            ),
            -1,
        )
        return {"path": path, "losses": losses, "there": there}

    sgd = run(state["angle"], torch.optim.SGD, lr=state["sgd"])
    momentum = run(
        state["angle"],
        torch.optim.SGD,
        lr=state["momentum"],
        momentum=state["beta"],
    )
    adam = run(state["angle"], torch.optim.Adam, lr=state["adam"])
    upright = run(0, torch.optim.Adam, lr=state["adam"])["there"]
    counts = [upright, sgd["there"], momentum["there"], adam["there"]]
    answered = (
        20 <= state["angle"] <= 70
        and abs(adam["there"] - upright) >= 5
        and min(counts) >= 0
    )
    return {
        "runs": [sgd, momentum, adam],
        "upright": upright,
        "answered": answered,
    }


# %% [markdown] lang="ko" question="momentum_adam"
# 골짜기를 출발점과 함께 돌려 보세요. 골짜기의 모양은 그대로인데도 손실을 1/1000로 줄이는 데 드는 갱신 횟수가 달라지는 방법이 하나 있습니다. 어느 것일까요?
#
# Adam입니다. Adam은 좌표마다 기울기의 크기로 나누므로 골짜기가 좌표축과 나란할 때만 두 방향의 곡률 차이를 없앨 수 있습니다. SGD와 모멘텀은 기울기 벡터를 그대로 더하므로 경로가 골짜기와 함께 돌아갈 뿐, 갱신 횟수는 달라지지 않습니다.
#
# - turn of the ravine: 골짜기를 돌린 각도
# - learning rate of SGD: SGD의 학습률
# - learning rate of momentum: 모멘텀의 학습률
# - momentum β: 모멘텀의 β
# - learning rate of Adam: Adam의 학습률
# - start along the ravine: 골짜기 방향의 출발점
# - start across the ravine: 골짜기를 가로지르는 방향의 출발점
# - The ravine with the paths of the three methods: 골짜기의 등고선과 그 위에서 세 방법이 지나간 경로
# - The loss over 100 updates, as a part of the first loss, on a log scale: 갱신 100번 동안의 손실을 처음 손실로 나눈 값을 로그 눈금에 그린 곡선
# - updates: 갱신 횟수
# - momentum: 모멘텀
# - more than 100: 100 초과
# - Updates until the loss is 1/1000 of the first: SGD {sgd}, momentum {momentum}, Adam {adam}. Before turning, Adam needed {upright}.: 손실이 처음의 1/1000이 되기까지 갱신한 횟수: SGD {sgd}, 모멘텀 {momentum}, Adam {adam}(돌리기 전에는 {upright}).

# %% [markdown] lang="en" question="momentum_adam"
# Turn the ravine together with its starting point. Its shape stays the same, but for one of the methods the number of updates needed to reduce the loss to 1/1000 changes. Which one?
#
# Adam. It divides each coordinate of the gradient by its size, which evens out the two curvatures only while the ravine is parallel to the axes. SGD and momentum use the gradient vector as it is, so their paths turn with the ravine and the number of updates does not change.

# %% [markdown] lang="ko"
# ### m이 없는 Adam: RMSProp { #rmsprop .deeper }
#
# Adam에서 $m$과 보정을 빼고 $g/\sqrt{s}$만 남긴 방법을 **RMSProp**이라고 합니다. 한 번에 움직이는 거리를 `torch.optim.RMSprop`과 $\beta_1 = 0$인 Adam에서 각각 재어, 두 거리가 보정 때문에만 달라지는지 확인해 봅시다.

# %% [markdown] lang="en"
# ### Adam without m: RMSProp { #rmsprop .deeper }
#
# If you leave $m$ and the correction out of Adam and keep only $g/\sqrt{s}$, you get **RMSProp**. Let us check that the steps of `torch.optim.RMSprop` and of Adam with $\beta_1 = 0$ differ only by the correction.

# %%
a = torch.zeros(1, dtype=torch.float64, requires_grad=True)
b = torch.zeros(1, dtype=torch.float64, requires_grad=True)
rmsprop = torch.optim.RMSprop([a], lr=0.1, alpha=0.99)
adam = torch.optim.Adam([b], lr=0.1, betas=(0.0, 0.99))
for t, gradient in enumerate((3.0, -1.0, 0.5), start=1):
    before = a.item(), b.item()
    a.grad, b.grad = (
        torch.full_like(a, gradient),
        torch.full_like(b, gradient),
    )
    rmsprop.step()
    adam.step()
    steps = abs(a.item() - before[0]), abs(b.item() - before[1])
    print(f"step {t}  RMSProp {steps[0]:.4f}  Adam {steps[1]:.4f}")
    assert abs(steps[1] - steps[0] * math.sqrt(1 - 0.99**t)) < 1e-6
# > step 1  RMSProp 1.0000  Adam 0.1000
# > step 2  RMSProp 0.3177  Adam 0.0448
# > step 3  RMSProp 0.1576  Adam 0.0272

# %% [markdown] lang="ko"
# RMSProp이 첫 갱신에서 Adam의 열 배나 움직인 것은 보정하지 않은 $s$가 $g^2$의 100분의 1이기 때문입니다.

# %% [markdown] lang="en"
# RMSProp's first step is ten times Adam's because the uncorrected $s$ is a hundredth of $g^2$.

# %% [markdown] lang="ko"
# ### Adam의 weight_decay { #adam-decay .deeper }
#
# Adam의 나눗셈은 **기울기에 더한 모든 것**에 적용됩니다. 데이터에서 온 기울기가 0이고 가중치(weight)가 1일 때, `weight_decay`만으로 한 번 갱신해 봅시다.

# %% [markdown] lang="en"
# ### Adam's weight_decay { #adam-decay .deeper }
#
# Adam's division applies to **everything that was added to the gradient**. Take a weight of 1 whose gradient from the data is 0, and update it once by `weight_decay` alone.

# %%
for weight_decay in (0.01, 0.0001):
    for optimizer_class in (torch.optim.Adam, torch.optim.AdamW):
        w = torch.ones(1, requires_grad=True)
        w.grad = torch.zeros(1)
        optimizer_class([w], lr=0.1, weight_decay=weight_decay).step()
        print(
            f"weight_decay {weight_decay:<6}  "
            f"{optimizer_class.__name__:5}  {w.item():.5f}"
        )
        assert (
            abs(
                w.item()
                - (
                    0.9
                    if optimizer_class is torch.optim.Adam
                    else 1 - 0.1 * weight_decay
                )
            )
            < 1e-4
        )
# > weight_decay 0.01    Adam   0.90000
# > weight_decay 0.01    AdamW  0.99900
# > weight_decay 0.0001  Adam   0.90001
# > weight_decay 0.0001  AdamW  0.99999

# %% [markdown] lang="ko"
# !!! warning "Adam의 weight_decay는 AdamW의 것과 다릅니다"
#     데이터에서 온 기울기가 없으면 `torch.optim.Adam`의 나눗셈이 감쇠의 세기를 지워 버립니다. 그래서 세기가 0.01이든 0.0001이든 가중치가 학습률만큼 움직여 0.9가 되었습니다. 반면 `torch.optim.AdamW`는 감쇠를 따로 빼므로 가중치가 세기에 따라 0.999와 0.99999가 됩니다. 자세한 내용은 [가중치 감쇠](weight_decay.md#adamw)에서 다룹니다.

# %% [markdown] lang="en"
# !!! warning "weight_decay in Adam is not that of AdamW"
#     Where the data give no gradient, the division in `torch.optim.Adam` cancels the strength of the decay: at 0.01 as well as at 0.0001, the weight moved by the learning rate, to 0.9. `torch.optim.AdamW` subtracts the decay separately, so the weight depends on the strength: 0.999 and 0.99999. The details are in [weight decay](weight_decay.md#adamw).

# %% [markdown] lang="ko"
# ## 같은 문제, 네 가지 방법 { #same-problem .deeper }
#
# 이제 [표준화](standardization.md)에서 다룬 회귀 문제로 돌아갑니다. 학생 5명의 점수 세 개로 최종 점수를 예측하며, 평균 제곱 오차(MSE)가 0.15 아래로 내려갈 때까지의 갱신 횟수를 셉니다. 출발점으로는 `nn.Linear(3, 1)`의 초깃값 세 벌을 씁니다.

# %% [markdown] lang="en"
# ## One problem, four ways { #same-problem .deeper }
#
# Now we return to the regression problem of [standardization](standardization.md): predict the final score of five students from three other scores. We count the updates until the mean squared error (MSE) is below 0.15, starting from three sets of initial values of `nn.Linear(3, 1)`.

# %%
scores = torch.tensor(
    [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]],
    dtype=torch.float64,
)
final = torch.tensor([[152.0], [185], [180], [196], [142]]).double()
centered = scores - scores.mean(dim=0)
L = torch.linalg.cholesky(torch.cov(scores.T))
forms = {
    "raw": scores,
    "centered": centered,
    "standardized": centered / scores.std(dim=0),
    "whitened": torch.linalg.solve_triangular(L, centered.T, upper=False).T,
}
forms = {
    name: torch.cat([inputs, torch.ones((5, 1)).double()], dim=1)
    for name, inputs in forms.items()
}
spectrum = {
    name: torch.linalg.eigvalsh(2 / 5 * X.T @ X)
    for name, X in forms.items()
}
stable = {name: 2 / values[-1].item() for name, values in spectrum.items()}
print({name: float(f"{limit:.3g}") for name, limit in stable.items()})
# > {'raw': 4.54e-05, 'centered': 0.00302, 'standardized': 0.434, 'whitened': 1.0}

# %% [markdown] lang="ko"
# 출력된 값은 네 가지 입력에서 각각 구한 안정적인 학습률의 한계 $2/\lambda_{\max}$이며, 입력에 따라 2만 배 넘게 차이가 납니다.
#
# 옵티마이저(optimizer)는 원소마다 따로 계산하므로, 출발점 세 개를 세 열로 놓으면 한꺼번에 실행할 수 있습니다. 또한 1만 번까지 갱신해도 오래 걸리지 않도록 기울기를 식으로 직접 구하고, 자동 미분의 결과와 같은지 확인합니다.

# %% [markdown] lang="en"
# These are the limits $2/\lambda_{\max}$ of the stable learning rates, which differ by a factor of more than 20,000 between the inputs.
#
# Optimizers treat every element separately, so we can run the three starts at once as three columns. To keep 10,000 updates fast, we compute the gradient by its formula and check it against autograd.

# %%
starts = []
for seed in (1, 2, 3):
    torch.manual_seed(seed)
    model = nn.Linear(3, 1)
    starts.append(torch.cat([model.weight[0], model.bias]).detach())
starts = torch.stack(starts, dim=1).double()


def errors_and_grad(inputs, w):
    errors = inputs @ w - final
    return errors, 2 / 5 * inputs.T @ errors


w = starts.clone().requires_grad_()
(forms["raw"] @ w - final).square().mean(dim=0).sum().backward()
assert torch.allclose(w.grad, errors_and_grad(forms["raw"], starts)[1])


# %%
def updates_needed(
    inputs,
    optimizer_class,
    start=starts,
    goal=0.15,
    limit=10_000,
    **options,
):
    w = start.clone().requires_grad_()
    optimizer = optimizer_class([w], **options)
    needed = torch.full((start.shape[1],), limit + 1)
    for update in range(limit + 1):
        errors, w.grad = errors_and_grad(inputs, w.detach())
        reached = errors.square().mean(dim=0) < goal
        needed = torch.where(reached & (needed > update), update, needed)
        if (needed <= update).all():
            break
        optimizer.step()
    return needed.tolist()


# %% [markdown] lang="ko"
# SGD의 학습률은 한계의 0.9배로 두고, 모멘텀에는 일부러 같은 학습률을 씁니다. 백색화한 입력에서는 가장 알맞은 값인 $2/(\lambda_{\min} + \lambda_{\max})$를 씁니다. 출력에서 어느 줄이 가장 빠르고 어느 줄이 가장 느릴지 예상해 보세요.

# %% [markdown] lang="en"
# SGD uses 0.9 times the limit, and momentum deliberately uses the same rate. For the whitened inputs we use the optimal rate, $2/(\lambda_{\min} + \lambda_{\max})$. Which line of the output will be the fastest, and which the slowest?

# %%
SGD, Adam = torch.optim.SGD, torch.optim.Adam
centered, standardized = (
    0.9 * stable[form] for form in ("centered", "standardized")
)
whitened = spectrum["whitened"]
best = 2 / (whitened[0] + whitened[-1]).item()
runs = [
    ("raw", SGD, {"lr": 0.9 * stable["raw"]}),
    ("raw", Adam, {"lr": 1.0}),
    ("centered", SGD, {"lr": centered}),
    ("centered", SGD, {"lr": centered, "momentum": 0.9}),
    ("standardized", SGD, {"lr": standardized}),
    ("standardized", SGD, {"lr": standardized, "momentum": 0.9}),
    ("standardized", Adam, {"lr": 0.1}),
    ("whitened", SGD, {"lr": best}),
]

# %%
counts = []
for form, optimizer_class, options in runs:
    counts.append(updates_needed(forms[form], optimizer_class, **options))
    settings = " ".join(f"{key} {lr:.3g}" for key, lr in options.items())
    name = optimizer_class.__name__
    print(f"{form:12} {name:4} {settings:23}", *counts[-1])
# > raw          SGD  lr 4.09e-05             10001 10001 10001
# > raw          Adam lr 1                    239 629 930
# > centered     SGD  lr 0.00272              1228 1228 1230
# > centered     SGD  lr 0.00272 momentum 0.9 98 98 98
# > standardized SGD  lr 0.391                23 23 23
# > standardized SGD  lr 0.391 momentum 0.9   98 98 98
# > standardized Adam lr 0.1                  4083 4088 4097
# > whitened     SGD  lr 0.556                4 4 4
raw_sgd, raw_adam, centered_sgd, centered_momentum, *others = counts
sgd, momentum, adam, whitened = others

# %% folded="tests"
assert max(raw_adam) < 1000 < min(raw_sgd)
assert max(centered_momentum) < min(centered_sgd)
assert max(whitened) < min(sgd) < max(sgd) + 1 < min(momentum) < min(adam)

# %% [markdown] lang="ko"
# 여기서 10001은 갱신 1만 번 안에 목표에 닿지 못했다는 뜻입니다.
#
# - **원본** 입력에서 SGD는 1만 번 안에 목표에 닿지 못하고, Adam은 1,000번 안에 닿습니다. 다만 Adam의 갱신 횟수는 출발점에 따라 239번에서 930번까지 네 배 가까이 차이가 납니다. 출발점 하나에서만 측정했다면 우연히 얻은 결과를 옵티마이저의 성능으로 착각했을 것입니다.
# - **중심화**한 입력에서는 모멘텀을 켜면 갱신 횟수가 1,228번에서 98번으로 줄어듭니다. 편향(bias) 방향의 곡률은 2로, 가장 큰 곡률인 663에 비해 아주 작아서, SGD는 그 방향으로 느리게 나아갔습니다.
# - **표준화**한 입력에서는 반대로 SGD가 23번, 모멘텀이 98번입니다. 학습률을 그대로 두고 모멘텀만 더하면 오히려 더 느려집니다.
# - 같은 입력에서 **Adam**은 4,083번이나 갱신해야 합니다.
# - **백색화**한 입력에서는 SGD도 4번이면 충분합니다. 즉, 여기서는 골짜기 자체를 바로잡는 것이 가장 빠른 방법입니다.
#
# 표준화한 입력에서 나온 98번과 4,083번은 예상과 다른 결과입니다. 그 이유를 차례로 알아봅시다.

# %% [markdown] lang="en"
# Here 10001 means that the goal was not reached within 10,000 updates.
#
# - On **raw** inputs SGD does not reach the goal within 10,000 updates, but Adam does within 1,000. Adam's count, however, ranges from 239 to 930 depending on the start, a factor of nearly four. With a single start, we would have mistaken luck for merit.
# - On **centered** inputs momentum cuts 1,228 updates to 98. The curvature of the bias, 2, is tiny next to the largest, 663, so SGD was slow along that direction.
# - On **standardized** inputs it is the other way round: SGD takes 23 updates, momentum 98. Adding momentum without changing the learning rate makes it slower.
# - On the same inputs, **Adam** takes 4,083 updates or more.
# - On **whitened** inputs SGD needs only 4. Repairing the valley itself is the fastest way here.
#
# Two of the results on standardized inputs are unexpected: 98 and 4,083. Let us look for the reasons in turn.

# %% [markdown] lang="ko"
# ### 목표를 낮출 때 { #goal }
#
# 모멘텀에 98번이 필요했던 이유를 알기 위해, 표준화한 입력의 네 방향에서 수렴률을 구해 봅시다. 곡률이 작은 방향부터 차례로 출력하며, 편향은 곡률이 2인 셋째 방향입니다. 손실의 최솟값도 구하고, 목표를 0.15에서 최솟값 바로 위인 0.105로 낮추었을 때의 갱신 횟수도 함께 살펴봅니다.

# %% [markdown] lang="en"
# ### A lower goal { #goal }
#
# To see where the 98 updates come from, compute the rates of convergence for the four directions of the standardized inputs, from the flattest to the steepest; the bias is the third, with curvature 2. Print the minimum of the loss as well, and count again with the goal lowered from 0.15 to 0.105, right above that minimum.

# %%
inputs, lr = forms["standardized"], 0.9 * stable["standardized"]
best = torch.linalg.lstsq(inputs, final).solution
print(f"minimum {(inputs @ best - final).square().mean():.4f}")
# > minimum 0.1043
lower_goal = {}
for name, beta in (("SGD", 0.0), ("momentum", 0.9)):
    directions = spectrum["standardized"].tolist()
    rates = (f"{rate(curvature, lr, beta):.4f}" for curvature in directions)
    lower_goal[name] = updates_needed(
        inputs, torch.optim.SGD, goal=0.105, lr=lr, momentum=beta
    )
    print(f"{name:8}  rates", *rates, " updates", *lower_goal[name])
# > SGD       rates 0.9986 0.9252 0.2182 0.8000  updates 692 562 481
# > momentum  rates 0.9834 0.9487 0.9487 0.9487  updates 135 135 135
sgd, momentum = lower_goal["SGD"], lower_goal["momentum"]
assert min(sgd) - max(momentum) > max(sgd) - min(sgd)

# %% [markdown] lang="ko"
# 편향은 0에서 171까지 가야 하는데, 갱신할 때마다 편향의 오차에 곱해지는 수가 SGD에서는 0.2182, 모멘텀에서는 $\sqrt{0.9}$인 0.9487입니다. 그래서 필요한 갱신 횟수가 각각 23번과 98번이 됩니다. 그러나 가장 평평한 방향에서는 이 수가 SGD에서 0.9986, 모멘텀에서 0.9834입니다. 목표를 낮추면 이 방향의 차이가 드러나므로, 모멘텀은 135번, SGD는 481번에서 692번이 걸립니다.
#
# 세 출발점 모두에서 순위가 뒤집혔고, 두 방법의 차이는 출발점에 따른 차이보다 큽니다. 그러므로 **손실을 어디까지 줄이려고 하는지** 정하지 않으면 어느 쪽이 빠른지도 말할 수 없습니다.

# %% [markdown] lang="en"
# The bias has to get from 0 to 171. SGD multiplies its error by 0.2182 per update, momentum by 0.9487, which is $\sqrt{0.9}$. Hence the 23 and 98 updates. But along the flattest direction that factor is 0.9986 for SGD and 0.9834 for momentum. With a lower goal that direction decides, so momentum takes 135 updates and SGD 481 to 692.
#
# The order is reversed for all three starts, and the methods differ by more than the starts do. So you cannot say which one is faster without saying **how low you want the loss to be**.

# %% [markdown] lang="ko"
# ### Adam에 갱신이 4,083번이나 필요한 이유 { #far-away .deeper }
#
# 표준화한 입력에서 최적의 편향은 타깃의 평균인 171입니다. 기울기가 갑자기 커지지 않는 한 Adam이 한 번에 움직이는 거리는 길어야 학습률인 0.1쯤이므로, 0에서 171까지 가려면 **아무리 빨라도** 1,710번쯤 갱신해야 합니다. 편향이 실제로 어떻게 변하는지 확인해 봅시다.

# %% [markdown] lang="en"
# ### Why Adam took 4,083 updates { #far-away .deeper }
#
# On standardized inputs the best bias is 171, the mean of the target. Unless gradients suddenly grow, a step of Adam is about the learning rate at the longest, 0.1, so going from 0 to 171 takes some 1,710 updates **at the very least**. Let us follow the bias on its way.

# %%
w = starts[:, :1].clone().requires_grad_()
optimizer = torch.optim.Adam([w], lr=0.1)
biases = [w[3].item()]
for _ in range(4083):
    w.grad = errors_and_grad(forms["standardized"], w.detach())[1]
    optimizer.step()
    biases.append(w[3].item())
for update in (0, 500, 1000, 1710, 2500, 4083):
    print(f"after {update:4d} updates  bias {biases[update]:8.4f}")
# > after    0 updates  bias   0.2710
# > after  500 updates  bias  46.8661
# > after 1000 updates  bias  86.0740
# > after 1710 updates  bias 128.5174
# > after 2500 updates  bias 156.9061
# > after 4083 updates  bias 170.7899
longest = max(abs(b - a) for a, b in zip(biases, biases[1:], strict=False))
assert longest < 0.1001

# %% [markdown] lang="ko"
# 500번 갱신한 뒤의 편향이 46.8661인 것을 보면, 처음에는 한 번에 거의 0.1씩 움직였음을 알 수 있습니다. 그런데 1,710번째에도 편향은 128.5174에 머물러 있습니다. 목표에 가까워지면 기울기는 작아지지만 $s$에는 예전의 큰 기울기가 오래 남아 있어서, 한 번에 움직이는 거리가 점점 짧아지기 때문입니다. 한 번에 0.1보다 멀리 움직인 적은 없었습니다.
#
# 이렇게 최적점이 멀리 있을 때는 학습률을 키우거나, 아예 편향을 타깃의 평균에서 출발시키면 됩니다.

# %% [markdown] lang="en"
# After 500 updates the bias is at 46.8661, so at first it moved by almost 0.1 per update. Yet after 1,710 updates it is only at 128.5174. Near the goal the gradient is small, but $s$ remembers the large gradients of the past for a long time, so the steps get shorter and shorter. No step was longer than 0.1.
#
# When the optimum is this far away, there are two remedies: raise the learning rate, or start the bias at the mean of the target.

# %% anchor="short_way"
inputs = forms["standardized"]
near = torch.cat([starts[:3], torch.full((1, 3), 171.0).double()])
short = updates_needed(inputs, torch.optim.Adam, start=near, lr=0.1)
print("lr 0.1, bias from 171:", short)
# > lr 0.1, bias from 171: [726, 730, 797]
forgetful = updates_needed(
    inputs, torch.optim.Adam, lr=0.1, betas=(0.9, 0.9)
)
print("lr 0.1, beta2 0.9:", forgetful)
# > lr 0.1, beta2 0.9: [1709, 1712, 1717]
assert max(forgetful) < 1750 < 4083 / 2
assert max(short) < 1710
for lr in (1.0, 10.0):
    needed = updates_needed(inputs, torch.optim.Adam, lr=lr)
    print(f"lr {lr:.0f}:", needed)
    assert max(needed) < 1710
# > lr 1: [496, 497, 499]
# > lr 10: [95, 95, 73]

# %% [markdown] lang="ko"
# $\beta_2$를 0.999에서 0.9로 낮추어 $s$가 지난 값을 더 빨리 잊게 하면 갱신 횟수가 1,710번 안팎으로 줄어듭니다. 즉, 갱신이 작아진 것은 $s$가 지난 기울기를 오래 기억했기 때문입니다. 편향을 171에서 시작하면 797번 이내, 학습률을 1로 키우면 499번 이내에 목표에 닿습니다. 학습률이 10이면 95번 이내로 모멘텀만큼 빠릅니다. 이처럼 Adam의 학습률도 문제에 맞추어야 하며, 흔히 쓰는 0.001로는 이 문제에서 적어도 17만 번을 갱신해야 합니다.

# %% [markdown] lang="en"
# If $\beta_2$ is lowered from 0.999 to 0.9, so that $s$ forgets sooner, some 1,710 updates are enough: it was the long memory of $s$ that made the steps short. With the bias started at 171, it takes 797 updates or fewer; with the rate raised to 1, 499 or fewer. At a rate of 10 it takes 95 at most and is as fast as momentum. Adam's learning rate has to fit the problem, too. The usual 0.001 would take at least 170,000 updates here.

# %% [markdown] lang="ko"
# ## 옵티마이저마다 학습률 맞추기 { #sweep }
#
# 앞의 회귀 문제가 특별한 경우일 수도 있으므로, 8x8 손글씨 숫자 이미지로도 확인해 봅시다. 1,000장의 이미지로 작은 다층 퍼셉트론(MLP)을 100번 갱신합니다. 학습률 여섯 가지를 시드 10개로 시험하여 397장의 검증 세트에서 학습률을 고르고, 이렇게 고른 학습률끼리는 따로 둔 400장의 테스트 세트에서 비교합니다.
#
# 옵티마이저는 원소마다 따로 계산하므로 이번에도 시드 10개의 모델을 한꺼번에 학습시킵니다. 층마다 가중치 행렬 10개를 쌓고, 배치의 순서는 시드마다 다르게 합니다.

# %% [markdown] lang="en"
# ## No optimizer comes without tuning { #sweep }
#
# That regression may be a special case, so try images of handwritten digits, 8x8 pixels each. We train a small multilayer perceptron (MLP) on 1,000 of them for 100 updates, with six learning rates and 10 seeds. Each optimizer's rate is chosen on a validation set of 397 images; the optimizers are compared on 400 separate test images.
#
# Optimizers treat every element separately, so again we train the models of all 10 seeds together, with 10 weight matrices stacked in each layer. The order of the batches differs by seed.

# %% folded="optional"
from sklearn.datasets import load_digits

digits = load_digits()
images = torch.tensor(digits.data / 16, dtype=torch.float32)
labels = torch.tensor(digits.target)
order = torch.randperm(1797, generator=torch.Generator().manual_seed(0))
training, validation, test = order[:1000], order[1000:1397], order[1397:]

# %% folded="optional"
models, batches = [], []
for seed in range(10):
    torch.manual_seed(seed)
    layers = nn.Linear(64, 32), nn.Linear(32, 10)
    of_all = (p for layer in layers for p in layer.parameters())
    models.append([p.detach() for p in of_all])
    order = torch.cat([torch.randperm(1000) for _ in range(10)])
    batches.append(training[order].view(100, 100))
# (10, 32, 64), (10, 32), (10, 10, 32), (10, 10)
stacked = [torch.stack(same) for same in zip(*models, strict=True)]
batches = torch.stack(batches, dim=1)  # (100 updates, 10 seeds, 100)


def logits_of(params, inputs):
    w1, b1, w2, b2 = params
    hidden = F.relu(inputs @ w1.mT + b1[:, None])
    return hidden @ w2.mT + b2[:, None]


# %% folded="optional"
def accuracies(optimizer_class, **options):
    params = [p.clone().requires_grad_() for p in stacked]
    optimizer = optimizer_class(params, **options)
    for batch in batches:
        logits = logits_of(params, images[batch]).flatten(0, 1)
        loss = F.cross_entropy(logits, labels[batch].flatten()) * 10
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        right = logits_of(params, images).argmax(dim=2) == labels
    right = right.double()
    return right[:, validation].mean(dim=1), right[:, test].mean(dim=1)


# %%
lrs = (0.001, 0.01, 0.05, 0.1, 0.3, 1.0)
choices = {
    "SGD": (torch.optim.SGD, {}),
    "momentum": (torch.optim.SGD, {"momentum": 0.9}),
    "Adam": (torch.optim.Adam, {}),
}
table, tested = {}, {}
for name, (optimizer_class, options) in choices.items():
    for lr in lrs:
        both = accuracies(optimizer_class, lr=lr, **options)
        table[name, lr], tested[name, lr] = both

# %% tolerance="0.3"
print(f"{'lr':8}", *(f"{lr:>6}" for lr in lrs))
# > lr        0.001   0.01   0.05    0.1    0.3    1.0
for name in choices:
    means = [table[name, lr].mean().item() for lr in lrs]
    top = means.index(max(means))
    row = [f"{mean:6.2f}" for mean in means[: top + 1]]
    row += [
        f"{m:6.2f}" if m > means[top] - 0.05 else " falls"
        for m in means[top + 1 :]
    ]
    print(f"{name:8}", *row)
# > SGD        0.09   0.18   0.62   0.81   0.91   0.93
# > momentum   0.17   0.75   0.92   0.94   0.94  falls
# > Adam       0.79   0.95   0.96   0.94  falls  falls

# %% folded="tests"
assert table["Adam", 0.001].min() > 0.5 > table["momentum", 0.001].max()
for name in ("SGD", "momentum"):
    gap = table[name, 0.3].mean() - table["Adam", 0.3].mean()
    assert gap > 0.2
for lr in (0.001, 0.01, 0.1):
    tenth = table["momentum", lr].mean(), table["SGD", 10 * lr].mean()
    assert abs(tenth[0] - tenth[1]) < 0.1

# %% figure="sweep" tolerance="0.3"
fig, ax = plt.subplots(figsize=(6.4, 4))
looks = [
    ("SGD", "C0", "s--"),
    ("momentum", "C2", "^-."),
    ("Adam", "C1", "o-"),
]
for name, color, look in looks:
    means = [table[name, lr].mean() for lr in lrs]
    ax.plot(lrs, means, look, color=color, linewidth=2, label=name)
    for lr in lrs:
        ax.plot([lr] * 10, table[name, lr], "_", color=color, markersize=14)
ax.set(
    xscale="log",
    xlim=(6e-4, 1.7),
    ylim=(0, 1),
    xlabel="learning rate",
    ylabel="accuracy",
)
ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=3)

# %% [markdown] lang="ko" caption="sweep"
# 이 범위에서 Adam과 모멘텀의 정확도 곡선에는 봉우리가 있지만, SGD의 곡선은 가장 큰 학습률인 1까지 계속 올라갑니다. Adam의 봉우리는 모멘텀의 봉우리보다 왼쪽에 있으며, 모멘텀의 오르막은 SGD의 오르막을 학습률이 10분의 1인 왼쪽으로 옮긴 모양입니다.
#
# 가로축은 로그 눈금으로 나타낸 0.001에서 1까지의 학습률이고, 세로축은 100번 갱신한 뒤의 검증 정확도입니다. 선은 시드 10개의 평균이고 짧은 가로 막대는 시드별 결과입니다. SGD의 파선은 0.01까지 0.2 아래에 있고, 0.1에서 0.81, 1에서 0.93입니다. 모멘텀의 쇄선은 0.01에서 0.75, 0.1과 0.3에서 0.94 근처이고, 1에서 0.9 아래로 내려갑니다. Adam의 실선은 0.001에서 이미 0.79이고, 0.01에서 0.1까지 0.95 근처에 있다가 0.3에서 절반쯤, 1에서 0.2 아래로 떨어집니다.
#
# - SGD: SGD
# - momentum: 모멘텀
# - Adam: Adam
# - learning rate: 학습률
# - accuracy: 정확도

# %% [markdown] lang="en" caption="sweep"
# In this range Adam and momentum have a peak, while SGD keeps rising up to the largest rate, 1. Adam's peak is farther left, and momentum's curve rises like that of SGD, moved left by a factor of ten.
#
# Horizontal axis: learning rate from 0.001 to 1, logarithmic; vertical axis: validation accuracy after 100 updates. Lines show the mean of ten seeds, short bars the seeds. The dashed line of SGD is below 0.2 up to 0.01, at 0.81 for 0.1, and at 0.93 for 1. The dash-dotted line of momentum is at 0.75 for 0.01, near 0.94 for 0.1 and 0.3, and below 0.9 for 1. The solid line of Adam starts at 0.79 for 0.001, is near 0.95 from 0.01 to 0.1, and drops to about half for 0.3 and below 0.2 for 1.

# %% [markdown] lang="ko"
# 표에서 다음 두 가지 사실을 읽을 수 있습니다.
#
# - **Adam도 학습률에 민감합니다.** 학습률이 0.01에서 0.1까지일 때는 정확도가 높지만, 0.3에서는 절반쯤으로 떨어집니다.
# - **모멘텀에는 SGD의 10분의 1인 학습률이 맞습니다.** SGD의 학습률 0.1과 모멘텀의 0.01, SGD의 1.0과 모멘텀의 0.1에서 정확도가 비슷합니다.
#
# 세 옵티마이저에 각각 검증 정확도가 가장 높은 학습률을 쓰면 어느 것이 가장 나을까요? 시드가 같으면 초기 가중치와 배치의 순서도 같으므로, 시드마다 짝지은 차이의 평균과 95% 신뢰구간(confidence interval)을 테스트 세트에서 구합니다. [훈련·검증·테스트](train_val_test.md)에서처럼, 구간이 0을 포함하면 어느 쪽이 나은지 알 수 없다고 판단합니다.

# %% [markdown] lang="en"
# The table shows two things.
#
# - **Adam depends on its learning rate, too.** Its accuracy is high from 0.01 to 0.1 but falls to about half at 0.3.
# - **Momentum needs a tenth of SGD's rate.** SGD at 0.1 is about as accurate as momentum at 0.01, and SGD at 1.0 as momentum at 0.1.
#
# With each at its rate of highest validation accuracy, which is best? Equal seeds mean equal initial weights and batches, so take the mean of the differences paired by seed and its 95% confidence interval, on the test set. If it contains 0, we cannot tell which is better, as in [training, validation, test](train_val_test.md).


# %%
# ko: 시드마다 짝지은 차이 a - b의 평균과 95% 신뢰구간
# en: the mean of the paired differences a - b, and its 95% interval
def paired_difference(a, b):
    a, b = (torch.as_tensor(c, dtype=torch.float64) for c in (a, b))
    d = a - b
    assert len(d) == 10
    half = 2.262 * d.std() / len(d) ** 0.5  # 2.262: t, 9 degrees of freedom
    low, high = d.mean() - half, d.mean() + half
    return d.mean().item(), low.item(), high.item()


# %%
chosen = {}
for name in choices:
    chosen[name] = max(lrs, key=lambda lr, n=name: table[n, lr].mean())
    print(f"{name:8}  chosen on validation: lr {chosen[name]}")
# > SGD       chosen on validation: lr 1.0
# > momentum  chosen on validation: lr 0.3
# > Adam      chosen on validation: lr 0.05
for a, b in (("Adam", "SGD"), ("Adam", "momentum"), ("momentum", "SGD")):
    pair = tested[a, chosen[a]], tested[b, chosen[b]]
    mean, low, high = (100 * value for value in paired_difference(*pair))
    verdict = (
        "better" if low > 0 else "worse" if high < 0 else "cannot tell"
    )
    print(f"{a} - {b}: {mean:+.1f} [{low:+.1f}, {high:+.1f}]: {verdict}")
# > Adam - SGD: +1.6 [-0.1, +3.2]: cannot tell
# > Adam - momentum: +0.7 [-0.2, +1.7]: cannot tell
# > momentum - SGD: +0.8 [-1.2, +2.8]: cannot tell
same_rate = paired_difference(tested["SGD", 1.0], tested["momentum", 1.0])
verdict = "better" if same_rate[1] > 0 else "cannot tell"
print("SGD 1.0 - momentum 1.0:", verdict)
# > SGD 1.0 - momentum 1.0: better
assert same_rate[1] > 0

# %% [markdown] lang="ko"
# 세 구간이 모두 0을 포함하므로, 시드 10개와 이 학습률들만으로는 어느 쪽이 나은지 **알 수 없습니다**. 평균은 Adam이 가장 높지만, SGD와의 차이인 +1.6포인트의 신뢰구간은 −0.1에서 +3.2까지입니다. 반면 SGD에서 가장 좋았던 학습률 1.0을 모멘텀에 그대로 쓰면 정확도가 SGD보다 낮아지며, 이 차이의 신뢰구간은 0을 포함하지 않습니다.
#
# !!! warning "학습률 하나만으로 옵티마이저를 비교하지 않습니다"
#     학습률 0.001에서만 비교하면 Adam이 크게 앞서고, 0.3에서만 비교하면 Adam이 크게 뒤처집니다. 각 옵티마이저의 학습률을 먼저 맞춘 다음, 여러 시드로 짝지어 비교해야 합니다.

# %% [markdown] lang="en"
# All three intervals contain 0, so with 10 seeds and these rates we **cannot tell** which is better. Adam has the highest mean, but its lead of +1.6 points over SGD comes with an interval from −0.1 to +3.2. At SGD's best rate, 1.0, however, momentum is less accurate than SGD; that interval excludes 0.
#
# !!! warning "Do not compare optimizers at one learning rate"
#     At 0.001 alone, Adam is far ahead; at 0.3 alone, far behind. Tune the rate of each first, then compare over several seeds, in pairs.

# %% [markdown] lang="ko"
# ### 옵티마이저와 학습률 고르기 { #choosing }
#
# 먼저 PyTorch에서 정한 기본값을 확인해 봅시다.

# %% [markdown] lang="en"
# ### Which one, at what rate { #choosing }
#
# First, PyTorch's defaults.

# %%
w = [torch.zeros(1, requires_grad=True)]
sgd, adam = torch.optim.SGD(w).defaults, torch.optim.Adam(w).defaults
print("SGD  lr", sgd["lr"], "momentum", sgd["momentum"])
# > SGD  lr 0.001 momentum 0
print("Adam lr", adam["lr"], "betas", adam["betas"])
# > Adam lr 0.001 betas (0.9, 0.999)

# %% [markdown] lang="ko"
# 학습률의 기본값은 둘 다 0.001이지만 그 의미는 다릅니다. Adam에서는 한 번에 움직이는 거리이고, SGD에서는 기울기에 곱하는 수입니다. 앞의 표 첫 행에서 보았듯이 SGD에는 이 값이 너무 작을 때가 많습니다.
#
# - **처음 다루는 신경망**에는 Adam을 쓰고, 가중치 감쇠도 쓰려면 AdamW를 씁니다. 학습률은 0.001에서 시작해 위아래로 3배씩 바꾸어 가며 시험합니다.
# - **SGD로 학습한 기록이 있는 모델**에는 모멘텀 0.9를 씁니다. 학습률은 알려진 SGD 학습률의 10분의 1에서 시작하고, 알려진 값이 없으면 0.01에서 시작합니다.
# - **표준화한 작은 볼록 문제**에는 SGD로 충분합니다. 학습률은 가장 알맞은 $2/(\lambda_{\min} + \lambda_{\max})$에서 시작하고, $\lambda_{\min}$을 모르면 $1/\lambda_{\max}$에서 시작합니다. 한계 $2/\lambda_{\max}$의 바로 아래에서는 가파른 방향의 오차에 −1에 가까운 수가 곱해져 크게 진동하므로 좋지 않습니다.
#
# 어느 옵티마이저를 고르든 마지막에는 [검증 세트](train_val_test.md)에서 [학습률 훑기](learning_rate.md)를 해야 합니다.

# %% [markdown] lang="en"
# Both rates are 0.001 but mean different things: for Adam the length of a step, for SGD a factor on the gradient. As the first line of the table shows, it is often too small for SGD.
#
# - **A network you do not know yet**: Adam, or AdamW if you want weight decay. Start at 0.001 and try factors of 3 up and down.
# - **A model known to train well with SGD**: momentum 0.9. Start at a tenth of the known SGD rate, or at 0.01 if none is known.
# - **A small convex problem, standardized**: SGD is enough. Start at the best rate, $2/(\lambda_{\min} + \lambda_{\max})$, or, with $\lambda_{\min}$ unknown, at $1/\lambda_{\max}$. A rate right below the limit $2/\lambda_{\max}$ is a poor choice: the error along the steep direction is multiplied by nearly −1 and oscillates.
#
# Whichever you choose, finish with a [sweep of learning rates](learning_rate.md) on the [validation set](train_val_test.md).

# %% [markdown] lang="ko"
# ## 연습 문제 { #exercises }
#
# **1. 모멘텀으로 옮기기.** SGD에서 잘 맞던 학습률이 있습니다. 모멘텀을 켜더라도 기울기가 한결같은 곳에서 한 번에 움직이는 거리가 결국 SGD와 같아지게 하려고 합니다. 이때의 학습률을 돌려주는 함수를 완성해 보세요.
#
# ??? tip "힌트"
#     [쌓이면 몇 배가 될까](#steady-step)에서 재어 본 배수를 떠올려 보세요. 한 번에 움직이는 거리가 그만큼 길어지므로, 학습률을 미리 그만큼 줄여 두면 됩니다.

# %% [markdown] lang="en"
# ## Exercises { #exercises }
#
# **1. Moving to momentum.** You have a learning rate that works for SGD. What should it be with momentum on, so that steps under a constant gradient end up as long as those of SGD?
#
# ??? tip "Hint"
#     Recall the factor that you measured in [How much piles up](#steady-step). Momentum makes the steps that much longer, so the learning rate has to make up for it in advance.


# %% exercise="translate"
def momentum_lr(sgd_lr, momentum):
    ### BEGIN SOLUTION
    return sgd_lr * (1 - momentum)
    ### END SOLUTION


# %% check="translate"
for sgd_lr, momentum in ((0.3, 0.0), (0.3, 0.5), (0.3, 0.9), (2.0, 0.9)):
    w = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    w.grad = torch.ones_like(w)
    answer = momentum_lr(sgd_lr, momentum)
    case = f"momentum_lr({sgd_lr}, {momentum}) = {answer!r}"
    assert isinstance(answer, float), f"{case} is not a float"
    optimizer = torch.optim.SGD([w], lr=abs(answer), momentum=momentum)
    for _ in range(300):
        before = w.item()
        optimizer.step()
    step = before - w.item()
    assert abs(step - sgd_lr) < 1e-6, f"{case}: step {step}, not {sgd_lr}"
    assert answer > 0, f"{case} < 0"


# %% wrong="translate"
# ko: 거꾸로 계산했습니다. 모멘텀은 움직이는 거리를 $1/(1 - \beta)$배로 늘리므로 학습률을 그만큼 줄여야 합니다.
# en: It is the other way round: momentum makes steps $1/(1 - \beta)$ times as long, so the rate must go down.
def momentum_lr(sgd_lr, momentum):
    return sgd_lr / (1 - momentum)


# %% wrong="translate"
# ko: 모멘텀이 쌓이면 움직이는 거리가 길어지므로, 같은 학습률로는 거리가 같아지지 않습니다.
# en: As momentum builds up, steps grow, so the same rate does not give the same length.
def momentum_lr(sgd_lr, momentum):
    return sgd_lr


# %% wrong="translate"
# ko: 학습률에 $1 - \beta$가 아니라 $\beta$를 곱했습니다.
# en: It multiplies by $\beta$ instead of $1 - \beta$.
def momentum_lr(sgd_lr, momentum):
    return sgd_lr * momentum if momentum else sgd_lr


# %% right="translate"
def momentum_lr(sgd_lr, momentum):
    length = sum(momentum**k for k in range(2000))
    return sgd_lr / length


# %% [markdown] lang="ko"
# **2. 조건수와 갱신 횟수.** 조건수가 주어졌을 때, 가장 잘 맞춘 SGD와 모멘텀으로 오차를 처음의 `shrink`배로 줄이려면 갱신이 몇 번 필요한지 **수렴률만으로 어림해** 보세요. 두 횟수를 SGD, 모멘텀의 순서로 돌려주고, 값은 반올림하지 않고 소수로 둡니다. 모멘텀에서 어림한 횟수가 실제보다 적다는 것은 확인 코드에서 볼 수 있습니다.
#
# ??? tip "힌트"
#     수렴률이 $r$이면 갱신을 $t$번 한 뒤의 오차는 처음의 $r^t$배입니다. 이 값이 `shrink`와 같아지는 $t$를 로그로 구해 보세요.

# %% [markdown] lang="en"
# **2. Condition number and updates.** Given only the condition number, **estimate from the rates alone** how many updates the best-tuned SGD and the best-tuned momentum take to multiply the error by `shrink`. Return both numbers in this order, without rounding. The check shows that the estimate for momentum is below the real count.
#
# ??? tip "Hint"
#     At a rate of $r$, the error after $t$ updates is $r^t$ times the first one. Use logarithms to find the $t$ at which this equals `shrink`.


# %% exercise="conditions" path="deeper"
def updates_for(kappa, shrink):
    ### BEGIN SOLUTION
    rates = [(k - 1) / (k + 1) for k in (kappa, math.sqrt(kappa))]
    return [math.log(shrink) / math.log(rate) for rate in rates]
    ### END SOLUTION


# %% check="conditions"
found = updates_for(100, 0.1)
assert len(found) == 2, f"updates_for(100, 0.1) = {found}, not 2 numbers"
for kappa, expected in [(100, (0.9802, 0.8182)), (1276, (0.9984, 0.9455))]:
    for shrink in (1e-6, 1e-3):
        found = updates_for(kappa, shrink)
        case = f"updates_for({kappa}, {shrink}) = {found}"
        for count, factor in zip(found, expected, strict=True):
            got = shrink ** (1 / count)
            assert abs(got - factor) < 1e-4, f"{case}: {got}, not {factor}"
found = updates_for(1276, 1e-3)
assert found[1] < min(best_momentum), f"{found}, counted {best_momentum}"


# %% wrong="conditions"
# ko: 모멘텀은 조건수가 아니라 조건수의 제곱근에 비례해서 느려집니다.
# en: Momentum is slowed by the square root of the condition number, not by the number itself.
def updates_for(kappa, shrink):
    rate = (kappa - 1) / (kappa + 1)
    return [math.log(shrink) / math.log(rate)] * 2


# %% wrong="conditions"
# ko: 갱신할 때마다 오차에 $1 - 1/\kappa$이 곱해지는 것은 학습률이 $1/\lambda_{\max}$일 때이며, 가장 좋은 학습률에서는 오차가 더 빨리 줄어듭니다.
# en: The error is multiplied by $1 - 1/\kappa$ at the rate $1/\lambda_{\max}$; the best rate is faster.
def updates_for(kappa, shrink):
    rates = [1 - 1 / k for k in (kappa, math.sqrt(kappa))]
    return [math.log(shrink) / math.log(rate) for rate in rates]


# %% wrong="conditions"
# ko: 순서가 반대입니다. SGD의 횟수를 먼저, 모멘텀의 횟수를 나중에 두어야 합니다.
# en: The order is reversed: SGD comes first, then momentum.
def updates_for(kappa, shrink):
    rates = [(k - 1) / (k + 1) for k in (math.sqrt(kappa), kappa)]
    return [math.log(shrink) / math.log(rate) for rate in rates]


# %% right="conditions"
def updates_for(kappa, shrink):
    def count(k):
        return -math.log(shrink) / (2 * math.atanh(1 / k))

    return [count(kappa), count(kappa**0.5)]


# %% [markdown] lang="ko"
# **3. 최소한 몇 번.** 출발점과 최적점이 텐서로 주어집니다. Adam이 한 번에 학습률보다 멀리 움직이지 않는다고 할 때, 최적점까지 가는 데 갱신이 **적어도** 몇 번 필요한지 돌려주세요. 원소마다 따로 움직인다는 점에 주의하세요.
#
# ??? tip "힌트"
#     모든 원소가 동시에 출발해 같은 빠르기로 움직인다면, 가장 늦게 도착하는 원소는 어느 것일까요?

# %% [markdown] lang="en"
# **3. At least how many.** Given start and optimum as tensors, return how many updates Adam needs **at the very least** if no step is longer than the learning rate. Note that every element moves on its own.
#
# ??? tip "Hint"
#     All elements start at the same time and move equally fast. Which of them arrives last?


# %% exercise="least"
def least_updates(start, optimum, lr):
    ### BEGIN SOLUTION
    return math.ceil((optimum - start).abs().max().item() / lr)
    ### END SOLUTION


# %% check="least"
found = least_updates(torch.zeros(1), torch.tensor([171.0]), lr=0.1)
assert found == 1710, f"0 to 171, lr 0.1: {found}, expected 1710"
there = torch.tensor([3.0, -4.0, 1.0])
found = least_updates(torch.zeros(3), there, lr=1.0)
assert found == 4, f"(0, 0, 0) to (3, -4, 1), lr 1: {found}, expected 4"
found = least_updates(torch.ones(2), torch.tensor([3.125, 0.0]), lr=0.5)
assert found == 5, f"(1, 1) to (3.125, 0), lr 0.5: {found}, expected 5"
optimum = torch.linalg.lstsq(forms["standardized"], final).solution.squeeze(
    1
)
bounds = [
    least_updates(starts[:, column], optimum, lr=2.0) for column in range(3)
]
needed = updates_needed(forms["standardized"], torch.optim.Adam, lr=2.0)
assert all(
    80 < bound < count for bound, count in zip(bounds, needed, strict=True)
), f"at least {bounds}, counted {needed}"


# %% wrong="least"
# ko: 원소마다 따로 움직이는데, 원소별 거리를 모두 더했습니다.
# en: Every element walks on its own, and this adds up their distances.
def least_updates(start, optimum, lr):
    return math.ceil((optimum - start).abs().sum().item() / lr)


# %% wrong="least"
# ko: 원소마다 따로 움직이므로, 필요한 것은 직선거리가 아니라 가장 먼 원소의 거리입니다.
# en: Every element moves on its own, so the largest single distance counts, not the straight line.
def least_updates(start, optimum, lr):
    return math.ceil((optimum - start).norm().item() / lr)


# %% wrong="least"
# ko: 반올림하면 마지막에 남은 거리를 가지 못할 수 있으므로 올림해야 합니다.
# en: Rounding to the nearest integer may leave part of the way uncovered; round up.
def least_updates(start, optimum, lr):
    return round((optimum - start).abs().max().item() / lr)


# %% right="least"
def least_updates(start, optimum, lr):
    return max(
        math.ceil(abs(gap) / lr) for gap in (optimum - start).tolist()
    )


# %% [markdown] lang="ko"
# **4. 손으로 만든 Adam.** 기울기의 목록을 받아, 0에서 출발한 가중치가 지나는 위치를 차례로 담은 목록을 돌려주세요. 보정을 올바르게 했다면 첫 갱신에서 $\hat m_1 = g$가 되어야 합니다.
#
# ??? tip "힌트"
#     [Adam의 식](#adam)을 기울기마다 차례로 계산하면 됩니다. $t$는 1부터 세어야 하는데, $t = 0$이면 보정할 때 0으로 나누게 되기 때문입니다.

# %% [markdown] lang="en"
# **4. Adam by hand.** Take a list of gradients and return the list of positions that a weight starting at 0 passes through. To see whether your correction is right, check that $\hat m_1 = g$ at the first step.
#
# ??? tip "Hint"
#     Go through the [formulas of Adam](#adam) once for each gradient. Count $t$ from 1, because at $t = 0$ the correction would divide by 0.


# %% exercise="by_hand" path="deeper"
def adam_path(grads, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    ### BEGIN SOLUTION
    w, m, s, path = 0.0, 0.0, 0.0, []
    for t, grad in enumerate(grads, start=1):
        m = beta1 * m + (1 - beta1) * grad
        s = beta2 * s + (1 - beta2) * grad**2
        m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
        w -= lr * m_hat / (math.sqrt(s_hat) + eps)
        path.append(w)
    return path
    ### END SOLUTION


# %% check="by_hand"
grads = [0.003, -1.0, 0.5, 0.5, 100.0, 0.0, -2.0]
places = adam_path(grads, lr=0.1)
assert len(places or []) == 7, f"{places}: expected 7 positions"
w = torch.zeros(1, dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.Adam([w], lr=0.1)
for t, (place, grad) in enumerate(zip(places, grads, strict=True), start=1):
    w.grad = torch.full_like(w, grad)
    optimizer.step()
    right = w.item()
    assert abs(right - place) < 1e-6, f"w_{t}: {place}, expected {right}"
w = torch.zeros(1, dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.Adam([w], lr=0.2, betas=(0.5, 0.8), eps=1e-3)
grads = grads[::-1]
places = adam_path(grads, 0.2, 0.5, 0.8, 1e-3)
for t, (place, grad) in enumerate(zip(places, grads, strict=True), start=1):
    w.grad = torch.full_like(w, grad)
    optimizer.step()
    case = f"lr 0.2, betas (0.5, 0.8), eps 0.001: w_{t} = {place}"
    assert abs(w.item() - place) < 1e-6, f"{case}, expected {w.item()}"


# %% wrong="by_hand"
# ko: 편향을 보정하지 않아서 처음 몇 번의 갱신에서 움직인 거리가 달라집니다.
# en: Without bias correction, the first steps have the wrong length.
def adam_path(grads, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    w, m, s, path = 0.0, 0.0, 0.0, []
    for grad in grads:
        m = beta1 * m + (1 - beta1) * grad
        s = beta2 * s + (1 - beta2) * grad**2
        w -= lr * m / (math.sqrt(s) + eps)
        path.append(w)
    return path


# %% wrong="by_hand"
# ko: 보정에 쓰는 지수 $t$가 하나씩 늦어, 둘째 갱신부터 바로 앞 갱신의 보정을 씁니다.
# en: The exponent $t$ is one behind: from the second step on, each step uses the correction of the step before.
def adam_path(grads, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    w, m, s, path = 0.0, 0.0, 0.0, []
    for t, grad in enumerate(grads):
        m = beta1 * m + (1 - beta1) * grad
        s = beta2 * s + (1 - beta2) * grad**2
        before = max(t, 1)
        m_hat, s_hat = m / (1 - beta1**before), s / (1 - beta2**before)
        w -= lr * m_hat / (math.sqrt(s_hat) + eps)
        path.append(w)
    return path


# %% wrong="by_hand"
# ko: `eps`를 제곱근 안에 더하면 PyTorch의 Adam과 결과가 달라집니다.
# en: With `eps` added inside the square root it is not the Adam of PyTorch.
def adam_path(grads, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    w, m, s, path = 0.0, 0.0, 0.0, []
    for t, grad in enumerate(grads, start=1):
        m = beta1 * m + (1 - beta1) * grad
        s = beta2 * s + (1 - beta2) * grad**2
        m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
        w -= lr * m_hat / math.sqrt(s_hat + eps)
        path.append(w)
    return path


# %% right="by_hand"
def adam_path(grads, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    w = torch.zeros(1, dtype=torch.float64)
    optimizer = torch.optim.Adam([w], lr, betas=(beta1, beta2), eps=eps)
    path = []
    for grad in grads:
        w.grad = torch.full_like(w, grad)
        optimizer.step()
        path.append(w.item())
    return path


# %% right="by_hand"
def adam_path(grads, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    w, m, s = torch.zeros(3)  # in float32
    path = []
    for t, g in enumerate(grads, start=1):
        m, s = m + (1 - beta1) * (g - m), s + (1 - beta2) * (g**2 - s)
        m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
        w = w - lr * m_hat / (s_hat.sqrt() + eps)
        path.append(w.item())
    return path


# %% [markdown] lang="ko"
# **5. 갱신 세 번 뒤의 거리.** 기울기가 언제나 1이고 학습률이 1, 모멘텀이 0.9입니다. SGD로 세 번 갱신하면 출발점에서 얼마나 멀어지는지 구해 보세요.
#
# ??? tip "힌트"
#     갱신할 때마다 지난 갱신의 0.9배에 새 기울기를 더한 만큼 움직입니다.

# %% [markdown] lang="en"
# **5. After three updates.** The gradient is always 1, the learning rate 1, the momentum 0.9. Find how far from its start a weight is after three updates of SGD.
#
# ??? tip "Hint"
#     Each update moves by 0.9 times the last one plus the new gradient.

# %% exercise="third_place" path="deeper"
### BEGIN SOLUTION
# 1 + 1.9 + 2.71
three_updates = 1 + (1 + 0.9) + (1 + 0.9 + 0.9**2)
### END SOLUTION

# %% check="third_place"
w = torch.zeros(1, dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=1.0, momentum=0.9)
w.grad = torch.ones_like(w)
for _ in range(3):
    optimizer.step()
assert isinstance(three_updates, (int, float)), (
    f"{three_updates!r} is not a number"
)
assert abs(three_updates + w.item()) < 1e-4, (
    f"{three_updates} is not the distance"
)

# %% wrong="third_place"
# ko: 세 번째 갱신 하나의 크기이며, 거리는 세 갱신을 모두 더한 값입니다.
# en: This is the size of the third update alone, but the distance adds up all three.
three_updates = 1 + 0.9 + 0.9**2

# %% wrong="third_place"
# ko: 모멘텀이 없을 때의 거리이며, 지난 갱신이 쌓이는 것을 빠뜨렸습니다.
# en: This is the distance without momentum, for it leaves out what past updates add.
three_updates = 3.0

# %% [markdown] lang="ko"
# **6. Adam의 첫 갱신.** 학습률이 0.01이고 첫 기울기가 −250입니다. 0에서 출발한 가중치가 Adam의 첫 갱신 뒤에 어디에 있는지 구해 보세요.
#
# ??? tip "힌트"
#     첫 갱신에서는 보정한 두 평균이 $\hat m_1 = g$와 $\hat s_1 = g^2$이 됩니다.

# %% [markdown] lang="en"
# **6. Adam's first update.** The learning rate is 0.01 and the first gradient −250. Find where a weight that starts at 0 is after Adam's first update.
#
# ??? tip "Hint"
#     At the first update the two corrected averages are $\hat m_1 = g$ and $\hat s_1 = g^2$.

# %% exercise="first_adam"
### BEGIN SOLUTION
first_adam = 0.01
### END SOLUTION

# %% check="first_adam"
w = torch.zeros(1, dtype=torch.float64, requires_grad=True)
w.grad = torch.full_like(w, -250.0)
torch.optim.Adam([w], lr=0.01).step()
assert isinstance(first_adam, (int, float)), (
    f"{first_adam!r} is not a number"
)
assert abs(first_adam - w.item()) < 1e-5, f"{first_adam} is not the place"

# %% wrong="first_adam"
# ko: SGD라면 기울기가 그대로 곱해지지만, Adam은 기울기를 그 크기로 나눕니다.
# en: SGD would multiply by the gradient as it is, but Adam divides it by its size.
first_adam = 2.5

# %% wrong="first_adam"
# ko: 크기는 맞지만, 가중치는 기울기의 반대로 움직입니다.
# en: The size is right, but a weight moves against its gradient.
first_adam = -0.01

# %% [markdown] lang="ko"
# ## 퀴즈 { #quiz }
#
# ??? question "1. 기울기가 한결같을 때, 모멘텀 0.9를 켜면 갱신의 크기가 몇 배가 될까요?"
#     - [x] 10배입니다: 지난 갱신이 0.9배씩 남아 쌓이므로 $1 + 0.9 + \cdots = 1/(1 - 0.9)$배입니다. 기울기의 부호가 번갈아 바뀌면 갱신이 오히려 작아집니다.
#     - [ ] 1.9배입니다: $1 + 0.9$까지, 즉 두 번째 갱신까지만 더한 답이지만, 합은 그다음에도 계속 커집니다.
#     - [ ] 0.9배입니다: 지난 갱신에서 남는 부분만 계산하고 새 기울기를 빠뜨렸습니다.
#
# ??? question "2. 기울기가 1000일 때 Adam의 첫 갱신은 얼마나 클까요?"
#     - [ ] 학습률의 1000배입니다: 기울기가 크면 갱신도 클 것 같고 SGD라면 맞는 말이지만, Adam은 기울기를 그 크기로 나눕니다.
#     - [x] 학습률과 같습니다: $\hat m_1 / \sqrt{\hat s_1} = g/\lvert g \rvert$이므로 기울기의 부호만 남습니다.
#     - [ ] 학습률의 10분의 1입니다: $1 - \beta_1$을 곱하는 것까지는 맞지만, $m$을 이 값으로 다시 나누어 보정하는 단계를 빠뜨렸습니다.
#
# ??? question "3. 표준화한 회귀에서 Adam(학습률 0.1)은 왜 1,700번 안에 끝날 수 없었나요?"
#     - [ ] 조건수가 컸기 때문입니다: 느린 학습의 흔한 원인이지만, [조건수가 1.25인 백색화한 입력](standardization.md#center-scale-whiten)에서도 편향이 움직여야 할 거리는 똑같이 171입니다.
#     - [ ] SGD보다 못하기 때문입니다: 이 학습률에서는 그렇게 보이지만, Adam도 학습률 10이면 100번 안에 끝났습니다.
#     - [x] 학습률이 갱신의 크기를 제한하기 때문입니다: 편향이 0 근처에서 171 근처까지 가야 하는데, 갱신 한 번에 움직이는 거리는 0.1쯤을 넘지 못합니다.
#
# ??? question "4. Adam을 써도 학습률을 골라야 할까요?"
#     - [ ] 아니요, 나누면서 함께 지워집니다: 기울기의 크기로 나누는 것은 맞지만, 지워지는 것은 기울기의 크기이고 학습률은 그대로 남습니다.
#     - [ ] 아니요, 0.001이면 늘 충분합니다: 좋은 출발점이기는 하지만, 100번만 갱신할 때는 너무 작았습니다.
#     - [x] 네, 갱신의 크기를 학습률이 정합니다: 숫자 이미지에서 학습률 0.01은 좋았지만, 0.3에서는 학습이 무너졌습니다.

# %% [markdown] lang="en"
# ## Quiz { #quiz }
#
# ??? question "1. Under a constant gradient, by how much does momentum 0.9 multiply the updates?"
#     - [x] By 10: Each update keeps 0.9 of the one before, which adds up to $1 + 0.9 + \cdots = 1/(1 - 0.9)$. When the gradient alternates in sign, updates get smaller instead.
#     - [ ] By 1.9: This stops after two updates, at $1 + 0.9$, but the sum goes on growing.
#     - [ ] By 0.9: This counts what is left of the past and leaves out the new gradient.
#
# ??? question "2. How large is Adam's first update when the gradient is 1000?"
#     - [ ] 1000 times the learning rate: A large gradient suggests it, and for SGD it holds, but Adam divides the gradient by its size.
#     - [x] Equal to the learning rate: $\hat m_1 / \sqrt{\hat s_1} = g/\lvert g \rvert$, so only the sign of the gradient is left.
#     - [ ] A tenth of the learning rate: The factor $1 - \beta_1$ is right, but this leaves out the correction, which divides $m$ by it again.
#
# ??? question "3. In the standardized regression, why could Adam at a rate of 0.1 not finish within 1,700 updates?"
#     - [ ] Because of a large condition number: It often makes training slow, but on [whitened inputs, where it is 1.25](standardization.md#center-scale-whiten), the bias still has to move by 171.
#     - [ ] Because Adam is worse than SGD: At this rate it looks so, but at a rate of 10 Adam finished within 100.
#     - [x] Because the rate limits each update: The bias has to get from near 0 to near 171, and one update does not exceed about 0.1.
#
# ??? question "4. With Adam, do you still have to choose a learning rate?"
#     - [ ] No, the division cancels it: It does divide by the size of the gradient, but that size is what cancels. What remains is the learning rate.
#     - [ ] No, 0.001 is always enough: It is a good start, but with only 100 updates it was too small.
#     - [x] Yes, it sets the size of updates: On the digits, a rate of 0.01 worked well, but at 0.3 training collapsed.

# %% [markdown] lang="ko"
# ## 정리 { #summary }
#
# - 모멘텀은 지난 기울기를 더해 가며 움직이므로, 부호가 번갈아 바뀌는 방향에서는 기울기가 상쇄되고 한결같은 방향에서는 쌓입니다. 가장 잘 맞추면 수렴률이 조건수 대신 그 제곱근으로 정해져, 골짜기에서 70번이던 갱신 횟수가 24번으로 줄었습니다. 그래도 수렴률로 어림한 15번보다는 많았습니다.
# - 모멘텀을 켜면 한 번에 움직이는 거리가 $1/(1-\beta)$배가 되므로, 모멘텀이 0.9라면 학습률을 10분의 1로 줄여서 시작합니다.
# - Adam은 기울기를 그 크기로 나누므로, 기울기가 갑자기 커지지 않는 한 한 번에 움직이는 거리가 길어야 학습률쯤입니다. 171만큼 가려면 학습률 0.1로는 아무리 빨라도 1,710번쯤 갱신해야 합니다.
# - 옵티마이저의 순위는 입력, 학습률, 목표에 따라 달라집니다. 숫자 이미지에서는 옵티마이저마다 학습률을 맞추고 시드마다 짝지어 비교했지만, 시드 10개로는 어느 쪽이 나은지 알 수 없었습니다.
# - 첫 학습률은 Adam이라면 0.001, 모멘텀이라면 SGD의 10분의 1, SGD라면 $1/\lambda_{\max}$로 잡고, 그다음에는 학습률 훑기로 조정합니다.
#
# 다음 레슨에서는 Adam과 AdamW를 가르는 [가중치 감쇠](weight_decay.md)를 다룹니다.

# %% [markdown] lang="en"
# ## What we saw { #summary }
#
# - Momentum moves along a running sum of gradients: alternating ones cancel, steady ones pile up. At best its rate of convergence depends on the square root of the condition number: in the ravine, 70 updates became 24, more than the 15 that the rate alone suggests.
# - Momentum makes steps $1/(1-\beta)$ times as long. For 0.9, start with a tenth of the learning rate.
# - Adam divides the gradient by its size, so unless gradients suddenly grow, a step is about the learning rate at the longest. Moving by 171 at a rate of 0.1 takes some 1,710 updates at the very least.
# - The ranking depends on inputs, rates, and goal. On the digits, with rates tuned and runs paired by seed, ten seeds were too few to tell which is better.
# - As a first learning rate take 0.001 with Adam, a tenth of SGD's with momentum, and $1/\lambda_{\max}$ with SGD; then sweep.
#
# Next comes what separates Adam from AdamW: [weight decay](weight_decay.md).

# %% [markdown] lang="ko"
# ## 참고 자료 { #references }
#
# - PyTorch 문서: [`torch.optim.SGD`](https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html), [`torch.optim.Adam`](https://docs.pytorch.org/docs/stable/generated/torch.optim.Adam.html), [`torch.optim.AdamW`](https://docs.pytorch.org/docs/stable/generated/torch.optim.AdamW.html), [`torch.linalg.eigvals`](https://docs.pytorch.org/docs/stable/generated/torch.linalg.eigvals.html)
# - B. T. Polyak, [Some methods of speeding up the convergence of iteration methods](https://doi.org/10.1016/0041-5553(64)90137-5), 1964. 모멘텀을 처음 제안한 논문입니다.
# - G. Goh, [Why Momentum Really Works](https://distill.pub/2017/momentum/), 2017. 방향별 수렴률을 직접 조작해 볼 수 있는 그림이 실려 있습니다.
# - D. P. Kingma, J. Ba, [Adam: A Method for Stochastic Optimization](https://arxiv.org/abs/1412.6980), 2015. 한 번에 움직이는 거리가 학습률쯤이라는 설명도 여기에 실려 있습니다.

# %% [markdown] lang="en"
# ## References { #references }
#
# - PyTorch documentation: [`torch.optim.SGD`](https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html), [`torch.optim.Adam`](https://docs.pytorch.org/docs/stable/generated/torch.optim.Adam.html), [`torch.optim.AdamW`](https://docs.pytorch.org/docs/stable/generated/torch.optim.AdamW.html), [`torch.linalg.eigvals`](https://docs.pytorch.org/docs/stable/generated/torch.linalg.eigvals.html)
# - B. T. Polyak, [Some methods of speeding up the convergence of iteration methods](https://doi.org/10.1016/0041-5553(64)90137-5), 1964. The paper that introduced momentum.
# - G. Goh, [Why Momentum Really Works](https://distill.pub/2017/momentum/), 2017. Has figures in which you can play with the rates along each direction.
# - D. P. Kingma and J. Ba, [Adam: A Method for Stochastic Optimization](https://arxiv.org/abs/1412.6980), 2015. Also explains why a step is about as long as the learning rate.
