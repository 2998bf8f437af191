"""The arrivals before and after the turn, side by side: what the turn costs each rule."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import LEFT, ORIGIN, RIGHT, VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.films.optimizers.lanes import Lanes
from scenes.stage.page.figures import short
from scenes.stage.page.glyphs import Figure, text_glyphs
from scenes.stage.page.layout import Box, Layout, Scale, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.shapes import discs, polyline, separate
from scenes.stage.plots.ticks import ticks

Values = npt.NDArray[np.float64]
Arrivals = Sequence[int | None]

_HEAD, _FOOT = 2.2, 2.0  # rows above and below the rules, in heights of a capital
_GAP = 0.8  # beside numbers
_LOWER = 0.75  # capitals: from the middle of a row down to the marks, if the name stands above them
_RADIUS = 0.42
_WIDEST = 1.28  # of its height: the chart's width in a square frame
_WIDTH = 8.0  # of the line from one arrival to the other


class ArrivalChart(VGroup):
    """A ring where a rule arrived in the first race, a disc where it arrived in the second one.

    A name stands beside its row, in a tall box above it.
    Names and numbers are those of the lanes: :meth:`travel` brings them here, :meth:`grow` leads
    from the first arrivals to the second ones.
    """

    def __init__(
        self, lanes: Lanes, arrivals: tuple[Arrivals, Arrivals], title: str, heads: tuple[str, str],
        box: Box, theme: Theme, scale: Scale,
    ) -> None:  # fmt: skip
        """``title``: what is counted; ``heads``: the names of both races."""
        super().__init__()
        self.lanes, self.box, self.cap, self.arrivals = lanes, box, scale.label, arrivals
        cap, self._glyphs = self.cap, text_glyphs(scale.label)
        self.most = max([k for each in arrivals for k in each if k is not None], default=1) or 1
        room = self._glyphs.width(str(self.most)) + (2 * _GAP + _RADIUS) * cap
        self.above = box.height > box.width
        names = 0.0 if self.above else max(float(name.width) for name in lanes.names)
        self.left = box.left + names + room
        self.right = box.right - room
        self.top, self.bottom = box.top - _HEAD * cap, box.bottom + _FOOT * cap
        self._starts = self._places()
        self.frame = self._frame(title, heads, theme)
        hues = [str(name.color) for name in lanes.names]
        self.lines = VGroup(*(VMobject(color=hue, stroke_width=_WIDTH) for hue in hues))
        self.rings = VGroup(*(VMobject(color=hue, stroke_width=4, fill_opacity=0) for hue in hues))
        self.spots = VGroup(*(VMobject(color=hue, stroke_width=0, fill_opacity=1) for hue in hues))
        self.marks = VGroup(self.lines, self.rings, self.spots)
        self.add(self.frame, self.marks)

    def row(self, lane: int) -> float:
        """The height of a rule's marks."""
        middle = self.top - (lane + 0.5) * (self.top - self.bottom) / len(self.lanes.names)
        return middle - (_LOWER * self.cap if self.above else 0.0)

    def at(self, updates: float) -> float:
        """The x of a number of updates."""
        return self.left + updates / self.most * (self.right - self.left)

    def _places(self) -> list[tuple[Values, Values, Values]]:
        """Where each name and its two numbers stand in the lanes."""
        lanes = self.lanes
        names = [point(lanes.box.left, lanes.line(i)) for i in range(len(lanes.names))]
        first, second = ([np.array(figure.at) for figure in each] for each in lanes.stamps)
        return list(zip(names, first, second, strict=True))

    def _frame(self, title: str, heads: tuple[str, str], theme: Theme) -> VGroup:
        cap, box, parts = self.cap, self.box, VGroup()
        values = [v for v in ticks(0, self.most, 5) if 0 <= v <= self.most and v == int(v)]
        feet = np.array([point(self.at(v), self.bottom) for v in values]).reshape(-1, 3)
        grid = VMobject(color=theme.grid, stroke_width=2, fill_opacity=0)
        grid.points = separate(feet, feet + point(0, self.top - self.bottom))
        axis = VMobject(color=theme.muted, stroke_width=2, fill_opacity=0)
        axis.points = polyline(np.array([[x, self.bottom, 0] for x in (self.left, self.right)]))
        parts.add(grid, axis)
        for value, foot in zip(values, feet, strict=True):
            at = foot - point(0, 1.2 * cap)
            parts.add(Figure(self._glyphs, theme.muted, at, ORIGIN, short(value)))
        y, x = box.top - 0.8 * cap, box.right
        parts.add(Label(title, cap, theme.muted).put(point(box.left, y), LEFT))
        for head, full in zip(reversed(heads), (1, 0), strict=True):
            name = Label(head, cap, theme.muted).put(point(x, y), RIGHT)
            x = float(name.get_left()[0]) - (0.3 + _RADIUS) * cap
            sign = VMobject(color=theme.muted, fill_opacity=full, stroke_width=4 * (1 - full))
            sign.points = discs(point(x, y)[None], _RADIUS * cap)
            parts.add(name, sign)
            x -= (1.2 + _RADIUS) * cap
        return parts

    def travel(self, amount: float) -> None:
        """Bring names and numbers from the lanes to the rows."""
        for i, starts in enumerate(self._starts):
            rise = 2 * _LOWER * self.cap if self.above else 0.0
            name = point(self.box.left, self.row(i) + rise)
            ends = name, *self._number_places(i, 0.0)
            here = [a + amount * (b - a) for a, b in zip(starts, ends, strict=True)]
            self.lanes.names[i].put(here[0], LEFT)
            self._write(i, here[1], here[2])

    def _write(self, i: int, *places: Values) -> None:
        for figures, at in zip(self.lanes.stamps, places, strict=True):
            figures[i].write(str(figures[i].text), at)

    def _number_places(self, i: int, amount: float) -> tuple[Values, Values]:
        """The right ends of the two numbers of a row: left and right of its marks."""
        before, after = (each[i] for each in self.arrivals)
        first = before if before is not None else after or 0
        second = after if after is not None else first
        here = first + amount * (second - first)
        away, y = (_RADIUS + _GAP) * self.cap, self.row(i)
        own, text = (
            self._glyphs.width(str(each if each is not None else "−")) for each in (before, after)
        )
        lower = self.at(min(first, here)) - away
        upper = self.at(max(first, here)) + away
        if here < first:
            return point(upper + own, y), point(lower, y)
        return point(lower, y), point(upper + text, y)

    def grow(self, amount: float) -> None:
        """Lead from the first arrivals to the second ones."""
        radius = _RADIUS * self.cap
        for i, (before, after) in enumerate(zip(*self.arrivals, strict=True)):
            y = self.row(i)
            first = before if before is not None else after
            there = [] if before is None else [point(self.at(before), y)]
            self.rings[i].points = discs(np.array(there).reshape(-1, 3), radius)
            self._write(i, *self._number_places(i, amount))
            if first is None or after is None:
                continue
            here = first + amount * (after - first)
            ends = np.array([point(self.at(first), y), point(self.at(here), y)])
            self.lines[i].points = polyline(ends) if here != first else np.zeros((0, 3))
            self.spots[i].points = discs(ends[1:], (0.65 if here == first else 1.0) * radius)


def chart_box(layout: Layout) -> Box:
    """The whole body; its middle in a square frame, in which the chart would be low."""
    body = layout.body
    if not layout.stacked:
        return body
    edge = max(body.width - _WIDEST * body.height, 0.0) / 2
    return body.inset(left=edge, right=edge)
