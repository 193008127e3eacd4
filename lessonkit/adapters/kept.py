"""What a build made is kept for the next one, and for the next change under `mkdocs serve`.

It is made again once anything that goes into it is another: what whoever keeps it names, this package's own code and
words, the versions of Python and of all packages beside it. A file for each thing, so that nothing old piles up.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from lessonkit.checks.record import write_changed

T = TypeVar("T")
PACKAGE = Path(__file__).parents[1]
HERE: dict[Path, tuple[str, object]] = {}
"""What this process knows already."""


def digest(content: str | bytes) -> bytes:
    """What tells a text apart, for `made`: the `repr` of a long one takes longer than its digest."""
    return sha256(content.encode(errors="surrogatepass") if isinstance(content, str) else content).digest()


def made(place: Path, source: object, make: Callable[[], T], lasting: Callable[[], bool] = lambda: True) -> T:
    """What `make` makes of `source`, all that it looks at, whose `repr` tells it apart; it is kept in the file `place`.

    `lasting` says afterwards whether what was made may be kept. What cannot be read or written is made again.
    """
    key = sha256(repr((source, surroundings())).encode(errors="surrogatepass")).hexdigest()
    if HERE.get(place, ("",))[0] != key and (found := _read(place)) and found[0] == key:
        HERE[place] = found
    if HERE.get(place, ("",))[0] != key:
        new = make()
        if not lasting():
            return new
        HERE[place] = (key, new)
        write_changed(place, pickle.dumps(HERE[place]))
    return HERE[place][1]  # type: ignore[return-value]  # the key tells that it was made of the same


def _read(place: Path) -> tuple[str, object] | None:
    try:
        key, value = pickle.loads(place.read_bytes())
    except Exception:  # a file that is missing, cut off, or of another version: pickle raises whatever it likes
        return None
    return key, value


@cache
def surroundings() -> tuple[object, ...]:
    """What else may change what is made: Python, the packages that are installed, the bytes of this one."""
    packages = {found.name for folder in sys.path for found in Path(folder or ".").glob("*.dist-info")}
    ours = sorted(path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".yml"))
    return sys.version, tuple(sorted(packages)), tuple(sha256(path.read_bytes()).hexdigest() for path in ours)
