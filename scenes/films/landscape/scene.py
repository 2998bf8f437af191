"""The film `landscape`: the scene."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from manim import LEFT, VGroup, VMobject, smooth

from gdcore.studies.basins import tally
from gdcore.studies.flights import Slice, logistic_slice, network_slice
from scenes.films.landscape.crowd import BasinRow, Crowd, Values
from scenes.films.landscape.descents import CURVE, starts
from scenes.films.landscape.kinds import alone, fates_of, sides
from scenes.films.landscape.marks import Rising, end_marks
from scenes.films.landscape.plan import FILM
from scenes.films.landscape.views import LossPlot, View, boxes, view_of
from scenes.stage.page.figures import short
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.formulas import formula
from scenes.stage.page.layout import point
from scenes.stage.page.motion import Conceal, Dismiss, Drive, Reveal, accelerate, hide
from scenes.stage.page.readouts import Readout, Readouts
from scenes.stage.page.wording import Label, text_width
from scenes.stage.plots.shapes import discs, polyline

_CORNERS = 401
_FLOOR, _CEILING = -1.0, 2.2  # of the first plot; below 0 there is room for the rows of starts
_LEVELS = (-0.4, -0.86)  # of these rows


class LandscapeOfStarts(FilmScene):
    """One plot all the time: its curve becomes other curves, and points descend on it."""

    film = FILM

    def prepare(self) -> None:
        """The curve with one point on it, from the first frame on."""
        layout, theme = self.layout, self.theme
        self.most = str(2 * self.lesson.epochs)  # the noisy descents make two updates an epoch
        self.room, self.below = boxes(layout, f"{self.text('update')}  {self.most}")
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
        self.hues = (theme.good, theme.shallow, theme.point, theme.point)
        self.radius = 0.33 * layout.scale.label
        single = [self.facts.one]
        self.single = Crowd(self.plot, single, alone, (theme.point,), 1.5 * self.radius)
        self.single.stand(0)
        self.beads = VMobject(color=theme.path, fill_opacity=0.9, stroke_width=0)
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
        group = VGroup(crowd, self.counts)

        def show(t: float) -> None:
            crowd.stand(t)
            self._count(crowd, t)

        self.take(seconds, Drive(group, show, 0.0, crowd.last, rate_func=rate))

    def _count(self, crowd: Crowd, t: float) -> None:
        k = str(int(t + 1e-9))
        if crowd.kind_of is sides:
            beyond, inside, gone = np.bincount(crowd.kinds, minlength=3).tolist()
            self.counts.write(k, str(inside), str(beyond), str(gone))
        else:
            deep, shallow, plateau, *others = tally(crowd.kinds)
            self.counts.write(k, str(deep), str(shallow), str(plateau), str(sum(others)))

    def one(self) -> None:
        """One start: where does it end?"""
        self.say("question")
        single, theme = self.single, self.theme
        stops = self._beads()

        def show(t: float) -> None:
            single.stand(t)
            self.beads.points = stops[: 32 * min(int(t + 1e-9), len(stops) // 32)]

        rate = accelerate(single.last, 8.0)
        parts = VGroup(self.beads, single)
        self.take(3.6, Drive(parts, show, 0.0, single.last, rate_func=rate))
        self.say("end")
        self.deepest = self._point_at(CURVE.minima[0], theme.good)

    def _point_at(self, place: float, hue: str) -> Rising:
        """A mark rises to the curve."""
        mark = Rising(self.plot, place, CURVE.cost(place), 2.2 * self.radius, hue)
        self.take(1.2, Drive(mark, mark.rise, rate_func=smooth))
        return mark

    def _beads(self) -> Values:
        """Discs at the places passed; one for each update, those outside the plot have no size."""
        plot, single = self.plot, self.single
        ws, costs = single.ws[0, :-1], single.costs[0, :-1]
        inside = [plot.contains(w, cost) for w, cost in zip(ws, costs, strict=True)]
        centers = plot.map(np.where(inside, ws, plot.x.low), np.where(inside, costs, plot.y.low))
        each = np.where(inside, 0.7 * self.radius, 0.0)
        made = [
            discs(center[None], float(size)) for center, size in zip(centers, each, strict=True)
        ]
        return np.concatenate([np.zeros((0, 3)), *made])

    def many(self) -> None:
        """Sixty starts rain down, and descend together."""
        self.crowd = Crowd(self.plot, self.facts.many, fates_of, self.hues, self.radius)
        self.counts = self._tallies()
        self.take(0.4, Dismiss(self.single, self.beads, self.deepest))
        self.say("rain")
        self.crowd.rain(0.0)
        self.add(self.crowd)
        self.place(self.counts)
        self._count(self.crowd, 0)
        self.take(2.2, Drive(self.crowd, self.crowd.rain))
        self.take(0.4, Reveal(self.counts))
        self._run(self.crowd, 4.6)
        self.say("tally")
        self.row = self._row(self.crowd, _LEVELS[0], self.lesson.lr)

    def _row(self, crowd: Crowd, level: float, rate: float) -> VGroup:
        """From each start a dot falls down to a row, in the hue of its end; above it the rate."""
        hues = (*self.hues[:2], self.theme.muted, self.theme.muted, self.theme.bad)
        kinds = fates_of(crowd.ws[:, crowd.last])
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

    def _tallies(self) -> Readouts:
        words, theme = self.text, self.theme
        return self._readouts(
            (self._fitting(words("deep"), words("deep-short")), theme.good),
            (self._fitting(words("shallow"), words("shallow-short")), theme.shallow),
            (words("plateau"), theme.point),
            (self._fitting(words("other"), words("other-short")), theme.point),
        )

    def _fitting(self, name: str, shorter: str) -> str:
        """The name of a number, or a shorter one if the room for the numbers is narrow."""
        room = self.below.width - text_width(" 00 ", self.layout.scale.label)
        return name if text_width(name, self.layout.scale.label) <= room else shorter

    def _readouts(self, *items: tuple[str, str]) -> Readouts:
        theme = self.theme
        first = Readout(self.text("update"), theme.ink, self.most)
        made = [first, *(Readout(name, hue, "60") for name, hue in items)]
        return Readouts(made, self.below, theme, self.layout.scale)

    def rate(self) -> None:
        """The same starts with a larger rate."""
        self.say("faster")
        tag = self.show_data(self.text("tag", rate=short(self.facts.larger)))
        self.take(0.4, Dismiss(self.crowd), *tag)
        self.crowd = Crowd(self.plot, self.facts.faster, fates_of, self.hues, self.radius)
        self.crowd.rain(0.0)
        self.add(self.crowd)
        self._count(self.crowd, 0)
        self.take(1.2, Drive(VGroup(self.crowd, self.counts), self.crowd.rain))
        self._run(self.crowd, 4.6, 12.0)
        self.say("jumped")
        self.second = self._row(self.crowd, _LEVELS[1], self.facts.larger)

    def noise(self) -> None:
        """From the shallow minimum, with noise: who escapes?"""
        theme = self.theme
        self.say("noise")
        gone = Dismiss(self.crowd, self.row, self.second, self.counts)
        self.take(0.4, gone, *self.show_data(self.about()))
        self.counts = self._readouts(
            (self._fitting(self.text("inside"), self.text("shallow-short")), theme.shallow),
            (self.text("beyond"), theme.point),
            (self.text("gone"), theme.bad),
        )
        hues = (theme.point, theme.shallow)
        self.crowd = Crowd(self.plot, self.facts.noisy, sides, hues, self.radius)
        self.crowd.stand(0)
        self.place(self.crowd, self.counts)
        self._count(self.crowd, 0)
        self.take(0.5, Reveal(self.crowd, self.counts))
        self._run(self.crowd, 5.6, 12.0)
        self.say("escaped")
        self.peak = self._point_at(CURVE.peaks[0], theme.muted)

    def logistic(self) -> None:
        """The curve becomes a slice of a logistic loss."""
        self.say("logistic")
        found = self.slices[0]
        self._slice(0, self.text("tag-logistic"), self.crowd, self.counts, self.peak)
        self.marks = self._mark(found)
        self.say("convex")
        places = np.stack([found.at, found.costs], axis=1)
        low = int(found.costs.argmin())
        self._walk(2.0, [places[: low + 1], places[: low - 1 : -1]])

    def network(self) -> None:
        """It becomes a slice through the loss of two neurons, from a descent's end to its twin."""
        self.say("network")
        found = self.slices[1]
        self._slice(1, self.text("tag-network"), self.marks, self.walkers)
        self.marks = self._mark(found)
        places = np.stack([found.at, found.costs], axis=1)
        between = places[(found.at >= found.ends[0]) & (found.at <= found.ends[1])]
        self._walk(2.2, [between])
        self.say("twins")
        self.take(0.3, Dismiss(self.walkers))
        self._walk(1.6, [between[::-1]])

    def _slice(self, number: int, tag: str, *leaving: VMobject) -> None:
        """The curve becomes one of the slices."""
        found, view = self.slices[number], self.views[number + 1]
        self._become(view, lambda: self._cut(found.at, found.costs), tag, number, *leaving)

    def _walk(self, seconds: float, ways: Sequence[Values]) -> None:
        """Points walk along the curve, each its own way (k, 2)."""
        walker = self.walkers = VMobject(color=self.theme.point, fill_opacity=1, stroke_width=0)
        frame = [self.plot.map(*way.T) for way in ways]

        def walk(share: float) -> None:
            here = [way[round(share * (len(way) - 1))] for way in frame]
            walker.points = discs(np.stack(here), 1.5 * self.radius)

        walk(0.0)
        self.take(0.3, Reveal(walker))
        self.take(seconds, Drive(walker, walk, rate_func=smooth))

    def _become(
        self, view: View, corners: Callable[[], Values], tag: str, letter: int, *leaving: VMobject
    ) -> None:
        """The ranges of the axes travel, and the curve changes, corner by corner.

        ``corners`` gives them once the plot has its new ranges. ``letter`` is the number of the
        name of the horizontal axis. What is ``leaving`` goes first.
        """
        before, old = self.corners, self.view
        self.plot.lay(self.room, view.x, view.y)
        after = corners()

        def show(amount: float) -> None:
            here = old.towards(view, amount)
            self.plot.lay(self.room, here.x, here.y)
            self.line.points = polyline(before + amount * (after - before))

        show(0.0)
        parts = VGroup(self.plot, self.line)
        gone, come = self.show_data(tag)
        old_name, name = self.plot.rename(letter)
        hide(name)  # it comes at the end
        self.take(0.3, gone, Conceal(old_name), *map(Dismiss, leaving))
        self.take(1.8, Drive(parts, show, rate_func=smooth))
        self.take(0.3, come, Reveal(name))
        self.view, self.corners = view, after

    def _mark(self, found: Slice) -> VGroup:
        marks = end_marks(self.plot, found, 1.5 * self.radius)
        self.place(marks)
        self.take(0.4, Reveal(marks))
        return marks

    def result(self) -> None:
        """Back to the curve with the starts and where they end: what follows."""
        parts = self.marks, self.walkers
        self._become(self.views[0], lambda: self.first, self.about(), 0, *parts)
        self.say("result")
        self.crowd = Crowd(self.plot, self.facts.many, fates_of, self.hues, self.radius)
        self.crowd.stand(0.0)
        self.place(self.crowd)
        self.take(0.3, Reveal(self.crowd, self.row))
        self.take(1.6, Drive(self.crowd, self.crowd.stand, 0.0, self.crowd.last, rate_func=smooth))
