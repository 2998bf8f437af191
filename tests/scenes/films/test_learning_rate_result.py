"""The film `learning-rate`: what it says at its end, against exact fractions, and what it shows."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from gdcore.data import parse_data
from gdcore.least_squares import LeastSquares
from gdcore.theory import contraction
from scenes import Lesson, Telling
from scenes.films.learning_rate.exchange import Exchange
from scenes.films.learning_rate.places import beside
from scenes.films.learning_rate.plan import rates_of
from scenes.stage.page.layout import Box
from tests.claims.shown import value
from tests.scenes.films.rate_lessons import DATA, FILM, lesson_of

ENGLISH = Telling(lang="en")
said = FILM.captions.said


def errors_left(lesson: Lesson, rate: float) -> Fraction:
    """What the epochs leave of the error, with exact fractions."""
    x = [Fraction(value) for value in lesson.data.x.tolist()]
    return abs(1 - Fraction(rate) * 2 * sum(a * a for a in x) / len(x)) ** lesson.epochs


RESULTS: list[tuple[dict[str, Any], str, float]] = [
    ({}, "result-leads", 0.1),
    ({"rates": (0.3, 0.22)}, "result-none", 0.0),
    ({"rates": (6 / 28,)}, "result-none", 0.0),
    ({"w0": 2.0}, "result-at-rest", 0.0),
    ({"rates": (1e-5,)}, "result-creeping", 1e-5),
    ({"rates": (1e-5, 0.3, 50.0)}, "result-creeping", 1e-5),
    ({"rates": (0.05,)}, "result", 0.0),
    ({"rates": (0.2142,)}, "result", 0.0),  # it swings for long: no creeping
    ({"rates": (0.25, 0.5, 0.75), "data": parse_data("1,2")}, "result-leads", 0.5),
    ({"rates": (0.25, 0.75), "data": parse_data("1,2")}, "result", 0.0),  # both × ±0.5
    ({"rates": (0.1071428, 0.2)}, "result-leads", 0.1071428),
    ({"data": parse_data("1e9,1 2e9,2.5"), "rates": (1.8e-19, 3e-19)}, "result-leads", 1.8e-19),
    ({"data": parse_data("65,130 66,133 64,127"), "rates": (1e-9,)}, "result-creeping", 1e-9),
    ({"epochs": 10_000, "rates": (0.01, 0.02)}, "result-leads", 0.02),  # both are at w* by then
]


@pytest.mark.parametrize(("knobs", "key", "best"), RESULTS)
def test_the_conclusion_is_what_exact_factors_say(
    knobs: dict[str, Any], key: str, best: float
) -> None:
    lesson = FILM.lesson(**knobs)
    found, numbers = said(lesson)["result"]
    assert found == key
    left = {rate: errors_left(lesson, rate) for rate in rates_of(lesson)}
    one = errors_left(lesson, value(numbers["ideal"]))
    assert one <= min(left.values()) or value(numbers["ideal"]) == pytest.approx(
        best, rel=1e-3, abs=0
    )
    if key == "result-leads":
        assert value(numbers["best"]) == pytest.approx(best, rel=1e-6, abs=0)
        nearest = min(left, key=lambda rate: left[rate])
        assert nearest == best and list(left.values()).count(left[nearest]) == 1
        ideal = 1 / LeastSquares(lesson.data).curvature
        same = nearest == pytest.approx(ideal, rel=1e-12, abs=0)
        assert same == (numbers["best"] == numbers["ideal"])
    if key == "result-creeping":
        assert numbers["best"] and all(part > Fraction(1, 2) for part in left.values())
    if key == "result-none":
        assert all(part > 1 - Fraction(1, 10**9) for part in left.values())
        assert errors_left(lesson, value(numbers["bound"])) < 1


@pytest.mark.parametrize("epochs", [1, 7, 300])
@pytest.mark.parametrize("data", DATA)
def test_below_the_rate_named_more_than_half_is_left(data: str, epochs: int) -> None:
    lesson = lesson_of(data, epochs=epochs)
    numbers = said(lesson)["creep"][1]
    assert errors_left(lesson, value(numbers["limit"])) > Fraction(1, 2) - Fraction(1, 10**12)
    assert errors_left(lesson, 1.02 * value(numbers["limit"])) < Fraction(1, 2)


@pytest.mark.slow
@pytest.mark.parametrize(
    "knobs", [{}, {"rates": (0.3, 0.22)}, {"w0": 2.0}, {"rates": (1e-5,)}], ids=str
)
def test_the_film_says_them(walk: Callable[..., Any], knobs: dict[str, Any]) -> None:
    lesson = FILM.lesson(**knobs)
    scene = walk("learning-rate", lesson, telling=ENGLISH)
    expected = [scene.text(key, **numbers) for key, numbers in said(lesson).values()]
    assert [words for _, words in scene.subtitles] == expected


def edges(box: Box) -> tuple[float, ...]:
    """Left, bottom, right, top."""
    return box.left, box.bottom, box.right, box.top


@pytest.mark.slow
def test_the_rate_that_slides_has_its_own_path(walk: Callable[..., Any]) -> None:
    """At the end it is 1/L, whose first step ends at the minimum."""
    scene = walk("learning-rate", FILM.lesson())
    objective, sweep = scene.facts.objective, scene.sweep
    goal = scene.valley.plot.at(2.0, 0.0)
    assert sweep.path.point.get_center() == pytest.approx(goal, abs=1e-6)
    assert value(sweep.value.text.removeprefix("α = ")) == pytest.approx(3 / 28, abs=1e-4)
    theme = scene.theme
    assert sweep.path.hops.get_color().to_hex().lower() == theme.good
    for rate, hue in ((0.001, theme.muted), (0.02, theme.good), (0.17, theme.swinging),
                      (0.2142, theme.swinging), (0.22, theme.bad)):  # fmt: skip
        sweep.slide(rate)
        tints = {part.get_color().to_hex().lower() for part in (sweep.path.hops, sweep.value)}
        assert tints == {hue}
        factor = contraction(objective, rate)
        ends = [2.0 - factor**k for k in range(len(sweep.path.places))]
        assert sweep.path.places[:, 0] == pytest.approx(ends)
        at = scene.stage.plot.at(rate, factor)
        assert scene.stage.cursor[1].get_center() == pytest.approx(at)


@pytest.mark.slow
@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_the_parabola_and_the_line_exchange_their_places(
    walk: Callable[..., Any], aspect: str
) -> None:
    """At the end the parabola is where it began, the line beside it with a point for each rate."""
    scene = walk("learning-rate", FILM.lesson(), aspect)
    plot, valley = scene.stage.plot, scene.valley
    assert edges(valley.plot.box) == pytest.approx(edges(scene.home))
    assert scene.places.side.left <= plot.inner.left
    assert plot.box.right <= scene.places.side.right
    for mark, rate in zip(scene.turn.marks, scene.facts.rates, strict=True):
        factor = contraction(scene.facts.objective, rate)
        assert mark.get_center() == pytest.approx(plot.at(rate, factor), abs=1e-6)
    corner = valley.around(scene.corner)
    side = beside(scene.home, scene.places.side, scene.layout)
    way = Exchange(scene.places.hero, side, corner, scene.home, aspect == "9:16")
    for box, expected in ((way.line(0.0), scene.places.hero), (way.parabola(0.0), corner),
                          (way.line(1.0), side), (way.parabola(1.0), scene.home)):  # fmt: skip
        assert edges(box) == pytest.approx(edges(expected))
    for t in np.linspace(0.35, 0.72, 31):  # while they pass one another
        line, parabola = way.line(float(t)), way.parabola(float(t))
        assert not line.meets(parabola.inset(*[1e-9] * 4))
