"""A film that was made before is returned again, as long as nothing that shows has changed."""

from __future__ import annotations

import os
import py_compile
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from gdcore.data import Dataset, parse_data
from pipeline import (
    FilmCache,
    FrameSpec,
    Gif,
    Mp4,
    Part,
    Png,
    RenderJob,
    SceneRef,
    Store,
    render,
)
from pipeline.cache.keys import NoKey, digest
from pipeline.cache.surroundings import surroundings
from scenes import Lesson, Telling

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.slow
SCENE = """
from manim import Scene, Square
from helper import SIDE
from pathlib import Path

class Sized(Scene):
    def construct(self):
        height = float((Path(__file__).parent / "height.txt").read_text())
        self.add(Square(SIDE).stretch_to_fit_height(height))
        self.wait(0.5)
"""


@pytest.fixture
def cache(tmp_path):
    return FilmCache(Store(tmp_path / "cache", 10**9))


@pytest.fixture
def theirs(tmp_path):
    """A user's scene file with a module and a file beside it; returns a function for jobs."""
    folder = tmp_path / "lecture"
    folder.mkdir()
    (folder / "sized.py").write_text(SCENE)
    (folder / "helper.py").write_text("SIDE = 2\n")
    (folder / "height.txt").write_text("1")
    scene = SceneRef(str(folder / "sized.py"), "Sized")
    return RenderJob(scene, FrameSpec(64, 64, 10), Mp4(), tmp_path / "film.mp4")


@pytest.fixture(autouse=True)
def forget_helper():
    yield
    sys.modules.pop("helper", None)


@pytest.fixture
def data(cache, films):
    """``data()``: the files of whole films in the cache."""
    folder = cache.store.folder
    return lambda: [path for key in films(cache.store) for path in folder.glob(f"{key}-*.data")]


def test_the_second_time_nothing_is_drawn(cache, theirs, tmp_path, monkeypatch):
    first = render(theirs, cache=cache)
    assert not first.cached
    monkeypatch.setattr("pipeline.rendering._render", lambda *_: pytest.fail("rendered again"))
    other = tmp_path / "elsewhere" / "again.mp4"
    again = render(replace(theirs, output=other, expected_frames=3), cache=cache)
    assert again == replace(first, path=other, cached=True)
    assert other.read_bytes() == first.path.read_bytes()
    assert sorted(p.name for p in other.parent.iterdir()) == ["again.mp4"]


@pytest.mark.parametrize("changed", ["sized.py", "helper.py", "height.txt"])
def test_a_film_of_a_changed_file_is_made_again(cache, theirs, changed):
    first = render(theirs, cache=cache)
    file = Path(theirs.scene.module).parent / changed
    text = file.read_text()
    sys.modules.pop("helper", None)
    file.write_text({"sized.py": text.replace("SIDE)", "2 * SIDE)"), "helper.py": "SIDE = 3.5\n",
                     "height.txt": "2"}[changed])  # fmt: skip
    second = render(theirs, cache=cache)
    assert not second.cached and second.sha256 != first.sha256
    assert render(theirs, cache=cache).cached


@pytest.mark.parametrize(
    ("name", "old", "new"), [("sized.py", "0.5", "0.9"), ("helper.py", "2", "1")]
)
def test_a_change_within_the_second_that_leaves_the_size_is_seen(theirs, name, old, new):
    first = render(theirs)
    file = Path(theirs.scene.module).with_name(name)
    stat = file.stat()
    file.write_text(file.read_text().replace(old, new))
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert render(theirs).sha256 != first.sha256
    assert not (file.parent / "__pycache__").exists()


@pytest.mark.parametrize(
    "fault",
    [lambda data: data[:48], lambda data: data[:90] + bytes([data[90] ^ 8]) + data[91:]],
    ids=["cut", "flipped"],
)
def test_a_damaged_film_is_made_again(cache, theirs, data, fault):
    first = render(theirs, cache=cache, workers=1)
    (file,) = data()
    file.write_bytes(fault(file.read_bytes()))
    second = render(theirs, cache=cache, workers=1)
    assert (second.cached, second.sha256) == (False, first.sha256)
    assert theirs.output.read_bytes() == file.read_bytes()
    assert render(theirs, cache=cache, workers=1).cached


def test_films_swapped_for_one_another_are_made_again(cache, theirs, data):
    still = replace(theirs, encoding=Png(), output=theirs.output.with_suffix(".png"))
    wanted = [render(job, cache=cache, workers=1).sha256 for job in (theirs, still)]
    one, two = data()
    one.rename(spare := one.with_suffix(".x"))
    two.rename(one)
    spare.rename(two)
    again = [render(job, cache=cache, workers=1) for job in (theirs, still)]
    assert [(film.cached, film.sha256) for film in again] == [(False, sha) for sha in wanted]


def test_an_output_that_cannot_be_created_is_refused_at_once(cache, theirs, tmp_path):
    render(theirs, cache=cache)
    with pytest.raises(Exception, match="no ordinary file") as caught:
        render(replace(theirs, output=tmp_path / "lecture"), cache=cache)
    assert caught.value.exit_code == 73


