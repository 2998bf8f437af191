"""What the film `learning-rate` says, and when it is true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from gdcore.least_squares import LeastSquares
from gdcore.outcome import HALF
from gdcore.theory import contraction, thresholds
from gdcore.trace import Trace
from scenes.catalogue.captions import Caption, Numbers
from scenes.catalogue.lesson import Lesson
from scenes.catalogue.minimum import is_minimum
from scenes.films.learning_rate.regime import Regime, creeping_limit, regime
from scenes.stage.page.figures import apart, below, short

_ALL = [Regime.CREEPING, Regime.CONVERGING, Regime.OSCILLATING, Regime.DIVERGING]
_LOST = (Regime.CYCLING, Regime.DIVERGING)
_EQUAL = 1e-12  # difference below which two factors count as equal: rounding errors


class Facts:
    """The descents, and the factor by which each rate multiplies the error."""

    def __init__(self, lesson: Lesson, traces: Mapping[str, Trace]) -> None:
        """``traces``: a descent for each rate, in ascending order."""
        self.lesson, self.objective = lesson, LeastSquares(lesson.data)
        self.traces = list(traces.values())
        self.rates = [trace.lr for trace in self.traces]
        self.one, self.two = thresholds(self.objective)[:2]

    @cached_property
    def at_rest(self) -> bool:
        """Whether the start is the minimum, and no descent leaves it."""
        ends = [float(trace.w[k]) for trace in self.traces for k in (0, -1)]
        return all(is_minimum(self.objective, w) for w in ends)

    @cached_property
    def regimes(self) -> list[Regime]:
        """What each rate does."""
        return [regime(self.objective, rate, self.lesson.epochs) for rate in self.rates]

    @cached_property
    def sizes(self) -> list[float]:
        """For each rate, the size of the factor 1 − L·α."""
        return [abs(contraction(self.objective, rate)) for rate in self.rates]

    @property
    def best(self) -> float:
        """The rate that shrinks the error most."""
        return self.rates[int(np.argmin(self.sizes))]

    @property
    def converging(self) -> bool:
        """Whether some rate shrinks the error."""
        return min(self.sizes) < 1 - _EQUAL

    @property
    def creeping(self) -> bool:
        """Whether the best rate is so small that it leaves more than half of the error."""
        left = min(self.sizes) ** self.lesson.epochs
        return self.converging and self.best < self.one and left > HALF

    @property
    def leads(self) -> bool:
        """Whether a single one of several rates is the best."""
        first, *others = sorted(self.sizes)
        return bool(others) and others[0] - first > _EQUAL


def _epochs(facts: Facts) -> Numbers:
    limit = creeping_limit(facts.objective, facts.lesson.epochs)
    return {"epochs": facts.lesson.epochs, "limit": short(below(limit, 3))}


def _count(facts: Facts) -> Numbers:
    return {"count": len(facts.rates)}


def _each(facts: Facts) -> Numbers:
    """The rates, of which there is one for each thing that can happen."""
    names = ("creeps", "settles", "swings", "leaves")
    return dict(zip(names, apart(facts.rates), strict=True))


def _first_lost(facts: Facts) -> Numbers:
    """The least rate with which the error does not shrink."""
    lost = [kind in _LOST for kind in facts.regimes]
    return {"first": short(facts.rates[lost.index(True)])}


def _rates(facts: Facts) -> Numbers:
    """The best rate shown and the best of all, 1/L; ``bound`` is just below 2/L."""
    best, ideal = apart([facts.best, facts.one])
    return {"best": best, "ideal": ideal, "bound": short(below(facts.two, 4), 4)}


def told(facts: Facts) -> Numbers:
    """Numbers for narration and notes: the start, the curvature, and the bounds 1/L and 2/L."""
    return {
        "w0": short(facts.lesson.w0),
        "curvature": short(facts.objective.curvature),
        "ideal": short(facts.one),
        "double": short(facts.two),
    }


BEATS: Mapping[str, Sequence[Caption[Facts]]] = {
    "four": [
        Caption("four", lambda facts: len(facts.rates) > 1, _count),
        Caption("four-one"),
    ],
    "steps": [
        Caption("steps", lambda facts: len(facts.rates) > 1 and not facts.at_rest),
        Caption("slowly"),
    ],
    "run": [
        Caption("run-at-rest", lambda facts: facts.at_rest),
        Caption("run-all", lambda facts: facts.regimes == _ALL, _each),
        Caption("run-off", lambda facts: facts.regimes[-1] in _LOST, _first_lost),
        Caption("run-nearer"),
    ],
    "drop": [
        Caption("drop-at-rest", lambda facts: facts.at_rest),
        Caption("drop"),
    ],
    "factor": [
        Caption("factor-at-rest", lambda facts: facts.at_rest),
        Caption("factor"),
    ],
    "line": [Caption("line")],
    "bounds": [Caption("bounds")],
    "creep": [Caption("creep", numbers=_epochs)],
    "sweep": [Caption("sweep")],
    "result": [
        Caption("result-at-rest", lambda facts: facts.at_rest, _rates),
        Caption("result-none", lambda facts: not facts.converging, _rates),
        Caption("result-creeping", lambda facts: facts.creeping, _rates),
        Caption("result-leads", lambda facts: facts.leads, _rates),
        Caption("result", numbers=_rates),
    ],
}
