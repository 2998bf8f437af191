"""The first arrival at a goal: at the start, on the way, at the end, never."""

from __future__ import annotations

import math

import pytest

from gdcore import first_arrival


@pytest.mark.parametrize(
    ("values", "goal", "found"),
    [
        ([3.0, 2.0, 1.0], 2.0, 1),  # at the goal is there
        ([3.0, 1.0, 9.0, 0.5], 1.0, 1),  # the first time counts, though it leaves again
        ([1.0, 2.0], 1.0, 0),
        ([3.0, 2.0, 1.5], 1.5, 2),
        ([3.0, 2.0], 1.0, None),
        ([math.nan, math.inf, -1.0], -1.0, 2),
        ([], 1.0, None),
    ],
)
def test_the_first_value_at_the_goal(values: list[float], goal: float, found: int | None) -> None:
    assert first_arrival(values, goal) == found
