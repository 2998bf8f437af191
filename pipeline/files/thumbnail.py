"""A small picture that stands for a video or an animation."""

from __future__ import annotations

from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

SUFFIX = ".webp"
_ANIMATIONS = (".gif", ".webp", ".apng", ".png")
_FARTHEST = 600  # pictures after a key frame: a clip has one, and a film some
_AT = 2 / 3  # of the film, where it has no cover: the picture is drawn, and not yet cleared
_QUALITY = 82


def thumbnail(path: Path, width: int) -> bytes | None:
    """A WebP at most `width` pixels wide; None if no picture can be read from the file.

    It is the cover of an mp4, else a picture from its last third.
    """
    from av import FFmpegError  # they take a moment, and are not needed to answer --help
    from PIL import Image

    try:
        whole = _animated(path) if path.suffix.lower() in _ANIMATIONS else _filmed(path)
    except (FFmpegError, OSError, ValueError, EOFError, SyntaxError, Image.DecompressionBombError):
        return None
    if whole is None:
        return None
    size = min(width, whole.width), max(1, round(whole.height * min(1.0, width / whole.width)))
    small = BytesIO()
    whole.resize(size, Image.Resampling.LANCZOS, reducing_gap=3).save(
        small, "WEBP", quality=_QUALITY
    )
    return small.getvalue()


def _animated(path: Path) -> Image.Image:
    from PIL import Image

    with Image.open(path) as picture:
        picture.seek(int(getattr(picture, "n_frames", 1) * _AT))
        return picture.convert("RGBA")


def _filmed(path: Path) -> Image.Image | None:
    import av
    from av.stream import Disposition
    from PIL import Image

    with av.open(path) as container:
        streams = container.streams.video
        cover = next((s for s in streams if s.disposition & Disposition.attached_pic), None)
        stream = cover or next(iter(streams), None)
        if stream is None:
            return None
        at = 0.0
        if cover is None and container.duration:
            at = container.duration * _AT
            container.seek(int(at))  # to the key frame before it
        stream.thread_type = "AUTO"
        frame = None
        for frame in islice(container.decode(stream), _FARTHEST):
            if frame.time is None or frame.time * av.time_base >= at:
                break
        return None if frame is None else Image.fromarray(frame.to_ndarray(format="rgb24"))
