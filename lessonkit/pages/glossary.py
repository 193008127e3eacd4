"""The words of the course: one data file of terms with their names, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml

from lessonkit.lesson.cells import LessonError, Problem
from lessonkit.pages.data_file import read_yaml
from lessonkit.pages.glossary_shapes import ALLOWED, HOMONYM, PLAIN, TERM, Entry, Shape
from lessonkit.words import LANGUAGES

LISTS = ("terms", "homonyms", "plain", "allow")

Names = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Term:
    """A term: its name in each language, a sentence, other names, names to avoid, and where its name is another word.

    `unlike` holds phrases in which the name means something else; `only`, if it names lessons, all those in which the
    name is the term.
    """

    id: str
    line: int
    name: Mapping[str, str]
    define: Mapping[str, str]
    also: Names = field(default_factory=dict)
    avoid: Names = field(default_factory=dict)
    unlike: Names = field(default_factory=dict)
    only: tuple[str, ...] = ()
    mark: tuple[str, ...] = LANGUAGES

    def names(self, lang: str) -> tuple[str, ...]:
        """Everything it is called in a language, the chosen name first."""
        return (self.name[lang], *self.also.get(lang, ()))

    def avoided(self, lang: str) -> tuple[str, ...]:
        """What readers may call it in a language, and lessons must not."""
        return tuple(name.rstrip("*") for name in self.avoid.get(lang, ()))


@dataclass(frozen=True)
class Homonym:
    """A word with two meanings: the terms that it touches and what to say about it."""

    id: str
    line: int
    terms: tuple[str, ...]
    text: Mapping[str, str]


@dataclass(frozen=True)
class Plain:
    """An everyday word of a language: what to write, what not, and longer words (`but`) that are something else."""

    lang: str
    write: str
    avoid: tuple[str, ...]
    line: int
    but: tuple[str, ...] = ()


@dataclass(frozen=True)
class Allowed:
    """A name to avoid that one page (`where`, a lesson's or page's name) may use, and why."""

    text: str
    where: str
    reason: str
    line: int


@dataclass(frozen=True, eq=False)
class Glossary:
    """The terms, the words with two meanings, everyday words, and the exceptions. It equals only itself."""

    path: Path
    terms: tuple[Term, ...]
    homonyms: tuple[Homonym, ...] = ()
    allowed: tuple[Allowed, ...] = ()
    plain: tuple[Plain, ...] = ()

    def avoided(self, lang: str) -> Iterator[tuple[str, str]]:
        """The names to avoid in a language, each with the right one."""
        for term in self.terms:
            yield from ((name, term.name[lang]) for name in term.avoid.get(lang, ()))
        for word in self.plain:
            yield from ((name, word.write) for name in word.avoid if word.lang == lang)


def read_glossary(path: Path, lessons: Collection[str] = ()) -> Glossary:
    """The glossary in a file; LessonError tells all that is wrong with it. `lessons`, if given, are those there are."""
    node, data = read_yaml(path)
    if node is None or not isinstance(data, dict) or not isinstance(data.get("terms"), list):
        raise LessonError(Problem(path, 1, "a glossary is a mapping with a list of `terms`"))
    reader = _Reader(path)
    lists = {key.value: value for key, value in node.value}
    for key, _ in node.value:
        if key.value not in LISTS:
            sentence, hint = f"a glossary has no {key.value!r}", f"It has: {', '.join(LISTS)}."
            reader.problem(key.start_mark.line + 1, sentence, hint)
    entries = {key: list(reader.entries(lists[key], data[key], key)) for key in LISTS if key in data}
    terms = tuple(filter(None, (reader.term(line, entry) for line, entry in entries["terms"])))
    homonyms = tuple(filter(None, (reader.homonym(*item) for item in entries.get("homonyms", ()))))
    allowed = tuple(filter(None, (reader.allowed(*item) for item in entries.get("allow", ()))))
    plain = tuple(filter(None, (reader.plain(*item) for item in entries.get("plain", ()))))
    glossary = Glossary(path, terms, homonyms, allowed, plain)
    reader.problems += _problems(glossary, lessons)
    if reader.problems:
        raise LessonError(*sorted(reader.problems, key=lambda problem: problem.line))
    return glossary


def read_glossary_unchanged(path: Path, lessons: Collection[str] = ()) -> Glossary:
    """As `read_glossary`, but the same glossary again for a file that has not changed since."""
    return _read_version(path, path.stat().st_mtime_ns if path.exists() else 0, frozenset(lessons))


@lru_cache(maxsize=4)
def _read_version(path: Path, mtime: int, lessons: frozenset[str]) -> Glossary:
    return read_glossary(path, lessons)


class _Reader:
    """Reads entries and gathers what is wrong with them; an entry with a wrong shape becomes None."""

    def __init__(self, path: Path):
        self.path = path
        self.problems: list[Problem] = []

    def problem(self, line: int, sentence: str, hint: str = "") -> None:
        self.problems.append(Problem(self.path, line, sentence, (), hint))

    def entries(self, node: yaml.Node, values: object, key: str) -> Iterator[tuple[int, Entry]]:
        """The entries of a list, each with its line."""
        if not isinstance(values, list):
            self.problem(node.start_mark.line + 1, f"`{key}` is a list")
            return
        for child, value in zip(node.value, values, strict=True):
            if isinstance(value, dict):
                yield child.start_mark.line + 1, value
            else:
                self.problem(child.start_mark.line + 1, f"an entry of `{key}` is made of keys and values")

    def shaped(self, line: int, entry: Entry, shape: Shape) -> bool:
        """Whether an entry has the keys that it must have, each of the right kind, and no others."""
        name, before = entry.get("id", entry.get("text", "this entry")), len(self.problems)
        for key in entry.keys() - shape.keys():
            self.problem(line, f"{name}: there is no key {key!r}", "It has: " + ", ".join(shape) + ".")
        for key, (fits, what, required) in shape.items():
            if key not in entry and required:
                self.problem(line, f"{name}: `{key}` is missing", f"`{key}` is {what}.")
            elif key in entry and not fits(entry[key]):
                self.problem(line, f"{name}: `{key}` is {what}")
        return len(self.problems) == before

    def term(self, line: int, entry: Entry) -> Term | None:
        if not self.shaped(line, entry, TERM):
            return None
        also, avoid, unlike = (
            {lang: tuple(names) for lang, names in entry.get(key, {}).items()} for key in ("also", "avoid", "unlike")
        )
        name = {lang: entry[lang] for lang in LANGUAGES}
        mark = tuple(entry.get("mark", LANGUAGES))
        only = tuple(entry.get("only", ()))
        return Term(entry["id"], line, name, entry["define"], also, avoid, unlike, only, mark)

    def homonym(self, line: int, entry: Entry) -> Homonym | None:
        if not self.shaped(line, entry, HOMONYM):
            return None
        return Homonym(entry["id"], line, tuple(entry["terms"]), {lang: entry[lang] for lang in LANGUAGES})

    def plain(self, line: int, entry: Entry) -> Plain | None:
        if not self.shaped(line, entry, PLAIN):
            return None
        return Plain(entry["lang"], entry["write"], tuple(entry["avoid"]), line, tuple(entry.get("but", ())))

    def allowed(self, line: int, entry: Entry) -> Allowed | None:
        return Allowed(**entry, line=line) if self.shaped(line, entry, ALLOWED) else None


def _problems(glossary: Glossary, lessons: Collection[str]) -> Iterator[Problem]:
    """What contradicts something else: ids and names given twice, a chosen name to avoid, what does not exist."""

    def problem(line: int, sentence: str, hint: str = "") -> Problem:
        return Problem(glossary.path, line, sentence, (), hint)

    ids: dict[str, int] = {}
    entries: list[Term | Homonym] = [*glossary.terms, *glossary.homonyms]
    for entry in entries:
        if (first := ids.setdefault(entry.id, entry.line)) != entry.line:
            yield problem(entry.line, f"the id {entry.id!r} is taken", f"It stands in line {first}.")
    for lang in LANGUAGES:
        owner: dict[str, Term] = {}
        for term in glossary.terms:
            for name in term.names(lang):
                other = owner.setdefault(name.casefold(), term)
                if other is not term:
                    yield problem(term.line, f"{term.id}: the name {name!r} is that of {other.id}")
        chosen = {term.name[lang].casefold() for term in glossary.terms}
        for term in glossary.terms:
            for name in term.avoid.get(lang, ()):
                if name.rstrip("*").casefold() in chosen:
                    yield problem(term.line, f"{term.id}: {name!r} is to be avoided and is a chosen name")
    for term in glossary.terms:
        for name in (name for name in term.only if lessons and name not in lessons):
            yield problem(term.line, f"{term.id}: there is no lesson {name!r}", "Name lessons that say this term.")
    known = {term.id for term in glossary.terms}
    for homonym in glossary.homonyms:
        for missing in (name for name in homonym.terms if name not in known):
            yield problem(homonym.line, f"{homonym.id}: there is no term {missing!r}")
    avoided = {name for lang in LANGUAGES for name, _ in glossary.avoided(lang)}
    for allowed in glossary.allowed:
        if allowed.text not in avoided:
            yield problem(
                allowed.line, f"{allowed.text!r} is not among the names to avoid", "Write it as it stands there."
            )
