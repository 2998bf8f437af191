"""The film mini-batch: its rows of samples, its bars, and the band that counts as arrived."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gdcore.data import parse_data
from scenes import FILMS
from scenes.films.mini_batch.facts import NEAR
from scenes.stage.plots.shapes import discs

FILM = FILMS["mini-batch"]
DISC = len(discs(np.zeros((1, 3)), 1.0))


@pytest.fixture(scope="module")
def scene(walk: Callable[..., Any]) -> Any:
    return walk("mini-batch", FILM.lesson())


def dots(dot: Any) -> list[float]:
    """The middles of the discs of one mobject, from left to right."""
    if not len(dot.points):
        return []
    discs_drawn = dot.points.reshape(-1, DISC, 3)[:, :, 0]
    return sorted(((discs_drawn.min(axis=1) + discs_drawn.max(axis=1)) / 2).tolist())


@pytest.mark.parametrize("knobs", [{}, {"batch_size": 7}, {"data": parse_data("2,3")}], ids=str)
@pytest.mark.parametrize("spent", [0, 5, 18, 36])
def test_a_sample_takes_the_colour_when_its_gradient_is_computed(
    walk: Callable[..., Any], knobs: dict[str, Any], spent: int
) -> None:
    """Grey before; full until the update of its batch is made, pale after it."""
    scene = walk("mini-batch", FILM.lesson(**knobs))
    scene.show(float(spent))
    for each in scene.spenders:
        belt, trace = each.belt, each.trace
        read = min(spent, int(trace.sample_gradients[-1]))
        made = max(int(k) for k in trace.sample_gradients if k <= read)
        left = [dots(dot) for dot in (belt.done, belt.held, belt.waiting)]
        middles = [place for part in left for place in part]
        assert middles == sorted(middles)
        assert np.diff(middles) == pytest.approx(belt.pitch)
        if spent <= trace.objective.n:  # the row stands still, from its first sample on
            assert [len(part) for part in left[:2]] == [made, read - made]
            assert middles[0] == pytest.approx(belt.box.left + belt.pitch / 2)
            gate = belt.box.left + spent * belt.pitch
            assert belt.gate.get_center()[0] == pytest.approx(gate)
        assert belt.held.get_color() == belt.done.get_color() == each.walker.point.get_color()
        assert belt.waiting.get_color().to_hex().lower() == scene.theme.muted


def test_a_long_epoch_passes_by_the_gate(walk: Callable[..., Any]) -> None:
    """More samples than there is room for: the one that is read next is at the belt's middle."""
    scene = walk("mini-batch", FILM.lesson(data=parse_data("random:n=200")))
    scene.show(150.0)
    for each in scene.spenders:
        belt = each.belt
        middle = float(belt.box.center[0])
        assert belt.gate.get_center()[0] == pytest.approx(middle)
        assert dots(belt.waiting)[0] == pytest.approx(middle + belt.pitch / 2)
        held, seen = len(dots(belt.held)), len(dots(belt.held)) + len(dots(belt.done))
        assert held == min(150 % each.size, seen) and seen > 5


@pytest.mark.parametrize("spent", [0.0, 3.0, 14.5])
def test_a_bracket_holds_the_samples_of_one_update(scene: Any, spent: float) -> None:
    """Its ends are where the trace's batches begin and end."""
    scene.show(spent)
    for each in scene.spenders:
        belt = each.belt
        lines = belt.frames.points.reshape(-1, 4, 3)
        upright = lines[lines[:, 0, 0] == lines[:, 3, 0]][:, 0, 0]
        gap = 0.1 * belt.pitch
        borders = belt.box.left + each.spent * belt.pitch
        edges = np.concatenate([borders[:-1] + gap, borders[1:] - gap])
        edges = edges[(edges >= belt.box.left) & (edges <= belt.box.right)]
        assert np.allclose(np.sort(upright), np.sort(edges))
        assert len(upright)


def test_the_band_is_a_tenth_of_the_way(scene: Any) -> None:
    """The arrivals that are written refer to it: by its edges, as they were drawn then."""
    plot = scene.hill.plot
    scene.hill.lay(scene.regions.hill, scene._span(scene.half), scene.tall[0])
    goal = float(scene.facts.objective.minimiser()[0])
    reach = NEAR * abs(scene.lesson.w0 - goal)
    for side, edge in ((-1, scene.near.shade.get_left()), (1, scene.near.shade.get_right())):
        assert edge[0] == pytest.approx(plot.at(goal + side * reach, 0.0)[0])
    for each, arrival in zip(scene.spenders, scene.facts.arrivals, strict=True):
        for spent, inside in ((arrival, True), (arrival - each.size, False)):
            scene.stand(spent)
            at = each.walker.point.get_center()[0]
            left, right = scene.near.shade.get_left()[0], scene.near.shade.get_right()[0]
            assert bool(left <= at <= right) is inside
    scene._zoom(1.0)
    scene.show(scene.whole)


def test_the_bars_are_the_budget_and_its_arrivals(scene: Any) -> None:
    scene.stand(scene.whole / 4)
    arrivals = scene.facts.arrivals
    for each, arrival in zip(scene.spenders, arrivals, strict=True):
        assert each.belt.bar.width == pytest.approx(each.belt.box.width / 4)
        x = each.belt.box.left + each.belt.box.width * arrival / scene.whole
        assert each.belt.tick.get_center()[0] == pytest.approx(x)
    scene.show(scene.whole)
