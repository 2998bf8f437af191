"""Slices through the losses of two models of real numbers: one valley, and a hill between twins.

The 23 flights of the space shuttle before Challenger's last one: the temperature at the start (°F),
and whether an O-ring was damaged. Source: S. R. Dalal, E. B. Fowlkes and B. Hoadley, "Risk
Analysis of the Space Shuttle", J. Am. Stat. Assoc. 84 (1989) 945-957.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from gdcore.arrays import FloatArray, sealed
from gdcore.dataset import Dataset
from gdcore.descent import descend
from gdcore.objective import Objective
from gdcore.objectives.logistic import Logistic
from gdcore.objectives.neurons import TwoNeurons

TEMPERATURES = (
    66, 70, 69, 68, 67, 72, 73, 70, 57, 63, 70, 78, 67, 53, 67, 75, 70, 81, 76, 79, 75, 76, 58,
)  # fmt: skip
DAMAGED = (0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1)

_HALF_WIDTH = 3.0  # of the logistic slice, in units of w
_BEYOND = 0.2  # of the network's slice, beyond the two ends
_CORNERS = 401


@dataclass(frozen=True)
class Slice:
    """The cost along a line: `at` (k,) places on the line, `costs` (k,), `ends` of descents.

    `start` and `way` are the line: theta = start + at*way.
    """

    objective: Objective
    start: FloatArray
    way: FloatArray
    at: FloatArray
    costs: FloatArray
    ends: tuple[float, ...]


def standard_temperatures() -> FloatArray:
    """The temperatures, less their mean, in units of their standard deviation, shape (23,)."""
    values = np.array(TEMPERATURES, dtype=np.float64)
    standard: FloatArray = (values - values.mean()) / values.std()
    return standard


@cache
def logistic_slice() -> Slice:
    """The logistic loss over w, with the best bias."""
    objective = Logistic(Dataset(standard_temperatures(), np.array(DAMAGED, float)), bias=True)
    w, b = descend(objective, [0.0, 0.0], lr=1.0, epochs=2_000).theta[-1].tolist()
    at = np.linspace(w - _HALF_WIDTH, w + _HALF_WIDTH, _CORNERS)
    return _sliced(objective, np.array([0.0, b]), np.array([1.0, 0.0]), at, (w,))


@cache
def network_slice() -> Slice:
    """The squared error of two neurons, from the end of a descent (0) to its twin (1).

    The twin has swapped neurons. No minimum is claimed: the descent still creeps when it ends.

    The network is to say 1 for a damaged flight and -1 for another.
    """
    wanted = 2.0 * np.array(DAMAGED) - 1.0
    objective = TwoNeurons(Dataset(standard_temperatures(), wanted))
    trace = descend(
        objective, [1.0, 3.0, -1.0, 1.0], lr=0.05, epochs=5_000, rule="momentum:momentum=0.95"
    )
    found = trace.theta[-1]
    twin = found[[1, 0, 3, 2]]
    at = np.linspace(-_BEYOND, 1 + _BEYOND, _CORNERS)
    return _sliced(objective, found, twin - found, at, (0.0, 1.0))


def _sliced(
    objective: Objective,
    start: FloatArray,
    way: FloatArray,
    at: FloatArray,
    ends: tuple[float, ...],
) -> Slice:
    costs = objective.costs(start + at[:, None] * way)
    return Slice(objective, start, way, sealed(at), sealed(costs), ends)
