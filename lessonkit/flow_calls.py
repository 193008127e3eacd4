"""The calls of the abstract run in dataflow.py: functions of the lesson run, those of libraries are looked up."""

from __future__ import annotations

import ast
from dataclasses import replace
from functools import partial

from lessonkit.flow_effects import ANYTHING, OBJECT, TORCH, Effect, library, of_call, of_layer, of_method
from lessonkit.flow_expressions import Expressions
from lessonkit.flow_state import (
    CONSTANT,
    LINE,
    PLAIN,
    VALUE,
    Arguments,
    Run,
    Scope,
    Thing,
    Value,
    copied,
    in_order,
    leaves,
    reach,
)

CALLABLE = ("import", "function", "class", "module", "instance", "caller", "unknown", "object")
CALL_BACK = ("map", "filter", "sorted", "min", "max", "next", "iter")
EVERYTHING = ("exec", "eval", "globals", "locals", "vars", "compile", "__import__", "input", "open", "breakpoint")
DEEPEST = 12


class Calls(Expressions):
    """The part of the run that calls."""

    def call(self, node: ast.Call, scope: Scope) -> Value:
        """A call as it is written."""
        if isinstance(node.func, ast.Name) and node.func.id == "super":
            return self.parents(scope)
        named = isinstance(node.func, ast.Attribute)
        callee = self.eval(node.func.value if named else node.func, scope)
        positional, keywords, rest = [], {}, frozenset()
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
            return self.each(self.method, callee, node.func.attr, arguments)
        return self.each(self.invoke, callee, arguments)

    def parents(self, scope: Scope) -> Value:
        """`super()`: what the bases of the class have that a method stands in, for its self."""
        while scope.owner is None and scope.parent:
            scope = scope.parent
        bases = scope.owner.bases if scope.owner else frozenset()
        return frozenset({Thing("super", {"": set(scope.bound)}, of=Thing("class", bases=bases), bound=scope.bound)})

    def invoke(self, thing: Thing, arguments: Arguments) -> Value:
        """Calls a thing."""
        self.step()
        match thing.kind:
            case "import" if thing.path.startswith("builtins."):
                return self.builtin(thing.path.removeprefix("builtins."), arguments)
            case "import":
                self.observe(library(thing.path), "warnings")
                if of_call(thing.path).settings:
                    self.touch(library(thing.path))
                if thing.path == "sys.stdout.write":
                    self.line(finished=False)
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
                return self.each(self.hand_on, thing.held, given) | self.new("tensor", given, of=given)
            case "value" | "data":
                return self.new("data", arguments.all)
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
            self.touch(*leaves(receiver | arguments.all))
            return PLAIN
        if name in ("requires_grad_", "retain_grad"):
            thing.gather()
        is_module = thing.kind == "module" or (thing.kind == "instance" and self.is_module(thing))
        if is_module and name in ("forward", "__call__"):
            return self.layer(thing, arguments)
        if thing.kind == "data" and name == "items":
            pair = Thing("data", {"0": set(thing.holds.get("keys", PLAIN)), "1": set(thing.held)})
            return self.new("data", {pair}, filled=thing.filled)
        return self.apply(of_method("module" if is_module else thing.kind, name), arguments, receiver, path=name)

    def inherited(self, parent: Thing, name: str, arguments: Arguments) -> Value:
        """Calls `super().name`."""
        found = self.member(parent.of, name)
        if name == "__init__" and not found:
            for path in self.ancestors(parent.of):
                self.apply(of_call(path), arguments, path=path)
        elif not found:
            return self.each(self.unbound, parent.bound, name, arguments)
        bound = frozenset(replace(thing, bound=parent.bound) for thing in in_order(found) if thing.kind == "function")
        return self.each(self.invoke, bound, arguments) or PLAIN

    def unbound(self, thing: Thing, name: str, arguments: Arguments) -> Value:
        """Calls what a library class has under a name for an instance of a class of the lesson."""
        if self.is_module(thing) and name == "forward":
            return self.layer(thing, arguments)
        kind = "module" if self.is_module(thing) else thing.kind
        return self.apply(of_method(kind, name), arguments, frozenset({thing}), path=name)

    def apply(self, effect: Effect, arguments: Arguments, receiver: Value = frozenset(), path: str = "") -> Value:
        """Lets a call of a library have its effect; it may call the functions that it is given."""
        everything = receiver | arguments.all
        first = receiver or (arguments.positional[0] if arguments.positional else arguments.all)
        if effect.result in ("unknown", "object"):
            self.call_back(everything, everything | self.new("unknown"))
        elif effect.result != "value":
            self.call_back(arguments.all, everything | self.new("tensor", everything, of=everything))
        if effect.changes == "shell":
            self.touch(*receiver)
        elif effect.changes:
            self.touch_deep(first if effect.changes == "first" else everything)
            self.touch(*(leaves(everything) if effect.changes == "all" else ()))
        self.touch_deep(arguments.named.get("out", ()))
        self.touch_deep(first if "inplace" in arguments.named else ())
        if effect.holds and effect.changes in ("shell", "all"):
            for thing in everything if effect.changes == "all" else receiver:
                if thing.kind not in CONSTANT:
                    thing.hold(everything)
        generator = arguments.named.get("generator", PLAIN)
        self.touch(*(effect.states if VALUE in generator else ()), *reach(generator - PLAIN))
        if effect.sets:
            self.touched[effect.sets] = frozenset({self.number})
        return self.given(effect, arguments, receiver, path)

    def given(self, effect: Effect, arguments: Arguments, receiver: Value, path: str) -> Value:
        """What a call of a library gives."""
        everything = receiver | arguments.all
        match effect.result:
            case "self":
                return receiver
            case "copy":
                return copied(everything)
            case "items":
                return self.items(receiver) | arguments.all
            case "parameters":
                return self.new("data", self.new("tensor", everything, of=everything))
        value = self.new(effect.result, everything if effect.holds else (), of=everything, path=path)
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
        for thing in in_order(reach(value) - self.called_back):
            self.called_back.add(thing)
            if thing.kind in ("function", "class", "caller"):
                for made in in_order(self.invoke(thing, Arguments(rest=given))):
                    made.redo and made.redo()
            elif thing.kind == "instance" and not self.is_module(thing):
                for name in self.methods(thing.of):
                    self.method(thing, name, Arguments(rest=given))
            elif thing.redo:
                thing.redo()
            self.called_back.discard(thing)

    def hand_on(self, thing: Thing, given: Value) -> Value:
        """Lets something that was wrapped be called; of a torch.autograd.Function both ways run."""
        if thing.kind == "class" and "torch.autograd.Function" in self.ancestors(thing):
            ways = self.member(thing, "forward") | self.member(thing, "backward")
            return self.each(self.invoke, ways, Arguments((self.new("tensor"),), rest=given))
        return self.invoke(thing, Arguments(rest=given)) if thing.kind in CALLABLE else frozenset()

    def layer(self, thing: Thing, arguments: Arguments) -> Value:
        """Calls a module: the layers in it, `forward` where a class of the lesson has it, and hooks."""
        given = arguments.all
        for part in in_order(reach({thing})):
            if part.kind == "module":
                draws, changes = of_layer(part.path)
                self.touch(*([TORCH] if draws else []), *([part] if changes else []))
                if part.in_place:
                    self.touch_deep(given)
            elif part.kind == "instance":
                given |= self.each(self.invoke, self.member(part, "forward"), arguments)
            elif part.kind == "function":
                self.call_back(frozenset({part}), given)
        return self.new("tensor", given, of=given | {thing})

    def instance(self, of: Thing, arguments: Arguments) -> Value:
        """Makes an instance of a class of the lesson."""
        thing = Thing("instance", of=of)
        thing.hold(arguments.all)
        for path in self.ancestors(of):
            self.apply(of_call(path), arguments, path=path)
        if self.is_module(thing):
            thing.gather()
        for name in ("__new__", "__init__", "__post_init__"):
            self.each(self.invoke, self.member(thing, name), arguments)
        return frozenset({thing})

    def run(self, function: Thing, arguments: Arguments) -> Value:
        """Runs a function of the lesson; a generator runs when it is looped over."""
        code = function.code
        if len(self.running) > DEEPEST:
            raise RecursionError
        if sum(run.code is code for run in self.running) > 1:
            self.touch_deep(arguments.all | function.bound)
            return self.new("unknown", arguments.all | function.bound)
        scope = Scope(function.scope, owner=function.of, bound=function.bound)
        self.pass_arguments(function, arguments, scope)
        if any(isinstance(node, ast.Yield | ast.YieldFrom) for node in ast.walk(code)):
            again = partial(self.run_body, code, scope)
            return self.new("iterator", arguments.all | function.bound, filled=False, redo=again)
        return self.run_body(code, scope)

    def run_body(self, code: ast.FunctionDef | ast.Lambda, scope: Scope) -> Value:
        """Runs the body of a function; it may return from several places."""
        run = Run(code, set(), [])
        self.running.append(run)
        if isinstance(code, ast.Lambda):
            run.result.update(self.eval(code.body, scope))
        else:
            self.block(code.body, scope)
        self.running.pop()
        for names, touched in run.exits:
            self.join(names, touched)
        return frozenset(run.result) or PLAIN

    def pass_arguments(self, function: Thing, arguments: Arguments, scope: Scope) -> None:
        """Binds the parameters of a function."""
        accepts = function.code.args
        names = [argument.arg for argument in [*accepts.posonlyargs, *accepts.args]]
        positional = [*([function.bound] if function.bound else []), *arguments.positional]
        for name in [*names, *(argument.arg for argument in accepts.kwonlyargs)]:
            given = positional.pop(0) if positional and name in names else arguments.named.get(name)
            default = frozenset(function.holds.get(name, PLAIN))
            self.bind(name, default | arguments.rest if given is None else given, scope)
        for rest in (accepts.vararg, accepts.kwarg):
            if rest:
                self.bind(rest.arg, self.new("data", arguments.all), scope)

    def builtin(self, name: str, arguments: Arguments) -> Value:
        """Calls a function of Python itself."""
        given = arguments.all
        self.special_methods(given)
        if name in CALL_BACK:
            self.call_back(given, self.items(given))
        match name:
            case "print":
                self.shown(given)
                self.line(finished="end" not in arguments.named)
            case "str" | "repr" | "ascii" | "format":
                self.shown(given)
            case "list" | "tuple" | "set" | "frozenset" | "dict" | "sorted":
                return self.new("data", self.items(given) if given else (), filled=filled(given))
            case "enumerate":
                return self.new("iterator", {Thing("data", {"1": set(self.items(given))})}, filled=filled(given))
            case "zip":
                columns = {str(place): set(self.items(value)) for place, value in enumerate(arguments.positional)}
                columns[""] = set(self.items(arguments.rest))
                return self.new("iterator", {Thing("data", columns)}, filled=filled(given))
            case "map" | "filter" | "reversed" | "iter":
                return self.new("iterator", self.items(given), filled=filled(given))
            case "sum" | "any" | "all":
                return self.combined(self.items(given))
            case "max" | "min":
                return self.items(given) | given
            case "next":
                return self.items(given)
            case "getattr":
                return given | self.each(self.unknown, given)
            case "abs" | "round" | "pow" | "divmod":
                return self.combined(given)
            case "setattr" | "delattr":
                self.touch(*arguments.positional[0])
                self.each(lambda thing: thing.hold(given) or PLAIN, arguments.positional[0])
            case "staticmethod" | "classmethod" | "property":
                return given
            case "object" | "slice":
                return PLAIN
            case _ if name in EVERYTHING:
                self.everything()
        return self.new("data", given) if name[0].isupper() else PLAIN

    def line(self, *, finished: bool) -> None:
        """A printed line that is not finished belongs together with the statement that finishes it."""
        if not finished:
            self.touch(LINE)
            return
        for number in self.touched.pop(LINE, frozenset()) - {self.number}:
            self.needs[-1].add(number)
            self.needs[number].add(self.number)


def filled(value: Value) -> bool:
    """Whether a loop over a value surely runs."""
    return all(thing.filled for thing in value)
