"""The plot of a chart: a value over a count of updates or epochs."""

from __future__ import annotations

from scenes.catalogue.theme import Theme
from scenes.stage.page.glyphs import text_glyphs
from scenes.stage.page.layout import Box, Scale
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.ticks import whole_ticks


class Chart(Plot):
    """The plot of a chart: counts along x, values from 0 (or ``low``) to ``high`` along y."""

    def __init__(
        self, box: Box, count: int, high: float, theme: Theme, scale: Scale, low: float = 0.0
    ) -> None:
        widest = text_glyphs(scale.small).width(str(count))
        ticks = whole_ticks(count, max(1, min(5, int(box.width / (2.4 * widest)))))
        super().__init__(box, Axis(0, max(count, 1), "", ticks), Axis(low, high), theme, scale)
