"""From frames to a file: one encoder for each format, all behind one small protocol."""

from __future__ import annotations

from pathlib import Path

from pipeline.encoders.base import Encoder, Labels
from pipeline.encoders.gif.encoder import GifEncoder
from pipeline.encoders.mp4 import Mp4Encoder
from pipeline.encoders.png import PngEncoder
from pipeline.encoders.prores import prores_stream
from pipeline.encoders.sheet import SheetEncoder
from pipeline.encoders.soundtrack import add_soundtrack
from pipeline.encoders.tee import together
from pipeline.encoders.webm import webm_stream
from pipeline.job.encodings import Gif, Mp4, Png, ProRes, Sheet
from pipeline.job.job import RenderJob

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
