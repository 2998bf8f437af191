"""The data plot whose samples can be dragged to other y."""

from __future__ import annotations

from gdcore.data import Dataset
from scenes.catalogue.theme import Theme
from scenes.stage.page.layout import Box, Scale
from scenes.stage.plots.query import query
from scenes.stage.plots.samples import SamplePlot
from scenes.stage.plots.shapes import discs


class DraggedSamples(SamplePlot):
    """Samples on axes that have room for them on the whole way to ``other`` y."""

    def __init__(
        self, data: Dataset, other: Dataset, slopes: list[float], box: Box, theme: Theme,
        scale: Scale,
    ) -> None:  # fmt: skip
        self.other = other
        ends = [float(end) / query(data) for end in (other.y.min(), other.y.max())]
        super().__init__(data, [*slopes, *ends], box, theme, scale)

    def drag(self, amount: float) -> None:
        """Draw the samples at this share of the way."""
        if self.data is self.other:
            return
        ys = (1 - amount) * self.data.y + amount * self.other.y
        for dot, center in zip(self.dots, self.map(self.data.x, ys), strict=True):
            dot.points = discs(center[None], self.radius)
