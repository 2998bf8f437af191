"""SGD on noisy data: the samples' parabolas, the shaded region, and w over the updates."""

from __future__ import annotations

import numpy as np
from manim import LEFT, VGroup

from gdcore.trace import Trace
from scenes.stage.chart import Chart, Series
from scenes.stage.confusion import region, shade_level, shades, spread
from scenes.stage.layout import Layout
from scenes.stage.parabolas import Parabolas
from scenes.stage.samples import SamplePlot
from scenes.stage.theme import Theme
from scenes.stage.walker import between
from scenes.stage.wording import Label


class NoiseStage:
    """The noise beat's pictures, laid out as the film's own: ``still`` beneath ``moving``."""

    def __init__(self, trace: Trace, layout: Layout, theme: Theme, chart_title: str) -> None:
        self.trace = trace
        low, high = region(trace)
        scale = layout.scale
        # A close-up: the samples' minima must be told apart, the way to them need not be seen.
        room = 0.6 * (high - low) or 1.0
        self.parabolas = Parabolas(trace, layout.stage, theme, scale, (low - room, high + room))
        x = self.parabolas.plot.x
        data = self.parabolas.objective.data
        slopes = [float(np.clip(trace.w[0], x.low, x.high)), self.parabolas.cost.minimiser]
        self.samples = SamplePlot(data, slopes, layout.aside, theme, scale)
        title = Label(chart_title, scale.label, theme.muted)
        box = layout.work
        title.put(np.array([box.left, box.top - 0.6 * scale.label, 0]), LEFT)
        box = box.inset(top=1.7 * scale.label)
        # The region fills the chart: what happens in it is the point, not the way to it.
        room = 0.2 * (high - low) or 1.0
        self.chart = Chart(box, trace.updates, high + room, theme, scale, low=low - room)
        counts = np.arange(trace.updates + 1, dtype=float)
        self.series = Series(
            self.chart, counts, trace.w, theme.path, 0.8 * self.parabolas.radius, width=2.5
        )
        self.shades = VGroup(shades(self.parabolas.plot, trace), self._chart_band(theme))
        p = self.parabolas
        self.still = VGroup(
            self.samples, p.plot, self.chart, title, self.shades, p.lines, p.cost_line, p.names
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
        """Everything that moves, at the fractional update ``t``."""
        w = between(self.trace.w, t)
        self.parabolas.walker.stand(w, self.parabolas.cost(w))
        self.samples.show(w)
        self.series.show(t)
