"""Processes forked from a running scene; each draws one segment of the film.

    parent ──fork──> keeper ──fork──> worker
    plays the scene, draws nothing    draws and encodes its segment, then ends

A keeper holds the scene as it was at the segment's first frame. If its worker is killed or hangs,
it forks another one from that state, once. Worker and keeper both write to the parent's pipe, so
either of them may die. They are one process group, which the parent can end at once. If the parent
dies, its end of the pipe closes, and the keeper ends the group.

If both are killed, or neither is heard of for too long, the segment is *lost*: the parent is at a
later frame, and must play the scene anew to draw it.

A keeper's first worker may be a *lookup worker*: it plays its segment without drawing. If the cache
has the segment, it is done; if not, the keeper forks a worker that draws.

A worker never returns to its caller: only the parent may run the caller's clean-up.
"""

from __future__ import annotations

import gc
import os
import pickle
import select
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from pipeline.job.errors import OneProcessNeeded, PipelineError
from pipeline.job.result import Notice, Report
from pipeline.job.signals import ENDING
from pipeline.parallel.output import silence

PATIENCE = 120.0  # seconds for one frame; a worker that takes longer is killed
MARGIN = 10.0  # seconds more that the parent waits for a keeper to do so
ATTEMPTS = 2
_NOT_FOUND = 3  # exit status of a lookup worker


class WorkerLost(PipelineError):
    """The worker of a segment died twice."""


@dataclass(slots=True)
class Message:
    """A message of a worker: its frames so far; the last message says done or failed.

    `kept` is the segment's key and its files, if the segment can be kept. `written` holds the
    checksums of its files, taken where they were written. `alone` says why one process must draw
    the film. A keeper says `retried` when it forks a worker in the place of one that was lost.
    """

    frames: int
    section: str
    done: bool = False
    reasons: tuple[str, ...] = ()
    error: Exception | None = None
    kept: tuple[str, list[Path]] | None = None
    written: dict[Path, str] = field(default_factory=dict)
    alone: Notice | None = None
    retried: bool = False


class Channel:
    """A worker's connection to its parent and its keeper; `first`: the keeper's first worker."""

    def __init__(self, to_parent: int, to_keeper: int, first: bool) -> None:
        self._to_parent, self._to_keeper = to_parent, to_keeper
        self.first = first

    def send(self, message: Message) -> None:
        """Send one message; end the process if the parent is gone."""
        try:
            _write(self._to_parent, message)
        except OSError:
            os._exit(1)
        self.beat()

    def beat(self) -> None:
        """Tell the keeper that the work goes on."""
        with suppress(OSError):  # the keeper may be gone; that does no harm
            os.write(self._to_keeper, b".")

    def leave(self, message: Message) -> NoReturn:
        """Send the last message and end the process without any clean-up."""
        self.send(message)
        os._exit(0)

    def leave_not_found(self) -> NoReturn:
        """End a lookup worker whose segment is not in the cache: the keeper forks the next one."""
        os._exit(_NOT_FOUND)


@dataclass(slots=True)
class _Segment:
    number: int
    keeper: int
    pipe: int
    frames: int = 0
    received: bytes = field(default=b"")  # of a message that is incomplete


