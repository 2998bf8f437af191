"""Numbers of the race as text: places, rates, J. What differs is shown with different digits."""

from __future__ import annotations

import math
from collections.abc import Sequence

from scenes.stage.page.figures import power, short

_LONGEST = 20  # characters of a gradient
_RATE_DIGITS, _MOST_RATE_DIGITS = 4, 17
_COST_DIGITS, _MOST_COST_DIGITS = 2, 4


def place_text(place: Sequence[float], digits: int = 3) -> str:
    """(w, b) of a place on the map, as text."""
    w, b = (short(float(value) + 0.0, digits) for value in place)  # + 0.0: no −0
    return f"({w},\u00a0{b})"


def gradient_text(gradient: Sequence[float]) -> str:
    """The gradient in three digits, or in fewer if that is too long for a line."""
    texts = [place_text(gradient, digits) for digits in (3, 2, 1)]
    return next((text for text in texts if len(text) <= _LONGEST), texts[-1])


def is_exact(place: Sequence[float]) -> bool:
    """Whether `place_text` shows a place without rounding."""
    return all(float(f"{value:.3g}") == value for value in place)


def rate_texts(rates: Sequence[float]) -> list[str]:
    """The rates in at most four digits, or in as many as it takes to tell different ones apart."""
    for digits in range(_RATE_DIGITS, _MOST_RATE_DIGITS + 1):
        found = [short(rate, digits) for rate in rates]
        if len(set(found)) == len(set(rates)):
            break
    return found


def cost_digits(costs: Sequence[float]) -> int:
    """The digits of `cost_text`, two to four, that tell different ones of ``costs`` apart."""
    for digits in range(_COST_DIGITS, _MOST_COST_DIGITS):
        if len({cost_text(cost, digits) for cost in costs}) == len(set(costs)):
            return digits
    return _MOST_COST_DIGITS


def cost_text(value: float, digits: int = _COST_DIGITS) -> str:
    """J in a table: 0, or with ``digits`` decimals, or as a power of ten if that would be too long.

    A power of ten has ``digits`` digits. Only 0 is shown as 0.
    """
    if not math.isfinite(value):
        return "−∞" if value < 0 else "∞"
    if value == 0:
        return "0"
    if 0.095 <= abs(value) < 9999:
        return f"{value:.{digits}f}".replace("-", "−")
    return power(value, digits - 1)
