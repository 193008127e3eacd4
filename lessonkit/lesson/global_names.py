"""The names of a program's module that its statements read and bind, as Python's own tables of symbols tell them."""

from __future__ import annotations

import symtable
from functools import lru_cache
from typing import NamedTuple

COMPREHENSIONS = {"listcomp", "setcomp", "dictcomp", "genexpr"}
"""What a table of symbols calls the functions that are no functions of the program."""


class GlobalNames(NamedTuple):
    """The global names that a program reads, those that its functions read, and those that it binds or imports.

    `at_once` are those that are read when the program runs, whatever is called: not in the body of a function.
    """

    reads: frozenset[str]
    within: frozenset[str]
    binds: frozenset[str]
    imports: frozenset[str]
    at_once: frozenset[str]


@lru_cache(maxsize=4096)
def global_names(source: str) -> GlobalNames:
    """The global names of a program."""
    reads, within, binds, imports, at_once = set(), set(), set(), set(), set()

    def look(table: symtable.SymbolTable, top: bool, later: bool) -> None:
        for symbol in table.get_symbols():
            if not top and not symbol.is_global():
                continue
            if symbol.is_referenced():
                reads.add(symbol.get_name())
                within.update([] if top else [symbol.get_name()])
                at_once.update([] if later else [symbol.get_name()])
            if symbol.is_imported():
                imports.add(symbol.get_name())
            elif symbol.is_assigned():
                binds.add(symbol.get_name())
        for child in table.get_children():
            look(child, False, later or (child.get_type() == "function" and child.get_name() not in COMPREHENSIONS))

    look(symtable.symtable(source, "program", "exec"), True, False)
    return GlobalNames(*map(frozenset, (reads, within, binds, imports, at_once)))
