"""A random descent compared with theory: its band, its measured spread, what to show."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from gdcore.least_squares import LeastSquares
from gdcore.theory import Spread, contraction, region_of_confusion, stationary_spread
from gdcore.trace import Trace
from gdcore.transient import settled_after, transient
from scenes.catalogue.minimum import is_calm
from scenes.stage.page.figures import short

Values = npt.NDArray[np.float64]

_SIGMAS = 3.8  # a plot reaches this far from w*
_LEAST = 1e-6  # share of w*; the ticks of a smaller range would have too many digits


@dataclass(frozen=True)
class Settling:
    """A trace of plain SGD in random order, and its exact distribution."""

    trace: Trace

    @property
    def objective(self) -> LeastSquares:
        """The data's cost."""
        assert isinstance(self.trace.objective, LeastSquares)
        return self.trace.objective

    @property
    def size(self) -> int:
        """Samples to an update; the last one of an epoch may have fewer."""
        return self.objective.n if self.trace.order == "batch" else self.trace.batch_size

    @cached_property
    def is_known(self) -> bool:
        """Whether theory gives the spread: for a full batch, and for random batches of one size."""
        trace = self.trace
        even = trace.objective.n % trace.batch_size == 0
        return trace.order == "batch" or (trace.order == "random" and even)

    @cached_property
    def final(self) -> Spread:
        """Where a constant rate ends: mean and exact σ (inf: without end; 0 for a full batch)."""
        if self.trace.order == "batch":
            converges = abs(contraction(self.objective, self.trace.lr)) < 1
            goal = float(self.objective.minimiser()[0])
            return Spread(goal, 0.0 if converges else math.inf)
        found = stationary_spread(self.objective, self.trace.lr, self.trace.batch_size)
        calm = is_calm(self.objective) and math.isfinite(found.std)
        return Spread(found.mean, 0.0) if calm else found  # without rounding errors

    @cached_property
    def band(self) -> tuple[Values, Values]:
        """The exact mean and deviation at each update that was made."""
        rates = map(float, self.trace.rate)
        if self.trace.order == "batch":
            means, _ = transient(self.objective, self.trace.start[0], rates)
            return means, np.where(np.isfinite(means), 0.0, math.inf)
        return transient(self.objective, self.trace.start[0], rates, self.trace.batch_size)

    @property
    def shown_band(self) -> tuple[Values, Values] | None:
        """The band, if theory knows it and if it does not merely grow."""
        grows = str(self.trace.schedule) == "constant" and not math.isfinite(self.final.std)
        return self.band if self.is_known and not grows else None

    @cached_property
    def settled(self) -> int | None:
        """The update from which on w has its final distribution; None if there is no such update.

        None also if it is in the second half: then too few updates are left to measure.
        """
        updates = self.trace.updates
        found = settled_after(self.objective, self.trace.start[0], self.trace.lr, updates)
        return found if found is not None and found <= updates // 2 else None

    @cached_property
    def measured(self) -> float | None:
        """The standard deviation of w from the update ``settled`` on."""
        return None if self.settled is None else float(np.std(self.trace.w[self.settled :]))


def late_deviation(w: Values) -> float:
    """The spread of w in the second half: by then it has settled, if it ever does."""
    late = w[len(w) // 2 :]
    largest = float(np.max(np.abs(late))) or 1.0  # squares of 1e300 would overflow
    return float(np.std(late / largest)) * largest


def span(walks: Iterable[Settling]) -> tuple[float, float]:
    """The part of the w axis to show: some σ around w*, and descents that are on their way."""
    walks = list(walks)
    goal = walks[0].final.mean
    deviations = [walk.final.std for walk in walks if math.isfinite(walk.final.std)]
    low, high = region_of_confusion(walks[0].objective)
    reach = _SIGMAS * max(deviations) if deviations else 1.6 * (high - low)
    for walk in walks:
        if walk.settled is None and math.isfinite(walk.final.std):
            reach = max(reach, 1.08 * float(np.max(np.abs(walk.trace.w - goal))))
    reach = max(reach, _LEAST * abs(goal))
    return goal - reach, goal + reach


def figure(std: float) -> str:
    """A deviation in three digits."""
    return short(std, 3) if math.isfinite(std) else "∞"
