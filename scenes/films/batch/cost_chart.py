"""The cost over the epochs, to which the places on the parabola move."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.films.batch.free_corner import free_corner
from scenes.stage.page.layout import Box, Scale
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.series import Series
from scenes.stage.plots.shapes import discs
from scenes.stage.plots.ticks import whole_ticks

Values = npt.NDArray[np.float64]

_END = 1.06  # times the epochs: the last number stands clear of the name of the axis
_FLOCK = 400  # places at most that move to the chart
_BEADS = 0.55, 0.45  # radii of these places on the parabola and on the chart, in the point's


class CostChart:
    """``plot`` and ``series``; ``flock``, the places that :meth:`fly` from the parabola.

    ``inset`` is a box within the plot where the curve is not, if there is one.
    """

    def __init__(
        self, trace: Trace, epoch: str, radius: float, box: Box, theme: Theme, scale: Scale
    ) -> None:
        """``epoch`` is the name of the axis, ``radius`` that of the point."""
        self.cost, self.w, self.radius = trace.cost, trace.w, radius
        first, largest = float(self.cost[0]), float(self.cost.max())
        top, count = 1.08 * min(largest, 6 * first) or 1.0, trace.updates
        x = Axis(0, _END * max(count, 1), epoch, whole_ticks(count, 5))
        self.plot = Plot(box, x, Axis(0.0, top, "J", None, theme.cost), theme, scale)
        counts = np.arange(count + 1, dtype=float)
        self.inset = free_corner(self.plot, counts, self.cost)
        if self.inset is not None:
            self.plot.remove(self.plot.grid)  # it would lie behind another picture
        self.series = Series(self.plot, counts, self.cost, theme.cost, radius, width=6)
        self.flock = VMobject(color=theme.path, fill_opacity=0.9, stroke_width=0)
        self.picture = VGroup(self.plot, self.series, self.flock)
        self._starts = self._stops = np.zeros((0, 3))

    def gather(self, plot: Plot) -> None:
        """Put the flock on the parabola in ``plot``: what both show; of very many, some."""
        count = len(self.cost)
        some = np.unique(np.linspace(0, count - 1, min(count, _FLOCK)).round().astype(int))
        seen = [
            k
            for k in some.tolist()
            if plot.contains(self.w[k], self.cost[k]) and self.cost[k] <= self.plot.y.high
        ]
        self._starts = plot.map(self.w[seen], self.cost[seen])
        self._stops = self.plot.map(np.array(seen, dtype=float), self.cost[seen])
        self.fly(0.0)

    def fly(self, amount: float) -> None:
        """Move the flock towards the chart, from 0 to 1."""
        small, large = _BEADS[1], _BEADS[0]
        places = self._starts + amount * (self._stops - self._starts)
        self.flock.points = discs(places, (large + amount * (small - large)) * self.radius)
