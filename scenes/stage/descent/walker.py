"""The walking point: on its curve, with tangent, step arrow and the path behind it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import LEFT, ORIGIN, RIGHT, VGroup, VMobject

from scenes.stage.descent.parabola import Quadratic
from scenes.stage.page.figures import equations
from scenes.stage.page.glyphs import Figure, named_glyphs
from scenes.stage.page.layout import Box, point
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import discs, polyline, triangle

Points = npt.NDArray[np.float64]


def between(values: npt.NDArray[np.float64], t: float) -> float:
    """``values`` (T + 1,) at the fractional update ``t``, interpolated between two updates."""
    k = min(int(t), len(values) - 1)
    rest = t - k
    start = float(values[k])
    return (
        start
        if rest == 0 or k + 1 >= len(values)
        else start + rest * (float(values[k + 1]) - start)
    )


class Walker(VGroup):
    """The point (w, f(w)) on a plot. When it is outside, a mark at the edge says where it is."""

    def __init__(
        self,
        plot: Plot,
        radius: float,
        *,
        beads: Sequence[tuple[float, float]],
        diverges: bool = False,
        room: tuple[float, float] | None = None,
    ) -> None:
        """``beads``: the places (w, f(w)) visited, one for each update, start included.

        ``diverges`` gives the mark at the edge the colour of divergence.
        ``room`` is the range of x in which w = … may stand above the plot, shortened to fit.
        """
        super().__init__()
        theme = plot.theme
        self.plot, self.radius = plot, radius
        # Only the name of the y axis is above the plot too, at the left.
        name, cap = plot.y_name, plot.scale_.label
        beside = plot.inner.left if name is None else float(name.get_right()[0]) + 0.8 * cap
        self.room = room or (beside, plot.inner.right)
        self._name = plot.x.name or "w"  # a narrow plot has no room for it at its axis
        seen = [i for i, (w, value) in enumerate(beads) if plot.contains(w, value)]
        places = np.array([beads[i] for i in seen], dtype=float).reshape(-1, 2)
        self._bead_updates = np.array(seen, dtype=int)
        self._beads = discs(plot.map(places[:, 0], places[:, 1]), 0.55 * radius)
        self._per_bead = len(self._beads) // max(len(seen), 1)
        self.path = VMobject(color=theme.path, fill_opacity=0.9, stroke_width=0)
        self.tangent = VMobject(color=theme.gradient, stroke_width=5)
        self.shaft = VMobject(color=theme.step, stroke_width=6)
        self.head = VMobject(color=theme.step, fill_opacity=1, stroke_width=0)
        self.point = VMobject(color=theme.point, fill_opacity=1, stroke_width=0)
        # A rim in the page's colour separates point and curve; transparent films have none.
        rim = 0.0 if theme.transparent else 1.0
        self.halo = VMobject(color=theme.background, fill_opacity=rim, stroke_width=0)
        outside = theme.bad if diverges else theme.point
        self.edge = VMobject(color=outside, fill_opacity=1, stroke_width=0)
        self.value = Figure(named_glyphs(self._name, cap), outside, side=ORIGIN)
        self.add(
            self.path,
            self.tangent,
            self.shaft,
            self.head,
            self.halo,
            self.point,
            self.edge,
            self.value,
        )

    def stand(self, w: float, value: float) -> None:
        """Put the point at data (w, value); outside the plot, an arrow at its edge with w = …."""
        if self.plot.contains(w, value):
            center = self.plot.map(np.array([w]), np.array([value]))
            self.halo.points = discs(center, 1.3 * self.radius)
            self.point.points = discs(center, self.radius)
            self.edge.points = np.zeros((0, 3))
            self.value.write("")
        else:
            self.halo.points = self.point.points = np.zeros((0, 3))
            self._mark_edge(w, value)

    def _mark_edge(self, w: float, value: float) -> None:
        inner, x = self.plot.inner, self.plot.x
        size = 2.2 * self.radius
        at = self.plot.at(min(max(w, x.low), x.high), self.plot.y.low)
        tip = point(at[0], inner.top)
        middle = (x.low + x.high) / 2
        side = RIGHT if w > middle else LEFT
        out = point(side[0] * (0.0 if x.low <= w <= x.high else 1.0), 1.0)
        self.edge.points = triangle(tip, out, size)
        self._write_value(w, float(tip[0]))

    def _write_value(self, w: float, x: float) -> None:
        """Write w = … in its row, near ``x``."""
        text, row = self._value(w)
        half = self.value.glyphs.width(text) / 2
        self.value.text = None
        across = min(max(x, row.left + half), row.right - half)
        self.value.write(text, point(across, float(row.center[1])))

    def _value(self, w: float) -> tuple[str, Box]:
        """The longest w = … that fits, and its row: above the plot, or in it if none fits there.

        In a plot that is too narrow for the shortest text, with the margin at its right, there is
        none: the arrow stands alone.
        """
        inner, cap, width = self.plot.inner, self.plot.scale_.label, self.value.glyphs.width
        above, inside = inner.top + 0.75 * cap, inner.top - 1.9 * cap
        places = [(*self.room, above)]
        places += [(inner.left, right, inside) for right in (inner.right, self.plot.box.right)]
        rows = [Box(left, y - 0.75 * cap, right, y + 0.75 * cap) for left, right, y in places]
        texts = equations(self._name, float(w))
        pairs = ((text, row) for row in rows for text in texts if width(text) <= row.width)
        return next(pairs, ("", rows[-1]))

    def row_inside(self, w: float) -> Box | None:
        """The row in the plot that w = … takes when the point is outside; None if it takes none."""
        text, row = self._value(w)
        return row if text and row.bottom < self.plot.inner.top else None

    def pass_beads(self, t: float) -> None:
        """Show the places visited up to update ``t``."""
        count = int(np.searchsorted(self._bead_updates, math.floor(t + 1e-9), side="right"))
        self.path.points = self._beads[: count * self._per_bead]

    def lean(self, w: float, curve: Quadratic, length: float) -> None:
        """Draw the tangent of ``curve`` at w, about ``length`` units long, within the plot."""
        plot, slope = self.plot, curve.slope(w)
        at = plot.at(w, curve(w))
        run = plot.at(
            plot.x.low + (plot.x.high - plot.x.low), plot.y.low + slope * (plot.x.high - plot.x.low)
        )
        direction = run - plot.at(plot.x.low, plot.y.low)
        size = float(np.hypot(direction[0], direction[1]))
        if not plot.contains(w, curve(w)) or not math.isfinite(size) or size == 0:
            self.tangent.points = np.zeros((0, 3))
            return
        half = direction / size * length / 2
        self.tangent.points = polyline(_within(plot, at - half, at + half))

    def reach(self, w: float, value: float, to: float) -> None:
        """Draw the step arrow from the point at (w, value) along the axis to ``to``."""
        plot = self.plot
        if not plot.contains(w, value) or w == to:
            self.hide_step()
            return
        start = plot.at(w, value)
        stop = plot.at(min(max(to, plot.x.low), plot.x.high), value)
        way = stop - start
        size = min(1.5 * self.radius, 0.9 * abs(float(way[0])))
        self.shaft.points = polyline(
            np.array([start, stop - way / max(abs(way[0]), 1e-9) * size * 0.8])
        )
        self.head.points = triangle(stop, way, size)

    def hide_step(self) -> None:
        """Hide the step arrow."""
        self.shaft.points = self.head.points = np.zeros((0, 3))

    def hide_tangent(self) -> None:
        """Hide the tangent."""
        self.tangent.points = np.zeros((0, 3))


def _within(plot: Plot, start: Points, stop: Points) -> Points:
    """The part of a segment that lies within the plot's area (Liang–Barsky)."""
    inner, way = plot.inner, stop - start
    first, last = 0.0, 1.0
    for axis, low, high in ((0, inner.left, inner.right), (1, inner.bottom, inner.top)):
        if way[axis] == 0:
            continue
        near, far = sorted(((low - start[axis]) / way[axis], (high - start[axis]) / way[axis]))
        first, last = max(first, near), min(last, far)
    return np.array([start + first * way, start + last * way]) if first < last else np.zeros((0, 3))
