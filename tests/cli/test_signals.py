"""Ctrl-C and termination: a quick end with the right exit code, and no files left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.console import signals

ROOT = Path(__file__).resolve().parents[2]
STAND_IN = Path(__file__).with_name("stand_in.py")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="POSIX signals"),
]


@pytest.fixture
def stop(tmp_path: Path, environment: dict[str, str]) -> Callable[[int, str], tuple[int, str]]:
    """Starts an endless film, waits for a moment, sends a signal; returns exit code and errors."""

    def run(number: int, moment: str) -> tuple[int, str]:
        temporary = tmp_path / "tmp"
        films = tmp_path / "films"
        temporary.mkdir()
        process = subprocess.Popen(
            [sys.executable, str(STAND_IN), "video", "cost-function", "-q", "l", "-o", f"{films}/"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
            env=environment | {"TMPDIR": str(temporary)},
        )  # fmt: skip
        try:
            _wait_for(moment, process, temporary)
            process.send_signal(number)
            begun = time.monotonic()
            out, words = process.communicate(timeout=30)
            assert time.monotonic() - begun < 2
        finally:
            if process.poll() is None:
                process.kill()
                process.communicate()
        assert out == ""
        with pytest.raises(ProcessLookupError):  # no child of the session is left
            os.killpg(process.pid, 0)
        assert not films.exists() and list(temporary.iterdir()) == []
        return process.returncode, words

    return run


def _wait_for(moment: str, process: subprocess.Popen[str], temporary: Path) -> None:
    """Wait for the start of the program, of manim's import, or of the drawing."""
    if moment == "start":
        time.sleep(0.1)
        return
    assert process.stderr is not None
    assert process.stderr.readline().startswith("cost-function: ")
    if moment == "drawing":
        end = time.monotonic() + 60
        while not list(temporary.iterdir()) and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(1)


@pytest.mark.parametrize("moment", ["start", "import", "drawing"])
def test_interrupt(stop: Callable[[int, str], tuple[int, str]], moment: str) -> None:
    code, words = stop(signal.SIGINT, moment)
    # Before Python has started, the signal itself ends the process; a shell calls that 130 too.
    assert code == 130 or (moment == "start" and code == -signal.SIGINT)
    assert "Traceback" not in words
    assert moment == "start" or words.endswith("Interrupted.\n")


@pytest.mark.parametrize("moment", ["import", "drawing"])
def test_termination(stop: Callable[[int, str], tuple[int, str]], moment: str) -> None:
    code, words = stop(signal.SIGTERM, moment)
    assert (code, words) == (143, "")


def test_hang_up(stop: Callable[[int, str], tuple[int, str]]) -> None:
    code, words = stop(signal.SIGHUP, "drawing")
    assert (code, words) == (129, "")


def test_a_hang_up_that_the_caller_ignores_stays_ignored() -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    hang_up = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        signals.take_over()
        signals.unwind()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        assert signal.getsignal(signal.SIGTERM) is signals._unwind
    finally:
        for number, handler in (before | {signal.SIGHUP: hang_up}).items():
            signal.signal(number, handler)


def test_ctrl_c_is_quiet_from_the_first_moment(environment, tmp_path):
    """As ./gd starts Python. A signal before its first line ends the process by itself."""
    for moment in range(0, 240, 20):
        process = subprocess.Popen(
            [sys.executable, "-S", str(ROOT / "render.py"), "frame", "batch", "--no-cache"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
            cwd=tmp_path,
        )  # fmt: skip
        time.sleep(moment / 1000)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
        assert process.returncode in (130, -signal.SIGINT), (moment, errors)
        assert len(errors.splitlines()) <= 2, (moment, errors)
        assert "Traceback" not in errors
