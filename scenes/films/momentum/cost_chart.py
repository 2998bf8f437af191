"""J of two descents over their updates, in powers of ten, with the J that counts as arrived."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.films.momentum.runs import GOAL
from scenes.stage.page.figures import short
from scenes.stage.page.formulas import formula
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.arrival_mark import ArrivalMark, place_numbers
from scenes.stage.plots.curve import Curve
from scenes.stage.plots.log_chart import LogChart, decades
from scenes.stage.plots.shapes import discs

Values = npt.NDArray[np.float64]

_LEVEL = math.log10(GOAL)
_BEYOND = 1.06  # the last update that the chart shows, in counts of the last one that is drawn
_WIDTH = 5.0
_APART = 0.4  # heights of a capital, between a name and what is beside it


class CostChart(VGroup):
    """``plot``; ``curves`` with their ``heads``; ``marks`` at the arrivals; ``names`` of slopes.

    In the long run J falls by the factor ρ² an update: that is a curve's slope.
    """

    def __init__(
        self, traces: Sequence[Trace], arrivals: Sequence[int | None], radii: Sequence[float],
        update: str, box: Box, theme: Theme, scale: Scale,
    ) -> None:  # fmt: skip
        """``radii``: ρ of each descent; ``update`` names the axis."""
        super().__init__()
        self._cap, hues = scale.label, theme.rules[: len(traces)]
        ends = zip(traces, arrivals, strict=True)
        self.last = max(trace.updates if end is None else end for trace, end in ends)
        self.levels = [decades(trace.cost[: self.last + 1]) for trace in traces]
        top = max(float(trace.cost[: self.last + 1].max()) for trace in traces)
        count = _BEYOND * max(self.last, 1)
        name, height = Label(update, scale.label, theme.muted), formula("J", self._cap, theme.cost)
        self.plot = LogChart(box, count, max(top, GOAL), GOAL, [name], height, theme, scale)
        self.goal = self._name_goal()
        xs = np.arange(self.last + 1.0)
        made = list(zip(self.levels, hues, strict=True))
        self.curves = VGroup(*(Curve(self.plot, xs, ys, hue, _WIDTH) for ys, hue in made))
        self.heads = VGroup(*(VMobject(color=h, fill_opacity=1, stroke_width=0) for h in hues))
        marks = list(self._mark(arrivals, hues))
        self.marks = VGroup(*marks)
        taken = [_around(mark.number) for mark in marks if mark.number.text]
        self.names = VGroup(*self._name_slopes(radii, hues, taken))
        self.add(self.plot, self.goal, self.marks, self.curves, self.heads, self.names)

    def reach(self, t: float) -> None:
        """Draw both curves up to the fractional update ``t``."""
        for curve, head in zip(self.curves, self.heads, strict=True):
            curve.reach(t)
            x, y = curve.at(t).tolist()
            seen = self.plot.contains(x, y)
            centre = self.plot.at(x, y)[None] if seen else np.zeros((0, 3))
            head.points = discs(centre, 0.36 * self._cap)

    def _name_goal(self) -> VMobject:
        """The J of the dashed line, above its left end, or above the plot if a curve is there."""
        plot, cap = self.plot, self._cap
        made = formula(f"J = {short(GOAL)}", cap, plot.theme.good)
        left = plot.at(0.0, _LEVEL) + point(_APART * cap, 0.9 * cap)
        made.move_to(left + point(made.width / 2, 0.0))
        if not self._is_free(_around(made), []):
            row = float(plot.name_of_y.get_center()[1])
            made.move_to(point(plot.inner.right - made.width / 2, row))
        return made

    def _mark(self, arrivals: Sequence[int | None], hues: Sequence[str]) -> Iterator[ArrivalMark]:
        """A dot, a line and the count for each descent that arrives after some update."""
        found = [
            (ArrivalMark(self.plot, float(levels[end]), hue), end)
            for levels, end, hue in zip(self.levels, arrivals, hues, strict=True)
            if end
        ]
        marks = [mark for mark, _ in found]
        counts = [float(end) for _, end in found]
        place_numbers(marks, counts, [str(end) for _, end in found])
        for mark, count in zip(marks, counts, strict=True):
            mark.stand(count)
            mark.number.write(mark.count)
            yield mark

    def _name_slopes(
        self, radii: Sequence[float], hues: Sequence[str], taken: list[Box]
    ) -> Iterator[VMobject]:
        """ρ² at the right of each curve, where there is room beside what is ``taken``."""
        taken = [*taken, _around(self.goal)]
        for levels, radius, hue in zip(self.levels, radii, hues, strict=True):
            made = formula(f"rho^2 = {short(radius**2, 3)}", self._cap, hue)
            places = (box for box in self._beside(levels, made) if self._is_free(box, taken))
            box = next(places, None)
            if box is not None:
                taken.append(box)
                yield made.move_to(box.center)

    def _beside(self, levels: Values, name: VMobject) -> Iterator[Box]:
        """The places above the right side of a curve, those at half of the height first."""
        pad, middle = _APART * self._cap, (self.plot.y.high + _LEVEL) / 2
        half, rise = name.width / 2, name.height / 2
        ts = np.arange(0.0, self.last + 0.25, 0.25)
        heights = np.interp(ts, np.arange(len(levels)), levels)
        for i in np.argsort(np.abs(heights - middle), kind="stable"):
            if self.plot.contains(ts[i], heights[i]):
                at = self.plot.at(ts[i], heights[i]) + point(half + pad, rise + pad)
                yield Box(at[0] - half, at[1] - rise, at[0] + half, at[1] + rise)

    def _is_free(self, box: Box, taken: Sequence[Box]) -> bool:
        """Whether ``box`` lies in the plot and covers no curve, not the goal, nothing ``taken``."""
        plot, pad = self.plot, 0.5 * _APART * self._cap
        box, inner = box.inset(-pad, -pad, -pad, -pad), plot.inner
        if box.left < inner.left or box.right > inner.right or box.top > inner.top:
            return False
        if box.bottom < inner.bottom or any(map(box.meets, taken)):
            return False
        wide = (plot.x.high - plot.x.low) / inner.width
        ts = (np.linspace(box.left, box.right, 17) - inner.left) * wide
        lines = [np.interp(ts, np.arange(len(levels)), levels) for levels in self.levels]
        for line in (*lines, np.full(len(ts), _LEVEL)):
            heights = plot.map(ts, line)[:, 1]
            if heights.min() <= box.top and heights.max() >= box.bottom:
                return False
        return True


def _around(part: VMobject) -> Box:
    (x, y, _), half, rise = part.get_center(), part.width / 2, part.height / 2
    return Box(x - half, y - rise, x + half, y + rise)
