"""Qualities and aspects, and the sizes of pictures that follow. Names and letters as in manim."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline import SHORT_SIDE


@dataclass(frozen=True)
class Quality:
    """The shorter side of the picture in pixels, and frames a second."""

    pixels: int
    fps: int


QUALITIES = {
    "480p15": Quality(480, 15),
    "720p30": Quality(720, 30),
    "1080p60": Quality(1080, 60),
    "1440p60": Quality(1440, 60),
    "2160p60": Quality(2160, 60),
}
LETTERS = dict(zip("lmhpk", QUALITIES, strict=True))
ASPECTS = {"16:9": (16, 9), "4:3": (4, 3), "1:1": (1, 1), "9:16": (9, 16)}
DEFAULT_QUALITY, DEFAULT_ASPECT = "1080p60", "16:9"


@dataclass(frozen=True)
class Shape:
    """Size in pixels, frames a second, and the aspect, which gives the frame's size in units."""

    size: tuple[int, int]
    fps: int
    aspect: str

    @classmethod
    def of_quality(cls, quality: str, aspect: str, fps: int | None = None) -> Shape:
        """The shape of one of ``QUALITIES``, with its frame rate or ``fps``."""
        named = QUALITIES[quality]
        return cls(size_of_quality(named.pixels, aspect), fps or named.fps, aspect)

    @classmethod
    def of_width(cls, width: int, aspect: str, fps: int) -> Shape:
        """The shape of pictures that are ``width`` pixels wide."""
        return cls(size_of_width(width, aspect), fps, aspect)


def size_of_quality(pixels: int, aspect: str) -> tuple[int, int]:
    """Width and height, both even, with a shorter side of ``pixels``."""
    across, down = ASPECTS[aspect]
    short = min(across, down)
    return even(pixels * across / short), even(pixels * down / short)


def size_of_width(width: int, aspect: str) -> tuple[int, int]:
    """Width and height, both even, for a picture ``width`` pixels wide."""
    across, down = ASPECTS[aspect]
    return even(width), even(width * down / across)


def even(pixels: float) -> int:
    """The nearest even number: in video formats pairs of pixels share their colour."""
    return 2 * round(pixels / 2)


def units(aspect: str) -> tuple[float, float]:
    """The frame's width and height in scene units; the shorter one is 8 at every quality."""
    across, down = ASPECTS[aspect]
    scale = SHORT_SIDE / min(across, down)
    return across * scale, down * scale
