"""Visited w over the updates as a cloud of dots, with the exact band and a histogram beside it."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from manim import LEFT, VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.stage.noise.dots import Dots
from scenes.stage.noise.histogram import BINS, bins
from scenes.stage.page.glyphs import text_glyphs
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.columns import columns, telling
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.shapes import separate
from scenes.stage.plots.ticks import sparse_ticks, whole_ticks

Values = npt.NDArray[np.float64]

_HISTOGRAM = 0.28  # its share of the width
_MANY, _LARGER = 1000, 2.5  # with fewer visits dots are larger; at most by this factor
_DOT = 2.6  # a dot's width as a stroke width of manim


class Cloud(VGroup):
    """Visited w over the updates; if ``peak`` is given, with a histogram of the visits beside it.

    ``still`` (title, axes, band) lies beneath ``moving`` (dots, histogram), ``edges`` (mean ± σ)
    over both. :meth:`reach` shows everything up to an update.
    """

    def __init__(
        self,
        w: Values,
        band: tuple[Values, Values] | None,
        span: tuple[float, float],
        box: Box,
        theme: Theme,
        scale: Scale,
        *,
        title: Label,
        peak: float | None = None,
        settled: int = 0,
        flat: bool = False,
        at: Values | None = None,
        unbounded: bool = False,
    ) -> None:
        """``band``: mean and deviation at each update (None: not known); ``span``: of the w axis.

        ``peak``: the share of visits that fills the histogram's width; ``settled``: the first
        update whose w counts in it. In a ``flat`` box the update axis has no numbers, to leave
        room for w. ``at``: where each update stands on its axis (default: at its number).
        ``unbounded``: w has no band that holds it, so visits outside the axis are marked at its
        ends, in the colour of divergence.
        """
        super().__init__()
        self.w, self.settled, self.peak = w, settled, peak
        self._at = np.arange(len(w), dtype=float) if at is None else at.astype(float)
        self._histogram_width = _HISTOGRAM * box.width if peak is not None else 0.0
        title.put(point(box.left, box.top - 0.6 * scale.label), LEFT)
        area = box.inset(top=1.7 * scale.label, right=self._histogram_width)
        self.plot = self._make_plot(area, span, theme, scale, flat)
        self.histogram = VMobject(color=theme.path, fill_opacity=0.9, stroke_width=0)
        self._lay_dots(theme, unbounded)
        self._bins = bins(w, *span)
        self._lay_band(band, theme)
        self.moving = VGroup(self.dots, self.outside, self.histogram)
        self.still = VGroup(title, self.plot)
        self.add(self.still, self.fill, self.moving, self.edges)

    def _make_plot(
        self, area: Box, span: tuple[float, float], theme: Theme, scale: Scale, flat: bool
    ) -> Plot:
        area = area.inset(bottom=-2.0 * scale.small * flat)
        count = max(int(self._at[-1]), 1)
        most = int(area.width / (2.4 * text_glyphs(scale.small).width(str(count))))
        room = (area.height - 2.8 * scale.small) / (2.2 * scale.small)
        updates = Axis(0, count, "", [] if flat else whole_ticks(count, max(1, min(5, most))))
        return Plot(area, updates, Axis(*span, "", sparse_ticks(*span, room)), theme, scale)

    def _lay_dots(self, theme: Theme, unbounded: bool) -> None:
        plot, count = self.plot, len(self.w)
        inside = (self.w >= plot.y.low) & (self.w <= plot.y.high)
        self._inside, self._beyond = np.flatnonzero(inside), np.flatnonzero(~inside & unbounded)
        size = _DOT * min(_LARGER, max(1.0, math.sqrt(_MANY / max(count, 1))))
        places = plot.map(self._at[self._inside], self.w[self._inside])
        self.dots = Dots(places, theme.path, size)
        ends = np.clip(self.w[self._beyond], plot.y.low, plot.y.high)
        self.outside = Dots(plot.map(self._at[self._beyond], ends), theme.bad, _LARGER * _DOT)

    def _lay_band(self, band: tuple[Values, Values] | None, theme: Theme) -> None:
        """The exact mean ± σ at each update; the last value continues across the histogram."""
        self.fill = VMobject(color=theme.good, fill_opacity=0.22, stroke_width=0)
        self.edges = VMobject(color=theme.good, stroke_width=3, fill_opacity=0)
        if band is None or not np.isfinite(band[1][-1]):
            return
        plot = self.plot
        mean, deviation = (np.nan_to_num(part, nan=0.0, posinf=1e300) for part in band)
        edges = [np.clip(mean + side * deviation, plot.y.low, plot.y.high) for side in (-1, 1)]
        of = columns(plot.map(self._at, self._at)[:, 0])
        corners = np.union1d(*(telling(of, edge) for edge in edges))
        lower, upper = (plot.map(self._at[corners], edge[corners]) for edge in edges)
        if self.peak is not None:
            end = plot.inner.right + self._histogram_width
            lower, upper = (
                np.concatenate([edge, [point(end, edge[-1, 1])]]) for edge in (lower, upper)
            )
        outline = np.concatenate([lower, upper[::-1], lower[:1]])
        self.fill.points = separate(outline[:-1], outline[1:])
        shown = [_within(plot, edge) for edge in (lower, upper)]
        self.edges.points = np.concatenate([separate(*ends) for ends in shown])

    def reach(self, t: float) -> None:
        """Show the visits up to update ``t``."""
        k = math.floor(t + 1e-9)
        self.dots.reach(int(np.searchsorted(self._inside, k, side="right")))
        self.outside.reach(int(np.searchsorted(self._beyond, k, side="right")))
        if self.peak is not None:
            self.histogram.points = self._bars(k)

    def _bars(self, k: int) -> Values:
        visits = self._bins[self.settled : k + 1]
        counts = np.bincount(visits, minlength=BINS + 2)[1:-1]
        total = max(len(self.w) - self.settled, 1)
        assert self.peak is not None
        plot, filled = self.plot, np.flatnonzero(counts)
        lengths = 0.88 * self._histogram_width * counts[filled] / total / (self.peak or 1.0)
        edges = np.linspace(plot.inner.bottom, plot.inner.top, BINS + 1)
        gap = 0.08 * (edges[1] - edges[0])
        foot = plot.inner.right + 0.1 * self._histogram_width
        corners = np.zeros((len(filled), 5, 3))
        corners[:, :, 0] = foot
        corners[:, 1:3, 0] += np.stack([lengths, lengths], axis=1)
        bottom, top = edges[filled] + gap, edges[filled + 1] - gap
        corners[:, :, 1] = np.stack([bottom, bottom, top, top, bottom], axis=1)
        return separate(corners[:, :-1].reshape(-1, 3), corners[:, 1:].reshape(-1, 3))


def _within(plot: Plot, edge: Values) -> tuple[Values, Values]:
    """The segments of a clipped edge that do not run along the edge of the plot."""
    inner = plot.inner
    stops = np.stack([edge[:-1, 1], edge[1:, 1]])
    near = (stops <= inner.bottom + 1e-9).all(axis=0) | (stops >= inner.top - 1e-9).all(axis=0)
    return edge[:-1][~near], edge[1:][~near]
