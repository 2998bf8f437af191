"""Finished segments of films, found again by what they show.

A segment outlives its run. It is found again after the run was killed, and after the film was
changed in another place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.cache.keys import digest
from pipeline.cache.store import Store
from pipeline.cache.surroundings import PIPELINE, at_start
from pipeline.job.encodings import Apng, Encoding, Gif, WebP
from pipeline.job.job import RenderJob


@dataclass(frozen=True, slots=True)
class SegmentCache:
    """The segments in `store` for one encoding; `pipeline.drawing.repaint.shown` makes their keys.

    A segment of several films that are made together has several files. The first is under the
    segment's key, with a note that lists all of them. The keys of the others follow from that key.

    `about` is everything that a segment's bytes depend on, except its frames. `beginnings` holds
    the first 32 digits of each key that the store had at the start.
    """

    store: Store
    about: str
    beginnings: frozenset[str]

    @classmethod
    def of(cls, jobs: Sequence[RenderJob], store: Store) -> SegmentCache | None:
        """The cache for `jobs` that are made together; None if a file for the key is unreadable.

        The sources of the scenes are not part of the key: the frames show their effect.
        """
        try:
            encodings = [_of_a_segment(job.encoding) for job in jobs]
            about = digest("segment", jobs[0].frame, encodings, at_start((PIPELINE,)))
        except OSError:
            return None
        return cls(store, about, frozenset(entry.key[:32] for entry in store.entries()))

    def keep(self, key: str, files: Sequence[Path], written: Mapping[Path, str]) -> None:
        """Put the `files` of a finished segment into the store. A full disk is no error.

        A file that has not the checksum with which it was `written` is not kept.

        Files that were not written are left out. The first one is put in last: once it is in the
        store, all are.
        """
        there = [number for number, path in enumerate(files) if path in written]
        for place, number in reversed([*zip(_places(key, there), there, strict=True)]):
            about = {"files": there} if place == key else {}
            path = files[number]
            if not self.store.put(place, path, written[path], about, prune=False):
                return

    def fetch(self, key: str, files: Sequence[Path]) -> dict[Path, str]:
        """Copy the segment under `key` to `files`; return their checksums, none if damaged."""
        about = self.store.look(key)
        if about is None:
            return {}
        there = about.get("files")
        if (
            not isinstance(there, list)
            or not there
            or not all(n in range(len(files)) for n in there)
        ):
            self.store.forget(key)  # no note of a segment
            return {}
        written: dict[Path, str] = {}
        for place, number in zip(_places(key, there), there, strict=True):
            sha256 = self.store.fetch(place, files[number])
            if sha256 is None:
                return {}
            written[files[number]] = sha256
        return written


def _places(key: str, there: Sequence[int]) -> list[str]:
    """The key of each of a segment's files."""
    return [key, *(digest(key, number) for number in there[1:])] if there else []


def _of_a_segment(encoding: Encoding) -> Encoding:
    """The part of `encoding` that a segment depends on: not its palette and loop.

    WebP and APNG have the same segments.
    """
    if isinstance(encoding, Gif):
        return replace(encoding, colors=256, loop=0)
    if isinstance(encoding, (WebP, Apng)):
        return WebP(width=encoding.width, every=encoding.every)
    return encoding
