"""What the film `mini-batch` says, and when it is true."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from gdcore.least_squares import LeastSquares
from gdcore.theory import calm_rate
from gdcore.trace import Trace
from scenes.catalogue.captions import Caption, Numbers
from scenes.catalogue.lesson import RATE_MAX, Lesson
from scenes.catalogue.minimum import is_calm, is_minimum
from scenes.stage.descent.outcome import HALF
from scenes.stage.noise.spreads import Settling, late_deviation
from scenes.stage.page.figures import percent, short

NEAR = 0.1
"""Share of the start's distance from w*; nearer counts as arrived."""

_AWAY = 4.0  # times as far as ever in the first half: then w runs away
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
        return self.walk.objective.n if self.trace.order == "batch" else self.trace.batch_size

    @cached_property
    def away(self) -> Values:
        """The distance from w* at each update, shape (T+1,)."""
        return np.abs(self.trace.w - self.walk.final.mean)

    @property
    def arrival(self) -> float:
        """Spent gradients when w is first within `NEAR` of the start's distance (inf: never)."""
        near = np.flatnonzero(self.away <= NEAR * self.away[0])
        return float(self.trace.sample_gradients[near[0]]) if near.size else math.inf

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

    @property
    def runs_away(self) -> bool:
        """Whether w gets ever farther from w*: noise alone does not carry it so far."""
        if self.trace.diverged_at is not None:
            return True
        if not self.too_fast or self.away[-1] <= _NEGLIGIBLE * abs(self.walk.final.mean):
            return False
        before = self.away[: len(self.away) // 2 + 1] * _AWAY
        return bool(self.away[-1] > (self.away[0] if self.trace.order == "batch" else max(before)))

    @property
    def too_fast(self) -> bool:
        """Whether w has no bound at this rate in theory, or if that knows none, may have none."""
        if self.walk.is_known:
            return math.isinf(self.walk.final.std)
        steepest = 2 * float(np.max(self.walk.objective.data.x**2))
        return self.trace.lr * steepest > 2


class Facts:
    """The descents of all batch sizes with one budget, from the smallest size to the largest."""

    def __init__(self, lesson: Lesson, traces: Traces) -> None:
        """``traces`` gives the descents of a lesson, from the smallest size to the largest."""
        self.lesson, self._traces = lesson, traces
        self.objective, self.n = LeastSquares(lesson.data), lesson.data.n
        self.runs = self._made(lesson)
        self.sizes = [run.size for run in self.runs]

    def _made(self, lesson: Lesson) -> list[Run]:
        return [Run(Settling(trace)) for trace in self._traces(lesson).values()]

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
        return [run.size for run in self.runs if run.runs_away]

    @property
    def unbounded(self) -> list[int]:
        """The sizes whose σ has no bound in theory; none if w never leaves the minimum."""
        spreads = zip(self.sizes, self.spreads or (), strict=False)
        return [size for size, std in spreads if math.isinf(std) and not self.still]

    @cached_property
    def creeping(self) -> bool:
        """Whether every size has more than half of the way before it at the end."""
        return not self.at_rest and self._creep(self.runs)

    def _creep(self, runs: list[Run]) -> bool:
        return all(run.away[-1] > HALF * run.away[0] for run in runs)

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
        """A rate at which with this budget no size runs away and not all creep, if it is known."""
        good = min(calm_rate(self.objective), RATE_MAX)
        runs = self._made(replace(self.lesson, lr=good))
        fails = any(run.runs_away for run in runs) or (not self.at_rest and self._creep(runs))
        return None if fails else good


def _all(facts: Facts) -> Numbers:
    good = "" if facts.good is None else short(facts.good)
    return {
        "n": facts.n,
        "epochs": facts.lesson.epochs,
        "budget": facts.budget,
        "sizes": facts.sizes,
        "lr": short(facts.lesson.lr),
        "good": good,
    }


def _epoch(facts: Facts) -> Numbers:
    return {"n": facts.n, "updates": [run.trace.updates_per_epoch for run in facts.runs]}


def _arrivals(facts: Facts) -> Numbers:
    texts = [f"{each:.0f}" if math.isfinite(each) else "–" for each in facts.arrivals]
    share = f"{percent(1 - NEAR)}\u00a0%"
    return {"sizes": facts.sizes, "share": share, "arrivals": texts}


def _wild(facts: Facts) -> Numbers:
    return {**_all(facts), "sizes": facts.wild}


def _unbounded(facts: Facts) -> Numbers:
    return {**_all(facts), "sizes": facts.unbounded}


def _narrows(facts: Facts) -> bool:
    """Whether theory has a band for each size, the narrower the larger the size."""
    spreads = facts.spreads
    finite = spreads is not None and len(spreads) > 1 and math.isfinite(spreads[0])
    return finite and all(a > b for a, b in pairwise(spreads or ()))


def _has_none(facts: Facts) -> bool:
    """Whether theory has no band for single samples."""
    return facts.spreads is not None and math.isinf(facts.spreads[0])


def _arrives(*wanted: bool) -> Callable[[Facts], bool]:
    """Whether the sizes that arrive are all (True), none (False) or some (both)."""
    return lambda facts: {math.isfinite(each) for each in facts.arrivals} == set(wanted)


def _does(holds: Callable[[Facts], bool]) -> Callable[[Facts], bool]:
    """The same, and a rate is known that would do."""
    return lambda facts: holds(facts) and facts.good is not None


def _is_wild(facts: Facts) -> bool:
    return bool(facts.wild)


def _is_creeping(facts: Facts) -> bool:
    return facts.creeping


BEATS: Mapping[str, Sequence[Caption[Facts]]] = {
    "budget": [Caption("budget", numbers=_all)],
    "update-after": [
        Caption("update-after", lambda facts: facts.even, _all),
        Caption("update-after-most", numbers=_all),
    ],
    "epoch": [
        Caption("epoch", lambda facts: facts.one_epoch, _epoch),
        Caption("epoch-first"),
    ],
    "arrived": [
        Caption("arrived-at-rest", lambda facts: facts.at_rest),
        Caption("arrived", _arrives(True), _arrivals),
        Caption("arrived-some", _arrives(True, False), _arrivals),
        Caption("arrived-none", numbers=_arrivals),
    ],
    "closer": [
        Caption("closer-exact", lambda facts: is_calm(facts.objective)),
        Caption("closer-none", _has_none, _all),
        Caption("closer", _narrows),
        Caption("closer-unknown"),
    ],
    "result": [
        Caption("result-diverging", _does(_is_wild), _wild),
        Caption("result-runs-away", _is_wild, _wild),
        Caption("result-at-rest", lambda facts: facts.still),
        Caption("result-unbounded", _does(lambda facts: bool(facts.unbounded)), _unbounded),
        Caption("result-creeping", _does(_is_creeping), _all),
        Caption("result-short", _is_creeping, _all),
        Caption("result-one", lambda facts: len(facts.sizes) == 1),
        Caption("result-both", lambda facts: facts.sooner and facts.closer),
        Caption("result-sooner", lambda facts: facts.sooner),
        Caption("result-quieter", lambda facts: facts.quieter),
        Caption("result-neither"),
    ],
}
