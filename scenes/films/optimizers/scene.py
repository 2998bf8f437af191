"""The film `optimizers`: update rules race down a landscape of two weights, from one start."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject, linear, smooth

from scenes.films.optimizers.arena import arena
from scenes.films.optimizers.course import Course, sampled
from scenes.films.optimizers.end_names import EndNames, have_room
from scenes.films.optimizers.facts import Race
from scenes.films.optimizers.landmarks import Landmarks
from scenes.films.optimizers.log_bars import decades
from scenes.films.optimizers.plan import FILM, GROW, LAST, MOVE, RACE, SETTLE, SLOW_STEPS
from scenes.films.optimizers.racers import TITLES
from scenes.films.optimizers.ranking import CostTexts, Ranking, Row
from scenes.films.optimizers.rule_table import RuleRow, RuleTable, landscape_formula
from scenes.films.optimizers.standing import places
from scenes.films.optimizers.step_arrows import MapArrows
from scenes.films.optimizers.table_texts import is_exact, place_text, rate_texts
from scenes.stage.maps.landscape_map import landscape_map
from scenes.stage.maps.trail import Trail
from scenes.stage.page.figures import short
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.formulas import fit
from scenes.stage.page.motion import Conceal, Dismiss, Drive, Reveal, accelerate

Values = npt.NDArray[np.float64]

_BEADED = 150  # updates; with more, the beads would overlap
TOLD = 4.8  # seconds to show the rules one after another


class Optimizers(FilmScene):
    """Paths on a contour map, each in its rule's hue, and a table of the order."""

    film = FILM
    facts: Race

    def prepare(self) -> None:
        """The landscape, the paths, the names at their ends, the table."""
        lesson, theme = self.lesson, self.theme
        self.land, self.racers, self.traces = self.facts.land, self.facts.racers, self.facts.traces
        self.updates = max(trace.updates for trace in self.traces)
        map_box, self.table_box = arena(self.layout)
        start = (lesson.w0, lesson.b0)
        self.map = landscape_map(self.land, start, map_box, theme, self.layout.scale)
        radius = 0.36 * self.layout.scale.label
        words = (self.text("start"), self.text("saddle"))
        self.landmarks = Landmarks(self.map, self.land, start, words, radius)
        self.hues = [theme.rules[racer.hue] for racer in self.racers]
        self.trails = [self._trail(i, radius) for i in range(len(self.traces))]
        self.arrows = MapArrows(self.map, self.hues, radius)
        self.slope = MapArrows(self.map, [theme.gradient], radius)
        self.course = self._plan()
        self.named = have_room([racer.brief for racer in self.racers], self.map)
        names = [r.brief if self.named else str(i + 1) for i, r in enumerate(self.racers)]
        self.names = EndNames(names, self.trails, self.course, self.layout.scale.label)
        costs = self._costs()
        self.places = places(costs, np.diff(self.course.grid(), prepend=0) == 0)
        self.ranking = self._make_ranking(costs)
        self.moving = VGroup(*self.trails, self.names, self.ranking)
        self.place(self.map, self.landmarks, self.slope, self.arrows)
        self.place(self.moving)
        self.show(0.0)

    def about(self) -> str:
        """The landscape, since there are no data."""
        return self.text(f"tag-{self.lesson.landscape}")

    def _trail(self, index: int, radius: float) -> Trail:
        theta = self.traces[index].theta
        bead = 0.5 if self.updates <= _BEADED else 0.0
        trail = Trail(self.map, theta, self.hues[index], radius, width=4.5, bead=bead)
        trail.remove(trail.value, trail.ground)  # the name is there, and J is in the table
        return trail

    def _plan(self) -> Course:
        """The first updates one by one, then all the others in a time-lapse."""
        course = Course()
        for k in range(min(SLOW_STEPS, self.updates)):
            course.go(MOVE, k + 1, smooth)
            course.rest(SETTLE)
        self.slow = course.updates
        course.rest(SETTLE)  # names and rows are smoothed in time: the section ends at rest
        if self.updates > SLOW_STEPS:
            rate = accelerate(self.updates - self.slow, 6)
            course.go(RACE, self.updates, rate)
            course.rest(LAST)
        return course

    def _make_ranking(self, costs: Values) -> Ranking:
        """The table; ``costs`` (m, n) are all that it will show, so it has room for them."""
        rates = rate_texts([racer.rate for racer in self.racers])
        rows = [
            Row(self._titles(i), rate, hue)
            for i, (rate, hue) in enumerate(zip(rates, self.hues, strict=True))
        ]
        start = self.traces[0].cost[0]
        ends = [cost for cost in self.facts.costs if cost <= start]
        span = decades(float(start), ends) if self.land.minima else None
        numbers = CostTexts(self.facts.digits, costs)
        head = self.words["common.update"], self.updates
        return Ranking(rows, numbers, head, span, self.table_box, self.theme, self.layout.scale)

    def _titles(self, index: int) -> tuple[str, str]:
        """A racer's names in tables, with its number if the map has room only for numbers."""
        racer, number = self.racers[index], f"{index + 1} "
        if self.named:
            return racer.title, racer.brief
        return f"{number}{racer.title}", f"{number}{TITLES[racer.rule.name]}"

    def _costs(self) -> Values:
        """J of each racer (m, n) at each moment of the course."""
        grid = self.course.grid().tolist()
        return np.stack([self._cost_at(update) for update in grid])

    def _cost_at(self, update: float) -> Values:
        """J of each racer (n,) where its point is at the fractional ``update``."""
        return self.land.costs(np.stack([trail.at(update) for trail in self.trails]))

    def show(self, second: float) -> None:
        """Show the race at ``second`` of its course."""
        update = self.course.at(second)
        for trail in self.trails:
            trail.reach(update)
        self.names.reach(second)
        shown = sampled(self.places, self.course, second)
        self.ranking.reach(shown, self._cost_at(update), int(update + 1e-9))

    def landscape(self) -> None:
        """The map, its lowest points, the start."""
        marks = self.landmarks
        self.say("map")
        self.formula = self._formula()
        self.take(0.9, Reveal(self.map))
        self.take(0.5, Reveal(self.formula))
        self.take(0.6, Reveal(marks.marks, marks.texts))
        self.hold(0.6)
        self.take(0.6, Reveal(marks.start, marks.start_text))

    def _formula(self) -> VGroup:
        """J as a formula, and its values at the start and at the marked places of the map."""
        box, theme, cap = self.table_box, self.theme, self.layout.scale.label
        places = [(self.traces[0].start, theme.ink)]
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
        """How each rule uses the gradient."""
        rows = [
            RuleRow(racer.rule, self._titles(i), hue)
            for i, (racer, hue) in enumerate(zip(self.racers, self.hues, strict=True))
        ]
        self.table = RuleTable(
            rows, self.text("step"), self.table_box, self.theme, self.layout.scale
        )
        self.take(0.4, Dismiss(self.formula))
        self.say("rules-noted" if self.table.noted else "rules")
        each = TOLD / len(self.table)  # time to read them, whether few or many; the last may stay
        for row in self.table[:-1]:
            self.take(0.45 * each, Reveal(row))
            self.hold(0.55 * each)
        self.take(each, Reveal(self.table[-1]))

    def first_steps(self) -> None:
        """The rates; one gradient at the start, and the step of each rule: update by update."""
        marks, ranking, trace = self.landmarks, self.ranking, self.traces[0]
        self.take(0.4, Dismiss(self.table), Conceal(marks.texts, marks.start_text))
        self.say("rates")
        heads = [part for trail in self.trails for part in trail]
        self.take(0.6, Reveal(*heads, ranking.head, ranking.names, ranking.rates))
        self.hold(2.4)
        self.say("first")
        start = trace.theta[:1]
        self.slope.reach(start, start - self._along(start[0]))
        self.take(0.6, Reveal(self.slope))
        self.hold(0.9)
        self.take(0.3, Conceal(self.slope))
        for k in range(round(self.slow)):
            self._slow_step(k)

    def _along(self, place: Values) -> Values:
        """The direction of the gradient at ``place``, a fifth of the map's width long."""
        gradient = self.land.gradient(place)
        across = np.array([self.map.x.high - self.map.x.low, self.map.y.high - self.map.y.low])
        length = float(np.hypot(*(gradient / across)))
        return gradient * (0.2 / length if length else 0.0)

    def _slow_step(self, k: int) -> None:
        """The arrows of update ``k`` grow together, then the points move."""
        first, piece = k == 0, self.course.pieces[2 * k]
        starts = np.stack([trail.at(k) for trail in self.trails])
        stops = np.stack([trail.at(k + 1) for trail in self.trails])

        def grow(amount: float) -> None:
            self.arrows.reach(starts, stops, amount)

        if first:
            grow(0.0)
            self.take(0.01, Reveal(self.arrows))
        self.take(0.9 if first else 0.6, Drive(self.arrows, grow, rate_func=smooth))
        self.hold(0.6 if first else GROW - 0.6)
        self._run(piece.begin, piece.end)
        self.arrows.hide()
        if first and not self.ranking.shared:
            self.take(0.3, Reveal(self.names, *self._live()))
        elif first:
            self.take(0.3, Reveal(self.names))
        self._run(piece.end, piece.end + SETTLE)

    def _live(self) -> list[VMobject]:
        """The parts of the table that change with J."""
        ranking = self.ranking
        bars = [ranking.bars] if ranking.bars else []
        return [ranking.value_name, ranking.values, *bars]

    def _run(self, begin: float, end: float) -> None:
        """Play the race from one second of its course to another."""
        self.take(end - begin, Drive(self.moving, self.show, begin, end, rate_func=linear))

    def race(self) -> None:
        """All the other updates, faster and faster; the table follows."""
        ranking = self.ranking
        self.say("race")
        if ranking.shared:
            self.take(0.4, Conceal(ranking.rates))
            self.take(0.4, Reveal(*self._live()))
        rest = self.course.pieces[2 * round(self.slow)]
        self._run(rest.begin, self.course.seconds)

    def result(self) -> None:
        """The final order, when each arrived, and what follows from it."""
        ranking = self.ranking
        self._tell("first-nobody")
        texts = [
            self.text("never") if end.arrived is None else self.text("reached", updates=end.arrived)
            for end in self.facts.ends
        ]
        reached = ranking.goal_texts(texts, self.places[-1], self.theme)
        hidden: list[VMobject] = [ranking.bars] if ranking.bars and len(reached) else []
        self.take(0.5, Conceal(*hidden), Reveal(reached))
        self.hold(2.6)
        self._tell("then-nothing")

    def _tell(self, beat: str) -> None:
        """Show a caption in which racers are named, or counted if they are many."""
        _, numbers = self.caption_at(beat)
        lists = {name: value for name, value in numbers.items() if isinstance(value, list)}
        self.say(beat, **{name: self._named(value) for name, value in lists.items()})

    def _named(self, numbers: Sequence[int]) -> str:
        if len(numbers) > 2:
            return self.text("many", count=len(numbers))
        return self.text("and").join(self.racers[i].brief for i in numbers)
