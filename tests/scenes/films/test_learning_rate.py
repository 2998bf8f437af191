"""The film `learning-rate`: its rates, its ruler, and where its points stand."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdcore.data import parse_data
from gdcore.least_squares import LeastSquares
from gdcore.outcome import HALF
from gdcore.theory import contraction
from scenes import FILMS, Lesson, Telling
from scenes.films.learning_rate.plan import rates_of, roundest
from scenes.films.learning_rate.rate_ruler import spread
from scenes.films.learning_rate.regime import Regime, creeping_limit, factor_texts, regime
from scenes.stage.descent.walker import Walker
from scenes.stage.page.layout import Box
from tests.claims.shown import value

ENGLISH = Telling(lang="en")
FILM = FILMS["learning-rate"]
said = FILM.captions.said
DATA = ["lecture", "noisy", "2,3", "2,5 2,6 2,7", "150,410 320,905", "1e-12,2e-12", "1e12,3e12"]
FOUR = [Regime.CREEPING, Regime.CONVERGING, Regime.OSCILLATING, Regime.DIVERGING]


def lesson_of(data: str, **knobs: Any) -> Lesson:
    """The film's lesson on these data."""
    return FILM.lesson(data=parse_data(data), **knobs)


@pytest.mark.parametrize("epochs", [1, 20, 10_000])
@pytest.mark.parametrize("data", DATA)
def test_own_rates_show_all_that_can_happen(data: str, epochs: int) -> None:
    """Read from the descents: for all data, one of each kind, in this order."""
    lesson = lesson_of(data, epochs=epochs)
    objective = LeastSquares(lesson.data)
    goal = float(objective.minimiser()[0])
    lesson = lesson_of(data, epochs=epochs, w0=goal + 1.0)
    traces = list(FILM.traces(lesson).values())
    assert [regime(objective, trace.lr, epochs) for trace in traces] == FOUR
    slow, good, wild, lost = (np.abs(trace.w - goal) for trace in traces)
    assert slow[-1] > HALF * slow[0] and slow[-1] < slow[0]
    assert good[-1] < 0.2 * good[0]
    assert wild[-1] < wild[0] and traces[2].w[1] < goal < traces[2].w[0]
    assert lost[-1] > lost[0]


@settings(deadline=None)
@given(st.floats(1e-300, 1e300), st.floats(1.001, 5))
def test_the_roundest_number_is_within_its_bounds(low: float, ratio: float) -> None:
    found = roundest(low, low * ratio)
    assert low * (1 - 1e-9) <= found <= low * ratio * (1 + 1e-9)
    digits = len(f"{found:.11e}".partition("e")[0].rstrip("0").replace(".", ""))
    assert digits <= 4


@pytest.mark.parametrize(
    ("low", "high", "found"), [(0.0911, 0.1039, 0.1), (0.223, 0.246, 0.23), (95, 105, 100)]
)
def test_the_roundest_number(low: float, high: float, found: float) -> None:
    assert roundest(low, high) == found


@pytest.mark.parametrize("epochs", [1, 7, 20, 300])
def test_creeping_is_what_leaves_more_than_half_of_the_way(epochs: int) -> None:
    """Compared with descents just below and just above the limit."""
    objective = LeastSquares(lesson_of("noisy").data)
    goal = float(objective.minimiser()[0])
    limit = creeping_limit(objective, epochs)
    for share, creeps in ((0.99, True), (1.01, False)):
        lesson = lesson_of("noisy", epochs=epochs, rates=(share * limit,))
        (trace,) = FILM.traces(lesson).values()
        assert bool(abs(trace.w[-1] - goal) > HALF * abs(trace.w[0] - goal)) is creeps
        assert (regime(objective, share * limit, epochs) is Regime.CREEPING) is creeps


def test_at_two_over_l_the_error_only_changes_its_sign() -> None:
    objective = LeastSquares(parse_data("1,2"))
    assert regime(objective, 1.0, 20) is Regime.CYCLING
    assert regime(objective, 0.5, 20) is Regime.CONVERGING  # one step
    texts = [factor_texts(objective, lr)[0] for lr in (1.0, 0.5, 0.25, 0.9, 1e-7, 600.0, 0.9999999)]
    assert texts == [
        "× (−1)", "× 0", "× 0.500", "× (−0.800)", "× (1 − 2×10⁻⁷)", "× (−1199)", "× (−0.9999998)"
    ]  # fmt: skip


def test_rates_asked_for_are_shown_in_ascending_order() -> None:
    lesson = FILM.lesson(rates=(0.3, 0.01))
    FILM.check(lesson)
    assert rates_of(lesson) == (0.01, 0.3)


@given(st.lists(st.floats(0, 10), min_size=1, max_size=4), st.floats(0.1, 2))
def test_values_above_the_ruler_stand_side_by_side(wanted: list[float], width: float) -> None:
    wanted.sort()
    places = spread(wanted, [width] * len(wanted), 0.3, Box(0, 0, 10, 1))
    assert all(b - a >= width + 0.3 - 1e-9 for a, b in pairwise(places))
    assert places[0] >= width / 2 - 1e-9 and places[-1] <= 10 - width / 2 + 1e-9


