"""The film `scaling`: three parametrisations of one line, and one descent in each."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import Animation, VGroup, VMobject, linear, smooth

from gdcore.data import HEIGHTS
from gdcore.studies.scaling import Scaling
from scenes.films.scaling.captions import final_costs
from scenes.films.scaling.data_plot import DataPlot, padded, power_of
from scenes.films.scaling.ends import NAMES, cost_table
from scenes.films.scaling.facts import Facts
from scenes.films.scaling.panel import Panel
from scenes.films.scaling.plan import CROSS, FILM, OPEN, RUN, SLOW
from scenes.films.scaling.regions import regions
from scenes.films.scaling.rings import Rings
from scenes.films.scaling.views import Plane, View, centring, dividing
from scenes.films.scaling.walk import MapWalker, Path
from scenes.stage.page.figures import decimals, fixed, power_of_ten, short
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.formulas import formula
from scenes.stage.page.motion import Dismiss, Drive, Rate, Reveal, accelerate, after, hide
from scenes.stage.page.wording import Label, shortened, text_width
from scenes.stage.plots.column_names import column_names
from scenes.stage.plots.moving_plot import MovingPlot


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
        """The map with its contours and the walker, the data with their line, the numbers."""
        facts, theme, scale = self.facts, self.theme, self.layout.scale
        self.regions = regions(self.layout)
        self.scaling = Scaling()
        three = (facts.given, facts.centred, facts.standardised)
        self.paths = [Path(each, Plane(facts.standard, each.scaling)) for each in three]
        self.path, self.t, self.box = self.paths[0], 0.0, self.regions.stage
        size = float(np.abs([*facts.goal, *self.paths[0].places[0]]).max())
        self.radius = facts.away if not facts.at_rest else size / 2 or 1.0
        self.map = self._make_map()
        inner = self.map.inside(self.regions.map)
        self.aspect = inner.width / inner.height
        self.rings = Rings(self.map, facts.goal, self.radius)
        self.map.add_to_back(self.rings)
        self.map.remove(self.map.grid)  # the contours are the grid
        self.walker = MapWalker(self.map, facts.goal, 0.38 * scale.label)
        self.near, self.whole, *_ = self._views(self.aspect)
        self.view = self.whole  # from here it dives to the start
        self.hero = self.data = self._make_data()
        costs = [float(path.cost[0]) for path in self.paths]
        self.cost_places = decimals(costs, 4)
        word, most = self.words["common.epoch-count"], self.lesson.epochs
        self.panel = Panel(word, most, facts.given.kappa, self.regions.numbers, theme, scale)
        self.moving = VGroup(
            self.map, self.walker, self.data, self.data.zero, self.data.dots, self.data.line,
            self.panel,
        )  # fmt: skip
        self.draw()
        self.add(self.data, self.data.zero, self.data.dots, self.data.line)
        self.place(self.map, self.walker, self.panel)

    def _views(self, aspect: float) -> list[View]:
        """The map at rest: close to the first descent, then whole on each of the three planes."""
        facts, path = self.facts, self.paths[0]
        scalings = (each.scaling for each in (facts.given, facts.centred, facts.standardised))
        planes = [Plane(facts.standard, scaling) for scaling in scalings]
        whole = [plane.whole(facts.goal, self.radius, aspect) for plane in planes]
        return [planes[0].close(planes[0].place(path.places), whole[0], aspect), *whole]

    def _make_map(self) -> MovingPlot:
        theme, scale, box = self.theme, self.layout.scale, self.regions.map
        names = [formula(letter, scale.label, theme.point) for letter in ("w", "b")]
        spans = [view.spans(1.0) for view in self._views(box.width / box.height)]
        tall = [span for _, span in spans]
        return MovingPlot(box, spans[0][0], tall, names[:1], names[1], theme, scale)

    def _make_data(self) -> DataPlot:
        theme, scale, facts = self.theme, self.layout.scale, self.facts
        own = facts.data.has_samples_of(HEIGHTS)
        given = column_names(facts.data)
        words = self.text("height"), self.text("weight")
        heights = facts.start[0] * facts.data.x + facts.start[1]
        ys = np.concatenate([facts.data.y, heights])
        tall = padded(float(ys.min()), float(ys.max()))
        power = power_of(tall)
        unit = f" ×{power_of_ten(power)}" if power else ""
        room = self.regions.data.width
        x_name, y_name = (
            shortened(word if own and len(name) == 1 else name, scale.label, free)
            for name, word, free in zip(
                given, words, (room, room - text_width(unit, scale.label)), strict=True
            )
        )
        names: list[VMobject] = [Label(x_name, scale.label, theme.muted)]
        names += [formula(forms[0], scale.label, theme.muted) for forms in NAMES[1:]]
        upright = Label(f"{y_name}{unit}", scale.label, theme.muted)
        return DataPlot(facts.data, tall, self.box, names, upright, theme, scale)

    @property
    def plane(self) -> Plane:
        """The plane of the inputs as they are now."""
        return Plane(self.facts.standard, self.scaling)

    def draw(self) -> None:
        """Lay out everything for the present inputs, view, place and box."""
        self.map.lay(self.regions.map, *self.view.spans(self.aspect))
        self.rings.draw(self.plane)
        self.data.scale_inputs(self.box, self.scaling)
        self.stand(self.t)

    def stand(self, t: float) -> None:
        """Show the fractional update ``t`` of the present descent."""
        self.t, plane = t, self.plane
        place = self.path.at(t)
        self.walker.reach(plane, self.path, t)
        self.data.turn(self.data.line, *plane.place(place).tolist())
        self.panel.write(int(t + 1e-9), self._cost_texts(t), plane.kappa)

    def _cost_texts(self, t: float) -> list[str]:
        """J, in fewer and fewer digits.

        Between two updates it is the least cost and the squared distance on the standardised plane.
        """
        away = self.path.at(t) - self.facts.goal
        whole = abs(t - round(t)) < 1e-9
        cost = float(self.path.cost[round(t)]) if whole else self.facts.least + float(away @ away)
        text = fixed(cost, self.cost_places)
        fewer = [short(cost, 2), short(cost, 1)]
        return fewer if cost > 0 and text.strip("0.") == "" else [text, *fewer]

    def drive(self, seconds: float, show: Callable[[float], None], *others: Animation) -> None:
        """Play ``show`` from 0 to 1; it changes what :meth:`draw` lays out."""

        def both(t: float) -> None:
            show(t)
            self.draw()

        self.take(seconds, Drive(self.moving, both, rate_func=smooth), *others)

    def walk(self, seconds: float, start: float, stop: float, rate: Rate = smooth) -> None:
        """Go on from update ``start`` to ``stop``."""
        if stop != start:
            moving = VGroup(self.walker, self.data.line, self.panel)
            self.take(seconds, Drive(moving, self.stand, start, stop, rate_func=rate))

    def begin_again(self, path: Path) -> None:
        """Go back to the start, and take the ``path`` that leads from there."""
        self.walk(0.7, self.t, 0.0)
        self.path = path
        self.stand(0.0)

    def morph(self, seconds: float, make: Callable[[float], Scaling], name: int) -> None:
        """Shift or scale the inputs; the map shows the contour through the start all the time.

        On the way the inputs have no name; at its end they have the name of this number.
        """

        def show(t: float) -> None:
            self.scaling = make(t)
            self.view = self.plane.whole(self.facts.goal, self.radius, self.aspect)

        hide(self.data.x_names[name])
        old, new = self.data.rename(name)
        self.drive(seconds + 0.3, show, Dismiss(old))
        self.take(0.3, Reveal(new))

    def samples(self) -> None:
        """The samples and the first line."""
        self.say("samples")
        self.hold(1.3)
        begin, end = self.regions.stage, self.regions.data

        def travel(t: float) -> None:
            self.box = begin.towards(end, t)

        self.hero = self.map
        self.drive(1.9, travel, Reveal(self.map, self.walker, self.panel, rate_func=after(0.8)))

    def as_given(self) -> None:
        """A dive to the start; across the valley at once, along it hardly at all; and back."""
        self.say("map")
        dives = self.near is not self.whole
        if dives:
            self.dive(self.whole, self.near)
        else:  # the whole descent, in the view that stays
            self.walk(0.7 * OPEN, 0, self.path.updates, accelerate(self.path.updates, 12))
            self.walk(0.3 * OPEN, self.path.updates, 0)
        self.say("rate")
        slow = min(SLOW, self.path.updates)
        for k in range(slow):
            self.walk(CROSS, k, k + 1)
        self.say("run")
        rate = accelerate(self.path.updates - slow, 4)
        self.walk(RUN, slow, self.path.updates, rate)
        self.hold(0.3)
        self.say("far")
        end = self.path.updates
        if dives:
            self.dive(self.near, self.whole)
        else:  # it was whole before: the same descent once more
            self.walk(0.2 * OPEN, end, 0)
            self.walk(0.8 * OPEN, 0, end, accelerate(end, 12))

    def dive(self, start: View, stop: View) -> None:
        """Change the part of the plane that the map shows, from one view to another."""

        def look(t: float) -> None:
            self.view = start.towards(stop, t)

        self.drive(OPEN, look)

    def centre(self) -> None:
        """Subtract the mean, then the same number of epochs from the same line."""
        self.say("centre")
        self.morph(4.0, lambda t: centring(self.facts.standard, t), 1)
        self.hold(0.4)
        self.begin_again(self.paths[1])
        self.say("centre-run")
        self.walk(3.2, 0, self.path.updates, accelerate(self.path.updates, 12))

    def divide(self) -> None:
        """Divide by the deviation; the point goes straight to the minimum."""
        self.say("divide")
        self.morph(3.5, lambda t: dividing(self.facts.standard, t), 2)
        self.hold(0.4)
        self.begin_again(self.paths[2])
        self.say("straight")
        steps = min(self.facts.halvings, self.path.updates)
        for k in range(steps):
            self.walk(3.6 / steps, k, k + 1)
        self.walk(0.2, steps, self.path.updates, linear)

    def result(self) -> None:
        """Three descents on one map, three lines among the samples, three costs."""
        theme, regions = self.theme, self.regions
        colors = (theme.muted, theme.ink, theme.point)
        walkers, lines = VGroup(), VGroup()
        for color in colors[:2]:
            walkers.add(MapWalker(self.map, self.facts.goal, self.walker.radius, color))
            lines.add(VMobject(color=color, stroke_width=4))

        def show(share: float) -> None:
            for walker, line, path in zip(walkers, lines, self.paths[:2], strict=True):
                walker.reach(self.plane, path, share * path.updates)
                place = path.at(share * path.updates)
                self.data.turn(line, *self.plane.place(place).tolist())

        show(0.0)
        costs = final_costs(self.facts)
        table, wide = cost_table(
            costs, colors, regions.numbers, regions.side, theme, self.layout.scale
        )
        data = VGroup(self.data, self.data.zero, self.data.dots, self.data.line)
        self.say("result")
        beside = Dismiss(*data) if wide else Reveal(*lines)
        self.take(0.4, Dismiss(self.panel), Reveal(*walkers), beside)
        moving = walkers if wide else VGroup(*walkers, *lines)
        rate = accelerate(self.paths[0].updates, 10)
        self.take(2.4, Drive(moving, show, rate_func=rate))
        self.take(0.4, Reveal(table))
