"""Film `plane`: the numbers that it shows, and the conclusions from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gdcore.data import LECTURE, Dataset, parse_data
from gdcore.least_squares import LeastSquares
from gdcore.outcome import Arrival, arrival, goal_of
from gdcore.theory import calm_rate
from scenes import FILMS, Telling
from scenes.catalogue.theme import THEMES
from scenes.films.plane.dive import beside_stop, end_stop
from scenes.locales import texts
from scenes.stage.maps.map_arrow import MapArrow
from scenes.stage.maps.plane_chart import Window
from scenes.stage.maps.plane_map import PlaneMap
from scenes.stage.maps.plane_world import PlaneWorld, regions
from scenes.stage.page.arrangement import arrangement
from scenes.stage.page.layout import layout
from scenes.stage.plots.line_plot import LinePlot

ENGLISH = Telling(lang="en")
THEME, WIDE = THEMES["dark"], layout(128 / 9, 8.0)
ODD = ["lecture", "noisy", "2,3", "2,1 2,3", "random:n=500", "-3,5 -1,2.2 -2,3.9", "0,3 0,4"]
FILM = FILMS["plane"]


def plane_map(**knobs: Any) -> PlaneMap:
    """The map of the film's own descents."""
    found = FILM.traces(FILM.lesson(**knobs))
    return PlaneMap(list(found.values()), arrangement(WIDE).hero, THEME, WIDE.scale)


def to_weights(plot: Any, points: np.ndarray) -> np.ndarray:
    """The inverse of the plot's map: (n, 2)."""
    inner, x, y = plot.inner, plot.x, plot.y
    u = (points[:, 0] - inner.left) / inner.width * (x.high - x.low) + x.low
    v = (points[:, 1] - inner.bottom) / inner.height * (y.high - y.low) + y.low
    return np.stack([u, v], axis=1)


@pytest.mark.parametrize("spec", ODD)
def test_the_films_own_rate_is_calm(spec: str) -> None:
    """No step passes a valley, and both descents lower the cost of exact data all the time."""
    lesson = FILM.lesson(data=parse_data(spec))
    assert lesson.lr <= calm_rate(LeastSquares(lesson.data, bias=True))
    batch, sgd = FILM.traces(lesson).values()
    assert arrival(batch) in (Arrival.ARRIVED, Arrival.UNDERWAY, Arrival.CREEPING)
    assert batch.cost[-1] < batch.cost[0] and sgd.cost[-1] < sgd.cost[0]
    assert np.all(np.diff(batch.cost) <= 1e-12 * batch.cost[0])


def test_the_lectures_longest_step_ends_on_its_valley() -> None:
    """2·0.05·(3² + 1) = 1: after each third update the residual of x = 3 is 0."""
    lesson = FILM.lesson()
    assert (lesson.w0, lesson.b0, lesson.lr, lesson.epochs) == (-1.0, 4.0, 0.05, 100)
    trace = FILM.traces(lesson)["sgd"]
    w, b = trace.theta[3::3].T
    assert np.abs(3 * w + b - 6).max() < 1e-12
    steps = np.diff(trace.theta, axis=0)
    x = LECTURE.x[trace.samples[:, 0]]
    assert np.abs(steps[:, 0] - x * steps[:, 1]).max() < 1e-12, "each step lies along (x, 1)"


@pytest.mark.parametrize("spec", ODD)
def test_valleys_are_where_their_loss_is_nought(spec: str) -> None:
    data = parse_data(spec)
    field = plane_map(data=data)
    valleys = field.valleys
    assert len(valleys.lines) == len(valleys.shown) <= 60
    for i, line in zip(valleys.shown, valleys.lines, strict=True):
        if len(line.points):
            w, b = to_weights(field.plot, line.points).T
            size = max(1.0, float(np.abs(data.y).max()))
            assert np.abs(data.x[i] * w + b - data.y[i]).max() < 1e-9 * size


