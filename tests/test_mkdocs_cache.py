"""What `mkdocs serve` keeps from one build to the next is what it would have made."""

from __future__ import annotations

from jinja2 import DictLoader, Environment

from lessonkit.adapters.cache import Compiled


def test_a_changed_template_is_compiled_again() -> None:
    kept = Compiled()

    def rendered(text: str) -> str:
        return Environment(loader=DictLoader({"page": text}), bytecode_cache=kept).get_template("page").render(word="x")

    assert [rendered("a {{ word }}"), rendered("a {{ word }}"), rendered("b {{ word }}")] == ["a x", "a x", "b x"]
    assert len(kept.made) == 1
