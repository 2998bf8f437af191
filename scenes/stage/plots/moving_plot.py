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
from scenes.stage.page.wording import Label
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.shapes import separate
from scenes.stage.plots.ticks import exponent, tick_labels, ticks

Values = npt.NDArray[np.float64]
Span = tuple[float, float]

_MOST = 6  # numbers on an axis
_LEAST, _ROOM = "−0000", 0.14  # for numbers of y: a text, and a share of the width at most
_NAME_ROW, _NUMBER_ROW = 1.7, 2.3  # in capitals of the name, and of the numbers
_LOW, _TALL = 11.0, 12.5  # heights of a number; in a low plot the name is in the numbers' row


def between(start: Span, stop: Span, amount: float) -> Span:
    """The range at ``amount`` of the way from one to the other; both ends move evenly."""
    low, high = (a + amount * (b - a) for a, b in zip(start, stop, strict=True))
    return low, high


class MovingPlot(Plot):
    """Axes, grid and numbers for any box and ranges, by :meth:`lay`.

    A letter stands at the end of the x axis, a longer name below its numbers, or in their row if
    the plot is low. The margins around the plotting area do not depend on the numbers, so that it
    does not jump when one of them gets another digit. ``box`` is what it takes up with them.
    """

    def __init__(
        self, box: Box, x: Span, y: Sequence[Span], x_names: Sequence[VMobject], y_name: VMobject,
        theme: Theme, scale: Scale, power: int = 0, least: str = _LEAST,
    ) -> None:  # fmt: skip
        """``x_names`` have one place; the first is shown (see `rename`).

        ``y`` are ranges that will be shown: there is room for their numbers, and for ``least``. The
        numbers of y are in units of 10^``power``; without it each has its own power of ten.
        """
        super().__init__(box, Axis(*x), Axis(*y[0]), theme, scale)
        self.remove(self.numbers, self.names)
        self.x_names, self.name_of_y = x_names, y_name
        self._columns = [Figure(self._glyphs, theme.muted, side=ORIGIN) for _ in range(_MOST)]
        self._rows = [Figure(self._glyphs, theme.muted, side=RIGHT) for _ in range(_MOST)]
        self.numbers = VGroup(*self._columns, *self._rows)
        self.names = VGroup(x_names[0], y_name)
        self.add(self.numbers, self.names)
        self._lettered = len(x_names) == 1 and not isinstance(x_names[0], Label)
        self._power = power
        self._room = max(self._glyphs.width(least), self.room_for(y, box))
        self.lay(box, x, y[0])

    def room_for(self, y: Sequence[Span], box: Box) -> float:
        """The width that the numbers of these ranges of y take in ``box``, within limits."""
        texts = [text for span in y for text in self._y_texts(ticks(*span, 4))]
        return min(max(map(self._glyphs.width, texts)), _ROOM * box.width)

    def keep_room(self, width: float) -> None:
        """Keep this much room for the numbers of y, from the next :meth:`lay` on."""
        self._room = width

    def rename(self, new: int) -> tuple[VMobject, VMobject]:
        """Make another one the name of x, and give the old and the new one."""
        old: VMobject = self.names[0]
        self.remove(self.names)
        self.names = VGroup(self.x_names[new], self.name_of_y)
        self.add(self.names)
        return old, self.names[0]

    def inside(self, box: Box) -> Box:
        """The plotting area of a plot in ``box``."""
        small = self.scale_.small
        below, above = _NUMBER_ROW * small + self._name_row(box), _NUMBER_ROW * small
        right = (self.x_names[0].width + 1.1 * small) if self._lettered else 1.2 * small
        return box.inset(self._room + 0.9 * small, below, right, above)

    def _name_row(self, box: Box) -> float:
        """The height of the row for the name of x, below its numbers."""
        tall = (box.height / self.scale_.small - _LOW) / (_TALL - _LOW)
        share = 0.0 if self._lettered else min(max(tall, 0.0), 1.0)
        return share * _NAME_ROW * self.scale_.label

    def lay(self, box: Box, x: Span, y: Span) -> None:
        """Move everything to ``box`` and to these ranges."""
        self.box, self.inner = box, self.inside(box)
        inner = self.inner
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
        _write(self._columns, self._free(box, lefts, columns), lefts - down)
        _write(self._rows, rows, heights - left)
        self._put_names(box)

    def _free(self, box: Box, places: Values, texts: list[str]) -> list[str]:
        """The numbers of x; those that a name in their row or the box leaves no room are empty."""
        small, end = self.scale_.small, box.right + 1e-6
        height = max(name.height for name in self.x_names)
        down = self.inner.bottom - 1.25 * small - self._names_at(box)
        if not self._lettered and down < (height + small) / 2:
            end = self.inner.right - max(name.width for name in self.x_names) - 0.5 * small
        rights = [x + self._glyphs.width(t) / 2 for x, t in zip(places[:, 0], texts, strict=True)]
        return [t if right <= end else "" for t, right in zip(texts, rights, strict=True)]

    def _names_at(self, box: Box) -> float:
        """The height of the middle of x's name."""
        row = box.bottom + 0.5 * _NAME_ROW * self.scale_.label
        return min(row, self.inner.bottom - 1.25 * self.scale_.small)

    def _put_names(self, box: Box) -> None:
        small, inner = self.scale_.small, self.inner
        for name in self.x_names:
            if self._lettered:
                _move(name, point(inner.right + 0.6 * small, inner.bottom), LEFT)
            else:
                _move(name, point(inner.right, self._names_at(box)), RIGHT)
        left = min(inner.left - 0.5 * small, box.right - self.name_of_y.width)
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
            texts = self._y_texts(values)
            fits = max(map(self._glyphs.width, texts)) <= self._room
            if len(values) <= _MOST and fits:
                return values, texts
        return [], []

    def _y_texts(self, values: list[float]) -> list[str]:
        return tick_labels(values, self._power) if self._power else _texts(values)


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
