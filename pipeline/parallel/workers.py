"""Processes forked off a running scene, each of which draws one segment of the film.

    parent ──fork──> keeper ──fork──> worker
    plays the scene, draws nothing    draws and encodes its segment, then ends

A keeper holds the scene as it was at the segment's first frame: when its worker is killed or hangs
it forks another from that state, once. Worker and keeper write to the parent's pipe, so the loss
of either is survived. They form a process group of their own, which the parent can end at once;
should the parent itself vanish, the first write fails and ends the worker.

A keeper's first worker may turn out to be a *scout*: it plays its segment without drawing and ends
when the segment is found to be finished already. One that seeks in vain makes room for a worker.

A worker never returns into the code that called it: that code's clean-up belongs to the parent.
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

from pipeline.job.errors import PipelineError
from pipeline.job.result import Report

PATIENCE = 120.0  # seconds that a worker may take for one frame before it counts as hung
ATTEMPTS = 2
_IN_VAIN = 3  # a scout's exit status


class WorkerLost(PipelineError):
    """A segment's worker was lost twice."""


@dataclass(slots=True)
class Message:
    """What a worker says: frames of its segment so far, and at last that it is done or failed.

    `kept` is the key under which a segment may be kept, and its files.
    """

    frames: int
    section: str
    done: bool = False
    reasons: tuple[str, ...] = ()
    error: Exception | None = None
    kept: tuple[str, list[Path]] | None = None


class Channel:
    """A worker's way to its parent and its keeper; `first` of its keeper's workers, or not."""

    def __init__(self, to_parent: int, to_keeper: int, first: bool) -> None:
        self._to_parent, self._to_keeper = to_parent, to_keeper
        self.first = first

    def say(self, message: Message) -> None:
        """Send one message; end the process when nobody is there to read it."""
        try:
            _send(self._to_parent, message)
        except OSError:
            os._exit(1)
        self.beat()

    def beat(self) -> None:
        """Let the keeper know that the work goes on."""
        with suppress(OSError):  # it may be gone; nobody needs its life
            os.write(self._to_keeper, b".")

    def leave(self, message: Message) -> NoReturn:
        """Send the last message and end the process, running nobody's clean-up."""
        self.say(message)
        os._exit(0)

    def leave_in_vain(self) -> NoReturn:
        """End a scout that has not found its segment: the keeper then forks a worker."""
        os._exit(_IN_VAIN)


@dataclass(slots=True)
class _Segment:
    keeper: int
    pipe: int
    frames: int = 0
    done: bool = False
    rest: bytes = field(default=b"")


class WorkerPool:
    """At most `limit` segments in work.

    `report` is told of more frames, with the sum of all segments; `keep` is called with the key
    and the files of each finished segment that has a key.
    """

    def __init__(self, limit: int, report: Report) -> None:
        self._limit, self._report = limit, report
        self.keep: Callable[[str, list[Path]], None] | None = None
        self._live: list[_Segment] = []
        self._finished = 0
        self.reasons: list[str] = []

    def fork(self) -> Channel | None:
        """Begin a segment here: None in the parent, its channel in the worker."""
        if self._live:
            self._listen(0)  # a segment that is done is kept before more is begun
        while len(self._live) >= self._limit:
            self._listen()
        pipe, inner = os.pipe()
        with _signals_held():
            keeper = os.fork()
            if keeper == 0:
                _become_child(pipe, self._live)
                return _keep(inner)
            self._live.append(_Segment(keeper, pipe))
        os.close(inner)
        with suppress(OSError):  # it may have done so itself
            os.setpgid(keeper, keeper)
        return None

    def wait(self) -> None:
        """Return when all segments are done; raise the first error that one of them reports."""
        while self._live:
            self._listen()

    def end(self) -> None:
        """Kill what still runs and forget it."""
        for segment in self._live:
            with suppress(OSError):
                os.killpg(segment.keeper, signal.SIGKILL)
            os.close(segment.pipe)
        for segment in self._live:
            with suppress(OSError):
                os.waitpid(segment.keeper, 0)
        self._live = []

    def _listen(self, seconds: float | None = None) -> None:
        """Take what the workers say, waiting for it no longer than `seconds`."""
        ready, _, _ = select.select([segment.pipe for segment in self._live], [], [], seconds)
        for segment in [segment for segment in self._live if segment.pipe in ready]:
            data = os.read(segment.pipe, 65536)
            for message in _messages(segment, data):
                self._take(segment, message)
            if not data:
                self._close(segment)

    def _take(self, segment: _Segment, message: Message) -> None:
        if message.error is not None:
            raise message.error
        segment.done = message.done
        if message.kept is not None and self.keep is not None:
            self.keep(*message.kept)
        self.reasons += [reason for reason in message.reasons if reason not in self.reasons]
        if message.frames > segment.frames:  # a second attempt counts from the beginning
            segment.frames = message.frames
            done = self._finished + sum(live.frames for live in self._live)
            self._report(done, message.section)

    def _close(self, segment: _Segment) -> None:
        self._live.remove(segment)
        self._finished += segment.frames
        os.close(segment.pipe)
        os.waitpid(segment.keeper, 0)
        if not segment.done:
            raise WorkerLost("a worker and its keeper were killed: run the command again")


def _keep(to_parent: int) -> Channel:
    """The keeper's life, which ends here; only its workers return from this function."""
    lost, first = 0, True
    while lost < ATTEMPTS:
        beats, beat = os.pipe()
        worker = os.fork()
        if worker == 0:
            os.close(beats)
            return Channel(to_parent, beat, first)
        os.close(beat)
        status = _watched(worker, beats)
        if status == 0:
            os._exit(0)
        lost += not (first and status == _IN_VAIN)
        first = False
    with suppress(OSError):
        _send(to_parent, Message(0, "", error=WorkerLost("a segment's worker was lost twice")))
    os._exit(0)


def _watched(worker: int, beats: int) -> int:
    """Wait until the worker has ended, or must be killed for hanging; return its exit status."""
    while select.select([beats], [], [], PATIENCE)[0]:
        if not os.read(beats, 4096):
            break
    else:
        os.kill(worker, signal.SIGKILL)
    os.close(beats)
    return os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])


def _become_child(pipe: int, others: list[_Segment]) -> None:
    os.setpgid(0, 0)
    gc.freeze()  # a collection here would write to, and so copy, every page of the parent's
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    for descriptor in (pipe, *(other.pipe for other in others)):
        os.close(descriptor)


@contextmanager
def _signals_held() -> Iterator[None]:
    """No handler of the parent's may run in a child that has not yet shed it."""
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _send(pipe: int, message: Message) -> None:
    data = pickle.dumps(message)
    os.write(pipe, len(data).to_bytes(4, "big") + data)


def _messages(segment: _Segment, data: bytes) -> Iterator[Message]:
    """The messages that are complete; the rest waits in the segment."""
    segment.rest += data
    while len(segment.rest) >= 4:
        end = 4 + int.from_bytes(segment.rest[:4], "big")
        if len(segment.rest) < end:
            return
        yield pickle.loads(segment.rest[4:end])
        segment.rest = segment.rest[end:]
