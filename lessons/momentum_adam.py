# ---
# minutes: 16
# needs: [standardization]
# ---

# %% [markdown] lang="ko"
# # 모멘텀과 Adam, 짧게 { #momentum-adam }
#
# 모멘텀은 지난 기울기를 모아 좁은 골짜기를 빠르게 지나고, Adam은 기울기의 크기와 상관없이 학습률만큼 걷습니다. 둘의 이득과 한계를 같은 문제에서 잽니다.
#
# 가장 굽은 방향이 학습률을 묶어 두고, 평평한 방향은 그 학습률로 느리게 갑니다. [표준화](standardization.md)는 골짜기의 모양을 고쳤습니다. 이번에는 골짜기를 그대로 두고 걷는 법을 바꿉니다.
#
# !!! abstract "학습 목표"
#     - 모멘텀의 첫 두 걸음을 손으로 계산하고, 지그재그가 지워지는 까닭을 말합니다.
#     - 모멘텀을 켤 때 학습률을 얼마나 바꿀지 정합니다.
#     - Adam의 한 걸음이 학습률만 한 까닭과, 그래서 적어도 몇 번 갱신해야 하는지 설명합니다.
#     - SGD, 모멘텀, Adam 가운데 하나를 고르고 첫 학습률을 정합니다.

# %% [markdown] lang="en"
# # Momentum and Adam, briefly { #momentum-adam }
#
# Momentum adds up past gradients to speed through a ravine; Adam steps by its learning rate, whatever the gradient. Measure what each gains, and what it costs.
#
# The most curved direction holds the learning rate down, and the flat directions crawl at that rate. [Standardization](standardization.md) reshaped the valley. This time the valley stays as it is, and the way of walking changes.
#
# !!! abstract "What you will be able to do"
#     - Work out the first two steps of momentum by hand, and say why the zigzag cancels.
#     - Decide how to change the learning rate when you turn momentum on.
#     - Explain why a step of Adam is as long as its learning rate, and how many updates that makes necessary.
#     - Choose among SGD, momentum, and Adam, with a first learning rate for each.

# %%
import math

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

# %% [markdown] lang="ko"
# ## 좁은 골짜기 { #ravine }
#
# 골짜기 $f(x, y) = 0.1x^2 + 2y^2$를 내려갑니다. **곡률**(curvature)은 x 방향이 0.2, y 방향이 4이고, 둘의 비인 **조건수**(condition number) $\kappa$는 20입니다.
#
# SGD로 내려가면 방향마다 따로 움직여, 갱신할 때마다 $1 - \eta\lambda$배가 됩니다. 학습률(learning rate) 0.4와 0.6에서 두 방향이 어떻게 될지 짐작해 보세요.

# %% [markdown] lang="en"
# ## A narrow ravine { #ravine }
#
# We descend the ravine $f(x, y) = 0.1x^2 + 2y^2$. Its **curvature** is 0.2 along x and 4 along y. The ratio of the two, the **condition number** $\kappa$, is 20.
#
# Under SGD each direction moves on its own, multiplied by $1 - \eta\lambda$ with every update. Guess what happens along x and y at learning rates 0.4 and 0.6.


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
    print(f"lr {lr}  x {end[0]:.4f}  y {end[1]:.5f}  f {f(end):.5g}")
    formula = torch.tensor([-5.0, -2.0]) * (1 - lr * curvatures) ** 20
    assert torch.allclose(end, formula, rtol=1e-3)

# %% [markdown] lang="ko"
# 0.4에서 y는 거의 0에 닿았지만 x는 -0.9435로 아직 멉니다. 서두르려고 0.6으로 올리면 y가 갱신마다 -1.4배가 되어 발산합니다. x에는 두 학습률 모두 작고, y에는 0.6이 너무 큽니다.

# %% [markdown] lang="en"
# At 0.4, y is all but 0 while x, at -0.9435, still has far to go. Hurry up with 0.6, and y is multiplied by -1.4 per update and diverges. Both rates are small for x; for y, 0.6 is too large.

# %% figure="sgd_paths"
fig, axes = plt.subplots(1, 2, sharey=True, figsize=(6.4, 3.2))
x, y = torch.meshgrid(torch.linspace(-6, 2, 60), torch.linspace(-4, 4, 60), indexing="xy")
for ax, lr, color in zip(axes, (0.4, 0.6), ("C0", "C3"), strict=True):
    path = walk(torch.optim.SGD, lr=lr)
    ax.contour(x, y, f(torch.stack([x, y], dim=-1)), levels=[0.3, 2, 8, 20], colors="C7", linewidths=1)
    ax.plot(path[:, 0], path[:, 1], "o-", color=color, linewidth=1.5, markersize=5)
    ax.plot(0, 0, "k+", markersize=12)
    ax.set(title=f"SGD, lr {lr}", xlim=(-6, 2), ylim=(-4, 4), xlabel="x")
axes[0].set_ylabel("y")

# %% [markdown] lang="ko" caption="sgd_paths"
# 좁은 골짜기의 SGD. 0.4는 지그재그를 그리다가 x를 따라 기어가고, 0.6은 벽을 타고 튀어 나갑니다.
#
# 나란한 두 그래프의 가로축은 x로 -6에서 2, 세로축은 y로 -4에서 4입니다. 회색 등고선은 옆으로 긴 타원이고 (0, 0)에 더하기표가 있습니다. 왼쪽은 학습률 0.4의 길로, (-5, -2)에서 출발해 위아래로 몇 번 오간 다음 y = 0을 따라 오른쪽으로 갈수록 촘촘한 점을 찍으며 x = -0.94에서 멈춥니다. 오른쪽은 0.6의 길로, y가 -2, 2.8, -3.9로 번갈아 커지며 그래프 밖으로 나갑니다.
#
# - SGD, lr 0.4: SGD, 학습률 0.4
# - SGD, lr 0.6: SGD, 학습률 0.6

