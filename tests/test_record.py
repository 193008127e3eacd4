"""The recorder writes outputs, figures and the record, nothing else, and never half of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lessonkit.checks.check import Checked
from lessonkit.checks.record import record, with_outputs, write_changed
from lessonkit.lesson.cells import LessonError
from lessonkit.lesson.parse import read
from lessonkit.running import provenance
from lessonkit.running.provenance import outputs_digest, read_record, record_path

ROOT = Path(__file__).parent.parent
TWO_PRINTS = "print(1)\nx = 2\nfor i in range(x):\n    print(i)\n"
RECORDED = "print(1)\n# > 1\nx = 2\nfor i in range(x):\n    print(i)\n# > 0\n# > 1\n"
FIGURE = """# %% figure="NAME"
import matplotlib.pyplot as plt

plt.plot([0, 1], [0.0, 0.25])

# %% [markdown] lang="ko" caption="NAME"
# 그림.
#
# 설명.

# %% [markdown] lang="en" caption="NAME"
# The figure.
#
# The alternative.
"""


def state(project) -> dict[str, tuple[bytes, int]]:
    """Every file of a project with its time."""
    files = (path for path in (project.path / "lessons").rglob("*") if path.is_file())
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def change(path: Path, old: str, new: str) -> None:
    """Edits a file as an author does."""
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())


def test_outputs_and_a_record_are_written_and_nothing_else(project):
    path = project.write("plain", TWO_PRINTS)
    assert project.record("plain") == ["plain.py", "records/plain/record.json"]
    assert path.read_text(encoding="utf-8").endswith("# %%\n" + RECORDED)
    assert sorted(state(project)) == ["plain.py", "record.json"]
    assert read_record(read(path)).is_of(read(path))


@pytest.mark.rest
def test_a_second_time_changes_nothing(project):
    project.write("plain", TWO_PRINTS)
    project.write("drawn", FIGURE.replace("NAME", "one"))
    for name in ("plain", "drawn"):
        project.record(name)
    before = state(project)
    assert [project.record(name) for name in ("plain", "drawn")] == [[], []]
    assert state(project) == before


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_every_other_byte_stays(project, bom, end, last):
    path = project.write("bytes", "")
    code = 'text = """\ta   \n"""   \nprint(1)   \n# > 7\n\n\n# \u2028 \x0c é\nprint("x")  # é'
    data = bom + path.read_bytes().replace(b"\n", end.encode()) + code.replace("\n", end).encode()
    path.write_bytes(data + (end.encode() if last else b""))
    project.record("bytes")
    expected = data.replace(b"# > 7", b"# > 1") + f"{end}# > x{end if last else ''}".encode()
    assert path.read_bytes() == expected
    assert project.record("bytes") == []


def test_mixed_line_ends_stay_mixed(project):
    path = project.write("mixed", "print(1)\r\nprint(2)\nx = 1\r\n")
    project.record("mixed")
    assert path.read_bytes().endswith(b"# %%\nprint(1)\r\n# > 1\r\nprint(2)\n# > 2\nx = 1\r\n")


def test_a_file_without_an_end_of_line_keeps_none(project):
    path = project.write("open_end", "print(1)\nx = 1")
    project.record("open_end")
    assert path.read_bytes().endswith(b"print(1)\n# > 1\nx = 1")


@pytest.mark.skipif(os.name == "nt", reason="no modes, and links need rights")
def test_mode_and_links_are_kept(project):
    path = project.write("linked", TWO_PRINTS)
    target = path.rename(project.path / "elsewhere.py")
    target.chmod(0o750)
    path.symlink_to(target)
    project.record("linked")
    assert path.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o750
    assert target.read_text(encoding="utf-8").endswith(RECORDED)


@pytest.mark.parametrize("name", ["prints", "numbers", "program", "exercises", "figures", "ends"])
def test_what_is_recorded_is_clean_for_ruff_and_can_be_read_again(project, name):
    """Outputs are taken away, recorded again, and the file is as it was, which `ruff format` likes as it is."""
    good = (ROOT / "tests" / "cases" / "run" / f"{name}.py").read_bytes()
    path = project.path / "lessons" / f"{name}.py"
    path.write_bytes(good)
    lesson = read(path)
    path.write_bytes(with_outputs(lesson, {}).encode())
    assert b"# >" not in path.read_bytes().replace(b"# > # %%", b"")
    project.record(name)
    assert path.read_bytes() == good
    command = [sys.executable, "-m", "ruff", "format", "--check", "--config", ROOT / "pyproject.toml", path]
    assert subprocess.run(command, capture_output=True, timeout=60).returncode == 0


def test_a_file_changed_while_its_lesson_ran_is_not_touched(project):
    path = project.write("raced", FIGURE.replace("NAME", "one") + "\n# %%\n" + TWO_PRINTS)
    checked = project.check("raced")
    change(path, "x = 2", "x = 2  # saved meanwhile")
    before = state(project)
    with pytest.raises(LessonError) as error:
        record(checked)
    assert str(error.value) == (
        "lessons/raced.py:1: the file was changed while its lesson ran, so nothing was recorded\n"
        "Run the same command again."
    )
    assert state(project) == before
    path.unlink()
    with pytest.raises(LessonError):
        record(checked)
    assert state(project) == {}


def test_an_interrupted_update_leaves_whole_files(project, monkeypatch):
    path = project.write("cut", FIGURE.replace("NAME", "one") + "\n# %%\nprint(1)\n")
    before, outcome = path.read_bytes(), project.check("cut").outcome
    replace_ = os.replace
    for step in range(1, 5):
        shutil.rmtree(path.parent / "records", ignore_errors=True)
        path.write_bytes(before)
        left = iter(range(1, step))

        def failing(source: Path, target: Path, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise OSError("no space left on device")
            replace_(source, target)

        monkeypatch.setattr(os, "replace", failing)
        with pytest.raises(OSError, match="no space left"):
            record(Checked(read(path), outcome))
        monkeypatch.setattr(os, "replace", replace_)
        assert path.read_bytes() in (before, before + b"# > 1\n")
        assert not list(project.path.rglob("*.new"))
        record(Checked(read(path), outcome))
        assert record(Checked(read(path), outcome))[1] == []
        assert path.read_bytes() == before + b"# > 1\n"


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "lesson.py"
    path.write_bytes(b"old")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_changed(path, b"new")
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [("lesson.py", b"old")]


def test_what_needs_a_new_record(project, monkeypatch):
    path = project.write("edited", "# %%\n# ko: 하나\n# en: one\nx = 1\nprint(x)\n")
    project.record("edited")
    old = read_record(read(path))

    class Tomorrow(provenance.datetime.date):
        @classmethod
        def today(cls) -> provenance.datetime.date:
            return cls(2100, 1, 1)

    monkeypatch.setattr(provenance.datetime, "date", Tomorrow)
    change(path, "# # Case", "# # Other prose")
    change(path, "en: one", "en: the number one")
    assert project.record("edited") == [], "prose and comments"
    change(path, "x = 1\n", "x = 1\ny = 2\n")
    assert project.record("edited") == ["records/edited/record.json"], "code that changes no output"
    assert read_record(read(path)).date == old.date
    assert read_record(read(path)).code != old.code
    change(path, "x = 1\n", "x = 3\n")
    assert project.record("edited") == ["edited.py", "records/edited/record.json"]
    assert read_record(read(path)).date == "2100-01-01", "an output"


def on_another_platform(checked):
    return replace(checked, outcome=replace(checked.outcome, platform=replace(checked.outcome.platform, cpu="other")))


def test_within_the_tolerance_another_platform_changes_nothing(project):
    path = project.write("noisy", "print(0.2447)\nprint('word')\n")
    project.record("noisy")
    there = on_another_platform(project.check("noisy"))
    there = replace(there, outcome=replace(there.outcome, outputs={0: ("0.2448",), 1: ("word",)}))
    before = state(project)
    assert record(there)[1] == []
    assert state(project) == before
    there = replace(there, outcome=replace(there.outcome, outputs={0: ("0.2448",), 1: ("words",)}))
    record(there)
    assert path.read_text(encoding="utf-8").endswith("# > 0.2448\nprint('word')\n# > words\n"), "then all are new"
    assert read_record(read(path)).platform.cpu == "other"


@pytest.mark.rest
def test_a_figure_is_drawn_anew_only_where_it_was_recorded(project):
    """A new house style changes no data; another platform's last digits change every byte."""
    project.write("drawn", FIGURE.replace("NAME", "one"))
    assert project.record("drawn") == ["records/drawn/one.svg", "records/drawn/one.json", "records/drawn/record.json"]
    checked = project.check("drawn")
    svg, data = checked.outcome.figures["one"]
    restyled = replace(checked, outcome=replace(checked.outcome, figures={"one": (svg + "<!-- new -->", data)}))
    assert record(on_another_platform(restyled))[1] == []
    assert [path.name for path in record(restyled)[1]] == ["one.svg", "one.json"]


