"""A folder as a zip whose bytes depend on nothing but names and contents."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def write_archive(folder: Path) -> Path:
    """Writes `folder.zip` beside the folder, with the folder in it."""
    archive = folder.with_name(f"{folder.name}.zip")
    with ZipFile(archive, "w") as made:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}")
            entry.compress_type, entry.external_attr, entry.create_system = ZIP_DEFLATED, 0o644 << 16, 3
            made.writestr(entry, path.read_bytes(), compresslevel=9)
    return archive