# %% [markdown] lang="en" caption="sgd_paths"
# SGD in a narrow ravine. At 0.4 it zigzags, then crawls along x; at 0.6 it bounces off the walls and out.
#
# Two charts side by side, with x from -6 to 2 across and y from -4 to 4 up. Gray contours are ellipses stretched sideways, and a plus sign marks (0, 0). On the left, the path at 0.4 starts at (-5, -2), goes up and down a few times, then follows y = 0 to the right with ever denser dots and stops at x = -0.94. On the right, the path at 0.6 has y growing in turns, -2, 2.8, -3.9, until it leaves the chart.

# %% [markdown] lang="ko"
# ## 모멘텀: 기울기를 모아서 걷기 { #momentum }
#
# y 방향의 기울기(gradient, 그레이디언트)는 부호가 번갈아 바뀌고, x 방향의 기울기는 언제나 같은 쪽입니다. 지난 기울기를 더해 가며 걸으면 앞의 것은 서로 지우고 뒤의 것은 쌓이지 않을까요? 이것이 **모멘텀**(momentum)입니다. PyTorch의 식은
#
# $$
# v_{t+1} = \beta v_t + g_t, \qquad w_{t+1} = w_t - \eta\, v_{t+1}
# $$
#
# 이고, $\beta$가 지난 합을 얼마나 남길지 정합니다. 골짜기에서 $\eta = 0.4$, $\beta = 0.5$로 두 걸음만 손으로 갑시다.
#
# - 첫 기울기는 (-1, -8)입니다. $v$도 같으므로 새 자리는 (-4.6, 1.2)입니다.
# - 둘째 기울기는 (-0.92, 4.8)입니다. $v$는 y에서 $-4 + 4.8 = 0.8$로 **지워지고**, x에서 $-0.5 - 0.92 = -1.42$로 **쌓입니다.** 새 자리는 (-4.032, 0.88)입니다.

# %% [markdown] lang="en"
# ## Momentum: walk along accumulated gradients { #momentum }
#
# Along y the gradient keeps changing sign; along x it always points the same way. What if we walk along a running sum of gradients? The former should cancel and the latter pile up. This is **momentum**. In PyTorch's form,
#
# $$
# v_{t+1} = \beta v_t + g_t, \qquad w_{t+1} = w_t - \eta\, v_{t+1}
# $$
#
# where $\beta$ says how much of the past sum to keep. Take two steps in the ravine by hand, with $\eta = 0.4$ and $\beta = 0.5$.
#
# - The first gradient is (-1, -8), and so is $v$. The new place is (-4.6, 1.2).
# - The second gradient is (-0.92, 4.8). Along y, $v$ **cancels** to $-4 + 4.8 = 0.8$; along x it **piles up** to $-0.5 - 0.92 = -1.42$. The new place is (-4.032, 0.88).

# %%
path = walk(torch.optim.SGD, lr=0.4, momentum=0.5)
print("second gradient", curvatures * path[1])
print("places", path[1], path[2])
for lr in (0.4, 0.6):
    end = walk(torch.optim.SGD, lr=lr, momentum=0.5)[-1]
    print(f"lr {lr}  x {end[0]:.4f}  y {end[1]:.4f}  f {f(end):.2g}")
    assert f(end) < 0.01 * f(walk(torch.optim.SGD, lr=lr)[-1])

# %% [markdown] lang="ko"
# 손으로 간 두 자리와 같습니다. 20번 뒤 x는 -0.9435가 아니라 -0.0628까지 왔고, SGD가 발산한 0.6에서도 내려갑니다. 모멘텀은 안정한 범위를 $2/\lambda$에서 $2(1 + \beta)/\lambda$로 넓힙니다. 여기서는 0.5가 0.75로 늘어납니다. 경계 바로 양쪽을 시험합니다.

# %% [markdown] lang="en"
# Both places agree with our hand calculation. After 20 updates x has come to -0.0628 instead of -0.9435, and even 0.6, where SGD diverged, now descends. Momentum widens the stable range from $2/\lambda$ to $2(1 + \beta)/\lambda$, here from 0.5 to 0.75. Test both sides of that border.

# %%
for lr in (0.74, 0.76):
    end = walk(torch.optim.SGD, num_updates=400, lr=lr, momentum=0.5)[-1]
    print(f"lr {lr}  |y| after 400 updates: {end[1].abs():.2g}")
    assert (end[1].abs() < 2) == (lr < 2 * (1 + 0.5) / 4)

# %% [markdown] lang="ko"
# ### 쌓이면 몇 배가 되나 { #steady-step }
#
# 기울기가 늘 같으면 $v$는 1, 1.9, 2.71처럼 커지다가 $1/(1-\beta)$배에서 멈춥니다. 흔히 쓰는 0.9면 몇 배일까요? 기울기 1, 학습률 0.1로 걸음의 길이를 잽니다.

# %% [markdown] lang="en"
# ### How much piles up { #steady-step }
#
# Under a constant gradient $v$ grows, 1, 1.9, 2.71, and levels off at $1/(1-\beta)$ times the gradient. What is that for the usual 0.9? Measure the length of the steps for a gradient of 1 and a learning rate of 0.1.

