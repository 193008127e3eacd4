"""Where the links of a file that leaves the site lead: to its pages, to files beside it, to places that run it."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import quote, urlsplit

from lessonkit.notebooks.commonmark import Link


def page_address(page: str, site_url: str) -> str:
    """The address of a page, named as in addresses (`cross-entropy`), below that of its language.

    A `*` in `site_url` stands for the name where addresses are not those of folders: `https://example.org/*.html`.
    """
    start, _, end = site_url.partition("*")
    return f"{start.rstrip('/')}/" + ("" if page == "index" else f"{page}{end or '/'}")


def outward(site_url: str, lessons: Collection[str], ending: str) -> Link:
    """Links out of a file: to the site where its address is known, else to files of the same kind for other lessons.

    `lessons` are the names of all lessons: their addresses have `-` for `_`, those of hand-written pages have not.
    """

    def link(target: str) -> str | None:
        page, hash_, anchor = target.partition("#")
        name = page.removesuffix(".md")
        if site_url:
            return page_address(name.replace("_", "-") if name in lessons else name, site_url) + hash_ + anchor
        return f"{name}{ending}{hash_}{anchor}" if name in lessons else None

    return link


def launch_links(repo_url: str, branch: str, path: str) -> dict[str, str]:
    """Where the notebook at `path` of a branch opens to be run: {"colab": address, "binder": address}, or less.

    Colab opens notebooks of GitHub only, Binder also those of GitLab; for any other place there is {}.
    """
    found = urlsplit(repo_url.removesuffix("/").removesuffix(".git"))
    repository = found.path.strip("/")
    if "/" not in repository:
        return {}
    binder = f"{quote(branch, safe='')}?urlpath={quote(f'lab/tree/{path}', safe='')}"
    if found.hostname == "github.com":
        colab = f"https://colab.research.google.com/github/{repository}/blob/{quote(branch)}/{quote(path)}"
        return {"colab": colab, "binder": f"https://mybinder.org/v2/gh/{repository}/{binder}"}
    if found.hostname == "gitlab.com":
        return {"binder": f"https://mybinder.org/v2/gl/{quote(repository, safe='')}/{binder}"}
    return {}
