"""Maps of two weights: contours are at their level, trails on the path. No film is played."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdcore.landscapes import LANDSCAPES
from scenes.catalogue.theme import THEMES
from scenes.stage.maps.trail import Trail
from scenes.stage.page.arrangement import arrangement
from scenes.stage.page.layout import layout
from scenes.stage.plots.contours import ContourMap, quantile_levels
from scenes.stage.plots.plot import Axis
from scenes.stage.plots.shapes import discs

THEME, PAGE = THEMES["dark"], layout(128 / 9, 8.0)
unhurried = settings(deadline=None, max_examples=60)


def bowl(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """A tilted bowl with its minimum at (1, 0.5)."""
    u, v = x - 1, y - 0.5
    return 3 * u * u + 2 * u * v + v * v


def saddle(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """A function without a minimum."""
    return x * x - y * y


def chart(height: object = bowl, **options: object) -> ContourMap:
    """A map of the stage's size."""
    x, y = Axis(-2.0, 4.0, "x"), Axis(-1.5, 2.5, "y")
    return ContourMap(height, x, y, arrangement(PAGE).hero, THEME, PAGE.scale, **options)


MAP = chart()


def to_data(points: np.ndarray) -> np.ndarray:
    """The inverse of the map's map, (n, 2)."""
    inner, x, y = MAP.inner, MAP.x, MAP.y
    u = (points[:, 0] - inner.left) / inner.width * (x.high - x.low) + x.low
    v = (points[:, 1] - inner.bottom) / inner.height * (y.high - y.low) + y.low
    return np.stack([u, v], axis=1)


@pytest.mark.parametrize("height", [bowl, saddle])
def test_contours_lie_at_their_level(height: object) -> None:
    made = chart(height, bowl=height is bowl)
    assert len(made.levels) == len(made.lines) == 11 and (np.diff(made.levels) > 0).all()
    span = float(np.ptp(made.levels))
    for level, line in zip(made.levels, made.lines, strict=True):
        assert len(line.points)
        x, y = to_data(line.points).T
        values = saddle(x, y) if height is saddle else bowl(x, y)
        assert np.abs(values - level).max() < 2e-3 * span
    assert np.array_equal(made.contour(float(made.levels[3])), made.lines[3].points)
    assert not len(made.contour(-1e9))


def test_shades_hold_what_is_lower() -> None:
    """All shades cover the middle of the bowl, none covers a corner; none leaves the plot."""
    inner = MAP.inner
    for shade, level in zip(MAP.shades, MAP.levels, strict=True):
        low, high = shade.points.min(axis=0), shade.points.max(axis=0)
        assert (low[:2] >= [inner.left - 1e-9, inner.bottom - 1e-9]).all()
        assert (high[:2] <= [inner.right + 1e-9, inner.top + 1e-9]).all()
        middle = MAP.at(1.0, 0.5)
        assert (low <= middle).all() and (middle <= high).all()
        assert level < bowl(np.array(-2.0), np.array(-1.5))


def test_levels_ignore_what_is_not_finite() -> None:
    values = np.array([0.0, 1.0, 2.0, 3.0, math.inf, math.nan])
    assert np.isfinite(quantile_levels(values, 5)).all()
    huge = chart(lambda x, y: np.exp(400 * x) + y * y)
    assert all(np.isfinite(line.points).all() for line in huge.lines)


def trail(path: list[tuple[float, float]]) -> Trail:
    """A trail over the map."""
    return Trail(MAP, np.array(path), THEME.path, 0.1)


@unhurried
@given(st.floats(0, 3), st.sampled_from(["quartic", "rosenbrock", "beale"]))
def test_the_head_stands_on_the_path(t: float, seed: str) -> None:
    rng = np.random.default_rng(len(seed))
    path = np.stack([rng.uniform(-2, 4, 4), rng.uniform(-1.5, 2.5, 4)], axis=1)
    made = Trail(MAP, path, THEME.path, 0.1)
    made.reach(t)
    k = min(int(t), 2)
    expected = path[k] + (t - k) * (path[k + 1] - path[k])
    assert made.head.get_center() == pytest.approx(MAP.at(*expected), abs=1e-6)
    assert made.line.points[-1] == pytest.approx(MAP.at(*expected), abs=1e-6) if t > 1e-6 else True
    count = len(made.beads.points) // len(discs(np.zeros((1, 3)), 1.0))
    assert count == int(t + 1e-9) + 1


def test_what_leaves_the_map_is_cut_exactly_at_its_edge() -> None:
    made = trail([(0.0, 0.0), (10.0, 1.0), (10.0, 9.0), (1.0, 0.0)])
    made.reach(1)
    assert made.line.points[-1] == pytest.approx(MAP.at(4.0, 0.4), abs=1e-9)
    assert (
        not len(made.head.points)
        and len(made.edge.points)
        and made.value.text == "(x, y) = (10, 1)"
    )
    made.reach(2)  # from outside to outside: nothing new
    assert len(made.line.points) == 4
    made.reach(3)
    # Back in over the top edge: at y = 2.5, 6.5/9 of the way from (10, 9) to (1, 0) is done.
    ends = made.line.points[[4, -1]]
    assert ends[0] == pytest.approx(MAP.at(10 - 6.5, 2.5), abs=1e-9)
    assert ends[1] == pytest.approx(MAP.at(1.0, 0.0), abs=1e-9)
    assert len(made.head.points) and not len(made.edge.points) and made.value.text == ""


@pytest.mark.parametrize("to", [(1e300, 0.0), (-1e300, 1e300), (0.0, -1e300)])
def test_the_farthest_paths_stay_within_the_map(to: tuple[float, float]) -> None:
    made = trail([(0.0, 0.0), to, (-to[0], to[1])])
    for t in (0.5, 1, 1.5, 2):
        made.reach(t)
        for part in (made.line, made.edge, made.value):
            points = part.points
            assert np.isfinite(points).all()
            if len(points):
                inner = MAP.inner
                assert points[:, 0].min() >= inner.left - 0.2
                assert points[:, 0].max() <= inner.right + 0.2


def test_a_path_of_one_place_is_a_point() -> None:
    made = trail([(1.0, 1.0)])
    made.reach(5.0)
    assert made.head.get_center() == pytest.approx(MAP.at(1.0, 1.0), abs=1e-9)
    assert not len(made.line.points)


@pytest.mark.parametrize("name", LANDSCAPES)
def test_contours_of_the_landscapes_are_drawn(name: str) -> None:
    landscape = LANDSCAPES[name]

    def height(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return landscape.costs(np.stack([x.ravel(), y.ravel()], axis=1)).reshape(x.shape)

    made = chart(height, bowl=name != "saddle")
    assert sum(bool(len(line.points)) for line in made.lines) >= 8