# %%
w = torch.zeros(1, dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.1, momentum=0.9)
for update in range(1, 101):
    before = w.item()
    w.grad = torch.ones_like(w)
    optimizer.step()
    if update in (1, 2, 3, 10, 50, 100):
        print(f"update {update:3d}  step {before - w.item():.4f}")
assert abs(before - w.item() - 0.1 / (1 - 0.9)) < 1e-4

# %% [markdown] lang="ko"
# 첫걸음은 0.1이지만 100번째는 1.0000, 곧 열 배입니다. 기울기의 방향이 한결같은 곳에서는 학습률이 실제로 $\eta/(1-\beta)$인 셈입니다.
#
# !!! warning "SGD에서 쓰던 학습률을 그대로 두지 않습니다"
#     SGD에 맞춘 학습률을 모멘텀 0.9에 그대로 쓰면 실제로는 열 배를 쓰는 것입니다. 먼저 $1 - \beta$를 곱해 10분의 1에서 시작합니다. [뒤의 스윕](#sweep)에서 그 증상을 보게 됩니다.
#
# !!! note "식은 책마다 다릅니다"
#     $v$에 기울기를 더할 때 $1 - \beta$를 곱하는 책도 있습니다. 그러면 열 배가 되지 않습니다. 학습률을 옮겨 적을 때는 식부터 확인합니다.

# %% [markdown] lang="en"
# The first step is 0.1, the hundredth is 1.0000: ten times as long. Where the gradient keeps its direction, the learning rate is in effect $\eta/(1-\beta)$.
#
# !!! warning "Do not keep the learning rate of plain SGD"
#     A rate tuned for SGD becomes ten times that rate under momentum 0.9. Multiply it by $1 - \beta$ first and start from a tenth. The [sweep below](#sweep) shows what happens otherwise.
#
# !!! note "Books differ in the formula"
#     Some multiply the gradient by $1 - \beta$ before adding it to $v$. Then nothing becomes ten times as large. Before you copy a learning rate, check the formula it belongs to.

# %% [markdown] lang="ko"
# ### 조건수가 제곱근이 됩니다 { #rates }
#
# 모멘텀의 이득은 얼마나 클까요? 한 번 갱신할 때 오차에 곱해지는 수를 **수렴률**이라 합시다. 작을수록 빠릅니다. 곡률이 가장 작은 방향과 가장 큰 방향에 학습률과 $\beta$를 가장 잘 맞추면
#
# $$
# \text{SGD}: \frac{\kappa - 1}{\kappa + 1} \qquad\qquad \text{momentum}: \frac{\sqrt{\kappa} - 1}{\sqrt{\kappa} + 1}
# $$
#
# 입니다. 방향 하나의 $(w, v)$는 갱신할 때마다 2x2 행렬이 곱해지므로, 그 행렬의 고윳값(eigenvalue) 가운데 가장 큰 크기가 수렴률입니다. 골짜기의 두 방향에서 식과 맞춰 봅시다.

# %% [markdown] lang="en"
# ### The square root of the condition number { #rates }
#
# How much does momentum gain? Call the factor by which an update multiplies the error the **rate of convergence**; smaller is faster. With learning rate and $\beta$ tuned as well as possible to the least and the most curved direction, it is
#
# $$
# \text{SGD}: \frac{\kappa - 1}{\kappa + 1} \qquad\qquad \text{momentum}: \frac{\sqrt{\kappa} - 1}{\sqrt{\kappa} + 1}
# $$
#
# Along one direction, an update multiplies $(w, v)$ by a 2x2 matrix, and the rate is the largest size among that matrix's eigenvalues. Compare it with the formulas along both directions of the ravine.


# %%
def rate(curvature, lr, beta=0.0):
    update = torch.tensor([[1 - lr * curvature, -lr * beta], [curvature, beta]], dtype=torch.float64)
    return torch.linalg.eigvals(update).abs().max().item()


root = math.sqrt(20)
tuned = {"SGD": (2 / (0.2 + 4), 0.0), "momentum": (4 / (math.sqrt(0.2) + 2) ** 2, ((root - 1) / (root + 1)) ** 2)}
for (name, (lr, beta)), formula in zip(tuned.items(), (19 / 21, (root - 1) / (root + 1)), strict=True):
    flat, steep = rate(0.2, lr, beta), rate(4, lr, beta)
    print(f"{name:8}  lr {lr:.4f}  beta {beta:.4f}  rates {flat:.4f} {steep:.4f}")
    print(f"{'':8}  updates for a thousandth: {math.log(1000) / -math.log(flat):.0f}")
    assert abs(flat - formula) < 1e-6
    assert abs(steep - formula) < 1e-6

# %% [markdown] lang="ko"
# 갱신마다 0.9048배와 0.6345배입니다. 오차를 1,000분의 1로 줄이는 데 69번과 15번이 듭니다. 조건수가 클수록 차이는 벌어집니다. [연습 문제](#exercises)에서 $\kappa = 1276$을 셈해 보세요.
#
# 두 방향만이 아니라 그 사이의 모든 곡률에서 그려 봅시다.

# %% [markdown] lang="en"
# A factor of 0.9048 against 0.6345 per update: reducing the error to a thousandth takes 69 updates or 15. The larger the condition number, the wider the gap; the [exercises](#exercises) ask for $\kappa = 1276$.
#
# Now draw the rate for every curvature, not only for these two.

# %% figure="mode_decay"
fig, ax = plt.subplots()
curvature_axis = torch.logspace(-1.3, 1, 200).tolist()
for (name, (lr, beta)), look in zip(tuned.items(), ("--", "-"), strict=True):
    color = "C0" if name == "SGD" else "C1"
    ax.plot(curvature_axis, [rate(value, lr, beta) for value in curvature_axis], look, color=color, label=name)
