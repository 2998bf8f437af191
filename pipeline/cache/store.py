"""A store of files under keys. Every byte is checked when a file is read."""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from pipeline.files.atomic import replacing

_OURS = re.compile(r"[0-9a-f]{64}(\.note|-[0-9a-f]{64}\.data)|\.gd-[0-9a-f]{12}\.part")
_CHUNK = 1 << 20  # bytes
_ABANDONED = 3600  # seconds after which a file without an entry must be from a killed run


class _WrongChecksum(Exception):
    """The content does not have the checksum that was given for it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the store: its size in bytes, and when it was last used (seconds, Unix time)."""

    key: str
    size: int
    used: float


@dataclass(frozen=True, slots=True)
class Store:
    """Files of any kind in one folder, at most `limit` bytes of them; a key is 64 hex digits.

    An entry is two files: ``KEY-SHA256.data``, named after its own content, and ``KEY.note``, whose
    first line is the checksum of the rest. Each is written under a private name and moved when it
    is complete, the data before the note that names them. So two runs at once, or a killed run,
    leave whole entries or none. There are no locks. Errors of the disk are not raised: a file that
    cannot be read counts as absent, and a file that cannot be written is not kept.
    """

    folder: Path
    limit: int

    def look(self, key: str) -> dict[str, Any] | None:
        """What was stored about the file under `key`, or None."""
        note = self._note(key)
        return None if note is None else dict(note["about"])

    def fetch(self, key: str, target: Path) -> bool:
        """Copy the file under `key` to `target`; return whether its checksum was right.

        A damaged entry is removed. After False `target` may hold anything.
        """
        note = self._note(key)
        if note is None:
            return False
        try:
            with self._data(key, note["sha256"]).open("rb") as file, target.open("wb") as copy:
                right = _copied(file, copy) == str(note["sha256"])
        except FileNotFoundError:
            right = False
        except OSError:  # perhaps the disk of `target` failed: the entry may be good
            return False
        if right:
            with suppress(OSError):
                os.utime(self._note_path(key))  # the time of last use
        else:
            self.forget(key)
        return right

    def put(
        self, key: str, source: Path, sha256: str, about: dict[str, Any], prune: bool = True
    ) -> bool:
        """Keep a copy of `source` if its content has this checksum; return whether it is kept.

        Without `prune` the folder may grow beyond its limit until the next call that does.
        """
        try:
            if source.stat().st_size > self.limit:
                return False
            self.folder.mkdir(parents=True, exist_ok=True)
            with replacing(self._data(key, sha256)) as part:
                with source.open("rb") as file, part.open("wb") as copy:
                    if _copied(file, copy) != sha256:
                        raise _WrongChecksum
                size = part.stat().st_size
            text = json.dumps({"key": key, "sha256": sha256, "size": size, "about": about})
            with replacing(self._note_path(key)) as part:
                part.write_text(f"{_digest(text.encode())}\n{text}", encoding="ascii")
        except (OSError, _WrongChecksum):
            return False
        self._remove_data(key, keep=sha256)
        if prune:
            self.prune(self.limit)
        return True

    def entries(self) -> list[Entry]:
        """All entries, the longest unused first."""
        found: list[Entry] = []
        for name in self._names():
            if name.endswith(".data"):
                with suppress(OSError):
                    key = name[:64]
                    size = (self.folder / name).stat().st_size
                    found.append(Entry(key, size, self._note_path(key).stat().st_mtime))
        return sorted(found, key=lambda entry: (entry.used, entry.key))

    def prune(self, limit: int) -> list[Entry]:
        """Remove the longest unused entries until at most `limit` bytes are left; return them."""
        self._remove_abandoned()
        entries = self.entries()
        size = sum(entry.size for entry in entries)
        removed: list[Entry] = []
        for entry in entries:
            if size <= limit:
                break
            self.forget(entry.key)
            removed.append(entry)
            size -= entry.size
        return removed

    def clear(self) -> list[Entry]:
        """Remove all our files, also those of killed runs; return the entries among them."""
        entries = self.entries()
        for name in self._names():
            self._remove(name)
        with suppress(OSError):
            self.folder.rmdir()
        return entries

    def forget(self, key: str) -> None:
        """Remove the entry under `key`: the note first, so that half an entry is never found."""
        self._remove(self._note_path(key).name)
        self._remove_data(key)

    def _note(self, key: str) -> dict[str, Any] | None:
        """The note if it is intact and names this key (files can be swapped), else None."""
        try:
            digest, _, text = self._note_path(key).read_bytes().partition(b"\n")
        except OSError:
            return None
        if digest.decode("ascii", "replace") != _digest(text):
            self.forget(key)
            return None
        note: dict[str, Any] = json.loads(text)
        return note if note["key"] == key else None

    def _note_path(self, key: str) -> Path:
        return self.folder / f"{key}.note"

    def _data(self, key: str, sha256: str) -> Path:
        return self.folder / f"{key}-{sha256}.data"

    def _names(self) -> list[str]:
        try:
            return [name for name in os.listdir(self.folder) if _OURS.fullmatch(name)]
        except OSError:
            return []

    def _remove_abandoned(self) -> None:
        """Remove old files of killed runs; younger files may still be in use."""
        notes = {name[:64] for name in self._names() if name.endswith(".note")}
        for name in self._names():
            if name.endswith(".part") or name[:64] not in notes:
                with suppress(OSError):
                    if time.time() - (self.folder / name).stat().st_mtime > _ABANDONED:
                        self._remove(name)

    def _remove_data(self, key: str, keep: str = "") -> None:
        for name in self._names():
            if name.startswith(f"{key}-") and name != self._data(key, keep).name:
                self._remove(name)

    def _remove(self, name: str) -> None:
        with suppress(OSError):
            (self.folder / name).unlink(missing_ok=True)


def _copied(source: BinaryIO, target: BinaryIO) -> str:
    """Copy all of `source`; return the checksum of exactly the bytes that were written."""
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
