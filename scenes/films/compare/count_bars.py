"""The conclusion as lengths: for each kind of count a pair of bars, one for each descent."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import LEFT, VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.films.compare.captions import AXES, NAMES, Facts
from scenes.stage.page.glyphs import Figure, named_glyphs
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.shapes import rectangle

_NAME, _THICK, _GAP = 1.95, 1.7, 0.2  # in capitals: a name's row, a bar at most, below a bar


class CountBars(VGroup):
    """``names`` of the counts, and ``bars`` and ``numbers``: for each count one of each descent.

    The bars of a pair are as long as their counts, and the longer one is as long as there is room:
    counts of different kinds are not compared. The bar of a descent that does not arrive is as long
    as all that it did, hollow, and its number says that this is not enough.
    """

    def __init__(
        self, facts: Facts, names: Sequence[str], colors: Sequence[str], box: Box,
        theme: Theme, scale: Scale,
    ) -> None:  # fmt: skip
        """``names`` of the counts, in the order of `AXES`."""
        super().__init__()
        cap, glyphs = scale.label, named_glyphs(">", scale.label)
        self.counts = [[float(count) for count, _ in _done(facts, axis)] for axis in AXES]
        arrived = [[there for _, there in _done(facts, axis)] for axis in AXES]
        self.texts = [
            [f"{'' if there else '> '}{count:.0f}" for count, there in zip(*pair, strict=True)]
            for pair in zip(self.counts, arrived, strict=True)
        ]
        widest = max(glyphs.width(text) for pair in self.texts for text in pair)
        self.length = box.width - widest - 0.8 * cap
        self.left, self._cap = box.left, cap
        self._bars: list[list[VMobject]] = []
        self._figures: list[list[Figure]] = []
        self.names = VGroup()
        rows = box.rows(*[1.0] * len(AXES), gap=0.0)
        self.thick = min(_THICK * cap, (rows[0].height - (_NAME + 2 * _GAP) * cap) / 2)
        for row, name, there in zip(rows, names, arrived, strict=True):
            at = point(box.left + 0.4 * cap, row.top - 0.5 * _NAME * cap)
            self.names.add(Label(name, cap, theme.muted).put(at, LEFT))
            tops = [row.top - _NAME * cap - k * (self.thick + _GAP * cap) for k in (0, 1)]
            middles = [point(box.left, top - self.thick / 2) for top in tops]
            self._bars.append([*map(_bar, colors, there)])
            self._figures.append(
                [Figure(glyphs, hue, at) for hue, at in zip(colors, middles, strict=True)]
            )
        self.bars = VGroup(*(VGroup(*pair) for pair in self._bars))
        self.numbers = VGroup(*(VGroup(*pair) for pair in self._figures))
        self.add(self.names, self.bars, self.numbers)
        self.grow(0.0)

    def grow(self, shown: float) -> None:
        """Show the bars of so many pairs, the last one a share of its length."""
        for k, pair in enumerate(self.counts):
            share = min(max(shown - k, 0.0), 1.0)
            unit = self.length / (max(pair) or 1.0)
            for j, (count, text) in enumerate(zip(pair, self.texts[k], strict=True)):
                bar, number = self._bars[k][j], self._figures[k][j]
                y, right = float(number.at[1]), self.left + share * max(pair) * unit
                right = min(right, self.left + count * unit)
                half = self.thick / 2
                bar.points = (
                    rectangle(self.left, y - half, right, y + half)
                    if right > self.left
                    else np.zeros((0, 3))
                )
                place = point(right + 0.4 * self._cap, y)
                number.write(_running(text, share * max(pair), count) if share else "", place)


def _done(facts: Facts, axis: str) -> list[tuple[int, bool]]:
    """Of each descent the count at which it arrives; or all of it, and that it does not."""
    found = []
    for name in NAMES:
        count, trace = facts.ends[name].count(axis), facts.courses[name].trace
        everything = {
            "epochs": -(-trace.updates // trace.updates_per_epoch),
            "updates": trace.updates,
            "gradients": int(trace.sample_gradients[-1]),
        }
        found.append((everything[axis], False) if count is None else (count, True))
    return found


def _running(text: str, now: float, count: float) -> str:
    return text if now >= count else f"{int(now)}"


def _bar(color: str, arrived: bool) -> VMobject:
    if arrived:
        return VMobject(color=color, fill_opacity=1, stroke_width=0)
    return VMobject(color=color, fill_opacity=0, stroke_width=3)
