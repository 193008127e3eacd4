# %% [markdown]
# # Case { #case }

# %%
import contextlib
import io
import sys

sys.stdout = io.StringIO()
print("caught")
text = sys.stdout.getvalue()
sys.stdout = sys.__stdout__
print("back:", text, end="")
# > back: caught
with contextlib.redirect_stdout(io.StringIO()) as held:
    print("held")
print(held.getvalue().upper(), end="")
# > HELD
