"""The map of a cost lifted to its heights and seen from above: shades, contours, grid.

A convex bowl that is seen steeply enough hides no part of itself: each line of sight meets the
surface once. Then the picture of {J ≤ c} is the area inside the picture of its edge. So the map's
own shades and contours, moved to their heights, are the surface, and nothing must be sorted by
depth. :class:`Lift` chooses directions and height so that this holds (`slack` > 0).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from gdcore.trace import Trace
from scenes.films.surface.clipping import polygon_in, segments_in
from scenes.films.surface.faces import Faces
from scenes.films.surface.view import View, stretching
from scenes.stage.maps.conics import Pane
from scenes.stage.maps.plane_map import PlaneMap
from scenes.stage.page.layout import Box, point
from scenes.stage.page.motion import set_visible
from scenes.stage.plots.shapes import polyline, separate

Values = npt.NDArray[np.float64]

ELEVATION = math.radians(42)
TURN = math.radians(20)  # how far the view turns to each side
_HIGHEST = 0.55  # share of the map's shorter side
_SAFE = 0.85  # share of the steepest slope that hides nothing
_SHAPE, _STRETCH = 0.8, 2.0  # least width of the surface in depths; how far it is stretched for it
_RIM = 0.98  # of the highest cost at the edge: from here on it is the rim
_WIDEST = math.radians(70)  # so that the view stays in front of the map
_FARTHER = 8  # contours beyond those of the map
_BEYOND = 6.0  # times the map's size: how far the floor goes on


class Lift:
    """Heights above the map ``field``: the cost, cut at ``top``; and the views of it.

    Places above the map are in the frame's units, from the map's middle. ``height`` is the height
    of ``top`` above the floor, where the cost is ``floor``.
    """

    def __init__(self, field: PlaneMap, traces: list[Trace], box: Box) -> None:
        """``box`` is for the surface and the axis of J."""
        self.field, self.plot, self.box = field, field.plot, box
        self.middle = self.plot.inner.center
        lowest = field.objective.cost(field.target)
        needed = max(self._seen_cost(trace) for trace in traces)
        rise = max(needed - lowest, 1e-9 * abs(lowest)) or float(self.plot.levels[-1])
        above = [float(level) for level in self.plot.levels if level >= lowest + 1.02 * rise]
        self.top = above[0] if above else lowest + 1.05 * rise
        self.floor = 0.0 if lowest <= 2 * (self.top - lowest) else lowest
        self.height, self.stretch = 1.0, 1.0
        self.above = View(0.0, math.pi / 2, 1.0, self.middle)
        self._skin = self._skin_places()
        self.block = self._block()
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

    def _skin_places(self) -> Values:
        """Places (n, 3) of the surface at height 1, all over it."""
        x, y = self.plot.x, self.plot.y
        ws, bs = np.meshgrid(np.linspace(x.low, x.high, 61), np.linspace(y.low, y.high, 61))
        edge = self.plot.weights(self.plot.area(self.top)[::4])
        places = self.base(np.concatenate([np.stack([ws.ravel(), bs.ravel()], axis=1), edge]))
        found: Values = places[places[:, 2] <= 1 + 1e-6]
        return found

    def _block(self) -> Box:
        """The part of the floor that the surface is above, from the map's middle."""
        (left, bottom), (right, top) = self._skin[:, :2].min(axis=0), self._skin[:, :2].max(axis=0)
        return Box(float(left), float(bottom), float(right), float(top))

    def _choose_views(self) -> None:
        """Look along the valley from the map's front, with the highest bowl that hides nothing.

        A narrow valley is stretched across: the picture has a scale of its own for each direction
        anyway, as the map has.
        """
        slopes, block = self._slopes(), self.block

        def steepest(turn: float) -> float:
            """The steepest fall away from the viewer, at height 1, over the whole turn."""
            turns = turn + np.linspace(-TURN, TURN, 9)
            away = np.stack([-np.sin(turns), np.cos(turns)])
            return float(np.max(-slopes @ away, initial=1e-9))

        turns = np.linspace(-_WIDEST, _WIDEST, 57)
        self.turn = min(map(float, turns), key=lambda t: (round(steepest(t), 3), abs(t)))
        width, depth = np.ptp(self._turned(self._skin), axis=0).tolist()
        self.stretch = min(max(_SHAPE * depth / max(width, 1e-9), 1.0), _STRETCH)
        slopes = self.drawn_slopes(slopes)
        bound = _SAFE * math.tan(ELEVATION) / steepest(self.turn)
        self.height = min(_HIGHEST * min(block.width, block.height), bound)
        self.slack = math.tan(ELEVATION) - self.height * steepest(self.turn)

    def drawn_slopes(self, slopes: Values) -> Values:
        """Slopes (…, 2) of the surface over the map as they are over the stretched floor."""
        found: Values = slopes @ np.linalg.inv(stretching(self.stretch, self.turn))
        return found

    def _turned(self, places: Values) -> Values:
        """Places as (n, 2) to the right and away from the viewer, in the middle of the turn."""
        right, away = math.cos(self.turn), math.sin(self.turn)
        found: Values = places[:, :2] @ np.array([[right, -away], [away, right]])
        return found

    @cached_property
    def axis(self) -> Values:
        """Foot and tip (2, 3) of the axis of J: from the floor up to the rim, in front to the left.

        There it hides nothing.
        """
        rim = self._skin[self._skin[:, 2] >= _RIM * self._skin[:, 2].max()]
        turned = self._turned(rim) / np.ptp(self._turned(self._skin), axis=0)
        foot = rim[np.argmin(turned.sum(axis=1))] * [1, 1, 0]
        return np.array([foot, foot + point(0, 0, self.height)])

    @cached_property
    def _outline(self) -> Values:
        """Places whose picture is as large as that of the surface and the axis of J."""
        return np.concatenate([self._skin * [1, 1, self.height], self.axis])

    def view(self, part: float, box: Box | None = None) -> View:
        """The view at a ``part`` from −1 to 1 of the turn; it fills ``box``."""
        box = box or self.box
        turn, middle = self.turn + part * TURN, point(0, 0)
        plain = View(turn, ELEVATION, 1.0, middle, self.stretch, self.turn)
        seen = plain.project(self._outline)
        low, high = seen.min(axis=0), seen.max(axis=0)
        span = high - low
        scale = min(box.width / float(span[0]), box.height / float(span[1]))
        return replace(plain, scale=scale, middle=box.center - scale * (low + high) / 2)


