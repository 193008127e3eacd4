# ---
# needs: [softmax_regression]
# ---

# %% [markdown] lang="ko"
# # 학습률: 1e5와 1e-10 사이 { #learning-rate }
#
# 학습률이 1e5면 손실이 발산하고, 1e-10이면 아주 천천히 줄어들까요? 실제로는 둘 다 아닙니다. 그 이유를 숫자로 확인하고 알맞은 학습률을 고르는 방법을 익힙니다.
#
# 널리 쓰이는 어느 강의 노트에서는 같은 모델을 네 가지 학습률로 학습시킨 뒤 두 가지 결론을 내립니다. 학습률이 너무 크면 손실이 점점 늘어나고, 너무 작으면 손실이 거의 줄지 않는다는 것입니다.
# 이 네 번의 실행을 `float32`의 정확도로 재현한 다음, 두 결론이 맞는지 하나씩 확인합니다. 학습 루프는 [소프트맥스 회귀 학습하기](softmax_regression.md)에서 쓴 것과 같습니다.
#
# !!! abstract "학습 목표"
#     - 학습률과 곡률의 곱을 보고 학습이 수렴할지, 오버슈팅할지, 발산할지 예측합니다.
#     - 학습률 1e5에서 손실이 튀기만 하고 더 커지지는 않는 이유와, 진짜 발산이 일어나는 조건을 설명합니다.
#     - 학습률 1e-10에서 가중치가 한 비트도 움직이지 않는 이유를 설명합니다.
#     - 같은 초기 가중치에서 출발해 학습률을 공정하게 비교합니다.
#     - 훑기(sweep)와 학습률 찾기로 학습률을 고르고, 배치 크기가 바뀌면 학습률도 조정합니다.

# %% [markdown] lang="en"
# # Learning rate: between 1e5 and 1e-10 { #learning-rate }
#
# Does a learning rate of 1e5 make the loss diverge, and does 1e-10 make it fall very slowly? Neither is true. Measure why, and learn to pick a rate.
#
# Widely used lecture notes train one model with four learning rates and conclude two things: too large, and the loss keeps growing; too small, and it hardly falls.
# We replay their four runs to `float32` accuracy, then put both conclusions to the test. The loop is the one from [training softmax regression](softmax_regression.md).
#
# !!! abstract "What you will be able to do"
#     - Predict from learning rate times curvature whether a run settles, overshoots, or diverges.
#     - Explain why the loss at 1e5 bounces without growing, and what it takes to really diverge.
#     - Explain why at 1e-10 not a single bit of the weights moves.
#     - Compare learning rates fairly, from the same initial weights.
#     - Choose a rate with a sweep and an LR finder, and adjust it when the batch size changes.

# %%
import copy
import math

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

# %% [markdown] lang="ko"
# ## 포물선 위의 공 { #parabola }
#
# **학습률**(learning rate) $\eta$는 기울기(gradient, 그레이디언트)의 반대쪽으로 얼마나 이동할지 정하는 값입니다. 가장 단순한 골짜기인 포물선 $f(w) = w^2$에서 시작해 봅시다. 이 포물선의 기울기는 $2w$이므로, 경사 하강법(gradient descent)의 갱신 한 번은 다음과 같이 곱셈 한 번으로 쓸 수 있습니다.
#
# $$
# w_{t+1} = w_t - \eta\,\lambda\,w_t = (1 - \eta\lambda)\,w_t, \qquad w_t = (1 - \eta\lambda)^t\,w_0
# $$
#
# $\lambda$는 이계도함수(second derivative), 즉 **곡률**(curvature)이며 여기서는 2입니다. 공이 어떻게 움직일지는 $1 - \eta\lambda$ 하나로 정해집니다. 아래 셀에 있는 학습률마다, 10에서 출발해 네 번 갱신하면 어디에 있을지 암산해 본 다음 실행해 보세요.

# %% [markdown] lang="en"
# ## A ball on a parabola { #parabola }
#
# The **learning rate** $\eta$ says how far to go against the gradient. Start with the plainest valley there is, the parabola $f(w) = w^2$. Its gradient is $2w$, so one step of gradient descent is one multiplication.
#
# $$
# w_{t+1} = w_t - \eta\,\lambda\,w_t = (1 - \eta\lambda)\,w_t, \qquad w_t = (1 - \eta\lambda)^t\,w_0
# $$
#
# Here $\lambda$ is the second derivative, the **curvature**, and equals 2. The factor $1 - \eta\lambda$ alone decides what happens. Start at 10 and work out four steps in your head for each learning rate in the cell below, then run it.


# %%
def descend(lr, num_updates=4, start=10.0):
    w = torch.tensor(start, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=lr)
    path = [start]
    for _ in range(num_updates):
        loss = w**2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        path.append(w.item())
    return path


for lr in (0.1, 0.5, 0.9, 1.0, 1.1):
    path = descend(lr)
    places = (f"{w:8.4f}" for w in path)
    print(f"lr {lr}  lr*curvature {2 * lr:.1f} ", *places)
    exact = (10 * (1 - 2 * lr) ** t for t in range(5))
    assert all(abs(w - e) < 1e-4 for w, e in zip(path, exact, strict=True))
# > lr 0.1  lr*curvature 0.2   10.0000   8.0000   6.4000   5.1200   4.0960
# > lr 0.5  lr*curvature 1.0   10.0000   0.0000   0.0000   0.0000   0.0000
# > lr 0.9  lr*curvature 1.8   10.0000  -8.0000   6.4000  -5.1200   4.0960
# > lr 1.0  lr*curvature 2.0   10.0000 -10.0000  10.0000 -10.0000  10.0000
# > lr 1.1  lr*curvature 2.2   10.0000 -12.0000  14.4000 -17.2800  20.7360

# %% [markdown] lang="ko"
# 출력된 다섯 행은 공이 움직이는 다섯 가지 방식을 보여 줍니다.
#
# - $\eta\lambda$가 0.2일 때는 같은 쪽에서 천천히 바닥에 다가가, 네 번 갱신한 뒤에 4.0960까지 왔습니다.
# - 1.0일 때는 단 한 번의 갱신으로 바닥에 도착합니다.
# - 1.8일 때는 매번 바닥을 지나쳐 반대편으로 건너갑니다. 이런 오버슈팅(overshoot)이 되풀이되어도 진폭이 줄어들므로 결국 **수렴**(converge)하며, 바닥까지의 거리는 0.2일 때와 똑같습니다.
# - 2.0일 때는 10과 −10 사이를 영원히 오갑니다.
# - 2.2일 때는 건너갈 때마다 바닥까지의 거리가 1.2배로 늘어나는데, 이것이 **발산**(diverge)입니다.
#
# 따라서 포물선에서 안정적인 학습률은 $\left|1 - \eta\lambda\right| < 1$을 만족하는 값, 즉 다음 범위에 있는 값입니다.
#
# $$
# 0 < \eta < \frac{2}{\lambda}
# $$

# %% [markdown] lang="en"
# The five lines show five kinds of motion.
#
# - $\eta\lambda$ of 0.2: approaches slowly from one side. After four updates it is at 4.0960.
# - 1.0: at the bottom in one step.
# - 1.8: overshoots to the other side every time, but by less and less, so it **converges**. The distance is exactly that of 0.2.
# - 2.0: between 10 and −10 forever.
# - 2.2: every crossing takes it 1.2 times as far out. It **diverges**.
#
# So on a parabola the stable learning rates satisfy $\left|1 - \eta\lambda\right| < 1$, that is
#
# $$
# 0 < \eta < \frac{2}{\lambda}
# $$

# %% figure="parabola_paths"
fig, axes = plt.subplots(2, 2, sharex=True, sharey=True, figsize=(6.4, 5))
w = torch.linspace(-21.0, 21.0, 85)
for ax, (lr, color) in zip(
    axes.flat,
    [(0.1, "C0"), (0.9, "C2"), (1.0, "C1"), (1.1, "C3")],
    strict=True,
):
    path = torch.tensor(descend(lr))
    ax.plot(w, w**2, "-", color="C7", linewidth=1.5)
    ax.plot(path, path**2, "o--", color=color, linewidth=1.5)
    ax.set(
        title=f"ηλ = {2 * lr:.1f}",
        xlim=(-22, 22),
        ylim=(-15, 460),
        xticks=[-20, 0, 20],
    )
    ax.annotate("start", (10, 100), xytext=(15, 40), ha="center")
for ax in axes[1]:
    ax.set_xlabel("w")
for ax in axes[:, 0]:
    ax.set_ylabel("loss")

# %% [markdown] lang="ko" caption="parabola_paths"
# 학습률과 곡률의 곱이 2보다 작으면 공이 골짜기로 내려가고, 2면 같은 높이를 오가고, 2보다 크면 비탈을 거슬러 올라갑니다.
#
# 포물선 네 개에 w = 10에서 출발해 네 번 갱신한 위치를 점으로 표시했습니다. 가로축은 −22에서 22까지의 w이고 세로축은 손실입니다. ηλ = 0.2에서는 점들이 오른쪽 비탈을 따라 4.1까지 내려오고, 1.8에서는 양쪽 비탈을 번갈아 밟으며 그와 같은 높이까지 내려옵니다.
# 2.0에서는 10과 −10의 두 점만 오가지만, 2.2에서는 −12, 14.4, −17.28, 20.74로 양쪽 비탈을 번갈아 밟으며 올라갑니다.
#
# - ηλ = 0.2: ηλ = 0.2
# - ηλ = 1.8: ηλ = 1.8
# - ηλ = 2.0: ηλ = 2.0
# - ηλ = 2.2: ηλ = 2.2
# - start: 출발
# - loss: 손실

# %% [markdown] lang="en" caption="parabola_paths"
# With learning rate times curvature below 2 the ball comes down, at 2 it swings forever, above 2 it climbs.
#
# Four parabolas. Horizontal axis: w from −22 to 22; vertical axis: loss. All start at w = 10 and show four steps as dots. For ηλ = 0.2 the dots walk down the right slope to 4.1. For 1.8 they alternate between the slopes and come down just as far.
# For 2.0 they swing between 10 and −10. For 2.2 they climb both slopes in turn: −12, 14.4, −17.28, 20.74.


# %% lab="learning_rate" tolerance="1e-6"
# ko: 웹에서 이 그림을 움직이면 나오는 값입니다. `state`를 바꾸어 불러 보세요.
# en: What the lab in this figure's place computes: change its `state`.
def learning_rate_lab(state):
    def run(loss, curvature, bottom):
        path = [state["start"]]
        for _ in range(100):
            w = torch.tensor(
                path[-1], dtype=torch.float64, requires_grad=True
            )
            (gradient,) = torch.autograd.grad(loss(w), w)
            path.append(
                path[-1] - state["product"] / curvature * gradient.item()
            )
        there = next(
            (t for t, w in enumerate(path) if abs(w - bottom) < 0.01), -1
        )
        return {"path": path[:41], "there": there}

    parabola = run(lambda w: w**2, 2, 0)
    entropy = run(
        lambda w: (2 * F.softplus(-w) + F.softplus(w)) / 3,
        2 / 9,
        math.log(2),
    )
    swing = abs(entropy["path"][40] - entropy["path"][39])
    answered = abs(parabola["path"][40]) > 7 and swing > 0.1
    return {
        "parabola": parabola,
        "entropy": entropy,
        "swing": swing,
        "answered": answered,
    }


# %% [markdown] lang="ko" question="learning_rate"
# ηλ를 올려 포물선의 공이 골짜기 밖으로 나가게 해 보세요. 같은 값에서 교차 엔트로피의 공은 바닥에 멈추나요?
#
# 멈추지 않습니다. 교차 엔트로피의 공은 골짜기 밖으로 나가지는 못하지만 바닥 양쪽의 두 점을 끝없이 오갑니다. 기울기에 한계가 있으면 공이 멀리 달아나지 않을 뿐입니다. 공이 바닥에 멈출 수 있는지는 바닥의 곡률에 달려 있으므로, ηλ의 경계는 두 손실에서 모두 2입니다.
#
# - ηλ, learning rate times curvature at the bottom: ηλ, 학습률과 바닥의 곡률을 곱한 값
# - start w: 출발점 w
# - The parabola with the first 40 updates from the start: 포물선, 그리고 출발점에서 시작한 처음 40번의 갱신
# - The cross entropy with the first 40 updates from the start: 교차 엔트로피, 그리고 출발점에서 시작한 처음 40번의 갱신
# - parabola: 포물선
# - cross entropy: 교차 엔트로피
# - loss: 손실
# - out of the valley: 골짜기 밖으로
# - start: 출발
# - Nothing moves.: 움직이지 않습니다.
# - On the parabola the ball comes down on one side.: 포물선의 공은 한쪽에서만 내려옵니다.
# - On the parabola the ball is at the bottom after one update.: 포물선의 공은 한 번 만에 바닥에 이릅니다.
# - On the parabola the ball crosses the bottom each time, by less and less.: 포물선의 공은 매번 바닥을 지나치지만 그 폭이 점점 줄어듭니다.
# - On the parabola the ball goes to and fro for ever.: 포물선의 공은 두 점을 끝없이 오갑니다.
# - On the parabola the ball climbs out of the valley.: 포물선의 공은 골짜기 밖으로 기어오릅니다.
# - more than 100: 100 초과
# - Updates until 0.01 from the bottom: {parabola} on the parabola, {entropy} on cross entropy.: 바닥에서 0.01 안에 들기까지 갱신한 횟수: 포물선 {parabola}, 교차 엔트로피 {entropy}.
# - On cross entropy the last step was {swing} long.: 교차 엔트로피의 공은 마지막 갱신에서 {swing}만큼 움직였습니다.

# %% [markdown] lang="en" question="learning_rate"
# Raise ηλ until the ball on the parabola leaves the valley. At the same value, does the ball on cross entropy come to rest at the bottom?
#
# It does not. It cannot leave, but it goes to and fro forever between two points, one on each side of the bottom. A limited gradient only keeps it from escaping. Whether it can come to rest is up to the curvature at the bottom, so the border is 2 for both losses.

# %% [markdown] lang="ko"
# ## 강의 노트에 나오는 네 번의 실행 { #classic-runs }
#
# 이제 포물선에서 소프트맥스 회귀로 넘어갑니다. 강의 노트의 데이터는 샘플 8개, 특성 3개, 클래스 3개로 이루어져 있습니다. 노트의 코드는 갱신하기 **직전**의 손실을 출력하므로, 여기서 만드는 학습 함수도 갱신 직전의 손실을 모아 돌려줍니다.

# %% [markdown] lang="en"
# ## The four runs of the lecture notes { #classic-runs }
#
# Now softmax regression. The data of the lecture notes have eight examples, three features, and three classes. Our training function collects the loss **before** each update, because that is what the notes print.

# %%
rows = [[1, 2, 1], [1, 3, 2], [1, 3, 4], [1, 5, 5]]
rows += [[1, 7, 5], [1, 2, 5], [1, 6, 6], [1, 7, 7]]
x = torch.tensor(rows, dtype=torch.float32)
target = torch.tensor([2, 2, 2, 1, 1, 1, 0, 0])


def train(model, lr, num_updates=20, x=x, target=target):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_updates):
        loss = F.cross_entropy(model(x), target)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


# %% [markdown] lang="ko"
# 노트는 시드를 처음에 한 번만 1로 정한 뒤, 모델을 새로 만들어 20에폭 동안 학습시키기를 네 번 되풀이합니다. 학습률은 차례로 0.1, 1e5, 1e-10, 1e-1입니다. 갱신할 때마다 모든 샘플을 한꺼번에 쓰므로 1에폭(epoch)은 갱신 1번과 같습니다.
# 노트는 손실이 1e5에서는 "발산하면서 점점 늘어나고" 1e-10에서는 "거의 줄어들지 않는다"고 주장합니다. 이 주장이 맞는지 다음 표를 보고 판단해 보세요.

# %% [markdown] lang="en"
# The notes set the seed to 1 once. Then, four times over, they build a new model and train it for 20 epochs, with learning rates 0.1, 1e5, 1e-10, and 1e-1. All examples are used at once, so one epoch is one update.
# Their claims: at 1e5 the loss "diverges and keeps growing," at 1e-10 it "hardly decreases." Read the table and judge for yourself.

# %% anchor="four_runs"
torch.manual_seed(1)
runs, models = {}, {}
for name in ("0.1", "1e5", "1e-10", "1e-1"):
    models[name] = nn.Linear(3, 3)
    runs[name] = train(models[name], lr=float(name))

print("update    lr 0.1          lr 1e5  lr 1e-10   lr 1e-1")
# > update    lr 0.1          lr 1e5  lr 1e-10   lr 1e-1
for update, (a, b, c, d) in enumerate(
    zip(*runs.values(), strict=True), start=1
):
    print(f"{update:6d}  {a:.6f}  {b:14.6f}  {c:.6f}  {d:.6f}")
# >      1  2.203667        1.280268  3.187324  1.341574
# >      2  1.199645   976950.750000  3.187324  1.198802
# >      3  1.142985  1279135.250000  3.187324  1.150877
# >      4  1.117769  1198378.875000  3.187324  1.131977
# >      5  1.100901  1098825.750000  3.187324  1.116242
# >      6  1.089523  1968197.750000  3.187324  1.102514
# >      7  1.079872   284763.250000  3.187324  1.089676
# >      8  1.071320  1532260.250000  3.187324  1.077479
# >      9  1.063325  1651503.875000  3.187324  1.065775
# >     10  1.055720   521878.531250  3.187324  1.054511
# >     11  1.048378  1397263.250000  3.187324  1.043655
# >     12  1.041245   750986.375000  3.187324  1.033187
# >     13  1.034285   918691.500000  3.187324  1.023091
# >     14  1.027478  1487888.250000  3.187324  1.013356
# >     15  1.020813  1582260.125000  3.187324  1.003968
# >     16  1.014279   685818.125000  3.187324  0.994917
# >     17  1.007872  1140048.875000  3.187324  0.986189
# >     18  1.001586   940566.500000  3.187324  0.977775
# >     19  0.995419   931638.187500  3.187324  0.969660
# >     20  0.989365  1971322.750000  3.187324  0.961836

