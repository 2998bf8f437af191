"""The film `noise-ball`: why SGD does not settle, and what a decaying rate does."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from manim import VGroup, smooth

from scenes.films.noise_ball.plan import (
    FILM,
    PUSH,
    RUN,
    SHARES,
    SLOW_STEPS,
    decay,
    planned_updates,
)
from scenes.films.noise_ball.sigma_curve import SigmaCurve
from scenes.stage.descent.parabolas import Parabolas
from scenes.stage.descent.update_rule import plugged_in, update_rule
from scenes.stage.descent.walker import between
from scenes.stage.noise.cloud import share_of_most_visited
from scenes.stage.noise.confusion import region, shade_upright
from scenes.stage.noise.lane import Lane
from scenes.stage.noise.spreads import figure
from scenes.stage.page.figures import decimals, fixed, short
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.formulas import Substitution, fit
from scenes.stage.page.glyphs import math_glyphs
from scenes.stage.page.layout import Box
from scenes.stage.page.motion import Conceal, Dismiss, Drive, Reveal, accelerate
from scenes.stage.page.readouts import Readout, Readouts

NAMES = {"full": "α", "half": "α/2", "quarter": "α/4"}


class NoiseBall(FilmScene):
    """The samples push the point to and fro in a band; its width depends on the rate."""

    film = FILM

    def prepare(self) -> None:
        """The point that the samples push, with its cloud; then the clouds of all rates."""
        layout, theme = self.layout, self.theme
        self.lesson = replace(self.lesson, data=self.facts.data)  # as the tag says
        self.walks, self.main = self.facts.walks, self.facts.main
        self.trace, self.w, self.goal = self.main.trace, self.main.trace.w, self.main.final.mean
        self.span = self.facts.span
        self.field = Parabolas(
            self.trace, layout.stage, theme, layout.scale, self.words, self._close_up()
        )
        plot, (mean, std) = self.field.plot, self.main.final
        self.region = shade_upright(plot, *region(self.trace), theme.muted, 0.22)
        spread = std if math.isfinite(std) else 0.0
        self.shade = shade_upright(plot, mean - spread, mean + spread, theme.good, 0.35)
        self.places = decimals([*np.clip(self.w[:50], plot.x.low, plot.x.high), self.goal])
        self.readouts = self._make_readouts()
        shares = [share_of_most_visited(self.walks[name].trace.w, *self.span) for name in SHARES]
        self.peak = max(shares)
        self.lane = self._lane("full", layout.panel, [self.text("chart")])
        self._make_lanes()
        field = self.field
        self.place(field.plot, self.region, self.shade, field.lines, field.cost_line)
        self.place(field.names, field.active, field.slides, field.hops)
        self.place(self.lane.cloud, self.lane.notes, self.readouts, field.dots, field.walker)
        for lane in self.lanes.values():
            self.place(lane.cloud, lane.notes)
        self.place(self.curve)
        self.show(0.0)

    def _close_up(self) -> tuple[float, float]:
        """The range of the samples' own minima if they are near, at least that of the clouds."""
        half = self.span[1] - self.goal
        low, high = region(self.trace)
        reach = min(max(1.25 * max(self.goal - low, high - self.goal), half), 2.5 * half)
        return self.goal - reach, self.goal + reach

    def _make_readouts(self) -> Readouts:
        ends = [fixed(float(self.w[k]), self.places) for k in (0, -1)]
        items = [
            Readout(self.words["common.update"], self.theme.ink, str(self.trace.updates), "k"),
            Readout("w", self.theme.point, max(ends, key=len)),
        ]
        return Readouts(items, self.layout.readouts, self.theme, self.layout.scale)

    def _make_lanes(self) -> None:
        """One lane for each rate; the last place shows σ over α, then the decaying rate."""
        layout = self.layout
        rows = layout.body.rows(1, 1, gap=0.35) if layout.stacked else [layout.body]
        boxes = [box for row in rows for box in row.columns(*[1] * (4 // len(rows)), gap=0.35)]
        self.lanes = {}
        for box, (name, sign) in zip(boxes, NAMES.items(), strict=False):
            title = f"{sign} = {short(self.walks[name].trace.lr)}"
            self.lanes[name] = self._lane(name, box, [title, short(self.walks[name].trace.lr)])
        falling = [f"α/(1 + {short(decay(self.lesson))}k)", "α/(1 + dk)", "1/t"]
        self.lanes["decaying"] = self._lane("decaying", boxes[-1], falling)
        rates = [self.walks[name].trace.lr for name in SHARES]
        head = self.title_of(boxes[-1], self.text("curve"), self.text("curve-short"))
        objective, theme, scale = self.main.objective, self.theme, layout.scale
        self.curve = SigmaCurve(objective, rates, boxes[-1], theme, scale, head)

    def _lane(self, name: str, box: Box, titles: list[str]) -> Lane:
        walk, falls = self.walks[name], name == "decaying"
        std = float(walk.band[1][-1]) if falls else walk.final.std
        if falls:
            end = fixed(float(walk.trace.w[-1]), min(self.places, 4))
            found = [self.text("lane-end", w=end), f"w {end}", end]
        elif walk.measured is None:
            found = []
        else:
            measured = figure(walk.measured)
            found = [self.text("lane-measured", std=measured)]
            found += [self.text("lane-measured-short", std=measured), measured]
        return Lane(
            walk, self.span, box, self.theme, self.layout.scale,
            titles=titles, notes=([f"σ = {figure(std)}", figure(std)], found),
            peak=None if falls else self.peak,
        )  # fmt: skip

    def show(self, t: float) -> None:
        """Show the point on J and its cloud at the fractional update ``t``."""
        w = float(between(self.w, t))
        self.field.walker.stand(w, self.field.cost(w))
        self.field.mark_dots(w)
        self.lane.cloud.reach(t)
        self.readouts.write(str(int(t + 1e-9)), fixed(w, self.places))

    def pushes(self) -> None:
        """The first updates: each sample pulls the point toward its own minimum."""
        field, layout = self.field, self.layout
        field.open(1.0)
        self.say("start")
        self.take(0.5, Reveal(field.plot, field.cost_line, field.names[:1]))
        self.take(0.5, Reveal(field.walker, self.readouts))
        self.hold(2.05)
        self.say("minima")
        self.take(0.6, Reveal(self.region, field.lines, field.names, field.dots))
        rule = update_rule(self.lesson, "ell_i", self.theme, layout.scale.label, self.theme.loss)
        fit(VGroup(rule), layout.panel.inset(bottom=0.6 * layout.panel.height))
        self.take(0.4, Reveal(rule))
        box = layout.panel
        rest = box.inset(top=box.top - rule.get_bottom()[1] + 0.5 * layout.scale.label)
        first, steps = self._slow_steps()
        if first:
            self.take(0.8, Drive(VGroup(field.walker, self.readouts), self.show, 0, first))
        height, numbers = field.cost(float(self.w[first])), VGroup()
        # If only a few pushes stay in the plot, each is shown more slowly.
        seconds = PUSH / 0.92 * min(SLOW_STEPS, planned_updates(self.lesson))
        for k in range(first, first + steps):
            numbers = self._push(k, height, rest, numbers, seconds / steps)
            height = field.curve(k)(float(self.w[k + 1]))
        self.slow, self.worked = first + steps, VGroup(rule, numbers)

    def _slow_steps(self) -> tuple[int, int]:
        """The first update with w in the plot, and how many (at most a few) follow inside it."""
        x = self.field.plot.x
        inside = (self.w > x.low) & (self.w < x.high)
        if not inside.any():
            return 0, 0
        first = int(np.argmax(inside))
        seen = inside[first + 1 : first + 1 + SLOW_STEPS]
        return first, len(seen) if seen.all() else int(np.argmin(seen))

    def _push(self, k: int, height: float, box: Box, old: VGroup, seconds: float) -> VGroup:
        """Hop onto the parabola of update ``k``'s sample, then slide down its slope."""
        field = self.field
        field.light(k)
        field.hop(k, height, 0.0)
        runs = plugged_in(self.trace, k, self.places, self.theme, field.hue(k))
        numbers = Substitution(runs, math_glyphs(self.layout.scale.label), box)
        self.take(0.12 * seconds, Dismiss(old), Reveal(field.active))
        if not len(old):
            self.take(0.01, Reveal(field.slides, field.hops))
        drop = Drive(
            VGroup(field.walker, field.hops), lambda a: field.hop(k, height, a), rate_func=smooth
        )
        self.take(0.2 * seconds, drop, Reveal(numbers))
        self.hold(0.2 * seconds)

        def slide(t: float) -> None:
            w = between(self.w, k + t)
            field.slide(k, w)
            field.mark_dots(w)
            self.readouts.write(str(int(k + t + 1e-9)), fixed(w, self.places))

        slider = VGroup(field.walker, field.slides, field.dots, self.readouts)
        self.take(0.3 * seconds, Drive(slider, slide, rate_func=smooth))
        field.keep()
        self.take(0.1 * seconds, Conceal(field.active))
        return numbers

    def band(self) -> None:
        """First the band of theory, then the descent that fills it."""
        field, cloud = self.field, self.lane.cloud
        updates = self.trace.updates
        self.show(float(self.slow))
        gone = [field.slides, field.hops, self.region]
        self.take(0.5, Dismiss(self.worked), Conceal(*gone), Reveal(cloud.still, cloud.moving))
        self.say("band")
        self.take(0.8, Reveal(self.shade, cloud.fill, cloud.edges, self.lane.notes[0]))
        moving = VGroup(field.walker, field.dots, cloud.moving, self.readouts)
        rate = accelerate(updates - self.slow, 12)
        self.take(
            RUN if updates > SLOW_STEPS else 0.0,
            Drive(moving, self.show, self.slow, updates, rate_func=rate),
        )
        self.take(0.3, Reveal(self.lane.notes[1]))
        self.say("filled")

    def rates(self) -> None:
        """The same samples at half and at a quarter of the rate, side by side."""
        field, old = self.field, self.lane
        gone = [field.plot, field.lines, field.cost_line, field.names, field.dots, field.walker]
        gone += [self.shade, self.readouts, old.cloud, old.notes]
        full, curve = self.lanes["full"], self.curve
        full.cloud.reach(self.trace.updates)
        new = Reveal(full.cloud, full.notes, curve.still, curve.marks[0])
        self.take(1.2, Conceal(*gone), new)  # one picture fades into the other
        self.say("halve")
        for mark, name in zip(curve.marks[1:], ("half", "quarter"), strict=True):
            lane, updates = self.lanes[name], self.walks[name].trace.updates
            lane.cloud.reach(0.0)
            self.take(0.6, Reveal(lane.cloud, lane.notes[0]))
            rate = accelerate(updates, 30)
            self.take(1.8, Drive(lane.cloud.moving, lane.cloud.reach, 0, updates, rate_func=rate))
            self.take(0.4, Reveal(lane.notes[1], mark))
        self.say("law")

    def schedule(self) -> None:
        """A rate that falls as 1/t: the band closes on w*."""
        lane, updates = self.lanes["decaying"], self.walks["decaying"].trace.updates
        self.take(0.4, Conceal(self.curve))
        self.say("falling")
        lane.cloud.reach(0.0)
        self.take(0.6, Reveal(lane.cloud, lane.notes[0]))
        self.take(4.5, Drive(lane.cloud.moving, lane.cloud.reach, 0, updates, rate_func=smooth))
        self.take(0.4, Reveal(lane.notes[1]))
        self.say("closes")
