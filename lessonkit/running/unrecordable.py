"""What a lesson prints that could not stand on a page, or not stay true there."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

from lessonkit.lesson.cells import CODE_LANGUAGE, Code, Lesson, Problem
from lessonkit.lesson.prose import HANGUL

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,}")
_EMPTY = re.compile(
    r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0d\uffa0\ufff9-\ufffd\U000e0000-\U000e0fff]"
)
"""Characters that draw nothing although their category says otherwise, and those that stand for what was no text."""
_NUMBER = re.compile(r"(?<![\w.])[-+−]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?!\d|\.\d)")
_NEGATIVE_ZERO = re.compile(r"(?<![\w.)\]])[-−]0+(?:\.0*)?(?:[eE][-+]?\d+)?(?!\d|\.\d|[xXoObB][0-9a-fA-F])")
_EPSILON = re.compile(r"\b(?:finfo|float_info|nextafter|spacing|ulp)\b|\.(?:eps|tiny|smallest_\w+)\b")

NOISE = 1e-12
"""A printed number that is closer to 0 than this is what rounding left of 0, unless it is meant ..."""
SUBNORMAL = 1.2e-38
"""... as below this, where float32 ends, it is for certain."""
MOST_LINES = 40
"""Lines that a cell may print; those of the lessons print at most 22."""
LONGEST, LONGEST_MESSAGE = 200, 400
"""Characters that a printed line may have, and one that is in words: the messages of PyTorch take up to 361, and are
searched for as they are."""
WORDS = re.compile(r"(?:[A-Za-z]+[ .,:]+){3}")
IN_WORDS = 0.6
"""The share of such a line that stands in runs of words."""
ONE_AS_ANOTHER = 0.05
"""How far, relatively, a printed number may be from the one in the code that says it is meant."""

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
"""`ruff format` puts blank lines after these."""


def unrecordable(lesson: Lesson, outputs: Mapping[int, tuple[str, ...]]) -> Iterator[Problem]:
    """Outputs that could not stand in the lesson, or not stay where they belong. `outputs`: as in Outcome."""
    number = 0
    for cell in lesson.code:
        printed = [outputs.get(number + index, ()) for index in range(len(cell.statements))]
        number += len(printed)
        if (count := sum(map(len, printed))) > MOST_LINES:
            sentence = f"this cell prints {count:,} lines, and a page shows at most {MOST_LINES}"
            evidence: tuple[str, ...] = (lesson.lines[cell.line - 1],)
            yield Problem(lesson.path, cell.line, sentence, evidence, "Print a part: the first lines, or each tenth.")
        for statement, lines in zip(cell.statements, printed, strict=True):
            for what, hint, holds in _faults(cell):
                if line := next(filter(holds, lines), None):
                    evidence = (*statement.evidence, f"# > {visible(line)}")
                    yield Problem(lesson.path, statement.line, f"this statement prints {what}", evidence, hint)
            if lines and isinstance(_last_node(ast.parse(statement.source)), DEFINITIONS):
                sentence = (
                    "this statement ends with a definition or an import, so `ruff format` would part its output from it"
                )
                hint = "Print in a statement of its own."
                yield Problem(lesson.path, statement.line, sentence, statement.evidence, hint)


def _faults(cell: Code) -> Iterator[tuple[str, str, Callable[[str], object]]]:
    """What a printed line may not hold, what to do, and whether a line holds it."""
    source = cell.sources[CODE_LANGUAGE]
    yield "a control character", "Print plain lines.", CONTROL.search
    yield "an address, another one in each run", "Print what matters of it.", ADDRESS.search
    yield "Hangul", "Print English; the prose of each language may say it.", HANGUL.search
    yield "a character that nobody sees", "Print plain text.", _invisible
    hint = "Print it with abs(), or add 0.0 to it; where it is meant, write -0.0 in the code of the cell or a comment."
    yield "a negative zero", hint, lambda line: _NEGATIVE_ZERO.search(line) and not _NEGATIVE_ZERO.search(source)
    hint = (
        "Print it rounded (`:.4f`), or test it: a literal in the cell's code, as in an assert, says that it is meant."
    )
    yield f"rounding noise, a number below {NOISE}", hint, lambda line: not _means(cell, _noise(line))
    yield f"a line of more than {LONGEST} characters", "Print a part of it.", _too_long


def _invisible(line: str) -> bool:
    """Whether a line holds format characters (bidi controls, zero width), private ones, surrogates, other spaces."""
    categories = {unicodedata.category(character) for character in line if not character.isascii()}
    return bool(categories & {"Cf", "Co", "Cs", "Zs"} or _EMPTY.search(line))


def _too_long(line: str) -> bool:
    in_words = len(line) - len(WORDS.sub("", line))
    return len(line) > (LONGEST_MESSAGE if in_words >= IN_WORDS * len(line) else LONGEST)


def _noise(line: str) -> list[float]:
    """The numbers of a line that are nearly 0."""
    numbers = (float(text.replace("−", "-")) for text in _NUMBER.findall(line))
    return [number for number in numbers if SUBNORMAL < abs(number) < NOISE]


def _means(cell: Code, numbers: list[float]) -> bool:
    """Whether the code of a cell, or a comment in it, holds these numbers, nearly; or names the smallest ones."""
    source = cell.sources[CODE_LANGUAGE]
    written = [abs(float(text.replace("−", "-"))) for text in _NUMBER.findall(source)]
    near = (any(abs(abs(a) - b) <= ONE_AS_ANOTHER * b for b in written) for a in numbers)
    return bool(_EPSILON.search(source)) or all(near)


def visible(line: str) -> str:
    """A line as a message shows it: what nobody would see is spelled out, and a long one is cut."""
    spelled = "".join(ascii(c)[1:-1] if CONTROL.match(c) or (c != " " and _invisible(c)) else c for c in line)
    return spelled if len(spelled) <= LONGEST else f"{spelled[:LONGEST]}..."


def _last_node(node: ast.AST) -> ast.AST:
    """The statement on the last lines of a statement, as deep as blocks go."""
    bodies = [getattr(node, name, []) for name in ("finalbody", "orelse", "handlers", "cases", "body")]
    last = next((body[-1] for body in bodies if body and isinstance(body, list)), None)
    return node if last is None or isinstance(node, DEFINITIONS) else _last_node(last)
