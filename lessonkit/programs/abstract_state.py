"""What the abstract run of dataflow.py knows at a place: what names stand for, and which statements changed what."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Iterable

from lessonkit.programs.abstract_values import (
    CONSTANT,
    PLAIN,
    VALUE,
    Arguments,
    Binding,
    Change,
    Name,
    Place,
    Scope,
    Thing,
    Value,
    in_order,
    leaves,
    reach,
)
from lessonkit.programs.effects import FIGURE, library
from lessonkit.programs.journal import Changes, Table

LINE, TRAINS = "unfinished line", "trains"
MOST = 1_000_000
"""How much work a statement may make before it is taken for one that may do anything; lessons stay below the half."""


class State:
    """Names, objects and hidden states at a place of the run, and what the statement that runs needs.

    `needs[n]` are the statements that statement n needs, `binds[n]` the names of the lesson that it binds. `names` has
    the Binding of each (scope, name), `touched` the statements that changed each thing or hidden state.
    """

    def __init__(self) -> None:
        self.needs: list[set[int]] = []
        self.binds: list[set[str]] = []
        self.lesson = Scope(kind="lesson")
        self.names: Table[Name, Binding] = Table(join=_either)
        self.touched: Table[Place, frozenset[int]] = Table(join=frozenset.union)
        self.always: set[int] = set()
        self.done = 0

    def statement(self) -> None:
        """The next statement begins."""
        self.needs.append(set(self.always))
        self.binds.append(set())
        self.done = 0
        self.names.stay()
        self.touched.stay()

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

    def bind(self, name: str, value: Value, scope: Scope, *, adds: bool = False) -> None:
        """Lets a name stand for a value; this statement alone binds it, or `adds` to those that did."""
        scope = scope.elsewhere.get(name, scope)
        scope.own.add(name)
        before = self.names.get((scope, name), Binding()).by if adds else frozenset()
        self.names[scope, name] = Binding(before | {self.number}, value)
        if scope is self.lesson:
            self.binds[-1].add(name)

    def import_names(self, node: ast.Import | ast.ImportFrom, scope: Scope) -> None:
        """`import a.b` adds to what `a` was; what `import *` binds is not known."""
        source = getattr(node, "module", None)
        for alias in node.names:
            name = alias.asname or library(alias.name)
            path = f"{source}.{alias.name}" if source else alias.name if alias.asname else name
            if alias.name == "*" or source == "__future__":
                self.always.add(self.number)
            adds = not source and path != alias.name
            self.bind(name, frozenset({Thing("import", path=path)}), scope, adds=adds)

    def pass_arguments(self, accepts: ast.arguments, function: Thing, arguments: Arguments, scope: Scope) -> None:
        """Binds the parameters of a function to the arguments of a call."""
        names = [argument.arg for argument in [*accepts.posonlyargs, *accepts.args]]
        positional = [*([function.bound] if function.bound else []), *arguments.positional]
        for name in [*names, *(argument.arg for argument in accepts.kwonlyargs)]:
            given = positional.pop(0) if positional and name in names else arguments.named.get(name)
            default = frozenset(function.holds.get(name, PLAIN))
            self.bind(name, default | arguments.rest if given is None else given, scope)
        left = {name: value for name, value in arguments.named.items() if (scope, name) not in self.names}
        for rest, values in ((accepts.vararg, positional), (accepts.kwarg, left.values())):
            if rest:
                self.bind(rest.arg, self.new("data", arguments.rest.union(*values)), scope)

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

    def unknown(self, thing: Thing) -> Value:
        """Something that a thing gives, of which nothing is known."""
        return self.new("object" if thing.kind == "object" else "unknown", {thing})

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

    def line(self, *, finished: bool) -> None:
        """A printed line that is not finished belongs together with the statement that finishes it."""
        if not finished:
            self.touch(LINE)
            return
        for number in self.touched.pop(LINE, frozenset()) - {self.number}:
            self.needs[-1].add(number)
            self.needs[number].add(self.number)

    def methods(self, of: Thing) -> list[str]:
        """The names that a class of the lesson and its bases have."""
        self.work(len(self.names))
        own = [name for scope, name in self.names if scope is of.scope]
        return own + [name for base in in_order(of.bases) if base.kind == "class" for name in self.methods(base)]

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
