"""Clouds of visited w and the curve of their spread, compared with the trace and with theory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gdcore.data import NOISY, parse_data
from gdcore.least_squares import LeastSquares
from gdcore.theory import stationary_spread
from scenes import FILMS
from scenes.stage.noise.cloud import Cloud
from scenes.stage.plots import curve
from tests.scenes.curves.raster import PIXEL, raster_of

pytestmark = pytest.mark.slow

SHARES = (0.0, 0.003, 0.1234, 0.5, 0.987, 1.0)  # of the whole time-lapse


@pytest.mark.parametrize(("film", "data"), [("noise-ball", NOISY), ("noise-ball", "random:n=500")])
def test_every_visit_has_its_dot(film: str, data: Any, walk: Callable[..., Any]) -> None:
    """And no dot stands where w was not: the strokes are the dots that touch in a column."""
    chosen = {"data": parse_data(data) if isinstance(data, str) else data}
    scene = walk(film, FILMS[film].lesson(**chosen))
    for lane in scene.lanes.values():
        for share in SHARES:
            updates = len(lane.cloud.w) - 1
            lane.cloud.reach(share * updates)
            check_dots(scene, lane.cloud, int(share * updates + 1e-9))


def check_dots(scene: Any, cloud: Cloud, last: int) -> None:
    """The dots up to the update ``last``."""
    plot, half = cloud.plot, cloud.dots.submobjects[0].get_stroke_width() * 0.01 / 2
    w = cloud.w[: last + 1]
    inside = (w >= plot.y.low) & (w <= plot.y.high)
    places = raster_of(scene, plot).units(cloud._at[: last + 1][inside], w[inside])
    drawn = np.concatenate([strip.points for strip in cloud.dots]).reshape(-1, 4, 3)
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


@pytest.mark.parametrize("rate", [None, 0.14, 0.3])
def test_the_curve_of_sigma_is_the_exact_one(rate: float | None, walk: Callable[..., Any]) -> None:
    """In the middle of each column it stands at σ; near the limit it leaves through the top."""
    given = {} if rate is None else {"lr": rate}
    scene = walk("noise-ball", FILMS["noise-ball"].lesson(data=NOISY, **given))
    plot = scene.curve.plot
    raster = raster_of(scene, plot)
    line = next(part for part in scene.curve.still if isinstance(part, curve.Curve))
    drawn = raster.drawn(line.points)
    high, rates = 0.0, np.linspace(0, plot.x.high, 200)[1:-1]
    for alpha in rates:
        std = stationary_spread(LeastSquares(NOISY), float(alpha)).std
        place = raster.units(np.array([alpha]), np.array([std]))[0]
        if std < plot.y.high:
            low, top = drawn[int((place[0] + raster.width / 2) / PIXEL)]
            assert low - PIXEL <= place[1] <= top + PIXEL
            high = max(high, top)
    leaves = stationary_spread(LeastSquares(NOISY), plot.x.high).std > plot.y.high
    assert (drawn[:, 1].max() == pytest.approx(plot.inner.top)) == leaves
