"""From the text of a lesson to its cells; what cannot be read is told with its line."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterable
from pathlib import Path

import yaml

from lessonkit.cells import CODE_KINDS, LANGUAGES, Code, Head, Lesson, LessonError, Problem, Prose, Statement, split_lines
from lessonkit.exercises import starter
from lessonkit.math import MathError, to_mathml
from lessonkit.prose import formulas, headings

MARKER = re.compile(r"^# %%(?P<rest>.*)$")
MARKDOWN = re.compile(r"^[ \t]*\[markdown\]")
OPTION = re.compile(r'[ \t]+(?P<key>\w+)="(?P<value>[^"]*)"')
OPTIONS = {"markdown": {"lang", "caption"}, "code": {"figure", "exercise", "check", "tolerance"}}
TAGGED = re.compile(rf"^#[ \t]*(?P<lang>{'|'.join(LANGUAGES)}):[ \t]?(?P<text>.*)$")
HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
RECORDED = "# >"


def read(path: Path) -> Lesson:
    """The lesson in a file. Raises LessonError (also where the bytes are not UTF-8) and OSError."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        evidence = f"byte 0x{data[error.start]:02x} at position {error.start}"
        raise LessonError(Problem(path, line, "the file is not UTF-8", (evidence,), "Save it as UTF-8.")) from None
    return parse(path, text)


def parse(path: Path, text: str) -> Lesson:
    """The lesson in a text. Raises LessonError with every problem found."""
    return _Parser(path, text).lesson()


