# ---
# needs: [softmax_regression]
# ---

# %% [markdown] lang="ko"
# # 증상으로 찾기 { #symptoms }
#
# 오류 메시지나 이상한 손실 곡선에서 출발해 원인과 확인 방법, 고치는 방법을 찾는 참고 자료입니다. 증상마다 그 증상이 나타나는 가장 짧은 코드를 실었습니다.
#
# 처음부터 끝까지 차례로 읽는 레슨이 아니므로, 아래 표나 검색에서 증상을 찾아 그 부분만 읽으면 됩니다. 자주 만나는 증상은 핵심 경로에 넣었고, 나머지 증상에는 '더 깊이'라고 표시했습니다.
#
# !!! abstract "학습 목표"
#     - 오류 메시지를 읽고 모양, 자료형, 기기, 계산 그래프 가운데 무엇이 어긋났는지 알아냅니다.
#     - 오류 없이 틀리는 코드를 손실과 정확도가 변하는 모습으로 알아봅니다.
#     - 비슷한 다른 증상은 아닌지 먼저 살피고, 고친 뒤에는 정말 고쳐졌는지 코드로 확인합니다.
#
# ## 증상 목록 { #symptom-index }
#
# **오류 메시지**
#
# | 증상 | 먼저 볼 것 |
# |---|---|
# | [`mat1 and mat2 shapes cannot be multiplied`](#mat1-mat2) | `x.shape`, `layer.in_features` |
# | [`The size of tensor a must match the size of tensor b`](#tensor-size) | `a.shape`, `b.shape` |
# | [`mat1 and mat2 must have the same dtype, but got Double and Float`](#dtype) | `x.dtype` |
# | [`expected target dtype to be Long or Byte, but got Float`](#long-target) | `y.dtype` |
# | [`0D or 1D target tensor expected, multi-target not supported`](#multi-target) | `y.shape` |
# | [`Expected floating point type for target with class probabilities, got Long`](#probabilities) | `y.shape`, `y.dtype` |
# | [`Target 3 is out of bounds`](#out-of-bounds) | `y.min()`, `y.max()` |
# | [`Expected input batch_size to match target batch_size`](#batch-size) | `len(x)`, `len(y)` |
# | [`only batches of spatial targets supported (3D tensors)`](#spatial) | `logits.shape` |
# | [`Dimension out of range (expected to be in range of [-1, 0], but got 1)`](#wrong-dim) | `logits.dim()` |
# | [`element 0 of tensors does not require grad and does not have a grad_fn`](#require-grad) | `loss.requires_grad` |
# | [`Trying to backward through the graph a second time`](#second-time) | `loss.grad_fn` |
# | [`grad can be implicitly created only for scalar outputs`](#scalar-outputs) | `loss.shape` |
# | [`a leaf Variable that requires grad is being used in an in-place operation`](#leaf) | `w.is_leaf` |
# | [`one of the variables needed for gradient computation has been modified by an inplace operation`](#inplace) | `+=`, `relu_()` |
# | [`Can't call numpy() on Tensor that requires grad`](#numpy) | `requires_grad` |
# | [`a Tensor with 12 elements cannot be converted to Scalar`](#scalar) | `numel()` |
# | [`Expected all tensors to be on the same device`, `is not on the expected device`](#device) | `x.device` |
# | [`Boolean value of Tensor with more than one value is ambiguous`](#ambiguous) | `nn.CrossEntropyLoss()` |
#
# **오류 없이 나타나는 증상**
#
# | 증상 | 먼저 볼 것 |
# |---|---|
# | [손실이 nan일 때](#nan) | `x.isfinite().all()` |
# | [손실이 튀거나 커질 때](#bounce) | `lr`, `x.std(dim=0)` |
# | [손실이 ln K에서 꼼짝하지 않을 때](#ln-k) | `grad` |
# | [손실이 줄지 않을 때: 갱신되지 않는 가중치](#not-moving) | `optimizer.param_groups` |
# | [손실이 일찍 멈출 때: 소프트맥스 두 번](#floor) | `model` |
# | [손실이 내려갔다가 다시 오를 때: 빠뜨린 zero_grad](#zero-grad) | `grad.norm()` |
# | [훈련 손실만 줄어들 때: 과적합](#train-only) | `len(x_train)` |
# | [늘 같은 클래스만 예측할 때](#same-class) | `torch.bincount(y)` |
# | [테스트 정확도가 0%일 때](#zero-accuracy) | `torch.bincount(y_train)` |
# | [섞지 않은 미니배치](#no-shuffle) | `y[rows]` |
# | [실행할 때마다 결과가 다를 때](#different-results) | `torch.manual_seed()` |
# | [같은 입력인데 예측이 바뀔 때: 빠뜨린 model.eval()](#forgotten-eval) | `model.training` |
# | [학습 모드에서는 좋고 평가 모드에서 나쁠 때](#worse-in-eval) | `running_mean` |
# | [자신 있게 틀릴 때](#confident-wrong) | `probs.max(dim=1)` |
# | [정확도가 100%를 넘을 때](#above-one) | `(predicted == y).shape` |

# %% [markdown] lang="en"
# # Find it by its symptom { #symptoms }
#
# A reference that starts from an error message or an odd loss curve and leads to its cause, a check, and a fix. Each symptom comes with the smallest code that shows it.
#
# It is not meant to be read from top to bottom. Find your symptom in the tables below or with the search, and read that section only. The most frequent ones are the core path; the others are marked as going deeper.
#
# !!! abstract "What you will be able to do"
#     - Read from an error message what does not fit: shapes, data types, devices, or the computation graph.
#     - Recognize code that is wrong without an error by its loss and accuracy.
#     - Rule out similar symptoms first, and check in code afterwards that the fix works.
#
# ## Index of symptoms { #symptom-index }
#
# **Error messages**
#
# | symptom | look first at |
# |---|---|
# | [`mat1 and mat2 shapes cannot be multiplied`](#mat1-mat2) | `x.shape`, `layer.in_features` |
# | [`The size of tensor a must match the size of tensor b`](#tensor-size) | `a.shape`, `b.shape` |
# | [`mat1 and mat2 must have the same dtype, but got Double and Float`](#dtype) | `x.dtype` |
# | [`expected target dtype to be Long or Byte, but got Float`](#long-target) | `y.dtype` |
# | [`0D or 1D target tensor expected, multi-target not supported`](#multi-target) | `y.shape` |
# | [`Expected floating point type for target with class probabilities, got Long`](#probabilities) | `y.shape`, `y.dtype` |
# | [`Target 3 is out of bounds`](#out-of-bounds) | `y.min()`, `y.max()` |
# | [`Expected input batch_size to match target batch_size`](#batch-size) | `len(x)`, `len(y)` |
# | [`only batches of spatial targets supported (3D tensors)`](#spatial) | `logits.shape` |
# | [`Dimension out of range (expected to be in range of [-1, 0], but got 1)`](#wrong-dim) | `logits.dim()` |
# | [`element 0 of tensors does not require grad and does not have a grad_fn`](#require-grad) | `loss.requires_grad` |
# | [`Trying to backward through the graph a second time`](#second-time) | `loss.grad_fn` |
# | [`grad can be implicitly created only for scalar outputs`](#scalar-outputs) | `loss.shape` |
# | [`a leaf Variable that requires grad is being used in an in-place operation`](#leaf) | `w.is_leaf` |
# | [`one of the variables needed for gradient computation has been modified by an inplace operation`](#inplace) | `+=`, `relu_()` |
# | [`Can't call numpy() on Tensor that requires grad`](#numpy) | `requires_grad` |
# | [`a Tensor with 12 elements cannot be converted to Scalar`](#scalar) | `numel()` |
# | [`Expected all tensors to be on the same device`, `is not on the expected device`](#device) | `x.device` |
# | [`Boolean value of Tensor with more than one value is ambiguous`](#ambiguous) | `nn.CrossEntropyLoss()` |
#
# **Silent symptoms**
#
# | symptom | look first at |
# |---|---|
# | [The loss is nan](#nan) | `x.isfinite().all()` |
# | [The loss jumps or grows](#bounce) | `lr`, `x.std(dim=0)` |
# | [The loss stays at ln K](#ln-k) | `grad` |
# | [The loss does not fall: weights that never move](#not-moving) | `optimizer.param_groups` |
# | [The loss stops early: softmax twice](#floor) | `model` |
# | [The loss falls and rises again: a forgotten zero_grad](#zero-grad) | `grad.norm()` |
# | [Only the training loss falls: overfitting](#train-only) | `len(x_train)` |
# | [It always predicts the same class](#same-class) | `torch.bincount(y)` |
# | [A test accuracy of 0%](#zero-accuracy) | `torch.bincount(y_train)` |
# | [Mini-batches that were not shuffled](#no-shuffle) | `y[rows]` |
# | [Results differ from run to run](#different-results) | `torch.manual_seed()` |
# | [The same input, different predictions: a forgotten model.eval()](#forgotten-eval) | `model.training` |
# | [Good in training mode, bad in evaluation mode](#worse-in-eval) | `running_mean` |
# | [Confident and wrong](#confident-wrong) | `probs.max(dim=1)` |
# | [An accuracy above 100%](#above-one) | `(predicted == y).shape` |

# %%
import matplotlib.pyplot as plt
import torch
import torch.nn as nn
import torch.nn.functional as F


# %%
# ko: 클래스마다 샘플이 n개이고 특성은 2개이며,
# ko: 그 뒤에 난수뿐인 특성을 noise개 덧붙입니다.
# en: n examples of each class, two features, and `noise` more that are random
def make_data(n, seed, noise=0):
    generator = torch.Generator().manual_seed(seed)
    y = torch.arange(3).repeat(n)  # (3n,)
    centers = torch.tensor([[0.0, 2.0], [2.0, -1.0], [-2.0, -1.0]])
    shape = (3 * n, 2 + noise)
    x = torch.randn(shape, generator=generator, dtype=torch.float64)
    x = x.float()
    x[:, :2] += centers[y]
    return x, y


def new_model():
    torch.manual_seed(0)
    return nn.Linear(2, 3)


# %%
def fit(model, x, y, lr=0.1, updates=200, weight=None):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(updates):
        loss = F.cross_entropy(model(x), y, weight=weight)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


def accuracy(model, x, y):
    return (model(x).argmax(dim=1) == y).float().mean().item()


x, y = make_data(4, seed=0)  # (12, 2), (12,)
model = new_model()

# %% [markdown] lang="ko"
# ## 오류 메시지 { #messages }
#
# 오류 메시지의 첫 문장은 대개 정확합니다. 이 문장은 무엇이 어긋났는지를 알려 주므로, 거기에 나온 낱말이 가리키는 값을 출력해 보는 것이 가장 빠른 방법입니다. 아래 코드는 모두 샘플 12개, 특성 2개, 클래스 3개인 데이터로 일부러 오류를 내며, 그 오류를 `try`와 `except`로 붙잡아 메시지만 출력합니다.

# %% [markdown] lang="en"
# ## Error messages { #messages }
#
# The first sentence of a message is usually exact. It says what does not fit, so the fastest thing to do is to print the value that its words point to. All the code below raises an error on purpose, on data with 12 examples, 2 features, and 3 classes, and catches it with `try` and `except` to print the message alone.

# %% [markdown] lang="ko"
# ### `mat1 and mat2 shapes cannot be multiplied` { #mat1-mat2 }

# %% [markdown] lang="en"
# ### `mat1 and mat2 shapes cannot be multiplied` { #mat1-mat2 }

# %%
try:
    nn.Linear(4, 3)(x)
except RuntimeError as error:
    print(error)
# > mat1 and mat2 shapes cannot be multiplied (12x2 and 4x3)

# %% [markdown] lang="ko"
# - **원인**: 앞 행렬의 열 수와 뒤 행렬의 행 수가 다릅니다. 두 행렬을 곱하려면 괄호 안의 두 모양에서 안쪽에 놓인 2와 4가 같아야 합니다.
# - **구별**: `x.shape`의 마지막 수를 `layer.in_features`와 비교합니다. 이미지를 펼치지 않고 그대로 넣었을 때도 같은 메시지가 나옵니다.
# - **고치기**: 층의 크기를 입력에 맞추거나, 이미지라면 `flatten(1)`로 [펼쳐서 넣습니다](mnist_capstone.md#rung-softmax).

