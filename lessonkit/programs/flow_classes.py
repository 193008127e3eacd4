"""The classes of a lesson in the abstract run of dataflow.py: what instances have, what they are made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lessonkit.programs.flow_state import State
from lessonkit.programs.flow_things import Arguments, Thing, Value, in_order


class Classes(State):
    """The part of the run that looks into classes."""

    def each(self, find: Callable[..., Value], value: Value, *arguments: object) -> Value:
        """What `find` gives for any of the things that a value may be."""
        return frozenset().union(*(find(thing, *arguments) for thing in in_order(value)))

    def member(self, thing: Thing, name: str) -> Value:
        """What a class and its bases have under a name; functions know their instance, properties are run."""
        return self.each(self.method_of, self.in_class(thing.made_of, name), thing)

    def in_class(self, of: Thing, name: str) -> Value:
        """What a class has under a name, itself or by its bases."""
        found = self.names.get((of.scope, name)) if of.scope else None
        if found is None:
            return frozenset().union(*(self.in_class(base, name) for base in of.bases if base.kind == "class"))
        self.needs[-1] |= found.by
        self.observe(of, *self.reached(found.value))
        return found.value

    def method_of(self, function: Thing, thing: Thing) -> Value:
        """A function of a class as an attribute of its instance."""
        marks = {getattr(mark, "id", "") for mark in getattr(function.code, "decorator_list", ())}
        if function.kind != "function" or thing.kind != "instance" or "staticmethod" in marks:
            return frozenset({function})
        bound = replace(function, bound=frozenset({thing}))
        return self.invoke(bound, Arguments()) if marks & {"property", "cached_property"} else frozenset({bound})

    def methods(self, of: Thing) -> list[str]:
        """The names that a class of the lesson and its bases have."""
        self.work(len(self.names))
        own = [name for scope, name in self.names if scope is of.scope]
        return own + [name for base in in_order(of.bases) if base.kind == "class" for name in self.methods(base)]

    def is_module(self, thing: Thing) -> bool:
        """Whether an instance of a class of the lesson is one of torch.nn."""
        return any(path.startswith("torch.nn") for path in self.ancestors(thing.made_of))

    def ancestors(self, of: Thing) -> list[str]:
        """The full names of the library classes that a class of the lesson is made from."""
        nested = [path for base in in_order(of.bases) if base.kind == "class" for path in self.ancestors(base)]
        return [base.path for base in in_order(of.bases) if base.kind == "import"] + nested
