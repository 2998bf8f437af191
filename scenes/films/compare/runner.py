"""One of several descents on one parabola: its point with a name, its curves in the charts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import ORIGIN, VGroup

from gdcore.trace import Trace
from scenes.films.compare.log_chart import LogChart, decades
from scenes.stage.descent.parabola import Quadratic
from scenes.stage.descent.walker import Walker, between
from scenes.stage.page.figures import equations
from scenes.stage.page.glyphs import Figure, word_glyphs
from scenes.stage.page.layout import point
from scenes.stage.plots.epochs import EpochMeans, epoch_means
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.series import Series

Values = npt.NDArray[np.float64]

_ABOVE = 1.9  # distance of a name above its point, in heights of a capital


class Runner:
    """``walker``, ``tag`` (its name), ``series`` (one per chart), ``marks`` (where it arrives)."""

    def __init__(
        self,
        trace: Trace,
        name: str,
        color: str,
        curve: Quadratic,
        plot: Plot,
        radius: float,
        diverges: bool,
    ) -> None:
        self.trace, self.name, self.color = trace, name, color
        self.curve, self.plot, self.cap = curve, plot, plot.scale_.label
        self.walker = Walker(plot, radius, beads=[], diverges=diverges)
        self.walker.point.set_color(color)
        for part in (self.walker.edge, self.walker.value):
            part.set_color(color)
        self.w = float(trace.w[0])
        self.tag = Figure(word_glyphs(name, self.cap), color, side=ORIGIN)
        self.width = self.tag.glyphs.width(name)
        with np.errstate(over="ignore"):
            away = trace.w - curve.minimiser
            self._heights = curve.curvature / 2 * away * away
        self.excess = decades(self._heights)
        self.series = VGroup()
        self.marks = VGroup()

    @property
    def counts(self) -> dict[str, Values]:
        """Epochs, updates and sample gradients until each w, by name."""
        updates = np.arange(self.trace.updates + 1, dtype=float)
        return {
            "epochs": updates / self.trace.updates_per_epoch,
            "updates": updates,
            "gradients": self.trace.sample_gradients.astype(float),
        }

    def draw_in(self, charts: dict[str, LogChart], width: float, at: int | None) -> None:
        """Make its curve in each chart; ``at``: the update at which it arrives."""
        self.series, self.marks = VGroup(), VGroup()
        for axis, chart in charts.items():
            xs = self.counts[axis]
            series = Series(
                chart, xs, self.excess, self.color, 0.34 * self.cap,
                width=width, means=self._means(xs),
            )  # fmt: skip
            series.head.set_color(self.color)
            self.series.add(series)
            mark = VGroup()
            if at is not None:
                mark.add(*chart.mark(xs[at], float(self.excess[at]), self.color, 0.34 * self.cap))
            self.marks.add(mark)

    def _means(self, xs: Values) -> EpochMeans | None:
        """Of each epoch the mean of the cost itself, and only then its logarithm."""
        found = epoch_means(xs, self._heights, self.trace.updates_per_epoch)
        return found and EpochMeans(found.edges, decades(found.values))

    def reach(self, t: float) -> None:
        """Show point and curves at the fractional update ``t``."""
        w = self.w = between(self.trace.w, t)
        self.walker.stand(w, self.curve(w))
        for series in self.series:
            series.reach(t)

    def counted(self, t: float) -> tuple[int, int, int]:
        """Whole epochs, updates and sample gradients at the fractional update ``t``."""
        k = min(int(t + 1e-9), self.trace.updates)
        return k // self.trace.updates_per_epoch, k, int(self.trace.sample_gradients[k])

    def is_seen(self) -> bool:
        """Whether its point is within the plot."""
        return bool(len(self.walker.point.points))


def place_tags(first: Runner, second: Runner) -> None:
    """Put each name above its point; if they would overlap, the second moves into the parabola."""
    inner, cap = first.plot.inner, first.cap
    inward = 1.0 if first.trace.w[0] <= first.curve.minimiser else -1.0
    places: list[tuple[Runner, float, float]] = []
    for runner in (first, second):
        if not runner.is_seen():
            runner.tag.write("")
            continue
        x, y, _ = runner.walker.point.get_center()
        x += inward * (runner.width / 2 - 0.5 * cap)  # so that it does not touch the arm
        places.append((runner, x, y + _ABOVE * cap))
    if len(places) == 2:
        (_, x, y), (_, far, high) = places
        level = min(1.0, max(0.0, 2.4 - abs(high - y) / cap))  # 1: on one line
        room = (first.width + second.width) / 2 + 0.5 * cap - inward * (far - x)
        places[1] = (second, far + inward * level * max(0.0, room), high)
    lefts = [x - runner.width / 2 for runner, x, _ in places]
    rights = [x + runner.width / 2 for runner, x, _ in places]
    back = max(0.0, inner.left + 0.1 - min(lefts, default=0.0))
    back -= max(0.0, max(rights, default=0.0) - inner.right)
    for runner, x, y in places:
        runner.tag.text = None
        runner.tag.write(runner.name, point(x + back, y))


def part_values(first: Runner, second: Runner) -> None:
    """If both points have left the plot on one side, keep their values apart.

    They stand in one row, with fewer digits if need be; one below the other if nothing else helps.
    """
    one, other = first.walker.value, second.walker.value
    if not one.text or not other.text:
        return
    room = (one.glyphs.width(one.text) + other.glyphs.width(other.text)) / 2 + 0.6 * first.cap
    if abs(one.at[0] - other.at[0]) >= room:
        return
    (left, right), y, gap = first.walker.room, float(one.at[1]), 0.6 * first.cap
    for texts in zip(*(equations("w", runner.w) for runner in (first, second)), strict=False):
        near, far = (one.glyphs.width(text) for text in texts)
        if near + gap + far <= right - left:
            at_left = one.at[0] < first.plot.inner.center[0]
            x, other_x = (
                (left + near / 2, left + near + gap + far / 2)
                if at_left
                else (right - near / 2, right - near - gap - far / 2)
            )
            one.write(texts[0], point(x, y))
            other.write(texts[1], point(other_x, y))
            return
    other.write(other.text, other.at - point(0.0, 1.8 * first.cap))
