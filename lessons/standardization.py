# ---
# needs: [learning_rate]
# ---

# %% [markdown] lang="ko"
# # 표준화가 바꾸는 것은 조건수 { #standardization }
#
# 표준화를 하면 학습이 잘된다고 하지만, 원본 데이터로 학습한 쪽이 갱신 20번 만에 더 낮은 손실에 이르기도 합니다. 표준화가 실제로 바꾸는 것은 손실이라는 골짜기의 모양, 즉 조건수입니다.
#
# 널리 쓰이는 강의 노트에는 입력을 표준화한 뒤 손실이 줄어드는 표가 실려 있지만, 표준화하지 않은 실행은 빠져 있습니다. 이 레슨에서는 빠진 실행을 채워 넣고, 무엇이 좋아졌는지 고윳값으로 측정합니다. 이때 [학습률](learning_rate.md)에서 배운 한계 $2/\lambda_{\max}$가 길잡이가 됩니다.
#
# !!! abstract "학습 목표"
#     - 평균과 표준편차로 표준화하고, `n`과 `n - 1` 가운데 무엇으로 나누었는지 밝힙니다.
#     - 헤세 행렬의 고윳값에서 조건수와 가장 큰 안정적인 학습률을 구합니다.
#     - 중심화, 스케일 맞추기, 백색화가 각각 어떤 효과를 내는지 구별합니다.
#     - 손실 가운데 타깃의 평균에서 온 부분을 찾아 없앱니다.
#     - 훈련 세트의 통계량으로만 변환하고, 학습한 가중치를 원래 단위로 되돌립니다.
#     - 값이 변하지 않는 픽셀과 스케일이 어긋난 입력을 찾아 고칩니다.

# %% [markdown] lang="en"
# # What standardization really changes: conditioning { #standardization }
#
# Standardizing is said to help training. Yet raw data can reach a lower loss in 20 updates. What really changes is the shape of the valley: its conditioning.
#
# Widely used lecture notes standardize their inputs and show a table of falling losses. The run without standardization is missing. We add it, and then measure with eigenvalues what has improved. Our guide is the limit $2/\lambda_{\max}$ from [the lesson on learning rates](learning_rate.md).
#
# !!! abstract "What you will be able to do"
#     - Standardize with mean and standard deviation, and say whether you divided by `n` or `n - 1`.
#     - Read the condition number and the largest stable learning rate off the eigenvalues of the Hessian.
#     - Tell apart what centering, scaling, and whitening each contribute.
#     - Find the part of the loss that comes from the mean of the target, and remove it.
#     - Transform with training statistics only, and map weights back to the original units.
#     - Spot and fix pixels that never vary and inputs on the wrong scale.

# %%
import copy
import math

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

# %% [markdown] lang="ko"
# ## 평균을 빼고 표준편차로 나누기 { #formula }
#
# 점수 1, 2, 3의 평균은 2입니다. 평균과의 차이인 −1, 0, 1을 제곱해 더하면 2가 되고, 이것을 `n - 1`인 2로 나누면 분산(variance)은 1, **표준편차**(standard deviation)도 1이 됩니다. **표준화**(standardization)는 다음과 같이 평균 $\mu$를 빼고 표준편차 $\sigma$로 나누는 일을 말합니다.
#
# $$
# x' = \frac{x - \mu}{\sigma}
# $$

# %% [markdown] lang="en"
# ## Subtract the mean, divide by the standard deviation { #formula }
#
# Take the scores 1, 2, 3. Their mean is 2. Square the deviations −1, 0, 1 and add: 2. Divide by `n - 1`, which is 2, so the variance is 1, and the **standard deviation** is also 1. To **standardize** is to subtract the mean $\mu$ and divide by the standard deviation $\sigma$.
#
# $$
# x' = \frac{x - \mu}{\sigma}
# $$

# %%
small = torch.tensor([1.0, 2.0, 3.0])
print(f"mean {small.mean():.4f}  std {small.std():.4f}")
# > mean 2.0000  std 1.0000
print((small - small.mean()) / small.std())
# > tensor([-1.,  0.,  1.])

# %% [markdown] lang="ko"
# 출력이 암산한 결과와 같다는 것을 확인했으니, 이제 노트의 데이터에 적용해 봅시다. 이 데이터에는 학생 5명의 시험 점수가 세 개씩 있으며, 이 점수로 최종 점수를 예측합니다. 특성(feature)마다 따로, 즉 열마다 표준화하므로 `dim=0`을 지정합니다.

# %% [markdown] lang="en"
# This agrees with the calculation by hand. Now the data of the notes: three exam scores of five students, from which to predict a final score. Each feature is standardized on its own, column by column, hence `dim=0`.

# %%
x = torch.tensor(
    [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]],
    dtype=torch.float32,
)
y = torch.tensor([[152.0], [185.0], [180.0], [196.0], [142.0]])
mu, sigma = x.mean(dim=0), x.std(dim=0)
z = (x - mu) / sigma
print("mean", mu)
# > mean tensor([84.8000, 84.6000, 85.6000])
print("std ", sigma)
# > std  tensor([11.0544, 12.2393, 12.6214])
print(z)
# > tensor([[-1.0674, -0.3758, -0.8398],
# >         [ 0.7418,  0.2778,  0.5863],
# >         [ 0.3799,  0.5229,  0.3486],
# >         [ 1.0132,  1.0948,  1.1409],
# >         [-1.0674, -1.5197, -1.2360]])
assert torch.allclose(z.mean(dim=0), torch.zeros(3), atol=1e-6)
assert torch.allclose(z.std(dim=0), torch.ones(3))

# %% [markdown] lang="ko"
# 첫 학생의 첫 점수 73은 평균 84.8000보다 표준편차의 1.0674배만큼 낮습니다. 모든 열의 평균이 0, 표준편차가 1이 되었다는 것은 `assert`로 확인할 수 있습니다. 단위가 "점"에서 "표준편차의 몇 배"로 바뀌었을 뿐, 학생들의 순서와 점수 차이의 비는 그대로입니다.

# %% [markdown] lang="en"
# The first score of the first student, 73, lies 1.0674 standard deviations below the mean of 84.8000. Every column now has mean 0 and standard deviation 1, as the `assert` confirms. The unit has changed from points to standard deviations; the order of the students and the ratios of their distances have not.

# %% [markdown] lang="ko"
# ### n으로 나눌까, n − 1로 나눌까 { #ddof .deeper }
#
# `torch.std()`는 `n - 1`로 나누는데, 이것은 표본(sample)에서 모집단의 분산을 치우침 없이 추정하는 방식입니다. 반면 scikit-learn의 `StandardScaler`와 NumPy의 `np.std()`는 `n`으로 나눕니다. 두 방식의 결과는 얼마나 다를까요?

# %% [markdown] lang="en"
# ### Divide by n or by n − 1? { #ddof .deeper }
#
# `torch.std()` divides by `n - 1`, which makes the estimate of the population variance unbiased. The `StandardScaler` of scikit-learn and NumPy's `np.std()` divide by `n`. How much does it matter?

# %% anchor="n_or_less"
from sklearn.preprocessing import StandardScaler

population_std = x.std(dim=0, correction=0)
print("n - 1", sigma)
# > n - 1 tensor([11.0544, 12.2393, 12.6214])
print("n    ", population_std)
# > n     tensor([ 9.8874, 10.9471, 11.2889])
print(
    f"ratio {sigma[0] / population_std[0]:.4f}  "
    f"sqrt(5/4) {math.sqrt(5 / 4):.4f}"
)
# > ratio 1.1180  sqrt(5/4) 1.1180
print(f"with 1000 examples {math.sqrt(1000 / 999):.4f}")
# > with 1000 examples 1.0005

# %% folded="tests"
by_sklearn = torch.tensor(
    StandardScaler().fit_transform(x.numpy()), dtype=torch.float32
)
assert torch.allclose(by_sklearn, (x - mu) / population_std, atol=1e-6)

# %% [markdown] lang="ko"
# 두 표준편차의 비는 어느 열에서나 1.1180, 즉 $\sqrt{5/4}$입니다. 샘플이 5개뿐이어서 이만큼 차이가 나고, 1,000개라면 1.0005배로 거의 같습니다. 어느 방식이든 괜찮지만, **학습과 예측에 같은 방식**을 쓰고 무엇으로 나누었는지 적어 두어야 합니다.

# %% [markdown] lang="en"
# The ratio is 1.1180 in every column, which is $\sqrt{5/4}$. Five examples make it that large; with 1,000 it is 1.0005. Either choice is fine, as long as training and prediction use **the same one** and you say which.

# %% [markdown] lang="ko"
# ### 이름이 비슷한 세 가지 { #names .deeper }
#
# 노트에서는 이 식을 "normalize"라고 부릅니다. 그러나 평균을 빼고 표준편차로 나누는 일은 표준화라고 하며, **정규화**(normalization)는 값을 일정한 범위나 길이에 맞추는 일을 두루 가리킵니다. 같은 세 점수에 세 가지 변환을 차례로 적용해 봅시다.

# %% [markdown] lang="en"
# ### Three similar names { #names .deeper }
#
# The notes call the formula "normalize." Subtracting the mean and dividing by the standard deviation is called standardization. **Normalization** is a loose name for fitting values to a range or a length. Here are three operations on the same scores.

# %% anchor="three_names"
print("standardized", (small - small.mean()) / small.std())
# > standardized tensor([-1.,  0.,  1.])
print("min-max     ", (small - small.min()) / (small.max() - small.min()))
# > min-max      tensor([0.0000, 0.5000, 1.0000])
print("unit length ", F.normalize(small, dim=0))
# > unit length  tensor([0.2673, 0.5345, 0.8018])
assert torch.isclose(F.normalize(small, dim=0).norm(), torch.tensor(1.0))

# %% [markdown] lang="ko"
# 세 변환의 결과는 모두 다릅니다. 최소-최대 정규화는 값을 0과 1 사이로 옮기고, `F.normalize`는 벡터의 길이를 1로 맞춥니다.
#
# !!! warning "정규화와 규제는 다른 말입니다"
#     **규제**(regularization)는 데이터가 아니라 모델을 대상으로 하며, 과적합(overfitting)을 줄이기 위해 학습에 제약을 거는 일입니다. 한국어 자료에서는 normalization과 regularization을 모두 "정규화"라고 옮기기도 하므로, 헷갈릴 때는 영어 이름을 확인하는 것이 좋습니다. 배치 정규화(batch normalization)는 이름과 달리, 층에서 계산한 값을 배치마다 표준화하는 방법입니다.

# %% [markdown] lang="en"
# Three different results. Min-max normalization moves the values into the range from 0 to 1; `F.normalize` makes the length 1.
#
# !!! warning "Normalization is not regularization"
#     **Regularization** acts on the model, not on the data: it constrains training to reduce overfitting. Korean texts often use one word for both, and in English the two are easily mixed up, too. Batch normalization, despite its name, standardizes the intermediate values of a layer, batch by batch.

# %% [markdown] lang="ko"
# ## 강의 노트의 실행 { #classic-run }
#
# 모델은 `nn.Linear(3, 1)`, 손실은 평균 제곱 오차(mean squared error, MSE)이고, 학습률 0.1로 20번 갱신합니다. `train()`은 노트와 마찬가지로 갱신하기 **직전**의 손실을 모읍니다.

# %% [markdown] lang="en"
# ## The run of the lecture notes { #classic-run }
#
# The model is `nn.Linear(3, 1)`, the loss is the mean squared error (MSE), the learning rate 0.1, with 20 updates. Like the notes, `train()` collects the loss **before** each update.


# %% folded="optional"
def train(model, inputs, targets, lr, num_updates=20):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_updates):
        loss = F.mse_loss(model(inputs), targets)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


def mse(model, inputs):
    with torch.no_grad():
        return F.mse_loss(model(inputs), y).item()


# %% [markdown] lang="ko"
# 노트와 똑같은 숫자를 얻으려면 준비가 하나 더 필요합니다. 노트에서는 시드를 1로 한 번만 정하고, [학습률](learning_rate.md) 레슨에 나온 네 번의 실행에 쓰려고 `nn.Linear(3, 3)` 네 개를 먼저 만들었습니다. 그다음에 만든 `nn.Linear(3, 1)`은 이 네 모듈이 쓴 난수 뒤에 이어지는 난수로 초기화됩니다. 따라서 여기서도 같은 모듈 네 개를 먼저 만들고 버립니다.

# %% [markdown] lang="en"
# To get the numbers of the notes, one preparation is needed. The notes set the seed to 1 once and built four `nn.Linear(3, 3)` first, for the four runs in [learning rate](learning_rate.md). The `nn.Linear(3, 1)` built next drew its initial values from the random numbers that followed. So we build the same four first and throw them away.

# %%
torch.manual_seed(1)
for _ in range(4):
    nn.Linear(3, 3)
start = nn.Linear(3, 1)

classic = copy.deepcopy(start)
losses = train(classic, z, y, lr=0.1)
for update, loss in enumerate(losses, start=1):
    print(f"{update:2d}  {loss:12.6f}")
# >  1  29785.089844
# >  2  18906.166016
# >  3  12054.673828
# >  4   7702.029785
# >  5   4925.733398
# >  6   3151.632812
# >  7   2016.996094
# >  8   1291.051270
# >  9    826.505249
# > 10    529.207397
# > 11    338.934174
# > 12    217.153564
# > 13    139.206757
# > 14     89.313835
# > 15     57.375465
# > 16     36.928429
# > 17     23.835773
# > 18     15.450429
# > 19     10.077809
# > 20      6.633700
print(f"after update 20  {mse(classic, z):.6f}")
# > after update 20  4.423987
assert losses == sorted(losses, reverse=True)

# %% folded="optional"
torch.manual_seed(1)
print(f"without the four: {mse(nn.Linear(3, 1), z):.6f}")
# > without the four: 29571.447266

# %% [markdown] lang="ko"
# 손실은 29785.089844에서 6.633700까지 줄어들며, `float32`의 정밀도 안에서 노트의 표와 일치합니다. 모듈 네 개를 먼저 만들지 않으면 29571.447266에서 출발하므로 모든 행이 달라집니다. 노트에서 출력하지 않은 마지막 갱신 뒤의 손실은 4.423987입니다.
#
# 손실이 처음의 4,000분의 1 아래로 줄어든 것은 표준화 덕분일까요? 비교할 다른 실행이 없으니 이 표 하나만으로는 알 수 없습니다. 표준화의 효과를 말하려면 표준화하지 않은 실행이 함께 있어야 합니다.

# %% [markdown] lang="en"
# The loss falls from 29785.089844 to 6.633700, matching the table of the notes to `float32` precision. Without the four modules the run starts at 29571.447266, and every line differs. The loss after the last update, which the notes do not print, is 4.423987.
#
# The loss has fallen to less than a 4,000th of its first value. Is that due to standardization? One table cannot tell, because there is nothing to compare it with.

# %% [markdown] lang="ko"
# ### 이름이 같은 두 함수 { #redefined .deeper }
#
# 노트에는 위험한 습관이 하나 더 있습니다. 분류에서 쓰던 함수와 이름이 같은 `train`을 회귀에서 새로 정의하는데, 노트북에서는 **마지막에 실행한 정의**가 사용됩니다. 그렇다면 위쪽 셀을 다시 실행한 뒤 아래로 내려오면 어떻게 될까요? 손실 함수 하나만 남긴 예제로 이 상황을 재현해 봅시다.

# %% [markdown] lang="en"
# ### Two functions with one name { #redefined .deeper }
#
# The notes also have a risky habit: for the regression they define a new `train` under the name already used for classification. In a notebook, **the definition run last** wins. What if you rerun a cell further up and then come back down? The following cell reproduces this with nothing but the loss function.


# %% anchor="two_names"
def loss_of(model):
    return F.mse_loss(model(z), y)


accident = copy.deepcopy(start)
print(f"regression cell run last      {loss_of(accident).item():.6f}")
# > regression cell run last      29785.089844


