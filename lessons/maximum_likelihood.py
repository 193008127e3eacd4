# ---
# needs: [cross_entropy]
# ---

# %% [markdown] lang="ko"
# # 최대 가능도 추정: 손실 함수의 뿌리 { #maximum-likelihood }
#
# BCE와 MSE, 교차 엔트로피(cross entropy)는 모두 "관측한 데이터를 가장 그럴듯하게 만드는 값은 무엇일까?"라는 물음에서 나옵니다. 동전을 10번 던지는 데서 출발해 손실을 유도하고, 과적합과 규제까지 이어 갑니다.
#
# 손실 함수(loss function)는 목록에서 골라 쓰는 부품처럼 보이지만, 그 뿌리는 하나입니다. 데이터가 어떤 확률분포(probability distribution)에서 나왔는지 가정하면 손실은 저절로 정해지며, 그 가정을 알면 손실이 언제 맞지 않는지도 알 수 있습니다. 또한 표본(sample)이 작을 때 과적합(overfitting)이 생기는 이유와 규제(regularization)가 하는 일도 같은 관점에서 이해할 수 있습니다.
#
# !!! abstract "학습 목표"
#     - 데이터의 가능도(likelihood)를 식과 코드로 쓰고, 확률과 구별합니다.
#     - 베르누이분포, 정규분포, 범주형 분포에서 BCE, MSE, 교차 엔트로피를 유도합니다.
#     - 작은 표본에서 최대 가능도 추정이 과적합하는 이유와, 그 정도를 정하는 요인을 설명합니다.
#     - 최대 사후 확률 추정(MAP)을 "손실에 벌점을 더한 것"으로 이해합니다.

# %% [markdown] lang="en"
# # Maximum likelihood: where losses come from { #maximum-likelihood }
#
# BCE, MSE, and cross entropy answer one question: what makes the data we saw most likely? Start from ten coin flips and end at overfitting and penalties.
#
# Loss functions look like parts to be picked from a catalog, yet they share one root. Assume that the data came from some probability distribution, and the loss follows. Once you know the root, you also know when a loss is the wrong one, why a small sample leads to overfitting, and what regularization adds.
#
# !!! abstract "What you will be able to do"
#     - Write the likelihood of data as a formula and as code, and tell it from a probability.
#     - Derive BCE, MSE, and cross entropy from the Bernoulli, Gaussian, and categorical distributions.
#     - Explain why maximum likelihood overfits small samples, and what decides by how much.
#     - Read maximum a posteriori (MAP) estimation as a penalty added to the loss.

# %%
import math

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

# %% [markdown] lang="ko"
# ## 동전 10번 { #coin }
#
# 찌그러진 동전을 10번 던졌더니 앞면이 7번 나왔습니다. 이 동전에서 앞면이 나올 확률 $\theta$는 얼마일까요?
#
# 거꾸로 생각해 봅시다. 만약 $\theta$를 안다면 이 결과가 나올 확률을 계산할 수 있습니다. 동전 던지기는 서로 독립이므로, 앞면이면 $\theta$를, 뒷면이면 $1-\theta$를 차례로 곱하면 됩니다.
#
# $$
# L(\theta) = \prod_{i=1}^{10} p(y_i \mid \theta) = \theta^7 (1-\theta)^3
# $$
#
# 이 식에서 데이터를 고정하고 $\theta$를 바꾸어 가며 볼 때, 그 값을 **가능도**(likelihood)라고 하며 우도라고도 합니다. 후보 셋을 넣어 값을 비교해 봅시다.

# %% [markdown] lang="en"
# ## Ten flips { #coin }
#
# A bent coin is flipped ten times and shows heads seven times. What is its probability of heads, $\theta$?
#
# Turn the question around. If $\theta$ were known, you could compute the probability of this outcome. The flips are independent, so the probabilities multiply: $\theta$ for each head, $1-\theta$ for each tail.
#
# $$
# L(\theta) = \prod_{i=1}^{10} p(y_i \mid \theta) = \theta^7 (1-\theta)^3
# $$
#
# With the data fixed and $\theta$ free to vary, this value is called the **likelihood**. Try three candidates.

# %%
# ko: 1은 앞면, 0은 뒷면
# en: 1 is heads, 0 is tails
flips = torch.tensor([1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0])


def likelihood(theta):
    return torch.where(flips == 1, theta, 1 - theta).prod()


for theta in (0.5, 0.7, 0.9):
    print(f"theta = {theta}  likelihood = {likelihood(theta):.6f}")
# > theta = 0.5  likelihood = 0.000977
# > theta = 0.7  likelihood = 0.002224
# > theta = 0.9  likelihood = 0.000478
assert torch.isclose(likelihood(0.7), torch.tensor(0.7**7 * 0.3**3))

# %% [markdown] lang="ko"
# 0.5에서 가능도는 0.000977입니다. 이 값은 1을 $2^{10} = 1024$로 나눈 것이므로 손으로도 확인할 수 있습니다. 0.7에서는 0.002224로 두 배가 넘지만, 0.9에서는 다시 0.000478로 떨어집니다. 따라서 셋 가운데 0.7이 데이터를 가장 그럴듯하게 만듭니다.
#
# 이렇게 가능도가 가장 큰 값을 답으로 삼는 방법을 **최대 가능도 추정**(maximum likelihood estimation, MLE)이라고 하며, 최대우도추정이라고도 합니다. 이번에는 가능도의 곡선 전체를 그려 봅시다.

# %% [markdown] lang="en"
# At 0.5 the likelihood is 0.000977; that is 1 divided by $2^{10} = 1024$, so you can check it by hand. At 0.7 it is 0.002224, more than twice as much, and at 0.9 it drops to 0.000478. Of the three, 0.7 makes the data most likely.
#
# Taking the value with the largest likelihood as the answer is called **maximum likelihood estimation** (MLE). Here is the whole curve.

# %% figure="likelihood_curve"
theta = torch.linspace(0, 1, 201)
fig, ax = plt.subplots()
ax.plot(theta, theta**7 * (1 - theta) ** 3, color="C0")
ax.plot([0.5, 0.7], [likelihood(0.5), likelihood(0.7)], "o", color="C1")
ax.text(0.47, likelihood(0.5), "fair coin", ha="right")
ax.text(0.74, likelihood(0.7), "peak", ha="left", va="center")
ax.set_xlabel("probability of heads θ")
ax.set_ylabel("likelihood")
ax.set_yticks([0, 0.001, 0.002])

# %% [markdown] lang="ko" caption="likelihood_curve"
# 앞면이 10번 중 7번 나오면 가능도는 0.7에서 가장 높습니다.
#
# 가로축은 앞면이 나올 확률 θ로 0에서 1까지이고, 세로축은 가능도입니다. 곡선은 θ가 0.2일 때까지 거의 0에 붙어 있다가 점점 올라가, 공정한 동전인 0.5에서 0.000977을 지납니다. 그리고 0.7에서 봉우리인 0.002224에 이른 뒤 빠르게 떨어져 1에서 0이 됩니다.
#
# - fair coin: 공정한 동전
# - peak: 봉우리
# - probability of heads θ: 앞면이 나올 확률 θ
# - likelihood: 가능도

# %% [markdown] lang="en" caption="likelihood_curve"
# With seven heads in ten flips, the likelihood peaks at 0.7.
#
# The horizontal axis is the probability of heads θ from 0 to 1, the vertical axis the likelihood. The curve stays near zero up to θ = 0.2, rises through 0.000977 at the fair coin, θ = 0.5, reaches its peak of 0.002224 at 0.7, and falls quickly to 0 at θ = 1.


# %% lab="maximum_likelihood"
# ko: 웹에서 이 그림을 움직이면 나오는 값입니다. `state`를 바꾸어 불러 보세요.
# en: What the lab in this figure's place computes: change its `state`.
def maximum_likelihood_lab(state):
    n = math.floor(state["flips"] + 0.5)
    heads = math.floor(state["share"] * n + 0.5)
    theta = torch.arange(1, 200, dtype=torch.float64) / 200

    def part(h, t):
        peak = torch.tensor(
            h / (h + t) if h + t else 0.5, dtype=torch.float64
        )
        curve = torch.special.xlogy(h, theta) + torch.special.xlogy(
            t, 1 - theta
        )
        top = torch.special.xlogy(h, peak) + torch.special.xlogy(
            t, 1 - peak
        )
        return {"peak": peak, "curve": (curve - top).exp()}

    likelihood, before = (
        part(heads, n - heads),
        part(state["prior"], state["prior"]),
    )
    posterior = part(heads + state["prior"], n - heads + state["prior"])
    fair = likelihood["curve"][99].item()
    answered = 0.04 < abs(heads / n - 0.5) < 0.06 and fair < 0.1
    found = {
        "heads": heads,
        "likelihood": likelihood,
        "before": before,
        "posterior": posterior,
    }
    return {**found, "fair": fair, "answered": answered}


# %% [markdown] lang="ko" question="maximum_likelihood"
# 앞면의 비율이 60%일 때 공정한 동전의 가능도가 봉우리의 10분의 1보다 작아지려면 몇 번을 던져야 할까요? 55%라면 몇 번일까요? 횟수를 늘려 가며 찾아보세요.
#
# 60%일 때는 115번이면 되지만 55%일 때는 460번쯤 던져야 합니다. 즉, 치우침이 절반으로 줄면 네 배쯤 던져야 합니다. 가능도의 비에 로그를 취한 값이 횟수에 비례하고 치우침의 제곱에도 거의 비례하기 때문입니다.
#
# - number of flips: 던진 횟수
# - share of heads: 앞면의 비율
# - heads and tails, each seen so often before: 미리 나왔다고 치는 앞면과 뒷면의 횟수
# - Curves of likelihood, prior, and posterior over the probability of heads, each scaled to a peak of 1: 앞면이 나올 확률에 따른 가능도, 사전분포, 사후분포의 곡선(봉우리의 높이는 각각 1)
# - How likely a fair coin is, as a part of the peak, at each number of flips with this share of heads: 앞면의 비율이 이대로일 때, 던진 횟수에 따라 공정한 동전의 가능도를 봉우리로 나눈 값
# - probability of heads θ: 앞면이 나올 확률 θ
# - likelihood: 가능도
# - prior: 사전분포
# - posterior: 사후분포
# - flips: 던진 횟수
# - fair coin / peak: 공정한 동전 / 봉우리
# - {heads} heads in {flips} flips. The likelihood peaks at {peak}, and a fair coin has {fair} of that peak. With the prior, the posterior peaks at {posterior}.: {flips}번 던져 앞면이 {heads}번 나왔습니다. 가능도의 봉우리는 {peak}에 있고, 공정한 동전의 가능도는 봉우리의 {fair}배입니다. 사전분포를 쓰면 사후분포의 봉우리는 {posterior}에 있습니다.

# %% [markdown] lang="en" question="maximum_likelihood"
# With 60% heads, how many flips does it take until a fair coin has less than a tenth of the peak's likelihood? And with 55%? Raise the number of flips to find out.
#
# With 60%, 115 flips will do; with 55% it takes about 460. Half the bias needs four times the flips, because the logarithm of the ratio of likelihoods is proportional to the number of flips and almost to the square of the bias.

# %% [markdown] lang="ko"
# ## 확률분포가 아닌 가능도 { #not-a-distribution .deeper }
#
# 확률과 가능도는 식이 같지만, 무엇을 고정하는지가 다릅니다. $\theta$를 0.7로 고정하고 동전 10번의 결과 1,024가지의 확률을 모두 더하면 얼마일까요? 반대로 데이터를 고정하고 $\theta$로 적분하면 얼마일까요?

# %% [markdown] lang="en"
# ## Likelihood is not a distribution { #not-a-distribution .deeper }
#
# Probability and likelihood are the same formula with different things held fixed. Fix $\theta$ at 0.7 and add up all 1,024 outcomes of ten flips: what is the sum? Fix the data and integrate over $\theta$: what is the area?

# %%
outcomes = torch.cartesian_prod(
    *[torch.tensor([0.0, 1.0])] * 10
)  # (1024, 10)
total = torch.where(outcomes == 1, 0.7, 0.3).prod(dim=1).sum()
print(f"sum over {len(outcomes)} outcomes: {total:.4f}")
# > sum over 1024 outcomes: 1.0000
print(f"outcomes with 7 heads: {(outcomes.sum(dim=1) == 7).sum()}")
# > outcomes with 7 heads: 120
assert torch.isclose(total, torch.tensor(1.0))

grid = torch.linspace(0, 1, 1001, dtype=torch.float64)
area = torch.trapezoid(grid**7 * (1 - grid) ** 3, grid)
print(f"area over theta: {area:.6f} = 1/{1 / area:.0f}")
# > area over theta: 0.000758 = 1/1320
assert abs(1 / area - 1320) < 0.1

# %% [markdown] lang="ko"
# 모든 결과의 확률을 더하면 1이지만, 가능도를 $\theta$로 적분하면 1/1320밖에 되지 않습니다.
#
# !!! warning "가능도를 θ의 확률로 읽지 마세요"
#     $L(0.7)$은 "$\theta$가 0.7일 확률"이 아니라 "$\theta$가 0.7이라면 이 데이터가 나올 확률"입니다. 또한 가능도의 크기 자체에는 의미가 없습니다. 예를 들어 순서를 무시하고 "앞면 7번"의 확률을 쓰면 그런 결과가 120가지이므로 값이 120배가 되지만, 봉우리의 위치는 그대로입니다. 의미가 있는 것은 가능도의 **비**입니다. $\theta$의 확률을 말하려면 사전분포(prior)가 더 필요하며, 사전분포는 [뒤에서](#map) 다룹니다.

# %% [markdown] lang="en"
# Summed over the outcomes, the formula gives 1; integrated over $\theta$, it gives a mere 1/1320.
#
# !!! warning "Do not read the likelihood as a probability of θ"
#     $L(0.7)$ is not "the probability that $\theta$ is 0.7." It is the probability of these data if $\theta$ is 0.7. Nor does its size mean anything: 120 outcomes have seven heads, so the probability of "seven heads" in any order is 120 times as large, with the peak in the same place. What carries meaning is the **ratio** of likelihoods. To speak of the probability of $\theta$ you need one more ingredient, a prior, which comes [later](#map).

# %% [markdown] lang="ko"
# ## 로그를 취하는 이유 { #log }
#
# 동전을 10번만 던져도 가능도는 벌써 0.002224입니다. 2,000번을 던지면 어떻게 될까요? 확률을 그대로 곱한 값과 확률의 로그를 더한 값을 비교해 봅시다.

# %% [markdown] lang="en"
# ## Why take the log { #log }
#
# Ten flips brought us down to 0.002224 already. What about 2,000? Compare the product of the probabilities with the sum of their logs.

# %%
probs = torch.full((2000,), 0.5, dtype=torch.float64)
print(f"product {probs.prod()}  sum of logs {probs.log().sum():.4f}")
# > product 0.0  sum of logs -1386.2944
print(
    f"float32: 149 flips {torch.full((149,), 0.5).prod():.1e}  "
    f"150 flips {torch.full((150,), 0.5).prod()}"
)
# > float32: 149 flips 1.4e-45  150 flips 0.0
assert probs.prod() == 0
assert math.isclose(probs.log().sum(), -2000 * math.log(2))