@pytest.mark.parametrize("spec", ODD)
def test_the_map_shows_the_start_the_goal_and_the_walks(spec: str) -> None:
    lesson = FILM.lesson(data=parse_data(spec))
    field = plane_map(data=lesson.data)
    objective = field.objective
    assert objective.gradient(field.target) == pytest.approx([0, 0], abs=1e-9 * 100)
    for trace in FILM.traces(lesson).values():
        assert all(field.plot.contains(w, b) for w, b in trace.theta[[0, 1, -1]])
    assert field.plot.contains(*field.target)
    if field.true:
        inner, x, y = field.plot.inner, field.plot.x, field.plot.y
        units = inner.width / (x.high - x.low), inner.height / (y.high - y.low)
        assert units[0] == pytest.approx(units[1], rel=1e-9)


def test_the_lectures_map_is_true_to_scale_in_all_frames() -> None:
    traces = list(FILM.traces(FILM.lesson()).values())
    for width, height in ((128 / 9, 8.0), (32 / 3, 8.0), (8.0, 8.0), (8.0, 128 / 9)):
        page = layout(width, height)
        assert PlaneMap(traces, regions(page).map, THEME, page.scale).true


@pytest.mark.parametrize("spec", ["lecture", "noisy", "-1,-2.4 1,2.3 2,3.6 3,6.3 5,9.1"])
@pytest.mark.parametrize("size", [(128 / 9, 8.0), (32 / 3, 8.0), (8.0, 8.0), (8.0, 128 / 9)])
def test_the_minimums_place_is_written_within_the_map(size: tuple[float, float], spec: str) -> None:
    page = layout(*size)
    traces = list(FILM.traces(FILM.lesson(data=parse_data(spec))).values())
    field = PlaneMap(traces, regions(page).map, THEME, page.scale)
    _, label = field.goal
    assert label.get_left()[0] >= field.plot.inner.left
    assert label.get_right()[0] <= field.plot.inner.right


def test_the_level_through_a_place_is_at_right_angles_to_its_gradient() -> None:
    field = plane_map()
    here = np.array([0.3, 3.0])
    field.lay_level(here)
    weights = to_weights(field.plot, field.level.points)
    costs = field.objective.costs(weights)
    assert costs == pytest.approx(field.objective.cost(here), rel=2e-3)
    corners = weights[::4]
    near = np.argsort(np.hypot(*(corners - here).T))[:2]
    way = corners[near[1]] - corners[near[0]]
    gradient = field.objective.gradient(here)
    assert abs(way @ gradient) < 0.02 * np.linalg.norm(way) * np.linalg.norm(gradient)


def test_one_valley_of_minima_is_said_to_be_one() -> None:
    field = plane_map(data=parse_data("2,1 2,3"))
    assert not field.unique
    assert goal_of(field.objective, field.start) @ [2, 1] == pytest.approx(2.0)
    assert plane_map().unique and plane_map().goal_text() == "(2, 0)"


@pytest.mark.parametrize("spec", ["1e-12,2e-12 2e-12,4e-12 3e-12,6e-12", "noisy", "random:n=50"])
def test_noise_around_the_minimum_is_no_divergence(spec: str) -> None:
    """At a calm rate SGD stays near, even if its last cost is higher than the first."""
    data = parse_data(spec)
    w, b = LeastSquares(data, bias=True).minimiser().tolist()
    for start in ({}, {"w0": w, "b0": b}):
        sgd = FILM.traces(FILM.lesson(data=data, **start))["sgd"]
        assert arrival(sgd) is not Arrival.DIVERGING


def test_a_line_y_3x_plus_1_counts_as_exact(walk: Callable[..., Any]) -> None:
    scene = walk("plane", FILM.lesson(data=parse_data("1,4 2,7 3,10")), telling=ENGLISH)
    assert scene.heading.tag.text == f"exact data y = 3x + 1 · α = {scene.lesson.lr}"


