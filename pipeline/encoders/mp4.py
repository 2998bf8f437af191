"""H.264 in mp4, with fast start, chapters and subtitles."""

from __future__ import annotations

from pathlib import Path

from ..encodings import Mp4
from ..job import Picture
from ..sink import Frame
from .base import Labels, io_errors
from .mux import label_mp4
from .stream import Format, VideoStream


class Mp4Encoder:
    """Encodes into the workspace; the finished stream is then copied beside its labels.

    Chapters and subtitles must be known before an mp4's header is written, but a film's sections
    are known only at its end. Copying packets costs milliseconds.
    """

    def __init__(self, encoding: Mp4, picture: Picture, path: Path, workspace: Path) -> None:
        self._bare, self._path, self._fps = workspace / "bare.mp4", path, picture.fps
        form = Format(
            container="mp4",
            codec="libx264",
            pixels="yuv420p",
            options={
                "crf": str(encoding.crf),
                "preset": encoding.preset,
                "g": str(2 * picture.fps),  # a seek decodes two seconds at most
            },
        )
        self._stream = VideoStream(form, picture, self._bare)

    def write(self, frame: Frame, repeat: int) -> None:
        self._stream.write(frame, repeat)

    def finish(self, labels: Labels) -> None:
        self._stream.finish(Labels())
        with io_errors():
            label_mp4(self._bare, self._path, labels, self._fps)

    def abort(self) -> None:
        self._stream.abort()
