"""Numbers as a viewer reads them: a text and the value that it must stand for."""

from __future__ import annotations

import re
from fractions import Fraction
from math import isfinite, isinf

_SCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_NUMBER = re.compile(r"(?P<sign>[−-]?)(?P<digits>\d+(?:\.\d+)?)?(?P<power>×?10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?%?")


def read(text: str) -> tuple[Fraction, Fraction]:
    """The number that a text shows, and the unit of its last digit. Raises ValueError."""
    found = _NUMBER.fullmatch(text.strip().replace(",", ""))
    if not found or not (found["digits"] or found["power"]):
        raise ValueError(f"{text!r} shows no number")
    digits, power = found["digits"] or "1", found["power"] or "10⁰"
    factor = Fraction(10) ** int(power.removeprefix("×").removeprefix("10").translate(_SCRIPTS))
    unit = Fraction(1, 10 ** len(digits.partition(".")[2])) * factor
    value = Fraction(digits) * factor
    return (-value if found["sign"] else value), unit


def value(text: str) -> float:
    """The number that a text shows."""
    return float(read(text)[0])


def agrees(text: object, true: float, slack: float = 1e-9) -> bool:
    """Whether the text is ``true`` rounded to the digits shown; 0 is shown for 0 only.

    ``slack``: the relative error that the other way of computing may have.
    """
    shown = str(text)
    if not isfinite(true):
        return shown in (("∞", "+∞") if isinf(true) and true > 0 else ("−∞", "-∞", "∞"))
    if shown in ("∞", "−∞"):
        return False
    number, unit = read(shown)
    if number == 0:
        return true == 0
    allowed = unit / 2 + abs(Fraction(true)) * Fraction(slack)
    return abs(number - Fraction(true)) <= allowed