wild = runs["1e5"][1:]
rises = sum(
    after > before for before, after in zip(wild, wild[1:], strict=False)
)
print(
    "lr 1e5 after the first update: "
    f"{rises} rises, {len(wild) - 1 - rises} falls"
)
# > lr 1e5 after the first update: 10 rises, 8 falls
assert len(set(runs["1e-10"])) == 1

# %% [markdown] lang="ko"
# 학습률 0.1에서는 손실이 2.203667에서 0.989365로, 1e-1에서는 1.341574에서 0.961836으로 꾸준히 내려갑니다. 그런데 가운데 두 열은 노트의 주장과 다릅니다.
#
# - **1e5.** 손실은 첫 갱신에서 976950.75로 뛴 다음 열 번 오르고 여덟 번 내립니다. 즉, 28만과 200만 사이를 오르내릴 뿐 점점 늘어나지는 않습니다.
# - **1e-10.** 손실이 스무 번 모두 3.187324로, 마지막 자리까지 똑같습니다. "거의" 줄어들지 않는 것이 아니라 전혀 줄어들지 않았습니다.
#
# 이상한 점이 하나 더 있습니다. 0.1과 1e-1은 같은 수인데도 두 열의 손실이 서로 다릅니다. 이 의문부터 풀어 봅시다.

# %% [markdown] lang="en"
# At 0.1 the loss falls steadily from 2.203667 to 0.989365, at 1e-1 from 1.341574 to 0.961836. The two columns in between do not do what was claimed.
#
# - **1e5.** It leaps to 976950.75 at the first update, then rises ten times and falls eight. It goes up and down between 280,000 and 2 million; it does not keep growing.
# - **1e-10.** It reads 3.187324 twenty times, to the last digit. That is not "hardly."
#
# One more oddity: 0.1 and 1e-1 are the same number, yet their columns differ. Let's begin with that one.

# %% [markdown] lang="ko"
# ### 같은 출발점에서 { #same-start .deeper }
#
# 두 열이 다른 것은 출발점이 다르기 때문입니다. 시드를 처음에 한 번만 정했으므로 `nn.Linear`를 만들 때마다 난수열의 다음 부분을 가져다 씁니다. 따라서 중간에 난수 하나만 더 뽑아도 그 뒤의 초깃값이 모두 바뀝니다.

# %% [markdown] lang="en"
# ### From the same start { #same-start .deeper }
#
# They start in different places. The seed was set once, so each new `nn.Linear` takes the next stretch of the random stream. A single extra draw in between changes every initial value after it.


# %% anchor="four_in_a_row"
def loss_of(model):
    with torch.no_grad():
        return F.cross_entropy(model(x), target).item()


torch.manual_seed(1)
starts = [nn.Linear(3, 3) for _ in range(4)]
print("four in a row      ", *(f"{loss_of(model):.6f}" for model in starts))
# > four in a row       2.203667 1.280268 3.187324 1.341574
assert [loss_of(model) for model in starts] == [
    losses[0] for losses in runs.values()
]

torch.manual_seed(1)
first, _, second = nn.Linear(3, 3), torch.rand(1), nn.Linear(3, 3)
print("one draw in between", f"{loss_of(first):.6f} {loss_of(second):.6f}")
# > one draw in between 2.203667 2.054054

# %% [markdown] lang="ko"
# 네 번의 실행에서 첫 행에 있던 2.203667, 1.280268, 3.187324, 1.341574가 그대로 나왔습니다. 그러나 중간에 난수를 하나 뽑으면 둘째 모델은 1.280268이 아니라 2.054054에서 출발합니다. 이처럼 출발점이 다른 채로 비교하면 어디까지가 학습률의 효과이고 어디까지가 출발점의 운인지 알 수 없습니다.
#
# !!! warning "출발점이 다르면 얼어붙은 모델이 이기기도 합니다"
#     첫째 초깃값에서 학습률 0.001로 20번 갱신한 모델과, 넷째 초깃값에서 학습률 1e-10으로 꼼짝하지 않은 모델을 비교해 봅시다. 어느 쪽의 손실이 더 작을까요?

# %% [markdown] lang="en"
# These are the first lines of the four runs: 2.203667, 1.280268, 3.187324, 1.341574. With one random number drawn in between, the second model starts at 2.054054 instead of 1.280268. Such a comparison cannot separate the effect of the learning rate from the luck of the start.
#
# !!! warning "From different starts, a frozen model can win"
#     Take the first start and train 20 updates at 0.001. Take the fourth start and leave it frozen at 1e-10. Which has the lower loss?

# %%
learning, frozen = copy.deepcopy(starts[0]), copy.deepcopy(starts[3])
train(learning, lr=0.001)
train(frozen, lr=1e-10)
print(f"lr 0.001 from the first start   {loss_of(learning):.4f}")
# > lr 0.001 from the first start   1.8143
print(f"lr 1e-10 from the fourth start  {loss_of(frozen):.4f}")
# > lr 1e-10 from the fourth start  1.3416
assert loss_of(frozen) < loss_of(learning) < loss_of(starts[0])

# %% [markdown] lang="ko"
# 손실은 각각 1.8143과 1.3416으로, 학습한 모델이 꼼짝하지 않은 모델보다 못한 결과를 냈습니다. 이런 일을 막으려면 초깃값을 한 벌 만들어 두고 실행할 때마다 `copy.deepcopy()`로 복사해서 쓰면 됩니다. 또는 실행하기 전에 매번 시드를 다시 정해도 됩니다.

# %% [markdown] lang="en"
# 1.8143 against 1.3416: the model that learns lost to one that does not move. The remedy is to make one set of initial weights and hand every run a `copy.deepcopy()` of it. Setting the seed anew before each run works too.

# %%
start = starts[0]
fair = {}
for name in ("0.1", "1e5", "1e-10", "1e-1"):
    model = copy.deepcopy(start)
    fair[name] = [*train(model, lr=float(name)), loss_of(model)]

print("after    lr 0.1          lr 1e5  lr 1e-10")
# > after    lr 0.1          lr 1e5  lr 1e-10
for t in (0, 1, 2, 5, 10, 15, 19, 20):
    print(
        f"{t:5d}  {fair['0.1'][t]:.6f}  "
        f"{fair['1e5'][t]:14.6f}  {fair['1e-10'][t]:.6f}"
    )
# >     0  2.203667        2.203667  2.203667
# >     1  1.199645   878772.875000  2.203667
# >     2  1.142985  2427601.000000  2.203667
# >     5  1.089523  1283428.625000  2.203667
# >    10  1.048378  1188116.125000  2.203667
# >    15  1.014279   872491.125000  2.203667
# >    19  0.989365   638798.250000  2.203667
# >    20  0.983424   642177.625000  2.203667
assert fair["0.1"] == fair["1e-1"]

# %% [markdown] lang="ko"
# 이제 모든 열이 2.203667에서 출발하고 0.1과 1e-1의 손실은 완전히 같으므로, 남은 차이는 모두 학습률에서 온 것입니다. 20번 갱신한 뒤의 손실은 0.1에서 0.983424, 1e5에서 642177.625이고, 1e-10에서는 출발점의 값 그대로입니다. 학습률 두 가지를 더 넣어 그래프로 그려 봅시다.

# %% [markdown] lang="en"
# Now every column starts at 2.203667, and 0.1 and 1e-1 agree completely. Whatever differs is due to the learning rate. After 20 updates the loss is 0.983424 at 0.1 and 642177.625 at 1e5; at 1e-10 it is what it was at the start. Here are the curves, with two more rates.

# %% figure="same_start"
fig, (top, bottom) = plt.subplots(
    2, 1, sharex=True, figsize=(6.4, 5.6), height_ratios=[1, 2]
)
top.plot(fair["1e5"], "s-", color="C3", markersize=5)
top.set(yscale="log", ylim=(0.5, 5e7), yticks=[1, 1e3, 1e6], ylabel="loss")
top.text(12, 30, "1e5", ha="center")
looks = {
    "1e-10": ("C7", ":"),
    "0.3": ("C1", "-."),
    "0.01": ("C0", "--"),
    "0.1": ("C2", "-"),
}
for name, (color, style) in looks.items():
    model = copy.deepcopy(start)
    losses = [*train(model, lr=float(name)), loss_of(model)]
    bottom.plot(losses, color=color, linestyle=style, label=name)
bottom.set(
    ylim=(0, 5.4), xticks=range(0, 21, 5), xlabel="updates", ylabel="loss"
)
bottom.legend(loc="upper center", ncols=4)

# %% [markdown] lang="ko" caption="same_start"
# 같은 출발점에서 다섯 가지 학습률로 학습한 결과입니다. 1e5의 손실은 한 번 뛰어오른 높이에서 출렁이고 0.3의 손실도 출렁이지만, 1e-10의 손실은 자로 그은 듯 곧습니다.
#
# 그래프 두 개가 위아래로 놓여 있고, 가로축은 갱신 횟수 0~20, 세로축은 손실입니다. 위는 로그 눈금에 1e5만 그린 것으로, 손실이 2.2에서 한 번에 백만 근처로 뛴 뒤 29만과 243만 사이에서 오르내립니다. 아래는 보통 눈금에 나머지 학습률을 그린 것입니다. 1e-10의 점선은 2.20에서 수평이고, 0.3의 쇄선은 1과 4 사이를 오르내립니다.
# 0.01의 파선은 2.20에서 1.11로 내려가고, 0.1의 실선은 첫 갱신에서 1.20으로 떨어진 뒤 0.98까지 완만하게 내려갑니다.
#
# - loss: 손실
# - updates: 갱신 횟수

# %% [markdown] lang="en" caption="same_start"
# Five learning rates from one start. The loss at 1e5 keeps jumping at the height of its first leap, the one at 0.3 jumps too, and the one at 1e-10 is perfectly level.
#
# Two charts, one above the other. Horizontal axis: 0 to 20 updates; vertical axis: loss. The upper one has a logarithmic scale and shows 1e5 alone: from 2.2 it leaps to about a million and then goes up and down between 290,000 and 2,430,000. The lower one has a plain scale. The dotted line of 1e-10 is level at 2.20, the dash-dotted line of 0.3 jumps between 1 and 4.
# The dashed line of 0.01 falls from 2.20 to 1.11; the solid line of 0.1 drops to 1.20 at once and then eases down to 0.98.

# %% [markdown] lang="ko"
# ### 출력된 손실은 어느 모델의 것인가 { #log .deeper }
#
# 노트의 글 하나에 갱신 횟수를 세는 방식이 세 가지나 섞여 있습니다. 각 방식에서 갱신은 실제로 몇 번 일어날까요?

# %% [markdown] lang="en"
# ### Whose loss is printed? { #log .deeper }
#
# A single post of the notes mixes three ways of counting. How many updates does each make?

# %% anchor="three_counts"
loops = {
    "0/1000 to 1000/1000": range(1000 + 1),
    "0/20 to 19/20": range(20),
    "1/20 to 20/20": range(1, 20 + 1),
}
for printed, loop in loops.items():
    print(f"{printed:19}  {len(loop):4d} updates")
# > 0/1000 to 1000/1000  1001 updates
# > 0/20 to 19/20          20 updates
# > 1/20 to 20/20          20 updates

# %% [markdown] lang="ko"
# 갱신 횟수는 각각 1,001번, 20번, 20번입니다. 게다가 손실은 갱신하기 전에 구하므로 "0/20"에서도 "1/20"에서도 출력되는 것은 아직 학습하지 않은 모델의 손실입니다. 반면 마지막 갱신을 마치고 실제로 테스트에 쓰이는 모델의 손실은 어디에도 출력되지 않습니다. 네 모델에서 빠진 이 값을 채워 봅시다.

# %% [markdown] lang="en"
# They make 1,001, 20, and 20 updates. On top of that, the loss is computed before the update, so "0/20" and "1/20" both show a model that has not learned yet. The loss after the last update, of the very model that goes on to be tested, is never printed. Fill in the missing line for the four models.

# %% anchor="before_update_20"
for name, model in models.items():
    print(
        f"lr {name:5}  before update 20 {runs[name][-1]:14.6f}  "
        f"after {loss_of(model):13.6f}"
    )
# > lr 0.1    before update 20       0.989365  after      0.983424
# > lr 1e5    before update 20 1971322.750000  after 200090.921875
# > lr 1e-10  before update 20       3.187324  after      3.187324
# > lr 1e-1   before update 20       0.961836  after      0.954288

# %% [markdown] lang="ko"
# 학습률 0.1에서는 마지막 갱신 전후의 손실이 0.989365와 0.983424로 비슷합니다. 그러나 1e5에서는 1971322.75와 200090.921875로 열 배나 차이가 나므로, 어느 행에서 멈추느냐에 따라 결론이 달라집니다.
#
# !!! tip "1부터 세고, 언제 잰 손실인지 적습니다"
#     갱신 횟수는 1부터 N까지 세고, 손실이 "갱신 전"의 값인지 "갱신 후"의 값인지 함께 적어 둡니다. 이 페이지에서 `update` 열이 있는 표에는 그 갱신을 하기 전의 손실을, `after` 열이 있는 표에는 그 횟수만큼 갱신한 뒤의 손실을 적었습니다.

# %% [markdown] lang="en"
# At 0.1 the losses before and after are 0.989365 and 0.983424, close to each other. At 1e5 they are 1971322.75 and 200090.921875, a factor of ten. The conclusion depends on the line at which you stop.
#
# !!! tip "Count from 1, and say when the loss was taken"
#     Count updates from 1 to N and write down whether a loss is "before" or "after." On this page, tables with a column `update` give the loss before that update, tables with a column `after` the loss after so many updates.

# %% [markdown] lang="ko"
# ## 1e5: 튀기만 하고 커지지 않는 손실 { #bounded .deeper }
#
# 포물선이라면 학습률 1e5는 재앙일 텐데, 소프트맥스에서는 왜 그렇지 않을까요? 손으로 풀 수 있는 가장 작은 예로 알아봅시다. 가중치는 $w$ 하나이고 로짓(logit)은 $(w, 0)$이며, 입력이 같은 샘플 세 개의 정답이 클래스 0, 클래스 0, 클래스 1로 엇갈립니다. 클래스 0의 확률을 $p$라 하면 손실의 기울기는 다음과 같이 $p - y$의 평균입니다.
#
# $$
# \frac{dL}{dw} = \frac{(p - 1) + (p - 1) + p}{3} = p - \frac{2}{3}
# $$
#
# $w$가 아무리 멀리 가도 기울기는 $-2/3$와 $1/3$ 사이를 벗어나지 못합니다. 이 모델을 학습률 1과 1e5로 각각 학습시켜 봅시다.

# %% [markdown] lang="en"
# ## 1e5: a loss that bounces but does not grow { #bounded .deeper }
#
# On a parabola, a learning rate of 1e5 would be a disaster. Why not with softmax? Take the smallest example that can be solved by hand: one weight $w$, logits $(w, 0)$, and three conflicting targets for the same input, namely class 0, class 0, class 1. With $p$ the probability of class 0, the gradient is the mean of $p - y$.
#
# $$
# \frac{dL}{dw} = \frac{(p - 1) + (p - 1) + p}{3} = p - \frac{2}{3}
# $$
#
# However far $w$ runs, the gradient is locked between $-2/3$ and $1/3$. Try learning rates 1 and 1e5.


# %%
def tug_of_war(lr, num_updates=7):
    w = torch.tensor(0.0, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=lr)
    losses = []
    for _ in range(num_updates):
        logits = torch.stack([w, torch.tensor(0.0)]).expand(3, 2)
        loss = F.cross_entropy(logits, torch.tensor([0, 0, 1]))
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


for lr in (1.0, 1e5):
    print(
        f"softmax   lr {lr:6.0f} ",
        *(f"{loss:.5g}" for loss in tug_of_war(lr)),
    )
# > softmax   lr      1  0.69315 0.66884 0.65512 0.64732 0.64284 0.64025 0.63873
# > softmax   lr 100000  0.69315 5555.6 11111 16667 5555.6 11111 16667
print(
    "parabola  lr 100000 ",
    *(f"{abs(w):.0e}" for w in descend(1e5, num_updates=8, start=1.0)),
)
# > parabola  lr 100000  1e+00 2e+05 4e+10 8e+15 2e+21 3e+26 6e+31 1e+37 inf

# %% [markdown] lang="ko"
# 학습률이 1이면 손실이 차분히 내려갑니다. 반면 1e5면 $w$가 $\eta/6$, $-\eta/6$, $\eta/2$를 차례로 거치면서, 손실은 $\eta/18$, $\eta/9$, $\eta/6$, 즉 5555.6, 11111, 16667을 되풀이합니다. 값은 크지만 손실은 **영원히 그 높이에 머무릅니다**. 갱신 한 번에 이동하는 거리에 한계가 있고, 바닥을 지나치면 기울기가 바닥 쪽으로 되돌리기 때문입니다.
#
# 이와 달리 포물선의 기울기 $2w$는 바닥에서 멀어질수록 커집니다. 그 때문에 $w$가 갱신할 때마다 20만 배가 되어, 여덟 번 만에 `float32`에 담을 수 없는 `inf`가 됩니다. 즉, 이렇게 발산하려면 **거리와 함께 커지는 기울기**가 있어야 합니다.

# %% [markdown] lang="en"
# At 1 the loss comes down quietly. At 1e5, $w$ visits $\eta/6$, $-\eta/6$, $\eta/2$ in turn, and the loss repeats $\eta/18$, $\eta/9$, $\eta/6$: 5555.6, 11111, 16667. The loss is large, but it **stays there forever**: a step is limited in size, and past the bottom the gradient points back.
#
# The gradient of the parabola, $2w$, is different: it grows as $w$ gets farther out. So every update makes $w$ 200,000 times larger, and after eight of them it is `inf`, beyond what `float32` can hold. A divergence like this takes **a gradient that grows with distance**.