CLOSE = [0.3, 0.01, 1e-4]


@pytest.mark.parametrize("spec", [*ODD, "1e-12,2e-12 2e-12,4e-12 3e-12,6e-12"])
@pytest.mark.parametrize("share", [1.0, *CLOSE])
def test_contours_are_at_their_level_in_every_window(spec: str, share: float) -> None:
    """Each place that is drawn has the cost of its contour; the shade's edge too, or the map's."""
    field = plane_map(data=parse_data(spec))
    plot, objective = field.plot, field.objective
    near = np.array(field.start) + 0.4 * (field.target - field.start)
    field.look(field.whole.around(near, share))
    for level, line, shade in zip(plot.levels, plot.lines, plot.shades, strict=True):
        for part in (line, shade):
            if not len(part.points):
                continue
            weights = to_weights(plot, part.points[::4])
            costs = objective.costs(weights)
            slope = np.abs((weights - field.target) @ objective.hessian) @ field.whole.half
            slack = 1e-9 * (slope + level)
            if part is line:
                assert (np.abs(costs - level) <= slack).all()
            else:
                inner = plot.inner
                x, y = part.points[::4, 0], part.points[::4, 1]
                edges = [x - inner.left, inner.right - x, y - inner.bottom, inner.top - y]
                at_edge = np.min(edges, axis=0) < 1e-9
                assert ((np.abs(costs - level) <= slack) | at_edge).all()
                assert (costs <= level + slack).all()


def test_a_dive_keeps_the_scale_and_everything_in_its_place() -> None:
    """Between two windows: circles stay circles, the fixed place stays, valleys and path follow."""
    lesson = FILM.lesson()
    world = PlaneWorld(FILM.traces(lesson), WIDE, THEME, texts("en"))
    field, sgd = world.map, world.sgd
    stop = end_stop(FILM.captions.facts(lesson), field.whole)
    assert stop is not None and stop.window.half[1] < 0.02 * field.whole.half[1]
    field.plot.add_layer(stop.window)
    sgd.trail.reach(sgd.trace.updates)
    for share in (0.0, 0.3, 0.8, 1.0):
        world.look(field.whole.towards(stop.window, share), share)
        inner, x, y = field.plot.inner, field.plot.x, field.plot.y
        units = inner.width / (x.high - x.low), inner.height / (y.high - y.low)
        assert units[0] == pytest.approx(units[1], rel=1e-9)
        for i, line in zip(field.valleys.shown, field.valleys.lines, strict=True):
            if len(line.points):
                w, b = to_weights(field.plot, line.points).T
                residual = lesson.data.x[i] * w + b - lesson.data.y[i]
                assert np.abs(residual).max() < 1e-9
        head = sgd.trail.head.points
        if field.plot.contains(*sgd.trace.theta[-1]):
            middle = (head.min(axis=0) + head.max(axis=0)) / 2
            assert middle == pytest.approx(field.plot.at(*sgd.trace.theta[-1]), abs=1e-9)
        numbers = [figure for figure in field.plot.numbers if figure.text]
        assert len(numbers) >= 2
    shown = sgd.trace.theta[stop.first : stop.last + 1]
    assert all(field.plot.contains(*theta) for theta in shown)


def test_a_view_on_the_way_zooms_by_even_factors() -> None:
    whole = Window((-4.0, 4.0), (-2.0, 2.0), True)
    close = whole.around(np.array([1.0, 0.5]), 1 / 16)
    middle = whole.towards(close, 0.5)
    assert middle.half == pytest.approx([1.0, 0.5])
    # The place that keeps its share of the window: f = (c − s·m)/(1 − s) for the whole zoom.
    fixed = (close.middle - whole.middle / 16) / (1 - 1 / 16)
    assert (fixed - middle.middle) / middle.half == pytest.approx(
        (fixed - whole.middle) / whole.half
    )
    assert whole.towards(close, 0.0) == whole and whole.towards(close, 1.0) == close


