# ---
# needs: [softmax_regression]
# ---

# %% [markdown] lang="ko"
# # 훈련·검증·테스트와 데이터 누수 { #train-val-test }
#
# 테스트 정확도 0%의 원인을 실험으로 가려내고, 데이터를 훈련·검증·테스트 세트로 나누는 법과 점수를 부풀리는 데이터 누수를 배웁니다.
#
# 널리 쓰이는 강의 노트에 테스트 정확도가 0%로 나오는 예제가 있는데, 그 원인을 짚은 그럴듯한 설명도 함께 퍼져 있습니다. 이 레슨은 그 설명이 맞는지 시험하는 데서 출발합니다.
# 모델은 [소프트맥스 회귀](softmax_regression.md)를 그대로 씁니다. 새로 배울 것은 모델이 아니라 **점수를 어디까지 믿을지 판단하는 법**입니다.
#
# !!! abstract "학습 목표"
#     - 테스트 정확도 0%를 재현하고, 한 번에 하나씩 바꾸는 대조 실험으로 원인을 찾습니다.
#     - 정확도를 신뢰구간과 함께 보고합니다.
#     - 훈련·검증·테스트 세트를 각각의 용도로만 쓰고, 언제 멈출지는 검증 세트로 정합니다.
#     - 데이터 누수 네 가지를 알아보고 막습니다.

# %% [markdown] lang="en"
# # Train, validation, test, and leakage { #train-val-test }
#
# Find out why a test accuracy is 0%, split data into training, validation, and test sets, and catch the leaks that inflate scores.
#
# Widely used lecture notes contain an example that ends with a test accuracy of 0%. A plausible story comes with it. This lesson begins by putting that story to the test.
# The model is plain [softmax regression](softmax_regression.md). What is new is not the model but **how to trust a score**.
#
# !!! abstract "What you will be able to do"
#     - Reproduce the 0% and find its cause with controls that change one thing at a time.
#     - Report an accuracy together with its confidence interval.
#     - Use the training, validation, and test sets each for its own purpose only, and let the validation set say when to stop.
#     - Recognize four kinds of data leakage and prevent them.

# %%
import math

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

# %% [markdown] lang="ko"
# ## 테스트 정확도 0% { #classic }
#
# 예제의 **훈련 세트**(training set)에는 샘플(example)이 8개, **테스트 세트**(test set)에는 3개 있습니다. 특성(feature)과 클래스도 각각 3개입니다. 샘플이 적어서 모든 행을 눈으로 훑어볼 수 있습니다.

# %% [markdown] lang="en"
# ## A test accuracy of 0% { #classic }
#
# The **training set** has eight examples and the **test set** three. There are three features and three classes. With so few, you can read every row.

# %%
rows = [[1, 2, 1], [1, 3, 2], [1, 3, 4], [1, 5, 5]]
rows += [[1, 7, 5], [1, 2, 5], [1, 6, 6], [1, 7, 7]]
x_train = torch.tensor(rows, dtype=torch.float32)
y_train = torch.tensor([2, 2, 2, 1, 1, 1, 0, 0])

x_test = torch.tensor([[2.0, 1, 1], [3, 1, 2], [3, 3, 4]])
y_test = torch.tensor([2, 2, 2])

# %% [markdown] lang="ko"
# 노트와 같은 난수 시드를 쓰고 학습률(learning rate)을 0.1로 두어 20에폭(epoch) 동안 학습시킵니다. 또한 노트처럼 갱신하기 **전**의 손실(loss)을 출력합니다.

# %% [markdown] lang="en"
# Train for 20 epochs with the seed of the notes and a learning rate of 0.1. As in the notes, each line shows the loss **before** the update.

# %%
torch.manual_seed(1)
model = nn.Linear(3, 3)
start_weight, start_bias = (
    model.weight.detach().clone(),
    model.bias.detach().clone(),
)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

num_epochs = 20
for epoch in range(num_epochs):
    loss = F.cross_entropy(model(x_train), y_train)
    print(f"epoch {epoch:2d}/{num_epochs}  loss {loss.item():.6f}")
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
# > epoch  0/20  loss 2.203667
# > epoch  1/20  loss 1.199645
# > epoch  2/20  loss 1.142985
# > epoch  3/20  loss 1.117769
# > epoch  4/20  loss 1.100901
# > epoch  5/20  loss 1.089523
# > epoch  6/20  loss 1.079872
# > epoch  7/20  loss 1.071320
# > epoch  8/20  loss 1.063325
# > epoch  9/20  loss 1.055720
# > epoch 10/20  loss 1.048378
# > epoch 11/20  loss 1.041245
# > epoch 12/20  loss 1.034285
# > epoch 13/20  loss 1.027478
# > epoch 14/20  loss 1.020813
# > epoch 15/20  loss 1.014279
# > epoch 16/20  loss 1.007872
# > epoch 17/20  loss 1.001586
# > epoch 18/20  loss 0.995419
# > epoch 19/20  loss 0.989365

# %% [markdown] lang="ko"
# 손실은 2.203667에서 0.989365까지 에폭마다 빠짐없이 내려갑니다. 학습이 순조로워 보이니 이제 테스트 세트로 평가해 봅시다.

# %% [markdown] lang="en"
# The loss falls line by line, from 2.203667 to 0.989365. On to the test set.

# %%
logits = model(x_test)
right = (logits.argmax(dim=1) == y_test).sum().item()
loss = F.cross_entropy(logits, y_test)
print(f"test accuracy {100 * right / 3:.1f} %  loss {loss.item():.6f}")
# > test accuracy 0.0 %  loss 1.425844
assert right == 0

# %% [markdown] lang="ko"
# 정확도(accuracy)는 0.0%이고 손실은 1.4258입니다. 세 클래스 가운데 하나를 무작위로 고르는 것만도 못한 결과인데, 대체 무슨 일이 일어났을까요?
#
# ### 어느 모델의 점수인가 { #tested-model .deeper }
#
# 먼저 이 숫자가 어느 모델에서 나온 것인지 분명히 해 둡시다. 기록의 마지막 행에 있는 0.989365는 스무 번째 갱신 **전**의 손실입니다. 그러나 테스트 세트로 평가한 것은 그 갱신까지 마친 모델입니다.

# %% [markdown] lang="en"
# An accuracy of 0.0% and a loss of 1.4258: worse than picking one of three at random. What happened?
#
# ### Whose score is it? { #tested-model .deeper }
#
# First make sure which model these numbers belong to. The last line of the log, 0.989365, is the loss **before** the twentieth update. The model that took the test has had that update as well.

# %% anchor="tested_model"
with torch.no_grad():
    loss_now = F.cross_entropy(model(x_train), y_train).item()
print(f"training loss of the tested model {loss_now:.4f}")
# > training loss of the tested model 0.9834
print(f"three equal guesses               {math.log(3):.4f}")
# > three equal guesses               1.0986
answers = model(x_train).argmax(dim=1)
print("training answers", answers.tolist(), "targets", y_train.tolist())
# > training answers [2, 2, 1, 1, 0, 1, 1, 0] targets [2, 2, 2, 1, 1, 1, 0, 0]
assert 0.98 < loss_now < math.log(3)

# %% [markdown] lang="ko"
# 평가한 모델의 훈련 손실은 0.9834로, 기록에는 없던 값입니다. 세 클래스에 똑같이 1/3의 확률을 주면 손실이 1.0986이므로, 이 모델은 20에폭을 학습하고도 무작위로 고르는 것보다 조금 나을 뿐입니다. 훈련 샘플도 8개 중 5개만 맞힙니다. 이 사실이 원인을 찾는 실마리가 되니 기억해 둡시다. 정확도가 0%가 되는 다른 원인은 [증상으로 찾기](symptoms.md#zero-accuracy) 레슨에 있습니다.

# %% [markdown] lang="en"
# The training loss of the tested model is 0.9834, a value the log never showed. A probability of 1/3 per class gives 1.0986, so after 20 epochs the model is only a little better than guessing. Even of the training examples it gets only five of eight right. Keep this clue in mind. For another cause of 0%, see [Find it by its symptom](symptoms.md#zero-accuracy).

# %% [markdown] lang="ko"
# ## 평가 함수 제대로 쓰기 { #evaluate }
#
# 노트의 평가 함수를 간추리면 다음과 같습니다. 이 함수가 돌려주는 값은 맞지만, 고쳐야 할 곳이 세 군데 있습니다. 어디일까요?

# %% [markdown] lang="en"
# ## An evaluation function that only evaluates { #evaluate }
#
# The evaluation function of the notes looks roughly like this. Its answer is right, yet three things need fixing. Which ones?


# %% anchor="notes_test"
def notes_test(model, optimizer, x, target):
    logits = model(x)
    predicted = logits.max(1)[1]
    return (predicted == target).float().mean().item(), F.cross_entropy(
        logits, target
    )


accuracy, loss = notes_test(model, None, x_test, y_test)
print(
    f"accuracy {accuracy:.4f}  loss {loss.item():.4f}  "
    f"keeps a graph: {loss.requires_grad}"
)
# > accuracy 0.0000  loss 1.4258  keeps a graph: True

# %% [markdown] lang="ko"
# 첫째, 옵티마이저(optimizer)가 쓰이지 않습니다. 실제로 `None`을 넘겨도 함수가 돌아갑니다. 평가하는 동안에는 아무것도 학습하지 않아야 하므로 옵티마이저를 받을 이유가 없습니다.
#
# 둘째, `torch.no_grad()`로 감싸지 않은 탓에 쓰이지도 않는 계산 그래프가 손실에 딸려 와 메모리를 차지합니다. 셋째, `model.eval()`을 호출하지 않습니다. 선형 모델에서는 차이가 드러나지 않지만, 드롭아웃(dropout)이 있으면 같은 입력에도 답이 달라집니다.

# %% [markdown] lang="en"
# First, the optimizer is never used; passing `None` works. Evaluation must not learn, so it has no business receiving one.
#
# Second, the loss carries a graph: without `torch.no_grad()` it holds on to memory nobody needs. Third, `model.eval()` is missing. A linear model does not show it, but with dropout the same input gets different answers.

# %%
torch.manual_seed(0)
forgetful = nn.Sequential(nn.Dropout(0.5), nn.Linear(3, 3))
for mode in ("train", "eval"):
    forgetful.train(mode == "train")
    twice = [
        F.cross_entropy(forgetful(x_test), y_test).item() for _ in range(2)
    ]
    print(f"{mode:5}  {twice[0]:.4f}  {twice[1]:.4f}")
# > train  0.4330  0.6877
# > eval   0.4796  0.4796
assert twice[0] == twice[1]

# %% [markdown] lang="ko"
# 학습 모드에서는 같은 테스트 세트의 손실이 함수를 호출할 때마다 다르지만, 평가 모드(evaluation mode)에서는 늘 같습니다. 세 곳을 고친 함수는 다음과 같습니다. 아울러 `max(1)[1]`도 뜻이 더 잘 드러나는 `argmax(dim=1)`로 바꿉니다.

# %% [markdown] lang="en"
# In training mode the loss on the same test set changes from call to call; in evaluation mode it does not. Here is the function with all three fixed. And `max(1)[1]` becomes `argmax(dim=1)`, which says what it means.


# %% anchor="evaluate"
@torch.no_grad()
def evaluate(model, x, target):
    model.eval()
    logits = model(x)
    right = (logits.argmax(dim=1) == target).sum().item()
    return right, F.cross_entropy(logits, target).item()


right, loss = evaluate(model, x_test, y_test)
print(f"{right}/{len(x_test)} right, loss {loss:.4f}")
# > 0/3 right, loss 1.4258
assert torch.equal(model(x_test).max(1)[1], model(x_test).argmax(dim=1))

# %% [markdown] lang="ko"
# 여전히 3개 중 0개를 맞히고 손실도 1.4258입니다. 평가 코드를 고쳐도 0%가 그대로이므로 평가 코드는 원인이 아닙니다.
#
# !!! warning "평가한 뒤에는 학습 모드로 되돌립니다"
#     `model.eval()`은 다시 바꿀 때까지 상태를 유지하는 스위치입니다. 따라서 에폭마다 검증한다면 학습 루프의 첫머리에서 `model.train()`을 호출해야 합니다.

# %% [markdown] lang="en"
# Still zero of three, with a loss of 1.4258. Fixing the evaluation did not move the 0%, so that code is not to blame.
#
# !!! warning "Switch back to training mode afterwards"
#     `model.eval()` stays in effect. If you validate every epoch, call `model.train()` at the top of the training loop.

# %% [markdown] lang="ko"
# ## 세 가지 가설 { #hypotheses }
#
# 흔히 "훈련 데이터와 테스트 데이터의 분포가 다르기 때문"이라고 설명합니다. 그럴듯하지만, 분포의 차이가 정말 원인인지는 시험해 보아야 알 수 있습니다. 먼저 가설마다, **맞다면 어떤 결과가 나와야 하는지**를 실험하기 전에 적어 둡니다.
#
# | 가설 | 바꿔 볼 것 하나 | 가설이 맞다면 |
# |---|---|---|
# | 분포가 달라서 | 테스트의 첫 특성을 훈련 세트의 값으로 | 정확도가 회복됩니다 |
# | 초기화 운이 나빠서 | 난수 시드 | 대부분의 시드에서 잘 맞힙니다 |
# | 학습이 모자라서 | 갱신 횟수 | 더 학습하면 회복됩니다 |
#
# 실험에서는 한 번에 하나만 바꿉니다. 둘을 함께 바꾸면 어느 쪽이 효과를 냈는지 알 수 없기 때문입니다.

# %% [markdown] lang="en"
# ## Three hypotheses { #hypotheses }
#
# The usual story: "The training data and the test data come from different distributions." That is plausible, but only a test shows whether it is the cause. For each hypothesis, write down **beforehand** what you should see.
#
# | Hypothesis | The one thing to change | If the hypothesis holds |
# |---|---|---|
# | Different distributions | The first test feature, back to its training value | Accuracy recovers |
# | Unlucky initialization | The random seed | Most seeds do well |
# | Too little training | The number of updates | More updates cure it |
#
# Change one thing at a time. Change two, and you cannot tell which one did it.

# %% [markdown] lang="ko"
# ### 가설 1: 분포가 달라서 { #shift .deeper }
#
# 먼저 사실부터 확인합니다. 두 세트의 첫 특성과 레이블(label)에는 어떤 값이 들어 있을까요?

# %% [markdown] lang="en"
# ### Hypothesis 1: different distributions { #shift .deeper }
#
# Facts first. Which values do the first feature and the labels take?

# %% anchor="shifted"
firsts = (x[:, 0].unique().tolist() for x in (x_train, x_test))
print("first feature: training {} test {}".format(*firsts))
# > first feature: training [1.0] test [2.0, 3.0]
classes = (y.unique().tolist() for y in (y_train, y_test))
print("labels:        training {} test {}".format(*classes))
# > labels:        training [0, 1, 2] test [2]
assert not set(x_train[:, 0].tolist()) & set(x_test[:, 0].tolist())

# %% [markdown] lang="ko"
# 두 세트의 분포가 다른 것은 사실입니다. 첫 특성이 훈련 세트에서는 언제나 1이지만 테스트 세트에서는 2나 3이고, 테스트 세트의 레이블은 클래스 2뿐입니다. 이런 차이를 **분포 변화**(distribution shift)라고 합니다.
#
# 노트는 이 예제 앞에서 훈련과 테스트에 "**같은 데이터**, 즉 같은 분포에서 얻은 데이터"를 써야 한다고 적었습니다. 그러나 "같은 **분포**에서 따로 뽑은 **다른 데이터**"라고 해야 옳은데, 정작 노트의 예제부터 이 원칙을 어기고 있습니다.
#
# 그런데 이 차이가 정말 0%의 원인일까요? 테스트 세트의 첫 특성을 훈련 세트의 값인 1로 되돌린 대조군을 만들어 확인합니다.

# %% [markdown] lang="en"
# The difference is real. The first feature is always 1 in training and 2 or 3 in the test; the test labels are all class 2. Such a difference is called **distribution shift**.
#
# Shortly before this example, the notes ask that training and test use "the same data, that is, data from the same distribution." The right wording is "**different data**, drawn separately from the same **distribution**," and the example breaks this very rule.
#
# But did the difference cause the 0%? Build a control whose first feature is put back to the training value, 1.

