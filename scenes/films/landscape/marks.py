"""Marks on the film's curve: where descents end or jump, and how far the noise throws them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import ORIGIN, VGroup, VMobject

from gdcore.studies.flights import Slice
from gdcore.trace import Trace
from scenes.stage.page.figures import short
from scenes.stage.page.glyphs import Figure, text_glyphs
from scenes.stage.page.layout import point
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import dashes, discs, polyline, triangle

Values = npt.NDArray[np.float64]

_FAR = 0.2  # units: a jump that is seen
_AGAIN = 0.1  # of a jump: so near to the last place but one, a descent is back there


def end_marks(plot: Plot, found: Slice, radius: float) -> VGroup:
    """A point at each end of a descent on a slice, with a line down to the axis."""
    marks, hue = VGroup(), plot.theme.good
    for place in found.ends:
        height = float(found.objective.cost(found.start + place * found.way))
        foot, top = plot.at(place, plot.y.low), plot.at(place, height)
        dot = VMobject(color=hue, fill_opacity=1, stroke_width=0)
        dot.points = discs(top[None], radius)
        marks.add(dashes(foot, top, hue), dot)
    return marks


class Rising(VGroup):
    """A dashed line that rises from the axis to (x, y), and a ring that opens there."""

    def __init__(self, plot: Plot, x: float, y: float, radius: float, hue: str) -> None:
        self.line = VMobject(color=hue, stroke_width=3)
        self.ring = VMobject(color=hue, stroke_width=4, fill_opacity=0)
        super().__init__(self.line, self.ring)
        self._top, self._radius = plot.at(x, y), radius
        self._whole = np.array(dashes(plot.at(x, plot.y.low), self._top, hue).points)
        self.rise(0.0)

    def rise(self, amount: float) -> None:
        """Show it at ``amount`` of its rise, from 0 to 1."""
        self.line.points = self._whole[: 4 * round(amount * len(self._whole) / 4)]
        self.ring.points = (
            discs(self._top[None], self._radius * amount) if amount else np.zeros((0, 3))
        )


def swings(plot: Plot, traces: Sequence[Trace], cap: float) -> VMobject:
    """A double arrow above each pair of places between which descents jump to and fro at the end.

    The places alternate: that of the last update but two is the last one again.
    """
    pairs: set[tuple[float, float]] = set()
    for trace in traces:
        if trace.diverged_at is not None or len(trace.w) < 3:
            continue
        before, other, last = (float(w) for w in trace.w[-3:])
        far = abs(last - other) / (plot.x.high - plot.x.low) * plot.inner.width
        if far > _FAR and abs(last - before) < _AGAIN * abs(last - other):
            low, high = sorted((other, last))
            pairs.add((round(low, 2), round(high, 2)))
    mark = VMobject(color=plot.theme.step, fill_opacity=1, stroke_width=4)
    parts = [np.zeros((0, 3))]
    for low, high in sorted(pairs):
        ends = [plot.at(w, float(traces[0].objective.cost([w]))) for w in (low, high)]
        level = max(float(end[1]) for end in ends) + 1.5 * cap
        parts += double_arrow(point(float(ends[0][0]), level), point(float(ends[1][0]), level), cap)
    mark.points = np.concatenate(parts)
    return mark


def double_arrow(start: Values, stop: Values, cap: float) -> list[Values]:
    """A shaft with a head at each end."""
    way = stop - start
    size = min(0.7 * cap, 0.33 * float(np.linalg.norm(way)))
    return [
        polyline(np.stack([start, stop])),
        triangle(stop, way, size),
        triangle(start, -way, size),
    ]


class NoiseArrows(VGroup):
    """The first steps of the noisy descents: from the minimum to both sides, by α times the tilt.

    They stand below the curve, each with what its update adds to the slope. One that leaves the
    plot has no tip.
    """

    def __init__(self, plot: Plot, place: float, rate: float, tilt: float, cap: float) -> None:
        super().__init__()
        hue, level = plot.theme.step, plot.at(place, 0.0) - point(0, 1.2 * cap)
        for sign, text in ((-1, f"+{short(tilt)}"), (1, f"−{short(tilt)}")):
            reached = place + sign * rate * tilt
            end = min(max(reached, plot.x.low), plot.x.high)
            stop = point(float(plot.at(end, 0.0)[0]), float(level[1]))
            arrow = VMobject(color=hue, fill_opacity=1, stroke_width=5)
            length = float(np.linalg.norm(stop - level))
            parts = [polyline(np.stack([level, stop]))]
            if end == reached:  # its tip is on the plot
                parts.append(triangle(stop, stop - level, min(0.8 * cap, 0.6 * length)))
            arrow.points = np.concatenate(parts)
            self.add(arrow)
            x = float(level[0]) + sign * max(0.5 * length, 1.2 * cap)
            at = point(x, float(level[1]) - 1.3 * cap)
            self.add(Figure(text_glyphs(cap), hue, at, ORIGIN, text))
