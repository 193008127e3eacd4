# ---
# needs: [train_val_test, weight_decay]
# time_limit: 120
# ---

# %% [markdown] lang="ko"
# # 규제 다섯 가지를 한 데이터로 비교하기 { #regularization-lab }
#
# 조기 종료, 작은 모델, 가중치 감쇠, 드롭아웃, 배치 정규화를 같은 데이터와 시드 10개로 비교하고, 무엇이 왜 도움이 되었는지 대조 실험으로 확인합니다.
#
# 규제 방법을 하나씩 소개하는 글은 많지만, 한 데이터에서 나란히 측정하여 비교하는 글은 드뭅니다. 실제로 측정해 보면 조기 종료만 더해도 방법 사이의 차이가 대부분 사라지고, 어떤 점수를 기준으로 멈추느냐에 따라 순위까지 바뀝니다.
#
# !!! abstract "학습 목표"
#     - 시드 10개의 짝지은 차이로 규제 방법을 비교하고, 알 수 없는 것은 알 수 없다고 말합니다.
#     - 인내 횟수가 있는 조기 종료를 구현하고, 가장 좋은 가중치를 되돌립니다.
#     - 드롭아웃과 배치 정규화를 손으로 계산하고, 학습 모드와 평가 모드를 구별하여 사용합니다.
#     - 더 오래 학습시키는 대조 실험으로 용량의 효과와 학습 시간의 효과를 구별합니다.
#     - 규제 방법을 데이터, 용량, 가중치 줄이기, 암묵적 규제의 네 갈래로 정리합니다.

# %% [markdown] lang="en"
# # Five regularizers, one dataset { #regularization-lab }
#
# Compare early stopping, a smaller network, weight decay, dropout, and batch normalization on the same data and ten seeds, and find out what helped.
#
# Many texts introduce these methods one by one; few measure them side by side on one dataset. Do that, and you will see that early stopping alone removes most of the differences between the methods, and that the score you stop by can even change their order.
#
# !!! abstract "What you will be able to do"
#     - Compare regularizers by paired differences over ten seeds, and say "cannot tell" where you cannot.
#     - Write early stopping with patience, and restore the best weights.
#     - Compute dropout and batch normalization by hand, and switch between training and evaluation mode.
#     - Tell the effect of capacity from that of training time, with a control that trains longer.
#     - Sort regularizers into four families: data, capacity, smaller weights, and implicit.

# %%
import copy
import math

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn

# %% [markdown] lang="ko"
# ## 일부러 과적합시키기 { #overfit }
#
# 이 튜토리얼에서 **규제**(regularization)는 과적합(overfitting)을 줄이려고 쓰는 모든 수단을 뜻합니다. 과적합이 일어나지 않는 문제에서는 비교할 것이 없으므로, 먼저 과적합이 일어나는 문제를 일부러 만듭니다.
#
# 8x8 손글씨 숫자에서 훈련 이미지를 200장만 쓰고, 그중 40장에는 레이블(label)을 무작위로 붙입니다. 500장은 검증에, 697장은 테스트에 쓰며 두 세트의 레이블은 그대로 둡니다. 남은 400장은 나중에 데이터를 늘릴 때 쓰려고 따로 두는데, 틀린 레이블의 비율을 훈련 세트와 맞추려고 이 가운데 80장에도 레이블을 무작위로 붙입니다. [표준화](standardization.md)에 쓸 평균과 표준편차는 훈련 이미지에서만 구하며, 픽셀마다 따로 구하지 않고 모든 픽셀에 같은 값을 씁니다.

# %% [markdown] lang="en"
# ## Overfitting on purpose { #overfit }
#
# In this course **regularization** is anything used to reduce overfitting. Where nothing overfits there is nothing to compare, so build a problem that does.
#
# Of the 8x8 handwritten digits, take only 200 training images, and give 40 of them random labels. Another 500 images are for validation and 697 for testing; their labels stay untouched. The remaining 400 are kept for a later test of more data; 80 of them get random labels, so that the share of wrong ones is the same. The mean and standard deviation for [standardization](standardization.md) come from the training images alone, and all pixels share them.

# %% folded="optional"
images = torch.tensor(load_digits().data, dtype=torch.float32)
digits = torch.tensor(load_digits().target)


def make_data(seed):
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(1797, generator=generator)
    train, val, extra, test = order.split([200, 500, 400, 697])
    labels = digits.clone()
    for rows in (train[:40], extra[:80]):
        labels[rows] = torch.randint(10, (len(rows),), generator=generator)
    x = (images - images[train].mean()) / images[train].std()
    parts = {"train": train, "val": val, "extra": extra, "test": test}
    sets = {name: (x[rows], labels[rows]) for name, rows in parts.items()}
    return {**sets, "clean": (x[train], digits[train])}


# %% [markdown] lang="ko"
# 데이터를 나누는 방식과 틀린 레이블은 시드마다 다릅니다. `clean`은 같은 훈련 이미지에 맞는 레이블을 붙인 것으로, 대조 실험에 사용합니다. 시드 10개의 데이터는 텐서 하나에 쌓아 두며, 텐서의 첫 차원이 시드를 나타냅니다. 무작위로 붙인 레이블이 우연히 맞을 때도 있는데, 실제로 틀린 레이블은 몇 장일까요?

# %% [markdown] lang="en"
# The seed changes the split and the wrong labels; `clean` holds the same training images with their true labels, for control experiments. Stack the data of ten seeds into one tensor, whose first dimension is the seed. A random label is right now and then, so how many are really wrong?

# %% folded="optional"
ten = [make_data(seed) for seed in range(10)]
data = {}
for part in ten[0]:
    pairs = [one[part] for one in ten]
    stacks = (torch.stack(tensors) for tensors in zip(*pairs, strict=True))
    data[part] = tuple(stacks)

print("training images", tuple(data["train"][0].shape))
# > training images (10, 200, 64)
wrong = data["train"][1] != data["clean"][1]
print("wrong labels of 200, by seed:", *wrong.sum(dim=1).tolist())
# > wrong labels of 200, by seed: 36 37 40 39 34 37 38 36 34 35
assert not wrong[:, 40:].any()

# %% [markdown] lang="ko"
# 200장 가운데 34~40장의 레이블이 틀렸습니다. 이런 레이블까지 외우면 훈련 정확도(accuracy)는 오르지만, 새로운 이미지를 맞히는 데는 도움이 되지 않습니다.
#
# ### 네트워크 열 개를 한 번에 { #ten-at-once .deeper }
#
# 시드마다 네트워크를 따로 학습시키면 오래 걸리므로, 층 하나에 네트워크 열 개의 가중치를 함께 저장합니다. `torch.baddbmm()`은 시드마다 따로 행렬을 곱하고 편향을 더하므로, 네트워크끼리는 서로 영향을 주지 않습니다. 초기화에는 `nn.Linear`와 같은 범위의 균등분포를 사용합니다.

# %% [markdown] lang="en"
# Between 34 and 40 of 200 are wrong. Memorizing them raises the training accuracy and does nothing for new images.
#
# ### Ten networks at once { #ten-at-once .deeper }
#
# Training ten seeds one after the other takes long, so let one layer hold the weights of ten networks. For each seed `torch.baddbmm()` does a matrix product of its own and adds a bias, so the networks do not affect one another. The initialization is uniform, with the range that `nn.Linear` uses.


# %%
class Linears(nn.Module):
    def __init__(self, num_in, num_out):
        super().__init__()
        bound = num_in**-0.5
        weight = torch.empty(10, num_in, num_out).uniform_(-bound, bound)
        bias = torch.empty(10, 1, num_out).uniform_(-bound, bound)
        self.weight, self.bias = nn.Parameter(weight), nn.Parameter(bias)

    def forward(self, x):  # (10, examples, num_in)
        return torch.baddbmm(self.bias, x, self.weight)


def mlp():
    first = [Linears(64, 64), nn.ReLU()]
    second = [Linears(64, 64), nn.ReLU()]
    return nn.Sequential(*first, *second, Linears(64, 10))


# %% [markdown] lang="ko"
# 이 다층 퍼셉트론(MLP)을 기준 모델(baseline)로 삼고, 학습 함수도 하나로 통일합니다. 방법마다 **한 가지만** 바꾸면서 5에폭(epoch)마다 훈련, 검증, 테스트 점수를 기록합니다. 이때 테스트 점수는 비교표에만 쓰고, 무언가를 고를 때는 쓰지 않습니다. `weight_decay`는 [가중치 행렬에만](weight_decay.md) 적용합니다. 손실에 10을 곱하는 이유는 네트워크 열 개의 평균 손실을 합으로 되돌려, 네트워크를 하나씩 학습시킬 때와 같은 기울기를 얻기 위해서입니다.

# %% [markdown] lang="en"
# This multilayer perceptron is the baseline, and there is one training function. Each method changes **one thing** in it, and every fifth epoch it records training, validation, and test scores. The test scores go into the comparison; they never choose anything. The `weight_decay` acts on [weight matrices only](weight_decay.md). The factor 10 turns the mean loss of ten networks back into a sum, so that each network gets the gradient it would get alone.

# %%
TRAIN_LOSS, TRAIN_ACC, VAL_LOSS, VAL_ACC, TEST_ACC = range(5)


@torch.no_grad()
def evaluate(nets, x, target):
    logits = nets.eval()(x).transpose(1, 2)  # (10, classes, examples)
    loss = F.cross_entropy(logits, target, reduction="none").mean(dim=1)
    return loss, (logits.argmax(dim=1) == target).float().mean(dim=1)


def adamw(nets, weight_decay=0.0):
    layers = [layer for layer in nets if isinstance(layer, Linears)]
    weights = [layer.weight for layer in layers]
    others = [
        p for p in nets.parameters() if all(p is not w for w in weights)
    ]
    decayed = {"params": weights, "weight_decay": weight_decay}
    free = {"params": others, "weight_decay": 0.0}
    return torch.optim.AdamW([decayed, free], lr=2e-3, fused=True)


# %%
def update(nets, optimizer, x, target, label_smoothing=0.0):
    logits = nets.train()(x).transpose(1, 2)
    mean = F.cross_entropy(logits, target, label_smoothing=label_smoothing)
    optimizer.zero_grad()
    (10 * mean).backward()
    optimizer.step()


def scores(nets, sets):
    seen = evaluate(nets, *sets["train"])
    unseen = evaluate(nets, *sets["val"])
    test_acc = evaluate(nets, *sets["test"])[1]
    return torch.stack([*seen, *unseen, test_acc], dim=1)  # (10, 5)


# %%
def fit(build, num_epochs=100, sets=data, batch=None, decay=0.0, **options):
    torch.manual_seed(0)
    nets = build()
    optimizer, history = adamw(nets, decay), []
    x, target = sets["train"]
    for epoch in range(1, num_epochs + 1):
        for rows in torch.randperm(x.shape[1]).split(batch or x.shape[1]):
            update(nets, optimizer, x[:, rows], target[:, rows], **options)
        if epoch % 5 == 0:
            history.append(scores(nets, sets))
    return nets, torch.stack(history, dim=1)  # (10, num_epochs / 5, 5)


# %% [markdown] lang="ko"
# 먼저 훈련 세트 전체를 배치 하나로 묶고, 규제 없이 100에폭 동안 학습시킵니다.

# %% [markdown] lang="en"
# Run it for 100 epochs without any regularization. The batch is the whole training set.

