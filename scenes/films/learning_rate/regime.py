"""What a constant rate does to a parabola: decided by the factor of the error, 1 − L·α."""

from __future__ import annotations

import math
from enum import Enum

from gdcore.least_squares import LeastSquares
from gdcore.outcome import HALF
from gdcore.theory import contraction, thresholds
from scenes.catalogue.theme import Theme
from scenes.stage.page.figures import fixed, short

_ZERO = 1e-12  # smaller factors are 0 with a rounding error
_NEAR_ONE = 1e-3  # distance from 1 below which the difference is written, not the factor
_FINEST = 7  # decimals of a factor


class Regime(Enum):
    """What happens to the error at a constant rate α."""

    CREEPING = "creeping"
    """it shrinks, but after all epochs more than half of it is left"""
    CONVERGING = "converging"
    """it shrinks and keeps its sign: α ≤ 1/L"""
    OSCILLATING = "oscillating"
    """it shrinks and changes its sign at each update: 1/L < α < 2/L"""
    CYCLING = "cycling"
    """it only changes its sign: α = 2/L"""
    DIVERGING = "diverging"
    """it grows: α > 2/L"""

    def hue(self, theme: Theme) -> str:
        """The colour of this part of the ruler."""
        if self is Regime.CREEPING:
            return theme.muted
        if self is Regime.OSCILLATING:
            return theme.swinging
        return theme.good if self is Regime.CONVERGING else theme.bad


def creeping_limit(objective: LeastSquares, epochs: int) -> float:
    """The rate below which ``epochs`` batch updates leave more than half of the error."""
    return -math.expm1(math.log(HALF) / epochs) * thresholds(objective).no_overshoot


def regime(objective: LeastSquares, lr: float, epochs: int) -> Regime:
    """What the rate ``lr`` does within ``epochs`` batch updates."""
    bounds = thresholds(objective)
    if lr >= bounds.divergence:
        return Regime.CYCLING if lr == bounds.divergence else Regime.DIVERGING
    if lr > bounds.no_overshoot:
        return Regime.OSCILLATING
    return Regime.CREEPING if lr < creeping_limit(objective, epochs) else Regime.CONVERGING


def factor_texts(objective: LeastSquares, lr: float) -> list[str]:
    """The factor of the error for one update as text, fullest first: × (−0.867), × (−0.87).

    The first texts have enough digits to distinguish the factor from 1 and −1.
    """
    factor = contraction(objective, lr)
    if abs(factor) < _ZERO:
        return ["× 0"]
    if factor > 1 - _NEAR_ONE:
        away = objective.curvature * lr
        places = math.ceil(-math.log10(away))
        return [f"× (1 − {short(away, 3)})", f"× {factor:.{min(places, 9)}f}", "× ≈ 1"]
    found = []
    for digits in (3, 2):
        places = digits
        while places < _FINEST and factor != -1 and round(factor, places) == -1:
            places += 1
        plain = abs(factor) < 10 and factor != -1
        said = fixed(factor, places) if plain else short(factor, digits + 1)
        found.append(f"× ({said})" if factor < 0 else f"× {said}")
    return [*found, found[-1].strip("× ()")]