# %% [markdown] lang="ko"
# ### 기울기의 한계 { #bound .deeper }
#
# 기울기의 크기에 한계가 있다는 점은 어떤 소프트맥스 회귀에서든 마찬가지입니다. $p$와 $y$는 0과 1 사이의 수이므로 $\left|p_{nk} - y_{nk}\right| \le 1$이고, 따라서 가중치의 기울기는 입력 크기의 평균을 넘지 못합니다.
#
# $$
# \left|\frac{\partial L}{\partial W_{kj}}\right| = \left|\frac{1}{N}\sum_n (p_{nk} - y_{nk})\,x_{nj}\right| \le \frac{1}{N}\sum_n \left|x_{nj}\right|
# $$
#
# 오른쪽 식에는 가중치가 없으므로, 가중치가 아무리 커져도 이 한계는 그대로입니다. 노트의 1e5 실행을 다시 돌리면서 기울기를 직접 재 봅시다.

# %% [markdown] lang="en"
# ### A limit on the gradient { #bound .deeper }
#
# The same holds for all of softmax regression. Since $p$ and $y$ lie between 0 and 1, we have $\left|p_{nk} - y_{nk}\right| \le 1$, and the gradient of a weight cannot exceed the mean size of its input.
#
# $$
# \left|\frac{\partial L}{\partial W_{kj}}\right| = \left|\frac{1}{N}\sum_n (p_{nk} - y_{nk})\,x_{nj}\right| \le \frac{1}{N}\sum_n \left|x_{nj}\right|
# $$
#
# No weight appears on the right, so the limit holds however large the weights get. Rerun the notes' 1e5 and measure the gradients on the way.

# %%
model = copy.deepcopy(starts[1])
largest = torch.zeros(3)
for _ in range(20):
    train(model, lr=1e5, num_updates=1)
    # ko: train()은 마지막 갱신에 쓴 기울기를 지우지 않고 남겨 둡니다.
    # en: train() leaves behind the gradient of its last update.
    largest = torch.maximum(largest, model.weight.grad.abs().amax(dim=0))
limit = x.abs().mean(dim=0)
print("largest gradient", largest)
# > largest gradient tensor([0.7500, 3.3750, 3.5000])
print("limit           ", limit)
# > limit            tensor([1.0000, 4.3750, 4.3750])
assert (largest <= limit).all()
assert loss_of(model) == loss_of(models["1e5"])

# %% [markdown] lang="ko"
# 스무 번의 갱신에서 가장 컸던 기울기는 특성별로 0.7500, 3.3750, 3.5000이고, 모두 한계인 1.0000, 4.3750, 4.3750보다 작습니다. 따라서 손실은 아무리 나빠도 갱신 횟수에 **비례해서** 커질 뿐, 포물선에서처럼 매번 몇 배로 불어나지는 못합니다.
#
# 갱신 한 번에 이동하는 거리는 학습률에 비례합니다. 그렇다면 손실의 높이도 학습률에 비례할까요? 같은 출발점에서 학습률만 바꾸어 재 봅시다.

# %% [markdown] lang="en"
# The largest gradients in twenty updates are 0.7500, 3.3750, and 3.5000 for the three features, below the limits 1.0000, 4.3750, and 4.3750. So at worst the loss grows **in proportion** to the number of updates; it cannot multiply as it does on the parabola.
#
# A step is proportional to the learning rate. Is the height of the loss, too? Measure from one start.

# %%
for lr in (1e3, 1e5, 1e8, 1e36, 1e37):
    losses = train(copy.deepcopy(start), lr)
    finite = all(math.isfinite(loss) for loss in losses)
    print(
        f"lr {lr:.0e}  largest loss / lr = {max(losses) / lr:.4f}"
        if finite
        else f"lr {lr:.0e}  not finite"
    )
# > lr 1e+03  largest loss / lr = 24.2759
# > lr 1e+05  largest loss / lr = 24.2760
# > lr 1e+08  largest loss / lr = 24.2760
# > lr 1e+36  largest loss / lr = 24.2760
# > lr 1e+37  not finite

# %% [markdown] lang="ko"
# 학습률이 1e3에서 1e36까지 서른 자리 넘게 커지는 동안, 손실의 최댓값은 늘 학습률의 24.28배입니다. 즉, 학습률은 손실의 눈금만 바꿉니다. 1e37에 이르러야 비로소 `float32`의 한계인 3.4e38에 가까운 수가 나와 `inf`와 `nan`이 섞입니다. 이것도 손실이 점점 커진 결과가 아니라, 갱신 한 번의 크기 자체가 너무 커서 생긴 일입니다.
#
# !!! note "노트의 설명을 고치면"
#     "학습률이 너무 크면 발산하면서 손실이 점점 늘어난다"는 설명은 "손실이 학습률에 비례하는 높이에서 오르내린다"로 고쳐야 합니다. 소프트맥스 회귀의 기울기에는 한계가 있고, 그에 더해 **손실이 볼록하기** 때문입니다. 기울기의 한계만으로는 충분하지 않습니다. 예를 들어 $f(w) = w/2 + 2\sin w$는 기울기에 한계가 있어도 볼록하지 않아서, 어떤 학습률에서는 갱신할 때마다 같은 만큼씩 끝없이 올라갑니다. 반면 손실이 볼록하면 손실이 가장 작은 위치 $w^*$까지의 거리가 다음 식을 만족하므로, 손실의 **평균**이 학습률에 비례하는 높이를 넘지 못합니다. 여기서 $G$는 기울기의 한계입니다.
#
#     $$
#     \lVert w_{t+1} - w^* \rVert^2 \le \lVert w_t - w^* \rVert^2 - 2\eta\,(L_t - L^*) + \eta^2 G^2
#     $$

# %% [markdown] lang="en"
# From 1e3 to 1e36, over more than thirty orders of magnitude, the largest loss is 24.28 times the learning rate. The rate changes the scale and nothing else. Only at 1e37 do numbers come near 3.4e38, the end of `float32`, and turn into `inf` and `nan`. Even then the loss did not grow bit by bit; a single step was too large.
#
# !!! note "The notes, corrected"
#     Not "too large a learning rate diverges, and the loss keeps growing," but "the loss goes up and down at a height proportional to the learning rate," because the gradient of softmax regression is limited and **its loss is convex**. The limit alone is not enough. A loss with a limited gradient that is not convex, such as $f(w) = w/2 + 2\sin w$, can climb by the same amount at every step, forever, at certain learning rates. If the loss is convex, the distance to the best place $w^*$ obeys the following, so the **mean** loss cannot pass a height proportional to the rate. $G$ is the limit of the gradient.
#
#     $$
#     \lVert w_{t+1} - w^* \rVert^2 \le \lVert w_t - w^* \rVert^2 - 2\eta\,(L_t - L^*) + \eta^2 G^2
#     $$


# %% anchor="not_convex"
# ko: 두 손실 모두 기울기의 크기가 2.5를 넘지 않고, 하나만 볼록합니다.
# en: Both losses have slopes of at most 2.5; only one is convex.
def highest(curve, num_updates=300, lr=2 * math.pi / 1.5):
    w = torch.tensor(math.pi, dtype=torch.float64, requires_grad=True)
    heights = []
    for _ in range(num_updates):
        height = curve(w)
        heights.append(height.item())
        (slope,) = torch.autograd.grad(height, w)
        assert abs(slope) <= 2.5
        w = (w - lr * slope).detach().requires_grad_()
    early, late = max(heights[:100]), max(heights[-100:])
    print(f"highest of the first 100: {early:.1f}, of the last: {late:.1f}")
    return late


convex = highest(lambda w: 2.5 * (w**2 + 1).sqrt())
# > highest of the first 100: 17.3, of the last: 13.1
assert convex < 30 < 900 < highest(lambda w: w / 2 + 2 * w.sin())
# > highest of the first 100: 312.6, of the last: 940.9


# %% [markdown] lang="ko"
# 기울기의 한계와 학습률, 출발점이 모두 같은데도, 볼록한 $2.5\sqrt{w^2+1}$은 같은 높이에서 오르내리고 볼록하지 않은 $w/2 + 2\sin w$는 끝없이 올라갑니다. 결국 오르내리는 높이를 제한하는 것은 손실의 볼록성입니다.

# %% [markdown] lang="en"
# With the same limit on the slope, the same rate, and the same start, the convex $2.5\sqrt{w^2+1}$ goes up and down at one height while $w/2 + 2\sin w$ climbs without end. So convexity is what gives the height its limit.

# %% [markdown] lang="ko"
# ### 같은 실행을 계속하면 { #perceptron .deeper }
#
# 노트의 실행은 20번에서 멈췄습니다. 그때 손실이 발산하는 중이 아니었다면, 바로 그 1e5 실행을 **계속하면** 어떻게 될까요? 결과를 예상해 보고 셀을 실행하세요.

# %% [markdown] lang="en"
# ### The same run, carried on { #perceptron .deeper }
#
# The notes stopped after 20 updates. If that run was not diverging, what happens if we **carry on** with it at 1e5? Guess before you run the cell.


# %%
def num_correct(model):
    return (model(x).argmax(dim=1) == target).sum().item()


carried_on = copy.deepcopy(starts[1])
long_run = train(carried_on, lr=1e5, num_updates=600)
zero = long_run.index(0.0)
print(
    f"lr 1e5  after {zero - 1} updates {long_run[zero - 1]:.6f}, "
    f"after {zero} updates {long_run[zero]:.6f}"
)
# > lr 1e5  after 524 updates 55579.640625, after 525 updates 0.000000
print(
    f"        after 600 updates {loss_of(carried_on):.6f}, "
    f"{num_correct(carried_on)}/8"
)
# >         after 600 updates 0.000000, 8/8

patient = copy.deepcopy(starts[1])
train(patient, lr=0.1, num_updates=600)
print(
    f"lr 0.1  after 600 updates {loss_of(patient):.6f}, "
    f"{num_correct(patient)}/8"
)
# > lr 0.1  after 600 updates 0.438550, 8/8
assert long_run[:20] == runs["1e5"]
assert set(long_run[zero:]) == {0.0}

# %% [markdown] lang="ko"
# 갱신 525번 만에 손실이 **정확히 0**이 되고 샘플 8개를 모두 맞힙니다. 같은 출발점에서 학습률 0.1로 갱신한 모델도 600번이면 8개를 모두 맞히지만, 손실은 아직 0.438550입니다. "발산한다"던 실행의 손실이 오히려 더 낮습니다.
#
# 그 이유는 로짓이 매우 크다는 데 있습니다. 교차 엔트로피는 log-sum-exp에서 정답의 로짓을 뺀 값인데, 로짓이 수십만이면 log-sum-exp는 최댓값과 다름없습니다.
#
# $$
# L = \frac{1}{N}\sum_n \left(\ln\sum_j e^{z_{nj}} - z_{n,y_n}\right) \approx \frac{1}{N}\sum_n \left(\max_j z_{nj} - z_{n,y_n}\right)
# $$
#
# 이 식의 오른쪽은 **퍼셉트론**(perceptron)의 손실입니다. 20번 갱신한 노트의 모델에서 두 값이 정말 같은지 비교합니다.

# %% [markdown] lang="en"
# After 525 updates the loss is **exactly 0**, and all eight are right. From the same place, the run at 0.1 gets all eight right by update 600 too, but its loss is still 0.438550. The run that was said to diverge has the lower loss.
#
# The reason lies in large logits. Cross entropy is log-sum-exp minus the true logit, and for logits in the hundreds of thousands log-sum-exp is as good as the maximum.
#
# $$
# L = \frac{1}{N}\sum_n \left(\ln\sum_j e^{z_{nj}} - z_{n,y_n}\right) \approx \frac{1}{N}\sum_n \left(\max_j z_{nj} - z_{n,y_n}\right)
# $$
#
# On the right stands the loss of the **perceptron**. Compare the two losses for the notes' model after 20 updates.

# %%
with torch.no_grad():
    z = models["1e5"](x)
    perceptron = (z.amax(dim=1) - z[torch.arange(8), target]).mean()
    probs = F.softmax(z, dim=1)
print(
    f"cross entropy {loss_of(models['1e5']):.6f}  "
    f"perceptron {perceptron.item():.6f}"
)
# > cross entropy 200090.921875  perceptron 200090.921875
assert torch.isclose(perceptron, F.cross_entropy(z, target))
assert torch.equal(probs, F.one_hot(z.argmax(dim=1), 3).float())

# %% [markdown] lang="ko"
# 두 손실은 200090.921875로 같고, 확률은 모두 0 아니면 1입니다. 따라서 $p - y$의 값도 −1, 0, 1뿐이고, 갱신은 틀린 샘플의 입력을 정답 클래스의 가중치에 더하고 잘못 고른 클래스의 가중치에서 빼는 일이 됩니다. 이렇게 갱신하는 방법은 1958년에 나온 퍼셉트론의 학습 규칙을 다중 클래스로 확장한 것입니다. 데이터를 선형으로 나눌 수 있으면 이 규칙은 유한한 횟수 안에 끝나며, 여기서는 525번이 걸렸습니다.

# %% [markdown] lang="en"
# The same 200090.921875, and every probability is 0 or 1. Then $p - y$ is made of −1, 0, and 1 only: the input of a wrong example is added to the weights of the true class and subtracted from those of the chosen class. That is the learning rule of the perceptron of 1958, extended to several classes. If the data can be separated by linear scores, it finishes in finitely many steps. Here it took 525.

# %% figure="long_run"
fig, ax = plt.subplots()
ax.axvspan(0, 20, color="C7", alpha=0.35, linewidth=0)
ax.plot([loss / 1e6 for loss in long_run], "-", color="C3", linewidth=1.2)
ax.annotate(
    "the notes stop here",
    (20, 2.08),
    xytext=(70, 2.3),
    va="center",
    arrowprops={"arrowstyle": "->"},
)
ax.annotate(
    "exactly 0",
    (525, 0.02),
    xytext=(550, 1.4),
    ha="center",
    arrowprops={"arrowstyle": "->"},
)
ax.set(
    xlim=(0, 610), ylim=(0, 2.5), xlabel="updates", ylabel="loss (millions)"
)

# %% [markdown] lang="ko" caption="long_run"
# 노트가 "발산"이라고 부른 실행의 나머지 부분입니다. 손실은 출렁이며 낮아지다가 525번째 갱신에서 0이 되고, 그 뒤로는 다시 오르지 않습니다.
#
# 꺾은선그래프의 가로축은 갱신 횟수 0~600이고 세로축은 백만 단위의 손실입니다. 회색 띠가 노트의 20번까지를 나타냅니다. 선은 처음 20번 동안 0.3과 2.0 사이를 심하게 오르내립니다. 50번 뒤로는 1.3을 넘지 못하고 400번 뒤로는 1 아래에 머물다가, 525번째에 0이 되어 끝까지 0을 유지합니다.
#
# - the notes stop here: 노트는 여기까지
# - exactly 0: 정확히 0
# - updates: 갱신 횟수
# - loss (millions): 손실(백만)

# %% [markdown] lang="en" caption="long_run"
# The rest of the run that the notes called divergence. The loss churns lower and lower, reaches 0 at update 525, and never rises again.
#
# Line chart. Horizontal axis: 0 to 600 updates; vertical axis: loss in millions. A gray band marks the 20 updates of the notes. During those 20 the line swings between 0.3 and 2.0; after 50 it no longer passes 1.3, after 400 it stays below 1, and at 525 it hits 0 and stays at 0 to the end.

# %% [markdown] lang="ko"
# 그렇다고 학습률 1e5를 쓰라는 말은 아닙니다. 결과가 이렇게 좋았던 것은 샘플 8개를 완벽히 나눌 수 있었기 때문입니다. 마지막 샘플을 한 번 더 넣되 레이블을 0이 아니라 1로 붙여 봅시다. 같은 입력에 정답이 둘이므로, 이제 모든 샘플을 맞히는 완벽한 모델은 없습니다.

# %% [markdown] lang="en"
# None of this is a reason to use 1e5. It ended well only because the eight examples can be separated perfectly. Repeat the last example with label 1 instead of 0: one input with two answers, so that no perfect model exists.

# %% anchor="not_separable"
x_mixed, target_mixed = (
    torch.cat([x, x[7:]]),
    torch.cat([target, torch.tensor([1])]),
)
for lr in (0.1, 1e5):
    losses = train(
        copy.deepcopy(starts[1]),
        lr,
        num_updates=700,
        x=x_mixed,
        target=target_mixed,
    )
    low, high = min(losses[-100:]), max(losses[-100:])
    print(f"lr {lr:8}  updates 601 to 700: {low:9.3g} to {high:.3g}")
# > lr      0.1  updates 601 to 700:     0.578 to 0.609
# > lr 100000.0  updates 601 to 700:  5.83e+04 to 1.39e+06
assert low > 10_000

# %% [markdown] lang="ko"
# 학습률 0.1의 손실은 0.6 근처에 자리를 잡지만, 1e5의 손실은 700번이 되도록 수만과 백만 사이를 헤맵니다. 현실의 데이터도 이처럼 완벽히 나누어지지 않을 때가 많습니다. 이렇게 큰 학습률을 쓰면 안 되는 이유는 이 밖에도 세 가지가 있습니다.
#
# - 손실을 보아도 학습이 얼마나 진행되었는지 알 수 없습니다.
# - 확률이 0 아니면 1이므로 모델이 얼마나 확신하는지 나타내지 못합니다.
# - 층이 여럿이면 한 층의 기울기에 다른 층의 가중치가 곱해지므로 기울기의 한계도 사라집니다. 그러면 [학습률 찾기](#finder)에서 보듯이 훨씬 작은 학습률에서도 모델이 망가집니다.

