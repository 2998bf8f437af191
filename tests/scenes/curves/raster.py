"""What a polyline covers in each column of pixels, found by cutting every piece of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

_HUGE = 1e300
PIXEL = 8 / 480  # units: films are played 480 pixels high


@dataclass(frozen=True)
class Raster:
    """The columns of pixels of a picture ``width`` units wide, within a plot."""

    plot: Any
    width: float
    pixel: float

    def units(self, xs: np.ndarray, ys: np.ndarray) -> np.ndarray:
        """Places (n, 2) in the picture for data, from the axes' ends."""
        plot, inner = self.plot, self.plot.inner
        across = (xs - plot.x.low) / (plot.x.high - plot.x.low)
        up = (np.clip(ys, -_HUGE, _HUGE) - plot.y.low) / (plot.y.high - plot.y.low)
        return np.stack([inner.left + across * inner.width, inner.bottom + up * inner.height], 1)

    def trace(self, xs: np.ndarray, ys: np.ndarray) -> np.ndarray:
        """Least and greatest y (columns, 2) of the straight ways from corner to corner."""
        places = self.units(np.asarray(xs, dtype=float), np.asarray(ys, dtype=float))
        return self.covered(places[:-1], places[1:])

    def drawn(self, points: np.ndarray) -> np.ndarray:
        """The same of a mobject's straight Bézier curves."""
        curves = np.asarray(points).reshape(-1, 4, 3)[:, :, :2]
        thirds = curves[:, :1] + np.array([0, 1, 2, 3])[:, None] / 3 * (
            curves[:, 3:] - curves[:, :1]
        )
        assert np.allclose(curves, thirds, atol=1e-9), "not straight"
        return self.covered(curves[:, 0], curves[:, 3])

    def covered(self, starts: np.ndarray, stops: np.ndarray) -> np.ndarray:
        """Least and greatest y of segments in each column; (inf, -inf) where there is nothing."""
        inner = self.plot.inner
        count = round(self.width / self.pixel)
        found = np.tile([np.inf, -np.inf], (count, 1))
        left = np.maximum(np.minimum(starts[:, 0], stops[:, 0]), inner.left)
        right = np.minimum(np.maximum(starts[:, 0], stops[:, 0]), inner.right)
        seen = (left <= right) & (starts != stops).any(axis=1)  # a point alone has no length
        starts, stops, left, right = starts[seen], stops[seen], left[seen], right[seen]
        first, last = (self._column(ends) for ends in (left, right))
        segment = np.repeat(np.arange(len(first)), last - first + 1)
        column = np.arange(len(segment)) - np.repeat(
            np.cumsum(last - first + 1) - (last - first + 1) - first, last - first + 1
        )
        begin = self.pixel * column - self.width / 2
        ends = np.stack(
            [np.maximum(left[segment], begin), np.minimum(right[segment], begin + self.pixel)]
        )
        starts, stops = starts[segment], stops[segment]
        run = stops[:, 0] - starts[:, 0]
        upright = np.abs(run) < 1e-12
        share = np.clip((ends - starts[:, 0]) / np.where(upright, 1.0, run), 0, 1)
        share[0][upright], share[1][upright] = 0.0, 1.0
        heights = starts[:, 1] + share * (stops[:, 1] - starts[:, 1])
        low, high = heights.min(axis=0), heights.max(axis=0)
        inside = (high >= inner.bottom) & (low <= inner.top)
        np.minimum.at(found[:, 0], column[inside], np.maximum(low[inside], inner.bottom))
        np.maximum.at(found[:, 1], column[inside], np.minimum(high[inside], inner.top))
        return found

    def _column(self, places: np.ndarray) -> np.ndarray:
        return np.floor((places + self.width / 2) / self.pixel).astype(int)

    def misfit(self, drawn: np.ndarray, true: np.ndarray) -> float:
        """The largest difference of two coverages in any column, in pixels (inf: one is empty)."""
        missing = np.maximum(_beyond(true, drawn), _beyond(drawn, true))
        return float(missing.max() / self.pixel)


def _beyond(inner: np.ndarray, outer: np.ndarray) -> np.ndarray:
    """How far each column's range reaches beyond the other one's; inf if that is empty."""
    some = inner[:, 0] <= inner[:, 1]
    with np.errstate(invalid="ignore"):
        far = np.maximum(outer[:, 0] - inner[:, 0], inner[:, 1] - outer[:, 1])
    return np.where(some, np.maximum(far, 0.0), 0.0)


def raster_of(scene: Any, plot: Any) -> Raster:
    """The columns of pixels of the scene's picture, in one of its plots."""
    return Raster(plot, scene.layout.width, PIXEL)
