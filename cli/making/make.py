"""Renders the orders of a command, even if one of them fails, and sums up the failures."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import click

from cli.console import guard
from cli.console.app import App
from cli.console.failures import BadValue, one_line
from cli.console.language import say
from cli.console.streams import note, put_json, put_path
from cli.console.time_limit import TimedOut, time_limit
from cli.making import estimates
from cli.making.cues import as_scripted
from cli.making.film_cache import film_cache
from cli.making.max_size import within
from cli.making.orders import Order, chosen_in
from cli.making.posters import with_posters
from cli.making.preview import preview as show
from cli.making.progress import reporter
from cli.making.subtitles import with_subtitles
from cli.making.voiced import voiced
from cli.request.choices import note_choices
from exit_codes import SCENE_RAISED, UNAVAILABLE
from pipeline import FilmCache, Png, ProRes, Rendered, render, render_together
from scenes import Film, Lesson


@dataclass(frozen=True)
class Failed:
    """A film, or a part of one, that could not be made, and why."""

    film: str
    message: str
    exit_code: int


def carry_out(
    orders: Sequence[Order], *, no_cache: bool, dry_run: bool, quiet: bool, as_json: bool,
    jobs: int | None = None, timeout: float | None = None, max_size: int | None = None,
    poster: bool = False, preview: bool = False,
) -> None:  # fmt: skip
    """Make the orders, or with ``dry_run`` print estimates; first say what the films chose.

    ``poster`` adds a picture of each film. ``preview`` shows the first file, but not ``as_json``:
    that is for programs.
    """
    if max_size is not None and any(isinstance(order.job.encoding, ProRes) for order in orders):
        raise BadValue("--max-size", say("is not for .mov, which has no smaller quality"))
    if poster:
        orders = with_posters(orders)
    if not quiet:
        note_choices(lessons_of(orders))
    if dry_run:
        estimates.show(orders, as_json)
    else:
        make(
            orders, quiet=quiet, as_json=as_json, cached=not no_cache, workers=jobs,
            timeout=timeout, max_size=max_size, preview=preview,
        )  # fmt: skip


def make(
    orders: Sequence[Order], *, quiet: bool, as_json: bool, cached: bool,
    workers: int | None = None, timeout: float | None = None, max_size: int | None = None,
    preview: bool = False,
) -> None:  # fmt: skip
    """Render the orders one after the other; a film that fails does not stop the others.

    Prints the path of each file as soon as it is finished, or one JSON document at the end. Exits
    with the code of the failed films (1 if their codes differ). ``cached`` takes films from the
    cache that were made before. ``workers`` is the number of processes (None: one for each core).
    ``timeout`` limits the seconds of one film, ``max_size`` the bytes of each file. ``preview``
    opens the first file, not ``as_json``.
    """
    guard.start()
    cache = film_cache(cached)
    done: list[tuple[Order, Rendered]] = []
    failed: list[Failed] = []
    for _, files in groupby(orders, key=_drawn_together):
        film = list(files)
        try:
            with time_limit(timeout, film[0].name), voiced(film, cached, quiet) as told:
                film = with_subtitles(told, told[0].request, cached, quiet)
                rendered = make_film(film, quiet, cache, workers, max_size)
        except (Exception, TimedOut) as error:
            failed.append(failure(film[0], error))
            continue
        done += zip(film, rendered, strict=True)
        beside = dict.fromkeys(path for file in rendered for path in file.beside)
        for path in () if as_json else (*(file.path for file in rendered), *beside):
            put_path(path)
    if done and preview and not as_json:
        show(done[0][1].path)
    if as_json:
        put_json({
            "files": [_described(order, rendered) for order, rendered in done],
            "failed": [{"film": f.film, "error": f.message} for f in failed],
        })  # fmt: skip
    if failed:
        summarise(orders, failed)


def _drawn_together(order: Order) -> object:
    """Equal for files of one film that are made from the same frames."""
    return order.chosen, isinstance(order.job.encoding, Png)


def make_film(
    orders: Sequence[Order], quiet: bool, cache: FilmCache | None, workers: int | None,
    max_size: int | None = None,
) -> tuple[Rendered, ...]:  # fmt: skip
    """All files of one film, drawn once; each by itself if its size is limited."""
    report = reporter(quiet)
    report.begin(orders[0])
    rendered: tuple[Rendered, ...] = ()
    given_up: list[str] = []
    try:
        if max_size is None or isinstance(orders[0].job.encoding, Png):
            jobs = [order.job for order in orders]
            rendered = render_together(jobs, report.update, cache, workers)
        else:
            fitting = [within(order, max_size, report, cache, workers) for order in orders]
            given_up = [line for _, lines in fitting for line in lines]
            rendered = tuple(render(each.job, report.update, cache, workers) for each, _ in fitting)
    finally:
        report.end(*rendered)
    note_what_was_unusual(orders[0], rendered, quiet, given_up)
    return rendered


def note_what_was_unusual(
    order: Order, rendered: Sequence[Rendered], quiet: bool, given_up: Sequence[str] = ()
) -> None:
    """Print the warnings and notes of a film's finished files."""
    for line in () if quiet else given_up:
        note(say("Note: {notice}", notice=f"{order.name}: {line}"))
    for warning in () if quiet else dict.fromkeys(w for file in rendered for w in file.warnings):
        note(say("Note: {notice}", notice=f"{order.name}: {say(warning)}"))
    for told in () if quiet else rendered[0].notes:
        note(say("Note: {notice}", notice=f"{order.name}: {say(told)}"))
    if App.debug:
        _explain(order.name, rendered)


