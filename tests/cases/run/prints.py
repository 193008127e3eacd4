# %% [markdown]
# # Case { #case }

# %%
print("one")
# > one
for i in range(2):
    print(i, i * i)
    # the square
# > 0 0
# > 1 1


def say(text):
    print("said:", text)


say("hello")
# > said: hello
print("first\n\n  third  \n\n")
# > first
# >
# >   third
# >
# >
print("a", end="")
print("b", end=" ")
silent = 1
print()
# > ab
if silent:
    print("yes")
else:
    print("no")
# > yes
with open(__file__, encoding="utf-8") as file:
    print(file.readline())
# > # %% [markdown]
# >
try:
    int("x")
except ValueError as error:
    print(error)
finally:
    print("done")
# > invalid literal for int() with base 10: 'x'
# > done
print("wide: é 😀 ∑", "tab\tbed")
# > wide: é 😀 ∑ tab	bed
