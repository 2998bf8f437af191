"""The formats of decks. Each has one writer, which is imported when it is needed."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import ClassVar, Protocol

from cli.console.extras import check_extra
from cli.deck.request import DeckRequest
from cli.deck.slides import Deck

SUFFIXES = (".pptx", ".html")
"""The endings of decks, the default first."""
_WRITERS = {".pptx": "cli.deck.pptx.writing", ".html": "cli.deck.html.writing"}
_PACKAGES = {
    ".pptx": {"pptx": "python-pptx"},
    ".html": {"pyreveal": "pyreveal"},
}
"""The modules that each needs of the extra `deck`, and the packages that have them."""


class Writer(Protocol):
    """Writes decks of one format.

    Making one checks the request, and raises BadValue or BadData for what is not possible: no film
    is rendered yet.
    """

    formats: ClassVar[tuple[str, ...]]
    """The formats of the clips that it can show, as in `cli.request.formats`; the default first."""

    def __init__(self, request: DeckRequest) -> None: ...

    def outputs(self, deck: Deck, path: Path) -> list[Path]:
        """All files of the deck at `path`, which is the first."""
        ...

    def write(self, deck: Deck, path: Path, parts: Sequence[Path]) -> None:
        """Write the files; each of `parts` will become one of the `outputs` for this `path`."""
        ...


def writer_class(suffix: str) -> type[Writer]:
    """The writer of decks with this ending; ExtraMissing if its packages are not installed."""
    check_extra("deck", _PACKAGES[suffix], "gd deck", "./gd deck")
    writer: type[Writer] = import_module(_WRITERS[suffix]).DeckWriter
    return writer
