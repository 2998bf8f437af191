"""Writes a deck as a PowerPoint file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from pptx.opc.constants import RELATIONSHIP_TYPE

from cli.console.failures import BadValue
from cli.console.language import say
from cli.deck.pptx.own_master import own_deck
from cli.deck.pptx.pages import Pages
from cli.deck.pptx.template import empty_deck
from cli.deck.pptx.texts import clean
from cli.deck.request import DeckRequest
from cli.deck.slides import Deck

PRINTED = "print"
_LONGEST_TITLE = 255  # characters, of a file


class DeckWriter:
    """Writes decks for PowerPoint: one to show and, if it was asked for, one to print."""

    formats: ClassVar[tuple[str, ...]] = ("mp4", "gif")

    def __init__(self, request: DeckRequest) -> None:
        self.request = request
        if request.one_file:
            raise BadValue("--one-file", say("is for the browser (.html)"))
        if request.live is not None:
            raise BadValue("--live", say("is for the browser (.html)"))
        if request.template is not None:
            empty_deck(request.template)  # raises BadData before a film is made

    def outputs(self, deck: Deck, path: Path) -> list[Path]:
        """The deck, and beside it the one to print."""
        beside = path.with_name(f"{path.stem}-{PRINTED}{path.suffix}")
        return [path, beside] if self.request.printed else [path]

    def write(self, deck: Deck, path: Path, parts: Sequence[Path]) -> None:
        """Write the deck, and the one to print if there is a second part."""
        for part, printed in zip(parts, (False, True), strict=False):
            file = self._file(deck)
            pages = Pages(file, self.request.template is None, self.request.autoplay, printed)
            for slide in deck.slides:
                pages.add(slide)
            _describe(file, deck)
            file.save(str(part))

    def _file(self, deck: Deck) -> Any:
        template = self.request.template
        return own_deck(deck.theme, deck.aspect) if template is None else empty_deck(template)


def _describe(file: Any, deck: Deck) -> None:
    """Give the file its title, and take away what it says of the deck that it was made from."""
    about = file.core_properties
    about.title, about.language = clean(deck.title)[:_LONGEST_TITLE], deck.lang
    about.author = about.last_modified_by = ""
    package = file.part.package
    for name, relation in [*package._rels.items()]:
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            package.drop_rel(name)
