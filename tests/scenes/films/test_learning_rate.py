"""The film `learning-rate`: its rates, its ruler, and where its points stand."""

from __future__ import annotations

from collections.abc import Callable
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
from scenes.catalogue.theme import THEMES
from scenes.films.learning_rate.balls import Balls
from scenes.films.learning_rate.factor_plot import ZONES
from scenes.films.learning_rate.hues import hues
from scenes.films.learning_rate.plan import rates_of, roundest
from scenes.films.learning_rate.rate_ruler import TINTS, spread
from scenes.films.learning_rate.regime import Regime, creeping_limit, factor_texts, regime
from scenes.stage.page.layout import Box
from tests.scenes.films.rate_lessons import DATA, FILM, lesson_of
from tests.scenes.test_theme import READABLE, contrast

FOUR = [Regime.CREEPING, Regime.CONVERGING, Regime.OSCILLATING, Regime.DIVERGING]


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
@pytest.mark.parametrize("large", [True, False])
@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_the_ruler_is_true(walk: Callable[..., Any], aspect: str, large: bool) -> None:
    """Thresholds, parts, needles and the line of factors are at their computed rates.

    On the stage, and at the end of the film beside it.
    """
    scene = walk("learning-rate", FILM.lesson(rates=(0.01, 0.05, 0.2, 7.0)), aspect)
    stage, L = scene.stage, 2 * float(np.mean(scene.lesson.data.x**2))
    ruler, plot = stage.ruler, stage.plot
    if large:
        stage.lay(scene.places.hero)
    zero, unit = ruler.box.left, ruler.box.width / ruler.high
    for k, (mark, bound) in enumerate(zip(ruler.marks, stage.bounds, strict=True), start=1):
        assert mark.get_center()[0] == pytest.approx(zero + unit * k / L)
        assert bound[1].get_center() == pytest.approx(plot.at(k / L, 1.0 - k))
        assert bound[0].get_bottom()[1] == pytest.approx(ruler.strip.top)
    edges = [zero, zero + unit / L, zero + unit * 2 / L, ruler.box.right]
    for part, (left, right) in zip(ruler.parts, pairwise(edges), strict=True):
        assert part.get_left()[0] == pytest.approx(left)
        assert part.get_right()[0] == pytest.approx(right)
    slow = (1 - HALF ** (1 / scene.lesson.epochs)) / L
    assert ruler.creep[0].width == pytest.approx(unit * slow)
    for part, edge in zip(stage.zones, (0.0, -1.0, plot.y.low), strict=True):
        assert part.get_bottom()[1] == pytest.approx(plot.at(0.0, edge)[1])
    for rate, (_, head) in zip((0.01, 0.05, 0.2), ruler.needles, strict=False):
        assert head.get_center()[0] == pytest.approx(zero + unit * rate)
    assert ruler.needles[3][1].get_right()[0] == pytest.approx(ruler.box.right)
    line = stage.line.points
    assert line[0] == pytest.approx(plot.at(0.0, 1.0))
    assert line[-1] == pytest.approx(plot.at(ruler.high, 1 - L * ruler.high))
    assert plot.inner.left == pytest.approx(zero)
    assert plot.inner.right == pytest.approx(ruler.box.right)


@pytest.mark.slow
@pytest.mark.parametrize(
    "knobs", [{}, {"w0": 3.0}, {"w0": 2.0}, {"data": parse_data("noisy")}], ids=str
)
def test_factors_go_from_the_parabola_to_the_line(
    walk: Callable[..., Any], knobs: dict[str, Any]
) -> None:
    """From the places after one epoch onto the w axis, and from that axis to (α, 1 − Lα)."""
    scene = walk("learning-rate", FILM.lesson(**knobs))
    turn, stage, goal = scene.turn, scene.stage, scene.valley.curve.minimiser
    stage.lay(scene.places.hero)
    plot, outside = scene.valley.plot, 0
    for amount in (0.0, 1.0):
        turn.fall(amount)
        for mark, ball in zip(turn.marks, scene.balls.all, strict=True):
            w, cost = ball.places[1]
            height = cost if amount == 0 else plot.y.low
            assert mark.get_center() == pytest.approx(plot.at(w, height), abs=1e-6)
    at_one = turn.axis.points[0].copy(), turn.axis.points[-1].copy()
    assert at_one[0][1] == at_one[1][1] == pytest.approx(plot.inner.bottom)
    turn.turn(1.0)
    ends = sorted(point[1] for point in turn.axis.points)
    assert (ends[0], ends[-1]) == pytest.approx((stage.plot.inner.bottom, stage.plot.inner.top))
    assert np.ptp(turn.axis.points[:, 0]) < 1e-9
    for number, factor in zip(turn.numbers, (1.0, 0.0, -1.0), strict=True):
        assert number.get_center()[1] == pytest.approx(stage.plot.at(0.0, factor)[1], abs=0.02)
    for mark, ball in zip(turn.marks, scene.balls.all, strict=True):
        share = (
            0.0 if scene.facts.at_rest else (ball.places[1, 0] - goal) / (ball.places[0, 0] - goal)
        )
        assert mark.get_center() == pytest.approx(stage.plot.at(0.0, share), abs=1e-6)
    turn.slide(1.0)
    for mark, rate in zip(turn.marks, scene.facts.rates, strict=True):
        factor = contraction(scene.facts.objective, rate)
        assert mark.get_center() == pytest.approx(stage.plot.at(rate, factor), abs=1e-6)
        outside += factor < -1
    assert outside == 1


