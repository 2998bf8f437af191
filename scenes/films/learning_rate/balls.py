"""The points of several descents on one parabola, each in its own colour, with their paths."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import LEFT, ORIGIN, RIGHT, VGroup, VMobject

from gdcore.trace import Trace
from scenes.films.learning_rate.bowl import Bowl
from scenes.stage.descent.walker import between
from scenes.stage.maps.trail import cut
from scenes.stage.page.figures import equations, lengths
from scenes.stage.page.glyphs import Figure, named_glyphs
from scenes.stage.page.layout import Box, point
from scenes.stage.plots.shapes import discs, polyline, separate, triangle

Values = npt.NDArray[np.float64]

_LARGEST, _SMALLEST = 0.78, 0.42  # radii in capitals of a label: of the largest rate, of the least
_RIM = 0.018  # units of the page's colour around a point
_ARROW = 0.9  # capitals: a mark at the edge
_BEAD = 0.2  # capitals: radius of a visited place
_CELL = 600  # places that are closer than the plot's width divided by this look like one


def sizes(count: int, cap: float) -> list[float]:
    """Radii of the points: where they coincide, each is seen within that of a larger rate."""
    steps = np.linspace(_SMALLEST, _LARGEST, max(count, 2))[-count:]
    return [float(size) * cap for size in steps]


class Ball(VGroup):
    """One descent: ``hops`` (its path, straight from place to place), ``beads``, ``point``.

    The point is at ``w``. While it is outside, ``edge`` points there, and ``value`` says where.
    ``shaft`` and ``head`` are the arrow of its step.
    """

    def __init__(self, trace: Trace, bowl: Bowl, hue: str, radius: float) -> None:
        super().__init__()
        self.bowl, self.hue, self.radius = bowl, hue, radius
        self.rank, self.w = 0, float(trace.w[0])
        self.slot: tuple[Box, Box] | None = None
        theme, cap = bowl.plot.theme, bowl.scale_.label
        self.hops = VMobject(color=hue, stroke_width=3, fill_opacity=0)
        self.beads, self.point, self.edge, self.head = (
            VMobject(color=hue, fill_opacity=1, stroke_width=0) for _ in range(4)
        )
        rim = 0.0 if theme.transparent else 1.0
        self.halo = VMobject(color=theme.background, fill_opacity=rim, stroke_width=0)
        self.shaft = VMobject(color=hue, stroke_width=6)
        self.value = Figure(named_glyphs("w", cap), hue, side=ORIGIN)
        self.add(self.hops, self.beads, self.shaft, self.head, self.halo, self.point)
        self.add(self.edge, self.value)
        self.follow(trace)

    def follow(self, trace: Trace) -> None:
        """Show this descent from now on.

        Only the updates that reach a new place in the plot are drawn: a limited number.
        """
        plot, self.trace = self.bowl.plot, trace
        self.places = np.stack([trace.w, trace.cost], axis=1)
        seen = [k for k, (w, cost) in enumerate(self.places) if plot.contains(w, cost)]
        self.leaves = len(seen) < len(self.places)
        inside = np.array(seen, dtype=np.intp)
        cell = (plot.x.high - plot.x.low) / _CELL
        cells = np.floor((trace.w[inside] - plot.x.low) / cell)
        self._visits = inside[np.sort(np.unique(cells, return_index=True)[1])]
        hopping = self._visits[self._visits < trace.updates]
        self._starts, self._stops, kept = cut(plot, self.places[hopping], self.places[hopping + 1])
        self._left = hopping[kept]

    def lay(self, t: float) -> None:
        """Show the point and its path at the fractional update ``t``, also past the trace's end."""
        plot, updates = self.bowl.plot, self.trace.updates
        done = min(math.floor(t + 1e-9), updates)
        count = int(np.searchsorted(self._left, done))
        starts, stops = self._starts[:count], self._stops[:count]
        here = self.places[done]
        if t > done + 1e-9 and done < updates and plot.contains(*here):
            here = np.array([between(column, t) for column in self.places.T])
            if not plot.contains(*here):
                here = self.places[done + 1]  # the mark at the edge says where it will be
            start, stop, _ = cut(plot, self.places[done : done + 1], here[None, :])
            starts, stops = np.concatenate([starts, start]), np.concatenate([stops, stop])
        elif self.trace.diverged_at is not None and t > updates + 1e-9:
            here = np.array([math.copysign(math.inf, -here[0]), math.inf])
        self.hops.points = separate(plot.map(*starts.T), plot.map(*stops.T))
        visited = self.places[self._visits[: np.searchsorted(self._visits, done, side="right")]]
        self.beads.points = discs(plot.map(*visited.T), _BEAD * self.bowl.scale_.label)
        self._stand(float(here[0]), float(here[1]))

    def _stand(self, w: float, cost: float) -> None:
        """Put the point at data (w, J), or a mark at the plot's edge."""
        plot, self.w = self.bowl.plot, w
        if plot.contains(w, cost):
            center = plot.at(w, cost)[None, :]
            self.halo.points = discs(center, self.radius + _RIM)
            self.point.points = discs(center, self.radius)
            self.edge.points = np.zeros((0, 3))
            self.value.write("")
            return
        self.halo.points = self.point.points = np.zeros((0, 3))
        inner, right = plot.inner, w > self.bowl.curve.minimiser
        size = _ARROW * self.bowl.scale_.label
        side = RIGHT if right else LEFT
        x = float((inner.right if right else inner.left) - side[0] * 1.2 * size * self.rank)
        self.edge.points = triangle(point(x, inner.top), side + point(0, 1), size)
        self._write(w, x, self.slot[right] if self.slot else None)

    def _write(self, w: float, x: float, slot: Box | None) -> None:
        """Write w as fully as there is room in ``slot``, near ``x``; nothing without a slot."""
        self.value.text = None
        if slot is None:
            self.value.write("")
            return
        width = self.value.glyphs.width
        texts = [*equations("w", w), *lengths(w)]
        text = next((text for text in texts if width(text) <= slot.width), "")
        half = width(text) / 2
        x = min(max(x, slot.left + half), slot.right - half)
        self.value.write(text, point(x, float(slot.center[1])))

    def reach(self, k: int, amount: float) -> None:
        """Grow the arrow of update ``k`` from the point; none if there was no such update."""
        plot = self.bowl.plot
        self.shaft.points = self.head.points = np.zeros((0, 3))
        if k >= self.trace.updates or not plot.contains(*self.places[k]):
            return
        (w, cost), to = self.places[k], self.places[k + 1, 0]
        to = float(min(max(w + amount * (to - w), plot.x.low), plot.x.high))
        start, stop = plot.at(w, cost), plot.at(to, cost)
        way = stop - start
        length = abs(float(way[0]))
        size = min(0.6 * self.bowl.scale_.label, 0.9 * length)
        if size > 0:
            neck = stop - way / length * size * 0.8
            self.shaft.points = polyline(np.array([start, neck]))
            self.head.points = triangle(stop, way, size)


