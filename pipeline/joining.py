"""From several films to one: rendered or found in the cache, then joined without encoding."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from pipeline.files.inputs import refuse_inputs
from pipeline.files.publish import published
from pipeline.files.workspace import workspace
from pipeline.job.encodings import suffix_of
from pipeline.job.errors import JobError
from pipeline.job.job import RenderJob
from pipeline.job.result import Rendered, SectionSpan

TextFrom = Callable[[Sequence[float]], str]
"""Makes a text from the times in seconds at which the films begin; the last one is the end."""
BETWEEN = " · "  # a film's title and a section's name


@dataclass(frozen=True, slots=True)
class JoinedFilm:
    """A film of a joined one. Its chapters are called after its ``title`` and its sections.

    A `card` is one chapter, called ``title``.
    """

    job: RenderJob
    title: str
    card: bool = False


def render_joined(
    films: Sequence[JoinedFilm],
    output: Path,
    title: str,
    make: Callable[[RenderJob], Rendered],
    beside: Mapping[Path, TextFrom] | None = None,
) -> Rendered:
    """Make one video of `films`, in their order, at `output`.

    `make` renders each film, or finds it in the cache, and may raise what it likes. Then the films'
    packets are copied. The file has a chapter for each section, the subtitles of all films, and the
    cover of the first one. The texts ``beside`` are published together with it, when it is
    complete. Raises `JobError` if the films are not encoded alike, and otherwise what `render`
    raises.
    """
    texts = beside or {}
    jobs = [film.job for film in films]
    if len({(job.encoding, job.frame) for job in jobs}) != 1:
        raise JobError("films can be joined only if they are encoded alike")
    for job in jobs:
        refuse_inputs([output, *texts], [job.scene.module, *job.inputs])
    with published([output, *texts]) as (part, *text_parts), workspace() as folder:
        suffix = suffix_of(jobs[0].encoding)
        made = [
            make(replace(job, output=folder / f"{number:03}{suffix}"))
            for number, job in enumerate(jobs)
        ]
        joined = _joined(films, made, replace(jobs[0], output=output), part, title)
        frames = accumulate((each.frames for each in made), initial=0)
        starts = [first / joined.fps for first in frames]
        for text_part, text_from in zip(text_parts, texts.values(), strict=True):
            text_part.write_text(text_from(starts), encoding="utf-8", newline="")
    return replace(joined, beside=tuple(texts))


def _joined(
    films: Sequence[JoinedFilm], made: Sequence[Rendered], job: RenderJob, part: Path, title: str
) -> Rendered:
    from pipeline.encoders.joined import Film, join
    from pipeline.files.verify import verify

    fps = job.frame.fps
    row = Film.row([each.path for each in made], [each.frames for each in made])
    placed = list(zip(films, made, row, strict=True))
    sections = tuple(
        section for film, each, place in placed for section in _chapters(film, each, place.first)
    )
    cover = next(place for film, _, place in placed if not film.card)
    join(row, part, job.encoding, fps, title, sections, cover)
    measured = verify(part, job, sum(each.frames for each in made))
    return Rendered(
        path=job.output,
        size=measured.size,
        frames=measured.frames,
        fps=fps,
        duration=float(measured.duration),
        sha256=measured.sha256,
        sections=sections,
        captions=tuple(
            replace(c, start=c.start + place.first / fps, end=c.end + place.first / fps)
            for _, each, place in placed
            for c in each.captions
        ),
        cues=tuple(
            replace(cue, first=cue.first + place.first)
            for _, each, place in placed
            for cue in each.cues
        ),
        warnings=(),
        cached=all(each.cached for each in made),
    )


def _chapters(film: JoinedFilm, made: Rendered, first: int) -> list[SectionSpan]:
    if film.card:
        return [SectionSpan(film.title, first, made.frames)]
    return [
        replace(
            section,
            name=f"{film.title}{BETWEEN}{section.name}",
            first=first + section.first,
            title=f"{film.title}{BETWEEN}{section.title}",
        )
        for section in made.sections
    ]
