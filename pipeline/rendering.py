"""Job to file: the one path that every film takes."""

from __future__ import annotations

import errno
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .cache import FilmCache
from .encodings import Png
from .errors import JobError, PipelineError, SceneFailed, WriteFailed, not_found
from .interrupts import sigterm_exits
from .job import RenderJob
from .publish import published
from .result import Caption, Progress, ProgressCallback, Rendered, SectionSpan

if TYPE_CHECKING:
    from .encoders import Encoder
    from .region import Region
    from .sink import Frame, LiveSink
    from .timeline import Timeline


def render(
    job: RenderJob, progress: ProgressCallback | None = None, cache: FilmCache | None = None
) -> Rendered:
    """Render `job`, or find its film in `cache`; return what was measured in the finished file.

    The file appears at ``job.output`` only when it is complete and was opened again; on any
    exception, interruption included, an older file there is untouched and nothing is left behind.

    Raises a `PipelineError` with its exit code: `CannotCreate` before anything is rendered,
    `SceneFailed` naming scene and section, `WriteFailed` and `NotFound`. An exception of the
    scene's own that carries an integer ``exit_code`` passes unchanged.
    """
    return render_together([job], progress, cache)[0]


def render_together(
    jobs: Sequence[RenderJob],
    progress: ProgressCallback | None = None,
    cache: FilmCache | None = None,
) -> tuple[Rendered, ...]:
    """As `render`, for jobs that differ in encoding and output only: frames are drawn once.

    Raises `JobError` for other differences, and for a still among several jobs.
    """
    if len({(job.scene, job.picture, job.only) for job in jobs}) != 1:
        raise JobError("files that are made together must show the same frames")
    if len(jobs) > 1 and any(isinstance(job.encoding, Png) for job in jobs):
        raise JobError("a still is made by itself")
    with sigterm_exits():
        if cache is None:
            return _render(jobs, progress)
        return cache.films(jobs, lambda missing: _render(missing, progress))


def _render(jobs: Sequence[RenderJob], progress: ProgressCallback | None) -> tuple[Rendered, ...]:
    with ExitStack() as stack:
        parts = [stack.enter_context(published(Path(job.output))) for job in jobs]
        return _render_to(parts, jobs, progress)


def _render_to(
    parts: Sequence[Path], jobs: Sequence[RenderJob], progress: ProgressCallback | None
) -> tuple[Rendered, ...]:
    # Importing manim takes seconds: not before the output is known to be creatable, and never
    # for a command that only wants to describe a job.
    from .encoders import Fan
    from .workspace import manim_session, workspace

    with (
        workspace() as folder,
        manim_session(jobs[0].picture, folder) as warnings,
        ExitStack() as stack,
    ):
        encoders = [
            _opened(stack, job, part, folder / f"encoder-{number}")
            for number, (job, part) in enumerate(zip(jobs, parts, strict=True))
        ]
        sink = _Meter(encoders[0] if len(jobs) == 1 else Fan(encoders), jobs[0], progress)
        timeline = _play(jobs[0], folder, sink)
        _check_drawn(jobs[0], sink, timeline)
        done = [
            _finish(job, part, encoder, timeline, sink.frames, folder)
            for job, part, encoder in zip(jobs, parts, encoders, strict=True)
        ]
    return tuple(replace(rendered, warnings=tuple(warnings)) for rendered in done)


