"""From films and options to the pipeline's jobs. All decisions and checks are made here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cli.console.failures import FILM, BadValue
from cli.console.language import say
from cli.request.lessons import check, seconds_of
from cli.request.naming import is_folder, path_for, stem_of
from cli.request.own_scenes import OwnScene, seed_of
from cli.request.parts import Chosen
from cli.request.request import Request
from cli.request.shape import units
from cli.request.voicing import check_voice
from pipeline import FrameSpec, Mp4, Png, RenderJob, SceneRef, SectionEnds, Sheet, encoding_for
from pipeline.files.inputs import refuse_inputs
from pipeline.job.subtitles import UNKNOWN
from scenes import Film, Lesson
from scenes.catalogue.choices import choices
from scenes.catalogue.theme import THEMES
from scenes.locales import code_of


@dataclass(frozen=True)
class Order:
    """One file to make: of which film, its job, an estimate of its frames, and its lesson.

    The number of frames and the lesson are None for a scene file. ``request`` is what it was made
    from.
    """

    chosen: Chosen
    job: RenderJob
    request: Request
    frames: int | None
    lesson: Lesson | None = None

    @property
    def film(self) -> Film | OwnScene:
        """The film that the file shows, or a part of it."""
        return self.chosen.film

    @property
    def name(self) -> str:
        """The name for messages."""
        return self.chosen.name

    @property
    def part(self) -> str | None:
        """The part for JSON; None for the whole film."""
        return None if self.chosen.part is None else str(self.chosen.part)


def chosen_in(order: Order) -> dict[str, Any]:
    """What the order's film chose for the data, for JSON; empty for a scene file."""
    if not isinstance(order.film, Film) or order.lesson is None:
        return {}
    return choices(order.film, order.lesson).document()


def orders(films: Sequence[Chosen], *requests: Request) -> tuple[Order, ...]:
    """The orders for the films, those of one film together. The requests differ in their formats.

    Raises BadValue, BadData or JobError for the first one that is not possible.
    """
    output = requests[0].output
    check([each.film for each in films if isinstance(each.film, Film)], requests[0].asked)
    if len(films) * len(requests) > 1 and output is not None and not is_folder(output):
        message = "{output!r} is one file for {n} formats; add / to make it a folder"
        if len(films) > 1:
            message = "{output!r} is one file for {n} films; add / to make it a folder"
        n = len(films) if len(films) > 1 else len(requests)
        raise BadValue("-o:", say(message, output=output, n=n))
    made = tuple(_order(each, request) for each in films for request in requests)
    if wanted := requests[0].subtitles:
        wanted.check([each.film for each in films], [order.job.encoding for order in made])
    if requests[0].speaker is not None:
        encodings = [order.job.encoding for order in made]
        check_voice([each.film for each in films], encodings, requests[0].asked.telling)
    for path, number in Counter(order.job.output for order in made).items():
        if number > 1:
            message = "{number} of them would be written to {path!r}"
            raise BadValue(FILM, say(message, number=number, path=str(path)))
    own = [each.film.module for each in films if isinstance(each.film, OwnScene)]
    refuse_inputs([order.job.output for order in made], [*own, *requests[0].asked.inputs])
    return made


def _order(chosen: Chosen, request: Request) -> Order:
    film, part, asked, shape = chosen.film, chosen.part, request.asked, request.shape
    words = [*([] if part is None else [str(part)]), *request.words]
    path = path_for(request.output, stem_of(film.name, words), request.suffixes)
    encoding = request.encoding or encoding_for(path)
    if isinstance(encoding, Mp4):
        encoding = Mp4(request.speed)
    frames, title, cover, lesson = None, film.name, None, None
    chapters: dict[str, str] = {}
    arguments: tuple[tuple[str, object], ...] = ()
    seed = None if isinstance(film, Film) else seed_of(asked)
    if isinstance(film, Film):
        frames = max(1, round(seconds_of(film, asked, part) * shape.fps))
        title, cover = film.title(asked.telling.lang), film.picture
        chapters = film.section_titles(asked.telling.lang)
        lesson = asked.of(film)
        arguments = ("lesson", lesson), ("telling", asked.telling)
    if isinstance(encoding, Png):
        frames = 1
    elif isinstance(encoding, SectionEnds) and isinstance(film, Film):
        names = [section.name for section in film.sections]
        frames = len(names if part is None else part.among(names))
    elif isinstance(encoding, Sheet) and frames is not None:
        frames = -(-frames // encoding.step(shape.fps))
    clear = THEMES[asked.telling.theme].transparent
    job = RenderJob(
        scene=SceneRef(film.module, film.scene, arguments, seed),
        frame=FrameSpec(*shape.size, shape.fps, units(shape.aspect), clear),
        encoding=encoding,
        output=path,
        part=part,
        title=title,
        name=film.name,
        chapters=tuple(chapters.items()),
        cover=cover,
        expected_frames=frames,
        language=code_of(asked.telling.lang) if isinstance(film, Film) else UNKNOWN,
        inputs=asked.inputs,
    )
    return Order(chosen, job, request, frames, lesson)
