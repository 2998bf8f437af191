"""Where a descent arrives: a dot on its curve, a line down to the axis, and the count beside it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import LEFT, RIGHT, VGroup, VMobject

from scenes.stage.page.glyphs import Figure, text_glyphs
from scenes.stage.page.layout import point
from scenes.stage.plots.log_chart import LogChart
from scenes.stage.plots.shapes import discs, separate

_ROW = 0.72  # heights of a capital above the axis: there the curves are already past the lines


class ArrivalMark(VGroup):
    """``line`` and ``dot`` at a count, and ``number`` (the count).

    Nothing is seen before :meth:`stand`, and never if ``level`` is None: it does not arrive.
    """

    def __init__(self, chart: LogChart, level: float | None, color: str) -> None:
        """``level``: log10 of the cost at the arrival."""
        super().__init__()
        self.chart, self.cap = chart, chart.scale_.label
        self.level = None if level is None else min(max(level, chart.y.low), chart.y.high)
        self.line = VMobject(color=color, stroke_width=4)
        self.dot = VMobject(color=color, fill_opacity=1, stroke_width=0)
        self.count = ""  # what the number will be
        self.number = Figure(text_glyphs(self.cap), color)
        self.add(self.line, self.dot, self.number)

    def stand(self, count: float | None) -> None:
        """Stand at this count; None hides line and dot."""
        chart = self.chart
        if count is None or self.level is None or count > chart.x.high:
            self.line.points = self.dot.points = np.zeros((0, 3))
            return
        place = chart.at(count, self.level)
        self.line.points = separate(place[None], chart.at(count, chart.y.low)[None])
        self.dot.points = discs(place[None], 0.42 * self.cap)


def place_numbers(
    marks: Sequence[ArrivalMark], counts: Sequence[float], texts: Sequence[str]
) -> None:
    """Say where the ``texts`` will stand: beside the lines, between the axis and the finish.

    The text of the lesser count is at the left of its line. So is the other one, if there is room
    between the lines; else it is at the right, unless the first one is there. Nothing is written
    yet.
    """
    left = -np.inf
    for k in sorted(range(len(marks)), key=lambda k: counts[k]):
        mark, cap, inner = marks[k], marks[k].cap, marks[k].chart.inner
        at = float(mark.chart.at(counts[k], mark.chart.y.low)[0])
        width = mark.number.glyphs.width(texts[k]) + 0.8 * cap
        room = max(left, inner.left)
        side = RIGHT if at - width >= room else LEFT
        mark.count = texts[k] if side is RIGHT or at >= left else ""
        mark.number.side = side
        mark.number.write("", point(at - 0.4 * cap * side[0], inner.bottom + _ROW * cap))
        left = at if side is RIGHT else at + width
