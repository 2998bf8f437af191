"""Many curves as two bands: from the least to the greatest of them, and the middle half."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

import numpy as np
import numpy.typing as npt
from manim import LEFT, VGroup, VMobject

from scenes.stage.page.layout import Box, point
from scenes.stage.page.wording import Label
from scenes.stage.plots.plot import Plot
from scenes.stage.plots.shapes import polyline, rectangle, separate

Values = npt.NDArray[np.float64]
Curves = Callable[[Values], Values]
"""The heights (n, m) of n curves at places (m,) of the x axis."""

CROWD = 8  # more curves than this cannot be told apart: they are shown as bands
QUANTILES = (0.0, 0.25, 0.75, 1.0)
_COLUMN = 0.01  # units between two places where the curves are compared; about a pixel at 1080p
_AT_ONCE = 4_000_000  # heights that are held in memory
_IN_A_FRAME, _FEWEST = 200_000, 24  # heights that are computed for a frame; columns at least
_FAR = 1e300  # heights beyond it are as good as this one, and can be subtracted
_FILLS, _RIM = (0.16, 0.24), 0.5  # opacities
_GROUND = 0.8  # opacity of the ground of names


class Bands(VGroup):
    """Where n curves run over ``plot``, from all of them at every column of pixels.

    ``xs`` (m,) are the columns and ``edges`` (4, m) the quantiles of the heights there: least,
    lower quartile, upper quartile, greatest. Parts: the two fills and the rim of the edges, which
    shows the curves where they are too close to leave an area.
    """

    def __init__(
        self, plot: Plot, curves: Curves, color: str, spans: Sequence[tuple[float, float]] = ()
    ) -> None:
        """``spans``: ranges of x that the plot will have at rest, if it moves."""
        super().__init__()
        self.plot, self.color_, self._curves = plot, color, curves
        count = max(2, round(plot.inner.width / _COLUMN) + 1)
        shown = [(plot.x.low, plot.x.high), *spans]
        self.xs = np.unique(np.concatenate([np.linspace(*span, count) for span in shown]))
        self.edges = quantiles(curves, self.xs)
        for opacity in _FILLS:
            self.add(VMobject(color=color, fill_opacity=opacity, stroke_width=0))
        rim = VMobject(color=color, stroke_width=1.5, fill_opacity=0)
        rim.set_stroke(opacity=_RIM)
        self.add(rim)
        self.lay(self.edges)

    def follow(self) -> None:
        """Draw the bands again after the plot's window has changed, with fewer columns."""
        n = len(self._curves(self.xs[:1]))
        count = min(len(self.xs), max(_FEWEST, _IN_A_FRAME // n))
        self.xs = np.linspace(self.plot.x.low, self.plot.x.high, count)
        self.edges = quantiles(self._curves, self.xs)
        self.lay(self.edges)

    def lay(self, edges: Values) -> None:
        """Draw bands with these ``edges`` (4, m), as far as the plot shows them."""
        low, high = self.plot.y.low, self.plot.y.high
        within = (self.xs >= self.plot.x.low) & (self.xs <= self.plot.x.high)
        xs, edges = self.xs[within], edges[:, within]
        drawn = [self.plot.map(xs, np.clip(edge, low, high)) for edge in edges]
        for fill, (below, above) in zip(self, ((0, 3), (1, 2)), strict=False):
            ring = [drawn[below], drawn[above][::-1], drawn[below][:1]]
            fill.points = polyline(np.concatenate(ring))
        parts = [np.zeros((0, 3))]
        for edge, places in zip(edges, drawn, strict=True):
            seen = (low <= edge) & (edge <= high)
            both = seen[:-1] & seen[1:]
            parts.append(separate(places[:-1][both], places[1:][both]))
        self[2].points = np.concatenate(parts)

    def open(self, start: Values, amount: float) -> None:
        """Show the bands of (1 − amount)·start + amount·curve for each curve; ``start`` (m,)."""
        self.lay((1 - amount) * start + amount * self.edges)


def quantiles(curves: Curves, xs: Values) -> Values:
    """The quantiles (4, m) of the heights at each of ``xs`` (m,), in parts that fit into memory."""
    with np.errstate(over="ignore", invalid="ignore"):
        n = len(curves(xs[:1]))
        parts = np.array_split(xs, max(1, n * len(xs) // _AT_ONCE))
        return np.concatenate(
            [np.quantile(np.clip(curves(part), -_FAR, _FAR), QUANTILES, axis=0) for part in parts],
            axis=1,
        )


class BandNames(VGroup):
    """What the two bands are: ``words`` beside patches of their shades.

    In capitals ``cap`` high; on a ``ground`` of this colour they are readable over lines too.
    """

    def __init__(
        self,
        words: tuple[str, str],
        color: str,
        ink: str,
        cap: float,
        ground: str | None = None,
    ) -> None:
        super().__init__()
        self._cap = cap
        self._ground = VMobject(color=ground, fill_opacity=_GROUND, stroke_width=0)
        if ground:
            self.add(self._ground)
        self._entries = [
            VGroup(self._patch(color, fills), Label(word, cap, ink))
            for word, fills in zip(words, (_FILLS[:1], _FILLS), strict=True)
        ]
        self.add(*self._entries)

    def _patch(self, color: str, fills: tuple[float, ...]) -> VGroup:
        half, patch = self._cap / 2, VGroup()
        for opacity in fills:
            part = VMobject(color=color, fill_opacity=opacity, stroke_width=0)
            part.points = rectangle(-1.4 * half, -half, 1.4 * half, half)
            patch.add(part)
        rim = VMobject(color=color, stroke_width=1.5, fill_opacity=0)
        rim.points = patch[0].points.copy()
        rim.set_stroke(opacity=_RIM)
        return patch.add(rim)

    def find_room(
        self, box: Box, is_clear: Callable[[Box], bool], heights: Sequence[float] = (1.0,)
    ) -> bool:
        """Stand where ``box`` is clear, in a row or below each other.

        ``heights`` are tried in their order: 1 is at the top of the box, 0 at its bottom.
        """
        for height, rows in product(heights, (1, 2)):
            for share in (0.5, 1.0, 0.0, 0.75, 0.25):
                taken = self._stand(box, rows, share, height)
                if taken.width < box.width and taken.height < box.height and is_clear(taken):
                    return True
        return False

    def _stand(self, box: Box, rows: int, share: float, height: float) -> Box:
        """Stand at a ``share`` of the free width, and of the free height; return what is taken."""
        cap = self._cap
        widths = [1.9 * cap + float(entry[1].width) for entry in self._entries]
        width = sum(widths) + 1.2 * cap if rows == 1 else max(widths)
        left = box.left + 0.3 * cap + share * (box.width - 0.6 * cap - width)
        tall = (1.0 if rows == 1 else 2.6) * cap
        top = box.top - 0.5 * cap - (1.0 - height) * (box.height - cap - tall)
        x, y = left, top - 0.5 * cap
        for (patch, word), wide in zip(self._entries, widths, strict=True):
            patch.move_to(point(x + 0.7 * cap, y))
            word.put(point(x + 1.9 * cap, y), LEFT)
            if rows == 1:
                x += wide + 1.2 * cap
            else:
                y -= 1.6 * cap
        taken = Box(left, top - tall - 0.3 * cap, left + width, top + 0.3 * cap)
        pad = 0.3 * cap
        self._ground.points = rectangle(
            taken.left - pad, taken.bottom, taken.right + pad, taken.top
        )
        return taken
