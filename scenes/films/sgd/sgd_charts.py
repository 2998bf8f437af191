"""The two charts of SGD side by side: the saw-tooth of the samples' losses, and the cost."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from manim import VGroup

from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.stage.descent.parabolas import Parabolas
from scenes.stage.page.layout import Box, Layout
from scenes.stage.plots.chart import Chart, Series

_ALL_BUT_GONE = 0.004  # share of the fall that is left; then a chart is a flat line
_TOO_FINE = 0.05  # the same, if noise keeps the cost from falling further
_FEW = 60  # updates at most that get beads in their samples' hues


class SgdCharts:
    """``plots`` below, ``losses`` and ``costs`` (the series) on top.

    The charts show the first ``count`` updates: until the cost is almost at its lowest value.
    """

    def __init__(self, field: Parabolas, layout: Layout, theme: Theme) -> None:
        trace = field.trace
        self.trace, self.theme, self.layout = trace, theme, layout
        self.count = telling_updates(trace, field.cost.lowest)
        xs, ys = _saw_tooth(trace)
        every, radius = np.arange(trace.updates + 1, dtype=float), 0.8 * field.radius
        hues = [hue for k in range(trace.updates) for hue in (None, field.hue(k))]
        beads = hues if self.count <= _FEW else None
        color = theme.muted if beads else theme.loss
        loss_plot = self._plot(layout.aside, ys)
        cost_plot = self._plot(layout.work, trace.cost)
        self.losses = Series(loss_plot, xs, ys, color, radius, width=2.5, beads=beads)
        self.costs = Series(cost_plot, every, trace.cost, theme.cost, radius)
        self.loss_plot, self.cost_plot = VGroup(loss_plot), VGroup(cost_plot)

    def _plot(self, box: Box, values: npt.NDArray[np.float64]) -> Chart:
        scale, first = self.layout.scale, 2 * max(self.trace.updates_per_epoch, 3)
        top = 1.08 * min(float(np.max(values)), 3 * float(np.max(values[:first]))) or 1.0
        return Chart(box.inset(top=1.7 * scale.label), self.count, top, self.theme, scale)

    def reach(self, t: float) -> None:
        """Draw both up to the fractional update ``t``."""
        k = min(int(t + 1e-9), self.trace.updates - 1)
        self.losses.reach(2 * k + (t - k))
        self.costs.reach(t)


def _saw_tooth(trace: Trace) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Corners (2T,): in an update the loss falls from before to after; then another loss comes."""
    counts = np.arange(trace.updates, dtype=float)
    xs = np.stack([counts, counts + 1], axis=1).ravel()
    return xs, np.stack([trace.loss, trace.loss_after], axis=1).ravel()


def telling_updates(trace: Trace, lowest: float) -> int:
    """Updates until the cost is almost at the ``lowest``, in whole epochs, at least 12.

    On noisy data it goes up and down without end: then until that is too small for a chart.
    """
    epoch, updates = trace.updates_per_epoch, trace.updates
    last, settled = (
        _last_above(trace.cost - lowest, share) for share in (_ALL_BUT_GONE, _TOO_FINE)
    )
    if last > 0.9 * updates and settled < 0.4 * updates:  # exact costs fall evenly
        last = settled
    return min(updates, max(epoch * math.ceil(last / epoch), 12))


def _last_above(heights: npt.NDArray[np.float64], share: float) -> int:
    """Updates after which the height stays below ``share`` of the first; all if that is 0."""
    left = np.flatnonzero(heights > share * heights[0])
    return int(left[-1]) + 1 if len(left) else len(heights) - 1
