"""VP9 in WebM."""

from __future__ import annotations

from pipeline.encoders.stream import StreamSettings
from pipeline.job.encodings import WebM
from pipeline.job.job import FrameSpec

# Without it each file gets random track numbers.
EQUAL_BYTES = {"fflags": "+bitexact"}


def vp9_settings(encoding: WebM, spec: FrameSpec) -> StreamSettings:
    """VP9 at constant quality, with straight alpha where the picture is transparent."""
    alpha = spec.transparent
    return StreamSettings(
        container="webm",
        codec="libvpx-vp9",
        pixels="yuva420p" if alpha else "yuv420p",
        options={
            "crf": str(encoding.crf),
            "b": "0",  # constant quality, no target rate
            "row-mt": "1",
            "deadline": "good",
            "cpu-used": "4",
            "g": str(2 * spec.fps),
        },
        container_options=EQUAL_BYTES,
        alpha=alpha,
    )
