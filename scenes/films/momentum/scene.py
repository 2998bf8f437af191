"""The film `momentum`: three arrows, what v keeps of them, and the plane of rate and momentum."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject, linear, smooth

from scenes.films.momentum.facts import SECOND, Facts
from scenes.films.momentum.plan import FILM, SLOW_STEPS, STEP
from scenes.films.momentum.race import Race
from scenes.films.momentum.radius_plane import RadiusPlane, best_formula
from scenes.films.momentum.ravine_map import MapPath, RavineMap
from scenes.films.momentum.rows import Rows
from scenes.films.momentum.runs import VISITS
from scenes.films.momentum.step_arrows import StepArrows, pair_text, step_rows
from scenes.films.momentum.strip import Strip
from scenes.films.momentum.visits import Visits
from scenes.stage.page.arrangement import arrangement
from scenes.stage.page.figures import decimals, legible, short
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
    set_visible,
    until,
)

Values = npt.NDArray[np.float64]

_GROW, _MOVE = 0.9, 0.7  # seconds of a slow step
FIRST_MOVES = 2  # of plain SGD, while it is said what the ravine is
_TRAIL = 0.35  # opacity of the path while arrows are at its end: one of them has its colour
_DIM = 0.3  # the component of which the caption does not speak


class Momentum(FilmScene):
    """A ravine with the paths of plain SGD and of momentum; the strip; the plane (α, β)."""

    film = FILM
    facts: Facts

    def prepare(self) -> None:
        """The map is there from the first frame; all else comes when it is needed."""
        lesson, theme, scale = self.lesson, self.theme, self.layout.scale
        self.places, self.update = arrangement(self.layout), self.words["common.update"]
        self.map = RavineMap((lesson.w0, lesson.b0), self.places.hero, theme, scale)
        plot, radius = self.map.plot, self.map.radius
        self.plain = MapPath(plot, theme.rules[0], radius)
        self.heavy = MapPath(plot, theme.rules[1], radius)
        self.steps = StepArrows(plot, self.facts, theme, scale)
        self.hero = self.map
        self.add(self.map, self.plain)
        self.plain.lay(self.facts.plain.theta, 0.0)
        self.place(self.steps, self.heavy)

    def about(self) -> str:
        """The cost, since there are no data."""
        return self.text("tag")

    def rows(self, names: list[str | VMobject], colors: list[str], widest: str, box: Box) -> Rows:
        """Rows of numbers, hidden."""
        made = Rows(names, colors, widest, box, self.layout.scale)
        self.place(made)
        return made

    def ravine(self) -> None:
        """Plain SGD swings across the valley and creeps along it."""
        theme, trace = self.theme, self.facts.plain
        places = decimals([float(trace.cost[0])], 3)
        texts = [legible(cost, places) for cost in trace.cost.tolist()]
        ink = theme.ink
        self.numbers = self.rows(
            ["alpha", self.label(self.update, theme.muted), "J"],
            [ink, ink, theme.cost],
            max([*texts, short(self.lesson.lr)], key=len),
            self.places.side,
        )

        def show(t: float) -> None:
            self.plain.lay(trace.theta, t)
            k = int(t + 1e-9)
            self.numbers.write(short(self.lesson.lr), str(k), texts[k])

        show(0.0)
        self.say("ravine")
        self.take(0.4, Reveal(self.numbers))
        moving = VGroup(self.plain, self.numbers)
        first = min(FIRST_MOVES, trace.updates)
        self.take(1.4, Drive(moving, show, 0.0, first, rate_func=linear))
        self.say("plain")
        rate = accelerate(trace.updates - first, 12)
        self.take(4.3, Drive(moving, show, first, trace.updates, rate_func=rate))
        self.say("plain-goal")

    def _grow_arrows(self, k: int) -> None:
        """The arrows of update ``k`` grow at the point, with their numbers."""
        texts = [pair_text(part, self.numbers) for part in self.steps.parts(k)]
        self.numbers.write(*texts)
        show = self.steps.grow(k)
        show(0.0)
        self.take(_GROW, Drive(VGroup(self.steps), show, rate_func=linear))

    def arrows(self) -> None:
        """The first updates with momentum, one by one."""
        way, scale = self.facts.heavy.theta, self.layout.scale
        self.take(0.4, Dismiss(self.numbers), Conceal(self.plain))
        self.say("memory")
        box = self.places.side
        cap = scale.label
        rule = formula("v' = beta v + g", cap, self.theme.ink)
        rule.move_to(point(box.left + rule.width / 2, box.top - 0.6 * cap))
        self.rule = rule
        self.numbers = step_rows(self.theme, box.inset(top=2.5 * cap), scale)
        self.place(rule, self.numbers)
        self.heavy.lay(way, 0.0)
        set_visible(self.steps, 1.0)
        self.take(0.5, Reveal(rule, self.heavy))
        self.take(0.3, Reveal(self.numbers))
        self.hold(0.9)
        self.say("first")
        for k in range(min(SLOW_STEPS, self.facts.heavy.updates)):
            self.heavy.fade_trail(_TRAIL)
            self._grow_arrows(k)
            if k == SECOND:
                self.say("second")
                self._grow_arrows(k)  # once more: now it has been said what to look at
            self.hold(STEP - _GROW - _MOVE)
            self.steps.clear()
            self.heavy.fade_trail(1.0)
            show = self._show_heavy(way)
            self.take(_MOVE, Drive(self.heavy, show, k, k + 1, rate_func=smooth))

    def _show_heavy(self, way: Values) -> Callable[[float], None]:
        return lambda t: self.heavy.lay(way, t)

    def strip(self) -> None:
        """The map moves aside; the strip shows both components of g and v as the path goes on."""
        facts, theme, scale = self.facts, self.theme, self.layout.scale
        count, way = facts.shown, facts.heavy.theta
        names = (self.text("along-name"), self.text("across-name"))
        made = facts.gradients[:count], facts.velocity[:count]
        self.pair = Strip(*made, names, self.update, self.places.hero, theme, scale)
        self.hero = self.pair
        self.place(self.pair)
        self.pair.reach(0.0)
        now = min(SLOW_STEPS, facts.heavy.updates)

        def move(amount: float) -> None:
            self.map.lie(self.places.small, amount)
            set_visible(self.map.texts, max(0.0, 1 - 3 * amount))
            self.heavy.lay(way, now)

        moving = VGroup(self.map, self.heavy)
        self.take(0.3, Dismiss(self.rule, self.numbers))
        come = Reveal(self.pair, rate_func=after(0.6))
        self.take(1.2, Drive(moving, move, rate_func=smooth), come)
        self.numbers = self.rows(
            ["g", "v"],
            [theme.gradient, theme.rules[1]],
            "(−0.262, −1.31)",
            self.places.notes,
        )

        def show(t: float) -> None:
            self.pair.reach(t)
            self.heavy.lay(way, t)
            k = min(int(np.ceil(t - 1e-9)), count)
            texts = ["", ""]
            if k:
                texts = [pair_text(part[k - 1], self.numbers) for part in made]
            self.numbers.write(*texts)

        show(0.0)
        self.take(0.3, Reveal(self.numbers))
        self.say("strip")
        moving = VGroup(self.pair, self.heavy, self.numbers)
        self.take(3.6, Drive(moving, show, 0.0, count, rate_func=linear))
        self.say("across")
        self._light(1)
        self.hold(1.2)
        self.say("along")
        self._light(0)

    def _light(self, j: int) -> None:
        """Dim the component that is not ``j``; the other one is lit first."""
        dimmed, lit = self.pair.component(1 - j), self.pair.component(j)
        if j == 0:
            brighten = Drive(lit, lambda amount: set_visible(lit, _DIM + (1 - _DIM) * amount))
            self.take(0.3, brighten)
        self.take(0.3, Drive(dimmed, lambda amount: set_visible(dimmed, 1 - (1 - _DIM) * amount)))

    def plane(self) -> None:
        """The plane comes, coloured by the radius; the cursor visits four places on it."""
        theme, facts = self.theme, self.facts
        self.hero = self.field = RadiusPlane(
            self.places.hero, self.text("best-share"), theme, self.layout.scale
        )
        field = self.field
        self.place(field)
        self.say("plane")
        self.take(0.3, Dismiss(self.pair, self.numbers))
        self.take(0.4, Reveal(field.plot))
        bands = VGroup(field.shades, field.lines)
        self.take(1.2, Drive(bands, field.flood, rate_func=linear))
        self.take(0.3, Reveal(field.names))
        self.hold(0.6)
        self.say("border")
        self.take(0.5, Reveal(field.danger, field.border, field.valley, field.meanings))
        self.numbers = self.rows(
            ["alpha", "beta", "rho"],
            [theme.ink, theme.ink, theme.good],
            "0.9999",
            self.places.notes,
        )
        visits = Visits(field, self.heavy, self.numbers, self.lesson)
        here = self.lesson.lr, facts.share
        if not field.plot.contains(*here):
            here = next(iter(VISITS.values()))
        visits.settle_at(here)
        self.take(0.4, Reveal(field.cursor, self.numbers))
        for name, there in VISITS.items():
            self.say(name)
            self.take(1.3, Drive(visits.moving, visits.way(here, there), rate_func=smooth))
            here = there
            self.hold(0.0 if name == "best" else 0.8)
        self._write_best()

    def _write_best(self) -> None:
        """The best β as a formula: below the numbers, or in their place if there is no room."""
        box, cap = self.places.notes, self.layout.scale.label
        self.best = best_formula(box, cap, self.theme.rules[1])
        self.best_below = box.bottom + self.best.height < self.numbers.bottom - 0.3 * cap
        half = self.best.height / 2
        y = box.bottom + half if self.best_below else box.top - half
        self.best.move_to(point(box.left + self.best.width / 2, y))
        self.place(self.best)
        gone = [] if self.best_below else [Conceal(self.numbers)]
        self.take(0.4, *gone, Reveal(self.best))

    def result(self) -> None:
        """Both at their fastest settings, from one start: on the map, then their J."""
        field = self.field
        gone: list[VMobject] = [field, self.numbers, *([] if self.best_below else [self.best])]
        self.hero = self.map
        grow = Drive(VGroup(self.map, self.heavy), self._come_back, rate_func=smooth)
        self.take(1.3, grow, Dismiss(*gone, rate_func=until(0.4)))
        paths = self.plain, self.heavy
        race = self.race = Race(
            self.facts, paths, self.update, self.places, self.theme, self.layout.scale
        )
        self.place(race.chart, race.numbers, race.head)
        race.show(0.0)
        self.say("race")
        self.take(0.4, Reveal(race.head, race.numbers, self.plain))
        self.take(3.0, Drive(race.moving, race.show, 0.0, race.last, rate_func=linear))
        self.say("levels")
        self._measure()
        self.say("counts")
        self.take(0.5, Reveal(race.chart.marks))
        self.hold(1.2)
        self.say("factors")
        self.take(0.5, Reveal(race.chart.names))

    def _come_back(self, amount: float) -> None:
        """The map on its way from the side, with the path of the best place on the plane."""
        self.map.lie(self.places.small, 1 - amount)
        set_visible(self.map.texts, max(0.0, 3 * amount - 2))
        heavy = self.facts.traces["momentum-fastest"]
        self.heavy.lay(heavy.theta, heavy.updates)

    def _measure(self) -> None:
        """The map moves aside; both curves of J are drawn as the points run on it once more."""
        race, chart = self.race, self.race.chart
        self.hero = chart

        def move(amount: float) -> None:
            self._come_back(1 - amount)
            race.show(race.last)

        come = Reveal(chart.plot, chart.goal, chart.curves, chart.heads, rate_func=after(0.6))
        moving = VGroup(self.map, *race.moving)
        self.take(1.2, Drive(moving, move, rate_func=smooth), come)
        moving = VGroup(chart, *race.moving)
        self.take(3.6, Drive(moving, race.measure, 0.0, race.last, rate_func=linear))
