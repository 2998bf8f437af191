"""The two slices as parabolas over one pair of axes, with their curvatures and the ratio."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from manim import LEFT, ORIGIN, RIGHT, VGroup, VMobject

from scenes.films.surface.slices import Slices
from scenes.stage.maps.plane_world import Regions
from scenes.stage.page.figures import decimals, fixed, short
from scenes.stage.page.formulas import fit, formula
from scenes.stage.page.glyphs import text_glyphs
from scenes.stage.page.layout import Box, point
from scenes.stage.page.readouts import Readout, Readouts
from scenes.stage.page.wording import Label, shortened, text_width
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.shapes import discs, polyline

Values = npt.NDArray[np.float64]

_PAD = 0.04  # of the range of distances
_AT, _HIGH = 0.8, 0.5  # of the height: where a curve that reaches it has its name; a high curve
_BESIDE = 0.7  # capitals between a name and its number
_GAP = 1.0  # capitals between a curve and its name
_WIDER = 0.12  # units: its numbers take less room than those of the map


class SlicePlot(VGroup):
    """``plot`` with J over the distance, ``names`` of both curves, and their ratio in ``said``.

    ``dots`` go along both curves at one distance, by :meth:`step`; ``rises`` are the ways up to
    them, with their ``numbers``.
    """

    def __init__(
        self, slices: Slices, words: Mapping[str, str], texts: tuple[str, str, str], places: Regions
    ) -> None:
        """``texts``: the two curvatures and their ratio."""
        super().__init__()
        lift, field = slices.lift, slices.lift.field
        theme, scale = field.theme, field.scale
        low, high = float(slices.distances.min()), float(slices.distances.max())
        pad = _PAD * ((high - low) or 1.0)
        x = Axis(low - pad, high + pad, words["surface.distance"])
        y = Axis(lift.floor, lift.top, "J", None, theme.cost)
        area = places.map.inset(right=-_WIDER)
        self.plot = Plot(area, x, y, theme, scale)
        self.names = VGroup()
        room = 0.45 * self.plot.inner.width
        longer = 1 if high >= -low else -1
        full = slices.costs[1].max() - lift.floor > _HIGH * (lift.top - lift.floor)
        sides = -longer if full else longer, longer
        for k, word in enumerate(("surface.across", "surface.along")):
            text = shortened(f"{words[word]} {texts[k]}", scale.label, room)
            self.names.add(self._name(Label(text, scale.label, theme.ink), slices, k, sides[k]))
        self._slices, self._cost = slices, theme.cost
        self.dots, self.rises = VGroup(), VGroup()
        for color in (theme.cost, theme.cost):
            self.dots.add(VMobject(color=theme.point, fill_opacity=1, stroke_width=0))
            self.rises.add(VMobject(color=color, stroke_width=5, fill_opacity=0))
        self._radius = 0.38 * scale.label
        self.numbers, below = self._make_numbers(words, places.notes)
        self.said = VGroup()
        if texts[2]:
            source = f'"{texts[0]}" / "{texts[1]}" approx {texts[2]}'
            made = formula(source, scale.label, theme.ink)
            if made.width <= places.notes.width:
                self.said.add(made)
        if len(self.said):
            fit(self.said, places.notes.inset(top=places.notes.top - below))
        self.add(self.plot, self.rises, self.dots, self.names, self.numbers, self.said)
        self.step(0.0)

    @property
    def farthest(self) -> float:
        """The distance up to which both curves go, on the side where that is more."""
        ends = self._slices.distances[:, [0, -1]]
        return float(np.abs(ends).min(axis=0).max())

    def step(self, distance: float) -> None:
        """Go so far from the minimum on both curves; show how far J rises."""
        plot, slices = self.plot, self._slices
        ends = np.abs(slices.distances[:, [0, -1]]).min(axis=0)
        side = 1.0 if ends[1] >= ends[0] else -1.0
        least = float(slices.lift.plot.conics.least)
        found = [0.5 * float(curvature) * distance**2 for curvature in slices.curvatures]
        for rise, dot, line in zip(found, self.dots, self.rises, strict=True):
            foot, place = (plot.at(side * distance, least + each) for each in (0.0, rise))
            dot.points = discs(place[None], self._radius)
            line.points = polyline(np.array([foot, place]))
        texts = [self._rise_text(each, k) for k, each in enumerate(found)] if self._told else []
        self.numbers.write(fixed(distance, self._places), *texts)

    def _rise_text(self, rise: float, k: int) -> str:
        """With the digits of the last rise; with fewer if there is no room.

        The sign tells it from the curvature, which the curve's name has.
        """
        sign = "+" if rise > 0 else ""
        texts = [
            sign + each for each in (fixed(rise, self._digits[k]), short(rise, 2), short(rise, 1))
        ]
        glyphs = text_glyphs(self.plot.scale_.label)
        return next((each for each in texts if glyphs.width(each) <= self._room), texts[-1])

    def _make_numbers(self, words: Mapping[str, str], box: Box) -> tuple[Readouts, float]:
        """The distance, and how far J rises on each curve; and where the next line begins."""
        theme, scale, far = self.plot.theme, self.plot.scale_, self.farthest
        self._places = decimals([far], 3)
        names = [words["surface.across"], words["surface.along"]]
        last = [0.5 * float(curvature) * far**2 for curvature in self._slices.curvatures]
        self._digits = [decimals([each], 3) for each in last]
        cap = scale.label
        self._room = box.width - max(text_width(name, cap) for name in names) - _BESIDE * cap
        texts = [self._rise_text(each, k) for k, each in enumerate(last)]
        items = [Readout("d", theme.point, fixed(far, self._places))]
        self._told = max(map(text_glyphs(cap).width, texts)) <= self._room
        if self._told:
            pairs = zip(names, texts, strict=True)
            items += [Readout(name, theme.cost, text) for name, text in pairs]
        made = Readouts(items, box, theme, scale, apart=True)
        return made, min(float(figure.at[1]) for figure in made.figures) - 1.2 * cap

    def _name(self, label: Label, slices: Slices, k: int, side: int) -> Label:
        """Put it beside its curve: at the height of a share of the plot, or at the curve's end."""
        plot, lift = self.plot, slices.lift
        distances, costs = slices.distances[k], slices.costs[k]
        level = lift.floor + _AT * (lift.top - lift.floor)
        mine = np.flatnonzero(np.sign(distances) == side)
        beside = costs[mine] <= level
        at = mine[beside][-1 if side > 0 else 0] if beside.any() else mine[0]
        x, y = plot.at(float(distances[at]), float(costs[at]))[:2].tolist()
        gap = _GAP * label.cap
        reached = costs[mine].max(initial=0.0) > level
        if reached:  # a steep curve: beside it, and beside the way up to the end of the first
            if k == 0:
                x = float(plot.at(float(distances[mine[-1 if side > 0 else 0]]), 0.0)[0])
            label.put(point(x + side * gap, y), LEFT if side > 0 else RIGHT)
        else:  # above its end
            label.put(point(x, y + 2 * gap), RIGHT if side > 0 else LEFT)
        half, inner = label.width / 2, plot.inner
        middle = min(max(float(label.get_center()[0]), inner.left + half), inner.right - half)
        y = min(max(float(y + (0.0 if reached else 2 * gap)), inner.bottom + gap), inner.top - gap)
        return label.put(point(middle, y), ORIGIN)
