"""What the film `cost-function` says, and when it is true."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from gdcore.least_squares import LeastSquares
from scenes.catalogue.captions import Caption, Captions, Numbers
from scenes.catalogue.lesson import Lesson
from scenes.catalogue.minimum import residuals
from scenes.stage.page.figures import short

Values = npt.NDArray[np.float64]


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


def _bottom(facts: Facts) -> Numbers:
    return {"w": facts.best_text, "cost": facts.least_text}


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
        "sweep": [Caption("sweep")],
        "bottom": [
            Caption("bottom-exact", lambda facts: facts.data.exact, _bottom),
            Caption("bottom-noisy", numbers=_bottom),
        ],
    },
)
