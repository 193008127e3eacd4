"""Which statements of a lesson need which: an abstract run that knows names, the objects behind them and hidden states.

Statements are run in order: loops twice, branches side by side, functions of the lesson at each call. A statement
needs those that bound the names it reads, and those that may have changed an object or a hidden state that it uses.
Where the run cannot be sure it finds a need too many.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable

from lessonkit.lesson.parsed import parsed
from lessonkit.programs.flow_definitions import Definitions
from lessonkit.programs.flow_effects import PRINT, TORCH
from lessonkit.programs.flow_expressions import is_tensor
from lessonkit.programs.flow_things import PLAIN, Scope, Touched, Value, filled, holds, leaves, reach
from lessonkit.programs.snippet_text import global_names

RESTORED = {
    "warnings.catch_warnings": "warnings",
    "torch.random.fork_rng": TORCH,
    "torch.set_grad_enabled": "torch",
    "matplotlib.pyplot.rc_context": "matplotlib",
    "numpy.printoptions": PRINT,
}
"""The hidden states that these give back at the end of a `with` block."""


class Flow(Definitions):
    """The abstract run of a lesson, statement by statement.

    `later[n]` are the names that functions in statement n mention, with the statements that bound them: who calls a
    function needs them, and who only shows one should have them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.later: list[dict[str, frozenset[int]]] = []

    def statement(self, source: str) -> None:
        """Runs the next statement."""
        self.needs.append(set(self.always))
        self.binds.append(set())
        self.done = 0
        self.names.stay()
        self.touched.stay()
        known = global_names(source)
        try:
            self.block(parsed(source), self.lesson)
        except RecursionError:
            self.everything()
            self.running.clear()
            for name in known.binds:
                self.bind(name, self.new("unknown"), self.lesson)
        self.needs[-1].discard(self.number)
        mentioned = {name: self.names.get((self.lesson, name)) for name in known.within}
        self.later.append({name: binding.by for name, binding in mentioned.items() if binding})

    def block(self, body: Iterable[ast.stmt], scope: Scope) -> None:
        """Runs statements one after the other."""
        for node in body:
            self.work(10)
            self.execute(node, scope)

    def execute(self, node: ast.stmt, scope: Scope) -> None:
        """Runs a statement."""
        match node:
            case ast.Expr():
                self.eval(node.value, scope)
            case ast.Assign():
                value = self.eval(node.value, scope)
                for target in node.targets:
                    self.assign(target, value, scope)
            case ast.AnnAssign():
                self.eval(node.annotation, scope)
                if node.value:
                    self.assign(node.target, self.eval(node.value, scope), scope)
            case ast.AugAssign():
                self.augment(node, scope)
            case ast.For() | ast.AsyncFor():
                self.for_loop(node, scope)
            case ast.While():
                self.while_loop(node, scope)
            case ast.If():
                self.eval(node.test, scope)
                self.branches(lambda: self.block(node.body, scope), lambda: self.block(node.orelse, scope))
            case ast.Try() | ast.TryStar():
                self.try_block(node, scope)
            case ast.With() | ast.AsyncWith():
                self.with_block(node, scope)
            case ast.Match():
                self.match_block(node, scope)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self.bind(node.name, self.decorated(node, self.function(node, scope), scope), scope)
            case ast.ClassDef():
                self.class_block(node, scope)
            case ast.Return():
                self.running[-1].result.update(self.eval(node.value, scope))
                self.running[-1].exits.append(self.since(self.running[-1].depth))
            case ast.Delete():
                self.delete(node.targets, scope)
            case ast.Import() | ast.ImportFrom():
                self.import_names(node, scope)
            case ast.Global():
                scope.elsewhere |= dict.fromkeys(node.names, self.lesson)
            case ast.Nonlocal():
                scope.elsewhere |= {name: self.home(name, scope.parent) or scope for name in node.names}
            case _:
                for child in ast.iter_child_nodes(node):
                    self.eval(child, scope)

    def assign(self, target: ast.expr, value: Value, scope: Scope) -> None:
        """Gives a value to a target."""
        match target:
            case ast.Name():
                self.bind(target.id, value, scope)
            case ast.Starred():
                self.assign(target.value, self.new("data", value), scope)
            case ast.Tuple() | ast.List():
                fixed = not any(isinstance(item, ast.Starred) for item in target.elts)
                for place, item in enumerate(target.elts):
                    self.assign(item, self.items(value, str(place) if fixed else ""), scope)
            case ast.Attribute() | ast.Subscript():
                self.change(target, value, scope)

    def change(self, target: ast.Attribute | ast.Subscript, value: Value, scope: Scope) -> None:
        """`thing.field = value` and `thing[place] = value`."""
        place = target.attr if isinstance(target, ast.Attribute) else ""
        self.eval(getattr(target, "slice", None), scope)
        for thing in self.eval(target.value, scope):
            if is_tensor(thing):
                self.touch_deep({thing})
                thing.leaves |= leaves(value) | ({thing} if place == "requires_grad" else set())
            else:
                self.touch(thing)
            if place or not is_tensor(thing):
                thing.hold(value, place)
            self.special_methods({thing})

    def augment(self, node: ast.AugAssign, scope: Scope) -> None:
        """`x += y` may change the object itself, or bind another."""
        current = self.eval(node.target, scope)
        added = self.eval(node.value, scope)
        self.touch_deep(current)
        for thing in current - PLAIN:
            thing.hold(self.items(added) if thing.kind == "data" else ())
            thing.leaves |= leaves(added)
        self.assign(node.target, self.combined(current | added) | (current - PLAIN), scope)

    def delete(self, targets: list[ast.expr], scope: Scope) -> None:
        """`del x` and `del x[place]`."""
        for target in targets:
            if isinstance(target, ast.Name):
                self.load(target.id, scope)
                self.bind(target.id, PLAIN, scope)
            elif isinstance(target, ast.Tuple | ast.List):
                self.delete(target.elts, scope)
            elif isinstance(target, ast.Attribute | ast.Subscript):
                self.change(target, PLAIN, scope)

    def loop(self, once: Callable[[], object], *, sure: bool) -> None:
        """Runs the first and the later rounds of a loop; where it is not sure to run, perhaps none."""
        self.branches(once, *([] if sure else [lambda: None]))
        self.branches(once, lambda: None)

    def while_loop(self, node: ast.While, scope: Scope) -> None:
        """A loop that may not run at all."""

        def once() -> None:
            self.eval(node.test, scope)
            self.block(node.body, scope)

        self.loop(once, sure=False)
        self.eval(node.test, scope)
        self.block(node.orelse, scope)

    def for_loop(self, node: ast.For | ast.AsyncFor, scope: Scope) -> None:
        """A loop over something that is known to have items runs at least once."""
        over = self.eval(node.iter, scope)

        def once() -> None:
            self.assign(node.target, self.items(over), scope)
            self.block(node.body, scope)

        self.loop(once, sure=filled(over) and not holds(node, ast.Break | ast.Continue))
        self.block(node.orelse, scope)

    def try_block(self, node: ast.Try | ast.TryStar, scope: Scope) -> None:
        """Handlers begin where the body may have stopped: anywhere."""
        self.begin()
        self.block(node.body, scope)
        names, touched = self.end()

        def handle(handler: ast.ExceptHandler) -> None:
            self.add(names, touched)
            self.eval(handler.type, scope)
            if handler.name:
                self.bind(handler.name, self.new("data"), scope)
            self.block(handler.body, scope)

        handlers = [lambda handler=handler: handle(handler) for handler in node.handlers]
        self.branches(lambda: self.block(node.orelse, scope), *handlers)
        self.block(node.finalbody, scope)

    def with_block(self, node: ast.With | ast.AsyncWith, scope: Scope) -> None:
        """Some contexts give a hidden state back at their end."""
        given_back: Touched = {}
        for item in node.items:
            called = item.context_expr.func if isinstance(item.context_expr, ast.Call) else item.context_expr
            for thing in self.eval(called, scope):
                if thing.path in RESTORED:
                    place = RESTORED[thing.path]
                    given_back[place] = self.touched.get(place, frozenset())
            context = self.eval(item.context_expr, scope)
            self.special_methods(context)
            if item.optional_vars:
                self.assign(item.optional_vars, context, scope)
        self.block(node.body, scope)
        for state, numbers in given_back.items():
            self.touched[state] = numbers

    def match_block(self, node: ast.Match, scope: Scope) -> None:
        """The names in a pattern may stand for anything in the subject."""
        subject = self.eval(node.subject, scope)

        def case(one: ast.match_case) -> None:
            for part in ast.walk(one.pattern):
                for name in filter(None, (getattr(part, "name", ""), getattr(part, "rest", ""))):
                    self.bind(name, frozenset(reach(subject)), scope)
                if isinstance(part, ast.MatchValue | ast.MatchClass):
                    self.eval(part.value if isinstance(part, ast.MatchValue) else part.cls, scope)
            self.eval(one.guard, scope)
            self.block(one.body, scope)

        self.branches(lambda: None, *(lambda one=one: case(one) for one in node.cases))
