"""What imports, functions and classes bind in the abstract run of dataflow.py."""

from __future__ import annotations

import ast

from lessonkit.programs.flow_calls import Calls
from lessonkit.programs.flow_effects import library
from lessonkit.programs.flow_things import PLAIN, Arguments, Binding, Function, Scope, Thing, Value


class Definitions(Calls):
    """The part of the run that imports and defines."""

    def import_names(self, node: ast.Import | ast.ImportFrom, scope: Scope) -> None:
        """`import a.b` adds to what `a` was; what `import *` binds is not known."""
        source = getattr(node, "module", None)
        for alias in node.names:
            name = alias.asname or library(alias.name)
            by: frozenset[int] = frozenset()
            path = alias.name if alias.asname else name
            if alias.name == "*" or source == "__future__":
                self.always.add(self.number)
            if source is None and path != alias.name:
                by = self.names.get((scope, name), Binding()).by
            self.bind(name, frozenset({Thing("import", path=f"{source}.{alias.name}" if source else path)}), scope)
            self.names[scope, name] = self.names[scope, name]._replace(by=by | {self.number})

    def function(self, node: Function, scope: Scope) -> Value:
        """A function, with its defaults, which are evaluated here."""
        accepts = node.args
        positional = [*accepts.posonlyargs, *accepts.args]
        pairs = [
            *zip(positional[::-1], accepts.defaults[::-1], strict=False),
            *zip(accepts.kwonlyargs, accepts.kw_defaults, strict=True),
        ]
        holds = {argument.arg: set(self.eval(default, scope)) for argument, default in pairs}
        for argument in [*positional, *accepts.kwonlyargs, accepts.vararg, accepts.kwarg]:
            self.eval(getattr(argument, "annotation", None), scope)
        self.eval(getattr(node, "returns", None), scope)
        home = (scope.parent if scope.kind == "class" and scope.parent else scope).keep()
        return frozenset(
            {Thing("function", holds, code=node, scope=home, of=scope.owner if scope.kind == "class" else None)}
        )

    def decorated(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, value: Value, scope: Scope
    ) -> Value:
        """What a decorated function or class is: itself, if the decorators are known to do nothing that matters.

        A decorator that is a value (`@torch.no_grad()`) gives a function that still does what its body does.
        """
        for mark in reversed(node.decorator_list):
            by = self.eval(mark, scope)
            marked = self.each(self.invoke, by, Arguments((value,)))
            value = value if by <= PLAIN or marked <= PLAIN else marked
        return value

    def class_block(self, node: ast.ClassDef, scope: Scope) -> None:
        """A class, whose body runs here."""
        bases = frozenset().union(*(self.eval(base, scope) for base in node.bases))
        targets = (part.target for part in node.body if isinstance(part, ast.AnnAssign))
        fields = tuple(target.id for target in targets if isinstance(target, ast.Name))
        of = Thing("class", bases=bases, fields=fields)
        of.scope = Scope(scope.keep(), "class", owner=of).keep()
        self.block(node.body, of.scope)
        self.bind(node.name, self.decorated(node, frozenset({of}), scope), scope)