# %% [markdown] lang="ko"
# !!! warning "곱은 사라지고 합은 남습니다"
#     `float64`로 계산해도 언더플로(underflow) 때문에 곱은 0.0이 됩니다. `float32`라면 동전을 150번만 던져도 이렇게 됩니다. 가능도가 모두 0이면 어떤 값이 더 그럴듯한지 가릴 수 없습니다. 반면 로그의 합은 −1386.2944로 제대로 계산됩니다. 프로그램에서 가능도를 로그로 바꾸어 다루는 이유가 여기에 있습니다.
#
# 로그를 취해도 크기의 순서는 바뀌지 않으므로 봉우리의 위치는 그대로입니다. 또한 곱이 합으로 바뀌므로 미분하기도 쉽습니다. 이 합의 부호를 뒤집고 샘플(example) 수 $n$으로 나누면 **음의 로그 가능도**(negative log-likelihood, NLL)의 평균, 즉 손실이 됩니다.
#
# $$
# \text{loss}(\theta) = -\frac{1}{n} \sum_{i=1}^{n} \log p(y_i \mid \theta)
# $$
#
# 따라서 가능도를 크게 하는 일과 손실을 작게 하는 일은 같습니다. 이제부터는 이 식의 $p$만 다른 분포로 바꾸어 가며 여러 손실을 유도합니다.

# %% [markdown] lang="en"
# !!! warning "The product vanishes, the sum survives"
#     Even in `float64` the product is 0.0: it underflows. In `float32`, 150 flips are enough for that. Once all likelihoods are 0, nothing tells which parameter is better. The sum of logs comes out right, as −1386.2944. That is why programs work with the logs of likelihoods.
#
# The logarithm keeps the order, so the peak stays where it is, and sums are easier to differentiate than products. Flip the sign and divide by the number of examples $n$, and you have the mean **negative log-likelihood** (NLL): the loss.
#
# $$
# \text{loss}(\theta) = -\frac{1}{n} \sum_{i=1}^{n} \log p(y_i \mid \theta)
# $$
#
# Raising the likelihood and lowering this loss are the same thing. From here on, new losses come from swapping the $p$ in this formula.

# %% [markdown] lang="ko"
# ## 동전에서 BCE로 { #bce }
#
# 동전 던지기의 결과는 베르누이분포(Bernoulli distribution)를 따릅니다. 앞면이 $h$번 나오면 로그 가능도(log-likelihood)는 다음과 같이 항 두 개로 쓸 수 있고, 그 도함수가 0이 되는 곳이 답입니다.
#
# $$
# \begin{aligned}
# \log L(\theta) &= h \log \theta + (n-h) \log (1-\theta) \\
# \frac{h}{\theta} - \frac{n-h}{1-\theta} &= 0 \;\Rightarrow\; \hat\theta = \frac{h}{n}
# \end{aligned}
# $$
#
# 여기서는 답이 7/10입니다. 격자 위의 값을 모두 계산해 이 답을 확인하고, 그때의 손실을 PyTorch의 BCE(binary cross entropy)와 비교해 봅시다.

# %% [markdown] lang="en"
# ## From the coin to BCE { #bce }
#
# A coin follows a Bernoulli distribution. With $h$ heads the log-likelihood has two terms, and setting its derivative to zero gives the answer.
#
# $$
# \begin{aligned}
# \log L(\theta) &= h \log \theta + (n-h) \log (1-\theta) \\
# \frac{h}{\theta} - \frac{n-h}{1-\theta} &= 0 \;\Rightarrow\; \hat\theta = \frac{h}{n}
# \end{aligned}
# $$
#
# Here that is 7/10. Check it on a grid of values, and compare the loss there with PyTorch's binary cross entropy (BCE).

# %%
theta = torch.linspace(0.01, 0.99, 99)
nll = -(7 * theta.log() + 3 * (1 - theta).log()) / 10
best = nll.argmin()
print(
    f"theta {theta[best]:.2f}  "
    f"mean NLL {nll[best]:.4f}  fair coin {nll[49]:.4f}"
)
# > theta 0.70  mean NLL 0.6109  fair coin 0.6931
bce = F.binary_cross_entropy(theta[best].expand(10), flips)
assert torch.isclose(theta[best], torch.tensor(0.7))
assert torch.isclose(nll[best], bce)

# %% [markdown] lang="ko"
# 손실은 0.70에서 0.6109로 가장 작고, `F.binary_cross_entropy`도 같은 값을 돌려줍니다. 즉, BCE는 "베르누이분포를 가정한 음의 로그 가능도"에 붙은 이름입니다. 공정한 동전을 가정하면 손실은 $\ln 2$, 즉 0.6931입니다.
#
# 모델은 보통 확률 대신 로짓(logit)을 출력합니다. 로짓 $w$ 하나에 시그모이드(sigmoid)를 적용한 값을 $\theta$로 삼으면, 경사 하강법(gradient descent)으로도 같은 답에 이르는지 확인해 봅시다.

# %% [markdown] lang="en"
# The loss is smallest at 0.70, where it is 0.6109, and `F.binary_cross_entropy` agrees. BCE is the name that the negative log-likelihood goes by when the distribution is Bernoulli. A fair coin has a loss of $\ln 2$, or 0.6931.
#
# Models usually return a logit, not a probability. Let a single logit $w$ pass through a sigmoid to give $\theta$: does gradient descent arrive at the same place?

# %%
w = torch.tensor(0.0, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=1.0)
for step in range(101):
    loss = F.binary_cross_entropy_with_logits(w.expand(10), flips)
    if step in (0, 1, 10, 100):
        print(
            f"step {step:3}  loss {loss.item():.4f}  "
            f"w {w.item():.4f}  theta {w.sigmoid().item():.4f}"
        )
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
# > step   0  loss 0.6931  w 0.0000  theta 0.5000
# > step   1  loss 0.6581  w 0.2000  theta 0.5498
# > step  10  loss 0.6114  w 0.7787  theta 0.6854
# > step 100  loss 0.6109  w 0.8473  theta 0.7000
assert abs(w.item() - math.log(7 / 3)) < 1e-5

# %% [markdown] lang="ko"
# 손실은 0.6931에서 0.6109로 내려가고 $w$는 0.8473에서 멈춥니다. 이 값은 앞면과 뒷면의 비에 로그를 취한 $\ln(7/3)$이며, 시그모이드를 적용하면 0.7000이 됩니다. 입력에 따라 로짓이 달라지게 하면 이 코드는 그대로 로지스틱 회귀(logistic regression)가 됩니다. BCE가 클래스 2개짜리 교차 엔트로피라는 사실은 [앞에서](cross_entropy_in_pytorch.md#binary) 확인했습니다.

# %% [markdown] lang="en"
# The loss goes from 0.6931 to 0.6109, and $w$ settles at 0.8473, the log of the ratio of heads to tails: $\ln(7/3)$. Its sigmoid is 0.7000. Let the logit depend on inputs, and this code is logistic regression. That BCE is cross entropy with two classes was shown [before](cross_entropy_in_pytorch.md#binary).

# %% [markdown] lang="ko"
# ## 봉우리의 폭 { #curvature .deeper }
#
# 10번 중 7번과 1,000번 중 700번은 추정값이 똑같이 0.7이지만, 이 값을 믿을 수 있는 정도는 다릅니다. 그 차이는 봉우리의 폭에서 드러납니다. 봉우리 꼭대기에서 로그 가능도는 포물선과 비슷하고, 포물선이 휜 정도는 다음과 같이 이계도함수로 잴 수 있습니다.
#
# $$
# -\frac{d^2}{d\theta^2} \log L(\theta)\Big|_{\hat\theta} = \frac{n}{\hat\theta(1-\hat\theta)}
# $$
#
# 표본이 충분히 크면, 이 값의 제곱근을 구해 역수를 취한 것이 추정값의 표준오차(standard error)가 됩니다. 이 표준오차를 자동 미분(automatic differentiation)으로 구해 봅시다.

# %% [markdown] lang="en"
# ## The width of the peak { #curvature .deeper }
#
# Seven heads in 10 and 700 heads in 1,000 give the same estimate, 0.7, but not the same confidence. The difference is in the width of the peak. Near its top a log-likelihood looks like a parabola, and the second derivative tells how sharply it bends.
#
# $$
# -\frac{d^2}{d\theta^2} \log L(\theta)\Big|_{\hat\theta} = \frac{n}{\hat\theta(1-\hat\theta)}
# $$
#
# One over the square root of this curvature is the standard error of the estimate, as long as the sample is not too small. Find it by automatic differentiation.


# %%
def log_likelihood(theta, n):
    return n * (0.7 * theta.log() + 0.3 * (1 - theta).log())


for n in (10, 100, 1000):
    curvature = -torch.func.hessian(log_likelihood)(torch.tensor(0.7), n)
    print(
        f"n = {n:4}  curvature {curvature:7.2f}  "
        f"error {curvature**-0.5:.4f}"
    )
    assert torch.isclose(curvature, torch.tensor(n / (0.7 * 0.3)))
# > n =   10  curvature   47.62  error 0.1449
# > n =  100  curvature  476.19  error 0.0458
# > n = 1000  curvature 4761.90  error 0.0145

# %% figure="log_likelihood_width"
theta = torch.linspace(0.01, 0.99, 393)
fig, ax = plt.subplots()
for i, n in enumerate((10, 100, 1000)):
    drop = log_likelihood(theta, n) - log_likelihood(torch.tensor(0.7), n)
    ax.plot(
        theta,
        drop,
        color=f"C{i}",
        linestyle=["-", "--", "-."][i],
        label=f"{n} flips",
    )
    ax.plot(
        theta,
        -n * (theta - 0.7) ** 2 / (2 * 0.21),
        color="C7",
        linestyle=":",
        linewidth=1.5,
    )
ax.set_xlim(0, 1)
ax.set_ylim(-4, 0.3)
ax.set_xlabel("probability of heads θ")
ax.set_ylabel("log-likelihood")
ax.legend(loc="upper left")

# %% [markdown] lang="ko" caption="log_likelihood_width"
# 동전을 던진 횟수가 100배가 되면 봉우리의 폭은 10분의 1이 됩니다.
#
# 가로축은 앞면이 나올 확률 θ로 0에서 1까지이고, 세로축은 로그 가능도에서 봉우리의 높이를 뺀 값입니다. 세 곡선 모두 0.7에서 꼭대기 0에 닿습니다. 10번 던진 곡선은 넓게 벌어져 0.5에서도 −1보다 위에 있고, 100번 던진 곡선은 그보다 좁으며, 1,000번 던진 곡선은 바늘처럼 뾰족합니다. 회색 점선은 꼭대기에 맞춘 포물선입니다. 이 포물선은 10번일 때는 꼭대기에서 멀어질수록 곡선과 벌어지지만, 1,000번일 때는 곡선과 거의 겹칩니다.
#
# - 10 flips: 10번
# - 100 flips: 100번
# - 1000 flips: 1,000번
# - probability of heads θ: 앞면이 나올 확률 θ
# - log-likelihood: 로그 가능도

# %% [markdown] lang="en" caption="log_likelihood_width"
# A hundred times the flips make the peak ten times narrower.
#
# The horizontal axis is the probability of heads θ from 0 to 1, the vertical axis the log-likelihood minus its value at the peak. All three curves touch 0 at 0.7. The one for 10 flips is wide and still above −1 at 0.5, the one for 100 flips is narrower, and the one for 1,000 flips is as sharp as a needle. Dotted gray parabolas are fitted to each peak: for 10 flips they part from the curve away from the top, for 1,000 flips they nearly coincide.

# %% [markdown] lang="ko"
# 10번 던졌을 때의 추정값을 표준오차와 함께 적으면 0.7 ± 0.1449입니다. 0.5와 0.7의 로그 가능도 차이가 1도 되지 않으므로, 동전이 공정하지 않다고 말하기에는 이릅니다. 1,000번을 던지면 오차가 ± 0.0145로 줄어 0.5는 봉우리에서 멀리 벗어납니다. 이처럼 최대 가능도 추정의 결과는 값 하나이지만, 그 값을 얼마나 믿을 수 있는지는 봉우리의 폭으로 알 수 있습니다.

# %% [markdown] lang="en"
# Ten flips say 0.7 ± 0.1449. The log-likelihoods at 0.5 and 0.7 differ by less than 1, so it is too early to call the coin unfair. With 1,000 flips it is ± 0.0145, and 0.5 lies far from the peak. Maximum likelihood returns a single number; the width of the peak says how far to trust it.

# %% [markdown] lang="ko"
# ## 정규분포에서 MSE로 { #gaussian }
#
# 이번에는 연속인 값을 다룹니다. 시험 점수 다섯 개 152, 185, 180, 196, 142를 모두 수 하나 $\mu$로 예측해 봅시다. 이 점수가 평균 $\mu$, 표준편차(standard deviation) $\sigma$인 정규분포(normal distribution, Gaussian)를 따른다고 가정하면, 샘플 하나의 $-\log p$는 다음과 같습니다.
#
# $$
# -\log p(y \mid \mu) = \frac{(y-\mu)^2}{2\sigma^2} + \log \sigma + \frac{1}{2} \log 2\pi
# $$
#
# $\sigma$를 1로 고정하면 이 식에는 제곱 오차의 절반과 상수만 남습니다. 오차의 제곱을 평균한 값을 MSE(mean squared error)라고 합니다. 음의 로그 가능도가 정말 MSE의 절반에 상수를 더한 값인지 세 값에서 확인해 봅시다.

# %% [markdown] lang="en"
# ## From the Gaussian to MSE { #gaussian }
#
# Now a continuous quantity: predict five exam scores, 152, 185, 180, 196, 142, by a single number $\mu$. Assume that scores follow a normal (Gaussian) distribution around $\mu$ with standard deviation $\sigma$. Then $-\log p$ of one example is this.
#
# $$
# -\log p(y \mid \mu) = \frac{(y-\mu)^2}{2\sigma^2} + \log \sigma + \frac{1}{2} \log 2\pi
# $$
#
# Fix $\sigma$ at 1, and what remains is half the squared error plus a constant. The mean of the squared errors is called the MSE (mean squared error). See whether the relation holds at three values.

# %%
y = torch.tensor([152.0, 185.0, 180.0, 196.0, 142.0])
for mu in (160.0, 171.0, 180.0):
    nll = -torch.distributions.Normal(mu, 1.0).log_prob(y).mean()
    mse = F.mse_loss(torch.full((5,), mu), y)
    print(
        f"mu {mu:.0f}  NLL {nll:.4f} = {mse / 2:.4f} + {nll - mse / 2:.4f}"
    )
    assert abs(nll - mse / 2 - 0.5 * math.log(2 * math.pi)) < 1e-3
# > mu 160  NLL 271.8189 = 270.9000 + 0.9189
# > mu 171  NLL 211.3189 = 210.4000 + 0.9189
# > mu 180  NLL 251.8189 = 250.9000 + 0.9189
assert y.mean() == 171

