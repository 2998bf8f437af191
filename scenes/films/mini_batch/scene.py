"""The film `mini-batch`: one, some or all samples per update, with one budget of gradients."""

from __future__ import annotations

import math

import numpy as np
from manim import LEFT, RIGHT, VGroup, linear, smooth

from scenes.catalogue.captions import Said
from scenes.films.mini_batch.facts import Facts
from scenes.films.mini_batch.near_band import NearBand
from scenes.films.mini_batch.notes import place_of, put_notes
from scenes.films.mini_batch.plan import FILM, RUN
from scenes.films.mini_batch.regions import regions
from scenes.films.mini_batch.spender import Spender, close_up
from scenes.films.mini_batch.spread_lane import SpreadLane
from scenes.stage.descent.moving_hill import MovingHill
from scenes.stage.descent.parabola import cost_curve
from scenes.stage.descent.visible_range import cost_axis, w_range
from scenes.stage.noise.spreads import figure
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.layout import Box, point
from scenes.stage.page.motion import Conceal, Dismiss, Drive, Reveal, accelerate, after
from scenes.stage.page.readouts import Readout, Readouts
from scenes.stage.page.wording import Label
from scenes.stage.plots.moving_plot import Span

COMING = 1.9  # seconds in which the belts bring the first samples to the gates
FRAMING = 2.2  # seconds in which the batches are framed
EPOCH = 8.0  # seconds of the first epoch
CONDENSE = 0.8  # seconds in which the row of samples becomes a bar
ZOOM, LATE, WIDTHS = 2.4, 4.2, 1.3  # seconds: a closer look; the second half again; its spread
RADII = 0.36, 1.0  # of the points, in capitals: where all are, rings of the larger ones are seen
AHEAD = 6.0  # samples that pass by before the first one is at the gate, at most


