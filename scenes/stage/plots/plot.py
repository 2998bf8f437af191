"""A plot: axes with round ticks in a box, and the map from data to the frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from manim import LEFT, ORIGIN, RIGHT, VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.stage.page.figures import power_of_ten
from scenes.stage.page.glyphs import Figure, text_glyphs
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label, shortened, text_width
from scenes.stage.plots.ticks import exponent, tick_labels, ticks

Points = npt.NDArray[np.float64]

_NAME_ROW = 1.7  # heights of a capital, for a name below the x axis
_LOW = 14.0  # heights of a number; in a lower plot the name stands in the row of the numbers
_AT_END = 0.3  # of the plot's width at most, for a name at the end of the x axis
_BESIDE_NUMBERS = 0.55  # of the plot's width at most, for a name in that row
_CLEAR = 0.35  # heights of a number, between a number of the y axis and a name above or below it
_FLAT = 4.0  # heights of a number; rather than a lower plotting area, numbers make way for a name
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


class Charted:
    """A part of a plane with its place in the frame: ``x`` and ``y`` are shown in ``inner``."""

    inner: Box
    x: Axis
    y: Axis

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


class Plot(VGroup, Charted):
    """Axes, grid and tick numbers within ``box``.

    The name of the x axis stands at its end; if it takes more room, below the numbers, or in their
    row if the plot is low. Names that are too long are shortened.

    ``inner`` is the plotting area in ``box``; :meth:`at` maps data to points of the frame, exactly.
    """

    def __init__(self, box: Box, x: Axis, y: Axis, theme: Theme, scale: Scale) -> None:
        super().__init__()
        self.box, self.x, self.y, self.theme, self.scale_ = box, x, y, theme, scale
        self._glyphs = text_glyphs(scale.small)
        self._worded = len(x.name) > 1 or self._is_long(x)
        self._lay_out(0.0, _BESIDE_NUMBERS)
        if self._worded and (box.height > _LOW * scale.small or len(self._numbered()) < 2):
            row = _NAME_ROW * scale.label
            roomy = self.inner.height - row > _FLAT * scale.small
            self._lay_out(row if roomy else _CLEAR * scale.small, 1.0)
        self._build()

    def _is_long(self, axis: Axis) -> bool:
        """Whether the letter with its power of ten would take too much of the plot's width."""
        power, cap = exponent(self._choose(axis, 5)), self.scale_.label
        text = f"{axis.name} {_times(power)}"
        return bool(power) and text_width(text, cap) > _AT_END * self.box.width

    def _lay_out(self, row: float, share: float) -> None:
        """Choose ticks, names and the plotting area.

        A ``row`` of this height is kept for the name of x, which takes ``share`` of the width at
        most. In a row that is too low for it, it stands in the row of the numbers.
        """
        box, small = self.box, self.scale_.small
        self._row, self._own_row = row, row > small
        self._y_ticks = self._fitting_y_ticks(box.height - row)
        self._y_labels, y_power = self._texts(self._y_ticks)
        if self.y.labels is not None:
            self._y_labels, y_power = list(self.y.labels), 0
        left = max(map(self._glyphs.width, self._y_labels), default=0.0) + 0.9 * small
        last = self._texts(self._choose(self.x, 5))[0][-1:]
        right = max(1.0 * small, self._glyphs.width("".join(last)) / 2 + 0.05)
        rooms = share * box.width, box.width
        x_name, y_name = self._names_made = self._names(y_power, rooms)
        top = 2.3 * small if y_name else 0.5 * small
        if y_name and len(self.y.name) > 1 and y_name.width > box.width - left + 0.5 * small:
            top += _CLEAR * small  # it begins above the numbers
        if x_name and not self._worded:
            right = max(right, x_name.width + 1.1 * small)
        self.inner = box.inset(left, 2.3 * small + row, right, top)
        self._x_ticks = self._fitting_x_ticks()

    def _numbered(self) -> list[float]:
        """The ticks of x that have a number: those that the name in the same row leaves free."""
        name, small = self._names_made[0], self.scale_.small
        if name is None or self._own_row or not self._worded:
            return self._x_ticks
        free = max(self.inner.right - name.width, self.box.left) - 0.8 * small
        texts = zip(self._x_ticks, self._texts(self._x_ticks)[0], strict=True)
        low = self.y.low
        return [x for x, t in texts if self.at(x, low)[0] + self._glyphs.width(t) / 2 <= free]

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

    def _names(self, y_power: int, rooms: tuple[float, float]) -> tuple[Label | None, Label | None]:
        """The names with the powers of ten of the numbers; ``rooms`` are their widths at most."""

        def name(axis: Axis, power: int, room: float) -> Label | None:
            times = _times(power)
            text, cap = axis.name, self.scale_.label
            if len(text) > 1:
                text = shortened(text, cap, room - text_width(f" {times}", cap))
            text = " ".join(part for part in (text, times) if part)
            color = axis.color or self.theme.muted
            return Label(text, cap, color) if text else None

        x_power = exponent(self._choose(self.x, 5))
        return name(self.x, x_power, rooms[0]), name(self.y, y_power, rooms[1])

    def _build(self) -> None:
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
        self.numbers = VGroup()
        y_row = inner.bottom - 1.25 * small
        numbered = self._numbered()
        for text, tick in zip(self._texts(self._x_ticks)[0], self._x_ticks, strict=True):
            if tick in numbered:
                at = point(float(self.at(tick, self.y.low)[0]), y_row)
                self.numbers.add(Figure(self._glyphs, theme.muted, at, ORIGIN, text))
        column = inner.left - 0.55 * small
        for text, y in zip(self._y_labels, ys, strict=True):
            self.numbers.add(Figure(self._glyphs, theme.muted, point(column, y), RIGHT, text))
        names = self._names_made
        self.names = VGroup(*(name for name in names if name))
        self.y_name = names[1]
        if names[0] and self._worded:
            up = 0.5 * self._row if self._own_row else 1.05 * small
            end = max(inner.right, self.box.left + names[0].width)
            names[0].put(point(end, self.box.bottom + up), RIGHT)
        elif names[0]:
            names[0].put(point(inner.right + 0.6 * small, inner.bottom), LEFT)
        if names[1]:
            row = self.box.top - 0.8 * small
            names[1].put(point(inner.left - 0.5 * small, row), LEFT)
            beyond = float(names[1].get_right()[0]) - self.box.right
            if beyond > 0:  # a long power of ten beside a narrow plot
                names[1].shift(LEFT * beyond)
        self.add(self.grid, self.axes, self.numbers, self.names)


def _times(power: int) -> str:
    """×10ⁿ, or nothing for n = 0."""
    return f"×{power_of_ten(power)}" if power else ""


def _segments(
    ends: Sequence[tuple[tuple[float, float], tuple[float, float]]], color: str, width: float
) -> VMobject:
    """Many straight segments as one mobject."""
    lines = VMobject(color=color, stroke_width=width, fill_opacity=0)
    for start, stop in ends:
        lines.start_new_path(np.array([*start, 0.0]))
        lines.add_line_to(np.array([*stop, 0.0]))
    return lines