# %% anchor="shift_removed"
x_control = x_test.clone()
x_control[:, 0] = 1
right, loss = evaluate(model, x_control, y_test)
print(f"first feature put back: {right}/3 right, loss {loss:.4f}")
# > first feature put back: 0/3 right, loss 1.3567
assert right == 0
assert torch.equal(x_control[2], x_train[2])

# %% [markdown] lang="ko"
# 첫 특성을 되돌려도 맞힌 개수는 여전히 0개이고, 손실은 1.4258에서 1.3567로 조금 줄었습니다. 되돌린 셋째 행은 훈련 세트의 셋째 샘플 (1, 3, 4)와 **똑같습니다**. 학습에 쓴 샘플을 그대로 주어도 틀린 것이므로, 적어도 이 행은 분포의 차이로 설명할 수 없습니다. 그러나 나머지 두 행은 둘째 특성이 여전히 훈련 세트의 범위 밖에 있고 레이블도 한 클래스뿐이어서, 가설 1을 버리기에는 아직 이릅니다.

# %% [markdown] lang="en"
# Still zero right with the first feature put back; the loss drops a little, from 1.4258 to 1.3567. The third row is now **identical** to the third training example, (1, 3, 4). The model misses an example it has seen, shown exactly as before, so no shift explains that row. But the second feature of the other two is still outside the training range, and the labels are still of a single class, so it is too early to drop hypothesis 1.

# %% [markdown] lang="ko"
# ### 가설 2: 초기화 운이 나빠서 { #luck .deeper }
#
# 난수 시드 하나로 내린 결론은 그 시드에만 해당하므로, 시드 200개로 같은 실험을 되풀이합니다. 이를 위해 모델 200개를 텐서(tensor) 하나에 쌓고, [기울기](softmax_gradient.md) $p - y$로 한꺼번에 갱신합니다.

# %% [markdown] lang="en"
# ### Hypothesis 2: an unlucky initialization { #luck .deeper }
#
# A conclusion from one seed is a conclusion about that seed. Repeat the run with 200 seeds: stack 200 models in one tensor and update all of them with the [gradient](softmax_gradient.md) $p - y$.


# %%
def start_many(seeds):
    weights, biases = [], []
    for seed in seeds:
        torch.manual_seed(seed)
        layer = nn.Linear(3, 3)
        weights.append(layer.weight.detach().T)
        biases.append(layer.bias.detach())
    return torch.stack(weights), torch.stack(biases).unsqueeze(1)


# %%
def update(W, b, num_updates):
    y = F.one_hot(y_train, num_classes=3)
    for _ in range(num_updates):
        error = (F.softmax(x_train @ W + b, dim=2) - y) / len(y)
        W = W - 0.1 * x_train.T @ error
        b = b - 0.1 * error.sum(dim=1, keepdim=True)
    return W, b


def num_right(W, b, x, target):
    return ((x @ W + b).argmax(dim=2) == target).sum(dim=1)


# %% [markdown] lang="ko"
# 시드 1의 모델은 앞에서 학습시킨 모델과 같아야 합니다. 이것을 먼저 확인한 다음, 3개 중 0개, 1개, 2개, 3개를 맞힌 시드가 각각 몇 개인지 셉니다.

# %% [markdown] lang="en"
# The model of seed 1 must equal the one trained above. Check that, then count how many seeds get 0, 1, 2, or 3 of the three right.

# %%
W, b = update(*start_many(range(200)), num_updates=20)
assert torch.allclose(W[1], model.weight.T, atol=1e-5)

at_20 = num_right(W, b, x_test, y_test).bincount(minlength=4)
control_at_20 = num_right(W, b, x_control, y_test).bincount(minlength=4)
print("right                  0   1   2   3")
# > right                  0   1   2   3
for name, counts in [
    ("20 updates", at_20),
    ("20, feature 1 back", control_at_20),
]:
    print(
        f"{name:18}", *(f"{count:4d}" for count in counts.tolist()), sep=""
    )
# > 20 updates          48  16  32 104
# > 20, feature 1 back  49  53  97   1

# %% [markdown] lang="ko"
# 정확도 0%는 시드 200개 중 48개에서 나왔으므로 드문 불운이 아닙니다. 그렇다고 늘 그런 것도 아니어서, 시드 104개는 100%에 이릅니다. 즉, 20번 갱신한 모델의 점수는 **아직 출발점에 좌우됩니다**.
#
# 첫 특성만 되돌렸을 때는 0%인 시드가 49개로, 줄기는커녕 하나 늘었습니다. 이번에는 둘째 특성도 훈련 세트의 범위로 되돌려 봅니다. 이어서 테스트 세트 대신 훈련 세트의 클래스 2 샘플로 시험하고, 마지막으로 분포 변화가 전혀 없는 임의의 훈련 샘플 셋으로도 시험합니다.

# %% [markdown] lang="en"
# The 0% is no rare misfortune: 48 of 200 seeds end there. Nor is it bound to happen: 104 reach 100%. After 20 updates, the score is **still decided by the starting point**.
#
# With only the first feature put back, 49 seeds end at 0%, one more than before. Now put the second feature back into the training range as well, test on the class 2 examples of the training set, and finally on any three training examples, where no shift is left at all.

# %%
x_inside = x_control.clone()
x_inside[:, 1] = x_inside[:, 1].clamp(min=2)
three_tests = {
    "test": x_test,
    "features back": x_inside,
    "training, class 2": x_train[:3],
}
for name, rows in three_tests.items():
    counts = num_right(W, b, rows, y_test).bincount(minlength=4)
    print(
        f"{name:18}  none {counts[0] / 200:.3f}  all {counts[3] / 200:.3f}"
    )
# > test                none 0.240  all 0.520
# > features back       none 0.175  all 0.005
# > training, class 2   none 0.185  all 0.000

# %%
of_eight = num_right(W, b, x_train, y_train).tolist()
none = sum(math.comb(8 - k, 3) / math.comb(8, 3) for k in of_eight) / 200
every = sum(math.comb(k, 3) / math.comb(8, 3) for k in of_eight) / 200
print(f"any three training  none {none:.3f}  all {every:.3f}")
# > any three training  none 0.093  all 0.102
assert none > 0.05
assert (at_20[0] + at_20[3]) / 200 > 2 * (none + every)

# %% [markdown] lang="ko"
# 두 특성을 모두 되돌리면 하나도 맞히지 못한 시드의 비율이 0.240에서 0.175로 줄지만, 그런 시드가 사라지지는 않습니다. 훈련 세트에서 뽑은 샘플 셋으로 시험해도 이 비율은 0.093입니다. 따라서 분포 변화가 없어도 0%는 나올 수 있습니다. 그러나 가설 1로 설명되는 부분도 있습니다. 분포가 달라진 데다 테스트 샘플이 모두 한 클래스여서, 하나도 못 맞히거나 모두 맞히는 시드가 더 많아졌습니다.

# %% [markdown] lang="en"
# With both features put back, the share of seeds with none right falls from 0.240 to 0.175 but does not vanish, and on three examples of the training set itself it is still 0.093. So a shift is not needed for 0%. Yet hypothesis 1 explains a part: the shift and the single-class test set make all-or-nothing results more common.

# %% [markdown] lang="ko"
# ### 가설 3: 학습이 모자라서 { #more-updates .deeper }
#
# 데이터와 시드 1, 학습률은 모두 그대로 두고 갱신 횟수만 늘립니다.

# %% [markdown] lang="en"
# ### Hypothesis 3: too little training { #more-updates .deeper }
#
# Same data, same seed 1, same learning rate. Only the number of updates grows.

# %%
W, b = start_many([1])
done = 0
for num_updates in (0, 20, 100, 200, 500, 1000, 10000):
    W, b = update(W, b, num_updates - done)
    done = num_updates
    train_right = num_right(W, b, x_train, y_train).item()
    test_right = num_right(W, b, x_test, y_test).item()
    print(
        f"{num_updates:5d} updates  "
        f"training {train_right}/8  test {test_right}/3"
    )
    assert (test_right == 3) == (num_updates >= 100)
# >     0 updates  training 4/8  test 1/3
# >    20 updates  training 5/8  test 0/3
# >   100 updates  training 5/8  test 3/3
# >   200 updates  training 6/8  test 3/3
# >   500 updates  training 8/8  test 3/3
# >  1000 updates  training 8/8  test 3/3
# > 10000 updates  training 8/8  test 3/3

# %% [markdown] lang="ko"
# 100번 갱신하면 3개를 모두 맞히고, 10,000번까지 갱신해도 이 결과는 그대로입니다. 그동안 테스트 데이터에서는 숫자 하나도 바꾸지 않았습니다. 시드 1에서만 그런지 시드 200개로 확인해 봅시다.

# %% [markdown] lang="en"
# At 100 updates all three are right, and they stay right through 10,000. Not a digit of the test data was changed. Is it only seed 1? Check the 200 seeds.

# %% anchor="hundred_updates"
W, b = update(*start_many(range(200)), num_updates=100)
at_100 = num_right(W, b, x_test, y_test).bincount(minlength=4)
print(at_100.tolist())
# > [0, 0, 0, 200]
for rows in three_tests.values():
    assert num_right(W, b, rows, y_test).min() > 0
assert at_100[3] == 200

# %% figure="right_over_seeds"
fig, ax = plt.subplots()
place = torch.arange(4)
bars = [
    ("20 updates", at_20, "C0", ""),
    ("20, x1 back", control_at_20, "C1", "//"),
    ("100 updates", at_100, "C2", "xx"),
]
for i, (name, counts, color, hatch) in enumerate(bars):
    ax.bar(
        place + 0.28 * (i - 1),
        counts,
        width=0.26,
        color=color,
        hatch=hatch,
        label=name,
    )
ax.set_xticks(place)
ax.set(xlabel="right of three", ylabel="seeds", ylim=(0, 210))
ax.legend(loc="upper left")

# %% [markdown] lang="ko" caption="right_over_seeds"
# 20번 갱신하면 맞힌 개수가 시드에 따라 0개부터 3개까지 흩어지고, 첫 특성을 되돌려도 0개인 시드는 줄지 않습니다. 그러나 100번 갱신하면 모든 시드가 3개를 맞힙니다.
#
# 막대그래프의 가로축은 3개 중 맞힌 개수 0~3이고 세로축은 시드 200개 가운데 그만큼 맞힌 시드의 수입니다. 20번 갱신했을 때의 막대는 차례로 48, 16, 32, 104이고, 20번 갱신하고 첫 특성을 되돌렸을 때는 49, 53, 97, 1입니다. 100번 갱신했을 때는 0, 0, 0, 200으로 막대가 하나뿐입니다.
#
# - right of three: 3개 중 맞힌 개수
# - seeds: 시드 수
# - 20 updates: 갱신 20번
# - 20, x1 back: 20번, 첫 특성 되돌림
# - 100 updates: 갱신 100번

# %% [markdown] lang="en" caption="right_over_seeds"
# After 20 updates the seeds scatter from zero to three right. Putting the first feature back leaves as many seeds at zero. After 100 updates every seed gets all three.
#
# Bar chart. Horizontal axis: right answers of three, 0 to 3; vertical axis: number of seeds out of 200. After 20 updates: 48, 16, 32, 104. After 20 with the first feature put back: 49, 53, 97, 1. After 100: 0, 0, 0, 200, a single bar.

# %% [markdown] lang="ko"
# 시드 200개의 정확도가 모두 100%입니다. 이제 시드 1에서 손실이 어떻게 변했는지, 훈련 세트와 테스트 세트, 그리고 첫 특성을 되돌린 테스트 세트에서 각각 살펴봅시다.

# %% [markdown] lang="en"
# All 200 seeds reach 100%. Now follow the path of seed 1: its loss on the training set, on the test set, and on the test set with the first feature put back.

# %%
W, b = start_many([1])
sets = [(x_train, y_train), (x_test, y_test), (x_control, y_test)]
losses = []
for _ in range(201):
    row = (F.cross_entropy((x @ W + b)[0], target) for x, target in sets)
    losses.append([loss.item() for loss in row])
    W, b = update(W, b, 1)
for num_updates in (0, 20, 100, 200):
    train, test, control = losses[num_updates]
    print(
        f"{num_updates:3d} updates  training {train:.4f}  "
        f"test {test:.4f}  feature 1 back {control:.4f}"
    )
# >   0 updates  training 2.2037  test 1.1952  feature 1 back 0.7996
# >  20 updates  training 0.9834  test 1.4258  feature 1 back 1.3567
# > 100 updates  training 0.7206  test 0.1604  feature 1 back 0.6608
# > 200 updates  training 0.6051  test 0.0324  feature 1 back 0.4416
peak_test, peak_control = (
    max(path) for path in list(zip(*losses, strict=True))[1:]
)
print(
    f"highest      test {peak_test:.4f}  feature 1 back {peak_control:.4f}"
)
# > highest      test 2.6861  feature 1 back 1.9972
assert losses[20][1] > losses[20][2]
assert losses[100][1] < losses[100][2] < losses[100][0]

# %% figure="loss_paths"
fig, ax = plt.subplots()
train, test, control = zip(*losses, strict=True)
for name, path, color, style, height in [
    ("training", train, "C0", "-", 0.8),
    ("test", test, "C1", "--", 0.13),
    ("test, x1 back", control, "C2", ":", 0.46),
]:
    ax.plot(path, color=color, linestyle=style)
    ax.text(206, height, name, va="center")
ax.axvline(20, color="C7", linestyle="-.")
ax.text(26, 2.4, "the notes stop here", ha="left")
ax.set(
    xlim=(0, 300),
    ylim=(0, 2.8),
    xticks=[0, 50, 100, 150, 200],
    xlabel="updates",
    ylabel="loss",
)

# %% [markdown] lang="ko" caption="loss_paths"
# 노트는 테스트 손실이 충분히 내려가기 전에 학습을 멈췄습니다. 조금 더 학습하면 분포가 달라진 테스트 세트의 손실이 훈련 손실보다 오히려 낮아집니다.
#
# 꺾은선그래프의 가로축은 갱신 0~200번이고 세로축은 손실입니다. 실선(훈련)은 2.20에서 급히 내려온 뒤 천천히 0.61까지 내려갑니다. 파선(테스트)은 1.20에서 2.69까지 솟았다가 20번에서 1.43, 100번에서 0.16을 지나 0.03으로 끝납니다. 점선(첫 특성을 되돌린 테스트)은 0.80에서 2.00까지 솟았다가 20번에서 1.36을 지나 0.44로 끝납니다. 20번 자리에는 수직 쇄선이 있습니다.
#
# - updates: 갱신 횟수
# - loss: 손실
# - training: 훈련
# - test: 테스트
# - test, x1 back: 첫 특성 되돌림
# - the notes stop here: 노트는 여기까지

# %% [markdown] lang="en" caption="loss_paths"
# The notes stopped before the test loss had come down far enough. A little later, the loss on the shifted test set is below the training loss.
#
# Line chart. Horizontal axis: updates 0 to 200; vertical axis: loss. The solid line (training) drops steeply from 2.20, then slowly to 0.61. The dashed line (test) shoots up from 1.20 to 2.69, passes 1.43 at 20 and 0.16 at 100 updates, and ends at 0.03. The dotted line (test with the first feature put back) shoots up from 0.80 to 2.00, passes 1.36 at 20, and ends at 0.44. A vertical dash-dotted line marks 20.

# %% [markdown] lang="ko"
# ### 판정 { #verdict }
#
# 점수가 0%가 된 결정적인 원인이자 고칠 수 있는 원인은 **과소적합**(underfitting)입니다. 갱신 20번은 너무 적어서 출발점이 점수를 좌우했고, 100번 갱신하면 위의 세 시험에서 하나도 못 맞히는 시드가 없습니다. 분포 변화와 한 클래스뿐인 테스트 세트는 맞힌 개수가 양 끝으로 몰리게 했을 뿐입니다. 충분히 학습한 뒤에는 분포 변화가 오히려 도움이 됩니다. 예를 들어 100번 갱신했을 때 테스트 손실은 0.1604인데, 첫 특성을 되돌리면 0.6608로 더 높습니다.
#
# 사실 테스트 세트를 들여다볼 필요도 없었습니다. 훈련 손실이 0.9834이고 훈련 샘플을 5/8만 맞혔다는 사실이 이미 "아직 학습이 모자란다"고 알려 주고 있었습니다.
#
# 그렇다고 100%를 반길 일도 아닙니다. 언제나 "클래스 2"라고만 답하는 모델은 몇 점을 받을까요?