# %% [markdown] lang="en"
# At 0.1 the loss settles near 0.6, while 1e5 still wanders between tens of thousands and a million after 700 updates. Real data are often of this kind. Three more things speak against a rate this large.
#
# - The loss no longer shows how training is going.
# - Probabilities of 0 and 1 carry no degree of confidence.
# - With several layers, the gradient of one is multiplied by the weights of another, and the limit is gone. Then far smaller rates are enough to ruin the model, as the section on [finding a rate](#finder) shows.

# %% [markdown] lang="ko"
# ### 진짜 발산 { #divergence .deeper }
#
# 기울기에 한계가 없으면 어떻게 될까요? 같은 노트에 나오는, 점수 세 개로 최종 점수를 예측하는 회귀 문제가 그런 경우입니다. 여기서는 표준화하지 않은 값에 같은 학습률 0.1을 써 봅니다. 제곱 오차는 포물선이므로, 곡률만 알면 몇 번 만에 손실이 무한대로 넘칠지 미리 알 수 있습니다.
#
# 곡률이 $\lambda$인 방향에서는 갱신할 때마다 오차에 $1 - \eta\lambda$가 곱해지고, 손실에는 그 제곱이 곱해집니다.

# %% [markdown] lang="en"
# ### Real divergence { #divergence .deeper }
#
# What if the gradient has no limit? The regression problem of the same notes is of that kind: predict a final score from three scores. Here we use raw inputs and the same learning rate, 0.1. Squared error is a parabola, so its curvature tells in advance how many updates it takes to overflow.
#
# Along a direction of curvature $\lambda$ the error is multiplied by $1 - \eta\lambda$ at each update, and the loss by its square.

# %% anchor="infinite"
scores = torch.tensor(
    [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]],
    dtype=torch.float32,
)
final = torch.tensor([[152.0], [185.0], [180.0], [196.0], [142.0]])


def regression(lr, num_updates):
    inputs = torch.cat([scores, torch.ones((5, 1))], dim=1)
    w = torch.zeros((4, 1), requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=lr)
    losses = []
    for _ in range(num_updates):
        loss = F.mse_loss(inputs @ w, final)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


print(*(f"{loss:.4g}" for loss in regression(0.1, num_updates=7)))
# > 2.966e+04 5.743e+11 1.112e+19 2.153e+26 4.17e+33 inf inf

# %% [markdown] lang="ko"
# 손실은 다섯 번 갱신한 뒤에 `inf`가 되었고, 이것이 바로 발산입니다. 이 문제의 곡률은 $\tfrac{2}{N}X^\top X$의 가장 큰 고윳값(eigenvalue)입니다.

# %% [markdown] lang="en"
# After five updates the loss is `inf`. This is divergence. The curvature of this problem is the largest eigenvalue of $\tfrac{2}{N}X^\top X$.

# %%
inputs = torch.cat([scores, torch.ones((5, 1))], dim=1).double()
curvature = torch.linalg.eigvalsh(2 / 5 * inputs.T @ inputs).max().item()
print(f"curvature {curvature:.5g}  largest stable lr {2 / curvature:.3g}")
# > curvature 44014  largest stable lr 4.54e-05
losses = regression(0.1, num_updates=5)
print(
    f"growth of the loss: predicted {(0.1 * curvature - 1) ** 2:.4g}, "
    f"measured {losses[2] / losses[1]:.4g}"
)
# > growth of the loss: predicted 1.936e+07, measured 1.936e+07

# %%
for lr in (0.1, 0.01, 0.001, 1e-4, 4.2e-5):
    losses = regression(lr, num_updates=40)
    finite = [math.isfinite(loss) for loss in losses]
    fate = "converging" if losses[-1] < losses[0] else "growing"
    if not all(finite):
        fate = f"first inf or nan after {finite.index(False)} updates"
    print(f"lr {lr:<7} {fate}")
# > lr 0.1     first inf or nan after 5 updates
# > lr 0.01    first inf or nan after 7 updates
# > lr 0.001   first inf or nan after 11 updates
# > lr 0.0001  first inf or nan after 32 updates
# > lr 4.2e-05 converging
assert losses == sorted(losses, reverse=True)

# %% [markdown] lang="ko"
# 곡률이 44014나 되므로 학습률 0.1에서는 손실이 갱신할 때마다 약 1,900만 배로 커지며, 이 예측은 측정한 값과 일치합니다. 학습률을 10분의 1, 100분의 1, 1,000분의 1로 줄여도 손실이 무한대로 넘치는 시점이 5번에서 7번, 11번, 32번으로 늦춰질 뿐입니다. 한계인 4.54e-05보다 작은 4.2e-5에서야 손실이 수렴합니다.
#
# 이처럼 같은 학습률 0.1이 어떤 문제에는 알맞고 어떤 문제에는 치명적입니다. 입력을 변환해 곡률 자체를 바꾸는 방법은 [표준화](standardization.md)에서 다룹니다.

# %% [markdown] lang="en"
# The curvature is as large as 44014. So at 0.1 each update should multiply the loss by some 19 million, and it does. Dividing the rate by ten, a hundred, or a thousand only delays the blow-up, from 5 updates to 7, 11, or 32. It takes 4.2e-5, below the limit of 4.54e-05, to converge.
#
# The same 0.1 suits one problem and is fatal to another. How to change the curvature itself, by preparing the inputs, is the subject of [standardization](standardization.md).

# %% [markdown] lang="ko"
# ## 1e-10: 한 비트도 움직이지 않는 가중치 { #absorption .deeper }
#
# 이번에는 반대쪽 끝을 살펴봅니다. 학습률이 1e-10이면 손실이 아주 조금씩이라도 줄어야 할 것 같은데, 표에는 같은 숫자가 스무 번 출력되었습니다. 출력한 자릿수가 모자라서 변화가 보이지 않은 것일까요?
#
# `float32`로 나타낼 수 있는 수와 수 사이에는 빈 간격이 있습니다. 1과 그다음 수가 얼마나 떨어져 있는지 `torch.nextafter`로 알아봅시다. 이 간격의 절반보다 작은 수를 더하면 결과가 반올림되어 원래 값으로 돌아옵니다.

# %% [markdown] lang="en"
# ## 1e-10: weights that do not move by a bit { #absorption .deeper }
#
# Now the other end. At 1e-10 the loss should fall a tiny bit each time, one would think, yet the table shows one number twenty times. Did we print too few digits?
#
# The numbers of `float32` have gaps between them. Ask `torch.nextafter` how far the next number after 1 is. If you add less than half of that gap, the sum is rounded back to the number you had.

# %%
one = torch.tensor(1.0)
gap = torch.nextafter(one, torch.tensor(2.0)) - one
print(f"gap after 1: {gap.item():.4g}")
# > gap after 1: 1.192e-07

# %% folded="tests"
assert one + 0.6 * gap > one
assert one + 0.4 * gap == one
assert one + 1e-8 == one

# %% [markdown] lang="ko"
# 간격은 1.192e-07이므로, 그 절반에 못 미치는 1e-8을 몇 번이고 더해도 1은 그대로 1입니다. 이렇게 작은 수가 큰 수에 묻혀 사라지는 현상을 **흡수**(absorption)라고 합니다. 이제 노트의 1e-10 실행에서 매개변수마다 갱신의 크기를 간격의 절반과 비교합니다.

# %% [markdown] lang="en"
# The gap is 1.192e-07. Add 1e-8, which is less than half of it, as often as you like: 1 stays 1. A small number that vanishes in a larger one is said to be **absorbed**. Compare the updates of the notes' 1e-10 run with half the gap at each parameter.

# %% anchor="absorbed"
model = copy.deepcopy(starts[2])
F.cross_entropy(model(x), target).backward()
for name, parameter in model.named_parameters():
    size = parameter.detach().abs()
    gap = torch.nextafter(size, torch.tensor(math.inf)) - size
    ratio = 1e-10 * parameter.grad.abs() / (gap / 2)
    print(
        f"{name:6}  update / half the gap: at most {ratio.max().item():.4f}"
    )
    assert ratio.max() < 1
# > weight  update / half the gap: at most 0.1538
# > bias    update / half the gap: at most 0.0036

# %% folded="tests"
for parameter, initial in zip(
    models["1e-10"].parameters(), starts[2].parameters(), strict=True
):
    assert torch.equal(parameter, initial)

# %% [markdown] lang="ko"
# 매개변수(parameter) 12개 모두에서 갱신이 간격의 절반보다 작으며, 둘의 비율은 가장 큰 것도 0.1538에 그칩니다. 또한 셀의 `torch.equal`로 확인했듯이, 20번 학습한 모델은 처음 모델과 **비트 단위로 똑같습니다**.
#
# 가중치가 그대로면 다음 기울기도 그대로이므로 다음 갱신도 똑같이 흡수됩니다. 따라서 20번이 아니라 20억 번을 돌려도 결과는 같습니다. 손실은 "거의 줄어들지 않는" 것이 아니라 **멈춰 있습니다**.
#
# 그렇다면 학습률이 얼마나 커야 가중치가 움직일까요? 가중치 9개 가운데 20번 갱신한 뒤에 달라진 것이 몇 개인지 셉니다.

# %% [markdown] lang="en"
# For each of the 12 parameters the update is smaller than half the gap; the largest ratio is 0.1538. And the model trained for 20 updates equals the initial one **bit for bit**, as `torch.equal` confirms in the cell.
#
# With the weights unchanged, the next gradient is the same, and the next update is absorbed just as well. So 2 billion updates would end in the same place as 20. The loss does not "hardly decrease"; it **stands still**.
#
# How large must the rate be for something to move? Count how many of the 9 weights differ after 20 updates.

# %%
for lr in (1e-10, 1e-9, 1e-8, 3e-8, 1e-7):
    model = copy.deepcopy(starts[2])
    train(model, lr)
    moved = (model.weight != starts[2].weight).sum().item()
    print(f"lr {lr:.0e}  {moved}/9 weights moved")
# > lr 1e-10  0/9 weights moved
# > lr 1e-09  1/9 weights moved
# > lr 1e-08  4/9 weights moved
# > lr 3e-08  7/9 weights moved
# > lr 1e-07  9/9 weights moved

# %% [markdown] lang="ko"
# 달라진 가중치는 학습률 순서대로 0개, 1개, 4개, 7개, 9개입니다. 1e-9에서 홀로 움직인 것은 크기가 0.03쯤으로 가장 작은 가중치인데, 이는 0에 가까울수록 수의 간격이 촘촘하기 때문입니다. 따라서 초깃값을 다르게 뽑아 0에 아주 가까운 가중치가 있으면, 그 가중치는 1e-10에서도 움직일 수 있습니다. 이처럼 양 끝 사이의 학습률에서는 모델의 **일부만** 학습됩니다.
#
# 그럼 수의 간격이 훨씬 촘촘한 `float64`라면 노트의 말이 맞을까요? 학습률이 작으면 갱신 한 번에 손실이 약 $\eta\,\lVert\nabla L\rVert^2$만큼 줄어듭니다. 여기서 $\lVert\nabla L\rVert^2$은 기울기 성분의 제곱을 모두 더한 값입니다. 이 식으로 손실을 0.01 줄이는 데 갱신이 몇 번 필요한지 계산하고, 학습률을 1e-6으로 키워 횟수를 만분의 1로 줄인 실험으로 검산합니다.

# %% [markdown] lang="en"
# In the order of the rates, 0, 1, 4, 7, and 9 weights moved. The only one that moved at 1e-9 is the smallest weight, of size 0.03 or so, because the gaps between numbers shrink toward 0. So with another draw, a weight very close to 0 may move even at 1e-10. At the rates in between, only **part** of the model learns.
#
# And in `float64`, where the numbers lie far closer together, would the notes be right? At a small rate, one update lowers the loss by about $\eta\,\lVert\nabla L\rVert^2$, where $\lVert\nabla L\rVert^2$ is the sum of the squares of all gradient components. Work out how many updates it takes to lower the loss by 0.01, and check with a ten-thousandth as many updates at 1e-6.

# %% anchor="in_float64"
print(f"smallest weight {starts[2].weight.abs().min().item():.4f}")
# > smallest weight 0.0276
model = copy.deepcopy(starts[2]).double()
F.cross_entropy(model(x.double()), target).backward()
slope = sum(
    parameter.grad.square().sum() for parameter in model.parameters()
).item()
print(
    f"slope {slope:.4f}  updates at 1e-10 to lose 0.01: "
    f"{0.01 / (1e-10 * slope):.3g}"
)
# > slope 31.0479  updates at 1e-10 to lose 0.01: 3.22e+06

losses = train(model, lr=1e-6, num_updates=323, x=x.double())
print(f"loss lost in 322 updates at 1e-6: {losses[0] - losses[322]:.5f}")
# > loss lost in 322 updates at 1e-6: 0.00999
assert abs(losses[0] - losses[322] - 0.01) < 1e-4

# %% [markdown] lang="ko"
# 필요한 갱신 횟수는 약 322만 번입니다. 학습률 1e-6으로 322번 갱신하자 이론대로 손실이 0.00999 줄었습니다. `float64`에서라면 손실이 "거의 줄지 않는다"는 말이 옳지만, 노트가 쓴 `float32`에서는 틀립니다.
#
# 이런 일은 요즘에도 흔히 일어납니다. 큰 모델에 쓰이는 `bfloat16`에서는 수의 간격이 65,536배나 더 넓습니다. 첫 갱신에서 움직이는 가중치가 몇 개인지 세어 봅시다.

# %% [markdown] lang="en"
# It takes about 3,220,000 updates. As predicted, 322 updates at 1e-6 lowered the loss by 0.00999. In `float64`, "hardly decreases" would be a fair description; in the `float32` that the notes used, it is wrong.
#
# This is not ancient history. The gaps of `bfloat16`, used for large models, are 65,536 times as wide. Count the weights that the first update moves.

# %%
model = copy.deepcopy(starts[2])
F.cross_entropy(model(x), target).backward()
for lr in (1e-2, 1e-3, 1e-4, 1e-5):
    moved = {}
    for dtype in (torch.float32, torch.bfloat16):
        weight = model.weight.detach().to(dtype)
        step = (lr * model.weight.grad).to(dtype)
        moved[dtype] = (weight - step != weight).sum().item()
    print(
        f"lr {lr:.0e}  float32 {moved[torch.float32]}/9  "
        f"bfloat16 {moved[torch.bfloat16]}/9"
    )
# > lr 1e-02  float32 9/9  bfloat16 9/9
# > lr 1e-03  float32 9/9  bfloat16 6/9
# > lr 1e-04  float32 9/9  bfloat16 1/9
# > lr 1e-05  float32 9/9  bfloat16 0/9

# %% [markdown] lang="ko"
# `bfloat16`에서는 흔히 쓰는 학습률 1e-3에서도 가중치 9개 가운데 6개만 움직입니다. 학습률이 1e-4면 1개만 움직이고, 1e-5면 하나도 움직이지 않습니다.
#
# !!! warning "손실이 마지막 자리까지 똑같으면 가중치를 비교합니다"
#     학습 전후의 매개변수를 `torch.equal`로 비교해 봅니다. 둘이 같다면 학습률이 너무 작거나, 매개변수를 옵티마이저(optimizer)에 넘기지 않았거나, 기울기가 0인 것입니다. 낮은 정밀도로 계산할 때도 가중치는 `float32`로 둡니다. `torch.autocast`는 매개변수를 건드리지 않으므로 `float32` 모델에 그대로 쓰면 되지만, 모델을 `.bfloat16()`으로 바꾸면 가중치도 `bfloat16`이 됩니다.

# %% [markdown] lang="en"
# In `bfloat16`, only 6 of 9 weights move at the quite ordinary 1e-3, one at 1e-4, and none at 1e-5.
#
# !!! warning "If the loss repeats to the last digit, compare the weights"
#     Compare the parameters before and after with `torch.equal`. If they are equal, the learning rate is too small, or the parameters never reached the optimizer, or the gradient is 0. When computing in low precision, keep the weights in `float32`. `torch.autocast` leaves the parameters alone, so use it on a `float32` model; a model turned into `.bfloat16()` has weights in `bfloat16`.

# %% [markdown] lang="ko"
# ## 한계를 정하는 2/λmax { #curvature }
#
# 양 끝을 살펴보았으니 이제 그 사이로 들어가 봅시다. 매개변수가 여럿이면 곡률도 방향마다 다릅니다. 이때 방향별 곡률은 손실의 이계도함수를 모은 **헤세 행렬**(Hessian)의 고윳값입니다. 학습률 하나를 모든 방향에 똑같이 적용하므로, 곡률이 가장 큰 방향이 학습률의 한계를 정합니다.
#
# $$
# \eta < \frac{2}{\lambda_{\max}}
# $$
#
# 앞에서 쓴 것과 같은 출발점에서 매개변수 12개의 곡률을 구합니다.

# %% [markdown] lang="en"
# ## The limit 2/λmax { #curvature }
#
# So much for the two ends; now for the middle. With many parameters the curvature depends on the direction. The eigenvalues of the **Hessian**, the matrix of second derivatives, are the curvatures by direction. One learning rate has to serve all of them, so the most curved direction sets the limit.
#
# $$
# \eta < \frac{2}{\lambda_{\max}}
# $$
#
# Compute the curvatures of the 12 parameters at our start.


# %%
def curvatures(model):
    def loss_at(flat):
        weight, bias = flat[:9].view(3, 3), flat[9:]
        return F.cross_entropy(x.double() @ weight.T + bias, target)

    flat = nn.utils.parameters_to_vector(model.parameters())
    H = torch.autograd.functional.hessian(loss_at, flat.detach().double())
    return torch.linalg.eigvalsh(H)


spectrum = curvatures(start)
print("zero in", (spectrum.abs() < 1e-9).sum().item(), "directions, then")
# > zero in 6 directions, then
print(*(f"{value:.4f}" for value in spectrum[6:]))
# > 0.0231 0.0622 0.0992 0.2767 1.8912 6.8079
print(
    f"2 / largest = {2 / spectrum[-1].item():.4f}, "
    f"0.1 * smallest = {0.1 * spectrum[6].item():.4f}"
)
# > 2 / largest = 0.2938, 0.1 * smallest = 0.0023

