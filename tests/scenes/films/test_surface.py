"""Film `surface`: nothing is hidden, everything is at its height, and it ends as the map."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gdcore.data import parse_data
from scenes import FILMS
from scenes.catalogue.theme import THEMES
from scenes.films.surface.lifted import View
from scenes.films.surface.lifted_world import LiftedWorld
from scenes.stage.maps.plane_verdict import surface_verdict
from scenes.stage.page.layout import layout

THEME, WIDE = THEMES["dark"], layout(128 / 9, 8.0)
FILM = FILMS["surface"]
ODD = [
    "lecture",
    "noisy",
    "2,3",
    "2,1 2,3",
    "random:n=500",
    "150,410 320,905 480,1333 610,1702",
    "-3,5 -1,2.2 -2,3.9",
    "0,3 0,4",
    "1e-12,2e-12 2e-12,4e-12 3e-12,6e-12",
]


def world(spec: str = "lecture", **knobs: Any) -> LiftedWorld:
    """The film's world: what it turns."""
    traces = FILM.traces(FILM.lesson(data=parse_data(spec), **knobs))
    return LiftedWorld(traces, WIDE, THEME)


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
            flat = beside * across + 6 * away * depth
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
    flat = [part.points.copy() for part in made.surface.parts]
    made.show(made.lift.view(0.3), 50.0, 150.0)
    moved = [part.points.copy() for part in made.surface.parts]
    assert any(np.abs(one - other).max() > 0.1 for one, other in zip(flat, moved, strict=True))
    made.show(made.lift.above, 50.0, 150.0)
    for part, points in zip(made.surface.parts, flat, strict=True):
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


@pytest.mark.parametrize(
    ("knobs", "end"),
    [
        ({}, "end"),
        ({"lr": 0.3}, "end-diverging"),
        ({"lr": 1e-6}, "end-creeping"),
        ({"w0": 2.0, "b0": 0.0}, "end-at-rest"),
        ({"epochs": 5000}, "end-both"),
    ],
)
def test_the_end_is_what_happened(knobs: dict[str, Any], end: str) -> None:
    assert surface_verdict(*FILM.traces(FILM.lesson(**knobs)).values())[0] == end


@pytest.mark.slow
def test_the_film_ends_on_the_map_of_plane(walk: Callable[..., Any]) -> None:
    """Same window, same places, same colours."""
    end, plane = walk("surface", FILM.lesson()), walk("plane", FILMS["plane"].lesson())
    one, other = end.world.map.plot, plane.world.map.plot
    assert (one.x, one.y, one.inner) == (other.x, other.y, other.inner)
    for first, second in zip(one.get_family(), other.get_family(), strict=True):
        if len(first.points) and first is not one.grid:
            assert np.allclose(first.points, second.points, atol=1e-9)
            assert np.allclose(first.fill_rgbas, second.fill_rgbas)
            assert np.allclose(first.stroke_rgbas, second.stroke_rgbas)
