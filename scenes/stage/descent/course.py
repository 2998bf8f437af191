"""How a descent of ŷ = w·x went: what the captions of several films ask about its trace."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdcore.arrays import FloatArray
from gdcore.least_squares import LeastSquares
from gdcore.outcome import Outcome, outcome, ran_off
from gdcore.suited import working_rate
from gdcore.trace import Trace
from gdcore.zigzag import Causes, distance, retreat_causes
from scenes.catalogue.lesson import RATE_MAX
from scenes.catalogue.minimum import rounding

_LAST_DIGITS = 16 * float(np.finfo(np.float64).eps)


@dataclass(frozen=True)
class Course:
    """A trace of ŷ = w·x, seen from w*, the minimum of its cost.

    In one dimension J is a parabola, so J rises exactly where w moves away from w*.
    """

    trace: Trace

    @property
    def objective(self) -> LeastSquares:
        """The cost that is descended."""
        assert isinstance(self.trace.objective, LeastSquares)
        return self.trace.objective

    @property
    def exact(self) -> bool:
        """Whether one w fits all samples."""
        return self.objective.exact

    @cached_property
    def goal(self) -> float:
        """w*."""
        return float(self.objective.minimiser()[0])

    @cached_property
    def away(self) -> FloatArray:
        """The distance of w from w* after each update, shape (T+1,)."""
        return distance(self.trace, np.array([self.goal]))

    @property
    def start(self) -> float:
        """The first distance."""
        return float(self.away[0])

    @property
    def end(self) -> float:
        """The last distance."""
        return float(self.away[-1])

    @cached_property
    def rounding(self) -> float:
        """Distances from w* below this are rounding errors of the sums that give w*."""
        return rounding(self.objective.data)

    @cached_property
    def at_rest(self) -> bool:
        """Whether w starts at w* and stays there."""
        return self.trace.diverged_at is None and bool(np.all(self.away <= self.rounding))

    @cached_property
    def still(self) -> bool:
        """Whether w never moves."""
        w = self.trace.w
        return self.at_rest or (self.trace.diverged_at is None and bool(np.all(w == w[0])))

    @cached_property
    def ran_off(self) -> bool:
        """Whether the steps are so long that w ends farther from w* than it began."""
        return ran_off(self.trace)

    @cached_property
    def sides(self) -> FloatArray:
        """On which side of w* it is: −1 or 1, shape (T+1,); 0 if only the last digits differ."""
        last = _LAST_DIGITS * abs(self.goal)
        return np.sign(np.where(self.away > last, self.trace.w - self.goal, 0.0))

    @cached_property
    def crosses(self) -> int:
        """How many updates pass w*."""
        return int(np.count_nonzero(self.sides[1:] * self.sides[:-1] < 0))

    @cached_property
    def moves(self) -> int:
        """How many updates do not end at w*."""
        return int(np.count_nonzero(self.sides[1:]))

    @cached_property
    def creeps(self) -> bool:
        """Whether the steps are so small that more than half of the way is left."""
        return not self.at_rest and outcome(self.trace) is Outcome.CREEPING

    @cached_property
    def causes(self) -> Causes:
        """The causes of the updates that lead away from w*; those raise the cost."""
        return Causes() if self.still else retreat_causes(self.trace, np.array([self.goal]))

    @cached_property
    def better(self) -> float | None:
        """A rate that works, if w runs off or creeps (see `working_rate`)."""
        wrong = self.ran_off or self.creeps
        return working_rate(self.trace, most=RATE_MAX) if wrong else None

    @property
    def too_large(self) -> bool:
        """Whether w runs off, and a smaller rate works."""
        return self.ran_off and self.better is not None and self.better < self.trace.lr

    @property
    def too_small(self) -> bool:
        """Whether w creeps, and a larger rate works."""
        return self.creeps and self.better is not None and self.better > self.trace.lr
