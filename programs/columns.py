"""How wide a text is on a terminal."""

import unicodedata


def is_wide(character: str) -> bool:
    """Whether the character takes two columns of a terminal, as a Chinese one does."""
    return unicodedata.east_asian_width(character) in ("W", "F")


def columns_of(text: str) -> int:
    """The number of columns that the text takes on a terminal."""
    return sum(0 if unicodedata.combining(c) else 1 + is_wide(c) for c in text)
