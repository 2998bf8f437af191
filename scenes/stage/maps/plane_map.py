"""The map of J(w, b): contours, the marked minimum, and each loss as a straight valley."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
from manim import DL, LEFT, RIGHT, UR, VGroup, VMobject

from gdcore.least_squares import LeastSquares
from gdcore.outcome import goal_of
from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.stage.maps.plane_window import plane_window
from scenes.stage.maps.trail import cut
from scenes.stage.page.figures import short
from scenes.stage.page.formulas import formula
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.contours import ContourMap
from scenes.stage.plots.crowd import BandNames, Bands
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import discs, polyline, separate

Values = npt.NDArray[np.float64]

_PIECES = 9  # places on each step that names keep clear of
_NAMED, _CROWD, _SHOWN = 6, 12, 3  # valleys; of a crowd a few have lines of their own


class PlaneMap:
    """J over (w, b) around the descents ``traces``, which have one start.

    ``plot``, ``valleys`` (a line for each sample in ``shown``), ``crowd`` (of many samples the
    bands in which all valleys run), ``names`` (of valleys, or of the bands), ``active`` (the valley
    that an update looks at), ``goal`` (the minimum or the line of minima), ``level`` (the contour
    through a place). ``true`` says whether both axes have the same unit: only then angles are true.
    """

    def __init__(self, traces: Sequence[Trace], box: Box, theme: Theme, scale: Scale) -> None:
        objective = traces[0].objective
        assert isinstance(objective, LeastSquares)
        self.objective, self.theme, self.scale = objective, theme, scale
        self.start, self._traces = np.array(traces[0].theta[0]), traces
        window = plane_window(traces, box, theme, scale)
        self.true = window.true
        self.plot = ContourMap(self._height, window.w, window.b, box, theme, scale)
        self.radius = 0.38 * scale.label
        self.target = goal_of(objective, self.start)
        self.unique = bool(np.isfinite(objective.minimiser()).all())
        self._draw_valleys()
        self.active = VMobject(color=theme.loss, stroke_width=7)
        self.level = VMobject(color=theme.cost, stroke_width=4, fill_opacity=0)
        self.goal = self._mark_goal()
        # If a descent has left the map, the edge shows where it is: no room for the valleys' names.
        away = not all(self.plot.contains(*map(float, trace.theta[-1])) for trace in traces)
        self.names = VGroup() if away else self._name_valleys()

    @cached_property
    def _paths(self) -> list[Values]:
        """Places of each descent."""
        return [self._places_of(trace.theta) for trace in self._traces]

    def _places_of(self, path: Values) -> Values:
        """Places (m, 3) along the steps of ``path`` (T + 1, 2), as far as the map shows them."""
        starts, stops, _ = cut(self.plot, path[:-1], path[1:])
        shares = np.linspace(0, 1, _PIECES)[:, None, None]
        return self.plot.map(*(starts + shares * (stops - starts)).reshape(-1, 2).T)

    def _height(self, w: Values, b: Values) -> Values:
        places = np.stack([w.ravel(), b.ravel()], axis=1)
        return self.objective.costs(places).reshape(w.shape)

    def _draw_valleys(self) -> None:
        n, data = self.objective.n, self.objective.data
        self.valleys, self.crowd = VGroup(), VGroup()
        self.shown = list(range(n))
        if n > _CROWD:
            self.shown = [i for i in self.shown if len(self.ends(i))][:_SHOWN]
            bands = Bands(
                self.plot, lambda ws: data.y[:, None] - data.x[:, None] * ws, self.theme.muted
            )
            self.crowd.add(bands)
        for i in self.shown:
            line = VMobject(color=self.theme.sample(i), stroke_width=4)
            line.set_stroke(opacity=0.85)
            line.points = self.valley(i)
            self.valleys.add(line)

    def name_bands(self, words: Mapping[str, str]) -> None:
        """Say in ``words`` of the film's language what the bands are, if there are any.

        They stand clear of the start, the minimum and its name; and of the paths, if they can.
        """
        if not len(self.crowd):
            return
        said = words["common.all-samples"], words["common.middle-half"]
        made = BandNames(
            said, self.theme.muted, self.theme.ink, self.scale.label, self.theme.background
        )
        taken = [Box(*part.get_corner(DL)[:2], *part.get_corner(UR)[:2]) for part in self.goal]
        start, pad = self.plot.at(*self.start), 1.5 * self.radius
        taken.append(Box(start[0] - pad, start[1] - pad, start[0] + pad, start[1] + pad))

        def is_free(box: Box) -> bool:
            return not any(map(box.meets, taken))

        def is_clear(box: Box) -> bool:
            return is_free(box) and not self._is_crossed(box, pad)

        inner = self.plot.inner
        if made.find_room(inner, is_clear, (1.0, 0.0, 0.7, 0.4)) or made.find_room(inner, is_free):
            self.names.add(made)

    def _is_crossed(self, box: Box, pad: float) -> bool:
        """Whether a path comes nearer than ``pad`` to ``box``."""
        low, high = (box.left - pad, box.bottom - pad), (box.right + pad, box.top + pad)
        return any(
            bool(((low <= places[:, :2]) & (places[:, :2] <= high)).all(axis=1).any())
            for places in self._paths
        )

    def ends(self, i: int) -> Values:
        """The weights (2, 2) where the valley xᵢw + b = yᵢ enters and leaves the map, or (0, 2)."""
        x, y = float(self.objective.data.x[i]), float(self.objective.data.y[i])
        return line_ends(self.plot, x, y)

    def valley(self, i: int) -> Values:
        """The points of the valley of sample ``i``."""
        return polyline(self.plot.map(*self.ends(i).T))

    def light(self, samples: Sequence[int], hue: str) -> None:
        """Light up the valleys of these samples."""
        self.active.set_color(hue)
        self.active.points = np.concatenate([np.zeros((0, 3)), *map(self.valley, samples[:_CROWD])])

    def lay_level(self, theta: Values) -> None:
        """Draw the contour through the place ``theta``."""
        self.level.points = self.plot.contour(self.objective.cost(theta))

    def _name_valleys(self) -> VGroup:
        """ℓ₁, ℓ₂, … beside the valleys, near an end, without overlaps, away from the minimum."""
        names = VGroup()
        if self.objective.n > _NAMED:
            return names
        lines = [self.plot.map(*self.ends(i).T) for i in self.shown]
        for i, line in zip(self.shown, lines, strict=True):
            name = formula(f"ell_{i + 1}", self.scale.label, self.theme.sample(i))
            if len(line) and self._find_room(name, line, lines, names):
                names.add(name)
        return names

    def _find_room(self, name: VMobject, line: Values, lines: list[Values], names: VGroup) -> bool:
        way = line[1] - line[0]
        length = float(np.hypot(way[0], way[1]))
        normal = point(-way[1], way[0]) / (length or 1.0)
        reach = abs(normal[0]) * name.width / 2 + abs(normal[1]) * name.height / 2 + 0.18
        for share in (0.06, 0.94, 0.1, 0.9, 0.15, 0.85, 0.2, 0.8, 0.27, 0.73):
            for side in (1.0, -1.0):
                name.move_to(line[0] + share * way + side * reach * normal)
                if self._is_clear(name, lines, names):
                    return True
        return False

    def _is_clear(self, name: VMobject, lines: list[Values], names: VGroup) -> bool:
        gap, inner = 0.1, self.plot.inner
        left, right = float(name.get_left()[0]) - gap, float(name.get_right()[0]) + gap
        low, high = float(name.get_bottom()[1]) - gap, float(name.get_top()[1]) + gap
        if left < inner.left or right > inner.right or low < inner.bottom or high > inner.top:
            return False
        shares = np.linspace(0, 1, 200)[:, None]
        along = [line[0] + shares * (line[1] - line[0]) for line in lines if len(line)]
        ends = [self.plot.at(*self.target), self.plot.at(*self.start)]
        spots = np.concatenate([*along, ends])
        across = (spots[:, 0] >= left) & (spots[:, 0] <= right)
        if (across & (spots[:, 1] >= low) & (spots[:, 1] <= high)).any():
            return False
        return not any(
            left < other.get_right()[0]
            and other.get_left()[0] < right
            and low < other.get_top()[1]
            and other.get_bottom()[1] < high
            for other in [*names, *self.goal]
            if len(other.get_all_points())
        )

    def _mark_goal(self) -> VGroup:
        """A ring at the minimum with its place; a dashed line if there is a line of minima."""
        theme, plot = self.theme, self.plot
        mark = VMobject(color=theme.good, stroke_width=4, fill_opacity=0)
        if not self.unique:
            x, y = float(self.objective.data.x[0]), float(np.mean(self.objective.data.y))
            ends = plot.map(*line_ends(plot, x, y).T)
            if len(ends):
                count = max(2, int(np.linalg.norm(ends[1] - ends[0]) / 0.3))
                places = ends[0] + np.linspace(0, 1, 2 * count)[:, None] * (ends[1] - ends[0])
                mark.points = separate(places[::2], places[1::2])
            return VGroup(mark)
        center = plot.at(*self.target)
        mark.points = discs(center[None], 1.75 * self.radius)
        return VGroup(mark, self._name_goal(center))

    def _name_goal(self, center: Values) -> Label:
        """The minimum's place beside its ring, with as many digits as there is room for."""
        side, rise = 2.4 * self.radius, 0.9 * self.scale.label
        for digits in (3, 2, 1):
            label = Label(self.goal_text(digits), self.scale.label, self.theme.good)
            label.put(center + point(side, rise), LEFT)
            if label.get_right()[0] <= self.plot.inner.right:
                return label
            label.put(center + point(-side, rise), RIGHT)
            if label.get_left()[0] >= self.plot.inner.left:
                return label
        return label.shift(point(self.plot.inner.left - label.get_left()[0], 0.0))

    def goal_text(self, digits: int = 3) -> str:
        """The minimum as text: (2, 0)."""
        spans = self.plot.x.high - self.plot.x.low, self.plot.y.high - self.plot.y.low
        # A value that only rounding keeps from 0 is written as 0.
        w, b = np.where(np.abs(self.target) < 1e-9 * np.array(spans), 0.0, self.target).tolist()
        return f"({short(w, digits)}, {short(b, digits)})"


def line_ends(plot: Plot, x: float, y: float) -> Values:
    """Where the line x·w + b = y enters and leaves a map of (w, b): (2, 2), or (0, 2) if never."""
    low, high = plot.x.low, plot.x.high
    if x != 0:
        bounds = sorted(((y - plot.y.high) / x, (y - plot.y.low) / x))
        low, high = max(low, bounds[0]), min(high, bounds[1])
    elif not plot.y.low <= y <= plot.y.high:
        return np.zeros((0, 2))
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        return np.zeros((0, 2))
    ws = np.array([low, high])
    return np.stack([ws, np.clip(y - x * ws, plot.y.low, plot.y.high)], axis=1)
