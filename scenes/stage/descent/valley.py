"""The cost parabola in a window that moves: near the first steps, and down with the point."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from manim import LEFT, ORIGIN, RIGHT, VGroup, VMobject

from gdcore.outcome import Outcome, outcome
from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.stage.descent.parabola import Quadratic
from scenes.stage.descent.visible_range import cost_axis, w_range
from scenes.stage.descent.walker import Walker, between
from scenes.stage.descent.window import Window
from scenes.stage.descent.worked import maths
from scenes.stage.page.figures import fixed, short
from scenes.stage.page.formulas import formula
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.motion import set_visible
from scenes.stage.page.wording import Label
from scenes.stage.plots.moving_plot import MovingPlot
from scenes.stage.plots.shapes import discs, separate

Points = npt.NDArray[np.float64]

_MARGIN = 1.2  # distances of the start that the whole view reaches to
_FIRST = 3  # updates that the near view shows
_BEFORE, _BEHIND, _AROUND = 0.35, 0.6, 0.4  # room in the near view, in lengths of these updates
_NEAR = 0.6  # of the whole view's width; a near view that is wider shows nothing better
_NEAREST = 1e-4  # of it: the numbers at the axis get too long
_MANY = 300  # beads; of more, those that cover each other are left out
_LOW = 8.0  # heights of a capital; a lower plot has no room for the minimum's name
_DASH = 0.16


class Valley:
    """J over w with its minimum marked, and the walking point, in any box and window.

    ``whole`` and ``near`` are the windows at rest; :meth:`look` chooses one, :meth:`show` an
    update. ``plot``, ``line``, ``goal`` (the marked minimum), ``walker``, ``guides`` (from the
    point to the axes), ``picture`` (all of it).
    """

    def __init__(
        self, trace: Trace, curve: Quadratic, deepest: float, box: Box, theme: Theme, scale: Scale
    ) -> None:
        """``deepest`` is the level of the deepest window that will be shown."""
        self.trace, self.curve, self.theme, self.scale = trace, curve, theme, scale
        low, high = w_range(curve, trace.w, _MARGIN)
        y = cost_axis(curve, low, high, "J", theme.cost)
        self.whole = Window((low, high), (y.low, y.high))
        self.near = self._near()
        names = [formula("w", scale.label, theme.point)], formula("J(w)", scale.label, theme.cost)
        self.plot = MovingPlot(box, self.whole.w, [self.whole.cost], *names, theme, scale)
        levels = np.arange(0, abs(deepest) + 1) * (1 if deepest >= 0 else -1)
        deep = [self.window_at(float(level)).cost for level in levels]
        shallow = self.plot.room_for([self.whole.cost, self.near.cost], box)
        self._rooms = shallow, max(shallow, self.plot.room_for(deep, box))
        self.line = VMobject(color=theme.cost, stroke_width=6)
        self.radius = 0.42 * scale.label
        diverges = outcome(trace) is Outcome.DIVERGING
        self.walker = Walker(self.plot, self.radius, beads=[], diverges=diverges)
        dashes = VMobject(color=theme.good, stroke_width=3)
        text = f"w^* = {maths(short(curve.minimiser, 5))}"
        self.goal = VGroup(dashes, formula(text, scale.label, theme.good))
        self.guides = VMobject(color=theme.muted, stroke_width=3)
        self.tangent_on = self.arrow_on = False
        self.picture = VGroup(self.plot, self.goal, self.guides, self.line, self.walker)
        self.t, self.window = 0.0, self.whole
        self.look(box, self.whole)

    def _near(self) -> Window:
        """A window around the first updates; the whole one if they are seen well in it."""
        first = self.trace.w[: _FIRST + 1]
        low, high = float(first.min()), float(first.max())
        costs = [self.curve(low), self.curve(high)]
        span = max(high - low, _NEAREST * (self.whole.w[1] - self.whole.w[0]))
        inside = self.whole.w[0] <= low and high <= self.whole.w[1]
        passes = low <= self.curve.minimiser <= high
        room = (1 + _BEFORE + _BEHIND) * span
        if not inside or passes or room > _NEAR * (self.whole.w[1] - self.whole.w[0]):
            return self.whole
        left, right = (_BEFORE, _BEHIND) if first[0] < self.curve.minimiser else (_BEHIND, _BEFORE)
        middle, rise = (low + high) / 2, max(costs) - min(costs)
        rise = max(rise, abs(self.curve.slope(middle)) * span)
        pad = (span - (high - low)) / 2
        foot = max(min(costs) - _AROUND * rise, self.whole.cost[0])
        return Window(
            (low - pad - left * span, high + pad + right * span),
            (foot, max(costs) + _AROUND * rise),
        )

    def window_at(self, level: float) -> Window:
        """The whole view after the error has halved ``level`` times."""
        return self.whole.about(self.curve.minimiser, self.curve.lowest, level)

    def look(self, box: Box, window: Window, level: float = 0.0) -> None:
        """Show this window in ``box``; from level 1 on with room for long numbers."""
        self.window = window
        few, many = self._rooms
        self.plot.keep_room(few + min(abs(level), 1.0) * (many - few))
        self.plot.lay(box, window.w, window.cost)
        beside = float(self.plot.name_of_y.get_right()[0]) + 0.8 * self.scale.label
        self.walker.room = (beside, self.plot.inner.right)
        self.line.points = self._arms()
        self._mark_goal()
        self.show(self.t)

    def _arms(self) -> Points:
        """The curve within the window: both arms apart if its lowest place is below."""
        x, goal = self.plot.x, self.curve.minimiser
        hidden = self.curve.reach(self.plot.y.low) if self.plot.y.low > self.curve.lowest else 0.0
        if hidden <= 0:
            return self.curve.curve(self.plot)
        arms = [(x.low, goal - hidden), (goal + hidden, x.high)]
        return np.concatenate([self.curve.curve(self.plot, *ends) for ends in arms])

    def _mark_goal(self) -> None:
        """The dashed line at the minimiser with its name above; none where it is out of sight."""
        plot, cap = self.plot, self.scale.label
        lines, name = self.goal
        inside = plot.contains(self.curve.minimiser, self.curve.lowest)
        foot, low = (
            plot.at(self.curve.minimiser, value) for value in (plot.y.low, self.curve.lowest)
        )
        # Between the arms of a narrow parabola there is room for the name only higher up.
        half = (name.width / 2 + 0.4 * cap) / plot.inner.width * (plot.x.high - plot.x.low)
        arms = plot.at(self.curve.minimiser, self.curve(self.curve.minimiser + half))[1]
        top = max(low[1] + 2.6 * self.radius, min(arms - 0.4 * cap, plot.inner.top - 1.8 * cap))
        name.move_to(point(foot[0], top + 0.9 * cap), ORIGIN)
        clear = (
            inside
            and plot.inner.left <= name.get_left()[0]
            and name.get_right()[0] <= plot.inner.right
            and plot.inner.height > _LOW * cap
        )
        set_visible(name, float(clear))
        count = max(2, int((top - foot[1]) / _DASH)) if inside else 0
        ys = np.linspace(foot[1], top, 2 * count)
        xs, zs = np.full(count, foot[0]), np.zeros(count)
        lines.points = separate(
            np.stack([xs, ys[::2], zs], axis=1), np.stack([xs, ys[1::2], zs], axis=1)
        )

    def show(self, t: float) -> None:
        """Show the point, its path and what is switched on, at the fractional update ``t``."""
        self.t = t
        w = between(self.trace.w, t)
        self.walker.stand(w, self.curve(w))
        self.walker.path.points = discs(self.places(t), 0.55 * self.radius)
        if self.tangent_on:
            self.lay_tangent(w)
        k = math.floor(t + 1e-9)
        if self.arrow_on and k < self.trace.updates:
            self.walker.reach(w, self.curve(w), float(self.trace.w[k + 1]))
        else:
            self.walker.hide_step()

    def places(self, t: float) -> Points:
        """Where the places visited up to update ``t`` are drawn, (n, 3)."""
        plot, w = self.plot, self.trace.w[: math.floor(t + 1e-9) + 1]
        w = w[(w >= plot.x.low) & (w <= plot.x.high)]
        away = w - self.curve.minimiser
        costs = self.curve.lowest + self.curve.curvature / 2 * away**2
        seen = costs <= plot.y.high
        found = plot.map(w[seen], np.maximum(costs[seen], plot.y.low))
        if len(found) <= _MANY:
            return found
        cells = np.round(found[:, :2] / (0.3 * self.radius))
        return found[np.unique(cells, axis=0, return_index=True)[1]]

    def guide(self, amount: float) -> None:
        """Draw lines from the point down to the w axis and across to the J axis, by ``amount``."""
        plot, w = self.plot, float(self.trace.w[0])
        start = plot.at(w, self.curve(w))
        down, across = min(2 * amount, 1.0), max(2 * amount - 1, 0.0)
        ends = [
            point(start[0], start[1] + down * (plot.inner.bottom - start[1])),
            point(start[0] + across * (plot.inner.left - start[0]), start[1]),
        ]
        if not plot.contains(w, self.curve(w)):
            ends = []
        pieces = [_dashed(start, end) for end in ends]
        self.guides.points = np.concatenate([np.zeros((0, 3)), *pieces])

    def lay_tangent(self, w: float) -> None:
        """Put the tangent at ``w``."""
        self.walker.lean(w, self.curve, 0.24 * self.plot.inner.width)

    def read_slope(self, k: int, name: str, places: int) -> VMobject:
        """Write the slope before update ``k`` on the inner side of the parabola."""
        w, slope = float(self.trace.w[k]), float(self.trace.gradient[k, 0])
        label = Label(f"{name} {fixed(slope, places)}", self.scale.label, self.theme.gradient)
        if not self.plot.contains(w, self.curve(w)):
            w = self.curve.minimiser
        at, inner = self.plot.at(w, self.curve(w)), self.plot.inner
        inward = RIGHT if slope <= 0 else LEFT
        label.put(at + point(inward[0] * 2.2 * self.radius, 1.5 * self.scale.label), -inward)
        label.shift(point(max(0.0, inner.left + 0.1 - label.get_left()[0]), 0))
        label.shift(point(min(0.0, inner.right - 0.1 - label.get_right()[0]), 0))
        # Where there is no room beside the point, it stands higher, so that the curve is clear.
        end = float(label.get_left()[0] if slope <= 0 else label.get_right()[0])
        there = self.plot.x.low + (end - inner.left) / inner.width * (
            self.plot.x.high - self.plot.x.low
        )
        clear = self.plot.at(there, self.curve(there))[1] + 0.5 * self.scale.label
        if abs(end - at[0]) < 2.1 * self.radius or (end < at[0]) == (slope <= 0):
            label.shift(point(0, max(0.0, clear - label.get_bottom()[1])))
        label.shift(point(0, min(0.0, inner.top - label.get_top()[1])))
        mark = self.goal[1]
        beside = (
            label.get_left()[0] > mark.get_right()[0] or label.get_right()[0] < mark.get_left()[0]
        )
        if not beside and self.plot.contains(self.curve.minimiser, self.curve.lowest):
            label.shift(point(0, max(0.0, mark.get_top()[1] + 0.1 - label.get_bottom()[1])))
        return label

    def grow_step(self, k: int, amount: float) -> None:
        """Grow the arrow of update ``k`` from the point, from 0 to 1."""
        w, to = float(self.trace.w[k]), float(self.trace.w[k + 1])
        self.walker.reach(w, self.curve(w), w + amount * (to - w))


def _dashed(start: Points, stop: Points) -> Points:
    """Bézier points of a dashed line."""
    count = int(float(np.linalg.norm(stop - start)) / _DASH)
    shares = np.linspace(0, 1, 2 * count + 1)[: 2 * count, None]
    places = start + shares * (stop - start)
    return separate(places[::2], places[1::2])
