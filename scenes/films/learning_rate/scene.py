"""The film `learning-rate`: four rates on one parabola, then the factor that decides."""

from __future__ import annotations

from manim import VGroup, linear, smooth, there_and_back

from gdcore.theory import contraction
from scenes.films.learning_rate.balls import Balls
from scenes.films.learning_rate.bowl import Bowl
from scenes.films.learning_rate.exchange import Exchange
from scenes.films.learning_rate.factor_plot import FactorPlot
from scenes.films.learning_rate.hues import hues
from scenes.films.learning_rate.places import beside, corner, rate_cells
from scenes.films.learning_rate.plan import FILM, RUN, SLOW_STEPS, slow_seconds
from scenes.films.learning_rate.rate_rows import RateRows
from scenes.films.learning_rate.regime import Regime
from scenes.films.learning_rate.rule import factor_rule
from scenes.films.learning_rate.sweep import Sweep
from scenes.films.learning_rate.turn import Turn
from scenes.stage.descent.parabola import cost_curve
from scenes.stage.page.arrangement import arrangement
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.layout import Box
from scenes.stage.page.motion import (
    Conceal,
    Dismiss,
    Drive,
    Reveal,
    accelerate,
    after,
    hide,
    set_visible,
    until,
)  # fmt: skip
from scenes.stage.page.readouts import Readout, Readouts
from scenes.stage.plots.shapes import extent

_FAR = 0.97  # of the ruler: how far the rate slides
_FADED, _SMALLER = 0.3, 0.6  # opacity and size of the points when the parabola returns
_LETTER, _SQUARE = 0.4, 0.2  # units; more in a square frame


