"""Fixtures for the pipeline's tests: small pictures of the small films."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipeline import (
    Encoding,
    FilmCache,
    FrameSpec,
    Mp4,
    Rendered,
    RenderJob,
    SceneRef,
    Store,
    render,
)
from pipeline.cache import Entry, record, surroundings
from pipeline.drawing.selection import Selection, WholeFilm
from pipeline.files.workspace import workspace
from pipeline.job.encodings import encoding_for
from pipeline.job.region import Region
from pipeline.job.sink import Frame

FILMS = Path(__file__).with_name("films.py")


class Collector:
    """A sink that keeps its frames."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.drawings = 0
        self.reasons: list[str] = []

    def show(self, canvas: Frame, repeat: int, changed: Region, key_frame: bool = False) -> None:
        self.frames += [canvas.copy()] * repeat
        self.drawings += 1


@pytest.fixture(autouse=True)
def no_earlier_films(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test is a process that has made no film yet."""
    monkeypatch.setattr(record, "EARLIER", record.Earlier())
    # A test of the command line, in another environment, may have been the first in this process.
    surroundings._installed_at_start.cache_clear()


@pytest.fixture
def forking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers are forked even if the test runner has threads (these hold no lock of ours)."""
    from pipeline.parallel import forked

    monkeypatch.setattr(forked.threading, "active_count", lambda: 1)


@pytest.fixture
def picture() -> FrameSpec:
    """160 by 90 pixels at 10 fps."""
    return FrameSpec(160, 90, 10)


@pytest.fixture
def job(tmp_path: Path, picture: FrameSpec) -> Callable[..., RenderJob]:
    """Makes a job for a film of films.py: ``job("Film", "film.mp4", part=Part.of("hold"))``."""

    def make(
        name: str, output: str, encoding: Encoding | None = None, **options: object
    ) -> RenderJob:
        path = tmp_path / output
        chosen = options.pop("picture", picture)
        return RenderJob(
            SceneRef(str(FILMS), name), chosen, encoding or encoding_for(path), path, **options
        )

    return make


@pytest.fixture
def drawn(picture: FrameSpec) -> Callable[..., Collector]:
    """Draws a film without encoding it: ``drawn("Film", selection)``."""

    def draw(
        name: str,
        selection: Selection | None = None,
        picture: FrameSpec = picture,
        module: str = str(FILMS),
    ) -> Collector:
        from pipeline.drawing.frames import FrameRenderer
        from pipeline.drawing.made_scene import made_scene
        from pipeline.drawing.scene_class import scene_class
        from pipeline.drawing.session import manim_session
        from pipeline.drawing.share import AllFrames
        from pipeline.drawing.shortcuts import shortcuts

        collector = Collector()
        with (
            workspace() as folder,
            manim_session(picture, folder, SceneRef(module, name)),
            shortcuts(),
            scene_class(SceneRef(module, name)) as found,
        ):
            share = AllFrames(collector, lambda frames, section: None)
            wanted = selection or WholeFilm()
            scene = made_scene(found, {}, lambda camera: FrameRenderer(camera, wanted, share))
            scene.render()
        collector.reasons = scene.renderer.canvas.reasons
        return collector

    return draw


@pytest.fixture
def swatches() -> list[list[int]]:
    """Red, green and blue of the eight bars of the film Swatches."""
    from pipeline.drawing.scene_class import scene_class

    with scene_class(SceneRef(str(FILMS), "Swatches")) as found:
        colours: list[str] = sys.modules[found.__module__].SWATCHES
    return [[int(colour[k : k + 2], 16) for k in (1, 3, 5)] for colour in colours]


class StockWriter:
    """Takes the frames of manim's unchanged renderer at the same place as ours does."""

    def __init__(self, frames: list[Frame], settings: Any) -> None:
        from manim.scene.section import Section

        self.output_spec = settings.plan.output
        self.sections = [Section("default", None, "first", False)]
        self.subcaptions: list[object] = []
        self._frames = frames

    def write_frame(self, pixels: Frame, *, repeat: int = 1) -> None:
        self._frames += [pixels] * repeat

    def next_section(self, name: str, type_: str, skip_animations: bool) -> None:
        from manim.scene.section import Section

        self.sections.append(Section(type_, None, name, skip_animations))

    def add_partial_movie_file(self, name: object) -> None: ...
    def begin_animation(self, allowed: bool, **options: object) -> None: ...
    def end_animation(self, allowed: bool) -> None: ...
    def abort_encode_jobs(self) -> None: ...


@pytest.fixture
def stock_frames(picture: FrameSpec) -> Callable[..., list[Frame]]:
    """Draws a film with manim's own renderer, camera and loop."""

    def draw(name: str, picture: FrameSpec = picture, module: str = str(FILMS)) -> list[Frame]:
        from manim import tempconfig
        from manim.renderer.cairo_renderer import CairoRenderer

        from pipeline.drawing.made_scene import made_scene
        from pipeline.drawing.scene_class import scene_class
        from pipeline.drawing.session import manim_session

        frames: list[Frame] = []
        with (
            workspace() as folder,
            manim_session(picture, folder, SceneRef(module, name)),
            tempconfig({"disable_caching": True}),
            scene_class(SceneRef(module, name)) as found,
        ):
            writer = partial(StockWriter, frames)
            made_scene(found, {}, lambda camera: CairoRenderer(writer, camera)).render()
        return frames

    return draw


# 77 frames at 10 fps, in segments of 20: the last section begins with frame 62.
LECTURE = """
from manim import *

class Lecture(Scene):
    def construct(self):
        square, dot = Square(color=RED, fill_opacity=0.5), Dot(3 * LEFT)
        disc = Circle(radius=3, color=BLUE, fill_opacity=0.2)
        self.add(disc, square)
        self.play(square.animate.shift(2 * RIGHT), run_time=2.499999)
        self.next_section("hold")
        self.wait(1.500001)
        self.next_section("turn")
        dot.add_updater(lambda mob, dt: mob.shift(dt * RIGHT))
        self.add(dot)
        self.play(Rotate(square), run_time=2.199999)
        self.next_section("end")
        self.play(square.animate.shift(UP), run_time=1.499999)
"""


def films_in(store: Store) -> list[str]:
    """The keys of whole films, segments left out."""
    return [entry.key for entry in store.entries() if "film" in (store.look(entry.key) or {})]


@pytest.fixture
def films() -> Callable[[Store], list[str]]:
    """See `films_in`."""
    return films_in


class Kept:
    """The film of a scene file that a test changes, and a cache."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "lecture" / "lecture.py"
        self.file.parent.mkdir()
        self.file.write_text(LECTURE)
        scene = SceneRef(str(self.file), "Lecture")
        self.job = RenderJob(scene, FrameSpec(160, 90, 10), Mp4(), folder / "film.mp4")
        self.cache = FilmCache(Store(folder / "cache", 10**9))
        self.store = self.cache.store

    def change(self, old: str, new: str) -> None:
        text = self.file.read_text()
        assert text.count(old) == 1
        self.file.write_text(text.replace(old, new))

    def render(self, workers: int = 2, **changes: Any) -> Rendered:
        """Render the job, with changes to it, through the cache."""
        return render(replace(self.job, **changes), cache=self.cache, workers=workers)

    def anew(self, **changes: Any) -> str:
        """The checksum of the film drawn without a cache."""
        job = replace(self.job, **changes)
        path = job.output.with_stem("anew")
        return render(replace(job, output=path), workers=2).sha256

    def segments(self) -> list[Entry]:
        """The entries of the cache that are not films."""
        films = films_in(self.store)
        return [entry for entry in self.store.entries() if entry.key not in films]

    def forget_films(self) -> None:
        """Remove the films from the cache, and keep the segments."""
        for key in films_in(self.store):
            self.store.forget(key)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    """A film in segments of two seconds instead of the encoder's own length."""
    from pipeline.encoders.animation import segment as gif
    from pipeline.encoders.mp4 import SECONDS

    monkeypatch.setattr(gif, "FRAMES", 20)
    for speed in SECONDS:
        monkeypatch.setitem(SECONDS, speed, 2)
    return Kept(tmp_path)


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[int]]:
    """``counted("begin")``: the numbers of the segments that were encoded since the last call.

    "_look_up": segments whose first frame was compared; "fetch": segments played to their end
    without drawing; "leave_not_found": a 0 for each lookup worker that found none.
    """
    from pipeline.encoders.segmented import SegmentedFile
    from pipeline.parallel.segments import CurrentSegment
    from pipeline.parallel.workers import Channel

    def note(kind: type, name: str, number_of: Callable[..., int]) -> None:
        work = getattr(kind, name)

        def noting(self: object, *arguments: object) -> object:
            with (tmp_path / name).open("a") as file:
                file.write(f"{number_of(self, *arguments)}\n")
            return work(self, *arguments)

        monkeypatch.setattr(kind, name, noting)

    def read(name: str) -> list[int]:
        file = tmp_path / name
        found = sorted(map(int, file.read_text().split())) if file.exists() else []
        file.unlink(missing_ok=True)
        return found

    note(SegmentedFile, "begin", lambda file, number: number)
    note(CurrentSegment, "_look_up", lambda segment, cache: segment.number)
    note(CurrentSegment, "fetch", lambda segment: segment.number)
    note(Channel, "leave_not_found", lambda channel: 0)
    return read
