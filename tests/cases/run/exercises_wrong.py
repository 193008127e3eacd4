# %% [markdown]
# # Case { #case }

# %%
x = 1


# %% exercise="content"
def content(x):
    ### BEGIN SOLUTION
    return x
    ### END SOLUTION


# %% check="content"
content(1)

# %% exercise="crashes"
### BEGIN SOLUTION
answer = 42
### END SOLUTION
doubled = 2 * answer + len(str(answer)) / answer

# %% check="crashes"
assert doubled > 84


# %% exercise="early"
def early(x):
    ### BEGIN SOLUTION
    return [x]
    ### END SOLUTION


# %% check="early"
first = early(1)[0]
assert first == 1


# %% exercise="asserted"
def asserted(x):
    ### BEGIN SOLUTION
    return x + 1
    ### END SOLUTION


# %% check="asserted"
for n in range(3):
    assert asserted(n) > n
