"""A finished film: shown below its cell, or as one line of text in a terminal."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from cli.console.tables import played, size
from cli.request.naming import path_for
from gd_films.contents import Contents, Track, contents_of
from gd_films.errors import as_failures
from gd_films.markup import figure
from pipeline.files.publish import published

EMBEDDED = 20_000_000
"""bytes of the largest film that is put into the notebook itself"""


@dataclass(frozen=True)
class FinishedFilm:
    """A film that `film` made.

    ``path`` is its file; without ``output=`` it is there as long as Python runs, so `save` it.
    ``seconds`` is its length. ``cached`` says that it was made before. ``notes`` is what the
    command says about it, such as the rate that the film chose. ``captions`` are those of the
    picture, for a file without subtitles. ``captioned`` says whether they are shown from the start.
    ``title`` is for a file without one.
    """

    path: Path
    seconds: float
    cached: bool
    notes: tuple[str, ...] = ()
    captions: Track = field(default=Track(None, ()))
    captioned: bool = False
    title: str = ""

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Copy the film to a file, or under its own name into a folder; return the path.

        An older file is replaced. Raises WrongRequest for another ending, FilmNotMade if it cannot
        be written.
        """
        with as_failures():
            target = path_for(os.fspath(path), self.path.stem, (self.path.suffix,))
            if target.resolve() != self.path.resolve():
                with published([target]) as (part,):
                    shutil.copyfile(self.path, part)
        return target

    @cached_property
    def contents(self) -> Contents:
        """Title, cover and so on; the file's own, as far as it has them."""
        found = contents_of(self.path)
        found = replace(found, title=found.title or self.title or self.path.stem)
        if not found.tracks and self.captions.captions:
            return replace(found, tracks=(self.captions,))
        return found

    @property
    def embedded(self) -> bool:
        """Whether the notebook holds the film itself."""
        return self.path.stat().st_size <= EMBEDDED

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, str]:
        """What Jupyter shows."""
        below = "\n".join([self._line, *self.notes])
        markup = figure(self.path, self.contents, self.embedded, self.captioned, below)
        return {"text/html": markup, "text/plain": repr(self)}

    def __repr__(self) -> str:
        return f"{self._line} · {self.path}"

    @property
    def _line(self) -> str:
        """Title, length and size."""
        told = [self.contents.title, played(self.seconds), size(self.path.stat().st_size)]
        return " · ".join(told)
