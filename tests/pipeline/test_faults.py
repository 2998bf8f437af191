"""What must happen when something goes wrong, tested with real runs in their own process."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from pipeline import (
    FilmCache,
    JobError,
    NotFound,
    Part,
    SceneFailed,
    SceneRef,
    Store,
    WriteFailed,
    render,
)

FILMS = Path(__file__).with_name("films.py")
ROOT = FILMS.parents[2]
# Encodes in a thread, as on systems where processes cannot be forked.
UNFORKED = "from pipeline.parallel import playing\nplaying.can_fork = lambda: False"
PRELUDES = {"forked": "", "unforked": UNFORKED}
EVERY = "GD_EVERY_FAULT" in os.environ
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and limits")


def start(arguments, folder, prelude="", **variables):
    """Start a small run with `folder` for its temporary files."""
    code = f"{prelude}\nimport sys; from tests.pipeline.small_run import main; sys.exit(main())"
    (folder / "tmp").mkdir(exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder / "tmp")}
    environment.update(variables)
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder,
        env={key: value for key, value in environment.items() if value is not None},
    )  # fmt: skip


def run(*arguments, **options):
    process = start(*arguments, **options)
    output, errors = process.communicate(timeout=60)
    return process.returncode, output, errors


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


# Each two values stand together in one of them; GD_EVERY_FAULT=1: all eight.
INTERRUPTED = [
    (signal.SIGINT, "film.mp4", "forked"), (signal.SIGTERM, "film.mp4", "unforked"),
    (signal.SIGINT, "film.gif", "unforked"), (signal.SIGTERM, "film.gif", "forked"),
]  # fmt: skip
if EVERY:
    INTERRUPTED = list(product(*map(dict.fromkeys, zip(*INTERRUPTED, strict=True))))


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize(("number", "output", "workers"), INTERRUPTED)
def test_an_interrupted_run_leaves_nothing(number, output, workers, tmp_path):
    (tmp_path / output).write_text("old")
    process = start([f"{FILMS}:Endless", output], tmp_path, PRELUDES[workers])
    assert process.stderr.readline() == "drawing\n"
    process.send_signal(number)
    begun = time.monotonic()
    _, errors = process.communicate(timeout=20)
    assert time.monotonic() - begun < 2
    assert process.returncode == 128 + number, errors
    assert files(tmp_path) == [output]
    assert (tmp_path / output).read_text() == "old"
    assert os.listdir(tmp_path / "tmp") == []


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize("output", ["film.mp4", "film.mov", "film.webm", "film.gif", "film.png"])
@pytest.mark.parametrize("prelude", PRELUDES.values(), ids=PRELUDES)
def test_a_full_disk(output, prelude, tmp_path):
    (tmp_path / output).write_text("old")
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))"
    code, _, errors = run(
        [f"{FILMS}:Film", output],
        tmp_path,
        prelude + "\n" + limit,
        PYTHONDONTWRITEBYTECODE="1",
    )
    assert code == 74, errors
    assert errors.count("\n") == 1 and "File too large" in errors
    assert (tmp_path / output).read_text() == "old"
    assert files(tmp_path) == [output]
    assert os.listdir(tmp_path / "tmp") == []


def test_an_unwritable_folder_is_found_before_anything_is_imported(tmp_path):
    (tmp_path / "file").write_text("")
    refuse = "import sys; sys.modules['manim'] = None"
    code, _, errors = run([f"{FILMS}:Film", "file/film.mp4"], tmp_path, refuse)
    assert code == 73
    assert errors.count("\n") == 1 and "file" in errors


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize("home", [None, "/proc/1/nowhere"])
def test_home_is_not_needed(home, tmp_path):
    options = {"HOME": home, "XDG_CACHE_HOME": None, "XDG_CONFIG_HOME": None}
    code, output, errors = run([f"{FILMS}:Film", "film.mp4"], tmp_path, **options)
    assert (code, errors) == (0, "")
    assert output == "film.mp4\n"
    assert files(tmp_path) == ["film.mp4"]


def test_manim_says_nothing_and_leaves_no_folder(job, tmp_path, capfd, monkeypatch):
    monkeypatch.chdir(tmp_path)
    render(job("Film", "film.mp4"))
    assert capfd.readouterr() == ("", "")
    assert os.listdir(tmp_path) == ["film.mp4"]


def test_manims_warnings_are_handed_over(job, capfd, monkeypatch):
    from manim import Scene, logger

    monkeypatch.setattr(Scene, "setup", lambda self: logger.warning("font %s not found", "Nimbus"))
    done = render(job("Film", "film.png"))
    assert done.warnings == ("font Nimbus not found",)
    assert capfd.readouterr() == ("", "")


def test_a_scene_that_raises_is_named_with_its_section(job, tmp_path):
    (tmp_path / "film.mp4").write_text("old")
    with pytest.raises(SceneFailed) as caught:
        render(job("Raises", "film.mp4"))
    assert str(caught.value) == (
        "scene Raises failed in section 'worse' at 0.70 s: ZeroDivisionError: division by zero"
    )
    assert caught.value.exit_code == 1
    assert (tmp_path / "film.mp4").read_text() == "old"
    assert os.listdir(tmp_path) == ["film.mp4"]


def test_a_coordinate_that_is_no_number_is_reported_with_its_place(job):
    with pytest.raises(
        SceneFailed, match=r"'lost' at 0\.20 s: BadCoordinate: Dot.* a coordinate is nan"
    ):
        render(job("NotANumber", "film.mp4"))


def test_an_error_with_its_own_exit_code_passes(job):
    with pytest.raises(ValueError, match="no such glyph") as caught:
        render(job("Deliberate", "film.mp4"))
    assert caught.value.exit_code == 65


def test_a_disk_that_fills_while_the_scene_is_built(job):
    with pytest.raises(WriteFailed, match="No space left") as caught:
        render(job("NoSpace", "film.mp4"))
    assert caught.value.exit_code == 74


def test_unknown_names_list_the_known(job):
    with pytest.raises(NotFound, match="no scene 'Flim'; there is: ") as caught:
        render(job("Flim", "film.mp4"))
    assert caught.value.exit_code == 2
    assert caught.value.name == "Flim" and "Film" in caught.value.known
    with pytest.raises(NotFound, match="no section 'hodl'; there is: slide, hold, turn"):
        render(job("Film", "film.mp4", part=Part.of("hodl")))


def test_a_film_of_no_frames_is_no_file(job, tmp_path):
    with pytest.raises(SceneFailed, match="no frames"):
        render(job("Empty", "film.mp4"))
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("output", ["film.mp4", "film.gif", "film.png"])
def test_a_file_that_is_not_what_was_drawn_is_not_published(output, job, tmp_path, monkeypatch):
    from pipeline import rendering
    from pipeline.files import verify

    (tmp_path / output).write_text("old")
    measure = verify.verify

    def spoil(path, *arguments):
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2])
        return measure(path, *arguments)

    monkeypatch.setattr(verify, "verify", spoil)
    with pytest.raises(WriteFailed):
        rendering.render(job("Film", output))
    assert (tmp_path / output).read_text() == "old"
    assert os.listdir(tmp_path) == [output]


def test_one_film_after_another_in_one_process(job):
    first = render(job("Film", "first.mp4"))
    render(job("Zoom", "other.png"))
    assert render(job("Film", "again.mp4")).sha256 == first.sha256


PICTURE = """
from manim import ImageMobject, Scene, Square
class Talk(Scene):
    def construct(self):
        self.add(Square())
        self.wait(0.5)
        self.add(ImageMobject("here.png"))
        self.wait(0.5)
