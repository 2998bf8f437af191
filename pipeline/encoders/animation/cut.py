"""Cuts clips out of a finished GIF; each shows the film's own pictures.

A GIF has no key frames: its pictures are differences. So they are read and stored again. A clip has
a palette of its own, of the colours that it shows: they are at most as many as the film's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageSequence

from pipeline.encoders.animation.frame_store import NOTHING, FrameWriter
from pipeline.encoders.animation.gif import write_gif
from pipeline.encoders.base import io_errors
from pipeline.encoders.segmented import Piece
from pipeline.job.encodings import Gif
from pipeline.job.job import FrameSpec
from pipeline.job.region import Region
from pipeline.job.sink import Frame


def cut_gif(
    film: Path, encodings: Sequence[Gif], spec: FrameSpec, lengths: Sequence[int],
    parts: Sequence[Path], folder: Path,
) -> None:  # fmt: skip
    """Write consecutive clips of the file `film`, with `lengths` in frames of `spec`, to `parts`.

    The first clip begins with the film. `encodings` may differ in how often a clip is played.
    Temporary files go into `folder`. Raises `WriteFailed`.
    """
    store, whole = folder / "clip.zip", Region(spec.width, spec.height, full=True)
    with io_errors(), Image.open(film) as image:
        shown = _pictures(image, spec.fps)
        picture, left = next(shown)
        for length, part, encoding in zip(lengths, parts, encodings, strict=True):
            writer = FrameWriter(store, spec.width, spec.height, _visible)
            while length:
                if not left:
                    picture, left = next(shown)
                count = min(left, length)
                writer.show(picture, count, whole)
                left, length = left - count, length - count
            writer.finish()
            write_gif([Piece.of(store)], part, encoding, spec)


def _pictures(image: Image.Image, fps: int) -> Iterator[tuple[Frame, int]]:
    """Each picture of a GIF, RGBA, and for how many frames it is shown."""
    milliseconds, begun = 0.0, 0
    for picture in ImageSequence.Iterator(image):
        pixels = np.array(picture.convert("RGBA"))
        milliseconds += picture.info["duration"]
        end = round(milliseconds * fps / 1000)
        yield pixels, end - begun
        begun = end


def _visible(frame: Frame) -> Frame:
    """`frame` without colours where it is fully transparent."""
    pixels = np.ascontiguousarray(frame)
    pixels.view("<u4")[pixels[..., 3] == 0] = NOTHING
    return pixels
