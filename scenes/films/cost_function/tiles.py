"""Rectangles in the samples' hues: squares on residuals, columns of losses, and shapes between."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from gdcore.data import Dataset
from scenes.stage.plots.plot import Plot

Values = npt.NDArray[np.float64]

_COLUMN, _WIDEST = 0.62, 1.5  # a column's share of its slot; the widest slot, in units


class Tiles(VGroup):
    """n rectangles, one mobject for each hue and rim: fifty samples cost no more than six."""

    def __init__(
        self, colors: Sequence[str], fill: float, stroke: float, rims: Sequence[float] = ()
    ) -> None:
        """``fill`` is an opacity, ``stroke`` the width of the rims, ``rims`` their opacities.

        The rectangles with the faintest rims are drawn first. Without ``rims`` all are opaque.
        """
        super().__init__()
        looks = list(zip(colors, rims or [1.0] * len(colors), strict=True))
        self._members: list[tuple[list[int], VMobject]] = []
        for look in sorted(dict.fromkeys(looks), key=lambda look: look[1]):
            part = VMobject(color=look[0], fill_opacity=fill, stroke_width=stroke)
            part.set_stroke(opacity=look[1])
            self._members.append(([i for i, own in enumerate(looks) if own == look], part))
            self.add(part)

    def lay(self, boxes: Values) -> None:
        """Show rectangles (n, 4): left, bottom, right, top of each in units of the frame."""
        outlines = _outlines(boxes)
        for indices, part in self._members:
            part.points = outlines[indices].reshape(-1, 3)


def _outlines(boxes: Values) -> Values:
    """Bézier points (n, 16, 3) of upright rectangles (n, 4)."""
    corners = np.zeros((len(boxes), 5, 3))
    corners[:, :, 0] = boxes[:, [0, 2, 2, 0, 0]]
    corners[:, :, 1] = boxes[:, [1, 1, 3, 3, 1]]
    start, stop = corners[:, :-1], corners[:, 1:]
    third = (stop - start) / 3
    return np.stack([start, start + third, stop - third, stop], axis=2).reshape(-1, 16, 3)


def squares(
    plot: Plot,
    data: Dataset,
    w: float,
    way: float,
    grown: float | Values = 1.0,
    opened: float | Values = 1.0,
) -> Values:
    """The squares (n, 4) on the residuals of ŷ = w·x; both sides are in units of y.

    ``way`` = 1: a sample above the line has its square at its left, one below it at its right;
    -1 the other way round. ``grown`` scales the residual, ``opened`` the square's width.
    """
    at = plot.map(data.x, data.y)
    unit = plot.inner.height / (plot.y.high - plot.y.low)
    side = unit * (w * data.x - data.y) * grown
    x, y = at[:, 0] + way * side * opened, at[:, 1] + side
    left, right = np.minimum(at[:, 0], x), np.maximum(at[:, 0], x)
    return np.stack([left, np.minimum(at[:, 1], y), right, np.maximum(at[:, 1], y)], axis=1)


def columns(plot: Plot, heights: Values) -> Values:
    """Columns (n, 4) side by side, from 0 up to ``heights`` (n,) on the y axis of ``plot``."""
    n, inner = len(heights), plot.inner
    slot = min(inner.width / n, _WIDEST)
    middle = (inner.left + inner.right) / 2 + slot * (np.arange(n) - (n - 1) / 2)
    half = np.full(n, slot * _COLUMN / 2)
    foot, top = (plot.map(np.zeros(n), values)[:, 1] for values in (np.zeros(n), heights))
    return np.stack([middle - half, foot, middle + half, top], axis=1)


def column(plot: Plot, center: float, width: float, height: float) -> Values:
    """One column (1, 4) around the frame's x ``center``, up to ``height`` on the y axis."""
    foot, top = plot.at(plot.x.low, 0.0)[1], plot.at(plot.x.low, height)[1]
    return np.array([[center - width / 2, foot, center + width / 2, top]])


def blend(start: Values, stop: Values, amount: float, lag: float = 0.0) -> Values:
    """Rectangles between ``start`` and ``stop``; a ``lag`` from 0 to 1 moves them one by one."""
    n = len(start)
    late = lag * np.arange(n) / max(n - 1, 1)
    way = np.clip((amount - late) / (1 - lag), 0, 1) if lag < 1 else np.full(n, amount)
    eased = way * way * (3 - 2 * way)
    blended: Values = start + eased[:, None] * (stop - start)
    return blended
