"""How many planted faults the tests see: python tests/benchmarks/bench_faults.py --seed 7 [--lessons softmax ...]

Plants random faults of eight kinds (see faults.py), each alone in a copy of a lesson, spread over all lessons, and asks
what `pytest lessons` asks. Faults of text are checked in this process. A changed output is held against a run of the
lesson (within a tolerance, against the record); changed code is run, and that the record no longer fits
the code is left out, for it would tell any change at all.
Changed code that runs to its end with the same outputs, figures and asserts is listed in full, with the names whose
values it changes at the end of some cell: none of them means that it is equal in meaning. A change of text that leaves
the pages of both languages the same to the letter is equal, too.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from faults import KINDS, Fault, plant

from lessonkit.checks.check import Checked, check_record, check_text, figure_html
from lessonkit.lesson.cells import Lesson, LessonError, Problem
from lessonkit.lesson.parse import parse, read
from lessonkit.pages.glossary import read_glossary
from lessonkit.pages.render import to_markdown
from lessonkit.pages.wording import forbidden
from lessonkit.running.outcome import Outcome
from lessonkit.running.run import Runner
from lessonkit.words import LANGUAGES

ROOT = Path(__file__).parents[2]
RUN = ("output", "code", "operator")
HEAVY = 20.0
"""Lessons that run longer than this many seconds keep their code; their outputs are changed all the same."""

WARM = "# %% [markdown]\n# # A { #a }\n\n# %%\nimport torch\n"
"""The first run waits for torch to be imported."""

FINGERPRINT = """
def _fingerprint(values):
    import hashlib, re, types
    import torch
    def plain(value, depth=0):
        if isinstance(value, torch.Tensor):
            return f"{tuple(value.shape)} {value.dtype} {value.detach().tolist()}"
        if isinstance(value, (torch.nn.Module, torch.optim.Optimizer)):
            return plain(value.state_dict(), depth + 1)
        if isinstance(value, dict) and depth < 5:
            return str([(str(key), plain(item, depth + 1)) for key, item in value.items()])
        if isinstance(value, (list, tuple)) and depth < 5:
            return str([plain(item, depth + 1) for item in value])
        if isinstance(value, torch.Generator):
            return str(value.get_state().tolist())
        return re.sub(r" at 0x[0-9a-f]+", "", repr(value))
    kinds = (types.ModuleType, types.FunctionType, type)
    for name, value in sorted(values.items()):
        if not (name.startswith("_") or isinstance(value, kinds) or "matplotlib" in type(value).__module__):
            print("value", name, hashlib.sha256(plain(value).encode()).hexdigest()[:12])
    print("random", hashlib.sha256(str(torch.get_rng_state().tolist()).encode()).hexdigest()[:12])
