"""How wide a text is on a terminal."""

import unicodedata


def columns_of(text: str) -> int:
    """The number of columns that the text takes on a terminal: two for a Chinese character."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
