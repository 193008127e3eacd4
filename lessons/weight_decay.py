# ---
# needs: [maximum_likelihood, standardization]
# ---

# %% [markdown] lang="ko"
# # L2 규제와 가중치 감쇠 { #weight-decay }
#
# 가중치의 크기에 벌점(penalty)을 매기면 무엇이 달라질까요? 잘 알려진 실험 하나를 분석하면서 벌점을 올바르게 매기는 방법과 그 세기를 정하는 방법을 배웁니다.
#
# 널리 쓰이는 강의 노트에서는 회귀를 두 번 실행합니다. 벌점 없이 학습한 첫 실행의 손실은 6.63이고, "L2 규제"를 넣은 둘째 실행의 손실은 190.64입니다. 규제가 성능을 그만큼 망친 것처럼 보이지만 사실은 그렇지 않습니다. 게다가 노트에서 더한 벌점은 L2도 아니었습니다. 문제는 모두 세 가지이며, 하나씩 고치다 보면 `weight_decay`라는 인자가 실제로 무슨 일을 하는지 알 수 있습니다.
#
# !!! abstract "학습 목표"
#     - 벌점이 섞인 손실에서 데이터 손실을 분리하여 두 모델을 공정하게 비교합니다.
#     - 노름과 노름의 제곱이 가중치를 어떻게 다르게 당기는지 설명합니다.
#     - L2 규제를 세 가지 방법으로 구현하고 편향을 벌점에서 제외합니다.
#     - SGD, Adam, AdamW에서 `weight_decay`의 의미가 어떻게 다른지 설명합니다.
#     - 검증 데이터로 $\lambda$를 고르고, 규제가 정말 도움이 되었는지 대조 실험으로 확인합니다.

# %% [markdown] lang="en"
# # L2 regularization and weight decay { #weight-decay }
#
# What changes when large weights are penalized? Take a well-known experiment apart, then learn to set a penalty up correctly and choose its strength.
#
# Widely used lecture notes fit a regression twice. The plain run ends at 6.63; the run with "L2 regularization" ends at 190.64. Did regularization do that much harm? No. Nor was the penalty L2 at all. There are three mistakes, and fixing them one by one shows what the argument `weight_decay` really does.
#
# !!! abstract "What you will be able to do"
#     - Separate the data loss from a loss that contains a penalty, and compare fairly.
#     - Explain how a norm and a squared norm pull on weights in different ways.
#     - Implement L2 regularization in three ways, and leave the bias out of it.
#     - Tell what `weight_decay` means in SGD, Adam, and AdamW.
#     - Choose $\lambda$ on validation data, and check with a control whether regularization really helped.

# %%
import copy

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

# %% [markdown] lang="ko"
# ## 190.64의 재현 { #replay }
#
# 데이터는 특성이 3개인 샘플 5개입니다. 시험 점수 세 개로 최종 점수를 예측하는 문제이며, 특성은 미리 [표준화](standardization.md)해 둡니다. 노트의 둘째 실행에서는 MSE에 모든 매개변수의 노름(norm)을 더합니다. 여기서 노름은 벡터의 길이, 즉 $\lVert w \rVert = \sqrt{\sum_j w_j^2}$입니다.
#
# $$
# \text{total} = \text{MSE} + \lVert w \rVert + \lvert b \rvert
# $$
#
# 노트에서는 합계만 출력했지만, 아래의 학습 함수는 합계, 데이터 손실, 벌점을 따로 기록합니다.

# %% [markdown] lang="en"
# ## Replaying 190.64 { #replay }
#
# The data have five examples and three features: three exam scores predict a final score. The features are [standardized](standardization.md). The second run of the notes adds the norm of every parameter to the MSE. A norm is the length of a vector, $\lVert w \rVert = \sqrt{\sum_j w_j^2}$.
#
# $$
# \text{total} = \text{MSE} + \lVert w \rVert + \lvert b \rvert
# $$
#
# Our training function writes down the total, the data loss, and the penalty separately. The notes printed the total alone.

# %% folded="optional"
x_raw = torch.tensor(
    [
        [73.0, 80, 75],
        [93, 88, 93],
        [89, 91, 90],
        [96, 98, 100],
        [73, 66, 70],
    ]
)
y = torch.tensor([[152.0], [185], [180], [196], [142]])
x = (x_raw - x_raw.mean(dim=0)) / x_raw.std(dim=0)


def no_penalty(model):
    return torch.zeros(())


def unsquared_norms(model):
    return sum(torch.linalg.vector_norm(p) for p in model.parameters())


# %%
def train(model, penalty, num_updates=20, lr=0.1):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    history = []
    for _ in range(num_updates):
        data_loss = F.mse_loss(model(x), y)
        penalty_loss = penalty(model)
        loss = data_loss + penalty_loss
        history.append((loss.item(), data_loss.item(), penalty_loss.item()))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return history


# %% [markdown] lang="ko"
# 노트에서는 시드를 맨 앞에서 한 번만 정합니다. 그런 다음 분류 실습에서 `nn.Linear(3, 3)`을 네 번, 첫 회귀에서 `nn.Linear(3, 1)`을 한 번 만듭니다. 모듈을 만들 때마다 난수열에서 초깃값을 가져가므로, 노트와 같은 숫자를 얻으려면 앞의 다섯 모듈을 먼저 만들어야 합니다.
#
# 아래의 손실은 모두 갱신하기 **직전**에 계산한 값으로, 노트에서 `1/20`부터 `20/20`까지 출력한 스무 줄에 해당합니다.

# %% [markdown] lang="en"
# The notes set the seed once, at the very beginning. They then build `nn.Linear(3, 3)` four times for their classification runs and `nn.Linear(3, 1)` once for the first regression. Each module takes its initial values from the random stream, so to see the same numbers we must build those five first.
#
# All losses are taken right **before** an update. These are the twenty lines that the notes count from `1/20` to `20/20`.

# %% anchor="twenty_lines"
torch.manual_seed(1)
for _ in range(4):
    nn.Linear(3, 3)
plain, penalized = nn.Linear(3, 1), nn.Linear(3, 1)
start = copy.deepcopy(penalized)

plain_run = train(plain, no_penalty)
penalized_run = train(penalized, unsquared_norms)

print("update         total           MSE     penalty")
# > update         total           MSE     penalty
for update, (total, data, extra) in enumerate(penalized_run, start=1):
    print(f"{update:2d}/20  {total:12.6f}  {data:12.6f}  {extra:10.6f}")
# >  1/20  29477.810547  29476.677734    1.132537
# >  2/20  18798.513672  18757.636719   40.877178
# >  3/20  12059.365234  11988.109375   71.255417
# >  4/20   7773.400391   7678.666992   94.733353
# >  5/20   5038.263672   4925.193359  113.070297
# >  6/20   3290.066406   3162.566650  127.499657
# >  7/20   2171.881836   2032.968018  138.913773
# >  8/20   1456.433350   1308.457886  147.975449
# >  9/20    998.597473    843.410034  155.187454
# > 10/20    705.594727    544.657593  160.937134
# > 11/20    518.073608    352.547333  165.526306
# > 12/20    398.057220    228.865036  169.192184
# > 13/20    321.242920    149.120773  172.122147
# > 14/20    272.078247     97.613411  174.464844
# > 15/20    240.609131     64.270607  176.338531
# > 16/20    220.465637     42.628212  177.837433
# > 17/20    207.570602     28.533848  179.036758
# > 18/20    199.314804     19.318295  179.996506
# > 19/20    194.028214     13.263515  180.764694
# > 20/20    190.642029      9.262377  181.379654
print(f"first regression, line 20: {plain_run[-1][0]:.6f}")
# > first regression, line 20: 6.633700

# %% [markdown] lang="ko"
# 첫 열이 노트에 출력된 스무 개의 값으로, 29477.810547에서 출발해 190.642029로 끝납니다. 그런데 그 옆의 열을 보면 마지막 행에서 데이터 손실은 9.262377뿐이고, 나머지 181.379654는 모두 벌점입니다. 앞의 다섯 모듈을 만들지 않았다면 어떤 값에서 출발했을까요?

# %% [markdown] lang="en"
# The first column holds the twenty lines of the notes, from 29477.810547 down to 190.642029. Now look next to it. On the last line the data account for only 9.262377; the other 181.379654 are penalty. And where would the run begin without the modules built first?

# %% folded="optional"
torch.manual_seed(1)
skipped = nn.Linear(3, 1)
total = F.mse_loss(skipped(x), y) + unsquared_norms(skipped)
print(f"with the five modules built first {penalized_run[0][0]:.6f}")
# > with the five modules built first 29477.810547
print(f"without them                      {total.item():.6f}")
# > without them                      29572.125000
assert total.item() != penalized_run[0][0]

# %% [markdown] lang="ko"
# 초깃값이 다르면 결과도 달라지므로, 지금부터 비교하는 실행은 모두 `start`에 담아 둔 같은 초깃값에서 출발합니다.

# %% [markdown] lang="en"
# With other initial values, the results differ. From here on, every comparison begins at the same initial values, kept in `start`.

# %% [markdown] lang="ko"
# ## 무엇과 무엇을 비교했을까 { #fair-comparison }
#
# 노트는 6.63과 190.64를 나란히 제시하면서 끝나지만, 벌점은 둘째 값에만 들어 있습니다. 같은 기준으로 비교하기 위해 두 실행의 데이터 손실을 그려 봅시다.

# %% [markdown] lang="en"
# ## What was compared with what { #fair-comparison }
#
# The notes end by putting 6.63 next to 190.64. Only the second contains a penalty. Plot the data losses of both runs.

# %% figure="two_losses"
updates = range(1, 21)
fig, ax = plt.subplots(figsize=(6.4, 4.2))
for label, run, column, look, color in [
    ("MSE, first run", plain_run, 1, "o-", "C0"),
    ("MSE, second run", penalized_run, 1, "s--", "C1"),
    ("penalty, second run", penalized_run, 2, "^:", "C3"),
]:
    values = [row[column] for row in run]
    ax.semilogy(updates, values, look, color=color, label=label)
ax.set(xlabel="update", xticks=[1, 5, 10, 15, 20])
ax.set(ylabel="loss", ylim=(0.7, 60000))
ax.legend(loc="upper right")

# %% [markdown] lang="ko" caption="two_losses"
# 두 실행의 데이터 손실은 거의 겹치며, 둘째 실행의 손실이 190.64나 되는 것은 181까지 올라간 벌점 때문입니다.
#
# 가로축은 1번부터 20번까지의 갱신이고, 세로축은 로그 눈금으로 나타낸 손실입니다. 첫 실행의 MSE와 둘째 실행의 MSE는 29,000대에서 함께 내려와 각각 6.6과 9.3에서 끝납니다. 둘째 실행의 벌점은 1.1에서 출발해 8번째 갱신에서 148까지 올라가고, 181 근처에서 평평해집니다.
#
# - MSE, first run: 첫 실행의 MSE
# - MSE, second run: 둘째 실행의 MSE
# - penalty, second run: 둘째 실행의 벌점
# - update: 갱신 횟수
# - loss: 손실

# %% [markdown] lang="en" caption="two_losses"
# The data losses of the two runs nearly coincide. The loss of 190.64 comes from the penalty, which has climbed to 181.
#
# Horizontal axis: updates 1 to 20; vertical axis: loss on a log scale. The MSE of the first run and that of the second come down together from above 29,000 and end at 6.6 and 9.3. The penalty of the second run starts at 1.1, has reached 148 by update 8, and levels off at 181.

# %% [markdown] lang="ko"
# !!! warning "벌점이 다른 손실은 비교할 수 없습니다"
#     벌점이 든 손실은 옵티마이저(optimizer)가 줄여야 할 목적 함수일 뿐입니다. 모델을 비교할 때는 벌점을 뺀 데이터 손실을 **검증 데이터**에서 계산해야 합니다. 그러므로 6.63과 비교할 값은 190.64가 아니라 9.26입니다.
#
# 그러나 두 실행은 초깃값도 서로 다르므로, 6.63과 9.26을 비교하는 것도 아직 공정하지 않습니다. 같은 초깃값 `start`에서 20번 갱신한 뒤의 MSE를 비교해 봅시다.

# %% [markdown] lang="en"
# !!! warning "Losses with different penalties cannot be compared"
#     A loss with a penalty in it is meant for the optimizer that minimizes it. To compare models, take the data loss without the penalty, and take it on **validation data**. The counterpart of 6.63 is not 190.64 but 9.26.
#
# Even 6.63 and 9.26 are not a fair pair, since the two runs began at different initial values. Compare the MSE after 20 updates from the same `start`.

# %% anchor="same_start"
for name, penalty in [
    ("none", no_penalty),
    ("unsquared norms", unsquared_norms),
]:
    model = copy.deepcopy(start)
    train(model, penalty)
    with torch.no_grad():
        print(
            f"{name:16} MSE after 20 updates {F.mse_loss(model(x), y):.4f}"
        )
# > none             MSE after 20 updates 4.2579
# > unsquared norms  MSE after 20 updates 6.6002

# %% [markdown] lang="ko"
# 같은 초깃값에서 출발한 두 실행의 MSE는 각각 4.2579와 6.6002입니다. 벌점 없이 끝까지 학습하면 훈련 데이터의 MSE가 최솟값에 이르므로, 벌점을 더해 학습한 MSE는 아무리 낮아도 이 값 이상입니다. 규제(regularization)의 가치는 **학습에 쓰지 않은 데이터**에서만 드러나는데, 이 데이터에는 검증 세트가 없습니다. 따라서 노트의 비교만으로는 규제가 좋은지 나쁜지 알 수 없습니다. 규제가 도움이 되는 경우는 [뒤에서](#choose-lambda) 측정해 봅니다.

# %% [markdown] lang="en"
# From the same start, the two runs end at 4.2579 and 6.6002. Trained to the end without a penalty, the MSE on the training data is at its minimum, so no training with a penalty can get below it. What regularization is worth shows only on **unseen data**, and here there is no validation set. So the comparison in the notes cannot tell whether regularization is good or bad. We will measure a case where it helps [further down](#choose-lambda).

