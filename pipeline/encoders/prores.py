"""ProRes 4444 in a QuickTime file."""

from __future__ import annotations

from pathlib import Path

from pipeline.encoders.stream import Format, VideoStream
from pipeline.job.job import Picture


def prores_stream(picture: Picture, path: Path) -> VideoStream:
    """ProRes 4444, ten bits, with straight alpha where the picture is transparent."""
    alpha = picture.transparent
    form = Format(
        container="mov",
        codec="prores_ks",
        pixels="yuva444p10le" if alpha else "yuv444p10le",
        # Apple's programs look at the vendor before they trust the alpha channel.
        options={"profile": "4444", "vendor": "apl0"},
        alpha=alpha,
    )
    return VideoStream(form, picture, path)
