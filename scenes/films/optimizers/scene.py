"""The film `optimizers`: update rules race down a landscape of two weights, from one start."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject, linear, smooth

from gdcore.finish import finish, ran_off
from gdcore.landscapes import LANDSCAPES
from scenes.films.optimizers.arena import arena, landscape_map
from scenes.films.optimizers.course import Course, sampled
from scenes.films.optimizers.end_names import EndNames, have_room
from scenes.films.optimizers.landmarks import Landmarks, place_text
from scenes.films.optimizers.log_bars import decades
from scenes.films.optimizers.plan import FILM, GROW, LAST, MOVE, RACE, SETTLE, SLOW_STEPS
from scenes.films.optimizers.race_verdict import Said, conclusion, headline
from scenes.films.optimizers.racers import TITLES, race, racers, settings_told
from scenes.films.optimizers.ranking import Ranking, Row
from scenes.films.optimizers.rule_table import STATES, RuleTable, landscape_formula
from scenes.films.optimizers.standing import places
from scenes.films.optimizers.step_arrows import MapArrows
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

    def prepare(self) -> None:
        """The landscape, the paths, the names at their ends, the table."""
        lesson, theme = self.lesson, self.theme
        self.land = LANDSCAPES[lesson.landscape]
        self.racers = racers(lesson)
        self.traces = list(race(lesson).values())
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
        self.ranking = self._make_ranking()
        self.places = self._places()
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
        trail.remove(trail.value)  # the name is there, and J is in the table
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

    def _make_ranking(self) -> Ranking:
        rows = [
            Row(self._titles(i), short(racer.rate), hue)
            for i, (racer, hue) in enumerate(zip(self.racers, self.hues, strict=True))
        ]
        ends = [float(trace.cost[-1]) for trace in self.traces if not ran_off(trace)]
        span = decades(float(self.traces[0].cost[0]), ends) if self.land.minima else None
        counted, scale = self.words["common.update"], self.layout.scale
        return Ranking(rows, counted, self.updates, span, self.table_box, self.theme, scale)

    def _titles(self, index: int) -> tuple[str, str]:
        """A racer's names in tables, with its number if the map has room only for numbers."""
        racer, number = self.racers[index], f"{index + 1} "
        if self.named:
            return racer.title, racer.brief
        return f"{number}{racer.title}", f"{number}{TITLES[racer.rule.name]}"

    def _places(self) -> Values:
        """The place of each racer in the table, at each moment of the course."""
        grid = self.course.grid()
        costs = np.stack([self._cost(i, grid) for i in range(len(self.traces))], axis=1)
        return places(costs, np.diff(grid, prepend=grid[0]) == 0)

    def _cost(self, index: int, updates: Values) -> Values:
        """J of a racer at fractional ``updates``; infinite after it has diverged."""
        trace, trail = self.traces[index], self.trails[index]
        costs = self.land.costs(np.stack([trail.at(t) for t in updates.tolist()]))
        gone = updates >= trace.updates if ran_off(trace) else updates < 0
        return np.where(gone, np.inf, costs)

    def show(self, second: float) -> None:
        """Show the race at ``second`` of its course."""
        update = self.course.at(second)
        for trail in self.trails:
            trail.reach(update)
        self.names.reach(second)
        costs = self.land.costs(np.stack([trail.at(update) for trail in self.trails]))
        self.ranking.reach(sampled(self.places, self.course, second), costs, int(update + 1e-9))

    def landscape(self) -> None:
        """The map, its lowest points, the start."""
        marks = self.landmarks
        count = len(self.land.minima)
        self.say("map" if count == 1 else "map-several" if count else "map-saddle", count=count)
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
        values = [
            self.label(f"J{place_text(place)} = {short(round(self.land.cost(place), 12), 3)}", hue)
            for place, hue in places
        ]
        # Values that do not fit are left out: the places are on the map anyway.
        for shown in range(len(values), -1, -1):
            lines = landscape_formula(self.lesson.landscape, box, theme, cap)
            stack = fit(VGroup(lines, *values[:shown]), box, 1.1 * cap)
            if stack.height <= box.height:
                break
        return stack

    def rules(self) -> None:
        """How each rule uses the gradient."""
        rows = [
            (racer.rule.name, self._titles(i), settings_told(racer.rule), hue)
            for i, (racer, hue) in enumerate(zip(self.racers, self.hues, strict=True))
        ]
        self.table = RuleTable(
            rows, self.text("step"), self.table_box, self.theme, self.layout.scale
        )
        self.take(0.4, Dismiss(self.formula))
        remembering = any(STATES[racer.rule.name] for racer in self.racers)
        if remembering and self.table.noted:
            self.say("rules-noted")
        else:
            self.say("rules" if remembering else "rules-plain")
        each = TOLD / len(self.table)  # time to read them, whether few or many; the last may stay
        for row in self.table[:-1]:
            self.take(0.45 * each, Reveal(row))
            self.hold(0.55 * each)
        self.take(each, Reveal(self.table[-1]))

    def first_steps(self) -> None:
        """One gradient at the start, and the step of each rule: update by update."""
        marks, ranking, trace = self.landmarks, self.ranking, self.traces[0]
        self.take(0.4, Dismiss(self.table), Conceal(marks.texts, marks.start_text))
        self.say("first", gradient=place_text(self.land.gradient(trace.theta[0]).tolist()))
        start = trace.theta[:1]
        self.slope.reach(start, start - self._along(start[0]))
        heads = [part for trail in self.trails for part in trail]
        rates = [ranking.head, ranking.names, ranking.rates]
        self.take(0.6, Reveal(self.slope), Reveal(*heads))
        self.take(0.6, Reveal(*rates))
        self.hold(0.7)
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
        rates = {racer.rate for racer in self.racers}
        usual = not any(settings_told(racer.rule) for racer in self.racers)
        suited = usual and not self.lesson.rates and self.traces[0].start == self.land.start
        if len(rates) == 1:
            self.say("race-same", rate=short(rates.pop()))
        else:
            self.say("race-suited" if suited else "race")
        if ranking.shared:
            self.take(0.4, Conceal(ranking.rates))
            self.take(0.4, Reveal(*self._live()))
        rest = self.course.pieces[2 * round(self.slow)]
        self._run(rest.begin, self.course.seconds)

    def result(self) -> None:
        """The final order, when each arrived, and what follows from it."""
        ranking = self.ranking
        self._tell(headline(self.traces, self.land))
        ends = [finish(trace) for trace in self.traces]
        texts = [
            self.text("never") if end.updates is None else self.text("reached", updates=end.updates)
            for end in ends
        ]
        reached = ranking.goal_texts(texts, self.places[-1], self.theme)
        hidden: list[VMobject] = [ranking.bars] if ranking.bars and len(reached) else []
        self.take(0.5, Conceal(*hidden), Reveal(reached))
        self.hold(2.6)
        self._tell(conclusion(self.traces, self.land))

    def _tell(self, said: Said) -> None:
        """Show a caption in which racers are named, or counted if they are many."""
        key, values = said
        told = {name: self._named(v) if isinstance(v, list) else v for name, v in values.items()}
        self.say(key, **told)

    def _named(self, numbers: Sequence[int]) -> str:
        if len(numbers) > 2:
            return self.text("many", count=len(numbers))
        return self.text("and").join(self.racers[i].brief for i in numbers)
