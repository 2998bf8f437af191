"""What the sections of `scaling` show: the map with a descent, the data with its line, numbers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from manim import VGroup, VMobject, smooth

from gdcore.data import HEIGHTS
from gdcore.studies.scaling import Scaling
from scenes.catalogue.theme import Theme
from scenes.films.scaling.data_plot import DataPlot, padded, power_of
from scenes.films.scaling.ends import NAMES
from scenes.films.scaling.facts import Facts
from scenes.films.scaling.panel import Panel
from scenes.films.scaling.regions import Places, regions
from scenes.films.scaling.rings import Rings
from scenes.films.scaling.views import Plane, View
from scenes.films.scaling.walk import MapWalker, Path
from scenes.stage.page.figures import decimals, fixed, power_of_ten, short
from scenes.stage.page.formulas import formula
from scenes.stage.page.layout import Box, Layout
from scenes.stage.page.motion import set_visible
from scenes.stage.page.wording import Label, shortened, text_width
from scenes.stage.plots.column_names import column_names
from scenes.stage.plots.moving_plot import MovingPlot, Span

_GONE = 0.1  # of the way from one arrangement to another: by then the numbers are gone


class World:
    """``map`` with ``walker``, ``data`` with its line, and the ``panels`` of numbers.

    :meth:`draw` lays out what these say: ``scaling``, the inputs as they are now; ``path`` and
    ``t``, the descent; ``map_box`` and ``data_box``; ``view``, the part of the plane on the map;
    ``least``, inputs that the data's axis shows in any case. The first of the panels stands where
    numbers are when the map is the subject, the other one where they are when the data are it.
    """

    def __init__(
        self, facts: Facts, layout: Layout, theme: Theme, words: Mapping[str, str]
    ) -> None:
        """``words`` are those of the film's language."""
        self.facts, self._layout, self._theme = facts, layout, theme
        self.regions = regions(layout)
        self.scaling = Scaling()
        self.least: Span | None = None
        three = (facts.given, facts.centred, facts.standardised)
        self.paths = [Path(each, Plane(facts.standard, each.scaling)) for each in three]
        self.path, self.t = self.paths[0], 0.0
        self.map_box, self.data_box = self.regions.of_data.map, self.regions.stage
        size = float(np.abs([*facts.goal, *self.paths[0].places[0]]).max())
        self.radius = facts.away if not facts.at_rest else size / 2 or 1.0
        self.map = self._make_map()
        self.rings = Rings(self.map, facts.goal, self.radius)
        self.map.add_to_back(self.rings)
        self.map.remove(self.map.grid)  # the contours are the grid
        self.walker = MapWalker(self.map, facts.goal, 0.38 * layout.scale.label)
        self.view = self.whole(self.regions.of_data)
        self.data = self._make_data(words)
        costs = [float(path.cost[0]) for path in self.paths]
        self._cost_places = decimals(costs, 4)
        word, most = words["common.epoch-count"], facts.lesson.epochs
        self.panels = [
            Panel(word, most, facts.given.kappa, places.numbers, theme, layout.scale)
            for places in (self.regions.of_map, self.regions.of_data)
        ]
        self.draw()

    @property
    def plane(self) -> Plane:
        """The plane of the inputs as they are now."""
        return Plane(self.facts.standard, self.scaling)

    @property
    def subject(self) -> MovingPlot:
        """Map or data, whichever is larger now."""
        map_area, data_area = (box.width * box.height for box in (self.map_box, self.data_box))
        return self.map if map_area > data_area else self.data

    @property
    def data_parts(self) -> list[VMobject]:
        """The data plot and what is drawn on it, in display order."""
        return [self.data, self.data.zero, self.data.dots, self.data.line]

    @property
    def moving(self) -> VGroup:
        """All that :meth:`draw` changes."""
        return VGroup(self.map, self.walker, *self.data_parts, *self.panels)

    @property
    def running(self) -> VGroup:
        """All that :meth:`stand` changes."""
        return VGroup(self.walker, self.data.line, *self.panels)

    def _aspect(self, box: Box) -> float:
        inner = self.map.inside(box)
        return inner.width / inner.height

    def whole(self, places: Places) -> View:
        """The view of the contour through the start, and of all that is in it, at ``places``."""
        aspect = self._aspect(places.map)
        return self.plane.whole(self.facts.goal, self.radius, aspect)

    def close(self) -> View | None:
        """The view of the first path when the map is the subject; None if that is the whole map."""
        places = self.regions.of_map
        plane, whole = Plane(self.facts.standard, Scaling()), self.whole(places)
        view = plane.close(plane.place(self.paths[0].places), whole, self._aspect(places.map))
        return None if view is whole else view

    def _make_map(self) -> MovingPlot:
        theme, cap, box = self._theme, self._layout.scale.label, self.regions.of_map.map
        names = [formula(letter, cap, theme.point) for letter in ("w", "b")]
        facts, aspect = self.facts, box.width / box.height
        three = (facts.given, facts.centred, facts.standardised)
        planes = [Plane(facts.standard, each.scaling) for each in three]
        views = [plane.whole(facts.goal, self.radius, aspect) for plane in planes]
        views.append(planes[0].close(planes[0].place(self.paths[0].places), views[0], aspect))
        spans = [view.spans(1.0) for view in views]
        tall = [span for _, span in spans]
        return MovingPlot(box, spans[0][0], tall, names[:1], names[1], theme, self._layout.scale)

    def _make_data(self, words: Mapping[str, str]) -> DataPlot:
        theme, scale, facts = self._theme, self._layout.scale, self.facts
        own = facts.data.has_samples_of(HEIGHTS)
        given = column_names(facts.data)
        heights = facts.start[0] * facts.data.x + facts.start[1]
        ys = np.concatenate([facts.data.y, heights])
        tall = padded(float(ys.min()), float(ys.max()))
        power = power_of(tall)
        unit = f" ×{power_of_ten(power)}" if power else ""
        room = self.regions.of_map.data.width
        rooms = room, room - text_width(unit, scale.label)
        ours = (words[f"scaling.{key}"] for key in ("height", "weight"))
        x_name, y_name = (
            shortened(word if own and len(name) == 1 else name, scale.label, free)
            for name, word, free in zip(given, ours, rooms, strict=True)
        )
        names: list[VMobject] = [Label(x_name, scale.label, theme.muted)]
        names += [formula(forms[0], scale.label, theme.muted) for forms in NAMES[1:]]
        upright = Label(f"{y_name}{unit}", scale.label, theme.muted)
        return DataPlot(facts.data, tall, self.data_box, names, upright, theme, scale)

    def draw(self) -> None:
        """Lay out everything for the present inputs, view, place and boxes."""
        self.map.lay(self.map_box, *self.view.spans(self._aspect(self.map_box)))
        self.rings.draw(self.plane)
        self.data.scale_inputs(self.data_box, self.scaling, self.least)
        self.stand(self.t)

    def stand(self, t: float) -> None:
        """Show the fractional update ``t`` of the present descent."""
        self.t, plane = t, self.plane
        self.walker.reach(plane, self.path, t)
        self.data.turn(self.data.line, *plane.place(self.path.at(t)).tolist())
        for panel in self.panels:
            panel.write(int(t + 1e-9), self._cost_texts(t), plane.kappa)

    def _cost_texts(self, t: float) -> list[str]:
        """J, in fewer and fewer digits.

        Between two updates it is the least cost and the squared distance on the standardised plane.
        """
        away = self.path.at(t) - self.facts.goal
        whole = abs(t - round(t)) < 1e-9
        cost = float(self.path.cost[round(t)]) if whole else self.facts.least + float(away @ away)
        text = fixed(cost, self._cost_places)
        fewer = [short(cost, 2), short(cost, 1)]
        return fewer if cost > 0 and text.strip("0.") == "" else [text, *fewer]

    def move(self, start: Places, stop: Places, amount: float) -> None:
        """Map and data on their way from ``start`` to ``stop``; the numbers go and come again.

        They are gone while the boxes move, in the middle of the way.
        """
        share = smooth(min(max((amount - _GONE) / (1 - 2 * _GONE), 0.0), 1.0))
        self.map_box = start.map.towards(stop.map, share)
        self.data_box = start.data.towards(stop.data, share)
        leaves, comes = self.panels if start is self.regions.of_map else self.panels[::-1]
        set_visible(leaves, max(0.0, 1 - amount / _GONE))
        set_visible(comes, max(0.0, (amount - 1) / _GONE + 1))
