# ---
# needs: [learning_rate, regularization_lab]
# time_limit: 120
# ---

# %% [markdown] lang="ko"
# # 신경망 학습의 기본 절차 { #training-recipe }
#
# 신경망은 코드가 틀려도 오류 없이 학습됩니다. 그래서 이 레슨에서는 데이터를 살펴보는 일부터 결과를 기록하는 일까지 모두 열한 단계로 나누고, 단계마다 숫자 하나를 예상한 다음 그 예상이 맞는지 PASS와 FAIL로 확인합니다.
#
# 오류 메시지 없이 정확도만 조금 낮추는 버그가 가장 찾기 어렵습니다. 그러나 절차를 지키면 이런 버그도 상당수가 일찍 드러납니다. 8x8 손글씨 숫자로 이 절차를 처음부터 끝까지 밟아 본 다음, 마지막에는 점검을 자동화하여 일부러 심은 버그 다섯 개를 찾아냅니다.
#
# !!! abstract "학습 목표"
#     - 학습하기 전에 기준 모델의 점수와 초기 손실을 예상하고 확인합니다.
#     - 샘플 8개와 섞은 레이블로 학습 코드를 시험하고, 결과의 의미를 설명합니다.
#     - 훈련 손실과 검증 손실을 비교하여 다음에 할 일을 고릅니다.
#     - 한 번에 하나씩 바꾸고, 시드 10개의 짝지은 차이로 판정합니다.
#     - 테스트 세트를 한 번만 쓰고 신뢰구간과 함께 보고합니다.
#     - PASS와 FAIL의 패턴으로 버그의 위치를 찾습니다.

# %% [markdown] lang="en"
# # A basic procedure for training a network { #training-recipe }
#
# A network may train even when its code is wrong. So take eleven steps, from a first look at the data to the final record; in each, predict one number and check it: PASS or FAIL.
#
# The hardest bugs raise no error and cost only a little accuracy. A fixed procedure reveals many of them early. We go through it on 8x8 handwritten digits. At the end, an automatic checkup finds five planted bugs.
#
# !!! abstract "What you will be able to do"
#     - Predict baselines and the initial loss before training, and check them.
#     - Test training code on eight examples and on shuffled labels, and explain what the results mean.
#     - Choose the next action from the training loss and the validation loss.
#     - Change one thing at a time, and judge by paired differences over ten seeds.
#     - Use the test set once, and report the result with a confidence interval.
#     - Locate a bug from its pattern of PASS and FAIL.

# %%
import math

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def verdict(step, passed, measured):
    print(f"{'PASS' if passed else 'FAIL'}  {step}: {measured}")
    return passed


# %% [markdown] lang="ko"
# ## 빠져 있던 두 행동 { #procedure }
#
# 널리 쓰이는 강의 노트에서는 첫째로 모델을 만들고, 둘째로 학습시켜 과적합(overfitting)인지 확인한 다음, 이 2단계부터 되풀이하라고 합니다. 그런데 과적합일 때와 아닐 때 각각 무엇을 해야 하는지가 빠져 있습니다. 갈림길마다 할 일이 정해져 있지 않으면 같은 자리를 맴돌게 됩니다. 빠진 행동은 다음 두 가지입니다.
#
# - **2a. 훈련 데이터도 못 맞히면** 모델을 키우거나, 더 오래 학습시키거나, 학습률(learning rate)을 바꿉니다.
# - **2b. 훈련 데이터는 맞히는데 검증 데이터에서 성능이 나쁘면** 규제(regularization)를 하나 더하거나 데이터를 늘립니다.
#
# 둘 다 해당하지 않으면 멈춥니다. 이 규칙을 함수로 쓰면 모호한 부분이 남지 않습니다. 판단의 기준은 학습을 시작하기 **전에** 정하며, 여기서는 훈련 손실이 0.05를 넘는지, 검증 손실과 훈련 손실의 차이가 0.08을 넘는지를 봅니다.

# %% [markdown] lang="en"
# ## The two missing actions { #procedure }
#
# Widely used lecture notes give this approach: first build a model, second train it and see whether it overfits, then repeat from step 2. They do not say what to do if it overfits, or if it does not, so you go around in circles. Two actions are missing:
#
# - **2a. If it cannot even fit the training data,** make the model bigger, train longer, or change the learning rate.
# - **2b. If it fits the training data but does badly on validation data,** add one kind of regularization, or more data.
#
# If neither applies, stop. Written as a function, the rule leaves nothing vague. Its two thresholds are set **before** training: here 0.05 for the training loss, and 0.08 for validation loss minus training loss.


# %% anchor="two_actions"
def next_action(train_loss, val_loss, fit_goal=0.05, gap_goal=0.08):
    if train_loss > fit_goal:
        return "2a: bigger, longer, or another lr"
    if val_loss - train_loss > gap_goal:
        return "2b: regularize, or more data"
    return "stop: test once"


for losses in [(0.9, 1.0), (0.01, 0.3), (0.01, 0.06)]:
    print(losses, next_action(*losses))
# > (0.9, 1.0) 2a: bigger, longer, or another lr
# > (0.01, 0.3) 2b: regularize, or more data
# > (0.01, 0.06) stop: test once

# %% [markdown] lang="ko"
# 이 순서를 지켜야 합니다. 예를 들어 훈련 손실이 0.9인 모델에 규제를 더하면 대개 훈련 데이터를 더 못 맞히게 됩니다. **먼저 맞히고, 그다음에 규제합니다.** 그리고 이 갈림길에 이르기 전에 코드가 올바른지부터 확인해야 합니다.
#
# | 단계 | 확인할 것 |
# |---|---|
# | 0~1 | 데이터와 나누기, 기준 모델 |
# | 2~4 | 초기 손실, 샘플 8개, 섞은 레이블 |
# | 5~6 | 학습률, 훈련 데이터 맞히기 (2a) |
# | 7~8 | 규제 하나씩 (2b), 검증 데이터로 조정 |
# | 9~10 | 테스트 한 번, 기록 |

# %% [markdown] lang="en"
# The order matters. Adding regularization to a model with a training loss of 0.9 usually makes the fit even worse. **Fit first, regularize second.** And before that, make sure that the code is right.
#
# | Steps | What to check |
# |---|---|
# | 0–1 | data and split, baselines |
# | 2–4 | initial loss, eight examples, shuffled labels |
# | 5–6 | learning rate, fitting the training data (2a) |
# | 7–8 | regularizing one by one (2b), tuning on validation data |
# | 9–10 | one test run, the record |

# %% [markdown] lang="ko"
# ## 0단계: 데이터를 보고 나누기 { #data .numbered }
#
# 모델을 만들기 전에 데이터부터 살펴봅시다. 이미지 1,797장을 훈련, 검증, 테스트의 [세 세트](train_val_test.md)로 나눌 때, `stratify`를 쓰면 세트마다 클래스의 비율이 같아집니다. 세트끼리 겹치지 않는지, 픽셀 값이 0과 1 사이인지 확인하고, 테스트 세트는 아직 쓰지 않으므로 행 번호만 남겨 둡니다.

# %% [markdown] lang="en"
# ## Step 0: look at the data, split it { #data .numbered }
#
# Look at the data first. Split 1,797 images into [three sets](train_val_test.md): training, validation, and test. The argument `stratify` gives each set the same class proportions. Check that the sets do not overlap and that pixels lie between 0 and 1. For now, keep only the row numbers of the test set.

# %%
images = torch.tensor(load_digits().data / 16, dtype=torch.float32)
digits = torch.tensor(load_digits().target)


def split(rows, size):
    labels = digits[rows]
    return train_test_split(
        rows, test_size=size, stratify=labels, random_state=0
    )


rest, test_rows = split(torch.arange(1797), 359)
train_rows, val_rows = split(rest, 360)
x_train, y_train = images[train_rows], digits[train_rows]
x_val, y_val = images[val_rows], digits[val_rows]

print(len(train_rows), len(val_rows), len(test_rows))
# > 1078 360 359
print("classes", y_train.bincount().tolist())
# > classes [107, 109, 107, 109, 109, 109, 109, 107, 104, 108]
disjoint = (
    len(torch.cat([train_rows, val_rows, test_rows]).unique()) == 1797
)
in_range = bool(images.min() >= 0 and images.max() <= 1)
assert verdict(
    "0 data", disjoint and in_range, "no overlap, pixels in [0, 1]"
)
# > PASS  0 data: no overlap, pixels in [0, 1]

# %% [markdown] lang="ko"
# 세 세트의 크기는 각각 1,078장, 360장, 359장이고, 훈련 세트에는 클래스마다 104~109장씩 고르게 들어 있습니다. 숫자만 믿지 말고, **모델에 들어가는 바로 그 텐서**를 레이블과 함께 눈으로 확인합니다.

# %% [markdown] lang="en"
# The sets have 1,078, 360, and 359 images. The training set has 104 to 109 per class: well balanced. Do not trust numbers alone. Look at **the very tensors that go into the model**, with their labels.

# %% figure="samples"
fig, axes = plt.subplots(2, 5, figsize=(6.4, 3.4))
for i, ax in enumerate(axes.flat):
    ax.imshow(x_train[i].view(8, 8), cmap="gray_r")
    ax.set(title=str(y_train[i].item()), xticks=[], yticks=[])

# %% [markdown] lang="ko" caption="samples"
# 훈련 세트의 첫 10장과 레이블입니다. 레이블을 알고 보면 그렇게 보이지만, 맨 앞의 9처럼 사람도 혼동할 만한 이미지가 있습니다.
#
# 8x8 픽셀의 회색 이미지 10장이 두 줄로 놓여 있고, 이미지 위에 레이블이 있습니다. 윗줄의 레이블은 9, 7, 1, 7, 2이고 아랫줄은 3, 1, 8, 6, 4입니다. 흰 바탕에 검은 획으로 쓰였고, 픽셀이 커서 맨 앞의 9는 4와 비슷해 보입니다.

# %% [markdown] lang="en" caption="samples"
# The first ten training images with their labels. Knowing the label, you can recognize the digit, but some, like the first 9, might confuse anyone.
#
# Ten gray images of 8x8 pixels in two rows, each with its label on top. The upper row shows 9, 7, 1, 7, 2; the lower row 3, 1, 8, 6, 4. Strokes are dark on a light background; with pixels this coarse, the first 9 looks much like a 4.

# %% [markdown] lang="ko"
# ## 1단계: 모델 없이 얻는 점수 { #baselines .numbered }
#
# 정확도(accuracy) 90%는 좋은 점수일까요? 이를 판단하려면 비교할 대상이 있어야 하므로 **기준 모델**(baseline) 셋을 만듭니다. 첫째는 가장 많은 클래스만 답하는 모델이고, 둘째는 입력을 쓰지 않고 클래스의 비율을 확률로 답하는 모델입니다. 셋째는 가장 닮은 훈련 이미지의 레이블을 답하는 1-최근접 이웃(1-NN)입니다. 손실과 정확도가 얼마일지 먼저 예상해 보세요.

# %% [markdown] lang="en"
# ## Step 1: scores without a network { #baselines .numbered }
#
# Is an accuracy of 90% good? That depends on what you compare it with. Make three **baselines**: one always predicts the most frequent class, one predicts the class proportions without looking at the input, and the nearest neighbor (1-NN) predicts the label of the most similar training image. Guess their losses and accuracies first.


# %%
def accuracy(logits, target):
    return (logits.argmax(dim=1) == target).float().mean().item()


shares = y_train.bincount() / len(y_train)
prior_logits = shares.log().expand(len(y_val), 10)
prior_loss = F.cross_entropy(prior_logits, y_val).item()
majority = accuracy(prior_logits, y_val)
nearest = torch.cdist(x_val, x_train).argmin(dim=1)
neighbor = (y_train[nearest] == y_val).float().mean().item()
print(f"majority {majority:.4f}  1-NN {neighbor:.4f}")
# > majority 0.1028  1-NN 0.9861
print(f"loss without input {prior_loss:.4f}")
# > loss without input 2.3025
usable = majority < 0.2 and neighbor > 0.9
assert verdict("1 baselines", usable, "three numbers to compare with")
# > PASS  1 baselines: three numbers to compare with

# %% [markdown] lang="ko"
# 다수 클래스만 답하면 정확도는 10.3%이고, 입력을 쓰지 않을 때의 손실은 2.3025로 $\ln 10$과 거의 같습니다. 학습한 모델의 손실이 이보다 높다면, 입력을 쓴 것이 **오히려 해가 되었다는** 뜻입니다.
#
# 1-NN의 정확도는 98.6%입니다. 학습도 하지 않고 이런 점수를 얻었으니 쉬운 문제일까요? 데이터를 섞어서 나누면 같은 사람의 글씨가 훈련 세트와 검증 세트에 모두 들어가므로, [처음 보는 사람의 글씨](train_val_test.md#writers)로 시험하면 점수가 이보다 내려갑니다. 이 페이지의 점수는 모두 "아는 사람의 글씨"에서 얻은 점수입니다.

# %% [markdown] lang="en"
# Predicting the most frequent class is right 10.3% of the time, and the loss without input is 2.3025, almost exactly $\ln 10$. If a trained model has a higher loss, using the input **made it worse**.
#
# 1-NN reaches 98.6%. Is the problem that easy? In a shuffled split, the same person's digits are in both sets. For [writers never seen before](train_val_test.md#writers) the score drops. All scores on this page are for "writers we know."

# %% [markdown] lang="ko"
# ## 2단계: 첫 손실은 ln 10 { #loss-at-init .numbered }
#
# 아직 아무것도 학습하지 않은 모델이라면 클래스 $K$개에 비슷한 확률을 주어야 합니다. 따라서 학습하기 전의 손실은 다음과 같습니다.
#
# $$
# -\ln \frac{1}{K} = \ln K
# $$
#
# 은닉층(hidden layer)이 하나인 모델과 평가 함수를 만들어 확인해 봅시다. 평가 함수에서는 `model.eval()`과 `torch.no_grad()`를 빠뜨리지 않아야 합니다.

