"""Time: whole frames, exact lengths, room to read, and no dependence on the frame rate."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from itertools import product
from typing import Any

import numpy as np
import pytest
from manim import VMobject

from scenes import FILMS, KnobError, Lesson, Telling
from scenes.films.landscape.crowd import Crowd
from scenes.films.learning_rate.balls import Ball
from scenes.films.momentum.ravine_map import MapPath
from scenes.films.scaling.walk import MapWalker
from scenes.films.surface.lifted_trail import LiftedTrail
from scenes.stage.descent.walker import Walker
from scenes.stage.maps.trail import Trail
from scenes.stage.page.film_scene import FilmError

REST = 1.0  # seconds at pace 1 that each section holds on its result
DEAD = 3.0  # seconds at pace 1 for which a picture is held at most
SHORT = 90  # pixels: the shorter side of a frame where little is drawn


def visible_state(scene: Any) -> list[tuple[str, np.ndarray, np.ndarray, np.ndarray]]:
    """Kind, points and colours of all visible parts, in display order."""
    parts = dict.fromkeys(part for mobject in scene.mobjects for part in mobject.get_family())
    return [
        (type(part).__name__, *map(np.array, (part.points, part.fill_rgbas, part.stroke_rgbas)))
        for part in parts
        if isinstance(part, VMobject)
        and len(part.points)
        and (part.get_fill_opacity() or (part.get_stroke_opacity() and part.get_stroke_width()))
    ]


def assert_alike(one: Any, other: Any, slack: float = 1e-9) -> None:
    """Two states show the same."""
    assert [part[0] for part in one] == [part[0] for part in other]
    for (kind, *first), (_, *second) in zip(one, other, strict=True):
        for a, b in zip(first, second, strict=True):
            assert np.allclose(a, b, rtol=0, atol=slack), kind


@pytest.fixture(scope="module")
def lecture(walk: Callable[..., Any]) -> Callable[[str], tuple[Any, list[Any]]]:
    """lecture(film): the scene of the film without options, played once for all tests here, and
    what it shows at the ends of its sections."""

    @cache
    def play(film: str) -> tuple[Any, list[Any]]:
        shown: list[Any] = []

        def at_end(scene: Any, section: str) -> None:
            shown.append(visible_state(scene))

        return walk(film, FILMS[film].lesson(), at_end=at_end, short=SHORT), shown

    return play


def told_in_time() -> Iterator[Any]:
    """Each film at its own pace, and in two of four other times; another film in other ones.

    The clock knows no film. GD_EVERY_FRAME=1 plays each film in all of them.
    """
    others = [
        (24, {"pace": 1.7}),
        (60, {"duration": 33.3}),
        (10, {"duration": 90.05}),
        (7, {"pace": 3.9}),
    ]
    for k, film in enumerate(FILMS):
        chosen = others if "GD_EVERY_FRAME" in os.environ else [others[k % 4], others[(k + 1) % 4]]
        for fps, knobs in [(15, {}), *chosen]:
            yield pytest.param(film, fps, knobs, id=f"{film}-{fps}-{knobs}")


@pytest.mark.slow
@pytest.mark.parametrize(("film", "fps", "knobs"), list(told_in_time()))
def test_a_film_is_as_long_as_it_says(
    film: str, fps: int, knobs: dict[str, Any], walk: Callable[..., Any]
) -> None:
    """Every section ends on the frame that the catalogue says; a duration is met to the frame."""
    entry, telling = FILMS[film], Telling(**knobs)
    lesson = entry.lesson()
    ends: list[int] = []
    scene = walk(
        film, lesson, "16:9", lambda s, _: ends.append(s.renderer.file_writer.frames), fps,
        telling=telling,
    )  # fmt: skip
    seconds = np.cumsum([section.length(lesson) for section in entry.sections])
    stretch = entry.seconds(lesson, telling) / seconds[-1]
    assert ends == [round(end) for end in seconds * stretch * fps]
    assert abs(ends[-1] / fps - entry.seconds(lesson, telling)) <= 0.5 / fps + 1e-9
    if "duration" in knobs:
        assert abs(ends[-1] / fps - knobs["duration"]) <= 1 / fps
    assert knobs or scene.renderer.longest <= DEAD * fps
    spans = scene.renderer.file_writer.spans()
    assert [span.name for span in spans] == [section.name for section in entry.sections]


def resting() -> Iterator[Any]:
    """Each film, also with other knobs if it takes them."""
    for film, knobs in product(FILMS, [{}, {"lr": 0.3}, {"epochs": 1}, {"w0": 2.0}]):
        with suppress(KnobError):
            FILMS[film].check(FILMS[film].lesson(**knobs))
            yield pytest.param(film, knobs, id=f"{film}-{knobs}")


@pytest.mark.slow
@pytest.mark.parametrize(("film", "knobs"), list(resting()))
def test_each_section_rests_on_its_result_but_not_for_long(
    film: str, knobs: dict[str, Any], walk: Callable[..., Any], lecture: Callable[..., Any]
) -> None:
    scene = walk(film, FILMS[film].lesson(**knobs)) if knobs else lecture(film)[0]
    slack = scene.slack
    assert list(slack) == [section.name for section in FILMS[film].sections]
    assert min(slack.values()) >= REST - 1e-9, slack
    if "w0" not in knobs:  # at the minimum nothing moves
        assert scene.renderer.longest <= DEAD * 10, slack


@pytest.mark.slow
@pytest.mark.parametrize("rules", [("adam",), ("sgd", "momentum")], ids=len)
def test_few_rules_do_not_stand_for_long_either(
    rules: tuple[str, ...], walk: Callable[..., Any]
) -> None:
    scene = walk("optimizers", FILMS["optimizers"].lesson(rules=rules), fps=10)
    assert scene.renderer.longest <= DEAD * 10, scene.slack


@pytest.mark.slow
@pytest.mark.parametrize("film", FILMS)
@pytest.mark.parametrize(("fps", "duration"), [(2, 5.0)])
def test_hurried_films_end_their_sections_alike(
    film: str, fps: int, duration: float, lecture: Callable[..., Any], shoot: Callable[..., Any]
) -> None:
    """Plays that are too short for a frame still leave their results."""
    hurried: list[Any] = []
    told = Telling(duration=duration)
    shoot(
        film, FILMS[film].lesson(), (), fps=fps, short=SHORT, quick=True, telling=told,
        at_end=lambda scene, _: hurried.append(visible_state(scene)),
    )  # fmt: skip
    for one, other in zip(lecture(film)[1], hurried, strict=True):
        assert_alike(sorted_state(one), sorted_state(other))


def sorted_state(state: list[Any]) -> list[Any]:
    """The state without its display order."""
    return sorted(state, key=lambda part: (part[0], len(part[1]), part[1].round(6).tolist()))


@pytest.mark.slow
@pytest.mark.parametrize("film", FILMS)
def test_a_path_does_not_depend_on_the_frame_rate(film: str, shoot: Callable[..., Any]) -> None:
    """At the same moment the point is at the same place with 10 and with 20 frames a second."""
    moments = [8.0, 9.5, 13.3, 21.6, 26.0, 28.3, 30.1, 32.4, 35.5]
    moments = [m for m in moments if m < FILMS[film].seconds(FILMS[film].lesson()) - 0.5]
    slow = {round(moment * 10): moment for moment in moments}
    # A play starts on a frame, at most half a frame of the slower rate away from its time.
    fast = {round(moment * 20) + k: moment for moment in moments for k in range(-2, 3)}
    small: dict[str, Any] = {"short": 48, "look": walking_points, "quick": True}
    _, coarse = shoot(film, FILMS[film].lesson(), slow, fps=10, **small)
    _, fine = shoot(film, FILMS[film].lesson(), fast, fps=20, **small)
    compared = moved = 0
    for frame, moment in slow.items():
        for name, place in coarse.seen[frame].items():
            way = np.array([fine.seen[n][name] for n in sorted(fast) if fast[n] == moment])
            assert distance(place, way) < 1e-3, (moment, name)
            compared += 1
            moved += bool(np.ptp(way, axis=0).max() > 1e-3)
    assert compared >= 3 and moved >= 1


def distance(place: np.ndarray, way: np.ndarray) -> float:
    """The distance of a place (3,) from a chain of short, almost straight pieces (n, 3)."""
    start, step = way[:-1], np.diff(way, axis=0)
    length = np.maximum((step**2).sum(axis=1), 1e-300)
    share = np.clip(((place - start) * step).sum(axis=1) / length, 0, 1)
    return float(np.linalg.norm(start + share[:, None] * step - place, axis=1).min())


def walking_points(scene: Any) -> dict[str, np.ndarray]:
    """Where the points are that walk along a curve."""
    parts = dict.fromkeys(part for mobject in scene.mobjects for part in mobject.get_family())
    points = [part.point for part in parts if isinstance(part, Walker | Ball)]
    walking = Trail | LiftedTrail | MapWalker | MapPath
    points += [part.head for part in parts if isinstance(part, walking)]
    if hasattr(scene, "bowl"):
        points.append(scene.bowl.point)
    points += [part for part in parts if isinstance(part, Crowd)]
    return {str(k): p.get_center() for k, p in enumerate(points) if len(p.get_all_points())}


@pytest.mark.slow
@pytest.mark.parametrize("film", FILMS)
def test_a_walk_ends_like_the_film(
    film: str, lecture: Callable[..., Any], shoot: Callable[..., Any]
) -> None:
    """A walk, which finishes plays at once, ends each section like the drawn film, at any frame
    rate; other tests depend on that. (That two runs give the same frames is in test_repaint.)"""
    played: list[Any] = []
    lesson = FILMS[film].lesson()

    def keep(scene: Any, _: str) -> None:
        played.append(visible_state(scene))

    frames = shoot(film, lesson, None, at_end=keep, fps=1, short=SHORT)[1].frames
    assert list(frames) == list(range(round(FILMS[film].seconds(lesson))))
    walked = lecture(film)[1]
    assert len(walked) == len(FILMS[film].sections)
    for one, other in zip(walked, played, strict=True):
        assert_alike(one, other)


def test_a_section_that_overruns_is_an_error(
    walk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from scenes.films.batch.scene import BatchDescent

    result = BatchDescent.result

    def late(scene: Any) -> None:
        result(scene)
        scene.hold(60.0)

    monkeypatch.setattr(BatchDescent, "result", late)
    with pytest.raises(FilmError, match="result overruns by"):
        walk("batch", Lesson())