# %% [markdown] lang="en"
# - **Cause**: The number of columns of the first matrix differs from the number of rows of the second. In the two shapes in parentheses, the inner numbers, here 2 and 4, must be equal.
# - **Tell apart**: Compare the last number of `x.shape` with `layer.in_features`. An image that was not flattened raises the same message.
# - **Fix**: Fit the layer to its input, or [flatten the image first](mnist_capstone.md#rung-softmax) with `flatten(1)`.

# %%
assert nn.Linear(2, 3)(x).shape == (12, 3)
images = torch.zeros(12, 8, 8)
assert nn.Linear(64, 3)(images.flatten(1)).shape == (12, 3)

# %% [markdown] lang="ko"
# ### `The size of tensor a must match the size of tensor b` { #tensor-size .deeper }

# %% [markdown] lang="en"
# ### `The size of tensor a must match the size of tensor b` { #tensor-size .deeper }

# %%
try:
    centered = x - x.mean(dim=1)
except RuntimeError as error:
    print(error)
# > The size of tensor a (2) must match the size of tensor b (12) at non-singleton dimension 1

# %% [markdown] lang="ko"
# - **원인**: `mean(dim=1)`이 축을 없애서 평균의 모양이 (12,)가 되었습니다. 원소별 연산은 모양을 오른쪽부터 맞추므로, 2와 12가 짝이 되어 어긋납니다.
# - **구별**: 이 메시지는 덧셈이나 비교처럼 원소끼리 하는 연산에서 나오며, 행렬을 여러 개 묶은 텐서의 곱에서 배치 크기가 다를 때도 나옵니다. 행렬 두 개의 곱에서는 나오지 않습니다. 두 수가 우연히 같으면 오류 없이 틀린 값이 나오므로, 코드가 실행되더라도 `a.shape`와 `b.shape`를 확인합니다.
# - **고치기**: 평균을 구할 때 `keepdim=True`를 지정해 [축을 남깁니다](softmax.md#dim).

# %% [markdown] lang="en"
# - **Cause**: `mean(dim=1)` dropped an axis, which leaves the shape (12,). Elementwise operations align shapes from the right, so 2 meets 12 and does not fit.
# - **Tell apart**: This message comes from elementwise operations, such as an addition or a comparison, and from products of stacked matrices whose batch sizes differ, but not from the product of two matrices. If the two numbers happen to be equal, the result is wrong without an error, so look at `a.shape` and `b.shape` even if the code runs.
# - **Fix**: [Keep the axis](softmax.md#dim) with `keepdim=True`.

# %%
centered = x - x.mean(dim=1, keepdim=True)
assert centered.shape == x.shape
assert torch.allclose(centered.sum(dim=1), torch.zeros(12), atol=1e-5)
try:
    torch.zeros(2, 3, 4) @ torch.zeros(3, 4, 5)
except RuntimeError as error:
    of_stacks = str(error)
assert of_stacks.startswith("The size of tensor a (2) must match the size")

# %% [markdown] lang="ko"
# ### `mat1 and mat2 must have the same dtype, but got Double and Float` { #dtype .deeper }

# %% [markdown] lang="en"
# ### `mat1 and mat2 must have the same dtype, but got Double and Float` { #dtype .deeper }

# %%
try:
    model(x.double())
except RuntimeError as error:
    print(error)
# > mat1 and mat2 must have the same dtype, but got Double and Float

# %% [markdown] lang="ko"
# - **원인**: 입력은 float64(Double)인데 가중치는 float32(Float)입니다. NumPy 배열을 `torch.from_numpy()`로 바꾸었을 때 흔히 생기는 일입니다.
# - **구별**: `x.dtype`과 `model.weight.dtype`을 출력하면 어느 쪽의 자료형이 문제인지 드러납니다. 메시지에 Double 대신 Long이 나왔다면 입력이 정수인 것입니다.
# - **고치기**: 입력을 `x.float()`로 바꿉니다. 정밀도는 float32로도 [대개 충분합니다](reproducibility.md#digits).

# %% [markdown] lang="en"
# - **Cause**: The input is float64 (Double) and the weights are float32 (Float). A NumPy array that went through `torch.from_numpy()` often ends up like this.
# - **Tell apart**: Print `x.dtype` and `model.weight.dtype` to see which of the two is off. If the message says Long instead of Double, the input holds integers.
# - **Fix**: Convert the input with `x.float()`; float32 is [usually enough](reproducibility.md#digits).

# %%
assert model(x.double().float()).dtype == torch.float32
assert torch.equal(model(x.double().float()), model(x))

# %% [markdown] lang="ko"
# ### `expected target dtype to be Long or Byte, but got Float` { #long-target }

# %% [markdown] lang="en"
# ### `expected target dtype to be Long or Byte, but got Float` { #long-target }

# %%
try:
    F.cross_entropy(model(x), y.float())
except RuntimeError as error:
    print(error)
# > expected target dtype to be Long or Byte, but got Float

# %% [markdown] lang="ko"
# - **원인**: 클래스 번호는 정수(Long)여야 하는데 부동소수점으로 들어왔습니다. CSV 파일에서 읽은 레이블은 부동소수점일 때가 많아 이런 오류가 자주 납니다. 예전 버전에서는 `expected scalar type Long but found Float`라는 메시지가 나왔습니다.
# - **구별**: `y.dtype`이 부동소수점인지 확인합니다. 다만 로짓과 모양이 같은 부동소수점 정답은 확률로 받아들여지므로, 그때는 이 메시지가 나오지 않습니다.
# - **고치기**: `y.long()`을 사용해 정수로 바꿉니다. [정답 텐서의 오류 여섯 가지](cross_entropy_in_pytorch.md#errors)도 함께 참고하세요.

# %% [markdown] lang="en"
# - **Cause**: Class indices must be integers (Long), but these are floats, as labels read from a CSV file often are. Earlier versions said `expected scalar type Long but found Float`.
# - **Tell apart**: See whether `y.dtype` is a floating-point type. A float target with the shape of the logits is taken for probabilities, though, and does not raise this message.
# - **Fix**: Convert with `y.long()`. See also [six errors of the target](cross_entropy_in_pytorch.md#errors).

# %%
from_file = y.float()
loss = F.cross_entropy(model(x), from_file.long())
assert loss == F.cross_entropy(model(x), y)

# %% [markdown] lang="ko"
# ### `0D or 1D target tensor expected, multi-target not supported` { #multi-target .deeper }

# %% [markdown] lang="en"
# ### `0D or 1D target tensor expected, multi-target not supported` { #multi-target .deeper }

# %%
try:
    F.cross_entropy(model(x), y.unsqueeze(1))
except RuntimeError as error:
    print(error)
# > 0D or 1D target tensor expected, multi-target not supported

# %% [markdown] lang="ko"
# - **원인**: 정답의 모양은 (12,)여야 하는데, 열이 하나뿐인 표처럼 (12, 1)입니다. 표에서 열 하나를 잘라 내면 이렇게 축이 남을 때가 많습니다.
# - **구별**: `y.shape`의 둘째 수를 확인합니다. 이 수가 1이면 축이 남은 것이고, 클래스 수와 같으면 원-핫 벡터이므로 다음 증상에 해당합니다.
# - **고치기**: `squeeze(1)`로 필요 없는 [축을 없앱니다](cross_entropy_in_pytorch.md#errors).

# %% [markdown] lang="en"
# - **Cause**: The target is a table of one column, (12, 1), where (12,) is expected. A column cut out of a table often keeps its axis.
# - **Tell apart**: Look at the second number of `y.shape`. If it is 1, an axis was left over; if it is the number of classes, the rows are one-hot vectors, which is the next symptom.
# - **Fix**: [Drop the axis](cross_entropy_in_pytorch.md#errors) with `squeeze(1)`.

# %%
column = y.unsqueeze(1)
loss = F.cross_entropy(model(x), column.squeeze(1))
assert loss == F.cross_entropy(model(x), y)

# %% [markdown] lang="ko"
# ### `Expected floating point type for target with class probabilities, got Long` { #probabilities .deeper }

# %% [markdown] lang="en"
# ### `Expected floating point type for target with class probabilities, got Long` { #probabilities .deeper }

# %%
try:
    F.cross_entropy(model(x), F.one_hot(y, 3))
except RuntimeError as error:
    print(error)
# > Expected floating point type for target with class probabilities, got Long

# %% [markdown] lang="ko"
# - **원인**: 로짓과 모양이 같은 정답은 확률로 받아들여지는데, `F.one_hot()`의 결과는 부동소수점이 아니라 정수입니다.
# - **구별**: `y.shape`가 로짓의 모양과 같으면 이 증상이고, 열이 하나뿐이면 바로 앞의 증상입니다.
# - **고치기**: 클래스 번호를 그대로 넘기거나, 원-핫 벡터를 `float()`로 바꾸어 넘깁니다. [두 가지 정답](cross_entropy_in_pytorch.md#targets) 가운데 어느 것을 넘겨도 손실은 같습니다.

# %% [markdown] lang="en"
# - **Cause**: A target with the shape of the logits is taken for probabilities, but `F.one_hot()` returns integers.
# - **Tell apart**: If `y.shape` is the shape of the logits, it is this symptom; with a single column, it is the one above.
# - **Fix**: Pass the class indices themselves, or convert with `float()`. The [two kinds of target](cross_entropy_in_pytorch.md#targets) give the same loss.

# %%
loss = F.cross_entropy(model(x), F.one_hot(y, 3).float())
assert torch.isclose(loss, F.cross_entropy(model(x), y))

# %% [markdown] lang="ko"
# ### `Target 3 is out of bounds` { #out-of-bounds }

# %% [markdown] lang="en"
# ### `Target 3 is out of bounds` { #out-of-bounds }

# %%
try:
    F.cross_entropy(model(x), y + 1)
except IndexError as error:
    print(error)
# > Target 3 is out of bounds.

# %% [markdown] lang="ko"
# - **원인**: 로짓이 3개이면 클래스 번호는 0, 1, 2뿐인데 정답에 3이 들어 있습니다.
# - **구별**: `y.min()`이 1이면 번호가 1부터 시작하는 것이고, 0이면 마지막 층의 출력이 클래스 수보다 적은 것입니다. GPU에서는 `device-side assert triggered`라고만 나오므로, CPU에서 다시 실행해 자세한 메시지를 확인합니다.
# - **고치기**: 번호에서 1을 빼거나, 마지막 층의 크기를 클래스 수에 맞춥니다. 어느 쪽이든 데이터에 적힌 [번호부터 확인하세요](cross_entropy_in_pytorch.md#errors).

# %% [markdown] lang="en"
# - **Cause**: With 3 logits the class indices are 0, 1, and 2, but the target holds a 3.
# - **Tell apart**: If `y.min()` is 1, the labels start at 1; if it is 0, the last layer has fewer outputs than there are classes. A GPU only says `device-side assert triggered`, so run the code again on the CPU to see the full message.
# - **Fix**: Subtract 1 from the labels, or fit the last layer to the number of classes. [Check the labels](cross_entropy_in_pytorch.md#errors) of your data first.

# %%
labels = y + 1
assert F.cross_entropy(model(x), labels - 1).isfinite()
assert F.cross_entropy(nn.Linear(2, 4)(x), labels).isfinite()

# %% [markdown] lang="ko"
# ### `Expected input batch_size to match target batch_size` { #batch-size .deeper }

# %% [markdown] lang="en"
# ### `Expected input batch_size to match target batch_size` { #batch-size .deeper }

# %%
try:
    F.cross_entropy(model(x), y[:8])
except ValueError as error:
    print(error)
# > Expected input batch_size (12) to match target batch_size (8).

# %% [markdown] lang="ko"
# - **원인**: 로짓은 12행인데 정답은 8개입니다. 입력과 정답 가운데 한쪽만 걸러 내거나 잘라 냈을 때 이런 일이 생깁니다.
# - **구별**: 모델에 넣기 전에 `len(x)`와 `len(y)`가 같았다면, 모델 안의 `view()`나 `reshape()`가 배치 축의 크기를 바꾼 것입니다.
# - **고치기**: 입력과 정답에 같은 번호 `rows`를 써서 [두 텐서를 함께 자릅니다](train_val_test.md#three-sets).

