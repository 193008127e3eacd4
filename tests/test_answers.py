"""Other answers to exercises: what the check says to them, and what cannot be tried at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from planting import GOOD, lesson, planted, problems

from lessonkit.checks.answers import too_few
from lessonkit.checks.check import Checked, check_text
from lessonkit.lesson.parse import parse, read
from lessonkit.notebooks.notebook import parts
from lessonkit.notebooks.python_file import plain_program
from lessonkit.pages.render import to_markdown
from lessonkit.running.automatic import NoSuchAnswer, answer, describe, fits, labels
from lessonkit.running.provenance import code_digest, outputs_digest
from lessonkit.running.run import Runner

CASES = Path(__file__).parent / "cases" / "run"
ANSWERS = read(CASES / "answers.py")


def said(checked: Checked) -> list[str]:
    """What is wrong with the answers of a lesson."""
    assert checked.outcome.problems == ()
    found = [problem for name in checked.lesson.exercises for problem in checked.answers(name)]
    return [str(problem) for problem in (*found, *too_few(checked.lesson))]


def test_good_answers_are_reported_apart_and_leave_no_trace(case):
    checked = case("answers")
    assert said(checked) == []
    printed = [checked.outcome.outputs.get(number, ()) for number in range(len(checked.lesson.statements))]
    assert printed == [statement.recorded for _, statement in checked.lesson.statements], "as without answers"


def test_answers_are_reported_apart_after_recording_moved_them(case):
    checked = case("answers")
    moved = parse(ANSWERS.path, ANSWERS.text.replace("# %%\n", "# %%\n# one more line\n", 1))
    lines = [[cell.line for it in lesson.exercises.values() for cell in it.wrong] for lesson in (ANSWERS, moved)]
    assert lines[1] == [line + 1 for line in lines[0]]
    assert said(Checked(moved, checked.outcome)) == []


@pytest.mark.rest
def test_without_fork_answers_are_tried_too(monkeypatch):
    monkeypatch.chdir(CASES)
    with Runner(fork=False) as runner:
        checked = Checked(ANSWERS, runner.run(ANSWERS))
    assert said(checked) == []
    printed = [checked.outcome.outputs.get(number, ()) for number in range(len(checked.lesson.statements))]
    assert printed == [statement.recorded for _, statement in checked.lesson.statements]


ACCEPTED = (
    'answers_wrong.py:10: the check accepts an answer that is not right: {}\n  # %% exercise="weak"\n'
    'Let check="weak" (line 17) ask for more; if the answer is right all the same, say why in the marker of the '
    'exercise: accepts="{}: ..."'
)
SAME = '  # %% exercise="same" accepts="copied: it is no copy; constant; argument y: no such one"'
NO_EXCEPTION = (
    f"answers_wrong.py:41: this exception names no automatic answer of the exercise, or no reason\n{SAME}\n  {{}}\n"
    'Write accepts="argument x: why it is right all the same", with any of: constant, zeros, copied, argument x.'
)
KIND = "An answer that anybody would believe gives what the exercise asks for, only not the right one."
FIT = '  # %% wrong="fit"'
OWN = "Let an assert of the check reject it."
TYPE = "this answer is of another type or shape than the solution"
STOPS = "with this answer the check stops at an error, and not at an assert of its own"


@pytest.mark.rest
def test_what_a_check_does_not_tell_and_what_is_no_answer(case):
    assert said(case("answers_wrong")) == [
        "answers_wrong.py:22: the check of this exercise accepts this wrong answer\n"
        '  # %% wrong="weak"\nStrengthen check="weak" (line 17): an assert that fails on it.',
        "answers_wrong.py:36: the check of this exercise rejects this right answer\n"
        '  # %% right="weak"\n  line 19, reached for the 1st time: assert twice(2, 0) == 4\n'
        "Correct the answer, or let the check accept every right one.",
        ACCEPTED.format("it gives its first result again at every call", "constant"),
        ACCEPTED.format("it knows only the first value of its argument x", "argument x"),
        ACCEPTED.format("it knows only the first value of its argument unused", "argument unused"),
        "answers_wrong.py:61: this wrong answer fails at the same case of the check as that of line 54, and at no "
        'other\n  # %% wrong="same"\n  line 50, reached for the 1st time: assert last([7, 5, 9]) == 9\n'
        "Give the check another case, or take an answer that is wrong in another way.",
        f"answers_wrong.py:41: the check rejects the automatic answer copied\n{SAME}\n  copied: it is no copy\n"
        "Remove the exception.",
        NO_EXCEPTION.format("constant"),
        NO_EXCEPTION.format("argument y: no such one"),
        f"answers_wrong.py:80: {TYPE}\n{FIT}\n  call 1 of row: Tensor (3,), not Tensor (2,)\n{KIND}",
        f"answers_wrong.py:87: {TYPE}\n{FIT}\n  call 1 of row: list (int, int), not Tensor (2,)\n{KIND}",
        f"answers_wrong.py:94: {STOPS}\n{FIT}\n"
        "  RuntimeError: The size of tensor a (2) must match the size of tensor b (7) at non-singleton dimension 0 "
        f"(line 98)\n{OWN}",
        f"answers_wrong.py:101: {STOPS}\n{FIT}\n  it ended its process (exit code 3)\n{OWN}",
        f"answers_wrong.py:108: {STOPS}\n{FIT}\n  Refused: writes the file 'file' (line 112)\n{OWN}",
        'answers_wrong.py:115: this answer raises an error\n  # %% right="fit"\n'
        "  AttributeError: module 'torch' has no attribute 'no_such_function' (line 116)\nAn answer runs.",
        f'answers_wrong.py:127: {TYPE}\n  # %% wrong="count"\n  number: float, not int\n{KIND}',
        "answers_wrong.py:10: this exercise asks for a function and has 2 wrong answers, not 3\n"
        '  # %% exercise="weak"\nWrite after its check: # %% wrong="weak"',
        "answers_wrong.py:41: this exercise asks for a function and has 2 wrong answers, not 3\n"
        f'{SAME}\nWrite after its check: # %% wrong="same"',
        "answers_wrong.py:41: this exercise asks for a function and has no right answers, not 1\n"
        f'{SAME}\nWrite after its check: # %% right="same"',
        "answers_wrong.py:119: this exercise asks for a value and has 1 wrong answer, not 2\n"
        '  # %% exercise="count"\nWrite after its check: # %% wrong="count"',
    ]


@pytest.mark.rest
def test_an_answer_that_does_not_end(case):
    assert said(case("answers_endless"))[0] == (
        f'answers_endless.py:24: {STOPS}\n  # %% wrong="end"\n  it did not end within 4 s\n{OWN}'
    )


CHECK = '# %% check="double"'
PAIR = "# ko: 아닙니다.\n# en: It is not.\n"
WRONG = f'\n\n# %% wrong="double"\n{PAIR}def double(x):\n    return x\n\n'


@pytest.mark.parametrize(
    ("cell", "reported"),
    [
        (
            WRONG.replace('"double', '"other'),
            'wrong="other" answers an exercise that there is not\n  # %% wrong="other"',
        ),
        (WRONG.replace("# en: It is not.\n", ""), "this comment has no counterpart in en\n  # ko: 아닙니다."),
        (WRONG.replace(PAIR, ""), 'this wrong answer does not say why it is wrong\n  # %% wrong="double"'),
        (WRONG.replace(PAIR, f"# x\n{PAIR}"), 'this wrong answer does not say why it is wrong\n  # %% wrong="double"'),
        (
            WRONG.replace("def double", "def twice"),
            'this answer says nothing of double, which the exercise asks for\n  # %% wrong="double"',
        ),
        (WRONG + "print(1)\n# > 1\n", "an answer prints nothing: it is no part of what is recorded\n  # > 1"),
        (
            WRONG.replace('="double"', '="double" accepts="zeros: so it is"'),
            'only an exercise accepts an answer\n  # %% wrong="double" accepts="zeros: so it is"',
        ),
        (
            WRONG.replace('="double"', '="double" right="double"'),
            'a cell is only one of wrong and right\n  # %% wrong="double" right="double"',
        ),
        (WRONG.replace("It is not.", r"It is $\nothing$."), r"The formula `\nothing` cannot be shown"),
    ],
)
def test_an_answer_that_cannot_be_tried_is_reported_without_running(cell: str, reported: str) -> None:
    end = GOOD.index("\n# %%", GOOD.index(CHECK) + 1)
    found = problems(GOOD[:end] + cell + GOOD[end:])
    assert found[0].partition(": ")[2].startswith(reported), found


def test_answers_stand_after_the_check() -> None:
    moved = planted('# %% exercise="double"', WRONG.strip() + '\n\n\n# %% exercise="double"')
    (problem,) = (one for one in problems(moved) if "wrong" in one)
    assert 'wrong="double" does not follow the check of its exercise' in problem
    assert problem.endswith('Put it right after check="double".')


def test_what_is_recorded_knows_nothing_of_answers() -> None:
    cells = (CASES / "answers.py").read_text(encoding="utf-8").split("\n# %%")
    without = lesson("\n# %%".join(cell for cell in cells if not cell.startswith((" wrong", " right"))))
    assert len(without.cells) < len(ANSWERS.cells)
    assert code_digest(ANSWERS) == code_digest(without)
    assert outputs_digest(ANSWERS) == outputs_digest(without)
    assert "Common wrong answers" not in to_markdown(without, "en")


def test_the_page_folds_wrong_answers_below_the_solution() -> None:
    page = to_markdown(ANSWERS, "ko")
    assert page.count('??? failure "흔히 나오는 오답"') == 3
    solution, wrong = page.index('??? success "풀이 보기"'), page.index('??? failure "흔히 나오는 오답"')
    assert solution < wrong < page.index('??? success "풀이 보기"', wrong)
    first = "    처음 두 수만 봅니다.\n\n    ```{ .python .cell-code }\n    def in_order(values):\n        return [min("
    assert first in page
    assert "It looks at the first two numbers only." in to_markdown(ANSWERS, "en")
    assert "rest.pop" not in page, "the other right answer is for the check only"


def test_each_block_of_the_page_has_its_number() -> None:
    shown = [line for line in to_markdown(ANSWERS, "en").split("\n") if "cell-code" in line]
    reported = ANSWERS.blocks("en")
    assert len(shown) == len(reported)
    assert [cell.kind for _, cell, _ in reported].count("wrong") == 8


def test_notebook_and_file_to_download_tell_the_wrong_answers_too() -> None:
    kinds = [part.kind for part in parts(ANSWERS, "en", "") if part.cell and part.cell.name == "order"]
    assert kinds == ["exercise", "check", "solution", "wrong"]
    program = plain_program(ANSWERS, "en")
    compile(program, "program", "exec")
    solutions = program[program.index("## Solutions") :]
    assert solutions.count("Common wrong answers:") == 3
    assert "# It looks at the first two numbers only." in solutions


def test_automatic_answers() -> None:
    import torch

    def scaled(x, by=2):
        return torch.as_tensor(x) * by

    assert labels(["x", "by"]) == ["constant", "zeros", "copied", "argument x", "argument by"]
    constant, copied = answer("constant", scaled), answer("copied", scaled)
    assert (constant(1), constant(5)) == (2, 2)
    assert copied(7) == 7
    frozen_x, frozen_by = answer("argument x", scaled), answer("argument by", scaled)
    assert (frozen_x(1, by=3), frozen_x(5, by=4)) == (3, 4)
    assert (frozen_by(1), frozen_by(5, by=4)) == (2, 10)
    zeros = answer("zeros", lambda x: x)
    assert zeros(torch.tensor([[0.25, 0.75]])).tolist() == [[0.5, 0.5]]
    assert zeros(torch.tensor([1.0, float("inf")])).tolist() == [0, 0]
    assert zeros((3, [1.5, True], {"a": torch.ones(2, dtype=torch.int64)}))[:2] == (0, [0.0, False])
    with pytest.raises(NoSuchAnswer):
        zeros("text")


def test_types_and_shapes() -> None:
    import torch

    assert describe((1, torch.ones(2, 3), {"a": [0.5]})) == "tuple (int, Tensor (2, 3), dict)"
    assert fits("tuple (float, Tensor (2,))", "tuple (int, Tensor (2,))"), "an int may stand for a float"
    assert not fits("tuple (int, Tensor (2,))", "tuple (float, Tensor (2,))")
    assert not fits("Tensor (2,)", "Tensor (2, 1)")
    assert not fits("list of 21", "list of 22")


WEAK = """# %% exercise="weak"
def twice(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION


# %% check="weak"
assert twice(2) == 4


# %% wrong="weak"
# ko: 제곱입니다.
# en: It squares.
def twice(x):
    return x**2
"""


VALUE = """# %% exercise="count"
### BEGIN SOLUTION
count = 3
### END SOLUTION

# %% check="count"
assert count == 3
"""


@pytest.mark.parametrize(
    ("name", "text", "reported"),
    [
        (
            "bare",
            WEAK[: WEAK.index("# %% wrong")].rstrip() + "\n",
            {"no wrong answers, not 3", "no right answers, not 1"},
        ),
        ("value", VALUE, {"no wrong answers, not 2"}),
    ],
)
def test_an_exercise_without_other_answers_is_refused_in_every_lesson(project, name, text, reported):
    path = project.write(name, text)
    found = {problem.sentence.rpartition(" and has ")[2]: problem for problem in too_few(read(path))}
    assert set(found) == reported
    assert {problem.line for problem in found.values()} == {4}
    assert found["no wrong answers, not " + str(2 if name == "value" else 3)].hint.startswith("Write after its check: ")
    assert reported < {problem.sentence.rpartition(" and has ")[2] for problem in check_text(read(path))}
    project.pytest(f"lessons/{name}.py", "-k", "answers:4").assert_outcomes(failed=len(reported))


@pytest.mark.rest
def test_pytest_tells_what_a_check_accepts_and_what_is_missing(project):
    path = project.write("weak", WEAK)
    result = project.pytest("lessons/weak.py")
    result.stdout.fnmatch_lines(
        [
            "*answers:weak*",
            "lessons/weak.py:15: the check of this exercise accepts this wrong answer",
            "lessons/weak.py:4: the check accepts an answer that is not right: it gives its first result again at*",
            "*answers:4*",
            "lessons/weak.py:4: this exercise asks for a function and has 1 wrong answer, not 3",
        ]
    )
    reported = [problem.sentence for problem in check_text(read(path))]
    assert "this exercise asks for a function and has no right answers, not 1" in reported, "without running, too"


def test_answers_are_known_after_a_record_has_moved_their_lines(case):
    checked = case("answers")
    moved = parse(checked.lesson.path, checked.lesson.text.replace("# %%", "\n# %%", 1))
    assert moved.code[0].line == checked.lesson.code[0].line + 1
    assert said(replace(checked, lesson=moved)) == []
