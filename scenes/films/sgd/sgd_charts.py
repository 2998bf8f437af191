"""The two charts of SGD side by side: the saw-tooth of the samples' losses, and the cost."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import VGroup

from gdcore.outcome import Outcome, outcome
from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.stage.descent.parabolas import Parabolas
from scenes.stage.page.layout import Box, Layout
from scenes.stage.plots.chart import Chart
from scenes.stage.plots.epochs import epoch_means, telling_epochs
from scenes.stage.plots.series import Series

_FEW = 60  # updates at most that get beads in their samples' hues


class SgdCharts:
    """``plots`` below, ``losses`` and ``costs`` (the series) on top.

    The charts show the first ``count`` updates: until the cost has come down.
    """

    def __init__(self, field: Parabolas, layout: Layout, theme: Theme) -> None:
        trace = field.trace
        self.trace, self.theme, self.layout = trace, theme, layout
        shown = telling_epochs(trace, field.cost.lowest) * trace.updates_per_epoch
        self.count = min(trace.updates, shown)
        xs, ys = _saw_tooth(trace)
        every, radius = np.arange(trace.updates + 1, dtype=float), 0.8 * field.radius
        hues = [hue for k in range(trace.updates) for hue in (None, field.hue(k))]
        beads = hues if self.count <= _FEW else None
        color = theme.muted if beads else theme.loss
        loss_plot = self._plot(layout.aside, ys)
        cost_plot = self._plot(layout.work, trace.cost)
        means = [
            epoch_means(every, values, trace.updates_per_epoch)
            for values in (trace.loss, trace.cost)
        ]
        self.losses = Series(
            loss_plot, xs, ys, color, radius, width=2.5, beads=beads, means=means[0]
        )
        self.costs = Series(cost_plot, every, trace.cost, theme.cost, radius, means=means[1])
        self.loss_plot, self.cost_plot = VGroup(loss_plot), VGroup(cost_plot)

    def _plot(self, box: Box, values: npt.NDArray[np.float64]) -> Chart:
        scale, first = self.layout.scale, 2 * max(self.trace.updates_per_epoch, 3)
        if outcome(self.trace) is Outcome.DIVERGING:
            first = 6  # within an epoch of many updates it may leave the range of a double
        start = values[:first][np.isfinite(values[:first])]
        top = 1.08 * min(float(np.max(values)), 3 * float(np.max(start, initial=0.0))) or 1.0
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
