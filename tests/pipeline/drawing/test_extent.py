"""The tiles of long lines, cut in pieces."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.drawing.repaint.extent import PIECES, _parts, _pieces


def point(curve, t):
    """The point at t of a cubic Bézier curve, from its definition."""
    a, b, c, d = curve
    return (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t**2 * c + t**3 * d


@pytest.mark.parametrize("count", range(2, PIECES + 1))
def test_parts_of_a_curve_are_the_curve(count):
    curve = np.random.default_rng(count).normal(size=(4, 2))
    for k, part in enumerate(_parts(count) @ curve):
        for t in (0, 0.3, 1):
            np.testing.assert_allclose(point(part, t), point(curve, (k + t) / count), atol=1e-12)


@pytest.mark.parametrize("count", [1, 2, 3, 7, 8, 9, 100])
def test_every_curve_lies_in_the_hull_of_a_piece(count):
    curves = np.random.default_rng(count).normal(size=(count, 4, 2))
    hulls = _pieces(curves)
    assert PIECES / 2 < len(hulls) <= 2 * PIECES
    low, high = hulls.min(axis=1) - 1e-12, hulls.max(axis=1) + 1e-12
    for curve in curves:
        for t in np.linspace(0, 1, 9):
            place = point(curve, t)
            assert ((low <= place) & (place <= high)).all(axis=1).any()
