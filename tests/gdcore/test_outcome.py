"""How descents end, in one word: each kind by a descent that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from gdcore.data import LECTURE, Dataset, parse_data
from gdcore.descent import descend
from gdcore.least_squares import LeastSquares
from gdcore.outcome import Arrival, Fault, Outcome, arrival, fault, outcome


@pytest.mark.parametrize(
    ("lr", "start", "found"),
    [
        (0.01, 1.0, Outcome.STEADY),
        (0.2, 1.0, Outcome.SWINGING),  # 1/L < 0.2 < 2/L
        (0.0007, 1.0, Outcome.CREEPING),  # (1 - 0.0007*28/3)^100 = 0.52
        (0.00075, 1.0, Outcome.STEADY),  # 0.496
        (0.22, 1.0, Outcome.DIVERGING),
        (1e30, 1.0, Outcome.DIVERGING),
        (0.01, 2.0, Outcome.AT_REST),
    ],
)
@pytest.mark.parametrize("unit", [1e-9, 1.0, 1e9])
def test_outcomes_do_not_depend_on_the_units(
    lr: float, start: float, found: Outcome, unit: float
) -> None:
    objective = LeastSquares(Dataset(LECTURE.x / unit, LECTURE.y))
    trace = descend(objective, start * unit, lr=lr * unit * unit, epochs=100)
    assert outcome(trace) is found


def test_one_step_across_the_minimum_is_no_creeping() -> None:
    """One update of factor -0.9: most of the way is left, but on the other side."""
    trace = descend(LeastSquares(LECTURE), 1.0, lr=1.9 * 3 / 28, epochs=1)
    assert abs(trace.w[-1] - 2) > 0.5
    assert outcome(trace) is Outcome.SWINGING and fault(trace) is None


def test_samples_that_are_sorted_push_w_away_again() -> None:
    """The first half of the samples wants 0, the second 10: SGD in order ends far from w* = 5."""
    data = Dataset(np.ones(200), np.repeat([0.0, 10.0], 100))
    trace = descend(LeastSquares(data), 0.0, lr=0.1, epochs=20, order="in-order")
    assert abs(trace.w[-1] - 5) > 4.9
    assert outcome(trace) is Outcome.SWINGING


def test_faults_are_those_of_one_weight_and_of_two() -> None:
    plane = LeastSquares(parse_data("1,3 2,5 3,7"), bias=True)
    for lr, ended, found in (
        (0.05, Arrival.UNDERWAY, None),
        (1e-9, Arrival.CREEPING, Fault.CREEPING),
        (1.0, Arrival.DIVERGING, Fault.DIVERGING),
    ):
        trace = descend(plane, [-1.0, 4.0], lr=lr, epochs=30)
        assert arrival(trace) is ended and fault(trace) is found
    for lr, found in ((0.01, None), (1e-9, Fault.CREEPING), (1.0, Fault.DIVERGING)):
        assert fault(descend(LeastSquares(LECTURE), 1.0, lr=lr, epochs=30)) is found


def test_a_growth_that_a_falling_rate_ends_too_late_is_a_divergence() -> None:
    """Thirty updates at a rate far too large; then it falls tenfold, and J stands still far off."""
    plane = LeastSquares(parse_data("1,3 2,5 3,7"), bias=True)
    falling = "step:step_size=30,gamma=0.01"
    trace = descend(plane, [-1.0, 4.0], lr=1.0, epochs=120, schedule=falling)
    assert trace.diverged_at is None and trace.cost[-1] > 1e20 * trace.cost[0]
    assert not trace.cost[-30:].mean() > 2 * trace.cost[30:60].mean(), "it no longer grows"
    assert arrival(trace) is Arrival.DIVERGING
