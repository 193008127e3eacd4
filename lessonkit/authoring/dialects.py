"""Scripts whose cells have marks that Jupytext does not know, as percent scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

DATABRICKS = "# Databricks notebook source"
COMMAND = re.compile(r"^# COMMAND -+[ \t]*$", re.MULTILINE)
MAGIC = re.compile(r"# MAGIC ?")
TITLE = re.compile(r"# DBTITLE \d+,")
NBCONVERT = re.compile(r"^# In ?\[[ \d]*\]:[ \t]*$", re.MULTILINE)
HEADER = re.compile(r"\A(?:#!.*\n)?(?:#.*coding[:=].*\n)?")
PYCHARM = re.compile(r"^#[ \t]*%%[ \t]+md[ \t]*$", re.MULTILINE)


def as_percent(text: str) -> str:
    """The text as a percent script; one that Jupytext reads as it is stays."""
    text = text.replace("\r\n", "\n")
    if text.startswith(DATABRICKS):
        cells = COMMAND.split(text.removeprefix(DATABRICKS))
        return "\n\n".join("\n".join(_databricks(cell.strip("\n").split("\n"))) for cell in cells)
    if NBCONVERT.search(text) and "# %%" not in text:
        return "\n\n".join(part for cell in NBCONVERT.split(HEADER.sub("", text)) for part in _nbconvert(cell))
    return PYCHARM.sub("# %% [markdown]", text)


def _databricks(lines: list[str]) -> Iterator[str]:
    title = f" {TITLE.sub('', lines.pop(0))}" if TITLE.match(lines[0]) else ""
    if not all(MAGIC.match(line) for line in lines if line.strip()):
        yield from (f"# %%{title}", *lines)
        return
    lines = [MAGIC.sub("", line) for line in lines]
    name, _, rest = lines[0].partition(" ")
    if name.rstrip() == "%md":
        yield from (f"# %%{title} [markdown]", *(f"# {line}".rstrip() for line in [rest, *lines[1:]]))
    else:
        yield from (f"# %%{title}", f"%{lines[0]}" if lines[0].startswith("%") else lines[0], *lines[1:])


def _nbconvert(text: str) -> Iterator[str]:
    """The code below a mark, and the prose that stands after it as comments."""
    lines = text.strip("\n").split("\n")
    code = max((number for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")), default=0)
    if code:
        yield "\n".join(["# %%", *lines[:code]])
    for is_prose, found in groupby(lines[code:], lambda line: line.startswith("#")):
        if is_prose:
            yield "\n".join(["# %% [markdown]", *found])