def loss_of(model):
    return F.cross_entropy(model(z), y)


loss = loss_of(accident)
loss.backward()
print(f"classification cell run last  {abs(loss.item()):.6f}")
# > classification cell run last  0.000000
assert loss == 0
assert not accident.weight.grad.any()

# %% [markdown] lang="ko"
# 오류 없이 손실이 0.000000이 되었지만, 모델이 완벽하기 때문은 아닙니다. 출력이 하나뿐이면 소프트맥스의 값은 언제나 1이고 그 로그는 0입니다. 기울기(gradient, 그레이디언트)도 0이므로 모델은 아무것도 학습하지 않습니다.
#
# !!! warning "함수마다 다른 이름을 쓰거나, 손실 함수를 인자로 받습니다"
#     같은 이름을 다시 쓰면 셀을 실행한 순서에 따라 결과가 달라집니다. 커널을 다시 시작하고 위에서 아래로 한 번에 실행하여 같은 결과가 나오는지 확인해야 합니다.

# %% [markdown] lang="en"
# No error, and a loss of 0.000000. Not because the model is perfect: with a single output, softmax is always 1 and its logarithm 0. The gradient is 0 as well, so the model learns nothing.
#
# !!! warning "Give each function its own name, or pass in the loss function"
#     With a reused name, the result depends on the order in which cells were run. Restart the kernel, run everything from top to bottom, and see whether the result is the same.

# %% [markdown] lang="ko"
# ## 빠진 실행 { #raw-run }
#
# 같은 출발점에서 원본 데이터로 학습시킵니다. 먼저 똑같은 학습률 0.1을 쓰고, 이어서 그 만분의 1인 1e-5를 씁니다.

# %% [markdown] lang="en"
# ## The missing run { #raw-run }
#
# Train on the raw data from the same start, first at the same learning rate of 0.1, then at one ten thousand times smaller, 1e-5.

# %%
for lr in (0.1, 1e-5):
    model = copy.deepcopy(start)
    losses = train(model, x, y, lr)
    print(
        f"raw, lr {lr:g}:",
        *(f"{loss:.5g}" for loss in losses[:5]),
        f"... after 20: {mse(model, x):.4f}",
    )
# > raw, lr 0.1: 57622 1.1157e+12 2.1603e+19 4.1831e+26 8.0999e+33 ... after 20: nan
# > raw, lr 1e-05: 57622 18063 5663.9 1777.4 559.12 ... after 20: 2.9094

# %% [markdown] lang="ko"
# 학습률이 0.1이면 예상대로 손실이 폭발해 `nan`이 됩니다. 그런데 1e-5에서는 20번 갱신한 뒤의 손실이 **2.9094**로, 표준화한 실행의 4.4240보다 오히려 낮습니다.
#
# 이런 결과가 나온 것은 출발점이 우연히 좋았기 때문일까요? 시드 3개로 실행하여 20번 뒤의 손실과 1,000번 뒤의 손실을 함께 살펴봅시다.

# %% [markdown] lang="en"
# At 0.1 it blows up to `nan`. So far, no surprise. But at 1e-5 the loss after 20 updates is **2.9094**, lower than the 4.4240 of the standardized run.
#
# Was it a lucky start? Run three seeds and compare the losses after 20 and after 1,000 updates.


# %%
def fresh(seed):
    torch.manual_seed(seed)
    return nn.Linear(3, 1)


print("          raw, lr 1e-5     standardized, lr 0.1")
# >           raw, lr 1e-5     standardized, lr 0.1
print("after     20     1000          20     1000")
# > after     20     1000          20     1000
for seed in (1, 2, 3):
    row = []
    for inputs, lr in ((x, 1e-5), (z, 0.1)):
        model = fresh(seed)
        for num_updates in (20, 980):
            train(model, inputs, y, lr, num_updates)
            row.append(mse(model, inputs))
    print(
        f"seed {seed}  {row[0]:.4f}  "
        f"{row[1]:.4f}      {row[2]:.4f}  {row[3]:.4f}"
    )
    assert row[0] < row[2]
    assert row[3] < row[1]
# > seed 1  0.2277  0.2106      4.2741  0.1066
# > seed 2  0.5523  0.4870      4.3219  0.1059
# > seed 3  2.3485  1.6430      4.4065  0.1056

# %% [markdown] lang="ko"
# 20번 갱신한 뒤에는 세 시드 모두 원본의 손실이 더 낮지만, 1,000번 뒤에는 세 시드 모두 더 높습니다. 시드 1에서 원본의 손실은 0.2277까지 단숨에 내려간 다음, 980번을 더 갱신하고도 0.2106까지밖에 내려가지 않았습니다. 표준화한 데이터의 손실은 0.1066, 0.1059, 0.1056으로 어느 시드에서나 거의 같습니다.
#
# !!! warning "20번 뒤의 손실로 판단하지 않습니다"
#     이 표만 보면 "표준화하면 손실이 빨리 줄어든다"는 말도, "표준화하면 손해다"라는 말도 맞는 것처럼 보입니다. 짧은 실행에서 드러나는 것은 데이터 변환의 효과가 아니라 출발점과 학습률의 영향입니다.
#
# 왜 처음에는 빠르게 줄어들다가 나중에는 거의 줄지 않을까요? 가중치와 편향을 어느 방향으로 움직이는지에 따라 손실이 줄어드는 속도가 크게 다르기 때문입니다.

# %% [markdown] lang="en"
# After 20 updates the raw run is lower with all three seeds; after 1,000 it is higher with all three. With seed 1, raw data get down to 0.2277 in a flash, but another 980 updates only bring the loss to 0.2106. The standardized runs end at 0.1066, 0.1059, and 0.1056, nearly the same whatever the seed.
#
# !!! warning "Do not judge by the loss after 20 updates"
#     From this table you could argue that standardizing speeds up training, or that it hurts. A short run shows the influence of the start and the learning rate, not the effect of transforming the data.
#
# Why is it fast at first and so slow later? Because the speed depends greatly on the direction in which the weights and the bias move.

# %% [markdown] lang="ko"
# ## 헤세 행렬이 보여 주는 골짜기 { #hessian }
#
# 먼저 손으로 계산할 수 있는 예를 살펴봅시다. 특성은 하나이고 그 값은 8, 9, 10입니다. 모델은 $wx + b$이고 매개변수(parameter)는 $(w, b)$ 두 개입니다. 평균 제곱 오차를 두 번 미분한 **헤세 행렬**(Hessian)은 입력만으로 정해지며, 식에는 타깃도 현재 가중치도 나오지 않습니다.
#
# $$
# H = \frac{2}{n}\,[X\ 1]^\top [X\ 1] = \frac{2}{n} \begin{pmatrix} \sum x^2 & \sum x \\ \sum x & n \end{pmatrix}
# $$
#
# $[X\ 1]$은 입력 옆에 편향을 위한 1의 열을 붙인 행렬이고, $n$은 샘플의 수입니다. 이 예에서는 $\sum x^2 = 245$, $\sum x = 27$입니다. 값에서 평균 9를 빼서 −1, 0, 1로 만들면 두 합은 각각 2와 0이 됩니다.

# %% [markdown] lang="en"
# ## The valley that the Hessian shows { #hessian }
#
# Start with an example to do by hand: one feature with the values 8, 9, 10. The model is $wx + b$ with two parameters, $(w, b)$. The **Hessian**, the matrix of second derivatives of the mean squared error, depends on the inputs alone. Neither the targets nor the current weights appear in it.
#
# $$
# H = \frac{2}{n}\,[X\ 1]^\top [X\ 1] = \frac{2}{n} \begin{pmatrix} \sum x^2 & \sum x \\ \sum x & n \end{pmatrix}
# $$
#
# $[X\ 1]$ is the matrix of inputs with a column of ones for the bias, and $n$ is the number of examples. Here $\sum x^2 = 245$ and $\sum x = 27$. Subtract the mean, 9, to get −1, 0, 1, and the sums become 2 and 0.


# %%
def with_ones(inputs):
    return torch.cat([inputs, torch.ones(len(inputs), 1)], dim=1).double()


def hessian(inputs):
    design = with_ones(inputs)
    return 2 / len(design) * design.T @ design


feature = torch.tensor([[8.0], [9.0], [10.0]])
print(hessian(feature))
# > tensor([[163.3333,  18.0000],
# >         [ 18.0000,   2.0000]], dtype=torch.float64)
print(hessian(feature - 9))
# > tensor([[1.3333, 0.0000],
# >         [0.0000, 2.0000]], dtype=torch.float64)

# %% folded="tests"
# ko: 타깃과 매개변수에 어떤 값을 넣어도 결과는 같습니다.
# en: Targets and parameters may be anything.
by_autograd = torch.autograd.functional.hessian(
    lambda w: F.mse_loss(
        with_ones(feature) @ w, torch.tensor([5.0, 1.0, 7.0]).double()
    ),
    torch.tensor([3.0, -2.0]).double(),
)
assert torch.allclose(hessian(feature), by_autograd)

# %% [markdown] lang="ko"
# 식으로 구한 행렬은 자동 미분으로 구한 행렬과 같습니다. 원본 데이터에서는 $w$와 $b$가 18이라는 성분으로 얽혀 있지만, 평균을 빼면 그 성분이 0이 되어 서로 영향을 주지 않습니다.
#
# 이 행렬의 **고윳값**(eigenvalue)은 각 방향의 곡률(curvature)입니다. 학습률이 $\eta$일 때 곡률이 $\lambda_i$인 방향의 오차는 갱신할 때마다 $1 - \eta\lambda_i$배가 됩니다. 학습률의 한계는 가장 많이 굽은 방향에서 정해지는데, 이 한계의 절반을 학습률로 쓰면 가장 평평한 방향에서는 학습이 느립니다. 두 방향의 곡률의 비를 **조건수**(condition number) $\kappa$라고 합니다.
#
# $$
# \kappa = \frac{\lambda_{\max}}{\lambda_{\min}}, \qquad \eta = \frac{1}{\lambda_{\max}} \;\Rightarrow\; 1 - \eta\lambda_{\min} = 1 - \frac{1}{\kappa}
# $$
#
# 예를 들어 조건수가 1,000이면 가장 느린 방향의 오차는 갱신할 때마다 1,000분의 1씩만 줄어듭니다.

# %% [markdown] lang="en"
# It equals the matrix found by automatic differentiation. With the raw data the entry 18 ties $w$ to $b$; with the mean subtracted that entry is 0, and the two no longer affect each other.
#
# The **eigenvalues** of this matrix are the curvatures by direction. Along a direction of curvature $\lambda_i$, each update at learning rate $\eta$ multiplies the error by $1 - \eta\lambda_i$. The most curved direction limits the learning rate, and at half of that limit the flattest direction is slow. The ratio of the two curvatures is the **condition number** $\kappa$.
#
# $$
# \kappa = \frac{\lambda_{\max}}{\lambda_{\min}}, \qquad \eta = \frac{1}{\lambda_{\max}} \;\Rightarrow\; 1 - \eta\lambda_{\min} = 1 - \frac{1}{\kappa}
# $$
#
# With a condition number of 1,000, the error along the slowest direction shrinks by only a 1,000th per update.


# %%
def curvatures(inputs):
    return torch.linalg.eigvalsh(hessian(inputs))


def condition_number(inputs):
    values = curvatures(inputs)
    return (values[-1] / values[0]).item()


for name, inputs in (("8, 9, 10", feature), ("-1, 0, 1", feature - 9)):
    low, high = curvatures(inputs).tolist()
    print(
        f"{name}  curvatures {low:.4f} and {high:.5g}  "
        f"condition number {condition_number(inputs):.5g}"
    )
# > 8, 9, 10  curvatures 0.0161 and 165.32  condition number 10249
# > -1, 0, 1  curvatures 1.3333 and 2  condition number 1.5

# %% [markdown] lang="ko"
# 데이터에 담긴 정보는 조금도 달라지지 않았는데, 평균 9를 뺀 것만으로 조건수가 10249에서 1.5로 작아졌습니다.
#
# ### 이론을 확인하기 { #theory .deeper }
#
# 이 이론이 맞는지 표준화한 데이터로 확인해 봅시다. 한계 $2/\lambda_{\max}$의 바로 아래와 바로 위의 학습률로 각각 3,000번 갱신하며, 오버플로가 일어나지 않도록 `float64`로 계산합니다.

# %% [markdown] lang="en"
# Subtracting 9 brought the condition number from 10249 down to 1.5. No information in the data has changed.
#
# ### The theory put to the test { #theory .deeper }
#
# Test the theory on the standardized data: 3,000 updates right below and right above the limit $2/\lambda_{\max}$, in `float64` so that nothing overflows.

# %%
print(f"limit {2 / curvatures(z)[-1]:.4f}")
# > limit 0.4343
for lr in (0.434, 0.435, 0.44, 0.45):
    design, w = with_ones(z), torch.zeros(4, 1).double()
    H, pull = hessian(z), 2 / 5 * design.T @ y.double()
    for _ in range(3000):
        w = w - lr * (H @ w - pull)
    print(
        f"lr {lr:<5}  loss after 3000 updates "
        f"{F.mse_loss(design @ w, y.double()).item():.2g}"
    )
# > lr 0.434  loss after 3000 updates 0.17
# > lr 0.435  loss after 3000 updates 6.1e+10
# > lr 0.44   loss after 3000 updates 8.3e+69
# > lr 0.45   loss after 3000 updates 2e+184

# %% [markdown] lang="ko"
# 이 데이터에서 학습률의 한계는 0.4343입니다. 학습률이 0.434이면 수렴하지만, 겨우 0.001 더 큰 0.435에서는 3,000번 만에 손실이 수백억까지 커집니다. 0.44와 0.45에서 나온 손실은 `float32`에 담을 수 없는 크기이므로, 보통의 학습이라면 `inf`와 `nan`이 나타납니다.

# %% [markdown] lang="en"
# The limit is 0.4343. At 0.434 the run converges; at 0.435, a mere 0.001 more, the loss is in the tens of billions after 3,000 updates. The losses at 0.44 and 0.45 are beyond what `float32` can hold, so that in ordinary training you would see `inf` and `nan`.

# %% [markdown] lang="ko"
# ## 중심화, 스케일, 백색화 { #center-scale-whiten .deeper }
#
# 표준화는 두 가지 일을 한꺼번에 합니다. 하나는 평균을 빼는 **중심화**(centering)이고, 다른 하나는 표준편차로 나누어 스케일을 맞추는 일입니다. 둘 가운데 어느 쪽 덕분에 조건수가 낮아졌을까요? 조건수를 여기서 더 낮출 방법도 있을까요? 먼저 특성들이 서로 얼마나 비슷한지 상관계수(correlation coefficient)로 알아봅시다.

# %% [markdown] lang="en"
# ## Centering, scaling, whitening { #center-scale-whiten .deeper }
#
# Standardizing does two things at once: **centering**, which subtracts the mean, and scaling, which divides by the standard deviation. Which of them lowered the condition number? And can it go lower still? First, the correlations between the features.

# %%
correlation = torch.corrcoef(x.T)
print(correlation)
# > tensor([[1.0000, 0.8843, 0.9848],
# >         [0.8843, 1.0000, 0.9471],
# >         [0.9848, 0.9471, 1.0000]])
assert torch.allclose(correlation, torch.corrcoef(z.T), atol=1e-5)

# %% [markdown] lang="ko"
# 상관계수가 0.8843~0.9848로 높다는 것은 세 시험이 거의 같은 능력을 측정한다는 뜻입니다. 표준화한 뒤에도 상관계수가 그대로라는 것은 `assert`로 확인했습니다.
#
# 상관까지 없애는 변환을 **백색화**(whitening)라고 합니다. 공분산(covariance) 행렬을 $LL^\top$로 분해하고(숄레스키 분해, Cholesky decomposition) 중심화한 데이터에 $L^{-1}$을 곱하면, 공분산이 단위 행렬이 됩니다.

