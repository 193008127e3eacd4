"""The search index: what it holds of a section, whether that stands on its page, and what it knows of words."""

import json
import re
from html import escape, unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from material.plugins.search.plugin import Parser
from planting import TITLE, lesson
from test_render import html

from lessonkit.adapters.search import tell_sections
from lessonkit.formulas.math import replace_math
from lessonkit.lesson.cells import Lesson, LessonError
from lessonkit.lesson.choices import as_shown, questions
from lessonkit.lesson.parse import read_unchanged
from lessonkit.lesson.prose import plain_text
from lessonkit.pages.glossary import read_glossary
from lessonkit.pages.search_index import paragraphs, readable, search_index
from lessonkit.pages.search_text import lesson_sections
from lessonkit.pages.search_words import index_words, read_search_words

SHARED = Path(__file__).parent.parent / "docs" / "shared"
BOTH = "# %% [markdown]\n"


def sections(cells: str, lang: str = "en") -> dict[str, list[str]]:
    """The lines of the sections of a lesson with these cells, by their locations."""
    found = lesson_sections(lesson(TITLE + cells), lang, "a/")
    return {section["location"]: section["text"].split("\n") for section in found}


def of_code(code: str, option: str = "") -> list[str]:
    """What is kept of a cell with this code."""
    (lines,) = sections(f"# %%{option}\n{code}").values()
    return list(filter(None, lines))


def prose(markdown: str) -> str:
    """A cell of prose in no language."""
    return BOTH + "".join(f"# {line}\n" if line else "#\n" for line in markdown.split("\n")) + "\n"


def test_code_stays_where_it_names_something_new() -> None:
    code = """import torch.nn as nn
x = 1 + 2
probs = F.softmax(x,   dim=1)  # math.sin
more = F.softmax(y, dim=0)
print(torch.zeros(3))
name = "torch.ones(3)"
ax.plot(torch.arange(3))
w.scatter_(1, y, 1)
steps = torch.stack([torch.zeros(3), x], dim=1)
both = [
    F.relu(x),
]"""
    assert of_code(code) == [
        f"<code>{line}</code>" for line in ("probs = F.softmax(x, dim=1)", "w.scatter_(1, y, 1)", "F.relu(x)")
    ]


def test_the_first_sections_of_a_page_keep_the_code_with_a_name() -> None:
    cells = "".join(prose(f"## {n} {{ #at-{n} }}") + "# %%\nx = F.softmax(y)\n\n" for n in range(4))
    kept = sections(cells)
    assert [at for at, lines in kept.items() if "F.softmax" in lines[0]] == ["a/#at-0", "a/#at-1"]


def test_arguments_say_nothing_without_a_name_of_a_library() -> None:
    assert of_code("b = a.sum(keepdim=True)\nc = math.sqrt(b)") == ["<code>c = math.sqrt(b)</code>"]


@pytest.mark.parametrize("option", ["", ' folded="tests"'])
def test_outputs_keep_their_messages_and_not_their_numbers(option: str) -> None:
    code = """print(text)
# > tensor([0.1, 0.2])
# > Target 5 is out of   bounds.
# > loss 0.5  lr 0.1
# > a: target < 0 and weights are too large"""
    kept = ["Target 5 is out of bounds.", "a: target &lt; 0 and weights are too large"]
    assert of_code(code, option) == [f"<code>{line}</code>" for line in kept]


def test_code_that_is_folded_is_left_out() -> None:
    assert of_code("x = F.softmax(y)", ' folded="optional"') == []


FIGURE = """# %% figure="bars"
bars = F.softmax(ax, dim=0)

# %% [markdown] lang="ko" caption="bars"
# 막대 $x_1$입니다.
#
# 막대 그림입니다.

# %% [markdown] lang="en" caption="bars"
# The bars of $x_1$.
#
# A picture of bars.
"""


