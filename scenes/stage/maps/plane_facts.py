"""What two descents of ŷ = w·x + b did: the facts that the captions of `plane` and `surface` need.

The error is seen in the directions of the Hessian's eigenvectors: *across* the valley, where J is
most curved, and *along* it.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from gdcore.least_squares import LeastSquares
from gdcore.outcome import Arrival, arrival, goal_of
from gdcore.suited import working_rate
from gdcore.theory import calm_rate, condition_number
from gdcore.trace import Trace
from scenes.catalogue.captions import Numbers
from scenes.catalogue.lesson import RATE_MAX, Lesson
from scenes.catalogue.planes import traces
from scenes.stage.page.figures import apart, short

Values = npt.NDArray[np.float64]

NARROW = 10.0
"""Condition number; above it a bowl looks like a valley."""
NEAR = 0.05
"""Share of the way that is left; with less a descent is near the minimum."""
_ON_FLOOR = 0.1  # share of the first distance across the valley
_HIGH = 1.5  # times the least cost: up the valley's walls
_ALONG = 0.05  # share of the first distance along the valley
_EQUAL = 1e-9  # relative difference of costs that counts as rounding


class PlaneFacts:
    """Both descents, how they ended, and the shape of the valley."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.batch, self.sgd = traces(lesson).values()
        self.objective = LeastSquares(lesson.data, bias=True)
        self.goal = goal_of(self.objective, self.batch.theta[0])
        self.rule = lesson.rule.partition(":")[0]

    @property
    def both(self) -> tuple[Trace, Trace]:
        """The two descents: batch, SGD."""
        return self.batch, self.sgd

    @cached_property
    def ends(self) -> tuple[Arrival, Arrival]:
        """How each of them ended."""
        return arrival(self.batch), arrival(self.sgd)

    @property
    def plain(self) -> bool:
        """Whether the rule is plain SGD: a step is −α·gradient."""
        return self.lesson.rule == "sgd"

    @property
    def at_rest(self) -> bool:
        """Whether the start is a minimum that neither leaves."""
        return set(self.ends) == {Arrival.AT_REST}

    @property
    def diverging(self) -> list[str]:
        """Which of them run away: "batch", "sgd"."""
        named = zip(("batch", "sgd"), self.ends, strict=True)
        return [name for name, end in named if end is Arrival.DIVERGING]

    @property
    def lost(self) -> bool:
        """Whether any of them runs away."""
        return bool(self.diverging)

    def diverge(self, *names: str) -> bool:
        """Whether just these run away."""
        return self.diverging == list(names)

    @property
    def creeping(self) -> bool:
        """Whether both have hardly left the start."""
        return set(self.ends) == {Arrival.CREEPING}

    @property
    def near(self) -> bool:
        """Whether little of the way is left to both, measured in w, in b, and straight."""
        return all(_left(trace, self.goal) <= NEAR for trace in self.both) and not self.at_rest

    @property
    def one_x(self) -> bool:
        """Whether all x are equal: then the valleys are parallel, and the minima form a line."""
        return bool(np.ptp(self.lesson.data.x) == 0)

    @cached_property
    def condition(self) -> float:
        """How many times the curvature across is that along; inf if the minima form a line."""
        return math.inf if self.one_x else condition_number(self.objective)

    @property
    def condition_text(self) -> str:
        """The condition number in two digits."""
        return "∞" if math.isinf(self.condition) else short(self.condition, 2)

    @property
    def narrow(self) -> bool:
        """Whether the bowl is a narrow valley with a single lowest point."""
        return NARROW < self.condition < math.inf

    @cached_property
    def along_floor(self) -> bool:
        """Whether both come down to a valley's floor, stay there, and go on along it."""
        return self.narrow and all(_down_then_along(self._split(trace)) for trace in self.both)

    @cached_property
    def swings(self) -> bool:
        """Whether SGD in its second half is mostly up the walls, and crosses the floor often."""
        across = self._split(self.sgd)[:, 0]
        late = across[len(across) // 2 :]
        if len(late) < 4 or not across[0] or self.condition <= NARROW:
            return False
        crossed = int(np.count_nonzero(np.sign(late[1:]) != np.sign(late[:-1])))
        cost = float(np.median(self.sgd.cost[len(across) // 2 :]))
        far = float(np.median(np.abs(late))) > _ON_FLOOR * abs(float(across[0]))
        return far and cost > _HIGH * self.least and crossed > len(late) / 8

    def _split(self, trace: Trace) -> Values:
        """The error of each theta across the valley and along it, shape (T+1, 2)."""
        _, directions = np.linalg.eigh(self.objective.hessian)  # the flattest first
        error: Values = (trace.theta - self.goal) @ directions[:, ::-1]
        return error

    @cached_property
    def good(self) -> float | None:
        """A rate at which with the same start and epochs neither runs away nor creeps, if any."""
        return working_rate(*self.both, most=RATE_MAX)

    @cached_property
    def calm(self) -> float | None:
        """A rate at which neither runs away, though they may creep, if it is known."""
        rate = min(calm_rate(self.objective), RATE_MAX)
        ends = [arrival(trace) for trace in traces(replace(self.lesson, lr=rate)).values()]
        return None if Arrival.DIVERGING in ends else rate

    @property
    def calm_text(self) -> str:
        """The rate at which neither runs away as text; empty if none is known."""
        return "" if self.calm is None else short(self.calm)

    @property
    def good_text(self) -> str:
        """The rate that would do as text; empty if none is known."""
        return "" if self.good is None else short(self.good)

    @property
    def small(self) -> bool:
        """Whether both creep, and a larger rate would do."""
        return self.creeping and self.good is not None and self.good > self.lesson.lr

    @property
    def same_cost(self) -> bool:
        """Whether both ended with one cost, but for rounding."""
        one, other = self.costs
        return one == other or abs(one - other) <= _EQUAL * max(one, other)

    @property
    def costs(self) -> tuple[float, float]:
        """J at the end of each descent; beyond the range of a double it is inf."""
        return float(self.batch.cost[-1]), float(self.sgd.cost[-1])

    @property
    def least(self) -> float:
        """The least cost; 0 if a line meets every sample."""
        return 0.0 if self.objective.exact else self.objective.cost(self.goal)

    def cost_texts(self, *others: float) -> list[str]:
        """The costs at the ends and ``others``; what differs looks different."""
        one, other = self.costs
        values = [one, one if self.same_cost else other, *others]
        if all(map(math.isfinite, values)):
            return apart(values, 3)
        return [short(value, 3) if math.isfinite(value) else "∞" for value in values]


def plane_told(facts: PlaneFacts) -> Numbers:
    """Numbers for narration and notes: of the lesson, of the ends, and the condition number."""
    lesson = facts.lesson
    batch, sgd, least = facts.cost_texts(facts.least)
    ends = {"batch": batch, "sgd": sgd, "least": least, "condition": facts.condition_text}
    return {
        "lr": short(lesson.lr),
        "w0": short(lesson.w0),
        "b0": short(lesson.b0),
        "n": lesson.data.n,
        **ends,
    }


def _left(trace: Trace, goal: Values) -> float:
    """The share of the way that is left: the largest in w, in b (if it had a way), and straight."""
    first, last = (np.abs(trace.theta[k] - goal) for k in (0, -1))
    straight = float(np.hypot(*last)) / (float(np.hypot(*first)) or 1.0)
    each = [float(b / a) for a, b in zip(first, last, strict=True) if a > NEAR * max(first)]
    return max([straight, *each])


def _down_then_along(error: Values) -> bool:
    """Whether a path stays on the floor from some update on, and from there goes along it."""
    across, along = np.abs(error).T
    off = np.flatnonzero(across > _ON_FLOOR * across[0])
    first = int(off[-1]) + 1 if off.size else 0
    if not 0 < first < len(across) - 1:
        return False
    gone = float(along[first] - along[-1])
    return gone > max(_ALONG * float(along[0]), float(across[first]))
