"""Which traces each film draws, and which knobs make no sense for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from gdcore.data import LECTURE, NOISY, DataError, Dataset
from gdcore.descent import descend
from gdcore.least_squares import LeastSquares
from gdcore.trace import Trace
from scenes.lesson import Lesson, LessonError


def _descend(lesson: Lesson, order: str, batch_size: int) -> Trace:
    return descend(
        LeastSquares(lesson.data),
        [lesson.w0],
        lr=lesson.lr,
        epochs=lesson.epochs,
        order=order,
        batch_size=batch_size,
        rule=lesson.rule,
        schedule=lesson.schedule,
        seed=lesson.seed,
    )


def batch_trace(lesson: Lesson) -> Trace:
    """Full-batch descent: one update an epoch."""
    return _descend(lesson, "batch", lesson.data.n)


def sgd_trace(lesson: Lesson) -> Trace:
    """Stochastic descent in the lesson's order (in order unless asked otherwise)."""
    return _descend(lesson, lesson.order or "in-order", lesson.batch_size or 1)


# What makes the lecture's y = 2, 4, 6 the noisy 2.3, 3.6, 6.3.
_NOISE = (1.15, 0.9, 1.05)


def noisy_twin(data: Dataset) -> Dataset:
    """``data`` if no line through the origin fits it, else the same x with noise of ±15 % on y.

    The lecture's noisy set stands in for data that such noise would leave exact.
    """
    if not data.exact:
        return data
    factors = np.resize(np.array(_NOISE), data.n)
    if data == LECTURE or data.n < 2 or not (data.x * data.y).all():
        return NOISY
    return Dataset(data.x, data.y * factors, name=f"{data.name} + noise")


def noise_trace(lesson: Lesson) -> Trace:
    """SGD on noisy data in uniformly random order, for the film's noise beat."""
    twin = noisy_twin(lesson.data)
    if twin is NOISY and lesson.data != LECTURE:
        lesson = Lesson(seed=lesson.seed)  # other data: the lecture's own start and rate
    return sgd_trace(replace(lesson, data=twin, order="random"))


def no_traces(lesson: Lesson) -> Mapping[str, Trace]:
    """For a film that shows no descent."""
    return {}


def batch_traces(lesson: Lesson) -> Mapping[str, Trace]:
    """The trace of the film ``batch``."""
    return {"batch": batch_trace(lesson)}


def sgd_traces(lesson: Lesson) -> Mapping[str, Trace]:
    """The traces of the film ``sgd``: the lesson's, and the one of its noise beat."""
    return {"sgd": sgd_trace(lesson), "noise": noise_trace(lesson)}


def _check_data(lesson: Lesson) -> None:
    if not lesson.data.x.any():
        raise DataError(f"{lesson.data.name}: all x are 0, so the cost does not depend on w")


def check_cost_function(lesson: Lesson) -> None:
    """The film ``cost-function`` makes no update: it needs data and a start only."""
    _check_data(lesson)
    plain = Lesson()
    for knob in ("lr", "epochs", "order", "batch_size", "rule", "schedule"):
        if getattr(lesson, knob) != getattr(plain, knob):
            raise LessonError(knob, "cost-function makes no updates, so it takes data and w0 only")


def check_batch(lesson: Lesson) -> None:
    """The film ``batch`` uses all samples at each update."""
    _check_data(lesson)
    if lesson.order not in (None, "batch"):
        raise LessonError("order", "batch uses all samples at each update; see the film sgd")
    if lesson.batch_size not in (None, lesson.data.n):
        raise LessonError("batch_size", "batch uses all samples at each update; see the film sgd")


def check_sgd(lesson: Lesson) -> None:
    """The film ``sgd`` looks at some of the samples at each update."""
    _check_data(lesson)
    if lesson.order == "batch":
        raise LessonError("order", "sgd looks at a part of the samples; see the film batch")
    size = lesson.batch_size
    if size is not None and not 1 <= size <= lesson.data.n:
        raise LessonError("batch_size", f"batch_size must lie between 1 and {lesson.data.n}")