@pytest.mark.parametrize("name", THEMES)
def test_texts_on_colours_are_readable(name: str) -> None:
    """The names of the parts on the ruler, and what is written on the plot's two zones."""
    theme = THEMES[name]
    for kind, tint in TINTS.items():
        ground = mixed(theme.grid, kind.hue(theme), tint)
        assert contrast(theme.ink, ground) >= READABLE, kind
    for kind, strong in ZONES.items():
        ground = mixed(theme.background, kind.hue(theme), strong)
        assert contrast(theme.ink, ground) >= READABLE
        if kind is not Regime.DIVERGING:  # the formulas stand in the upper two
            assert min(contrast(hue, ground) for hue in (theme.cost, theme.point)) >= READABLE


def mixed(ground: str, color: str, opacity: float) -> str:
    """``color`` at an opacity on ``ground``: sRGB values are mixed, as manim's camera does."""
    pairs = ((int(ground[k : k + 2], 16), int(color[k : k + 2], 16)) for k in (1, 3, 5))
    return "#" + "".join(f"{round(a + opacity * (b - a)):02x}" for a, b in pairs)


@pytest.mark.parametrize("rates", [(0.001, 0.1, 0.2, 0.23), (0.01, 0.05, 0.09), (0.3, 0.4, 5.0)])
def test_each_rate_has_a_hue_of_its_own(rates: tuple[float, ...]) -> None:
    objective = LeastSquares(FILM.lesson().data)
    for theme in THEMES.values():
        found = hues(objective, rates, 20, theme)
        assert len(set(found)) == len(rates)
        assert all(contrast(hue, theme.background) >= READABLE for hue in found)


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
    scene.valley.lay(scene.home)
    balls = Balls(scene.facts.traces, scene.valley, scene.hues)
    plot, outside = scene.valley.plot, 0
    for t in [*np.linspace(0, 5, 31), 9.0, 19.5, 20.0]:
        balls.lay(float(t))
        for ball in balls.all:
            w, height = straight(ball.trace, float(t))
            if plot.contains(w, height):
                assert ball.point.get_center() == pytest.approx(plot.at(w, height), abs=1e-6)
                assert not len(ball.edge.points) and ball.w == pytest.approx(w)
            else:
                assert not len(ball.point.points) and len(ball.edge.points)
                k = int(t)
                ends = ball.trace.w[[k, min(k + 1, ball.trace.updates)]]
                name, _, number = ball.value.text.partition(" = ")
                assert name == "w"
                said = float(number.replace("−", "-"))
                assert min(abs(ends - said)) < 1e-3 * abs(said)
                outside += 1
    assert outside


@pytest.mark.slow
def test_the_way_of_a_hop_is_straight_and_ends_at_the_point(walk: Callable[..., Any]) -> None:
    ball = walk("learning-rate", FILM.lesson()).balls.all[2]
    ball.lay(2.5)
    ways = ball.hops.points.reshape(-1, 4, 3)
    ends = [ball.bowl.plot.at(*straight(ball.trace, t)) for t in (0, 1, 2, 2.5)]
    for way, (start, stop) in zip(ways, pairwise(ends), strict=True):
        assert way[0] == pytest.approx(start) and way[-1] == pytest.approx(stop)


@pytest.mark.slow
@pytest.mark.parametrize("epochs", [1, 10_000])
def test_drawing_is_bounded_however_many_epochs(walk: Callable[..., Any], epochs: int) -> None:
    objective = LeastSquares(FILM.lesson().data)
    almost = 2 / objective.curvature * (1 - 1e-6)
    lesson = FILM.lesson(epochs=epochs, rates=(1e-9, 1e-5, almost, 0.3))
    scene = walk("learning-rate", lesson)
    for ball in scene.balls.all:
        ball.lay(float(epochs))
        assert len(ball.hops.points) <= 4 * 1000
        assert len(ball.beads.points) <= 40 * 1000


@pytest.mark.slow
def test_the_numbers_written_are_those_of_the_walk(walk: Callable[..., Any]) -> None:
    scene = walk("learning-rate", FILM.lesson())
    scene.show(20.0)
    goal = scene.valley.curve.minimiser
    for ball, figure, label in zip(
        scene.balls.all, scene.rows.figures, scene.rows.factors, strict=True
    ):
        trace = ball.trace
        w = float(figure.text.removeprefix("w = ").replace("−", "-"))
        assert w == pytest.approx(float(trace.w[-1]), rel=1e-3)
        factor = float(label.text.strip("× ()").replace("−", "-"))
        errors = trace.w - goal
        assert factor == pytest.approx(contraction(scene.facts.objective, trace.lr), abs=6e-4)
        assert errors[1] / errors[0] == pytest.approx(factor, abs=6e-4)
    assert scene.counter.figures[0].text == "20"
