"""``film(...)``: a film for a notebook, made by the command `gd video`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from cli.console.language import say
from cli.console.streams import note
from cli.request.film_argument import FilmName
from cli.verbs.video import video
from gd_films import places
from gd_films.asking import words_of
from gd_films.contents import Track
from gd_films.errors import as_failures
from gd_films.finished import FinishedFilm
from gd_films.making import made
from gd_films.progress import in_notebook
from pipeline import Caption
from scenes.catalogue.theme import THEMES

QUALITY = "720p30"
# Options of `gd video` that a notebook answers itself, or that make other files than one video.
_LEFT_OUT = {
    "formats", "join", "no_titles", "poster", "preview", "dry_run", "as_json", "debug",
}  # fmt: skip


def film(
    name: str, *, data: object = None, quality: str = QUALITY,
    output: str | os.PathLike[str] | None = None, **options: object,
) -> FinishedFilm:  # fmt: skip
    """Make a film and show it below the cell; one that was made before comes from the cache.

    `name` is a name of ``gd list``, a part such as ``"sgd@first-epoch"``, or a scene of your own,
    ``"my_scene.py:Name"``. `data` is a text as for ``--data``, a pair ``(x, y)`` of arrays or
    lists, or a table of two columns, such as a DataFrame. `output` names a file or a folder for
    the film. `options` are those of `gd video`, with ``_`` for ``-``: ``lr=0.05``, ``lang="zh"``,
    ``theme="light"``, ``batch_size=2``, ``no_captions=True``.

    A notebook holds a film of up to 20 MB itself. A larger one without `output` is put into the
    folder ``gd-films`` of the current folder.

    Raises WrongRequest (a ValueError) for a wrong name, option or data, FilmNotMade if the film
    fails, and KeyboardInterrupt after it was interrupted. Each says in one line what is wrong.

        film("sgd", data=([1, 2, 3], [2, 4, 7]), lr=0.05)
    """
    given = {"data": data, "quality": quality, **options}
    words = words_of(video, name, given, _LEFT_OUT)
    with as_failures():
        words = ["video", FilmName(own=True).convert(name, None, None), *words]
        theme = THEMES.get(str(options.get("theme")))
        if theme is not None and theme.transparent:
            words.append("--format=webm")  # browsers show no .mov
        if output is not None:
            finished = _made([*words, "-o", os.fspath(output)], options)
        else:
            finished = _placed(_made([*words, "-o", f"{places.new_folder()}{os.sep}"], options))
    for line in () if in_notebook() else finished.notes:
        note(line)
    return finished


def _made(words: list[str], options: Mapping[str, object]) -> FinishedFilm:
    last = made(words, quiet=bool(options.get("quiet")))
    file = last["file"]
    captions = Track(last["lang"], tuple(Caption(*each) for each in last["captions"]))
    # The picture has them already, if nobody asked for something else.
    captioned = bool(options.get("no_captions")) or options.get("subtitles") is not None
    return FinishedFilm(
        Path(file["path"]).absolute(), file["duration"], file["cached"], tuple(last["notes"]),
        captions, captioned, last["title"],
    )  # fmt: skip


def _placed(film: FinishedFilm) -> FinishedFilm:
    """The film where it stays; a large one beside the notebook, with a note that says so."""
    if film.embedded:
        return replace(film, path=places.kept(film.path))
    path = places.beside_the_notebook(film.path)
    message = "the film is too large for the notebook itself: keep {path!r} beside it"
    told = say("Note: {notice}", notice=say(message, path=path.as_posix()))
    return replace(film, path=path.absolute(), notes=(*film.notes, told))
