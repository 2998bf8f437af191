"""The stage: a hero that is large, from the first frame on, never still for long, never doubled."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import combinations
from types import SimpleNamespace
from typing import Any

import pytest
from manim import Square, VGroup

from scenes import FILMS, Telling
from scenes.catalogue.theme import THEMES
from scenes.stage.page.arrangement import arrangement
from scenes.stage.page.layout import layout
from scenes.stage.page.motion import set_visible
from scenes.stage.page.wording import Label
from scenes.stage.plots.plot import Axis, Plot
from tests.scenes.looking import box, complaints, hero_complaint, visible
from tests.scenes.test_layout import ASPECTS

STILL = 2.0  # seconds that a hero may stand unchanged
FAINT, FULL = 0.1, 0.9  # opacities between which a plot is neither here nor gone
LENGTH = 30, 75  # seconds of a film

EIGHT = [(lang, aspect) for lang in ("zh", "en") for aspect in ASPECTS]


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
            places = part.points.T[:2]
            apart = (places.min(axis=1) > extent.high) | (places.max(axis=1) < extent.low)
            if not apart.any():
                seen.append((part.points.tobytes(), part.fill_rgbas.tobytes(),
                             part.stroke_rgbas.tobytes()))  # fmt: skip
    return hash(tuple(seen))


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
        # A blank is a dot without an extent.
        drawn = (part for part in scene.heading.get_family() if len(part.points))
        letters = [part for part in drawn if part.height > 1e-6]
        if not letters or not all(map(visible, letters)):
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
    """Each film in one frame of the eight: another film has another one.

    GD_EVERY_FRAME=1 watches each film in all of them.
    """
    for k, film in enumerate(FILMS):
        for lang, aspect in EIGHT if "GD_EVERY_FRAME" in os.environ else [EIGHT[k % 8]]:
            yield pytest.param(film, lang, aspect, id=f"{film}-{lang}-{aspect}")


@pytest.mark.slow
@pytest.mark.parametrize(("film", "lang", "aspect"), list(moving_cases()))
def test_in_motion(film: str, lang: str, aspect: str, watch: Callable[..., Any]) -> None:
    """Texts stand clear in mid-motion, too; the hero is there at once, and is never long still."""
    watcher = Watcher()
    watch(film, FILMS[film].lesson(), watcher.look, aspect, telling=Telling(lang=lang))
    assert not watcher.found, "\n".join(dict.fromkeys(watcher.found))


def test_the_watcher_sees_what_is_wrong() -> None:
    """Each complaint can be caused, so no complaint means that nothing is wrong."""
    page, theme = layout(128 / 9, 8.0), THEMES["dark"]
    large, small = (
        Plot(box, Axis(0, 1, "w"), Axis(0, 1, "J"), theme, page.scale)
        for box in (page.body, arrangement(page).notes)
    )
    title = Label("title", page.scale.title, theme.ink).put(page.title.center)
    point = Square(0.2).move_to(large.at(0.2, 0.2))
    for text in [title, *large.names, *small.names]:
        text.built_height = text.height

    def found(
        *seen: Any, hero: Plot = large, at: float = 1.0, watcher: Watcher | None = None
    ) -> str:
        scene = SimpleNamespace(
            hero=hero, layout=page, heading=VGroup(title), caption=None, mobjects=[title, *seen]
        )
        eye = watcher or Watcher()
        eye.look(scene, at)
        return "; ".join(eye.found)

    assert found(large, at=0.0) == found(large) == ""
    assert "the hero has" in found(small, hero=small, at=0.0)
    set_visible(title, 0.0)
    assert "the title is not there" in found(large, at=0.0)
    set_visible(title, 1.0)
    still, moved = Watcher(), Watcher()
    for quarter in range(12):
        point.move_to(large.at(0.2, 0.2))
        found(large, point, at=quarter / 4, watcher=still)
        point.move_to(large.at(0.2, 0.2 + quarter / 20))
        found(large, point, at=quarter / 4, watcher=moved)
    assert still.found == ["the hero stands still from 0.00 s"] and not moved.found
    fading = Watcher()
    for share in (0.0, 0.4, 0.7):
        set_visible(large, 1 - share)
        set_visible(small, share)
        found(large, small, at=share, watcher=fading)
    assert any("half there" in complaint for complaint in fading.found)
    set_visible(large, 1.0)
    set_visible(small, 1.0)
    assert "overlaps" in found(large, small)


@pytest.mark.parametrize("film", FILMS)
def test_a_film_has_the_length_of_a_thought(film: str) -> None:
    """Between half a minute and a minute and a quarter."""
    low, high = LENGTH
    assert low <= FILMS[film].seconds(FILMS[film].lesson()) <= high
