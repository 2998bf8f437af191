"""How the values of variables are written beside the code: as much as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

SHORT = 8
"""Characters: shorter numbers are shown whole."""
_LEFT_OUT = "..."  # where one digit would not be true


def told(value: float, room: int, steady: bool = False) -> str:
    """A number in at most ``room`` characters, as Python writes it if that is short.

    ``steady`` numbers keep their trailing zeros, so that they do not jump while they run. Others
    have two digits at least, with a short exponent if need be (1.3e-8, 13e-9), or are left out.
    """
    whole = repr(value)
    if not steady and len(whole) <= min(SHORT, room):
        return whole
    written = [f"{value:{'#' if steady else ''}.{digits}g}" for digits in range(6, 0, -1)]
    if not steady:
        single = written.pop()
        written += [*_terse(value), single if float(single) == value else _LEFT_OUT]
    return next((text for text in written if len(text) <= room), written[-1])


def _terse(value: float) -> list[str]:
    """A finite number in two digits or a few more, with as short an exponent as Python reads."""
    if not isfinite(value):
        return []
    found = []
    for digits in (4, 3, 2):
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        found.append(f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}")
    found.append(f"{mantissa.replace('.', '')}e{int(exponent) - 1}")
    return found


def told_together(values: Sequence[float], room: int, steady: bool = False) -> list[str]:
    """Numbers in ``room`` characters together: what a short one leaves, the others have."""
    texts, left = [""] * len(values), room
    for count, index in enumerate(sorted(range(len(values)), key=lambda i: len(repr(values[i])))):
        texts[index] = told(values[index], left // (len(values) - count), steady)
        left -= len(texts[index])
    return texts
