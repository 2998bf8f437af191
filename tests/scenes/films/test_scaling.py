"""`scaling`: contours, lines and kappa are exact while shift and scale change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gdcore.data import HEIGHTS, DataError, parse_data
from gdcore.least_squares import LeastSquares
from gdcore.studies.scaling import Scaling, standardised
from scenes import FILMS, Lesson
from scenes.films.scaling.facts import Facts
from scenes.films.scaling.kappa_scale import KappaScale
from scenes.films.scaling.panel import kappa_text
from scenes.films.scaling.views import Plane, View, centring, dividing

FILM = FILMS["scaling"]
DATA = ["heights", "lecture", "-3,5 -1,2.2 -2,3.9", "1000,3 1001,5 1002,4", "0.001,3 0.002,5"]
SHARES = np.linspace(0, 1, 9)


def lesson_of(spec: str, **knobs: Any) -> Lesson:
    return FILM.lesson(data=parse_data(spec), **knobs)


def hessian_ratio(x: np.ndarray) -> float:
    """The condition number of the cost, from the singular values of (x, 1)."""
    values = np.linalg.svd(np.stack([x, np.ones_like(x)], axis=1), compute_uv=False)
    return float((values[0] / values[-1]) ** 2)


@pytest.mark.parametrize("spec", DATA)
def test_kappa_on_the_way_is_that_of_the_inputs(spec: str) -> None:
    data = parse_data(spec)
    standard = standardised(data)
    ways = [[make(standard, float(t)) for t in SHARES] for make in (centring, dividing)]
    for scalings in ways:
        kappas = [Plane(standard, scaling).kappa for scaling in scalings]
        true = [hessian_ratio(scaling.data(data).x) for scaling in scalings]
        assert kappas == pytest.approx(true, rel=1e-6)
        # In even steps of the time it changes by even factors.
        assert np.diff(np.log(kappas)) == pytest.approx(
            np.log(kappas[-1] / kappas[0]) / 8, abs=1e-6
        )
    assert ways[0][0] == Scaling() and ways[0][-1].shift == standard.shift
    assert ways[1][-1] == standard and kappas[-1] == pytest.approx(1)


@pytest.mark.parametrize("spec", DATA)
def test_a_line_keeps_its_place_and_its_cost(spec: str) -> None:
    """Standardised, then mapped to the present plane: the same as mapped at once."""
    data = parse_data(spec)
    standard, lines = standardised(data), np.random.default_rng(3).normal(0, 2, (5, 2))
    for scaling in [centring(standard, 0.4), dividing(standard, 0.7)]:
        plane = Plane(standard, scaling)
        places = scaling.scaled(lines)
        assert plane.place(standard.scaled(lines)) == pytest.approx(places, rel=1e-9, abs=1e-9)
        assert plane.standardised(places) == pytest.approx(standard.scaled(lines), rel=1e-9)
        costs = LeastSquares(scaling.data(data), bias=True).costs(places)
        assert costs == pytest.approx(LeastSquares(data, bias=True).costs(lines), rel=1e-7)


def test_a_zoom_goes_by_even_factors_about_one_place() -> None:
    near, far = View(np.array([1.0, 5.0]), 0.01), View(np.array([3.0, -2.0]), 100.0)
    halves = [near.towards(far, t).half for t in SHARES]
    assert np.diff(np.log(halves)) == pytest.approx(np.log(1e4) / 8)
    views = [near.towards(far, t) for t in SHARES]
    # The place that both views show at the same spot is at this spot in all views.
    fixed = near.middle + (far.middle - near.middle) * near.half / (near.half - far.half)
    spots = [(fixed - view.middle) / view.half for view in views]
    assert spots == pytest.approx(np.array([spots[0]] * len(spots)))


@pytest.mark.parametrize("spec", DATA)
@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_each_map_shows_what_is_true(spec: str, aspect: str, walk: Callable[..., Any]) -> None:
    """At each section's end: the scale, the point, its line, the contours, kappa."""
    lesson, seen = lesson_of(spec), []
    facts, planes = Facts(lesson), ("given", "given", "centred", "standardised", "standardised")

    def at_end(scene: Any, section: str) -> None:
        world, data = scene.world, scene.world.data
        of = getattr(facts, planes[len(seen)])
        plot, theta = world.map, of.trace.theta[0 if section == "samples" else -1]
        unit = (plot.at(plot.x.low + plot.x.high, 0) - plot.at(plot.x.low, 0))[0] / plot.x.high
        tall = (plot.at(0, plot.y.low + plot.y.high) - plot.at(0, plot.y.low))[1] / plot.y.high
        assert unit == pytest.approx(tall)
        head = world.walker.head.get_center()
        assert head == pytest.approx(plot.at(*theta), abs=2e-3)
        line = data.line.points[[0, -1]]
        for w_x, y in line[:, :2]:
            x = data.x.low + (w_x - data.inner.left) * (
                (data.x.high - data.x.low) / data.inner.width
            )
            at = data.at(x, np.clip(theta[0] * x + theta[1], data.y.low, data.y.high))
            assert at[1] == pytest.approx(y, abs=1e-3)
        check_contours(scene, of.objective, facts)
        kappa = hessian_ratio(of.objective.data.x)
        assert scene.world.plane.kappa == pytest.approx(kappa, rel=1e-6)
        seen.append(section)

    walk("scaling", lesson, aspect, at_end)
    assert seen == [section.name for section in FILM.sections]


