"""File names that are safe on all systems of our users."""

from __future__ import annotations

import unicodedata

from pipeline.job.errors import JobError

MAX_BYTES = 255  # of one name, on ext4, APFS and NTFS alike
_DEVICES = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
_DEVICES |= {f"{port}{digit}" for port in ("COM", "LPT") for digit in "0123456789¹²³"}


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
        if character in '/\\<>:"|?*':
            raise JobError(
                "the file name {name!r} must not contain {character!r}",
                name=name,
                character=character,
            )
        if unicodedata.category(character) in ("Cc", "Cs"):
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
