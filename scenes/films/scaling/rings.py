"""The contours of the cost: the images of circles on the standardised plane, cut at the edge."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from scenes.films.scaling.views import Plane
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import closed_around, polyline

Values = npt.NDArray[np.float64]

_RINGS, _PER_RADIUS = 16, 6  # contours, and how many of them lie within the one through the start
_CORNERS = 128  # of a contour, or of a part of it
_SHADE = 0.05


class Rings(VGroup):
    """``lines`` and ``shades`` of evenly spaced contours around the minimum ``goal`` (2,).

    ``goal`` and ``radius`` are of the standardised plane; the contour through the start has this
    radius there.
    """

    def __init__(self, plot: Plot, goal: Values, radius: float) -> None:
        super().__init__()
        self.plot, self._goal = plot, goal
        self._radii = [radius * k / _PER_RADIUS for k in range(1, _RINGS + 1)]
        color = plot.theme.cost
        self.lines = [_line(color) for _ in self._radii]
        self.shades = [
            VMobject(color=color, stroke_width=0, fill_opacity=_SHADE) for _ in self._radii
        ]
        self.add(*self.shades, *self.lines)

    def draw(self, plane: Plane) -> None:
        """Draw them on the plot's present window of ``plane``."""
        for radius, line, shade in zip(self._radii, self.lines, self.shades, strict=True):
            parts = arcs(self.plot, plane, self._goal, radius)
            line.points = np.concatenate([np.zeros((0, 3)), *map(polyline, parts)])
            shade.points = polyline(_area(self.plot, plane, self._goal, radius, parts))


def arcs(plot: Plot, plane: Plane, goal: Values, radius: float) -> list[Values]:
    """The parts of a contour within the plot, each as corners (n, 3) of the frame.

    The circle `goal + radius*(cos f, sin f)` has the places `middle + radius*(a*cos f, sin f -
    c*cos f)` on the plane, with basis ((a, 0), (-c, 1)).
    """
    a, c = float(plane.basis[0, 0]), -float(plane.basis[1, 0])
    w, b = plane.place(goal).tolist()
    turn, long = math.atan(c), math.hypot(1.0, c)  # b = middle + radius*long*sin(f - turn)
    cuts: list[float] = []
    for edge in (plot.x.low, plot.x.high):
        share = (edge - w) / (radius * a)
        if abs(share) < 1:
            cuts += [math.acos(share), -math.acos(share)]
    for edge in (plot.y.low, plot.y.high):
        share = (edge - b) / (radius * long)
        if abs(share) < 1:
            cuts += [turn + math.asin(share), turn + math.pi - math.asin(share)]

    def corners(angles: Values) -> tuple[Values, Values]:
        cosine = np.cos(angles)
        return w + radius * a * cosine, b + radius * (np.sin(angles) - c * cosine)

    if not cuts:
        one, other = corners(np.array([0.0]))
        if not plot.contains(float(one[0]), float(other[0])):
            return []
        return [plot.map(*corners(np.linspace(0, 2 * math.pi, _CORNERS + 1)))]
    around = sorted(angle % (2 * math.pi) for angle in cuts)
    found = []
    for begin, end in zip(around, [*around[1:], around[0] + 2 * math.pi], strict=True):
        one, other = corners(np.array([(begin + end) / 2]))
        if plot.contains(float(one[0]), float(other[0])):
            xs, ys = corners(np.linspace(begin, end, _CORNERS))
            found.append(
                plot.map(np.clip(xs, plot.x.low, plot.x.high), np.clip(ys, plot.y.low, plot.y.high))
            )
    return found


def _area(plot: Plot, plane: Plane, goal: Values, radius: float, parts: list[Values]) -> Values:
    """The corners (n, 3) of the area within a contour and the plot, closed; it is convex."""
    ws, bs = np.meshgrid([plot.x.low, plot.x.high], [plot.y.low, plot.y.high])
    places = np.stack([ws.ravel(), bs.ravel()], axis=1)
    a, c = float(plane.basis[0, 0]), -float(plane.basis[1, 0])
    away = places - plane.place(goal)
    u = away[:, 0] / a
    within = np.hypot(u, away[:, 1] + c * u) < radius
    corners = np.concatenate([*parts, plot.map(*places[within].T)])
    return closed_around(corners)


def _line(color: str) -> VMobject:
    line = VMobject(color=color, stroke_width=2.0, fill_opacity=0)
    line.set_stroke(opacity=0.55)
    return line
