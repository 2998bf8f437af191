"""The surface as shaded faces: a net along and across the valley, cut at the surface's edge."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from manim import BLACK, WHITE, ManimColor, VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.films.surface.clipping import chord, half_plane
from scenes.stage.plots.shapes import polyline, separate

if TYPE_CHECKING:
    from scenes.films.surface.lifted import Lift

Values = npt.NDArray[np.float64]

_ACROSS, _ALONG = 16, 32  # faces in the two directions of the net
_TINT = 0.07  # opacity that each contour above a face gives it, as on the flat map
_BODY = 8  # contours more than on the map, so that the surface covers what is under it
_SUN = np.array([-0.55, -0.25, 0.8])  # where the light comes from
_CORNERS = 28  # of each line of the net
_STEPS = 6  # shades of light on each side of that of a level face
_BRIGHT, _DARK = 0.55, 0.4  # share of white, or of black, at the most


class Faces(VGroup):
    """One mobject for all faces of one colour; ``edges`` are the net's lines on the surface.

    :meth:`tint` sets how strong the light is, and how opaque the faces are.
    """

    def __init__(self, lift: Lift) -> None:
        super().__init__()
        self.lift = lift
        _, directions = np.linalg.eigh(lift.field.objective.hessian)
        self.along, self.across = directions.T
        self.bases: list[tuple[VMobject, Values]] = []
        self._looks: list[tuple[float, float]] = []
        self.edges = np.zeros((0, 3))
        self._make()
        self.tint(1.0, 1.0)

    def _make(self) -> None:
        plot, goal = self.lift.plot, self.lift.field.target
        edge = plot.weights(plot.area(self.lift.top)[::4])
        if len(edge) < 3:
            return
        ways = np.stack([self.across, self.along])
        places = (edge - goal) @ ways.T
        cuts = [
            np.linspace(float(column.min()), float(column.max()), count + 1)
            for column, count in zip(places.T, (_ACROSS, _ALONG), strict=True)
        ]
        found: dict[tuple[int, int], list[Values]] = {}
        for face in _net(places, *cuts):
            base = self.lift.base(goal + face @ ways)
            found.setdefault(self._look(face, goal, ways), []).append(base)
        for (band, light), faces in sorted(found.items()):
            part = VMobject(stroke_width=0, fill_opacity=1)
            self.bases.append((part, np.concatenate([_closed(face) for face in faces])))
            self._looks.append((1 - (1 - _TINT) ** (band + _BODY), light / _STEPS))
            self.add(part)
        self._draw_edges(places, cuts, goal, ways)

    def _look(self, face: Values, goal: Values, ways: Values) -> tuple[int, int]:
        """How many contours are above a face, and how bright it is: 0 is a level face."""
        plot, lift = self.lift.plot, self.lift
        here = goal + face.mean(axis=0) @ ways
        cost = lift.field.objective.cost(here)
        band = sum(cost < level <= lift.top * (1 + 1e-9) for level in plot.levels.tolist())
        spans = np.array([plot.x.high - plot.x.low, plot.y.high - plot.y.low])
        units = np.array([plot.inner.width, plot.inner.height]) / spans
        gradient = (here - goal) @ lift.field.objective.hessian / units
        slope = lift.drawn_slopes(gradient) * lift.height / (lift.top - lift.floor)
        normal = np.array([-slope[0], -slope[1], 1.0])
        sun = _SUN / np.linalg.norm(_SUN)
        light = float(normal @ sun / np.linalg.norm(normal) - sun[2])
        return band, round(_STEPS * min(max(light / (1 - sun[2]), -1.0), 1.0))

    def _draw_edges(self, places: Values, cuts: list[Values], goal: Values, ways: Values) -> None:
        """Each second line of the net, as a curve on the surface."""
        parts = [np.zeros((0, 3))]
        shares = np.linspace(0, 1, _CORNERS)[:, None]
        for axis in (0, 1):
            for value in cuts[axis][2:-1:2]:
                ends = chord(places, axis, float(value))
                if len(ends):
                    line = ends[0] + shares * (ends[1] - ends[0])
                    edge = self.lift.base(goal + line @ ways)
                    parts.append(separate(edge[:-1], edge[1:]))
        self.edges = np.concatenate(parts)

    def tint(self, light: float, opacity: float) -> None:
        """``light`` from 0 (all faces as on the flat map) to 1; ``opacity`` as a share."""
        theme = self.lift.field.theme
        for part, (own, brightness) in zip(self, self._looks, strict=True):
            part.set_fill(_lit(theme, light * brightness), opacity=opacity * own)


def _lit(theme: Theme, light: float) -> ManimColor:
    """The surface's colour in more light (to 1) or less (to −1)."""
    color = ManimColor(theme.cost)
    if light >= 0:
        return color.interpolate(WHITE, _BRIGHT * light)
    return color.interpolate(BLACK, -_DARK * light)


def _net(polygon: Values, across: Values, along: Values) -> Iterator[Values]:
    """The parts (n, 2) of a convex ``polygon`` (m, 2) in the cells of a net."""
    for low, high in pairwise(along):
        strip = half_plane(half_plane(polygon, 1, low, 1.0), 1, high, -1.0)
        for left, right in pairwise(across):
            cell = half_plane(half_plane(strip, 0, left, 1.0), 0, right, -1.0)
            if len(cell) > 2:
                yield cell


def _closed(face: Values) -> Values:
    return polyline(np.concatenate([face, face[:1]]))