# %% [markdown] lang="ko"
# ### 제자리에서 더하지 않기 { #in-place .deeper }
#
# 노트에서는 벌점을 `cost += l2_reg`로 더했지만, 텐서에 쓰는 `+=`는 새 텐서를 만들지 않고 **원래 있던 값을 덮어씁니다**. 그러면 기록해 둔 데이터 손실까지 함께 바뀌고, 역전파(backpropagation)에 필요한 값이 사라지기도 합니다. 예를 들어 MSE를 그 제곱근인 RMSE로 바꾸기만 해도 오류가 발생합니다.

# %% [markdown] lang="en"
# ### Do not add in place { #in-place .deeper }
#
# The notes added the penalty with `cost += l2_reg`. On a tensor, `+=` makes no new tensor; it **overwrites the value that was there**. A data loss kept for the log changes along with it, and sometimes a value that backpropagation needs is lost. Turning the MSE into its square root, the RMSE, is enough to cause an error.

# %% anchor="in_place"
w = torch.tensor([3.0, 4.0], requires_grad=True)
cost = (w**2).mean()
logged = cost.detach()
before = logged.item()
cost += torch.linalg.vector_norm(w)
print(f"logged MSE: {before} became {logged.item()}")
# > logged MSE: 12.5 became 17.5
assert logged.item() == before + 5

cost = (w**2).mean().sqrt()
cost += torch.linalg.vector_norm(w)
try:
    cost.backward()
except RuntimeError as error:
    print(str(error).split(":")[0])
# > one of the variables needed for gradient computation has been modified by an inplace operation

# %% [markdown] lang="ko"
# `detach()`는 값을 복사하지 않고 같은 메모리를 가리키므로, 12.5로 기록해 둔 값이 17.5로 바뀌었습니다. RMSE에서는 제곱근을 미분할 때 필요한 제곱근의 값을 덮어쓴 탓에 아예 오류가 났습니다. `loss = data_loss + penalty`라고 쓰면 두 문제가 모두 생기지 않고, 데이터 손실도 별도의 변수에 그대로 남습니다. 이 오류의 원인을 찾는 방법은 [증상으로 찾기](symptoms.md#inplace) 레슨에 있습니다.

# %% [markdown] lang="en"
# The 12.5 in the log has turned into 17.5, because `detach()` makes no copy and points to the same memory. With the RMSE it fails outright: the derivative of a square root needs the value of the root, and that was overwritten. Write `loss = data_loss + penalty` instead. Then neither happens, and the data loss keeps a name of its own. How to find what causes this error is in [Find it by its symptom](symptoms.md#inplace).

# %% [markdown] lang="ko"
# ## 노름과 노름의 제곱 { #pull .deeper }
#
# 둘째 문제는 벌점 자체에 있습니다. **L2 규제**(L2 regularization)는 노름의 **제곱**을 더하는 방법인데, 노트의 식에는 제곱이 없고 세기를 정할 계수 $\lambda$도 없습니다. 제곱을 빠뜨리면 벌점의 크기뿐만 아니라 가중치를 당기는 방식까지 달라집니다. 두 벌점의 기울기(gradient, 그레이디언트)를 비교해 봅시다.
#
# $$
# \nabla \lVert w \rVert = \frac{w}{\lVert w \rVert}, \qquad \nabla \lVert w \rVert^2 = 2w
# $$
#
# 길이가 5인 $(3, 4)$와 크기가 그 100분의 1인 가중치를 넣어서 확인해 봅시다.

# %% [markdown] lang="en"
# ## A norm and its square { #pull .deeper }
#
# The second mistake is the penalty itself. **L2 regularization** adds the **square** of the norm. The formula in the notes has no square, nor a coefficient $\lambda$ to set the strength. Leaving out the square changes not only the size of the penalty but also how it pulls on the weights. Compare the gradients.
#
# $$
# \nabla \lVert w \rVert = \frac{w}{\lVert w \rVert}, \qquad \nabla \lVert w \rVert^2 = 2w
# $$
#
# Try $(3, 4)$, which has length 5, and a weight vector a hundred times smaller.

# %% anchor="two_pulls"
for values in ([3.0, 4.0], [0.03, 0.04]):
    w = torch.tensor(values, requires_grad=True)
    (of_norm,) = torch.autograd.grad(torch.linalg.vector_norm(w), w)
    (of_square,) = torch.autograd.grad((w**2).sum(), w)
    print(f"w {values}:  norm pulls {of_norm}  square pulls {of_square}")
    assert torch.isclose(
        torch.linalg.vector_norm(of_norm), torch.tensor(1.0)
    )
    assert torch.equal(of_square, 2 * w)
# > w [3.0, 4.0]:  norm pulls tensor([0.6000, 0.8000])  square pulls tensor([6., 8.])
# > w [0.03, 0.04]:  norm pulls tensor([0.6000, 0.8000])  square pulls tensor([0.0600, 0.0800])

# %% [markdown] lang="ko"
# 노름은 $w$가 크든 작든 언제나 (0.6, 0.8), 즉 크기가 1인 힘으로 당깁니다. 반면 제곱은 (6, 8)로 세게 당기다가 가중치가 작아지면 (0.06, 0.08)로 약해지므로, 학습의 결과도 달라집니다. 가중치가 하나뿐인 경우를 생각하고, 벌점이 없을 때의 최적값을 $a$라고 합시다.
#
# $$
# \begin{aligned}
# \arg\min_w \; (w - a)^2 + \lambda \lvert w \rvert &= \operatorname{sign}(a)\,\max\!\left(\lvert a \rvert - \tfrac{\lambda}{2},\, 0\right) \\
# \arg\min_w \; (w - a)^2 + \lambda w^2 &= \frac{a}{1 + \lambda}
# \end{aligned}
# $$
#
# 노름은 크기와 상관없이 같은 **양**을 빼고, 제곱은 같은 **비율**로 줄입니다. $\lambda = 1$일 때 두 식이 맞는지 촘촘한 격자에서 확인해 봅시다.

# %% [markdown] lang="en"
# The norm pulls by (0.6, 0.8), length 1, however large or small $w$ is. The square pulls hard, with (6, 8), and weakens to (0.06, 0.08) once the weights are small. So the outcome differs as well. Take a single weight, and let $a$ be the value the data want: the optimum without a penalty.
#
# $$
# \begin{aligned}
# \arg\min_w \; (w - a)^2 + \lambda \lvert w \rvert &= \operatorname{sign}(a)\,\max\!\left(\lvert a \rvert - \tfrac{\lambda}{2},\, 0\right) \\
# \arg\min_w \; (w - a)^2 + \lambda w^2 &= \frac{a}{1 + \lambda}
# \end{aligned}
# $$
#
# The norm takes the same **amount** off every value; the square takes the same **share**. Check both formulas on a fine grid, for $\lambda = 1$.

# %%
grid = torch.linspace(-4, 4, 8001, dtype=torch.float64)
for a in (3.0, 1.0, 0.3):
    with_norm = grid[((grid - a) ** 2 + grid.abs()).argmin()].item()
    with_square = grid[((grid - a) ** 2 + grid**2).argmin()].item()
    print(
        f"data want {a}:  norm leaves {abs(with_norm):.2f}  "
        f"square leaves {with_square:.2f}"
    )
    assert abs(with_norm - max(a - 0.5, 0)) < 1e-3
    assert abs(with_square - a / 2) < 1e-3
# > data want 3.0:  norm leaves 2.50  square leaves 1.50
# > data want 1.0:  norm leaves 0.50  square leaves 0.50
# > data want 0.3:  norm leaves 0.00  square leaves 0.15

# %% figure="shrinkage"
a = torch.linspace(-3, 3, 121)
fig, ax = plt.subplots(figsize=(6.4, 4.2))
ax.plot(a, a, ":", color="C7", label="no penalty")
ax.plot(
    a,
    a.sign() * (a.abs() - 0.5).clamp(min=0),
    "--",
    color="C3",
    label="norm",
)
ax.plot(a, a / 2, "-", color="C0", label="squared norm")
ax.set(
    xlabel="value the data want",
    ylabel="value we get",
    xlim=(-3, 3),
    ylim=(-3, 3),
)
ax.legend(loc="upper left")

# %% [markdown] lang="ko" caption="shrinkage"
# 노름은 모든 값의 크기에서 0.5를 빼고 작은 값은 0으로 만듭니다. 제곱은 모든 값을 절반으로 줄이지만 0으로 만들지는 않습니다.
#
# 가로축은 벌점이 없을 때의 최적값, 세로축은 벌점을 더해 얻는 값으로 둘 다 −3에서 3까지이며, 벌점이 없는 경우는 대각선으로 나타납니다. 노름을 나타내는 파선은 −0.5와 0.5 사이에서 0에 머물고, 그 밖에서는 대각선과 0.5만큼 떨어져 나란히 갑니다. 제곱을 나타내는 실선은 원점을 지나며 기울기가 0.5인 직선입니다.
#
# - no penalty: 벌점 없음
# - norm: 노름
# - squared norm: 노름의 제곱
# - value the data want: 벌점이 없을 때의 최적값
# - value we get: 얻는 값

# %% [markdown] lang="en" caption="shrinkage"
# The norm takes 0.5 off the size of every value and sets small ones to 0. The square halves every value and sets none to 0.
#
# Horizontal axis: the value the data want, the optimum without a penalty; vertical axis: the value we get; both from −3 to 3. Without penalty it is the diagonal. The dashed line of the norm stays at 0 between −0.5 and 0.5 and elsewhere runs parallel to the diagonal, 0.5 away. The solid line of the square is a straight line through the origin with slope 0.5.

# %% [markdown] lang="ko"
# 최적값 3은 노름에서 2.50, 제곱에서 1.50이 되고, 0.3은 각각 0.00과 0.15가 됩니다. 제곱하지 않은 노름이 언제나 틀린 것은 아니며, 텐서 전체를 0으로 만들고 싶을 때 쓰는 **그룹 라소**(group lasso)가 바로 이런 벌점입니다. 다만 이 벌점을 L2 규제라고 부르는 것은 잘못이며, 0에서 꺾여 미분할 수 없다는 문제도 있습니다.

# %% [markdown] lang="en"
# A value of 3 becomes 2.50 with the norm and 1.50 with the square; 0.3 becomes 0.00 and 0.15. An unsquared norm is not always wrong. It is what **group lasso** uses to set whole tensors to 0. It is wrong to call it L2 regularization, though. It also brings a kink at 0, where it has no derivative.

# %%
w = torch.zeros(2, requires_grad=True)
(kink,) = torch.autograd.grad(torch.linalg.vector_norm(w), w)
(by_hand,) = torch.autograd.grad((w**2).sum().sqrt(), w)
(square,) = torch.autograd.grad((w**2).sum(), w)
print(
    "vector_norm at 0:", kink, " sqrt of sum:", by_hand, " square:", square
)
# > vector_norm at 0: tensor([0., 0.])  sqrt of sum: tensor([nan, nan])  square: tensor([0., 0.])
assert by_hand.isnan().all()

# %% [markdown] lang="ko"
# !!! warning "노름의 식을 직접 작성하면 0에서 nan이 됩니다"
#     `torch.linalg.vector_norm()`은 꺾인 점에서 0을 돌려주지만, 같은 식을 `sqrt()`로 작성하면 $0 \cdot \infty$가 되어 `nan`이 나옵니다. 제곱을 쓰면 이런 문제가 생기지 않습니다. 또한 노트에 쓰인 `torch.norm()`은 공식 문서에서 더 이상 쓰지 말라고 권하는 함수입니다.

# %% [markdown] lang="en"
# !!! warning "A norm written by hand is nan at 0"
#     At the kink, the gradient of `torch.linalg.vector_norm()` is 0. With `sqrt()`, the gradient of the same formula is computed as $0 \cdot \infty$, hence `nan`. The square has no such trouble. The function in the notes, `torch.norm()`, is also one that the documentation tells you not to use any more.

# %% [markdown] lang="ko"
# ## 편향에는 벌점을 매기지 않기 { #bias }
#
# 셋째 문제는 편향(bias)에도 벌점을 매긴 것이며, 노름을 제곱하기만 해서는 해결되지 않습니다. 표준화한 특성은 평균이 0이므로 편향 $b$에 대한 부분만 떼어 암산할 수 있습니다. $y$의 평균은 171이므로, $\lambda = 1$로 $b$에도 벌점을 매기면 다음 식을 최소화하게 됩니다.
#
# $$
# (b - 171)^2 + b^2
# $$
#
# $b$는 어디에서 멈추고 MSE는 얼마나 나빠질까요? 예상한 답을 적어 두고, 네 가지 벌점을 같은 초깃값에서 2,000번씩 학습시켜 봅시다.

# %% [markdown] lang="en"
# ## Leave the bias alone { #bias }
#
# The third mistake is the penalty on the bias, and squaring alone does not fix it. The features are standardized and have mean 0, so you can work out the terms that involve the bias $b$ in your head. The mean of $y$ is 171. If $b$ is penalized as well, with $\lambda = 1$, this is minimized:
#
# $$
# (b - 171)^2 + b^2
# $$
#
# Where does $b$ settle? How bad does the MSE get? Write down your answer, then train with four penalties from the same start, 2,000 updates each.


# %% anchor="bias_penalized"
def squared_weights(model):
    return (model.weight**2).sum()


def squared_all(model):
    return sum((p**2).sum() for p in model.parameters())


fits = {}
for penalty in (no_penalty, unsquared_norms, squared_weights, squared_all):
    model = copy.deepcopy(start)
    train(model, penalty, num_updates=2000)
    mse = F.mse_loss(model(x), y).item()
    fits[penalty] = model.weight.detach(), model.bias.item(), mse
    weights = " ".join(f"{value:.2f}" for value in model.weight[0].tolist())
    print(
        f"{penalty.__name__:16} MSE {mse:9.4f}  "
        f"b {model.bias.item():.1f}  w {weights}"
    )
# > no_penalty       MSE    0.1049  b 171.0  w 9.09 5.15 9.09
# > unsquared_norms  MSE    0.5279  b 170.5  w 8.91 5.89 8.18
# > squared_weights  MSE   39.2902  b 171.0  w 5.58 5.15 5.58
# > squared_all      MSE 7349.5405  b 85.5  w 5.58 5.15 5.58
assert abs(fits[unsquared_norms][1] - 170.5) < 1e-3
assert abs(fits[squared_weights][1] - 171) < 1e-3
assert abs(fits[squared_all][1] - 171 / 2) < 1e-3

