"""How near a descent comes to the minimum, and after how much work."""

from __future__ import annotations

import math
from dataclasses import dataclass

from gdcore.arrival import first_arrival
from scenes.stage.descent.course import Course

_SHARE = 1e-3  # tolerance as a share of the start's distance, which is 1 in the lecture


@dataclass(frozen=True)
class Finish:
    """When a descent first is as near to w* as the tolerance (None: never), and how it ends.

    ``epochs`` is the epoch; ``updates`` and ``gradients`` are the numbers of them until then.
    """

    epochs: int | None
    updates: int | None
    gradients: int | None
    stays: bool
    """whether it is within the tolerance throughout its last epoch"""

    def count(self, axis: str) -> int | None:
        """``epochs``, ``updates`` or ``gradients``."""
        found: int | None = getattr(self, axis)
        return found


def tolerance(course: Course) -> float:
    """A thousandth of the start's distance from w*, in one digit; of |w*| if that is 0."""
    away = course.start if course.start > course.rounding else abs(course.goal) or 1.0
    return float(f"{_SHARE * away:.0e}")


def finish(course: Course, near: float) -> Finish:
    """How a descent comes within ``near`` of w*."""
    trace = course.trace
    first = first_arrival(course.away, near)
    if first is None:
        return Finish(None, None, None, False)
    epochs = math.ceil(first / trace.updates_per_epoch)
    gradients = int(trace.sample_gradients[first])
    last = course.away[-trace.updates_per_epoch - 1 :]
    stays = trace.diverged_at is None and bool((last <= near).all())
    return Finish(epochs, first, gradients, stays)
