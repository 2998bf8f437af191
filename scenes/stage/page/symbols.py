"""The symbols of mathematics within a line of text: in italics, as in the formulas."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from manim import Typst

from scenes.stage.page.fonts import typst_fonts
from scenes.stage.page.layout import point

Points = npt.NDArray[np.float64]

_ITALIC = dict(zip("JwbxyLvdgkmnrstℓαβσκρ", "𝐽𝑤𝑏𝑥𝑦𝐿𝑣𝑑𝑔𝑘𝑚𝑛𝑟𝑠𝑡ℓ𝛼𝛽𝜎𝜅𝜌", strict=True))
_BOLD = dict(zip("JwbxyLvdgkmnrstℓαβσκρ", "𝑱𝒘𝒃𝒙𝒚𝑳𝒗𝒅𝒈𝒌𝒎𝒏𝒓𝒔𝒕ℓ𝜶𝜷𝝈𝜿𝝆", strict=True))
_HATTED = {"ŷ": "y"}
ROOT = "√"
_SIZE = 1.14  # small letters of the formulas' face are lower than those of the texts'
_ROOT_FOOT, _ROOT_TOP = -0.2, 1.35  # where the sign of the root begins and ends
_HAT_RISE = 0.02  # of a capital's height, between a letter and its hat

# A Latin letter is one if it stands alone, not in a word; and not in brackets, where it is a unit:
# [m/s], or a word without a blank in round brackets behind a blank, (m/s).
_LATIN, _OTHER = "JwbxyLvdgkmnrst", "αβσκρℓŷ"
_UNIT = r"\[[^\]]*\]|(?<= )\([^ ,)]*\)"
_ALONE = rf"(?<![A-Za-z'’])[{_LATIN}](?![A-Za-z'’])"
_SYMBOL = re.compile(rf"{_UNIT}|({_ALONE}|[{_OTHER}])")


@dataclass(frozen=True)
class Symbol:
    """An outline (n, 3) from its pen position on the baseline, and the pen's advance.

    Units are heights of a capital of the text around it.
    """

    points: Points
    advance: float


def root(width: float) -> Symbol:
    """A root's sign with its bar over a radicand ``width`` wide, which stands behind the sign."""
    sign = _outlines(False)[ROOT]
    thickness = 0.07
    low, high = sign.points.min(axis=0), sign.points.max(axis=0)
    size = (_ROOT_TOP - _ROOT_FOOT) / (high[1] - low[1])
    points = (sign.points - point(0, low[1])) * [size, size, 1] + point(0, _ROOT_FOOT)
    end = float(points[:, 0].max())
    left, right, top = end - thickness, end + width, _ROOT_TOP
    corners = [(left, top - thickness), (right, top - thickness), (right, top), (left, top)]
    bar = np.array([(x, y, 0.0) for x, y in corners])
    ends = np.roll(bar, -1, axis=0)
    sides = np.stack([bar, (2 * bar + ends) / 3, (bar + 2 * ends) / 3, ends], axis=1)
    return Symbol(np.concatenate([points, sides.reshape(-1, 3)]), end)


def places(text: str) -> list[int]:
    """Where in ``text`` a symbol of mathematics stands."""
    return [found.start() for found in _SYMBOL.finditer(text) if found[1]]


def symbol(character: str, bold: bool = False) -> Symbol:
    """The symbol that stands for ``character`` in formulas."""
    outlines = _outlines(bold)
    if character not in _HATTED:
        return outlines[character]
    letter, hat = outlines[_HATTED[character]], outlines["^"].points
    middle, top = np.ptp(hat, axis=0) / 2, letter.points[:, 1].max()
    # Over the upper half of the letter: it leans to the right.
    upper = letter.points[letter.points[:, 1] > 0.7 * top]
    across = (upper[:, 0].min() + upper[:, 0].max()) / 2 - hat[:, 0].min() - middle[0]
    rise = top + _HAT_RISE - hat[:, 1].min()
    return Symbol(np.concatenate([letter.points, hat + point(across, rise)]), letter.advance)


@cache
def _outlines(bold: bool) -> dict[str, Symbol]:
    """All symbols, cut from one line in which a 1 stands before and after each of them."""
    letters = {**(_BOLD if bold else _ITALIC), ROOT: ROOT, "^": "ˆ"}
    line = "11" + "".join(f"1{letter}" for letter in letters.values()) + "1"
    face = 'font: "New Computer Modern Math", weight: 450, kerning: false'
    made = Typst(f'#text({face})[#"{line}"]', font_paths=typst_fonts())
    parts = [np.array(part.points) for part in made.family_members_with_points()]
    lefts = [part[:, 0].min() for part in parts]
    step, baseline = lefts[1] - lefts[0], parts[0][:, 1].min()
    bearing = (step - np.ptp(parts[0][:, 0])) / 2
    size = _SIZE / np.ptp(parts[0][:, 1])
    found = {}
    for index, letter in enumerate(letters):
        before, at, after = (2 + 2 * index + k for k in range(3))
        pen = lefts[before] - bearing + step
        advance = lefts[after] - lefts[before] - step
        found[letter] = Symbol((parts[at] - point(pen, baseline)) * size, advance * size)
    return found
