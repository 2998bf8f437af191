"""From a job to a file: every film is made here."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cache import FilmCache, Store, watched
from pipeline.files.inputs import outputs_unread, refuse_inputs
from pipeline.files.publish import published
from pipeline.files.workspace import workspace
from pipeline.job.encodings import STILLS, CueList, Png, Stills
from pipeline.job.errors import JobError, SceneFailed
from pipeline.job.job import RenderJob
from pipeline.job.manim_settings import settings_read
from pipeline.job.result import Progress, ProgressCallback, Rendered, thinned
from pipeline.job.subtitles import SubtitleTrack

if TYPE_CHECKING:
    from pipeline.drawing.timeline import Timeline
    from pipeline.encoders.base import Encoder


def render(
    job: RenderJob,
    progress: ProgressCallback | None = None,
    cache: FilmCache | None = None,
    workers: int | None = None,
) -> Rendered:
    """Render `job`, or find its film in `cache`; return what was measured in the finished file.

    The file appears at ``job.output`` only after it is complete and was opened again. After any
    exception, also Ctrl-C, an older file there is unchanged and nothing is left behind. The caller
    handles signals: what a handler raises passes through like any exception.

    Raises a `PipelineError` with its exit code: `CannotCreate` before anything is rendered,
    `JobError` if the scene reads the file at ``job.output``, which would be lost, `SceneFailed`
    naming scene and section, `BadSettings` for a ``manim.cfg`` that manim cannot use, `WriteFailed`
    and `NotFound`. An exception of the scene passes through unchanged if its ``exit_code`` is 65 or
    69. A handler of signals should raise `Stopped`: a scene
    that raises `SystemExit` or `KeyboardInterrupt` itself has failed.

    `workers` processes draw an mp4 or a GIF (None: one for each core). The bytes do not depend on
    their number.
    """
    return render_together([job], progress, cache, workers)[0]


def render_together(
    jobs: Sequence[RenderJob],
    progress: ProgressCallback | None = None,
    cache: FilmCache | None = None,
    workers: int | None = None,
) -> tuple[Rendered, ...]:
    """As `render`, for jobs that differ only in encoding and output: frames are drawn once.

    The files, and the texts beside them, appear together, when all of them are complete.
    Raises `JobError` for other differences, and for a still among several jobs.
    """
    if len({(job.scene, job.frame, job.part) for job in jobs}) != 1:
        raise JobError("files that are made together must show the same frames")
    if len(jobs) > 1 and any(isinstance(job.encoding, STILLS) for job in jobs):
        raise JobError("a still must be made by itself")
    texts = {Path(file.path): file.text for job in jobs for file in job.beside}
    outputs = [*(Path(job.output) for job in jobs), *texts]
    refuse_inputs(outputs, [jobs[0].scene.module, *jobs[0].inputs])
    # The temporary folder is made here: within `cache.films`, each look at a folder is recorded.
    with published(outputs) as parts, workspace() as folder:
        films = parts[: len(jobs)]
        for part, text in zip(parts[len(jobs) :], texts.values(), strict=True):
            part.write_text(text, encoding="utf-8", newline="")

        def make(missing: Sequence[RenderJob], into: Sequence[Path]) -> tuple[Rendered, ...]:
            store = None if cache is None else cache.store
            return _render(missing, into, folder, progress, workers, store)

        done = make(jobs, films) if cache is None else cache.films(jobs, films, make)
    return tuple(
        replace(file, beside=tuple(Path(text.path) for text in job.beside))
        for file, job in zip(done, jobs, strict=True)
    )


def _render(
    jobs: Sequence[RenderJob],
    parts: Sequence[Path],
    folder: Path,
    progress: ProgressCallback | None,
    workers: int | None,
    store: Store | None,
) -> tuple[Rendered, ...]:
    # Importing manim takes seconds. So it is done only after the output could be created, and never
    # for a command that only describes a job.
    with settings_read():
        from pipeline.drawing.session import manim_session
    from pipeline.encoders.chain import tee
    from pipeline.parallel.playing import play

    with (
        outputs_unread([Path(job.output) for job in jobs]),
        manim_session(jobs[0].frame, folder, jobs[0].scene) as session,
        watched(folder, *parts),
        ExitStack() as stack,
    ):
        files = [
            _opened(stack, job, part, folder / f"encoder-{number}")
            for number, (job, part) in enumerate(zip(jobs, parts, strict=True))
        ]
        meter = Meter(jobs[0], progress)
        played = play(jobs, session, tee(files), meter.report, workers, store)
        frames = meter.frames
        if isinstance(jobs[0].encoding, CueList):
            frames = len(played.timeline.frames_of(jobs[0].part))
        _check_drawn(jobs[0], frames, played.timeline)
        done = [
            _finish(job, part, file, played.timeline, frames, folder)
            for job, part, file in zip(jobs, parts, files, strict=True)
        ]
    said = tuple(session.warnings)
    return tuple(
        replace(each, warnings=said, drawn_by_manim=played.reasons, notes=played.notes)
        for each in done
    )


class Meter:
    """Counts the frames that are done and reports them to the caller."""

    def __init__(self, job: RenderJob, progress: ProgressCallback | None) -> None:
        self._progress = progress
        self._total = None if isinstance(job.encoding, STILLS) else job.expected_frames
        self._begun = time.monotonic()
        self.frames = 0

    def report(self, frames: int, section: str) -> None:
        """Record how many frames of the film are done."""
        self.frames = frames
        if self._progress is not None:
            elapsed = max(time.monotonic() - self._begun, 1e-9)
            self._progress(Progress(frames, self._total, frames / elapsed, section))


def _opened(stack: ExitStack, job: RenderJob, part: Path, folder: Path) -> Encoder:
    """An encoder that is aborted if the block of `stack` fails."""
    from pipeline.encoders.chain import open_file

    folder.mkdir()
    encoder = open_file(job, part, folder)

    @stack.push
    def abort(kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            encoder.abort()

    return encoder


def _finish(
    job: RenderJob, part: Path, encoder: Encoder, timeline: Timeline, frames: int, folder: Path
) -> Rendered:
    """Complete one file, open it again and return what is in it."""
    from pipeline.drawing.timeline import Extras
    from pipeline.encoders.base import Labels
    from pipeline.encoders.soundtrack import add_soundtrack
    from pipeline.files.verify import verify

    extras = Extras()
    if not isinstance(job.encoding, (Png, Stills)):
        extras = timeline.extras(job.name, job.part, job.frame.fps)
    titles = dict(job.chapters)
    sections = tuple(
        replace(span, title=titles.get(span.name, span.name)) for span in extras.sections
    )
    cover = next((each.last for each in sections if each.name == job.cover), frames - 1)
    tracks = job.subtitles or (SubtitleTrack(job.language, extras.captions),)
    encoder.finish(Labels(job.title, sections, tracks, extras.cues, cover))
    if extras.sounds:
        seconds = Fraction(frames, job.frame.fps)
        add_soundtrack(part, job.encoding, extras.sounds, seconds, folder)
    every = job.frame.fps // job.delivered.fps
    measured = verify(part, job, -(-frames // every))
    return Rendered(
        path=Path(job.output),
        size=measured.size,
        frames=measured.frames,
        fps=job.delivered.fps,
        duration=float(measured.duration),
        sha256=measured.sha256,
        sections=tuple(span.every(every) for span in sections),
        captions=extras.captions,
        cues=tuple(thinned(cue, every) for cue in extras.cues),
        warnings=(),
    )


def _check_drawn(job: RenderJob, frames: int, timeline: Timeline) -> None:
    """If nothing was drawn, or the film has no such part, raise an error that says why."""
    at = job.encoding.at if isinstance(job.encoding, Png) else None
    if frames and at is not None:
        return  # the film was not played any further
    seconds = len(timeline.frames_of(job.part)) / job.frame.fps
    if frames:
        return
    if at is not None:
        raise JobError(
            "there is no picture at {at:g} s: the film lasts {seconds:g} s", at=at, seconds=seconds
        )
    raise SceneFailed("scene {name} shows nothing: it has no frames", name=job.scene.name)
