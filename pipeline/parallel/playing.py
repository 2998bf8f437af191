"""Plays a job's scene: here and now, or shared out among workers."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from manim import Scene

from pipeline.cache import SegmentCache, Store
from pipeline.drawing.camera import camera_class_for
from pipeline.drawing.frames import FrameRenderer
from pipeline.drawing.gc_pause import rare_collections
from pipeline.drawing.scene_class import scene_class
from pipeline.drawing.selection import selection_for
from pipeline.drawing.session import insist
from pipeline.drawing.shortcuts import shortcuts
from pipeline.drawing.timeline import Timeline
from pipeline.encoders.encoder_thread import encoding_alongside
from pipeline.encoders.segmented import Segmented
from pipeline.job.encodings import STILLS
from pipeline.job.errors import PipelineError, SceneFailed, WriteFailed
from pipeline.job.job import RenderJob
from pipeline.job.region import Region
from pipeline.job.result import Progress, ProgressCallback
from pipeline.job.sink import Frame, LiveSink
from pipeline.parallel.forked import ForkingRenderer, can_fork
from pipeline.parallel.segments import SegmentRenderer, Task
from pipeline.parallel.serial import SerialRenderer
from pipeline.parallel.workers import Message, Pool


class Meter:
    """Passes frames on, counts them and tells the caller how far it is."""

    def __init__(self, sink: LiveSink, job: RenderJob, progress: ProgressCallback | None) -> None:
        self.sink, self._progress = sink, progress
        self._total = None if isinstance(job.encoding, STILLS) else job.expected_frames
        self._begun = time.monotonic()
        self.frames = 0
        self.reasons: list[str] = []  # why manim's camera had to draw something
        self.timeline: Timeline | None = None

    def show(self, canvas: Frame, repeat: int, changed: Region) -> None:
        self.sink.show(canvas, repeat, changed)
        section = "" if self.timeline is None else self.timeline.section.name
        self.report(self.frames + repeat, section)

    def report(self, frames: int, section: str) -> None:
        """Take note that so many frames of the film are done by now."""
        self.frames = frames
        if self._progress is not None:
            elapsed = max(time.monotonic() - self._begun, 1e-9)
            self._progress(Progress(frames, self._total, frames / elapsed, section))


def play(
    jobs: Sequence[RenderJob],
    folder: Path,
    meter: Meter,
    workers: int | None,
    store: Store | None,
) -> Timeline:
    """Build the jobs' scene and play it through; return its timeline.

    Segments are kept in `store`.
    """
    timeline: Timeline | None = None
    job = jobs[0]  # the others show the same frames

    def explain(error: Exception) -> Exception:
        return _explained(error, job, timeline)

    def heard(message: Message, frames: int) -> None:
        meter.report(frames, message.section)

    pool = Pool(workers or _cores(), heard)
    with rare_collections(), shortcuts(), scene_class(job.scene) as found:
        insist(job.picture, folder)
        try:
            arguments: dict[str, Any] = dict(job.scene.arguments)
            rest: FrameRenderer | None = _renderer(found, jobs, meter, pool, store)
            while rest is not None:
                renderer = rest
                scene = found(**arguments, renderer=renderer)
                timeline = meter.timeline = renderer.file_writer
                with _taken_by(meter.sink, renderer, job) as meter.sink:
                    renderer.run(scene, explain)
                rest = renderer.rest()
            meter.reasons = list(dict.fromkeys([*renderer.retained.reasons, *pool.reasons]))
            return renderer.file_writer
        except Exception as error:
            raise explain(error) from error
        finally:
            pool.end()


def _renderer(
    scene: type[Scene], jobs: Sequence[RenderJob], meter: Meter, pool: Pool, store: Store | None
) -> FrameRenderer:
    """The renderer that shares a film out among the pool's workers, or one that draws here."""
    camera, selection = camera_class_for(scene), selection_for(jobs[0])
    if not isinstance(meter.sink, Segmented):
        return FrameRenderer(camera, selection, meter)
    cache = None if store is None else SegmentCache.of(jobs, store)
    task = Task(camera, selection, meter.sink, cache)
    if pool.limit == 1 or not can_fork():
        return SerialRenderer(task, meter.report)
    return ForkingRenderer(task, pool)


def _taken_by(
    sink: LiveSink, renderer: FrameRenderer, job: RenderJob
) -> AbstractContextManager[LiveSink]:
    """Who takes the frames that are drawn here: a thread, unless there is nothing to go on with."""
    if isinstance(renderer, SegmentRenderer) or isinstance(job.encoding, STILLS):
        return nullcontext(sink)  # segments have threads of their own, stills encode at the end
    return encoding_alongside(sink)


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


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
