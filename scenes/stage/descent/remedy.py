"""A learning rate that would do better: tried before it is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from gdcore.least_squares import LeastSquares
from gdcore.theory import calm_rate
from gdcore.trace import Trace
from scenes.catalogue.lesson import RATE_MAX, Lesson
from scenes.stage.descent.course import Course
from scenes.stage.page.figures import below


def better_rate(lesson: Lesson, works: Callable[[Lesson], bool]) -> float | None:
    """A rate of two digits with which ``lesson`` ``works``, found by trying; None if there is none.

    Tried are the rate at which no step passes its sample's minimum, 1/L, and a tenth of the first,
    for a velocity; then rates for the rules whose steps are as long as the rate: parts of the way.
    """
    objective = LeastSquares(lesson.data)
    way = abs(lesson.w0 - float(objective.minimiser()[0]))
    calm = calm_rate(objective)
    tried = (calm, 1 / objective.curvature, calm / 10, 0.8 * way, way / 10)
    for rate in (below(rate) for rate in tried if 0 < rate <= RATE_MAX):
        if works(replace(lesson, lr=rate)):
            return rate
    return None


@dataclass(frozen=True)
class Remedy:
    """Whether the rate of a lesson is too large or too small for a descent, and a better one."""

    lesson: Lesson
    descend: Callable[[Lesson], Trace]

    @cached_property
    def course(self) -> Course:
        """The descent of the lesson."""
        return Course(self.descend(self.lesson))

    @cached_property
    def rate(self) -> float | None:
        """A rate that would do, if w runs off or creeps."""
        if not (self.course.ran_off or self.course.creeps):
            return None
        return better_rate(self.lesson, self._does_better)

    def _does_better(self, lesson: Lesson) -> bool:
        larger = lesson.lr > self.lesson.lr
        return larger is self.course.creeps and Course(self.descend(lesson)).succeeds

    @property
    def too_large(self) -> bool:
        """Whether w runs off, and a smaller rate would do."""
        return self.course.ran_off and self.rate is not None

    @property
    def too_small(self) -> bool:
        """Whether w creeps, and a larger rate would do."""
        return self.course.creeps and self.rate is not None
