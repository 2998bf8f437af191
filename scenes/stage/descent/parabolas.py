"""The samples' parabolas with their mean, the cost parabola, and the point that hops on them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from manim import DL, UR, VGroup, VMobject

from gdcore.data import Dataset
from gdcore.least_squares import LeastSquares
from gdcore.outcome import Outcome, outcome
from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.stage.descent.parabola import Quadratic, blend, cost_curve, loss_curve, mean_curve
from scenes.stage.descent.visible_range import loss_axis, walk_range
from scenes.stage.descent.walker import Walker
from scenes.stage.page.formulas import formula
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.plots.crowd import CROWD, BandNames, Bands
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.shapes import discs, separate

Points = npt.NDArray[np.float64]

_NAMED = 5


class Parabolas:
    """J and the losses over w for the objective of a trace, with a walker and its path.

    ``plot``, ``cost_line``, ``lines`` (one per sample), ``names``, ``active`` (the parabola that
    the update looks at), ``slides`` and ``hops`` (the zig-zag so far), ``dots`` (the place w on
    each sample's parabola), ``walker``. Of many samples ``lines`` are bands, computed from all of
    their parabolas, and there are no ``dots``.
    """

    def __init__(
        self,
        trace: Trace,
        box: Box,
        theme: Theme,
        scale: Scale,
        words: Mapping[str, str],
        close_up: tuple[float, float] | None = None,
        again: bool = False,
    ) -> None:
        """``words`` of the film's language say what the bands are.

        ``close_up``: the part of the w axis to show (default: the whole descent).
        ``again``: an earlier picture named the bands; this one does not cover them with names.
        """
        assert isinstance(trace.objective, LeastSquares)
        self.trace, self.theme, self.scale = trace, theme, scale
        self.objective = trace.objective
        self.cost = cost_curve(self.objective)
        low, high = close_up or walk_range(self.cost, trace.w)
        y = loss_axis(self._top(low, high, close_up is not None), "J, ℓ", theme.muted)
        self.plot = Plot(box, Axis(low, high, "w", None, theme.point), y, theme, scale)
        self.radius = 0.42 * scale.label
        self.crowd = self.objective.n > CROWD
        self._draw_lines()
        diverges = outcome(trace) is Outcome.DIVERGING
        self.walker = Walker(self.plot, self.radius, beads=[], diverges=diverges)
        self.active = VMobject(color=theme.loss, stroke_width=8)
        self.slides = VMobject(color=theme.point, stroke_width=8, fill_opacity=0)
        self.hops = VMobject(color=theme.point, stroke_width=3, fill_opacity=0)
        self._slid, self._hopped = np.zeros((0, 3)), np.zeros((0, 3))
        self.names = self._name_bands(words, again) if self.crowd else VGroup()
        self._name_curves()

    def _top(self, low: float, high: float, close: bool) -> float:
        """The highest value shown: of the first epoch's updates, or of the cost curve's ends."""
        if close:
            return 1.3 * max(self.cost(low), self.cost(high))
        trace = self.trace
        places = [(float(trace.w[k]), self.curve(k)) for k in self._first_updates()]
        seen = [curve(w) for w, curve in places if low <= w <= high]
        return max([*seen, self.cost(min(max(float(trace.w[0]), low), high))])

    def curve(self, k: int) -> Quadratic:
        """What update ``k`` looks at: its sample's loss, or the mean loss of its mini-batch."""
        samples = [int(i) for i in self.trace.samples[k] if i >= 0]
        return mean_curve([loss_curve(self.objective, i) for i in samples])

    def hue(self, k: int) -> str:
        """The colour of update ``k``: its sample's, or the role `loss` for a mini-batch."""
        samples = [int(i) for i in self.trace.samples[k] if i >= 0]
        return self.theme.sample(samples[0]) if len(samples) == 1 else self.theme.loss

    def _draw_lines(self) -> None:
        theme = self.theme
        self.lines, self.dots = VGroup(), VGroup()
        self.losses: list[Quadratic] = []
        self.cost_line = VMobject(color=theme.cost, stroke_width=6)
        self.cost_line.points = self.cost.curve(self.plot)
        if self.crowd:
            data = self.objective.data
            self.bands = Bands(self.plot, lambda ws: _losses(data, ws), theme.loss)
            self._costs = np.array([self.cost(float(w)) for w in self.bands.xs])
            self.lines = self.bands
            return
        for i in range(self.objective.n):
            self.losses.append(loss_curve(self.objective, i))
            line = VMobject(color=theme.sample(i), stroke_width=5)
            line.set_stroke(opacity=0.9)
            self.lines.add(line)
            self.dots.add(VMobject(color=theme.sample(i), fill_opacity=1, stroke_width=0))
        self.open(1.0)

    def open(self, amount: float) -> None:
        """Open the cost parabola (0) up into the samples' parabolas (1)."""
        if self.crowd:
            self.bands.open(self._costs, amount)
        for line, loss in zip(self.lines, self.losses, strict=not self.crowd):
            line.points = blend(self.cost, loss, amount).curve(self.plot)

    def _name_curves(self) -> None:
        """J and ℓ₁, ℓ₂, … at the curves' ends, where they do not overlap."""
        curves = [
            (f"ell_{i + 1}", loss, self.theme.sample(i)) for i, loss in enumerate(self.losses)
        ]
        if len(curves) > _NAMED:
            curves = []
        for source, curve, color in [("J", self.cost, self.theme.cost), *curves]:
            name = formula(source, self.scale.label, color)
            if any(self._find_room(name, curve, hops) for hops in (self._hop_places(), [])):
                self.names.add(name)

    def _first_updates(self) -> range:
        """The updates that films show one by one."""
        trace = self.trace
        return range(min(trace.updates, max(trace.updates_per_epoch, 3), 6))

    def _hop_places(self) -> list[float]:
        """Where the point hops from curve to curve, as x of the frame."""
        low = self.plot.y.low
        ws = self.trace.w[: len(self._first_updates()) + 1]
        return [float(self.plot.at(float(w), low)[0]) for w in ws]

    def _name_bands(self, words: Mapping[str, str], again: bool) -> VGroup:
        """What the bands are: above the plot, else in it beside J; nothing in a tiny plot."""
        said = words["common.all-samples"], words["common.middle-half"]
        inner, theme = self.plot.inner, self.theme
        for cap in (self.scale.label, self.scale.small):
            made = BandNames(said, theme.loss, theme.ink, cap)
            if made.find_room(self._above(cap), lambda box: True):
                return VGroup(made)
        if again:
            return VGroup()
        made = BandNames(said, theme.loss, theme.ink, self.scale.label)
        beside = made.find_room(inner, lambda box: self._is_free(box, [self.cost]))
        found = beside or made.find_room(inner, lambda box: True)
        return VGroup(made) if found else VGroup()

    def _above(self, cap: float) -> Box:
        """The row of the y axis' name, beside it; a point that has left the plot is named there."""
        name, inner, x = self.plot.y_name, self.plot.inner, self.plot.x
        if name is None or self.trace.w.min() < x.low or self.trace.w.max() > x.high:
            return Box(inner.left, inner.top, inner.left, inner.top)
        left, y = float(name.get_right()[0]), float(name.get_center()[1])
        return Box(left + 0.5 * cap, y - cap, max(inner.right, left + cap), y + cap)

    def _find_room(self, name: VMobject, curve: Quadratic, hops: list[float]) -> bool:
        """Move ``name`` beside its curve, where it touches no other name, no curve and no hop."""
        x, curves = self.plot.x, [self.cost, *self.losses]
        for share in (*np.arange(0.03, 0.4, 0.02), *np.arange(0.97, 0.7, -0.02)):
            w = x.low + float(share) * (x.high - x.low)
            if not self.plot.contains(w, curve(w)):
                continue
            at = self.plot.at(w, curve(w))
            inward = 1.0 if w < curve.minimiser else -1.0
            for side in (1.0, -1.0):  # above on the inner side, below on the outer one
                right = at[0] + side * inward * (0.12 + name.width / 2)
                name.move_to(point(right, at[1] + side * (0.1 + name.height / 2)))
                if any(abs(hop - right) < name.width / 2 + self.radius for hop in hops):
                    continue
                if self._is_clear(name, curves) and not any(_touch(name, o) for o in self.names):
                    return True
        return False

    def _is_clear(self, name: VMobject, curves: list[Quadratic]) -> bool:
        gap = 0.05
        (left, bottom, _), (right, top, _) = name.get_corner(DL), name.get_corner(UR)
        return self._is_free(Box(left - gap, bottom - gap, right + gap, top + gap), curves)

    def _is_free(self, box: Box, curves: list[Quadratic]) -> bool:
        """Whether ``box`` lies in the plot and none of ``curves`` runs through it."""
        inner = self.plot.inner
        if box.left < inner.left or box.right > inner.right:
            return False
        if box.bottom < inner.bottom or box.top > inner.top:
            return False
        per_unit = (self.plot.x.high - self.plot.x.low) / inner.width
        ws = self.plot.x.low + (np.linspace(box.left, box.right, 9) - inner.left) * per_unit
        for curve in curves:
            heights = self.plot.map(ws, np.array([curve(float(w)) for w in ws]))[:, 1]
            if heights.min() <= box.top and heights.max() >= box.bottom:
                return False
        return True

    def mark_dots(self, w: float) -> None:
        """A small dot at ``w`` on each sample's parabola."""
        for dot, loss in zip(self.dots, self.losses, strict=True):
            height = loss(w)
            seen = np.array([self.plot.contains(w, height)])  # a place far outside has no number
            place = self.plot.map(np.array([w])[seen], np.array([height])[seen])
            dot.points = discs(place, 0.6 * self.radius)

    def light(self, k: int) -> None:
        """Light up the parabola that update ``k`` looks at."""
        self.active.set_color(self.hue(k))
        self.active.points = self.curve(k).curve(self.plot)

    def hop(self, k: int, start: float, amount: float) -> None:
        """Move the point straight from the height ``start`` to update ``k``'s parabola."""
        w = float(self.trace.w[k])
        height = start + amount * (self.curve(k)(w) - start)
        self.walker.stand(w, height)
        self.hops.points = np.concatenate([self._hopped, self._dashes(w, start, height)])

    def slide(self, k: int, w: float) -> None:
        """Put the point at ``w`` on update ``k``'s parabola, and draw its path from w[k] on."""
        curve, start = self.curve(k), float(self.trace.w[k])
        self.walker.stand(w, curve(w))
        way = curve.curve(self.plot, min(start, w), max(start, w))
        self.slides.points = np.concatenate([self._slid, way])

    def keep(self) -> None:
        """Keep the path drawn so far."""
        self._slid, self._hopped = self.slides.points.copy(), self.hops.points.copy()

    def _dashes(self, w: float, start: float, stop: float) -> Points:
        y = self.plot.y
        a, b = (self.plot.at(w, min(max(value, y.low), y.high)) for value in (start, stop))
        count = int(abs(b[1] - a[1]) / 0.14)
        if not count:
            return np.zeros((0, 3))
        shares = np.linspace(0, 1, 2 * count + 1)
        places = a + shares[:, None] * (b - a)
        return separate(places[:-1:2], places[1::2])


def _losses(data: Dataset, ws: Points) -> Points:
    """The losses (n, m) of all samples at ``ws`` (m,)."""
    return np.square(ws * data.x[:, None] - data.y[:, None])


def _touch(one: VMobject, other: VMobject) -> bool:
    gap = 0.06
    return bool(
        one.get_left()[0] < other.get_right()[0] + gap
        and other.get_left()[0] < one.get_right()[0] + gap
        and one.get_bottom()[1] < other.get_top()[1] + gap
        and other.get_bottom()[1] < one.get_top()[1] + gap
    )
