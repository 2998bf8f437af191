"""The best rates of a race, from closed forms; how a racer ended; the landscapes' saddle points."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from gdcore.arrival import first_arrival
from gdcore.descent import descend
from gdcore.finish import NEAR_MINIMUM, Fate, Finish, finish, goal
from gdcore.landscapes import LANDSCAPES
from gdcore.races import GRID, UPDATES, best_rate
from gdcore.rules import parse_rule
from gdcore.schedules import parse_schedule

Place = tuple[float, float]


def best(name: str, rule: str, start: Place | None = None, **other: Any) -> float | None:
    """The best rate, by default for the landscape's own start and race."""
    landscape = LANDSCAPES[name]
    schedule = parse_schedule(other.get("schedule", "constant"))
    updates = other.get("updates", UPDATES[name])
    asked = parse_rule(rule), schedule, updates, goal(landscape)
    return best_rate(landscape, start or landscape.start, *asked)


def test_the_grid_is_1_to_7_and_a_half_times_powers_of_ten() -> None:
    assert set(UPDATES) == set(LANDSCAPES)
    assert list(GRID) == sorted(GRID) and GRID[:3] == (1e-9, 1.5e-9, 2e-9) and GRID[-1] == 750
    assert len(GRID) == 12 * 6


@pytest.mark.parametrize(("updates", "rate", "needs"), [(100, 0.075, 58), (58, 0.075, 58)])
def test_the_best_rate_of_sgd_on_the_ravine_follows_from_its_curvatures(
    updates: int, rate: float, needs: int
) -> None:
    """There w and b are multiplied by 1 - r and 1 - 25r; J follows from that without a descent."""

    def cost(r: float, k: int) -> float:
        return 0.5 * (16 * (1 - r) ** (2 * k) + 25 * (1 - 25 * r) ** (2 * k))

    arrivals = {
        r: next((k for k in range(updates + 1) if cost(r, k) <= 1e-3), None)
        for r in GRID
        if r < 2 / 25  # above it J rises
    }
    fewest = min(k for k in arrivals.values() if k is not None)
    assert fewest == needs
    assert best("ravine", "sgd", updates=updates) == rate
    assert [r for r, k in arrivals.items() if k == fewest] == [rate]


def test_if_no_rate_arrives_the_lowest_cost_counts() -> None:
    """In 20 updates w is multiplied by (1 - r)^20: 0.075 is still the best, at J = 0.34."""
    assert best("ravine", "sgd", updates=20) == 0.075
    assert best("ravine", "sgd", updates=1) == 0.05  # (1 - 25r)² = 0.0625, not 0.766


def test_at_the_goal_already_the_lowest_cost_counts() -> None:
    assert best("ravine", "sgd", (0.01, 0.0), updates=3) == 1.0  # one step to the minimum
    assert best("ravine", "sgd", (0.0, 0.0)) == GRID[0]  # all are equally good


def test_if_every_rate_raises_the_cost_there_is_none() -> None:
    assert best("rosenbrock", "sgd", (1e9, 0.0)) is None


def test_a_rate_that_raises_the_cost_on_the_way_is_left_out() -> None:
    """AdaGrad's first step is as long as its rate: 50 leaves the map, and would win."""
    ravine, start = LANDSCAPES["ravine"], LANDSCAPES["ravine"].start
    wild = descend(ravine, start, lr=50.0, epochs=100, rule="adagrad")
    calm = best("ravine", "adagrad")
    assert calm is not None
    tame = descend(ravine, start, lr=calm, epochs=100, rule="adagrad")
    needs = [first_arrival(trace.cost, 1e-3) for trace in (wild, tame)]
    assert needs == [4, 8] and wild.cost.max() > wild.cost[0] == tame.cost.max()


def test_settings_and_schedule_count() -> None:
    assert best("ravine", "momentum:momentum=0.5") != best("ravine", "momentum")
    assert best("ravine", "adam", schedule="inverse:decay=0.5") != best("ravine", "adam")


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
        ("ravine", (-4.0, 1.0), 0.05, Fate.THERE),
        ("ravine", (-4.0, 1.0), 1e-6, Fate.ELSEWHERE),
        ("ravine", (-4.0, 1.0), 0.1, Fate.HIGHER),
        ("ravine", (-4.0, 1.0), 1e30, Fate.HIGHER),
        ("ravine", (0.0, 0.0), 0.05, Fate.AT_REST),
        ("saddle", (-1.5, 0.0), 0.1, Fate.AT_SADDLE),
        ("saddle", (-1.5, 0.001), 0.1, Fate.THERE),
        ("saddle", (-1.5, 0.001), 5.0, Fate.THERE),
        ("himmelblau", (0.0, 0.0), 0.02, Fate.THERE),
    ],
)
def test_a_finish_is_told(name: str, start: tuple[float, float], rate: float, fate: Fate) -> None:
    landscape = LANDSCAPES[name]
    trace = descend(landscape, start, lr=rate, epochs=100)
    end = finish(trace)
    assert end.fate is fate
    if end.arrived is not None:
        level = goal(landscape)
        assert trace.cost[end.arrived] <= level
        assert (trace.cost[: end.arrived] > level).all()
    if fate is Fate.THERE and landscape.minima:
        assert end.place in landscape.minima
        assert np.hypot(*(trace.theta[-1] - end.place)) < 0.1


def test_who_arrived_and_left_again_did_arrive() -> None:
    """Momentum runs through Himmelblau's minimum at update 59 and is above the goal at the end."""
    himmelblau = LANDSCAPES["himmelblau"]
    trace = descend(himmelblau, (0, 0), lr=0.0003, epochs=100, rule="momentum")
    assert finish(trace) == Finish(Fate.ELSEWHERE, 59, None)
    assert trace.cost[58] > NEAR_MINIMUM >= trace.cost[59] and trace.cost[-1] > NEAR_MINIMUM


def test_far_from_the_saddle_j_keeps_its_sign() -> None:
    """Both squares are beyond a double's range; b is larger, so J is −∞, not unknown."""
    assert LANDSCAPES["saddle"].cost([1e200, 1e201]) == -np.inf
    assert LANDSCAPES["saddle"].cost([1e201, 1e200]) == np.inf
