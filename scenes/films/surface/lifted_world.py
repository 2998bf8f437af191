"""Everything that turns in `surface`: the lifted map, both descents, the minimum, the names."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from manim import DL, ORIGIN, RIGHT, UR, VGroup, VMobject

from gdcore.trace import Trace
from scenes.catalogue.theme import Theme
from scenes.films.surface.lifted import ELEVATION, Lift, LiftedMap, View
from scenes.films.surface.lifted_trail import LiftedTrail
from scenes.stage.maps.plane_map import PlaneMap
from scenes.stage.maps.plane_world import Regions, regions
from scenes.stage.page.figures import short
from scenes.stage.page.layout import Box, Layout, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.shapes import discs

Values = npt.NDArray[np.float64]

_COLUMN = 13.5  # width of the running numbers, in heights of a label's capital
_MARGIN = 3.6  # at the left of the surface, for the number at the axis of J
_CLEAR, _TRIES = 0.05, 4  # units around texts; rows that are tried
_ROWS = 6.2  # height of three rows of them, in the same unit


def _split(places: Regions, cap: float) -> tuple[Box, Box]:
    """The boxes for the surface, larger than for its map at the end, and for the numbers."""
    flat, side = places.map, places.side
    if not places.shared:
        numbers = side.inset(left=side.width - _COLUMN * cap)
        return Box(flat.left, flat.bottom, numbers.left - 0.2, flat.top), numbers
    if side.top < flat.bottom:
        numbers = side.inset(top=side.height - _ROWS * cap)
        return Box(flat.left, numbers.top + 0.1, flat.right, flat.top), numbers
    return Box(flat.left, flat.bottom, side.right, side.top - _ROWS * cap), side


def _box_of(part: VMobject) -> Box:
    """The box of ``part``, with a narrow margin."""
    return Box(*part.get_corner(DL)[:2], *part.get_corner(UR)[:2]).inset(*[-_CLEAR] * 4)


class LiftedWorld:
    """The map, and what turns: ``surface``, the trails ``batch`` and ``sgd``, ``goal``, ``labels``.

    ``numbers`` is the place of the readouts.
    """

    def __init__(self, traces: Mapping[str, Trace], layout: Layout, theme: Theme) -> None:
        places, scale = regions(layout), layout.scale
        batch, sgd = traces["batch"], traces["sgd"]
        self.map = PlaneMap((batch, sgd), places.map, theme, scale)
        room, self.numbers = _split(places, scale.label)
        cap = scale.label
        inner = room.inset(_MARGIN * cap, 1.8 * cap, 1.6 * cap, 1.2 * cap)
        self.lift = Lift(self.map, [batch, sgd], inner)
        self.surface = LiftedMap(self.lift)
        radius = self.map.radius
        self.batch = LiftedTrail(self.lift, batch, (theme.path, theme.point), radius, 4.0, 0.5)
        self.sgd = LiftedTrail(self.lift, sgd, (theme.loss, theme.loss), radius, 2.5, 0.36)
        self.goal = VMobject(color=theme.good, stroke_width=4, fill_opacity=0)
        self._goal = self._goal_base()
        names = (("w", theme.point), ("b", theme.point), ("J", theme.cost))
        self.labels = VGroup(*(Label(name, cap, color) for name, color in names))
        top = Label(short(self.lift.top, 3), cap, theme.cost)
        self.labels.add(top if top.width <= (_MARGIN - 0.8) * cap else VGroup())
        self._gap = 1.1 * cap

    def _goal_base(self) -> Values:
        if self.map.unique:
            return self.lift.base(self.map.target[None])
        return self.surface.lifted(self.map.goal[0].points)

    def show(self, view: View, batch: float, sgd: float, rise: float = 1.0) -> None:
        """Show everything as seen from ``view``, with the descents at these fractional updates."""
        self.surface.show(view, rise)
        self.batch.reach(batch, view)
        self.sgd.reach(sgd, view)
        places = view.project(self._goal * np.array([1.0, 1.0, rise]))
        self.goal.points = discs(places, 1.75 * self.map.radius) if self.map.unique else places
        self._name_axes(view)
        self._part_values(view)

    def _part_values(self, view: View) -> None:
        """Move the texts of descents that are outside inwards, clear of names and each other."""
        # The axes of the surface have names until it turns flat; then the minimum has its place.
        names = self.labels if view.elevation == ELEVATION else self.map.goal[1:]
        taken = [_box_of(name) for name in names if len(name)]
        middle = float(view.project(np.zeros((1, 3)))[0, 1])
        for mark in (self.batch.mark, self.sgd.mark):
            text, at, row = mark.value.text, mark.value.at, 1.8 * mark.value.glyphs.cap
            if not text:
                continue
            inwards = math.copysign(row, middle - float(at[1]))
            for rows in range(_TRIES):
                mark.write(text, at + point(0, rows * inwards))
                if not any(map(_box_of(mark.value).meets, taken)):
                    break
            taken.append(_box_of(mark.value))

    def _name_axes(self, view: View) -> None:
        """Write w and b beside the front edges, and J above its axis with the cost at its top."""
        corners = self.surface.corners()
        side = corners[[1, 2]] if self.lift.turn >= 0 else corners[[0, 3]]
        middles = view.project(np.array([corners[:2].mean(axis=0), side.mean(axis=0)]))
        center = view.project(np.zeros((1, 3)))[0]
        for label, middle in zip(self.labels, middles, strict=False):
            way = middle - center
            label.put(middle + way * (self._gap / float(np.hypot(way[0], way[1]))))
        top = view.project(self.surface.pole())[1]
        self.labels[2].put(top + point(0, self._gap), ORIGIN)
        if isinstance(self.labels[3], Label):
            self.labels[3].put(top - point(0.5 * self._gap, 0), RIGHT)
