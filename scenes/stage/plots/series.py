"""A value over updates or epochs, drawn step by step: a line, or where updates crowd, a band."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from scenes.stage.plots.curve import Curve
from scenes.stage.plots.epochs import EpochMeans
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import discs

Values = npt.NDArray[np.float64]

_CLOSE = 8 / 1080  # units between two updates: a pixel of a frame whose shorter side has 1080
_LINE = 0.04  # units: about as wide as a line
_THICK, _MUCH = 0.03, 0.25  # share of the axis; share of the curve's length
_BAND = 0.45  # opacity


class Series(VGroup):
    """A curve through (xs, ys) on a plot; :meth:`reach` draws it up to a fractional index.

    If its updates are so close and so restless that a line would look like a solid bar, the curve
    is a translucent band, in each pixel column from the least to the greatest value, with the means
    of the epochs as a line over it. Then it is ``crowded``, and the film must name both.
    """

    def __init__(
        self,
        plot: Plot,
        xs: Values,
        ys: Values,
        color: str,
        radius: float,
        *,
        width: float = 4.0,
        beads: Sequence[str | None] | None = None,
        means: EpochMeans | None = None,
        crowded: bool | None = None,
    ) -> None:
        """``beads``: a colour for each corner, drawn as a dot (None: no dot there).

        ``means``: of the epochs; without them the curve is always a line. With them it is a band if
        it is ``crowded`` (None: if it is so on the plot as it is now).
        """
        super().__init__()
        self.plot, self.xs, self.ys, self.radius = plot, xs, ys, radius
        self.line = Curve(plot, xs, ys, color, width)
        self.head = VMobject(color=plot.theme.point, fill_opacity=1, stroke_width=0)
        self.dots = VGroup()
        self._beads: dict[str, tuple[npt.NDArray[np.int64], Values, VMobject]] = {}
        self.add(self.line)
        if crowded is None:
            crowded = crowds(plot, xs, ys)
        self.crowded = means is not None and crowded
        self._means = means if self.crowded else None
        if self._means is not None:
            self.line.set_stroke(opacity=_BAND)
            self.mean_line = Curve(plot, *_levels(self._means), color, max(width, 3.0))
            self.add(self.mean_line)
        if beads is not None:
            self._make_beads(beads)
        self.add(self.dots, self.head)

    def _make_beads(self, colors: Sequence[str | None]) -> None:
        inside = [i for i in range(len(self.xs)) if self.plot.contains(self.xs[i], self.ys[i])]
        for color in filter(None, dict.fromkeys(colors)):
            mine = np.array([i for i in inside if colors[i] == color], dtype=int)
            places = discs(self.plot.map(self.xs[mine], self.ys[mine]), 0.62 * self.radius)
            dot = VMobject(color=color, fill_opacity=1, stroke_width=0)
            self._beads[color] = (mine, places, dot)
            self.dots.add(dot)

    def reach(self, t: float) -> None:
        """Draw the curve up to index ``t``, which may lie between two corners."""
        t = min(max(t, 0.0), len(self.xs) - 1.0)
        self.line.reach(t)
        self.stand(t)
        x = float(self.line.at(t)[0])
        if self._means is not None:
            over = int(np.searchsorted(self._means.edges, x + 1e-9, side="right")) - 1
            self.mean_line.reach(2 * over - 1)
        k = math.floor(t + 1e-9)
        for mine, places, dot in self._beads.values():
            count = int(np.searchsorted(mine, k, side="right"))
            dot.points = places[: count * (len(places) // max(len(mine), 1))]

    def stand(self, t: float) -> None:
        """Put the head at index ``t``, wherever the curve's end is."""
        x, y = self.line.at(min(max(t, 0.0), len(self.xs) - 1.0)).tolist()
        center = self.plot.map(np.array([x]), np.array([y]))
        inside = self.plot.contains(x, y)
        self.head.points = discs(center, self.radius) if inside else np.zeros((0, 3))

    def lay(self, xs: Values, means: EpochMeans | None) -> None:
        """Take other ``xs`` (n,) on the plot as it is now; for a curve without beads.

        :meth:`reach` then draws it.
        """
        self.xs = xs
        self.line.lay(xs, self.ys)
        if self._means is not None and means is not None:
            self._means = means
            self.mean_line.lay(*_levels(means))


def _levels(means: EpochMeans) -> tuple[Values, Values]:
    """The corners (2·E,) of a level line for each epoch."""
    return np.repeat(means.edges, 2)[1:-1], np.repeat(means.values, 2)


def crowds(plot: Plot, xs: Values, ys: Values) -> bool:
    """Whether a line through the corners that ``plot`` shows would hide how it moves.

    So it is if updates are closer than a pixel and, in much of the plot, a piece as long as the
    line is wide spreads over more than that.
    """
    shown = (xs >= plot.x.low) & (xs <= plot.x.high)
    places = plot.map(xs[shown], 0 * xs[shown])[:, 0]
    if not len(places) or (places[-1] - places[0]) >= _CLOSE * (len(np.unique(places)) - 1):
        return False
    pieces = np.floor(places / _LINE)
    starts = np.flatnonzero(np.diff(pieces, prepend=pieces[0] - 1))
    values = np.clip(ys[shown], plot.y.low, plot.y.high)
    spreads = np.maximum.reduceat(values, starts) - np.minimum.reduceat(values, starts)
    return bool(np.mean(spreads > _THICK * (plot.y.high - plot.y.low)) > _MUCH)
