"""Visited w over the updates, between two edges of a plot, with the exact band and a histogram.

A strip moves and changes: its edges, the places that it shows and its band are given anew.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from scenes.stage.noise.dots import Dots
from scenes.stage.noise.histogram import BINS, bins
from scenes.stage.noise.spreads import Settling
from scenes.stage.page.layout import point
from scenes.stage.plots.columns import columns, telling
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import separate

Values = npt.NDArray[np.float64]

_HISTOGRAM = 0.28  # its share of the width
_MANY, _LARGER = 1000, 2.5  # with fewer visits dots are larger; at most by this factor
_DOT = 2.6  # a dot's width as a stroke width of manim


class Band:
    """Mean and deviation (T+1,) at each update; without them the band is not known."""

    def __init__(self, of: tuple[Values, Values] | None) -> None:
        self.mean: Values | None = None
        self.deviation: Values | None = None
        if of is not None and np.isfinite(of[1][-1]):
            self.mean, self.deviation = (np.nan_to_num(part, nan=0.0, posinf=1e300) for part in of)

    def towards(self, other: Band, amount: float) -> Band:
        """The band on the way to another one of as many updates."""
        made = Band(None)
        if self.mean is None or self.deviation is None:
            return other if amount == 1 else self
        if other.mean is None or other.deviation is None:
            return other
        made.mean = self.mean + amount * (other.mean - self.mean)
        made.deviation = self.deviation + amount * (other.deviation - self.deviation)
        return made


class Strip(VGroup):
    """``fill`` and ``edges`` of the band, ``dots``, ``outside`` (visits that the plot does not
    show, marked at its ends) and ``histogram`` of one descent, on the y axis of ``plot``.

    :meth:`lay` draws it between two x of the frame; :meth:`reach` shows the visits up to an update.
    """

    def __init__(self, plot: Plot, walk: Settling, peak: float | None) -> None:
        """``peak``: the share of visits that fills the histogram's width; None: no histogram."""
        super().__init__()
        theme = plot.theme
        self.plot, self.walk, self.peak = plot, walk, peak
        self.w, self.band = walk.trace.w, Band(walk.shown_band)
        self.settled = 0 if peak is None else walk.settled or 0
        self.left, self.right, self.t = plot.inner.left, plot.inner.right, 0.0
        self.widened = 1.0
        self.unbounded = walk.is_known and not math.isfinite(walk.final.std)
        self.fill = VMobject(color=theme.good, fill_opacity=0.22, stroke_width=0)
        self.edges = VMobject(color=theme.good, stroke_width=3, fill_opacity=0)
        self.histogram = VMobject(color=theme.path, fill_opacity=0.9, stroke_width=0)
        size = _DOT * min(_LARGER, max(1.0, math.sqrt(_MANY / max(len(self.w), 1))))
        self.dots = Dots(np.zeros((0, 3)), theme.path, size)
        self.outside = Dots(np.zeros((0, 3)), theme.bad, _LARGER * _DOT)
        self.moving = VGroup(self.dots, self.outside, self.histogram)
        self.add(self.fill, self.dots, self.outside, self.histogram, self.edges)
        self.lay(self.left, self.right)

    @property
    def end(self) -> float:
        """Where the last update stands; the histogram begins there."""
        share = _HISTOGRAM if self.peak is not None else 0.0
        return self.right - share * (self.right - self.left)

    def across(self, k: Values) -> Values:
        """The x of the frame of updates."""
        last = max(len(self.w) - 1, 1)
        return self.left + k * ((self.end - self.left) / last)

    def heights(self, w: Values) -> Values:
        """The y of the frame of places, those that the plot does not show at its ends."""
        y = self.plot.y
        return self.plot.map(np.zeros(len(w)), np.clip(w, y.low, y.high))[:, 1]

    def lay(
        self, left: float, right: float, w: Values | None = None, band: Band | None = None
    ) -> None:
        """Draw it between these edges, with other places and another band if they are given."""
        self.left, self.right = left, right
        self.w = self.w if w is None else w
        self.band = self.band if band is None else band
        y = self.plot.y
        inside = (self.w >= y.low) & (self.w <= y.high)
        self._inside = np.flatnonzero(inside)
        self._beyond = np.flatnonzero(~inside & self.unbounded)
        for dots, of in ((self.dots, self._inside), (self.outside, self._beyond)):
            xs = self.across(of.astype(float))
            dots.place(np.stack([xs, self.heights(self.w[of]), 0 * xs], axis=1))
        self._bins = bins(self.w, y.low, y.high)
        self.widen(self.widened)
        self.reach(self.t)

    def widen(self, share: float) -> None:
        """Draw the band with this share of its deviation; its end continues over the histogram."""
        self.widened = share
        mean, deviation = self.band.mean, self.band.deviation
        if mean is None or deviation is None:
            self.fill.points = self.edges.points = np.zeros((0, 3))
            return
        at = self.across(np.arange(len(mean), dtype=float))
        edges = [self.heights(mean + side * share * deviation) for side in (-1, 1)]
        of = columns(at)
        corners = np.union1d(*(telling(of, edge) for edge in edges))
        lower, upper = (
            np.stack([at[corners], edge[corners], 0 * at[corners]], axis=1) for edge in edges
        )
        if self.peak is not None:
            lower, upper = (
                np.concatenate([edge, [point(self.right, edge[-1, 1])]]) for edge in (lower, upper)
            )
        outline = np.concatenate([lower, upper[::-1], lower[:1]])
        self.fill.points = separate(outline[:-1], outline[1:])
        self.edges.points = np.concatenate([self._within(edge) for edge in (lower, upper)])

    def _within(self, edge: Values) -> Values:
        """The segments of a clipped edge that do not run along the edge of the plot."""
        inner = self.plot.inner
        ends = np.stack([edge[:-1, 1], edge[1:, 1]])
        along = (ends <= inner.bottom + 1e-9).all(axis=0) | (ends >= inner.top - 1e-9).all(axis=0)
        return separate(edge[:-1][~along], edge[1:][~along])

    def reach(self, t: float) -> None:
        """Show the visits up to update ``t``."""
        self.t, k = t, math.floor(t + 1e-9)
        self.dots.reach(int(np.searchsorted(self._inside, k, side="right")))
        self.outside.reach(int(np.searchsorted(self._beyond, k, side="right")))
        if self.peak is not None:
            self.histogram.points = self._bars(k)

    def bar(self, k: int) -> Values:
        """The tip (3,) of the bar that update ``k`` adds to, as it is shown now."""
        lengths = self._lengths(math.floor(self.t + 1e-9))
        which = int(np.clip(self._bins[k] - 1, 0, BINS - 1))
        inner = self.plot.inner
        height = inner.bottom + (which + 0.5) / BINS * inner.height
        return point(self.foot + float(lengths[which]), height)

    @property
    def foot(self) -> float:
        """The x of the frame at which the bars begin."""
        return self.end + 0.1 * (self.right - self.end)

    def _lengths(self, k: int) -> Values:
        """The lengths (BINS,) of the bars with the visits up to ``k``."""
        counts = np.bincount(self._bins[self.settled : k + 1], minlength=BINS + 2)[1:-1]
        total = max(len(self.w) - self.settled, 1)
        assert self.peak is not None
        lengths: Values = 0.88 * (self.right - self.end) * counts / total / (self.peak or 1.0)
        return lengths

    def bars_inside(self) -> Values:
        """The part (n, 3) of the bars, as they are now, that lies in the band at its end."""
        mean, deviation = self.band.mean, self.band.deviation
        if mean is None or deviation is None or self.peak is None:
            return np.zeros((0, 3))
        ends = np.array([mean[-1] - deviation[-1], mean[-1] + deviation[-1]])
        low, high = self.heights(ends).tolist()
        return self._bars(math.floor(self.t + 1e-9), low, high)

    def _bars(self, k: int, low: float = -math.inf, high: float = math.inf) -> Values:
        """The bars with the visits up to ``k``, as far as they lie between two y of the frame."""
        lengths, inner = self._lengths(k), self.plot.inner
        edges = np.linspace(inner.bottom, inner.top, BINS + 1)
        gap = 0.08 * (edges[1] - edges[0])
        bottoms, tops = np.maximum(edges[:-1] + gap, low), np.minimum(edges[1:] - gap, high)
        filled = np.flatnonzero((lengths > 0) & (bottoms < tops))
        corners = np.zeros((len(filled), 5, 3))
        corners[:, :, 0] = self.foot
        corners[:, 1:3, 0] += lengths[filled][:, None]
        bottom, top = bottoms[filled], tops[filled]
        corners[:, :, 1] = np.stack([bottom, bottom, top, top, bottom], axis=1)
        return separate(corners[:, :-1].reshape(-1, 3), corners[:, 1:].reshape(-1, 3))