# %% [markdown] lang="ko"
# - **벌점 없음.** 편향은 정확히 평균인 171.0에 이르고, MSE는 0.1049입니다.
# - **노트의 노름.** 당기는 힘이 언제나 1이므로 편향은 $2(b - 171) + 1 = 0$을 만족하는 170.5에서 멈춥니다. 171이나 되는 편향이 0.5밖에 움직이지 않아 피해가 작았지만, 이는 우연일 뿐입니다.
# - **가중치만 제곱.** 편향은 171.0 그대로이고 가중치만 줄었습니다. MSE가 39.29나 되는 이유는 $\lambda = 1$이 이 데이터에는 너무 강하기 때문입니다.
# - **편향까지 제곱.** 편향이 평균의 절반인 85.5에서 멈춥니다. 그 결과 모든 예측이 85쯤 모자라고 MSE가 7349.5까지 커집니다.

# %% [markdown] lang="en"
# - **No penalty.** The bias stands exactly at the mean, 171.0, with an MSE of 0.1049.
# - **Norms as in the notes.** The pull is always 1, so $2(b - 171) + 1 = 0$ at 170.5. It moved a bias of 171 by a mere 0.5 and so did little harm, but that was luck.
# - **Weights only, squared.** The bias stays at 171.0 and only the weights shrink. That the MSE is as high as 39.29 means that $\lambda = 1$ is too strong for these data.
# - **Squared, bias included.** The bias stops halfway, at 85.5. Every prediction falls some 85 short, and the MSE is 7349.5.

# %% [markdown] lang="ko"
# !!! warning "편향에 벌점을 매기면 모델이 평균을 맞히지 못합니다"
#     편향은 출력의 기준 높이를 맞출 뿐, 모델이 입력에 더 민감하게 반응하도록 만들지 않습니다. 모든 점수에 1,000을 더하기만 했는데도 벌점이 커진다면 이상한 일입니다. 그래서 편향과 정규화 층의 배율은 벌점에서 제외하며, 그 방법은 [세 가지 구현](#three-ways)에서 설명합니다.

# %% [markdown] lang="en"
# !!! warning "Penalize the bias, and the model forgets the mean"
#     A bias sets the level of the output; it does not make the model sensitive to its input. It would be odd if adding 1,000 to all scores made the penalty larger. Leave biases and the scales of normalization layers out. How to do so is shown with the [three implementations](#three-ways).

# %% [markdown] lang="ko"
# ## 어느 방향이 줄어들까 { #directions .deeper }
#
# $\lambda = 1$일 때 가중치는 (9.09, 5.15, 9.09)에서 (5.58, 5.15, 5.58)로 바뀌었지만, 가운데 값은 거의 그대로입니다. 모두 같은 비율로 줄지 않은 이유는 특성들 사이에 상관관계가 있기 때문입니다. 헤세 행렬(Hessian) $2S$의 고유벡터 방향으로 좌표를 바꾸면 규칙이 단순해집니다. $S$의 고윳값(eigenvalue)이 $s$인 방향의 가중치에는 다음 비율이 곱해집니다.
#
# $$
# \frac{s}{s + \lambda}, \qquad S = \frac{1}{n} X^\top X
# $$
#
# 데이터에 정보가 많은 방향($s$가 큰 쪽)의 가중치는 남고, 정보가 거의 없는 방향의 가중치는 지워집니다.

# %% [markdown] lang="en"
# ## Which directions shrink { #directions .deeper }
#
# With $\lambda = 1$ the weights went from (9.09, 5.15, 9.09) to (5.58, 5.15, 5.58). The middle one hardly moved. They do not shrink in proportion, because the features are correlated. In the basis of the eigenvectors of the Hessian, which is $2S$, the rule is plain. Along a direction in which $S$ has the eigenvalue $s$, the weight is multiplied by
#
# $$
# \frac{s}{s + \lambda}, \qquad S = \frac{1}{n} X^\top X
# $$
#
# Directions with much information in the data (large $s$) survive; those with almost none are wiped out.

# %%
xd, centered = x.double(), (y - y.mean()).double()
s, directions = torch.linalg.eigh(xd.T @ xd / 5)
unpenalized = torch.linalg.lstsq(xd, centered).solution
print("eigenvalues          ", *(f"{value:7.4f}" for value in s))
# > eigenvalues            0.0018  0.0957  2.3025
for lam in (0.01, 0.1, 1.0):
    shrink = s / (s + lam)
    w = directions @ (shrink[:, None] * (directions.T @ unpenalized))
    kappa = (s[-1] + lam) / (s[0] + lam)
    print(
        f"lam {lam:<5} factors       ",
        *(f"{value:7.4f}" for value in shrink),
        f" condition number {kappa:.1f}",
    )
# > lam 0.01  factors         0.1529  0.9054  0.9957  condition number 195.9
# > lam 0.1   factors         0.0177  0.4891  0.9584  condition number 23.6
# > lam 1.0   factors         0.0018  0.0874  0.6972  condition number 3.3
print("w at lam 1           ", *(f"{value:7.4f}" for value in w.flatten()))
# > w at lam 1             5.5769  5.1465  5.5783
print(f"without a penalty, condition number {s[-1] / s[0]:.0f}")
# > without a penalty, condition number 1276
assert torch.allclose(w.T.float(), fits[squared_weights][0], atol=1e-3)

# %% [markdown] lang="ko"
# 마지막에 출력한 가중치는 학습으로 얻은 (5.58, 5.15, 5.58)과 같습니다. $\lambda = 0.1$만 되어도 가장 강한 방향은 0.9584배로 거의 그대로 남고, 가장 약한 방향은 0.0177배로 줄어 사라지다시피 합니다. 덤으로 얻는 이점도 있습니다. $S$의 모든 고윳값에 $\lambda$가 더해지므로 [조건수](standardization.md)가 작아져 학습이 빨라집니다. 예를 들어 1276이던 조건수가 $\lambda = 1$에서는 3.3이 됩니다.

# %% [markdown] lang="en"
# The weights at the end equal those found by training, (5.58, 5.15, 5.58). Already at $\lambda = 0.1$ the strongest direction keeps 0.9584 of its weight while the weakest keeps 0.0177. There is a bonus: $\lambda$ is added to every eigenvalue of $S$, so the [condition number](standardization.md) falls, from 1276 to 3.3 at $\lambda = 1$, and training gets faster.

# %% figure="shrink_factors"
lams = torch.logspace(-4, 2, 121, dtype=torch.float64)
fig, ax = plt.subplots(figsize=(6.4, 4.2))
styles = [
    ("C3", ":", "weak direction"),
    ("C1", "--", "middle direction"),
    ("C0", "-", "strong direction"),
]
for value, (color, style, label) in zip(s, styles, strict=True):
    ax.semilogx(
        lams,
        value / (value + lams),
        linestyle=style,
        color=color,
        label=label,
    )
    ax.plot(value, 0.5, "o", color=color)
ax.set(
    xlabel="penalty strength λ",
    ylabel="share of the weight kept",
    ylim=(-0.03, 1.45),
    yticks=[0, 0.5, 1],
)
ax.legend(loc="upper right")

# %% [markdown] lang="ko" caption="shrink_factors"
# 각 방향의 가중치는 λ가 그 방향의 고윳값과 같을 때 절반이 됩니다. 그래서 고윳값이 작은 약한 방향부터 지워집니다.
#
# 가로축은 0.0001에서 100까지 로그 눈금으로 나타낸 벌점의 세기 λ이고, 세로축은 가중치가 남는 비율로 0에서 1까지입니다. S자를 뒤집은 모양의 곡선 세 개가 나란히 있습니다. 가중치가 절반이 되는 λ는 약한 방향에서 0.0018, 중간 방향에서 0.0957, 강한 방향에서 2.3025입니다.
#
# - weak direction: 약한 방향
# - middle direction: 중간 방향
# - strong direction: 강한 방향
# - penalty strength λ: 벌점 세기 λ
# - share of the weight kept: 남는 가중치의 비율

# %% [markdown] lang="en" caption="shrink_factors"
# Each direction is halved where λ equals its eigenvalue. Weak directions go first.
#
# Horizontal axis: penalty strength λ from 0.0001 to 100 on a log scale; vertical axis: the share of the weight kept, from 0 to 1. Three falling S-shaped curves stand side by side. They pass one half at 0.0018 for the weak direction, 0.0957 for the middle one, and 2.3025 for the strong one.

# %% [markdown] lang="ko"
# 특성을 두 개만 쓰면 평면에 그림으로 나타낼 수 있습니다. 가중치가 원 안에 머물러야 한다면, 손실이 가장 낮은 곳은 등고선이 원에 닿는 점입니다.

# %% [markdown] lang="en"
# With only two features it fits on a plane. If the weights must stay inside a circle, the lowest point is where a contour touches the circle.

# %%
pair, n = x[:, [0, 1]].double(), len(x)
path = [
    torch.linalg.solve(
        pair.T @ pair / n + lam * torch.eye(2), pair.T @ centered / n
    ).flatten()
    for lam in (0.0, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 1000.0)
]
w0, w1 = torch.meshgrid(
    torch.linspace(-4, 26, 151), torch.linspace(-8, 18, 131), indexing="xy"
)
mse = (
    (torch.stack([w0, w1], dim=-1).double() @ pair.T - centered.T) ** 2
).mean(dim=-1)
level = ((pair @ path[5] - centered.flatten()) ** 2).mean().item()
assert torch.stack(path).norm(dim=1).diff().max() < 0

# %% figure="contour_and_circle"
fig, ax = plt.subplots(figsize=(6.4, 5))
ax.contour(
    w0, w1, mse, levels=[20, level, 110, 220], colors="C7", linewidths=1.2
)
angle, radius = torch.linspace(0, 2 * torch.pi, 121), path[5].norm()
ax.plot(radius * angle.cos(), radius * angle.sin(), "--", color="C1")
ax.plot(*torch.stack(path).T, "o-", color="C0")
ax.plot(*path[5], "s", color="C3", markersize=10)
ax.annotate("λ = 0", path[0], xytext=(10, 8), textcoords="offset points")
ax.annotate(
    "λ = 1",
    path[5],
    xytext=(-12, -4),
    textcoords="offset points",
    ha="right",
)
ax.set(
    xlabel="first weight",
    ylabel="second weight",
    aspect="equal",
    xlim=(-4, 26),
    ylim=(-8, 18),
)

# %% [markdown] lang="ko" caption="contour_and_circle"
# λ를 키우면 해는 골짜기를 따라가다가 원점을 향합니다. λ = 1의 해에서는 등고선과 원이 맞닿습니다.
#
# 가로축은 첫째 가중치, 세로축은 둘째 가중치입니다. 회색 타원은 MSE의 등고선으로 왼쪽 위에서 오른쪽 아래로 길게 누워 있습니다. 해를 나타내는 점을 이은 선은 λ = 0의 해인 타원의 중심에서 출발해 타원의 긴 축을 따라 왼쪽 위로 가다가 원점 쪽으로 휩니다. 파선으로 그린 원은 중심이 원점이고, 네모로 표시한 λ = 1의 해에서 등고선 하나와 맞닿습니다.
#
# - λ = 0: λ = 0
# - λ = 1: λ = 1
# - first weight: 첫째 가중치
# - second weight: 둘째 가중치

# %% [markdown] lang="en" caption="contour_and_circle"
# As λ grows, the solution follows the valley and then heads for the origin. At the solution for λ = 1 a contour touches the circle.
#
# Horizontal axis: first weight; vertical axis: second weight. The gray ellipses are contours of the MSE, stretched from upper left to lower right. The path of solutions, dots joined by a line, starts at their center, λ = 0, moves up and left along the long axis, then bends toward the origin. The dashed circle around the origin touches one contour at the solution for λ = 1, marked by a square.


# %% lab="weight_decay" tolerance="1e-6"
# ko: 웹에서 이 그림을 움직이면 나오는 값입니다. `state`를 바꾸어 불러 보세요.
# en: What the lab in this figure's place computes: change its `state`.
def weight_decay_lab(state):
    rho, free = (
        state["rho"],
        torch.tensor(
            [state["first"], state["second"]], dtype=torch.float64
        ),
    )
    H = torch.tensor([[1, rho], [rho, 1]], dtype=torch.float64)
    pull = H @ free
    sizes = torch.tensor([state["size"], 1], dtype=torch.float64)
    factors = sizes if state["decoupled"] else torch.ones(2)

    def ridge(lam):
        return torch.linalg.solve(
            H + lam[:, None, None] * torch.diag(factors),
            pull.expand(len(lam), 2),
        )

    def lasso(lam):
        first, second = free.expand(len(lam), 2).unbind(dim=1)
        for _ in range(150):
            rest = pull[0] - rho * second
            off = factors[0] * lam
            first = rest.sign() * (rest.abs() - off).clamp(min=0)
            rest = pull[1] - rho * first
            off = factors[1] * lam
            second = rest.sign() * (rest.abs() - off).clamp(min=0)
        return torch.stack([first, second], dim=1)

    solve = ridge if state["penalty"] == "squared norm (L2)" else lasso
    path = solve(torch.arange(61, dtype=torch.float64) / 20)
    now = solve(torch.tensor([state["lambda"]], dtype=torch.float64))[0]
    growth = path.abs().amax(dim=0) - path[0].abs()
    return {
        "path": path,
        "now": now,
        "norm": now.norm(),
        "growth": growth,
        "decay": state["lambda"] * factors / sizes,
        "answered": growth.max() > 0.1,
    }


