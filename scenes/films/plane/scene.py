"""The film `plane`: two weights, ŷ = w·x + b, on the map of the cost, and SGD's zig-zag there."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject, smooth

from scenes.films.plane.plan import (
    BATCH_STEP,
    FILM,
    RUN_BATCH,
    RUN_SGD,
    SGD_STEP,
    SLOW_BATCH,
    SLOW_SGD,
    WATCH,
    WATCHED,
)
from scenes.films.plane.plane_steps import plane_numbers, plane_rule
from scenes.stage.maps.plane_world import PlaneWorld, Walk
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.formulas import Substitution, fit, formula, widest_fitting
from scenes.stage.page.glyphs import math_glyphs
from scenes.stage.page.motion import Conceal, Dismiss, Drive, Reveal, accelerate

Values = npt.NDArray[np.float64]

SWEPT = 3  # valleys that the probe moves along


class Plane(FilmScene):
    """Batch crosses the contours; SGD steps from one sample's valley towards another's."""

    film = FILM
    bias = True

    def prepare(self) -> None:
        """The map with its valleys, both descents, the data with their line, the numbers."""
        found = {"batch": self.facts.batch, "sgd": self.facts.sgd}
        self.world = world = PlaneWorld(found, self.layout, self.theme, self.words)
        self.field, self.box = world.map, world.said
        self.other = VMobject(color=self.theme.point, stroke_width=5)
        self.place(self.field.plot, self.field.crowd, self.field.goal, world.data, world.data.dots)
        self.place(self.field.valleys, self.field.active, self.field.level, self.field.names)
        self.place(world.data.rings, self.other, world.data.live, world.readouts)
        self.place(world.sgd.trail, world.batch.trail, world.gradient, world.step, world.probe)
        self.said = VGroup()
        world.show_probe(self.field.start)

    def tell(self, *parts: VMobject) -> list[Dismiss | Reveal]:
        """Animations after which only ``parts`` are written beside the map."""
        old, self.said = list(self.said), VGroup(*parts)
        gone = [part for part in old if part not in parts]
        new = [part for part in parts if part not in old]
        return [*([Dismiss(*gone)] if gone else []), *([Reveal(*new)] if new else [])]

    def room(self, wanted: bool) -> list[Conceal | Reveal]:
        """In a narrow frame texts are in the data's place: hide the data, or show them again."""
        world, data = self.world, self.world.data
        if not world.regions.shared:
            return []
        if wanted:
            return [Conceal(data, data.dots, data.live, data.rings, world.readouts)]
        return [Reveal(data, data.dots, data.live, world.readouts)]

    def glide(self, start: Values, stop: Values, seconds: float) -> None:
        """Move the probe straight across the map; its line follows."""
        world = self.world
        moving = world.moving(world.probe)

        def show(t: float) -> None:
            world.show_probe(start + t * (stop - start))

        self.take(seconds, Drive(moving, show, rate_func=smooth))

    def map(self) -> None:
        """A place of the map is a line; its shade shows the cost."""
        world, start, goal = self.world, self.field.start, self.field.target
        shared = world.regions.shared
        self.say("line")
        self.said = self._model(shared)
        self.take(0.5, Reveal(world.data, world.data.dots))
        self.hold(0.8)
        self.take(0.5, Reveal(world.data.live, self.said[0]))
        self.hold(1.2)
        self.say("place")
        old = [Dismiss(self.said)] if shared else []
        self.take(0.5, Reveal(self.field.plot, world.probe, world.readouts), *old)
        corner = np.array([goal[0], start[1]])
        self.glide(start, corner, 1.8)
        self.glide(corner, goal, 1.8)
        self.say("cost")
        self.take(0.5, Reveal(self.field.goal, *([] if shared else self.said[1:])))

    def _model(self, shared: bool) -> VGroup:
        """ŷ = w·x + b, and its cost if there is room."""
        theme, cap, box = self.theme, self.layout.scale.label, self.box
        source = "hat(y) = {{ w : w }} x + {{ b : b }}"
        model = formula(source, cap, theme.ink, {"w": theme.point, "b": theme.point})
        if shared:
            return fit(VGroup(model), box)
        sources = ("J = 1/n sum_(i=1)^n (w x_i + b - y_i)^2", "J = overline((w x + b - y)^2)")
        costs: list[VMobject] = [formula(each, cap, theme.cost) for each in sources]
        return fit(VGroup(model, widest_fitting(costs, box)), box)

    def batch(self) -> None:
        """Against the gradient, across the contours: twice slowly, then all epochs."""
        world, walk = self.world, self.world.batch
        self.glide(self.field.target, self.field.start, 0.8)
        self.say("across" if self.field.true else "against")
        rule = self._rule("J", self.theme.point, self.theme.gradient)
        walk.trail.reach(0)
        seen = [Reveal(walk.trail), Conceal(world.probe)]
        self.take(0.5, *self.tell(rule), *seen, *self.room(True))
        steps = min(SLOW_BATCH, walk.trace.updates)
        for k in range(steps):
            self._slow_step(walk, k, rule, BATCH_STEP)
        self.say("batch")
        self.take(0.3, *self.tell(*self._kept(rule)), *self.room(False))
        self._run(walk, steps, RUN_BATCH, 8)

    def _rule(self, of: str, color: str, hue: str) -> VGroup:
        cap = self.layout.scale.label
        made = VGroup(plane_rule(self.lesson.rule, of, self.theme, cap, color, hue))
        return fit(made, self.box.inset(bottom=0.6 * self.box.height), 0.0)

    def _kept(self, rule: VGroup) -> list[VGroup]:
        """The rule if it can stay, because it is not in the data's place."""
        return [] if self.world.regions.shared else [rule]

    def _slow_step(self, walk: Walk, k: int, rule: VGroup, seconds: float) -> None:
        """Look at the gradient, decide with the numbers plugged in, move."""
        world = self.world
        seen = world.look_at(walk, k)
        if world.regions.shared:
            seen = [part for part in seen if part is not world.data.rings]
        self.take(0.16 * seconds, *self.tell(rule), Reveal(*seen))
        self.hold(0.08 * seconds)
        self.take(0.16 * seconds, *self.tell(rule, self._plug_in(walk, k, rule)))
        self.take(0.01, Reveal(world.step))
        self.take(0.16 * seconds, Drive(world.step, world.grow_step(walk, k), rate_func=smooth))
        self.hold(0.12 * seconds)
        self._move(walk, k, 0.3 * seconds, Conceal(*seen))

    def _move(self, walk: Walk, k: int, seconds: float, *others: Conceal) -> None:
        world = self.world
        moving = world.moving(walk.trail)
        drive = Drive(moving, lambda t: world.show(walk, t), k, k + 1, rate_func=smooth)
        self.take(seconds, drive, *others)
        world.step.clear()

    def _plug_in(self, walk: Walk, k: int, rule: VGroup) -> VGroup:
        """The rule with its numbers, in the smaller letters if need be; nothing if too long."""
        box, color, places = self.box, walk.color, self.world.places
        runs = plane_numbers(walk.trace, k, places, self.theme, color, walk.hue(k))
        below = box.inset(top=box.top - float(rule.get_bottom()[1]) + 0.1)
        for cap in (self.layout.scale.label, self.layout.scale.small):
            made = Substitution(runs, math_glyphs(cap), below)
            if float(made.get_bottom()[1]) >= below.bottom:
                return made
        return VGroup()

    def _run(self, walk: Walk, done: int, seconds: float, first: float) -> None:
        """The rest of a descent, accelerating."""
        world, updates = self.world, walk.trace.updates
        rate = accelerate(updates - done, first)
        moving = world.moving(walk.trail)
        show = Drive(moving, lambda t: world.show(walk, t), done, updates, rate_func=rate)
        self.take(seconds if updates > done else 0.0, show)

    def valleys(self) -> None:
        """Each loss is a straight valley; how the valleys lie."""
        world, field, data = self.world, self.field, self.world.data
        self.take(0.4, Conceal(world.batch.trail), *self.tell())
        self.say("valley")
        swept = [i for i in range(len(field.shown)) if len(field.ends(field.shown[i]))][:SWEPT]
        for i in swept:
            self._sweep(i, 4.2 / len(swept))
        self.take(0.4, Conceal(world.probe, data.rings, data.live, world.readouts))
        rest = [line for i, line in enumerate(field.valleys) if i not in swept]
        self.say("valleys")
        self.take(0.5, Reveal(*rest, field.crowd, field.names))

    def _sweep(self, i: int, seconds: float) -> None:
        """Along a valley: the line turns about its sample, whose loss stays 0."""
        world, sample = self.world, self.field.shown[i]
        high, low = self.field.ends(sample)[np.array([0, 1])]
        world.data.light([sample])
        world.show_probe(high)
        seen = [world.data.rings, world.probe, world.data.live, world.readouts]
        self.take(0.2 * seconds, Reveal(self.field.valleys[i], *seen))
        self.glide(high, low, 0.7 * seconds)

    def sgd(self) -> None:
        """One sample at a time: a step along (xᵢ, 1), towards its valley."""
        world, walk = self.world, self.world.sgd
        world.recolor(walk.color)
        world.show(walk, 0)
        data = [] if world.regions.shared else [world.data.live, world.readouts]
        self.take(0.4, Reveal(walk.trail, *data))
        self.say("step")
        rule = self._rule("ell_i", walk.color, self.theme.loss)
        self.take(0.4, *self.tell(rule), *self.room(True))
        updates = walk.trace.updates
        slow, watched = min(SLOW_SGD, updates), min(WATCHED, updates)
        for k in range(slow):
            self._slow_step(walk, k, rule, SGD_STEP)
        self.take(0.2, *self.tell(*self._kept(rule)), *self.room(False))
        self.take(0.01, Reveal(self.field.active, world.data.rings))
        for k in range(slow, watched):
            world.look_at(walk, k)
            self._move(walk, k, WATCH / (watched - slow))
        self.take(0.2, Conceal(self.field.active, world.data.rings))
        self.say("epochs")
        self._run(walk, watched, RUN_SGD, 12)

    def result(self) -> None:
        """Where each descent ended, and the cause of the zig-zag."""
        world, batch, sgd = self.world, self.world.batch, self.world.sgd
        batch.trail.reach(batch.trace.updates)
        world.data.lay(self.other, *map(float, batch.trace.theta[-1]))
        # The numbers are beside the map now.
        gone = Conceal(world.data.arrows, world.readouts, sgd.trail.value)
        seen = [part for part in batch.trail if part is not batch.trail.value]
        other = [] if world.regions.shared else [self.other]
        self.take(0.4, gone, *self.tell(), Reveal(*seen, *other), *self.room(True))
        self.say("result")
        self.take(0.4, *self.tell(self._ends()))
        self.hold(2.6)
        self.say("why")

    def _ends(self) -> VGroup:
        """Where both descents ended: two lines for each, or more if they are too long."""
        walks, made = [self.world.batch, self.world.sgd], VGroup()
        names = [self.text("batch-name"), self.text("sgd-name")]
        told = [
            self._told(name, walk, f"J = {cost}")
            for name, walk, cost in zip(names, walks, self.facts.cost_texts(), strict=True)
        ]
        for way in zip(*told, strict=True):
            made = VGroup()
            for lines, walk in zip(way, walks, strict=True):
                made.add(*(self.label(text, walk.color) for text in lines))
            narrow = made.width <= self.box.width
            if fit(made, self.box).height <= self.box.height and narrow:
                break
        return made

    def _told(self, name: str, walk: Walk, cost: str) -> list[list[str]]:
        """Ways to write where a descent ended, line by line: those with long lines first."""
        updates = self.text("updates", n=walk.trace.updates)
        w, b = self.world.end_texts(walk)
        head, place = f"{name}  {updates}", f"({w}, {b})"
        return [
            [head, f"{place}  {cost}"],
            [f"{head}  {cost}", place],
            [head, place, cost],
            [head, f"w = {w}", f"b = {b}", cost],
            [f"{name}  {cost}", place],  # the caption before says how many updates there were
            [name, updates, f"w = {w}", f"b = {b}", cost],
        ]
