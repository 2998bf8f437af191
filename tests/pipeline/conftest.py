"""Shared by the pipeline's tests: small pictures of the small films."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipeline import Encoding, Picture, RenderJob, SceneRef
from pipeline.encodings import encoding_for
from pipeline.selection import Selection, WholeFilm
from pipeline.sink import Frame

FILMS = Path(__file__).with_name("films.py")


class Collector:
    """A sink that keeps what it is given."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.drawings = 0
        self.reasons: list[str] = []

    def write(self, frame: Frame, repeat: int) -> None:
        self.frames += [frame] * repeat
        self.drawings += 1


@pytest.fixture
def picture() -> Picture:
    """160 by 90 pixels at 10 fps."""
    return Picture(160, 90, 10)


@pytest.fixture
def job(tmp_path: Path, picture: Picture) -> Callable[..., RenderJob]:
    """Makes a job for a film of films.py: ``job("Film", "film.mp4", only="hold")``."""

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
def drawn(picture: Picture) -> Callable[..., Collector]:
    """Draws a film without encoding it: ``drawn("Film", selection)``."""

    def draw(
        name: str,
        selection: Selection | None = None,
        picture: Picture = picture,
        module: str = str(FILMS),
    ) -> Collector:
        from pipeline.camera import camera_class_for
        from pipeline.frames import FrameRenderer
        from pipeline.scene_class import scene_class
        from pipeline.workspace import manim_session, workspace

        collector = Collector()
        with (
            workspace() as folder,
            manim_session(picture, folder),
            scene_class(SceneRef(module, name)) as found,
        ):
            renderer = FrameRenderer(camera_class_for(found), selection or WholeFilm(), collector)
            found(renderer=renderer).render()
        collector.reasons = renderer.retained.reasons
        return collector

    return draw


@pytest.fixture
def swatches() -> list[list[int]]:
    """Red, green and blue of the eight bars of the film Swatches."""
    from pipeline.scene_class import scene_class

    with scene_class(SceneRef(str(FILMS), "Swatches")) as found:
        colours: list[str] = sys.modules[found.__module__].SWATCHES
    return [[int(colour[k : k + 2], 16) for k in (1, 3, 5)] for colour in colours]


class StockWriter:
    """Takes the frames of manim's unchanged renderer, through the same seam as ours."""

    def __init__(self, frames: list[Frame], settings: Any) -> None:
        from manim.scene.section import Section

        self.output_spec = settings.plan.output
        self.sections = [Section("default", None, "first", False)]
        self.subcaptions: list[object] = []
        self._frames = frames

    def write_frame(self, pixels: Frame, *, repeat: int = 1) -> None:
        self._frames += [pixels] * repeat

    def next_section(self, *section: object) -> None: ...
    def add_partial_movie_file(self, name: object) -> None: ...
    def begin_animation(self, allowed: bool, **options: object) -> None: ...
    def end_animation(self, allowed: bool) -> None: ...
    def abort_encode_jobs(self) -> None: ...


@pytest.fixture
def stock_frames(picture: Picture) -> Callable[..., list[Frame]]:
    """Draws a film with manim's own renderer, camera and loop."""

    def draw(name: str, picture: Picture = picture, module: str = str(FILMS)) -> list[Frame]:
        from manim import tempconfig
        from manim.renderer.cairo_renderer import CairoRenderer

        from pipeline.camera import camera_class_for
        from pipeline.scene_class import scene_class
        from pipeline.workspace import manim_session, workspace

        frames: list[Frame] = []
        with (
            workspace() as folder,
            manim_session(picture, folder),
            tempconfig({"disable_caching": True}),
            scene_class(SceneRef(module, name)) as found,
        ):
            writer = partial(StockWriter, frames)
            found(renderer=CairoRenderer(writer, camera_class_for(found))).render()
        return frames

    return draw
