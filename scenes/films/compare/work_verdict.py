"""How near two descents come to the minimum, after how much work, and which caption says so."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from gdcore.least_squares import LeastSquares
from gdcore.theory import region_of_confusion
from gdcore.trace import Trace
from gdcore.zigzag import distance, first_within

_SHARE = 1e-3  # tolerance as a share of the start's distance, which is 1 in the lecture
_FAR = 3.0  # widths of the region of confusion; noise does not push w farther than this


@dataclass(frozen=True)
class Finish:
    """When a descent is first nearer to w* than the tolerance (None: never), and how it ends.

    ``epochs`` is the epoch; ``updates`` and ``gradients`` are the numbers of them until then.
    """

    epochs: int | None
    updates: int | None
    gradients: int | None
    stays: bool
    """whether it is within the tolerance throughout its last epoch"""
    diverges: bool

    def count(self, axis: str) -> int | None:
        """``epochs``, ``updates`` or ``gradients``."""
        found: int | None = getattr(self, axis)
        return found


def tolerance(trace: Trace) -> float:
    """A thousandth of the start's distance from w*, in one digit; of |w*| if that is 0."""
    goal = _goal(trace)
    away = abs(float(trace.w[0]) - goal)
    if away <= 1e-9 * max(1.0, abs(goal)):
        away = abs(goal) or 1.0
    return float(f"{_SHARE * away:.0e}")


def finish(trace: Trace, near: float) -> Finish:
    """How ``trace`` comes within ``near`` of w*."""
    target = np.array([_goal(trace)])
    away = distance(trace, target)
    first = first_within(trace, target, near)
    diverges = _diverges(trace)
    if first is None:
        return Finish(None, None, None, False, diverges)
    epochs = math.ceil(first / trace.updates_per_epoch)
    gradients = int(trace.sample_gradients[first])
    stays = bool((away[-trace.updates_per_epoch - 1 :] < near).all()) and not diverges
    return Finish(epochs, first, gradients, stays, diverges)


def verdict(batch: Finish, sgd: Finish, trace: Trace) -> tuple[str, str]:
    """The caption's key for the end, and SGD's sample gradients as a share of batch's, in %.

    ``trace`` is that of SGD.
    """
    share = ""
    if batch.gradients and sgd.gradients:
        share = f"{100 * sgd.gradients / batch.gradients:.0f}"
    if batch.diverges and sgd.diverges:
        return "result-both-diverge", share
    if batch.diverges or sgd.diverges:
        return ("result-batch-diverges" if batch.diverges else "result-sgd-diverges"), share
    if batch.stays and sgd.stays:
        return ("result-both" if share else "result-at-rest"), share
    if not trace.objective.exact and not sgd.stays:
        return ("result-restless" if batch.stays else "result-neither-noisy"), share
    if batch.stays or sgd.stays:
        return ("result-batch-only" if batch.stays else "result-sgd-only"), share
    return "result-neither", share


def _goal(trace: Trace) -> float:
    assert isinstance(trace.objective, LeastSquares)
    return float(trace.objective.minimiser()[0])


def _diverges(trace: Trace) -> bool:
    """Whether w ends farther away than at the start, and farther than noise alone pushes it."""
    if trace.diverged_at is not None:
        return True
    assert isinstance(trace.objective, LeastSquares)
    goal, (low, high) = _goal(trace), region_of_confusion(trace.objective)
    start, end = abs(float(trace.w[0]) - goal), abs(float(trace.w[-1]) - goal)
    rounding = 1e-9 * max(1.0, abs(goal))
    return end > max(start * (1 + 1e-9), _FAR * (high - low), rounding)