for curvature in (0.2, 4):
    ax.axvline(curvature, color="C7", linestyle=":")
ax.axhline(1, color="C7", linewidth=1)
ax.set(xscale="log", ylim=(0, 1.3), xlabel="curvature", ylabel="factor per update")
ax.legend(loc="lower left")

# %% [markdown] lang="ko" caption="mode_decay"
# SGD는 가운데 곡률에서만 빠르고, 모멘텀은 두 점선 사이의 모든 곡률에서 똑같이 빠릅니다.
#
# 가로축은 로그 눈금의 곡률로 0.05에서 10까지, 세로축은 갱신마다 오차에 곱해지는 수입니다. 점선이 0.2와 4에 서 있고, 회색 가로선 1보다 위는 발산입니다. SGD의 파선은 0.2에서 0.90이고 2.1에서 0까지 내려갔다가 4에서 다시 0.90으로 오릅니다. 모멘텀의 실선은 0.2와 4 사이에서 0.63으로 수평이고 바깥에서는 양쪽 모두 오릅니다.
#
# - SGD: SGD
# - momentum: 모멘텀
# - curvature: 곡률
# - factor per update: 갱신마다 곱해지는 수

# %% [markdown] lang="en" caption="mode_decay"
# SGD is fast for curvatures in the middle only; momentum is equally fast for all of them between the dotted lines.
#
# Horizontal axis: curvature from 0.05 to 10, logarithmic; vertical axis: factor by which an update multiplies the error. Dotted lines stand at 0.2 and 4; above the gray line at 1 a run diverges. The dashed line of SGD is at 0.90 for 0.2, falls to 0 at 2.1, and is back at 0.90 for 4. The solid line of momentum lies flat at 0.63 between 0.2 and 4 and rises on both sides outside.

# %% [markdown] lang="ko"
# 모멘텀의 선이 수평인 까닭은 그 구간에서 고윳값이 켤레복소수 한 쌍이고, 둘의 곱이 행렬식 $\beta$이기 때문입니다. 크기는 둘 다 $\sqrt{\beta}$이니 곡률과 상관없습니다.

# %% [markdown] lang="en"
# The line of momentum is flat because there the eigenvalues are a complex conjugate pair, and their product is the determinant, $\beta$. Both have size $\sqrt{\beta}$, whatever the curvature.

# %% [markdown] lang="ko"
# ## Adam: 기울기의 크기로 나누기 { #adam }
#
# 모멘텀도 학습률 하나로 모든 방향을 갑니다. **Adam**은 매개변수(parameter)마다 기울기의 최근 크기를 재서 그것으로 나눕니다.
#
# $$
# m_t = \beta_1 m_{t-1} + (1 - \beta_1)\, g_t, \qquad s_t = \beta_2 s_{t-1} + (1 - \beta_2)\, g_t^2
# $$
#
# $m$은 기울기의 이동 평균, $s$는 기울기 제곱의 이동 평균입니다. 둘 다 0에서 시작해 처음에는 너무 작습니다. 그래서 부풀려 바로잡은 다음(bias correction) 나눕니다.
#
# $$
# \hat m_t = \frac{m_t}{1 - \beta_1^t}, \qquad \hat s_t = \frac{s_t}{1 - \beta_2^t}, \qquad w_t = w_{t-1} - \eta\, \frac{\hat m_t}{\sqrt{\hat s_t} + \varepsilon}
# $$
#
# 첫걸음을 손으로 구해 봅시다. $\hat m_1 = g$이고 $\hat s_1 = g^2$이니 나누면 $g/\lvert g \rvert$, 부호만 남습니다. 기울기가 1000인 매개변수와 0.001인 매개변수는 각각 얼마나 움직일까요?

# %% [markdown] lang="en"
# ## Adam: divide by the size of the gradient { #adam }
#
# Momentum still serves all directions with a single learning rate. **Adam** measures, for every parameter, how large its gradients have been lately, and divides by that.
#
# $$
# m_t = \beta_1 m_{t-1} + (1 - \beta_1)\, g_t, \qquad s_t = \beta_2 s_{t-1} + (1 - \beta_2)\, g_t^2
# $$
#
# Here $m$ is a moving average of the gradient and $s$ one of its square. Both start at 0 and are too small at first, so they are scaled up (bias correction) before the division.
#
# $$
# \hat m_t = \frac{m_t}{1 - \beta_1^t}, \qquad \hat s_t = \frac{s_t}{1 - \beta_2^t}, \qquad w_t = w_{t-1} - \eta\, \frac{\hat m_t}{\sqrt{\hat s_t} + \varepsilon}
# $$
#
# Work out the first step: $\hat m_1 = g$ and $\hat s_1 = g^2$, so the quotient is $g/\lvert g \rvert$, and only the sign is left. How far do a parameter with gradient 1000 and one with gradient 0.001 move?

# %%
w = torch.zeros(2, requires_grad=True)
optimizer = torch.optim.Adam([w], lr=0.1)
w.grad = torch.tensor([1000.0, 0.001])
optimizer.step()
print(w.detach())
print(f"without bias correction: {(1 - 0.9) / math.sqrt(1 - 0.999):.4f} times as far")
assert torch.allclose(w, torch.tensor(-0.1), rtol=1e-4)

# %% [markdown] lang="ko"
# 둘 다 학습률 0.1만큼입니다. 기울기는 백만 배 차이인데 걸음은 같습니다. 바로잡지 않으면 첫걸음이 3.1623배로 길어집니다. $m$보다 $s$가 훨씬 더 작게 시작하기 때문입니다.

