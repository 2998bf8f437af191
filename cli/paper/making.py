"""Makes a handout: plays the films for pictures and words, sets the pages, writes the file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cli.console import guard
from cli.console.streams import put_json, put_path
from cli.console.time_limit import TimedOut, time_limit
from cli.making import estimates
from cli.making.cues import check_script
from cli.making.film_cache import film_cache
from cli.making.make import failure, lessons_of, summarise
from cli.making.orders import Order, orders
from cli.making.pictures import pictures_of
from cli.making.preview import preview as show
from cli.paper.handout import FilmOnPaper, film_on_paper
from cli.paper.pages import pdf_of
from cli.request.choices import note_choices
from cli.request.naming import path_for, stem_of
from cli.request.parts import Chosen
from cli.request.request import Request
from pipeline.files.inputs import refuse_inputs
from pipeline.files.publish import check_can_be_created, published

THEME = "light"
NAME = "handout"


def make_handout(
    films: Sequence[Chosen], request: Request, *, no_cache: bool, dry_run: bool, quiet: bool,
    as_json: bool, timeout: float | None = None, preview: bool = False,
) -> None:  # fmt: skip
    """Make one PDF of all `films`, or none if one of them fails; with ``dry_run`` print estimates.

    Prints its path, or one JSON document. Exits as `make` does. Raises BadData for a script of
    other films.
    """
    made = _orders(films, request)
    for film in films:
        check_script(film, request)
    if not quiet:
        note_choices(lessons_of(made))
    if dry_run:
        estimates.show(made, as_json)
        return
    guard.start()
    check_can_be_created(made[0].job.output)
    pages: list[FilmOnPaper] = []
    for order in made:
        try:
            with time_limit(timeout, order.name):
                found = pictures_of(order, quiet, film_cache(not no_cache))
                pages.append(film_on_paper(order, found))
                if order is made[-1]:
                    pdf = _write(pages, order.job.output, request.asked.telling.lang)
        except (Exception, TimedOut) as error:
            failed = failure(order, error)
            if as_json:
                told = {"film": failed.film, "error": failed.message}
                put_json({"files": [], "failed": [told]})
            summarise(made[:1], [failed])
            return
    path = made[0].job.output
    if as_json:
        put_json({"files": [_described(made, path, pdf)], "failed": []})
        return
    put_path(path)
    if preview:
        show(path)


def _orders(films: Sequence[Chosen], request: Request) -> tuple[Order, ...]:
    """An order for each film; the output of all of them is the one PDF."""
    words = (NAME, *request.words)
    made = orders(films, replace(request, output=None, words=words))
    stem = made[0].job.output.stem
    if len(made) > 1:
        stem = stem_of(NAME, request.words)
    path = path_for(request.output, stem, request.suffixes)
    refuse_inputs([path], [*(order.job.scene.module for order in made), *made[0].job.inputs])
    return tuple(replace(order, job=replace(order.job, output=path)) for order in made)


def _write(films: Sequence[FilmOnPaper], path: Path, lang: str) -> bytes:
    """Set the pages and write them; the PDF itself."""
    with published([path]) as (part,):
        pdf = pdf_of(films, " · ".join(film.title for film in films), lang)
        part.write_bytes(pdf)
    return pdf


def _described(made: Sequence[Order], path: Path, pdf: bytes) -> dict[str, object]:
    return {
        "films": [order.name for order in made],
        "path": str(path),
        "size": len(pdf),
        "sha256": hashlib.sha256(pdf).hexdigest(),
    }