class Balls(VGroup):
    """A ball for each trace, all from one start; the rates ascend."""

    def __init__(self, traces: Sequence[Trace], bowl: Bowl, hues: Sequence[str]) -> None:
        radii = sizes(len(traces), bowl.scale_.label)
        self.all = [
            Ball(trace, bowl, hue, radius)
            for trace, hue, radius in zip(traces, hues, radii, strict=True)
        ]
        super().__init__(*reversed(self.all))  # a smaller point is in front of a larger one
        leaving = [ball for ball in self.all if ball.leaves]
        self.bowl, self.t = bowl, 0.0
        for rank, (ball, slot) in enumerate(zip(leaving, _slots(bowl, len(leaving)), strict=True)):
            ball.rank, ball.slot = rank, slot
        self.lay(0.0)

    def lay(self, t: float) -> None:
        """Show all at the fractional update ``t``."""
        self.t = t
        for ball in self.all:
            ball.lay(t)

    def reach(self, k: int, amount: float) -> None:
        """Grow the arrows of update ``k``."""
        for ball in self.all:
            ball.reach(k, amount)

    def leave_values_out(self) -> None:
        """Write no values from now on: the plot has become small."""
        for ball in self.all:
            ball.slot = None


def _slots(bowl: Bowl, count: int) -> list[tuple[Box, Box]]:
    """Places for the values of ``count`` points outside, for an arrow at the left and at the right.

    They are above the plot, beside the name of its minimum.
    """
    plot, gap, y = bowl.plot, 0.5 * bowl.scale_.label, bowl.above
    begin = float(plot.name_of_y.get_right()[0]) + gap
    name = bowl.goal[1]
    left = Box(begin, y, float(name.get_left()[0]) - gap, y)
    right = Box(float(name.get_right()[0]) + gap, y, plot.inner.right, y)
    if count > 2:  # they are at both sides, whatever side their arrows are at
        some = [*right.columns(1.0, 1.0, gap=gap), *left.columns(1.0, 1.0, gap=gap)]
        return [(box, box) for box in some[:count]]
    if not count:
        return []
    pairs = (side.columns(*[1.0] * count, gap=gap) for side in (left, right))
    return list(zip(*pairs, strict=True))
