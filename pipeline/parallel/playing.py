"""Plays a job's scene, in this process or in workers."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import NoReturn

from manim import Scene

from pipeline.cache import SegmentCache, Store
from pipeline.drawing.causes import outer_cause
from pipeline.drawing.frames import FrameRenderer
from pipeline.drawing.gc_pause import rare_collections
from pipeline.drawing.glyphs import missing_glyphs_noted
from pipeline.drawing.made_scene import made_scene
from pipeline.drawing.scene_class import scene_class
from pipeline.drawing.selection import selection_for
from pipeline.drawing.session import Session
from pipeline.drawing.share import AllFrames, Share
from pipeline.drawing.shortcuts import shortcuts
from pipeline.drawing.timeline import Timeline
from pipeline.encoders.chain import beside_drawing
from pipeline.encoders.segmented import Segmented
from pipeline.job.encodings import STILLS
from pipeline.job.errors import Explained, PipelineError, SceneFailed
from pipeline.job.job import RenderJob
from pipeline.job.result import Report
from pipeline.job.sink import FrameSink
from pipeline.parallel.forked import ForkedShare, can_fork
from pipeline.parallel.segments import Segments
from pipeline.parallel.serial import SerialShare
from pipeline.parallel.workers import WorkerPool


@dataclass(frozen=True, slots=True)
class Played:
    """The result of playing a scene: its timeline, and why manim's camera had to draw."""

    timeline: Timeline
    reasons: tuple[str, ...]


def play(
    jobs: Sequence[RenderJob],
    session: Session,
    sink: FrameSink,
    report: Report,
    workers: int | None,
    store: Store | None,
) -> Played:
    """Make the scene of `jobs`, which show the same frames, and play all of it for `sink`.

    `report` is called with the number of frames that are done. Segments are kept in `store`.
    """
    job = jobs[0]
    try:
        noted = missing_glyphs_noted() if job.scene.is_file else nullcontext()
        with rare_collections(), shortcuts(), noted, scene_class(job.scene) as found:
            session.restore()
            if not isinstance(sink, Segmented):
                return _play_whole(found, job, sink, report)
            segments = Segments(sink, None if store is None else SegmentCache.of(jobs, store))
            count = workers or _cores()
            if count > 1 and can_fork():
                return _play_forked(found, job, segments, report, count)
            return _play_serially(found, job, segments, report)
    except Exception as error:  # of the encoder, say; the scene's are explained already
        _raise(_explained(error, job, None), error)


def _play_whole(scene: type[Scene], job: RenderJob, sink: FrameSink, report: Report) -> Played:
    # A still is encoded at the end, so a thread would gain nothing.
    is_still = isinstance(job.encoding, STILLS)
    with nullcontext(sink) if is_still else beside_drawing(sink) as taken:
        return _played(scene, job, AllFrames(taken, report))


def _play_forked(
    scene: type[Scene], job: RenderJob, segments: Segments, report: Report, workers: int
) -> Played:
    pool = WorkerPool(workers, report)
    try:
        return _played(scene, job, ForkedShare(segments, pool))
    finally:
        pool.end()


def _play_serially(
    scene: type[Scene], job: RenderJob, segments: Segments, report: Report
) -> Played:
    share: SerialShare | None = SerialShare(segments, report)
    while share is not None:
        played = _played(scene, job, share)
        share = share.rest()
    return played


def _played(scene_kind: type[Scene], job: RenderJob, share: Share) -> Played:
    """Play the whole scene once."""
    timeline: Timeline | None = None

    def explain(error: Exception) -> Exception:
        return _explained(error, job, timeline)

    try:
        scene = made_scene(
            scene_kind,
            dict(job.scene.arguments),
            lambda camera: FrameRenderer(camera, selection_for(job), share),
        )
        renderer = scene.renderer
        assert isinstance(renderer, FrameRenderer)
        timeline = renderer.file_writer
        with share.playing(explain):
            scene.render()
    except Exception as error:
        _raise(explain(error), error)
    return Played(timeline, tuple(dict.fromkeys([*renderer.canvas.reasons, *share.reasons])))


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _raise(explained: Exception, error: Exception) -> NoReturn:
    """Raise `explained`; its cause is `error`, unless it is that error itself."""
    if explained is error:
        raise error
    raise explained from error


def _explained(error: Exception, job: RenderJob, timeline: Timeline | None) -> Exception:
    """The error for the caller. Our errors, and errors with an exit code, are not changed."""
    if isinstance(error, PipelineError) or isinstance(getattr(error, "exit_code", None), int):
        return error
    if cause := outer_cause(error):
        return cause
    said = error if isinstance(error, Explained) else " ".join(str(error).split())
    values = {"scene": job.scene.name, "kind": type(error).__name__, "said": said}
    if timeline is None:
        return SceneFailed("scene {scene} failed: {kind}: {said}", **values)
    seconds, section = timeline.frames / job.frame.fps, timeline.section.name
    return SceneFailed(
        "scene {scene} failed in section {section!r} at {seconds:.2f} s: {kind}: {said}",
        section=section, seconds=seconds, **values,
    )  # fmt: skip