@pytest.mark.slow
@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_the_ruler_is_true(walk: Callable[..., Any], aspect: str) -> None:
    """Thresholds, parts, needles and the line of factors are at their computed rates."""
    scene = walk("learning-rate", FILM.lesson(rates=(0.01, 0.05, 0.2, 7.0)), aspect)
    ruler, L = scene.scale, 2 * float(np.mean(scene.lesson.data.x**2))
    zero, unit = ruler.box.left, ruler.box.width / ruler.high
    for k, (mark, _) in enumerate(ruler.bounds, start=1):
        assert mark.get_center()[0] == pytest.approx(zero + unit * k / L)
    assert ruler.parts[1].get_left()[0] == pytest.approx(zero + unit / L)
    assert ruler.parts[1].get_right()[0] == pytest.approx(zero + unit * 2 / L)
    slow = (1 - HALF ** (1 / scene.lesson.epochs)) / L
    assert ruler.creep[0].width == pytest.approx(unit * slow)
    for rate, (_, head, _) in zip((0.01, 0.05, 0.2), ruler.needles, strict=False):
        assert head.get_center()[0] == pytest.approx(zero + unit * rate)
    assert ruler.needles[3][1].get_right()[0] == pytest.approx(ruler.box.right)
    line, plot = scene.factor.line.points, scene.factor.plot
    assert line[0] == pytest.approx(plot.at(0.0, 1.0))
    assert line[-1] == pytest.approx(plot.at(ruler.high, 1 - L * ruler.high))
    assert plot.inner.left == pytest.approx(zero) and plot.inner.right == ruler.box.right


def straight(trace: Any, t: float) -> tuple[float, float]:
    """The place of a point on its straight path at the fractional update ``t``."""
    k = min(int(t), trace.updates)
    rest, after = t - k, min(k + 1, trace.updates)
    w = trace.w[k] + rest * (trace.w[after] - trace.w[k])
    return float(w), float(trace.cost[k] + rest * (trace.cost[after] - trace.cost[k]))


@pytest.mark.slow
@pytest.mark.parametrize("knobs", [{}, {"data": parse_data("noisy"), "w0": -5.0}], ids=str)
def test_points_stand_at_their_places(walk: Callable[..., Any], knobs: dict[str, Any]) -> None:
    """At and between updates; outside the plot a mark at the edge names w."""
    scene = walk("learning-rate", FILM.lesson(**knobs))
    outside = 0
    for t in [*np.linspace(0, 5, 31), 9.0, 19.5, 20.0]:
        scene.show(float(t))
        for valley in scene.valleys:
            w, height = straight(valley.trace, float(t))
            walker, plot = valley.walker, valley.plot
            if plot.contains(w, height):
                assert walker.point.get_center() == pytest.approx(plot.at(w, height), abs=1e-6)
                assert not len(walker.edge.points)
            else:
                assert not len(walker.point.points) and len(walker.edge.points)
                k = int(t)
                ends = valley.trace.w[[k, min(k + 1, valley.trace.updates)]]
                name, _, number = walker.value.text.partition(" = ")
                assert name == "w"
                said = float(number.replace("−", "-"))
                assert min(abs(ends - said)) < 1e-3 * abs(said)
                outside += 1
    assert outside


@pytest.mark.slow
def test_the_way_of_a_hop_is_straight_and_ends_at_the_point(walk: Callable[..., Any]) -> None:
    valley = walk("learning-rate", FILM.lesson()).valleys[2]
    valley.show(2.5)
    ways = valley.hops.points.reshape(-1, 4, 3)
    ends = [valley.plot.at(*straight(valley.trace, t)) for t in (0, 1, 2, 2.5)]
    for way, (start, stop) in zip(ways, pairwise(ends), strict=True):
        assert way[0] == pytest.approx(start) and way[-1] == pytest.approx(stop)


@pytest.mark.slow
@pytest.mark.parametrize("epochs", [1, 10_000])
def test_drawing_is_bounded_however_many_epochs(walk: Callable[..., Any], epochs: int) -> None:
    objective = LeastSquares(FILM.lesson().data)
    almost = 2 / objective.curvature * (1 - 1e-6)
    lesson = FILM.lesson(epochs=epochs, rates=(1e-9, 1e-5, almost, 0.3))
    for valley in walk("learning-rate", lesson).valleys:
        assert len(valley.hops.points) <= 4 * 1000
        assert len(valley.walker.path.points) <= 40 * 1000


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


@pytest.mark.slow
def test_the_numbers_written_are_those_of_the_walk(walk: Callable[..., Any]) -> None:
    scene = walk("learning-rate", FILM.lesson())
    for valley in scene.valleys:
        w = float(valley.end.text.removeprefix("w = ").replace("−", "-"))
        assert w == pytest.approx(float(valley.trace.w[-1]), rel=1e-3)
        factor = float(valley.factor.text.strip("× ()").replace("−", "-"))
        errors = valley.trace.w - valley.curve.minimiser
        assert factor == pytest.approx(contraction(scene.objective, valley.trace.lr), abs=6e-4)
        assert errors[1] / errors[0] == pytest.approx(factor, abs=6e-4)
    assert scene.counter.text == "20"
    assert isinstance(scene.valleys[0].walker, Walker)
