"""What the batch sizes did with one budget: the facts that the captions of `mini-batch` need."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from gdcore.arrival import first_arrival
from gdcore.least_squares import LeastSquares
from gdcore.outcome import Fault, fault
from gdcore.suited import working_rate
from gdcore.theory import calm_rate
from gdcore.trace import Trace
from scenes.catalogue.lesson import RATE_MAX, Lesson
from scenes.catalogue.minimum import is_minimum
from scenes.stage.noise.spreads import Settling, late_deviation

NEAR = 0.1
"""Share of the start's distance from w*; nearer counts as arrived."""

_NEGLIGIBLE = 1e-9  # share of the start's distance; a smaller spread is a rounding error

Traces = Callable[[Lesson], Mapping[str, Trace]]
Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Run:
    """The descent of one batch size."""

    walk: Settling

    @property
    def trace(self) -> Trace:
        """The descent."""
        return self.walk.trace

    @property
    def size(self) -> int:
        """The batch size."""
        return self.walk.size

    @cached_property
    def away(self) -> Values:
        """The distance from w* at each update, shape (T+1,)."""
        return np.abs(self.trace.w - self.walk.final.mean)

    @property
    def arrival(self) -> float:
        """Spent gradients when w is first within `NEAR` of the start's distance (inf: never)."""
        first = first_arrival(self.away, NEAR * float(self.away[0]))
        return math.inf if first is None else float(self.trace.sample_gradients[first])

    @property
    def measured(self) -> float:
        """The deviation of w over the second half of the budget."""
        return late_deviation(self.trace.w)

    @property
    def late(self) -> float:
        """The root of the mean square of the distance from w*, over the second half."""
        late = self.away[len(self.away) // 2 :]
        largest = float(late.max()) or 1.0  # squares of 1e300 would overflow
        return float(np.sqrt(np.mean(np.square(late / largest)))) * largest


class Facts:
    """The descents of all batch sizes with one budget, from the smallest size to the largest."""

    def __init__(self, lesson: Lesson, traces: Traces) -> None:
        """``traces`` gives the descents of a lesson, from the smallest size to the largest."""
        self.lesson = lesson
        self.objective, self.n = LeastSquares(lesson.data), lesson.data.n
        self.runs = [Run(Settling(trace)) for trace in traces(lesson).values()]
        self.sizes = [run.size for run in self.runs]

    @cached_property
    def at_rest(self) -> bool:
        """Whether the start is the minimum."""
        return is_minimum(self.objective, self.lesson.w0)

    @property
    def budget(self) -> int:
        """The sample gradients that each size may spend."""
        return self.lesson.epochs * self.n

    @property
    def even(self) -> bool:
        """Whether all batches of an epoch have one size."""
        return all(self.n % size == 0 for size in self.sizes)

    @property
    def one_epoch(self) -> bool:
        """Whether each size makes all updates of the first epoch."""
        return all(run.trace.updates >= run.trace.updates_per_epoch for run in self.runs)

    @property
    def arrivals(self) -> list[float]:
        """The gradients after which each size arrives (inf: never)."""
        return [run.arrival for run in self.runs]

    @property
    def still(self) -> bool:
        """Whether no size ever leaves the start, which is the minimum."""
        farthest = max(float(run.away.max()) for run in self.runs)
        return self.at_rest and farthest <= _NEGLIGIBLE * abs(self.runs[0].walk.final.mean)

    @property
    def spreads(self) -> list[float] | None:
        """The exact σ of each size; None if theory does not know all of them."""
        if not all(run.walk.is_known for run in self.runs):
            return None
        return [run.walk.final.std for run in self.runs]

    @cached_property
    def wild(self) -> list[int]:
        """The sizes at which w runs away."""
        return [run.size for run in self.runs if fault(run.trace) is Fault.DIVERGING]

    @property
    def unbounded(self) -> list[int]:
        """The sizes whose σ has no bound in theory; none if w never leaves the minimum."""
        spreads = zip(self.sizes, self.spreads or (), strict=False)
        return [size for size, std in spreads if math.isinf(std) and not self.still]

    @cached_property
    def creeping(self) -> bool:
        """Whether every size has more than half of the way before it at the end."""
        return all(fault(run.trace) is Fault.CREEPING for run in self.runs)

    @cached_property
    def sooner(self) -> bool:
        """Whether the smaller size always arrives sooner, and the smallest does arrive."""
        return not self.at_rest and all(a < b for a, b in pairwise(self.arrivals))

    @cached_property
    def closer(self) -> bool:
        """Whether the larger size always stays closer to w* in the second half."""
        return self._falls([run.late for run in self.runs])

    @cached_property
    def quieter(self) -> bool:
        """Whether w of the larger size always varies less in the second half."""
        return self._falls([run.measured for run in self.runs])

    def _falls(self, values: list[float]) -> bool:
        negligible = _NEGLIGIBLE * max(self.runs[0].away[0], abs(self.runs[0].walk.final.mean))
        return all(a > b and a > negligible for a, b in pairwise(values))

    @cached_property
    def good(self) -> float | None:
        """A rate at which with this budget no size runs away or creeps, if any is known."""
        return working_rate(*(run.trace for run in self.runs), most=RATE_MAX)

    @property
    def small(self) -> bool:
        """Whether every size creeps, and a larger rate would do: too large a rate creeps too."""
        return self.creeping and self.good is not None and self.good > self.lesson.lr

    @property
    def calm(self) -> float:
        """The rate at which no update passes its samples' minimum: then no size runs away."""
        return min(calm_rate(self.objective), RATE_MAX)
