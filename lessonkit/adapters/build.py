"""What one language's build is about: read from its settings once, and given to whatever has to do with a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from lessonkit.adapters.folders import cache_folder
from lessonkit.adapters.kept import digest, made
from lessonkit.adapters.options import CourseConfig, LanguageConfig
from lessonkit.adapters.subprocess_build import Beside, hand_over
from lessonkit.checks.check import check_text
from lessonkit.lesson.cells import Lesson, LessonError, Problem
from lessonkit.lesson.parse import read_unchanged
from lessonkit.pages.glossary import Glossary, read_glossary_unchanged
from lessonkit.pages.hand_written import read_page
from lessonkit.pages.search_words import SearchWords, read_search_words
from lessonkit.programs.standalone import Found, found_in, is_known, remember
from lessonkit.running.provenance import folder

log = get_plugin_logger("lessons")
T = TypeVar("T")


@dataclass
class Build:
    """One language's build. Lessons are known by the names of their pages, `softmax.md`."""

    lang: str
    options: CourseConfig
    config: MkDocsConfig
    serving: bool
    alone: str = ""
    """The one lesson that is looked at; "" for all."""
    asked: Path | None = None
    """The file that names the notebooks whose pages somebody asked for; None where all pages are made."""
    used: set[Path] = field(default_factory=set)
    """Renderings of notebooks that this build knows, in its cache."""
    lessons: dict[str, Lesson] = field(default_factory=dict)
    """Those that can be read."""
    broken: dict[str, LessonError] = field(default_factory=dict)
    unread: dict[str, LessonError] = field(default_factory=dict)
    """The pages written by hand that cannot be read."""
    pages: dict[Path, str] = field(default_factory=dict)
    """The texts of the hand-written pages."""
    glossary: Glossary = field(default_factory=lambda: Glossary(Path(), ()))
    words: SearchWords = field(default_factory=lambda: SearchWords({}, (), ()))
    pictures: Mapping[str, str] = field(default_factory=dict)
    """The addresses of the pictures for sharing, by page; "" is the site's own."""
    course: Mapping[str, Lesson] = field(default_factory=dict)
    """The lessons in reading order, by their addresses."""
    beside: dict[str, Lesson] = field(default_factory=dict)
    """The lessons with a page in both languages, by the files of their pages."""
    digests: dict[str, tuple[object, ...]] = field(default_factory=dict)
    """What tells the lessons and their records apart from those of another build (`keep`)."""
    others: list[Beside] = field(default_factory=list)
    """The builds of the other languages."""

    @property
    def languages(self) -> Mapping[str, LanguageConfig]:
        """All languages of the site, this one's too."""
        return self.options.languages

    @property
    def language(self) -> LanguageConfig:
        """This build's language."""
        return self.languages[self.lang]

    @property
    def is_first(self) -> bool:
        """Whether this is the main build, which has what all languages share."""
        return self.lang == next(iter(self.languages))

    @property
    def root(self) -> Path:
        """The folder of mkdocs.yml."""
        return Path(self.config.config_file_path).parent

    @property
    def site(self) -> Path:
        """The folder that this language is written into."""
        return Path(self.config.site_dir)

    @property
    def address(self) -> str:
        """The address of this language, with its slash at the end; empty where nobody knows it yet."""
        return self.config.site_url or ""

    @property
    def pages_at(self) -> str:
        """How pages are addressed, as `page_address` takes it; empty where the site does not know its address."""
        start = self.address.rstrip("/")
        return start and f"{start}/*{'/' if self.config.use_directory_urls else '.html'}"

    @property
    def cache(self) -> Path:
        """Where things are kept between builds."""
        return cache_folder(self.root / self.options.cache)

    def kept_in(self, kind: str) -> Path:
        """Where things of a kind are kept between builds of this language."""
        return self.cache / "made" / self.lang / kind

    def keep(self, kind: str, lesson: Lesson, more: object, make: Callable[[], T]) -> T:
        """What is made of a lesson, its records, and of what `more` tells, as long as all of that is the same."""
        if lesson.name not in self.digests:
            files = [path for path in sorted(folder(lesson).glob("*")) if path.is_file()]
            records = [(path.name, digest(path.read_bytes())) for path in files]
            self.digests[lesson.name] = (str(lesson.path), digest(lesson.text), records)
        return made(self.kept_in(kind) / f"{lesson.name}.pickle", (*self.digests[lesson.name], more), make)

    def read(self) -> None:
        """Reads the lessons and the words of the course."""
        paths = sorted(Path(self.options.folder).glob("*.py"))
        if not paths:
            where = Path(self.options.folder)
            self.tell([Problem(where, 1, "there is no lesson here", (), "Put a lesson there: NAME.py")])
        for path in paths:
            try:
                self.lessons[f"{path.stem}.md"] = self._read(path)
            except LessonError as error:
                self.broken[f"{path.stem}.md"] = error
        for path in sorted(Path(self.config.docs_dir).rglob("*.md")):
            try:
                self.pages[path] = read_page(path, self._has_template)
            except LessonError as error:
                self.unread[path.relative_to(self.config.docs_dir).as_posix()] = error
        names = [path.stem for path in paths]
        if self.options.glossary:
            with self.telling():
                self.glossary = read_glossary_unchanged(Path(self.options.glossary), names)
        if self.options.search:
            with self.telling():
                path = Path(self.options.search)
                source = (str(path), path.is_file() and path.read_bytes())
                self.words = made(self.cache / "made" / "search.pickle", source, lambda: read_search_words(path))

    def _read(self, path: Path) -> Lesson:
        """The lesson in a file."""
        try:
            source = (str(path), digest(path.read_bytes()))
        except OSError:
            return read_unchanged(path)  # which says what is wrong
        return made(self.cache / "made" / "lessons" / f"{path.stem}.pickle", source, lambda: read_unchanged(path))

    def waits(self, key: str) -> bool:
        """Whether the page of a notebook is not made before somebody asks for it."""
        return self.asked is not None and key not in self.asked.read_text(encoding="utf-8").split()

    def hand_over_programs(self) -> None:
        """Makes the programs of all lessons for the first language too, which has the checks to do in the meantime."""
        for lesson in self.lessons.values():
            hand_over(lesson.name, partial(self._programs, lesson))

    def _programs(self, lesson: Lesson) -> Found:
        found = self.keep("programs", lesson, (), lambda: found_in(lesson))
        remember(lesson, found)
        return found

    def checked(self, lesson: Lesson) -> list[Problem]:
        """What can be seen of a lesson without running it."""
        beside = sorted(path.name for path in lesson.path.parent.glob("*.py"))
        return self.keep("checks", lesson, beside, lambda: check_text(lesson))

    def await_programs(self, lesson: Lesson) -> None:
        """Takes the programs of a lesson from the process that makes them, if there is one."""
        if self.others and not is_known(lesson) and (found := self.others[0].made(lesson.name)):
            remember(lesson, found)

    def _has_template(self, name: str) -> bool:
        return any((Path(folder) / name).is_file() for folder in self.config.theme.dirs)

    def warn(self, problems: Iterable[Problem]) -> None:
        """Says what is wrong with something that can be shown all the same; a strict build fails at its end."""
        for problem in problems:
            log.warning(str(problem))

    def tell(self, problems: Iterable[Problem]) -> str:
        """Stops the build with these problems; while serving, logs them and returns their text."""
        text = "\n\n".join(map(str, problems))
        if not self.serving:
            raise PluginError(text)
        log.error(text)
        return text

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Tells a LessonError of what is done inside, so that a served site goes on without it."""
        try:
            yield
        except LessonError as error:
            self.tell(error.problems)
