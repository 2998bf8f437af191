"""Film `surface`: its slices, its faces and its floor."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from gdcore.data import parse_data
from scenes.films.surface.parabolas import SlicePlot
from scenes.films.surface.slices import Slices
from scenes.locales import texts
from scenes.stage.maps.plane_world import regions
from scenes.stage.page.motion import visibility
from tests.scenes.films.surface_worlds import FILM, ODD, THEME, WIDE, world

FLATTEN = sum(section.seconds for section in FILM.sections[:-1])  # when the last section begins

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("spec", ODD)
def test_the_slices_are_parabolas_in_the_ratio_of_the_curvatures(spec: str) -> None:
    """From what is drawn: second differences of the curves in the plot, against the Hessian's."""
    made = world(spec)
    slices = Slices(made.lift, (THEME.ink, THEME.ink))
    places = regions(WIDE)
    facts = FILM.captions.facts(FILM.lesson(data=parse_data(spec)))
    both = SlicePlot(slices, texts("en"), facts.curvature_texts, places)
    slices.draw(made.lift.view(0.0), (1.0, 1.0), both.plot, 1.0)
    inner, x, y = both.plot.inner, both.plot.x, both.plot.y
    found = []
    for part in slices:
        u, v = part.points[::4, :2].T
        d = x.low + (u - inner.left) * (x.high - x.low) / inner.width
        costs = y.low + (v - inner.bottom) * (y.high - y.low) / inner.height
        found.append(2 * np.polyfit(d / np.abs(d).max(), costs, 2)[0] / np.abs(d).max() ** 2)
    data = parse_data(spec)
    hessian = 2 * np.array([[np.mean(data.x**2), data.x.mean()], [data.x.mean(), 1.0]])
    steep = float(np.linalg.eigvalsh(hessian)[1])
    flat = float(np.linalg.det(hessian)) / steep if np.ptp(data.x) > 0 else 0.0
    assert found[0] == pytest.approx(steep, rel=1e-4)
    assert found[1] == pytest.approx(flat, rel=1e-3, abs=1e-9 * steep)
    if spec == "lecture":
        assert found[0] / found[1] == pytest.approx(46.1, abs=0.05)
        assert facts.curvature_texts == ("11.1", "0.24", "46")


@pytest.mark.parametrize("spec", ["lecture", "noisy", "2,1 2,3", "-3,5 -1,2.2 -2,3.9"])
def test_slices_lie_on_the_surface_and_cross_at_the_minimum(spec: str) -> None:
    made = world(spec)
    lift = made.lift
    slices = Slices(lift, (THEME.ink, THEME.ink))
    slices.draw(lift.view(0.3), (1.0, 1.0), None, 0.0)
    for part, weights in zip(slices, slices.weights, strict=True):
        costs = lift.field.objective.costs(weights)
        assert (costs <= lift.top * (1 + 1e-6)).all()
        expected = lift.view(0.3).project(lift.base(weights))
        assert part.points[0] == pytest.approx(expected[0], abs=1e-9)
        assert part.points[-1] == pytest.approx(expected[-1], abs=1e-9)
        away = np.abs(weights - lift.field.target).max(axis=1)
        assert away.min() <= 0.02 * away.max()
    assert abs(slices.ways[0] @ slices.ways[1]) < 1e-12


@pytest.mark.parametrize("spec", ODD)
def test_faces_cover_the_surface_once(spec: str) -> None:
    """Their corners are at their heights; seen from above their areas add up to the whole."""
    made = world(spec)
    lift, faces = made.lift, made.surface.faces
    total = 0.0
    for _, base in faces.bases:
        weights = lift.plot.weights(base[::4] + lift.middle)
        assert np.abs(base[::4, 2] - lift.base(weights)[:, 2]).max() < 1e-6 * lift.height
        assert base[:, 2].max() <= lift.height * (1 + 1e-6)
        total += area(base)
    assert total == pytest.approx(area(lift.plot.area(lift.top)), rel=1e-6)


def area(points: np.ndarray) -> float:
    """Of closed polygons as straight Bézier curves, seen from above."""
    starts, stops = points[::4, :2], points[3::4, :2]
    return abs(float(np.sum(starts[:, 0] * stops[:, 1] - stops[:, 0] * starts[:, 1]))) / 2


