"""Many points on one curve, coloured by where they are; and a row that shows all ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from gdcore.trace import Trace
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import discs

Values = npt.NDArray[np.float64]
Kinds = npt.NDArray[np.int32]
Sort = Callable[[Values], Kinds]


class Crowd(VGroup):
    """The points of some descents at one time; one mobject for each kind of place.

    ``kind_of`` tells the kind of each w (nan: diverged); kinds beyond the ``hues`` are not drawn.
    """

    def __init__(
        self, plot: Plot, traces: Sequence[Trace], kind_of: Sort, hues: Sequence[str], radius: float
    ) -> None:
        super().__init__()
        self.plot, self.kind_of, self.radius = plot, kind_of, radius
        length = max(len(trace.w) for trace in traces)
        self.ws = np.full((len(traces), length), np.nan)
        self.costs = self.ws.copy()
        for row, trace in enumerate(traces):
            # One that diverges is not where it was: it has no place after its last update.
            self.ws[row, : len(trace.w)], self.costs[row, : len(trace.w)] = trace.w, trace.cost
            if trace.diverged_at is None:
                self.ws[row, len(trace.w) :] = trace.w[-1]
        self.last = length - 1
        self.kinds = kind_of(self.ws[:, 0])
        self.add(*(VMobject(color=hue, fill_opacity=0.85, stroke_width=0) for hue in hues))

    def stand(self, t: float) -> None:
        """Show the points at the fractional update ``t``: straight from place to place."""
        k = min(int(t + 1e-9), self.last)
        rest = t - k if k < self.last else 0.0
        ws, costs = self.ws[:, k], self.costs[:, k]
        if rest > 1e-9:
            with np.errstate(invalid="ignore", over="ignore"):
                ws = ws + rest * (self.ws[:, k + 1] - ws)
                costs = costs + rest * (self.costs[:, k + 1] - costs)
        self.kinds = self.kind_of(self.ws[:, k])
        self._draw(ws, costs)

    def passed(self) -> Values:
        """Discs at the places of the first descent; one for each update, in a circle's points.

        Those outside the plot have no size.
        """
        plot, parts = self.plot, [np.zeros((0, 3))]
        for w, cost in zip(self.ws[0, :-1], self.costs[0, :-1], strict=True):
            inside = plot.contains(w, cost)
            center = plot.at(w, cost) if inside else plot.at(plot.x.low, plot.y.low)
            parts.append(discs(center[None], 0.7 / 1.5 * self.radius * inside))
        return np.concatenate(parts)

    def rain(self, amount: float) -> None:
        """Let the points fall on their starts, one after the other, from the top of the plot."""
        ws, costs = self.ws[:, 0], self.costs[:, 0]
        begin = 0.6 * np.random.default_rng(0).permutation(len(ws)) / max(len(ws), 1)
        fallen = np.clip((amount - begin) / 0.4, 0.0, 1.0) ** 2
        top = self.plot.y.high
        heights = np.where(amount > begin, top + fallen * (costs - top), np.nan)
        self.kinds = self.kind_of(ws)
        self._draw(ws, heights)

    def _draw(self, ws: Values, heights: Values) -> None:
        x, y = self.plot.x, self.plot.y
        with np.errstate(invalid="ignore"):
            seen = (ws >= x.low) & (ws <= x.high) & (heights >= y.low) & (heights <= y.high)
        for kind, part in enumerate(self.submobjects):
            mine = seen & (self.kinds == kind)
            part.points = discs(self.plot.map(ws[mine], heights[mine]), self.radius)


class BasinRow(VGroup):
    """A dot for each start, in the hue of the place where its descent ends."""

    def __init__(
        self, plot: Plot, ws: Sequence[float], kinds: Kinds, hues: Sequence[str], size: float
    ) -> None:
        super().__init__(*(VMobject(color=hue, fill_opacity=1, stroke_width=0) for hue in hues))
        self.plot, self.ws, self.kinds, self.size = plot, np.array(ws), kinds, size

    def fall(self, heights: Values, level: float, amount: float) -> None:
        """Let the dots fall from their ``heights`` (n,) down to one ``level``."""
        here = heights + amount * (level - heights)
        for kind, part in enumerate(self.submobjects):
            mine = self.kinds == kind
            part.points = discs(self.plot.map(self.ws[mine], here[mine]), self.size)
