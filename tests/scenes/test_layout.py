"""Every film at its section ends: no texts overlap, the margin is free, nothing is too small."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import pairwise, product
from typing import Any
from zlib import crc32

import pytest
from manim import MathTypst

from scenes import FILMS, Lesson, Telling
from scenes.catalogue.theme import THEMES
from tests.scenes.looking import complaints, hero_complaint, text_extents
from tests.scenes.odd_lessons import ODD, odd_lesson

ASPECTS = ("16:9", "4:3", "1:1", "9:16")
FRAMES = (("en", "16:9"), ("zh", "9:16"), ("zh", "4:3"), ("en", "1:1"), ("en", "9:16"))


def look_at(
    walk: Callable[..., Any], film: str, lesson: Lesson, aspect: str, telling: Telling,
    hero: bool = False,
) -> tuple[Any, list[str]]:  # fmt: skip
    """The scene, and the complaints at all section ends."""
    found: list[str] = []

    def at_end(scene: Any, section: str) -> None:
        assert text_extents(scene), f"{section}: no text is seen at all"
        found.extend(f"{section}: {complaint}" for complaint in complaints(scene))
        if hero and (complaint := hero_complaint(scene)):
            found.append(f"{section}: {complaint}")

    scene = walk(film, lesson, aspect, at_end, telling=telling)
    return scene, list(dict.fromkeys(found))


def assert_captions_become_subtitles(scene: Any) -> None:
    """One after the other, each from its caption's first frame to that of the next."""
    subtitles = sorted(scene.renderer.file_writer.subcaptions, key=lambda s: s.start)
    assert [s.content for s in subtitles] == [words for _, words in scene.subtitles]
    assert subtitles
    seconds = scene.clock.frames / scene.renderer.camera.frame_rate
    assert subtitles[-1].end.total_seconds() == pytest.approx(seconds)
    for one, following in pairwise(subtitles):
        assert one.end == following.start and one.end > one.start


def odd_cases() -> Iterator[Any]:
    """Each film with unusual lessons that it takes, each in one of several frame sizes.

    Of the lessons that most films take, each film gets about a quarter: all of them would take
    longer than the rest of the suite. Names of axes are for the films that show them. The labels
    decide which, and in which frame: a new film changes no other film's cases. GD_EVERY_ODD=1 tests
    all lessons in all frames.
    """
    for film, label in product(FILMS.values(), ODD):
        lesson = odd_lesson(film, label)
        named = "x_name" in ODD[label]
        if lesson is None or (named and "x_name" not in film.takes):
            continue
        drawn, frames = crc32(f"{film.name} {label}".encode()), FRAMES
        if "GD_EVERY_ODD" not in os.environ:
            special = {"rates", "rules", "landscape"} & ODD[label].keys() & film.takes.keys()
            if not special and not named and drawn % 4:
                continue
            frames = FRAMES[drawn // 4 % len(FRAMES) :][:1]
        for lang, aspect in frames:
            case = f"{film.name}-{label}-{lang}-{aspect}"
            yield pytest.param(film.name, lesson, lang, aspect, id=case)


def lecture_cases() -> Iterator[Any]:
    """Each film in every aspect, in one language and theme: the next film in the other one.

    GD_EVERY_FRAME=1 tests both languages and all themes.
    """
    for k, film in enumerate(FILMS):
        for n, aspect in enumerate(ASPECTS):
            told = [(("zh", "en")[(k + n) % 2], list(THEMES)[(k + n) % len(THEMES)])]
            if "GD_EVERY_FRAME" in os.environ:
                told = list(product(("zh", "en"), THEMES))
            for lang, theme in told:
                case = f"{film}-{lang}-{aspect}-{theme}"
                yield pytest.param(film, aspect, Telling(lang=lang, theme=theme), id=case)


@pytest.mark.slow
@pytest.mark.parametrize(("film", "aspect", "telling"), list(lecture_cases()))
def test_the_lecture_fits(
    film: str, aspect: str, telling: Telling, walk: Callable[..., Any]
) -> None:
    """The films without options: there the hero is large, too. Captions become subtitles."""
    scene, found = look_at(walk, film, FILMS[film].lesson(), aspect, telling, hero=True)
    assert not found, "\n".join(found)
    assert_captions_become_subtitles(scene)


@pytest.mark.slow
@pytest.mark.parametrize(("film", "lesson", "lang", "aspect"), list(odd_cases()))
def test_odd_lessons_fit(
    film: str, lesson: Lesson, lang: str, aspect: str, walk: Callable[..., Any]
) -> None:
    """Data, starts and rates that differ greatly from the lecture's."""
    _, found = look_at(walk, film, lesson, aspect, Telling(lang=lang))
    assert not found, "\n".join(found)


def test_the_checks_see_what_is_wrong(walk: Callable[..., Any]) -> None:
    """Each complaint can be caused, so no complaint means that nothing is wrong."""
    provoked: list[list[str]] = []

    def at_end(scene: Any, section: str) -> None:
        if section != "start":
            return
        whole = list(complaints(scene))
        caption = scene.caption
        at = caption.get_center()
        caption.move_to(scene.readouts)
        provoked.append([c for c in complaints(scene) if "overlaps" in c])
        caption.move_to(at).shift([0, -0.8, 0])
        provoked.append([c for c in complaints(scene) if "crosses" in c])
        caption.move_to(at).scale(0.5)
        provoked.append([c for c in complaints(scene) if "high, not" in c])
        caption.scale(2)
        formula_made = next(m for m in scene.model if isinstance(m, MathTypst))
        formula_made.scale(0.5)
        provoked.append([c for c in complaints(scene) if "formula" in c])
        formula_made.scale(2)
        assert list(complaints(scene)) == whole

    walk("batch", Lesson(), "16:9", at_end)
    assert all(provoked) and len(provoked) == 4
