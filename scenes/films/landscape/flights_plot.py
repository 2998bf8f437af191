"""The 23 flights, and the model that belongs to a place on a slice of its loss."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from manim import LEFT, UL, VGroup, VMobject

from gdcore.studies.flights import DAMAGED, TEMPERATURES, Slice
from scenes.catalogue.theme import Theme
from scenes.films.landscape.crowd import Values
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label, text_width
from scenes.stage.plots.moving_plot import MovingPlot, Span, between
from scenes.stage.plots.shapes import discs, polyline

_FAHRENHEIT = 51.0, 83.0
_RANGES: tuple[Span, Span] = (-0.2, 1.2), (-5.6, 5.6)
"""Of y: for the probability of damage, and for two neurons and their sum."""
_CORNERS = 161
_ROW = 1.7  # of the key, in heights of a capital
_HIGHEST = 1.5  # of its width: the height of the plot


class FlightsPlot(VGroup):
    """Temperature and damage of each flight; above them the curves of the model.

    ``plot`` has the axes, ``dots`` the flights. :meth:`draw_models` draws the curves, ``keys`` say
    what they are: for the logistic model, and for the network.
    """

    def __init__(self, words: Callable[[str], str], box: Box, theme: Theme, scale: Scale) -> None:
        super().__init__()
        cap = scale.label
        self.hues = theme.samples[1], theme.samples[0], theme.point
        self.keys = tuple(
            _key(list(zip(map(words, names), hues, strict=True)), box.width, cap)
            for names, hues in (
                (("model",), self.hues[2:]),
                (("neuron-1", "neuron-2", "sum"), self.hues),
            )
        )
        high = max(float(key.height) for key in self.keys) + 0.9 * cap
        room = box.inset(bottom=high).no_higher(_HIGHEST)
        name = words("temperature")
        if text_width(name, cap) > box.width:
            name = words("temperature-short")
        names = [Label(name, cap, theme.muted)]
        self.plot = MovingPlot(
            room, _FAHRENHEIT, _RANGES, names, Label(words("damage"), cap, theme.muted), theme,
            scale, least="−0.0",
        )  # fmt: skip
        for key in self.keys:
            key.move_to(point(room.left, room.bottom - 0.9 * cap), aligned_edge=UL)
        self.radius = 0.24 * cap
        self.dots = VMobject(color=theme.ink, fill_opacity=0.75, stroke_width=0)
        self.curves = VGroup(*(VMobject(color=hue, stroke_width=5) for hue in self.hues))
        self.add(self.plot, self.curves, self.dots)
        self._xs = np.linspace(*_FAHRENHEIT, _CORNERS)
        values = np.array(TEMPERATURES, dtype=float)
        self._standard = (self._xs - values.mean()) / values.std()
        self.lay(0.0)

    def lay(self, amount: float) -> None:
        """From the probability (0), where no damage is 0, to the network (1), where it is −1."""
        self.plot.lay(self.plot.box, _FAHRENHEIT, between(*_RANGES, amount))
        values = np.where(np.array(DAMAGED) == 1, 1.0, -amount)
        self.dots.points = discs(
            self.plot.map(np.array(TEMPERATURES, dtype=float), values), self.radius
        )

    def draw_models(self, found: Slice, places: Sequence[float]) -> None:
        """Draw the models at ``places`` on a slice.

        Of a logistic model the probability of damage, of a network what each neuron says, and
        their sum.
        """
        lines = [[np.zeros((0, 3))] for _ in self.curves]
        for place in places:
            theta = (found.start + place * found.way).tolist()
            if len(theta) == 4:
                for line, values in zip(lines, neurons_at(theta, self._standard), strict=True):
                    line.append(self._line(values))
            else:
                lines[-1].append(self._line(probability_at(theta, self._standard)))
        for curve, line in zip(self.curves, lines, strict=True):
            curve.points = np.concatenate(line)

    def _line(self, values: Values) -> Values:
        return polyline(self.plot.map(self._xs, values))


def probability_at(theta: Sequence[float], x: Values) -> Values:
    """The probability of damage at standard temperatures (see Logistic)."""
    w, b = theta
    return 1 / (1 + np.exp(-(w * x + b)))


def neurons_at(theta: Sequence[float], x: Values) -> tuple[Values, Values, Values]:
    """What each of two neurons says about standard temperatures, and their sum (see TwoNeurons)."""
    u1, u2, v1, v2 = theta
    one, two = v1 * np.tanh(u1 * x), v2 * np.tanh(u2 * x)
    return one, two, one + two


def _key(items: list[tuple[str, str]], width: float, cap: float) -> VGroup:
    """The names of curves in their hues: side by side, or one below another if there is no room."""
    labels = [Label(text, cap, hue) for text, hue in items]
    gap = 1.2 * cap
    beside = sum(float(label.width) + gap for label in labels) - gap <= width
    x = y = 0.0
    for label in labels:
        label.put(point(x, y), LEFT)
        x, y = (x + float(label.width) + gap, y) if beside else (x, y - _ROW * cap)
    return VGroup(*labels)
