"""The film `scaling`: three parametrisations of one line, and one descent in each."""

from __future__ import annotations

from collections.abc import Callable

from manim import Animation, VGroup, VMobject, linear, smooth, smoothstep

from gdcore.data import HEIGHTS
from gdcore.studies.scaling import Scaling
from scenes.films.scaling.captions import final_costs
from scenes.films.scaling.ends import cost_table
from scenes.films.scaling.facts import Facts
from scenes.films.scaling.plan import CROSS, FILM, OPEN, RUN, SLOW
from scenes.films.scaling.regions import Places
from scenes.films.scaling.views import View, centring, dividing
from scenes.films.scaling.walk import MapWalker, Path
from scenes.films.scaling.world import World
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.motion import (
    Conceal,
    Dismiss,
    Drive,
    Rate,
    Reveal,
    accelerate,
    after,
    hide,
    until,
)
from scenes.stage.plots.moving_plot import between

_SLIDE = 0.5  # of the time of a shift: so long the data's axis stays, and the samples slide on it


def _arriving(t: float) -> float:
    """A rate at full speed from the beginning on, which comes to rest at the end."""
    return t + t * t - t**3


class StandardisedInputs(FilmScene):
    """Data plot and map change together: as given, less the mean, divided by the deviation."""

    film = FILM
    bias = True
    facts: Facts

    def about(self) -> str | None:
        """The tag of the film's own data: they are invented."""
        own = self.lesson.data.has_samples_of(HEIGHTS)
        return self.text("own-data", seed=HEIGHTS.seed) if own else None

    def prepare(self) -> None:
        """The data have the whole stage; map and numbers come when they are needed."""
        self.world = World(self.facts, self.layout, self.theme, self.words)
        world = self.world
        self.hero = world.subject
        self.add(*world.data_parts)
        self.place(world.map, world.walker, *world.panels)

    def drive(
        self, seconds: float, show: Callable[[float], None], *others: Animation,
        rate: Rate = smooth,
    ) -> None:  # fmt: skip
        """Play ``show`` from 0 to 1; it changes what the world lays out, and what is larger."""

        def both(t: float) -> None:
            show(t)
            self.world.draw()
            self.hero = self.world.subject

        self.take(seconds, Drive(self.world.moving, both, rate_func=rate), *others)

    def walk(self, seconds: float, start: float, stop: float, rate: Rate = smooth) -> None:
        """Go on from update ``start`` to ``stop``."""
        if stop != start:
            world = self.world
            self.take(seconds, Drive(world.running, world.stand, start, stop, rate_func=rate))

    def begin_again(self, path: Path) -> None:
        """Go back to the start, and take the ``path`` that leads from there.

        So no path is carried to a plane where it was not walked.
        """
        self.walk(0.6, self.world.t, 0.0)
        self.world.path = path
        self.world.stand(0.0)

    def morph(
        self, seconds: float, make: Callable[[float], Scaling], name: int, places: Places,
        *others: Animation,
    ) -> None:  # fmt: skip
        """Shift or scale the inputs; the map shows the contour through the start all the time.

        On the way the inputs have no name; at its end they have the name of this number.
        """
        world = self.world
        first, last = world.data.wide(make(0.0)), world.data.wide(make(1.0))

        def show(t: float) -> None:
            world.scaling = make(t)
            world.view = world.whole(places)
            world.least = between(first, last, after(_SLIDE)(t))

        hide(world.data.x_names[name])
        old, new = world.data.rename(name)
        self.drive(
            seconds + 0.3, show, Dismiss(old, rate_func=until(0.2)), *others, rate=smoothstep
        )
        self.take(0.3, Reveal(new))

    def turn_to(self, seconds: float, start: Places, stop: Places) -> None:
        """Another subject: both boxes change size, and the whole map fits its box all the time."""
        world = self.world
        begin, end = world.whole(start), world.whole(stop)

        def show(t: float) -> None:
            world.move(start, stop, t)
            world.view = begin.towards(end, t)

        self.drive(seconds, show, rate=linear)

    def samples(self) -> None:
        """The samples and the first line; they move over, and the map comes."""
        world = self.world
        self.say("samples")
        self.hold(1.35)
        begin, end = world.regions.stage, world.regions.of_data.data

        def travel(t: float) -> None:
            world.data_box = begin.towards(end, t)

        come = Reveal(world.map, world.walker, world.panels[1], rate_func=after(0.8))
        self.drive(2.4, travel, come)

    def as_given(self) -> None:
        """A dive to the start; across the valley at once, along it hardly at all; and back."""
        world, path, regions = self.world, self.world.path, self.world.regions
        near, end = world.close(), path.updates
        self.say("map")
        if near is not None:
            self.dive(world.view, near, regions.of_data, regions.of_map)
        else:  # the whole descent, in the view that stays
            self.turn_to(0.3 * OPEN, regions.of_data, regions.of_map)
            self.walk(0.45 * OPEN, 0, end, accelerate(end, 12))
            self.walk(0.25 * OPEN, end, 0)
        self.say("rate")
        slow = min(SLOW, end)
        for k in range(slow):
            self.walk(CROSS, k, k + 1)
        self.say("run")
        self.walk(RUN, slow, end, accelerate(end - slow, 4))
        self.hold(0.3)
        self.say("far")
        if near is not None:
            self.dive(near, world.whole(regions.of_data), regions.of_map, regions.of_data)
        else:  # it was whole before: the same descent once more
            self.walk(0.2 * OPEN, end, 0)
            self.walk(0.5 * OPEN, 0, end, accelerate(end, 12))
            self.turn_to(0.3 * OPEN, regions.of_map, regions.of_data)

    def dive(self, start: View, stop: View, here: Places, there: Places) -> None:
        """Change the view by even factors; where the map is a line, the data are the subject.

        So the boxes move at the outer end of the dive, and the view rests at the inner one.
        """
        world = self.world
        inwards = stop.half < start.half

        def look(t: float) -> None:
            world.view = start.towards(stop, t)
            world.move(here, there, min(2 * t, 1.0) if inwards else max(2 * t - 1, 0.0))

        self.drive(OPEN, look, rate=_arriving if inwards else lambda t: 1 - _arriving(1 - t))

    def centre(self) -> None:
        """Subtract the mean, then the same number of epochs from the same line.

        The point is hidden on the way: there it would pass the minimum, which it is far from.
        """
        world, descent = self.world, self.world.walker.descent
        self.say("centre")
        self.begin_again(world.paths[1])
        self.morph(
            4.8, lambda t: centring(self.facts.standard, t), 1, world.regions.of_data,
            Conceal(descent, rate_func=until(0.1)),
        )  # fmt: skip
        self.turn_to(1.8, world.regions.of_data, world.regions.of_map)
        self.take(0.3, Reveal(descent))
        self.say("centre-run")
        self.walk(3.2, 0, world.path.updates, accelerate(world.path.updates, 12))

    def divide(self) -> None:
        """Divide by the deviation; the point goes straight to the minimum."""
        world = self.world
        self.say("divide")
        self.begin_again(world.paths[2])
        self.morph(3.5, lambda t: dividing(self.facts.standard, t), 2, world.regions.of_map)
        self.hold(0.4)
        self.say("straight")
        steps = min(self.facts.halvings, world.path.updates)
        for k in range(steps):
            self.walk(3.6 / steps, k, k + 1)
        self.walk(0.2, steps, world.path.updates, linear)

    def result(self) -> None:
        """Three descents on one map, three lines among the samples, three costs."""
        theme, world = self.theme, self.world
        colors = (theme.muted, theme.ink, theme.point)
        walkers, lines = VGroup(), VGroup()
        for color in colors[:2]:
            walkers.add(MapWalker(world.map, self.facts.goal, world.walker.radius, color))
            lines.add(VMobject(color=color, stroke_width=4))

        def show(share: float) -> None:
            for walker, line, path in zip(walkers, lines, world.paths[:2], strict=True):
                walker.reach(world.plane, path, share * path.updates)
                place = path.at(share * path.updates)
                world.data.turn(line, *world.plane.place(place).tolist())

        show(0.0)
        costs, numbers = final_costs(self.facts), world.regions.of_map.numbers
        table, wide = cost_table(
            costs, colors, numbers, world.regions.side, theme, self.layout.scale
        )
        self.say("result")
        beside = Dismiss(*world.data_parts) if wide else Reveal(*lines)
        self.take(0.4, Dismiss(world.panels[0]), Reveal(*walkers), beside)
        moving = walkers if wide else VGroup(*walkers, *lines)
        rate = accelerate(world.paths[0].updates, 10)
        self.take(2.4, Drive(moving, show, rate_func=rate))
        self.take(0.4, Reveal(table))