class WorkerPool:
    """Draws at most `limit` segments at a time.

    `report` is called when there are more frames, with the total of all segments. `keep` is called
    for each finished segment that has a key, with the key, the files and their checksums.
    `written` is called with the checksums of each finished segment.
    """

    def __init__(self, limit: int, report: Report) -> None:
        self._limit, self._report = limit, report
        self.keep: Callable[[str, list[Path], dict[Path, str]], None] | None = None
        self.written: Callable[[dict[Path, str]], None] = lambda written: None
        self._live: list[_Segment] = []
        self._finished = 0
        self.lost: list[int] = []  # segments whose worker and keeper were killed, or did not answer
        self.retried = 0  # workers that were forked in place of lost ones
        self.reasons: list[str] = []

    @property
    def finished(self) -> int:
        """Frames of the segments that are done."""
        return self._finished

    def fork(self, number: int) -> Channel | None:
        """Begin segment `number` at this frame.

        Returns None in the parent, the channel in the worker.
        """
        if self._live:
            self._listen(0)  # keep finished segments before a new one begins
        while len(self._live) >= self._limit:
            self._listen()
        pipe, inner = os.pipe()
        with _signals_held():
            keeper = os.fork()
            if keeper == 0:
                _become_child(pipe, self._live)
                return _run_keeper(inner)
            self._live.append(_Segment(number, keeper, pipe))
        os.close(inner)
        with suppress(OSError):  # the keeper may have done so itself
            os.setpgid(keeper, keeper)
        return None

    def wait(self) -> None:
        """Return when all segments are done or lost; raise the first error of a worker."""
        while self._live:
            self._listen()

    def end(self) -> None:
        """Kill all workers and keepers that still run."""
        while self._live:
            self._close(self._live[-1])

    def _listen(self, seconds: float | None = None) -> None:
        """Read the workers' messages; wait for at most `seconds`, None: until there are some."""
        pipes = [segment.pipe for segment in self._live]
        ready, _, _ = select.select(
            pipes, [], [], PATIENCE + MARGIN if seconds is None else seconds
        )
        if not ready and seconds is None:  # a keeper that runs would have been heard of
            self._lose(self._live[0])
        for segment in [segment for segment in self._live if segment.pipe in ready]:
            data = os.read(segment.pipe, 65536)
            for message in _messages(segment, data):
                self._take(segment, message)
            if not data and segment in self._live:
                self._lose(segment)

    def _take(self, segment: _Segment, message: Message) -> None:
        if message.error is not None:
            raise message.error
        if message.alone is not None:
            raise OneProcessNeeded(message.alone)
        self.written(message.written)
        self.retried += message.retried
        if message.kept is not None and self.keep is not None:
            self.keep(*message.kept, message.written)
        self.reasons += [reason for reason in message.reasons if reason not in self.reasons]
        if message.frames > segment.frames:  # a second attempt counts from the beginning
            segment.frames = message.frames
            done = self._finished + sum(live.frames for live in self._live)
            self._report(done, message.section)
        if message.done:
            self._finished += segment.frames
            self._close(segment)

    def _lose(self, segment: _Segment) -> None:
        self.lost.append(segment.number)
        self._close(segment)

    def _close(self, segment: _Segment) -> None:
        """End the keeper, which may have been stopped, and its worker."""
        with suppress(OSError):
            os.killpg(segment.keeper, signal.SIGKILL)
        with suppress(OSError):
            os.waitpid(segment.keeper, 0)
        os.close(segment.pipe)
        self._live.remove(segment)


def _run_keeper(to_parent: int) -> Channel:
    """All that a keeper does. The keeper ends here; only its workers return."""
    lost, first = 0, True
    while lost < ATTEMPTS:
        beats, beat = os.pipe()
        worker = os.fork()
        if worker == 0:
            os.close(beats)
            return Channel(to_parent, beat, first)
        os.close(beat)
        status = _watched(worker, beats, to_parent)
        if status == 0:
            os._exit(0)
        if not (first and status == _NOT_FOUND):
            lost += 1
            with suppress(OSError):
                _write(to_parent, Message(0, "", retried=lost < ATTEMPTS))
        first = False
    with suppress(OSError):
        _write(to_parent, Message(0, "", error=WorkerLost("the worker of a segment died twice")))
    os._exit(0)


def _watched(worker: int, beats: int, to_parent: int) -> int:
    """Wait until the worker ends, and kill it if it hangs; return its exit status.

    If the parent has ended, end the worker and this keeper.
    """
    watch = select.poll()
    watch.register(beats, select.POLLIN)
    watch.register(to_parent, 0)  # reports only that its other end was closed
    while ready := dict(watch.poll(PATIENCE * 1000)):
        if to_parent in ready:
            os.killpg(0, signal.SIGKILL)
        if not os.read(beats, 4096):
            break
    else:
        os.kill(worker, signal.SIGKILL)
    os.close(beats)
    return os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])


def _become_child(pipe: int, others: list[_Segment]) -> None:
    os.setpgid(0, 0)
    silence()  # the parent plays the whole scene, so its output is the scene's
    gc.freeze()  # a collection would write to, and so copy, all memory shared with the parent
    for number in ENDING:
        signal.signal(number, signal.SIG_DFL)
    for descriptor in (pipe, *(other.pipe for other in others)):
        os.close(descriptor)


@contextmanager
def _signals_held() -> Iterator[None]:
    """Hold signals until the child has removed the parent's handlers."""
    held = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _write(pipe: int, message: Message) -> None:
    data = pickle.dumps(message)
    os.write(pipe, len(data).to_bytes(4, "big") + data)


def _messages(segment: _Segment, data: bytes) -> Iterator[Message]:
    """The complete messages; an incomplete one stays in the segment until the rest arrives."""
    segment.received += data
    while len(segment.received) >= 4:
        end = 4 + int.from_bytes(segment.received[:4], "big")
        if len(segment.received) < end:
            return
        yield pickle.loads(segment.received[4:end])
        segment.received = segment.received[end:]
