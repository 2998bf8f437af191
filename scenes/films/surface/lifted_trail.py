"""The path of a descent on the lifted map: line and beads on the surface, the point in front."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.films.surface.lifted import Lift, View
from scenes.stage.maps.trail import cut
from scenes.stage.plots.shapes import discs, separate

Values = npt.NDArray[np.float64]

_PIECES = 6  # pieces of each step, since a straight step is a curve on the surface
_LONGEST = 1500  # updates at most that are drawn; of more, an even selection


class LiftedTrail(VGroup):
    """``line``, ``beads``, ``halo`` and ``head`` of a trace, up to any fractional update.

    What is outside the map, or above the surface's top, is not drawn.
    """

    def __init__(
        self,
        lift: Lift,
        trace: Trace,
        colors: tuple[str, str],
        radius: float,
        width: float,
        bead: float,
    ) -> None:
        """``colors``: of line and head; ``bead``: a bead's radius in radii of the head."""
        super().__init__()
        self.lift, self.radius, self.bead = lift, radius, bead * radius
        theme: Theme = lift.field.theme
        rim = 0.0 if theme.transparent else 1.0
        self.line = VMobject(color=colors[0], stroke_width=width, fill_opacity=0)
        self.beads = VMobject(color=colors[0], fill_opacity=1, stroke_width=0)
        self.halo = VMobject(color=theme.background, fill_opacity=rim, stroke_width=0)
        self.head = VMobject(color=colors[1], fill_opacity=1, stroke_width=0)
        self.add(self.line, self.beads, self.halo, self.head)
        count = trace.updates
        kept = np.unique(np.linspace(0, count, min(count, _LONGEST) + 1).astype(int))
        self.updates, self.way = kept, np.array(trace.theta[kept])
        self._make()

    def _make(self) -> None:
        shares = np.linspace(0, 1, _PIECES + 1)[:-1, None]
        with np.errstate(over="ignore", invalid="ignore"):
            steps = np.diff(self.way, axis=0)
            fine = (self.way[:-1, None] + shares * steps[:, None]).reshape(-1, 2)
        fine = np.concatenate([fine, self.way[-1:]])
        starts, stops, kept = cut(self.lift.plot, fine[:-1], fine[1:])
        self._starts, self._stops = self.lift.base(starts), self.lift.base(stops)
        highest = np.maximum(self._starts[:, 2], self._stops[:, 2])
        below = highest <= self.lift.height * (1 + 1e-9)
        self._starts, self._stops = self._starts[below], self._stops[below]
        self._pieces = kept[below]
        self._places = self.lift.base(np.clip(self.way, -1e150, 1e150))
        self._seen = np.array([self._is_seen(k, self._places[k]) for k in range(len(self.way))])

    def _is_seen(self, k: int, place: Values) -> bool:
        w, b = self.way[k]
        return self._inside(float(w), float(b), place)

    def _inside(self, w: float, b: float, place: Values) -> bool:
        plot, height = self.lift.plot, self.lift.height
        return plot.contains(w, b) and bool(place[2] <= height * (1 + 1e-9))

    def at(self, t: float) -> Values:
        """The weights (2,) at the fractional update ``t``, between those that are drawn."""
        k, share = self._part(t)
        if share == 0:
            return np.array(self.way[k])
        return np.array(self.way[k] + share * (self.way[k + 1] - self.way[k]))

    def _part(self, t: float) -> tuple[int, float]:
        """The last drawn place up to update ``t``, and the share of the way to the next."""
        k = int(np.searchsorted(self.updates, t + 1e-9, side="right")) - 1
        k = min(max(k, 0), len(self.way) - 1)
        if k == len(self.way) - 1:
            return k, 0.0
        share = (t - self.updates[k]) / (self.updates[k + 1] - self.updates[k])
        return k, max(float(share), 0.0)

    def reach(self, t: float, view: View) -> None:
        """Draw the path up to the fractional update ``t``, as seen from ``view``."""
        k, share = self._part(t)
        here = self.at(t)
        place = self.lift.base(np.clip(here, -1e150, 1e150)[None])
        whole = k * _PIECES + math.floor(share * _PIECES + 1e-9)
        count = int(np.searchsorted(self._pieces, whole))
        starts, stops = self._starts[:count], self._stops[:count]
        inside = self._inside(float(here[0]), float(here[1]), place[0])
        if inside and count and count < len(self._starts) and self._pieces[count] == whole:
            starts = np.concatenate([starts, self._starts[count : count + 1]])
            stops = np.concatenate([stops, place])
        self.line.points = separate(view.project(starts), view.project(stops))
        visited = self._places[: k + 1][self._seen[: k + 1]]
        self.beads.points = discs(view.project(visited), self.bead)
        center = view.project(place) if inside else np.zeros((0, 3))
        self.halo.points = discs(center, 1.3 * self.radius)
        self.head.points = discs(center, self.radius)
