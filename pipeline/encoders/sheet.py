"""A contact sheet: small pictures of a film in rows; each section begins a new row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageColor, ImageDraw, ImageFont

from pipeline.encoders.base import Labels, io_errors
from pipeline.job.encodings import Sheet
from pipeline.job.job import FrameSpec
from pipeline.job.region import Region
from pipeline.job.result import SectionSpan
from pipeline.job.sink import Frame

GAP = 8  # pixels between the pictures, and around them
PAPER, INK, FAINT = "#c9ccd1", "#15181d", "#4a515c"


class SheetEncoder:
    """Keeps all pictures, and arranges them when the sections are known."""

    def __init__(self, sheet: Sheet, spec: FrameSpec, path: Path) -> None:
        self._sheet, self._spec, self._path = sheet, spec, path
        self._step = sheet.step(spec.fps)
        self._frames: list[Image.Image] = []

    def show(self, canvas: Frame, repeat: int, changed: Region, key_frame: bool = False) -> None:
        self._frames += [_laid_on(self._sheet.page, canvas)] * repeat

    def finish(self, labels: Labels) -> None:
        page = self._page(labels)
        with io_errors():
            page.save(self._path, format="png", optimize=True)

    def abort(self) -> None:
        self._frames = []

    def _page(self, labels: Labels) -> Image.Image:
        width, height = self._spec.width, self._spec.height
        text = max(11, round(height / 11))
        large, small = (ImageFont.load_default(size) for size in (1.25 * text, text))
        rows = list(self._rows(labels.sections))
        heads = sum(name is not None for name, _ in rows)
        row = height + GAP + round(1.5 * text)
        head = round(2.1 * text)
        columns = min(self._sheet.columns, max(len(frames) for _, frames in rows))
        size = (columns * (width + GAP) + GAP, len(rows) * row + heads * head + GAP)
        page = Image.new("RGB", size, PAPER)
        pen = ImageDraw.Draw(page)
        top = GAP
        for name, frames in rows:
            if name is not None:
                pen.text((GAP, top), name, INK, large)
                top += head
            for column, frame in enumerate(frames):
                left = GAP + column * (width + GAP)
                page.paste(self._frames[frame // self._step], (left, top))
                pen.text((left, top + height + 2), self._time(frame), FAINT, small)
            top += row
        return page

    def _rows(self, sections: tuple[SectionSpan, ...]) -> Iterator[tuple[str | None, list[int]]]:
        """The film's frames row by row; the first row of a section has its name and times."""
        for section in sections:
            stop = section.first + section.frames
            frames = list(range(-(-section.first // self._step) * self._step, stop, self._step))
            times = f"{self._time(section.first)} to {self._time(stop)}"
            name: str | None = f"{section.name}   {times}"
            for start in range(0, max(len(frames), 1), self._sheet.columns):
                yield name, frames[start : start + self._sheet.columns]
                name = None

    def _time(self, frame: int) -> str:
        tenths = round(10 * frame / self._spec.fps)
        return f"{tenths // 600}:{tenths // 10 % 60:02}.{tenths % 10}"


def _laid_on(page: str, canvas: Frame) -> Image.Image:
    """A copy of a picture; where it is transparent, the page shows.

    The colours of a canvas are already multiplied by its alpha.
    """
    color, alpha = canvas[..., :3].astype(np.uint16), canvas[..., 3:].astype(np.uint16)
    below = np.array(ImageColor.getrgb(page), dtype=np.uint16)
    return Image.fromarray((color + below * (255 - alpha) // 255).clip(0, 255).astype(np.uint8))
