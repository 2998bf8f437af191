"""Writes a deck for the browser: one page, with its media in it or in a folder beside it."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

from cli.console.failures import BadValue
from cli.console.language import say
from cli.deck.html.page import Media, page_of
from cli.deck.request import DeckRequest
from cli.deck.slides import Deck
from pipeline.files.pictures import as_preview, as_webp

_TYPES = {".mp4": "video/mp4", ".webp": "image/webp"}


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
        media = _media(deck)
        names = [name for name, _ in media]
        with ThreadPoolExecutor() as pool:  # WebP takes a while, and lets other threads run
            contents = pool.map(_content, *zip(*media, strict=True)) if media else ()
            if self._one_file:
                addresses = [_inlined(*each) for each in zip(names, contents, strict=True)]
            else:
                addresses = [quote(f"{_folder(path).name}/{name}") for name in names]
                for copy, content in zip(copies, contents, strict=True):
                    copy.write_bytes(content)
        left = iter(addresses)
        shown = [
            Media(next(left), next(left), next(left)) if slide.shown else None
            for slide in deck.slides
        ]
        page.write_text(page_of(deck, shown, self._live), encoding="utf-8")


def _folder(path: Path) -> Path:
    return path.with_name(f"{path.stem}-files")


def _media(deck: Deck) -> list[tuple[str, Path]]:
    """Name and source of each clip and its two pictures, in the order of the slides."""
    return [
        (f"{number:02}-{source.with_suffix(source.suffix.replace('.png', '.webp')).name}", source)
        for number, slide in enumerate(deck.slides)
        if slide.shown
        for source in (slide.shown.clip, slide.shown.first, slide.shown.last)
    ]


def _content(name: str, source: Path) -> bytes:
    """The bytes of a medium. A first picture is seen for a moment only, a last one is printed."""
    if name.endswith("-first.webp"):
        return as_preview(source)
    return as_webp(source) if name.endswith("-last.webp") else source.read_bytes()


def _inlined(name: str, content: bytes) -> str:
    return f"data:{_TYPES[Path(name).suffix]};base64,{base64.b64encode(content).decode()}"
