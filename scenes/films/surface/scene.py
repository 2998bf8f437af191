"""The film `surface`: the cost of two weights in three dimensions; it flattens into its map."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from manim import VGroup, VMobject, linear, smooth, there_and_back

from scenes.films.surface.lifted_world import LiftedWorld
from scenes.films.surface.parabolas import SlicePlot
from scenes.films.surface.plan import FILM
from scenes.films.surface.slices import Slices
from scenes.films.surface.view import View, between_views
from scenes.stage.maps.plane_world import regions
from scenes.stage.page.figures import decimals, running, short
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.glyphs import text_glyphs
from scenes.stage.page.layout import Box
from scenes.stage.page.motion import Conceal, Drive, Reveal, accelerate, after, set_visible, until
from scenes.stage.page.readouts import Readout, Readouts
from scenes.stage.page.wording import text_width
from scenes.stage.plots.line_plot import LinePlot

_ROOMY, _BESIDE = 11.0, 0.7  # capitals: room for whole names; between a name and its number
GROW = 1.6  # seconds in which a slice grows
NEAR = 0.1  # of the way: where the dots begin
STEP = 3.4  # seconds in which both dots go up
DIM = 0.4  # of the floor's shades, so that the surface stands out
SWING = 0.7  # part of the turn, there and back
LIFT = 2.2  # seconds in which both leave the surface, or in which it comes back


@dataclass(frozen=True)
class State:
    """All that a frame depends on: epochs done, part of the turn, heights, the slices.

    ``aside``: how far the surface has made room for the readouts; ``small``, how far for the
    parabolas; ``flown``: how far the slices have travelled to their place as parabolas.
    """

    epoch: float = 0.0
    part: float = -1.0
    rise: float = 0.0
    across: float = 0.0
    along: float = 0.0
    aside: float = 0.0
    small: float = 0.0
    flown: float = 0.0


class Surface(FilmScene):
    """A bowl over the (w, b) plane with both descents, seen from several sides, then from above."""

    film = FILM
    bias = True

    def prepare(self) -> None:
        """The map in perspective is there from the first frame; it rises, and all else with it."""
        self.traces = {"batch": self.facts.batch, "sgd": self.facts.sgd}
        self.world = world = LiftedWorld(self.traces, self.layout, self.theme)
        self.surface = surface = world.surface
        self.pair = Slices(world.lift, (self.theme.ink, self.theme.ink))
        self.parabolas = SlicePlot(
            self.pair, self.words, self.facts.curvature_texts, regions(self.layout)
        )
        self.readouts = self._make_readouts()
        self.data = self._make_data()
        self.state = State()
        plot = world.map.plot
        self.picture = VGroup(
            surface.floor, surface.beyond, surface.faces, surface.shades, surface.lines,
            surface.grid, world.axes,
        )  # fmt: skip
        self.hero = self.picture
        self.add(surface.floor, surface.beyond)
        self.add(surface.shades, surface.faces, surface.lines)
        self.place(plot.axes, plot.numbers, plot.names)
        self.place(surface.grid, world.goal, world.sgd, world.batch, self.pair)
        self.add(world.axes)
        self.place(world.axes.cost, world.map.goal[1:], self.readouts, self.data, self.parabolas)
        set_visible(surface.shades, 0.0)
        surface.faces.tint(0.0, 1.0)
        surface.dim(DIM)
        self.look(self.state)

    def _make_readouts(self) -> Readouts:
        theme, batch, sgd = self.theme, self.traces["batch"], self.traces["sgd"]
        self.places = decimals([float(batch.cost[0])], 4)
        cap, width = self.layout.scale.label, self.world.numbers.width
        names = [self.text("batch"), self.text("sgd")]
        if width < _ROOMY * cap:
            names = [self.words["plane.batch-name"], self.words["plane.sgd-name"]]
        self.room = width - max(text_width(name, cap) for name in names) - _BESIDE * cap
        widest = [
            max((self._cost_text(float(cost)) for cost in trace.cost), key=len)
            for trace in (batch, sgd)
        ]
        items = [
            Readout(self.words["common.epoch-count"], theme.ink, str(batch.epochs)),
            Readout(names[0], theme.batch, widest[0]),
            Readout(names[1], theme.sgd, widest[1]),
        ]
        return Readouts(items, self.world.numbers, theme, self.layout.scale)

    def _make_data(self) -> VGroup:
        """The samples with the last line of each descent, beside or under the map at the end."""
        field, box = self.world.map, regions(self.layout).data
        lines = [field.start, field.target]
        plot = LinePlot(self.lesson.data, lines, box, self.theme, self.layout.scale)
        made = VGroup()
        colors = (self.theme.batch, self.theme.sgd)
        for trace, color in zip(self.traces.values(), colors, strict=True):
            made.add(VMobject(color=color, stroke_width=5))
            plot.lay(made[-1], *map(float, trace.theta[-1]))
        return VGroup(plot, made, plot.dots)

    def _cost_text(self, cost: float) -> str:
        """A cost, with fewer digits if there is no room for them."""
        texts = [running(cost, self.places)]
        if math.isfinite(cost):
            texts += [short(cost, digits) for digits in (3, 2, 1)]
        glyphs = text_glyphs(self.layout.scale.label)
        return next((each for each in texts if glyphs.width(each) <= self.room), texts[-1])

    def stage(self, state: State) -> Box:
        """The place of the surface; while the parabolas are the subject it is small."""
        world = self.world
        return world.whole.towards(world.stage, state.aside).towards(world.small, state.small)

    def view(self, state: State) -> View:
        """The view of the surface on its stage."""
        return self.world.lift.view(state.part, self.world.room_in(self.stage(state)))

    def look(self, state: State, view: View | None = None, stage: Box | None = None) -> None:
        """Show everything as it is in ``state``, or as seen from another ``view``."""
        self.state = state
        view, stage = view or self.view(state), stage or self.stage(state)
        world, walks = self.world, (self.traces["batch"], self.traces["sgd"])
        at = [min(state.epoch * walk.updates_per_epoch, float(walk.updates)) for walk in walks]
        world.show(view, at[0], at[1], state.rise, stage)
        grown = (state.across, state.along)
        self.pair.draw(view, grown, self.parabolas.plot, state.flown)
        costs = (
            self._cost_text(world.map.objective.cost(place))
            for place in (world.batch.at(at[0]), world.sgd.at(at[1]))
        )
        self.readouts.write(str(int(state.epoch + 1e-9)), *costs)

    def drive(self, seconds: float, change: Callable[[float], State], *others: Drive) -> None:
        """Show the states that ``change`` gives for 0…1."""
        parts = [*self.picture, self.world.goal, self.pair, self.world.sgd, self.world.batch]
        show = Drive(VGroup(*parts, self.readouts), lambda t: self.look(change(t)))
        show.rate_func = linear
        self.take(seconds, show, *others)

    def rise(self) -> None:
        """First the map is flat, then each place rises to its cost."""
        world, state = self.world, self.state
        self.say("height")
        self.take(0.3, Reveal(self.surface.grid))

        def change(t: float) -> State:
            self.surface.faces.tint(smooth(t), 1.0)
            return replace(state, rise=smooth(t), part=-1.0 + 0.2 * t)

        self.drive(2.6, change)
        self.take(0.4, Reveal(world.axes.cost, world.goal))

    def descent(self) -> None:
        """Both descents, epoch by epoch, while the view begins to turn; then it swings once."""
        world, epochs, state = self.world, self.lesson.epochs, self.state
        self.say("walk")
        room = Reveal(world.sgd, world.batch, self.readouts, rate_func=after(0.6))
        self.drive(0.8, lambda t: replace(state, aside=smooth(t)), room)
        state, rate = self.state, accelerate(epochs, 3)
        self.drive(5.9, lambda t: replace(state, epoch=rate(t) * epochs, part=state.part + t))
        self.say("end")
        state = self.state
        self.drive(1.2, lambda t: replace(state, part=state.part + 0.3 * smooth(t)))
        self.hold(0.1)
        self.loop("turn")
        seen = self.state
        self.drive(3.0, lambda t: replace(seen, part=seen.part - SWING * there_and_back(t)))

    def slices(self) -> None:
        """Across the valley and along it: two curves on the surface, then two parabolas."""
        world, state = self.world, self.state
        self.say("slices")
        part = state.part
        first = [Reveal(self.pair, rate_func=at_once), Conceal(self.readouts, rate_func=until(0.4))]

        def grow(t: float) -> State:
            eased = smooth(t)
            return replace(state, across=eased, aside=1 - eased, part=part + 0.3 * t)

        self.drive(GROW, grow, *first)
        state = self.state
        self.drive(GROW, lambda t: replace(state, along=smooth(t), part=part + 0.3 + 0.3 * t))
        state = self.state
        left = (world.sgd, world.batch, world.goal, world.axes)
        self.take(0.3, Conceal(*left))
        self.hero = self.parabolas.plot
        plot = self.parabolas.plot
        self.drive(
            LIFT,
            lambda t: replace(state, small=smooth(t), flown=smooth(t)),
            Reveal(plot, rate_func=after(0.6)),
        )
        self.take(0.4, Reveal(self.parabolas.names))
        self.say("shape")
        both = self.parabolas
        both.step(NEAR * both.farthest)
        self.take(0.4, Reveal(both.dots, both.rises, both.numbers))
        moving = VGroup(both.dots, both.rises, both.numbers)
        self.take(
            STEP, Drive(moving, both.step, NEAR * both.farthest, both.farthest, rate_func=smooth)
        )
        self.take(0.4, Reveal(both.said))

    def flatten(self) -> None:
        """Seen from directly above it is the contour map; beside it, what each descent found."""
        world, lift, surface = self.world, self.world.lift, self.surface
        plot, state = world.map.plot, self.state
        gone = Conceal(*self.parabolas, rate_func=until(0.4))
        cuts = Drive(self.pair, lambda amount: set_visible(self.pair, amount), rate_func=in_turn)
        self.drive(
            LIFT,
            lambda t: replace(state, small=1 - smooth(t), flown=float(t < 0.5), aside=smooth(t)),
            gone,
            cuts,
        )
        self.hero = self.picture
        walks = Reveal(world.sgd, world.batch, world.goal, self.readouts)
        self.take(0.4, Conceal(self.pair), walks)
        self.say("above")
        self.take(0.3, Conceal(surface.grid))
        state, start = self.state, self.view(self.state)

        def show(t: float) -> None:
            soft = min(2 * t, 1.0)
            surface.faces.tint(1 - soft, 1 - soft)
            set_visible(surface.shades, soft)
            surface.dim(DIM + (1 - DIM) * t)
            set_visible(surface.beyond, 1 - t)
            stage = world.stage.towards(plot.inner, t)
            self.look(state, between_views(start, lift.above, t), stage)

        parts = VGroup(*self.picture, world.goal, world.sgd, world.batch)
        self.take(3.0, Drive(parts, show, rate_func=smooth))
        self.remove(surface.faces)
        self.bring_to_back(plot)  # all of it, in its own order, as in the film `plane`
        self.hero = plot
        axes = [plot.axes, plot.numbers, plot.names]
        self.take(0.6, Reveal(*axes, *world.map.goal[1:], self.data))


def at_once(t: float) -> float:
    """A rate for what is to be seen from the beginning."""
    return 1.0


def in_turn(t: float) -> float:
    """A rate for what goes at one place and then comes at another: gone from 0.4 to 0.6."""
    return 1 - until(0.4)(t) if t < 0.5 else after(0.6)(t)