class MiniBatch(FilmScene):
    """Three points on one parabola; at each moment they have spent equally many gradients."""

    film = FILM
    facts: Facts

    def prepare(self) -> None:
        """The parabola with the points, and the belts under it: all there from the first frame."""
        facts, theme, scale = self.facts, self.theme, self.layout.scale
        self.walks = [run.walk for run in facts.runs]
        self.whole = float(self.lesson.epochs * facts.n)
        self.exact, self.measured = self._notes()
        note = max(label.width for label in [*self.exact, *self.measured])
        self.regions = regions(self.layout, len(self.walks), note)
        self.curve = cost_curve(facts.objective)
        ends = [w_range(self.curve, walk.trace.w, 1.2) for walk in self.walks]
        self.half = max(high for _, high in ends) - self.curve.minimiser
        self.close = close_up(self.walks)
        self.tall = self._tall(self.half), self._tall(self.close)
        span, box = self._span(self.half), self.regions.hill
        self.hill = MovingHill(self.curve, box, span, self.tall[0], theme, scale, self.tall[1:])
        self.goal = self.hill.name_goal()
        self.near = NearBand(self.hill, self.lesson.w0)
        self._make_belts()
        self.add(self.hill, self.goal, *self.names, self.readouts)
        self.place(self.near)
        self.add(*(each.belt.rolling for each in self.spenders))
        self.add(*(each.walker for each in reversed(self.spenders)))
        self.place(*(each.belt.spending for each in self.spenders))
        self.hero = VGroup(self.hill, *(each.belt for each in self.spenders))
        for each in self.spenders:
            each.belt.framed = 0.0
            each.belt.fill(0.0)
        self.show(-min(AHEAD, self.whole))

    def _notes(self) -> tuple[list[Label], list[Label]]:
        """For each size theory's σ (empty if not known) and the measured one."""
        exact = [f"σ = {figure(walk.final.std)}" if walk.is_known else "" for walk in self.walks]
        found = [self.text("measured", std=figure(run.measured)) for run in self.facts.runs]
        return (
            [self.label(text, self.theme.good) for text in exact],
            [self.label(text) for text in found],
        )

    def _span(self, half: float) -> Span:
        return self.curve.minimiser - half, self.curve.minimiser + half

    def _tall(self, half: float) -> Span:
        y = cost_axis(self.curve, *self._span(half), "J", self.theme.cost)
        return y.low, y.high

    def _color(self, size: int) -> str:
        """All of the samples are batch descent, a single one is SGD."""
        theme = self.theme
        return {1: theme.sgd, self.facts.n: theme.batch}.get(size, theme.minibatch)

    def _make_belts(self) -> None:
        """Points and belts; each belt with the name of its size, and its updates counted."""
        theme, scale, above = self.theme, self.layout.scale, self.regions.above
        cap = scale.label
        colors = [self._color(walk.size) for walk in self.walks]
        texts = [self.text("of", size=walk.size) for walk in self.walks]
        self.names = [self.label(text, color) for text, color in zip(texts, colors, strict=True)]
        widest = str(max(walk.trace.updates for walk in self.walks))
        items = [Readout(self.words["common.update-count"], theme.ink, widest)]
        count = Readouts(items, self.layout.body, theme, scale)
        count.write(widest)
        left, right = max(name.width for name in self.names) + cap, count.width + cap
        self.readouts, self.spenders = VGroup(), []
        radii = np.linspace(*RADII, max(len(self.names), 2)) * cap
        for k, (walk, row) in enumerate(zip(self.walks, self.regions.belts, strict=True)):
            y = row.top - 0.9 * cap if above else float(row.center[1])
            belt = row.inset(top=1.6 * cap) if above else row.inset(left=left, right=right)
            made = Spender(walk, colors[k], float(radii[k]), self.hill, belt, scale)
            self.spenders.append(made)
            self.names[k].put(point(row.left, y), LEFT)
            box = Box(row.right - right + cap, y - cap, row.right, y + cap)
            self.readouts.add(Readouts(items, box, theme, scale))

    @property
    def running(self) -> VGroup:
        """What changes while the budget is spent."""
        parts = [part for each in self.spenders for part in (each.walker, each.belt)]
        return VGroup(*parts, self.readouts)

    def stand(self, spent: float) -> list[float]:
        """Put all points where they are when each size has spent so much; return the updates."""
        updates = [each.stand(spent) for each in self.spenders]
        for each, readout, t in zip(self.spenders, self.readouts, updates, strict=True):
            readout.write(str(int(t + 1e-9)))
            each.belt.fill(spent)
            each.belt.mark(arrival if (arrival := self._arrival(each)) <= spent else None)
        # Of the points that have left only the farthest one has its value written.
        away = [each for each in self.spenders if each.walker.value.text]
        away.sort(key=lambda each: abs(each.w - self.curve.minimiser))
        for each in away[:-1]:
            each.walker.value.write("")
        return updates

    def _arrival(self, spender: Spender) -> float:
        return self.facts.arrivals[self.spenders.index(spender)]

    def show(self, spent: float) -> None:
        """Show points and belts when each size has spent ``spent`` gradients."""
        self.stand(max(spent, 0.0))
        for each in self.spenders:
            each.belt.roll(spent)

    def sizes(self) -> None:
        """The samples come to the gates; then the batches are framed, size by size."""
        self.say("budget")
        start = -min(AHEAD, self.whole)
        self.take(COMING, Drive(self.running, self.show, start, 0.0, rate_func=smooth))
        self.say("update-after")

        def frame(share: float) -> None:
            for k, each in enumerate(self.spenders):
                each.belt.framed = min(max(share - k, 0.0), 1.0)
                each.belt.roll(0.0)

        count = len(self.spenders)
        self.take(FRAMING, Drive(self.running, frame, 0.0, count, rate_func=linear))

    def caption_at(self, beat: str) -> Said:
        """The caption; numbers that are lists are joined as the language does it."""
        key, numbers = super().caption_at(beat)
        joint = self.text("and")
        return key, {
            name: joint.join(map(str, value)) if isinstance(value, list) else value
            for name, value in numbers.items()
        }

    def one_epoch(self) -> None:
        """The gradients of one epoch, spent one by one."""
        self.say("epoch")
        if not self.facts.at_rest:
            self.take(0.4, Reveal(self.near))
        n = float(self.facts.n)
        self.take(EPOCH, Drive(self.running, self.show, 0.0, n, rate_func=linear))

    def budget(self) -> None:
        """The rest of the gradients, and which size comes near the minimum first."""
        n = float(self.facts.n)
        rest = self.whole > n
        if rest:
            self.say("rest")
        self._condense(n)
        if rest:
            rate = accelerate(self.whole / n, 2)
            self.take(RUN, Drive(self.running, self.stand, n, self.whole, rate_func=rate))
        self.say("arrived")
        self.counts = VGroup(*map(self._count, self.spenders))
        self.place(self.counts)
        for count in self.counts:
            self.take(0.5, Reveal(count))

    def _condense(self, spent: float) -> None:
        """The rows of samples become bars, and these as long as their share of the budget."""
        belts = [each.belt for each in self.spenders]

        def show(amount: float) -> None:
            for belt in belts:
                belt.condense(spent, amount)

        show(0.0)
        self.take(
            0.3,
            Dismiss(*(belt.rolling for belt in belts)),
            Reveal(*(belt.bar for belt in belts)),
        )
        bars = Drive(VGroup(*(belt.bar for belt in belts)), show, rate_func=smooth)
        rails = Reveal(*(part for belt in belts for part in (belt.rail, belt.tick)))
        self.take(CONDENSE, bars, rails)

    def _count(self, spender: Spender) -> VGroup:
        """The gradients until the arrival, beside their place on the bar."""
        spent = self._arrival(spender)
        if not math.isfinite(spent):
            return VGroup()
        label = self.label(f"{spent:.0f}", self.theme.background)
        return VGroup(spender.belt.beside_tick(label, spent))

    def spread(self) -> None:
        """A closer look at w: how far w of each size spreads in the second half."""
        walkers = [each.walker for each in self.spenders]
        parts = [self.readouts, self.goal, self.counts, self.near]
        parts += [part for each in self.spenders for part in (each.belt.rail, each.belt.tick)]
        # What is far away has no number in the low picture.
        self.take(0.4, Dismiss(*parts), Conceal(*(walker.value for walker in walkers)))
        self._zoom(1.0)
        self._make_lanes()
        self._zoom(0.0)
        bars = [each.belt.bar for each in self.spenders]
        begin = [name.get_center() for name in self.names]

        def move(t: float) -> None:
            self._zoom(t)
            for k, (name, each) in enumerate(zip(self.names, self.spenders, strict=True)):
                name.move_to(begin[k] + t * (self.title_places[k] - begin[k]))
                each.belt.settle(self.lanes[k].ground, t)

        moving = VGroup(self.hill, *walkers, *bars, *self.names)
        new = Reveal(*self.lanes, *self.exact, self.goal, rate_func=after(0.5))
        self.take(ZOOM, Drive(moving, move, rate_func=smooth), new)
        self.remove(*bars)
        self.hero = VGroup(self.hill, *self.lanes)
        self.say("closer")
        moving = VGroup(*walkers, *self.lanes)
        self.take(LATE, Drive(moving, self._visit, self.whole / 2, self.whole, rate_func=linear))

    def _zoom(self, t: float) -> None:
        """The parabola on the way to its close-up above the lanes; t from 0 to 1."""
        half = self.half ** (1 - t) * self.close**t
        box = self.regions.hill.towards(self.regions.top, t)
        self.hill.lay(box, self._span(half), self._between(half))
        for each in self.spenders:
            each.walker.room = self.hill.room
        self.stand(self.whole / 2)

    def _between(self, half: float) -> Span:
        """The range of J on the way: its lower end follows the upper one."""
        (low, high), (last_low, last_high) = self.tall
        top = self._tall(half)[1]
        share = (high - top) / (high - last_high) if high != last_high else 1.0
        return low + min(max(share, 0.0), 1.0) * (last_low - low), top

    def _make_lanes(self) -> None:
        """Lanes, their notes and the places of their names, for the parabola as it is now."""
        places, cap = self.regions, self.layout.scale.label
        self.goal = self.hill.name_goal()
        self.lanes = [
            SpreadLane(each.walk, self.hill.plot, each.color, box)
            for each, box in zip(self.spenders, places.lanes, strict=True)
        ]
        side = LEFT if all(lane.is_low_at_left() for lane in self.lanes) else RIGHT
        inner = self.hill.plot.inner
        end = inner.left + 0.2 if side is LEFT else inner.right - 0.2
        self.title_places = [
            place_of(name, point(end, box.top - 0.8 * cap), side)
            for name, box in zip(self.names, places.lanes, strict=True)
        ]
        for exact, found, box in zip(self.exact, self.measured, places.notes, strict=True):
            put_notes(exact, found, box, places.beside, inner)
        self.place(*self.lanes, *self.exact, *self.measured, self.goal)
        self.add(*self.names, *(each.walker for each in reversed(self.spenders)))

    def _visit(self, spent: float) -> None:
        for lane, t in zip(self.lanes, self.stand(spent), strict=True):
            lane.reach(t)

    def result(self) -> None:
        """What each size reached with the budget, and the measured spread as a length."""
        self.say("result")
        runs = zip(self.lanes, self.facts.runs, strict=True)
        pairs = [(lane, run.measured) for lane, run in runs]

        def widen(share: float) -> None:
            for lane, std in pairs:
                lane.measure(std, share)

        widths = Drive(VGroup(*self.lanes), widen, rate_func=smooth)
        self.take(WIDTHS, widths, Reveal(*self.measured))
