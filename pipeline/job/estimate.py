"""A rough estimate of time and size, before anything is imported or drawn."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.job.encodings import (
    Apng,
    Encoding,
    Gif,
    Mp4,
    Png,
    ProRes,
    SectionEnds,
    Sheet,
    WebM,
    WebP,
)
from pipeline.job.job import FrameSpec

START_UP = 2.5  # seconds: importing manim, setting the texts

# Measured on two cores with the film of batch gradient descent, 360p10 to 1080p60. For each
# encoding: milliseconds for each frame, milliseconds more for each megapixel of a frame, then
# bytes in the same way. WebP and APNG were measured against the GIF of a part of it.
_COSTS: dict[type[Encoding], tuple[float, float, float, float]] = {
    Mp4: (4.5, 1.6, 500, 150),
    Gif: (5.8, 3.5, 410, 1_950),
    WebP: (4.8, 16, 350, 2_500),
    Apng: (6.6, 4, 1_000, 10_500),
    WebM: (12, 47, 0, 7_100),
    ProRes: (6, 40, 75_000, 249_000),
    Png: (100, 200, 32_000, 66_000),
    SectionEnds: (100, 200, 32_000, 66_000),
    Sheet: (5, 10, 4_000, 66_000),
}


@dataclass(frozen=True, slots=True)
class Estimate:
    """Seconds of wall time and bytes on disk, right within a factor of about two."""

    seconds: float
    size: int


def estimate(spec: FrameSpec, encoding: Encoding, frames: int) -> Estimate:
    """The estimated cost of `frames` frames of one of our films."""
    time, time_per_megapixel, size, size_per_megapixel = _COSTS[type(encoding)]
    megapixels = spec.width * spec.height / 1e6
    return Estimate(
        seconds=START_UP + frames * (time + time_per_megapixel * megapixels) / 1000,
        size=round(frames * (size + size_per_megapixel * megapixels)),
    )
