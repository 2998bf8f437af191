"""Film `surface`: nothing is hidden, everything is at its height, and it ends as the map."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gdcore.data import parse_data
from scenes import FILMS, Telling
from scenes.films.surface.view import View
from tests.claims.shown import value
from tests.scenes.films.surface_worlds import FILM, ODD, world

said = FILM.captions.said


def unstretched(view: View) -> np.ndarray:
    """The matrix (2, 2) that takes places of the floor, as rows, back to those of the map."""
    c, s, more = math.cos(view.across), math.sin(view.across), 1 / view.stretch - 1
    return np.array([[1 + more * c * c, more * c * s], [more * c * s, 1 + more * s * s]])


@pytest.mark.slow
@pytest.mark.parametrize("spec", ODD)
def test_no_part_of_the_surface_hides_another(spec: str) -> None:
    """Each line of sight meets one place: what is farther away is higher in the picture."""
    made = world(spec)
    lift, plot = made.lift, made.map.plot
    assert lift.slack > 0 and lift.height > 0
    away = np.linspace(-1, 1, 400)[:, None]
    for part in (-1.0, -0.4, 0.0, 1.0):
        view = lift.view(part)
        turn = view.azimuth
        depth = np.array([-math.sin(turn), math.cos(turn)])
        across = np.array([math.cos(turn), math.sin(turn)])
        for beside in np.linspace(-3, 3, 13):
            # A line of sight on the floor as drawn, which is the map stretched across the view.
            flat = (beside * across + 6 * away * depth) @ unstretched(view)
            inner = plot.inner
            units = np.array([inner.width, inner.height])
            spans = np.array([plot.x.high - plot.x.low, plot.y.high - plot.y.low])
            shares = flat / units + 0.5
            weights = np.array([plot.x.low, plot.y.low]) + shares * spans
            base = lift.base(weights)
            seen = ((shares >= 0) & (shares <= 1)).all(axis=1) & (base[:, 2] <= lift.height)
            heights = view.project(base[seen])[:, 1]
            assert (np.diff(heights) > 0).all(), (part, beside)


@pytest.mark.slow
@pytest.mark.parametrize("spec", ODD)
def test_places_rise_to_their_cost(spec: str) -> None:
    """Along the axis of J the floor is at its foot and the written cost at its top."""
    lift = world(spec).lift
    costs = np.array([lift.floor, (lift.floor + lift.top) / 2, lift.top])
    assert lift.rise(costs) == pytest.approx([0, lift.height / 2, lift.height])
    start = lift.base(lift.field.start[None])[0]
    assert start[2] == pytest.approx(
        lift.rise(np.array([lift.field.objective.cost(lift.field.start)]))[0]
    )
    assert start[2] <= lift.height


def test_seen_from_above_it_is_the_map() -> None:
    """The same points, to 1e-9 units: shades and contours, goal and points."""
    made = world()
    parts = [*made.surface.shades, *made.surface.lines]
    flat = [part.points.copy() for part in parts]
    made.show(made.lift.view(0.3), 50.0, 150.0)
    moved = [part.points.copy() for part in parts]
    assert any(np.abs(one - other).max() > 0.1 for one, other in zip(flat, moved, strict=True))
    made.show(made.lift.above, 50.0, 150.0)
    for part, points in zip(parts, flat, strict=True):
        assert np.allclose(part.points, points, atol=1e-9)
    plot = made.map.plot
    assert made.batch.head.get_center() == pytest.approx(plot.at(*made.batch.way[50]), abs=1e-9)
    assert made.sgd.head.get_center() == pytest.approx(plot.at(*made.sgd.way[150]), abs=1e-9)
    assert made.goal.get_center() == pytest.approx(plot.at(2.0, 0.0), abs=1e-9)
    assert made.sgd.line.points[-1] == pytest.approx(plot.at(*made.sgd.way[150]), abs=1e-9)


@pytest.mark.parametrize("t", [0.0, 0.4, 1.0, 2.5, 77.25, 300.0])
def test_the_head_stands_on_the_surface(t: float) -> None:
    made = world()
    view, trail = made.lift.view(-0.5), made.sgd
    trail.reach(t, view)
    k = min(int(t), 299)
    theta = trail.way[k] + (t - k) * (trail.way[k + 1] - trail.way[k])
    assert trail.at(t) == pytest.approx(theta)
    expected = view.project(made.lift.base(theta[None]))[0]
    assert trail.head.get_center() == pytest.approx(expected, abs=1e-9)
    if t > 0:
        assert trail.line.points[-1] == pytest.approx(expected, abs=1e-9)


def test_the_view_keeps_lengths_that_face_it() -> None:
    """The projection compared with its definition: from above, from the front, from the right."""
    base = np.array([[1.0, 2.0, 3.0]])
    middle = np.array([0.5, -0.5, 0.0])
    assert View(0.0, math.pi / 2, 2.0, middle).project(base)[0] == pytest.approx([2.5, 3.5, 0])
    assert View(0.0, 0.0, 1.0, middle).project(base)[0] == pytest.approx([1.5, 2.5, 0])
    assert View(math.pi / 2, 0.0, 1.0, middle).project(base)[0] == pytest.approx([2.5, 2.5, 0])
    # Twice as wide in the direction of x, then of y, then of the bisector: (1, 2) has 1.5 there.
    for across, flat in ((0.0, [2, 2]), (math.pi / 2, [1, 4]), (math.pi / 4, [2.5, 3.5])):
        seen = View(0.0, math.pi / 2, 1.0, np.zeros(3), 2.0, across).project(base)[0]
        assert seen == pytest.approx([*flat, 0])


@pytest.mark.parametrize("knobs", [{"lr": 0.3}, {"lr": 1e3}, {"lr": 1e-6}, {"w0": 1e9}])
def test_what_leaves_the_block_is_not_drawn(knobs: dict[str, Any]) -> None:
    made = world(**knobs)
    for t in (0.0, 0.5, 3.0, 60.0):
        made.show(made.lift.view(1.0), min(t, 100.0), min(3 * t, 300.0))
        for trail in (made.batch, made.sgd):
            for part in trail:
                assert np.isfinite(part.points).all()
                if len(part.points):
                    assert np.abs(part.points).max() < 10


def test_a_descent_that_left_is_marked_at_the_floors_edge() -> None:
    """From above it is the mark of the flat map: at the nearest place, with both weights."""
    made = world(lr=0.3)
    plot = made.map.plot
    made.show(made.lift.above, 100.0, 300.0)
    for trail in (made.batch, made.sgd):
        w, b = trail.way[-1]
        near = plot.at(np.clip(w, plot.x.low, plot.x.high), np.clip(b, plot.y.low, plot.y.high))
        corners = trail.mark.edge.points
        assert np.hypot(*(corners - near).T[:2]).min() < 1e-6
        said = re.match(r"\(w, b\) = \((.*), (.*)\)$", trail.mark.value.text)
        assert said is not None, "a wide map has room for both weights"
        assert [value(text) for text in said.groups()] == pytest.approx([w, b], rel=0.3)
        assert not len(trail.head.points)
    made.show(made.lift.view(0.0), 0.0, 0.0)
    for trail in (made.batch, made.sgd):
        assert not len(trail.mark.edge.points) and not trail.mark.value.text


STEEP = "150,410 320,905 480,1333 610,1702"
CASES: list[tuple[dict[str, Any], str, str]] = [
    ({}, "end-floor", "valley"),
    ({"lr": 0.3}, "end-diverging-both", "valley"),
    ({"lr": 1e-6}, "end-creeping", "valley"),
    ({"w0": 2.0, "b0": 0.0}, "end-at-rest", "valley"),
    ({"epochs": 5000}, "end-both", "valley"),
    ({"epochs": 1}, "end", "valley"),
    ({"data": "noisy"}, "end", "valley"),  # SGD has gone along the floor and back
    ({"data": STEEP}, "end-swings", "valley"),
    ({"data": "0.5,1 1,2.2 100,190", "lr": 1.5e-4}, "end-diverging-sgd", "valley"),
    ({"data": "2,1 2,3"}, "end", "trough"),
    ({"data": "-1,1 1,2 0.5,3"}, "end", "bowl"),
    ({"data": "65,130 66,133 64,127 65,131"}, "end", "valley"),
]


@pytest.mark.parametrize(("knobs", "end", "shape"), CASES, ids=str)
def test_the_end_is_what_happened(knobs: dict[str, Any], end: str, shape: str) -> None:
    """Seen across the valley, from the residuals' common part: w·x̃ + b with x̃ = mean x²/mean x."""
    if "data" in knobs:
        knobs = knobs | {"data": parse_data(knobs["data"])}
    lesson = FILM.lesson(**knobs)
    captions = said(lesson)
    assert (captions["end"][0], captions["shape"][0]) == (end, shape)
    batch, sgd = FILM.traces(lesson).values()
    x, y = lesson.data.x, lesson.data.y
    hessian = 2 * np.array([[np.mean(x * x), x.mean()], [x.mean(), 1.0]])
    values, directions = np.linalg.eigh(hessian)
    goal = np.array(np.polyfit(x, y, 1)) if np.ptp(x) > 0 else None
    if goal is not None:
        across = (sgd.theta - goal) @ directions[:, 1]
        late = across[len(across) // 2 :]
        if end == "end-floor":
            assert np.abs(late).max() < 0.1 * abs(across[0])
        if end == "end-swings":
            assert np.abs(late).max() > 0.1 * abs(across[0])
            assert np.count_nonzero(np.diff(np.sign(late))) > 10
        least = float(np.mean((goal[0] * x + goal[1] - y) ** 2))
        if end == "end":
            numbers = captions["end"][1]
            shown = [value(numbers[name]) for name in ("batch", "sgd", "least")]
            costs = [float(batch.cost[-1]), float(sgd.cost[-1]), least]
            assert shown == pytest.approx(costs, rel=6e-3, abs=1e-20)
        if shape in ("valley", "bowl") and values[0] > 1e-9 * values[1]:
            number = value(captions["shape"][1]["condition"])
            assert number == pytest.approx(values[1] / values[0], rel=0.06)
            assert (number > 10) == (shape == "valley")
    if end.startswith("end-diverging") or end == "end-creeping":
        assert captions["above"][0] in ("above-large", "above-small")
        again = FILM.traces(replace(lesson, lr=value(captions["above"][1]["good"]))).values()
        assert all(trace.cost[-1] < 0.9 * trace.cost[0] for trace in again)


@pytest.mark.slow
@pytest.mark.parametrize("knobs", [{}, {"lr": 0.3}])
def test_the_film_says_them(walk: Callable[..., Any], knobs: dict[str, Any]) -> None:
    """And a cost that is not 0 is not written as 0: SGD's is 0.000509."""
    lesson = FILM.lesson(**knobs)
    scene = walk("surface", lesson, telling=Telling(lang="en"))
    expected = [scene.text(key, **numbers) for key, numbers in said(lesson).values()]
    assert [words for _, words in scene.subtitles] == expected
    if not knobs:
        assert scene.readouts.figures[2].text == "5.1×10⁻⁴"


@pytest.mark.slow
def test_the_film_ends_on_the_map_of_plane(walk: Callable[..., Any]) -> None:
    """Same window, same places, same colours; the floor's contours are those that plane has."""
    end, plane = walk("surface", FILM.lesson()), walk("plane", FILMS["plane"].lesson())
    plane.world.look(plane.field.whole, 0.0)  # as it was before the close views
    one, other = end.world.map.plot, plane.world.map.plot
    assert (one.x, one.y, one.inner) == (other.x, other.y, other.inner)
    floor = end.world.surface.floor.submobjects
    for group in ("shades", "lines", "axes", "numbers", "names"):
        family = zip(
            getattr(one, group).get_family(), getattr(other, group).get_family(), strict=True
        )
        for first, second in family:
            if not len(second.points):
                continue
            assert np.allclose(first.fill_rgbas, second.fill_rgbas)
            assert np.allclose(first.stroke_rgbas, second.stroke_rgbas)
            if first in floor:  # other corners of the same contour
                for edge in (np.min, np.max):
                    ends = edge(first.points, axis=0), edge(second.points, axis=0)
                    assert np.allclose(*ends, atol=0.01)
            else:
                assert np.allclose(first.points, second.points, atol=1e-9)
    assert one in end.mobjects and end.mobjects.index(one) == 0, "beneath the paths"
