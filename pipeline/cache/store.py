"""A store of files under keys. Every byte is checked when a file is read."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from pipeline.cache.reading import opened
from pipeline.files.atomic import replacing
from pipeline.files.owner import remove_abandoned_parts

_OURS = re.compile(r"[0-9a-f]{64}(\.note|-[0-9a-f]{64}\.data)")
_CHUNK = 1 << 20  # bytes
_LARGEST_NOTE = 16 << 20  # bytes
_ABANDONED = 3600  # seconds after which a file without an entry must be from a killed run


class _WrongChecksum(Exception):
    """The content does not have the checksum that was given for it."""


@dataclass(frozen=True, slots=True)
class _Note:
    """What is known of an entry: checksum and size in bytes of its data, and what was given."""

    sha256: str
    size: int
    about: dict[str, Any]


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
    cannot be read counts as damaged, and a file that cannot be written is not kept. Whatever else
    is in the place of a file (a pipe, a device, a folder) is damage too. Damage is removed.
    """

    folder: Path
    limit: int

    def look(self, key: str) -> dict[str, Any] | None:
        """What was stored about the file under `key`, or None."""
        note = self._note(key)
        return None if note is None else note.about

    def fetch(self, key: str, target: Path) -> str | None:
        """Copy the file under `key` to `target`; return its checksum, None if it was not right.

        A damaged entry is removed. After None `target` may hold anything.
        """
        note = self._note(key)
        if note is None:
            return None
        try:
            file = opened(self._data(key, note.sha256))
        except OSError:
            self.forget(key)
            return None
        try:
            with file, target.open("wb") as copy:
                as_long = os.fstat(file.fileno()).st_size == note.size  # it may be huge
                right = as_long and _copied(file, copy) == note.sha256
        except OSError:  # perhaps the disk of `target` failed: the entry may be good
            return None
        if right:
            with suppress(OSError):
                os.utime(self._note_path(key))  # the time of last use
        else:
            self.forget(key)
        return note.sha256 if right else None

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
                with opened(source) as file, part.open("wb") as copy:
                    if _copied(file, copy) != sha256:
                        raise _WrongChecksum
                size = part.stat().st_size
            text = json.dumps({"key": key, "sha256": sha256, "size": size, "about": about})
            if len(text) > _LARGEST_NOTE:
                return False
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
                    size = (self.folder / name).lstat().st_size
                    found.append(Entry(key, size, self._note_path(key).lstat().st_mtime))
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
        """Remove all our files, also those of killed runs; return the entries among them.

        Unfinished files of runs that are alive stay: these runs remove them.
        """
        entries = self.entries()
        remove_abandoned_parts(self.folder)
        for name in self._names():
            self._remove(name)
        with suppress(OSError):
            self.folder.rmdir()
        return entries

    def forget(self, key: str) -> None:
        """Remove the entry under `key`: the note first, so that half an entry is never found."""
        self._remove(self._note_path(key).name)
        self._remove_data(key)

    def _note(self, key: str) -> _Note | None:
        """The note if it is intact and names this key (files can be swapped), else None."""
        try:
            with opened(self._note_path(key)) as file:
                digest, _, text = file.read(_LARGEST_NOTE + _CHUNK).partition(b"\n")
            if digest.decode("ascii", "replace") == _digest(text):
                return _read(text, key)
        except FileNotFoundError:
            if not self._note_path(key).is_symlink():
                return None
        except (OSError, LookupError, TypeError, ValueError, RecursionError):
            pass
        self.forget(key)
        return None

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
        """Remove what killed runs left; data without a note may still get one if it is young."""
        remove_abandoned_parts(self.folder)
        notes = {name[:64] for name in self._names() if name.endswith(".note")}
        for name in self._names():
            if name[:64] not in notes:
                with suppress(OSError):
                    if time.time() - (self.folder / name).lstat().st_mtime > _ABANDONED:
                        self._remove(name)

    def _remove_data(self, key: str, keep: str = "") -> None:
        for name in self._names():
            if name.startswith(f"{key}-") and name != self._data(key, keep).name:
                self._remove(name)

    def _remove(self, name: str) -> None:
        path = self.folder / name
        with suppress(OSError):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def _read(text: bytes, key: str) -> _Note:
    """The note for `key`. It raises what Python raises if it is of another kind."""
    note = json.loads(text)
    sha256, size, about = note["sha256"], note["size"], note["about"]
    if note["key"] != key or not isinstance(about, dict) or not isinstance(size, int):
        raise ValueError
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise ValueError
    return _Note(sha256, size, about)


def _copied(source: BinaryIO, target: BinaryIO) -> str:
    """Copy all of `source`; return the checksum of exactly the bytes that were written."""
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
