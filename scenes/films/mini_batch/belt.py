"""A belt of samples that an optimizer's gate takes one after another, batch by batch."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.plots.shapes import discs, rectangle, separate

Values = npt.NDArray[np.float64]

_LEAST, _MOST = 0.8, 2.0  # of the pitch of two samples, in heights of a capital
_RADIUS, _LARGEST = 0.34, 0.5  # of a dot: share of the pitch; heights of a capital, at most
_GAP = 0.06  # share of the pitch, between two batches
_BAR = 1.5  # height of the bar, in heights of a capital
_MANY = 400  # batches that are drawn at once


class Belt(VGroup):
    """Dots in the samples' hues, in the order in which their gradients are computed.

    ``frames`` are drawn around the samples of one update. At the ``gate``, the left end, gradients
    are computed. ``bar`` is the share of the budget that is spent, and ``tick`` a place on it.
    """

    def __init__(self, trace: Trace, color: str, box: Box, theme: Theme, scale: Scale) -> None:
        super().__init__()
        self._cap = cap = scale.label
        self._order = trace.samples[trace.samples >= 0]
        self._stops = trace.sample_gradients.astype(float)
        self.box, self._y = box, float(box.center[1])
        n = trace.objective.n
        self.pitch = min(max(box.width / (n + 1), _LEAST * cap), _MOST * cap)
        self._radius = min(_RADIUS * self.pitch, _LARGEST * cap)
        self._half = min(1.5 * self._radius + 0.05, box.height / 2 - 0.02)
        self._budget = float(trace.objective.n * trace.epochs)
        self._hues = len(theme.samples)
        self.track = VMobject(color=theme.grid, stroke_width=2)
        ends = np.array([[box.left, self._y, 0.0], [box.right, self._y, 0.0]])
        self.track.points = separate(ends[:1], ends[1:])
        self.dots = VGroup(
            *(
                VMobject(color=theme.sample(hue), fill_opacity=1, stroke_width=0)
                for hue in range(min(self._hues, n))
            )
        )
        self.frames = VMobject(color=color, stroke_width=3, fill_opacity=0)
        self.gate = VMobject(color=color, stroke_width=6)
        foot, top = (point(box.left, self._y + side * (self._half + 0.06)) for side in (-1, 1))
        self.gate.points = separate(foot[None], top[None])
        self.rail = VMobject(color=theme.grid, stroke_width=2, fill_opacity=0)
        half = _BAR * cap / 2
        self.rail.points = rectangle(box.left, self._y - half, box.right, self._y + half)
        self.bar = VMobject(color=color, fill_opacity=1, stroke_width=0)
        self.tick = VMobject(color=theme.background, stroke_width=5)
        self.rolling = VGroup(self.track, self.dots, self.frames, self.gate)
        self.spending = VGroup(self.rail, self.bar, self.tick)
        self.framed = 1.0
        self.add(self.rolling, self.spending)

    def roll(self, spent: float) -> None:
        """Show the belt when ``spent`` gradients are computed; before 0 it comes in."""
        first = max(math.floor(spent), 0)
        last = min(math.ceil(spent + self.box.width / self.pitch), len(self._order))
        of = np.arange(first, last)
        centers = self.box.left + (of + 0.5 - spent) * self.pitch
        seen = (centers >= self.box.left) & (centers <= self.box.right - self._radius)
        of, centers = of[seen], centers[seen]
        places = np.stack([centers, np.full_like(centers, self._y), 0 * centers], axis=1)
        hues = self._order[of] % self._hues
        for hue, dot in enumerate(self.dots):
            dot.points = discs(places[hues == hue], self._radius)
        self._frame(spent)

    def _frame(self, spent: float) -> None:
        """Frames around the batches on the belt; one that is longer than the belt stays open."""
        right = self.box.left + self.framed * self.box.width
        begin = max(int(np.searchsorted(self._stops, spent + 1e-9, side="right")) - 1, 0)
        end = int(np.searchsorted(self._stops, spent + self.box.width / self.pitch))
        stops = self._stops[begin : min(end, begin + _MANY) + 1]
        gap = _GAP * self.pitch
        lefts = self.box.left + (stops[:-1] - spent) * self.pitch + gap
        rights = self.box.left + (stops[1:] - spent) * self.pitch - gap
        shown = (lefts < right) & (rights > self.box.left)
        lefts, rights = lefts[shown], rights[shown]
        near, far = np.maximum(lefts, self.box.left), np.minimum(rights, right)
        low, high = self._y - self._half, self._y + self._half

        def edges(a: Values, b: Values, y: float, to: float) -> Values:
            starts = np.stack([a, np.full_like(a, y), 0 * a], axis=1)
            stops = np.stack([b, np.full_like(b, to), 0 * b], axis=1)
            return separate(starts, stops)

        ends, begins = rights[rights <= right], lefts[lefts >= self.box.left]
        self.frames.points = np.concatenate(
            [
                edges(near, far, low, low),
                edges(near, far, high, high),
                edges(begins, begins, low, high),
                edges(ends, ends, low, high),
            ]
        )

    def fill(self, spent: float) -> None:
        """Show the share of the budget that is spent."""
        right = self.box.left + self.box.width * min(spent / max(self._budget, 1.0), 1.0)
        half = _BAR * self._cap / 2
        self.bar.points = rectangle(self.box.left, self._y - half, right, self._y + half)

    def mark(self, spent: float | None) -> None:
        """Put the tick where so many gradients are spent; None hides it."""
        if spent is None:
            self.tick.points = np.zeros((0, 3))
            return
        x = self.box.left + self.box.width * spent / max(self._budget, 1.0)
        half = _BAR * self._cap / 2
        foot, top = (point(x, self._y + side * half) for side in (-1, 1))
        self.tick.points = separate(foot[None], top[None])
