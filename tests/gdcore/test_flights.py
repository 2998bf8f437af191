"""The slices on real numbers: the fit that is published, convexity, twins, the hill between."""

import numpy as np
import pytest

from gdcore.studies.flights import (
    DAMAGED,
    TEMPERATURES,
    logistic_slice,
    network_slice,
    standard_temperatures,
)


def test_the_logistic_fit_is_the_published_one() -> None:
    """Intercept 15.0429 and slope -0.2322 a degree, as in the literature."""
    found = logistic_slice()
    w, b = found.ends[0], float(found.start[1])
    mean, spread = np.mean(TEMPERATURES), np.std(TEMPERATURES)
    assert w / spread == pytest.approx(-0.2322, abs=5e-5)
    assert b - w * mean / spread == pytest.approx(15.0429, abs=5e-4)
    assert (len(TEMPERATURES), sum(DAMAGED)) == (23, 7)


def test_the_logistic_slice_is_convex_with_its_minimum_marked() -> None:
    found = logistic_slice()
    assert (np.diff(found.costs, 2) > 0).all()
    spacing = found.at[1] - found.at[0]
    assert found.at[np.argmin(found.costs)] == pytest.approx(found.ends[0], abs=spacing)
    k = 17
    z = found.at[k] * standard_temperatures() + found.start[1]
    p = 1 / (1 + np.exp(-z))
    y = np.array(DAMAGED)
    by_hand = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    assert found.costs[k] == pytest.approx(by_hand, rel=1e-12)


def test_twins_are_one_network_with_a_hill_between() -> None:
    found = network_slice()
    one, twin = (found.start + t * found.way for t in found.ends)
    assert twin.tolist() == pytest.approx(one[[1, 0, 3, 2]].tolist(), rel=1e-12)

    def answers(theta: np.ndarray) -> np.ndarray:
        u1, u2, v1, v2 = theta
        x = standard_temperatures()
        return np.asarray(v1 * np.tanh(u1 * x) + v2 * np.tanh(u2 * x))

    np.testing.assert_allclose(answers(one), answers(twin), rtol=1e-9)
    wanted = 2 * np.array(DAMAGED) - 1
    cost = np.mean((answers(one) - wanted) ** 2)
    between = found.costs[(found.at > 0) & (found.at < 1)]
    assert (between > cost).all() and between.max() > 1.5 * cost
    assert np.abs(found.objective.gradient(one)).max() < 1e-3
    middle = found.start + 0.5 * found.way
    assert between.max() == pytest.approx(np.mean((answers(middle) - wanted) ** 2), rel=1e-3)


def test_on_the_slice_the_cost_falls_to_both_ends_and_is_highest_in_the_middle() -> None:
    found = network_slice()
    half = len(found.at) // 2
    rising = np.diff(found.costs[found.at <= 0.5])
    turns = np.count_nonzero(np.diff(np.sign(rising)))
    assert turns == 1, "down to t = 0, then up to the middle"
    np.testing.assert_allclose(found.costs[:half], found.costs[::-1][:half], rtol=1e-9)
