"""Point arrays for simple mobjects: polylines, beads, rectangles, arrows. Only geometry."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import DL, UR, Dot, VMobject

from scenes.stage.page.layout import Box, point

Points = npt.NDArray[np.float64]

_DISC = Dot(radius=1.0).points


def polyline(corners: Points) -> Points:
    """Bézier points (4·(n − 1), 3) of straight segments through ``corners`` (n, 3)."""
    if len(corners) < 2:
        return np.zeros((0, 3))
    start, stop = corners[:-1], corners[1:]
    third = (stop - start) / 3
    return np.stack([start, start + third, stop - third, stop], axis=1).reshape(-1, 3)


def separate(starts: Points, stops: Points) -> Points:
    """Bézier points of n separate straight segments, from ``starts`` (n, 3) to ``stops`` (n, 3)."""
    third = (stops - starts) / 3
    return np.stack([starts, starts + third, stops - third, stops], axis=1).reshape(-1, 3)


def discs(centers: Points, radius: float) -> Points:
    """Bézier points of filled discs around ``centers`` (n, 3): beads on a path, as one mobject."""
    if not len(centers):
        return np.zeros((0, 3))
    return (centers[:, None, :] + _DISC[None] * radius).reshape(-1, 3)


def rectangle(left: float, bottom: float, right: float, top: float) -> Points:
    """Bézier points of an upright rectangle."""
    return polyline(
        np.array(
            [
                [left, bottom, 0],
                [right, bottom, 0],
                [right, top, 0],
                [left, top, 0],
                [left, bottom, 0],
            ]
        )
    )


def triangle(tip: Points, direction: Points, size: float) -> Points:
    """Bézier points of an arrow head that points to ``tip`` along ``direction``."""
    length = float(np.hypot(direction[0], direction[1]))
    if length == 0:
        return np.zeros((0, 3))
    along = direction / length * size
    across = point(-along[1], along[0]) * 0.5
    back = tip - along
    return polyline(np.array([tip, back + across, back - across, tip]))


def dashes(start: Points, stop: Points, color: str) -> VMobject:
    """A dashed straight line."""
    count = max(2, int(float(np.linalg.norm(stop - start)) / 0.16))
    shares = np.linspace(0, 1, 2 * count)[:, None]
    places = start + shares * (stop - start)
    line = VMobject(color=color, stroke_width=3)
    line.points = separate(places[::2], places[1::2])
    return line


def closed_around(corners: Points) -> Points:
    """The ``corners`` (n, 3) of a convex area in the order of their angles, closed: (n + 1, 3).

    Fewer than three make no area: (0, 3).
    """
    if len(corners) < 3:
        return np.zeros((0, 3))
    x, y = (corners - corners.mean(axis=0))[:, :2].T
    order = np.argsort(np.arctan2(y, x), kind="stable")
    closed: Points = corners[[*order, order[0]]]
    return closed


def extent(mobject: VMobject) -> Box:
    """The box around a mobject."""
    (left, bottom, _), (right, top, _) = mobject.get_corner(DL), mobject.get_corner(UR)
    return Box(float(left), float(bottom), float(right), float(top))