SCATTER = FIGURE.replace("plt.plot([0, 1], [0.0, 0.25])", "plt.scatter([0, 1], [0.0, 0.25], s=30)")


@pytest.mark.rest
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("s=30", "s=300"),
        ("s=30", 's=30, marker="^"'),
        ("s=30", "s=30, alpha=0.5"),
        ("[0.0, 0.25]", "[0.0, 0.250_000_1]"),  # no difference by what is drawn, but other code
        ("s=30)", "s=30).set_gid('points')"),
    ],
)
def test_changed_code_redraws_its_figure_on_any_machine(project, old, new):
    """A record of another machine, then a change: red until it is recorded, and then the new figure stands there."""
    path = project.write("drawn", SCATTER.replace("NAME", "one"))
    project.record("drawn")
    elsewhere(path)
    before = (path.parent / "records" / "drawn" / "one.svg").read_bytes()
    assert project.pytest("lessons/drawn.py").ret == 0
    change(path, old, new)
    checked = project.check("drawn")
    assert checked.figure(checked.lesson.code[0])
    assert project.pytest("lessons/drawn.py").ret == 1
    assert project.record("drawn")[-1] == "records/drawn/record.json"
    kept = json.loads((path.parent / "records" / "drawn" / "one.json").read_text(encoding="utf-8"))
    assert kept["platform"] == checked.outcome.platform.as_dict()
    assert (path.parent / "records" / "drawn" / "one.svg").read_bytes() != before or "000_1" in new
    assert read_record(read(path)).platform != checked.outcome.platform, "no output changed"
    assert project.pytest("lessons/drawn.py").ret == 0


