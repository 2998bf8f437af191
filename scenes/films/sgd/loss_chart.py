"""The chart of SGD: the saw-tooth of the samples' losses, and the cost, over the updates.

It stands beside the parabolas and has their heights: the point and the tip of the curve are level.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import LEFT, VGroup, VMobject

from gdcore.outcome import Outcome, outcome
from gdcore.trace import Trace
from scenes.stage.descent.hop_path import HopPath
from scenes.stage.descent.moving_parabolas import MovingParabolas
from scenes.stage.descent.seen_curve import Span
from scenes.stage.page.figures import fixed
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.layout import Box, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.band_note import band_titles
from scenes.stage.plots.epochs import epoch_means, telling_epochs
from scenes.stage.plots.moving_plot import MovingPlot
from scenes.stage.plots.series import Series

Values = npt.NDArray[np.float64]

_WHOLE = 1e-6
_FEW = 60  # updates at most that get beads in their samples' hues


class LossChart(VGroup):
    """``plot`` with its title; ``costs`` and ``losses`` (the series) on top.

    The chart shows the first ``count`` updates: until the cost has come down.
    """

    def __init__(
        self, scene: FilmScene, field: MovingParabolas, path: HopPath, box: Box, heights: Span
    ) -> None:
        """``heights``: the range of J and ℓ on the parabolas' plot beside the chart."""
        super().__init__()
        trace, theme, scale = field.trace, scene.theme, scene.layout.scale
        self.trace, self._path = trace, path
        self.count = shown_updates(trace, field.cost.lowest)
        updates = 0.0, float(self.count)
        self.plot = CountPlot(
            box, updates, [heights], [VMobject()], VMobject(), theme, scale, least="0"
        )
        xs, ys = saw_tooth(trace)
        every, radius = np.arange(trace.updates + 1, dtype=float), 0.8 * field.radius
        beads = None
        if self.count <= _FEW:
            beads = [each for k in range(trace.updates) for each in (None, field.hue(k))]
        means = [
            epoch_means(every, values, trace.updates_per_epoch)
            for values in (trace.loss, trace.cost)
        ]
        self.losses = Series(
            self.plot, xs, ys, theme.muted if beads else theme.loss, radius,
            width=2.5, beads=beads, means=means[0],
        )  # fmt: skip
        self.costs = Series(self.plot, every, trace.cost, theme.cost, radius, means=means[1])
        self.title = self._title(scene, box)
        self.add(self.plot, self.title, self.costs, self.losses)

    def _title(self, scene: FilmScene, box: Box) -> Label:
        """What the curves are; or what the bands are, if they are crowded."""
        small, left = scene.layout.scale.small, self.plot.inner.left
        titles = [scene.text("chart"), scene.text("chart-short")]
        if self.count < self.trace.updates:
            titles.insert(0, scene.text("chart-first", count=self.count))
        if self.losses.crowded or self.costs.crowded:
            titles = band_titles(scene.words, *titles[-2:])
        room = Box(left - 0.5 * small, box.bottom, box.right, box.top)
        title = scene.title_of(room, *titles)
        return title.put(point(room.left, box.top - 0.8 * small), LEFT)

    def index(self, t: float) -> float:
        """How far the saw-tooth is at ``t``: it rises while the point hops, then it falls."""
        k, hopped, slid = self._path.phase(t)
        return 2 * k + slid if k == 0 or slid > 0 else 2 * k - 1 + hopped

    def reach(self, t: float) -> None:
        """Draw both curves up to ``t`` of the hop path."""
        k, _, slid = self._path.phase(t)
        self.losses.reach(self.index(t))
        self.costs.reach(k + slid)


class CountPlot(MovingPlot):
    """A plot over a count: only whole numbers stand at its x axis."""

    def _x_numbers(self) -> tuple[list[float], list[str]]:
        values, _ = super()._x_numbers()
        whole = [value for value in values if abs(value - round(value)) < _WHOLE]
        return whole, [fixed(value, 0) for value in whole]


def shown_updates(trace: Trace, lowest: float) -> int:
    """How many updates the chart shows."""
    return min(trace.updates, telling_epochs(trace, lowest) * trace.updates_per_epoch)


def loss_top(trace: Trace) -> float:
    """The greatest loss that the chart shows, if it has its own heights."""
    first = 2 * max(trace.updates_per_epoch, 3)
    if outcome(trace) is Outcome.DIVERGING:
        first = 6  # within an epoch of many updates it may leave the range of a double
    start = trace.loss[:first][np.isfinite(trace.loss[:first])]
    return min(float(np.max(trace.loss)), 3 * float(np.max(start, initial=0.0)))


def saw_tooth(trace: Trace) -> tuple[Values, Values]:
    """Corners (2T,): in an update the loss falls from before to after; then another loss comes."""
    counts = np.arange(trace.updates, dtype=float)
    xs = np.stack([counts, counts + 1], axis=1).ravel()
    return xs, np.stack([trace.loss, trace.loss_after], axis=1).ravel()
