"""What keeps a text from being Python, told with what to do: commands of IPython, quotes, prompts, merges."""

from __future__ import annotations

import re
import unicodedata

QUOTES = "“”‘’„«»"
STRAIGHT = "Write straight quotes: \" or '"
CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?: .*)?|={7}")
MAGIC = re.compile(r"\s*(?:[%!?]{1,2}\w.*|[\w.]+\?{1,2}|.*=\s*[!%]\w.*)")
PROMPT = re.compile(r"\s*(?:>>>|\.\.\.|In \[\d*\]:) ?.*")


def conflict(lines: list[str]) -> int | None:
    """The line (from 1) where a merge left its conflict."""
    found = [number for number, line in enumerate(lines, 1) if CONFLICT.fullmatch(line)]
    return found[0] if len(found) > 1 and any(lines[number - 1][0] in "<>" for number in found) else None


def not_python(line: str, message: str) -> tuple[str, str]:
    """Sentence and hint for a line that Python could not read, with what it said."""
    sentence = f"this is not valid Python: {message}"
    if MAGIC.fullmatch(line):
        hint = "Leave it out: figures need no %matplotlib, and requirements.txt names what is installed."
        return "this is a command of IPython, and a lesson is plain Python", hint
    if PROMPT.fullmatch(line):
        return sentence, "Leave out the prompt; what is printed is recorded by --update-outputs."
    if "outside function" in message and ("await" in message or "async" in message):
        return sentence, "A program waits for nothing at its top level: write asyncio.run(...)."
    if found := re.search(r"invalid (?:non-printable )?character '?(.)?.*\(?U\+([0-9A-F]{4,6})", message):
        character = chr(int(found[2], 16))
        plain = unicodedata.normalize("NFKC", character)
        return sentence, STRAIGHT if character in QUOTES else f"Write {plain!r}." if plain.isascii() else "Remove it."
    if any(word in message for word in ("indent", "inconsistent use of tabs")):
        return sentence, "Indent by four spaces a level, all lines of a block alike."
    return sentence, "Correct this line or the one above it."