def check_contours(scene: Any, objective: LeastSquares, facts: Facts) -> None:
    """Every corner of a contour has its cost, as exactly as its place can be drawn."""
    plot, found = scene.world.map, 0
    start = float(facts.given.trace.cost[0])
    least = objective.cost(objective.minimiser())
    spans = np.array([plot.x.high - plot.x.low, plot.y.high - plot.y.low])
    for k, ring in enumerate(scene.world.rings.lines, start=1):
        corners = ring.points[::4, :2]
        if not len(corners):
            continue
        inner = plot.inner
        shares = (corners - [inner.left, inner.bottom]) / [inner.width, inner.height]
        assert shares.min() > -1e-9 and shares.max() < 1 + 1e-9
        places = [plot.x.low, plot.y.low] + shares * spans
        level = least + (k / 6) ** 2 * (start - least)
        away = places - objective.minimiser()
        slope = np.hypot(*(objective.hessian @ away.T)).max()
        slack = 1e-9 * slope * float(np.abs(places).max() + spans.max()) + 1e-6 * start
        assert objective.costs(places) == pytest.approx(np.full(len(places), level), abs=slack)
        found += 1
    assert found >= 2


def test_the_map_is_whole_dives_to_the_start_and_comes_back(watch: Callable[..., Any]) -> None:
    """Whole: start and minimum are in sight; close: the start is, the minimum is far outside."""
    halves: list[float] = []
    in_sight: list[bool] = []
    shifts: list[float] = []

    def look(scene: Any, seconds: float) -> None:
        world = scene.world
        halves.append(world.view.half)
        start, goal = (
            world.plane.place(place) for place in (world.paths[0].places[0], scene.facts.goal)
        )
        assert world.map.contains(*start)
        in_sight.append(bool(world.map.contains(*goal)))
        assert in_sight[-1] or world.scaling == Scaling()
        shift = world.scaling.shift
        if world.scaling.scale == 1 and 0 < shift < scene.facts.mean:
            shifts.append(shift)
            check_slide(scene, shift)

    watch("scaling", FILM.lesson(), look)
    dive = halves.index(min(halves))
    assert in_sight[0] and in_sight[-1] and not in_sight[dive]
    assert halves[0] == max(halves) > 1000 * halves[dive]
    assert halves[0] in halves[dive:], "the view opens again"
    assert halves[dive] < halves[-1] < halves[0], "and then the valley gets shorter"
    assert len(shifts) > 10 and shifts == sorted(shifts)


