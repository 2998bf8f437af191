"""Processes forked off a running scene, each of which draws one segment of the film.

    parent ──fork──> keeper ──fork──> worker
    plays the scene, draws nothing    draws and encodes its segment, then ends

A keeper holds the scene as it was at the segment's first frame: when its worker is killed or hangs
it forks another from that state, once. Worker and keeper write to the parent's pipe, so the loss
of either is survived. They form a process group of their own, which the parent can end at once;
should the parent itself vanish, the first write fails and ends the worker.

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
from typing import NoReturn

from .errors import PipelineError

PATIENCE = 120.0  # seconds that a worker may take for one frame before it counts as hung
ATTEMPTS = 2


class WorkerLost(PipelineError):
    """A segment's worker was lost twice."""


@dataclass(slots=True)
class Message:
    """What a worker says: frames of its segment so far, and at last that it is done or failed."""

    frames: int
    section: str
    done: bool = False
    reasons: tuple[str, ...] = ()
    error: Exception | None = None


class Line:
    """A worker's way to its parent and its keeper."""

    def __init__(self, to_parent: int, to_keeper: int) -> None:
        self._to_parent, self._to_keeper = to_parent, to_keeper

    def say(self, message: Message) -> None:
        """Send one message; end the process when nobody is there to read it."""
        try:
            _send(self._to_parent, message)
        except OSError:
            os._exit(1)
        with suppress(OSError):  # the keeper may be gone; nobody needs its life
            os.write(self._to_keeper, b".")

    def leave(self, message: Message) -> NoReturn:
        """Send the last message and end the process, running nobody's clean-up."""
        self.say(message)
        os._exit(0)


@dataclass(slots=True)
class _Segment:
    keeper: int
    pipe: int
    frames: int = 0
    done: bool = False
    rest: bytes = field(default=b"")


class Pool:
    """At most `limit` segments in work; `heard` is called with each message and their sum."""

    def __init__(self, limit: int, heard: Callable[[Message, int], None]) -> None:
        self.limit, self._heard = limit, heard
        self._live: list[_Segment] = []
        self._finished = 0
        self.reasons: list[str] = []

    def fork(self) -> Line | None:
        """Begin a segment here: None in the parent, its line in the worker."""
        while len(self._live) >= self.limit:
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

    def _listen(self) -> None:
        ready, _, _ = select.select([segment.pipe for segment in self._live], [], [])
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
        self.reasons += [reason for reason in message.reasons if reason not in self.reasons]
        if message.frames > segment.frames:  # a second attempt counts from the beginning
            segment.frames = message.frames
            self._heard(message, self._finished + sum(live.frames for live in self._live))

    def _close(self, segment: _Segment) -> None:
        self._live.remove(segment)
        self._finished += segment.frames
        os.close(segment.pipe)
        os.waitpid(segment.keeper, 0)
        if not segment.done:
            raise WorkerLost("a worker and its keeper were killed: run the command again")


def _keep(to_parent: int) -> Line:
    """The keeper's life, which ends here; only its workers return from this function."""
    for _ in range(ATTEMPTS):
        beats, beat = os.pipe()
        worker = os.fork()
        if worker == 0:
            os.close(beats)
            return Line(to_parent, beat)
        os.close(beat)
        if _watched(worker, beats):
            os._exit(0)
    with suppress(OSError):
        _send(to_parent, Message(0, "", error=WorkerLost("a segment's worker was lost twice")))
    os._exit(0)


def _watched(worker: int, beats: int) -> bool:
    """Wait until the worker has ended well (True), has been killed, or must be for hanging."""
    while select.select([beats], [], [], PATIENCE)[0]:
        if not os.read(beats, 4096):
            break
    else:
        os.kill(worker, signal.SIGKILL)
    os.close(beats)
    return os.waitpid(worker, 0)[1] == 0


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
