# ---
# needs: [cross_entropy]
# ---

# %% [markdown] lang="ko"
# # PyTorch의 교차 엔트로피: 수치 안정성과 API { #cross-entropy-in-pytorch }
#
# `F.cross_entropy` 한 줄에는 교차 엔트로피(cross entropy) 공식과 오버플로(overflow)를 막는 장치가 함께 들어 있습니다. 그 안에서 일어나는 계산을 들여다보고, 이 함수를 바르게 쓰는 법과 오류 메시지를 읽는 법을 익힙니다.
#
# 정답이 원-핫 벡터(one-hot vector)이면 교차 엔트로피는 정답 확률의 로그에 음의 부호를 붙인 값입니다([앞 레슨](cross_entropy.md)). 공식은 짧지만 컴퓨터가 다루는 수에는 한계가 있어서, 공식을 그대로 코드로 옮기면 로짓(logit)이 100쯤만 되어도 계산이 무너집니다. 이렇게 큰 로짓에서도 값을 제대로 계산하는 성질을 수치 안정성(numerical stability)이라고 합니다.
#
# !!! abstract "학습 목표"
#     - 교차 엔트로피를 네 가지 방법으로 계산해 모두 같은 값을 얻습니다.
#     - log-sum-exp를 유도하고, 큰 로짓에서 어떤 계산이 왜 무너지는지 설명합니다.
#     - 손실 함수(loss function)에 무엇을 넣어야 하는지 알고, 흔한 오류 메시지를 읽습니다.
#     - 이진 분류(binary classification)의 손실이 클래스 2개짜리 교차 엔트로피와 같음을 보입니다.
#     - 레이블 스무딩(label smoothing)과 클래스 가중치(class weight)를 쓰고 그 값을 해석합니다.

# %% [markdown] lang="en"
# # Cross entropy in PyTorch: stability and the API { #cross-entropy-in-pytorch }
#
# One line of `F.cross_entropy` holds a formula and a defense against overflow. Look inside, use it correctly, and learn to read its error messages.
#
# When the target is a one-hot vector, cross entropy is minus the log of the probability of the right class ([previous lesson](cross_entropy.md)). The formula is short, but computer numbers have limits. Copy the formula into code as it stands, and logits of about 100 are enough to break it. Code that does not break this way is called numerically stable.
#
# !!! abstract "What you will be able to do"
#     - Write cross entropy in four ways and get one number.
#     - Derive log-sum-exp, and explain what breaks at large logits and why.
#     - Know what each loss function expects, and read the common error messages.
#     - Show that the binary loss is cross entropy with two classes.
#     - Use label smoothing and class weights, and interpret the values they give.

# %%
import math

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

# %% [markdown] lang="ko"
# ## 점수표와 정답 { #setup }
#
# 샘플(example) 3개를 각각 클래스(class) 5개 가운데 하나로 분류하는 문제를 다룹니다. 모델의 로짓과 정답을 모두 무작위로 정했으니 좋은 모델은 아니지만, 계산 과정을 따라가기에는 충분합니다. 나중에 손실을 로짓으로 미분해야 하므로 `requires_grad=True`를 켭니다.

# %% [markdown] lang="en"
# ## A table of scores and its targets { #setup }
#
# Three examples, five classes. Both the logits of the model and the targets are random: not a good model, but good enough to follow the arithmetic. `requires_grad=True` is there because we will differentiate the loss with respect to the logits.

# %% anchor="int64"
torch.manual_seed(1)
logits = torch.rand(3, 5, requires_grad=True)
target = torch.randint(5, (3,))
print(logits)
# > tensor([[0.7576, 0.2793, 0.4031, 0.7347, 0.0293],
# >         [0.7999, 0.3971, 0.7544, 0.5695, 0.4388],
# >         [0.6387, 0.5247, 0.6826, 0.3051, 0.4635]], requires_grad=True)
print(target)
# > tensor([0, 2, 1])
assert target.dtype == torch.int64

# %% [markdown] lang="ko"
# 정답은 첫 행부터 차례로 클래스 0, 2, 1입니다. 처음부터 정수형인 `int64`로 만들어져 있어 자료형을 바꿀 필요가 없습니다.
#
# 이제 로짓을 행마다 확률로 바꿉니다. 클래스가 가로로 놓여 있으므로, 가로 방향으로 계산하도록 `dim=1`을 줍니다.

# %% [markdown] lang="en"
# From the first row down, the targets are classes 0, 2, and 1. They are `int64` from the start, so no conversion is needed.
#
# Now turn each row of logits into probabilities. The classes run along each row, so pass `dim=1`.

# %% anchor="softmax_tag"
probs = F.softmax(logits, dim=1)
print(probs)
# > tensor([[0.2645, 0.1639, 0.1855, 0.2585, 0.1277],
# >         [0.2430, 0.1624, 0.2322, 0.1930, 0.1694],
# >         [0.2226, 0.1986, 0.2326, 0.1594, 0.1868]], grad_fn=<SoftmaxBackward0>)
assert torch.allclose(probs.sum(dim=1), torch.ones(3))

# %% [markdown] lang="ko"
# 끝에 붙은 `grad_fn=<SoftmaxBackward0>`은 자동 미분(automatic differentiation)이 남긴 꼬리표입니다. 이 꼬리표는 "이 텐서는 소프트맥스(softmax)에서 나왔으므로, 역전파(backpropagation) 때 소프트맥스의 미분을 쓴다"는 뜻입니다. 오래된 자료에는 끝의 0 없이 나오지만 뜻은 같습니다. 꼬리표를 읽으면 함수 안에서 어떤 계산이 일어나는지 알 수 있으며, 아래에서도 이 방법을 씁니다.

# %% [markdown] lang="en"
# The tail `grad_fn=<SoftmaxBackward0>` is a tag left by automatic differentiation: this tensor came out of softmax, so the backward pass will use the derivative of softmax. Older material prints it without the final 0; it is the same thing. These tags reveal what a function computes inside, and we will use that below.

# %% [markdown] lang="ko"
# ## 저수준: 원-핫, 로그, 평균 { #low-level }
#
# 샘플이 $N$개, 클래스가 $K$개일 때 평균 교차 엔트로피는 다음과 같습니다. 식에 있는 두 합 가운데 바깥쪽은 샘플에 대한 합이고, 안쪽은 클래스에 대한 합입니다.
#
# $$
# L = -\frac{1}{N}\sum_{n=1}^{N}\sum_{k=1}^{K} y_{nk}\log p_{nk}
# $$
#
# 정답 $y_{nk}$는 원-핫이므로, 안쪽 합에서는 정답 클래스의 항 하나만 남습니다. 이 공식을 그대로 코드로 옮기면 다음과 같습니다.

# %% [markdown] lang="en"
# ## Low level: one-hot, log, mean { #low-level }
#
# With $N$ examples and $K$ classes, the mean cross entropy is the following. There are two sums: the outer one runs over examples, the inner one over classes.
#
# $$
# L = -\frac{1}{N}\sum_{n=1}^{N}\sum_{k=1}^{K} y_{nk}\log p_{nk}
# $$
#
# Because $y_{nk}$ is one-hot, a single term of the inner sum survives: the one of the right class. Here is the formula as code.

# %% anchor="two_sums"
one_hot = F.one_hot(target, num_classes=5)
print(one_hot)
# > tensor([[1, 0, 0, 0, 0],
# >         [0, 0, 1, 0, 0],
# >         [0, 1, 0, 0, 0]])
row_losses = -(one_hot * torch.log(probs)).sum(dim=1)
print(row_losses)
# > tensor([1.3301, 1.4602, 1.6165], grad_fn=<NegBackward0>)
print(row_losses.mean())
# > tensor(1.4689, grad_fn=<MeanBackward0>)

# %% [markdown] lang="ko"
# 첫 행의 손실만 손으로 확인해 봅시다. 정답인 클래스 0의 확률이 0.2645이므로 손실은 $-\ln 0.2645$, 약 1.33이고, 이 값은 출력된 1.3301과 일치합니다. 세 행의 손실을 평균하면 **1.4689**가 됩니다.
#
# 다섯 클래스에 확률을 똑같이 나누어 준 모델이라면 손실이 $\ln 5$, 약 1.61입니다. 무작위로 만든 이 점수표는 운 좋게도 그보다 조금 나은 셈입니다.

# %% [markdown] lang="en"
# Check the first row by hand. The right class is 0, with probability 0.2645, and $-\ln 0.2645$ is about 1.33. The output says 1.3301. The mean of the three rows is **1.4689**.
#
# A model that spreads its bets evenly over five classes would have a loss of $\ln 5$, about 1.61. Our random table happens to be slightly better than that.

# %%
print(f"ln 5 = {math.log(5):.4f}")
# > ln 5 = 1.6094
assert row_losses.mean() < math.log(5)

# %% [markdown] lang="ko"
# ## 고수준: 로그 소프트맥스에서 한 줄까지 { #high-level }
#
# 확률은 중간 단계일 뿐이고, 손실을 구하는 데 정작 필요한 것은 확률의 로그입니다. 소프트맥스를 구한 다음 로그를 취한 행렬과, `F.log_softmax`로 한 번에 구한 행렬을 나란히 비교해 봅시다.

# %% [markdown] lang="en"
# ## High level: from log-softmax to one line { #high-level }
#
# Probabilities are only a step on the way; what the loss needs is their logarithm. Compare two matrices: softmax followed by a log, and `F.log_softmax` in one go.

# %%
two_steps = torch.log(F.softmax(logits, dim=1))
print(two_steps)
# > tensor([[-1.3301, -1.8084, -1.6846, -1.3530, -2.0584],
# >         [-1.4147, -1.8174, -1.4602, -1.6450, -1.7758],
# >         [-1.5025, -1.6165, -1.4586, -1.8360, -1.6776]], grad_fn=<LogBackward0>)

# %% anchor="log_softmax_tag"
log_probs = F.log_softmax(logits, dim=1)
print(log_probs)
# > tensor([[-1.3301, -1.8084, -1.6846, -1.3530, -2.0584],
# >         [-1.4147, -1.8174, -1.4602, -1.6450, -1.7758],
# >         [-1.5025, -1.6165, -1.4586, -1.8360, -1.6776]],
# >        grad_fn=<LogSoftmaxBackward0>)
assert torch.allclose(two_steps, log_probs)

# %% [markdown] lang="ko"
# 두 행렬의 수 15개는 모두 같고, 다른 것은 꼬리표뿐입니다. 위의 `LogBackward0`은 로그가 따로 계산되었다는 뜻이고, 아래의 `LogSoftmaxBackward0`은 두 단계가 한 연산으로 합쳐졌다는 뜻입니다. 로짓이 작은 지금은 두 방법의 결과가 같지만, 뒤에서 [로그 0](#log-zero)을 만나면 달라집니다.
#
# 다음으로 정답 칸의 값을 골라낼 차례입니다. `F.nll_loss`는 행마다 정답 칸의 값을 골라 부호를 바꾸고, 그 평균을 냅니다. 이름은 음의 로그 가능도(negative log-likelihood)에서 왔지만, 이 함수가 로그를 직접 취하지는 않습니다.

# %% [markdown] lang="en"
# All 15 numbers agree. The tags differ: `LogBackward0` above says that the log was a step of its own, `LogSoftmaxBackward0` below says that the two steps are one operation. At these small logits it makes no difference; once the [log of zero](#log-zero) comes up, it does.
#
# Next, pick the entry of the right class. `F.nll_loss` takes that entry from each row, flips the sign, and averages. It is named after the negative log-likelihood, yet it takes no logarithm itself.

# %%
picked = log_probs[torch.arange(3), target]
print(picked)
# > tensor([-1.3301, -1.4602, -1.6165], grad_fn=<IndexBackward0>)
loss = F.nll_loss(log_probs, target)
print(loss)
# > tensor(1.4689, grad_fn=<NllLossBackward0>)
assert torch.allclose(loss, -picked.mean())

# %% [markdown] lang="ko"
# 원-핫 행렬을 만들지 않고 번호로 값을 고르기만 했는데도 같은 손실 1.4689를 얻었습니다. 마지막으로 로짓을 `F.cross_entropy`에 바로 넣고, 꼬리표를 한 칸 거슬러 올라가 그 안에서 어떤 연산이 일어났는지 확인합니다.

# %% [markdown] lang="en"
# No one-hot matrix, only indexing, and again 1.4689. Finally, hand the logits straight to `F.cross_entropy`, then follow the tag one step back to see what happened inside.

# %%
loss = F.cross_entropy(logits, target)
print(loss)
# > tensor(1.4689, grad_fn=<NllLossBackward0>)
print(loss.grad_fn.next_functions[0][0].name())
# > LogSoftmaxBackward0

# %% [markdown] lang="ko"
# 꼬리표에서 알 수 있듯이, `F.cross_entropy`는 `F.log_softmax`와 `F.nll_loss`를 차례로 적용하는 함수입니다. 지금까지 쓴 네 가지 방법을 한자리에 모아 같은 값이 나오는지 확인합니다.

# %% [markdown] lang="en"
# The tags give it away: `F.cross_entropy` is `F.log_softmax` followed by `F.nll_loss`. Here are all four ways in one place.

# %%
four_ways = torch.stack(
    [
        -(one_hot * torch.log(F.softmax(logits, dim=1))).sum(dim=1).mean(),
        -(one_hot * F.log_softmax(logits, dim=1)).sum(dim=1).mean(),
        F.nll_loss(F.log_softmax(logits, dim=1), target),
        F.cross_entropy(logits, target),
    ]
)
print(four_ways.detach())
# > tensor([1.4689, 1.4689, 1.4689, 1.4689])
assert torch.allclose(four_ways, four_ways[-1].expand(4))

