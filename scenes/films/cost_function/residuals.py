"""The data with the line through them and a real square on each residual."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import ORIGIN, VGroup

from gdcore.data import Dataset
from scenes.catalogue.theme import Theme
from scenes.films.cost_function.square_plot import square_axes
from scenes.films.cost_function.tiles import Tiles, squares
from scenes.stage.page.figures import short
from scenes.stage.page.glyphs import Figure, text_glyphs
from scenes.stage.page.layout import Box, Scale
from scenes.stage.plots.samples import SamplePlot
from scenes.stage.plots.tags import tag_places

Values = npt.NDArray[np.float64]

_MANY = 12  # samples; from here on the squares overlap and are drawn thin
_RIMS, _FAINTEST = 25.0, 0.12  # of more samples the rims are fainter, so that they show a density


class Residuals:
    """Samples, line and squares on two plots: ``near`` for one w, ``wide`` for a range of w.

    ``dots``, ``line`` and ``squares`` are drawn once; :meth:`show` puts them on either plot.
    """

    def __init__(
        self,
        data: Dataset,
        sweep: list[float],
        boxes: tuple[Box, Box],
        theme: Theme,
        scale: Scale,
        told: int,
    ) -> None:
        """``sweep``: the start and the ends of w; ``boxes``: of the near and the wide plot.

        ``told``: how many samples have their loss written beside the plot.
        """
        w, self.data = sweep[0], data
        slope = w or float(data.x @ data.y)
        self.way = -1.0 if slope < 0 else 1.0  # squares open away from the line
        self.near, self.wide = (
            self._plot(ws, box, theme, scale) for box, ws in zip(boxes, ([w], sweep), strict=True)
        )
        self.dots, self.line = self.near.dots, self.near.line
        self._places = [
            [np.array(dot.points) for dot in plot.dots] for plot in (self.near, self.wide)
        ]
        many = data.n > _MANY
        hues = [theme.sample(i) for i in range(data.n)]
        rim = min(1.0, max(_FAINTEST, _RIMS / data.n))
        rims = [1.0 if i < told else rim for i in range(data.n)]
        self.squares = Tiles(hues, 0.1 if many else 0.22, 1.5 if many else 3.0, rims)
        self.values: list[VGroup] = []

    def _plot(self, slopes: list[float], box: Box, theme: Theme, scale: Scale) -> SamplePlot:
        """A plot with room for the squares; a draft shows how much room the tick numbers leave."""
        width, height = box.width - 6 * scale.small, box.height - 4 * scale.small
        for _ in range(2):
            axes = square_axes(self.data, slopes, self.way, width, height)
            plot = SamplePlot(self.data, slopes, box, theme, scale, axes)
            width, height = plot.inner.width, plot.inner.height
        return plot

    def show(self, w: float, zoom: float = 0.0) -> None:
        """Show line, squares and samples at ``w``: on the near plot (0), the wide (1), between."""
        self.near.turn(w)
        self.wide.turn(w)
        ends = [plot.line.points for plot in (self.near, self.wide)]
        if zoom == 1 or len(ends[0]) != len(ends[1]):
            self.line.points = ends[1]
        else:
            self.line.points = ends[0] + zoom * (ends[1] - ends[0])
        boxes = [squares(plot, self.data, w, self.way) for plot in (self.near, self.wide)]
        self.squares.lay(boxes[0] + zoom * (boxes[1] - boxes[0]))

    def zoom(self, w: float, amount: float) -> None:
        """Change from the near plot (0) to the wide one (1)."""
        self.show(w, amount)
        for dot, near, wide in zip(self.dots, *self._places, strict=True):
            dot.points = near + amount * (wide - near)

    def turn(self, w: float) -> None:
        """Turn only the line, on the near plot."""
        self.near.turn(w)

    def grow(self, w: float, amount: Values) -> None:
        """Grow each residual up to the line (0 to 1), then open its square (1 to 2); (n,)."""
        grown, opened = np.clip(amount, 0, 1), np.clip(amount - 1, 0, 1)
        self.squares.lay(squares(self.near, self.data, w, self.way, grown, opened))

    def at(self, w: float) -> Values:
        """The squares (n, 4) on the near plot."""
        return squares(self.near, self.data, w, self.way)

    def write_values(self, w: float, losses: Values, cap: float) -> VGroup:
        """A text for each square's area; empty if it would cover something else."""
        glyphs, plot, theme = text_glyphs(cap), self.near, self.near.theme
        boxes, texts = self.at(w), [short(float(loss)) for loss in losses]
        widths = [glyphs.width(text) for text in texts]
        places = tag_places(boxes, widths, cap, plot.inner, self._taken(w))
        for i, (at, text) in enumerate(zip(places, texts, strict=True)):
            value = VGroup()
            if at is not None:
                inside = boxes[i, 0] < at[0] < boxes[i, 2] and boxes[i, 1] < at[1] < boxes[i, 3]
                hue = theme.ink if inside else theme.sample(i)
                value.add(Figure(glyphs, hue, at, ORIGIN, text))
            self.values.append(value)
        return VGroup(*self.values)

    def _taken(self, w: float) -> list[Box]:
        """The places of the samples and the line: no text may be there."""
        self.near.turn(w)
        line, size = self.near.line.points, self.near.size
        steps = np.linspace(0, 1, 80)[:, None]
        beads = line[0] + steps * (line[-1] - line[0]) if len(line) else np.zeros((0, 3))
        dots = self.near.map(self.data.x, self.data.y)
        return [
            Box(x - half, y - half, x + half, y + half)
            for points, half in ((dots, size), (beads, 0.06))
            for x, y, _ in points.tolist()
        ]
