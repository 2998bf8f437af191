"""How often the error halves on the way down, or doubles on the way off: where the view zooms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenes.stage.descent.course import Course

TIMES = ((1.5, 1.4), (1.2, 1.2), (1.0, 1.1))
"""Seconds for the updates of a halving, and for its zoom; further ones have no stops."""
REST, BACK = 0.4, 2.6
_GLIDE, _LAST = 5.6, 2.0

_FEWEST = 2  # halvings; one alone is no rule
_MOST_IN, _MOST_OUT = 16, 8
_FINE = 2e-5  # of |w*|: in a smaller window the numbers of its axis are too long
_FLAT = 1e-3  # of J*, likewise


@dataclass(frozen=True)
class Dive:
    """``updates``: after which the error has halved once, twice …; if ``outward``, doubled.

    Each of them is closer to its own power of two than to the next.
    """

    updates: tuple[int, ...] = ()
    outward: bool = False

    @property
    def depth(self) -> int:
        """The number of zooms."""
        return len(self.updates)

    @property
    def sign(self) -> int:
        """The sign of the windows' levels."""
        return -1 if self.outward else 1

    def glide(self, updates: int) -> float:
        """Seconds for the updates after the zooms with stops."""
        stops = self.updates[: len(TIMES)]
        if self.depth > len(stops):
            return _GLIDE
        return _LAST if updates > stops[-1] else 0.0

    def seconds(self, done: int, updates: int) -> float:
        """Seconds for all of it after ``done`` updates: the zooms, and the way back."""
        zooms = zip(self.updates, TIMES, strict=False)
        stops = sum(dip + (run if k > done else 0.0) for k, (run, dip) in zooms)
        return REST + stops + self.glide(updates) + BACK

    def level_at(self, t: float) -> float:
        """The level of the window that goes with the fractional update ``t``."""
        marks = [0, *self.updates]
        return self.sign * float(np.interp(t, marks, range(len(marks))))


def dive(course: Course) -> Dive:
    """The zooms of a descent that comes nearer at every update, or never; else none."""
    if course.still or course.start <= course.rounding:
        return Dive()
    updates = course.trace.updates
    outward = course.causes.total == updates > 0
    if not outward and course.causes.total > 0:
        return Dive()
    share = course.away / course.start
    found: list[int] = []
    most = _MOST_OUT if outward else _deepest(course)
    for level in range(1, most + 1):
        inside = share >= 2.0**level if outward else share <= 2.0**-level
        k = int(np.argmax(inside))
        beyond = share[k] >= 2.0 ** (level + 1) if outward else share[k] <= 2.0 ** -(level + 1)
        if not inside[k] or beyond:
            break
        found.append(k)
    return Dive(tuple(found), outward) if len(found) >= _FEWEST else Dive()


def _deepest(course: Course) -> int:
    """The level below which a window could not be drawn, or its axes not be numbered."""
    lowest = float(course.objective.cost(np.array([course.goal])))
    rise = course.objective.curvature / 2 * course.start**2
    least = max(
        _FINE * abs(course.goal) / course.start,
        float(np.sqrt(_FLAT * lowest / rise)) if rise > 0 else 1.0,
        16 * course.rounding / course.start,
        2.0**-_MOST_IN,
    )
    return max(int(np.floor(-np.log2(least))), 0)