# %% [markdown] lang="ko"
# 등호 뒤의 첫 수는 MSE의 절반이고, 여기에 더한 수는 어디서나 0.9189, 즉 $\frac{1}{2}\ln 2\pi$입니다. 상수는 기울기(gradient, 그레이디언트)에 영향을 주지 않으므로 두 손실은 같은 곳에서 가장 낮으며, 그곳이 바로 평균인 171입니다. $\mu$ 자리에 모델의 출력 $f(x)$를 넣으면 그대로 회귀(regression)의 MSE 손실이 됩니다.
#
# 따라서 오차가 정규분포를 따르고 그 표준편차가 어디서나 같다면, MSE를 최소화하는 것이 최대 가능도 추정입니다. 정규분포가 아니더라도 제곱 오차를 줄이면 평균을, 절대 오차를 줄이면 중앙값을 구하게 됩니다. 또한 연속인 값의 $p$는 확률이 아니라 **밀도**이므로 1보다 클 수 있고, 그러면 NLL은 음수가 됩니다.

# %% [markdown] lang="en"
# The first number after the equals sign is half the MSE, and what is added is 0.9189 everywhere, which is $\frac{1}{2}\ln 2\pi$. A constant leaves no trace in the gradient, so both losses have their lowest point in the same place: the mean, 171. Put the output $f(x)$ of a model in the place of $\mu$, and this is the MSE loss of regression.
#
# If errors are Gaussian with the same spread everywhere, minimizing the MSE is maximum likelihood. Whatever their distribution, the squared error aims at the mean and the absolute error at the median. And for a continuous value $p$ is not a probability but a **density**: it can exceed 1, and then the NLL is negative.

# %% [markdown] lang="ko"
# ## 분산은 n으로 나눌까, n−1로 나눌까 { #variance .deeper }
#
# 이번에는 $\sigma$도 데이터에서 추정해 봅시다. $-\log p$의 합을 $\sigma$로 미분한 식을 0으로 두면, $\hat\sigma^2$은 평균과의 제곱 오차를 모두 더해 $n$으로 나눈 값이 됩니다. 그런데 `Tensor.var()`는 기본적으로 $n-1$로 나눕니다.

# %% [markdown] lang="en"
# ## Divide the variance by n or by n − 1? { #variance .deeper }
#
# Let the data choose $\sigma$ as well. Differentiate $-\log p$ with respect to $\sigma$ and set it to zero: $\hat\sigma^2$ is the squared error around the mean, divided by $n$. Yet the default of `Tensor.var()` divides by $n-1$.

# %%
mu = y.mean().expand(5)
for name, variance in [("n", y.var(correction=0)), ("n - 1", y.var())]:
    nll = F.gaussian_nll_loss(mu, y, variance.expand(5), full=True)
    assert torch.isclose(
        nll,
        -torch.distributions.Normal(171.0, variance.sqrt())
        .log_prob(y)
        .mean(),
    )
    print(f"divided by {name:5}  variance {variance:.1f}  NLL {nll:.4f}")
# > divided by n      variance 420.8  NLL 4.4400
# > divided by n - 1  variance 526.0  NLL 4.4516
without_constant = F.gaussian_nll_loss(mu, y, y.var(correction=0).expand(5))
print(f"full=False: {without_constant:.4f}")
# > full=False: 3.5211
assert torch.isclose(y.var(correction=0), F.mse_loss(mu, y))

# %% [markdown] lang="ko"
# 분산의 최대 가능도 추정값은 420.8이고 음의 로그 가능도는 4.4400입니다. 분산에 526.0을 넣으면 음의 로그 가능도가 4.4516으로 더 커집니다. 즉, 가능도만 따지면 $n$으로 나누는 쪽이 더 낫습니다.
#
# `F.gaussian_nll_loss`는 기본값인 `full=False`에서 상수 0.9189를 빼고 3.5211을 돌려줍니다. 또한 셋째 인자로는 표준편차가 아니라 분산(variance)을 받습니다.
#
# 그렇다면 $n-1$로 나누는 이유는 무엇일까요? 참 분산이 1인 분포에서 크기가 5인 표본을 40만 개 뽑아, 두 가지 추정값의 평균을 구해 봅시다.

# %% [markdown] lang="en"
# The maximum likelihood estimate is 420.8, with a negative log-likelihood of 4.4400. With 526.0 it is 4.4516, which is worse. Going by likelihood alone, dividing by $n$ wins.
#
# With its default `full=False`, `F.gaussian_nll_loss` leaves out the constant 0.9189 and returns 3.5211. Its third argument is the variance, not the standard deviation.
#
# Why does $n-1$ exist, then? Draw 400,000 samples of five from a distribution whose true variance is 1, and average the estimates.

# %% anchor="fitted_mean"
generator = torch.Generator().manual_seed(0)
samples = torch.randn(400_000, 5, generator=generator, dtype=torch.float64)
by_n = samples.var(dim=1, correction=0).mean()
by_n_minus_1 = samples.var(dim=1).mean()
from_true_mean = samples.square().mean()
print(f"divided by n          {by_n:.2f}")
# > divided by n          0.80
print(f"divided by n - 1      {by_n_minus_1:.2f}")
# > divided by n - 1      1.00
print(f"around the true mean  {from_true_mean:.2f}")
# > around the true mean  1.00
assert abs(by_n - 4 / 5) < 0.005
assert abs(by_n_minus_1 - 1) < 0.005
# Errors from a value that was not fitted are not too small.
assert abs(from_true_mean - 1) < 0.005

# %% [markdown] lang="ko"
# !!! warning "최대 가능도 추정에서는 분산이 작게 나옵니다"
#     $n$으로 나누면 평균 0.80, 즉 참값의 $\frac{n-1}{n}$배가 나옵니다. 반면 참 평균과의 오차로 재면 1.00이 나옵니다. 표본의 평균은 바로 그 표본에 가장 가깝게 맞춘 값이라, 이 평균을 기준으로 잰 오차는 실제보다 작아집니다. 이처럼 관측한 데이터에 맞춘 만큼 훈련 오차가 작아지는 것은 과적합의 가장 작은 예입니다. $n-1$로 나누면 줄어든 만큼을 되돌릴 수 있습니다.

# %% [markdown] lang="en"
# !!! warning "Maximum likelihood underestimates the variance"
#     Dividing by $n$ gives 0.80 on average, $\frac{n-1}{n}$ of the true variance. Around the true mean it would be 1.00. The mean of a sample is the value fitted most closely to that very sample, so errors measured from it come out too small. Training error shrinks because something was fitted to the data: this is overfitting at its smallest. Dividing by $n-1$ makes up for it.

# %% [markdown] lang="ko"
# ## MSE가 최대 가능도가 아닐 때 { #fixed-sigma .deeper }
#
# 같은 방의 온도를 온도계 두 개로 쟀습니다. 정밀한 온도계는 오차가 1도이고 10도를 가리키며, 부정확한 온도계는 오차가 3도이고 16도를 가리킵니다. 그렇다면 방의 온도는 몇 도쯤일까요? MSE는 두 값을 똑같이 취급합니다. 그러나 샘플마다 $\sigma$가 다르면, 정규분포의 가능도에서는 $1/\sigma^2$이 가중치(weight)가 됩니다.

# %% [markdown] lang="en"
# ## When MSE is not maximum likelihood { #fixed-sigma .deeper }
#
# Two thermometers measure the same room. A precise one reads 10 degrees, give or take 1; a sloppy one reads 16, give or take 3. How warm is the room? MSE treats both alike. When $\sigma$ differs between examples, the Gaussian likelihood weights them by $1/\sigma^2$.

# %%
readings = torch.tensor([10.0, 16.0])
sigma = torch.tensor([1.0, 3.0])
weights = 1 / sigma**2
mle = (weights * readings).sum() / weights.sum()
print(f"lowest MSE {readings.mean():.1f}  maximum likelihood {mle:.1f}")
# > lowest MSE 13.0  maximum likelihood 10.6

candidates = torch.linspace(5, 20, 1501)[:, None].expand(-1, 2)  # (1501, 2)
nll = F.gaussian_nll_loss(
    candidates,
    readings.expand(1501, 2),
    (sigma**2).expand(1501, 2),
    reduction="none",
)
assert torch.isclose(candidates[nll.sum(dim=1).argmin(), 0], mle)

# %% [markdown] lang="ko"
# !!! warning "MSE가 정규분포의 가능도와 같은 것은 σ가 모두 같을 때뿐입니다"
#     MSE의 답은 두 값의 한가운데인 13.0도입니다. 반면 최대 가능도 추정은 정밀한 온도계에 9배의 가중치를 주어 10.6도라는 답을 냅니다. 따라서 샘플마다 잡음의 크기가 다르다는 것을 안다면 `F.gaussian_nll_loss`에 분산을 함께 넘겨야 합니다.

# %% [markdown] lang="en"
# !!! warning "MSE is the Gaussian likelihood only if σ is the same for all"
#     MSE answers 13.0 degrees, halfway between the readings. Maximum likelihood trusts the precise one nine times as much and answers 10.6. If you know that some examples are noisier than others, hand the variances to `F.gaussian_nll_loss`.

# %% [markdown] lang="ko"
# ## 라플라스분포에서 L1으로 { #laplace .deeper }
#
# 다섯 점수를 옮겨 적다가 196을 1960으로 잘못 적었다면, 평균은 얼마나 흔들릴까요?
#
# 정규분포에서는 큰 오차가 나올 확률이 아주 작습니다. 그 때문에 터무니없는 값이 하나만 있어도, 가능도를 높이려면 평균을 그쪽으로 멀리 옮겨야 합니다. 그러나 꼬리가 두꺼운 라플라스분포(Laplace distribution)를 가정하면, 다음과 같이 제곱 대신 절댓값이 나옵니다.
#
# $$
# -\log p(y \mid \mu) = \frac{\lvert y-\mu \rvert}{b} + \log 2b
# $$

# %% [markdown] lang="en"
# ## From the Laplace distribution to L1 { #laplace .deeper }
#
# Someone copying the five scores typed 1960 for 196. How badly does that shake the mean?
#
# A Gaussian calls large errors all but impossible, so a single absurd value drags the mean far away. Assume a Laplace distribution, which has heavier tails, and the square turns into an absolute value.
#
# $$
# -\log p(y \mid \mu) = \frac{\lvert y-\mu \rvert}{b} + \log 2b
# $$

# %%
typo = torch.tensor([152.0, 185.0, 180.0, 1960.0, 142.0])
grid = torch.linspace(100, 600, 5001)[:, None].expand(-1, 5)  # (5001, 5)
for name, loss_fn in [("MSE", F.mse_loss), ("L1", F.l1_loss)]:
    loss = loss_fn(grid, typo.expand(5001, 5), reduction="none").mean(dim=1)
    print(f"{name:3}  lowest at {grid[loss.argmin(), 0]:.1f}")
# > MSE  lowest at 523.8
# > L1   lowest at 180.0
print(f"mean {typo.mean():.1f}  median {typo.median():.1f}")
# > mean 523.8  median 180.0

laplace = torch.distributions.Laplace(180.0, 1.0)
l1 = F.l1_loss(torch.full((5,), 180.0), typo)
assert torch.isclose(-laplace.log_prob(typo).mean(), l1 + math.log(2))

# %% [markdown] lang="ko"
# MSE의 답은 523.8로, 어느 점수와도 동떨어진 값이 되었습니다. 반면 L1의 답은 중앙값(median)인 180.0으로, 오타가 없을 때의 중앙값과 같습니다. 두 손실은 각각 평균과 중앙값이라는 서로 다른 값을 겨냥하는데, 가능도의 관점에서 보면 오차의 분포를 서로 다르게 가정한 것입니다. 두 분포의 $-\log p$를 그려 보면 손실의 모양을 알 수 있습니다.

# %% [markdown] lang="en"
# The answer of MSE leaps to 523.8, which resembles none of the scores. The answer of L1 is the median, 180.0, the same as without the typo. The two losses aim at different values, the mean and the median; read as likelihoods, they differ in what they assume about errors. Plot $-\log p$ and you see the shape of each loss.

# %% figure="shapes_of_losses"
error = torch.linspace(-4, 4, 161)
fig, ax = plt.subplots()
gaussian = -torch.distributions.Normal(0.0, 1.0).log_prob(error)
laplace = -torch.distributions.Laplace(0.0, 1.0).log_prob(error)
ax.plot(
    error, gaussian, color="C0", linestyle="-", label="Gaussian: square"
)
ax.plot(
    error, laplace, color="C1", linestyle="--", label="Laplace: absolute"
)
ax.set_ylim(0, 9)
ax.set_xlabel("error")
ax.set_ylabel("−log p (nats)")
ax.legend(loc="upper center")

# %% [markdown] lang="ko" caption="shapes_of_losses"
# 손실의 모양은 오차의 분포에 −log를 취한 모양과 같습니다.
#
# 가로축은 오차로 −4에서 4까지이고, 세로축은 −log p(nat)입니다. 정규분포의 선은 0에서 가장 낮은 포물선으로, 바닥은 1에 조금 못 미치고 양 끝에서 9에 가까워집니다. 라플라스분포의 파선은 0에서 뾰족한 V 자 모양으로, 바닥은 0.7쯤이고 양 끝에서 5에 조금 못 미칩니다. 오차가 크면 정규분포의 손실이 훨씬 더 큽니다.
#
# - Gaussian: square: 정규분포: 제곱
# - Laplace: absolute: 라플라스분포: 절댓값
# - error: 오차
# - −log p (nats): −log p(nat)

# %% [markdown] lang="en" caption="shapes_of_losses"
# The shape of a loss is −log of the distribution assumed for the errors.
#
# The horizontal axis is the error from −4 to 4, the vertical axis −log p in nats. The Gaussian line is a parabola with its lowest point at 0, a little below 1, climbing to nearly 9 at both ends. The dashed Laplace line is a V with its tip at 0, about 0.7 high, and reaches a little below 5 at both ends. Large errors cost far more under the Gaussian.

# %% [markdown] lang="ko"
# ## 범주형 분포에서 교차 엔트로피로 { #categorical }
#
# 동전의 면이 3개로 늘면 가위바위보와 같아집니다. [교차 엔트로피 레슨](cross_entropy.md)에 나온 철수의 예로 돌아가 봅시다. 방금 가위를 낸 철수가 그다음에 무엇을 내는지 10판을 지켜봤더니 가위 1번, 바위 2번, 보 7번이 나왔습니다. 모델이 클래스 $k$에 주는 확률을 $q_k$, 클래스가 나온 횟수를 $c_k$, 빈도를 $f_k = c_k / n$이라고 하면 다음 식이 성립합니다.
#
# $$
# -\frac{1}{n} \log \prod_{k} q_k^{c_k} = -\sum_k f_k \log q_k = H(f, Q)
# $$
#
# 즉, 음의 로그 가능도의 평균은 빈도 $f$와 모델 $Q$의 교차 엔트로피입니다. 교차 엔트로피는 $Q = f$일 때 가장 작으므로 최대 가능도 추정값은 **빈도**입니다. 이 빈도를 철수의 참 분포 $P$와 비교하면 어느 쪽의 손실이 더 작을까요?

