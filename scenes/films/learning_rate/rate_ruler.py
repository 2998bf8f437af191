"""A ruler of learning rates, divided by the thresholds of batch descent."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
from manim import LEFT, RIGHT, VGroup, VMobject

from gdcore.least_squares import LeastSquares
from gdcore.theory import thresholds
from scenes.catalogue.theme import Theme
from scenes.films.learning_rate.regime import Regime, creeping_limit, regime
from scenes.stage.page.figures import power as power_of_ten
from scenes.stage.page.figures import short
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.shapes import polyline, rectangle, triangle

# The ruler begins at 0. A logarithmic ruler would leave little room between 1/L and 2/L.
_LENGTH, _LONGEST = 3.0, 4.5  # in units of 1/L: usually, and at most, to show a given rate
_ROW, _LEADER, _BAND = 1.5, 0.9, 1.7  # heights, in capitals of a label
_TINT = {Regime.CREEPING: 0.75, Regime.CONVERGING: 0.42, Regime.OSCILLATING: 0.2}
_STRONG = 0.42


def ruler_height(scale: Scale) -> float:
    """The height of a ruler, in units."""
    return (2 * _ROW + _LEADER + _BAND) * scale.label


def ruler_end(objective: LeastSquares, rates: Sequence[float]) -> float:
    """The rate at which a ruler for these ``rates`` ends."""
    one = thresholds(objective).no_overshoot
    longer = [1.1 * rate for rate in rates if 1.1 * rate <= _LONGEST * one]
    return max([_LENGTH * one, *longer])


class RateRuler:
    """Rates from 0 to beyond 2/L.

    ``band``, ``parts`` (tinted, one for each regime), ``creep`` (the part that is too slow),
    ``bounds`` (1/L and 2/L, a mark and a label each), ``needles`` (one for each rate).
    """

    def __init__(
        self,
        objective: LeastSquares,
        rates: Sequence[float],
        epochs: int,
        box: Box,
        page: Box,
        theme: Theme,
        scale: Scale,
    ) -> None:
        """``box`` is as high as `ruler_height`; its sides are the ruler's ends.

        The values above the ruler may be as wide as ``page``.
        """
        self.objective, self.epochs, self.theme, self.cap = objective, epochs, theme, scale.label
        self.one, self.two = thresholds(objective)[:2]
        self.high = ruler_end(objective, rates)
        self.box = box
        bottom = box.bottom + _ROW * self.cap
        self.strip = Box(box.left, bottom, box.right, bottom + _BAND * self.cap)
        self.band = _filled(self.strip, theme.grid, 1.0)
        self.name = Label("α", self.cap, theme.ink)
        self.name.put(point(box.left - 0.5 * self.cap, self.strip.center[1]), RIGHT)
        self.slow = min(creeping_limit(objective, epochs), self.high)
        self.ends = {
            Regime.CONVERGING: (0.0, self.one),
            Regime.OSCILLATING: (self.one, self.two),
            Regime.DIVERGING: (self.two, self.high),
        }
        self.parts = VGroup(*(self._tinted(kind, *ends) for kind, ends in self.ends.items()))
        self.creep = VGroup(self._tinted(Regime.CREEPING, 0.0, self.slow))
        self.bounds = VGroup()
        self.needles = self._point_at(rates, page)

    def at(self, rate: float) -> float:
        """The x of ``rate`` on the frame; for a rate beyond the ruler, the ruler's end."""
        share = min(rate / self.high, 1.0)
        return self.box.left + share * self.box.width

    def _tinted(self, kind: Regime, low: float, high: float) -> VMobject:
        box = Box(self.at(low), self.strip.bottom, self.at(high), self.strip.top)
        return _filled(box, kind.hue(self.theme), _TINT.get(kind, _STRONG))

    def label_parts(self, *variants: dict[Regime, str]) -> None:
        """Write the regimes' names in their parts, in the first variant whose names all fit."""
        room = {kind: self.at(b) - self.at(a) for kind, (a, b) in self.ends.items()}
        for names in variants:
            made = {kind: Label(text, self.cap, self.theme.ink) for kind, text in names.items()}
            if all(label.width + 0.4 * self.cap <= room[kind] for kind, label in made.items()):
                break
        for kind, label in made.items():
            middle = (self.at(self.ends[kind][0]) + self.at(self.ends[kind][1])) / 2
            label.put(point(middle, self.strip.center[1]))
        self.names = VGroup(*made.values())

    def label_bounds(self, slow: str, untils: Sequence[float]) -> int:
        """Write ``slow``, 1/L and 2/L, as fully as there is room left of one of ``untils``.

        Returns the index of the entry of ``untils`` that leaves room for most. Then ``symbols``
        says whether "1/L" is written.
        """
        row, gap = self.strip.bottom - 0.95 * self.cap, 0.5 * self.cap
        name = Label(slow, self.cap, Regime.CREEPING.hue(self.theme))
        name.put(point(self.box.left, row), LEFT)
        values = self.one, self.two
        left = self.box.left - gap
        for texts, start, until in product(
            _bound_texts(*values), (float(name.get_right()[0]), left), untils
        ):
            labels = [Label(text, self.cap, self.theme.ink) for text in texts]
            for label, value in zip(labels, values, strict=True):
                label.put(point(self.at(value), row))
            edges = [start, labels[0].get_left()[0], labels[0].get_right()[0]]
            edges += [labels[1].get_left()[0], labels[1].get_right()[0], until]
            if all(edges[k] + gap <= edges[k + 1] for k in (0, 2, 4)):
                break
        if start > left:
            self.creep.add(name)
        self.symbols = texts[0].startswith("1/L")
        for label, value in zip(labels, values, strict=True):
            x = self.at(value)
            mark = VMobject(color=self.theme.ink, stroke_width=3)
            mark.points = polyline(np.array([[x, self.strip.top, 0], [x, self.strip.bottom, 0]]))
            self.bounds.add(VGroup(mark, label))
        return list(untils).index(until)

    def _point_at(self, rates: Sequence[float], page: Box) -> VGroup:
        """A needle for each rate, with its value above the ruler; the values are side by side.

        ``texts`` are the written values, ``power`` is the common power of ten.
        """
        cap, gap = self.cap, 0.6 * self.cap
        row = self.strip.top + (_LEADER + 0.75) * cap
        for times, texts in _rate_texts(rates):
            power = Label(times, cap, self.theme.muted) if times else VGroup()
            labels = [Label(text, cap, self.theme.ink) for text in texts]
            widths = [label.width for label in labels]
            room = page.inset(left=power.width + gap if times else 0.0)
            if sum(widths) + gap * (len(labels) - 1) <= room.width:
                break
        self.texts = texts
        places = spread([self.at(rate) for rate in rates], widths, gap, room)
        needles = VGroup()
        for rate, label, x in zip(rates, labels, places, strict=True):
            color = regime(self.objective, rate, self.epochs).hue(self.theme)
            label.put(point(x, row)).set_color(color)
            needles.add(VGroup(*self._needle(rate, x, row - 0.85 * cap, color), label))
        if isinstance(power, Label):
            needles.add(power.put(point(page.left, row), LEFT))
        return needles

    def _needle(self, rate: float, x: float, top: float, color: str) -> list[VMobject]:
        """A line from a value at ``x`` to its rate; an arrow towards it if it is off the ruler."""
        cap, strip, to = self.cap, self.strip, self.at(rate)
        line = VMobject(color=color, stroke_width=3, fill_opacity=0)
        head = VMobject(color=color, fill_opacity=1, stroke_width=0)
        if rate > self.high:
            tip = point(to, strip.top + 0.35 * cap)
            line.points = polyline(np.array([point(x, top), tip + point(-0.5 * cap, 0)]))
            head.points = triangle(tip, point(1, 0), 0.6 * cap)
        else:
            line.points = polyline(np.array([point(x, top), point(to, strip.top + 0.3 * cap)]))
            head.points = triangle(point(to, strip.top), point(0, -1), 0.6 * cap)
        return [line, head]


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


def _bound_texts(one: float, two: float) -> list[tuple[str, str]]:
    """Texts for 1/L and 2/L, the fullest first."""
    return [
        *((f"1/L = {short(one, k)}", f"2/L = {short(two, k)}") for k in (4, 2)),
        *((short(one, k), short(two, k)) for k in (3, 2)),
        ("1/L", "2/L"),
    ]


def _filled(box: Box, color: str, opacity: float) -> VMobject:
    part = VMobject(color=color, fill_opacity=opacity, stroke_width=0)
    part.points = rectangle(box.left, box.bottom, box.right, box.top)
    return part
