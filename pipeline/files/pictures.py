"""Pictures as files: those that `SectionEnds` has put into an archive, and smaller ones."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

_COLOURS = 256
_EFFORT = 30  # of 100; more takes longer and makes little smaller


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


def as_webp(path: Path) -> bytes:
    """The picture in the PNG at `path` as WebP, without loss: about two fifths as large.

    Raises OSError if it cannot be read.
    """
    from PIL import Image

    small = BytesIO()
    with Image.open(path) as picture:
        picture.save(small, "WEBP", lossless=True, quality=_EFFORT, method=2)
    return small.getvalue()


def as_preview(path: Path) -> bytes:
    """A WebP to be seen for a moment: a third as wide as the PNG at `path`.

    Raises OSError if it cannot be read.
    """
    from PIL import Image

    small = BytesIO()
    with Image.open(path) as picture:
        picture.convert("RGB").reduce(3).save(small, "WEBP", quality=40, method=2)
    return small.getvalue()