# %% [markdown] lang="en"
# ## From the categorical distribution to cross entropy { #categorical }
#
# Give the coin three faces and it becomes rock–paper–scissors. Recall Cheolsu from [the lesson on cross entropy](cross_entropy.md): in ten rounds right after scissors he played scissors once, rock twice, and paper seven times. Let $q_k$ be the probability the model gives to class $k$, $c_k$ the count, and $f_k = c_k / n$ the frequency.
#
# $$
# -\frac{1}{n} \log \prod_{k} q_k^{c_k} = -\sum_k f_k \log q_k = H(f, Q)
# $$
#
# The mean negative log-likelihood is the cross entropy of the frequencies $f$ and the model $Q$. It is smallest at $Q = f$, so the maximum likelihood estimate is the **frequencies**. Compare them with Cheolsu's true distribution $P$. Which one has the smaller loss?

# %%
P = F.softmax(torch.tensor([1.0, 2.0, 3.0]), dim=0)
rounds = torch.tensor([2, 2, 1, 2, 0, 2, 1, 2, 2, 2])
frequencies = rounds.bincount(minlength=3) / 10
for name, Q in [
    ("frequencies", frequencies),
    ("truth P", P),
    ("uniform", torch.full((3,), 1 / 3)),
]:
    nll = -Q[rounds].log().mean()
    print(f"{name:11}  likelihood {Q[rounds].prod():.6f}  NLL {nll:.4f}")
    assert torch.isclose(
        nll, F.cross_entropy(Q.log().expand(10, 3), rounds)
    )
# > frequencies  likelihood 0.000329  NLL 0.8018
# > truth P      likelihood 0.000311  NLL 0.8076
# > uniform      likelihood 0.000017  NLL 1.0986
head_start = (frequencies[rounds].log() - P[rounds].log()).mean()
print(f"truth minus frequencies: {head_start:.4f}")
# > truth minus frequencies: 0.0058

# %% [markdown] lang="ko"
# 빈도의 손실은 0.8018이고 참 분포 `P`의 손실은 0.8076입니다. 즉, 이 10판에서는 **참 분포보다 빈도의 손실이 더 작습니다.** 빈도는 바로 이 판들에 맞춘 값이므로 이상한 일은 아닙니다. 그러나 0.0058이라는 이 작은 차이가 뒤에서 다룰 과적합의 씨앗입니다.
#
# 입력이 있으면 샘플마다 확률이 다를 뿐, 가능도는 여전히 확률의 곱입니다. 클래스가 5개인 로짓 3행에서 정답 클래스의 확률만 골라 곱해 봅시다.

# %% [markdown] lang="en"
# The frequencies have a loss of 0.8018, the true distribution `P` one of 0.8076. On these ten rounds **the frequencies beat the truth.** Nothing strange about that: they were fitted to these very rounds. That small difference of 0.0058 is the seed of the overfitting discussed below.
#
# With inputs, each example has probabilities of its own, and the likelihood is still a product. Take three rows of logits over five classes, pick the probability of the right class in each, and multiply.

# %%
torch.manual_seed(1)
logits = torch.rand(3, 5)
target = torch.randint(5, (3,))
right = F.softmax(logits, dim=1)[torch.arange(3), target]
print(" * ".join(f"{p:.4f}" for p in right), f"= {right.prod():.4f}")
# > 0.2645 * 0.2322 * 0.1986 = 0.0122
print(f"-log / 3 = {-right.prod().log() / 3:.4f}")
# > -log / 3 = 1.4689

# %% folded="tests"
assert torch.isclose(
    -right.prod().log() / 3, F.cross_entropy(logits, target)
)

# %% [markdown] lang="ko"
# 0.2645, 0.2322, 0.1986을 곱하면 0.0122입니다. 여기에 로그를 취해 부호를 뒤집고 3으로 나누면 1.4689로, `F.cross_entropy`가 돌려주는 값과 같습니다. 즉, [소프트맥스 회귀](softmax_regression.md)의 학습은 처음부터 최대 가능도 추정이었습니다.

# %% [markdown] lang="en"
# 0.2645, 0.2322, and 0.1986 multiply to 0.0122. Take the log, flip the sign, divide by 3: 1.4689, the very value of `F.cross_entropy`. Training [softmax regression](softmax_regression.md) was maximum likelihood all along.

# %% [markdown] lang="ko"
# ## 표로 정리하기 { #one-table }
#
# 지금까지는 분포만 바꾸어 가며 같은 일을 되풀이했습니다. 분포를 가정하고, $-\log p$의 평균을 구하고, 그 값이 가장 낮은 곳을 찾는 일입니다.
#
# | 분포(손실) | 손실 $-\log p$ | 추정값 |
# |---|---|---|
# | 베르누이분포 (BCE) | $-\log\theta$, $-\log(1-\theta)$ | 앞면의 비율 |
# | 정규분포 (MSE) | $(y-\mu)^2 / 2\sigma^2$ | 평균 |
# | 라플라스분포 (L1) | $\lvert y-\mu \rvert / b$ | 중앙값 |
# | 범주형 분포 (교차 엔트로피) | $-\log q_y$ | 빈도 |
#
# 상수 항은 생략했으며, 정규분포의 $\sigma$와 라플라스분포의 $b$는 고정했습니다. 표의 네 행을 같은 코드로 확인합니다. 분포의 `log_prob()`와 PyTorch의 손실은 상수만큼만 달라야 하므로, "NLL = 손실 + 상수"의 꼴로 출력합니다.

# %% [markdown] lang="en"
# ## One table { #one-table }
#
# So far we have done one thing four times: assume a distribution, average $-\log p$, find the lowest point.
#
# | Distribution (loss) | loss $-\log p$ | Estimate |
# |---|---|---|
# | Bernoulli (BCE) | $-\log\theta$, $-\log(1-\theta)$ | share of heads |
# | Gaussian (MSE) | $(y-\mu)^2 / 2\sigma^2$ | mean |
# | Laplace (L1) | $\lvert y-\mu \rvert / b$ | median |
# | Categorical (cross entropy) | $-\log q_y$ | frequencies |
#
# Constants are left out; the $\sigma$ of the Gaussian and the $b$ of the Laplace distribution are held fixed. Check all four rows with the same code: `log_prob()` of the distribution and PyTorch's loss may differ by a constant only. Each line of the output reads "NLL = loss + constant."

# %%
D = torch.distributions
mu, theta = torch.full((5,), 160.0), torch.full((10,), 0.7)
q = torch.tensor([0.2, 0.3, 0.5])
bce = F.binary_cross_entropy(theta, flips)
ce = F.cross_entropy(q.log().expand(10, 3), rounds)
half_log = math.log(2 * math.pi) / 2
rows = [
    ("Bernoulli", D.Bernoulli(theta), flips, bce, 0),
    ("Gaussian", D.Normal(mu, 1.0), y, F.mse_loss(mu, y) / 2, half_log),
    ("Laplace", D.Laplace(mu, 1.0), y, F.l1_loss(mu, y), math.log(2)),
    ("Categorical", D.Categorical(q), rounds, ce, 0),
]
for name, distribution, data, loss, constant in rows:
    nll = -distribution.log_prob(data).mean()
    print(f"{name:11} {nll:8.4f} = {loss:8.4f} + {constant:.4f}")
    assert torch.isclose(nll, loss + constant)
# > Bernoulli     0.6109 =   0.6109 + 0.0000
# > Gaussian    271.8189 = 270.9000 + 0.9189
# > Laplace      22.0931 =  21.4000 + 0.6931
# > Categorical   0.8869 =   0.8869 + 0.0000

# %% [markdown] lang="ko"
# 상수는 0, 0.9189, 0.6931 가운데 하나이며 모수(parameter)와는 상관이 없습니다. 새로운 손실이 필요하면 손실의 목록을 뒤지는 대신 "이 데이터는 어떤 분포에서 나왔을까"를 물어보면 됩니다. [연습 문제](#exercises)에서 이런 손실을 하나 만들어 봅니다.

# %% [markdown] lang="en"
# The constants are 0, 0.9189, and 0.6931, and none depends on a parameter of a distribution. When you need a new loss, do not search a catalog; ask which distribution the data came from. You will make one in the [exercises](#exercises).

# %% [markdown] lang="ko"
# ## 표본이 작을 때 { #small-samples .deeper }
#
# 앞에서는 빈도의 손실이 참 분포의 손실보다 작았는데, 표본이 더 작으면 어떻게 될까요? 이번에는 철수를 3판만 지켜보았더니 보, 보, 바위가 나왔습니다. 최대 가능도 추정에 따르면 철수는 무엇을 얼마나 자주 낼까요? 참 분포 `P`를 알고 있으므로, 새로운 판의 손실은 표본을 뽑지 않고도 정확히 계산할 수 있습니다. 이 손실은 교차 엔트로피 $H(P, Q)$입니다.

# %% [markdown] lang="en"
# ## Small samples { #small-samples .deeper }
#
# The frequencies beat the true distribution. What happens with an even smaller sample? Watch Cheolsu for three rounds only, and see paper, paper, rock. What does maximum likelihood say about his habit? Since we know `P`, the loss on new rounds needs no sample: it is exactly the cross entropy $H(P, Q)$.


# %%
def cross_entropy(P, Q):
    return -torch.special.xlogy(P, Q).sum(dim=-1)


three = torch.tensor([2, 2, 1])
f = three.bincount(minlength=3) / 3
print(f"frequencies {f}")
# > frequencies tensor([0.0000, 0.3333, 0.6667])
print(
    f"on the 3 rounds:  fitted {-f[three].log().mean():.4f}  "
    f"truth {-P[three].log().mean():.4f}"
)
# > on the 3 rounds:  fitted 0.6365  truth 0.7409
print(
    f"on new rounds:    fitted {cross_entropy(P, f):.4f}  "
    f"truth {cross_entropy(P, P):.4f}"
)
# > on new rounds:    fitted inf  truth 0.8324
assert cross_entropy(P, f).isinf()

# %% [markdown] lang="ko"
# 관측한 3판에서는 빈도의 손실이 0.6365로, 참 분포의 0.7409보다 훨씬 작습니다. 그러나 새로운 판에서는 빈도의 손실이 무한대(`inf`)입니다. 가위가 한 번도 나오지 않았다고 가위의 확률을 0으로 추정했지만, 실제로 가위는 열한 판에 한 판꼴로 나오기 때문입니다.
#
# 혹시 운이 나쁜 표본이었을까요? 크기가 $n$인 표본을 2,000개씩 뽑아, 훈련 손실의 평균과 테스트 손실이 무한대인 표본의 비율(`inf`)을 구해 봅시다. 한 번도 나오지 않은 클래스가 있을 확률은 공식으로도 구할 수 있습니다. 먼저 클래스마다 "한 번도 안 나올 확률"을 구해 더합니다. 그러면 두 클래스가 함께 빠진 경우를 두 번 세게 되므로, 그 확률을 한 번 뺍니다.
#
# $$
# \sum_k (1-p_k)^n - \sum_k p_k^n
# $$

# %% [markdown] lang="en"
# On the three rounds seen, the fitted frequencies have a loss of 0.6365, far below the 0.7409 of the true distribution. On new rounds their loss is infinite (`inf`): scissors never came up, so they give it probability 0, and yet scissors comes up about once in eleven rounds.
#
# An unlucky sample? Draw 2,000 samples of each size $n$, and look at the mean training loss and at the share of samples whose test loss is infinite (`inf`). The chance that some class is missing also has a formula: add each class's chance of never coming up, and subtract once the cases in which two classes are missing, which were counted twice.
#
# $$
# \sum_k (1-p_k)^n - \sum_k p_k^n
# $$


# %% anchor="never_seen"
def draw_counts(n, draws=2000, seed=0):
    generator = torch.Generator().manual_seed(seed)
    hands = torch.multinomial(
        P.expand(draws, 3), n, replacement=True, generator=generator
    )
    return F.one_hot(hands, num_classes=3).sum(dim=1)  # (draws, 3)


for n in (3, 10, 30, 100):
    f = draw_counts(n) / n
    train, test = cross_entropy(f, f), cross_entropy(P, f)
    infinite = test.isinf().float().mean()
    chance = ((1 - P) ** n).sum() - (P**n).sum()
    print(
        f"n {n:3}  train {train.mean():.4f}  "
        f"inf {infinite:5.1%}  exact {chance:.3%}"
    )
    assert abs(infinite - chance) < 0.03
    assert (train <= cross_entropy(f, P) + 1e-6).all()
# > n   3  train 0.4760  inf 91.2%  exact 91.206%
# > n  10  train 0.7121  inf 44.3%  exact 43.273%
# > n  30  train 0.7987  inf  6.3%  exact 5.921%
# > n 100  train 0.8217  inf  0.0%  exact 0.008%

# %% [markdown] lang="ko"
# 표본이 3판이면 열에 아홉(91.2%)은 테스트 손실이 무한대입니다. 이 비율은 손으로도 확인할 수 있습니다. 무한대를 피하려면 가위, 바위, 보가 한 번씩 나와야 하며, 그 확률은 $6 \times 0.0900 \times 0.2447 \times 0.6652$, 즉 약 9%입니다. 공식에 따르면 테스트 손실이 무한대일 확률은 10판에서 43.3%, 30판에서 5.9%, 100판에서 0.008%입니다.
#
# 반면 훈련 손실은 실제보다 작게 나옵니다. 3판에서 훈련 손실은 평균 0.4760입니다. 이 값은 $H(P)$ 0.8324보다 한참 낮은데, 새로운 판에서는 어떤 모델의 손실도 이 바닥보다 작아질 수 없습니다. 마지막 `assert`에서 확인했듯이, 빈도의 훈련 손실은 언제나 $P$의 훈련 손실보다 작거나 같습니다. 그런데 $P$의 훈련 손실을 평균하면 $H(P)$이므로, 빈도의 훈련 손실은 평균해서 그보다 낮을 수밖에 없습니다.

# %% [markdown] lang="en"
# With three rounds, nine samples out of ten (91.2%) have an infinite test loss. You can check that by hand: for a finite loss, each hand must come up once, and the chance of that is $6 \times 0.0900 \times 0.2447 \times 0.6652$, about 9%. By the formula, an infinite loss has a chance of 43.3% with 10 rounds, 5.9% with 30, and 0.008% with 100.
#
# The training loss errs in the other direction. With three rounds it averages 0.4760, far below $H(P)$ = 0.8324, the floor that nobody can beat on new rounds. The last `assert` says why: on their own sample the frequencies never have a larger loss than $P$. The training loss of $P$ averages $H(P)$, so that of the frequencies must average less.

# %% figure="train_test_by_n"
sizes = [3, 5, 10, 20, 30, 50, 100, 200, 500, 1000]
fits = [draw_counts(n, draws=500) / n for n in sizes]
fig, ax = plt.subplots()
ax.axvspan(2.6, 8.5, color="C7", alpha=0.25)
test = [cross_entropy(P, f).median() for f in fits]
training = [cross_entropy(f, f).mean() for f in fits]
ax.plot(sizes, test, "s--", color="C1", label="test (median)")
ax.plot(sizes, training, "o-", color="C0", label="training (mean)")
ax.axhline(cross_entropy(P, P), color="C7", linestyle=":")
ax.text(1000, 0.785, "H(P)", ha="right", va="top")
ax.text(2.8, 1.02, "infinite", ha="left", va="center")
ax.set_xscale("log")
ax.set_ylim(0.4, 1.1)
ax.set_xlabel("number of rounds n")
ax.set_ylabel("loss (nats)")
ax.legend(loc="lower right")

