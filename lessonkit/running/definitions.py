"""Definitions of a program moved down to the statement that may need them, which changes nothing that it does.

Programs of one lesson keep different functions above the same training. With these below it the programs begin alike,
so that the training runs once for all of them (see forest.py).

What moves: functions, plain classes, and imports of modules that the process has imported already. It does not move
past a statement that could see it: one that mentions its name, or mentions a word of a statement before that does, and
so on; nor past one that may look at names otherwise.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

_WORD = re.compile(r"[^\W\d]\w*")
_LOOKS = {"__main__", "dir", "eval", "exec", "gc", "globals", "inspect", "linecache", "locals", "pickle", "sys", "vars"}
"""Names of what may look at names of a program that it does not mention."""
_SPEAKING = {"this", "antigravity"}
_WRAPPERS = {"torch.no_grad()", "torch.inference_mode()"}
"""Decorators that do nothing when a function is defined."""
_said = ast.unparse


def imported(programs: Iterable[str]) -> set[str]:
    """The modules that programs import by themselves, but for those that do something when they are imported."""
    trees = [statement for program in programs for statement in ast.parse(program).body]
    found = {alias.name for tree in trees if isinstance(tree, ast.Import) for alias in tree.names}
    found |= {tree.module for tree in trees if isinstance(tree, ast.ImportFrom) and tree.module and not tree.level}
    return found - _SPEAKING


def moved_down(statements: Sequence[ast.stmt]) -> list[ast.stmt]:
    """The statements of a program with each definition as late as it can stand; all others keep their order."""
    order: list[_Statement] = []
    waiting: list[_Statement] = []
    every = [_Statement(tree) for tree in statements]
    for number, one in enumerate(every):
        if one.may_move:
            waiting.append(one)
            continue
        seen = _seen(one, every[:number])
        words, looks = set().union(*(other.words for other in seen)), any(other.looks for other in seen)
        needed = [other for other in waiting if looks or other.binds & words or one.stores & other.words]
        needed = _with_earlier(needed, waiting)
        order += [*needed, one]
        waiting = [other for other in waiting if other not in needed]
    return [one.tree for one in [*order, *waiting]]


@dataclass(eq=False)
class _Statement:
    """A statement with what is asked of it."""

    tree: ast.stmt

    @cached_property
    def words(self) -> set[str]:
        """All names in it, those of attributes and those within strings too."""
        return set(_WORD.findall(ast.unparse(self.tree)))

    @cached_property
    def may_move(self) -> bool:
        """Whether executing it does nothing but bind its names to what they always are."""
        match self.tree:
            case ast.FunctionDef():
                return _is_plain_function(self.tree)
            case ast.ClassDef(decorator_list=[], keywords=[]):
                inside = all(_is_plain_function(one) or _is_literal(one) for one in self.tree.body)
                return inside and all(_is_library(base) for base in self.tree.bases)
            case ast.Import():
                return all(alias.name in sys.modules for alias in self.tree.names)
            case ast.ImportFrom(module=str(module), level=0):
                there = vars(sys.modules[module]) if module in sys.modules else {}
                return module != "__future__" and all(alias.name in there for alias in self.tree.names)
        return False

    @cached_property
    def binds(self) -> set[str]:
        """The names that it may bind or change: for what may move those that it defines, for others all words."""
        if not self.may_move:
            return self.words
        if isinstance(self.tree, ast.FunctionDef | ast.ClassDef):
            return {self.tree.name}
        return {(alias.asname or alias.name).partition(".")[0] for alias in self.tree.names}

    @cached_property
    def stores(self) -> set[str]:
        """The names that it binds or deletes itself; a class may be made of what one stood for before."""
        names = (node for node in ast.walk(self.tree) if isinstance(node, ast.Name))
        return {node.id for node in names if not isinstance(node.ctx, ast.Load)}

    @cached_property
    def looks(self) -> bool:
        """Whether it may look at names that it does not mention."""
        if isinstance(self.tree, ast.Import | ast.ImportFrom):
            return bool(self.words & _LOOKS)
        return any(isinstance(node, ast.Name) and node.id in _LOOKS for node in ast.walk(self.tree))


def _seen(one: _Statement, before: Sequence[_Statement]) -> list[_Statement]:
    """A statement, all before it that may bind one of its words, those before it that may bind one of theirs, ..."""
    found, words, todo = [one], set(one.words), [*before]
    while new := [other for other in todo if other.binds & words]:
        found += new
        words = words.union(*(other.words for other in new))
        todo = [other for other in todo if other not in new]
    return found


def _with_earlier(needed: Sequence[_Statement], waiting: Sequence[_Statement]) -> list[_Statement]:
    """What is needed, with the definitions before it that it mentions or that bind the same name; in their order."""
    found: list[_Statement] = []
    for one in reversed(waiting):
        if one in needed or any(one.binds & (other.words | other.binds) for other in found):
            found.insert(0, one)
    return found


def _is_plain_function(tree: ast.stmt) -> bool:
    """A function whose definition evaluates literals at most."""
    if (
        not isinstance(tree, ast.FunctionDef)
        or tree.returns
        or not _WRAPPERS.issuperset(map(_said, tree.decorator_list))
    ):
        return False
    given = tree.args
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    literal = all(default is None or _is_value(default) for default in [*given.defaults, *given.kw_defaults])
    return literal and not any(one and one.annotation for one in every)


def _is_literal(tree: ast.stmt) -> bool:
    """A docstring, `pass`, or a name for a literal."""
    match tree:
        case ast.Pass() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Assign(targets=[ast.Name()], value=value):
            return _is_value(value)
    return False


def _is_value(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) or (isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant))


def _is_library(base: ast.expr) -> bool:
    """`nn.Module`: making a class of it runs no code of the program."""
    return isinstance(base, ast.Attribute) and isinstance(base.value, ast.Name) and base.attr == "Module"
