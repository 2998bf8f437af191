"""The data plot of the film `sgd`: it moves, and its samples can be dragged to other y."""

from __future__ import annotations

import math

import numpy as np
from manim import VGroup, VMobject

from gdcore.data import Dataset
from scenes.catalogue.theme import Theme
from scenes.stage.page.figures import power_of_ten
from scenes.stage.page.formulas import formula
from scenes.stage.page.layout import Box, Scale
from scenes.stage.page.wording import Label, shortened, text_width
from scenes.stage.plots.column_names import column_names
from scenes.stage.plots.moving_plot import MovingPlot
from scenes.stage.plots.query import query
from scenes.stage.plots.samples import data_axis, dot_look, mark_size
from scenes.stage.plots.shapes import discs, polyline, separate
from scenes.stage.plots.ticks import exponent, ticks

_EDGE = 1.2  # heights of a number, to the right of a plot's axes


class DraggedSamples(MovingPlot):
    """Samples, the line ŷ = w·x and the prediction beyond the data, on axes with room for all.

    ``dots`` (one mobject for each hue), ``traces`` of where they were dragged from, ``live`` (the
    line, and the ring of the prediction).
    """

    def __init__(
        self, data: Dataset, other: Dataset, slopes: list[float], box: Box, theme: Theme,
        scale: Scale,
    ) -> None:  # fmt: skip
        """``slopes``: the predictions of these lines have room; the first one is drawn."""
        self.data, self.other, self.query = data, other, query(data)
        self._amount, self._slope = 0.0, slopes[0]
        ends = [slope * self.query for slope in slopes]
        x = data_axis([0.0, self.query, *map(float, data.x)], "")
        y = data_axis([0.0, *map(float, data.y), *map(float, other.y), *ends], "")
        self._spans = (x.low, x.high), (y.low, y.high)
        power = exponent(ticks(y.low, y.high, 4))
        names = _names(data, power, box.width, theme, scale)
        super().__init__(
            box, self._spans[0], [self._spans[1]], names[:1], names[1], theme, scale, power, "0"
        )
        self._hues, self.size = len(theme.samples), mark_size(data.n, scale)
        opacity = dot_look(data.n, self.inner, scale)[1]
        self.dots, self.traces = VGroup(), VGroup()
        for hue in range(min(self._hues, data.n)):
            color = theme.sample(hue)
            self.dots.add(VMobject(color=color, fill_opacity=opacity, stroke_width=0))
            self.traces.add(VMobject(color=color, stroke_width=3, fill_opacity=0))
        self.line = VMobject(color=theme.point, stroke_width=5)
        self.ring = VMobject(color=theme.point, stroke_width=3.5, fill_opacity=0)
        self.live = VGroup(self.line, self.ring)
        self.move(box)

    def move(self, box: Box) -> None:
        """Draw everything in this box."""
        self.lay(box, *self._spans)
        self.drag(self._amount)
        self.turn(self._slope)

    def drag(self, amount: float) -> None:
        """Draw the samples at this share of the way to the other y, and the way behind them."""
        self._amount = amount
        radius = dot_look(self.data.n, self.inner, self.scale_)[0]
        ys = (1 - amount) * self.data.y + amount * self.other.y
        for hue, (dots, trace) in enumerate(zip(self.dots, self.traces, strict=True)):
            mine = slice(hue, None, self._hues)
            places = self.map(self.data.x[mine], ys[mine])
            dots.points = discs(places, radius)
            trace.points = separate(self.map(self.data.x[mine], self.data.y[mine]), places)

    def turn(self, w: float) -> None:
        """Turn the line to slope ``w``, and move the ring to the prediction."""
        self._slope, value = w, w * self.query
        low, high = self.x.low, self.x.high
        if w != 0:
            bounds = sorted((self.y.low / w, self.y.high / w))
            low, high = max(low, bounds[0]), min(high, bounds[1])
        seen = math.isfinite(low) and math.isfinite(high) and low < high
        xs = np.array([low, high]) if seen else np.zeros(0)
        self.line.points = polyline(self.map(xs, w * xs))
        seen = self.y.low <= value <= self.y.high
        at = self.map(np.array([self.query]), np.array([value])) if seen else np.zeros((0, 3))
        self.ring.points = discs(at, 1.1 * self.size)


def _names(
    data: Dataset, power: int, room: float, theme: Theme, scale: Scale
) -> tuple[VMobject, VMobject]:
    """The names of the axes: letters as formulas, columns as words; with the power of ten of y."""
    unit = f" ×{power_of_ten(power)}" if power else ""
    made: list[VMobject] = []
    for name, after in zip(column_names(data), ("", unit), strict=True):
        free = room - text_width(after, scale.label) - _EDGE * scale.small
        text = f"{shortened(name, scale.label, free)}{after}"
        plain = len(text) == 1
        made.append(
            formula(text, scale.label, theme.muted)
            if plain and text in "xy"
            else Label(text, scale.label, theme.muted)
        )
    return made[0], made[1]