# %% [markdown] lang="en"
# ### The verdict { #verdict }
#
# The decisive cause of the 0%, and the curable one, is **underfitting**. Twenty updates were too few, so the starting point decided the score; after 100, every seed gets some right, with or without the features put back. The shift and the single class only made all-or-nothing results more common; once the model has learned, the shift even helps. At 100 updates the test loss is 0.1604, and 0.6608 with the first feature put back.
#
# In fact nobody had to look at the test set. A training loss of 0.9834 and 5/8 already said "not learned yet."
#
# Nor is the 100% a reason to cheer. How well would a model do if it always answered "class 2"?

# %%
always_2 = torch.tensor([0.0, 0.0, 1.0])
for name, target in [("training", y_train), ("test", y_test)]:
    right = (always_2.argmax() == target).sum().item()
    print(f"always class 2: {name} {right}/{len(target)}")
# > always class 2: training 3/8
# > always class 2: test 3/3

# %% [markdown] lang="ko"
# 아무것도 배우지 않고도 3개 중 3개를 맞힙니다. 따라서 클래스가 하나뿐인 테스트 샘플 3개로는 0%도 100%도 큰 의미가 없습니다. 이런 숫자를 어디까지 믿을 수 있는지는 [잠시 뒤에 계산합니다](#how-sure).
#
# !!! note "그럴듯한 설명을 시험하는 법"
#     원인으로 의심되는 것 하나를 **남김없이** 없애고 나머지는 그대로 둡니다. 그래도 결과가 달라지지 않는다면, 그 원인이 없어도 같은 결과가 나온다는 뜻입니다. 또한 시드를 여러 개 쓰고, 훈련 세트의 점수부터 확인합니다.

# %% [markdown] lang="en"
# Three of three, having learned nothing. With three test examples of a single class, neither 0% nor 100% means much. How far such numbers can be trusted is [worked out shortly](#how-sure).
#
# !!! note "How to test a plausible story"
#     Remove **all** of one supposed cause and leave the rest as it is. If the effect stays, that cause is not needed for it. Use many seeds, and look at the training score first.

# %% [markdown] lang="ko"
# ### 편향의 쌍둥이 { #twin .deeper }
#
# 분포가 달라졌는데 왜 도움이 될까요? 훈련 세트에서 첫 특성은 언제나 1입니다. 1을 곱한 가중치(weight)는 로짓에 그대로 더해지므로 편향(bias)과 같은 일을 합니다. 또한 다음과 같이 둘의 기울기가 같으므로, 학습하는 동안 움직인 거리도 같아야 합니다.
#
# $$
# \frac{\partial L}{\partial w_{k1}} = \frac{1}{N}\sum_n (p_{nk} - y_{nk})\cdot 1 = \frac{\partial L}{\partial b_k}
# $$

# %% [markdown] lang="en"
# ### A twin of the bias { #twin .deeper }
#
# Why would a shift help? In training the first feature is always 1. A weight multiplied by 1 is simply added to the logit, so it does the same job as the bias. Their gradients are equal, so they must move equally far.
#
# $$
# \frac{\partial L}{\partial w_{k1}} = \frac{1}{N}\sum_n (p_{nk} - y_{nk})\cdot 1 = \frac{\partial L}{\partial b_k}
# $$

# %% anchor="equal_moves"
moved_weight = (model.weight - start_weight).detach()[:, 0]
moved_bias = (model.bias - start_bias).detach()
print("first weights moved", *(f"{value:.4f}" for value in moved_weight))
# > first weights moved -0.1731 -0.0666 0.2396
print("biases moved       ", *(f"{value:.4f}" for value in moved_bias))
# > biases moved        -0.1731 -0.0666 0.2396
assert torch.allclose(moved_weight, moved_bias, atol=1e-6)

# %% [markdown] lang="ko"
# 가중치와 편향이 움직인 거리는 세 클래스에서 모두 같으며, 예를 들어 클래스 2에서는 둘 다 0.2396입니다. 이렇게 한 입력이 다른 입력(여기서는 편향에 곱해진 상수 1)과 겹치는 상태를 **공선성**(collinearity)이라고 합니다. 둘이 나란히 움직이므로 편향은 사실상 두 배의 학습률로 학습됩니다. 그렇다면 첫 특성을 지우고 편향의 학습률만 0.2로 두어도 같은 모델이 나올까요?

# %% [markdown] lang="en"
# In all three classes the weight and the bias moved equally far; for class 2 both moved by 0.2396. An input that repeats another one like this (here the constant 1 behind the bias) is **collinear** with it. Since both move together, the bias in effect learns at twice the rate. Drop the first feature and give the bias a learning rate of 0.2: is it the same model?

# %% anchor="without_twin"
short = nn.Linear(2, 3)
with torch.no_grad():
    short.weight.copy_(start_weight[:, 1:])
    short.bias.copy_(start_bias + start_weight[:, 0])
groups = [
    {"params": [short.weight], "lr": 0.1},
    {"params": [short.bias], "lr": 0.2},
]
optimizer = torch.optim.SGD(groups)
for _ in range(20):
    loss = F.cross_entropy(short(x_train[:, 1:]), y_train)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(
    f"largest logit {short(x_train[:, 1:]).max().item():.4f} "
    f"and {model(x_train).max().item():.4f}"
)
# > largest logit 1.3560 and 1.3560
assert torch.allclose(short(x_train[:, 1:]), model(x_train), atol=1e-5)

# %% [markdown] lang="ko"
# 가장 큰 로짓(logit)뿐 아니라 모든 로짓이 같습니다. 즉, 첫 특성을 넣은 것은 편향을 두 군데에 나누어 적은 것과 같습니다.
#
# 이제 수수께끼가 풀립니다. 첫 특성이 1에서 2나 3으로 바뀌면 그 특성의 가중치가 로짓에 한 번 또는 두 번 더 들어갑니다. 이 가중치가 어느 클래스의 점수를 높이는지 확인해 봅시다.

# %% [markdown] lang="en"
# Not only the largest logit but all of them agree. Including the first feature amounts to writing the bias in two places.
#
# That solves the riddle. When the first feature goes from 1 to 2 or 3, its weight is added once or twice more. Which class does that weight favor?

# %%
for num_updates in (20, 100):
    W, _ = update(*start_many([1]), num_updates)
    print(
        f"{num_updates:3d} updates  first weights",
        *(f"{value:.4f}" for value in W[0, 0]),
    )
# >  20 updates  first weights 0.1244 0.2044 0.1209
# > 100 updates  first weights -0.4596 0.0183 0.8911
assert W[0, 0].argmax() == 2

# %% [markdown] lang="ko"
# 20번 갱신했을 때는 가중치가 클래스 1에서 0.2044로 가장 크고 클래스 2에서 0.1209로 가장 작아서, 분포 변화가 조금 해로웠습니다. 그러나 100번 갱신하면 클래스 2의 가중치가 0.8911로 가장 커져서 분포 변화가 도움이 됩니다. 이것은 테스트 샘플이 모두 클래스 2여서 얻은 행운이며, 만약 모두 클래스 0이었다면 같은 변화가 해를 끼쳤을 것입니다. 따라서 여기서 얻을 교훈은 "분포 변화가 도움이 된다"가 아니라 **방향에 따라 다르므로 직접 재어 보아야 한다**는 것입니다.

# %% [markdown] lang="en"
# At 20 updates class 1 has the largest weight, 0.2044, and class 2 the smallest, 0.1209, so the shift hurt a little. At 100 class 2 has the largest, 0.8911, and the shift helps. That is luck, as every test label is class 2. Had they all been class 0, the same shift would have done harm. The lesson is not "shift helps" but "**it depends on the direction, so measure it**."

# %% [markdown] lang="ko"
# ## 97%는 얼마나 확실한가 { #how-sure }
#
# 테스트 세트도 전체에서 뽑은 표본이므로, 다른 샘플이 뽑혔다면 점수도 달라졌을 것입니다. 샘플 $n$개로 측정한 정확도 $\hat p$에는 대략 다음 값만큼의 오차가 있을 수 있습니다. 이 값을 95% **신뢰구간**(confidence interval)의 오차 한계라고 합니다.
#
# $$
# 1.96\sqrt{\frac{\hat p\,(1 - \hat p)}{n}}
# $$
#
# 이미지 359장에서 97%를 맞혔다면 오차 한계는 얼마일까요? 3개 중 0개를 맞혔다면 또 어떨까요?

# %% [markdown] lang="en"
# ## How sure is 97%? { #how-sure }
#
# A test set is a random sample, too. Other examples would have given another score. An accuracy $\hat p$ on $n$ examples is uncertain by about this much, the half-width of a 95% **confidence interval**:
#
# $$
# 1.96\sqrt{\frac{\hat p\,(1 - \hat p)}{n}}
# $$
#
# How much is that for 97% on 359 images? And for zero of three?


# %%
def simple_half_width(p, n):
    return 1.96 * math.sqrt(p * (1 - p) / n)


for p, n in [(0.97, 100), (0.97, 359), (0.97, 10000), (0, 3)]:
    width = simple_half_width(p, n)
    print(
        f"{100 * p:2.0f} % of {n:5d}: "
        f"half-width {width:.4f}, or {100 * width:.1f} points"
    )
# > 97 % of   100: half-width 0.0334, or 3.3 points
# > 97 % of   359: half-width 0.0176, or 1.8 points
# > 97 % of 10000: half-width 0.0033, or 0.3 points
# >  0 % of     3: half-width 0.0000, or 0.0 points

# %% [markdown] lang="ko"
# 359장이면 오차 한계는 0.0176, 즉 ±1.8포인트(%p)입니다.
#
# ### 작은 테스트 세트의 신뢰구간 { #wilson .deeper }
#
# 그런데 3개 중 0개일 때는 오차 한계가 0.0000입니다. 샘플 3개만 보고 완전히 확신한다니 이상합니다. 사실 이 식은 $n$이 작거나 정확도가 0%나 100%에 가까우면 쓸 수 없습니다. 이럴 때는 다음과 같은 **윌슨 구간**(Wilson interval)을 씁니다.
#
# $$
# \frac{\hat p + \frac{z^2}{2n} \pm z\sqrt{\frac{\hat p(1 - \hat p)}{n} + \frac{z^2}{4n^2}}}{1 + \frac{z^2}{n}}, \qquad z = 1.96
# $$

# %% [markdown] lang="en"
# With 359 images it is 0.0176, or ±1.8 points (percentage points).
#
# ### An interval for small test sets { #wilson .deeper }
#
# For zero of three, however, the width is 0.0000. Complete certainty from three examples cannot be right. The formula fails when $n$ is small or the accuracy is near 0% or 100%. The **Wilson interval** holds up there as well.
#
# $$
# \frac{\hat p + \frac{z^2}{2n} \pm z\sqrt{\frac{\hat p(1 - \hat p)}{n} + \frac{z^2}{4n^2}}}{1 + \frac{z^2}{n}}, \qquad z = 1.96
# $$


# %% anchor="wilson"
def wilson(right, n, z=1.96):
    p = right / n
    middle = p + z**2 / (2 * n)
    reach = z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    low, high = (
        (middle - reach) / (1 + z**2 / n),
        (middle + reach) / (1 + z**2 / n),
    )
    return max(low, 0.0), min(high, 1.0)


for right, n in [(0, 3), (3, 3), (348, 359)]:
    low, high = wilson(right, n)
    print(f"{right:3d}/{n:3d}  {low:.4f} to {high:.4f}")
# >   0/  3  0.0000 to 0.5615
# >   3/  3  0.4385 to 1.0000
# > 348/359  0.9460 to 0.9828
print(f"split 0 and 3 by chance: {2 / math.comb(6, 3):.1f}")
# > split 0 and 3 by chance: 0.1

# %% [markdown] lang="ko"
# 3개 중 0개를 맞힌 모델의 참 정확도는 0.5615일 수도 있고, 3개 중 3개를 맞힌 모델의 참 정확도는 0.4385일 수도 있습니다. 여기서 95%란 같은 방법으로 구간을 되풀이해 구하면 100개 중 95개쯤이 참값을 담는다는 뜻입니다. 물론 두 구간이 겹친다고 해서 두 모델에 차이가 없다고 할 수는 없습니다. 그러나 두 모델이 내놓은 답 여섯 개 가운데 세 개가 맞았다면, 실력이 같더라도 그 세 개가 모두 한 모델의 답일 확률이 0.1이나 됩니다. 테스트 샘플이 3개면 점수는 0%, 33%, 67%, 100%뿐이고, **0%와 100%조차 구별하지 못합니다.** 반면 359장 중 348장을 맞혔다면 구간은 0.9460~0.9828로 훨씬 좁습니다.
#
# 앞의 첫 식에서 오차 한계는 [최대 가능도의 표준오차](maximum_likelihood.md#curvature)에 1.96을 곱한 값입니다. 이 값은 $\sqrt{n}$에 반비례하므로, 반으로 줄이려면 샘플이 네 배 필요합니다.

# %% [markdown] lang="en"
# A model with zero of three right may have a true accuracy of 0.5615. One with three of three may have 0.4385. "95%" means that of 100 intervals computed in this way about 95 contain the true value. Overlapping intervals alone do not prove that two models are equal. But suppose that three of the six answers of two models are right: even with equal skill, the chance that all three come from one model is 0.1. Three test examples allow only the scores 0%, 33%, 67%, and 100%, and they **cannot even tell 0% from 100%.** With 348 of 359 the interval is much narrower, 0.9460 to 0.9828.
#
# The half-width of the first formula is 1.96 times the [standard error of maximum likelihood](maximum_likelihood.md#curvature). It is inversely proportional to $\sqrt{n}$: halving it takes four times as many examples.

# %% figure="half_width"
fig, ax = plt.subplots()
n = torch.logspace(1.5, 4, 60)
ax.plot(n, 100 * 1.96 * (0.97 * 0.03 / n).sqrt(), color="C0")
for size in (100, 359, 10000):
    width = 100 * simple_half_width(0.97, size)
    ax.plot(size, width, "o", color="C1")
    ax.annotate(
        f"{size}: ±{width:.1f}",
        (size, width),
        xytext=(0, 12),
        textcoords="offset points",
        ha="left",
    )
ax.set_xscale("log")
ax.set(
    xlim=(30, 40000),
    ylim=(0, 6.5),
    xlabel="test examples",
    ylabel="half-width (points)",
)

# %% [markdown] lang="ko" caption="half_width"
# 정확도가 97%일 때 신뢰구간의 오차 한계입니다. 처음에는 빨리 줄어들지만, 나중에는 조금 줄이는 데도 샘플이 많이 필요합니다.
#
# 꺾은선그래프의 가로축은 로그 눈금으로 그린 테스트 샘플 수 30~10,000개이고 세로축은 포인트 단위의 오차 한계입니다. 곡선은 6에서 0.3까지 내려갑니다. 점 셋은 샘플 100개에서 3.3, 359개에서 1.8, 10,000개에서 0.3을 나타냅니다.
#
# - test examples: 테스트 샘플 수
# - half-width (points): 오차 한계(포인트)

# %% [markdown] lang="en" caption="half_width"
# Half-width of the confidence interval at an accuracy of 97%. It shrinks fast at first; later every bit of precision costs many examples.
#
# Line chart. Horizontal axis: test examples from 30 to 10,000 on a log scale; vertical axis: half-width in percentage points. The curve falls from 6 to 0.3. Three dots mark 3.3 at 100 examples, 1.8 at 359, and 0.3 at 10,000.


