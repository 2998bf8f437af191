"""Animated WebP without loss. libav has no reader for it, so it is Pillow's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from pathlib import Path

from PIL import Image

from pipeline.encoders.animation.join import JoinedFrames
from pipeline.encoders.segmented import Piece
from pipeline.job.encodings import WebP
from pipeline.job.job import FrameSpec

# For a section of `sgd`, 640 pixels wide: more effort makes no smaller file. With key frames it
# would be 1.7 times as large; without them a viewer cannot jump, which none offers.
_EFFORT: dict[str, int] = {"method": 2, "quality": 50, "minimize_size": True}


def write_webp(segments: Sequence[Piece], path: Path, encoding: WebP, spec: FrameSpec) -> None:
    """Write the frames of `segments` to `path`; equal frames in a row are one, shown longer.

    Times are in milliseconds, rounded so that no error adds up.
    """
    film = JoinedFrames(segments)
    frames = map(Image.fromarray, film.pictures(spec))
    starts = [round(count * 1000 / spec.fps) for count in accumulate(film.repeats, initial=0)]
    next(frames).save(
        path,
        "WEBP",
        save_all=True,
        append_images=frames,
        duration=[end - start for start, end in pairwise(starts)],
        loop=encoding.loop,
        lossless=True,
        **_EFFORT,
    )