# %% [markdown] lang="ko"
# 가장 큰 곡률이 6.8079이므로 학습률의 한계는 0.2938입니다. 한편 여섯 방향에서는 곡률이 0입니다. 그 가운데 네 방향은 모든 로짓에 같은 값을 더하는 방향이라 [소프트맥스](softmax.md)의 값이 바뀌지 않습니다. 나머지 둘은 첫 특성이 언제나 1이어서 그 가중치와 편향(bias)을 구별할 수 없는 방향입니다.
#
# 0.0231처럼 아주 작은 곡률도 보입니다. 학습률이 0.1이면 이 방향의 오차는 갱신할 때마다 0.23%씩만 줄어듭니다. 즉, 가파른 방향이 학습률을 제한하는 바람에 평평한 방향에서는 학습이 느려집니다. 학습률 0.1의 곡선이 첫 갱신에서 뚝 떨어진 뒤 완만해진 이유가 여기에 있습니다.

# %% [markdown] lang="en"
# The largest curvature is 6.8079, so the limit is 0.2938. Six directions have curvature 0. Four of them add the same value to all logits, which leaves [softmax](softmax.md) unchanged; the others cannot tell the bias from the first feature, which is always 1.
#
# There are small curvatures, too, down to 0.0231. At a learning rate of 0.1, the error along that direction shrinks by 0.23% per update. The steep directions hold the learning rate down, and the flat ones suffer. That is why the curve of 0.1 dropped at the first update and crawled afterwards.

# %% [markdown] lang="ko"
# ### 학습률 훑기 { #sweep }
#
# 이 예측이 맞는지 시험해 봅시다. 학습률을 넓은 범위에서 바꾸어 가며 시험하는 일을 **훑기**(sweep)라고 합니다. 양 끝의 학습률은 드문드문, 가운데의 학습률은 촘촘하게 고르고, 모두 같은 출발점에서 20번씩 갱신합니다. 예측한 한계 0.2938을 경계로 무엇이 달라질까요?

# %% [markdown] lang="en"
# ### A sweep { #sweep }
#
# Test the prediction. Trying a wide range of learning rates is called a **sweep**. We choose rates far apart at both ends and close together in the middle, with one start and 20 updates each. Does anything change at 0.2938?

# %%
for lr in (1e-10, 1e-4, 1e-3, 1e-2, 3e-2, 1e-1, 2e-1, 3e-1, 1.0, 1e5, 1e38):
    model = copy.deepcopy(start)
    train(model, lr)
    loss = loss_of(model)
    print(
        f"lr {lr:<7g} " + (f"{loss:.4f}" if loss < 100 else f"{loss:.4g}")
    )
# > lr 1e-10   2.2037
# > lr 0.0001  2.1599
# > lr 0.001   1.8143
# > lr 0.01    1.1123
# > lr 0.03    1.0769
# > lr 0.1     0.9834
# > lr 0.2     1.4921
# > lr 0.3     2.3434
# > lr 1       9.9009
# > lr 100000  6.422e+05
# > lr 1e+38   nan

# %% figure="u_curve"
fig, ax = plt.subplots()
lrs = [10 ** (power / 2) for power in range(-20, 7)]
final_losses = []
for lr in lrs:
    model = copy.deepcopy(start)
    train(model, lr)
    final_losses.append(loss_of(model))
ax.loglog(lrs, final_losses, "o-", color="C0", markersize=4, linewidth=1.5)
ax.axhline(loss_of(start), color="C7", linestyle=":")
ax.axvline(0.2938, color="C1", linestyle="--")
ax.text(2e-10, 3.5, "start 2.20", ha="left")
ax.text(0.15, 2000, "2/λmax = 0.29", ha="right")
ax.set(ylim=(0.5, 1e4), xticks=[1e-10, 1e-8, 1e-6, 1e-4, 1e-2, 1, 100])
ax.set(xlabel="learning rate", ylabel="loss after 20 updates")

# %% [markdown] lang="ko" caption="u_curve"
# 학습률마다 20번씩 갱신한 뒤의 손실입니다. 왼쪽에서는 손실이 출발점의 값에서 꼼짝하지 않고, 오른쪽에서는 학습률에 비례해 오릅니다. 학습률의 범위는 십조 배에 이르지만, 쓸 만한 골짜기의 폭은 열 배 남짓에 지나지 않습니다.
#
# 로그-로그 그래프의 가로축은 1e-10에서 1,000까지의 학습률이고 세로축은 20번 갱신한 뒤의 손실입니다. 왼쪽 절반은 출발점의 손실 2.20을 나타내는 점선 위에 수평으로 놓입니다. 손실은 1e-4부터 내려가기 시작해 0.01과 0.1 사이에서 1 근처의 바닥을 이룹니다. 그러다 2/λmax = 0.29에 그은 파선 부근에서 다시 오르고, 그 뒤로는 기울기 1인 직선을 따라 6,400 근처까지 올라갑니다.
#
# - learning rate: 학습률
# - loss after 20 updates: 갱신 20번 뒤의 손실
# - start 2.20: 출발점 2.20
# - 2/λmax = 0.29: 2/λmax = 0.29

# %% [markdown] lang="en" caption="u_curve"
# Loss after 20 updates against the learning rate. On the left the loss stays at its starting value; on the right it rises in proportion to the rate. Of thirteen orders of magnitude, the useful valley spans little more than one.
#
# Log-log chart. Horizontal axis: learning rate from 1e-10 to 1,000; vertical axis: loss after 20 updates. The left half lies flat on a dotted line at the starting loss 2.20. From 1e-4 on the curve sinks, forms a floor near 1 between 0.01 and 0.1, rises again around the dashed line at 2/λmax = 0.29, and follows a straight line of slope 1 up to about 6,400.

# %% [markdown] lang="ko"
# 손실은 학습률 0.1에서 0.9834로 가장 낮고, 0.3에서는 2.3434로 출발점보다 나빠졌습니다. 이는 경계가 둘 사이의 0.2938에 있다는 예측과 맞습니다. 1e38에서는 갱신 한 번의 크기가 `float32`의 범위를 넘어 손실이 `nan`이 됩니다. 원인이 다른 nan과 구별하는 방법은 [증상으로 찾기](symptoms.md#nan) 레슨에 있습니다.
#
# 그런데 학습률 0.2는 한계 0.2938보다 한참 작은데도 손실이 1.4921로 꽤 높습니다. 예측이 틀린 것일까요?

# %% [markdown] lang="en"
# The lowest value is 0.9834 at 0.1; at 0.3 the loss is 2.3434, worse than the start. The predicted border at 0.2938 lies between them. At 1e38 a step overflows `float32`, hence `nan`. To tell it from a nan of another cause, see [Find it by its symptom](symptoms.md#nan).
#
# But look at 0.2. It is well below 0.2938, and its loss is 1.4921. Is the prediction wrong?

# %% [markdown] lang="ko"
# ### 움직이는 한계 { #moving-limit .deeper }
#
# 포물선의 곡률은 어디서나 같지만, 교차 엔트로피의 곡률은 위치마다 다릅니다. 앞에서 구한 0.2938은 **출발점에서 잰** 한계입니다. 이번에는 학습률 0.1로 갱신을 이어 가면서 한계를 다시 재 봅시다.

# %% [markdown] lang="en"
# ### A limit that moves { #moving-limit .deeper }
#
# A parabola has the same curvature everywhere; cross entropy does not. The limit 0.2938 was measured **at the start**. Measure again on the way down at 0.1.

# %%
model, steady = copy.deepcopy(start), []
for t in (0, 1, 20, 100, 1000):
    steady += train(model, lr=0.1, num_updates=t - len(steady))
    largest = curvatures(model)[-1].item()
    print(
        f"after {t:4d} updates  largest curvature {largest:7.4f}  "
        f"2 / largest {2 / largest:.4f}"
    )
# > after    0 updates  largest curvature  6.8079  2 / largest 0.2938
# > after    1 updates  largest curvature 16.9060  2 / largest 0.1183
# > after   20 updates  largest curvature 17.8895  2 / largest 0.1118
# > after  100 updates  largest curvature 18.8697  2 / largest 0.1060
# > after 1000 updates  largest curvature 16.1269  2 / largest 0.1240

zigzag = train(copy.deepcopy(start), lr=0.12, num_updates=1000)
for lr, losses in [(0.1, steady), (0.12, zigzag)]:
    rises = sum(b > a for a, b in zip(losses, losses[1:], strict=False))
    print(f"lr {lr}: loss rose in {rises} of 999 updates")
# > lr 0.1: loss rose in 0 of 999 updates
# > lr 0.12: loss rose in 305 of 999 updates

# %% [markdown] lang="ko"
# 갱신 한 번 만에 곡률이 6.8079에서 16.9060으로 뛰어 한계가 0.1183으로 내려앉고, 100번 뒤에는 0.1060까지 내려갑니다. 이 한계를 넘는 학습률 0.2에서 손실이 출렁인 것은 당연합니다. 실제로 한계 바로 아래인 0.1에서는 손실이 한 번도 오르지 않았지만, 한계보다 조금 큰 0.12에서는 305번 올랐습니다.
#
# 위치와 상관없이 성립하는 한계도 구할 수 있습니다. 샘플 하나의 손실을 로짓으로 두 번 미분한 헤세 행렬 $\operatorname{diag}(p) - pp^\top$는 고윳값이 모두 $1/2$ 이하입니다. 따라서 매개변수로 두 번 미분한 헤세 행렬의 고윳값은 어디서나 $\tfrac{1}{2N}X^\top X$의 가장 큰 고윳값을 넘지 못합니다($X$에는 편향에 곱할 1의 열을 덧붙입니다). 학습률이 2를 이 값으로 나눈 수보다 작으면 어디서 출발하든 손실이 오르지 않습니다.

# %% [markdown] lang="en"
# A single update takes the curvature from 6.8079 to 16.9060, and the limit drops to 0.1183; after 100 updates it is 0.1060. No wonder the loss jumped at 0.2. Right below the limit, at 0.1, the loss never rose; slightly above it, at 0.12, it rose 305 times.
#
# There is also a limit that holds wherever you are. For a single example, the Hessian with respect to the logits, $\operatorname{diag}(p) - pp^\top$, has no eigenvalue above $1/2$, so no eigenvalue of the Hessian with respect to the parameters ever exceeds the largest one of $\tfrac{1}{2N}X^\top X$, where $X$ has a column of ones for the bias. With a learning rate below 2 divided by that value, the loss cannot rise, whatever the start.

# %%
inputs = torch.cat([x, torch.ones((8, 1))], dim=1)
steepest = torch.linalg.eigvalsh(inputs.T @ inputs / 16).max().item()
print(f"curvature at most {steepest:.4f}, safe below {2 / steepest:.4f}")
# > curvature at most 23.2365, safe below 0.0861
for model in starts:
    losses = train(copy.deepcopy(model), lr=0.086, num_updates=100)
    assert losses == sorted(losses, reverse=True)
    assert curvatures(model)[-1] < steepest

# %% [markdown] lang="ko"
# 학습률이 0.0861보다 작으면 안전합니다. 이 값은 학습을 시작하기 전에 데이터만 보고 얻은 것입니다.
#
# 그렇다면 한계를 넘은 학습률은 쓸모가 없을까요? 포물선이라면 그렇습니다. 그러나 교차 엔트로피는 모델의 확신이 커질수록 평평해지므로, 손실이 출렁이다가 **한계가 더 높은 위치를 찾아** 가라앉기도 합니다. 20번 갱신했을 때 뒤처졌던 학습률 0.2를 1,000번까지 돌려 봅시다.

# %% [markdown] lang="en"
# Below 0.0861 it is safe, and the data alone told us so, before any training.
#
# Is a rate above the limit doomed, then? On a parabola, yes. Cross entropy gets flatter as the model gets more confident, so a churning run may **find a place with a higher limit** and calm down. Take 0.2, which was behind after 20 updates, and run it for 1,000.

# %%
model = copy.deepcopy(start)
losses = train(model, lr=0.2, num_updates=1000)
print("lr 0.1  updates 20 and 1000:", f"{steady[19]:.4f} {steady[999]:.4f}")
# > lr 0.1  updates 20 and 1000: 0.9894 0.3675
print("lr 0.2  updates 20 and 1000:", f"{losses[19]:.4f} {losses[999]:.4f}")
# > lr 0.2  updates 20 and 1000: 1.6533 0.3152
print(f"2 / largest curvature now {2 / curvatures(model)[-1].item():.4f}")
# > 2 / largest curvature now 0.2044
assert losses[19] > steady[19]
assert losses[999] < steady[999]

# %% [markdown] lang="ko"
# 20번째에는 0.1의 손실이 0.9894로 더 낮았지만, 1,000번째에는 0.2의 손실이 0.3152로 더 낮습니다. 이때 한계도 0.2044로 올라, 학습률 0.2가 한계 안에 들어왔습니다. 이처럼 좋은 학습률은 문제뿐 아니라 **얼마나 오래 학습할지**에도 달려 있습니다. 처음 몇 에폭만 보고 고른 학습률이 끝까지 가장 좋다는 보장은 없습니다.

# %% [markdown] lang="en"
# At update 20 the rate 0.1 was ahead with 0.9894; at update 1,000 the rate 0.2 has the lower loss, 0.3152, and the limit has risen to 0.2044, above 0.2. A good learning rate depends not only on the problem but on **how long you train**. A rate picked after a few epochs need not be the best one in the end.

# %% [markdown] lang="ko"
# ## 학습률 찾기 { #finder }
#
# 큰 모델에서는 헤세 행렬을 구하기 어려우므로, 실전에서는 학습률 몇 가지를 직접 시험합니다. 여기서는 손글씨 숫자를 담은 8x8 이미지 1,797장으로, 은닉층(hidden layer)이 하나 있는 다층 퍼셉트론(MLP)을 학습시킵니다. 이미지 가운데 1,000장은 훈련 세트로, 797장은 [검증 세트](train_val_test.md)로 씁니다.

# %% [markdown] lang="en"
# ## Finding a learning rate { #finder }
#
# For a large model the Hessian is out of reach. In practice one tries a few rates. We train a multilayer perceptron (MLP) with one hidden layer on 1,797 handwritten digits of 8x8 pixels: 1,000 for training, 797 for [validation](train_val_test.md).

# %% folded="optional"
from sklearn.datasets import load_digits

digits = load_digits()
images = torch.tensor(digits.data / 16, dtype=torch.float32)
labels = torch.tensor(digits.target)
order = torch.randperm(
    len(images), generator=torch.Generator().manual_seed(0)
)
training, validation = order[:1000], order[1000:]


def mlp(seed):
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))


def validation_loss(model):
    with torch.no_grad():
        return F.cross_entropy(
            model(images[validation]), labels[validation]
        ).item()


# %% [markdown] lang="ko"
# `fit()`은 훈련 샘플을 섞어 50개씩 **배치**(batch)로 묶고, 배치마다 한 번 갱신합니다. 이렇게 6에폭 동안 학습시킨 모델을 돌려줍니다. 배치 크기와 스케줄은 나중에 바꾸어 봅니다.

# %% [markdown] lang="en"
# `fit()` shuffles the training examples, cuts them into **batches** of 50, and makes one update per batch. It trains for six epochs and returns the model. Batch size and schedule will change later.


