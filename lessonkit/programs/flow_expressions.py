"""The expressions of the abstract run in dataflow.py: what they read, and what they may give."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable

from lessonkit.programs.flow_classes import Classes
from lessonkit.programs.flow_effects import PRINT, RANDOM, TORCH
from lessonkit.programs.flow_things import CONSTANT, PLAIN, Arguments, Scope, Thing, Value, in_order, reach

Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
FIELDS_OF_TENSORS = ("shape", "ndim", "dtype", "device", "requires_grad", "is_leaf", "itemsize")
OVER = "over"
SHOWN = ("tensor", "array", "unknown", "instance", "distribution")
NOT_BY_OPERATORS = ("__init__", "__call__", "__post_init__")


def is_tensor(thing: Thing) -> bool:
    """Whether it is a tensor or an array."""
    return thing.kind in ("tensor", "array")


def _operands(node: ast.AST) -> list[ast.expr]:
    """The expressions in an expression, in order."""
    match node:
        case ast.BinOp():
            return [node.left, node.right]
        case ast.Compare():
            return [node.left, *node.comparators]
        case ast.JoinedStr():
            return node.values
    return [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]


class Expressions(Classes):
    """The part of the run that evaluates. Calls come with flow_calls.py, statements and functions with dataflow.py."""

    def eval(self, node: ast.AST | None, scope: Scope) -> Value:
        """What an expression may give."""
        match node:
            case None | ast.Constant():
                return PLAIN
            case ast.Name():
                return self.load(node.id, scope)
            case ast.Attribute():
                return self.each(self.attribute, self.eval(node.value, scope), node.attr)
            case ast.Subscript():
                return self.subscript(node, scope)
            case ast.Call():
                return self.call(node, scope)
            case ast.List() | ast.Tuple() | ast.Set() | ast.Dict():
                return self.display(node, scope)
            case ast.GeneratorExp():
                over = self.eval(node.generators[0].iter, scope)
                scope.keep()
                return self.iterator(over, redo=lambda: self.comprehend(node, scope)[0])
            case ast.ListComp() | ast.SetComp() | ast.DictComp():
                value, filled = self.comprehend(node, scope)
                return self.new("data", value, filled=filled)
            case ast.Lambda():
                return self.function(node, scope)
            case ast.NamedExpr():
                value = self.eval(node.value, scope)
                while scope.kind == "comprehension" and scope.parent:
                    scope = scope.parent
                self.bind(node.target.id, value, scope)
                return value
            case ast.IfExp():
                self.eval(node.test, scope)
                return self.either([node.body, node.orelse], scope)
            case ast.BoolOp():
                return self.eval(node.values[0], scope) | self.either([None, *node.values[1:]], scope)
            case ast.FormattedValue():
                value = self.eval(node.value, scope)
                if node.format_spec is None or node.conversion != -1:
                    self.shown(value)
                return self.eval(node.format_spec, scope)
            case ast.Starred():
                return self.items(self.eval(node.value, scope))
            case ast.Yield() | ast.YieldFrom():
                value = self.eval(node.value, scope)
                self.running[-1].result.update(self.items(value) if isinstance(node, ast.YieldFrom) else value)
                return self.new("unknown")
        parts = [self.eval(child, scope) for child in _operands(node)]
        if isinstance(node, ast.JoinedStr | ast.Slice):
            return PLAIN
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
            self.shown(parts[1])  # it may be a text and what fills it
        return self.combined(frozenset().union(*parts))

    def either(self, nodes: Iterable[ast.expr | None], scope: Scope) -> Value:
        """One of several expressions is evaluated."""
        given: set[Thing] = set()
        self.branches(*(lambda node=node: given.update(self.eval(node, scope)) for node in nodes))
        return frozenset(given)

    def combined(self, value: Value) -> Value:
        """What an operator makes of its operands."""
        self.special_methods(value)
        kinds = {thing.kind for thing in value}
        if kinds <= set(CONSTANT):
            return PLAIN
        if "data" in kinds:
            return self.new("data", self.items(value), filled=any(thing.filled for thing in value))
        known = kinds <= {"tensor", "array", "module", *CONSTANT}
        kind = "array" if kinds <= {"array", *CONSTANT} else "tensor" if known else "unknown"
        return self.new(kind, () if known else value, of=value)

    def shown(self, value: Value) -> None:
        """A value becomes text; that of tensors depends on the print options."""
        self.special_methods(value)
        if any(thing.kind in SHOWN for thing in self.reached(value)):
            self.observe(PRINT, "torch")

    def special_methods(self, value: Iterable[Thing]) -> Value:
        """Operators, loops and the like may call any `__method__` of a class of the lesson; what these may give."""
        found: set[Thing] = set()
        for thing in in_order(value):
            for name in self.methods(thing.made_of) if thing.kind == "instance" else ():
                if name.startswith("__") and name not in NOT_BY_OPERATORS:
                    found |= self.method(thing, name, Arguments(rest=self.new("unknown")))
        return frozenset(found)

    def display(self, node: ast.List | ast.Tuple | ast.Set | ast.Dict, scope: Scope) -> Value:
        """A list, tuple, set or dict as it is written. Only a tuple is known to keep its items in their places."""
        keys = [self.eval(key, scope) for key in getattr(node, "keys", ())]
        items = node.values if isinstance(node, ast.Dict) else node.elts
        thing = Thing("data", filled=bool(items))
        fixed = isinstance(node, ast.Tuple) and not any(isinstance(item, ast.Starred) for item in items)
        for place, item in enumerate(items):
            thing.hold(self.eval(item, scope), str(place) if fixed else "")
        thing.hold(frozenset().union(*keys), "keys")
        return frozenset({thing})

    def comprehend(self, node: Comprehension, scope: Scope) -> tuple[Value, bool]:
        """The items of a comprehension, and whether it surely has any."""
        scope, filled = Scope(scope, "comprehension"), True
        for generator in node.generators:
            over = self.eval(generator.iter, scope)
            filled = filled and not generator.ifs and all(thing.filled for thing in over)
            self.assign(generator.target, self.items(over), scope)
            for test in generator.ifs:
                self.eval(test, scope)
        parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        items = frozenset().union(*(self.eval(part, scope) for part in parts))
        self.leave(scope)
        return items, filled

    def subscript(self, node: ast.Subscript, scope: Scope) -> Value:
        """`thing[place]`."""
        value = self.eval(node.value, scope)
        parts = [self.eval(part, scope) for part in getattr(node.slice, "elts", [node.slice])]
        lists = frozenset(thing for thing in value if thing.kind == "data")
        if isinstance(node.slice, ast.Slice) and lists:
            return self.new("data", self.items(lists)) | self.items(value - lists)
        if all(map(is_tensor, value)) and any(all(map(is_tensor, part)) for part in parts):
            return self.new("tensor", of=value)  # what tensors choose is copied
        place = str(node.slice.value) if isinstance(node.slice, ast.Constant) else ""
        return self.items(value, place)

    def items(self, value: Value, place: str = "") -> Value:
        """What a loop over a value, its unpacking or a subscript gives, where it is known at which place."""
        return self.each(self._items, value, place)

    def _items(self, thing: Thing, place: str) -> Value:
        match thing.kind:
            case "value" | "function" | "class" | "caller":
                return PLAIN
            case "figure" | "import":
                return frozenset({thing})
            case "tensor" | "array":
                return self.new(thing.kind, {thing}, of={thing})
            case "data":
                known = place in thing.holds
                return frozenset(thing.holds[place] | thing.holds.get("", set()) if known else thing.held) or PLAIN
            case "iterator":
                self.touch(thing)
                items = (things for place, things in thing.holds.items() if place != OVER)
                return frozenset(thing.redo() if thing.redo else ()).union(*items) or PLAIN
            case "module" | "optimizer":
                return thing.held | {thing}
            case "loader":
                self.touch(TORCH, *(other for other in reach({thing}) if other.kind == "generator"))
                self.special_methods(reach({thing}))
                self.call_back(thing.held, thing.held)
                return self.new("tensor", {thing})
            case "instance":
                return self.special_methods({thing}) | self.unknown(thing)
        self.touch(thing, *(() if thing.kind == "object" else RANDOM))
        return self.unknown(thing)

    def iterator(self, over: Value, items: Value = frozenset(), redo: Callable[[], Value] | None = None) -> Value:
        """Something that gives items once, from what it goes over."""
        thing = Thing("iterator", filled=redo is None and all(other.filled for other in over), redo=redo)
        thing.hold(items)
        thing.hold(over, OVER)
        return frozenset({thing})

    def unknown(self, thing: Thing) -> Value:
        """Something that a thing gives, of which nothing is known."""
        return self.new("object" if thing.kind == "object" else "unknown", {thing})

    def attribute(self, thing: Thing, name: str) -> Value:
        """`thing.name`."""
        own = frozenset(thing.holds.get(name, ())) if name else frozenset()
        match thing.kind:
            case "import":
                return frozenset({Thing("import", path=f"{thing.path}.{name}")})
            case "value":
                return PLAIN
            case "tensor" | "array" if name in FIELDS_OF_TENSORS:
                return PLAIN
            case "figure":
                return frozenset({thing})
            case "class" | "instance" if found := self.member(thing, name):
                return own | found
            case "class" if name == "apply" and not own:
                return frozenset({Thing("caller", {"": {thing}})})
            case "function" | "class":
                return own or PLAIN
            case "tensor" | "array":
                return own | self.new(thing.kind, {thing}, of=() if name in ("data", "grad") else {thing})
            case "module":
                return own or self.new("tensor", {thing}, of={thing})
            case "optimizer":
                return own or self.new("data", {thing})
            case "instance" if self.is_module(thing):
                return own or self.new("tensor", {thing}, of={thing})
        return own or self.unknown(thing)