# %% tolerance="0.05"
plain_nets, plain = fit(mlp)
size = sum(p.numel() for p in mlp().parameters())
print("parameters a network", size // 10)
# > parameters a network 8970
train_acc, test_acc = plain[:, -1, TRAIN_ACC], plain[:, -1, TEST_ACC]
last = plain[:, -1].mean(dim=0)
print(f"train {last[TRAIN_ACC]:.3f}  test {last[TEST_ACC]:.3f}")
# > train 0.982  test 0.777
print("test, by seed", *(f"{score:.3f}" for score in test_acc.tolist()))
# > test, by seed 0.739 0.780 0.785 0.778 0.806 0.756 0.743 0.740 0.828 0.818
assert train_acc.min() > 0.95

# %% [markdown] lang="ko"
# 매개변수가 8,970개인 네트워크는 훈련 이미지 200장을 틀린 레이블까지 거의 다 외웠습니다. 훈련 정확도는 0.982이지만 테스트 정확도의 평균은 0.777에 그칩니다. 성능은 언제부터 나빠졌을까요?

# %% [markdown] lang="en"
# A network with 8,970 parameters memorized nearly all 200 images, wrong labels included: training accuracy 0.982, test accuracy 0.777 on average. When did it start to go wrong?

# %% figure="overfitting" tolerance="0.05"
fig, ax = plt.subplots()
mean = plain.mean(dim=0)
epochs = torch.arange(5, 101, 5)
ax.plot(epochs, mean[:, TRAIN_LOSS], "--", color="C0")
ax.plot(epochs, mean[:, VAL_LOSS], "-", color="C1")
lowest = mean[:, VAL_LOSS].argmin()
star = (epochs[lowest], mean[lowest, VAL_LOSS])
ax.plot(*star, "*", color="C1", markersize=16)
ax.text(102, mean[-1, TRAIN_LOSS], "training", va="center")
ax.text(102, mean[-1, VAL_LOSS], "validation", va="center")
ax.set(xlim=(0, 140), xticks=[0, 25, 50, 75, 100], ylim=(0, 2.4))
ax.set(xlabel="epoch", ylabel="loss")

# %% [markdown] lang="ko" caption="overfitting"
# 훈련 손실은 끝까지 내려가지만, 검증 손실은 50에폭 무렵(별)을 지나면서 다시 오릅니다.
#
# 시드 10개를 평균한 학습 곡선이며, 가로축은 5~100에폭이고 세로축은 손실입니다. 훈련 손실을 나타내는 파선은 2를 넘는 값에서 출발하여 0.2 아래까지 계속 내려갑니다. 검증 손실을 나타내는 실선은 처음에는 함께 내려가다가 50에폭 무렵 0.6 아래에서 가장 낮아지고, 그 뒤로는 올라가 100에폭에서 0.75가 됩니다.
#
# - epoch: 에폭
# - loss: 손실
# - training: 훈련
# - validation: 검증

# %% [markdown] lang="en" caption="overfitting"
# The training loss falls to the end; the validation loss turns around near epoch 50 (star) and rises.
#
# Learning curves, mean of ten seeds. Horizontal axis: epochs 5 to 100; vertical axis: loss. The dashed training curve falls steadily from above 2 to below 0.2. The solid validation curve comes down with it, is lowest, below 0.6, near epoch 50, and then climbs to 0.75 at epoch 100.

# %% [markdown] lang="ko"
# 처음 얼마 동안은 검증 손실이 훈련 손실보다 **낮은** 시드가 있습니다. 틀린 레이블이 훈련 세트에만 섞여 있기 때문이라고 짐작할 수 있는데, 그렇다면 같은 이미지에 맞는 레이블을 붙였을 때는 이런 일이 없어야 합니다. 10에폭에서 두 손실의 차이를 구하고, 이를 [시드마다 짝지어](train_val_test.md#compare) 비교해 봅시다.

# %% [markdown] lang="en"
# At first, with some seeds, the validation loss is **below** the training loss. The suspected reason is that only training labels are wrong; if so, it must not happen when the same images carry their true labels. Take the difference of the two losses at epoch 10, and compare it [paired by seed](train_val_test.md#compare).


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


# %% tolerance="0.05" anchor="true_labels"
true_labels = {**data, "train": data["clean"]}
_, clean = fit(mlp, sets=true_labels)
excess = {}
for name, runs in [("wrong labels", plain), ("true labels", clean)]:
    excess[name] = runs[:, 1, VAL_LOSS] - runs[:, 1, TRAIN_LOSS]
    below = (excess[name] < 0).sum().item()
    print(f"{name:12} validation below training for {below} of 10 seeds")
# > wrong labels validation below training for 4 of 10 seeds
# > true labels  validation below training for 0 of 10 seeds
assert below == 0
mean, low, high = paired_difference(
    excess["wrong labels"], excess["true labels"]
)
print(f"wrong - true, validation - training: {mean:+.3f}")
# > wrong - true, validation - training: -0.071
print(f"interval {low:+.3f} to {high:+.3f}")
# > interval -0.088 to -0.054
assert high < 0

# %% [markdown] lang="ko"
# 맞는 레이블로 학습시키면 이런 일이 한 번도 일어나지 않습니다. 틀린 레이블이 있으면 검증 손실에서 훈련 손실을 뺀 값이 평균 0.071 낮아지고, 그 신뢰구간은 0을 포함하지 않습니다. 즉, 틀린 레이블은 검증 손실보다 훈련 손실을 더 높입니다. 그러면 네트워크는 맞는 레이블과 틀린 레이블 가운데 무엇을 먼저 배울까요? 네트워크가 훈련 레이블과 같은 답을 낸 비율을 맞는 레이블과 틀린 레이블로 나누어 30에폭과 100에폭에서 계산합니다.

# %% [markdown] lang="en"
# With true labels it never happens. Wrong labels lower the validation loss minus the training loss by 0.071 on average, and the interval excludes 0: they raise the training loss more than the validation loss. Which does the network learn first, right labels or wrong ones? Count the answers that agree with the training label, separately, at epoch 30 and at epoch 100.

# %% tolerance="0.1"
early_nets, _ = fit(mlp, num_epochs=30)
x, target = data["train"]


def learned(nets):
    with torch.no_grad():
        agree = nets.eval()(x).argmax(dim=2) == target
    parts = ~wrong, wrong
    shares = [(agree & part).sum(dim=1) / part.sum(dim=1) for part in parts]
    return [share.mean().item() for share in shares]


at_30 = learned(early_nets)
print("epoch 30   right {:.3f}  wrong {:.3f}".format(*at_30))
# > epoch 30   right 0.937  wrong 0.032
at_100 = learned(plain_nets)
print("epoch 100  right {:.3f}  wrong {:.3f}".format(*at_100))
# > epoch 100  right 0.999  wrong 0.901
assert at_30[1] < 0.1 < 0.8 < at_100[1]

# %% [markdown] lang="ko"
# 30에폭에서 훈련 레이블과 같은 답을 낸 비율은 맞는 레이블에서 0.937이지만, 틀린 레이블에서는 0.032에 그칩니다. 그러나 100에폭에서는 틀린 레이블까지 외워 이 비율이 0.901로 높아집니다. 즉, 네트워크는 숫자의 모양을 먼저 배우고 예외는 나중에 외우며, 그 사이에 학습을 멈출 기회가 있습니다.

# %% [markdown] lang="en"
# At epoch 30 it has learned 0.937 of the right labels but follows only 0.032 of the wrong ones; at epoch 100 it has memorized 0.901 of these as well. The network learns the shapes of digits first and memorizes exceptions later, and in between lies the chance to stop.

# %% [markdown] lang="ko"
# ## 첫째, 조기 종료 { #early-stopping }
#
# **조기 종료**(early stopping)는 검증 점수가 더 좋아지지 않을 때 학습을 멈추고, 가장 좋았던 가중치를 쓰는 방법입니다. 점수는 오르내리면서 나아지므로, 한 번 나빠졌다고 바로 멈추지 않고 미리 정한 에폭 수, 즉 **인내 횟수**(patience)만큼 기다립니다. 먼저 검증 손실을 기준으로 구현해 봅시다.

# %% [markdown] lang="en"
# ## One: early stopping { #early-stopping }
#
# **Early stopping** ends training once the validation score no longer improves, and keeps the best weights. Scores go up and down on their way, so it does not stop at the first setback but waits for a number of epochs called **patience**. Write it for the validation loss first.


# %%
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss, self.best_epoch = math.inf, 0

    def should_stop(self, epoch, val_loss, model):
        if val_loss < self.best_loss:
            self.best_loss, self.best_epoch = val_loss, epoch
            self.best_state = copy.deepcopy(model.state_dict())
        return epoch - self.best_epoch >= self.patience


# %% [markdown] lang="ko"
# 손실 아홉 개를 놓고 손으로 계산해 봅시다. 인내 횟수가 3이면 어디에서 멈추고, 몇 번째의 가중치를 써야 할까요? 순서는 0번째부터 셉니다.

# %% [markdown] lang="en"
# Work through nine losses by hand. With patience 3, where does it stop, and which weights does it keep? Count from 0.

# %%
stopper = EarlyStopping(patience=3)
val_losses = [1.0, 0.8, 0.7, 0.72, 0.69, 0.71, 0.73, 0.70, 0.75]
for epoch, val_loss in enumerate(val_losses):
    if stopper.should_stop(epoch, val_loss, nn.Identity()):
        break
best_epoch, best_loss = stopper.best_epoch, stopper.best_loss
print(f"stopped at {epoch}, best epoch {best_epoch} with {best_loss}")
# > stopped at 7, best epoch 4 with 0.69
assert (epoch, best_epoch) == (7, 4)

# %% [markdown] lang="ko"
# 손실이 한때 0.72로 올랐지만, 바로 멈추지 않고 기다린 덕분에 4번째의 0.69를 찾았습니다. 그 뒤 세 번 동안 0.69보다 낮은 값이 나오지 않아 7번째에서 멈춥니다. 즉, 멈춘 곳과 가장 좋은 곳은 **다릅니다**. 이제 시드 0의 데이터로 네트워크 하나를 실제로 학습시키면서 확인해 봅시다.

# %% [markdown] lang="en"
# The loss rose to 0.72, but waiting paid off: index 4 has 0.69. Three epochs in a row fail to beat 0.69, so it stops at index 7. Where it stops is **not** where it was best. Now watch it in the training of a single network, on the data of seed 0.


# %% folded="optional"
def score(model, x, target):
    with torch.no_grad():
        logits = model.eval()(x)
    right = (logits.argmax(dim=1) == target).float().mean().item()
    return F.cross_entropy(logits, target).item(), right


torch.manual_seed(0)
model = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
stopper = EarlyStopping(patience=20)
x, target = ten[0]["train"]

# %% tolerance="0.1"
for epoch in range(100):
    loss = F.cross_entropy(model.train()(x), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if stopper.should_stop(epoch, score(model, *ten[0]["val"])[0], model):
        break
print(f"epochs run {epoch + 1}, best epoch {stopper.best_epoch + 1}")
# > epochs run 34, best epoch 14
forgot = score(model, *ten[0]["test"])[1]
model.load_state_dict(stopper.best_state)
restored = score(model, *ten[0]["test"])[1]
print(f"test: as it stopped {forgot:.4f}, restored {restored:.4f}")
# > test: as it stopped 0.7504, restored 0.8594
assert restored > forgot

# %% [markdown] lang="ko"
# 학습이 멈춘 순간의 가중치보다 되돌린 가중치의 점수가 더 높습니다.
#
# !!! warning "멈추기만 하고 되돌리지 않으면"
#     멈춘 모델은 인내 횟수만큼 더 학습한 모델이므로 `load_state_dict()`를 써서 가장 좋았던 가중치로 되돌려야 합니다. 그런데 `state_dict()`는 복사본이 아니라 **지금의 가중치를 가리킵니다**. `copy.deepcopy()` 없이 저장해 두면 "가장 좋은 가중치"가 학습이 진행되면서 함께 바뀝니다.

# %% [markdown] lang="en"
# The restored weights score higher than those at the moment of stopping.
#
# !!! warning "Stopping without restoring"
#     The stopped model has trained on for as long as patience lasted, so bring the best weights back with `load_state_dict()`. And `state_dict()` is no copy; it **points to the current weights**. Keep it without `copy.deepcopy()`, and your "best weights" change as training goes on.

# %% folded="optional"
layer = nn.Linear(1, 1, bias=False)
with torch.no_grad():
    layer.weight.fill_(1.0)
    kept = layer.state_dict()
    copied = copy.deepcopy(layer.state_dict())
    layer.weight.fill_(2.0)
kept_value, copied_value = kept["weight"].item(), copied["weight"].item()
print("state_dict()", kept_value, " deepcopy", copied_value)
# > state_dict() 2.0  deepcopy 1.0
assert kept_value == 2.0

# %% [markdown] lang="ko"
# 복사하지 않고 저장한 값은 1에서 2.0으로 바뀌었지만, 복사한 값은 1.0 그대로입니다.
#
# ### 무엇을 기준으로 멈출까 { #which-signal .deeper }
#
# 검증 **손실**이 가장 낮은 에폭과 검증 **정확도**가 가장 높은 에폭은 다를 수 있습니다. 어느 기준으로 고르는지에 따라 결과가 달라지므로, 앞으로는 두 결과를 모두 제시합니다. `at_best()`는 시드마다 고른 에폭의 점수를 꺼냅니다. `report()`는 마지막 에폭(last), 손실로 고른 에폭(by loss), 정확도로 고른 에폭(by accuracy)의 테스트 정확도를 출력합니다.

# %% [markdown] lang="en"
# The value stored as 1 has become 2.0; the copy is still 1.0.
#
# ### What to watch in order to stop { #which-signal .deeper }
#
# The epoch with the lowest validation **loss** need not be the one with the highest validation **accuracy**. The result depends on which of the two decides, so from here on both are shown. For each seed, `at_best()` takes the scores of that epoch; `report()` gives the test accuracy at the last epoch, at the epoch chosen by loss, and at the one chosen by accuracy.


# %%
def at_best(runs, column=VAL_ACC):
    sign = -1 if column == VAL_LOSS else 1
    return runs[range(10), (sign * runs[:, :, column]).argmax(dim=1)]


def report(name, runs):
    last = runs[:, -1].mean(dim=0)
    by_loss = at_best(runs, VAL_LOSS).mean(dim=0)
    by_acc = at_best(runs, VAL_ACC).mean(dim=0)
    print(
        f"{name:13} train {last[TRAIN_ACC]:.3f} "
        f"val CE {last[VAL_LOSS]:.3f}",
        "| test: "
        f"last {last[TEST_ACC]:.3f} by loss {by_loss[TEST_ACC]:.3f}",
        f"by accuracy {by_acc[TEST_ACC]:.3f}",
    )


# %% [markdown] lang="ko"
# "A가 B보다 낫다"는 말은 [시드마다 짝지은 차이](train_val_test.md)로 확인했을 때만 합니다. 시드 10개에서 구한 평균 차이의 95% 신뢰구간에 0이 들어 있으면 **알 수 없다**고 말합니다. 다만 시드를 바꾸어도 같은 1,797장을 다시 나눌 뿐이므로, 이 구간으로 다른 사람들의 글씨에 대한 성능까지 보장할 수는 없습니다.

# %% [markdown] lang="en"
# We say "A is better than B" only on the basis of [differences paired by seed](train_val_test.md). If the 95% interval of the mean difference over ten seeds contains 0, the verdict is **cannot tell**. All seeds divide the same 1,797 images anew, so the interval promises nothing about the digits of other people.


# %%
def compare(name, a, b):
    mean, low, high = (100 * value for value in paired_difference(a, b))
    word = "better" if low > 0 else "worse" if high < 0 else "cannot tell"
    # ko: z는 반올림하여 나온 -0.0을 +0.0으로 출력하게 합니다.
    # en: The z writes a -0.0 that comes from rounding as +0.0.
    points = f"{mean:+z.1f} points [{low:+z.1f}, {high:+z.1f}]"
    print(f"{name:28}", points, word)
    return word


# %% tolerance="0.5"
report("none", plain)
# > none          train 0.982 val CE 0.752 | test: last 0.777 by loss 0.855 by accuracy 0.864
last, stop = plain[:, -1, TEST_ACC], at_best(plain)[:, TEST_ACC]
for name, column in [("by loss", VAL_LOSS), ("by accuracy", VAL_ACC)]:
    stopped = at_best(plain, column)[:, TEST_ACC]
    assert compare(f"stop {name}, minus last", stopped, last) == "better"
# > stop by loss, minus last     +7.8 points [+6.2, +9.4] better
# > stop by accuracy, minus last +8.6 points [+7.1, +10.1] better

# %% [markdown] lang="ko"
# 마지막 에폭에서 0.777이던 정확도는 손실로 고르면 0.855, 정확도로 고르면 0.864가 되며, 두 차이의 신뢰구간은 모두 0보다 훨씬 위에 있습니다. 이 이득이 정말 **틀린 레이블을 외우기 전에 멈춘 데서** 나왔다면, 맞는 레이블로 학습시킨 네트워크에서는 조기 종료를 해도 이득이 없어야 합니다.

# %% [markdown] lang="en"
# The 0.777 of the last epoch becomes 0.855 when chosen by loss and 0.864 when chosen by accuracy, and both intervals are far above 0. If the gain really comes from **stopping before the wrong labels are memorized**, then stopping must gain nothing for networks trained on true labels.

# %% tolerance="0.5"
report("true labels", clean)
# > true labels   train 1.000 val CE 0.268 | test: last 0.927 by loss 0.926 by accuracy 0.926
clean_last, clean_stop = clean[:, -1, TEST_ACC], at_best(clean)[:, TEST_ACC]
word = compare("stop minus last, true labels", clean_stop, clean_last)
# > stop minus last, true labels -0.1 points [-0.4, +0.1] cannot tell
assert word == "cannot tell"

# %% [markdown] lang="ko"
# 앞의 설명에서 예상한 대로 이득이 사라졌습니다. 즉, 이 실험에서는 레이블이 모두 맞으면 조기 종료로 얻을 것이 없습니다.

# %% [markdown] lang="en"
# The gain is gone, as the explanation predicts. With clean labels there is nothing for early stopping to do here.

# %% [markdown] lang="ko"
# ### 멈추고 고르기, 어느 데이터로? { #which-data .deeper }
#
# 강의 노트에는 "stop하고 pick theta"라고만 적혀 있는데, 어느 데이터로 골라야 할까요? 테스트 데이터로 고르면 점수는 언제나 검증 데이터로 골랐을 때와 같거나 더 높게 나옵니다.

# %% [markdown] lang="en"
# ### Stop and pick, on which data? { #which-data .deeper }
#
# The lecture notes say "stop and pick theta" and leave it there. Judging by which data? If you pick on the test set, the test score is always at least as high as when you pick on the validation set.

# %% tolerance="0.5" anchor="chosen_on_test"
on_test = plain[:, :, TEST_ACC].amax(dim=1)
on_val = at_best(plain)[:, TEST_ACC]
inflated = 100 * (on_test - on_val)
print("inflated, in points:", *(f"{gap:.1f}" for gap in inflated.tolist()))
# > inflated, in points: 0.0 0.9 0.0 0.1 0.9 1.3 0.9 2.7 0.6 0.0
print(f"mean {inflated.mean():.1f}")
# > mean 0.7
assert (on_test >= on_val).all()

# %% [markdown] lang="ko"
# 테스트 데이터로 고른 점수는 새로운 데이터에서 얻은 점수가 아니라 **에폭 20개의 점수 가운데 최댓값**이므로, 시드마다 위에 출력한 만큼 부풀려져 있습니다. 테스트 세트가 작을수록 그 폭도 커집니다. 따라서 매개변수 θ는 테스트 세트가 아니라 [검증 세트로 고릅니다](train_val_test.md#choose-on-validation).

# %% [markdown] lang="en"
# A score picked on the test set is no estimate for new data but **the maximum of 20 epochs**, inflated by the points printed above, seed by seed. The smaller the test set, the more it inflates. Pick the parameters θ [on the validation set](train_val_test.md#choose-on-validation).

# %% [markdown] lang="ko"
# ### 검증 레이블의 비용 { #label-cost .deeper }
#
# 조기 종료에도 비용이 듭니다. 여기서는 **레이블이 모두 맞는** 검증 이미지를 500장 썼는데, 이는 훈련 이미지의 2.5배나 됩니다. 그 가운데 450장을 훈련 세트에 더하고 50장만 남겨 조기 종료를 하면 어떻게 될까요? 60에폭 동안 학습시켜 봅시다.

# %% [markdown] lang="en"
# ### What validation labels cost { #label-cost .deeper }
#
# Early stopping is not free. Here it used 500 validation images, **all with right labels**, 2.5 times as many as there are for training. What if 450 of them join the training set and only 50 are left to stop by? Train for 60 epochs.

# %% tolerance="0.5"
x, target = data["train"]
x_val, y_val = data["val"]
x_more = torch.cat([x, x_val[:, :450]], dim=1)
y_more = torch.cat([target, y_val[:, :450]], dim=1)
few_val = (x_val[:, 450:], y_val[:, 450:])
sets = {**data, "train": (x_more, y_more), "val": few_val}
_, used = fit(mlp, num_epochs=60, sets=sets)
report("450 to train", used)
# > 450 to train  train 0.923 val CE 0.270 | test: last 0.943 by loss 0.939 by accuracy 0.923
used_last = used[:, -1, TEST_ACC]
assert compare("last epoch, minus stop", used_last, stop) == "better"
# > last epoch, minus stop       +8.0 points [+6.7, +9.2] better
used_stop = at_best(used)[:, TEST_ACC]
assert compare("stop by 50, minus last", used_stop, used_last) == "worse"
# > stop by 50, minus last       -2.1 points [-3.4, -0.7] worse

# %% [markdown] lang="ko"
# 멈추지 않고 마지막 에폭까지 학습시키기만 해도 500장으로 조기 종료했을 때보다 점수가 훨씬 높고, 남은 50장의 정확도를 기준으로 멈추면 오히려 점수가 내려갑니다. 50장으로 구한 정확도는 2포인트 단위로만 변하므로, 에폭을 고르는 기준으로 쓰기에는 너무 거칩니다. 반면 손실로 고르면 0.939로 거의 그대로입니다. 조기 종료는 코드가 짧지만 **레이블을 소비하는 규제**이므로, 레이블이 귀하다면 그 비용까지 계산해야 합니다.

# %% [markdown] lang="en"
# Even without stopping, the last epoch beats stopping on 500 images by a wide margin, and stopping by the accuracy on the remaining 50 lowers the score. The accuracy on 50 images moves in steps of 2 points, too coarse to choose an epoch by; chosen by loss, it is 0.939, hardly less. Early stopping is short to write but is **a regularizer that spends labels**; where labels are scarce, count that cost.

# %% [markdown] lang="ko"
# ## 둘째, 작은 모델 { #smaller }
#
# 모델에 외울 만한 용량이 없으면 틀린 레이블도 외우지 못할까요? 은닉층 하나에 유닛이 16개인 모델과 8개인 모델로 확인해 봅시다. `part()`는 기록에서 앞부분의 몇 에폭만 남깁니다.

# %% [markdown] lang="en"
# ## Two: a smaller network { #smaller }
#
# If a network has no room to memorize, does it leave the wrong labels alone? Try one hidden layer with 16 units, and with 8. The function `part()` keeps the first epochs of a run.


# %% tolerance="0.05"
def one_layer(num_hidden):
    hidden = [Linears(64, num_hidden), nn.ReLU()]
    return nn.Sequential(*hidden, Linears(num_hidden, 10))


def part(runs, num_epochs):
    return runs[:, : num_epochs // 5]


_, small = fit(lambda: one_layer(16), num_epochs=500)
_, tiny = fit(lambda: one_layer(8))
report("16 units", part(small, 100))
# > 16 units      train 0.791 val CE 0.686 | test: last 0.858 by loss 0.858 by accuracy 0.854
report("8 units", tiny)
# > 8 units       train 0.698 val CE 1.085 | test: last 0.729 by loss 0.729 by accuracy 0.729
assert tiny[:, -1, TRAIN_ACC].max() < 0.95

# %% [markdown] lang="ko"
# 유닛이 16개인 모델은 매개변수가 1,210개뿐이지만, 마지막 에폭의 테스트 정확도가 0.858에 이릅니다. 반면 유닛이 8개이고 매개변수가 610개뿐인 모델은 훈련 정확도마저 낮으므로 **과소적합**(underfitting) 상태입니다.
#
# 그런데 유닛이 16개인 모델의 훈련 정확도도 0.791에 그칩니다. 표현 용량(capacity)이 부족해서 외우지 못한 것일까요, 아니면 **아직 학습이 덜 된 것**일까요? 더 오래 학습시키면 구별할 수 있습니다.

# %% [markdown] lang="en"
# With 1,210 parameters, the network with 16 units has a test accuracy of 0.858 at the last epoch. The one with 8 units, 610 parameters, has a low training accuracy, too: **underfitting**.
#
# But the training accuracy with 16 units is only 0.791 as well. Does it lack the capacity to memorize, or is it **not done learning**? Training longer will tell.

# %% tolerance="0.5" anchor="five_hundred_epochs"
report("16, 500 epochs", small)
# > 16, 500 epochs train 0.999 val CE 1.036 | test: last 0.731 by loss 0.842 by accuracy 0.853
small_last = small[:, -1, TEST_ACC]
small_100 = small[:, 19, TEST_ACC]
assert compare("500 minus 100 epochs", small_last, small_100) == "worse"
# > 500 minus 100 epochs         -12.6 points [-14.8, -10.5] worse
assert small[:, -1, TRAIN_ACC].min() > 0.99
small_stop = at_best(small)[:, TEST_ACC]
word = compare("small minus large, stopped", small_stop, stop)
# > small minus large, stopped   -1.0 points [-2.2, +0.2] cannot tell
assert word != "better"

# %% [markdown] lang="ko"
# 500에폭이 지나자 작은 모델도 틀린 레이블까지 외웠고, 테스트 정확도는 0.731로 떨어졌습니다. 따라서 100에폭에서 얻은 높은 점수는 외울 수 없어서가 아니라 **아직 외우지 않아서** 나온 것입니다. 각각 가장 좋은 에폭에서 멈추면 작은 모델이 큰 모델보다 낫다고 할 수 없습니다.
#
# !!! warning "에폭 수를 고정한 비교"
#     에폭 수를 고정하면 용량의 효과와 학습 시간의 효과가 섞입니다. 그래서 학습을 늦추는 것은 무엇이든 규제처럼 보입니다. 더 오래 학습시켜 보고, 각각 가장 좋은 에폭끼리도 비교해 보세요.

# %% [markdown] lang="en"
# After 500 epochs the small network, too, has memorized the wrong labels, and its test accuracy is down to 0.731. Hence its score at epoch 100 does not come from being unable to memorize but from **not having done so yet**. With each stopped at its best epoch, it cannot be called better than the large one.
#
# !!! warning "Comparing at a fixed number of epochs"
#     A fixed number of epochs mixes the effect of capacity with that of training time, so anything that slows training looks like a regularizer. Run longer, and also compare the best epochs.

# %% [markdown] lang="ko"
# ## 셋째, 가중치 감쇠 { #decay }
#
# **가중치 감쇠**(weight decay)는 갱신할 때마다 가중치에 $1 - \eta\lambda$를 곱합니다. 여기서 $\eta$는 0.002이므로, $\lambda = 3$이라도 가중치는 갱신 한 번에 1,000분의 6만큼 줄어들 뿐입니다. [AdamW](weight_decay.md#adamw)에서 3과 10을 시험해 봅시다.

# %% [markdown] lang="en"
# ## Three: weight decay { #decay }
#
# **Weight decay** multiplies the weights by $1 - \eta\lambda$ at each update. With $\eta$ at 0.002, even $\lambda = 3$ removes only six thousandths each time. Try 3 and 10 with [AdamW](weight_decay.md#adamw).

# %% tolerance="0.5"
decay_3_nets, decay_3 = fit(mlp, decay=3.0)
_, decay_10 = fit(mlp, decay=10.0)
report("none", plain)
# > none          train 0.982 val CE 0.752 | test: last 0.777 by loss 0.855 by accuracy 0.864
for name, runs in [("decay 3", decay_3), ("decay 10", decay_10)]:
    report(name, runs)
    assert compare(name + ", last", runs[:, -1, TEST_ACC], last) == "better"
    best_runs = at_best(runs)[:, TEST_ACC]
    assert compare(name + ", stopped", best_runs, stop) != "better"
# > decay 3       train 0.917 val CE 0.619 | test: last 0.814 by loss 0.857 by accuracy 0.863
# > decay 3, last                +3.7 points [+3.0, +4.4] better
# > decay 3, stopped             -0.1 points [-0.9, +0.8] cannot tell
# > decay 10      train 0.815 val CE 0.719 | test: last 0.852 by loss 0.852 by accuracy 0.853
# > decay 10, last               +7.5 points [+5.6, +9.4] better
# > decay 10, stopped            -1.1 points [-2.6, +0.4] cannot tell

# %% [markdown] lang="ko"
# 마지막 에폭에서는 두 경우 모두 규제 없는 모델보다 낫지만, 조기 종료한 결과끼리 비교하면 더 낫다고 할 수 없습니다. 한편 $\lambda = 3$에서는 검증 교차 엔트로피(cross entropy)도 0.752에서 0.619로 내려갔습니다. 그렇다면 가중치 감쇠가 바로잡은 것은 모델의 답일까요, 아니면 지나친 **확신**일까요?
#
# ### 확신만 줄였을까 { #confidence .deeper }
#
# 바로잡은 것이 확신뿐이라면, 규제 없는 네트워크의 로짓을 [온도](softmax.md#temperature) $T$로 나누기만 해도 손실이 같은 값까지 내려가야 합니다. 온도는 답을 바꾸지 않고 확신만 바꾸기 때문입니다. 가장 좋은 $T$를 검증 세트에서 찾아, 온도로 얻을 수 있는 최선의 결과와 비교합니다.

# %% [markdown] lang="en"
# At the last epoch both are better than no regularization; once both sides stop early, they are not. At $\lambda = 3$ the validation cross entropy also falls, from 0.752 to 0.619. What did decay repair: the answers, or too much **confidence**?
#
# ### Is it only confidence? { #confidence .deeper }
#
# If it were confidence alone, then dividing the logits of the unregularized networks by a [temperature](softmax.md#temperature) $T$ would lower the loss just as far, since a temperature changes no answer. Find the best $T$ on the validation set itself; no temperature can do better than that.


# %% tolerance="0.05"
def logits_of(nets, x):
    with torch.no_grad():
        return nets.eval()(x).transpose(1, 2)


def loss_at(logits, target, T):
    return F.cross_entropy(logits / T, target, reduction="none").mean(dim=1)


target = data["val"][1]
logits = logits_of(plain_nets, data["val"][0])
losses = [loss_at(logits, target, T / 10) for T in range(5, 50)]
cooled = torch.stack(losses).amin(dim=0)  # the best T of each seed
warm = loss_at(logits, target, T=1)
print(f"none {warm.mean():.3f}  best T {cooled.mean():.3f}")
# > none 0.752  best T 0.709
assert (decay_3[:, -1, VAL_LOSS] < cooled).all()

# %% [markdown] lang="ko"
# 가장 좋은 온도를 써도 손실은 0.709까지만 내려가므로, 가중치 감쇠의 이득을 확신이 낮아진 것만으로는 설명할 수 없습니다. 그렇다면 틀린 레이블을 덜 외우게 된 것일까요? 틀린 훈련 레이블을 그대로 답한 비율을 계산해 봅시다.

# %% [markdown] lang="en"
# Even the best temperature only gets to 0.709, so the gain of decay does not come from lower confidence alone. Do the networks memorize fewer wrong labels? Count how many of the wrong training labels they follow.

# %% tolerance="0.2"
x, target = data["train"]
followed = {}
for name, nets in [("none", plain_nets), ("decay 3", decay_3_nets)]:
    agree = logits_of(nets, x).argmax(dim=1) == target
    share = (agree & wrong).sum(dim=1) / wrong.sum(dim=1)
    followed[name] = share
    print(f"{name:8} wrong labels memorized {share.mean():.3f}")
# > none     wrong labels memorized 0.901
# > decay 3  wrong labels memorized 0.551
gap = paired_difference(followed["decay 3"], followed["none"])
assert gap[2] < 0

# %% [markdown] lang="ko"
# 가중치 감쇠를 적용하면 시드마다 짝지어 비교해도 틀린 레이블을 **덜** 외웁니다. 다음 그림에서 보듯이 둘째 층의 가중치는 0 쪽으로 몰립니다.

# %% [markdown] lang="en"
# With decay the networks memorize **fewer** wrong labels, paired by seed as well. And the weights of the second layer have gathered around 0.

# %% figure="weight_histogram" tolerance="0.2"
fig, ax = plt.subplots()
edges = torch.linspace(-0.35, 0.35, 22)
kinds = [
    ("none", plain_nets, "C1", "--"),
    ("decay 3", decay_3_nets, "C0", "-"),
]
for name, nets, color, style in kinds:
    counts = torch.histogram(nets[2].weight.detach().flatten(), edges)[0]
    look = {"color": color, "linestyle": style, "linewidth": 2}
    ax.stairs(counts, edges, label=name, **look)
ax.set(xlabel="weight of the second layer", ylabel="count")
ax.set_xticks([-0.3, 0, 0.3])
ax.legend(loc="upper right")

# %% [markdown] lang="ko" caption="weight_histogram"
# 가중치 감쇠를 적용하면 둘째 층의 가중치가 0 가까이로 모입니다.
#
# 시드 10개의 둘째 층 가중치 40,960개의 분포이며, 그림의 범위를 벗어난 값은 제외했습니다. 가로축은 −0.35에서 0.35까지의 가중치이고 세로축은 개수입니다. 감쇠가 없을 때를 나타내는 파선은 낮고 넓으며, 감쇠 3을 나타내는 실선은 0 근처에서 더 높고 좁습니다.
#
# - none: 없음
# - decay 3: 감쇠 3
# - weight of the second layer: 둘째 층의 가중치
# - count: 개수

# %% [markdown] lang="en" caption="weight_histogram"
# Weight decay gathers the weights of the second layer around 0.
#
# Distribution of the 40,960 weights of the second layer in the networks of ten seeds; weights beyond the range shown are left out. Horizontal axis: weight from −0.35 to 0.35; vertical axis: count. The dashed outline (no decay) is low and wide; the solid one (decay 3) is taller and narrower around 0.

# %% [markdown] lang="ko"
# ## 넷째, 드롭아웃 { #dropout }
#
# **드롭아웃**(dropout)은 학습하는 동안 유닛을 확률 $p$로 끕니다. 끄는 유닛은 매번 무작위로 바뀌며, 남은 유닛의 값은 키웁니다.
#
# $$
# \tilde h = \frac{m}{1 - p}\, h, \qquad m = \begin{cases} 0 & \text{with probability } p \\ 1 & \text{with probability } 1 - p \end{cases}
# $$
#
# $m$의 평균이 $1 - p$이므로 $\tilde h$의 평균은 $h$이고, 분산은 $h^2\,p/(1-p)$입니다. $p = 0.3$인 드롭아웃에 1을 10만 개 넣어 확인해 봅시다.

# %% [markdown] lang="en"
# ## Four: dropout { #dropout }
#
# **Dropout** switches units off with probability $p$ during training, a different set every time. The survivors are scaled up.
#
# $$
# \tilde h = \frac{m}{1 - p}\, h, \qquad m = \begin{cases} 0 & \text{with probability } p \\ 1 & \text{with probability } 1 - p \end{cases}
# $$
#
# The mean of $m$ is $1 - p$, so the mean of $\tilde h$ is $h$; its variance is $h^2\,p/(1-p)$. Check with 100,000 ones and $p = 0.3$.

# %% folded="optional"
p = 0.3
ones = torch.ones(100_000)
torch.manual_seed(0)
dropped = F.dropout(ones, p=p, training=True)
print("values", [f"{value:.4f}" for value in dropped.unique().tolist()])
# > values ['0.0000', '1.4286']
zeros = (dropped == 0).float().mean()
print(
    f"zeros {zeros:.4f}  mean {dropped.mean():.4f}  var {dropped.var():.4f}"
)
# > zeros 0.3007  mean 0.9990  var 0.4292
print(f"1/(1-p) {1 / (1 - p):.4f}  p/(1-p) {p / (1 - p):.4f}")
# > 1/(1-p) 1.4286  p/(1-p) 0.4286

# %% folded="tests"
assert torch.equal(F.dropout(ones, p=p, training=False), ones)
assert abs(dropped.mean() - 1) < 0.01
assert abs(dropped.var() - p / (1 - p)) < 0.01

# %% [markdown] lang="ko"
# 0이 된 값의 비율은 0.3007이고, 남은 1은 1.4286으로 커졌습니다. 평균은 0.9990으로 거의 그대로이고, 분산은 0.4292로 식에서 구한 0.4286과 거의 같습니다. 학습할 때 미리 키워 두었으므로, 평가 모드에서는 **아무것도 하지 않습니다**.
#
# 이제 은닉층마다 $p = 0.5$인 드롭아웃을 적용합니다. 작은 모델에서 배운 대로, 100에폭의 결과와 250에폭의 결과를 모두 확인합니다.

# %% [markdown] lang="en"
# The share of zeros is 0.3007, and every surviving 1 has become 1.4286. The mean hardly moves, 0.9990, and the variance, 0.4292, agrees with the 0.4286 of the formula. Since the scaling is done in training, evaluation mode **does nothing**.
#
# Now put $p = 0.5$ on each hidden layer. The small network taught us to look at both 100 and 250 epochs.


# %% tolerance="0.5"
def dropout_mlp():
    first = [Linears(64, 64), nn.ReLU(), nn.Dropout(0.5)]
    second = [Linears(64, 64), nn.ReLU(), nn.Dropout(0.5)]
    return nn.Sequential(*first, *second, Linears(64, 10))


_, dropout_250 = fit(dropout_mlp, num_epochs=250)
dropout = part(dropout_250, 100)
report("none", plain)
# > none          train 0.982 val CE 0.752 | test: last 0.777 by loss 0.855 by accuracy 0.864
report("dropout, 100", dropout)
# > dropout, 100  train 0.827 val CE 0.574 | test: last 0.869 by loss 0.869 by accuracy 0.871
report("dropout, 250", dropout_250)
# > dropout, 250  train 0.916 val CE 0.533 | test: last 0.852 by loss 0.868 by accuracy 0.874

# %% tolerance="0.9"
drop_100, drop_250 = dropout[:, -1, TEST_ACC], dropout_250[:, -1, TEST_ACC]
assert compare("dropout, last epoch of 100", drop_100, last) == "better"
# > dropout, last epoch of 100   +9.2 points [+7.1, +11.3] better
assert compare("dropout, 250 minus 100", drop_250, drop_100) == "worse"
# > dropout, 250 minus 100       -1.7 points [-2.7, -0.7] worse
drop_stop = at_best(dropout)[:, TEST_ACC]
compare("dropout and stop, minus stop", drop_stop, stop)
# > dropout and stop, minus stop +0.7 points [-0.8, +2.3] cannot tell

# %% [markdown] lang="ko"
# 드롭아웃을 쓰면 가장 좋은 가중치로 되돌리지 않아도 100에폭의 정확도가 0.869에 이르지만, 250에폭에서는 0.852로 내려갑니다. 그사이 네트워크가 틀린 레이블을 외우면서 훈련 정확도가 0.827에서 0.916으로 올랐습니다. 즉, 드롭아웃은 과적합을 **늦추고 줄이지만 없애지는 않습니다**. 조기 종료에 드롭아웃까지 더하면 조기 종료만 할 때보다 나은지는 100에폭까지의 결과로는 알 수 없습니다.

# %% [markdown] lang="en"
# At 100 epochs dropout reaches 0.869 without restoring any weights, but at 250 epochs it is down to 0.852. The training accuracy went from 0.827 to 0.916, as the networks memorized wrong labels. Dropout **delays and lessens** overfitting but does not abolish it. From the first 100 epochs alone, we cannot tell whether adding dropout to early stopping beats early stopping by itself.

# %% [markdown] lang="ko"
# ## 다섯째, 배치 정규화 { #batch-norm }
#
# **배치 정규화**(batch normalization)는 특성마다 배치(batch)의 평균을 빼고 표준편차로 나눈 다음, 학습으로 정해지는 값 $\gamma$와 $\beta$로 크기와 위치를 다시 조정합니다.
#
# $$
# \hat x_i = \frac{x_i - \mu_B}{\sqrt{\sigma_B^2 + \epsilon}}, \qquad y_i = \gamma\,\hat x_i + \beta
# $$
#
# 영어 이름은 비슷하지만 정규화(normalization)는 규제(regularization)가 아닙니다. 샘플이 4개이고 특성이 2개인 데이터에서 손으로 계산한 값과 `nn.BatchNorm1d`의 출력을 비교해 봅시다.

# %% [markdown] lang="en"
# ## Five: batch normalization { #batch-norm }
#
# **Batch normalization** subtracts the mean of the batch from each feature and divides by its standard deviation, then scales and shifts by learned values $\gamma$ and $\beta$.
#
# $$
# \hat x_i = \frac{x_i - \mu_B}{\sqrt{\sigma_B^2 + \epsilon}}, \qquad y_i = \gamma\,\hat x_i + \beta
# $$
#
# The words look alike, but normalization is not regularization. Compare a computation by hand with `nn.BatchNorm1d` on four examples with two features.

# %% folded="optional"
x = torch.tensor([[1.0, 10.0], [2.0, 30.0], [3.0, 20.0], [6.0, 40.0]])
bn = nn.BatchNorm1d(2)
mean, var = x.mean(dim=0), x.var(dim=0, unbiased=False)
by_hand = (x - mean) / torch.sqrt(var + bn.eps)
print(by_hand)
# > tensor([[-1.0690, -1.3416],
# >         [-0.5345,  0.4472],
# >         [ 0.0000, -0.4472],
# >         [ 1.6036,  1.3416]])
assert torch.allclose(by_hand, bn(x), atol=1e-6)
new_var = 0.9 * torch.ones(2) + 0.1 * x.var(dim=0)
assert torch.allclose(bn.running_mean, 0.1 * mean)
assert torch.allclose(bn.running_var, new_var)
print("running mean", bn.running_mean)
# > running mean tensor([0.3000, 2.5000])
print("running var ", bn.running_var)
# > running var  tensor([ 1.3667, 17.5667])

# %% [markdown] lang="ko"
# 두 결과가 같습니다. 배치를 정규화할 때는 $n$으로 나눈 분산을 쓰지만, 이동 분산(running variance)에는 $n - 1$로 나눈 분산을 씁니다. 초깃값인 0과 1에 배치의 값을 10분의 1씩 섞으므로, 첫 특성의 이동 평균은 0.3이 되고 이동 분산은 1.3667이 됩니다. 평가 모드에서는 배치의 값 대신 이 **이동 통계량**(running statistics)을 사용합니다.
#
# ### 배치 안의 이웃 { #neighbors .deeper }
#
# 한 샘플의 출력은 배치에 있는 **다른 샘플에도** 영향을 받습니다. 첫 행의 출력에서 역전파로 기울기(gradient)를 구하여 확인해 봅시다.

# %% [markdown] lang="en"
# They agree. The division uses the variance over $n$; the running variance takes the one over $n - 1$. The initial 0 and 1 are mixed with one tenth of the batch values, so for the first feature the running mean is 0.3 and the running variance 1.3667. Evaluation mode uses these **running statistics** instead of the batch.
#
# ### Neighbors in a batch { #neighbors .deeper }
#
# The output for one example also depends on **the other examples** in the batch. Send a gradient back from the first row of the output.

# %%
torch.manual_seed(0)
for name, layer in [
    ("linear", nn.Linear(2, 2)),
    ("norm", nn.BatchNorm1d(2)),
]:
    inputs = x.clone().requires_grad_()
    layer(inputs)[0].square().sum().backward()
    reached = (inputs.grad.abs().sum(dim=1) > 1e-7).tolist()
    print(f"{name:6} gradient reaches rows {reached}")
    assert all(reached) == (name == "norm")
# > linear gradient reaches rows [True, False, False, False]
# > norm   gradient reaches rows [True, True, True, True]

# %% [markdown] lang="ko"
# `nn.Linear`에서는 첫 행의 입력에만 기울기가 생기지만, 배치 정규화에서는 모든 행에 기울기가 생깁니다. 배치 정규화에는 또 하나의 성질이 있습니다. 앞 층의 가중치를 10배로 키워도 평균을 빼고 표준편차로 나누면 같은 값이 되므로, 출력은 **가중치의 크기와 상관이 없습니다**.

# %% [markdown] lang="en"
# In `nn.Linear` the gradient reaches the first row only; in batch normalization it reaches every row. There is one more property. Make the weights of the layer before it ten times as large, subtract the mean, divide by the standard deviation, and the same values come out: the output **does not depend on the size of the weights**.

# %% anchor="ten_times_weights"
torch.manual_seed(0)
before, norm = nn.Linear(2, 3).double(), nn.BatchNorm1d(3).double()
outputs, gradients = [], []
for scale in (1, 10):
    weight = (scale * before.weight).detach().requires_grad_()
    outputs.append(norm(x.double() @ weight.T))
    (gradient,) = torch.autograd.grad(outputs[-1][0].sum(), weight)
    gradients.append(gradient.norm().item())
assert torch.allclose(*outputs, atol=1e-4)
print(
    "weights x 10: same output, "
    f"gradient / {gradients[0] / gradients[1]:.1f}"
)
# > weights x 10: same output, gradient / 10.0

# %% [markdown] lang="ko"
# 출력은 같지만 기울기는 10분의 1이 되었습니다. 따라서 배치 정규화 앞의 가중치에 가중치 감쇠를 적용해도 함수가 단순해지지는 않습니다. 가중치가 작을수록 갱신 한 번이 가중치에 비해 커지므로, 이때 주로 바뀌는 것은 **실효 학습률**(effective learning rate)입니다.
#
# ### 시드 10개로 비교하기 { #ten-seeds }
#
# 이제 시드 10개로 학습시켜 봅시다. `BatchNorms`는 네트워크 열 개의 특성을 옆으로 늘어놓아 한꺼번에 정규화하지만, 결과는 네트워크마다 따로 정규화한 것과 같습니다.

# %% [markdown] lang="en"
# The output is the same and the gradient a tenth. So weight decay on weights in front of batch normalization makes no simpler function: the smaller the weights, the larger an update is relative to them, so what it mostly changes is the **effective learning rate**.
#
# ### Compared over ten seeds { #ten-seeds }
#
# Now train it with ten seeds. `BatchNorms` lays the features of ten networks side by side and normalizes them at once, which is the same as normalizing each network by itself.


# %% tolerance="0.5" folded="optional"
class BatchNorms(nn.Module):
    def __init__(self, num):
        super().__init__()
        self.norm = nn.BatchNorm1d(10 * num)

    def forward(self, x):
        side_by_side = x.transpose(0, 1).flatten(1)  # (examples, 10 * num)
        normed = self.norm(side_by_side).view(x.shape[1], 10, -1)
        return normed.transpose(0, 1)


def bn_mlp():
    first = [Linears(64, 64), BatchNorms(64), nn.ReLU()]
    second = [Linears(64, 64), BatchNorms(64), nn.ReLU()]
    return nn.Sequential(*first, *second, Linears(64, 10))


# %% tolerance="0.9" anchor="two_signals"
_, batch_norm = fit(bn_mlp)
report("none", plain)
# > none          train 0.982 val CE 0.752 | test: last 0.777 by loss 0.855 by accuracy 0.864
report("batch norm", batch_norm)
# > batch norm    train 1.000 val CE 0.689 | test: last 0.782 by loss 0.802 by accuracy 0.862
two = (batch_norm, plain)
by_loss = [at_best(runs, VAL_LOSS)[:, TEST_ACC] for runs in two]
assert compare("stopped by loss", *by_loss) == "worse"
# > stopped by loss              -5.3 points [-7.3, -3.4] worse
by_acc = [at_best(runs)[:, TEST_ACC] for runs in two]
assert compare("stopped by accuracy", *by_acc) == "cannot tell"
# > stopped by accuracy          -0.1 points [-1.6, +1.3] cannot tell

# %% [markdown] lang="ko"
# 같은 실행 기록에서 서로 다른 결론이 나왔습니다. 검증 **손실**로 멈추면 배치 정규화를 쓴 쪽의 테스트 정확도가 5.3포인트나 낮지만, 검증 **정확도**로 멈추면 차이가 있는지 알 수 없습니다. 두 기준으로 고른 에폭이 각각 언제인지 확인해 봅시다.

# %% [markdown] lang="en"
# The same runs, two conclusions. If we stop by validation **loss**, batch normalization is 5.3 points worse; if we stop by validation **accuracy**, we can tell no difference. See where the two epochs are.

# %% tolerance="0.3" anchor="faster" folded="optional"
for name, runs in [("none", plain), ("batch norm", batch_norm)]:
    mean = runs.mean(dim=0)
    lowest = 5 * mean[:, VAL_LOSS].argmin() + 5
    highest = 5 * mean[:, VAL_ACC].argmax() + 5
    losses = " ".join(f"{mean[i, TRAIN_LOSS]:.3f}" for i in (3, 9, 19))
    print(
        f"{name}: lowest val loss at {lowest}, best accuracy at {highest}"
    )
    print(f"    training loss at 20, 50, 100: {losses}")
# > none: lowest val loss at 50, best accuracy at 45
# >     training loss at 20, 50, 100: 1.375 0.615 0.125
# > batch norm: lowest val loss at 80, best accuracy at 30
# >     training loss at 20, 50, 100: 1.189 0.306 0.030
assert (batch_norm[:, 9, TRAIN_LOSS] < plain[:, 9, TRAIN_LOSS]).all()

# %% [markdown] lang="ko"
# 배치 정규화를 쓰면 시드 10개 모두에서 훈련 손실이 더 빨리 내려가고, 정확도가 가장 높은 에폭도 더 일찍 나타납니다. 그런데 손실이 가장 낮은 에폭은 훨씬 늦으므로, 손실로 멈추면 틀린 레이블을 외운 뒤의 가중치를 고르게 됩니다. 이 실험에서 배치 정규화는 학습을 **빠르게** 했지만, 규제로서 도움이 되었다는 증거는 없습니다.
#
# ### 미니배치의 잡음 { #mini-batches .deeper }
#
# 다만 여기서는 훈련 세트 전체를 배치 하나로 쓰기 때문에, 배치에 함께 든 샘플이 바뀌면서 생기는 잡음이 없습니다. 이 잡음이 규제 효과를 낸다는 설명이 맞는지 보려면 미니배치로 학습시켜야 합니다. 이번에는 50장씩 나누어 40에폭 동안 학습시킵니다.

# %% [markdown] lang="en"
# With batch normalization the training loss falls faster for all ten seeds, and the highest accuracy comes earlier. The lowest loss, however, comes much later, so stopping by loss picks weights that have already memorized wrong labels. Here batch normalization made training **fast**; that it helped as a regularizer is not shown.
#
# ### The noise of mini-batches { #mini-batches .deeper }
#
# But here the batch is the whole training set, so there is none of the noise that arises as the other images in the batch change. To test the idea that this noise regularizes, use mini-batches: 50 images each, for 40 epochs.

# %% tolerance="0.9" anchor="mini_batches"
_, mini = fit(mlp, num_epochs=40, batch=50)
_, mini_norm = fit(bn_mlp, num_epochs=40, batch=50)
report("none, 50", mini)
# > none, 50      train 0.909 val CE 0.586 | test: last 0.822 by loss 0.854 by accuracy 0.867
report("norm, 50", mini_norm)
# > norm, 50      train 1.000 val CE 0.678 | test: last 0.781 by loss 0.808 by accuracy 0.863
mini_stop = at_best(mini)[:, TEST_ACC]
norm_stop = at_best(mini_norm)[:, TEST_ACC]
assert compare("stopped, with noise", norm_stop, mini_stop) == "cannot tell"
# > stopped, with noise          -0.4 points [-1.7, +0.9] cannot tell

norm_last = batch_norm[:, -1, TEST_ACC]
assert compare("last epoch of 100", norm_last, last) == "cannot tell"
# > last epoch of 100            +0.5 points [-1.0, +2.0] cannot tell
losses = batch_norm[:, -1, VAL_LOSS], plain[:, -1, VAL_LOSS]
assert paired_difference(*losses)[2] < 0

# %% [markdown] lang="ko"
# 미니배치로 학습시켜도 정확도로 멈추면 차이가 있는지 알 수 없습니다. 강의 노트에서 꼽은 다섯 가지 가운데, 이 데이터에서 마지막 에폭의 정확도조차 올렸는지 알 수 없는 것은 배치 정규화뿐입니다. 다만 마지막 에폭의 검증 손실은 0.752에서 0.689로 낮아졌습니다. 또한 다른 데이터나 더 작은 배치에서는 결과가 다를 수 있습니다.

# %% [markdown] lang="en"
# With mini-batches, too, we can tell no difference when stopping by accuracy. Of the five methods in the lecture notes, batch normalization is the only one for which these data cannot tell whether even the accuracy of the last epoch rose. It did lower the validation loss of the last epoch, from 0.752 to 0.689. Other data or smaller batches may differ.

# %% [markdown] lang="ko"
# ## 합치면 더 좋을까 { #combine .deeper }
#
# 드롭아웃과 배치 정규화를 함께 쓰면 두 방법의 효과가 더해질까요? [레이블 스무딩](cross_entropy_in_pytorch.md#label-smoothing)(label smoothing)의 효과도 함께 측정해 봅시다.

# %% [markdown] lang="en"
# ## Better together? { #combine .deeper }
#
# Do the gains from dropout and batch normalization add up? Measure [label smoothing](cross_entropy_in_pytorch.md#label-smoothing) as well.


# %% tolerance="0.9"
def both_mlp():
    first = [Linears(64, 64), BatchNorms(64), nn.ReLU(), nn.Dropout(0.5)]
    second = [Linears(64, 64), BatchNorms(64), nn.ReLU(), nn.Dropout(0.5)]
    return nn.Sequential(*first, *second, Linears(64, 10))


_, both = fit(both_mlp)
_, smoothed = fit(mlp, label_smoothing=0.1)
report("both", both)
# > both          train 0.885 val CE 0.610 | test: last 0.859 by loss 0.859 by accuracy 0.873
report("smoothing", smoothed)
# > smoothing     train 0.974 val CE 0.680 | test: last 0.808 by loss 0.863 by accuracy 0.871
both_stop = at_best(both)[:, TEST_ACC]
assert compare("both minus dropout", both_stop, drop_stop) == "cannot tell"
# > both minus dropout           +0.2 points [-0.6, +1.1] cannot tell

# %% tolerance="0.9"
smooth_last = smoothed[:, -1, TEST_ACC]
smooth_stop = at_best(smoothed)[:, TEST_ACC]
assert compare("smoothing, last epoch", smooth_last, last) == "better"
# > smoothing, last epoch        +3.0 points [+2.4, +3.7] better
assert compare("smoothing, stopped", smooth_stop, stop) == "cannot tell"
# > smoothing, stopped           +0.7 points [-0.3, +1.7] cannot tell

# %% [markdown] lang="ko"
# 두 방법을 함께 쓰는 것이 드롭아웃만 쓰는 것보다 나은지 나쁜지는 알 수 없습니다. 레이블 스무딩은 마지막 에폭에서는 도움이 되지만, 조기 종료한 결과끼리 비교하면 효과가 있는지 알 수 없습니다. 따라서 여러 규제의 이득이 더해진다고 미리 믿지 말고, 규제를 하나씩 더할 때마다 검증 세트로 확인해야 합니다.

# %% [markdown] lang="en"
# We cannot tell whether the two together are better or worse than dropout alone. Label smoothing helps at the last epoch; once both sides stop early, we can tell no difference. Do not take it for granted that gains add up: add regularizers one at a time, and check on the validation set each time.

# %%
panels = {
    "none": plain,
    "stop early": plain,
    "small": part(small, 100),
    "decay 3": decay_3,
    "dropout": dropout,
    "batch norm": batch_norm,
}

# %% figure="six_curves" tolerance="0.05"
fig, axes = plt.subplots(2, 3, figsize=(6.4, 5.2), sharex=True, sharey=True)
for ax, (name, runs) in zip(axes.flat, panels.items(), strict=True):
    mean = runs.mean(dim=0)
    end = mean[:, VAL_LOSS].argmin() + 1 if name == "stop early" else 20
    epochs = torch.arange(1, end + 1) * 5
    ax.plot(epochs, mean[:end, TRAIN_LOSS], "--", color="C0")
    ax.plot(epochs, mean[:end, VAL_LOSS], "-", color="C1")
    ax.plot(epochs[-1], mean[end - 1, VAL_LOSS], "o", color="C1")
    ax.set_title(name)
    ax.set(xlim=(0, 105), ylim=(0, 2.4), xticks=[25, 75], yticks=[0, 1, 2])
axes[1, 1].set_xlabel("epoch")
axes[0, 0].set_ylabel("loss")
axes[1, 0].set_ylabel("loss")

# %% [markdown] lang="ko" caption="six_curves"
# 여섯 가지 실행의 학습 곡선이며, 파선은 훈련 손실이고 실선은 검증 손실입니다. 조기 종료, 작은 모델, 감쇠, 드롭아웃에서는 두 선이 덜 벌어집니다.
#
# 작은 그래프 여섯 개가 있습니다. 가로축은 100에폭까지이고, 세로축은 시드 10개를 평균한 0~2.4의 손실입니다. 규제가 없으면 검증 손실이 50에폭 무렵부터 올라 0.75로 끝나며, 조기 종료는 이 곡선을 가장 낮은 곳에서 끊습니다. 작은 모델에서는 두 선이 천천히 내려가고 검증 손실이 0.7 근처에서 끝납니다. 감쇠 3에서는 검증 손실이 0.6 근처에서 평평해지고, 드롭아웃에서는 두 선이 나란히 내려가면서 검증 손실이 0.6 아래에서 끝납니다. 배치 정규화에서는 훈련 손실이 빠르게 0에 가까워지지만 검증 손실은 0.7 근처에 머무릅니다.
#
# - none: 없음
# - stop early: 조기 종료
# - small: 작은 모델
# - decay 3: 감쇠 3
# - dropout: 드롭아웃
# - batch norm: 배치 정규화
# - epoch: 에폭
# - loss: 손실

# %% [markdown] lang="en" caption="six_curves"
# Learning curves of six runs. Dashed: training loss; solid: validation loss. The two stay closer with early stopping, the small network, decay, and dropout.
#
# Six small charts. Horizontal axis: up to 100 epochs; vertical axis: loss from 0 to 2.4, mean of ten seeds. None: validation rises from about epoch 50 and ends at 0.75. Early stopping: the same curve, cut at its lowest point. Small: both fall slowly, and validation ends near 0.7. Decay 3: validation levels off near 0.6. Dropout: both come down side by side, and validation ends below 0.6. Batch norm: training quickly approaches 0 and validation stays near 0.7.

# %% [markdown] lang="ko"
# ## 다섯 가지와 세 가지 { #families .deeper }
#
# 강의 노트에서는 과적합의 대책을 두 번 나열합니다. 한곳에서는 데이터 늘리기, 특성 줄이기, 규제의 **세 가지**를 들고, 다른 곳에서는 조기 종료, 작은 모델, 가중치 감쇠, 드롭아웃, 배치 정규화의 **다섯 가지**를 듭니다. 두 목록을 합치면 네 갈래로 정리할 수 있습니다.
#
# | 갈래 | 바꾸는 것 | 방법 |
# |---|---|---|
# | 데이터 | 무엇을 보는가 | 데이터 늘리기, 데이터 증강 |
# | 용량 | 무엇을 나타낼 수 있는가 | 작은 모델, 특성 줄이기 |
# | 가중치 줄이기 | 가중치를 얼마나 키우는가 | L2 규제(벌점), 가중치 감쇠 |
# | 암묵적 규제 | 어떻게 학습하는가 | 조기 종료, 드롭아웃, 배치 정규화의 잡음 |
#
# [가중치 감쇠는 벌점이 아닐 수도 있으므로](weight_decay.md#adamw) 셋째 갈래의 이름을 벌점이라고 하지 않았습니다. 다섯 가지 목록에는 데이터 늘리기와 특성 줄이기가 없고, 세 가지 목록에는 조기 종료가 따로 나오지 않습니다. 아직 시험하지 않은 데이터 늘리기와 특성 줄이기의 효과를 측정해 봅시다. 먼저 남겨 둔 이미지 400장을 훈련 세트에 더합니다.

# %% [markdown] lang="en"
# ## Five methods and three { #families .deeper }
#
# In one place the lecture notes list **three** cures for overfitting: more data, fewer features, regularization. In another they list **five**: early stopping, a smaller network, weight decay, dropout, batch normalization. Both lists fit into four families.
#
# | Family | What it changes | Methods |
# |---|---|---|
# | Data | What the model sees | More data, data augmentation |
# | Capacity | What it can represent | Smaller network, fewer features |
# | Smaller weights | How far weights may grow | L2 regularization (a penalty), weight decay |
# | Implicit | How it is trained | Early stopping, dropout, the noise of batch normalization |
#
# The third family is not called "penalty," since [weight decay need not be one](weight_decay.md#adamw). The five leave out more data and fewer features; the three do not name early stopping. Measure the two that the five leave out. First add the 400 images kept for this.

# %% tolerance="0.5" anchor="more_data"
pairs = zip(data["train"], data["extra"], strict=True)
six_hundred = tuple(torch.cat(pair, dim=1) for pair in pairs)
_, many = fit(mlp, sets={**data, "train": six_hundred})
report("200 images", plain)
# > 200 images    train 0.982 val CE 0.752 | test: last 0.777 by loss 0.855 by accuracy 0.864
report("600 images", many)
# > 600 images    train 0.835 val CE 0.426 | test: last 0.904 by loss 0.918 by accuracy 0.927
many_last, many_stop = many[:, -1, TEST_ACC], at_best(many)[:, TEST_ACC]
assert compare("600 minus 200, last epoch", many_last, last) == "better"
# > 600 minus 200, last epoch    +12.7 points [+9.8, +15.5] better
assert compare("600 minus 200, stopped", many_stop, stop) == "better"
# > 600 minus 200, stopped       +6.4 points [+4.6, +8.1] better

# %% [markdown] lang="ko"
# 데이터를 세 배로 늘리자 마지막 에폭의 점수와 조기 종료했을 때의 점수가 모두 크게 올랐습니다. 조기 종료했을 때의 점수 0.927은 이 레슨에서 어떤 규제 방법으로 얻은 점수보다도 높습니다. 따라서 데이터를 더 구할 수 있다면 **데이터가 먼저**입니다. 특성 줄이기는 어떨까요? 픽셀을 2x2개씩 평균하여 특성을 16개로 줄여 봅시다.

# %% [markdown] lang="en"
# With three times the data, both the last and the stopped epoch gain a lot. The stopped score, 0.927, is above that of every regularizer in this lesson: if you can get more data, **data come first**. What about fewer features? Average 2x2 pixels to leave 16.


# %% tolerance="0.5" anchor="fewer_features"
def coarse_mlp():
    pool = [nn.Unflatten(2, (8, 8)), nn.AvgPool2d(2), nn.Flatten(2)]
    first = [Linears(16, 64), nn.ReLU()]
    second = [Linears(64, 64), nn.ReLU()]
    return nn.Sequential(*pool, *first, *second, Linears(64, 10))


_, coarse = fit(coarse_mlp)
report("64 features", plain)
# > 64 features   train 0.982 val CE 0.752 | test: last 0.777 by loss 0.855 by accuracy 0.864
report("16 features", coarse)
# > 16 features   train 0.785 val CE 0.744 | test: last 0.787 by loss 0.789 by accuracy 0.785
coarse_stop = at_best(coarse)[:, TEST_ACC]
assert compare("16 minus 64, stopped", coarse_stop, stop) == "worse"
# > 16 minus 64, stopped         -7.8 points [-10.0, -5.7] worse

# %% [markdown] lang="ko"
# 조기 종료를 해도 정확도가 7.8포인트나 낮습니다. 버린 특성에 정보가 있었는지는 네트워크를 학습시키지 않고도 알 수 있습니다. 훈련 이미지와 그 이미지에 맞는 레이블을 쓰는 [1-최근접 이웃](train_val_test.md)으로 특성을 줄이기 전과 줄인 뒤의 정확도를 비교합니다.

# %% [markdown] lang="en"
# Even with early stopping it is 7.8 points lower. Whether there was information in what was dropped can be seen without training: compare how often [1-nearest neighbor](train_val_test.md) on the training images, with true labels, is right before and after averaging.

# %%
steps = [nn.Unflatten(2, (8, 8)), nn.AvgPool2d(2), nn.Flatten(2)]
pool = nn.Sequential(*steps)


def neighbor(shrink):
    x, target = shrink(data["clean"][0]), data["clean"][1]
    nearest = torch.cdist(shrink(data["test"][0]), x).argmin(dim=2)
    return (
        (target.gather(1, nearest) == data["test"][1]).float().mean(dim=1)
    )


fine_right, coarse_right = neighbor(lambda x: x), neighbor(pool)
print(f"1-NN, 64 features {fine_right.mean():.3f}")
# > 1-NN, 64 features 0.947
print(f"1-NN, 16 features {coarse_right.mean():.3f}")
# > 1-NN, 16 features 0.858
assert compare("16 minus 64, 1-NN", coarse_right, fine_right) == "worse"
# > 16 minus 64, 1-NN            -8.9 points [-9.9, -7.9] worse

# %% [markdown] lang="ko"
# 학습 과정이 없는 1-NN의 정확도까지 떨어진 것을 보면, 평균하면서 버린 세부에 정보가 있었음을 알 수 있습니다. 특성 줄이기는 버리는 특성이 **쓸모없을 때** 도움이 됩니다.

# %% [markdown] lang="en"
# Even 1-NN, which has no training, got worse: there was information in the discarded detail. Fewer features help when what is dropped is **useless**.

# %% [markdown] lang="ko"
# ## 학습 모드와 평가 모드의 함정 { #pitfalls .deeper }
#
# 드롭아웃과 배치 정규화는 학습 모드와 평가 모드에서 다르게 동작합니다. 두 모드를 혼동하면 정확도가 얼마나 떨어질까요? 레이블이 모두 맞는 이미지 697장으로 네트워크 두 개를 하나씩 따로 학습시켜 확인합니다.
#
# !!! warning "`model.eval()` 없이 평가하면"
#     드롭아웃은 평가할 때도 유닛을 끄고, 배치 정규화는 평가 데이터의 통계량을 씁니다. 게다가 이동 통계량까지 **덮어씁니다**. `torch.no_grad()`를 써도 이런 일은 막을 수 없습니다.

# %% [markdown] lang="en"
# ## Pitfalls of training and evaluation mode { #pitfalls .deeper }
#
# Dropout and batch normalization behave differently in the two modes. How much does it cost to mix them up? Train two networks, one at a time, on 697 images with clean labels.
#
# !!! warning "Evaluating without `model.eval()`"
#     Dropout keeps switching units off, and batch normalization uses the statistics of the evaluation data. On top of that it **overwrites** the running statistics. `torch.no_grad()` does not prevent this.


# %%
def train_one(dropout):
    torch.manual_seed(0)
    hidden = [nn.Linear(64, 128), nn.BatchNorm1d(128), nn.ReLU()]
    net = nn.Sequential(*hidden, nn.Dropout(dropout), nn.Linear(128, 10))
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    x, target = ten[0]["test"]
    for _ in range(60):
        loss = F.cross_entropy(net.train()(x), target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return net


# %% tolerance="0.05"
net = train_one(dropout=0.5)
x_val, y_val = ten[0]["val"]
right_way = score(net, x_val, y_val)[1]
before = net[1].running_mean.clone()
net.train()
torch.manual_seed(0)
with torch.no_grad():
    answers = [net(x_val).argmax(dim=1) for _ in range(2)]
twice = [(answer == y_val).float().mean().item() for answer in answers]
drift = (net[1].running_mean - before).abs().max()
print(
    f"eval mode {right_way:.4f}  train mode {twice[0]:.4f}, {twice[1]:.4f}"
)
# > eval mode 0.9840  train mode 0.9620, 0.9660
print(f"running mean moved by up to {drift:.4f}")
# > running mean moved by up to 0.0450
assert max(twice) < right_way
assert drift > 0

# %% [markdown] lang="ko"
# 같은 모델에 같은 이미지를 넣었지만, 학습 모드에서는 정확도가 더 낮을 뿐만 아니라 호출할 때마다 달라집니다. 이동 평균까지 변했으니, 평가만 했는데도 모델이 바뀐 셈입니다.
#
# !!! warning "한 클래스만 든 배치"
#     학습 모드의 배치 정규화에 숫자 "3"만 모아 넣으면, 모든 3에 공통인 신호가 그 배치의 평균에 담깁니다. 따라서 평균을 빼면 그 신호도 사라집니다.

# %% [markdown] lang="en"
# Same model, same images, yet training mode is less accurate and differs from call to call. The running mean has moved, too: merely evaluating changed the model.
#
# !!! warning "A batch with a single class"
#     Give batch normalization in training mode a batch of nothing but threes, and the signal that all threes share is in the mean of that batch. Subtracting the mean removes it.

# %% tolerance="0.05"
bn_net = train_one(dropout=0.0)
one_class = [(y_val == digit).nonzero().flatten() for digit in range(10)]
mixed = torch.arange(500).split(50)
right = {}
rows_of = {"one class at a time": one_class, "mixed batches of 50": mixed}
for mode, how in [
    ("eval", "one class at a time"),
    ("train", "one class at a time"),
    ("train", "mixed batches of 50"),
]:
    batches = rows_of[how]
    copied = copy.deepcopy(bn_net).train(mode == "train")
    hits = [(copied(x_val[b]).argmax(1) == y_val[b]).sum() for b in batches]
    right[mode, how] = sum(hits).item() / 500
    print(f"{mode} mode, {how}: accuracy {right[mode, how]:.3f}")
# > eval mode, one class at a time: accuracy 0.978
# > train mode, one class at a time: accuracy 0.106
# > train mode, mixed batches of 50: accuracy 0.974

# %%
in_eval, alone, together = right.values()
assert alone < in_eval / 2
assert alone < together / 2

# %% [markdown] lang="ko"
# 한 클래스씩 넣으면 정확도가 무작위로 고를 때와 다름없는 수준으로 떨어지지만, 여러 숫자가 섞인 이미지를 50장씩 넣으면 학습 모드에서도 잘 맞힙니다. 배치의 크기가 비슷한데도 결과가 다르므로, 문제는 배치의 **구성**에 있습니다. 예를 들어 폴더마다 한 클래스씩 담긴 데이터를 섞지 않고 읽으면 이런 일이 생깁니다. 그렇다면 배치에 샘플이 하나만 들어오면 어떨까요?

# %% [markdown] lang="en"
# One class at a time, it collapses to no better than guessing; in mixed batches of 50, training mode does well. The batches are of about the same size, so the problem is their **composition**. This happens when data kept in one folder per class are read without shuffling. And a batch of one?

# %%
layer = nn.BatchNorm1d(128)
try:
    layer(torch.zeros(1, 128))
except ValueError as error:
    print(error)
# > Expected more than 1 value per channel when training, got input size torch.Size([1, 128])
assert layer.eval()(torch.zeros(1, 128)).shape == (1, 128)

# %% [markdown] lang="ko"
# 샘플 하나만으로는 분산을 구할 수 없으므로 오류가 납니다. 이 오류는 마지막 미니배치에 샘플이 하나만 남을 때 흔히 발생하며, `DataLoader`의 `drop_last=True`로 피할 수 있습니다. 평가 모드에서는 샘플이 하나라도 문제가 없습니다. 평가 모드에서만 성능이 나쁠 때 확인할 사항은 [증상으로 찾기](symptoms.md#worse-in-eval) 레슨에 있습니다.

# %% [markdown] lang="en"
# A single example has no variance, hence the error. It often shows up when the last mini-batch is left with one example; `drop_last=True` in `DataLoader` avoids it. In evaluation mode, one is fine. If only evaluation mode is bad, see [Find it by its symptom](symptoms.md#worse-in-eval).

# %% [markdown] lang="ko"
# ## 판정 { #verdict }
#
# 이제 시드마다 각 방법의 점수에서 다른 규제 없이 조기 종료만 했을 때의 점수를 뺍니다. 먼저 마지막 에폭의 결과를 비교하고, 다음으로 같은 방법에 조기 종료까지 더한 결과를 비교합니다.

# %% [markdown] lang="en"
# ## The verdict { #verdict }
#
# For each method, take the difference, seed by seed, from early stopping without any other regularizer: first at the last epoch, then with early stopping added to the same method.

# %% folded="optional"
methods = {
    "none": plain,
    "small": part(small, 100),
    "decay 3": decay_3,
    "dropout": dropout,
    "batch norm": batch_norm,
}

# %% tolerance="0.9"
for name, runs in methods.items():
    compare(f"{name}, last epoch", runs[:, -1, TEST_ACC], stop)
    stopped = at_best(runs)[:, TEST_ACC]
    if name != "none":
        assert compare(f"{name}, stopped", stopped, stop) == "cannot tell"
    # ko: 데이터를 늘린 쪽은 모든 방법보다 낫습니다.
    # en: More data is better than every method.
    assert paired_difference(many_stop, stopped)[1] > 0
# > none, last epoch             -8.6 points [-10.1, -7.1] worse
# > small, last epoch            -0.6 points [-1.9, +0.7] cannot tell
# > small, stopped               -1.0 points [-2.5, +0.5] cannot tell
# > decay 3, last epoch          -4.9 points [-6.4, -3.4] worse
# > decay 3, stopped             -0.1 points [-0.9, +0.8] cannot tell
# > dropout, last epoch          +0.6 points [-1.1, +2.2] cannot tell
# > dropout, stopped             +0.7 points [-0.8, +2.3] cannot tell
# > batch norm, last epoch       -8.1 points [-10.2, -6.0] worse
# > batch norm, stopped          -0.1 points [-1.6, +1.3] cannot tell

# %% tolerance="0.05" folded="drawing"
# ko: 움직이는 그림에 쓸 기록입니다. 정확도는 맞힌 이미지의 수로 저장합니다.
# en: the records for the lab in the figure's place, accuracies as counts
curves = {}
for name, runs in {**methods, "600 images": many}.items():
    losses = (runs.double() * 10_000).round() / 10_000
    curves[name] = {
        "train": losses[:, :, TRAIN_LOSS].tolist(),
        "val": losses[:, :, VAL_LOSS].tolist(),
        "val_right": (500 * runs[:, :, VAL_ACC]).round().int().tolist(),
        "test_right": (697 * runs[:, :, TEST_ACC]).round().int().tolist(),
    }
    lowest = losses[:, :, VAL_LOSS].argmin(dim=1)
    assert torch.equal(lowest, runs[:, :, VAL_LOSS].argmin(dim=1))

# %% figure="last_and_best" tolerance="0.05"
fig, ax = plt.subplots(figsize=(6.4, 4.6))
for place, runs in enumerate(methods.values()):
    for shift, chosen, mark, color, label in [
        (-0.2, runs[:, -1], "o", "C1", "last epoch"),
        (0.2, at_best(runs), "^", "C0", "stopped"),
    ]:
        heights = [place + shift] * 10
        shown = label if place == 0 else None
        ax.plot(
            chosen[:, TEST_ACC], heights, mark, color=color, label=shown
        )
ax.set_yticks(range(5), list(methods))
ax.set(xlim=(0.7, 0.92), ylim=(4.6, -1.3), xlabel="test accuracy")
ax.legend(loc="upper left", ncols=2)

# %% [markdown] lang="ko" caption="last_and_best"
# 마지막 에폭(동그라미)에서는 방법에 따라 정확도가 크게 다르지만, 조기 종료를 더하면(세모) 다섯 방법의 정확도가 거의 같아집니다.
#
# 점그래프이며, 가로축은 0.7에서 0.92까지의 테스트 정확도이고 세로 방향으로 방법 다섯 가지를 늘어놓았습니다. 방법마다 시드 10개의 점이 두 줄로 놓여 있습니다. 마지막 에폭에서는 규제가 없는 경우와 배치 정규화가 0.78 근처, 감쇠 3이 0.81 근처, 작은 모델과 드롭아웃이 각각 0.86과 0.87 근처에 있습니다. 조기 종료를 더하면 다섯 방법이 모두 0.86 근처에 모입니다.
#
# - none: 없음
# - small: 작은 모델
# - decay 3: 감쇠 3
# - dropout: 드롭아웃
# - batch norm: 배치 정규화
# - last epoch: 마지막 에폭
# - stopped: 조기 종료
# - test accuracy: 테스트 정확도

# %% [markdown] lang="en" caption="last_and_best"
# At the last epoch (circles) the methods differ widely; add early stopping (triangles), and all five stand nearly in line.
#
# Dot plot. Horizontal axis: test accuracy from 0.7 to 0.92; vertically, five methods, each with two rows of ten seeds. At the last epoch, none and batch norm are near 0.78, decay 3 near 0.81, the small network and dropout near 0.86 and 0.87. With early stopping all five gather around 0.86.


# %% lab="regularization_lab" data="curves"
# ko: 웹에서 이 그림을 움직이면 나오는 값입니다.
# ko: `state`를 바꾸어 `curves`와 함께 불러 보세요.
# en: What the lab in this figure's place computes:
# en: call it with another `state` and with `curves`.
def regularization_lab_lab(state, data):
    def choose(run, seed):
        score = run["val"][seed]
        if state["rule"] != "lowest validation loss":
            score = [-n for n in run["val_right"][seed]]
        if state["rule"] == "last epoch":
            return 19, 19
        best = 0
        for now in range(20):
            best = now if score[now] < score[best] else best
            if 5 * (now - best) >= round(state["patience"] / 5) * 5:
                break
        return best, now

    seed = round(state["seed"])
    chosen = {
        name: [choose(run, k) for k in range(10)]
        for name, run in data.items()
    }
    scores = {}
    for name, pairs in chosen.items():
        rows = zip(data[name]["test_right"], pairs, strict=True)
        right = [row[best] for row, (best, _) in rows]
        scores[name] = torch.tensor(right, dtype=torch.float64) / 697
    gap = 100 * (scores[state["method"]] - scores["none"])
    half = 2.262 * gap.std() / 10**0.5
    best, end = chosen[state["method"]][seed]
    test = scores[state["method"]][seed]
    return {
        "epoch": 5 * best + 5,
        "ended": 5 * end + 5,
        "test": test,
        "scores": list(scores.values()),
        "means": [one.mean() for one in scores.values()],
        "gap": [gap.mean(), gap.mean() - half, gap.mean() + half],
        "answered": bool(test < 0.5),
    }


# %% [markdown] lang="ko" question="regularization_lab"
# 이 실행 가운데 조기 종료 때문에 테스트 정확도가 0.5도 안 되는 네트워크가 있습니다. 기준, 인내 횟수, 방법, 시드를 바꾸어 찾아보세요. 찾은 다음에는 인내 횟수를 그대로 두고 기준만 바꾸어 보세요.
#
# 정확도를 기준으로 5에폭만 기다리면 드롭아웃은 시드 6과 9에서, 감쇠 3은 시드 9에서 학습 초반에 멈춥니다. 정확도는 이미지 한 장이 맞고 틀릴 때마다 오르내려서, 학습 초반에 한 번 내려간 것만으로 학습이 끝나 버립니다. 반면 손실은 매끄럽게 내려가므로 같은 5에폭으로도 이런 일이 없습니다. 따라서 인내 횟수는 기준마다 따로 정해야 합니다.
#
# - stop at: 멈추는 기준
# - last epoch: 마지막 에폭
# - lowest validation loss: 가장 낮은 검증 손실
# - highest validation accuracy: 가장 높은 검증 정확도
# - patience: 인내 횟수
# - {n} epochs: {n}에폭
# - method: 방법
# - none: 없음
# - small: 작은 모델
# - decay 3: 감쇠 3
# - dropout: 드롭아웃
# - batch norm: 배치 정규화
# - 600 images: 600장
# - seed: 시드
# - Losses and validation accuracy of one run up to epoch 100, and the epoch that is chosen: 한 실행에서 100에폭까지의 손실과 검증 정확도, 그리고 고른 에폭
# - Test accuracy of the ten seeds of each method at the chosen epochs: 방법마다 시드 10개에서 고른 에폭의 테스트 정확도
# - training loss: 훈련 손실
# - validation loss: 검증 손실
# - accuracy: 정확도
# - epoch: 에폭
# - test accuracy: 테스트 정확도
# - better: 더 나음
# - worse: 더 나쁨
# - cannot tell: 알 수 없음
# - Training ended at epoch {ended} and keeps the weights of epoch {epoch}, whose test accuracy is {test}. Over ten seeds it is {mean}; minus that of none it is {gap} points [{low}, {high}] ({verdict}).: 학습이 {ended}에폭에서 끝났고 {epoch}에폭의 가중치를 쓰며, 테스트 정확도는 {test}입니다. 시드 10개의 평균은 {mean}이고 규제가 없을 때와의 차이는 {gap}포인트[{low}, {high}]입니다({verdict}).

# %% [markdown] lang="en" question="regularization_lab"
# Early stopping ruins some of these runs: their test accuracy is below 0.5. Find one by changing rule, patience, method, and seed. Then leave the patience alone, and change only the rule.
#
# With a patience of 5 epochs on accuracy, dropout ends at the very beginning with seeds 6 and 9, and decay 3 with seed 9. Accuracy goes up and down as single images turn right and wrong, so that one early setback ends the training; the loss falls smoothly, and the same 5 epochs do no such harm. Hence each rule needs a patience of its own.

# %% [markdown] lang="ko"
# - **조기 종료**는 마지막 에폭에서 0.777이던 정확도를 0.864로 높입니다. 코드는 몇 줄이지만, 레이블이 모두 맞는 검증 이미지를 500장 썼습니다.
# - **드롭아웃**과 **작은 모델**은 100에폭이라는 정해진 시간 안에서 조기 종료와 비슷한 점수를 얻습니다. 그러나 더 오래 학습시키면 둘 다 점수가 내려갑니다.
# - **가중치 감쇠**는 마지막 에폭에서 도움이 되고, **배치 정규화**는 학습을 빠르게 합니다.
# - 나머지 네 방법은 조기 종료와 함께 쓰더라도 조기 종료만 할 때보다 나은지 **알 수 없습니다**. 확실히 나은 것은 데이터를 늘린 경우뿐입니다.
#
# 이 결과는 이 데이터에서 얻은 것이며, 틀린 레이블이 많아 조기 종료에 특히 유리합니다. 그러므로 다른 문제에도 그대로 쓸 수 있는 것은 순위가 아니라 **비교하는 방법**입니다. 즉, 한 번에 하나만 바꾸어 여러 시드에서 짝지은 차이를 구하고, 더 오래 학습시키는 대조 실험을 하며, 무엇이든 검증 세트로 골라야 합니다.

# %% [markdown] lang="en"
# - **Early stopping** takes the 0.777 of the last epoch to 0.864. It costs a few lines of code, and 500 clean validation labels.
# - **Dropout** and **the small network** score about as well as early stopping within the fixed time of 100 epochs. Trained longer, both get worse.
# - **Weight decay** helps at the last epoch; **batch normalization** makes training faster.
# - With early stopping added, **we cannot tell** for any of the other four whether it beats early stopping alone. What is clearly better is more data.
#
# These results belong to these data, and so many wrong labels favor early stopping in particular. What carries over is not the ranking but **the way to measure**: one change at a time, differences paired by seed, a control that trains longer, and a choice on the validation set.

# %% [markdown] lang="ko"
# ## 연습 문제 { #exercises }
#
# **1. 멈춘 곳과 가장 좋은 곳.** 검증 손실의 리스트와 인내 횟수를 받아, 몇 번째에서 멈추는지와 몇 번째가 가장 좋은지를 돌려주는 함수를 작성해 보세요. 인내 횟수가 1이면 무엇을 놓칠까요?
#
# ??? tip "힌트"
#     손실이 가장 낮았던 위치 하나만 기억하면 됩니다. 지금 위치에서 그 위치를 뺀 값이 바로 지금까지 기다린 횟수이기 때문입니다.

# %% [markdown] lang="en"
# ## Exercises { #exercises }
#
# **1. Where it stops, where it was best.** From a list of validation losses and a patience, return the index where training stops and the index of the best loss. What does patience 1 miss?
#
# ??? tip "Hint"
#     It is enough to remember the index of the lowest loss so far. The current index minus that one is how long you have waited.


# %% exercise="stop_and_best"
# ko: (멈춘 위치, 손실이 가장 낮은 위치)를 돌려주세요. 위치는 0부터 셉니다.
# ko: 끝까지 멈추지 않으면 마지막 위치이고, 값이 같으면 나아진 것이 아닙니다.
# en: Return (index where it stops, index of the best loss), from 0;
# en: the last index if it never stops. An equal loss is no improvement.
def stop_and_best(losses, patience):
    ### BEGIN SOLUTION
    best = 0
    for index, loss in enumerate(losses):
        if loss < losses[best]:
            best = index
        if index - best >= patience:
            break
    return index, best
    ### END SOLUTION


# %% check="stop_and_best"
nine = [1.0, 0.8, 0.7, 0.72, 0.69, 0.71, 0.73, 0.70, 0.75]
for losses, patience, right in [
    (nine, 3, (7, 4)),
    (nine, 1, (3, 2)),
    (nine, 100, (8, 4)),
    ([0.5, 0.5, 0.5, 0.4], 2, (2, 0)),
    ([3.0, 2.0, 1.0], 1, (2, 2)),
]:
    found = stop_and_best(losses, patience)
    case = f"stop_and_best({losses}, {patience})"
    assert found == right, f"{case}: {found}, expected {right}"


# %% wrong="stop_and_best"
# ko: 인내 횟수를 쓰지 않으므로, 멈추지 않고 끝까지 갑니다.
# en: It never stops: the patience is not used.
def stop_and_best(losses, patience):
    return len(losses) - 1, losses.index(min(losses))


# %% wrong="stop_and_best"
# ko: 같은 값이 나와도 나아진 것으로 보고 기다린 횟수를 처음부터 다시 셉니다.
# en: It takes an equal loss for an improvement, and begins to wait anew.
def stop_and_best(losses, patience):
    best = 0
    for index, loss in enumerate(losses):
        if loss <= losses[best]:
            best = index
        if index - best >= patience:
            break
    return index, best


# %% wrong="stop_and_best"
# ko: 가장 좋은 값이 아니라 바로 앞의 값과 비교하므로, 앞의 값보다 조금만 낮아도 나아진 것으로 봅니다.
# en: It compares with the loss just before, not with the best one, so any small drop counts as an improvement.
def stop_and_best(losses, patience):
    best, waited = 0, 0
    for index in range(1, len(losses)):
        waited = waited + 1 if losses[index] >= losses[index - 1] else 0
        if losses[index] < losses[best]:
            best = index
        if waited >= patience:
            break
    return index, best


# %% wrong="stop_and_best"
# ko: 기다린 횟수가 인내 횟수를 넘은 다음에야 멈추므로 한 번 늦습니다.
# en: It stops only when the patience is exceeded, one epoch late.
def stop_and_best(losses, patience):
    best = 0
    for index, loss in enumerate(losses):
        if loss < losses[best]:
            best = index
        if index - best > patience:
            break
    return index, best


# %% right="stop_and_best"
def stop_and_best(losses, patience):
    best, waited = 0, 0
    for index in range(1, len(losses)):
        waited += 1
        if losses[index] < losses[best]:
            best, waited = index, 0
        if waited == patience:
            return index, best
    return len(losses) - 1, best


# %% [markdown] lang="ko"
# **2. 손으로 만드는 드롭아웃.** 남길 자리를 받아 드롭아웃의 출력을 계산하는 함수를 작성해 보세요. 평균을 그대로 유지하려면 무엇을 곱해야 할까요?
#
# ??? tip "힌트"
#     값이 남을 확률은 $1 - p$이므로, 끄기만 하면 평균이 그만큼 작아집니다. 이를 되돌리는 배율을 생각해 보세요.

# %% [markdown] lang="en"
# **2. Dropout by hand.** Given which places to keep, compute the output of dropout. What factor keeps the mean as it was?
#
# ??? tip "Hint"
#     A value is kept with probability $1 - p$, so dropping alone shrinks the mean by this factor. Think about what undoes that.


# %% exercise="my_dropout"
# ko: keep은 x와 모양이 같은 True/False 텐서입니다.
# ko: True인 값만 남기고 배율을 맞추세요.
# en: keep is a tensor of True and False with the shape of x.
# en: Keep the True ones, and rescale.
def my_dropout(x, keep, p):
    ### BEGIN SOLUTION
    return x * keep / (1 - p)
    ### END SOLUTION


# %% check="my_dropout"
row, keep = torch.tensor([1.0, 1.0, 2.0]), torch.tensor([True, False, True])
for p in (0.3, 0.5, 0.0):
    expected = torch.tensor([1 / (1 - p), 0.0, 2 / (1 - p)])
    result = my_dropout(row, keep, p)
    case = f"my_dropout({row}, {keep}, {p}): {result}"
    assert isinstance(result, torch.Tensor), f"{case}, not a tensor"
    right = torch.allclose(result, expected, atol=1e-4)
    assert right, f"{case}, expected {expected}"
assert torch.equal(row, torch.tensor([1.0, 1.0, 2.0])), f"x is now {row}"
many_rows = torch.ones(1000, 100)
torch.manual_seed(0)
kept = torch.rand(1000, 100) >= 0.8
mean = my_dropout(many_rows, kept, 0.8).mean()
assert abs(mean - 1) < 0.02, f"p = 0.8: mean {mean}, expected about 1"


# %% wrong="my_dropout"
# ko: 끄기만 하고 남은 값을 키우지 않았으므로, 평균이 $1 - p$배로 줄어듭니다.
# en: Without scaling up what survives, the mean shrinks by the factor $1 - p$.
def my_dropout(x, keep, p):
    return x * keep


# %% wrong="my_dropout"
# ko: $p$는 꺼질 확률이므로, 남을 확률 $1 - p$로 나누어야 합니다.
# en: $p$ is the probability of being dropped; divide by that of being kept, $1 - p$.
def my_dropout(x, keep, p):
    return x * keep / p


# %% wrong="my_dropout"
# ko: 남길 자리와 끌 자리를 바꾸었습니다.
# en: It swaps the places to keep and the places to drop.
def my_dropout(x, keep, p):
    return x * ~keep / (1 - p)


# %% wrong="my_dropout"
# ko: 받은 텐서 자체를 바꾸므로, 다음에 쓸 때는 이미 꺼진 값이 들어 있습니다.
# en: It changes the tensor that it gets, so the next use finds dropped values in it.
def my_dropout(x, keep, p):
    x *= keep / (1 - p)
    return x


# %% right="my_dropout"
def my_dropout(x, keep, p):
    return torch.where(keep, x / (1 - p), torch.zeros_like(x))


# %% [markdown] lang="ko"
# **3. 이동 통계량.** 이동 평균이 0이고 이동 분산이 1인 배치 정규화 층이 학습 모드에서 배치를 한 번 받았는데, 그 배치에 든 한 특성의 값은 4와 6입니다. 모멘텀은 PyTorch의 기본값 0.1입니다. 갱신된 이동 평균과 이동 분산을 순서대로 리스트에 담아 보세요.
#
# ??? tip "힌트"
#     모멘텀은 새로운 값의 비율이며, 이동 분산에는 $n - 1$로 나눈 분산이 들어갑니다.

# %% [markdown] lang="en"
# **3. Running statistics.** A batch normalization layer with running mean 0 and running variance 1 sees one batch in training mode, in which a feature has the values 4 and 6. Its momentum is PyTorch's default, 0.1. Put its new running mean and running variance into a list in this order.
#
# ??? tip "Hint"
#     The momentum is the share of the new value, and the running variance takes the variance over $n - 1$.

# %% exercise="running_stats" path="deeper"
### BEGIN SOLUTION
# 0.9 * 0 + 0.1 * 5, 0.9 * 1 + 0.1 * 2
running_stats = [0.5, 1.1]
### END SOLUTION

# %% check="running_stats"
layer = nn.BatchNorm1d(1)
_ = layer(torch.tensor([[4.0], [6.0]]))
assert isinstance(running_stats, (list, tuple)), f"{running_stats}: no list"
assert len(running_stats) == 2, f"{len(running_stats)} numbers, not 2"
mean, var = running_stats
assert abs(mean - layer.running_mean.item()) < 1e-3, f"mean: not {mean}"
assert abs(var - layer.running_var.item()) < 1e-3, f"variance: not {var}"

# %% wrong="running_stats"
# ko: 배치를 정규화할 때 쓰는, $n$으로 나눈 분산입니다. 그러나 이동 분산에는 $n - 1$로 나눈 분산을 써야 합니다.
# en: This is the variance over $n$, which normalizes the batch; the running variance takes the one over $n - 1$.
running_stats = [0.5, 1.0]

# %% wrong="running_stats"
# ko: 모멘텀은 새로운 값의 비율인데, 이전 값에 곱했습니다.
# en: The momentum is the share of the new value; here it multiplies the old one.
running_stats = [4.5, 1.9]

# %% wrong="running_stats"
# ko: 평균은 맞지만, 이동 분산에 분산이 아니라 표준편차를 섞었습니다.
# en: The mean is right, but a standard deviation is mixed into the variance.
running_stats = [0.5, 1.0414]

# %% [markdown] lang="ko"
# **4. 매개변수의 수.** 너비가 차례로 64, 64, 64, 10인 MLP가 있습니다. 즉 입력이 64개이고 은닉층은 둘입니다. 편향까지 포함한 매개변수의 수를 구해 보세요. 은닉층의 너비를 두 배로 늘리면 매개변수가 두 배보다 많아지는 이유는 무엇일까요?
#
# ??? tip "힌트"
#     층마다 가중치는 입력 수와 출력 수를 곱한 만큼 있고, 편향은 출력마다 하나씩 있습니다.

# %% [markdown] lang="en"
# **4. Counting parameters.** An MLP has the widths 64, 64, 64, 10: 64 inputs and two hidden layers. Count its parameters, biases included. Why does doubling the hidden width more than double the count?
#
# ??? tip "Hint"
#     Each layer has as many weights as inputs times outputs, and one bias for each output.

# %% exercise="num_params"
### BEGIN SOLUTION
num_params = (64 + 1) * 64 + (64 + 1) * 64 + (64 + 1) * 10
### END SOLUTION

# %% check="num_params"
layers = [nn.Linear(64, 64), nn.Linear(64, 64), nn.Linear(64, 10)]
counted = sum(p.numel() for layer in layers for p in layer.parameters())
assert isinstance(num_params, int), f"{num_params!r} is not an int"
assert num_params == counted, f"{num_params} is not the number"

# %% wrong="num_params"
# ko: 편향을 빼고 가중치만 셌습니다.
# en: It counts the weights and leaves out the biases.
num_params = 64 * 64 + 64 * 64 + 64 * 10

# %% wrong="num_params"
# ko: 편향은 입력 유닛이 아니라 출력 유닛마다 하나씩 있습니다.
# en: A layer has one bias per output unit, not one per input unit.
num_params = 64 * 65 + 64 * 65 + 64 * 11

# %% wrong="num_params"
# ko: 입력층과 출력층만 세고 은닉층을 빠뜨렸습니다.
# en: It looks at input and output only and forgets the hidden layers.
num_params = (64 + 1) * 10

# %% [markdown] lang="ko"
# **5. 조기 종료보다 나을까?** 두 방법의 실행 기록을 받아, 새 방법이 더 나은지 판정하는 함수를 작성해 보세요. 두 방법이 각각 **검증** 정확도가 가장 높은 에폭에서 멈췄을 때의 테스트 정확도를 구하고, 시드마다 짝지은 차이로 판정합니다. 평균이 더 높은데도 "알 수 없다"고 말해야 하는 경우는 언제일까요? 함수를 완성하면 드롭아웃을 **입력에도** 적용한 모델을 만들어 `fit()`으로 학습시키고, `plain`과 비교해 보세요.
#
# ??? tip "힌트"
#     `at_best()`는 고른 에폭의 점수를, `paired_difference()`는 신뢰구간을 구합니다. 판정은 그 구간이 0의 어느 쪽에 있는지에 달려 있습니다.

# %% [markdown] lang="en"
# **5. Does it beat early stopping?** From the records of two methods, take for each the test accuracy at the epoch with the highest **validation** accuracy, subtract seed by seed, and judge whether the new method is better. When must the verdict be "cannot tell" although the mean is higher? Once it works, build a model with dropout **on the input, too**, train it with `fit()`, and compare it with `plain`.
#
# ??? tip "Hint"
#     `at_best()` gives the scores at the chosen epochs, and `paired_difference()` gives the interval. The verdict depends on which side of 0 the interval lies.


# %% exercise="beats" path="deeper"
# ko: new와 old의 모양은 (시드 10개, 기록한 에폭, 점수 5개)입니다.
# ko: "better", "worse", "cannot tell" 가운데 하나를 돌려주세요.
# en: new and old have the shape (10 seeds, recorded epochs, 5 scores).
# en: Return "better", "worse", or "cannot tell".
def beats(new, old):
    ### BEGIN SOLUTION
    best = [at_best(runs)[:, TEST_ACC] for runs in (new, old)]
    mean, low, high = paired_difference(*best)
    return "better" if low > 0 else "worse" if high < 0 else "cannot tell"
    ### END SOLUTION


# %% check="beats"
def record_of(val, test):  # the same epochs for each seed, its luck on top
    runs = torch.zeros(10, len(val), 5)
    luck = torch.tensor([-8, 5, 3, -6, 1, 7, -2, 4, 6, -10]) / 100
    runs[:, :, VAL_ACC] = torch.tensor(val)
    runs[:, :, TEST_ACC] = torch.tensor(test) + luck[:, None]
    return runs


old = record_of([0.8, 0.9], [0.7, 0.8])
noise = torch.tensor([0.05, -0.04] * 5)[:, None, None]
lucky = record_of([0.9, 0.8], [0.8, 0.95])
fades = record_of([0.9, 0.8], [0.82, 0.5])
for case, new, base, right in [
    ("+2 points, each seed", old + 0.02, old, "better"),
    ("-2 points, each seed", old, old + 0.02, "worse"),
    ("+0.5 points, 0 in the interval", old + noise, old, "cannot tell"),
    ("best on the test set only", lucky, old, "cannot tell"),
    ("worse at the last epoch only", fades, old, "better"),
]:
    found = beats(new, base)
    assert found == right, f"{case}: {found}, expected {right}"


# %% wrong="beats"
# ko: 테스트 점수로 에폭을 고르면, 운이 좋았던 에폭을 고르게 됩니다.
# en: Choosing the epoch by its test score picks the one that was lucky.
def beats(new, old):
    best = [runs[:, :, TEST_ACC].amax(dim=1) for runs in (new, old)]
    mean, low, high = paired_difference(*best)
    return "better" if low > 0 else "worse" if high < 0 else "cannot tell"


# %% wrong="beats"
# ko: 마지막 에폭끼리 비교하므로, 조기 종료한 모델의 점수가 아닙니다.
# en: It compares last epochs, which are not the scores of stopped models.
def beats(new, old):
    last = [runs[:, -1, TEST_ACC] for runs in (new, old)]
    mean, low, high = paired_difference(*last)
    return "better" if low > 0 else "worse" if high < 0 else "cannot tell"


# %% wrong="beats"
# ko: 신뢰구간을 구하지 않고 평균의 부호만 확인하므로, 알 수 없다고 답하는 경우가 없습니다.
# en: It looks at the sign of the mean without its interval, so that it can always tell.
def beats(new, old):
    best = [at_best(runs)[:, TEST_ACC].mean() for runs in (new, old)]
    return "better" if best[0] > best[1] else "worse"


# %% wrong="beats"
# ko: 짝을 짓지 않고 두 구간이 겹치는지만 확인하면, 두 모델에 공통된 운까지 차이로 계산됩니다.
# en: Asking whether two separate intervals overlap counts the luck that both models share as well.
def beats(new, old):
    best = [at_best(runs)[:, TEST_ACC] for runs in (new, old)]
    low, high = zip(
        *(paired_difference(b, torch.zeros(10))[1:] for b in best),
        strict=True,
    )
    return (
        "better"
        if low[0] > high[1]
        else "worse"
        if high[0] < low[1]
        else "cannot tell"
    )


# %% right="beats"
def beats(new, old):
    scores = []
    for runs in (new, old):
        place = runs[:, :, VAL_ACC].argmax(dim=1)
        scores.append(
            torch.stack(
                [
                    run[i, TEST_ACC]
                    for run, i in zip(runs, place, strict=True)
                ]
            )
        )
    gap = (scores[0] - scores[1]).double()
    half = 2.262 * gap.std() / 10**0.5
    if gap.mean().abs() <= half:
        return "cannot tell"
    return "better" if gap.mean() > 0 else "worse"


# %% [markdown] lang="ko"
# ## 퀴즈 { #quiz }
#
# ??? question "1. 조기 종료는 공짜일까요?"
#     - [ ] 네, 코드가 짧고 일찍 끝납니다: 시간을 아낄 수는 있지만, 언제 멈출지 정하려면 검증 레이블이 있어야 한다는 점을 놓친 답입니다.
#     - [ ] 네, 검증 이미지는 조금이면 됩니다: 적은 이미지로도 될 것 같지만, 50장의 정확도로 골랐더니 점수가 내려갔습니다.
#     - [x] 아니요, 검증 레이블이 필요합니다: 여기서는 검증 레이블을 훈련에 쓴 쪽의 점수가 더 높았습니다.
#
# ??? question "2. p = 0.3인 드롭아웃은 남은 값을 몇 배로 키울까요?"
#     - [x] $1/(1 - 0.3)$배입니다: 값이 남을 확률이 $1 - 0.3$이므로, 약 1.4286배로 키워야 평균이 그대로 유지됩니다.
#     - [ ] $1/0.3$배입니다: 꺼질 확률과 남을 확률을 혼동한 답입니다. p는 꺼질 확률이므로 이 값으로 나누면 안 됩니다.
#     - [ ] 키우지 않습니다: 학습할 때는 그대로 두고 평가할 때 줄이는 예전 방식이며, PyTorch에서는 학습할 때 키웁니다.
#
# ??? question "3. 한 클래스만 든 배치를 넣었을 때 왜 학습 모드에서 정확도가 크게 떨어졌을까요?"
#     - [ ] 가중치가 나빠졌기 때문입니다: 결과가 나쁘면 가중치부터 의심하기 쉽지만, 같은 모델이 평가 모드에서는 잘 맞혔습니다.
#     - [x] 평균과 함께 신호를 뺐기 때문입니다: 배치 정규화가 그 배치의 평균을 빼면서, 배치 전체에 공통인 클래스의 신호까지 지웠습니다.
#     - [ ] 배치가 너무 작았기 때문입니다: 배치가 작으면 통계량이 부정확해지기는 하지만, 여러 클래스가 섞인 50장은 학습 모드에서도 잘 맞혔습니다.
#
# ??? question "4. λ = 3인 가중치 감쇠는 확신만 낮췄을까요?"
#     - [x] 아니요, 온도로 나눌 때보다 손실이 더 내려갔습니다: 온도는 답을 바꾸지 않고 확신만 바꾸는데, 온도만으로는 손실이 이만큼 내려가지 않았습니다. 또한 마지막 에폭의 정확도도 올랐습니다.
#     - [ ] 아니요, 손실이 줄면 정확도도 오릅니다: 결론은 맞지만 추론이 틀렸습니다. 정확도를 그대로 두고 손실만 줄일 수도 있으므로, 둘은 따로 측정해야 합니다.
#     - [ ] 네, 가중치가 작으면 확신도 작습니다: 가중치가 작으면 로짓도 작아져 확신이 줄어들지만, 여기서는 모델의 답까지 달라졌습니다.
#
# ??? question "5. 다섯 가지를 모두 합치면 가장 좋을까요?"
#     - [ ] 네, 이득이 더해집니다: 방법마다 작용이 다르다면 그럴 수도 있지만, 드롭아웃과 배치 정규화를 함께 쓰는 것이 드롭아웃만 쓰는 것보다 나은지 알 수 없었습니다.
#     - [ ] 아니요, 서로 방해합니다: 지나치게 규제할 수는 있지만, 언제나 나빠진다고 할 근거는 없습니다.
#     - [x] 측정해 보아야 압니다: 한꺼번에 더하면 무엇이 도움이 되었는지도 알 수 없으므로, 하나씩 더하면서 검증 세트로 확인합니다.

# %% [markdown] lang="en"
# ## Quiz { #quiz }
#
# ??? question "1. Is early stopping free?"
#     - [ ] Yes, it is short and ends early: It saves time, but this forgets the validation labels that decide when to stop.
#     - [ ] Yes, a few validation images will do: They seem to suffice, but choosing by the accuracy on 50 lowered the score.
#     - [x] No, it spends validation labels: Here, using these labels for training was better.
#
# ??? question "2. By what factor does dropout with p = 0.3 scale the survivors?"
#     - [x] By $1/(1 - 0.3)$: That is about 1.4286. A value survives with probability $1 - 0.3$, so this factor keeps the mean.
#     - [ ] By $1/0.3$: This swaps the probabilities of being dropped and of being kept. Here p is that of being dropped, so it is not what to divide by.
#     - [ ] By none at all: Leaving them alone in training and shrinking at evaluation is the older scheme. PyTorch scales during training.
#
# ??? question "3. Why did single-class batches collapse in training mode?"
#     - [ ] Because the weights had got worse: A bad result makes one suspect them, but the same model did well in evaluation mode.
#     - [x] Because the signal went with the mean: Batch normalization subtracted the mean of that batch, and with it what all of the batch had in common, its class.
#     - [ ] Because the batch was too small: Statistics of small batches do vary, but 50 images with classes mixed did well in training mode.
#
# ??? question "4. Did weight decay with λ = 3 lower the confidence only?"
#     - [x] No, the loss fell below that of a temperature: A temperature changes the confidence and no answer, and it did not lower the loss as far. The accuracy at the last epoch rose as well.
#     - [ ] No, as the loss falls, accuracy rises: It did rise, but the inference is wrong. The loss can fall while the accuracy stays as it is, so measure both.
#     - [ ] Yes, small weights mean low confidence: Small weights make small logits and lower the confidence, but here answers changed as well.
#
# ??? question "5. Is it best to combine all five?"
#     - [ ] Yes, the gains add up: They might if the methods did different jobs, but dropout with batch normalization could not be told apart from dropout alone.
#     - [ ] No, they get in each other's way: One can regularize too much, but nothing says that it always hurts.
#     - [x] Only measuring can tell: Add one at a time and measure on the validation set. If you add them all at once, you cannot tell which one helped.

# %% [markdown] lang="ko"
# ## 정리 { #summary }
#
# - 시드마다 데이터 분할, 틀린 레이블, 초깃값을 바꾸고, 시드 10개의 짝지은 차이와 그 신뢰구간으로만 판정했습니다. 규제가 없을 때의 정확도는 0.777이었습니다.
# - 조기 종료는 검증 세트를 기준으로 인내 횟수만큼 기다린 다음, `copy.deepcopy()`로 저장해 둔 가중치를 되돌립니다. 정확도는 0.864로 올랐지만 검증 레이블 500개가 필요했습니다.
# - 손실로 멈추는지 정확도로 멈추는지에 따라 배치 정규화의 판정이 뒤집혔습니다. 따라서 어떤 기준으로 골랐는지 함께 적어야 합니다.
# - 드롭아웃은 남은 값을 $1/(1-p)$배로 키우고, 배치 정규화의 출력은 배치의 통계량을 거쳐 다른 샘플의 영향을 받습니다. 평가하기 전에는 `model.eval()`을 호출합니다.
# - 작은 모델도 오래 학습시키자 틀린 레이블을 외웠습니다. 에폭 수를 고정하여 비교하면 용량의 효과와 학습 시간의 효과가 섞입니다.
# - 규제 방법은 데이터, 용량, 가중치 줄이기, 암묵적 규제의 네 갈래로 나뉩니다. 이미지 400장을 더한 경우의 정확도는 0.927로, 다섯 가지 방법 가운데 어느 것보다도 높았습니다.

# %% [markdown] lang="en"
# ## What we saw { #summary }
#
# - Each seed changed split, noise, and initialization, and verdicts came only from paired differences over ten seeds and their intervals. Without regularization the accuracy was 0.777.
# - Early stopping watches the validation set, waits out its patience, and restores the weights saved with `copy.deepcopy()`. It reached 0.864, at the cost of 500 validation labels.
# - Whether we stopped by loss or by accuracy changed the verdict on batch normalization. Say which one you chose by.
# - Dropout scales the survivors by $1/(1-p)$; batch normalization ties examples together through batch statistics. Call `model.eval()` before evaluating.
# - Trained longer, the small network memorized the wrong labels as well. A fixed number of epochs mixes capacity with training time.
# - Regularizers fall into four families: data, capacity, smaller weights, implicit. With 400 more images the accuracy was 0.927, above that of all five methods.

# %% [markdown] lang="ko"
# ## 참고 자료 { #references }
#
# - PyTorch 문서: [`nn.Dropout`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Dropout.html), [`nn.BatchNorm1d`](https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm1d.html), [`torch.optim.AdamW`](https://docs.pytorch.org/docs/stable/generated/torch.optim.AdamW.html), [`nn.Module`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html), [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html)
# - N. Srivastava 외, [Dropout: A Simple Way to Prevent Neural Networks from Overfitting](https://jmlr.org/papers/v15/srivastava14a.html), 2014. 드롭아웃의 대표 논문이며, 입력에도 드롭아웃을 적용합니다.
# - S. Ioffe, C. Szegedy, [Batch Normalization](https://arxiv.org/abs/1502.03167), 2015. 빠른 학습이 목적이며 규제는 부수적인 효과라고 설명합니다.
# - L. Prechelt, [Early Stopping — But When?](https://doi.org/10.1007/3-540-49430-8_3), 1998. 학습을 멈추는 여러 기준을 비교합니다.
# - I. Goodfellow, Y. Bengio, A. Courville, [Deep Learning, 7장](https://www.deeplearningbook.org/contents/regularization.html), 2016. 이 레슨에서 다룬 방법을 한 장에 모아 설명합니다.

# %% [markdown] lang="en"
# ## References { #references }
#
# - PyTorch documentation: [`nn.Dropout`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Dropout.html), [`nn.BatchNorm1d`](https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm1d.html), [`torch.optim.AdamW`](https://docs.pytorch.org/docs/stable/generated/torch.optim.AdamW.html), [`nn.Module`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html), [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html)
# - N. Srivastava et al., [Dropout: A Simple Way to Prevent Neural Networks from Overfitting](https://jmlr.org/papers/v15/srivastava14a.html), 2014. The standard reference for dropout, which it also applies to the input.
# - S. Ioffe and C. Szegedy, [Batch Normalization](https://arxiv.org/abs/1502.03167), 2015. Faster training is the goal; regularization comes as a bonus.
# - L. Prechelt, [Early Stopping — But When?](https://doi.org/10.1007/3-540-49430-8_3), 1998. Compares criteria for stopping.
# - I. Goodfellow, Y. Bengio, and A. Courville, [Deep Learning, chapter 7](https://www.deeplearningbook.org/contents/regularization.html), 2016. The methods of this lesson in one chapter.
