"""The live bar on a terminal, and what is printed instead elsewhere."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from pathlib import Path

import pytest

from cli.making import progress
from cli.making.orders import Order
from cli.request.lessons import Asked
from cli.request.parts import Chosen
from cli.request.request import Request
from cli.request.shape import Shape
from pipeline import FrameSpec, Mp4, Progress, Rendered, RenderJob, SceneRef
from scenes import FILMS, Telling


class Terminal(io.StringIO):
    """A terminal that stores what was written to it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def order() -> Order:
    job = RenderJob(SceneRef("m", "S"), FrameSpec(854, 480, 15), Mp4(), Path("batch.mp4"))
    shape = Shape((854, 480), 15, "16:9")
    request = Request(Asked({}, Telling()), shape, None, (".mp4",), ())
    return Order(Chosen(FILMS["batch"]), job, request, 200)


def rendered() -> Rendered:
    return Rendered(Path("batch.mp4"), 2_500_000, 200, 15, 13.3, "", (), (), (), ())


def test_bar_line() -> None:
    line = progress.bar_line("batch", Progress(50, None, 25.0, "epochs"), expected=200)
    assert line == "batch  [######------------------]  50/200 frames  25 fps  0:06 left  epochs"
    line = progress.bar_line("batch", Progress(210, 200, 0.0, "epochs"), expected=200)
    assert line == f"batch  [{'#' * 24}]  210/210 frames  0 fps  ? left  epochs"


def test_bar_line_of_unknown_length() -> None:
    line = progress.bar_line("Intro", Progress(50, None, 25.0, "film"), expected=None)
    assert line == "Intro  50 frames  25 fps  film"


def test_terminal(monkeypatch: pytest.MonkeyPatch, order: Order) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr("shutil.get_terminal_size", lambda *_: os.terminal_size((40, 24)))
    report = progress.reporter(quiet=False)
    report.begin(order)
    report.update(Progress(50, 200, 25.0, "epochs"))
    report.update(Progress(51, 200, 25.0, "epochs"))  # too soon to be drawn
    report.end(rendered())
    first, bar, end = terminal.getvalue().split("\r")[1:]
    assert first == "batch: starting\x1b[K"
    assert bar == "batch  [######------------------]  50/2\x1b[K"  # cut to the terminal's width
    assert end.startswith("batch: 200 frames, 2.5 MB, in 0:00") and end.endswith("\n")


def test_log(monkeypatch: pytest.MonkeyPatch, order: Order) -> None:
    log = io.StringIO()
    monkeypatch.setattr("sys.stderr", log)
    report = progress.reporter(quiet=False)
    report.begin(order)
    report.update(Progress(50, 200, 25.0, "epochs"))
    report.end(rendered())
    assert log.getvalue().splitlines() == [
        "batch: 200 frames of 854x480 at 15 fps",
        "batch: 200 frames, 2.5 MB, in 0:00",
    ]


def test_quiet(monkeypatch: pytest.MonkeyPatch, order: Order) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    report = progress.reporter(quiet=True)
    report.begin(order)
    report.update(Progress(50, 200, 25.0, "epochs"))
    report.end(rendered())
    assert terminal.getvalue() == ""


def test_several_files_of_unknown_length(monkeypatch: pytest.MonkeyPatch, order: Order) -> None:
    log = io.StringIO()
    monkeypatch.setattr("sys.stderr", log)
    report = progress.reporter(quiet=False)
    report.begin(replace(order, frames=None))
    report.end(rendered(), replace(rendered(), size=800_000))
    report.end(replace(rendered(), cached=True))
    assert log.getvalue().splitlines() == [
        "batch: 854x480 at 15 fps",
        "batch: 200 frames, 2.5 MB + 800 kB, in 0:00",
        "batch: from the cache: 200 frames, 2.5 MB, in 0:00",
    ]
