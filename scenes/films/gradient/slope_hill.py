"""The cost parabola in fog, with a point and its twin opposite, each with slope and step."""

from __future__ import annotations

import numpy as np
from manim import LEFT, RIGHT, VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.films.gradient.fog import FoggedCurve
from scenes.stage.descent.goal_mark import goal_mark
from scenes.stage.descent.parabola import Quadratic
from scenes.stage.descent.visible_range import cost_axis, w_range
from scenes.stage.descent.walker import Walker
from scenes.stage.page.figures import decimals, fixed, short
from scenes.stage.page.formulas import formula
from scenes.stage.page.glyphs import Figure, text_glyphs
from scenes.stage.page.layout import Box, Point, Scale, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.moving_plot import MovingPlot
from scenes.stage.plots.shapes import polyline, triangle

_FARTHEST = 2.5  # in distances of the start; a step that ends farther out leaves the plot
_ASIDE, _ABOVE = 2.2, 1.5  # place of a slope: in radii of the point, in heights of a capital


class SlopeHill:
    """J over w, with a ``walker`` at the start and a ``twin`` opposite, at the same height.

    ``plot``, ``fog`` (the curve as far as it is seen), ``goal``; ``slope`` and ``twin_slope``
    (running numbers); ``picture``: the plot with all that moves when its box changes;
    ``ways`` (two faint arrows, left and right) and ``way`` (the one that leads down).
    """

    def __init__(
        self,
        curve: Quadratic,
        start: float,
        to: float,
        at_rest: bool,
        box: Box,
        theme: Theme,
        scale: Scale,
    ) -> None:
        """``start`` and ``to`` are w before and after the update that will be shown.

        ``at_rest``: the start is the minimum, up to rounding errors.
        """
        self.curve, self.theme, self.scale = curve, theme, scale
        goal = curve.minimiser
        away, landed = abs(start - goal), abs(to - goal)
        self.at_rest = at_rest
        self._rounding = away if at_rest else 0.0
        side = 1.0 if start > goal else -1.0
        reach = landed if away < landed <= _FARTHEST * away else away
        low, high = w_range(curve, np.array([goal + side * reach]))
        y = cost_axis(curve, low, high, "J", theme.cost)
        self.spans = (low, high), (y.low, y.high)
        names = [formula("w", scale.label, theme.point)], formula("J(w)", scale.label, theme.cost)
        self.plot = MovingPlot(box, self.spans[0], [self.spans[1]], *names, theme, scale)
        self.plot.keep_room(self.plot.room_for([self.spans[1]], box))
        self.plot.lay(box, *self.spans)
        self.radius = 0.42 * scale.label
        self.start = start
        self.left = goal - (0.6 * (goal - low) if self.at_rest else away)
        self.right = 2 * goal - self.left
        self.here, self.there = (self.left, self.right) if side < 0 else (self.right, self.left)
        self.fog = FoggedCurve(self.plot, curve, theme.cost, theme.ink)
        self.fog.look(start)
        diverges = landed > away * (1 + 1e-9) and not self.at_rest
        beside = float(names[1].get_right()[0]) + 0.8 * scale.label
        room = beside, self.plot.inner.right
        self.walker = Walker(self.plot, self.radius, beads=[], diverges=diverges, room=room)
        self.twin = Walker(self.plot, self.radius, beads=[])
        self.picture = VGroup(self.plot, *self.fog, self.walker)
        sides = (LEFT, RIGHT) if side < 0 else (RIGHT, LEFT)
        glyphs = text_glyphs(scale.label)
        self.slope, self.twin_slope = (
            Figure(glyphs, theme.gradient, side=anchor) for anchor in sides
        )
        self._rise = 0.0  # of the twin's slope, above the other
        self.places = self._fitting_places()
        self.goal = self._goal()
        self.ways, self.way = self._make_ways()

    def slope_at(self, w: float) -> float:
        """∂J/∂w; exactly 0 at the minimum, without rounding errors."""
        away = abs(w - self.curve.minimiser)
        return 0.0 if away <= self._rounding else self.curve.slope(w)

    def write(self, slope: float) -> str:
        """A slope as text, with as many digits as there is room for beside both points."""
        return fixed(slope, self.places)

    def _fitting_places(self) -> int:
        """Decimals for about five digits; fewer if both slopes do not fit between the points."""
        steepest = self.curve.slope(self.right)
        most = decimals([steepest])
        ends = (self.plot.at(w, self.plot.y.low)[0] for w in (self.left, self.right))
        left, right = ends
        room = (right - left) / 2 - _ASIDE * self.radius - 0.3 * self.scale.label
        least = 0 if most == 0 else 1
        for places in range(most, least - 1, -1):
            if self.slope.glyphs.width(fixed(-steepest, places)) <= room:
                return places
        self._rise = 1.7 * self.scale.label  # one above the other
        return least

    def _goal(self) -> VGroup:
        """The minimum's mark; with its name only if that leaves room for slopes and arrows."""
        text = f"w* = {short(self.curve.minimiser, 5)}"
        mark = goal_mark(self.plot, self.curve, 2.6 * self.radius, [text], self.scale)
        level, name = self.plot.at(self.start, self.curve(self.start))[1], mark[1]
        clear = abs(level - name.get_center()[1]) > name.height / 2 + self.radius
        return mark if self._is_high() and clear else VGroup(mark[0])

    def foot(self) -> Point:
        """The place just above the mark of the minimum."""
        foot = self.plot.at(self.curve.minimiser, self.curve.lowest)
        foot[1] = max(foot[1], float(self.goal.get_top()[1]) + 0.1)
        return foot

    def _is_high(self) -> bool:
        return self.plot.inner.height > 9 * self.scale.label

    def _make_ways(self) -> tuple[VGroup, VMobject]:
        """Arrows to the left and to the right of the start, and the one that leads down."""
        at = self.plot.at(self.start, self.curve(self.start))
        inner, gap = self.plot.inner, 1.8 * self.radius
        room = min(at[0] - inner.left, inner.right - at[0]) - gap - 0.05
        length = min(4.0 * self.scale.label, room)
        arrows = [
            _arrow(at + way * gap, at + way * (gap + length), self.radius, self.theme.muted)
            for way in (LEFT, RIGHT)
        ]
        slope = self.slope_at(self.start)
        down = VMobject()
        if slope:
            way = LEFT if slope > 0 else RIGHT
            stop = at + way * (gap + length)
            down = _arrow(at + way * gap, stop, self.radius, self.theme.ink)
        return VGroup(*arrows), down

    def lay(self, box: Box) -> None:
        """Move the plot to ``box``, with the curve, and the point with its tangent at the start."""
        self.plot.lay(box, *self.spans)
        self.fog.draw()
        self.walker.stand(self.start, self.curve(self.start))
        self.lean(self.walker, self.start)

    def stand(self, w: float) -> None:
        """Put the point at ``w``."""
        self.walker.stand(w, self.curve(w))

    def lean(self, walker: Walker, w: float, amount: float = 1.0) -> None:
        """Show the tangent at ``w`` with a share of its length."""
        walker.lean(w, self.curve, amount * 0.3 * self.plot.inner.width)

    def step(self, walker: Walker, w: float, rate: float) -> None:
        """Show the step arrow −rate·slope from ``w``."""
        walker.reach(w, self.curve(w), w - rate * self.slope_at(w))

    def question(self, text: str) -> Label:
        """A sign above the start."""
        at = self.plot.at(self.start, self.curve(self.start))
        label = Label(text, self.scale.body, self.theme.ink)
        return label.put(at + point(0.0, self.radius + 1.4 * self.scale.body))

    def named_slope(self, text: str) -> Label:
        """``text`` (the slope at the start, by name), on the parabola's inner side."""
        slope = self.slope_at(self.start)
        label = Label(text, self.scale.label, self.theme.gradient)
        inward = RIGHT if slope <= 0 else LEFT
        at = self.plot.at(self.start, self.curve(self.start))
        label.put(at + self._offset(float(inward[0])), -inward)
        inner = self.plot.inner
        label.shift(point(min(0.0, inner.right - 0.1 - label.get_right()[0]), 0.0))
        label.shift(point(max(0.0, inner.left + 0.1 - label.get_left()[0]), 0.0))
        box = Box(label.get_left()[0], label.get_bottom()[1], label.get_right()[0], 0.0)
        label.shift(point(0.0, self._lift(box)))
        return label

    def _offset(self, inward: float) -> Point:
        return point(inward * _ASIDE * self.radius, _ABOVE * self.scale.label)

    def slope_place(self, figure: Figure, w: float) -> Point:
        """The place of the slope at ``w``: beside the point, above the mark of the minimum."""
        inward = -float(figure.side[0])
        at = self.plot.at(w, self.curve(w)) + self._offset(inward)
        if figure is self.twin_slope:
            at += point(0.0, self._rise)
        at += point(0.0, self._lift(self._slope_box(figure, at, w)))
        if figure is self.twin_slope:
            other = self._slope_box(self.slope, self.slope_place(self.slope, self.here), self.here)
            box, gap = self._slope_box(figure, at, w), 0.4 * self.scale.label
            beside = box.left > other.right + gap or other.left > box.right + gap
            if not beside and other.bottom - gap < box.top and box.bottom < other.top + gap:
                at += point(0.0, other.top + gap - box.bottom)
        return at

    def _slope_box(self, figure: Figure, at: Point, w: float) -> Box:
        """What the slope at ``w`` takes if it is written at ``at``."""
        far = at[0] - figure.side[0] * figure.glyphs.width(self.write(self.curve.slope(w)))
        half = figure.glyphs.cap / 2
        return Box(min(at[0], far), at[1] - half, max(at[0], far), at[1] + half)

    def _lift(self, box: Box) -> float:
        """How far a text in ``box`` must rise to clear the mark of the minimum."""
        mark, gap = self.goal[-1], 0.2 * self.scale.label
        if box.left > mark.get_right()[0] + gap or box.right < mark.get_left()[0] - gap:
            return 0.0
        return max(0.0, float(mark.get_top()[1]) + 2 * gap - box.bottom)


def _arrow(start: Point, stop: Point, radius: float, color: str) -> VMobject:
    """A straight arrow as one outline: its shaft is a thin bar."""
    size, way = 1.5 * radius, stop - start
    neck = stop - way / np.hypot(way[0], way[1]) * 0.8 * size
    half = point(0.0, 0.03)
    bar = polyline(np.array([start - half, neck - half, neck + half, start + half, start - half]))
    arrow = VMobject(color=color, fill_opacity=1, stroke_width=0)
    arrow.points = np.concatenate([bar, triangle(stop, way, size)])
    return arrow