class _Parser:
    """One pass over one text; problems gather in `self.problems`."""

    def __init__(self, path: Path, text: str):
        self.path, self.text = path, text
        self.lines = split_lines(text)
        self.problems: list[Problem] = []

    def problem(self, line: int, sentence: str, evidence: Iterable[str] = (), mend: str = "") -> None:
        self.problems.append(Problem(self.path, line, sentence, tuple(evidence), mend))

    def lesson(self) -> Lesson:
        self.nodes, self.comments = self._python()
        head, first = self._head()
        cells = tuple(self._cells(first))
        if not cells and not self.problems:
            self.problem(1, "the lesson is empty", mend='Begin it with a cell: # %% [markdown] lang="ko"')
        self._pairs(cells)
        self._titles(cells)
        self._names(cells)
        if self.problems:
            raise LessonError(*sorted(self.problems, key=lambda problem: problem.line))
        return Lesson(self.path, self.text, head, cells)

    def _python(self) -> tuple[list[ast.stmt], dict[int, tuple[int, str]]]:
        """The top-level statements, and own-line comments as {line: (column, text)}."""
        source = "\n".join(self.lines)
        try:
            nodes = ast.parse(source, filename=str(self.path)).body
            tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
        except (SyntaxError, ValueError, tokenize.TokenError) as error:
            line = getattr(error, "lineno", None) or 1
            evidence = (self.lines[line - 1],) if line <= len(self.lines) else ()
            sentence = f"this is not valid Python: {getattr(error, 'msg', None) or error}"
            raise LessonError(Problem(self.path, line, sentence, evidence)) from None
        comments = {
            token.start[0]: (token.start[1], token.string)
            for token in tokens
            if token.type == tokenize.COMMENT and not token.line[: token.start[1]].strip()
        }
        return nodes, comments

    def _head(self) -> tuple[Head, int]:
        """The YAML head and the index of the first line after it."""
        start = next((i for i, line in enumerate(self.lines) if line.strip()), len(self.lines))
        if start == len(self.lines) or self.lines[start].rstrip() != "# ---":
            return Head(), start
        end = next((i for i in range(start + 1, len(self.lines)) if self.lines[i].rstrip() == "# ---"), None)
        if end is None:
            self.problem(start + 1, "the head of the lesson has no end", mend="Close it with a line: # ---")
            return Head(), len(self.lines)
        try:
            values = yaml.safe_load("\n".join(line[2:] for line in self.lines[start + 1 : end])) or {}
            return self._head_from(values, start + 1), end + 1
        except (yaml.YAMLError, TypeError, ValueError, AttributeError) as error:
            evidence = str(error).splitlines()[:3]
            self.problem(start + 1, "the head of the lesson cannot be read", evidence, "It holds: minutes, needs, time_limit.")
            return Head(), end + 1

    @staticmethod
    def _head_from(values: dict, line: int) -> Head:
        if unknown := set(values) - {"minutes", "needs", "time_limit"}:
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
        needs = values.get("needs") or []
        if not isinstance(needs, list):
            raise ValueError("needs is a list of lesson names: [softmax]")
        minutes = values.get("minutes")
        return Head(None if minutes is None else int(minutes), tuple(map(str, needs)), float(values.get("time_limit", 60)))

    def _cells(self, first: int) -> Iterable[Prose | Code]:
        marks = [i for i in range(first, len(self.lines)) if MARKER.match(self.lines[i]) and i + 1 in self.comments]
        before = marks[0] if marks else len(self.lines)
        if stray := next((i for i in range(first, before) if self.lines[i].strip()), None):
            self.problem(stray + 1, "this stands before the first cell", (self.lines[stray],), "Begin a cell: # %%")
        for start, end in zip(marks, [*marks[1:], len(self.lines)], strict=True):
            if cell := self._cell(start, end):
                yield cell

    def _cell(self, start: int, end: int) -> Prose | Code | None:
        rest = MARKER.match(self.lines[start])["rest"]
        markdown = MARKDOWN.match(rest)
        options_text = rest[markdown.end() :] if markdown else rest
        options = {found["key"]: found["value"] for found in OPTION.finditer(options_text)}
        allowed = OPTIONS["markdown" if markdown else "code"]
        if OPTION.sub("", options_text).strip() or set(options) - allowed:
            mend = "A marker holds only: " + ", ".join(f'{key}="..."' for key in sorted(allowed))
            self.problem(start + 1, "this cell marker is not understood", (self.lines[start],), mend)
            return None
        return self._prose(start, end, options) if markdown else self._code(start, end, options)

    def _prose(self, start: int, end: int, options: dict[str, str]) -> Prose | None:
        lang, name = options.get("lang"), options.get("caption")
        if lang not in (*LANGUAGES, None) or (name is not None and lang is None):
            mend = f"Give it one of: {', '.join(LANGUAGES)}."
            self.problem(start + 1, "this cell has no known language", (self.lines[start],), mend)
            return None
        body = []
        for number, line in enumerate(self.lines[start + 1 : end], start + 2):
            if line.strip() and not re.match(r"#( |$)", line):
                self.problem(number, "a line of a prose cell begins with `# `", (line,), "Begin a code cell: # %%")
            elif line.startswith(RECORDED):
                self.problem(number, "block quotes are not used in prose cells", (line,), "Use `!!! note` instead.")
            body.append(line[2:].rstrip())
        cell = Prose(start + 1, "caption" if name else "prose", lang, name, "\n".join(body).rstrip())
        self._prose_problems(cell)
        return cell

    def _prose_problems(self, cell: Prose) -> None:
        if not cell.markdown.strip():
            self.problem(cell.line, "this prose cell is empty", (self.lines[cell.line - 1],), "Write it or remove it.")
        for heading in headings(cell.markdown):
            line, evidence = cell.file_line(heading.line), (self.lines[cell.file_line(heading.line) - 1],)
            if heading.anchor is None:
                mend = "Add one, the same in each language: { #name }"
                self.problem(line, "a heading needs an explicit anchor", evidence, mend)
            if "$" in heading.title:
                self.problem(line, "a heading holds no math", evidence, "Say it in words or in `code`.")
        for formula in formulas(cell.markdown):
            try:
                to_mathml(formula.latex, display=formula.display)
            except MathError as error:
                self.problem(cell.file_line(formula.line), f"this formula cannot be set: {error}", (formula.latex,))

    def _code(self, start: int, end: int, options: dict[str, str]) -> Code | None:
        kinds = [kind for kind in CODE_KINDS if kind in options]
        if len(kinds) > 1:
            self.problem(start + 1, f"a cell is one of: {', '.join(kinds)}", (self.lines[start],))
            return None
        kind = kinds[0] if kinds else "code"
        tolerance = None
        if "tolerance" in options:
            try:
                tolerance = float(options["tolerance"])
            except ValueError:
                mend = 'It is a fraction: tolerance="0.02" allows 2 %.'
                self.problem(start + 1, "the tolerance is not a number", (self.lines[start],), mend)
        statements = tuple(self._statements(start, end))
        sources = self._sources(start, end)
        self._comment_pairs(start, end)
        if not statements:
            self.problem(start + 1, "this code cell is empty", (self.lines[start],), "Write it or remove it.")
        if kind == "exercise" and statements:
            try:
                for lang in LANGUAGES:
                    starter(sources[lang])
            except ValueError as error:
                mend = "Put ### BEGIN SOLUTION and ### END SOLUTION around lines of a function body or around one assignment."
                self.problem(start + 1, str(error), (self.lines[start],), mend)
        return Code(start + 1, kind, options.get(kind), tolerance, sources, statements)

    def _statements(self, start: int, end: int) -> Iterable[Statement]:
        """The statements between two markers, each with the recorded output below it."""
        spans: list[list[int]] = []
        for node in self.nodes:
            first = min([node.lineno, *(item.lineno for item in getattr(node, "decorator_list", []))])
            if not start < first <= end:
                continue
            if spans and first <= spans[-1][1]:
                spans[-1][1] = node.end_lineno
            else:
                spans.append([first, node.end_lineno])
        seen: set[int] = set()
        for (first, last), following in zip(spans, [*(span[0] for span in spans[1:]), end + 1], strict=True):
            source = "\n".join(self.lines[first - 1 : last])
            for line in range(last + 1, following):
                if line in self.comments and self.comments[line][0] > 0:
                    last = line
            recorded = []
            while last + len(recorded) + 1 < following and self._is_recorded(last + len(recorded) + 1):
                recorded.append(last + len(recorded) + 1)
            seen.update(recorded)
            yield Statement(first, last, source, tuple(self.lines[line - 1][4:].rstrip() for line in recorded))
        for line in range(start + 2, end + 1):
            if self._is_recorded(line) and line not in seen:
                mend = "Remove it, then record again with --update-outputs."
                self.problem(line, "a recorded output stands right under the statement that printed it", (self.lines[line - 1],), mend)

    def _is_recorded(self, line: int) -> bool:
        """Whether a line is a recorded output. `#  >` and `#>` are an author's comments."""
        return line in self.comments and self.comments[line][0] == 0 and bool(re.match(r"# >( |$)", self.lines[line - 1]))

    def _sources(self, start: int, end: int) -> dict[str, str]:
        """The text of a code cell as each language shows it: no recorded outputs, its own comments only."""
        sources = {}
        for lang in LANGUAGES:
            kept = []
            for line in range(start + 2, end + 1):
                text = self.lines[line - 1].rstrip()
                tagged = TAGGED.match(self.comments[line][1]) if line in self.comments else None
                if self._is_recorded(line) or (tagged and tagged["lang"] != lang):
                    continue
                kept.append(text[: self.comments[line][0]] + f"# {tagged['text']}" if tagged else text)
            sources[lang] = "\n".join(kept).strip("\n")
        return sources

    def _comment_pairs(self, start: int, end: int) -> None:
        """Tagged comments come in runs: all of one language, then the same in the next; other code has no Hangul."""
        runs: list[tuple[int, str]] = []
        previous = None
        for line in range(start + 2, end + 1):
            tagged = TAGGED.match(self.comments[line][1]) if line in self.comments else None
            if tagged and (line - 1, tagged["lang"]) != previous:
                runs.append((line, tagged["lang"]))
            previous = (line, tagged["lang"]) if tagged else None
            if not tagged and HANGUL.search(self.lines[line - 1]):
                mend = "A comment of its own line may say it: # ko: ... / # en: ..."
                self.problem(line, "code and outputs are in English in every language", (self.lines[line - 1],), mend)
        for index, (line, lang) in enumerate(runs):
            if lang != LANGUAGES[index % len(LANGUAGES)] or index >= len(runs) - len(runs) % len(LANGUAGES):
                order = ", then ".join(f"# {name}:" for name in LANGUAGES)
                self.problem(line, "this comment has no twin in the other language", (self.lines[line - 1],), f"Write {order}")
                break

    def _pairs(self, cells: tuple[Prose | Code, ...]) -> None:
        """Each prose cell with a language stands in a full group, in the order of LANGUAGES."""
        index = 0
        while index < len(cells):
            cell = cells[index]
            if not isinstance(cell, Prose) or cell.lang is None:
                index += 1
                continue
            group = cells[index : index + len(LANGUAGES)]
            langs = [other.lang for other in group if isinstance(other, Prose) and other.name == cell.name]
            if langs != list(LANGUAGES):
                missing = [lang for lang in LANGUAGES if lang not in langs] or [LANGUAGES[0]]
                mend = f"Write the {' and '.join(missing)} cell of the pair next to it ({', then '.join(LANGUAGES)})."
                sentence = f"this {cell.lang} cell has no {' or '.join(missing)} cell beside it"
                self.problem(cell.line, sentence, (self.lines[cell.line - 1],), mend)
                index += 1
            else:
                index += len(LANGUAGES)

    def _titles(self, cells: tuple[Prose | Code, ...]) -> None:
        """The first prose of each language begins with the title, the only heading of level 1; anchors are unique."""
        for lang in LANGUAGES:
            prose = [cell for cell in cells if isinstance(cell, Prose) and cell.lang in (lang, None)]
            found = [(cell, heading) for cell in prose for heading in headings(cell.markdown)]
            if cells and (not found or found[0][1].level != 1):
                line = prose[0].line if prose else cells[0].line
                mend = f'Begin the first {lang} cell with: # # Title {{ #anchor }}'
                self.problem(line, f"the {lang} page has no title", mend=mend)
            seen: dict[str, int] = {}
            for cell, heading in found:
                line = cell.file_line(heading.line)
                evidence = (self.lines[line - 1],)
                if heading.level == 1 and (cell, heading) != found[0]:
                    self.problem(line, "a page has one title", evidence, "Use ## for a section.")
                if heading.anchor and heading.anchor in seen:
                    sentence = f"the anchor #{heading.anchor} is taken by line {seen[heading.anchor]}"
                    self.problem(line, sentence, evidence, "Give it another name.")
                seen.setdefault(heading.anchor or "", line)

    def _names(self, cells: tuple[Prose | Code, ...]) -> None:
        """Figures have captions right after them, exercises have checks, and names are not used twice."""
        code = [cell for cell in cells if isinstance(cell, Code)]
        for kind in ("figure", "exercise", "check"):
            names = [cell.name for cell in code if cell.kind == kind]
            for cell in code:
                if cell.kind == kind and names.count(cell.name) > 1:
                    self.problem(cell.line, f'the name {kind}="{cell.name}" is used twice', (self.lines[cell.line - 1],))
        for index, cell in enumerate(cells):
            following = cells[index + 1] if index + 1 < len(cells) else None
            twin = {"figure": "caption", "exercise": "check"}.get(cell.kind)
            if twin and (following is None or (following.kind, following.name) != (twin, cell.name)):
                sentence = f'{cell.kind}="{cell.name}" is not followed by its {twin}'
                self.problem(cell.line, sentence, (self.lines[cell.line - 1],), f'Write it: {twin}="{cell.name}"')
            before = cells[index - 1] if index else None
            owner = {"caption": "figure", "check": "exercise"}.get(cell.kind)
            if owner and (before is None or before.name != cell.name or before.kind not in (owner, cell.kind)):
                sentence = f'{cell.kind}="{cell.name}" does not follow its {owner}'
                self.problem(cell.line, sentence, (self.lines[cell.line - 1],), f'Put it after {owner}="{cell.name}".')
