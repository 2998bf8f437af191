"""How a text file is encoded: told by its first bytes, never guessed."""

import codecs
from pathlib import Path

from gdcore.dataset import DataError
from gdcore.message import Message
from gdcore.tables import refusals

_LOOKED_AT = 2**20  # bytes
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods; .xls
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SURE = 0.8  # share of common characters from which a text is certainly Chinese


def encoding_of(path: Path) -> tuple[str, tuple[str, ...]]:
    """The encoding of a text file, and notices for the reader.

    UTF-8 (with or without a byte order mark), UTF-16 with one, or GB18030 (GBK) if most of the
    characters are common Chinese ones. Raises DataError for a workbook, for what is not text, and
    for other encodings; OSError if the file cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_LOOKED_AT)
    whole = len(head) < _LOOKED_AT
    if head.startswith(_WORKBOOKS):
        raise DataError(Message(refusals.WORKBOOK, path=path))
    if head.startswith(_UTF16):
        if _text(head, "utf-16", whole) is None or "\0" in (_text(head, "utf-16", whole) or ""):
            raise DataError(Message(refusals.NOT_TEXT, path=path))
        return "utf-16", (Message("read as UTF-16"),)
    if b"\0" in head:
        raise DataError(Message(refusals.NOT_TEXT, path=path))
    if _text(head, "utf-8", whole) is not None:
        return "utf-8-sig", ()
    if _surely_chinese(_text(head, "gb18030", whole) or ""):
        return "gb18030", (Message("read as GB18030 (GBK): it is not UTF-8"),)
    raise DataError(Message(refusals.UNKNOWN_ENCODING, path=path, row=_first_wrong_row(head)))


def _text(head: bytes, encoding: str, whole: bool) -> str | None:
    """The bytes as text; None if they are not of this encoding."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(head, final=whole)
    except UnicodeDecodeError:
        return None


def _surely_chinese(text: str) -> bool:
    """Whether most letters beyond ASCII are common Chinese characters or marks.

    Western European letters, read as GBK, become rare characters.
    """
    beyond = [character for character in text if ord(character) > 127]
    return sum(map(_is_common, beyond)) > _SURE * len(beyond)


def _is_common(character: str) -> bool:
    """Whether a character is a mark, or one of the 3755 common ones, of GB 2312."""
    try:
        row = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return 0xA1 <= row <= 0xA9 or 0xB0 <= row <= 0xD7


def _first_wrong_row(head: bytes) -> int:
    """The row with the first byte that is not UTF-8."""
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return head.count(b"\n", 0, error.start) + 1
    return 1
