"""Whole commands, measured with all their processes."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
OURS = [sys.executable, str(ROOT / "render.py")]
FRESH = ["--no-cache", "--quiet"]  # every frame is drawn, and nobody watches
MANIM = [sys.executable, "-m", "manim", "--disable_caching"]


@dataclass(frozen=True)
class Run:
    """Seconds of wall time and of CPU time, kilobytes of the film, megabytes of memory.

    CPU time and memory are for all processes; memory shared by several counts once (Linux only).
    Reading the memory ten times a second takes a quarter of a core from eight processes, so a
    timed run does not do it (None).
    """

    wall: float
    cpu: float
    size: float
    memory: float | None = None


def timed(command: list[str], folder: Path, ending: str = "mp4", watched: bool = False) -> Run:
    """Run `command` in `folder`, where its film stays; end this program if it fails.

    If `watched`, its memory is read, and its times must not be used.
    """
    begun = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    with _peak_memory(process.pid) if watched else nullcontext() as peak:
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{errors.decode()}")
    size = film_in(folder, ending).stat().st_size / 1000
    return Run(wall, usage.ru_utime + usage.ru_stime, size, peak and peak[0] / 1000)


def film_in(folder: Path, ending: str) -> Path:
    """The finished film; manim leaves its pieces beside it."""
    films = folder.rglob(f"*.{ending}")
    return next(path for path in films if "partial_movie_files" not in path.parts)


def interleaved(
    commands: dict[str, list[str]], rounds: int, ending: str = "mp4", kept: Path | None = None
) -> dict[str, list[Run]]:
    """Run all commands in turn, `rounds` times, so that a busy machine slows all of them alike.

    Before that, each runs once `watched`. The last film of each command stays in the folder
    `kept`, under the command's name.
    """
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            with tempfile.TemporaryDirectory() as folder:
                runs[name].append(timed(command, Path(folder), ending, watched=number == 0))
                if kept is not None:
                    shutil.move(film_in(Path(folder), ending), kept / f"{name}.{ending}")
            print(f"# {name}: {runs[name][-1]}", file=sys.stderr)
    return runs


def mean(runs: list[Run]) -> Run:
    """The mean of each figure, but the largest memory; watched runs give only the memory."""
    values = [run for run in runs if run.memory is None]
    peak = max(run.memory for run in runs if run.memory is not None)
    wall, cpu, size = (
        sum(getattr(run, key) for run in values) / len(values) for key in ("wall", "cpu", "size")
    )
    return Run(wall, cpu, size, peak)


def located(scene: str) -> str:
    """``FILE.py:Name``, relative to the project's folder, with the file's whole path."""
    file, name = scene.rsplit(":", 1)
    return f"{(ROOT / file).resolve()}:{name}"


def show(title: str, columns: dict[str, str], rows: list[dict[str, Any]]) -> None:
    """Print a table in Markdown; `columns` maps the head of each column to its cells' format."""
    print(f"\n{title}, {os.cpu_count()} cores, {platform.machine()}\n")
    print(f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
    line = f"| {' | '.join(columns.values())} |"
    for row in rows:
        print(line.format(**row))


@contextmanager
def _peak_memory(root: int) -> Iterator[list[float]]:
    """Kilobytes of the process and all its descendants, read until the block ends."""
    seen, over = [0.0], threading.Event()

    def look() -> None:
        while not over.wait(0.1):
            seen[0] = max(seen[0], sum(map(_kilobytes, _family(root))))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def _family(root: int) -> list[int]:
    parents: dict[int, int] = {}
    with suppress(OSError):
        for name in os.listdir("/proc"):
            if name.isdigit():
                with suppress(OSError, ValueError, IndexError):
                    stat = Path(f"/proc/{name}/stat").read_text()
                    parents[int(name)] = int(stat.rpartition(")")[2].split()[1])
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def _kilobytes(pid: int) -> float:
    """The process's share of memory: memory that several processes map is divided among them."""
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return float(next(line for line in lines if line.startswith("Pss:")).split()[1])
    return 0.0
