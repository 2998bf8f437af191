"""How the w axis becomes the axis of the factors: points fall onto it, it turns upright."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import ORIGIN, VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.films.learning_rate.balls import Balls
from scenes.films.learning_rate.factor_axes import NUMBERS, TEXTS
from scenes.films.learning_rate.factor_plot import FactorPlot
from scenes.stage.page.formulas import formula, widest_fitting
from scenes.stage.page.glyphs import Figure, text_glyphs
from scenes.stage.page.layout import Box, point
from scenes.stage.plots.shapes import discs, polyline, triangle

Values = npt.NDArray[np.float64]

_CLEAR = 0.25  # units between the axis and what it measures
_BENDS = 24  # straight pieces of the arc that a point draws while the axis turns


class Turn(VGroup):
    """A copy of the w axis with a mark on it for each point: an error is measured by the start's.

    So w₀ is at 1 and w* at 0; ``numbers`` are these, ``measure`` says what they measure. ``size``
    is a share of the points' own size. In order: :meth:`fall`, :meth:`turn`, :meth:`slide`.
    """

    def __init__(self, balls: Balls, factor: FactorPlot, factors: Sequence[float]) -> None:
        super().__init__()
        bowl, self.factor = balls.bowl, factor
        theme, scale = bowl.plot.theme, bowl.scale_
        self._theory, self._small = factors, scale.small
        goal, low = bowl.curve.minimiser, bowl.plot.y.low
        self._zero = bowl.plot.at(goal, low), factor.plot.at(0.0, 0.0)
        self._unit = (
            bowl.plot.at(goal + bowl.unit, low) - self._zero[0],
            (factor.plot.at(0.0, 1.0) - self._zero[1]),
        )
        ends = sorted((end - goal) / bowl.unit for end in bowl.span)
        self._ends = (ends[0], ends[1]), (factor.plot.y.low, factor.plot.y.high)
        self._begin(balls)
        self.axis = VMobject(color=theme.ink, stroke_width=4)
        glyphs = text_glyphs(scale.small)
        self._figures = [Figure(glyphs, theme.ink, side=ORIGIN, text=text) for text in TEXTS]
        self.numbers = VGroup(*self._figures)
        room = (max(abs(end) for end in self._ends[0]) - 1) * float(np.hypot(*self._unit[0][:2]))
        self.measure = _measured(room - _CLEAR, scale.label, theme)
        self.size = 1.0
        rim = 0.0 if theme.transparent else 1.0
        self._radii = [ball.radius for ball in balls.all]
        hues = [ball.hue for ball in balls.all]
        self.traces = VGroup(*(VMobject(color=hue, stroke_width=3) for hue in hues))
        self.halos = VGroup(
            *(VMobject(color=theme.background, fill_opacity=rim, stroke_width=0) for _ in hues)
        )
        self.marks = VGroup(*(VMobject(color=hue, fill_opacity=1, stroke_width=0) for hue in hues))
        pairs = zip(self.halos, self.marks, strict=True)
        self.dots = VGroup(*(VGroup(*pair) for pair in reversed([*pairs])))
        self.add(self.axis, self.numbers, self.measure, self.traces, self.dots)

    def _begin(self, balls: Balls) -> None:
        """Where the points are after one update: their places on the parabola, and their errors."""
        bowl, found = balls.bowl, []
        for ball, theory in zip(balls.all, self._theory, strict=True):
            w, cost = ball.places[min(1, ball.trace.updates)]
            shown = bowl.plot.contains(w, cost)
            place = bowl.plot.at(w, cost) if shown else None
            share = (float(w) - bowl.curve.minimiser) / bowl.unit if shown else theory
            found.append((share, place))
        self._shares, self._places = zip(*found, strict=True)

    def _at(self, share: float, amount: float) -> Values:
        """The place on the axis of an error that is ``share`` of the start's."""
        angle = amount * math.pi / 2 * math.copysign(1.0, self._unit[0][0])
        long = float(np.hypot(*self._unit[0][:2]))
        size = (1 - amount) + amount * float(np.hypot(*self._unit[1][:2])) / long
        x, y = self._unit[0][:2]
        way = point(
            x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)
        )
        zero: Values = self._zero[0] + amount * (self._zero[1] - self._zero[0])
        return zero + share * size * way

    def _put(
        self, k: int, share: float, at: Values, ends: tuple[float, float], out: Values
    ) -> None:
        """Point ``k`` at a place; an arrow that points ``out`` if its error is off the axis."""
        radius = self.size * self._radii[k]
        if ends[0] <= share <= ends[1]:
            self.halos[k].points = discs(at[None, :], radius + 0.018)
            self.marks[k].points = discs(at[None, :], radius)
        else:
            self.halos[k].points = np.zeros((0, 3))
            self.marks[k].points = triangle(at, out, 2.2 * radius)

    def fall(self, amount: float) -> None:
        """Let the points fall from the parabola onto the w axis."""
        self._draw_axis(0.0, amount)
        for k, (share, place) in enumerate(zip(self._shares, self._places, strict=True)):
            end = self._ends[0][0] if share < self._ends[0][0] else self._ends[0][1]
            if place is None:
                self._put(k, share, self._at(end, 0.0), self._ends[0], self._out(end, 0.0))
                continue
            at = place + amount * (self._at(share, 0.0) - place)
            self.traces[k].points = polyline(np.array([place, at]))
            self._put(k, share, at, self._ends[0], at)

    def _out(self, end: float, amount: float) -> Values:
        way: Values = self._at(end, amount) - self._at(0.0, amount)
        return way

    def _range(self, amount: float) -> tuple[float, float]:
        low, high = ((1 - amount) * a + amount * b for a, b in zip(*self._ends, strict=True))
        return low, high

    def _draw_axis(self, amount: float, shown: float = 1.0) -> None:
        """The axis with its numbers, at a share of the turn; ``shown``: how far it has grown."""
        low, high = self._range(amount)
        places = [self._at(shown * end, amount) for end in (low, high)]
        self.axis.points = polyline(np.array(places))
        small = self._small
        for number, share in zip(self._figures, NUMBERS, strict=True):
            wide = number.glyphs.width(str(number.text)) / 2
            below, left = point(0, -1.25 * small), point(-0.55 * small - wide, 0)
            number.write(
                str(number.text), self._at(share, amount) + (1 - amount) * below + amount * left
            )
        self._put_measure(amount)

    def _put_measure(self, amount: float) -> None:
        """Beside the axis, near its end beyond 1: first above it, when it is upright at its right.

        No error is larger than the start's, so no point comes there.
        """
        made, upright, angle = self.measure, self.factor.plot.inner, amount * math.pi / 2
        outer = self._ends[0][1] if self._ends[0][1] > 1 else self._ends[0][0]
        first = outer - (made.width / 2 + 0.15) / float(np.hypot(*self._unit[0][:2]))
        top = upright.top - 0.3 - made.height / 2
        last = (top - self._zero[1][1]) / float(self._unit[1][1])
        way = point(math.sin(angle), math.cos(angle))
        reach = (way[0] * made.width + way[1] * made.height) / 2 + _CLEAR
        made.move_to(self._at(first + amount * (last - first), amount) + reach * way)

    def turn(self, amount: float) -> None:
        """Turn the axis upright, to where the axis of the factors is."""
        self._draw_axis(amount)
        ends = self._range(amount)
        for k, share in enumerate(self._shares):
            end = min(max(share, ends[0]), ends[1])
            bends = np.linspace(0, amount, _BENDS)
            self.traces[k].points = polyline(np.array([self._at(end, bend) for bend in bends]))
            self._put(k, share, self._at(end, amount), ends, self._out(end, amount))

    def slide(self, amount: float) -> None:
        """Slide each point out to its rate, as high as its factor."""
        plot, ruler = self.factor.plot, self.factor.ruler
        low, high = plot.y.low, plot.y.high
        for k, (share, factor, rate) in enumerate(
            zip(self._shares, self._theory, ruler.rates, strict=True)
        ):
            now = share + amount * (factor - share)
            at = plot.at(amount * min(rate, plot.x.high), min(max(now, low), high))
            self._put(k, now, at, (low, high), point(amount, -1.0))


def _measured(room: float, cap: float, theme: Theme) -> VMobject:
    """The error after one epoch, measured by that of the start; a short form in little room."""
    colors = {"a": theme.point, "b": theme.point}
    long = "frac({{ w : a }} - w^*, {{ w_0 : b }} - w^*)"
    return widest_fitting(
        [formula(long, cap, theme.ink, colors), formula("frac(e, e_0)", cap, theme.ink)],
        Box(0, 0, room, 1),
    )
