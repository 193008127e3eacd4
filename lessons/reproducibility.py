# ---
# needs: [softmax_regression]
# ---

# %% [markdown] lang="ko"
# # 재현성 { #reproducibility }
#
# 같은 코드를 다시 실행하면 같은 숫자가 나올까요? 난수를 뽑는 순서, float32의 눈금, 더하는 순서가 결과를 어떻게 바꾸는지 확인하고, 출력을 어디까지 믿을 수 있는지 가려냅니다.
#
# 이 사이트에 실린 출력은 모두 코드를 다시 실행해 비교한 것입니다. 그런 비교가 어떤 환경에서 어디까지 성립하는지도 이 레슨에서 함께 밝힙니다.
#
# !!! abstract "학습 목표"
#     - 난수 시드(random seed)가 무엇을 고정하고 무엇을 고정하지 못하는지 말합니다.
#     - 실험마다 생성기(generator)를 따로 두어 한 실험이 다른 실험의 난수를 바꾸지 않게 합니다.
#     - 출력에서 믿을 수 있는 자릿수를 가려내고, 더하는 순서에 따라 합이 달라지는 이유를 설명합니다.
#     - 결과를 남길 때 함께 적어야 하는 정보를 빠짐없이 적습니다.

# %% [markdown] lang="en"
# # Reproducibility { #reproducibility }
#
# Does the same code give the same numbers again? See how the order of draws, the grid of float32, and the order of sums change them, and learn what to trust.
#
# All code on this site has been rerun and its output compared. This lesson also explains on which setups, and how far, such a comparison holds.
#
# !!! abstract "What you will be able to do"
#     - Say what a random seed fixes and what it cannot.
#     - Give each experiment a generator of its own, so that none disturbs another.
#     - Tell the digits to trust, and explain why the order of a sum matters.
#     - Write down everything that should go with a result.

# %%
import copy

import torch
import torch.nn as nn
import torch.nn.functional as F

# %% [markdown] lang="ko"
# ## 뽑는 순서 { #order }
#
# 널리 쓰이는 강의 노트에서는 시드를 1로 한 번만 정한 뒤 모델을 잇달아 만들어, 학습률(learning rate)이 서로 다른 실행에 하나씩 썼습니다. 데이터는 [훈련·검증·테스트](train_val_test.md)에서 쓰는 샘플 8개입니다. 시드를 정했으니 모든 실행이 같은 곳에서 출발했을까요?

# %% [markdown] lang="en"
# ## The order of draws { #order }
#
# Widely used lecture notes set the seed to 1 once, then build one model after another and train each with a different learning rate. The data are the eight examples of [train, validation, test](train_val_test.md). Do the runs start at the same place?

# %% anchor="five_starts"
rows = [
    [1, 2, 1],
    [1, 3, 2],
    [1, 3, 4],
    [1, 5, 5],
    [1, 7, 5],
    [1, 2, 5],
    [1, 6, 6],
    [1, 7, 7],
]
x = torch.tensor(rows, dtype=torch.float32)
target = torch.tensor([2, 2, 2, 1, 1, 1, 0, 0])
_ = torch.manual_seed(1)
for number in range(1, 6):
    print(
        f"model {number}  first loss "
        f"{F.cross_entropy(nn.Linear(3, 3)(x), target).item():.6f}"
    )
# > model 1  first loss 2.203667
# > model 2  first loss 1.280268
# > model 3  first loss 3.187324
# > model 4  first loss 1.341574
# > model 5  first loss 2.939317

# %% [markdown] lang="ko"
# 시드는 **난수열의 출발점**만 정합니다. 모델을 만들 때마다 그 난수열에서 다음 수를 가져오므로, 첫 모델의 2.203667부터 다섯째 모델의 2.939317까지 첫 손실이 모두 다릅니다. 또한 중간에 난수를 하나만 더 뽑아도 그 뒤에 나오는 값이 모두 하나씩 밀립니다.

# %% [markdown] lang="en"
# A seed fixes only **where the sequence begins**. Each new model takes the next numbers of that sequence, so all the first losses differ, from 2.203667 for the first model to 2.939317 for the fifth. A single extra draw in between shifts everything after it.

# %%
_ = torch.manual_seed(1)
first = nn.Linear(3, 3)
torch.rand(1)
second = nn.Linear(3, 3)
print(
    "first loss of the second model "
    f"{F.cross_entropy(second(x), target).item():.6f}"
)
# > first loss of the second model 2.054054
_ = torch.manual_seed(1)
assert torch.equal(first.weight, nn.Linear(3, 3).weight)

# %% [markdown] lang="ko"
# 둘째 모델의 첫 손실이 1.280268에서 2.054054로 바뀌었습니다. 디버깅하려고 넣은 `torch.rand(1)` 한 줄 때문에 그 뒤의 실험이 모두 달라진 것입니다.
#
# !!! warning "시드를 정했다고 출발점이 같아지는 것은 아닙니다"
#     시드를 한 번만 정하고 두 설정을 잇달아 실행하면, 설정뿐만 아니라 초깃값까지 함께 달라집니다. 따라서 두 설정을 비교하려면 실행할 때마다 시드를 다시 정하거나 모델 하나를 복사해서 써야 합니다. 그래도 결과가 다르면 [증상으로 찾기](symptoms.md#different-results) 레슨에 나오는 순서대로 확인합니다.

# %% [markdown] lang="en"
# The second model now starts at 2.054054 instead of 1.280268. One `torch.rand(1)` added for debugging has changed every experiment after it.
#
# !!! warning "A seed does not mean the same start"
#     Seed once and run two settings in a row, and the initial values change along with the setting. To compare, seed again before each run or copy one model. If results still differ, check in the order of [Find it by its symptom](symptoms.md#different-results).

