"""What a lab computes in a page beside what its reference computes in torch, in one call for all states.

A state is every control's value. Tested are the default, the solution, each control at each of its ends, all of them at
their ends together, and 200 random states, half of them such as the controls can be set to. What one step computes may
differ by 1e-9 of its size, or by the `tolerance` of the lab's cell; words, truth values, nan and inf not at all.

A lab in float32 says `ulp` instead: so many units in the last place, and none where one side is 0. Where a difference
cancels, one ulp before it is many behind it, so such a lab is tested only in states that can be set. What the reference
does not know, as the slightest change of its start would make it another, is None there, and is not compared.
"""

from __future__ import annotations

import ast
import itertools
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from lessonkit.checks.lab_record import read_data
from lessonkit.lesson.cells import CODE_LANGUAGE, Lesson, Problem, shown
from lessonkit.lesson.labs import Lab, labs
from lessonkit.lesson.parse import read_unchanged
from lessonkit.pages.labs import data_script, module

ROOT = Path(__file__).parents[2]
RANDOM_STATES = 200
STEP = 1e-9
EITHER = "either sign"
"""What a comment says of a line on which another sign changes nothing: a shift that cancels."""

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """A lab with its lesson."""

    lesson: Lesson
    lab: Lab

    @property
    def figure(self) -> str:
        """The id of the figure in whose place it is."""
        return f"figure-{self.lab.figure.replace('_', '-')}"

    @property
    def source(self) -> str:
        """The module as it stands in its file."""
        return module(self.lab).read_text(encoding="utf-8")

    @property
    def tolerance(self) -> float:
        """How far numbers may be apart."""
        return self.lab.cell.tolerance or STEP

    @property
    def ulp(self) -> int:
        """How far apart in units of the last place, if they are float32."""
        return self.lab.cell.ulp

    @property
    def data(self) -> list[object]:
        """What both take beside the state: what the recorder keeps for the lab, if it comes with data."""
        return [read_data(self.lesson, self.lab)] if self.lab.variable else []

    @property
    def scripts(self) -> str:
        """The module, and the data as a page loads them."""
        return self.source + (data_script(self.lesson, self.lab)[1] if self.lab.variable else "")

    def reference(self) -> Callable[..., Mapping[str, object]]:
        """The function of the lesson. It knows what the lesson imports, and nothing else of it."""
        names: dict[str, object] = {}
        imports = [
            node
            for cell in self.lesson.code
            for node in ast.parse(cell.sources[CODE_LANGUAGE]).body
            if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        exec(compile(ast.Module(imports, []), str(self.lesson.path), "exec"), names)
        exec(compile(self.lab.cell.sources[CODE_LANGUAGE], str(self.lesson.path), "exec"), names)
        return names[self.lab.function]


CASES = {
    lab.name: Case(one, lab)
    for one in map(read_unchanged, sorted((ROOT / "lessons").glob("*.py")))
    for lab in labs(one)
}
"""All labs by their names."""


def load(page: Page, source: str) -> list[str]:
    """Loads a module into an empty page; the names of its labs."""
    page.goto("about:blank")
    page.evaluate((HERE / "lab_truth.js").read_text(encoding="utf-8"))
    page.evaluate("(source) => void (0, eval)(source)", source)
    return page.evaluate("Object.keys(labs)")


def states(page: Page, case: Case) -> list[dict[str, object]]:
    """The states in which the lab that is loaded is tested."""
    return states_of(**page.evaluate("(name) => truth.about(name)", case.lab.name), settable=bool(case.ulp))


def idle(page: Page, name: str, states: list[dict[str, object]]) -> list[str]:
    """The controls of the lab that is loaded that change nothing in these states."""
    return page.evaluate("(given) => truth.idle(given)", {"name": name, "states": states})


def states_of(
    controls: list[dict[str, object]], solution: dict[str, object], *, settable: bool = False
) -> list[dict[str, object]]:
    """The states in which a lab is tested; only `settable` ones, or half of the random ones from in between too."""
    chance = random.Random(14)
    default = {one["name"]: one["value"] for one in controls}
    ends = {one["name"]: _ends(one) for one in controls}
    found = [default, solution]
    found += ({**default, name: end} for name in ends for end in ends[name])
    found += (dict(zip(ends, values, strict=True)) for values in itertools.islice(_product(ends), 64))
    for n in range(RANDOM_STATES):
        found.append({one["name"]: _drawn(one, chance, settable=settable or n % 2 == 0) for one in controls})
    return found


def _product(ends: Mapping[str, list[object]]) -> Iterator[tuple[object, ...]]:
    return itertools.product(*ends.values())


def _ends(control: Mapping[str, object]) -> list[object]:
    if "options" in control:
        return list(control["options"])
    return [False, True] if isinstance(control["value"], bool) else [control["min"], control["max"]]


def _drawn(control: Mapping[str, object], chance: random.Random, *, settable: bool) -> object:
    if "options" in control or isinstance(control["value"], bool):
        return chance.choice(_ends(control))
    value = chance.uniform(control["min"], control["max"])
    steps = round((value - control["min"]) / control["step"])
    return min(control["max"], round(control["min"] + steps * control["step"], 6)) if settable else value


def plain(value: object) -> object:
    """What a reference returns, as lists, numbers, words and truth values."""
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return plain(value.tolist()) if hasattr(value, "tolist") else value


def expected(case: Case, states: list[dict[str, object]]) -> list[object]:
    """What the reference says of each state, on one thread: steps are too small to be shared."""
    import torch  # here, as everybody's `pytest` reads this file and needs no torch for it

    torch.set_num_threads(1)
    try:
        reference = case.reference()
        return [plain(reference(state, *case.data)) for state in states]
    except Exception as error:
        sentence = f'the reference of the lab "{case.lab.name}" raises {type(error).__name__}: {error}'
        hint = "It knows what the lesson imports, and nothing else of it."
        raise AssertionError(str(Problem(case.lesson.path, case.lab.cell.line, sentence, (), hint))) from error


def difference(page: Page, case: Case, states: list[dict[str, object]], numbers: str) -> str:
    """The first difference between the lab that is loaded and `numbers`, which are JSON."""
    return page.evaluate("(given) => truth.difference(given)", _given(case, states, numbers))


def unnoticed(page: Page, case: Case, states: list[dict[str, object]], numbers: str) -> list[int]:
    """The lines of `compute` on which another sign makes no difference."""
    wrong = list(_wrong_signs(case.source))
    assert len(wrong) >= 3
    arguments = [_given(case, states, numbers), [method for _, method in wrong]]
    found = page.evaluate("([given, methods]) => truth.unnoticed(given, methods)", arguments)
    return sorted({line for (line, _), same in zip(wrong, found, strict=True) if same})


def _given(case: Case, states: list[dict[str, object]], numbers: str) -> dict[str, object]:
    return {"name": case.lab.name, "states": states, "expected": numbers, "within": [case.tolerance, case.ulp]}


def problem(case: Case, sentence: str, *evidence: str) -> str:
    """A message about what a lab computes: where, what, and how to see it again."""
    line = case.source[: case.source.index("\n  compute(")].count("\n") + 2
    reference = f"reference: {shown(case.lesson.path)}:{case.lab.cell.line}"
    hint = f"Run: pytest --all tests/browser/test_moving_labs.py -k {case.lab.name}"
    return str(Problem(module(case.lab), line, f'the lab "{case.lab.name}" {sentence}', (*evidence, reference), hint))


def _wrong_signs(source: str) -> Iterator[tuple[int, str]]:
    """`compute` with one sign changed, for each of its signs: (line in the file, text of the method)."""
    start = source.index("\n  compute(") + 3
    end = source.index("\n  },\n", start) + 4
    body = source[start:end]
    for place, sign in enumerate(body):
        before, after = body[:place], body[place + 1 :]
        line = body[before.rfind("\n") + 1 :].split("\n", 1)[0]
        code = before[before.rfind("\n") + 1 :]
        if sign not in "+-" or "//" in code or EITHER in line:
            continue
        if before[-1:] in ("+", "-") or after[:1] in ("+", "-") or (code[-2:-1].isdigit() and code[-1:] == "e"):
            continue
        other = "-" if sign == "+" else "+"
        yield source.count("\n", 0, start + place) + 1, f"{before}{other}{after}"
