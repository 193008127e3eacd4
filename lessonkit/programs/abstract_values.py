"""What the abstract run of dataflow.py is about: the objects that a lesson may hold, and the scopes of their names."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import count
from types import UnionType
from typing import NamedTuple

from lessonkit.programs.journal import Changes

CONSTANT = ("value", "import", "function", "class")
"""Kinds of things that are not changed by being passed around."""

OVER = "over"
"""The field of an iterator that holds what it goes over."""

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
"""The code of a function."""

Value = frozenset["Thing"]
"""What an expression or a name may be."""


@dataclass(eq=False)
class Scope:
    """Where names live: the lesson, a running function, a class, a comprehension; a method knows its class and self."""

    parent: Scope | None = None
    kind: str = "function"
    owner: Thing | None = None
    bound: Value = frozenset()
    elsewhere: dict[str, Scope] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    used_later: bool = False

    def keep(self) -> Scope:
        """Something made here, a function say, may read its names later."""
        scope: Scope | None = self
        while scope and not scope.used_later:
            scope.used_later, scope = True, scope.parent
        return self

    @property
    def parents(self) -> Thing:
        """`super()`: what the bases of the class have that a method stands in, for its self."""
        if self.owner is None and self.parent:
            return self.parent.parents
        bases = self.owner.bases if self.owner else frozenset()
        return Thing("super", {"": set(self.bound)}, of=Thing("class", bases=bases), bound=self.bound)


@dataclass(eq=False)
class Thing:
    """An object that a lesson may hold.

    `kind` tells what may be done with it, `holds` what can be reached through it, by field or position ("" is any), and
    `leaves` where gradients gather on `backward`; `filled` is False where a loop over it may not run at all. A function
    has its `code`, `scope`, perhaps `bound` self, a class its `scope`, `bases`, `fields`, an instance what it is `of`;
    `redo` runs a generator once more; `in_place` marks layers that change what they are given. `serial` gives an order.
    """

    kind: str
    holds: dict[str, set[Thing]] = field(default_factory=dict)
    leaves: set[Thing] = field(default_factory=set)
    filled: bool = True
    path: str = ""
    code: Function | None = None
    scope: Scope | None = None
    bound: Value = frozenset()
    of: Thing | None = None
    bases: Value = frozenset()
    fields: tuple[str, ...] = ()
    redo: Callable[[], Value] | None = None
    in_place: bool = False
    serial: int = field(default_factory=count().__next__)

    @property
    def held(self) -> Value:
        """All that it holds itself."""
        return frozenset().union(*self.holds.values())

    @property
    def made_of(self) -> Thing:
        """The class of an instance, and of `super()` that of its bases; a class itself."""
        return self.of or self

    def hold(self, value: Iterable[Thing], place: str = "") -> None:
        """Remembers that it may hold these from now on."""
        if self is not VALUE:
            self.holds.setdefault(place, set()).update(set(value) - {VALUE, self})

    def gather(self) -> None:
        """Gradients gather in it from now on."""
        if self is not VALUE:
            self.leaves.add(self)


VALUE = Thing("value")
"""Any number, text or other object that cannot change."""
PLAIN: Value = frozenset({VALUE})


def in_order(value: Iterable[Thing]) -> list[Thing]:
    """The things in the order in which they were made, which is the same in every run."""
    return sorted(value, key=lambda thing: thing.serial)


def reach(value: Iterable[Thing], but: str = "") -> set[Thing]:
    """The things and all that they hold; things of one kind may be looked at, but not through."""
    seen: set[Thing] = set()
    todo = list(value)
    while todo:
        thing = todo.pop()
        if thing not in seen:
            seen.add(thing)
            if thing.kind != but:
                for held in thing.holds.values():
                    todo += held
    return seen


@lru_cache(maxsize=4096)
def has_node(code: ast.AST, kinds: UnionType) -> bool:
    """Whether code has a node of these kinds anywhere in it."""
    return any(isinstance(node, kinds) for node in ast.walk(code))


def operands(node: ast.AST) -> list[ast.expr]:
    """The expressions in an expression, in order."""
    match node:
        case ast.BinOp():
            return [node.left, node.right]
        case ast.Compare():
            return [node.left, *node.comparators]
        case ast.JoinedStr():
            return node.values
    return [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]


def filled(value: Value) -> bool:
    """Whether a loop over a value surely runs."""
    return all(thing.filled for thing in value)


def leaves(value: Iterable[Thing]) -> set[Thing]:
    """Where gradients gather when `backward` is called on a value; a tensor knows it since it was made."""
    return set().union(*(thing.leaves for thing in reach(value, but="tensor")))


def copied(value: Iterable[Thing]) -> Value:
    """Things like these, which share nothing with them that can change."""
    counterparts = {thing: replace(thing) for thing in reach(value) if thing.kind not in CONSTANT}
    for copy in counterparts.values():
        copy.holds = {place: {counterparts.get(other, other) for other in held} for place, held in copy.holds.items()}
        copy.leaves = {counterparts.get(leaf, leaf) for leaf in copy.leaves}
    return frozenset(counterparts.get(thing, thing) for thing in value)


def iterator(over: Value, items: Value = frozenset(), redo: Callable[[], Value] | None = None) -> Value:
    """Something that gives items once, from what it goes over."""
    thing = Thing("iterator", filled=redo is None and filled(over), redo=redo)
    thing.hold(items)
    thing.hold(over, OVER)
    return frozenset({thing})


def is_tensor(thing: Thing) -> bool:
    """Whether it is a tensor or an array."""
    return thing.kind in ("tensor", "array")


def is_module(thing: Thing) -> bool:
    """Whether it is a layer of torch, or an instance of a class of the lesson that is one."""
    made_here = thing.kind == "instance" and any(path.startswith("torch.nn") for path in ancestors(thing.made_of))
    return thing.kind == "module" or made_here


def ancestors(of: Thing) -> list[str]:
    """The full names of the library classes that a class of the lesson is made from."""
    nested = [path for base in in_order(of.bases) if base.kind == "class" for path in ancestors(base)]
    return [base.path for base in in_order(of.bases) if base.kind == "import"] + nested


class Arguments(NamedTuple):
    """The arguments of a call; `rest` may stand at any place (`*values`, `**options`)."""

    positional: tuple[Value, ...] = ()
    named: dict[str, Value] = {}
    rest: Value = frozenset()

    @property
    def all(self) -> Value:
        """Everything that the call is given."""
        return frozenset().union(*self.positional, *self.named.values(), self.rest)


class Run(NamedTuple):
    """A function that runs: what it may give so far, what had changed where it may have returned, its depth."""

    code: ast.AST
    result: set[Thing]
    exits: list[Change]
    depth: int


class Binding(NamedTuple):
    """What a name may stand for, and the statements that bound it."""

    by: frozenset[int] = frozenset()
    value: Value = frozenset()


Name = tuple[Scope, str]

Place = Thing | str | tuple[str, Thing]
Touched = dict[Place, frozenset[int]]
"""The statements that may have changed an object, a hidden state (by its name), or whether a layer trains."""

Change = tuple[Changes[Name, Binding], Changes[Place, frozenset[int]]]
"""What a way has changed of names and things."""
