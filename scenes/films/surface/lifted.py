"""The map of a cost lifted to its heights and seen from above: shades, contours, grid, axes.

A convex bowl that is seen steeply enough hides no part of itself: each line of sight meets the
surface once. Then the picture of {J ≤ c} is the area inside the picture of its edge. So the map's
own shades and contours, moved to their heights, are the surface, and nothing must be sorted by
depth. :class:`Lift` chooses directions and height so that this holds (`slack` > 0).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from gdcore.trace import Trace
from scenes.stage.maps.plane_map import PlaneMap
from scenes.stage.page.layout import Box, Point, point
from scenes.stage.plots.shapes import separate

Values = npt.NDArray[np.float64]

ELEVATION = math.radians(48)
TURN = math.radians(20)  # how far the view turns to each side
_HIGHEST = 0.55  # share of the map's shorter side
_SAFE = 0.85  # share of the steepest slope that hides nothing
_WIDEST = math.radians(70)  # so that the view stays in front of the map
_GRID, _CORNERS = 12, 28  # lines in each direction, and corners of each line


@dataclass(frozen=True)
class View:
    """The point of view: angles in radians, a scale, and the middle of the picture."""

    azimuth: float
    elevation: float
    scale: float
    middle: Point

    def project(self, base: Values) -> Values:
        """Points (n, 3) of the frame for places (n, 3) above the map, seen from far away."""
        turn, tilt = self.azimuth, self.elevation
        right = base[:, 0] * math.cos(turn) + base[:, 1] * math.sin(turn)
        away = -base[:, 0] * math.sin(turn) + base[:, 1] * math.cos(turn)
        up = away * math.sin(tilt) + base[:, 2] * math.cos(tilt)
        return self.middle + self.scale * np.stack([right, up, np.zeros_like(up)], axis=1)


def between_views(one: View, other: View, amount: float) -> View:
    """A view between ``one`` (0) and ``other`` (1)."""

    def mix(a: float, b: float) -> float:
        return a + amount * (b - a)

    middle = one.middle + amount * (other.middle - one.middle)
    return View(
        mix(one.azimuth, other.azimuth),
        mix(one.elevation, other.elevation),
        mix(one.scale, other.scale),
        middle,
    )


class Lift:
    """Heights above the map ``field``: the cost, cut at ``top``; and the views of it.

    Places above the map are in the frame's units, from the map's middle. ``height`` is the height
    of ``top`` above the floor, where the cost is ``floor``.
    """

    def __init__(self, field: PlaneMap, traces: list[Trace], box: Box) -> None:
        self.field, self.plot, self.box = field, field.plot, box
        self.middle = self.plot.inner.center
        lowest = field.objective.cost(field.target)
        needed = max(self._seen_cost(trace) for trace in traces)
        rise = max(needed - lowest, 1e-9 * abs(lowest)) or float(self.plot.levels[-1])
        above = [float(level) for level in self.plot.levels if level >= lowest + 1.02 * rise]
        self.top = above[0] if above else lowest + 1.05 * rise
        self.floor = 0.0 if lowest <= 2 * (self.top - lowest) else lowest
        self.height = 1.0
        self._choose_views()

    def _seen_cost(self, trace: Trace) -> float:
        """The highest cost of the descent while the map shows it."""
        first = float(trace.cost[0])
        x, y = self.plot.x, self.plot.y
        w, b = trace.theta.T
        seen = (x.low <= w) & (w <= x.high) & (y.low <= b) & (b <= y.high)
        costs = trace.cost[seen & (trace.cost <= 2 * first)]
        return float(costs.max(initial=first))

    def base(self, weights: Values) -> Values:
        """Places (n, 3) above the map for weights (n, 2)."""
        places = self.plot.map(weights[:, 0], weights[:, 1]) - self.middle
        places[:, 2] = self.rise(self.field.objective.costs(np.ascontiguousarray(weights)))
        return places

    def rise(self, costs: Values) -> Values:
        """The height of a cost above the floor."""
        return (costs - self.floor) * (self.height / (self.top - self.floor))

    def _slopes(self) -> Values:
        """The slopes (n, 2) of the surface at places all over it, at height 1."""
        x, y, inner = self.plot.x, self.plot.y, self.plot.inner
        ws, bs = np.meshgrid(np.linspace(x.low, x.high, 41), np.linspace(y.low, y.high, 41))
        weights = np.stack([ws.ravel(), bs.ravel()], axis=1)
        objective = self.field.objective
        weights = weights[objective.costs(weights) <= self.top]
        gradients = (weights - self.field.target) @ objective.hessian
        per_unit = np.array([(x.high - x.low) / inner.width, (y.high - y.low) / inner.height])
        slopes: Values = gradients * per_unit / (self.top - self.floor)
        return slopes

    def _choose_views(self) -> None:
        """Look along the valley from the map's front, with the highest bowl that hides nothing."""
        slopes, inner = self._slopes(), self.plot.inner

        def steepest(turn: float) -> float:
            """The steepest fall away from the viewer, at height 1, over the whole turn."""
            turns = turn + np.linspace(-TURN, TURN, 9)
            away = np.stack([-np.sin(turns), np.cos(turns)])
            return float(np.max(-slopes @ away, initial=1e-9))

        turns = np.linspace(-_WIDEST, _WIDEST, 57)
        self.turn = min(map(float, turns), key=lambda t: (round(steepest(t), 3), abs(t)))
        bound = _SAFE * math.tan(ELEVATION) / steepest(self.turn)
        self.height = min(_HIGHEST * min(inner.width, inner.height), bound)
        self.slack = math.tan(ELEVATION) - self.height * steepest(self.turn)
        self.above = View(0.0, math.pi / 2, 1.0, self.middle)
        self._fit()

    def _fit(self) -> None:
        """Choose scale and middle so that floor and surface stay in the box in the whole turn."""
        inner, x, y = self.plot.inner, self.plot.x, self.plot.y
        half = np.array([inner.width, inner.height]) / 2
        corners = np.array([[i * half[0], j * half[1], 0.0] for i in (-1, 1) for j in (-1, 1)])
        ws, bs = np.meshgrid(np.linspace(x.low, x.high, 61), np.linspace(y.low, y.high, 61))
        places = self.base(np.stack([ws.ravel(), bs.ravel()], axis=1))
        poles = corners + point(0, 0, self.height)
        seen = []
        for part in np.linspace(-1, 1, 9):
            view = View(self.turn + part * TURN, ELEVATION, 1.0, point(0, 0))
            pole = poles[int(np.argmin(view.project(poles)[:, 0]))]
            block = [corners, places[places[:, 2] <= self.height], pole[None]]
            seen.append(view.project(np.concatenate(block)))
        low, high = (
            np.min([v.min(axis=0) for v in seen], 0),
            np.max([v.max(axis=0) for v in seen], 0),
        )
        span = high - low
        self.scale = min(self.box.width / float(span[0]), self.box.height / float(span[1]))
        self.shift = self.box.center - self.scale * (low + high) / 2

    def view(self, part: float) -> View:
        """The view at a ``part`` from −1 to 1 of the turn."""
        return View(self.turn + part * TURN, ELEVATION, self.scale, self.shift)

    def line(self, start: Values, stop: Values) -> Values:
        """Places (m, 3) along the part of a straight line of weights that lies below the top."""
        costs = self.field.objective.costs(np.array([start, (start + stop) / 2, stop]))
        bend = 2 * (costs[0] - 2 * costs[1] + costs[2])
        slope = costs[2] - costs[0] - bend
        roots = np.roots([bend, slope, costs[0] - self.top])
        real = np.sort(roots[np.isreal(roots)].real)
        first, last = 0.0, 1.0
        if bend > 1e-12 * abs(costs).max():
            if len(real) < 2:
                return np.zeros((0, 3))
            first, last = max(0.0, float(real[0])), min(1.0, float(real[1]))
        elif max(costs) > self.top:
            inside = [float(t) for t in real if 0 < t < 1]
            ends = sorted([*(inside[:1]), 0.0 if costs[0] <= self.top else 1.0])
            if len(ends) < 2 or min(costs[0], costs[2]) > self.top:
                return np.zeros((0, 3))
            first, last = ends[0], ends[1]
        if first >= last:
            return np.zeros((0, 3))
        return self.base(start + np.linspace(first, last, _CORNERS)[:, None] * (stop - start))


