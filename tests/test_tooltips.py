"""The first use of a term on a page is a link to its meaning, and nothing else of the page changes."""

import re
from pathlib import Path

import pytest

from lessonkit.pages.glossary import Glossary, Term
from lessonkit.pages.tooltips import tooltips

LINK = re.compile(r'<a class="term" href="([^"]*)" title="([^"]*)">(.*?)</a>', re.DOTALL)


def term(ident: str, korean: str, english: str, **more: object) -> Term:
    """A term with a definition that HTML must escape."""
    name = {"ko": korean, "en": english}
    return Term(ident, 1, name, {lang: f'{name[lang]} < "1".' for lang in name}, **more)


GLOSSARY = Glossary(
    Path("glossary.yml"),
    (
        term("softmax", "소프트맥스", "softmax"),
        term("regression", "소프트맥스 회귀", "softmax regression"),
        term("layer", "층", "layer"),
        term("overfitting", "과적합", "overfitting", also={"en": ("overfit",)}),
        term("example", "샘플", "example", mark=("ko",)),
    ),
)


def linked(html: str, lang: str = "ko") -> list[str]:
    """The words that became links; the rest must be as it was."""
    result = tooltips(html, GLOSSARY, lang, "../glossary/")
    assert LINK.sub(r"\3", result) == html
    return [found[3] for found in LINK.finditer(result)]


def test_a_link_has_the_definition_and_leads_to_the_entry() -> None:
    assert tooltips("<p>소프트맥스는</p>", GLOSSARY, "ko", "../glossary/") == (
        '<p><a class="term" href="../glossary/#softmax" title="소프트맥스 &lt; &quot;1&quot;.">소프트맥스</a>는</p>'
    )


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>소프트맥스는 소프트맥스를</p><p>소프트맥스</p>", ["소프트맥스"]),
        ("<p><strong>소프트맥스</strong>(softmax)는</p>", ["소프트맥스"]),
        ("<p>소프트맥스 회귀는 소프트맥스로</p>", ["소프트맥스 회귀", "소프트맥스"]),
        ("<p>소프트맥스\n회귀에서만 소프트맥스 회귀</p>", ["소프트맥스\n회귀"]),
        ("<p>계층과 층층이와 층위와 단층은</p>", []),
        ("<p>층이 두 층에서도</p>", ["층"]),
        ("<h1>층</h1><h2 id='x'>층<a>층</a></h2><p>층</p>", ["층"]),
        ("<p><a href='#'>층</a><code>층</code><em>층</em></p>", ["층"]),
        ("<figure><figcaption>층</figcaption></figure><summary>층</summary>", []),
        ("<svg><text>층</text></svg><math><mi>층</mi></math><pre><b>층</b></pre><p>층</p>", ["층"]),
        ('<p class="admonition-title">층</p><span class="arithmatex">층</span>', []),
        ("<script>var 층 = '<p>층</p>'</script><style>층</style><!-- 층 --><p title='층'>a</p>", []),
        ("<p>a<br>b<br />층 &amp; 과적합&nbsp;샘플</p>", ["층", "과적합", "샘플"]),
        ("<p>소프트맥스 <svg><g/></svg> 회귀</p>", ["소프트맥스"]),
        ("</div><p>층<li>과적합</ul> 샘플 < 3", ["층", "과적합", "샘플"]),
        ("", []),
    ],
)
def test_korean(html: str, words: list[str]) -> None:
    assert linked(html) == words


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Softmax and SOFTMAX.</p>", ["Softmax"]),
        ("<p>Layers, the layer's, player, layer-wise</p>", ["Layers"]),
        ("<p>log_softmax softmax_1 non-softmax</p>", []),
        ("<p>They overfit, and overfitting</p>", ["overfit"]),
        ("<p>For example</p>", []),
        ("<p>softmax\n  regression</p>", ["softmax\n  regression"]),
    ],
)
def test_english(html: str, words: list[str]) -> None:
    assert linked(html, "en") == words