# %% [markdown] lang="ko"
# ## 시드와 생성기 { #generators }
#
# `torch.manual_seed()`는 프로그램 전체가 함께 쓰는 공유 생성기의 시드를 정합니다. 반면 실험마다 `torch.Generator()`를 따로 두면, 다른 코드가 중간에 난수를 뽑더라도 그 실험의 난수는 바뀌지 않습니다. 정말 그런지 중간에 난수 1,000개를 뽑아서 확인해 봅시다.

# %% [markdown] lang="en"
# ## Seeds and generators { #generators }
#
# `torch.manual_seed()` sets the generator that the whole program shares. With a `torch.Generator()` of its own, an experiment is not affected by draws elsewhere. Draw a thousand numbers in between and see.

# %%
generator = torch.Generator().manual_seed(0)
alone = torch.rand(4, generator=generator)
generator.manual_seed(0)
begin = torch.rand(2, generator=generator)
torch.rand(1000)
rest = torch.rand(2, generator=generator)
print(alone)
# > tensor([0.4963, 0.7682, 0.0885, 0.1320])
assert torch.equal(torch.cat([begin, rest]), alone)

# %% [markdown] lang="ko"
# 중간에 1,000개를 뽑았는데도 마지막 두 수는 그대로입니다. `torch.randperm()`, `torch.randint()`, `DataLoader`에도 `generator`를 넘길 수 있으며, 이 튜토리얼의 실험도 대부분 이런 방식으로 작성했습니다.
#
# 노트북 셀의 마지막 줄이 `torch.manual_seed(1)`이면 `<torch._C.Generator object at 0x…>`가 출력됩니다. 뒤에 붙은 숫자는 메모리 주소라서 실행할 때마다 달라지므로, 줄 끝에 `;`를 붙이거나 결과를 `_`에 담아 출력되지 않게 합니다.

# %% [markdown] lang="en"
# With 1,000 draws in between, the last two numbers stayed the same. `torch.randperm()`, `torch.randint()`, and `DataLoader` take a `generator`, too. Most experiments of this course are written this way.
#
# If `torch.manual_seed(1)` is the last line of a notebook cell, `<torch._C.Generator object at 0x…>` appears. The number is a memory address, different in each run. End the line with `;` or assign the result to `_`.

# %% anchor="address"
result = torch.manual_seed(1)
shown = repr(result)
print(shown.split(" at ")[0])
# > <torch._C.Generator object
assert " at 0x" in shown
assert result is torch.default_generator

# %% [markdown] lang="ko"
# 드롭아웃(dropout)처럼 층(layer) 안에서 난수를 뽑는 경우에는 생성기를 넘길 수 없습니다. 이때는 공유 생성기의 상태를 저장해 두었다가 필요한 시점에 되돌립니다.

# %% [markdown] lang="en"
# A layer that draws random numbers inside, such as dropout, takes no generator. For such layers, save the state of the shared generator and put it back.

# %%
state = torch.get_rng_state()
masks = [F.dropout(torch.ones(8), p=0.5) for _ in range(2)]
torch.set_rng_state(state)
again = F.dropout(torch.ones(8), p=0.5)
print(masks[0])
# > tensor([2., 2., 2., 2., 0., 2., 2., 0.])
print(masks[1])
# > tensor([0., 2., 0., 2., 0., 2., 2., 2.])
assert torch.equal(again, masks[0])
assert not torch.equal(again, masks[1])

# %% [markdown] lang="ko"
# 함수를 호출할 때마다 다른 드롭아웃 마스크가 나오지만, 상태를 되돌리면 첫 마스크가 다시 나옵니다. 체크포인트(checkpoint)에 난수 생성기의 상태까지 저장해야 하는 이유가 바로 이것입니다.

# %% [markdown] lang="en"
# Each call gives another mask; once the state is put back, the first mask returns. That is why a checkpoint should hold the state of the random numbers as well.

# %% [markdown] lang="ko"
# ## float32의 눈금 { #digits }
#
# float32는 십진수로 일곱 자리쯤만 담을 수 있는데, 노트의 기록에는 숫자가 12자리, 13자리까지 출력되어 있습니다. 그 자릿수를 모두 믿을 수 있을까요? 컴퓨터가 나타낼 수 있는 수는 자의 눈금처럼 띄엄띄엄 놓여 있고, 수가 클수록 이웃한 수와의 간격이 넓어집니다.

# %% [markdown] lang="en"
# ## The grid of float32 { #digits }
#
# A float32 holds only about seven decimal digits. The logs of the notes print twelve or thirteen. Can all of them be trusted? The numbers a computer can represent form a grid, like the marks on a ruler, and the larger a number is, the wider the gap to its neighbor.

# %%
for value in (0.989365, 29785.089844, 1971322.75):
    number = torch.tensor(value)
    gap = torch.nextafter(number, torch.tensor(torch.inf)) - number
    print(f"{number.item():17.6f}  next number {gap.item():.6g} away")
# >          0.989365  next number 5.96046e-08 away
# >      29785.089844  next number 0.00195312 away
# >    1971322.750000  next number 0.125 away

# %% [markdown] lang="ko"
# 1971322.75 근처에는 눈금이 0.125마다 하나씩 있습니다. 소수점 아래 여섯 자리까지 출력할 수는 있지만 둘째 자리부터는 의미가 없습니다. 실제로 노트의 2019년 기록을 지금의 PyTorch에서 다시 실행해 보니, 이런 끝자리 몇 개는 달랐지만 앞의 유효 숫자 네 자리는 모두 같았습니다.

# %% [markdown] lang="en"
# Near 1971322.75 the grid has one point every 0.125. Six decimals may be printed, but from the second on they mean nothing. Rerunning the notes' 2019 code with today's PyTorch changes a few of these last digits but never the first four significant ones.

