"""Everything that turns in `surface`: the lifted map, both descents, the minimum, the names."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from manim import LEFT, VGroup, VMobject

from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.films.surface.lifted import ELEVATION, Lift, LiftedMap, View
from scenes.films.surface.lifted_trail import LiftedTrail
from scenes.stage.maps.plane_map import PlaneMap
from scenes.stage.maps.plane_world import regions
from scenes.stage.page.figures import short
from scenes.stage.page.layout import Box, Layout, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.shapes import discs, extent

Values = npt.NDArray[np.float64]

_COLUMN = 12.0  # width of the running numbers in wide frames, in capitals
_MARGIN = 3.2  # at both sides of the surface, for the number at the axis of J; in capitals
_WIDEST = 4.5  # capitals, for that number
_EDGE = 0.06  # units around the small surface
_CLEAR, _TRIES = 0.05, 4  # units around texts; rows that are tried


def _box_of(part: VMobject) -> Box:
    """The box of ``part``, with a narrow margin."""
    return extent(part).inset(*[-_CLEAR] * 4)


class LiftedWorld:
    """The map, and what turns: ``surface``, the trails ``batch`` and ``sgd``, ``goal``, ``labels``.

    ``stage`` is for the surface, ``small`` for it while another picture is the subject; ``numbers``
    is the place of the readouts.
    """

    def __init__(self, traces: Mapping[str, Trace], layout: Layout, theme: Theme) -> None:
        places, scale = regions(layout), layout.scale
        batch, sgd = traces["batch"], traces["sgd"]
        self._cap = scale.label
        self.map = PlaneMap((batch, sgd), places.map, theme, scale)
        cap = scale.label
        self.numbers, self.small, box = places.notes, places.data.inset(*[_EDGE] * 4), places.map
        if not layout.stacked:
            self.numbers = places.notes.inset(left=max(places.notes.width - _COLUMN * cap, 0.0))
            box = layout.body.inset(right=self.numbers.width + 0.2)
        self.stage = box
        self.lift = Lift(self.map, [batch, sgd], self.room_in(box))
        self.surface = LiftedMap(self.lift)
        radius = self.map.radius
        self.batch = LiftedTrail(self.lift, batch, theme.batch, radius, 4.0, 0.5, cased=True)
        self.sgd = LiftedTrail(self.lift, sgd, theme.sgd, radius, 2.5, 0.36)
        self.goal = VMobject(color=theme.good, stroke_width=4, fill_opacity=0)
        self._goal = self._goal_base()
        names = (("w", theme.point), ("b", theme.point), ("J", theme.cost))
        self.labels = VGroup(*(Label(name, cap, color) for name, color in names))
        top = Label(short(self.lift.top, 3), cap, theme.cost)
        self.labels.add(top if top.width <= _WIDEST * cap else VGroup())
        self._gap = 1.1 * cap

    def room_in(self, stage: Box) -> Box:
        """The box of the surface on a ``stage``, on which the names of its axes have room."""
        cap = min(self._cap, 0.05 * stage.width)
        return stage.inset(_MARGIN * cap, 1.6 * cap, _MARGIN * cap, 2.0 * cap)

    def _goal_base(self) -> Values:
        if self.map.unique:
            return self.lift.base(self.map.target[None])
        return self.surface.lifted(self.map.goal[0].points)

    def show(
        self, view: View, batch: float, sgd: float, rise: float = 1.0, stage: Box | None = None
    ) -> None:
        """Show everything as seen from ``view``, with the descents at these fractional updates."""
        self.surface.show(view, rise, stage or self.stage)
        self.batch.reach(batch, view)
        self.sgd.reach(sgd, view)
        places = view.project(self._goal * np.array([1.0, 1.0, rise]))
        self.goal.points = discs(places, 1.75 * self.map.radius) if self.map.unique else places
        self._name_axes(view)
        self._part_values(view)

    def _part_values(self, view: View) -> None:
        """Move the texts of descents that are outside inwards, clear of names and each other."""
        marks = [mark for mark in (self.batch.mark, self.sgd.mark) if mark.value.text]
        if not marks:
            return
        # The axes of the surface have names until it turns flat; then the minimum has its place.
        names = self.labels if view.elevation == ELEVATION else self.map.goal[1:]
        taken = [_box_of(name) for name in names if len(name)]
        middle = float(view.project(np.zeros((1, 3)))[0, 1])
        for mark in marks:
            text, at, row = mark.value.text, mark.value.at, 1.8 * mark.value.glyphs.cap
            assert text is not None
            inwards = math.copysign(row, middle - float(at[1]))
            places = [at + point(0, rows * inwards) for rows in range(_TRIES)]
            arrow = mark.edge.get_center()
            places.append(point(float(at[0]), float(2 * arrow[1] - at[1])))  # on its other side
            for place in places:
                mark.write(text, place)
                if not any(map(_box_of(mark.value).meets, taken)):
                    break
            taken.append(_box_of(mark.value))

    def _name_axes(self, view: View) -> None:
        """Write w, b and J at the ends of their axes, and the cost at the top of that of J."""
        foot, *tips = view.project(self.lift.axes)
        gap = 0.8 * self._gap
        w, b, cost, top = self.labels
        cost.put(tips[2] + point(0, gap))
        taken = [_box_of(cost)]
        if isinstance(top, Label):
            top.put(tips[2] + point(float(cost.width) / 2 + 0.3 * self._gap, gap), LEFT)
            taken.append(_box_of(top))
        for label, tip in ((w, tips[0]), (b, tips[1])):
            way = (tip - foot) / max(float(np.hypot(*(tip - foot)[:2])), 1e-9)
            for beside in (way, point(-1, 0), point(1, 0), point(0, -1)):
                label.put(tip + gap * beside)
                if not any(map(_box_of(label).meets, taken)):
                    break
            taken.append(_box_of(label))
