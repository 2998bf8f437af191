"""The last frame of each section, as PNGs in a zip archive: ``01.png``, ``02.png`` ..."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from pipeline.encoders.base import Labels, io_errors
from pipeline.encoders.png import png_bytes
from pipeline.job.job import FrameSpec
from pipeline.job.region import Region
from pipeline.job.sink import Frame


class SectionEndsEncoder:
    """Takes one frame for each section."""

    def __init__(self, spec: FrameSpec, path: Path) -> None:
        self._alpha, self._path = spec.transparent, path
        self._pictures: list[bytes] = []

    def show(self, canvas: Frame, repeat: int, changed: Region, key_frame: bool = False) -> None:
        self._pictures.append(png_bytes(canvas, self._alpha))

    def finish(self, labels: Labels) -> None:
        with io_errors(), ZipFile(self._path, "w", ZIP_STORED) as archive:
            for number, picture in enumerate(self._pictures, 1):
                # ZipInfo has a fixed date, so equal pictures give equal bytes.
                archive.writestr(ZipInfo(f"{number:02}.png"), picture)

    def abort(self) -> None:
        self._pictures = []