def elsewhere(path: Path) -> None:
    """Lets a record be that of another machine."""
    for name in ("record.json", "one.json"):
        change(path.parent / "records" / "drawn" / name, '"machine": "', '"machine": "no_')


@pytest.mark.rest
def test_a_redrawn_figure_leaves_the_outputs_of_another_machine_alone(project):
    text = "print(0.2447)\n\n" + SCATTER.replace("NAME", "one") + "\n# %%\nprint(0.6652)\n"
    path = project.write("drawn", text)
    project.record("drawn")
    elsewhere(path)
    change(path, "# > 0.2447", "# > 0.2448")  # its last digit
    record_path(read(path)).write_text(replace(read_record(read(path)), outputs=outputs_digest(read(path))).to_json())
    assert project.pytest("lessons/drawn.py").ret == 0
    change(path, "s=30", "s=90")
    assert project.record("drawn") == [f"records/drawn/{name}" for name in ("one.svg", "one.json", "record.json")]
    assert "# > 0.2448" in path.read_text(encoding="utf-8")
    assert project.pytest("lessons/drawn.py").ret == 0


@pytest.mark.rest
def test_a_changed_helper_redraws_its_figure(project):
    head = "def mark(ax, size):\n    ax.set_gid('a')\n\n\ndef draw(ax):\n    mark(ax, 3)\n\n\nx = 1\n\n"
    path = project.write(
        "drawn", head + FIGURE.replace("NAME", "one").replace("plt.plot(", "draw(plt.gca())\nplt.plot(")
    )
    project.record("drawn")
    elsewhere(path)
    change(path, "x = 1", "x = 2")
    assert project.check("drawn").figure(project.check("drawn").lesson.code[1]) is None, "no definition that it uses"
    change(path, "set_gid('a')", "set_gid('b')")
    (problem,) = [project.check("drawn").figure(project.check("drawn").lesson.code[1])]
    assert "was drawn by other code" in str(problem)


@pytest.mark.rest
def test_comments_and_layout_redraw_nothing(project):
    path = project.write("drawn", SCATTER.replace("NAME", "one"))
    project.record("drawn")
    elsewhere(path)
    before = (path.parent / "records" / "drawn" / "one.svg").stat().st_mtime_ns
    change(
        path,
        "plt.scatter([0, 1], [0.0, 0.25], s=30)",
        "plt.scatter(\n    [0, 1],  # x\n    [0.0, 0.25],\n    s=(30),\n)",
    )
    assert project.check("drawn").figure(project.check("drawn").lesson.code[0]) is None
    assert project.record("drawn") == ["records/drawn/record.json"]
    assert (path.parent / "records" / "drawn" / "one.svg").stat().st_mtime_ns == before


@pytest.mark.rest
def test_a_picture_from_elsewhere_is_reported(project):
    """Two branches recorded, one file of each survived."""
    path = project.write("drawn", SCATTER.replace("NAME", "one"))
    project.record("drawn")
    svg = path.parent / "records" / "drawn" / "one.svg"
    svg.write_bytes(svg.read_bytes().replace(b"\n", b"\r\n"))
    assert project.pytest("lessons/drawn.py").ret == 0, "line ends of a checkout"
    change(svg, "width=", "data-other='' width=")
    result = project.pytest("lessons/drawn.py")
    assert result.ret == 1
    assert 'the picture of the figure "one" is not the one that was recorded' in result.stdout.str()
    assert "records/drawn/one.svg" in project.record("drawn")
    assert project.pytest("lessons/drawn.py").ret == 0