# %% lab="train_val_test"
# ko: 웹에서 이 그림을 움직이면 나오는 값입니다. `state`를 바꾸어 불러 보세요.
# en: What the lab in this figure's place computes: change its `state`.
def train_val_test_lab(state):
    accuracy, z = torch.tensor(state["accuracy"], dtype=torch.float64), 1.96

    def ends(k, n):
        score = torch.as_tensor(k, dtype=torch.float64) / n
        if state["interval"] == "simple":
            middle, half = score, z * (score * (1 - score) / n).sqrt()
        else:
            middle = (score + z**2 / (2 * n)) / (1 + z**2 / n)
            half = (
                z
                * (score * (1 - score) / n + z**2 / (4 * n**2)).sqrt()
                / (1 + z**2 / n)
            )
        return middle - half, middle + half

    def count(n):
        k = torch.arange(n + 1, dtype=torch.float64)
        chances = (
            torch.distributions.Binomial(n, accuracy).log_prob(k).exp()
        )
        low, high = ends(k, n)
        below, above = accuracy < low, accuracy > high
        return [
            chances[which].sum()
            for which in (below, ~below & ~above, above)
        ]

    n = math.floor(state["examples"] + 0.5)
    below, coverage, above = count(n)
    curve = [count(10 * tens)[1] for tens in range(1, 51)]
    likely = torch.stack(ends(math.floor(state["accuracy"] * n + 0.5), n))
    answered = state["interval"] == "simple" and coverage < 0.85
    found = {
        "coverage": coverage,
        "below": below,
        "above": above,
        "curve": curve,
        "likely": likely,
    }
    return {**found, "answered": answered}


# %% [markdown] lang="ko" question="train_val_test"
# 이름은 "95%" 신뢰구간인데 참 정확도를 담을 확률은 85%도 안 되는 설정을 찾아보세요. 그 설정에서 윌슨 구간으로 바꾸면 어떻게 되나요?
#
# 참 정확도가 1에 가깝고 샘플이 적을 때 그렇습니다. 거의 다 맞힌 시험에서는 간단한 식으로 구한 구간이 지나치게 좁아져 참 정확도를 놓치기 쉬우며, 참 정확도가 97%라면 샘플이 100개여도 모자랍니다. 반면 윌슨 구간이 같은 설정에서 참 정확도를 담을 확률은 평균 96%쯤이며, 90% 아래로는 내려가지 않습니다. 샘플이 늘어날 때 확률이 매끄럽게 오르지 않고 톱니처럼 오르내리는 것은 맞힌 개수가 정수이기 때문입니다.
#
# - true accuracy: 참 정확도
# - test examples: 테스트 샘플 수
# - interval: 구간을 구하는 방법
# - simple: 간단한 식
# - Wilson: 윌슨 구간
# - Probabilities of the measured accuracy, and the interval of the likeliest one: 측정한 정확도의 값별 확률과, 가장 흔한 결과에서 구한 신뢰구간
# - The chance that the interval holds the true accuracy, against the number of test examples: 테스트 샘플 수에 따라 구간이 참 정확도를 담을 확률
# - measured accuracy: 측정한 정확도
# - With {n} examples and a true accuracy of {accuracy}, the interval holds it with a chance of {coverage}; it lies too high with {below} and too low with {above}. The likeliest one reaches from {low} to {high}.: 샘플이 {n}개이고 참 정확도가 {accuracy}이면 구간이 참값을 담을 확률은 {coverage}입니다. 구간이 참값보다 높을 확률은 {below}, 낮을 확률은 {above}이며, 가장 흔한 구간은 {low}에서 {high}까지입니다.

# %% [markdown] lang="en" question="train_val_test"
# Find settings with which the "95%" interval holds the true accuracy with a chance below 85%. What happens there if you take the Wilson interval?
#
# A true accuracy close to 1, and few examples. When nearly all answers are right, the simple interval has hardly any width and easily misses the truth; at 97%, even 100 examples are too few. With the same settings the Wilson interval holds it in about 96% of cases on average, and nowhere in fewer than 90%. As the number of examples grows, the chance does not rise evenly but zigzags like the teeth of a saw, since the number of right answers is an integer.

# %% [markdown] lang="ko"
# !!! warning "테스트 3개로 결론을 내리지 않습니다"
#     정확도는 "0%"처럼 비율로만 적지 않고 "3개 중 0개"처럼 개수도 적습니다. 신뢰구간은 테스트 샘플을 뽑을 때의 우연만 반영하므로, 시드에 따른 차이는 시드를 바꿔 가며 따로 재야 합니다. 또한 뒤에서 다룰 누수는 어떤 신뢰구간에도 나타나지 않습니다.

# %% [markdown] lang="en"
# !!! warning "Draw no conclusions from three test examples"
#     Give the count: not "0%" but "zero of three." A confidence interval covers only the luck of drawing test examples. Measure the luck of the seed separately, by varying it. The leaks below show up in no interval.
# %% [markdown] lang="ko"
# ## 세 세트, 세 쓰임새 { #three-sets }
#
# 앞의 조사에서는 잘못을 하나 저질렀습니다. 테스트 점수를 보고 갱신 횟수를 "100번"으로 정한 것입니다. 이렇게 테스트 점수를 보고 선택하면, 그 점수는 더 이상 처음 보는 데이터의 점수가 아닙니다. 그래서 세트를 하나 더 두어 용도를 나눕니다.
#
# - **훈련 세트**로는 가중치를 학습합니다.
# - **검증 세트**(validation set)로는 학습을 멈출 시점, 학습률, 모델의 크기를 고릅니다. 이런 선택은 모두 여기서 합니다.
# - **테스트 세트**는 선택을 모두 마친 뒤에 한 번만 보며, 보고할 숫자를 여기서 얻습니다.

# %% [markdown] lang="en"
# ## Three sets, three uses { #three-sets }
#
# The investigation above committed one sin: we picked "100 updates" by looking at the test score. Once you choose by it, the score no longer describes unseen data. So there is one more set.
#
# - The **training set** is for fitting the weights.
# - The **validation set** is for choices: when to stop, which learning rate, how large a model.
# - The **test set** is looked at once, after all choices are made. It yields the number to report.

# %% figure="three_sets"
fig, ax = plt.subplots(figsize=(6.4, 3.4))
sets = [
    ("training set", "weights", "-"),
    ("validation set", "choices", "--"),
    ("test set", "report", ":"),
]
for i, (name, use, style) in enumerate(sets):
    box = {"edgecolor": f"C{i}", "linestyle": style, "linewidth": 2.5}
    corner, down = (i + 0.03, 1.4), {"arrowstyle": "->"}
    ax.add_patch(plt.Rectangle(corner, 0.94, 0.5, fill=False, **box))
    ax.text(i + 0.5, 1.65, name, ha="center", va="center")
    start, end = (i + 0.5, 1.36), (i + 0.5, 0.85)
    ax.annotate("", end, xytext=start, arrowprops=down)
    ax.text(i + 0.5, 0.65, use, ha="center", va="center", weight="bold")
for i, label, arrow in [(1, "many times", "<->"), (2, "once", "->")]:
    start, end, arrow = (
        (i - 0.2, 0.65),
        (i + 0.2, 0.65),
        {"arrowstyle": arrow},
    )
    ax.annotate("", end, xytext=start, arrowprops=arrow)
    ax.text(i, 0.25, label, ha="center", va="center")
ax.set(xlim=(0, 3), ylim=(0, 2))
ax.axis("off")

# %% [markdown] lang="ko" caption="three_sets"
# 훈련 세트는 가중치에, 검증 세트는 선택에, 테스트 세트는 보고에 쓰입니다. 가중치와 선택 사이는 몇 번이고 오갈 수 있지만, 보고로 가는 화살표는 한 번만 지나가고 되돌아오지 않습니다.
#
# 도식의 위쪽에 상자 셋이 나란히 있습니다. 훈련 세트(실선)에서 가중치로, 검증 세트(파선)에서 선택으로, 테스트 세트(점선)에서 보고로 화살표가 내려갑니다. 가중치와 선택 사이에는 "여러 번"이라고 적힌 양방향 화살표가 있고, 선택에서 보고로는 "한 번"이라고 적힌 한 방향 화살표가 있습니다.
#
# - training set: 훈련 세트
# - validation set: 검증 세트
# - test set: 테스트 세트
# - weights: 가중치
# - choices: 선택
# - report: 보고
# - many times: 여러 번
# - once: 한 번

# %% [markdown] lang="en" caption="three_sets"
# The training set is for the weights, the validation set for the choices, the test set for the report. You may go back and forth between weights and choices as often as you like; the arrow to the report is taken once and never back.
#
# Diagram. Three boxes side by side at the top. Arrows lead down from the training set (solid) to weights, from the validation set (dashed) to choices, from the test set (dotted) to report. Between weights and choices is a two-way arrow, "many times"; from choices to report a one-way arrow, "once."

# %% [markdown] lang="ko"
# 샘플 8개는 셋으로 나누기에 너무 적으니 손글씨 숫자로 넘어갑니다. 데이터는 scikit-learn에 들어 있는 8x8 이미지 1,797장이며 클래스는 10개입니다. 이 이미지를 60 : 20 : 20의 비율로 나누되, 파일에 놓인 순서에 의미가 있을 수 있으므로 먼저 섞은 다음에 자릅니다.

# %% [markdown] lang="en"
# Eight examples are too few to split three ways, so we move to handwritten digits: 1,797 images of 8x8 pixels in 10 classes, which come with scikit-learn. Split them 60 : 20 : 20. The order of a file may mean something, so shuffle before cutting.

# %% folded="optional"
from sklearn.datasets import load_digits

images = torch.tensor(load_digits().data, dtype=torch.float32) / 16
digits = torch.tensor(load_digits().target)

order = torch.randperm(
    len(images), generator=torch.Generator().manual_seed(0)
)
train, valid, test = order.split([1078, 360, 359])
print(tuple(images.shape), len(train), len(valid), len(test))
# > (1797, 64) 1078 360 359
print("test images per digit", digits[test].bincount().tolist())
# > test images per digit [28, 37, 29, 36, 39, 38, 34, 42, 38, 38]
assert torch.equal(
    torch.cat([train, valid, test]).sort().values, torch.arange(1797)
)

# %% [markdown] lang="ko"
# 세 세트에는 겹치거나 빠진 이미지가 한 장도 없습니다. 다만 테스트 이미지의 장수가 숫자마다 조금씩 다릅니다. 샘플이 적거나 드문 클래스가 있으면, 모든 클래스를 같은 비율로 나누는 **층화**(stratification)를 씁니다.
#
# 이제 전체 과정을 한 번 거쳐 봅시다. 모델 셋을 훈련 세트로 학습시키고, 검증 세트로 그중 하나를 고른 다음, 고른 모델만 테스트 세트에서 한 번 평가합니다. 후보는 소프트맥스 회귀와, 입력과 로짓 사이에 은닉층(hidden layer)을 하나 둔 신경망 둘입니다. 은닉층의 유닛은 각각 8개와 128개입니다. 옵티마이저로는 SGD 대신 [Adam](momentum_adam.md)을 씁니다. 지금은 더 빨리 학습하는 방법이라고만 알아 두면 됩니다.

# %% [markdown] lang="en"
# No image is shared or lost. The counts per digit differ a little. With few examples or rare classes, split every class in the same proportion, which is called **stratification**.
#
# Now one full round: fit three models on the training set, choose one by the validation set, and measure the chosen one on the test set, once. The candidates are softmax regression and two networks with one hidden layer between input and logits, of 8 and of 128 units. The optimizer is [Adam](momentum_adam.md) instead of SGD; for now, take it as one that learns faster here.


