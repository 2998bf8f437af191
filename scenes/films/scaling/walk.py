"""A descent on a map that changes its window and its plane."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from scenes.films.scaling.facts import Parametrisation
from scenes.films.scaling.views import Plane
from scenes.stage.maps.trail import cut, on_map
from scenes.stage.plots.covering import covering
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import discs, separate

Values = npt.NDArray[np.float64]

_BEAD, _RIM = 0.5, 1.3  # radii, in radii of the point


class Path:
    """A descent as places (T + 1, 2) of the standardised plane, with its costs."""

    def __init__(self, of: Parametrisation, plane: Plane) -> None:
        """``plane`` is that of the descent."""
        self.cost = of.trace.cost
        self.updates = of.trace.updates
        self.places = plane.standardised(of.trace.theta)

    def at(self, t: float) -> Values:
        """The place (2,) at the fractional update ``t``."""
        k = min(int(t + 1e-9), self.updates)
        if k == self.updates:
            return np.array(self.places[k])
        return np.array(self.places[k] + (t - k) * (self.places[k + 1] - self.places[k]))


class MapWalker(VGroup):
    """The path up to any fractional update, the point at its head, and a ring at the minimum."""

    def __init__(self, plot: Plot, goal: Values, radius: float, color: str | None = None) -> None:
        """``color`` is for path and point, if they are not those of the present descent."""
        super().__init__()
        theme = plot.theme
        trail, head = color or theme.path, color or theme.point
        self.plot, self._goal, self.radius = plot, goal, radius
        self.line = VMobject(color=trail, stroke_width=4, fill_opacity=0)
        self.beads = VMobject(color=trail, fill_opacity=1, stroke_width=0)
        self.ring = VMobject(color=theme.good, stroke_width=4, fill_opacity=0)
        rim = 0.0 if theme.transparent else 1.0
        self.halo = VMobject(color=theme.background, fill_opacity=rim, stroke_width=0)
        self.head = VMobject(color=head, fill_opacity=1, stroke_width=0)
        self.add(self.line, self.beads, self.ring, self.halo, self.head)

    @property
    def descent(self) -> VGroup:
        """All but the ring."""
        return VGroup(self.line, self.beads, self.halo, self.head)

    def reach(self, plane: Plane, path: Path, t: float) -> None:
        """Draw them on the plot's present window of ``plane``."""
        plot, here = self.plot, plane.place(path.at(t))
        done = plane.place(path.places[: min(int(t + 1e-9), path.updates) + 1])
        way = np.concatenate([done, here[None]])
        starts, stops, _ = cut(plot, way[:-1], way[1:])
        first, last = plot.map(*starts.T), plot.map(*stops.T)
        kept = covering(first, last)
        self.line.points = separate(first[kept], last[kept])
        visited = plot.map(*done[on_map(plot, done)].T)
        self.beads.points = discs(visited[covering(visited, visited)], _BEAD * self.radius)
        head = plot.map(*here[None][on_map(plot, here[None])].T)
        self.halo.points, self.head.points = (
            discs(head, _RIM * self.radius), discs(head, self.radius),
        )  # fmt: skip
        goal = plane.place(self._goal)[None]
        self.ring.points = discs(plot.map(*goal[on_map(plot, goal)].T), 1.75 * self.radius)
