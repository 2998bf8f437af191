"""Very many dots, in few strokes: none is left out, and the picture is that of all of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from scenes.stage.page.layout import point
from scenes.stage.plots.columns import pixel
from scenes.stage.plots.shapes import separate

Places = npt.NDArray[np.float64]

_STRIPS = 32
_UNIT = 0.01  # units: the width of a stroke of width 1


class Dots(VGroup):
    """Square dots, from left to right; those that touch in a narrow column are one stroke.

    The strokes lie in vertical strips: a full strip does not change any more, so it is not painted
    again.
    """

    def __init__(self, places: Places, color: str, size: float) -> None:
        """``places`` (n, 3) do not go back in x; ``size``: a dot's side, as a stroke width."""
        super().__init__()
        self._side = size * _UNIT
        self.place(places)
        for _ in range(_STRIPS):
            self.add(VMobject(color=color, stroke_width=size, fill_opacity=0))

    def place(self, places: Places) -> None:
        """Let the dots have other places (n, 3); :meth:`reach` shows them there."""
        self._places = places
        # In a coarse picture a pixel is wider than a dot: there, columns are as wide as half a dot.
        self._columns = np.floor(places[:, 0] / min(pixel(), self._side / 2)).astype(np.int64)
        self._strokes, self._ends = self._merged(0, len(places))
        self._cuts = np.linspace(0, len(self._strokes), _STRIPS + 1).astype(int)

    def _merged(self, begin: int, end: int) -> tuple[Places, npt.NDArray[np.int64]]:
        """Bézier points (m, 4, 3) of the strokes for dots of whole columns, and their columns."""
        places, of = self._places[begin:end], self._columns[begin:end]
        order = np.lexsort((places[:, 1], of))
        heights, of = places[order, 1], of[order]
        apart = (np.diff(of) != 0) | (np.diff(heights) > self._side)
        starts = np.flatnonzero(np.concatenate([[True], apart])[: len(of)])
        stops = np.append(starts[1:], len(of))[: len(starts)] - 1
        half = point(0.0, self._side / 2)
        low, high = places[order[starts]] - half, places[order[stops]] + half
        high[:, 0] = low[:, 0]
        return separate(low, high).reshape(-1, 4, 3), of[starts]

    def reach(self, count: int) -> None:
        """Show the first ``count`` dots."""
        done, newest = len(self._strokes), np.zeros((0, 4, 3))
        if count < len(self._places):
            # The columns before this one are full; in this one are the dots up to ``count``.
            of = self._columns[count]
            begin = int(np.searchsorted(self._columns, of))
            done = int(np.searchsorted(self._ends, of))
            newest, _ = self._merged(begin, count)
        for k, strip in enumerate(self.submobjects):
            first, last = self._cuts[k], self._cuts[k + 1]
            shown = self._strokes[first : min(max(done, first), last)]
            if first <= done < last:
                shown = np.concatenate([shown, newest])
            shown = shown.reshape(-1, 3)
            if not np.array_equal(strip.points, shown):
                strip.points = shown