# %% folded="optional"
def fit(model, x, target, num_epochs, seed=0):
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(num_epochs):
        model.train()
        for rows in torch.randperm(len(x), generator=generator).split(128):
            loss = F.cross_entropy(model(x[rows]), target[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model


def mlp(num_hidden):
    return nn.Sequential(
        nn.Linear(64, num_hidden), nn.ReLU(), nn.Linear(num_hidden, 10)
    )


# %%
torch.manual_seed(0)
candidates = {
    "softmax": nn.Linear(64, 10),
    "8 hidden": mlp(8),
    "128 hidden": mlp(128),
}
scores = {}
for name, candidate in candidates.items():
    fit(candidate, images[train], digits[train], num_epochs=8)
    scores[name], _ = evaluate(candidate, images[valid], digits[valid])
    print(f"{name:10}  validation {scores[name]}/360")
# > softmax     validation 327/360
# > 8 hidden    validation 301/360
# > 128 hidden  validation 349/360

chosen = max(scores, key=scores.get)
right, _ = evaluate(candidates[chosen], images[test], digits[test])
low, high = wilson(right, len(test))
print(
    f"{chosen}: test {right}/359 = {right / 359:.4f}, "
    f"interval {low:.4f} to {high:.4f}"
)
# > 128 hidden: test 340/359 = 0.9471, interval 0.9188 to 0.9659

# %% [markdown] lang="ko"
# 검증 세트로 고른 모델은 은닉 유닛이 128개인 신경망입니다. 이때 보고할 값은 검증 세트의 349/360이 아니라 테스트 세트의 340/359, 즉 0.9471이고 신뢰구간은 0.9188~0.9659입니다. 검증 점수는 셋 가운데 가장 높은 값을 고른 것이라 조금 낙관적입니다.
#
# !!! note "다시 학습해도 됩니다"
#     선택이 끝나면 훈련 세트와 검증 세트를 합쳐 다시 학습시키기도 합니다. 데이터가 적으면 데이터를 여러 부분으로 나누어 돌아가며 검증 세트로 쓰는 **교차 검증**(cross-validation)을 씁니다. 어느 방법을 쓰든 테스트 세트는 끝까지 손대지 않고 둡니다.

# %% [markdown] lang="en"
# The validation set chose the model with 128 hidden units. Report not the 349/360 of validation but the 340/359 of the test, 0.9471, with the interval 0.9188 to 0.9659. The validation score is a little optimistic, being the highest of three.
#
# !!! note "You may train again"
#     After the choice, people often train once more on training and validation data together. With little data, use **cross-validation**, in which the parts take turns as validation set. Either way, the test set stays untouched to the end.

# %% [markdown] lang="ko"
# ### 멈출 때를 정하는 검증 세트 { #choose-on-validation }
#
# **과적합**(overfitting)은 모델이 훈련 세트에 지나치게 맞춰져 새 데이터에서 성적이 나빠지는 현상입니다. 노트는 과적합을 막는 방법으로 "stop하고 pick theta", 즉 멈추고 θ를 고른다고만 적었습니다. 여기서 θ는 모델의 매개변수(parameter) 전체입니다. 그런데 **어느 데이터를 보고** 골라야 할까요? 테스트 세트를 보고 고르면 점수가 얼마나 부풀려질까요?
#
# 이를 알아보기 위해 과적합하기 쉬운 문제를 만듭니다. 훈련 이미지는 200장만 쓰고, 그중 40장에는 무작위로 뽑은 레이블을 붙입니다. 60에폭 동안 학습시키면서, 에폭마다 나머지 1,597장을 각각 맞혔는지 기록합니다. 그 가운데 500장은 검증에, 1,097장은 테스트에 씁니다.

# %% [markdown] lang="en"
# ### The validation set says when to stop { #choose-on-validation }
#
# **Overfitting** means fitting the training set so closely that results on new data get worse. Against it, the notes say "stop and pick θ," where θ stands for all parameters of the model. **Judging by which data?** If you pick by the test set, how much does that inflate the score?
#
# Build a problem that invites overfitting: only 200 training images, 40 of them with random labels. For 60 epochs, record at each epoch which of the other 1,597 images are right. Of these, 500 are for validation and 1,097 for testing.


# %% folded="optional"
def overfit(seed):
    generator = torch.Generator().manual_seed(seed)
    train, rest = torch.randperm(1797, generator=generator).split(
        [200, 1597]
    )
    labels = digits[train]
    labels[:40] = torch.randint(10, (40,), generator=generator)
    torch.manual_seed(seed)
    model = mlp(128)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    history = []
    for _ in range(60):
        loss = F.cross_entropy(model(images[train]), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            history.append(
                model(images[rest]).argmax(dim=1) == digits[rest]
            )
    return torch.stack(history).float()


# %%
runs = [overfit(seed) for seed in range(3)]
print(tuple(runs[0].shape))
# > (60, 1597)

# %% [markdown] lang="ko"
# ### 테스트 세트로 고른 점수 { #picked-on-test .deeper }
#
# 테스트 이미지가 50장뿐이라고 가정해 봅시다. 그 50장에서 정확도가 가장 높은 에폭을 골라 **그 점수를 보고하면**, 이 점수는 고를 때 쓰지 않은 이미지 1,047장에서 잰 점수와 얼마나 다를까요? 어떤 이미지가 뽑히느냐에 따른 차이를 줄이기 위해, 50장을 200번 다시 뽑아 평균을 구합니다. 또한 비교를 위해 검증 세트 500장으로 고른 에폭의 점수도 잽니다.

# %% [markdown] lang="en"
# ### A score picked on the test set { #picked-on-test .deeper }
#
# Suppose you own only 50 test images. Pick the epoch with the highest score on those 50 and **report that score.** How far is it from the score on the other 1,047 images, which took no part in the choice? To reduce the luck of the draw, draw the 50 anew 200 times and average. For comparison, measure the epoch chosen by the 500 validation images.

# %% anchor="chosen_on_test"
gaps = []
for seed, hits in enumerate(runs):
    valid_score, pool = hits[:, :500].mean(dim=1), hits[:, 500:]
    generator = torch.Generator().manual_seed(seed)
    draws = torch.stack(
        [torch.randperm(1097, generator=generator)[:50] for _ in range(200)]
    )
    reported, best = pool[:, draws].mean(dim=2).max(dim=0)
    others = (pool.sum(dim=1)[best] - 50 * reported) / 1047
    gaps.append((reported - others).mean().item())
    print(
        f"seed {seed}  picked on test: reported {reported.mean():.4f}, "
        f"other images {others.mean():.4f}"
    )
    stop = valid_score.argmax()
    assert pool[stop].mean() > max(others.mean(), pool[-1].mean())
    print(
        f"        picked on validation: test {pool[stop].mean():.4f}  "
        f"(last epoch {pool[-1].mean():.4f})"
    )
# > seed 0  picked on test: reported 0.8868, other images 0.8569
# >         picked on validation: test 0.8706  (last epoch 0.7785)
# > seed 1  picked on test: reported 0.8851, other images 0.8461
# >         picked on validation: test 0.8569  (last epoch 0.8049)
# > seed 2  picked on test: reported 0.8902, other images 0.8539
# >         picked on validation: test 0.8715  (last epoch 0.7958)
print("inflated by", *(f"{gap:.4f}" for gap in gaps))
# > inflated by 0.0299 0.0390 0.0363
assert min(gaps) > max(gaps) - min(gaps)

# %% [markdown] lang="ko"
# 테스트 세트로 에폭을 고르면 점수가 0.0299~0.0390만큼 부풀려집니다. 예를 들어 시드 0에서는 0.8868을 보고하지만, 다른 이미지에서는 0.8569에 그칩니다. 테스트 이미지로는 **학습하지 않고 고르기만 했는데도** 이렇게 됩니다. 60에폭 가운데 하필 그 50장에서 운이 좋았던 에폭이 뽑히기 때문입니다.
#
# 따라서 θ는 **검증 세트로** 골라야 하며, 검증 점수가 가장 높은 에폭에서 멈추는 방법을 조기 종료(early stopping)라고 합니다. 이렇게 고른 에폭은 손대지 않은 테스트 세트에서 0.8706, 0.8569, 0.8715를 얻었고, 이 점수는 부풀려지지 않았습니다. 또한 이 세 번의 실행에서는 50장으로 고른 에폭의 실제 성적보다 높고, 마지막 에폭까지 학습했을 때의 0.7785, 0.8049, 0.7958보다도 높습니다. 다만 몇 번을 실행해야 "더 낫다"고 말할 수 있는지는 [뒤에서](#compare) 정합니다.
#
# !!! warning "테스트 세트로 조정하지 않습니다"
#     테스트 점수를 보고 에폭, 학습률, 시드 가운데 하나라도 바꾸었다면, 그 테스트 세트는 이미 검증 세트가 된 것입니다. 여러 번 고를수록, 그리고 테스트 세트가 작을수록 점수는 더 부풀려집니다.

# %% [markdown] lang="en"
# Picking on the test set inflates the score by 0.0299 to 0.0390. With seed 0, for instance, 0.8868 is reported while other images give 0.8569. And the model was **never trained on the test images; they only served to choose.** Of 60 epochs, the one that was lucky on those 50 gets picked.
#
# So θ must be picked **on the validation set**; stopping at the epoch with the highest validation score is called early stopping. The epoch chosen in this way scores 0.8706, 0.8569, and 0.8715 on an untouched test set. That is not inflated. In these three runs it is also above the epoch picked on 50 images, and above the last epoch with its 0.7785, 0.8049, and 0.7958. How many runs it takes to say "better" is settled [further down](#compare).
#
# !!! warning "Do not tune on the test set"
#     If a test score has made you change an epoch, a learning rate, or a seed, that test set has become a validation set. The more choices and the smaller the set, the more inflated the score.

# %% figure="pick_an_epoch"
fig, ax = plt.subplots()
hits = runs[0]
epochs = torch.arange(1, 61)
fifty, thousand = hits[:, 500:550].mean(dim=1), hits[:, 550:].mean(dim=1)
ax.plot(epochs, fifty, color="C1", linestyle="--")
ax.plot(epochs, thousand, color="C0", linestyle="-")
best = fifty.argmax()
ax.plot(epochs[best], fifty[best], "*", color="C1", markersize=16)
ax.plot(epochs[best], thousand[best], "o", color="C0", markersize=8)
ax.text(61, fifty[-1] - 0.02, "50 images", va="center")
ax.text(61, thousand[-1] + 0.02, "1,047 others", va="center")
print(
    f"picked epoch {epochs[best]}: "
    f"50 images {fifty[best]:.4f}, others {thousand[best]:.4f}"
)
# > picked epoch 18: 50 images 0.9600, others 0.8577
ax.set(
    xlim=(0, 86),
    ylim=(0.5, 1),
    xticks=[0, 20, 40, 60],
    xlabel="epoch",
    ylabel="accuracy",
)

# %% [markdown] lang="ko" caption="pick_an_epoch"
# 50장으로 측정한 정확도는 들쭉날쭉합니다. 그래서 꼭대기(별)를 골라 보고한 점수는 같은 모델이 다른 이미지에서 얻은 점수(동그라미)보다 10포인트나 높습니다.
#
# 꺾은선그래프의 가로축은 1~60에폭이고 세로축은 0.5에서 1까지의 정확도입니다. 파선(50장)은 계단처럼 오르내리다가 18에폭에서 0.96으로 가장 높으며, 그 자리에 별이 있습니다. 실선(나머지 1,047장)은 매끄럽고, 18에폭의 0.86 높이에 동그라미가 있습니다. 두 선 모두 뒤로 갈수록 내려갑니다.
#
# - epoch: 에폭
# - accuracy: 정확도
# - 50 images: 50장
# - 1,047 others: 나머지 1,047장

# %% [markdown] lang="en" caption="pick_an_epoch"
# Accuracy on 50 images is jagged. Pick its peak (star) and report it, and you are 10 points above what the same model scores on other images (circle).
#
# Line chart. Horizontal axis: epochs 1 to 60; vertical axis: accuracy from 0.5 to 1. The dashed line (50 images) moves up and down in steps and peaks at 0.96 at epoch 18, marked by a star. The solid line (1,047 other images) is smooth, with a circle at 0.86 at epoch 18. Both decline later on.

# %% [markdown] lang="ko"
# ## A가 B보다 나은가 { #compare }
#
# 두 모델의 점수 차이에는 시드에 따른 우연과 시험 문제에 따른 우연이 섞여 있으므로, 둘을 나누어 살펴봅니다. 시드에 관해서는 이 튜토리얼에서 늘 지킬 규칙을 하나 정해 둡니다. 적어도 시드 10개에서 **시드마다 짝지은 차이**를 구하고, 그 평균의 95% 신뢰구간이 0을 벗어날 때만 한쪽이 낫다고 말합니다. 구간에 0이 들어 있으면 **알 수 없다**고 말합니다.
#
# 한 번씩만 학습시킨 두 모델은 맞힌 개수를 **이미지마다 짝지어** 셉니다. 먼저 한쪽만 맞힌 이미지를 추려 냅니다. 두 모델의 실력이 같다면 이런 이미지를 어느 쪽이 맞혔는지는 동전 던지기와 같으므로, 맞힌 개수가 지금만큼 또는 그보다 더 치우칠 확률을 계산할 수 있습니다. 이런 방법을 부호 검정이라고 하며, 맥니마 검정을 근사 없이 정확하게 계산한 것과 같습니다. 계산한 확률이 0.05보다 작을 때만 한쪽이 낫다고 말합니다.

# %% [markdown] lang="en"
# ## Is A better than B? { #compare }
#
# The difference between the scores of two models mixes the luck of the seed with the luck of drawing test examples, so look at the two separately. For the seed, this course has one rule. Take the **differences paired by seed** over at least ten seeds, and say "better" only if the 95% interval of their mean excludes 0. If the interval contains 0, say "**cannot tell**."
#
# If both models were trained only once, count right answers **paired by image**. Keep the images that only one of the two gets right; with equal skill each of these is a coin toss, so compute the chance of counts at least this lopsided. This is the sign test, the exact form of McNemar's test; say "better" only if that chance is below 0.05.


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


def sign_test(won, lost):
    n = int(won + lost)
    tail = sum(math.comb(n, k) for k in range(min(won, lost) + 1))
    return min(1.0, 2 * tail / 2**n)


# %% folded="optional"
def valid_hits(num_hidden, seed):
    torch.manual_seed(seed)
    model = fit(mlp(num_hidden), images[train], digits[train], 2, seed)
    with torch.no_grad():
        return model(images[valid]).argmax(dim=1) == digits[valid]


# %%
sizes = (8, 64, 65)
hits_of = {
    n: torch.stack([valid_hits(n, s) for s in range(10)]) for n in sizes
}
for a, b in [(64, 8), (65, 64)]:
    scores_a, scores_b = (hits_of[n].double().mean(dim=1) for n in (a, b))
    mean, low, high = paired_difference(scores_a, scores_b)
    won = (hits_of[a][0] & ~hits_of[b][0]).sum().item()
    lost = (hits_of[b][0] & ~hits_of[a][0]).sum().item()
    print(f"{a} minus {b}: {mean:+.3f}, interval {low:+.3f} to {high:+.3f}")
    print(
        f"  seed 0: won {won}, lost {lost}, p = {sign_test(won, lost):.3f}"
    )
    assert (low > 0) == (b == 8)
# > 64 minus 8: +0.488, interval +0.433 to +0.543
# >   seed 0: won 209, lost 8, p = 0.000
# > 65 minus 64: +0.004, interval -0.006 to +0.015
# >   seed 0: won 9, lost 8, p = 1.000

# %% [markdown] lang="ko"
# 은닉 유닛이 64개인 모델은 8개인 모델보다 낫습니다. 그러나 이 모델에 유닛을 하나 더하면 차이의 구간에 0이 들어 있으므로, 더 나아졌는지 알 수 없습니다. 알 수 없다는 말은 두 모델이 같다는 뜻이 아닙니다. 또한 시드를 늘리면 시드에 따른 우연은 줄지만, 시험 문제에 따른 우연은 그대로 남습니다.

# %% [markdown] lang="en"
# With 64 hidden units the model is better than with 8. When we add one more unit, the interval of the difference contains 0, so we cannot tell whether that is better. "Cannot tell" does not mean "equal." More seeds reduce only the luck of the seed; that of drawing test examples stays.

# %% [markdown] lang="ko"
# ## 데이터 누수 네 가지 { #leaks }
#
# **데이터 누수**(data leakage)는 예측할 때는 알 수 없는 정보가 학습에 새어 들어가는 일입니다. 누수가 있어도 코드는 오류 없이 돌아가고, 대개는 점수가 오히려 좋아집니다. 여기서는 누수 네 가지를 하나씩 직접 만들어 봅니다.

# %% [markdown] lang="en"
# ## Four kinds of leakage { #leaks }
#
# **Data leakage** means that information unavailable at prediction time seeps into training. The code runs without an error, and the score usually even improves. Build four kinds, one by one.

# %% [markdown] lang="ko"
# ### 누수 1: 나누기 전에 특성 고르기 { #selection .deeper }
#
# 특성 2,000개가 모두 잡음이고 레이블은 동전을 던져 정한 데이터 100행을 만듭니다. 여기에는 배울 것이 전혀 없으므로 정직하게 평가한 정확도는 50%입니다. 이제 레이블과의 상관(correlation)이 큰 특성 20개만 골라, 50행으로 학습하고 나머지 50행으로 평가합니다.
# 이때 특성을 **100행 모두로** 고르면 점수가 몇 점이나 나올까요?

# %% [markdown] lang="en"
# ### Leak 1: selecting features before the split { #selection .deeper }
#
# Make 100 rows with 2,000 features of pure noise and labels from coin tosses. There is nothing to learn, so an honest accuracy is 50%. Keep the 20 features that correlate most with the labels, train on 50 rows, and test on the other 50.
# What is the score if the features are selected on **all 100 rows**?


# %%
def strongest(x, target):
    signs = 2.0 * target - 1
    centered = x - x.mean(dim=0)
    correlation = (signs - signs.mean()) @ centered / centered.norm(dim=0)
    return correlation.abs().topk(20).indices


def noise_score(seed, select_on):
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(
        (100, 2000), generator=generator, dtype=torch.float64
    ).float()
    target = torch.randint(2, (100,), generator=generator)
    kept = strongest(x[:select_on], target[:select_on])
    torch.manual_seed(seed)
    classifier = fit(
        nn.Linear(20, 2), x[:50, kept], target[:50], num_epochs=60
    )
    return evaluate(classifier, x[50:, kept], target[50:])[0] / 50


# %% anchor="selected_inside"
leaky = [noise_score(seed, select_on=100) for seed in range(5)]
honest = [noise_score(seed, select_on=50) for seed in range(5)]
print("selected on all rows     ", *(f"{score:.2f}" for score in leaky))
# > selected on all rows      0.86 0.88 0.86 0.78 0.84
print("selected on training rows", *(f"{score:.2f}" for score in honest))
# > selected on training rows 0.58 0.58 0.46 0.42 0.46
print(f"means {sum(leaky) / 5:.4f} and {sum(honest) / 5:.4f}")
# > means 0.8440 and 0.5000
assert min(leaky) > max(honest)

# %% [markdown] lang="ko"
# 순전한 잡음에서 평균 0.8440의 정확도가 나왔습니다. 이렇게 된 것은 모델 때문이 아니라, 특성을 고르는 단계에서 이미 테스트 레이블을 보았기 때문입니다. 특성 2,000개 가운데 20개쯤은 우연히 100행의 레이블과 잘 맞으며, 그 행들에는 테스트에 쓸 50행도 들어 있습니다. 훈련 데이터 50행으로만 특성을 고르면 정확도는 평균 0.5000으로, 동전 던지기와 같아집니다.

# %% [markdown] lang="en"
# Noise yielded 0.8440 on average. The model is not to blame: the selection step had already seen the test labels. Of 2,000 features, some 20 fit the labels of the 100 rows well by chance, and the 50 test rows are among them. Select on the 50 training rows only, and the mean is 0.5000, a coin toss.

# %% figure="noise_features"
fig, ax = plt.subplots()
place = torch.arange(5)
ax.bar(
    place - 0.2, leaky, width=0.38, color="C1", hatch="//", label="all rows"
)
ax.bar(place + 0.2, honest, width=0.38, color="C0", label="training rows")
ax.axhline(0.5, color="C7", linestyle="--")
ax.set_xticks(place)
ax.set(
    ylim=(0, 1.25),
    yticks=[0, 0.25, 0.5, 0.75, 1],
    xlabel="seed",
    ylabel="test accuracy",
)
ax.legend(loc="upper center", ncols=2)

# %% [markdown] lang="ko" caption="noise_features"
# 순전한 잡음에서 얻은 테스트 정확도입니다. 특성을 전체 데이터로 고르면 시드마다 높은 점수가 나오지만, 훈련 행으로만 고르면 점수가 동전 던지기(파선)와 비슷합니다.
#
# 막대그래프의 가로축은 시드 0~4이고 세로축은 테스트 정확도입니다. 빗금 막대(모든 행으로 고름)의 높이는 0.86, 0.88, 0.86, 0.78, 0.84입니다. 빗금이 없는 막대(훈련 행으로만 고름)의 높이는 0.58, 0.58, 0.46, 0.42, 0.46입니다. 수평 파선은 0.5를 나타냅니다.
#
# - seed: 시드
# - test accuracy: 테스트 정확도
# - all rows: 모든 행
# - training rows: 훈련 행

# %% [markdown] lang="en" caption="noise_features"
# Test accuracy on pure noise. Select the features on everything, and every seed scores high; select them on the training rows, and the scores stay around a coin toss (dashed line).
#
# Bar chart. Horizontal axis: seeds 0 to 4; vertical axis: test accuracy. Hatched bars (selected on all rows): 0.86, 0.88, 0.86, 0.78, 0.84. Plain bars (training rows only): 0.58, 0.58, 0.46, 0.42, 0.46. A dashed horizontal line marks 0.5.

# %% [markdown] lang="ko"
# ### 누수 2: 나누기 전에 전처리하기 { #preprocessing }
#
# [표준화](standardization.md)처럼 평균과 표준편차를 쓰는 전처리도 데이터에서 무언가를 **배우는** 단계입니다. 그렇다면 테스트 행까지 넣어 통계량을 구하면 어떻게 될까요? 앞에서 쓴 작은 데이터에서 같은 테스트 행을 두 번 변환해 봅시다. 한 번은 원래 이웃한 행과 함께, 또 한 번은 값이 이상한 행 하나와 함께 변환합니다.

# %% [markdown] lang="en"
# ### Leak 2: preprocessing before the split { #preprocessing }
#
# Preprocessing with means and standard deviations, such as [standardization](standardization.md), **learns** from data, too. What happens if the statistics include the test rows? Take the small data from above and transform one and the same test row twice: once with its usual neighbors, once with a single odd row.


# %%
def standardize_together(train, test):
    rows = torch.cat([train, test])
    return (test - rows.mean(dim=0)) / rows.std(dim=0)


usual = x_test[:, 1:]
odd = torch.stack([usual[0], torch.tensor([90.0, 90.0])])
for name, neighbors in [("usual", usual), ("odd", odd)]:
    first = standardize_together(x_train[:, 1:], neighbors)[0]
    print(
        f"{name:5}  "
        f"first test row {first[0].item():.4f} {first[1].item():.4f}"
    )
# > usual  first test row -1.1726 -1.3811
# > odd    first test row -0.4252 -0.4253

spread = torch.cat([x_train, x_test]).std(dim=0)[0].item()
print(
    f"spread of the first feature: together {spread:.4f}, "
    f"training only {x_train.std(dim=0)[0].item():.4f}"
)
# > spread of the first feature: together 0.8202, training only 0.0000

# %% [markdown] lang="ko"
# 테스트 행 자체는 그대로인데도, 변환한 첫 값은 이웃에 어떤 행이 있느냐에 따라 −1.1726이 되기도 하고 −0.4252가 되기도 합니다. 그러나 모델을 실제로 쓸 때는 샘플이 하나씩 들어오므로 이런 "이웃"이 없습니다.
#
# 문제는 또 있습니다. 두 세트를 합쳐 구한 첫 특성의 표준편차는 0.8202이지만, 훈련 세트만으로 구하면 0.0000입니다. 두 세트를 제대로 나누었다면 0으로 나누게 되는 문제가 드러났을 텐데, 누수가 이 문제를 **가려 버린 것입니다**. 이런 누수 때문에 점수는 얼마나 부풀려질까요? 손글씨 숫자로 직접 재어 봅시다.

# %% [markdown] lang="en"
# The test row itself is the same, yet its first value becomes −1.1726 or −0.4252, depending on what stands next to it. In use, examples arrive one at a time, and there are no such neighbors.
#
# There is more. Over both sets, the first feature has a standard deviation of 0.8202; on the training set alone it is 0.0000. An honest split would have exposed a division by zero; the leak **hides** it. How much does it inflate the score? Measure it on the digits.

# %% folded="optional"
for seed in range(3):
    order = torch.randperm(
        1797, generator=torch.Generator().manual_seed(seed)
    )
    learn, hold = order.split([1437, 360])
    rights = []
    for rows in (order, learn):
        scaled = (images - images[rows].mean(dim=0)) / (
            images[rows].std(dim=0) + 0.01
        )
        torch.manual_seed(seed)
        classifier = fit(
            nn.Linear(64, 10), scaled[learn], digits[learn], num_epochs=4
        )
        rights.append(evaluate(classifier, scaled[hold], digits[hold])[0])
    print(f"seed {seed}  leaky {rights[0]}/360  honest {rights[1]}/360")
    assert abs(rights[0] - rights[1]) <= 2
# > seed 0  leaky 335/360  honest 335/360
# > seed 1  leaky 335/360  honest 335/360
# > seed 2  leaky 330/360  honest 330/360

# %% [markdown] lang="ko"
# 이 데이터에서는 세 시드 모두, 정보가 새든 새지 않든 맞힌 개수가 똑같습니다. 이미지 1,797장의 평균과 1,437장의 평균이 거의 같고, 레이블은 전처리에 쓰이지 않았으므로, 새어 든 정보가 적었다고 볼 수 있습니다. 누수의 크기는 **새어 든 정보의 양**에 달려 있습니다. 그래도 데이터를 먼저 나눈다는 규칙은 그대로입니다. 누수가 해로운지 하나하나 따지기보다 먼저 나누는 편이 쉽기 때문입니다.
#
# !!! warning "먼저 나누고, 그다음에 배웁니다"
#     특성 고르기, 표준화, 결측값 채우기, 주성분 분석은 모두 데이터에서 무언가를 배우는 단계입니다. 따라서 훈련 세트로만 배우고, 그 값을 검증 세트와 테스트 세트에 그대로 적용합니다.

# %% [markdown] lang="en"
# On these data the number of right answers is the same with and without the leak, for all three seeds. The means of 1,797 and of 1,437 images are almost equal, and no labels were involved. The size of a leak depends on **how much information seeps through**. The rule stands all the same: splitting first is easier than arguing about leaks.
#
# !!! warning "Split first, learn afterwards"
#     Feature selection, standardization, filling in missing values, principal components: all of these learn from data. Learn them on the training set only, and apply the same values to validation and test.

# %% [markdown] lang="ko"
# ### 누수 3: 중복된 샘플 { #duplicates .deeper }
#
# 같은 샘플이 두 번 들어 있으면 하나는 훈련 세트에, 다른 하나는 테스트 세트에 들어갈 수 있습니다. 그러면 레이블이 순전한 난수여도 외우기만 하면 맞힐 수 있습니다. 500행을 두 번씩 넣고, 가장 가까운 훈련 행의 레이블로 답하는 **1-최근접 이웃**(1-NN)으로 정확도를 재어 봅시다. 클래스가 10개이므로 정직한 점수는 10%입니다.
#
# 테스트 샘플의 짝이 훈련 세트에 있을 확률은 800/999이고, 짝이 없어도 1/10은 우연히 맞습니다. 이를 바탕으로 점수가 몇 점일지 계산해 보세요.

# %% [markdown] lang="en"
# ### Leak 3: duplicate examples { #duplicates .deeper }
#
# If an example occurs twice, one copy may land in the training set and the other in the test set. Even with random labels, memorizing is then enough. Enter each of 500 rows twice and use **1-nearest neighbor** (1-NN), which answers with the label of the closest training row. There are 10 classes, so an honest score is 10%.
#
# The twin is in the training set with probability 800/999; without a twin, 1/10 are right by luck. What score do you expect?


# %%
def twin_score(seed, keep_twins_together):
    generator = torch.Generator().manual_seed(seed)
    group = torch.arange(500).repeat(2)
    x = torch.rand((500, 20), generator=generator)[group]
    target = torch.randint(10, (500,), generator=generator)[group]
    unit = group if keep_twins_together else torch.arange(1000)
    held = torch.randperm(len(unit.unique()), generator=generator)[
        : len(unit.unique()) // 5
    ]
    hold = torch.isin(unit, held)
    nearest = torch.cdist(x[hold], x[~hold]).argmin(dim=1)
    return (target[~hold][nearest] == target[hold]).float().mean().item()


print(f"expected {800 / 999 + 199 / 999 / 10:.4f}")
# > expected 0.8207
for together in (False, True):
    twin_scores = [twin_score(seed, together) for seed in range(5)]
    print(
        f"twins together: {together!s:5}",
        *(f"{score:.4f}" for score in twin_scores),
    )
# > twins together: False 0.8100 0.8100 0.8000 0.8800 0.8500
# > twins together: True  0.0800 0.0800 0.0600 0.1200 0.0900

# %% [markdown] lang="ko"
# 난수로 붙인 레이블을 맞힌 비율은 0.80~0.88로, 계산으로 얻은 0.8207과 비슷합니다. 모델은 규칙을 배운 것이 아니라 답을 외웠을 뿐입니다. 짝이 되는 두 샘플을 같은 세트에 두면 점수는 0.0600~0.1200이 되어, 우연히 맞히는 수준으로 돌아옵니다. 따라서 데이터를 나누기 전에 중복된 샘플부터 찾아야 합니다.

# %% [markdown] lang="en"
# The model got 0.80 to 0.88 of the random labels right, in line with the 0.8207 expected. It learned nothing; it memorized. Keep twins on one side, and the score returns to chance, 0.0600 to 0.1200. Look for duplicates before you split.

# %% [markdown] lang="ko"
# ### 누수 4: 같은 사람의 글씨 { #writers .deeper }
#
# 완전히 같지는 않아도 서로 닮은 샘플이 있습니다. 이 손글씨 숫자는 13명이 썼습니다([데이터 설명](https://scikit-learn.org/stable/datasets/toy_dataset.html#optical-recognition-of-handwritten-digits-dataset)). 어느 숫자를 누가 썼는지는 기록되어 있지 않습니다. 그러나 한 사람의 글씨가 파일에 이어서 나온다면, 가장 닮은 이미지도 가까운 위치에 있을 것입니다. 정말 그런지 확인해 봅시다.

# %% [markdown] lang="en"
# ### Leak 4: the same writer { #writers .deeper }
#
# Examples can be alike without being equal. These digits were written by 13 people ([description of the data](https://scikit-learn.org/stable/datasets/toy_dataset.html#optical-recognition-of-handwritten-digits-dataset)). Who wrote which is not recorded, but if each person's digits follow one another in the file, the most similar image should also be nearby. Check that.

# %%
place = torch.arange(1797)
distance = torch.cdist(images, images)
distance.fill_diagonal_(float("inf"))
away = (distance.argmin(dim=1) - place).abs()
by_chance = (place[:, None] - place).abs()
print(
    "most similar image within 50 places "
    f"{(away <= 50).float().mean().item():.4f}"
)
# > most similar image within 50 places 0.3734
print(
    "by chance                           "
    f"{((by_chance <= 50).sum() - 1797).item() / (1797 * 1796):.4f}"
)
# > by chance                           0.0549

# %% [markdown] lang="ko"
# 가장 닮은 이미지가 파일에서 앞뒤 50장 안에 있는 비율은 0.3734입니다. 파일의 순서에 의미가 없다면 이 비율은 0.0549여야 합니다. 그러므로 파일에서 가까이 있는 이미지는 같은 사람의 글씨일 때가 많으리라고 짐작할 수 있습니다. 이런 데이터를 섞어서 나누면 한 사람의 글씨가 훈련 세트와 테스트 세트 양쪽에 들어갑니다.
#
# 새로운 사람의 글씨를 받는 상황을 흉내 내기 위해, 데이터를 섞지 않고 파일의 마지막 360장을 한 블록으로 묶어 통째로 테스트 세트에 둡니다. 섞는 방식과 블록을 남기는 방식으로 각각 나누어 모델 넷을 평가합니다.

# %% [markdown] lang="en"
# For 0.3734 of the images, the most similar one is within 50 places. If the order meant nothing, it would be 0.0549. That suggests that images close together in the file often come from the same hand. Shuffle before the split, and one person's digits land on both sides.
#
# To imitate a new writer, do not shuffle: set aside the last 360 images as one block. Measure four models both ways.


# %%
def cnn():
    return nn.Sequential(
        nn.Unflatten(1, (1, 8, 8)),
        nn.Conv2d(1, 16, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(144, 10),
    )


# %%
def nearest_hits(learn, hold):
    nearest = torch.cdist(images[hold], images[learn]).argmin(dim=1)
    return digits[learn][nearest] == digits[hold]


def trained_score(build, num_epochs, learn, hold, seed):
    torch.manual_seed(seed)
    classifier = fit(
        build(), images[learn], digits[learn], num_epochs, seed
    )
    return evaluate(classifier, images[hold], digits[hold])[0] / len(hold)


# %%
builders = {
    "softmax": (lambda: nn.Linear(64, 10), 20),
    "MLP": (lambda: mlp(128), 8),
    "CNN": (cnn, 6),
}
writers = {name: ([], []) for name in ("1-NN", *builders)}
for seed in range(3):
    generator = torch.Generator().manual_seed(seed)
    orders = torch.randperm(1797, generator=generator), place
    for by, order in enumerate(orders):
        sets = order[:-360], order[-360:]
        hits = nearest_hits(*sets)
        writers["1-NN"][by].append(hits.float().mean().item())
        for name, (build, num_epochs) in builders.items():
            score = trained_score(build, num_epochs, *sets, seed)
            writers[name][by].append(score)

# %%
for name, (shuffled_scores, block_scores) in writers.items():
    print(
        f"{name:7}  shuffled {sum(shuffled_scores) / 3:.4f}  "
        f"block {sum(block_scores) / 3:.4f}"
    )
    spread = max(max(scores) - min(scores) for scores in writers[name])
    assert min(shuffled_scores) - max(block_scores) > spread
# > 1-NN     shuffled 0.9907  block 0.9556
# > softmax  shuffled 0.9509  block 0.8806
# > MLP      shuffled 0.9556  block 0.8917
# > CNN      shuffled 0.9528  block 0.8824
for score in (0.95, 0.88):
    print(
        f"360 images at {100 * score:.0f} %: "
        f"half-width {100 * simple_half_width(score, 360):.1f} points"
    )
# > 360 images at 95 %: half-width 2.3 points
# > 360 images at 88 %: half-width 3.4 points

# %% figure="writers"
fig, ax = plt.subplots()
for i, (shuffled_scores, block_scores) in enumerate(writers.values()):
    for scores, marker, color, shift in [
        (shuffled_scores, "o", "C1", -0.12),
        (block_scores, "s", "C0", 0.12),
    ]:
        ax.plot([i + shift] * 3, scores, marker, color=color)
ax.plot([], [], "o", color="C1", label="shuffled")
ax.plot([], [], "s", color="C0", label="block")
ax.set_xticks(range(4), list(writers))
ax.set(
    xlim=(-0.5, 3.5),
    ylim=(0.84, 1.03),
    yticks=[0.85, 0.9, 0.95, 1],
    ylabel="test accuracy",
)
ax.legend(loc="upper right", ncols=2)

# %% [markdown] lang="ko" caption="writers"
# 섞어서 나누면(동그라미) 네 모델 모두 점수가 높지만, 이어진 블록을 통째로 남기면(네모) 모두 내려갑니다. 점 하나가 시드 하나를 나타냅니다.
#
# 점그래프의 가로축은 모델 넷이고 세로축은 0.84에서 1까지의 테스트 정확도입니다. 섞어서 나누었을 때의 평균은 1-NN 0.99, 소프트맥스 0.95, MLP 0.96, CNN 0.95입니다. 블록을 통째로 남겼을 때의 평균은 차례로 0.96, 0.88, 0.89, 0.88입니다. 모델마다 동그라미가 모두 네모보다 위에 있습니다.
#
# - 1-NN: 1-NN
# - softmax: 소프트맥스
# - MLP: MLP
# - CNN: CNN
# - shuffled: 섞어 나눔
# - block: 통째로
# - test accuracy: 테스트 정확도

# %% [markdown] lang="en" caption="writers"
# With a shuffled split (circles) all four models score high. With a whole block held out (squares) all of them drop. Each dot is one seed.
#
# Dot plot. Horizontal axis: four models; vertical axis: test accuracy from 0.84 to 1. Means with a shuffled split: 1-NN 0.99, softmax 0.95, MLP 0.96, CNN 0.95. Means with the block: 0.96, 0.88, 0.89, 0.88. For every model all circles are above all squares.

# %% [markdown] lang="ko"
# 정확도는 소프트맥스 회귀가 0.9509에서 0.8806으로, 다층 퍼셉트론(MLP)이 0.9556에서 0.8917로, 합성곱 신경망(CNN)이 0.9528에서 0.8824로, 1-NN이 0.9907에서 0.9556으로 내려갑니다. 360장으로 구한 신뢰구간의 오차 한계는 섞어서 나눌 때 2.3포인트, 블록을 남길 때 3.4포인트쯤입니다. 따라서 앞의 세 모델에서 생긴 차이를 표본이 우연히 그렇게 뽑힌 탓으로 돌리기는 어렵습니다. 점수가 내려간 이유는 1-NN을 보면 짐작할 수 있습니다. 1-NN은 가장 닮은 이미지 한 장만 보고 답하는데, 블록을 통째로 남기면 그 한 장이 대개 다른 사람의 글씨일 것입니다.
#
# 다만 시드가 3개뿐이고 두 방식의 시험 문제도 다르므로 아직 판정하기는 이릅니다. 혹시 파일의 마지막 360장이 유난히 어려웠던 것은 아닐까요? 이것도 실험으로 확인해 봅시다. 데이터를 다섯 블록으로 나누어 돌아가며 테스트 세트로 쓰면 1,797장이 **모두 한 번씩** 시험에 나오므로, 두 방식의 시험 문제가 같아집니다.

# %% [markdown] lang="en"
# Softmax regression drops from 0.9509 to 0.8806, the multilayer perceptron (MLP) from 0.9556 to 0.8917, the convolutional network (CNN) from 0.9528 to 0.8824, and 1-NN from 0.9907 to 0.9556. With 360 images the half-width is about 2.3 points for the shuffled split and 3.4 for the block, so the luck of the draw hardly explains the first three drops. 1-NN hints at the reason: it answers with the one most similar image, and with the block held out that image is probably by another hand.
#
# But with 3 seeds, and different test images on either side, that is no verdict yet. Were the last 360 images perhaps unusually hard? Test this explanation, too. Let five blocks take turns as the test set. Then **each** of the 1,797 images is tested once, and both ways of splitting are tested on the same images.


# %% anchor="same_questions"
def five_fold(order):
    parts = order.chunk(5)
    hits = torch.empty(len(order), dtype=torch.bool)
    for i, hold in enumerate(parts):
        learn = torch.cat(parts[:i] + parts[i + 1 :])
        hits[hold] = nearest_hits(learn, hold)
    return hits


block = five_fold(place)
print(f"blocks   {block.double().mean():.4f}")
# > blocks   0.9649
for seed in range(3):
    g = torch.Generator().manual_seed(seed)
    mixed = five_fold(torch.randperm(1797, generator=g))
    won, lost = (
        (one & ~other).sum().item()
        for one, other in [(mixed, block), (block, mixed)]
    )
    p = sign_test(won, lost)
    print(
        f"shuffled {mixed.double().mean():.4f}  "
        f"won {won}, lost {lost}, p = {p:.1e}"
    )
    assert won > lost
    assert p < 0.05
# > shuffled 0.9872  won 44, lost 4, p = 1.5e-09
# > shuffled 0.9872  won 43, lost 3, p = 4.6e-10
# > shuffled 0.9894  won 47, lost 3, p = 3.7e-11

# %% [markdown] lang="ko"
# 시험 문제가 같은데도 점수는 블록으로 나누면 0.9649, 섞어서 나누면 0.9872로 차이가 납니다. 문제가 같으므로 [이미지마다 짝지어](#compare) 셀 수도 있습니다. 처음 섞었을 때 한쪽만 맞힌 이미지는 섞어서 나눈 쪽이 44장, 블록으로 나눈 쪽이 4장입니다. 우연히 이만큼 치우칠 확률은 세 번의 섞기에서 모두 0.05보다 훨씬 작습니다. 따라서 1-NN에서 점수를 가른 것은 블록의 난이도가 아니라 **나누는 방식**입니다. 그렇다면 두 점수 가운데 어느 쪽이 맞을까요? 서로 다른 물음에 답할 뿐, 둘 다 맞습니다. 이미 아는 사람의 글씨를 인식하려면 섞어서 나눈 점수를, 처음 보는 사람의 글씨를 인식하려면 블록으로 나눈 점수를 보아야 합니다. 이 이야기는 [손글씨 숫자 실습](mnist_capstone.md)에서 이어집니다.
#
# !!! warning "닮은 것은 한쪽에 둡니다"
#     같은 사람, 같은 환자, 같은 영상의 장면, 같은 날의 기록은 그룹으로 묶어 그룹째로 나눕니다. 데이터에 시간 순서가 있으면 과거의 데이터로 학습하고 미래의 데이터로 시험합니다. 나누는 방식은 모델을 **실제로 쓸 상황**과 닮아야 하기 때문입니다.

# %% [markdown] lang="en"
# The test images are the same, yet blocks give 0.9649 and shuffling gives 0.9872. And the same images can be counted [paired by image](#compare): in the first shuffle, 44 images are right only when shuffled and 4 only with blocks, and in all three shuffles the chance of counts this lopsided is far below 0.05. So for 1-NN it is not the difficulty of a block but **the way of splitting** that made the difference. Which number is right? Both, as answers to different questions: shuffled for writers you know, blocks for a writer you have never seen. The [handwritten digits capstone](mnist_capstone.md) takes this up again.
#
# !!! warning "Keep what is alike on one side"
#     Group the same person, the same patient, frames of the same video, records of the same day, and split whole groups. If there is an order in time, train on the past and test on the future. A split should resemble **the situation of use**.

# %% [markdown] lang="ko"
# ## 연습 문제 { #exercises }
#
# **1. 필요한 샘플 수.** 정확도가 0.97쯤인 모델이 있습니다. 95% 신뢰구간의 오차 한계를 1포인트(0.01)까지 줄이려면 테스트 샘플이 몇 개 필요한가요? [앞의 첫 식](#how-sure)을 $n$에 관해 풀고, 그 값을 올림해 보세요. 오차 한계를 그 절반으로 줄이려면 샘플은 몇 배가 필요할까요?
#
# ??? tip "힌트"
#     오차 한계는 표준오차의 1.96배이며, 표준오차의 제곱은 $p(1-p)/n$입니다.

# %% [markdown] lang="en"
# ## Exercises { #exercises }
#
# **1. How many examples?** A model has an accuracy of about 0.97. How many test examples does it take to bring the half-width of its 95% interval down to 1 point (0.01)? Solve [the first formula above](#how-sure) for $n$ and round up. How many times as many would it take to halve that?
#
# ??? tip "Hint"
#     The half-width is 1.96 standard errors, and the square of the standard error is $p(1-p)/n$.

# %% exercise="examples_needed"
### BEGIN SOLUTION
# 1118
examples_needed = math.ceil(1.96**2 * 0.97 * 0.03 / 0.01**2)
### END SOLUTION

# %% check="examples_needed"
assert isinstance(examples_needed, int), (
    f"{examples_needed!r} is not an int"
)
assert simple_half_width(0.97, examples_needed) <= 0.01, "too few"
assert simple_half_width(0.97, examples_needed - 1) > 0.01, (
    "more than needed"
)

# %% wrong="examples_needed"
# ko: 이것은 표준오차가 0.01이 되는 개수인데, 95% 신뢰구간의 오차 한계는 표준오차의 1.96배입니다.
# en: This makes the standard error 0.01; the half-width of a 95% interval is 1.96 times that.
examples_needed = 291

# %% wrong="examples_needed"
# ko: 제곱하지 않았으므로, 오차 한계를 반으로 줄이려면 샘플이 4배 필요하다는 사실과 어긋납니다.
# en: Nothing is squared, although half the width takes 4 times the examples.
examples_needed = 6

# %% wrong="examples_needed"
# ko: 가장 불리한 정확도 0.5를 가정하면 안전하지만, 주어진 정확도에 필요한 개수보다 많습니다.
# en: The worst case, an accuracy of 0.5, is safe, but asks for more than the given accuracy needs.
examples_needed = 9604

# %% [markdown] lang="ko"
# **2. 숫자 하나로 고치기.** 숫자 하나만 바꿔서 정확도 0%를 고쳐 보세요. 단, 이번에는 그 숫자를 **테스트 세트를 보지 않고** 정합니다. 갱신 횟수를 100번씩 늘려 가며, 시드 1의 모델이 훈련 샘플 8개를 모두 맞히는 가장 작은 횟수를 찾으세요. 위의 표만 보아서는 답을 정할 수 없습니다.
#
# ??? tip "힌트"
#     `range(100, 2001, 100)`으로 반복문을 돌려 `num_right(*update(*start_many([1]), n), x_train, y_train)`이 처음 8이 되는 `n`을 찾습니다.

# %% [markdown] lang="en"
# **2. A one-number repair.** Repair the 0% by changing a single number, but this time choose it **without looking at the test set**. In steps of 100, find the smallest number of updates after which the model of seed 1 gets all eight training examples right. The table above is not enough to tell.
#
# ??? tip "Hint"
#     Loop over `range(100, 2001, 100)` and find the first `n` for which `num_right(*update(*start_many([1]), n), x_train, y_train)` is 8.


# %% exercise="one_number" path="deeper"
# ko: update(*start_many([1]), ...)와 num_right를 써 보세요.
# en: Use update(*start_many([1]), ...) and num_right.
### BEGIN SOLUTION
enough = 500
### END SOLUTION

# %% check="one_number"
assert isinstance(enough, int), f"{enough!r} is not an int"
assert enough % 100 == 0, f"{enough} is no multiple of 100"
found = update(*start_many([1]), enough)
right = num_right(*found, x_train, y_train).item()
assert right == 8, f"{right} of 8 right after {enough} updates"
sooner = update(*start_many([1]), enough - 100)
assert num_right(*sooner, x_train, y_train).item() < 8, (
    f"{enough - 100} updates are enough"
)
right = num_right(*found, x_test, y_test).item()
assert right == 3, f"{right} of 3 right in testing"

# %% wrong="one_number"
# ko: 500번에서 100번을 줄이면 아직 훈련 샘플 하나를 틀립니다.
# en: With 100 updates fewer than 500 one training example is still wrong.
enough = 400

# %% wrong="one_number"
# ko: 이 횟수면 충분하지만, 조건을 만족하는 가장 작은 횟수는 아닙니다.
# en: That is enough, but not the smallest number.
enough = 1000


# %% [markdown] lang="ko"
# **3. 그룹째로 나누기.** 그룹을 쪼개지 않고 데이터를 나누어 보세요. `group`에는 샘플마다 그룹(글쓴이, 환자, 중복된 샘플의 짝)의 번호가 들어 있습니다. 그룹을 `num_test_groups`개 무작위로 골라, 그 그룹에 속한 샘플이 `True`인 마스크를 돌려주세요. 어느 그룹이든 크기와 상관없이 똑같은 확률로 뽑혀야 합니다.
#
# ??? tip "힌트"
#     `group.unique()`로 그룹의 번호를 한 번씩만 늘어놓은 다음, 샘플이 아니라 그 번호를 섞습니다.

# %% [markdown] lang="en"
# **3. Whole groups.** Split without cutting through groups. `group` holds each example's group (writer, patient, pair of duplicates). Choose `num_test_groups` groups at random and return a mask that is `True` for their examples. Every group must be equally likely, whatever its size.
#
# ??? tip "Hint"
#     `group.unique()` lists each group once. Shuffle this list, not the examples.


# %% exercise="group_split" path="deeper"
def group_split(group, num_test_groups, generator):
    ### BEGIN SOLUTION
    names = group.unique()
    order = torch.randperm(len(names), generator=generator)
    return torch.isin(group, names[order[:num_test_groups]])
    ### END SOLUTION


# %% check="group_split"
writer = torch.tensor([7, 7, 3, 7, 3, 5, 5, 9, 9, 9])
for group, k in [(writer, 2), (torch.arange(6) // 2, 1)]:
    case, masks = f"group_split({group.tolist()}, {k}, ...)", []
    for seed in [0, 0, 1, 2, 3, 4, 5]:
        g = torch.Generator().manual_seed(seed)
        masks.append(group_split(group, k, g))
    for mask in masks:
        assert torch.is_tensor(mask), f"{case}: {mask} is no mask"
        names = set(group[mask].tolist())
        assert len(names) == k, f"{case}: groups {names}, not {k} of them"
        cut = names & set(group[~mask].tolist())
        assert not cut, f"{case}: {cut} on both sides"
    assert torch.equal(masks[0], masks[1]), f"{case}: one seed, two masks"
    assert any(not torch.equal(masks[0], mask) for mask in masks[2:]), (
        f"{case}: always the same"
    )


def drawn(group, k, seed):
    g = torch.Generator().manual_seed(seed)
    return tuple(group[group_split(group, k, g)].unique().tolist())


pairs = {drawn(writer, 2, seed) for seed in range(100)}
assert len(pairs) == 6, f"of 6 pairs of groups only {len(pairs)} come up"
uneven = torch.tensor([0] * 20 + [1, 2])
large = sum(drawn(uneven, 1, seed) == (0,) for seed in range(100))
assert 15 < large < 55, f"the large group {large} times of 100, not 33"


# %% wrong="group_split"
# ko: 그룹이 아니라 샘플을 골랐으므로, 한 그룹이 훈련 세트와 테스트 세트로 나뉩니다.
# en: It draws examples instead of groups, so a group falls into both halves.
def group_split(group, num_test_groups, generator):
    order = torch.randperm(len(group), generator=generator)
    mask = torch.zeros(len(group), dtype=torch.bool)
    mask[order[:num_test_groups]] = True
    return mask


# %% wrong="group_split"
# ko: 언제나 번호가 작은 그룹을 고르므로 무작위가 아닙니다.
# en: It always takes the groups with the smallest numbers, which is not random.
def group_split(group, num_test_groups, generator):
    return torch.isin(group, group.unique()[:num_test_groups])


# %% wrong="group_split"
# ko: 고른 그룹을 테스트 세트가 아니라 훈련 세트에 넣었습니다.
# en: It puts the groups that it draws into training instead of testing.
def group_split(group, num_test_groups, generator):
    names = group.unique()
    order = torch.randperm(len(names), generator=generator)
    return ~torch.isin(group, names[order[:num_test_groups]])


# %% wrong="group_split"
# ko: 샘플을 섞어 먼저 나온 그룹을 고르면, 샘플이 많은 그룹이 더 자주 뽑힙니다.
# en: It shuffles examples and takes the groups that come first, so large groups are drawn more often.
def group_split(group, num_test_groups, generator):
    order = torch.randperm(len(group), generator=generator)
    names = list(dict.fromkeys(group[order].tolist()))
    return torch.isin(group, torch.tensor(names[:num_test_groups]))


# %% right="group_split"
def group_split(group, num_test_groups, generator):
    names, index = group.unique(return_inverse=True)
    keys = torch.rand(len(names), generator=generator)
    return (keys.argsort().argsort() < num_test_groups)[index]


# %% [markdown] lang="ko"
# **4. 누수 없는 표준화.** 정보가 새는 함수 `standardize_together()`를 고쳐, 변환한 훈련 세트와 테스트 세트를 차례로 돌려주세요. 훈련 세트에서 값이 모두 같은 특성이 있어도 `inf`나 `nan`이 나오면 안 됩니다. 그런 특성에서는 평균만 뺍니다.
#
# ??? tip "힌트"
#     두 세트 모두 훈련 세트의 평균과 표준편차로 변환하고, 값이 모두 같은 특성에서는 표준편차 대신 1로 나눕니다.

# %% [markdown] lang="en"
# **4. A scaler without a leak.** Mend the leaky `standardize_together()`. Return the transformed training set, then the transformed test set. A feature with a single value in training must not produce `inf` or `nan`: subtract the mean only.
#
# ??? tip "Hint"
#     Both sets are transformed with the mean and the standard deviation of the training set. Where all values are the same, divide by 1 instead.


# %% exercise="honest_scaler"
def standardize(train, test):
    ### BEGIN SOLUTION
    mean, std = train.mean(dim=0), train.std(dim=0)
    # ko: 반올림 때문에, 값이 모두 같아도 표준편차가 꼭 0은 아닙니다.
    # en: Rounding may leave a standard deviation above 0.
    constant = (train == train[0]).all(dim=0)
    std = torch.where(constant, 1.0, std)
    return (train - mean) / std, (test - mean) / std
    ### END SOLUTION


# %% check="honest_scaler"
result = standardize(x_train, x_test)
assert result is not None, "nothing is returned"
result = [half.float() for half in result]
assert torch.isfinite(torch.cat(result)).all(), f"inf or nan: {result}"
# ko: n - 1로 나누든 n으로 나누든 맞습니다.
# en: Dividing by n - 1 or by n, either is right.
spreads = [result[0][:, 1:].std(dim=0, correction=c) for c in (1, 0)]
assert any(torch.allclose(spread, torch.ones(2)) for spread in spreads), (
    f"std {spreads[0]}, not 1"
)
alone = standardize(x_train, x_test[:1])[1].float()
assert torch.allclose(alone, result[1][:1]), (
    "a test example depends on the others"
)
first = result[1][:, 0]
assert torch.equal(first, torch.tensor([1.0, 2.0, 2.0])), (
    f"only the mean is taken from the first feature, not {first}"
)
other = standardize(2 * x_train + 3, 2 * x_test + 3)[1].float()
assert torch.allclose(other[:, 1:], result[1][:, 1:], atol=1e-5), (
    "2 x + 3 gives another result than x"
)
small = standardize(x_train / 8, x_test / 8)[1].float()
assert torch.allclose(small[:, 1:], result[1][:, 1:], atol=1e-4), (
    "a feature in small units is no constant"
)


# %% wrong="honest_scaler"
# ko: 테스트 세트까지 합쳐 평균과 표준편차를 구했으므로 테스트 세트의 정보가 샙니다.
# en: It takes the mean and the standard deviation of both sets together, which leaks the test set.
def standardize(train, test):
    both = torch.cat([train, test])
    mean, std = both.mean(dim=0), both.std(dim=0)
    std = torch.where(std > 0, std, 1.0)
    return (train - mean) / std, (test - mean) / std


# %% wrong="honest_scaler"
# ko: 훈련 세트에서 값이 하나뿐인 특성은 표준편차가 0이므로 0으로 나누게 됩니다.
# en: A feature with a single value in training has a standard deviation of 0, and this divides by 0.
def standardize(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0)
    return (train - mean) / std, (test - mean) / std


# %% wrong="honest_scaler"
# ko: 표준편차에 작은 수를 더해 0을 피하면, 값이 하나뿐이던 특성이 테스트 세트에서 아주 큰 수가 됩니다.
# en: A small number added to the standard deviation avoids the 0, but turns that feature into huge numbers in testing.
def standardize(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0) + 1e-8
    return (train - mean) / std, (test - mean) / std


# %% wrong="honest_scaler"
# ko: 표준편차를 1 이상으로 올리면, 단위가 작아 표준편차가 1보다 작은 특성은 표준화되지 않습니다.
# en: With a floor of 1, a feature in small units, whose standard deviation is below 1, is not standardized.
def standardize(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0).clamp(min=1.0)
    return (train - mean) / std, (test - mean) / std


# %% right="honest_scaler"
def standardize(train, test):
    centered, std = train - train.mean(dim=0), train.std(dim=0)
    std[train.amax(dim=0) == train.amin(dim=0)] = 1.0
    return centered / std, (test - train.mean(dim=0)) / std


# %% right="honest_scaler"
def standardize(train, test):
    train, test = train.double(), test.double()
    mean, std = train.mean(dim=0), train.std(dim=0, correction=0)
    std = torch.where((train == train[0]).all(dim=0), 1.0, std)
    return (train - mean) / std, (test - mean) / std


# %% [markdown] lang="ko"
# ## 퀴즈 { #quiz }
#
# ??? question "1. 테스트 정확도 0%의 원인은 무엇이었나요?"
#     - [ ] 훈련과 테스트의 분포가 달랐습니다: 분포가 달랐던 것은 맞지만, 그 때문에 맞힌 개수가 0개 아니면 3개로 몰렸을 뿐입니다. 훈련 샘플 셋으로 시험해도 0개인 모델이 있었습니다.
#     - [x] 갱신한 횟수가 너무 적었습니다: 테스트 데이터를 그대로 두고 100번까지 갱신하자 시드 200개가 모두 100%가 되었습니다.
#     - [ ] 하필 운이 나쁜 시드를 골랐습니다: 시드에 따라 점수가 갈리기는 했지만, 이렇게 시드에 좌우된 것도 학습이 모자랐기 때문입니다.
#
# ??? question "2. 테스트 점수가 가장 높은 에폭의 모델을 골라, 그 점수를 보고해도 될까요?"
#     - [ ] 네, 테스트로 학습하지는 않았습니다: 매개변수를 테스트 데이터로 학습하지는 않았지만, 에폭을 고르는 것도 그 데이터에 맞추는 일입니다.
#     - [ ] 네, 어차피 가장 좋은 모델입니다: 점수가 가장 높아 그렇게 보이지만, 가장 좋은 모델이라기보다 그 이미지에서 운이 좋았던 모델입니다.
#     - [x] 아니요, 점수가 부풀려집니다: 50장으로 고르자 보고한 점수가 다른 이미지의 점수보다 3~4포인트 높았으므로, 고를 때는 검증 세트를 씁니다.
#
# ??? question "3. 전체 데이터로 평균과 표준편차를 구한 뒤에 데이터를 나누었습니다. 정보가 새고 있나요?"
#     - [x] 네, 테스트 세트의 통계량이 학습에 쓰였습니다: 피해가 작더라도 규칙은 같으므로, 통계량은 훈련 세트로만 구합니다.
#     - [ ] 아니요, 레이블은 쓰지 않았습니다: 누수는 레이블로만 생긴다고 생각하기 쉽지만, 같은 행을 변환한 값이 테스트 세트의 이웃에 따라 달라졌습니다.
#     - [ ] 아니요, 점수가 오르지 않았습니다: 손글씨 숫자에서는 점수가 그대로였지만, 점수로 알 수 있는 것은 누수가 있는지가 아니라 얼마나 해로운지입니다.
#
# ??? question "4. 레이블이 난수인데 테스트 정확도가 84%입니다. 무슨 뜻일까요?"
#     - [ ] 모델이 아주 강력합니다: 정확도가 높으면 모델 덕분으로 보이지만, 난수에는 배울 규칙이 없으므로 어떤 모델도 처음 보는 레이블을 맞힐 수 없습니다.
#     - [x] 정보가 새고 있습니다: 앞에서는 특성을 고르는 단계가 테스트의 레이블까지 보았습니다.
#     - [ ] 운이 아주 좋았습니다: 테스트 세트가 작으면 있을 수 있는 일이지만, 시드 다섯 개에서 모두 그랬습니다.
#
# ??? question "5. 테스트 3개를 모두 맞혔습니다. 정확도가 100%라고 해도 될까요?"
#     - [ ] 네, 오차 한계가 ±0이라 확실합니다: 널리 쓰이는 식에서는 그렇게 나오지만, 이 식은 100%에서 쓸 수 없습니다.
#     - [ ] 아니요, 3개로는 알 수 있는 것이 없습니다: 적기는 해도 알 수 있는 것이 있습니다. 정확도가 10%인 모델이 3개를 모두 맞히는 일은 1,000번에 한 번뿐입니다.
#     - [x] 아니요, 3개 중 3개라고 해야 합니다: 95% 윌슨 구간은 44%에서 100%까지입니다. 게다가 클래스가 하나뿐이면 그 클래스만 답하는 모델도 3개를 맞힙니다.

# %% [markdown] lang="en"
# ## Quiz { #quiz }
#
# ??? question "1. What caused the test accuracy of 0%?"
#     - [ ] Training and test data differed: They did, but that only made it more common to get none or all 3 right. Some models got none of three training examples right either.
#     - [x] There were too few updates: With the test data untouched and 100 updates, all 200 seeds reached 100%.
#     - [ ] The seed was an unlucky one: The scores did differ with the seed, but the seed decided them because the training was too short.
#
# ??? question "2. May you pick the epoch with the best test score and report that score?"
#     - [ ] Yes, nothing was trained on the test set: The parameters have not seen it, but choosing an epoch is fitting to these data, too.
#     - [ ] Yes, it is the best model anyway: Its score is the highest, but rather than the best model it is the one that was lucky on those images.
#     - [x] No, the score would be inflated: Picked on 50 images, the reported score was 3 to 4 points above that of other images. Choose by the validation set.
#
# ??? question "3. Means and standard deviations were computed on all data, and then the data were split. Is there a leak?"
#     - [x] Yes, test statistics entered training: The rule holds even where the damage is small. Statistics are computed on the training set only.
#     - [ ] No, the labels were not used: It is easy to think that only labels leak, but the same row came out differently depending on its neighbors in the test.
#     - [ ] No, the score did not rise: On the digits nothing changed, but a score tells how harmful a leak is, not whether there is one.
#
# ??? question "4. The labels are random, and the test accuracy is 84%. What does that mean?"
#     - [ ] The model is powerful: A high accuracy seems to be its merit, but random labels hold no rule to learn, so no model can get unseen ones right.
#     - [x] Something is leaking: Above, the step that selected features had seen the labels of the test as well.
#     - [ ] It was a lucky test: With a small test it may happen, but here it happened with all five seeds.
#
# ??? question "5. All three test examples are right. May you call the accuracy 100%?"
#     - [ ] Yes, with ±0 it is certain: The usual formula says so, but it cannot be used at 100%.
#     - [ ] No, 3 examples tell nothing at all: They tell little, but they do tell something. A model with an accuracy of 10% gets all 3 right only once in 1,000 times.
#     - [x] No, it should be called 3 of 3: The 95% Wilson interval runs from 44% to 100%. Besides, with a single class in the test, a model that always answers that class gets all 3.

# %% [markdown] lang="ko"
# ## 정리 { #summary }
#
# - 테스트 정확도 0%의 원인은 과소적합이었습니다. 의심스러운 것을 하나씩만 바꾸는 대조 실험과 시드 200개로, 그럴듯한 설명이 결정적인 원인이 아님을 밝혔습니다. 훈련 손실 0.9834가 처음부터 실마리였습니다.
# - 정확도는 맞힌 개수와 신뢰구간으로 말합니다. 3개 중 0개일 때 구간은 0.5615까지 이르고, 359장에서 97%일 때의 오차 한계는 0.0176입니다.
# - 훈련 세트로 학습하고 검증 세트로 고르며, 테스트 세트는 한 번만 봅니다. 테스트 이미지 50장으로 에폭을 고르자 점수가 0.0299~0.0390만큼 부풀려졌습니다.
# - 누수는 특성 고르기(잡음에서 평균 0.8440), 전처리, 중복(0.80 이상), 같은 사람의 글씨, 이렇게 네 곳에서 생겼습니다. 따라서 데이터를 먼저 나눈 다음에 배우고, 닮은 것은 한쪽에 둡니다.

# %% [markdown] lang="en"
# ## What we saw { #summary }
#
# - The 0% came from underfitting. Controls that change one suspect at a time, and 200 seeds, showed that the plausible story was not the decisive cause. The training loss of 0.9834 was the clue from the start.
# - Report accuracy as a count with an interval. For zero of three it reaches up to 0.5615; for 97% of 359 the half-width is 0.0176.
# - Fit on the training set, choose by the validation set, look at the test set once. Picking an epoch on 50 test images inflated the score by 0.0299 to 0.0390.
# - Leaks came in through four doors: feature selection (0.8440 on average, from noise), preprocessing, duplicates (0.80 and more), and the same writer. Split first, learn afterwards, and keep what is alike on one side.

# %% [markdown] lang="ko"
# ## 참고 자료 { #references }
#
# - PyTorch 문서: [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html), [`torch.no_grad()`](https://docs.pytorch.org/docs/stable/generated/torch.no_grad.html), [`model.eval()`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.eval), [`torch.randperm`](https://docs.pytorch.org/docs/stable/generated/torch.randperm.html), [`torch.isin`](https://docs.pytorch.org/docs/stable/generated/torch.isin.html), [`torch.cdist`](https://docs.pytorch.org/docs/stable/generated/torch.cdist.html)
# - [모두를 위한 딥러닝 시즌 2, lab 7](https://github.com/deeplearningzerotoall/PyTorch/blob/master/lab-07_1_tips.ipynb). 정확도 0%인 예제의 데이터와 기록이 여기에 있습니다.
# - C. Ambroise, G. J. McLachlan, [Selection bias in gene extraction on the basis of microarray gene-expression data](https://doi.org/10.1073/pnas.102102699), 2002. 나누기 전에 특성을 고른 논문의 점수가 얼마나 부풀려졌는지 보여 줍니다.
# - T. Hastie, R. Tibshirani, J. Friedman, [The Elements of Statistical Learning](https://hastie.su.domains/ElemStatLearn/), 2판, 2009, 7.10.2절. 교차 검증의 틀린 방법과 옳은 방법을 설명합니다.
# - L. D. Brown, T. T. Cai, A. DasGupta, [Interval Estimation for a Binomial Proportion](https://doi.org/10.1214/ss/1009213286), 2001. 흔한 식 대신 윌슨 구간을 권하는 이유를 설명합니다.
# - S. Kapoor, A. Narayanan, [Leakage and the reproducibility crisis in machine-learning-based science](https://doi.org/10.1016/j.patter.2023.100804), 2023. 여러 분야의 논문에서 찾은 누수를 분류합니다.
# - scikit-learn, [Common pitfalls and recommended practices](https://scikit-learn.org/stable/common_pitfalls.html). 누수를 막는 파이프라인을 소개합니다.

# %% [markdown] lang="en"
# ## References { #references }
#
# - PyTorch documentation: [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html), [`torch.no_grad()`](https://docs.pytorch.org/docs/stable/generated/torch.no_grad.html), [`model.eval()`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.eval), [`torch.randperm`](https://docs.pytorch.org/docs/stable/generated/torch.randperm.html), [`torch.isin`](https://docs.pytorch.org/docs/stable/generated/torch.isin.html), [`torch.cdist`](https://docs.pytorch.org/docs/stable/generated/torch.cdist.html)
# - [Deep Learning Zero to All, season 2, lab 7](https://github.com/deeplearningzerotoall/PyTorch/blob/master/lab-07_1_tips.ipynb). The source of the 0% example, its data and its log.
# - C. Ambroise and G. J. McLachlan, [Selection bias in gene extraction on the basis of microarray gene-expression data](https://doi.org/10.1073/pnas.102102699), 2002. How much published scores were inflated by selecting features before the split.
# - T. Hastie, R. Tibshirani, and J. Friedman, [The Elements of Statistical Learning](https://hastie.su.domains/ElemStatLearn/), 2nd ed., 2009, section 7.10.2. The wrong and the right way to do cross-validation.
# - L. D. Brown, T. T. Cai, and A. DasGupta, [Interval Estimation for a Binomial Proportion](https://doi.org/10.1214/ss/1009213286), 2001. Why the Wilson interval is better than the usual formula.
# - S. Kapoor and A. Narayanan, [Leakage and the reproducibility crisis in machine-learning-based science](https://doi.org/10.1016/j.patter.2023.100804), 2023. A taxonomy of leaks found in papers of many fields.
# - scikit-learn, [Common pitfalls and recommended practices](https://scikit-learn.org/stable/common_pitfalls.html). Pipelines that prevent leaks.