# %% [markdown] lang="ko"
# 실제 코드에서는 네 가지 가운데 마지막 방법만 쓰면 됩니다. 함수 대신 모듈을 쓰고 싶다면 같은 값을 내는 `torch.nn.CrossEntropyLoss()`를 쓰고, 행별 손실이 필요하다면 `reduction="none"`을 줍니다.

# %% [markdown] lang="en"
# In real code, use the last of the four. If you prefer a module, `torch.nn.CrossEntropyLoss()` does the same. For one loss per row, pass `reduction="none"`.

# %%
assert torch.equal(
    torch.nn.CrossEntropyLoss()(logits, target),
    F.cross_entropy(logits, target),
)
print(F.cross_entropy(logits, target, reduction="none").detach())
# > tensor([1.3301, 1.4602, 1.6165])

# %% folded="tests"
assert torch.allclose(
    F.cross_entropy(logits, target, reduction="none"), row_losses
)

# %% [markdown] lang="ko"
# ## 오류 없이 틀리는 입력 { #wrong-inputs }
#
# `F.cross_entropy`에는 로짓을, `F.nll_loss`에는 로그 확률을 넣어야 합니다. 그런데 로짓도 확률도 로그 확률도 모양이 같은 부동소수점 텐서이므로, 잘못 넣어도 PyTorch는 알아차릴 수 없습니다. 입력을 바꿔 넣은 세 가지 경우에 어떤 값이 나오는지 확인해 봅시다.

# %% [markdown] lang="en"
# ## Wrong inputs that raise no error { #wrong-inputs }
#
# `F.cross_entropy` expects logits; `F.nll_loss` expects log-probabilities. Logits, probabilities, and log-probabilities are all float tensors of one shape, so PyTorch cannot notice a mix-up. Try three of them.

# %%
calls = {
    "nll_loss(probs)": F.nll_loss(probs, target),
    "cross_entropy(probs)": F.cross_entropy(probs, target),
    "cross_entropy(log_probs)": F.cross_entropy(log_probs, target),
}
for call, value in calls.items():
    print(f"{call:25}{value.item():8.4f}")
# > nll_loss(probs)           -0.2317
# > cross_entropy(probs)       1.5785
# > cross_entropy(log_probs)   1.4689

# %% folded="tests"
assert calls["nll_loss(probs)"] < 0
assert torch.allclose(
    calls["cross_entropy(log_probs)"], F.cross_entropy(logits, target)
)

# %% [markdown] lang="ko"
# - −0.2317은 로그를 빠뜨린 값으로, 정답 확률의 평균에 음의 부호만 붙인 것입니다. 교차 엔트로피가 음수로 나오면 이 실수부터 의심하세요.
# - 1.5785는 소프트맥스를 두 번 취한 값입니다. 음수도 아니고 터무니없는 크기도 아니어서, 셋 가운데 알아채기가 가장 어렵습니다.
# - 1.4689는 올바른 값입니다. 로그 확률에 지수 함수를 취해 더하면 이미 1이므로, 로그 소프트맥스를 한 번 더 취해도 값이 변하지 않습니다.
#
# !!! warning "소프트맥스를 두 번 취하면 손실이 0까지 내려가지 못합니다"
#     확률은 0과 1 사이에 있으므로, 확률을 로짓처럼 넣으면 로짓의 차이는 1을 넘지 못합니다. 따라서 완벽하게 맞힌 모델도 손실이 일정한 바닥 아래로 내려가지 않습니다.
#
# ### 소프트맥스를 두 번 취한 손실의 바닥 { #floor .deeper }
#
# 이 바닥의 높이를 구하려면 완벽한 확률, 즉 원-핫을 `F.cross_entropy`에 넣어 보면 됩니다. 정답의 로짓이 1이고 나머지가 0일 때의 손실은 $\ln(1 + (K-1)/e)$입니다.

# %% [markdown] lang="en"
# - −0.2317 lacks the log: it is minus the mean probability of the right class. If a cross entropy turns out negative, suspect this first.
# - 1.5785 has softmax applied twice. It is neither negative nor absurd, which makes it the hardest of the three to notice.
# - 1.4689 is right. Exponentials of log-probabilities already sum to 1, so a second log-softmax changes nothing.
#
# !!! warning "After a double softmax the loss cannot reach 0"
#     Probabilities lie between 0 and 1. Fed in as if they were logits, they can differ by 1 at most. So even a model that is perfectly right keeps a loss above a certain floor.
#
# ### The floor after a double softmax { #floor .deeper }
#
# Measure the floor by giving `F.cross_entropy` perfect probabilities, that is, one-hot rows. With a logit of 1 for the right class and 0 elsewhere, the loss is $\ln(1 + (K-1)/e)$.

# %% anchor="floors"
for k in (3, 5, 10):
    floor = F.cross_entropy(torch.eye(k), torch.arange(k))
    print(f"K={k:2}  floor {floor.item():.4f}")
    assert abs(floor.item() - math.log(1 + (k - 1) / math.e)) < 1e-6
# > K= 3  floor 0.5514
# > K= 5  floor 0.9048
# > K=10  floor 1.4612

# %% [markdown] lang="ko"
# 클래스가 10개인데 훈련 손실이 1.4612 근처에서 더 내려가지 않는다면, 모델 끝에 소프트맥스 층이 있는지 확인하세요. 문제는 바닥만이 아닙니다. 크게 틀린 샘플일수록 기울기(gradient, 그레이디언트)가 작아지다가 거의 사라집니다. 얼마나 작아지는지는 다음 레슨에서 측정합니다.
#
# !!! tip "모델은 로짓을 돌려주게 만듭니다"
#     분류 모델의 끝에는 소프트맥스를 두지 않고, 소프트맥스를 취하는 일은 손실 함수에 맡깁니다. 예측할 때 확률이 필요하면 그때 `F.softmax`를 쓰고, 클래스만 필요하면 로짓의 argmax로 충분합니다.

# %% [markdown] lang="en"
# If you train on 10 classes and the loss sticks near 1.4612, look for a softmax layer at the end of the model. The floor is not the only damage: the gradient vanishes on the very examples that are badly wrong, as the next lesson measures.
#
# !!! tip "Let the model return logits"
#     A classifier does not end in softmax; the loss function takes care of that. Apply `F.softmax` when you want probabilities at prediction time. If you only want the class, the argmax of the logits is enough.

# %% [markdown] lang="ko"
# ## exp를 계산할 수 있는 범위 { #overflow }
#
# 지금까지는 두 단계로 나누든 한 번에 하든 값이 같았습니다. 그렇다면 PyTorch는 왜 `F.log_softmax`를 따로 둘까요? 그 이유는 부동소수점(floating point)의 한계에 있습니다. `float32`에 담을 수 있는 가장 큰 수는 약 $3.4\times 10^{38}$이고, 0보다 큰 가장 작은 수는 약 $1.4\times 10^{-45}$입니다. `torch.exp`의 값은 이 두 한계에 금방 닿습니다.

# %% [markdown] lang="en"
# ## How far exp can go { #overflow }
#
# So far it made no difference whether we went in two steps or in one. Then why does PyTorch have `F.log_softmax` at all? The answer lies in the limits of floating point. The largest `float32` number is about $3.4\times 10^{38}$, and the smallest one above zero about $1.4\times 10^{-45}$. `torch.exp` reaches both limits soon.

# %%
for z in (88.72, 88.73, -103.0, -104.0):
    print(f"exp({z:7.2f}) = {torch.exp(torch.tensor(z)).item():.4g}")
# > exp(  88.72) = 3.393e+38
# > exp(  88.73) = inf
# > exp(-103.00) = 1.401e-45
# > exp(-104.00) = 0
half = torch.exp(torch.tensor(12.0, dtype=torch.float16))
print(f"exp(12) in float16 = {half.item()}")
# > exp(12) in float16 = inf
assert torch.isinf(half)

# %% [markdown] lang="ko"
# 로짓이 88.72일 때는 계산할 수 있지만 88.73이면 오버플로가 일어나 결과가 `inf`가 됩니다. 반대쪽에서는 −103까지 아주 작은 양수가 나오다가 −104에서 정확히 0이 되며, 이것을 언더플로(underflow)라고 합니다. 혼합 정밀도(mixed precision) 학습에 쓰는 `float16`은 12에서 벌써 오버플로합니다. 이 때문에 CUDA에서 [`torch.autocast`](https://docs.pytorch.org/docs/stable/amp.html)는 지수, 소프트맥스, 로그 소프트맥스, `F.nll_loss`를 `float32`로 계산합니다. 반면 범위가 `float32`와 거의 같은 `bfloat16`은 88에서도 오버플로하지 않습니다.

# %% [markdown] lang="en"
# 88.72 is fine; 88.73 gives `inf`. That is overflow. At the other end, −103 still survives and −104 becomes exactly 0: underflow. `float16`, used in mixed-precision training, overflows at 12 already. For that reason [`torch.autocast`](https://docs.pytorch.org/docs/stable/amp.html) on CUDA computes exponentials, softmax, log-softmax, and `F.nll_loss` in `float32`. `bfloat16`, whose range is nearly as wide as that of `float32`, does not overflow even at 88.

# %%
brain = torch.exp(torch.tensor(88.0, dtype=torch.bfloat16))
print(f"exp(88) in bfloat16 = {brain.item():.1e}")
# > exp(88) in bfloat16 = 1.7e+38
assert not torch.isinf(brain)

# %% figure="exp_range"
z = torch.linspace(-103.0, 88.7, 200)
fig, ax = plt.subplots()
ax.semilogy(z, torch.exp(z), color="C0")
ax.axvspan(-185, -103.97, color="C7", alpha=0.25)
ax.axvspan(88.72, 150, color="C1", alpha=0.25)
ax.text(-144, 1e-3, "exactly 0", ha="center")
ax.text(119, 1e-3, "inf", ha="center")
ax.set_xlim(-185, 150)
ax.set_xticks(
    [-104, -50, 0, 50, 88.72], ["−104", "−50", "0", "50", "88.72"]
)
ax.set_yticks([1e-40, 1e-20, 1, 1e20, 1e40])
ax.set_xlabel("logit z")
ax.set_ylabel("exp(z) in float32")

# %% [markdown] lang="ko" caption="exp_range"
# `float32`로 계산한 지수 함수는 가운데 구간에서만 제대로 된 값을 내며, 그 왼쪽에서는 0, 오른쪽에서는 무한대가 됩니다.
#
# 가로축은 −185에서 150까지의 로짓 z, 세로축은 로그 눈금으로 나타낸 exp(z)입니다. 파란 선이 −104 근처의 약 10의 −45제곱에서 88.72의 약 10의 38제곱까지 곧게 올라갑니다. 그 왼쪽에는 "정확히 0"이라고 적은 회색 띠가, 오른쪽에는 "inf"라고 적은 주황색 띠가 있습니다.
#
# - exactly 0: 정확히 0
# - inf: inf
# - logit z: 로짓 z
# - exp(z) in float32: float32로 구한 exp(z)

# %% [markdown] lang="en" caption="exp_range"
# The exponential in `float32` gives usable values in the middle only: it is zero to the left and infinite to the right.
#
# The horizontal axis is the logit z from −185 to 150, the vertical axis exp(z) on a log scale. A blue line climbs straight from about 10 to the power −45 near −104 to about 10 to the power 38 at 88.72. To its left lies a gray band marked "exactly 0", to its right an orange band marked "inf".

# %% [markdown] lang="ko"
# 이제 정의대로 만든 소프트맥스에 1000쯤 되는 로짓을 넣어 봅시다. 이 정도 크기는 입력을 표준화(standardization)하지 않았거나 학습률(learning rate)이 클 때 실제로 나타납니다. 비교할 수 있도록 `F.softmax`의 결과도 나란히 출력합니다.

# %% [markdown] lang="en"
# Take a softmax written straight from its definition and give it logits of about 1000. Inputs that were not standardized, or a large learning rate, do produce such sizes. The answer of `F.softmax` follows for comparison.


# %%
def naive_softmax(z):
    e = torch.exp(z)
    return e / e.sum()


big = torch.tensor([1000.0, 1001.0, 1002.0])
print(naive_softmax(big))
# > tensor([nan, nan, nan])
print(F.softmax(big, dim=0))
# > tensor([0.0900, 0.2447, 0.6652])

# %% folded="tests"
assert torch.allclose(
    F.softmax(big, dim=0), naive_softmax(torch.tensor([1.0, 2.0, 3.0]))
)

# %% [markdown] lang="ko"
# `torch.exp`의 값이 모두 `inf`가 되고, `inf / inf`는 `nan`이어서 정의대로 만든 소프트맥스는 무너집니다. 반면 `F.softmax`는 [첫 레슨](softmax.md)에서 구한 [1, 2, 3]의 확률을 그대로 냅니다. 모든 로짓에서 같은 수를 빼도 확률은 변하지 않습니다. 따라서 가장 큰 로짓을 먼저 빼면, `torch.exp`의 값이 1을 넘지 않아 오버플로가 일어나지 않습니다.

# %% [markdown] lang="en"
# Every `torch.exp` is `inf`, and `inf / inf` is `nan`. `F.softmax` returns the probabilities of [1, 2, 3] from the [first lesson](softmax.md): shifting all logits by the same amount does not change the probabilities. Subtract the largest logit first, and no exponential exceeds 1. Nothing can overflow.