# %% [markdown] lang="ko"
# ## 더하는 순서 { #sum-order }
#
# 덧셈을 할 때마다 결과를 눈금에 맞추어 반올림하므로, 더하는 순서를 바꾸면 합도 조금 달라집니다. 같은 수 1,000개를 앞에서부터, 뒤에서부터, 작은 것부터 차례로 더해 봅시다. 비교할 기준값은 float64로 계산합니다.

# %% [markdown] lang="en"
# ## The order of a sum { #sum-order }
#
# Each addition rounds to the grid, so another order gives a slightly different sum. Add the same 1,000 numbers from the front, from the back, and from the smallest. The reference is computed in float64.

# %%
draws = torch.rand(1000, generator=torch.Generator().manual_seed(0))
sums = {}
for name, numbers in [
    ("front", draws),
    ("back", draws.flip(0)),
    ("sorted", draws.sort().values),
]:
    total = torch.tensor(0.0)
    for number in numbers:
        total = total + number
    sums[name] = total.item()
    print(f"{name:7} {sums[name]:.6f}")
# > front   500.924744
# > back    500.925079
# > sorted  500.925018
exact = draws.double().sum().item()
print(f"float64 {exact:.6f}")
# > float64 500.924847
assert len(set(sums.values())) > 1
assert all(abs(value / exact - 1) < 5e-6 for value in sums.values())

# %% [markdown] lang="ko"
# 네 값은 앞의 다섯 자리까지 같고 그다음 자리부터 달라집니다. 이 가운데 틀린 값은 없으며, 반올림이 다르게 일어났을 뿐입니다.
#
# CPU가 쓰는 벡터 명령이나 스레드(thread)의 수가 다르거나 GPU를 쓰면, 더하는 순서가 바로 이렇게 달라집니다. 코드와 시드가 같은데도 끝자리가 다르다면 먼저 더하는 순서를 의심해야 합니다.

# %% [markdown] lang="en"
# The four values agree in the first five digits and part ways after that. None of them is wrong; they were rounded differently.
#
# Other vector instructions of the CPU, another number of threads, or a GPU change exactly this order. If code and seed are the same and the last digits differ, suspect this order first.

# %% [markdown] lang="ko"
# 그렇다면 모든 계산을 float64로 하면 해결될까요? 이번에는 순서를 바꾼 두 합을 float64로 구하고, 소수점 아래 여섯 자리까지 출력해 봅니다.

# %% [markdown] lang="en"
# Would float64 throughout solve this? Add in two orders in float64, and print six decimals.

# %% anchor="float64_sums"
wide = draws.double()
forward, backward = (
    sum(numbers.tolist()) for numbers in (wide, wide.flip(0))
)
print(f"{forward:.6f} {backward:.6f}")
# > 500.924847 500.924847
assert abs(forward - backward) < 1e-10
assert torch.tensor(forward).float() == torch.tensor(backward).float()

# %% [markdown] lang="ko"
# float64의 눈금은 훨씬 촘촘해서 소수점 아래 여섯 자리가 모두 같습니다. 그렇지만 신경망은 보통 float32로 학습합니다. 모든 계산을 느린 float64로 바꾸기보다는, 결과를 믿을 수 있는 자릿수까지만 적는 편이 낫습니다.

# %% [markdown] lang="en"
# Six decimals agree, since the grid of float64 is far finer. Yet networks are usually trained in float32. Rather than turning everything into slow float64, quote only the digits that can be trusted.

# %% [markdown] lang="ko"
# ## 난수 함수는 어디까지 믿을 수 있을까 { #draws }
#
# 난수도 CPU에 따라 달라질 수 있습니다. 이 튜토리얼을 만들면서 CPU의 명령어 경로를 바꾸어 가며 비교해 보니, `torch.rand`, `torch.randint`, `torch.randperm`은 비트 단위로 똑같았지만, 두 가지는 달라졌습니다. 하나는 **원소가 16개 이상인 float32** `torch.randn`입니다. 다른 하나는 `nn.Linear`의 초기 가중치로, 입력의 수가 4의 거듭제곱이 아니면 절반쯤이 마지막 비트에서 달라졌습니다. 균등분포에서 뽑은 난수를 정해진 범위로 늘릴 때 반올림이 달라지기 때문입니다.
#
# 16개가 경계라는 사실은 컴퓨터 한 대에서도 확인할 수 있습니다. 같은 시드로 15개를 뽑은 결과와 16개를 뽑은 결과의 앞부분을 비교해 봅시다.

# %% [markdown] lang="en"
# ## How far to trust each draw { #draws }
#
# Random numbers can depend on the CPU, too. While making this course, we compared results under different CPU vector instruction sets: `torch.rand`, `torch.randint`, and `torch.randperm` stayed the same to the bit. Two results did not. One was `torch.randn` **in float32 with 16 or more elements**. The other was the initial weights of `nn.Linear`, about half of which changed in the last bits, unless the number of inputs was a power of 4: they are uniform numbers stretched to a range, and that is rounded differently.
#
# You can see the threshold of 16 even on a single computer. Take the same seed, draw 15 and then 16 numbers, and compare the first few.

# %%
for dtype in (torch.float32, torch.float64):
    fifteen, sixteen = (
        torch.randn(
            n, generator=torch.Generator().manual_seed(0), dtype=dtype
        )
        for n in (15, 16)
    )
    same = torch.isclose(fifteen, sixteen[:15]).sum().item()
    print(f"{str(dtype):13} randn(15) and randn(16) share {same} of 15")
# > torch.float32 randn(15) and randn(16) share 0 of 15
# > torch.float64 randn(15) and randn(16) share 0 of 15
fifteen, sixteen = (
    torch.rand(n, generator=torch.Generator().manual_seed(0))
    for n in (15, 16)
)
assert torch.equal(fifteen, sixteen[:15])

