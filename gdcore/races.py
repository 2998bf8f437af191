"""Races of the update rules on the landscapes: how long they are, and a rate that suits each rule.

A race says little unless every rule has a rate that suits it. `RATES` holds, for each landscape and
rule, what `best_rate` finds. It tries rates of 1, 2 and 5 times a power of ten. Rates with which J
ever rises above its start are left out; of the others it takes the one with the lowest J after
`UPDATES` updates. A test computes them all again.
"""

from collections.abc import Sequence

from numpy.typing import ArrayLike

from gdcore.descent import descend
from gdcore.objective import Objective
from gdcore.rules import RULES

GRID = tuple(float(f"{factor}e{power}") for power in range(-5, 2) for factor in (1, 2, 5))
"""The rates that are tried: 0.00001, 0.00002, 0.00005, 0.0001, …, 50."""

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
"""The saddle has no lowest J, so no rate is best there: all rules share this one."""

_FOUND = {  # in the order of RULES
    "ravine": (0.05, 0.01, 0.01, 2.0, 0.2, 1.0),
    "rosenbrock": (0.001, 0.001, 0.0005, 0.2, 0.01, 0.2),
    "beale": (0.02, 0.005, 0.005, 2.0, 0.1, 0.5),
    "himmelblau": (0.02, 0.02, 0.01, 1.0, 0.1, 1.0),
    "double-well": (0.2, 0.05, 0.1, 0.5, 0.02, 1.0),
    "saddle": (SADDLE_RATE,) * len(RULES),
}
RATES = {landscape: dict(zip(RULES, rates, strict=True)) for landscape, rates in _FOUND.items()}
"""RATES[landscape][rule], for the rule's default settings and the landscape's own start."""


def best_rate(
    objective: Objective,
    start: ArrayLike,
    rule: str,
    updates: int,
    rates: Sequence[float] = GRID,
) -> float:
    """The rate of `rates` with the lowest cost after `updates` full-batch updates.

    Rates with which the cost is ever higher than at the start are left out. Of equally good rates
    the smallest is taken. Raises ValueError if every rate is left out.
    """
    found: list[tuple[float, float]] = []
    for rate in rates:
        trace = descend(objective, start, lr=rate, epochs=updates, rule=rule)
        if trace.diverged_at is None and trace.cost.max() <= trace.cost[0]:
            found.append((float(trace.cost[-1]), rate))
    if not found:
        raise ValueError(f"with each of these rates {rule} raises the cost above its start")
    return min(found)[1]