# %%
print(naive_softmax(big - big.max()))
# > tensor([0.0900, 0.2447, 0.6652])
assert torch.exp(big - big.max()).max() == 1
assert torch.allclose(naive_softmax(big - big.max()), F.softmax(big, dim=0))

# %% [markdown] lang="ko"
# ## 로그 0과 먼저 무너지는 기울기 { #log-zero .deeper }
#
# 이렇게 하면 소프트맥스는 구할 수 있지만, 손실은 아직 안전하지 않습니다. 확률이 0으로 언더플로하면 그 로그는 $-\infty$가 되기 때문입니다. 로짓이 [0, z]이고 정답이 클래스 1인 경우로 실험하겠습니다. z가 −100이라면 모델은 오답을 강하게 확신하여 크게 틀린 것입니다.
#
# 이 경우의 참값은 손으로 구할 수 있습니다. 손실은 $\ln(1 + e^{-z})$로 거의 $-z$와 같고, 다음 레슨에서 유도할 기울기는 여기서 거의 (1, −1)입니다. 손실과 기울기를 함께 돌려주는 함수를 만들고, 먼저 소프트맥스 다음에 로그를 취하는 방법을 시험합니다.

# %% [markdown] lang="en"
# ## Log of zero, and gradients that break first { #log-zero .deeper }
#
# Softmax is safe now; the loss is not. When a probability underflows to 0, its log is $-\infty$. Take the logits [0, z] with class 1 as the right one. At z = −100 the model is very confident and wrong.
#
# The true values can be worked out by hand. The loss is $\ln(1 + e^{-z})$, almost exactly $-z$. Its gradient, derived in the next lesson, is practically (1, −1) here. Define one function that returns both loss and gradient, and start by measuring the log of a softmax.


# %%
def loss_and_grad(loss_fn, z):
    # ko: 로짓은 [0, z], 정답은 클래스 1
    # en: logits [0, z], class 1 is right
    pair = torch.tensor([0.0, z], requires_grad=True)
    loss = loss_fn(pair)
    loss.backward()
    return loss.item(), pair.grad.tolist()


# %%
def log_of_softmax(pair):
    return -torch.log(F.softmax(pair, dim=0))[1]


for z in (-88.72, -88.73, -95.0, -100.0, -103.0, -104.0):
    loss, grad = loss_and_grad(log_of_softmax, z)
    print(f"z={z:8.2f}  loss={loss:9.4f}  grad={grad}")
# > z=  -88.72  loss=  88.7200  grad=[1.0, -1.0]
# > z=  -88.73  loss=  88.7300  grad=[inf, nan]
# > z=  -95.00  loss=  95.0000  grad=[inf, nan]
# > z= -100.00  loss=  99.9831  grad=[inf, nan]
# > z= -103.00  loss= 103.2789  grad=[inf, nan]
# > z= -104.00  loss=      inf  grad=[nan, nan]
assert math.isinf(loss)

# %% [markdown] lang="ko"
# 출력에서 보듯이 계산은 다음 세 단계로 무너집니다.
#
# 1. −88.73: 손실은 맞지만 **기울기가 먼저** `inf`와 `nan`이 됩니다. $\log p$의 미분은 $1/p$인데, $p$가 너무 작아 $1/p$이 오버플로하기 때문입니다. 따라서 무너지는 경계도 앞에서 본 88.72와 같습니다.
# 2. −100: 이제 손실까지 어긋나, 참값이 100인데 99.9831이 나오고 −103에서는 103.2789가 나옵니다. 0에 아주 가까운 수에는 유효 숫자가 몇 자리 남지 않기 때문입니다.
# 3. −104: 마침내 확률이 0으로 언더플로하여 손실이 `inf`가 됩니다.
#
# 이런 기울기로 한 번만 갱신해도 매개변수(parameter)에 `-inf`와 `nan`이 들어가지만, 그 직전까지 손실은 정상으로 보입니다.
#
# 기울기가 먼저 무너진 원인이 정말 $1/p$의 오버플로인지, 모델이 강하게 확신하며 **맞힌** 쪽에는 문제가 없는지 확인해 봅시다.

# %% [markdown] lang="en"
# It falls apart in three stages.
#
# 1. −88.73: the loss is right, but **the gradient goes first**, to `inf` and `nan`. The derivative of $\log p$ is $1/p$, and with so small a $p$ the quotient $1/p$ overflows. That is why the border is again the 88.72 from above.
# 2. −100: the loss drifts too. It should be 100 and is 99.9831; at −103 it is 103.2789. Numbers this close to zero have few digits left.
# 3. −104: the probability is 0 and the loss `inf`.
#
# One update with such a gradient puts `-inf` and `nan` into the parameters, and until then the loss looks healthy.
#
# Is the overflow of $1/p$ really the cause? And is it safe where the model is confidently **right**?

# %% anchor="one_over_p"
p = F.softmax(torch.tensor([0.0, -88.73]), dim=0)[1]
assert p > 0
assert torch.isinf(1 / p)
# ko: float64에서는 1/p이 오버플로하지 않으므로, 기울기도 무너지지 않습니다.
# en: In float64 1/p does not overflow, and the gradient stays whole.
pair = torch.tensor([0.0, -88.73], dtype=torch.float64, requires_grad=True)
log_of_softmax(pair).backward()
print(f"float64: {pair.grad.tolist()}")
# > float64: [1.0, -1.0]
loss, grad = loss_and_grad(log_of_softmax, 104.0)
print(f"z = 104: loss={abs(loss):.4f}  grad={grad}")
# > z = 104: loss=0.0000  grad=[nan, nan]
assert torch.allclose(pair.grad, torch.tensor([1.0, -1.0]).double())
assert all(math.isnan(g) for g in grad)

# %% [markdown] lang="ko"
# 같은 로짓이라도 `float64`에서는 기울기가 (1, −1)로 나오므로, 원인은 $1/p$의 오버플로가 맞습니다. 또한 z = 104처럼 강하게 확신하며 맞힌 쪽에서도 오답의 확률이 0으로 언더플로하여, 손실은 0인데 기울기는 `nan`입니다.
#
# !!! warning "원-핫 공식에는 함정이 하나 더 있습니다"
#     모델이 **완벽하게 맞혀도** 손실이 `nan`일 수 있습니다. 원-핫의 0을 곱하면 `-inf`가 사라질 듯하지만, 부동소수점에서 0 곱하기 무한대는 0이 아니라 `nan`이기 때문입니다.

# %% [markdown] lang="en"
# In `float64` the same logits have the gradient (1, −1), so the overflow of $1/p$ is indeed the cause. And even where the model is confidently right, as at z = 104, the probability of the wrong class underflows to 0: the loss is 0, the gradient `nan`.
#
# !!! warning "The one-hot formula has another trap"
#     Even a model that is **perfectly right** can get a loss of `nan`. You might expect the zeros of the one-hot vector to wipe out `-inf`, but in floating point zero times infinity is `nan`, not 0.

# %%
right_answer = torch.tensor([1.0, 0.0])
sure = F.softmax(torch.tensor([0.0, -104.0]), dim=0)
print(sure)
# > tensor([1., 0.])
print(right_answer * torch.log(sure))
# > tensor([0., nan])
assert torch.isnan((right_answer * torch.log(sure)).sum())

# %% [markdown] lang="ko"
# ## log-sum-exp { #log-sum-exp }
#
# 이 문제를 해결하려면 확률을 거치지 않고 로그를 직접 구해야 합니다. 확률의 정의에 로그를 취하면 나눗셈이 다음과 같이 뺄셈으로 바뀝니다.
#
# $$
# -\log p_y = \log\sum_{j} e^{z_j} - z_y
# $$
#
# 오른쪽 첫 항이 log-sum-exp입니다. 이 항을 그대로 계산하면 `torch.exp`가 오버플로할 수 있으므로, 가장 큰 로짓 $m$을 로그 밖으로 꺼냅니다.
#
# $$
# \log\sum_{j} e^{z_j} = \log\left(e^{m}\sum_{j} e^{z_j-m}\right) = m + \log\sum_{j} e^{z_j-m}, \qquad m = \max_{j} z_j
# $$
#
# 이렇게 식 하나를 바꾸면 두 문제가 함께 사라집니다. 첫째, 지수 $z_j-m$은 0을 넘지 않으므로 오버플로가 일어나지 않습니다. 둘째, 가장 큰 항이 $e^0 = 1$이므로 합은 언제나 1과 $K$ 사이에 있고, 0에 로그를 취할 일도 없습니다. 작은 항이 0으로 언더플로하더라도, 1에 더했을 때 잃는 값은 반올림 오차보다 작아 문제가 되지 않습니다.

# %% [markdown] lang="en"
# ## Log-sum-exp { #log-sum-exp }
#
# The way out is to compute the log without passing through the probability. Take the log of the definition, and the division becomes a subtraction.
#
# $$
# -\log p_y = \log\sum_{j} e^{z_j} - z_y
# $$
#
# The first term on the right is called log-sum-exp. As it stands, it may overflow in `torch.exp`, so pull the largest logit $m$ out.
#
# $$
# \log\sum_{j} e^{z_j} = \log\left(e^{m}\sum_{j} e^{z_j-m}\right) = m + \log\sum_{j} e^{z_j-m}, \qquad m = \max_{j} z_j
# $$
#
# This one line removes both problems. The exponents $z_j-m$ never exceed 0, so nothing overflows. And the largest term is $e^0 = 1$, so the sum lies between 1 and $K$: the log never meets a zero. Small terms may underflow to 0, but in a sum of at least 1, what is lost is smaller than a rounding error.


# %%
def log_sum_exp(z):
    m = z.max()
    return m + torch.log(torch.exp(z - m).sum())


for z in (big, torch.tensor([-1000.0, -1000.0])):
    naive = torch.log(torch.exp(z).sum())
    print(f"naive {naive.item():5}  stable {log_sum_exp(z).item():.4f}")
    assert torch.allclose(log_sum_exp(z), torch.logsumexp(z, dim=0))
    assert 1 <= torch.exp(z - z.max()).sum() <= len(z)
# > naive   inf  stable 1002.4076
# > naive  -inf  stable -999.3068

# %% [markdown] lang="ko"
# 식 그대로 계산한 결과는 한쪽이 `inf`, 다른 쪽이 `-inf`이지만, 가장 큰 로짓을 빼고 계산한 결과는 둘 다 `torch.logsumexp`와 같습니다. 둘째 경우의 참값은 $-1000 + \ln 2$이며, `float32`의 유효 숫자는 7자리쯤이어서 끝자리 하나가 다를 수 있습니다.
#
# `F.log_softmax`와 `F.cross_entropy` 안에서도 바로 이렇게 계산합니다. 앞의 실험을 교차 엔트로피 함수로 다시 해 봅시다.

# %% [markdown] lang="en"
# Computed as written, the first result is `inf` and the second `-inf`. After the shift, both agree with `torch.logsumexp`. The true second value is $-1000 + \ln 2$; `float32` carries about 7 digits, so the last one may be off.
#
# This is what happens inside `F.log_softmax` and `F.cross_entropy`. Repeat the experiment.


# %%
def stable(pair):
    return F.cross_entropy(pair, torch.tensor(1))


for z in (-88.73, -100.0, -104.0, -1000.0):
    loss, grad = loss_and_grad(stable, z)
    print(f"z={z:8.2f}  loss={loss:9.4f}  grad={grad}")
    assert abs(loss + z) < 1e-4
    assert grad == [1.0, -1.0]
# > z=  -88.73  loss=  88.7300  grad=[1.0, -1.0]
# > z= -100.00  loss= 100.0000  grad=[1.0, -1.0]
# > z= -104.00  loss= 104.0000  grad=[1.0, -1.0]
# > z=-1000.00  loss=1000.0000  grad=[1.0, -1.0]
assert loss_and_grad(stable, 104.0) == (0.0, [0.0, 0.0])

# %% [markdown] lang="ko"
# 손실은 참값과 같고, 기울기는 네 경우 모두 (1, −1)입니다. 즉, 모델이 아무리 크게 틀려도 클래스 1의 로짓을 올리라는 신호가 온전히 남아 있습니다.
#
# 반올림 오차가 드러나는 곳은 반대쪽, 즉 모델이 정답을 강하게 확신하여 손실 자체가 아주 작은 곳입니다. 예를 들어 로짓이 [0, 17]이고 정답이 클래스 1일 때의 손실을 구해 봅시다.

# %% [markdown] lang="en"
# The loss equals the true value, and the gradient is (1, −1) in all four cases. However wrong the model is, the signal "raise the logit of class 1" arrives intact.
#
# Rounding shows at the other end, where the model is so sure of the correct class that the loss itself is tiny. Take the logits [0, 17], with class 1 as the correct one.

# %%
small_loss = stable(torch.tensor([0.0, 17.0])).item()
right_logit = torch.tensor(17.0)
bce = F.binary_cross_entropy_with_logits(right_logit, torch.tensor(1.0))
print(f"cross entropy {small_loss}  BCE {bce.item():.3g}")
# > cross entropy 0.0  BCE 4.14e-08
double = stable(torch.tensor([0.0, 17.0], dtype=torch.float64))
print(f"in float64    {double.item():.3g}")
# > in float64    4.14e-08

# %% folded="tests"
mirrored = F.binary_cross_entropy_with_logits(
    -right_logit, torch.tensor(0.0)
)
assert small_loss == mirrored == 0
assert torch.isclose(bce.double(), double, rtol=1e-5, atol=0)
assert stable(torch.tensor([-17.0, 0.0], dtype=torch.float64)) == double

