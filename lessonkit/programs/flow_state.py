"""What the abstract run of dataflow.py knows at a place: names, the objects behind them, and who changed what."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import count
from typing import NamedTuple

from lessonkit.programs.flow_effects import FIGURE, library

LINE, TRAINS = "unfinished line", "trains"
MOST = 2_000_000
CONSTANT = ("value", "import", "function", "class")
"""Kinds of things that are not changed by being passed around."""

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
    code: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | None = None
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


def reach(value: Iterable[Thing], through: Callable[[Thing], bool] = lambda thing: True) -> set[Thing]:
    """The things and all that they hold, as far as one may look through them."""
    seen: set[Thing] = set()
    todo = list(value)
    while todo:
        thing = todo.pop()
        if thing not in seen:
            seen.add(thing)
            todo += thing.held if through(thing) else ()
    return seen


def filled(value: Value) -> bool:
    """Whether a loop over a value surely runs."""
    return all(thing.filled for thing in value)


def leaves(value: Iterable[Thing]) -> set[Thing]:
    """Where gradients gather when `backward` is called on a value; a tensor knows it since it was made."""
    return {leaf for thing in reach(value, through=lambda thing: thing.kind != "tensor") for leaf in thing.leaves}


def copied(value: Iterable[Thing]) -> Value:
    """Things like these, which share nothing with them that can change."""
    twins = {thing: replace(thing) for thing in reach(value) if thing.kind not in CONSTANT}
    for twin in twins.values():
        twin.holds = {place: {twins.get(other, other) for other in held} for place, held in twin.holds.items()}
        twin.leaves = {twins.get(leaf, leaf) for leaf in twin.leaves}
    return frozenset(twins.get(thing, thing) for thing in value)


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
    """A function that runs: what it may give so far, and the states in which it may have returned."""

    code: ast.AST
    result: set[Thing]
    exits: list[tuple[dict, dict]]


class Binding(NamedTuple):
    """What a name may stand for, and the statements that bound it."""

    by: frozenset[int] = frozenset()
    value: Value = frozenset()


class State:
    """Names, objects and hidden states at a place of the run, and what the statement that runs needs.

    `needs[n]` are the statements that statement n needs, `binds[n]` the names of the lesson that it binds.
    """

    def __init__(self) -> None:
        self.needs: list[set[int]] = []
        self.binds: list[set[str]] = []
        self.lesson = Scope(kind="lesson")
        self.names: dict[tuple[Scope, str], Binding] = {}
        self.touched: dict[Thing | str | tuple[str, Thing], frozenset[int]] = {}
        self.always: set[int] = set()
        self.done = 0
        self.running: list[Run] = []
        self.called_back: set[Thing] = set()

    @property
    def number(self) -> int:
        """The statement that runs."""
        return len(self.needs) - 1

    def work(self, amount: int = 1) -> None:
        """Counts what the statement makes the run do; where it is too much, the statement may do anything."""
        self.done += amount
        if self.done > MOST:
            raise RecursionError

    def cell(self) -> None:
        """A new cell begins: figures are closed, lines are finished."""
        self.touched.pop(FIGURE, None)
        self.touched.pop(LINE, None)

    def bind(self, name: str, value: Value, scope: Scope) -> None:
        """Lets a name stand for a value."""
        scope = scope.elsewhere.get(name, scope)
        scope.own.add(name)
        self.names[scope, name] = Binding(frozenset({self.number}), value)
        if scope is self.lesson:
            self.binds[-1].add(name)

    def leave(self, scope: Scope) -> None:
        """Forgets the names of a scope, if nothing can read them any more."""
        for name in () if scope.used_later else scope.own:
            self.names.pop((scope, name), None)

    def load(self, name: str, scope: Scope | None) -> Value:
        """Reads a name: the statement needs who bound it, and who changed what it stands for."""
        home = self.home(name, scope)
        if home is None:
            return frozenset({Thing("import", path=f"builtins.{name}")}) if hasattr(builtins, name) else PLAIN
        binding = self.names[home, name]
        self.needs[-1] |= binding.by
        self.observe(*self.reached(binding.value))
        return binding.value

    def home(self, name: str, scope: Scope | None) -> Scope | None:
        """The innermost scope that has a name."""
        while scope and (scope.elsewhere.get(name, scope), name) not in self.names:
            scope = scope.parent
        return scope and scope.elsewhere.get(name, scope)

    def everything(self) -> None:
        """Nobody knows what the statement does: it needs all before it, and all after it need it."""
        self.needs[-1] |= set(range(self.number))
        self.always.add(self.number)

    def observe(self, *places: Thing | str) -> None:
        """The statement depends on the present state of these."""
        for place in places:
            self.needs[-1] |= self.touched.get(place, frozenset())

    def touch(self, *places: Thing | str) -> None:
        """The statement may change these, from the state they are in."""
        for place in places:
            if isinstance(place, Thing) and place.kind == "import":
                place = library(place.path)
            if place is not VALUE:
                self.observe(place)
                self.touched[place] = self.touched.get(place, frozenset()) | {self.number}

    def touch_deep(self, value: Iterable[Thing]) -> None:
        """The statement may change these and all that they hold."""
        self.touch(*(thing for thing in self.reached(value) if thing.kind not in CONSTANT))

    def reached(self, value: Iterable[Thing]) -> set[Thing]:
        """The things and all that they hold, as work that counts."""
        things = reach(value)
        self.work(10 + len(things))
        return things

    def new(self, kind: str, holds: Iterable[Thing] = (), of: Iterable[Thing] = (), **more: object) -> Value:
        """A new object; what it was made `of` tells where its gradients gather."""
        if kind == "value":
            return PLAIN
        if kind in ("tensor", "array", "module", "unknown"):
            self.observe("torch")
        thing = Thing(kind, leaves=leaves(of), **more)
        thing.hold(holds)
        if kind in ("module", "unknown"):
            thing.gather()
        if kind == "module":
            self.train({thing})
        return frozenset({thing})

    def train(self, value: Iterable[Thing]) -> None:
        """The layers in these train from now on."""
        self.touched |= {(TRAINS, thing): frozenset({self.number}) for thing in reach(value) if thing.kind == "module"}

    def rest(self, value: Iterable[Thing]) -> None:
        """The layers in these train no more."""
        for thing in reach(value):
            self.touched.pop((TRAINS, thing), None)

    def branches(self, *ways: Callable[[], object]) -> None:
        """Goes each way from here; afterwards any of them may have been gone."""
        names, touched, ends = self.names, self.touched, []
        for way in ways:
            self.names, self.touched = dict(names), dict(touched)
            self.work(len(names) + len(touched))
            way()
            ends.append((self.names, self.touched))
        self.names, self.touched = ends[0]
        for names, touched in ends[1:]:
            self.join(names, touched)

    def join(self, names: dict, touched: dict) -> None:
        """Adds another state: it may be this one or that."""
        for key, binding in names.items():
            mine = self.names.get(key, Binding())
            if mine is not binding:
                self.names[key] = Binding(mine.by | binding.by, mine.value | binding.value)
        for place, numbers in touched.items():
            self.touched[place] = self.touched.get(place, frozenset()) | numbers
