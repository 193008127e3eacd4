"""What is wrong with the plugin's part of mkdocs.yml, beyond what MkDocs sees itself: each with its line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePath

import yaml
from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig

from lessonkit.adapters.options import CourseConfig
from lessonkit.lesson.cells import Problem, shown
from lessonkit.pages.site import reading_order
from lessonkit.words import FOLDER, LANGUAGES

PLACE = re.compile(r"(?:[a-z][\w-]*/)+")
TEMPLATES = {"parallel": "parallel.html", "notebooks": "notebook.html"}
"""What these options need of the theme."""
MATERIAL = "assets/stylesheets"
"""What Material has, and any theme made from it."""
FORMS = {
    "admonition": ('!!! note "a"\n    b', "admonition"),
    "attr_list": ("# a { #b }", 'id="b"'),
    "md_in_html": ("<div markdown>\n*a*\n</div>", "<em>"),
    "pymdownx.arithmatex: {generic: true}": ("$a$", r"\(a\)"),
    "pymdownx.details": ('??? note "a"\n    b', "<details"),
    "pymdownx.superfences": ("- a\n\n    ```\n    b\n    ```", "<pre"),
}
"""Extensions of Markdown, each with a form that lessons have, and what shows that it is understood."""
PLUGINS = {"notebooks": "mkdocs-jupyter", "search": "material/search"}


def problems(options: CourseConfig, config: MkDocsConfig) -> list[Problem]:
    """Why no site can be made with these settings."""
    path = Path(config.config_file_path)
    text = path.read_text(encoding="utf-8")
    told = (_languages, _pages, _needs, _overwritten, _forms)
    found = [one for tell in told for one in tell(options, config)]
    return [Problem(path, _line(text, keys), sentence, (), hint) for keys, sentence, hint in found]


Found = Iterator[tuple[tuple[str, ...], str, str]]
"""The keys that lead to a place, a sentence, a hint."""
HERE = ("plugins", "lessons", "languages")


def _languages(options: CourseConfig, config: MkDocsConfig) -> Found:
    if not options.languages:
        yield HERE[:2], "`languages` is missing", "Name the languages of the site, each with its `name` and `docs_dir`."
        return
    root, first, taken = Path(config.config_file_path).parent, next(iter(options.languages)), dict[str, str]()
    for lang, language in options.languages.items():
        here = (*HERE, lang)
        if lang not in LANGUAGES:
            yield here, f"there are no words for the language {lang}", f"Write them: {FOLDER.name}/{lang}.yml"
        if not (root / language.docs_dir).is_dir():
            yield here, f"`docs_dir` of {lang} is no folder: {language.docs_dir}", "Make it, with an index.md."
        if lang == first and (language.at or (root / language.docs_dir).resolve() != Path(config.docs_dir).resolve()):
            hint = "Leave out its `at`, and give it the `docs_dir` of the site."
            yield here, f"{lang} is the first language, so it is served at the root", hint
        if lang != first and not PLACE.fullmatch(language.at):
            yield here, f"`at` of {lang} says where it is served: a path that ends in a slash", f"Write: at: {lang}/"
        elif (other := taken.setdefault(language.at, lang)) != lang:
            yield here, f"{lang} is served where {other} is", "Give each language a place of its own with `at`."


def _pages(options: CourseConfig, config: MkDocsConfig) -> Found:
    order = list(reading_order(config.nav or []))
    for page, times in Counter(page for _, page in order).items():
        if times > 1:
            yield ("nav",), f"{page} stands {times} times in nav", "A page has one place in the reading order."
    sections = {name for item in config.nav or [] if isinstance(item, dict) for name in item}
    for lang, language in options.languages.items():
        for name in language.sections:
            if config.nav and name not in sections:
                yield (*HERE, lang, "sections", name), f"nav has no section {name}", "Name it as nav does."


def _needs(options: CourseConfig, config: MkDocsConfig) -> Found:
    for option, plugin in PLUGINS.items():
        if options[option] and plugin not in config.plugins:
            yield ("plugins", "lessons", option), f"`{option}` needs the plugin {plugin}", f"Add it: - {plugin}"
    if options.notebooks and (jupyter := config.plugins.get("mkdocs-jupyter")):
        here = ("plugins", "mkdocs-jupyter")
        if jupyter.config["execute"]:
            yield (
                (*here, "execute"),
                "mkdocs-jupyter would run notebooks, but a build runs nothing",
                "Write: execute: false",
            )
        if not any(PurePath("a.ipynb").match(pattern) for pattern in jupyter.config["include"]):
            yield (*here, "include"), "mkdocs-jupyter leaves notebooks out", 'Write: include: ["*.ipynb"]'
    if not any((Path(folder) / MATERIAL).is_dir() for folder in config.theme.dirs):
        yield ("theme",), "lessons are shown by Material's theme", "Write: theme: {name: lessons}"
    for option, template in TEMPLATES.items():
        if options[option] and not any((Path(folder) / template).is_file() for folder in config.theme.dirs):
            yield (
                ("plugins", "lessons", option),
                f"`{option}` needs the theme `lessons`",
                "Write: theme: {name: lessons}",
            )


def _overwritten(options: CourseConfig, config: MkDocsConfig) -> Found:
    """What the site is made of, and MkDocs, which empties the site's folder, would delete; or publish again."""
    root, site = Path(config.config_file_path).parent, Path(config.site_dir).resolve()
    docs = [language.docs_dir for language in options.languages.values()]
    words = [path for path in (options.glossary, options.search) if path]
    for read in map(str, (options.folder, options.shared, *words, *docs)):
        path = (root / read).resolve()
        if site in (path, *path.parents) or (read in docs and path in site.parents):
            hint = "Build it into a folder of its own: mkdocs build --site-dir site"
            sentence = f"the site would be written to {shown(site)}, over what it is made of: {shown(path)}"
            yield ("site_dir",), sentence, hint
            return


def _forms(options: CourseConfig, config: MkDocsConfig) -> Found:
    markdown = Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {})
    for extension, (form, sign) in FORMS.items():
        if sign not in markdown.reset().convert(form):
            yield ("markdown_extensions",), f"pages would not show a form of lessons: {form!r}", f"Add: - {extension}"


def _line(text: str, keys: tuple[str, ...]) -> int:
    """The line of what the keys lead to, as far as they do."""
    node, line = yaml.compose(text, Loader=yaml.SafeLoader), 1
    for key in keys:
        pairs = [pair for one in _maps(node) for pair in one.value if pair[0].value == key]
        names = [one for one in getattr(node, "value", []) if isinstance(one, yaml.ScalarNode) and one.value == key]
        if not pairs:
            return names[0].start_mark.line + 1 if names else line
        line, node = pairs[0][0].start_mark.line + 1, pairs[0][1]
    return line


def _maps(node: yaml.Node | None) -> list[yaml.MappingNode]:
    """The mappings that a key may stand in: the node, or those of its list."""
    inside = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return [one for one in inside if isinstance(one, yaml.MappingNode)]
