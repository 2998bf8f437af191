"""Turns lines into finished sound files. What was spoken before comes from the cache."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline import Store
from pipeline.cache.keys import digest
from voice.errors import Unusable
from voice.line import Line, Speaker, Speech

_MADE = 1  # raised when `voice.sound` makes another sound of the same file


def speak(
    lines: Sequence[Line],
    speaker: Speaker,
    store: Store | None,
    folder: Path,
    announce: Callable[[Line], object] = lambda line: None,
) -> tuple[Speech, ...]:
    """The sounds of the lines, as files in `folder`.

    Sounds are kept in `store`; without one everything is spoken. `announce` is called with each
    line before it is spoken, which may take long; not with one that comes from `store`.

    Raises the `PipelineError` of the speaker.
    """
    speaker.check(lines)
    return tuple(_speech(line, speaker, store, folder, announce) for line in lines)


def _speech(
    line: Line,
    speaker: Speaker,
    store: Store | None,
    folder: Path,
    announce: Callable[[Line], object],
) -> Speech:
    key = digest("voice", _MADE, speaker.about(line))
    path = folder / f"{key}.wav"
    if store is not None and (kept := _kept(key, path, store)):
        return kept
    from voice.sound import made_ready

    own = folder / f"{key}.spoken"
    own.mkdir(exist_ok=True)
    announce(line)
    try:
        seconds = made_ready(speaker.say(line, own), path)
    except Unusable as error:
        raise speaker.unusable(line, error) from error
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    if store is not None:
        store.put(key, path, sha256, {"voice": seconds})
    return Speech(path, seconds, sha256)


def _kept(key: str, path: Path, store: Store) -> Speech | None:
    about = store.look(key)
    if about is None or not isinstance(about.get("voice"), float):
        return None
    sha256 = store.fetch(key, path)
    return None if sha256 is None else Speech(path, about["voice"], sha256)