# %% [markdown] lang="ko" caption="train_test_by_n"
# 표본이 커질수록 훈련 손실은 아래에서, 테스트 손실은 위에서 H(P)로 모입니다.
#
# 가로축은 로그 눈금에 나타낸 판 수 n으로 3에서 1,000까지이고, 세로축은 손실(nat)입니다. 가로 점선은 H(P) 0.8324를 나타냅니다. 훈련 손실의 평균은 0.48쯤에서 시작해 10판에서 0.71, 100판에서 0.82로 올라가 점선에 닿습니다. 테스트 손실의 중앙값은 판 수가 8 이하인 회색 영역에서 무한대입니다. 그 뒤 10판에서 1에 가깝다가 빠르게 내려와 역시 점선에 닿습니다.
#
# - test (median): 테스트(중앙값)
# - training (mean): 훈련(평균)
# - H(P): H(P)
# - infinite: 무한대
# - number of rounds n: 판 수 n
# - loss (nats): 손실(nat)

# %% [markdown] lang="en" caption="train_test_by_n"
# As the sample grows, the training loss reaches H(P) from below and the test loss from above.
#
# The horizontal axis is the number of rounds n from 3 to 1,000 on a log scale, the vertical axis the loss in nats. A dotted line marks H(P) at 0.8324. The mean training loss starts near 0.48 and climbs to 0.71 at 10 rounds and 0.82 at 100, where it meets the dotted line. The median test loss is infinite in the gray region up to 8 rounds, close to 1 at 10 rounds, and then falls quickly to the dotted line, too.

# %% [markdown] lang="ko"
# ## 과적합은 무엇 때문에 생기는가 { #capacity .deeper }
#
# 과적합을 최대 가능도 추정 탓인 것처럼 소개하는 강의 노트가 있습니다. 그러나 앞에서 출력한 네 행에서 추정 방법은 한 번도 바뀌지 않았습니다. 바뀐 것은 $n$뿐이며, $n$이 커지자 과적합이 사라졌습니다.
#
# 이번에는 데이터를 270판으로 고정하고 **모델**만 바꾸어 봅시다. 철수의 버릇은 직전에 낸 것(가위)에만 달려 있지만, 모델은 그보다 앞서 무엇을 냈는지에 따라서도 경우를 나눕니다. 더 앞을 살피지 않으면 경우가 1가지이고, 하나를 더 살피면 3가지, 둘이면 9가지, 셋이면 27가지입니다. 270판을 모든 경우에 똑같이 나누어 주고, 모델은 경우마다 빈도를 따로 구합니다. 자유롭게 정할 수 있는 매개변수(parameter)는 경우마다 2개이며, 이를 모두 더한 수를 `k`로 출력합니다.

# %% [markdown] lang="en"
# ## What is to blame for overfitting? { #capacity .deeper }
#
# Some lecture notes present overfitting as a consequence of maximum likelihood. But in the four lines above the method never changed. Only $n$ did, and as $n$ grew, the overfitting went away.
#
# Now hold the data at 270 rounds and change the **model**. Cheolsu's habit depends on his last hand only (scissors), but the model also distinguishes cases by what he played before that: 1 case if it looks no further back, 3 if it looks one hand further, 9 for two, 27 for three. It counts frequencies in each case separately, and every case gets an equal share of the 270 rounds. Each case has two free parameters; `k` in the output is their total.