# %% [markdown] lang="en"
# With correlations from 0.8843 to 0.9848, the three exams measure nearly the same thing. Standardizing leaves the correlations as they are, as the `assert` confirms.
#
# A transformation that removes them as well is **whitening**. Factor the covariance matrix into $LL^\top$ (Cholesky decomposition) and multiply the centered data by $L^{-1}$; the covariance becomes the identity matrix.

# %%
raw = x.double()
centered = raw - raw.mean(dim=0)
L = torch.linalg.cholesky(torch.cov(raw.T))
forms = {
    "raw": raw,
    "scaled": raw / raw.std(dim=0),
    "centered": centered,
    "standardized": centered / raw.std(dim=0),
    "whitened": torch.linalg.solve_triangular(L, centered.T, upper=False).T,
}
assert torch.allclose(torch.cov(forms["whitened"].T), torch.eye(3).double())

# %% anchor="whitened"
print("inputs        smallest   largest  condition  largest lr")
# > inputs        smallest   largest  condition  largest lr
for name, inputs in forms.items():
    values = curvatures(inputs)
    low, high = values[0].item(), values[-1].item()
    print(
        f"{name:12}  {low:8.4f}  {high:8.5g}  "
        f"{high / low:9.6g}  {2 / high:10.2g}"
    )
# > raw             0.0064     44014  6.86042e+06     4.5e-05
# > scaled          0.0024     311.8     127291      0.0064
# > centered        0.5258    662.93    1260.78       0.003
# > standardized    0.0036    4.6049    1275.73        0.43
# > whitened        1.6000         2       1.25           1
assert condition_number(forms["centered"]) < condition_number(
    forms["standardized"]
)
# Without correlation, hardly anything of it is left.
assert condition_number(forms["whitened"]) < 2

# %% [markdown] lang="ko"
# 조건수가 적힌 열을 위에서 아래로 읽으면 다음과 같습니다.
#
# - **원본**의 조건수는 6.86042e+06으로, 약 686만입니다.
# - **스케일만** 맞추면 조건수가 127291로 작아지지만 여전히 큽니다.
# - **중심화만** 해도 조건수가 1260.78까지 작아집니다. 조건수가 낮아지는 효과는 대부분 여기서 나옵니다.
# - **표준화**를 하면 조건수가 1275.73이 되어, 중심화만 했을 때보다 오히려 조금 나빠집니다. 세 특성의 표준편차가 비슷해서 나눌 이유가 별로 없었기 때문입니다.
# - **백색화**를 하면 조건수가 1.25가 됩니다. 남아 있던 1,000배의 차이는 상관에서 온 것이었습니다. 공분산을 구할 때 `n - 1`로 나눈 탓에 특성 방향의 곡률은 $2 \cdot 4/5 = 1.6$이 되고 편향 방향의 곡률은 2여서, 조건수가 정확히 1이 되지는 않습니다. 또한 백색화는 데이터가 거의 퍼져 있지 않은 방향을 크게 늘이면서 그 방향의 잡음까지 키웁니다.
#
# 그렇다면 이 데이터에서 표준편차로 나눈 것은 쓸모없는 일이었을까요? 조건수만 보면 그렇지만, 쓸 수 있는 가장 큰 학습률은 0.003에서 0.43으로 커졌습니다. 즉, 스케일을 맞추면 **0.1 같은 흔한 학습률로도 풀리는 문제**가 됩니다. 또한 특성마다 단위가 크게 다르면 대개 조건수도 낮아집니다.

# %% [markdown] lang="en"
# Read the condition numbers from top to bottom.
#
# - **Raw**: 6.86042e+06, about 6.86 million.
# - **Scaling alone**: 127291. Better, and still large.
# - **Centering alone**: 1260.78. Nearly all of the gain comes from this.
# - **Standardizing**: 1275.73, slightly worse than centering alone. The three features have similar standard deviations, so there was little reason to divide.
# - **Whitening**: 1.25. The remaining factor of 1,000 was due to correlation. The condition number is not 1 because the covariance divides by `n - 1`, so the curvature along the features is $2 \cdot 4/5 = 1.6$, against 2 for the bias. Whitening stretches directions with hardly any spread, and amplifies the noise in them.
#
# Was dividing by the standard deviation a waste here? For the condition number, yes. What it did change is the largest learning rate, from 0.003 to 0.43. Scaling turns the task into one where **a common rate such as 0.1 works**. And where features come in very different units, it mostly lowers the condition number as well.

# %% figure="curvature_ranges"
fig, ax = plt.subplots(figsize=(6.4, 4))
for row, inputs in enumerate(forms.values()):
    values = curvatures(inputs)
    ax.plot(
        [values[0], values[-1]],
        [row, row],
        "-",
        color="C7",
        linewidth=8,
        alpha=0.5,
        solid_capstyle="butt",
    )
    ax.plot(values, [row] * 4, "o", color="C0")
ax.set(
    xscale="log",
    xlim=(1e-3, 2e5),
    xticks=[1e-2, 1, 100, 1e4],
    xlabel="curvature",
)
ax.set_yticks(range(5), forms)
ax.invert_yaxis()

# %% [markdown] lang="ko" caption="curvature_ranges"
# 로그 축에서 띠의 길이가 조건수를 나타냅니다. 중심화하면 띠가 크게 짧아지고, 이어서 표준편차로 나누면 띠의 위치만 바뀌며, 백색화하면 점만 남습니다.
#
# 가로축은 로그 눈금으로 나타낸 곡률이며, 다섯 가지 입력을 위에서 아래로 늘어놓았습니다. 입력마다 고윳값 네 개가 점으로 표시되고, 가장 작은 것에서 가장 큰 것까지 회색 띠로 이어집니다. 원본은 0.0064에서 44014까지, 스케일만 맞춘 입력은 0.0024에서 311.8까지 길게 뻗어 있습니다. 중심화한 입력은 0.5258에서 662.93까지, 표준화한 입력은 0.0036에서 4.6049까지로 띠의 길이는 비슷하고 위치만 다릅니다. 백색화한 입력은 점들이 1.6과 2에 몰려 있습니다.
#
# - curvature: 곡률
# - raw: 원본
# - scaled: 스케일만
# - centered: 중심화
# - standardized: 표준화
# - whitened: 백색화

# %% [markdown] lang="en" caption="curvature_ranges"
# On the logarithmic axis, the length of a band is the condition number. Centering shortens it, dividing after that only moves it, and whitening leaves a dot.
#
# Horizontal axis: curvature, logarithmic; five kinds of inputs from top to bottom. For each, four dots mark the eigenvalues and a gray band spans them. Raw stretches from 0.0064 to 44014, scaled from 0.0024 to 311.8. Centered, from 0.5258 to 662.93, and standardized, from 0.0036 to 4.6049, have bands of about the same length in different places. Whitened has its dots crowded at 1.6 and 2.

# %% [markdown] lang="ko"
# ### 위에서 내려다본 골짜기 { #picture }
#
# 스케일만 맞춘 입력을 뺀 네 가지를 그림으로 나타내려면 매개변수가 두 개여야 하므로, 편향(bias) 없이 특성만 두 개인 모델을 새로 만듭니다. 평균은 (4, 3), 표준편차는 (2, 1), 상관계수는 0.6입니다. 편향이 없으면 헤세 행렬은 공분산 행렬에 평균끼리 곱한 행렬을 더하고 2를 곱한 것과 같습니다.
#
# $$
# H = 2\,(\Sigma + \mu\mu^\top)
# $$
#
# 중심화하면 $\mu\mu^\top$가 사라지고, 표준화하면 $\Sigma$가 상관 행렬이 됩니다. 상관 행렬의 고윳값은 $1 \pm 0.6$이므로 조건수는 $1.6/0.4 = 4$입니다.

# %% [markdown] lang="en"
# ### The valley from above { #picture }
#
# To draw four of these inputs, all but the scaled one, we need exactly two parameters. Invent a model with two features and no bias: means (4, 3), standard deviations (2, 1), correlation 0.6. Without a bias, the Hessian is twice the sum of the covariance matrix and the outer product of the means.
#
# $$
# H = 2\,(\Sigma + \mu\mu^\top)
# $$
#
# Centering removes $\mu\mu^\top$; standardizing turns $\Sigma$ into the correlation matrix. The eigenvalues of that are $1 \pm 0.6$, so its condition number is $1.6/0.4 = 4$.

# %%
mean, std, rho = torch.tensor([4.0, 3.0]), torch.tensor([2.0, 1.0]), 0.6
corr = torch.tensor([[1.0, rho], [rho, 1.0]])
cov = std.outer(std) * corr
valleys = {
    "raw": 2 * (cov + mean.outer(mean)),
    "centered": 2 * cov,
    "standardized": 2 * corr,
    "whitened": 2 * torch.eye(2),
}
for name, H in valleys.items():
    low, high = torch.linalg.eigvalsh(H).tolist()
    print(f"{name:12}  condition number {high / low:.2f}")
# > raw           condition number 32.91
# > centered      condition number 7.63
# > standardized  condition number 4.00
# > whitened      condition number 1.00

# %% figure="valleys"
fig, axes = plt.subplots(2, 2, sharex=True, sharey=True, figsize=(6.4, 6.4))
a, b = torch.meshgrid(
    torch.linspace(-2, 2, 61), torch.linspace(-2, 2, 61), indexing="xy"
)
grid = torch.stack([a, b], dim=2)
for ax, (name, H) in zip(axes.flat, valleys.items(), strict=True):
    lr = 2 / torch.linalg.eigvalsh(H).sum()
    path = [torch.tensor([0.4, 1.8])]
    for _ in range(12):
        path.append(path[-1] - lr * H @ path[-1])
    height = (grid @ H * grid).sum(dim=2) / H.trace()
    levels = [0.02, 0.1, 0.3, 0.7, 1.3, 2.1]
    ax.contour(a, b, height, levels=levels, colors="C7", linewidths=1)
    ax.plot(
        *torch.stack(path).T, "o-", color="C1", markersize=5, linewidth=1.5
    )
    ax.plot(0, 0, "*", color="C0", markersize=14)
    ax.set(title=name, aspect="equal", xticks=[-2, 0, 2], yticks=[-2, 0, 2])
plt.setp(axes[1], xlabel="error of w1")
plt.setp(axes[:, 0], ylabel="error of w2")

# %% [markdown] lang="ko" caption="valleys"
# 골짜기가 둥글수록 경사 하강법은 바닥까지 곧장 내려갑니다. 반면 좁고 비스듬한 골짜기에서는 양쪽 벽을 오가느라 바닥에 늦게 닿습니다.
#
# 등고선 그림 네 개를 나란히 배치했습니다. 두 축은 w1과 w2의 오차로 −2에서 2까지이고, 한가운데의 별이 최솟값입니다. 모두 (0.4, 1.8)에서 출발해 각 골짜기에 가장 좋은 고정 학습률로 12번 갱신합니다. 원본은 왼쪽 위에서 오른쪽 아래로 누운 가느다란 타원이고, 경로는 벽 사이를 오가며 12번 뒤에도 별에 닿지 못합니다. 중심화하면 타원이 짧아지고 방향이 바뀝니다. 표준화하면 대각선 방향의 통통한 타원이 되어 경로가 금방 별에 닿습니다. 백색화하면 등고선이 동심원이 되어 갱신 한 번에 별에 닿습니다.
#
# - raw: 원본
# - centered: 중심화
# - standardized: 표준화
# - whitened: 백색화
# - error of w1: w1의 오차
# - error of w2: w2의 오차

# %% [markdown] lang="en" caption="valleys"
# The rounder the valley, the straighter gradient descent goes down. In a narrow, slanted valley it bounces between the walls and takes long to reach the bottom.
#
# Four contour maps. Both axes show errors, of w1 and w2, from −2 to 2, and the star in the middle is the minimum. Every path starts at (0.4, 1.8) and makes 12 updates with the best constant learning rate for its valley. Raw is a thin ellipse slanting from upper left to lower right, and its path swings between the walls and has not reached the star after 12 updates. Centering makes the ellipse shorter and turns it. Standardizing gives a plump diagonal ellipse whose path soon reaches the star. Whitening gives circles, and one step arrives.


# %% lab="standardization" tolerance="1e-6"
# ko: 웹에서 이 그림을 움직이면 나오는 값입니다. `state`를 바꾸어 불러 보세요.
# en: What the lab in this figure's place computes: change its `state`.
def standardization_lab(state):
    def pair(name):
        return torch.tensor(
            [state[f"{name}1"], state[f"{name}2"]], dtype=torch.float64
        )

    mean, std, rho = pair("mean"), pair("std"), state["rho"]
    corr = torch.tensor([[1, rho], [rho, 1]], dtype=torch.float64)
    H = 2 * (std.outer(std) * corr + mean.outer(mean))
    low, high = torch.linalg.eigvalsh(H).tolist()
    path = [pair("start")]
    for _ in range(200):
        path.append(path[-1] - 2 / (low + high) * H @ path[-1])
    path = torch.stack(path)
    losses = ((path @ H) * path).sum(dim=1).tolist()
    there = next(
        (t for t, loss in enumerate(losses) if loss < losses[0] / 1000), -1
    )
    answered = abs(rho) > 0.49 and high / low < 2
    found = {
        "H": [H[0, 0], H[0, 1], H[1, 1]],
        "condition": high / low,
        "limit": 2 / high,
    }
    return {
        **found,
        "path": path[:31],
        "there": there,
        "answered": answered,
    }


# %% [markdown] lang="ko" question="standardization"
# 두 특성을 표준화하면(평균 0, 표준편차 1) 조건수는 4까지 내려갑니다. 상관계수를 0.6으로 둔 채 평균을 옮겨 조건수를 2보다 작게 만들 수 있을까요?
#
# 두 평균을 서로 반대쪽으로 조금씩 옮기면 됩니다. 편향이 없는 모델의 헤세 행렬은 2차 적률, 즉 평균을 빼지 않은 두 특성을 곱한 값의 평균에 비례하므로, 평균의 곱이 음수이면 양의 상관이 상쇄됩니다. 즉, 중심화가 언제나 가장 좋은 변환인 것은 아니지만, 상관을 모를 때는 안전하게 쓸 수 있습니다. 편향이 있는 모델에서는 옮긴 평균이 편향과 얽히므로 이 방법이 통하지 않습니다.
#
# - mean of feature 1: 특성 1의 평균
# - mean of feature 2: 특성 2의 평균
# - standard deviation of feature 1: 특성 1의 표준편차
# - standard deviation of feature 2: 특성 2의 표준편차
# - correlation: 상관계수
# - start, error of w1: 출발점, w1의 오차
# - start, error of w2: 출발점, w2의 오차
# - The contours of the loss and the path of gradient descent from the start: 손실의 등고선과 출발점에서 시작한 경사 하강법의 경로
# - A cloud of examples with these means, standard deviations and correlation: 이 평균, 표준편차, 상관계수를 따르는 샘플의 산점도
# - more than 200: 200 초과
# - The condition number is {condition}, the largest stable learning rate {limit}. At the best constant rate the loss falls to 1/1000 after {updates} updates.: 조건수는 {condition}이고 안정적인 학습률의 한계는 {limit}입니다. 가장 좋은 고정 학습률로 손실을 1/1000까지 줄이는 데 드는 갱신 횟수는 {updates}입니다.

# %% [markdown] lang="en" question="standardization"
# Standardizing both features (mean 0, standard deviation 1) brings the condition number down to 4. Leave the correlation at 0.6: can you bring it below 2 by moving the means?
#
# Move the two means a little, in opposite directions. Without a bias, the Hessian is proportional to the matrix of second moments about the origin, so a negative product of means cancels a positive correlation. Centering is not always the best transformation, but it is a safe one when the correlation is unknown. In a model with a bias the moved means get entangled with it, and the trick fails.

