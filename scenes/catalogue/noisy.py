"""Data that no line fits, for films that need noise."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from gdcore.data import LECTURE, NOISY, Dataset
from gdcore.least_squares import LeastSquares
from gdcore.theory import Spread, stationary_spread, thresholds
from gdcore.trace import Trace
from scenes.catalogue.descents import sgd_trace
from scenes.catalogue.lesson import Lesson

# These factors turn the lecture's y = 2, 4, 6 into the noisy 2.3, 3.6, 6.3.
_NOISE = (1.15, 0.9, 1.05)
_OF_THE_LIMIT = 0.28


def noisy_twin(data: Dataset) -> Dataset:
    """``data`` if no line through the origin fits it, else the same x with noise of ±15 % on y.

    For data that this noise would leave exact it is the lecture's noisy set.
    """
    if not data.exact:
        return data
    factors = np.resize(np.array(_NOISE), data.n)
    if data.has_samples_of(LECTURE):
        return NOISY.named(data.x_name, data.y_name)
    if data.n < 2 or not (data.x * data.y).all():
        return NOISY
    return Dataset(data.x, data.y * factors, f"{data.name} + noise").named(data.x_name, data.y_name)


def steady_rate(data: Dataset) -> float:
    """A rate of one digit, at which updates with single samples have a stationary spread.

    It is a share of the limit for that, `2*E[c_i]/E[c_i^2]`, and not of 1/L: the films that use it
    show this spread. 0.04 for the lecture's x.
    """
    return float(f"{_OF_THE_LIMIT * thresholds(LeastSquares(data)).random:.0e}")


def noise_trace(lesson: Lesson) -> Trace:
    """SGD on noisy data in uniformly random order, for a section about noise."""
    twin = noisy_twin(lesson.data)
    if twin == NOISY and not (lesson.data == NOISY or lesson.data.has_samples_of(LECTURE)):
        lesson = Lesson(seed=lesson.seed)  # other data: the lecture's own start and rate
    return sgd_trace(replace(lesson, data=twin, order="random"))


def spread(trace: Trace) -> Spread | None:
    """The exact stationary spread of ``trace``, or None if the theory does not hold.

    It holds for plain SGD at a constant rate below the mean-square threshold, with mini-batches of
    one size: the last batch of an epoch must not be smaller.
    """
    assert isinstance(trace.objective, LeastSquares)
    if str(trace.rule) != "sgd" or str(trace.schedule) != "constant":
        return None
    if trace.objective.n % trace.batch_size:
        return None
    found = stationary_spread(trace.objective, trace.lr, trace.batch_size)
    return found if math.isfinite(found.std) and found.std > 0 else None