# %% folded="optional"
def fit(lr, seed, batch_size=50, cosine=False, num_epochs=6):
    model, generator = mlp(seed), torch.Generator().manual_seed(seed)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(
        optimizer, T_max=num_epochs * 1000 // batch_size
    )
    for _ in range(num_epochs):
        for batch in training[
            torch.randperm(1000, generator=generator)
        ].split(batch_size):
            loss = F.cross_entropy(model(images[batch]), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            if cosine:
                schedule.step()
    return model


# %% [markdown] lang="ko"
# 학습률 다섯 가지를 시드 3개로 훑어봅니다. 시드가 같으면 초기 가중치가 같을 뿐 아니라 배치의 순서도 같습니다.

# %% [markdown] lang="en"
# Sweep five learning rates with three seeds. With equal seeds, both the initial weights and the order of the batches are equal.

# %%
swept = {}
for lr in (0.01, 0.1, 0.3, 1.0, 3.0):
    swept[lr] = [fit(lr, seed) for seed in range(3)]
    print(
        f"lr {lr:<4}  validation loss",
        *(f"{validation_loss(model):.3f}" for model in swept[lr]),
    )
# > lr 0.01  validation loss 2.243 2.224 2.242
# > lr 0.1   validation loss 0.927 0.924 0.965
# > lr 0.3   validation loss 0.299 0.283 0.306
# > lr 1.0   validation loss 0.174 0.339 0.209
# > lr 3.0   validation loss 2.318 2.320 2.308

# %% [markdown] lang="ko"
# 학습률 0.01로 학습한 모델은 6에폭 동안 거의 배우지 못했고, 0.3과 1.0의 결과가 좋습니다.
#
# ### 학습을 멈춘 은닉 유닛 { #dead-units .deeper }
#
# 학습률 3.0의 손실은 세 번 모두 $\ln 10$에 가까워, 숫자를 무작위로 고르는 것과 다름없습니다. 왜 이렇게 되었는지 알아보기 위해 은닉층의 출력 가운데 0의 비율을 재고, 1.0에서는 정확도도 구합니다.

# %% [markdown] lang="en"
# In six epochs, the model trained at 0.01 has learned next to nothing; those at 0.3 and 1.0 do well.
#
# ### Hidden units that stopped learning { #dead-units .deeper }
#
# At 3.0 all three losses are near $\ln 10$, no better than guessing. To see what happened, measure how much of the hidden layer's output is 0. Take the accuracy at 1.0 as well.

# %%
with torch.no_grad():
    share = [
        (model[1](model[0](images[validation])) == 0).float().mean().item()
        for model in swept[3.0]
    ]
    right = [
        (model(images[validation]).argmax(dim=1) == labels[validation])
        .float()
        .mean()
        for model in swept[1.0]
    ]
print(
    "lr 3.0: share of hidden units at 0",
    *(f"{value:.3f}" for value in share),
)
# > lr 3.0: share of hidden units at 0 1.000 0.996 1.000
accuracy = torch.stack(right).mean().item()
print(
    f"lr 1.0: accuracy {accuracy:.3f} +- "
    f"{1.96 * math.sqrt(accuracy * (1 - accuracy) / 797):.3f}"
)
# > lr 1.0: accuracy 0.920 +- 0.019
assert min(share) > 0.99

# %% anchor="dead_units"
# ko: 3.0이 남긴 가중치를 학습률 0.3으로 100번 더 갱신합니다.
# en: 100 more updates at 0.3, from the weights that 3.0 has left
for activation in (nn.ReLU(), nn.LeakyReLU(0.1)):
    losses = []
    for left in swept[3.0]:
        model = nn.Sequential(
            *copy.deepcopy([left[0], activation, left[2]])
        )
        optimizer = torch.optim.SGD(model.parameters(), lr=0.3)
        for _ in range(100):
            optimizer.zero_grad()
            F.cross_entropy(
                model(images[training]), labels[training]
            ).backward()
            optimizer.step()
        losses.append(validation_loss(model))
    print(
        f"{type(activation).__name__:9}",
        *(f"{loss:.3f}" for loss in losses),
    )
    assert (
        min(losses) > 1.5
        if type(activation) is nn.ReLU
        else max(losses) < 1
    )
# > ReLU      2.306 1.885 2.305
# > LeakyReLU 0.604 0.514 0.829


# %% [markdown] lang="ko"
# 학습률 3.0에서는 은닉층의 출력이 99% 넘게 0입니다. ReLU는 음수를 0으로 바꾸는 함수인데, 학습 초반의 갱신이 너무 커서 ReLU의 입력이 거의 다 음수가 되었습니다. 출력이 0인 유닛은 기울기도 0이므로 다시 움직이지 않습니다. 학습률을 0.3으로 낮추어 더 학습시켜도 유닛은 살아나지 못합니다. 그러나 같은 가중치에서 ReLU만 음수에도 기울기가 있는 LeakyReLU로 바꾸면 모델이 다시 배우기 시작합니다. 1.0에서는 세 모델의 평균 정확도(accuracy)가 0.920 ± 0.019입니다. 이 범위는 797장으로 구한 95% 신뢰구간(confidence interval)입니다.
#
# 층이 둘이 되자 1e5까지 갈 것도 없이 학습률 3에서 모델이 **죽었습니다**. 기울기에 한계가 있어 죽지 않았던 소프트맥스 회귀와는 다릅니다.

# %% [markdown] lang="en"
# At 3.0 more than 99% of the hidden outputs are 0. ReLU is the function that turns negative numbers into 0. Large early steps made nearly all of its inputs negative, and a unit with output 0 has gradient 0, so it does not come back. More training at 0.3 does not bring it back. But keep the weights and replace ReLU by LeakyReLU, which has a slope for negative numbers too, and the model learns again. At 1.0, where training went well, the accuracy averaged over the three models is 0.920 ± 0.019 (95% confidence interval for 797 images).
#
# With two layers it took not 1e5 but 3 to **kill** the model. Softmax regression, with its limited gradient, was a different matter.

# %% [markdown] lang="ko"
# ### 한 번에 훑기 { #lr-finder .deeper }
#
# 훑기를 하려면 학습을 여러 번 해야 하지만, **학습률 찾기**(LR finder)는 학습 한 번으로 끝납니다. 배치마다 학습률을 일정한 비율로 키우면서 그때의 손실을 기록하면 됩니다. 손실은 배치마다 들쭉날쭉하므로, 최근 손실에 더 큰 가중치를 주는 지수 이동 평균으로 다듬습니다. 이 평균이 최솟값의 두 배를 넘으면 멈춥니다.

# %% [markdown] lang="en"
# ### All rates in one run { #lr-finder .deeper }
#
# A sweep needs many training runs. An **LR finder** needs one: raise the learning rate by a constant ratio with every batch and note the loss. Since the loss jitters from batch to batch, smooth it with an exponential moving average, which gives recent losses more weight, and stop when the average exceeds twice its minimum.


# %%
def lr_finder(seed, lrs):
    model, generator = mlp(seed), torch.Generator().manual_seed(seed)
    optimizer = torch.optim.SGD(model.parameters(), lr=lrs[0])
    average, curve = 0.0, []
    for i, lr in enumerate(lrs):
        optimizer.param_groups[0]["lr"] = lr
        batch = training[torch.randint(1000, (50,), generator=generator)]
        loss = F.cross_entropy(model(images[batch]), labels[batch])
        average = 0.95 * average + 0.05 * loss.item()
        curve.append(average / (1 - 0.95 ** (i + 1)))
        if curve[-1] > 2 * min(curve):
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return curve


# %% [markdown] lang="ko"
# 학습률은 1e-5에서 10까지 100개를 씁니다. 학습률에 따라 손실을 그린 곡선에서 손실이 가장 낮은 곳과 가장 가파르게 내려가는 곳을 읽습니다.

# %% [markdown] lang="en"
# We use 100 rates from 1e-5 to 10, and read off where the loss is lowest and where it falls most steeply.

# %%
lrs = torch.logspace(-5, 1, 100).tolist()
lowest = []
for seed in range(3):
    curve = lr_finder(seed, lrs)
    bottom = curve.index(min(curve))
    drops = [curve[i] - curve[i - 1] for i in range(1, bottom + 1)]
    lowest.append(lrs[bottom])
    print(
        f"seed {seed}  lowest at {lrs[bottom]:.4f}  "
        f"steepest at {lrs[1 + drops.index(min(drops))]:.4f}"
    )
# > seed 0  lowest at 2.4771  steepest at 0.9326
# > seed 1  lowest at 2.8480  steepest at 1.2328
# > seed 2  lowest at 1.6298  steepest at 1.2328

# %% [markdown] lang="ko"
# 곡선의 최솟값은 세 번 모두 1.6 이상의 학습률에서 나왔습니다. 그렇다면 그 학습률로 학습시키면 될까요? 최솟값이 나온 학습률과 그 3분의 1, 10분의 1로 각각 처음부터 학습시켜 봅시다.

# %% [markdown] lang="en"
# The minima lie at 1.6 and above. Are those the rates to train with? Train from scratch at the minimum itself, a third of it, and a tenth.

# %% tolerance="0.3"
losses = {1: [], 3: [], 10: []}
for divisor in losses:
    for seed, lr in enumerate(lowest):
        losses[divisor].append(validation_loss(fit(lr / divisor, seed)))
    shown = [
        f"{loss:.3f}" if loss < 1 else "above 1" for loss in losses[divisor]
    ]
    print(f"minimum / {divisor:<2}  validation loss", *shown)
# > minimum / 1   validation loss above 1 above 1 above 1
# > minimum / 3   validation loss 0.175 0.329 0.229
# > minimum / 10  validation loss 0.345 0.294 0.543
assert 2 * max(losses[3] + losses[10]) < min(losses[1])

# %% [markdown] lang="ko"
# 최솟값이 나온 학습률을 그대로 쓰면 세 번 모두 학습에 실패하지만, 그 3분의 1과 10분의 1에서는 세 번 모두 학습이 잘되며, 둘 가운데 10분의 1이 대체로 더 느립니다.
#
# !!! warning "최솟값을 그대로 쓰지 않습니다"
#     학습률 찾기 곡선의 최솟값은 대개 **이미 너무 큰** 학습률에서 나옵니다. 학습률마다 갱신을 한 번씩만 해서 문제가 드러날 시간이 없는 데다, 이동 평균은 손실의 변화를 뒤늦게 따라오기 때문입니다. 따라서 그 학습률의 3분의 1에서 10분의 1 사이를 고릅니다. 시드 세 개에서 두 값은 모두 가장 가파른 곳의 학습률보다도 작습니다.

# %% [markdown] lang="en"
# Training at the rate of the minimum fails with all three seeds. At a third and at a tenth of that rate it goes well each time, and the tenth is mostly slower.
#
# !!! warning "Do not take the minimum"
#     The rate at the finder's minimum is usually **already too large**. The run spends one step at each rate, too little time for things to go wrong, and a moving average lags behind. Take a third to a tenth of that rate. With all three seeds, both lie below the steepest point as well.

# %% figure="finder" tolerance="0.3"
fig, (top, bottom) = plt.subplots(2, 1, sharex=True, figsize=(6.4, 5.6))
curve = lr_finder(0, lrs)
top.plot(lrs[: len(curve)], curve, "-", color="C0")
top.set(xscale="log", ylim=(2, 3), ylabel="finder loss")
dash = {"markersize": 18, "markeredgewidth": 2.5}
for lr, fitted in swept.items():
    reached = [validation_loss(model) for model in fitted]
    bottom.plot([lr] * 3, reached, "_", color="C0", **dash)
looks = [
    (1, "C3", "--", "X", "minimum"),
    (3, "C2", ":", "o", "minimum / 3"),
]
for divisor, color, style, marker, label in looks:
    lr, look = lowest[0] / divisor, {"color": color, "markersize": 12}
    for ax in (top, bottom):
        ax.axvline(lr, color=color, linestyle=style)
    bottom.plot(lr, losses[divisor][0], marker, label=label, **look)
bottom.set(xlim=(1e-3, 20), xlabel="learning rate")
bottom.set(ylim=(0, 2.8), ylabel="validation loss")
bottom.legend(loc="lower left")

# %% [markdown] lang="ko" caption="finder"
# 위는 시드 0의 학습률 찾기이고 아래는 실제로 학습한 결과입니다. 학습률 찾기에서 손실이 가장 낮았던 학습률(파선)로는 학습에 실패하지만, 그 3분의 1(점선)로는 성공합니다.
#
# 위아래로 놓인 두 그래프가 로그 눈금의 가로축인 학습률을 함께 씁니다. 위의 세로축은 학습률 찾기의 손실입니다. 손실은 0.1까지 2.3 근처에서 수평이다가 완만하게 내려가 파선이 있는 2.5에서 2.1로 가장 낮고, 그다음 치솟습니다. 점선이 있는 0.8은 아직 내려가는 비탈입니다. 아래의 세로축은 6에폭 뒤의 검증 손실입니다. 학습률마다 짧은 가로 막대 셋이 시드 3개의 결과를 나타내며, 손실은 0.01에서 2.2, 0.1에서 0.9, 0.3에서 0.3, 1에서 0.2~0.3, 3에서 2.3입니다. 파선 위의 X는 2.3 높이에, 점선 위의 동그라미는 0.2 높이에 있습니다.
#
# - finder loss: 학습률 찾기의 손실
# - minimum: 최솟값
# - minimum / 3: 최솟값 / 3
# - learning rate: 학습률
# - validation loss: 검증 손실

# %% [markdown] lang="en" caption="finder"
# Above, the LR finder with seed 0; below, what a real run gives. The dashed line, where the finder is lowest, fails; the dotted line at a third of it succeeds.
#
# Two charts, one above the other, share a logarithmic horizontal axis of learning rates. The vertical axis above is the loss of the finder: level near 2.3 up to 0.1, then gently down to its lowest value of 2.1 at the dashed line near 2.5, then steeply up. The dotted line near 0.8 is still on the way down. The vertical axis below is the validation loss after six epochs. Three short bars at each rate show three seeds: 2.2 at 0.01, 0.9 at 0.1, 0.3 at 0.3, 0.2 to 0.3 at 1, and 2.3 at 3. On the dashed line an X sits at 2.3, on the dotted line a circle at 0.2.

# %% [markdown] lang="ko"
# ## 배치와 학습률 { #batch .deeper }
#
# 학습률이 알맞은지는 샘플마다 구한 손실을 **어떻게 합치느냐**에도 달려 있습니다. `F.cross_entropy`는 샘플별 손실의 평균을 구합니다. 그러나 `reduction="sum"`으로 합을 구하면 기울기에 배치 크기가 곱해집니다.

# %% [markdown] lang="en"
# ## Batches and the learning rate { #batch .deeper }
#
# Whether a learning rate fits also depends on **how the losses are combined**. `F.cross_entropy` takes the mean over the examples. With `reduction="sum"`, the gradient is larger by the batch size.


# %% anchor="sum_over_eight"
def train_with(reduction, lr):
    model = copy.deepcopy(start)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(20):
        optimizer.zero_grad()
        F.cross_entropy(model(x), target, reduction=reduction).backward()
        optimizer.step()
    return loss_of(model)


print(f"mean 0.1    {train_with('mean', 0.1):.4f}")
# > mean 0.1    0.9834
print(f"sum  0.1    {train_with('sum', 0.1):.4f}")
# > sum  0.1    3.2726
print(f"sum  0.1/8  {train_with('sum', 0.1 / 8):.4f}")
# > sum  0.1/8  0.9834
assert abs(train_with("sum", 0.1 / 8) - train_with("mean", 0.1)) < 1e-5

# %% [markdown] lang="ko"
# 샘플이 8개이므로 평균을 합으로 바꾸면 학습률 0.1은 0.8과 같은 효과를 내며, 손실은 출발점의 2.2037보다 나쁜 3.2726이 됩니다. 학습률을 8로 나누면 손실은 다시 0.9834입니다.
#
# 평균을 쓰면 배치를 키워도 기울기의 크기는 비슷합니다. 대신 한 에폭의 **갱신 횟수**가 줄어들어, 배치가 4배가 되면 갱신 횟수는 4분의 1이 됩니다. 그렇다면 학습률을 4배로 키우면 이를 만회할 수 있을까요?

# %% [markdown] lang="en"
# There are eight examples, so with the sum 0.1 acts like 0.8 and ends at 3.2726, worse than the start at 2.2037. With the rate divided by 8, the loss is back at 0.9834.
#
# With the mean, a larger batch leaves the size of the gradient about the same, but there are fewer **updates** per epoch: four times the batch, a quarter of the steps. Does four times the learning rate make up for that?

# %%
for batch_size, lr in [
    (50, 0.1),
    (200, 0.1),
    (200, 0.4),
    (50, 1.0),
    (200, 4.0),
]:
    fitted = (
        swept[lr]
        if batch_size == 50
        else [fit(lr, seed, batch_size) for seed in range(3)]
    )
    print(
        f"batch {batch_size:3d}  lr {lr}  validation loss",
        *(f"{validation_loss(model):.3f}" for model in fitted),
    )
# > batch  50  lr 0.1  validation loss 0.927 0.924 0.965
# > batch 200  lr 0.1  validation loss 2.119 2.098 2.116
# > batch 200  lr 0.4  validation loss 0.948 0.946 0.982
# > batch  50  lr 1.0  validation loss 0.174 0.339 0.209
# > batch 200  lr 4.0  validation loss 2.310 2.318 2.312

# %% [markdown] lang="ko"
# 배치를 200으로 키우고 학습률을 그대로 두면 학습이 훨씬 덜 되어 손실이 2.1 근처에 머물지만, 학습률을 0.4로 올리면 배치 50의 결과와 거의 같아집니다. 이렇게 배치 크기에 비례해 학습률을 바꾸는 것을 **선형 스케일링**(linear scaling)이라고 합니다. 그러나 이 방법이 끝없이 통하지는 않습니다. 예를 들어 이미 한계에 가까운 1.0을 4.0으로 올리면 모델이 죽습니다. 즉, 배치를 키워도 곡률이 정한 한계는 올라가지 않습니다.
#
# !!! warning "배치 크기나 reduction을 바꾸면 학습률도 다시 봅니다"
#     배치 크기와 학습률의 비율을 유지해서 얻은 값은 첫 어림값일 뿐이므로, 한계 근처에서는 학습률을 다시 찾아야 합니다.

# %% [markdown] lang="en"
# With batches of 200 and the same rate, the model learns far less and stays near 2.1; at 0.4 it gets almost where batches of 50 got. This is called **linear scaling**. It works only so far: 1.0 is already close to the limit, and 4.0 kills the model. A larger batch does not raise the limit that curvature sets.
#
# !!! warning "Change the batch size or the reduction, and revisit the learning rate"
#     Keeping the ratio of learning rate to batch size gives only a first guess. Near the limit, search for the rate again.

# %% [markdown] lang="ko"
# ## 학습률 스케줄 { #schedules }
#
# 학습률을 끝까지 똑같이 둘 이유는 없습니다. **학습률 스케줄**(learning-rate schedule)을 쓰면 처음에는 크게, 나중에는 작게 갱신할 수 있습니다. 예를 들어 `CosineAnnealingLR`은 학습률을 코사인 곡선을 따라 0까지 줄입니다. 이 방법은 처음 몇 번의 갱신만 작게 하는 워밍업(warmup)과 함께 자주 쓰입니다. 이런 스케줄은 언제 도움이 될까요? 시드 3개 가운데 몇 개에서 검증 손실이 0.45 아래로 내려가는지 셉니다.

# %% [markdown] lang="en"
# ## Learning-rate schedules { #schedules }
#
# Nothing says the learning rate must stay the same. A **learning-rate schedule** takes large steps first and small ones later. `CosineAnnealingLR` follows a cosine down to 0. It is often combined with a warmup, a few small steps at the very start. When does it pay? Count in how many of three seeds the validation loss gets below 0.45.

# %%
optimizer = torch.optim.SGD(nn.Linear(1, 1).parameters(), lr=1.5)
schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=120)
cosine_lrs = []
for _ in range(121):
    cosine_lrs.append(optimizer.param_groups[0]["lr"])
    optimizer.step()
    schedule.step()
print("cosine from 1.5:", *(f"{lr:.3f}" for lr in cosine_lrs[::30]))
# > cosine from 1.5: 1.500 1.280 0.750 0.220 0.000

