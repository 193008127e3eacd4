"""An object and all that it holds as text that does not differ between two runs of the same code.

Addresses, counters and the order of sets leave no trace in it; no code of a lesson (`__repr__`, `__eq__`, a property)
is called and no iterator is used up. Libraries are looked up where a lesson has imported them, never imported here.
"""

from __future__ import annotations

import enum
import functools
import hashlib
import io
import re
import types
import warnings
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePath
from random import Random
from typing import Any

from lessonkit.running.boundary import imported
from lessonkit.running.float_summary import Sketch, plain

UNREAD = "not looked into"
SHOWN = 8
"""How many numbers of an array a description begins with."""
MOST, DEEPEST = 100_000, 60
"""How many objects below a name are described, and how deep; of those beyond only the type and the length."""

_PLAIN = (
    *(type(None), type(...), type(NotImplemented), bool, bytes, str, range, slice, re.Pattern),
    *(Decimal, Fraction, date, time, timedelta, timezone),
)
_SHARED_BY_CHANCE = (tuple, frozenset, types.CodeType)
"""What cannot change: the compiler decides whether two equal ones are one object."""
_METHODS = (types.BuiltinFunctionType, types.MethodWrapperType, types.WrapperDescriptorType, types.MethodDescriptorType)
_VIEWS: tuple[type, ...] = (type({}.keys()), type({}.values()), type({}.items()))
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}")
_OF_EVERY_CLASS = {
    *("__dict__", "__weakref__", "__module__", "__doc__", "__annotations__", "__annotate__", "__firstlineno__"),
    *("__static_attributes__", "__abstractmethods__", "_abc_impl", "__dataclass_fields__", "__dataclass_params__"),
}
_OF_THE_PROCESS = {"torch.utils.hooks.RemovableHandle": ("id",), "logging.Logger": ("manager", "parent")}


def digest(data: Any) -> str:
    """The beginning of the digest of bytes."""
    return hashlib.sha256(data).hexdigest()[:16]


def _name(of: Any) -> str:
    """The full name of a type or a function."""
    return f"{getattr(of, '__module__', None)}.{getattr(of, '__qualname__', None)}".removeprefix("builtins.")


def _is_own(of: Any) -> bool:
    """Whether a class or a function was defined by the program itself."""
    return getattr(of, "__module__", None) == "__main__"


def _made_by(value: object, *packages: str) -> bool:
    return any(cls.__module__.partition(".")[0] in packages for cls in type(value).__mro__)