@pytest.mark.parametrize(("lang", "said"), [("ko", "막대 x_1입니다."), ("en", "The bars of x_1.")])
def test_of_a_figure_the_caption_is_found(lang: str, said: str) -> None:
    assert sections(FIGURE, lang) == {"a/": [said]}


ASKING = """## Exercises { #exercises }

A row of `a`, b and c.

| a | b |
|---|---|
| c | d |

**1. Ones.** Find $x_1$.

??? tip "Hint"
    1. Think of `ones`.
====
## Quiz { #quiz }

??? question "1. How many `a`?"
    Three of them.

??? question "2. Why?"
    - [ ] This: no.
    - [x] That: yes.
    - [ ] Those: no."""
CELLS = """# %% exercise="ones"
### BEGIN SOLUTION
answer = torch.ones_like(x)
### END SOLUTION
print("this tells the answer of all")
# > this tells the answer of all

# %% check="ones"
assert torch.equal(answer, torch.full_like(x, 1))

# %% wrong="ones"
# ko: 영을 곱한 값입니다.
# en: It was multiplied by zero.
answer = torch.zeros_like(x)

# %%
given = torch.softmax(x, dim=0)

"""


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_exercises_and_quizzes_are_found_by_what_they_ask(lang: str) -> None:
    asked = {"a/#exercises": ["1. Ones. Find x_1."], "a/#quiz": ["1. How many <code>a</code>?", "2. Why?"]}
    assert sections(CELLS.join(map(prose, ASKING.split("\n====\n"))), lang) == {"a/": [""], **asked}


def test_a_question_elsewhere_keeps_its_answer_too() -> None:
    asked = '??? question "Why?"\n    Because.\n\n    - It is.\n\nNext.\n\n!!! note "Also"\n    This.'
    assert sections(prose(asked)) == {"a/": ["Why?", "Next.", "Also", "This."]}


PROSE = (
    "One\nline, *two* **words** with `code` & <b>tags</b>.",
    "- First `a`\n- Second\n    - Third",
    "| a `b` | c |\n|---|---|\n| 1 | 2 < 3 |",
    '!!! note "A *title* of `x`"\n    Its text.\n\n    - An item\n\nBehind it.',
    "[A *link*](https://a.org){ .b } and <https://b.org/c>.",
    "Signs: \\*a\\*, snake\\_case, a_b_c, 2 * 3 * 4, AT&T, a&nbsp;b, &copy;, &#8211; and “quotes”.",
    "*0.886*{ .cited } of ``a ` b``.",
    "With $x_i$-th, $a < b$ and $2 \\cdot 3 * 4$.\n\n$$\ny = \\frac{1}{2}\n$$\n\nAfter.",
    "A long one, $a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p + q + r + s + t + u$.",
    "1. One\n2. Two\n\n    More of two.",
)
"""Markdown as lessons may have it."""


@pytest.mark.parametrize("markdown", PROSE)
def test_prose_is_what_the_page_says(markdown: str) -> None:
    """As Material's search reads the page that Markdown makes of it."""
    parser = Parser()
    parser.feed(readable(replace_math(html(markdown))))
    (section,) = parser.data
    (lines,) = sections(prose(markdown)).values()
    assert "\n".join(lines).split() == re.sub(r"</?(?!code)\w+>", " ", "".join(section.text)).split()


def test_prose_is_a_paragraph_a_line() -> None:
    text = "One\nline.\n\n- First `a`\n- Second\n\n| a | b |\n|---|---|\n| c | d |"
    assert sections(prose(text)) == {"a/": ["One line.", "First <code>a</code>", "Second", "a b", "c d"]}
    found = "<p>One\nline.</p> <ul> <li>First <code>a</code></li> <li>Second</li> </ul> <p></p> Bare."
    assert paragraphs(found).split("\n") == ["One line.", "First <code>a</code>", "Second", "Bare."]


def test_code_in_a_heading_is_code_in_a_title() -> None:
    (_, section) = lesson_sections(lesson(TITLE + prose("## `a < b` and c { #b }")), "en", "a.html")
    assert section == {"location": "a.html#b", "title": "<code>a &lt; b</code> and c", "text": ""}


