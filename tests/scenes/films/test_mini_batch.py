"""The film mini-batch: sizes with one budget; points, charts and spreads from the traces."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from gdcore.data import NOISY, parse_data
from gdcore.theory import stationary_spread
from scenes import FILMS, Lesson, Telling
from scenes.films.mini_batch.facts import NEAR
from scenes.films.mini_batch.plan import sizes, some_of
from tests.claims.shown import value

ENGLISH = Telling(lang="en")
FILM = FILMS["mini-batch"]
said = FILM.captions.said
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
def test_points_stand_where_the_traces_say(scene: Any, spent: float) -> None:
    """An update is made when its gradients are computed, not before."""
    scene.show(spent)
    for each, readout in zip(scene.spenders, scene.readouts, strict=True):
        k = int(np.searchsorted(each.spent, spent + 1e-9, side="right")) - 1
        t = each.update_at(spent)
        assert k <= t < k + 1 or t == each.trace.updates == k
        w = np.interp(t, np.arange(each.trace.updates + 1), each.trace.w)
        assert each.w == pytest.approx(w)
        if scene.hill.plot.x.low <= w <= scene.hill.plot.x.high:
            expected = scene.hill.plot.at(w, each.trace.objective.cost(np.array([w])))
            assert np.abs(each.walker.point.get_center() - expected).max() < PIXEL / 2
        assert readout.figures[0].text == str(k)
    scene.show(scene.whole)


@pytest.mark.parametrize("aspect", ["16:9", "4:3", "1:1", "9:16"])
def test_of_the_points_that_left_the_farthest_has_a_value(
    walk: Callable[..., Any], aspect: str
) -> None:
    scene = walk("mini-batch", FILM.lesson(lr=0.3), aspect, telling=ENGLISH)
    one = scene.spenders[0]
    k = int(np.argmax(np.abs(one.trace.w)))
    scene.show(float(one.spent[k]))
    assert not scene.hill.plot.contains(one.trace.w[k], scene.hill.plot.y.low)
    texts = [each.walker.value.text for each in scene.spenders]
    assert texts[0].startswith(("w = ", "w ≈ ")) and texts[1:] == ["", ""]
    assert ("−" in texts[0][4]) == (one.trace.w[k] < 0)


def test_the_lanes_show_what_was_visited(scene: Any) -> None:
    """Theory's band is ±σ around w*; the bars count the second half; the width is measured."""
    plot = scene.hill.plot
    for each, lane in zip(scene.spenders, scene.lanes, strict=True):
        objective, late = each.walk.objective, each.trace.w[len(each.trace.w) // 2 :]
        std = 0.0
        if each.size < 36:
            std = stationary_spread(objective, scene.lesson.lr, each.size).std
            ends = float(objective.minimiser()[0]) + std * np.array([-1, 1])
            assert lane.band.get_left()[0] == pytest.approx(plot.at(ends[0], plot.y.low)[0])
            assert lane.band.get_right()[0] == pytest.approx(plot.at(ends[1], plot.y.low)[0])
            assert late.std() == pytest.approx(std, rel=0.2)
        counts, _ = np.histogram(late, 61, (plot.x.low, plot.x.high))
        bars = lane.bars.points.reshape(-1, 16, 3)
        heights = np.ptp(bars[:, :, 1], axis=1) / (0.94 * lane.box.height)
        assert heights == pytest.approx(counts[counts > 0] / counts.max())
        places = np.ptp(lane.width_bar.points[:4, 0]) / plot.inner.width
        assert places == pytest.approx(2 * late.std() / (plot.x.high - plot.x.low), rel=1e-6)


def test_the_notes_are_exact_and_measured(scene: Any) -> None:
    for each, exact, measured in zip(scene.spenders, scene.exact, scene.measured, strict=True):
        std = stationary_spread(each.walk.objective, scene.lesson.lr, each.size).std
        assert exact.text == ("σ = 0" if each.size == 36 else f"σ = {std:.3g}")
        assert measured.text == f"measured {each.trace.w[len(each.trace.w) // 2 :].std():.3g}"


def test_the_caption_tells_who_was_near_first(scene: Any) -> None:
    numbers = []
    for each in scene.spenders:
        away = np.abs(each.trace.w - each.walk.objective.minimiser())
        first = int(np.argmax(away <= NEAR * away[0]))
        numbers.append(str(int(each.trace.sample_gradients[first])))
    captions = [words for _, words in scene.subtitles]
    assert any(f"after {', '.join(numbers)} gradients" in words for words in captions)
    assert "sooner" in captions[-1] and "keep closer" in captions[-1]


def distances(trace: Any) -> np.ndarray:
    """|w − w*| after each update, w* from the normal equation."""
    x, y = trace.objective.data.x, trace.objective.data.y
    return np.abs(trace.w - float(x @ y) / float(x @ x))


def left(traces: Iterable[Any]) -> list[float]:
    """The share of the way that each descent leaves; of none there is nothing left."""
    return [distances(t)[-1] / distances(t)[0] for t in traces if distances(t)[0]]


def run_of(lesson: Lesson) -> tuple[list[float], list[float], list[float]]:
    """For each size: gradients until 10 % of the way is left; late distance; late deviation."""
    found = []
    for trace in FILM.traces(lesson).values():
        away = distances(trace)
        near = [k for k, each in enumerate(away) if each <= 0.1 * away[0]]
        late = slice(len(away) // 2, None)
        first = float(trace.sample_gradients[near[0]]) if near else np.inf
        with np.errstate(over="ignore", invalid="ignore"):
            found.append((first, np.sqrt(np.mean(away[late] ** 2)), np.std(trace.w[late])))
    first, distance, deviation = zip(*found, strict=True)
    return list(first), list(distance), list(deviation)


RESULTS: list[tuple[dict[str, Any], str]] = [
    ({}, "result-both"),
    ({"data": parse_data("lecture")}, "result-sooner"),
    ({"data": parse_data("lecture"), "w0": 2.0}, "result-at-rest"),
    ({"data": parse_data("2,3")}, "result-one"),
    ({"data": parse_data("2,3"), "lr": 1e-6}, "result-creeping"),
    ({"data": parse_data("2,3"), "lr": 0.3}, "result-diverging"),
    ({"data": NOISY, "order": "in-order"}, "result-quieter"),
    ({"data": NOISY, "w0": 142 / 70}, "result-quieter"),  # noise at the start is no divergence
    ({"lr": 0.3}, "result-unbounded"),
    ({"lr": 5.0}, "result-diverging"),
    ({"lr": 5.0, "order": "shuffled"}, "result-diverging"),
    ({"lr": 1e-5}, "result-creeping"),
    ({"order": "shuffled", "batch_size": 12}, "result-both"),
    ({"data": parse_data("65,130 66,133 64,127 65,131")}, "result-both"),
    ({"data": parse_data("1e9,1 2e9,2.5 3e9,3.3"), "lr": 1e-17}, "result-diverging"),
    ({"data": parse_data("1e-9,0.1 2e-9,0.3 1e-9,0.1 5e-9,0.2"), "epochs": 1}, "result-quieter"),
]


@pytest.mark.parametrize(("knobs", "expected"), RESULTS, ids=str)
def test_the_conclusion_is_what_the_runs_did(knobs: dict[str, Any], expected: str) -> None:
    lesson = FILM.lesson(**knobs)
    key, numbers = said(lesson)["result"]
    assert key == expected
    traces = list(FILM.traces(lesson).values())
    first, distance, deviation = run_of(lesson)
    ends = left(traces)

    def ordered(values: list[float], way: int) -> bool:
        return all(way * (b - a) > 0 for a, b in pairwise(values))

    if key in ("result-both", "result-sooner"):
        assert ordered(first, 1) and np.isfinite(first[0])
    if key == "result-both":
        assert ordered(distance, -1)
    if key == "result-quieter":
        assert ordered(deviation, -1)
    if key == "result-creeping":
        assert min(ends) > 0.5
    if key == "result-diverging":
        wild = [t for t in traces if t.diverged_at or distances(t)[-1] > 4 * distances(t)[0]]
        sizes = [lesson.data.n if t.order == "batch" else t.batch_size for t in wild]
        assert numbers["sizes"] == sizes
    if key == "result-unbounded":
        c = 2 * lesson.data.x**2  # E[(1 − α·c)²] of a batch's mean curvature
        squares = {m: (1 - lesson.lr * c.mean()) ** 2 + lesson.lr**2 * c.var() / m for m in (1, 6)}
        assert numbers["sizes"] == [m for m, square in squares.items() if square >= 1] == [1, 6]
    if key == "result-at-rest":
        assert all(np.all(trace.w == lesson.w0) for trace in traces)
    if "good" in numbers and numbers["good"] and key != "budget":
        better = FILM.traces(FILM.lesson(**{**knobs, "lr": value(numbers["good"])})).values()
        assert max(left(better)) < 2 and min(left(better)) < 0.5


@pytest.mark.parametrize(
    ("knobs", "expected"),
    [
        ({}, {"update-after": "update-after", "arrived": "arrived", "closer": "closer"}),
        ({"batch_size": 7}, {"update-after": "update-after-most", "closer": "closer-unknown"}),
        ({"lr": 0.3}, {"arrived": "arrived-some", "closer": "closer-none"}),
        ({"lr": 1e-5}, {"arrived": "arrived-none", "closer": "closer"}),
        ({"lr": 1e30}, {"epoch": "epoch-first", "arrived": "arrived-none"}),
        ({"data": parse_data("0.1,0.3 0.7,2.1 0.9,2.7 1.3,3.9")}, {"closer": "closer-exact"}),
        ({"data": NOISY, "w0": 142 / 70}, {"arrived": "arrived-at-rest"}),
    ],
    ids=str,
)
def test_what_is_said_on_the_way(knobs: dict[str, Any], expected: dict[str, str]) -> None:
    lesson = FILM.lesson(**knobs)
    captions = said(lesson)
    assert {beat: captions[beat][0] for beat in expected} == expected
    key, numbers = captions["arrived"]
    if key != "arrived-at-rest":
        first = run_of(lesson)[0]
        assert numbers["arrivals"] == [f"{k:.0f}" if np.isfinite(k) else "–" for k in first]


@pytest.mark.parametrize("knobs", [{}, {"lr": 0.3}, {"lr": 1e30}, {"data": parse_data("2,3")}])
def test_the_film_says_them(walk: Callable[..., Any], knobs: dict[str, Any]) -> None:
    lesson = FILM.lesson(**knobs)
    scene = walk("mini-batch", lesson, telling=ENGLISH)
    expected = []
    for key, numbers in said(lesson).values():
        lists = {name: ", ".join(map(str, v)) for name, v in numbers.items() if type(v) is list}
        expected.append(scene.text(key, **{**numbers, **lists}))
    assert [words for _, words in scene.subtitles] == expected


@pytest.mark.parametrize("order", ["shuffled", "in-order"])
def test_theory_is_shown_only_where_it_holds(walk: Callable[..., Any], order: str) -> None:
    scene = walk("mini-batch", FILM.lesson(order=order), telling=ENGLISH)
    known = [each.walk.is_known for each in scene.spenders]
    assert known == [False, False, True]
    for each in scene.spenders[:2]:
        k = scene.spenders.index(each)
        assert not scene.exact[k].text and not len(scene.lanes[k].band.points)


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
