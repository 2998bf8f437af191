"""Places of names that follow points on a map: beside them, without overlaps. Only geometry."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import numpy.typing as npt

from scenes.films.optimizers.course import eased
from scenes.stage.page.layout import Box

Values = npt.NDArray[np.float64]

_CALM = 1.0  # seconds; a name follows the mean place of its point around each moment
_SOFT = 0.4  # seconds for a name to make way
_RETURN = 0.92  # share of its shift that a name keeps at the next moment, if it is free
_ROUNDS = 40
_ENOUGH = 1e-3  # units by which two names may overlap


def name_places(points: Values, sizes: Values, reach: float, box: Box) -> Values:
    """The middles (m, n, 2) of n names of ``sizes`` (n, 2) for points at ``points`` (m, n, 2).

    The m moments are those of ``course``. A name is ``reach`` to the right of its point, or to
    the left if the point is near the edge of ``box``. If another name is in its way it moves up or
    down, or to any side if the box is too low for all. It does not follow every zig-zag of its
    point, and it rests beside a point at rest.
    """
    calm = eased(points, _CALM)
    half = sizes / 2
    low = np.array([box.left, box.bottom]) + half
    high = np.array([box.right, box.top]) - half
    slots = _slots(sizes, box)
    away = reach + half[:, 0] + slots[:, 0]
    side = np.where(calm[0, :, 0] + away + half[:, 0] > box.right, -1.0, 1.0)
    crowded = bool(slots.any())
    aside = np.zeros_like(sizes)
    aside[:, 1] = -1e-6 * np.arange(len(sizes))  # at the same point the first name is on top
    found = np.empty_like(points)
    for moment, anchor in enumerate(calm):
        side = _sides(side, anchor[:, 0], away + half[:, 0], box)
        beside = anchor + np.stack([side * away, slots[:, 1]], axis=1)
        middles = np.clip(beside + _RETURN * aside, low, high)
        if crowded:
            middles = _spread(middles, sizes, low, high)
        else:
            order = _from_top(beside[:, 1], aside[:, 1], sizes[:, 1])
            middles[:, 1] = _part(middles, order, sizes, low[:, 1], high[:, 1])
        aside = middles - beside
        found[moment] = middles
    return eased(found, _SOFT)


def _slots(sizes: Values, box: Box) -> Values:
    """The shift (n, 2) of each name from its place if it were alone: columns of names that fit."""
    found = np.zeros_like(sizes)
    width, height = sizes.max(axis=0)
    rows = max(1, int(0.9 * box.height / height))
    if rows >= len(sizes):
        return found
    index = np.arange(len(sizes))
    found[:, 0] = index // rows * width
    found[:, 1] = ((rows - 1) / 2 - index % rows) * height
    return found


def names_fit(sizes: Values, reach: float, box: Box) -> bool:
    """Whether names of ``sizes`` (n, 2) have room beside one point in the middle of ``box``."""
    widest, height = float(sizes[:, 0].max()), float(sizes[:, 1].sum())
    return reach + widest <= box.width / 2 and height <= 0.85 * box.height


def _sides(side: Values, x: Values, room: Values, box: Box) -> Values:
    """The side of each name; it changes only if necessary, not to and fro."""
    right, left = x + room <= box.right, x - room >= box.left
    needed = np.where((side > 0) & ~right, -1.0, np.where((side < 0) & ~left, 1.0, side))
    roomy = (side < 0) & (x + 1.6 * room <= box.right)
    return np.where(roomy, 1.0, needed)


def _from_top(beside: Values, aside: Values, heights: Values) -> list[int]:
    """The names from top to bottom; their order changes only if that of the points clearly does."""
    wanted = beside + aside / (1 + np.abs(aside) / heights)
    return sorted(range(len(wanted)), key=lambda i: (-wanted[i], i))


def _part(
    middles: Values, order: list[int], sizes: Values, low: Values, high: Values
) -> list[float]:
    """The heights of ``middles`` (n, 2), moved up and down until no two names overlap.

    In ``order`` the upper of two names comes first. They stay within ``low`` and ``high`` (n,).
    """
    xs: list[float]
    ys: list[float]
    xs, ys = middles.T.tolist()
    widths, heights = sizes.T.tolist()
    bounds = list(zip(low.tolist(), high.tolist(), strict=True))
    pairs = [
        (i, j, (heights[i] + heights[j]) / 2)
        for i, j in combinations(order, 2)
        if abs(xs[i] - xs[j]) < (widths[i] + widths[j]) / 2 - _ENOUGH
    ]
    for _ in range(_ROUNDS):
        moved = False
        for upper, lower, apart in pairs:
            lacks = apart - (ys[upper] - ys[lower])
            if lacks > _ENOUGH:
                ys[upper] += lacks / 2
                ys[lower] -= lacks / 2
                moved = True
        ys = [min(max(y, least), most) for y, (least, most) in zip(ys, bounds, strict=True)]
        if not moved:
            break
    return ys


def _spread(middles: Values, sizes: Values, low: Values, high: Values) -> Values:
    """``middles`` (n, 2) moved to any side until no two names overlap, in a box that is low.

    First each pair parts where it has the least way to go, then only sideways: there is room.
    """
    found, wide = middles.tolist(), sizes.tolist()
    pairs = list(combinations(range(len(found)), 2))
    for turn in range(2 * _ROUNDS):
        moved = False
        for i, j in pairs:
            lacks = [(wide[i][k] + wide[j][k]) / 2 - abs(found[i][k] - found[j][k]) for k in (0, 1)]
            if min(lacks) <= _ENOUGH:
                continue
            axis = 0 if turn >= _ROUNDS else lacks.index(min(lacks))
            push = lacks[axis] / 2 if found[i][axis] >= found[j][axis] else -lacks[axis] / 2
            found[i][axis] += push
            found[j][axis] -= push
            moved = True
        found = np.clip(found, low, high).tolist()
        if not moved:
            break
    return np.array(found)