# %% [markdown] lang="ko"
# 1에 $e^{-17}$을 더한 결과가 `float32`에서는 1로 반올림되어 `F.cross_entropy`의 손실은 정확히 0입니다. 반면 클래스가 둘일 때 쓰는 `F.binary_cross_entropy_with_logits`는 `torch.log1p`로 계산하여 4.14e-08이라는 작은 손실도 놓치지 않습니다. 다만 정답이 클래스 0이고 로짓이 −17이면 이 함수도 0을 돌려줍니다. 절대 오차는 어느 쪽이나 무시할 만하지만, 아주 작은 손실끼리 비교할 때는 `float64`로 계산합니다.

# %% [markdown] lang="en"
# Adding $e^{-17}$ to 1 rounds to 1 in `float32`, so `F.cross_entropy` gives a loss of exactly 0. For two classes, `F.binary_cross_entropy_with_logits` uses `torch.log1p` and keeps 4.14e-08. With class 0 correct and a logit of −17, it gives 0 as well. The absolute error is negligible either way, but to compare very small losses with one another, compute them in `float64`.

# %% [markdown] lang="ko"
# ## 작은 수를 더하는 편법 { #epsilon .deeper }
#
# `inf`를 피하려고 `torch.log(probs + 1e-8)`처럼 작은 수를 더하는 코드를 흔히 볼 수 있습니다. 이렇게 하면 `inf`도 `nan`도 나오지 않지만, 그 대신 무엇을 잃을까요? 손실과 함께, 클래스 1의 로짓을 밀어 올리는 기울기의 크기를 구해 보면 알 수 있습니다. 이 크기의 참값은 거의 1입니다.

# %% [markdown] lang="en"
# ## Why adding a small number is no fix { #epsilon .deeper }
#
# To dodge `inf`, a lot of code adds a small number, as in `torch.log(probs + 1e-8)`. The `inf` and the `nan` go away. What else is lost? Measure the loss, and how hard the gradient pushes the logit of class 1. The true push is practically 1.


# %%
def with_epsilon(pair):
    return -torch.log(F.softmax(pair, dim=0)[1] + 1e-8)


for z in (-10.0, -20.0, -30.0, -200.0):
    loss, grad = loss_and_grad(with_epsilon, z)
    print(f"z={z:6.0f}  loss={loss:8.4f}  push={abs(grad[1]):.4f}")
# > z=   -10  loss=  9.9998  push=0.9997
# > z=   -20  loss= 18.2333  push=0.1709
# > z=   -30  loss= 18.4207  push=0.0000
# > z=  -200  loss= 18.4207  push=0.0000
assert abs(loss - (-math.log(1e-8))) < 1e-4
assert grad[1] == 0

# %% [markdown] lang="ko"
# 손실은 $-\ln 10^{-8}$인 18.4207에서 더 커지지 않고, 로짓을 미는 힘은 z가 −20일 때 0.1709로 줄었다가 −200에서는 0이 됩니다. 즉, 이 방법은 오류를 없앤 것이 아니라 감춘 것입니다. 그 결과 가장 크게 틀린 샘플이 아무 경고 없이 학습에서 빠집니다.

# %% [markdown] lang="en"
# The loss stops at 18.4207, which is $-\ln 10^{-8}$. The push shrinks to 0.1709 at −20 and is 0 at −200. The failure is hidden, not cured: the examples that are most wrong drop out of training without a warning.

# %% figure="three_losses"
z = torch.linspace(-130.0, 0.0, 261)
pairs = torch.stack([torch.zeros_like(z), z], dim=1)
wrong_probs = F.softmax(pairs, dim=1)[:, 1]
true_loss = F.cross_entropy(
    pairs, torch.ones(261, dtype=torch.int64), reduction="none"
)
fig, ax = plt.subplots()
ax.plot(z, true_loss, color="C0")
ax.plot(z, -torch.log(wrong_probs), color="C1", linewidth=4, linestyle=":")
ax.plot(-103.0, 103.28, color="C1", marker="X", markersize=10)
ax.plot(z, -torch.log(wrong_probs + 1e-8), color="C2", linestyle="--")
ax.text(-118, 122, "F.cross_entropy", ha="left")
ax.text(-95, 101, "log(softmax) ends here, then inf", ha="left")
ax.text(-125, 24, "log(softmax + 1e-8) goes flat", ha="left")
ax.set_xlabel("logit z of the right class")
ax.set_ylabel("loss (nats)")

# %% [markdown] lang="ko" caption="three_losses"
# 모델이 틀린 쪽에서 참값을 끝까지 따라가는 것은 `F.cross_entropy`뿐입니다. 로그와 소프트맥스를 나누어 계산하면 −103 다음에서 끊기고, 작은 수를 더하면 18.4에서 평평해집니다.
#
# 가로축은 정답 클래스의 로짓 z로 −130에서 0까지이고, 세로축은 손실(nat)입니다. 파란 실선 `F.cross_entropy`는 오른쪽 아래의 0.69에서 왼쪽 위의 130까지 곧게 올라갑니다. 굵은 주황 점선은 파란 선과 겹치다가 z = −103의 X 표시에서 끝나며, 그 왼쪽에서는 손실이 무한대입니다. 초록 파선은 z = −15 근처에서 갈라져 18.4 높이로 평평하게 이어집니다.
#
# - F.cross_entropy: F.cross_entropy
# - log(softmax) ends here, then inf: log(softmax)는 여기까지, 다음은 inf
# - log(softmax + 1e-8) goes flat: log(softmax + 1e-8)은 평평해짐
# - logit z of the right class: 정답 클래스의 로짓 z
# - loss (nats): 손실(nat)

# %% [markdown] lang="en" caption="three_losses"
# Where the model is wrong, only `F.cross_entropy` follows the truth all the way. The log of a softmax breaks off after −103, and with a small number added the loss goes flat at 18.4.
#
# The horizontal axis is the logit z of the right class from −130 to 0, the vertical axis the loss in nats. The solid blue line, `F.cross_entropy`, rises straight from 0.69 at the lower right to 130 at the upper left. A thick dotted orange line lies on the blue one and ends in an X at z = −103; left of that it is infinite. A dashed green line leaves them near z = −15 and stays flat at 18.4.


# %% lab="cross_entropy_in_pytorch" ulp="2"
# ko: 웹에서 이 그림을 움직이면 나오는 값입니다. `state`를 바꾸어 불러 보세요.
# en: What the lab in this figure's place computes: change its `state`.
def cross_entropy_in_pytorch_lab(state):
    eps = 10.0 ** state["eps"]

    def run(loss_fn):
        pair = torch.tensor([0.0, state["z"]], requires_grad=True)
        loss = loss_fn(pair)
        loss.backward()
        return {"loss": loss.item(), "gradient": pair.grad.tolist()}

    ways = {
        "naive": run(lambda pair: -torch.log(F.softmax(pair, dim=0))[1]),
        "epsilon": run(
            lambda pair: -torch.log(F.softmax(pair, dim=0)[1] + eps)
        ),
        "stable": run(lambda pair: F.cross_entropy(pair, torch.tensor(1))),
    }
    loss, gradient = ways["epsilon"].values()
    answered = (
        torch.tensor(eps) > 0
        and math.isfinite(loss)
        and not math.isfinite(gradient[1])
    )
    return {
        "p": F.softmax(torch.tensor([0.0, state["z"]]), dim=0),
        **ways,
        "answered": bool(answered),
    }


# %% [markdown] lang="ko" question="cross_entropy_in_pytorch"
# ε이 0보다 크기만 하면 log(softmax + ε)의 손실은 언제나 유한합니다. 그런데도 기울기가 nan이 되는 ε과 z를 찾아보세요.
#
# ε이 1e−39 이하이고 z가 대략 −89보다 작을 때입니다. 로그의 미분은 1/(p + ε)인데 1e39는 float32에 담기지 않아, 손실이 멀쩡해 보여도 기울기가 먼저 무너집니다. ε을 1e−38로 키우면 nan은 사라지지만, 이번에는 z가 대략 −88보다 작을 때 p가 ε보다 작아져 z를 밀어 올리는 힘이 사라집니다. 즉, 어떤 ε을 고르더라도 두 문제를 함께 피할 수는 없습니다.
#
# - logit z of the right class: 정답 클래스의 로짓 z
# - ε, added to the probability: 확률에 더하는 ε
# - Curves of the loss against z, and where it is inf or nan: z에 따른 손실의 곡선, 손실이 inf나 nan이 되는 구간
# - Curves of how strongly the gradient pushes z up, and where it is inf or nan: 기울기가 z를 밀어 올리는 힘의 곡선, 기울기가 inf나 nan이 되는 구간
# - loss: 손실
# - push on z (minus its gradient): z를 밀어 올리는 힘(−기울기)
# - For z = {z}, loss and gradient are {naive} with log(softmax), {epsilon} with log(softmax + 1e{eps}), and {stable} with F.cross_entropy.: z = {z}일 때의 손실과 기울기는 log(softmax)로 구하면 {naive}, log(softmax + 1e{eps})로 구하면 {epsilon}, F.cross_entropy로 구하면 {stable}입니다.

# %% [markdown] lang="en" question="cross_entropy_in_pytorch"
# With any ε above 0, the loss of log(softmax + ε) stays finite. Find an ε and a z for which its gradient is nan all the same.
#
# Any ε from 1e−39 down, with z below about −89. The derivative of the log is 1/(p + ε), and 1e39 does not fit into a float32: the loss looks fine, and the gradient breaks first. With ε raised to 1e−38 there is no nan, but below about −88, p is smaller than ε, and the push fades. No ε avoids both.

# %% [markdown] lang="ko"
# 그래프의 오른쪽 끝에서는 세 선을 구별할 수 없습니다. 두 로짓이 모두 0이면 어느 방법을 쓰든 손실이 $\ln 2$이기 때문입니다. 따라서 로짓이 작은 예제로만 시험하면 이 문제를 찾지 못합니다.

# %% [markdown] lang="en"
# At the right end the three lines cannot be told apart. With both logits at 0, every method gives $\ln 2$. That is why tests with small logits never find this problem.

# %%
for loss_fn in (log_of_softmax, stable, with_epsilon):
    loss, grad = loss_and_grad(loss_fn, 0.0)
    print(f"{loss:.4f}")
    assert abs(loss - math.log(2)) < 1e-6
# > 0.6931
# > 0.6931
# > 0.6931

# %% [markdown] lang="ko"
# ## 정답의 두 가지 형식 { #targets .deeper }
#
# `F.cross_entropy`는 정답을 두 가지 형식으로 받습니다. 하나는 클래스 번호로, 모양이 (N,)인 `int64` 텐서입니다. 다른 하나는 클래스별 확률로, 모양이 로짓과 같은 (N, K)인 부동소수점 텐서입니다. 원-핫은 확률의 특별한 경우이므로, 어느 형식으로 주든 같은 손실이 나와야 합니다.

# %% [markdown] lang="en"
# ## Two kinds of target { #targets .deeper }
#
# `F.cross_entropy` accepts two kinds of target. One is class indices: an `int64` tensor of shape (N,). The other is class probabilities: a float tensor of the same shape as the logits, (N, K). A one-hot row is a special case of probabilities, so the loss should be the same.

# %%
by_index = F.cross_entropy(logits, target)
by_probability = F.cross_entropy(logits, one_hot.float())
print(f"{by_index.item():.4f}  {by_probability.item():.4f}")
# > 1.4689  1.4689
assert torch.allclose(by_index, by_probability)

# %% [markdown] lang="ko"
# 두 손실은 예상대로 같습니다. 정답이 하나로 정해진 문제라면, 메모리를 덜 쓰고 더 안전한 클래스 번호를 쓰세요.
#
# !!! warning "로짓을 가렸다면 정답을 확률로 주지 마세요"
#     선택할 수 없는 클래스의 로짓을 `-inf`로 두어 가리는 일이 있습니다. 정답을 번호로 주면 정답 칸의 값만 쓰므로 괜찮지만, 확률로 주면 0 곱하기 무한대를 계산하는 문제가 되살아납니다. 번호로 주더라도 레이블 스무딩(`label_smoothing`)을 쓰면, 가린 클래스에도 확률이 배정되어 손실이 무한대가 됩니다.

# %% [markdown] lang="en"
# The two losses agree. When each row has one right class, use indices: they take less memory and are safer.
#
# !!! warning "With masked logits, do not use probability targets"
#     Classes that cannot be chosen are sometimes masked by setting their logits to `-inf`. An index picks the one entry it needs, so all is well. With probabilities, zero times infinity is back. Even with an index, label smoothing (`label_smoothing`) gives the masked class some probability, and the loss becomes infinite.

# %%
masked = torch.tensor([[0.0, 1.0, -math.inf]])
with_index = F.cross_entropy(masked, torch.tensor([1]))
with_probability = F.cross_entropy(masked, torch.tensor([[0.0, 1.0, 0.0]]))
print(
    f"index: {with_index.item():.4f}  "
    f"probability: {with_probability.item()}"
)
# > index: 0.3133  probability: nan
smoothed = F.cross_entropy(masked, torch.tensor([1]), label_smoothing=0.1)
print(f"index, smoothed: {smoothed.item()}")
# > index, smoothed: inf
assert torch.isnan(with_probability)
assert torch.isinf(smoothed)

# %% [markdown] lang="ko"
# 같은 정답인데도 번호로 주면 손실이 0.3133, 확률로 주면 `nan`, 번호로 주고 스무딩까지 하면 `inf`가 됩니다.

# %% [markdown] lang="en"
# The same target gives 0.3133 as an index, `nan` as probabilities, and `inf` as an index with smoothing.

