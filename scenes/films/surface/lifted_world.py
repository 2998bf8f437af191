"""Everything that turns in `surface`: the lifted map, both descents, the minimum, the names."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from manim import VMobject

from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.films.surface.axes import SurfaceAxes
from scenes.films.surface.lifted import ELEVATION, Lift, LiftedMap
from scenes.films.surface.lifted_trail import LiftedTrail
from scenes.films.surface.view import View
from scenes.stage.maps.plane_map import PlaneMap
from scenes.stage.maps.plane_world import regions
from scenes.stage.page.figures import short
from scenes.stage.page.layout import Box, Layout, point
from scenes.stage.page.wording import text_width
from scenes.stage.plots.shapes import discs, extent

Values = npt.NDArray[np.float64]

_COLUMN = 12.0  # width of the running numbers in wide frames, in capitals
_MARGIN = 3.2  # at both sides of the surface, for the cost at the axis of J; in capitals
_BELOW = 1.6, 2.6  # below it; where the names of w and b have no room beside it; in capitals
_WIDEST = 0.3  # of the stage's width, for that cost
_EDGE = 0.06  # units around the small surface
_CLEAR, _TRIES = 0.05, 4  # units around texts; rows that are tried


def _box_of(part: VMobject) -> Box:
    """The box of ``part``, with a narrow margin."""
    return extent(part).inset(*[-_CLEAR] * 4)


class LiftedWorld:
    """The map, and what turns: ``surface``, the trails ``batch`` and ``sgd``, ``goal``, ``axes``.

    ``stage`` is for the surface beside the readouts, ``whole`` for it alone, ``small`` for it while
    another picture is the subject; ``numbers`` is the place of the readouts.
    """

    def __init__(self, traces: Mapping[str, Trace], layout: Layout, theme: Theme) -> None:
        places, scale = regions(layout), layout.scale
        batch, sgd = traces["batch"], traces["sgd"]
        self._cap, self._below = scale.label, _BELOW[layout.stacked]
        self.map = PlaneMap((batch, sgd), places.map, theme, scale)
        cap = scale.label
        self.numbers, self.small, box = places.notes, places.data.inset(*[_EDGE] * 4), places.map
        if not layout.stacked:
            self.numbers = places.notes.inset(left=max(places.notes.width - _COLUMN * cap, 0.0))
            box = layout.body.inset(right=self.numbers.width + 0.2)
        self.stage, self.whole = box, layout.body if not layout.stacked else box
        self.lift = Lift(self.map, [batch, sgd], self.room_in(box))
        self.surface = LiftedMap(self.lift)
        radius = self.map.radius
        self.batch = LiftedTrail(self.lift, batch, theme.batch, radius, 4.0, 0.5, cased=True)
        self.sgd = LiftedTrail(self.lift, sgd, theme.sgd, radius, 2.5, 0.36)
        self.goal = VMobject(color=theme.good, stroke_width=4, fill_opacity=0)
        self._goal = self._goal_base()
        top = f"J = {short(self.lift.top, 3)}"
        fits = text_width(top, cap) <= _WIDEST * self.stage.width
        self.axes = SurfaceAxes(self.lift, top if fits else "J", cap)

    def room_in(self, stage: Box) -> Box:
        """The box of the surface on a ``stage``, on which the names of its axes have room."""
        cap = min(self._cap, 0.05 * stage.width)
        return stage.inset(_MARGIN * cap, self._below * cap, _MARGIN * cap, 2.0 * cap)

    def _goal_base(self) -> Values:
        if self.map.unique:
            return self.lift.base(self.map.target[None])
        return self.surface.lifted(self.map.goal[0].points)

    def show(
        self, view: View, batch: float, sgd: float, rise: float = 1.0, stage: Box | None = None
    ) -> None:
        """Show everything as seen from ``view``, with the descents at these fractional updates."""
        stage = stage or self.stage
        self.surface.show(view, rise, stage)
        self.batch.reach(batch, view, stage)
        self.sgd.reach(sgd, view, stage)
        places = view.project(self._goal * np.array([1.0, 1.0, rise]))
        self.goal.points = discs(places, 1.75 * self.map.radius) if self.map.unique else places
        self.axes.follow(view, rise, stage)
        self._part_values(view)

    def _part_values(self, view: View) -> None:
        """Move the texts of descents that are outside inwards, clear of names and each other."""
        marks = [mark for mark in (self.batch.mark, self.sgd.mark) if mark.value.text]
        if not marks:
            return
        # The axes of the surface have names until it turns flat; then the minimum has its place.
        names = self.axes.names if view.elevation == ELEVATION else self.map.goal[1:]
        taken = [_box_of(name) for name in names]
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
