"""What is written beside or on the map of `plane`: rule, numbers of an update, where it ended."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from scenes.films.plane.plane_steps import plane_numbers, plane_rule
from scenes.stage.maps.plane_world import PlaneWorld, Walk
from scenes.stage.page.formulas import Substitution, fit, formula
from scenes.stage.page.glyphs import math_glyphs
from scenes.stage.page.layout import Box, Layout
from scenes.stage.page.motion import set_visible
from scenes.stage.page.wording import Label
from scenes.stage.plots.shapes import extent, rectangle

Values = npt.NDArray[np.float64]

_WIDE, _HIGH = 13.0, 12.5  # of the corner of a map with formulas, in capitals
_MOST = 0.75  # of the map's width and height
_PAD = 0.6  # capitals around formulas on the map
_GROUND = 0.85  # opacity of their ground
_AHEAD = 4  # updates whose places a corner keeps clear of
_GAP = 0.15


class Notes:
    """Texts in ``box``: beside the map, or in one of its corners, on a ground of their own."""

    def __init__(self, world: PlaneWorld, layout: Layout) -> None:
        self.world, self.layout, self.theme = world, layout, world.theme
        self.on_map = world.regions.narrow
        self.box = world.regions.notes
        color = self.theme.background
        self.ground = VMobject(color=color, fill_opacity=_GROUND, stroke_width=0)

    def settle(self, walk: Walk) -> None:
        """Choose the corner of the map that the first updates of ``walk`` leave free."""
        if not self.on_map:
            return
        inner, cap = self.world.map.plot.inner, self.layout.scale.label
        wide = min(_WIDE * cap, _MOST * inner.width)
        high = min(_HIGH * cap, _MOST * inner.height)
        corners = [
            Box(left, low, left + wide, low + high)
            for low in (inner.bottom, inner.top - high)
            for left in (inner.left, inner.right - wide)
        ]
        self.box = min(corners, key=lambda box: self._cost(box, walk)).inset(*[_PAD * cap] * 4)

    def _cost(self, box: Box, walk: Walk) -> float:
        """What a corner would cover: first the point, then texts, then the paths."""
        field, steps = self.world.map, walk.trace.theta[: _AHEAD + 1]
        low = np.array([field.plot.x.low, field.plot.y.low])
        high = np.array([field.plot.x.high, field.plot.y.high])
        places = field.plot.map(*np.clip(steps, low, high).T)[:, :2]
        away = np.maximum(places - [box.right, box.top], [box.left, box.bottom] - places)
        points = np.count_nonzero(away.max(axis=1) < 2 * field.radius)
        texts = [*field.goal, *field.valleys.names, *field.band_names]
        covered = sum(box.meets(extent(each)) for each in texts if len(each.get_all_points()))
        return 1e6 * points + 1e5 * covered + field.crossings(box)

    def rule(self, of: str, color: str, hue: str) -> VGroup:
        """The rule of the update, in two lines if need be."""
        cap, name = self.layout.scale.label, self.world.batch.trace.rule.name
        made = VGroup()
        for pieces in (False, True):
            made = VGroup(*plane_rule(name, of, self.theme, cap, color, hue, pieces))
            if max(part.width for part in made) <= self.box.width:
                break
        return fit(made, self.box, _GAP)

    def plug_in(self, walk: Walk, k: int, above: VGroup) -> VGroup:
        """The numbers of update ``k`` below the rule; in its place, if there is no room below."""
        runs = plane_numbers(walk.trace, k, self.world.places, self.theme, walk.color, walk.hue(k))
        glyphs = math_glyphs(self.layout.scale.label)
        below = self.box.inset(top=self.box.top - float(above.get_bottom()[1]))
        for box in (below, self.box):
            made = Substitution(runs, glyphs, box)
            low, right = float(made.get_bottom()[1]), float(made.get_right()[0])
            if low >= box.bottom - 1e-6 and right <= box.right + 1e-6:
                return made
        return VGroup()

    def model(self) -> VGroup:
        """ŷ = w·x + b, below the running numbers."""
        theme, cap = self.theme, self.layout.scale.label
        source = "hat(y) = {{ w : w }} x + {{ b : b }}"
        hues = {"w": theme.point, "b": theme.point}
        return self._below_numbers(formula(source, cap, theme.ink, hues))

    def nought(self, i: int) -> VGroup:
        """ℓᵢ = 0, the loss of sample ``i`` along its valley, below the running numbers."""
        color = self.theme.sample(i)
        return self._below_numbers(formula(f"ell_{i + 1} = 0", self.layout.scale.label, color))

    def _below_numbers(self, line: VMobject) -> VGroup:
        made, cap = VGroup(line), self.layout.scale.label
        set_visible(made, 1.0)
        low = min(float(figure.at[1]) for figure in self.world.readouts.figures)
        notes = self.world.regions.notes
        return fit(made, Box(notes.left, notes.bottom, notes.right, low - 1.2 * cap), 0.0)

    def lay_ground(self, parts: list[VMobject]) -> None:
        """Put the ground under these texts if they are on the map."""
        self.ground.points = np.zeros((0, 3))
        seen = [part for part in parts if len(part.get_all_points())]
        if self.on_map and seen:
            box, pad = extent(VGroup(*seen)), _PAD * self.layout.scale.label
            edges = (box.left - pad, box.bottom - pad, box.right + pad, box.top + pad)
            self.ground.points = rectangle(*map(float, edges))

    def ends(
        self, told: list[list[list[str]]], walks: list[Walk], label: Callable[[str, str], Label]
    ) -> VGroup:
        """Lines for each walk: the first way to write them that fits into the notes."""
        box, made = self.world.regions.notes, VGroup()
        for way in zip(*told, strict=True):
            made = VGroup()
            for lines, walk in zip(way, walks, strict=True):
                made.add(*(label(text, walk.color) for text in lines))
            narrow = made.width <= box.width
            if fit(made, box).height <= box.height and narrow:
                break
        return made


def ways_to_tell(name: str, updates: str, end: tuple[str, str], value: str) -> list[list[str]]:
    """Ways to write where a descent ended, line by line: those with long lines first.

    ``value`` is that of J.
    """
    w, b = end
    head, place, cost = f"{name}  {updates}", f"({w}, {b})", f"J = {value}"
    return [
        [head, f"{place}  {cost}"],
        [f"{head}  {cost}", place],
        [head, place, cost],
        [head, f"w = {w}", f"b = {b}", cost],
        [f"{name}  {cost}", place],  # the caption before says how many updates there were
        [name, cost, place],
        [name, updates, f"w = {w}", f"b = {b}", cost],
        [name, cost, f"w = {w}", f"b = {b}"],
        [name, cost],
        [f"{name}  J =", value],
    ]
