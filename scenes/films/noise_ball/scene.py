"""The film `noise-ball`: why SGD does not settle, and what a decaying rate does."""

from __future__ import annotations

from dataclasses import replace

from manim import VGroup, VMobject, linear, smooth

from scenes.films.noise_ball.captions import Facts
from scenes.films.noise_ball.feet import update_numbers
from scenes.films.noise_ball.landings import Landings
from scenes.films.noise_ball.plan import (
    FILM,
    LANDED,
    LANDINGS,
    PUSH,
    RUN,
    SLOW_STEPS,
    planned_updates,
)
from scenes.films.noise_ball.pushes import Pushes
from scenes.films.noise_ball.rates import RatesSection
from scenes.films.noise_ball.stage_parts import SHOWN, cell_boxes, chart_of, places
from scenes.stage.descent.hop_path import HOP
from scenes.stage.descent.rule_lines import rule_formula
from scenes.stage.descent.update_rule import fitting_update
from scenes.stage.noise.histogram import share_of_most_visited
from scenes.stage.noise.strip import Strip
from scenes.stage.noise.turning_axis import TurningAxis
from scenes.stage.page.figures import decimals
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
)


class NoiseBall(RatesSection):
    """The samples push the point to and fro in a band; its width depends on the rate."""

    film = FILM
    facts: Facts

    def prepare(self) -> None:
        """The parabolas, the chart that their w axis turns into, a strip for each rate."""
        self.lesson = replace(self.lesson, data=self.facts.data)  # as the tag says
        self.walks, self.main = self.facts.walks, self.facts.main
        self.trace, self.w = self.main.trace, self.main.trace.w
        self.boxes = places(self.layout)
        self.cells = cell_boxes(self.boxes, self.layout)
        self.chart = chart_of(self.boxes.hero, self.facts.span, self.theme, self.layout)
        self.pushing = Pushes(self, self.trace, self.boxes.hero, self._close_up())
        self.slow = self.pushing.first + self.pushing.steps
        span = self.facts.span
        self.peak = max(share_of_most_visited(self.walks[name].trace.w, *span) for name in SHOWN)
        self.strips = {name: Strip(self.chart, self.walks[name], self.peak) for name in SHOWN}
        self.strips["decaying"] = Strip(self.chart, self.walks["decaying"], None)
        full, radius = self.strips["full"], self.pushing.field.radius
        self.landings = Landings(full, 0.8 * radius)
        self.rider = Landings(self.strips["decaying"], 0.8 * radius)
        self.turning = TurningAxis(
            self.pushing.field.plot, self.chart, radius, self.pushing.minima()
        )
        self.feet = VGroup()
        self.number(update_numbers(self, full))
        self.said = {}
        self.inside = VMobject(color=self.theme.good, fill_opacity=0.9, stroke_width=0)
        self._place_all()
        self.hero = self.pushing.field.plot
        self.pushing.field.open(0.0)
        self.pushing.stand_on_cost(float(self.w[0]))

    def _close_up(self) -> tuple[float, float]:
        """The range of the samples' own minima if they are near, at least that of the strips."""
        goal, (low, high) = self.main.final.mean, self.facts.region
        half = self.facts.span[1] - goal
        reach = min(max(1.25 * max(goal - low, high - goal), half), 2.5 * half)
        return goal - reach, goal + reach

    def _place_all(self) -> None:
        """Everything in display order; of it the first frame shows J and the point."""
        pushing, field = self.pushing, self.pushing.field
        self.place(self.chart, field.plot, pushing.region, field.lines)
        self.place(field.cost_line, field.names, field.active, pushing.path, field.dots)
        self.place(
            field.walker,
            *self.strips.values(),
            self.inside,
            self.turning,
            self.landings,
            self.rider,
        )
        for part in (field.plot, field.cost_line, field.walker, field.names[self.banded]):
            set_visible(part, 1.0)

    @property
    def banded(self) -> int:
        """How many names are those of bands; J's is the next one."""
        return len(self.pushing.field.band_names)

    def pushes(self) -> None:
        """The first updates: each sample pulls the point toward its own minimum."""
        pushing, field = self.pushing, self.pushing.field
        w, long = float(self.w[0]), 0.28 * field.plot.inner.width
        self.say("start")

        def lean(amount: float) -> None:
            field.walker.lean(w, field.cost, amount * long)

        self.take(0.8, Drive(field.walker, lean, rate_func=smooth))
        self.hold(0.5)
        self.take(0.2, Drive(field.walker, lean, 1.0, 0.0))
        self.say("minima")
        self.take(0.2, Reveal(field.lines, field.dots))
        opening = VGroup(field.lines, field.dots)
        self.take(1.4, Drive(opening, pushing.open, rate_func=smooth))
        names = [*field.names[self.banded + 1 :], *field.names[: self.banded]]
        self.take(0.5, Reveal(pushing.region, *names))
        box, cap = self.boxes.side, self.layout.scale.label
        rule = rule_formula(self.lesson, self.theme, cap, box)
        self.take(0.4, Reveal(rule))
        rest = box.inset(top=box.top - float(rule.get_bottom()[1]) + 0.5 * cap)
        set_visible(pushing.path, 1.0)
        moving = VGroup(field.walker, field.dots, pushing.path)
        if pushing.first:
            self.take(0.8, Drive(moving, pushing.go, 0, pushing.first))
        numbers = VGroup()
        # If only a few pushes stay in the plot, each is shown more slowly.
        seconds = PUSH / 0.92 * min(SLOW_STEPS, planned_updates(self.lesson))
        for k in range(pushing.first, self.slow):
            numbers = self._push(k, rest, numbers, seconds / pushing.steps)
        if not pushing.steps:  # the first update leads out of the plot
            end = min(pushing.first + 1, self.trace.updates)
            self.take(seconds, Drive(moving, pushing.go, pushing.first, end, rate_func=smooth))
        self.worked = VGroup(rule, numbers)

    def _push(self, k: int, box: Box, old: VGroup, seconds: float) -> VGroup:
        """Hop onto the parabola of update ``k``'s sample, then slide down its slope."""
        pushing, field = self.pushing, self.pushing.field
        field.light(k)
        seen = self.w[:50]
        places_ = decimals([*seen[abs(seen) < 1e6], self.main.final.mean])
        bottom, cap = self.layout.caption.top, self.layout.scale.label
        numbers = fitting_update(self.trace, k, places_, self.theme, field.hue(k), cap, box, bottom)
        moving = VGroup(field.walker, field.dots, pushing.path)
        self.take(0.12 * seconds, Dismiss(old), Reveal(field.active))
        middle = k + HOP
        self.take(
            0.2 * seconds, Drive(moving, pushing.go, k, middle, rate_func=smooth), Reveal(numbers)
        )
        self.hold(0.2 * seconds)
        self.take(0.3 * seconds, Drive(moving, pushing.go, middle, k + 1, rate_func=smooth))
        self.take(0.1 * seconds, Conceal(field.active))
        return numbers

    def band(self) -> None:
        """The w axis turns upright; then the band of theory, and the descent that fills it."""
        strip, updates = self.strips["full"], self.trace.updates
        self._turn()
        self.say("band")
        set_visible(strip.fill, 1.0)
        set_visible(strip.edges, 1.0)
        set_visible(strip.moving, 1.0)
        strip.reach(float(self.slow))
        rows = self.rows("full")
        self.take(0.8, Drive(strip, strip.widen, rate_func=smooth), Reveal(*rows[:2]))
        start = min(max(self.slow, strip.settled), updates)
        stop = min(start + LANDINGS, updates)
        set_visible(self.landings, 1.0)
        land = VGroup(self.landings, strip.moving)
        seconds = LANDED + RUN if planned_updates(self.lesson) > SLOW_STEPS else 0.0
        if stop > start:
            landed = LANDED if updates > stop else seconds
            self.take(landed, Drive(land, self.landings.land, start, stop, rate_func=linear))
            seconds -= landed

        def run(t: float) -> None:
            strip.reach(t)
            self.landings.ride(t)

        if updates > stop:
            rate = accelerate(updates - stop, 12)
            self.take(seconds, Drive(land, run, stop, updates, rate_func=rate))
        self.take(0.3, Reveal(*rows[2:]))
        self.say("filled")
        self._mark_inside(strip)

    def _mark_inside(self, strip: Strip) -> None:
        """The part of the histogram that lies in the band gets the band's colour."""
        points = strip.bars_inside()
        set_visible(self.inside, 1.0)

        def mark(amount: float) -> None:
            shown = points.copy()
            shown[:, 0] = strip.foot + amount * (points[:, 0] - strip.foot)
            self.inside.points = shown

        self.take(0.9, Drive(self.inside, mark, rate_func=smooth))

    def rates(self) -> None:
        """The same samples at half and at a quarter of the rate, side by side."""
        self.say("halve")
        self.compare()
        self.say("law")
        self.guide(self.strips["full"].right, self.strips["quarter"].right)

    def schedule(self) -> None:
        """A rate that falls as 1/t: the band closes on w*."""
        self.say("falling")
        self.spread_out()
        self.say("closes")
        self.guide(self.chart.inner.left, self.chart.inner.right)

    def _turn(self) -> None:
        """Lay the parabolas flat until only the w axis is left, and turn it upright."""
        pushing, field, turning = self.pushing, self.pushing.field, self.turning
        w, strip = float(self.w[self.slow]), self.strips["full"]
        gone = [pushing.path, field.names, field.dots]
        self.take(0.3, Dismiss(self.worked), Conceal(*gone))

        def flatten(amount: float) -> None:
            pushing.flatten(amount, w)

        moving = VGroup(*pushing.curves, pushing.region, field.walker)
        self.take(1.0, Drive(moving, flatten, rate_func=smooth))
        turning.turn(0.0, w)
        set_visible(turning, 1.0)
        plot = field.plot
        hide(plot.numbers)  # those of w are on the axis that turns
        hide(plot.names[0])
        left = [plot.grid, plot.axes, plot.names[1], *pushing.curves[1:], pushing.region]
        self.take(0.3, Conceal(*left, field.walker))

        def turn(amount: float) -> None:
            turning.turn(amount, w)

        come = Reveal(self.chart.grid, self.feet, rate_func=after(0.55))
        self.take(1.5, Drive(turning, turn, rate_func=smooth), come)
        hide(turning)
        set_visible(turning.marks, 1.0)
        self.landings.ride(float(self.slow))
        set_visible(self.landings, 1.0)
        set_visible(self.chart, 1.0)
        strip.widened = 0.0
        self.hero = self.chart
        self.take(0.3, Conceal(turning.marks))
