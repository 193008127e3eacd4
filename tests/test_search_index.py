"""The pure part of the search: what the index holds of a section, and what it knows of words."""

import json
from pathlib import Path

import pytest

from lessonkit.lesson.cells import LessonError
from lessonkit.pages.glossary import read_glossary
from lessonkit.pages.search_index import search_index
from lessonkit.pages.search_text import section_text
from lessonkit.pages.search_words import index_words, read_search_words

SHARED = Path(__file__).parent.parent / "docs" / "shared"


def pre(code: str, label: str = "") -> str:
    return f"{label}<pre><code>{code}\n</code></pre> "


def test_prose_is_a_paragraph_a_line() -> None:
    text = "<p>One\nline.</p> <ul> <li>First <code>a</code></li> <li>Second</li> </ul> <p></p> Bare."
    assert section_text(text).split("\n") == ["One line.", "First <code>a</code>", "Second", "Bare."]


def test_code_stays_where_it_names_something_new() -> None:
    code = (
        "import torch.nn as nn\nx = 1 + 2\nprobs = F.softmax(x, dim=1)  # math.sin\nmore = F.softmax(y, dim=0)\n"
        'print(torch.zeros(3))\nname = "torch.ones(3)"\nax.plot(torch.arange(3))\nw.scatter_(1, y, 1)'
    )
    code += "\nsteps = torch.stack([torch.zeros(3), x], dim=1)"
    kept = ["<code>probs = F.softmax(x, dim=1)</code>", "<code>w.scatter_(1, y, 1)</code>"]
    assert section_text(pre(code)).split("\n") == kept


def test_the_first_sections_of_a_page_keep_the_code_with_a_name() -> None:
    code = pre("x = F.softmax(y)")
    kept = index(*((f"{page}/#{n}", f"<p>{n}</p>{code}") for page in "ab" for n in range(4)))
    assert [section["location"] for section in kept if "F.softmax" in section["text"]] == [
        f"{page}/#{n}" for page in "ab" for n in range(2)
    ]


def test_arguments_say_nothing_without_a_name_of_a_library() -> None:
    assert section_text(pre("b = a.sum(keepdim=True)\nc = math.sqrt(b)")) == "<code>c = math.sqrt(b)</code>"


def test_of_a_quiz_the_questions_are_found_and_not_the_answers() -> None:
    text = "<p>1. How many?</p><p>Three of 10.</p> <ul> <li>One more</li> </ul><p>2. Why?</p><p>Because.</p>"
    (quiz,) = index(("a/#quiz", text))
    assert quiz["text"].split("\n") == ["1. How many?", "2. Why?"]


@pytest.mark.parametrize("label", ["출력", "Output"])
def test_outputs_keep_their_messages_and_not_their_numbers(label: str) -> None:
    shown = (
        "tensor([0.1, 0.2])\nTarget 5 is out of bounds.\nloss 0.5  lr 0.1\na: target &lt; 0 and weights are too large"
    )
    kept = ["Target 5 is out of bounds.", "a: target &lt; 0 and weights are too large"]
    assert section_text(pre(shown, label)).split("\n") == [f"<code>{line}</code>" for line in kept]


@pytest.mark.parametrize("label", ["시작 코드", "Starter", "확인 코드", "Check", "풀이 보기 ", "Show the solution "])
def test_exercises_keep_their_questions_only(label: str) -> None:
    assert section_text(f"<p>Find it.</p> {pre('answer = torch.ones(3)', label)}") == "Find it."


def index(*docs: tuple[str, str]) -> list[dict]:
    sections = [{"location": location, "title": "T", "text": text, "tags": ["x"]} for location, text in docs]
    return json.loads(search_index(sections, {}, {}))["docs"]


def test_code_stands_between_backticks_where_it_holds_none() -> None:
    kept = index(("a/#b", "<p>a <code>b</code></p>"), ("a/#c", "<p>a <code>`</code></p>"))
    assert [section["text"] for section in kept] == ["a `b`", "a <code>`</code>"]


def test_headings_without_text_and_sections_that_lead_on_are_left_out() -> None:
    on = [(f"a/#{anchor}", "<p>b</p>") for anchor in ("references", "symptom-index", "lessons")]
    kept = index(("a/", ""), ("a/#empty", ""), *on, ("a/#c", "<p>d</p>"))
    assert [section["location"] for section in kept] == ["a/", "a/#c"]


def test_what_only_repeats_is_worth_less() -> None:
    kept = index(("a/#quiz", "<p>1. b</p>"), ("a/#c", "<p>d</p>"))
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


@pytest.mark.parametrize("label", ["흔히 나오는 오답", "Common wrong answers"])
def test_wrong_answers_are_not_found(label: str) -> None:
    one, two = (f"<p>{why}</p> {pre(f'answer = torch.{why}(3)')}" for why in ("ones", "twos"))
    text = f"{label}{one}{two}<p>Next</p> {label}{one}<p>Last</p>"
    assert section_text(text).split("\n") == ["Next", "Last"]


ASKED = "typed: {}\nsame: []\nignore: {}\nasked:\n  a/#b:\n    en: [why b]\n    ko: [b는 왜]\n  a/#gone:\n    en: [c]\n"


def test_what_readers_ask_goes_with_its_section_in_each_language(tmp_path: Path) -> None:
    path = tmp_path / "search.yml"
    path.write_text(ASKED, encoding="utf-8")
    words = read_search_words(path)
    assert words.asked_in("ko") == {"a/#b": ("b는 왜",)}
    for location in ("a/#b", "a.html#b"):
        sections = [{"location": location, "title": "B", "text": "<p>b</p>"}]
        assert json.loads(search_index(sections, {}, words.asked_in("en")))["docs"][0]["asked"] == "why b"
        (problem,) = words.astray([location])
        assert (problem.line, problem.sentence) == (8, "no section of the site has the address a/#gone")
    for wrong in (("[why b]", "why b"), ("en: [why b]", "eng: [why b]"), ("a/#gone:", "1:")):
        path.write_text(ASKED.replace(*wrong), encoding="utf-8")
        with pytest.raises(LessonError, match=r"search.yml:4: `asked` maps addresses"):
            read_search_words(path)