# %% [markdown] lang="ko"
# ## 오류 메시지 읽기 { #errors .deeper }
#
# 이번에는 정답 텐서를 여섯 가지 방법으로 망가뜨려 봅시다. 오류 없이 지나가던 앞의 실수와 달리, 여기서는 PyTorch가 잘못을 알려 줍니다.

# %% [markdown] lang="en"
# ## Reading the error messages { #errors .deeper }
#
# Break the target tensor in six ways. Unlike the silent mistakes above, PyTorch reports each of these.

# %%
bad_targets = {
    "float indices": target.float(),
    "int32 indices": target.int(),
    "a column": target.unsqueeze(1),
    "labels from 1": torch.tensor([1, 3, 5]),
    "a row missing": target[:2],
    "integer one-hot": one_hot,
}
for name, bad in bad_targets.items():
    try:
        F.cross_entropy(logits, bad)
    except (RuntimeError, IndexError, ValueError) as error:
        print(f"{name}: {error}")
# > float indices: expected target dtype to be Long or Byte, but got Float
# > int32 indices: expected target dtype to be Long or Byte, but got Int
# > a column: 0D or 1D target tensor expected, multi-target not supported
# > labels from 1: Target 5 is out of bounds.
# > a row missing: Expected input batch_size (3) to match target batch_size (2).
# > integer one-hot: Expected floating point type for target with class probabilities, got Long

# %% [markdown] lang="ko"
# 비슷한 메시지를 구별하는 법은 [증상으로 찾기](symptoms.md#long-target) 레슨에서 다룹니다. 여기서 나온 오류는 차례로 다음과 같이 고칩니다.
#
# - 부동소수점이나 `int32`로 된 번호: CSV에서 읽은 정답에서 흔히 나타나며, `target.long()`으로 자료형을 바꿉니다.
# - (N, 1) 모양의 열: `target.squeeze(1)`로 축을 없앱니다. 메시지에 나오는 "multi-target"은 이 여분의 축을 가리킵니다.
# - 범위를 벗어난 번호: 번호가 0이 아니라 1부터 시작하는지 확인합니다. GPU에서는 같은 잘못이 "device-side assert triggered"라는 모호한 메시지로 나오므로, CPU에서 다시 실행해 보세요.
# - 로짓과 정답의 행 수가 다른 경우: 로짓과 정답의 첫 축 길이를 함께 출력해 비교합니다.
# - 정수형 원-핫: 로짓과 모양이 같은 정답은 확률로 처리되므로 정수형일 수 없습니다. 따라서 `one_hot.float()`로 바꾸거나 클래스 번호를 씁니다.

# %% [markdown] lang="en"
# To tell similar messages apart, see [Find it by its symptom](symptoms.md#long-target). Here are the repairs, in the same order:
#
# - Float or `int32` indices: convert with `target.long()`. Labels read from a CSV file often look like this.
# - A column of shape (N, 1): drop the axis with `target.squeeze(1)`. "multi-target" in the message refers to that extra axis.
# - An index out of bounds: check whether the labels start at 1 rather than 0. On a GPU the same mistake shows up as a vague "device-side assert triggered"; run it again on the CPU.
# - A different number of rows: print the lengths of the first axes of logits and target side by side.
# - An integer one-hot matrix: a target shaped like the logits is taken for probabilities. Use `one_hot.float()`, or class indices.

# %% [markdown] lang="ko"
# !!! warning "번호 −100은 오류 없이 건너뜁니다"
#     `ignore_index`의 기본값이 −100이어서, 이 번호가 적힌 행은 손실에서 빠집니다. 문장의 길이를 맞추려고 채운 자리처럼 손실을 구하지 않을 곳을 표시할 때는 편리합니다. 하지만 레이블(label)이 없다는 표시로 −100을 적어 둔 데이터라면, 그런 행이 아무 경고 없이 제외됩니다.

# %% [markdown] lang="en"
# !!! warning "Index −100 is skipped without an error"
#     The default of `ignore_index` is −100. It is a handy way to mark positions that should not count, such as padding in a sentence. But if your data writes missing labels as −100, those rows are left out without a warning.

# %%
gap = F.cross_entropy(logits, torch.tensor([0, 2, -100]))
print(f"{gap.item():.4f}")
# > 1.3951
assert torch.allclose(gap, F.cross_entropy(logits[:2], target[:2]))
print(F.cross_entropy(logits, torch.full((3,), -100)).item())
# > nan

# %% [markdown] lang="ko"
# 셋째 행이 빠지면서 손실은 앞 두 행의 평균인 1.3951이 되었습니다. 세 행을 모두 건너뛰면 0개의 값을 평균해야 하므로 결과는 `nan`입니다.

# %% [markdown] lang="en"
# The third row is left out, so 1.3951 is the mean of the first two. Skip all three and it is a mean of nothing: `nan`.

# %% [markdown] lang="ko"
# ## 클래스 축은 둘째 { #class-axis .deeper }
#
# 문장의 자리마다 클래스를 예측하는 모델에서는 로짓의 축이 셋입니다. 이 축은 대개 배치(batch), 길이, 클래스 순서이지만, `F.cross_entropy`는 클래스가 둘째 축에 있다고 가정합니다.

# %% [markdown] lang="en"
# ## The class axis comes second { #class-axis .deeper }
#
# When a model predicts a class at each position, say in a sentence, its logits have three axes. Models usually return batch, length, and classes in this order, but `F.cross_entropy` takes the second axis for the classes.

# %%
generator = torch.Generator().manual_seed(0)
scores = torch.rand(
    2, 3, 5, generator=generator
)  # (batch, length, classes)
words = torch.randint(5, (2, 3), generator=generator)
try:
    F.cross_entropy(scores, words)
except RuntimeError as error:
    print(error)
# > Expected target size [2, 5], got [2, 3]
loss = F.cross_entropy(scores.transpose(1, 2), words)
print(f"{loss.item():.4f}")
# > 1.5043

# %% folded="tests"
assert torch.allclose(
    loss, F.cross_entropy(scores.flatten(0, 1), words.flatten())
)

# %% [markdown] lang="ko"
# 따라서 뒤의 두 축을 맞바꾸거나 앞의 두 축을 하나로 합쳐야 합니다. 어느 방법으로 구하든 손실은 같습니다.
#
# !!! warning "길이와 클래스 수가 같으면 오류가 나지 않습니다"
#     모양이 우연히 맞으면 PyTorch는 클래스 축이 아니라 길이 축에 소프트맥스를 취합니다. 그래도 손실은 그럴듯하고 학습도 계속되어 잘못을 알아채기 어렵습니다.

# %% [markdown] lang="en"
# So swap the last two axes, or flatten the first two into one; both give the same loss.
#
# !!! warning "If length equals the number of classes, no error is raised"
#     When the shapes fit by accident, PyTorch applies softmax along the length axis. The loss looks plausible, and training runs.

# %%
generator = torch.Generator().manual_seed(0)
square = torch.rand(
    2, 5, 5, generator=generator
)  # (batch, length, classes)
words = torch.randint(5, (2, 5), generator=generator)
wrong = F.cross_entropy(square, words)
right = F.cross_entropy(square.transpose(1, 2), words)
print(f"wrong {wrong.item():.4f}  right {right.item():.4f}")
# > wrong 1.5651  right 1.5950
assert not torch.allclose(wrong, right)

# %% [markdown] lang="ko"
# ## 이진 분류 { #binary .deeper }
#
# 클래스가 2개뿐이면 흔히 로짓 하나와 시그모이드(sigmoid)를 쓰며, 이때의 손실을 이진 교차 엔트로피(binary cross entropy, BCE)라고 합니다.
#
# $$
# \mathrm{BCE}(z, y) = -y\log\sigma(z) - (1-y)\log(1-\sigma(z))
# $$
#
# 새로운 손실처럼 보이지만 그렇지 않습니다. 클래스 0의 로짓을 0으로 고정하면 $\sigma(z)$는 로짓 [0, z]를 소프트맥스에 넣어 얻은 둘째 확률과 같습니다. 따라서 이진 교차 엔트로피도 알고 보면 클래스 2개짜리 교차 엔트로피입니다.
#
# $$
# \mathrm{BCE}(z, y) = \log(e^{0} + e^{z}) - y z
# $$

# %% [markdown] lang="en"
# ## Two classes { #binary .deeper }
#
# With two classes, it is common to use a single logit and a sigmoid. The loss that goes with it is binary cross entropy (BCE).
#
# $$
# \mathrm{BCE}(z, y) = -y\log\sigma(z) - (1-y)\log(1-\sigma(z))
# $$
#
# It looks like a new loss, but it is not. Fix the logit of class 0 at 0: then $\sigma(z)$ is the second probability of a softmax over the logits [0, z]. So the loss, too, is cross entropy with two classes.
#
# $$
# \mathrm{BCE}(z, y) = \log(e^{0} + e^{z}) - y z
# $$

# %% anchor="two_classes"
z = torch.tensor(0.7)
as_binary = F.binary_cross_entropy_with_logits(z, torch.tensor(1.0))
as_two_classes = F.cross_entropy(
    torch.stack([torch.tensor(0.0), z]), torch.tensor(1)
)
print(
    f"{torch.sigmoid(z).item():.4f}  "
    f"{as_binary.item():.4f}  {as_two_classes.item():.4f}"
)
# > 0.6682  0.4032  0.4032

# %% folded="tests"
assert torch.allclose(
    torch.sigmoid(z), F.softmax(torch.tensor([0.0, 0.7]), dim=0)[1]
)
assert torch.allclose(as_binary, as_two_classes)

# %% [markdown] lang="ko"
# 두 방법 모두 확률은 0.6682이고, 손실도 똑같이 0.4032입니다. "이진 분류는 시그모이드, 다중 분류는 교차 엔트로피"라는 말은 손실과 출력 함수를 뒤섞은 것입니다. 이진 분류에서는 시그모이드와 BCE가, 다중 분류에서는 소프트맥스와 교차 엔트로피가 짝을 이룹니다. 앞의 짝은 뒤의 짝에서 클래스가 2개인 특별한 경우입니다.
#
# !!! warning "시그모이드를 먼저 취하면 같은 문제가 생깁니다"
#     `F.binary_cross_entropy`는 로짓이 아니라 확률을 받습니다. 그런데 `float32`에서는 로짓이 17만 되어도 시그모이드가 정확히 1이 되므로, 모델이 얼마나 틀렸는지 알 수 없게 됩니다.

# %% [markdown] lang="en"
# The probability is 0.6682, and both losses are 0.4032. "Sigmoid for binary, cross entropy for multi-class" mixes up losses and output functions. Binary classification pairs a sigmoid with BCE, multi-class pairs softmax with cross entropy, and the first is the two-class case of the second.
#
# !!! warning "Apply the sigmoid first and the same trouble returns"
#     `F.binary_cross_entropy` expects probabilities, not logits. In `float32`, a logit of 17 is enough for the sigmoid to become exactly 1, and every trace of how wrong the model was is lost.

# %%
for z in (15.0, 17.0, 50.0):
    logit = torch.tensor([z], requires_grad=True)
    loss = F.binary_cross_entropy(torch.sigmoid(logit), torch.tensor([0.0]))
    loss.backward()
    stable_loss = F.binary_cross_entropy_with_logits(
        logit, torch.tensor([0.0])
    )
    print(
        f"z={z:.0f}  BCE {loss.item():8.4f}  grad {logit.grad.item():.4f}  "
        f"with logits {stable_loss.item():.4f}"
    )
# > z=15  BCE  14.8438  grad 1.0000  with logits 15.0000
# > z=17  BCE 100.0000  grad 0.0000  with logits 17.0000
# > z=50  BCE 100.0000  grad 0.0000  with logits 50.0000
assert logit.grad.item() == 0

# %% [markdown] lang="ko"
# 정답이 0인데 로짓이 15이면 손실도 15여야 하지만, 출력된 값은 벌써 14.8438로 어긋납니다. 로짓이 17이면 손실은 17이어야 하는데, `F.binary_cross_entropy`는 로그를 −100에서 자르기 때문에 손실이 100으로 나오고 기울기는 0입니다. 따라서 이 샘플에서는 아무것도 배우지 못합니다. 로짓을 받는 `F.binary_cross_entropy_with_logits`를 쓰면 이런 문제가 생기지 않습니다.

# %% [markdown] lang="en"
# With the right answer 0 and a logit of 15, the loss should be 15, so 14.8438 is already off. At 17 it should be 17, but `F.binary_cross_entropy` clamps its logs at −100 and reports 100, with a gradient of 0: nothing is learned from this example. `F.binary_cross_entropy_with_logits` takes logits and has no such trouble.

# %% [markdown] lang="ko"
# ## 레이블 스무딩 { #label-smoothing .deeper }
#
# 원-핫 정답을 쓰면 정답 클래스의 확률이 정확히 1이 될 때까지 손실이 계속 줄어듭니다. 하지만 반올림이 없다면 유한한 로짓으로는 그런 확률에 이를 수 없으므로, 학습할수록 로짓 차이가 끝없이 벌어집니다. 그래서 레이블 스무딩은 정답에서 확률을 $\varepsilon$만큼 떼어 모든 클래스에 똑같이 나눕니다.
#
# $$
# q_k = (1-\varepsilon)\,y_k + \frac{\varepsilon}{K}
# $$
#
# 예를 들어 클래스가 5개이고 $\varepsilon$이 0.1이면, 정답 칸의 확률은 0.92가 되고 나머지 칸의 확률은 0.02가 됩니다.

