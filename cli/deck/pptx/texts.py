"""Texts on slides: any text may be shown, and it is made to fit its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from math import ceil
from typing import Any

from pptx.util import Pt

from programs.columns import columns_of

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_POINTS = (44, 40, 36, 32, 28, 24, 20, 18, 16, 14, 12, 11, 10, 9, 8)
_COLUMN, _LINE = 0.55, 1.25  # of the size of the type: the width of a letter, the height of a line
_EMU = 12700  # in a point
_RIGHT_TO_LEFT = {"R", "AL"}
_STRONG = {"L", *_RIGHT_TO_LEFT}


def clean(text: str) -> str:
    """The text with U+FFFD in the place of each character that XML cannot hold."""
    return _NOT_IN_XML.sub("\ufffd", text)


def fill(shape: Any, lines: Sequence[str], usual: int) -> None:
    """Write the lines into a placeholder, each as a paragraph.

    The type is that of the placeholder, or smaller if the `usual` size, in points, is too large.
    """
    frame = shape.text_frame
    frame.word_wrap = True
    size = _fitting(lines, shape.width / _EMU, shape.height / _EMU)
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        write(paragraph, line)
        for run in paragraph.runs:
            if size < usual:
                run.font.size = Pt(size)


def write(paragraph: Any, text: str) -> None:
    """Write one paragraph, in its own direction."""
    paragraph.text = clean(text)
    if _reads_from_the_right(text):
        paragraph._p.get_or_add_pPr().set("rtl", "1")


def _reads_from_the_right(text: str) -> bool:
    """Whether the first letter is of a script such as Arabic."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in kinds if kind in _STRONG), "L") in _RIGHT_TO_LEFT


def _fitting(lines: Sequence[str], width: float, height: float) -> int:
    """The largest type, in points, whose lines fit into a place, by a rough estimate."""
    for points in _POINTS:
        rows = sum(ceil(max(columns_of(line), 1) * _COLUMN * points / width) for line in lines)
        if rows * _LINE * points <= height:
            return points
    return _POINTS[-1]