for lr in (0.3, 1.5):
    for cosine in (False, True):
        good = sum(
            validation_loss(fit(lr, seed, cosine=cosine)) < 0.45
            for seed in range(3)
        )
        print(
            f"lr {lr}  {'cosine  ' if cosine else 'constant'}  "
            f"{good}/3 below 0.45"
        )
# > lr 0.3  constant  3/3 below 0.45
# > lr 0.3  cosine    0/3 below 0.45
# > lr 1.5  constant  0/3 below 0.45
# > lr 1.5  cosine    3/3 below 0.45

# %% [markdown] lang="ko"
# 학습률 1.5를 그대로 두면 세 번 모두 실패하지만, 코사인 곡선을 따라 줄이면 세 번 모두 성공합니다. 반대로 0.3에서 시작해 줄이면 세 번 모두 실패하는데, 원래도 작던 갱신이 더 작아져서 6에폭 안에 목표에 이르지 못했기 때문입니다. 즉, 스케줄은 **처음 학습률을 더 크게 잡을 여유**를 줄 뿐 너무 작은 학습률의 문제까지 해결해 주지는 않습니다. 다만 손실이 0.45 아래인 횟수만 세면 손실이 얼마나 작은지는 드러나지 않습니다. 그래서 이 셀만으로는 1.5에서 시작하는 코사인 스케줄이 [훑기](#finder)에서 쓴 고정 학습률 1.0보다 낫다고 말할 수 없습니다.
#
# ### 워밍업 { #warmup .deeper }
#
# 워밍업은 처음 몇 번의 갱신 동안 학습률을 차츰 높이는 방법입니다. 처음부터 큰 학습률을 쓰면 학습이 실패하기 쉬운 큰 신경망과 큰 배치에 주로 쓰입니다([Goyal 외](#references)). 다음 셀은 갱신 다섯 번 동안 학습률을 1.0까지 높인 다음 코사인 곡선을 따라 줄입니다.

# %% [markdown] lang="en"
# Held constant, 1.5 fails with all three seeds; with the cosine, it succeeds with all three. For 0.3 it is the other way round: steps that were small already, made smaller, do not reach the goal within six epochs. A schedule gives you **room for a larger initial rate**; it does not rescue a small one. Counting runs below 0.45 hides how low they get, though, so this cell cannot tell whether the cosine from 1.5 beats the constant 1.0 of the [sweep](#finder).
#
# ### Warmup { #warmup .deeper }
#
# A warmup raises the rate over the first updates. It is used mostly with large networks and large batches, whose training tends to fail when it begins at the full rate ([Goyal et al.](#references)). The next schedule takes five updates to reach 1.0, and the cosine follows.

# %%
optimizer = torch.optim.SGD(nn.Linear(1, 1).parameters(), lr=1.0)
parts = [
    torch.optim.lr_scheduler.LinearLR(
        optimizer, start_factor=0.1, total_iters=5
    ),
    torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=115),
]
schedule = torch.optim.lr_scheduler.SequentialLR(
    optimizer, parts, milestones=[5]
)
warmup_lrs = []
for _ in range(120):
    warmup_lrs.append(optimizer.param_groups[0]["lr"])
    optimizer.step()
    schedule.step()
print("warmup:", *(f"{lr:.2f}" for lr in warmup_lrs[:6]))
# > warmup: 0.10 0.28 0.46 0.64 0.82 1.00
assert max(warmup_lrs) == warmup_lrs[5] > warmup_lrs[-1]

# %% [markdown] lang="ko"
# 이 셀은 스케줄의 모양을 보여 줄 뿐이며, 워밍업이 도움이 된다는 증거는 아닙니다.
#
# ### 학습률을 줄이는 이유: 배치의 잡음 { #gradient-noise .deeper }
#
# 배치로 구한 기울기에는 어떤 샘플이 뽑혔는지에 따라 달라지는 잡음이 섞여 있습니다. 학습률이 그대로면 손실은 [학습률에 비례하는 높이](momentum_adam.md#noise)에서 흔들리며, 어떤 손실에서 끝나는지는 운에 달려 있습니다. 그러나 학습률을 0까지 줄이면 이 흔들림도 사라집니다. 흔들림의 원인이 정말 잡음이라면, 1,000장을 한꺼번에 써서 잡음을 없앴을 때는 학습률을 줄이지 않아도 흔들리지 않아야 합니다. 갱신 횟수를 120번으로 맞추고 시드 10개로 확인합니다.

# %% [markdown] lang="en"
# This cell shows only what the schedule looks like; it is no evidence that warmup helps.
#
# ### Why the rate decays: the noise of batches { #gradient-noise .deeper }
#
# A gradient taken from a batch carries noise: it depends on which examples were drawn. At a constant rate the loss hovers at [a height proportional to the rate](momentum_adam.md#noise), and the loss at the end is a matter of luck. If the rate decays to 0, the hovering dies out. If noise is the cause, then runs without it, with all 1,000 images in each batch, should not hover even at a constant rate. Measure ten seeds, with 120 updates each.


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


# %% anchor="gradient_noise"
width, ended = {}, {}
for batch_size, cosine in [(50, False), (50, True), (1000, False)]:
    num_epochs = 120 * batch_size // 1000
    runs = (
        fit(1.0, seed, batch_size, cosine, num_epochs) for seed in range(10)
    )
    losses = [validation_loss(run) for run in runs]
    width[batch_size, cosine] = max(losses) - min(losses)
    ended[batch_size, cosine] = losses
    name = "cosine" if cosine else "constant"
    print(
        f"batch {batch_size:4}  {name:8}  "
        f"{min(losses):.3f} to {max(losses):.3f}"
    )
# > batch   50  constant  0.150 to 0.395
# > batch   50  cosine    0.191 to 0.213
# > batch 1000  constant  0.134 to 0.144
assert width[50, False] > 5 * max(width[50, True], width[1000, False])
mean, low, high = paired_difference(ended[50, False], ended[50, True])
print(f"constant - cosine: {mean:+.3f} [{low:+.3f}, {high:+.3f}]")
# > constant - cosine: +0.016 [-0.045, +0.077]
assert low < 0 < high

# %% [markdown] lang="ko"
# 배치가 50장이면 학습률을 고정했을 때의 검증 손실은 0.150에서 0.395까지 흩어지지만, 학습률을 줄이면 0.191과 0.213 사이에 모입니다. 잡음을 없앤 실행에서는 학습률을 고정해도 검증 손실이 0.134와 0.144 사이를 벗어나지 않습니다. 따라서 결과가 흩어진 원인은 잡음이며, 학습률을 줄여서 얻은 것은 가장 낮은 손실이 아니라 **일정한 결과**입니다. [시드마다 짝지은 차이](train_val_test.md#compare)의 신뢰구간인 −0.045~+0.077에 0이 들어 있으므로, 평균 손실까지 낮아지는지는 알 수 없습니다.
#
# 방향마다 갱신의 크기를 다르게 하는 방법은 [모멘텀과 Adam](momentum_adam.md)에서 다루고, 이런 방법을 언제 적용할지는 [신경망 학습의 기본 절차](training_recipe.md)에서 이어서 설명합니다.

# %% [markdown] lang="en"
# In batches of 50, a constant rate ends at a validation loss anywhere from 0.150 to 0.395, and a decaying one between 0.191 and 0.213. Without the noise even a constant rate ends between 0.134 and 0.144. So noise is what scattered the results, and what the decay gained is not the lowest loss but **a consistent result**. Whether the mean loss is lower as well, we cannot tell: the interval of the [paired differences](train_val_test.md#compare), from −0.045 to +0.077, contains 0.
#
# Steps that differ by direction are the topic of [momentum and Adam](momentum_adam.md); when to apply these methods is the topic of [a basic procedure for training](training_recipe.md).

# %% [markdown] lang="ko"
# ## 연습 문제 { #exercises }
#
# **1. 반복문 없이.** 곡률이 2인 포물선의 위치 10에서 출발하여 학습률 0.6으로 세 번 갱신했습니다. 코드로 한 번씩 따라가지 말고 식 하나로 위치를 구해 보세요. 출발점과 같은 쪽에 있을까요, 반대쪽에 있을까요?
#
# ??? tip "힌트"
#     갱신할 때마다 위치에 $1 - \eta\lambda$가 곱해지는데, 이 배수는 음수일 수도 있습니다.

# %% [markdown] lang="en"
# ## Exercises { #exercises }
#
# **1. Without a loop.** On a parabola with curvature 2, start at 10 and make three updates at a learning rate of 0.6. Find the position in a single formula, without following the updates one by one. Is it on the side where you started?
#
# ??? tip "Hint"
#     Each update multiplies the position by $1 - \eta\lambda$, and this factor may be negative.

# %% exercise="third_step"
### BEGIN SOLUTION
# 10 * (1 - 0.6 * 2) ** 3
third_step = 10 * (-0.2) ** 3
### END SOLUTION

# %% check="third_step"
w = torch.tensor(10.0, dtype=torch.float64)
for _ in range(3):
    w = w - 0.6 * 2 * w
assert isinstance(third_step, (int, float)), (
    f"{third_step!r} is not a number"
)
assert abs(third_step - w.item()) < 1e-3, f"{third_step} is not the place"

# %% wrong="third_step"
# ko: 기울기는 갱신할 때마다 달라지므로, 첫 갱신의 크기에 횟수를 곱해서는 안 됩니다.
# en: The slope changes at each step: do not just multiply the first step.
third_step = 10 - 3 * 0.6 * 2 * 10

# %% wrong="third_step"
# ko: 기울기는 위치에 곡률을 곱한 값인데, 곡률을 빠뜨렸습니다.
# en: It leaves out the curvature, but the slope is the position times the curvature.
third_step = 10 * (1 - 0.6) ** 3

# %% wrong="third_step"
# ko: 갱신할 때마다 최솟값을 건너뛰므로 부호가 바뀌며, 세 번이면 출발점의 반대쪽입니다.
# en: Each step passes the minimum and changes the sign, so three of them end on the other side.
third_step = 10 * 0.2**3

# %% [markdown] lang="ko"
# **2. 안정적인 학습률.** 세 방향의 곡률이 0.1, 4, 8입니다. 모든 방향에서 안정적인 학습률의 상한을 구해 보세요.
#
# ??? tip "힌트"
#     한 방향에서 안정적인 학습률은 $2 / \lambda$보다 작습니다. 세 방향의 한계 가운데 가장 먼저 걸리는 것은 어느 것인가요?

# %% [markdown] lang="en"
# **2. A stable rate.** The curvatures of three directions are 0.1, 4, and 8. Find the upper limit of the learning rates that are stable in every direction.
#
# ??? tip "Hint"
#     In one direction, stable rates lie below $2 / \lambda$. Which of the three limits comes first?

# %% exercise="stable_limit"
### BEGIN SOLUTION
# 2 / 8
stable_limit = 0.25
### END SOLUTION

# %% check="stable_limit"
assert isinstance(stable_limit, (int, float)), (
    f"{stable_limit!r} is no number"
)
right = (2 / torch.tensor([0.1, 4.0, 8.0])).min().item()
assert abs(stable_limit - right) < 1e-3, f"{stable_limit} is not the limit"

# %% wrong="stable_limit"
# ko: 이 학습률은 가장 가파른 방향을 갱신 한 번으로 끝내는 값이고, 안정적인 학습률의 한계는 그 두 배입니다.
# en: This rate finishes the steepest direction in one step; the limit of stability is twice that.
stable_limit = 1 / 8

# %% wrong="stable_limit"
# ko: 가장 완만한 방향이 아니라 가장 가파른 방향이 먼저 발산합니다.
# en: The steepest direction diverges first, not the flattest one.
stable_limit = 2 / 0.1

# %% wrong="stable_limit"
# ko: 평균 곡률에 맞춘 학습률은 평균보다 가파른 방향에서 발산합니다.
# en: A rate fit for the mean curvature diverges in the directions steeper than the mean.
stable_limit = 0.4959

# %% [markdown] lang="ko"
# **3. 움직일 가중치의 수.** 이번 갱신에서 가중치가 몇 개나 움직일지, 실제로 빼 보지 않고 예측해 보세요. `float32` 가중치와 기울기, 학습률이 주어질 때 움직일 가중치의 개수를 돌려주세요. 수의 간격은 `torch.nextafter`로 구하되, 가중치가 이동하는 쪽의 간격을 구해야 합니다. 2의 거듭제곱에서는 0에 가까운 쪽의 간격이 바깥쪽의 절반이기 때문입니다.
#
# ??? tip "힌트"
#     가중치는 기울기의 부호와 반대쪽으로 이동하고, 뺄셈의 결과는 가장 가까운 `float32` 수로 반올림됩니다. 갱신의 크기가 간격의 얼마를 넘어야 이웃한 수로 반올림될까요?

# %% [markdown] lang="en"
# **3. How many weights move?** Predict without subtracting: given `float32` weights, their gradient, and a learning rate, return how many weights this update moves. `torch.nextafter` gives you the gaps; take the one on the side of the step. At a power of two, the gap toward 0 is half the gap away from it.
#
# ??? tip "Hint"
#     A weight goes against the sign of its gradient, and the difference is rounded to the nearest `float32` number. What part of the gap must the step exceed to be rounded to the next one?


# %% exercise="num_moved" path="deeper"
def num_moved(weight, grad, lr):
    ### BEGIN SOLUTION
    toward = torch.where(grad > 0, -math.inf, math.inf)
    gap = (torch.nextafter(weight, toward) - weight).abs()
    return (lr * grad.abs() > gap / 2).sum().item()
    ### END SOLUTION


# %% check="num_moved"
model = copy.deepcopy(starts[2])
F.cross_entropy(model(x), target).backward()
weight, grad = model.weight.detach(), model.weight.grad
moved = num_moved(weight, grad, lr=1e-10)
assert moved == 0, f"lr 1e-10: {moved}, not 0"
for lr in (1e-9, 1e-8, 3e-8, 1e-7, 0.1):
    moved = num_moved(weight, grad, lr)
    right = (weight - lr * grad != weight).sum().item()
    assert moved == right, f"lr {lr:g}: {moved}, not {right}"
powers = torch.tensor([1.0, -1.0, 2.0, 0.5, 1.0])
slopes = torch.tensor([1.0, -1.0, 2.0, 0.5, -1.0])
moved = num_moved(powers, slopes, lr=4e-8)
assert moved == 4, f"{powers}, {slopes}, lr 4e-8: {moved}, not 4"


# %% wrong="num_moved"
# ko: 간격의 절반을 넘는 갱신은 반올림되어 이웃한 수로 이동하므로, 간격 전체와 비교하면 실제보다 적게 셉니다.
# en: A step of more than half a gap is rounded to the next number, so comparing with the whole gap counts too few.
def num_moved(weight, grad, lr):
    toward = torch.where(grad > 0, -math.inf, math.inf)
    gap = (torch.nextafter(weight, toward) - weight).abs()
    return (lr * grad.abs() > gap).sum().item()


# %% wrong="num_moved"
# ko: 간격은 수의 크기에 따라 다른데, 1에서의 간격을 모든 가중치에 썼습니다.
# en: The gap depends on the size of the number, and this uses the gap at 1 for all.
def num_moved(weight, grad, lr):
    return (lr * grad.abs() > 2**-24).sum().item()


# %% wrong="num_moved"
# ko: 2의 거듭제곱에서는 0에 가까운 쪽의 간격이 반대쪽의 절반인데, 가중치가 어느 쪽으로 이동하는지 살피지 않았습니다.
# en: At a power of 2 the gap toward 0 is half the other, and this ignores the side of the step.
def num_moved(weight, grad, lr):
    away = weight.sign() * math.inf
    gap = (torch.nextafter(weight, away) - weight).abs()
    return (lr * grad.abs() > gap / 2).sum().item()


# %% right="num_moved"
def num_moved(weight, grad, lr):
    exact = weight.double() - lr * grad.double()
    return (exact.float() != weight).sum().item()


# %% [markdown] lang="ko"
# **4. 등비로 늘어놓기.** 학습률 찾기에 쓸 학습률의 목록을 만들어 보세요. 값은 `low`에서 `high`까지 `count`개이고, 이웃한 두 값의 비가 모두 같아야 합니다. 단, `torch.logspace`는 쓰지 않습니다.
#
# ??? tip "힌트"
#     값이 `count`개면 그 사이의 간격은 몇 개일까요? `low`에 비를 그 수만큼 거듭 곱하면 `high`가 되어야 합니다.

# %% [markdown] lang="en"
# **4. Equal ratios.** Make the list of rates for a finder: `count` values from `low` to `high`, with the same ratio between neighbors. Write it without `torch.logspace`.
#
# ??? tip "Hint"
#     How many steps lie between `count` values? Multiplied by the ratio that many times, `low` must become `high`.


# %% exercise="geometric"
def geometric(low, high, count):
    ### BEGIN SOLUTION
    ratio = (high / low) ** (1 / (count - 1))
    return [low * ratio**i for i in range(count)]
    ### END SOLUTION


# %% check="geometric"
values = geometric(1e-5, 10, 100)
case = "geometric(1e-5, 10, 100)"
assert len(values) == 100, f"{case}: {len(values)} values"
ratios = [b / a for a, b in zip(values, values[1:], strict=False)]
assert all(abs(ratio - 1.1498) < 1e-4 for ratio in ratios), (
    f"{case}: ratios {min(ratios)} to {max(ratios)}, not 1.1498"
)
assert abs(values[-1] - 10) < 1e-6, f"{case}[-1]: {values[-1]}, not 10"
doubled = torch.tensor(geometric(2.0, 32.0, 5), dtype=torch.float32)
right = torch.tensor([2.0, 4.0, 8.0, 16.0, 32.0])
assert torch.allclose(doubled, right), (
    f"geometric(2, 32, 5): {doubled}, not {right}"
)