# %% [markdown] lang="en"
# - **Cause**: The logits have 12 rows and the target has 8 entries. It happens when only one of input and target is filtered or cut.
# - **Tell apart**: If `len(x)` and `len(y)` agree before the model, a `view()` or `reshape()` inside it has changed the size of the batch axis.
# - **Fix**: Index [both tensors together](train_val_test.md#three-sets) with the same `rows`.

# %%
rows = torch.arange(8)
assert F.cross_entropy(model(x[rows]), y[rows]).isfinite()

# %% [markdown] lang="ko"
# ### `only batches of spatial targets supported (3D tensors)` { #spatial .deeper }

# %% [markdown] lang="en"
# ### `only batches of spatial targets supported (3D tensors)` { #spatial .deeper }

# %%
maps = torch.zeros(2, 3, 4, 4)  # (batch, classes, height, width)
try:
    F.cross_entropy(maps, torch.tensor([0, 1]))
except RuntimeError as error:
    print(error)
# > only batches of spatial targets supported (3D tensors) but got targets of dimension: 1

# %% [markdown] lang="ko"
# - **원인**: 로짓의 축이 네 개이면 PyTorch는 픽셀마다 클래스를 예측하는 문제로 해석하므로, 정답의 모양도 (배치, 높이, 너비)여야 합니다.
# - **구별**: 이미지마다 클래스가 하나인 문제라면 정답이 아니라 모델이 잘못된 것입니다. 즉, 합성곱 뒤에 평균이나 `flatten(1)`이 빠져서 `logits.shape`에 높이와 너비가 남아 있는 것입니다.
# - **고치기**: 픽셀마다 정답을 주거나, 높이와 너비의 평균을 구해 두 축을 없앱니다. 이때 클래스는 [둘째 축](cross_entropy_in_pytorch.md#class-axis)에 두어야 합니다.

# %% [markdown] lang="en"
# - **Cause**: Logits with four axes are read as predicting a class for each pixel, so the target must have the shape (batch, height, width).
# - **Tell apart**: If each image has a single class, the model is at fault and not the target: a mean or `flatten(1)` is missing after the convolutions, and `logits.shape` still has height and width.
# - **Fix**: Give a target for each pixel, or average over height and width. Classes belong on the [second axis](cross_entropy_in_pytorch.md#class-axis).

# %%
pixels = torch.zeros(2, 4, 4, dtype=torch.long)
assert F.cross_entropy(maps, pixels).isfinite()
averaged = maps.mean(dim=(2, 3))  # (batch, classes)
assert F.cross_entropy(averaged, torch.tensor([0, 1])).isfinite()

# %% [markdown] lang="ko"
# ### `Dimension out of range (expected to be in range of [-1, 0], but got 1)` { #wrong-dim .deeper }

# %% [markdown] lang="en"
# ### `Dimension out of range (expected to be in range of [-1, 0], but got 1)` { #wrong-dim .deeper }

# %%
logits = model(x)[0]
try:
    F.softmax(logits, dim=1)
except IndexError as error:
    print(error)
# > Dimension out of range (expected to be in range of [-1, 0], but got 1)

# %% [markdown] lang="ko"
# - **원인**: 샘플 하나만 꺼내면 축이 하나 줄어 축 0만 남는데, 없는 축인 `dim=1`을 지정했습니다.
# - **구별**: `logits.dim()`이 1인지 확인합니다. 축이 둘일 때 `dim=0`을 쓰면 오류 없이 열의 합이 1이 되므로, 행의 합도 출력해 확인합니다.
# - **고치기**: 여기서는 샘플을 하나만 꺼내도 클래스 축이 마지막 축이므로 [`dim=-1`](softmax.md#dim)을 지정합니다.

# %% [markdown] lang="en"
# - **Cause**: Taking out a single example removes an axis. Only axis 0 is left, yet the code asks for `dim=1`.
# - **Tell apart**: See whether `logits.dim()` is 1. With two axes, `dim=0` raises no error but makes the columns sum to 1, so print the sums of the rows.
# - **Fix**: Here the classes are always on the last axis: write [`dim=-1`](softmax.md#dim).

# %%
assert torch.isclose(F.softmax(logits, dim=-1).sum(), torch.tensor(1.0))
rows = F.softmax(model(x), dim=-1).sum(dim=1)
assert torch.allclose(rows, torch.ones(12))
assert not torch.allclose(F.softmax(model(x), dim=0).sum(dim=1), rows)

# %% [markdown] lang="ko"
# ### `element 0 of tensors does not require grad and does not have a grad_fn` { #require-grad }

# %% [markdown] lang="en"
# ### `element 0 of tensors does not require grad and does not have a grad_fn` { #require-grad }

# %%
with torch.no_grad():
    loss = F.cross_entropy(model(x), y)
try:
    loss.backward()
except RuntimeError as error:
    print(error)
# > element 0 of tensors does not require grad and does not have a grad_fn

# %% [markdown] lang="ko"
# - **원인**: 손실에서 매개변수까지 이어지는 계산의 기록, 즉 계산 그래프(computation graph)가 없습니다. 이 기록은 `torch.no_grad()`, `detach()`, `item()`, `argmax()` 때문에 끊길 수 있습니다.
# - **구별**: `logits.requires_grad`부터 `loss.requires_grad`까지 차례로 출력하면, 처음으로 `False`가 되는 곳이 기록이 끊긴 곳입니다. 처음부터 `False`라면 이 예제처럼 모델을 `torch.no_grad()` 안에서 호출했거나, 매개변수를 동결(freeze)한 것입니다.
# - **고치기**: 기록을 끊는 코드는 학습에서 빼고 [평가에만 씁니다](train_val_test.md#evaluate).

# %% [markdown] lang="en"
# - **Cause**: The computation graph, the record that leads from the loss back to the parameters, is missing. `torch.no_grad()`, `detach()`, `item()`, or `argmax()` may have cut it.
# - **Tell apart**: Print from `logits.requires_grad` to `loss.requires_grad` in order: the first `False` is where the record was cut. If it is `False` from the start, the model was called under `torch.no_grad()`, as here, or its parameters are frozen.
# - **Fix**: Keep code that cuts the record out of training and [use it for evaluation only](train_val_test.md#evaluate).

# %%
loss = F.cross_entropy(model(x), y)
assert loss.requires_grad
loss.backward()
assert model.weight.grad is not None

# %% [markdown] lang="ko"
# ### `Trying to backward through the graph a second time` { #second-time }

# %% [markdown] lang="en"
# ### `Trying to backward through the graph a second time` { #second-time }

# %%
loss = F.cross_entropy(model(x), y)
loss.backward()
try:
    loss.backward()
except RuntimeError as error:
    print(error)
# > Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if you need to access saved tensors after calling backward.

# %% [markdown] lang="ko"
# - **원인**: 첫 `backward()`가 끝나면 중간값이 지워지는데, 같은 손실에서 한 번 더 역전파하려고 했습니다. 손실이나 그 일부를 루프 밖에서 한 번만 계산했을 때 이런 일이 생깁니다.
# - **구별**: `loss = ...` 줄이 루프 안에 있는지 확인합니다. 루프 안에 있다면, 앞의 갱신에서 만든 텐서가 아직 사용되고 있는지 `grad_fn`을 따라가며 찾습니다.
# - **고치기**: 갱신할 때마다 [손실을 새로 계산합니다](softmax_gradient.md#pitfalls). `retain_graph=True`를 쓰면 오류는 사라지지만, 갱신하기 전에 계산한 값으로 학습하게 됩니다.

# %% [markdown] lang="en"
# - **Cause**: The first `backward()` freed the intermediate values, and then `backward()` was called again on the same loss. It happens when the loss, or a part of it, is computed once outside the loop.
# - **Tell apart**: See whether the line `loss = ...` is inside the loop. If it is, follow `grad_fn` to find a tensor of an earlier update that is still in use.
# - **Fix**: [Compute the loss anew](softmax_gradient.md#pitfalls) in each update. With `retain_graph=True` the error goes away, but training uses values computed before the update.

# %%
model.zero_grad()
for _ in range(2):
    loss = F.cross_entropy(model(x), y)
    loss.backward()
assert model.weight.grad.isfinite().all()

# %% [markdown] lang="ko"
# ### `grad can be implicitly created only for scalar outputs` { #scalar-outputs .deeper }

# %% [markdown] lang="en"
# ### `grad can be implicitly created only for scalar outputs` { #scalar-outputs .deeper }

# %%
losses = F.cross_entropy(model(x), y, reduction="none")
try:
    losses.backward()
except RuntimeError as error:
    print(error)
# > grad can be implicitly created only for scalar outputs

# %% [markdown] lang="ko"
# - **원인**: 손실이 샘플마다 하나씩 있어서, 그 가운데 어느 값을 줄여야 할지 정해지지 않았습니다.
# - **구별**: `loss.shape`가 비어 있어야 합니다. 그렇지 않다면 `reduction="none"`으로 구한 손실인지, 평균을 구하는 줄이 빠졌는지 확인합니다.
# - **고치기**: 샘플별 손실에서 [배치의 평균](softmax_gradient.md#batch)을 구한 뒤 `backward()`를 호출합니다.

# %% [markdown] lang="en"
# - **Cause**: Each example has a loss of its own, so it is not defined which of these numbers to lower.
# - **Tell apart**: `loss.shape` must be empty. Look for `reduction="none"`, or for a mean that is missing.
# - **Fix**: Take the [mean over the batch](softmax_gradient.md#batch), then call `backward()`.

# %%
losses.mean().backward()
assert torch.isclose(losses.mean(), F.cross_entropy(model(x), y))

# %% [markdown] lang="ko"
# ### `a leaf Variable that requires grad is being used in an in-place operation` { #leaf .deeper }

# %% [markdown] lang="en"
# ### `a leaf Variable that requires grad is being used in an in-place operation` { #leaf .deeper }

# %%
w = torch.zeros(2, requires_grad=True)
try:
    w -= 0.1
except RuntimeError as error:
    print(error)
# > a leaf Variable that requires grad is being used in an in-place operation.

# %% [markdown] lang="ko"
# - **원인**: 기울기를 받는 텐서의 값을 제자리에서 바꾸면, 바꾸기 전의 값으로 계산한 기록과 어긋납니다.
# - **구별**: `w.is_leaf`가 `True`이면 직접 만든 매개변수를 바꾼 것이므로 이 메시지가 나옵니다. 계산으로 얻은 텐서를 바꾸었다면, 바꾸기 전의 값이 역전파에 필요할 때만 `backward()`에서 다음 증상의 메시지가 나옵니다.
# - **고치기**: 갱신은 기록할 필요가 없으므로 [`torch.no_grad()`](softmax_regression.md#low-level) 안에서 합니다.

# %% [markdown] lang="en"
# - **Cause**: If a tensor that collects gradients is changed in place, it no longer agrees with the record, which was made with its old value.
# - **Tell apart**: If `w.is_leaf` is `True`, it is a parameter that you created, and this is the message. If the tensor was computed, an error comes only in `backward()`, with the message of the next symptom, and only if the old value is needed there.
# - **Fix**: An update needs no record: do it inside [`torch.no_grad()`](softmax_regression.md#low-level).

# %%
with torch.no_grad():
    w -= 0.1
assert torch.equal(w, torch.full((2,), -0.1))
assert w.is_leaf
assert w.requires_grad

# %% [markdown] lang="ko"
# ### `one of the variables needed for gradient computation has been modified by an inplace operation` { #inplace .deeper }

# %% [markdown] lang="en"
# ### `one of the variables needed for gradient computation has been modified by an inplace operation` { #inplace .deeper }

# %%
w = torch.ones(2, requires_grad=True)
root = w.sum().sqrt()
root += 1
try:
    root.backward()
except RuntimeError as error:
    print(error)
# > one of the variables needed for gradient computation has been modified by an inplace operation: [torch.FloatTensor []], which is output 0 of Sqrt, is at version 1; expected version 0 instead. Hint: enable anomaly detection to find the operation that failed to compute its gradient, with torch.autograd.set_detect_anomaly(True, check_nan=False).

