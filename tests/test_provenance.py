"""The record of a lesson: whose code it is, and which platform printed its outputs."""

from __future__ import annotations

import json
import platform
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from lessonkit.lesson.cells import Lesson
from lessonkit.lesson.parse import parse
from lessonkit.running.provenance import Platform, Record, code_digest, outputs_digest, read_record, record_path

HERE = Platform("2.13.0", "Linux", "x86_64", "GenuineIntel", "avx2")
TEXT = """# %% [markdown]
# # Case { #case }
#
# Prose.

# %%
# a neutral comment
# ko: 주석
# en: a comment
x = [1, 2]  # two numbers
print(x)
# > [1, 2]

# %% tolerance="0.02"
for y in x:
    # inside
    print("#", y)
# > # 1
# > # 2
"""


def lesson(*changes: tuple[str, str], text: str = TEXT) -> Lesson:
    """The lesson above, with changes."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return parse(Path("lesson.py"), text)


@pytest.mark.parametrize(
    "change",
    [
        ("Prose.", "Other prose."),
        ("# a neutral comment\n", ""),
        ("주석", "다른 주석"),
        ("a comment", "another comment"),
        ("    # inside\n", ""),
        ("print(x)\n", "print(x)   \n"),
        ("print(x)\n# > [1, 2]\n", "print(x)\n# > [1, 2]\n\n\n"),
        ("\n", "\r\n"),
        ('tolerance="0.02"', 'tolerance="0.05"'),
    ],
)
def test_prose_and_comment_lines_are_not_code(change):
    assert Record.of(lesson(), HERE).is_of(lesson(change))


@pytest.mark.parametrize(
    ("change", "code", "outputs"),
    [
        (("x = [1, 2]", "x = [1, 3]"), True, False),
        (("  # two numbers", "  # a pair"), True, False),
        (('"#", y', '"# ", y'), True, False),
        (('# %% tolerance="0.02"\n', ""), True, False),
        (("# > [1, 2]", "# > [1, 3]"), False, True),
        (("# > [1, 2]\n", ""), False, True),
        (("# > # 1\n", "# > # 1\n# >\n"), False, True),
    ],
)
def test_code_and_outputs_are_reported_apart(change, code, outputs):
    changed = lesson(change)
    assert (code_digest(changed) != code_digest(lesson())) is code
    assert (outputs_digest(changed) != outputs_digest(lesson())) is outputs
    assert not Record.of(lesson(), HERE).is_of(changed)


def test_the_same_code_has_the_same_digest_on_every_python():
    assert code_digest(lesson()) == "973c58441fa1dc4474b79b624a9078d9b15c993258bd42b6c187af5b9629114c"


def test_a_record_is_a_small_json_file():
    text = Record.of(lesson(), HERE).to_json()
    assert list(json.loads(text)) == ["code", "outputs", "platform", "date", "printed"]
    assert Record.from_json(text) == Record.of(lesson(), HERE)
    assert text.endswith("}\n")


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "3", "{}", '{"code": "a", "outputs": "b", "platform": {"os": 1}, "date": "c"}', "<<<<<<< HEAD\n{}"],
)
def test_what_is_no_record_is_none(tmp_path, text):
    with pytest.raises(ValueError, match="not a record"):
        Record.from_json(text)
    written = parse(tmp_path / "lesson.py", TEXT)
    assert read_record(written) is None, "nothing there"
    record_path(written).parent.mkdir(parents=True)
    record_path(written).write_text(text, encoding="utf-8")
    assert read_record(written) is None


TORCH = SimpleNamespace(
    __version__="2.13.0+cpu", backends=SimpleNamespace(cpu=SimpleNamespace(get_cpu_capability=lambda: "AVX2"))
)
SYSTEMS = {
    "Linux": ("x86_64", "", "processor : 0\nvendor_id\t: AuthenticAMD\nflags : avx2\n", "AuthenticAMD"),
    "Linux on Arm": ("aarch64", "", "processor : 0\nCPU implementer : 0x41\n", ""),
    "Darwin": ("arm64", "arm", None, "arm"),
    "Windows": ("AMD64", "Intel64 Family 6 Model 85 Stepping 7, GenuineIntel", None, "GenuineIntel"),
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_platform_is_known_on_every_system(monkeypatch, system):
    machine, processor, cpuinfo, vendor = SYSTEMS[system]

    def read_text(path: Path, **_: object) -> str:
        if cpuinfo is None:
            raise FileNotFoundError(path)
        return cpuinfo

    monkeypatch.setattr(platform, "system", lambda: system.split()[0])
    monkeypatch.setattr(platform, "machine", lambda: machine)
    monkeypatch.setattr(platform, "processor", lambda: processor)
    monkeypatch.setattr(Path, "read_text", read_text)
    monkeypatch.setitem(sys.modules, "torch", TORCH)
    assert Platform.here() == Platform("2.13.0", system.split()[0], machine, vendor, "avx2")


def test_without_torch_the_platform_names_none(monkeypatch):
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    assert (Platform.here().torch, Platform.here().capability) == ("", "")
