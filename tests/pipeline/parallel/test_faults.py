"""Damaged segments in the cache, lost lookup workers, a run that is killed in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import SceneFailed
from pipeline.drawing.repaint.shown import ShownKey

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
    pytest.mark.usefixtures("forking"),
]
ROOT = Path(__file__).resolve().parents[3]


def cut(files):
    return {name: data[:48] if name.endswith(".data") else data for name, data in files.items()}


def flip(files):
    return {
        name: data[:900] + bytes([data[900] ^ 1]) + data[901:] if name.endswith(".data") else data
        for name, data in files.items()
    }


def swap(files):
    names = [name for name in files if name.endswith(".data")]
    return files | {a: files[b] for a, b in zip(names, names[1:] + names[:1], strict=True)}


def misname(files):
    """Each entry complete, but under the key of another."""
    keys = sorted({name[:64] for name in files})
    other = dict(zip(keys, keys[1:] + keys[:1], strict=True))
    return {other[name[:64]] + name[64:]: data for name, data in files.items()}


@pytest.mark.parametrize("fault", [cut, flip, swap, misname])
def test_damaged_segments_are_found_and_drawn_again(fault, kept, counted):
    wanted = kept.render().sha256
    kept.forget_films()
    files = {path.name: path.read_bytes() for path in kept.store.folder.iterdir()}
    for name in files:
        (kept.store.folder / name).unlink()
    for name, data in fault(files).items():
        (kept.store.folder / name).write_bytes(data)
    counted("begin")
    assert kept.render().sha256 == wanted
    assert counted("begin") == [0, 1, 2, 3]
    kept.render(title="again")
    assert counted("begin") == []  # they replaced the damaged ones


def test_a_lookup_worker_that_is_killed_does_no_harm(kept, counted, monkeypatch):
    from pipeline.parallel import forked

    kept.render()
    counted("begin")
    leave = forked._leave

    def harmful(channel, segment):
        if segment.looks_up:
            os.kill(os.getpid(), signal.SIGKILL)
        leave(channel, segment)

    monkeypatch.setattr(forked, "_leave", harmful)
    again = kept.render(title="again")
    assert counted("begin") == [0, 1, 2, 3]
    assert again.sha256 == kept.anew(title="again")


def test_a_lookup_worker_that_fails_leaves_it_to_the_worker(kept, counted, monkeypatch):

    kept.render()
    counted("begin")
    monkeypatch.setattr(ShownKey, "key", property(lambda self: 1 / 0))
    with pytest.raises(SceneFailed, match="ZeroDivisionError"):
        kept.render(title="again")
    assert counted("leave_not_found") != []


def test_what_a_lookup_worker_cannot_see_the_worker_reports(kept):
    """A lookup worker draws nothing, so it does not notice what cannot be drawn."""
    kept.render()
    kept.change("shift(UP)", "shift(float('nan') * UP)")
    with pytest.raises(SceneFailed, match=r"'end' at 6.*BadCoordinate"):
        kept.render()
    assert len(kept.segments()) == 4


KILLED = """
import sys, time
from pathlib import Path
from pipeline import *
from pipeline.encoders.mp4 import SECONDS
from pipeline.drawing.frames import FrameRenderer

draw = FrameRenderer._draw

def slow(self, *arguments):
    while self.file_writer.frames >= 60 and Path("held").exists():
        time.sleep(0.01)
    draw(self, *arguments)

FrameRenderer._draw = slow
SECONDS["normal"] = 2
job = RenderJob(SceneRef(sys.argv[1], "Lecture"), FrameSpec(160, 90, 10), Mp4(), Path("film.mp4"))
render(job, cache=FilmCache(Store(Path("cache"), 10**9)), workers=int(sys.argv[2]))
"""


@pytest.mark.parametrize("workers", [1, 2])
def test_killed_in_the_middle_then_the_same_again(workers, kept, counted, tmp_path):
    (tmp_path / "held").touch()
    (tmp_path / "tmp").mkdir()
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, kept.file, str(workers)],
        cwd=tmp_path, stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path / "tmp")},
    )  # fmt: skip
    while process.poll() is None and len(kept.segments()) < 3:
        time.sleep(0.01)
    process.kill()
    (tmp_path / "held").unlink()
    _, errors = process.communicate(timeout=20)  # returns after its workers have ended too
    assert process.returncode == -signal.SIGKILL, errors
    assert not kept.job.output.exists()
    again = kept.render(workers)
    assert counted("begin") == [3]
    assert again.sha256 == kept.anew()