def test_of_a_hand_written_page_formulas_are_read_and_figures_are_not() -> None:
    page = replace_math(html("With $p_i < 1$.")) + "<svg><text>epoch</text></svg><p>End.</p>"
    assert re.sub(r"<[^>]*>", " ", readable(page)).split() == ["With", "p_i", "&lt;", "1.", "End."]


def index(*docs: tuple[str, str]) -> list[dict]:
    found = [{"location": location, "title": "T", "text": text} for location, text in docs]
    return json.loads(search_index(found, {}, {}))["docs"]


def test_code_stands_between_backticks_where_it_holds_none() -> None:
    kept = index(("a/#b", "a <code>b</code>"), ("a/#c", "a <code>`</code>"))
    assert [section["text"] for section in kept] == ["a `b`", "a <code>`</code>"]


def test_headings_without_text_and_sections_that_lead_on_are_left_out() -> None:
    on = [(f"a/#{anchor}", "b") for anchor in ("references", "symptom-index", "lessons")]
    kept = index(("a/", ""), ("a/#empty", ""), *on, ("a/#c", "d"))
    assert [section["location"] for section in kept] == ["a/", "a/#c"]


def test_what_only_repeats_is_worth_less() -> None:
    kept = index(("a/#quiz", "1. b"), ("a/#c", "d"))
    assert [section.get("boost", 1) for section in kept] == [0.4, 1]


def test_the_index_is_utf_8_and_brings_the_words() -> None:
    text = search_index([{"location": "", "title": "소프트맥스", "text": ""}], {"same": [["손실", "loss"]]}, {})
    assert "소프트맥스" in text
    assert json.loads(text)["config"]["words"] == {"same": [["손실", "loss"]]}


def test_a_term_is_found_under_all_its_names() -> None:
    glossary = read_glossary(SHARED / "glossary.yml")
    words = read_search_words(SHARED / "search.yml")
    same = index_words(glossary, words, "ko")["same"]
    rate = next(names for names in same if "학습률" in names)
    assert {"learning rate", "lr", "러닝 레이트", "학습율"} <= set(rate)
    entropy = next(names for names in same if "교차 엔트로피" in names)
    assert {"cross entropy", "CE", "크로스 엔트로피", "F.cross_entropy"} <= set(entropy)
    assert not any(name.endswith("*") or len(set(names)) < len(names) for names in same for name in names)
    assert words.typed.keys() <= {term.id for term in glossary.terms}, "a name typed for a term that is not there"


ASKED = "typed: {}\nsame: []\nignore: {}\nasked:\n  a/#b:\n    en: [why b]\n    ko: [b는 왜]\n  a/#gone:\n    en: [c]\n"


def test_what_readers_ask_goes_with_its_section_in_each_language(tmp_path: Path) -> None:
    path = tmp_path / "search.yml"
    path.write_text(ASKED, encoding="utf-8")
    words = read_search_words(path)
    assert words.asked_in("ko") == {"a/#b": ("b는 왜",)}
    for location in ("a/#b", "a.html#b"):
        found = [{"location": location, "title": "B", "text": "b"}]
        assert json.loads(search_index(found, {}, words.asked_in("en")))["docs"][0]["asked"] == "why b"
        (problem,) = words.astray([location])
        assert (problem.line, problem.sentence) == (8, "no section of the site has the address a/#gone")
    for old, new, reported in (
        ("[why b]", "why b", r"search.yml:5: `asked` maps addresses"),
        ("en: [why b]", "eng: [why b]", r"search.yml:5: `asked` maps addresses"),
        ("a/#gone:", "1:", r"search.yml:8: `asked` maps addresses"),
        ("a/#gone:", "a/#b:", r"search.yml:8: the key 'a/#b' stands here twice\nMake one of it and of line 5\."),
        ("same: []", "same: [[a], b]", r"search.yml:2: `same` is a list of lists"),
        ("typed: {}", "typed: {<<: {a: [b], c: 1}}", r"search.yml:1: `typed` maps ids"),
        ("typed: {}", "typed: []", r"search.yml:1: `typed` maps ids"),
        ("same: []", "<<<<<<< HEAD", r"search.yml:3: this is not valid YAML: .*\n  ignore: {}\nCorrect this line"),
    ):
        path.write_text(ASKED.replace(old, new), encoding="utf-8")
        with pytest.raises(LessonError, match=reported):
            read_search_words(path)


