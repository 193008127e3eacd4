# ---
# minutes: 25
# needs: [train_val_test, weight_decay]
# time_limit: 120
# ---

# %% [markdown] lang="ko"
# # 규제 다섯 가지를 한 데이터로 비교하기 { #regularization-lab }
#
# 조기 종료, 작은 모델, 가중치 감쇠, 드롭아웃, 배치 정규화를 같은 데이터와 같은 시드에서 비교하고, 무엇이 왜 도왔는지 대조 실험으로 가립니다.
#
# 규제 방법을 하나씩 소개하는 글은 많습니다. 한 데이터에서 나란히 재어 보는 글은 드뭅니다. 재어 보면 뜻밖의 일이 생깁니다. 가장 값싼 방법이 선두에 바짝 다가서고, 작은 모델의 이득은 다른 방법의 이득이었던 것으로 드러나고, 둘을 합친 것이 하나만 못하기도 합니다.
#
# !!! abstract "학습 목표"
#     - 시드 3개와 검증 세트로 규제 방법을 공정하게 비교합니다.
#     - 인내 횟수가 있는 조기 종료를 짜고, 가장 좋은 가중치를 되돌립니다.
#     - 드롭아웃과 배치 정규화를 손으로 계산하고, 훈련 모드와 평가 모드를 가려 씁니다.
#     - 더 오래 학습시키는 대조 실험으로, 규제의 효과와 느린 학습의 효과를 구별합니다.
#     - 규제 방법을 데이터, 용량, 벌점, 암묵적 규제의 네 갈래로 정리합니다.

# %% [markdown] lang="en"
# # Five regularizers, one dataset { #regularization-lab }
#
# Compare early stopping, a smaller network, weight decay, dropout, and batch normalization on the same data and seeds, and find out what helped.
#
# Many texts introduce these methods one by one. Few measure them side by side on one dataset. Do that, and surprises follow: the cheapest method comes close to winning, the gain of the small network turns out to belong to another method, and two methods together can do worse than one.
#
# !!! abstract "What you will be able to do"
#     - Compare regularizers fairly, with three seeds and a validation set.
#     - Write early stopping with patience, and restore the best weights.
#     - Compute dropout and batch normalization by hand, and switch between training and evaluation mode.
#     - Tell the effect of a regularizer from that of slow training, with a control that trains longer.
#     - Sort regularizers into four families: data, capacity, penalty, and implicit.

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
# **규제**(regularization)는 과적합(overfitting)을 줄이려는 모든 수단입니다. 과적합하지 않는 문제에서는 규제를 비교할 수 없으니, 과적합하는 문제를 만듭니다.
#
# 8×8 손글씨 숫자에서 훈련 이미지를 200장만 씁니다. 그중 40장에는 아무 레이블(label)이나 붙입니다. 500장은 검증, 1,097장은 테스트에 씁니다. 두 세트의 레이블은 건드리지 않습니다. [표준화](standardization.md)에 쓰는 평균과 표준편차는 훈련 이미지에서만, 모든 픽셀을 합쳐 하나씩 구합니다.

# %% [markdown] lang="en"
# ## Overfitting on purpose { #overfit }
#
# **Regularization** is anything meant to reduce overfitting. Where nothing overfits there is nothing to compare, so build a problem that does.
#
# Of the 8×8 handwritten digits, take only 200 training images, and give 40 of them random labels. Another 500 images are for validation and 1,097 for testing; their labels stay untouched. The mean and standard deviation for [standardization](standardization.md) come from the training images alone, one of each for all pixels together.

# %%
images = torch.tensor(load_digits().data, dtype=torch.float32)
digits = torch.tensor(load_digits().target)


def make_data(seed):
    generator = torch.Generator().manual_seed(seed)
    train, val, test = torch.randperm(1797, generator=generator).split([200, 500, 1097])
    labels = digits[train]
    labels[:40] = torch.randint(10, (40,), generator=generator)
    x = (images - images[train].mean()) / images[train].std()
    return {"train": (x[train], labels), "val": (x[val], digits[val]), "test": (x[test], digits[test])}


# %% [markdown] lang="ko"
# 시드마다 나누기, 틀린 레이블, 초기화가 모두 달라집니다. 아무렇게나 붙인 레이블이 우연히 맞을 때도 있습니다. 실제로 틀린 것은 몇 장일까요?

# %% [markdown] lang="en"
# The seed changes the split, the wrong labels, and the initialization. A random label is right now and then. How many are really wrong?

# %%
for seed in range(3):
    train = torch.randperm(1797, generator=torch.Generator().manual_seed(seed))[:200]
    labels = make_data(seed)["train"][1]
    print(f"seed {seed}: {(labels != digits[train]).sum().item()} of 200 training labels are wrong")
# > seed 0: 36 of 200 training labels are wrong
# > seed 1: 37 of 200 training labels are wrong
# > seed 2: 40 of 200 training labels are wrong
assert torch.equal(labels[40:], digits[train][40:])

# %% [markdown] lang="ko"
# 200장 가운데 36~40장이 틀렸습니다. 이 레이블을 외우면 훈련 정확도(accuracy)는 오르고 테스트 정확도는 내려갑니다.
#
# 학습 함수는 하나입니다. 방법마다 **한 가지만** 바꿉니다. 에폭(epoch)마다 훈련, 검증, 테스트 점수를 남깁니다. 테스트 점수는 비교표에만 쓰고, 무엇을 고를 때는 쓰지 않습니다. `weight_decay`는 [가중치 행렬에만](weight_decay.md) 겁니다.

# %% [markdown] lang="en"
# Between 36 and 40 of 200 are wrong. Memorizing them raises the training accuracy and lowers the test accuracy.
#
# There is one training function. Each method changes **one thing** in it. At every epoch it records training, validation, and test scores. The test scores go into the comparison; they never choose anything. The `weight_decay` acts on [weight matrices only](weight_decay.md).

# %%
TRAIN_LOSS, TRAIN_ACC, VAL_LOSS, VAL_ACC, TEST_ACC = range(5)


@torch.no_grad()
def evaluate(model, x, target):
    model.eval()
    logits = model(x)
    return F.cross_entropy(logits, target).item(), (logits.argmax(dim=1) == target).float().mean().item()


def adamw(model, weight_decay=0.0):
    weights = [p for p in model.parameters() if p.ndim > 1]
    others = [p for p in model.parameters() if p.ndim == 1]
    groups = [{"params": weights, "weight_decay": weight_decay}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=1e-3)


# %%
def fit(build, seed, num_epochs=200, weight_decay=0.0, label_smoothing=0.0, data=None):
    data = data or make_data(seed)
    x, target = data["train"]
    torch.manual_seed(seed)
    model = build()
    optimizer, history = adamw(model, weight_decay), []
    for _ in range(num_epochs):
        model.train()
        loss = F.cross_entropy(model(x), target, label_smoothing=label_smoothing)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        row = [*evaluate(model, x, target), *evaluate(model, *data["val"]), evaluate(model, *data["test"])[1]]
        history.append(row)
    return model, torch.tensor(history)


# %% [markdown] lang="ko"
# 한 방법은 시드 3개로 되풀이합니다. `at_best()`는 시드마다 검증 손실이 가장 낮은 에폭의 점수를 꺼냅니다.

# %% [markdown] lang="en"
# Each method is repeated with three seeds. For each seed, `at_best()` takes the scores of the epoch with the lowest validation loss.


# %%
def repeat(build, **options):
    return torch.stack([fit(build, seed, **options)[1] for seed in range(3)])


def at_best(runs):
    best = runs[:, :, VAL_LOSS].argmin(dim=1)
    return runs[range(len(runs)), best]


def report(name, rows):
    seeds = " ".join(f"{score:.3f}" for score in rows[:, TEST_ACC].tolist())
    mean = rows.mean(dim=0)
    print(
        f"{name:14} train {mean[TRAIN_ACC]:.3f}  val CE {mean[VAL_LOSS]:.3f}  test {seeds}  mean {mean[TEST_ACC]:.3f}"
    )


# %% [markdown] lang="ko"
# 기준 모델(baseline)은 은닉층 두 개짜리 다층 퍼셉트론(MLP)입니다. 규제 없이 200에폭을 돌립니다.

# %% [markdown] lang="en"
# The baseline is a multilayer perceptron with two hidden layers. Run it for 200 epochs without any regularization.


# %% tolerance="0.05"
def mlp(num_hidden=128):
    return nn.Sequential(
        nn.Linear(64, num_hidden), nn.ReLU(), nn.Linear(num_hidden, num_hidden), nn.ReLU(), nn.Linear(num_hidden, 10)
    )


plain = repeat(mlp)
print("parameters", sum(p.numel() for p in mlp().parameters()))
# > parameters 26122
report("none", plain[:, -1])
# > none           train 1.000  val CE 0.999  test 0.724 0.769 0.761  mean 0.751
assert plain[:, -1, TRAIN_ACC].min() > 0.98

# %% [markdown] lang="ko"
# 매개변수 26,122개가 이미지 200장을 틀린 레이블까지 모두 외웠습니다. 훈련 정확도는 1.000인데 테스트 정확도는 평균 0.751입니다. 언제부터 나빠졌을까요?

# %% [markdown] lang="en"
# With 26,122 parameters, the network memorized all 200 images, wrong labels included: training accuracy 1.000, test accuracy 0.751 on average. When did things turn bad?

# %% figure="overfitting" tolerance="0.05"
fig, ax = plt.subplots()
mean = plain.mean(dim=0)
epochs = torch.arange(1, 201)
ax.plot(epochs, mean[:, TRAIN_LOSS], "--", color="C0")
ax.plot(epochs, mean[:, VAL_LOSS], "-", color="C1")
lowest = mean[:, VAL_LOSS].argmin()
ax.plot(epochs[lowest], mean[lowest, VAL_LOSS], "*", color="C1", markersize=16)
assert mean[29, VAL_LOSS] < mean[29, TRAIN_LOSS]
ax.text(204, mean[-1, TRAIN_LOSS] + 0.1, "training", va="center")
ax.text(204, mean[-1, VAL_LOSS], "validation", va="center")
ax.set(xlim=(0, 285), xticks=[0, 50, 100, 150, 200], ylim=(0, 2.4), xlabel="epoch", ylabel="loss")

