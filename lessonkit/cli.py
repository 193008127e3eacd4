"""The command `lessonkit`: a teacher's tools. What the verbs do stands in `lessonkit/authoring`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lessonkit.authoring.all_checks import Whole, readable
from lessonkit.authoring.importer import bring
from lessonkit.authoring.new import add, check_name
from lessonkit.authoring.project import Project, find_project
from lessonkit.authoring.run_programs import check_programs
from lessonkit.authoring.style import check_style
from lessonkit.authoring.template import new_lesson
from lessonkit.lesson.cells import CODE_LANGUAGE, LessonError, Problem, shown
from lessonkit.programs.standalone import Program
from lessonkit.running.provenance import read_record
from lessonkit.running.run import Runner

SECONDS = 9.0
"""How long the programs of a short check may take together."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a verb; 0, 1 where something is wrong, 2 where the command is not understood."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    verb: Callable[[argparse.Namespace], int] = options.verb
    try:
        return verb(options)
    except LessonError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(
            Problem(error.filename or Path.cwd(), 1, "this cannot be read or written", (str(error),)), file=sys.stderr
        )
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lessonkit", description="Tools for writing lessons; CONTRIBUTING.md.")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    one = verbs.add_parser("new", help="write a small lesson in both languages, and put it into nav")
    one.add_argument("name", metavar="NAME")
    one.add_argument("--ko", default="", metavar="TITLE", help="its Korean title")
    one.add_argument("--en", default="", metavar="TITLE", help="its English title")
    one.add_argument("--after", default="", metavar="LESSON", help="the lesson that it follows in nav")
    one.set_defaults(verb=_new)
    one = verbs.add_parser("check", help="check everything about lessons")
    one.add_argument("names", nargs="+", metavar="NAME")
    one.add_argument("--programs", action="store_true", help="run the programs that train, too")
    one.set_defaults(verb=_check)
    one = verbs.add_parser("record", help="run lessons and record their outputs")
    one.add_argument("names", nargs="+", metavar="NAME")
    one.set_defaults(verb=_record)
    one = verbs.add_parser("import", help="make a lesson of a notebook or a script")
    one.add_argument("file", nargs="?", type=Path, metavar="FILE", help=".ipynb or .py, in either language")
    one.add_argument("--ko", type=Path, metavar="FILE", help="the Korean one of two")
    one.add_argument("--en", type=Path, metavar="FILE", help="the English one of two")
    one.add_argument("--name", default="", metavar="NAME", help="the name of the lesson; else the file's")
    one.add_argument("--source", default="", metavar="ADDRESS", help="where it comes from")
    one.add_argument("--license", default="", metavar="NAME", help="its licence, as in: CC BY 4.0")
    one.add_argument("--after", default="", metavar="LESSON", help="the lesson that it follows in nav")
    one.set_defaults(verb=_import)
    one = verbs.add_parser("pages", help="write the course as plain Markdown, for other generators")
    one.add_argument("out", type=Path, metavar="OUT", help="a new folder; each language gets one in it")
    one.set_defaults(verb=_pages)
    one = verbs.add_parser("offline", help="write the site as a folder and a zip, to be opened as files")
    one.add_argument("folder", nargs="?", type=Path, metavar="FOLDER")
    one.set_defaults(verb=_offline)
    return parser


def _new(options: argparse.Namespace) -> int:
    project = find_project(Path.cwd())
    lines = add(project, options.name, new_lesson(options.name, options.ko, options.en), options.after)
    print("\n".join(lines))
    return 0


def _check(options: argparse.Namespace) -> int:
    return _each(options.names, lambda path, project, runner: _check_one(path, project, runner, options.programs))


def _record(options: argparse.Namespace) -> int:
    return _each(options.names, _record_one)


def _each(names: Sequence[str], do: Callable[[Path, Project, Callable[[], Runner]], int]) -> int:
    """Does something with lessons; how many problems there were decides how it ends."""
    project = find_project(Path.cwd())
    paths = [project.lesson(name) for name in names]
    with Runner() as runner:
        return int(sum(do(path, project, lambda: runner) for path in dict.fromkeys(paths)) > 0)


def _check_one(path: Path, project: Project, runner: Callable[[], Runner], train: bool) -> int:
    from lessonkit.adapters.single_page import check_pages  # it imports MkDocs, which recording does not need

    begun = time.monotonic()
    whole = Whole(path, runner, settings=project.settings, glossary=project.glossary)
    lesson = readable(path)
    found: list[object] = []
    late: list[Program] = []
    with ThreadPoolExecutor(1) as beside:  # programs are processes of their own
        recorded = lesson is not None and read_record(lesson) is not None
        seconds = None if train else SECONDS
        asked = (
            beside.submit(check_programs, lesson, CODE_LANGUAGE, train=train, seconds=seconds)
            if lesson and recorded
            else None
        )
        found += whole.problems()
        if lesson:
            found += [*check_style(path), *check_pages(lesson, project.settings)]
        if asked and whole.ran:
            problems, late = asked.result()
            found += problems
    texts = list(dict.fromkeys(map(str, found)))
    print("\n\n".join(texts), end="\n\n" if texts else "")
    if late:
        names = ", ".join(program.name for program in late)
        print(
            f"not run: {len(late)} programs that train or take long ({names}); run them: "
            f"lessonkit check {path.stem} --programs"
        )
    elif lesson and not (whole.ran and recorded):
        print(f"not run: the programs, as the lesson {'is not recorded' if whole.ran else 'itself does not run'}")
    said = f"{len(texts)} problem{'s' * (len(texts) != 1)}" if texts else "all is well"
    print(f"{shown(path)}: {said} ({time.monotonic() - begun:.1f} s)")
    return len(texts)


def _record_one(path: Path, project: Project, runner: Callable[[], Runner]) -> int:
    whole = Whole(path, runner, settings=project.settings, glossary=project.glossary, update=True)
    problems = whole.problems()
    print("\n\n".join(map(str, problems)), end="\n\n" if problems else "")
    for one in whole.written:
        print(f"{'recorded' if one.exists() else 'removed'}: {shown(one)}")
    if not problems and not whole.written:
        print(f"{shown(path)}: nothing changed")
    return len(problems)


def _import(options: argparse.Namespace) -> int:
    project = find_project(Path.cwd())
    files = {lang: getattr(options, lang) for lang in ("ko", "en") if getattr(options, lang)}
    if bool(options.file) == bool(files):
        print("Name one FILE, or --ko FILE and --en FILE.", file=sys.stderr)
        return 2
    name = options.name or (options.file or files.get("en") or files["ko"]).stem.lower().replace("-", "_")
    check_name(project, name)
    brought = bring(name, [options.file] if options.file else [], files, options.source, options.license)
    lines = add(project, name, brought.text, options.after)
    for note in brought.notes:
        print(note)
    print("\n".join(lines))
    return 0


def _pages(options: argparse.Namespace) -> int:
    from lessonkit.adapters import plain_pages

    plain_pages.main(find_project(Path.cwd()).settings, options.out)
    print(f"{options.out}: {', '.join(sorted(one.name for one in options.out.iterdir()))}")
    return 0


def _offline(options: argparse.Namespace) -> int:
    from lessonkit.adapters import offline

    offline.main(options.folder)
    return 0
