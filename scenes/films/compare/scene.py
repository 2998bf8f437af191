"""The film `compare`: batch descent and SGD on one parabola, counted in three units."""

from __future__ import annotations

from manim import VGroup, VMobject, linear, smooth

from gdcore.least_squares import LeastSquares
from scenes.films.compare.captions import AXES, NAMES, Facts
from scenes.films.compare.count_bars import CountBars
from scenes.films.compare.plan import EPOCH, FILM, RUN
from scenes.films.compare.race_chart import RaceChart
from scenes.films.compare.runner import Runner, part_values, place_tags
from scenes.films.compare.tally import Tally
from scenes.stage.descent.moving_hill import MovingHill
from scenes.stage.descent.parabola import cost_curve
from scenes.stage.descent.visible_range import cost_axis, walk_range
from scenes.stage.page.arrangement import arrangement
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.layout import Box
from scenes.stage.page.motion import (
    Conceal,
    Dismiss,
    Drive,
    Reveal,
    after,
    hide,
    set_visible,
    until,
)
from scenes.stage.plots.arrival_mark import place_numbers
from scenes.stage.plots.band_note import band_titles

FEW = 6  # updates of an epoch that are shown one by one
HEADROOM = 0.15  # share of the parabola's plot for the points' names
SMALL = 0.65  # size of the points on the small parabola
ROOM = 1.7  # seconds: the parabola becomes low and goes to its place
RISEN, LEAVES, GONE = 0.6, 0.3, 0.85  # of them: it is low; moves over; is clear of the chart
BACK, SWEEP, MORPH = 0.5, 3.2, 2.8  # seconds: back to the start, along an axis, to another one
BARS, PALE = 3.3, 0.2  # seconds in which the bars grow; opacity of the curves behind them


