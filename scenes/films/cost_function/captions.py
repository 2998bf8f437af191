"""What the film `cost-function` says, and when it is true."""

from __future__ import annotations

import math
from functools import cached_property

import numpy as np
import numpy.typing as npt

from gdcore.least_squares import LeastSquares
from scenes.catalogue.captions import Caption, Captions, Numbers
from scenes.catalogue.lesson import Lesson
from scenes.catalogue.minimum import residuals
from scenes.stage.page.figures import apart, short

Values = npt.NDArray[np.float64]

FARTHEST = 1.4  # how far w sweeps, in distances of the start from the minimum


class Facts:
    """The losses at the lesson's w, and the least cost."""

    def __init__(self, lesson: Lesson) -> None:
        self.data, self.w = lesson.data, lesson.w0
        self.objective = LeastSquares(lesson.data)

    @cached_property
    def losses(self) -> Values:
        """The squared residuals, shape (n,)."""
        return residuals(self.data, self.w) ** 2

    @cached_property
    def best(self) -> float:
        """The w of least cost."""
        return float(self.objective.minimiser()[0])

    @cached_property
    def ends(self) -> tuple[float, float]:
        """How far w sweeps: past the start, and far enough to show a parabola for any start."""
        lowest = float(self.objective.cost([self.best]))
        doubled = math.sqrt(2 * lowest / float(self.objective.curvature))  # there J = 2 · lowest
        least = max(doubled, abs(self.best) / 2) or 1.0
        reach = max(FARTHEST * abs(self.w - self.best), least)
        return self.best - reach, self.best + reach

    @property
    def other(self) -> float:
        """The w that is asked about: the end of the sweep on the side of the start.

        It is farther from the best w than the start is, so its cost is larger.
        """
        return self.ends[0] if self.w <= self.best else self.ends[1]

    @cached_property
    def start_cost(self) -> float:
        """The cost at the lesson's w."""
        return float(self.losses.mean())

    @cached_property
    def other_cost(self) -> float:
        """The cost at the w that is asked about."""
        return float((residuals(self.data, self.other) ** 2).mean())

    @cached_property
    def least(self) -> float:
        """The least cost; 0 if the line meets every sample."""
        return 0.0 if self.data.exact else self.objective.cost([self.best])

    @property
    def best_text(self) -> str:
        """The best w as the film writes it."""
        return short(self.best, 5)

    @property
    def least_text(self) -> str:
        """The least cost as the film writes it."""
        return short(self.least)


def _is_alone(facts: Facts) -> bool:
    return facts.data.n == 1


def _start(facts: Facts) -> Numbers:
    return {"n": facts.data.n, "w": short(facts.w)}


def _asked(facts: Facts) -> Numbers:
    return {"w": short(facts.other)}


def _answer(facts: Facts) -> Numbers:
    start, other = apart([facts.start_cost, facts.other_cost])
    return {"start": start, "other": other}


def _bottom(facts: Facts) -> Numbers:
    return {"w": facts.best_text, "cost": facts.least_text}


def _told(facts: Facts) -> Numbers:
    return {"n": facts.data.n, "w0": short(facts.w), "first": short(facts.start_cost, 5)}


CAPTIONS = Captions(
    Facts,
    {
        "data": [
            Caption("data-one", _is_alone, _start),
            Caption("data", numbers=_start),
        ],
        "loss": [
            Caption("loss-none", lambda facts: not facts.losses.any()),
            Caption("loss"),
        ],
        "cost": [
            Caption("cost-one", _is_alone),
            Caption("cost"),
        ],
        "ask": [Caption("ask", numbers=_asked)],
        "answer": [Caption("answer", numbers=_answer)],
        "sweep": [Caption("sweep")],
        "bottom": [
            Caption("bottom-exact", lambda facts: facts.data.exact, _bottom),
            Caption("bottom-noisy", numbers=_bottom),
        ],
    },
    told=_told,
)
