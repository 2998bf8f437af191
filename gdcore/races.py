"""Races of the update rules on the landscapes: how long they are, and a rate that suits each rule.

A race says little unless every rule has a rate that suits it. `best_rate` states what that means,
for one rule, one start and one race; nothing is stored, so it holds for any of them.
"""

from functools import lru_cache
from math import inf

from gdcore.arrival import first_arrival
from gdcore.descent import descend
from gdcore.objective import Objective
from gdcore.rules import Rule
from gdcore.schedules import Schedule
from gdcore.trace import Trace

FACTORS = (1, 1.5, 2, 3, 5, 7.5)
GRID = tuple(float(f"{factor}e{power}") for power in range(-9, 3) for factor in FACTORS)
"""The rates that are tried: 1e-9, 1.5e-9, 2e-9, 3e-9, 5e-9, 7.5e-9, 1e-8, …, 750."""

UPDATES = {
    "ravine": 100,
    "rosenbrock": 1000,
    "beale": 300,
    "himmelblau": 100,
    "saddle": 200,
    "double-well": 100,
}
"""The updates of a race: by then most rules have arrived, or it is clear that they will not."""

SADDLE_RATE = 0.02
"""The saddle has no lowest J, so the larger the rate the better: there all rules share this one."""

_Score = tuple[float, float]
"""Updates until the arrival, then J at the end: less is better in this order."""
_LEFT_OUT: _Score = (inf, inf)


@lru_cache(maxsize=256)
def best_rate(
    objective: Objective,
    start: tuple[float, ...],
    rule: Rule,
    schedule: Schedule,
    updates: int,
    goal: float,
) -> float | None:
    """The rate of `GRID` that takes the fewest full-batch updates until the cost is at `goal`.

    - Rates with which the cost is ever higher than at the start, within `updates`, are left out.
    - If no rate arrives within `updates`, or the start is at the goal, the one with the lowest
      final cost is taken.
    - Of equally good rates the smallest is taken.

    None if every rate is left out. Takes at most `len(GRID)` descents, about 20 ms for 100 updates.
    """
    timed = schedule.over(updates)

    def tried(rate: float, length: int) -> _Score:
        trace = descend(objective, start, lr=rate, epochs=length, rule=rule, schedule=timed)
        return _score(trace, goal)

    best, found = _LEFT_OUT, None
    for rate in sorted(GRID, reverse=True):
        enough = int(min(best[0], updates))  # a later arrival would not be the best
        score = tried(rate, enough)
        if score <= best and enough < updates:
            score = tried(rate, updates)
        if score <= best and score < _LEFT_OUT:
            best, found = score, rate
    return found


def _score(trace: Trace, goal: float) -> _Score:
    cost = trace.cost
    if trace.diverged_at is not None or not cost.max() <= cost[0]:
        return _LEFT_OUT
    arrived = first_arrival(cost, goal)
    return (arrived, 0.0) if arrived else (inf, float(cost[-1]))