@pytest.mark.parametrize("plugins", [{}, {"material/search": object()}])
def test_a_site_without_this_search_is_left_alone(plugins: dict[str, object]) -> None:
    tell_sections(SimpleNamespace(config=SimpleNamespace(plugins=plugins)))


CONTENT = re.compile(r'<article class="md-content__inner md-typeset">(.*?)</article>', re.DOTALL)
HEADING = re.compile(r'<h[1-6]\b[^>]* id="([^"]+)"[^>]*>(.*?)<a class="headerlink"[^>]*>', re.DOTALL)
EXCLUDED = re.compile(r"<(\w+)[^>]* data-search-exclude\b.*?</\1>", re.DOTALL)


def words(html: str) -> str:
    """What some HTML says, in one line without spaces."""
    return "".join(unescape(re.sub(r"<[^>]*>", "", html.replace("`", ""))).split())


def page_sections(page: str) -> dict[str, tuple[str, str]]:
    """The title and the words of each section of a built page, by the ids of their headings; the page's own first."""
    (content,) = CONTENT.findall(page)
    _, *pieces = HEADING.split(EXCLUDED.sub("", readable(content)))
    return {at: (title, words(text)) for at, title, text in zip(*(pieces[n::3] for n in range(3)), strict=True)}


def astray(docs: list[dict[str, str]], folder: Path) -> list[str]:
    """The sections of an index that do not stand on the page of a folder as it tells them."""
    wrong, pages = [], {}
    for doc in docs:
        page, _, anchor = doc["location"].partition("#")
        if page not in pages:
            pages[page] = page_sections((folder / page / "index.html").read_text(encoding="utf-8"))
        title, text = pages[page].get(anchor or next(iter(pages[page])), ("", ""))
        lines = map(words, doc["text"].split("\n"))
        if words(title) != words(doc["title"]) or not all(line in text for line in lines):
            wrong.append(doc["location"])
    return wrong


def told(one: Lesson, lang: str, text: str) -> list[str]:
    """The explanations of choices, and the reasons why answers are wrong, that a text tells."""
    said = [choice.why for cell in one.prose(lang) for asked in questions(cell.markdown) for choice in asked.choices]
    said += [wrong.reasons[lang] for exercise in one.exercises.values() for wrong in exercise.wrong]
    return [why for why in said if "$" not in why and words(escape(plain_text(why))) in words(text)]


@pytest.mark.rest
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_nothing_that_our_lessons_ask_is_answered(lang: str) -> None:
    paths = sorted((SHARED.parents[1] / "lessons").glob("*.py"))
    assert len(paths) > 10
    for one in map(read_unchanged, paths):
        text = "".join(section["text"] for section in lesson_sections(one, lang, "a/"))
        assert told(one, lang, text) == []
        planted = as_shown("".join(cell.markdown for cell in one.prose(lang)), lang)
        assert told(one, lang, escape(plain_text(planted))), "the answers of a page are told"


@pytest.mark.rest
@pytest.mark.parametrize("at", ["", "en/"])
def test_each_section_of_the_index_stands_at_its_address(site: Path, at: str) -> None:
    docs = json.loads((site / at / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    assert len(docs) > 400
    assert astray(docs, site / at) == []
    (one,) = (doc for doc in docs if doc["location"] == "softmax/#temperature")
    for key, other in (("location", "softmax/#gone"), ("title", "Other"), ("text", one["text"] + "\nnowhere")):
        assert len(astray([one | {key: other}], site / at)) == 1, "a planted fault is told"
