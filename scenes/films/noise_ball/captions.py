"""What the film `noise-ball` says, and when it is true."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from gdcore.least_squares import LeastSquares
from gdcore.theory import region_of_confusion, stationary_spread, thresholds
from gdcore.trace import Trace
from scenes.catalogue.captions import Caption, Numbers
from scenes.catalogue.lesson import Lesson
from scenes.catalogue.minimum import is_minimum
from scenes.catalogue.noisy import noisy_twin, steady_rate
from scenes.stage.noise.spreads import Settling, figure, span
from scenes.stage.page.figures import apart, below, lengths, percent, short

_CLOSED = 0.5  # share of the narrowest constant band; narrower counts as closed
_BOUND = 1e150  # a larger σ has no square among the doubles
_SLOW = 0.5  # share of the rate that suits the data; smaller counts as small

Traces = Callable[[Lesson], Mapping[str, Trace]]


class Facts:
    """The descents at the constant rates and at the falling one, with their exact spreads."""

    def __init__(self, lesson: Lesson, traces: Traces) -> None:
        """``traces`` gives the descents of a lesson by name: full, half, quarter, decaying."""
        self.lesson, self._traces = lesson, traces
        self.data = noisy_twin(lesson.data)
        self.objective = LeastSquares(self.data)
        self.limit, self.good = thresholds(self.objective).random, steady_rate(self.data)
        self.walks = {name: Settling(trace) for name, trace in traces(lesson).items()}
        self.main, self.falling = self.walks["full"], self.walks["decaying"]
        self.goal = self.main.final.mean

    @property
    def at_rest(self) -> bool:
        """Whether the start is the minimum of the cost."""
        return is_minimum(self.objective, self.lesson.w0)

    @property
    def added(self) -> bool:
        """Whether the lesson's data are exact, so that the film adds noise to them."""
        return self.data != self.lesson.data

    @property
    def bounded(self) -> bool:
        """Whether w has a stationary spread at the lesson's rate."""
        return math.isfinite(self.main.final.std)

    @property
    def inside(self) -> float:
        """The share of the measured w that lies within w* ± σ."""
        away = np.abs(self.main.trace.w[self.main.settled :] - self.goal)
        return float(np.mean(away <= self.main.final.std))

    @cached_property
    def span(self) -> tuple[float, float]:
        """The part of the w axis that the charts show: that of the constant rates."""
        return span(walk for name, walk in self.walks.items() if name != "decaying")

    @property
    def region(self) -> tuple[float, float]:
        """The least and the largest minimum of the samples."""
        return region_of_confusion(self.objective)

    @cached_property
    def outside(self) -> int:
        """How many of the visited w lie outside the charts."""
        low, high = self.span
        return int(np.count_nonzero((self.main.trace.w < low) | (self.main.trace.w > high)))

    @cached_property
    def good_does(self) -> bool:
        """Whether with as many updates at the rate ``good`` σ can be measured, and closes."""
        lesson = replace(self.lesson, lr=self.good)
        walks = {name: Settling(trace) for name, trace in self._traces(lesson).items()}
        return walks["full"].measured is not None and self._closes(walks["decaying"])

    @cached_property
    def closes(self) -> bool:
        """Whether the falling rate has closed the band on w*."""
        return self._closes(self.falling)

    def _closes(self, falling: Settling) -> bool:
        """Whether σ has fallen, and w* ± it is much narrower than the narrowest constant band."""
        narrowest = min(falling.trace.lr / 4, self.good)
        near = _CLOSED * stationary_spread(self.objective, narrowest).std
        mean, std = falling.band[0][-1], falling.band[1][-1]
        fallen = std <= _CLOSED * np.max(falling.band[1])
        closed = fallen and std <= near and abs(mean - self.goal) <= near
        return falling.trace.diverged_at is None and bool(closed)

    @property
    def lost(self) -> bool:
        """Whether σ grew beyond the range of a double at the falling rate: its square did."""
        return not math.isfinite(self.falling.band[1][-1])

    @property
    def slow(self) -> bool:
        """Whether the rate is small, and a larger one would do."""
        small = self.lesson.lr < _SLOW * self.good
        return self.bounded and self.main.measured is None and small and self.good_does


