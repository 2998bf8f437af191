"""A row of samples that an optimizer reads one after another, batch by batch; then its budget."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from manim import LEFT, RIGHT, VGroup, VMobject

from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.shapes import discs, rectangle, separate

Values = npt.NDArray[np.float64]

_LEAST, _MOST = 0.6, 2.0  # of the pitch of two samples, in heights of a capital
_RADIUS, _LARGEST = 0.34, 0.5  # of a dot: share of the pitch; heights of a capital, at most
_GAP = 0.1  # share of the pitch, between two batches
_BAR = 1.5  # height of the bar, in heights of a capital
_MANY = 400  # batches that are drawn at once
_GREY, _PAST = 0.6, 0.45  # opacity of samples: not yet read; of an update that is made


class Belt(VGroup):
    """Dots, one for each sample in the order in which their gradients are computed.

    The ``gate`` passes over them. A dot is grey (``waiting``) until its gradient is computed; then
    it has the method's colour: full (``held``) until the update of its batch is made, pale after it
    (``done``). ``frames`` are brackets below the samples of one update. ``bar`` is the share of the
    budget that is spent, and ``tick`` a place on it.
    """

    def __init__(self, trace: Trace, color: str, box: Box, theme: Theme, scale: Scale) -> None:
        super().__init__()
        self._cap = cap = scale.label
        self._stops = trace.sample_gradients.astype(float)
        self.box, self._y, self._n = box, float(box.center[1]), trace.objective.n
        self.pitch = min(max(box.width / self._n, _LEAST * cap), _MOST * cap)
        self._holds = box.width / self.pitch
        self._radius = min(_RADIUS * self.pitch, _LARGEST * cap)
        self._half = min(1.5 * self._radius + 0.05, box.height / 2 - 0.02)
        self._budget = max(float(self._n * trace.epochs), 1.0)
        self.waiting, self.held, self.done = self.dots = VGroup(
            _filled(theme.muted, _GREY), _filled(color, 1.0), _filled(color, _PAST)
        )
        self.frames = VMobject(color=color, stroke_width=3, fill_opacity=0)
        self.gate = VMobject(color=color, stroke_width=6)
        self.rail = VMobject(color=theme.grid, stroke_width=2, fill_opacity=0)
        half = _BAR * cap / 2
        self.rail.points = rectangle(box.left, self._y - half, box.right, self._y + half)
        self.bar = _filled(color, 1.0)
        self.tick = VMobject(color=theme.background, stroke_width=5)
        self.rolling = VGroup(self.dots, self.frames, self.gate)
        self.spending = VGroup(self.rail, self.bar, self.tick)
        self.framed = 1.0
        self.add(self.rolling, self.spending)

    def _before(self, spent: float) -> float:
        """How many samples are left of the belt; less than 0 while the first ones come in.

        An epoch that fits stays where it is; in a longer one the gate stops in the middle.
        """
        stays = self._n if self._n <= self._holds + 1e-9 else self._holds / 2
        return spent if spent < 0 else max(0.0, spent - stays)

    def _at(self, sample: float, spent: float) -> float:
        """The x of a place in the row: of the left edge of the sample with this number."""
        return self.box.left + (sample - self._before(spent)) * self.pitch

    def roll(self, spent: float) -> None:
        """Show the belt when ``spent`` gradients are computed; before 0 it comes in."""
        before = self._before(spent)
        first, last = max(math.floor(before), 0), math.ceil(before + self._holds)
        of = np.arange(first, min(last, int(self._stops[-1])))
        centers = self._at(0.5, spent) + of * self.pitch
        seen = (centers - self._radius >= self.box.left - 1e-6) & (
            centers + self._radius <= self.box.right + 1e-6
        )
        of, centers = of[seen], centers[seen]
        places = np.stack([centers, np.full_like(centers, self._y), 0 * centers], axis=1)
        read, begin = math.floor(max(spent, 0.0) + 1e-9), self._stops[self._update(spent)]
        self.waiting.points = discs(places[of >= read], self._radius)
        self.held.points = discs(places[(of >= begin) & (of < read)], self._radius)
        self.done.points = discs(places[(of < begin) & (of < read)], self._radius)
        x = self._at(max(spent, 0.0), spent) if spent > 0 else self.box.left
        foot, top = (point(x, self._y + side * (self._half + 0.06)) for side in (-1, 1))
        self.gate.points = separate(foot[None], top[None])
        self._frame(spent)

    def _update(self, spent: float) -> int:
        """The updates that are made when so much is spent."""
        return max(int(np.searchsorted(self._stops, spent + 1e-9, side="right")) - 1, 0)

    def _frame(self, spent: float) -> None:
        """Brackets below the batches on the belt; one that is longer than the belt stays open."""
        left, right = self.box.left, self.box.left + self.framed * self.box.width
        before = max(self._before(spent), 0.0)
        begin, end = self._update(before), int(np.searchsorted(self._stops, before + self._holds))
        borders = self._stops[begin : min(end, begin + _MANY) + 1]
        gap = _GAP * self.pitch
        lefts = self._at(0.0, spent) + borders[:-1] * self.pitch + gap
        rights = self._at(0.0, spent) + borders[1:] * self.pitch - gap
        shown = (lefts < right) & (rights > left)
        lefts, rights = lefts[shown], rights[shown]
        near, far = np.maximum(lefts, left), np.minimum(rights, right)
        low, high = self._y - self._half, self._y - 0.6 * self._half

        def edges(a: Values, b: Values, y: float, to: float) -> Values:
            starts = np.stack([a, np.full_like(a, y), 0 * a], axis=1)
            stops = np.stack([b, np.full_like(b, to), 0 * b], axis=1)
            return separate(starts, stops)

        ends, begins = rights[rights <= right + 1e-6], lefts[lefts >= left]
        self.frames.points = np.concatenate(
            [
                edges(near, far, low, low),
                edges(begins, begins, low, high),
                edges(ends, ends, low, high),
            ]
        )

    def _on_bar(self, spent: float) -> float:
        """The x on the bar of so many spent gradients."""
        return self.box.left + self.box.width * min(spent / self._budget, 1.0)

    def fill(self, spent: float) -> None:
        """Show the share of the budget that is spent."""
        self.condense(spent, 1.0)

    def condense(self, spent: float, amount: float) -> None:
        """The bar on the way from the row of dots that are read to their share of the budget."""
        row = self._at(spent, spent)
        right = row + amount * (self._on_bar(spent) - row)
        half = self._radius + amount * (_BAR * self._cap / 2 - self._radius)
        self.bar.points = rectangle(self.box.left, self._y - half, right, self._y + half)

    def settle(self, foot: Box, amount: float) -> None:
        """The full bar on the way to the flat box ``foot``."""
        half = _BAR * self._cap / 2
        whole = Box(self.box.left, self._y - half, self.box.right, self._y + half)
        now = whole.towards(foot, amount)
        self.bar.points = rectangle(now.left, now.bottom, now.right, now.top)

    def mark(self, spent: float | None) -> None:
        """Put the tick where so many gradients are spent; None hides it."""
        if spent is None:
            self.tick.points = np.zeros((0, 3))
            return
        x, half = self._on_bar(spent), _BAR * self._cap / 2
        foot, top = (point(x, self._y + side * half) for side in (-1, 1))
        self.tick.points = separate(foot[None], top[None])

    def beside_tick(self, label: Label, spent: float) -> Label:
        """Put a label on the bar, beside the tick at so many spent gradients."""
        x, gap = self._on_bar(spent), 0.4 * self._cap
        if x + label.width + 2 * gap > self.box.right:
            return label.put(point(x - gap, self._y), RIGHT)
        return label.put(point(x + gap, self._y), LEFT)


def _filled(color: str, opacity: float) -> VMobject:
    return VMobject(color=color, fill_opacity=opacity, stroke_width=0)
