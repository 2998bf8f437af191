"""Many steps: trails on maps and surfaces cover each of them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from gdcore.data import parse_data
from scenes import FILMS
from scenes.catalogue.theme import THEMES
from scenes.films.surface.lifted import Lift
from scenes.films.surface.lifted_trail import LiftedTrail
from scenes.stage.maps.plane_map import PlaneMap
from scenes.stage.maps.trail import RECENT, WHOLE, Trail
from scenes.stage.page.arrangement import arrangement
from scenes.stage.page.layout import layout
from scenes.stage.plots.covering import CELL, covering
from scenes.stage.plots.plot import Axis, Plot

pytestmark = pytest.mark.slow

THEME, WIDE = THEMES["dark"], layout(128 / 9, 8.0)
PLANE = FILMS["plane"]
MAP = Plot(arrangement(WIDE).hero, Axis(-2.0, 4.0, "w"), Axis(-1.5, 2.5, "b"), THEME, WIDE.scale)


def along(points: np.ndarray) -> np.ndarray:
    """Places (m, 2) close together on straight Bézier segments (4·n, 3)."""
    found = [np.zeros((0, 2))]
    for start, _, _, stop in points.reshape(-1, 4, 3)[:, :, :2]:
        count = int(np.linalg.norm(stop - start) / (CELL / 3)) + 2
        found.append(start + np.linspace(0, 1, count)[:, None] * (stop - start))
    return np.concatenate(found)


def cells(places: np.ndarray) -> np.ndarray:
    """One number for the cell of each place (n, 2)."""
    across, upward = np.floor(places / CELL).astype(np.int64).T
    return across * 100_000 + upward


def covered(places: np.ndarray, drawn: np.ndarray) -> float:
    """The share of ``places`` that have something of ``drawn`` at most two cells away."""
    found = np.unique(cells(drawn))
    around = [found + i * 100_000 + j for i in range(-2, 3) for j in range(-2, 3)]
    return float(np.isin(cells(places), np.concatenate(around)).mean())


def walk_about(steps: int, spread: float, seed: int = 3) -> np.ndarray:
    """A path that comes from afar and then wanders about (1, 0.5)."""
    rng = np.random.default_rng(seed)
    ways = rng.normal(0, spread, (steps, 2))
    start = np.linspace([-1.8, 2.2], [1, 0.5], 30)
    return np.concatenate([start, np.array([1, 0.5]) + ways])


PATHS = {
    "wandering": walk_about(900, 0.3),
    "leaving-and-crossing": walk_about(500, 3.0),
    "diverging": np.array([[1, 0.5]])
    + np.array([[(-1.3) ** k, 0.4 * (-1.3) ** k] for k in range(30)]),
}


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_a_trail_covers_each_step_that_the_map_shows(path: np.ndarray) -> None:
    """By brute force: places along all steps, also of those that cross from outside to outside."""
    made = Trail(MAP, path, THEME.path, 0.1)
    made.reach(len(path) - 1)
    drawn = np.concatenate([along(made.old.points), along(made.line.points)])
    shares = np.linspace(0, 1, 60)[:, None]
    every = np.concatenate([a + shares * (b - a) for a, b in pairwise(path)])
    low, high = np.array([MAP.x.low, MAP.y.low]), np.array([MAP.x.high, MAP.y.high])
    seen = every[((every >= low) & (every <= high)).all(axis=1)]
    assert covered(MAP.map(*seen.T)[:, :2], drawn) == 1
    spans = [float(np.abs(b - a).max()) for a, b in pairwise(path)]
    finer = [np.linspace(0, 1, int(400 * span) + 2)[:, None] for span in spans]
    truth = np.concatenate(
        [a + f * (b - a) for f, (a, b) in zip(finer, pairwise(path), strict=True)]
    )
    truth = truth[((truth >= low) & (truth <= high)).all(axis=1)]
    assert covered(drawn, MAP.map(*truth.T)[:, :2]) == 1, "nothing else is drawn"


def test_of_a_tangle_only_the_last_steps_are_in_full() -> None:
    path = walk_about(900, 0.3)
    made = Trail(MAP, path, THEME.path, 0.1)
    for k in (RECENT + 50, 700):
        made.reach(k)
        corners = made.line.points[::4]
        assert len(corners) == RECENT
        assert corners[0] == pytest.approx(MAP.at(*path[k - RECENT]))
        assert len(made.beads.points) // len(made.head.points) == RECENT + 1
    assert made.old.get_stroke_opacity() < 1 == made.line.get_stroke_opacity()
    short = Trail(MAP, path[:WHOLE], THEME.path, 0.1)
    short.reach(WHOLE - 1)
    assert not len(short.old.points) and short.line.points[0] == pytest.approx(MAP.at(*path[0]))


def test_a_hundred_thousand_updates_need_few_points() -> None:
    made = Trail(MAP, walk_about(100_000, 0.2), THEME.path, 0.1)
    made.reach(100_000)
    assert len(made.old.points) / 4 < 10_000 and len(made.line.points) / 4 <= RECENT + 1


def test_covering_loses_no_cell() -> None:
    rng = np.random.default_rng(5)
    starts = rng.uniform(-0.3, 0.3, (4000, 3)) * [1, 1, 0.02]
    stops = starts + rng.normal(0, 0.03, starts.shape)
    kept = covering(starts, stops)
    assert (np.diff(kept) > 0).all() and len(kept) < len(starts)

    def reach(first: np.ndarray, last: np.ndarray) -> set[tuple[int, ...]]:
        shares = np.linspace(0, 1, 12)[:, None, None]
        places = (first + shares * (last - first)).reshape(-1, 3)
        return set(map(tuple, np.floor(places / CELL).astype(int).tolist()))

    reached = np.array(sorted(reach(starts[kept], stops[kept])))
    known = set(map(tuple, reached.tolist()))
    lost = [c for c in reach(starts, stops) if c not in known]
    assert all(np.abs(reached - c).max(axis=1).min() <= 1 for c in lost)
    assert len(lost) < 0.2 * len(known)


def test_the_surface_shows_every_update() -> None:
    """Of 3000 updates it once drew 1500 and a straight line between them."""
    lesson = PLANE.lesson(data=parse_data("noisy"), epochs=1000, lr=0.09)
    batch, sgd = PLANE.traces(lesson).values()
    field = PlaneMap([batch, sgd], arrangement(WIDE).hero, THEME, WIDE.scale)
    lift = Lift(field, [batch, sgd], arrangement(WIDE).hero)
    made = LiftedTrail(lift, sgd, THEME.loss, 0.1, 2.5, 0.4)
    made.reach(sgd.updates, lift.above)
    drawn = np.concatenate([along(made.old.points), along(made.line.points)])
    below = lift.base(np.array(sgd.theta))[:, 2] < 0.98 * lift.height
    whole = below[:-1] & below[1:]
    middle = (sgd.theta[:-1] + sgd.theta[1:])[whole] / 2
    assert len(middle) > 2000
    assert covered(field.plot.map(*middle.T)[:, :2], drawn) == 1
    assert made.at(1234.5) == pytest.approx((sgd.theta[1234] + sgd.theta[1235]) / 2)
