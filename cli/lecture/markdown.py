"""Any text as Markdown, and back: what would mean something to Markdown is marked by a backslash.

Characters that cannot be seen, and spaces at the end of a line, are written as numbers (``&#32;``).
"""

from __future__ import annotations

import html
import re
import unicodedata

_INLINE = re.compile(r"[\\`*_<\[&~$]")
_BLOCK = re.compile(r"^(?:(?=#{1,6}(?: |$)|[+-](?: |$)|--|[>=|:])|(\d{1,9})(?=[.)](?: |$)))")
_UNSEEN = ("Cc", "Cs", "Zl", "Zp")
_MARKED = re.compile(r"\\([!-/:-@\[-`{-~])|&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|\w{2,32});")


def written(text: str) -> str:
    """A text on one or more lines."""
    inner = text.strip("\n")
    before = len(text) - len(text.lstrip("\n"))
    after = len(text) - len(inner) - before
    line_end = _number("\n")
    lines = "\n".join(_BLOCK.sub(r"\1\\", in_line(line)) for line in inner.split("\n"))
    return line_end * before + lines + line_end * after


def in_line(text: str, *marked: str) -> str:
    """A text within one line; the characters ``marked`` are written as numbers, too."""
    shown = "".join(
        _number(c) if c in marked or c == "\ufeff" or unicodedata.category(c) in _UNSEEN else c
        for c in _INLINE.sub(r"\\\g<0>", text)
    )
    if shown.startswith(" "):
        shown = _number(" ") + shown[1:]
    if shown.endswith(" "):
        shown = shown[:-1] + _number(" ")
    return shown


def read(text: str) -> str:
    """The text that was `written`."""
    return _MARKED.sub(_meant, text)


def _meant(found: re.Match[str]) -> str:
    mark, decimal, hexadecimal = found.groups()
    if mark is not None:
        return str(mark)
    if decimal is None and hexadecimal is None:
        return html.unescape(found[0])
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if code <= 0x10FFFF else found[0]


def _number(character: str) -> str:
    return f"&#{ord(character)};"
