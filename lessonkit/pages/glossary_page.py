"""The glossary as a page: the terms in the order of a language, each with an anchor of its own."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from lessonkit.lesson.cells import Lesson
from lessonkit.pages.first_lessons import first_lessons
from lessonkit.pages.glossary import Glossary, Term
from lessonkit.pages.render import title
from lessonkit.words import LANGUAGES, say

GLOSSARY = "<!-- glossary -->"
"""Where a hand-written page wants the entries of the glossary."""

UNSEARCHED = "{ data-search-exclude }"
"""A hundred titles of lessons, which the search knows from the lessons."""
INITIALS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"
HANGUL = ("가", "힣")


def glossary_page(glossary: Glossary, lang: str, lessons: Sequence[Lesson]) -> str:
    """The entries in the order of a language as Markdown. `lessons` are those that there are, in reading order."""
    first = first_lessons(glossary, lessons, lang)
    parts, letters, group = [], [], None
    for term in sorted(glossary.terms, key=lambda term: _order(term.name[lang])):
        if (letter := _letter(term.name[lang])) != group:
            group = letter
            letters.append(letter)
            parts.append(f"## {letter} {{ #{_anchor(letter)} }}")
        parts.append(_entry(glossary, term, lang, first.get(term.id)))
    if glossary.homonyms:
        parts.append(f"## {say(lang, 'homonyms')} {{ #homonyms }}")
        parts += [f"{homonym.text[lang]}\n{{ #{homonym.id} }}" for homonym in glossary.homonyms]
    return "\n\n".join([_strip(letters, lang), *parts])


def _strip(letters: Sequence[str], lang: str) -> str:
    """The way to each letter, which stays at the top of the screen; letters.js puts a filter beside it.

    The filter finds a term by names that a reader may type and that the page does not show, too: its `data-typed`.
    """
    links = "".join(f'<a href="#{_anchor(letter)}">{letter}</a>' for letter in letters)
    return f'<nav class="letters" aria-label="{say(lang, "letters")}" data-search-exclude="">{links}</nav>'


def _entry(glossary: Glossary, term: Term, lang: str, first: Lesson | None) -> str:
    others = {other: name for other, name in term.name.items() if name != term.name[lang]}
    names = [
        escape(term.name[lang]),
        *(f'<span lang="{other}">{escape(name)}</span>' for other, name in others.items()),
    ]
    hidden = dict.fromkeys(name for one in LANGUAGES for name in (*term.also.get(one, ()), *term.avoided(one)))
    typed = f' data-typed="{escape(" ".join(hidden))}"' if hidden else ""
    parts = [f"### {' '.join(names)} {{ #{term.id}{typed} }}", escape(term.define[lang], quote=False)]
    more = []
    if also := term.also.get(lang):
        more.append(f"{say(lang, 'also')}: {escape(', '.join(also))}")
    if first:
        more.append(f"{say(lang, 'first_lesson')}: [{title(first, lang)}]({first.name}.md){UNSEARCHED}")
    for homonym in (homonym for homonym in glossary.homonyms if term.id in homonym.terms):
        more.append(f"[{say(lang, 'homonym')}](#{homonym.id})")
    return "\n\n".join([*parts, *(["<br>\n".join(more) + "\n{ .term-more }"] if more else [])])


def _order(name: str) -> tuple[bool, str]:
    """Hangul in the order of 가나다, which is that of its code points; Latin letters after it."""
    return not HANGUL[0] <= name[0] <= HANGUL[1], name.casefold()


def _letter(name: str) -> str:
    first = name[0]
    return INITIALS[(ord(first) - ord(HANGUL[0])) // 588] if HANGUL[0] <= first <= HANGUL[1] else first.upper()


def _anchor(letter: str) -> str:
    return f"letter-{letter.lower()}" if letter.isascii() else f"letter-{INITIALS.index(letter):02}"