"""


@pytest.mark.parametrize("output", ["here.png", "link.mp4"])
def test_a_film_does_not_replace_what_it_shows(output, tmp_path, monkeypatch, job):
    from PIL import Image

    monkeypatch.chdir(tmp_path)
    (tmp_path / "talk.py").write_text(PICTURE)
    Image.new("RGB", (4, 4)).save("here.png")
    os.symlink("here.png", "link.mp4")
    before = (tmp_path / "here.png").read_bytes()
    made = replace(job("Film", output), scene=SceneRef("talk.py", "Talk"))
    for cache in (None, FilmCache(Store(tmp_path / "cache", 10**9))):
        if cache:
            render(replace(made, output=Path("other" + made.output.suffix)), cache=cache)
        with pytest.raises(JobError, match=r"here\.png.*choose another name"):
            render(made, cache=cache, workers=2)
        assert (tmp_path / "here.png").read_bytes() == before


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("output", ["film.mp4", "film.gif"])
def test_a_segment_that_changed_before_the_join(output, workers, job, tmp_path, monkeypatch):
    """One bit of it is another when the film is joined."""
    from pipeline.encoders.segmented import SegmentedFile

    finish = SegmentedFile.finish

    def spoil(file, labels):
        path = file.segment(0)
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
        finish(file, labels)

    monkeypatch.setattr(SegmentedFile, "finish", spoil)
    cache = FilmCache(Store(tmp_path / "cache", 10**9))
    with pytest.raises(WriteFailed, match="segment-000000") as caught:
        render(job("Film", output), cache=cache, workers=workers)
    assert caught.value.exit_code == 74
    assert files(tmp_path) == [name for name in files(tmp_path) if name.startswith("cache")]
    monkeypatch.undo()
    assert render(job("Film", output), cache=cache).sha256 == render(job("Film", output)).sha256


@POSIX
@pytest.mark.slow
def test_a_second_signal_does_not_cut_the_clean_up(tmp_path):
    draws = random.Random(17)
    for _ in range(20 if EVERY else 2):
        first, second = draws.choices([signal.SIGINT, signal.SIGTERM, signal.SIGQUIT], k=2)
        process = start([f"{FILMS}:Endless", "film.mp4"], tmp_path)
        assert process.stderr.readline() == "drawing\n"
        process.send_signal(first)
        time.sleep(draws.uniform(0, 0.1))
        process.send_signal(second)
        process.communicate(timeout=20)
        assert files(tmp_path) == [] and os.listdir(tmp_path / "tmp") == []


@POSIX
@pytest.mark.slow
def test_the_next_run_removes_what_a_killed_one_left(tmp_path):
    process = start([f"{FILMS}:Endless", "film.mp4"], tmp_path)
    assert process.stderr.readline() == "drawing\n"
    process.kill()
    process.communicate(timeout=20)  # its workers have ended too
    assert len(files(tmp_path)) > 1
    code, _, errors = run([f"{FILMS}:Film", "film.mp4"], tmp_path)
    assert code == 0, errors
    assert files(tmp_path) == ["film.mp4"] and os.listdir(tmp_path / "tmp") == []
