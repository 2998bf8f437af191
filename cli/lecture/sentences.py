"""Cuts what is said into sentences, and these into pieces that two lines of a subtitle hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate, pairwise

from programs.columns import columns_of, is_wide
from scenes.locales.line_breaks import pieces

LINE = 42  # columns of a line
LINE_OF_WIDE = 40  # in a text with wide characters: twenty of them
_END = re.compile(r"[.!?…][\"')\]”’»]*\Z")
_WIDE_END = re.compile(r"[。！？][”’）」』]*\Z")
_MARKS = frozenset(",;:.!?…—–，；：、。！？")
_SPACE = re.compile(r"[ \t\n\r\f\v]+")


def sentences(text: str) -> list[str]:
    """The sentences of ``text``, each on one line. A point before a small letter ends none."""
    found, sentence = [], ""
    for part, after in pairwise([*pieces(_on_one_line(text)), ""]):
        sentence += part
        if not after or _ends(part.rstrip(), after):
            found.append(sentence.strip())
            sentence = ""
    return [sentence for sentence in found if sentence]


def fitting(text: str) -> list[str]:
    """``text`` in pieces that fit on two lines, cut at punctuation near the middle if there is any.

    A word that is too long for a line is not cut.
    """
    text = _on_one_line(text).strip()
    parts = pieces(text)
    if len(parts) < 2 or _fits(lines(text)):
        return [text] if text else []
    at = _nearest(parts, _marked(parts) or range(1, len(parts)))
    return [*fitting("".join(parts[:at])), *fitting("".join(parts[at:]))]


def lines(text: str) -> list[str]:
    """A text on one line, or on two of about the same length."""
    parts = pieces(text)
    if len(parts) < 2 or _fits([text]):
        return [text]
    cuts = [_nearest(parts, cuts) for cuts in (_marked(parts), range(1, len(parts))) if cuts]
    tried = [["".join(parts[:at]).strip(), "".join(parts[at:]).strip()] for at in cuts]
    return next((both for both in tried if _fits(both)), tried[-1])


def _on_one_line(text: str) -> str:
    """No space comes where a line ended between two wide characters."""

    def blank(found: re.Match[str]) -> str:
        around = text[found.start() - 1 : found.start()] + text[found.end() : found.end() + 1]
        return "" if "\n" in found[0] and len(around) == 2 and all(map(is_wide, around)) else " "

    return _SPACE.sub(blank, text)


def _ends(part: str, after: str) -> bool:
    if _WIDE_END.search(part):
        return True
    return bool(_END.search(part)) and not after[:1].islower()


def _fits(rows: Iterable[str]) -> bool:
    return all(
        columns_of(row.rstrip()) <= (LINE_OF_WIDE if any(map(is_wide, row)) else LINE)
        for row in rows
    )


def _marked(parts: list[str]) -> list[int]:
    """The cuts after a punctuation mark that leave at least a quarter on each side."""
    ends = [*accumulate(map(columns_of, parts))]
    return [
        at
        for at in range(1, len(parts))
        if parts[at - 1].rstrip()[-1:] in _MARKS and 0.25 <= ends[at - 1] / ends[-1] <= 0.75
    ]


def _nearest(parts: list[str], cuts: Iterable[int]) -> int:
    """The cut nearest the middle."""
    ends = [*accumulate(map(columns_of, parts))]
    return min(cuts, key=lambda at: abs(2 * ends[at - 1] - ends[-1]))
