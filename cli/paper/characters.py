"""Which characters of a text can be set on paper, and what is written for the others."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from scenes.stage.page.fonts import Face, lacking

_INVISIBLE = ("Cc", "Cf", "Mn", "Cs")  # categories of characters that nobody would miss
_NO_CHARACTER = "\U0010ffff"


def settable(value: Any, face: Face, fonts: Any) -> Any:
    """A copy of a JSON value in which a character that no font has is written as its number.

    `fonts` are those of Typst; `face` is the one of them that has most characters.
    """
    if isinstance(value, Mapping):
        return {key: settable(held, face, fonts) for key, held in value.items()}
    if value is None:
        return None
    if not isinstance(value, str):
        return [settable(held, face, fonts) for held in value]
    unknown = {
        each for each in lacking(value, face) if not each.isspace() and not _drawn(each, fonts)
    }
    return "".join(_spelled(each) if each in unknown else each for each in value)


def _drawn(character: str, fonts: Any) -> bool:
    """Whether one of Typst's fonts has it. They show every other one as the same empty box."""
    if unicodedata.category(character) in _INVISIBLE:
        return False
    return _picture(character, fonts) != _picture(_NO_CHARACTER, fonts)


def _picture(character: str, fonts: Any) -> bytes:
    import typst  # takes a moment, and is not needed to answer --help

    page = f'#set page(width: auto, height: auto)\n#"\\u{{{ord(character):x}}}"'
    return typst.compile(page.encode(), format="svg", font_paths=fonts)


def _spelled(character: str) -> str:
    if unicodedata.category(character) in _INVISIBLE:
        return ""
    return f"[U+{ord(character):04X}]"
