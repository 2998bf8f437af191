"""The race as lanes: a rule in each, its lowest J so far, and when it arrived at the goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from manim import LEFT, ORIGIN, RIGHT, VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.films.optimizers.cost_scale import CostScale
from scenes.stage.page.formulas import formula
from scenes.stage.page.glyphs import Figure, named_glyphs, text_glyphs
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.motion import set_visible
from scenes.stage.page.wording import Label
from scenes.stage.plots.shapes import polyline, separate

Values = npt.NDArray[np.float64]

_HEAD, _FOOT = 1.9, 2.3  # rows above and below the lanes, in heights of a capital and of a number
_LOWEST, _HIGHEST = 2.45, 3.6  # the height of a lane with two lines; the greatest, in capitals
_LINE = 1.32  # from a name to the track below it
_GAP = 0.7  # between columns
_TRACK = 4.5  # the least length of a track
_THICK = 0.55  # of a bar
NEVER = "–"
"""the arrival of a racer that did not arrive"""


@dataclass(frozen=True)
class Lane:
    """The texts of a lane: names from the longest to the shortest, and the rate; its colour."""

    names: tuple[str, ...]
    rate: str
    color: str


class Lanes(VGroup):
    """A bar in each lane grows to the right with the lowest J so far; the goal is a mark in each.

    So a bar crosses the mark at the first arrival, and stays beyond it.

    The update of the first arrival stands beside it: that of the first race, and that of the
    second. A narrow box has room for one of them; then the second one replaces the first.
    """

    def __init__(
        self, lanes: Sequence[Lane], costs: CostScale, goal: float, heads: tuple[str, str],
        counter: tuple[str, int], box: Box, theme: Theme, scale: Scale,
    ) -> None:  # fmt: skip
        """``heads`` of the two races; ``counter``: its name and its largest number."""
        super().__init__()
        self.box, self.cap, self.costs, self._theme = box, scale.label, costs, theme
        self.small = scale.small
        glyphs = text_glyphs(self.cap)
        self._columns(lanes, max(glyphs.width(str(counter[1])), *map(self._width, heads)))
        free = box.height - (_HEAD * self.cap + _FOOT * self.small)
        self.pitch = min(free / len(lanes), _HIGHEST * self.cap)
        self.top = box.top - _HEAD * self.cap
        self.names = VGroup(*self._names)
        signs = named_glyphs("α=", self.cap)
        self.rates = VGroup(*(Figure(signs, theme.muted, side=LEFT) for _ in lanes))
        for i, lane in enumerate(lanes):
            self.rates[i].write(f"α = {lane.rate}", point(self.left, self.track(i)))
            self.names[i].put(point(box.left, self.line(i)), LEFT)
        self.bars = VGroup(
            *(VMobject(color=lane.color, fill_opacity=1, stroke_width=0) for lane in lanes)
        )
        figures = named_glyphs(NEVER, self.cap)
        stamps = [Figure(figures, theme.ink, side=RIGHT) for _ in range(2 * len(lanes))]
        self.stamps = VGroup(*stamps[: len(lanes)]), VGroup(*stamps[len(lanes) :])
        self._head(heads, *counter)
        self.numbers = VGroup()
        self.marks = VGroup(self._tracks(len(lanes)), self._goal(goal, len(lanes)), self.numbers)
        self.add(self.head, self.marks, self.bars, self.names, self.rates, *self.stamps)
        self.add(*self.heads)

    def _width(self, text: str) -> float:
        return float(Label(text, self.cap, self._theme.ink).width)

    def _columns(self, lanes: Sequence[Lane], stamp: float) -> None:
        """Choose where names, tracks and arrivals stand, and the longest names that fit."""
        box, cap = self.box, self.cap
        gap, stamps = _GAP * cap, 2 * (stamp + _GAP * cap)
        self.ends = box.right - stamp - 1.5 * gap, box.right
        one_line = box.height - (_HEAD * cap + _FOOT * self.small) < len(lanes) * _LOWEST * cap
        room = box.width - (stamps + _TRACK * cap + gap if one_line else 0.0)
        self._names = self._fitting(lanes, room)
        self.beside, self.single = one_line, False
        self.left, self.right = box.left, box.right - stamps
        if one_line:
            self.left += max(float(name.width) for name in self._names) + gap
        elif self.right - self.left < _TRACK * cap:
            self.single = True
            self.right, self.ends = box.right - stamp - gap, (box.right, box.right)

    def _fitting(self, lanes: Sequence[Lane], room: float) -> list[Label]:
        for length in range(len(lanes[0].names)):
            names = [Label(lane.names[length], self.cap, lane.color) for lane in lanes]
            if max(float(name.width) for name in names) <= room:
                break
        return names

    def line(self, lane: int) -> float:
        """The height of a lane's name."""
        middle = self.top - (lane + 0.5) * self.pitch
        return middle + (0.0 if self.beside else 0.5 * _LINE * self.cap)

    def track(self, lane: int) -> float:
        """The height of a lane's track."""
        return self.line(lane) - (0.0 if self.beside else _LINE * self.cap)

    def at(self, cost: float) -> float:
        """The x of a J within the scale."""
        share = min(max(self.costs.share(cost), 0.0), 1.0)
        return self.left + share * (self.right - self.left)

    def _head(self, heads: tuple[str, str], counted: str, most: int) -> None:
        cap, theme, y = self.cap, self._theme, self.box.top - 0.8 * self.cap
        label = Label(counted, cap, theme.muted).put(point(self.box.left, y), LEFT)
        at = point(label.get_right()[0] + 0.55 * cap, y)
        self.counter = Figure(text_glyphs(cap), theme.ink, at, LEFT, str(most))
        self._foot = self.track(len(self._names) - 1) - 0.9 * cap - 0.85 * self.small
        texts = [
            Label(text, cap, theme.muted).put(point(self.box.right, self._foot), RIGHT)
            for text in heads
        ]
        self.heads = VGroup(*([] if self.single else texts[:1])), VGroup(texts[1])
        self.head = VGroup(label, self.counter)

    def _tracks(self, count: int) -> VMobject:
        line = VMobject(color=self._theme.grid, stroke_width=2.0, fill_opacity=0)
        heights = np.array([self.track(i) - 0.5 * _THICK * self.cap for i in range(count)])
        starts = np.stack([np.full(count, self.left), heights, np.zeros(count)], axis=1)
        line.points = separate(starts, starts + point(self.right - self.left, 0.0))
        return line

    def _goal(self, goal: float, count: int) -> VGroup:
        """The line of the goal, and the numbers of the scale below the last lane."""
        theme, small, gap = self._theme, self.small, 0.8 * self.small
        heights = np.array([self.track(i) for i in range(count)])
        half = self.pitch / 2 if self.beside else 0.4 * self.cap  # names are not crossed
        middles = np.stack([np.full(count, self.at(goal)), heights, np.zeros(count)], axis=1)
        line = VMobject(color=theme.good, stroke_width=3.5, fill_opacity=0)
        line.points = separate(middles + point(0, half), middles - point(0, half))
        low = self.track(count - 1) - 0.9 * self.cap
        y = low - 0.85 * small
        name = formula("J", self.cap, theme.cost)
        side = RIGHT if self.beside else LEFT
        name.move_to(point(self.left - (0.6 * small if self.beside else 0.0), y), side)
        taken = [(float(name.get_left()[0]), float(name.get_right()[0]))]
        most = max(2, int((self.right - self.left) / (5 * small)))
        for value, text in [(goal, self.costs.text(goal)), *self.costs.ticks(most)]:
            number = Figure(text_glyphs(small), theme.muted, side=ORIGIN)
            half, x = number.glyphs.width(text) / 2, self.at(value)
            clear = all(x + half + gap <= low or high + gap <= x - half for low, high in taken)
            if clear and self.left <= x - half:
                self.numbers.add(number.write(text, point(x, y)))
                taken.append((x - half, x + half))
        return VGroup(line, name)

    def reach(self, shares: Sequence[float], update: int) -> None:
        """Show bars of these ``shares`` (n,) of the scale, and the number of updates."""
        self.counter.write(str(update))
        half = 0.5 * _THICK * self.cap
        for i, share in enumerate(shares):
            y = self.track(i)
            right = self.left + min(share, 1.0) * (self.right - self.left)
            tip = min(1.2 * self.cap * _THICK, right - self.left) if share > 1 else 0.0
            corners = [
                (self.left, y - half),
                (right - tip, y - half),
                (right, y if tip else y - half),
                (right - tip, y + half),
                (self.left, y + half),
                (self.left, y - half),
            ]
            seen = right - self.left > 1e-6
            points = np.array([point(*corner) for corner in corners])
            self.bars[i].points = polyline(points) if seen else np.zeros((0, 3))

    def stamp(self, race: int, arrivals: Sequence[int | None], update: float, last: int) -> None:
        """Write the arrivals of a race up to an ``update``; a dash for none in all ``last``."""
        for i, arrived in enumerate(arrivals):
            text = str(arrived) if arrived is not None and arrived <= update + 1e-9 else ""
            if arrived is None and update >= last:
                text = NEVER
            self.stamps[race][i].write(text, point(self.ends[race], self.track(i)))

    def step_aside(self, amount: float) -> None:
        """Move the first arrivals from the column of the second ones to their own.

        If there is only one column they vanish.
        """
        if self.single:
            set_visible(self.stamps[0], 1 - amount)
        x = self.ends[1] + amount * (self.ends[0] - self.ends[1])
        for figure in self.stamps[0]:
            height = float(np.asarray(figure.at)[1])
            figure.write(str(figure.text), point(x, height))
        for head in self.heads[0]:
            head.put(point(x, self._foot), RIGHT)
