"""Hands films out to workers, and takes them back from workers that are gone.

Each worker is asked for its next films by itself, so the scheduler decides nothing: it carries
parcels. That makes it simple what happens to a film whose worker is gone, and to a worker that
comes later or is not like this machine.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from cli.console.failures import one_line
from cli.console.language import say
from cli.course.farm.differences import difference
from cli.course.farm.errand import Errand, Finished, Said, Told, Workers
from cli.course.farm.parcels import (
    Drawn,
    NotDrawn,
    Parcel,
    Refused,
    Reply,
    draw_parcel,
    parcel_of,
    unpack,
)
from pipeline import PipelineError

INTERVAL = 0.5  # seconds between two looks at which workers there are
PATIENCE = 60.0  # seconds without any worker
ANSWER = 5.0  # seconds in which a scheduler must answer
PRUNED = 100  # films after which the store is pruned: it looks at each file
TRIES = 3  # times that the worker of a film may be lost
Tell = Callable[[Said], None]
Work = Callable[[Parcel], Reply]


class Lost(Exception):
    """The scheduler or all workers are gone; the text says so."""


class Engine:
    """Hands the films of an errand to the workers of a client; `work` is what they do.

    The client is one of `distributed`, for asyncio.
    """

    def __init__(self, client: Any, errand: Errand, tell: Tell, work: Work = draw_parcel) -> None:
        self._client, self._errand, self._tell, self._work = client, errand, tell, work
        self._place = errand.place.typed
        self._queue = deque(range(len(errand.films)))
        self._open = {*self._queue}
        self._tries: Counter[int] = Counter()
        self._refused: dict[str, str] = {}  # why, by the worker's address
        self._feeders: dict[str, list[asyncio.Task[None]]] = {}
        self._changed = asyncio.Event()
        self._count = -1  # of workers, as it was told
        self._seen, self._waits = time.monotonic(), False  # when there was a worker; that was said

    async def run(self) -> None:
        """Hand out films until each is finished. Raises Lost."""
        try:
            while self._open:
                self._changed.clear()
                await self._look()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait(), INTERVAL)
        finally:
            feeders = [feeder for several in self._feeders.values() for feeder in several]
            for feeder in feeders:
                feeder.cancel()
            await asyncio.gather(*feeders, return_exceptions=True)

    async def _look(self) -> None:
        """Begin to feed workers that have come, take back the films of workers that are gone.

        Raises what a feeder has raised: its film would be waited for without end.
        """
        for feeder in (each for several in self._feeders.values() for each in several):
            if feeder.done() and not feeder.cancelled():
                feeder.result()
        workers = await self._workers()
        for address in self._feeders.keys() - workers.keys():
            for feeder in self._feeders.pop(address):
                feeder.cancel()
        for address in workers.keys() - self._refused.keys():
            if workers[address] > 1:
                self._refuse(address, say("it has several threads; start it with --nthreads 1"))
            elif self._queue and all(each.done() for each in self._feeders.get(address, ())):
                # The second film waits at the worker, which so has never nothing to do. On this
                # machine the next film comes in no time, and would better wait for any worker.
                spares = (False, True) if self._errand.place.address else (False,)
                self._feeders[address] = [
                    asyncio.create_task(self._feed(address, spare)) for spare in spares
                ]
        self._count_workers(len(workers.keys() - self._refused.keys()), len(workers))

    def _count_workers(self, usable: int, there: int) -> None:
        """Tell how many workers can be used of those that are there. Raises Lost for none."""
        if usable != self._count:
            self._count = usable
            self._tell(Workers(usable))
        if usable:
            self._seen, self._waits = time.monotonic(), False
        elif there:
            (address, why), *_ = self._refused.items()
            message = "{place}: no worker can be used (docs/farm.md); {address}: {why}"
            raise Lost(say(message, place=self._place, address=address, why=why))
        elif not self._waits:
            self._waits = True
            message = "there is no worker at {place} yet; the course waits {seconds:g} s for one"
            self._tell(Told(say(message, place=self._place, seconds=PATIENCE)))
        elif time.monotonic() - self._seen > PATIENCE:
            message = (
                "{place}: there is no worker; start one and run the same command: finished films "
                "are kept"
            )
            raise Lost(say(message, place=self._place))

    async def _workers(self) -> dict[str, int]:
        """The threads of each worker, by its address."""
        try:
            if self._client.status == "running":
                found: dict[str, int] = await asyncio.wait_for(
                    self._client.scheduler.ncores(), ANSWER
                )
                return found
        except (OSError, TimeoutError):
            pass
        message = (
            "{place}: the scheduler is gone; start it again and run the same command: finished "
            "films are kept"
        )
        raise Lost(say(message, place=self._place))

    async def _feed(self, address: str, spare: bool) -> None:
        """Let a worker draw films until there are none, or it is refused."""
        while self._queue and address not in self._refused:
            if spare and len(self._queue) < len(self._feeders):
                return  # at the end no film should wait while another worker has nothing to do
            number = self._queue.popleft()
            try:
                finished = await self._draw(number, address)
            except asyncio.CancelledError:
                self._tries[number] += 1
                if self._tries[number] >= TRIES:
                    self._leave(number, say("its worker was lost several times"))
                else:
                    self._queue.appendleft(number)
                raise
            if not finished:
                self._queue.appendleft(number)

    async def _draw(self, number: int, address: str) -> bool:
        """Let a worker draw a film; whether the film is finished."""
        film = self._errand.films[number]
        try:
            parcel = parcel_of(film, self._errand.token, self._errand.store.limit)
        except OSError as error:  # an input is gone: the step will say so
            self._leave(number, str(error))
            return True
        future = self._client.submit(
            self._work, parcel, workers=[address], key=f"{film.name}-{os.urandom(8).hex()}"
        )
        try:
            reply: Reply = await future
        except Exception as error:
            if not future.cancelled():  # then the scheduler is gone, or was away for a moment
                self._refuse(address, f"{type(error).__name__}: {one_line(error)}")
            return False
        finally:
            future.release()
        match reply:
            case Drawn():
                self._keep(number, reply, parcel.receipt)
            case NotDrawn(reason, by_worker=False):
                self._leave(number, reason)
            case NotDrawn(reason):
                self._refuse(address, reason)
                return False
            case Refused(parts):
                self._refuse(address, difference(parts))
                return False
        return True

    def _keep(self, number: int, reply: Drawn, receipt: str) -> None:
        """Put a film into the store; one that cannot be put there is left to this machine."""
        store = self._errand.store
        reason = say("it cannot be kept in {folder!r}", folder=str(store.folder))
        try:
            kept = unpack(reply, store, receipt)
        except (OSError, PipelineError) as error:  # the temporary folder is full, or gone
            kept, reason = False, one_line(error)
        if kept:
            self._finish(number)
        else:
            self._leave(number, reason)

    def _finish(self, number: int) -> None:
        self._open.discard(number)
        self._tell(Finished(number))
        if len(self._open) % PRUNED == 0:
            self._errand.store.prune(self._errand.store.limit)
        if not self._open:
            self._changed.set()

    def _leave(self, number: int, reason: str) -> None:
        """Leave a film to this machine, which will draw it or say what is wrong."""
        film = self._errand.films[number].name
        message = "{film} was not drawn by a worker, so this machine draws it: {reason}"
        self._tell(Told(say(message, film=film, reason=reason)))
        self._finish(number)

    def _refuse(self, address: str, why: str) -> None:
        if address not in self._refused:
            self._refused[address] = why
            self._tell(Told(say("worker {address} is not used: {why}", address=address, why=why)))
            self._changed.set()
