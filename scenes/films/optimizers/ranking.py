"""The live table of a race: a row for each racer, the one that leads on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from manim import LEFT, RIGHT, VGroup

from scenes.catalogue.theme import Theme
from scenes.films.optimizers.log_bars import LogBars
from scenes.films.optimizers.signs import Sign
from scenes.films.optimizers.table_texts import cost_text
from scenes.stage.page.glyphs import Figure, text_glyphs
from scenes.stage.page.layout import Box, Scale, point
from scenes.stage.page.wording import Label

Values = npt.NDArray[np.float64]

_HEAD = 2.3  # the height of the head; this and all below in heights of a capital
_ABOVE_BAR, _TWO_LINES, _TALLEST = 2.3, 2.75, 3.4  # pitches: with bars, with two lines, at most
_LINE = 1.38  # from a row's first line to its second
_GAP = 0.7  # between columns
_INDENT = 0.8  # of a text beneath a name
_SIGNS = ("α = ", "α=", "")  # before a rate that has no column of its own, where there is room


@dataclass(frozen=True)
class Row:
    """The texts of a row: ``names`` from the longest to the shortest, and the rate."""

    names: tuple[str, ...]
    rate: str
    color: str


class CostTexts:
    """J as text in a table that shows the values ``costs``, with this many digits."""

    def __init__(self, digits: int, costs: Values) -> None:
        self.digits = digits
        self.all = {cost_text(value, digits) for value in costs.ravel().tolist()}

    def __call__(self, value: float) -> str:
        """The text of a value."""
        return cost_text(value, self.digits)


class Ranking(VGroup):
    """Rows of name, rate and J, with a bar of J if there is room; places may be fractional.

    Where two rows change places one of them is in front; the other is smaller, so they never touch.

    If a row is too narrow for all three, the rate is below the name (``doubled``). If there is no
    room for that, ``values`` and ``rates`` have the same place, and only one of them is shown
    (``shared``).
    """

    def __init__(
        self,
        rows: Sequence[Row],
        costs: CostTexts,
        counter: tuple[str, int],
        span: tuple[int, int] | None,
        box: Box,
        theme: Theme,
        scale: Scale,
    ) -> None:
        """``counter``: its name and largest number; ``span``: the bars' decades, None for none."""
        super().__init__()
        self.box, self.cap, self.costs = box, scale.label, costs
        below = 2.3 * scale.small if span else 0.0
        free = box.height - _HEAD * self.cap
        self._arrange(rows, (free - below) / len(rows))
        with_bars = span is not None and self.second_lines
        self.pitch = min((free - below * with_bars) / len(rows), _TALLEST * self.cap)
        self.top = box.top - _HEAD * self.cap
        bare = not (self.doubled or self.shared)
        words = [self.sign + row.rate for row in rows]
        rates = [Sign(word, self.cap, theme.muted, side=RIGHT) for word in words]
        self.rates = VGroup(*rates)
        self.values = VGroup(
            *(Figure(text_glyphs(self.cap), row.color, side=RIGHT) for row in rows)
        )
        widest = max(float(rate.width) for rate in rates)
        self.rate_end = box.left + widest if self.doubled else self.value_start - _GAP * self.cap
        if self.shared:
            self.rate_end = box.right
        self._head(*counter, theme, bare)
        self.bars: LogBars | None = None
        if span is not None and with_bars:
            low = self.top - self.pitch * len(rows)
            left = self.rate_end + _GAP * self.cap if self.doubled else box.left
            zone = Box(left, low - below, box.right, low).inset(0.02, 0, 0.02, 0)
            self.bars = LogBars(zone, span, [row.color for row in rows], theme, scale.small)
            self.add(self.bars)
        self.add(self.head, self.value_name, self.names, self.rates, self.values)

    def _arrange(self, rows: Sequence[Row], pitch: float) -> None:
        """Choose the columns, and the longest names that leave room for them."""
        box, cap, glyphs = self.box, self.cap, text_glyphs(self.cap)
        self.value_start = box.right - max(map(glyphs.width, self.costs.all))
        room = self.value_start - _GAP * cap - box.left
        rates = max(Sign(row.rate, cap, row.color).width for row in rows) + _GAP * cap
        flat = _names(rows, room - rates, cap)
        self.doubled = flat is None and pitch >= _TWO_LINES * cap
        self.shared = flat is None and not self.doubled
        self.second_lines = self.doubled or pitch >= _ABOVE_BAR * cap
        names = flat or _names(rows, room, cap)
        self.names = VGroup(*(names or _names(rows, np.inf, cap, shortest=True) or []))
        self.name_end = box.left + max(float(name.width) for name in self.names)
        self.sign = ""
        if self.doubled or self.shared:
            self.sign = next((s for s in _SIGNS if self._fits(rows, s)), _SIGNS[-1])

    def _fits(self, rows: Sequence[Row], sign: str) -> bool:
        """Whether rates with this sign have room in their own line, or beside the names."""
        left = self.box.left if self.doubled else self.name_end + 0.2 * self.cap
        told = max(Sign(sign + row.rate, self.cap, row.color).width for row in rows)
        return left + told <= self.box.right

    def _head(self, counted: str, count: int, theme: Theme, bare: bool) -> None:
        cap, y = self.cap, self.box.top - 0.8 * self.cap
        label = Label(counted, cap, theme.muted).put(point(self.box.left, y), LEFT)
        at = point(label.get_right()[0] + 0.55 * cap, y)
        self.counter = Figure(text_glyphs(cap), theme.ink, at, LEFT, str(count))
        self.value_name = Label("J", cap, theme.cost).put(point(self.box.right, y), RIGHT)
        self.head = VGroup(label, self.counter)
        if bare:
            self.head.add(Label("α", cap, theme.muted).put(point(self.rate_end, y), RIGHT))

    def first_line(self, place: float) -> float:
        """The height of the row's first line at ``place`` (0 is the top)."""
        middle = self.top - (place + 0.5) * self.pitch
        return middle + (0.5 * _LINE * self.cap if self.second_lines else 0.0)

    def second_line(self, place: float) -> float:
        """The height of its second line, or of its only one."""
        return self.first_line(place) - (_LINE * self.cap if self.second_lines else 0.0)

    def reach(self, places: Values, costs: Values, update: int) -> None:
        """Show the rows at ``places`` (n,) with the values ``costs`` (n,)."""
        self.counter.write(str(update))
        box, sizes = self.box, _sizes(places).tolist()
        for i, (place, cost) in enumerate(zip(places.tolist(), costs.tolist(), strict=True)):
            first, second = self.first_line(place), self.second_line(place)
            self.names[i].stand(point(box.left, first))
            self.rates[i].stand(point(self.rate_end, second if self.doubled else first))
            self.values[i].write(self.costs(cost), point(box.right, first))
            for part in (self.names[i], self.rates[i], self.values[i]):
                part.shrink(sizes[i])
            if self.bars:
                self.bars.lay(i, second, cost, 0.5 * sizes[i] * self.cap)

    def goal_texts(self, texts: Sequence[str], places: Values, theme: Theme) -> VGroup:
        """A text for each racer instead of bar or rate; none if there is no room for all."""
        labels = [Label(text, self.cap, theme.muted) for text in texts]
        cap, below = self.cap, self.second_lines and not self.doubled
        left, right = self.box.left, self.box.right
        if self.doubled:
            left = self.rate_end + _GAP * cap
        elif not below:
            left, right = self.name_end + _GAP * cap, self.value_start - _GAP * cap
            if not self.shared:  # the rates stand there
                right = self.rate_end - max(float(r.width) for r in self.rates) - _GAP * cap
        at, side = (left + _INDENT * cap, LEFT) if below else (right, RIGHT)
        tight = self.second_lines and self.pitch < _TWO_LINES * cap
        room = right - (at if below else left)
        if tight or max(float(label.width) for label in labels) > room:
            return VGroup()
        for label, place in zip(labels, places.tolist(), strict=True):
            label.put(point(at, self.second_line(place) - (0.08 * cap if below else 0.0)), side)
        return VGroup(*labels)


def _sizes(places: Values) -> Values:
    """The size (n,) of each row, as a share: smaller the nearer it is to a row in front of it.

    In front of a row are all those before it in the list, wherever they stand.
    """
    apart = np.abs(places[:, None] - places[None, :])
    apart[np.triu_indices(len(places))] = 1.0
    sizes: Values = np.clip(2.0 * apart.min(axis=1) - 1.0, 0.0, 1.0)
    return sizes


def _names(
    rows: Sequence[Row], room: float, cap: float, shortest: bool = False
) -> list[Sign] | None:
    """The rows' names, all in the first length in which every name fits ``room``, if any."""
    for length in range(len(rows[0].names) - 1 if shortest else 0, len(rows[0].names)):
        signs = [Sign(row.names[length], cap, row.color) for row in rows]
        if max(float(sign.width) for sign in signs) <= room:
            return signs
    return None
