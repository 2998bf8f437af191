"""A small course, what it makes on one machine, and a real scheduler with real workers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.cli.course.files import files_in, put_tables

ROOT = Path(__file__).resolve().parents[3]
COURSE = """
[defaults]
quality = "480p15"
lang = ["en", "zh"]
[defaults.video]
fps = 2
[defaults.clips]
fps = 2
[[lesson]]
name = "one"
films = ["batch@start"]
make = ["video", "subtitles", "poster"]
[[lesson]]
name = "two"
films = ["batch@start"]
lang = "en"
data = "*.csv"
make = ["clips"]
"""
FILMS = 4
Files = dict[str, bytes]


def lay_out(folder: Path) -> Path:
    """The course and its data; the folder."""
    folder.mkdir(parents=True)
    (folder / "course.toml").write_text(COURSE)
    put_tables(folder)
    return folder


def until(happened: Callable[[], Any], seconds: float = 60.0) -> Any:
    """Wait for something; what it returned."""
    end = time.monotonic() + seconds
    while not (found := happened()):
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)
    return found


@dataclass
class Run:
    """How the command is run: in which environment. ``env`` has what all processes share."""

    env: Mapping[str, str]
    program: Path = ROOT / "render.py"

    def start(self, folder: Path, *words: str) -> subprocess.Popen[str]:
        """Start ``gd course`` in a folder; its cache is beside the course."""
        env = {**self.env, "GD_CACHE": str(folder / "cache"), "TMPDIR": str(folder)}
        return subprocess.Popen(
            [sys.executable, str(self.program), "course", *words], cwd=folder, env=env,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def course(self, folder: Path, *words: str) -> tuple[int, str]:
        """Run it to its end: the exit code and what it said."""
        with self.start(folder, *words) as process:
            _, errors = process.communicate(timeout=120)
        return process.returncode, errors


@dataclass
class Cluster:
    """A scheduler on loopback, and its workers by their names."""

    env: Mapping[str, str]
    folder: Path
    address: str = ""
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def begin(self) -> None:
        """Start the scheduler."""
        file = self.folder / "scheduler.json"
        self._spawn("scheduler", "--port", "0", "--scheduler-file", str(file))
        self.address = json.loads(until(lambda: file.exists() and file.read_text()))["address"]

    @property
    def place(self) -> str:
        """What is typed after ``--on``."""
        return self.address.replace("tcp://", "dask://")

    def work(self, name: str, **variables: str) -> Path:
        """Start a worker with its own cache and temporary folder, which is returned."""
        own = self.folder / name
        own.mkdir()
        words = (self.address, "--nthreads", "1", "--no-nanny", "--name", name)
        variables = {"GD_CACHE": str(own / "cache"), "TMPDIR": str(own), **variables}
        self._spawn("worker", *words, "--local-directory", str(own), as_name=name, **variables)
        return own

    def kill(self, name: str) -> None:
        """Kill a process, as a machine without power does."""
        process = self.processes.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        """Kill all that still runs."""
        for name in [*self.processes]:
            self.kill(name)

    def _spawn(self, kind: str, *words: str, as_name: str = "scheduler", **variables: str) -> None:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--no-dashboard"]
        self.processes[as_name] = subprocess.Popen(
            [*command, "--host", "127.0.0.1", *words], cwd=ROOT, env={**self.env, **variables},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip


@pytest.fixture(scope="session")
def run(environment: dict[str, str]) -> Run:
    """The command in its own process."""
    return Run(environment)


@pytest.fixture(scope="session")
def plain(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """What the course makes on one machine."""
    folder = lay_out(tmp_path_factory.mktemp("plain") / "course")
    code, errors = run.course(folder, "--jobs", "1")
    assert code == 0, errors
    return files_in(folder)


@pytest.fixture
def cluster(environment: dict[str, str], tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler without workers."""
    made = Cluster(environment, tmp_path / "cluster")
    made.folder.mkdir()
    try:
        made.begin()
        yield made
    finally:
        made.end()


def is_drawing(own: Path) -> bool:
    """Whether a worker with this temporary folder is drawing a film."""
    return any(own.glob("gd-film-*"))


def notes_in(cache: Path) -> list[dict[str, Any]]:
    """What is known of the entries of a cache."""
    texts = (path.read_text().partition("\n")[2] for path in cache.glob("1/*.note"))
    return [json.loads(text)["about"] for text in texts]


def receipts(cache: Path) -> int:
    """How many films were drawn into a cache before their steps."""
    return sum("needs" in each for each in notes_in(cache))


def forget(own: Path) -> None:
    """Empty the cache of a worker."""
    shutil.rmtree(own / "cache", ignore_errors=True)


def processes_with(text: str) -> list[int]:
    """The processes in whose environment a text is (Linux)."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                content = Path(f"/proc/{name}/environ").read_bytes()
            except OSError:
                continue
            if text.encode() in content:
                found.append(int(name))
    return found