class LearningRate(FilmScene):
    """Up to four points on one parabola; their factors lie on a line over the ruler of rates."""

    film = FILM

    def prepare(self) -> None:
        """The parabola with the points at the start, and the rates beside it."""
        facts, theme, scale = self.facts, self.theme, self.layout.scale
        self.places = arrangement(self.layout)
        self.hues = hues(facts.objective, facts.rates, self.lesson.epochs, theme)
        curve = cost_curve(facts.objective)
        # The letter at the end of the w axis stands in the gap between hero and side.
        room = _LETTER + (_SQUARE if self.layout.stacked else 0.0)
        self.home = self.places.hero.inset(right=0 if self.layout.portrait else -room)
        self.corner, notes = corner(self.places, self.layout)
        self.valley = Bowl(curve, self.lesson.w0, self.home, theme, scale)
        self.balls = Balls(facts.traces, self.valley, self.hues)
        self.hero = VGroup(self.valley, self.balls)
        cells, top = rate_cells(self.places.side, len(facts.rates), self.layout)
        radii = [ball.radius for ball in self.balls.all]
        self.rows = RateRows(facts.traces, self.hues, radii, cells, notes, theme, scale)
        hide(self.rows.factors)
        self._make_counter(top)
        self.add(self.valley, self.balls, self.rows, self.counter)
        self.show(0.0)

    def _make_counter(self, box: Box) -> None:
        """The counter of epochs, with the letter k as its name if there is little room."""
        name, most = self.words["common.epoch-count"], str(self.lesson.epochs)
        items = [Readout(name, self.theme.ink, most, "k")]
        self.counter = Readouts(items, box, self.theme, self.layout.scale)

    def show(self, t: float) -> None:
        """Show all points at the fractional epoch ``t``."""
        self.balls.lay(t)
        self.rows.write([ball.w for ball in self.balls.all], self.valley.span)
        self.counter.write(str(int(t + 1e-9)))

    @property
    def moving(self) -> VGroup:
        """What changes while the points walk."""
        return VGroup(self.balls, self.rows.values, self.counter)

    def four(self) -> None:
        """The same parabola and start for each rate; the first epochs are slow."""
        self.say("four")
        self.hold(0.4)
        self.take(0.6, Drive(self.valley.tangent, self.valley.lean, rate_func=smooth))
        self.hold(0.5)
        self.say("steps")
        self.slow = min(SLOW_STEPS, self.lesson.epochs)
        for k in range(self.slow):
            self._slow_step(k, slow_seconds(k + 1) - slow_seconds(k))
        self.say("run")
        rate = accelerate(self.lesson.epochs - self.slow, 7)
        seconds = RUN if self.lesson.epochs > self.slow else 0.0
        stop = self.lesson.epochs
        self.take(seconds, Drive(self.moving, self.show, self.slow, stop, rate_func=rate))

    def _slow_step(self, k: int, seconds: float) -> None:
        """Decide, then move: all points together."""

        def decide(amount: float) -> None:
            self.balls.reach(k, amount)

        def move(t: float) -> None:
            self.show(t)
            self.balls.reach(self.lesson.epochs, 0.0)

        self.take(0.4 * seconds, Drive(self.balls, decide, rate_func=smooth))
        self.take(0.4 * seconds, Drive(self.moving, move, k, k + 1, rate_func=smooth))
        if k == 0:
            self.take(0.1 * seconds, Dismiss(self.valley.tangent))
        self.hold(0.1 * seconds)

    def factor(self) -> None:
        """The first places fall onto the w axis; it turns upright; the points slide out."""
        self._build_factor()
        self.say("drop")
        now = min(1.0, self.lesson.epochs)
        self.take(1.4, Drive(self.moving, self.show, self.lesson.epochs, now, rate_func=smooth))
        turn, plot = self.turn, self.valley.plot
        turn.fall(0.0)
        self.take(0.4, Conceal(plot.numbers, plot.names), Reveal(turn.traces, *turn.dots))
        set_visible(turn.axis, 1.0)
        self.take(1.2, Drive(turn, turn.fall, rate_func=smooth))
        self.take(0.4, Reveal(turn.numbers, turn.measure))
        self.hold(0.3)
        self.say("factor")
        self._turn()
        self.hold(0.2)
        self._slide()

    def _build_factor(self) -> None:
        facts = self.facts
        self.stage = FactorPlot(
            facts.objective, facts.rates, self.hues, self.lesson.epochs, self.places.hero,
            self.theme, self.layout.scale,
        )  # fmt: skip
        ruler = self.stage.ruler
        ruler.name_slow(self.text("creeping"))
        self.turn = Turn(
            self.balls, self.stage, [contraction(facts.objective, r) for r in facts.rates]
        )
        self.formulas = factor_rule(
            facts.objective.curvature, self.stage.plot.inner, self.theme, self.layout.scale.label
        )
        self.place(self.stage, self.turn, self.formulas)
        self._name_parts()

    def _name_parts(self) -> None:
        """Names for the ruler and its thresholds where they are now, hidden."""
        self.zone_names = self.stage.ruler.label_parts(
            self._names("converging-long", "oscillating-long", "diverging"),
            self._names("converging", "oscillating", "diverging"),
            self._names("converging-short", "oscillating-short", "diverging-short"),
        )
        self.bound_names = self.stage.name_bounds()
        self.place(self.zone_names, self.bound_names)

    def _names(self, *keys: str) -> dict[Regime, str]:
        kinds = (Regime.CONVERGING, Regime.OSCILLATING, Regime.DIVERGING)
        return {
            kind: self.words[f"{self.film.name}.{key}"]
            for kind, key in zip(kinds, keys, strict=True)
        }

    def _turn(self) -> None:
        """The parabola becomes small, and its w axis, drawn out, the axis of the factors."""
        turn, bowl, hero = self.turn, self.valley, self.home
        self.take(
            0.3,
            Dismiss(self.rows.rates, self.rows.values, self.counter),
            Conceal(bowl.goal[1]),
        )
        self.balls.leave_values_out()
        small = bowl.around(self.corner)

        def move(amount: float) -> None:
            bowl.lay(hero.towards(small, amount))
            self.balls.lay(self.balls.t)
            self.rows.move(amount)
            turn.turn(amount)

        moving = VGroup(bowl, self.balls, self.rows.dots, turn)
        shown, ruler = self.stage.plot, self.stage.ruler
        new = Reveal(shown.grid, shown.axes, ruler.band, ruler.alpha, rate_func=after(0.5))
        self.take(2.0, Drive(moving, move, rate_func=smooth), new)
        self.hero = self.stage
        self.take(
            0.5,
            Reveal(self.rows.factors, shown.numbers),
            Conceal(turn.axis, turn.numbers, turn.traces),
        )

    def _slide(self) -> None:
        """The points slide out to their rates, and the needles of the ruler with them."""
        stage, turn, ruler = self.stage, self.turn, self.stage.ruler
        ruler.slide(0.0)

        def slide(amount: float) -> None:
            turn.slide(amount)
            ruler.slide(amount)
            set_visible(needles, min(1.0, 3 * amount))

        needles = VGroup(ruler.needles, ruler.values)
        self.take(1.6, Drive(VGroup(turn, needles), slide, rate_func=smooth))
        self.say("line")
        set_visible(stage.line, 1.0)
        self.take(
            1.6,
            Drive(stage.line, stage.draw, rate_func=smooth),
            Conceal(turn.measure, rate_func=until(0.2)),
        )
        self.take(0.5, Reveal(stage.plot.names, self.formulas))

    def ruler(self) -> None:
        """The zeros and minus ones of the line divide the ruler."""
        stage, ruler = self.stage, self.stage.ruler
        self.say("bounds")
        if extent(self.formulas[1]).meets(extent(self.bound_names[0])):
            self.take(0.3, Conceal(self.formulas[1]))
            self.formulas.remove(self.formulas[1])
        set_visible(ruler.parts, 1.0)
        set_visible(ruler.marks, 1.0)
        here, stops = 0.0, (ruler.one, ruler.two)
        for k, stop in enumerate(stops):
            show = Drive(ruler.parts, ruler.flood, here, stop, rate_func=linear)
            self.take(1.1, show)
            self.take(0.5, Reveal(stage.bounds[k], self.bound_names[k], stage.zones[k]))
            self.hold(0.6)
            here = stop
        self.take(0.8, Drive(ruler.parts, ruler.flood, here, ruler.high, rate_func=linear))
        self.take(0.5, Reveal(self.zone_names, stage.zones[-1]))
        self.hold(0.6)
        self.say("creep")
        set_visible(ruler.creep[0], 1.0)
        self.take(0.4, Reveal(ruler.creep[1]))
        self.take(1.0, Drive(ruler.creep[0], ruler.slow_down))

    def result(self) -> None:
        """A rate slides along the ruler and back, with its path; it stops at the best of all."""
        stage, ruler = self.stage, self.stage.ruler
        self.say("sweep")
        self._exchange()
        self.sweep = sweep = Sweep(self.lesson, self.valley, stage)
        self.place(sweep)
        self.take(0.4, Reveal(sweep))
        self.hold(0.1)
        self.loop("slide")
        far = _FAR * ruler.high
        self.take(4.6, Drive(sweep, sweep.slide, 0.0, far, rate_func=there_and_back))
        self.hold(0.1)
        self.say("result")
        self.take(1.6, Drive(sweep, sweep.slide, 0.0, ruler.one, rate_func=smooth))

    def _exchange(self) -> None:
        """The parabola takes the stage again; the line with its ruler becomes small."""
        stage, ruler, turn, bowl = self.stage, self.stage.ruler, self.turn, self.valley
        self.take(
            0.4,
            Dismiss(self.formulas, self.rows.dots, self.rows.factors),
            Dismiss(self.zone_names, self.bound_names),
            Conceal(ruler.creep[1], ruler.values, stage.plot.numbers),
        )
        side = beside(self.home, self.places.side, self.layout)
        small = bowl.around(self.corner)
        way = Exchange(self.places.hero, side, small, self.home, self.layout.portrait)

        def move(t: float) -> None:
            stage.lay(way.line(t), 1 - t)
            turn.size = 1 - (1 - _SMALLER) * t
            turn.slide(1.0)
            bowl.lay(way.parabola(t))
            self.balls.lay(self.balls.t)
            set_visible(self.balls, 1 - (1 - _FADED) * t)

        moving = VGroup(stage, turn, bowl, self.balls)
        self.take(2.6, Drive(moving, move, rate_func=linear))
        self.hero = VGroup(bowl, self.balls)
        self._name_parts()
        values = [ruler.values] if ruler.has_room(side) else []
        plot = bowl.plot
        self.take(
            0.4,
            Reveal(self.zone_names, self.bound_names, *values),
            Reveal(stage.plot.numbers, plot.numbers, plot.names, bowl.goal[1]),
        )
