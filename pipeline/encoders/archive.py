"""Some frames of a film as PNGs in a zip archive."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from pipeline.encoders.base import Labels, io_errors
from pipeline.encoders.png import png_bytes
from pipeline.job.job import FrameSpec
from pipeline.job.region import Region
from pipeline.job.sink import Frame


class PngArchive:
    """Writes each frame that comes as a PNG; ``names`` are their names without ending, in order."""

    def __init__(self, names: Iterable[str], spec: FrameSpec, path: Path) -> None:
        self._names, self._alpha = iter(names), spec.transparent
        with io_errors():
            self._file = ZipFile(path, "w", ZIP_STORED)

    def show(self, canvas: Frame, repeat: int, changed: Region, key_frame: bool = False) -> None:
        picture = png_bytes(canvas, self._alpha)
        for _ in range(repeat):
            with io_errors():
                # ZipInfo has a fixed date, so equal pictures give equal bytes.
                self._file.writestr(ZipInfo(f"{next(self._names)}.png"), picture)

    def finish(self, labels: Labels) -> None:
        with io_errors():
            self._file.close()

    def abort(self) -> None:
        with suppress(Exception):
            self._file.close()
