"""The samples' parabolas and their mean on a plot that moves and zooms, for data that change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from manim import VGroup, VMobject

from gdcore.data import Dataset
from gdcore.least_squares import LeastSquares
from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.stage.descent.curve_names import Movable, is_free, meetings
from scenes.stage.descent.parabola import cost_curve, loss_curve
from scenes.stage.descent.parabolas import Parabolas, Points, Span, losses
from scenes.stage.descent.seen_curve import loss_window
from scenes.stage.descent.window import zoomed
from scenes.stage.page.formulas import formula
from scenes.stage.page.layout import Box, Scale
from scenes.stage.plots.crowd import BandNames, quantiles
from scenes.stage.plots.moving_plot import MovingPlot
from scenes.stage.plots.plot import Plot

Places = list[Points | None]

_LARGE = 0.8  # of the width at first: a plot in which the bands are named, if not above it
_WIDE = 14.0  # heights of a capital, likewise; in a narrower one the names would hide the curves


@dataclass(frozen=True)
class View:
    """Where the plot is, and which part of the axes it shows."""

    box: Box
    x: Span
    y: Span

    def towards(self, other: View, amount: float) -> View:
        """The view on the way: even steps change the ranges by even factors."""
        return View(
            self.box.towards(other.box, amount),
            zoomed(self.x, other.x, amount),
            zoomed(self.y, other.y, amount),
        )


def view_of(trace: Trace, box: Box, close_up: Span | None = None) -> View:
    """The whole descent in ``box``, or only ``close_up`` of the w axis."""
    return View(box, *loss_window(trace, close_up))


class MovingParabolas(Parabolas):
    """Parabolas on a plot that `travel` moves; its data can be dragged to others by `mix`.

    ``other``: a cost of as many samples with the same x. On the way y is (1 − t)·y + t·y′, and
    each parabola is that of the sample on its way. (Bands of many samples change in proportion.)
    """

    def __init__(
        self, trace: Trace, views: Sequence[View], other: LeastSquares, theme: Theme,
        scale: Scale, words: Mapping[str, str],
    ) -> None:  # fmt: skip
        """``views``: where the plot will rest; it begins at the first one."""
        self.views, self.view, self._opened = views, views[0], 1.0
        super().__init__(trace, self.view.box, theme, scale, words)
        self._ends = (self.objective, other)
        self.now = self.objective
        if self.crowd:
            self._band_ends = (self.bands.edges, self._edges_of(other))
        self.amount = 0.0

    def _name_curves(self) -> None:
        self.walker.room = self._room()
        made = [formula(source, self.scale.label, color) for source, color in self._sources()]
        self.names.add(*made)
        self._movable = [Movable(name) for name in made]
        self._banded = [Movable(name) for name in self.band_names]
        places = self._places()
        self._put_names(places, places, 0.0, [False] * len(places))

    def _make_plot(self, box: Box, x: Span, y: Span) -> Plot:
        cap, theme = self.scale.label, self.theme
        names = formula("w", cap, theme.point), formula("J, ell", cap, theme.muted)
        tall = [view.y for view in self.views]
        plot = MovingPlot(box, x, tall, names[:1], names[1], theme, self.scale, least="0")
        plot.lay(self.view.box, self.view.x, self.view.y)
        return plot

    @property
    def y_name(self) -> VMobject | None:
        """The name of the axis of J and ℓ."""
        assert isinstance(self.plot, MovingPlot)
        return self.plot.name_of_y

    def _spans(self) -> list[Span]:
        return [view.x for view in self.views]

    def _edges_of(self, objective: LeastSquares) -> Points:
        if objective is self.objective:
            return self.bands.edges
        return quantiles(lambda ws: losses(objective.data, ws), self.bands.xs)

    def look(self, view: View) -> None:
        """Lay out everything but names, walker and paths for this view."""
        assert isinstance(self.plot, MovingPlot)
        self.view = view
        self.plot.lay(view.box, view.x, view.y)
        self.walker.room = self._room()
        self._draw()

    def _room(self) -> tuple[float, float]:
        """Where the value of a point beyond the edge may stand: beside the name of y."""
        name = self.y_name
        assert name is not None
        return float(name.get_right()[0]) + 0.8 * self.scale.label, self.plot.inner.right

    def _draw(self) -> None:
        self.cost_line.points = self.cost.curve(self.plot)
        self.open(self._opened)

    def open(self, amount: float) -> None:
        """Open the cost parabola (0) up into the samples' parabolas (1)."""
        self._opened = amount
        super().open(amount)

    def mix(self, amount: float) -> None:
        """Drag the data to this share of the way to the other ones; ``now`` is their cost."""
        self.amount = amount
        self.now = objective = mixed(*self._ends, amount)
        self.cost = cost_curve(objective)
        if self.crowd:
            start, stop = self._band_ends
            self.bands.edges = (1 - amount) * start + amount * stop
        else:
            self.losses = [loss_curve(objective, i) for i in range(objective.n)]
        self._draw()

    def travel(self, to: View, mix: float | None = None) -> Callable[[float], None]:
        """A function of 0…1 that goes to another view, and drags the data to a share ``mix``."""
        begin, from_mix = self.view, self.amount
        to_mix = from_mix if mix is None else mix
        starts = self._places()
        self.mix(to_mix)
        self.look(to)
        stops = self._places()
        hops = meetings([*self._banded, *self._movable], starts, stops)
        self.mix(from_mix)
        self.look(begin)

        def show(amount: float) -> None:
            if mix is not None:
                self.mix(from_mix + amount * (to_mix - from_mix))
            self.look(begin.towards(to, amount))
            self._put_names(starts, stops, amount, hops)

        return show

    def _places(self) -> Places:
        """Where the names of bands, of J and of the losses have room now."""
        above: Places = []
        for part, name in zip(self.band_names, self._banded, strict=True):
            name.stand(part.get_center())
            assert isinstance(part, BandNames)
            above.append(part.get_center() if self.find_band_room(part) else None)
        return [*above, *self.name_places(self._movable)]

    def _put_names(self, starts: Places, stops: Places, amount: float, hops: list[bool]) -> None:
        names = [*self._banded, *self._movable]
        for name, start, stop, hop in zip(names, starts, stops, hops, strict=True):
            name.go(start, stop, amount, hop)

    def find_band_room(self, made: BandNames) -> bool:
        """Move the names of the bands above the plot, or into it beside J if it is large."""
        above = made.find_room(self._above(self.scale.label), lambda box: True)
        large = self.view.box.width > _LARGE * self.views[0].box.width
        large &= self.plot.inner.width > _WIDE * self.scale.label
        return above or (
            large
            and made.find_room(self.plot.inner, lambda box: is_free(self.plot, box, [self.cost]))
        )

    def _name_bands(self, words: Mapping[str, str]) -> VGroup:
        said = words["common.all-samples"], words["common.middle-half"]
        made = BandNames(said, self.theme.loss, self.theme.ink, self.scale.label)
        return VGroup(made) if self.find_band_room(made) else VGroup()


def mixed(start: LeastSquares, stop: LeastSquares, amount: float) -> LeastSquares:
    """The cost of the data at a share of the way from one set to the other."""
    if amount in (0.0, 1.0) or start is stop:
        return stop if amount == 1.0 else start
    y = (1 - amount) * start.data.y + amount * stop.data.y
    return LeastSquares(Dataset(start.data.x, y))
