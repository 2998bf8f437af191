"""H.264 in mp4, with fast start, chapters and subtitles."""

from __future__ import annotations

from pathlib import Path

from ..encodings import Mp4
from ..job import Picture
from ..region import Region
from ..sink import Frame
from .base import Labels, io_errors
from .mux import label_mp4
from .stream import Format, VideoStream

# Measured on 480 frames of the film `batch` at 1080p60: CPU time a frame on one core,
# size, PSNR of the luma. x264's own `medium` at crf 23 takes 15.5 ms for 535 kB at 48.7 dB.
SPEEDS: dict[str, dict[str, str]] = {
    # 5.5 ms, 1430 kB, 49.1 dB. What `ultrafast` leaves out and flat drawings need most is put
    # back: CABAC and 8x8 transforms for size, adaptive quantisation and deblocking for edges.
    "draft": {
        "preset": "ultrafast",
        "crf": "23",
        "x264-params": "cabac=1:aq-mode=1:deblock=0,0:8x8dct=1",
    },
    "normal": {"preset": "superfast", "crf": "22"},  # 8.2 ms, 1010 kB, 50.7 dB
    "small": {"preset": "medium", "crf": "21"},  # 15.5 ms, 610 kB, 50.4 dB
}


def x264_options(encoding: Mp4, fps: int) -> dict[str, str]:
    """libx264's options; a seek decodes two seconds at most."""
    options = {**SPEEDS[encoding.speed], "g": str(2 * fps)}
    if encoding.crf is not None:
        options["crf"] = str(encoding.crf)
    return options


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
            copies=True,
            options=x264_options(encoding, picture.fps),
            # One thread: x264's decisions depend on the number of threads, and equal jobs must
            # give equal bytes on every machine.
            threads=1,
        )
        self._stream = VideoStream(form, picture, self._bare)

    def show(self, canvas: Frame, repeat: int, changed: Region) -> None:
        self._stream.show(canvas, repeat, changed)

    def finish(self, labels: Labels) -> None:
        self._stream.finish(Labels())
        with io_errors():
            label_mp4(self._bare, self._path, labels, self._fps)

    def abort(self) -> None:
        self._stream.abort()
