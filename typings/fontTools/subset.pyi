from collections.abc import Iterable

from fontTools.ttLib import TTFont

class Options:
    hinting: bool
    glyph_names: bool
    layout_features: list[str]
    name_IDs: list[int]
    drop_tables: list[str]

class Subsetter:
    def __init__(self, options: Options | None = ...) -> None: ...
    def populate(self, *, unicodes: Iterable[int] = ...) -> None: ...
    def subset(self, font: TTFont) -> None: ...
