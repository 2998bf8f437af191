"""The cost above its minimum over a count of work, in powers of ten."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.stage.page.figures import power_of_ten
from scenes.stage.page.glyphs import text_glyphs
from scenes.stage.page.layout import Box, Scale
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.shapes import discs, separate
from scenes.stage.plots.ticks import whole_ticks

Values = npt.NDArray[np.float64]

_OUTSIDE = 1000.0  # decades
_BELOW = 1.2  # decades that are shown below the line of the finish
_PITCH = 1.8  # heights of a number, between two numbers of the y axis: these have exponents
_AROUND = 2.8  # heights of a number, above and below a chart's plotting area


def decades(values: Values) -> Values:
    """log10 of costs; for infinite costs a finite number far outside any chart."""
    with np.errstate(divide="ignore"):
        return np.clip(np.log10(values), -_OUTSIDE, _OUTSIDE)


class LogChart(Plot):
    """Counts along x, decades of the cost along y; a dashed line at the cost to be reached."""

    def __init__(
        self, box: Box, count: int, top: float, level: float, theme: Theme, scale: Scale
    ) -> None:
        """``top``: the largest cost shown; ``level``: the cost at which a descent has arrived."""
        x = _fitting_ticks(count, 0.6 * box.width, scale)
        low = math.log10(level) - _BELOW
        high = max(math.log10(top) + 0.25, low + 3.0)
        y = _whole_decades(low, high, box.height, scale)
        labels = [_power(k) for k in y]
        axis = Axis(low, high, "", [float(k) for k in y], None, labels)
        super().__init__(box, Axis(0, max(count, 1), "", x), axis, theme, scale)
        self.finish = VMobject(color=theme.good, stroke_width=3)
        left, right = (self.at(end, math.log10(level)) for end in (0, max(count, 1)))
        shares = np.linspace(0, 1, 2 * max(2, int((right - left)[0] / 0.2)) + 1)[:, None]
        places = left + shares * (right - left)
        self.finish.points = separate(places[:-1:2], places[1::2])
        self.add(self.finish)

    def mark(self, count: int, value: float, color: str, radius: float) -> VGroup:
        """A dot at (count, value) and a line down to the axis: here a descent has arrived."""
        line = VMobject(color=color, stroke_width=4)
        dot = VMobject(color=color, fill_opacity=1, stroke_width=0)
        if 0 <= count <= self.x.high:
            place = self.at(count, min(max(value, self.y.low), self.y.high))
            line.points = separate(place[None], self.at(count, self.y.low)[None])
            dot.points = discs(place[None], radius)
        return VGroup(line, dot)


def _fitting_ticks(count: int, room: float, scale: Scale) -> list[float]:
    """As many round counts as there is room for, at least two: one alone shows no scale."""
    each = text_glyphs(scale.small).width(str(count)) + 1.2 * scale.small
    choices = [whole_ticks(count, number) for number in (5, 4, 3, 2, 1)]
    fitting = [marks for marks in choices if len(marks) > 1 and len(marks) * each <= room]
    return fitting[0] if fitting else [0.0, float(max(count, 1))]


def _whole_decades(low: float, high: float, height: float, scale: Scale) -> list[int]:
    """Three decades at most with a number, and fewer, but two, if their numbers would touch."""
    unit = max(height - _AROUND * scale.small, 0.0) / (high - low)
    steps = range(math.ceil((high - low) / 3), math.ceil(high - low) + 1)
    # A step of 10, 20, … rather than one of 29.
    ordered = sorted(steps, key=lambda step: step > 5 and step % 10 != 0)
    choices = [_multiples(low, high, step) for step in ordered]
    several = [found for found in choices if len(found) > 1]
    several += [[found[0], found[-1]] for found in several]
    pitch = _PITCH * scale.small
    roomy = [found for found in several if (found[1] - found[0]) * unit >= pitch]
    return (roomy or several[-1:] or choices)[0]


def _multiples(low: float, high: float, step: int) -> list[int]:
    return [k * step for k in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _power(exponent: int) -> str:
    if exponent in (0, 1):
        return ("1", "10")[exponent]
    return power_of_ten(exponent)
