"""What zig-zags in a finished trace, and why: the captions say what was measured."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from gdcore.arrays import FloatArray, IntArray
from gdcore.trace import Trace

_NEGLIGIBLE = 1e-9  # share of the largest (of moves: so far); what is smaller is a rounding error
_ROUNDING = 8 * float(np.finfo(np.float64).eps)  # of target and theta; a smaller retreat is none


class ZigZag(Enum):
    """What makes a trace zig-zag (see `zigzag_cause`)."""

    SAMPLES = "samples"
    OVERSHOOT = "overshoot"
    NOISE = "noise"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Causes:
    """How many retreats or reversals each cause makes; every one of them has one cause.

    - `overshoot`: the step goes down its own samples' loss, but past the minimum of it.
    - `samples`: it goes towards its own samples' minimum, and that lies elsewhere, though one theta
      fits all samples.
    - `noise`: the same, and no theta fits all samples.
    - `velocity`: it does not go down its own samples' loss; the velocity of earlier steps leads it.
    """

    overshoot: int = 0
    samples: int = 0
    noise: int = 0
    velocity: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.overshoot + self.disagree + self.velocity

    @property
    def disagree(self) -> int:
        """Those of samples whose minima lie apart, with noise or without."""
        return self.samples + self.noise


def zigzag_cause(trace: Trace) -> ZigZag:
    """Say what makes this trace zig-zag, from the trace itself.

    A *reversal* at theta[k] is a move against the one before: their inner product is negative.
    Moves below 1e-9 of the largest one until then do not count. At theta[k] two gradients are
    compared, that of the samples of the move before and that of the samples of update k:

    - They agree: the last step was too long, or the velocity too high, so the point passed its
      goal: **OVERSHOOT**. With a single function (batch, a landscape) no other cause is possible.
    - They disagree: the point lies between the minimisers of the two, or on the first of them. If
      no theta fits all samples, **NOISE** pushes it to and fro in the region of confusion. If one
      theta fits all (the straight valleys of a plane cross in one point), the other **SAMPLES**
      turn it.

    The cause of most reversals is the answer; OVERSHOOT if both are equally frequent. Without any
    reversal the point goes straight on. Then the loss of the current sample may still rise from one
    update to the next, because each update looks at another parabola: **SAMPLES**. Otherwise it is
    **NOTHING**.
    """
    turns = reversal_causes(trace)
    if not turns.total:
        return ZigZag.SAMPLES if jumps(trace) else ZigZag.NOTHING
    if 2 * turns.disagree <= turns.total:
        return ZigZag.OVERSHOOT
    return ZigZag.SAMPLES if trace.objective.exact else ZigZag.NOISE


def reversal_causes(trace: Trace) -> Causes:
    """The causes of the reversals (see `zigzag_cause`), counted separately.

    A reversal is one of `velocity` if the gradients agree and the step before did not itself pass
    the minimum of its samples' loss.
    """
    found: Counter[str] = Counter()
    for earlier, k in _reversals(trace).tolist():
        if _disagree(trace, earlier, k):
            found["samples" if trace.objective.exact else "noise"] += 1
        else:
            carried = _way(trace, earlier) != "overshoot" and trace.rule.name != "sgd"
            found["velocity" if carried else "overshoot"] += 1
    return Causes(**found)


def retreat_causes(trace: Trace, target: FloatArray) -> Causes:
    """The causes of the updates that move theta away from a target, shape (d,), such as w*.

    If an update looks at all samples, they do not disagree: then a step down their loss that leads
    away from the minimum is too long.
    """
    found: Counter[str] = Counter()
    for k in np.flatnonzero(retreating(trace, target)).tolist():
        way = _way(trace, k)
        if way == "towards":
            whole = trace.order == "batch" or trace.objective.n == 1
            way = "overshoot" if whole else "samples" if trace.objective.exact else "noise"
        found[way] += 1
    return Causes(**found)


def reversals(trace: Trace) -> int:
    """How many times the point turns back: moves opposed to the one before."""
    return len(_reversals(trace))


def loss_rises(trace: Trace) -> int:
    """How many of the T-1 consecutive after-update losses go up."""
    return _rises(trace.loss_after)


def jumps(trace: Trace) -> bool:
    """Whether the current samples' loss ever rises, by more than 1e-9 of the largest loss."""
    if trace.order == "batch" or trace.objective.n == 1:
        return False
    losses: FloatArray = trace.loss_after[np.isfinite(trace.loss_after)]
    return bool(np.any(np.diff(losses) > _NEGLIGIBLE * np.max(losses, initial=0)))