# %% [markdown] lang="en"
# ## Label smoothing { #label-smoothing .deeper }
#
# A one-hot target asks for a probability of exactly 1. In exact arithmetic no finite logits reach that, so training keeps widening the gap between the logits. Label smoothing takes $\varepsilon$ away from the right class and spreads it evenly over all classes.
#
# $$
# q_k = (1-\varepsilon)\,y_k + \frac{\varepsilon}{K}
# $$
#
# With five classes and $\varepsilon$ = 0.1, the right class gets 0.92 and each other class 0.02.

# %%
eps = 0.1
smooth = (1 - eps) * one_hot + eps / 5
print(smooth)
# > tensor([[0.9200, 0.0200, 0.0200, 0.0200, 0.0200],
# >         [0.0200, 0.0200, 0.9200, 0.0200, 0.0200],
# >         [0.0200, 0.9200, 0.0200, 0.0200, 0.0200]])
smoothed_loss = F.cross_entropy(logits, target, label_smoothing=eps)
print(f"{smoothed_loss.item():.4f}")
# > 1.4850
assert torch.allclose(smoothed_loss, F.cross_entropy(logits, smooth))

# %% figure="smoothed_target"
x = torch.arange(5)
hard = F.one_hot(torch.tensor(2), num_classes=5)
soft = 0.9 * hard + 0.1 / 5
fig, ax = plt.subplots()
ax.bar(x - 0.2, hard, width=0.4, color="C7", hatch="//", label="one-hot")
bars = ax.bar(x + 0.2, soft, width=0.4, color="C0", label="smoothed")
for i, q in enumerate(soft.tolist()):
    ax.text(i + 0.02, q + 0.02, f"{q:.2f}", ha="left")
ax.set_ylim(0, 1.15)
ax.set_xlabel("class")
ax.set_ylabel("target probability")
ax.legend(loc="upper left")

# %% [markdown] lang="ko" caption="smoothed_target"
# 레이블 스무딩은 정답의 확률을 조금 떼어 모든 클래스에 똑같이 나누어 줍니다.
#
# 가로축은 클래스 0에서 4까지이고, 세로축은 목표로 삼을 확률입니다. 빗금 친 회색 막대(원-핫)는 클래스 2에서만 1이고 나머지 클래스에서는 0입니다. 파란 막대(스무딩)는 클래스 2에서 0.92, 다른 네 클래스에서 각각 0.02입니다.
#
# - one-hot: 원-핫
# - smoothed: 스무딩
# - class: 클래스
# - target probability: 목표 확률

# %% [markdown] lang="en" caption="smoothed_target"
# Label smoothing moves a little probability from the right class to all classes.
#
# The horizontal axis is the class from 0 to 4, the vertical axis the target probability. The hatched gray bars (one-hot) are 1 at class 2 and 0 elsewhere. The blue bars (smoothed) are 0.92 at class 2 and 0.02 at each of the other four.

# %% [markdown] lang="ko"
# 이렇게 구한 손실 1.4850은 스무딩한 정답을 직접 만들어 확률로 넣었을 때의 손실과 같습니다. 또한 식을 정리하면, 이 손실은 원래 손실과 "모든 클래스의 $-\log p$ 평균"을 섞은 것이기도 합니다.

# %% [markdown] lang="en"
# The loss is 1.4850, the same as when you smooth the target by hand and pass it as probabilities. Rearranged, it is also a blend of the plain loss and the mean of $-\log p$ over all classes.

# %%
plain_loss = F.cross_entropy(logits, target)
all_classes = -F.log_softmax(logits, dim=1).mean()
print(f"{plain_loss.item():.4f}  {all_classes.item():.4f}")
# > 1.4689  1.6293
assert torch.allclose(smoothed_loss, 0.9 * plain_loss + 0.1 * all_classes)

# %% [markdown] lang="ko"
# 원래 손실 1.4689와 모든 클래스에서 평균한 값 1.6293을 9 대 1로 섞으면 스무딩한 손실 1.4850이 됩니다.
#
# 이제 손실의 바닥은 0이 아닙니다. 교차 엔트로피의 최솟값은 정답 분포의 엔트로피(entropy)인데, $q$의 엔트로피는 0보다 크기 때문입니다. 이 최솟값은 $p = q$일 때, 즉 로짓 차이가 $\log(q_y / q_k)$라는 유한한 값일 때 나옵니다.

# %% [markdown] lang="en"
# 1.4689 and 1.6293, mixed nine to one, make 1.4850.
#
# The floor of this loss is no longer 0. Cross entropy is smallest at the entropy of the target distribution, and the entropy of $q$ is above zero. The minimum is at $p = q$, that is, where the logit gap is $\log(q_y / q_k)$: a finite number.

# %%
for k in (3, 10):
    q = 0.9 * F.one_hot(torch.tensor(0), num_classes=k) + 0.1 / k
    floor = -(q * torch.log(q)).sum()
    best_gap = torch.log(q[0] / q[1])
    print(
        f"K={k:2}  floor {floor.item():.4f}  best gap {best_gap.item():.4f}"
    )
    best_logits = best_gap * F.one_hot(torch.tensor([0]), num_classes=k)
    at_best = F.cross_entropy(
        best_logits, torch.tensor([0]), label_smoothing=0.1
    )
    assert torch.allclose(at_best, floor)
# > K= 3  floor 0.2911  best gap 3.3322
# > K=10  floor 0.5003  best gap 4.5109

# %% [markdown] lang="ko"
# 손실의 바닥은 클래스가 3개면 0.2911, 10개면 0.5003입니다. 클래스가 10개일 때 정답 로짓이 나머지보다 4.5109만큼 크면 차이를 더 벌릴 이유가 없습니다. 그렇다면 거기서 로짓 차이를 더 벌리면 손실은 어떻게 될까요?

# %% [markdown] lang="en"
# The floor is 0.2911 for three classes and 0.5003 for ten. With ten classes, once the right logit is 4.5109 above the others, there is no reason to widen the gap. What happens if you do?

# %%
for d in (0.0, 4.5109, 10.0, 20.0):
    row = d * F.one_hot(torch.tensor([0]), num_classes=10)
    plain = F.cross_entropy(row, torch.tensor([0])).item()
    smoothed = F.cross_entropy(
        row, torch.tensor([0]), label_smoothing=0.1
    ).item()
    print(f"gap {d:7.4f}  plain {plain:.4f}  smoothed {smoothed:.4f}")
# > gap  0.0000  plain 2.3026  smoothed 2.3026
# > gap  4.5109  plain 0.0943  smoothed 0.5003
# > gap 10.0000  plain 0.0004  smoothed 0.9004
# > gap 20.0000  plain 0.0000  smoothed 1.8000
assert smoothed > 1.5

# %% figure="smoothing_minimum"
gaps = torch.linspace(0.0, 14.0, 141)
rows = torch.zeros(141, 10)
rows[:, 0] = gaps
zeros = torch.zeros(141, dtype=torch.int64)
fig, ax = plt.subplots()
ax.plot(
    gaps,
    F.cross_entropy(rows, zeros, reduction="none"),
    color="C7",
    linestyle="--",
)
ax.plot(
    gaps,
    F.cross_entropy(rows, zeros, reduction="none", label_smoothing=0.1),
    color="C0",
)
ax.plot(4.5109, 0.5003, color="C0", marker="o")
ax.text(4.8, 0.27, "lowest at 4.51", ha="left")
ax.text(11.5, 1.22, "label_smoothing=0.1", ha="right")
ax.text(11.5, 0.11, "one-hot target", ha="center")
ax.set_xlabel("logit gap (right class minus the others)")
ax.set_ylabel("loss (nats)")

# %% [markdown] lang="ko" caption="smoothing_minimum"
# 원-핫 손실은 로짓 차이가 커질수록 계속 줄어들지만, 스무딩한 손실은 차이가 4.51일 때 가장 작습니다.
#
# 클래스가 10개일 때의 그림입니다. 가로축은 정답 로짓과 나머지 로짓의 차이로 0에서 14까지이고, 세로축은 손실(nat)입니다. 두 선은 모두 2.30에서 시작합니다. 회색 파선(원-핫)은 계속 내려가 0에 다가가지만, 파란 실선(스무딩)은 차이 4.51, 손실 0.50인 점에서 바닥에 이른 뒤 다시 올라가 차이 10에서 0.90이 됩니다.
#
# - lowest at 4.51: 최저점 4.51
# - label_smoothing=0.1: label_smoothing=0.1
# - one-hot target: 원-핫 정답
# - logit gap (right class minus the others): 로짓 차이(정답 − 나머지)
# - loss (nats): 손실(nat)

# %% [markdown] lang="en" caption="smoothing_minimum"
# The one-hot loss asks for an ever larger gap; the smoothed loss asks you to stop at 4.51.
#
# Ten classes. The horizontal axis is the gap between the right logit and the others, from 0 to 14; the vertical axis is the loss in nats. Both lines start at 2.30. The dashed gray line (one-hot) keeps falling toward 0. The solid blue line (smoothed) reaches its lowest point at a gap of 4.51 and a loss of 0.50, then rises again, to 0.90 at a gap of 10.

# %% [markdown] lang="ko"
# 로짓 차이가 20이면 모델은 정답을 거의 완전히 확신합니다. 이때 원-핫 손실은 0.0000이지만, 스무딩한 손실은 오히려 1.8000까지 커집니다. 이처럼 레이블 스무딩은 확신이 지나칠 때 손실을 키워, 모델이 정답을 과신하지 않게 합니다.
#
# !!! warning "스무딩한 손실과 그렇지 않은 손실을 비교하지 마세요"
#     두 손실은 바닥이 다르므로 서로 비교할 수 없습니다. 따라서 학습에는 스무딩한 손실을 쓰더라도, 평가할 때는 `label_smoothing` 없이 손실을 구합니다.

# %% [markdown] lang="en"
# At a gap of 20 the model is certain of the right class. The one-hot loss is 0.0000, while the smoothed loss is 1.8000: certainty is punished. This is how label smoothing holds back overconfidence.
#
# !!! warning "Do not compare smoothed with unsmoothed losses"
#     Their floors differ, so the numbers cannot be compared. Train with the smoothed loss if you like, but evaluate without `label_smoothing`.

# %% [markdown] lang="ko"
# ## 클래스 가중치 { #class-weights }
#
# 드문 클래스의 손실을 더 무겁게 반영하고 싶을 때는 `weight`에 클래스별 가중치를 줍니다. 클래스 0부터 4까지의 가중치를 1, 2, 3, 4, 5로 두겠습니다. 가중치를 곱한 손실의 합을 PyTorch는 가중치의 합으로 나눌까요, 아니면 행의 수로 나눌까요?

# %% [markdown] lang="en"
# ## Class weights { #class-weights }
#
# To make the losses of rare classes count more, pass one weight per class as `weight`. Give classes 0 to 4 the weights 1, 2, 3, 4, 5. Does PyTorch divide the weighted sum of the losses by the sum of the weights or by the number of rows?

# %%
weight = torch.arange(1.0, 6.0)
weighted = F.cross_entropy(logits, target, weight=weight)
losses = F.cross_entropy(logits, target, reduction="none")
w = weight[target]
print(w)
# > tensor([1., 3., 2.])
print(f"PyTorch              {weighted.item():.4f}")
# > PyTorch              1.4906
print(f"sum(w * l) / sum(w)  {((w * losses).sum() / w.sum()).item():.4f}")
# > sum(w * l) / sum(w)  1.4906
print(f"mean(w * l)          {(w * losses).mean().item():.4f}")
# > mean(w * l)          2.9812
assert torch.allclose(weighted, (w * losses).sum() / w.sum())

# %% [markdown] lang="ko"
# PyTorch의 결과는 1.4906, 즉 **가중 평균**입니다. 분모가 행의 수 3이 아니라 세 행의 가중치를 더한 6이기 때문입니다. 따라서 가중치를 모두 10배로 키워도 손실은 그대로이고, 가중치 3은 그 행을 세 번 넣은 것과 같습니다. 두 가지 모두 코드로 확인해 봅시다.

# %% [markdown] lang="en"
# It is 1.4906, the **weighted mean**: the denominator is the sum of the weights, 6, rather than the number of rows, 3. So multiplying all weights by 10 changes nothing, and a weight of 3 equals entering that row three times. Check both statements.

# %%
assert torch.allclose(
    F.cross_entropy(logits, target, weight=10 * weight), weighted
)
times = w.long()
repeated = F.cross_entropy(
    logits.repeat_interleave(times, dim=0), target.repeat_interleave(times)
)
print(f"{repeated.item():.4f}")
# > 1.4906
assert torch.allclose(repeated, weighted)

# %% [markdown] lang="ko"
# ### 가중치가 사라지는 두 경우 { #weights-vanish .deeper }
#
# !!! warning "행이 하나뿐이거나 정답이 확률이면 가중치가 뜻대로 쓰이지 않습니다"
#     배치에 행이 하나뿐이면 가중치가 분자와 분모에서 약분되어 아무 효과가 없습니다. 또한 정답을 확률로 주면 분모가 가중치의 합이 아니라 행의 수로 바뀝니다.

# %% [markdown] lang="en"
# ### Two cases where weights vanish { #weights-vanish .deeper }
#
# !!! warning "With a single row or probability targets, weights do not work as expected"
#     In a batch of one row, the weight cancels and has no effect. And if the target is given as probabilities, the denominator becomes the number of rows instead of the sum of the weights.

# %%
one_row = F.cross_entropy(logits[1:2], target[1:2])
one_row_weighted = F.cross_entropy(logits[1:2], target[1:2], weight=weight)
print(
    f"one row      {one_row.item():.4f}  "
    f"weighted {one_row_weighted.item():.4f}"
)
# > one row      1.4602  weighted 1.4602
assert torch.allclose(one_row, one_row_weighted)

