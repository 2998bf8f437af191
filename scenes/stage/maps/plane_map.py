"""The map of J(w, b): contours, the marked minimum, and each loss as a straight valley."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
from manim import LEFT, RIGHT, VGroup, VMobject

from gdcore.least_squares import LeastSquares
from gdcore.outcome import goal_of
from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.stage.maps.conics import Conics, line_ends
from scenes.stage.maps.plane_chart import PlaneChart, Window, weight_names
from scenes.stage.maps.plane_window import plane_window
from scenes.stage.maps.trail import cut
from scenes.stage.maps.valleys import Valleys
from scenes.stage.page.figures import short
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.motion import set_visible
from scenes.stage.page.wording import Label
from scenes.stage.plots.crowd import BandNames
from scenes.stage.plots.shapes import discs, extent, separate

Values = npt.NDArray[np.float64]

_PIECES = 9  # places on each step that names keep clear of
_FADING = 0.3  # units from the map's edge, in which the minimum's name fades


class PlaneMap:
    """J over (w, b) around the descents ``traces``, which have one start.

    ``plot``, ``valleys``, ``goal`` (the minimum or the line of minima), ``level`` (the contour
    through a place), ``band_names`` of many valleys. ``whole`` is the window that shows it all.
    ``true`` says whether both axes have the same unit: only then angles are true.
    """

    def __init__(self, traces: Sequence[Trace], box: Box, theme: Theme, scale: Scale) -> None:
        objective = traces[0].objective
        assert isinstance(objective, LeastSquares)
        self.objective, self.theme, self.scale = objective, theme, scale
        self.start, self._traces = np.array(traces[0].theta[0]), traces
        self.target = goal_of(objective, self.start)
        self._followed = False  # whether the name of the minimum has followed a close view
        conics = Conics.of(objective, self.target)
        self.whole = plane_window(traces, conics, box, theme, scale)
        self.true = self.whole.true
        names = weight_names(theme, scale)
        self.plot = PlaneChart(conics, self.whole, box, names, theme, scale)
        self.radius = 0.38 * scale.label
        self.unique = bool(np.isfinite(objective.minimiser()).all())
        self.valleys = Valleys(objective, self.plot)
        self.level = VMobject(color=theme.cost, stroke_width=4, fill_opacity=0)
        self.goal = self._mark_goal()
        self.band_names = VGroup()

    def look(self, window: Window, depth: float = 0.0) -> None:
        """Show ``window``; what belongs to its places follows. See `PlaneChart.look`."""
        self.plot.look(window, depth)
        self.valleys.follow()
        self._lay_goal()

    def name_valleys(self) -> None:
        """Name the valleys where they are now; not if a descent is outside, which the edge says."""
        if all(self.plot.contains(*map(float, trace.theta[-1])) for trace in self._traces):
            spots = [self.plot.at(*self.target), self.plot.at(*self.start)]
            self.valleys.name(self._goal_boxes(), np.array(spots))

    @cached_property
    def _paths(self) -> list[Values]:
        """Places of each descent."""
        return [self._places_of(trace.theta) for trace in self._traces]

    def _places_of(self, path: Values) -> Values:
        """Places (m, 3) along the steps of ``path`` (T + 1, 2), as far as the map shows them."""
        starts, stops, _ = cut(self.plot, path[:-1], path[1:])
        shares = np.linspace(0, 1, _PIECES)[:, None, None]
        return self.plot.map(*(starts + shares * (stops - starts)).reshape(-1, 2).T)

    def name_bands(self, words: Mapping[str, str]) -> None:
        """Say in ``words`` of the film's language what the bands are, if there are any.

        They stand clear of the start, the minimum and its name; and of the paths, if they can.
        """
        if not len(self.valleys.crowd):
            return
        said = words["common.all-samples"], words["common.middle-half"]
        made = BandNames(
            said, self.theme.muted, self.theme.ink, self.scale.label, self.theme.background
        )
        pad = 1.5 * self.radius
        taken = [*self._goal_boxes(), self._start_box(pad)]

        def is_free(box: Box) -> bool:
            return not any(map(box.meets, taken))

        def is_clear(box: Box) -> bool:
            return is_free(box) and not self._is_crossed(box, pad)

        inner = self.plot.inner
        if made.find_room(inner, is_clear, (1.0, 0.0, 0.7, 0.4)) or made.find_room(inner, is_free):
            self.band_names.add(made)

    def _start_box(self, pad: float) -> Box:
        x, y = self.plot.at(*self.start)[:2].tolist()
        return Box(x - pad, y - pad, x + pad, y + pad)

    def _goal_boxes(self) -> list[Box]:
        return [extent(part) for part in self.goal if len(part.get_all_points())]

    def _is_crossed(self, box: Box, pad: float) -> bool:
        """Whether a path comes nearer than ``pad`` to ``box``."""
        return self.crossings(box.inset(*[-pad] * 4)) > 0

    def crossings(self, box: Box) -> int:
        """How many of the places along the paths are in ``box``."""
        low, high = (box.left, box.bottom), (box.right, box.top)
        places = (each[:, :2] for each in self._paths)
        return sum(
            int(np.count_nonzero(((low <= each) & (each <= high)).all(axis=1))) for each in places
        )

    def lay_level(self, theta: Values) -> None:
        """Draw the contour through the place ``theta``."""
        self.level.points = self.plot.contour(theta)

    def _mark_goal(self) -> VGroup:
        """A ring at the minimum with its place; a dashed line if there is a line of minima."""
        mark = VMobject(color=self.theme.good, stroke_width=4, fill_opacity=0)
        self.goal = VGroup(mark)
        if self.unique:
            self.goal.add(self._name_goal(self.plot.at(*self.target)))
            self._beside = self.goal[1].get_center() - self.plot.at(*self.target)
        self._lay_goal()
        return self.goal

    def _lay_goal(self) -> None:
        """Follow the plot's window; a minimum that it does not show has no mark."""
        plot, mark = self.plot, self.goal[0]
        mark.points = np.zeros((0, 3))
        if not self.unique:
            x, y = float(self.objective.data.x[0]), float(np.mean(self.objective.data.y))
            ends = plot.map(*line_ends(plot, x, y).T)
            if len(ends):
                count = max(2, int(np.linalg.norm(ends[1] - ends[0]) / 0.3))
                places = ends[0] + np.linspace(0, 1, 2 * count)[:, None] * (ends[1] - ends[0])
                mark.points = separate(places[::2], places[1::2])
            return
        center, label = plot.at(*self.target), self.goal[1]
        if plot.contains(*map(float, self.target)):
            mark.points = discs(center[None], 1.75 * self.radius)
        whole = plot.window == self.whole
        if whole and not self._followed:
            return
        self._followed = not whole
        label.move_to(center + self._beside)
        seen = 1.0 if whole else min(max(self._inside(label) / _FADING, 0.0), 1.0)
        set_visible(label, seen)

    def _inside(self, part: VMobject) -> float:
        """How far inside the plot's edges ``part`` is; negative if it crosses one."""
        inner, box = self.plot.inner, extent(part)
        across = min(box.left - inner.left, inner.right - box.right)
        return float(min(across, box.bottom - inner.bottom, inner.top - box.top))

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
