"""Clouds of visited w, compared with the trace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gdcore.data import NOISY, parse_data
from scenes import FILMS
from scenes.stage.noise.dots import Dots
from tests.scenes.curves.raster import PIXEL

pytestmark = pytest.mark.slow

SHARES = (0.0, 0.003, 0.1234, 0.5, 0.987, 1.0)  # of the whole time-lapse


@pytest.mark.parametrize("data", [NOISY, "random:n=500"], ids=str)
def test_every_visit_has_its_dot(data: Any, walk: Callable[..., Any]) -> None:
    """And no dot stands where w was not: the strokes are the dots that touch in a column."""
    chosen = {"data": parse_data(data) if isinstance(data, str) else data}
    scene = walk("noise-ball", FILMS["noise-ball"].lesson(**chosen))
    for strip in scene.strips.values():
        y = strip.plot.y
        for share in SHARES:
            strip.reach(share * (len(strip.w) - 1))
            k = np.arange(int(share * (len(strip.w) - 1) + 1e-9) + 1)
            k = k[(strip.w[k] >= y.low) & (strip.w[k] <= y.high)]
            rise = strip.plot.inner.height / (y.high - y.low)
            heights = strip.plot.inner.bottom + rise * (strip.w[k] - y.low)
            xs = strip.left + k * (strip.end - strip.left) / (len(strip.w) - 1)
            check_dots(strip.dots, np.stack([xs, heights], axis=1))


def check_dots(dots: Dots, places: np.ndarray) -> None:
    """The strokes of ``dots`` cover these places (n, 2), and nothing else."""
    half = dots.submobjects[0].get_stroke_width() * 0.01 / 2
    drawn = np.concatenate([strip.points for strip in dots]).reshape(-1, 4, 3)
    feet, tips = drawn[:, 0, :2], drawn[:, 3, :2]
    assert np.allclose(feet[:, 0], tips[:, 0])
    covered = 0
    for x, low, high in zip(feet[:, 0], feet[:, 1] + half, tips[:, 1] - half, strict=True):
        near = places[np.abs(places[:, 0] - x) < PIXEL]
        heights = np.sort(near[(near[:, 1] > low - 1e-9) & (near[:, 1] < high + 1e-9), 1])
        assert heights[[0, -1]] == pytest.approx([low, high], abs=1e-9)
        assert (np.diff(heights) <= 2 * half + 1e-9).all()
    for x, y in places[:: max(len(places) // 500, 1)]:
        own = np.abs(feet[:, 0] - x) < PIXEL
        covered += bool((own & (feet[:, 1] <= y) & (y <= tips[:, 1])).any())
    assert covered == len(places[:: max(len(places) // 500, 1)])
