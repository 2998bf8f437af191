"""The film `batch`: batch gradient descent, one update per epoch (the lecture's first program)."""

from __future__ import annotations

import numpy as np
from manim import VGroup, smooth

from scenes.films.batch.plan import FILM, RUN, SLOW_STEPS
from scenes.stage.descent.hill import Hill
from scenes.stage.descent.update_rule import fitting_update, slope_places, update_rule
from scenes.stage.descent.walker import between
from scenes.stage.page.figures import decimals, fixed, legible, short, sized
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.formulas import Substitution, fit, formula, widest_fitting
from scenes.stage.page.layout import Box
from scenes.stage.page.motion import Conceal, Dismiss, Drive, Reveal, accelerate
from scenes.stage.page.readouts import Readout, Readouts
from scenes.stage.plots.chart import Chart
from scenes.stage.plots.samples import SamplePlot
from scenes.stage.plots.series import Series


class BatchDescent(FilmScene):
    """The point walks down the cost parabola; line, tangent and chart follow it."""

    film = FILM

    def prepare(self) -> None:
        """The trace, the parabola with its point, the data with their line, the numbers."""
        layout, theme = self.layout, self.theme
        self.trace = self.facts.trace
        self.w, self.cost = self.trace.w, self.trace.cost
        self.hill = Hill(self.trace, layout.stage, theme, layout.scale, self.words["common.slope"])
        x = self.hill.plot.x
        slopes = [float(np.clip(w, x.low, x.high)) for w in (self.w[0], self.w[-1])]
        self.samples = SamplePlot(self.lesson.data, slopes, layout.aside, theme, layout.scale)
        self.places = self.facts.places
        self.cost_places = decimals(self.cost[:1])
        self.readouts = self._make_readouts()
        self.series = self._make_chart()
        self.moving = VGroup(
            self.samples.live, self.samples.dots, self.series, self.readouts, self.hill.walker
        )
        hill, samples = self.hill, self.samples
        self.place(samples, hill.plot, self.chart, hill.name, hill.goal, hill.line)
        self.place(self.moving)
        self.show(0)

    def _make_readouts(self) -> Readouts:
        theme, updates = self.theme, self.trace.updates
        widest = max((self._cost_text(float(c)) for c in self.cost[[0, -1]]), key=len)
        items = [
            Readout(self.words["common.epoch"], theme.ink, str(updates), "k"),
            Readout("w", theme.point, max((self._w_text(k) for k in (0, updates)), key=len)),
            Readout(self.words["common.cost"], theme.cost, widest, "J"),
        ]
        return Readouts(items, self.layout.readouts, theme, self.layout.scale)

    def _make_chart(self) -> Series:
        theme, scale, box = self.theme, self.layout.scale, self.layout.work
        title = self.title_of(box, self.text("chart"), self.words["common.cost"])
        first, largest = float(self.cost[0]), float(self.cost.max())
        top = 1.08 * min(largest, 6 * first) or 1.0
        count = self.trace.updates
        plot = Chart(box.inset(top=1.7 * scale.label), count, top, theme, scale)
        self.chart = VGroup(title, plot)
        counts = np.arange(count + 1, dtype=float)
        return Series(plot, counts, self.cost, theme.cost, 0.8 * self.hill.radius)

    def _w_text(self, t: float) -> str:
        return fixed(between(self.w, t), self.places)

    def _cost_text(self, value: float) -> str:
        return sized(value, self.cost_places)

    def show(self, t: float) -> None:
        """Show everything that moves at the fractional update ``t``."""
        w = between(self.w, t)
        self.hill.show(t)
        self.samples.turn(w)
        self.series.reach(t)
        self.readouts.write(
            str(int(t + 1e-9)), self._w_text(t), self._cost_text(self.hill.curve(w))
        )

    def start(self) -> None:
        """The data and the line, then the parabola, then the point on it."""
        hill, samples = self.hill, self.samples
        self.say("start")
        self.model = self._model()
        self.take(0.8, Reveal(samples, samples.dots, samples.live), Reveal(self.model))
        self.take(0.5, Reveal(hill.plot))
        self.take(1.2, Reveal(hill.line, hill.name), Drive(hill.line, hill.draw))
        self.take(0.5, Reveal(hill.walker.halo, hill.walker.point, hill.walker.path))
        self.take(0.5, Reveal(self.readouts, hill.goal))

    def _model(self) -> VGroup:
        theme, cap = self.theme, self.layout.scale.label
        model = formula("hat(y) = {{ w : w }} x", cap, theme.ink, {"w": theme.point})
        sources = ("J = 1/n sum_(i=1)^n (w x_i - y_i)^2", "J = overline((w x - y)^2)")
        costs = [formula(source, cap, theme.cost) for source in sources]
        cost = widest_fitting(list(costs), self.layout.work)
        x, y = self.samples.query, float(self.w[0]) * self.samples.query
        said = [
            self.label(self.text("predict", x=short(x), y=legible(y, decimals([y]))), theme.point),
            self.label(self.text("predict-short", x=short(x), y=short(y)), theme.point),
        ]
        # A narrow frame has no room for long numbers: then the ring on the line is enough.
        fitting = [label for label in said if label.width <= self.layout.work.width]
        return fit(VGroup(model, cost, *fitting[:1]), self.layout.work)

    def first_steps(self) -> None:
        """Look, decide, move: the first updates with their numbers plugged in."""
        layout, samples = self.layout, self.samples
        data = VGroup(samples, samples.dots, samples.live)
        box = layout.panel if layout.stacked else layout.work
        self.take(0.4, Dismiss(self.model), *([Conceal(data)] if layout.stacked else []))
        rule = self._rule(box)
        self.say("rule")
        self.take(0.5, Reveal(rule))
        rest = box.inset(top=box.top - rule.get_bottom()[1] + 0.5 * layout.scale.label)
        steps = min(SLOW_STEPS, self.trace.updates)
        numbers = VGroup()
        for k in range(steps):
            numbers = self._slow_step(k, rest, numbers, 12.2 / steps)
        self.plugged_in = VGroup(rule, numbers)

    def _rule(self, box: Box) -> VGroup:
        theme = self.theme
        rule = update_rule(self.lesson, "J", theme, self.layout.scale.label, theme.gradient)
        return fit(VGroup(rule), box.inset(bottom=0.6 * box.height))

    def _slow_step(self, k: int, box: Box, old: VGroup, seconds: float) -> VGroup:
        hill, walker = self.hill, self.hill.walker
        hill.lay_tangent(float(self.w[k]))
        slope = hill.read_slope(k, slope_places(self.trace, self.places))
        self.take(0.16 * seconds, Dismiss(old), Reveal(walker.tangent), Reveal(slope))
        self.hold(0.08 * seconds)
        numbers = self._plug_in(k, box)
        self.take(0.12 * seconds, Reveal(numbers))
        hill.step(k)(0.0)
        if k == 0:
            self.take(0.01, Reveal(walker.shaft, walker.head))
        self.take(0.18 * seconds, Drive(walker, hill.step(k), rate_func=smooth))
        self.hold(0.12 * seconds)
        self.take(0.08 * seconds, Dismiss(slope), Conceal(walker.tangent))

        def move(t: float) -> None:
            self.show(t)
            hill.use_up(k, t)

        self.take(0.2 * seconds, Drive(self.moving, move, k, k + 1, rate_func=smooth))
        return numbers

    def _plug_in(self, k: int, box: Box) -> Substitution:
        theme, layout = self.theme, self.layout
        cap, bottom = layout.scale.label, layout.caption.top
        return fitting_update(self.trace, k, self.places, theme, theme.gradient, cap, box, bottom)

    def epochs(self) -> None:
        """The rest of the descent, accelerating, with the cost over the epochs beside it."""
        hill, updates = self.hill, self.trace.updates
        done = min(SLOW_STEPS, updates)
        self.say("epochs")
        samples = self.samples
        back = [Reveal(samples, samples.dots, samples.live)] if self.layout.stacked else []
        self.take(0.4, Dismiss(self.plugged_in), *back)
        hill.tangent_on = True
        self.show(done)
        self.take(0.6, Reveal(self.chart, self.series, hill.walker.tangent))
        self.take(0.3, Reveal(hill.walker.edge, hill.walker.value))
        rate = accelerate(updates - done, 10)
        seconds = RUN if updates > done else 0.0
        self.take(seconds, Drive(self.moving, self.show, done, updates, rate_func=rate))

    def result(self) -> None:
        """The result in numbers."""
        self.take(0.4, Conceal(self.hill.walker.tangent))
        self.say("result")