class LiftedMap:
    """The map's shades and contours at their heights, with a grid on the surface.

    ``parts`` of the map are shown on the surface; ``cut`` are parts above its top, for the flat map
    only. ``grid``, ``frame`` (the floor's edges and the axis of J).
    """

    def __init__(self, lift: Lift) -> None:
        self.lift, plot = lift, lift.plot
        theme = lift.field.theme
        self.parts, self.cut = VGroup(), VGroup()
        self._bases: list[tuple[VMobject, Values]] = []
        for group in (plot.shades, plot.lines):
            for part, level in zip(group, map(float, plot.levels), strict=True):
                if level <= lift.top * (1 + 1e-9):
                    self.parts.add(part)
                    self._bases.append((part, self.lifted(part.points)))
                else:
                    self.cut.add(part)
        self.grid = VMobject(color=theme.cost, stroke_width=1.6, fill_opacity=0)
        self.grid.set_stroke(opacity=0.4)
        self.frame = VMobject(color=theme.muted, stroke_width=2.0, fill_opacity=0)
        self.skin = VMobject(color=theme.cost, stroke_width=0, fill_opacity=0.14)
        self._bases.append((self.skin, self.lifted(plot.area(lift.top))))
        self._bases += [(self.grid, self._grid_base()), (self.frame, self._frame_base())]

    def lifted(self, points: Values) -> Values:
        """Places above the map for points of the flat map."""
        inner, x, y = self.lift.plot.inner, self.lift.plot.x, self.lift.plot.y
        w = x.low + (points[:, 0] - inner.left) * ((x.high - x.low) / inner.width)
        b = y.low + (points[:, 1] - inner.bottom) * ((y.high - y.low) / inner.height)
        base = self.lift.base(np.stack([w, b], axis=1))
        base[:, :2] = (points - self.lift.middle)[:, :2]  # exactly where the map has them
        return base

    def _grid_base(self) -> Values:
        x, y = self.lift.plot.x, self.lift.plot.y
        parts = [np.zeros((0, 3))]
        for share in np.linspace(0, 1, _GRID + 1):
            w, b = x.low + share * (x.high - x.low), y.low + share * (y.high - y.low)
            for start, stop in (((w, y.low), (w, y.high)), ((x.low, b), (x.high, b))):
                places = self.lift.line(np.array(start), np.array(stop))
                parts.append(separate(places[:-1], places[1:]))
        return np.concatenate(parts)

    def corners(self) -> Values:
        """The floor's corners (4, 3): left and right in front, then right and left at the back."""
        inner = self.lift.plot.inner
        half, rise = point(inner.width / 2, 0), point(0, inner.height / 2)
        return np.array([-half - rise, half - rise, half + rise, -half + rise])

    def pole(self) -> Values:
        """Foot and top (2, 3) of the axis of J, at the leftmost corner of the picture."""
        corners = self.corners()
        seen = self.lift.view(0.0).project(corners)
        foot = corners[int(np.argmin(seen[:, 0]))]
        return np.array([foot, foot + point(0, 0, self.lift.height)])

    def _frame_base(self) -> Values:
        corners, pole = self.corners(), self.pole()
        starts = np.concatenate([corners, pole[:1]])
        return separate(starts, np.concatenate([np.roll(corners, -1, axis=0), pole[1:]]))

    def show(self, view: View, rise: float = 1.0) -> None:
        """Show everything as seen from ``view``, with ``rise`` times the surface's height."""
        heights = np.array([1.0, 1.0, rise])
        for part, base in self._bases:
            part.points = view.project(base if part is self.frame else base * heights)