# %% [markdown] lang="ko" caption="overfitting"
# 훈련 손실은 끝까지 내려가지만, 검증 손실은 50에폭 무렵(별)을 지나 다시 오릅니다.
#
# 시드 3개의 평균 학습 곡선. 가로축은 1~200에폭, 세로축은 손실. 파선(훈련)은 2를 넘는 값에서 0 가까이까지 줄곧 내려갑니다. 실선(검증)은 함께 내려오다가 50에폭 무렵 0.57쯤에서 가장 낮고, 그 뒤로 올라 200에폭에 1.0이 됩니다.
#
# - epoch: 에폭
# - loss: 손실
# - training: 훈련
# - validation: 검증

# %% [markdown] lang="en" caption="overfitting"
# The training loss falls to the end; the validation loss turns around near epoch 50 (star) and rises.
#
# Learning curves, mean of three seeds. Horizontal axis: epochs 1 to 200; vertical axis: loss. The dashed training curve falls steadily from above 2 to near 0. The solid validation curve comes down with it, is lowest at about 0.57 near epoch 50, and then climbs to 1.0 at epoch 200.

# %% [markdown] lang="ko"
# 처음 얼마 동안은 검증 손실이 훈련 손실보다 **낮습니다**. 훈련 레이블만 틀렸기 때문입니다. 네트워크는 먼저 숫자의 모양을 배우고, 예외인 틀린 레이블은 나중에 외웁니다. 그 사이에 멈출 기회가 있습니다.

# %% [markdown] lang="en"
# At first the validation loss is **below** the training loss, because only training labels are wrong. The network learns the shapes of digits first and memorizes the exceptions, the wrong labels, later. In between lies the chance to stop.

# %% [markdown] lang="ko"
# ## 첫째, 조기 종료 { #early-stopping }
#
# **조기 종료**(early stopping)는 검증 손실이 더 내려가지 않을 때 멈추고 가장 좋았던 가중치를 씁니다. 한 번 올랐다고 바로 멈추면 잔물결에 속습니다. 그래서 **인내 횟수**(patience)만큼 기다립니다.

# %% [markdown] lang="en"
# ## One: early stopping { #early-stopping }
#
# **Early stopping** ends training once the validation loss no longer falls, and keeps the best weights. Stopping at the first rise would fall for every ripple, so it waits for a number of epochs called **patience**.


# %%
class EarlyStopping:
    def __init__(self, patience):
        self.patience, self.best_loss, self.best_epoch = patience, math.inf, 0

    def should_stop(self, epoch, val_loss, model):
        if val_loss < self.best_loss:
            self.best_loss, self.best_epoch = val_loss, epoch
            self.best_state = copy.deepcopy(model.state_dict())
        return epoch - self.best_epoch >= self.patience


# %% [markdown] lang="ko"
# 손실 아홉 개로 손계산을 해 봅시다. 인내 횟수가 3이면 어디에서 멈추고, 어느 가중치를 쓸까요? 0번째부터 셉니다.

# %% [markdown] lang="en"
# Work through nine losses by hand. With patience 3, where does it stop, and which weights does it keep? Count from 0.

# %%
stopper = EarlyStopping(patience=3)
for epoch, val_loss in enumerate([1.0, 0.8, 0.7, 0.72, 0.69, 0.71, 0.73, 0.70, 0.75]):
    if stopper.should_stop(epoch, val_loss, nn.Linear(1, 1)):
        break
print(f"stopped at {epoch}, best epoch {stopper.best_epoch} with {stopper.best_loss}")
# > stopped at 7, best epoch 4 with 0.69
assert (epoch, stopper.best_epoch) == (7, 4)

# %% [markdown] lang="ko"
# 0.72로 올랐지만 기다렸기에 4번째의 0.69를 찾았습니다. 그 뒤 세 번 동안 0.69보다 낮은 값이 없어 7번째에서 멈춥니다. 멈춘 곳과 가장 좋은 곳은 **다릅니다**. 실제 학습에서도 봅시다.

# %% [markdown] lang="en"
# The loss rose to 0.72, but patience paid off: index 4 has 0.69. Three epochs in a row fail to beat 0.69, so it stops at index 7. Where it stops is **not** where it was best. See it in a real run.

