"""The page of a deck for the browser, without a browser (see tests/browser/test_deck.py)."""

from __future__ import annotations

import base64
import importlib.util
import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from cli.console.language import speak
from cli.deck.html.reveal import reveal_js
from cli.deck.html.writing import DeckWriter
from cli.deck.request import DeckRequest
from cli.deck.slides import Kind, Shown
from exit_codes import UNAVAILABLE
from pipeline.files.pictures import as_preview, as_webp
from tests.cli.deck.clips import deck

Clips = list[tuple[Kind, Shown]]
TO_LOAD = {"src", "href", "poster", "data-clip", "srcset", "data"}


class Addresses(HTMLParser):
    """All that a page may load."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in TO_LOAD]


def written(clips: Clips, path: Path, *, one_file: bool, aspect: str = "16:9") -> str:
    """The page at `path`."""
    path.parent.mkdir(exist_ok=True)
    made = deck(clips, aspect=aspect)
    writer = DeckWriter(DeckRequest(None, "gd deck", one_file=one_file))
    outputs = writer.outputs(made, path)
    for output in outputs:
        output.parent.mkdir(exist_ok=True)
    writer.write(made, path, outputs)
    return path.read_text(encoding="utf-8")


def test_all_that_is_loaded_is_beside_the_page_or_in_it(clips: Clips, tmp_path: Path) -> None:
    path = tmp_path / "a & b #1.html"
    page = written(clips, path, one_file=False)
    found = Addresses(page).found
    media = [
        content
        for _, shown in clips
        for content in (
            as_preview(shown.first), shown.clip.read_bytes(), as_webp(shown.last)
        )
    ]  # fmt: skip
    copies = [path.parent / unquote(address) for address in found]
    assert [copy.read_bytes() for copy in copies] == media
    assert {copy.parent.name for copy in copies} == {"a & b #1-files"}
    alone = written(clips, tmp_path / "alone" / "deck.html", one_file=True)
    inlined = [base64.b64decode(address.partition(",")[2]) for address in Addresses(alone).found]
    assert inlined == media
    assert [path.name for path in (tmp_path / "alone").iterdir()] == ["deck.html"]


def test_the_page(clips: Clips, tmp_path: Path) -> None:
    """It has the licence of reveal.js and a policy; equal decks are equal pages."""
    page = written(clips, tmp_path / "deck.html", one_file=False, aspect="4:3")
    assert reveal_js().licence.strip() in page and "Permission is hereby granted" in page
    assert "default-src 'none'" in unescape(page) and page.count("sha256-") == 2
    assert 'data-width="960" data-height="720"' in page
    assert len(re.findall(r"<video[^>]* loop ", page)) == 1
    assert page == written(clips, tmp_path / "deck.html", one_file=False, aspect="4:3")
    speak("zh")
    try:
        assert ">开始</button>" in written(clips, tmp_path / "deck.html", one_file=False)
    finally:
        speak("en")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("-o deck.html --template theirs.pptx", "--template is for PowerPoint"),
        ("-o deck.html --print", "?print-pdf"),
        ("-o deck.html --autoplay simple", "--autoplay is for PowerPoint"),
        ("-o deck.html --media gif", "--media must be one of mp4"),
        ("-o deck.pptx --one-file", "--one-file is for the browser"),
        ("-o deck.pptx --live", "--live is for the browser"),
    ],
)
def test_refusals(refusal: Callable[..., tuple[int, str]], words: str, part: str) -> None:
    code, line = refusal("deck", "batch", *words.split())
    assert code == 2 and part in line


def test_without_the_extra_the_remedy_is_named(
    refusal: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        "cli.console.extras.find_spec", lambda name: None if name == "pyreveal" else find(name)
    )
    code, line = refusal("deck", "batch", "-o", "deck.html")
    assert code == UNAVAILABLE and "'pyreveal'" in line and "./gd deck" in line
