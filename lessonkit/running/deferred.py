"""A program's imports, definitions and constants put off until they are needed, so that programs share more."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lessonkit.lesson.global_names import global_names

LOOKS_ANYWHERE = {"__name__", "dir", "eval", "exec", "globals", "locals", "vars"}
"""What a statement may use names through that it does not mention."""
DOES_SOMETHING = (ast.Call, ast.Await, ast.NamedExpr, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True, eq=False)
class _Reported:
    """A statement with the global names that it mentions (reads or binds, at any depth) and those that it binds.

    `place` is where it stands in its program.
    """

    place: int
    statement: ast.stmt
    mentions: frozenset[str]
    binds: frozenset[str]

    @classmethod
    def of(cls, place: int, statement: ast.stmt) -> _Reported:
        source = ast.unparse(statement)
        names = global_names(source)
        binds = names.binds | names.imports
        mentions = names.reads | binds
        if isinstance(statement, ast.ClassDef):  # it may give a global name to a name of its own: x = x
            mentions |= {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
        if "__main__" in source:  # sys.modules["__main__"].x = 1
            mentions |= LOOKS_ANYWHERE
        return cls(place, statement, mentions, binds)

    def needs(self, other: _Reported) -> bool:
        """Whether another statement that waits, and stood before this one, has to come first."""
        return other.place < self.place and bool(
            self.mentions & (other.binds | LOOKS_ANYWHERE) or self.binds & other.mentions
        )


def late(body: Sequence[ast.stmt]) -> list[ast.stmt]:
    """The statements of a program, each import, definition and constant right before the first one that needs it.

    It stays where it is if its name was mentioned before (who mentions it may be called at any time) or is not
    mentioned after it (then it is there for what it does).
    """
    reported = [_Reported.of(place, statement) for place, statement in enumerate(body)]
    if any(getattr(node, "name", "") == "__init_subclass__" for one in body for node in ast.walk(one)):
        return list(body)
    done: list[ast.stmt] = []
    waiting: list[_Reported] = []
    for place, one in enumerate(reported):
        before, after = reported[:place], reported[place + 1 :]
        if _may_wait(one.statement) and not _mentioned(one, before) and _mentioned(one, after):
            waiting.append(one)
        else:
            _do(one, waiting, done)
    while waiting:
        _do(waiting.pop(0), waiting, done)
    return done


def _do(one: _Reported, waiting: list[_Reported], done: list[ast.stmt]) -> None:
    """Puts a statement behind those that it waits for, and these behind what they need."""
    for other in [*waiting]:
        if other in waiting and one.needs(other):
            waiting.remove(other)
            _do(other, waiting, done)
    done.append(one.statement)


def _mentioned(one: _Reported, others: Iterable[_Reported]) -> bool:
    return any(not one.binds.isdisjoint(other.mentions) for other in others)


def _may_wait(statement: ast.stmt) -> bool:
    """Whether it only binds names that can be told: an import, a constant, a definition that calls nothing itself."""
    match statement:
        case ast.Import():
            return True
        case ast.ImportFrom():
            return statement.module != "__future__" and all(one.name != "*" for one in statement.names)
        case ast.FunctionDef(args=args, decorator_list=[]):
            return _idle([args, *([statement.returns] if statement.returns else [])])
        case ast.ClassDef(bases=bases, keywords=[], decorator_list=[]):
            return _idle(bases) and all(_may_wait(one) or _plain(one) for one in statement.body)
        case ast.Assign(targets=targets, value=value):
            parts = (part for target in targets for part in ast.walk(target))
            return _literal(value) and all(isinstance(part, ast.Name | ast.Tuple | ast.Store) for part in parts)
    return False


def _literal(value: ast.expr) -> bool:
    """Whether a value stands there, or is a range of such."""
    match value:
        case ast.Call(func=ast.Name("range"), args=args, keywords=[]):
            return all(map(_literal, args))
    try:
        ast.literal_eval(value)
    except (TypeError, ValueError):
        return False
    return True


def _plain(statement: ast.stmt) -> bool:
    """Whether a line of a class only gives a name a value that stands there."""
    return isinstance(statement, ast.Assign | ast.Expr | ast.Pass) and _idle([statement])


def _idle(nodes: Iterable[ast.AST]) -> bool:
    return not any(isinstance(part, DOES_SOMETHING) for node in nodes for part in ast.walk(node))
