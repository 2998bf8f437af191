"""Films that processes of this machine draw side by side: the same bytes, nothing left behind."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import Pipe
from pathlib import Path

import pytest

from cli.course.farm import crew
from cli.course.farm.crew import crew_for
from cli.course.farm.films import WantedFilm
from cli.course.running import Words
from pipeline import Store
from tests.cli.course.files import files_in
from tests.cli.farm.conftest import FILMS, Files, Run, lay_out, processes_with, receipts, until

EVERY = "GD_EVERY_FAULT" in os.environ
STOPPED_BY = [signal.SIGINT, signal.SIGKILL, signal.SIGTERM] if EVERY else [signal.SIGINT]

BROKEN = """
[defaults]
quality = "480p15"
lang = ["en", "zh"]
[[lesson]]
name = "one"
films = ["sgd"]
[lesson.video]
fps = 2
"""


@pytest.fixture
def crewed(environment: dict[str, str]) -> Run:
    """The command with a crew for any course."""
    return Run(environment, Path(__file__).with_name("crewed.py"))


def drawing(folder: Path) -> list[Path]:
    """The temporary folders of films that a crew draws."""
    return list(folder.glob("gd-film-*/gd-film-*"))


def children(parent: int) -> list[int]:
    """The processes that this one has started, but for Python's own helper of them (Linux)."""
    found = []
    for task in Path(f"/proc/{parent}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(child)
    return found


def has_a_film(process: int) -> bool:
    """Whether a process holds the temporary folder of a film (Linux)."""
    for held in Path(f"/proc/{process}/fd").iterdir():
        with suppress(FileNotFoundError):  # it was closed meanwhile
            if "/gd-film-" in os.readlink(held):
                return True
    return False


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
class TestRun:
    """In processes of their own."""

    def test_the_files_are_those_of_one_process_though_one_of_the_crew_is_killed(
        self, crewed: Run, plain: Files, tmp_path: Path
    ) -> None:
        """Its film is drawn at its step."""
        folder = lay_out(tmp_path / "course")
        with crewed.start(folder, "--jobs", "2") as course:
            first, *_ = until(lambda: [*filter(has_a_film, children(course.pid))])
            os.kill(first, signal.SIGKILL)
            _, errors = course.communicate(timeout=60)
        assert course.returncode == 0
        assert f"{FILMS} made, 0 as before, 0 failed" in errors
        assert files_in(folder) == plain
        assert receipts(folder / "cache") == FILMS - 1  # the crew drew the others
        assert not list(folder.glob("gd-film-*"))

    @pytest.mark.parametrize("number", STOPPED_BY)
    def test_nothing_outlives_a_course_that_is_stopped(
        self, crewed: Run, plain: Files, tmp_path: Path, number: signal.Signals
    ) -> None:
        """GD_EVERY_FAULT=1: by other signals, too."""
        folder = lay_out(tmp_path / "course")
        with crewed.start(folder, "--jobs", "2") as course:
            until(lambda: drawing(folder))
            os.kill(course.pid, number)
            _, errors = course.communicate(timeout=20)
        until(lambda: not processes_with(f"GD_CACHE={folder}"), 10)
        assert course.returncode == (-9 if number == signal.SIGKILL else 128 + number)
        assert "Traceback" not in errors
        assert crewed.course(folder, "--jobs", "2", "--quiet") == (0, "")
        assert files_in(folder) == plain
        assert not list(folder.glob("gd-film-*"))

    @pytest.mark.skipif(not EVERY, reason="GD_EVERY_FAULT=1 asks for it")
    def test_killed_at_ten_moments_then_the_same_bytes(
        self, crewed: Run, plain: Files, tmp_path: Path
    ) -> None:
        begun = time.monotonic()
        assert crewed.course(lay_out(tmp_path / "clean"), "--jobs", "2")[0] == 0
        whole = time.monotonic() - begun
        draws = random.Random(20)
        for number in range(10):
            folder = lay_out(tmp_path / str(number))
            with crewed.start(folder, "--jobs", "2") as course:
                time.sleep(draws.uniform(0.3, 1) * whole)
                course.kill()
                course.communicate(timeout=20)
            until(lambda where=folder: not processes_with(f"GD_CACHE={where}"), 10)
            assert crewed.course(folder, "--jobs", "2", "--quiet") == (0, "")
            assert files_in(folder) == plain

    def test_a_film_that_fails_is_named_once(self, crewed: Run, tmp_path: Path) -> None:
        """Each of its processes fails silently; the step says why."""
        folder = lay_out(tmp_path / "course")
        (folder / "course.toml").write_text(BROKEN)
        broken = Run({**crewed.env, "GD_STAND_INS": "1"}, crewed.program)
        code, errors = broken.course(folder, "--jobs", "2")
        assert code == 1, errors
        lines = [line for line in errors.splitlines() if line.startswith("Error: ")]
        reason = "scene Broken failed in section 'second'"
        for line, lang in zip(lines, ("en", "zh"), strict=True):
            assert line.startswith(f"Error: one sgd video {lang}: {reason}")
        assert "0 made, 0 as before, 2 failed" in errors


class Silence:
    """Is told how a crew gets on, and keeps it."""

    quiet = True

    def __init__(self) -> None:
        self.told: list[tuple[int, int, float, int]] = []

    def farmed(self, done: int, films: int, share: float, workers: int) -> None:
        self.told.append((done, films, share, workers))

    def clear(self) -> None:
        """Nothing is on the screen."""


def steps(count: int, seconds: float) -> Mapping[Words, Sequence[WantedFilm]]:
    """So many steps, each with a film that takes so long."""
    return {
        (f"step-{n}",): (WantedFilm(f"film-{n}", ((str(n),),), (), True, seconds),)
        for n in range(count)
    }


@pytest.mark.parametrize(
    ("films", "seconds", "jobs", "processes"),
    [(4, 10.0, 2, 2), (4, 10.0, 4, 4), (4, 10.0, 1, 0), (3, 10.0, 4, 0), (4, 2.0, 2, 0)],
)
def test_when_films_are_drawn_side_by_side(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, films: int, seconds: float, jobs: int,
    processes: int,
) -> None:  # fmt: skip
    """Not with one process, not if some would have nothing to do, not for a few seconds."""
    started = []

    @contextmanager
    def process(_: object, task: crew.Task):  # type: ignore[no-untyped-def]
        started.append(len(task.films))
        yield None

    monkeypatch.setattr(crew, "process_beside", process)
    store = Store(tmp_path, 10**6)
    with crew_for(steps(films, seconds), store, Silence(), jobs=jobs, timeout=None) as found:
        assert (found is not None) == bool(processes)
    assert started == [films] * processes
    with crew_for(steps(films, seconds), None, Silence(), jobs=jobs, timeout=None) as found:
        assert found is None


def test_what_is_told_of_films_that_are_being_drawn() -> None:
    """A film that is half drawn counts half; a process that dies leaves its film to the course."""
    wanted = steps(3, 10.0)
    first, second, third = wanted
    films = [film for (film,) in wanted.values()]
    watcher = Silence()
    pipes = [Pipe() for _ in range(2)]
    (one, at_one), (two, at_two) = pipes
    found = crew.Crew([one, two], films, wanted, watcher)
    at_one.send(crew.Drawing(0))
    at_two.send(crew.Drawing(1, 0.5))
    at_one.send(crew.Ended())
    found.wait_for(first)
    at_one.send(crew.Drawing(2, 0.25))
    at_two.close()
    found.wait_for(second)
    at_one.close()
    found.wait_for(third)
    for channel in (one, two):
        channel.close()
    assert watcher.told[0] == (1, 3, pytest.approx(1.5 / 3), 2)
    assert (2, 3, pytest.approx(2.25 / 3), 1) in watcher.told
    assert watcher.told[-1] == (3, 3, 1.0, 0)
