"""Finished segments of films, found again by what they show.

A segment outlives the run that made it: one that is killed, and one of a film that has been
changed since in some other place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.cache.keys import digest
from pipeline.cache.reading import checksum
from pipeline.cache.store import Store
from pipeline.cache.surroundings import PIPELINE, surroundings
from pipeline.job.encodings import Encoding, Gif
from pipeline.job.job import RenderJob


@dataclass(frozen=True, slots=True)
class SegmentCache:
    """The segments in `store` for one way of encoding; see `pipeline.content` for their keys.

    A segment of several films that are made together has several files: the first lies under the
    segment's key, with a note of which there are, and the others under keys that follow from it.

    `about` is all that decides a segment's bytes besides its frames, and `beginnings` are those of
    the keys that the store had at first.
    """

    store: Store
    about: str
    beginnings: frozenset[str]

    @classmethod
    def of(cls, jobs: Sequence[RenderJob], store: Store) -> SegmentCache | None:
        """Those that may be found for `jobs`, made together; None if one cannot tell what decides.

        Scenes' sources are not among them: the frames say what became of those.
        """
        try:
            encodings = [_of_a_segment(job.encoding) for job in jobs]
            about = digest("segment", jobs[0].frame, encodings, surroundings((PIPELINE,)))
        except OSError:
            return None
        return cls(store, about, frozenset(entry.key[:32] for entry in store.entries()))

    def keep(self, key: str, files: Sequence[Path]) -> None:
        """Put a finished segment's `files` into the store, where the disk lets it.

        Those that do not exist are not part of it. The first one goes last: with it, all are there.
        """
        there = [number for number, path in enumerate(files) if path.exists()]
        for place, number in reversed([*zip(_places(key, there), there, strict=True)]):
            sha256 = checksum(str(files[number]))
            about = {"files": there} if place == key else {}
            if sha256 is None or not self.store.put(
                place, files[number], sha256, about, prune=False
            ):
                return

    def fetch(self, key: str, files: Sequence[Path]) -> bool:
        """Copy the segment under `key` to `files`; say whether all of it was found and right."""
        there = (self.store.look(key) or {}).get("files", [])
        return bool(there) and all(
            self.store.fetch(place, files[number])
            for place, number in zip(_places(key, there), there, strict=True)
        )


def _places(key: str, there: Sequence[int]) -> list[str]:
    """The key of each of a segment's files."""
    return [key, *(digest(key, number) for number in there[1:])] if there else []


def _of_a_segment(encoding: Encoding) -> Encoding:
    """What of `encoding` is in a segment: a GIF's palette and loop come in when it is whole."""
    if isinstance(encoding, Gif):
        return Gif(width=encoding.width, every=encoding.every)
    return encoding
