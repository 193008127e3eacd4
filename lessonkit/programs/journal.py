"""Tables of the abstract run, which goes several ways from one place: they are not copied, they know what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

K = TypeVar("K")
V = TypeVar("V")
Changes = dict[K, V | None]
"""Values by their keys; None stands for a key that is not in the table. Tables never hold None."""


class Table(dict[K, V]):
    """A dictionary with a journal for each way that is being gone: what the keys that changed there were before.

    `join` makes one value of two, where a key may have either.
    """

    __slots__ = ("join", "journals")

    def __init__(self, join: Callable[[V, V], V]) -> None:
        super().__init__()
        self.join = join
        self.journals: list[Changes[K, V]] = [{}]

    def __setitem__(self, key: K, value: V) -> None:
        journal = self.journals[-1]
        if key not in journal:
            journal[key] = self.get(key)
        super().__setitem__(key, value)

    def pop(self, key: K, default: Any = None) -> Any:
        """Takes a key away."""
        if key in self:
            self.journals[-1].setdefault(key, self[key])
        return super().pop(key, default)

    def stay(self) -> None:
        """Ends all ways here, wherever that is."""
        self.journals[:] = [{}]

    def begin(self) -> None:
        """Begins a way."""
        self.journals.append({})

    def end(self) -> Changes[K, V]:
        """Ends the innermost way, and stays where it led. Returns what was there before."""
        before = self.journals.pop()
        outer = self.journals[-1]
        for key, value in before.items():
            outer.setdefault(key, value)
        return before

    def back(self) -> Changes[K, V]:
        """Ends the innermost way, and goes back to where it began. Returns where it led."""
        before = self.journals.pop()
        after = {key: self.get(key) for key in before}
        for key, value in before.items():
            if value is None:
                super().pop(key, None)
            else:
                super().__setitem__(key, value)
        return after

    def since(self, depth: int) -> Changes[K, V]:
        """Where all but the outermost `depth` ways have led so far."""
        return {key: self.get(key) for journal in self.journals[depth:] for key in journal}

    def add(self, others: Changes[K, V]) -> None:
        """These keys may have these values too."""
        for key, value in others.items():
            mine = self.get(key)
            if value is not None and mine is not value:
                self[key] = value if mine is None else self.join(mine, value)

    def any_of(self, ends: Iterable[Changes[K, V]]) -> None:
        """Any of these ways from here may have been gone."""
        ends = tuple(ends)
        for key in dict.fromkeys(key for end in ends for key in end):
            here = self.get(key)
            first, *others = [end.get(key, here) for end in ends]
            if first is None:
                self.pop(key)
            elif first is not here:
                self[key] = first
            for other in others:
                self.add({key: other})
