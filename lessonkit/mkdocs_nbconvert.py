"""nbconvert makes its templates anew for every notebook; here it makes each of them once."""

from __future__ import annotations

from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache
from nbconvert.exporters import templateexporter


class Compiled(BytecodeCache):
    """Compiled templates, by the hash of their names and for the hash of their texts, while this process lives."""

    def __init__(self) -> None:
        self.made: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives what was compiled before."""
        if bucket.key in self.made:
            bucket.bytecode_from_string(self.made[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was compiled."""
        self.made[bucket.key] = bucket.bytecode_to_string()


class Quick(Environment):
    """A Jinja environment that shares its compiled templates with all others of this class."""

    compiled = Compiled()

    def __init__(self, **options: object) -> None:
        super().__init__(bytecode_cache=self.compiled, **options)


def share_templates() -> None:
    """Lets all exporters of nbconvert share their templates, which are the same for each."""
    templateexporter.Environment = Quick
