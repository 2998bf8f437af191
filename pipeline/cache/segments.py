"""Finished segments of films, found again by what they show.

A segment outlives the run that made it: one that is killed, and one of a film that has been
changed since in some other place.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..encodings import Encoding, Gif
from ..job import RenderJob
from .keys import digest
from .reading import checksum
from .store import Store
from .surroundings import PIPELINE, surroundings


@dataclass(frozen=True, slots=True)
class SegmentCache:
    """The segments in `store` for one way of encoding; see `pipeline.content` for their keys.

    `about` is all that decides a segment's bytes besides its frames, and `beginnings` are those of
    the keys that the store had at first.
    """

    store: Store
    about: str
    beginnings: frozenset[str]

    @classmethod
    def of(cls, job: RenderJob, store: Store) -> SegmentCache | None:
        """The segments that may be found for `job`; None if its surroundings cannot be read.

        Scenes' sources are not among them: the frames say what became of those.
        """
        try:
            about = digest(
                "segment", job.picture, _of_a_segment(job.encoding), surroundings((PIPELINE,))
            )
        except OSError:
            return None
        return cls(store, about, frozenset(entry.key[:32] for entry in store.entries()))

    def keep(self, key: str, segment: Path) -> None:
        """Put a finished segment into the store, where the disk lets it."""
        sha256 = checksum(str(segment))
        if sha256 is not None:
            self.store.put(key, segment, sha256, {}, prune=False)


def _of_a_segment(encoding: Encoding) -> Encoding:
    """What of `encoding` is in a segment: a GIF's palette and loop come in when it is whole."""
    if isinstance(encoding, Gif):
        return Gif(width=encoding.width, every=encoding.every)
    return encoding
