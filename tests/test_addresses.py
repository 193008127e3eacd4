"""Links that leave the site."""

from __future__ import annotations

import pytest

from lessonkit.notebooks.addresses import launch_links, outward, page_address

LESSONS = ["cross_entropy", "softmax"]


def test_with_an_address_links_lead_to_the_site() -> None:
    link = outward("https://example.org/s/en/", LESSONS, ".ipynb")
    assert link("cross_entropy.md") == "https://example.org/s/en/cross-entropy/"
    assert link("softmax.md#scores") == "https://example.org/s/en/softmax/#scores"
    assert link("my_notes.md") == "https://example.org/s/en/my_notes/"
    assert link("index.md#start") == "https://example.org/s/en/#start"
    assert page_address("softmax", "https://example.org") == "https://example.org/softmax/"


def test_without_one_they_lead_to_lessons_beside() -> None:
    link = outward("", LESSONS, ".py")
    assert link("cross_entropy.md#floor") == "cross_entropy.py#floor"
    assert link("glossary.md") is None


@pytest.mark.parametrize(
    "address", ["https://github.com/me/lessons", "https://github.com/me/lessons/", "https://github.com/me/lessons.git"]
)
def test_a_repository_of_github_opens_in_colab_and_binder(address: str) -> None:
    assert launch_links(address, "gh-pages", "en/notebooks/softmax.ipynb") == {
        "colab": "https://colab.research.google.com/github/me/lessons/blob/gh-pages/en/notebooks/softmax.ipynb",
        "binder": "https://mybinder.org/v2/gh/me/lessons/gh-pages?urlpath=lab%2Ftree%2Fen%2Fnotebooks%2Fsoftmax.ipynb",
    }


def test_a_branch_with_a_slash() -> None:
    links = launch_links("https://github.com/me/lessons", "a/b", "n.ipynb")
    assert links["colab"].endswith("/blob/a/b/n.ipynb")
    assert "/lessons/a%2Fb?urlpath" in links["binder"]


def test_one_of_gitlab_opens_in_binder() -> None:
    links = launch_links("https://gitlab.com/group/sub/lessons", "main", "n.ipynb")
    assert links == {"binder": "https://mybinder.org/v2/gl/group%2Fsub%2Flessons/main?urlpath=lab%2Ftree%2Fn.ipynb"}


@pytest.mark.parametrize("address", ["", "https://example.org/git/lessons", "https://github.com/me", "lessons"])
def test_elsewhere_there_is_no_link(address: str) -> None:
    assert launch_links(address, "main", "n.ipynb") == {}
