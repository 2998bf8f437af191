"""Where a line of text may end, in all scripts."""

from __future__ import annotations

from programs.columns import is_wide

_CLOSING = ",.;:!?)]}%，。；：！？）》」、”"
_OPENING = "([{（《「“"
_NO_BREAK = "\u00a0\u2007\u202f"  # spaces that keep their two neighbours together


def _may_break(before: str, after: str) -> bool:
    """Whether a line may end between two neighbours: after a space, or beside a wide character.

    Wide are the characters of Chinese, Japanese and Korean. The letters of all other scripts
    stay together. A space after a wide character belongs to what follows, so that an equation
    may begin a line there.
    """
    if after in _CLOSING + _NO_BREAK or before in _OPENING + _NO_BREAK:
        return False
    if after.isspace():
        return is_wide(before)
    return before.isspace() or is_wide(before) or is_wide(after)


def pieces(text: str) -> list[str]:
    """``text`` cut where a line may end."""
    found: list[str] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or _may_break(text[end - 1], text[end]):
            found.append(text[start:end])
            start = end
    return found
