"""The film `learning-rate`: four rates on one parabola, then the factor that decides."""

from __future__ import annotations

from manim import VGroup, linear, smooth

from gdcore.theory import contraction
from scenes.films.learning_rate.balls import Balls
from scenes.films.learning_rate.bowl import Bowl
from scenes.films.learning_rate.factor_plot import FactorPlot
from scenes.films.learning_rate.hues import hues
from scenes.films.learning_rate.plan import FILM, RUN, SLOW_STEPS, slow_seconds
from scenes.films.learning_rate.rate_rows import RateRows
from scenes.films.learning_rate.regime import Regime
from scenes.films.learning_rate.rule import factor_rule
from scenes.films.learning_rate.sweep import Sweep
from scenes.films.learning_rate.turn import Turn
from scenes.stage.descent.parabola import cost_curve
from scenes.stage.page.arrangement import arrangement
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.layout import GAP, Box
from scenes.stage.page.motion import (
    Conceal,
    Dismiss,
    Drive,
    Reveal,
    accelerate,
    hide,
    set_visible,
)  # fmt: skip
from scenes.stage.page.readouts import Readout, Readouts
from scenes.stage.plots.shapes import extent

_FAR = 0.97  # of the ruler: how far the rate slides
_FADED = 0.3
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
        self.corner, notes = self._corner()
        self.valley = Bowl(curve, self.lesson.w0, self.home, theme, scale)
        self.balls = Balls(facts.traces, self.valley, self.hues)
        self.hero = VGroup(self.valley, self.balls)
        cells, top = self._cells()
        radii = [ball.radius for ball in self.balls.all]
        self.rows = RateRows(facts.traces, self.hues, radii, cells, notes, theme, scale)
        hide(self.rows.factors)
        self._make_counter(top)
        self.add(self.valley, self.balls, self.rows, self.counter)
        self.show(0.0)

    def _cells(self) -> tuple[list[Box], Box]:
        """A box for each rate, and one for the counter above them."""
        side, row = self.places.side, 2.2 * self.layout.scale.label
        top, rest = side.inset(bottom=side.height - row), side.inset(top=row)
        count = len(self.facts.rates)
        if not self.layout.portrait:
            return rest.rows(*[1.0] * max(count, 3), gap=0.0)[:count], top
        rows = rest.rows(1.0, 1.0, gap=0.0)
        return [cell for row in rows for cell in row.columns(1.0, 1.0)][:count], top

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
        self.take(0.4, Reveal(turn.numbers))
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
        ruler.label_parts(
            self._names("converging-long", "oscillating-long", "diverging"),
            self._names("converging", "oscillating", "diverging"),
            self._names("converging-short", "oscillating-short", "diverging-short"),
        )
        self.turn = Turn(
            self.balls, self.stage, [contraction(facts.objective, r) for r in facts.rates]
        )
        self.formulas = factor_rule(
            facts.objective.curvature, self.stage.plot.inner, self.theme, self.layout.scale.label
        )
        self.place(self.stage, self.turn, self.formulas)

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
        self.take(2.0, Drive(moving, move, rate_func=smooth))
        self.hero = self.stage
        shown, ruler = self.stage.plot, self.stage.ruler
        self.take(
            0.5,
            Reveal(self.rows.factors),
            Reveal(shown.grid, shown.axes, shown.numbers, ruler.band, ruler.alpha),
            Conceal(turn.axis, turn.numbers),
        )

    def _corner(self) -> tuple[Box, Box]:
        """The area of the small parabola, below a line of text, and the box for the factors."""
        side, notes = self.places.side, self.places.notes
        row, edge = 1.7 * self.layout.scale.label, 0.05
        side = side.inset(left=edge, right=edge)
        if self.layout.portrait:
            small, notes = side.columns(1.0, 1.0, gap=0.6)
            return small.inset(top=row, bottom=max(0.0, small.height - row - small.width)), notes
        return side.inset(top=row, bottom=notes.height + GAP), notes

    def _slide(self) -> None:
        """The points slide out to their rates, and the needles of the ruler with them."""
        stage, turn, ruler = self.stage, self.turn, self.stage.ruler
        ruler.slide(0.0)

        def slide(amount: float) -> None:
            turn.slide(amount)
            ruler.slide(amount)
            set_visible(ruler.needles, min(1.0, 3 * amount))

        self.take(1.6, Drive(VGroup(turn, ruler.needles), slide, rate_func=smooth))
        self.say("line")
        set_visible(stage.line, 1.0)
        self.take(1.6, Drive(stage.line, stage.draw, rate_func=smooth))
        self.take(0.5, Reveal(stage.plot.names, self.formulas))

    def ruler(self) -> None:
        """The zeros and minus ones of the line divide the ruler."""
        stage, ruler = self.stage, self.stage.ruler
        self.say("bounds")
        if extent(self.formulas[1]).meets(extent(stage.bounds[0])):
            self.take(0.3, Conceal(self.formulas[1]))
        set_visible(ruler.parts, 1.0)
        set_visible(ruler.marks, 1.0)
        here = 0.0
        for bound, zone, stop in zip(
            stage.bounds, stage.zones, (ruler.one, ruler.two), strict=True
        ):
            show = Drive(ruler.parts, ruler.flood, here, stop, rate_func=linear)
            self.take(1.1, show)
            self.take(0.5, Reveal(bound, zone))
            self.hold(0.6)
            here = stop
        self.take(0.8, Drive(ruler.parts, ruler.flood, here, ruler.high, rate_func=linear))
        self.take(0.5, Reveal(ruler.names))
        self.hold(0.6)
        self.say("creep")
        set_visible(ruler.creep[0], 1.0)
        self.take(0.4, Reveal(ruler.creep[1]))
        self.take(1.0, Drive(ruler.creep[0], ruler.slow_down))

    def result(self) -> None:
        """A rate slides along the ruler, with its path; it comes to rest at the best of all."""
        stage, ruler = self.stage, self.stage.ruler
        self.sweep = sweep = Sweep(self.lesson, self.valley, stage)
        self.place(sweep)
        self.say("sweep")
        fade = Drive(self.balls, lambda a: set_visible(self.balls, 1 - (1 - _FADED) * a))
        self.take(0.4, fade, Reveal(sweep))
        far = _FAR * ruler.high
        self.take(3.6, Drive(sweep, sweep.slide, 0.0, far, rate_func=smooth))
        self.say("result")
        self.take(2.4, Drive(sweep, sweep.slide, far, ruler.one, rate_func=smooth))
