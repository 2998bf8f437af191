"""From frames to a file: one encoder for each format, all behind one small protocol."""

from __future__ import annotations

from pathlib import Path

from ..encodings import Gif, Mp4, Png, ProRes, Sheet
from ..job import RenderJob
from .base import Encoder, Labels
from .fan import together
from .gif import GifEncoder
from .mp4 import Mp4Encoder
from .png import PngEncoder
from .prores import prores_stream
from .sheet import SheetEncoder
from .soundtrack import add_soundtrack
from .webm import webm_stream

__all__ = ["Encoder", "Labels", "add_soundtrack", "open_encoder", "together"]


def open_encoder(job: RenderJob, path: Path, workspace: Path) -> Encoder:
    """An encoder that will complete `path`; what it must lay aside goes into `workspace`."""
    encoding, picture = job.encoding, job.picture
    if isinstance(encoding, Mp4):
        return Mp4Encoder(encoding, picture, path, workspace)
    if isinstance(encoding, ProRes):
        return prores_stream(picture, path)
    if isinstance(encoding, Gif):
        return GifEncoder(encoding, picture, job.delivered, path, workspace)
    if isinstance(encoding, Png):
        return PngEncoder(picture, path)
    if isinstance(encoding, Sheet):
        return SheetEncoder(encoding, picture, path)
    return webm_stream(encoding, picture, path)
