"""How the derivation stands on its page, and moves."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import MathTypst, VGroup

from scenes.films.gradient.derivation import height
from scenes.stage.page.layout import Box, Point

_CLOSE, _LOOSE = 0.2, 1.3  # heights of a digit between two lines

Lines = list[MathTypst]


def gap_in(lines: Lines, box: Box, cap: float) -> float:
    """The space between lines of this size: large, as far as the height of ``box`` allows."""
    spare = box.height - height(lines, 0.0)
    return float(min(_LOOSE * cap, max(_CLOSE * cap, spare / max(len(lines), 1))))


def last_page(chain: Lines, terms: Lines, mean: Lines, gap: float, room: float) -> Lines:
    """The lines that stand at the end: as many of them as have room."""
    pages = [[*chain[-2:], *terms, *mean], [chain[-1], *terms, *mean], [chain[-1], *mean]]
    return next((page for page in pages if height(page, gap) <= room), pages[-1])


def gliding(lines: Lines, before: list[Point]) -> Callable[[float], None]:
    """A function of 0…1 that moves lines from where they were to where they are now."""
    after = [line.get_center() for line in lines]

    def glide(amount: float) -> None:
        for line, start, stop in zip(lines, before, after, strict=True):
            line.move_to(start + amount * (stop - start))

    glide(0.0)
    return glide


def leaving(part: VGroup, stop: Point, size: float) -> tuple[VGroup, Callable[[float], None]]:
    """A copy of ``part``, and a function of 0…1 that moves it to ``stop``, ``size`` times large."""
    copy, start = VGroup(*(glyph.copy() for glyph in part)), part.get_center()
    whole = [np.array(glyph.points) - start for glyph in copy]

    def fly(amount: float) -> None:
        for glyph, points in zip(copy, whole, strict=True):
            now = 1 + amount * (size - 1)
            glyph.points = start + amount * (stop - start) + now * points

    return copy, fly
