"""Tables of plain text, with columns that line up in Chinese too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from programs.columns import columns_of


def padded(text: str, columns: int, right: bool = False) -> str:
    """The text with spaces up to a width in columns; ``right`` aligns it right."""
    blanks = " " * (columns - columns_of(text))
    return blanks + text if right else text + blanks


def table(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> Iterator[str]:
    """The lines of a table; the columns whose numbers are in ``right`` are aligned right."""
    widths = [max(map(columns_of, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (padded(c, widths[i], i in right) for i, c in enumerate(row))
        yield "  ".join(cells).rstrip()


def clock(seconds: float) -> str:
    """``0:44`` or ``1:02:03``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def played(seconds: float) -> str:
    """The length of a film as players show it: ``0:13`` of 13.6 seconds."""
    return clock(int(seconds))


def size(byte_count: float) -> str:
    """``820 kB`` or ``3.1 MB``, in powers of ten as file managers count."""
    if byte_count < 1e6:
        return f"{max(byte_count, 0) / 1e3:,.0f} kB"
    return f"{byte_count / 1e6:,.1f} MB" if byte_count < 1e9 else f"{byte_count / 1e9:,.1f} GB"
