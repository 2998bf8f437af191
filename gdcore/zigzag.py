"""What zig-zags in a finished trace, and why: the captions say what was measured."""

from enum import Enum

import numpy as np

from gdcore.arrays import FloatArray, IntArray
from gdcore.trace import Trace

_NEGLIGIBLE = 1e-9  # share of the largest move; smaller moves are rounding errors, no zig-zag
_LOOKED_AT = 10_000  # reversals at most; of more, an even selection is examined


class ZigZag(Enum):
    """What makes a trace zig-zag (see `zigzag_cause`)."""

    SAMPLES = "samples"
    OVERSHOOT = "overshoot"
    NOISE = "noise"
    NOTHING = "nothing"


def zigzag_cause(trace: Trace) -> ZigZag:
    """Say what makes this trace zig-zag, from the trace itself.

    A *reversal* at theta[k] is a move against the one before: their inner product is negative.
    Moves below 1e-9 of the largest one do not count. At theta[k] two gradients are compared, that
    of the samples of the move before and that of the samples of update k:

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
    turns = _reversals(trace)
    if not len(turns):
        return ZigZag.SAMPLES if _saw_tooth(trace) else ZigZag.NOTHING
    if len(turns) > _LOOKED_AT:
        turns = turns[np.linspace(0, len(turns) - 1, _LOOKED_AT).astype(int)]
    disagreed = sum(_disagree(trace, earlier, k) for earlier, k in turns.tolist())
    if 2 * disagreed <= len(turns):
        return ZigZag.OVERSHOOT
    return ZigZag.SAMPLES if trace.objective.exact else ZigZag.NOISE


def reversals(trace: Trace) -> int:
    """How many times the point turns back: moves opposed to the one before."""
    return len(_reversals(trace))


def loss_rises(trace: Trace) -> int:
    """How many of the T-1 consecutive after-update losses go up."""
    return _rises(trace.loss_after)


def cost_rises(trace: Trace) -> int:
    """How many of the T updates raise the cost."""
    return _rises(trace.cost)


def retreats(trace: Trace, target: FloatArray) -> int:
    """How many of the T updates move theta away from a target, shape (d,), such as w*."""
    return _rises(distance(trace, target))


def first_within(trace: Trace, target: FloatArray, tolerance: float) -> int | None:
    """The update at which theta is first nearer to the target than the tolerance, or None."""
    near = np.flatnonzero(distance(trace, target) < tolerance)
    return int(near[0]) if near.size else None


def distance(trace: Trace, target: FloatArray) -> FloatArray:
    """The distance |theta[k] - target|, shape (T+1,)."""
    away: FloatArray = np.abs(trace.theta - np.asarray(target, dtype=np.float64))
    return away[:, 0] if away.shape[1] == 1 else np.hypot(away[:, 0], away[:, 1])


def _rises(values: FloatArray) -> int:
    return int(np.count_nonzero(values[1:] > values[:-1]))


def _saw_tooth(trace: Trace) -> bool:
    """Whether the current samples' loss ever rises, by more than 1e-9 of the largest loss."""
    if trace.order == "batch" or trace.objective.n == 1:
        return False
    losses: FloatArray = trace.loss_after[np.isfinite(trace.loss_after)]
    return bool(np.any(np.diff(losses) > _NEGLIGIBLE * np.max(losses, initial=0)))


def _reversals(trace: Trace) -> IntArray:
    """Pairs of updates (before, now), shape (r, 2): the second moves against the first."""
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        moves = np.diff(trace.theta, axis=0)
        length = np.max(np.abs(moves), axis=1, initial=0)
        kept = np.flatnonzero(length > _NEGLIGIBLE * np.max(length, initial=0))
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
    scale = max(map(abs, [*before, *now])) or 1.0
    return sum((a / scale) * (b / scale) for a, b in zip(before, now, strict=True)) < 0
