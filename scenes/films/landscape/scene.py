"""The film `landscape`: the scene."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from manim import LEFT, Animation, VGroup, VMobject, smooth

from gdcore.studies.flights import Slice, logistic_slice, network_slice
from scenes.films.landscape.counters import Counters, Heaps, count
from scenes.films.landscape.crowd import BasinRow, Crowd, Values
from scenes.films.landscape.descents import CURVE, TILT, starts
from scenes.films.landscape.flights_plot import FlightsPlot
from scenes.films.landscape.kinds import alone, fates_of, sides
from scenes.films.landscape.marks import NoiseArrows, Rising, end_marks, swings
from scenes.films.landscape.plan import FILM
from scenes.films.landscape.views import LossPlot, View, boxes, slice_boxes, view_of
from scenes.stage.page.figures import short
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.formulas import formula
from scenes.stage.page.layout import Box, point
from scenes.stage.page.motion import (
    Conceal,
    Dismiss,
    Drive,
    Reveal,
    accelerate,
    after,
    hide,
    set_visible,
)
from scenes.stage.page.wording import Label
from scenes.stage.plots.shapes import discs, polyline

Indices = npt.NDArray[np.intp]

_CORNERS = 401
_FLOOR, _CEILING = -1.0, 2.2  # of the first plot; below 0 there is room for the rows of starts
_LEVELS = (-0.4, -0.86)  # of these rows


class LandscapeOfStarts(FilmScene):
    """One plot all the time: points descend on its curve, which makes way for others."""

    film = FILM

    def prepare(self) -> None:
        """The curve with one point on it, from the first frame on."""
        layout, theme = self.layout, self.theme
        most = str(2 * self.lesson.epochs)  # the noisy descents make two updates an epoch
        self.whole, below = boxes(layout, f"{self.text('update')}  {most}")
        self.room = self.whole
        self.counters = Counters(self.text, most, below, theme, layout.scale)
        self.slices = logistic_slice(), network_slice()
        names = [formula(name, layout.scale.label, theme.point) for name in ("w", "t")]
        self.views = [View(CURVE.window, (_FLOOR, _CEILING)), *map(view_of, self.slices)]
        self.plot = LossPlot(
            self.room, self.views[0].x, [view.y for view in self.views], names,
            formula("J", layout.scale.label, theme.cost), theme, layout.scale, least="0.0",
        )  # fmt: skip
        ws = np.linspace(*CURVE.window, _CORNERS)
        self.first = self._cut(ws, CURVE.costs(ws[:, None]))
        self.corners = self.first
        self.line = VMobject(color=theme.cost, stroke_width=6)
        self.line.points = polyline(self.corners)
        self.view = self.views[0]
        self.hues = theme.good, theme.shallow, theme.muted, theme.point
        self.radius = 0.33 * layout.scale.label
        single = [self.facts.one]
        self.single = Crowd(self.plot, single, alone, (theme.point,), 1.5 * self.radius)
        self.single.stand(0)
        self.beads = VMobject(color=theme.path, fill_opacity=0.9, stroke_width=0)
        self.heaps = Heaps(self.plot, theme, layout.scale.label)
        self.close, side = slice_boxes(layout)
        self.inset = FlightsPlot(self.text, side, theme, layout.scale)
        self.hero = self.plot
        self.add(self.plot, self.line, self.beads, self.single)

    def _cut(self, xs: Values, ys: Values) -> Values:
        """The curve's corners in the frame, as many for each curve; none is above the plot."""
        plot = self.plot
        return plot.map(xs, np.clip(ys, plot.y.low, plot.y.high))

    def about(self) -> str:
        """What the curve is."""
        return self.text("tag", rate=short(self.lesson.lr))

    def _run(self, crowd: Crowd, seconds: float, first: float = 8.0) -> None:
        """All updates of the crowd, the first ones slowly."""
        rate = accelerate(crowd.last, first)
        group = VGroup(crowd, self.counts, self.heaps)

        def show(t: float) -> None:
            crowd.stand(t)
            count(self.counts, crowd, t)
            if crowd.kind_of is fates_of:
                self.heaps.count(crowd)

        self.take(seconds, Drive(group, show, 0.0, crowd.last, rate_func=rate))

    def one(self) -> None:
        """One start: where does it end?"""
        self.say("question")
        single, theme = self.single, self.theme
        stops = single.passed()

        def show(t: float) -> None:
            single.stand(t)
            self.beads.points = stops[: 32 * min(int(t + 1e-9), len(stops) // 32)]

        rate = accelerate(single.last, 20.0)
        parts = VGroup(self.beads, single)
        self.take(2.6, Drive(parts, show, 0.0, single.last, rate_func=rate))
        self.say("end")
        self.deepest = self._point_at(CURVE.minima[0], theme.good)

    def _point_at(self, place: float, hue: str) -> Rising:
        """A mark rises to the curve."""
        mark = Rising(self.plot, place, CURVE.cost(place), 2.2 * self.radius, hue)
        self.take(1.2, Drive(mark, mark.rise, rate_func=smooth))
        return mark

    def many(self) -> None:
        """Sixty starts rain down, and descend together."""
        self.crowd = Crowd(self.plot, self.facts.many, fates_of, self.hues, self.radius)
        self.counts = self.counters.places()
        self.take(0.4, Dismiss(self.single, self.beads, self.deepest))
        self.say("rain")
        self.crowd.rain(0.0)
        self.add(self.crowd)
        self.place(self.counts)
        count(self.counts, self.crowd, 0)
        self.take(2.2, Drive(self.crowd, self.crowd.rain))
        self.take(0.4, Reveal(self.counts))
        self._run(self.crowd, 4.6)
        self.say("tally")
        self.row = self._row(self.crowd, _LEVELS[0], self.lesson.lr)

    def _row(self, crowd: Crowd, level: float, rate: float) -> VGroup:
        """From each start a dot falls down to a row, in the hue of its end; above it the rate."""
        kinds, hues = fates_of(crowd.ws[:, crowd.last]), (*self.hues, self.theme.bad)
        row = BasinRow(self.plot, starts(), kinds, hues, 0.8 * self.radius)
        ws = np.array(starts())
        heights = np.minimum(CURVE.costs(ws[:, None]), self.plot.y.high)
        row.fall(heights, level, 0.0)
        scale = self.layout.scale
        left = self.plot.at(self.plot.x.low, level) + point(0.6 * scale.small, 1.45 * scale.small)
        name = Label(f"α = {short(rate)}", scale.label, self.theme.muted).put(left, LEFT)
        self.add(row)
        self.place(name)
        self.take(1.5, Drive(row, lambda t: row.fall(heights, level, t), rate_func=smooth))
        self.take(0.3, Reveal(name))
        return VGroup(row, name)

    def rate(self) -> None:
        """The same starts with a larger rate."""
        self.say("faster")
        tag = self.show_data(self.text("tag", rate=short(self.facts.larger)))
        self.take(0.4, Dismiss(self.crowd, self.heaps), *tag)
        self.crowd = Crowd(self.plot, self.facts.faster, fates_of, self.hues, self.radius)
        self.crowd.rain(0.0)
        self.add(self.crowd)
        count(self.counts, self.crowd, 0)
        self.take(1.2, Drive(VGroup(self.crowd, self.counts), self.crowd.rain))
        set_visible(self.heaps, 1.0)
        self._run(self.crowd, 4.2, 12.0)
        self.swings = swings(self.plot, self.facts.faster, self.layout.scale.label)
        self.place(self.swings)
        self.take(0.4, Reveal(self.swings))
        self.say("jumped")
        self.second = self._row(self.crowd, _LEVELS[1], self.facts.larger)

    def noise(self) -> None:
        """From the shallow minimum, with noise: who escapes?"""
        theme = self.theme
        self.say("noise")
        gone = Dismiss(self.crowd, self.row, self.second, self.counts, self.heaps, self.swings)
        self.take(0.4, gone, *self.show_data(self.about()))
        self.counts = self.counters.escapes()
        hues = (theme.point, theme.shallow)
        self.crowd = Crowd(self.plot, self.facts.noisy, sides, hues, self.radius)
        self.crowd.stand(0)
        cap, rate = self.layout.scale.label, self.lesson.lr
        self.push = NoiseArrows(self.plot, CURVE.minima[1], rate, TILT, cap)
        self.place(self.push, self.crowd, self.counts)
        count(self.counts, self.crowd, 0)
        self.take(0.8, Reveal(self.crowd, self.counts, self.push))
        self._run(self.crowd, 5.3, 12.0)
        self.say("escaped")
        self.peak = self._point_at(CURVE.peaks[0], theme.muted)

    def logistic(self) -> None:
        """A slice of a logistic loss, and beside it the flights with the fitted probability."""
        self.say("logistic")
        found, inset = self.slices[0], self.inset
        inset.draw_models(found, ())
        self.place(inset, inset.keys[0])
        leaving = self.crowd, self.counts, self.peak, self.push
        come = Reveal(inset, inset.keys[0], rate_func=after(0.6))
        self._slice(0, self.close, self.text("tag-logistic"), leaving, come)
        self.marks = self._mark(found)
        self.say("convex")
        low = int(found.costs.argmin())
        self._walk(2.4, [np.arange(low + 1), np.arange(len(found.at) - 1, low - 1, -1)])

    def network(self) -> None:
        """A slice through the loss of two neurons, from a descent's end to its twin."""
        self.say("network")
        found, inset = self.slices[1], self.inset
        self.take(0.3, Conceal(inset.curves))
        inset.draw_models(found, ())
        set_visible(inset.curves, 1.0)
        leaving = self.marks, self.walkers, inset.keys[0]
        self.place(inset.keys[1])
        change = Drive(inset, inset.lay), Reveal(inset.keys[1], rate_func=after(0.6))
        self._slice(1, self.room, self.text("tag-network"), leaving, *change)
        self.marks = self._mark(found)
        between = np.flatnonzero((found.at >= found.ends[0]) & (found.at <= found.ends[1]))
        self._walk(2.0, [between])
        self.say("twins")
        self.hold(0.2)
        self.loop("walk")
        self._walk(1.6, [between[::-1]])
        self._walk(1.6, [between])

    def _slice(
        self, number: int, room: Box, tag: str, leaving: Sequence[VMobject], *more: Animation
    ) -> None:
        """Show one of the slices."""
        found, view = self.slices[number], self.views[number + 1]
        self.found = found
        self.walkers = VMobject(color=self.theme.point, fill_opacity=1, stroke_width=0)
        self._become(
            view, room, lambda: self._cut(found.at, found.costs), tag, number, leaving, *more
        )

    def _walk(self, seconds: float, ways: Sequence[Indices]) -> None:
        """Points walk along the slice, each its own way: the numbers (k,) of its corners.

        The curves beside it are those of the places where they are.
        """
        found, inset, walker = self.found, self.inset, self.walkers

        def walk(share: float) -> None:
            here = [way[round(share * (len(way) - 1))] for way in ways]
            places = self.plot.map(found.at[here], found.costs[here])
            walker.points = discs(places, 1.5 * self.radius)
            inset.draw_models(found, found.at[here].tolist())

        self.take(seconds, Drive(VGroup(walker, inset.curves), walk, rate_func=smooth))

    def _become(
        self, view: View, room: Box, corners: Callable[[], Values], tag: str, letter: int,
        leaving: Sequence[VMobject], *more: Animation,
    ) -> None:  # fmt: skip
        """The curve leaves, the axes travel to ``view`` and ``room``, another curve is drawn.

        ``corners`` gives it once the plot has its new ranges. ``letter`` is the number of the name
        of the horizontal axis. What is ``leaving`` goes first, ``more`` is played with the travel.
        """
        before, start = self.view, self.room

        def move(amount: float) -> None:
            here = before.towards(view, amount)
            self.plot.lay(start.towards(room, amount), here.x, here.y)

        def draw(first: float, last: float) -> None:
            count = len(self.corners)
            self.line.points = polyline(self.corners[round(first * count) : round(last * count)])

        gone, come = self.show_data(tag)
        old_name, name = self.plot.rename(letter)
        hide(name)  # it comes at the end
        undraw = Drive(self.line, lambda share: draw(share, 1.0))
        self.take(0.6, gone, undraw, Conceal(old_name), *map(Dismiss, leaving))
        self.take(1.1, Drive(self.plot, move, rate_func=smooth), *more)
        self.corners = corners()
        self.take(0.8, come, Reveal(name), Drive(self.line, lambda share: draw(0.0, share)))
        self.view, self.room = view, room

    def _mark(self, found: Slice) -> VGroup:
        marks = end_marks(self.plot, found, 1.5 * self.radius)
        self.place(marks)
        self.take(0.4, Reveal(marks))
        return marks

    def result(self) -> None:
        """The curve of two valleys again, with what became of each start: what follows."""
        self.say("result")
        leaving = self.marks, self.walkers, self.inset, self.inset.keys[1]
        self._become(self.views[0], self.whole, lambda: self.first, self.about(), 0, leaving)
        self.crowd = Crowd(self.plot, self.facts.many, fates_of, self.hues, self.radius)
        self.crowd.stand(self.crowd.last)
        self.heaps.count(self.crowd)
        self.place(self.crowd, self.heaps)
        self.take(0.6, Reveal(self.crowd, self.heaps, self.row, self.second))
