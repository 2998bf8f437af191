"""The marks on a landscape before the race: minima, saddle points, the start."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from gdcore.landscapes import Landscape
from gdcore.objectives.turned import Turn
from scenes.films.optimizers.table_texts import place_text
from scenes.stage.maps.trail import on_map
from scenes.stage.page.wording import Label
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import discs, rectangle, separate
from scenes.stage.plots.tags import tag_places

Values = npt.NDArray[np.float64]

_PLATE = 0.8
_PAD = 0.35  # around a text, in heights of its capital


class Landmarks(VGroup):
    """``marks``: rings at the minima, crosses at the saddle points; ``texts``: their places.

    ``start`` is a ring in the colour of text, with its own text in ``start_text``.
    """

    def __init__(
        self,
        plot: Plot,
        landscape: Landscape,
        start: Sequence[float],
        words: tuple[str, str],
        radius: float,
    ) -> None:
        """``words``: the names for the start and for a saddle point."""
        super().__init__()
        theme = plot.theme
        self.plot, self.radius = plot, radius
        seen = [place for place in landscape.minima if plot.contains(*place)]
        passes = [place for place in landscape.saddles if plot.contains(*place)]
        self.marks = VGroup(
            VMobject(color=theme.good, stroke_width=4.0, fill_opacity=0),
            VMobject(color=theme.ink, stroke_width=3.0, fill_opacity=0),
        )
        self.start = VMobject(color=theme.ink, stroke_width=4.0, fill_opacity=0)
        self._places = tuple(
            np.array(each, dtype=float).reshape(-1, 2)
            for each in (landscape.minima, landscape.saddles, [start])
        )
        self.turn(Turn((0.0, 0.0), 0.0))
        named = [] if seen else passes
        lines = [place_text(place) for place in seen]
        lines += [f"{words[1]} {place_text(place)}" for place in named]
        self.texts, self.start_text = VGroup(), VGroup()
        self._write(
            [start, *seen, *named],
            [f"{words[0]} {place_text(start)}", *lines],
            [theme.ink, *[theme.good] * len(seen), *[theme.ink] * len(named)],
        )
        self.add(self.marks, self.start, self.texts, self.start_text)

    def turn(self, turn: Turn) -> None:
        """Draw the marks, turned; those outside of the map are left out."""
        minima, passes, start = (
            places[on_map(self.plot, places)] for places in map(turn.forth, self._places)
        )
        self.marks[0].points = self._rings(minima, 1.7)
        self.marks[1].points = self._crosses(passes)
        self.start.points = self._rings(start, 1.3)

    def _rings(self, places: Values, size: float) -> Values:
        return discs(self.plot.map(*places.T), size * self.radius)

    def _crosses(self, places: Values) -> Values:
        middles, arm = self.plot.map(*places.T), 1.1 * self.radius
        slants = np.array([[arm, arm, 0.0], [arm, -arm, 0.0]])
        starts = np.concatenate([middles - slant for slant in slants])
        return separate(starts, np.concatenate([middles + slant for slant in slants]))

    def _write(
        self, places: Sequence[Sequence[float]], lines: Sequence[str], colors: Sequence[str]
    ) -> None:
        """Write the texts that have room beside, above or below their marks."""
        plot, cap = self.plot, self.plot.scale_.label
        labels = [Label(line, cap, color) for line, color in zip(lines, colors, strict=True)]
        half = 1.9 * self.radius
        middles = plot.map(*np.array(places, dtype=float).T)[:, :2]
        boxes = np.hstack([middles - half, middles + half])
        widths = [float(label.width) + 2 * _PAD * cap for label in labels]
        found = tag_places(boxes, widths, (1 + 2 * _PAD) * cap, plot.inner, [])
        for index, (label, at, width) in enumerate(zip(labels, found, widths, strict=True)):
            if at is None:
                continue
            plate = VMobject(color=plot.theme.background, fill_opacity=_PLATE, stroke_width=0)
            x, y, rise = float(at[0]), float(at[1]), (0.5 + _PAD) * cap
            plate.points = rectangle(x - width / 2, y - rise, x + width / 2, y + rise)
            group = self.texts if index else self.start_text
            group.add(plate, label.put(np.array([x, y, 0.0])))