# %% [markdown] lang="ko"
# 조건수는 32.91에서 7.63, 4.00, 1.00으로 차례차례 작아집니다. 이 예에서는 두 특성의 표준편차가 두 배 차이 나므로 표준편차로 나누는 것도 도움이 됩니다.
#
# !!! warning "표준화가 상관까지 없애 주지는 않습니다"
#     표준화는 열마다 따로 빼고 나누므로 열과 열 사이의 관계는 그대로 남습니다. 따라서 상관계수가 1에 가까우면 표준화한 뒤에도 골짜기는 길쭉합니다. 이렇게 남은 문제는 백색화로 없애거나, [모멘텀과 Adam](momentum_adam.md)에서처럼 옵티마이저(optimizer)로 보완합니다.

# %% [markdown] lang="en"
# The condition numbers fall from 32.91 to 7.63, 4.00, and 1.00. Here the standard deviations differ by a factor of two, so dividing by them helps, too.
#
# !!! warning "Standardizing does not remove correlation"
#     Each column is treated on its own, so relations between columns stay. With correlations close to 1 the valley remains elongated after standardizing. Whitening removes what is left, or the optimizer copes with it, as in [momentum and Adam](momentum_adam.md).

# %% [markdown] lang="ko"
# ### 갱신이 몇 번 필요할까 { #updates }
#
# 이번에는 조건수를 갱신 횟수로 바꾸어 생각해 봅시다. 손실이 이차 함수이면 실제로 실행하지 않아도 갱신 횟수를 계산할 수 있습니다. 최솟값을 뺀 나머지 손실은 방향별 성분의 합이고, 각 성분은 갱신할 때마다 $(1 - \eta\lambda_i)^2$배가 되기 때문입니다.
#
# $$
# L_t - L_{\min} = \sum_i \frac{\lambda_i c_i^2}{2}\,(1 - \eta\lambda_i)^{2t}
# $$
#
# $c_i$는 출발점과 최적점의 차이를 $i$번째 고유벡터(eigenvector) 방향으로 잰 값입니다. 가중치 0에서 출발해 이 식으로 구한 손실을, 실제로 20번 갱신한 결과와 비교해 봅시다.

# %% [markdown] lang="en"
# ### How many updates does it take? { #updates }
#
# Turn condition numbers into numbers of updates. On a quadratic loss there is no need to run anything: the loss above the minimum is a sum with one term per direction, and every update multiplies each term by its $(1 - \eta\lambda_i)^2$.
#
# $$
# L_t - L_{\min} = \sum_i \frac{\lambda_i c_i^2}{2}\,(1 - \eta\lambda_i)^{2t}
# $$
#
# Here $c_i$ is the difference between start and optimum along the $i$th eigenvector. We start from zero weights and check against 20 real updates.


# %%
def best_fit(inputs):
    return torch.linalg.lstsq(with_ones(inputs), y.double()).solution


def shares(inputs, bias=0.0):
    values, directions = torch.linalg.eigh(hessian(inputs))
    begin = torch.tensor([[0.0], [0.0], [0.0], [bias]]).double()
    c = (directions.T @ (begin - best_fit(inputs))).squeeze(1)
    return values, values * c**2 / 2


def excess_after(num_updates, inputs, lr, bias=0.0):
    values, share = shares(inputs, bias)
    return (share * (1 - lr * values) ** (2 * num_updates)).sum().item()


# %%
floor = F.mse_loss(with_ones(z) @ best_fit(z), y.double()).item()
model = fresh(0)
nn.init.zeros_(model.weight)
nn.init.zeros_(model.bias)
train(model, z, y, lr=0.1)
print(
    f"minimum {floor:.4f}  formula {floor + excess_after(20, z, 0.1):.4f}  "
    f"measured {mse(model, z):.4f}"
)
# > minimum 0.1043  formula 4.3737  measured 4.3737
assert abs(floor + excess_after(20, z, 0.1) - mse(model, z)) < 1e-3

# %% [markdown] lang="ko"
# 식으로 구한 손실과 실행한 결과는 4.3737로 같습니다. 손실의 최솟값은 0.1043이며 어떤 변환을 하더라도 달라지지 않습니다. 이제 다섯 가지 입력마다 학습률을 $1/\lambda_{\max}$로 두고, 손실과 최솟값의 차이가 0.001 이하가 될 때까지 필요한 갱신 횟수를 구합니다. 편향을 0에서 시작할 때와 타깃의 평균인 171에서 시작할 때를 나란히 비교합니다.

# %% [markdown] lang="en"
# Formula and run agree on 4.3737. The minimum, 0.1043, is the same after every transformation. Now give each of the five inputs its learning rate $1/\lambda_{\max}$, and find the number of updates until the loss is within 0.001 of the minimum, for a bias that starts at 0 and for one that starts at 171, the mean of the target.


# %%
def updates_needed(inputs, bias, goal=0.001):
    lr = 1 / curvatures(inputs)[-1]
    low, high = 0, 1
    while excess_after(high, inputs, lr, bias) > goal:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (
            (middle, high)
            if excess_after(middle, inputs, lr, bias) > goal
            else (low, middle)
        )
    return high


# %%
needed = {
    name: [updates_needed(inputs, bias) for bias in (0, 171)]
    for name, inputs in forms.items()
}
values, share = shares(raw)
print(
    f"raw: {share[-1] / share.sum():.3%} of the "
    "first loss along the most curved direction"
)
# > raw: 99.995% of the first loss along the most curved direction
print("inputs         bias 0   bias 171")
# > inputs         bias 0   bias 171
for name, (from_zero, from_mean) in needed.items():
    print(f"{name:12}  {from_zero:7.3g}  {from_mean:9.3g}")
# > raw           1.41e+07   3.91e+07
# > scaled        1.79e+05   5.94e+05
# > centered      2.84e+03         89
# > standardized      844        844
# > whitened            5          5
assert needed["raw"][0] > 1000 * needed["standardized"][0]

# %% [markdown] lang="ko"
# 편향을 0에서 시작하면 원본은 1.41e+07번, 즉 1,400만 번쯤 갱신해야 하지만, 표준화하면 844번, 백색화하면 5번이면 충분합니다. 처음 20번 동안 원본의 손실이 더 낮았던 이유도 여기서 알 수 있습니다. 원본에서는 첫 손실의 99.995%가 가장 많이 굽은 방향 하나에 있어서 금세 사라집니다. 나머지 방향의 손실은 아주 작지만, 이것까지 없애려면 천만 번 넘게 갱신해야 합니다.
#
# 편향을 171에서 시작하면 중심화만 한 입력이 89번으로, 844번이 필요한 표준화보다 빠릅니다. 조건수가 거의 같더라도 오차가 **어느 방향에** 있는지에 따라 필요한 갱신 횟수가 달라집니다. 조건수가 알려 주는 것은 최악의 경우뿐입니다.

# %% [markdown] lang="en"
# With the bias starting at 0, raw data take 1.41e+07 updates, some 14 million; standardized data take 844, whitened data 5. The table also shows why raw data were ahead after 20 updates. There, 99.995% of the first loss lies along the single most curved direction and is gone at once. What remains in the other directions is small, but removing it takes more than ten million updates.
#
# Starting at 171, centering alone needs 89 updates and beats the 844 of standardizing. Even with nearly equal condition numbers, the count depends on **which directions** hold the error. A condition number describes only the worst case.

# %% figure="loss_curves"
fig, ax = plt.subplots(figsize=(6.4, 4.4))
num_updates = torch.logspace(0, 7.5, 120).long().unique()
looks = {
    "raw": ("C3", "-"),
    "centered": ("C1", "-."),
    "standardized": ("C0", "--"),
    "whitened": ("C2", ":"),
}
for name, (color, style) in looks.items():
    lr = 1 / curvatures(forms[name])[-1]
    excess = [
        max(excess_after(t, forms[name], lr), 1e-9)
        for t in num_updates.tolist()
    ]
    ax.loglog(
        num_updates, excess, style, color=color, linewidth=2.5, label=name
    )
ax.axhline(0.001, color="C7", linewidth=1)
ax.set(ylim=(1e-4, 1e5), xticks=[1, 100, 1e4, 1e6], yticks=[1e-3, 1, 1e3])
ax.set(xlabel="updates", ylabel="loss above minimum")
ax.legend(loc="upper right")

# %% [markdown] lang="ko" caption="loss_curves"
# 원본은 첫 갱신에서 손실이 가장 많이 줄지만 목표에는 가장 늦게 도착합니다. 표준화는 10번쯤에, 중심화는 2,000번쯤에 원본을 앞지릅니다.
#
# 두 축이 모두 로그 눈금인 그래프입니다. 가로축은 1에서 3,000만쯤까지의 갱신 횟수, 세로축은 최솟값을 뺀 손실이며, 회색 가로선은 0.001에 있습니다. 원본의 실선은 한 번 만에 1.5 근처로 내려와 수백 번 동안 머물고, 0.1 아래의 긴 평지를 지나 1,000만 번을 훌쩍 넘긴 뒤에야 회색 선을 지납니다. 중심화의 쇄선은 수백 번까지 높은 곳에 머물다가 3,000번쯤에야 그 선과 만납니다. 표준화의 파선은 10번 남짓에 1 아래로 내려가고 1,000번에 조금 못 미쳐 선을 지납니다. 백색화의 점선은 5번 만에 곧장 선 아래로 떨어집니다.
#
# - updates: 갱신 횟수
# - loss above minimum: 최솟값을 뺀 손실
# - raw: 원본
# - centered: 중심화
# - standardized: 표준화
# - whitened: 백색화

# %% [markdown] lang="en" caption="loss_curves"
# Raw data gain the most with the first step and arrive last. Standardized data overtake them after about ten updates, centered data after some 2,000.
#
# Log-log chart. Horizontal axis: updates, from 1 to about 30 million; vertical axis: loss above the minimum, with a gray line at 0.001. The solid line of raw data drops to about 1.5 in one update, stays there for hundreds, then follows a long plateau below 0.1 and passes the gray line well beyond 10 million. The dash-dotted line of centered data stays high for hundreds of updates and passes at about 3,000. The dashed line of standardized data is below 1 after some ten updates and passes a little before 1,000. The dotted line of whitened data falls straight through within five.

# %% [markdown] lang="ko"
# ## 타깃이 남긴 손실 { #target .deeper }
#
# 노트의 첫 손실 29785는 어디에서 왔을까요? 가중치와 편향이 작으면 모델은 0 근처의 값을 예측합니다. 그런데 타깃의 평균은 171이므로 손실은 $171^2 = 29241$에서 크게 벗어나지 않습니다. 표준화한 입력은 평균이 0이므로 가중치로는 이 차이를 메우지 못하고, **편향 혼자** 171까지 가야 합니다.
#
# 입력을 표준화하면 편향 방향의 곡률은 2이므로, 학습률이 0.1일 때 편향의 오차는 갱신할 때마다 0.8배가 됩니다. 이 사실을 이용해 스무 번째 손실 가운데 편향에서 온 부분을 계산해 봅시다.

# %% [markdown] lang="en"
# ## The loss due to the mean of the target { #target .deeper }
#
# Where does the first loss of the notes, 29785, come from? The mean of the target is 171. Small weights and a small bias predict something near 0, so the loss is not far from $171^2 = 29241$. The standardized inputs have mean 0, and no weight can make up for that. **The bias alone** has to travel to 171.
#
# For standardized inputs the curvature along the bias is 2, so at a learning rate of 0.1 its error is multiplied by 0.8 per update. Work out how much of the twentieth loss comes from the bias.

# %% anchor="due_to_bias"
print(f"mean of y {y.mean():.0f}, squared {y.mean() ** 2:.0f}")
# > mean of y 171, squared 29241
bias_error = y.mean().item() - start.bias.item()
bias_share = (bias_error * 0.8**19) ** 2
losses = train(copy.deepcopy(start), z, y, lr=0.1)
print(
    f"line 20 of the notes {losses[19]:.4f}, "
    f"due to the bias {bias_share:.4f}"
)
# > line 20 of the notes 6.6337, due to the bias 6.0927
assert bias_share > 0.9 * losses[19]

# %% [markdown] lang="ko"
# 손실 6.6337 가운데 6.0927이 편향에서 왔습니다. 노트의 표는 가중치가 학습되는 과정이라기보다 **편향이 171까지 옮겨 가는 과정**을 보여 준 것입니다.
#
# 이 손실을 없애는 방법은 두 가지입니다. 편향을 타깃의 평균에서 시작하거나, 한계인 0.4343을 넘지 않는 만큼 학습률을 올리면 됩니다. 시드 3개로 첫 번째 손실과 스무 번째 손실을 비교해 봅시다.

# %% [markdown] lang="en"
# Of 6.6337, the bias accounts for 6.0927. What the table of the notes shows is less how weights learn than **how a bias moves to 171**.
#
# There are two remedies: start the bias at the mean of the target, or raise the learning rate, staying below the limit of 0.4343. Compare the first and the twentieth losses for three seeds.


# %% anchor="bias_at_the_mean"
def first_and_twentieth(seed, lr, bias=None):
    model = fresh(seed)
    if bias is not None:
        nn.init.constant_(model.bias, bias)
    losses = train(model, z, y, lr)
    return losses[0], losses[19]


for seed in (1, 2, 3):
    plain = first_and_twentieth(seed, lr=0.1)
    larger = first_and_twentieth(seed, lr=0.3)
    centered_target = first_and_twentieth(seed, lr=0.1, bias=171.0)
    print(
        f"seed {seed}",
        *(
            f"  {a:.5g} -> {b:.4f}"
            for a, b in (plain, larger, centered_target)
        ),
    )
    assert max(larger[1], centered_target[1]) < plain[1] / 5
# > seed 1   29571 -> 6.4650   29571 -> 0.1754   423.05 -> 0.4111
# > seed 2   29666 -> 6.5219   29666 -> 0.1821   415.02 -> 0.4466
# > seed 3   29896 -> 6.6221   29896 -> 0.1956   467.68 -> 0.5101

# %% [markdown] lang="ko"
# 출력은 왼쪽부터 노트의 방식, 학습률 0.3, 편향 171의 결과입니다. 시드 1에서 6.4650이던 스무 번째 손실은 학습률을 0.3으로 올리면 0.1754, 편향을 171에서 시작하면 0.4111이 됩니다. 편향을 바꾼 실행은 첫 손실부터 29571이 아니라 423.05입니다.
#
# 편향을 타깃의 평균에서 시작하는 방법은 입력이 중심화되어 있을 때 씁니다. 앞의 표에서 원본이 오히려 더 느려진 것은 원본에서 가장 좋은 편향이 171이 아니기 때문입니다. 그 값이 얼마인지는 [원래 단위로 되돌리기](#unscaling)에서 알아봅니다.
#
# !!! tip "타깃도 표준화할 수 있습니다"
#     회귀에서는 타깃에서 평균을 빼고 표준편차로 나누어 학습한 다음, 예측에 표준편차를 곱하고 평균을 더해 원래 단위로 되돌릴 수 있습니다. 이때 손실의 단위가 달라지므로, 손실끼리 비교하려면 타깃의 분산을 곱해야 합니다. 반면 분류의 레이블은 표준화하지 않습니다.

# %% [markdown] lang="en"
# From left to right: as in the notes, with a learning rate of 0.3, with a bias of 171. For seed 1 the twentieth loss goes from 6.4650 to 0.1754 at a rate of 0.3, and to 0.4111 with the bias starting at 171. The latter already begins at 423.05 instead of 29571.
#
# Starting the bias at the mean is a remedy for centered inputs. It made raw data slower in the table above, because their best bias is not 171. We find the best one in [back to the original units](#unscaling).
#
# !!! tip "You can standardize the target as well"
#     In regression, subtract the mean of the target and divide by its standard deviation, then multiply predictions by the standard deviation and add the mean. The unit of the loss changes, so multiply by the variance of the target before comparing losses. Class labels are never standardized.

