"""The film `optimizers`: update rules race down a landscape, before and after it is turned."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from manim import VGroup, linear, smooth

from gdcore.trace import Trace
from scenes.films.optimizers.cost_scale import cost_scale
from scenes.films.optimizers.facts import Race
from scenes.films.optimizers.ghosts import Ghost
from scenes.films.optimizers.landmarks import Landmarks
from scenes.films.optimizers.lanes import Lane, Lanes
from scenes.films.optimizers.plan import FILM, SLOW, SLOW_STEPS
from scenes.films.optimizers.race_map import RaceMap
from scenes.films.optimizers.racers import DEGREES, turn_of
from scenes.films.optimizers.rule_table import RuleRow, RuleTable, landscape_formula
from scenes.films.optimizers.step_arrows import MapArrows
from scenes.films.optimizers.table_texts import is_exact, place_text, rate_texts
from scenes.films.optimizers.trials import Trials
from scenes.stage.maps.trail import Trail
from scenes.stage.page.arrangement import arrangement
from scenes.stage.page.figures import short
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.formulas import fit
from scenes.stage.page.layout import GAP, Box
from scenes.stage.page.motion import Conceal, Dismiss, Drive, Reveal, accelerate, hide

Values = npt.NDArray[np.float64]

_BEADED = 150  # updates; with more, the beads would overlap
_WIDTH = 4.5  # of a path
_UPRIGHT = 0.74  # of its width: the height of the map in 9:16
_TOLD = 5.4  # seconds to show the rules one after another


class Optimizers(FilmScene):
    """Paths on a contour map, each in its rule's hue, and a lane for each that shows its J."""

    film = FILM
    facts: Race

    def prepare(self) -> None:
        """The landscape with its start, the paths of both races, the lanes."""
        lesson, theme, race = self.lesson, self.theme, self.facts
        self.land, self.racers, self.turn_whole = race.land, race.racers, turn_of(lesson)
        self.races = race.traces, race.again
        self.last = max(trace.updates for trace in race.traces)
        hero, self.side = self._boxes()
        self.map = RaceMap(self.land, self.turn_whole, self.races, hero, theme, self.layout.scale)
        self.hero = self.map
        start = (lesson.w0, lesson.b0)
        radius = 0.36 * self.layout.scale.label
        words = (self.text("start"), self.text("saddle"))
        self.landmarks = Landmarks(self.map, self.land, start, words, radius)
        self.hues = [theme.rules[racer.hue] for racer in self.racers]
        self.ghosts = [
            Ghost(self.map, trace.theta, hue, radius, 0.8 * _WIDTH)
            for trace, hue in zip(race.traces, self.hues, strict=True)
        ]
        self.trails = [self._trails(traces, radius) for traces in self.races]
        self.arrows = MapArrows(self.map, self.hues, radius)
        self.slope = MapArrows(self.map, [theme.gradient], radius)
        self.lanes = self._lanes()
        self.race_shown, self.update = 0, 0.0
        self.moving = VGroup(*self.trails[0], *self.trails[1], *self.ghosts, self.lanes)
        self.formula = self._formula()
        self.add(self.map, self.landmarks, self.formula)
        self.place(*self.ghosts, self.slope, self.arrows, *self.trails[0], *self.trails[1])
        self.place(self.lanes)

    def _boxes(self) -> tuple[Box, Box]:
        """The map and the lanes; in upright frames six lanes need a larger share than usual."""
        places = arrangement(self.layout)
        hero, side = places.hero, places.side
        if not self.layout.portrait:
            return hero, side
        hero = hero.inset(bottom=max(hero.height - _UPRIGHT * hero.width, 0.0))
        return hero, Box(side.left, side.bottom, side.right, hero.bottom - GAP)

    def about(self) -> str:
        """The landscape, since there are no data."""
        return self.text(f"tag-{self.lesson.landscape}")

    def _trails(self, traces: Sequence[Trace], radius: float) -> list[Trail]:
        bead = 0.5 if self.last <= _BEADED else 0.0
        found = []
        for trace, hue in zip(traces, self.hues, strict=True):
            trail = Trail(self.map, trace.theta, hue, radius, width=_WIDTH, bead=bead)
            trail.remove(trail.value, trail.ground)  # J is in the lane
            found.append(trail)
        return found

    def _lanes(self) -> Lanes:
        rates = rate_texts([racer.rate for racer in self.racers])
        lanes = [
            Lane((racer.title, racer.brief), rate, hue)
            for racer, rate, hue in zip(self.racers, rates, self.hues, strict=True)
        ]
        goal = self.facts.goal
        scale = cost_scale(float(self.races[0][0].cost[0]), goal)
        counter = self.words["common.update"], self.last
        heads = "0°", f"{short(DEGREES)}°"
        box, theme = self.side, self.theme
        return Lanes(lanes, scale, goal, heads, counter, box, theme, self.layout.scale)

    def show(self, update: float) -> None:
        """Show the race that is on at a fractional update."""
        self.update = update
        trails = self.trails[self.race_shown]
        for trail in trails:
            trail.reach(update)
        if self.race_shown:
            for ghost in self.ghosts:
                ghost.follow(update)
        self._show_lanes(update)
        self.lanes.stamp(self.race_shown, self._arrivals(), update, self.last)

    def _show_lanes(self, update: float) -> None:
        """The bars of the race that is on: J where each point is."""
        traces = self.races[self.race_shown]
        costs = []
        for trace, trail in zip(traces, self.trails[self.race_shown], strict=True):
            t = min(update, float(trace.updates))
            whole = t == round(t)
            costs.append(
                float(trace.cost[round(t)]) if whole else trace.objective.cost(trail.at(t))
            )
        self.lanes.reach(costs, int(update + 1e-9))

    def _arrivals(self) -> list[int | None]:
        """The arrivals of the race that is on."""
        found = (self.facts.arrivals, self.facts.arrivals_again)[self.race_shown]
        return [found.get(i) for i in range(len(self.racers))]

    def landscape(self) -> None:
        """The map with its start and its lowest points; a level falls from one to the other."""
        marks = self.landmarks
        self.say("map")
        self.take(1.8, Drive(self.map, self.map.fall, rate_func=smooth))
        self.hold(0.1)
        self.take(1.6, Drive(self.map, self.map.fall, rate_func=smooth))
        self.take(0.4, Conceal(marks.texts, marks.start_text))

    def _formula(self) -> VGroup:
        """J as a formula, and its values at the start and at the marked places of the map."""
        box, theme, cap = self.side, self.theme, self.layout.scale.label
        places = [(self.races[0][0].start, theme.ink)]
        places += [(place, theme.good) for place in self.land.minima]
        places += [] if self.land.minima else [(place, theme.ink) for place in self.land.saddles]
        values = [self.label(self._value_text(place), hue) for place, hue in places]
        # Values that do not fit are left out: the places are on the map anyway.
        for shown in range(len(values), -1, -1):
            lines = landscape_formula(self.lesson.landscape, box, theme, cap)
            stack = fit(VGroup(lines, *values[:shown]), box, 1.1 * cap)
            if stack.height <= box.height:
                break
        return stack

    def _value_text(self, place: Sequence[float]) -> str:
        """J of a place in figures: at a minimum it is 0, though its digits may be rounded."""
        cost = 0.0 if place in self.land.minima else self.land.cost(place)
        return f"J{place_text(place)} {'=' if is_exact(place) else '≈'} {short(cost, 3)}"

    def rules(self) -> None:
        """The gradient at the start, and the step that each rule makes of it."""
        rows = [
            RuleRow(racer.rule, (racer.title, racer.brief), hue)
            for racer, hue in zip(self.racers, self.hues, strict=True)
        ]
        self.table = RuleTable(rows, self.text("step"), self.side, self.theme, self.layout.scale)
        self.take(0.3, Dismiss(self.formula))
        self.say("rules-noted" if self.table.noted else "rules")
        start = self.races[0][0].theta[:1]
        ahead = start - self._along(start[0])
        self.take(0.01, Reveal(self.slope, self.arrows))

        def lean(amount: float) -> None:
            self.slope.reach(start, ahead, amount)

        self.take(0.6, Drive(self.slope, lean, rate_func=smooth))
        starts, stops = self._step(0)
        each = _TOLD / len(self.racers)
        head = self.table[: len(self.table) - len(rows)]
        for i in range(len(rows)):

            def grow(amount: float, i: int = i) -> None:
                amounts = [1.0] * i + [amount] + [0.0] * (len(rows) - i - 1)
                self.arrows.reach(starts, stops, amounts)

            shown = [*head, self.table[len(head) + i]] if i == 0 else [self.table[len(head) + i]]
            self.take(0.6 * each, Reveal(*shown), Drive(self.arrows, grow, rate_func=smooth))
            self.hold(0.4 * each)

    def _along(self, place: Values) -> Values:
        """The direction of the gradient at ``place``, a fifth of the map's width long."""
        gradient = self.land.gradient(place)
        across = np.array([self.map.x.high - self.map.x.low, self.map.y.high - self.map.y.low])
        length = float(np.hypot(*(gradient / across)))
        return gradient * (0.2 / length if length else 0.0)

    def _step(self, k: int) -> tuple[Values, Values]:
        """Where the racers are before and after update ``k``, (n, 2) each."""
        trails = self.trails[self.race_shown]
        return np.stack([t.at(k) for t in trails]), np.stack([t.at(k + 1) for t in trails])

    def first_steps(self) -> None:
        """The rates and how they are chosen; then the first updates one by one."""
        lanes = self.lanes
        hide(self.arrows)
        self.take(0.4, Dismiss(self.table), Conceal(self.slope))
        self.say("rates")
        self.take(0.5, Reveal(lanes.names, lanes.rates))
        self._choose()
        self.say("first")
        self.show(0.0)
        heads = [part for trail in self.trails[0] for part in trail]
        bars = [lanes.head, lanes.marks, lanes.bars, lanes.stamps[0]]
        self.take(0.4, Conceal(lanes.rates), Reveal(*heads, *bars))
        for k in range(min(SLOW_STEPS, self.last)):
            self._slow_step(k)

    def _choose(self) -> None:
        """Run through the rates of the grid; given rates show how the steps grow with them."""
        if not self.facts.tuned:
            starts, stops = self._step(0)

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
        self.take(0.3, Reveal(trials))
        self.take(2.9, Drive(VGroup(trials, lanes), show, 0, trials.count, rate_func=linear))
        for figure, text in zip(lanes.rates, final, strict=True):
            figure.write(text)
        self.hold(0.3)
        self.take(0.4, Dismiss(trials))

    def _slow_step(self, k: int) -> None:
        """The arrows of update ``k`` grow together, then the points move."""
        starts, stops = self._step(k)

        def grow(amount: float) -> None:
            self.arrows.reach(starts, stops, amount)

        grow(0.0)
        self.take(0.01, Reveal(self.arrows))
        self.take(0.34 * SLOW, Drive(self.arrows, grow, rate_func=smooth))
        self.hold(0.12 * SLOW)
        self._run(0.34 * SLOW, k + 1, smooth)
        self.arrows.hide()
        self.hold(0.14 * SLOW)

    def _run(
        self, seconds: float, stop: float, rate: Callable[[float], float] | None = None
    ) -> None:
        """Go on to an update, faster and faster; a race that is over is run once more."""
        begin = self.update if self.update < stop else 0.0
        stop = stop if self.update < stop else float(self.last)
        rate = rate or accelerate(stop - begin, 6)
        self.take(seconds, Drive(self.moving, self.show, begin, stop, rate_func=rate))

    def _stops(self) -> tuple[int, int]:
        """The first and the last arrival of the race that is on; else its end."""
        arrivals = self._arrivals()
        there = [update for update in arrivals if update is not None]
        first = min(there, default=self.last)
        return first, max(there) if len(there) == len(arrivals) else self.last

    def race(self) -> None:
        """All the other updates: the first arrival, the last one, the end."""
        first, last = self._stops()
        self.say("race")
        self._run(3.2, first)
        self._tell("first-nobody")
        self._run(3.2, last)
        self._tell("then-nothing")
        self._run(2.6, self.last)

    def turn(self) -> None:
        """The landscape turns with start and paths, while the points run back to the start."""
        lanes = self.lanes
        self.say("turn")
        for ghost in self.ghosts:
            ghost.turn(self.map.turn(0.0))
            ghost.stand(self.last)
        lines = [part for trail in self.trails[0] for part in trail]
        self.take(0.3, Conceal(*lines), Reveal(*self.ghosts))
        marks, last = self.landmarks, float(self.last)

        def show(share: float) -> None:
            turn = self.map.turn(share)
            marks.turn(turn)
            for ghost in self.ghosts:
                ghost.turn(turn)
                ghost.stand(last * (1 - share) ** 2)
            self._show_lanes(last * (1 - share) ** 2)
            lanes.step_aside(share)

        parts = VGroup(self.map, marks, *self.ghosts, lanes)
        self.take(2.6, Drive(parts, show, rate_func=smooth))
        self.race_shown = 1
        self.show(0.0)
        for ghost in self.ghosts:
            ghost.head.points = np.zeros((0, 3))
        heads = [part for trail in self.trails[1] for part in trail]
        self.take(0.3, Reveal(*heads, *lanes.heads, lanes.stamps[1]))

    def again(self) -> None:
        """The second race, with the same rates; rings run along the turned old paths."""
        self._slow_step(0)
        self._tell("again")
        self._run(3.0, self._stops()[0])
        self._run(4.0, self.last)

    def result(self) -> None:
        """What the turn costs; the second race once more."""
        self._tell("turned")
        self._run(4.6, self.last)

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
