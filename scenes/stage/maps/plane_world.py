"""What the sections of `plane` show: the map with two descents, the data and line, numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.stage.maps.map_arrow import MapArrow
from scenes.stage.maps.plane_chart import Window
from scenes.stage.maps.plane_map import PlaneMap
from scenes.stage.maps.trail import Trail
from scenes.stage.page.arrangement import arrangement
from scenes.stage.page.figures import decimals, fixed, running, short
from scenes.stage.page.glyphs import text_glyphs
from scenes.stage.page.layout import Box, Layout
from scenes.stage.page.readouts import Readout, Readouts
from scenes.stage.plots.line_plot import LinePlot
from scenes.stage.plots.shapes import discs

Values = npt.NDArray[np.float64]

_NAMED = 3.0  # capitals, for a weight's name and the sign =
_LONG = 1e4  # from here on weights have many digits
_ROUNDING = 1e-24  # share of mean y²: the square of `Dataset.exact`'s tolerance
_DATA_WIDE, _DATA_HIGH = 0.4, 0.85  # of the side: the data's width in 9:16; their height in widths
_SPARE = 0.1  # units of the map's width that numbers beside it need more than the map
_FORMULA = 11.0  # the width of a formula, in capitals
_DENSE = 60  # steps of SGD; with more the zig-zag fills its area: older ones are faint
_HEAD = 0.38  # of a step's arrow at most: the head; a short step still has a shaft
_ARROW = 0.16  # length of a drawn gradient, as a share of the map's width


@dataclass(frozen=True)
class Regions:
    """The places of the map, of the data, and of the numbers; ``narrow``: too narrow for formulas.

    Then formulas stand on the map, in a corner of it.
    """

    map: Box
    data: Box
    notes: Box
    narrow: bool


def regions(layout: Layout) -> Regions:
    """The map, and beside or under it the data, with the numbers below or beside them."""
    places, cap = arrangement(layout), layout.scale.label
    hero, side = places.hero, places.side
    if layout.portrait:
        data, notes = side.columns(_DATA_WIDE, 1 - _DATA_WIDE)
        data = data.no_higher(1.0)
    else:
        spare = _SPARE if layout.stacked else _SPARE / 2
        hero, side = hero.inset(right=spare), side.inset(left=-spare)
        data = side.inset(bottom=side.height - _DATA_HIGH * side.width)
        notes = side.inset(top=data.height + 0.5 * cap)
    return Regions(hero, data, notes, notes.width < _FORMULA * cap)


@dataclass(frozen=True)
class Walk:
    """A descent on the map: its trace, its trail, and the colour of its weights."""

    trace: Trace
    trail: Trail
    color: str
    theme: Theme

    def looked_at(self, k: int) -> list[int]:
        """The samples that update ``k`` looks at; empty if it looks at all."""
        row = [int(i) for i in self.trace.samples[k] if i >= 0]
        return [] if self.trace.order == "batch" else row

    def hue(self, k: int) -> str:
        """The colour of update ``k``'s gradient: of its sample, if it looks at a single one."""
        samples = self.looked_at(k)
        if not samples:
            return self.theme.gradient
        return self.theme.sample(samples[0]) if len(samples) == 1 else self.theme.loss


