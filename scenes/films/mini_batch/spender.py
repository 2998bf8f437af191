"""One batch size that spends its budget of sample gradients: its parabola, chart and lane."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from gdcore.outcome import Outcome, outcome
from scenes.catalogue.theme import Theme
from scenes.stage.descent.parabola import cost_curve
from scenes.stage.descent.visible_range import cost_axis, w_range
from scenes.stage.descent.walker import Walker, between
from scenes.stage.noise.lane import Lane
from scenes.stage.noise.spreads import Settling, figure, late_deviation
from scenes.stage.page.glyphs import text_glyphs
from scenes.stage.page.layout import Box, Scale
from scenes.stage.page.readouts import Readout, Readouts
from scenes.stage.plots.epochs import epoch_means, telling_epochs
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.series import Series
from scenes.stage.plots.ticks import sparse_ticks, whole_ticks

Values = npt.NDArray[np.float64]

_BEADS = 60  # updates whose places stay marked on the parabola
_WAITING = 0.55  # share of an update's gradients that are computed before the point moves


@dataclass(frozen=True)
class Shared:
    """What is the same for all sizes: the axes' ranges, and the words."""

    w_range: tuple[float, float]
    """of the parabolas"""
    top: float
    """the highest cost in the charts"""
    span: tuple[float, float]
    """of w in the lanes"""
    count: int
    """the gradients that the charts show: until the cost is almost at its minimum"""
    widest: tuple[str, str]
    """the largest size and number of updates"""
    words: dict[str, str]
    """size, update, lane, lane-short, measured, measured-short"""


@dataclass(frozen=True)
class Places:
    """The boxes of one size: its numbers, its parabola, its chart (title apart), its lane."""

    head: Box
    hill: Box
    chart: Box
    lane: Box
    over_head: bool
    """whether the lane covers the numbers; then its title names the size"""


