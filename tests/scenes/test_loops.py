"""Stretches that may be repeated while the lecturer talks: they end as they began."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from scenes import FILMS
from tests.claims.test_narration import loops_of

FPS = 10
LOOPS = [film for film in FILMS if loops_of(film)]
"""The films that have such a stretch."""


@pytest.mark.slow
@pytest.mark.parametrize("film", LOOPS)
def test_a_loop_ends_with_the_picture_before_it(
    film: str, walk: Callable[..., Any], shoot: Callable[..., Any]
) -> None:
    """In between something moves, so that there is a reason to repeat it."""
    lesson = FILMS[film].lesson()
    cues = walk(film, lesson, fps=FPS).renderer.file_writer.cues(film, FPS)
    loops = [cue for cue in cues if cue.kind == "loop"]
    assert len(loops) == len(loops_of(film))
    looked_at = [(cue.first - 1, cue.first + cue.frames // 4, cue.last) for cue in loops]
    wanted = {frame for frames in looked_at for frame in frames}
    _, tray = shoot(film, lesson, wanted, fps=FPS, short=90, quick=True)
    for frames in looked_at:
        before, inside, last = (tray.frames[frame] for frame in frames)
        assert np.array_equal(before, last)
        assert not np.array_equal(before, inside)