class LiftedMap:
    """The map's contours and shades at their heights, and the surface's faces.

    ``shades`` and ``lines`` are on the surface, ``floor`` are those above its top: they stay below,
    and go on as far as the picture does, with those ``beyond`` them. ``faces`` and ``grid`` are the
    surface.
    """

    def __init__(self, lift: Lift) -> None:
        self.lift, plot = lift, lift.plot
        theme = lift.field.theme
        self.shades, self.lines, self.floor = VGroup(), VGroup(), VGroup()
        self._bases: list[tuple[VMobject, Values]] = []
        self._floor: list[Floor] = []
        pane = plot.extended(_BEYOND)
        for shade, line, level in zip(plot.shades, plot.lines, plot.levels.tolist(), strict=True):
            if level <= lift.top * (1 + 1e-9):
                self.shades.add(shade)
                self.lines.add(line)
                self._bases += [(part, self.lifted(part.points)) for part in (shade, line)]
            else:
                self.floor.add(shade, line)
                curves, area = plot.outline(level, pane)
                self._floor.append(
                    Floor(shade, line, area - lift.middle, [each - lift.middle for each in curves])
                )
        self.faces = Faces(lift)
        self.grid = VMobject(color=theme.cost, stroke_width=1.4, fill_opacity=0)
        self.grid.set_stroke(opacity=0.4)
        self._bases += [(self.grid, self.faces.edges), *self.faces.bases]
        self.beyond = self._beyond(pane)

    def lifted(self, points: Values) -> Values:
        """Places above the map for points of the flat map."""
        base = self.lift.base(self.lift.plot.weights(points))
        base[:, :2] = (points - self.lift.middle)[:, :2]  # exactly where the map has them
        return base

    def _beyond(self, pane: Pane) -> VMobject:
        """Contours that are too high for the map, so that the floor has no end."""
        plot = self.lift.plot
        conics, levels = plot.conics, plot.levels[-2:].tolist()
        near, far = map(conics.radius, levels)
        line = VMobject(color=self.lift.field.theme.cost, stroke_width=2.0, fill_opacity=0)
        line.set_stroke(opacity=0.3)
        curves = [
            curve - self.lift.middle
            for k in range(1, _FARTHER + 1)
            for curve in conics.curves(pane, far + k * (far - near))
        ]
        empty = VMobject(stroke_width=0, fill_opacity=0)
        self._floor.append(Floor(empty, line, np.zeros((0, 3)), curves))
        return line

    def dim(self, share: float) -> None:
        """Show the floor's shades with a share of their opacity."""
        for each in self._floor:
            set_visible(each.shade, share)

    def show(self, view: View, rise: float, stage: Box) -> None:
        """Show everything as seen from ``view``, with ``rise`` times the surface's height.

        The floor fills the ``stage``.
        """
        heights = np.array([1.0, 1.0, rise])
        for part, base in self._bases:
            if part.fill_rgbas[0, 3] > 0 or part.stroke_rgbas[0, 3] > 0:
                part.points = view.project(base * heights)
        for each in self._floor:
            each.show(view, stage)


@dataclass(frozen=True)
class Floor:
    """A contour on the floor: its ``area`` (n, 3) and its ``curves``, from the map's middle."""

    shade: VMobject
    line: VMobject
    area: Values
    curves: list[Values]

    def show(self, view: View, stage: Box) -> None:
        """Show what the ``stage`` has room for, as seen from ``view``."""
        area = polygon_in(view.project(self.area), stage)
        self.shade.points = polyline(np.concatenate([area, area[:1]]))
        seen = [view.project(curve) for curve in self.curves]
        starts = np.concatenate([np.zeros((0, 3)), *(each[:-1] for each in seen)])
        stops = np.concatenate([np.zeros((0, 3)), *(each[1:] for each in seen)])
        half = 0.005 * float(self.line.get_stroke_width())  # a stroke of 1 is 0.01 units wide
        self.line.points = separate(*segments_in(starts, stops, stage.inset(*[half] * 4)))
