"""The config of another language's build: that of the main build, with its own docs, site folder and address."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from lessonkit.for_mkdocs.options import LanguageConfig


def config_for(lang: str, language: LanguageConfig, outer: MkDocsConfig) -> MkDocsConfig:
    """Reads the file of the outer build again, for its plugins and its theme belong to one build."""
    site_url = outer.site_url and outer.site_url.rstrip("/") + "/" + language.at
    config = load_config(
        config_file=outer.config_file_path,
        docs_dir=str(Path(outer.config_file_path).parent / language.docs_dir),
        site_dir=str(Path(outer.site_dir) / language.at),
        site_url=site_url,
        site_name=language.site_name,
        site_description=language.site_description,
        use_directory_urls=outer.use_directory_urls,
        strict=outer.strict,
    )
    config.site_url = site_url
    config.extra["lang"] = lang
    return config
