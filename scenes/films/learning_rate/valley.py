"""One of several small cost parabolas side by side, with a point that hops across its valley."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import LEFT, VGroup, VMobject

from gdcore.descent import LIMIT
from gdcore.least_squares import LeastSquares
from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.films.learning_rate.regime import Regime, factor_texts, regime
from scenes.stage.descent.parabola import Quadratic, cost_curve
from scenes.stage.descent.visible_range import cost_axis
from scenes.stage.descent.walker import Walker, between
from scenes.stage.maps.trail import cut
from scenes.stage.page.figures import decimals, fixed, lengths, short
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.shapes import dashes, separate

Values = npt.NDArray[np.float64]

_REACH = 1.7  # length of the w axis on each side of the minimum, in distances of the start
_CELL = 0.02  # units; places that are closer look like one
_ROW = 1.75  # heights of a capital
_LEAST = 4.8  # heights of a capital; if the plot were lower, lines of text are left out
_NEGLIGIBLE = 1e-9


class Valley:
    """The descent with one rate.

    ``still`` (title, plot, parabola), ``walker``, ``hops`` (its path, straight from place to
    place), ``factor`` and ``end`` (what an update does to the error, and w after all updates).
    ``alone`` says that there is room for only one of these two at a time, ``beside`` that the
    factor stands beside the title.
    """

    def __init__(
        self, trace: Trace, name: str, box: Box, theme: Theme, scale: Scale, beside: bool = True
    ) -> None:
        assert isinstance(trace.objective, LeastSquares)
        self.trace, self.box, self.theme, self.scale = trace, box, theme, scale
        self.curve = cost_curve(trace.objective)
        self.regime = regime(trace.objective, trace.lr, trace.epochs)
        self._said = factor_texts(trace.objective, trace.lr)
        self.radius = 0.4 * scale.label
        self.places = np.stack([trace.w, trace.cost], axis=1)
        self.still = VGroup()
        self._lay_out(name, beside)
        self.line = VMobject(color=theme.cost, stroke_width=5)
        self.line.points = self.curve.curve(self.plot)
        self.still.add(self.plot, self.line, self._mark_goal())
        self._make_walker()

    def _lay_out(self, name: str, beside: bool) -> None:
        """Place the plot between its title and as many lines of text as leave room for it."""
        cap, box, trace = self.scale.label, self.box, self.trace
        hue = self.regime.hue(self.theme)
        rates = f"α = {short(trace.lr)}", short(trace.lr), short(trace.lr, 2)
        self.title = self._fitting(hue, *rates)
        self.factor = self._fitting(self.theme.ink, *self._said)
        self.end = self._fitting(self.theme.point, *self._end_texts())
        goal = short(self.curve.minimiser)
        self.goal = self._fitting(self.theme.good, f"w* = {goal}", "w*")
        rows = [self.goal, self.factor, self.end]
        self.beside = beside and self.title.width + self.factor.width + 1.2 * cap <= box.width
        if self.beside:
            rows.remove(self.factor)
        head = _ROW + 1.3  # the title, and the value at the edge
        while len(rows) > 1 and box.height < (head + _ROW * len(rows) + _LEAST) * cap:
            rows.pop(0)
        self.alone = self.factor not in rows and not self.beside
        low = box.height < (head + _ROW + _LEAST) * cap
        if low:
            self.title = self._fitting(hue, name)
        self.still.add(self.title, *([self.goal] if self.goal in rows else []))
        self._axes(len(rows), low)
        self._head(low)
        for row, label in enumerate([*rows, *([self.factor] if self.alone else [])]):
            line = min(row, len(rows) - 1)
            y = self.plot.inner.bottom - (1.0 + _ROW * line) * cap
            label.put(point(self.plot.inner.center[0], y))

    def _head(self, low: bool) -> None:
        """Put the title in its place, and beside it the factor or the value at the edge."""
        cap, box = self.scale.label, self.box
        top = point(box.center[0], box.top - 0.8 * cap)
        if low:
            self.title.put(point(self.plot.inner.left, self.plot.inner.top + 0.75 * cap), LEFT)
            self.plot.y_name = self.title
        elif self.beside:
            gap = 1.2 * cap
            left = point(top[0] - (self.title.width + gap + self.factor.width) / 2, top[1])
            self.title.put(left, LEFT)
            self.factor.put(left + point(self.title.width + gap, 0), LEFT)
        else:
            self.title.put(top)

    @property
    def _wide(self) -> bool:
        """Whether the axes have room for their names."""
        return self.box.width > 10 * self.scale.label

    def _axes(self, rows: int, low: bool) -> None:
        """Axes without numbers: the lines of text are in their place.

        On a ``low`` plot the title and the value at the edge are on one line.
        """
        cap, small, box = self.scale.label, self.scale.small, self.box
        ends = valley_range(self.curve, float(self.trace.w[0]))
        y = cost_axis(self.curve, *ends, "J", self.theme.cost)
        wide = self._wide
        top = _ROW * cap + (0.0 if wide else 1.8 * small) if not low else 1.6 * cap - 0.5 * small
        self.plot = Plot(
            box.inset(top=top, bottom=_ROW * rows * cap + 0.15 * cap - 2.3 * small),
            Axis(*ends, "w" if wide else "", (), self.theme.point),
            Axis(y.low, y.high, "J" if wide and not low else "", (), y.color),
            self.theme,
            self.scale,
        )

    def _make_walker(self) -> None:
        cap = self.scale.label
        seen = self._first_visits()
        beads = [(float(w), float(cost)) for w, cost in self.places[seen]]
        name, left = self.plot.y_name, self.box.left
        if name is not None:
            left = float(name.get_right()[0]) + (0.8 if name is self.title else 0.6) * cap
        self.walker = Walker(
            self.plot,
            self.radius,
            beads=beads,
            diverges=self.regime is Regime.DIVERGING,
            room=(left, self.box.right),
        )
        self.hops = VMobject(color=self.theme.path, stroke_width=3, fill_opacity=0)
        self._visits = seen
        hopping = seen[seen < self.trace.updates]
        starts, stops, kept = cut(self.plot, self.places[hopping], self.places[hopping + 1])
        self._ways = separate(self.plot.map(*starts.T), self.plot.map(*stops.T))
        self._left = hopping[kept]

    def _mark_goal(self) -> VMobject:
        """Dashes from the axis up through the minimum."""
        foot = self.plot.at(self.curve.minimiser, self.plot.y.low)
        height = 0.4 * self.plot.inner.height
        return dashes(foot, foot + point(0.0, height), self.theme.good)

    def _fitting(self, color: str, *texts: str) -> Label:
        """The first of ``texts`` with room beside the name of the plot's axis; else the last."""
        labels = (Label(text, self.scale.label, color) for text in texts)
        room = self.box.width - (2.8 * self.scale.label if self._wide else 0.0)
        fits = next((each for each in labels if each.width <= room), None)
        return fits or Label(texts[-1], self.scale.label, color)

    def _end_texts(self) -> list[str]:
        w = float(self.trace.w[-1])
        low, high = valley_range(self.curve, float(self.trace.w[0]))
        if self.trace.diverged_at is not None:
            return [f"|w| > {short(LIMIT)}", short(math.copysign(LIMIT, w), 1)]
        found = []
        for digits in (5, 4, 3):
            value = fixed(w, decimals([low, high], digits))
            found.append(f"w = {value if low <= w <= high else short(w, digits - 1)}")
        return [*found, found[-1].removeprefix("w = "), lengths(w)[-1]]

    def _first_visits(self) -> npt.NDArray[np.intp]:
        """The updates that reach a new place in the plot: a limited number for any epochs."""
        plot = self.plot
        seen = [k for k, (w, cost) in enumerate(self.places) if plot.contains(w, cost)]
        inside = np.array(seen, dtype=np.intp)
        cells = np.floor(plot.map(*self.places[inside].T)[:, 0] / _CELL)
        return inside[np.sort(np.unique(cells, return_index=True)[1])]

    def show(self, t: float) -> None:
        """Show the point and its path at the fractional update ``t``, also past the trace's end."""
        updates = self.trace.updates
        done = min(math.floor(t + 1e-9), updates)
        way = self._ways[: 4 * int(np.searchsorted(self._left, done))]
        here = self.places[done]
        if t > done + 1e-9 and done < updates and self.plot.contains(*here):
            way = np.concatenate([way, self._hop(done, t)])
        elif self.trace.diverged_at is not None and t > updates + 1e-9:
            self.walker.stand(math.copysign(math.inf, -here[0]), math.inf)
        else:
            self.walker.stand(float(here[0]), float(here[1]))
        self.hops.points = way
        self.walker.pass_beads(float(np.searchsorted(self._visits, done, side="right") - 1))

    def _hop(self, k: int, t: float) -> Values:
        """Put the point on the straight line from place ``k`` to the next; return its path."""
        here = np.array([between(column, t) for column in self.places.T])
        if not self.plot.contains(*here):
            here = self.places[k + 1]  # the mark at the edge says where it will be
        self.walker.stand(float(here[0]), float(here[1]))
        starts, stops, _ = cut(self.plot, self.places[k : k + 1], here[None, :])
        return separate(self.plot.map(*starts.T), self.plot.map(*stops.T))

    def lean(self) -> None:
        """Draw the tangent at the start."""
        w = float(self.trace.w[0])
        self.walker.lean(w, self.curve, 0.34 * self.plot.inner.width)

    def reach(self, k: int, amount: float) -> None:
        """Grow the step arrow of update ``k`` from the point; none if there was no such update."""
        if k < self.trace.updates:
            (w, cost), to = self.places[k], self.places[k + 1, 0]
            self.walker.reach(float(w), float(cost), float(w + amount * (to - w)))


def valleys(
    traces: Sequence[Trace], names: Sequence[str], boxes: Sequence[Box], theme: Theme, scale: Scale
) -> list[Valley]:
    """A valley for each trace, all laid out alike; ``names`` are their rates in short."""
    for beside in (True, False):
        each = zip(traces, names, boxes, strict=True)
        made = [Valley(trace, name, box, theme, scale, beside) for trace, name, box in each]
        if all(valley.beside for valley in made):
            break
    return made


def valley_range(curve: Quadratic, start: float) -> tuple[float, float]:
    """An interval around the minimiser in which overshooting can be seen."""
    reach = _REACH * abs(start - curve.minimiser)
    if reach <= _NEGLIGIBLE * abs(curve.minimiser):
        reach = abs(curve.minimiser) / 2 or 1.0
    return curve.minimiser - reach, curve.minimiser + reach
