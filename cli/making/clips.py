"""Makes clips: one file for each cue or section of a film."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from cli.console import guard
from cli.console.streams import put_json, put_path
from cli.console.time_limit import TimedOut, time_limit
from cli.making import estimates
from cli.making.cues import as_scripted, check_script
from cli.making.film_cache import film_cache
from cli.making.make import Failed, failure, note_what_was_unusual, summarise
from cli.making.orders import Order
from cli.making.preview import preview as show
from cli.making.progress import reporter
from cli.making.voiced import voiced
from pipeline import By, Clips, FilmCache, render_clips
from scenes import Film


def make_clips(
    orders: Sequence[Order], by: By, lang: str, *, quiet: bool, as_json: bool, cached: bool,
    dry_run: bool = False, workers: int | None = None, timeout: float | None = None,
    preview: bool = False,
) -> None:  # fmt: skip
    """Make the clips of each order's film; a film that fails does not stop the others.

    The clips go into a folder beside the order's output, with its name and ``-clips``. Prints the
    paths of the clips and of their listing, or one JSON document at the end. ``preview`` opens the
    first clip, not ``as_json``. With ``dry_run`` estimates are printed. Exits as `make` does.
    """
    if dry_run:
        into = [replace(each, job=replace(each.job, output=_folder_of(each))) for each in orders]
        estimates.show(into, as_json)
        return
    guard.start()
    cache = film_cache(cached)
    done: list[Clips] = []
    failed: list[Failed] = []
    for order in orders:
        try:
            with time_limit(timeout, order.name):
                check_script(order.chosen, order.request)
                with voiced([order], cached, quiet) as (spoken,):
                    folder = _folder_of(order)
                    clips = film_clips(spoken, folder, by, lang, quiet, cache, workers)
        except (Exception, TimedOut) as error:
            failed.append(failure(order, error))
            continue
        done.append(clips)
        for path in () if as_json else (*(clip.path for clip in clips.clips), clips.listing):
            put_path(path)
    if done and preview and not as_json:
        show(done[0].clips[0].path)
    if as_json:
        put_json({
            "films": [_described(clips) for clips in done],
            "failed": [{"film": f.film, "error": f.message} for f in failed],
        })  # fmt: skip
    if failed:
        summarise(orders, failed)


def film_clips(
    order: Order, folder: Path, by: By, lang: str, quiet: bool, cache: FilmCache | None,
    workers: int | None = None,
) -> Clips:  # fmt: skip
    """Cut the film of an order into `folder`; shows progress, and prints its warnings.

    Raises what `render_clips` and `as_scripted` raise.
    """
    about = {"title": order.job.title, "language": lang if isinstance(order.film, Film) else None}
    told = partial(as_scripted, chosen=order.chosen, request=order.request)
    report = reporter(quiet)
    report.begin(order)
    clips = None
    try:
        job = replace(order.job, output=folder)
        clips = render_clips(job, by, about, told, report.update, cache, workers)
    finally:
        report.end(*([] if clips is None else [clips.film]))
    note_what_was_unusual(order, [clips.film], quiet)
    return clips


def _folder_of(order: Order) -> Path:
    """Where the clips of an order go."""
    output = order.job.output
    return output.with_name(f"{output.stem}-clips")


def _described(clips: Clips) -> dict[str, Any]:
    return {
        "folder": str(clips.listing.parent), "cached": clips.film.cached, **clips.document,
    }  # fmt: skip
