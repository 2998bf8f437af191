"""A plot whose box and ranges change from frame to frame; its numbers follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from manim import LEFT, ORIGIN, RIGHT, VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.stage.page.figures import apart
from scenes.stage.page.glyphs import Figure
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.shapes import separate
from scenes.stage.plots.ticks import exponent, tick_labels, ticks

Values = npt.NDArray[np.float64]
Span = tuple[float, float]

_MOST = 6  # numbers on an axis
_WIDEST = "−00000"  # a number of the y axis; wider ones are left out
_NAME_ROW, _NUMBER_ROW = 1.7, 2.3  # in capitals of the name, and of the numbers


class MovingPlot(Plot):
    """Axes, grid and numbers for any box and ranges, by :meth:`lay`.

    The names stand at the right end below the x axis, and above the y axis. The margins around the
    plotting area do not change, so that it does not jump when a number gets another digit.
    """

    def __init__(
        self, box: Box, x: Span, y: Span, x_names: Sequence[VMobject], y_name: VMobject,
        theme: Theme, scale: Scale,
    ) -> None:  # fmt: skip
        """``x_names`` have one place; the film shows one of them at a time."""
        super().__init__(box, Axis(*x), Axis(*y), theme, scale)
        self.remove(self.numbers, self.names)
        self.x_names, self.name_of_y = x_names, y_name
        self._columns = [Figure(self._glyphs, theme.muted, side=ORIGIN) for _ in range(_MOST)]
        self._rows = [Figure(self._glyphs, theme.muted, side=RIGHT) for _ in range(_MOST)]
        self.numbers = VGroup(*self._columns, *self._rows)
        self.add(self.numbers, *x_names, y_name)
        self._room = self._glyphs.width(_WIDEST)
        self.lay(box, x, y)

    def inside(self, box: Box) -> Box:
        """The plotting area of a plot in ``box``."""
        small, label = self.scale_.small, self.scale_.label
        below, above = _NUMBER_ROW * small + _NAME_ROW * label, 2.3 * small
        return box.inset(self._room + 0.9 * small, below, 1.2 * small, above)

    def lay(self, box: Box, x: Span, y: Span) -> None:
        """Move everything to ``box`` and to these ranges."""
        self.inner = inner = self.inside(box)
        self.x, self.y = Axis(*x), Axis(*y)
        small = self.scale_.small
        xs, columns = self._x_numbers()
        ys, rows = self._y_numbers()
        lefts, heights = (
            self.map(np.array(xs), np.full(len(xs), y[0])),
            self.map(np.full(len(ys), x[0]), np.array(ys)),
        )
        up, across = point(0, inner.height), point(inner.width, 0)
        self.grid.points = np.concatenate(
            [separate(lefts, lefts + up), separate(heights, heights + across)]
        )
        corner = point(inner.left, inner.bottom)
        ends = np.array([corner + across, corner + up])
        self.axes.points = separate(np.array([corner, corner]), ends)
        down, left = point(0, 1.25 * small), point(0.55 * small, 0)
        _write(self._columns, columns, lefts - down)
        _write(self._rows, rows, heights - left)
        self._put_names(box)

    def _put_names(self, box: Box) -> None:
        small = self.scale_.small
        row = box.bottom + 0.5 * _NAME_ROW * self.scale_.label
        for name in self.x_names:
            _move(name, point(self.inner.right, row), RIGHT)
        left = self.inner.left - 0.5 * small
        _move(self.name_of_y, point(left, box.top - 0.8 * small), LEFT)

    def _x_numbers(self) -> tuple[list[float], list[str]]:
        low, high, width = self.x.low, self.x.high, self.inner.width
        for count in range(max(1, min(5, int(width / (5.5 * self.scale_.small)))), 0, -1):
            values = ticks(low, high, count)
            texts = _texts(values)
            needed = max(map(self._glyphs.width, texts)) + 1.2 * self.scale_.small
            step = width * (values[1] - values[0]) / (high - low) if len(values) > 1 else width
            if len(values) <= _MOST and needed <= step:
                return values, texts
        return [], []

    def _y_numbers(self) -> tuple[list[float], list[str]]:
        low, high, height = self.y.low, self.y.high, self.inner.height
        for count in range(max(1, min(5, int(height / (3.3 * self.scale_.small)))), 0, -1):
            values = ticks(low, high, count)
            texts = _texts(values)
            fits = max(map(self._glyphs.width, texts)) <= self._room
            if len(values) <= _MOST and fits:
                return values, texts
        return [], []


def _texts(values: list[float]) -> list[str]:
    """The numbers of ticks; large and small ones each with its power of ten."""
    return apart(values, 1) if exponent(values) else tick_labels(values)


def _write(figures: list[Figure], texts: list[str], places: Values) -> None:
    for figure, text, place in zip(figures, texts, places, strict=False):
        figure.write(text, place)
    for figure in figures[len(texts) :]:
        figure.write("")


def _move(name: VMobject, at: Values, side: Values) -> None:
    """Move the end of a name to ``at``: a label by its capitals, a formula by its middle."""
    put: Callable[[Values, Values], object] | None = getattr(name, "put", None)
    if put is not None:
        put(at, side)
    else:
        name.move_to(at, aligned_edge=side)
