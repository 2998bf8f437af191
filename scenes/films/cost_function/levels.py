"""Losses as columns that level out: their mean is the cost."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import ORIGIN, VGroup, VMobject

from scenes.catalogue.theme import Theme
from scenes.films.cost_function.tiles import Tiles, blend, column, columns
from scenes.stage.descent.worked import maths
from scenes.stage.page.figures import short
from scenes.stage.page.formulas import formula
from scenes.stage.page.glyphs import Figure, text_glyphs
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.shapes import polyline

Values = npt.NDArray[np.float64]

BAR = 2.2  # the width of the cost's bar, in heights of a label's capital


class Levels:
    """``plot`` with a column for each loss; ``bar`` is the one column that they become.

    ``values`` stand above the columns, ``mean`` is the level line, ``name`` says J = ….
    """

    def __init__(
        self, losses: Values, cost_text: str, axis: str, box: Box, theme: Theme, scale: Scale
    ) -> None:
        self.losses, self.cost = losses, float(losses.mean())
        room = 2.6 * scale.label / (box.height - 5 * scale.small)
        top = float(losses.max()) * (1 + room) or 1.0
        y = Axis(0, top, axis, None, theme.loss)
        self.plot = Plot(box, Axis(0, 1, "", []), y, theme, scale)
        if self.plot.names.get_right()[0] > box.right:
            y = Axis(0, top, "", None, theme.loss)
            self.plot = Plot(box, Axis(0, 1, "", []), y, theme, scale)
        many = len(losses) > 12
        hues = [theme.sample(i) for i in range(len(losses))]
        self.tiles = Tiles(hues, 0.45, 0.5 if many else 3.0)
        self.bar = Tiles([theme.cost], 0.45, 3.0)
        self.high = columns(self.plot, losses)
        self.level = columns(self.plot, np.full(len(losses), self.cost))
        middle = float(self.plot.inner.center[0])
        self.merged = column(self.plot, middle, BAR * scale.label, self.cost)
        self.bar.lay(self.merged)
        self.mean = VMobject(color=theme.cost, stroke_width=3)
        inner, height = self.plot.inner, self.merged[0, 3]
        self.mean.points = polyline(np.array([[inner.left, height, 0], [inner.right, height, 0]]))
        self.values = self._write(theme, scale)
        self.name = self._name(cost_text, theme, scale)

    def _name(self, cost: str, theme: Theme, scale: Scale) -> VGroup:
        """J = …, or only the number, above the bar; nothing if neither has room."""
        for text in (f"J = {maths(cost)}", maths(cost)):
            name = formula(text, scale.label, theme.cost)
            if name.width <= 1.05 * self.plot.inner.width:
                x, top = float(self.plot.inner.center[0]), float(self.merged[0, 3])
                return VGroup(name.move_to(point(x, top + 1.2 * scale.label)))
        return VGroup()

    def _write(self, theme: Theme, scale: Scale) -> VGroup:
        """The losses above their columns, if there is room for all."""
        glyphs = text_glyphs(scale.label)
        texts = [short(float(loss)) for loss in self.losses]
        centers = (self.high[:, 0] + self.high[:, 2]) / 2
        slot = float(np.diff(centers).min()) if len(centers) > 1 else self.plot.inner.width
        if max(map(glyphs.width, texts)) > slot - 0.5 * scale.label:
            return VGroup()
        found = VGroup()
        for i, text in enumerate(texts):
            at = point(float(centers[i]), float(self.high[i, 3]) + 1.1 * scale.label)
            found.add(Figure(glyphs, theme.sample(i), at, ORIGIN, text))
        return found

    def gather(self, start: Values, amount: float) -> None:
        """Show the squares ``start`` (n, 4) on their way to columns of the same value."""
        self.tiles.lay(blend(start, self.high, amount, 0.5))

    def even_out(self, amount: float) -> None:
        """The high columns sink and the low ones rise, to the mean."""
        self.tiles.lay(blend(self.high, self.level, amount))

    def merge(self, amount: float) -> None:
        """The level columns slide together into one."""
        stop = np.repeat(self.merged, len(self.losses), axis=0)
        self.tiles.lay(blend(self.level, stop, amount))