# %% [markdown] lang="ko"
# ## 통계량은 훈련 세트에서만 { #train-only }
#
# 새 학생 두 명의 점수가 80, 85, 82와 60, 62, 58이라고 합시다. 모델은 훈련 세트의 평균과 표준편차로 변환한 좌표에서 학습했으므로, 새 점수도 **같은** 평균과 표준편차로 변환해야 합니다. 자주 하는 실수는 변환을 잊는 것과 새 데이터의 통계량으로 변환하는 것입니다. 올바른 방법과 이 두 가지 실수를 나란히 실행해 봅시다.

# %% [markdown] lang="en"
# ## Statistics from the training set only { #train-only }
#
# Two new students score 80, 85, 82 and 60, 62, 58. The model learned in coordinates made with the mean and standard deviation of the training set, so the new scores must be transformed with **the same** mean and standard deviation. Next to the right way, run two common mistakes: no transformation, and one with statistics of the new data.


# %%
def predict(inputs):
    return (with_ones(inputs) @ best_fit(z)).squeeze(1)


pair = torch.tensor([[80.0, 85.0, 82.0], [60.0, 62.0, 58.0]])
by_itself = (pair - pair.mean(dim=0)) / pair.std(dim=0)
print("transformed", ((pair - mu) / sigma)[0])
# > transformed tensor([-0.4342,  0.0327, -0.2852])
for name, inputs in (
    ("training statistics", (pair - mu) / sigma),
    ("not transformed", pair),
    ("its own", by_itself),
):
    print(f"{name:19}", *(f"{value:9.4f}" for value in predict(inputs)))
# > training statistics  164.6286  121.2162
# > not transformed     2080.2984 1560.8930
# > its own              187.4867  154.5133

# %% [markdown] lang="ko"
# 올바른 예측은 164.6286과 121.2162입니다. 변환을 잊으면 첫 번째 학생의 예측이 2,000점을 넘는 터무니없는 값이 되므로 그나마 잘못을 알아차릴 수 있습니다. 더 위험한 것은 187.4867과 154.5133이라는 그럴듯한 점수가 나온 마지막 행입니다. 이런 값이 나온 이유는 입력을 살펴보면 알 수 있습니다.

# %% [markdown] lang="en"
# The right predictions are 164.6286 and 121.2162. Without the transformation the first one exceeds 2,000, absurd enough to be noticed. The dangerous one is the last line: 187.4867 and 154.5133 look like scores. Its inputs show why.

# %% anchor="by_itself"
print(by_itself)
# > tensor([[ 0.7071,  0.7071,  0.7071],
# >         [-0.7071, -0.7071, -0.7071]])
another = torch.tensor([[99.0, 98.0, 99.0], [97.0, 95.0, 98.0]])
assert torch.allclose(
    (another - another.mean(dim=0)) / another.std(dim=0),
    by_itself,
    atol=1e-5,
)
print("std of a single row", pair[:1].std(dim=0, correction=0))
# > std of a single row tensor([0., 0., 0.])

# %% [markdown] lang="ko"
# 두 학생을 그 두 사람의 통계량으로 표준화하면, 점수가 얼마이든 높은 쪽은 0.7071, 낮은 쪽은 −0.7071이 됩니다. 셀의 `assert`가 보여 주듯이, 모든 시험에서 95점 이상을 받은 두 학생도 똑같은 입력이 됩니다. 학생이 한 명이면 표준편차가 0이어서 나눌 수조차 없습니다. 따라서 예측할 때 쓸 통계량은 **모델의 일부**로 저장해 두어야 합니다.
#
# 반대로 훈련 데이터에 테스트 데이터까지 합쳐서 통계량을 구하면 어떻게 될까요? 다음 셀에서는 훈련 데이터와 초깃값을 그대로 두고 테스트 샘플 하나만 바꿉니다.

# %% [markdown] lang="en"
# Two rows standardized by themselves become 0.7071 for the higher and −0.7071 for the lower, whatever the scores; in the `assert`, two students with 95 or more in every exam turn into the very same inputs. A single row has standard deviation 0, so there is nothing to divide by. The statistics for prediction must be stored as **part of the model**.
#
# What about the opposite, statistics over training and test data together? The next cell keeps training data and initial weights and changes a single test example.

# %%
for test in ([30.0, 40.0, 35.0], [85.0, 85.0, 85.0]):
    everything = torch.cat([x, torch.tensor([test])])
    leaky = (x - everything.mean(dim=0)) / everything.std(dim=0)
    model = copy.deepcopy(start)
    train(model, leaky, y, lr=0.1)
    print(
        f"test {test}: condition {condition_number(leaky):.0f}, "
        f"training loss {mse(model, leaky):.4f}"
    )
# > test [30.0, 40.0, 35.0]: condition 3497, training loss 126.9764
# > test [85.0, 85.0, 85.0]: condition 1276, training loss 4.1777

# %% [markdown] lang="ko"
# !!! warning "테스트 세트를 합쳐서 표준화하면 데이터 누수입니다"
#     훈련 데이터는 그대로인데 테스트 세트의 학생 한 명 때문에 모델이 달라졌습니다. 학습에 쓰지 말아야 할 데이터가 학습에 들어온 것이며, 이것을 **데이터 누수**(data leakage)라고 합니다. 먼저 데이터를 나누고, 훈련 세트에서 통계량을 구한 다음, 모든 데이터에 같은 통계량을 적용하는 순서를 지켜야 합니다. 더 큰 누수는 [훈련·검증·테스트](train_val_test.md)에서 다룹니다.
#
# 노트에는 테스트 세트가 없으므로 모든 행에서 통계량을 구한 것이 잘못은 아니지만, 그 코드를 그대로 옮겨 쓰면서 테스트 세트를 더하면 잘못이 됩니다. 평균에서 먼 학생이 섞이면 조건수도 3497로 나빠지는데, 합쳐서 구한 평균을 빼서는 훈련 데이터가 중심화되지 않기 때문입니다. 평범한 학생이 섞인 둘째 행의 손실 4.1777은 누수가 없을 때의 4.4240보다 오히려 낮습니다. 누수는 이처럼 겉으로 나빠 보이지 않아서 더 위험합니다.

# %% [markdown] lang="en"
# !!! warning "Standardizing with the test set is data leakage"
#     The training data stayed the same, yet one test student changed the model. Data that should be unseen has entered training: **data leakage**. The order is always to split, to take statistics of the training set, and to apply them everywhere. [Training, validation, test](train_val_test.md) shows larger leaks.
#
# The notes have no test set, so taking statistics over all rows is no mistake there. It becomes one when you copy the code and add a test set. A student far from the mean also spoils the condition number, now 3497: after subtracting a joint mean, the training data are no longer centered. In the second line, with an ordinary student, the loss of 4.1777 is even lower than the 4.4240 without a leak. What makes leaks dangerous is that they do not look bad.

# %% [markdown] lang="ko"
# ## 원래 단위로 되돌리기 { #unscaling .deeper }
#
# 표준화한 입력으로 학습한 가중치는 입력이 표준편차만큼 커질 때 예측이 몇 점 오르는지를 나타냅니다. 이것을 시험 점수가 1점 오를 때의 값으로 바꾸려면 변환을 식에 대입하고 정리해야 합니다.
#
# $$
# \sum_j w'_j\,\frac{x_j - \mu_j}{\sigma_j} + b' = \sum_j \frac{w'_j}{\sigma_j}\,x_j + \Bigl(b' - \sum_j \frac{w'_j \mu_j}{\sigma_j}\Bigr)
# $$
#
# 즉, 새 가중치는 $w'/\sigma$이고 새 편향은 괄호 안의 값입니다.

# %% [markdown] lang="en"
# ## Back to the original units { #unscaling .deeper }
#
# A weight learned on a standardized input says how many points the prediction rises when the input grows by one standard deviation. To restate it per point of the exam, substitute the transformation into the formula and collect terms.
#
# $$
# \sum_j w'_j\,\frac{x_j - \mu_j}{\sigma_j} + b' = \sum_j \frac{w'_j}{\sigma_j}\,x_j + \Bigl(b' - \sum_j \frac{w'_j \mu_j}{\sigma_j}\Bigr)
# $$
#
# The new weights are $w'/\sigma$, and the bias is what stands in parentheses.

# %%
mean, std = raw.mean(dim=0), raw.std(dim=0)
solution = best_fit((raw - mean) / std).squeeze(1)
w_scaled, b_scaled = solution[:3], solution[3]
w = w_scaled / std
b = b_scaled - (w_scaled * mean / std).sum()
print("standardized", *(f"{value:.4f}" for value in (*w_scaled, b_scaled)))
# > standardized 8.7935 4.9983 9.5240 171.0000
print("original    ", *(f"{value:.4f}" for value in (*w, b)))
# > original     0.7955 0.4084 0.7546 4.4021
assert torch.allclose(torch.cat([w, b[None]]), best_fit(raw).squeeze(1))
assert torch.allclose(raw @ w + b, predict((raw - mean) / std), atol=1e-4)

# %% [markdown] lang="ko"
# 되돌린 가중치와 편향은 원본에서 바로 구한 최소제곱해와 같고, 예측도 같습니다. 이 문제처럼 볼록하고 벌점이 없는 문제를 끝까지 풀 때, 표준화는 **경로**를 바꿀 뿐 **목적지**는 바꾸지 않습니다. 그러나 도중에 멈추거나 [벌점](weight_decay.md)을 더하면, 또는 신경망처럼 볼록하지 않은 문제라면 목적지도 달라질 수 있습니다.
#
# 편향은 171이 아니라 4.4021입니다. 표준화한 좌표에서 편향은 "평균적인 학생의 점수"이지만, 원래 좌표에서는 "세 시험이 모두 0점인 학생의 점수"입니다. 그래서 원본의 편향을 171에서 시작하면 최적점에서 오히려 더 멀어집니다.

# %% [markdown] lang="en"
# The result equals the least-squares solution found on the raw data, and so do its predictions. For this convex problem without a penalty, solved to the end, standardizing changes **the way**, not **the destination**. Stop early, add a [penalty](weight_decay.md), or take a network, which is not convex, and the destination may change, too.
#
# The bias is 4.4021, not 171. In standardized coordinates, the bias is the score of an average student; in the original ones, that of a student with 0 in all three exams. That is why a start at 171 takes the raw run farther from its optimum.

# %% [markdown] lang="ko"
# ## 이미지와 변하지 않는 픽셀 { #images .deeper }
#
# 이미지에서는 픽셀 하나하나가 특성입니다. scikit-learn에 들어 있는 8x8 손글씨 숫자 1,797장을 사용하며, 픽셀 값은 0부터 16까지입니다. 시드 3개로 각각 1,078장을 뽑아 훈련 세트로 삼고 픽셀마다 표준화해 봅시다.

# %% [markdown] lang="en"
# ## Images and pixels that never vary { #images .deeper }
#
# In images every pixel is a feature. Take the 1,797 handwritten digits of 8x8 pixels that come with scikit-learn, with pixel values from 0 to 16. With three seeds, draw 1,078 of them as a training set and standardize every pixel.

# %%
from sklearn.datasets import load_digits

digits = load_digits()
pixels, labels = (
    torch.tensor(digits.data, dtype=torch.float32),
    torch.tensor(digits.target),
)


def split(seed):
    order = torch.randperm(
        len(pixels), generator=torch.Generator().manual_seed(seed)
    )
    return order[:1078], order[1078:]


for seed in range(3):
    training, test = split(seed)
    mean, std = pixels[training].mean(dim=0), pixels[training].std(dim=0)
    num_nan = ((pixels[training] - mean) / std).isnan().sum().item()
    with_epsilon = (pixels[test] - mean) / (std + 1e-8)
    constant = (std == 0).sum().item()
    print(
        f"seed {seed}  {constant} constant pixels  {num_nan} nan  "
        f"largest |z| in test {with_epsilon.abs().max():.4g}"
    )
    assert num_nan == 1078 * constant
# > seed 0  3 constant pixels  3234 nan  largest |z| in test 83.05
# > seed 1  3 constant pixels  3234 nan  largest |z| in test 29.34
# > seed 2  4 constant pixels  4312 nan  largest |z| in test 1e+08

# %% [markdown] lang="ko"
# 가장자리의 픽셀 3개는 값이 언제나 0이어서 표준편차도 0입니다. 그 결과 $0/0$이 되어 1,078장에서 `nan`이 3,234개 생깁니다. `nan`이 하나만 섞여도 손실 전체가 `nan`이 됩니다.
#
# 흔히 하듯이 분모에 1e-8을 더하면 훈련 세트에서는 `nan`이 사라집니다. 그러나 시드 2에서는 훈련 세트에서 내내 꺼져 있던 픽셀이 하나 더 있었고, 테스트 세트에서 그 픽셀이 켜지자 값이 **1억**이 되었습니다. 표준편차가 0이 아니라고 해서 안심할 수도 없습니다. 거의 변하지 않던 픽셀의 값이 시드 0에서는 83.05까지 커집니다.
#
# !!! warning "표준편차가 0인 특성"
#     0으로도, 아주 작은 수로도 나누지 마세요. 그런 특성은 버리거나 표준편차를 1로 바꿉니다. 이미지라면 모든 픽셀을 **평균 하나와 표준편차 하나**로 표준화하는 방법이 가장 간단하고 안전하며, 컬러 이미지라면 채널마다 하나씩 씁니다.

# %% [markdown] lang="en"
# Three pixels at the edge are always 0, so their standard deviation is 0 as well. The result of $0/0$ is `nan`, 3,234 times in 1,078 images. A single one is enough to turn the loss into `nan`.
#
# A popular fix adds 1e-8 to the denominator. It removes the `nan` from the training set, but look at seed 2. One more pixel is dark throughout the training set, lights up in the test set, and becomes **100 million**. Nor is a standard deviation other than 0 a guarantee: pixels that hardly ever vary jump to 83.05 with seed 0.
#
# !!! warning "Features with a standard deviation of 0"
#     Divide neither by 0 nor by a tiny number. Drop the feature or replace its standard deviation by 1. For images it is easiest and safest to standardize all pixels with **one mean and one standard deviation**, or one per channel if they are in color.

# %%
training, test = split(2)
mean, std = pixels[training].mean(dim=0), pixels[training].std(dim=0)
varies = std > 1e-6 * mean.abs().clamp(min=1e-30)
safe = (pixels[test] - mean) / torch.where(varies, std, 1.0)
overall = (pixels[test] - pixels[training].mean()) / pixels[training].std()
print(
    f"largest |z|  std of 1: {safe.abs().max():.4g}  "
    f"one mean and std for all: {overall.abs().max():.4g}"
)
# > largest |z|  std of 1: 65.64  one mean and std for all: 1.845
assert safe.isfinite().all()

# %% [markdown] lang="ko"
# 표준편차를 1로 바꾸면 1억이라는 값은 사라지지만, 거의 변하지 않는 픽셀 때문에 가장 큰 값이 아직 65.64나 됩니다. 반면 평균 하나와 표준편차 하나를 쓰면 가장 큰 값이 1.845에 그칩니다.

# %% [markdown] lang="en"
# Replacing the standard deviation by 1 removes the 100 million, but pixels that hardly vary still reach 65.64. With one mean and one standard deviation the largest value is 1.845.

# %% [markdown] lang="ko"
# ### 표준화인가, 학습률인가 { #or-learning-rate .deeper }
#
# 숫자 분류에서는 표준화로 무엇이 좋아질까요? 첫째 실행에는 16으로 나누어 0과 1 사이로 옮긴 입력을, 둘째 실행에는 평균 하나와 표준편차 하나로 표준화한 입력을 씁니다. 두 실행 모두 학습률 0.1로 10에폭(epoch) 동안 학습합니다. 셋째 실행에서는 나누기만 한 입력을 다시 쓰되 **학습률을 0.7로** 올립니다.

