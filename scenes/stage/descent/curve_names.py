"""Where the names of curves have room: beside their ends, clear of curves, hops and each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt
from manim import VMobject

from scenes.stage.descent.parabola import Quadratic
from scenes.stage.page.layout import Box
from scenes.stage.plots.plot import Plot

Points = npt.NDArray[np.float64]
Size = tuple[float, float]

_GAP, _APART = 0.05, 0.06  # units around a name; between two names
_GONE = 1e-3  # a share of the size that is not seen
_STOPS = 17  # places on the way where names are compared


def name_places(
    plot: Plot,
    named: Sequence[tuple[Size, Quadratic]],
    curves: Sequence[Quadratic],
    hops: Sequence[float],
    radius: float,
    taken: Sequence[Box] = (),
) -> list[Points | None]:
    """The middle (3,) of the name of each curve in turn; None where there is no room.

    ``named``: width and height of the name, and its curve. The names keep clear of all ``curves``,
    and, if that is possible, of the point (``radius``) where it hops, at these x of the frame; and
    of what else is ``taken``.
    """
    found: list[Points | None] = []
    others = list(taken)
    for size, curve in named:
        free = (
            box
            for avoided in (hops, [])
            for box in _candidates(plot, size, curve)
            if all(abs(hop - box.center[0]) >= size[0] / 2 + radius for hop in avoided)
            and is_free(plot, box.inset(-_GAP, -_GAP, -_GAP, -_GAP), curves)
            and not any(box.meets(other.inset(*[-_APART] * 4)) for other in others)
        )
        box = next(free, None)
        found.append(None if box is None else box.center)
        others += [box] if box is not None else []
    return found


def _candidates(plot: Plot, size: Size, curve: Quadratic) -> Iterator[Box]:
    """Along the curve's ends: above on the inner side, below on the outer one."""
    x, (width, height) = plot.x, size
    for share in (*np.arange(0.03, 0.4, 0.02), *np.arange(0.97, 0.7, -0.02)):
        w = x.low + float(share) * (x.high - x.low)
        if not plot.contains(w, curve(w)):
            continue
        at = plot.at(w, curve(w))
        inward = 1.0 if w < curve.minimiser else -1.0
        for side in (1.0, -1.0):
            across = at[0] + side * inward * (0.12 + width / 2)
            up = at[1] + side * (0.1 + height / 2)
            yield Box(across - width / 2, up - height / 2, across + width / 2, up + height / 2)


def is_free(plot: Plot, box: Box, curves: Sequence[Quadratic]) -> bool:
    """Whether ``box`` lies in the plot and none of ``curves`` runs through it."""
    inner = plot.inner
    if box.left < inner.left or box.right > inner.right:
        return False
    if box.bottom < inner.bottom or box.top > inner.top:
        return False
    per_unit = (plot.x.high - plot.x.low) / inner.width
    ws = plot.x.low + (np.linspace(box.left, box.right, 9) - inner.left) * per_unit
    for curve in curves:
        heights = plot.map(ws, np.array([curve(float(w)) for w in ws]))[:, 1]
        if heights.min() <= box.top and heights.max() >= box.bottom:
            return False
    return True


class Movable:
    """A mobject that stands at any place in any share of its size; each frame from what it was."""

    def __init__(self, mobject: VMobject) -> None:
        self.size: Size = (float(mobject.width), float(mobject.height))
        center = mobject.get_center()
        self._parts = [
            (part, part.points - center) for part in mobject.get_family() if len(part.points)
        ]

    def stand(self, center: Points, share: float = 1.0) -> None:
        """Stand at ``center``; at a share of 0 it is gone."""
        for part, points in self._parts:
            part.points = center + share * points if share > _GONE else np.zeros((0, 3))

    def around(self, center: Points) -> Box:
        """The box that it takes at ``center``."""
        (x, y), (width, height) = center[:2].tolist(), self.size
        return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    def go(self, start: Points | None, stop: Points | None, amount: float, hop: bool) -> None:
        """Stand on the way from one place to another; without one of them it grows, or shrinks.

        ``hop``: it shrinks where it is and grows where it goes, since on the way it would be upon
        another name.
        """
        if start is not None and stop is not None and not hop:
            self.stand(start + amount * (stop - start))
        elif stop is not None and (start is None or amount > 0.5):
            self.stand(stop, max(3 * amount - 2, 0.0))
        elif start is not None:
            self.stand(start, max(1 - 3 * amount, 0.0))
        else:
            self.stand(np.zeros(3), 0.0)


def meetings(
    names: Sequence[Movable], starts: Sequence[Points | None], stops: Sequence[Points | None]
) -> list[bool]:
    """Whether each name would meet another one on the straight way."""
    found = [False] * len(names)
    moving = []
    for k, (start, stop) in enumerate(zip(starts, stops, strict=True)):
        a, b = stop if start is None else start, start if stop is None else stop
        moving += [(k, a, b)] if a is not None and b is not None else []
    for amount in np.linspace(0, 1, _STOPS).tolist():
        boxes = [(k, names[k].around(a + amount * (b - a))) for k, a, b in moving]
        for (i, one), (k, other) in combinations(boxes, 2):
            if one.meets(other.inset(*[-_APART] * 4)):
                found[i] = found[k] = True
    return found