class PlaneWorld:
    """The map, the descents ``batch`` and ``sgd`` on it, and the data plot that follows them."""

    def __init__(
        self, traces: Mapping[str, Trace], layout: Layout, theme: Theme, words: Mapping[str, str]
    ) -> None:
        """``words`` are those of the film's language."""
        scale, batch, sgd = layout.scale, traces["batch"], traces["sgd"]
        self.theme, self.regions = theme, regions(layout)
        self.map = PlaneMap((batch, sgd), self.regions.map, theme, scale)
        self.map.name_bands(words)
        self.map.name_valleys()
        plot, radius = self.map.plot, self.map.radius
        start, goal = self.map.start, self.map.target
        lines = [start, goal, np.array([goal[0], start[1]])]
        slow = Trail(plot, batch.theta, theme.batch, radius, cased=True)
        self.batch = Walk(batch, slow, theme.batch, theme)
        zigzag = Trail(plot, sgd.theta, theme.sgd, radius, width=2.5, bead=0.36, dense=_DENSE)
        self.sgd = Walk(sgd, zigzag, theme.sgd, theme)
        self.probe = VMobject(color=theme.point, fill_opacity=1, stroke_width=0)
        self.gradient = MapArrow(plot, theme.gradient, 2.2 * radius)
        self.step = MapArrow(plot, theme.step, 2.2 * radius, _HEAD)
        self.places = decimals([plot.x.low, plot.x.high], 3), decimals([plot.y.low, plot.y.high], 3)
        self._glyphs = text_glyphs(scale.label)
        self._room = self.regions.notes.width - _NAMED * scale.label
        self.cost_places = decimals([float(batch.cost[0])], 4)
        self.readouts = self._make_readouts(words["common.update-count"], layout)
        self.data = LinePlot(self.map.objective.data, lines, self.regions.data, theme, scale)

    def _make_readouts(self, update: str, layout: Layout) -> Readouts:
        theme, plot = self.theme, self.map.plot
        most = str(max(self.batch.trace.updates, self.sgd.trace.updates))
        ends = [walk.trace.theta[[0, -1]] for walk in (self.batch, self.sgd)]
        ends.append(np.array([[plot.x.low, plot.y.low], [plot.x.high, plot.y.high]]))
        texts = [self.weight_texts(theta) for theta in np.concatenate(ends)]
        ws, bs = (max(column, key=len) for column in zip(*texts, strict=True))
        costs = [float(walk.trace.cost[k]) for walk in (self.batch, self.sgd) for k in (0, -1)]
        costs += [_least(walk.trace.cost) for walk in (self.batch, self.sgd)]
        cost = max(map(self.cost_text, costs), key=len)
        items = [
            Readout("w", theme.point, ws),
            Readout("b", theme.point, bs),
            Readout("J", theme.cost, cost),
            Readout(update, theme.ink, most, "k"),
        ]
        return Readouts(items, self.regions.notes, theme, layout.scale)

    def stand(self, theta: Values, cost: float, update: str = "0") -> None:
        """Show line, residuals and numbers at the weights ``theta`` of this cost."""
        w, b = float(theta[0]), float(theta[1])
        self.data.turn(w, b)
        self.readouts.write(*self.weight_texts(theta), self.cost_text(cost), update)

    def weight_texts(self, theta: Values) -> tuple[str, str]:
        """Weights in the readouts and in results, with one digit more than in a calculation.

        With fewer digits if there is no room for them.
        """
        w, b = (
            self._fitting(float(value), fixed(float(value), places + 1))
            for value, places in zip(theta, self.places, strict=True)
        )
        return w, b

    def _fitting(self, value: float, text: str) -> str:
        """``text``, or the ``value`` with so few digits that it fits beside its name."""
        if not math.isfinite(value):
            return text
        texts = [text, *(short(value, digits) for digits in (3, 2, 1))]
        fits = (each for each in texts if self._glyphs.width(each) <= self._room)
        return next(fits, texts[-1])

    def cost_text(self, cost: float) -> str:
        """A running cost as text."""
        return self._fitting(cost, running(cost, self.cost_places))

    def end_texts(self, walk: Walk) -> tuple[str, str]:
        """The weights at which a descent ended, as texts."""
        theta = walk.trace.theta[-1]
        w, b = self.weight_texts(theta)
        if np.abs(theta).max() >= _LONG or "×" in w + b:
            w, b = (self._fitting(float(value), short(float(value), 2)) for value in theta)
        return w, b

    def show_probe(self, theta: Values) -> None:
        """Show a place of the map that belongs to no descent, with its line.

        At the minimum of exact data J is 0, without rounding errors.
        """
        center = self.map.plot.at(float(theta[0]), float(theta[1]))
        self.probe.points = discs(center[None], self.map.radius)
        objective = self.map.objective
        cost, square = objective.cost(theta), float(np.mean(objective.data.y**2))
        self.stand(theta, 0.0 if objective.exact and cost <= _ROUNDING * square else cost)

    def show(self, walk: Walk, t: float) -> None:
        """Show a descent at its fractional update ``t``, with its line."""
        walk.trail.reach(t)
        theta = walk.trail.at(t)
        self.stand(theta, self.map.objective.cost(theta), str(int(t + 1e-9)))

    def look(self, window: Window, depth: float) -> None:
        """Show another window of the map; see `PlaneChart.look`."""
        self.map.look(window, depth)
        for walk in (self.batch, self.sgd):
            walk.trail.follow()

    def moving(self, *others: VMobject) -> VGroup:
        """Everything that moves when the place changes, for a Drive."""
        return VGroup(self.data.live, self.readouts, *others)

    def recolor(self, color: str) -> None:
        """Give the line and the numbers the colour of the descent that they belong to."""
        self.data.line.set_stroke(color, family=False)
        for figure in self.readouts.figures[:2]:
            figure.set_fill(color)

    def look_at(self, walk: Walk, k: int) -> list[VMobject]:
        """Prepare what update ``k`` looks at: the contour and the gradient, or its samples."""
        self.step.clear()
        samples = walk.looked_at(k)
        if not samples:
            self.map.lay_level(walk.trace.theta[k])
            self._point_uphill(walk.trace, k)
            return [self.map.level, self.gradient]
        self.map.valleys.light(samples, walk.hue(k))
        self.data.light(samples)
        return [self.map.valleys.active, self.data.rings]

    def _point_uphill(self, trace: Trace, k: int) -> None:
        """Draw the gradient of update ``k``; its direction is exact, its length is not to scale."""
        plot, way = self.map.plot, np.array(trace.gradient[k])
        self.gradient.clear()
        largest = float(np.abs(way).max())
        if largest == 0:
            return
        spans = np.array([plot.x.high - plot.x.low, plot.y.high - plot.y.low])
        way = way / largest
        drawn = way / spans * [plot.inner.width, plot.inner.height]
        here = np.array(trace.theta[k])
        length = _ARROW * plot.inner.width
        self.gradient.reach(here, here + way * (length / float(np.hypot(*drawn))))

    def grow_step(self, walk: Walk, k: int) -> Callable[[float], None]:
        """A function of 0…1 that grows the step of update ``k`` from the point."""
        here, to = (np.array(walk.trace.theta[j]) for j in (k, k + 1))
        return lambda amount: self.step.reach(here, here + amount * (to - here))


def _least(costs: Values) -> float:
    """The smallest cost that is not 0: as a power of ten it may be the longest text."""
    return float(np.min(costs, where=costs > 0, initial=float(costs[0])))
