"""A zip whose bytes depend on nothing but names and contents."""

import os
from pathlib import Path
from zipfile import ZipFile

from lessonkit.pages.archive import write_archive


def written(root: Path, names: list[str], when: int) -> bytes:
    for name in names:
        path = root / "edition" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name.swapcase(), encoding="utf-8")
        os.utime(path, (when, when))
    return write_archive(root / "edition").read_bytes()


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    names = ["index.html", "en/index.html", "노트.txt"]
    one = written(tmp_path / "a", names, when=10**9)
    assert one == written(tmp_path / "b", names[::-1], when=10**9 + 99)
    assert one != written(tmp_path / "c", [*names, "more"], when=10**9)


def test_it_holds_a_folder_that_readers_may_read(tmp_path: Path) -> None:
    written(tmp_path, ["b.html", "a/노트.txt"], when=10**9)
    with ZipFile(tmp_path / "edition.zip") as archive:
        assert archive.namelist() == ["edition/a/노트.txt", "edition/b.html"]
        assert archive.read("edition/a/노트.txt").decode() == "A/노트.TXT"
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o644}
