"""A ruler of learning rates, divided by the thresholds of batch descent."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from manim import LEFT, RIGHT, ManimColor, VGroup, VMobject, interpolate_color

from gdcore.least_squares import LeastSquares
from gdcore.theory import thresholds
from scenes.catalogue.theme import Theme
from scenes.films.learning_rate.regime import Regime, creeping_limit
from scenes.stage.page.figures import power as power_of_ten
from scenes.stage.page.figures import short
from scenes.stage.page.layout import Box, Point, Scale, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.shapes import polyline, rectangle, triangle

# The ruler begins at 0. A logarithmic ruler would leave little room between 1/L and 2/L.
_LENGTH, _LONGEST = 3.0, 4.5  # in units of 1/L: usually, and at most, to show a given rate
_ABOVE, _BAND, _LEADER, _ROW = 2.1, 1.7, 0.8, 1.2  # heights, in capitals of a label
_CLOSE = 0.4  # the first of them, without a name there
_GAP = 0.6  # capitals between two values
_AIRY, _TIGHT = 1.4, 0.3  # capitals beside a part's name: if possible, at least
TINTS = {
    Regime.CREEPING: 0.4,
    Regime.CONVERGING: 0.3,
    Regime.OSCILLATING: 0.3,
    Regime.DIVERGING: 0.3,
}
"""How strongly a part of the ruler has its colour; its name must be readable on it."""


def ruler_height(scale: Scale, named: float = 1.0) -> float:
    """The height of a ruler, in units; ``named``: a share of the room for the name above it."""
    return (_CLOSE + named * (_ABOVE - _CLOSE) + _BAND + _LEADER + _ROW) * scale.label


def ruler_end(objective: LeastSquares, rates: Sequence[float]) -> float:
    """The rate at which a ruler for these ``rates`` ends."""
    one = thresholds(objective).no_overshoot
    longer = [1.1 * rate for rate in rates if 1.1 * rate <= _LONGEST * one]
    return max([_LENGTH * one, *longer])


class RateRuler(VGroup):
    """Rates from 0 to beyond 2/L.

    ``band`` with its letter ``alpha``, ``parts`` (tinted, one for each regime), ``creep`` (the part
    that is too slow, and its name above it), ``marks`` (1/L and 2/L), ``names`` of the parts,
    ``needles`` from below (one for each rate), and their ``values``. :meth:`lay` moves all but the
    names to another box.
    """

    def __init__(
        self, objective: LeastSquares, rates: Sequence[float], hues: Sequence[str], epochs: int,
        box: Box, page: Box, theme: Theme, scale: Scale,
    ) -> None:  # fmt: skip
        """``box`` is as high as `ruler_height`; its sides are the ruler's ends.

        The values below the ruler may be as wide as ``page``.
        """
        super().__init__()
        self.objective, self.rates, self.hues, self.page = objective, rates, hues, page
        self.theme, self.cap = theme, scale.label
        self.one, self.two = thresholds(objective)[:2]
        self.high = ruler_end(objective, rates)
        self.band = _filled(theme.grid, 1.0)
        self.alpha = Label("α", self.cap, theme.ink)
        self.slow = min(creeping_limit(objective, epochs), self.high)
        self.ends = {
            Regime.CONVERGING: (0.0, self.one),
            Regime.OSCILLATING: (self.one, self.two),
            Regime.DIVERGING: (self.two, self.high),
        }
        self.parts = VGroup(*(_filled(kind.hue(theme), TINTS[kind]) for kind in self.ends))
        slow = Regime.CREEPING
        pair = ManimColor(theme.grid), ManimColor(slow.hue(theme))
        # It covers the part that converges: the tints of two would be too strong for a name on it.
        self.creep = VGroup(_filled(interpolate_color(*pair, TINTS[slow]).to_hex(), 1.0))
        self.marks = VGroup(*(VMobject(color=theme.ink, stroke_width=3) for _ in range(2)))
        self.names = VGroup()
        self._make_needles()
        self.add(self.band, self.parts, self.creep, self.marks, self.alpha)
        self.add(self.needles, self.values)
        self._flooded, self._slowed, self._slid = 0.0, 0.0, 1.0
        self.lay(box, page)

    def lay(self, box: Box, page: Box) -> None:
        """Move all but the names to ``box``; the values may be as wide as ``page``.

        What ``box`` has more or less than `ruler_height` is above the strip.
        """
        self.box, self.page = box, page
        top = box.bottom + (_ROW + _LEADER + _BAND) * self.cap
        self.strip = strip = Box(box.left, top - _BAND * self.cap, box.right, top)
        self.band.points = self._between(0.0, self.high)
        self.alpha.put(point(box.left - 0.5 * self.cap, strip.center[1]), RIGHT)
        self.flood(self._flooded)
        self.slow_down(self._slowed)
        self.slide(self._slid)

    def at(self, rate: float) -> float:
        """The x of ``rate`` on the frame; for a rate beyond the ruler, the ruler's end."""
        share = min(rate / self.high, 1.0)
        return self.box.left + share * self.box.width

    def _between(self, low: float, high: float) -> np.ndarray:
        strip = self.strip
        return rectangle(self.at(low), strip.bottom, self.at(high), strip.top)

    def flood(self, rate: float) -> None:
        """Tint the parts up to ``rate``, and mark the thresholds that lie below it."""
        self._flooded = rate
        for part, (low, high) in zip(self.parts, self.ends.values(), strict=True):
            part.points = self._between(low, min(high, rate)) if rate > low else np.zeros((0, 3))
        for mark, bound in zip(self.marks, (self.one, self.two), strict=True):
            x, strip = self.at(bound), self.strip
            ends = np.array([[x, strip.top, 0], [x, strip.bottom, 0]])
            mark.points = polyline(ends) if rate >= bound * (1 - 1e-9) else np.zeros((0, 3))

    def slow_down(self, amount: float) -> None:
        """Tint a share of the part that creeps."""
        self._slowed = amount
        self.creep[0].points = self._between(0.0, amount * self.slow)

    def name_slow(self, text: str) -> None:
        """Write above the part that creeps what it is."""
        row = self.strip.top + 1.15 * self.cap
        name = Label(text, self.cap, Regime.CREEPING.hue(self.theme))
        self.creep.add(name.put(point(self.box.left, row), LEFT))

    def label_parts(self, *variants: dict[Regime, str]) -> VGroup:
        """Write the regimes' names in their parts, in the first variant whose names all fit."""
        room = {kind: self.at(b) - self.at(a) for kind, (a, b) in self.ends.items()}
        self.names = VGroup()
        for names, gap in [*((names, _AIRY) for names in variants), (variants[-1], _TIGHT)]:
            made = {kind: Label(text, self.cap, self.theme.ink) for kind, text in names.items()}
            if all(label.width + gap * self.cap <= room[kind] for kind, label in made.items()):
                for kind, label in made.items():
                    middle = (self.at(self.ends[kind][0]) + self.at(self.ends[kind][1])) / 2
                    label.put(point(middle, self.strip.center[1]))
                self.names.add(*made.values())
                break
        return self.names

    def _make_needles(self) -> None:
        """A needle for each rate, and its value below: all in one size of number.

        ``texts`` are the written values; with them may stand a common power of ten.
        """
        cap, theme = self.cap, self.theme
        for times, texts in _rate_texts(self.rates):
            labels = [Label(text, cap, hue) for text, hue in zip(texts, self.hues, strict=True)]
            self._power = [Label(times, cap, theme.muted)] if times else []
            self._labels, self.texts = labels, texts
            if self.has_room(self.page):
                break
        self.values = VGroup(*labels, *self._power)
        self.needles = VGroup(
            *(
                VGroup(
                    VMobject(color=hue, stroke_width=3, fill_opacity=0),
                    VMobject(color=hue, fill_opacity=1, stroke_width=0),
                )
                for hue in self.hues
            )
        )

    def has_room(self, page: Box) -> bool:
        """Whether the values fit side by side in ``page``."""
        widths = [label.width for label in (*self._power, *self._labels)]
        return sum(widths) + _GAP * self.cap * (len(widths) - 1) <= page.width

    def slide(self, amount: float) -> None:
        """Let each needle point to a share of its rate."""
        self._slid, gap, page = amount, _GAP * self.cap, self.page
        row = self.strip.bottom - (_LEADER + 0.6) * self.cap
        for power in self._power:
            page = page.inset(left=power.put(point(page.left, row), LEFT).width + gap)
        widths = [label.width for label in self._labels]
        rates = [amount * rate for rate in self.rates]
        ends = [min(amount * min(rate, self.high), self.high) for rate in self.rates]
        places = [self.at(rate) for rate in ends]
        if self.has_room(self.page):  # else the values are not shown, and needles stand upright
            places = spread(places, widths, gap, page)
        for rate, x, needle, label in zip(rates, places, self.needles, self._labels, strict=True):
            label.put(point(x, row))
            self._point(rate, point(x, row + 0.75 * self.cap), *needle)

    def _point(self, rate: float, start: Point, line: VMobject, head: VMobject) -> None:
        """A line from above a value to its rate; an arrow towards it if it is off the ruler."""
        cap, strip, to = self.cap, self.strip, self.at(rate)
        if rate > self.high:
            tip = point(to, strip.bottom - 0.35 * cap)
            line.points = polyline(np.array([start, tip + point(-0.5 * cap, 0)]))
            head.points = triangle(tip, point(1, 0), 0.6 * cap)
        else:
            line.points = polyline(np.array([start, point(to, strip.bottom - 0.3 * cap)]))
            head.points = triangle(point(to, strip.bottom), point(0, 1), 0.6 * cap)


def spread(wanted: list[float], widths: list[float], gap: float, box: Box) -> list[float]:
    """Middles of texts side by side in ``box``, each near its ``wanted`` place (ascending)."""
    places: list[float] = []
    edge = box.left - gap
    for x, width in zip(wanted, widths, strict=True):
        places.append(max(x, edge + gap + width / 2))
        edge = places[-1] + width / 2
    edge = box.right + gap
    for k in range(len(places) - 1, -1, -1):
        places[k] = min(places[k], edge - gap - widths[k] / 2)
        edge = places[k] - widths[k] / 2
    return places


def _rate_texts(rates: Sequence[float]) -> Iterator[tuple[str, list[str]]]:
    """Ways to write the rates, the fullest first; the last one uses one power of ten for all."""
    for digits in (4, 3, 2):
        yield "", [short(rate, digits) for rate in rates]
    exponent = math.floor(math.log10(max(rates)))
    times = power_of_ten(10.0**exponent, 0)[1:]
    for digits in (3, 2, 1):
        yield times, [short(rate / 10.0**exponent, digits) for rate in rates]


def _filled(color: str, opacity: float) -> VMobject:
    return VMobject(color=color, fill_opacity=opacity, stroke_width=0)
