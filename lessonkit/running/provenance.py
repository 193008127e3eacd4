"""Where recorded outputs come from: the code they belong to, and the platform that printed them."""

from __future__ import annotations

import datetime
import hashlib
import json
import platform
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path

from lessonkit.lesson.cells import CODE_LANGUAGE, Lesson
from lessonkit.lesson.tokens import scan
from lessonkit.running.accepted_values import TypedRule

FOLDER = "records"


@dataclass(frozen=True)
class Platform:
    """What decides the last digits: torch's public version, OS, machine, CPU vendor, and torch's CPU code path."""

    torch: str
    system: str
    machine: str
    cpu: str
    capability: str

    @classmethod
    def here(cls) -> Platform:
        """The platform of this process; torch counts only where it is imported already."""
        torch = sys.modules.get("torch")
        version = torch.__version__.split("+")[0] if torch else ""
        capability = torch.backends.cpu.get_cpu_capability().lower() if torch else ""
        return cls(version, platform.system(), platform.machine(), _cpu_vendor(), capability)

    def as_dict(self) -> dict[str, str]:
        """The fields for JSON."""
        return asdict(self)


def _cpu_vendor() -> str:
    """`GenuineIntel`, `AuthenticAMD`; on Arm `arm` or nothing."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.processor().rpartition(", ")[2]  # Windows: Intel64 Family 6 Model 85 Stepping 7, GenuineIntel
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("vendor_id")), "")


@dataclass(frozen=True)
class Record:
    """The provenance record of a lesson. `date` is the day on which an output last changed (ISO 8601).

    `printed` are short digests of the outputs, by which the recorder knows what it wrote itself; "" where it was
    recorded before they were kept.
    """

    code: str
    outputs: str
    platform: Platform
    date: str
    printed: str = ""
    typed: Mapping[str, TypedRule] = field(default_factory=dict)
    """By exercises, the numbers that a page takes for the right answer."""
    data: Mapping[str, str] = field(default_factory=dict)
    """By labs, digests of the files of what they come with."""

    @classmethod
    def of(cls, lesson: Lesson, platform: Platform) -> Record:
        """A record of the lesson as it stands, dated today."""
        printed = " ".join(digest(one.recorded) for _, one in lesson.statements if one.recorded)
        return cls(code_digest(lesson), outputs_digest(lesson), platform, datetime.date.today().isoformat(), printed)

    @classmethod
    def from_json(cls, text: str) -> Record:
        """Raises ValueError where the text is no record."""
        try:
            values = json.loads(text)
            platform, printed = Platform(**values["platform"]), values.get("printed", "")
            typed = {name: TypedRule.of(rule) for name, rule in values.get("typed", {}).items()}
            data = {name: str(one) for name, one in values.get("data", {}).items()}
            return cls(values["code"], values["outputs"], platform, values["date"], str(printed), typed, data)
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
            raise ValueError(f"not a record: {error}") from None

    def to_json(self) -> str:
        """Stable text, a line a field."""
        values = {name: one for name, one in asdict(self).items() if one or name not in ("typed", "data")}
        return json.dumps(values, indent=2) + "\n"

    def is_of(self, lesson: Lesson) -> bool:
        """Whether code and recorded outputs are those of the record."""
        return (self.code, self.outputs) == (code_digest(lesson), outputs_digest(lesson))

    def wrote(self, lesson: Lesson, lines: tuple[str, ...]) -> bool:
        """Whether these lines, which stand in the lesson as an output, are the recorder's."""
        return digest(lines) in self.printed.split() or self.outputs == outputs_digest(lesson)


def folder(lesson: Lesson) -> Path:
    """The folder of what the recorder keeps for a lesson beside its outputs: record and figures."""
    return lesson.path.parent / FOLDER / lesson.name


def record_path(lesson: Lesson) -> Path:
    """The file of the record."""
    return folder(lesson) / "record.json"


def read_record(lesson: Lesson) -> Record | None:
    """The record of a lesson; None where there is none that can be read."""
    try:
        return Record.from_json(record_path(lesson).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


@lru_cache(maxsize=64)
def code_digest(lesson: Lesson) -> str:
    """sha256 of the code cells without comment lines, blank lines at their ends, trailing spaces and CR."""
    parts = [f"{cell.kind} {cell.name}\n{_bare(cell.sources[CODE_LANGUAGE])}" for cell in lesson.code]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def outputs_digest(lesson: Lesson) -> str:
    """sha256 of the recorded outputs, statement by statement."""
    parts = ["\n".join(statement.recorded) for _, statement in lesson.statements]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def digest(lines: tuple[str, ...]) -> str:
    """A short digest of one recorded output."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]


def _bare(source: str) -> str:
    alone = scan(source).comments if "#" in source else ()
    lines = enumerate(source.split("\n"), 1)
    return "\n".join(line.rstrip() for number, line in lines if number not in alone).strip("\n")
