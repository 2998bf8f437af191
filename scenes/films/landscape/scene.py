"""The film `landscape`: the scene."""

from __future__ import annotations

import numpy as np
from manim import LEFT, VGroup, VMobject, smooth

from gdcore.studies.basins import fates, tally
from gdcore.studies.flights import Slice, logistic_slice, network_slice
from scenes.films.landscape.crowd import Crowd, Kinds, Values, basin_row
from scenes.films.landscape.descents import CURVE, starts
from scenes.films.landscape.plan import FILM
from scenes.stage.page.figures import short
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.layout import Box, point
from scenes.stage.page.motion import Dismiss, Drive, Reveal, accelerate
from scenes.stage.page.readouts import Readout, Readouts
from scenes.stage.page.wording import Label
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.shapes import dashes, discs, polyline

_CORNERS = 401
_FLOOR, _CEILING = -1.0, 2.2  # of the first plot; below 0 there is room for the rows of starts
_LEVELS = (-0.4, -0.86)  # of these rows


class LandscapeOfStarts(FilmScene):
    """One plot all the time: its curve becomes other curves, and points descend on it."""

    film = FILM

    def prepare(self) -> None:
        """The curve with one point on it, from the first frame on."""
        layout, theme = self.layout, self.theme
        body = layout.body
        ratio = layout.width / layout.height
        self.lines = 1 if ratio > 1.5 else 2 if ratio > 0.8 else 3
        strip = 2.0 * layout.scale.label * self.lines + 0.1
        low = max(body.bottom + strip, body.top - 1.15 * body.width)
        self.room = Box(body.left, low + 0.05, body.right, body.top)
        self.below = Box(body.left, low - strip, body.right, low)
        heights = (0.0, 0.5, 1.0, 1.5, 2.0)  # none for the rows of starts
        self.plot = self._plot(CURVE.window, (_FLOOR, _CEILING), "w", heights)
        ws = np.linspace(*CURVE.window, _CORNERS)
        self.corners = self._cut(self.plot, ws, CURVE.costs(ws[:, None]))
        self.line = VMobject(color=theme.cost, stroke_width=6)
        self.line.points = polyline(self.corners)
        self.hues = (theme.good, theme.shallow, theme.point, theme.point)
        self.radius = 0.33 * layout.scale.label
        self.single = Crowd(self.plot, [self.facts.one], _alone, (theme.point,), 1.5 * self.radius)
        self.single.stand(0)
        self.beads = VMobject(color=theme.path, fill_opacity=0.9, stroke_width=0)
        self.hero = self.plot
        self.add(self.plot, self.line, self.beads, self.single)

    def _plot(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        name: str,
        ticks: tuple[float, ...] | None = None,
    ) -> Plot:
        theme = self.theme
        across, up = Axis(*x, name, None, theme.point), Axis(*y, "J", ticks, theme.cost)
        return Plot(self.room, across, up, theme, self.layout.scale)

    @staticmethod
    def _cut(plot: Plot, xs: Values, ys: Values) -> Values:
        """The curve's corners in the frame, as many for each curve; none is above the plot."""
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
        if crowd.kind_of is _sides:
            beyond, inside, gone = np.bincount(crowd.kinds, minlength=3).tolist()
            self.counts.write(k, str(inside), str(beyond), str(gone))
        else:
            deep, shallow, plateau, *others = tally(crowd.kinds)
            self.counts.write(k, str(deep), str(shallow), str(plateau), str(sum(others)))

    def one(self) -> None:
        """One start: where does it end?"""
        self.say("question")
        self.hold(0.6)
        single = self.single
        stops = self._beads()

        def show(t: float) -> None:
            single.stand(t)
            self.beads.points = stops[: 32 * min(int(t + 1e-9), len(stops) // 32)]

        rate = accelerate(single.last, 8.0)
        parts = VGroup(self.beads, single)
        self.take(3.6, Drive(parts, show, 0.0, single.last, rate_func=rate))
        self.say("end")

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
        self.crowd = Crowd(self.plot, self.facts.many, _fates, self.hues, self.radius)
        self.counts = self._tallies()
        self.take(0.4, Dismiss(self.single, self.beads))
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
        self.place(self.row)
        self.take(0.8, Reveal(self.row))

    def _row(self, crowd: Crowd, level: float, rate: float) -> VGroup:
        """A dot for each start, in the hue of its end; above it the rate."""
        hues = (*self.hues[:2], self.theme.muted, self.theme.muted, self.theme.bad)
        kinds = _fates(crowd.ws[:, crowd.last])
        row = basin_row(self.plot, starts(), kinds, hues, level, 0.8 * self.radius)
        scale = self.layout.scale
        left = self.plot.at(self.plot.x.low, level) + point(0.6 * scale.small, 1.45 * scale.small)
        name = Label(f"α = {short(rate)}", scale.label, self.theme.muted).put(left, LEFT)
        return VGroup(row, name)

    def _tallies(self) -> Readouts:
        words, theme = self.text, self.theme
        return self._readouts(
            (words("deep"), theme.good),
            (words("shallow"), theme.shallow),
            (words("plateau"), theme.point),
            (words("other"), theme.point),
        )

    def _readouts(self, *items: tuple[str, str]) -> Readouts:
        theme = self.theme
        updates = str(2 * self.lesson.epochs)
        first = Readout(self.text("update"), theme.ink, updates)
        made = [first, *(Readout(name, hue, "60") for name, hue in items)]
        return Readouts(made, self.below, theme, self.layout.scale)

    def rate(self) -> None:
        """The same starts with a larger rate."""
        self.say("faster")
        tag = self.show_data(self.text("tag", rate=short(self.facts.larger)))
        self.take(0.4, Dismiss(self.crowd), *tag)
        self.crowd = Crowd(self.plot, self.facts.faster, _fates, self.hues, self.radius)
        self.crowd.rain(0.0)
        self.add(self.crowd)
        self._count(self.crowd, 0)
        self.take(1.2, Drive(VGroup(self.crowd, self.counts), self.crowd.rain))
        self._run(self.crowd, 4.6, 12.0)
        self.say("jumped")
        self.second = self._row(self.crowd, _LEVELS[1], self.facts.larger)
        self.place(self.second)
        self.take(0.8, Reveal(self.second))

    def noise(self) -> None:
        """From the shallow minimum, with noise: who escapes?"""
        theme = self.theme
        self.say("noise")
        gone = Dismiss(self.crowd, self.row, self.second, self.counts)
        self.take(0.4, gone, *self.show_data(self.about()))
        self.counts = self._readouts(
            (self.text("inside"), theme.shallow),
            (self.text("beyond"), theme.point),
            (self.text("gone"), theme.bad),
        )
        hues = (theme.point, theme.shallow)
        self.crowd = Crowd(self.plot, self.facts.noisy, _sides, hues, self.radius)
        self.crowd.stand(0)
        self.place(self.crowd, self.counts)
        self._count(self.crowd, 0)
        self.take(0.5, Reveal(self.crowd, self.counts))
        self._run(self.crowd, 5.6, 12.0)
        self.say("escaped")

    def logistic(self) -> None:
        """The curve becomes a slice of a logistic loss."""
        self.say("logistic")
        self.take(0.4, Dismiss(self.crowd, self.counts))
        self.marks = VGroup()
        self._become(logistic_slice(), "w", self.text("tag-logistic"))
        self.say("convex")

    def network(self) -> None:
        """It becomes a slice through the loss of two neurons, from a descent's end to its twin."""
        self.say("network")
        found = network_slice()
        self._become(found, "t", self.text("tag-network"))
        walker = VMobject(color=self.theme.point, fill_opacity=1, stroke_width=0)
        places = np.stack([found.at, found.costs], axis=1)
        between = places[(found.at >= found.ends[0]) & (found.at <= found.ends[1])]

        def walk(share: float) -> None:
            k = round(share * (len(between) - 1))
            walker.points = discs(self.plot.at(*between[k])[None], 1.5 * self.radius)

        self.take(1.8, Drive(walker, walk, rate_func=smooth))
        self.say("twins")

    def _become(self, found: Slice, name: str, tag: str) -> None:
        """Let the axes give way and the curve change into a slice; mark where descents end."""
        low, high = float(found.costs.min()), float(found.costs.max())
        pad = 0.12 * (high - low)
        ends = float(found.at[0]), float(found.at[-1])
        plot = self._plot(ends, (max(low - pad, 0.0), high + pad), name)
        corners, before = self._cut(plot, found.at, found.costs), self.corners
        self.place(plot)
        self.remove(self.line)
        self.add(self.line)

        def show(amount: float) -> None:
            self.line.points = polyline(before + amount * (corners - before))

        self.take(
            1.6,
            Dismiss(self.plot, self.marks),
            Reveal(plot),
            *self.show_data(tag),
            Drive(self.line, show, rate_func=smooth),
        )
        self.plot, self.corners = plot, corners
        self.marks = self._mark(found)
        self.place(self.marks)
        self.take(0.5, Reveal(self.marks))

    def _mark(self, found: Slice) -> VGroup:
        marks = VGroup()
        for place in found.ends:
            height = float(found.objective.cost(found.start + place * found.way))
            foot, top = self.plot.at(place, self.plot.y.low), self.plot.at(place, height)
            dot = VMobject(color=self.theme.good, fill_opacity=1, stroke_width=0)
            dot.points = discs(top[None], 1.5 * self.radius)
            marks.add(dashes(foot, top, self.theme.good), dot)
        return marks

    def result(self) -> None:
        """What follows."""
        self.say("result")


def _alone(ws: Values) -> Kinds:
    """All points are of one kind."""
    return np.zeros(len(ws), dtype=np.int32)


def _fates(ws: Values) -> Kinds:
    """Where each point is (see `Fate`)."""
    return fates(CURVE, ws)


def _sides(ws: Values) -> Kinds:
    """Of a noisy point: 0 beyond the peak, 1 in the shallow basin, 2 diverged."""
    sides = np.where(ws > CURVE.peaks[0], 0, 1)
    return np.where(np.isnan(ws), 2, sides).astype(np.int32)