# %% [markdown] lang="ko" question="weight_decay"
# 감쇠를 분리하지 않으면, λ를 키울 때 가중치의 노름은 줄어듭니다. 그런데 두 가중치 가운데 하나가 오히려 커지게 할 수도 있습니다. 두 특성이 어떤 관계여야 그렇게 될까요?
#
# 두 특성 사이에 상관관계가 있으면 되며, 가중치가 3과 0처럼 많이 다르면 상관계수 0.15로도 충분합니다. 한 특성이 하던 일을 다른 특성이 나누어 맡으면 노름의 제곱이 작아지므로, λ를 키우면 처음에는 작은 쪽이 오히려 커집니다. 즉, L2 벌점은 가중치를 하나하나 줄이는 것이 아니라 전체의 크기를 줄이는 방법입니다. 첫째 가중치의 기울기를 키우면 Adam의 벌점은 그만큼 약해지지만, 감쇠를 분리하면 약해지지 않습니다.
#
# - penalty: 벌점
# - squared norm (L2): 노름의 제곱 (L2)
# - sum of sizes (L1): 절댓값의 합 (L1)
# - λ, strength of the penalty: 벌점의 세기 λ
# - correlation of the features: 두 특성의 상관계수
# - first weight without a penalty: 벌점이 없을 때의 첫째 가중치
# - second weight without a penalty: 벌점이 없을 때의 둘째 가중치
# - decoupled decay, as in AdamW: AdamW처럼 분리된 감쇠
# - size of the first weight's gradients, by which Adam divides: 첫째 가중치의 기울기 크기(Adam에서 나누는 수)
# - Contours of the data loss, the path of the solution as λ grows, and the contour of the penalty: 데이터 손실의 등고선, λ를 키울 때 해가 지나가는 경로, 벌점의 등고선
# - Curves of both weights and of their norm for λ from 0 to 3: λ를 0에서 3까지 키울 때 두 가중치와 노름의 곡선
# - first weight: 첫째 가중치
# - first: 첫째
# - second: 둘째
# - norm: 노름
# - At λ = {lambda} the weights are {first} and {second}, with norm {norm}.: λ = {lambda}에서 가중치는 {first}, {second}이고 노름은 {norm}입니다.
# - As λ rises from 0, neither weight grows in size.: λ를 0에서 키우는 동안 어느 가중치의 크기도 처음보다 커지지 않습니다.
# - As λ rises from 0, the size of the {which} weight grows by up to {grown}.: λ를 0에서 키우는 동안 {which} 가중치의 크기는 처음보다 최대 {grown}만큼 커집니다.
# - In an update of Adam the penalty acts on them with strengths {a} and {b}.: Adam으로 갱신할 때 두 가중치에 걸리는 벌점의 세기는 {a}, {b}입니다.

# %% [markdown] lang="en" question="weight_decay"
# Unless the decay is decoupled, a larger λ makes the norm of the weights smaller. And yet you can make one of the weights grow with λ. What kind of features does that take?
#
# Features that are correlated; for weights as different as 3 and 0, a correlation of 0.15 is enough. If one feature takes over work of the other, the squared norm gets smaller, so the smaller weight grows at first. The L2 penalty does not shrink weight by weight; it shrinks the size of them all together. With larger gradients of the first weight, Adam weakens its penalty by the same factor; decoupled decay keeps its strength.

# %% [markdown] lang="ko"
# ## 세 가지 구현 { #three-ways }
#
# **가중치 감쇠**(weight decay)라는 이름은 갱신식에서 왔습니다. 벌점을 $\frac{\lambda}{2}\lVert w \rVert^2$으로 쓰면 그 기울기는 $\lambda w$입니다. 그래서 모멘텀을 쓰지 않는 SGD로 한 번 갱신하는 것은 다음과 같이 가중치를 먼저 조금 줄인 뒤에 데이터 손실의 기울기를 빼는 것과 같습니다.
#
# $$
# w \leftarrow w - \eta\,(g + \lambda w) = (1 - \eta\lambda)\,w - \eta\,g
# $$
#
# 벌점을 손실에 더하든, 갱신식에 직접 쓰든, 옵티마이저의 `weight_decay`에 맡기든 결과는 같아야 합니다. 세 번째 방법에서는 **매개변수 그룹**(parameter group)을 써서 편향을 제외합니다. 세 구현을 모두 $\lambda = 2$로 실행하고 결과를 비교해 봅시다.

# %% [markdown] lang="en"
# ## Three implementations { #three-ways }
#
# The name **weight decay** comes from the update. Write the penalty as $\frac{\lambda}{2}\lVert w \rVert^2$. Its gradient is $\lambda w$, and one step of plain SGD shrinks the weights a little first.
#
# $$
# w \leftarrow w - \eta\,(g + \lambda w) = (1 - \eta\lambda)\,w - \eta\,g
# $$
#
# Add it to the loss, write it into the update, or leave it to the optimizer's `weight_decay`: the result must be the same. The third way uses **parameter groups** to leave out the bias. Run all three with $\lambda = 2$.

# %%
lam, lr = 2.0, 0.1
in_loss, in_update, in_optimizer = (copy.deepcopy(start) for _ in range(3))
sgd = torch.optim.SGD(in_loss.parameters(), lr=lr)
groups = [
    {"params": [in_optimizer.weight], "weight_decay": lam},
    {"params": [in_optimizer.bias], "weight_decay": 0.0},
]
sgd_with_decay = torch.optim.SGD(groups, lr=lr)

# %%
for _ in range(100):
    sgd.zero_grad()
    penalty = lam / 2 * (in_loss.weight**2).sum()
    (F.mse_loss(in_loss(x), y) + penalty).backward()
    sgd.step()

    in_update.zero_grad()
    F.mse_loss(in_update(x), y).backward()
    with torch.no_grad():
        in_update.weight.mul_(1 - lr * lam).sub_(lr * in_update.weight.grad)
        in_update.bias.sub_(lr * in_update.bias.grad)

    sgd_with_decay.zero_grad()
    F.mse_loss(in_optimizer(x), y).backward()
    sgd_with_decay.step()

# %%
ways = {"loss": in_loss, "update": in_update, "optimizer": in_optimizer}
for name, model in ways.items():
    weights = " ".join(f"{value:.4f}" for value in model.weight[0].tolist())
    print(f"in the {name:9}  w {weights}  b {model.bias.item():.1f}")
    assert torch.allclose(model.weight, in_loss.weight, atol=1e-4)
    assert torch.allclose(model.weight, fits[squared_weights][0], atol=1e-3)
    assert abs(model.bias.item() - 171) < 1e-3
# > in the loss       w 5.5769 5.1465 5.5783  b 171.0
# > in the update     w 5.5769 5.1465 5.5783  b 171.0
# > in the optimizer  w 5.5769 5.1465 5.5783  b 171.0

# %% [markdown] lang="ko"
# 세 결과는 서로 같을 뿐만 아니라, 앞 절에서 $\lambda = 1$로 얻은 (5.58, 5.15, 5.58)과도 같습니다. 여기서는 $\lambda = 2$인데도 결과가 같은 이유는 벌점의 식이 다르기 때문입니다. 앞에서는 $\lambda\lVert w \rVert^2$을 더했고 여기서는 $\frac{\lambda}{2}\lVert w \rVert^2$을 더했습니다.
#
# !!! warning "λ를 옮겨 쓰기 전에 관례부터 확인하세요"
#     - 벌점 $\lambda\lVert w \rVert^2$은 `weight_decay`를 $2\lambda$로 정한 것과 같고, 벌점 $\frac{\lambda}{2}\lVert w \rVert^2$은 $\lambda$로 정한 것과 같습니다.
#     - 데이터 손실이 평균인지 합인지에 따라 $\lambda$는 $n$배 차이가 납니다. 예를 들어 `Ridge`(scikit-learn)는 제곱 오차의 **합**에 $\alpha\lVert w \rVert^2$을 더하므로, 그 $\alpha$는 평균을 쓸 때의 $\lambda$에 $n$을 곱한 값입니다.
#     - 한 번 갱신할 때 줄어드는 비율은 $\eta\lambda$이므로, 학습률 스케줄에 따라 $\eta$가 바뀌면 이 비율도 함께 바뀝니다.
#     - `weight_decay`를 옵티마이저에 바로 넘기면 **편향까지** 포함한 모든 매개변수가 줄어들므로, 편향이 85.5가 됩니다.

# %% [markdown] lang="en"
# All three agree, and they agree with the (5.58, 5.15, 5.58) found earlier with $\lambda = 1$. Yet here $\lambda = 2$. The earlier penalty was $\lambda\lVert w \rVert^2$, this one is $\frac{\lambda}{2}\lVert w \rVert^2$.
#
# !!! warning "Before copying a λ, check the convention"
#     - A penalty $\lambda\lVert w \rVert^2$ is a `weight_decay` of $2\lambda$; a penalty $\frac{\lambda}{2}\lVert w \rVert^2$ is one of $\lambda$.
#     - Whether the data loss is a mean or a sum changes $\lambda$ by a factor of $n$. `Ridge` in scikit-learn adds $\alpha\lVert w \rVert^2$ to the **sum** of squared errors, so its $\alpha$ is $n$ times the $\lambda$ that goes with a mean.
#     - The share lost in one step is $\eta\lambda$. A learning-rate schedule that changes $\eta$ changes it too.
#     - Passed straight to the optimizer, `weight_decay` shrinks every parameter, **bias included**. That is how the bias ends up at 85.5.

# %% folded="optional"
model = copy.deepcopy(start)
careless = torch.optim.SGD(model.parameters(), lr=0.1, weight_decay=2.0)
for _ in range(100):
    careless.zero_grad()
    F.mse_loss(model(x), y).backward()
    careless.step()
print(f"weight_decay on all parameters: b {model.bias.item():.1f}")
# > weight_decay on all parameters: b 85.5
assert abs(model.bias.item() - 85.5) < 1e-3

# %% [markdown] lang="ko"
# ## Adam과 AdamW { #adamw .deeper }
#
# [Adam](momentum_adam.md)에서는 결과가 달라집니다. `torch.optim.Adam`의 `weight_decay`는 $\lambda w$를 **기울기에 더하고**, 그다음 Adam이 기울기를 그 크기로 나누므로 감쇠도 함께 나뉩니다. 반면 `torch.optim.AdamW`는 이 나눗셈과 상관없이 가중치에 $1 - \eta\lambda$를 곱합니다. 이름의 W는 가중치 감쇠를 뜻하고, 이렇게 감쇠를 기울기에서 떼어 놓는 방법을 **분리된 감쇠**(decoupled weight decay)라고 합니다.
#
# 1에서 출발하는 가중치 두 개로 실험하면 차이가 뚜렷하게 드러납니다. 데이터에서 온 기울기는 부호가 번갈아 바뀌어 평균이 0이고, 크기만 10과 0.1로 다릅니다. 그러므로 가중치에는 감쇠의 효과만 남습니다.

# %% [markdown] lang="en"
# ## Adam and AdamW { #adamw .deeper }
#
# With [Adam](momentum_adam.md) things are different. The `weight_decay` of `torch.optim.Adam` is **added to the gradient** as $\lambda w$, and then Adam divides the gradient by its size. The decay is divided along with it. `torch.optim.AdamW` multiplies the weights by $1 - \eta\lambda$, untouched by that division. The W stands for weight decay, and keeping it apart like this is called **decoupled weight decay**.
#
# Two weights that start at 1 make the difference plain. The gradients of the data change sign at every step, so they average to 0; only their sizes differ, 10 and 0.1. What remains is decay.


# %% anchor="gradient_size"
def decay_only(optimizer_class, **options):
    w = nn.Parameter(torch.ones(2))
    optimizer = optimizer_class([w], lr=0.001, weight_decay=0.5, **options)
    for step in range(1000):
        w.grad = torch.tensor([10.0, 0.1]) * (-1) ** step
        optimizer.step()
    return w.detach()


print("gradient size         10     0.1")
# > gradient size         10     0.1
kinds = (torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW)
for optimizer_class in kinds:
    noisy, quiet = decay_only(optimizer_class).tolist()
    print(f"{optimizer_class.__name__:16}  {noisy:.4f}  {quiet:.4f}")
    assert (abs(noisy - quiet) < 0.01) == (
        optimizer_class is not torch.optim.Adam
    )
# > SGD               0.6084  0.6065
# > Adam              0.9497  0.2735
# > AdamW             0.6054  0.6054
print(f"(1 - 0.001 * 0.5)**1000 = {(1 - 0.001 * 0.5) ** 1000:.4f}")
# > (1 - 0.001 * 0.5)**1000 = 0.6065
flag = decay_only(torch.optim.Adam, decoupled_weight_decay=True)
assert torch.equal(flag, decay_only(torch.optim.AdamW))

# %% [markdown] lang="ko"
# SGD와 AdamW는 두 가중치를 똑같이 0.61쯤으로 줄이는데, 이는 $(1 - \eta\lambda)^{1000}$의 값인 0.6065와 거의 같습니다. 반면 Adam에서는 기울기가 큰 가중치는 0.9497로 거의 그대로이고, 기울기가 작은 가중치는 0.2735까지 줄었습니다. 기울기가 큰 가중치일수록 규제를 덜 받는 셈이므로, 이는 원하던 결과가 아닙니다. `decoupled_weight_decay=True`를 넘기면 Adam도 AdamW와 똑같이 움직입니다.
#
# 그렇다면 손실에 벌점을 더한 Adam은 Adam의 감쇠와 AdamW의 감쇠 가운데 어느 쪽과 같을까요? 모든 매개변수에 $\lambda = 1$을 걸고 회귀 데이터로 확인해 봅시다.

# %% [markdown] lang="en"
# SGD and AdamW shrink both weights alike, to about 0.61; $(1 - \eta\lambda)^{1000}$ is 0.6065. Adam does not. The weight with large gradients stays at 0.9497, and the one with small gradients goes down to 0.2735. The larger the gradients, the weaker the regularization, which is hardly what anyone wanted. With `decoupled_weight_decay=True`, Adam moves exactly like AdamW.
#
# If you train Adam with the penalty in the loss, does it match Adam's own decay or AdamW's? Check on the regression data, with $\lambda = 1$ on all parameters.


# %%
def fit(optimizer_class, num_updates, in_loss, lam=1.0):
    model = copy.deepcopy(start)
    optimizer = optimizer_class(
        model.parameters(), lr=0.1, weight_decay=0.0 if in_loss else lam
    )
    for _ in range(num_updates):
        loss = F.mse_loss(model(x), y)
        if in_loss:
            loss = loss + lam / 2 * sum(
                (p**2).sum() for p in model.parameters()
            )
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return torch.cat([model.weight[0], model.bias]).detach()


