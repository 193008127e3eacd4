"""Whether a program does what its cell does in the lesson: what its names stand for at its end, and what it draws."""

from __future__ import annotations

from lessonkit.checks.compare import Rule
from lessonkit.drawing.figures import difference
from lessonkit.lesson.cells import Code, Problem
from lessonkit.lesson.global_names import global_names
from lessonkit.programs.standalone import Program, problem_of
from lessonkit.running.fingerprint import Fingerprint
from lessonkit.running.outcome import Outcome
from lessonkit.running.prefix_tree import Ran

SAME = Rule(exact=True)
"""Lesson and program run on one machine, one after the other: nothing may differ, whatever tolerance a cell has."""


def agree(one: Fingerprint | None, other: Fingerprint | None) -> bool:
    """Whether a name stands for the same, or for nothing, on both sides."""
    return one is other if one is None else one.agrees(other)


def compared(program: Program, lesson: Outcome, alone: Ran) -> list[str]:
    """The names whose values are compared, and last the random states.

    They are those that the cell binds or reads outside of functions, and those that what it calls changes, where the
    program has them from the same statement as the lesson.
    """
    mentioned: set[str] = set()
    changed: set[str] = set()
    for cell in program.cells:
        for statement in cell.statements:
            names = global_names(statement.source)
            mentioned |= names.binds | names.at_once
        before = _until(program, cell, lesson, itself=False)
        changed |= {
            name
            for name, reported in lesson.names[cell.line].items()
            if not agree(before.get(name, reported), reported)
        }
    changed = {name for name in changed & alone.names.keys() if _is_bound_alike(program, name)}
    return sorted(mentioned | changed, key=lambda name: (" " in name, name))


def within(program: Program, lesson: Outcome) -> set[str]:
    """The names that functions of the program mention and that the lesson had bound when it defined these.

    Nothing tells their loss until a reader calls the function.
    """
    found: set[str] = set()
    for number, (cell, statement) in enumerate(program.lesson.statements):
        if number in program.kept or any(cell is own for own in program.cells):
            found |= global_names(statement.source).within & lesson.names[cell.line].keys()
    return found


def check_state(program: Program, lesson: Outcome, alone: Ran, again: Outcome | None = None) -> Problem | None:
    """What differs between a program's end and its cell's end in a run of the lesson that told names.

    A starter has nothing to compare: its exercise does. Names that another run of the lesson gives other values, the
    time of day perhaps, are left out.
    """
    if program.starter or alone.error:
        return None
    before = _until(program, program.cell, lesson, itself=False)
    found, second = (_until(program, program.cells[-1], run) if run else {} for run in (lesson, again))
    for name in compared(program, lesson, alone):
        if name not in alone.names and agree(before.get(name), found.get(name)):
            continue  # bound in a branch that was not taken
        if agree(found.get(name), alone.names.get(name)) or (again and not agree(found.get(name), second.get(name))):
            continue
        reported = [values[name].said if name in values else "unbound" for values in (found, alone.names)]
        return problem_of(
            program, [f"{name} after it:", *(f"{sign} {said}" for sign, said in zip("-+", reported, strict=True))]
        )
    for name in sorted(within(program, lesson) - alone.names.keys()):
        return problem_of(program, [f"{name}, which a function of it mentions, is not bound"])
    if program.cell.kind == "figure":
        _, data = lesson.figures[program.cell.name]
        drawn = difference(data, alone.figure, same_number=SAME.same_number) if alone.figure else "it draws no figure"
        return problem_of(program, [drawn]) if drawn else None
    return None


def _is_bound_alike(program: Program, name: str) -> bool:
    """Whether the statement that last binds a name in the lesson, up to the cell, is one of the program's."""
    cells, own = [cell for cell, _ in program.lesson.statements], program.cells
    end = max(number for number, cell in enumerate(cells) if cell is own[-1])
    for number in range(end, -1, -1):
        if name in global_names(program.lesson.statements[number][1].source).binds:
            return number in program.kept or any(cells[number] is cell for cell in own)
    return True


def _until(program: Program, last: Code, lesson: Outcome, *, itself: bool = True) -> dict[str, Fingerprint]:
    """What names stand for when the lesson has run down to a cell: each as it was told last."""
    reported: dict[str, Fingerprint] = {}
    for cell in program.lesson.code:
        if cell is last and not itself:
            break
        reported |= lesson.names[cell.line]
        if cell is last:
            break
    return reported
