"""The film `learning-rate`: too small, right, too large, on a ruler with its thresholds."""

from __future__ import annotations

from manim import RIGHT, VGroup, VMobject, smooth

from scenes.films.learning_rate.factor_plot import FactorPlot
from scenes.films.learning_rate.plan import FILM, RUN, SLOW_STEPS, slow_seconds
from scenes.films.learning_rate.rate_ruler import RateRuler, ruler_end, ruler_height
from scenes.films.learning_rate.regime import Regime
from scenes.films.learning_rate.valley import valleys
from scenes.stage.descent.worked import maths
from scenes.stage.page.figures import short
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.formulas import formula
from scenes.stage.page.glyphs import Figure, text_glyphs
from scenes.stage.page.layout import Box, point
from scenes.stage.page.motion import Conceal, Dismiss, Drive, Reveal, accelerate


class LearningRate(FilmScene):
    """Up to four points descend one parabola side by side, each with its own rate."""

    film = FILM

    def prepare(self) -> None:
        """The ruler with its factor, and a valley for each rate."""
        layout, theme, scale = self.layout, self.theme, self.layout.scale
        self.traces, self.rates = self.facts.traces, self.facts.rates
        self.objective = self.facts.objective
        body, height = layout.body, ruler_height(scale)
        self.room = body.inset(top=height + 0.25)
        self._make_ruler(Box(body.left, body.top - height, body.right, body.top))
        self.valleys = valleys(self.traces, self.scale.texts, self._cells(), theme, scale)
        self.walkers = [valley.walker for valley in self.valleys]
        self.hops = VGroup(*(valley.hops for valley in self.valleys))
        self.moving = VGroup(self.hops, *self.walkers, self.counter)
        ruler, factor = self.scale, self.factor
        self.place(ruler.band, ruler.name, ruler.parts, ruler.creep, ruler.bounds, ruler.names)
        self.place(
            ruler.needles, factor.plot, factor.zones, factor.line, factor.marks, self.formulas
        )
        for valley in self.valleys:
            self.place(valley.still, valley.factor, valley.end)
        self.place(self.counter_name, self.moving)
        self.show(0.0)

    def _make_ruler(self, box: Box) -> None:
        """Build the ruler in ``box``, above the plot of the factor with the same rates."""
        theme, scale = self.theme, self.layout.scale
        high = ruler_end(self.objective, self.rates)
        self.formulas = self._formulas()
        under = self.room.inset(bottom=self.formulas.height + 0.25)
        plot = FactorPlot.over(self.objective, high, under, theme, scale)
        box = Box(plot.inner.left, box.bottom, plot.inner.right, box.top)
        self.scale = RateRuler(
            self.objective, self.rates, self.lesson.epochs, box, self.room, theme, scale
        )
        self.scale.label_parts(
            self._names("converging-long", "oscillating-long", "diverging"),
            self._names("converging", "oscillating", "diverging"),
            self._names("converging-short", "oscillating-short", "diverging-short"),
        )
        self._make_counter(self.room.right)
        self.factor = FactorPlot(plot, self.scale)

    def _names(self, *keys: str) -> dict[Regime, str]:
        kinds = (Regime.CONVERGING, Regime.OSCILLATING, Regime.DIVERGING)
        return {
            kind: self.words[f"{self.film.name}.{key}"]
            for kind, key in zip(kinds, keys, strict=True)
        }

    def _make_counter(self, right: float) -> None:
        """Build the counter of epochs at the end of the ruler's lower row."""
        cap, muted = self.layout.scale.label, self.theme.muted
        glyphs = text_glyphs(cap)
        width = glyphs.width(str(self.lesson.epochs)) + 0.55 * cap
        names = [self.label(name, muted) for name in (self.words["common.epoch"], "k")]
        lefts = [*(right - width - name.width for name in names), right - width]
        best = self.scale.label_bounds(self.text("creeping"), lefts)
        row = self.scale.strip.bottom - 0.95 * cap
        self.counter = Figure(glyphs, self.theme.ink, point(right, row), RIGHT)
        self.counter_name = VGroup()  # none if there is no room
        if best < len(names):
            self.counter_name.add(names[best].put(point(right - width, row), RIGHT))

    def _formulas(self) -> VGroup:
        """What an update does to the error, and L; side by side if there is room."""
        theme, cap, box = self.theme, self.layout.scale.label, self.room
        hues = {"a": theme.point, "b": theme.point, "l": theme.cost}
        factor, error = "(1 - {{ L : l }} alpha)", "{{ w : a }} - w^*"
        again = "({{ w : b }} - w^*)"
        value = maths(short(self.objective.curvature))
        size = formula(f"L = 2 thin overline(x^2) = {value}", cap, theme.cost)
        group = VGroup(formula(f"{error} <- {factor} {again}", cap, theme.ink, hues), size)
        if group[0].width > box.width:  # the error under a short name
            rule = formula(f"e <- {factor} thin e", cap, theme.ink, {"l": theme.cost})
            name = formula(f"e = {error}", cap, theme.ink, {"a": theme.point})
            group = VGroup(name, rule, size)
        across = sum(part.width for part in group) + 1.2 <= box.width
        group.arrange(point(1, 0) if across else point(0, -1), buff=1.2 if across else 0.6 * cap)
        return group.move_to(point(box.center[0], box.bottom + group.height / 2))

    def _cells(self) -> list[Box]:
        """A box for each rate: side by side, in tall frames on two rows."""
        count, gap = len(self.rates), 0.3
        if not self.layout.portrait:
            return self.room.columns(*[1.0] * count, gap=gap)
        rows = self.room.rows(*[1.0] * ((count + 1) // 2), gap=gap)
        cells = [cell for row in rows for cell in row.columns(1.0, 1.0, gap=gap)]
        return [*cells[:-2], rows[-1]] if count % 2 else cells

    def show(self, t: float) -> None:
        """Show all points at the fractional epoch ``t``."""
        for valley in self.valleys:
            valley.show(t)
        self.counter.write(str(int(t + 1e-9)))

    def ruler(self) -> None:
        """The factor of the error over the rates; its thresholds divide the ruler."""
        ruler, factor = self.scale, self.factor
        self.say("factor")
        self.take(0.6, Reveal(ruler.band, ruler.name), Reveal(self.formulas))
        self.take(0.5, Reveal(factor.plot, factor.zones))
        factor.draw(0.0)
        self.take(0.01, Reveal(factor.line))
        self.take(1.6, Drive(factor.line, factor.draw, rate_func=smooth))
        self.hold(0.4)
        self.say("bounds")
        for k, parts in enumerate((ruler.parts[:1], ruler.parts[1:])):
            self.take(0.6, Reveal(factor.marks[k]))
            self.take(0.8, Reveal(ruler.bounds[k], parts))
            self.hold(0.4)
        self.take(0.6, Reveal(ruler.names))
        self.hold(1.0)
        self.say("creep")
        self.take(0.8, Reveal(ruler.creep))

    def four(self) -> None:
        """The same parabola and start for each rate; the first epochs are slow."""
        ruler, factor, shown = self.scale, self.factor, self.valleys
        self.take(0.5, Dismiss(factor.plot, factor.zones, factor.line, factor.marks, self.formulas))
        self.say("four")
        self.take(0.8, Reveal(ruler.needles))
        for valley in shown:
            self.take(1.6 / len(shown), Reveal(valley.still))
            valley.lean()
        seen = [part for w in self.walkers for part in (w.halo, w.point, w.edge, w.value, w.path)]
        self.take(0.6, Reveal(*seen, self.hops, self.counter_name, self.counter))
        self.say("steps")
        self.slow = min(SLOW_STEPS, self.lesson.epochs)
        for k in range(self.slow):
            self._slow_step(k, slow_seconds(self.slow) / (0.45 + 0.8 * self.slow))

    def _slow_step(self, k: int, seconds: float) -> None:
        """Look (at the first step), decide, move: all points together."""
        walkers = self.walkers
        if k == 0:
            self.take(0.12 * seconds, Reveal(*(walker.tangent for walker in walkers)))
            self.hold(0.1 * seconds)
            self._reach(0, 0.0)
            arrows = [part for walker in walkers for part in (walker.shaft, walker.head)]
            self.take(0.01, Reveal(*arrows))

        def decide(amount: float) -> None:
            self._reach(k, amount)

        def move(t: float) -> None:
            self.show(t)
            for walker in walkers:
                walker.hide_step()

        self.take(0.25 * seconds, Drive(VGroup(*walkers), decide, rate_func=smooth))
        if k == 0:
            self.take(0.08 * seconds, Conceal(*(walker.tangent for walker in walkers)))
        self.take(0.35 * seconds, Drive(self.moving, move, k, k + 1, rate_func=smooth))
        if k == 0:
            self.take(0.15 * seconds, Reveal(*(valley.factor for valley in self.valleys)))
        self.hold(0.2 * seconds)

    def _reach(self, k: int, amount: float) -> None:
        for valley in self.valleys:
            valley.reach(k, amount)

    def epochs(self) -> None:
        """The other epochs, accelerating, the same epoch for all."""
        self.say("epochs")
        rate = accelerate(self.lesson.epochs - self.slow, 7)
        stop = self.lesson.epochs
        seconds = RUN if stop > self.slow else 0.0
        self.take(seconds, Drive(self.moving, self.show, self.slow, stop, rate_func=rate))

    def result(self) -> None:
        """How each ended, and which rate would be good."""
        gone: list[VMobject] = [walker.value for walker in self.walkers]
        gone += [valley.factor for valley in self.valleys if valley.alone]
        self.take(0.3, Conceal(*gone))
        for valley in self.valleys:
            self.take(1.6 / len(self.valleys), Reveal(valley.end))
        self.say("result")