# %% [markdown] lang="ko"
# `torch.rand`는 더 많이 뽑아도 앞부분이 그대로이지만, `torch.randn`은 원소가 16개 이상이면 다른 방법으로 뽑습니다. float32라면 이때 로그와 코사인을 벡터 명령으로 계산하므로, 결과의 끝자리가 CPU의 명령어 경로에 따라 달라집니다. 이런 차이를 피하기 위해 이 튜토리얼에서는 정규분포(normal distribution)를 따르는 난수를 float64로 뽑은 다음 float32로 바꿉니다.

# %% [markdown] lang="en"
# With `torch.rand`, drawing more leaves the beginning as it was. From 16 elements on, `torch.randn` draws by another method. In float32, that method computes logarithms and cosines with vector instructions, so the last digits depend on which instructions the CPU uses. This course therefore draws normal numbers in float64 and casts them to float32.

# %%
generator = torch.Generator().manual_seed(0)
noise = torch.randn(16, generator=generator, dtype=torch.float64).float()
print(noise[:4])
# > tensor([-2.3104, -0.3733, -1.0608,  0.9995])
print(noise.dtype)
# > torch.float32

# %% [markdown] lang="ko"
# ## 같은 학습인지 확인하기 { #same-training }
#
# 두 실행이 정말 같은지 알려면 손실의 몇 자리가 아니라 모든 매개변수(parameter)를 비교해야 합니다. 그래서 `state_dict()`에 든 텐서(tensor)를 `torch.equal()`로 하나씩 비교합니다. 모델 하나를 복사해 두 번 학습시키고 결과를 확인해 봅시다.

# %% [markdown] lang="en"
# ## Is it the same training? { #same-training }
#
# A few digits of the loss cannot tell whether two runs are really the same; all parameters together can. Compare the tensors of `state_dict()` one by one with `torch.equal()`. Copy one model and train it twice.


