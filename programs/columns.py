"""How wide a text is on a terminal."""

import unicodedata


def columns_of(text: str) -> int:
    """How many columns of a terminal the text takes: a Chinese character takes two."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
