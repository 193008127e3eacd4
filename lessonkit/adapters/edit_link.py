"""Where a page can be corrected: the file in the repository that it is made from."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page


def source_address(page: Page, config: MkDocsConfig) -> str | None:
    """The address at which the repository's host edits the source of a page; None without a repository.

    A page made from something else than its own file says so in its front matter: `source: docs/shared/glossary.yml`.
    """
    root = Path(config.config_file_path).parent.resolve()
    path = Path(page.file.abs_src_path).resolve() if page.file.abs_src_path else None
    source = path.relative_to(root).as_posix() if path and path.is_relative_to(root) else None
    source = page.meta.get("source", source)
    return f"{config.repo_url.rstrip('/')}/{config.edit_uri}{source}" if config.repo_url and source else None
