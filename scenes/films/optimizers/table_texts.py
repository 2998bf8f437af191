"""Numbers of the race as text: places, rates, J. What differs is shown with different digits."""

from __future__ import annotations

import math
from collections.abc import Sequence

from scenes.stage.page.figures import apart, power, short

_LONGEST = 20  # characters of a gradient
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
    return apart(rates)


def cost_digits(costs: Sequence[float]) -> int:
    """The digits of `cost_text`, two to four, that tell most of ``costs`` apart."""
    choices = range(_COST_DIGITS, _MOST_COST_DIGITS + 1)
    return max(choices, key=lambda digits: len({cost_text(cost, digits) for cost in costs}))


def cost_text(value: float, digits: int = _COST_DIGITS) -> str:
    """J in a table: 0, or with decimals, or as a power of ten if that would be too long.

    A power of ten has ``digits`` digits; other numbers have as many decimals, fewer if they are
    large, but two at least. Only 0 is shown as 0.
    """
    if not math.isfinite(value):
        return "−∞" if value < 0 else "∞"
    if value == 0:
        return "0"
    if 0.095 <= abs(value) < 9999:
        decimals = max(_COST_DIGITS, digits - max(0, math.floor(math.log10(abs(value)))))
        return f"{value:.{decimals}f}".replace("-", "−")
    return power(value, digits - 1)
