"""Plays a job's scene, in this process or in workers."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, replace
from typing import NoReturn

import numpy as np
from manim import Scene

from pipeline.cache import SegmentCache, Store
from pipeline.drawing.causes import outer_cause
from pipeline.drawing.frames import FrameRenderer
from pipeline.drawing.gc_pause import rare_collections
from pipeline.drawing.glyphs import missing_glyphs_noted
from pipeline.drawing.made_scene import made_scene
from pipeline.drawing.scene_class import scene_class
from pipeline.drawing.selection import WholeFilm, selection_for
from pipeline.drawing.session import Session
from pipeline.drawing.share import AllFrames, LastFrames, Share
from pipeline.drawing.shortcuts import shortcuts
from pipeline.drawing.timeline import Timeline
from pipeline.encoders.chain import beside_drawing
from pipeline.encoders.segmented import Segmented
from pipeline.job.encodings import STILLS, SectionEnds
from pipeline.job.errors import (
    DELIBERATE,
    Explained,
    OneProcessNeeded,
    PipelineError,
    SceneFailed,
)
from pipeline.job.job import RenderJob
from pipeline.job.result import Notice, Report
from pipeline.job.sink import FrameSink
from pipeline.parallel.cores import cores
from pipeline.parallel.exits import exits_raise, is_of_the_scene
from pipeline.parallel.first_run import FirstRun
from pipeline.parallel.forked import ForkedShare, can_fork
from pipeline.parallel.one_process import Watch, watching
from pipeline.parallel.output import on_standard_error, silent
from pipeline.parallel.segments import Segments
from pipeline.parallel.serial import SerialShare
from pipeline.parallel.workers import WorkerPool


@dataclass(frozen=True, slots=True)
class Played:
    """The result of playing a scene: its timeline, and why manim's camera had to draw.

    `notes` say what was unusual in this run.
    """

    timeline: Timeline
    reasons: tuple[str, ...]
    notes: tuple[Notice, ...] = ()


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
    runs = Runs(job, session)
    try:
        noted = missing_glyphs_noted() if job.scene.is_file else nullcontext()
        with (
            rare_collections(), shortcuts(), noted, exits_raise(), on_standard_error(),
            watching(session.folder) as watch,
        ):  # fmt: skip
            if not isinstance(sink, Segmented):
                return _play_whole(runs, sink, report, watch)
            segments = Segments(sink, None if store is None else SegmentCache.of(jobs, store))
            return _play_in_segments(runs, segments, report, workers or cores(), watch)
    except BaseException as error:  # of the encoder, say; the scene's are explained already
        _raise(_explained(error, job, None), error)


class Runs:
    """Plays a job's scene, each time from the same start: its file, and its random numbers."""

    def __init__(self, job: RenderJob, session: Session) -> None:
        self.job, self._session = job, session
        self._random = random.getstate(), np.random.get_state()

    def play(self, share: Share, on_read: Callable[[], object] = lambda: None) -> Played:
        """Play the whole scene once."""
        random.setstate(self._random[0])
        np.random.set_state(self._random[1])
        with scene_class(self.job.scene) as found:
            self._session.restore()
            return _played(found, self.job, share, on_read)


def _play_whole(runs: Runs, sink: FrameSink, report: Report, watch: Watch) -> Played:
    """Play the scene; again, with every frame painted, if it reads its picture and not all were."""
    # A still is encoded at the end, so a thread would gain nothing.
    encoding = runs.job.encoding
    kind = LastFrames if isinstance(encoding, SectionEnds) else AllFrames
    with nullcontext(sink) if isinstance(encoding, STILLS) else beside_drawing(sink) as taken:
        plain = kind(taken, report, paints_all=True)
        is_whole = isinstance(selection_for(runs.job), WholeFilm)
        usual = plain if is_whole else kind(taken, report)
        try:
            return runs.play(FirstRun(watch, usual, plain), watch.reads)
        except OneProcessNeeded:
            plain.shown = usual.done
            return _play_plainly(runs, plain, watch)


def _play_in_segments(
    runs: Runs, segments: Segments, report: Report, workers: int, watch: Watch
) -> Played:
    """Play the scene, and play it again if something is missing or one process is needed."""
    pool = WorkerPool(workers, report)
    forked, serial = ForkedShare(segments, pool), SerialShare(segments, report)
    plain = SerialShare(replace(segments, cache=None), report, paints_all=True)  # plays once
    usual: Share = forked if workers > 1 and can_fork() else serial
    try:
        played = runs.play(FirstRun(watch, usual, plain), watch.reads)
    except OneProcessNeeded:
        pool.end()
        segments.file.discard()
        played = _play_plainly(runs, plain, watch)
    finally:
        pool.end()
    rest = forked.rest(report) if usual is forked else serial.rest()
    while rest is not None:
        with silent(), watch.paused():  # a scene that writes files is played to its end once
            played = runs.play(rest)
        rest = rest.rest()
    notes = [watch.why] if watch.why and usual is forked else []
    if pool.retried or pool.lost:
        count = pool.retried + len(pool.lost)
        notes.append(Notice("{n} of the workers were lost; others drew their frames", n=count))
    return replace(played, notes=tuple(notes))


def _play_plainly(runs: Runs, plain: Share, watch: Watch) -> Played:
    """Play the scene again, silent until it does what it was stopped at."""
    watch.stops = False
    with ExitStack() as silence:
        silence.enter_context(silent())
        watch.found = silence.close
        return runs.play(plain, watch.reads)


def _played(
    scene_kind: type[Scene], job: RenderJob, share: Share, on_read: Callable[[], object]
) -> Played:
    """Play the whole scene once."""
    timeline: Timeline | None = None

    def explain(error: BaseException) -> BaseException:
        return _explained(error, job, timeline)

    try:
        scene = made_scene(
            scene_kind,
            dict(job.scene.arguments),
            lambda camera: FrameRenderer(camera, selection_for(job), share, on_read),
        )
        renderer = scene.renderer
        assert isinstance(renderer, FrameRenderer)
        timeline = renderer.file_writer
        with share.playing(explain):
            scene.render()
    except BaseException as error:
        _raise(explain(error), error)
    return Played(timeline, tuple(dict.fromkeys([*renderer.canvas.reasons, *share.reasons])))


def _raise(explained: BaseException, error: BaseException) -> NoReturn:
    """Raise `explained`; its cause is `error`, unless it is that error itself."""
    if explained is error:
        raise error
    raise explained from error


def _explained(error: BaseException, job: RenderJob, timeline: Timeline | None) -> BaseException:
    """The error for the caller. Our errors, and deliberate ones, are not changed."""
    if isinstance(error, PipelineError) or not is_of_the_scene(error):
        return error
    if isinstance(error, Exception) and getattr(error, "exit_code", None) in DELIBERATE:
        return error
    if cause := outer_cause(error):
        return cause
    said = error if isinstance(error, Explained) else " ".join(str(error).split())
    if isinstance(error, SystemExit):
        said = Explained("a scene must not end Python; remove exit() or quit()")
    values = {"scene": job.scene.name, "kind": type(error).__name__, "said": said}
    if timeline is None:
        return SceneFailed("scene {scene} failed: {kind}: {said}", **values)
    seconds, section = timeline.frames / job.frame.fps, timeline.section.name
    return SceneFailed(
        "scene {scene} failed in section {section!r} at {seconds:.2f} s: {kind}: {said}",
        section=section, seconds=seconds, **values,
    )  # fmt: skip
