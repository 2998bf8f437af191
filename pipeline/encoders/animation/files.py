"""An animation's file, from the segments that hold its frames."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.encoders.animation.apng import write_apng
from pipeline.encoders.animation.gif import write_gif
from pipeline.encoders.animation.webp import write_webp
from pipeline.encoders.segmented import Piece
from pipeline.job.encodings import Animation, Apng, Gif, WebP
from pipeline.job.job import FrameSpec


def write(segments: Sequence[Piece], path: Path, encoding: Animation, spec: FrameSpec) -> None:
    """Write the frames of `segments` to `path`; `spec` is the format of the file's frames."""
    match encoding:
        case Gif():
            write_gif(segments, path, encoding, spec)
        case WebP():
            write_webp(segments, path, encoding, spec)
        case Apng():
            write_apng(segments, path, encoding, spec)
