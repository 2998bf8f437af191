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

import pytest
from manim import MathTypst, tempconfig

from pipeline.drawing.frames import FrameRenderer
from pipeline.drawing.repaint.camera import CheckedCamera
from pipeline.drawing.share import AllFrames
from pipeline.drawing.shortcuts import shortcuts
from scenes import FILMS, Lesson, Telling
from scenes.stage.page.wording import Label
from tests.quick_texts import quick_texts
from tests.scenes.players import Settler, Stepper, Tray, Wanted, unheard

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


def _remembered(build: Callable[..., None]) -> Callable[..., None]:
    """A constructor that copies what it built from equal arguments, so no text is set again."""
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
    with tempconfig(settings), shortcuts(), quick_texts():
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
def _copied_texts() -> Iterator[None]:
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
        with _settings(media, _size(aspect, short), fps), _copied_texts():
            nothing = Wanted(())
            share = AllFrames(Tray(nothing), unheard)
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
        with _settings(media, _size(aspect), fps), _copied_texts():
            nothing = Wanted(())
            renderer = Stepper(CheckedCamera, nothing, AllFrames(Tray(nothing), unheard))
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
        texts = _copied_texts() if quick else nullcontext()
        with _settings(media, _size(aspect, short), fps), texts:
            tray = Tray(Wanted(wanted))
            tray.renderer = FrameRenderer(CheckedCamera, tray.wanted, AllFrames(tray, unheard))
            scene = _build(film, lesson, telling, tray.renderer)
            tray.look = lambda: look(scene)
            _render(scene, at_end)
        return scene, tray

    return play
