"""What the tests of courses share: tables for them, and what they have made."""

from __future__ import annotations

from pathlib import Path


def put_tables(folder: Path) -> None:
    """Two tables, of two samples each."""
    (folder / "a.csv").write_text("x,y\n1,2\n2,3\n")
    (folder / "b.csv").write_text("x,y\n1,2\n2,4\n")


def files_in(folder: Path) -> dict[str, bytes]:
    """All files that the course in a folder has made."""
    build = folder / "build"
    found = (path for path in build.rglob("*") if path.is_file())
    return {path.relative_to(build).as_posix(): path.read_bytes() for path in found}
