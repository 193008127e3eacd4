"""What the abstract run of dataflow.py knows at a place: what names stand for, and which statements changed what."""

from __future__ import annotations

import ast
import builtins
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable

from lessonkit.programs.flow_effects import FIGURE, library
from lessonkit.programs.flow_things import (
    CONSTANT,
    PLAIN,
    VALUE,
    Arguments,
    Binding,
    Change,
    Function,
    Name,
    Place,
    Run,
    Scope,
    Thing,
    Value,
    leaves,
    reach,
)
from lessonkit.programs.flow_ways import Changes, Table

LINE, TRAINS = "unfinished line", "trains"
MOST = 1_000_000
"""How much work a statement may make before it is taken for one that may do anything; lessons stay below the half."""


class State(ABC):
    """Names, objects and hidden states at a place of the run, and what the statement that runs needs.

    `needs[n]` are the statements that statement n needs, `binds[n]` the names of the lesson that it binds. `names` has
    the Binding of each (scope, name), `touched` the statements that changed each thing or hidden state. What is
    abstract here stands in a later part, and an earlier one asks for it.
    """

    def __init__(self) -> None:
        self.needs: list[set[int]] = []
        self.binds: list[set[str]] = []
        self.lesson = Scope(kind="lesson")
        self.names: Table[Name, Binding] = Table(join=_either)
        self.touched: Table[Place, frozenset[int]] = Table(join=frozenset.union)
        self.always: set[int] = set()
        self.done = 0
        self.running: list[Run] = []
        self.called_back: set[Thing] = set()

    @abstractmethod
    def call(self, node: ast.Call, scope: Scope) -> Value: ...

    @abstractmethod
    def invoke(self, thing: Thing, arguments: Arguments) -> Value: ...

    @abstractmethod
    def method(self, thing: Thing, name: str, arguments: Arguments) -> Value: ...

    @abstractmethod
    def call_back(self, value: Value, given: Value) -> None: ...

    @abstractmethod
    def function(self, node: Function, scope: Scope) -> Value: ...

    @abstractmethod
    def assign(self, target: ast.expr, value: Value, scope: Scope) -> None: ...

    @abstractmethod
    def block(self, body: list[ast.stmt], scope: Scope) -> None: ...

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

    def new(
        self, kind: str, holds: Iterable[Thing] = (), of: Iterable[Thing] = (), *, filled: bool = True, path: str = ""
    ) -> Value:
        """A new object; what it was made `of` tells where its gradients gather."""
        if kind == "value":
            return PLAIN
        if kind in ("tensor", "array", "module", "unknown"):
            self.observe("torch")
        thing = Thing(kind, leaves=leaves(of), filled=filled, path=path)
        thing.hold(holds)
        if kind in ("module", "unknown"):
            thing.gather()
        if kind == "module":
            self.train({thing})
        return frozenset({thing})

    def train(self, value: Iterable[Thing]) -> None:
        """The layers in these train from now on."""
        now = frozenset({self.number})
        for thing in reach(value):
            if thing.kind == "module":
                self.touched[TRAINS, thing] = now

    def rest(self, value: Iterable[Thing]) -> None:
        """The layers in these train no more."""
        for thing in reach(value):
            self.touched.pop((TRAINS, thing), None)

    def branches(self, *ways: Callable[[], object]) -> None:
        """Goes each way from here; afterwards any of them may have been gone."""
        ends: list[Change] = []
        for way in ways:
            self.work(len(self.names) + len(self.touched))
            self.begin()
            way()
            ends.append((self.names.back(), self.touched.back()))
        self.names.any_of(names for names, _ in ends)
        self.touched.any_of(touched for _, touched in ends)

    def begin(self) -> None:
        """Begins a way that may be gone back."""
        self.names.begin()
        self.touched.begin()

    def end(self) -> Change:
        """Ends it, and stays. Returns what names and things were before it, as far as they changed."""
        return self.names.end(), self.touched.end()

    def since(self, depth: int) -> Change:
        """What changed in all but the outermost ways."""
        return self.names.since(depth), self.touched.since(depth)

    def add(self, names: Changes[Name, Binding], touched: Changes[Place, frozenset[int]]) -> None:
        """Adds another state: it may be this one or that."""
        self.names.add(names)
        self.touched.add(touched)


def _either(one: Binding, other: Binding) -> Binding:
    return Binding(one.by | other.by, one.value | other.value)
