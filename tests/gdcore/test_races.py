"""Rates for the races, computed again; how a racer ended; the landscapes' saddle points."""

from __future__ import annotations

import numpy as np
import pytest

from gdcore.descent import descend
from gdcore.finish import Fate, finish, goal
from gdcore.landscapes import LANDSCAPES
from gdcore.races import GRID, RATES, SADDLE_RATE, UPDATES, best_rate
from gdcore.rules import RULES


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("name", [name for name, land in LANDSCAPES.items() if land.minima])
def test_the_table_holds_the_best_rates(name: str, rule: str) -> None:
    landscape = LANDSCAPES[name]
    assert RATES[name][rule] == best_rate(landscape, landscape.start, rule, UPDATES[name])


def test_every_race_has_its_rates() -> None:
    assert set(RATES) == set(UPDATES) == set(LANDSCAPES)
    assert all(set(rates) == set(RULES) for rates in RATES.values())
    assert set(RATES["saddle"].values()) == {SADDLE_RATE}
    assert list(GRID) == sorted(GRID) and GRID[:4] == (1e-5, 2e-5, 5e-5, 1e-4)


def test_the_best_rate_is_the_one_with_the_lowest_cost() -> None:
    """On a ravine of curvatures 1 and 25 plain descent contracts by max(|1 - r|, |1 - 25r|)."""
    ravine = LANDSCAPES["ravine"]
    rates = (0.01, 0.03, 0.05, 0.07)
    assert best_rate(ravine, ravine.start, "sgd", 60, rates) == 0.07
    with pytest.raises(ValueError, match="above its start"):
        best_rate(ravine, ravine.start, "sgd", 60, (0.5, 1.0))


@pytest.mark.parametrize("name", LANDSCAPES)
def test_at_a_saddle_point_the_slope_is_0_and_the_curvatures_differ_in_sign(name: str) -> None:
    landscape, h = LANDSCAPES[name], 1e-5
    for place in map(np.array, landscape.saddles):
        assert np.abs(landscape.gradient(place)).max() < 1e-9
        steps = np.eye(2) * h
        rows = [landscape.gradient(place + s) - landscape.gradient(place - s) for s in steps]
        curvatures = np.linalg.eigvalsh(np.array(rows) / (2 * h))
        assert curvatures[0] < 0 < curvatures[1]


@pytest.mark.parametrize(
    ("name", "start", "rate", "fate"),
    [
        ("ravine", (-4.0, 1.0), 0.05, Fate.ARRIVED),
        ("ravine", (-4.0, 1.0), 1e-6, Fate.UNDERWAY),
        ("ravine", (-4.0, 1.0), 0.1, Fate.DIVERGED),
        ("ravine", (-4.0, 1.0), 1e30, Fate.DIVERGED),
        ("ravine", (0.0, 0.0), 0.05, Fate.AT_REST),
        ("saddle", (-1.5, 0.0), 0.1, Fate.STUCK),
        ("saddle", (-1.5, 0.001), 0.1, Fate.ARRIVED),
        ("himmelblau", (0.0, 0.0), 0.02, Fate.ARRIVED),
    ],
)
def test_a_finish_is_told(name: str, start: tuple[float, float], rate: float, fate: Fate) -> None:
    landscape = LANDSCAPES[name]
    trace = descend(landscape, start, lr=rate, epochs=100)
    end = finish(trace)
    assert end.fate is fate
    if end.updates is not None:
        level = goal(landscape)
        assert (trace.cost[end.updates :] <= level).all()
        assert end.updates == 0 or trace.cost[end.updates - 1] > level
    if fate is Fate.ARRIVED and landscape.minima:
        assert end.place in landscape.minima
        assert np.hypot(*(trace.theta[-1] - end.place)) < 0.1