# %% [markdown] lang="en"
# Both move by the learning rate, 0.1. A million to one in gradients, and equal steps. Without the correction the first step would be 3.1623 times as long, because $s$ starts out far too small, more so than $m$.

# %% figure="adam_step"
fig, ax = plt.subplots()
gradients = torch.logspace(-10, 4, 141, dtype=torch.float64)
for optimizer_class, look in ((torch.optim.SGD, "C0--"), (torch.optim.Adam, "C1-")):
    w = torch.zeros(141, dtype=torch.float64, requires_grad=True)
    w.grad = gradients.clone()
    optimizer_class([w], lr=0.1).step()
    ax.loglog(gradients, -w.detach(), look)
ax.set(ylim=(1e-4, 1e3), xticks=[1e-8, 1e-4, 1, 1e4], xlabel="gradient", ylabel="first step")
ax.text(1e-5, 0.2, "Adam", color="C1", ha="center")
ax.text(0.5, 10, "SGD", color="C0", ha="center")

# %% [markdown] lang="ko" caption="adam_step"
# 학습률 0.1의 첫걸음. SGD의 걸음은 기울기에 비례하고, Adam의 걸음은 기울기가 아주 작을 때 말고는 언제나 0.1입니다.
#
# 로그-로그 그래프. 가로축은 기울기로 1e-10에서 1e4까지, 세로축은 첫걸음의 길이입니다. SGD의 파선은 기울기 0.001에서 1e-4를 지나 1e4에서 1,000에 이르는 직선입니다. Adam의 실선은 1e-6부터 오른쪽 끝까지 0.1에서 수평이고, 그 왼쪽에서는 내려가 1e-8에서 0.05, 1e-10에서 0.001입니다.
#
# - gradient: 기울기
# - first step: 첫걸음
# - Adam: Adam
# - SGD: SGD

# %% [markdown] lang="en" caption="adam_step"
# The first step at learning rate 0.1. SGD's is proportional to the gradient; Adam's is 0.1, unless the gradient is tiny.
#
# Log-log chart. Horizontal axis: gradient from 1e-10 to 1e4; vertical axis: length of the first step. The dashed line of SGD is straight, through 1e-4 at a gradient of 0.001 up to 1,000 at 1e4. The solid line of Adam is level at 0.1 from 1e-6 to the right edge; to the left it falls, to 0.05 at 1e-8 and 0.001 at 1e-10.

# %% [markdown] lang="ko"
# 왼쪽 끝이 꺾이는 것은 $\varepsilon = 10^{-8}$ 때문입니다. 기울기가 그보다 작으면 나누어도 작습니다.
#
# 첫걸음 다음에는 어떨까요? 기울기가 늘 1이면 걸음은 계속 학습률만 합니다. 부호가 오락가락하면 $m$에서 서로 지워지는데 $s$는 그대로이니 짧아집니다. 그리고 손실에 1,000을 곱해도 걷는 길은 그대로입니다.

# %% [markdown] lang="en"
# The bend at the left is due to $\varepsilon = 10^{-8}$: a gradient below that stays small even after the division.
#
# And after the first step? If the gradient is always 1, the steps keep the length of the learning rate. If it flips its sign, it cancels in $m$ but not in $s$, and the steps get short. And multiplying the loss by 1,000 leaves the path as it is.

