"""Test functions of two parameters (a, b) with their analytic gradients.

Rosenbrock (1960), Beale (1958) and Himmelblau (1972) as in the usual collections of test functions
(Jamil and Yang, 2013). They are written with products only, so that one formula works for floats
and arrays, and does not raise an error when a number overflows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gdcore.arrays import FloatArray
from gdcore.objective import SingleLoss

Point = tuple[float, float]


@dataclass(frozen=True)
class Landscape(SingleLoss):
    """A function of theta = (a, b) with n = 1: its one loss is its cost.

    - `start`: where a race usually starts
    - `window`: the part to draw, (a_min, a_max, b_min, b_max)
    - `minima`: the points of least value; a saddle has none
    - `saddles`: points where the gradient is 0 and the function rises one way and falls another
    """

    name: str
    value: Callable[[Any, Any], Any] = field(repr=False, compare=False)
    slope: Callable[[float, float], Point] = field(repr=False, compare=False)
    start: Point = field(repr=False, compare=False)
    window: tuple[float, float, float, float] = field(repr=False, compare=False)
    minima: tuple[Point, ...] = field(repr=False, compare=False)
    saddles: tuple[Point, ...] = field(default=(), repr=False, compare=False)

    @property
    def d(self) -> int:
        """Two parameters."""
        return 2

    def mean_gradient(
        self, theta: Sequence[float], samples: Sequence[int] | None = None
    ) -> Sequence[float]:
        """The gradient at theta, in plain floats."""
        return self.slope(theta[0], theta[1])

    def costs(self, thetas: FloatArray) -> FloatArray:
        """The value at each row of thetas (k, 2); inf beyond range."""
        with np.errstate(over="ignore", invalid="ignore"):
            values = self.value(thetas[:, 0], thetas[:, 1])
        # nan is a difference of infinities: there these functions are infinite.
        return np.where(np.isnan(values), np.inf, values)


def _ravine(a: Any, b: Any) -> Any:
    return 0.5 * (a * a + 25 * b * b)


def _ravine_slope(a: float, b: float) -> Point:
    return a, 25 * b


def _rosenbrock(a: Any, b: Any) -> Any:
    return (1 - a) * (1 - a) + 100 * (b - a * a) * (b - a * a)


def _rosenbrock_slope(a: float, b: float) -> Point:
    return -2 * (1 - a) - 400 * a * (b - a * a), 200 * (b - a * a)


def _beale_terms(a: Any, b: Any) -> tuple[Any, Any, Any]:
    return 1.5 - a + a * b, 2.25 - a + a * b * b, 2.625 - a + a * b * b * b


def _beale(a: Any, b: Any) -> Any:
    p, q, r = _beale_terms(a, b)
    return p * p + q * q + r * r


def _beale_slope(a: float, b: float) -> Point:
    p, q, r = _beale_terms(a, b)
    along_a = 2 * p * (b - 1) + 2 * q * (b * b - 1) + 2 * r * (b * b * b - 1)
    return along_a, 2 * p * a + 4 * q * a * b + 6 * r * a * b * b


def _himmelblau(a: Any, b: Any) -> Any:
    p, q = a * a + b - 11, a + b * b - 7
    return p * p + q * q


def _himmelblau_slope(a: float, b: float) -> Point:
    p, q = a * a + b - 11, a + b * b - 7
    return 4 * a * p + 2 * q, 2 * p + 4 * b * q


def _saddle(a: Any, b: Any) -> Any:
    return (a - b) * (a + b)  # not a² − b²: far away both squares are infinite


def _saddle_slope(a: float, b: float) -> Point:
    return 2 * a, -2 * b


def _double_well(a: Any, b: Any) -> Any:
    return (a * a - 1) * (a * a - 1) + b * b


def _double_well_slope(a: float, b: float) -> Point:
    return 4 * a * (a * a - 1), 2 * b


_HIMMELBLAU_MINIMA = (
    (3.0, 2.0),
    (-2.805118086952745, 3.131312518250573),
    (-3.779310253377747, -3.283185991286170),
    (3.584428340330492, -1.848126526964404),
)
_HIMMELBLAU_SADDLES = (
    (-3.0730257507643897, -0.08135304428796751),
    (3.385154183607021, 0.07385187983774928),
    (-0.12796134673068005, -1.9537149802445766),
    (0.08667750455539634, 2.884254701174776),
)
_BEALE_SADDLES = ((0.0, 1.0), (0.10053793732415839, -2.6445135850231245))
_ALL = (
    Landscape("ravine", _ravine, _ravine_slope, (-4.0, 1.0), (-5, 5, -2.5, 2.5), ((0.0, 0.0),)),
    Landscape(
        "rosenbrock", _rosenbrock, _rosenbrock_slope, (-1.2, 1.0), (-2, 2, -1, 3), ((1.0, 1.0),)
    ),
    Landscape(
        "beale",
        _beale,
        _beale_slope,
        (1.0, 1.5),
        (-4.5, 4.5, -4.5, 4.5),
        ((3.0, 0.5),),
        _BEALE_SADDLES,
    ),
    Landscape(
        "himmelblau",
        _himmelblau,
        _himmelblau_slope,
        (0.0, 0.0),
        (-5, 5, -5, 5),
        _HIMMELBLAU_MINIMA,
        _HIMMELBLAU_SADDLES,
    ),
    Landscape("saddle", _saddle, _saddle_slope, (-1.5, 0.001), (-2, 2, -2, 2), (), ((0.0, 0.0),)),
    Landscape(
        "double-well",
        _double_well,
        _double_well_slope,
        (0.05, 1.0),
        (-2, 2, -1.5, 1.5),
        ((-1.0, 0.0), (1.0, 0.0)),
        ((0.0, 0.0),),
    ),
)
LANDSCAPES: dict[str, Landscape] = {landscape.name: landscape for landscape in _ALL}
