"""Plays films in this process without encoding: quickly without drawing, or drawn."""

from __future__ import annotations

import copy
import importlib
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, nullcontext
from fractions import Fraction
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from manim import MathTypst, Scene, Wait, tempconfig

from pipeline.drawing.frames import FrameRenderer
from pipeline.drawing.repaint.camera import CheckedCamera
from pipeline.drawing.share import AllFrames
from pipeline.drawing.shortcuts import shortcuts
from pipeline.job.region import Region
from scenes import FILMS, Lesson, Telling
from scenes.stage.page.motion import Drive
from scenes.stage.page.wording import Label

RENEW = "GD_RENEW_GOLDEN"
TOLD = Telling()

Observer = Callable[[Any, str], object]
"""Called with the scene and a section's name when the section has ended."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--renew-golden`: known if this folder is named on the command line."""
    parser.addoption(
        "--renew-golden", action="store_true", help="write the films' golden frames again"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A film's tests that play it take seconds: too long for the quick selection."""
    own = {f"test_{name.replace('-', '_')}.py" for name in FILMS}
    for item in items:
        if item.path.name in own and {"walk", "shoot"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("slow")


@pytest.fixture(scope="session")
def renew_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden frames are written instead of compared (see test_golden.py)."""
    return bool(request.config.getoption("--renew-golden", False)) or RENEW in os.environ


class Wanted:
    """A selection of frames by number; `draw` counts them."""

    def __init__(self, frames: Collection[int] | None) -> None:
        self.frames = frames

    def wants(self, section: str, frame: int, last: bool | None) -> bool:
        return self.frames is None or frame in self.frames

    def is_over(self, section: str, frame: int) -> bool:
        return False


class Tray:
    """A sink that keeps frames and, for each frame, what `look` returns for the scene."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.frames: dict[int, np.ndarray] = {}
        self.seen: dict[int, Any] = {}
        self.renderer: Any = None
        self.look: Callable[[], Any] = lambda: None

    def show(self, canvas: np.ndarray, repeat: int, changed: Region) -> None:
        frame = canvas.copy()
        # A hold is drawn once, at its start, for all its wanted frames.
        first = self.renderer.file_writer.frames
        waiting = [n for n in self.wanted.frames or () if n >= first and n not in self.frames]
        numbers = sorted(waiting)[:repeat] if waiting else range(first, first + repeat)
        for number in numbers:
            self.frames[number], self.seen[number] = frame, self.look()


class Settler(FrameRenderer):
    """Finishes each play at once: no copies, no steps, no drawing.

    A Drive ends with its last value. Frames are counted as if they were drawn. ``held`` counts the
    frames of waits without a play between them, ``longest`` is the largest such count.
    """

    held = longest = 0

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        animations = scene.compile_animations(*args, **kwargs)
        seconds = max(animation.get_run_time() for animation in animations)
        waits = all(isinstance(animation, Wait) for animation in animations)
        self.held = self.held + round(seconds * self._fps) if waits else 0
        self.longest = max(self.longest, self.held)
        scene.add_mobjects_from_animations(animations)
        for animation in animations:
            _settle(scene, animation)
        self._advance(round(seconds * self._fps))
        self.num_plays += 1


def _unheard(frames: int, section: str) -> None:
    """Progress is not needed here."""


class Stepper(Settler):
    """Steps through each play without drawing: ``look(frame)`` is called at every ``nth`` frame.

    Of a wait in which nothing moves each of these frames is looked at, too.
    """

    nth: int
    look: Callable[[int], object]

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        animations = scene.compile_animations(*args, **kwargs)
        seconds = max(animation.get_run_time() for animation in animations)
        count = round(seconds * self._fps)
        scene.add_mobjects_from_animations(animations)
        for animation in animations:
            _begin(scene, animation)
        for k in range(count):
            frame = self.file_writer.frames + k
            if frame % self.nth == 0:
                for animation in animations:
                    animation.interpolate(min(k / self._fps / seconds, 1.0))
                self.look(frame)
        for animation in animations:
            _end(scene, animation)
        self._advance(count)
        self.num_plays += 1


def _settle(scene: Scene, animation: Any) -> None:
    _begin(scene, animation)
    _end(scene, animation)


def _begin(scene: Scene, animation: Any) -> None:
    animation._setup_scene(scene)
    if not isinstance(animation, Drive):
        animation.begin()


def _end(scene: Scene, animation: Any) -> None:
    animation.interpolate(1)
    animation.clean_up_from_scene(scene)


def _remembered(build: Callable[..., None]) -> Callable[..., None]:
    """A constructor that copies what it built from equal arguments, so no SVG is read again."""
    built: dict[str, dict[str, Any]] = {}

    def construct(self: Any, *args: Any, **kwargs: Any) -> None:
        key = repr((args, kwargs))
        if key not in built:
            build(self, *args, **kwargs)
            self.built_height = self.height  # as it is before a film shrinks it
            built[key] = copy.deepcopy(vars(self))
        else:
            vars(self).update(copy.deepcopy(built[key]))

    return construct


_QUICK_LABEL = _remembered(Label.__init__)
_QUICK_FORMULA = _remembered(MathTypst.__init__)


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Manim's cache of texts and formulas as SVG, shared by all films of the session."""
    return tmp_path_factory.mktemp("media")


@contextmanager
def _settings(media: Path, size: tuple[int, int], fps: int) -> Iterator[None]:
    width, height = size
    unit = 8 / min(size)
    settings = {
        "pixel_width": width,
        "pixel_height": height,
        "frame_width": width * unit,
        "frame_height": height * unit,
        "frame_rate": fps,
        "media_dir": str(media),
        "write_to_movie": False,
        "progress_bar": "none",
        "verbosity": "ERROR",
    }
    with tempconfig(settings), shortcuts():
        yield


def _size(aspect: str, short: int = 480) -> tuple[int, int]:
    ratio = Fraction(aspect.replace(":", "/"))
    if ratio >= 1:
        return round(short * ratio), short
    return short, round(short / ratio)


def _build(film: str, lesson: Lesson, telling: Telling, renderer: Any) -> Any:
    entry = FILMS[film]
    entry.check(lesson)
    return getattr(importlib.import_module(entry.module), entry.scene)(
        lesson=lesson, telling=telling, renderer=renderer
    )


def _render(scene: Any, at_end: Observer) -> None:
    """Render, and call `at_end` whenever a section has ended."""
    current: list[str] = []
    begin = scene.next_section

    def next_section(name: str, *args: Any, **kwargs: Any) -> None:
        if current:
            at_end(scene, current[-1])
        current.append(name)
        begin(name, *args, **kwargs)

    scene.next_section = next_section
    scene.render()
    at_end(scene, current[-1])


def _nothing(scene: Any, section: str) -> None:
    """The observer that does nothing."""


@contextmanager
def _quick_texts() -> Iterator[None]:
    with (
        patch.object(Label, "__init__", _QUICK_LABEL),
        patch.object(MathTypst, "__init__", _QUICK_FORMULA),
    ):
        yield


@pytest.fixture(scope="session")
def walk(media: Path) -> Callable[..., Any]:
    """walk(film, lesson, aspect, at_end, fps=10, telling=…) -> the scene at its end, undrawn."""

    def play(
        film: str,
        lesson: Lesson,
        aspect: str = "16:9",
        at_end: Observer = _nothing,
        fps: int = 10,
        short: int = 480,
        telling: Telling = TOLD,
    ) -> Any:
        with _settings(media, _size(aspect, short), fps), _quick_texts():
            nothing = Wanted(())
            share = AllFrames(Tray(nothing), _unheard)
            scene = _build(film, lesson, telling, Settler(CheckedCamera, nothing, share))
            _render(scene, at_end)
        return scene

    return play


@pytest.fixture(scope="session")
def watch(media: Path) -> Callable[..., Any]:
    """watch(film, lesson, look, aspect, every=0.25, …): look(scene, seconds), undrawn."""

    def play(
        film: str,
        lesson: Lesson,
        look: Callable[[Any, float], object],
        aspect: str = "16:9",
        every: float = 0.25,
        fps: int = 20,
        telling: Telling = TOLD,
    ) -> Any:
        with _settings(media, _size(aspect), fps), _quick_texts():
            nothing = Wanted(())
            renderer = Stepper(CheckedCamera, nothing, AllFrames(Tray(nothing), _unheard))
            scene = _build(film, lesson, telling, renderer)
            renderer.nth = round(every * fps)
            renderer.look = lambda frame: look(scene, frame / fps)
            _render(scene, _nothing)
        return scene

    return play


@pytest.fixture(scope="session")
def shoot(media: Path) -> Callable[..., Any]:
    """shoot(film, lesson, wanted, ...) -> (scene, tray): frames by number, RGBA, as shipped.

    `wanted` None draws every frame. `look(scene)` is called for each drawn frame; its results
    are kept in `tray.seen`. `quick` takes texts from earlier films of the session, for tests in
    which not every pixel counts.
    """

    def play(
        film: str,
        lesson: Lesson,
        wanted: Collection[int] | None,
        *,
        aspect: str = "16:9",
        short: int = 480,
        fps: int = 10,
        look: Callable[[Any], Any] = lambda scene: None,
        at_end: Observer = _nothing,
        quick: bool = False,
        telling: Telling = TOLD,
    ) -> tuple[Any, Tray]:
        texts = _quick_texts() if quick else nullcontext()
        with _settings(media, _size(aspect, short), fps), texts:
            tray = Tray(Wanted(wanted))
            tray.renderer = FrameRenderer(CheckedCamera, tray.wanted, AllFrames(tray, _unheard))
            scene = _build(film, lesson, telling, tray.renderer)
            tray.look = lambda: look(scene)
            _render(scene, at_end)
        return scene, tray

    return play
