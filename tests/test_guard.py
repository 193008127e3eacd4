"""A lesson writes no file, uses no network and starts no program; what it tries is reported with its line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lessonkit.running.guard import WRITES, refusal

REFUSED = {
    "opens": (6, "it writes the file 'notes.txt'"),
    "write_text": (7, "it writes the file 'notes.txt'"),
    "torch_save": (7, "it writes the file 'model.pt'"),
    "numpy_save": (7, "it writes the file 'array.npy'"),
    "makes_folder": (7, "it changes files (os.mkdir 'data')"),
    "connects": (7, "it uses the network (socket.getaddrinfo)"),
    "downloads": (7, "it uses the network (urllib.Request)"),
    "starts_program": (7, "it starts a program (subprocess.Popen 'true')"),
    "forks": (7, "it starts a program (os.fork)"),
    "catches_refusal": (6, "it writes the file 'notes.txt'"),
    "thread_writes": (9, "it writes the file 'notes.txt'"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_lessons_do_not_do_is_refused(case, name):
    line, what = REFUSED[name]
    checked = case(name)
    code = checked.lesson.lines[line - 1].strip()
    hint = "Keep its data in the lesson."
    if "program" in what:
        hint = "A lesson is one process: leave out num_workers, subprocess and the like."
    assert [str(problem) for problem in checked.outcome.problems] == [
        f"{name}.py:{line}: a lesson may not do this: {what}\n    {code}\n{hint}"
    ]


def test_a_file_that_native_code_wrote_is_found(case):
    assert [str(problem) for problem in case("leaves_file").outcome.problems] == [
        "leaves_file.py:1: a lesson may not write files: it left past_python.pt\nRemove what writes them."
    ]


@pytest.mark.parametrize(
    ("event", "args"),
    [
        ("open", ("x.txt", "r", os.O_RDONLY)),
        ("open", (os.devnull, "w", WRITES)),
        ("open", (Path(os.devnull), "w", WRITES)),
        ("open", (os.fsencode(os.devnull), "w", WRITES)),
        ("open", (1, "w", WRITES)),
        ("open", ("x.txt", None, None)),
        ("socket.__new__", ()),
        ("socket.gethostname", ()),
        ("os.listdir", (".",)),
        ("os.chdir", ("/",)),
        ("import", ("torch",)),
    ],
)
def test_what_harms_nobody_is_allowed(event, args):
    assert refusal(event, args) is None


@pytest.mark.parametrize(
    ("event", "args", "what"),
    [
        ("open", (Path("x.txt"), "a", os.O_WRONLY), "writes the file 'x.txt'"),
        ("open", (b"x.txt", None, os.O_CREAT), "writes the file 'x.txt'"),
        ("os.rename", ("a", "b", -1, -1), "changes files (os.rename 'a')"),
        ("socket.sendto", (None, ("192.0.2.1", 53)), "uses the network (socket.sendto)"),
        ("os.system", (b"ls",), "starts a program (os.system b'ls')"),
        ("webbrowser.open", ("https://example.com",), "starts a program (webbrowser.open 'https://example.com')"),
    ],
)
def test_what_is_refused_is_named(event, args, what):
    assert refusal(event, args) == what