# %% [markdown] lang="ko"
# - **원인**: 제곱근의 기울기를 구하려면 제곱근의 값이 필요한데, `+=`가 그 값을 덮어썼습니다.
# - **구별**: 메시지에 나온 연산(여기서는 Sqrt)의 결과를 바꾸는 코드를 찾습니다. 예를 들어 `+=`, `[...] =`, 이름이 밑줄로 끝나는 `relu_()` 같은 메서드가 원인일 수 있습니다.
# - **고치기**: 값을 제자리에서 바꾸는 대신, [새 텐서를 만드는](weight_decay.md#in-place) `root = root + 1`로 씁니다.

# %% [markdown] lang="en"
# - **Cause**: The gradient of a square root needs the value of the root, and `+=` has overwritten it.
# - **Tell apart**: Find the code that changes the result of the operation named in the message (here Sqrt). Candidates are `+=`, `[...] =`, and methods like `relu_()` whose name ends with an underscore.
# - **Fix**: Write `root = root + 1`, which [makes a new tensor](weight_decay.md#in-place).

# %%
root = w.sum().sqrt()
root = root + 1
root.backward()
assert torch.allclose(w.grad, torch.full((2,), 0.5 / 2**0.5))

# %% [markdown] lang="ko"
# ### `Can't call numpy() on Tensor that requires grad` { #numpy .deeper }

# %% [markdown] lang="en"
# ### `Can't call numpy() on Tensor that requires grad` { #numpy .deeper }

# %%
try:
    model(x).numpy()
except RuntimeError as error:
    print(error)
# > Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.

# %% [markdown] lang="ko"
# - **원인**: NumPy 배열에는 계산의 기록을 담을 수 없어서, 모르는 사이에 기록이 끊기지 않도록 PyTorch가 오류를 냅니다.
# - **구별**: 그림을 그리거나 값을 출력하려는 것이라면 기록을 끊어도 됩니다. 그러나 그 값으로 손실을 계산할 것이라면, 기록이 끊긴 곳에서 역전파도 멈추므로 텐서 상태로 계산해야 합니다.
# - **고치기**: `detach()`로 [기록을 끊고](softmax_regression.md#log) NumPy 배열로 바꿉니다. GPU에 있는 텐서라면 바꾸기 전에 `cpu()`도 호출해야 합니다.

# %% [markdown] lang="en"
# - **Cause**: A NumPy array cannot hold the record of the computation, so PyTorch raises an error rather than let you lose it unnoticed.
# - **Tell apart**: For a plot or a printout, cutting the record is fine. If a loss is computed from the value, backpropagation would stop there, so keep computing with tensors.
# - **Fix**: [Cut the record](softmax_regression.md#log) with `detach()` and convert. On a GPU, call `cpu()` before that.

# %%
array = model(x).detach().numpy()
assert array.shape == (12, 3)

# %% [markdown] lang="ko"
# ### `a Tensor with 12 elements cannot be converted to Scalar` { #scalar .deeper }

# %% [markdown] lang="en"
# ### `a Tensor with 12 elements cannot be converted to Scalar` { #scalar .deeper }

# %%
try:
    model(x).argmax(dim=1).item()
except RuntimeError as error:
    print(error)
# > a Tensor with 12 elements cannot be converted to Scalar

# %% [markdown] lang="ko"
# - **원인**: `item()`은 원소가 하나뿐인 텐서만 파이썬의 수로 바꿀 수 있습니다.
# - **구별**: `numel()`로 원소의 개수를 확인합니다. 그 텐서가 손실이라면 평균을 구하지 않은 것이고, 예측이라면 샘플마다 답이 하나씩 들어 있는 것입니다.
# - **고치기**: 리스트가 필요하면 `tolist()`를 쓰고, 수 하나가 필요하면 [개수나 평균](softmax_regression.md#accuracy)을 구한 뒤 `item()`을 호출합니다.

# %% [markdown] lang="en"
# - **Cause**: `item()` turns only tensors of one element into a Python number.
# - **Tell apart**: Count the elements with `numel()`. If the tensor is a loss, its mean was not taken; if it holds predictions, there is one for each example.
# - **Fix**: Use `tolist()` for a list; for one number, take [a count or a mean](softmax_regression.md#accuracy) and then call `item()`.

# %%
answers = model(x).argmax(dim=1)
assert len(answers.tolist()) == 12
assert isinstance((answers == y).sum().item(), int)

# %% [markdown] lang="ko"
# ### `Expected all tensors to be on the same device`, `is not on the expected device` { #device }

# %% [markdown] lang="en"
# ### `Expected all tensors to be on the same device`, `is not on the expected device` { #device }

# %%
try:
    F.cross_entropy(model(x), y.to("meta"))
except RuntimeError as error:
    print(error)
# > Tensor on device cpu is not on the expected device meta!

# %% [markdown] lang="ko"
# - **원인**: 한 연산에 들어온 텐서가 서로 다른 기기에 있습니다. 여기서 쓴 `meta`는 텐서의 모양만 다루고 값은 저장하지 않는 기기라서, GPU가 없어도 같은 상황을 만들 수 있습니다. 실제 GPU에서는 제목에 적힌 첫째 메시지가 나옵니다.
# - **구별**: `x.device`, `y.device`와 `next(model.parameters()).device`를 함께 출력합니다. 모델만 옮기고 데이터를 옮기지 않은 경우가 가장 많고, 모델 안에서 새로 만든 텐서도 자주 빠뜨립니다.
# - **고치기**: 기기의 이름을 코드에 직접 적지 말고 모델에서 읽어, 데이터를 그 기기로 옮깁니다. 이때 `to()`는 새 텐서를 돌려주므로 그 결과를 변수에 받아야 합니다.

# %% [markdown] lang="en"
# - **Cause**: The tensors of one operation are on different devices. `meta` is a device that keeps shapes but no values, so it shows the same error without a GPU. On a real GPU you see the first message of the heading.
# - **Tell apart**: Print `x.device`, `y.device`, and `next(model.parameters()).device` together. Most often the model was moved and the data were not; tensors created inside the model are easily forgotten, too.
# - **Fix**: Read the device from the model instead of writing its name into the code, and move the data there. `to()` returns a new tensor, so keep its result.

# %%
device = next(model.parameters()).device
there = y.to(device)
assert F.cross_entropy(model(x.to(device)), there).isfinite()

# %% [markdown] lang="ko"
# ### `Boolean value of Tensor with more than one value is ambiguous` { #ambiguous .deeper }

# %% [markdown] lang="en"
# ### `Boolean value of Tensor with more than one value is ambiguous` { #ambiguous .deeper }

# %%
try:
    nn.CrossEntropyLoss(model(x), y)
except RuntimeError as error:
    print(error)
# > Boolean value of Tensor with more than one value is ambiguous

# %% [markdown] lang="ko"
# - **원인**: `nn.CrossEntropyLoss`는 먼저 객체를 만들고, 그 객체를 호출해 손실을 구합니다. 객체를 만들 때 로짓과 정답을 넘기면 손실이 계산되지 않고 설정값으로 해석됩니다.
# - **구별**: 손실을 계산하는 줄이라면 괄호가 두 쌍인지 확인합니다. `if` 문의 조건이라면 텐서 전체를 참이나 거짓 하나로 바꾸려고 한 것입니다.
# - **고치기**: 괄호를 두 쌍 쓰거나 [`F.cross_entropy()`](cross_entropy_in_pytorch.md#high-level)를 호출합니다. 조건이라면 `all()`이나 `torch.equal()`을 사용합니다.

# %% [markdown] lang="en"
# - **Cause**: An `nn.CrossEntropyLoss` object is created first and called afterwards. Logits and targets passed to the constructor are read as settings.
# - **Tell apart**: On a line that computes a loss, look for two pairs of parentheses. In the condition of an `if`, the code tries to turn a whole tensor into a single true or false.
# - **Fix**: Write two pairs of parentheses, or call [`F.cross_entropy()`](cross_entropy_in_pytorch.md#high-level). In conditions use `all()` or `torch.equal()`.

# %%
loss = nn.CrossEntropyLoss()(model(x), y)
assert loss == F.cross_entropy(model(x), y)

# %% [markdown] lang="ko"
# ## 오류 없이 나타나는 증상 { #silent }
#
# 오류 메시지가 없는 증상은 숫자를 보고 찾아야 합니다. 아래 그림은 같은 데이터를 네 가지 방식으로 학습했을 때의 손실을 나타내며, 곡선의 모양만 보고도 무엇부터 확인할지 정할 수 있습니다.

# %% [markdown] lang="en"
# ## Silent symptoms { #silent }
#
# Symptoms without an error message show only in the numbers. The figure below shows the loss of four ways to train on the same data; the shape of each curve alone tells you where to look first.


# %%
def new_network():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 3))


