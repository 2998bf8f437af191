"""SGD on noisy data: the samples' parabolas, the shaded region, and w over the updates."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from manim import VGroup

from gdcore.least_squares import LeastSquares
from gdcore.trace import Trace
from scenes.catalogue.noisy import spread
from scenes.catalogue.theme import Theme
from scenes.stage.descent.parabola import cost_curve
from scenes.stage.descent.parabolas import Parabolas
from scenes.stage.descent.walker import between
from scenes.stage.noise.confusion import region, shade_level, shades
from scenes.stage.noise.spreads import late_deviation
from scenes.stage.page.layout import Layout
from scenes.stage.plots.chart import Chart
from scenes.stage.plots.epochs import epoch_means
from scenes.stage.plots.samples import SamplePlot
from scenes.stage.plots.series import Series

_SIGMAS, _TOO_NEAR, _MOST = 12.0, 0.005, 0.9
_ROUNDING = 1e-9


class NoiseStage:
    """The pictures of the noise section, laid out like the film's own: ``still``, ``moving``.

    The film adds the title of the chart to ``chart``.
    """

    def __init__(
        self, trace: Trace, layout: Layout, theme: Theme, words: Mapping[str, str]
    ) -> None:
        self.trace = trace
        scale = layout.scale
        reach = _reach(trace)
        center = _center(trace)
        close_up = (center - 1.6 * reach, center + 1.6 * reach)
        self.parabolas = Parabolas(trace, layout.stage, theme, scale, words, close_up, again=True)
        x = self.parabolas.plot.x
        data = self.parabolas.objective.data
        slopes = [float(np.clip(trace.w[0], x.low, x.high)), self.parabolas.cost.minimiser]
        self.samples = SamplePlot(data, slopes, layout.aside, theme, scale)
        box = layout.work.inset(top=1.7 * scale.label)
        high = center + 1.25 * reach
        self.chart = Chart(box, trace.updates, high, theme, scale, low=center - 1.25 * reach)
        counts = np.arange(trace.updates + 1, dtype=float)
        means = epoch_means(counts, trace.w, trace.updates_per_epoch)
        radius = 0.8 * self.parabolas.radius
        self.series = Series(
            self.chart, counts, trace.w, theme.path, radius, width=2.5, means=means
        )
        self.shades = VGroup(shades(self.parabolas.plot, trace), self._chart_band(theme))
        p = self.parabolas
        self.still = VGroup(
            self.samples, p.plot, self.chart, self.shades, p.lines, p.cost_line, p.names
        )
        self.moving = VGroup(self.samples.live, self.samples.dots, self.series, p.walker)

    def _chart_band(self, theme: Theme) -> VGroup:
        group = VGroup(shade_level(self.chart, *region(self.trace), theme.muted, 0.22))
        band = spread(self.trace)
        if band is not None:
            low, high = band.mean - band.std, band.mean + band.std
            group.add(shade_level(self.chart, low, high, theme.good, 0.35))
        return group

    def show(self, t: float) -> None:
        """Show everything that moves at the fractional update ``t``."""
        w = between(self.trace.w, t)
        self.parabolas.walker.stand(w, self.parabolas.cost(w))
        self.samples.turn(w)
        self.series.reach(t)


def _reach(trace: Trace) -> float:
    """How far the plot reaches around w*, so that the samples' minima or σ can be seen.

    Of many samples it leaves out a tenth of the minima: a sample with x near 0 has it anywhere.
    """
    objective = trace.objective
    assert isinstance(objective, LeastSquares)
    x, y = objective.data.x, objective.data.y
    away = np.abs(y[x != 0] / x[x != 0] - _center(trace))
    reach = float(np.quantile(away, _MOST, method="higher"))
    band = spread(trace)
    std = band.std if band is not None else late_deviation(trace.w)
    center = abs(_center(trace))
    if reach <= _ROUNDING * center:  # the samples with x other than 0 agree on w
        return center / 2 or 1.0
    if _SIGMAS * std < _TOO_NEAR * reach:
        return reach or 1.0
    return min(reach, _SIGMAS * std)


def _center(trace: Trace) -> float:
    assert isinstance(trace.objective, LeastSquares)
    return cost_curve(trace.objective).minimiser
