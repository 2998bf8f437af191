"""The plane (α, β), coloured by the spectral radius of the update, with a cursor on it."""

from __future__ import annotations

from itertools import pairwise
from typing import cast

import contourpy
import numpy as np
import numpy.typing as npt
from manim import DOWN, LEFT, Mobject, VGroup, VMobject

from gdcore.studies.momentum import largest_stable_rate, spectral_radius
from scenes.catalogue.theme import Theme
from scenes.films.momentum.runs import ACROSS, ALONG
from scenes.stage.page.formulas import formula, widest_fitting
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.motion import set_visible
from scenes.stage.page.wording import Label
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.shapes import discs, polyline, rectangle

Values = npt.NDArray[np.float64]

CURVATURES = (ALONG, ACROSS)
LEVELS = (0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)
_NAMED = (0.8, 0.95, 0.9)  # levels with their numbers, the last one if there is room
_VALLEY_NAMED = 0.035  # α at the left end of the valley's name
_GRID = 481  # along each axis
_BEYOND = 1.08  # the largest rate that is shown, in largest stable rates at β = 1
_SHADE, _DANGER = 0.12, 0.22  # opacities; the shades lie on top of each other
_PLATE, _RISE = 0.8, 0.75  # opacity of a name's ground; half its height, in capitals


class RadiusPlane(VGroup):
    """``shades`` of the places whose radius is below each level, ``danger`` beyond 1.

    ``border``: radius 1. ``valley``: for each α the β of least radius. ``names``: the radius of
    some levels. ``meanings``: what ``danger`` and ``valley`` are. ``cursor``: a place, moved by
    :meth:`point_at`.
    """

    def __init__(self, box: Box, best: str, theme: Theme, scale: Scale) -> None:
        """``best``: the name of the ``valley``."""
        super().__init__()
        high = _BEYOND * largest_stable_rate(1.0, ACROSS)
        self.plot = Plot(box, Axis(0.0, high, "α"), Axis(0.0, 1.0, "β"), theme, scale)
        self.plot.remove(self.plot.grid)
        self.theme, self._scale = theme, scale
        self.radius = 0.36 * scale.label
        self.shades, self.lines = self._bands()
        self.danger = VMobject(color=theme.bad, fill_opacity=_DANGER, stroke_width=0)
        self.border = VMobject(color=theme.bad, stroke_width=4.5, fill_opacity=0)
        self._lay_border()
        self.valley = VMobject(color=theme.ink, stroke_width=3.5, fill_opacity=0)
        rates = np.linspace(0.0, largest_stable_rate(1.0, ACROSS), _GRID)
        self.valley.points = polyline(self.plot.map(rates, best_share(rates)))
        self.meanings = self._name_parts(best)
        self.names = self._name_levels()
        self.cursor = VGroup(
            VMobject(color=theme.background, fill_opacity=1, stroke_width=0),
            VMobject(color=theme.point, fill_opacity=1, stroke_width=0),
        )
        self.add(self.shades, self.lines, self.danger, self.valley, self.border)
        self.add(self.plot, self.names, self.meanings, self.cursor)

    def _bands(self) -> tuple[VGroup, VGroup]:
        plot = self.plot
        rates, shares = np.linspace(0, plot.x.high, _GRID), np.linspace(0, 1, _GRID)
        values = spectral_radius(rates[None, :], shares[:, None], CURVATURES)
        drawn = contourpy.contour_generator(
            rates, shares, values, line_type="Separate", fill_type="OuterOffset"
        )
        shades, lines = VGroup(), VGroup()
        for level in LEVELS:
            shade = VMobject(color=self.theme.good, fill_opacity=_SHADE, stroke_width=0)
            polygons, offsets = cast(tuple[list[Values], list[Values]], drawn.filled(0.0, level))
            rings = [
                polygon[start:stop]
                for polygon, edges in zip(polygons, offsets, strict=True)
                for start, stop in pairwise(edges)
            ]
            shade.points = self._paths(rings)
            shades.add(shade)
            if level < 1:
                line = VMobject(color=self.theme.good, stroke_width=1.5, fill_opacity=0)
                line.set_stroke(opacity=0.6)
                line.points = self._paths(cast(list[Values], drawn.lines(level)))
                lines.add(line)
        return shades, lines

    def _paths(self, paths: list[Values]) -> Values:
        parts = [polyline(self.plot.map(path[:, 0], path[:, 1])) for path in paths]
        return np.concatenate([np.zeros((0, 3)), *parts])

    def _lay_border(self) -> None:
        plot = self.plot
        foot, head = largest_stable_rate(0.0, ACROSS), largest_stable_rate(1.0, ACROSS)
        self.border.points = polyline(plot.map(np.array([foot, head]), np.array([0.0, 1.0])))
        rates = np.array([foot, plot.x.high, plot.x.high, head, foot])
        self.danger.points = polyline(plot.map(rates, np.array([0.0, 0.0, 1.0, 1.0, 0.0])))

    def _name_levels(self) -> VGroup:
        """The radius on its level line, beside the border: there it is √β."""
        found, cap = VGroup(), self._scale.label
        taken = [_around(self.meanings[0])]
        for level in _NAMED:
            name = formula(f"rho = {level:g}", cap, self.theme.ink)
            border = self.plot.at(largest_stable_rate(level * level, ACROSS), level * level)
            plate = self._plate(name, float(border[0]) - 0.4 * cap, float(border[1]))
            if not any(map(_around(plate).meets, taken)):
                taken.append(_around(plate))
                found.add(plate, name)
        return found

    def _name_parts(self, best: str) -> VGroup:
        """The name of the ``valley`` at its upper side, and of ``danger`` in its lower part."""
        cap, theme = self._scale.label, self.theme
        valley, danger = Label(best, cap, theme.ink), formula("rho > 1", cap, theme.ink)
        end = self.plot.at(_VALLEY_NAMED, float(best_share(np.array([_VALLEY_NAMED]))[0]))
        plate = self._plate(valley, end[0] + valley.width + 0.6 * cap, end[1] + 1.3 * cap)
        foot, right = largest_stable_rate(0.0, ACROSS), self.plot.x.high
        danger.move_to(self.plot.at((foot + 2 * right) / 3, 0.1))
        return VGroup(plate, valley, danger)

    def _plate(self, name: VMobject, right: float, y: float) -> VMobject:
        """Move ``name`` to where it ends at ``right``; and the ground that it stands on."""
        cap = self._scale.label
        half, rise = name.width / 2 + 0.3 * cap, _RISE * cap
        x = right - half
        name.move_to(point(x, y))
        plate = VMobject(color=self.theme.background, fill_opacity=_PLATE, stroke_width=0)
        plate.points = rectangle(x - half, y - rise, x + half, y + rise)
        return plate

    def flood(self, amount: float) -> None:
        """Show the bands from the outermost to the innermost: all of them at 1."""
        for i, shade in enumerate(reversed(self.shades)):
            set_visible(shade, min(max(len(LEVELS) * amount - i, 0.0), 1.0))
        set_visible(self.lines, amount)

    def point_at(self, rate: float, share: float) -> None:
        """Move the cursor to α = ``rate``, β = ``share``."""
        place = self.plot.map(np.array([rate]), np.array([share]))
        for disc, size in zip(self.cursor, (1.9, 1.4), strict=True):
            disc.points = discs(place, size * self.radius)

    def mark(self, rate: float, share: float, color: str) -> VMobject:
        """A ring at a place."""
        ring = VMobject(color=color, stroke_width=6.0, fill_opacity=0)
        ring.points = discs(self.plot.map(np.array([rate]), np.array([share])), 2.0 * self.radius)
        return ring


