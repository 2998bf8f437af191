"""The film `plane`: two weights, ŷ = w·x + b, on the map of the cost, and SGD's zig-zag there."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject, linear, smooth
from manim.utils.rate_functions import ease_in_out_sine

from scenes.films.plane import plan
from scenes.films.plane.close_up import CloseUp
from scenes.films.plane.dive import beside_stop, end_stop
from scenes.films.plane.notes import Notes, ways_to_tell
from scenes.films.plane.race import Race
from scenes.stage.maps.plane_world import PlaneWorld, Walk
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.motion import (
    Conceal,
    Dismiss,
    Drive,
    Reveal,
    accelerate,
    after,
    set_visible,
    until,
)

Values = npt.NDArray[np.float64]

SWEPT = 3  # valleys that the probe moves along
FAINT = 0.4  # of their opacity: valleys that no update looks at


class Plane(FilmScene):
    """Batch crosses the contours; SGD steps from one sample's valley towards another's."""

    film = plan.FILM
    bias = True

    def prepare(self) -> None:
        """The map, the data with their line, and the numbers are there from the first frame."""
        found = {"batch": self.facts.batch, "sgd": self.facts.sgd}
        self.world = world = PlaneWorld(found, self.layout, self.theme, self.words)
        self.field, self.valley_map = world.map, world.map.valleys
        self.notes = Notes(world, self.layout)
        self.hero = self.field.plot
        self.end = end_stop(self.facts, self.field.whole)
        self.beside = beside_stop(self.facts, self.field.whole, self.end) if self.end else None
        self.other = VMobject(color=world.batch.color, stroke_width=4)
        self.add(self.field.plot, world.data, world.data.dots)
        self.place(self.valley_map.crowd, self.field.goal)
        self.place(self.valley_map.lines, self.valley_map.active, self.field.level)
        self.place(self.valley_map.names, self.field.band_names)
        self.place(world.data.rings, self.other)
        self.add(world.data.live, world.readouts)
        self.place(world.batch.trail, world.sgd.trail, world.gradient, world.step)
        self.count = VGroup(*world.readouts[6:])  # a place of the map is no update
        set_visible(self.count, 0.0)
        self.said = VGroup(self.notes.model())
        self.add(world.probe, self.notes.ground, self.said)
        world.show_probe(self.field.start)

    def tell(self, *parts: VMobject) -> list[Dismiss | Reveal]:
        """Animations after which only ``parts`` are written beside or on the map."""
        old, self.said = list(self.said), VGroup(*parts)
        gone = [part for part in old if part not in parts]
        new = [part for part in parts if part not in old]
        if new or not parts:
            self.notes.lay_ground(list(parts))
        left = [Dismiss(*gone, rate_func=until(0.4))] if gone else []
        return [*left, *([Reveal(*new, rate_func=after(0.6))] if new else [])]

    def numbers(self, wanted: bool) -> list[Conceal | Reveal]:
        """The running numbers have the place of formulas, if these are not on the map."""
        if self.notes.on_map:
            return []
        readouts = self.world.readouts
        fade, rate = (Reveal, after(0.6)) if wanted else (Conceal, until(0.4))
        return [fade(readouts, rate_func=rate)]

    def glide(self, start: Values, stop: Values, seconds: float) -> None:
        """Move the probe straight across the map; its line follows."""
        world = self.world

        def show(t: float) -> None:
            world.show_probe(start + t * (stop - start))

        self.take(seconds, Drive(world.moving(world.probe), show, rate_func=smooth))

    def map(self) -> None:
        """A place of the map is a line; its shade shows the cost."""
        start, goal = self.field.start, self.field.target
        corner = np.array([goal[0], start[1]])
        self.say("line")
        self.glide(start, corner, 1.8)
        self.say("place")
        self.glide(corner, goal, 1.8)
        self.say("cost")
        self.take(0.3, Reveal(self.field.goal))
        self.glide(goal, start, 1.2)
        self._along_the_contour()

    def _along_the_contour(self) -> None:
        """The probe moves to and fro on the contour through the start: J stays as it is."""
        world, field = self.world, self.field
        field.lay_level(field.start)
        self.take(0.3, Reveal(field.level))
        self.hold(0.1)
        self.loop("contour")
        show = field.plot.conics.along(field.start, 0.3 * float(field.whole.half[1]))
        moving = world.moving(world.probe)
        self.take(1.9, Drive(moving, lambda t: world.show_probe(show(t)), rate_func=smooth))

    def batch(self) -> None:
        """Against the gradient, across the contours: twice slowly, then all epochs."""
        world, walk = self.world, self.world.batch
        self.say("across" if self.field.true else "against")
        self.notes.settle(walk)
        rule = self.notes.rule("J", walk.color, self.theme.gradient)
        world.recolor(walk.color)
        walk.trail.reach(0)
        seen = [Reveal(walk.trail), Conceal(world.probe, self.field.level)]
        self.take(0.5, *self.tell(rule), *seen, *self.numbers(False))
        steps = min(plan.SLOW_BATCH, walk.trace.updates)
        for k in range(steps):
            self._slow_step(walk, k, rule, plan.BATCH_STEP)
        self.say("batch")
        self.take(0.3, *self.tell(), *self.numbers(True))
        self._run(walk, steps, plan.RUN_BATCH, 8)

    def _slow_step(self, walk: Walk, k: int, rule: VGroup, seconds: float) -> None:
        """Look at the gradient, decide with the numbers plugged in, move."""
        world = self.world
        seen = world.look_at(walk, k)
        self.take(0.16 * seconds, *self.tell(rule), Reveal(*seen))
        self.hold(0.08 * seconds)
        numbers = self.notes.plug_in(walk, k, rule)
        self.take(0.16 * seconds, *self.tell(*self._with(rule, numbers)))
        self.take(0.01, Reveal(world.step))
        self.take(0.16 * seconds, Drive(world.step, world.grow_step(walk, k), rate_func=smooth))
        self.hold(0.12 * seconds)
        self._move(walk, k, 0.3 * seconds, Conceal(*seen))

    def _with(self, rule: VGroup, numbers: VGroup) -> list[VGroup]:
        """The rule and the numbers, or the numbers alone if they are in its place."""
        below = not len(numbers) or numbers.get_top()[1] < rule.get_bottom()[1]
        return [rule, numbers] if below else [numbers]

    def _move(self, walk: Walk, k: int, seconds: float, *others: Conceal) -> None:
        world = self.world
        moving = world.moving(walk.trail)
        drive = Drive(moving, lambda t: world.show(walk, t), k, k + 1, rate_func=smooth)
        self.take(seconds, drive, *others)
        world.step.clear()

    def _run(self, walk: Walk, done: int, seconds: float, first: float) -> None:
        """The rest of a descent, accelerating."""
        world, updates = self.world, walk.trace.updates
        rate = accelerate(updates - done, first)
        moving = world.moving(walk.trail)
        show = Drive(moving, lambda t: world.show(walk, t), done, updates, rate_func=rate)
        self.take(seconds if updates > done else 0.0, show)

    def valleys(self) -> None:
        """Each loss is a straight valley; how the valleys lie."""
        world, valleys, data = self.world, self.valley_map, self.world.data
        world.recolor(self.theme.point)
        self.take(0.4, Conceal(world.batch.trail, self.count))
        self.say("valley")
        shown = enumerate(valleys.shown)
        swept = [k for k, sample in shown if len(valleys.ends(sample))][:SWEPT]
        for k in swept:
            self._sweep(k, 4.2 / len(swept))
        gone = Conceal(world.probe, data.rings, data.live, world.readouts)
        self.take(0.4, gone, *self.tell())
        rest = [line for k, line in enumerate(valleys.lines) if k not in swept]
        self.say("valleys")
        self.take(0.5, Reveal(*rest, valleys.crowd, valleys.names, self.field.band_names))

    def _sweep(self, k: int, seconds: float) -> None:
        """Along a valley: the line turns about its sample, whose loss stays 0."""
        world, valleys = self.world, self.valley_map
        sample = valleys.shown[k]
        high, low = valleys.ends(sample)[np.array([0, 1])]
        world.data.light([sample])
        world.show_probe(high)
        seen = [world.data.rings, world.probe, world.data.live]
        nought = self.notes.nought(sample)
        self.take(0.2 * seconds, Reveal(valleys.lines[k], *seen), *self.tell(nought))
        self.glide(high, low, 0.7 * seconds)

    def sgd(self) -> None:
        """One sample at a time: a step along (xᵢ, 1), towards its valley."""
        world, walk, valleys = self.world, self.world.sgd, self.valley_map
        world.recolor(walk.color)
        world.show(walk, 0)
        self.notes.settle(walk)
        lines = valleys.lines
        fade = Drive(lines, lambda t: set_visible(lines, 1 - t * (1 - FAINT)))
        self.take(0.4, Reveal(walk.trail, world.data.live, world.readouts), fade)
        self.say("step")
        rule = self.notes.rule("ell_i", walk.color, self.theme.loss)
        self.take(0.4, *self.tell(rule), *self.numbers(False))
        updates = walk.trace.updates
        slow, watched = min(plan.SLOW_SGD, updates), min(plan.WATCHED, updates)
        for k in range(slow):
            self._slow_step(walk, k, rule, plan.SGD_STEP)
        self.take(0.2, *self.tell(), *self.numbers(True))
        self._watch(walk, slow, watched, plan.WATCH)
        self.say("epochs")
        self._run(walk, watched, plan.RUN_SGD, 12)

    def _watch(self, walk: Walk, first: int, last: int, seconds: float) -> None:
        """Updates one by one, each with the valley that it looks at."""
        world = self.world
        lit = [self.valley_map.active, world.data.rings]
        self.take(0.01, Reveal(*lit))
        for k in range(first, last):
            world.look_at(walk, k)
            self._move(walk, k, seconds / (last - first))
        self.take(0.2, Conceal(*lit))

    def result(self) -> None:
        """Both once more, epoch by epoch, and where each of them ended."""
        world, batch, sgd = self.world, self.world.batch, self.world.sgd
        self.race = Race(world, self.other, self.words, self.facts, self.layout)
        gone = Conceal(world.data.arrows, world.readouts)
        self.take(0.4, gone, *self.tell(), Reveal(batch.trail, self.other))
        self.say("result")
        told = [
            ways_to_tell(
                self.text(name),
                self.text("updates", n=walk.trace.updates),
                world.end_texts(walk),
                cost,
            )
            for name, walk, cost in zip(
                ("batch-name", "sgd-name"), (batch, sgd), self.facts.cost_texts(), strict=True
            )
        ]
        self.ends = self.notes.ends(told, [batch, sgd], self.label)
        self._race(plan.RACE)

    def _race(self, seconds: float) -> None:
        """Both descents at the same epoch; the numbers run with them, then those of the ends."""
        race = self.race
        race.show(0.0)
        self.take(0.3, Reveal(race.count))
        self.take(seconds, Drive(race.moving, race.show, rate_func=linear))
        self._tell_ends(race.count)

    def _tell_ends(self, count: VGroup) -> None:
        """In the place of running numbers: where the descents ended."""
        self.take(
            0.5, Conceal(count, rate_func=until(0.4)), Reveal(self.ends, rate_func=after(0.6))
        )

    def close(self) -> None:
        """A close view: SGD passes by where batch ended, or its last updates; then all again."""
        stop = self.beside or self.end
        names = [self.valley_map.names, self.field.band_names]
        if stop is None:  # nothing more is seen close up: both once more, slowly
            self.say("why")
            self.take(0.2, Conceal(self.ends))
            self._race(plan.FRAME + plan.DIVE + plan.PASS + plan.BACK)
            return
        world = self.world
        self.close_up = close = CloseUp(world, self.other, stop)
        for walk in (world.batch, world.sgd):
            walk.trail.mark.silent = True  # the places are written beside the map
        world.recolor(world.sgd.color)
        close.stand(float(world.sgd.trace.updates))
        swap = Conceal(self.ends, *names, rate_func=until(0.4))
        self.take(0.5, swap, Reveal(world.readouts, close.frame, rate_func=after(0.6)))
        self.say("beside" if stop is self.beside else "why")
        self.take(plan.FRAME, Drive(close.moving, close.mark))
        self.take(plan.DIVE, Drive(close.moving, close.dive, rate_func=ease_in_out_sine))
        lit = VGroup(self.valley_map.active, world.data.rings) if close.one_by_one else VGroup()
        set_visible(lit, 1.0)
        self.take(plan.PASS, Drive(close.moving, close.come_by, stop.first, stop.last))
        set_visible(lit, 0.0)
        if stop is self.beside:
            self.say("why")
        self.take(plan.BACK, Drive(close.moving, close.leave, rate_func=ease_in_out_sine))
        self._tell_ends(VGroup(world.readouts, close.frame))
        self.take(0.3, Reveal(*names))
