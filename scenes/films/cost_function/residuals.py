"""The data with the line through them and a real square on each residual."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import ORIGIN, VGroup, VMobject

from gdcore.data import Dataset
from scenes.catalogue.theme import Theme
from scenes.films.cost_function.square_plot import square_axes
from scenes.films.cost_function.tiles import Tiles, squares
from scenes.stage.maps.trail import cut
from scenes.stage.page.figures import short
from scenes.stage.page.formulas import formula
from scenes.stage.page.glyphs import Figure, text_glyphs
from scenes.stage.page.layout import Box, Scale
from scenes.stage.page.wording import Label, shortened
from scenes.stage.plots.column_names import column_names
from scenes.stage.plots.moving_plot import MovingPlot, Span, between
from scenes.stage.plots.samples import dot_look, mark_size
from scenes.stage.plots.shapes import discs, separate
from scenes.stage.plots.tags import tag_places

Values = npt.NDArray[np.float64]

_MANY = 12  # samples; from here on the squares overlap and are drawn thin
_RIMS, _FAINTEST = 25.0, 0.12  # of more samples the rims are fainter, so that they show a density


class DataPlot(MovingPlot):
    """Axes of ``data``."""

    data: Dataset


class Residuals:
    """Samples, line and squares on one plot, which moves from ``near`` to ``wide``.

    ``near`` shows one w and is large, ``wide`` is small and has room for a range of w. ``plot``,
    ``dots``, ``line``, ``squares``; ``guesses``: the line's values at the samples; ``ghosts``: the
    outlines of the squares at the start, which :meth:`haunt` draws.
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
        w, self.data, self.boxes, self.theme, self.scale = sweep[0], data, boxes, theme, scale
        slope = w or float(data.x @ data.y)
        self.way = -1.0 if slope < 0 else 1.0  # squares open away from the line
        self.plot = self._make_plot()
        self._spans = [self._axes(box, ws) for box, ws in zip(boxes, ([w], sweep), strict=True)]
        self.plot = self._make_plot(self._spans)
        self.dots = VGroup(
            *(VMobject(color=theme.sample(i), stroke_width=0) for i in range(data.n))
        )
        self.size = mark_size(data.n, scale)
        self.line = VMobject(color=theme.point, stroke_width=5)
        self.guesses = VMobject(color=theme.point, fill_opacity=1, stroke_width=0)
        many = data.n > _MANY
        hues = [theme.sample(i) for i in range(data.n)]
        rim = min(1.0, max(_FAINTEST, _RIMS / data.n))
        rims = [1.0 if i < told else rim for i in range(data.n)]
        self.squares = Tiles(hues, 0.1 if many else 0.22, 1.5 if many else 3.0, rims)
        self.ghosts = Tiles(hues, 0.0, 1.5 if many else 2.5, rims)
        self.values: list[VGroup] = []
        self.lay(0.0)
        for dot in self.dots:
            dot.set_fill(opacity=self._opacity)

    def _make_plot(self, spans: Sequence[tuple[Span, Span]] = ()) -> DataPlot:
        """A plot with the data's names, and room for the numbers of these ranges."""
        room = min(0.8 * box.width for box in self.boxes)
        cap, muted = self.scale.label, self.theme.muted
        x, y = (
            formula(name, cap, muted) if len(name) == 1 and name in "xy"
            else Label(shortened(name, cap, room), cap, muted)
            for name in column_names(self.data)
        )  # fmt: skip
        first = spans[0] if spans else ((0.0, 1.0), (0.0, 1.0))
        heights = [span[1] for span in spans] or [first[1]]
        plot = DataPlot(self.boxes[0], first[0], heights, [x], y, self.theme, self.scale)
        plot.data = self.data
        return plot

    def _axes(self, box: Box, slopes: list[float]) -> tuple[Span, Span]:
        """Ranges of x and y in ``box``, with room for the squares."""
        inner = self.plot.inside(box)
        x, y = square_axes(self.data, slopes, self.way, inner.width, inner.height)
        return (x.low, x.high), (y.low, y.high)

    def lay(self, amount: float) -> None:
        """Move plot and samples from the near box (0) to the wide one (1)."""
        (near_x, near_y), (wide_x, wide_y) = self._spans
        box = self.boxes[0].towards(self.boxes[1], amount)
        self.plot.lay(box, between(near_x, wide_x, amount), between(near_y, wide_y, amount))
        radius, self._opacity = dot_look(self.data.n, self.plot.inner, self.scale)
        places = self.plot.map(self.data.x, self.data.y)
        for dot, place in zip(self.dots, places, strict=True):
            dot.points = discs(place[None], radius)

    def show(self, w: float) -> None:
        """Show line and squares at ``w``."""
        self.turn(w)
        self.squares.lay(self.at(w))

    def turn(self, w: float) -> None:
        """Turn only the line."""
        x = self.plot.x
        ends = np.array([[x.low, w * x.low]]), np.array([[x.high, w * x.high]])
        start, stop, _ = cut(self.plot, *ends)
        self.line.points = separate(self.plot.map(*start.T), self.plot.map(*stop.T))

    def guess(self, w: float) -> None:
        """Mark ŷ of each sample on the line."""
        places = self.plot.map(self.data.x, w * self.data.x)
        self.guesses.points = discs(places, 0.6 * self.size)

    def haunt(self, w: float) -> None:
        """Draw the outlines of the squares at ``w``."""
        self.ghosts.lay(self.at(w))

    def grow(self, w: float, amount: Values) -> None:
        """Grow each residual up to the line (0 to 1), then open its square (1 to 2); (n,)."""
        grown, opened = np.clip(amount, 0, 1), np.clip(amount - 1, 0, 1)
        self.squares.lay(squares(self.plot, self.data, w, self.way, grown, opened))

    def at(self, w: float) -> Values:
        """The squares (n, 4) on the plot as it lies now."""
        return squares(self.plot, self.data, w, self.way)

    def write_values(self, w: float, losses: Values, cap: float) -> VGroup:
        """A text for each square's area; empty if it would cover something else."""
        glyphs, plot, theme = text_glyphs(cap), self.plot, self.theme
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
        self.turn(w)
        line, size = self.line.points, self.size
        steps = np.linspace(0, 1, 80)[:, None]
        beads = line[0] + steps * (line[-1] - line[0]) if len(line) else np.zeros((0, 3))
        dots = self.plot.map(self.data.x, self.data.y)
        return [
            Box(x - half, y - half, x + half, y + half)
            for points, half in ((dots, size), (beads, 0.06))
            for x, y, _ in points.tolist()
        ]
