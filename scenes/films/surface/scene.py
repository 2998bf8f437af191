"""The film `surface`: the cost of two weights in three dimensions; it flattens into its map."""

from __future__ import annotations

from manim import VGroup, VMobject, linear, smooth

from scenes.films.surface.lifted import View, between_views
from scenes.films.surface.lifted_world import LiftedWorld
from scenes.films.surface.plan import FILM
from scenes.stage.maps.plane_world import regions
from scenes.stage.page.figures import decimals, running
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.layout import Box
from scenes.stage.page.motion import Conceal, Drive, Reveal, accelerate
from scenes.stage.page.readouts import Readout, Readouts
from scenes.stage.plots.line_plot import LinePlot


class Surface(FilmScene):
    """A bowl over the (w, b) plane with both descents, seen from several sides, then from above."""

    film = FILM
    bias = True

    def prepare(self) -> None:
        """The lifted map, both descents, and the numbers."""
        self.traces = {"batch": self.facts.batch, "sgd": self.facts.sgd}
        self.world = world = LiftedWorld(self.traces, self.layout, self.theme)
        self.readouts = self._make_readouts()
        self.data = self._make_data()
        self.epoch, self.part = 0.0, -1.0
        self.place(world.surface.frame, world.map.plot, world.surface.skin)
        self.place(world.surface.grid, world.goal)
        self.place(world.sgd, world.batch, world.labels, world.map.goal, self.readouts)
        self.place(self.data)
        self.look(world.lift.view(self.part))

    def _make_readouts(self) -> Readouts:
        theme, batch, sgd = self.theme, self.traces["batch"], self.traces["sgd"]
        self.places = decimals([float(batch.cost[0])], 4)
        widest = [
            max((self._cost_text(float(cost)) for cost in trace.cost), key=len)
            for trace in (batch, sgd)
        ]
        items = [
            Readout(self.words["common.epoch"], theme.ink, str(batch.epochs)),
            Readout(self.text("batch"), theme.point, widest[0]),
            Readout(self.text("sgd"), theme.loss, widest[1]),
        ]
        return Readouts(items, self.world.numbers, theme, self.layout.scale)

    def _make_data(self) -> VGroup:
        """The samples with the last line of each descent, if there is room beside the map."""
        places, theme = regions(self.layout), self.theme
        if places.shared:
            return VGroup()
        field, scale = self.world.map, self.layout.scale
        bottom = min(float(figure.at[1]) for figure in self.readouts.figures)
        side = places.side
        box = Box(side.left, side.bottom, side.right, bottom - 1.1 * scale.label)
        plot = LinePlot(self.lesson.data, [field.start, field.target], box, theme, scale)
        lines = VGroup()
        for trace, color in zip(self.traces.values(), (theme.point, theme.loss), strict=True):
            lines.add(VMobject(color=color, stroke_width=5))
            plot.lay(lines[-1], *map(float, trace.theta[-1]))
        return VGroup(plot, lines, plot.dots)

    def _cost_text(self, cost: float) -> str:
        return running(cost, self.places)

    def look(self, view: View, rise: float = 1.0) -> None:
        """Show everything at the present epoch, as seen from ``view``."""
        world, walks = self.world, (self.traces["batch"], self.traces["sgd"])
        at = [min(self.epoch * walk.updates_per_epoch, float(walk.updates)) for walk in walks]
        world.show(view, at[0], at[1], rise)
        places = world.batch.at(at[0]), world.sgd.at(at[1])
        costs = (self._cost_text(world.map.objective.cost(place)) for place in places)
        self.readouts.write(str(int(self.epoch + 1e-9)), *costs)

    def _all(self) -> VGroup:
        world = self.world
        surface = world.surface
        parts = [surface.frame, world.map.plot, surface.skin, surface.grid, world.goal]
        return VGroup(*parts, world.sgd, world.batch, world.labels, self.readouts)

    def rise(self) -> None:
        """First the map is flat, then each place rises to its cost."""
        world, lift = self.world, self.world.lift
        view = lift.view(-1.0)
        self.look(view, 0.0)
        self.say("height")
        flat = [world.surface.frame, *world.surface.parts, *world.labels[:2]]
        self.take(0.8, Reveal(*flat))
        self.hold(0.5)
        self.take(0.4, Reveal(world.surface.grid, world.surface.skin))
        self.take(2.2, Drive(self._all(), lambda t: self.look(view, t), rate_func=smooth))
        self.take(0.4, Reveal(*world.labels[2:], world.goal))

    def descent(self) -> None:
        """Both descents, epoch by epoch, while the view begins to turn."""
        world, epochs = self.world, self.lesson.epochs
        self.take(0.5, Reveal(world.sgd, world.batch, self.readouts))
        self.say("walk")
        rate = accelerate(epochs, 3)

        def show(t: float) -> None:
            self.epoch, self.part = rate(t) * epochs, -1.0 + 1.2 * t
            self.look(world.lift.view(self.part))

        self.take(7.0, Drive(self._all(), show, rate_func=linear))
        self.say("end")

    def orbit(self) -> None:
        """Around the valley: its shape along and across."""
        self.say("shape")
        for stop, seconds in ((1.0, 2.6), (0.0, 2.6)):
            self._turn(self.part, stop, seconds)
            self.part = stop

    def _turn(self, start: float, stop: float, seconds: float) -> None:
        view = self.world.lift.view
        turn = Drive(self._all(), lambda t: self.look(view(t)), start, stop, rate_func=smooth)
        self.take(seconds, turn)

    def flatten(self) -> None:
        """Seen from directly above it is the contour map; beside it, what each descent found."""
        world, lift = self.world, self.world.lift
        plot, start = world.map.plot, lift.view(self.part)
        self.say("above")
        self.take(0.4, Conceal(world.labels, world.surface.grid))

        def show(t: float) -> None:
            self.look(between_views(start, lift.above, t))

        self.take(3.2, Drive(self._all(), show, rate_func=smooth))
        axes = [plot.axes, plot.numbers, plot.names, *world.surface.cut]
        gone = Conceal(world.surface.frame, world.surface.skin)
        self.take(0.6, Reveal(*axes, *world.map.goal[1:], self.data), gone)
