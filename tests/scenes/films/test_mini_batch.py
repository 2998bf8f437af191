"""The film mini-batch: sizes with one budget; points, charts and spreads from the traces."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gdcore.data import NOISY, parse_data
from gdcore.theory import stationary_spread
from scenes import FILMS, Telling
from scenes.films.mini_batch.plan import sizes, some_of
from scenes.films.mini_batch.size_verdict import NEAR

ENGLISH = Telling(lang="en")
FILM = FILMS["mini-batch"]
PIXEL = 8 / 1080


@pytest.fixture(scope="module")
def scene(walk: Callable[..., Any]) -> Any:
    return walk("mini-batch", FILM.lesson(), telling=ENGLISH)


def test_all_sizes_spend_the_same_budget(scene: Any) -> None:
    assert [each.size for each in scene.spenders] == [1, 6, 36]
    spent = [int(each.trace.sample_gradients[-1]) for each in scene.spenders]
    assert set(spent) == {scene.lesson.epochs * scene.lesson.data.n}
    traces = FILM.traces(scene.lesson).values()
    for each, trace in zip(scene.spenders, traces, strict=True):
        assert each.trace == trace and np.array_equal(each.trace.w, trace.w)


@pytest.mark.parametrize("spent", [0.0, 5.0, 36.0, 40.3, 700.0, 1e9])
def test_points_and_curves_stand_where_the_traces_say(scene: Any, spent: float) -> None:
    """An update is made when its gradients are computed, not before."""
    scene.show(spent)
    for each in scene.spenders:
        k = int(np.searchsorted(each.spent, spent + 1e-9, side="right")) - 1
        t = each.update_at(spent)
        assert k <= t < k + 1 or t == each.trace.updates == k
        w = np.interp(t, np.arange(each.trace.updates + 1), each.trace.w)
        expected = each.plot.at(w, each.trace.objective.cost(np.array([w])))
        assert np.abs(each.walker.point.get_center() - expected).max() < PIXEL / 2
        assert each.readouts.figures[1].text == str(k)
        drawn = each.series.line.points[3::4]
        inside = each.spent[1 : k + 1] <= each.chart.x.high
        corners = each.chart.map(each.spent[1 : k + 1][inside], each.trace.cost[1 : k + 1][inside])
        assert np.allclose(drawn[: len(corners)], corners, atol=PIXEL / 2)
    scene.show(scene.whole)


def test_the_numbers_under_the_lanes_are_exact_and_measured(scene: Any) -> None:
    for each in scene.spenders:
        exact, measured = (note.text for note in each.lane.notes)
        objective = each.walk.objective
        std = stationary_spread(objective, scene.lesson.lr, each.size).std
        assert exact == ("σ = 0" if each.size == 36 else f"σ = {std:.3g}")
        late = each.trace.w[len(each.trace.w) // 2 :]
        assert measured == f"measured {late.std():.3g}"
        if each.size < 36:
            assert late.std() == pytest.approx(std, rel=0.2)


def test_the_caption_tells_who_was_near_first(scene: Any) -> None:
    numbers = []
    for each in scene.spenders:
        away = np.abs(each.trace.w - each.walk.objective.minimiser())
        first = int(np.argmax(away <= NEAR * away[0]))
        numbers.append(str(int(each.trace.sample_gradients[first])))
    captions = [words for _, words in scene.subtitles]
    assert any(f"after {', '.join(numbers)} gradients" in words for words in captions)
    assert "sooner" in captions[-1] and "keep closer" in captions[-1]


@pytest.mark.parametrize(
    ("knobs", "last"),
    [
        ({"data": parse_data("lecture")}, "sooner"),
        ({"data": parse_data("2,3")}, "a single batch size"),
        ({"data": NOISY, "order": "in-order"}, "quieter w is"),
        ({"lr": 0.3}, "too large for batch size 1:"),
        ({"lr": 5.0}, "too large for batch size 1, 6, 36:"),
        ({"batch_size": 36}, "come near w* sooner"),
        ({"order": "shuffled", "batch_size": 12}, "keep closer"),
    ],
)
def test_conclusions_hold(walk: Callable[..., Any], knobs: dict[str, Any], last: str) -> None:
    scene = walk("mini-batch", FILM.lesson(**knobs), telling=ENGLISH)
    assert last.lower() in scene.subtitles[-1][1].lower()


@pytest.mark.parametrize("order", ["shuffled", "in-order"])
def test_theory_is_shown_only_where_it_holds(walk: Callable[..., Any], order: str) -> None:
    scene = walk("mini-batch", FILM.lesson(order=order), telling=ENGLISH)
    known = [each.walk.is_known for each in scene.spenders]
    assert known == [False, False, True]
    for each in scene.spenders[:2]:
        assert each.walk.shown_band is None and not each.lane.notes[0].text
        assert not len(each.lane.cloud.edges.points)


@pytest.mark.parametrize(
    ("n", "some"), [(1, 1), (2, 1), (3, 2), (4, 2), (36, 6), (30, 5), (500, 20), (37, 6)]
)
def test_the_size_between(n: int, some: int) -> None:
    assert some_of(n) == some
    found = sizes(FILM.lesson(data=parse_data(f"random:n={n}")))
    assert found == tuple(sorted({1, some, n}))


def test_the_own_data_leave_room_for_many_epochs() -> None:
    lesson = FILM.lesson(epochs=10_000)
    assert lesson.data.n == 9 and FILM.lesson().data.n == 36
