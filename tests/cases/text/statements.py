# %% [markdown]
# # Statements { #statements }


# %%
def same(function):
    return function


@same
@(
    same)  # fmt: skip
def shout():
    print("loud")


size = 1
shout(); print("one")  # fmt: skip # noqa: E702
# > loud
# > one
print(
    "a\n\n  b"
)  # fmt: skip
# > a
# >
# >   b
# %%
for index in range(2):
    print(index)

    # more could follow
# > 0
# > 1
print("""\
# > no output
""".strip())  # fmt: skip
# > # > no output

# four
if size:
    print(2)
# > 2
