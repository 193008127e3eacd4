"""What libraries and Python itself do in the abstract run of dataflow.py, by the tables of flow_effects.py."""

from __future__ import annotations

from lessonkit.programs.flow_effects import TORCH, Effect, of_layer
from lessonkit.programs.flow_expressions import Expressions
from lessonkit.programs.flow_state import LINE, TRAINS
from lessonkit.programs.flow_things import (
    CONSTANT,
    PLAIN,
    VALUE,
    Arguments,
    Thing,
    Value,
    copied,
    filled,
    in_order,
    leaves,
)

CALLABLE = ("import", "function", "class", "module", "instance", "caller", "unknown", "object")
ONE_ITEM = ("get", "pop", "popitem", "popleft", "setdefault")
CALL_BACK = ("map", "filter", "sorted", "min", "max", "next", "iter")
EVERYTHING = ("exec", "eval", "globals", "locals", "vars", "compile", "__import__", "input", "open", "breakpoint")


class Library(Expressions):
    """The part of the run that knows what calls of libraries do."""

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
        self.touch(*(effect.states if VALUE in generator else ()))
        self.touch_deep(generator)
        if path in ("train", "eval") and receiver:
            (self.train if path == "train" else self.rest)(receiver)
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
                twins = copied(everything)
                self.train(twins)
                return twins
            case "items":
                items = self.items(receiver) | arguments.all
                return items if path in ONE_ITEM else self.new("data", items, filled=filled(receiver))
            case "parameters":
                return self.new("data", self.new("tensor", everything, of=everything))
        of = () if path in ("detach", "detach_", "numpy") else everything
        value = self.new(effect.result, everything if effect.holds else (), of=of, path=path)
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
        for thing in in_order(self.reached(value) - self.called_back):
            self.called_back.add(thing)
            if thing.kind in ("function", "class", "caller"):
                for made in in_order(self.invoke(thing, Arguments(rest=given))):
                    made.redo and made.redo()
            elif thing.kind == "instance" and not self.is_module(thing):
                for name in self.methods(thing.made_of):
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
        for part in in_order(self.reached({thing})):
            if part.kind == "module":
                draws, changes = of_layer(part.path) if (TRAINS, part) in self.touched else (False, False)
                self.touch(*([TORCH] if draws else []), *([part] if changes else []))
                if part.in_place:
                    self.touch_deep(given)
            elif part.kind == "instance":
                given |= self.each(self.invoke, self.member(part, "forward"), arguments)
            elif part.kind == "function":
                self.call_back(frozenset({part}), given)
        return self.new("tensor", given, of=given | {thing})

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
                return self.iterator(given, frozenset({Thing("data", {"1": set(self.items(given))})}))
            case "zip":
                columns = {str(place): set(self.items(value)) for place, value in enumerate(arguments.positional)}
                columns[""] = set(self.items(arguments.rest))
                return self.iterator(given, frozenset({Thing("data", columns)}))
            case "map" | "filter" | "reversed" | "iter":
                return self.iterator(given, self.items(given))
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