# %% [markdown] lang="en"
# ## Step 2: the first loss is ln 10 { #loss-at-init .numbered }
#
# A model that has not learned anything should give similar probabilities to all $K$ classes. The loss before training is then
#
# $$
# -\ln \frac{1}{K} = \ln K
# $$
#
# Define a model with one hidden layer, and an evaluation function that calls both `model.eval()` and `torch.no_grad()`.


# %% folded="optional"
def mlp(seed, width=128, norm=False, dropout=0.0):
    torch.manual_seed(seed)
    before = [nn.BatchNorm1d(width)] if norm else []
    after = [nn.Dropout(dropout)] if dropout else []
    hidden = [nn.Linear(64, width), *before, nn.ReLU(), *after]
    return nn.Sequential(*hidden, nn.Linear(width, 10))


def evaluate(model, x, target):
    model.eval()
    with torch.no_grad():
        logits = model(x)
    return F.cross_entropy(logits, target).item(), accuracy(logits, target)


# %% [markdown] lang="ko"
# 기본 초기화(initialization)의 첫 손실을 시드 3개로 측정하고, 흔히 저지르는 실수대로 가중치를 표준정규분포 $N(0, 1)$에서 뽑았을 때의 첫 손실도 측정해 봅시다. 예상한 값과의 차이가 0.2보다 작으면 PASS입니다.

# %% [markdown] lang="en"
# Measure the first loss of the default initialization with three seeds. Then try a common mistake: drawing weights from $N(0, 1)$. A loss within 0.2 of the expected value is a PASS.

# %%
starts = [evaluate(mlp(seed), x_train, y_train)[0] for seed in range(3)]
measured = " ".join(f"{loss:.4f}" for loss in starts)
print(f"expected {math.log(10):.4f}")
# > expected 2.3026
close = all(abs(loss - math.log(10)) < 0.2 for loss in starts)
assert verdict("2 loss at init", close, measured)
# > PASS  2 loss at init: 2.3103 2.3142 2.3254

wide = mlp(0)
generator = torch.Generator().manual_seed(0)
for parameter in wide.parameters():
    normal = torch.empty(parameter.shape, dtype=torch.float64)
    parameter.data = normal.normal_(generator=generator).float()
loss, _ = evaluate(wide, x_train, y_train)
close = abs(loss - math.log(10)) < 0.2
assert not verdict("2 loss at init, N(0, 1)", close, f"{loss:.4f}")
# > FAIL  2 loss at init, N(0, 1): 61.3615

# %% [markdown] lang="ko"
# 기본 초기화의 첫 손실은 2.3103에서 2.3254 사이로, 예상한 2.3026에 가깝습니다. 반면 $N(0, 1)$ 초기화에서는 첫 손실이 61.3615나 됩니다. 로짓(logit)이 너무 커서 **학습하기도 전에 확신**하는 것은 아닐까요? 가장 큰 확률의 평균을 구하고, 로짓을 기본 초기화의 크기로 줄이면 손실도 예상한 값으로 돌아오는지 확인해 봅시다.

# %% [markdown] lang="en"
# The default gives 2.3103 to 2.3254, close to the expected 2.3026. With $N(0, 1)$ the loss is 61.3615. Are the logits so large that the model is **confident before it has learned anything**? Measure the mean of the largest probability, and see whether the loss returns to the expected value when the logits are scaled down to the default size.

# %% anchor="scaled_down"
with torch.no_grad():
    default, large = mlp(0)(x_train), wide(x_train)
for name, logits in [
    ("default", default),
    ("N(0, 1)", large),
    ("scaled down", large * default.std() / large.std()),
]:
    sure = F.softmax(logits, dim=1).amax(dim=1).mean().item()
    loss = F.cross_entropy(logits, y_train).item()
    print(f"{name:11} mean confidence {sure:.2f}, loss {loss:.2f}")
# > default     mean confidence 0.12, loss 2.31
# > N(0, 1)     mean confidence 0.96, loss 61.36
# > scaled down mean confidence 0.12, loss 2.32
assert abs(loss - math.log(10)) < 0.2

# %% [markdown] lang="ko"
# 가장 큰 확률의 평균은 거의 1이었고, 로짓의 크기만 줄였는데도 손실이 예상한 값으로 돌아왔습니다.
#
# 첫 손실이 크면 초기화, 입력의 스케일, 손실을 합치는 방식(`reduction="sum"`)을 의심합니다. 클래스의 비율이 한쪽으로 치우쳐 있으면, 마지막 층의 편향(bias)을 클래스 비율의 로그로 정하여 기준 모델의 손실에서 학습을 시작할 수 있습니다([연습 문제 2](#exercises)).

# %% [markdown] lang="en"
# The mean of the largest probability was nearly 1, and merely scaling down the logits brought the loss back to the expected value.
#
# If the first loss is large, suspect the initialization, the scale of the inputs, or how the losses are combined (`reduction="sum"`). With imbalanced classes, set the last layer's bias to the log of the class proportions, and training starts at the baseline loss ([exercise 2](#exercises)).

# %% [markdown] lang="ko"
# ## 3단계: 샘플 8개 외우기 { #overfit-8 .numbered }
#
# 이 단계는 건너뛰지 마세요. 용량이 충분하고 학습률이 알맞은 모델이라면 샘플 8개 정도는 몇 초 안에 외웁니다. 따라서 손실이 0.01 아래로 내려가지 않으면 데이터를 늘리기 전에 이유를 찾아야 합니다. 올바른 손실과, 소프트맥스(softmax)를 두 번 적용하는 [흔한 버그](softmax_regression.md#double-softmax)를 나란히 시험해 봅시다.

# %% [markdown] lang="en"
# ## Step 3: memorize eight examples { #overfit-8 .numbered }
#
# Do not skip this one. A model with enough capacity and a suitable learning rate memorizes eight examples within seconds. If the loss does not get below 0.01, find out why before adding data. Compare the correct loss with a [common bug](softmax_regression.md#double-softmax): softmax applied twice.


# %%
def memorize(model, loss_function, num_updates=100, lr=0.01):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_updates):
        loss = loss_function(model(x_train[:8]), y_train[:8])
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


def double_softmax(logits, target):
    return F.cross_entropy(F.softmax(logits, dim=1), target)


# %%
right = memorize(mlp(0), F.cross_entropy)
wrong = memorize(mlp(0), double_softmax)
floor = math.log(1 + 9 / math.e)
print(f"losses at init  {right[0]:.4f}  {wrong[0]:.4f}")
# > losses at init  2.3318  2.3050
assert verdict("3 overfit 8", right[-1] < 0.01, "loss below 0.01")
# > PASS  3 overfit 8: loss below 0.01
measured = f"{wrong[-1]:.4f}, floor {floor:.4f}"
assert not verdict(
    "3 overfit 8, double softmax", wrong[-1] < 0.01, measured
)
# > FAIL  3 overfit 8, double softmax: 1.4612, floor 1.4612
assert abs(wrong[-1] - floor) < 1e-3

# %% [markdown] lang="ko"
# 첫 손실은 각각 2.3318과 2.3050이므로 2단계만으로는 버그를 찾을 수 없지만, 샘플을 외우게 하면 차이가 드러납니다. 소프트맥스를 두 번 적용하면 손실이 **1.4612**에서 더 내려가지 않습니다. 둘째 소프트맥스의 입력은 0과 1 사이의 값이어서, 완벽한 답을 내더라도 손실이 다음 값보다 낮아질 수 없습니다.
#
# $$
# -\ln \frac{e^1}{e^1 + 9 e^0} = \ln\left(1 + \frac{9}{e}\right)
# $$

# %% [markdown] lang="en"
# The first losses are 2.3318 and 2.3050, so step 2 alone cannot detect the bug. Memorizing reveals it: with the double softmax, the loss stops at **1.4612**. The inputs of the second softmax lie between 0 and 1, so even for a perfect answer the loss cannot get below this floor:
#
# $$
# -\ln \frac{e^1}{e^1 + 9 e^0} = \ln\left(1 + \frac{9}{e}\right)
# $$

# %% figure="overfit_8" tolerance="0.3"
fig, ax = plt.subplots()
ax.semilogy(range(61), right[:61], "-", color="C0")
ax.semilogy(range(61), wrong[:61], "--", color="C3")
ax.axhline(0.01, color="C7", linestyle=":")
ax.text(59, 2.1, "double softmax", color="C3", ha="right")
ax.text(26, 0.0016, "cross entropy", color="C0", ha="left")
ax.text(59, 0.0135, "goal", color="C7", ha="right")
ax.set(xlabel="update", ylabel="loss", ylim=(3e-5, 10))

# %% [markdown] lang="ko" caption="overfit_8"
# 올바른 손실은 갱신 20번 안에 목표 아래로 내려갑니다. 반면 소프트맥스를 두 번 적용하면 손실이 바닥인 1.4612에서 멈춥니다.
#
# 가로축은 갱신 0~60번이고, 세로축은 로그 눈금으로 나타낸 손실입니다. 두 곡선은 모두 2.3 근처에서 출발합니다. 교차 엔트로피를 나타내는 실선은 20번째 갱신 전에 0.01의 점선을 지나 계속 내려갑니다. 소프트맥스를 두 번 적용한 파선은 20번 무렵부터 1.4612 바로 위에서 거의 수평이 됩니다.
#
# - double softmax: 소프트맥스 두 번
# - cross entropy: 교차 엔트로피
# - goal: 목표
# - update: 갱신 횟수
# - loss: 손실

# %% [markdown] lang="en" caption="overfit_8"
# The correct loss falls below the goal within 20 updates. The double softmax stays at its floor of 1.4612.
#
# Horizontal axis: updates 0 to 60; vertical axis: loss on a log scale. Both curves start near 2.3. Cross entropy, solid, crosses the dotted line at 0.01 before update 20 and keeps falling. The double softmax, dashed, is nearly flat right above 1.4612 from about update 20.

# %% [markdown] lang="ko"
# ### 버그가 아닌 FAIL { #not-a-bug .deeper }
#
# 버그가 없어도 갱신이 부족하거나, 학습률이 작거나, 모델이 작거나, 규제가 켜져 있으면 갱신 100번 안에 샘플을 외우지 못합니다. 이 네 경우의 손실을 측정한 다음, 각각 원인 하나만 바로잡고 다시 측정해 봅시다.

# %% [markdown] lang="en"
# ### Not every FAIL is a bug { #not-a-bug .deeper }
#
# Code without a bug fails as well if 100 updates are too few, if the learning rate or the model is too small, or if regularization is left on. Measure four such cases, then fix the one cause in each and measure again.


# %% tolerance="0.1"
def smoothed(logits, target):
    return F.cross_entropy(logits, target, label_smoothing=0.1)


def linear():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(64, 10))


ce = F.cross_entropy
cases = {
    "softmax regression": ((linear(), ce), (linear(), ce, 600)),
    "lr 0.001": ((mlp(0), ce, 100, 0.001), (mlp(0), ce)),
    "width 4": ((mlp(0, width=4), ce), (mlp(0, width=16), ce)),
    "label smoothing": ((mlp(0), smoothed), (mlp(0), ce)),
}

# %% tolerance="0.1"
for name, (before, after) in cases.items():
    failed, remedied = memorize(*before)[-1], memorize(*after)[-1]
    print(f"{name:18}  {failed:.3f}  remedied {remedied:.3f}")
    assert remedied < 0.01 < failed
# > softmax regression  0.035  remedied 0.003
# > lr 0.001            0.089  remedied 0.000
# > width 4             1.186  remedied 0.004
# > label smoothing     0.500  remedied 0.000
bug = memorize(mlp(0), double_softmax, num_updates=300, lr=0.03)[-1]
print(f"{'double softmax':18}  longer, larger lr {bug:.4f}")
# > double softmax      longer, larger lr 1.4612
assert bug > 1.46

# %% [markdown] lang="ko"
# 네 경우는 원인 하나를 바로잡자 모두 샘플을 외웠지만, 소프트맥스를 두 번 적용한 모델은 갱신을 늘리고 학습률을 키워도 바닥인 1.4612에 머물렀습니다. 따라서 FAIL이 나오면 먼저 갱신을 늘리고, 학습률과 너비를 키우고, 규제를 끕니다. 그래도 손실이 내려가지 않으면 **버그를 의심합니다**.

# %% [markdown] lang="en"
# With that one cause fixed, all four models memorize the examples. With the double softmax, the loss stays at its floor of 1.4612, even after more updates with a larger learning rate. So after a FAIL, first try more updates, a larger learning rate, and more units, and switch off regularization. If the loss still does not come down, **suspect a bug**.

# %% [markdown] lang="ko"
# ### 0에서 출발하는 은닉층 { #zero-init .deeper }
#
# 초기 손실이 **정확히** $\ln 10$이라고 해서 안심할 수는 없습니다. 모든 가중치를 0으로 정해도 초기 손실은 항상 이 값이 되기 때문입니다. 소프트맥스 회귀는 0에서 출발해도 잘 학습되지만, 은닉층이 있으면 어떨까요? 앞으로 계속 쓸 학습 함수를 정의하고 시험해 봅시다.

# %% [markdown] lang="en"
# ### A hidden layer that starts at zero { #zero-init .deeper }
#
# Even an initial loss of **exactly** $\ln 10$ is no guarantee: setting all weights to zero gives that, too. Softmax regression learns well from zero. What about a model with a hidden layer? Define the training function for the rest of the page, and try it.


