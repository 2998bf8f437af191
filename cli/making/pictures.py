"""The last picture of every section of a film, from one play of its scene."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cli.console import guard
from cli.console.failures import BadValue
from cli.console.language import say
from cli.console.streams import put_json, put_path
from cli.console.time_limit import TimedOut, time_limit
from cli.making import estimates
from cli.making.film_cache import film_cache
from cli.making.make import failure, lessons_of, make_film, summarise
from cli.making.orders import Order, orders
from cli.making.preview import preview as show
from cli.request.choices import note_choices
from cli.request.naming import is_folder, path_for, stem_of
from cli.request.parts import Chosen
from cli.request.request import Request
from pipeline import FilmCache, Rendered, SectionEnds
from pipeline.files.inputs import refuse_inputs
from pipeline.files.pictures import pictures_in
from pipeline.files.publish import published
from pipeline.files.workspace import workspace


@dataclass(frozen=True)
class Pictures:
    """The PNGs of a film's sections, and what was found when the film was played."""

    pngs: tuple[bytes, ...]
    rendered: Rendered


def pictures_of(order: Order, quiet: bool, cache: FilmCache | None) -> Pictures:
    """The last picture of each section of the order's film. Raises what `render` raises."""
    with workspace() as folder:
        archive = folder / "pictures.zip"
        job = replace(order.job, encoding=SectionEnds(), output=archive)
        (rendered,) = make_film([replace(order, job=job)], quiet, cache, None)
        return Pictures(tuple(pictures_in(archive)), rendered)


def make_pictures(
    chosen: Chosen, request: Request, *, no_cache: bool, dry_run: bool, quiet: bool, as_json: bool,
    timeout: float | None = None, preview: bool = False,
) -> None:  # fmt: skip
    """Make the pictures of a film's sections, all or none: ``batch-01-start.png``, and so on.

    Prints their paths, or one JSON document; with ``dry_run`` estimates. Exits as `make` does.
    """
    if request.output is not None and not is_folder(request.output):
        raise BadValue("-o", say("must be a folder for several pictures: add /"))
    named = replace(request, words=("NN-SECTION", *request.words), encoding=SectionEnds())
    (order,) = orders([chosen], named)
    if not quiet:
        note_choices(lessons_of([order]))
    if dry_run:
        estimates.show([order], as_json)
        return
    guard.start()
    try:
        with time_limit(timeout, order.name):
            found = pictures_of(order, quiet, film_cache(not no_cache))
            paths = list(_paths(order, request, found.rendered))
            _write(found, paths, order)
    except (Exception, TimedOut) as error:
        failed = failure(order, error)
        if as_json:
            put_json({"files": [], "failed": [{"film": failed.film, "error": failed.message}]})
        summarise([order], [failed])
        return
    if as_json:
        put_json({"files": [*_described(order, found, paths)], "failed": []})
        return
    for path in paths:
        put_path(path)
    if preview:
        show(paths[0])


def _paths(order: Order, request: Request, rendered: Rendered) -> Iterator[Path]:
    """The files: film, number and name of the section, and the request's words."""
    for number, section in enumerate(rendered.sections, 1):
        words = (f"{number:02}", section.name, *request.words)
        yield path_for(request.output, stem_of(order.film.name, words), request.suffixes)


def _write(found: Pictures, paths: list[Path], order: Order) -> None:
    refuse_inputs(paths, [order.job.scene.module, *order.job.inputs])
    with published(paths) as parts:
        for part, png in zip(parts, found.pngs, strict=True):
            part.write_bytes(png)


def _described(order: Order, found: Pictures, paths: list[Path]) -> Iterator[dict[str, Any]]:
    for section, path, png in zip(found.rendered.sections, paths, found.pngs, strict=True):
        yield {
            "film": order.film.name,
            "part": order.part,
            "section": section.name,
            "path": str(path),
            "size": len(png),
            "sha256": hashlib.sha256(png).hexdigest(),
            "cached": found.rendered.cached,
        }
