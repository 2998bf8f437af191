"""What is sent to a worker, what the worker does with it, and what comes back."""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cli.console.failures import one_line
from cli.course.farm.drawing import draw, give_receipt
from cli.course.farm.films import WantedFilm
from cli.course.manifest import SOURCES
from cli.course.running import Words
from cli.making.film_cache import film_store
from exit_codes import CANNOT_CREATE, IO_ERROR, UNAVAILABLE
from gdcore.data import DataError
from gdcore.tables.paths import split_columns
from pipeline import CannotCreate, Store
from pipeline.cache.surroundings import Part, at_start, parts
from pipeline.files.owner import create_owned
from pipeline.files.workspace import workspace

_SENT = "sent-files/"
"""With this begins a path in a command whose file is sent along."""
_FILES = ("--data", "--script", "--template")  # options whose values name files
_OF_THE_MACHINE = (UNAVAILABLE, CANNOT_CREATE, IO_ERROR)
_one_at_a_time = threading.Lock()  # a worker may have been started with several threads


@dataclass(frozen=True)
class Parcel:
    """A film to draw: its commands, and the files that they read, by their names in the commands.

    ``installation`` is the digest of all that decides the bytes of a film. ``token`` is the name of
    a file in the store of the sender: who finds it shares the store. ``limit`` is of that store.
    """

    commands: tuple[Words, ...]
    files: Mapping[str, bytes]
    receipt: str
    installation: str
    token: str
    limit: int


@dataclass(frozen=True)
class Entry:
    """A film from the store of a worker: its key, its note, its bytes."""

    key: str
    about: dict[str, Any]
    sha256: str
    data: bytes


@dataclass(frozen=True)
class Drawn:
    """A film was drawn; what it needs is in ``entries``, or in the store that both sides share."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Refused:
    """The worker is not like the sender: the parts of its installation."""

    parts: dict[Part, str]


@dataclass(frozen=True)
class NotDrawn:
    """The film could not be drawn; ``by_worker`` says that another worker may be able to."""

    reason: str
    by_worker: bool


Reply = Drawn | Refused | NotDrawn


def parcel_of(film: WantedFilm, token: str, limit: int) -> Parcel:
    """The film with the files that its commands read. Raises OSError if one is gone."""
    files: dict[str, bytes] = {}
    commands = tuple(
        tuple(_sent(word, film.inputs, files) for word in command) for command in film.commands
    )
    return Parcel(commands, files, film.receipt(), at_start(SOURCES), token, limit)


def _sent(word: str, inputs: Sequence[str], files: dict[str, bytes]) -> str:
    """The word with the place of its file on the other side; the file is added to `files`."""
    option, _, value = word.partition("=")
    if option not in _FILES:
        return word
    path, columns = Path(value), None
    if option == "--data":
        try:
            path, columns = split_columns(value)
        except DataError:
            return word
    known = [*map(Path, inputs)]
    if path not in known:
        return word
    # The name of a file is shown in films, so it stays; the folder keeps equal names apart.
    place = f"{_SENT}{known.index(path)}/{path.name}"
    files[place] = path.read_bytes()
    return f"{option}={place}" + (f":{columns[0]},{columns[1]}" if columns else "")


def draw_parcel(parcel: Parcel) -> Reply:
    """Draw a film on a worker. It uses one core, since each core has a worker."""
    with _one_at_a_time:
        if at_start(SOURCES) != parcel.installation:
            return Refused(parts(SOURCES))
        try:
            with workspace() as folder:
                return _drawn(parcel, folder)
        except Exception as error:
            code = getattr(error, "exit_code", None)
            by_worker = code in _OF_THE_MACHINE or isinstance(error, (OSError, ImportError))
            return NotDrawn(one_line(error), by_worker)


def _drawn(parcel: Parcel, folder: Path) -> Drawn:
    """Draw into the cache of this machine; `folder` is for the files that were sent."""
    for place, data in parcel.files.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_bytes(data)
    commands = [
        tuple(word.replace(f"={_SENT}", f"={folder}/{_SENT}", 1) for word in command)
        for command in parcel.commands
    ]
    own = film_store(parcel.limit)
    store = own or Store(folder / "films", parcel.limit)
    films = draw(commands, store, jobs=1)
    if own is not None and (own.folder / parcel.token).exists():
        give_receipt(own, parcel.receipt, [*films])
        return Drawn(())
    return Drawn(tuple(_entry(store, *film, folder) for film in films.items()))


def _entry(store: Store, key: str, about: dict[str, Any], folder: Path) -> Entry:
    copy = folder / "entry"
    sha256 = store.fetch(key, copy)
    if sha256 is None:
        raise OSError(f"the cache of the worker lost a film: {store.folder}")
    return Entry(key, about, sha256, copy.read_bytes())


def unpack(reply: Drawn, store: Store, receipt: str) -> bool:
    """Put what has come into the store; whether this was possible. The caller prunes the store."""
    if not reply.entries:
        return True
    with workspace() as folder:
        part = folder / "entry"
        for entry in reply.entries:
            part.write_bytes(entry.data)
            if not store.put(entry.key, part, entry.sha256, entry.about, prune=False):
                return False
    return give_receipt(store, receipt, [entry.key for entry in reply.entries])


@contextmanager
def token_in(store: Store) -> Iterator[str]:
    """The name of a new file in the store's folder, which is there until the end of the block.

    If this run is killed, the next one that uses the store removes it. Raises CannotCreate.
    """
    name = f".gd-{secrets.token_hex(6)}.part"
    try:
        store.folder.mkdir(parents=True, exist_ok=True)
        held = create_owned(store.folder / name)
    except OSError as error:
        message = "{folder!r} cannot be written to: set GD_CACHE to another folder"
        raise CannotCreate(message, folder=str(store.folder)) from error
    try:
        yield name
    finally:
        (store.folder / name).unlink(missing_ok=True)
        if held is not None:
            os.close(held)