# %% [markdown] lang="en"
# ### Standardization or the learning rate? { #or-learning-rate .deeper }
#
# What does standardizing improve when we classify digits? Take inputs divided by 16, between 0 and 1, and inputs standardized with one mean and one standard deviation, and train both for 10 epochs at a learning rate of 0.1. The third run takes the divided inputs again and raises **the learning rate to 0.7**.


# %%
def fit(inputs, seed, lr, num_epochs=10):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10))
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    generator = torch.Generator().manual_seed(seed)
    training, _ = split(seed)
    for _ in range(num_epochs):
        for batch in training[
            torch.randperm(1078, generator=generator)
        ].split(64):
            loss = F.cross_entropy(model(inputs[batch]), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model


# %%
def standardized(seed):
    training, _ = split(seed)
    return (pixels - pixels[training].mean()) / pixels[training].std()


def evaluate(model, inputs, seed):
    _, test = split(seed)
    with torch.no_grad():
        logits = model(inputs[test])
    return F.cross_entropy(logits, labels[test]).item(), (
        logits.argmax(dim=1) == labels[test]
    ).sum().item()


# %%
scale = (pixels[split(0)[0]] / 16).std()
print(f"divided pixels: std {scale:.3f}, 1 / std^2 = {1 / scale**2:.2f}")
# > divided pixels: std 0.376, 1 / std^2 = 7.09
models, slow, standard, fast = [], [], [], []
for seed in range(3):
    divided, scaled = pixels / 16, standardized(seed)
    models.append(fit(divided, seed, lr=0.7))
    slow.append(evaluate(fit(divided, seed, lr=0.1), divided, seed))
    standard.append(evaluate(fit(scaled, seed, lr=0.1), scaled, seed))
    fast.append(evaluate(models[seed], divided, seed))
results = {"divided, lr 0.1": slow, "standardized, lr 0.1": standard}
results["divided, lr 0.7"] = fast
for name, runs in results.items():
    cells = (f"  {loss:.3f} ({correct}/719)" for loss, correct in runs)
    print(f"{name:20}", *cells)
# > divided, lr 0.1        0.522 (651/719)   0.524 (649/719)   0.521 (652/719)
# > standardized, lr 0.1   0.212 (675/719)   0.183 (690/719)   0.191 (687/719)
# > divided, lr 0.7        0.161 (681/719)   0.123 (694/719)   0.148 (692/719)
for at_01, standard_01, at_07 in zip(*results.values(), strict=True):
    assert at_07[0] < standard_01[0] < at_01[0]

# %% [markdown] lang="ko"
# 출력에는 손실과 맞힌 개수를 시드별로 적었습니다. 나누기만 하고 학습률 0.1을 쓰면 손실이 0.52쯤이고, 표준화하면 0.2 안팎입니다. 표준화가 크게 앞선 것처럼 보이지만, 나누기만 한 입력도 학습률을 0.7로 올리면 같은 세 번의 실행에서 표준화한 쪽보다 손실이 낮아집니다. 따라서 이 표로는 어느 쪽이 나은지 판정할 수 없고, 학습률만 바꾸어도 순위가 뒤집힌다는 것을 알 수 있을 뿐입니다. 그렇다면 0.7은 어디에서 나온 값일까요? 픽셀 전체를 수 하나로 나누면, 첫 층 가중치 방향의 곡률은 그 수의 제곱으로 나눈 값이 됩니다. 이 학습률은 표준편차 0.376으로 나눈 것과 같은 효과를 내도록, 그 제곱의 역수인 7.09를 0.1에 곱해 어림한 값입니다. 그러나 모든 층의 학습률을 함께 올리는 것은 **나누기와 같지 않습니다**. 정확히 같게 하려면 첫 층의 가중치만 $1/\sigma$배 한 값에서 시작하고 **그 가중치의** 학습률만 $1/\sigma^2$배로 올려야 합니다. 이렇게 바꾼 실행의 결과를, 입력을 표준편차로 나누기만 한 실행의 결과와 비교해 봅시다.

# %% [markdown] lang="en"
# Each entry gives the loss and the number of correct images for one seed. Dividing with a rate of 0.1 ends near 0.52, standardizing near 0.2. A clear win for standardization, it seems, until dividing gets a learning rate of 0.7 and ends lower than standardizing in the same three runs. So the table does not settle which is better; it only shows that the learning rate alone can reverse the order. Where does 0.7 come from? Dividing all pixels by one number divides the curvature along the weights of the first layer by the square of that number. To imitate division by the standard deviation, 0.376, we multiplied 0.1 by 7.09, the inverse of its square, and rounded the result. But raising the rate of all layers is **not the same as dividing**. For an exact match, start the weights of the first layer, and these alone, $1/\sigma$ times as large and raise **their** rate by a factor of $1/\sigma^2$. Compare that run with one whose inputs are divided by the standard deviation.


# %%
def fit_first_layer(seed, sigma):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10))
    with torch.no_grad():
        model[0].weight.div_(sigma)
    others = [model[0].bias, *model[2].parameters()]
    first = {"params": [model[0].weight], "lr": 0.1 / sigma**2}
    optimizer = torch.optim.SGD([first, {"params": others}], lr=0.1)
    generator = torch.Generator().manual_seed(seed)
    training, _ = split(seed)
    for _ in range(10):
        for batch in training[
            torch.randperm(1078, generator=generator)
        ].split(64):
            loss = F.cross_entropy(model(pixels[batch] / 16), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model


# %% anchor="first_layer"
spread = (pixels[split(0)[0]] / 16).std().item()
by_sigma = evaluate(
    fit(pixels / 16 / spread, 0, lr=0.1), pixels / 16 / spread, 0
)[0]
by_layer = evaluate(fit_first_layer(0, spread), pixels / 16, 0)[0]
print(f"divided by sigma  lr 0.1: {by_sigma:.4f}")
# > divided by sigma  lr 0.1: 0.2126
print(
    f"first layer alone: {by_layer:.4f}  all layers: "
    f"{results['divided, lr 0.7'][0][0]:.4f}"
)
# > first layer alone: 0.2126  all layers: 0.1606
assert abs(by_sigma - by_layer) < 1e-3
assert abs(results["divided, lr 0.7"][0][0] - by_sigma) > 0.02


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
best = [], []
for seed in range(10):
    for losses, inputs in zip(
        best, (standardized(seed), pixels / 16), strict=True
    ):
        runs = (fit(inputs, seed, lr, num_epochs=3) for lr in (0.7, 1.0))
        losses.append(min(evaluate(one, inputs, seed)[0] for one in runs))
mean, low, high = paired_difference(*best)
print(
    "best of lr 0.7 and 1.0, standardized minus divided: "
    f"{mean:+.3f}, interval {low:+.3f} to {high:+.3f}"
)
# > best of lr 0.7 and 1.0, standardized minus divided: -0.155, interval -0.187 to -0.122
assert high < 0

# %% [markdown] lang="ko"
# 첫 층만 바꾼 실행은 표준편차로 나눈 실행과 같은 손실에 이르지만, 모든 층의 학습률을 올린 실행은 다릅니다. 한편 "표준화해서 좋아졌다"고 말하려면 양쪽에서 학습률을 각각 찾은 다음 비교해야 합니다. 그래서 시드 10개에서 입력마다 학습률 0.7과 1.0으로 3에폭씩 학습시켜 더 낮은 손실을 골랐습니다. 표준화한 쪽의 손실에서 나누기만 한 쪽의 손실을 뺀 [짝지은 차이](train_val_test.md#compare)는 평균 −0.155이고, 95% 신뢰구간은 −0.187에서 −0.122까지입니다. 구간에 0이 들어 있지 않으므로 표준화한 쪽이 낫습니다. 다만 이것은 학습률 두 가지와 3에폭으로 얻은 결과일 뿐이며, 그 이상은 주장하지 않습니다.

# %% [markdown] lang="en"
# Changing the first layer alone gives the same loss as dividing by the standard deviation; raising the rate of all layers does not. And before you claim that standardizing helped, search for a good learning rate on either side. So with each of 10 seeds, we trained both kinds of inputs for 3 epochs at rates of 0.7 and 1.0 and kept the lower loss. The [paired difference](train_val_test.md#compare) in loss, standardized minus divided, is −0.155 on average, with a 95% interval from −0.187 to −0.122. The interval excludes 0, so the standardized inputs are better. This is a result for two rates and 3 epochs, and we claim no more.

# %% [markdown] lang="ko"
# ### 학습과 예측의 스케일이 다를 때 { #scale-mismatch .deeper }
#
# 0과 1 사이의 픽셀로 학습한 모델에 0부터 255까지의 픽셀을 넣으면 어떻게 될까요? 정확도를 보고 잘못을 알아차릴 수 있을까요?

# %% [markdown] lang="en"
# ### Training and prediction on different scales { #scale-mismatch .deeper }
#
# What if a model trained on pixels between 0 and 1 is fed pixels from 0 to 255? Would the accuracy give it away?

# %%
for seed, model in enumerate(models):
    right, wrong = (
        evaluate(model, pixels / 16, seed),
        evaluate(model, pixels / 16 * 255, seed),
    )
    with torch.no_grad():
        inputs = pixels[split(seed)[1]] / 16
        classes, scaled = (
            model(factor * inputs).argmax(dim=1) for factor in (1, 255)
        )
    same = (classes == scaled).sum().item()
    print(
        f"seed {seed}  loss {right[0]:.3f} -> {wrong[0]:.1f}  "
        f"correct {right[1]} -> {wrong[1]}  same class {same}"
    )
    assert wrong[0] > 20 * right[0]
    assert abs(wrong[1] - right[1]) < 20
# > seed 0  loss 0.161 -> 20.1  correct 681 -> 679  same class 707
# > seed 1  loss 0.123 -> 15.0  correct 694 -> 695  same class 716
# > seed 2  loss 0.148 -> 17.1  correct 692 -> 689  same class 711

# %% [markdown] lang="ko"
# 맞힌 이미지의 수는 고작 몇 장 달라졌을 뿐인데, 손실은 0.2 아래에서 15.0, 17.1, 20.1로 크게 뛰었습니다. 719장 가운데 700장이 넘는 이미지에서 모델은 스케일이 맞을 때와 같은 클래스를 골랐습니다.
#
# 입력이 255배가 되면 편향의 영향은 거의 사라지고, ReLU 층을 지난 로짓(logit)도 거의 255배가 됩니다. 이때 가장 큰 로짓의 위치는 대부분 그대로이므로 정확도도 크게 달라지지 않습니다. 그 대신 [온도](softmax.md#temperature)를 255분의 1로 낮춘 것과 같아져서 확률이 거의 0 아니면 1로 쏠리고, 틀린 이미지 한 장 한 장의 손실이 매우 커집니다.
#
# !!! warning "정확도가 정상이어도 입력의 스케일을 확인합니다"
#     이미지를 읽는 함수를 바꾸면 픽셀의 범위가 0~1에서 0~255로 바뀌기도 합니다. 예측 코드에서 입력의 최솟값과 최댓값을 `assert`로 확인하고, 정확도와 함께 손실도 살펴보아야 합니다. 변환을 모델 안에 넣어 두면 더 안전합니다. 예측이 늘 같은 클래스로만 나올 때 확인할 것은 [증상으로 찾기](symptoms.md#same-class) 레슨에 정리했고, 변환을 모델 안에 넣는 방법은 [연습 문제 5](#exercises)에서 다룹니다.

# %% [markdown] lang="en"
# The number of correct images changes by a handful, while the loss leaps from below 0.2 to 15.0, 17.1, and 20.1. More than 700 of the 719 images get the same class as on the right scale.
#
# With inputs 255 times as large, the biases hardly count, and after the ReLU the logits are almost 255 times as large, too. For most images the largest logit stays the largest, so accuracy holds up. But it amounts to a [temperature](softmax.md#temperature) of 1/255: probabilities harden to 0 or 1, and every wrong image costs a huge loss.
#
# !!! warning "Check the scale of the inputs even if the accuracy looks fine"
#     Another function for loading images may return 0 to 255 instead of 0 to 1. Let the prediction code `assert` the smallest and largest input, and watch the loss next to the accuracy. It is safer still to make the transformation part of the model, as you will in [exercise 5](#exercises). If the same class always comes out, see [Find it by its symptom](symptoms.md#same-class).

# %% [markdown] lang="ko"
# ## 연습 문제 { #exercises }
#
# **1. 새 데이터 변환하기.** 새 데이터를 표준화하는 함수를 작성해 보세요. 통계량은 새 데이터와 훈련 데이터 가운데 어느 쪽에서 구해야 할까요?
#
# ??? tip "힌트"
#     새 데이터가 학생 한 명뿐일 때에도 구할 수 있는 통계량은 어느 쪽인가요? 또한 모델은 어떤 평균과 표준편차로 변환한 입력을 보고 학습했나요?

# %% [markdown] lang="en"
# ## Exercises { #exercises }
#
# **1. New data.** Write a function that standardizes new data. Should the statistics come from the new data or from the training data?
#
# ??? tip "Hint"
#     Which statistics exist even if the new data are a single student? And which mean and standard deviation transformed the inputs that the model learned from?


# %% exercise="transform"
def transform(new, train_inputs):
    ### BEGIN SOLUTION
    return (new - train_inputs.mean(dim=0)) / train_inputs.std(dim=0)
    ### END SOLUTION


# %% check="transform"
student = torch.tensor([[80.0, 85.0, 82.0]])
right = torch.tensor([[-0.4342, 0.0327, -0.2852]])
one = transform(student, x)
assert isinstance(one, torch.Tensor), f"{one} is no tensor"
either = one * torch.tensor([[1.0], [math.sqrt(4 / 5)]])
assert (either - right).abs().amax(dim=1).min() < 1e-3, (
    f"{student}: {one}, not {right}"
)
other = transform(10 * student + 3, 10 * x + 3)
assert torch.allclose(other.float(), one.float(), atol=1e-4), (
    f"10 * x + 3: {other}, not {one}"
)
both = transform(torch.cat([student, student + 10]), x)
assert torch.allclose(both[:1], one), f"with a 2nd: {both[:1]}, not {one}"
mean = transform(x, x).mean(dim=0)
assert torch.allclose(mean.float(), torch.zeros(3), atol=1e-5), (
    f"transform(x, x): mean {mean}, not 0"
)


# %% wrong="transform"
# ko: 새 데이터의 통계량을 사용했으므로, 데이터가 하나뿐이면 표준편차를 구할 수 없습니다.
# en: It takes the statistics of the new data, and a single example has no standard deviation.
def transform(new, train_inputs):
    return (new - new.mean(dim=0)) / new.std(dim=0)


# %% wrong="transform"
# ko: 특성마다 따로 구하지 않고 모든 수의 평균과 표준편차를 사용했습니다.
# en: It uses the mean and standard deviation of all numbers together, not those of each feature.
def transform(new, train_inputs):
    return (new - train_inputs.mean()) / train_inputs.std()


# %% wrong="transform"
# ko: 평균을 빼기만 하고 표준편차로 나누지 않았습니다.
# en: It subtracts the mean and does not divide by the standard deviation.
def transform(new, train_inputs):
    return new - train_inputs.mean(dim=0)


# %% right="transform"
def transform(new, train_inputs):
    scaler = StandardScaler().fit(train_inputs.numpy())
    return torch.tensor(scaler.transform(new.double().numpy()))


# %% [markdown] lang="ko"
# **2. 두 표준편차의 비.** 같은 특성의 값 5개를 한 사람은 `n - 1`로 나눈 표준편차로, 다른 사람은 `n`으로 나눈 표준편차로 표준화했습니다. 첫 번째 사람이 쓴 표준편차가 두 번째 사람이 쓴 표준편차의 몇 배인지 소수점 아래 셋째 자리까지 구해 보세요. 조건수도 달라질까요? 답은 확인 코드의 마지막 줄에서 알 수 있습니다.
#
# ??? tip "힌트"
#     두 분산은 같은 제곱합을 서로 다른 수로 나눈 값입니다. 제곱합은 비를 구할 때 약분됩니다.

# %% [markdown] lang="en"
# **2. Two standard deviations.** One person standardizes 5 values of a feature with the standard deviation that divides by `n - 1`, another with the one that divides by `n`. By what factor is the first standard deviation larger than the second, to three decimals? Does the condition number differ as well? The last line of the check tells you.
#
# ??? tip "Hint"
#     Both variances divide the same sum of squares, each by its own number. In the ratio the sum cancels.

# %% exercise="std_ratio"
### BEGIN SOLUTION
# sqrt(n / (n - 1))
std_ratio = math.sqrt(5 / 4)
### END SOLUTION

# %% check="std_ratio"
assert isinstance(std_ratio, (int, float)), f"{std_ratio!r} is not a number"
right = x[:, 0].std() / x[:, 0].std(correction=0)  # 5 examples
assert abs(std_ratio - right.item()) < 1e-3, f"{std_ratio} is not the ratio"
other = condition_number((x - mu) / x.std(dim=0, correction=0))
assert abs(other / condition_number(z) - 1) < 1e-3, f"{other}"

# %% wrong="std_ratio"
# ko: 분산의 비를 구했는데, 표준편차의 비는 그 제곱근입니다.
# en: This is the ratio of the variances; that of the standard deviations is its square root.
std_ratio = 5 / 4

# %% wrong="std_ratio"
# ko: 분자와 분모가 바뀌어 1보다 작은 값이 나오지만, 실제로는 `n - 1`로 나눈 쪽이 더 큽니다.
# en: It is upside down and below 1, but dividing by `n - 1` gives the larger one.
std_ratio = math.sqrt(4 / 5)

# %% wrong="std_ratio"
# ko: `n`을 `n + 1`과 비교했는데, 비교해야 하는 값은 `n - 1`입니다.
# en: It compares `n` with `n + 1`; it should be `n - 1`.
std_ratio = math.sqrt(6 / 5)

# %% [markdown] lang="ko"
# **3. 식으로 구하는 조건수.** 특성이 두 개이고 편향이 없는 모델의 조건수를 평균, 표준편차, 상관계수만으로 구하는 함수를 작성해 보세요. 2x2 대칭 행렬 $\begin{pmatrix} a & b \\ b & d \end{pmatrix}$의 고윳값은 $\tfrac{1}{2}\bigl(a + d \pm \sqrt{(a - d)^2 + 4b^2}\bigr)$입니다.
#
# ??? tip "힌트"
#     행렬의 성분은 두 특성을 곱한 값의 평균입니다. 중심화하지 않은 특성에서는 제곱의 평균이 분산에 평균의 제곱을 더한 값이며, 서로 다른 두 특성의 곱에서도 같은 식으로 항 두 개가 나옵니다.

# %% [markdown] lang="en"
# **3. The condition number as a formula.** Write a function that finds the condition number of a model with two features and no bias from the means, the standard deviations, and the correlation alone. The eigenvalues of a symmetric 2x2 matrix $\begin{pmatrix} a & b \\ b & d \end{pmatrix}$ are $\tfrac{1}{2}\bigl(a + d \pm \sqrt{(a - d)^2 + 4b^2}\bigr)$.
#
# ??? tip "Hint"
#     The entries of the matrix are means of products of features. Without centering, the mean of a square is the variance plus the square of the mean; the product of two different features has two such terms as well.


# %% exercise="kappa" path="deeper"
def kappa(means, stds, rho):
    ### BEGIN SOLUTION
    a = stds[0] ** 2 + means[0] ** 2
    d = stds[1] ** 2 + means[1] ** 2
    b = rho * stds[0] * stds[1] + means[0] * means[1]
    root = math.sqrt((a - d) ** 2 + 4 * b**2)
    return (a + d + root) / (a + d - root)
    ### END SOLUTION


# %% check="kappa"
for means, stds, rho, right in [
    ((4, 3), (2, 1), 0.6, 32.91),
    ((0, 0), (2, 1), 0.6, 7.63),
    ((0, 0), (1, 1), 0.6, 4),
    ((0, 0), (1, 1), 0.98, 99),
    ((0, 0), (1, 2), 0.6, 7.63),
    ((1, -2), (0.5, 3), -0.4, 19.35),
]:
    got = kappa(means, stds, rho)
    assert abs(got - right) < 0.01, (
        f"kappa({means}, {stds}, {rho}): {got}, not {right}"
    )


# %% wrong="kappa"
# ko: 둘째 특성의 표준편차를 1로 두었으므로, 그 값이 1이 아니면 조건수가 틀립니다.
# en: It assumes that the second standard deviation is 1, and the result is wrong if it is not 1.
def kappa(means, stds, rho):
    a = stds[0] ** 2 + means[0] ** 2
    d = 1 + means[1] ** 2
    b = rho * stds[0] + means[0] * means[1]
    root = math.sqrt((a - d) ** 2 + 4 * b**2)
    return (a + d + root) / (a + d - root)


# %% wrong="kappa"
# ko: 상관계수의 부호를 버렸는데, 두 특성이 서로 반대로 움직이면 조건수도 달라집니다.
# en: It drops the sign of the correlation, but features that move in opposite ways give another condition number.
def kappa(means, stds, rho):
    a = stds[0] ** 2 + means[0] ** 2
    d = stds[1] ** 2 + means[1] ** 2
    b = abs(rho) * stds[0] * stds[1] + means[0] * means[1]
    root = math.sqrt((a - d) ** 2 + 4 * b**2)
    return (a + d + root) / (a + d - root)


# %% wrong="kappa"
# ko: 평균을 빼지 않은 특성에서는 분산이 아니라 제곱의 평균을 사용해야 합니다.
# en: Where the means are not subtracted, the mean of the squares belongs here, not the variance.
def kappa(means, stds, rho):
    a, d = stds[0] ** 2, stds[1] ** 2
    b = rho * stds[0] * stds[1]
    root = math.sqrt((a - d) ** 2 + 4 * b**2)
    return (a + d + root) / (a + d - root)


# %% wrong="kappa"
# ko: 상관을 빠뜨렸는데, 두 특성이 함께 움직이면 조건수가 커집니다.
# en: It leaves out the correlation, but features that move together raise the condition number.
def kappa(means, stds, rho):
    a = stds[0] ** 2 + means[0] ** 2
    d = stds[1] ** 2 + means[1] ** 2
    b = means[0] * means[1]
    root = math.sqrt((a - d) ** 2 + 4 * b**2)
    return (a + d + root) / (a + d - root)


# %% wrong="kappa"
# ko: 조건수는 고윳값의 비인데, 여기서는 대각 성분의 비를 구했습니다.
# en: The condition number is a ratio of eigenvalues, not of the entries on the diagonal.
def kappa(means, stds, rho):
    a = stds[0] ** 2 + means[0] ** 2
    d = stds[1] ** 2 + means[1] ** 2
    return max(a, d) / min(a, d)


# %% right="kappa"
def kappa(means, stds, rho):
    mean, std = torch.tensor(means).float(), torch.tensor(stds).float()
    correlation = torch.tensor([[1.0, rho], [rho, 1.0]])
    moments = correlation * torch.outer(std, std) + torch.outer(mean, mean)
    low, high = torch.linalg.eigvalsh(moments).tolist()
    return high / low


# %% [markdown] lang="ko"
# **4. 가중치 되돌리기.** 표준화한 입력으로 학습한 `nn.Linear`를 원본 입력을 그대로 받는 `nn.Linear`로 바꾸는 함수를 작성해 보세요. 이때 원래 모델은 바뀌지 않아야 합니다.
#
# ??? tip "힌트"
#     표준화한 입력 자리에 $(x - \mu)/\sigma$를 넣고 전개해 보세요. $x$가 곱해진 부분은 새 가중치가 되고, 나머지는 편향에 더해집니다.

# %% [markdown] lang="en"
# **4. Weights for raw inputs.** Write a function that turns an `nn.Linear` trained on standardized inputs into an `nn.Linear` that takes raw inputs. Leave the original model untouched.
#
# ??? tip "Hint"
#     Put $(x - \mu)/\sigma$ in the place of the standardized input and expand. What multiplies $x$ is the new weight, and the rest goes into the bias.


# %% exercise="unscale" path="deeper"
def unscale(model, mean, std):
    ### BEGIN SOLUTION
    result = copy.deepcopy(model)
    with torch.no_grad():
        result.weight.copy_(model.weight / std)
        result.bias.copy_(model.bias - result.weight @ mean)
    return result
    ### END SOLUTION


# %% check="unscale"
for outputs in (1, 3):
    torch.manual_seed(0)
    model = nn.Linear(3, outputs)
    expected = model(z)
    case = f"nn.Linear(3, {outputs})"
    new = unscale(model, mu, sigma)
    assert isinstance(new, nn.Module), f"{case}: {new} is no model"
    got = new(x)
    assert torch.allclose(got, expected, atol=1e-4), (
        f"{case}: {got}, not {expected}"
    )
    kept = model(z)
    assert torch.equal(kept, expected), f"{case}: the original has changed"
    moved = unscale(model, mu + 5, 2 * sigma)
    got = moved(2 * (x - mu) + mu + 5)
    assert torch.allclose(got, expected, atol=1e-3), (
        f"{case}, mu + 5, 2 * sigma: {got}, not {expected}"
    )


# %% wrong="unscale"
# ko: 가중치만 바꾸면, 평균을 빼는 효과가 편향에 반영되지 않습니다.
# en: Only the weights are changed; the bias lacks the effect of the subtracted mean.
def unscale(model, mean, std):
    result = copy.deepcopy(model)
    with torch.no_grad():
        result.weight.copy_(model.weight / std)
    return result


# %% wrong="unscale"
# ko: 편향을 계산할 때 나눈 뒤의 가중치가 아니라 나누기 전의 가중치를 사용했습니다.
# en: For the bias it takes the weights from before the division, not those after it.
def unscale(model, mean, std):
    result = copy.deepcopy(model)
    with torch.no_grad():
        result.weight.copy_(model.weight / std)
        result.bias.copy_(model.bias - model.weight @ mean)
    return result


# %% wrong="unscale"
# ko: 모델을 복사하지 않고 원래 모델을 직접 바꾸었습니다.
# en: It changes the original model instead of a copy.
def unscale(model, mean, std):
    with torch.no_grad():
        model.weight /= std
        model.bias -= model.weight @ mean
    return model


# %% right="unscale"
def unscale(model, mean, std):
    result = nn.Linear(model.in_features, model.out_features)
    zero = torch.zeros(1, model.in_features)
    with torch.no_grad():
        result.bias.copy_(model((zero - mean) / std)[0])
        columns = model((torch.eye(model.in_features) - mean) / std)
        result.weight.copy_((columns - result.bias).T)
    return result


# %% [markdown] lang="ko"
# **5. 표준화하는 층.** 표준화를 모델의 첫 층으로 만들어 보세요. 훈련 입력에서 구한 평균과 표준편차를 버퍼(buffer) `mean`, `std`로 등록하면, 버퍼는 학습되지 않지만 `state_dict()`에 저장됩니다. 변하지 않는 특성은 1로 나눕니다. 언제나 0.1인 특성도 `float32`에서는 반올림 때문에 표준편차가 0이 아닐 수 있으므로, 표준편차를 값의 크기와 비교하여 판단해야 합니다. 이때 `torch.where()`를 쓰면 편리합니다.
#
# ??? tip "힌트"
#     특성의 크기로는 열마다 절댓값의 최댓값을 쓸 수 있습니다. 반올림으로 생긴 표준편차는 그 크기의 백만분의 1에도 미치지 못합니다.

# %% [markdown] lang="en"
# **5. A layer that standardizes.** Make standardization the first layer of a model. Register the mean and standard deviation of the training inputs as buffers `mean` and `std`: buffers are not trained, but `state_dict()` saves them. Divide features that never vary by 1. In `float32`, rounding may give even a feature that is always 0.1 a standard deviation other than 0, so judge it relative to the size of the values. `torch.where()` helps.
#
# ??? tip "Hint"
#     For the size of a feature, take the largest absolute value of its column. What rounding leaves as a standard deviation is less than a millionth of it.


# %% exercise="standardizer"
class Standardizer(nn.Module):
    def __init__(self, train_inputs):
        super().__init__()
        ### BEGIN SOLUTION
        std = train_inputs.std(dim=0)
        self.register_buffer("mean", train_inputs.mean(dim=0))
        size = train_inputs.abs().amax(dim=0)
        self.register_buffer(
            "std", torch.where(std > 1e-6 * size, std, 1.0)
        )
        ### END SOLUTION

    def forward(self, inputs):
        return (inputs - self.mean) / self.std


# %% check="standardizer"
with_constant = torch.cat([x, torch.full((5, 1), 7.0)], dim=1)
model = nn.Sequential(Standardizer(with_constant), nn.Linear(4, 1))
names = set(model.state_dict())
assert {"0.mean", "0.std"} <= names, f"state_dict: {names}"
count = len(list(model.parameters()))
assert count == 2, f"{count} parameters to train, not 2"
got, right = model[0](with_constant), F.pad(z, (0, 1))
# ko: n - 1로 나누었을 때와 n으로 나누었을 때
# en: divided by n - 1, or by n
near = [(k * got - right).abs().max() < 1e-5 for k in (1, 0.8**0.5)]
assert any(near), f"{got}, not {right}"
noise = torch.randn(9, 4, generator=torch.Generator().manual_seed(0))
restored = nn.Sequential(Standardizer(noise), nn.Linear(4, 1))
restored.load_state_dict(model.state_dict())
got, right = restored(with_constant), model(with_constant)
assert torch.equal(got, right), f"load_state_dict: {got}, not {right}"
dim = torch.cat([1e-12 * x, torch.full((5, 1), 7.0)], dim=1)
stds = Standardizer(dim)(dim).std(dim=0)[:3]
near = [(k * stds - 1).abs().max() < 1e-4 for k in (1, 0.8**0.5)]
assert any(near), f"1e-12 * x: std {stds}, not 1"
new = Standardizer(with_constant)(with_constant + 1)[0, 3]
assert abs(new - 1) < 1e-6, f"trained on 7, input 8: {new}, not 1"
tenth = torch.full((1078, 1), 0.1)
new = Standardizer(tenth)(tenth + 0.1)[0, 0]
assert abs(new - 0.1) < 1e-4, f"trained on 0.1, input 0.2: {new}, not 0.1"


# %% wrong="standardizer"
# ko: 변하지 않는 특성을 표준편차 0으로 나누어 `nan`이 나옵니다.
# en: A feature that never varies has a standard deviation of 0, and dividing by it gives `nan`.
class Standardizer(nn.Module):
    def __init__(self, train_inputs):
        super().__init__()
        self.register_buffer("mean", train_inputs.mean(dim=0))
        self.register_buffer("std", train_inputs.std(dim=0))

    def forward(self, inputs):
        return (inputs - self.mean) / self.std


# %% wrong="standardizer"
# ko: 값의 크기가 아니라 미리 정해 둔 수와 비교하면, 단위가 작은 특성까지 변하지 않는 특성으로 취급합니다.
# en: It compares with a fixed number, not with the size of the values, so a feature in small units counts as constant.
class Standardizer(nn.Module):
    def __init__(self, train_inputs):
        super().__init__()
        std = train_inputs.std(dim=0)
        self.register_buffer("mean", train_inputs.mean(dim=0))
        self.register_buffer("std", torch.where(std > 1e-8, std, 1.0))

    def forward(self, inputs):
        return (inputs - self.mean) / self.std


# %% wrong="standardizer"
# ko: 표준편차가 정확히 0인지만 확인하면, 반올림 때문에 0이 되지 않은 특성을 놓칩니다.
# en: It asks whether the standard deviation is exactly 0, and rounding may make it something other than 0.
class Standardizer(nn.Module):
    def __init__(self, train_inputs):
        super().__init__()
        std = train_inputs.std(dim=0)
        self.register_buffer("mean", train_inputs.mean(dim=0))
        self.register_buffer("std", torch.where(std == 0, 1.0, std))

    def forward(self, inputs):
        return (inputs - self.mean) / self.std


# %% right="standardizer"
class Standardizer(nn.Module):
    def __init__(self, train_inputs):
        super().__init__()
        std = train_inputs.std(dim=0, correction=0)
        size = train_inputs.abs().amax(dim=0)
        std[std < 1e-6 * size] = 1.0
        self.register_buffer("mean", train_inputs.mean(dim=0))
        self.register_buffer("std", std)

    def forward(self, inputs):
        return (inputs - self.mean) / self.std


# %% right="standardizer"
class Standardizer(nn.Module):
    def __init__(self, train_inputs):
        super().__init__()
        mean, std = train_inputs.mean(dim=0), train_inputs.std(dim=0)
        varies = (train_inputs.amax(dim=0) - train_inputs.amin(dim=0)) > 0
        self.register_buffer("mean", mean)
        self.register_buffer("std", torch.where(varies, std, 1.0))

    def forward(self, inputs):
        return (inputs - self.mean) / self.std


# %% [markdown] lang="ko"
# **6. 표준화해도 남는 것.** 상관계수가 0.9인 두 특성을 표준화하고, 편향이 없는 선형 회귀의 입력으로 사용했습니다. 조건수가 얼마인지 예상한 뒤 구해 보세요.
#
# ??? tip "힌트"
#     표준화하면 공분산 행렬이 상관 행렬이 됩니다. 상관계수가 0.6일 때 그 고윳값은 $1 \pm 0.6$이었습니다.

# %% [markdown] lang="en"
# **6. What standardizing leaves.** Two features with a correlation of 0.9 are standardized and fed to a linear regression without a bias. Guess the condition number, then work it out.
#
# ??? tip "Hint"
#     Standardizing turns the covariance matrix into the correlation matrix. For a correlation of 0.6 its eigenvalues were $1 \pm 0.6$.

# %% exercise="left_over" path="deeper"
### BEGIN SOLUTION
# eigenvalues 1 + 0.9 and 1 - 0.9
left_over = 1.9 / 0.1
### END SOLUTION

# %% check="left_over"
matrix = torch.tensor([[1.0, 0.9], [0.9, 1.0]], dtype=torch.float64)
low, high = torch.linalg.eigvalsh(matrix).tolist()
assert isinstance(left_over, (int, float)), f"{left_over!r} is not a number"
assert abs(left_over - high / low) < 1e-2, f"{left_over} is not the number"

# %% wrong="left_over"
# ko: 표준화는 열마다 따로 하므로 상관이 그대로 남습니다. 조건수가 1이 되려면 백색화까지 해야 합니다.
# en: Standardizing treats each column by itself, so the correlation stays. A condition number of 1 takes whitening.
left_over = 1.0

# %% wrong="left_over"
# ko: 1을 가장 작은 고윳값으로 나누었는데, 조건수는 가장 큰 고윳값을 가장 작은 고윳값으로 나눈 값입니다.
# en: This is 1 over the smallest eigenvalue, but the condition number divides the largest by the smallest.
left_over = 1 / 0.1

# %% wrong="left_over"
# ko: 가장 큰 고윳값만 구했는데, 조건수는 이 값을 가장 작은 고윳값으로 나눈 비입니다.
# en: This is the largest eigenvalue alone; the condition number divides it by the smallest.
left_over = 1.9

# %% [markdown] lang="ko"
# ## 퀴즈 { #quiz }
#
# ??? question "1. 시험 점수 데이터에서 스케일만 맞추면 조건수가 얼마나 좋아지나요?"
#     - [ ] 가장 많이 좋아집니다: 나누기를 표준화의 핵심으로 생각하기 쉽지만, 이 점수는 표준편차가 서로 비슷하고 평균이 0에서 멀었습니다. 그래서 중심화만 해도 조건수가 1,261이 됩니다.
#     - [x] 좋아지지만 여전히 큽니다: 약 686만에서 약 12만 7천으로 내려갑니다. 값이 작아져서, 늘 1인 편향의 열과 크기가 가까워진 덕분입니다.
#     - [ ] 전혀 좋아지지 않습니다: 표준편차가 비슷하니 그럴듯하지만, 나누면 값이 작아져서 50배쯤 좋아집니다.
#
# ??? question "2. 조건수를 1에 가깝게 낮추려면 무엇이 더 필요한가요?"
#     - [x] 특성 사이의 상관을 없애야 합니다: 이것을 백색화라고 합니다. 중심화와 스케일은 특성을 하나씩 다루므로 특성 사이의 상관은 그대로 둡니다.
#     - [ ] 표준화를 한 번 더 해야 합니다: 거듭하면 분포가 더 나아질 것 같지만, 두 번째 표준화는 아무 값도 바꾸지 않습니다.
#     - [ ] 학습률을 더 낮추어야 합니다: 조건수가 크면 학습률을 낮추게 되지만, 조건수는 데이터의 성질이라 학습률과 상관없습니다.
#     - [ ] 데이터를 더 많이 모아야 합니다: 흔히 도움이 되는 일이지만, 특성 사이의 상관이 똑같은 샘플이 늘어날 뿐입니다.
#
# ??? question "3. 새 샘플을 예측할 때 어느 평균과 표준편차를 쓰나요?"
#     - [ ] 새 데이터에서 구한 것을 씁니다: 새 데이터도 같은 방식으로 다루는 것 같지만, 두 명뿐이면 값이 언제나 ±0.7071이 되고, 한 명뿐이면 나눌 수도 없습니다.
#     - [ ] 훈련과 테스트를 합친 것을 씁니다: 데이터가 많을수록 정확할 듯하지만, 테스트의 정보가 훈련에 들어가는 데이터 누수입니다.
#     - [x] 훈련 세트에서 구한 것을 씁니다: 모델은 이 값으로 변환한 입력으로 학습했으므로, 새 샘플도 똑같이 변환해야 합니다. 변환하지 않으면 예측이 2,000점이나 됩니다.
#
# ??? question "4. 훈련 세트에서 언제나 0인 픽셀을 표준화하면 어떻게 되나요?"
#     - [ ] 0인 값은 그대로 0입니다: 0에서 평균 0을 빼면 0이지만, 나누는 표준편차도 0이고 부동소수점의 $0/0$은 0이 아닙니다.
#     - [x] $0/0$을 계산해 `nan`이 됩니다: 이런 픽셀은 버리거나 1로 나눕니다.
#     - [ ] 1e-8을 더하면 해결됩니다: 훈련 세트에서는 잘되지만, 테스트 세트에서 이 픽셀이 켜지면 값이 1억이 됩니다.
#
# ??? question "5. 20번 갱신한 뒤에는 원본의 손실이 표준화한 쪽보다 작았습니다. 모순인가요?"
#     - [x] 아니요, 갈 길이 서로 달랐습니다: 원본의 손실은 거의 모두 가장 많이 굽은 방향에 있어서 금세 사라졌습니다. 반면 표준화한 쪽은 한계보다 훨씬 작은 학습률로 편향을 171까지 옮기는 중이었습니다.
#     - [ ] 네, 표준화가 쓸모없다는 뜻입니다: 20번만 보면 그렇지만, 1,000번 뒤에는 순위가 뒤집히고, 원본은 천만 번 넘게 더 갱신해야 합니다.
#     - [ ] 아니요, 시드가 우연히 좋았을 뿐입니다: 실행 한 번이라면 의심할 만하지만, 시드 3개가 모두 그랬습니다.

# %% [markdown] lang="en"
# ## Quiz { #quiz }
#
# ??? question "1. How much does scaling alone improve the condition number of the exam scores?"
#     - [ ] More than anything else: Dividing seems to be the heart of standardizing, but these scores have similar standard deviations, and means far from 0. Centering alone gives 1,261.
#     - [x] It helps, yet leaves it large: It falls from about 6.86 million to about 127,000. Smaller values are closer in size to the bias column, which is 1 throughout.
#     - [ ] It does not help at all: The standard deviations are similar, which suggests it, but dividing makes the values smaller, about a 50-fold gain.
#
# ??? question "2. What else does it take to bring the condition number close to 1?"
#     - [x] Removing the correlations between features: This is called whitening. Centering and scaling treat features one by one and leave the correlations between them alone.
#     - [ ] Standardizing the features once more: Repeating seems to even things out, but the second time changes nothing.
#     - [ ] Lowering the learning rate further: A large condition number makes one lower the rate, but that number is a property of the data and does not depend on the rate.
#     - [ ] Collecting many more examples: It often helps, but here it adds examples that are correlated in the same way.
#
# ??? question "3. Which mean and standard deviation are used for a new example?"
#     - [ ] Those of the new data: It seems to treat them in the same way, but two students always become ±0.7071, and with one there is nothing to divide by.
#     - [ ] Those of training and test data: More data seem more accurate, but information from the test set enters training, which is a leak.
#     - [x] Those of the training set: The model learned from inputs transformed with them, so a new example is transformed the same way. Without that, the score comes out at 2,000.
#
# ??? question "4. What happens if you standardize a pixel that is always 0 in the training set?"
#     - [ ] A value of 0 stays at 0: 0 minus its mean of 0 is 0, but the standard deviation is 0 as well. In floating point $0/0$ is not 0.
#     - [x] It becomes `nan`, by $0/0$: Drop such a pixel or divide it by 1.
#     - [ ] Adding 1e-8 solves it: It works on the training set, but if the pixel lights up in the test set, it becomes 100 million.
#
# ??? question "5. Raw data beat standardized data after 20 updates. Does that contradict what the condition numbers say?"
#     - [x] No, they had different distances to cover: Nearly all of the raw loss lay along the most curved direction and was gone at once, while the standardized run, at a rate far below its limit, was still moving the bias to 171.
#     - [ ] Yes, standardizing is useless: After 20 updates it looks so, but after 1,000 the order is reversed, and raw data need more than ten million further updates.
#     - [ ] No, the seed was just lucky: With a single run one should suspect it, but all 3 seeds agreed.

# %% [markdown] lang="ko"
# ## 정리 { #summary }
#
# - 표준화는 평균을 빼고 표준편차로 나누는 일입니다. 샘플이 5개이면 `n - 1`로 나눈 표준편차가 `n`으로 나눈 것의 1.1180배이므로, 어느 쪽을 썼는지 밝혀야 합니다. 표준화는 정규화나 규제와는 다릅니다.
# - 평균 제곱 오차의 헤세 행렬은 입력만으로 정해집니다. 가장 느린 방향의 속도는 조건수가, 학습률의 한계는 $2/\lambda_{\max}$가 정합니다. 표준화한 데이터에서 구한 한계는 0.4343이며, 실제로 0.434에서는 수렴하고 0.435에서는 발산했습니다.
# - 700만에 가깝던 조건수가 1260.78로 작아진 것은 중심화 덕분입니다. 스케일을 맞추면 학습률의 한계가 0.003에서 0.43으로 커지고, 남은 상관은 백색화로만 없앨 수 있습니다.
# - 노트의 마지막 손실 6.6337 가운데 6.0927은 편향이 아직 171에 이르지 못해 남은 것입니다. 편향을 평균에서 시작하거나 학습률을 올리면 이 부분이 사라집니다.
# - 통계량은 훈련 세트에서 구하여 모델과 함께 저장합니다. 학습이 끝난 뒤에는 가중치를 원래 단위로 정확히 되돌릴 수 있습니다.
# - 변하지 않는 픽셀을 표준화하면 값이 `nan`이나 1억이 될 수 있습니다. 또한 입력의 스케일이 어긋나면 정확도는 거의 그대로인데 손실만 커집니다.

# %% [markdown] lang="en"
# ## What we saw { #summary }
#
# - To standardize is to subtract the mean and divide by the standard deviation. For five examples, dividing by `n - 1` gives a standard deviation 1.1180 times as large as dividing by `n`; say which you used. Normalization and regularization are different things.
# - The Hessian of the mean squared error depends on the inputs alone. The condition number sets the pace of the slowest direction, and $2/\lambda_{\max}$ the largest learning rate. For the standardized data the limit is 0.4343: the run converged at 0.434 and diverged at 0.435.
# - Centering brought the condition number from close to 7 million down to 1260.78. Scaling moved the limit from 0.003 to 0.43, and only whitening removes the correlation that is left.
# - Of the last loss of the notes, 6.6337, a part of 6.0927 was left because the bias had not yet reached 171. Start the bias at the mean or raise the learning rate, and it is gone.
# - Take statistics from the training set and store them with the model. After training, weights can be mapped back to the original units exactly.
# - Pixels that never vary become `nan` or 100 million. Inputs on the wrong scale leave accuracy almost as it was and blow up the loss.

# %% [markdown] lang="ko"
# ## 참고 자료 { #references }
#
# - PyTorch 문서: [`torch.std`](https://docs.pytorch.org/docs/stable/generated/torch.std.html), [`torch.corrcoef`](https://docs.pytorch.org/docs/stable/generated/torch.corrcoef.html), [`torch.linalg.eigvalsh`](https://docs.pytorch.org/docs/stable/generated/torch.linalg.eigvalsh.html), [`torch.linalg.lstsq`](https://docs.pytorch.org/docs/stable/generated/torch.linalg.lstsq.html), [`torch.linalg.cholesky`](https://docs.pytorch.org/docs/stable/generated/torch.linalg.cholesky.html), [`F.mse_loss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.mse_loss.html), [`F.normalize`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.normalize.html)
# - Y. LeCun 외, [Efficient BackProp](http://yann.lecun.com/exdb/publis/pdf/lecun-98b.pdf), 1998. 4.3절은 입력을 중심화하고 스케일을 맞추고 상관을 없애라는 규칙을, 5절은 그 이유를 고윳값으로 설명합니다.
# - Y. LeCun, I. Kanter, S. Solla, [Eigenvalues of covariance matrices: Application to neural-network learning](https://doi.org/10.1103/PhysRevLett.66.2396), 1991. 평균이 0이 아닌 입력이 큰 고윳값을 만든다는 것을 보입니다.
# - A. Kessy, A. Lewin, K. Strimmer, [Optimal whitening and decorrelation](https://arxiv.org/abs/1512.00809), 2018. 숄레스키 분해를 비롯한 여러 백색화 방법을 비교합니다.

# %% [markdown] lang="en"
# ## References { #references }
#
# - PyTorch documentation: [`torch.std`](https://docs.pytorch.org/docs/stable/generated/torch.std.html), [`torch.corrcoef`](https://docs.pytorch.org/docs/stable/generated/torch.corrcoef.html), [`torch.linalg.eigvalsh`](https://docs.pytorch.org/docs/stable/generated/torch.linalg.eigvalsh.html), [`torch.linalg.lstsq`](https://docs.pytorch.org/docs/stable/generated/torch.linalg.lstsq.html), [`torch.linalg.cholesky`](https://docs.pytorch.org/docs/stable/generated/torch.linalg.cholesky.html), [`F.mse_loss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.mse_loss.html), [`F.normalize`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.normalize.html)
# - Y. LeCun et al., [Efficient BackProp](http://yann.lecun.com/exdb/publis/pdf/lecun-98b.pdf), 1998. Section 4.3 gives the rules, to center, scale, and decorrelate inputs; section 5 explains them with eigenvalues.
# - Y. LeCun, I. Kanter, and S. Solla, [Eigenvalues of covariance matrices: Application to neural-network learning](https://doi.org/10.1103/PhysRevLett.66.2396), 1991. Shows how inputs with a mean other than 0 create a large eigenvalue.
# - A. Kessy, A. Lewin, and K. Strimmer, [Optimal whitening and decorrelation](https://arxiv.org/abs/1512.00809), 2018. Compares several kinds of whitening, Cholesky's among them.
