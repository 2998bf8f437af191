"""Whatever happens to the files of the cache: the run succeeds, with the right bytes.

``GD_EVERY_FAULT=1`` tries each kind of damage on films and segments, and more runs at once.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import FilmCache, FrameSpec, Mp4, RenderJob, SceneRef, Store, render

EVERY = bool(os.environ.get("GD_EVERY_FAULT"))
ROOT = Path(__file__).resolve().parents[3]
SCENE = """
from manim import Scene, Square

class Film(Scene):
    def construct(self):
        self.play(Square().animate.shift((1, 0, 0)), run_time=0.5)
"""
pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes, sockets and devices")


def replaced(make: Callable[[Path], object]) -> Callable[[Path], None]:
    """Damage that puts something else in the place of the file."""

    def damage(path: Path) -> None:
        path.unlink()
        make(path)

    return damage


def rewritten(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(change(path.read_bytes())) and None


def noted(value: object) -> Callable[[Path], None]:
    """A note whose own checksum is right."""
    text = json.dumps(value).encode()
    digest = hashlib.sha256(text).hexdigest().encode()
    return lambda path: path.write_bytes(digest + b"\n" + text) and None


def about(value: object) -> Callable[[Path], None]:
    """A note that is right but for what it says of the film or segment."""

    def damage(path: Path) -> None:
        text = path.read_bytes().partition(b"\n")[2]
        if text.startswith(b"{"):
            noted(json.loads(text) | {"about": value})(path)
        else:
            path.write_bytes(b"data")

    return damage


def huge(path: Path) -> None:
    os.truncate(path, 10**12)  # sparse


def folder(path: Path) -> None:
    path.mkdir()
    (path / "file").write_text("")


def listening(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # the path of a socket must be short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("socket")
            os.rename("socket", path.name)
    finally:
        os.chdir(here)


DAMAGE = {
    "cut to 48 bytes": rewritten(lambda data: data[:48]),
    "one bit flipped": rewritten(lambda data: data[:70] + bytes([data[70] ^ 1]) + data[71:]),
    "empty": rewritten(lambda data: b""),
    "longer": rewritten(lambda data: data + b"\0"),
    "no text": rewritten(lambda data: b"\xff\x00" * 99),
    "a list": noted([]),
    "a number": noted(1),
    "no keys": noted({}),
    "deep": rewritten(lambda data: hashlib.sha256(b"[" * 10**5).hexdigest().encode()
                      + b"\n" + b"[" * 10**5),
    "empty about": about({}),
    "about of another kind": about([1]),
    "film of another kind": about({"film": 1, "asked": 2, "outputs": 3, "files": 4}),
    "wrong types": about({"film": {"size": "x"}, "asked": [[1]], "outputs": [], "files": [9, "a"]}),
    "pipe": replaced(os.mkfifo),
    "endless device": replaced(lambda path: path.symlink_to("/dev/zero")),
    "dangling link": replaced(lambda path: path.symlink_to("nowhere")),
    "link to itself": replaced(lambda path: path.symlink_to(path.name)),
    "folder": replaced(folder),
    "socket": replaced(listening),
    "huge": huge,
    "unreadable": lambda path: path.chmod(0),
    "gone": lambda path: path.unlink(),
}  # fmt: skip
FEW = ("wrong types", "pipe", "folder")


@pytest.mark.parametrize("kind", DAMAGE)
@pytest.mark.parametrize("suffix", [".note", ".data"])
def test_a_damaged_entry_is_none_and_is_removed(tmp_path: Path, kind: str, suffix: str) -> None:
    store, source, target = Store(tmp_path / "store", 10**6), tmp_path / "film", tmp_path / "copy"
    source.write_bytes(content := b"film" * 99)
    digest, key = hashlib.sha256(content).hexdigest(), "a" * 64

    def put() -> bool:
        return store.put(key, source, digest, {"film": "x", "files": [0]})

    assert put()
    (file,) = store.folder.glob(f"*{suffix}")
    DAMAGE[kind](file)
    assert len(store.entries()) in (0, 1) and store.prune(10**13) == []
    if store.fetch(key, target):
        assert target.read_bytes() == content  # only what is said about the film has changed
    elif kind != "gone":
        assert not list(store.folder.iterdir())
    assert put() and store.fetch(key, target) and target.read_bytes() == content
    assert store.look(key) == {"film": "x", "files": [0]}
    DAMAGE[kind](file)
    assert [entry.key for entry in store.clear()] in ([], [key]) and not store.folder.exists()


@pytest.mark.parametrize("kind", DAMAGE if EVERY else FEW)
def test_a_run_with_a_damaged_film_or_segment(tmp_path: Path, kind: str) -> None:
    (tmp_path / "film.py").write_text(SCENE)
    job = RenderJob(
        SceneRef(str(tmp_path / "film.py"), "Film"),
        FrameSpec(64, 64, 10),
        Mp4(),
        tmp_path / "film.mp4",
    )
    cache = FilmCache(Store(tmp_path / "cache", 10**9))

    def run() -> tuple[bool, str]:
        done = render(job, cache=cache, workers=1)
        assert hashlib.sha256(job.output.read_bytes()).hexdigest() == done.sha256
        return done.cached, done.sha256

    def files(of_film: bool) -> list[Path]:
        """The note and the data of the film, or of its only segment."""
        keys = [e.key for e in cache.store.entries()]
        (key,) = [k for k in keys if ("film" in (cache.store.look(k) or {})) == of_film]
        return sorted(cache.store.folder.glob(f"{key}*"))

    _, wanted = run()
    for of_film in (True, False):
        for number in (0, 1):
            damaged = files(of_film)[number]
            if not of_film:
                cache.store.forget(files(True)[0].name[:64])
            DAMAGE[kind](damaged)
            assert run()[1] == wanted
            assert run() == (True, wanted)
            assert len(list(cache.store.folder.iterdir())) == 4


@pytest.mark.slow
def test_several_runs_at_once_while_the_cache_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "film.py").write_text(SCENE)
    code = (
        "import sys; from pathlib import Path\n"
        "from pipeline import FilmCache, FrameSpec, Mp4, RenderJob, SceneRef, Store, render\n"
        "scene, out = SceneRef('film.py', 'Film'), Path(sys.argv[1])\n"
        "cache = FilmCache(Store(Path('cache'), 10**9))\n"
        "for n in range(4):\n"
        "    job = RenderJob(scene, FrameSpec(160, 90, 10), Mp4(), out, title=f'{n % 2}')\n"
        "    print(n % 2, render(job, cache=cache, workers=1).sha256)\n"
    )
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code, f"{number}.mp4"], cwd=tmp_path, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        for number in range(8 if EVERY else 2)
    ]  # fmt: skip
    dice, end = random.Random(17), time.monotonic() + 90
    damage = sorted(DAMAGE.keys() - {"unreadable"})
    while any(run.poll() is None for run in runs) and time.monotonic() < end:
        for file in sorted((tmp_path / "cache").glob("*[ea]")):
            try:
                if stat.S_ISREG(file.lstat().st_mode) and file.stat().st_size < 10**6:
                    DAMAGE[dice.choice(damage)](file)
                    break
            except (OSError, ValueError, IndexError):
                continue  # removed by a run, or damaged before
        time.sleep(0.05)
    said = set()
    for run in runs:
        lines, errors = run.communicate(timeout=60)
        assert run.returncode == 0, errors
        assert len(lines.splitlines()) == 4
        said |= set(lines.splitlines())
    assert len(said) == 2  # one film for each title
