# %% [markdown]
# # Case { #case }

# %%
import torch  # kept

w = torch.ones(2, requires_grad=True)  # kept
x = torch.ones(2)  # kept
loss = (w * x).sum()  # kept
loss.backward()  # kept
print(loss)
# > tensor(2., grad_fn=<SumBackward0>)

# %%
print(w.grad)
# > tensor([1., 1.])