def check_slide(scene: Any, shift: float) -> None:
    """While the mean is subtracted the data are the subject; there is no path."""
    world, data = scene.world, scene.world.data
    assert scene.hero is data and data.box.width == pytest.approx(world.regions.of_data.data.width)
    assert data.x.low < 0 < data.x.high
    x, y, hues = HEIGHTS.x - shift, HEIGHTS.y, len(data.theme.samples)
    for hue, dots in enumerate(data.dots):
        centres = dots.points.reshape(len(x[hue::hues]), -1, 3)
        middles = (centres.min(axis=1) + centres.max(axis=1)) / 2
        assert middles == pytest.approx(data.map(x[hue::hues], y[hue::hues]), abs=1e-6)
    if shift < 100:  # the samples slide on an axis that stays
        assert data.x.high == pytest.approx(data.wide(Scaling())[1])
    walker = world.walker
    assert world.t == 0, "no path is carried along"
    if shift > 20:  # after the first tenth of the time
        assert walker.head.get_fill_opacity() == walker.beads.get_fill_opacity() == 0
        assert walker.ring.get_stroke_opacity() == 1


def test_the_marker_stands_at_the_logarithm(walk: Callable[..., Any]) -> None:
    scene = walk("scaling", FILM.lesson())
    scale = next(part for part in scene.world.panels[0].submobjects if isinstance(part, KappaScale))
    tips = []
    for kappa in (1.0, 1e4, 1e8):
        scale.point_at(kappa)
        tips.append(float(scale.marker.get_bottom()[0] + scale.marker.get_top()[0]) / 2)
    assert tips[1] - tips[0] == pytest.approx(tips[2] - tips[1])


@pytest.mark.parametrize(
    ("kappa", "text"),
    [(1.0, "1.00"), (76.26, "76.3"), (9999.4, "9999"), (1.137e7, "1.14×10⁷")],
)
def test_kappa_has_three_digits(kappa: float, text: str) -> None:
    assert kappa_text(kappa) == text


@pytest.mark.parametrize(
    ("spec", "why"),
    [
        ("2,3", "all x are equal"),
        ("2,3 2,5", "all x are equal"),
        ("1e-200,1 2e-200,2", "so close"),
        ("1e-160,1 3e-160,2", "so close"),
    ],
)
def test_samples_without_a_deviation_are_refused(spec: str, why: str) -> None:
    with pytest.raises(DataError, match=why):
        FILM.check(lesson_of(spec))


def test_the_start_is_level_and_below_the_middle() -> None:
    for spec in DATA:
        lesson = lesson_of(spec)
        y = lesson.data.y
        assert lesson.w0 == 0
        assert lesson.b0 == pytest.approx(y.mean() - y.std(), rel=0.1, abs=0.1 * y.std())
    assert FILM.lesson().data == HEIGHTS
    assert lesson_of("1,2 2,2").b0 == 1 and lesson_of("1,0 2,0").b0 == -1


def test_all_three_start_from_the_same_line() -> None:
    """And have the same share of 1/L."""
    traces = FILM.traces(lesson_of("heights", w0=0.5, b0=20.0))
    lines = {name: trace.theta[0] for name, trace in traces.items()}
    x = HEIGHTS.x
    for name, inputs in (
        ("given", x), ("centred", x - x.mean()), ("standardised", (x - x.mean()) / x.std()),
    ):  # fmt: skip
        said = lines[name][0] * inputs + lines[name][1]
        assert said == pytest.approx(0.5 * x + 20)
        largest = np.linalg.eigvalsh(traces[name].objective.hessian)[-1]
        assert traces[name].lr * largest == pytest.approx(0.5)


@pytest.mark.parametrize(
    "spec", ["1e-150,1 2e-150,2", "1e59,1e59 -1e60,2e59", "1e9,0 1000000001,0"]
)
def test_extreme_samples_can_be_shown(spec: str, walk: Callable[..., Any]) -> None:
    scene = walk("scaling", lesson_of(spec))
    assert scene.world.walker.head.get_center() == pytest.approx(
        scene.world.map.at(*scene.facts.goal), abs=2e-3
    )