class Description:
    """One walk through everything that a value holds. An object that comes again is told by its number."""

    def __init__(self) -> None:
        self.sketch = Sketch()
        self.count = 0
        self.seen: dict[int, int] = {}
        self.alive: list[object] = []
        self.depth = 0

    def of(self, value: Any) -> str:
        """The description of a value at this place of the walk."""
        kind = type(value)
        if kind in _PLAIN:
            return _ADDRESS.sub("0x", repr(value))
        if kind in (float, complex):
            return self.sketch.number(value)
        if kind is int:
            return repr(value) if abs(value) < 10**100 else hex(value)
        if id(value) in self.seen:
            return f"<object {self.seen[id(value)]}>"
        if kind not in _SHARED_BY_CHANCE:
            self.seen[id(value)] = len(self.seen)
            self.alive.append(value)
        self.count += 1
        if self.count > MOST or self.depth > DEEPEST:
            return f"{_name(kind)}[{len(value)}]" if isinstance(value, (list, tuple, dict)) else _name(kind)
        self.depth += 1
        try:
            return self._array(value) or self._code(value) or self._holder(value) or self._instance(value)
        except Exception as error:  # a value that cannot be looked into: its type is all that is known
            return f"{_name(kind)} ({UNREAD}: {type(error).__name__})"
        finally:
            self.depth -= 1

    def _array(self, value: Any) -> str:
        """Tensors, arrays, and generators of random numbers."""
        torch, numpy = imported("torch"), imported("numpy")
        if numpy and isinstance(value, (numpy.ndarray, numpy.generic)):
            kept = f"{_name(type(value))}({value.dtype}, {list(value.shape)}"
            if value.dtype.hasobject:
                return f"{kept}, {self._items(value.ravel().tolist())})"
            flat = numpy.ascontiguousarray(value).reshape(-1)
            return f"{kept}, {self._numbers(flat)})"
        if numpy and isinstance(value, numpy.random.Generator):
            return f"{_name(type(value))}({self.of(value.bit_generator.state)})"
        if isinstance(value, Random) or (numpy and isinstance(value, numpy.random.RandomState)):
            state = value.getstate() if isinstance(value, Random) else value.get_state()
            return f"{_name(type(value))}({self.of(state)})"
        if not hasattr(torch, "Tensor"):
            return ""
        if isinstance(value, torch.Generator):
            return f"{_name(type(value))}({self.of(value.get_state())})"
        return self._tensor(value, torch) if isinstance(value, torch.Tensor) else ""

    def _tensor(self, value: Any, torch: Any) -> str:
        """A tensor with what it remembers for gradients; `grad` is looked at only where it may be."""
        values = value.detach()
        dense = values.layout is torch.strided
        flat = (values if dense else values.to_dense()).resolve_conj().resolve_neg().contiguous().reshape(-1)
        grad = f", grad={self.of(value.grad)}" if value.requires_grad and (value.is_leaf or value.retains_grad) else ""
        made_by = f", {type(value.grad_fn).__name__}" if value.grad_fn is not None else ""
        needs = f"{'' if dense else f', {values.layout}'}{', requires_grad' if value.requires_grad else ''}{made_by}"
        about = f"{str(value.dtype).removeprefix('torch.')}, {list(value.shape)}{needs}"
        numbers = self._numbers((flat.float() if value.dtype in (torch.bfloat16, torch.float16) else flat).numpy())
        return f"{type(value).__name__}({about}, {numbers}{grad})"

    def _numbers(self, flat: Any) -> str:
        """The first numbers of a flat array of NumPy, and the digest of all."""
        return self.sketch.array(flat, f"{flat[:SHOWN].tolist()}, {digest(flat.view('uint8'))}")

    def _code(self, value: Any) -> str:
        """Modules, classes, functions and what stands for them. A function is what it is compiled to."""
        match value:
            case types.ModuleType():
                return f"module {value.__name__}"
            case enum.Enum():
                return f"{_name(type(value))}.{value._name_}({value._value_!r})"
            case type():
                return self._class(value) if _is_own(value) else _name(value)
            case types.FunctionType():
                return self._function(value)
            case types.CodeType():
                names = (value.co_names, value.co_varnames, value.co_freevars, value.co_cellvars)
                return f"code({digest(value.co_code)}, {names}, {self._items(value.co_consts)})"
            case types.MethodType():
                return f"{self.of(value.__func__)} of {self.of(value.__self__)}"
            case property():
                return f"property({self._items((value.fget, value.fset, value.fdel))})"
            case functools.partial():
                return f"partial({self._items((value.func, value.args, value.keywords))})"
            case staticmethod() | classmethod() | functools._lru_cache_wrapper():
                return f"{_name(type(value))}({self.of(value.__wrapped__)})"
        if isinstance(value, _METHODS):
            own = getattr(value, "__self__", None)
            bound = "" if own is None or isinstance(own, (type, types.ModuleType)) else f" of {self.of(own)}"
            return f"{_name(value)}{bound}"
        return ""

    def _function(self, value: types.FunctionType) -> str:
        parts = [self.of(value.__code__)] if _is_own(value) else []
        parts += [self.of(held) for held in (value.__defaults__, value.__kwdefaults__) if held and _is_own(value)]
        for cell in value.__closure__ or ():
            parts.append(self.of(cell.cell_contents) if cell != types.CellType() else "empty")
        return f"{_name(value)}({', '.join(parts)}{self._fields(vars(value) if _is_own(value) else {})})"

    def _class(self, value: type) -> str:
        members = {name: member for name, member in vars(value).items() if name not in _OF_EVERY_CLASS}
        return f"class {_name(value)}({self._items(value.__bases__)}{self._fields(members)})"

    def _holder(self, value: Any) -> str:
        """Containers of Python; iterators and files, which looking into would use up, by their type."""
        name = _name(type(value))
        if _made_by(value, "matplotlib", "mpl_toolkits"):
            return name
        match value:
            case io.StringIO() | io.BytesIO():
                return f"{name}({value.getvalue()!r})"
            case Iterator() | io.IOBase():
                return name
            case dict() | types.MappingProxyType():
                entries = dict.items(value) if isinstance(value, dict) else value.items()
                inside = ", ".join([f"{self.of(key)}: {self.of(held)}" for key, held in entries])
            case list():
                inside = self._items(list.__iter__(value))
            case tuple():
                inside = self._items(tuple.__iter__(value))
            case set() | frozenset():
                inside = ", ".join(sorted(plain(Description().of(item)) for item in value))
            case int() | float() | str() | memoryview() | bytearray():
                bases: tuple[tuple[type, Any], ...] = ((int, int), (float, float), (str, str), (object, bytes))
                inside = self.of(next(plainly for base, plainly in bases if isinstance(value, base))(value))
            case PurePath():
                inside = str(value)
            case _ if isinstance(value, _VIEWS) or name in ("collections.deque", "array.array"):
                inside = self._items(value)
            case _:
                return ""
        return f"{name}({inside}{self._more(value)})"

    def _instance(self, value: Any) -> str:
        """Any other object: its type and what it holds; of objects of libraries only what is public."""
        kind, torch = type(value), imported("torch")
        name = _name(kind)
        if torch and isinstance(value, (torch.dtype, torch.device, torch.layout, torch.memory_format)):
            return str(value)
        if isinstance(value, BaseException):
            return f"{name}({self._items(value.args)})"
        if kind is warnings.WarningMessage:  # which also tells the file and the line that warn
            return f"{name}({value.category.__name__}, {self.of(value.message)})"
        fields = dict(getattr(value, "__dict__", {}))
        slots = (slot for cls in kind.__mro__ for slot in _slots(cls))
        fields |= {slot: getattr(value, slot) for slot in slots if hasattr(value, slot)}
        if hasattr(torch, "nn") and isinstance(value, torch.nn.Module):
            return f"{name}({self._module(value, fields, torch).removeprefix(', ')})"
        if not any(map(_is_own, kind.__mro__)):
            shared = _OF_THE_PROCESS.get(name, ())
            fields = {key: held for key, held in fields.items() if not (key.startswith("_") or key in shared)}
            name = f"{name} {value.__name__}" if hasattr(value, "__name__") else name
        return f"{name}({self._fields(fields).removeprefix(', ')})"

    def _module(self, value: Any, fields: dict[str, Any], torch: Any) -> str:
        """A module: whether it trains, its parameters and buffers, its parts, hooks without their numbers."""
        usual = vars(torch.nn.Module())
        held = {"training": value.training} | {key: held for key, held in fields.items() if key not in usual}
        held |= {key: fields[key] for key in ("_parameters", "_buffers", "_modules") if fields[key]}
        held |= {key: list(fields[key].values()) for key in usual if key.endswith("_hooks") and fields.get(key)}
        return self._fields(held)

    def _items(self, values: Iterable[object]) -> str:
        return ", ".join([self.of(value) for value in values])

    def _fields(self, fields: Mapping[str, object]) -> str:
        return "".join([f", {key}={self.of(value)}" for key, value in fields.items()])

    def _more(self, value: object) -> str:
        """What an object of a class made from a container has besides its items."""
        return self._fields(getattr(value, "__dict__", {})) if any(map(_is_own, type(value).__mro__)) else ""


def _slots(cls: type) -> list[str]:
    slots = vars(cls).get("__slots__", ())
    return [name for name in ([slots] if isinstance(slots, str) else slots) if not name.startswith("__")]