def cost_rises(trace: Trace) -> int:
    """How many of the T updates raise the cost."""
    return _rises(trace.cost)


def retreats(trace: Trace, target: FloatArray) -> int:
    """How many of the T updates move theta away from a target, shape (d,), such as w*."""
    return int(np.count_nonzero(retreating(trace, target)))


def retreating(trace: Trace, target: FloatArray) -> npt.NDArray[np.bool_]:
    """Which updates move theta away from a target, shape (T,).

    A change of a few units of the last digit, of the target or of theta, is a rounding error.
    """
    away = distance(trace, target)
    least = _ROUNDING * (float(np.max(np.abs(target))) + np.max(np.abs(trace.theta[:-1]), axis=1))
    moved: npt.NDArray[np.bool_] = away[1:] > away[:-1] + least
    return moved


def distance(trace: Trace, target: FloatArray) -> FloatArray:
    """The distance |theta[k] - target|, shape (T+1,)."""
    away: FloatArray = np.abs(trace.theta - np.asarray(target, dtype=np.float64))
    return away[:, 0] if away.shape[1] == 1 else np.hypot(away[:, 0], away[:, 1])


def _rises(values: FloatArray) -> int:
    return int(np.count_nonzero(values[1:] > values[:-1]))


def _reversals(trace: Trace) -> IntArray:
    """Pairs of updates (before, now), shape (r, 2): the second moves against the first."""
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        moves = np.diff(trace.theta, axis=0)
        length = np.max(np.abs(moves), axis=1, initial=0)
        # Of the moves so far: those of a descent that diverges outgrow its first ones.
        kept = np.flatnonzero(length > _NEGLIGIBLE * np.maximum.accumulate(length))
        units = moves[kept] / length[kept, None]
        products: FloatArray = np.einsum("kd,kd->k", units[:-1], units[1:])
    pairs: IntArray = np.column_stack((kept[:-1], kept[1:])).astype(np.int32)
    return pairs[products < 0]


def _disagree(trace: Trace, earlier: int, k: int) -> bool:
    """Whether at theta[k] the earlier update's samples pull against those of update k."""
    row = trace.samples[earlier]
    with np.errstate(over="ignore", invalid="ignore"):
        before = trace.objective.mean_gradient(trace.theta[k].tolist(), row[row >= 0].tolist())
    now: list[float] = trace.gradient[k].tolist()
    if max(map(abs, before)) <= _NEGLIGIBLE * max(map(abs, now)):
        return max(map(abs, now)) > 0
    return _product(before, now) < 0


def _way(trace: Trace, k: int) -> str:
    """Whether update k goes "towards" its own samples' minimum, past it, or elsewhere.

    "overshoot": the step begins down the slope of their loss and ends where the loss rises.
    "velocity": it does not begin down the slope.
    """
    row, step = trace.samples[k], (trace.theta[k + 1] - trace.theta[k]).tolist()
    before: list[float] = trace.gradient[k].tolist()
    if not _product(before, step) < 0:
        return "velocity"
    with np.errstate(over="ignore", invalid="ignore"):
        after = trace.objective.mean_gradient(trace.theta[k + 1].tolist(), row[row >= 0].tolist())
    if max(map(abs, after)) <= _NEGLIGIBLE * max(map(abs, before)):
        return "towards"  # it ends just at the minimum
    # nan: beyond the range of a double, so far past the minimum
    return "towards" if _product(after, step) <= 0 else "overshoot"


def _product(one: Sequence[float], other: Sequence[float]) -> float:
    """The inner product of two vectors up to a factor > 0, so that it does not overflow."""
    a, b = (max(map(abs, vector)) or 1.0 for vector in (one, other))
    return sum((x / a) * (y / b) for x, y in zip(one, other, strict=True))
