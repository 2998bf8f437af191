"""Cuts clips out of a finished animation; each shows the film's own pictures.

An animation has no key frames: its pictures are differences. So they are read and stored again,
without loss. A GIF's clip has a palette of its own: of the colours that it shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageSequence

from pipeline.encoders.animation.files import write
from pipeline.encoders.animation.frame_store import NOTHING, FrameWriter
from pipeline.encoders.base import io_errors
from pipeline.encoders.segmented import Piece
from pipeline.job.encodings import Animation
from pipeline.job.job import FrameSpec
from pipeline.job.region import Region
from pipeline.job.sink import Frame


def cut_animation(
    film: Path, encoding: Animation, spec: FrameSpec, lengths: Sequence[int],
    parts: Sequence[Path], folder: Path,
) -> None:  # fmt: skip
    """Write consecutive clips of the file `film`, with `lengths` in frames of `spec`, to `parts`.

    The first clip begins with the film. Temporary files go into `folder`. Raises `WriteFailed`.
    """
    store, whole = folder / "clip.zip", Region(spec.width, spec.height, full=True)
    with io_errors(), Image.open(film) as image:
        shown = _pictures(image, spec.fps)
        picture, left = next(shown)
        for length, part in zip(lengths, parts, strict=True):
            writer = FrameWriter(store, spec.width, spec.height, _visible)
            while length:
                if not left:
                    picture, left = next(shown)
                count = min(left, length)
                writer.show(picture, count, whole)
                left, length = left - count, length - count
            writer.finish()
            write([Piece.of(store)], part, encoding, spec)


def _pictures(image: Image.Image, fps: int) -> Iterator[tuple[Frame, int]]:
    """Each picture of an animation, RGBA, and for how many frames it is shown."""
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
