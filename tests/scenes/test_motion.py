"""Motion: nothing hidden or faint flashes up, nor a caption left out; loops come back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from manim import Square, VGroup

from scenes import FILMS, Telling
from scenes.stage.page.motion import Conceal, hide, set_visible, visibility
from tests.claims.test_narration import loops_of


def test_what_is_concealed_goes_from_how_it_is_seen() -> None:
    """Hidden parts stay hidden, faint ones do not light up, and all can come back."""
    full, faint, hidden = (Square(fill_opacity=0.8, stroke_opacity=0.5) for _ in range(3))
    set_visible(faint, 0.3)
    hide(hidden)
    going = Conceal(VGroup(full, faint), hidden)
    for alpha, kept in ((0.0, 1.0), (1.0, 0.0)):
        going.interpolate(alpha)
        shares = [visibility(part) for part in (full, faint, hidden)]
        assert shares == pytest.approx([kept, 0.3 * kept, 0.0])
        assert full.stroke_rgbas[0, 3] == pytest.approx(0.5 * kept)
    set_visible(hidden, 1.0)
    assert hidden.fill_rgbas[0, 3] == pytest.approx(0.8)


@pytest.mark.slow
def test_the_rider_keeps_to_its_own_descent(walk: Callable[..., Any]) -> None:
    """The point at the head of the falling rate lies between two places that it visits."""
    ridden: list[float] = []

    def at_end(scene: Any, section: str) -> None:
        if section == "schedule":
            ridden.append(float(scene.rider.head.get_center()[1]))

    scene = walk("noise-ball", FILMS["noise-ball"].lesson(), "16:9", at_end)
    strip, own = scene.strips["decaying"], scene.walks["decaying"].trace.w
    assert np.array_equal(strip.w, own)
    for t in np.linspace(0, len(own) - 1, 37):
        scene.rider.ride(float(t))
        k = min(int(t), len(own) - 2)
        low, high = sorted(strip.heights(own[k : k + 2]).tolist())
        assert low - 1e-6 <= scene.rider.head.get_center()[1] <= high + 1e-6
    assert ridden == pytest.approx([float(strip.heights(own[-1:])[0])])


@pytest.mark.slow
def test_without_captions_the_rest_is_the_same(shoot: Callable[..., Any]) -> None:
    """The same cues, and the same picture beside the caption's place, which is empty.

    One frame is taken while the caption changes, one in a play after it.
    """
    shots, cues = [], []
    for captions in (True, False):
        telling = Telling("en", captions=captions)
        scene, tray = shoot("batch", FILMS["batch"].lesson(), [67, 90], quick=True, telling=telling)
        shots.append(tray.frames)
        cues.append(scene.renderer.file_writer.cues("batch", 10))
    assert cues[0] == cues[1] and len(cues[0]) > 4
    place = scene.layout.caption
    unit = 480 / 8
    rows = slice(round((4 - place.top) * unit), round((4 - place.bottom) * unit))
    for frame, full in shots[0].items():
        bare = shots[1][frame].copy()
        assert (full[rows] != bare[rows]).any()
        assert (bare[rows] == bare[rows][0, 0]).all()
        bare[rows] = full[rows]
        assert np.array_equal(full, bare)


@pytest.mark.slow
@pytest.mark.parametrize("film", [film for film in FILMS if loops_of(film)])
def test_a_loop_ends_with_the_picture_before_it(
    film: str, walk: Callable[..., Any], shoot: Callable[..., Any]
) -> None:
    """In between something moves, so that there is a reason to repeat it."""
    lesson = FILMS[film].lesson()
    cues = walk(film, lesson, fps=10).renderer.file_writer.cues(film, 10)
    loops = [cue for cue in cues if cue.kind == "loop"]
    assert len(loops) == len(loops_of(film))
    looked_at = [(cue.first - 1, cue.first + cue.frames // 4, cue.last) for cue in loops]
    wanted = {frame for frames in looked_at for frame in frames}
    _, tray = shoot(film, lesson, wanted, fps=10, short=90, quick=True)
    for frames in looked_at:
        before, inside, last = (tray.frames[frame] for frame in frames)
        assert np.array_equal(before, last)
        assert not np.array_equal(before, inside)
