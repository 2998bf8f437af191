"""Makes a deck of films, and says what was made."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from cli.console import guard
from cli.console.language import say
from cli.console.streams import note, put_json, put_path
from cli.console.tables import size
from cli.deck.building import Builder, FilmLost
from cli.deck.fitting import within
from cli.deck.request import DeckRequest
from cli.deck.slides import Deck
from cli.deck.writers import SUFFIXES, Writer
from cli.making import estimates
from cli.making.cues import check_script
from cli.making.make import lessons_of, summarise
from cli.making.orders import Order, orders
from cli.making.preview import preview as show
from cli.request.choices import note_choices
from cli.request.naming import path_for, stem_of
from cli.request.parts import Chosen
from cli.request.request import Request
from pipeline.files.inputs import refuse_inputs
from pipeline.files.publish import check_can_be_created

NAME = "deck"
MANY, LARGE = 30, 720
"""From about this slide on PowerPoint was seen to stop playing clips that have more lines."""


def deck_path(films: Sequence[Chosen], output: str | None, words: Sequence[str]) -> Path:
    """Where the deck of `films` goes; BadValue for an ending that no deck has."""
    if len(films) == 1:
        part = films[0].part
        words = [films[0].film.name, *([] if part is None else [str(part)]), NAME, *words]
    else:
        words = [NAME, *words]
    return path_for(output, stem_of(words[0], words[1:]), SUFFIXES)


def make_deck(
    films: Sequence[Chosen], request: Request, wanted: DeckRequest, writer: Writer, path: Path, *,
    no_cache: bool, dry_run: bool, quiet: bool, as_json: bool, jobs: int | None = None,
    timeout: float | None = None, max_size: int | None = None, preview: bool = False,
) -> None:  # fmt: skip
    """Make one deck of all `films` at `path`, or none if one of them fails.

    Prints the paths of its files, or one JSON document, and its size on standard error. With
    ``dry_run`` it prints estimates. ``max_size`` limits the bytes of all its files together. Exits
    as `make` does. Raises BadValue and BadData for what is not possible.
    """
    made = orders(films, replace(request, output=None))
    modules = (order.job.scene.module for order in made)
    refuse_inputs([path], [*modules, *made[0].job.inputs, *wanted.inputs])
    for film in films:
        check_script(film, request)
    if not quiet:
        note_choices(lessons_of(made))
    if dry_run:
        estimates.show([_at(order, path) for order in made], as_json)
        return
    guard.start()
    check_can_be_created(path)
    builder = Builder(wanted, writer, quiet, not no_cache, jobs, timeout)
    try:
        fitting, lost = [*made], list[str]()
        if max_size is not None:
            fitting, lost = within(made, max_size, lambda tried: builder.size(tried, path.name))
        deck, files = builder.build(fitting, path)
    except FilmLost as error:
        if as_json:
            told = {"film": error.failed.film, "error": error.failed.message}
            put_json({"files": [], "failed": [told]})
        summarise(made[:1], [error.failed])
        return
    if not quiet:
        _note(fitting[0], deck, files, lost)
    if as_json:
        put_json({"files": [_described(made, deck, files)], "failed": []})
        return
    for file in files:
        put_path(file)
    if preview:
        show(path)


def _at(order: Order, path: Path) -> Order:
    return replace(order, job=replace(order.job, output=path))


def _note(order: Order, deck: Deck, files: Sequence[Path], lost: Sequence[str]) -> None:
    """Print what was given up, how large the deck is, and whether it may be too large."""
    name, shown = files[0].name, [slide for slide in deck.slides if slide.shown]
    for line in lost:
        note(say("Note: {notice}", notice=f"{name}: {line}"))
    told = say("{n:# slide|# slides}, {size}", n=len(deck.slides), size=size(_size(files)))
    note(f"{name}: {told}")
    picture = order.job.delivered
    if (
        files[0].suffix == ".pptx"
        and len(shown) > MANY
        and min(picture.width, picture.height) > LARGE
    ):
        message = "PowerPoint may stop playing large clips after {n} slides; use -q 720p30"
        note(say("Note: {notice}", notice=f"{name}: {say(message, n=MANY)}"))


def _size(files: Sequence[Path]) -> int:
    return sum(file.stat().st_size for file in files)


def _described(made: Sequence[Order], deck: Deck, files: Sequence[Path]) -> dict[str, Any]:
    return {
        "films": [order.name for order in made],
        "path": str(files[0]),
        "size": _size(files),
        "sha256": hashlib.sha256(files[0].read_bytes()).hexdigest(),
        "beside": [str(file) for file in files[1:]],
        "slides": [
            {"id": slide.id, "kind": slide.kind, "title": slide.title}
            | ({"seconds": slide.shown.seconds} if slide.shown else {})
            for slide in deck.slides
        ],
    }