# %%
def fit(model, x, target, lr=0.02, num_epochs=20, seed=0, weight_decay=0.0):
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    # ko: fused=True를 쓰면 모든 매개변수를 한 번에 갱신하므로 더 빠릅니다.
    # en: fused=True updates all parameters in one call, which is faster.
    options = {"lr": lr, "weight_decay": weight_decay, "fused": True}
    optimizer = torch.optim.AdamW(model.parameters(), **options)
    model.train()
    for _ in range(num_epochs):
        for batch in torch.randperm(len(x), generator=generator).split(128):
            loss = F.cross_entropy(model(x[batch]), target[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model


# %% [markdown] lang="ko"
# `fit()`은 행 번호를 섞어 128개씩 나눕니다. 데이터가 메모리에 모두 들어가지 않거나 읽으면서 가공해야 할 때는 `DataLoader`로 같은 일을 할 수 있습니다. 한 에폭 동안 모든 행이 정확히 한 번씩 나오는지 확인해 봅시다.

# %% [markdown] lang="en"
# `fit()` shuffles row numbers and splits them into batches of 128. Where the data do not fit into memory, or are processed while being read, a `DataLoader` does the same job. Check that each row appears exactly once in an epoch.

# %%
rows = torch.arange(len(x_train))
dataset = TensorDataset(x_train, y_train, rows)
generator = torch.Generator().manual_seed(0)
options = {"batch_size": 128, "shuffle": True, "generator": generator}
batches = [seen for _, _, seen in DataLoader(dataset, **options)]
print([len(batch) for batch in batches])
# > [128, 128, 128, 128, 128, 128, 128, 128, 54]
assert torch.equal(torch.cat(batches).sort().values, rows)

# %% [markdown] lang="ko"
# 마지막 배치에는 남은 행만 들어갑니다. 이제 모든 가중치를 0으로 정하고 학습시켜 봅시다.

# %% [markdown] lang="en"
# The last batch holds the remaining rows. Now set all weights to zero, and train.


# %%
def zero_mlp():
    model = mlp(0)
    for parameter in model.parameters():
        nn.init.zeros_(parameter)
    return model


first, _ = evaluate(zero_mlp(), x_train, y_train)
last = memorize(zero_mlp(), F.cross_entropy)[-1]
close = abs(first - math.log(10)) < 0.2
assert verdict("2 loss at init, zeros", close, f"{first:.4f}")
# > PASS  2 loss at init, zeros: 2.3026
assert not verdict("3 overfit 8, zeros", last < 0.01, f"{last:.4f}")
# > FAIL  3 overfit 8, zeros: 1.8929
trained = fit(zero_mlp(), x_train, y_train)
loss, score = evaluate(trained, x_val, y_val)
print(f"after 20 epochs on all data: loss {loss:.4f}  accuracy {score:.4f}")
# > after 20 epochs on all data: loss 2.3026  accuracy 0.1000
assert score < 0.12

# %% [markdown] lang="ko"
# 2단계는 PASS이지만 3단계는 FAIL입니다. 전체 데이터로 20에폭(epoch)을 학습해도 정확도는 무작위로 고르는 수준입니다. 어느 매개변수에 기울기(gradient)가 생기는지 역전파를 한 번 하여 확인해 봅시다.

# %% [markdown] lang="en"
# Step 2 is a PASS, step 3 a FAIL. Even after 20 epochs on all the training data, the accuracy is at chance level. Backpropagate once and see which parameters get a gradient.

# %%
model = zero_mlp()
F.cross_entropy(model(x_train), y_train).backward()
for name, parameter in model.named_parameters():
    moves = bool(parameter.grad.any())
    print(f"{name:8} gets a gradient: {moves}")
    assert moves == (name == "2.bias")
# > 0.weight gets a gradient: False
# > 0.bias   gets a gradient: False
# > 2.weight gets a gradient: False
# > 2.bias   gets a gradient: True

# %% [markdown] lang="ko"
# 마지막 층의 편향만 기울기를 받아 움직입니다. 은닉 유닛이 모두 0이므로 다음 층의 가중치는 기울기를 받지 못하고, 그 가중치가 0이므로 앞 층의 매개변수도 기울기를 받지 못합니다.
#
# !!! warning "0 초기화는 은닉층이 없을 때만"
#     소프트맥스 회귀에서 하던 대로 `torch.zeros()`를 은닉층에까지 쓰면 모델이 학습되지 않습니다.

# %% [markdown] lang="en"
# Only the bias of the last layer gets a gradient and moves. All hidden units are 0, so the weights of the next layer get no gradient; those weights are 0, so the first layer gets none either.
#
# !!! warning "Start at zero only without hidden layers"
#     If you use `torch.zeros()` for a hidden layer as well, as in softmax regression, the model does not learn.

# %% [markdown] lang="ko"
# ## 4단계: 섞은 레이블 { #random-labels .numbered .deeper }
#
# 이번에는 레이블을 무작위로 섞어 봅시다. 그러면 이미지와 레이블 사이에 아무 관계가 없으므로 학습할 규칙도 없습니다. 훈련 이미지 200장으로 학습시키면 훈련 정확도와 검증 정확도는 각각 얼마가 될까요? 먼저 예상한 다음 실행해 보세요. 처음에는 맞는 레이블로, 다음에는 서로 다르게 섞은 세 가지 레이블로 학습시킵니다. 섞은 뒤에도 우연히 맞는 레이블의 비율(still right)을 함께 출력합니다.

# %% [markdown] lang="en"
# ## Step 4: shuffled labels { #random-labels .numbered .deeper }
#
# Now shuffle the labels at random. Images and labels are then unrelated, so there is no rule to learn. On 200 training images, what will the training accuracy and the validation accuracy be? Guess, then run it, first with the true labels, then with three different shuffles. The share of labels that stay right by chance is printed, too.

# %% tolerance="0.3"
few, true_labels = x_train[:200], y_train[:200]
model = fit(mlp(0), few, true_labels, num_epochs=100)
with_true = evaluate(model, x_val, y_val)[1]
print(f"true labels  val {with_true:.3f}")
# > true labels  val 0.931

trained, validated = [], []
for seed in range(3):
    generator = torch.Generator().manual_seed(seed)
    shuffled = true_labels[torch.randperm(200, generator=generator)]
    model = fit(mlp(0), few, shuffled, num_epochs=150)
    trained.append(evaluate(model, few, shuffled)[1])
    validated.append(evaluate(model, x_val, y_val)[1])
    kept = (shuffled == true_labels).float().mean().item()
    scores = f"train {trained[-1]:.3f}  val {validated[-1]:.3f}"
    print(f"still right {kept:.3f}  {scores}")
# > still right 0.150  train 1.000  val 0.169
# > still right 0.110  train 1.000  val 0.081
# > still right 0.060  train 1.000  val 0.061

# %% tolerance="0.3" anchor="shuffled_labels"
mean = sum(validated) / 3
assert min(trained) > 0.95
measured = f"mean validation accuracy {mean:.3f}"
assert verdict("4 shuffled labels", mean < 0.2, measured)
# > PASS  4 shuffled labels: mean validation accuracy 0.104

# %% [markdown] lang="ko"
# 훈련 정확도에서 알 수 있듯이, 모델은 섞은 레이블도 **모조리 외웠습니다**. 검증 정확도는 맞는 레이블로 학습했을 때 0.9를 넘지만, 섞은 레이블로 학습했을 때는 평균이 무작위로 고르는 수준입니다. 우연히 맞은 레이블이 많으면 검증 정확도가 조금 높게 나오므로, 한 번만 섞은 결과로는 판정할 수 없습니다.
#
# 따라서 훈련 정확도 100%는 표현 용량(capacity)이 충분하다는 뜻일 뿐, 규칙을 배웠다는 증거는 아닙니다.
#
# ### 새는 곳을 찾으려면 모두 섞기 { #shuffle-all .deeper }
#
# 섞은 레이블은 [정답이 새는 곳](train_val_test.md#leaks)을 찾는 데에도 쓰입니다. 다만 **훈련 레이블만** 섞으면 새는 곳을 찾을 수 없습니다. 정답이 새는 데이터를 두 가지 만들어 확인해 봅시다. 하나는 픽셀 몇 개의 자리에 정답을 적어 둔 데이터이고, 다른 하나는 검증 이미지가 훈련 세트에 들어간 데이터입니다. 훈련 레이블만 섞은 결과와, 다른 처리를 하기 **전에** 레이블을 모두 섞은 결과를 비교합니다.

# %% [markdown] lang="en"
# The training accuracies show that the model **memorized every shuffled label**. The validation accuracy is above 0.9 with true labels; with shuffled labels its mean is at chance level. It comes out a little higher if many labels happen to stay right, so one shuffle is not enough for a verdict.
#
# Hence a training accuracy of 100% only means that the model has enough capacity. It is no evidence that it learned a rule.
#
# ### To find a leak, shuffle everything { #shuffle-all .deeper }
#
# Shuffled labels also help to find where [answers leak](train_val_test.md#leaks). But shuffling **only the training labels** does not reveal a leak. Plant two leaks: one replaces some pixels by the answer, the other puts validation images into the training set. Compare shuffling the training labels with shuffling all labels **before** anything else is done.


# %%
def pipeline(leak, shuffle):
    generator = torch.Generator().manual_seed(0)
    x, labels = images[rest[:300]].clone(), digits[rest[:300]]
    train, val = torch.arange(200), torch.arange(200, 300)
    if shuffle == "all":
        labels = labels[torch.randperm(300, generator=generator)]
    if leak == "answer as a feature":
        x[:, :10] = F.one_hot(labels, 10).float()
    if leak == "validation in training":
        train = torch.arange(300)
    target = labels[train]
    if shuffle == "training":
        target = target[torch.randperm(len(target), generator=generator)]
    model = fit(mlp(0), x[train], target, num_epochs=70)
    return evaluate(model, x[val], labels[val])[1]


# %% tolerance="0.3" anchor="all_shuffled"
found = {}
for leak in ("no leak", "answer as a feature", "validation in training"):
    row = [
        pipeline(leak, shuffle) for shuffle in ("none", "training", "all")
    ]
    found[leak] = row
    cells = "  ".join(f"{accuracy:.2f}" for accuracy in row)
    print(f"{leak:22} labels true, shuffled in training, all: {cells}")
# > no leak                labels true, shuffled in training, all: 0.95  0.04  0.07
# > answer as a feature    labels true, shuffled in training, all: 1.00  0.03  1.00
# > validation in training labels true, shuffled in training, all: 1.00  0.11  0.96
assert all(row[1] < 0.3 for row in found.values())
no_leak, feature, rows = (row[2] for row in found.values())
assert no_leak < 0.3 < 0.8 < min(feature, rows)

# %% [markdown] lang="ko"
# 훈련 레이블만 섞으면 세 경우의 정확도가 모두 무작위로 고르는 수준이므로 서로 구별되지 않습니다. 반면 레이블을 모두 섞으면 학습할 규칙이 없는데도 정답이 새는 두 경우의 정확도가 높게 나와 누수가 드러납니다. 따라서 레이블을 쓰는 어떤 단계보다도 먼저 모든 레이블을 섞고, **처음부터 끝까지** 다시 실행해야 합니다.
#
# 그러나 이 방법으로 모든 누수를 찾을 수는 없습니다. 같은 사람의 글씨가 양쪽에 있거나 검증 픽셀까지 써서 표준화한 경우처럼, 레이블을 거치지 않는 누수는 레이블을 섞어도 드러나지 않습니다.

# %% [markdown] lang="en"
# With only the training labels shuffled, all three accuracies are at chance level and look alike. With all labels shuffled there is no rule to learn, and yet the accuracy is high where there is a leak, which exposes it. So shuffle all labels before any step that uses labels, and rerun the pipeline **from start to end**.
#
# This does not find every leak. Leaks that do not involve the labels stay hidden, such as digits of one writer in both sets, or standardization with validation pixels.

# %% [markdown] lang="ko"
# ## 5단계: 학습률 훑기 { #lr .numbered }
#
# 이제 코드를 믿을 수 있으니, 가장 중요한 하이퍼파라미터(hyperparameter)부터 정합니다. [학습률](learning_rate.md)을 10배씩 바꾸면서 5에폭씩 학습시키고, 시드 3개의 검증 손실 가운데 **가장 나쁜 값**이 가장 작은 학습률을 고릅니다. 고른 값이 훑은 범위의 끝에 있으면 범위를 넓혀야 하므로 FAIL입니다.

# %% [markdown] lang="en"
# ## Step 5: sweep the learning rate { #lr .numbered }
#
# Now that the code can be trusted, choose the most important hyperparameter. Vary the [learning rate](learning_rate.md) by factors of ten and train five epochs each. Choose the rate whose **worst** validation loss over three seeds is smallest. If it lies at an end of the range, the range must be widened, so that counts as a FAIL.

# %% tolerance="0.3"
lrs = (0.0002, 0.002, 0.02, 0.2, 2.0)
worst = {}
for lr in lrs:
    losses = []
    for seed in range(3):
        model = fit(mlp(seed), x_train, y_train, lr, 5, seed)
        losses.append(evaluate(model, x_val, y_val)[0])
    worst[lr] = max(losses)
    print(
        f"lr {lr:<6}  validation loss", *(f"{loss:.3f}" for loss in losses)
    )
# > lr 0.0002  validation loss 2.188 2.210 2.216
# > lr 0.002   validation loss 0.811 0.920 0.872
# > lr 0.02    validation loss 0.190 0.172 0.170
# > lr 0.2     validation loss 0.694 1.173 1.417
# > lr 2.0     validation loss 2.477 2.365 2.379
best_lr = min(worst, key=worst.get)
inside = best_lr not in (lrs[0], lrs[-1])
assert verdict("5 learning rate", inside, f"{best_lr} is inside the range")
# > PASS  5 learning rate: 0.02 is inside the range

# %% [markdown] lang="ko"
# 고른 학습률은 0.02입니다. 학습률이 0.0002이면 5에폭으로는 거의 학습되지 않고, 2.0이면 모델이 망가집니다. 학습률이 0.2이면 세 시드의 손실이 모두 학습률이 0.02일 때보다 훨씬 크고, 시드에 따라서도 크게 달라집니다.

# %% [markdown] lang="en"
# The choice is 0.02. At 0.0002 the model hardly learns in five epochs, and at 2.0 training breaks down. At 0.2 all three losses are far larger than at 0.02, and vary a lot.

# %% [markdown] lang="ko"
# ## 6단계: 훈련 데이터 맞히기 { #fit-train .numbered }
#
# 이제 갈림길에 이르렀으니, 은닉 유닛이 4개인 모델에서 시작하여 `next_action()`이 알려 주는 대로 진행합니다. 앞에서 정한 기준은 훈련 손실 0.05와 손실의 차이 0.08입니다. 손실은 시드 10개의 평균으로 구하며, 시드마다 테스트 세트를 뺀 1,438장을 훈련 세트와 검증 세트로 **다시 나눕니다**. 이렇게 하면 학습 과정의 우연뿐만 아니라 어느 이미지가 검증 세트에 뽑히느냐 하는 우연까지 결과에 반영됩니다.

# %% [markdown] lang="en"
# ## Step 6: fit the training data { #fit-train .numbered }
#
# Now comes the decision. Start with four hidden units and do what `next_action()` says. The thresholds, set earlier, are 0.05 for the training loss and 0.08 for the gap. Losses are means over ten seeds, and for each seed the 1,438 images outside the test set are **split again**. So the results reflect chance in both training and the choice of validation images.


# %% folded="optional"
orders = []
for seed in range(10):
    generator = torch.Generator().manual_seed(seed)
    orders.append(torch.randperm(len(rest), generator=generator))
rows = rest[torch.stack(orders)]
ten_train, ten_val = rows.split([1078, 360], dim=1)  # a row for each seed
print("training images", tuple(images[ten_train].shape))
# > training images (10, 1078, 64)

# %% [markdown] lang="ko"
# 텐서의 첫 차원은 시드를 나타냅니다. [규제 다섯 가지를 한 데이터로 비교하기](regularization_lab.md#ten-at-once)에서처럼, 모델 열 개의 가중치를 텐서 하나에 담아 **한 번에** 학습시킵니다. 네트워크마다 초깃값과 데이터가 다르며, 네트워크끼리는 서로 영향을 주지 않습니다.

# %% [markdown] lang="en"
# The first dimension is the seed. As in [five regularizers, one dataset](regularization_lab.md#ten-at-once), one tensor holds the weights of ten models, which are trained **at once**. Each network has its own initialization and data; the networks do not interact.


# %% folded="optional"
class Linears(nn.Module):
    def __init__(self, num_in, num_out):
        super().__init__()
        bound = num_in**-0.5
        weight = torch.empty(10, num_in, num_out).uniform_(-bound, bound)
        bias = torch.empty(10, 1, num_out).uniform_(-bound, bound)
        self.weight, self.bias = nn.Parameter(weight), nn.Parameter(bias)

    def forward(self, x):  # (10, examples, num_in)
        return torch.baddbmm(self.bias, x, self.weight)


# %% folded="optional"
class BatchNorms(nn.Module):
    def __init__(self, num):
        super().__init__()
        self.norm = nn.BatchNorm1d(10 * num)

    def forward(self, x):
        side_by_side = x.transpose(0, 1).flatten(1)  # (examples, 10 * num)
        normed = self.norm(side_by_side).view(x.shape[1], 10, -1)
        return normed.transpose(0, 1)


# %% folded="optional"
def ten_mlps(width=128, norm=False, dropout=0.0):
    torch.manual_seed(0)
    before = [BatchNorms(width)] if norm else []
    after = [nn.Dropout(dropout)] if dropout else []
    hidden = [Linears(64, width), *before, nn.ReLU(), *after]
    return nn.Sequential(*hidden, Linears(width, 10))


def mean_losses(nets, rows):
    logits = nets(images[rows]).transpose(1, 2)  # (10, classes, examples)
    losses = F.cross_entropy(logits, digits[rows], reduction="none")
    return losses.mean(dim=1)  # one for each network


# %% folded="optional"
def fit_ten(nets, lr=0.02, num_epochs=20, weight_decay=0.0):
    torch.manual_seed(0)
    options = {"lr": lr, "weight_decay": weight_decay, "fused": True}
    optimizer = torch.optim.AdamW(nets.parameters(), **options)
    nets.train()
    for _ in range(num_epochs):
        for batch in torch.randperm(1078).split(128):
            # ko: 손실을 더하면 네트워크마다 자기 손실의 기울기만 받습니다.
            # en: In the sum, each network gets the gradient of its own loss.
            loss = mean_losses(nets, ten_train[:, batch]).sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    nets.eval()
    with torch.no_grad():
        pair = [mean_losses(nets, rows) for rows in (ten_train, ten_val)]
    return torch.stack(pair)  # training and validation losses: (2, 10)


# %% tolerance="0.3" anchor="grown"
ladder = {}
for width in (4, 12, 128):
    ladder[width] = fit_ten(ten_mlps(width))
    train_loss, val_loss = ladder[width].mean(dim=1).tolist()
    action = next_action(train_loss, val_loss)
    measured = f"train {train_loss:.3f}  val {val_loss:.3f}  -> {action}"
    fits = verdict(f"6 fit, width {width:3d}", train_loss <= 0.05, measured)
    assert fits == (width == 128)
# > FAIL  6 fit, width   4: train 0.985  val 1.051  -> 2a: bigger, longer, or another lr
# > FAIL  6 fit, width  12: train 0.078  val 0.155  -> 2a: bigger, longer, or another lr
# > PASS  6 fit, width 128: train 0.006  val 0.097  -> 2b: regularize, or more data
print(
    "width 4, by seed", *(f"{loss:.2f}" for loss in ladder[4][0].tolist())
)
# > width 4, by seed 0.27 0.36 0.98 1.65 1.61 0.33 1.02 1.02 0.99 1.63

# %% [markdown] lang="ko"
# 너비가 4이면 훈련 손실이 높고 시드에 따라 크게 달라집니다. 훈련 데이터도 못 맞히는 경우이니 2a에 따라 모델을 키웁니다. 너비 12에서도 훈련 손실이 기준보다 조금 높아 다시 2a를 따릅니다. 너비 128에서는 훈련 손실이 기준을 통과하여 PASS이지만, 두 손실의 차이가 기준을 넘으므로 이번에는 **2b**를 따릅니다.
#
# 같은 절차를 따랐지만 처음 두 번은 "키워라", 세 번째는 "규제하라"라는 결과가 나왔습니다. 강의 노트의 "2단계부터 되풀이"라는 말에는 바로 이 두 행동이 빠져 있었습니다.

# %% [markdown] lang="en"
# With width 4, the training loss is high and varies widely between seeds, so 2a applies: make the model bigger. Width 12 narrowly misses the goal: 2a again. Width 128 is a PASS, but the gap between the losses exceeds its threshold. This time **2b** applies.
#
# The same procedure said "bigger" twice and then "regularize." These are the two actions missing from "repeat from step 2."

# %% [markdown] lang="ko"
# ## 7단계: 규제를 하나씩 { #regularize .numbered }
#
# 너비가 128인 모델에 세 후보를 **하나씩만** 더하고, 나머지는 모두 그대로 둡니다. 후보는 [가중치 감쇠](weight_decay.md)(weight decay), 드롭아웃(dropout), 배치 정규화(batch normalization)입니다. 시드마다 검증 손실의 차이를 짝지어 구하고, 그 평균의 95% 신뢰구간이 0보다 아래에 있을 때만 PASS로 판정합니다. 구간에 0이 들어 있으면 도움이 되는지 **알 수 없습니다**.

# %% [markdown] lang="en"
# ## Step 7: regularize one by one { #regularize .numbered }
#
# To the model of width 128, add three candidates **one at a time**: [weight decay](weight_decay.md), dropout, and batch normalization. Leave everything else alone. A candidate passes only if the 95% interval of the mean difference in validation loss, paired by seed, lies below 0; if it contains 0, you **cannot tell**.


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


def lower(step, new, old):
    mean, low, high = paired_difference(new, old)
    # ko: z는 반올림하여 나온 -0.000을 +0.000으로 출력하게 합니다.
    # en: The z writes a -0.000 that comes from rounding as +0.000.
    measured = f"{mean:+z.3f} [{low:+z.3f}, {high:+z.3f}]"
    return verdict(step, high < 0, measured)


# %% tolerance="0.5"
plain = ladder[128][1]
tried = {
    "weight decay": fit_ten(ten_mlps(), weight_decay=0.1),
    "dropout": fit_ten(ten_mlps(dropout=0.5)),
    "batch norm": fit_ten(ten_mlps(norm=True)),
}
for name, (_, val_losses) in tried.items():
    passed = lower(f"7 {name} lowers the loss", val_losses, plain)
    assert passed == (name != "weight decay")
# > FAIL  7 weight decay lowers the loss: +0.000 [-0.011, +0.010]
# > PASS  7 dropout lowers the loss: -0.018 [-0.026, -0.010]
# > PASS  7 batch norm lowers the loss: -0.023 [-0.033, -0.013]
norm = tried["batch norm"][1]
assert not lower("7 batch norm below dropout", norm, tried["dropout"][1])
# > FAIL  7 batch norm below dropout: -0.005 [-0.021, +0.011]
print(next_action(*tried["batch norm"].mean(dim=1).tolist()))
# > stop: test once

# %% [markdown] lang="ko"
# 가중치 감쇠는 구간에 0이 들어 있어 도움이 되는지 알 수 없고, 드롭아웃과 배치 정규화는 각각 PASS입니다. 손실의 평균은 배치 정규화를 쓴 쪽이 드롭아웃을 쓴 쪽보다 낮지만, 그 차이의 구간에도 0이 들어 있으므로 어느 쪽이 나은지 **알 수 없습니다**. 따라서 어느 쪽을 골라도 되며, 여기서는 배치 정규화를 고릅니다. 이제 절차가 내놓는 답은 "멈추고 테스트는 한 번만 하라"입니다. 규제 방법끼리의 본격적인 비교는 [규제 다섯 가지를 한 데이터로 비교하기](regularization_lab.md)에서 다룹니다.

# %% [markdown] lang="en"
# For weight decay the interval contains 0, so we cannot tell. Dropout and batch normalization each pass. The mean loss with batch normalization is below that with dropout, but the interval of their difference contains 0 as well, so the two **cannot be ranked**. Either would do; we take batch normalization. Now the procedure says: stop, test once. Regularizers are compared in [five regularizers, one dataset](regularization_lab.md).

# %% figure="fit_and_gap" tolerance="0.3"
names = ["width 4", "width 12", "width 128", "batch norm"]
runs = [ladder[4], ladder[12], ladder[128], tried["batch norm"]]
fig, ax = plt.subplots(figsize=(6.4, 4.2))
for i, (train_losses, val_losses) in enumerate(runs):
    ax.semilogy([i - 0.1] * 10, train_losses, "o", color="C0")
    ax.semilogy([i + 0.1] * 10, val_losses, "s", color="C1")
ax.plot([], [], "o", color="C0", label="training")
ax.plot([], [], "s", color="C1", label="validation")
ax.axhline(0.05, color="C7", linestyle=":")
ax.set_xticks(range(4), names)
ax.set(xlim=(-0.5, 3.5), ylim=(3e-4, 30), ylabel="loss")
ax.legend(loc="upper right", ncols=2)

# %% [markdown] lang="ko" caption="fit_and_gap"
# 모델을 키우면 훈련 손실이 목표(점선) 아래로 내려가고, 배치 정규화를 더하면 검증 손실까지 내려갑니다. 점 하나가 시드 하나를 나타냅니다.
#
# 가로축은 네 모델이고 세로축은 로그 눈금으로 나타낸 손실이며, 모델마다 시드 10개의 점이 있습니다. 너비 4에서는 훈련 손실과 검증 손실이 모두 넓게 흩어져 있습니다. 너비 12에서는 훈련 손실이 점선 0.05 바로 위에, 검증 손실이 0.15 근처에 있습니다. 너비 128에서는 훈련 손실이 그 아래에 있지만 검증 손실은 0.1 근처에 머무릅니다. 배치 정규화를 더하면 훈련 손실은 0.001 아래로, 검증 손실은 0.075 근처로 내려갑니다.
#
# - width 4: 너비 4
# - width 12: 너비 12
# - width 128: 너비 128
# - batch norm: 배치 정규화
# - training: 훈련
# - validation: 검증
# - loss: 손실

# %% [markdown] lang="en" caption="fit_and_gap"
# A bigger model brings the training loss below the goal (dotted line); batch normalization then brings the validation loss down as well. Each mark is one seed.
#
# Horizontal axis: four models; vertical axis: loss on a log scale, with ten marks for each, one per seed. At width 4, training and validation are both scattered widely. At width 12, training is just above the dotted line at 0.05 and validation near 0.15. At width 128, training is below the line, but validation stays near 0.1. With batch normalization, training is below 0.001 and validation near 0.075.

# %% [markdown] lang="ko"
# ### 두 가지를 한꺼번에 바꾸면 { #two-changes .deeper }
#
# 배치 정규화를 쓰면 학습률을 키워도 된다는 말을 듣고, 배치 정규화를 더하면서 학습률도 0.2로 키웠다고 가정해 봅시다. 둘 중 무엇이 해로웠는지 구별하려면, 학습률만 바꾼 결과도 있어야 합니다.

# %% [markdown] lang="en"
# ### Two changes at once { #two-changes .deeper }
#
# Suppose someone heard that batch normalization allows larger learning rates, added it, and at the same time raised the learning rate to 0.2. To find out which of the two did harm, the learning rate must also be changed on its own.

# %% tolerance="0.9" anchor="rate_alone"
both = fit_ten(ten_mlps(norm=True), lr=0.2)[1]
rate_only = fit_ten(ten_mlps(), lr=0.2)[1]
table = {"plain": plain, "norm": norm, "lr 0.2": rate_only, "both": both}
print(*(f"{name} {losses.mean():.3f} " for name, losses in table.items()))
# > plain 0.097  norm 0.075  lr 0.2 0.567  both 0.333
assert lower("plain below both", plain, both)
# > PASS  plain below both: -0.235 [-0.430, -0.041]
assert lower("plain below lr 0.2 alone", plain, rate_only)
# > PASS  plain below lr 0.2 alone: -0.470 [-0.685, -0.255]

# %% [markdown] lang="ko"
# 두 가지를 함께 바꾸자 아무것도 바꾸지 않은 모델보다 나빠졌으니, "배치 정규화는 해롭다"고 결론을 내리기 쉽습니다. 그러나 배치 정규화만 더했을 때는 좋아졌고, 학습률만 바꾸었을 때는 나빠졌습니다. 즉, 해로운 것은 배치 정규화가 아니라 학습률이었습니다.
#
# !!! warning "한 번에 하나만 바꿉니다"
#     두 가지를 바꾼 뒤 결과가 나빠지면 무엇 때문인지 알 수 없고, 좋아져도 마찬가지입니다.

# %% [markdown] lang="en"
# With both changes, the model is worse than with neither. It would be easy to conclude that batch normalization does harm. Yet batch normalization alone made it better, and the learning rate alone makes it worse. The harm came from the learning rate.
#
# !!! warning "Change one thing at a time"
#     If you change two things and the result gets worse, you cannot tell why. The same holds if it gets better.

# %% [markdown] lang="ko"
# ## 8단계: 검증 데이터로 조정하기 { #tune .numbered .deeper }
#
# 모델이 바뀌었으므로 학습률을 다시 확인하고, 드롭아웃을 함께 쓰는 방법도 시험합니다. 조정할 것이 둘이면 격자 탐색보다 **무작위 탐색**(random search)이 더 낫다고 알려져 있습니다. 아홉 번 시험할 때 격자에서는 학습률 세 가지를 세 번씩 되풀이하지만, 무작위로 뽑으면 아홉 번 모두 다른 학습률을 시험하기 때문입니다. 학습률은 로그 눈금에서 균등하게 뽑고, 후보 6개를 시드 0의 분할에서만 학습시킵니다.

# %% [markdown] lang="en"
# ## Step 8: tune on validation data { #tune .numbered .deeper }
#
# The model has changed, so check the learning rate again, and try dropout along with it. With two things to tune, **random search** is often recommended over a grid: nine runs on a grid try only three learning rates, three times each, while nine random ones try nine different rates. Draw the learning rate uniformly on a log scale, and run 6 candidates on the split of seed 0 only.

# %% tolerance="0.5"
generator = torch.Generator().manual_seed(0)
trials = []
parts = ten_train[0], ten_val[0]
train, val = ((images[part], digits[part]) for part in parts)
for _ in range(6):
    power, dropout = torch.rand(2, generator=generator).tolist()
    lr, dropout = 0.001 * 100**power, 0.7 * dropout
    model = fit(mlp(0, norm=True, dropout=dropout), *train, lr=lr)
    trials.append((evaluate(model, *val)[0], lr, dropout))
for loss, lr, dropout in sorted(trials)[:3]:
    print(f"loss {loss:.3f}  lr {lr:.4f}  dropout {dropout:.2f}")
# > loss 0.088  lr 0.0041  dropout 0.44
# > loss 0.093  lr 0.0082  dropout 0.44
# > loss 0.093  lr 0.0098  dropout 0.54

# %% tolerance="0.5"
_, lr, dropout = min(trials)
winner = fit_ten(ten_mlps(norm=True, dropout=dropout), lr=lr)[1]
changed = lower("8 the winner beats lr 0.02 without dropout", winner, norm)
# > FAIL  8 the winner beats lr 0.02 without dropout: +0.000 [-0.009, +0.009]
assert not changed

# %% [markdown] lang="ko"
# 탐색에서 가장 좋았던 설정도 시드 10개로 다시 비교하면 지금의 설정보다 낫다고 할 수 없습니다. 이럴 때는 설정을 바꾸지 않습니다. 많이 시도할수록 검증 데이터에서 **운 좋은 설정**을 고르게 되므로, 더 나은 설정이 나올 때까지 조정을 계속해서도 안 됩니다. 따라서 탐색에서 가장 좋았던 설정은 고르는 데 쓰지 않은 시드로 다시 측정합니다.

# %% [markdown] lang="en"
# Compared again over ten seeds, the best candidate of the search cannot be called better than the current settings, so keep these. Do not go on tuning until something looks better. The more you try, the more likely you are to select what was merely **lucky** on the validation data, so measure the best candidate again with seeds besides the one that chose it.

# %% [markdown] lang="ko"
# ## 9단계: 테스트는 한 번 { #test-once .numbered }
#
# 정할 것을 모두 정했으니 이제 테스트 세트를 엽니다. 테스트 세트를 다시 열면 오류가 나도록 만들어 두고, 이번 한 번에 1단계의 1-NN도 같은 이미지로 함께 시험합니다. 신뢰구간(confidence interval)으로는 0%나 100% 근처에서도 쓸 수 있는 윌슨(Wilson) 구간을 사용합니다. 맞힌 비율이 $p$이고 이미지의 수가 $n$이며 $z = 1.96$일 때, 구간은 다음과 같습니다.
#
# $$
# \frac{1}{1 + z^2/n}\left(p + \frac{z^2}{2n} \pm z\sqrt{\frac{p(1-p)}{n} + \frac{z^2}{4n^2}}\right)
# $$

# %% [markdown] lang="en"
# ## Step 9: test once { #test-once .numbered }
#
# All decisions are made, so open the test set. Opening it twice raises an error, so test the 1-NN of step 1 on the same images now. Use Wilson's confidence interval, which holds up even near 0% or 100%. With $p$ the fraction of correct answers, $n$ the number of images, and $z = 1.96$ it is
#
# $$
# \frac{1}{1 + z^2/n}\left(p + \frac{z^2}{2n} \pm z\sqrt{\frac{p(1-p)}{n} + \frac{z^2}{4n^2}}\right)
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


class SealedTest:
    opened = False

    def open(self):
        if self.opened:
            raise RuntimeError("the test set has been used")
        self.opened = True
        return images[test_rows], digits[test_rows]


# %% tolerance="0.05"
final = fit(mlp(0, norm=True), x_train, y_train)
sealed = SealedTest()
x_test, y_test = sealed.open()
_, score = evaluate(final, x_test, y_test)
low, high = wilson(score * len(y_test), len(y_test))
measured = f"accuracy {score:.3f}, 95% interval [{low:.3f}, {high:.3f}]"
assert verdict("9 test once", low > majority, measured)
# > PASS  9 test once: accuracy 0.975, 95% interval [0.953, 0.987]

# %% tolerance="0.9" folded="optional"
nearest = torch.cdist(x_test, x_train).argmin(dim=1)
with torch.no_grad():
    network_right = final(x_test).argmax(dim=1) == y_test
neighbor_right = y_train[nearest] == y_test
both_counts = network_right.sum().item(), neighbor_right.sum().item()
print("right of 359:", *both_counts)
# > right of 359: 350 349
won = (network_right & ~neighbor_right).sum().item()
lost = (neighbor_right & ~network_right).sum().item()
print(f"only the network right {won}, only 1-NN right {lost}")
# > only the network right 3, only 1-NN right 2
assert min(won, lost) > 0

# %%
try:
    sealed.open()
except RuntimeError as error:
    print("RuntimeError:", error)
# > RuntimeError: the test set has been used

# %% [markdown] lang="ko"
# 359장으로 구한 신뢰구간은 너비가 몇 포인트나 되므로, 정확도를 소수점 아래 여러 자리까지 적는 것은 의미가 없습니다. 그래도 다수 클래스만 답할 때의 10.3%보다는 확실히 높습니다.
#
# 1-NN과는 같은 이미지끼리 짝지어 비교합니다. 둘 다 맞히거나 둘 다 틀린 이미지에서는 우열을 알 수 없으므로, **한쪽만 맞힌** 이미지를 셉니다. 그런 이미지는 몇 장 되지 않는 데다 양쪽에 나뉘어 있어서, 이 신경망이 1-NN보다 **낫다고는 말할 수 없습니다**. 기준 모델의 점수를 측정해 두었기 때문에 이처럼 정직하게 보고할 수 있습니다. 이미지가 몇 장이나 있어야 낫다고 말할 수 있는지는 [손글씨 숫자 실습](mnist_capstone.md#sign-test)에서 계산합니다.

# %% [markdown] lang="en"
# With 359 images the interval is a few points wide, which makes many decimals meaningless. The accuracy is clearly above the 10.3% of the most frequent class.
#
# Compare with 1-NN image by image: count the images that **only one** gets right, as the others favor neither. They are few, and each side has some; hence we **cannot claim** that this network is better than 1-NN. We can report this honestly because we measured the baseline. The [handwritten digits capstone](mnist_capstone.md#sign-test) works out how many such images that claim needs.

# %% [markdown] lang="ko"
# ## 10단계: 재현할 수 있게 기록하기 { #record .numbered .deeper }
#
# 마지막으로 난수 시드(random seed), 데이터를 나눈 방법, 설정, 버전, 스레드 수처럼 결과를 재현하는 데 필요한 것을 기록합니다. 기록한 내용이 충분한지는 **처음부터 다시 학습해서** 같은 가중치가 나오는지로 확인합니다.

# %% [markdown] lang="en"
# ## Step 10: write down what it takes to repeat it { #record .numbered .deeper }
#
# Finally, write down everything needed to reproduce the result: random seeds, how the data were split, settings, versions, number of threads. To check that this is enough, **train again from scratch** and compare the weights.

# %%
record = {
    "split": "1078/360/359 stratified, random_state 0",
    "model": {"seed": 0, "width": 128, "norm": True},
    "training": {"lr": 0.02, "num_epochs": 20, "seed": 0},
    "torch": torch.__version__,
    "threads": torch.get_num_threads(),
}
again = fit(mlp(**record["model"]), x_train, y_train, **record["training"])
pairs = zip(final.parameters(), again.parameters(), strict=True)
same = all(torch.equal(a, b) for a, b in pairs)
assert verdict("10 record", same, "same weights, bit for bit")
# > PASS  10 record: same weights, bit for bit

# %% [markdown] lang="ko"
# 다시 학습한 가중치는 처음 것과 비트 단위로 똑같습니다. 다만 컴퓨터, 버전, 스레드 수가 모두 같을 때만 기대할 수 있는 결과입니다. PyTorch는 [버전이나 기기가 다를 때의 일치를 보장하지 않습니다](https://docs.pytorch.org/docs/stable/notes/randomness.html). 그래서 `torch.__version__`과 스레드 수도 함께 기록합니다.

# %% [markdown] lang="en"
# The weights are the same to the last bit. Expect this only on the same computer with the same version and number of threads. PyTorch [does not promise it across releases or devices](https://docs.pytorch.org/docs/stable/notes/randomness.html). That is why `torch.__version__` and the number of threads are in the record.

# %% [markdown] lang="ko"
# ## 버그의 패턴 { #signatures .deeper }
#
# 점검을 자동화하면 코드를 고칠 때마다 다시 확인할 수 있습니다. 학습 코드를 다섯 부분으로 나눈 `Script`를 만들고, 한 부분씩 망가뜨려 봅시다. 모델에는 드롭아웃을 넣었습니다.

# %% [markdown] lang="en"
# ## The signature of a bug { #signatures .deeper }
#
# An automatic checkup can be run again after every change. Write the training code as a `Script` with five parts, and then break one part at a time. Its model uses dropout.


# %%
class Script:
    def build(self):
        return mlp(0, dropout=0.2)

    def batch(self, rows):
        return x_train[rows], y_train[rows]

    def loss(self, logits, target):
        return F.cross_entropy(logits, target)

    def update(self, model, optimizer, x, target):
        model.train()
        optimizer.zero_grad()
        self.loss(model(x), target).backward()
        optimizer.step()

    def predict(self, model, x):
        model.eval()
        with torch.no_grad():
            return model(x)


# %% [markdown] lang="ko"
# 다섯 가지를 점검합니다. 먼저 첫 손실(init)을 확인하고, 샘플 8개를 외우는지(memory) 시험합니다. 다음으로 학습률 0으로 두 번 갱신했을 때 같은 기울기가 나오는지(gradient), 두 번 예측했을 때 결과가 같은지(repeat)를 봅니다. 마지막으로 5에폭 뒤의 검증 정확도(learns)를 확인합니다. 코드에서는 여러 점검이 함께 쓰는 학습 부분을 먼저 정의합니다.

# %% [markdown] lang="en"
# There are five checks: the first loss (init), whether eight examples are memorized (memory), whether two updates with learning rate 0 give the same gradient (gradient), whether predicting twice gives the same answer (repeat), and the validation accuracy after five epochs (learns). The training code that several checks share comes first.


# %%
def train_script(script, chunks):
    model = script.build()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for rows in chunks:
        script.update(model, optimizer, *script.batch(rows))
    return model


def same_gradient(script):
    model, gradients = script.build(), []
    still = torch.optim.SGD(model.parameters(), lr=0.0)
    for _ in range(2):
        # ko: 드롭아웃이 두 번 모두 같은 유닛을 끄게 합니다.
        # en: Let dropout switch off the same units both times.
        torch.manual_seed(0)
        script.update(model, still, *script.batch(torch.arange(8)))
        gradients.append(model[-1].weight.grad.clone())
    return torch.equal(*gradients)


# %%
def checkup(script):
    eight = torch.arange(8)
    x, target = script.batch(eight)
    first = script.loss(script.predict(script.build(), x), target).item()
    memorized = script.predict(train_script(script, [eight] * 60), x)
    generator = torch.Generator().manual_seed(0)
    orders = [torch.randperm(1078, generator=generator) for _ in range(5)]
    chunks = [rows for order in orders for rows in order.split(64)]
    trained = train_script(script, chunks)
    once, twice = (script.predict(trained, x_val) for _ in range(2))
    return {
        "init": abs(first - math.log(10)) < 0.3,
        "memory": script.loss(memorized, target).item() < 0.01,
        "gradient": same_gradient(script),
        "repeat": torch.equal(once, twice),
        "learns": accuracy(once, y_val) > 0.8,
    }


# %% [markdown] lang="ko"
# 이제 버그 다섯 개를 심습니다. 소프트맥스 두 번 적용하기, `zero_grad()` 빠뜨리기, `model.eval()` 빠뜨리기, 레이블을 이미지와 따로 섞기, 모든 가중치를 0으로 초기화하기가 그 다섯 가지입니다. 결과표를 보기 전에, 레이블을 따로 섞는 버그가 어느 점검에서 드러날지 생각해 보세요.

# %% [markdown] lang="en"
# Plant five bugs: double softmax, a forgotten `zero_grad()`, a forgotten `model.eval()`, labels shuffled apart from their images, and initialization at zero. Before looking at the table, think: which check catches the shuffled labels?


# %%
class DoubleSoftmax(Script):
    def loss(self, logits, target):
        return F.cross_entropy(F.softmax(logits, dim=1), target)


class NoZeroGrad(Script):
    def update(self, model, optimizer, x, target):
        model.train()
        self.loss(model(x), target).backward()
        optimizer.step()


class NoEval(Script):
    def predict(self, model, x):
        with torch.no_grad():
            return model(x)


# %%
class ShuffledLabels(Script):
    def batch(self, rows):
        generator = torch.Generator().manual_seed(0)
        order = torch.randperm(len(y_train), generator=generator)
        return x_train[rows], y_train[order][rows]


class ZeroInit(Script):
    def build(self):
        return zero_mlp()


# %%
print(f"{'':15}", "init  memory  gradient  repeat  learns")
# >                 init  memory  gradient  repeat  learns
patterns = {}
bugs = (DoubleSoftmax, NoZeroGrad, NoEval, ShuffledLabels, ZeroInit)
for script in (Script, *bugs):
    results = checkup(script())
    patterns[script.__name__] = tuple(results.values())
    words = []
    for name, passed in results.items():
        words.append(("PASS" if passed else "FAIL").ljust(len(name)))
    print(f"{script.__name__:15}", "  ".join(words).rstrip())
# > Script          PASS  PASS    PASS      PASS    PASS
# > DoubleSoftmax   PASS  FAIL    PASS      PASS    PASS
# > NoZeroGrad      PASS  FAIL    FAIL      PASS    FAIL
# > NoEval          PASS  PASS    PASS      FAIL    PASS
# > ShuffledLabels  PASS  PASS    PASS      PASS    FAIL
# > ZeroInit        PASS  FAIL    PASS      PASS    FAIL
assert all(patterns["Script"])
assert len(set(patterns.values())) == 6

# %% [markdown] lang="ko"
# 결과표의 여섯 행이 모두 다르므로, 패턴만 보고 다섯 버그 가운데 무엇인지 알 수 있습니다. 다만 원인이 달라도 패턴은 같을 수 있습니다. 예를 들어 [3단계](#not-a-bug)에서처럼 은닉층의 너비가 너무 작아도 memory와 learns가 FAIL입니다.
#
# - **memory만 FAIL**: 손실 함수에 바닥이 있는지 의심합니다. 소프트맥스를 두 번 적용해도 5에폭 뒤의 정확도가 80%를 넘으므로, 정확도만 확인하면 이 버그를 놓칩니다.
# - **gradient FAIL**: 이전 갱신의 기울기가 지워지지 않고 쌓입니다.
# - **repeat만 FAIL**: 예측할 때도 드롭아웃이 켜져 있습니다.
# - **learns만 FAIL**: 샘플 8개는 외우지만 규칙을 배우지 못합니다. 4단계에서 확인했듯이, 외우는 데에는 맞는 레이블이 필요하지 않습니다.
# - **memory와 learns FAIL**: 기울기가 앞의 층까지 전달되지 않는지 의심합니다.
#
# 다섯 버그 가운데 init 점검으로 찾은 것은 하나도 없습니다. 2단계는 꼭 필요하지만 그것만으로 충분하지는 않습니다.
#
# !!! warning "3단계도 만능이 아닙니다"
#     레이블이 섞인 코드도 샘플 8개는 문제없이 외웁니다. 따라서 점검 하나로 끝내지 않고 여러 점검의 패턴을 확인해야 합니다. 증상에서 원인을 거꾸로 찾는 방법은 [증상으로 찾기](symptoms.md#silent) 레슨에 있습니다.

# %% [markdown] lang="en"
# All six rows differ, so the pattern tells which of these five bugs it is. Another cause may have the same pattern: a hidden layer that is too narrow, as in [step 3](#not-a-bug), fails memory and learns, too.
#
# - **Only memory fails**: suspect that the loss function has a floor. With a double softmax the accuracy after five epochs is still above 80%, so if you watch accuracy alone, you miss the bug.
# - **gradient fails**: gradients of earlier updates are not cleared and pile up.
# - **Only repeat fails**: dropout is on during prediction.
# - **Only learns fails**: the model memorizes eight examples but learns no rule. As step 4 showed, memorizing needs no correct labels.
# - **memory and learns fail**: suspect that gradients do not reach the earlier layers.
#
# The init check catches none of the five bugs. Step 2 is necessary but not sufficient.
#
# !!! warning "Step 3 does not catch everything either"
#     Code with shuffled labels memorizes eight examples without trouble. Do not stop at one check; look at the pattern of several. To start from the symptom instead, see [Find it by its symptom](symptoms.md#silent).

# %% [markdown] lang="ko"
# ### 곡선으로 진단하기 { #diagnose .deeper }
#
# 버그는 학습 곡선에도 흔적을 남깁니다. 건강한 실행 하나와 병든 실행 열 개를 12에폭씩 기록해 두었으니, 곡선만 보고 무엇이 잘못되었는지 맞혀 보세요. 다음 코드는 앞의 `Script`를 세 가지 방법으로 더 망가뜨립니다.

# %% [markdown] lang="en"
# ### Diagnose by the curves { #diagnose .deeper }
#
# Bugs leave traces in learning curves, too. Record one healthy run and ten sick ones, 12 epochs each, and tell from the curves alone what is wrong. The code below breaks the `Script` in three more ways.


# %% folded="optional"
class Narrow(Script):
    def build(self):
        return mlp(0, width=4)


class LargeWeights(Script):
    def build(self):
        model = mlp(0, dropout=0.2)
        for parameter in model.parameters():
            nn.init.normal_(parameter)
        return model


class Leak(Script):
    def batch(self, rows):
        return images[rest][rows], digits[rest][rows]


# %% folded="optional"
def history(script, rows, lr=0.02):
    model, scores = script.build(), []
    optimizer = torch.optim.Adam(model.parameters(), lr=lr, fused=True)
    generator = torch.Generator().manual_seed(0)
    for _ in range(13):
        for x, target in (script.batch(rows), (x_val, y_val)):
            logits = script.predict(model, x)
            loss = script.loss(logits, target).item()
            scores += [
                float(f"{loss:.3g}"),
                round(accuracy(logits, target), 3),
            ]
        order = rows[torch.randperm(len(rows), generator=generator)]
        for part in order.split(128):
            script.update(model, optimizer, *script.batch(part))
    return [
        scores[k::4] for k in range(4)
    ]  # loss, accuracy: training, validation


# %% folded="optional" tolerance="0.5"
rows = torch.arange(1078)
curves = {
    "rate too small": history(Script(), rows, 0.0003),
    "softmax twice": history(DoubleSoftmax(), rows),
    "too few images": history(Script(), rows[:100]),
    "healthy": history(Script(), rows),
    "no zero_grad()": history(NoZeroGrad(), rows),
    "too small a model": history(Narrow(), rows),
    "validation images in training": history(Leak(), torch.arange(1438)),
    "labels shuffled apart": history(ShuffledLabels(), rows),
    "weights too large": history(LargeWeights(), rows),
    "rate too large": history(Script(), rows, 0.3),
    "all weights zero": history(ZeroInit(), rows),
}

# %% folded="optional" tolerance="0.5"
ends = {name: run[2][-1] for name, run in curves.items()}
best = sorted(ends, key=ends.get)[:2]
print("lowest validation losses:", ", ".join(best))
# > lowest validation losses: validation images in training, healthy
assert best[0] != "healthy"
panels = {
    "healthy": "healthy",
    "softmax twice": "softmax twice",
    "no zero_grad": "no zero_grad()",
    "labels shuffled": "labels shuffled apart",
    "few images": "too few images",
    "leak": "validation images in training",
}

# %% figure="sick_curves" tolerance="0.5"
fig, axes = plt.subplots(2, 3, figsize=(6.4, 5.0), sharex=True, sharey=True)
for ax, (title, name) in zip(axes.flat, panels.items(), strict=True):
    train_losses, _, val_losses, _ = curves[name]
    ax.semilogy(train_losses, "--", color="C0")
    ax.semilogy(val_losses, "-", color="C1")
    ax.set(title=title, ylim=(0.01, 30), xticks=[0, 6, 12])
axes[1, 1].set_xlabel("epoch")
axes[0, 0].set_ylabel("loss")

# %% [markdown] lang="ko" caption="sick_curves"
# 건강한 실행과 병든 실행 다섯 개의 훈련 손실(파선)과 검증 손실(실선)입니다. 병마다 곡선의 모양이 다릅니다.
#
# 작은 그래프 여섯 개의 가로축은 0~12에폭이고, 세로축은 로그 눈금으로 나타낸 손실입니다. 건강한 실행은 두 손실이 함께 내려가다가, 훈련 손실만 계속 내려가고 검증 손실은 0.1과 0.2 사이에서 평평해집니다. 소프트맥스를 두 번 적용하면 바닥 1.4612 바로 위에서 평평해집니다. `zero_grad()`가 없으면 처음보다 높이 올라갑니다. 레이블을 따로 섞으면 두 손실이 처음 값 근처에 머무릅니다. 이미지가 적으면 두 손실이 더 천천히 내려가면서 벌어지고, 검증 손실은 0.4 위에서 끝납니다. 검증 이미지가 새면 두 손실이 거의 겹친 채 가장 낮게 내려갑니다.
#
# - healthy: 건강함
# - softmax twice: 소프트맥스 두 번
# - no zero_grad: zero_grad 없음
# - labels shuffled: 섞인 레이블
# - few images: 적은 이미지
# - leak: 누수
# - epoch: 에폭
# - loss: 손실

# %% [markdown] lang="en" caption="sick_curves"
# Training loss (dashed) and validation loss (solid) of a healthy run and five sick ones. Each disease has a shape of its own.
#
# Six small charts. Horizontal axis: epochs 0 to 12; vertical axis: loss on a log scale. Healthy: both fall together, then training alone keeps falling and validation levels off between 0.1 and 0.2. Softmax twice: flat just above its floor of 1.4612. Without `zero_grad()`: both climb above where they began. Labels shuffled apart: both stay near where they began. Few images: both fall more slowly and drift apart, and validation ends above 0.4. Validation images leaked: both fall the lowest, almost on top of each other.


# %% lab="training_recipe" data="curves"
# ko: 웹에서 이 그림을 움직이면 나오는 값입니다.
# ko: `state`를 바꾸어 `curves`와 함께 불러 보세요.
# en: What the lab in this figure's place computes:
# en: call it with another `state` and with `curves`.
def training_recipe_lab(state, data):
    name = list(data)[min(round(state["run"]), len(data)) - 1]
    train, train_right, val, val_right = torch.tensor(
        data[name], dtype=torch.float64
    )
    right = state["diagnosis"] == name
    better = data[name][2][-1] < data["healthy"][2][-1]
    return {
        "ends": [train[-1], val[-1], train_right[-1], val_right[-1]],
        "start": train[0] - math.log(10),
        "gap": val[-1] - train[-1],
        "jump": train.diff().amax().clamp(min=0),
        "right": right,
        "beside": data["healthy"] if state["beside"] else [],
        "answered": bool(right and better),
    }


# %% [markdown] lang="ko" question="training_recipe"
# 실행 열한 개를 하나씩 진단해 보세요. 그 가운데 하나는 병들었는데도 건강한 실행보다 검증 손실이 더 낮습니다. 어느 실행이며, 무슨 병일까요?
#
# 검증 이미지가 훈련 세트에 들어간 실행입니다. 곡선이 나빠지는 병만 있는 것이 아니므로, 가장 좋아 보이는 곡선도 의심해야 합니다. 단서는 두 손실의 차이가 없다는 점입니다. 정상인 실행에서는 훈련 데이터를 거의 다 맞히는데도 차이가 조금 남습니다.
#
# - run: 실행
# - diagnosis: 진단
# - not yet: 아직 모름
# - healthy: 건강함
# - all weights zero: 모든 가중치가 0
# - labels shuffled apart: 레이블을 따로 섞음
# - no zero_grad(): zero_grad() 없음
# - rate too large: 학습률이 너무 큼
# - rate too small: 학습률이 너무 작음
# - softmax twice: 소프트맥스 두 번
# - too few images: 이미지가 너무 적음
# - too small a model: 모델이 너무 작음
# - validation images in training: 훈련 세트에 든 검증 이미지
# - weights too large: 초기 가중치가 너무 큼
# - with the healthy run in gray: 건강한 실행을 회색으로 함께 보기
# - Losses of the run over 12 epochs, on a log scale: 실행의 12에폭 동안의 손실을 로그 눈금에 그린 곡선
# - Accuracies of the run over 12 epochs: 실행의 12에폭 동안의 정확도
# - epoch: 에폭
# - loss: 손실
# - accuracy: 정확도
# - training: 훈련
# - validation: 검증
# - Right.: 맞습니다.
# - No, that looks different.: 아닙니다. 그 경우의 곡선은 다음과 같습니다.
# - At the end, losses of {train} in training and {val} in validation (gap {gap}), accuracies of {right} and {valRight}. The first loss is {start} above ln 10, and the largest rise in an epoch {jump}.: 마지막 손실은 훈련 {train}, 검증 {val}(차이 {gap})이고 정확도는 훈련 {right}, 검증 {valRight}입니다. 첫 손실은 ln 10보다 {start}만큼 크고, 훈련 손실은 한 에폭에 최대 {jump}만큼 올랐습니다.
# - A healthy run begins near ln 10, comes down, and keeps a small gap.: 건강한 실행은 ln 10 근처에서 시작하여 내려가고, 두 손실 사이에 작은 차이가 남습니다.
# - With all weights zero the loss stays at ln 10.: 모든 가중치가 0이면 손실이 ln 10에서 움직이지 않습니다.
# - Labels apart from their images can only be memorized, so validation gets worse than guessing.: 이미지와 따로 섞인 레이블은 외울 수밖에 없으므로, 검증 결과가 무작위로 고를 때보다 나빠집니다.
# - Without zero_grad() gradients pile up, and the loss climbs above its start.: zero_grad()가 없으면 기울기가 쌓이고, 손실은 처음보다 높이 올라갑니다.
# - With too large a rate both losses stay high together.: 학습률이 너무 크면 두 손실이 함께 높은 곳에 머무릅니다.
# - With too small a rate both losses come down in nearly a straight line and have not arrived.: 학습률이 너무 작으면 두 손실이 거의 직선으로 내려가지만 끝까지 충분히 낮아지지 못합니다.
# - A softmax of a softmax keeps the loss above 1.46 although most answers are right.: 소프트맥스를 두 번 적용하면 대부분을 맞혀도 손실이 1.46보다 높습니다.
# - Few images can be memorized, but they teach too little about others, so validation stays far behind.: 적은 이미지는 외울 수 있지만 다른 이미지까지 맞힐 만큼 배우지는 못하므로, 검증 결과가 훨씬 뒤처집니다.
# - Too small a model levels off early, and most of its answers are wrong.: 모델이 너무 작으면 곡선이 일찍 평평해지고 답도 대부분 틀립니다.
# - Images that were trained on leave no gap, which is too good to be true.: 학습한 이미지로 검증하면 차이가 없어지는데, 이는 믿기 어려울 만큼 좋은 결과입니다.
# - Large weights make wrong answers certain, so the first loss is far above ln 10.: 가중치가 크면 틀린 답을 확신하므로, 첫 손실이 ln 10보다 훨씬 높습니다.

# %% [markdown] lang="en" question="training_recipe"
# Diagnose the eleven runs one by one. One of them is sick, and yet its validation loss is lower than that of the healthy run. Which run is it, and what is wrong with it?
#
# It is the run that was trained on the validation images. Not every disease makes the curves worse, so suspect the best-looking ones as well. The clue is that there is no gap: in the healthy run a small gap is left, although the model fits nearly all its training data.

# %% [markdown] lang="ko"
# ## 연습 문제 { #exercises }
#
# **1. 첫 손실의 판정.** 클래스가 1,000개인 분류기를 막 초기화했습니다. 첫 손실이 예상한 값에서 10% 넘게 벗어나면 점검을 통과하지 못합니다. 통과하는 손실의 가장 작은 값과 가장 큰 값을 소수점 아래 둘째 자리까지 구해 순서대로 리스트에 담아 보세요.
#
# ??? tip "힌트"
#     아무것도 모르는 모델은 모든 클래스에 확률 1/1000을 주므로, 예상한 손실은 이 확률에 로그를 취하고 부호를 바꾼 값입니다.

# %% [markdown] lang="en"
# ## Exercises { #exercises }
#
# **1. Judging the first loss.** A classifier for 1,000 classes has just been initialized. Its first loss fails the check if it is more than 10% away from the expected value. Find, to two decimals, the smallest and the largest loss that pass, and put them into a list in this order.
#
# ??? tip "Hint"
#     A model that knows nothing gives each class the probability 1/1000, so the expected loss is minus the logarithm of that.

# %% exercise="first_loss"
### BEGIN SOLUTION
# 0.9 and 1.1 times ln 1000 = 6.9078
first_loss = [0.9 * math.log(1000), 1.1 * math.log(1000)]
### END SOLUTION

# %% check="first_loss"
expected = F.cross_entropy(torch.zeros(1, 1000), torch.tensor([0])).item()
assert isinstance(first_loss, (list, tuple)), f"{first_loss}: no list"
assert len(first_loss) == 2, f"{len(first_loss)} numbers, not 2"
for name, part, found in zip(
    ("smallest", "largest"), (0.9, 1.1), first_loss, strict=True
):
    assert abs(found - part * expected) < 0.01, f"{name}: not {found}"

# %% wrong="first_loss"
# ko: 교차 엔트로피는 자연로그를 쓰는데, 밑이 2인 로그를 기준으로 했습니다.
# en: Cross entropy uses the natural logarithm; this one uses base 2.
first_loss = [8.97, 10.96]

# %% wrong="first_loss"
# ko: 10%가 아니라 0.1을 허용하므로, 클래스가 많으면 너무 엄격합니다.
# en: It allows 0.1 instead of 10%, which is too strict with many classes.
first_loss = [6.81, 7.01]

# %% [markdown] lang="ko"
# **2. 기준 모델에서 출발하기.** 두 클래스의 비율이 90 대 10입니다. 입력은 쓰지 않고, 손실이 가장 낮아지도록 마지막 층의 편향만 정합니다. 두 편향의 차이(많은 쪽에서 적은 쪽을 뺀 값)와 그때의 손실을 소수점 아래 셋째 자리까지 구해 순서대로 리스트에 담아 보세요. 손실은 $\ln 2 = 0.6931$에서 얼마나 내려갔나요?
#
# ??? tip "힌트"
#     소프트맥스를 취했을 때 0.9와 0.1이 나와야 하므로 편향은 두 비율의 로그입니다. 손실은 두 클래스의 손실을 비율에 따라 가중 평균하여 구합니다.

# %% [markdown] lang="en"
# **2. Start at the baseline.** Two classes occur in the ratio 90 to 10. Without using the input, only the bias of the last layer is set, for the lowest loss. Find, to three decimals, the difference of the two biases (frequent minus rare) and the loss, and put them into a list in this order. How far did the loss come down from $\ln 2 = 0.6931$?
#
# ??? tip "Hint"
#     Softmax must give 0.9 and 0.1, so the biases are the logs of these shares. The loss is the mean of the losses of both classes, weighted by their shares.

# %% exercise="prior_bias"
### BEGIN SOLUTION
# ln 0.9 - ln 0.1, and -0.9 ln 0.9 - 0.1 ln 0.1
prior_bias = [math.log(9), -0.9 * math.log(0.9) - 0.1 * math.log(0.1)]
### END SOLUTION

# %% check="prior_bias"
assert isinstance(prior_bias, (list, tuple)), f"{prior_bias}: no list"
assert len(prior_bias) == 2, f"{len(prior_bias)} numbers, not 2"
shares = torch.tensor([0.9, 0.1])
gap = shares.log()[0] - shares.log()[1]
found, found_loss = prior_bias
assert abs(found - gap.item()) < 1e-3, f"difference: not {found}"
loss = torch.special.entr(shares).sum().item()
assert abs(found_loss - loss) < 1e-3, f"loss: not {found_loss}"

# %% wrong="prior_bias"
# ko: 비율에 로그를 취하지 않았습니다. 소프트맥스가 지수를 취하므로, 로그여야 비율로 돌아옵니다.
# en: It takes no logarithm of the shares; softmax exponentiates, so only a logarithm gives the shares back.
prior_bias = [0.9 - 0.1, 0.3251]

# %% wrong="prior_bias"
# ko: 많은 클래스의 손실만 구했는데, 10%인 클래스의 손실도 평균에 들어갑니다.
# en: This is the loss of the frequent class alone, but the other 10% count in the mean as well.
prior_bias = [2.1972, 0.1054]

# %% wrong="prior_bias"
# ko: 클래스마다 시그모이드를 쓸 때의 로그 오즈입니다. 소프트맥스에는 비율의 로그를 넣어야 합니다.
# en: These are log-odds, which a separate sigmoid for each class would need; softmax needs the logs of the shares.
prior_bias = [4.3944, 0.3251]

# %% [markdown] lang="ko"
# **3. 고장 난 스크립트 셋.** 아래 세 스크립트에는 버그가 하나씩 있습니다. 코드를 읽기 전에 먼저 `checkup()`을 실행하여 패턴을 확인해 보세요. 그런 다음 망가진 부분의 이름을 적어 보세요. 확인 코드는 그 부분을 원래의 코드로 바꾼 뒤 다섯 가지 점검을 다시 실행합니다.
#
# ??? tip "힌트"
#     위의 결과표에서 패턴이 같은 행을 찾아, 그 버그가 다섯 부분 가운데 어디에 있었는지 확인합니다.

# %% [markdown] lang="en"
# **3. Three broken scripts.** Each of the scripts below has one bug. Before you read the code, run `checkup()` and look at the pattern. Then name the broken part. The check puts the original part back and runs all five checks again.
#
# ??? tip "Hint"
#     Find the row with the same pattern in the table above, and see which of the five parts that bug was in.


# %%
class A(Script):
    def build(self):
        model = mlp(0, norm=True, dropout=0.2)
        return model.train()

    def predict(self, model, x):
        return model(x).detach()


class B(Script):
    def loss(self, logits, target):
        probs = F.softmax(logits, dim=1)
        return F.nll_loss(F.log_softmax(probs, dim=1), target)


class C(Script):
    def update(self, model, optimizer, x, target):
        self.loss(model.train()(x), target).backward()
        optimizer.step()


# %% exercise="three_scripts" path="deeper"
# ko: 예: {"A": "batch", "B": "build", "C": "loss"}
# en: For example {"A": "batch", "B": "build", "C": "loss"}
### BEGIN SOLUTION
broken = {"A": "predict", "B": "loss", "C": "update"}
### END SOLUTION

# %% check="three_scripts"
assert isinstance(broken, dict), f"{broken} is not a dict"
assert sorted(broken) == ["A", "B", "C"], f"keys {sorted(broken)}"
for script in (A, B, C):
    part = broken[script.__name__]
    mended = type("Mended", (script,), {part: getattr(Script, part)})
    case = f"{script.__name__} with the right {part}()"
    assert all(checkup(mended()).values()), f"{case} still fails"


# %% wrong="three_scripts"
# ko: A의 build()에서 켠 학습 모드는 갱신할 때마다 어차피 다시 켜집니다. 고장 난 곳은 예측할 때 이를 끄지 않는 predict()입니다.
# en: A's build() switches training mode on, but so does every update; what is broken is predict(), which does not switch it off.
broken = {"A": "build", "B": "loss", "C": "update"}


# %% wrong="three_scripts"
# ko: C의 배치에는 문제가 없습니다. gradient가 FAIL이면 기울기가 쌓이는 update()를 확인합니다.
# en: The batches of C are fine; when gradient fails, look at update(), where gradients pile up.
broken = {"A": "predict", "B": "loss", "C": "batch"}

# %% [markdown] lang="ko"
# **4. 배치를 섞는 층.** 샘플 0의 출력은 샘플 0의 입력으로만 정해져야 합니다. 그런데 텐서의 모양을 잘못 바꾸면 샘플끼리 섞이는데도 오류는 나지 않습니다. 샘플 0의 출력에 서로 다른 수를 곱해 더한 다음(더하기만 하면 소프트맥스 뒤에서는 언제나 1입니다) 입력까지 역전파(backpropagation)하고, 다른 샘플의 입력에 0이 아닌 기울기가 생기는지 확인하는 함수를 만들어 보세요. 학습 모드의 배치 정규화에서는 어떤 결과가 나올까요?
#
# ??? tip "힌트"
#     입력의 사본에 `requires_grad_()`를 적용하면, 역전파한 다음 그 사본의 `grad`에서 샘플 0을 뺀 나머지를 볼 수 있습니다.

# %% [markdown] lang="en"
# **4. Layers that mix a batch.** The output for example 0 should depend on the input of example 0 alone. A wrong reshape mixes examples and raises no error. Write a function that multiplies the outputs of example 0 by different numbers, adds them up (after a softmax, a plain sum is always 1), backpropagates to the inputs, and tells whether the input of any other example gets a nonzero gradient. What does it say about batch normalization in training mode?
#
# ??? tip "Hint"
#     Call `requires_grad_()` on a copy of the inputs. After the backward pass look at its `grad`, without the row of example 0.


# %% exercise="mixes_batch" path="deeper"
# ko: 샘플이 섞이면 True, 아니면 False를 돌려주세요.
# en: Return True if examples are mixed, else False.
def mixes_batch(model, x):
    ### BEGIN SOLUTION
    inputs = x.clone().requires_grad_()
    out = model(inputs)[0].flatten()
    (out * torch.arange(1.0, len(out) + 1)).sum().backward()
    return inputs.grad[1:].abs().max().item() > 0
    ### END SOLUTION


# %% check="mixes_batch"
class WrongReshape(nn.Module):
    def forward(self, x):
        return x.T.reshape(x.shape)


class Neighbor(nn.Module):
    def forward(self, x):
        return x + x.roll(3, dims=0)


eight, eye = x_train[:8], torch.eye(3, 2)
torch.manual_seed(0)
soft = nn.Sequential(nn.Linear(64, 2), Neighbor(), nn.Softmax(dim=1))
cases = [
    ("a wrong reshape", WrongReshape(), eight, True),
    ("examples 3 apart", Neighbor(), eight, True),
    ("nothing at all", nn.Identity(), eight, False),
    ("layer normalization", nn.LayerNorm(64), eight, False),
    ("an MLP", mlp(0), eight, False),
    ("training mode", mlp(0, norm=True).train(), eight, True),
    ("evaluation mode", mlp(0, norm=True).eval(), eight, False),
    ("a linear layer", nn.Linear(2, 1), eye, False),
    ("batch normalization", nn.BatchNorm1d(2), eye, True),
    ("behind a softmax", soft, eight, True),
]
for name, model, x, mixed in cases:
    found = mixes_batch(model, x)
    assert found is mixed, f"{name}: {found!r}, expected {mixed}"


# %% wrong="mixes_batch"
# ko: 바로 옆의 샘플만 확인하므로, 멀리 있는 샘플과 섞인 것을 놓칩니다.
# en: It looks at the next example only and misses a mix with one farther away.
def mixes_batch(model, x):
    inputs = x.clone().requires_grad_()
    model(inputs)[0].sum().backward()
    return inputs.grad[1].abs().max().item() > 0


# %% wrong="mixes_batch"
# ko: 모든 샘플의 출력을 더하면 샘플마다 자기 출력에서 온 기울기를 받으므로, 섞이지 않아도 True입니다.
# en: With all outputs added up each example gets a gradient from its own output, so this is True without any mixing.
def mixes_batch(model, x):
    inputs = x.clone().requires_grad_()
    model(inputs).square().sum().backward()
    return inputs.grad[1:].abs().max().item() > 0


# %% wrong="mixes_batch"
# ko: 평가 모드로 바꾼 뒤에 확인하므로, 학습 모드의 배치 정규화에서 샘플이 섞이는 것을 찾지 못합니다.
# en: It switches to evaluation mode first, where batch normalization no longer mixes.
def mixes_batch(model, x):
    inputs = x.clone().requires_grad_()
    model.eval()(inputs)[0].sum().backward()
    return inputs.grad[1:].abs().max().item() > 0


# %% wrong="mixes_batch"
# ko: 소프트맥스 뒤에서는 출력의 합이 언제나 1이므로, 샘플이 섞여도 기울기가 0입니다.
# en: Behind a softmax the outputs always sum to 1, so the gradient is 0 even where examples mix.
def mixes_batch(model, x):
    inputs = x.clone().requires_grad_()
    model(inputs)[0].sum().backward()
    return inputs.grad[1:].abs().max().item() > 0


# %% right="mixes_batch"
def mixes_batch(model, x):
    changed = x.clone()
    changed[1:] = 1 - changed[1:].flip(1)  # every example but 0
    with torch.no_grad():
        return not torch.equal(model(x)[0], model(changed)[0])


# %% [markdown] lang="ko"
# ## 퀴즈 { #quiz }
#
# ??? question "1. 클래스가 10개인데 첫 손실이 102입니다. 무엇을 해야 할까요?"
#     - [ ] 학습하면 내려가므로 그대로 둡니다: 손실이 내려가기는 하지만, 초반의 갱신이 잘못된 확신을 없애는 데 낭비됩니다.
#     - [ ] 학습률을 낮추어 다시 시작합니다: 손실이 크면 흔히 쓰는 방법이지만, 아직 한 번도 갱신하지 않았으므로 학습률은 원인이 아닙니다.
#     - [x] 초기화와 입력의 스케일을 확인합니다: 예상한 값은 2.3026이므로, 대개 둘 중 하나가 잘못되어 모델이 틀린 답을 확신하고 있습니다.
#
# ??? question "2. 샘플 8개의 손실이 1.4612에서 더 내려가지 않습니다. 무엇을 해야 할까요?"
#     - [ ] 데이터를 더 모아 다시 학습합니다: 데이터를 모으면 흔히 도움이 되지만, 데이터를 늘려도 손실의 바닥은 바뀌지 않습니다.
#     - [x] 멈추고 손실 함수를 확인합니다: 1.4612는 클래스가 10개일 때 소프트맥스를 두 번 적용한 손실의 바닥입니다.
#     - [ ] 모델을 키워 다시 학습합니다: 샘플 8개도 못 맞히므로 모델이 작아 보이지만, 바닥은 손실 함수에서 생기므로 모델을 키워도 같은 값에서 멈춥니다.
#
# ??? question "3. 섞은 레이블에서 훈련 정확도가 100%입니다. 무엇을 알 수 있을까요?"
#     - [x] 용량이 충분하고 코드가 손실을 줄입니다: 레이블에 규칙이 없으므로 모두 외웠다는 뜻이고, 규칙을 배웠다는 증거는 아닙니다.
#     - [ ] 데이터가 어딘가에서 새고 있습니다: 점수가 높아서 의심할 만하지만, 훈련 정확도는 외우기만 해도 높습니다. 레이블이 새고 있다면 레이블을 모두 섞었을 때의 검증 정확도가 무작위로 고르는 수준보다 높아야 합니다.
#     - [ ] 모델이 너무 커서 줄여야 합니다: 외울 수 있는 모델이라고 해서 외우기만 하지는 않습니다. 같은 모델이 맞는 레이블로 학습했을 때는 검증 데이터도 잘 맞혔습니다.
#
# ??? question "4. 훈련 데이터 전체를 맞히지 못합니다. 무엇을 해야 할까요?"
#     - [ ] 드롭아웃이나 가중치 감쇠를 더합니다: 점수를 높이려고 흔히 더하지만, 둘 다 훈련 손실을 오히려 높이기 쉽습니다.
#     - [ ] 데이터를 더 모아 훈련에 씁니다: 과적합에는 도움이 되지만, 지금은 이미 있는 데이터도 맞히지 못하고 있습니다.
#     - [x] 모델을 키우거나 더 오래 학습합니다: 이 절차의 2a에 해당하며, 학습률을 바꾸는 것도 여기에 포함됩니다.
#
# ??? question "5. 훈련 손실은 0.01인데 검증 손실이 0.5입니다. 무엇을 해야 할까요?"
#     - [x] 규제를 하나 더하거나 데이터를 늘립니다: 이 절차의 2b에 해당하며, 하나씩 더해야 무엇이 도움이 되었는지 알 수 있습니다.
#     - [ ] 훈련 손실이 0이 될 때까지 학습합니다: 손실이 아직 줄고 있어 그럴듯하지만, 이것은 훈련 손실이 높을 때 할 일입니다. 지금은 훈련 손실이 이미 0에 가깝습니다.
#     - [ ] 테스트 세트에서도 그런지 확인합니다: 확인해 보고 싶더라도, 결정할 것이 남아 있는 동안에는 테스트 세트를 열지 않습니다.

# %% [markdown] lang="en"
# ## Quiz { #quiz }
#
# ??? question "1. With ten classes, the first loss is 102. What is next?"
#     - [ ] Go on, it will come down: It will, but the first updates are spent on undoing wrong confidence.
#     - [ ] Restart at a lower learning rate: A large loss often suggests it, but there has been no update yet, so the learning rate is not the cause.
#     - [x] Look at initialization and input scale: The loss should be 2.3026, so most likely one of the two is wrong and has made the model confident of wrong answers.
#
# ??? question "2. The loss on eight examples stops at 1.4612. What is next?"
#     - [ ] Train again with more data: It often helps, but more data do not change the lowest value that the loss can reach.
#     - [x] Stop and look at the loss: With 10 classes, 1.4612 is the lowest loss that a double softmax can reach.
#     - [ ] Train again with a bigger model: A model that misses eight examples looks too small, but the limit comes from the loss function, so a bigger model stops at the same value.
#
# ??? question "3. The training accuracy on shuffled labels is 100%. What does that prove?"
#     - [x] The model has enough capacity, and the code lowers the loss: The labels follow no rule, so all were memorized. It is no evidence that a rule was learned.
#     - [ ] The data are leaking somewhere: So high a score looks suspicious, but memorizing alone gives a high training accuracy. If labels leaked, validation accuracy would be above chance even with all labels shuffled.
#     - [ ] The model is too big and should shrink: That it can memorize does not mean that it does nothing else. With true labels, the same model did well on validation data.
#
# ??? question "4. The model does not fit the full training set. What is next?"
#     - [ ] Add dropout or weight decay: They are often added to raise a score, but they tend to raise the training loss further.
#     - [ ] Collect more data for training: It helps against overfitting, but here the model does not even fit the data it has.
#     - [x] Make it bigger or train longer: This is 2a, which also includes trying another learning rate.
#
# ??? question "5. The training loss is 0.01, the validation loss 0.5. What is next?"
#     - [x] Add one regularizer, or more data: This is 2b. Adding one thing at a time shows which one helped.
#     - [ ] Train until the training loss is 0: The loss is still falling, so this looks sensible, but it is what to do when the training loss is high. Here it is already close to 0.
#     - [ ] See whether the test set agrees: It is tempting to check, but as long as there are decisions to make, the test set is not opened.

# %% [markdown] lang="ko"
# ## 정리 { #summary }
#
# - 학습하기 전에 10.3%, 2.3025, 98.6%라는 기준 모델의 점수를 구하고, 첫 손실이 $\ln 10$ 근처인지 확인했습니다. $N(0, 1)$ 초기화는 첫 손실이 61.3615나 되어 FAIL이었습니다.
# - 샘플 8개를 외우게 하면 소프트맥스를 두 번 적용하는 버그가 1.4612라는 바닥으로 드러납니다. 레이블을 섞어 보면 훈련 정확도 100%가 규칙을 배웠다는 증거가 아님을 알 수 있고, 레이블을 모두 섞으면 정답이 새는 곳도 드러납니다.
# - 훈련 손실이 높으면 2a에 따라 모델을 키우고, 두 손실의 차이가 크면 2b에 따라 규제합니다. 이 절차대로 너비를 4, 12, 128로 키운 다음 배치 정규화를 더했습니다.
# - 한 번에 하나씩 바꾸고, 시드 10개의 짝지은 차이에서 신뢰구간이 0을 벗어날 때만 효과를 인정했습니다. 두 가지를 한꺼번에 바꾸면 좋은 방법도 나빠 보일 수 있습니다.
# - 테스트 세트는 한 번만 쓰고, 정확도를 신뢰구간과 함께 보고했습니다. 그 결과 1-NN보다 낫다고는 말할 수 없었습니다.
# - 심어 둔 버그마다 PASS와 FAIL의 패턴이 다릅니다. 코드를 고칠 때마다 `checkup()`을 실행하여 이 패턴을 확인합니다.

# %% [markdown] lang="en"
# ## What we saw { #summary }
#
# - Before training we measured baselines of 10.3%, 2.3025, and 98.6%, and checked that the first loss is near $\ln 10$. An $N(0, 1)$ initialization failed, with a first loss of 61.3615.
# - Memorizing eight examples exposes a double softmax: the loss stops at 1.4612. Shuffled labels show that a training accuracy of 100% is no evidence of learning; shuffling all labels exposes leaks, too.
# - If the training loss is high, make the model bigger (2a). If the gap is large, regularize (2b). That led through widths 4, 12, and 128 to batch normalization.
# - We changed one thing at a time and accepted a difference only if its paired interval over ten seeds excluded 0. If you change two things at once, even a good one can look bad.
# - We tested once, reported the accuracy with its interval, and could not claim to beat 1-NN.
# - Each planted bug has its own pattern of PASS and FAIL. Run `checkup()` after each change.

# %% [markdown] lang="ko"
# ## 참고 자료 { #references }
#
# - PyTorch 문서: [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html), [`torch.optim.AdamW`](https://docs.pytorch.org/docs/stable/generated/torch.optim.AdamW.html), [`nn.BatchNorm1d`](https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm1d.html), [`nn.Dropout`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Dropout.html), [재현성](https://docs.pytorch.org/docs/stable/notes/randomness.html)
# - A. Karpathy, [A Recipe for Training Neural Networks](https://karpathy.github.io/2019/04/25/recipe/), 2019. 이 페이지의 여러 점검을 처음 소개한 글입니다.
# - CS231n, [Neural Networks Part 3](https://cs231n.github.io/neural-networks-3/). 첫 손실과 작은 데이터로 코드를 점검하는 방법을 설명합니다.
# - C. Zhang 외, [Understanding Deep Learning Requires Rethinking Generalization](https://arxiv.org/abs/1611.03530), 2017. 신경망이 섞은 레이블까지 외운다는 것을 보인 논문입니다.
# - I. Goodfellow, Y. Bengio, A. Courville, [Deep Learning, 11장](https://www.deeplearningbook.org/contents/guidelines.html), 2016. 실전에서 쓰는 방법론을 다룹니다.

# %% [markdown] lang="en"
# ## References { #references }
#
# - PyTorch documentation: [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html), [`torch.optim.AdamW`](https://docs.pytorch.org/docs/stable/generated/torch.optim.AdamW.html), [`nn.BatchNorm1d`](https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm1d.html), [`nn.Dropout`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Dropout.html), [reproducibility](https://docs.pytorch.org/docs/stable/notes/randomness.html)
# - A. Karpathy, [A Recipe for Training Neural Networks](https://karpathy.github.io/2019/04/25/recipe/), 2019. The source of several checks on this page.
# - CS231n, [Neural Networks Part 3](https://cs231n.github.io/neural-networks-3/). Explains checks on the first loss and on tiny data.
# - C. Zhang et al., [Understanding Deep Learning Requires Rethinking Generalization](https://arxiv.org/abs/1611.03530), 2017. The paper that showed networks memorizing shuffled labels.
# - I. Goodfellow, Y. Bengio, and A. Courville, [Deep Learning, chapter 11](https://www.deeplearningbook.org/contents/guidelines.html), 2016. On practical methodology.
