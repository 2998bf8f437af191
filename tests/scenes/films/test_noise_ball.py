"""The film noise-ball: its clouds, bands and histograms agree with the traces and with theory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gdcore.data import NOISY, DataError, parse_data
from gdcore.least_squares import LeastSquares
from gdcore.theory import stationary_spread, thresholds
from scenes import FILMS, Telling
from scenes.catalogue.noisy import steady_rate
from scenes.films.noise_ball.plan import SHARES
from scenes.stage.noise.spreads import Settling, closing, root_law

ENGLISH = Telling(lang="en")
FILM = FILMS["noise-ball"]
PIXEL = 8 / 1080


@pytest.fixture(scope="module")
def scene(walk: Callable[..., Any]) -> Any:
    return walk("noise-ball", FILM.lesson(), telling=ENGLISH)


def to_w(cloud: Any, points: np.ndarray) -> np.ndarray:
    """The w of points of the frame."""
    plot = cloud.plot
    share = (points[:, 1] - plot.inner.bottom) / plot.inner.height
    return plot.y.low + share * (plot.y.high - plot.y.low)


@pytest.mark.parametrize("name", SHARES)
def test_the_band_is_the_exact_one(scene: Any, name: str) -> None:
    lane, walk = scene.lanes[name], scene.walks[name]
    mean, std = stationary_spread(LeastSquares(NOISY), walk.trace.lr)
    edges = to_w(lane.cloud, lane.cloud.edges.points)
    assert edges.min() == pytest.approx(mean - std, rel=1e-6)
    assert edges.max() == pytest.approx(mean + std, rel=1e-6)
    exact, measured = (note.text for note in lane.notes)
    assert exact == f"σ = {std:.3g}"
    settled = walk.trace.w[walk.settled :]
    assert measured == f"measured {settled.std():.3g}"
    assert settled.std() == pytest.approx(std, rel=0.1)


@pytest.mark.parametrize("name", SHARES)
def test_the_histograms_area_is_the_number_of_visits(scene: Any, name: str) -> None:
    """All histograms share one scale: the lengths of the bars add up to all visits shown."""
    cloud, walk = scene.lanes[name].cloud, scene.walks[name]
    bars = cloud.histogram.points.reshape(-1, 16, 3)
    lengths = np.ptp(bars[:, :, 0], axis=1)
    full = 0.88 * cloud._histogram_width / scene.peak
    low, high = scene.span
    seen = walk.trace.w[walk.settled :]
    inside = np.mean((seen >= low) & (seen < high))
    assert lengths.sum() / full == pytest.approx(inside, rel=1e-6)
    foot, top = cloud.plot.inner.right, cloud.plot.inner.right + cloud._histogram_width
    assert bars[:, :, 0].min() >= foot and bars[:, :, 0].max() <= top + 1e-6


def test_the_captions_numbers_are_the_theorys(scene: Any) -> None:
    captions = " ".join(words for _, words in scene.subtitles)
    stds = [stationary_spread(LeastSquares(NOISY), share * 0.04).std for share in SHARES.values()]
    ratios = [stds[1] / stds[0], stds[2] / stds[1]]
    assert all(f"× {ratio:.2f}" in captions for ratio in ratios)
    assert f"{scene.main.measured:.3g}" in captions and "2.0286" in captions
    falling = scene.walks["decaying"]
    assert f"{falling.band[1][-1]:.3g}" in captions


@pytest.mark.parametrize(
    ("knobs", "said"),
    [
        ({"lr": 0.3}, "above 0.143"),
        ({"lr": 0.12}, "faster than √α"),
        ({"lr": 1e-5, "w0": 1.0}, "try 0.04"),
        ({"epochs": 1}, "3 updates are too few"),
        ({"lr": 0.3}, "Only rates below"),
        ({"lr": 5.0}, "beyond bounds"),
        ({"data": parse_data("150,410 320,905 480,1333 610,1702")}, "fill the band"),
        ({"data": parse_data("1e-12,2e-12 2e-12,4e-12 3e-12,6.6e-12")}, "closes on w*"),
        ({"data": parse_data("2,3")}, "closes on w*"),
    ],
)
def test_conclusions_hold(walk: Callable[..., Any], knobs: dict[str, Any], said: str) -> None:
    scene = walk("noise-ball", FILM.lesson(**knobs), telling=ENGLISH)
    captions = " ".join(words for _, words in scene.subtitles)
    assert said in captions
    assert ("fill the band" in captions) == (scene.main.measured is not None or "too few" in said)


def test_the_law_is_decided_from_the_exact_spreads() -> None:
    objective = LeastSquares(NOISY)
    limit = thresholds(objective).random
    for part, key in ((0.01, "law-root"), (0.95, "law-faster"), (1.05, "law-limit")):
        traces = FILM.traces(FILM.lesson(lr=part * limit, epochs=50))
        walks = [Settling(traces[name]) for name in SHARES]
        assert root_law(*walks)[0] == key
    assert closing(Settling(traces["decaying"]), 1e-9) == "closes-late"


@pytest.mark.parametrize("spec", ["lecture", "random:n=50", "1e6,1 2e6,5", "1,2 1,3", "2,3"])
def test_the_own_rate_leaves_a_band(spec: str) -> None:
    data = parse_data(spec)
    lesson = FILM.lesson(data=data)
    FILM.check(lesson)
    walk = Settling(FILM.traces(lesson)["full"])
    assert np.isfinite(walk.final.std) and walk.measured is not None
    assert lesson.lr == steady_rate(walk.objective.data)


def test_data_without_noise_at_the_minimum_are_refused() -> None:
    with pytest.raises(DataError, match="no noise"):
        FILM.check(FILM.lesson(data=parse_data("0,1 1,2 2,4")))
