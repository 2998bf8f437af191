"""The x axis of a plot turns into the y axis of another, with numbers, name and a point on it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import ORIGIN, VGroup, VMobject

from scenes.stage.page.formulas import formula
from scenes.stage.page.glyphs import Figure, text_glyphs
from scenes.stage.page.layout import point
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import discs, separate

Points = npt.NDArray[np.float64]

_TICK = 0.5  # heights of a number
_BELOW, _BESIDE, _NAME = 1.25, 0.55, 0.6  # heights of a number, from the axis and from its end


class TurningAxis(VGroup):
    """An axis of w on its way: ``line``, numbers, the name w, and the point on it."""

    def __init__(
        self, begin: Plot, end: Plot, radius: float, marked: Sequence[tuple[float, str]] = ()
    ) -> None:
        """From the x axis of ``begin`` to the y axis of ``end``; the point has this ``radius``.

        ``marked``: further w on the axis, ``marks`` in these colours.
        """
        super().__init__()
        self._begin, self._end, self._radius = begin, end, radius
        theme, scale = begin.theme, begin.scale_
        self._small = scale.small
        self.line = VMobject(color=theme.muted, stroke_width=2.0)
        self._ticks = VMobject(color=theme.muted, stroke_width=2.0)
        self.letter = formula("w", scale.label, theme.point)
        self.point = VMobject(color=theme.point, fill_opacity=1, stroke_width=0)
        first, last = _numbers(begin, 0), _numbers(end, 1)
        self._values = {**first, **last}
        self._shares = {text: (text in first, text in last) for text in self._values}
        glyphs = text_glyphs(scale.small)
        self._figures = {
            text: Figure(glyphs, theme.muted, side=ORIGIN, text=text) for text in self._values
        }
        self._marked = [w for w, _ in marked]
        self.marks = VGroup(
            *(VMobject(color=color, fill_opacity=1, stroke_width=0) for _, color in marked)
        )
        self.add(
            self._ticks, self.marks, self.line, *self._figures.values(), self.letter, self.point
        )

    def turn(self, amount: float, w: float) -> None:
        """Show it at this share of its way, with the point at ``w``."""
        first, last = self._begin.inner, self._end.inner
        angle = amount * math.pi / 2
        # Its tip goes along an ellipse, so that it is never above the chart.
        tip = point(first.width * math.cos(angle), last.height * math.sin(angle))
        length = float(np.hypot(tip[0], tip[1]))
        along = tip / length
        below = point(float(along[1]), -float(along[0]))
        foot = point(
            first.left + amount * (last.left - first.left),
            first.bottom + amount * (last.bottom - first.bottom),
        )
        x, y = self._begin.x, self._end.y
        low, high = x.low + amount * (y.low - x.low), x.high + amount * (y.high - x.high)

        def at(value: float) -> Points:
            place: Points = foot + along * (length * (value - low) / (high - low))
            return place

        self.line.points = separate(foot[None], (foot + length * along)[None])
        # The numbers are below the axis at first, at its left in the end: they pass through it.
        side = 1 - 2 * amount
        seen = []
        for text, figure in self._figures.items():
            value, (before, after) = self._values[text], self._shares[text]
            share = (1 - amount) * before + amount * after
            inside = low - 1e-9 * abs(low) <= value <= high + 1e-9 * abs(high)
            if not inside or share < 0.02:
                figure.write("")
                continue
            seen.append(value)
            beside = _BESIDE * self._small + figure.glyphs.width(text) / 2
            away = _BELOW * self._small + amount * (beside - _BELOW * self._small)
            figure.write(text, at(value) + side * away * below)
            figure.shrink(share)
            figure.text = text
        half = 0.5 * _TICK * self._small * below
        places = np.array([at(value) for value in seen]).reshape(-1, 3)
        self._ticks.points = separate(places - half, places + half)
        beyond = foot + tip + along * (_NAME * self._small + self.letter.width / 2)
        name = self._end.y_name
        goal = beyond if name is None else name.get_center()
        self.letter.move_to(beyond + amount**6 * (goal - beyond))
        for mark, value in zip(self.marks, self._marked, strict=True):
            seen_there = low <= value <= high
            dot = discs(at(value)[None], 0.62 * self._radius)
            mark.points = dot if seen_there else np.zeros((0, 3))
        inside = low <= w <= high
        self.point.points = discs(at(w)[None], self._radius) if inside else np.zeros((0, 3))


def _numbers(plot: Plot, axis: int) -> dict[str, float]:
    """The numbers that stand at the x (0) or y (1) axis of a plot."""
    inner = plot.inner
    size = (inner.width, inner.height)[axis]
    start = (inner.left, inner.bottom)[axis]
    span = (plot.x, plot.y)[axis]
    found: dict[str, float] = {}
    figures = [part for part in plot.numbers if isinstance(part, Figure)]
    for figure in figures:
        below = float(figure.at[1]) < inner.bottom - 0.9 * plot.scale_.small
        if figure.text and below == (axis == 0):
            share = (float(figure.at[axis]) - start) / size
            found[figure.text] = span.low + share * (span.high - span.low)
    return found
