"""The film `optimizers`: update rules race down a landscape, before and after it is turned."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from manim import LEFT, VGroup, linear, smooth

from scenes.films.optimizers.arrival_chart import ArrivalChart, chart_box
from scenes.films.optimizers.cost_scale import cost_scale
from scenes.films.optimizers.facts import Race
from scenes.films.optimizers.landmarks import Landmarks
from scenes.films.optimizers.lanes import Lane, Lanes
from scenes.films.optimizers.plan import FILM, SLOW, SLOW_STEPS
from scenes.films.optimizers.race_map import RaceMap, race_boxes
from scenes.films.optimizers.racers import DEGREES, turn_of
from scenes.films.optimizers.rule_table import RuleRow, RuleTable
from scenes.films.optimizers.running import Running
from scenes.films.optimizers.step_arrows import MapArrows
from scenes.films.optimizers.table_texts import rate_texts
from scenes.films.optimizers.trials import BELOW, Trials
from scenes.films.optimizers.values import landscape_values
from scenes.stage.page.figures import short
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.layout import point
from scenes.stage.page.motion import (
    Conceal,
    Dismiss,
    Drive,
    Reveal,
    accelerate,
    after,
    hide,
    until,
)
from scenes.stage.page.wording import Label

Values = npt.NDArray[np.float64]

_TOLD = 5.4  # seconds to show the rules one after another
_REST = 0.8  # seconds at most after the step of a rule


class Optimizers(FilmScene):
    """Paths on a contour map, each in its rule's hue, and a lane for each that shows its J."""

    film = FILM
    facts: Race

    def prepare(self) -> None:
        """The landscape with its start, the paths of both races, the lanes."""
        lesson, theme, race = self.lesson, self.theme, self.facts
        self.land, self.racers = race.land, race.racers
        hero, self.side = race_boxes(self.layout)
        races = race.traces, race.again
        self.map = RaceMap(self.land, turn_of(lesson), races, hero, theme, self.layout.scale)
        self.hero = self.map
        start = (lesson.w0, lesson.b0)
        radius = 0.36 * self.layout.scale.label
        words = (self.text("start"), self.text("saddle"))
        self.landmarks = Landmarks(self.map, self.land, start, words, radius)
        self.hues = [theme.rules[racer.hue] for racer in self.racers]
        self.arrows = MapArrows(self.map, self.hues, radius)
        self.slope = MapArrows(self.map, [theme.gradient], radius)
        self.lanes = self._lanes()
        self.running = Running(self.map, race, self.hues, radius, self.lanes)
        self.formula = landscape_values(self.land, start, self.side, theme, self.layout.scale)
        self.add(self.map, self.landmarks, self.formula)
        self.place(*self.running.ghosts, self.slope, self.arrows, *self.running.drawn(False))
        self.place(*self.running.drawn(True), self.lanes)

    def about(self) -> str:
        """The landscape, since there are no data."""
        return self.text(f"tag-{self.lesson.landscape}")

    def _lanes(self) -> Lanes:
        rates = rate_texts([racer.rate for racer in self.racers])
        lanes = [
            Lane((racer.title, racer.brief), rate, hue)
            for racer, rate, hue in zip(self.racers, rates, self.hues, strict=True)
        ]
        goal = self.facts.goal
        scale = cost_scale(float(self.facts.traces[0].cost[0]), goal)
        counter = self.words["common.update"], self.facts.last
        box, theme = self.side, self.theme
        return Lanes(lanes, scale, goal, self._heads(), counter, box, theme, self.layout.scale)

    @staticmethod
    def _heads() -> tuple[str, str]:
        """The names of the two races."""
        return "0°", f"{short(DEGREES)}°"

    def landscape(self) -> None:
        """The map with its start and its lowest points; a level falls from one to the other."""
        self.say("map")
        self.take(1.5, Drive(self.map, self.map.fall, rate_func=smooth))
        self.hold(0.2)
        self.loop("level")
        self.take(1.7, Drive(self.map, self.map.fall, rate_func=smooth))

    def rules(self) -> None:
        """The gradient at the start, and the step that each rule makes of it."""
        rows = [
            RuleRow(racer.rule, (racer.title, racer.brief), hue)
            for racer, hue in zip(self.racers, self.hues, strict=True)
        ]
        self.table = RuleTable(rows, self.text("step"), self.side, self.theme, self.layout.scale)
        marks = self.landmarks
        self.take(0.3, Dismiss(self.formula), Conceal(marks.texts, marks.start_text))
        self.say("rules-noted" if self.table.noted else "rules")
        start = self.facts.traces[0].theta[:1]
        ahead = start - self.map.along_gradient(start[0])
        self.take(0.01, Reveal(self.slope, self.arrows))

        def lean(amount: float) -> None:
            self.slope.reach(start, ahead, amount)

        self.take(0.6, Drive(self.slope, lean, rate_func=smooth))
        starts, stops = self.running.step(0)
        each = _TOLD / len(self.racers)
        rest = min(0.4 * each, _REST)
        head = self.table[: len(self.table) - len(rows)]
        for i in range(len(rows)):

            def grow(amount: float, i: int = i) -> None:
                amounts = [1.0] * i + [amount] + [0.0] * (len(rows) - i - 1)
                self.arrows.reach(starts, stops, amounts)

            shown = [*head, self.table[len(head) + i]] if i == 0 else [self.table[len(head) + i]]
            self.take(each - rest, Reveal(*shown), Drive(self.arrows, grow, rate_func=smooth))
            self.hold(rest)

    def first_steps(self) -> None:
        """The rates and how they are chosen; then the first updates one by one."""
        lanes = self.lanes
        hide(self.arrows)
        self.take(0.4, Dismiss(self.table), Conceal(self.slope))
        self.say("rates")
        self.take(0.5, Reveal(lanes.names, lanes.rates))
        self._choose()
        self.say("first")
        self.running.show(0.0)
        heads = [part for trail in self.running.trails[0] for part in trail]
        bars = [lanes.head, lanes.marks, lanes.bars, lanes.stamps[0]]
        self.take(0.4, Conceal(lanes.rates), Reveal(*heads, *bars))
        for k in range(min(SLOW_STEPS, self.running.last)):
            self._slow_step(k)

    def _choose(self) -> None:
        """Run through the rates of the grid; given rates show how the steps grow with them."""
        if not self.facts.tuned:
            starts, stops = self.running.step(0)

            def grow(amount: float) -> None:
                self.arrows.reach(starts, stops, amount)

            self.take(0.01, Reveal(self.arrows))
            self.take(2.6, Drive(self.arrows, grow, rate_func=smooth))
            self.take(0.3, Conceal(self.arrows))
            return
        trials = Trials(self.map, self.lesson, self.racers, self.hues)
        lanes, final = self.lanes, [str(figure.text) for figure in self.lanes.rates]

        def show(trial: float) -> None:
            rates = trials.attempt(trial)
            for figure, rate in zip(lanes.rates, rates, strict=True):
                figure.write(f"α = {short(rate)}")

        show(0.0)
        smaller, larger, best = (self._head(key) for key in ("smaller", "larger", "best"))
        self.take(0.3, Reveal(trials, smaller))
        parts = VGroup(trials, lanes)
        self.take(1.7, Drive(parts, show, 0, BELOW, rate_func=linear))
        for trial, old, new in ((BELOW, smaller, larger), (BELOW + 1, larger, best)):
            show(trial)
            self.take(0.3, Dismiss(old, rate_func=until(0.5)), Reveal(new, rate_func=after(0.5)))
            self.hold(0.6)
        for figure, text in zip(lanes.rates, final, strict=True):
            figure.write(text)
        self.take(0.4, Dismiss(trials, best))

    def _head(self, key: str) -> Label:
        """A word above the lanes: how the rates that are tried compare with the best ones."""
        top = point(self.side.left, self.side.top - 0.8 * self.layout.scale.label)
        return self.label(self.text(key)).put(top, LEFT)

    def _slow_step(self, k: int) -> None:
        """The arrows of update ``k`` grow together, then the points move."""
        starts, stops = self.running.step(k)

        def grow(amount: float) -> None:
            self.arrows.reach(starts, stops, amount)

        grow(0.0)
        self.take(0.01, Reveal(self.arrows))
        self.take(0.34 * SLOW, Drive(self.arrows, grow, rate_func=smooth))
        self.hold(0.12 * SLOW)
        self._run(0.34 * SLOW, k + 1, smooth)
        self.arrows.hide()
        if k + 1 < min(SLOW_STEPS, self.running.last):
            self.hold(0.14 * SLOW)

    def _run(
        self, seconds: float, stop: float, rate: Callable[[float], float] | None = None
    ) -> None:
        """Go on to an update, faster and faster; a race that is over is run once more."""
        run = self.running
        begin, stop = (run.update, stop) if run.update < stop else (0.0, float(run.last))
        rate = rate or accelerate(stop - begin, 6)
        self.take(seconds, Drive(run.moving, run.show, begin, stop, rate_func=rate))

    def race(self) -> None:
        """All the other updates: the first arrival, the last one, the end."""
        first, last = self.running.stops()
        self.say("race")
        self._run(3.0, first)
        self._tell("first-nobody")
        self._run(3.0, last)
        self._tell("then-nothing")
        self._run(2.4, self.running.last)

    def turn(self) -> None:
        """The landscape turns with start and paths, while the points run back to the start."""
        lanes = self.lanes
        self.say("turn")
        for ghost in self.running.ghosts:
            ghost.turn(self.map.turn(0.0))
            ghost.stand(self.running.last)
        lines = [part for trail in self.running.trails[0] for part in trail]
        self.take(0.3, Conceal(*lines), Reveal(*self.running.ghosts))
        marks, last = self.landmarks, float(self.running.last)

        def show(share: float) -> None:
            turn = self.map.turn(share)
            marks.turn(turn)
            for ghost in self.running.ghosts:
                ghost.turn(turn)
                ghost.stand(last * (1 - share) ** 2)
            self.running.show_bars(last * (1 - share) ** 2)
            lanes.step_aside(share)

        parts = VGroup(self.map, marks, *self.running.ghosts, lanes)
        self.take(2.6, Drive(parts, show, rate_func=smooth))
        self.running.second = True
        for trail in self.running.trails[1]:
            trail.follow()
        self.running.show(0.0)
        for ghost in self.running.ghosts:
            ghost.head.points = np.zeros((0, 3))
        heads = [part for trail in self.running.trails[1] for part in trail]
        self.take(0.3, Reveal(*heads, *lanes.heads, lanes.stamps[1]))

    def again(self) -> None:
        """The second race, with the same rates; rings run along the turned old paths."""
        self._slow_step(0)
        self._tell("again")
        self._run(3.0, self.running.stops()[0])
        self._run(3.6, self.running.last)

    def result(self) -> None:
        """What the turn costs: the map makes room for the arrivals before it and after it."""
        race, lanes, running = self.facts, self.lanes, self.running
        self._tell("turned")
        if not (race.arrivals or race.arrivals_again):  # there is nothing to compare
            self._run(4.3, running.last)
            return
        title = self.text("until", goal=short(race.goal))
        box, theme, scale = chart_box(self.layout), self.theme, self.layout.scale
        chart = ArrivalChart(lanes, running.both, title, self._heads(), box, theme, scale)
        chart.grow(0.0)
        leaving = [self.map, self.landmarks, *running.ghosts, *running.trails[1]]
        leaving += [lanes.head, lanes.bars, lanes.marks, *lanes.heads]
        travel = Drive(VGroup(lanes.names, *lanes.stamps), chart.travel, rate_func=after(0.3))
        hidden = [Reveal(lanes.stamps[0], rate_func=after(0.6))] if lanes.single else []
        here = Reveal(chart, rate_func=after(0.6))
        self.take(1.7, Dismiss(*leaving, rate_func=until(0.4)), travel, here, *hidden)
        self.hero = VGroup(chart, lanes.names)
        self.take(2.5, Drive(VGroup(chart.marks, *lanes.stamps), chart.grow, rate_func=smooth))

    def _tell(self, beat: str) -> None:
        """Show a caption in which racers are named, or counted if they are many."""
        _, numbers = self.caption_at(beat)
        lists = {name: value for name, value in numbers.items() if isinstance(value, list)}
        self.say(beat, **{name: self._named(value) for name, value in lists.items()})

    def _named(self, numbers: Sequence[int]) -> str:
        if len(numbers) > 3:
            return self.text("many", count=len(numbers))
        names = [self.racers[i].brief for i in numbers]
        *others, last = names
        listed = self.text("comma").join(others)
        return self.text("and").join([listed, last] if others else [last])
