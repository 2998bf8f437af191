"""The film `sgd`: stochastic gradient descent (the lecture's second program)."""

from __future__ import annotations

from manim import Animation, VGroup, VMobject, linear, smooth

from scenes.films.sgd.facts import Facts
from scenes.films.sgd.loss_chart import LossChart
from scenes.films.sgd.noise_picture import NoisePicture
from scenes.films.sgd.noise_section import NoiseSection
from scenes.films.sgd.numbers import Numbers
from scenes.films.sgd.pictures import make_pictures
from scenes.films.sgd.plan import CHARTED, FILM, REST, slow_steps
from scenes.films.sgd.stage_parts import data_box, mean_formula, places, views
from scenes.films.sgd.tracer import Tracer
from scenes.stage.descent.hop_path import HOP
from scenes.stage.descent.moving_parabolas import View
from scenes.stage.descent.rule_lines import rule_formula
from scenes.stage.descent.update_rule import fitting_update
from scenes.stage.page.layout import Box
from scenes.stage.page.motion import (
    Conceal,
    Dismiss,
    Drive,
    Rate,
    Reveal,
    accelerate,
    after,
    set_visible,
)
from scenes.stage.plots.shapes import dashes, discs


class StochasticDescent(NoiseSection):
    """The point hops from one sample's parabola to the next: the zig-zag of the losses."""

    film = FILM
    facts: Facts

    def prepare(self) -> None:
        """The parabolas with the hop path, the data, the chart, and what noise adds."""
        self.trace, self.noisy = self.facts.trace, self.facts.noisy
        self.w, self.updates = self.trace.w, self.trace.updates
        self.boxes = places(self.layout)
        self.data_box = data_box(self.boxes, self.layout)
        self.views = views(self.trace, self.noisy, self.boxes, self.layout)
        pictures = make_pictures(self, self.trace, self.noisy, self.views, self.data_box)
        self.own, self.other = pictures
        self.field, self.path, self.samples = self.own.field, self.own.path, self.own.samples
        self.chart = LossChart(self, self.field, self.path, self.views.chart, self.views.pair.y)
        self.tracer = Tracer(self.path, self.chart, self.field.radius)
        self.noise_picture = NoisePicture(self.other, self.noisy)
        traces = [self.trace, self.noisy]
        self.numbers = Numbers(self, traces, self.facts.places, self.boxes.notes)
        self.ring = VMobject(stroke_width=4, fill_opacity=0)
        w, plot = float(self.w[0]), self.field.plot
        top = plot.at(w, plot.y.high) if plot.x.low <= w <= plot.x.high else plot.at(0, 0)
        self.plumb = dashes(plot.at(w, plot.y.low), top, self.theme.muted)
        self.mean = mean_formula(self.lesson.data.n, self.theme, self.cap, self.boxes.notes)
        self._place_all()
        self.hero = plot
        self.field.open(0.0)
        self.own.stand_on_cost(w)

    @property
    def cap(self) -> float:
        """The height of a capital in labels and formulas."""
        return self.layout.scale.label

    def _place_all(self) -> None:
        """Everything in display order; of it the first frame shows J, the point and the data."""
        field, marks = self.field, self.noise_picture.marks
        noise = self.other.field
        samples = self.samples
        self.place(samples, samples.traces, samples.dots, samples.live, self.ring, self.mean)
        if self.other.samples is not self.samples:
            samples = self.other.samples
            self.place(samples, samples.traces, samples.dots, samples.live, noise.plot)
        self.place(field.plot, marks.region, marks.band)
        if noise is not field:
            self.place(noise.lines, noise.cost_line, noise.names)
        self.place(field.lines, field.cost_line, self.plumb, field.names, field.active)
        self.place(self.path, self.other.path, self.chart, marks.visits, marks.minima)
        if noise is not field:
            self.place(noise.walker)
        self.place(field.dots, self.tracer, field.walker, self.numbers)
        first = [field.plot, field.cost_line, field.walker, field.names[len(field.band_names)]]
        for part in (*first, *self.own.parts[5:]):
            set_visible(part, 1.0)

    def show(self, t: float) -> None:
        """Show the descent at ``t`` of the hop path, in all pictures."""
        self.own.go(t)
        self.chart.reach(t)
        self.numbers.write(self.path, t)

    def three_parabolas(self) -> None:
        """The cost parabola opens up into its samples' parabolas."""
        field, w = self.field, float(self.w[0])
        long = 0.28 * field.plot.inner.width
        self.say("cost")

        def lean(amount: float) -> None:
            field.walker.lean(w, field.cost, amount * long)

        self.take(0.8, Drive(field.walker, lean, rate_func=smooth))
        self.hold(0.5)
        self.take(0.3, Drive(field.walker, lean, 1.0, 0.0))
        self.say("mean")
        self.take(0.2, Reveal(field.lines, field.dots))

        def open_up(amount: float) -> None:
            field.open(amount)
            field.mark_dots(w, amount)

        self.take(1.7, Drive(VGroup(field.lines, field.dots), open_up, rate_func=smooth))
        self.take(0.5, Reveal(field.names[len(field.band_names) + 1 :], self.mean))
        self.take(0.6, Reveal(self.plumb, field.names[: len(field.band_names)]))

    def first_epoch(self) -> None:
        """Light up a sample, drop onto its parabola, slide; then the next sample."""
        box = self.boxes.notes
        self.say("hop")
        rule = rule_formula(self.lesson, self.theme, self.cap, box)
        self.take(0.3, Dismiss(self.mean), Conceal(self.plumb, self.field.dots))
        self.take(0.4, Reveal(rule))
        set_visible(self.path, 1.0)
        rest = box.inset(top=box.top - float(rule.get_bottom()[1]) + 0.5 * self.cap)
        steps = self.slow = slow_steps(self.trace.updates_per_epoch, self.updates)
        numbers = VGroup()
        for k in range(steps):
            numbers = self._slow_update(k, rest, numbers, 11.6 / steps)
        self.plugged_in = VGroup(rule, numbers)

    def _slow_update(self, k: int, box: Box, old: VGroup, seconds: float) -> VGroup:
        field, w = self.field, float(self.w[k])
        self._circle(k)
        field.light(k)
        self.take(0.12 * seconds, Dismiss(old), Reveal(field.active, self.ring))
        moving = VGroup(field.walker, self.path, self.samples.live)
        self.take(0.18 * seconds, Drive(moving, self.own.go, k, k + HOP, rate_func=smooth))
        hue, bottom = field.hue(k), self.layout.caption.top
        places = self.facts.places
        numbers = fitting_update(self.trace, k, places, self.theme, hue, self.cap, box, bottom)
        field.walker.lean(w, field.curve(k), 0.2 * field.plot.inner.width)
        self.take(0.12 * seconds, Reveal(numbers), Reveal(field.walker.tangent))
        self.hold(0.22 * seconds)
        field.walker.hide_tangent()
        self.take(0.24 * seconds, Drive(moving, self.own.go, k + HOP, k + 1, rate_func=smooth))
        self.take(0.08 * seconds, Conceal(field.active, self.ring))
        return numbers

    def _circle(self, k: int) -> None:
        """Put a ring around the samples that update ``k`` looks at, in the data plot."""
        data, plot = self.lesson.data, self.samples
        seen = [int(i) for i in self.trace.samples[k] if i >= 0]
        self.ring.set_stroke(color=self.field.hue(k))
        self.ring.points = discs(plot.map(data.x[seen], data.y[seen]), 2.0 * plot.size)

    def epochs(self) -> None:
        """The rest: the parabolas make room for the saw-tooth of the losses, at their heights."""
        updates, count = self.updates, max(self.chart.count, self.slow)
        self.say("epochs")
        self.take(0.3, Dismiss(self.plugged_in))
        self.show(float(self.slow))
        new = Reveal(self.chart, self.numbers, rate_func=after(0.6))
        self._travel(1.4, self.views.pair, self.slow, new)
        self.hero = VGroup(self.field.plot, self.chart.plot)
        charted = CHARTED if count < updates else CHARTED + REST
        self._run(charted, self.slow, count, accelerate(count - self.slow, 12))
        self._run(REST, count, updates, linear)

    def _run(self, seconds: float, start: float, stop: float, rate: Rate) -> None:
        moving = VGroup(
            self.field.walker, self.path, self.samples.live, self.chart.losses, self.chart.costs,
            self.numbers,
        )  # fmt: skip
        if stop > start:
            self.take(seconds, Drive(moving, self.show, start, stop, rate_func=rate))

    def _travel(self, seconds: float, view: View, t: float, *others: Animation) -> None:
        """Move the parabolas with the path up to ``t``, and the point at its end."""
        move = self.field.travel(view)

        def show(amount: float) -> None:
            move(amount)
            self.path.lay()
            self.own.go(t)

        moving = VGroup(*self.own.parts, self.path)
        self.take(seconds, Drive(moving, show, rate_func=smooth), *others)

    def why(self) -> None:
        """What zig-zags, and what does not: a ring goes over the first updates again."""
        self.tracer.reach(HOP)
        self.say("why")
        self.hold(0.1)
        self.loop("trace")
        self.take(0.2, Reveal(self.tracer))
        stop = min(2 * slow_steps(self.trace.updates_per_epoch, self.updates), self.updates)
        self.take(2.9, Drive(self.tracer, self.tracer.reach, HOP, stop, rate_func=linear))
        self.take(0.2, Conceal(self.tracer))

    def noise(self) -> None:
        """Noisy data: the region of confusion opens, and the point is pushed to and fro in it."""
        self.enter_noise()
        self.say("noise-region")
        self.open_region()
        middle = self.run_in()
        self.say("noise-end")
        self.run_on(middle)

    def result(self) -> None:
        """The samples are dragged back; the film's own descent once more, and its numbers."""
        shown, big = self.noise_picture, self.views.big
        marks, start, end = shown.marks, float(self.w[0]), float(self.noisy.w[-1])
        old, new = self.show_data(self.lesson.data)
        self.take(0.3, Conceal(marks.visits, marks.band, self.numbers, self.other.path), old)
        self.take(0.2, new)
        self.hero = self.field.plot
        self.path.reach(0.0)
        if self.other.field is self.field:
            back = shown.travel(big, (end, start), 0.0)
            self.take(1.7, Drive(VGroup(*shown.mixed), back, rate_func=smooth))
            self.path.lay()
            self.take(0.2, Conceal(marks.region, marks.minima))
        else:
            self.take(0.4, Conceal(*self.other.parts, marks.region, marks.minima))
            self.field.travel(big)(1.0)
            self.path.lay()
            self.own.stand_on_cost(start)
            self.take(0.4, Reveal(*self.own.parts))
        set_visible(self.path, 1.0)
        self.numbers.write(self.path, 0.0)
        self.say("result")
        moving = VGroup(self.field.walker, self.path, self.samples.live, self.numbers)
        count = max(min(self.chart.count, self.updates), self.slow)

        def again(t: float) -> None:
            self.own.go(t)
            self.numbers.write(self.path, t)

        self.take(0.3, Reveal(self.numbers))
        self.take(2.2, Drive(moving, again, 0, count, rate_func=linear))
        self.take(0.6, Drive(moving, again, count, self.updates, rate_func=linear))