def _explain(film: str, rendered: Sequence[Rendered]) -> None:
    """With --debug: why a film was drawn slowly, and why it will be drawn again the next time."""
    for reason in rendered[0].drawn_by_manim:
        note(say("Drawn by manim's camera, slowly: {film}: {reason}", film=film, reason=reason))
    for why in dict.fromkeys(file.not_kept for file in rendered if file.not_kept):
        note(say("Not kept in the cache: {film}: {reason}", film=film, reason=say(why)))


def failure(order: Order, error: BaseException) -> Failed:
    """Print the error of an order as one line; return it for the summary."""
    return failed_with(order.name, error)


def failed_with(name: str, error: BaseException) -> Failed:
    """Print the error of what has this name as one line; return it for the summary."""
    if App.debug:
        note(traceback.format_exc().rstrip())
    message = one_line(error)
    code = getattr(error, "exit_code", None)
    if isinstance(error, ImportError):
        code = UNAVAILABLE
        message = say(
            "a package cannot be imported ({error}); gd doctor shows which", error=message
        )
    elif not isinstance(code, int):
        code = SCENE_RAISED
        message = f"{type(error).__name__}: {message}"
    note(say("Error: {message}", message=f"{name}: {message}"))
    return Failed(name, message, code)


def summarise(orders: Sequence[Order], failed: Sequence[Failed]) -> None:
    """Print which films were made and which were not; exit."""
    if len(orders) > 1:
        lost = [f.film for f in failed]
        films = dict.fromkeys(order.name for order in orders)
        kept = [film for film in films if film not in lost]
        made = ", ".join(kept) or say("none")
        note(say("Finished: {made}. Failed: {lost}.", made=made, lost=", ".join(lost)))
    _exit_with(failed)


def name_failed(failed: Sequence[Failed]) -> None:
    """Print which of a course's steps or films failed; exit."""
    note(say("Failed: {names}.", names=", ".join(lost.film for lost in failed)))
    _exit_with(failed)


def _exit_with(failed: Sequence[Failed]) -> None:
    """Exit with the code of what failed: 1 if the codes differ."""
    codes = {lost.exit_code for lost in failed}
    click.get_current_context().exit(codes.pop() if len(codes) == 1 else SCENE_RAISED)


def lessons_of(orders: Sequence[Order]) -> Iterator[tuple[Film, Lesson]]:
    """The films of the catalogue among the orders, with their lessons."""
    for order in orders:
        if isinstance(order.film, Film) and order.lesson is not None:
            yield order.film, order.lesson


def _described(order: Order, rendered: Rendered) -> dict[str, Any]:
    cues = as_scripted(rendered.cues, order.chosen, order.request) if rendered.cues else ()
    return {
        "film": order.film.name,
        "part": order.part,
        "path": str(rendered.path),
        "size": rendered.size,
        "frames": rendered.frames,
        "fps": rendered.fps,
        "duration": rendered.duration,
        "sha256": rendered.sha256,
        "cached": rendered.cached,
        "subtitles": [*map(str, rendered.beside)],
        "chosen": chosen_in(order),
        "sections": [section.document() for section in rendered.sections],
        "cues": [cue.document() for cue in cues],
    }
