"""ProRes 4444 in a QuickTime file."""

from __future__ import annotations

from pipeline.encoders.stream import StreamSettings
from pipeline.job.job import FrameSpec


def prores_settings(spec: FrameSpec) -> StreamSettings:
    """ProRes 4444, ten bits, with straight alpha where the picture is transparent."""
    alpha = spec.transparent
    return StreamSettings(
        container="mov",
        codec="prores_ks",
        pixels="yuva444p10le" if alpha else "yuv444p10le",
        # Apple's programs use the alpha channel only with this vendor.
        options={"profile": "4444", "vendor": "apl0"},
        alpha=alpha,
    )