# %%
def train(model, num_updates=100, lr=0.1):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(num_updates):
        loss = F.cross_entropy(model(x), target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


def same(a, b):
    a, b = a.state_dict(), b.state_dict()
    return a.keys() == b.keys() and all(
        torch.equal(a[name], b[name]) for name in a
    )


# %%
_ = torch.manual_seed(1)
start = nn.Linear(3, 3)
once, twice = (train(copy.deepcopy(start)) for _ in range(2))
other = train(nn.Linear(3, 3))
print("copies of one start: ", same(once, twice))
# > copies of one start:  True
print("two different starts:", same(once, other))
# > two different starts: False
assert not same(start, once)

# %% [markdown] lang="ko"
# 같은 출발점에서 학습한 두 모델은 비트 단위로 똑같습니다. 이때 `copy.deepcopy()`를 빠뜨리면 두 번째 학습이 첫 번째 학습을 마친 지점에서 시작하므로 주의해야 합니다.
#
# 그렇다면 끝자리의 작은 차이는 학습하는 동안 어떻게 변할까요? 가중치(weight) 하나를 바로 다음 눈금으로 옮긴 모델을 만들어 다시 학습시켜 봅시다.

# %% [markdown] lang="en"
# Two models trained from the same start agree to the bit. Mind the `copy.deepcopy()`: without it the second training begins where the first one ended.
#
# What becomes of a small difference in the last digit during training? Move a single weight by one point of the grid, and train again.

# %%
nudged = copy.deepcopy(start)
with torch.no_grad():
    nudged.weight[0, 0] = torch.nextafter(
        nudged.weight[0, 0], torch.tensor(torch.inf)
    )
gaps = {}
for lr in (0.1, 0.3):
    a, b = (train(copy.deepcopy(model), lr=lr) for model in (start, nudged))
    gaps[lr] = (a.weight - b.weight).abs().max().item()
    print(
        f"lr {lr}  same to the bit: {same(a, b)}  "
        f"within 1e-5: {gaps[lr] < 1e-5}"
    )
# > lr 0.1  same to the bit: False  within 1e-5: True
# > lr 0.3  same to the bit: False  within 1e-5: False
assert gaps[0.3] > 1000 * gaps[0.1] > 0

# %% [markdown] lang="ko"
# 학습률이 0.1이면 차이가 눈금 몇 개 정도에 머물지만, 손실이 튀는 0.3에서는 그 1,000배 넘게 벌어집니다. 눈금 하나의 차이가 갱신 100번 만에 서로 다른 모델을 만든 것입니다. 학습률이 얼마부터 손실이 튀는지는 [학습률](learning_rate.md#sweep)에서 확인합니다.
#
# 드롭아웃과 배치 정규화(batch normalization)를 쓰는 긴 학습에서도 이런 차이가 커지므로, 그런 학습의 출력에는 값이 얼마까지 달라져도 되는지를 나타내는 허용 오차를 함께 적어 둡니다.

# %% [markdown] lang="en"
# With a learning rate of 0.1, the difference stays at a few points of the grid. At 0.3, where the loss bounces, it grows more than a thousandfold: one point of the grid has become another model within 100 updates. At which rates the loss bounces is measured in [learning rate](learning_rate.md#sweep).
#
# In long training with dropout and batch normalization, differences grow as well. The outputs of such runs come with a tolerance: how far a value may differ.

# %% [markdown] lang="ko"
# ## 결정적 알고리즘 { #deterministic }
#
# 몇몇 연산은 같은 컴퓨터에서도 실행할 때마다 더하는 순서가 달라질 수 있으며, 특히 GPU에서 그런 일이 많습니다. `torch.use_deterministic_algorithms(True)`를 호출하면 PyTorch가 결정적인 방법을 선택하고, 그런 방법이 없는 연산에서는 오류를 냅니다.

# %% [markdown] lang="en"
# ## Deterministic algorithms { #deterministic }
#
# Some operations may add in a different order from run to run, even on one computer, mostly on GPUs. `torch.use_deterministic_algorithms(True)` makes PyTorch choose deterministic methods and raise an error where there is none.

# %%
print("default:", torch.are_deterministic_algorithms_enabled())
# > default: False
torch.use_deterministic_algorithms(True)
print("now:    ", torch.are_deterministic_algorithms_enabled())
# > now:     True
strict = train(copy.deepcopy(start))
torch.use_deterministic_algorithms(False)
assert same(strict, once)

# %% [markdown] lang="ko"
# 이 작은 모델을 CPU에서 학습시킨 결과는 설정을 켜든 끄든 비트 단위로 똑같습니다. 설정을 켜면 계산이 느려질 수 있으므로 필요할 때만 켭니다.
#
# !!! note "PyTorch가 약속하지 않는 것"
#     버전(release)이나 플랫폼이 다르거나 한쪽은 CPU, 다른 쪽은 GPU라면, PyTorch는 시드가 같더라도 같은 결과를 보장하지 않습니다. 이 점은 공식 [재현성 문서](https://docs.pytorch.org/docs/stable/notes/randomness.html)에 명시되어 있습니다.
#     이 문서에 따르면 파이썬의 `random`과 NumPy의 시드, `DataLoader`의 `worker_init_fn`과 `generator`도 따로 정해야 하며, GPU에서는 `torch.backends.cudnn.benchmark`와 `CUBLAS_WORKSPACE_CONFIG`까지 설정해야 합니다.
#     난수를 쓰는 코드를 `with torch.random.fork_rng():`로 감싸면 공유 생성기의 상태가 원래대로 돌아오며, GPU의 생성기도 마찬가지입니다.

# %% [markdown] lang="en"
# This small run on a CPU gives the same result to the bit with the switch on or off. The switch can slow things down, so use it only where it is needed.
#
# !!! note "What PyTorch does not promise"
#     Across releases and platforms, and between CPU and GPU, PyTorch promises no identical results, even with the same seed. Its [note on reproducibility](https://docs.pytorch.org/docs/stable/notes/randomness.html) says so.
#     By the same note, the seeds of Python's `random` and of NumPy, `worker_init_fn` and `generator` of a `DataLoader`, and on a GPU `torch.backends.cudnn.benchmark` and `CUBLAS_WORKSPACE_CONFIG` have to be set as well.
#     After a block of code, `with torch.random.fork_rng():` puts the shared generators back, those of GPUs as well.

# %% [markdown] lang="ko"
# ## 이 사이트의 검사 { #this-site }
#
# 레슨의 출력은 스레드를 하나만 쓰고 CPU의 명령어 경로를 고정한 상태에서 기록합니다. 같은 환경에서 다시 실행하면 글자 하나까지 같아야 합니다. 다른 환경에서는 단어, 텐서의 모양, 정수가 같아야 하고, 부동소수점 수의 끝자리만 다를 수 있습니다. 어떤 환경에서 기록했는지는 각 페이지의 끝에 적혀 있습니다.
#
# 여러분이 얻은 결과를 남길 때도 최소한 다음 정보는 함께 기록해 두는 것이 좋습니다.

# %% [markdown] lang="en"
# ## How this site checks { #this-site }
#
# The outputs of lessons are recorded with one thread and a fixed CPU vector instruction set. On the same setup, running them again must give the same text to the letter. On any other setup, words, shapes, and integers must agree, and only the last digits of floats may differ. The setup used for the recording is given at the bottom of each page.
#
# Write down at least this much next to results of your own.

# %%
report = {
    "torch": torch.__version__.split("+")[0],
    "seed": 1,
    "threads": torch.get_num_threads(),
    "dtype": "float32",
}
print(sorted(report))
# > ['dtype', 'seed', 'threads', 'torch']
assert report["threads"] >= 1

# %% [markdown] lang="ko"
# 시드 하나로 얻은 결과는 우연일 수 있습니다. 시드를 적어 두면 같은 결과를 다시 얻을 수 있지만, 그 결과를 믿으려면 여러 시드로 실행해 보아야 합니다.

# %% [markdown] lang="en"
# A result from a single seed may be luck. A recorded seed lets you repeat the result; to trust it, run several seeds.

# %% [markdown] lang="ko"
# ## 연습 문제 { #exercises }
#
# **1. 방해받지 않는 섞기.** 공유 생성기를 건드리지 않고 0부터 `n - 1`까지의 수를 섞어 보세요. `seed`가 같으면 언제나 같은 순서가 나와야 합니다.
#
# ??? tip "힌트"
#     `torch.randperm`에는 따로 만든 생성기를 `generator`로 넘길 수 있습니다.

# %% [markdown] lang="en"
# ## Exercises { #exercises }
#
# **1. An undisturbed shuffle.** Shuffle 0 to `n - 1` without touching the shared generator. The same `seed` must always give the same order.
#
# ??? tip "Hint"
#     You can pass a generator of your own to `torch.randperm` as `generator`.


# %% exercise="shuffle"
def shuffled(n, seed):
    ### BEGIN SOLUTION
    return torch.randperm(n, generator=torch.Generator().manual_seed(seed))
    ### END SOLUTION


# %% check="shuffle"
before = torch.get_rng_state()
order = shuffled(10, seed=3)
assert isinstance(order, torch.Tensor), f"{order} is not a tensor"
assert order.sort().values.equal(torch.arange(10)), f"n = 10: {order}"
assert torch.equal(torch.get_rng_state(), before), (
    "the shared generator has moved"
)
torch.rand(5)
assert shuffled(10, seed=3).equal(order), "seed 3 gave two orders"
assert not shuffled(10, seed=4).equal(order), "seed 4 gave that of seed 3"
four = shuffled(4, seed=3)
assert four.sort().values.equal(torch.arange(4)), f"n = 4: {four}"
firsts = {tuple(shuffled(10, seed)[:2].tolist()) for seed in range(200)}
assert len(firsts) > 50, f"only {len(firsts)} of 90 pairs at the front"


# %% wrong="shuffle"
# ko: 공유 생성기의 시드를 정했으므로, 같은 생성기를 쓰는 다른 코드의 난수까지 모두 바뀝니다.
# en: It seeds the shared generator, which changes the random numbers of all other code.
def shuffled(n, seed):
    _ = torch.manual_seed(seed)
    return torch.randperm(n)


# %% wrong="shuffle"
# ko: 주어진 시드를 쓰지 않기 때문에 함수를 호출할 때마다 순서가 달라집니다.
# en: It ignores the seed, so the order is another one with each call.
def shuffled(n, seed):
    generator = torch.Generator()
    generator.seed()
    return torch.randperm(n, generator=generator)


# %% wrong="shuffle"
# ko: 어떤 수는 두 번 나오고 어떤 수는 빠지므로 섞었다고 할 수 없습니다.
# en: Some numbers come twice and others never, which is no shuffle.
def shuffled(n, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.randint(n, (n,), generator=generator)


# %% wrong="shuffle"
# ko: 순서를 통째로 돌리기만 하므로, 이웃한 수는 언제나 이웃으로 남습니다.
# en: It only rotates the whole row, so neighbors always stay neighbors.
def shuffled(n, seed):
    return torch.arange(n).roll(seed)


# %% right="shuffle"
def shuffled(n, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.rand(n, generator=generator).argsort()


# %% [markdown] lang="ko"
# **2. 눈금 재기.** 1,000,000에서 바로 다음 float32까지의 간격을 구해 보세요. 실행하기 전에, 그 간격이 1에서 다음 수까지의 간격인 $2^{-23}$의 몇 배쯤일지 먼저 예상해 보세요.
#
# ??? tip "힌트"
#     1,000,000은 $2^{19}$과 $2^{20}$ 사이에 있으며, 간격은 2의 거듭제곱을 지날 때마다 두 배가 됩니다.

# %% [markdown] lang="en"
# **2. Measure the grid.** Find the gap from 1,000,000 to the next float32. Before you run anything, guess how many times as wide it is as the gap at 1, which is $2^{-23}$.
#
# ??? tip "Hint"
#     1,000,000 lies between $2^{19}$ and $2^{20}$, and the gap doubles at each power of 2.

# %% exercise="grid_gap"
### BEGIN SOLUTION
# 2**19 * 2**-23
grid_gap = 2**-4
### END SOLUTION

# %% check="grid_gap"
million = torch.tensor(1e6, dtype=torch.float32)
gap = (torch.nextafter(million, torch.tensor(torch.inf)) - million).item()
assert isinstance(grid_gap, (int, float)), f"{grid_gap!r} is not a number"
assert abs(grid_gap - gap) < 1e-4, f"{grid_gap} is not the gap"

# %% wrong="grid_gap"
# ko: 간격은 값에 비례하지 않으며, 값이 2의 거듭제곱을 지날 때만 두 배로 커집니다.
# en: The gap is not proportional to the value; it doubles only at powers of 2.
grid_gap = 1e6 * 2**-23

# %% wrong="grid_gap"
# ko: 1에서의 간격인데, 눈금은 수가 클수록 넓어집니다.
# en: This is the gap at 1, but the grid widens as numbers grow.
grid_gap = 2**-23

# %% wrong="grid_gap"
# ko: 값보다 큰 2의 거듭제곱 $2^{20}$에 맞추었으므로 간격이 두 배가 되었습니다.
# en: This takes $2^{20}$, the power of 2 above the value, so the gap comes out twice as large.
grid_gap = 2**-3

# %% [markdown] lang="ko"
# **3. 흔적을 남기지 않는 함수.** 시드를 `seed`로 정한 상태에서 `fn()`을 실행해 그 결과를 돌려주는 함수를 작성해 보세요. 단, 실행이 끝난 뒤에는 아무 일도 없었던 것처럼 공유 생성기의 난수열이 이어져야 합니다. `fn()`에서 오류가 나더라도 마찬가지입니다.
#
# ??? tip "힌트"
#     `try`의 `finally`에 적은 코드는 `try` 안에서 오류가 나더라도 실행됩니다.

# %% [markdown] lang="en"
# **3. Leave no trace.** Run `fn()` under the given `seed` and return its result, leaving the shared generator as if nothing had happened, even if `fn()` raises an error.
#
# ??? tip "Hint"
#     The `finally` block of a `try` runs even if the code above it raises an error.


# %% exercise="no_trace"
def with_seed(seed, fn):
    ### BEGIN SOLUTION
    state = torch.get_rng_state()
    try:
        _ = torch.manual_seed(seed)
        return fn()
    finally:
        torch.set_rng_state(state)
    ### END SOLUTION


# %% check="no_trace"
_ = torch.manual_seed(5)
expected = torch.rand(3)
_ = torch.manual_seed(5)
inside = with_seed(1, lambda: F.dropout(torch.ones(8), p=0.5))
assert isinstance(inside, torch.Tensor), "the result of fn() is lost"
assert torch.equal(torch.rand(3), expected), (
    "the shared generator has moved"
)
again = with_seed(1, lambda: F.dropout(torch.ones(8), p=0.5))
assert torch.equal(inside, again), "seed 1 gave two results"
_ = torch.manual_seed(7)
seven = torch.rand(2)
assert torch.equal(with_seed(7, lambda: torch.rand(2)), seven), (
    "that is not what seed 7 gives"
)


def fails():
    raise ValueError


before, after = torch.get_rng_state(), None
try:
    with_seed(1, fails)
except ValueError:
    after = torch.get_rng_state()
assert after is not None, "the error of fn() is lost"
assert torch.equal(after, before), "a trace after an error"


# %% wrong="no_trace"
# ko: 공유 생성기의 상태를 되돌려 놓지 않아, 이 함수를 호출한 뒤에 뽑는 난수가 달라집니다.
# en: It does not put the shared generator back.
def with_seed(seed, fn):
    _ = torch.manual_seed(seed)
    return fn()


# %% wrong="no_trace"
# ko: 상태를 되돌리기만 하고 시드를 정하지 않았기 때문에 `fn()`의 결과가 호출하는 시점에 따라 달라집니다.
# en: It puts the generator back but never seeds it, so what `fn()` gives depends on the moment.
def with_seed(seed, fn):
    state = torch.get_rng_state()
    try:
        return fn()
    finally:
        torch.set_rng_state(state)


# %% wrong="no_trace"
# ko: `fn()`에서 오류가 나면 그 자리에서 끝나므로, 공유 생성기의 상태를 되돌리지 못합니다.
# en: If `fn()` raises an error, the state is never restored.
def with_seed(seed, fn):
    state = torch.get_rng_state()
    _ = torch.manual_seed(seed)
    value = fn()
    torch.set_rng_state(state)
    return value


# %% wrong="no_trace"
# ko: `fn()`은 따로 만든 생성기를 쓰지 않고, 시드를 정하지 않은 공유 생성기에서 난수를 뽑습니다.
# en: `fn()` does not use the separate generator; it draws from the shared one, which was never seeded.
def with_seed(seed, fn):
    _ = torch.Generator().manual_seed(seed)
    return fn()


# %% right="no_trace"
def with_seed(seed, fn):
    with torch.random.fork_rng(devices=[]):
        _ = torch.manual_seed(seed)
        return fn()


# %% [markdown] lang="ko"
# **4. 멈추는 계수기.** 0에서 시작하는 float32 변수에 1씩 더하면, 어느 순간부터는 1을 더해도 값이 달라지지 않습니다. 이 계수기는 어떤 수에서 멈출까요? 반복문을 2천만 번 돌리지 말고 구해 보세요.
#
# ??? tip "힌트"
#     이웃한 수와의 간격이 2가 되면, 1을 더한 값은 두 수의 정확히 가운데에 놓여 짝수 쪽으로 반올림됩니다.

# %% [markdown] lang="en"
# **4. A counter that stops.** A float32 starts at 0 and grows by 1, until adding 1 changes nothing any more. At which number does this counter stop? Find it without running twenty million rounds.
#
# ??? tip "Hint"
#     Where the gap to the next number is 2, adding 1 lands exactly halfway between two numbers and is rounded to the even one.

# %% exercise="stuck_counter" path="deeper"
### BEGIN SOLUTION
stuck_counter = 2**24
### END SOLUTION

# %% check="stuck_counter"
assert isinstance(stuck_counter, int), f"{stuck_counter!r} is not an int"
counter = torch.tensor(stuck_counter).float()
assert counter.item() == stuck_counter, f"{stuck_counter} is no float32"
assert counter + 1 == counter, f"{stuck_counter} grows"
before = torch.nextafter(counter, torch.tensor(-torch.inf))
assert counter - before == 1, f"it stops before {stuck_counter}"

# %% wrong="stuck_counter"
# ko: 이 수에서는 이웃한 수와의 간격이 1이므로 계수기가 아직 늘어납니다. 간격이 2가 되는 곳까지 가야 멈춥니다.
# en: Here the gap is 1, so the counter still grows; it stops only where the gap is 2.
stuck_counter = 2**23

# %% wrong="stuck_counter"
# ko: int32로 셀 수 있는 가장 큰 수이지만, float32는 그보다 훨씬 먼저 정수를 하나씩 나타내지 못합니다.
# en: This is the largest int32, but a float32 fails to hold every whole number long before that.
stuck_counter = 2**31 - 1

# %% [markdown] lang="ko"
# ## 퀴즈 { #quiz }
#
# ??? question "1. 맨 위에서 시드를 한 번 정했습니다. 실험 A의 코드를 고치면 그 아래 실험 B의 결과도 바뀔까요?"
#     - [x] 네, A가 쓰는 난수에 따라 바뀝니다: A가 뽑는 난수의 개수가 달라지면 B는 난수열의 다른 곳에서 시작합니다. 실험마다 생성기를 따로 두면 영향을 받지 않습니다.
#     - [ ] 아니요, 시드가 같으니 그대로입니다: 시드가 같으면 난수열은 같지만, 시드는 출발점만 정합니다. B가 그 난수열을 어디서부터 쓰는지는 앞의 코드에 달려 있습니다.
#     - [ ] 아니요, B의 코드는 그대로입니다: 코드만 보면 그렇지만, B는 A가 남긴 생성기의 상태도 이어받습니다.
#
# ??? question "2. 두 컴퓨터의 손실이 일곱째 자리에서 다릅니다. 버그일까요?"
#     - [ ] 네, 같은 코드는 같은 값을 냅니다: 수학에서는 그렇지만, 부동소수점의 덧셈은 더하는 순서에 따라 마지막 자리가 달라집니다.
#     - [ ] 아니요, 부동소수점은 늘 다릅니다: 값이 조금씩 다를 수는 있지만, 얼마나 다르든 괜찮은 것은 아닙니다. 셋째 자리가 다르면 이유를 찾아야 합니다.
#     - [x] 아니요, float32라면 흔한 일입니다: 더하는 순서가 다르면 이 자리쯤부터 숫자가 달라지기 시작합니다.
#
# ??? question "3. 시드를 바꾸어 가며 실행한 뒤 가장 좋은 결과만 보고했습니다. 시드도 함께 적었으니 괜찮을까요?"
#     - [ ] 네, 누구나 재현할 수 있습니다: 재현할 수 있는 것은 맞지만, 시드를 고르는 것도 선택이므로 재현된다고 해서 믿을 만한 것은 아닙니다.
#     - [x] 아니요, 여러 시드의 평균을 적습니다: 여럿 가운데 고른 가장 좋은 값은 늘 실제보다 좋아 보이므로, 평균과 함께 흩어진 정도까지 적어야 합니다.
#     - [ ] 아니요, 시드를 쓰지 않아야 합니다: 시드를 고르지 않으려는 뜻은 좋지만, 시드가 없으면 아무도 다시 확인할 수 없습니다.

# %% [markdown] lang="en"
# ## Quiz { #quiz }
#
# ??? question "1. A seed is set once at the top. You edit experiment A. Can the result of experiment B below it change?"
#     - [x] Yes, with the random numbers A uses: If A draws more or fewer of them, B begins elsewhere in the sequence. With a generator for each experiment, B does not change.
#     - [ ] No, the seed is the same as before: One seed gives one sequence, but it fixes only the beginning. Where B starts in it is up to the code before.
#     - [ ] No, the code of B is as before: Its code is, but B also inherits the state of the generator that A leaves behind.
#
# ??? question "2. The losses of two computers differ in the seventh digit. Is it a bug?"
#     - [ ] Yes, the same code gives the same value: On paper it does, but in floating point the last digits of a sum depend on the order of the additions.
#     - [ ] No, floating point always differs: It may differ a little, but that does not excuse everything. A difference in the third digit needs an explanation.
#     - [x] No, with float32 it often happens: With another order of additions, results begin to differ at about that digit.
#
# ??? question "3. You tried many seeds and report the best result, along with its seed. Is that fine?"
#     - [ ] Yes, anybody can repeat it: It can be repeated, but that does not make it believable. Picking a seed is a choice as well.
#     - [x] No, report the mean of many seeds: The best of many always looks better than it is, so give the mean and how far the results spread.
#     - [ ] No, no seed should be set: Not picking a seed is a good intention, but without one nobody can check the result.

# %% [markdown] lang="ko"
# ## 정리 { #summary }
#
# - 시드는 난수열의 출발점만 정합니다. 중간에 난수를 하나 더 뽑기만 해도 다음 모델의 첫 손실이 1.280268에서 2.054054로 바뀌었습니다.
# - 실험마다 `torch.Generator()`를 따로 두면 서로 방해하지 않습니다. 층 안에서 뽑는 난수에는 생성기를 넘길 수 없으므로 공유 생성기의 상태를 저장했다가 되돌립니다.
# - float32에는 일곱 자리쯤만 담기며, 많은 수를 더한 합은 더하는 순서에 따라 그보다 앞선 자리부터 달라질 수 있습니다. 두 결과가 같은지는 모든 매개변수를 비교해서 확인합니다.
# - 결과와 함께 버전, 시드, 스레드 수, 자료형을 적어 두고, 여러 시드로 실행해 봅니다.

# %% [markdown] lang="en"
# ## What we saw { #summary }
#
# - A seed fixes only where the sequence begins. One extra draw moved the next model's first loss from 1.280268 to 2.054054.
# - With a `torch.Generator()` for each experiment, none disturbs another. For draws inside layers, save the state and put it back.
# - A float32 holds about seven digits, and in a long sum even fewer can be trusted, because the last ones change with the order of additions. Compare all parameters to see whether two results are the same.
# - Note release, seed, number of threads, and dtype next to a result, and run several seeds.

# %% [markdown] lang="ko"
# ## 참고 자료 { #references }
#
# - PyTorch 문서: [재현성](https://docs.pytorch.org/docs/stable/notes/randomness.html), [수치 정확도](https://docs.pytorch.org/docs/stable/notes/numerical_accuracy.html), [`torch.Generator`](https://docs.pytorch.org/docs/stable/generated/torch.Generator.html), [`torch.use_deterministic_algorithms`](https://docs.pytorch.org/docs/stable/generated/torch.use_deterministic_algorithms.html)
# - D. Goldberg, [What Every Computer Scientist Should Know About Floating-Point Arithmetic](https://doi.org/10.1145/103162.103163), 1991. 반올림과 부동소수점의 눈금을 다룬 고전입니다.
# - X. Bouthillier 외, [Accounting for Variance in Machine Learning Benchmarks](https://arxiv.org/abs/2103.03098), 2021. 시드와 데이터 분할이 결과를 얼마나 바꾸는지 측정했습니다.

# %% [markdown] lang="en"
# ## References { #references }
#
# - PyTorch documentation: [Reproducibility](https://docs.pytorch.org/docs/stable/notes/randomness.html), [Numerical accuracy](https://docs.pytorch.org/docs/stable/notes/numerical_accuracy.html), [`torch.Generator`](https://docs.pytorch.org/docs/stable/generated/torch.Generator.html), [`torch.use_deterministic_algorithms`](https://docs.pytorch.org/docs/stable/generated/torch.use_deterministic_algorithms.html)
# - D. Goldberg, [What Every Computer Scientist Should Know About Floating-Point Arithmetic](https://doi.org/10.1145/103162.103163), 1991. The classic on rounding and on the grid of numbers.
# - X. Bouthillier et al., [Accounting for Variance in Machine Learning Benchmarks](https://arxiv.org/abs/2103.03098), 2021. How much seeds and data splits move results.
