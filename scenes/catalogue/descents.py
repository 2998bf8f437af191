"""The descents that several films draw."""

from __future__ import annotations

from typing import Any

from gdcore.descent import descend
from gdcore.least_squares import LeastSquares
from gdcore.trace import Trace
from scenes.catalogue.lesson import Lesson


def descent(lesson: Lesson, order: str, batch_size: int, bias: bool = False, **other: Any) -> Trace:
    """The descent of ``lesson`` in this order; ``other`` knobs replace those of the lesson."""
    asked: dict[str, Any] = {"lr": lesson.lr, "epochs": lesson.epochs, "seed": lesson.seed}
    asked |= {"rule": lesson.rule, "schedule": lesson.schedule}
    start = [lesson.w0, lesson.b0] if bias else [lesson.w0]
    objective = LeastSquares(lesson.data, bias)
    return descend(objective, start, order=order, batch_size=batch_size, **(asked | other))


def updates_per_epoch(lesson: Lesson) -> int:
    """The number of SGD updates in an epoch: one for each batch; the last batch may be smaller."""
    return -(-lesson.data.n // (lesson.batch_size or 1))


def batch_trace(lesson: Lesson, bias: bool = False) -> Trace:
    """Full-batch descent: one update per epoch, as many epochs as the lesson's (see `descent`)."""
    return descent(lesson, "batch", lesson.data.n, bias)


def sgd_trace(lesson: Lesson, bias: bool = False) -> Trace:
    """Stochastic descent in the lesson's order (in order unless asked otherwise)."""
    return descent(lesson, lesson.order or "in-order", lesson.batch_size or 1, bias)
