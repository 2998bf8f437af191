"""Reads the pictures that `SectionEnds` has put into an archive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile


def pictures_in(path: Path) -> Iterator[bytes]:
    """The PNGs of an archive, in the order of the sections. OSError or BadZipFile if it is none."""
    with ZipFile(path) as archive:
        for entry in archive.infolist():
            yield archive.read(entry)
