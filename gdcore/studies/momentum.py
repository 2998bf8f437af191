"""Momentum on a quadratic: how fast an error shrinks, and the best rate and momentum.

In a direction of curvature c the gradient is `c*e`, with e the distance from the minimum. With rate
a and momentum m an update is linear in (e, v):

    v <- m*v + c*e
    e <- e - a*v

Its eigenvalues are the roots of `z^2 - (1 + m - a*c)*z + m = 0`. Their largest modulus, the
*spectral radius*, is the factor by which the error shrinks in an update, in the long run. Polyak,
"Some methods of speeding up the convergence of iteration methods" (1964); Goh, "Why Momentum
Really Works", Distill (2017).
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from gdcore.arrays import FloatArray


class Best(NamedTuple):
    """The rate and the momentum with the least spectral radius, and that radius."""

    rate: float
    momentum: float
    radius: float


def spectral_radius(
    rate: npt.ArrayLike, momentum: npt.ArrayLike, curvatures: npt.ArrayLike
) -> FloatArray:
    """The factor of the slowest direction: the largest over ``curvatures``, shape (k,).

    ``rate`` and ``momentum`` may be arrays of any shapes that fit together; the result has their
    common shape. Below 1 the descent converges, above 1 it diverges.
    """
    a, m = np.asarray(rate, dtype=np.float64), np.asarray(momentum, dtype=np.float64)
    moduli = [_modulus(1 + m - a * c, m) for c in np.ravel(curvatures).tolist()]
    radius: FloatArray = np.max(moduli, axis=0)
    return radius


def _modulus(total: Any, product: Any) -> FloatArray:
    """The larger modulus of two numbers with this sum and this product >= 0."""
    under = total * total - 4 * product
    real = (np.abs(total) + np.sqrt(np.maximum(under, 0.0))) / 2
    modulus: FloatArray = np.where(under >= 0, real, np.sqrt(np.maximum(product, 0.0)))
    return modulus


def best_momentum(least: float, largest: float) -> Best:
    """The best setting for curvatures from ``least`` to ``largest``, both above 0.

        rate = (2/(sqrt(largest) + sqrt(least)))^2
        momentum = ((sqrt(k) - 1)/(sqrt(k) + 1))^2,  k = largest/least

    The radius is the square root of this momentum. Raises ValueError if a curvature is not above 0.
    """
    if not 0 < least <= largest:
        raise ValueError(f"the curvatures must be above 0, the least first: {least}, {largest}")
    low, high = float(np.sqrt(least)), float(np.sqrt(largest))
    root = (high - low) / (high + low)
    return Best((2 / (high + low)) ** 2, root * root, root)


def best_plain(least: float, largest: float) -> Best:
    """The same without momentum: the rate `2/(largest + least)`, whose radius is (k-1)/(k+1)."""
    if not 0 < least <= largest:
        raise ValueError(f"the curvatures must be above 0, the least first: {least}, {largest}")
    return Best(2 / (largest + least), 0.0, (largest - least) / (largest + least))


def largest_stable_rate(momentum: float, largest: float) -> float:
    """The rate `2*(1 + m)/c` above which a direction of curvature c diverges, for 0 <= m < 1."""
    return 2 * (1 + momentum) / largest
