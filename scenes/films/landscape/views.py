"""The film's one plot: where it stands, what it shows, and how one view becomes another."""

from __future__ import annotations

from dataclasses import dataclass

from gdcore.studies.flights import Slice
from scenes.stage.page.arrangement import arrangement
from scenes.stage.page.layout import GAP, Box, Layout
from scenes.stage.page.wording import text_width
from scenes.stage.plots.moving_plot import MovingPlot, Span, between

_ROOM = 0.12  # of a slice's height, above and below it
_UPRIGHT = 1.0  # of its width: the height of the plot in 9:16
_ABOVE_DATA = 0.74  # the same, when the data are below it
_SIDE = 1.9  # the least width of the numbers beside the plot in a square frame
_ROW = 2.0  # the height of a row of numbers, in heights of a capital


@dataclass(frozen=True)
class View:
    """The ranges of both axes."""

    x: Span
    y: Span

    def towards(self, other: View, amount: float) -> View:
        """The view at ``amount`` of the way to another one."""
        return View(between(self.x, other.x, amount), between(self.y, other.y, amount))


def view_of(found: Slice) -> View:
    """A slice with some room above and below."""
    low, high = float(found.costs.min()), float(found.costs.max())
    pad = _ROOM * (high - low)
    return View((float(found.at[0]), float(found.at[-1])), (max(low - pad, 0.0), high + pad))


class LossPlot(MovingPlot):
    """A plot of J, which is never below 0: there it has no numbers."""

    def _y_numbers(self) -> tuple[list[float], list[str]]:
        values, texts = super()._y_numbers()
        kept = [k for k, value in enumerate(values) if value >= 0]
        return [values[k] for k in kept], [texts[k] for k in kept]


def boxes(layout: Layout, widest: str) -> tuple[Box, Box]:
    """The plot, and the room for the numbers: below it, or beside it in a square frame.

    ``widest`` is the widest number with its name.
    """
    body, cap = layout.body, layout.scale.label
    if layout.stacked and not layout.portrait:
        right = body.right - max(_SIDE, text_width(widest, cap))
        return Box(body.left, body.bottom, right - GAP, body.top), Box(
            right, body.bottom, body.right, body.top
        )
    lines = 3 if layout.portrait else 1 if layout.width > 1.5 * layout.height else 2
    strip = (_ROW * lines - 0.2) * cap
    low = body.bottom + strip
    if layout.portrait:
        low = max(low, body.top - _UPRIGHT * body.width)
    return Box(body.left, low + 0.05, body.right, body.top), Box(
        body.left, low - strip, body.right, low
    )


def slice_boxes(layout: Layout) -> tuple[Box, Box]:
    """The plot of a slice, and the room for the data: beside it, or below it in 9:16."""
    places = arrangement(layout)
    if not layout.portrait:
        return places.hero, places.side
    hero = places.hero.no_higher(_ABOVE_DATA)
    return hero, Box(layout.body.left, layout.body.bottom, layout.body.right, hero.bottom - GAP)
