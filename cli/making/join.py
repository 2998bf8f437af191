"""Makes one video of several films, with a title before each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from cli.console import guard
from cli.console.failures import BadValue
from cli.console.language import say
from cli.console.streams import put_json, put_path
from cli.console.time_limit import TimedOut, time_limit
from cli.lecture.subtitle_files import WRITERS
from cli.making import estimates
from cli.making.cues import as_scripted
from cli.making.film_cache import film_cache
from cli.making.make import failure, lessons_of, make_film, summarise
from cli.making.orders import Order
from cli.making.preview import preview as show
from cli.making.subtitles import Texts, beside, subtitled, texts_of
from cli.making.voiced import voiced
from cli.request.choices import note_choices
from pipeline import Caption, JoinedFilm, Rendered, RenderJob, SceneRef, render, render_joined
from pipeline.files.inputs import refuse_inputs
from pipeline.joining import TextFrom
from scenes import Film, Telling


def make_joined(
    orders: Sequence[Order], output: Path, telling: Telling, titles: bool, *, no_cache: bool,
    dry_run: bool, quiet: bool, as_json: bool, jobs: int | None = None,
    timeout: float | None = None, max_size: int | None = None, poster: bool = False,
    preview: bool = False,
) -> None:  # fmt: skip
    """Render the orders and join their films at `output`, or with ``dry_run`` print estimates.

    With `titles` a card before each film says its number, title and summary. Prints the path, or
    one JSON document. If a film fails, nothing is joined; exits with its code. BadValue for a limit
    and for a poster.
    """
    for option, given in (("--max-size", max_size is not None), ("--poster", poster)):
        if given:
            raise BadValue(option, say("cannot be used with --join"))
    if not quiet:
        note_choices(lessons_of(orders))
    if dry_run:
        whole = [replace(order, job=replace(order.job, output=output)) for order in orders]
        estimates.show(whole, as_json)
        return
    guard.start()
    cache = film_cache(not no_cache)
    said: dict[Path, Texts] = {}
    known = {(order.job.scene.name, order.job.name, order.job.part): order for order in orders}

    def made(job: RenderJob) -> Rendered:
        order = known.get((job.scene.name, job.name, job.part))
        if order is None:  # a title card
            return render(job, cache=cache, workers=jobs)
        try:
            with time_limit(timeout, order.name), voiced([order], not no_cache, quiet) as (told,):
                refuse_inputs([output], told.job.inputs)
                if told.request.subtitles is not None:
                    said[job.output] = texts_of(told.chosen, told.request, not no_cache, quiet)
                spoken = subtitled(told.job, said.get(job.output, {}))
                alone = replace(told, job=replace(spoken, output=job.output, beside=()))
                (film,) = make_film([alone], quiet, cache, jobs)
        except (Exception, TimedOut) as error:
            failed = failure(order, error)
            if as_json:
                lost = {"film": failed.film, "error": failed.message}
                put_json({"files": [], "failed": [lost]})
            summarise([order], [failed])
            raise  # not reached: `summarise` has ended the command
        return replace(film, cues=as_scripted(film.cues, order.chosen, order.request))

    films = _films(orders, telling, titles)
    joined = render_joined(films, output, _title(orders), made, _texts(orders, films, output, said))
    if as_json:
        put_json({"files": [_described(orders, joined)], "failed": []})
    else:
        for path in (joined.path, *joined.beside):
            put_path(path)
        if preview:
            show(joined.path)


def _films(orders: Sequence[Order], telling: Telling, titles: bool) -> list[JoinedFilm]:
    films: list[JoinedFilm] = []
    for number, order in enumerate(orders, 1):
        title = order.job.title or order.film.name
        if titles:
            card = _card(order, number, title, telling)
            films.append(JoinedFilm(card, f"{number} {title}", card=True))
        films.append(JoinedFilm(order.job, title))
    return films


def _card(order: Order, number: int, title: str, telling: Telling) -> RenderJob:
    """The job of the title card before a film, encoded as the film is."""
    summary = order.film.summary(telling.lang) if isinstance(order.film, Film) else ""
    arguments = ("number", number), ("title", title), ("summary", summary), ("telling", telling)
    return RenderJob(
        scene=SceneRef("scenes.stage.page.title_card", "TitleCard", arguments),
        frame=order.job.frame,
        encoding=order.job.encoding,
        output=order.job.output,
        name=f"title-{number}",
    )


def _texts(
    orders: Sequence[Order], films: Sequence[JoinedFilm], output: Path, said: Mapping[Path, Texts]
) -> dict[Path, TextFrom]:
    """The subtitles beside the joined film; `said` has those of each film, once it is made."""
    wanted = orders[0].request.subtitles
    begins = [number for number, film in enumerate(films) if not film.card]

    def text(lang: str, write: Callable[[Iterable[Caption]], str], starts: Sequence[float]) -> str:
        return write(
            replace(caption, start=caption.start + starts[number], end=caption.end + starts[number])
            for number, texts in zip(begins, said.values(), strict=True)
            for caption in texts[lang]
        )

    return {
        beside(output, f".{lang}{ending}"): partial(text, lang, write)
        for lang in (wanted.languages if wanted else ())
        for ending, write in WRITERS.items()
    }


def _title(orders: Sequence[Order]) -> str:
    return ", ".join(order.job.title or order.film.name for order in orders)


def _described(orders: Sequence[Order], joined: Rendered) -> dict[str, Any]:
    return {
        "films": [order.name for order in orders],
        "path": str(joined.path),
        "size": joined.size,
        "frames": joined.frames,
        "fps": joined.fps,
        "duration": joined.duration,
        "sha256": joined.sha256,
        "cached": joined.cached,
        "subtitles": [*map(str, joined.beside)],
        "sections": [section.document() for section in joined.sections],
        "cues": [cue.document() for cue in joined.cues],
    }