def test_the_floor_ends_where_the_stage_does() -> None:
    made = world()
    stage = made.stage
    for part in (-1.0, 0.2, 1.0):
        made.show(made.lift.view(part), 10.0, 30.0)
        shown = [*made.surface.floor, made.surface.beyond]
        points = np.concatenate([each.points for each in shown])
        low, high = points.min(axis=0), points.max(axis=0)
        assert (low[:2] >= [stage.left - 1e-9, stage.bottom - 1e-9]).all()
        assert (high[:2] <= [stage.right + 1e-9, stage.top + 1e-9]).all()
        assert high[1] - low[1] == pytest.approx(stage.height, abs=1e-6)
        assert high[0] - low[0] > 0.95 * stage.width


@pytest.mark.parametrize("spec", ODD)
def test_the_axis_of_the_cost_ends_at_the_rim(spec: str) -> None:
    """Beneath it is the floor; in the picture no place of the surface is below its tip."""
    made = world(spec)
    lift = made.lift
    foot, tip = lift.axis
    cost = float(lift.field.objective.costs(lift.plot.weights((foot + lift.middle)[None]))[0])
    spread = lift.top - lift.floor
    assert foot[2] == 0 and cost == pytest.approx(lift.top, abs=0.03 * spread)
    assert tip == pytest.approx([*foot[:2], lift.height])
    edge = lift.base(lift.plot.weights(lift.plot.area(lift.top)[::4]))
    for part in (-1.0, -0.3, 0.3, 1.0):
        view = lift.view(part, made.room_in(made.whole))
        made.show(view, 0.0, 0.0, stage=made.whole)
        x, y = view.project(tip[None])[0, :2]
        seen = view.project(edge)
        below = seen[(np.abs(seen[:, 0] - x) < 0.05) & (seen[:, 1] < y - 0.25)]
        assert not len(below), part
        assert made.axes.lines.points[-1] == pytest.approx(view.project(tip[None])[0])


def test_w_and_b_point_where_they_grow_and_keep_clear() -> None:
    """Their directions are those of the picture; no name touches another one or the surface."""
    made = world()
    lift = made.lift
    for part in np.linspace(-1, 1, 9):
        view = lift.view(float(part), made.room_in(made.whole))
        made.show(view, 0.0, 0.0, stage=made.whole)
        lines = made.axes.lines.points.reshape(-1, 4, 3)
        here = np.array([[1.0, 1.0], [2.0, 1.0], [1.0, 2.0]])
        base = lift.base(here) * [1, 1, 0]
        seen = view.project(base)
        for line, way in zip(lines[:2], seen[1:] - seen[0], strict=True):
            drawn = line[3] - line[0]
            cosine = drawn @ way / np.linalg.norm(drawn) / np.linalg.norm(way)
            assert cosine == pytest.approx(1, abs=1e-9)
        boxes = [name.box for name in made.axes.names]
        assert not any(one.meets(other) for one, other in combinations(boxes, 2))
        skin = np.concatenate([view.project(each) for _, each in made.surface.faces.bases])
        for box in boxes:
            (x, y), stage = skin[:, :2].T, made.whole
            assert not ((x > box.left) & (x < box.right) & (y > box.bottom) & (y < box.top)).any()
            assert stage.left <= box.left and box.right <= stage.right
            assert stage.bottom <= box.bottom and box.top <= stage.top


def test_the_surface_is_large() -> None:
    """In a wide frame it fills the room in height, and a quarter of the stage in width."""
    made = world()
    for part in np.linspace(-1, 1, 9):
        view = made.lift.view(float(part), made.room_in(made.whole))
        skin = np.concatenate([view.project(each) for _, each in made.surface.faces.bases])
        width, height = np.ptp(skin[:, :2], axis=0)
        assert height > 0.85 * made.room_in(made.whole).height
        assert width > 0.26 * made.whole.width


def test_the_cuts_fade_and_do_not_fly_back(watch: Callable[..., Any]) -> None:
    """Whenever they are seen after they were parabolas, they lie on the surface."""
    seen: list[bool] = []

    def look(scene: Any, seconds: float) -> None:
        if seconds < FLATTEN or visibility(scene.pair[0]) < 0.05 or scene.state.flown == 1:
            return
        view = scene.view(scene.state)
        for part, weights in zip(scene.pair, scene.pair.weights, strict=True):
            ends = view.project(scene.world.lift.base(weights[[0, -1]]))
            assert part.points[[0, -1]] == pytest.approx(ends, abs=1e-9)
        seen.append(True)

    watch("surface", FILM.lesson(), look)
    assert seen