def test_a_source_that_changes_meanwhile(cache, theirs, tmp_path):
    package = tmp_path / "package"
    package.mkdir()
    (package / "film.py").write_text("1")
    cache = replace(cache, sources=(package,))
    made = render(theirs)

    def make(jobs, parts):
        (package / "film.py").write_text("2")
        return [made for _ in jobs]

    why = "the files of gd have changed meanwhile"
    assert cache.films([theirs], [tmp_path], make) == (replace(made, not_kept=why),)
    assert cache.store.entries() == []


def test_scenes_of_unknown_packages_are_made_each_time(cache, theirs):
    made = render(theirs)
    job = replace(theirs, scene=SceneRef("elsewhere.film", "Film"))
    not_kept = replace(made, not_kept="not all that it depends on has a key")
    assert cache.films([job], [ROOT], lambda *_: [made]) == (not_kept,)
    known = replace(cache, sources=(ROOT / "scenes",))
    odd = replace(theirs, scene=SceneRef("scenes.batch", "Film", (("lesson", object()),)))
    assert (
        known.films([odd], [ROOT], lambda *_: [made]) == (not_kept,) and not cache.store.entries()
    )


def job_of(lesson=None, telling=None, **changes):
    chosen = ("lesson", lesson or Lesson()), ("telling", telling or Telling())
    scene = SceneRef("scenes.films.batch.scene", "BatchDescent", chosen)
    job = RenderJob(scene, FrameSpec(64, 64, 10), Mp4(), Path("film.mp4"))
    return replace(job, **changes)


def test_everything_that_shows_is_in_the_key():
    cache = FilmCache(Store(Path("nowhere"), 1), (ROOT / "gdcore", ROOT / "scenes"))
    jobs = [
        job_of(), job_of(Lesson(lr=0.02)), job_of(telling=Telling(lang="en")),
        job_of(telling=Telling(theme="light")),
        job_of(Lesson(data=parse_data("1,2 2,4 3,6"))), job_of(Lesson(data=parse_data("noisy"))),
        job_of(telling=Telling(duration=5.0)),
        job_of(frame=FrameSpec(64, 64, 20)), job_of(part=Part.of("result")),
        job_of(frame=FrameSpec(64, 66, 10)), job_of(encoding=Mp4(crf=19)), job_of(encoding=Gif()),
        job_of(title="t"), job_of(scene=SceneRef("scenes.films.sgd.scene", "BatchDescent")),
    ]  # fmt: skip
    keys = [cache._key(job) for job in jobs]
    assert None not in keys and len(set(keys)) == len(keys)
    same = job_of(output=Path("elsewhere/other.mp4"), expected_frames=7)
    assert cache._key(same) == keys[0]


def test_keys_are_the_same_in_every_process():
    code = (
        "from gdcore.data import Dataset; from pipeline.cache.keys import digest\n"
        "print(digest(Dataset([1, 2], [0.1, 4], 'mine', 3), 1.5, ('a', None)))"
    )
    wanted = digest(Dataset([1, 2], [0.1, 4], "mine", 3), 1.5, ("a", None))
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        )  # fmt: skip
        assert done.stdout.strip() == wanted


def test_unlike_values_have_unlike_digests():
    values = [1, 1.0, True, "1", None, "None", ("ab", "c"), ("a", "bc"), (), [], ((),), b"1", -0.0]
    assert len({digest(value) for value in values}) == len(values)
    with pytest.raises(NoKey):
        digest({1, 2})


def test_surroundings_see_sources_fonts_and_language(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    package = tmp_path / "package"
    (package / "locales").mkdir(parents=True)
    seen = [surroundings([package])]
    for path in ("package/film.py", "package/locales/en.toml", ".local/share/fonts/new.ttf"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
        seen.append(surroundings([package]))
    (package / "film.py").write_text("y")
    seen.append(surroundings([package]))
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    seen.append(surroundings([package]))
    assert len(set(seen)) == len(seen)
    (tmp_path / ".config/fontconfig").mkdir(parents=True)
    (tmp_path / "tex").mkdir()
    (tmp_path / ".config/fontconfig/fonts.conf").write_text(f"<dir>{tmp_path}/tex</dir>")
    seen.append(surroundings([package]))
    (tmp_path / "tex" / "new.otf").write_text("x")
    seen.append(surroundings([package]))
    assert len(set(seen)) == len(seen)
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "film.py").write_text("z")
    assert surroundings([package]) == seen[-1]


def test_a_module_that_was_compiled_before_counts_too(cache, theirs, films):
    helper = Path(theirs.scene.module).with_name("helper.py")
    py_compile.compile(str(helper))
    render(theirs, cache=cache, workers=1)
    (key,) = films(cache.store)
    asked = cache.store.look(key)["asked"]
    read = {Path(path) for kind, path, found in asked if kind == "content" and found}
    names = {path.name for path in read if path.parent == helper.parent}
    assert names == {"sized.py", "helper.py", "height.txt"}
