"""A plot: axes with round ticks in a box, and the map from data to the frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from manim import LEFT, ORIGIN, RIGHT, VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.stage.page.figures import power as scientific
from scenes.stage.page.glyphs import Figure, text_glyphs
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.ticks import exponent, tick_labels, ticks

Points = npt.NDArray[np.float64]

_TICK_PITCH = 1.35  # times a number's height; two numbers that are closer look like one


@dataclass(frozen=True)
class Axis:
    """One axis: its range, its ticks (None: round numbers), its name and the name's colour.

    ``labels`` are the texts of given ticks (None: their numbers), for the y axis.
    """

    low: float
    high: float
    name: str = ""
    ticks: Sequence[float] | None = None
    color: str | None = None
    labels: Sequence[str] | None = None


class Plot(VGroup):
    """Axes, grid and tick numbers within ``box``.

    ``inner`` is the plotting area; :meth:`at` maps data to points of the frame, exactly.
    """

    def __init__(self, box: Box, x: Axis, y: Axis, theme: Theme, scale: Scale) -> None:
        super().__init__()
        self._box, self.x, self.y, self.theme, self.scale_ = box, x, y, theme, scale
        self._glyphs = text_glyphs(scale.small)
        self._y_ticks = self._fitting_y_ticks(box.height)
        labels, y_power = self._texts(self._y_ticks)
        if y.labels is not None:
            labels, y_power = list(y.labels), 0
        left = max(map(self._glyphs.width, labels), default=0.0) + 0.9 * scale.small
        bottom = 2.3 * scale.small
        names = self._names(y_power)
        top = 2.3 * scale.small if names[1] else 0.5 * scale.small
        last = self._texts(self._choose(x, 5))[0][-1:]
        right = max(1.0 * scale.small, self._glyphs.width("".join(last)) / 2 + 0.05)
        if names[0]:
            right = max(right, names[0].width + 1.1 * scale.small)
        self.inner = box.inset(left, bottom, right, top)
        self._x_ticks = self._fitting_x_ticks()
        self._build(labels, names)

    @staticmethod
    def _choose(axis: Axis, count: int) -> list[float]:
        if axis.ticks is not None:
            return list(axis.ticks)
        return ticks(axis.low, axis.high, count)

    def _fitting_y_ticks(self, height: float) -> list[float]:
        """As many ticks as there is room for; ``height`` includes numbers and names."""
        small, y = self.scale_.small, self.y
        room = (height - 4.6 * small) / (y.high - y.low)
        most = max(2, min(5, int(height / (3.3 * small))))
        for count in range(most, 0, -1):
            values = self._choose(y, count)
            if y.ticks is not None or len(values) < 2:
                return values
            if (values[1] - values[0]) * room >= _TICK_PITCH * small:
                return values
        return values[len(values) // 2 :][:1]

    def _fitting_x_ticks(self) -> list[float]:
        """As many ticks as there is room for: their numbers must not touch."""
        small = self.scale_.small
        for count in range(max(1, min(6, int(self.inner.width / (5.5 * small)))), 0, -1):
            values = self._choose(self.x, count)
            widest = max(map(self._glyphs.width, self._texts(values)[0]), default=0.0)
            if len(values) * (widest + 1.2 * small) <= self.inner.width + widest:
                return values
        return values[:1]

    @staticmethod
    def _texts(values: list[float]) -> tuple[list[str], int]:
        power = exponent(values)
        return tick_labels(values, power), power

    def _names(self, y_power: int) -> tuple[Label | None, Label | None]:
        def name(axis: Axis, power: int) -> Label | None:
            times = scientific(10.0**power, 0)[1:] if power else ""
            text = " ".join(part for part in (axis.name, times) if part)
            color = axis.color or self.theme.muted
            return Label(text, self.scale_.label, color) if text else None

        x_power = exponent(self._choose(self.x, 5))
        return name(self.x, x_power), name(self.y, y_power)

    def _build(self, y_labels: list[str], names: tuple[Label | None, Label | None]) -> None:
        inner, theme, small = self.inner, self.theme, self.scale_.small
        xs = [self.at(value, self.y.low)[0] for value in self._x_ticks]
        ys = [self.at(self.x.low, value)[1] for value in self._y_ticks]
        self.grid = _segments(
            [((x, inner.bottom), (x, inner.top)) for x in xs]
            + [((inner.left, y), (inner.right, y)) for y in ys],
            theme.grid,
            1.5,
        )
        corner = (inner.left, inner.bottom)
        self.axes = _segments(
            [(corner, (inner.right, inner.bottom)), (corner, (inner.left, inner.top))],
            theme.muted,
            2.0,
        )
        x_labels, _ = self._texts(self._x_ticks)
        self.numbers = VGroup()
        y_row = inner.bottom - 1.25 * small
        for text, x in zip(x_labels, xs, strict=True):
            self.numbers.add(Figure(self._glyphs, theme.muted, point(x, y_row), ORIGIN, text))
        column = inner.left - 0.55 * small
        for text, y in zip(y_labels, ys, strict=True):
            self.numbers.add(Figure(self._glyphs, theme.muted, point(column, y), RIGHT, text))
        self.names = VGroup(*(name for name in names if name))
        self.y_name = names[1]
        if names[0]:
            names[0].put(point(inner.right + 0.6 * small, inner.bottom), LEFT)
        if names[1]:
            names[1].put(point(inner.left - 0.5 * small, inner.top + 1.5 * small), LEFT)
            beyond = float(names[1].get_right()[0]) - self._box.right
            if beyond > 0:  # a long power of ten beside a narrow plot
                names[1].shift(LEFT * beyond)
        self.add(self.grid, self.axes, self.numbers, self.names)

    def at(self, x: float, y: float) -> Points:
        """The point (3,) of the frame for data (x, y)."""
        place: Points = self.map(np.array([x]), np.array([y]))[0]
        return place

    def map(self, xs: Points, ys: Points) -> Points:
        """Points (n, 3) of the frame for data xs (n,), ys (n,)."""
        inner = self.inner
        u = inner.left + (xs - self.x.low) * (inner.width / (self.x.high - self.x.low))
        v = inner.bottom + (ys - self.y.low) * (inner.height / (self.y.high - self.y.low))
        return np.stack([u, v, np.zeros_like(u)], axis=-1)

    def contains(self, x: float, y: float) -> bool:
        """Whether data (x, y) lie within the axes' ranges."""
        return self.x.low <= x <= self.x.high and self.y.low <= y <= self.y.high


def _segments(
    ends: Sequence[tuple[tuple[float, float], tuple[float, float]]], color: str, width: float
) -> VMobject:
    """Many straight segments as one mobject."""
    lines = VMobject(color=color, stroke_width=width, fill_opacity=0)
    for start, stop in ends:
        lines.start_new_path(np.array([*start, 0.0]))
        lines.add_line_to(np.array([*stop, 0.0]))
    return lines
