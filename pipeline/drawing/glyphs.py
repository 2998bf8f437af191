"""Notes the characters that no installed font has: Pango draws a box for them, without a word.

Pango itself is asked, as it looks through all fonts for a character that the chosen one lacks.
Where its library cannot be found by name (Windows), nothing is noted.
"""

from __future__ import annotations

import ctypes
import html
import platform
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes.util import find_library
from functools import cache
from typing import Any

from manim import MarkupText, Text, logger

from pipeline.job.result import Notice

_TAG = re.compile(r"<[^>]*>")


@contextmanager
def missing_glyphs_noted() -> Iterator[None]:
    """Within the block, a `Text` or `MarkupText` with such a character gives a `Notice`.

    Each character is noted once, with the first text that has it.
    """
    noted: set[str] = set()

    def noting(draw: Callable[..., Any], plain: Callable[[str], str]) -> Callable[..., Any]:
        def draw_and_note(self: Text | MarkupText, *arguments: Any) -> Any:
            text = plain(self.text)
            for character in _missing_in(text):
                if character not in noted:
                    noted.add(character)
                    _note(character, text)
            return draw(self, *arguments)

        return draw_and_note

    theirs = Text._text2svg, MarkupText._text2svg
    Text._text2svg = noting(theirs[0], str)  # type: ignore[method-assign]
    MarkupText._text2svg = noting(theirs[1], _without_markup)  # type: ignore[method-assign]
    try:
        yield
    finally:
        Text._text2svg, MarkupText._text2svg = theirs  # type: ignore[method-assign]


def _note(character: str, text: str) -> None:
    logger.warning(
        Notice(
            "no installed font has the character {character} of the text {text}: it is drawn as a "
            "box; install a font that has it",
            character=f"{character!r} (U+{ord(character):04X})",
            text=repr(text if len(text) <= 40 else f"{text[:39]}…"),
        )
    )


def _without_markup(text: str) -> str:
    return html.unescape(_TAG.sub("", text))


def _missing_in(text: str) -> list[str]:
    """The characters of `text` that no font has. Every font has those of ASCII."""
    unknown = None if text.isascii() else _unknown()
    if unknown is None or not unknown(text):
        return []
    return [character for character in dict.fromkeys(text) if unknown(character)]


@cache
def _unknown() -> Callable[[str], int] | None:
    """A function that counts a text's characters without a glyph; None if Pango is not found."""
    try:
        pango, cairo = (ctypes.CDLL(_library(name)) for name in ("pango-1.0", "pangocairo-1.0"))
    except OSError:
        return None
    fonts, context, layout = (
        cairo.pango_cairo_font_map_get_default,
        pango.pango_font_map_create_context,
        pango.pango_layout_new,
    )
    for function in (fonts, context, layout):
        function.restype = ctypes.c_void_p
    page = ctypes.c_void_p(layout(ctypes.c_void_p(context(ctypes.c_void_p(fonts())))))

    def count(text: str) -> int:
        data = text.encode("utf-8", "replace")
        pango.pango_layout_set_text(page, data, len(data))
        return int(pango.pango_layout_get_unknown_glyphs_count(page))

    return count


def _library(name: str) -> str:
    """The file of a library of Pango."""
    if platform.system() == "Linux":
        return f"lib{name}.so.0"
    found = find_library(name)
    if found is None:
        raise OSError(f"there is no library {name}")
    return found