class Compare(FilmScene):
    """The same race, counted in epochs, in updates, in sample gradients."""

    film = FILM
    facts: Facts

    def prepare(self) -> None:
        """Both descents on the parabola, which is the first picture; table and chart come later."""
        facts = self.facts
        self.made = {name: course.trace for name, course in facts.courses.items()}
        self.near, self.ends = facts.near, facts.ends
        self.per_epoch = self.made["sgd"].updates_per_epoch
        self.places = arrangement(self.layout)
        self.hero = self.hill = self._make_hill()
        self.plot, self.curve = self.hill.plot, self.hill.curve
        self._make_runners()
        self._make_chart()
        self._make_tally()
        walkers = [runner.walker for runner in self.runners]
        tags = [runner.tag for runner in self.runners]
        self.add(self.hill, self.goal, *walkers, *tags)
        chart = self.race_chart
        self.place(self.tally, self.chart, chart.note, chart.condition, chart.cursor)
        self.place(*(runner.mark for runner in self.runners))
        self.place(*(runner.series for runner in self.runners))
        self.show(0.0, 0.0)

    def _make_hill(self) -> MovingHill:
        curve = cost_curve(LeastSquares(self.lesson.data))
        ends = [walk_range(curve, trace.w) for trace in self.made.values()]
        self.span = min(low for low, _ in ends), max(high for _, high in ends)
        y = cost_axis(curve, *self.span, "J", self.theme.cost)
        self.tall = y.low, y.high + HEADROOM * (y.high - y.low)
        theme, scale = self.theme, self.layout.scale
        hill = MovingHill(curve, self.places.hero, self.span, self.tall, theme, scale)
        self.goal = hill.name_goal()
        return hill

    def _make_runners(self) -> None:
        radius = 0.55 * self.layout.scale.label
        looks = {"batch": (self.theme.batch, 1.25), "sgd": (self.theme.sgd, 0.85)}
        gone = {name: course.ran_off for name, course in self.facts.courses.items()}
        self.runners = [
            Runner(self.made[name], self.text(name), color, self.hill, size * radius, gone[name])
            for name, (color, size) in looks.items()
        ]
        self.batch, self.sgd = self.runners

    def _make_tally(self) -> None:
        heads = [(runner.name, runner.color) for runner in self.runners]
        rows = [[self.text(axis), *self._shorter(axis)] for axis in AXES]
        widest = str(self.lesson.epochs * self.lesson.data.n)
        box, theme = self.places.notes, self.theme
        self.tally = Tally(heads, rows, widest, box, theme, self.layout.scale)

    def _shorter(self, axis: str) -> list[str]:
        least = [self.text("gradients-least")] if axis == "gradients" else []
        return [self.text(f"{axis}-short"), *least]

    def _make_chart(self) -> None:
        names = [self.text(axis) for axis in AXES]
        notes = band_titles(self.words, self.sgd.name)
        self.race_chart = RaceChart(self.facts, self.runners, names, notes, self.places.hero)
        self.chart, self.lasts = self.race_chart.plot, self.race_chart.lasts
        self.stretch = self.race_chart.stretch

    @property
    def running(self) -> VGroup:
        """What changes while both descend."""
        parts: list[VMobject] = [self.tally, self.race_chart.cursor]
        for runner in self.runners:
            parts += [runner.walker, runner.tag, runner.series, runner.mark]
        return VGroup(*parts)

    def show(self, batch: float, sgd: float) -> None:
        """Show the race, batch and SGD each at its own fractional update."""
        for runner, t in zip(self.runners, (batch, sgd), strict=True):
            runner.reach(t)
        self._part_texts()
        counts = zip(self.batch.counted(batch), self.sgd.counted(sgd), strict=True)
        for row, pair in enumerate(counts):
            self.tally.write(row, *map(str, pair))

    def _part_texts(self) -> None:
        part_values(self.batch, self.sgd)
        place_tags(self.batch, self.sgd)

    def start(self) -> None:
        """One parabola, one start, two descents: the first epoch, update by update."""
        self.say("start")
        self.take(0.4, Reveal(self.tally))
        self._epoch(0)

    def _epoch(self, done: int) -> None:
        """The epoch after ``done`` others: SGD's updates one by one, then batch's only one."""
        size, moving = self.per_epoch, self.running
        steps = size if size <= FEW else 1
        for k in range(steps):
            start, stop = (done * size + part * size / steps for part in (k, k + 1))
            walk = Drive(moving, lambda t: self.show(done, t), start, stop, rate_func=smooth)
            self.take(0.75 * EPOCH / steps, walk)
        last = (done + 1) * size
        walk = Drive(moving, lambda t: self.show(t, last), done, done + 1, rate_func=smooth)
        self.take(0.25 * EPOCH, walk)

    def race(self) -> None:
        """The second epoch; then the parabola makes room for the chart, and all other epochs."""
        epochs = self.lesson.epochs
        self.say("race")
        if epochs > 1:
            self._epoch(1)
        self._make_room(min(epochs, 2))
        if epochs > 2:
            show = self._at_epoch
            self.take(RUN, Drive(self.running, show, 2.0, float(epochs), rate_func=faster))

    def _at_epoch(self, t: float) -> None:
        self.show(t, t * self.per_epoch)

    def _make_room(self, epochs: int) -> None:
        """The parabola becomes small and moves to the side; the chart takes the stage."""
        beyond = -0.6 * self.layout.scale.label  # the plot has margins of its own
        begin, end = self.places.hero, self.places.small.inset(*[beyond] * 4)
        middle = Box(begin.left, end.bottom, begin.right, end.top)
        if self.layout.portrait:
            middle = Box(begin.left, begin.top - end.height, begin.left + end.width, begin.top)

        def lay(box: Box) -> None:
            self.hill.lay(box, self.span, self.tall)
            for runner in self.runners:
                runner.walker.room = self.hill.room
            self._at_epoch(epochs)

        def leave(t: float) -> None:
            low, away = until(RISEN)(t), after(LEAVES)(t)
            self.plot.number(1 - low)
            for runner, radius in zip(self.runners, radii, strict=True):
                runner.walker.radius = (1 - low + SMALL * low) * radius
            lay(begin.towards(middle, low).towards(end, away))

        radii = [runner.walker.radius for runner in self.runners]
        moving = VGroup(self.hill, *(r.walker for r in self.runners))
        # What is far away is seen in the chart.
        words = [part for runner in self.runners for part in (runner.tag, runner.walker.value)]
        self.take(0.3, Dismiss(self.goal), Conceal(*words))
        series = [runner.series for runner in self.runners]
        named = self.race_chart.note, self.race_chart.condition
        self.take(
            ROOM,
            Drive(moving, leave, rate_func=linear),
            Reveal(self.chart, *series, rate_func=after(RISEN)),
            Reveal(*named, rate_func=after(GONE)),
        )
        self.hero = self.chart

    def epochs(self) -> None:
        """Counted in epochs: how often all data were used."""
        self._back()
        self.say("epochs-counted", **self._missing())
        marks = [runner.mark for runner in self.runners]
        self.take(0.4, Conceal(*self.tally.cells), Reveal(*marks))
        self._sweep("epochs")

    def updates(self) -> None:
        """Counted in updates: how often w changed."""
        self.say("updates-counted", **self._missing())
        self._morph("epochs", "updates")
        self._back()
        self._sweep("updates")

    def gradients(self) -> None:
        """Counted in sample gradients: how much was computed."""
        self.say("gradients-counted", **self._missing())
        self._morph("updates", "gradients")
        self._back()
        self._sweep("gradients")

    def _missing(self) -> dict[str, str]:
        """The word for the one that never arrives."""
        missing = [name for name, end in self.ends.items() if end.updates is None]
        return {name: self.text("never") for name in missing if len(missing) == 1}

    def _morph(self, start: str, stop: str) -> None:
        """The axis becomes that of another count; the curves stretch with it."""
        for runner in self.runners:
            runner.mark.number.write("")
        hide(self.chart.x_names[AXES.index(stop)])
        old, new = self.chart.rename(AXES.index(stop))

        def show(t: float) -> None:
            self.stretch(start, stop, t)

        parts = [runner.series for runner in self.runners]
        marks = [runner.mark for runner in self.runners]
        moving = VGroup(self.chart, *parts, *marks)
        self.take(MORPH, Drive(moving, show, rate_func=smooth), Dismiss(old, rate_func=until(0.2)))
        self.take(0.25, Reveal(new))

    def _back(self) -> None:
        """Both points and the curves' heads go back to the start, along their ways."""
        ends = [runner.t for runner in self.runners]

        def show(share: float) -> None:
            for runner, end in zip(self.runners, ends, strict=True):
                runner.run_to("updates", (1 - share) * end)

        self.take(BACK, Drive(self.running, show, rate_func=smooth))

    def _sweep(self, axis: str) -> None:
        """Both run once more at one speed along this axis; each stops where it arrives."""
        arrivals = [runner.arrival(axis) for runner in self.runners]
        counts = [self.ends[name].count(axis) for name in NAMES]
        end = float(self.lasts[axis])
        if all(at is not None for at in arrivals):
            end = max(at for at in arrivals if at is not None)
        there = [k for k, at in enumerate(arrivals) if at is not None]
        place_numbers(
            [self.runners[k].mark for k in there],
            [arrivals[k] or 0.0 for k in there],
            [str(counts[k]) for k in there],
        )
        row, known = AXES.index(axis), axis != AXES[0]

        def run(count: float) -> None:
            self.race_chart.point_at(count)
            cells = []
            for runner, at, total in zip(self.runners, arrivals, counts, strict=True):
                runner.run_to(axis, count)
                passed = at is not None and count >= at
                runner.mark.number.write(runner.mark.count if passed else "")
                if not known:
                    runner.mark.stand(at if passed else None)
                cells.append(str(total) if passed else "−" if at is None else str(int(count)))
            self.tally.write(row, *cells)

        run(0.0)
        self.take(0.2, Reveal(self.tally.cells[row], self.race_chart.cursor))
        self.take(SWEEP, Drive(self.running, run, 0.0, end, rate_func=linear))
        self.take(0.3, Conceal(self.race_chart.cursor))

    def result(self) -> None:
        """All counts as lengths, where the curves were, and the conclusion."""
        self.say("result")
        names, colors = [self.text(axis) for axis in AXES], [r.color for r in self.runners]
        inner, scale = self.chart.inner, self.layout.scale
        self.bars = bars = CountBars(self.facts, names, colors, inner, self.theme, scale)
        self.place(bars)
        drawn, written = self.race_chart.parted()
        pale = Drive(drawn, lambda t: set_visible(drawn, 1 - (1 - PALE) * t))
        self.take(0.5, pale, Conceal(written))
        set_visible(VGroup(bars.bars, bars.numbers), 1.0)
        self.take(0.3, Reveal(bars.names))
        self.take(BARS, Drive(bars, bars.grow, 0.0, len(AXES), rate_func=linear))


def faster(t: float) -> float:
    """A rate that starts slowly and does not slow down: by then the curves have left the chart."""
    return t * t
