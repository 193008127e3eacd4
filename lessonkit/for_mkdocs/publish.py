"""What a published site says of itself, and what its pages allow: previews, linked data, a policy, only what is used.

Pages get their preview and data as they are written; their policy is made of their final text, so it comes when all
languages are there, after every other plugin. Nothing of a build lives on `self`.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path, PurePosixPath

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from lessonkit.checks.check import figure_html
from lessonkit.checks.record import write_changed
from lessonkit.drawing.card import card, png
from lessonkit.for_mkdocs.folders import cache_folder
from lessonkit.for_mkdocs.options import is_first, is_offline
from lessonkit.lesson.captions import caption
from lessonkit.lesson.cells import CODE_LANGUAGE, Lesson
from lessonkit.pages import sharing, site
from lessonkit.pages.finished import finish
from lessonkit.pages.joined import hashed
from lessonkit.pages.policy import headers_file


class PublishConfig(base.Config):
    """`cache`: where the pictures of pages are kept between builds."""

    cache = c.Type(str, default=".cache/cards")


class PublishPlugin(BasePlugin[PublishConfig]):
    """Makes pages fit to be published."""

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds pictures, which need a whole address, and what some hosts read; once for all languages."""
        lessons = self._lessons(config)
        order = [files.get_file_from_path(page) for _, page in site.reading_order(config.nav) if page in lessons]
        config.extra["course"] = {file.url: lessons[file.src_uri] for file in order if file}
        shown = {"": None, **lessons} if config.site_url and not config.plugins["lessons"].serving else {}
        cards = {name: self._card(lesson, config) for name, lesson in shown.items()}
        names = {name: f"assets/{hashed('card.png', drawn.encode())}" for name, drawn in cards.items()}
        config.extra["pictures"] = names
        if is_first(config):
            files.append(File.generated(config, "_headers", content=headers_file()))
            for uri, drawn in dict(zip(names.values(), cards.values(), strict=True)).items():
                files.append(File.generated(config, uri, content=self._png(drawn, config)))
        return files

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Says in the head of a page what it is."""
        course = sharing.Course(config.extra["lang"], config.site_name, config.site_description, config.site_url or "")
        name = PurePosixPath(page.file.src_uri).stem.replace("-", "_") + ".md"
        lesson = self._lessons(config).get(name)
        shown = self._shared(page, name, lesson, config)
        others = [other["lang"] for other in config.extra.get("alternate", ()) if other["lang"] != course.lang]
        head = sharing.open_graph(shown, course, others)
        lessons = config.extra["course"]
        if page.is_homepage:
            head += sharing.json_ld(sharing.course_data(course, lessons))
        elif page.url in lessons:
            position = list(lessons).index(page.url) + 1
            head += sharing.json_ld(sharing.lesson_data(lesson, course, page.url, position, shown.image))
        return output.replace("</head>", f"{head}</head>", 1)

    @event_priority(-120)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Finishes the pages of all languages. Live reloading would break a policy, and need not wait for less CSS."""
        if is_first(config):
            purged = not config.plugins["lessons"].serving
            guarded = purged and not is_offline(config)
            finish(Path(config.site_dir), self._folders(config), purged=purged, guarded=guarded)

    def _folders(self, config: MkDocsConfig) -> list[Path]:
        """Where each language has its styles and scripts; the last is the one of all pages that are in no other."""
        languages = config.plugins["lessons"].config.languages.values()
        return [Path(config.site_dir) / at / "assets" for at in sorted((one.at for one in languages), reverse=True)]

    def _shared(self, page: Page, name: str, lesson: Lesson | None, config: MkDocsConfig) -> sharing.Shared:
        at = config.plugins["lessons"].config.languages[config.extra["lang"]].at
        pictures, figure = config.extra["pictures"], _figure(lesson)
        return sharing.Shared(
            title=config.site_name if page.is_homepage else str(page.meta.get("title") or page.title),
            description=str(page.meta.get("description") or config.site_description),
            url=page.canonical_url or "",
            image=pictures and config.site_url.removesuffix(at) + pictures.get(name, pictures[""]),
            image_alt=caption(lesson, figure, config.extra["lang"]).alternative if figure else config.site_name,
            is_article=lesson is not None,
        )

    def _card(self, lesson: Lesson | None, config: MkDocsConfig) -> str:
        """The picture of a lesson's first figure as an SVG; of the site where there is none."""
        svg = ""
        if figure := _figure(lesson):
            with suppress(OSError, ValueError):  # `lessons` tells what is wrong with it
                svg = figure_html(lesson, figure, CODE_LANGUAGE)
        plugin = config.plugins["lessons"].config
        logo = (Path(plugin.shared) / "logo.svg").read_text(encoding="utf-8")
        return card(svg, logo, plugin.languages[CODE_LANGUAGE].site_name)

    def _png(self, drawn: str, config: MkDocsConfig) -> bytes:
        """A picture, drawn only if the cache has none of this SVG."""
        kept = cache_folder(config, self.config.cache) / f"{sha256(drawn.encode()).hexdigest()}.png"
        if not kept.is_file():
            write_changed(kept, png(drawn))
        return kept.read_bytes()

    def _lessons(self, config: MkDocsConfig) -> dict[str, Lesson]:
        return config.plugins["lessons"].lessons()


def _figure(lesson: Lesson | None) -> str | None:
    """The first figure of a lesson, which its picture shows."""
    return next((cell.name for cell in lesson.code if cell.kind == "figure"), None) if lesson else None
