"""``--max-size``: makes files until one is within the limit, and says what was given up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cli.console.language import say
from cli.console.tables import size
from cli.making.film_cache import kept_in
from cli.making.orders import Order
from cli.making.progress import Reporter
from pipeline import FilmCache, Gif, RenderJob, render
from pipeline.files.workspace import workspace
from pipeline.job.fitting import CRF, Fitted, fitted


def within(
    order: Order, limit: int, reporter: Reporter, cache: FilmCache | None, workers: int | None
) -> tuple[Order, list[str]]:
    """The order whose file has at most `limit` bytes, and what was given up for it.

    The file is in `cache` if there is one. Raises what `fitted` and `render` raise.
    """
    with workspace() as folder:
        kept = cache or kept_in(folder / "films")

        def size_of(job: RenderJob) -> int:
            tried = replace(job, output=folder / f"tried{job.output.suffix}")
            return render(tried, reporter.update, kept, workers).size

        found = fitted(order.job, limit, size_of)
    return replace(order, job=found.job), given_up(order.job, found, limit)


def given_up(asked: RenderJob, found: Fitted, limit: int) -> list[str]:
    """What the file has less than was asked for, and its size, a line each; nothing if all fits."""
    lost = [*_lost(asked, found.job)]
    if lost:
        lost.append(say("{size} of at most {limit}", size=size(found.size), limit=size(limit)))
    return lost


def _lost(asked: RenderJob, made: RenderJob) -> Iterator[str]:
    before, after = asked.delivered, made.delivered
    if after.fps != before.fps:
        message = "{now} frames a second instead of {asked}"
        yield say(message, now=after.fps, asked=before.fps)
    if after.width != before.width:
        yield say("{now} pixels wide instead of {asked}", now=after.width, asked=before.width)
    old, new = asked.encoding, made.encoding
    if isinstance(old, Gif) and isinstance(new, Gif) and new.colors != old.colors:
        yield say("{now} colours instead of {asked}", now=new.colors, asked=old.colors)
    crf = getattr(new, "crf", None)
    if crf is not None and crf != getattr(old, "crf", None):
        usual = getattr(old, "crf", None) or CRF[getattr(old, "speed", "normal")]
        yield say("coarser pictures: crf {now} instead of {asked}", now=crf, asked=usual)
