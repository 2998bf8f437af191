"""GIF from raw frames: one palette made of the whole film, no dithering, exact delays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import accumulate
from pathlib import Path

import av
import numpy as np

from ..encodings import Gif
from ..job import Picture
from ..region import Region
from ..sink import Frame
from .alpha import straight
from .base import Labels, io_errors
from .palette import HUNDREDTH, OPAQUE, PaletteMaker, PaletteMapper
from .spool import Spool

LONGEST = 65535  # hundredths of a second that one delay can hold


class GifEncoder:
    """Spools the film while its colours are counted, then quantises it with their palette.

    Equal frames in a row become one picture with a longer delay. Memory does not depend on the
    film's length. The frame rate must be one that hundredths hold exactly (`GIF_RATES`).
    """

    def __init__(self, encoding: Gif, picture: Picture, path: Path, workspace: Path) -> None:
        self._loop, self._picture, self._path = encoding.loop, picture, path
        with io_errors():
            self._spool = Spool(workspace / "frames", picture.height, picture.width)
            self._maker = PaletteMaker(encoding.colors, picture)
        self._delays: list[int] = []  # hundredths, one for each spooled frame

    def show(self, canvas: Frame, repeat: int, changed: Region) -> None:
        frame = _hard_edged(canvas) if self._picture.transparent else canvas.copy()
        delay = repeat * 100 // self._picture.fps
        with io_errors():
            if self._spool.ends_with(frame) and self._delays[-1] + delay <= LONGEST:
                self._delays[-1] += delay
                return
            self._maker.count(frame)
            while delay > 0:
                self._spool.add(frame)
                self._delays.append(min(delay, LONGEST))
                delay -= LONGEST

    def finish(self, labels: Labels) -> None:
        # libav takes a picture's delay from the next one's start: the last needs to be told.
        options = {"loop": str(self._loop), "final_delay": str(self._delays[-1])}
        with io_errors():
            with av.open(self._path, "w", format="gif", container_options=options) as container:
                stream = container.add_stream("gif", rate=100)
                assert isinstance(stream, av.VideoStream)
                stream.width, stream.height = self._picture.width, self._picture.height
                stream.pix_fmt, stream.time_base = "pal8", HUNDREDTH
                for picture in self._quantised():
                    container.mux(stream.encode(picture))
                container.mux(stream.encode(None))
            self._spool.close()

    def abort(self) -> None:
        with suppress(Exception):
            self._spool.close()

    def _quantised(self) -> Iterator[av.VideoFrame]:
        mapper = PaletteMapper(self._maker.make(), self._picture)
        starts = accumulate(self._delays[:-1], initial=0)
        for start, frame in zip(starts, self._spool, strict=True):
            yield from mapper.map(frame, start)
        yield from mapper.rest()


def _hard_edged(frame: Frame) -> Frame:
    """Straight colours that are either opaque or wholly absent."""
    result = straight(frame)
    shown = frame[..., 3] >= OPAQUE
    result[..., 3] = np.where(shown, 255, 0)
    result[~shown] = 0
    return result