as_probabilities = F.cross_entropy(logits, one_hot.float(), weight=weight)
print(
    f"as indices   {weighted.item():.4f}  "
    f"as probabilities {as_probabilities.item():.4f}"
)
# > as indices   1.4906  as probabilities 2.9812
assert torch.allclose(as_probabilities, (w * losses).mean())

# %% [markdown] lang="ko"
# 둘째 행의 가중치는 3이지만, 그 행만 있는 배치에서는 손실이 1.4602 그대로입니다. 또한 같은 정답이라도 번호로 주면 손실이 1.4906, 확률로 주면 2.9812입니다. 따라서 배치가 작거나 정답의 형식을 바꿀 때는 이 차이를 기억해야 합니다.

# %% [markdown] lang="en"
# The second row has weight 3, yet alone in its batch its loss stays at 1.4602. The same target gives 1.4906 as indices and 2.9812 as probabilities. Keep this in mind when batches are small or when you change the kind of target.

# %% [markdown] lang="ko"
# ## 연습 문제 { #exercises }
#
# **1. 같은 수를 빼고 손으로 계산하기.** 로짓이 [1000, 1001, 1002]이고 정답이 클래스 0일 때의 손실을 `math.log`와 `math.exp`만으로 구해 보세요. 단, `math.exp(1000)`은 오류를 내므로 먼저 모든 로짓에서 같은 수를 빼야 합니다.
#
# ??? tip "힌트"
#     모든 로짓에서 1000을 빼도 손실은 그대로이며, 그러면 정답의 로짓은 0이 됩니다.

# %% [markdown] lang="en"
# ## Exercises { #exercises }
#
# **1. Shift by hand.** The logits are [1000, 1001, 1002] and the right class is 0. Find the loss with `math.log` and `math.exp` alone. `math.exp(1000)` raises an error, so shift the logits first.
#
# ??? tip "Hint"
#     Subtracting 1000 from all logits leaves the loss as it is, and makes the right logit 0.

# %% exercise="shift_by_hand"
### BEGIN SOLUTION
answer = math.log(math.exp(0) + math.exp(1) + math.exp(2))
### END SOLUTION

# %% check="shift_by_hand"
expected = F.cross_entropy(
    torch.tensor([[1000.0, 1001.0, 1002.0]]), torch.tensor([0])
)
assert isinstance(answer, (int, float)), f"{answer!r} is not a number"
assert abs(answer - expected.item()) < 1e-4, f"the loss is not {answer}"

# %% wrong="shift_by_hand"
# ko: 로짓이 가장 큰 클래스를 정답으로 보았는데, 실제 정답의 로짓은 가장 작은 1000입니다.
# en: This takes the class with the largest logit as the right one, but the right class has the smallest logit, 1000.
answer = math.log(1 + math.exp(-1) + math.exp(-2))

# %% wrong="shift_by_hand"
# ko: 정답의 로짓 1000을 빼지 않았으므로, 손실이 아니라 log-sum-exp의 값입니다.
# en: The right logit, 1000, is not subtracted, so this is the log-sum-exp and not the loss.
answer = 1002 + math.log(1 + math.exp(-1) + math.exp(-2))

# %% right="shift_by_hand"
answer = 2 + math.log(1 + math.exp(-1) + math.exp(-2))


# %% [markdown] lang="ko"
# **2. 로그를 빠뜨린 손실의 바닥.** 앞에서 확률을 그대로 `F.nll_loss`에 넣었더니 음수가 나왔습니다. 학습이 더할 나위 없이 잘되면 이 값이 어디까지 내려가는지 구해 보세요.
#
# ??? tip "힌트"
#     `F.nll_loss`는 정답 칸의 값을 평균하고 부호를 바꿀 뿐입니다. 확률은 얼마까지 커질 수 있나요?

# %% [markdown] lang="en"
# **2. How low can it get without the log?** Probabilities passed to `F.nll_loss` gave a negative number. If training goes as well as it can, how low does that number get?
#
# ??? tip "Hint"
#     All that `F.nll_loss` does is average the entries of the right classes and change the sign. How large can a probability get?

# %% exercise="lowest_nll"
### BEGIN SOLUTION
# ko: 이 값은 정답 확률의 평균에 음의 부호를 붙인 것이고,
# ko: 확률은 1을 넘지 못합니다.
# en: It is minus the mean probability of the right class,
# en: and a probability is at most 1.
lowest = -1.0
### END SOLUTION

# %% check="lowest_nll"
confident = 50.0 * F.one_hot(target, num_classes=5)
perfect = F.nll_loss(F.softmax(confident, dim=1), target).item()
assert abs(lowest - perfect) < 1e-6, f"the floor is not {lowest}"

# %% wrong="lowest_nll"
# ko: 교차 엔트로피의 바닥은 0이지만, 로그가 없는 이 값은 그 아래로 내려갑니다.
# en: The floor of a cross entropy is 0, but without the logarithm the value falls below that.
lowest = 0.0

# %% wrong="lowest_nll"
# ko: 로짓은 한없이 커질 수 있지만, 확률은 1을 넘지 못합니다.
# en: A logit may grow without bound, but a probability cannot exceed 1.
lowest = -math.inf


# %% [markdown] lang="ko"
# **3. 가중치 정하기.** 두 행의 손실이 0.5와 1.0이고 정답 클래스의 가중치가 각각 1과 3이면, 가중 평균은 0.875입니다. 첫째 가중치를 1로 둔 채 이 평균이 0.95가 되게 하려면 둘째 가중치를 얼마로 해야 하는지 구해 보세요.
#
# ??? tip "힌트"
#     가중 평균은 손실에 가중치를 곱해 더한 값을 샘플 수가 아니라 가중치의 합으로 나눈 값입니다.

# %% [markdown] lang="en"
# **3. Choose a weight.** Two rows have losses 0.5 and 1.0. With weights 1 and 3 for their classes, the weighted mean is 0.875. Keep the first weight at 1 and find the second weight that makes the mean 0.95.
#
# ??? tip "Hint"
#     A weighted mean divides the weighted sum of the losses by the sum of the weights, not by the number of rows.

# %% exercise="choose_a_weight"
### BEGIN SOLUTION
# 0.5 + w = 0.95 * (1 + w)
second_weight = (0.95 - 0.5) / (1.0 - 0.95)
### END SOLUTION

# %% check="choose_a_weight"
assert (1 * 0.5 + 3 * 1.0) / (1 + 3) == 0.875, "weight 3: not 0.875"
assert (
    abs((1 * 0.5 + second_weight * 1.0) / (1 + second_weight) - 0.95) < 1e-9
), f"the weight is not {second_weight}"

# %% wrong="choose_a_weight"
# ko: 가중치의 합이 아니라 샘플 수 2로 나눈 평균에서 나온 값입니다.
# en: This comes from a mean over the number of examples, 2, and not over the sum of the weights.
second_weight = 2 * 0.95 - 0.5

# %% wrong="choose_a_weight"
# ko: 분모에서 첫 샘플의 가중치 1을 빠뜨리면, 가중치를 어떻게 정해도 값이 맞지 않습니다.
# en: It leaves the first weight, 1, out of the denominator, but the mean divides by the sum of both weights.
second_weight = 0.5 / (1.0 - 0.95)


# %% [markdown] lang="ko"
# **4. 레이블 스무딩의 바닥.** $\varepsilon$과 클래스 수를 받아 스무딩한 손실의 최솟값을 돌려주는 함수를 `math.log`만 써서 만들어 보세요. $q$에는 서로 다른 값이 두 가지뿐이라는 점을 이용하세요. 함수는 $\varepsilon$이 0이어도 동작해야 합니다.
#
# ??? tip "힌트"
#     스무딩한 손실은 정답 분포가 $q$인 교차 엔트로피입니다. 예측이 $q$와 같아지면 무엇이 남는지, $q$의 두 값이 각각 몇 번씩 나오는지 적어 보세요.

# %% [markdown] lang="en"
# **4. The floor of label smoothing.** Write a function that takes $\varepsilon$ and the number of classes and returns the minimum of the smoothed loss, using nothing but `math.log`. Note that $q$ has only two distinct values. It must also work for $\varepsilon$ equal to 0.
#
# ??? tip "Hint"
#     The smoothed loss is a cross entropy with $q$ as the target. Write down what is left of it once the prediction equals $q$, and how often each of the two values of $q$ occurs.


# %% exercise="smoothing_floor" path="deeper"
def smoothing_floor(eps, num_classes):
    ### BEGIN SOLUTION
    rest = eps / num_classes
    right = 1 - eps + rest
    if rest == 0:
        return 0.0
    wrong = (num_classes - 1) * rest
    return -right * math.log(right) - wrong * math.log(rest)
    ### END SOLUTION


# %% check="smoothing_floor"
def measured_floor(eps, k):
    q = (1 - eps) * F.one_hot(torch.tensor([0]), num_classes=k) + eps / k
    return F.cross_entropy(
        torch.log(q), torch.tensor([0]), label_smoothing=eps
    ).item()


cases = [(0.1, 10), (0.2, 5), (0.1, 3), (0.3, 10), (0.5, 2), (0.0, 4)]
for eps, k in cases:
    found, floor = smoothing_floor(eps, k), measured_floor(eps, k)
    case = f"eps {eps}, {k} classes: {found}, not {floor}"
    assert found is not None, case
    assert abs(found - floor) < 1e-5, case


# %% wrong="smoothing_floor"
# ko: `eps`를 나머지 클래스에만 나누었는데, `label_smoothing`은 정답까지 `num_classes`개에 똑같이 나눕니다.
# en: It spreads `eps` over the other classes, but `label_smoothing` spreads it over all `num_classes`.
def smoothing_floor(eps, num_classes):
    rest = eps / (num_classes - 1)
    if rest == 0:
        return 0.0
    right = 1 - eps
    return -right * math.log(right) - eps * math.log(rest)


# %% wrong="smoothing_floor"
# ko: 확률이 모두 같은 분포의 엔트로피는 `eps`가 1일 때의 바닥입니다.
# en: The entropy of equal probabilities is the floor for an `eps` of 1.
def smoothing_floor(eps, num_classes):
    return math.log(num_classes)


# %% wrong="smoothing_floor"
# ko: 정답의 항만 더하고, 나머지 클래스의 항을 빠뜨렸습니다.
# en: It counts the term of the right class only and leaves out those of the others.
def smoothing_floor(eps, num_classes):
    right = 1 - eps + eps / num_classes
    return -right * math.log(right)


# %% right="smoothing_floor"
def smoothing_floor(eps, num_classes):
    q = torch.full((num_classes,), eps / num_classes)
    q[0] += 1 - eps
    return torch.special.entr(q).sum().item()


# %% [markdown] lang="ko"
# **5. 무너지지 않는 BCE.** 로짓 텐서와 정답(0 또는 1)을 받아 이진 교차 엔트로피를 구하는 함수를 `torch.exp`, `torch.log1p`, 절댓값, `clamp`만 써서 만들어 보세요. [이진 분류](#binary) 절의 둘째 식에 [log-sum-exp](#log-sum-exp)를 적용하면 됩니다. $\log(1+x)$는 `torch.log1p(x)`로 정확하게 구할 수 있습니다. 4.14e-08처럼 작은 손실도 0이 되어서는 안 됩니다.
#
# ??? tip "힌트"
#     $z$가 양수일 때와 음수일 때로 나누어, $e^{0}$과 $e^{z}$ 가운데 큰 것을 로그 밖으로 꺼내 보세요. 로그 안에 남는 식은 두 경우에 같은 꼴이 됩니다. 이 로그는 마지막에 더합니다.

# %% [markdown] lang="en"
# **5. A BCE that does not break.** Write binary cross entropy for a tensor of logits and a target of 0 or 1, using only `torch.exp`, `torch.log1p`, absolute values, and `clamp`. Apply [log-sum-exp](#log-sum-exp) to the second formula of [two classes](#binary). `torch.log1p(x)` computes $\log(1+x)$ accurately. A loss as small as 4.14e-08 must not come out as 0.
#
# ??? tip "Hint"
#     Treat positive and negative $z$ apart, and pull the larger of $e^{0}$ and $e^{z}$ out of the logarithm. What is left inside has the same form in both cases. Add that logarithm last.


# %% exercise="stable_bce" path="deeper"
def stable_bce(z, y):
    ### BEGIN SOLUTION
    # ko: max(0, z)를 밖으로 꺼내면 로그 안에 남는 항은 1과 exp(-|z|)입니다.
    # en: With max(0, z) pulled out, the terms left are 1 and exp(-|z|).
    return z.clamp(min=0) - y * z + torch.log1p(torch.exp(-z.abs()))
    ### END SOLUTION


# %% check="stable_bce"
far = torch.tensor([-200.0, -17.0, 0.0, 0.7, 17.0, 200.0])
exact_bce = F.binary_cross_entropy_with_logits
mixed = torch.tensor([1.0, 0.0, 1.0, 0.0, 1.0, 0.0])
for y in (0, 1, torch.zeros(6), torch.ones(6), mixed):
    z = far if y is not mixed else far.flip(0) / 2
    found = stable_bce(z, y)
    targets = (torch.zeros(6) + y).double()
    right = exact_bce(z.double(), targets, reduction="none")
    case = f"stable_bce({z}, {y}): {found}, not {right}"
    assert torch.is_tensor(found), case
    # relative: log(1 + x) loses the smallest losses
    close = torch.isclose(found.double(), right, rtol=1e-5, atol=1e-30)
    assert close.all(), case