# %%
for optimizer_class in kinds:
    in_penalty, as_decay = (
        fit(optimizer_class, 20, way) for way in (True, False)
    )
    gap = (in_penalty - as_decay).abs().max()
    print(
        f"{optimizer_class.__name__:5}  "
        f"penalty in loss and weight_decay differ by {gap:.2f}"
    )
    assert (gap < 1e-4) == (optimizer_class is not torch.optim.AdamW)
# > SGD    penalty in loss and weight_decay differ by 0.00
# > Adam   penalty in loss and weight_decay differ by 0.00
# > AdamW  penalty in loss and weight_decay differ by 1.59
late = fit(torch.optim.AdamW, 200, in_loss=False).tolist()
print(
    "AdamW after 200 updates: w and b", [round(value, 4) for value in late]
)
# > AdamW after 200 updates: w and b [0.9942, 0.9939, 0.9941, 0.9998]

# %% [markdown] lang="ko"
# SGD와 Adam에서는 벌점과 `weight_decay`의 결과가 같았지만, AdamW에서는 20번 갱신한 뒤 1.59만큼 차이가 났습니다. 즉, AdamW는 L2 벌점을 최소화하는 방법이 아닙니다.
#
# 마지막 출력은 더 놀랍습니다. 벌점이 없을 때 편향의 최적값은 171인데, AdamW에서는 가중치와 편향이 모두 1보다 작은 값에 머물렀습니다. 기울기가 한결같으면 Adam은 갱신할 때마다 $\eta$쯤 움직이고(작던 기울기가 갑자기 커지면 잠시 더 크게 움직일 수 있습니다), 감쇠는 $\eta\lambda w$만큼을 뺍니다. 두 값은 $\lvert w \rvert = 1/\lambda$에서 균형을 이룹니다. 따라서 SGD에서 쓰던 $\lambda$를 AdamW에 그대로 옮겨 쓰면 안 됩니다.
#
# !!! tip "기본값도 다릅니다"
#     `weight_decay`의 기본값은 `torch.optim.SGD`와 `torch.optim.Adam`에서는 0이고, `torch.optim.AdamW`에서는 0.01입니다. 즉, AdamW는 아무 설정을 하지 않아도 규제를 적용합니다.

# %% [markdown] lang="en"
# For SGD and Adam the penalty and `weight_decay` are the same. AdamW alone is 1.59 apart after 20 updates: it does not minimize an L2 penalty.
#
# The last line is stranger still. Without a penalty the optimal bias is 171, yet AdamW has kept every value below 1. Under steady gradients a step of Adam is about $\eta$ (it can be longer for a while when quiet gradients suddenly grow), and the decay takes away $\eta\lambda w$. They balance at $\lvert w \rvert = 1/\lambda$. So never carry a $\lambda$ over from SGD to AdamW as it is.
#
# !!! tip "The defaults differ too"
#     By default `weight_decay` is 0 in `torch.optim.SGD` and `torch.optim.Adam`, and 0.01 in `torch.optim.AdamW`. AdamW regularizes without being asked.

# %%
w = [nn.Parameter(torch.zeros(1))]
for optimizer_class in kinds:
    print(
        f"{optimizer_class.__name__:5} default weight_decay "
        f"{optimizer_class(w).defaults['weight_decay']}"
    )
# > SGD   default weight_decay 0
# > Adam  default weight_decay 0
# > AdamW default weight_decay 0.01

# %% [markdown] lang="ko"
# ## 분류 모델의 확신을 제한하는 감쇠 { #classifier .deeper }
#
# 소프트맥스 분류에서 가중치 감쇠는 어떤 역할을 할까요? 클래스가 깨끗하게 나뉘는 점 네 개로 확인해 봅시다. 이런 데이터에서는 로짓을 키울수록 손실이 줄어들기 때문에 가중치가 [끝없이 커집니다](maximum_likelihood.md#penalty).

# %% [markdown] lang="en"
# ## In classification: a limit on confidence { #classifier .deeper }
#
# What does weight decay do in softmax classification? Take four points whose classes separate cleanly. Larger logits always mean a lower loss, so the weights [grow without end](maximum_likelihood.md#penalty).

# %%
points = torch.tensor([[-2.0], [-1.0], [1.0], [2.0]])
target = torch.tensor([0, 0, 1, 1])
for weight_decay in (0.0, 0.1):
    torch.manual_seed(0)
    model = nn.Linear(1, 2)
    optimizer = torch.optim.SGD(
        model.parameters(), lr=1.0, weight_decay=weight_decay
    )
    for update in range(1, 1001):
        optimizer.zero_grad()
        F.cross_entropy(model(points), target).backward()
        optimizer.step()
        if update in (10, 100, 1000):
            size = model.weight.norm().item()
            prob = F.softmax(model(points), dim=1)[2, 1].item()
            print(
                f"decay {weight_decay}  update {update:4}  "
                f"size of w {size:.4f}  p at x = 1: {prob:.4f}"
            )
    print(f"  sum of the two weights {abs(model.weight.sum().item()):.4f}")
    assert model(points).argmax(dim=1).equal(target)
# > decay 0.0  update   10  size of w 1.9575  p at x = 1: 0.9390
# > decay 0.0  update  100  size of w 3.3326  p at x = 1: 0.9909
# > decay 0.0  update 1000  size of w 4.9069  p at x = 1: 0.9990
# >   sum of the two weights 0.5290
# > decay 0.1  update   10  size of w 1.3040  p at x = 1: 0.8627
# > decay 0.1  update  100  size of w 1.3062  p at x = 1: 0.8638
# > decay 0.1  update 1000  size of w 1.3062  p at x = 1: 0.8638
# >   sum of the two weights 0.0000

# %% [markdown] lang="ko"
# 감쇠가 없으면 가중치의 크기가 1.9575, 3.3326, 4.9069로 계속 커지고 정답의 확률은 1에 가까워집니다. 감쇠가 있으면 크기가 1.3062에서 멈추고 확률도 0.8638에 머뭅니다. 그렇지만 두 경우 모두 네 점을 올바르게 분류합니다. 즉, 분류에서 감쇠는 정확도보다 먼저 **확신**을 바꿉니다.
#
# 두 가중치의 합도 눈여겨보아야 합니다. 모든 로짓에 같은 수를 더해도 [소프트맥스는 그대로](softmax.md)이므로 데이터는 이 합에 대한 정보를 전혀 주지 않습니다. 그 결과 감쇠가 없으면 처음 값인 0.5290이 끝까지 남고, 감쇠가 있으면 0이 됩니다. 데이터로 정해지지 않는 방향의 값은 이렇게 감쇠가 정합니다.

# %% [markdown] lang="en"
# Without decay the size of the weights keeps growing, 1.9575, 3.3326, 4.9069, and the probability nears 1. With decay the size stops at 1.3062 and the probability at 0.8638. All four points are classified correctly either way. In classification, decay changes **confidence** before it changes accuracy.
#
# Look at the sum of the two weights, too. Adding one number to all logits [leaves softmax as it is](softmax.md), so the data say nothing about this sum. Without decay its initial value, 0.5290, stays to the end; with decay it goes to 0. Where the data say nothing, decay determines the value.

# %% [markdown] lang="ko"
# ## 유명한 시연과 대조 실험 { #control .deeper }
#
# 규제가 도움이 된다는 것을 보여 줄 때 자주 쓰이는 시연이 있으며, [Dive into Deep Learning](https://d2l.ai/chapter_linear-regression/weight-decay.html)에도 실려 있습니다. 특성은 200개인데 샘플은 20개뿐인 선형 회귀에서, 표준편차가 0.01인 난수로 가중치를 초기화하고 $\lambda$를 바꿔 가며 학습시킵니다. 규제를 더하면 결과가 정말 좋아질까요?
#
# 이를 확인하기 위한 대조 실험으로, 같은 학습을 **가중치 0에서 출발해** 한 번 더 실행합니다. 두 결과가 어떻게 다를지 먼저 예상해 보세요.

# %% [markdown] lang="en"
# ## A famous demonstration, and a control { #control .deeper }
#
# One demonstration is often shown to prove that regularization helps, for example in [Dive into Deep Learning](https://d2l.ai/chapter_linear-regression/weight-decay.html): linear regression with 200 features and only 20 examples. The weights are initialized at random with standard deviation 0.01, and training is repeated for several $\lambda$. Does the penalty really make the result better?
#
# We run the same experiment once more **from zero weights**. That is the control. Guess first how the results will differ.


# %%
def wide_demo(seed, start_std, lams):
    generator = torch.Generator().manual_seed(seed)
    normal = {"generator": generator, "dtype": torch.float64}
    features = torch.randn(120, 200, **normal).float()
    noise = torch.randn(120, 1, **normal).float()
    first = torch.randn(200, 1, **normal).float()
    outputs = features @ torch.full((200, 1), 0.01) + 0.01 * noise
    ws = [nn.Parameter(start_std * first) for _ in lams]
    groups = [
        {"params": [w], "weight_decay": lam}
        for w, lam in zip(ws, lams, strict=True)
    ]
    optimizer = torch.optim.SGD(groups, lr=0.02)
    for _ in range(250):
        optimizer.zero_grad()
        x, y = features[:20], outputs[:20]
        sum(F.mse_loss(x @ w, y) for w in ws).backward()
        optimizer.step()
    ws.append(torch.zeros(200, 1))
    return torch.tensor(
        [F.mse_loss(features[20:] @ w, outputs[20:]).item() for w in ws]
    )


# %% anchor="zero_start"
lams = (0.0, 0.1, 1.0, 3.0, 10.0)
print("validation MSE, lam  ", *(f"{lam:6}" for lam in lams))
# > validation MSE, lam      0.0    0.1    1.0    3.0   10.0
for name, start_std in [("random start", 0.01), ("zero start", 0.0)]:
    val = torch.stack(
        [wide_demo(seed, start_std, lams) for seed in range(3)]
    )
    for seed, row in enumerate(val):
        print(
            f"{name:12}  seed {seed}  ",
            *(f"{value:.4f}" for value in row[:-1]),
        )
    gain = val[:, 0] / val[:, :-1].min(dim=1).values
    print(f"{name:12}  gain    ", *(f"{value:.2f}" for value in gain))
    assert gain.min() > 1.4 if start_std else gain.max() < 1.05
# > random start  seed 0   0.0315 0.0208 0.0138 0.0138 0.0138
# > random start  seed 1   0.0304 0.0217 0.0180 0.0183 0.0191
# > random start  seed 2   0.0416 0.0298 0.0223 0.0224 0.0227
# > random start  gain     2.29 1.69 1.86
# > zero start    seed 0   0.0139 0.0139 0.0138 0.0138 0.0138
# > zero start    seed 1   0.0179 0.0179 0.0180 0.0183 0.0191
# > zero start    seed 2   0.0223 0.0223 0.0223 0.0224 0.0227
# > zero start    gain     1.01 1.00 1.00
always_0 = val[:, -1]
print("w = 0 for seeds 0, 1, 2", *(f"{value:.4f}" for value in always_0))
# > w = 0 for seeds 0, 1, 2 0.0151 0.0223 0.0253
assert (val[:, 0] > 0.75 * always_0).all()

# %% [markdown] lang="ko"
# 난수에서 출발하면 시드 세 개 모두 규제를 더했을 때 검증 MSE가 크게 낮아집니다. 그런데 0에서 출발하면 $\lambda = 0$의 결과가 이미 그만큼 좋아서, 규제를 더해도 얻는 것이 거의 없습니다. 게다가 모든 입력에 0이라고만 답해도 MSE가 0.0151, 0.0223, 0.0253이므로, 샘플 20개로 배울 수 있는 것은 애초에 많지 않았습니다.
#
# 샘플 20개로는 200개 방향 가운데 20개만 학습할 수 있습니다. 나머지 180개 방향에서는 초깃값이 그대로 남아 검증 오차가 됩니다. 즉, 이 시연에서 가중치 감쇠는 과적합(overfitting)을 막은 것이 아니라 **초깃값을 지운 것**입니다. 초깃값을 지우는 일도 쓸모가 있지만, 과적합을 막는 일과는 다릅니다.

# %% [markdown] lang="en"
# From a random start, the penalty makes the validation MSE much better with all three seeds. From zero, however, $\lambda = 0$ is already that good, and regularization gains next to nothing. Answering 0 for every input already gives 0.0151, 0.0223, and 0.0253, so there was little to learn from 20 examples.
#
# Twenty examples can teach only 20 of 200 directions. Along the other 180 the initial values stay as they were and turn into validation error. What weight decay did in this demonstration was not to prevent overfitting but to **erase the initial weights**. That is useful too, but it is a different matter.

# %% [markdown] lang="ko"
# ## λ 고르기 { #choose-lambda }
#
# 이제 규제가 실제로 효과를 내는 경우를 살펴봅시다. 샘플이 30개, 특성이 20개이고 잡음의 표준편차가 0.5인 문제로, 매개변수에 비해 데이터가 부족하고 잡음도 섞여 있습니다. 데이터셋은 20벌을 만들고, 초깃값의 영향을 받지 않도록 해를 공식으로 바로 구합니다. 노름의 제곱을 벌점으로 쓰는 이런 선형 회귀를 **릿지 회귀**(ridge regression)라고 하며, 해는 다음과 같습니다.
#
# $$
# w_\lambda = \left(\tfrac{1}{n} X^\top X + \tfrac{\lambda}{2} I\right)^{-1} \tfrac{1}{n} X^\top y
# $$

# %% [markdown] lang="en"
# ## Choosing λ { #choose-lambda }
#
# Now a case in which regularization does its work: 30 examples, 20 features, noise with standard deviation 0.5. The data are scarce for that many parameters, and noisy. We make 20 datasets and compute the solution by formula, so that no initial values interfere. Linear regression penalized by the squared norm is known as **ridge regression**.
#
# $$
# w_\lambda = \left(\tfrac{1}{n} X^\top X + \tfrac{\lambda}{2} I\right)^{-1} \tfrac{1}{n} X^\top y
# $$


