"""Writes a deck for the browser: one page, with its media in it or in a folder beside it."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

from cli.console.failures import BadValue
from cli.console.language import say
from cli.deck.html.page import Media, page_of
from cli.deck.request import DeckRequest
from cli.deck.slides import Deck

_TYPES = {".mp4": "video/mp4", ".png": "image/png"}


class DeckWriter:
    """Writes decks for the browser. See `cli.deck.writers.Writer`."""

    formats: ClassVar[tuple[str, ...]] = ("mp4",)

    def __init__(self, request: DeckRequest) -> None:
        if request.template is not None:
            raise BadValue("--template", say("is for PowerPoint (.pptx)"))
        if request.printed:
            raise BadValue(
                "--print", say("is for PowerPoint (.pptx); open the page with ?print-pdf")
            )
        if request.autoplay != DeckRequest.autoplay:
            raise BadValue("--autoplay", say("is for PowerPoint (.pptx)"))
        self._one_file, self._live = request.one_file, request.live

    def outputs(self, deck: Deck, path: Path) -> list[Path]:
        """The page at `path`, and its media unless they are in the page itself."""
        beside = [] if self._one_file else _media(deck)
        return [path, *(_folder(path) / name for name, _ in beside)]

    def write(self, deck: Deck, path: Path, parts: Sequence[Path]) -> None:
        """Write the page, and copy the media that are beside it."""
        page, *copies = parts
        if self._one_file:
            addresses = [_inlined(source) for _, source in _media(deck)]
        else:
            addresses = [quote(f"{_folder(path).name}/{name}") for name, _ in _media(deck)]
            for (_, source), copy in zip(_media(deck), copies, strict=True):
                shutil.copyfile(source, copy)
        left = iter(addresses)
        media = [
            Media(next(left), next(left), next(left)) if slide.shown else None
            for slide in deck.slides
        ]
        page.write_text(page_of(deck, media, self._live), encoding="utf-8")


def _folder(path: Path) -> Path:
    return path.with_name(f"{path.stem}-files")


def _media(deck: Deck) -> list[tuple[str, Path]]:
    """Name and source of each clip and its two pictures, in the order of the slides."""
    return [
        (f"{number:02}-{source.name}", source)
        for number, slide in enumerate(deck.slides)
        if slide.shown
        for source in (slide.shown.clip, slide.shown.first, slide.shown.last)
    ]


def _inlined(source: Path) -> str:
    data = base64.b64encode(source.read_bytes()).decode()
    return f"data:{_TYPES[source.suffix]};base64,{data}"
