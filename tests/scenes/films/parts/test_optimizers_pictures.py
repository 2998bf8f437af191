"""The race's last picture, and paths that coincide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gdcore.rules import RULES
from scenes import FILMS
from scenes.films.optimizers.dashed_trail import dashed
from scenes.films.optimizers.racers import race, turned_race
from scenes.stage.plots.shapes import separate

ASKED = FILMS["optimizers"].lesson()


@pytest.mark.slow
@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_the_last_picture_shows_both_arrivals_of_each_rule(
    walk: Callable[..., Any], aspect: str
) -> None:
    """Rings and discs stand where the scale says, the numbers of updates beside them."""
    scene = walk("optimizers", ASKED, aspect)
    chart = scene.hero.submobjects[0]
    pairs = zip(race(ASKED).values(), turned_race(ASKED).values(), strict=True)
    for i, traces in enumerate(pairs):
        arrivals = [next(k for k, cost in enumerate(t.cost) if cost <= 1e-3) for t in traces]
        for k, mark, stamps in zip(
            arrivals, (chart.rings, chart.spots), scene.lanes.stamps, strict=True
        ):
            x = chart.left + k / 98 * (chart.right - chart.left)
            assert mark[i].get_center()[:2] == pytest.approx([x, chart.row(i)], abs=1e-6)
            assert stamps[i].text == str(k)
        left, right = (stamps[i].get_center()[0] for stamps in scene.lanes.stamps)
        assert left < chart.rings[i].get_left()[0] and chart.spots[i].get_right()[0] < right
    assert sorted(label.text for label in chart.frame if hasattr(label, "cap"))[:2] == ["0°", "30°"]


@pytest.mark.slow
def test_of_two_paths_that_coincide_the_lower_one_is_dashed(walk: Callable[..., Any]) -> None:
    """AdaGrad's lies under RMSProp's in the ravine: they differ by less than a line's width."""
    scene = walk("optimizers", ASKED)
    assert scene.running.below == [key == "adagrad" for key in RULES]
    one, other = (scene.map.map(*race(ASKED)[key].theta.T) for key in ("adagrad", "rmsprop"))
    assert np.abs(one - other).max() < 0.03
    line = scene.running.trails[0][3].line.points.reshape(-1, 4, 3)
    steps = np.linalg.norm(line[:, 3] - line[:, 0], axis=1)
    assert 0 < steps.max() <= 0.11 + 1e-9
    assert scene.running.drawn(False)[-1] is scene.running.trails[0][3]


def test_dashes_cover_half_of_a_way_around_its_corners() -> None:
    corners = np.array([[0, 0, 0], [1.0, 0, 0], [1.0, 2.3, 0], [1.0, 2.3, 0], [4.0, 2.3, 0]])
    made = dashed(separate(corners[:-1], corners[1:])).reshape(-1, 4, 3)
    lengths = np.linalg.norm(made[:, 3] - made[:, 0], axis=1)
    assert lengths.sum() == pytest.approx(6.3 / 2, abs=0.11)
    along = np.abs(made[:, 0] - corners[0]).sum(axis=1)  # the corners are right angles
    assert ((along + 1e-9) % 0.22 < 0.11 + 1e-8).all() and np.array_equal(
        dashed(made[:0, 0]), made[:0, 0]
    )
