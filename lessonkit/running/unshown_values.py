"""The values of calls that a lesson makes and shows nowhere, as `df.head()` at the end of a notebook's cell."""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Mapping
from types import CodeType

from lessonkit.lesson.code_cells import last_line

EFFECTS = {
    *("acquire", "apply", "backward", "cancel", "clear", "collect", "eval", "fill", "fit", "load_state_dict", "next"),
    *("partial_fit", "partial_fit_transform", "pop", "popitem", "popleft", "release", "rotate", "seed", "seek", "send"),
    *("start", "step", "submit", "sync", "throw", "to", "train", "truncate", "wait", "__next__"),
}
"""Names of what is called for what it does although it returns something."""
EFFECT_BEGINNINGS = (
    *("add_", "disable_", "enable_", "enter_", "heap", "import_", "manual_seed", "read", "register", "reset"),
    *("set", "update", "use_", "write"),
)
EFFECT_VALUES = ("matplotlib.", "torch._C.Generator", "torch.autograd.grad_mode.", "torch.utils.hooks.")
"""Beginnings of types whose values come along with an effect."""
DRAWS = ("bernoulli", "choice", "exponential", "multinomial", "normal", "permutation", "poisson", "rand", "sample")
"""Beginnings of names that draw random numbers: in the middle of a cell a draw may be meant to move the generator."""


class Unshown:
    """Watches the top-level calls of one statement; `found` are the lines and types of values that nobody sees.

    `last` says whether the statement ends its cell, where a notebook would show the value of any call. Before the end,
    calls of the lesson's own functions and of its objects count as made for what they do.
    """

    def __init__(self, path: str, namespace: Mapping[str, object], *, last: bool):
        self.path, self.namespace, self.last = path, namespace, last
        self.found: list[tuple[int, str]] = []
        self._calls: list[ast.Call] = []

    def compiled(self, text: str, flags: int) -> CodeType:
        """The code of a statement; where it holds calls, their values go through `sys.displayhook`."""
        tree = compile(text, self.path, "exec", flags | ast.PyCF_ONLY_AST, dont_inherit=True)
        found = (node.value for node in tree.body if isinstance(node, ast.Expr))
        self._calls = [node for node in found if isinstance(node, ast.Call) and not self._for_effect(node)]
        if self._calls:
            sys.displayhook = self._see
        source, mode = (ast.Interactive(tree.body), "single") if self._calls else (text, "exec")
        code: CodeType = compile(source, self.path, mode, flags, dont_inherit=True, optimize=0)
        return code

    def _see(self, value: object) -> None:
        """Called with the value of each expression that stands alone."""
        frame = sys._getframe(1)
        if value is None or frame.f_code.co_filename != self.path:
            return
        call = next((node for node in self._calls if node.lineno <= frame.f_lineno <= last_line(node)), None)
        if call and not _comes_along(value, call):
            self.found.append((call.lineno, f"{type(value).__module__}.{type(value).__name__}"))

    def _for_effect(self, call: ast.Call) -> bool:
        """Whether its name, or whose it is, says that a call is made for what it does."""
        function = call.func
        name: str = getattr(function, "attr", "") or getattr(function, "id", "")
        if name in EFFECTS or name.startswith(EFFECT_BEGINNINGS) or (name.endswith("_") and not name.endswith("__")):
            return True
        if self.last:
            return False
        owner = function.value if isinstance(function, ast.Attribute) else function
        known = {**vars(builtins), **self.namespace}.get(owner.id) if isinstance(owner, ast.Name) else None
        if isinstance(function, ast.Name):
            own = hasattr(known, "__dict__") and getattr(known, "__module__", "") in ("__main__", None)
            return name.startswith(DRAWS) or own or not isinstance(known, type | type(len) | type(_comes_along))
        return name.startswith(DRAWS) or type(known).__module__ == "__main__"


def _comes_along(value: object, call: ast.Call) -> bool:
    """Whether a value says that it is only returned along with an effect: a generator that was seeded, an artist."""
    first = value[0] if isinstance(value, list | tuple) and value else value
    names = [f"{one.__module__}.{one.__qualname__}" for one in type(first).__mro__]
    module = isinstance(call.func, ast.Attribute) and "torch.nn.modules.module.Module" in names
    return module or any(name.startswith(EFFECT_VALUES) for name in names)
