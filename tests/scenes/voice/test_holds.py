"""A film with a voice: each cue waits for its voice, and all else is as in the silent film."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline import Cue
from scenes import FILMS, Telling
from scenes.catalogue.telling import BREATH, Spoken

FPS = 10
LENGTHS = (0.2, 31.05, 3.0, 12.34, 0.0, 20.0, 7.77)  # some shorter than their cue, most longer


def cues_of(scene: Any, film: str, fps: int = FPS) -> tuple[Cue, ...]:
    cues: tuple[Cue, ...] = scene.renderer.file_writer.cues(film, fps)
    return cues


def voice_for(cues: tuple[Cue, ...], folder: Path) -> tuple[Spoken, ...]:
    """A voice for each cue, except some."""
    found = []
    for number, cue in enumerate(cues):
        if seconds := LENGTHS[number % len(LENGTHS)]:
            path = folder / f"{number}.wav"
            path.touch()
            found.append(Spoken(cue.id, seconds, "", path))
    return tuple(found)


def needed(spoken: Spoken, fps: int = FPS) -> int:
    return math.ceil((spoken.seconds + BREATH) * fps)


@pytest.mark.slow
@pytest.mark.parametrize(("film", "pace"), [("batch", 1.0), ("code", 1.7)])
def test_each_cue_waits_for_its_voice(
    walk: Callable[..., Any], tmp_path: Path, film: str, pace: float
) -> None:
    """Cues keep their ids, and are as long as before where the voice is short."""
    lesson = FILMS[film].lesson()
    silent = walk(film, lesson, fps=FPS, telling=Telling(pace=pace))
    before = cues_of(silent, film)
    spoken = voice_for(before, tmp_path)
    scene = walk(film, lesson, fps=FPS, telling=Telling(pace=pace, spoken=spoken))
    after = cues_of(scene, film)

    lengths = {each.cue: needed(each) for each in spoken}
    assert [cue.id for cue in after] == [cue.id for cue in before]
    assert [cue.frames for cue in after] == [
        max(cue.frames, lengths.get(cue.id, 0)) for cue in before
    ]
    assert any(a.frames > b.frames for a, b in zip(after, before, strict=True))
    sounds = {sound.path: sound.start for sound in scene.renderer.file_writer.sounds}
    firsts = {cue.id: cue.first / FPS for cue in after}
    assert sounds == pytest.approx({each.path: firsts[each.cue] for each in spoken})
    ends = [captions.end for captions in scene.renderer.file_writer.captions()]
    assert ends[-1] == pytest.approx(after[-1].end / FPS)


@pytest.mark.slow
def test_the_pictures_are_those_of_the_silent_film(
    shoot: Callable[..., Any], tmp_path: Path
) -> None:
    """Without the frames that are held for the voice, both films are equal, bit for bit."""
    lesson, fps = FILMS["batch"].lesson(), 2
    silent, drawn = shoot("batch", lesson, None, short=90, fps=fps, quick=True)
    before = cues_of(silent, "batch", fps)
    spoken = voice_for(before, tmp_path)
    told, held = shoot(
        "batch", lesson, None, short=90, fps=fps, quick=True, telling=Telling(spoken=spoken)
    )
    after = cues_of(told, "batch", fps)
    assert len(held.frames) == sum(cue.frames for cue in after) > len(drawn.frames)
    for old, new in zip(before, after, strict=True):
        for k in range(new.frames):
            frame = drawn.frames[old.first + min(k, old.frames - 1)]
            assert np.array_equal(frame, held.frames[new.first + k]), (new.id, k)


def test_a_film_without_a_voice_is_told_as_ever() -> None:
    assert Telling() == Telling(spoken=())
    one, other = (Spoken("batch/start/1", 1.0, "a", Path(name)) for name in "xy")
    assert Telling(spoken=(one,)) == Telling(spoken=(other,))  # wherever the sounds are