def _start(facts: Facts) -> Numbers:
    w, goal = apart([facts.lesson.w0, facts.goal], 5)
    return {"w": w, "goal": goal}


def _minima(facts: Facts) -> Numbers:
    low, high = apart(region_of_confusion(facts.objective))
    return {"low": low, "high": high}


def _band(facts: Facts) -> Numbers:
    lr, limit = apart([facts.lesson.lr, facts.limit], 3)
    std = figure(facts.main.final.std)
    return {"std": std, "goal": short(facts.goal, 5), "lr": lr, "limit": limit}


def _filled(facts: Facts) -> Numbers:
    numbers = {"updates": facts.main.trace.updates, "lr": short(facts.lesson.lr)}
    return {**numbers, "good": short(facts.good)}


def _outside(facts: Facts) -> Numbers:
    return {"outside": facts.outside, "count": len(facts.main.trace.w)}


def _measured(facts: Facts) -> Numbers:
    walk = facts.main
    assert walk.settled is not None and walk.measured is not None
    count = len(walk.trace.w) - walk.settled
    stds = {"measured": figure(walk.measured), "std": figure(walk.final.std)}
    return {"count": count, "share": percent(facts.inside), **stds}


def _law(facts: Facts) -> Numbers:
    full, half, quarter = (facts.walks[name].final.std for name in ("full", "half", "quarter"))
    return {"half": short(half / full, 3), "quarter": short(quarter / half, 3)}


def _limit(facts: Facts) -> Numbers:
    return {"limit": short(below(facts.limit, 3))}


def _end(facts: Facts) -> Numbers:
    walk = facts.falling
    w, goal = apart([float(walk.trace.w[-1]), facts.goal], 5)
    numbers = {"updates": walk.trace.updates, "std": figure(float(walk.band[1][-1])), "w": w}
    rates = {"lr": short(facts.lesson.lr), "good": short(facts.good)}
    return {**numbers, "goal": goal, **rates, "bound": lengths(_BOUND)[-1]}


def told(facts: Facts) -> Numbers:
    """Numbers for narration and notes: the rate and the number of samples."""
    return {"lr": short(facts.lesson.lr), "n": facts.data.n}


BEATS: Mapping[str, Sequence[Caption[Facts]]] = {
    "start": [
        Caption("added-at-minimum", lambda facts: facts.added and facts.at_rest, _start),
        Caption("added", lambda facts: facts.added, _start),
        Caption("start-at-minimum", lambda facts: facts.at_rest, _start),
        Caption("start", numbers=_start),
    ],
    "minima": [
        Caption("minima", lambda facts: bool(facts.data.x.all()), _minima),
        Caption("minima-range", numbers=_minima),
    ],
    "band": [
        Caption("band", lambda facts: facts.bounded, _band),
        Caption("band-none", numbers=_band),
    ],
    "filled": [
        Caption("measured", lambda facts: facts.main.measured is not None, _measured),
        Caption("too-slow", lambda facts: facts.slow, _filled),
        Caption("too-few", lambda facts: facts.bounded, _filled),
        Caption("outside", lambda facts: facts.outside > 0, _outside),
        Caption("updates", numbers=_filled),
    ],
    "halve": [Caption("halve")],
    "law": [
        Caption("law", lambda facts: facts.bounded, _law),
        Caption("law-limit", numbers=_limit),
    ],
    "falling": [Caption("falling")],
    "closes": [
        Caption("closes-fast", lambda facts: facts.closes and not facts.bounded, _end),
        Caption("closes", lambda facts: facts.closes, _end),
        Caption("lost", lambda facts: facts.lost, _end),
        Caption("open-fast", lambda facts: not facts.bounded, _end),
        Caption("open-slow", lambda facts: facts.slow, _end),
        Caption("open", numbers=_end),
    ],
}
