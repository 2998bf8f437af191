"""The film `sgd`: stochastic gradient descent (the lecture's second program)."""

from __future__ import annotations

import numpy as np
from manim import VGroup, VMobject, smooth

from scenes.films.sgd.plan import FILM, RUN, slow_steps
from scenes.films.sgd.titled_charts import make_charts, make_noise_stage
from scenes.stage.descent.parabolas import Parabolas
from scenes.stage.descent.update_rule import fitting_update, update_rule
from scenes.stage.descent.walker import between
from scenes.stage.page.figures import decimals, fixed, sized, widest
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.formulas import Substitution, fit, formula
from scenes.stage.page.layout import Box
from scenes.stage.page.motion import Conceal, Dismiss, Drive, Reveal, accelerate
from scenes.stage.page.readouts import Readout, Readouts
from scenes.stage.plots.samples import SamplePlot
from scenes.stage.plots.shapes import discs


class StochasticDescent(FilmScene):
    """The point hops from one sample's parabola to the next: the zig-zag of the losses."""

    film = FILM

    def prepare(self) -> None:
        """The picture of the exact data (parabolas, data, charts) and that of the noisy data."""
        layout, theme = self.layout, self.theme
        self.trace, self.noisy = self.facts.trace, self.facts.noisy
        self.w, self.updates = self.trace.w, self.trace.updates
        self.field = Parabolas(self.trace, layout.stage, theme, layout.scale, self.words)
        x = self.field.plot.x
        self.places = self.facts.places
        slopes = [float(np.clip(w, x.low, x.high)) for w in (self.w[0], self.w[-1])]
        self.charts, aside = make_charts(self, self.field)
        self.samples = SamplePlot(self.lesson.data, slopes, aside, theme, layout.scale)
        self.ring = VMobject(stroke_width=4, fill_opacity=0)
        self.readouts = self._make_readouts()
        self.noise_stage = make_noise_stage(self, self.noisy)
        field, samples, charts = self.field, self.samples, self.charts
        self.moving = VGroup(samples.live, samples.dots, charts.losses, charts.costs)
        self.moving.add(self.readouts, field.dots, field.walker)
        self.place(samples, self.ring, field.plot, charts.loss_plot, charts.cost_plot)
        self.place(field.lines, field.cost_line)
        self.place(field.names, field.active, field.slides, field.hops)
        self.place(self.noise_stage.still, self.noise_stage.moving, self.moving)
        self.show(0.0)

    def _make_readouts(self) -> Readouts:
        theme = self.theme
        shown = self.trace.loss[: min(self.updates, 50)]
        self.loss_places = decimals(shown[shown <= 1e6 * (shown[0] or 1)])
        both = self.trace, self.noisy
        losses = np.concatenate([loss for t in both for loss in (t.loss, t.loss_after)])
        ws, updates = np.concatenate([t.w for t in both]), max(t.updates for t in both)
        items = [
            Readout(self.words["common.update"], theme.ink, str(updates), "k"),
            Readout("w", theme.point, widest(ws, self.places)),
            Readout(self.words["common.loss"], theme.loss, widest(losses, self.loss_places), "ℓ"),
        ]
        return Readouts(items, self.layout.readouts, theme, self.layout.scale)

    def show(self, t: float) -> None:
        """Show the time-lapse at the fractional update ``t``: point on J, dots on the losses."""
        w = between(self.w, t)
        self.field.walker.stand(w, self.field.cost(w))
        self.field.mark_dots(w)
        self.samples.turn(w)
        self._write(self.field, t, w)
        self.charts.reach(t)

    def _write(self, field: Parabolas, t: float, w: float, k: int | None = None) -> None:
        """Write the numbers at ``t``, the loss for update ``k``'s samples (default: the next)."""
        k = min(int(t + 1e-9), field.trace.updates - 1) if k is None else k
        value = sized(field.curve(k)(w), self.loss_places)
        self.readouts.write(str(int(t + 1e-9)), fixed(w, self.places), value)
        self.readouts.figures[2].set_color(field.hue(k))

    def three_parabolas(self) -> None:
        """The cost parabola opens up into its samples' parabolas."""
        field, samples = self.field, self.samples
        field.open(0.0)
        self.say("cost")
        self.take(0.7, Reveal(samples, samples.dots, samples.live), Reveal(field.plot))
        self.take(0.6, Reveal(field.cost_line, field.walker.halo, field.walker.point))
        self.hold(1.6)
        self.say("mean")
        self.take(0.2, Reveal(field.lines))
        self.take(1.6, Drive(field.lines, field.open, rate_func=smooth))
        self.mean = self._mean()
        self.take(0.5, Reveal(field.names, self.readouts), Reveal(self.mean))

    def _mean(self) -> VGroup:
        """J as the mean of the losses, each in its sample's hue if there is room."""
        n, theme, box = self.lesson.data.n, self.theme, self.layout.work
        cap = self.layout.scale.label
        terms = " + ".join(f"{{{{ ell_{i + 1} : s{i} }}}}" for i in range(min(n, 4)))
        hues = {f"s{i}": theme.sample(i) for i in range(min(n, 4))}
        share = f"1/{n} ({terms})" if n > 1 else terms
        full = formula(f"{{{{ J : j }}}} = {share}", cap, theme.ink, {"j": theme.cost, **hues})
        if n <= 4 and full.width <= box.width:
            return fit(VGroup(full), box)
        return fit(VGroup(formula(f"J = 1/{n} sum_(i=1)^{n} ell_i", cap, theme.cost)), box)

    def first_epoch(self) -> None:
        """Light up a sample, drop onto its parabola, slide; then the next sample."""
        layout, field, samples = self.layout, self.field, self.samples
        box = layout.panel if layout.stacked else layout.work
        data = VGroup(samples, samples.dots, samples.live)
        self.say("hop")
        rule = update_rule(self.lesson, "ell_i", self.theme, layout.scale.label, self.theme.loss)
        fit(VGroup(rule), box.inset(bottom=0.6 * box.height))
        aside = [Conceal(data)] if layout.stacked else []
        self.take(0.3, Dismiss(self.mean))
        self.take(0.4, Reveal(rule), *aside, Reveal(field.walker.edge, field.walker.value))
        self.ring.set_stroke(opacity=0.0 if layout.stacked else 1.0)
        rest = box.inset(top=box.top - rule.get_bottom()[1] + 0.5 * layout.scale.label)
        steps = slow_steps(self.trace.updates_per_epoch, self.updates)
        height, numbers = field.cost(float(self.w[0])), VGroup()
        for k in range(steps):
            numbers = self._slow_update(k, height, rest, numbers, 12.4 / steps)
            height = field.curve(k)(float(self.w[k + 1]))
        self.slow = steps
        self.plugged_in = VGroup(rule, numbers)

    def _slow_update(self, k: int, height: float, box: Box, old: VGroup, seconds: float) -> VGroup:
        field = self.field
        self._circle(k)
        field.light(k)
        self.take(0.12 * seconds, Dismiss(old), Reveal(field.active))
        field.hop(k, height, 0.0)
        self._write(field, float(k), float(self.w[k]))
        if k == 0:
            self.take(0.01, Reveal(field.slides, field.hops))
        drop = Drive(
            VGroup(field.walker, field.hops), lambda a: field.hop(k, height, a), rate_func=smooth
        )
        self.take(0.18 * seconds, drop)
        numbers = self._plug_in(k, box)
        field.walker.lean(float(self.w[k]), field.curve(k), 0.2 * field.plot.inner.width)
        self.take(0.12 * seconds, Reveal(numbers), Reveal(field.walker.tangent))
        self.hold(0.22 * seconds)
        field.walker.hide_tangent()

        def slide(t: float) -> None:
            w = between(self.w, k + t)
            field.slide(k, w)
            self.samples.turn(w)
            self._write(field, k + t, w, k)

        slider = VGroup(field.walker, field.slides, self.samples.live, self.readouts)
        self.take(0.24 * seconds, Drive(slider, slide, rate_func=smooth))
        field.keep()
        self.take(0.08 * seconds, Conceal(field.active))
        return numbers

    def _plug_in(self, k: int, box: Box) -> Substitution:
        layout, hue = self.layout, self.field.hue(k)
        cap, bottom = layout.scale.label, layout.caption.top
        return fitting_update(self.trace, k, self.places, self.theme, hue, cap, box, bottom)

    def _circle(self, k: int) -> None:
        """Put a ring around the samples that update ``k`` looks at, in the data plot."""
        data, plot = self.lesson.data, self.samples
        seen = [int(i) for i in self.trace.samples[k] if i >= 0]
        self.ring.set_stroke(color=self.field.hue(k))
        self.ring.points = discs(plot.map(data.x[seen], data.y[seen]), 2.0 * plot.size)

    def epochs(self) -> None:
        """The rest: the saw-tooth of the losses, and beside it the smooth cost."""
        field, samples, updates = self.field, self.samples, self.updates
        self.say("epochs")
        data = (
            [] if self.layout.stacked else [Conceal(samples, samples.dots, samples.live, self.ring)]
        )
        self.take(0.4, Dismiss(self.plugged_in), Conceal(field.slides, field.hops), *data)
        self.show(self.slow)
        self.take(0.6, Reveal(*self._chart_parts(), field.dots))
        rate = accelerate(updates - self.slow, 12)
        seconds = RUN if updates > self.slow else 0.0
        self.take(seconds, Drive(self.moving, self.show, self.slow, updates, rate_func=rate))

    def _chart_parts(self) -> list[VMobject]:
        charts = self.charts
        return [charts.loss_plot, charts.cost_plot, charts.losses, charts.costs]

    def why(self) -> None:
        """What zig-zags, and what does not: counted in the trace itself."""
        self.say("why")

    def noise(self) -> None:
        """Noisy data: the region of confusion, and the point pushed to and fro in it."""
        stage, trace = self.noise_stage, self.noisy
        old = self._chart_parts()
        field = self.field
        old += [field.plot, field.lines, field.cost_line, field.names, field.dots, field.walker]
        changed = self.show_data(stage.parabolas.objective.data)
        self.take(0.4, Conceal(self.readouts), *changed)
        self._show_noise(0.0)
        new = Reveal(stage.still, stage.samples.dots, stage.samples.live)
        self.take(0.9, Conceal(*old), new)  # one picture fades into the other
        self.say("noise-region")
        self.take(0.4, Reveal(stage.series, stage.parabolas.walker, self.readouts))
        rate = accelerate(trace.updates, 20)
        moving = VGroup(stage.moving, self.readouts)
        self.take(6.5, Drive(moving, self._show_noise, 0, trace.updates, rate_func=rate))
        self.say("noise-end")

    def _show_noise(self, t: float) -> None:
        """Show the noisy data's picture at the fractional update ``t``, with its numbers."""
        self.noise_stage.show(t)
        self._write(self.noise_stage.parabolas, t, between(self.noisy.w, t))

    def result(self) -> None:
        """Back to the film's own data: the result in numbers."""
        field, stage, samples = self.field, self.noise_stage, self.samples
        self.take(0.3, Conceal(self.readouts), *self.show_data(self.lesson.data))
        self.show(float(self.updates))
        cost_chart = [self.charts.cost_plot, self.charts.costs]
        data = [samples, samples.dots, samples.live]
        seen = [field.plot, field.lines, field.cost_line, field.names, field.walker, self.readouts]
        gone = Conceal(stage.still, stage.moving)
        self.take(0.6, gone, Reveal(*seen, *cost_chart, *data))
        self.say("result")