def _around(part: Mobject) -> Box:
    (x, y, _), half, rise = part.get_center(), part.width / 2, part.height / 2
    return Box(x - half, y - rise, x + half, y + rise)


def best_formula(box: Box, cap: float, color: str) -> VMobject:
    """The best β of all, in one line or in two, as ``box`` has room."""
    right = "(sqrt(kappa) - 1)/(sqrt(kappa) + 1)"
    lines = VGroup(*(formula(each, cap, color) for each in ("sqrt(beta) =", right)))
    lines.arrange(DOWN, buff=0.6 * cap, aligned_edge=LEFT)
    sources = f"beta = ({right})^2", f"sqrt(beta) = {right}"
    return widest_fitting([*(formula(each, cap, color) for each in sources), lines], box)


def radius_at(rate: float, share: float) -> float:
    """The spectral radius of the update in the ravine."""
    return float(spectral_radius(rate, share, CURVATURES))


def best_share(rates: Values) -> Values:
    """The β of least radius for each rate (n,) below `largest_stable_rate` at β = 1.

    In a direction of curvature c the radius falls with β until the eigenvalues are complex, at
    β = (1 − √(αc))², and is √β from there on. So the larger of the two β is the best.
    """
    return np.asarray(np.max([(1 - np.sqrt(rates * c)) ** 2 for c in CURVATURES], axis=0))