# %%
w = torch.zeros(2, dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.Adam([w], lr=0.1)
for update in range(100):
    before = w.detach().clone()
    w.grad = torch.tensor([1.0, (-1.0) ** update], dtype=torch.float64)
    optimizer.step()
print("step 100, steady and flipping:", (w.detach() - before).abs())
end = walk(torch.optim.Adam, lr=0.4)
print(f"ravine  x {end[-1, 0]:.4f}  y {end[-1, 1]:.4f}  f {f(end[-1]):.4f}")
assert torch.allclose(walk(torch.optim.Adam, lr=0.4, scale=1000.0), end, atol=1e-4)

# %% [markdown] lang="ko"
# 한결같으면 0.1, 오락가락하면 0.0053입니다. 골짜기에서는 학습률 0.4로 20번 걸어 $f$가 0.1897입니다. 같은 0.4의 SGD보다 높으니 Adam이 언제나 이기지는 않습니다. 길을 나란히 봅시다.

# %% [markdown] lang="en"
# Steady, 0.1; flipping, 0.0053. In the ravine, 20 steps at 0.4 leave $f$ at 0.1897. That is more than SGD had at the same rate: Adam does not always win. Look at the paths side by side.

# %% figure="momentum_adam_paths"
fig, axes = plt.subplots(1, 2, sharey=True, figsize=(6.4, 3.2))
x, y = torch.meshgrid(torch.linspace(-6, 2, 60), torch.linspace(-4, 4, 60), indexing="xy")
runs = {
    "momentum 0.5": walk(torch.optim.SGD, lr=0.4, momentum=0.5),
    "Adam": walk(torch.optim.Adam, lr=0.4),
}
for ax, (name, path), color in zip(axes, runs.items(), ("C2", "C1"), strict=True):
    ax.contour(x, y, f(torch.stack([x, y], dim=-1)), levels=[0.3, 2, 8, 20], colors="C7", linewidths=1)
    ax.plot(path[:, 0], path[:, 1], "o-", color=color, linewidth=1.5, markersize=5)
    ax.plot(0, 0, "k+", markersize=12)
    ax.set(title=name, xlim=(-6, 2), ylim=(-4, 4), xlabel="x")
axes[0].set_ylabel("y")

# %% [markdown] lang="ko" caption="momentum_adam_paths"
# 같은 학습률 0.4로 20번. 모멘텀은 출렁임을 지우며 바닥에 닿고, Adam은 두 방향을 같은 보폭으로 걷다가 바닥을 지나칩니다.
#
# 나란한 두 그래프의 가로축은 x로 -6에서 2, 세로축은 y로 -4에서 4이고, 회색 등고선과 (0, 0)의 더하기표는 앞의 그림과 같습니다. 왼쪽의 모멘텀은 (-5, -2)에서 위로 올라간 뒤 y가 작게 출렁이며 오른쪽으로 가서 더하기표 옆에 점들이 모입니다. 오른쪽의 Adam은 처음에 똑같은 보폭으로 비스듬히 올라가 y = 0을 넘고, 느린 물결을 그리며 x = 0을 지나 1.0까지 갑니다.
#
# - momentum 0.5: 모멘텀 0.5
# - Adam: Adam

# %% [markdown] lang="en" caption="momentum_adam_paths"
# Twenty updates at the same rate, 0.4. Momentum damps its swings and reaches the bottom; Adam walks both directions at one pace and runs past it.
#
# Two charts side by side, with x from -6 to 2 across and y from -4 to 4 up, and the contours and plus sign of the earlier figure. On the left, momentum rises from (-5, -2), moves right with small swings in y, and gathers its dots next to the plus sign. On the right, Adam first climbs diagonally with even strides, crosses y = 0, and then draws a slow wave past x = 0 as far as 1.0.

# %% [markdown] lang="ko"
# ### Adam의 weight_decay { #adam-decay }
#
# 나누기는 **기울기에 더한 모든 것**에 미칩니다. 데이터의 기울기가 0이고 가중치(weight)가 1일 때, `weight_decay`만으로 한 걸음 가 봅시다.

# %% [markdown] lang="en"
# ### Adam's weight_decay { #adam-decay }
#
# The division applies to **whatever was added to the gradient**. With a data gradient of 0 and a weight of 1, take one step by `weight_decay` alone.

# %%
for weight_decay in (0.01, 0.0001):
    for optimizer_class in (torch.optim.Adam, torch.optim.AdamW):
        w = torch.ones(1, requires_grad=True)
        w.grad = torch.zeros(1)
        optimizer_class([w], lr=0.1, weight_decay=weight_decay).step()
        print(f"weight_decay {weight_decay:<6}  {optimizer_class.__name__:5}  {w.item():.5f}")
        assert abs(w.item() - (0.9 if optimizer_class is torch.optim.Adam else 1 - 0.1 * weight_decay)) < 1e-4

# %% [markdown] lang="ko"
# !!! warning "Adam의 weight_decay는 AdamW의 것과 다릅니다"
#     `torch.optim.Adam`은 0.01이든 0.0001이든 학습률만큼 움직여 0.9로 갔습니다. 세기가 나누기에서 지워진 것입니다. `torch.optim.AdamW`는 감쇠를 따로 빼서 0.999와 0.99999로, 세기를 따릅니다. 자세한 이야기는 [가중치 감쇠](weight_decay.md#adamw)에 있습니다.

# %% [markdown] lang="en"
# !!! warning "weight_decay in Adam is not that of AdamW"
#     Whether 0.01 or 0.0001, `torch.optim.Adam` moved by the learning rate, to 0.9: the division wiped the strength out. `torch.optim.AdamW` subtracts the decay separately and obeys the strength, with 0.999 and 0.99999. The full story is in [weight decay](weight_decay.md#adamw).

# %% [markdown] lang="ko"
# ## 같은 문제, 네 가지 방법 { #same-problem }
#
# 이제 [표준화](standardization.md)의 회귀 문제입니다. 학생 5명의 점수 세 개로 최종 점수를 맞히고, 평균제곱오차(MSE)가 0.15 아래로 내려갈 때까지 갱신 횟수를 셉니다. 출발점은 `nn.Linear(3, 1)`의 초깃값 세 벌입니다.

# %% [markdown] lang="en"
# ## One problem, four ways { #same-problem }
#
# Now the regression problem of [standardization](standardization.md): predict a final score from three scores of five students. We count the updates until the mean squared error (MSE) is below 0.15, from three sets of initial values of `nn.Linear(3, 1)`.

# %%
scores = torch.tensor([[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]], dtype=torch.float64)
final = torch.tensor([[152], [185], [180], [196], [142]], dtype=torch.float64)
centered = scores - scores.mean(dim=0)
L = torch.linalg.cholesky(torch.cov(scores.T))
forms = {
    "raw": scores,
    "centered": centered,
    "standardized": centered / scores.std(dim=0),
    "whitened": torch.linalg.solve_triangular(L, centered.T, upper=False).T,
}
forms = {name: torch.cat([inputs, torch.ones((5, 1)).double()], dim=1) for name, inputs in forms.items()}
spectrum = {name: torch.linalg.eigvalsh(2 / 5 * inputs.T @ inputs) for name, inputs in forms.items()}
stable = {name: 2 / values[-1].item() for name, values in spectrum.items()}
print({name: float(f"{limit:.3g}") for name, limit in stable.items()})

# %% [markdown] lang="ko"
# 안정한 학습률의 한계 $2/\lambda_{\max}$입니다. 입력마다 네 자릿수까지 다릅니다.
#
# 옵티마이저(optimizer)는 원소마다 따로 계산하므로, 출발점 세 개를 세 열로 놓으면 한꺼번에 돌릴 수 있습니다. 2만 번까지 돌리려고 기울기도 식으로 구하고, 자동 미분과 같은지 확인합니다.

# %% [markdown] lang="en"
# These are the limits $2/\lambda_{\max}$ of the stable learning rates, up to four orders of magnitude apart.
#
# Optimizers compute element by element, so with the three starts as three columns we can run them all at once. To afford 20,000 updates we take the gradient from its formula, and check it against autograd.

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
def updates_needed(inputs, optimizer_class, start=starts, goal=0.15, limit=20_000, **options):
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
# SGD의 학습률은 한계의 0.9배이고, 모멘텀은 일부러 같은 학습률을 씁니다. 백색화한 입력에서는 가장 알맞은 $2/(\lambda_{\min} + \lambda_{\max})$를 씁니다. 어느 줄이 가장 빠르고, 어느 줄이 가장 느릴까요?

# %% [markdown] lang="en"
# SGD gets 0.9 times the limit, and momentum the same rate on purpose. For the whitened inputs we use the optimal $2/(\lambda_{\min} + \lambda_{\max})$. Which line is the fastest, and which the slowest?

# %%
SGD, Adam = torch.optim.SGD, torch.optim.Adam
runs = [
    ("raw", SGD, {"lr": 0.9 * stable["raw"]}),
    ("raw", Adam, {"lr": 1.0}),
    ("centered", SGD, {"lr": 0.9 * stable["centered"]}),
    ("centered", SGD, {"lr": 0.9 * stable["centered"], "momentum": 0.9}),
    ("standardized", SGD, {"lr": 0.9 * stable["standardized"]}),
    ("standardized", SGD, {"lr": 0.9 * stable["standardized"], "momentum": 0.9}),
    ("standardized", Adam, {"lr": 0.1}),
    ("whitened", SGD, {"lr": 2 / (spectrum["whitened"][0] + spectrum["whitened"][-1]).item()}),
]
for form, optimizer_class, options in runs:
    settings = " ".join(f"{key} {value:.3g}" for key, value in options.items())
    print(f"{form:12} {optimizer_class.__name__:4} {settings:23}", updates_needed(forms[form], optimizer_class, **options))

# %% [markdown] lang="ko"
# 20001은 2만 번 안에 닿지 못했다는 뜻입니다.
#
# - **원본**에서 SGD는 끝내 닿지 못하고 Adam은 1,000번 안에 닿습니다. 다만 출발점에 따라 239번에서 930번까지, 네 배 가까이 차이가 납니다. 하나만 쟀다면 운을 실력으로 알았을 것입니다.
# - **중심화**에서는 모멘텀이 1,228번을 98번으로 줄입니다. 조건수가 커서 생긴 일입니다.
# - **표준화**에서는 거꾸로 SGD가 23번, 모멘텀이 98번입니다. 같은 학습률에 모멘텀을 얹으니 더 느려졌습니다.
# - 같은 자리에서 **Adam**은 4,083번입니다.
# - **백색화**하면 SGD도 4번이면 됩니다. 골짜기를 고치는 것이 가장 좋은 걸음걸이입니다.
#
# 뜻밖의 두 줄, 98번과 4,083번을 차례로 봅시다.

# %% [markdown] lang="en"
# Here 20001 means not within 20,000 updates.
#
# - On **raw** inputs SGD never arrives, and Adam does within 1,000. But its count depends on the start, from 239 to 930, a factor of nearly four. A single run would have passed luck off as merit.
# - On **centered** inputs momentum cuts 1,228 updates to 98. This is a large condition number at work.
# - On **standardized** inputs it is the other way round: 23 for SGD, 98 for momentum. The same learning rate with momentum on top is slower.
# - In the same place, **Adam** takes 4,083.
# - **Whitened**, SGD needs only 4. The best gait is a valley put right.
#
# Two lines are unexpected, the 98 and the 4,083. Take them in turn.

# %% [markdown] lang="ko"
# ### 목표를 낮추면 { #goal }
#
# 모멘텀 0.9의 오차는 곡률과 상관없이 갱신마다 약 $\sqrt{0.9}$배로 줄어듭니다. 그래서 중심화에서도 표준화에서도 98번입니다. SGD가 23번 만에 닿은 것은 느린 방향이 아직 손실에 드러나지 않는 목표였기 때문입니다. 최솟값은 0.1043입니다. 목표를 0.105로 낮추고 다시 셉니다.

# %% [markdown] lang="en"
# ### A lower goal { #goal }
#
# Under momentum 0.9 the error shrinks by about $\sqrt{0.9}$ per update, whatever the curvature. Hence 98 on centered and standardized inputs alike. SGD got there in 23 because the slow direction hardly shows in a loss of 0.15. The minimum is 0.1043. Lower the goal to 0.105 and count again.

# %%
inputs, lr = forms["standardized"], 0.9 * stable["standardized"]
best = torch.linalg.lstsq(inputs, final).solution
print(f"minimum {(inputs @ best - final).square().mean():.4f}  sqrt(0.9) {rate(2.0, lr, 0.9):.4f}")
plain = updates_needed(inputs, torch.optim.SGD, goal=0.105, lr=lr)
heavy = updates_needed(inputs, torch.optim.SGD, goal=0.105, lr=lr, momentum=0.9)
print("SGD     ", plain)
print("momentum", heavy)
assert min(plain) - max(heavy) > max(plain) - min(plain)

# %% [markdown] lang="ko"
# 이번에는 모멘텀이 135번, SGD가 481번에서 692번입니다. 세 출발점 모두에서 순위가 뒤집혔고, 차이는 출발점에 따른 폭보다 큽니다. **어디까지 가려느냐**를 말하지 않으면 어느 쪽이 빠른지도 말할 수 없습니다.

# %% [markdown] lang="en"
# Now momentum takes 135, and SGD 481 to 692. The order is reversed for all three starts, by more than the starts differ. Which one is faster cannot be said without saying **how far you want to go**.

# %% [markdown] lang="ko"
# ### Adam은 왜 4,083번이나 걸었나 { #far-away }
#
# 표준화한 입력에서 최적의 편향(bias)은 타깃의 평균 171입니다. Adam의 한 걸음은 길어야 학습률 0.1쯤이니 171까지는 **적어도** 1,710번이 듭니다. 실제로는 어떻게 갔는지 따라가 봅시다.

# %% [markdown] lang="en"
# ### Why Adam took 4,083 updates { #far-away }
#
# On standardized inputs the best bias is 171, the mean of the target. A step of Adam is about the learning rate at the longest, 0.1, so reaching 171 takes **at least** 1,710 of them. Follow the bias on its way.

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
longest = max(abs(b - a) for a, b in zip(biases, biases[1:], strict=False))
assert longest < 0.1001

# %% [markdown] lang="ko"
# 500번에 49.2079이니 처음에는 거의 0.1씩 갑니다. 그런데 1,710번째에도 139.8003입니다. 목표에 다가가면 기울기가 줄지만 $s$는 예전의 큰 기울기를 오래 기억해서 걸음이 점점 짧아집니다. 0.1보다 긴 걸음은 없었습니다.
#
# 처방은 두 가지입니다. 먼 길을 가야 하면 학습률을 키우거나, 편향을 타깃의 평균에서 시작합니다.

# %% [markdown] lang="en"
# After 500 updates the bias is 49.2079, so it starts out by almost 0.1 a step. Yet at update 1,710 it is only at 139.8003. Closer to the goal the gradient shrinks, but $s$ long remembers the large gradients of the past, and the steps get shorter and shorter. None was longer than 0.1.
#
# There are two remedies. If the way is long, raise the learning rate; or start the bias at the mean of the target.

# %%
inputs = forms["standardized"]
near = torch.cat([starts[:3], torch.full((1, 3), 171.0).double()])
print("lr 0.1, bias from 171:", updates_needed(inputs, torch.optim.Adam, start=near, lr=0.1))
for lr in (1.0, 10.0):
    needed = updates_needed(inputs, torch.optim.Adam, lr=lr)
    print(f"lr {lr:.0f}:", needed)
    assert max(needed) < 1710

# %% [markdown] lang="ko"
# 171에서 시작하면 797번 이내, 학습률을 1로 키우면 499번 이내입니다. 10이면 95번 이내로 모멘텀만큼 빠릅니다. Adam에게도 학습률은 맞춰야 하는 값입니다. 이 문제에는 흔한 0.001도 0.1도 알맞지 않았습니다.

# %% [markdown] lang="en"
# Starting at 171 brings it to 797 or fewer; raising the rate to 1, to 499 or fewer. At 10 it takes 95 at most and is as fast as momentum. Adam's learning rate needs tuning, too: neither the usual 0.001 nor 0.1 suited this problem.

# %% [markdown] lang="ko"
# ## 조정하지 않아도 되는 옵티마이저는 없습니다 { #sweep }
#
# 회귀 문제는 유별날지 모릅니다. 손글씨 숫자 8x8 이미지에서도 봅시다. 1,000장으로 작은 다층 퍼셉트론(MLP)을 100번 갱신하고, 797장의 검증 세트에서 정확도(accuracy)를 잽니다. 학습률 다섯 가지, 시드 세 개입니다.

# %% [markdown] lang="en"
# ## No optimizer comes without tuning { #sweep }
#
# Perhaps that regression is peculiar. Try handwritten digits, images of 8x8 pixels. We train a small multilayer perceptron (MLP) on 1,000 of them for 100 updates and measure accuracy on 797 validation images, for five learning rates and three seeds.

# %%
from sklearn.datasets import load_digits

digits = load_digits()
images = torch.tensor(digits.data / 16, dtype=torch.float32)
labels = torch.tensor(digits.target)
order = torch.randperm(len(images), generator=torch.Generator().manual_seed(0))
training, validation = order[:1000], order[1000:]


def accuracy(seed, optimizer_class, **options):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
    optimizer = optimizer_class(model.parameters(), **options)
    for _ in range(10):
        for batch in training[torch.randperm(1000)].split(100):
            loss = F.cross_entropy(model(images[batch]), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    with torch.no_grad():
        return (model(images[validation]).argmax(dim=1) == labels[validation]).double().mean()


# %% tolerance="0.3"
lrs = (0.001, 0.01, 0.1, 0.3, 1.0)
choices = {
    "SGD": (torch.optim.SGD, {}),
    "momentum": (torch.optim.SGD, {"momentum": 0.9}),
    "Adam": (torch.optim.Adam, {}),
}
table = {}
for name, (optimizer_class, options) in choices.items():
    for lr in lrs:
        runs = torch.stack([accuracy(seed, optimizer_class, lr=lr, **options) for seed in range(3)])
        table[name, lr] = runs
        print(f"{name:8}  lr {lr:<5}  accuracy", *(f"{value:.3f}" for value in runs))
best = {name: max(table[name, lr].mean().item() for lr in lrs) for name in choices}
for name, value in best.items():
    print(f"best {name:8}  {value:.3f} +- {1.96 * math.sqrt(value * (1 - value) / 797):.3f}")
