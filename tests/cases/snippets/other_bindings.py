# %% [markdown]
# # Case { #case }

# %%
import io  # kept

value = None
if (value := 5) > 3:  # kept
    print(value)
# > 5
with io.StringIO("text") as file:  # kept
    content = file.read()
try:  # kept
    number = int("x")
except ValueError as error:
    number = str(error)
match [1, 2, 3]:  # kept
    case [head, *tail]:
        print(head)
# > 1
first, *others = "abc"  # kept

# %%
print(value, content, number, tail, others)
# > 5 text invalid literal for int() with base 10: 'x' [2, 3] ['b', 'c']
