"""The stage: a hero that is large, from the first frame on, never still for long, never doubled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from manim import Dot

from scenes import FILMS, Telling
from scenes.stage.plots.plot import Plot
from tests.scenes.test_layout import ASPECTS, Extent, box, complaints, visible

WIDE_SHARE = 0.45  # of the frame's area, in 16:9 and 4:3
LEAST_HEIGHT = 0.70  # of the hero's own width, in 1:1 and 9:16
UPRIGHT_WIDTH = 0.55  # of the frame's width: a hero that is square because it is small is none
STILL = 2.0  # seconds that a hero may stand unchanged
FAINT, FULL = 0.1, 0.9  # opacities between which a plot is neither here nor gone
LENGTH = 30, 75  # seconds of a film

SIX = [(lang, aspect) for lang in ("zh", "en") for aspect in ASPECTS]


def hero_complaint(scene: Any) -> str | None:
    """What is wrong with the size of the scene's hero, as it is drawn now."""
    width, height = scene.layout.width, scene.layout.height
    extent = box(scene.hero, "hero")
    if extent is None:
        return "no hero is seen"
    across, up = (extent.high - extent.low).tolist()
    if not scene.layout.stacked:
        share = across * up / (width * height)
        return None if share >= WIDE_SHARE else f"the hero has {share:.1%} of the frame"
    if across < UPRIGHT_WIDTH * width:
        return f"the hero is only {across / width:.0%} as wide as the frame"
    return None if up >= LEAST_HEIGHT * across else f"the hero's height is {up / across:.2f} widths"


def opacity(plot: Plot) -> float:
    """How visible the plot's axes are, from 0 to 1."""
    if not len(plot.axes.points):
        return 0.0
    return float(plot.axes.stroke_rgbas[0, 3])


def plots(scene: Any) -> Iterator[Plot]:
    """All plots of the scene that have axes to see."""
    for mobject in scene.mobjects:
        yield from (part for part in mobject.get_family() if isinstance(part, Plot))


def picture(scene: Any) -> int:
    """A number for what is drawn within the hero's box now, captions and heading left out."""
    extent = box(scene.hero, "hero")
    if extent is None:
        return 0
    out = {id(part) for part in scene.heading.get_family()}
    if scene.caption is not None:
        out |= {id(part) for part in scene.caption.get_family()}
    seen = []
    for mobject in scene.mobjects:
        for part in mobject.get_family():
            if id(part) in out or not visible(part):
                continue
            own = Extent("", part.points[:, :2].min(axis=0), part.points[:, :2].max(axis=0))
            if own.touches(extent) or bool(np.ptp(part.points[:, :2], axis=0).min() == 0):
                seen.append((part.points.tobytes(), part.fill_rgbas.tobytes(),
                             part.stroke_rgbas.tobytes()))  # fmt: skip
    return hash(tuple(seen))


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "aspect"), SIX)
@pytest.mark.parametrize("film", FILMS)
def test_the_hero_is_large(film: str, lang: str, aspect: str, walk: Callable[..., Any]) -> None:
    """At the end of each section, in every language and aspect."""
    found: list[str] = []

    def at_end(scene: Any, section: str) -> None:
        if complaint := hero_complaint(scene):
            found.append(f"{section}: {complaint}")

    walk(film, FILMS[film].lesson(), aspect, at_end, telling=Telling(lang=lang))
    assert not found, "\n".join(found)


class Watcher:
    """Looks at a film every quarter of a second, and remembers what is wrong."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.since, self.last = 0.0, 0
        self.levels: dict[int, float] = {}

    def look(self, scene: Any, seconds: float) -> None:
        """Look at the present picture."""
        self._first(scene, seconds)
        self._stillness(scene, seconds)
        self._doubles(scene, seconds)
        for complaint in complaints(scene, moving=True):
            self.found.append(f"{seconds:.2f} s: {complaint}")

    def _first(self, scene: Any, seconds: float) -> None:
        if seconds > 0:
            return
        if complaint := hero_complaint(scene):
            self.found.append(f"first frame: {complaint}")
        letters = (part for part in scene.heading.get_family() if not isinstance(part, Dot))
        if not all(visible(part) for part in letters if len(part.points)):  # a Dot is a space
            self.found.append("first frame: the title is not there")

    def _stillness(self, scene: Any, seconds: float) -> None:
        now = picture(scene)
        if now != self.last:
            self.since, self.last = seconds, now
        elif seconds - self.since >= STILL and self.since >= 0:
            self.found.append(f"the hero stands still from {self.since:.2f} s")
            self.since = -1.0  # told once

    def _doubles(self, scene: Any, seconds: float) -> None:
        """One plot fades out while another one fades in."""
        levels = {id(plot): opacity(plot) for plot in plots(scene)}
        half = {i: a - self.levels.get(i, 0.0) for i, a in levels.items() if FAINT < a < FULL}
        for (_, one), (_, other) in combinations(half.items(), 2):
            if one * other < 0:
                self.found.append(f"{seconds:.2f} s: two pictures are half there")
                break
        self.levels = levels


def moving_cases() -> Iterator[Any]:
    """Each film in two frames of the eight: another film has others."""
    for k, film in enumerate(FILMS):
        for lang, aspect in (SIX[k % 8], SIX[(k + 5) % 8]):
            yield pytest.param(film, lang, aspect, id=f"{film}-{lang}-{aspect}")


@pytest.mark.slow
@pytest.mark.parametrize(("film", "lang", "aspect"), list(moving_cases()))
def test_in_motion(film: str, lang: str, aspect: str, watch: Callable[..., Any]) -> None:
    """Texts stand clear in mid-motion, too; the hero is there at once, and is never long still."""
    watcher = Watcher()
    watch(film, FILMS[film].lesson(), watcher.look, aspect, telling=Telling(lang=lang))
    assert not watcher.found, "\n".join(dict.fromkeys(watcher.found))


@pytest.mark.parametrize("film", FILMS)
def test_a_film_has_the_length_of_a_thought(film: str) -> None:
    """Between half a minute and a minute and a quarter."""
    low, high = LENGTH
    assert low <= FILMS[film].seconds(FILMS[film].lesson()) <= high