def test_a_damaged_or_missing_record_is_mended(project):
    path = project.write("drawn", FIGURE.replace("NAME", "one"))
    outcome = project.check("drawn").outcome
    record(Checked(read(path), outcome))
    good = {name: data for name, (data, _) in state(project).items()}
    for name in ("one.svg", "one.json", "record.json"):
        for damaged in ("<<<<<<< HEAD", "[" * 100_000):
            (path.parent / "records" / "drawn" / name).write_text(damaged, encoding="utf-8")
            record(Checked(read(path), outcome))
        (path.parent / "records" / "drawn" / name).unlink()
        record(Checked(read(path), outcome))
        assert {name: data for name, (data, _) in state(project).items()} == good


@pytest.mark.rest
def test_records_of_figures_that_are_gone_are_removed_by_the_recorder_only(project):
    path = project.write("drawn", FIGURE.replace("NAME", "old"))
    project.record("drawn")
    (path.parent / "records" / "drawn" / "README").write_text("not ours", encoding="utf-8")
    change(path, '"old"', '"new"')
    assert project.pytest("lessons/drawn.py").ret == 1
    assert {"old.svg", "old.json"} < set(state(project))
    assert project.record("drawn")[-2:] in (
        ["records/drawn/old.svg", "records/drawn/old.json"],
        ["records/drawn/old.json", "records/drawn/old.svg"],
    )
    assert sorted(state(project)) == ["README", "drawn.py", "new.json", "new.svg", "record.json"]


@pytest.mark.parametrize(
    "code", ["x = 1\n# > remember this\n", "print(2)\n# > about two\n", "print(2)\n# > 2\n# > note\n"]
)
@pytest.mark.parametrize("recorded_before", [True, False])
def test_what_an_author_wrote_is_never_deleted(project, code, recorded_before):
    """A comment that looks like an output; the recorder knows its own lines wherever they stand."""
    if recorded_before:
        project.write("mine", code.partition("\n")[0] + "\n")
        project.record("mine")
    path = project.write("mine", "y = 1\n" + code)
    before = state(project)
    with pytest.raises(LessonError) as error:
        project.record("mine")
    (problem,) = error.value.problems
    assert problem.sentence == "the recorder did not write this, and recording would delete it"
    assert f"# > {read(path).lines[problem.line - 1][4:]}" == problem.evidence[0][2:]
    assert problem.hint.startswith("Delete it where it was an output")
    assert state(project) == before


def test_its_own_lines_the_recorder_replaces_wherever_they_stand(project):
    path = project.write("mine", "print('one')\nprint('two')\n")
    project.record("mine")
    change(path, "print('one')", "x = 0\nprint('three')")
    project.record("mine")
    assert path.read_text(encoding="utf-8").endswith("x = 0\nprint('three')\n# > three\nprint('two')\n# > two\n")
    change(path, "print('three')", "y = 3")
    project.record("mine")
    assert "three" not in path.read_text(encoding="utf-8")


def test_a_number_typed_by_hand_gives_way(project):
    path = project.write("typed", "print('loss', 0.25)\n# > loss 0.26\n")
    project.record("typed")
    assert path.read_text(encoding="utf-8").endswith("# > loss 0.25\n")


def test_a_read_only_lesson_is_reported(project):
    path = project.write("locked", "print(1)\n")
    path.chmod(0o444)
    with pytest.raises(LessonError, match="locked.py:1: the file is read-only, so nothing was recorded"):
        project.record("locked")
    assert not (path.parent / "records").exists()


def test_a_full_disk_loses_nothing(tmp_path):
    """The limit stands for a disk that is full in the middle of a file."""
    path = tmp_path / "lesson.py"
    path.write_bytes(b"old")
    code = (
        "import resource, sys\nfrom pathlib import Path\nfrom lessonkit.checks.record import write_changed\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "write_changed(Path(sys.argv[1]), b'new' * 1000)\n"
    )
    done = subprocess.run([sys.executable, "-B", "-c", code, path], capture_output=True, text=True, timeout=60)
    assert "File too large" in done.stderr
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [("lesson.py", b"old")]


def test_a_file_that_only_looks_like_a_record_is_not_removed(project):
    path = project.write("drawn", FIGURE.replace("NAME", "one"))
    project.record("drawn")
    folder = path.parent / "records" / "drawn"
    for name in ("mine.svg", "mine.json", "two.json"):
        (folder / name).write_text('{"size": 1}', encoding="utf-8")
    assert project.record("drawn") == []
    assert {"mine.svg", "mine.json", "two.json"} < set(state(project))
