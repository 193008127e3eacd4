"""The calls of the abstract run in dataflow.py: functions and classes of the lesson run at each call."""

from __future__ import annotations

import ast
from dataclasses import replace
from functools import partial

from lessonkit.programs.flow_effects import ANYTHING, OBJECT, library, of_call, of_method
from lessonkit.programs.flow_library import Library
from lessonkit.programs.flow_things import PLAIN, Arguments, Function, Run, Scope, Thing, Value, holds, in_order, leaves

DEEPEST = 12


class Calls(Library):
    """The part of the run that calls."""

    def call(self, node: ast.Call, scope: Scope) -> Value:
        """A call as it is written."""
        if isinstance(node.func, ast.Name) and node.func.id == "super":
            return self.parents(scope)
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

    def parents(self, scope: Scope) -> Value:
        """`super()`: what the bases of the class have that a method stands in, for its self."""
        while scope.owner is None and scope.parent:
            scope = scope.parent
        bases = scope.owner.bases if scope.owner else frozenset()
        return frozenset({Thing("super", {"": set(scope.bound)}, of=Thing("class", bases=bases), bound=scope.bound)})

    def invoke(self, thing: Thing, arguments: Arguments) -> Value:
        """Calls a thing."""
        self.work(10)
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
        found = self.member(parent.made_of, name)
        if name == "__init__" and not found:
            for path in self.ancestors(parent.made_of):
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

    def instance(self, of: Thing, arguments: Arguments) -> Value:
        """Makes an instance of a class of the lesson."""
        thing = Thing("instance", of=of)
        thing.hold(arguments.all)
        for name in of.fields:
            thing.hold(arguments.all | self.new("object"), name)
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
        if code is None or len(self.running) > DEEPEST:  # nobody knows what it does
            raise RecursionError
        if sum(run.code is code for run in self.running) > 1:
            self.touch_deep(arguments.all | function.bound)
            return self.new("unknown", arguments.all | function.bound)
        scope = Scope(function.scope, owner=function.of, bound=function.bound)
        self.pass_arguments(code.args, function, arguments, scope)
        if holds(code, ast.Yield | ast.YieldFrom):
            return self.iterator(arguments.all | function.bound, redo=partial(self.run_body, code, scope.keep()))
        return self.run_body(code, scope)

    def run_body(self, code: Function, scope: Scope) -> Value:
        """Runs the body of a function; it may return from several places."""
        run = Run(code, set(), [], len(self.names.journals))
        self.begin()
        self.running.append(run)
        if isinstance(code, ast.Lambda):
            run.result.update(self.eval(code.body, scope))
        else:
            self.block(code.body, scope)
        self.running.pop()
        names, touched = self.end()
        for changed_names, changed_touched in run.exits:
            self.add(names | changed_names, touched | changed_touched)
        self.leave(scope)
        return frozenset(run.result) or PLAIN

    def pass_arguments(self, accepts: ast.arguments, function: Thing, arguments: Arguments, scope: Scope) -> None:
        """Binds the parameters of a function."""
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
