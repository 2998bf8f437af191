"""The film `batch`: batch gradient descent, one update per epoch (the lecture's first program)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from manim import LEFT, Animation, VGroup, linear, smooth

from scenes.films.batch.cost_chart import CostChart
from scenes.films.batch.dive import BACK, REST, TIMES
from scenes.films.batch.formulas import model_lines
from scenes.films.batch.places import places
from scenes.films.batch.plan import FILM, RUN, SLOW_STEPS
from scenes.films.batch.zoom import Zoom
from scenes.stage.descent.parabola import cost_curve
from scenes.stage.descent.update_rule import fitting_update, rule_lines, slope_places
from scenes.stage.descent.valley import Valley
from scenes.stage.descent.walker import between
from scenes.stage.page.figures import decimals, fixed, legible, short, sized
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.formulas import Substitution, fit
from scenes.stage.page.glyphs import text_glyphs
from scenes.stage.page.motion import Conceal, Dismiss, Drive, Rate, Reveal, accelerate
from scenes.stage.page.readouts import Readout, Readouts
from scenes.stage.plots.samples import SamplePlot

_PULL = 1.2
_SEEN = 0.3  # of the time-lapse, before it is said what it shows


def _part(rate: Rate, first: float, stretch: float, alpha: float) -> float:
    """A stretch of ``rate``, as a rate of its own."""
    return rate(first + alpha * stretch)


class BatchDescent(FilmScene):
    """The point walks down the cost parabola, and the view dives with it."""

    film = FILM

    def prepare(self) -> None:
        """The trace, the parabola with its point, the data with their line, the numbers."""
        theme, scale = self.theme, self.layout.scale
        self.trace, self.dive = self.facts.trace, self.facts.dive
        self.w, self.cost = self.trace.w, self.trace.cost
        self.spots = places(self.layout)
        curve = cost_curve(self.facts.course.objective)
        depth = self.dive.sign * self.dive.depth
        self.hill = Valley(self.trace, curve, depth, self.spots.hero, theme, scale)
        low, high = self.hill.whole.w
        slopes = [float(np.clip(w, low, high)) for w in (self.w[0], self.w[-1])]
        self.samples = SamplePlot(self.lesson.data, slopes, self.spots.data, theme, scale)
        self.places = self.facts.places
        self.cost_places = decimals(self.cost[:1])
        self.readouts = self._make_readouts()
        top = self.readouts.get_bottom()[1] - 0.9 * scale.label
        self.room = self.spots.notes.inset(top=self.spots.notes.top - top)
        epoch = self.words["common.epoch"]
        self.cost_chart = CostChart(
            self.trace, epoch, self.hill.radius, self.spots.hero, theme, scale
        )
        self.series = self.cost_chart.series
        hill, samples = self.hill, self.samples
        self.hero = hill.picture
        self.moving = VGroup(
            samples.live, samples.dots, self.series, self.readouts, hill.goal, hill.guides,
            hill.line, hill.walker,
        )  # fmt: skip
        self.model = self._model()
        self.data = VGroup(samples, samples.live, samples.dots)
        self.add(*self.data)
        self.place(*self.cost_chart.picture)
        self.add(*hill.picture, self.readouts, self.model)
        self.show(0)

    def _make_readouts(self) -> Readouts:
        theme, updates = self.theme, self.trace.updates
        widest = max((self._cost_text(float(c)) for c in self.cost[[0, -1]]), key=len)
        items = [
            Readout(self.words["common.epoch-count"], theme.ink, str(updates), "k"),
            Readout("w", theme.point, max((self._w_text(k) for k in (0, updates)), key=len)),
            Readout("J", theme.cost, widest),
        ]
        return Readouts(items, self.spots.notes, theme, self.layout.scale)

    def _w_text(self, t: float) -> str:
        w = between(self.w, t)
        return self._fitting(fixed(w, self.places), w)

    def _cost_text(self, value: float) -> str:
        return self._fitting(sized(value, self.cost_places), value)

    def _fitting(self, text: str, value: float) -> str:
        """``text``, or the value in fewer digits if the column is too narrow for it."""
        cap = self.layout.scale.label
        width, room = text_glyphs(cap).width, self.spots.notes.width - 2.2 * cap
        if width(text) <= room or not np.isfinite(value):
            return text
        fewer = [short(value, digits) for digits in (4, 3, 2, 1)]
        return next((each for each in fewer if width(each) <= room), fewer[-1])

    def show(self, t: float) -> None:
        """Show everything that moves at the fractional update ``t``."""
        w = between(self.w, t)
        self.hill.show(t)
        self.samples.turn(w)
        self.series.reach(t)
        self.readouts.write(
            str(int(t + 1e-9)), self._w_text(t), self._cost_text(self.hill.curve(w))
        )

    def _zoom(self, seconds: float, show: Callable[[float], object], *others: Animation) -> None:
        self.take(seconds, Drive(self.hill.picture, show, rate_func=smooth), *others)

    def start(self) -> None:
        """From the point to the axes, and then near to where it stands."""
        hill = self.hill
        self.say("start")
        whole, near = hill.whole, hill.near
        seconds = 1.9 if near != whole else 3.0
        self.take(seconds, Drive(hill.guides, hill.guide, rate_func=smooth))
        self.hold(0.7)
        lines = [Conceal(hill.guides)]

        def approach(amount: float) -> None:
            hill.look(self.spots.hero, whole.towards(near, amount))
            hill.guide(1.0)

        if near == whole:
            self.take(0.5, *lines)
        else:
            self._zoom(1.9, approach)
            self.take(0.4, *lines)

    def _model(self) -> VGroup:
        theme, cap = self.theme, self.layout.scale.label
        lines = model_lines(theme, cap, self.room)
        x, y = self.samples.query, float(self.w[0]) * self.samples.query
        said = [
            self.label(self.text("predict", x=short(x), y=legible(y, decimals([y]))), theme.point),
            self.label(self.text("predict-short", x=short(x), y=short(y)), theme.point),
        ]
        # A narrow frame has no room for long numbers: then the ring on the line is enough.
        fitting = [label for label in said if label.width <= self.room.width]
        return fit(VGroup(*lines, *fitting[:1]), self.room)

    def first_steps(self) -> None:
        """Look, decide, move: the first updates with their numbers plugged in."""
        rule = rule_lines(self.lesson, self.theme, self.layout.scale.label, self.room)
        self.hill.lay_tangent(float(self.w[0]))
        tangent = Reveal(self.hill.walker.tangent)
        self.take(0.3, Dismiss(self.model), Conceal(self.data), tangent)
        self.take(0.3, Reveal(rule))
        self.say("rule")
        steps = min(SLOW_STEPS, self.trace.updates)
        numbers = VGroup()
        for k in range(steps):
            numbers = self._slow_step(k, numbers, 12.2 / steps)
        self.plugged_in = VGroup(rule, numbers)

    def _slow_step(self, k: int, old: VGroup, seconds: float) -> VGroup:
        hill, walker = self.hill, self.hill.walker
        hill.lay_tangent(float(self.w[k]))
        places = slope_places(self.trace, self.places)
        slope = hill.read_slope(k, self.words["common.slope"], places)
        tangent = [Reveal(walker.tangent)] if k else []  # the first one is there already
        self.take(0.16 * seconds, Dismiss(old), Reveal(slope), *tangent)
        self.hold(0.08 * seconds)
        numbers = self._plug_in(k)
        self.take(0.12 * seconds, Reveal(numbers))
        hill.grow_step(k, 0.0)
        self.take(0.18 * seconds, Drive(walker, lambda a: hill.grow_step(k, a), rate_func=smooth))
        self.hold(0.12 * seconds)
        self.take(0.08 * seconds, Dismiss(slope), Conceal(walker.tangent))
        hill.arrow_on = True
        self.take(0.2 * seconds, Drive(self.moving, self.show, k, k + 1, rate_func=smooth))
        hill.arrow_on = False
        hill.walker.hide_step()
        return numbers

    def _plug_in(self, k: int) -> Substitution:
        theme, cap, box = self.theme, self.layout.scale.label, self.spots.upper
        hue = theme.gradient
        made = fitting_update(self.trace, k, self.places, theme, hue, cap, box, box.bottom)
        return made.shift(LEFT * max(0.0, made.get_right()[0] - box.right))

    def epochs(self) -> None:
        """The rest of the descent: the view dives with the point, and comes back."""
        hill, updates = self.hill, self.trace.updates
        done = min(SLOW_STEPS, updates)
        away, whole = hill.window, hill.whole
        gone = [Dismiss(self.plugged_in)]
        look = lambda a: hill.look(self.spots.hero, away.towards(whole, a))  # noqa: E731
        self._zoom(_PULL, look, *gone)
        self.say("dive")
        hill.tangent_on = hill.arrow_on = True
        self.show(done)
        self.take(0.3, Reveal(self.data, hill.walker.tangent, hill.walker.edge, hill.walker.value))
        if self.dive.depth:
            self._dive(done)
        else:
            self._run(done)

    def _run(self, done: int) -> None:
        """The rest of the updates in a view that rests; what they do is said when it is seen."""
        updates = self.trace.updates
        rate, seconds = accelerate(updates - done, 10), RUN if updates > done else 0.0
        for first, last in ((0.0, _SEEN), (_SEEN, 1.0)):
            if first:
                self.say("epochs")
            stretch = last - first
            part = partial(_part, rate, first, stretch)
            drive = Drive(self.moving, self.show, done, updates, rate_func=part)
            self.take(stretch * seconds, drive)

    def _dive(self, done: int) -> None:
        """Each time the error has halved, zoom; then on without a stop, and back."""
        dive = self.dive
        deepest = dive.sign * dive.depth
        self.zoom = Zoom(self.text("zoom"), deepest, self.room, self.theme, self.layout.scale)
        self.place(self.zoom)
        self.take(REST, Reveal(self.zoom))
        t = float(done)
        for level, (run, dip) in enumerate(TIMES[: dive.depth]):
            stop = max(t, float(dive.updates[level]))
            if stop > t:
                self.take(run, Drive(self.moving, self.show, t, stop, rate_func=linear))
            t = stop
            ends = dive.sign * level, dive.sign * (level + 1)
            self.take(dip, Drive(self.deep, self._at_level, *ends, rate_func=smooth))
        if glide := dive.glide(self.trace.updates):
            stop = float(dive.updates[-1] if dive.depth > len(TIMES) else self.trace.updates)
            self.take(glide, Drive(self.deep, self._glide, t, stop, rate_func=smooth))
            t = stop
        self.say("epochs")
        self.hill.tangent_on = self.hill.arrow_on = False
        self.hill.walker.hide_step()
        back = Drive(self.deep, lambda a: self._rise(a, t), rate_func=smooth)
        self.take(BACK, back, Conceal(self.hill.walker.tangent))
        self.hill.walker.hide_tangent()
        self.remove(self.zoom)

    @property
    def deep(self) -> VGroup:
        """All that moves while the view zooms."""
        return VGroup(self.moving, self.hill.plot, self.zoom)

    def _at_level(self, level: float) -> None:
        self.zoom.write(level)
        self.hill.look(self.spots.hero, self.hill.window_at(level), level)

    def _glide(self, t: float) -> None:
        """The view follows the point without a stop."""
        self.show(t)
        self._at_level(self.dive.level_at(t))

    def _rise(self, amount: float, t: float) -> None:
        """The view comes back; the updates after ``t`` are made meanwhile."""
        self.show(t + amount * (self.trace.updates - t))
        self._at_level(self.dive.sign * self.dive.depth * (1 - amount))

    def chart(self) -> None:
        """The places on the parabola keep their heights, and move to their epochs."""
        hill, chart, updates = self.hill, self.cost_chart, self.trace.updates
        chart.gather(hill.plot)
        self.say("chart")
        self.take(0.3, Conceal(hill.walker.tangent), Reveal(chart.flock))
        if chart.inset is None:
            self.take(0.5, Conceal(hill.picture))
        else:
            self.take(1.2, Drive(hill.picture, self._shrink, rate_func=smooth))
        self.hero = chart.picture
        self.take(0.4, Reveal(chart.plot))

        def fly(amount: float) -> None:
            chart.fly(amount)
            self.show(updates * (1 - amount))

        self.take(1.6, Drive(VGroup(chart.flock, self.moving), fly, rate_func=smooth))

    def _shrink(self, amount: float) -> None:
        inset = self.cost_chart.inset or self.spots.hero
        self.hill.look(self.spots.hero.towards(inset, amount), self.hill.whole)

    def result(self) -> None:
        """The whole descent once more, in three pictures at once; the result in numbers."""
        updates = self.trace.updates
        self.take(0.2, Reveal(self.series))
        rate = accelerate(updates, 12)
        self.say("result")
        self.take(4.3, Drive(self.moving, self.show, 0, updates, rate_func=rate))