# %% wrong="geometric"
# ko: 이웃한 두 값의 비가 아니라 차가 일정한 목록입니다.
# en: The differences between neighbors are equal, not the ratios.
def geometric(low, high, count):
    return torch.linspace(low, high, count).tolist()


# %% wrong="geometric"
# ko: 값이 `count`개면 그 사이의 간격은 하나 적으므로, 이렇게 나누면 마지막 값이 `high`에 미치지 못합니다.
# en: Between `count` values there is one step fewer, so the last value falls short of `high`.
def geometric(low, high, count):
    ratio = (high / low) ** (1 / count)
    return [low * ratio**i for i in range(count)]


# %% wrong="geometric"
# ko: 목록이 `low`의 다음 값에서 시작해 `high`를 넘어선 값에서 끝납니다.
# en: It begins with the value after `low` and ends beyond `high`.
def geometric(low, high, count):
    ratio = (high / low) ** (1 / (count - 1))
    return [low * ratio ** (i + 1) for i in range(count)]


# %% right="geometric"
def geometric(low, high, count):
    logs = torch.linspace(
        math.log(low), math.log(high), count, dtype=torch.float64
    )
    return logs.exp().tolist()


# %% [markdown] lang="ko"
# **5. 손실이 넘치는 순간.** 진짜 발산을 미리 계산해 보세요. 첫 손실과 곡률, 학습률만 알 때, 손실이 `float32`의 최댓값인 3.4e38을 처음 넘는 것은 몇 번 갱신한 뒤인가요? 오차는 모두 곡률이 가장 큰 방향에 있다고 가정합니다. 손실이 그 값을 넘지 않는다면 `None`을 돌려주세요.
#
# ??? tip "힌트"
#     갱신할 때마다 오차는 $1 - \eta\lambda$배가 되는데, 손실은 오차에 비례하지 않고 오차의 제곱에 비례합니다. 몇 제곱에서 한계를 넘는지는 로그를 취하면 알 수 있습니다.

# %% [markdown] lang="en"
# **5. When it overflows.** Forecast a real divergence. From the first loss, the curvature, and the learning rate alone: after how many updates does the loss first exceed 3.4e38, the largest `float32`? Assume that the whole error lies along the most curved direction. If it never does, return `None`.
#
# ??? tip "Hint"
#     Each update multiplies the error by $1 - \eta\lambda$, and the loss is proportional not to the error but to its square. Which power exceeds the limit? Take logarithms to find out.


# %% exercise="overflow" path="deeper"
def updates_to_overflow(first_loss, curvature, lr):
    ### BEGIN SOLUTION
    growth = (1 - lr * curvature) ** 2
    if growth <= 1:
        return None
    return math.ceil(math.log(3.4e38 / first_loss) / math.log(growth))
    ### END SOLUTION


# %% check="overflow"
stable = updates_to_overflow(29662, curvature=44014, lr=4.2e-5)
case = "loss 29662, curvature 44014, lr"
assert stable is None, f"{case} 4.2e-5: {stable}, not None"
forecast = [
    updates_to_overflow(29662, curvature=44014, lr=lr)
    for lr in (0.1, 0.01, 0.001)
]
assert forecast == [5, 7, 11], (
    f"{case} 0.1, 0.01, 0.001: {forecast}, not [5, 7, 11]"
)
late = updates_to_overflow(29662, curvature=44014, lr=1e-4)
assert abs(late - 32) <= 1, f"{case} 1e-4: {late}, not 32"
small = updates_to_overflow(3.4, curvature=2, lr=6.0)
assert small == 19, f"loss 3.4, curvature 2, lr 6: {small}, not 19"
gentle = updates_to_overflow(5.0, curvature=2, lr=0.9)
assert gentle is None, f"curvature 2, lr 0.9: {gentle}, not None"


# %% wrong="overflow"
# ko: 5e-5라는 한계를 적어 두었지만, 발산하지 않는 학습률의 한계는 곡률에 따라 달라집니다.
# en: It has the limit 5e-5 written down, but which rates do not diverge depends on the curvature.
def updates_to_overflow(first_loss, curvature, lr):
    if lr < 5e-5:
        return None
    growth = (1 - lr * curvature) ** 2
    return math.ceil(math.log(3.4e38 / first_loss) / math.log(growth))


# %% wrong="overflow"
# ko: $1 - \eta\lambda$는 오차가 커지는 배수이므로, 손실이 커지는 배수를 구하려면 제곱해야 합니다.
# en: The loss grows by the square of $1 - \eta\lambda$, by which the error grows.
def updates_to_overflow(first_loss, curvature, lr):
    growth = abs(1 - lr * curvature)
    if growth <= 1:
        return None
    return math.ceil(math.log(3.4e38 / first_loss) / math.log(growth))


# %% wrong="overflow"
# ko: 손실이 첫 손실이 아니라 1에서 시작한 것으로 계산했습니다.
# en: It starts from a loss of 1 instead of the first loss.
def updates_to_overflow(first_loss, curvature, lr):
    growth = (1 - lr * curvature) ** 2
    if growth <= 1:
        return None
    return math.ceil(math.log(3.4e38) / math.log(growth))


# %% wrong="overflow"
# ko: 내림하면 한계를 아직 넘지 않은 마지막 갱신까지만 셉니다.
# en: Rounded down, it counts the last update that does not exceed the limit yet.
def updates_to_overflow(first_loss, curvature, lr):
    growth = (1 - lr * curvature) ** 2
    if growth <= 1:
        return None
    return math.floor(math.log(3.4e38 / first_loss) / math.log(growth))


# %% right="overflow"
def updates_to_overflow(first_loss, curvature, lr):
    growth, loss, count = (1 - lr * curvature) ** 2, first_loss, 0
    while growth > 1 and loss <= 3.4e38:
        loss, count = loss * growth, count + 1
    return count or None


# %% [markdown] lang="ko"
# ## 퀴즈 { #quiz }
#
# ??? question "1. 포물선에서 학습률과 곡률의 곱이 1.9입니다. 어떻게 되나요?"
#     - [ ] 바닥을 지나치므로 발산합니다: 건너편으로 넘어가는 것은 맞지만, 넘어간 곳이 바닥에 더 가까우므로 바닥을 지나칠 뿐 멀어지는 것은 아닙니다.
#     - [x] 좌우로 건너뛰며 수렴합니다: 갱신마다 바닥까지의 거리가 $1 - 1.9 = -0.9$배가 되므로 부호는 바뀌고 크기는 줄어듭니다.
#     - [ ] 한 번에 바닥에 도착합니다: 곱이 1일 때의 이야기이며, 그때는 거리가 $1 - 1 = 0$배가 됩니다.
#
# ??? question "2. 곱이 2.1이면 어떻게 되나요?"
#     - [x] 갱신마다 멀어지며 발산합니다: 거리가 $-1.1$배가 되어 갱신마다 10% 멀어집니다. 교차 엔트로피처럼 곡률이 달라지는 손실은 출렁이다가 더 평평한 곳을 찾기도 하지만, 포물선에는 그런 곳이 없습니다.
#     - [ ] 2를 조금 넘으니 느리게 수렴합니다: 조금 넘은 것쯤은 괜찮을 듯하지만, 크기가 1보다 큰 수의 거듭제곱은 결국 무한히 커집니다.
#     - [ ] 같은 두 점 사이를 끝없이 오갑니다: 곱이 정확히 2일 때만 그렇게 되며, 그때는 거리가 $-1$배가 되어 크기가 그대로입니다.
#
# ??? question "3. 학습률이 1e5인데 왜 손실이 무한대가 되지 않나요?"
#     - [ ] 갱신을 20번밖에 하지 않아서입니다: 더 하면 터질 듯하지만, 계속하면 오히려 525번 만에 손실이 0이 되었습니다.
#     - [ ] 확률이 1 이하라 손실도 작아서입니다: 확률에는 한계가 있어도 그 로그에는 없어서, 손실은 200만까지 갔습니다.
#     - [x] 갱신의 크기에 한계가 있어서입니다: $p - y$에 한계가 있어 갱신의 크기도 학습률에 비례하는 값을 넘지 못하고, 손실이 볼록해서 최솟값 쪽으로 되돌아옵니다.
#
# ??? question "4. 학습률이 1e-10이면 왜 손실이 조금도 변하지 않나요?"
#     - [x] 갱신이 반올림으로 사라지기 때문입니다: 갱신의 크기가 이웃한 `float32` 수 사이 간격의 절반보다 작습니다. 오래 돌려도 같은 갱신이 매번 똑같이 사라집니다.
#     - [ ] 변화가 여섯째 자리 아래에 있기 때문입니다: 출력한 자릿수가 모자란 것처럼 보이지만, 매개변수가 비트 단위로 똑같았습니다.
#     - [ ] 기울기가 0이 되었기 때문입니다: 기울기가 0이면 이렇게 보이지만, 여기서는 기울기가 3을 넘었습니다.
#
# ??? question "5. 학습률 찾기에서 손실이 가장 낮은 학습률을 고르면 될까요?"
#     - [ ] 네, 손실이 가장 낮으니 가장 좋습니다: 그 학습률로 한 번만 갱신한 손실을 학습을 마친 뒤의 손실로 착각한 답입니다.
#     - [ ] 아니요, 안전하게 100분의 1로 고릅니다: 작을수록 안전한 것은 맞지만, 이만큼 작으면 학습이 끝날 때까지 손실이 충분히 줄지 않습니다.
#     - [x] 아니요, 3분의 1에서 10분의 1로 고릅니다: 손실이 가장 낮은 학습률을 그대로 쓴 학습은 시드 3개에서 모두 실패했고, 그 3분의 1과 10분의 1에서는 모두 잘되었습니다.

# %% [markdown] lang="en"
# ## Quiz { #quiz }
#
# ??? question "1. On a parabola, learning rate times curvature is 1.9. What happens?"
#     - [ ] It overshoots and so diverges: It does cross to the other side, but overshooting is not moving away. Where it lands is closer to the bottom.
#     - [x] It converges from side to side: Each update multiplies the distance to the bottom by $1 - 1.9 = -0.9$: the sign flips, the size shrinks.
#     - [ ] It arrives in a single update: That is the case of a product of 1, where the distance is multiplied by $1 - 1 = 0$.
#
# ??? question "2. And what happens with a product of 2.1?"
#     - [x] It moves away at each update: The factor is $-1.1$, so each update ends 10% farther out. A loss whose curvature varies, such as cross entropy, may churn until it finds a flatter place, but a parabola has none.
#     - [ ] Being near 2, it converges slowly: A little too much seems harmless, but powers of a number above 1 in size grow without end.
#     - [ ] It swings between two points: It does if the product is exactly 2. Then the factor is $-1$, and the size stays.
#
# ??? question "3. With a learning rate of 1e5, why does the loss not become infinite?"
#     - [ ] Because there were only 20 updates: More of them seem bound to blow up, but carried on, the loss reached 0 after 525.
#     - [ ] Because probabilities stay below 1: They are limited, but their logarithm is not. The loss went up to 2 million.
#     - [x] Because an update is limited: $p - y$ is bounded, so an update cannot exceed a fixed multiple of the learning rate, and as the loss is convex, updates turn back toward the minimum.
#
# ??? question "4. With a learning rate of 1e-10, why does the loss not change at all?"
#     - [x] Because updates are rounded away: They are less than half the gap between neighboring `float32` numbers. However long one trains, the same update vanishes each time.
#     - [ ] Because the change is below six decimals: Too few digits seem to be printed, but the parameters were equal bit for bit.
#     - [ ] Because the gradient became 0: With a gradient of 0 it would look like this, but here it exceeded 3.
#
# ??? question "5. Should you take the learning rate at which the finder's loss is lowest?"
#     - [ ] Yes, the lowest loss is the best: This mistakes the loss after one update at that rate for the loss after training.
#     - [ ] No, a hundredth of it, to be safe: Smaller is indeed safer, but at a rate this small the loss has not fallen far enough when training ends.
#     - [x] No, a third to a tenth of it: Training at the lowest loss itself failed with all 3 seeds; at a third and at a tenth of it, it went well each time.

# %% [markdown] lang="ko"
# ## 정리 { #summary }
#
# - 포물선에서는 $\eta\lambda$가 학습의 결과를 정합니다. 이 값이 2보다 작으면 수렴하고, 그 가운데 1과 2 사이에서는 오버슈팅하면서 수렴하며, 2를 넘으면 발산합니다. 방향이 여럿이면 학습률의 한계는 $2/\lambda_{\max}$입니다. 이 한계는 출발점에서 0.2938이었지만 갱신 한 번 만에 0.1183이 되었습니다.
# - 학습률 1e5에서도 손실은 발산하지 않습니다. 기울기에 한계가 있고 손실이 볼록하므로, 손실은 학습률에 비례하는 높이에서 오르내리고, 계속하면 퍼셉트론처럼 0에 이르기도 합니다. 손실이 갱신할 때마다 몇 배로 불어나려면 거리와 함께 커지는 기울기가 필요합니다. 다만 볼록하지 않은 손실은 기울기에 한계가 있어도 같은 만큼씩 끝없이 올라갈 수 있습니다.
# - 학습률 1e-10에서는 갱신이 모두 흡수되어 매개변수가 비트 단위로 똑같이 남습니다. 다만 0에 아주 가까운 가중치가 있으면 그 가중치는 움직일 수 있습니다.
# - 학습률은 같은 초기 가중치에서 비교하고, 출력된 손실이 갱신 전의 값인지 갱신 후의 값인지도 밝힙니다.
# - 학습률은 훑기나 학습률 찾기로 고르되, 학습률 찾기 곡선에서 최솟값이 나온 학습률의 3분의 1에서 10분의 1로 잡습니다. 또한 배치 크기나 학습 길이가 바뀌면 학습률도 다시 정합니다.

# %% [markdown] lang="en"
# ## What we saw { #summary }
#
# - On a parabola, $\eta\lambda$ decides: below 2 it converges, between 1 and 2 by overshooting, above 2 it diverges. With many directions the limit is $2/\lambda_{\max}$; it was 0.2938 at the start and 0.1183 after one update.
# - At 1e5 nothing diverges. The gradient is limited and the loss convex, so the loss goes up and down at a height proportional to the learning rate, and carried on, it may reach 0 as a perceptron does. To be multiplied at every update, a loss needs a gradient that grows with distance, but a loss that is not convex may climb without end by equal amounts even if its gradient is limited.
# - At 1e-10 every update is absorbed, and the parameters stay the same bit for bit. A weight very close to 0, if there is one, may still move.
# - Compare from the same initial weights, and say whether a printed loss is from before or after the update.
# - Choose a rate by a sweep or with an LR finder, at a third to a tenth of the finder's minimum. Revisit it when the batch size or the length of training changes.

# %% [markdown] lang="ko"
# ## 참고 자료 { #references }
#
# - PyTorch 문서: [`torch.optim.SGD`](https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html), [`torch.nextafter`](https://docs.pytorch.org/docs/stable/generated/torch.nextafter.html), [`torch.linalg.eigvalsh`](https://docs.pytorch.org/docs/stable/generated/torch.linalg.eigvalsh.html), [`torch.autograd.functional.hessian`](https://docs.pytorch.org/docs/stable/generated/torch.autograd.functional.hessian.html), [`CosineAnnealingLR`](https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CosineAnnealingLR.html), [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html)
# - [모두를 위한 딥러닝 시즌 2, lab 7](https://github.com/deeplearningzerotoall/PyTorch/blob/master/lab-07_1_tips.ipynb)
# - A. Tyurin, [From Logistic Regression to the Perceptron Algorithm](https://arxiv.org/abs/2412.08424), 2024. 학습률을 한없이 키운 로지스틱 회귀가 퍼셉트론이 되는 이유를 밝힙니다.
# - J. Cohen 외, [Gradient Descent on Neural Networks Typically Occurs at the Edge of Stability](https://arxiv.org/abs/2103.00065), 2021. 신경망의 가장 큰 곡률이 $2/\eta$ 근처까지 올라가 머무는 현상을 보고합니다.
# - L. N. Smith, [Cyclical Learning Rates for Training Neural Networks](https://arxiv.org/abs/1506.01186), 2017. 학습률을 키우며 범위를 찾는 시험을 제안합니다.
# - P. Goyal 외, [Accurate, Large Minibatch SGD](https://arxiv.org/abs/1706.02677), 2017. 배치에 따른 선형 스케일링과 워밍업을 다룹니다.

# %% [markdown] lang="en"
# ## References { #references }
#
# - PyTorch documentation: [`torch.optim.SGD`](https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html), [`torch.nextafter`](https://docs.pytorch.org/docs/stable/generated/torch.nextafter.html), [`torch.linalg.eigvalsh`](https://docs.pytorch.org/docs/stable/generated/torch.linalg.eigvalsh.html), [`torch.autograd.functional.hessian`](https://docs.pytorch.org/docs/stable/generated/torch.autograd.functional.hessian.html), [`CosineAnnealingLR`](https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CosineAnnealingLR.html), [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html)
# - [Deep Learning Zero to All, season 2, lab 7](https://github.com/deeplearningzerotoall/PyTorch/blob/master/lab-07_1_tips.ipynb)
# - A. Tyurin, [From Logistic Regression to the Perceptron Algorithm](https://arxiv.org/abs/2412.08424), 2024. Why logistic regression with ever larger steps turns into the perceptron.
# - J. Cohen et al., [Gradient Descent on Neural Networks Typically Occurs at the Edge of Stability](https://arxiv.org/abs/2103.00065), 2021. How the largest curvature of a network climbs to about $2/\eta$ and stays there.
# - L. N. Smith, [Cyclical Learning Rates for Training Neural Networks](https://arxiv.org/abs/1506.01186), 2017. Proposes finding the range of good rates by raising the rate during a run.
# - P. Goyal et al., [Accurate, Large Minibatch SGD](https://arxiv.org/abs/1706.02677), 2017. Linear scaling with the batch size, and warmup.
