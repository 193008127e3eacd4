"""Which statements of a lesson need which: an abstract run that knows names, the objects behind them and hidden states.

Statements are run in order: loops twice, branches side by side, functions of the lesson at each call. A statement
needs those that bound the names it reads, and those that may have changed an object or a hidden state that it uses.
Where the run cannot be sure it finds a need too many.

This is one recursion: statements have expressions, these call functions, whose bodies are statements. What is known at
a place is a `State`; what objects are is in `abstract_values`, what libraries do in the tables of `effects`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from lessonkit.lesson.global_names import global_names
from lessonkit.lesson.syntax_tree import parsed
from lessonkit.programs.abstract_state import TRAINS, State
from lessonkit.programs.abstract_values import (
    CONSTANT,
    OVER,
    PLAIN,
    VALUE,
    Arguments,
    Function,
    Run,
    Scope,
    Thing,
    Touched,
    Value,
    ancestors,
    copied,
    filled,
    has_node,
    in_order,
    is_module,
    is_tensor,
    iterator,
    leaves,
    operands,
    reach,
)
from lessonkit.programs.effects import (
    ANYTHING,
    OBJECT,
    PRINT,
    RANDOM,
    RESTORED,
    TORCH,
    Effect,
    library,
    of_call,
    of_layer,
    of_method,
)

Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp

DEEPEST = 12
"""How many functions of a lesson may run in each other."""

FIELDS_OF_TENSORS = ("shape", "ndim", "dtype", "device", "requires_grad", "is_leaf", "itemsize")
SHOWN = ("tensor", "array", "unknown", "instance", "distribution")
NOT_BY_OPERATORS = ("__init__", "__call__", "__post_init__")
CALLABLE = ("import", "function", "class", "module", "instance", "caller", "unknown", "object")
ONE_ITEM = ("get", "pop", "popitem", "popleft", "setdefault")
CALL_BACK = ("map", "filter", "sorted", "min", "max", "next", "iter")
EVERYTHING = ("exec", "eval", "globals", "locals", "vars", "compile", "__import__", "input", "open", "breakpoint")


class Flow:
    """The abstract run of a lesson, statement by statement.

    `later[n]` are the names that functions in statement n mention, with the statements that bound them: who calls a
    function needs them, and who only shows one should have them.
    """

    def __init__(self) -> None:
        self.state = State()
        self.later: list[dict[str, frozenset[int]]] = []
        self.running: list[Run] = []
        self.called_back: set[Thing] = set()

    def statement(self, source: str) -> None:
        """Runs the next statement."""
        state = self.state
        state.statement()
        known = global_names(source)
        try:
            self.block(parsed(source), state.lesson)
        except RecursionError:
            state.everything()
            self.running.clear()
            for name in known.binds:
                state.bind(name, state.new("unknown"), state.lesson)
        state.needs[-1].discard(state.number)
        mentioned = {name: state.names.get((state.lesson, name)) for name in known.within}
        self.later.append({name: binding.by for name, binding in mentioned.items() if binding})

    # statements

    def block(self, body: Iterable[ast.stmt], scope: Scope) -> None:
        """Runs statements one after the other."""
        for node in body:
            self.state.work(10)
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
                self.state.branches(lambda: self.block(node.body, scope), lambda: self.block(node.orelse, scope))
            case ast.Try() | ast.TryStar():
                self.try_block(node, scope)
            case ast.With() | ast.AsyncWith():
                self.with_block(node, scope)
            case ast.Match():
                self.match_block(node, scope)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self.state.bind(node.name, self.decorated(node, self.function(node, scope), scope), scope)
            case ast.ClassDef():
                self.class_block(node, scope)
            case ast.Return():
                self.running[-1].result.update(self.eval(node.value, scope))
                self.running[-1].exits.append(self.state.since(self.running[-1].depth))
            case ast.Delete():
                self.delete(node.targets, scope)
            case ast.Import() | ast.ImportFrom():
                self.state.import_names(node, scope)
            case ast.Global():
                scope.elsewhere |= dict.fromkeys(node.names, self.state.lesson)
            case ast.Nonlocal():
                scope.elsewhere |= {name: self.state.home(name, scope.parent) or scope for name in node.names}
            case _:
                for child in ast.iter_child_nodes(node):
                    self.eval(child, scope)

    def assign(self, target: ast.expr, value: Value, scope: Scope) -> None:
        """Gives a value to a target."""
        match target:
            case ast.Name():
                self.state.bind(target.id, value, scope)
            case ast.Starred():
                self.assign(target.value, self.state.new("data", value), scope)
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
                self.state.touch_deep({thing})
                thing.leaves |= leaves(value) | ({thing} if place == "requires_grad" else set())
            else:
                self.state.touch(thing)
            if place or not is_tensor(thing):
                thing.hold(value, place)
            self.special_methods({thing})
            setters = self.in_class(thing.made_of, place) if place and thing.kind == "instance" else PLAIN
            for setter in in_order(one for one in setters if one.kind == "function"):
                self.invoke(replace(setter, bound=frozenset({thing})), Arguments((value,)))

    def augment(self, node: ast.AugAssign, scope: Scope) -> None:
        """`x += y` may change the object itself, or bind another."""
        current = self.eval(node.target, scope)
        added = self.eval(node.value, scope)
        self.state.touch_deep(current)
        for thing in current - PLAIN:
            thing.hold(self.items(added) if thing.kind == "data" else ())
            thing.leaves |= leaves(added)
        self.assign(node.target, self.combined(current | added) | (current - PLAIN), scope)

    def delete(self, targets: list[ast.expr], scope: Scope) -> None:
        """`del x` and `del x[place]`."""
        for target in targets:
            if isinstance(target, ast.Name):
                self.state.load(target.id, scope)
                self.state.bind(target.id, PLAIN, scope)
            elif isinstance(target, ast.Tuple | ast.List):
                self.delete(target.elts, scope)
            elif isinstance(target, ast.Attribute | ast.Subscript):
                self.change(target, PLAIN, scope)

    def loop(self, once: Callable[[], object], *, sure: bool) -> None:
        """Runs the first and the later rounds of a loop; where it is not sure to run, perhaps none."""
        self.state.branches(once, *([] if sure else [lambda: None]))
        self.state.branches(once, lambda: None)

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

        self.loop(once, sure=filled(over) and not has_node(node, ast.Break | ast.Continue))
        self.block(node.orelse, scope)

    def try_block(self, node: ast.Try | ast.TryStar, scope: Scope) -> None:
        """Handlers begin where the body may have stopped: anywhere."""
        self.state.begin()
        self.block(node.body, scope)
        names, touched = self.state.end()

        def handle(handler: ast.ExceptHandler) -> None:
            self.state.add(names, touched)
            self.eval(handler.type, scope)
            if handler.name:
                self.state.bind(handler.name, self.state.new("data"), scope)
            self.block(handler.body, scope)

        handlers = [lambda handler=handler: handle(handler) for handler in node.handlers]
        self.state.branches(lambda: self.block(node.orelse, scope), *handlers)
        self.block(node.finalbody, scope)

    def with_block(self, node: ast.With | ast.AsyncWith, scope: Scope) -> None:
        """Some contexts give a hidden state back at their end."""
        given_back: Touched = {}
        for item in node.items:
            called = item.context_expr.func if isinstance(item.context_expr, ast.Call) else item.context_expr
            for thing in self.eval(called, scope):
                if thing.path in RESTORED:
                    place = RESTORED[thing.path]
                    given_back[place] = self.state.touched.get(place, frozenset())
            context = self.eval(item.context_expr, scope)
            self.special_methods(context)
            self.state.touch(*(thing for thing in context if thing.kind == "object"))  # a file is closed
            if item.optional_vars:
                self.assign(item.optional_vars, context, scope)
        self.block(node.body, scope)
        for state, numbers in given_back.items():
            self.state.touched[state] = numbers

    def match_block(self, node: ast.Match, scope: Scope) -> None:
        """The names in a pattern may stand for anything in the subject."""
        subject = self.eval(node.subject, scope)

        def case(one: ast.match_case) -> None:
            for part in ast.walk(one.pattern):
                for name in filter(None, (getattr(part, "name", ""), getattr(part, "rest", ""))):
                    self.state.bind(name, frozenset(reach(subject)), scope)
                if isinstance(part, ast.MatchValue | ast.MatchClass):
                    self.eval(part.value if isinstance(part, ast.MatchValue) else part.cls, scope)
            self.eval(one.guard, scope)
            self.block(one.body, scope)

        self.state.branches(lambda: None, *(lambda one=one: case(one) for one in node.cases))

    # definitions

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
        for decorator in reversed(node.decorator_list):
            by = self.eval(decorator, scope)
            given = self.each(self.invoke, by, Arguments((value,)))
            value = value if by <= PLAIN or given <= PLAIN else given
        return value

    def class_block(self, node: ast.ClassDef, scope: Scope) -> None:
        """A class, whose body runs here."""
        bases = frozenset().union(*(self.eval(base, scope) for base in node.bases))
        keywords = frozenset().union(*(self.eval(keyword.value, scope) for keyword in node.keywords))
        targets = (part.target for part in node.body if isinstance(part, ast.AnnAssign))
        fields = tuple(target.id for target in targets if isinstance(target, ast.Name))
        of = Thing("class", bases=bases, fields=fields)
        of.scope = Scope(scope.keep(), "class", owner=of).keep()
        self.block(node.body, of.scope)
        hooks = frozenset().union(*(self.in_class(base, "__init_subclass__") for base in bases if base.kind == "class"))
        self.each(self.invoke, hooks | keywords, Arguments((frozenset({of}),), rest=keywords))
        self.state.bind(node.name, self.decorated(node, frozenset({of}), scope), scope)

    # expressions

    def eval(self, node: ast.AST | None, scope: Scope) -> Value:
        """What an expression may give."""
        match node:
            case None | ast.Constant():
                return PLAIN
            case ast.Name():
                return self.state.load(node.id, scope)
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
                return iterator(over, redo=lambda: self.comprehend(node, scope)[0])
            case ast.ListComp() | ast.SetComp() | ast.DictComp():
                value, sure = self.comprehend(node, scope)
                return self.state.new("data", value, filled=sure)
            case ast.Lambda():
                return self.function(node, scope)
            case ast.NamedExpr():
                value = self.eval(node.value, scope)
                while scope.kind == "comprehension" and scope.parent:
                    scope = scope.parent
                self.state.bind(node.target.id, value, scope)
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
                return self.state.new("unknown")
        parts = [self.eval(child, scope) for child in operands(node)]
        if isinstance(node, ast.JoinedStr | ast.Slice):
            return PLAIN
        if isinstance(node, ast.Compare):
            self.items(frozenset(thing for part in parts[1:] for thing in part if thing.kind == "iterator"))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
            self.shown(parts[1])  # it may be a text and what fills it
        return self.combined(frozenset().union(*parts))

    def either(self, nodes: Iterable[ast.expr | None], scope: Scope) -> Value:
        """One of several expressions is evaluated."""
        given: set[Thing] = set()
        self.state.branches(*(lambda node=node: given.update(self.eval(node, scope)) for node in nodes))
        return frozenset(given)

    def combined(self, value: Value) -> Value:
        """What an operator makes of its operands."""
        self.special_methods(value)
        kinds = {thing.kind for thing in value}
        if kinds <= set(CONSTANT):
            return PLAIN
        if "data" in kinds:
            return self.state.new("data", self.items(value), filled=any(thing.filled for thing in value))
        known = kinds <= {"tensor", "array", "module", *CONSTANT}
        kind = "array" if kinds <= {"array", *CONSTANT} else "tensor" if known else "unknown"
        return self.state.new(kind, () if known else value, of=value)

    def shown(self, value: Value) -> None:
        """A value becomes text; that of tensors depends on the print options."""
        self.special_methods(value)
        if any(thing.kind in SHOWN for thing in self.state.reached(value)):
            self.state.observe(PRINT, "torch")

    def special_methods(self, value: Iterable[Thing]) -> Value:
        """Operators, loops and the like may call any `__method__` of a class of the lesson; what these may give."""
        found: set[Thing] = set()
        for thing in in_order(value):
            for name in self.state.methods(thing.made_of) if thing.kind == "instance" else ():
                if name.startswith("__") and name not in NOT_BY_OPERATORS:
                    found |= self.method(thing, name, Arguments(rest=self.state.new("unknown")))
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
        scope, sure = Scope(scope, "comprehension"), True
        for generator in node.generators:
            over = self.eval(generator.iter, scope)
            sure = sure and not generator.ifs and filled(over)
            self.assign(generator.target, self.items(over), scope)
            for test in generator.ifs:
                self.eval(test, scope)
        parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        items = frozenset().union(*(self.eval(part, scope) for part in parts))
        self.state.leave(scope)
        return items, sure

    def subscript(self, node: ast.Subscript, scope: Scope) -> Value:
        """`thing[place]`."""
        value = self.eval(node.value, scope)
        parts = [self.eval(part, scope) for part in getattr(node.slice, "elts", [node.slice])]
        lists = frozenset(thing for thing in value if thing.kind == "data")
        if isinstance(node.slice, ast.Slice) and lists:
            return self.state.new("data", self.items(lists)) | self.items(value - lists)
        if all(map(is_tensor, value)) and any(all(map(is_tensor, part)) for part in parts):
            return self.state.new("tensor", of=value)  # what tensors choose is copied
        place = str(node.slice.value) if isinstance(node.slice, ast.Constant) else ""
        return self.items(value, place)

    def items(self, value: Value, place: str = "") -> Value:
        """What a loop over a value, its unpacking or a subscript gives, where it is known at which place."""
        return self.each(self._items, value, place)

    def _items(self, thing: Thing, place: str) -> Value:
        match thing.kind:
            case "value" | "function" | "caller":
                return PLAIN
            case "figure" | "import" | "class":
                return frozenset({thing})
            case "tensor" | "array":
                return self.state.new(thing.kind, {thing}, of={thing})
            case "data":
                known = place in thing.holds
                return frozenset(thing.holds[place] | thing.holds.get("", set()) if known else thing.held) or PLAIN
            case "iterator":
                self.state.touch(thing)
                items = (things for place, things in thing.holds.items() if place != OVER)
                return frozenset(thing.redo() if thing.redo else ()).union(*items) or PLAIN
            case "module" | "optimizer":
                return thing.held | {thing}
            case "loader":
                self.state.touch(TORCH, *(other for other in reach({thing}) if other.kind == "generator"))
                self.special_methods(reach({thing}))
                self.call_back(thing.held, thing.held)
                return self.state.new("tensor", {thing})
            case "instance":
                made = self.special_methods({thing})
                for redo in [one.redo for one in in_order(made) if one.redo]:
                    redo()
                return made | self.state.unknown(thing)
        self.state.touch(thing, *(() if thing.kind == "object" else RANDOM))
        return self.state.unknown(thing)

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
                return own | self.state.new(thing.kind, {thing}, of=() if name in ("data", "grad") else {thing})
            case "module":
                return own or self.state.new("tensor", {thing}, of={thing})
            case "optimizer":
                return own or self.state.new("data", {thing})
            case "instance" if is_module(thing):
                return own or self.state.new("tensor", {thing}, of={thing})
        return own or self.state.unknown(thing)

    # classes

    def each(self, find: Callable[..., Value], value: Value, *arguments: object) -> Value:
        """What `find` gives for any of the things that a value may be."""
        return frozenset().union(*(find(thing, *arguments) for thing in in_order(value)))

    def member(self, thing: Thing, name: str) -> Value:
        """What a class and its bases have under a name; functions know their instance, properties are run."""
        return self.each(self.method_of, self.in_class(thing.made_of, name), thing)

    def in_class(self, of: Thing, name: str) -> Value:
        """What a class has under a name, itself or by its bases."""
        found = self.state.names.get((of.scope, name)) if of.scope else None
        if found is None:
            return frozenset().union(*(self.in_class(base, name) for base in of.bases if base.kind == "class"))
        self.state.needs[-1] |= found.by
        self.state.observe(of, *self.state.reached(found.value))
        return found.value

    def method_of(self, function: Thing, thing: Thing) -> Value:
        """A function of a class as an attribute of its instance."""
        decorators = {getattr(one, "id", "") for one in getattr(function.code, "decorator_list", ())}
        if function.kind != "function" or thing.kind != "instance" or "staticmethod" in decorators:
            return frozenset({function})
        bound = replace(function, bound=frozenset({thing}))
        return self.invoke(bound, Arguments()) if decorators & {"property", "cached_property"} else frozenset({bound})

    def instance(self, of: Thing, arguments: Arguments) -> Value:
        """Makes an instance of a class of the lesson."""
        thing = Thing("instance", of=of)
        thing.hold(arguments.all)
        for name in of.fields:
            thing.hold(arguments.all | self.state.new("object"), name)
        for path in ancestors(of):
            self.apply(of_call(path), arguments, path=path)
        if is_module(thing):
            thing.gather()
        for name in ("__new__", "__init__", "__post_init__"):
            self.each(self.invoke, self.member(thing, name), arguments)
        return frozenset({thing})

    # calls

    def call(self, node: ast.Call, scope: Scope) -> Value:
        """A call as it is written."""
        if isinstance(node.func, ast.Name) and node.func.id == "super":
            return frozenset({scope.parents})
        named = node.func if isinstance(node.func, ast.Attribute) else None
        callee = self.eval(named.value if named else node.func, scope)
        positional: list[Value] = []
        keywords: dict[str, Value] = {}
        rest: Value = frozenset()
        for argument in node.args:
            value = self.eval(argument, scope)
            if rest or isinstance(argument, ast.Starred):
                rest |= value
            else:
                positional.append(value)
        for keyword in node.keywords:
            value = self.eval(keyword.value, scope)
            if keyword.arg:
                keywords[keyword.arg] = value
            else:
                rest |= self.items(value)
        arguments = Arguments(tuple(positional), keywords, rest)
        if named:
            return self.each(self.method, callee, named.attr, arguments)
        return self.each(self.invoke, callee, arguments)

    def invoke(self, thing: Thing, arguments: Arguments) -> Value:
        """Calls a thing."""
        self.state.work(10)
        match thing.kind:
            case "import" if thing.path.startswith("builtins."):
                return self.builtin(thing.path.removeprefix("builtins."), arguments)
            case "import":
                self.state.observe(library(thing.path), "warnings")
                if of_call(thing.path).settings:
                    self.state.touch(library(thing.path))
                if thing.path == "sys.stdout.write":
                    self.state.line(finished=False)
                return self.apply(of_call(thing.path), arguments, path=thing.path)
            case "function":
                return self.run(thing, arguments)
            case "class":
                return self.instance(thing, arguments)
            case "module":
                return self.layer(thing, arguments)
            case "instance":
                return self.method(thing, "__call__", arguments)
            case "caller":
                given = arguments.all | thing.held
                return self.each(self.hand_on, thing.held, given) | self.state.new("tensor", given, of=given)
            case "value" | "data":
                return self.state.new("data", arguments.all)
        return self.apply(OBJECT if thing.kind == "object" else ANYTHING, arguments, frozenset({thing}))

    def method(self, thing: Thing, name: str, arguments: Arguments) -> Value:
        """Calls `thing.name`."""
        receiver = frozenset({thing})
        if thing.kind == "import":
            return self.each(self.invoke, self.attribute(thing, name), arguments)
        if thing.kind == "super":
            return self.inherited(thing, name, arguments)
        if thing.kind in ("instance", "class") and (found := self.member(thing, name)):
            return self.each(self.invoke, found, arguments)
        if (name in thing.holds and thing.kind != "data") or thing.kind == "class":
            return self.each(self.invoke, self.attribute(thing, name), arguments)
        if name == "backward":
            self.state.touch(*leaves(receiver | arguments.all))
            return PLAIN
        if name in ("requires_grad_", "retain_grad"):
            thing.gather()
        if is_module(thing) and name in ("forward", "__call__"):
            return self.layer(thing, arguments)
        if thing.kind == "data" and name == "items":
            pair = Thing("data", {"0": set(thing.holds.get("keys", PLAIN)), "1": set(thing.held)})
            return self.state.new("data", {pair}, filled=thing.filled)
        return self.apply(of_method("module" if is_module(thing) else thing.kind, name), arguments, receiver, path=name)

    def inherited(self, parent: Thing, name: str, arguments: Arguments) -> Value:
        """Calls `super().name`."""
        found = self.member(parent.made_of, name)
        if name == "__init__" and not found:
            for path in ancestors(parent.made_of):
                self.apply(of_call(path), arguments, path=path)
        elif not found:
            return self.each(self.unbound, parent.bound, name, arguments)
        bound = frozenset(replace(thing, bound=parent.bound) for thing in in_order(found) if thing.kind == "function")
        return self.each(self.invoke, bound, arguments) or PLAIN

    def unbound(self, thing: Thing, name: str, arguments: Arguments) -> Value:
        """Calls what a library class has under a name for an instance of a class of the lesson."""
        if is_module(thing) and name == "forward":
            return self.layer(thing, arguments)
        kind = "module" if is_module(thing) else thing.kind
        return self.apply(of_method(kind, name), arguments, frozenset({thing}), path=name)

    def run(self, function: Thing, arguments: Arguments) -> Value:
        """Runs a function of the lesson; a generator runs when it is looped over."""
        code = function.code
        if code is None or len(self.running) > DEEPEST:  # nobody knows what it does
            raise RecursionError
        if sum(run.code is code for run in self.running) > 1:
            self.state.touch_deep(arguments.all | function.bound)
            return self.state.new("unknown", arguments.all | function.bound)
        scope = Scope(function.scope, owner=function.of, bound=function.bound)
        self.state.pass_arguments(code.args, function, arguments, scope)
        if has_node(code, ast.Yield | ast.YieldFrom):
            return iterator(arguments.all | function.bound, redo=partial(self.run_body, code, scope.keep()))
        return self.run_body(code, scope)

    def run_body(self, code: Function, scope: Scope) -> Value:
        """Runs the body of a function; it may return from several places."""
        run = Run(code, set(), [], len(self.state.names.journals))
        self.state.begin()
        self.running.append(run)
        if isinstance(code, ast.Lambda):
            run.result.update(self.eval(code.body, scope))
        else:
            self.block(code.body, scope)
        self.running.pop()
        names, touched = self.state.end()
        for changed_names, changed_touched in run.exits:
            self.state.add(names | changed_names, touched | changed_touched)
        self.state.leave(scope)
        return frozenset(run.result) or PLAIN

    # libraries

    def apply(self, effect: Effect, arguments: Arguments, receiver: Value = frozenset(), path: str = "") -> Value:
        """Lets a call of a library have its effect; it may call the functions that it is given."""
        everything = receiver | arguments.all
        first = receiver or (arguments.positional[0] if arguments.positional else arguments.all)
        if effect.result in ("unknown", "object"):
            self.call_back(everything, everything | self.state.new("unknown"))
        elif effect.result != "value":
            self.call_back(arguments.all, everything | self.state.new("tensor", everything, of=everything))
        if effect.changes == "shell":
            self.state.touch(*receiver)
        elif effect.changes == "second":
            self.state.touch_deep(arguments.positional[1] if arguments.positional[1:] else arguments.all)
        elif effect.changes:
            self.state.touch_deep(first if effect.changes == "first" else everything)
            self.state.touch(*(leaves(everything) if effect.changes == "all" else ()))
        self.state.touch_deep(arguments.named.get("out", ()))
        self.state.touch_deep(first if "inplace" in arguments.named else ())
        if effect.holds and effect.changes in ("shell", "all"):
            for thing in everything if effect.changes == "all" else receiver:
                if thing.kind not in CONSTANT:
                    thing.hold(everything)
        generator = arguments.named.get("generator", PLAIN)
        self.state.touch(*(effect.states if VALUE in generator else ()))
        self.state.touch_deep(generator)
        if path in ("train", "eval") and receiver:
            (self.state.train if path == "train" else self.state.rest)(receiver)
        if effect.sets:
            self.state.touched[effect.sets] = frozenset({self.state.number})
        return self.given(effect, arguments, receiver, path)

    def given(self, effect: Effect, arguments: Arguments, receiver: Value, path: str) -> Value:
        """What a call of a library gives."""
        everything = receiver | arguments.all
        match effect.result:
            case "self":
                return receiver
            case "copy":
                copies = copied(everything)
                self.state.train(copies)
                return copies
            case "items":
                items = self.items(receiver) | arguments.all
                return items if path in ONE_ITEM else self.state.new("data", items, filled=filled(receiver))
            case "parameters":
                return self.state.new("data", self.state.new("tensor", everything, of=everything))
        of = () if path in ("detach", "detach_", "numpy") else everything
        value = self.state.new(effect.result, everything if effect.holds else (), of=of, path=path)
        for thing in value - PLAIN:
            if path.endswith("Parameter") or "requires_grad" in arguments.named:
                thing.gather()
            thing.filled = thing.kind not in ("unknown", "loader", "iterator") and filled(everything)
            thing.in_place = "inplace" in arguments.named or (
                path.endswith(("LU", "Dropout")) and bool(arguments.positional[1:])
            )
        return value

    def call_back(self, value: Value, given: Value) -> None:
        """Runs the functions and generators that a value reaches, whatever they are called with."""
        given = frozenset(thing for thing in given if thing.kind not in ("class", "caller"))
        for thing in in_order(self.state.reached(value) - self.called_back):
            self.called_back.add(thing)
            if thing.kind in ("function", "class", "caller"):
                for made in in_order(self.invoke(thing, Arguments(rest=given))):
                    if made.redo:
                        made.redo()
            elif thing.kind == "instance" and not is_module(thing):
                for name in self.state.methods(thing.made_of):
                    self.method(thing, name, Arguments(rest=given))
            elif thing.redo:
                thing.redo()
            self.called_back.discard(thing)

    def hand_on(self, thing: Thing, given: Value) -> Value:
        """Lets something that was wrapped be called; of a torch.autograd.Function both ways run."""
        if thing.kind == "class" and "torch.autograd.Function" in ancestors(thing):
            ways = self.member(thing, "forward") | self.member(thing, "backward")
            return self.each(self.invoke, ways, Arguments((self.state.new("tensor"),), rest=given))
        return self.invoke(thing, Arguments(rest=given)) if thing.kind in CALLABLE else frozenset()

    def layer(self, thing: Thing, arguments: Arguments) -> Value:
        """Calls a module: the layers in it, `forward` where a class of the lesson has it, and hooks."""
        given = arguments.all
        for part in in_order(self.state.reached({thing})):
            if part.kind == "module":
                draws, changes = of_layer(part.path) if (TRAINS, part) in self.state.touched else (False, False)
                self.state.touch(*([TORCH] if draws else []), *([part] if changes else []))
                if part.in_place:
                    self.state.touch_deep(given)
            elif part.kind == "instance":
                given |= self.each(self.invoke, self.member(part, "forward"), arguments)
            elif part.kind == "function":
                self.call_back(frozenset({part}), given)
        return self.state.new("tensor", given, of=given | {thing})

    def builtin(self, name: str, arguments: Arguments) -> Value:
        """Calls a function of Python itself."""
        given = arguments.all
        self.special_methods(given)
        if name in CALL_BACK:
            self.call_back(given, self.items(given))
        match name:
            case "print":
                self.shown(given)
                self.state.touch_deep(arguments.named.get("file", PLAIN))
                self.state.line(finished="end" not in arguments.named)
            case "str" | "repr" | "ascii" | "format":
                self.shown(given)
            case "list" | "tuple" | "set" | "frozenset" | "dict" | "sorted":
                return self.state.new("data", self.items(given) if given else (), filled=filled(given))
            case "enumerate":
                return iterator(given, frozenset({Thing("data", {"1": set(self.items(given))})}))
            case "zip":
                columns = {str(place): set(self.items(value)) for place, value in enumerate(arguments.positional)}
                columns[""] = set(self.items(arguments.rest))
                return iterator(given, frozenset({Thing("data", columns)}))
            case "map" | "filter" | "reversed" | "iter":
                return iterator(given, self.items(given))
            case "sum" | "any" | "all":
                return self.combined(self.items(given))
            case "max" | "min":
                return self.items(given) | given
            case "next":
                return self.items(given)
            case "getattr":
                return given | self.each(self.state.unknown, given)
            case "abs" | "round" | "pow" | "divmod":
                return self.combined(given)
            case "setattr" | "delattr":
                self.state.touch(*arguments.positional[0])
                self.each(lambda thing: thing.hold(given) or PLAIN, arguments.positional[0])
            case "staticmethod" | "classmethod" | "property":
                return given
            case "object" | "slice":
                return PLAIN
            case _ if name in EVERYTHING:
                self.state.everything()
        return self.state.new("data", given) if name[0].isupper() else PLAIN
