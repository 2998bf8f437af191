"""The strip: both components of the gradient and of the velocity, update by update."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.stage.page.layout import Box, Scale
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.shapes import discs, rectangle, separate
from scenes.stage.plots.ticks import whole_ticks

Values = npt.NDArray[np.float64]

_BAR = 0.56  # of the width of an update
_PAD = 0.08  # of the range of the values, at the ends that are not 0


class Strip(VGroup):
    """Two plots, one for each component: bars for v, dots on stems for g; updates from 1.

    :meth:`reach` shows them up to a fractional update.
    """

    def __init__(
        self,
        gradients: Values,
        velocities: Values,
        names: tuple[str, str],
        update: str,
        box: Box,
        theme: Theme,
        scale: Scale,
    ) -> None:
        """``gradients``, ``velocities``: (n, 2), n at least 1; ``names`` of the components.

        ``update`` names the axis of both.
        """
        super().__init__()
        self.gradients, self.velocities = gradients, velocities
        self._radius = 0.3 * scale.small
        self.plots: list[Plot] = []
        self.bars, self.dots, self.stems, self.levels = (VGroup() for _ in range(4))
        count = len(gradients)
        for j, (name, row) in enumerate(zip(names, box.rows(0.5, 0.5), strict=True)):
            values = np.concatenate([gradients[:, j], velocities[:, j], [0.0]])
            low, high = _range(float(values.min()), float(values.max()))
            ticks = [k for k in whole_ticks(count, 5) if k > 0] or [1.0]
            plot = Plot(
                row, Axis(0.4, count + 0.6, update, ticks), Axis(low, high, name), theme, scale
            )
            plot.remove(plot.grid)
            level = VMobject(color=theme.muted, stroke_width=1.5)
            level.points = separate(plot.at(0.4, 0)[None], plot.at(count + 0.6, 0)[None])
            self.plots.append(plot)
            self.levels.add(level)
            self.bars.add(VMobject(color=theme.rules[1], fill_opacity=0.75, stroke_width=0))
            self.stems.add(VMobject(color=theme.gradient, stroke_width=2.0, fill_opacity=0))
            self.dots.add(VMobject(color=theme.gradient, fill_opacity=1, stroke_width=0))
        self.frame = VGroup(*self.plots, self.levels)
        self.add(self.frame, self.bars, self.stems, self.dots)

    def reach(self, t: float) -> None:
        """Show the first ``t`` updates; the last of them grows."""
        count = len(self.gradients)
        whole = min(int(t + 1e-9), count)
        shares = np.ones(min(int(np.ceil(t - 1e-9)), count))
        if len(shares) > whole:
            shares[-1] = t - whole
        ks = np.arange(1.0, len(shares) + 1)
        for j, plot in enumerate(self.plots):
            bars = shares * np.clip(self.velocities[: len(ks), j], plot.y.low, plot.y.high)
            values = shares * np.clip(self.gradients[: len(ks), j], plot.y.low, plot.y.high)
            self.bars[j].points = self._boxes(plot, ks, bars)
            places, feet = plot.map(ks, values), plot.map(ks, 0 * values)
            self.stems[j].points = separate(feet, places)
            self.dots[j].points = discs(places, self._radius)

    def component(self, j: int) -> VGroup:
        """All that shows the component ``j``."""
        parts = (self.levels, self.bars, self.stems, self.dots)
        return VGroup(self.plots[j], *(part[j] for part in parts))

    @staticmethod
    def _boxes(plot: Plot, ks: Values, heights: Values) -> Values:
        lows = plot.map(ks - _BAR / 2, np.minimum(heights, 0.0))
        highs = plot.map(ks + _BAR / 2, np.maximum(heights, 0.0))
        parts = [rectangle(*low[:2], *high[:2]) for low, high in zip(lows, highs, strict=True)]
        return np.concatenate([np.zeros((0, 3)), *parts])


def _range(low: float, high: float) -> tuple[float, float]:
    """The range of an axis that shows values from ``low`` <= 0 to ``high`` >= 0."""
    pad = _PAD * (high - low) or 1.0
    return (low - pad if low or not high else 0.0), (high + pad if high or not low else 0.0)
