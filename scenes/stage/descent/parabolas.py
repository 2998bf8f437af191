"""The samples' parabolas with their mean, the cost parabola, and the point that hops on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from gdcore.data import Dataset
from gdcore.least_squares import LeastSquares
from gdcore.outcome import Outcome, outcome
from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.stage.descent.curve_names import Movable, is_free, name_places
from scenes.stage.descent.parabola import Quadratic, blend, cost_curve, loss_curve
from scenes.stage.descent.seen_curve import first_updates, hue, loss_window, seen_curve
from scenes.stage.descent.walker import Walker
from scenes.stage.page.formulas import formula
from scenes.stage.page.layout import Box, Scale
from scenes.stage.plots.crowd import CROWD, BandNames, Bands
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.shapes import discs, extent, separate

Points = npt.NDArray[np.float64]
Span = tuple[float, float]

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
        close_up: Span | None = None,
    ) -> None:
        """``words`` of the film's language say what the bands are.

        ``close_up``: the part of the w axis to show (default: the whole descent).
        """
        assert isinstance(trace.objective, LeastSquares)
        self.trace, self.theme, self.scale = trace, theme, scale
        self.objective = trace.objective
        self.cost = cost_curve(self.objective)
        self.plot = self._make_plot(box, *loss_window(trace, close_up))
        self.radius = 0.42 * scale.label
        self.crowd = self.objective.n > CROWD
        self._draw_lines()
        diverges = outcome(trace) is Outcome.DIVERGING
        self.walker = Walker(self.plot, self.radius, beads=[], diverges=diverges)
        self.active = VMobject(color=theme.loss, stroke_width=8)
        self.slides = VMobject(color=theme.point, stroke_width=8, fill_opacity=0)
        self.hops = VMobject(color=theme.point, stroke_width=3, fill_opacity=0)
        self._slid, self._hopped = np.zeros((0, 3)), np.zeros((0, 3))
        self.band_names = self._name_bands(words) if self.crowd else VGroup()
        self.names = VGroup(*self.band_names)
        self._name_curves()

    def _make_plot(self, box: Box, x: Span, y: Span) -> Plot:
        """The axes: w and J, ℓ."""
        theme = self.theme
        axes = Axis(*x, "w", None, theme.point), Axis(*y, "J, ℓ", None, theme.muted)
        return Plot(box, *axes, theme, self.scale)

    @property
    def y_name(self) -> VMobject | None:
        """The name of the axis of J and ℓ."""
        return self.plot.y_name

    def curve(self, k: int) -> Quadratic:
        """What update ``k`` looks at: its sample's loss, or the mean loss of its mini-batch."""
        return seen_curve(self.trace, k)

    def hue(self, k: int) -> str:
        """The colour of update ``k``: its sample's, or the role `loss` for a mini-batch."""
        return hue(self.trace, k, self.theme)

    def _draw_lines(self) -> None:
        theme = self.theme
        self.lines, self.dots = VGroup(), VGroup()
        self.losses: list[Quadratic] = []
        self.cost_line = VMobject(color=theme.cost, stroke_width=6)
        self.cost_line.points = self.cost.curve(self.plot)
        if self.crowd:
            data = self.objective.data
            self.bands = Bands(self.plot, lambda ws: losses(data, ws), theme.loss, self._spans())
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

    def _spans(self) -> list[Span]:
        """Further parts of the w axis that the plot will show."""
        return []

    def open(self, amount: float) -> None:
        """Open the cost parabola (0) up into the samples' parabolas (1)."""
        if self.crowd:
            self.bands.open(self._costs, amount)
        for line, loss in zip(self.lines, self.losses, strict=not self.crowd):
            line.points = blend(self.cost, loss, amount).curve(self.plot)

    def _name_curves(self) -> None:
        """J and ℓ₁, ℓ₂, … at the curves' ends, where there is room."""
        made = [formula(source, self.scale.label, color) for source, color in self._sources()]
        for name, place in zip(made, self.name_places(made), strict=True):
            if place is not None:
                self.names.add(name.move_to(place))

    def _sources(self) -> list[tuple[str, str]]:
        """The names of J and, if there are few, of the losses; with their colours."""
        named = [(f"ell_{i + 1}", self.theme.sample(i)) for i in range(len(self.losses))]
        return [("J", self.theme.cost), *(named if len(named) <= _NAMED else [])]

    def name_places(self, names: Sequence[VMobject | Movable]) -> list[Points | None]:
        """Where the names of J and the losses have room now."""
        curves = [self.cost, *self.losses]
        sizes = [
            name.size if isinstance(name, Movable) else (float(name.width), float(name.height))
            for name in names
        ]
        named = list(zip(sizes, curves, strict=False))
        taken = [*(extent(part) for part in self.band_names), *self._value_rows()]
        return name_places(self.plot, named, curves, self._hop_places(), self.radius, taken)

    def _value_rows(self) -> list[Box]:
        """Where the plot says w = … of a point that has left it to one of its sides."""
        x, ws = self.plot.x, self.trace.w
        ends = [float(w) for w in (ws.min(), ws.max()) if not x.low <= w <= x.high]
        return [row for row in map(self.walker.row_inside, ends) if row is not None]

    def _hop_places(self) -> list[float]:
        """Where the point hops from curve to curve, as x of the frame."""
        low = self.plot.y.low
        ws = self.trace.w[: len(first_updates(self.trace)) + 1]
        return [float(self.plot.at(float(w), low)[0]) for w in ws]

    def _name_bands(self, words: Mapping[str, str]) -> VGroup:
        """What the bands are: above the plot, else in it beside J; nothing in a tiny plot."""
        said = words["common.all-samples"], words["common.middle-half"]
        inner, theme = self.plot.inner, self.theme
        for cap in (self.scale.label, self.scale.small):
            made = BandNames(said, theme.loss, theme.ink, cap)
            if made.find_room(self._above(cap), lambda box: True):
                return VGroup(made)
        made = BandNames(said, theme.loss, theme.ink, self.scale.label)
        beside = made.find_room(inner, lambda box: is_free(self.plot, box, [self.cost]))
        found = beside or made.find_room(inner, lambda box: True)
        return VGroup(made) if found else VGroup()

    def _above(self, cap: float) -> Box:
        """The row of the y axis' name, beside it; a point that has left the plot is named there."""
        name, inner, x = self.y_name, self.plot.inner, self.plot.x
        if name is None or self.trace.w.min() < x.low or self.trace.w.max() > x.high:
            return Box(inner.left, inner.top, inner.left, inner.top)
        left, y = float(name.get_right()[0]), float(name.get_center()[1])
        return Box(left + 0.5 * cap, y - cap, max(inner.right, left + cap), y + cap)

    def mark_dots(self, w: float, opened: float = 1.0) -> None:
        """A small dot at ``w`` on each sample's parabola, as far as it is ``opened``."""
        for dot, loss in zip(self.dots, self.losses, strict=True):
            height = blend(self.cost, loss, opened)(w) if opened < 1 else loss(w)
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


def losses(data: Dataset, ws: Points) -> Points:
    """The losses (n, m) of all samples at ``ws`` (m,)."""
    return np.square(ws * data.x[:, None] - data.y[:, None])