def fit_without_zero_grad(model, x, y, lr=0.1, updates=200):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(updates):
        loss = F.cross_entropy(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses


# %%
x_all, y_all = make_data(30, seed=1)
zero = new_network()
for parameter in zero.parameters():
    nn.init.zeros_(parameter)
twice = nn.Sequential(new_model(), nn.Softmax(dim=1))
curves = {
    "as it should be": fit(new_model(), x_all, y_all),
    "stays at ln 3": fit(zero, x_all, y_all),
    "softmax twice": fit(twice, x_all, y_all),
    "no zero_grad": fit_without_zero_grad(new_model(), x_all, y_all),
}
for name, losses in curves.items():
    print(f"{name:15}  lowest {min(losses):.2f}  last {losses[-1]:.2f}")
# > as it should be  lowest 0.17  last 0.17
# > stays at ln 3    lowest 1.10  last 1.10
# > softmax twice    lowest 0.65  last 0.65
# > no zero_grad     lowest 0.18  last 0.84

# %% figure="loss_curves"
styles = ["-", "--", "-.", ":"]
fig, ax = plt.subplots()
for style, (name, losses) in zip(styles, curves.items(), strict=True):
    ax.plot(losses, style, label=name)
ax.set_xlabel("update")
ax.set_ylabel("training loss")
ax.set_ylim(0, 2)
ax.legend()

# %% [markdown] lang="ko" caption="loss_curves"
# 손실 곡선의 모양을 보면 원인을 몇 가지로 좁힐 수 있습니다.
#
# 갱신 200번 동안의 훈련 손실을 그린 꺾은선그래프입니다. 제대로 학습하면(실선) 손실이 끝까지 내려가고, 매개변수가 모두 0에서 출발하면(파선) ln 3에서 수평으로 이어집니다. 소프트맥스를 두 번 취하면(쇄선) 천천히 내려가다가 높은 곳에 머무르고, 기울기를 지우지 않으면(점선) 가장 빨리 내려갔다가 다시 올라갑니다.
#
# - as it should be: 제대로 된 학습
# - stays at ln 3: ln 3에 머묾
# - softmax twice: 소프트맥스 두 번
# - no zero_grad: zero_grad 없음
# - update: 갱신 횟수
# - training loss: 훈련 손실

# %% [markdown] lang="en" caption="loss_curves"
# The shape of a loss curve narrows down the cause.
#
# A line plot of the training loss over 200 updates. Trained as it should be (solid), the loss falls to the end; with all parameters starting at 0 (dashed), it is flat at ln 3. With softmax twice (dash-dotted), it falls slowly and stays high; with gradients never cleared (dotted), it falls fastest and then rises again.

# %% [markdown] lang="ko"
# ### 손실이 nan일 때 { #nan }

# %% [markdown] lang="en"
# ### The loss is nan { #nan }

# %%
logits = torch.tensor([[200.0, 0.0, 0.0]])
target = torch.tensor([0])
probs = F.softmax(logits, dim=1)
loss = -(F.one_hot(target, 3) * probs.log()).sum()
print(loss.item())
# > nan

# %% [markdown] lang="ko"
# - **원인**: float32로 계산한 확률이 0이 되었습니다. 이 확률의 로그는 −inf이고, 여기에 0을 곱하면 nan이 됩니다.
# - **구별**: 먼저 `x.isfinite().all()`로 데이터를 확인합니다. 데이터에 nan도 inf도 없는데 첫 손실부터 nan이면 [식](cross_entropy_in_pytorch.md#log-zero)이 문제이고, 손실이 커지다가 inf를 거쳐 nan이 되면 [학습률](learning_rate.md#divergence)이 문제입니다.
# - **고치기**: 확률을 거치지 않고 로짓에서 바로 손실을 구하는 `F.cross_entropy()`를 사용합니다.

# %% [markdown] lang="en"
# - **Cause**: In float32 a probability became 0. Its logarithm is −inf, and 0 times −inf is nan.
# - **Tell apart**: First look at the data with `x.isfinite().all()`. If they hold neither nan nor inf and yet the very first loss is nan, suspect the [formula](cross_entropy_in_pytorch.md#log-zero); if the loss grows, becomes inf and then nan, suspect the [learning rate](learning_rate.md#divergence).
# - **Fix**: Use `F.cross_entropy()`, which goes from logits to the loss without probabilities in between.

# %%
assert F.cross_entropy(logits, target) == 0
infinite = x_all.clone()
infinite[0, 0] = torch.inf
assert not infinite.isnan().any()
assert F.cross_entropy(new_model()(infinite), y_all).isnan()

# %% [markdown] lang="ko"
# ### 손실이 튀거나 커질 때 { #bounce .deeper }

# %% [markdown] lang="en"
# ### The loss jumps or grows { #bounce .deeper }

# %%
big = 100 * x_all
losses = fit(new_model(), big, y_all, lr=0.1, updates=4)
print([round(loss, 1) for loss in losses])
# > [60.6, 256.8, 62.4, 44.0]

# %% [markdown] lang="ko"
# - **원인**: 한 번의 갱신으로 매개변수가 너무 멀리 움직입니다. 특성의 값이 100배로 커지면 기울기와 로짓이 함께 커지므로, 학습률이 같아도 로짓이 바뀌는 폭은 100배를 훨씬 넘습니다.
# - **구별**: 학습률을 10분의 1로, 필요하면 여러 번 줄여 봅니다. 손실이 더는 튀지 않는다면 [학습률의 한계](learning_rate.md#curvature)를 넘었던 것이고, 나중에 다시 튄다면 기울기가 쌓이는지 확인합니다. `x.std(dim=0)`이 특성마다 크게 다르면 [표준화](standardization.md#raw-run)부터 합니다.
# - **고치기**: 특성을 표준화합니다. 그러면 학습률이 그대로여도 손실이 한 번도 오르지 않습니다.

# %% [markdown] lang="en"
# - **Cause**: Each update goes too far. With features 100 times as large, gradients and logits both grow, so at the same learning rate one update changes the logits far more than 100 times as much.
# - **Tell apart**: Divide the learning rate by 10, several times if need be. If the jumps stop, it was above its [limit](learning_rate.md#curvature); if they only come later, see whether gradients pile up. If `x.std(dim=0)` differs widely between features, [standardize](standardization.md#raw-run) first.
# - **Fix**: Standardize the features. At the same learning rate the loss does not rise once.

# %%
scaled = (big - big.mean(dim=0)) / big.std(dim=0)
losses = fit(new_model(), scaled, y_all, lr=0.1)
assert losses == sorted(losses, reverse=True)
assert losses[-1] < losses[0] / 2

# %% [markdown] lang="ko"
# ### 손실이 ln K에서 꼼짝하지 않을 때 { #ln-k }

# %% [markdown] lang="en"
# ### The loss stays at ln K { #ln-k }

# %%
zero = new_network()
for parameter in zero.parameters():
    nn.init.zeros_(parameter)
losses = fit(zero, x, y, updates=200)
print(f"first {losses[0]:.4f}  last {losses[-1]:.4f}")
# > first 1.0986  last 1.0986
print(zero[0].weight.grad.abs().max().item())
# > 0.0

# %% [markdown] lang="ko"
# - **원인**: 클래스 K개에 모두 같은 확률을 줄 때의 손실이 ln K이며, K가 3이면 1.0986입니다. 여기서는 모든 가중치가 0이라서 은닉층의 기울기도 0입니다.
# - **구별**: 층마다 `grad`를 확인합니다. `None`이면 계산이 끊긴 것이고, 0이면 [0에서 출발했거나](softmax_regression.md#zero-init) 유닛이 모두 꺼진 것입니다. 0이 아닌데도 손실이 그대로라면 다음 증상에 해당합니다. 다만 [첫 손실만](training_recipe.md#loss-at-init) ln K인 것은 정상입니다.
# - **고치기**: 가중치를 따로 바꾸지 말고, 층을 만들 때 정해진 초깃값을 그대로 사용합니다.

# %% [markdown] lang="en"
# - **Cause**: ln K is the loss of equal probabilities for K classes, 1.0986 when K is 3. With all weights at 0 the hidden layer gets a gradient of 0.
# - **Tell apart**: Look at `grad` of each layer. `None` means that the computation was cut; 0 means that training [starts at 0](softmax_regression.md#zero-init) or that all units are off. If it is not 0 and the loss still stays, see the next symptom. It is normal, though, for the [first loss](training_recipe.md#loss-at-init) alone to be ln K.
# - **Fix**: Leave the initial values of the layers as they are.

# %%
losses = fit(new_network(), x, y, updates=200)
assert losses[-1] < 0.3

# %% [markdown] lang="ko"
# ### 손실이 줄지 않을 때: 갱신되지 않는 가중치 { #not-moving .deeper }

# %% [markdown] lang="en"
# ### The loss does not fall: weights that never move { #not-moving .deeper }

# %%
model = new_model()
optimizer = torch.optim.SGD(new_model().parameters(), lr=0.1)
before = model.weight.detach().clone()
F.cross_entropy(model(x), y).backward()
optimizer.step()
print("the same weights:", torch.equal(model.weight, before))
# > the same weights: True

# %% [markdown] lang="ko"
# - **원인**: 옵티마이저에 다른 모델의 매개변수가 들어 있습니다. 모델을 다시 만들고 옵티마이저는 그대로 두었을 때 이런 일이 생깁니다.
# - **구별**: 기울기는 0이 아닌데 갱신 전후의 가중치가 비트 단위로 똑같습니다. `optimizer.param_groups`에 모델의 매개변수가 들어 있는지 확인하고, 들어 있다면 학습률이 [너무 작은지](learning_rate.md#absorption) 확인합니다.
# - **고치기**: 모델을 먼저 만든 다음, 그 모델의 매개변수로 옵티마이저를 만듭니다.

# %% [markdown] lang="en"
# - **Cause**: The optimizer holds the parameters of another model. It happens when the model is created anew and the optimizer is not.
# - **Tell apart**: The gradient is not 0, and yet the weights before and after an update agree to the bit. See whether `optimizer.param_groups` holds the parameters of the model; if it does, see whether the learning rate is [too small](learning_rate.md#absorption).
# - **Fix**: Create the model first, then the optimizer from its parameters.

# %%
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
optimizer.step()
assert not torch.equal(model.weight, before)

# %% [markdown] lang="ko"
# ### 손실이 일찍 멈출 때: 소프트맥스 두 번 { #floor .deeper }

# %% [markdown] lang="en"
# ### The loss stops early: softmax twice { #floor .deeper }

# %%
twice = nn.Sequential(new_model(), nn.Softmax(dim=1))
losses = fit(twice, x, y, lr=1.0, updates=1000)
lowest = F.cross_entropy(torch.eye(3), torch.arange(3)).item()
print(f"last {losses[-1]:.4f}  lowest possible {lowest:.4f}")
# > last 0.5534  lowest possible 0.5514

# %% [markdown] lang="ko"
# - **원인**: `F.cross_entropy()` 안에 소프트맥스가 있는데 모델의 끝에도 소프트맥스가 있습니다. 이렇게 하면 확률이 다시 로짓처럼 처리되므로, 클래스가 3개일 때 손실이 0.5514 밑으로 내려갈 수 없습니다.
# - **구별**: 정확도는 오르는데 손실만 높은 곳에서 멈춥니다. 모델의 출력에서 행마다 합이 1이라면, 그 출력은 로짓이 아니라 이미 확률입니다.
# - **고치기**: 모델 끝의 소프트맥스를 빼서 [로짓을 돌려주게](softmax_regression.md#double-softmax) 합니다.

# %% [markdown] lang="en"
# - **Cause**: `F.cross_entropy()` has softmax inside, and the model ends with softmax as well. Probabilities are read as logits again, so with 3 classes the loss cannot go below 0.5514.
# - **Tell apart**: Accuracy rises, and only the loss stops at a high value. If each row of the model's output sums to 1, the output already holds probabilities, not logits.
# - **Fix**: Remove the softmax at the end, so that the model [returns logits](softmax_regression.md#double-softmax).

# %%
assert losses[-1] > lowest
once = fit(new_model(), x, y, lr=1.0, updates=1000)
assert once[-1] < lowest / 2
assert torch.allclose(twice(x).sum(dim=1), torch.ones(12))

# %% [markdown] lang="ko"
# ### 손실이 내려갔다가 다시 오를 때: 빠뜨린 zero_grad { #zero-grad }

# %% [markdown] lang="en"
# ### The loss falls and rises again: a forgotten zero_grad { #zero-grad }

# %%
model = new_model()
for _ in range(3):
    F.cross_entropy(model(x), y).backward()
    print(f"{model.weight.grad.norm():.4f}")
# > 1.5822
# > 3.1643
# > 4.7465

# %% [markdown] lang="ko"
# - **원인**: `backward()`는 기울기를 덮어쓰지 않고 더합니다. 따라서 모델이 그대로인데도 기울기의 크기가 두 배, 세 배로 늘어납니다.
# - **구별**: 학습률을 줄여도 이 증상은 사라지지 않고 더 늦게 나타날 뿐입니다. 학습 루프에서 `backward()`를 호출하기 직전에 `grad`를 출력했을 때 `None`도 0도 아니라면, 지우지 않은 기울기가 남아 있는 것입니다.
# - **고치기**: 갱신할 때마다 [`optimizer.zero_grad()`](softmax_regression.md#zero-grad)를 호출해 기울기를 지웁니다.

# %% [markdown] lang="en"
# - **Cause**: `backward()` adds to the gradients instead of overwriting them. Although the model is the same, they grow to two and three times their size.
# - **Tell apart**: A smaller learning rate does not remove the symptom but only delays it. Print `grad` in the loop right before `backward()`: if it is neither `None` nor 0, old gradients were not cleared.
# - **Fix**: Call [`optimizer.zero_grad()`](softmax_regression.md#zero-grad) in each update to clear them.

# %% anchor="gradients_cleared"
norms = []
for _ in range(3):
    model.zero_grad()
    F.cross_entropy(model(x), y).backward()
    norms.append(model.weight.grad.norm())
assert norms[0] == norms[1] == norms[2]
slow = fit_without_zero_grad(new_model(), x_all, y_all, lr=0.01)
assert slow[-1] > 2 * min(slow)

# %% [markdown] lang="ko"
# ### 훈련 손실만 줄어들 때: 과적합 { #train-only }

# %% [markdown] lang="en"
# ### Only the training loss falls: overfitting { #train-only }

# %%
x_val, y_val = make_data(100, seed=1, noise=200)
x_few, y_few = make_data(4, seed=0, noise=200)
torch.manual_seed(0)
memory = nn.Linear(202, 3)
losses = fit(memory, x_few, y_few, lr=1.0, updates=500)
print(f"training: loss {losses[-1]:.2f}")
# > training: loss 0.00
loss = F.cross_entropy(memory(x_val), y_val).item()
print(f"validation: loss {loss:.2f}")
# > validation: loss 1.40
print(f"validation: accuracy {accuracy(memory, x_val, y_val):.2f}")
# > validation: accuracy 0.59

# %% [markdown] lang="ko"
# - **원인**: 샘플은 12개인데 특성은 202개이므로, 모델이 우연히 정답과 맞아떨어진 특성까지 외우게 됩니다.
# - **구별**: 훈련 손실부터 줄지 않는다면 앞에서 설명한 다른 증상이고, 훈련 손실만 줄어든다면 이 증상입니다. 검증 손실이 처음부터 전혀 줄지 않았다면, 두 데이터의 전처리가 서로 다른지부터 확인합니다.
# - **고치기**: 데이터를 늘리거나 [규제](regularization_lab.md#overfit)를 사용합니다. 예를 들어 샘플을 클래스마다 300개로 늘리면 검증 정확도가 오릅니다.

# %% [markdown] lang="en"
# - **Cause**: There are 12 examples and 202 features, so the model also memorizes features that fit the answers by chance.
# - **Tell apart**: If the training loss does not fall either, see the symptoms above. If only the training loss falls, it is this one. If the validation loss never fell at all, first see whether the two sets are preprocessed alike.
# - **Fix**: Get more data, or [regularize](regularization_lab.md#overfit). With 300 examples of each class the validation accuracy rises.

# %%
x_many, y_many = make_data(300, seed=0, noise=200)
torch.manual_seed(0)
learned = nn.Linear(202, 3)
losses = fit(learned, x_many, y_many)
few, many = (accuracy(m, x_val, y_val) for m in (memory, learned))
assert many > few + 0.1

# %% [markdown] lang="ko"
# ### 늘 같은 클래스만 예측할 때 { #same-class .deeper }

# %% [markdown] lang="en"
# ### It always predicts the same class { #same-class .deeper }

# %%
y_rare = (torch.arange(200) >= 190).long()  # 190 times 0, 10 times 1
generator = torch.Generator().manual_seed(0)
noise = torch.randn(200, 1, generator=generator, dtype=torch.float64)
x_rare = 0.6 * y_rare.unsqueeze(1) + noise.float()
torch.manual_seed(0)
blind = nn.Linear(1, 2)
losses = fit(blind, x_rare, y_rare, updates=500)
predicted = blind(x_rare).argmax(dim=1)
print(torch.bincount(predicted, minlength=2).tolist())
# > [200, 0]
print(f"accuracy {accuracy(blind, x_rare, y_rare):.2f}")
# > accuracy 0.95
assert torch.bincount(y_rare).tolist() == [190, 10]

# %% [markdown] lang="ko"
# - **원인**: 한 클래스가 데이터의 95%를 차지하므로, 늘 그 클래스라고 답해도 손실이 작습니다.
# - **구별**: 정확도가 [가장 흔한 클래스의 비율](training_recipe.md#baselines)과 같은지 `torch.bincount(y)`로 확인합니다. 클래스의 비율이 비슷한데도 한 클래스만 예측한다면, 예측할 때의 전처리가 학습할 때와 [다른지](standardization.md#scale-mismatch) 살펴봅니다.
# - **고치기**: 손실을 구할 때 [클래스 가중치](cross_entropy_in_pytorch.md#class-weights)를 줍니다. 그러면 드문 클래스의 샘플을 절반 넘게 찾아내지만, 그 대신 정확도는 낮아집니다.

# %% [markdown] lang="en"
# - **Cause**: One class makes up 95% of the data, so always answering with that class already gives a small loss.
# - **Tell apart**: With `torch.bincount(y)`, see whether the accuracy is [the share of the most frequent class](training_recipe.md#baselines). If the classes are balanced and only one is predicted, see whether the preprocessing in prediction [differs](standardization.md#scale-mismatch) from that in training.
# - **Fix**: Give the loss [class weights](cross_entropy_in_pytorch.md#class-weights). The model then finds more than half of the examples of the rare class, at the price of a lower accuracy.

# %%
weight = torch.tensor([1.0, 19.0])
torch.manual_seed(0)
fair = nn.Linear(1, 2)
losses = fit(fair, x_rare, y_rare, updates=500, weight=weight)
rare = y_rare == 1
assert accuracy(blind, x_rare[rare], y_rare[rare]) == 0
assert accuracy(fair, x_rare[rare], y_rare[rare]) > 0.5
assert accuracy(fair, x_rare, y_rare) < accuracy(blind, x_rare, y_rare)

# %% [markdown] lang="ko"
# ### 테스트 정확도가 0%일 때 { #zero-accuracy .deeper }

# %% [markdown] lang="en"
# ### A test accuracy of 0% { #zero-accuracy .deeper }

# %%
order = y.argsort()  # sorted by class, as in many files
train, test = order[:8], order[8:]
model = new_model()
losses = fit(model, x[train], y[train])
print(f"accuracy {accuracy(model, x[test], y[test]):.2f}")
# > accuracy 0.00
print(torch.bincount(y[train], minlength=3).tolist())
# > [4, 4, 0]

# %% [markdown] lang="ko"
# - **원인**: 클래스 순서로 정렬된 데이터의 앞부분만 훈련에 사용했습니다. 그래서 클래스 2가 훈련 세트에는 하나도 없고, 테스트 세트에는 그 클래스뿐입니다.
# - **구별**: 클래스 3개 가운데 하나를 무작위로 골라도 3분의 1은 맞으므로, 테스트 샘플이 이 예제의 4개보다 훨씬 많은데도 0%라면 운이 나쁜 것이 아니라 어딘가가 근본적으로 잘못된 것입니다. 두 세트의 `torch.bincount()`를 비교하고, 그 결과가 같다면 레이블의 번호나 순서가 어긋났는지 확인합니다. [0%의 이유를 찾는 과정](train_val_test.md#hypotheses)도 참고하세요.
# - **고치기**: 데이터를 훈련 세트와 테스트 세트로 나누기 전에 섞습니다.

# %% [markdown] lang="en"
# - **Cause**: The data were sorted by class and only the front was used for training. Class 2 is missing from the training set, and the test set holds nothing else.
# - **Tell apart**: Even a random guess among 3 classes gets a third right, so on many more test examples than the 4 here, 0% is not bad luck but a systematic fault. Compare `torch.bincount()` of the two sets; if they agree, see whether the labels are numbered or ordered differently. See also [how to find the reason for 0%](train_val_test.md#hypotheses).
# - **Fix**: Shuffle the data before splitting them into a training set and a test set.

# %%
generator = torch.Generator().manual_seed(0)
order = torch.randperm(12, generator=generator)
train, test = order[:8], order[8:]
model = new_model()
losses = fit(model, x[train], y[train])
assert torch.bincount(y[train], minlength=3).min() > 0
assert accuracy(model, x[test], y[test]) > 0.5

# %% [markdown] lang="ko"
# ### 섞지 않은 미니배치 { #no-shuffle .deeper }

# %% [markdown] lang="en"
# ### Mini-batches that were not shuffled { #no-shuffle .deeper }

# %%
shifted = x_all + 2


def one_epoch(order):
    model = new_model()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.3)
    for rows in order.split(5):
        loss = F.cross_entropy(model(shifted[rows]), y_all[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return accuracy(model, shifted, y_all)


shifted = x_all + 2

print(f"sorted by class: accuracy {one_epoch(y_all.argsort()):.2f}")
# > sorted by class: accuracy 0.57

# %% [markdown] lang="ko"
# - **원인**: 미니배치마다 한 클래스만 들어 있으므로, 모델이 방금 학습한 클래스로 쏠리고 앞서 학습한 다른 클래스를 잊습니다.
# - **구별**: 손실이 에폭마다 같은 자리에서 튀어 오르면 이 증상입니다. 배치 몇 개의 `y[rows]`를 출력해 여러 클래스가 섞여 있는지 확인합니다.
# - **고치기**: 에폭마다 샘플의 순서를 섞고, `DataLoader`를 쓴다면 `shuffle=True`를 지정합니다. [배치의 크기](learning_rate.md#batch)는 바꾸지 않아도 됩니다.

# %% [markdown] lang="en"
# - **Cause**: Each mini-batch holds a single class, so the model leans toward the class it has just seen and forgets the others.
# - **Tell apart**: If the loss jumps at the same place in each epoch, it is this symptom. Print `y[rows]` of a few batches and see whether they mix the classes.
# - **Fix**: Shuffle the examples in each epoch; in a `DataLoader`, set `shuffle=True`. The [size of the batches](learning_rate.md#batch) can stay the same.

# %%
generator = torch.Generator().manual_seed(0)
order = torch.randperm(90, generator=generator)
assert one_epoch(order) > one_epoch(y_all.argsort()) + 0.2

# %% [markdown] lang="ko"
# ### 실행할 때마다 결과가 다를 때 { #different-results }

# %% [markdown] lang="en"
# ### Results differ from run to run { #different-results }


# %%
def run(seed=None):
    if seed is not None:
        torch.manual_seed(seed)
    return fit(nn.Linear(2, 3), x, y)


print("the same losses:", run() == run())
# > the same losses: False

# %% [markdown] lang="ko"
# - **원인**: 초깃값과 섞는 순서, 드롭아웃이 모두 난수로 정해지는데 시드를 정하지 않았습니다.
# - **구별**: 시드를 정하고 두 번 실행해 봅니다. 그래도 결과가 다르면, 시드를 정한 뒤에 난수를 뽑는 횟수나 [더하는 순서](reproducibility.md#sum-order)가 실행마다 달라진 것입니다. 학습하지 않고 예측만 해도 결과가 달라진다면 다음 증상입니다.
# - **고치기**: 실행할 때마다 [시드를 다시 정합니다](reproducibility.md#order). 시드에 따라 결과가 크게 달라진다면, 시드 하나로 얻은 값을 믿지 말고 여러 시드의 결과를 비교합니다.

# %% [markdown] lang="en"
# - **Cause**: Initial values, shuffling, and dropout come from random numbers, and no seed was set.
# - **Tell apart**: Set the seed and run twice. If the results still differ, the number of draws after seeding or the [order of additions](reproducibility.md#sum-order) varies from run to run. If predictions differ without any training, it is the next symptom.
# - **Fix**: [Seed again](reproducibility.md#order) before each run. If the results vary widely with the seed, do not trust a single one: compare several seeds.

# %%
assert run(seed=0) == run(seed=0)
assert run(seed=0) != run(seed=1)

# %% [markdown] lang="ko"
# ### 같은 입력인데 예측이 바뀔 때: 빠뜨린 model.eval() { #forgotten-eval }

# %% [markdown] lang="en"
# ### The same input, different predictions: a forgotten model.eval() { #forgotten-eval }

# %%
torch.manual_seed(0)
dropout = nn.Sequential(nn.Linear(2, 8), nn.Dropout(0.5), nn.Linear(8, 3))
print("the same logits:", torch.equal(dropout(x), dropout(x)))
# > the same logits: False

# %% [markdown] lang="ko"
# - **원인**: 학습 모드의 드롭아웃은 모델을 호출할 때마다 다른 유닛을 끕니다. 또한 배치 정규화가 있으면 함께 넣은 샘플에 따라 예측이 바뀝니다.
# - **구별**: `model.training`이 `True`이면 이 증상입니다. `torch.no_grad()`를 쓰더라도 학습 모드는 평가 모드로 바뀌지 않습니다. 검증 정확도가 훈련 정확도보다 유난히 낮을 때도 이 증상을 먼저 의심합니다.
# - **고치기**: 예측하기 전에 [`model.eval()`](regularization_lab.md#pitfalls)을 호출하고, 다시 학습하기 전에 `model.train()`을 호출합니다.

# %% [markdown] lang="en"
# - **Cause**: In training mode, dropout switches off different units with each call. With batch normalization, predictions depend on the other examples in the batch.
# - **Tell apart**: If `model.training` is `True`, it is this symptom. `torch.no_grad()` does not change the mode. Also suspect it when the validation accuracy is oddly lower than the training accuracy.
# - **Fix**: Call [`model.eval()`](regularization_lab.md#pitfalls) before predicting, and `model.train()` before training goes on.

# %%
dropout.eval()
assert torch.equal(dropout(x), dropout(x))

# %% [markdown] lang="ko"
# ### 학습 모드에서는 좋고 평가 모드에서 나쁠 때 { #worse-in-eval .deeper }

# %% [markdown] lang="en"
# ### Good in training mode, bad in evaluation mode { #worse-in-eval .deeper }

# %%
far = x + 50
norm = nn.Sequential(nn.BatchNorm1d(2), new_model())
losses = fit(norm, far, y, lr=0.5, updates=10)
print(f"training mode {accuracy(norm, far, y):.2f}")
# > training mode 1.00
print(f"evaluation mode {accuracy(norm.eval(), far, y):.2f}")
# > evaluation mode 0.33

# %% [markdown] lang="ko"
# - **원인**: 배치 정규화가 평가에 사용하는 이동 평균은 0에서 출발해, 갱신할 때마다 데이터의 평균까지 남은 거리를 10분의 1씩 좁혀 갑니다. 따라서 갱신 10번으로는 그 평균인 50에 이르지 못합니다. 1에서 출발하는 이동 분산도 이처럼 뒤늦게 따라갑니다.
# - **구별**: `running_mean`과 `running_var`를 데이터의 평균과 분산에 비교합니다. 어느 한쪽이라도 많이 다르면 이 증상입니다. 둘 다 비슷한데도 결과가 나쁘다면, 학습 모드에서 모델이 배치 안의 다른 샘플을 [엿본 덕분에](regularization_lab.md#pitfalls) 점수가 높았던 것입니다.
# - **고치기**: 더 오래 학습하거나, 데이터를 표준화해서 이동 평균과 이동 분산이 처음부터 데이터의 값에 가깝도록 합니다.

# %% [markdown] lang="en"
# - **Cause**: The running mean that batch normalization uses for evaluation starts at 0 and closes a tenth of the gap with each update. After 10 updates it has not reached the data's mean of 50. The running variance, which starts at 1, lags in the same way.
# - **Tell apart**: Compare `running_mean` and `running_var` with the mean and the variance of the data. If either is far off, it is this symptom; if not, the score in training mode was high because the model [peeked](regularization_lab.md#pitfalls) at the other examples of the batch.
# - **Fix**: Train longer, or standardize the data so that the running mean and variance are close to those of the data from the start.

# %%
norm.train()
losses = fit(norm, far, y, lr=0.5, updates=100)
assert accuracy(norm.eval(), far, y) == accuracy(norm.train(), far, y)
uneven = (x - x.mean(dim=0)) * torch.tensor([1.0, 0.01])
norm = nn.Sequential(nn.BatchNorm1d(2), new_model())
losses = fit(norm, uneven, y, lr=0.5, updates=10)
assert norm[0].running_mean.abs().max() < 1e-6  # only the variance lags
assert accuracy(norm, uneven, y) > 1.4 * accuracy(norm.eval(), uneven, y)

# %% [markdown] lang="ko"
# ### 자신 있게 틀릴 때 { #confident-wrong .deeper }

# %% [markdown] lang="en"
# ### Confident and wrong { #confident-wrong .deeper }


# %%
def confidence(logits):
    return F.softmax(logits, dim=1).max(dim=1).values.mean().item()


with torch.no_grad():
    logits = memory(x_val)
print(f"mean confidence {confidence(logits):.2f}")
# > mean confidence 0.85
print(f"accuracy {accuracy(memory, x_val, y_val):.2f}")
# > accuracy 0.59

# %% [markdown] lang="ko"
# - **원인**: 과적합한 모델은 훈련 손실이 줄어드는 동안 로짓이 계속 커지므로, 처음 보는 데이터에서도 예측한 클래스의 확률이 지나치게 커집니다.
# - **구별**: 확신의 평균이 정확도보다 훨씬 크면 이 증상입니다. 확신이 거의 1인데 정확도까지 갑자기 나빠졌다면, 입력의 [스케일](mnist_capstone.md#scale)이 학습할 때와 다른지 확인합니다.
# - **고치기**: 검증 데이터에서 손실이 가장 작아지는 온도로 [로짓을 나눕니다](mnist_capstone.md#calibration). 이렇게 해도 모델이 예측하는 클래스는 바뀌지 않습니다.

# %% [markdown] lang="en"
# - **Cause**: While its training loss falls, the logits of an overfitted model keep growing, so on new data as well, the probability of the predicted class is too large.
# - **Tell apart**: If the mean confidence is far above the accuracy, it is this symptom. If confidence is almost 1 and accuracy has suddenly dropped, too, see whether the [scale](mnist_capstone.md#scale) of the inputs differs from that in training.
# - **Fix**: [Divide the logits](mnist_capstone.md#calibration) by the temperature at which the validation loss is lowest. The predicted classes stay the same.

# %%
temperatures = torch.arange(1.0, 10.0, 0.5)
losses = [F.cross_entropy(logits / t, y_val) for t in temperatures]
cool = logits / temperatures[torch.stack(losses).argmin()]
right = accuracy(memory, x_val, y_val)
assert abs(confidence(cool) - right) < confidence(logits) - right
assert torch.equal(cool.argmax(dim=1), logits.argmax(dim=1))

# %% [markdown] lang="ko"
# ### 정확도가 100%를 넘을 때 { #above-one .deeper }

# %% [markdown] lang="en"
# ### An accuracy above 100% { #above-one .deeper }

# %%
model = new_model()
losses = fit(model, x, y)
predicted = model(x).argmax(dim=1, keepdim=True)  # (12, 1)
print((predicted == y).sum().item() / len(y))
# > 4.0

# %% [markdown] lang="ko"
# - **원인**: (12, 1)과 (12,)를 비교하면 브로드캐스팅으로 결과의 모양이 (12, 12)가 되므로, 모든 예측을 모든 정답과 비교하게 됩니다.
# - **구별**: 정확도가 1을 넘지 않더라도 이상해 보이면 `(predicted == y).shape`를 확인합니다. `F.mse_loss()`에서 같은 실수를 하면 손실이 정답의 분산 근처에 머무릅니다.
# - **고치기**: 예측과 정답을 비교하기 전에 [두 모양을 같게](softmax_regression.md#accuracy) 합니다.

# %% [markdown] lang="en"
# - **Cause**: Comparing (12, 1) with (12,) broadcasts to (12, 12), so every prediction is compared with every answer.
# - **Tell apart**: If an accuracy looks odd, even below 1, look at `(predicted == y).shape`. In `F.mse_loss()` the same mistake keeps the loss near the variance of the target.
# - **Fix**: Make [the two shapes equal](softmax_regression.md#accuracy) before comparing.

# %%
predicted = model(x).argmax(dim=1)
assert predicted.shape == y.shape
assert (predicted == y).sum().item() / len(y) <= 1

# %% [markdown] lang="ko"
# ## 연습 문제 { #exercises }
#
# **1. 정답 고치기.** CSV 파일에서 읽은 레이블은 부동소수점이거나 열이 하나뿐인 표일 수 있고, 첫 클래스의 번호가 0이 아닐 수도 있습니다. 레이블 `labels`와 첫 클래스의 번호 `first`를 받아 `F.cross_entropy()`에 넣을 수 있는 정답, 즉 축이 하나이고 0부터 시작하는 Long 텐서를 돌려주세요.
#
# ??? tip "힌트"
#     모양, 자료형, 시작 번호를 하나씩 차례로 고치면 됩니다. 배치에 첫 클래스가 들어 있지 않을 수도 있으므로 시작 번호는 `first`에서 가져오세요.

# %% [markdown] lang="en"
# ## Exercises { #exercises }
#
# **1. Repair the target.** Labels read from a CSV file may be floats, may be a table of one column, and may not count from 0. Given `labels` and the number `first` of the first class, return a target that `F.cross_entropy()` accepts: a Long tensor with one axis whose classes count from 0.
#
# ??? tip "Hint"
#     Repair the shape, the data type, and the first number one after the other. A batch may lack the first class, so take the first number from `first`.


# %% exercise="target"
def repaired(labels, first):
    ### BEGIN SOLUTION
    return labels.flatten().long() - first
    ### END SOLUTION


# %% check="target"
floats = repaired(torch.tensor([2.0, 1.0, 3.0]), first=1)
assert floats.tolist() == [1, 0, 2], f"{floats}, expected [1, 0, 2]"
column = repaired(torch.tensor([[0], [2]], dtype=torch.int32), first=0)
for case, target in (("floats", floats), ("int32", column)):
    found = target.dtype
    assert found == torch.long, f"{case}: {found}, expected torch.int64"
assert column.shape == (2,), f"[[0], [2]]: {column}, expected [0, 2]"
assert column.tolist() == [0, 2], f"first=0: {column}, expected [0, 2]"
single = repaired(torch.tensor([[7.0]]), first=5)
assert single.tolist() == [2], f"[[7.0]], first=5: {single}, expected [2]"


# %% wrong="target"
# ko: 배치에 첫 클래스가 없으면, 가장 작은 레이블이 `first`가 아닙니다.
# en: If a batch lacks the first class, its smallest label is not `first`.
def repaired(labels, first):
    return labels.flatten().long() - labels.long().min()


# %% wrong="target"
# ko: 번호가 0이나 5부터 시작하는 데이터에서는 틀린 결과가 나옵니다.
# en: It is wrong for labels that start at 0 or at 5.
def repaired(labels, first):
    return labels.flatten().long() - 1


# %% wrong="target"
# ko: 모양과 자료형은 맞지만, 첫 클래스의 번호를 빼지 않았습니다.
# en: Shape and data type are right, but the labels were not shifted.
def repaired(labels, first):
    return labels.reshape(-1).to(torch.int64)


# %% wrong="target"
# ko: 실수만 Long으로 바꾸므로, int32 레이블은 int32로 남아 `F.cross_entropy()`가 받지 않습니다.
# en: It converts floats only, so int32 labels stay int32, which `F.cross_entropy()` refuses.
def repaired(labels, first):
    labels = labels.flatten() - first
    return labels.long() if labels.is_floating_point() else labels


# %% right="target"
def repaired(labels, first):
    shifted = [int(label) - first for label in labels.reshape(-1)]
    return torch.tensor(shifted)


# %% [markdown] lang="ko"
# **2. 손실만 보고 알아내기.** 동료가 학습 기록을 보내왔는데, 훈련 손실이 처음부터 5.2983이고 500번을 갱신해도 그대로입니다. 모델은 모든 클래스에 같은 확률을 주고 있습니다. 클래스가 몇 개인지 구해 보세요.
#
# ??? tip "힌트"
#     확률이 모두 $1/K$이면 정답이 무엇이든 손실은 $\ln K$입니다.

# %% [markdown] lang="en"
# **2. From the loss alone.** A colleague sends a log of training: the loss is 5.2983 from the start, and 500 updates have not changed it. The model gives the same probability to every class. Find how many classes there are.
#
# ??? tip "Hint"
#     Where all probabilities are $1/K$, the loss is $\ln K$ whatever the right answer is.

# %% exercise="how_many"
### BEGIN SOLUTION
# exp(5.2983)
how_many = 200
### END SOLUTION

# %% check="how_many"
assert isinstance(how_many, int), f"{how_many!r} is not an int"
uniform = F.cross_entropy(torch.zeros(1, how_many), torch.tensor([0]))
assert abs(uniform.item() - 5.2983) < 1e-3, (
    f"{uniform} for {how_many} classes"
)

# %% wrong="how_many"
# ko: 손실은 자연로그로 계산하므로, 2가 아니라 $e$를 거듭제곱해야 합니다.
# en: The loss uses natural logarithms, so take a power of $e$, not of 2.
how_many = 39

# %% wrong="how_many"
# ko: 손실을 반올림한 값이며, 클래스의 수가 아니라 그 로그입니다.
# en: This rounds the loss, which is the logarithm of the number of classes.
how_many = 5

# %% [markdown] lang="ko"
# **3. 움직이지 않는 매개변수 찾기.** 모델을 한 번 갱신한 다음, 매개변수의 이름마다 값이 그대로이면 `True`를, 바뀌었으면 `False`를 담은 딕셔너리를 돌려주세요. 옵티마이저에 없는 매개변수와, 기울기가 없거나 0인 매개변수를 모두 찾아내야 합니다.
#
# ??? tip "힌트"
#     움직이지 않는 원인을 하나하나 찾기보다, 갱신하기 전에 복사해 둔 값과 갱신한 뒤의 값을 비교해 보세요. `detach()`만 하면 같은 메모리를 가리키므로 `clone()`으로 복사해야 합니다.

# %% [markdown] lang="en"
# **3. Find the parameters that do not move.** Update the model once and return a dictionary that maps the name of each parameter to `True` if its value has stayed the same, and to `False` if it has changed. Your function must find the parameters that the optimizer lacks and those whose gradient is missing or 0.
#
# ??? tip "Hint"
#     Instead of looking for each cause, compare the values after the update with a copy from before. Copy with `clone()`: `detach()` alone shares the memory.


# %% exercise="frozen" path="deeper"
def frozen(model, optimizer, x, y):
    ### BEGIN SOLUTION
    before = {n: p.detach().clone() for n, p in model.named_parameters()}
    optimizer.zero_grad()
    F.cross_entropy(model(x), y).backward()
    optimizer.step()
    after = dict(model.named_parameters())
    return {name: torch.equal(before[name], after[name]) for name in after}
    ### END SOLUTION


# %% check="frozen"
def still(model, optimizer, x, y):
    found = frozen(model, optimizer, x, y)
    names = ["0.weight", "0.bias", "2.weight", "2.bias"]
    assert list(found) == names, f"{found}, expected {names}"
    return [name for name, stays in found.items() if stays]


whole = new_network()
optimizer = torch.optim.SGD(whole.parameters(), lr=0.1)
assert (stuck := still(whole, optimizer, x, y)) == [], (
    f"SGD(whole): {stuck}, expected []"
)
stuck = still(whole, optimizer, torch.zeros(3, 2), y[:3])
assert stuck == ["0.weight"], f"x = 0: {stuck}, expected ['0.weight']"
head = torch.optim.SGD(whole[2].parameters(), lr=0.1)
stuck, first = still(whole, head, x, y), ["0.weight", "0.bias"]
assert stuck == first, f"SGD(whole[2]): {stuck}, expected {first}"
fixed = new_network()
fixed[2].bias.requires_grad_(False)
optimizer = torch.optim.SGD(fixed.parameters(), lr=0.1)
stuck = still(fixed, optimizer, x, y)
assert stuck == ["2.bias"], f"requires_grad: {stuck}, expected ['2.bias']"


# %% wrong="frozen"
# ko: 옵티마이저에 있는 매개변수도 기울기가 없거나 0이면 그대로입니다.
# en: Parameters in the optimizer stay if their gradient is 0 or missing.
def frozen(model, optimizer, x, y):
    held = {id(p) for g in optimizer.param_groups for p in g["params"]}
    return {n: id(p) not in held for n, p in model.named_parameters()}


# %% wrong="frozen"
# ko: 기울기가 있는 매개변수도 옵티마이저에 없으면 그대로입니다.
# en: Parameters with a gradient stay, too, if the optimizer lacks them.
def frozen(model, optimizer, x, y):
    model.zero_grad()
    F.cross_entropy(model(x), y).backward()
    parameters = dict(model.named_parameters())
    gradients = {name: p.grad for name, p in parameters.items()}
    gone = {n: g is None or not g.any() for n, g in gradients.items()}
    return {name: bool(stays) for name, stays in gone.items()}


# %% wrong="frozen"
# ko: 동결하지 않은 매개변수도 움직이지 않을 수 있습니다.
# en: Parameters that are not frozen may stay where they are, too.
def frozen(model, optimizer, x, y):
    return {n: not p.requires_grad for n, p in model.named_parameters()}


# %% right="frozen"
def frozen(model, optimizer, x, y):
    before = {n: t.clone() for n, t in model.state_dict().items()}
    model.zero_grad(set_to_none=True)
    F.cross_entropy(model(x), y).backward()
    optimizer.step()
    after = model.state_dict()
    return {n: (before[n] == after[n]).all().item() for n in before}


# %% [markdown] lang="ko"
# **4. 1을 넘는 정확도.** 예측 `tensor([0, 1, 1, 2])`는 모두 정답과 같지만, 정답이 `tensor([[0], [1], [1], [2]])`처럼 열 하나로 저장되어 있습니다. `(prediction == target).sum() / 4`는 얼마가 될까요?
#
# ??? tip "힌트"
#     모양이 `(4,)`인 텐서와 `(4, 1)`인 텐서를 비교하면 결과의 모양은 `(4, 4)`입니다. 각 예측이 정답 네 개 가운데 몇 개와 같은지 세어 보세요.

# %% [markdown] lang="en"
# **4. An accuracy above 1.** The predictions `tensor([0, 1, 1, 2])` are all right, but the target is stored as a column, `tensor([[0], [1], [1], [2]])`. What does `(prediction == target).sum() / 4` give?
#
# ??? tip "Hint"
#     A tensor of shape `(4,)` compared with one of shape `(4, 1)` gives the shape `(4, 4)`. Count how many of the four targets each prediction equals.

# %% exercise="too_accurate" path="deeper"
### BEGIN SOLUTION
# 1 + 2 + 2 + 1 equal pairs
too_accurate = 6 / 4
### END SOLUTION

# %% check="too_accurate"
prediction = torch.tensor([0, 1, 1, 2])
column = torch.tensor([[0], [1], [1], [2]])
right = ((prediction == column).sum() / 4).item()
assert isinstance(too_accurate, (int, float)), (
    f"{too_accurate!r} is no number"
)
assert abs(too_accurate - right) < 1e-3, f"{too_accurate} is not the result"

# %% wrong="too_accurate"
# ko: 정답의 모양도 `(4,)`일 때의 값입니다. 여기서는 16쌍을 비교합니다.
# en: This holds for a target of shape `(4,)`; here 16 pairs are compared.
too_accurate = 1.0

# %% wrong="too_accurate"
# ko: 16쌍이 모두 같다고 세었지만, 클래스가 같은 쌍은 그중 일부입니다.
# en: It counts all 16 pairs as equal, but only some are of the same class.
too_accurate = 16 / 4

# %% [markdown] lang="ko"
# ## 퀴즈 { #quiz }
#
# ??? question "1. 손실이 처음부터 nan입니다. 무엇을 먼저 볼까요?"
#     - [ ] 학습률을 줄여 봅니다: 학습률이 크면 nan이 되기도 하지만, 첫 손실은 갱신하기 전에 계산하므로 학습률과 상관이 없습니다.
#     - [ ] 시드를 바꾸어 봅니다: 초깃값이 나쁘면 손실이 클 수는 있지만, 흔히 쓰는 초기화로 뽑은 초깃값 때문에 첫 손실이 nan이 되지는 않습니다.
#     - [x] 데이터와 식을 확인합니다: 첫 손실을 정하는 것은 데이터와 초깃값, 식뿐입니다. 이 가운데 nan을 만드는 것은 대개 데이터에 든 nan이나 inf, 아니면 식에 나오는 0의 로그입니다.
#
# ??? question "2. 클래스가 4개인데 손실이 1.3863에서 움직이지 않습니다. 무엇이 문제일까요?"
#     - [ ] 과적합이 일어났습니다: 과적합은 검증 손실이 높을 때 의심할 일이며, 과적합한 모델이라면 훈련 손실은 낮아야 합니다.
#     - [x] 모든 클래스의 확률이 같습니다: 이 값은 ln 4이므로 모든 클래스에 같은 확률을 준 것입니다. 층마다 기울기를 확인해, `None`인지 0인지부터 구별합니다.
#     - [ ] 소프트맥스를 두 번 취했습니다: 그때도 손실이 높은 곳에 머무르지만, 출발점에서 조금은 내려갑니다.
#
# ??? question "3. 같은 이미지를 두 번 넣었더니 로짓이 다릅니다. 어떻게 고칠까요?"
#     - [x] `model.eval()`을 호출합니다: 드롭아웃이 켜져 있으면 모델을 호출할 때마다 다른 유닛이 꺼지기 때문입니다.
#     - [ ] 난수의 시드를 정합니다: 시드를 정하면 같은 값이 나오기는 하지만, 유닛의 일부만으로 예측하는 것은 그대로입니다.
#     - [ ] `torch.no_grad()`를 씁니다: 평가할 때 함께 쓰므로 혼동하기 쉽지만, 계산을 기록하지 않게 할 뿐 모드는 바꾸지 않습니다.
#
# ??? question "4. `retain_graph=True`를 넣었더니 오류가 사라졌습니다. 고친 것일까요?"
#     - [ ] 네, 메시지에 나온 대로 했습니다: 메시지가 권하는 방법이기는 하지만, 같은 계산 그래프를 일부러 두 번 역전파할 때에만 씁니다.
#     - [x] 아니요, 손실을 새로 계산해야 합니다: 앞의 갱신에서 만든 기록을 다시 쓰면, 지금의 가중치와 맞지 않는 기울기가 나올 수 있습니다.
#     - [ ] 아니요, `zero_grad()`가 빠졌습니다: 이것을 빠뜨리면 기울기가 쌓이지만, 오류가 나지는 않습니다.

# %% [markdown] lang="en"
# ## Quiz { #quiz }
#
# ??? question "1. The loss is nan from the start. What do you look at first?"
#     - [ ] A smaller learning rate: A large one can lead to nan, but the first loss is computed before any update, so the learning rate has no part in it.
#     - [ ] Another seed: Bad initial values can make a loss large, but those of the usual initialization do not make it nan.
#     - [x] The data and the formula: Only the data, the initial values, and the formula determine the first loss. Of these, it is mostly a nan or inf in the data or a log of 0 in the formula that makes it nan.
#
# ??? question "2. With 4 classes the loss stays at 1.3863. What is wrong?"
#     - [ ] It overfits the training data: Suspect overfitting when the validation loss is high; an overfitted model has a low training loss.
#     - [x] All classes are equally probable: The value is ln 4, the loss of equal probabilities. Look at the gradient of each layer, and see first whether it is `None` or 0.
#     - [ ] Softmax is applied twice: Then the loss stays high as well, but it does fall a little from where it started.
#
# ??? question "3. The same image, put in twice, gives different logits. How do you fix it?"
#     - [x] Call `model.eval()`: Dropout is on, so different units are switched off with each call.
#     - [ ] Set the random seed: The values will agree, but predictions still use only part of the units.
#     - [ ] Use `torch.no_grad()`: It belongs to evaluation as well, but it only stops the recording and does not change the mode.
#
# ??? question "4. You added `retain_graph=True` and the error is gone. Is it fixed?"
#     - [ ] Yes, the message said so: The message does suggest it, but only for when you mean to backpropagate twice through one graph.
#     - [x] No, compute the loss anew: A record made with the values of an earlier update can give gradients that do not belong to the current weights.
#     - [ ] No, `zero_grad()` is missing: Without it gradients pile up, but no error is raised.

# %%
print(f"{torch.tensor(4.0).log():.4f}")
# > 1.3863

# %% [markdown] lang="ko"
# ## 정리 { #summary }
#
# - 오류 메시지의 첫 문장이 가리키는 값, 즉 모양, 자료형, 기기, `requires_grad`를 출력하면 대부분의 원인이 드러납니다.
# - 오류가 없으면 손실 곡선의 모양을 확인합니다. 손실이 ln K에 머무는지, 훈련에서만 줄어드는지, 모델을 호출할 때마다 달라지는지에 따라 의심할 원인이 달라집니다.
# - 고치기 전에 비슷한 다른 증상은 아닌지 먼저 살피고, 고친 뒤에는 정말 고쳐졌는지 확인하는 `assert`를 남깁니다.

# %% [markdown] lang="en"
# ## What we saw { #summary }
#
# - Print what the first sentence of a message points to (a shape, a data type, a device, or `requires_grad`), and most causes show.
# - Without an error, look at the shape of the loss curve. Staying at ln K, falling on training data only, and differing from call to call point to different causes.
# - Before fixing, rule out similar symptoms; afterwards keep an `assert` that shows the fix works.

# %% [markdown] lang="ko"
# ## 참고 자료 { #references }
#
# - PyTorch 문서: [자동 미분의 원리](https://docs.pytorch.org/docs/stable/notes/autograd.html), [브로드캐스팅](https://docs.pytorch.org/docs/stable/notes/broadcasting.html), [`meta` 기기](https://docs.pytorch.org/docs/stable/meta.html)
# - A. Karpathy, [A Recipe for Training Neural Networks](https://karpathy.github.io/2019/04/25/recipe/), 2019. 오류 없이 틀리는 코드를 어떤 순서로 찾을지 설명합니다.

# %% [markdown] lang="en"
# ## References { #references }
#
# - PyTorch documentation: [Autograd mechanics](https://docs.pytorch.org/docs/stable/notes/autograd.html), [Broadcasting](https://docs.pytorch.org/docs/stable/notes/broadcasting.html), [the `meta` device](https://docs.pytorch.org/docs/stable/meta.html)
# - A. Karpathy, [A Recipe for Training Neural Networks](https://karpathy.github.io/2019/04/25/recipe/), 2019. On the order in which to look for code that is silently wrong.
