"""The process of the engine; the one file that imports Dask and `distributed`.

It is a process of its own, since `distributed` works with threads: beside threads the course could
not fork the processes that draw.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import queue
import tempfile
import threading
import time
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from multiprocessing.connection import Connection

import dask
from distributed import Client, LocalCluster

from cli.console.language import say, speak
from cli.course.farm.engine import ANSWER, Engine, Lost, Tell
from cli.course.farm.errand import Errand, Finished, GivenUp, Said
from exit_codes import IO_ERROR, UNAVAILABLE

_LEAN = {
    "distributed.comm.timeouts.connect": f"{ANSWER:g}s",
    # The workers of this machine are few. What watches over many would take time from drawing.
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1s",
    "distributed.scheduler.work-stealing": False,
    # By default malloc would give memory back at once: six times as many page faults.
    "distributed.nanny.pre-spawn-environ": {"OMP_NUM_THREADS": 1, "OPENBLAS_NUM_THREADS": 1},
    "distributed.scheduler.active-memory-manager.start": False,
}
LAST = 0.5  # seconds that the loop has to end this process


def serve(channel: Connection, errand: Errand) -> None:
    """Do an errand and say how it goes on `channel`; end at once when its other end is closed."""
    os.environ["TMPDIR"] = tempfile.tempdir = str(errand.folder)  # the workers', too
    speak(errand.lang)
    warnings.simplefilter("ignore")
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    dask.config.set({**_LEAN, "temporary-directory": str(errand.folder)})
    said: queue.SimpleQueue[Said | None] = queue.SimpleQueue()
    sender = threading.Thread(target=_send, args=(said, channel), daemon=True)
    sender.start()
    asyncio.run(_run(errand, said.put, channel))
    said.put(None)
    sender.join()


async def _run(errand: Errand, tell: Tell, channel: Connection) -> None:
    """Draw the films of an errand; tell how it goes, and how it ended if it failed."""
    loop = asyncio.get_running_loop()
    threading.Thread(target=_end_with, args=(channel, loop), daemon=True).start()
    place, any_done = errand.place.typed, False

    def noting(said: Said) -> None:
        nonlocal any_done
        any_done = any_done or isinstance(said, Finished)
        tell(said)

    try:
        async with _connected(errand) as client:
            await Engine(client, errand, noting).run()
    except Lost as error:
        tell(GivenUp(str(error), IO_ERROR if any_done else UNAVAILABLE))
    except (OSError, TimeoutError):
        message = "no Dask scheduler answers at {place}; start one: dask scheduler --port PORT"
        tell(GivenUp(say(message, place=place), UNAVAILABLE))


@asynccontextmanager
async def _connected(errand: Errand) -> AsyncIterator[Client]:
    """A client of the scheduler, or of one on this machine with its own workers."""
    if errand.place.address is not None:
        async with Client(errand.place.address, asynchronous=True, timeout=ANSWER) as client:
            yield client
        return
    async with (
        LocalCluster(
            n_workers=errand.place.workers, threads_per_worker=1, memory_limit=0, host="127.0.0.1",
            dashboard_address=None, security=True, asynchronous=True,
            local_directory=str(errand.folder), silence_logs=logging.CRITICAL,
        ) as cluster,
        Client(cluster, asynchronous=True) as client,
    ):  # fmt: skip
        yield client


def _send(said: queue.SimpleQueue[Said | None], channel: Connection) -> None:
    """Send what is said. The course may be busy with a step for long, so the engine never waits."""
    with suppress(OSError):
        while (each := said.get()) is not None:
            channel.send(each)


def _end_with(channel: Connection, loop: asyncio.AbstractEventLoop) -> None:
    """End this process and the workers of this machine when the course has ended."""
    with suppress(EOFError, OSError):
        channel.recv()
    with suppress(RuntimeError):  # the loop has ended
        # In the loop, where meanwhile no worker is started in the place of a killed one.
        loop.call_soon_threadsafe(_end)
        time.sleep(LAST)
    _end()


def _end() -> None:
    for child in multiprocessing.active_children():
        child.kill()
        child.join()
    os._exit(0)