# %% anchor="ten_times_data"
def fit_cases(cases, n, draws=500, seed=0):
    counts = draw_counts(n // cases, draws * cases, seed).view(
        draws, cases, 3
    )
    f = counts / (n // cases)
    train, test = (
        cross_entropy(f, f).mean(dim=1),
        cross_entropy(P, f).mean(dim=1),
    )
    return train.mean().item(), test.isinf().float().mean().item()


for cases, n in [(1, 270), (3, 270), (9, 270), (27, 270), (27, 2700)]:
    train, infinite = fit_cases(cases, n)
    print(
        f"k {2 * cases:2}  n {n:4}  train {train:.4f}  inf {infinite:6.1%}"
    )
# > k  2  n  270  train 0.8285  inf   0.0%
# > k  6  n  270  train 0.8206  inf   0.0%
# > k 18  n  270  train 0.7961  inf  42.0%
# > k 54  n  270  train 0.7171  inf 100.0%
# > k 54  n 2700  train 0.8227  inf   0.0%
for seed in range(3):
    trains, shares = zip(
        *[fit_cases(cases, 270, seed=seed) for cases in (3, 9, 27)],
        strict=True,
    )
    assert trains[0] > trains[1] + 0.01 > trains[2] + 0.05
    assert shares[0] < 0.05 < 0.3 < shares[1] < 0.6 < shares[2]
    assert fit_cases(27, 2700, seed=seed)[1] < 0.05

# %% [markdown] lang="ko"
# 같은 방법으로 같은 270판을 썼는데도, 매개변수가 2개에서 54개로 늘자 훈련 손실은 0.8285에서 0.7171로 내려가고 테스트 손실은 늘 무한대가 되었습니다. 경우 하나하나를 보면, 매개변수가 54개일 때의 270판은 매개변수가 2개일 때의 10판과 다를 바 없습니다. 반면 판 수를 2,700으로 늘리면 매개변수가 54개여도 문제가 사라집니다.
#
# !!! note "바로잡기: 최대 가능도 추정만으로 과적합하는 것은 아닙니다"
#     과적합은 모델의 표현 용량(capacity)이 데이터의 양에 **비해** 클 때 생깁니다. 모델이 고정되어 있고 참 분포를 나타낼 수 있다고 합시다. 그러면 통상적인 조건, 특히 참 분포를 나타내는 매개변수의 값이 하나뿐이라는 조건에서, 데이터가 늘수록 최대 가능도 추정값은 참값으로 수렴합니다. 최대 가능도 추정에 책임이 있다면, 관측한 데이터만 믿는다는 점뿐입니다.
#
# 용량과 데이터의 비에 따라 과적합하는 정도가 정해진다면, 그 크기는 얼마나 될까요? 빈도의 손실이 훈련 데이터에서는 참 분포의 손실보다 얼마나 작고, 새로운 데이터에서는 얼마나 큰지 재면 됩니다. 앞의 값은 $\mathrm{KL}(f \,\|\, P)$이고, 뒤의 값은 $\mathrm{KL}(P \,\|\, f)$입니다. 재기 전에, 추정 방법만 바꾸어도 결과가 달라지는지부터 확인합니다.

# %% [markdown] lang="en"
# Same method, same 270 rounds: as the parameters grow from 2 to 54, the training loss falls from 0.8285 to 0.7171, and the test loss becomes infinite every time. In each single case, 270 rounds with 54 parameters are no better than 10 rounds with 2. Give it 2,700 rounds, and even the model with 54 is fine again.
#
# !!! note "Correction: maximum likelihood alone does not cause overfitting"
#     Overfitting appears when the capacity of a model is large **relative to** the amount of data. If the model is fixed and can express the true distribution, the maximum likelihood estimate converges to the truth as data grow, under the usual conditions, above all that only one parameter value gives that distribution. The part that maximum likelihood plays is to trust nothing but the data it saw.
#
# If the ratio of capacity to data decides how much a model overfits, how large is the effect? Two margins measure it: how far the loss of the frequencies lies below that of the true distribution on training data, and how far above it on new data. The first is $\mathrm{KL}(f \,\|\, P)$, the second $\mathrm{KL}(P \,\|\, f)$. Before measuring them, see whether a change of method alone makes a difference.

# %% anchor="add_one"
counts = draw_counts(10, draws=500 * 27)
gentle = cross_entropy(P, (counts + 1) / 13).mean()
print(f"k 54  n  270  one more of each  test {gentle:.3f}")
# > k 54  n  270  one more of each  test 0.896
assert gentle.isfinite()

# %% [markdown] lang="ko"
# 추정 방법만 바꾸어도 결과가 달라집니다. 매개변수 54개와 270판은 그대로 두고 가위, 바위, 보가 한 번씩 더 나온 것으로 세면, 테스트 손실은 무한대가 아니라 0.896이 됩니다. 따라서 과적합의 정도는 용량과 데이터의 비뿐 아니라 추정 방법에도 달려 있습니다. 이제 앞에서 말한 두 값을 재어 봅시다.

# %% [markdown] lang="en"
# Changing the method alone makes a difference. With the same 54 parameters and 270 rounds, counting every hand once more turns the infinite test loss into 0.896. So how much a model overfits depends on the method as well as on the ratio of capacity to data. Now measure the two margins.

# %%
for cases, n in [(1, 300), (9, 2700), (1, 3000)]:
    f = draw_counts(n // cases, draws=500 * cases) / (n // cases)
    wins = (cross_entropy(f, P) - cross_entropy(f, f)).mean()
    loses = (cross_entropy(P, f) - cross_entropy(P, P)).mean()
    ratio = 2 * cases / (2 * n)
    print(
        f"k {2 * cases:2} n {n:4}  "
        f"wins {wins:.4f} loses {loses:.4f} k/2n {ratio:.4f}"
    )
    assert abs(wins - ratio) < 0.2 * ratio
    assert abs(loses - ratio) < 0.2 * ratio
# > k  2 n  300  wins 0.0032 loses 0.0033 k/2n 0.0033
# > k 18 n 2700  wins 0.0034 loses 0.0034 k/2n 0.0033
# > k  2 n 3000  wins 0.0003 loses 0.0003 k/2n 0.0003

# %% [markdown] lang="ko"
# 두 값은 서로 거의 같고, 매개변수가 $k$개일 때의 공식 $k/2n$과도 맞습니다. 매개변수 2개에 300판을 쓰든 18개에 2,700판을 쓰든 똑같이 0.0033쯤입니다. 즉, 훈련 손실은 평균 $k/2n$만큼 작게, 테스트 손실은 그만큼 크게 나오므로 둘의 차이는 $k/n$쯤입니다.
#
# 이 근사는 모델이 참 분포를 나타낼 수 있고, 이 셀처럼 빠진 클래스가 없을 만큼 표본이 클 때 성립합니다. 아카이케 정보 기준(Akaike information criterion, AIC)도 여기에서 나옵니다. 다만 매개변수가 샘플보다 많은 신경망에 이 공식을 그대로 쓸 수는 없습니다.

# %% [markdown] lang="en"
# The two margins nearly agree with each other and with the formula $k/2n$ for $k$ parameters. With two parameters and 300 rounds or with 18 and 2,700, it is about 0.0033 either way. On average the training loss looks too good by $k/2n$, the test loss is worse by as much, and the gap between them is about $k/n$.
#
# The approximation holds if the model can express the true distribution and the sample is large, as in this cell, where no class goes missing. Akaike's information criterion (AIC) is built on it. It does not carry over as it stands to neural networks with more parameters than examples.

# %% [markdown] lang="ko"
# ## 한 번씩 더 세기 { #smoothing .deeper }
#
# 문제는 3판만 보고 가위를 "불가능"하다고 여긴 데서 생겼습니다. 판을 더 볼 수 없을 때는 가위, 바위, 보가 한 번씩 더 나왔다고 치는 오래된 요령을 씁니다. 이 방법을 라플라스 스무딩(Laplace smoothing), 또는 더하기 1 스무딩이라고 합니다.
#
# $$
# q_k = \frac{c_k + 1}{n + K}
# $$
#
# 여기서 $K$는 클래스의 수입니다. 예를 들어 나온 횟수가 (0, 1, 2)이면 확률은 (1/6, 1/3, 1/2)이 됩니다. 이 방법을 앞의 표본에 그대로 써 봅시다.

# %% [markdown] lang="en"
# ## Add one to every count { #smoothing .deeper }
#
# Calling scissors impossible after three rounds was the trouble. If you cannot watch more rounds, there is an old trick: pretend you saw every hand once more. It is called Laplace smoothing, or add-one smoothing.
#
# $$
# q_k = \frac{c_k + 1}{n + K}
# $$
#
# Here $K$ is the number of classes. Counts of (0, 1, 2) become (1/6, 1/3, 1/2). Apply it to the same samples as before.

# %%
for n in (3, 10, 30, 100):
    counts = draw_counts(n)
    f, smoothed = counts / n, (counts + 1) / (n + 3)
    print(
        f"n {n:3}  train {cross_entropy(f, smoothed).mean():.4f}  "
        f"test {cross_entropy(P, smoothed).mean():.4f}"
    )
    assert cross_entropy(P, smoothed).isfinite().all()
    # ko: 어떤 표본에서도 훈련 손실은 빈도의 훈련 손실보다 작아지지 않습니다.
    # en: On the training loss it beats the frequencies in no sample.
    assert (cross_entropy(f, smoothed) >= cross_entropy(f, f) - 1e-6).all()
# > n   3  train 0.7185  test 0.9643
# > n  10  train 0.7604  test 0.8960
# > n  30  train 0.8045  test 0.8605
# > n 100  train 0.8222  test 0.8417

# %% [markdown] lang="ko"
# 테스트 손실에서 무한대가 사라졌습니다. 3판만 보고도 테스트 손실이 평균 0.9643으로, 아무것도 모를 때의 $\ln 3$보다 작습니다. 100판이면 0.8417로 내려가 바닥인 0.8324에 가까워집니다. 그 대신 훈련 손실은 언제나 빈도의 훈련 손실보다 크거나 같습니다. 이렇게 훈련 손실에서 조금 손해를 보는 대신 테스트 손실을 줄이는 것이 규제입니다.
#
# 그런데 꼭 1을 더해야 할까요? 10판짜리 표본에서 클래스마다 더하는 수 $\alpha$를 바꾸어 봅시다. 세 열은 서로 다른 난수 시드(random seed) 세 개로 얻은 결과입니다.

# %% [markdown] lang="en"
# The infinities are gone. After three rounds the test loss averages 0.9643, better than the $\ln 3$ of knowing nothing, and after 100 it is 0.8417, close to the floor of 0.8324. In exchange, the training loss is never below that of the frequencies. Giving up some training loss to gain test loss: that is regularization.
#
# Does it have to be 1? Vary the number $\alpha$ added to each count, with samples of ten rounds. The three columns are three random seeds.

# %%
tests = {}
for alpha in (0.0, 0.1, 1.0, 10.0, 100.0):
    counts = [draw_counts(10, seed=seed) for seed in range(3)]
    smoothed = (torch.stack(counts) + alpha) / (10 + 3 * alpha)
    tests[alpha] = cross_entropy(P, smoothed).mean(dim=1)
    print(
        f"alpha {alpha:5}  test "
        + "  ".join(f"{loss:.4f}" for loss in tests[alpha])
    )
# > alpha   0.0  test inf  inf  inf
# > alpha   0.1  test 0.9745  0.9667  0.9754
# > alpha   1.0  test 0.8960  0.8941  0.8984
# > alpha  10.0  test 0.9895  0.9895  0.9913
# > alpha 100.0  test 1.0818  1.0818  1.0821
print(f"uniform      test {cross_entropy(P, torch.full((3,), 1 / 3)):.4f}")
# > uniform      test 1.0986

# %% folded="tests"
spread = (tests[1.0].max() - tests[1.0].min()).item()
assert all(
    tests[1.0].max() + spread < tests[alpha].min()
    for alpha in (0.0, 0.1, 10.0, 100.0)
)

# %% [markdown] lang="ko"
# 너무 적게 더하면 나오지 않은 클래스의 확률이 0에 가까워, 그 클래스가 나왔을 때 손실이 매우 커집니다. 반대로 너무 많이 더하면 데이터를 무시하게 되어 손실이 균등분포(uniform distribution)의 1.0986에 가까워집니다. 표에 있는 다섯 값 가운데에서는 세 열 모두 1일 때 손실이 가장 낮습니다. 그렇다고 1이 언제나 정답인 것은 아닙니다. 보통은 `P`를 모르므로, $\alpha$ 같은 값은 [검증 세트](train_val_test.md)로 고릅니다.

# %% [markdown] lang="en"
# Add too little, and unseen hands keep a probability near 0, which costs a large loss when they come up. Add too much, and the data are ignored: the loss heads for 1.0986, the uniform distribution. Of the five values in the table, 1 has the lowest loss in all three columns. But 1 is not always right. Normally `P` is unknown, and a value like $\alpha$ is chosen on a [validation set](train_val_test.md).

# %% [markdown] lang="ko"
# ## MAP: 벌점이 된 사전분포 { #map .deeper }
#
# 한 번씩 더 세는 요령에는 이론적인 근거가 있습니다. 데이터를 보기 전에 어떤 $Q$가 그럴듯한지를 **사전분포** $p(Q)$로 적어 두면, 베이즈 정리(Bayes' theorem)로 데이터를 본 뒤의 **사후분포**(posterior)를 구할 수 있습니다. 이 사후분포의 값이 가장 큰 곳을 답으로 삼는 방법을 **최대 사후 확률 추정**(maximum a posteriori, MAP)이라고 합니다.
#
# $$
# \begin{aligned}
# p(Q \mid \text{data}) &\propto p(\text{data} \mid Q)\, p(Q) \\
# -\log p(Q \mid \text{data}) &= \text{NLL} - \log p(Q) + \text{const}
# \end{aligned}
# $$
#
# 로그를 취하면 사전분포는 **손실에 더하는 벌점 항**(penalty term)이 됩니다. 즉, MAP은 최대 가능도 추정에 항 하나를 더한 것입니다. 다만 여기서 NLL은 평균이 아니라 데이터 전체의 합입니다. 예를 들어 디리클레분포(Dirichlet distribution)의 모수를 모두 2로 두면 벌점은 $-\sum_k \log q_k$가 되며, 확률이 0에 가까운 클래스가 있으면 벌점이 커집니다. 벌점이 없을 때와 있을 때의 결과를 경사 하강법으로 비교해 봅시다.

# %% [markdown] lang="en"
# ## MAP: a prior becomes a penalty { #map .deeper }
#
# The trick of adding one has a theory behind it. Write down, before seeing data, which $Q$ are plausible: the **prior** $p(Q)$. Bayes' theorem then gives the **posterior**, the distribution after seeing the data. Taking its highest point as the answer is **maximum a posteriori** (MAP) estimation.
#
# $$
# \begin{aligned}
# p(Q \mid \text{data}) &\propto p(\text{data} \mid Q)\, p(Q) \\
# -\log p(Q \mid \text{data}) &= \text{NLL} - \log p(Q) + \text{const}
# \end{aligned}
# $$
#
# After taking logs, the prior is **a penalty term added to the loss**: maximum likelihood plus one term. The NLL here is the sum over all the data, not the mean. A Dirichlet distribution with all parameters equal to 2 gives the penalty $-\sum_k \log q_k$, which grows when some class comes near probability 0. Run gradient descent without the penalty and with it.

# %%
counts = torch.tensor([0.0, 1.0, 2.0])
for penalty_weight in (0.0, 1.0):
    logits = torch.zeros(3, requires_grad=True)
    optimizer = torch.optim.SGD([logits], lr=0.1)
    for _ in range(300):
        log_q = F.log_softmax(logits, dim=0)
        loss = -(counts * log_q).sum() - penalty_weight * log_q.sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    print(
        f"penalty {penalty_weight:.0f}  "
        f"q = {[round(value, 4) for value in log_q.exp().tolist()]}"
    )
# > penalty 0  q = [0.0074, 0.3296, 0.663]
# > penalty 1  q = [0.1667, 0.3333, 0.5]

# %% folded="tests"
assert torch.allclose(log_q.exp(), (counts + 1) / 6, atol=1e-4)
# ko: 벌점은 디리클레분포의 -log p이고 상수만 다릅니다.
# en: The penalty is -log p of the Dirichlet distribution up to a constant.
prior = torch.distributions.Dirichlet(torch.full((3,), 2.0))
assert torch.isclose(
    -prior.log_prob(log_q.exp()), -log_q.sum() - math.log(120)
)

# %% [markdown] lang="ko"
# 벌점이 없으면 가위의 확률은 0을 향해 줄어듭니다. 반면 벌점을 더하면 (0.1667, 0.3333, 0.5)에서 멈추는데, 이 값은 한 번씩 더 센 (1/6, 1/3, 1/2)과 같습니다. 따라서 더하기 1 스무딩은 MAP이며, 이 레슨에서 만난 첫 번째 규제입니다.
#
# 동전의 예를 그림으로 그려 보면 한눈에 알 수 있습니다. 사전분포가 베타분포(Beta distribution) Beta(2, 2)이면 앞면과 뒷면이 한 번씩 더 나온 것과 같으므로, 사후분포의 봉우리는 8/12에 있습니다.

# %% [markdown] lang="en"
# Without the penalty, the probability of scissors dwindles toward 0. With it, the values settle at (0.1667, 0.3333, 0.5), the same as (1/6, 1/3, 1/2) from adding one. Add-one smoothing is MAP, the first regularizer in this lesson.
#
# The coin shows in a picture what a prior does. With the Beta distribution Beta(2, 2) as prior, it is as if heads and tails had each been seen once more, and the posterior peaks at 8/12.

# %% figure="prior_to_posterior"
theta = torch.linspace(0, 1, 201)[1:-1]
curves = {
    "prior": (2.0, 2.0, "C7", ":"),
    "likelihood": (8.0, 4.0, "C1", "--"),
    "posterior": (9.0, 5.0, "C0", "-"),
}
fig, ax = plt.subplots()
for label, (a, b, color, style) in curves.items():
    density = torch.distributions.Beta(a, b).log_prob(theta).exp()
    ax.plot(theta, density, color=color, linestyle=style, label=label)
    ax.plot(theta[density.argmax()], density.max(), "o", color=color)
ax.set_ylim(0, 4)
ax.set_xlabel("probability of heads θ")
ax.set_ylabel("density")
ax.legend(loc="upper left")
assert abs(theta[density.argmax()] - 8 / 12) < 0.01

# %% [markdown] lang="ko" caption="prior_to_posterior"
# 사후분포의 봉우리는 사전분포의 0.5와 가능도의 0.7 사이인 0.6667에 있습니다.
#
# 가로축은 앞면이 나올 확률 θ로 0에서 1까지이고, 세로축은 밀도입니다. 회색 점선인 사전분포 Beta(2, 2)는 0.5에서 가장 높은 완만한 언덕 모양입니다. 파선인 가능도는 넓이가 1이 되도록 키운 것으로, 0.7에서 가장 높습니다. 실선인 사후분포는 둘보다 조금 더 뾰족하고 0.6667에서 가장 높습니다.
#
# - prior: 사전분포
# - likelihood: 가능도
# - posterior: 사후분포
# - probability of heads θ: 앞면이 나올 확률 θ
# - density: 밀도

# %% [markdown] lang="en" caption="prior_to_posterior"
# The posterior peaks at 0.6667, between the prior at 0.5 and the likelihood at 0.7.
#
# The horizontal axis is the probability of heads θ from 0 to 1, the vertical axis density. The dotted gray prior, Beta(2, 2), is a gentle hill highest at 0.5. The dashed likelihood, scaled to area 1, is highest at 0.7. The solid posterior is a little sharper than both and highest at 0.6667.

# %% [markdown] lang="ko"
# ## 가중치에 매기는 벌점 { #penalty .deeper }
#
# 사전분포는 확률 대신 로짓이나 가중치에도 둘 수 있습니다. 다만 밀도는 축을 늘이거나 줄이면 함께 바뀌므로, 사후분포의 봉우리는 무엇을 매개변수로 삼느냐에 따라 달라집니다. Beta(2, 2)를 둔 앞의 동전에서 $\theta$의 봉우리는 8/12이지만, 로짓의 봉우리를 확률로 바꾸면 9/14입니다.

# %% [markdown] lang="en"
# ## A penalty on the weights { #penalty .deeper }
#
# A prior may be placed on a logit or a weight instead of a probability. The highest point of a posterior depends on which of them you choose, since a density is stretched along with its axis. For the coin above with its Beta(2, 2) prior, the peak in $\theta$ is at 8/12, but the peak in the logit, turned into a probability, is at 9/14.

# %%
w = torch.linspace(-2, 2, 40001, dtype=torch.float64)
theta = w.sigmoid()
posterior = torch.distributions.Beta(9.0, 5.0).log_prob(theta).exp()
# ko: 로짓의 축에서는 밀도에 theta * (1 - theta)가 곱해집니다.
# en: Along the logit the density has a factor theta * (1 - theta).
for name, density in [
    ("theta", posterior),
    ("logit", posterior * theta * (1 - theta)),
]:
    print(f"peak in {name} at {theta[density.argmax()]:.4f}")
# > peak in theta at 0.6667
# > peak in logit at 0.6429
print(f"8/12 = {8 / 12:.4f}, 9/14 = {9 / 14:.4f}")
# > 8/12 = 0.6667, 9/14 = 0.6429

# %% [markdown] lang="ko"
# 예를 들어 가중치가 평균이 0인 정규분포를 따른다고 가정하면, 벌점은 다음과 같이 가중치의 제곱에 비례합니다.
#
# $$
# -\log p(w) = \frac{w^2}{2\tau^2} + \text{const}
# $$
#
# 동전을 3번 던져 모두 앞면이 나왔다고 합시다. 이때 최대 가능도 추정값은 $\theta = 1$이며, 로짓으로는 무한대입니다. $\lambda = 1/\tau^2$이라고 쓰면 벌점은 $\frac{\lambda}{2} w^2$입니다. 벌점이 없을 때와 있을 때 $w$는 각각 어디로 갈까요?

# %% [markdown] lang="en"
# If a weight is assumed to follow a Gaussian around 0, the penalty is proportional to its square.
#
# $$
# -\log p(w) = \frac{w^2}{2\tau^2} + \text{const}
# $$
#
# Suppose a coin is flipped three times and shows heads every time. The maximum likelihood estimate is $\theta = 1$, an infinite logit. With $\lambda = 1/\tau^2$ the penalty is $\frac{\lambda}{2} w^2$. Where does $w$ go without it, and where with it?


# %%
def fit_logit(flips, lam, num_steps, reduction="sum"):
    w = torch.tensor(0.0, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.3)
    for _ in range(num_steps):
        nll = F.binary_cross_entropy_with_logits(
            w.expand(len(flips)), flips, reduction=reduction
        )
        loss = nll + lam / 2 * w**2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return w.detach()


# %%
for num_steps in (10, 100, 1000):
    free, held = (
        fit_logit(torch.ones(3), lam, num_steps) for lam in (0.0, 1.0)
    )
    print(f"{num_steps:4} steps  w free {free:.4f}  w held {held:.4f}")
# >   10 steps  w free 2.1504  w held 0.8787
# >  100 steps  w free 4.4804  w held 0.8797
# > 1000 steps  w free 6.7991  w held 0.8797
print(f"theta held {held.sigmoid():.4f}")
# > theta held 0.7068
assert free > fit_logit(torch.ones(3), 0.0, 100) + 2
assert torch.isclose(3 * (1 - held.sigmoid()), held, atol=1e-4)

# %% [markdown] lang="ko"
# 벌점이 없으면 $w$는 2.1504, 4.4804, 6.7991로 계속 커집니다. 갱신 횟수가 10배가 될 때마다 $\ln 10$쯤 더 커지며, 멈출 곳이 없습니다. 클래스가 완벽히 나뉘는 데이터에서 분류 모델의 가중치가 한없이 커지는 것도 같은 이유입니다. 반면 벌점이 있으면 $w$는 0.8797에서 멈추고, 이때 $\theta$는 0.7068입니다. 즉, 앞면이 3번 나왔다고 해서 "늘 앞면"이라고 믿지는 않습니다.
#
# 이 제곱 벌점을 **L2 규제**라고 하며, 옵티마이저(optimizer)에서는 [가중치 감쇠](weight_decay.md)(weight decay)라는 이름으로 쓰입니다. 여기에는 흔히 빠지는 함정이 하나 있습니다. 벌점은 데이터 **전체**의 음의 로그 가능도에 한 번 더하는 것인데, PyTorch의 손실은 기본적으로 평균을 구합니다.

# %% [markdown] lang="en"
# Without the penalty, $w$ keeps growing: 2.1504, 4.4804, 6.7991. Ten times the steps carry it about $\ln 10$ further, and nothing stops it. The weights of a classifier grow without end for the same reason when classes separate cleanly. With the penalty it stops at 0.8797, where $\theta$ is 0.7068: three heads are not enough to believe in "always heads."
#
# This squared penalty is **L2 regularization**. In an optimizer it goes by the name of [weight decay](weight_decay.md). There is one common trap. The penalty is added once to the negative log-likelihood of **all** the data, but PyTorch's losses are means by default.

# %%
for reduction, lam in [("sum", 1.0), ("mean", 1.0), ("mean", 1.0 / 10)]:
    w = fit_logit(flips, lam, 500, reduction)
    print(
        f"{reduction:4}  lam {lam:.1f}  w {w:.4f}  theta {w.sigmoid():.4f}"
    )
# > sum   lam 1.0  w 0.5828  theta 0.6417
# > mean  lam 1.0  w 0.1601  theta 0.5399
# > mean  lam 0.1  w 0.5828  theta 0.6417

weight = torch.tensor(0.0, requires_grad=True)
optimizer = torch.optim.SGD([weight], lr=0.3, weight_decay=1.0 / 10)
for _ in range(500):
    optimizer.zero_grad()
    F.binary_cross_entropy_with_logits(weight.expand(10), flips).backward()
    optimizer.step()
assert torch.allclose(w, weight, atol=1e-5)
assert torch.allclose(w, fit_logit(flips, 1.0, 500, "sum"), atol=1e-5)

# %% [markdown] lang="ko"
# !!! warning "평균 손실에 벌점을 그대로 더하면 사전분포가 n배 강해집니다"
#     손실의 합에 벌점을 더하면 $w$는 0.5828입니다. 그러나 평균에 같은 벌점을 더하면 $w$가 0.1601까지 작아져, 동전이 거의 공정하다는 답이 나옵니다. 벌점도 $n = 10$으로 나누어 $\lambda$를 0.1로 해야 다시 0.5828이 됩니다. `torch.optim.SGD`의 `weight_decay=0.1`도 같은 답에 이릅니다. 바꾸어 말하면, 데이터가 늘었는데도 $\lambda$를 그대로 두면 사전분포도 함께 강해집니다.

# %% [markdown] lang="en"
# !!! warning "A penalty added unchanged to a mean loss acts as a prior n times as strong"
#     Added to the sum, the penalty gives $w$ = 0.5828. The same penalty added to the mean shrinks it to 0.1601, as if the coin were nearly fair. Divide the penalty by $n = 10$ too, so that $\lambda$ is 0.1, and you get 0.5828 again. `torch.optim.SGD` with `weight_decay=0.1` arrives at the same answer. It also means that if the data grow and $\lambda$ stays, the prior has grown stronger with them.

# %% [markdown] lang="ko"
# ## 연습 문제 { #exercises }
#
# **1. 동전의 답과 손실.** 동전을 던진 결과 `flips`(1과 0)를 받아, 최대 가능도 추정값과 그때의 평균 NLL을 돌려주는 함수를 작성해 보세요. 모두 앞면이어도 `nan`이 나오면 안 됩니다. 그때 손실은 얼마여야 할까요?
#
# ??? tip "힌트"
#     최대 가능도 추정값 $h/n$을 평균 NLL의 식에 넣어 보세요. 앞면만 나오면 $0 \log 0$이 생기므로, `torch.special`에서 이 값을 0으로 계산하는 함수를 찾아야 합니다.

# %% [markdown] lang="en"
# ## Exercises { #exercises }
#
# **1. A coin's estimate and its loss.** Given `flips` of ones and zeros, write a function that returns the maximum likelihood estimate and the mean NLL there. It must not return `nan` even if every flip is heads. What should the loss be then?
#
# ??? tip "Hint"
#     Put the maximum likelihood estimate $h/n$ into the mean NLL. Heads alone make it contain $0 \log 0$; look in `torch.special` for a function that takes this as 0.


# %% exercise="fit_coin"
# ko: (theta, 평균 NLL)을 돌려주세요.
# en: Return (theta, mean NLL).
def fit_coin(flips):
    ### BEGIN SOLUTION
    theta = flips.mean()
    nll = -torch.special.xlogy(theta, theta) - torch.special.xlogy(
        1 - theta, 1 - theta
    )
    return theta.item(), nll.item()
    ### END SOLUTION


# %% check="fit_coin"
answer = fit_coin(
    torch.tensor([1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0])
)
assert isinstance(answer, tuple), f"{answer} is no tuple"
case = "7 of 10 heads"
assert abs(answer[0] - 0.7) < 1e-6, f"{case}: theta {answer[0]}, not 0.7"
assert abs(answer[1] - 0.6109) < 1e-4, (
    f"{case}: NLL {answer[1]}, not 0.6109"
)
for only in (torch.ones(3), torch.zeros(3)):
    theta, nll = fit_coin(only)
    assert abs(theta - only[0]) < 1e-5, f"{only}: theta {theta}"
    assert abs(nll) < 1e-5, f"{only}: NLL {nll}, not 0"


# %% wrong="fit_coin"
# ko: 동전이 모두 같은 면이면 0에 음의 무한대를 곱하게 되어 NLL이 `nan`이 됩니다.
# en: Where all flips agree, 0 times minus infinity makes the NLL `nan`.
def fit_coin(flips):
    theta = flips.mean()
    nll = -(theta * theta.log() + (1 - theta) * (1 - theta).log())
    return theta.item(), nll.item()


# %% wrong="fit_coin"
# ko: NLL의 평균이 아니라 합을 돌려줍니다.
# en: It returns the sum of the NLL, not its mean.
def fit_coin(flips):
    theta = flips.mean()
    nll = torch.special.entr(theta) + torch.special.entr(1 - theta)
    return theta.item(), len(flips) * nll.item()


# %% wrong="fit_coin"
# ko: 앞면과 뒷면의 횟수에 1씩 더하면 최대 가능도 추정이 아닙니다.
# en: With 1 added to heads and tails this is not the maximum likelihood estimate.
def fit_coin(flips):
    theta = (flips.sum() + 1) / (len(flips) + 2)
    nll = F.binary_cross_entropy(theta.expand(len(flips)), flips)
    return theta.item(), nll.item()


# %% right="fit_coin"
def fit_coin(flips):
    theta = flips.sum() / len(flips)
    nll = F.binary_cross_entropy(theta.expand(len(flips)), flips)
    return theta.item(), nll.item()


# %% [markdown] lang="ko"
# **2. 정규분포 맞추기.** 값 `y`에 최대 가능도 추정으로 정규분포를 맞추고, 그 평균과 분산, 평균 NLL을 돌려주는 함수를 작성해 보세요. 데이터에 10을 곱하면 NLL은 얼마나 달라질까요? 먼저 답을 정한 뒤에 확인 코드의 마지막 줄과 비교해 보세요.
#
# ??? tip "힌트"
#     가능도를 가장 크게 하는 분산은 무엇으로 나눈 값이었나요? 그 분산을 평균 NLL의 식에 넣으면, 제곱이 들어 있는 항은 데이터와 상관없는 상수가 됩니다.

# %% [markdown] lang="en"
# **2. Fit a Gaussian.** Fit a Gaussian to the values `y` by maximum likelihood; return its mean, its variance, and the mean NLL. If the data are multiplied by 10, by how much does the NLL change? Decide first, then compare with the last line of the check.
#
# ??? tip "Hint"
#     Which divisor gives the variance with the largest likelihood? Put that variance into the mean NLL, and the term that holds the squares becomes a constant, whatever the data.


# %% exercise="fit_gaussian"
# ko: (평균, 분산, 평균 NLL)을 돌려주세요. NLL에는 상수도 넣습니다.
# en: Return (mean, variance, mean NLL), constants included.
def fit_gaussian(y):
    ### BEGIN SOLUTION
    variance = y.var(correction=0).item()
    nll = 0.5 * math.log(2 * math.pi * variance) + 0.5
    return y.mean().item(), variance, nll
    ### END SOLUTION


# %% check="fit_gaussian"
scores = torch.tensor([152.0, 185.0, 180.0, 196.0, 142.0])
answer = fit_gaussian(scores)
assert isinstance(answer, tuple), f"{answer} is no tuple"
mean, variance, nll = answer
assert abs(mean - 171) < 1e-3, f"{scores}: mean {mean}, not 171"
assert abs(variance - 420.8) < 1e-2, (
    f"{scores}: variance {variance}, not 420.8"
)
assert abs(nll - 4.4400) < 1e-4, f"{scores}: NLL {nll}, not 4.44"
two = fit_gaussian(scores[:2])[1]
assert abs(two - 16.5**2) < 1e-2, f"{scores[:2]}: variance {two}"
more = fit_gaussian(10 * scores)[2] - nll
assert abs(more - math.log(10)) < 1e-4, f"10 times as large: {more} more"


# %% wrong="fit_gaussian"
# ko: $n - 1$로 나눈 분산에 4/5를 곱하면 값이 다섯 개일 때만 맞습니다.
# en: A factor of 4/5 mends the division by $n - 1$ for five values only.
def fit_gaussian(y):
    variance = y.var().item() * 4 / 5
    nll = 0.5 * math.log(2 * math.pi * variance) + 0.5
    return y.mean().item(), variance, nll


# %% wrong="fit_gaussian"
# ko: `var()`는 $n - 1$로 나누므로 가능도를 가장 크게 하는 분산이 아닙니다.
# en: `var()` divides by $n - 1$, which does not give the variance of largest likelihood.
def fit_gaussian(y):
    variance = y.var().item()
    nll = 0.5 * math.log(2 * math.pi * variance) + 0.5
    return y.mean().item(), variance, nll


# %% wrong="fit_gaussian"
# ko: NLL에서 상수 $\frac{1}{2} \ln 2\pi$를 빠뜨렸습니다.
# en: It leaves out the constant $\frac{1}{2} \ln 2\pi$.
def fit_gaussian(y):
    variance = y.var(correction=0).item()
    return y.mean().item(), variance, 0.5 * math.log(variance) + 0.5


# %% wrong="fit_gaussian"
# ko: 분산 자리에 표준편차를 돌려줍니다.
# en: It returns the standard deviation in the place of the variance.
def fit_gaussian(y):
    std = y.std(correction=0).item()
    return (
        y.mean().item(),
        std,
        math.log(std) + 0.5 * math.log(2 * math.pi) + 0.5,
    )


# %% right="fit_gaussian"
def fit_gaussian(y):
    mean, std = y.mean(), y.std(correction=0)
    nll = -torch.distributions.Normal(mean, std).log_prob(y).mean()
    return mean.item(), std.item() ** 2, nll.item()


# %% [markdown] lang="ko"
# **3. 본 적 없는 것의 손실.** 세 판에서 가위는 한 번도 나오지 않았고, 바위는 한 번, 보는 두 번 나왔습니다. 나온 횟수에 1씩 더하는 라플라스 스무딩으로 확률을 추정했다면, 다음 판에 가위가 나왔을 때의 손실은 얼마인가요? 소수점 아래 셋째 자리까지 구해 보세요. 1을 더하지 않았다면 이 손실은 얼마였을까요?
#
# ??? tip "힌트"
#     1씩 더하면 합도 달라집니다. 더한 뒤의 세 수를 먼저 적어 보세요.

# %% [markdown] lang="en"
# **3. The loss of the unseen.** In three rounds scissors never came up, rock came up once, and paper twice. If you estimate the probabilities with Laplace smoothing, adding 1 to each count, what is the loss when scissors comes up next? Find it to three decimals. What would it be had you not added the 1?
#
# ??? tip "Hint"
#     Adding 1 to each changes the sum as well. Write down the three numbers after the addition first.

# %% exercise="unseen_loss" path="deeper"
### BEGIN SOLUTION
# scissors: (0 + 1) / (3 + 3)
unseen_loss = math.log(6)
### END SOLUTION

# %% check="unseen_loss"
smoothed = torch.tensor([0.0, 1.0, 2.0]) + 1
surprise = -(smoothed / smoothed.sum()).log()[0].item()
assert isinstance(unseen_loss, (int, float)), (
    f"{unseen_loss!r} is no number"
)
assert abs(unseen_loss - surprise) < 1e-3, f"{unseen_loss} is not the loss"

# %% wrong="unseen_loss"
# ko: 더한 뒤의 합이 아니라 더하기 전의 합으로 나누었으므로, 확률의 합이 1을 넘습니다.
# en: It divides by the sum from before the addition, so the probabilities sum to more than 1.
unseen_loss = math.log(3)

# %% wrong="unseen_loss"
# ko: 나온 횟수가 0인 클래스에만 더했지만, 모든 클래스에 똑같이 더해야 합니다.
# en: It adds only where the count is 0, and every class should get the same.
unseen_loss = math.log(4)

# %% wrong="unseen_loss"
# ko: 손실이 아니라 확률입니다. 손실을 구하려면 로그를 취하고 부호를 바꾸어야 합니다.
# en: This is the probability, not the loss, which is minus its logarithm.
unseen_loss = 1 / 6

# %% [markdown] lang="ko"
# **4. 사전분포가 있는 동전.** 동전을 10번 던져 앞면이 7번 나왔고, 사전분포는 Beta(2, 2)입니다. 사전분포가 Beta($a$, $b$)이면, 사전분포에 $-\log$를 취한 값은 상수를 빼고 $-(a-1)\log\theta - (b-1)\log(1-\theta)$입니다. MAP 추정값을 소수점 아래 셋째 자리까지 구해 보세요. 이 사전분포는 동전을 몇 번 더 던진 것과 같을까요? 또한 데이터가 100배가 되면 사전분포의 영향은 얼마나 남을까요?
#
# ??? tip "힌트"
#     NLL에 이 값을 더하면 $\log\theta$와 $\log(1-\theta)$의 계수가 하나씩 커집니다. 앞면과 뒷면이 몇 번씩 나온 것과 같아지나요?

# %% [markdown] lang="en"
# **4. A coin with a prior.** Ten flips of a coin gave 7 heads, and the prior is Beta(2, 2). For a Beta($a$, $b$) prior, $-\log$ of the prior is $-(a-1)\log\theta - (b-1)\log(1-\theta)$ up to a constant. Find the MAP estimate to three decimals. How many extra flips is this prior worth? How much of its influence is left with a hundred times the data?
#
# ??? tip "Hint"
#     Added to the NLL, it raises the counts in front of $\log\theta$ and of $\log(1-\theta)$. How many heads and tails does it come to?

# %% exercise="prior_coin" path="deeper"
### BEGIN SOLUTION
# (7 + 1) heads, (3 + 1) tails
map_estimate = 8 / 12
### END SOLUTION

# %% check="prior_coin"
theta = torch.linspace(0.0001, 0.9999, 9999, dtype=torch.float64)
posterior = 7 * theta.log() + 3 * (1 - theta).log()
posterior += theta.log() + (1 - theta).log()
peak = theta[posterior.argmax()].item()
assert isinstance(map_estimate, (int, float)), (
    f"{map_estimate!r} is no number"
)
assert abs(map_estimate - peak) < 1e-3, f"{map_estimate} is not the peak"

# %% wrong="prior_coin"
# ko: 이것은 사후분포의 평균이고, 봉우리는 $a$와 $b$에서 1씩 뺀 식으로 구합니다.
# en: This is the mean of the posterior; its peak has 1 subtracted from both $a$ and $b$.
map_estimate = 9 / 14

# %% wrong="prior_coin"
# ko: 최대 가능도 추정값이며, 사전분포를 쓰지 않았습니다.
# en: This is the maximum likelihood estimate, which makes no use of the prior.
map_estimate = 7 / 10

# %% wrong="prior_coin"
# ko: 분모에 앞면의 $a - 1$만 더하고, 뒷면의 $b - 1$을 빠뜨렸습니다.
# en: The denominator has the $a - 1$ of the heads, but not the $b - 1$ of the tails.
map_estimate = 8 / 11

# %% [markdown] lang="ko"
# **5. 새로운 손실 만들기.** 버스를 기다린 시간 $y$가 지수분포 $p(y \mid r) = r e^{-ry}$를 따른다고 합시다. $r$이 언제나 양수가 되도록 모델은 $r$ 대신 $z = \log r$을 출력합니다. 이때의 평균 NLL을 구하는 함수를 `torch.distributions` 없이 작성해 보세요. 확인 코드에서는 이 손실을 경사 하강법으로 줄입니다. 그러면 $r$은 데이터에서 구한 어떤 값에 가까워질까요?
#
# ??? tip "힌트"
#     밀도에 $-\log$를 취하면 곱이 합으로 바뀝니다. 그다음에 $r$과 $\log r$을 각각 $z$로 나타내고, 샘플에 대해 평균을 구합니다.

# %% [markdown] lang="en"
# **5. Make a new loss.** Suppose that the time $y$ spent waiting for a bus follows the exponential distribution $p(y \mid r) = r e^{-ry}$. The model returns $z = \log r$ instead of $r$, so that $r$ is always positive. Write a function for the mean NLL without `torch.distributions`. The check minimizes your loss by gradient descent. Which quantity computed from the data will $r$ approach?
#
# ??? tip "Hint"
#     Taking $-\log$ of the density turns its product into a sum. Then write $r$ and $\log r$ in terms of $z$, and average over the examples.


# %% exercise="waiting_loss"
# ko: z는 log r, y는 기다린 시간입니다.
# en: z is log r, y holds the waiting times.
def waiting_loss(z, y):
    ### BEGIN SOLUTION
    return (z.exp() * y - z).mean()
    ### END SOLUTION


# %% check="waiting_loss"
waits = torch.tensor([1.0, 2.0, 4.0, 9.0])
z = torch.tensor(0.0, requires_grad=True)
for rate, times in [(0.5, waits), (2.0, torch.tensor([0.1, 0.5]))]:
    model = torch.distributions.Exponential(torch.tensor(rate))
    loss = waiting_loss(torch.tensor(rate).log(), times)
    assert torch.is_tensor(loss), f"{loss} is no tensor"
    right = -model.log_prob(times).mean()
    assert torch.isclose(loss, right), (
        f"r {rate}, y {times}: {loss}, not {right}"
    )
for _ in range(200):
    (gradient,) = torch.autograd.grad(waiting_loss(z, waits), z)
    z = (z - 0.1 * gradient).detach().requires_grad_()
assert abs(z.exp() - 1 / waits.mean()) < 1e-3, (
    f"after 200 updates on {waits}: r {z.exp()}"
)


# %% wrong="waiting_loss"
# ko: $z = \log r$인데 $z$를 $r$로 여겼습니다.
# en: It takes $z$ for $r$, but $z = \log r$.
def waiting_loss(z, y):
    return (z * y - z.abs().log()).mean()


# %% wrong="waiting_loss"
# ko: 정규화 항 $-\log r$이 없으면 $r$을 0으로 보내는 것이 가장 좋아집니다.
# en: Without the normalizing term $-\log r$ the best choice is to send $r$ to 0.
def waiting_loss(z, y):
    return (z.exp() * y).mean()


# %% wrong="waiting_loss"
# ko: 기다린 시간의 합을 썼으므로 샘플의 평균이 아닙니다.
# en: It uses the sum of the waiting times, so it is no mean over the examples.
def waiting_loss(z, y):
    return z.exp() * y.sum() - z


# %% right="waiting_loss"
def waiting_loss(z, y):
    return z.exp() * y.mean() - z


# %% [markdown] lang="ko"
# ## 퀴즈 { #quiz }
#
# ??? question "1. 가능도는 θ의 확률밀도일까요?"
#     - [x] 아니요, 적분해도 1이 아닙니다: 데이터의 확률을 $\theta$의 함수로 나타낸 것이므로, 적분해서 1이 될 이유가 없습니다. 동전에서는 1/1320이었습니다.
#     - [ ] 네, 확률로 만든 함수이기 때문입니다: 데이터에 대해서는 확률이지만, $\theta$를 바꾸어 가며 볼 때는 넓이를 정해 주는 조건이 없습니다.
#     - [ ] 네, 넓이로 나누기만 하면 됩니다: 나누면 밀도가 되기는 하지만, 모든 $\theta$가 똑같이 그럴듯하다는 사전분포를 몰래 넣은 것입니다. 그렇게 얻은 것은 사후분포입니다.
#
# ??? question "2. MSE와 L1은 각각 오차의 어떤 분포에서 나올까요?"
#     - [ ] MSE는 라플라스, L1은 정규분포입니다: 거꾸로 짝지은 답입니다. 제곱은 큰 오차에 엄하므로, 큰 오차가 드문 분포, 즉 꼬리가 얇은 정규분포와 어울립니다.
#     - [ ] 둘 다 분포와 상관없는 거리입니다: 거리로 볼 수도 있지만, 그러면 오타 하나에 답이 523.8과 180으로 갈린 이유를 설명하지 못합니다.
#     - [x] MSE는 정규분포, L1은 라플라스입니다: 두 분포의 음의 로그 가능도에서 상수를 빼면 제곱과 절댓값이 남습니다. 둘 다 퍼진 정도가 모든 샘플에서 같아야 합니다.
#
# ??? question "3. 분산의 최대 가능도 추정값은 무엇으로 나눌까요?"
#     - [ ] `Tensor.var()`처럼 $n-1$로 나눕니다: 다섯 점수에서는 526이며, 평균적으로 치우치지 않지만 가능도는 더 낮습니다. 기본값이라고 최대 가능도인 것은 아닙니다.
#     - [x] 샘플의 개수인 $n$으로 나눕니다: 다섯 점수에서는 420.8이고 이 값에서 가능도가 가장 크지만, 평균적으로는 참값보다 작습니다.
#     - [ ] 나누지 않고 제곱을 더하기만 합니다: 가능도는 샘플마다의 밀도를 곱한 것이라 그럴듯하지만, 정규분포의 $\log \sigma$ 항이 샘플마다 하나씩 있어 나눗셈이 생깁니다.
#
# ??? question "4. 클래스가 3개인데 3판만 보았습니다. 빈도를 그대로 쓰면 테스트 손실이 무한대가 될 확률은 얼마일까요?"
#     - [x] 철수라면 약 91%입니다: 가위, 바위, 보가 한 번씩 나오지 않으면 어떤 클래스의 확률이 0이 되는데, 그 클래스도 언젠가는 나옵니다.
#     - [ ] 훈련 손실이 유한하니 0%입니다: 훈련 데이터에는 확률 0을 준 클래스가 나올 수 없습니다. 그래서 훈련 손실은 언제나 유한하며, 이 문제에 관해 아무것도 알려 주지 않습니다.
#     - [ ] 최대 가능도이니 늘 100%입니다: 방법 자체의 결함으로 보이지만 데이터가 적어서 생기는 일입니다. 100판이면 0.008%로 줄어듭니다.
#
# ??? question "5. 모든 클래스를 한 번씩 더 세는 것은 무엇과 같을까요?"
#     - [ ] 이름만 다른 최대 가능도 추정입니다: 세어서 나누는 것은 같지만, 훈련 데이터의 가능도는 오히려 낮아집니다.
#     - [ ] 데이터를 꾸며 내는 편법입니다: 없던 샘플을 넣는 것처럼 보이지만, 더한 수는 가정을 숨기지 않고 드러낸 것이어서 다른 사람이 검토할 수 있습니다.
#     - [x] 사전분포를 하나 둔 MAP입니다: 사전분포가 Dirichlet(2, 2, 2)이며, 벌점 $-\sum_k \log q_k$를 더한 규제와 같습니다. Dirichlet(1, 1, 1)일 때의 사후분포의 **평균**이라고 해도 맞습니다.

# %% [markdown] lang="en"
# ## Quiz { #quiz }
#
# ??? question "1. Is the likelihood a density over θ?"
#     - [x] No, its integral is not 1: It is the probability of the data seen as a function of $\theta$, and nothing makes it integrate to 1. For the coin it was 1/1320.
#     - [ ] Yes, it is made of probabilities: It is a probability of data, but as $\theta$ moves, nothing fixes the area below it.
#     - [ ] Yes, divided by the area: Dividing makes a density, but it sneaks in a prior in which all $\theta$ are equally plausible. What you get that way is a posterior.
#
# ??? question "2. Which distributions of errors lead to MSE and to L1?"
#     - [ ] MSE from Laplace, L1 from the Gaussian: They are swapped. The square is harsh on large errors, so it goes with a distribution in which these are rare, the thin-tailed Gaussian.
#     - [ ] None, both are nothing but distances: One may see them so, but then nothing explains why one typo split the answers into 523.8 and 180.
#     - [x] MSE from the Gaussian, L1 from Laplace: Up to constants, their negative log-likelihoods are the square and the absolute value, if the width is the same for all examples.
#
# ??? question "3. What does the maximum likelihood estimate of the variance divide by?"
#     - [ ] By $n-1$, as `Tensor.var()` does: For the five scores this is 526, which is unbiased, but its likelihood is lower. A default is not maximum likelihood.
#     - [x] By $n$, the number of examples: For the five scores this is 420.8, where the likelihood is largest. On average it is smaller than the true value, though.
#     - [ ] By nothing, it adds up squares: The likelihood is a product over examples, which may suggest it, but the Gaussian has one term $\log \sigma$ for each of them, and the division comes from these.
#
# ??? question "4. Three classes, three rounds. How likely is an infinite test loss if you use the frequencies as they are?"
#     - [x] About 91% for Cheolsu: Unless each of the three comes up once, some class gets probability 0, and sooner or later it is played.
#     - [ ] 0%, the training loss being finite: What gets probability 0 cannot occur in the training data. So the training loss is always finite and tells nothing.
#     - [ ] 100%, it being maximum likelihood: It looks like a defect of the method, but it comes from having few data. With 100 rounds it is 0.008%.
#
# ??? question "5. What is adding one to every count equivalent to?"
#     - [ ] To maximum likelihood by another name: Both count and divide, but here the likelihood of the training data goes down.
#     - [ ] To a trick that doctors the data: It looks as if examples were made up, but the added counts are an assumption written in the open, which others can question.
#     - [x] To MAP with a certain prior: The prior is Dirichlet(2, 2, 2), which is the same as a penalty $-\sum_k \log q_k$. The posterior **mean** under Dirichlet(1, 1, 1) is right as well.

# %% [markdown] lang="ko"
# ## 정리 { #summary }
#
# - 가능도는 데이터를 고정하고 모수의 함수로 본 확률이며, 모수의 확률분포는 아닙니다. 확률의 곱은 언더플로로 사라지므로 로그의 합으로 계산합니다.
# - 손실은 $-\log p$의 평균입니다. 베르누이분포에서는 BCE(0.6109), 정규분포에서는 MSE, 라플라스분포에서는 L1, 범주형 분포에서는 교차 엔트로피(1.4689)가 나옵니다. 다만 MSE는 $\sigma$가 모두 같을 때만 최대 가능도와 같습니다.
# - 봉우리의 폭을 보면 추정값을 얼마나 믿을 수 있는지 알 수 있습니다. 분산의 최대 가능도 추정값은 $n$으로 나눈 420.8이며, 참 분산보다 작은 쪽으로 치우칩니다.
# - 작은 표본에서는 훈련 손실이 바닥인 $H(P)$ 아래로 내려가고, 테스트 손실은 무한대가 되기도 합니다. 그 정도는 용량과 데이터의 비뿐 아니라 더하기 1 스무딩 같은 추정 방법에도 달려 있습니다. 빈도로 추정하면 참 분포와의 손실 차이는 훈련과 테스트에서 각각 $k/2n$쯤입니다.
# - MAP에서는 사전분포에 $-\log$를 취한 값을 벌점으로 손실에 더합니다. 더하기 1 스무딩은 디리클레 사전분포에, 제곱 벌점은 정규분포 사전분포에 해당합니다. 평균 손실을 쓸 때는 벌점도 $n$으로 나누어 더합니다.

# %% [markdown] lang="en"
# ## What we saw { #summary }
#
# - A likelihood is a probability with the data held fixed, seen as a function of the parameters. It is not a distribution over the parameters. Products underflow, so compute sums of logs.
# - A loss is the mean of $-\log p$: Bernoulli gives BCE (0.6109), Gaussian MSE, Laplace L1, categorical cross entropy (1.4689). MSE is maximum likelihood only if $\sigma$ is the same for all.
# - The width of the peak says how far to trust an estimate. The maximum likelihood variance divides by $n$ (420.8) and is biased toward too small.
# - With small samples the training loss sinks below the floor $H(P)$, and the test loss can be infinite. How much a model overfits depends on its capacity relative to the data and on the method, such as add-one smoothing. With frequencies, the training loss lies about $k/2n$ below that of the true distribution, and the test loss as far above it.
# - MAP adds $-\log$ of a prior to the loss as a penalty. Add-one smoothing is a Dirichlet prior, a squared penalty is a Gaussian prior. With a mean loss, divide the penalty by $n$ too.

# %% [markdown] lang="ko"
# ## 참고 자료 { #references }
#
# - PyTorch 문서: [`F.binary_cross_entropy_with_logits`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.binary_cross_entropy_with_logits.html), [`F.mse_loss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.mse_loss.html), [`F.l1_loss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.l1_loss.html), [`F.gaussian_nll_loss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.gaussian_nll_loss.html), [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html), [`torch.var`](https://docs.pytorch.org/docs/stable/generated/torch.var.html), [`torch.func.hessian`](https://docs.pytorch.org/docs/stable/generated/torch.func.hessian.html), [`torch.distributions`](https://docs.pytorch.org/docs/stable/distributions.html)
# - R. A. Fisher, [On the Mathematical Foundations of Theoretical Statistics](https://doi.org/10.1098/rsta.1922.0009), 1922. 가능도와 확률을 구별하고 최대 가능도 추정의 토대를 놓은 논문입니다.
# - H. Akaike, [A New Look at the Statistical Model Identification](https://doi.org/10.1109/TAC.1974.1100705), 1974. 로그 가능도에서 매개변수의 수만큼을 빼 주어야 하는 이유를 밝힙니다.
# - C. M. Bishop, [Pattern Recognition and Machine Learning](https://www.microsoft.com/en-us/research/publication/pattern-recognition-machine-learning/), 2006, 1장과 2장. 이 레슨에 나온 분포와 사전분포를 거의 모두 다룹니다.
# - I. Goodfellow, Y. Bengio, A. Courville, [Deep Learning, 5장](https://www.deeplearningbook.org/contents/ml.html), 2016. 최대 가능도 추정과 MAP을 딥러닝 관점에서 설명합니다.

# %% [markdown] lang="en"
# ## References { #references }
#
# - PyTorch documentation: [`F.binary_cross_entropy_with_logits`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.binary_cross_entropy_with_logits.html), [`F.mse_loss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.mse_loss.html), [`F.l1_loss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.l1_loss.html), [`F.gaussian_nll_loss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.gaussian_nll_loss.html), [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html), [`torch.var`](https://docs.pytorch.org/docs/stable/generated/torch.var.html), [`torch.func.hessian`](https://docs.pytorch.org/docs/stable/generated/torch.func.hessian.html), [`torch.distributions`](https://docs.pytorch.org/docs/stable/distributions.html)
# - R. A. Fisher, [On the Mathematical Foundations of Theoretical Statistics](https://doi.org/10.1098/rsta.1922.0009), 1922. Tells likelihood from probability and founds maximum likelihood estimation.
# - H. Akaike, [A New Look at the Statistical Model Identification](https://doi.org/10.1109/TAC.1974.1100705), 1974. Why the number of parameters must be subtracted from a log-likelihood.
# - C. M. Bishop, [Pattern Recognition and Machine Learning](https://www.microsoft.com/en-us/research/publication/pattern-recognition-machine-learning/), 2006, chapters 1 and 2. Covers nearly all distributions and priors of this lesson.
# - I. Goodfellow, Y. Bengio, and A. Courville, [Deep Learning, chapter 5](https://www.deeplearningbook.org/contents/ml.html), 2016. Maximum likelihood and MAP as deep learning sees them.
