# %% [markdown]
# # Case { #case }

# %%
"""A docstring."""

from __future__ import annotations

import dataclasses
import inspect
import os
import pickle
import sys
import warnings


@dataclasses.dataclass
class Point:
    x: Later = 0


class Later:
    pass


def double(x):
    return 2 * x


assert pickle.loads(pickle.dumps(Point(3))) == Point(3)
assert Point.__annotations__ == {"x": "Later"}
print(inspect.getsource(double))
# > def double(x):
# >     return 2 * x
# >
print(
    __name__,
    __doc__,
    sys.modules["__main__"].Point is Point,
    sys.argv == [__file__],
    sys.path[0] == os.path.dirname(__file__),
)
# > __main__ A docstring. True True True
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    warnings.warn("careful", stacklevel=1)
print(seen[0].message)
# > careful
if __name__ == "__main__":
    print("as a program")
# > as a program
