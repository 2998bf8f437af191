"""The path of a descent on the lifted map: line and beads on the surface, the point in front."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.films.surface.lifted import Lift
from scenes.films.surface.view import View
from scenes.stage.maps.edge_mark import EdgeMark, nearest, place_texts
from scenes.stage.maps.trail import RECENT, WHOLE, cut, faded, on_map
from scenes.stage.page.figures import equations
from scenes.stage.page.layout import Box, point
from scenes.stage.plots.covering import CELL, covering
from scenes.stage.plots.shapes import discs, separate

Values = npt.NDArray[np.float64]

_PIECES = 6  # pieces of each step, since a straight step is a curve on the surface
_CASE = 0.5  # opacity of the line's edge
_FAR = 1e150  # weights beyond it have no cost that a double can hold


class LiftedTrail(VGroup):
    """``old``, ``line``, ``beads``, ``halo`` and ``head`` of a trace, up to any fractional update.

    As in a flat `Trail` the steps of a tangle are faded except the last ones, and pieces of steps
    that cover nothing new are left out. What is outside the map, or above the surface's top, is
    not drawn: while the head is there, ``mark`` shows where. It stands at
    the edge of the floor, or above the surface if only the cost is too high.
    """

    def __init__(
        self,
        lift: Lift,
        trace: Trace,
        color: str,
        radius: float,
        width: float,
        bead: float,
        cased: bool = False,
    ) -> None:
        """``bead``: a bead's radius in radii of the head.

        A ``cased`` line has an edge, to be seen on a surface of its own colour.
        """
        super().__init__()
        self.lift, self.radius, self.bead = lift, radius, bead * radius
        theme: Theme = lift.field.theme
        rim = 0.0 if theme.transparent else 1.0
        self.old = faded(color, width)
        self.line = VMobject(color=color, stroke_width=width, fill_opacity=0)
        self.case = VMobject(color=theme.background, stroke_width=width + 4, fill_opacity=0)
        self.case.set_stroke(opacity=_CASE)
        self.beads = VMobject(color=color, fill_opacity=1, stroke_width=0)
        self.halo = VMobject(color=theme.background, fill_opacity=rim, stroke_width=0)
        self.head = VMobject(color=color, fill_opacity=1, stroke_width=0)
        self.mark = mark = EdgeMark(lift.plot, color, radius, "J")
        self.add(self.case, self.old, self.line, self.beads, self.halo, self.head)
        self.add(mark.ground, mark.edge, mark.value)
        self._cased, self.way = cased, np.array(trace.theta)
        self._make()

    def _make(self) -> None:
        """Cut all steps into pieces, and find out which of them are needed."""
        shares = np.linspace(0, 1, _PIECES + 1)[:-1, None]
        with np.errstate(over="ignore", invalid="ignore"):
            steps = np.diff(self.way, axis=0)
            fine = (self.way[:-1, None] + shares * steps[:, None]).reshape(-1, 2)
        fine = np.concatenate([fine, self.way[-1:]])
        starts, stops, kept = cut(self.lift.plot, fine[:-1], fine[1:])
        first, last = self.lift.base(starts), self.lift.base(stops)
        below = np.maximum(first[:, 2], last[:, 2]) <= self._top
        self._starts, self._stops, self._pieces = first[below], last[below], kept[below]
        seen = np.abs(self._stops - self._starts).max(axis=1, initial=0) > CELL / _PIECES
        moves = len(np.unique(self._pieces[seen] // _PIECES))
        needed = covering(self._starts, self._stops)
        self._places = self.lift.base(np.clip(self.way, -_FAR, _FAR))
        visited = np.flatnonzero(self._are_inside(self.way, self._places))
        if moves > WHOLE:
            self.recent, self._old = RECENT, needed
            self._line = np.arange(len(self._pieces))
        else:
            self.recent, self._old = len(self.way), needed[:0]
            self._line = needed
            visited = visited[covering(self._places[visited], self._places[visited])]
        self._visited = visited

    @property
    def _top(self) -> float:
        return self.lift.height * (1 + 1e-9)

    def _are_inside(self, way: Values, places: Values) -> npt.NDArray[np.bool_]:
        """Which of the weights (n, 2) are on the map and not above the top."""
        return on_map(self.lift.plot, way) & (places[:, 2] <= self._top)

    def at(self, t: float) -> Values:
        """The weights (2,) at the fractional update ``t``."""
        k = min(math.floor(t + 1e-9), len(self.way) - 1)
        share = max(t - k, 0.0)
        if share == 0 or k == len(self.way) - 1:
            return np.array(self.way[k])
        return np.array(self.way[k] + share * (self.way[k + 1] - self.way[k]))

    def _until(self, chosen: npt.NDArray[np.intp], first: int, last: int) -> tuple[Values, Values]:
        """The ends (m, 3) of the ``chosen`` pieces from piece ``first`` up to ``last``."""
        begin, end = np.searchsorted(self._pieces[chosen], [first, last])
        part = chosen[begin:end]
        return self._starts[part], self._stops[part]

    def reach(self, t: float, view: View, stage: Box | None = None) -> None:
        """Draw the path up to the fractional update ``t``, as seen from ``view``.

        The mark of a head that is outside stays on the ``stage``.
        """
        k = min(math.floor(t + 1e-9), len(self.way) - 1)
        here = self.at(t)
        place = self.lift.base(np.clip(here, -_FAR, _FAR)[None])
        whole = k * _PIECES + math.floor(max(t - k, 0.0) * _PIECES + 1e-9)
        starts, stops = self._until(self._line, (k - self.recent) * _PIECES, whole)
        inside = bool(self._are_inside(here[None], place)[0])
        now = int(np.searchsorted(self._pieces, whole + 1)) - 1  # the present piece, or the last
        if inside and now >= 0 and self._pieces[now] >= whole - 1:
            starts = np.concatenate([starts, self._starts[now : now + 1]])
            stops = np.concatenate([stops, place])
        self.line.points = separate(view.project(starts), view.project(stops))
        self.case.points = np.array(self.line.points) if self._cased else np.zeros((0, 3))
        starts, stops = self._until(self._old, 0, whole)
        self.old.points = separate(view.project(starts), view.project(stops))
        begin, end = np.searchsorted(self._visited, [k - self.recent, k + 1])
        visited = self._places[self._visited[begin:end]]
        self.beads.points = discs(view.project(visited), self.bead)
        center = view.project(place) if inside else np.zeros((0, 3))
        self.halo.points = discs(center, 1.3 * self.radius)
        self.head.points = discs(center, self.radius)
        if inside:
            self.mark.clear()
        else:
            self._stand_outside(here, view, stage)

    def _stand_outside(self, here: Values, view: View, stage: Box | None) -> None:
        """Mark where the head ``here`` (2,) left the picture, as seen from ``view``."""
        lift, (w, b) = self.lift, map(float, here)
        near, out = nearest(lift.plot, w, b)
        if out.any():
            texts, height, way = place_texts(lift.plot, w, b), 0.0, point(*out)
        else:
            cost = lift.field.objective.cost(here)
            texts, height, way = equations("J", cost), lift.height, point(0, 0, 1)
        foot = lift.base(near[None])[0]
        foot[2] = height
        at, tip = view.project(np.array([foot, foot + 0.1 * way]))
        up = tip - at
        size = float(np.hypot(up[0], up[1]))
        outward = up / size if size > 1e-9 else point(0, 1)
        room = self._floor(view)
        if stage is not None:
            room = room.within(stage)
            low, high = [room.left, room.bottom, 0.0], [room.right, room.top, 0.0]
            at = np.clip(at, low, high)
        self.mark.lay(at, outward, texts, room)

    def _floor(self, view: View) -> Box:
        """The box of the map's floor as seen from ``view``."""
        inner = self.lift.plot.inner
        half, rise = inner.width / 2, inner.height / 2
        seen = view.project(np.array([[i * half, j * rise, 0.0] for i in (-1, 1) for j in (-1, 1)]))
        return Box(*map(float, (*seen.min(axis=0)[:2], *seen.max(axis=0)[:2])))
