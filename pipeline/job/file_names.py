"""File names that are safe on all systems of our users."""

from __future__ import annotations

import hashlib
import unicodedata

from pipeline.job.errors import JobError

_NOT_ALLOWED = '/\\<>:"|?*'
MAX_BYTES = 255  # of one name, on ext4, APFS and NTFS alike
_DEVICES = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
_DEVICES |= {f"{port}{digit}" for port in ("COM", "LPT") for digit in "0123456789¹²³"}


def file_name(stem: str, suffix: str) -> str:
    """One plain file name from any text, such as a section's name; `suffix` stays.

    A character that is not allowed becomes ``-``, and a name that is too long is cut. A name that
    was changed so ends in eight digits of the text's digest: different texts never share a file.
    Device names are not changed.
    """
    plain = "".join("-" if _is_refused(character) else character for character in stem)
    if plain == stem and len((stem + suffix).encode()) <= MAX_BYTES:
        return stem + suffix
    digest = hashlib.sha256(stem.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    end = f"-{digest}{suffix}"
    return plain.encode()[: MAX_BYTES - len(end.encode())].decode("utf-8", "ignore") + end


def check_file_name(name: str) -> str:
    """Return `name` if it is one plain file name, else raise `JobError` saying what is wrong.

    Refused: an empty name, ``.`` and ``..``, a separator (so a name never leaves its folder),
    control and surrogate characters, ``<>:"|?*``, a dot or a space at the end, more than 255 bytes,
    and the names of devices on Windows (``CON``, also ``con.mp4``). They are refused on every
    system, since files are carried from one system to another.
    """
    if not name or name in (".", ".."):
        raise JobError("{name!r} is no file name", name=name)
    for character in name:
        if character in _NOT_ALLOWED:
            raise JobError(
                "the file name {name!r} must not contain {character!r}",
                name=name,
                character=character,
            )
        if _is_refused(character):
            raise JobError("the file name {name!r} holds a control character", name=name)
    if name[-1] in ". ":
        raise JobError("the file name {name!r} must not end in a dot or a space", name=name)
    if len(name.encode()) > MAX_BYTES:
        raise JobError(
            "the file name is {count} bytes long, more than {most}",
            count=len(name.encode()),
            most=MAX_BYTES,
        )
    if name.split(".")[0].rstrip().upper() in _DEVICES:
        raise JobError("{name!r} is the name of a device on Windows", name=name)
    return name


def _is_refused(character: str) -> bool:
    return character in _NOT_ALLOWED or unicodedata.category(character) in ("Cc", "Cs")