# %%
def ridge(features, outputs, lam):
    n, d = features.shape[-2:]
    eye = torch.eye(d, dtype=features.dtype)
    return torch.linalg.solve(
        features.mT @ features / n + lam / 2 * eye,
        features.mT @ outputs / n,
    )


def mse_of(w, features, outputs):
    return ((features @ w - outputs) ** 2).mean(dim=(-2, -1))


# %% folded="tests"
# ko: weight_decay를 넣은 SGD로 학습한 결과와 같은지 확인합니다.
# en: Check it against SGD with weight_decay.
centered = (y - y.mean()).double()
assert torch.allclose(
    ridge(x.double(), centered, 2.0).T.float(),
    in_optimizer.weight,
    atol=1e-3,
)

# %% folded="optional"
generator = torch.Generator().manual_seed(0)
options = {"generator": generator, "dtype": torch.float64}
true_w = torch.randn(20, 20, 1, **options) / 20**0.5
features = torch.randn(20, 230, 20, **options)
noise = torch.randn(20, 230, 1, **options)
outputs = features @ true_w + 0.5 * noise
x_train, x_val = features[:, :30], features[:, 30:]
y_train, y_val = outputs[:, :30], outputs[:, 30:]

# %%
lams = (0.0, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
ws = [ridge(x_train, y_train, lam) for lam in lams]
train_mse = torch.stack([mse_of(w, x_train, y_train) for w in ws])
val_mse = torch.stack([mse_of(w, x_val, y_val) for w in ws])
sizes = torch.stack([w.norm(dim=(1, 2)) for w in ws])
print("  lam   train     val  size of w")
# >   lam   train     val  size of w
means = [values.mean(dim=1) for values in (train_mse, val_mse, sizes)]
for row in zip(lams, *means, strict=True):
    print("{:5}  {:.4f}  {:.4f}     {:.4f}".format(*row))
# >   0.0  0.0832  0.8961     1.3115
# >  0.01  0.0835  0.8171     1.2679
# >  0.03  0.0853  0.7115     1.2003
# >   0.1  0.0955  0.5546     1.0584
# >   0.3  0.1287  0.4742     0.8769
# >   1.0  0.2341  0.5294     0.6400
# >   3.0  0.4545  0.7013     0.4052
# >  10.0  0.8041  0.9338     0.1899
assert (train_mse.diff(dim=0) > 0).all()
assert (sizes.diff(dim=0) < 0).all()

# %% [markdown] lang="ko"
# 위의 값은 데이터셋 20벌의 평균입니다. $\lambda$를 키우면 가중치는 작아지고 훈련 MSE는 0.0832에서 계속 커지기만 합니다. 반면 검증 MSE는 0.8961에서 0.4742까지 내려갔다가 다시 커져 U자 모양을 이룹니다. U자의 왼쪽은 과적합, 오른쪽은 과소적합(underfitting)에 해당합니다. 이 결과가 우연이 아닌지 데이터셋마다 두 MSE를 짝지어 확인해 봅시다.

# %% [markdown] lang="en"
# These are means over the 20 datasets. As $\lambda$ grows, the weights shrink and the training MSE only rises from 0.0832. The validation MSE falls from 0.8961 to 0.4742 and rises again: a U. On the left is overfitting, on the right underfitting. Make sure it is no accident by pairing the two errors of each dataset.

# %%
gain = val_mse[0] - val_mse[4]
# 2.093: t, 19 degrees of freedom
half_width = 2.093 * gain.std() / len(gain) ** 0.5
print(f"lam 0.3 beats lam 0 in {int((gain > 0).sum())} of 20 datasets")
# > lam 0.3 beats lam 0 in 19 of 20 datasets
low, high = gain.mean() - half_width, gain.mean() + half_width
print(f"mean gain {gain.mean():.2f}, 95% interval {low:.2f} to {high:.2f}")
# > mean gain 0.42, 95% interval 0.27 to 0.57
assert gain.mean() > half_width
counts = torch.bincount(val_mse.argmin(dim=0), minlength=8).tolist()
for lam, count in zip(lams, counts, strict=True):
    if count:
        print(f"best on validation: lam {lam} in {count} datasets")
# > best on validation: lam 0.1 in 1 datasets
# > best on validation: lam 0.3 in 14 datasets
# > best on validation: lam 1.0 in 5 datasets
assert (train_mse.argmin(dim=0) == 0).all()

# %% figure="u_curve"
grid = torch.logspace(-3, 1.3, 60, dtype=torch.float64).tolist()
fits_on_grid = [ridge(x_train, y_train, lam) for lam in grid]
val_curves = torch.stack([mse_of(w, x_val, y_val) for w in fits_on_grid])
training = torch.stack([mse_of(w, x_train, y_train) for w in fits_on_grid])
fig, (top, bottom) = plt.subplots(
    2, 1, sharex=True, figsize=(6.4, 5.8), height_ratios=[2, 1]
)
top.semilogx(grid, val_curves[:, :4], "-", color="C7", linewidth=0.8)
validation = val_curves.mean(dim=1)
top.semilogx(grid, validation, "-", color="C1", label="validation")
fitted = training.mean(dim=1)
top.semilogx(grid, fitted, "--", color="C0", label="training")
prior = 2 * 0.5**2 / (30 / 20)
top.axvline(prior, color="C2", linestyle=":", label="from the prior")
top.set(ylabel="MSE", ylim=(0, 2))
top.legend(loc="upper right")
bottom.semilogx(
    grid, [w.norm(dim=(1, 2)).mean() for w in fits_on_grid], "-", color="C4"
)
bottom.set(xlabel="weight decay λ", ylabel="size of w", ylim=(0, 1.5))

# %% [markdown] lang="ko" caption="u_curve"
# 훈련 오차는 규제가 강할수록 커지지만, 검증 오차는 알맞은 규제에서 가장 작습니다. U자의 바닥은 사전분포에서 계산한 자리에 있습니다.
#
# 가로축은 0.001에서 20까지 로그 눈금으로 나타낸 λ이고, 위 그림의 세로축은 MSE입니다. 파선으로 그린 훈련 오차는 왼쪽 끝의 0.08에서 출발해 계속 커지기만 합니다. 굵은 실선으로 그린 검증 오차는 0.9쯤에서 내려와 λ가 0.3쯤일 때 0.47로 가장 낮고 다시 커지며, 세로 점선은 0.33에 있습니다. 가는 회색 선 네 개는 각각 데이터셋 하나의 검증 오차이며, 바닥의 위치가 조금씩 다릅니다. 아래 그림에서 가중치의 크기는 1.3에서 계속 줄어듭니다.
#
# - validation: 검증
# - training: 훈련
# - from the prior: 사전분포의 답
# - MSE: MSE
# - weight decay λ: 가중치 감쇠 λ
# - size of w: w의 크기

# %% [markdown] lang="en" caption="u_curve"
# Training error grows with regularization; validation error is lowest at the right amount. The bottom of the U lies where the prior says.
#
# Horizontal axis: λ from 0.001 to 20 on a log scale. Vertical axis above: MSE. The dashed training error starts at 0.08 on the left and only rises. The validation error, a thick solid line, comes down from about 0.9, is lowest near λ = 0.3 at 0.47, and rises again. A dotted vertical line stands at 0.33. Four thin gray lines are the validation errors of single datasets, with bottoms in slightly different places. Below, the size of the weights falls steadily from 1.3.

# %% [markdown] lang="ko"
# 20벌 가운데 19벌에서 결과가 좋아졌고, 이득의 95% 신뢰구간은 0.27에서 0.57까지로 0에서 멀리 떨어져 있습니다. 가장 좋은 $\lambda$는 데이터셋에 따라 0.1, 0.3, 1로 갈립니다. 그러므로 $\lambda$는 정밀하게 정할 필요 없이 자릿수만 맞추면 충분합니다.
#
# !!! warning "훈련 손실로 고르면 λ는 언제나 0이 됩니다"
#     20벌 모두에서 훈련 MSE가 가장 낮은 것은 $\lambda = 0$일 때였습니다. 그래서 $\lambda$는 [검증 세트](train_val_test.md)로 고르고, 고른 뒤의 성능은 따로 남겨 둔 테스트 세트로 한 번만 측정합니다. $\lambda$를 고를 때 쓴 검증 오차는 실제보다 좋은 쪽으로 치우쳐 있기 때문입니다.

# %% [markdown] lang="en"
# It helped in 19 of 20 datasets, and the 95% interval of the gain, 0.27 to 0.57, is far from 0. The best $\lambda$ was 0.1, 0.3, or 1, depending on the dataset, so settling its order of magnitude is enough.
#
# !!! warning "Chosen by training loss, λ is always 0"
#     In all 20 datasets the training MSE was lowest at $\lambda = 0$. Choose $\lambda$ on a [validation set](train_val_test.md), then measure the result once, on a test set kept apart. The validation error used for the choice looks better than it should.

# %% [markdown] lang="ko"
# ### 사전분포로 이해하는 벌점 { #map .deeper }
#
# U자의 바닥이 0.3에 있는 것은 우연이 아닙니다. 잡음의 분산이 $\sigma^2$이고 가중치의 사전분포가 분산이 $\tau^2$인 정규분포라면, [최대 사후 확률 추정](maximum_likelihood.md#map)(MAP)은 다음 값을 최소화합니다.
#
# $$
# \frac{1}{2\sigma^2}\sum_{i=1}^{n}(y_i - w^\top x_i)^2 + \frac{1}{2\tau^2}\lVert w \rVert^2
# $$
#
# $2\sigma^2/n$을 곱해 앞의 항을 MSE로 만들면 뒤의 항은 $\frac{\sigma^2}{n\tau^2}\lVert w \rVert^2$이 되고, `weight_decay`의 값은 이 계수의 두 배가 됩니다. 여기서는 $\sigma = 0.5$, $\tau^2 = 1/20$, $n = 30$을 대입합니다.

# %% [markdown] lang="en"
# ### A penalty is a prior { #map .deeper }
#
# That 0.3 is no accident. If the noise has variance $\sigma^2$ and the prior of the weights is a Gaussian with variance $\tau^2$, then [maximum a posteriori](maximum_likelihood.md#map) estimation (MAP) minimizes
#
# $$
# \frac{1}{2\sigma^2}\sum_{i=1}^{n}(y_i - w^\top x_i)^2 + \frac{1}{2\tau^2}\lVert w \rVert^2
# $$
#
# Multiply by $2\sigma^2/n$ to turn the first term into the MSE, and the second becomes $\frac{\sigma^2}{n\tau^2}\lVert w \rVert^2$. As a `weight_decay` it is twice that. Here $\sigma = 0.5$, $\tau^2 = 1/20$, and $n = 30$.

# %%
sigma, tau_squared, n = 0.5, 1 / 20, 30
from_prior = 2 * sigma**2 / (n * tau_squared)
best = mse_of(ridge(x_train, y_train, from_prior), x_val, y_val).mean()
print(
    f"weight_decay from the prior {from_prior:.4f}  "
    f"validation MSE {best:.4f}"
)
# > weight_decay from the prior 0.3333  validation MSE 0.4727
assert best < val_mse.mean(dim=1).min() + 0.005
w = torch.randn(
    20, generator=torch.Generator().manual_seed(1), dtype=torch.float64
)
prior = torch.distributions.Normal(0.0, tau_squared**0.5)
difference = prior.log_prob(w).sum() - prior.log_prob(0 * w).sum()
assert torch.isclose(-difference, (w**2).sum() / (2 * tau_squared))

# %% [markdown] lang="ko"
# 사전분포에서 계산한 값은 0.3333이며, 여러 $\lambda$의 검증 MSE를 비교해 찾은 0.3과 잘 맞습니다. 실제 문제에서는 $\sigma$도 $\tau$도 모르므로 검증 세트에서 여러 값을 비교해야 합니다. 그래도 이 식은 어느 방향으로 조정해야 하는지 알려 줍니다. 잡음이 크면 $\lambda$를 키우고 데이터가 늘어나면 줄여야 합니다.

# %% [markdown] lang="en"
# It is 0.3333, in line with the 0.3 found by sweeping on validation data. In a real problem neither $\sigma$ nor $\tau$ is known, so one sweeps. The formula still gives directions: noisier data, larger $\lambda$; more data, smaller $\lambda$.

# %% [markdown] lang="ko"
# ## 연습 문제 { #exercises }
#
# **1. 끌려간 편향.** 특성의 평균이 0이고 타깃의 평균이 171인 회귀에서 벌점 $\lambda b^2$까지 더하면 편향은 어디에서 멈출까요? $(b - \bar y)^2 + \lambda b^2$을 미분하여 두 값을 구해 보세요. $\lambda = 1$일 때의 편향을 먼저, 편향을 평균의 10분의 1로 줄이는 $\lambda$를 나중에 리스트에 담으면 됩니다.
#
# ??? tip "힌트"
#     미분한 값이 0이 되려면 $b - \bar y + \lambda b = 0$이어야 합니다.

# %% [markdown] lang="en"
# ## Exercises { #exercises }
#
# **1. The dragged bias.** In a regression whose features have mean 0 and whose targets have mean 171, add the penalty $\lambda b^2$. Where does the bias settle? Differentiate $(b - \bar y)^2 + \lambda b^2$, and put into a list the bias for $\lambda = 1$ and the $\lambda$ that cuts the bias to a tenth of the mean.
#
# ??? tip "Hint"
#     For the derivative to be 0, $b - \bar y + \lambda b = 0$.

# %% exercise="dragged_bias"
### BEGIN SOLUTION
# b = mean / (1 + lambda)
dragged = [171 / 2, 9.0]
### END SOLUTION

# %% check="dragged_bias"
assert isinstance(dragged, (list, tuple)), f"{dragged} is not a list"
assert len(dragged) == 2, f"{dragged}: {len(dragged)} values, not 2"
for lam, bias in [(1.0, dragged[0]), (dragged[1], 17.1)]:
    slope = 2 * (bias - y.mean().item()) + 2 * lam * bias
    assert abs(slope) < 0.1, f"bias {bias} does not settle at lambda {lam}"

# %% wrong="dragged_bias"
# ko: 두 항을 미분할 때 나오는 2가 서로 지워지므로, $\lambda$에는 2를 곱하지 않습니다.
# en: Differentiating gives a factor of 2 in both terms, and these cancel: $\lambda$ is not doubled.
dragged = [171 / 3, 4.5]

# %% wrong="dragged_bias"
# ko: 평균을 $\lambda$로 나누었지만 분모는 $1 + \lambda$이므로, $\lambda$가 1이면 편향은 평균의 절반으로 줄어듭니다.
# en: It divides the mean by $\lambda$, but the denominator is $1 + \lambda$, so a $\lambda$ of 1 halves the bias.
dragged = [171.0, 10.0]

# %% [markdown] lang="ko"
# **2. 반감기.** 데이터에서 온 기울기가 0인 가중치는 갱신할 때마다 $1 - \eta\lambda$배가 됩니다. 학습률이 0.1, 감쇠가 0.01일 때 가중치의 크기가 처음의 절반보다 작아지려면 갱신이 적어도 몇 번 필요한지 구해 보세요. 구하기 전에 $\ln 2 / (\eta\lambda)$로 어림해 보세요.
#
# ??? tip "힌트"
#     한 번 갱신할 때마다 0.999배가 됩니다. 몇 번 곱해야 처음으로 절반보다 작아질까요?

# %% [markdown] lang="en"
# **2. Half-life.** A weight whose data gradient is 0 is multiplied by $1 - \eta\lambda$ at every update. At learning rate 0.1 and decay 0.01, how many updates does it take at least until less than half of the weight is left? Estimate it with $\ln 2 / (\eta\lambda)$ first.
#
# ??? tip "Hint"
#     Each update multiplies by 0.999. How many times do you have to multiply until the product first falls below one half?

# %% exercise="half_life" path="deeper"
### BEGIN SOLUTION
# 0.999 ** 692 = 0.5004, 0.999 ** 693 = 0.4999
half_life = 693
### END SOLUTION

# %% check="half_life"
assert isinstance(half_life, int), f"{half_life!r} is not an int"
assert (1 - 0.1 * 0.01) ** half_life < 0.5, f"{half_life}: too few"
assert (1 - 0.1 * 0.01) ** (half_life - 1) >= 0.5, f"{half_life}: too many"

# %% wrong="half_life"
# ko: 갱신할 때마다 처음 값이 아니라 지금 남은 값의 일부를 빼므로, 줄어드는 양은 갈수록 작아집니다.
# en: Each update takes a share of what is left, not of the start, so what it takes gets smaller and smaller.
half_life = 500

# %% wrong="half_life"
# ko: 감쇠에 학습률도 함께 곱해진다는 점을 빠뜨렸습니다.
# en: It forgets that the decay is multiplied by the learning rate.
half_life = 69

# %% [markdown] lang="ko"
# **3. 두 벌점과 당기는 힘.** 벡터 `w`의 노름과 노름의 제곱, 그리고 각 벌점의 **기울기의 길이**를 자동 미분 없이 구해 보세요. 벡터의 크기가 100분의 1로 줄면 이 네 값은 각각 몇 배가 될까요?
#
# ??? tip "힌트"
#     노름을 $w_i$로 미분하면 $w_i / \lVert w \rVert$입니다. 이 값을 모은 벡터의 길이는 얼마일까요?

# %% [markdown] lang="en"
# **3. Two penalties and their pull.** For a vector `w`, return the norm, the squared norm, and the **length of the gradient** of each, without autograd. By what factor does each of the four change for a vector a hundred times smaller?
#
# ??? tip "Hint"
#     The derivative of the norm with respect to $w_i$ is $w_i / \lVert w \rVert$. How long is the vector of these?


# %% exercise="pulls" path="deeper"
# ko: (노름, 노름의 제곱, 노름의 기울기 길이, 제곱의 기울기 길이)를
# ko: 돌려주세요. w는 0이 아니라고 가정합니다.
# en: Return (norm, squared norm, gradient length of the norm,
# en: gradient length of the square); w is not 0.
def pulls(w):
    ### BEGIN SOLUTION
    norm = (w**2).sum().sqrt().item()
    return norm, norm**2, 1.0, 2 * norm
    ### END SOLUTION


# %% check="pulls"
found = pulls(torch.tensor([3.0, 4.0]))
assert isinstance(found, tuple), f"{found} is not a tuple"
expected = (5.0, 25.0, 1.0, 10.0)
close = torch.allclose(torch.tensor(found), torch.tensor(expected))
assert close, f"pulls((3, 4)): {found}, expected {expected}"
found = pulls(torch.tensor([0.03, 0.04]))
expected = (0.05, 0.0025, 1.0, 0.1)
close = torch.allclose(torch.tensor(found), torch.tensor(expected))
assert close, f"pulls((0.03, 0.04)): {found}, expected {expected}"
found = pulls(torch.tensor([-1.0, 2.0, -2.0]))
expected = (3.0, 9.0, 1.0, 6.0)
close = torch.allclose(torch.tensor(found), torch.tensor(expected))
assert close, f"pulls((-1, 2, -2)): {found}, expected {expected}"


# %% wrong="pulls"
# ko: 앞의 두 성분만 계산에 넣었으므로, 성분이 셋 이상인 벡터에서는 노름이 작게 나옵니다.
# en: It counts the first two entries only, so the norm of a longer vector comes out too small.
def pulls(w):
    norm = w[:2].norm().item()
    return norm, norm**2, 1.0, 2 * norm


# %% wrong="pulls"
# ko: 노름의 기울기는 길이가 1인 벡터이므로 $w$의 크기에 따라 달라지지 않습니다.
# en: The gradient of the norm is a direction of length 1, whatever the size of $w$.
def pulls(w):
    norm = w.norm().item()
    return norm, norm**2, norm, 2 * norm


# %% wrong="pulls"
# ko: 제곱을 미분할 때 나오는 인수 2를 빠뜨렸습니다.
# en: It leaves out the 2 that comes from differentiating the square.
def pulls(w):
    norm = w.norm().item()
    return norm, norm**2, 1.0, norm


# %% wrong="pulls"
# ko: 절댓값의 합은 L1 노름이며, 여기서는 제곱의 합에 제곱근을 취해야 합니다.
# en: The sum of absolute values is another norm, L1; here it is the square root of the sum of squares.
def pulls(w):
    norm = w.abs().sum().item()
    return norm, norm**2, 1.0, 2 * norm


# %% right="pulls"
def pulls(w):
    square = (w @ w).item()
    return square**0.5, square, 1.0, 2 * square**0.5


# %% [markdown] lang="ko"
# **4. 매개변수 그룹.** 어떤 모델을 받더라도 차원이 2 이상인 매개변수에만 감쇠를 걸도록 그룹 두 개를 만들어 보세요(감쇠를 거는 그룹이 먼저입니다). 차원으로 나누면 편향과 함께 무엇이 제외될까요? 은닉층이 하나인 64-128-10 모델에서는 가중치 몇 개에 감쇠가 걸릴까요?
#
# ??? tip "힌트"
#     매개변수의 차원 수는 `p.ndim`입니다. `weight_decay`를 적지 않은 그룹에는 옵티마이저의 기본값이 적용된다는 점에 주의하세요.

# %% [markdown] lang="en"
# **4. Parameter groups.** For any model, make two groups so that only parameters with two or more dimensions decay; the decaying group comes first. Besides biases, what does splitting by dimension leave out? In a 64-128-10 model with one hidden layer, how many weights decay?
#
# ??? tip "Hint"
#     The number of dimensions of a parameter is `p.ndim`. Mind that a group without a `weight_decay` of its own gets the default of the optimizer.


# %% exercise="param_groups"
# ko: 그룹(딕셔너리) 두 개의 리스트를 돌려주세요.
# en: Return a list of two groups (dictionaries).
def param_groups(model, weight_decay):
    ### BEGIN SOLUTION
    decay = [p for p in model.parameters() if p.ndim >= 2]
    keep = [p for p in model.parameters() if p.ndim < 2]
    return [
        {"params": decay, "weight_decay": weight_decay},
        {"params": keep, "weight_decay": 0.0},
    ]
    ### END SOLUTION


# %% check="param_groups"
mlp = nn.Sequential(
    nn.Linear(64, 128), nn.BatchNorm1d(128), nn.ReLU(), nn.Linear(128, 10)
)
groups = param_groups(mlp, 0.1)
assert isinstance(groups, list), f"{type(groups)}, expected a list"
decayed, kept = torch.optim.AdamW(groups, lr=0.001).param_groups
both = decayed["weight_decay"], kept["weight_decay"]
assert both == (0.1, 0.0), f"weight_decay {both}, expected (0.1, 0.0)"
count = sum(p.numel() for p in decayed["params"])
assert count == 9472, f"BatchNorm1d(128): {count} numbers decay"
count = sum(p.numel() for p in kept["params"])
assert count == 128 + 2 * 128 + 10, f"BatchNorm1d(128): {count} do not"
conv = nn.Sequential(nn.Conv2d(1, 4, 3), nn.Flatten(), nn.Linear(4, 2))
decayed, kept = torch.optim.AdamW(param_groups(conv, 0.3)).param_groups
dimensions = [p.ndim for p in decayed["params"]]
assert dimensions == [4, 2], f"Conv2d: {dimensions}, expected [4, 2]"
both = decayed["weight_decay"], len(kept["params"])
assert both == (0.3, 2), f"Conv2d, weight_decay 0.3: {both}"


# %% wrong="param_groups"
# ko: 이름이 weight인 매개변수를 모두 감쇠시키면 배치 정규화의 배율도 함께 줄어듭니다.
# en: If everything called weight decays, so does the scale of batch normalization.
def param_groups(model, weight_decay):
    named = list(model.named_parameters())
    decay = [p for name, p in named if "weight" in name]
    keep = [p for name, p in named if "weight" not in name]
    return [
        {"params": decay, "weight_decay": weight_decay},
        {"params": keep, "weight_decay": 0.0},
    ]


# %% wrong="param_groups"
# ko: 차원이 정확히 2인 매개변수만 골라서, 차원이 4인 합성곱의 필터가 빠집니다.
# en: It takes parameters with exactly 2 dimensions and misses the filters of a convolution, which have 4.
def param_groups(model, weight_decay):
    decay = [p for p in model.parameters() if p.ndim == 2]
    keep = [p for p in model.parameters() if p.ndim != 2]
    return [
        {"params": decay, "weight_decay": weight_decay},
        {"params": keep, "weight_decay": 0.0},
    ]


# %% wrong="param_groups"
# ko: 둘째 그룹에 0을 적지 않으면 옵티마이저의 기본값이 적용되어 편향까지 감쇠합니다.
# en: Without a 0 in the second group the default of the optimizer makes the biases decay too.
def param_groups(model, weight_decay):
    decay = [p for p in model.parameters() if p.ndim >= 2]
    keep = [p for p in model.parameters() if p.ndim < 2]
    return [
        {"params": decay, "weight_decay": weight_decay},
        {"params": keep},
    ]


# %% right="param_groups"
def param_groups(model, weight_decay):
    groups = [
        {"params": [], "weight_decay": weight_decay},
        {"params": [], "weight_decay": 0.0},
    ]
    for p in model.parameters():
        groups[p.ndim < 2]["params"].append(p)
    return groups


# %% right="param_groups"
def param_groups(model, weight_decay):
    decay = filter(lambda p: p.ndim > 1, model.parameters())
    keep = filter(lambda p: p.ndim < 2, model.parameters())
    return [
        {"params": decay, "weight_decay": weight_decay},
        {"params": keep, "weight_decay": 0.0},
    ]


# %% [markdown] lang="ko"
# **5. 가장 좋은 λ.** $\lambda$마다 훈련 데이터로 `ridge()`의 해를 구하고, 검증 MSE가 가장 낮은 $\lambda$를 돌려주세요. 검증 데이터 자리에 훈련 데이터를 넣으면 어떤 값이 나올까요?
#
# ??? tip "힌트"
#     먼저 $\lambda$ 하나를 받아 훈련 데이터로 해를 구하고 검증 MSE를 돌려주는 함수를 생각해 보세요. `min()`의 `key`에 이 함수를 넘길 수 있습니다.

# %% [markdown] lang="en"
# **5. The best λ.** Fit `ridge()` on the training data and return the $\lambda$ with the lowest validation MSE. What comes out if the training data are passed as validation data?
#
# ??? tip "Hint"
#     Think first of a function of one $\lambda$ that fits on the training data and returns the validation MSE. `min()` accepts it as its `key`.


# %% exercise="best_lambda"
# ko: lams 가운데 하나를 돌려주세요.
# ko: 앞에서 만든 ridge()와 mse_of()를 사용해도 됩니다.
# en: Return one of lams. You may use ridge() and mse_of() from above.
def best_lambda(train_data, val_data, lams):
    ### BEGIN SOLUTION
    return min(
        lams,
        key=lambda lam: mse_of(ridge(*train_data, lam), *val_data).item(),
    )
    ### END SOLUTION


# %% check="best_lambda"
g = torch.Generator().manual_seed(7)
inputs = torch.randn(400, 25, generator=g, dtype=torch.float64)
answers = inputs @ torch.full((25, 1), 0.2, dtype=torch.float64)
answers = answers + 2 * torch.randn(
    400, 1, generator=g, dtype=torch.float64
)
small, held_out = (inputs[:30], answers[:30]), (inputs[30:], answers[30:])
choices = (0.01, 0.1, 1.0, 3.0, 10.0, 100.0)
best = best_lambda(small, held_out, choices)
assert best in choices, f"{best} is not one of {choices}"
assert best == 3.0, f"30 examples: {best}, expected 3.0"
best = best_lambda(small, small, choices)
assert best == 0.01, f"same data twice: {best}, expected 0.01"
best = best_lambda(small, held_out, (10.0, 100.0))
assert best == 10.0, f"lams (10.0, 100.0): {best}, expected 10.0"
halves = (inputs[200:], answers[200:]), (inputs[:200], answers[:200])
best = best_lambda(*halves, choices)
assert best == 1.0, f"200 examples: {best}, expected 1.0"


# %% wrong="best_lambda"
# ko: 훈련 데이터의 오차를 기준으로 고르면 언제나 가장 작은 $\lambda$가 뽑힙니다.
# en: Judged by the error on the training data, the smallest $\lambda$ always wins.
def best_lambda(train_data, val_data, lams):
    def error(lam):
        return mse_of(ridge(*train_data, lam), *train_data).item()

    return min(lams, key=error)


# %% wrong="best_lambda"
# ko: 검증 데이터로 맞추고 같은 데이터로 측정했으므로, 검증 오차가 아니라 훈련 오차입니다.
# en: Fitted and measured on the validation data, the error is a training error.
def best_lambda(train_data, val_data, lams):
    def error(lam):
        return mse_of(ridge(*val_data, lam), *val_data).item()

    return min(lams, key=error)


# %% wrong="best_lambda"
# ko: 오차가 가장 작은 것이 아니라 가장 큰 $\lambda$를 골랐습니다.
# en: It picks the $\lambda$ with the largest error.
def best_lambda(train_data, val_data, lams):
    def error(lam):
        return mse_of(ridge(*train_data, lam), *val_data).item()

    return max(lams, key=error)


# %% right="best_lambda"
def best_lambda(train_data, val_data, lams):
    best, lowest = None, float("inf")
    for lam in lams:
        error = mse_of(ridge(*train_data, lam), *val_data)
        if error < lowest:
            best, lowest = lam, error
    return best


# %% [markdown] lang="ko"
# ## 퀴즈 { #quiz }
#
# ??? question "1. L2 규제의 벌점은 노름일까요, 노름의 제곱일까요?"
#     - [ ] 노름이며, 제곱과 거의 같습니다: $\lambda$로 맞출 수 있을 듯하지만, 제곱이 당기는 힘은 노름의 힘에 비해 (3, 4)에서는 10배이고 (0.03, 0.04)에서는 10분의 1입니다. 상수 하나로는 둘 다 맞출 수 없습니다.
#     - [x] 제곱이며, 작을수록 약하게 당깁니다: 제곱의 힘은 가중치에 비례합니다. 제곱하지 않은 노름은 아무리 작은 가중치도 1의 세기로 당겨 텐서 전체를 0으로 만들 수 있습니다.
#     - [ ] 노름이며, 작은 가중치에 너그럽습니다: 반대로, 작은 가중치에 너그러운 것은 제곱이고 노름은 크기와 상관없이 1의 세기로 당깁니다.
#
# ??? question "2. 편향에도 벌점을 매겨야 할까요?"
#     - [x] 아니요, 예측이 한쪽으로 치우칩니다: 171이어야 할 편향이 85.5가 되어 모든 예측이 모자랐습니다. 편향은 함수를 가파르게 하지 않으므로 줄일 이유도 적습니다.
#     - [ ] 네, 매개변수를 모두 똑같이 다룹니다: 공평해 보이지만, 가중치를 줄이는 것은 함수가 가팔라지지 않게 하려는 것이고 편향은 가파름과 상관없습니다.
#     - [ ] 네, 제곱하지 않는다면 괜찮습니다: 노트에서는 170.5로 끝나 괜찮아 보이지만, 171이 워낙 커서 일정한 힘이 작아 보였을 뿐입니다.
#
# ??? question "3. 190.64와 6.63을 비교해 규제가 해롭다고 할 수 있을까요?"
#     - [ ] 네, 손실이 훨씬 커졌습니다: 190.64에서 181.38은 벌점입니다. 서로 다른 것을 재는 두 손실은 비교할 수 없습니다.
#     - [ ] 네, 벌점을 빼도 더 큽니다: 9.26이 6.63보다 크기는 하지만 초깃값이 다르고, 벌점을 더하면 훈련 데이터의 손실은 커지기 마련입니다.
#     - [x] 아니요, 아직 알 수 없습니다: 규제는 처음 보는 데이터를 위한 것이므로 검증 데이터로 판단합니다.
#
# ??? question "4. Adam의 weight_decay와 AdamW의 weight_decay는 같을까요?"
#     - [x] 아니요, AdamW만 모두 같은 비율로 줄입니다: AdamW는 모든 가중치에 $1 - \eta\lambda$를 곱합니다. Adam은 $\lambda w$를 기울기에 더한 뒤 나누므로 기울기가 큰 가중치일수록 덜 줄어듭니다.
#     - [ ] 네, 둘 다 손실에 L2 벌점을 더한 것입니다: 이름이 같아 그렇게 생각하기 쉽지만, 이 말은 Adam에만 맞습니다.
#     - [ ] 네, SGD에서 같으므로 여기서도 같습니다: SGD에서는 두 방법이 같지만, Adam에는 기울기의 크기로 나누는 단계가 있습니다.
#
# ??? question "5. λ는 어떻게 골라야 할까요?"
#     - [ ] 훈련 데이터의 손실로 고릅니다: 학습할 때 늘 보는 값이지만, 이 손실은 벌점이 없을 때 가장 낮으므로 언제나 $\lambda = 0$을 고르게 됩니다.
#     - [x] 검증 데이터의 손실로 고릅니다: 벌점의 목적이 처음 보는 데이터에서 손실을 낮추는 것이므로, 학습에 쓰지 않은 데이터로 고릅니다.
#     - [ ] 테스트 데이터의 손실로 고릅니다: 처음 보는 데이터이기는 하지만, 고르는 데 쓰고 나면 그 점수는 더는 처음 보는 데이터의 점수가 아닙니다.
#     - [ ] 사전분포의 공식으로 구합니다: 최대 사후 확률 추정이 공식을 알려 주지만, 잡음과 가중치의 분산을 알 때만 쓸 수 있습니다.

# %% [markdown] lang="en"
# ## Quiz { #quiz }
#
# ??? question "1. Is the L2 penalty the norm or the squared norm?"
#     - [ ] The norm, nearly the same as its square: It seems that $\lambda$ makes up for it, but the square pulls 10 times as hard at (3, 4) and a tenth as hard at (0.03, 0.04). No constant makes up for both.
#     - [x] The square, which pulls small weights less: Its pull is proportional to the weight. An unsquared norm pulls with strength 1 however small the weights are, and can drive a whole tensor to 0.
#     - [ ] The norm, being mild on small weights: It is the other way around. The square is mild on them, the norm pulls with strength 1 at any size.
#
# ??? question "2. Should the bias be penalized as well?"
#     - [x] No, it makes predictions miss to one side: A bias that should be 171 became 85.5, and every prediction fell short. A bias does not make a function steeper, so there is little reason to shrink it.
#     - [ ] Yes, all parameters are treated alike: It seems fair, but weights are shrunk to keep the function from getting steep, and a bias has nothing to do with that.
#     - [ ] Yes, if the norm is not squared: In the notes it ended at 170.5, which looks fine, but only because a constant pull looks small next to 171.
#
# ??? question "3. Do 190.64 and 6.63 show that regularization does harm?"
#     - [ ] Yes, the loss is far larger: Of the 190.64, 181.38 is penalty. Losses that measure different things cannot be compared.
#     - [ ] Yes, even without the penalty: 9.26 is larger than 6.63, but the initial values differ, and in the end a penalty can only raise the loss on the training data.
#     - [x] No, they cannot show that: Regularization is meant for unseen data, so judge it on validation data.
#
# ??? question "4. Is weight_decay in Adam the same as in AdamW?"
#     - [x] No, only AdamW shrinks all alike: It multiplies every weight by $1 - \eta\lambda$. Adam adds $\lambda w$ to the gradient and then divides, so the larger a weight's gradients, the less it shrinks.
#     - [ ] Yes, both add an L2 penalty to the loss: The common name suggests it, but this is true of Adam alone.
#     - [ ] Yes, they agree for SGD and hence here: For SGD they do agree, but Adam divides by the size of the gradient.
#
# ??? question "5. How should λ be chosen?"
#     - [ ] By the loss on training data: It is the loss in view all the time, but it is lowest without a penalty, so $\lambda = 0$ always wins.
#     - [x] By the loss on validation data: The penalty is there to lower the loss on unseen data, so choose by data that training did not use.
#     - [ ] By the loss on test data: These are unseen indeed, but once they have served to choose, their score is no longer one on unseen data.
#     - [ ] By the formula of the prior: Maximum a posteriori estimation gives one, but it works only if the variances of noise and weights are known.

# %% [markdown] lang="ko"
# ## 정리 { #summary }
#
# - 노트의 190.64는 벌점 181.38과 데이터 손실 9.26의 합입니다. 벌점이 든 손실끼리는 비교하지 않고, 같은 초깃값에서 출발한 데이터 손실을 비교합니다. `loss = data_loss + penalty`로 쓰면 데이터 손실이 별도의 변수에 그대로 남습니다.
# - 노름은 같은 양을 빼고 노름의 제곱은 같은 비율로 줄이며, L2 규제는 제곱을 씁니다. 이때 가중치는 방향마다 $s/(s + \lambda)$배가 되므로, 데이터에 정보가 적은 방향부터 지워집니다.
# - 모멘텀을 쓰지 않는 SGD에서는 벌점, 갱신식, `weight_decay`의 결과가 같습니다. 편향은 매개변수 그룹으로 제외해야 하며, 그러지 않으면 171이어야 할 편향이 85.5가 됩니다.
# - SGD와 Adam의 `weight_decay`는 기울기에 더해지지만, AdamW는 가중치에 $1 - \eta\lambda$를 곱합니다. 따라서 한 옵티마이저에서 쓰던 $\lambda$를 다른 옵티마이저에 그대로 쓸 수 없습니다.
# - $\lambda$는 검증 세트로 고릅니다. 실험에서 U자의 바닥은 잡음과 데이터의 수로 정해지는 $2\sigma^2/(n\tau^2)$ 근처에 있었습니다. 대조 실험을 해 보니, 유명한 시연에서 얻은 이득은 초깃값을 지운 효과였습니다.

# %% [markdown] lang="en"
# ## What we saw { #summary }
#
# - The 190.64 of the notes is 181.38 of penalty plus 9.26 of data loss. Losses with penalties in them are not compared; data losses from the same start are. Writing `loss = data_loss + penalty` keeps the data loss under a name of its own.
# - A norm takes off the same amount, a squared norm the same share. L2 regularization uses the square, which multiplies the weight along each direction by $s/(s + \lambda)$, so directions about which the data say little are erased first.
# - For plain SGD, penalty, update, and `weight_decay` are the same. Parameter groups leave the bias out. Otherwise the bias ends at 85.5 instead of 171.
# - In SGD and Adam, `weight_decay` is added to the gradient; AdamW multiplies the weights by $1 - \eta\lambda$. A $\lambda$ does not carry over between optimizers.
# - Choose $\lambda$ on a validation set. The bottom of the U lay near $2\sigma^2/(n\tau^2)$, set by the noise and the amount of data. With a control, the gain in a famous demonstration turned out to be the erasing of initial weights.

# %% [markdown] lang="ko"
# ## 참고 자료 { #references }
#
# - PyTorch 문서: [`torch.optim.SGD`](https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html), [`torch.optim.Adam`](https://docs.pytorch.org/docs/stable/generated/torch.optim.Adam.html), [`torch.optim.AdamW`](https://docs.pytorch.org/docs/stable/generated/torch.optim.AdamW.html), [`torch.linalg.vector_norm`](https://docs.pytorch.org/docs/stable/generated/torch.linalg.vector_norm.html), [`torch.norm`](https://docs.pytorch.org/docs/stable/generated/torch.norm.html), [`F.mse_loss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.mse_loss.html), [매개변수 그룹](https://docs.pytorch.org/docs/stable/optim.html#per-parameter-options)
# - A. E. Hoerl, R. W. Kennard, [Ridge Regression: Biased Estimation for Nonorthogonal Problems](https://doi.org/10.1080/00401706.1970.10488634), 1970. 릿지 회귀를 처음 제안한 논문입니다.
# - A. Krogh, J. A. Hertz, [A Simple Weight Decay Can Improve Generalization](https://proceedings.neurips.cc/paper/1991/hash/8eefcfdf5990e441f0fb6f3fad709e21-Abstract.html), 1991. 감쇠가 데이터와 상관없는 방향의 가중치를 지운다는 것을 보입니다.
# - I. Loshchilov, F. Hutter, [Decoupled Weight Decay Regularization](https://arxiv.org/abs/1711.05101), 2019. AdamW를 처음 제안한 논문입니다.
# - I. Goodfellow, Y. Bengio, A. Courville, [Deep Learning, 7장](https://www.deeplearningbook.org/contents/regularization.html), 2016. L2 규제를 고유벡터 방향에서 살펴보고, 편향을 제외하는 이유도 설명합니다.

# %% [markdown] lang="en"
# ## References { #references }
#
# - PyTorch documentation: [`torch.optim.SGD`](https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html), [`torch.optim.Adam`](https://docs.pytorch.org/docs/stable/generated/torch.optim.Adam.html), [`torch.optim.AdamW`](https://docs.pytorch.org/docs/stable/generated/torch.optim.AdamW.html), [`torch.linalg.vector_norm`](https://docs.pytorch.org/docs/stable/generated/torch.linalg.vector_norm.html), [`torch.norm`](https://docs.pytorch.org/docs/stable/generated/torch.norm.html), [`F.mse_loss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.mse_loss.html), [parameter groups](https://docs.pytorch.org/docs/stable/optim.html#per-parameter-options)
# - A. E. Hoerl and R. W. Kennard, [Ridge Regression: Biased Estimation for Nonorthogonal Problems](https://doi.org/10.1080/00401706.1970.10488634), 1970. The paper that introduced ridge regression.
# - A. Krogh and J. A. Hertz, [A Simple Weight Decay Can Improve Generalization](https://proceedings.neurips.cc/paper/1991/hash/8eefcfdf5990e441f0fb6f3fad709e21-Abstract.html), 1991. Shows that decay suppresses the directions that do not matter to the data.
# - I. Loshchilov and F. Hutter, [Decoupled Weight Decay Regularization](https://arxiv.org/abs/1711.05101), 2019. The paper behind AdamW.
# - I. Goodfellow, Y. Bengio, and A. Courville, [Deep Learning, chapter 7](https://www.deeplearningbook.org/contents/regularization.html), 2016. L2 regularization seen along eigenvectors, and why the bias is left out.
