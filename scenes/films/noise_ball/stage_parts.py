"""Where the parts of the film `noise-ball` are."""

from __future__ import annotations

from scenes.catalogue.theme import Theme
from scenes.stage.page.arrangement import Arrangement, arrangement
from scenes.stage.page.layout import GAP, Box, Layout
from scenes.stage.plots.plot import Axis, Plot
from scenes.stage.plots.ticks import sparse_ticks

NAMES = {"full": "α", "half": "α/2", "quarter": "α/4"}
SHOWN = list(NAMES)

_WIDER = 0.03  # of the subject's width
_ROWS = 3.4  # rows of a cell, as many as it has and a little room
_ROW = 1.9  # heights of a capital


def places(layout: Layout) -> Arrangement:
    """The usual places; in wide frames the subject is a little wider."""
    usual = arrangement(layout)
    more = 0.0 if layout.stacked else _WIDER * usual.hero.width
    small, notes = usual.small.inset(left=more), usual.notes.inset(left=more)
    return Arrangement(usual.hero.inset(right=-more), usual.side.inset(left=more), small, notes)


def cell_boxes(boxes: Arrangement, layout: Layout) -> list[Box]:
    """Three boxes for what is said of three rates."""
    if layout.portrait:
        return boxes.side.columns(1, 1, 1, gap=GAP)
    height = _ROWS * _ROW * layout.scale.label
    side = boxes.side
    rows = side.inset(bottom=max(side.height - 3 * height, 0.0)).rows(1, 1, 1, gap=0.0)
    return list(rows)


def chart_of(hero: Box, span: tuple[float, float], theme: Theme, layout: Layout) -> Plot:
    """The chart of w; what stands under its x axis changes."""
    room = (hero.height - 2.8 * layout.scale.small) / (2.2 * layout.scale.small)
    upright = Axis(*span, "w", sparse_ticks(*span, room), theme.point)
    return Plot(hero, Axis(0.0, 1.0, "", []), upright, theme, layout.scale)


def columns_of(plot: Plot, count: int = 3) -> list[tuple[float, float]]:
    """The left and right edges of ``count`` strips beside each other."""
    return [(box.left, box.right) for box in plot.inner.columns(*[1] * count, gap=0.2)]