"""
"""Prints what each name is bound to; functions and classes are judged by what they give."""


class Bench:
    """Lessons as they stand, and what their runs gave."""

    def __init__(self, paths: list[Path], runner: Runner):
        self.runner = runner
        self.lessons = {path.stem: read(path) for path in paths}
        self.glossary = read_glossary(ROOT / "docs/shared/glossary.yml")
        self.outcomes: dict[str, Outcome] = {}
        self.seconds: dict[str, float] = {}

    def outcome(self, name: str) -> Outcome:
        """The run of a lesson as it stands."""
        if name not in self.outcomes:
            begin = time.perf_counter()
            self.outcomes[name] = self.runner.run(self.lessons[name])
            self.seconds[name] = time.perf_counter() - begin
        return self.outcomes[name]

    def reported(self, name: str, fault: Fault) -> Problem | None:
        """The first problem that the tests tell of a fault, the record aside."""
        try:
            lesson = parse(self.lessons[name].path, fault.text)
        except LessonError as error:
            return error.problems[0]
        if fault.kind not in RUN:
            return next(self._text(lesson), None)
        if fault.kind == "output":
            found = next(_run_problems(Checked(lesson, self.outcome(name))), None)
            return found or next(iter(check_record(lesson)), None)  # within its tolerance, but not what was recorded
        limit = min(lesson.head.time_limit, 10 + 4 * self.seconds[name])
        checked = Checked(lesson, self.runner.run(replace_limit(lesson, limit)))
        return next(_run_problems(checked), None)

    def _text(self, lesson: Lesson) -> Iterator[Problem]:
        stale = check_record(lesson)
        yield from (problem for problem in check_text(lesson) if problem not in stale)
        yield from forbidden(lesson, self.glossary)

    def same_pages(self, name: str, fault: Fault) -> bool:
        """Whether the pages of both languages, figures with their labels included, are the same to the letter."""
        return _pages(self.lessons[name]) == _pages(parse(self.lessons[name].path, fault.text))

    def changed_values(self, name: str, fault: Fault) -> list[str]:
        """The names whose values a fault changes at the end of some cell."""
        runs = []
        for text in (self.lessons[name].text, fault.text):
            outcome = self.runner.run(parse(self.lessons[name].path, _instrumented(self.lessons[name].path, text)))
            runs.append([line for number in sorted(outcome.outputs) for line in outcome.outputs[number]])
        differing = {a.split()[1] for a, b in zip(*runs, strict=False) if a != b and a.startswith("value")}
        return sorted(differing) or (["(the generator of random numbers)"] if runs[0] != runs[1] else [])


def replace_limit(lesson: Lesson, seconds: float) -> Lesson:
    """The lesson with a shorter time limit: what runs four times as long as it should is reported."""
    return replace(lesson, head=replace(lesson.head, time_limit=seconds))


def _run_problems(checked: Checked) -> Iterator[Problem]:
    yield from checked.outcome.problems
    yield from filter(None, map(checked.output, range(len(checked.lesson.statements))))
    for cell in checked.lesson.code:
        if cell.kind in ("figure", "exercise"):
            found = checked.figure(cell) if cell.kind == "figure" else checked.exercise(cell)
            yield from [found] if found else []


def _pages(lesson: Lesson) -> list[str]:
    figures = [cell.name for cell in lesson.code if cell.kind == "figure"]
    return [
        text
        for lang in LANGUAGES
        for text in (to_markdown(lesson, lang), *(figure_html(lesson, name, lang) for name in figures))
    ]


def _instrumented(path: Path, text: str) -> str:
    """The text of a lesson whose cells end with the fingerprint of all values."""
    lesson, lines = parse(path, text), text.split("\n")
    for number, cell in reversed(list(enumerate(lesson.code))):
        if cell.kind == "exercise":  # its check follows
            continue
        last = cell.statements[-1]
        end = last.end_line + len(last.recorded)
        lines[end:end] = [*(FINGERPRINT.split("\n") if number == 0 else []), "_fingerprint(dict(globals()))"]
    return "\n".join(lines)


def faults(bench: Bench, kind: str, count: int, rng: random.Random) -> Iterator[tuple[str, Fault]]:
    """So many faults of a kind in the lessons by turns."""
    names = [name for name in bench.lessons if kind not in ("code", "operator") or bench.seconds[name] < HEAVY]
    if not names:
        return
    rng.shuffle(names)
    seen: set[str] = set()
    tries = planted = 0
    while planted < count and tries < 50 * count:
        name = names[tries % len(names)]
        tries += 1
        fault = plant(kind, bench.lessons[name].text, rng)
        if fault and fault.text not in seen:
            seen.add(fault.text)
            planted += 1
            yield name, fault


def show(name: str, fault: Fault, remark: str) -> None:
    """A fault in full."""
    print(f"  lessons/{name}.py:{fault.line} {remark}")
    for sign, text in (("-", fault.before), ("+", fault.after)):
        for line in text.split("\n") if text else []:
            print(f"    {sign} {line}")


def main() -> None:
    """Plants, asks, and prints the score."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--seed", type=int, default=None, help="of the faults; without it a new one each time")
    options.add_argument("--lessons", nargs="*", default=[], help="names of lessons, instead of all of them")
    options.add_argument("--kinds", nargs="*", default=KINDS, choices=KINDS, help="kinds of faults, instead of all")
    options.add_argument("--count", type=int, default=25, help="faults of each kind")
    given = options.parse_args()
    seed = random.randrange(10**6) if given.seed is None else given.seed
    paths = sorted((ROOT / "lessons").glob("*.py"))
    paths = [path for path in paths if not given.lessons or path.stem in given.lessons]
    begin = time.perf_counter()
    score: Counter[tuple[str, str]] = Counter()
    with Runner() as runner:
        bench = Bench(paths, runner)
        if set(given.kinds) & set(RUN):
            runner.run(parse(ROOT / "lessons" / "warm.py", WARM))
            for name in bench.lessons:
                bench.outcome(name)
            slow = [name for name, seconds in bench.seconds.items() if seconds >= HEAVY]
            print(f"seed {seed}; code is not changed in lessons of {HEAVY:g} s or more: {', '.join(slow) or 'none'}")
        for kind in given.kinds:
            since = time.perf_counter()
            for name, fault in faults(bench, kind, given.count, random.Random(f"{seed} {kind}")):
                result = "caught"
                if bench.reported(name, fault) is None:
                    result = "missed"
                    values = bench.changed_values(name, fault) if kind in ("code", "operator") else []
                    if kind in ("code", "operator"):
                        result = "not shown" if values else "equal"
                    elif bench.same_pages(name, fault):
                        result = "equal"
                    remark = f"changes {', '.join(values)}, and nothing that is shown" if values else result
                    show(name, fault, remark)
                score[kind, result] += 1
            _print(kind, score, time.perf_counter() - since)
    total = sum(score.values())
    counted = sum(count for (_, result), count in score.items() if result in ("caught", "missed"))
    caught = sum(count for (_, result), count in score.items() if result == "caught")
    unseen = f"{total - counted} change nothing that is shown"
    print(f"\n{caught} of {counted} caught ({caught / max(counted, 1):.1%}), {unseen}")
    print(f"{time.perf_counter() - begin:.0f} s, seed {seed}")


def _print(kind: str, score: Counter[tuple[str, str]], seconds: float) -> None:
    missed, rest = score[kind, "missed"], {r: score[kind, r] for r in ("not shown", "equal") if score[kind, r]}
    others = "".join(f", {count} {result}" for result, count in rest.items())
    caught = score[kind, "caught"]
    print(f"{kind:10} {caught} of {caught + missed} caught{others} ({seconds:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
