"""The cost above its minimum over a count of work, in powers of ten; the count's unit changes."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import VMobject

from scenes.catalogue.theme import Theme
from scenes.stage.page.figures import power_of_ten
from scenes.stage.page.layout import Box, Scale
from scenes.stage.plots.moving_plot import MovingPlot
from scenes.stage.plots.shapes import separate
from scenes.stage.plots.ticks import whole_ticks

Values = npt.NDArray[np.float64]

_OUTSIDE = 1000.0  # decades
_BELOW = 1.2  # decades that are shown below the line of the finish
_PITCH = 1.8  # heights of a number, between two numbers of the y axis: these have exponents
_AROUND = 4.6  # heights of a number, above and below the plotting area
_MOST = 6  # numbers on an axis


def decades(values: Values) -> Values:
    """log10 of costs; for infinite costs a finite number far outside any chart."""
    with np.errstate(divide="ignore"):
        return np.clip(np.log10(values), -_OUTSIDE, _OUTSIDE)


class LogChart(MovingPlot):
    """Counts along x, decades of the cost along y; a dashed line at the cost to be reached.

    ``level`` is the height of this line: log10 of that cost.
    """

    def __init__(
        self, box: Box, count: float, top: float, level: float, names: Sequence[VMobject],
        y_name: VMobject, theme: Theme, scale: Scale,
    ) -> None:  # fmt: skip
        """``top``: the largest cost shown; ``level``: the cost at which a descent has arrived."""
        low = math.log10(level) - _BELOW
        high = max(math.log10(top) + 0.25, low + 3.0)
        self._decades = _whole_decades(low, high, box.height, scale)
        super().__init__(box, (0, count), [(low, high)], names, y_name, theme, scale)
        self._room = max(self._glyphs.width(text) for text in self._y_numbers()[1])
        self.aim(count)
        self.finish = VMobject(color=theme.good, stroke_width=3)
        self.level = math.log10(level)
        left, right = (self.at(end, self.level) for end in (0.0, count))
        shares = np.linspace(0, 1, 2 * max(2, int((right - left)[0] / 0.2)) + 1)[:, None]
        places = left + shares * (right - left)
        self.finish.points = separate(places[:-1:2], places[1::2])
        self.add(self.finish)

    def aim(self, count: float) -> None:
        """Show counts up to this one; the plotting area stays where it is."""
        self.lay(self.box, (0, count), (self.y.low, self.y.high))

    def _x_numbers(self) -> tuple[list[float], list[str]]:
        small, width = self.scale_.small, self.inner.width
        last = math.floor(self.x.high + 1e-9)
        for number in (5, 4, 3, 2, 1):
            values = whole_ticks(last, number)
            texts = [str(int(value)) for value in values]
            needed = max(map(self._glyphs.width, texts)) + 1.2 * small
            if 1 < len(values) <= _MOST and needed <= values[1] / self.x.high * width:
                return values, texts
        return [0.0, float(last)], ["0", str(last)]  # one alone shows no scale

    def _y_numbers(self) -> tuple[list[float], list[str]]:
        return [float(k) for k in self._decades], [_power(k) for k in self._decades]

    def _y_texts(self, values: list[float]) -> list[str]:
        return [_power(round(value)) for value in values]


def _whole_decades(low: float, high: float, height: float, scale: Scale) -> list[int]:
    """Some decades with a number, but fewer, yet two, if their numbers would touch."""
    unit = max(height - _AROUND * scale.small, 0.0) / (high - low)
    steps = range(math.ceil((high - low) / (_MOST - 1)), math.ceil(high - low) + 1)
    # A step of 10, 20, … rather than one of 29.
    ordered = sorted(steps, key=lambda step: step > 5 and step % 10 != 0)
    choices = [_multiples(low, high, step) for step in ordered]
    several = [found for found in choices if 1 < len(found) <= _MOST]
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
