"""Pictures as files: those that `SectionEnds` has put into an archive, and smaller ones."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

_COLOURS = 256


def pictures_in(path: Path) -> Iterator[bytes]:
    """The PNGs of an archive, in the order of the sections. OSError or BadZipFile if it is none."""
    with ZipFile(path) as archive:
        for entry in archive.infolist():
            yield archive.read(entry)


def in_few_colours(path: Path) -> bytes:
    """The picture in the PNG at `path` in 256 colours: less than half as large, and hardly changed.

    Raises OSError if it cannot be read.
    """
    from PIL import Image  # takes a moment, and is not needed to answer --help

    small = BytesIO()
    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(
            _COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
        few.save(small, "PNG")
    return small.getvalue()