# %% wrong="stable_bce"
# ko: 로짓이 크면 시그모이드가 1로 반올림되어 $\log(1 - p)$가 음의 무한대가 됩니다.
# en: For large logits the sigmoid is rounded to 1, and $\log(1 - p)$ is minus infinity.
def stable_bce(z, y):
    p = torch.sigmoid(z)
    return -(y * p.log() + (1 - y) * (1 - p).log())


# %% wrong="stable_bce"
# ko: $e^{200}$은 float32에 담기지 않으므로, 손실이 무한대가 됩니다.
# en: $e^{200}$ does not fit into a float32, so the loss is infinite.
def stable_bce(z, y):
    return torch.log1p(torch.exp(z)) - y * z


# %% wrong="stable_bce"
# ko: 1에 아주 작은 수를 더하면 반올림되어 사라지므로, `log1p` 대신 `log`를 쓰면 작은 손실이 0이 됩니다.
# en: A tiny number added to 1 is rounded away, so with `log` instead of `log1p` small losses become 0.
def stable_bce(z, y):
    return z.clamp(min=0) - y * z + torch.log(1 + torch.exp(-z.abs()))


# %% wrong="stable_bce"
# ko: 아주 작은 로그를 큰 로짓에 먼저 더하면 반올림되어 사라지므로, 로짓을 다시 빼면 0이 남습니다.
# en: The tiny logarithm is rounded away when it is added to a large logit, so 0 is left after the subtraction.
def stable_bce(z, y):
    return z.clamp(min=0) + torch.log1p(torch.exp(-z.abs())) - y * z


# %% right="stable_bce"
def stable_bce(z, y):
    return -y * F.logsigmoid(z) - (1 - y) * F.logsigmoid(-z)


# %% [markdown] lang="ko"
# ## 퀴즈 { #quiz }
#
# ??? question "1. `F.nll_loss(F.softmax(logits, dim=1), target)`를 실행하면 어떻게 될까요?"
#     - [ ] 로그 확률이 아니라는 오류가 납니다: 그렇게 알려 주면 좋겠지만, `F.nll_loss`는 받은 값이 로그 확률인지 확률인지 알 수 없습니다.
#     - [ ] 스스로 로그를 취해 올바른 손실을 돌려줍니다: 로그까지 취하는 함수는 `F.cross_entropy`이고, `F.nll_loss`는 정답 칸의 값을 골라 부호만 바꿉니다.
#     - [x] 오류 없이 잘못된 음수를 돌려줍니다: 정답 칸의 확률에서 부호만 바꾼 값이므로 음수가 되며, 이 레슨에서는 −0.2317이었습니다. 손실이 음수라면 로그를 빠뜨렸는지 확인하세요.
#
# ??? question "2. 로짓에서 최댓값을 빼고 소프트맥스를 구하면 무엇이 달라질까요?"
#     - [x] 계산 과정만 안전해집니다: 분자와 분모에 같은 수 $e^{-m}$이 곱해져 약분되므로 값은 같고, 지수가 모두 0 이하이므로 오버플로하지 않습니다.
#     - [ ] 값이 근삿값으로 바뀝니다: 수를 빼면 무언가 잃을 듯하지만, 수식에서는 결과가 완전히 같고 컴퓨터로 계산해도 마지막 자리의 반올림만 달라집니다.
#     - [ ] 큰 로짓의 확률이 작아집니다: 큰 로짓이 작아지기는 하지만 모든 로짓이 똑같이 작아지므로, 확률을 정하는 로짓의 차는 그대로입니다.
#
# ??? question "3. `torch.log(probs + 1e-8)`로도 `nan`을 막을 수 있는데, 왜 권하지 않을까요?"
#     - [ ] 1e-8을 더하는 계산이 느리기 때문입니다: 덧셈이 하나 늘기는 하지만 걸리는 시간은 거의 같으며, 문제는 속도가 아니라 기울기입니다.
#     - [x] 크게 틀린 샘플에서 배우지 못하기 때문입니다: 손실이 18.42에서 멈추고 기울기가 0에 가까워지므로, 가장 크게 틀린 샘플이 모델을 바꾸지 못합니다.
#     - [ ] 더 작은 수를 더해야 하기 때문입니다: 더 작은 수로 바꾸어도 손실이 멈추는 높이만 달라집니다. 또한 아주 작은 수는 `float32`에서 0이 되므로 아무것도 막지 못합니다.
#
# ??? question "4. 클래스 가중치를 모두 10배로 키우면 `F.cross_entropy`의 평균 손실은 어떻게 될까요?"
#     - [ ] 10배가 됩니다: 손실마다 가중치가 곱해져서 그럴듯하고 `reduction="sum"`이라면 맞지만, 평균을 낼 때는 나누는 수도 커집니다.
#     - [ ] 10분의 1이 됩니다: 가중치의 합으로 나눈다는 것만 떠올린 답이지만, 나누기 전에 손실마다 같은 가중치가 곱해집니다.
#     - [x] 그대로입니다: 클래스 번호를 정답으로 주면 분모가 정답 클래스의 가중치를 더한 값이므로 10이 약분됩니다. 따라서 중요한 것은 가중치의 크기가 아니라 비율입니다.
#
# ??? question "5. 클래스 10개를 `label_smoothing=0.1`로 학습했더니 손실이 0.50에서 더 내려가지 않습니다. 무슨 뜻일까요?"
#     - [ ] 학습률이 너무 작아서 학습이 막혔습니다: 손실이 더 내려가지 않을 때 흔히 떠오르는 원인이지만, 학습률을 바꾸어도 이 아래로는 내려갈 수 없습니다.
#     - [x] 내려갈 수 있는 데까지 내려갔습니다: 이 손실의 최솟값은 정답 분포 $q$의 엔트로피인 0.5003입니다. 따라서 모델의 상태는 스무딩하지 않은 손실과 정확도로 확인해야 합니다.
#     - [ ] 모델이 작아 0에 이르지 못했습니다: 손실이 0까지 내려갈 수 있는 것은 정답이 원-핫일 때이며, 스무딩한 정답에서는 어떤 모델도 0에 이르지 못합니다.

# %% [markdown] lang="en"
# ## Quiz { #quiz }
#
# ??? question "1. What happens if you run `F.nll_loss(F.softmax(logits, dim=1), target)`?"
#     - [ ] It raises an error about the missing logarithm: That would help, but `F.nll_loss` cannot tell log-probabilities from probabilities.
#     - [ ] It takes the log itself and is right: The function that also takes the log is `F.cross_entropy`. `F.nll_loss` picks the entry of the right class and flips its sign.
#     - [x] It returns a wrong, negative number: It is the probability of the right class with its sign flipped, −0.2317 in this lesson. When a loss is negative, look for a missing log.
#
# ??? question "2. What does subtracting the largest logit before softmax change?"
#     - [x] It only makes the computation safe: Numerator and denominator are multiplied by the same $e^{-m}$, which cancels, and with no exponent above 0 nothing overflows.
#     - [ ] It makes the result approximate: Subtracting seems to lose something, but in the formula nothing changes, and in a computer only the rounding of the last digits does.
#     - [ ] It makes large logits less probable: Large logits do get smaller, but all of them by the same amount. The differences, which set the probabilities, stay.
#
# ??? question "3. `torch.log(probs + 1e-8)` also prevents `nan`. Why is it not recommended?"
#     - [ ] Because adding 1e-8 makes it slow: It is one more addition, but it takes hardly any time. The problem is the gradient, not the speed.
#     - [x] Because the worst examples teach nothing: The loss stops at 18.42 and the gradient fades to 0, so the examples that are most wrong cannot change the model.
#     - [ ] Because the number should be smaller: A smaller number only moves the height at which the loss stops. A tiny one becomes 0 in `float32` and prevents nothing.
#
# ??? question "4. Multiply all class weights by 10. What happens to the mean loss of `F.cross_entropy`?"
#     - [ ] It becomes ten times as large: Each loss is multiplied by its weight, and with `reduction="sum"` this holds. For the mean, the divisor grows as well.
#     - [ ] It becomes a tenth as large: This counts only the division by the sum of the weights. Before that, the same weights multiply the losses.
#     - [x] It stays the same: With class indices as the target, the denominator is the sum of the weights of the right classes, and the 10 cancels. What matters is the ratio of the weights, not their size.
#
# ??? question "5. You train on 10 classes with `label_smoothing=0.1`, and the loss stays at 0.50. What does that mean?"
#     - [ ] It is stuck because the learning rate is too small: A loss that stops falling suggests it, but no learning rate takes this loss any lower.
#     - [x] It has fallen as far as it can: The minimum of this loss is the entropy of the target distribution $q$, 0.5003. Judge the model by its unsmoothed loss and its accuracy.
#     - [ ] The model is too small to reach 0: For a loss of 0, targets must be one-hot. With smoothed ones no model of any size comes down to 0.

# %% [markdown] lang="ko"
# ## 정리 { #summary }
#
# - 교차 엔트로피를 네 가지 방법으로 구했고, 그 값은 모두 1.4689였습니다. `F.cross_entropy`는 `F.log_softmax`와 `F.nll_loss`를 합친 함수입니다.
# - log-sum-exp는 가장 큰 로짓을 밖으로 꺼내 오버플로와 로그 0을 함께 없앱니다. 소프트맥스와 로그를 나누어 계산하면 로짓 차이 88.73에서 기울기가, 104에서 손실이 무너집니다. 작은 수를 더하는 것은 해결책이 아닙니다.
# - `F.cross_entropy`에는 로짓을, `F.nll_loss`에는 로그 확률을 넣습니다. 바꿔 넣어도 오류가 나지 않으므로, 손실이 음수인지, 또는 일정한 바닥에 머무는지 살펴야 합니다. 반면 정답의 자료형이나 모양이 틀리면 대개 오류 메시지가 나옵니다.
# - 이진 교차 엔트로피는 로짓 [0, z]의 교차 엔트로피와 같으며, 로짓을 받는 `F.binary_cross_entropy_with_logits`로 구합니다.
# - 레이블 스무딩을 쓴 손실의 바닥은 0이 아니라 $q$의 엔트로피입니다. 클래스 가중치를 쓰면 평균을 낼 때 가중치의 합으로 나눕니다.

# %% [markdown] lang="en"
# ## What we saw { #summary }
#
# - Four ways of writing cross entropy, all giving 1.4689. `F.cross_entropy` is `F.log_softmax` and `F.nll_loss` combined.
# - Log-sum-exp pulls out the largest logit and so removes both overflow and the log of zero. Computed in separate steps, the gradient breaks at a logit gap of 88.73 and the loss at 104. Adding a small number is no cure.
# - `F.cross_entropy` takes logits, `F.nll_loss` log-probabilities. Mixing them up raises no error, so watch for negative losses and for floors. Most wrong dtypes and shapes of the target are reported by a message.
# - Binary cross entropy is cross entropy over the logits [0, z]. Use `F.binary_cross_entropy_with_logits`, which takes logits.
# - The floor of label smoothing is the entropy of $q$, not 0, and the mean with class weights divides by the sum of the weights.

# %% [markdown] lang="ko"
# ## 참고 자료 { #references }
#
# - PyTorch 문서: [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html), [`torch.nn.CrossEntropyLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html), [`F.log_softmax`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.log_softmax.html), [`F.nll_loss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.nll_loss.html)
# - PyTorch 문서: [`torch.logsumexp`](https://docs.pytorch.org/docs/stable/generated/torch.logsumexp.html), [`F.binary_cross_entropy_with_logits`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.binary_cross_entropy_with_logits.html), [`torch.nn.BCELoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.BCELoss.html), [`F.one_hot`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.one_hot.html)
# - P. Blanchard, D. J. Higham, N. J. Higham, [Accurately computing the log-sum-exp and softmax functions](https://doi.org/10.1093/imanum/draa038), 2021. 가장 큰 로짓을 빼고 계산한 log-sum-exp의 오차를 분석합니다.
# - C. Szegedy 외, [Rethinking the Inception architecture for computer vision](https://arxiv.org/abs/1512.00567), 2016. 레이블 스무딩을 제안한 논문입니다.
# - R. Müller, S. Kornblith, G. Hinton, [When does label smoothing help?](https://arxiv.org/abs/1906.02629), 2019. 레이블 스무딩이 확률의 보정(calibration)을 돕고 지식 증류를 방해하는 이유를 살핍니다.

# %% [markdown] lang="en"
# ## References { #references }
#
# - PyTorch documentation: [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html), [`torch.nn.CrossEntropyLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html), [`F.log_softmax`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.log_softmax.html), [`F.nll_loss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.nll_loss.html)
# - PyTorch documentation: [`torch.logsumexp`](https://docs.pytorch.org/docs/stable/generated/torch.logsumexp.html), [`F.binary_cross_entropy_with_logits`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.binary_cross_entropy_with_logits.html), [`torch.nn.BCELoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.BCELoss.html), [`F.one_hot`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.one_hot.html)
# - P. Blanchard, D. J. Higham, and N. J. Higham, [Accurately computing the log-sum-exp and softmax functions](https://doi.org/10.1093/imanum/draa038), 2021. An error analysis of the shifted log-sum-exp.
# - C. Szegedy et al., [Rethinking the Inception architecture for computer vision](https://arxiv.org/abs/1512.00567), 2016. The paper that proposed label smoothing.
# - R. Müller, S. Kornblith, and G. Hinton, [When does label smoothing help?](https://arxiv.org/abs/1906.02629), 2019. Why smoothing helps calibration and hurts distillation.
