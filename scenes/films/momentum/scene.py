"""The film `momentum`: three arrows, what v keeps of them, and the plane of rate and momentum."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject, linear, smooth

from gdcore.trace import Trace
from scenes.films.momentum.facts import SECOND, Facts
from scenes.films.momentum.plan import FILM, SLOW_STEPS, STEP
from scenes.films.momentum.radius_plane import RadiusPlane, best_formula, radius_at
from scenes.films.momentum.ravine_map import MapPath, RavineMap
from scenes.films.momentum.rows import Rows
from scenes.films.momentum.runs import FASTEST, VISITS, momentum_run
from scenes.films.momentum.step_arrows import StepArrows, pair_text, step_rows
from scenes.films.momentum.strip import Strip
from scenes.stage.page.arrangement import arrangement
from scenes.stage.page.figures import apart, decimals, legible, short
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.formulas import formula
from scenes.stage.page.layout import Box, point
from scenes.stage.page.motion import Conceal, Dismiss, Drive, Reveal, accelerate, after, set_visible

Values = npt.NDArray[np.float64]

_GROW, _MOVE = 0.9, 0.7  # seconds of a slow step
FIRST_MOVES = 2  # of plain SGD, while it is said what the ravine is
AGAIN = 12  # the updates of the race that are shown once more, slowly, before the factors
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
            max(texts, key=len),
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
        self.hold(0.6)
        for k in range(min(SLOW_STEPS, self.facts.heavy.updates)):
            self._grow_arrows(k)
            if k == SECOND:
                self.say("second")
                self._grow_arrows(k)  # once more: now it has been said what to look at
            self.hold(STEP - _GROW - _MOVE)
            self.steps.clear()
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
        self.hero = self.field = RadiusPlane(self.places.hero, theme, self.layout.scale)
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
        self.take(0.5, Reveal(field.danger, field.border, field.valley))
        self.numbers = self.rows(
            ["alpha", "beta", "rho"],
            [theme.ink, theme.ink, theme.good],
            "0.9999",
            self.places.notes,
        )
        here = self.lesson.lr, facts.share
        if not field.plot.contains(*here):
            here = next(iter(VISITS.values()))
        self._settle_at(here)
        self.take(0.4, Reveal(field.cursor, self.numbers))
        for name, there in VISITS.items():
            show = self._way(here, there)
            self.say(name)
            moving = VGroup(field.cursor, self.heavy, self.numbers)
            self.take(1.3, Drive(moving, show, rate_func=smooth))
            here = there
            self.hold(0.0 if name == "best" else 0.8)
        self._write_best()

    def _way(
        self, here: tuple[float, float], there: tuple[float, float]
    ) -> Callable[[float], None]:
        def show(amount: float) -> None:
            rate, share = ((1 - amount) * a + amount * b for a, b in zip(here, there, strict=True))
            self._settle_at((rate, share))

        return show

    def _settle_at(self, place: tuple[float, float]) -> None:
        """Cursor, numbers and the path on the small map for a place (α, β)."""
        rate, share = place
        self.field.point_at(rate, share)
        trace = momentum_run(self.lesson, rate, share)
        self.heavy.lay(trace.theta, trace.updates)
        radius = radius_at(rate, share)
        self.numbers.write(legible(rate, 4), f"{share:.3f}", apart([radius, 1.0], 3)[0])

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
        """The map comes back; both at their fastest settings, from one start."""
        theme, scale, field = self.theme, self.layout.scale, self.field
        plain, heavy = (self.facts.traces[f"{name}-fastest"] for name in ("sgd", "momentum"))
        gone: list[VMobject] = [field, self.numbers]
        self.take(0.4, Dismiss(*gone, *([] if self.best_below else [self.best])))
        self.hero = self.map

        def come_back(amount: float) -> None:
            self.map.lie(self.places.small, 1 - amount)
            set_visible(self.map.texts, max(0.0, 3 * amount - 2))
            self.heavy.lay(heavy.theta, heavy.updates)

        self.take(1.1, Drive(VGroup(self.map, self.heavy), come_back, rate_func=smooth))
        box = self.places.notes if self.layout.portrait else self.places.side
        self.numbers = self.rows(
            ["0", short(FASTEST.momentum, 3)],
            [theme.rules[0], theme.rules[1]],
            str(self.lesson.epochs),
            box.inset(top=2 * scale.label),
        )
        updates = self.label(self.update, theme.muted)
        self.head = self.numbers.head("beta", updates, box, theme.muted)
        self.place(self.head)
        ends = [self._stop(name) for name in ("sgd-fastest", "momentum-fastest")]

        def show(t: float) -> None:
            for path, trace, end in ((self.plain, plain, ends[0]), (self.heavy, heavy, ends[1])):
                path.lay(trace.theta, min(t, end))
            self.numbers.write(*(str(int(min(t, end) + 1e-9)) for end in ends))

        show(0.0)
        self.say("race")
        self.take(0.4, Reveal(self.head, self.numbers, self.plain))
        moving = VGroup(self.plain, self.heavy, self.numbers)
        self.take(3.6, Drive(moving, show, 0.0, max(ends), rate_func=linear))
        self.say("counts")
        again = min(AGAIN, max(ends))
        self.take(1.6, Drive(moving, show, 0.0, again, rate_func=linear))
        self.say("factors")
        self.take(1.6, Drive(moving, show, again, max(ends), rate_func=smooth))

    def _stop(self, name: str) -> int:
        """The update at which a descent arrives, or its last one."""
        trace: Trace = self.facts.traces[name]
        arrived = self.facts.arrivals[name]
        return trace.updates if arrived is None else arrived