def _opened(stack: ExitStack, job: RenderJob, part: Path, folder: Path) -> Encoder:
    """An encoder that is let go of if the block of `stack` fails."""
    from .encoders import open_encoder

    folder.mkdir()
    encoder = open_encoder(job, part, folder)

    @stack.push
    def abort(kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            encoder.abort()

    return encoder


def _finish(
    job: RenderJob, part: Path, encoder: Encoder, timeline: Timeline, frames: int, folder: Path
) -> Rendered:
    """Complete one file, open it again and say what is in it."""
    from .encoders import Labels, add_soundtrack
    from .verify import verify

    sections, captions = _of_the_file(job, timeline, frames)
    encoder.finish(Labels(job.title, sections, captions))
    if timeline.sounds:
        sounds = timeline.sounds_from(_begin(job, timeline))
        seconds = Fraction(frames, job.picture.fps)
        add_soundtrack(part, job.encoding, sounds, seconds, folder)
    every = job.picture.fps // job.delivered.fps
    measured = verify(part, job, -(-frames // every))
    return Rendered(
        path=Path(job.output),
        size=measured.size,
        frames=measured.frames,
        fps=job.delivered.fps,
        duration=float(measured.duration),
        sha256=measured.sha256,
        sections=tuple(span.every(every) for span in sections),
        captions=captions,
        warnings=(),
    )


class _Meter:
    """Passes frames on, counts them and tells the caller how far it is."""

    def __init__(self, sink: LiveSink, job: RenderJob, progress: ProgressCallback | None) -> None:
        self._sink, self._progress = sink, progress
        self._total = None if isinstance(job.encoding, Png) else job.expected_frames
        self._begun = time.monotonic()
        self.frames = 0
        self.timeline: Timeline | None = None

    def show(self, canvas: Frame, repeat: int, changed: Region) -> None:
        self._sink.show(canvas, repeat, changed)
        self.frames += repeat
        if self._progress is not None and self.timeline is not None:
            elapsed = max(time.monotonic() - self._begun, 1e-9)
            section = self.timeline.section.name
            self._progress(Progress(self.frames, self._total, self.frames / elapsed, section))


def _play(job: RenderJob, folder: Path, sink: _Meter) -> Timeline:
    """Build the scene and play it through; return its timeline."""
    from .camera import camera_class_for
    from .frames import FrameRenderer
    from .scene_class import scene_class
    from .selection import selection_for
    from .workspace import insist

    timeline: Timeline | None = None
    with scene_class(job.scene) as found:
        insist(job.picture, folder)
        renderer = FrameRenderer(camera_class_for(found), selection_for(job), sink)
        try:
            arguments: dict[str, Any] = dict(job.scene.arguments)
            scene = found(**arguments, renderer=renderer)
            timeline = sink.timeline = renderer.file_writer
            scene.render()
        except Exception as error:
            raise _explained(error, job, timeline) from error
    return timeline


def _explained(error: Exception, job: RenderJob, timeline: Timeline | None) -> Exception:
    """The error that the caller sees: our own and the scene's deliberate ones as they are."""
    if isinstance(error, PipelineError) or isinstance(getattr(error, "exit_code", None), int):
        return error
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return WriteFailed(f"drawing the texts failed: {error.strerror}")
    where = f"scene {job.scene.name} failed"
    if timeline is not None:
        seconds = timeline.frames / job.picture.fps
        where += f" in section {timeline.section.name!r} at {seconds:.2f} s"
    reason = " ".join(f"{type(error).__name__}: {error}".split())
    return SceneFailed(f"{where}: {reason}")


def _check_drawn(job: RenderJob, sink: _Meter, timeline: Timeline) -> None:
    """Say why nothing was drawn, if nothing was."""
    if sink.frames:
        return
    at = job.encoding.at if isinstance(job.encoding, Png) else job.only
    if isinstance(at, str):
        raise not_found("section", at, [section.name for section in timeline.spans()])
    seconds = timeline.frames / job.picture.fps
    if at is not None:
        raise JobError(f"there is no picture at {at:g} s: the film lasts {seconds:g} s")
    raise SceneFailed(f"scene {job.scene.name} shows nothing: it has no frames")


def _of_the_file(
    job: RenderJob, timeline: Timeline, frames: int
) -> tuple[tuple[SectionSpan, ...], tuple[Caption, ...]]:
    """Sections and captions by the file's own clock."""
    if isinstance(job.encoding, Png):
        return (), ()
    sections, captions = timeline.spans(), timeline.captions()
    if job.only is None:
        return sections, captions
    begin = _begin(job, timeline)
    end = begin + frames / job.picture.fps
    inside = tuple(
        Caption(max(c.start, begin) - begin, min(c.end, end) - begin, c.text)
        for c in captions
        if c.start < end and c.end > begin
    )
    return (SectionSpan(job.only, 0, frames),), inside


def _begin(job: RenderJob, timeline: Timeline) -> float:
    """The film's time, in seconds, at which the file begins."""
    if job.only is None:
        return 0.0
    kept = next(section for section in timeline.spans() if section.name == job.only)
    return kept.first / job.picture.fps
