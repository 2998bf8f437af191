"""Functions of one weight that are not convex: minima, a plateau, an inflection."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from gdcore.arrays import FloatArray
from gdcore.objective import SingleLoss


@dataclass(frozen=True)
class Curve(SingleLoss):
    """A polynomial of one weight, with n = 1: its one loss is its cost.

    - `coefficients`: of the polynomial, the constant first
    - `start`: where a descent usually starts; `window`: the part to draw, (w_min, w_max)
    - `minima`: the places of its local minima, the lowest first
    - `flats`: places with slope 0 that are neither minimum nor maximum (a plateau's middle)
    - `peaks`: the places of its local maxima, the borders between the basins
    """

    name: str
    coefficients: tuple[float, ...]
    start: float = field(repr=False, compare=False)
    window: tuple[float, float] = field(repr=False, compare=False)
    minima: tuple[float, ...] = field(repr=False, compare=False)
    flats: tuple[float, ...] = field(default=(), repr=False, compare=False)
    peaks: tuple[float, ...] = field(default=(), repr=False, compare=False)

    @property
    def d(self) -> int:
        """One parameter."""
        return 1

    def mean_gradient(
        self, theta: Sequence[float], samples: Sequence[int] | None = None
    ) -> Sequence[float]:
        """The slope at theta, in plain floats."""
        w, slope = theta[0], 0.0
        for power in range(len(self.coefficients) - 1, 0, -1):
            slope = slope * w + power * self.coefficients[power]
        return (slope,)

    def costs(self, thetas: FloatArray) -> FloatArray:
        """The value at each row of thetas (k, 1); inf beyond range."""
        with np.errstate(over="ignore", invalid="ignore"):
            values = np.polynomial.polynomial.polyval(thetas[:, 0], self.coefficients)
        return np.where(np.isfinite(values), values, np.inf)

    def basin(self, w: float) -> int | None:
        """Which minimum lies in the valley of w: its index in `minima`; None on a border or flat.

        Valleys are separated by the peaks.
        """
        if w in self.peaks or w in self.flats:
            return None
        for index, place in enumerate(self.minima):
            low, high = min(w, place), max(w, place)
            if not any(low < peak < high for peak in self.peaks):
                return index
        return None


def _from_slope(
    name: str,
    slope: Sequence[float],
    start: float,
    window: tuple[float, float],
    **places: tuple[float, ...],
) -> Curve:
    """The curve with this slope (coefficients, the constant first); its lowest minimum is 0."""
    rise = np.polynomial.Polynomial(slope).integ()
    minima = sorted(places["minima"], key=lambda w: float(rise(w)))
    lifted = rise - float(rise(minima[0]))
    coefficients = tuple(map(float, lifted.coef))
    flats, peaks = places.get("flats", ()), places.get("peaks", ())
    return Curve(name, coefficients, start, window, tuple(minima), flats, peaks)


def _product(*roots: float, factor: float) -> list[float]:
    coefficients: list[float] = (factor * np.polynomial.polynomial.polyfromroots(roots)).tolist()
    return coefficients


# Slope 0.02·(w + 2.6)·(w + 1)·(w − 1.2)²·(w − 3.3): from left to right the shallow minimum, which
# is the sharper one, a peak, a plateau with an inflection, and the deep minimum.
_VALLEYS = _from_slope(
    "two-valleys",
    _product(-2.6, -1.0, 1.2, 1.2, 3.3, factor=0.02),
    -1.3,
    (-3.4, 4.2),
    minima=(-2.6, 3.3),
    flats=(1.2,),
    peaks=(-1.0,),
)
CURVES: dict[str, Curve] = {curve.name: curve for curve in (_VALLEYS,)}
