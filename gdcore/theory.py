"""What is known about a descent before it runs: thresholds, factors, where SGD ends.

Everything here is for least squares and plain SGD. In the model without a bias the gradient of
loss_i is `c_i*(w - m_i)` with curvature `c_i = 2*x_i^2` and minimiser `m_i = y_i/x_i`. So an update
with sample i multiplies the distance from m_i by `1 - lr*c_i`. All the rest follows from this.
For the stochastic results see Bottou, Curtis, Nocedal, "Optimization methods for large-scale
machine learning", SIAM Review 60 (2018), section 4. "Region of confusion" is Bertsekas' term.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from gdcore.arrays import FloatArray
from gdcore.least_squares import LeastSquares
from gdcore.zigzag import ZigZag, zigzag_cause

__all__ = [
    "Spread",
    "Thresholds",
    "ZigZag",
    "calm_rate",
    "condition_number",
    "contraction",
    "limit_cycle",
    "region_of_confusion",
    "sgd_factors",
    "stationary_spread",
    "steepest",
    "thresholds",
    "zigzag_cause",
]

Function = Callable[[float], float]

_MANY = 400  # distinct curvatures; with more of them the in-order threshold is not computed


class Thresholds(NamedTuple):
    """Learning rates at which the behaviour changes (inf: never; nan: not computed).

    - `no_overshoot`: 1/L. Below it batch descent never passes the minimiser.
    - `divergence`: 2/L. Above it batch descent diverges; between the two it oscillates.
    - `sample_overshoot`: 1/max c_i. Above it a single-sample step passes that sample's minimiser.
    - `in_order`: above it in-order SGD diverges; nan with a bias, or beyond 400 distinct |x|.
    - `random`: `2*E[c_i]/E[c_i^2]`. Above it the variance of uniformly random SGD has no bound; nan
      with a bias.
    """

    no_overshoot: float
    divergence: float
    sample_overshoot: float
    in_order: float
    random: float


class Spread(NamedTuple):
    """Mean and standard deviation of a stationary distribution of w."""

    mean: float
    std: float


class Moments(NamedTuple):
    """Moments of a random batch: `goal` is `w*`, `curvature` is `E[c]`, `spread` is `Var[c]`.

    `cross` is `E[c*r]` and `noise` is `E[r^2]`, where r is the batch's mean gradient at `w*`;
    `E[r] = 0`.
    """

    goal: float
    curvature: float
    spread: float
    cross: float
    noise: float


def thresholds(objective: LeastSquares) -> Thresholds:
    """The learning rates that separate calm, oscillating and diverging descents."""
    curvatures = _curvatures(objective)
    largest = float(np.max(curvatures))
    in_order = random = float("nan")
    if not objective.bias:
        in_order = _in_order_threshold(curvatures)
        random = _ratio(2 * float(np.mean(curvatures)), float(np.mean(curvatures**2)))
    L = objective.curvature
    return Thresholds(_ratio(1, L), _ratio(2, L), _ratio(1, largest), in_order, random)


def contraction(objective: LeastSquares, lr: float) -> float:
    """`1 - L*lr`: a batch update multiplies the error by it, along the steepest eigenvector."""
    return 1 - objective.curvature * lr


def steepest(objective: LeastSquares, batch_size: int = 1) -> float:
    """The largest curvature that the mean loss of a batch can have: the mean of the largest c_i.

    max c_i for single samples; for the full batch it is L, or with a bias the trace of the Hessian,
    which is a little more.
    """
    curvatures = _curvatures(objective)
    size = min(max(batch_size, 1), objective.n)
    return float(np.mean(np.partition(curvatures, objective.n - size)[objective.n - size :]))


def calm_rate(objective: LeastSquares, batch_size: int = 1) -> float:
    """`1/C`, rounded down to two digits: a rate at which nothing swings.

    C is the largest curvature of a batch (`steepest`), max c_i for single samples. No update passes
    the minimum of its batch's loss, and batch descent does not overshoot either, since L is at most
    C. inf if every c_i is 0.
    """
    rate = _ratio(1, steepest(objective, batch_size))
    if not np.isfinite(rate):
        return rate
    last = int(np.floor(np.log10(rate))) - 1  # the second digit's power of ten
    # 1/20 is 0.05, whichever way its last bit was rounded.
    return float(f"{int(rate / 10.0**last * (1 + 1e-9))}e{last}")


def condition_number(objective: LeastSquares) -> float:
    """The ratio of the Hessian's eigenvalues: how much steeper J is across its valley than along.

    1 without a bias. With a bias it is computed from the product of the eigenvalues, `4*var(x)`: a
    difference of nearly equal numbers would lose digits. inf if the minima of J form a line.
    """
    if not objective.bias:
        return 1.0
    return _ratio(objective.curvature**2, 4 * float(np.var(objective.data.x)))


def sgd_factors(objective: LeastSquares, lr: float) -> FloatArray:
    """`1 - lr*c_i`, shape (n,): an update with sample i multiplies `w - m_i` by it.

    With a bias it multiplies the residual of that sample. On exact data the product of all n is
    the factor of the error for one epoch.
    """
    return 1 - lr * _curvatures(objective)


def limit_cycle(objective: LeastSquares, lr: float) -> FloatArray:
    """Where in-order SGD ends: w after the update with sample 0, 1, ..., shape (n,).

    The fixed point of the maps `w <- a_i*w + b_i`, one after another, with `a_i = 1 - lr*c_i` and
    `b_i = 2*lr*x_i*y_i`. nan if there is none: if the product of all a_i is not within -1..1.
    On exact data it is `w*` everywhere.
    """
    _needs_no_bias(objective)
    factors = sgd_factors(objective, lr).tolist()
    shifts = (2 * lr * objective.data.x * objective.data.y).tolist()
    scale, offset = 1.0, 0.0
    for a, b in zip(factors, shifts, strict=True):
        scale, offset = a * scale, a * offset + b
    if not abs(scale) < 1:
        return np.full(objective.n, np.nan)
    w = offset / (1 - scale)
    cycle = []
    for a, b in zip(factors, shifts, strict=True):
        w = a * w + b
        cycle.append(w)
    return np.array(cycle)


def stationary_spread(objective: LeastSquares, lr: float, batch_size: int = 1) -> Spread:
    """Where random-order SGD ends: the mean `w*` and the exact standard deviation of w.

    Let `e = w - w*`, and let c and r be the mean curvature and the mean gradient of the batch at
    `w*`. Then an update is `e <- (1 - lr*c)*e - lr*r`, and `E[r] = 0`. Hence `E[e] = 0` and

        Var = lr^2*E[r^2] / (2*lr*E[c] - lr^2*E[c^2])

    std is inf if the denominator is not positive. Batches are drawn with replacement, so their
    variances are divided by batch_size. This is exact if batch_size divides n; otherwise the last
    batch of an epoch is smaller.
    """
    drawn = moments(objective, batch_size)
    damping = lr * (2 * drawn.curvature - lr * (drawn.curvature**2 + drawn.spread))
    if not damping > 0:
        return Spread(drawn.goal, float("inf"))
    return Spread(drawn.goal, lr * float(np.sqrt(drawn.noise / damping)))


def moments(objective: LeastSquares, batch_size: int = 1) -> Moments:
    """The moments of a random batch: of its curvature c and its gradient r at `w*`."""
    _needs_no_bias(objective)
    w = objective.minimiser().item()
    x, y, curvatures = objective.data.x, objective.data.y, _curvatures(objective)
    gradients = 2 * x * (x * w - y)
    return Moments(
        w,
        float(np.mean(curvatures)),
        float(np.var(curvatures)) / batch_size,
        float(np.mean(curvatures * gradients)) / batch_size,
        float(np.mean(gradients**2)) / batch_size,
    )


def region_of_confusion(objective: LeastSquares) -> tuple[float, float]:
    """The least and the largest sample minimiser. Between them the gradients disagree.

    Samples with `x_i = 0` say nothing about w; if there are no others, both values are nan. On
    exact data the region is the single point `w*`, without rounding errors.
    """
    _needs_no_bias(objective)
    if objective.exact:
        w = objective.minimiser().item()
        return w, w
    x, y = objective.data.x, objective.data.y
    minima = y[x != 0] / x[x != 0]
    return (float(minima.min()), float(minima.max())) if minima.size else (np.nan, np.nan)


def _curvatures(objective: LeastSquares) -> FloatArray:
    return 2 * (objective.data.x**2 + objective.bias)


def _ratio(above: float, below: float) -> float:
    return above / below if below > 0 else float("inf")


def _needs_no_bias(objective: LeastSquares) -> None:
    if objective.bias:
        raise ValueError("this is known for the model without a bias only")


def _in_order_threshold(curvatures: FloatArray) -> float:
    """The least lr > 0 with |product of (1 - lr*c_i)| = 1.

    log|product| is concave in lr between its poles 1/c_i, so each interval holds one maximum; the
    first interval whose maximum is not negative holds the root, on the maximum's left side.
    """
    distinct, counts = np.unique(curvatures[curvatures > 0], return_counts=True)
    if not distinct.size:
        return float("inf")
    if distinct.size > _MANY:
        return float("nan")
    poles = np.append(1 / distinct[::-1], 3 / distinct[0])  # beyond 2/c_min it exceeds 1

    def slope(lr: float) -> float:
        return float(np.sum(counts / (lr - 1 / distinct)))

    def height(lr: float) -> float:
        return float(counts @ np.log(np.abs(1 - lr * distinct)))

    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        return _first_root(height, slope, poles)


def _first_root(height: Function, slope: Function, poles: FloatArray) -> float:
    for left, right in zip(poles[:-1].tolist(), poles[1:].tolist(), strict=True):
        last = right == poles[-1]
        top = right if last else _bisect(lambda lr: slope(lr) > 0, left, right)
        if (last or left < top < right) and height(top) >= 0:
            return _bisect(lambda lr: height(lr) < 0, left, top)
    return float("nan")


def _bisect(below: Callable[[float], bool], low: float, high: float) -> float:
    """The point of (low, high) up to which `below` holds."""
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if below(middle):
            low = middle
        else:
            high = middle
    return (low + high) / 2
