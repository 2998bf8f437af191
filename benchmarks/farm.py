"""What many machines cost: a course with and without `--on`, and how fast films are handed out.

    python benchmarks/farm.py [--films N] [--rounds N] [--workers 1 2 4]
                              [--simulated 16 64 256] [--json F]

The course has N films (24, at 480p15, in two languages), each time with an empty cache; all runs
must give the same bytes. The runs take turns, since the speed of a machine changes. (The CPU
seconds of a run lack those of processes that are killed at its end.) Then films are replaced by
tasks that sleep and return some bytes: the scheduler is a process of its own, and so many simulated
workers, each with one thread, share four processes. The engine is the one of `--on`.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import product
from operator import attrgetter
from pathlib import Path
from statistics import median
from typing import Any

from measuring import OURS, ROOT, Run, show, timed

sys.path.insert(0, str(ROOT))

from distributed import Client, Worker

from cli.course.farm.engine import Engine
from cli.course.farm.errand import Errand
from cli.course.farm.films import WantedFilm
from cli.course.farm.parcels import Drawn, Entry, Parcel
from cli.course.farm.place import Place
from pipeline import Store
from scenes import FILMS

COURSES = {
    "run": "{run}", "films": "{films}", "wall s": "{wall:.1f}", "CPU s": "{cpu:.1f}",
    "of the plain run": "{share:.1%}",
}  # fmt: skip
TASKS = {
    "workers": "{workers}", "task s": "{seconds:g}", "bytes": "{size:,}", "tasks": "{tasks}",
    "tasks / s": "{rate:.0f}", "workers busy": "{busy:.0%}", "MB / s": "{megabytes:.0f}",
}  # fmt: skip
PROCESSES = 4
LANGUAGES = ("en", "zh")
SIMULATED = ((1.0, 0), (0.0, 0), (0.0, 1_000_000))  # seconds that a task sleeps, bytes of its reply


def courses(films: int, workers: list[int], rounds: int) -> list[dict[str, Any]]:
    """The same course without `--on`, then with so many workers of this machine; medians."""
    names = [*FILMS][: -(-films // len(LANGUAGES))]
    text = "\n".join((
        "[defaults]", f"lang = {json.dumps(LANGUAGES)}", 'quality = "480p15"', "[[lesson]]",
        'name = "all"', f"films = {json.dumps(names)}",
    ))  # fmt: skip
    runs = {"plain": list[str](), "plain, --jobs 1": ["--jobs", "1"]}
    runs |= {f"--on local:{n}": ["--on", f"local:{n}"] for n in workers}
    took: dict[str, list[Run]] = {run: [] for run in runs}
    made: set[str] = set()
    for _, (run, words) in product(range(rounds), runs.items()):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "course.toml").write_text(text, encoding="utf-8")
            os.environ["GD_CACHE"] = str(folder / "cache")
            took[run].append(timed([*OURS, "course", *words, "--quiet"], folder))
            made.add((folder / "build/manifest.json").read_text(encoding="utf-8"))
        print(f"# {run}: {took[run][-1].wall:.1f} s", file=sys.stderr, flush=True)
    if len(made) > 1:
        sys.exit("the files differ")
    wall, cpu = (
        {run: median(attrgetter(which)(each) for each in took[run]) for run in runs}
        for which in ("wall", "cpu")
    )
    return [
        {
            "run": run, "films": len(names) * len(LANGUAGES), "rounds": rounds, "wall": wall[run],
            "cpu": cpu[run], "share": wall[run] / wall["plain"],
        }
        for run in runs
    ]  # fmt: skip


def sleep(seconds: float, size: int, parcel: Parcel) -> Drawn:
    """What a simulated worker does in the place of drawing."""
    time.sleep(seconds)
    data = bytes(size)
    entry = Entry(parcel.receipt, {}, hashlib.sha256(data).hexdigest(), data)
    return Drawn((entry,) if size else ())


async def simulated(address: str, count: int) -> None:
    """So many workers in this process, until it is killed."""
    workers = [Worker(address, nthreads=1, dashboard_address=None) for _ in range(count)]
    await asyncio.gather(*workers)
    await asyncio.gather(*(worker.finished() for worker in workers))


@contextmanager
def scheduler_with(workers: int, folder: Path) -> Iterator[str]:
    """A scheduler in its own process, and its simulated workers; its address."""
    file = folder / f"scheduler-{workers}.json"
    words = ["-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    words += ["--no-dashboard", "--scheduler-file", str(file)]
    settings: dict[str, Any] = {
        "env": {**os.environ, "PYTHONPATH": str(ROOT), "DASK_LOGGING__DISTRIBUTED": "critical"},
        "cwd": folder, "stderr": subprocess.DEVNULL,
    }  # fmt: skip
    running = [subprocess.Popen([sys.executable, *words], **settings)]
    try:
        while not file.exists():
            time.sleep(0.05)
        address = json.loads(file.read_text())["address"]
        for number in range(PROCESSES):
            count = (workers + number) // PROCESSES
            if count:
                own = [sys.executable, __file__, "--serve", address, str(count)]
                running.append(subprocess.Popen(own, **settings))
        yield address
    finally:
        for process in reversed(running):
            process.kill()
            process.wait()


async def _handed_out(address: str, workers: int, errand: Errand, work: Any) -> float:
    """The seconds from the first task to the last one."""
    async with Client(address, asynchronous=True) as client:
        while len(await client.scheduler.ncores()) < workers:
            await asyncio.sleep(0.1)
        begun = time.perf_counter()
        await Engine(client, errand, lambda said: None, work).run()
        return time.perf_counter() - begun


def tasks(workers: int, folder: Path) -> Iterator[dict[str, Any]]:
    """How many tasks a second so many workers get."""
    with scheduler_with(workers, folder) as address:
        for seconds, size in SIMULATED:
            number = workers * 8 if seconds else max(500, 2 * workers)
            films = tuple(
                WantedFilm(f"film-{n}", ((str(n),),), (), True, 1.0) for n in range(number)
            )
            store = Store(folder / "store", 10**9)
            errand = Errand(Place("", address), films, store, "", folder, "en")
            work = partial(sleep, seconds, size)
            wall = asyncio.run(_handed_out(address, workers, errand, work))
            yield {
                "workers": workers, "seconds": seconds, "size": size, "tasks": number,
                "rate": number / wall, "busy": number * seconds / wall / workers,
                "megabytes": number * size / wall / 1e6,
            }  # fmt: skip


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--films", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", nargs="*", type=int, default=[1, 2, 4])
    parser.add_argument("--simulated", nargs="*", type=int, default=[1, 16, 64, 256])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    rows: dict[str, Any] = {"courses": [], "tasks": []}
    if options.films:
        rows["courses"] = courses(options.films, options.workers, options.rounds)
        show("A course of films at 480p15", COURSES, rows["courses"])
    with tempfile.TemporaryDirectory() as name:
        rows["tasks"] = [row for n in options.simulated for row in tasks(n, Path(name))]
    show("Tasks that sleep", TASKS, rows["tasks"])
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        asyncio.run(simulated(sys.argv[2], int(sys.argv[3])))
    else:
        main()
