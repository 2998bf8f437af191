"""Numbers as text: as many digits as a viewer needs, a true minus sign, powers of ten."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import ROUND_DOWN, Context, Decimal

import numpy as np
import numpy.typing as npt

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_LARGEST_PLAIN = 1e6
_SMALLEST_PLAIN = 1e-4
_MOST_DIGITS = 17  # of a double
_LONG = 1e3  # from here on a power of ten alone is shorter
_ENOUGH = 6  # digits of a running number


def decimals(values: Iterable[float], significant: int = 5, most: int = 6) -> int:
    """Decimal places that give the largest of ``values`` about ``significant`` digits."""
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    if largest == 0:
        return significant - 1
    return min(most, max(0, significant - 1 - math.floor(math.log10(largest))))


def fixed(value: float, places: int) -> str:
    """``value`` with ``places`` decimals; as a power of ten if it is too large or too small."""
    if not math.isfinite(value):
        return "∞" if value > 0 else "−∞"
    size = abs(value)
    if size >= _LARGEST_PLAIN or (0 < size < _SMALLEST_PLAIN and float(f"{size:.{places}f}") == 0):
        return power(value)
    text = f"{value:.{places}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", "−")


def widest(values: npt.NDArray[np.float64], places: int) -> str:
    """The longest text that :func:`fixed` gives for any of ``values`` (n,) between the extremes."""
    plain = values[np.abs(values) < _LARGEST_PLAIN]
    parts = [part for part in (values[np.isfinite(values)], plain) if len(part)]
    found = [float(end) for part in parts for end in (part.min(), part.max())]
    return max((fixed(value, places) for value in [*found, float(values[-1])]), key=len)


def running(value: float, places: int) -> str:
    """A running value with ``places`` decimals; as a power of ten if it would be written as 0."""
    gone = value != 0 and math.isfinite(value) and float(f"{value:.{places}f}") == 0
    return power(value, 1) if gone else fixed(value, places)


def sized(value: float, places: int) -> str:
    """A running value with ``places`` decimals, fewer if they would give more than six digits.

    A value that is not 0 but would be written so has two digits.
    """
    text = fixed(value, min(places, decimals([value], _ENOUGH)))
    return short(value, 2) if value != 0 and not text.strip("−0.") else text


def legible(value: float, places: int) -> str:
    """A number in a sentence, with ``places`` decimals; in three digits if these show fewer."""
    return short(value, 3) if 0 < abs(value) < 10.0 ** (2 - places) else fixed(value, places)


def power(value: float, places: int = 2) -> str:
    """``value`` as mantissa times a power of ten: 1.75×10⁻⁸."""
    mantissa, exponent = f"{value:.{places}e}".split("e")
    return f"{mantissa}×{power_of_ten(int(exponent))}".replace("-", "−")


def power_of_ten(exponent: int) -> str:
    """10ⁿ."""
    return f"10{str(exponent).translate(_SUPERSCRIPTS)}"


def short(value: float, significant: int = 4) -> str:
    """``value`` in at most ``significant`` digits without trailing zeros (a rate, a data value)."""
    if value != 0 and not _SMALLEST_PLAIN <= abs(value) < _LARGEST_PLAIN:
        mantissa, exponent = f"{value:.{significant - 1}e}".split("e")
        digits = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        text = f"{digits}×{power_of_ten(int(exponent))}"
    else:
        text = f"{value:.{significant}g}" if abs(value) < 10**significant else f"{value:.0f}"
        if "e" in text:  # 9999.7 in four digits: rounded up to the next power of ten
            text = f"{float(text):.0f}"
    return text.replace("-", "−")


def apart(values: Sequence[float], significant: int = 4) -> list[str]:
    """The texts of ``values``, with as many digits as keep different values different."""
    for digits in range(significant, _MOST_DIGITS + 1):
        texts = [short(value, digits) for value in values]
        if len(set(texts)) == len(set(values)):
            break
    return texts


def below(value: float, significant: int = 2) -> float:
    """A positive ``value`` rounded down to ``significant`` digits: `short` writes it in full."""
    return float(Context(prec=significant, rounding=ROUND_DOWN).plus(Decimal(value)))


def percent(share: float, significant: int = 2) -> str:
    """A ``share`` in percent; "0" and "100" only if it is just that."""
    for digits in range(significant, _MOST_DIGITS + 1):
        text = short(100 * share, digits)
        if text != "100" or share == 1:
            break
    return text


def lengths(value: float) -> list[str]:
    """``value`` with fewer and fewer digits; the last text is its power of ten alone."""
    if not math.isfinite(value):
        return [fixed(value, 0)]
    found = [short(value, digits) for digits in (4, 2, 1)]
    return [*found, _magnitude(value)] if "×" in found[-1] else found


def equations(name: str, value: float) -> list[str]:
    """``name`` = ``value``, shorter and shorter; of a large value also ``name`` ≈ 10ⁿ."""
    if not math.isfinite(value):
        return [f"{name} = {fixed(value, 0)}"]
    texts = [f"{name} = {short(value, digits)}" for digits in (4, 2, 1)]
    return [*texts, f"{name} ≈ {_magnitude(value)}"] if abs(value) >= _LONG else texts


def _magnitude(value: float) -> str:
    """The power of ten of ``value``, which is not 0."""
    exponent = f"{value:.0e}".partition("e")[2]
    return f"{'−' if value < 0 else ''}{power_of_ten(int(exponent))}"