# %% tolerance="0.05"
data = make_data(0)
torch.manual_seed(0)
model = mlp()
optimizer = adamw(model)
stopper = EarlyStopping(patience=20)
for epoch in range(200):
    model.train()
    x, target = data["train"]
    loss = F.cross_entropy(model(x), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if stopper.should_stop(epoch, evaluate(model, *data["val"])[0], model):
        break
print(f"epochs run {epoch + 1}, best epoch {stopper.best_epoch + 1}")
# > epochs run 62, best epoch 42

# %% tolerance="0.05"
forgot = evaluate(model, *data["test"])[1]
model.load_state_dict(stopper.best_state)
restored = evaluate(model, *data["test"])[1]
print(f"test accuracy: as it stopped {forgot:.4f}, best weights restored {restored:.4f}")
# > test accuracy: as it stopped 0.8286, best weights restored 0.8715
assert restored > forgot
assert abs(restored - at_best(plain)[0, TEST_ACC]) < 0.01

# %% [markdown] lang="ko"
# 200에폭이 아니라 62에폭만 돌았으니 학습도 빨리 끝났습니다. 멈춘 순간의 가중치는 0.8286, 되돌린 가중치는 0.8715입니다.
#
# !!! warning "멈추기만 하고 되돌리지 않으면"
#     멈춘 모델은 인내 횟수만큼 과적합한 모델입니다. `load_state_dict()`로 되돌려야 합니다. 그리고 `state_dict()`는 복사본이 아니라 **지금의 가중치를 가리킵니다**. `copy.deepcopy()` 없이 담아 두면 "가장 좋은 가중치"가 학습과 함께 바뀝니다.

# %% [markdown] lang="en"
# It ran for 62 epochs rather than 200, so training was shorter as well. The weights at the moment of stopping score 0.8286, the restored ones 0.8715.
#
# !!! warning "Stopping without restoring"
#     The stopped model has overfitted for as long as patience lasted. Bring the best weights back with `load_state_dict()`. And `state_dict()` is no copy; it **points to the current weights**. Keep it without `copy.deepcopy()`, and your "best weights" change as training goes on.

# %%
layer = nn.Linear(1, 1, bias=False)
with torch.no_grad():
    layer.weight.fill_(1.0)
    kept, copied = layer.state_dict(), copy.deepcopy(layer.state_dict())
    layer.weight.fill_(2.0)
print("state_dict()", kept["weight"].item(), " deepcopy", copied["weight"].item())
# > state_dict() 2.0  deepcopy 1.0
assert kept["weight"].item() == 2.0

# %% [markdown] lang="ko"
# 1로 담아 둔 값이 2.0이 되었습니다. 복사한 값은 1.0 그대로입니다. 이제 시드 3개의 결과입니다.

# %% [markdown] lang="en"
# The value stored as 1 has become 2.0; the copy is still 1.0. Now the result over three seeds.

# %% tolerance="0.05"
stopped = at_best(plain)
report("none", plain[:, -1])
# > none           train 1.000  val CE 0.999  test 0.724 0.769 0.761  mean 0.751
report("early stopping", stopped)
# > early stopping train 0.825  val CE 0.566  test 0.871 0.838 0.872  mean 0.861
assert stopped[:, TEST_ACC].min() > plain[:, -1, TEST_ACC].max()

# %% [markdown] lang="ko"
# 평균이 0.751에서 0.861로 올랐습니다. 조기 종료의 가장 낮은 시드(0.838)가 규제 없는 가장 높은 시드(0.769)보다 높습니다. 이 레슨에서 "더 낫다"는 말은 이렇게 **어느 시드끼리 견주어도 뒤집히지 않을 때만** 씁니다.
#
# 값은 틀린 레이블을 외우기 **전에** 멈춘 데서 나옵니다. 가장 좋은 에폭의 훈련 정확도는 0.825입니다. 레이블의 약 5분의 1이 틀렸으니 그럴 만합니다.

# %% [markdown] lang="en"
# The mean rises from 0.751 to 0.861. The lowest seed with early stopping (0.838) beats the highest without (0.769). In this lesson "better" is said **only when no pair of seeds contradicts it**.
#
# The gain comes from stopping **before** the wrong labels are memorized. At the best epoch the training accuracy is 0.825, as it should be when about one label in five is wrong.

# %% [markdown] lang="ko"
# ### 멈추고 고르기, 어느 데이터로? { #which-data }
#
# 강의 노트는 "stop하고 pick theta"라고만 적었습니다. 어느 데이터를 보고 고를까요? 테스트로 고르면 점수는 언제나 같거나 높게 나옵니다.

# %% [markdown] lang="en"
# ### Stop and pick, on which data? { #which-data }
#
# The lecture notes say "stop and pick theta" and leave it there. Judging by which data? Picked on the test set, the score always comes out the same or higher.

# %% tolerance="0.05"
on_test, on_val = plain[:, :, TEST_ACC].amax(dim=1), at_best(plain)[:, TEST_ACC]
print("picked on test      ", *(f"{score:.3f}" for score in on_test.tolist()))
# > picked on test       0.876 0.853 0.873
print("picked on validation", *(f"{score:.3f}" for score in on_val.tolist()))
# > picked on validation 0.871 0.838 0.872
assert (on_test >= on_val).all()

# %% [markdown] lang="ko"
# 테스트로 고른 점수 0.876, 0.853, 0.873은 새 데이터의 점수가 아니라 **200개 가운데 최댓값**입니다. 시드 1에서는 0.838이 0.853으로 부풀었습니다. 테스트가 1,097장이라 이 정도이고, 작은 테스트일수록 더 부풉니다. 매개변수 θ는 [검증 세트로 고릅니다](train_val_test.md#choose-on-validation).

# %% [markdown] lang="en"
# The scores picked on the test set, 0.876, 0.853, and 0.873, are no estimate for new data; each is **the maximum of 200**. For seed 1 it turns 0.838 into 0.853. With 1,097 test images it stays at that; the smaller the test set, the more it inflates. Pick the parameters θ [on the validation set](train_val_test.md#choose-on-validation).

# %% [markdown] lang="ko"
# ## 둘째, 작은 모델 { #smaller }
#
# 외울 자리가 없으면 못 외우지 않을까요? 은닉층 하나에 유닛 16개, 그리고 8개인 모델을 써 봅니다.

# %% [markdown] lang="en"
# ## Two: a smaller network { #smaller }
#
# Without room to memorize, no memorizing? Try one hidden layer with 16 units, and with 8.


# %% tolerance="0.05"
def one_layer(num_hidden):
    return nn.Sequential(nn.Linear(64, num_hidden), nn.ReLU(), nn.Linear(num_hidden, 10))


small = repeat(lambda: one_layer(16), num_epochs=1000)
tiny = repeat(lambda: one_layer(8))
print("parameters", *(sum(p.numel() for p in one_layer(width).parameters()) for width in (16, 8)))
# > parameters 1210 610
report("16 hidden, 200", small[:, 199])
# > 16 hidden, 200 train 0.795  val CE 0.694  test 0.866 0.865 0.836  mean 0.856
report("8 hidden, 200", tiny[:, -1])
# > 8 hidden, 200  train 0.720  val CE 0.976  test 0.767 0.813 0.735  mean 0.771
assert small[:, 199, TEST_ACC].min() > plain[:, -1, TEST_ACC].max()
assert tiny[:, -1, TEST_ACC].max() < small[:, 199, TEST_ACC].min()

# %% [markdown] lang="ko"
# 매개변수가 26,122개에서 1,210개로 줄자 평균이 0.856이 되었습니다. 조기 종료와 비슷합니다. 8개짜리는 0.771입니다. 훈련 정확도마저 0.720이니 **과소적합**(underfitting)입니다.
#
# 그런데 16개짜리의 훈련 정확도 0.795는 수상합니다. 정말 표현 용량(capacity)이 모자랄까요, 아니면 **아직 덜 배웠을까요**? 대조 실험은 쉽습니다. 더 오래 학습시킵니다.

# %% [markdown] lang="en"
# Down from 26,122 to 1,210 parameters, and the mean is 0.856, about the same as early stopping. The one with 8 units scores 0.771. Even its training accuracy is only 0.720: **underfitting**.
#
# But the training accuracy of the 16-unit network, 0.795, looks suspicious. Does it lack capacity, or is it **not done learning**? The control is easy: train longer.

# %% tolerance="0.05"
report("16 hidden, 200", small[:, 199])
# > 16 hidden, 200 train 0.795  val CE 0.694  test 0.866 0.865 0.836  mean 0.856
report("16 hidden,1000", small[:, -1])
# > 16 hidden,1000 train 1.000  val CE 1.071  test 0.679 0.754 0.713  mean 0.715
report("at its best", at_best(small))
# > at its best    train 0.833  val CE 0.625  test 0.823 0.853 0.819  mean 0.832
assert small[:, -1, TEST_ACC].max() < small[:, 199, TEST_ACC].min()

# %% [markdown] lang="ko"
# 1,000에폭이 지나자 작은 모델도 훈련 정확도 1.000으로 모두 외웠고, 테스트는 0.715로 떨어졌습니다. 1,210개로도 200장은 넉넉히 외웁니다. 200에폭의 0.856은 작아서가 아니라 **느려서** 얻은 것, 곧 조기 종료가 모습을 바꾼 것이었습니다.
#
# !!! warning "느린 학습을 규제로 착각하기"
#     에폭 수를 고정하고 비교하면, 학습을 늦추는 것은 무엇이든 규제처럼 보입니다. 더 오래 돌려 보고, 검증 손실이 가장 낮은 에폭끼리도 비교하세요.

# %% [markdown] lang="en"
# After 1,000 epochs the small network, too, has memorized everything: training accuracy 1.000, test accuracy down to 0.715. For 200 images, 1,210 parameters are plenty. It owed its 0.856 at epoch 200 not to being small but to being **slow**: early stopping in disguise.
#
# !!! warning "Mistaking slow training for regularization"
#     With a fixed number of epochs, anything that slows training looks like a regularizer. Run longer, and also compare the epochs with the lowest validation loss.

# %% [markdown] lang="ko"
# ## 셋째, 가중치 감쇠 { #decay }
#
# **가중치 감쇠**(weight decay)는 걸음마다 가중치에 $1 - \eta\lambda$를 곱합니다. 여기서 $\eta$가 0.001이므로 $\lambda = 3$이라도 한 걸음에 1,000분의 3이 줄 뿐입니다. [AdamW](weight_decay.md#adamw)로 3과 10을 걸어 봅니다.

# %% [markdown] lang="en"
# ## Three: weight decay { #decay }
#
# **Weight decay** multiplies the weights by $1 - \eta\lambda$ at each step. With $\eta$ at 0.001, even $\lambda = 3$ removes only three thousandths per step. Try 3 and 10 with [AdamW](weight_decay.md#adamw).

# %% tolerance="0.05"
decay_3, decay_10 = repeat(mlp, weight_decay=3.0), repeat(mlp, weight_decay=10.0)
report("none", plain[:, -1])
# > none           train 1.000  val CE 0.999  test 0.724 0.769 0.761  mean 0.751
report("decay 3", decay_3[:, -1])
# > decay 3        train 1.000  val CE 0.766  test 0.740 0.775 0.768  mean 0.761
report("decay 10", decay_10[:, -1])
# > decay 10       train 0.922  val CE 0.639  test 0.790 0.810 0.812  mean 0.804
assert decay_3[:, -1, VAL_LOSS].max() < plain[:, -1, VAL_LOSS].min()
assert decay_3[:, -1, TEST_ACC].min() < plain[:, -1, TEST_ACC].max() < decay_10[:, -1, TEST_ACC].min()

# %% [markdown] lang="ko"
# $\lambda = 3$에서 검증 교차 엔트로피(cross entropy)는 0.999에서 0.766으로 뚜렷이 내려갑니다. 세 시드 모두 그렇습니다. 그런데 정확도는 0.751과 0.761로, 시드 사이의 차이에 묻힙니다. **손실은 좋아졌는데 정확도는 거의 그대로**입니다. 무엇이 바뀌었을까요? 확신(가장 높은 확률)의 평균을 정확도와 나란히 봅니다.

# %% [markdown] lang="en"
# At $\lambda = 3$ the validation cross entropy clearly falls, from 0.999 to 0.766, with all three seeds. The accuracies, 0.751 and 0.761, differ by less than the seeds do. **The loss improves; the accuracy hardly does.** What changed? Put the mean confidence (the largest probability) next to the accuracy.

# %% tolerance="0.05"
nets, gaps = {}, []
for name, weight_decay in [("none", 0.0), ("decay 3", 3.0)]:
    nets[name], history = fit(mlp, 0, weight_decay=weight_decay)
    with torch.no_grad():
        logits = nets[name](make_data(0)["val"][0])
    confidence = F.softmax(logits, dim=1).amax(dim=1).mean()
    size = sum(p.square().sum() for p in nets[name].parameters() if p.ndim > 1).sqrt()
    print(f"{name:8} weight norm {size:.2f}  mean confidence {confidence:.3f}  val accuracy {history[-1, VAL_ACC]:.3f}")
    gaps.append(confidence - history[-1, VAL_ACC])
# > none     weight norm 15.78  mean confidence 0.877  val accuracy 0.738
# > decay 3  weight norm 12.45  mean confidence 0.819  val accuracy 0.748
assert gaps[1] < gaps[0]

# %% [markdown] lang="ko"
# 규제가 없으면 0.877의 확신으로 0.738만 맞힙니다. $\lambda = 3$이면 확신이 0.819로 내려가고 정확도는 0.748입니다. 가중치의 노름은 15.78에서 12.45로 줄었습니다. 가중치가 작으면 로짓도 작고, 로짓이 작으면 덜 장담합니다. 약한 감쇠가 고친 것은 답이 아니라 **지나친 확신**입니다.
#
# $\lambda = 10$까지 키우면 정확도도 0.804로 오릅니다. 훈련 정확도가 0.922로 내려가는 것을 보면, 이제야 틀린 레이블을 다 외우지 못합니다.

# %% [markdown] lang="en"
# Without regularization the network is right on 0.738 of the images while claiming 0.877. With $\lambda = 3$ the confidence falls to 0.819 at an accuracy of 0.748. The norm of the weights went from 15.78 to 12.45. Smaller weights give smaller logits, and smaller logits promise less. What mild decay repairs is not the answers but the **overconfidence**.
#
# At $\lambda = 10$ the accuracy rises as well, to 0.804. The training accuracy, down to 0.922, shows that now it can no longer memorize all the wrong labels.

# %% figure="weight_histogram" tolerance="0.2"
fig, ax = plt.subplots()
edges = torch.linspace(-0.21, 0.21, 22)
for (name, net), color, style in zip(nets.items(), ["C1", "C0"], ["--", "-"], strict=True):
    counts = torch.histogram(net[2].weight.detach().flatten(), edges)[0]
    ax.stairs(counts, edges, color=color, linestyle=style, linewidth=2, label=name)
ax.set(xlabel="weight of the second layer", ylabel="count", xticks=[-0.2, 0, 0.2])
ax.legend(loc="upper right")

# %% [markdown] lang="ko" caption="weight_histogram"
# 가중치 감쇠는 둘째 층의 가중치를 0 쪽으로 모읍니다.
#
# 시드 0의 두 모델에서 둘째 층 가중치 16,384개의 분포. 이 범위를 벗어난 것은 뺐습니다. 가로축은 −0.21에서 0.21까지의 가중치, 세로축은 개수. 파선(감쇠 없음)은 낮고 넓으며, 실선(감쇠 3)은 0 둘레에서 더 높고 좁습니다.
#
# - none: 없음
# - decay 3: 감쇠 3
# - weight of the second layer: 둘째 층의 가중치
# - count: 개수

# %% [markdown] lang="en" caption="weight_histogram"
# Weight decay gathers the weights of the second layer around 0.
#
# Distribution of the 16,384 weights of the second layer in the two models of seed 0; weights beyond the range shown are left out. Horizontal axis: weight from −0.21 to 0.21; vertical axis: count. The dashed outline (no decay) is low and wide; the solid one (decay 3) is taller and narrower around 0.

# %% [markdown] lang="ko"
# ## 넷째, 드롭아웃 { #dropout }
#
# **드롭아웃**(dropout)은 학습하는 동안 유닛을 확률 $p$로 끕니다. 매번 다른 유닛이 꺼지니 어느 하나에 기댈 수 없습니다. 남은 값은 키웁니다.
#
# $$
# \tilde h = \frac{m}{1 - p}\, h, \qquad m = \begin{cases} 0 & \text{with probability } p \\ 1 & \text{with probability } 1 - p \end{cases}
# $$
#
# $m$의 평균이 $1 - p$이므로 $\tilde h$의 평균은 $h$입니다. 분산은 $h^2\,p/(1-p)$입니다. $p = 0.3$에서 1을 10만 개 넣어 확인합니다.

# %% [markdown] lang="en"
# ## Four: dropout { #dropout }
#
# **Dropout** switches units off with probability $p$ during training. Since it is a different set every time, no unit can be relied upon. The survivors are scaled up.
#
# $$
# \tilde h = \frac{m}{1 - p}\, h, \qquad m = \begin{cases} 0 & \text{with probability } p \\ 1 & \text{with probability } 1 - p \end{cases}
# $$
#
# The mean of $m$ is $1 - p$, so the mean of $\tilde h$ is $h$. Its variance is $h^2\,p/(1-p)$. Check with 100,000 ones and $p = 0.3$.

# %%
p = 0.3
ones = torch.ones(100_000)
torch.manual_seed(0)
dropped = F.dropout(ones, p=p, training=True)
print("values", [f"{value:.4f}" for value in dropped.unique().tolist()])
# > values ['0.0000', '1.4286']
print(f"zeros {(dropped == 0).float().mean():.4f}  mean {dropped.mean():.4f}  variance {dropped.var():.4f}")
# > zeros 0.3007  mean 0.9990  variance 0.4292
print(f"1/(1-p) {1 / (1 - p):.4f}  p/(1-p) {p / (1 - p):.4f}")
# > 1/(1-p) 1.4286  p/(1-p) 0.4286
assert torch.equal(F.dropout(ones, p=p, training=False), ones)
assert abs(dropped.mean() - 1) < 0.01
assert abs(dropped.var() - p / (1 - p)) < 0.01

# %% [markdown] lang="ko"
# 0이 된 비율은 0.3007이고, 살아남은 1은 1.4286이 되었습니다. 평균은 0.9990으로 거의 그대로이고 분산은 0.4292로 식의 0.4286과 맞습니다. 학습 때 미리 키워 두었으므로 평가 모드에서는 **아무것도 하지 않습니다**.
#
# 이제 은닉층마다 $p = 0.5$로 겁니다. 앞에서 배운 대로 200에폭과 400에폭을 모두 봅니다.

# %% [markdown] lang="en"
# The share of zeros is 0.3007, and every surviving 1 has become 1.4286. The mean hardly moves, 0.9990, and the variance, 0.4292, agrees with the 0.4286 of the formula. Since the scaling is done in training, evaluation mode **does nothing**.
#
# Now put $p = 0.5$ on each hidden layer. Lesson learned: look at 200 and at 400 epochs.


# %% tolerance="0.05"
def dropout_mlp():
    return nn.Sequential(
        *[nn.Linear(64, 128), nn.ReLU(), nn.Dropout(0.5)],
        *[nn.Linear(128, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10)],
    )


dropout = repeat(dropout_mlp, num_epochs=400)
report("none, 200", plain[:, -1])
# > none, 200      train 1.000  val CE 0.999  test 0.724 0.769 0.761  mean 0.751
report("dropout, 200", dropout[:, 199])
# > dropout, 200   train 0.880  val CE 0.481  test 0.855 0.875 0.861  mean 0.864
report("dropout, 400", dropout[:, -1])
# > dropout, 400   train 0.988  val CE 0.552  test 0.806 0.836 0.821  mean 0.821
report("200, stopped", at_best(dropout[:, :200]))
# > 200, stopped   train 0.860  val CE 0.465  test 0.870 0.872 0.892  mean 0.878
assert dropout[:, 199, TEST_ACC].min() > plain[:, -1, TEST_ACC].max()
assert (dropout[:, -1, TEST_ACC] < dropout[:, 199, TEST_ACC]).all()
assert (dropout[:, 199, VAL_LOSS] < plain[:, -1, VAL_LOSS] - 0.3).all()

# %% [markdown] lang="ko"
# 200에폭에서 0.864로, 되돌릴 것도 없이 조기 종료와 비슷합니다. 검증 교차 엔트로피는 0.999에서 0.481로 절반이 되었습니다.
#
# 400에폭에서는 0.821로 내려갑니다. 훈련 정확도가 0.880에서 0.988로 오르며 틀린 레이블을 외우기 시작한 것입니다. 드롭아웃은 과적합을 **늦추고 줄이지만 없애지는 않습니다**. 200에폭 안에서 조기 종료와 함께 쓰면 0.878입니다.

# %% [markdown] lang="en"
# At 200 epochs it scores 0.864, about what early stopping reached, with nothing to restore. The validation cross entropy is cut in half, from 0.999 to 0.481.
#
# At 400 epochs it is down to 0.821. The training accuracy has gone from 0.880 to 0.988; the network has begun to memorize. Dropout **delays and lessens** overfitting but does not abolish it. Combined with early stopping, within the 200 epochs, it scores 0.878.

# %% [markdown] lang="ko"
# ## 다섯째, 배치 정규화 { #batch-norm }
#
# **배치 정규화**(batch normalization)는 특성마다 배치(batch)의 평균을 빼고 표준편차로 나눈 다음, 배우는 값 $\gamma$와 $\beta$로 다시 키우고 옮깁니다.
#
# $$
# \hat x_i = \frac{x_i - \mu_B}{\sqrt{\sigma_B^2 + \epsilon}}, \qquad y_i = \gamma\,\hat x_i + \beta
# $$
#
# 이름은 비슷해도 정규화(normalization)는 규제가 아닙니다. 샘플 4개, 특성 2개로 손계산과 `nn.BatchNorm1d`를 견줍니다.

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

# %%
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
assert torch.allclose(bn.running_mean, 0.9 * torch.zeros(2) + 0.1 * mean)
assert torch.allclose(bn.running_var, 0.9 * torch.ones(2) + 0.1 * x.var(dim=0))
print("running mean", bn.running_mean)
# > running mean tensor([0.3000, 2.5000])
print("running var ", bn.running_var)
# > running var  tensor([ 1.3667, 17.5667])

# %% [markdown] lang="ko"
# 같습니다. 나눌 때는 $n$으로 나눈 분산을 쓰고, 이동 분산(running variance)에는 $n - 1$로 나눈 분산을 씁니다. 처음 값 0과 1에 배치의 값을 10분의 1씩 섞으므로 첫 특성의 이동 평균은 0.3, 이동 분산은 1.3667입니다. 평가 모드는 배치 대신 이 **이동 통계**(running statistics)를 씁니다.
#
# 여기에 숨은 성질이 있습니다. 한 샘플의 출력이 배치의 **다른 샘플에** 달려 있습니다. 첫 줄의 출력에서 기울기(gradient)를 흘려 확인합니다.

# %% [markdown] lang="en"
# They agree. The division uses the variance over $n$; the running variance takes the one over $n - 1$. The initial 0 and 1 are mixed with one tenth of the batch values, so for the first feature the running mean is 0.3 and the running variance 1.3667. Evaluation mode uses these **running statistics** instead of the batch.
#
# There is a hidden property. The output for one example depends on **the other examples** in the batch. Send a gradient back from the first row of the output.

# %%
for name, layer in [("linear", nn.Linear(2, 2)), ("batch norm", nn.BatchNorm1d(2))]:
    inputs = x.clone().requires_grad_()
    layer(inputs)[0].square().sum().backward()
    reached = (inputs.grad.abs().sum(dim=1) > 1e-7).tolist()
    print(f"{name:10} gradient reaches rows {reached}")
    assert all(reached) == (name == "batch norm")
# > linear     gradient reaches rows [True, False, False, False]
# > batch norm gradient reaches rows [True, True, True, True]

# %% [markdown] lang="ko"
# `nn.Linear`에서는 기울기가 첫 줄에만 닿고, 배치 정규화에서는 모든 줄에 닿습니다. 이웃이 바뀌면 출력이 흔들리고, 그 흔들림이 잡음이 되어 규제 노릇을 조금 합니다. 여기처럼 배치가 훈련 세트 전체이면 그 잡음조차 없습니다.

# %% [markdown] lang="en"
# In `nn.Linear` the gradient reaches the first row only; in batch normalization it reaches every row. Different neighbors shake the output, and that noise regularizes a little. When the batch is the whole training set, as here, even that noise is absent.


# %% tolerance="0.05"
def bn_mlp():
    return nn.Sequential(
        *[nn.Linear(64, 128), nn.BatchNorm1d(128), nn.ReLU()],
        *[nn.Linear(128, 128), nn.BatchNorm1d(128), nn.ReLU(), nn.Linear(128, 10)],
    )


batch_norm = repeat(bn_mlp)
report("none", plain[:, -1])
# > none           train 1.000  val CE 0.999  test 0.724 0.769 0.761  mean 0.751
report("batch norm", batch_norm[:, -1])
# > batch norm     train 1.000  val CE 0.624  test 0.789 0.809 0.797  mean 0.798
report("at its best", at_best(batch_norm))
# > at its best    train 1.000  val CE 0.596  test 0.794 0.827 0.818  mean 0.813
report("none, stopped", at_best(plain))
# > none, stopped  train 0.825  val CE 0.566  test 0.871 0.838 0.872  mean 0.861
assert batch_norm[:, -1, TEST_ACC].min() > plain[:, -1, TEST_ACC].max()
assert at_best(batch_norm)[:, TEST_ACC].max() < at_best(plain)[:, TEST_ACC].min()

# %% [markdown] lang="ko"
# 마지막 에폭의 정확도는 0.798로 규제 없는 0.751보다 낫습니다. 그러나 가장 좋은 에폭끼리 견주면 0.813으로, 배치 정규화 없이 조기 종료한 0.861에 **세 시드 모두 못 미칩니다**.
#
# 강의 노트는 배치 정규화를 규제 다섯 가지에 넣었습니다. 규제라면 훈련 데이터에 맞추기를 **방해**해야 합니다. 훈련 손실이 내려가는 속도를 봅시다.

# %% [markdown] lang="en"
# At the last epoch the accuracy is 0.798, better than 0.751 without. Between best epochs, however, its 0.813 falls short, **for every seed**, of the 0.861 that early stopping reaches without batch normalization.
#
# The lecture notes list batch normalization among five regularizers. A regularizer should **hinder** fitting the training data. Look at how fast the training loss falls.

# %% tolerance="0.05"
for name, runs in [("none", plain), ("dropout", dropout), ("batch norm", batch_norm)]:
    print(
        f"{name:10} training loss at epoch 30: {runs[:, 29, TRAIN_LOSS].mean():.4f}  at 100: {runs[:, 99, TRAIN_LOSS].mean():.4f}"
    )
# > none       training loss at epoch 30: 1.0527  at 100: 0.1704
# > dropout    training loss at epoch 30: 1.5096  at 100: 0.6659
# > batch norm training loss at epoch 30: 0.7018  at 100: 0.0353
assert batch_norm[:, 29, TRAIN_LOSS].max() < plain[:, 29, TRAIN_LOSS].min() < dropout[:, 29, TRAIN_LOSS].min()

# %% [markdown] lang="ko"
# 30에폭의 훈련 손실은 드롭아웃 1.5096, 없음 1.0527, 배치 정규화 0.7018입니다. 드롭아웃은 브레이크이고 배치 정규화는 **가속 페달**입니다. 배치 정규화는 무엇보다 최적화를 돕는 도구이고, 규제 효과는 곁따라옵니다. 이 데이터에서 마지막 에폭의 점수를 올린 것은 맞지만, 틀린 레이블을 외우는 일도 빨라졌습니다.

# %% [markdown] lang="en"
# At epoch 30 the training loss is 1.5096 with dropout, 1.0527 with nothing, and 0.7018 with batch normalization. Dropout is a brake, batch normalization an **accelerator**. It is first of all a tool for optimization, and regularization is a side effect. It did raise the last-epoch score on these data, but it also sped up memorizing the wrong labels.

# %% [markdown] lang="ko"
# ## 합치면 더 좋을까 { #combine }
#
# 드롭아웃도 돕고 배치 정규화도 도왔습니다. 둘을 함께 쓰면 이득이 더해질까요? [레이블 스무딩](cross_entropy_in_pytorch.md#label-smoothing)(label smoothing)도 곁들여 재어 봅니다.

# %% [markdown] lang="en"
# ## Better together? { #combine }
#
# Dropout helped, and so did batch normalization. Do the gains add up? Measure [label smoothing](cross_entropy_in_pytorch.md#label-smoothing) as well.


# %% tolerance="0.05"
def both_mlp():
    return nn.Sequential(
        *[nn.Linear(64, 128), nn.BatchNorm1d(128), nn.ReLU(), nn.Dropout(0.5)],
        *[nn.Linear(128, 128), nn.BatchNorm1d(128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10)],
    )


both = repeat(both_mlp)
smoothed = repeat(mlp, label_smoothing=0.1)
report("dropout", dropout[:, 199])
# > dropout        train 0.880  val CE 0.481  test 0.855 0.875 0.861  mean 0.864
report("batch norm", batch_norm[:, -1])
# > batch norm     train 1.000  val CE 0.624  test 0.789 0.809 0.797  mean 0.798
report("both", both[:, -1])
# > both           train 0.988  val CE 0.531  test 0.819 0.848 0.826  mean 0.831
report("smoothing", smoothed[:, -1])
# > smoothing      train 1.000  val CE 0.741  test 0.743 0.790 0.788  mean 0.774
gains = [(runs[:, 199, TEST_ACC] - plain[:, -1, TEST_ACC]).mean() for runs in (dropout, batch_norm, both)]
print("gains", *(f"{gain:.3f}" for gain in gains))
# > gains 0.112 0.047 0.079
assert both[:, -1, TEST_ACC].max() < dropout[:, 199, TEST_ACC].min()
assert smoothed[:, -1, TEST_ACC].min() < plain[:, -1, TEST_ACC].max()

# %% [markdown] lang="ko"
# 이득은 드롭아웃 0.112, 배치 정규화 0.047입니다. 둘을 합치면 0.079로, 합에 못 미칠 뿐 아니라 **드롭아웃 하나만도 못합니다**. 브레이크와 가속 페달을 함께 밟은 셈입니다. 다만 이것은 에폭 수를 고정한 비교입니다. 드롭아웃만 쓴 모델도 훈련 정확도가 같은 0.988에 이른 400에폭에서는 0.821이었습니다. 합친 쪽이 더 일찍 외운 것입니다. 레이블 스무딩은 0.774로, 시드가 서로 겹쳐 낫다고 말할 수 없습니다.
#
# 규제는 하나씩 더하고, 더할 때마다 검증 세트로 확인합니다.

# %% [markdown] lang="en"
# The gains are 0.112 for dropout and 0.047 for batch normalization. Together they give 0.079: less than the sum, and **less than dropout alone**. It is like pressing brake and accelerator at once. Mind that the number of epochs is fixed here: dropout alone, when it too had a training accuracy of 0.988 at epoch 400, scored 0.821. The combination memorizes sooner. Label smoothing scores 0.774; its seeds overlap with the baseline, so no claim.
#
# Add regularizers one at a time, and check on the validation set each time.

# %%
panels = {
    "none": plain,
    "stop early": plain,
    "small": small,
    "decay 10": decay_10,
    "dropout": dropout,
    "batch norm": batch_norm,
}

# %% figure="six_curves" tolerance="0.05"
fig, axes = plt.subplots(2, 3, figsize=(6.4, 5.2), sharex=True, sharey=True)
for ax, (name, runs) in zip(axes.flat, panels.items(), strict=True):
    mean = runs[:, :200].mean(dim=0)
    end = mean[:, VAL_LOSS].argmin() + 1 if name == "stop early" else 200
    ax.plot(range(1, end + 1), mean[:end, TRAIN_LOSS], "--", color="C0")
    ax.plot(range(1, end + 1), mean[:end, VAL_LOSS], "-", color="C1")
    ax.plot(end, mean[end - 1, VAL_LOSS], "o", color="C1")
    ax.set_title(name)
    ax.set(xlim=(0, 210), ylim=(0, 2.4), xticks=[50, 150], yticks=[0, 1, 2])
axes[1, 1].set_xlabel("epoch")
axes[0, 0].set_ylabel("loss")
axes[1, 0].set_ylabel("loss")

# %% [markdown] lang="ko" caption="six_curves"
# 여섯 실행의 학습 곡선. 파선은 훈련 손실, 실선은 검증 손실입니다. 두 선이 가장 덜 벌어지는 것은 조기 종료와 작은 모델, 드롭아웃입니다.
#
# 작은 그래프 여섯 개. 가로축은 200에폭까지, 세로축은 0~2.4의 손실. 없음: 검증이 50에폭 무렵부터 올라 1.0으로 끝납니다. 조기 종료: 그 곡선을 가장 낮은 곳에서 끊습니다. 작은 모델: 두 선이 천천히 내려가고 검증은 0.7에서 끝납니다. 감쇠 10: 검증이 0.6대에서 평평합니다. 드롭아웃: 검증이 0.5까지 내려가 머뭅니다. 배치 정규화: 훈련은 빠르게 0이 되고 검증은 0.6에 머뭅니다.
#
# - none: 없음
# - stop early: 조기 종료
# - small: 작은 모델
# - decay 10: 감쇠 10
# - dropout: 드롭아웃
# - batch norm: 배치 정규화
# - epoch: 에폭
# - loss: 손실

# %% [markdown] lang="en" caption="six_curves"
# Learning curves of six runs. Dashed: training loss; solid: validation loss. The two stay closest with early stopping, the small network, and dropout.
#
# Six small charts. Horizontal axis: up to 200 epochs; vertical axis: loss from 0 to 2.4. None: validation rises from about epoch 50 and ends at 1.0. Early stopping: the same curve, cut at its lowest point. Small: both fall slowly and validation ends at 0.7. Decay 10: validation levels off above 0.6. Dropout: validation comes down to 0.5 and stays. Batch norm: training quickly reaches 0 and validation stays at 0.6.

# %% [markdown] lang="ko"
# ## 다섯 가지와 세 가지 { #families }
#
# 강의 노트는 한곳에서 과적합의 대책으로 데이터 늘리기, 특성 줄이기, 규제의 **세 가지**를 들고, 다른 곳에서 조기 종료, 작은 모델, 가중치 감쇠, 드롭아웃, 배치 정규화의 **다섯 가지**를 듭니다. 두 목록은 네 갈래로 합쳐집니다.
#
# | 갈래 | 바꾸는 것 | 방법 |
# |---|---|---|
# | 데이터 | 무엇을 보는가 | 데이터 늘리기, 데이터 증강 |
# | 용량 | 무엇을 나타낼 수 있는가 | 작은 모델, 특성 줄이기 |
# | 명시적 벌점 | 무엇을 줄이는가 | 가중치 감쇠, L2 규제 |
# | 암묵적 규제 | 어떻게 학습하는가 | 조기 종료, 드롭아웃, 배치 정규화의 잡음 |
#
# 다섯 가지에는 데이터 늘리기와 특성 줄이기가 빠졌고, 세 가지에는 조기 종료가 따로 나오지 않습니다. 아직 재지 않은 앞의 둘을 재어 봅니다. 먼저 이미지를 400장 더하되, 틀린 레이블의 비율은 같게 합니다. 더한 것은 테스트에서 떼어 내고, 두 경우 모두 나머지 697장으로 잽니다.

# %% [markdown] lang="en"
# ## Five methods and three { #families }
#
# In one place the lecture notes list **three** cures for overfitting: more data, fewer features, regularization. In another they list **five**: early stopping, a smaller network, weight decay, dropout, batch normalization. Both lists fit into four families.
#
# | Family | What it changes | Methods |
# |---|---|---|
# | Data | What the model sees | More data, data augmentation |
# | Capacity | What it can represent | Smaller network, fewer features |
# | Explicit penalty | What it minimizes | Weight decay, L2 regularization |
# | Implicit | How it is trained | Early stopping, dropout, the noise of batch normalization |
#
# The five leave out more data and fewer features; the three do not name early stopping. Measure the two that the five leave out. First add 400 images, with the same share of wrong labels. They are taken from the test set, and both cases are scored on the remaining 697.


# %% tolerance="0.05"
def more_data(seed, num_extra):
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(1797, generator=generator)
    old, extra, test = order[:200], order[700 : 700 + num_extra], order[1100:]
    noise = [torch.randint(10, (len(rows) // 5,), generator=generator) for rows in (old, extra)]
    rows, labels = torch.cat([old, extra]), digits[torch.cat([old, extra])]
    labels[:40], labels[200 : 200 + num_extra // 5] = noise
    x = (images - images[old].mean()) / images[old].std()
    val = order[200:700]
    return {"train": (x[rows], labels), "val": (x[val], digits[val]), "test": (x[test], digits[test])}


# %% tolerance="0.05"
few, many = (
    torch.stack([fit(mlp, seed, data=more_data(seed, num_extra))[1] for seed in range(3)]) for num_extra in (0, 400)
)
for name, runs in [("200 images", few), ("600 images", many)]:
    report(name, runs[:, -1])
    report("   stopped", at_best(runs))
# > 200 images     train 1.000  val CE 0.999  test 0.722 0.772 0.758  mean 0.750
# >    stopped     train 0.825  val CE 0.566  test 0.861 0.831 0.875  mean 0.856
# > 600 images     train 0.994  val CE 0.572  test 0.824 0.848 0.801  mean 0.824
# >    stopped     train 0.819  val CE 0.421  test 0.928 0.928 0.915  mean 0.924
assert many[:, -1, TEST_ACC].min() > few[:, -1, TEST_ACC].max()
assert at_best(many)[:, TEST_ACC].min() > at_best(few)[:, TEST_ACC].max()

# %% [markdown] lang="ko"
# 데이터를 세 배로 늘리자 마지막 에폭은 0.750에서 0.824로, 조기 종료와 함께라면 0.856에서 0.924로 올랐습니다. 0.924는 앞의 어떤 규제 방법보다도 높은 점수입니다. 데이터를 구할 수 있으면 **데이터가 먼저**입니다. 특성을 줄이는 쪽은 어떨까요? 2×2 픽셀을 평균해 특성을 16개로 줄입니다.

# %% [markdown] lang="en"
# With three times the data, the last epoch goes from 0.750 to 0.824, and with early stopping from 0.856 to 0.924. No regularizer reached 0.924. If data can be had, **data come first**. What about fewer features? Average 2×2 pixels to leave 16.


# %% tolerance="0.05"
def coarse(seed):
    pool = nn.Sequential(nn.Unflatten(1, (1, 8, 8)), nn.AvgPool2d(2), nn.Flatten())
    return {part: (pool(x), target) for part, (x, target) in make_data(seed).items()}


def coarse_mlp():
    return nn.Sequential(nn.Linear(16, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, 10))


coarse_runs = torch.stack([fit(coarse_mlp, seed, data=coarse(seed))[1] for seed in range(3)])
report("64 features", plain[:, -1])
# > 64 features    train 1.000  val CE 0.999  test 0.724 0.769 0.761  mean 0.751
report("16 features", coarse_runs[:, -1])
# > 16 features    train 0.938  val CE 0.891  test 0.716 0.743 0.725  mean 0.728
report("   stopped", at_best(coarse_runs))
# >    stopped     train 0.792  val CE 0.718  test 0.789 0.798 0.781  mean 0.789
assert at_best(coarse_runs)[:, TEST_ACC].max() < at_best(plain)[:, TEST_ACC].min()

# %% [markdown] lang="ko"
# 0.728로 오르지 않았고, 조기 종료를 해도 0.789로 0.861에 못 미칩니다. 버린 픽셀에 정보가 있었기 때문입니다. 특성 줄이기는 버릴 것이 **정말 쓸모없을 때** 돕습니다.

# %% [markdown] lang="en"
# At 0.728 nothing was gained, and even with early stopping 0.789 falls short of 0.861. There was information in the discarded detail. Fewer features help when what is dropped is **really useless**.

# %% [markdown] lang="ko"
# ## 훈련 모드와 평가 모드의 함정 { #pitfalls }
#
# 드롭아웃과 배치 정규화는 두 모드에서 다르게 움직입니다. 헷갈리면 얼마나 손해일까요? 레이블이 깨끗한 이미지 1,097장으로 학습한 모델을 따로 준비합니다.
#
# !!! warning "`model.eval()` 없이 평가하면"
#     드롭아웃은 평가할 때도 유닛을 끄고, 배치 정규화는 평가 데이터의 통계를 씁니다. 게다가 이동 통계까지 **덮어씁니다**. `torch.no_grad()`는 이것을 막아 주지 않습니다.

# %% [markdown] lang="en"
# ## Pitfalls of training and evaluation mode { #pitfalls }
#
# Dropout and batch normalization behave differently in the two modes. How much does it cost to mix them up? Prepare models trained on 1,097 images with clean labels.
#
# !!! warning "Evaluating without `model.eval()`"
#     Dropout keeps switching units off, and batch normalization uses the statistics of the evaluation data. On top of that it **overwrites** the running statistics. `torch.no_grad()` does not prevent this.

# %% tolerance="0.05"
source = make_data(0)
clean = {"train": source["test"], "val": source["val"], "test": source["val"]}
net, _ = fit(both_mlp, 0, num_epochs=60, data=clean)
x_val, y_val = clean["val"]

_, right_way = evaluate(net, x_val, y_val)
before = net[1].running_mean.clone()
net.train()
torch.manual_seed(0)
with torch.no_grad():
    twice = [(net(x_val).argmax(dim=1) == y_val).float().mean().item() for _ in range(2)]
drift = (net[1].running_mean - before).abs().max()
print(f"eval mode {right_way:.4f}  train mode {twice[0]:.4f} and {twice[1]:.4f}  running mean moved by {drift:.4f}")
# > eval mode 0.9580  train mode 0.9060 and 0.9000  running mean moved by 0.0176
assert max(twice) < right_way
assert drift > 0

# %% [markdown] lang="ko"
# 같은 모델, 같은 이미지가 평가 모드에서는 0.9580, 훈련 모드에서는 0.9060과 0.9000입니다. 부를 때마다 다르고, 이동 평균은 0.0176만큼 움직였습니다. 평가만 했는데 모델이 바뀌었습니다.
#
# !!! warning "한 클래스만 든 배치"
#     훈련 모드의 배치 정규화에 숫자 "3"만 모아 넣으면, 그 배치의 평균이 곧 "3다움"입니다. 평균을 빼는 순간 그 신호가 사라집니다.

# %% [markdown] lang="en"
# Same model, same images: 0.9580 in evaluation mode, 0.9060 and 0.9000 in training mode. It differs from call to call, and the running mean has moved by 0.0176. Merely evaluating changed the model.
#
# !!! warning "A batch with a single class"
#     Give batch normalization in training mode a batch of nothing but threes, and the mean of that batch is what makes a three a three. Subtracting the mean removes the signal.

# %% tolerance="0.05"
bn_net, _ = fit(bn_mlp, 0, num_epochs=60, data=clean)
right = {}
for mode in ("eval", "train"):
    right[mode] = 0
    for digit in range(10):
        copied = copy.deepcopy(bn_net).train(mode == "train")
        rows = y_val == digit
        right[mode] += (copied(x_val[rows]).argmax(dim=1) == digit).sum().item()
    print(f"{mode:5} mode, one class at a time: accuracy {right[mode] / 500:.3f}")
# > eval  mode, one class at a time: accuracy 0.980
# > train mode, one class at a time: accuracy 0.108

# %% tolerance="0.05"
bn_net.train()
mixed = sum(
    (bn_net(x).argmax(dim=1) == target).sum().item() for x, target in zip(x_val.split(50), y_val.split(50), strict=True)
)
print(f"train mode, mixed batches of 50: accuracy {mixed / 500:.3f}")
# > train mode, mixed batches of 50: accuracy 0.972
assert right["train"] < mixed / 2
assert right["train"] < right["eval"] / 2

# %% [markdown] lang="ko"
# 0.980이 0.108로 무너집니다. 찍기와 다름없습니다. 여러 숫자가 섞인 50장씩이라면 훈련 모드라도 0.972입니다. 배치의 크기가 아니라 **구성**이 문제입니다. 폴더마다 한 클래스씩 담긴 데이터를 섞지 않고 읽으면 생기는 일입니다. 배치에 하나만 들어오면 어떨까요?

# %% [markdown] lang="en"
# From 0.980 it collapses to 0.108, no better than guessing. In mixed batches of 50, training mode still scores 0.972. The problem is not the size of the batch but its **composition**. This happens when data kept in one folder per class are read without shuffling. And a batch of one?

# %%
layer = nn.BatchNorm1d(128)
try:
    layer(torch.zeros(1, 128))
except ValueError as error:
    print(error)
# > Expected more than 1 value per channel when training, got input size torch.Size([1, 128])
assert layer.eval()(torch.zeros(1, 128)).shape == (1, 128)

# %% [markdown] lang="ko"
# 하나만으로는 분산을 구할 수 없으니 오류가 납니다. 마지막 미니배치에 샘플이 하나만 남을 때 흔히 봅니다. `DataLoader`의 `drop_last=True`로 피할 수 있습니다. 평가 모드에서는 하나라도 괜찮습니다.

# %% [markdown] lang="en"
# A single example has no variance, hence the error. It often shows up when the last mini-batch is left with one example; `drop_last=True` in `DataLoader` avoids it. In evaluation mode, one is fine.

# %% [markdown] lang="ko"
# ## 판정 { #verdict }
#
# 모두 한 표에 모읍니다. `+-` 뒤는 테스트 1,097장에서 오는 95% 신뢰구간의 절반 폭입니다. 오른쪽은 방법마다 조기 종료를 함께 썼을 때입니다.

# %% [markdown] lang="en"
# ## The verdict { #verdict }
#
# All in one table. After `+-` stands the half-width of the 95% confidence interval that comes with 1,097 test images. On the right, each method is combined with early stopping.

# %%
last = {
    "none": plain[:, -1],
    "early stopping": at_best(plain),
    "small": small[:, 199],
    "decay 10": decay_10[:, -1],
    "dropout": dropout[:, 199],
    "batch norm": batch_norm[:, -1],
}

# %%
best = {
    "none": at_best(plain),
    "early stopping": at_best(plain),
    "small": at_best(small[:, :200]),
    "decay 10": at_best(decay_10),
    "dropout": at_best(dropout[:, :200]),
    "batch norm": at_best(batch_norm),
}
assert at_best(many)[:, TEST_ACC].min() > max(rows[:, TEST_ACC].max() for rows in best.values())

# %% tolerance="0.05"
for name in last:
    p = last[name][:, TEST_ACC].mean().item()
    reach = 1.96 * math.sqrt(p * (1 - p) / 1097)
    print(f"{name:14} last epoch {p:.3f} +- {reach:.3f}  best validation epoch {best[name][:, TEST_ACC].mean():.3f}")
# > none           last epoch 0.751 +- 0.026  best validation epoch 0.861
# > early stopping last epoch 0.861 +- 0.021  best validation epoch 0.861
# > small          last epoch 0.856 +- 0.021  best validation epoch 0.856
# > decay 10       last epoch 0.804 +- 0.023  best validation epoch 0.836
# > dropout        last epoch 0.864 +- 0.020  best validation epoch 0.878
# > batch norm     last epoch 0.798 +- 0.024  best validation epoch 0.813

# %% figure="last_and_best" tolerance="0.05"
fig, ax = plt.subplots(figsize=(6.4, 4.6))
names = ["none", "small", "decay 10", "dropout", "batch norm"]
for place, name in enumerate(names):
    ax.plot(last[name][:, TEST_ACC], [place - 0.15] * 3, "o", color="C1", label="last epoch" if place == 0 else None)
    ax.plot(best[name][:, TEST_ACC], [place + 0.15] * 3, "^", color="C0", label="stopped" if place == 0 else None)
ax.set_yticks(range(5), names)
ax.set(xlim=(0.7, 0.92), ylim=(4.6, -1.3), xlabel="test accuracy")
ax.legend(loc="upper left", ncols=2)

# %% [markdown] lang="ko" caption="last_and_best"
# 마지막 에폭(동그라미)에서는 방법에 따라 크게 다르지만, 조기 종료를 더하면(세모) 차이가 줄고 '없음'도 더는 꼴찌가 아닙니다.
#
# 점 그래프. 가로축은 0.7에서 0.92까지의 테스트 정확도, 세로로 방법 다섯. 방법마다 시드 3개의 점이 두 줄입니다. 마지막 에폭 평균은 없음 0.75, 작은 모델 0.86, 감쇠 10 0.80, 드롭아웃 0.86, 배치 정규화 0.80. 조기 종료를 더하면 0.86, 0.86, 0.84, 0.88, 0.81입니다.
#
# - none: 없음
# - small: 작은 모델
# - decay 10: 감쇠 10
# - dropout: 드롭아웃
# - batch norm: 배치 정규화
# - last epoch: 마지막 에폭
# - stopped: 조기 종료
# - test accuracy: 테스트 정확도

# %% [markdown] lang="en" caption="last_and_best"
# At the last epoch (circles) the methods differ widely; add early stopping (triangles), and the differences shrink, with "none" no longer last.
#
# Dot plot. Horizontal axis: test accuracy from 0.7 to 0.92; vertically, five methods, each with two rows of three seeds. Last-epoch means: none 0.75, small 0.86, decay 10 0.80, dropout 0.86, batch norm 0.80. With early stopping: 0.86, 0.86, 0.84, 0.88, 0.81.

# %% [markdown] lang="ko"
# - **조기 종료**는 0.751을 0.861로 올립니다. 코드 몇 줄이고, 학습은 오히려 짧아집니다. 여기서는 가장 값싼 규제입니다.
# - **드롭아웃**은 마지막 에폭만으로 0.864입니다. 조기 종료와 함께 쓴 0.878은 조기 종료만의 0.861보다 평균은 높지만, 신뢰구간이 겹치니 더 낫다고 단정하지 않습니다.
# - **작은 모델**의 0.856은 200에폭에서 멈춘 덕입니다.
# - **가중치 감쇠**는 약하면 확신을, 세면 정확도까지 고칩니다. **배치 정규화**는 학습을 빠르게 하고, 규제로는 약합니다.
#
# 이 순위는 이 데이터의 것입니다. 틀린 레이블이 많아 조기 종료에 특히 유리합니다. 옮겨 갈 것은 순위가 아니라 **재는 방법**입니다. 한 번에 하나, 시드 여러 개, 더 긴 학습의 대조, 검증 세트로 고르기입니다.

# %% [markdown] lang="en"
# - **Early stopping** takes 0.751 to 0.861. It costs a few lines, and training even gets shorter: the cheapest regularizer here.
# - **Dropout** reaches 0.864 at the last epoch by itself. With early stopping its mean, 0.878, is above the 0.861 of early stopping alone, but the intervals overlap, so call it undecided.
# - **The small network** owes its 0.856 to stopping at epoch 200.
# - **Weight decay** repairs confidence when weak and accuracy as well when strong. **Batch normalization** speeds up training and is weak as a regularizer.
#
# This ranking belongs to these data. So many wrong labels favor early stopping in particular. What carries over is not the ranking but **the way to measure**: one change at a time, several seeds, a control that trains longer, and a choice on the validation set.

# %% [markdown] lang="ko"
# ## 연습 문제 { #exercises }
#
# **1. 멈춘 곳과 가장 좋은 곳.** 검증 손실의 리스트와 인내 횟수를 받아, 멈춘 번째와 가장 좋은 번째를 돌려주세요. 인내 횟수가 1이면 무엇을 놓칠까요?

# %% [markdown] lang="en"
# ## Exercises { #exercises }
#
# **1. Where it stops, where it was best.** From a list of validation losses and a patience, return the index where training stops and the index of the best loss. What does patience 1 miss?


# %% exercise="stop_and_best"
# ko: (멈춘 번째, 가장 좋은 번째)를 돌려주세요. 0부터 셉니다. 끝까지 멈추지 않으면 마지막 번째입니다.
# en: Return (index where it stops, index of the best loss), counted from 0; the last index if it never stops.
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
val_losses = [1.0, 0.8, 0.7, 0.72, 0.69, 0.71, 0.73, 0.70, 0.75]
assert stop_and_best(val_losses, 3) == (7, 4)
assert stop_and_best(val_losses, 1) == (3, 2)
assert stop_and_best(val_losses, 100) == (8, 4)

# %% [markdown] lang="ko"
# **2. 손으로 만드는 드롭아웃.** 남길 자리를 받아 드롭아웃의 출력을 계산해 보세요. 평균이 그대로이려면 무엇을 곱해야 할까요?

# %% [markdown] lang="en"
# **2. Dropout by hand.** Given which places to keep, compute the output of dropout. What factor keeps the mean as it was?


# %% exercise="my_dropout"
# ko: keep은 x와 모양이 같은 True/False 텐서입니다. True인 값만 남기고 배율을 맞추세요.
# en: keep is a tensor of True and False with the shape of x. Keep the True ones, and rescale.
def my_dropout(x, keep, p):
    ### BEGIN SOLUTION
    return x * keep / (1 - p)
    ### END SOLUTION


# %% check="my_dropout"
row = torch.tensor([1.0, 1.0, 2.0])
result = my_dropout(row, torch.tensor([True, False, True]), 0.3)
assert isinstance(result, torch.Tensor)
assert torch.allclose(result, torch.tensor([1.4286, 0.0, 2.8571]), atol=1e-4)
many_rows = torch.ones(100_000)
keep = torch.rand(100_000, generator=torch.Generator().manual_seed(0)) >= 0.3
assert abs(my_dropout(many_rows, keep, 0.3).mean() - 1) < 0.01

# %% [markdown] lang="ko"
# **3. 이동 통계.** 이동 평균 0, 이동 분산 1에서 출발해 배치 (4, 6)을 한 번 보면 얼마가 될까요? 어느 분산을 쓰는지 떠올려 보세요.

# %% [markdown] lang="en"
# **3. Running statistics.** Starting from running mean 0 and running variance 1, what are they after one batch (4, 6)? Remember which variance is used.


# %% exercise="running_stats"
# ko: 한 특성의 값 batch를 한 번 본 뒤의 (이동 평균, 이동 분산)을 실수 둘로 돌려주세요.
# en: Return (running mean, running variance), two floats, after one batch of values of a single feature.
def running_stats(batch, mean=0.0, var=1.0, momentum=0.1):
    ### BEGIN SOLUTION
    new_mean = (1 - momentum) * mean + momentum * batch.mean().item()
    new_var = (1 - momentum) * var + momentum * batch.var().item()
    return new_mean, new_var
    ### END SOLUTION


# %% check="running_stats"
stats = running_stats(torch.tensor([4.0, 6.0]))
assert isinstance(stats, tuple)
assert abs(stats[0] - 0.5) < 1e-6
assert abs(stats[1] - 1.1) < 1e-6

# %% [markdown] lang="ko"
# **4. 매개변수 세기.** 층의 너비를 받아 편향까지 합한 매개변수의 수를 구해 보세요. 은닉층이 둘일 때 은닉층 너비를 두 배로 늘리면 왜 매개변수는 두 배가 넘게 늘어날까요?

# %% [markdown] lang="en"
# **4. Counting parameters.** From the widths of the layers, count the parameters, biases included. With two hidden layers, why does doubling the hidden width more than double the count?


# %% exercise="num_params"
# ko: widths는 층의 너비입니다. 예: (64, 16, 10)
# en: widths are the widths of the layers, such as (64, 16, 10).
def num_params(widths):
    ### BEGIN SOLUTION
    return sum((n + 1) * m for n, m in zip(widths[:-1], widths[1:], strict=True))
    ### END SOLUTION


# %% check="num_params"
assert num_params((64, 16, 10)) == 1210
assert num_params((64, 128, 128, 10)) == 26122
assert num_params((64, 256, 256, 10)) == 85002

# %% [markdown] lang="ko"
# **5. 0.88 넘기.** 이 데이터에서 조기 종료한 테스트 정확도의 시드 3개 평균이 0.88을 넘는 모델을 만들어 보세요. 고를 때는 `VAL_ACC`와 `VAL_LOSS`만 보고, 확인 코드는 마지막에 한 번만 돌립니다. 드롭아웃을 **입력에도** 걸어 보면 어떨까요? 몇 초쯤 걸립니다.

# %% [markdown] lang="en"
# **5. Beat 0.88.** Build a model whose early-stopped test accuracy, averaged over the three seeds, exceeds 0.88 on these data. While choosing, look at `VAL_ACC` and `VAL_LOSS` only, and run the check once, at the end. What if dropout acts **on the input, too**? It takes a few seconds.


# %% exercise="strong_mlp"
# ko: 특성 64개를 받아 로짓 10개를 내는 모델을 돌려주세요.
# en: Return a model that takes 64 features and gives 10 logits.
def strong_mlp():
    ### BEGIN SOLUTION
    return nn.Sequential(nn.Dropout(0.3), nn.Linear(64, 256), nn.ReLU(), nn.Dropout(0.5), nn.Linear(256, 10))
    ### END SOLUTION


# %% check="strong_mlp"
assert isinstance(strong_mlp(), nn.Module)
scores = at_best(repeat(strong_mlp))[:, TEST_ACC]
assert scores.mean() > 0.88, scores

# %% [markdown] lang="ko"
# ## 퀴즈 { #quiz }
#
# ??? question "1. 여기서 가장 값싼 규제는?"
#     조기 종료입니다. 학습이 짧아지고 정확도는 크게 올랐습니다. "작은 모델"은 틀렸습니다. 오래 학습시키니 똑같이 과적합했습니다. "드롭아웃"은 마지막 에폭의 점수가 비슷하지만 학습이 느려집니다.
#
# ??? question "2. p = 0.3인 드롭아웃은 남은 값을 몇 배로 키울까요?"
#     $1/(1 - 0.3)$배, 약 1.4286배입니다. 그래야 평균이 그대로입니다. $1/0.3$배는 꺼질 확률과 남을 확률을 바꾼 답입니다. "학습 때는 그대로 두고 평가할 때 줄인다"는 옛 방식이며 PyTorch는 학습 때 키웁니다.
#
# ??? question "3. 한 클래스만 든 배치는 왜 훈련 모드에서 무너졌을까요?"
#     배치 정규화가 그 배치의 평균을 빼서 클래스의 신호를 지웠기 때문입니다. "가중치가 나빠져서"는 아닙니다. 같은 모델이 평가 모드에서는 잘 맞혔습니다. "배치가 작아서"도 아닙니다. 여러 클래스가 섞여 있으면 크기가 같아도 이렇게 무너지지 않습니다.
#
# ??? question "4. λ = 3인 가중치 감쇠가 주로 바꾼 것은?"
#     확신과 교차 엔트로피입니다. 정확도의 차이는 시드 사이의 차이에 묻혔습니다. "손실이 줄었으니 정확도도 올랐다"는 틀린 추론입니다. 답이 그대로여도 덜 장담하면 손실은 줄어듭니다. "아무것도 바꾸지 않았다"도 아닙니다. 세 시드 모두 손실이 내려갔습니다.
#
# ??? question "5. 다섯 가지를 모두 합치면 가장 좋을까요?"
#     그렇다고 할 수 없습니다. 드롭아웃과 배치 정규화를 합친 것이 드롭아웃만도 못했습니다. "이득은 더해진다"는 방법들이 서로 다른 일을 한다고 가정한 답입니다. "합치면 언제나 나빠진다"도 지나칩니다. 하나씩 더하며 검증 세트로 잽니다.

# %% [markdown] lang="en"
# ## Quiz { #quiz }
#
# ??? question "1. Which regularizer is the cheapest here?"
#     Early stopping. Training got shorter and accuracy rose a lot. "The small network" is wrong: trained longer, it overfitted all the same. "Dropout" scores about as well at the last epoch but slows training down.
#
# ??? question "2. By what factor does dropout with p = 0.3 scale the survivors?"
#     By $1/(1 - 0.3)$, about 1.4286, which keeps the mean. The answer $1/0.3$ swaps the probabilities of being dropped and of being kept. "Leave them alone in training and shrink at evaluation" is the older scheme; PyTorch scales during training.
#
# ??? question "3. Why did single-class batches collapse in training mode?"
#     Batch normalization subtracted the mean of that batch and erased the signal of the class. "The weights got worse" is wrong: the same model did well in evaluation mode. "The batch was too small" is wrong, too: with classes mixed, a batch of the same size does not collapse like that.
#
# ??? question "4. What did weight decay with λ = 3 mostly change?"
#     Confidence and cross entropy. The accuracies differed by less than the seeds did. "The loss fell, so accuracy rose" does not follow: with the same answers, promising less lowers the loss. "Nothing" is wrong as well: the loss fell with all three seeds.
#
# ??? question "5. Is it best to combine all five?"
#     There is no such rule. Dropout with batch normalization did worse than dropout alone. "The gains add up" assumes that the methods do different jobs. "Combining always hurts" goes too far. Add one at a time and measure on the validation set.

# %% [markdown] lang="ko"
# ## 본 것 { #summary }
#
# - 시드마다 나누기, 잡음, 초기화를 바꾸고, 시드가 뒤집히지 않을 때만 낫다고 말했습니다. 규제 없는 정확도는 0.751이었습니다.
# - 조기 종료는 검증 세트로 고르고, 인내 횟수만큼 기다리고, `copy.deepcopy()`로 담은 가중치를 되돌립니다. 0.861이 되었습니다.
# - 드롭아웃은 남은 값을 $1/(1-p)$배 하고, 배치 정규화는 배치의 통계로 샘플을 엮습니다. 평가하기 전에는 `model.eval()`을 부릅니다. 한 클래스 배치에서 0.980이 0.108로 무너졌습니다.
# - 작은 모델은 오래 학습시키자 0.856에서 0.715로 떨어졌습니다. 느린 학습은 규제가 아닙니다. 배치 정규화는 반대로 학습을 빠르게 합니다.
# - 규제는 데이터, 용량, 벌점, 암묵적 규제의 네 갈래입니다. 데이터를 늘린 것이 0.924로 가장 좋았고, 합친다고 이득이 더해지지는 않았습니다.

# %% [markdown] lang="en"
# ## What we saw { #summary }
#
# - Each seed changed split, noise, and initialization, and "better" was said only when no seed contradicted it. Without regularization the accuracy was 0.751.
# - Early stopping picks on the validation set, waits for its patience, and restores weights kept with `copy.deepcopy()`. It reached 0.861.
# - Dropout scales the survivors by $1/(1-p)$; batch normalization ties examples together through batch statistics. Call `model.eval()` before evaluating. With single-class batches, 0.980 collapsed to 0.108.
# - Trained longer, the small network fell from 0.856 to 0.715. Slow training is not regularization. Batch normalization, by contrast, speeds training up.
# - Regularizers fall into four families: data, capacity, penalty, implicit. More data did best, 0.924, and combining methods did not add up their gains.

# %% [markdown] lang="ko"
# ## 참고 자료 { #references }
#
# - PyTorch 문서: [`nn.Dropout`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Dropout.html), [`nn.BatchNorm1d`](https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm1d.html), [`torch.optim.AdamW`](https://docs.pytorch.org/docs/stable/generated/torch.optim.AdamW.html), [`nn.Module`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html), [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html)
# - N. Srivastava 외, [Dropout: A Simple Way to Prevent Neural Networks from Overfitting](https://jmlr.org/papers/v15/srivastava14a.html), 2014. 드롭아웃의 대표 논문이며 입력에도 겁니다.
# - S. Ioffe, C. Szegedy, [Batch Normalization](https://arxiv.org/abs/1502.03167), 2015. 빠른 학습이 목적이고 규제는 덤이라고 적혀 있습니다.
# - L. Prechelt, [Early Stopping — But When?](https://doi.org/10.1007/3-540-49430-8_3), 1998. 멈추는 기준들을 비교합니다.
# - I. Goodfellow, Y. Bengio, A. Courville, [Deep Learning, 7장](https://www.deeplearningbook.org/contents/regularization.html), 2016. 이 레슨의 방법들을 한 장에 모았습니다.

# %% [markdown] lang="en"
# ## References { #references }
#
# - PyTorch documentation: [`nn.Dropout`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Dropout.html), [`nn.BatchNorm1d`](https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm1d.html), [`torch.optim.AdamW`](https://docs.pytorch.org/docs/stable/generated/torch.optim.AdamW.html), [`nn.Module`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html), [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html)
# - N. Srivastava et al., [Dropout: A Simple Way to Prevent Neural Networks from Overfitting](https://jmlr.org/papers/v15/srivastava14a.html), 2014. The standard reference for dropout, which it also applies to the input.
# - S. Ioffe and C. Szegedy, [Batch Normalization](https://arxiv.org/abs/1502.03167), 2015. Faster training is the goal; regularization comes as a bonus.
# - L. Prechelt, [Early Stopping — But When?](https://doi.org/10.1007/3-540-49430-8_3), 1998. Compares criteria for stopping.
# - I. Goodfellow, Y. Bengio, and A. Courville, [Deep Learning, chapter 7](https://www.deeplearningbook.org/contents/regularization.html), 2016. The methods of this lesson in one chapter.