class Spender:
    """``still`` under ``moving``, later ``lane``; all of them follow the spent gradients."""

    def __init__(
        self, walk: Settling, color: str, shared: Shared, at: Places, theme: Theme, scale: Scale
    ) -> None:
        self.walk, self.trace, self.places = walk, walk.trace, at
        self.spent = walk.trace.sample_gradients.astype(float)
        self.size = walk.size
        self.curve, words = cost_curve(walk.objective), shared.words
        self.plot = self._make_plot(shared.w_range, at, theme, scale)
        self.line = VMobject(color=theme.cost, stroke_width=5)
        self.line.points = self.curve.curve(self.plot)
        beads = [(float(w), self.curve(float(w))) for w in self.trace.w[: _BEADS + 1]]
        diverges = outcome(self.trace) is Outcome.DIVERGING
        self.walker = Walker(
            self.plot, 0.36 * scale.label,
            beads=beads, diverges=diverges, room=(at.hill.left, at.hill.right),
        )  # fmt: skip
        self.chart = self._make_chart(shared, at.chart, theme, scale)
        means = epoch_means(self.spent, self.trace.cost, self.trace.updates_per_epoch)
        self.series = Series(
            self.chart, self.spent, self.trace.cost, color, 0.3 * scale.label, means=means
        )
        items = [
            Readout(words["size"], color, shared.widest[0], "B"),
            Readout(words["update"], theme.ink, shared.widest[1], "k"),
        ]
        self.readouts = Readouts(items, at.head, theme, scale)
        self.lane = self._make_lane(shared, at, theme, scale)
        self.still = VGroup(self.plot, self.chart, self.line)
        self.moving = VGroup(self.walker, self.series)

    def _make_plot(self, ends: tuple[float, float], at: Places, theme: Theme, scale: Scale) -> Plot:
        low, high = ends
        # If the point leaves the plot, its value is above the plot: no name may be there.
        leaves = bool(((self.trace.w < low) | (self.trace.w > high)).any())
        box = at.hill.inset(top=1.6 * scale.label) if leaves else at.hill
        y = cost_axis(self.curve, low, high, "" if leaves or at.over_head else "J", theme.cost)
        y = replace(y, ticks=sparse_ticks(y.low, y.high, _room(box, scale)))
        return Plot(box, Axis(low, high, "w", None, theme.point), y, theme, scale)

    def _make_chart(self, shared: Shared, box: Box, theme: Theme, scale: Scale) -> Plot:
        widest = text_glyphs(scale.small).width(str(shared.count))
        spent = whole_ticks(shared.count, max(1, min(5, int(box.width / (2.4 * widest)))))
        costs = sparse_ticks(0.0, shared.top, _room(box, scale))
        x, y = Axis(0, shared.count, "", spent), Axis(0.0, shared.top, "", costs)
        return Plot(box, x, y, theme, scale)

    def _make_lane(self, shared: Shared, at: Places, theme: Theme, scale: Scale) -> Lane:
        words, measured = shared.words, figure(self.measured)
        std = figure(self.walk.final.std)
        titles = [words["lane"], words["lane-short"]]
        if at.over_head:
            titles = [f"{words['size']} {self.size}"]
        exact = [f"σ = {std}", std] if self.walk.is_known else []
        found = [words[key].format(std=measured) for key in ("measured", "measured-short")]
        return Lane(
            self.walk, shared.span, at.lane, theme, scale,
            titles=titles, notes=(exact, [*found, measured]), at=self.spent,
        )  # fmt: skip

    @property
    def measured(self) -> float:
        """The deviation of w over the second half of the budget."""
        return late_deviation(self.trace.w)

    def update_at(self, spent: float) -> float:
        """The fractional update for the spent gradients; each is made when all of its are spent."""
        if spent >= self.spent[-1]:
            return float(self.trace.updates)
        k = int(np.searchsorted(self.spent, spent + 1e-9, side="right")) - 1
        part: float = (spent - self.spent[k]) / (self.spent[k + 1] - self.spent[k])
        way = min(max((part - _WAITING) / (1 - _WAITING), 0.0), 1.0)
        return k + way * way * (3 - 2 * way)

    def show(self, spent: float) -> None:
        """Show point, beads, curve and numbers when ``spent`` gradients are spent."""
        t = self.update_at(float(spent))
        w = float(between(self.trace.w, t))
        self.walker.stand(w, self.curve(w))
        self.walker.pass_beads(min(t, float(_BEADS)))
        self.series.reach(t)
        self.readouts.write(str(self.size), str(int(t + 1e-9)))


def _room(box: Box, scale: Scale) -> float:
    """How many tick numbers fit on the y axis of a plot in ``box``."""
    return (box.height - 5.0 * scale.small) / (2.0 * scale.small)


def common(walks: Sequence[Settling], words: dict[str, str]) -> Shared:
    """Ranges in which all ``walks`` can be compared."""
    curve = cost_curve(walks[0].objective)
    ranges = [w_range(curve, walk.trace.w, 1.2) for walk in walks]
    low, high = min(r[0] for r in ranges), max(r[1] for r in ranges)
    first = float(walks[0].trace.cost[0])
    highest = max(float(walk.trace.cost.max()) for walk in walks)
    top = 1.08 * min(highest, 3 * first) or 1.0
    epochs = max(telling_epochs(walk.trace, curve.lowest) for walk in walks)
    count = walks[0].objective.n * epochs
    widest = str(walks[0].objective.n), str(max(walk.trace.updates for walk in walks))
    return Shared((low, high), top, _close_up(walks), count, widest, words)


def _close_up(walks: Sequence[Settling]) -> tuple[float, float]:
    """The range around w* for the widest spread; the whole descent if no spread is visible."""
    goal, start = walks[0].final.mean, abs(walks[0].trace.start[0] - walks[0].final.mean)
    exact = [walk.final.std for walk in walks if walk.is_known and math.isfinite(walk.final.std)]
    late = [late_deviation(walk.trace.w) for walk in walks if walk.trace.diverged_at is None]
    reach = 4.0 * max([*exact, *(min(each, 4 * start) for each in late)], default=0.0)
    if reach <= max(1e-3 * start, 1e-6 * abs(goal)):
        reach = 1.15 * start or abs(goal) / 2 or 1.0
    return goal - reach, goal + reach
