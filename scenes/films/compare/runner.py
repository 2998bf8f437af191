"""One of several descents on one parabola: its point with a name, its curve in the chart."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import ORIGIN

from gdcore.trace import Trace
from scenes.stage.descent.moving_hill import MovingHill
from scenes.stage.descent.walker import Walker, between
from scenes.stage.page.figures import equations
from scenes.stage.page.glyphs import Figure, word_glyphs
from scenes.stage.page.layout import point
from scenes.stage.plots.arrival_mark import ArrivalMark
from scenes.stage.plots.epochs import EpochMeans, epoch_means
from scenes.stage.plots.log_chart import LogChart, decades
from scenes.stage.plots.series import Series, crowds

Values = npt.NDArray[np.float64]

_ABOVE = 1.9  # distance of a name above its point, in heights of a capital


class Runner:
    """``walker``, ``tag`` (its name), ``series`` (its curve), ``mark`` (where it arrives)."""

    def __init__(
        self, trace: Trace, name: str, color: str, hill: MovingHill, radius: float, diverges: bool
    ) -> None:
        self.trace, self.name, self.color = trace, name, color
        self.hill, self.plot, self.curve = hill, hill.plot, hill.curve
        self.cap = self.plot.scale_.label
        self.walker = Walker(self.plot, radius, beads=[], diverges=diverges, room=hill.room)
        self.walker.point.set_color(color)
        for part in (self.walker.edge, self.walker.value):
            part.set_color(color)
        self.w, self.t, self.drawn = float(trace.w[0]), 0.0, 0.0
        self.tag = Figure(word_glyphs(name, self.cap), color, side=ORIGIN)
        self.width = self.tag.glyphs.width(name)
        with np.errstate(over="ignore"):
            away = trace.w - self.curve.minimiser
            heights = self.curve.curvature / 2 * away * away
        self.excess = decades(heights)
        updates = np.arange(trace.updates + 1, dtype=float)
        self.counts: dict[str, Values] = {
            "epochs": updates / trace.updates_per_epoch,
            "updates": updates,
            "gradients": trace.sample_gradients.astype(float),
        }
        found = epoch_means(updates, heights, trace.updates_per_epoch)
        # Of each epoch the mean of the cost itself, and only then its logarithm.
        self._levels = None if found is None else decades(found.values)

    def draw_in(self, chart: LogChart, lasts: dict[str, int], width: float, at: int | None) -> None:
        """Make its curve, by epochs; ``lasts``: where the axes end; ``at``: when it arrives."""
        self.lasts, self.at, xs = lasts, at, self.counts["epochs"]
        crowded = any(self._crowds(chart, axis) for axis in lasts)
        self.series = Series(
            chart, xs, self.excess, self.color, 0.42 * self.cap,
            width=width, means=self._means(xs), crowded=crowded,
        )  # fmt: skip
        self.series.head.set_color(self.color)
        level = None if at is None else float(self.excess[at])
        self.mark = ArrivalMark(chart, level, self.color)

    def _crowds(self, chart: LogChart, axis: str) -> bool:
        """Whether its curve by this count would be a solid bar."""
        share = chart.x.high / self.lasts[axis]
        return crowds(chart, self.counts[axis] * share, self.excess)

    def _means(self, xs: Values) -> EpochMeans | None:
        if self._levels is None:
            return None
        per_epoch = self.trace.updates_per_epoch
        return EpochMeans(xs[: len(self._levels) * per_epoch + 1 : per_epoch], self._levels)

    def reach(self, t: float) -> None:
        """Show point and curve at the fractional update ``t``."""
        self.t = self.drawn = t
        self._stand(t)
        self.series.reach(t)

    def _stand(self, t: float) -> None:
        w = self.w = between(self.trace.w, t)
        self.walker.stand(w, self.curve(w))

    def morph(self, start: str, stop: str, amount: float) -> None:
        """Stretch its curve on the way from one count to another."""
        xs = between_counts(self.counts[start], self.counts[stop], amount)
        self.series.lay(xs, self._means(xs))
        self.series.reach(self.drawn)
        self.series.stand(self.t)
        if self.at is not None:
            self.mark.stand(float(xs[self.at]))

    def run_to(self, axis: str, count: float) -> None:
        """Put the point on the parabola and the curve's head where this ``count`` is reached.

        It stops where it arrives. The curve itself stays as it is.
        """
        xs = self.counts[axis]
        t = float(np.interp(count, xs, np.arange(len(xs))))
        self.t = t if self.at is None else min(t, float(self.at))
        self._stand(self.t)
        self.series.stand(self.t)

    def arrival(self, axis: str) -> float | None:
        """The place on this axis at which it arrives."""
        return None if self.at is None else float(self.counts[axis][self.at])

    def counted(self, t: float) -> tuple[int, int, int]:
        """Whole epochs, updates and sample gradients at the fractional update ``t``."""
        k = min(int(t + 1e-9), self.trace.updates)
        return k // self.trace.updates_per_epoch, k, int(self.trace.sample_gradients[k])

    def is_seen(self) -> bool:
        """Whether its point is within the plot."""
        return bool(len(self.walker.point.points))


def between_counts(start: Values, stop: Values, amount: float) -> Values:
    """Counts (n,) on the way from one unit to another, by even factors: an even zoom."""
    found: Values = start ** (1 - amount) * stop**amount
    return found


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
