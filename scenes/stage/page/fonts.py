"""Which font the films use, where its file is, and which characters it has. No manim here."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from exit_codes import BAD_DATA, UNAVAILABLE
from gdcore.message import Message

REMEDY = Message(
    "install Noto Sans CJK (Debian/Ubuntu: apt install fonts-noto-cjk; "
    "macOS: brew install --cask font-noto-sans-cjk-sc; Windows: it has Microsoft YaHei)"
)


class FontError(LookupError):
    """A character that the font lacks; the message says what to do."""

    exit_code = BAD_DATA


class FontMissing(FontError):
    """No usable font is installed."""

    exit_code = UNAVAILABLE


class FontDamaged(FontError):
    """The font that the films use cannot be read."""

    exit_code = UNAVAILABLE


@dataclass(frozen=True)
class Face:
    """A font family as Pango knows it, its file, and its number within a collection."""

    family: str
    path: Path
    number: int


# The first that is installed is used. Each has Chinese and Latin letters, so one face sets both.
_CANDIDATES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Noto Sans CJK SC", ("NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf")),
    ("Source Han Sans SC", ("SourceHanSansSC-Regular.otf", "SourceHanSans.ttc")),
    ("PingFang SC", ("PingFang.ttc",)),
    ("Microsoft YaHei", ("msyh.ttc", "msyh.ttf")),
    ("WenQuanYi Micro Hei", ("wqy-microhei.ttc",)),
)


def candidates() -> tuple[str, ...]:
    """The font families that the films can use, best first."""
    return tuple(family for family, _ in _CANDIDATES)


def _folders() -> Iterator[Path]:
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        yield Path(os.environ.get("LOCALAPPDATA", "~")) / "Microsoft/Windows/Fonts"
    elif sys.platform == "darwin":
        yield from map(Path, ("/System/Library/Fonts", "/Library/Fonts"))
        yield Path("/System/Library/AssetsV2")
    else:
        yield from map(Path, ("/usr/share/fonts", "/usr/local/share/fonts"))
    home = os.environ.get("HOME")
    if home:
        yield from (Path(home) / part for part in ("Library/Fonts", ".fonts", ".local/share/fonts"))


@cache
def _files() -> dict[str, Path]:
    wanted = {name for _, names in _CANDIDATES for name in names}
    found: dict[str, Path] = {}
    for folder in _folders():
        for parent, _, names in os.walk(folder):
            for name in wanted.intersection(names):
                found.setdefault(name, Path(parent) / name)
    return found


@cache
def find_face() -> Face:
    """The face that the films use.

    Raises FontMissing when none of the candidates is installed, FontDamaged for a damaged file.
    """
    for family, names in _CANDIDATES:
        for name in names:
            if path := _files().get(name):
                return Face(family, path, _number(path, family))
    raise FontMissing(
        Message("no font with Chinese and Latin letters found; {remedy}", remedy=REMEDY)
    )


def _number(path: Path, family: str) -> int:
    from fontTools.ttLib import TTCollection

    if path.suffix.lower() != ".ttc":
        return 0
    with _intact(path), path.open("rb") as file:
        names = [font["name"].getDebugName(1) for font in TTCollection(file, lazy=True).fonts]
    return names.index(family) if family in names else 0


@contextmanager
def _intact(path: Path) -> Iterator[None]:
    """Raise FontDamaged, which names the file, for whatever reading it raises."""
    try:
        yield
    except Exception as error:  # fontTools raises errors of many kinds
        message = "the font file {path} cannot be read ({error}); install the font again"
        said = " ".join(f"{type(error).__name__}: {error}".split())
        raise FontDamaged(Message(message, path=path, error=said)) from error


@cache
def _metrics(face: Face) -> tuple[dict[int, float], float]:
    """The advance of each character in ems, and the height of a capital in ems."""
    from fontTools.ttLib import TTFont

    with _intact(face.path), TTFont(face.path, fontNumber=face.number, lazy=True) as font:
        em = font["head"].unitsPerEm
        # Glyphs by number: looking up their names takes five times as long.
        font.setGlyphOrder([*range(font["maxp"].numGlyphs)])
        count = font["hhea"].numberOfHMetrics  # all further glyphs are as wide as the last one
        widths = np.frombuffer(font.reader["hmtx"], ">u2", 2 * count)[::2].tolist()
        characters = font.getBestCmap().items()
        advances = {code: widths[min(glyph, count - 1)] / em for code, glyph in characters}
        capital = getattr(font["OS/2"], "sCapHeight", 0) or 0.72 * em
    return advances, capital / em


def cap_height(face: Face) -> float:
    """The height of a capital letter, in ems."""
    return _metrics(face)[1]


def lacking(text: str, face: Face) -> list[str]:
    """The characters of ``text`` that the face does not have."""
    advances, _ = _metrics(face)
    return [character for character in text if ord(character) not in advances]


def width(text: str, face: Face) -> float:
    """The width of ``text`` on one line, in ems (no kerning).

    Raises FontError naming the first character that the face lacks.
    """
    advances, _ = _metrics(face)
    for character in lacking(text, face):
        message = Message(
            "the font {family} has no character {character!r} (U+{code:04X}); "
            "take it out of the text, or {remedy}",
            family=face.family, character=character, code=ord(character), remedy=REMEDY,
        )  # fmt: skip
        raise FontError(message)
    return sum(advances[ord(character)] for character in text)


@cache
def typst_fonts() -> Any:
    """The fonts that come with Typst, for manim's ``font_paths``.

    Without them Typst reads every font of the system for each formula: 50 ms instead of 1.
    """
    import typst

    return typst.Fonts(include_system_fonts=False)