@pytest.mark.parametrize("spec", ODD)
def test_close_views_show_the_last_updates_that_can_be_seen(spec: str) -> None:
    data = parse_data(spec)
    lesson = FILM.lesson(data=data)
    facts = FILM.captions.facts(lesson)
    field = plane_map(data=data)
    stop = end_stop(facts, field.whole)
    if stop is None:
        return
    path = facts.sgd.theta[stop.first : stop.last + 1]
    away = np.abs(path - stop.window.middle) / stop.window.half
    assert 1 < len(path) <= 10 and (away <= 1).all()
    assert np.abs(np.diff(path, axis=0) / stop.window.half).max() > 0.02, "a step can be seen"
    beside = beside_stop(facts, field.whole, stop)
    if beside is not None:
        assert beside.window.middle == pytest.approx(facts.batch.theta[-1])
        assert beside.first <= facts.nearest <= beside.last


@pytest.mark.slow
def test_line_and_numbers_follow_the_point(shoot: Callable[..., Any]) -> None:
    """At any moment of the descents the data line belongs to the point on the map."""

    def look(scene: Any) -> Any:
        world = scene.world
        walk = world.sgd if world.sgd.trail.head.get_fill_opacity() else world.batch
        head = walk.trail.head
        texts = [figure.text for figure in world.readouts.figures]
        return head.points.copy(), world.data.line.points.copy(), texts, world

    moments = [142, 169, 190, 205, 215, 362, 384, 410, 445, 460]
    scene, tray = shoot("plane", FILM.lesson(), moments, short=90, look=look)
    scene.world.look(scene.field.whole, 0.0)  # as it was before the close views
    for number in moments:
        head, line, texts, world = tray.seen[number]
        middle = (head.min(axis=0) + head.max(axis=0)) / 2
        w, b = to_weights(world.map.plot, middle[None])[0]
        xs, ys = to_weights(world.data, line).T
        assert ys == pytest.approx(w * xs + b, abs=1e-6), number
        assert [float(t.replace("−", "-")) for t in texts[:2]] == pytest.approx([w, b], abs=6e-4)


def test_residuals_reach_from_the_samples_to_the_line() -> None:
    data = Dataset(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0]))
    plot = LinePlot(data, [np.array([-1.0, 4.0])], arrangement(WIDE).notes, THEME, WIDE.scale)
    plot.turn(-1.0, 4.0)
    for i, (shaft, head) in enumerate(plot._parts):
        x, y = data.x[i], data.y[i]
        assert shaft.points[0] == pytest.approx(plot.at(x, y), abs=1e-9)
        assert head.points[0] == pytest.approx(plot.at(x, -x + 4), abs=1e-9)
    plot.turn(2.0, 0.0)
    assert all(not len(head.points) for _, head in plot._parts), "no residual, no arrow"
    plot.light([1])
    assert [bool(len(ring.points)) for ring in plot.rings] == [False, True, False]


@pytest.mark.parametrize("to", [[0.5, 2.0], [-1.0, 4.0], [99.0, 4.0], [1e300, -1e300]])
def test_arrows_on_the_map_end_where_they_say_or_at_the_edge(to: list[float]) -> None:
    field = plane_map()
    arrow, start = MapArrow(field.plot, THEME.step, 0.2), np.array([-1.0, 4.0])
    arrow.reach(start, np.array(to))
    points = np.concatenate([arrow.shaft.points, arrow.head.points])
    assert np.isfinite(points).all()
    inner = field.plot.inner
    if field.plot.contains(*to) and to != start.tolist():
        assert arrow.head.points[0] == pytest.approx(field.plot.at(*to), abs=1e-9)
    elif len(points):
        assert not len(arrow.head.points)
        assert points[:, 0].max() <= inner.right + 1e-9
