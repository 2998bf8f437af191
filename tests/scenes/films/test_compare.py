"""The film `compare`: its counts, curves and conclusions compared with the traces."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gdcore.data import LECTURE, NOISY, Dataset, parse_data
from gdcore.least_squares import LeastSquares
from scenes import FILMS, Lesson, Telling
from scenes.films.compare.captions import AXES
from scenes.films.compare.finish import Finish, finish, tolerance
from scenes.locales import filled, texts
from scenes.stage.descent.course import Course

FILM = FILMS["compare"]
said = FILM.captions.said
HALF_PIXEL = 0.5 * 8 / 1080


def ends(lesson: Lesson) -> tuple[Finish, Finish]:
    """How batch and SGD finish."""
    batch, sgd = (Course(trace) for trace in FILM.traces(lesson).values())
    near = tolerance(batch)
    return finish(batch, near), finish(sgd, near)


def test_the_lectures_race() -> None:
    """71 updates and 213 sample gradients against 69 and 69, within 0.001 of w*."""
    batch, sgd = ends(Lesson())
    assert said(Lesson())["epochs-counted"][1]["near"] == "0.001"
    assert (batch.epochs, batch.updates, batch.gradients) == (71, 71, 213)
    assert (sgd.epochs, sgd.updates, sgd.gradients) == (23, 69, 69)
    assert batch.stays and sgd.stays


@pytest.mark.parametrize("w0", [1.0, -3.0, 2.001, 1e6])
def test_the_tolerance_is_a_thousandth_of_the_way(w0: float) -> None:
    trace = FILM.traces(Lesson(w0=w0))["batch"]
    assert tolerance(Course(trace)) == pytest.approx(abs(w0 - 2) / 1000, rel=0.5)


OUTLIER = parse_data("1,2 1,2.1 1,1.9 1,2 30,45")
CASES: list[tuple[dict[str, Any], str]] = [
    ({}, "both"),
    ({"data": parse_data("2,3")}, "both"),
    ({"order": "random"}, "both"),
    ({"order": "shuffled", "batch_size": 2}, "both"),
    ({"lr": 0.19}, "both"),
    ({"epochs": 15}, "neither"),
    ({"epochs": 1}, "creeping"),
    ({"epochs": 40}, "sgd-only"),
    ({"lr": 1e-5}, "creeping"),
    ({"data": NOISY}, "restless"),
    ({"data": NOISY, "order": "random"}, "restless"),
    ({"data": NOISY, "epochs": 12}, "neither"),
    ({"data": NOISY, "w0": 142 / 70}, "restless"),
    ({"data": NOISY, "lr": 0.19, "w0": 142 / 70, "order": "random"}, "sgd-diverges"),
    ({"w0": 2.0}, "at-rest"),
    ({"lr": 0.3}, "both-diverge"),
    ({"lr": 1e3}, "both-diverge"),
    ({"lr": 0.21}, "sgd-diverges"),
    ({"data": OUTLIER, "lr": 4e-3}, "sgd-diverges"),
    ({"rule": "momentum"}, "sgd-only"),
]


@pytest.mark.parametrize(("knobs", "key"), CASES, ids=str)
def test_the_conclusion_is_what_happened(knobs: dict[str, Any], key: str) -> None:
    """Checked with the distances from w*."""
    lesson = Lesson(**knobs)
    told, numbers = said(lesson)["result"]
    assert told == f"result-{key}"
    goal = float(LeastSquares(lesson.data).minimiser()[0])
    near = float(said(lesson)["epochs-counted"][1]["near"])
    away = {name: np.abs(trace.w - goal) for name, trace in FILM.traces(lesson).items()}
    for end, (name, trace) in zip(ends(lesson), FILM.traces(lesson).items(), strict=True):
        if end.updates is None:
            assert (away[name] > near).all()
            continue
        assert (away[name][: end.updates] > near).all() and away[name][end.updates] <= near
        assert end.gradients == trace.sample_gradients[end.updates]
        assert end.epochs == math.ceil(end.updates / trace.updates_per_epoch)
        assert not (end.stays and away[name][-1] > near)
    if key == "both":
        batch, sgd = ends(lesson)
        assert int(numbers["share"]) == round(100 * (sgd.gradients or 0) / (batch.gradients or 1))
    if "diverge" in key:
        worse = {"both": ["batch", "sgd"]}.get(key.partition("-")[0], [key.partition("-")[0]])
        assert [name for name in away if away[name][-1] > away[name][0] + 0.1] == worse


@pytest.mark.parametrize("knobs", [k for k, key in CASES if "diverge" in key or key == "creeping"])
def test_the_rate_that_is_named_would_do_for_both(knobs: dict[str, Any]) -> None:
    lesson = Lesson(**knobs)
    better = float(said(lesson)["result"][1]["better"])
    goal = float(LeastSquares(lesson.data).minimiser()[0])
    minima = lesson.data.y / lesson.data.x
    for trace in FILM.traces(replace(lesson, lr=better)).values():
        among = minima.min() <= trace.w[-1] <= minima.max()
        assert among or abs(trace.w[-1] - goal) <= abs(trace.w[0] - goal) / 2


@pytest.mark.parametrize(
    ("knobs", "race", "counted"),
    [
        ({}, "race", {"batch": 213, "sgd": 69}),
        ({"data": parse_data("2,3")}, "race-one", {"batch": 83, "sgd": 83}),
        ({"batch_size": 2}, "race-uneven", {"batch": 213}),
        ({"data": NOISY, "batch_size": 3}, "race-size", {"batch": 213, "sgd": 213}),
        ({"epochs": 40}, "race", {"sgd": 69}),
    ],
    ids=str,
)
def test_who_is_not_there_is_not_counted(
    knobs: dict[str, Any], race: str, counted: dict[str, int]
) -> None:
    found = said(Lesson(**knobs))
    assert found["race"][0] == race
    key, numbers = found["gradients-counted"]
    assert key in ("gradients-counted", "gradients-apart")
    assert counted.items() <= numbers.items()


def test_if_neither_arrives_the_work_is_told() -> None:
    found = said(Lesson(lr=1e-5, epochs=7))
    assert found["epochs-counted"][0] == "epochs-neither"
    assert found["updates-counted"] == ("updates-neither", {"batch": 7, "sgd": 21})
    assert found["gradients-counted"] == ("gradients-neither", {"batch": 21, "sgd": 21})


def test_a_small_share_is_not_0_percent() -> None:
    """One sample of 100 brings SGD to the minimum at once; batch needs 688 updates."""
    data = Dataset(np.r_[10.0, np.full(99, 1e-3)], np.r_[20.0, np.full(99, 2e-3)])
    key, numbers = said(Lesson(data=data, lr=0.005, epochs=1000))["result"]
    assert key == "result-both"
    assert float(numbers["share"]) == pytest.approx(100 / 68_800, rel=0.05)


@pytest.mark.parametrize("knobs", [{}, {"data": NOISY}, {"lr": 0.3}, {"epochs": 40}], ids=str)
def test_the_film_says_what_is_picked(walk: Callable[..., Any], knobs: dict[str, Any]) -> None:
    lesson = Lesson(**knobs)
    scene = walk("compare", lesson, telling=Telling(lang="en"))
    missing = {"batch": "not there", "sgd": "not there"}
    assert [words for _, words in scene.subtitles] == [
        filled(texts("en"), f"compare.{key}", **{**missing, **numbers})
        for key, numbers in said(lesson).values()
    ]


@pytest.mark.parametrize("knobs", [{}, {"data": NOISY, "order": "random"}, {"batch_size": 2}])
def test_the_table_and_the_charts_count_alike(
    walk: Callable[..., Any], knobs: dict[str, Any]
) -> None:
    lesson = Lesson(**knobs)
    traces, totals = FILM.traces(lesson), []

    def at_end(scene: Any, section: str) -> None:
        if section == "race":
            totals.extend([figure.text for figure in cells] for cells in scene.tally.cells)

    scene = walk("compare", lesson, at_end=at_end)
    batch, sgd = traces["batch"], traces["sgd"]
    assert totals == [
        [str(lesson.epochs)] * 2,
        [str(batch.updates), str(sgd.updates)],
        [str(batch.sample_gradients[-1]), str(sgd.sample_gradients[-1])],
    ]
    told = [[figure.text for figure in cells] for cells in scene.tally.cells]
    for axis, row in zip(AXES, told, strict=True):
        counts = [end.count(axis) for end in ends(lesson)]
        assert row == ["−" if count is None else str(count) for count in counts]


def test_no_count_is_seen_before_it_is_counted(watch: Callable[..., Any]) -> None:
    """From the first axis on the rows never show the totals of the race."""
    seen: set[str] = set()

    def look(scene: Any, seconds: float) -> None:
        if seconds > FILM.sections[0].seconds + FILM.sections[1].seconds + 2.0:
            cells = (cell for row in scene.tally.cells for cell in row)
            seen.update(str(cell.text) for cell in cells if cell.fill_opacity > 0)

    watch("compare", Lesson(), look, every=0.1)
    assert {"23", "69", "71", "213"} <= seen and not seen & {"100", "300"}


@pytest.mark.parametrize("w0", [1.0, 5.0])
def test_points_and_curves_stand_where_the_traces_say(walk: Callable[..., Any], w0: float) -> None:
    """At any moment: the point on J at w, the curve's end at its count and at log10 of J − J*."""
    scene = walk("compare", Lesson(w0=w0))
    for batch, sgd in ((0.0, 0.0), (0.0, 2.0), (1.0, 3.0), (7.0, 21.0), (2.5, 7.5)):
        scene.show(batch, sgd)
        for runner, t in ((scene.batch, batch), (scene.sgd, sgd)):
            k = int(t)
            w = runner.trace.w[k] + (t - k) * (runner.trace.w[k + 1] - runner.trace.w[k])
            cost = float(LECTURE.x @ LECTURE.x) / 3 * (w - 2) ** 2
            center = runner.walker.point.get_center()
            assert np.abs(center - scene.plot.at(w, cost)).max() < HALF_PIXEL
            if t != k:
                continue
            axes = (k / runner.trace.updates_per_epoch, k, runner.trace.sample_gradients[k])
            for axis, count in zip(AXES, axes, strict=True):
                scene.stretch("epochs", axis, 1.0)
                place = scene.chart.at(float(count), math.log10(cost))
                assert np.abs(runner.series.head.get_center() - place).max() < HALF_PIXEL


def test_the_lines_fall_onto_one_another_and_part_again(walk: Callable[..., Any]) -> None:
    """On the way between two axes a curve is where the mean of both counts (of logarithms) is."""
    scene = walk("compare", Lesson())
    apart = []
    for start, stop, amount in (
        ("epochs", "updates", 0.0),
        ("epochs", "updates", 0.5),
        ("epochs", "updates", 1.0),
        ("updates", "gradients", 1.0),
    ):
        scene.show(20.0, 20.0)
        scene.stretch(start, stop, amount)
        places = []
        for runner in scene.runners:
            one, other = (float(runner.counts[axis][20]) for axis in (start, stop))
            count = one ** (1 - amount) * other**amount
            place = scene.chart.at(count, float(runner.excess[20]))
            assert np.abs(runner.series.head.get_center() - place).max() < HALF_PIXEL
            assert runner.series.line.points[-1] == pytest.approx(place, abs=HALF_PIXEL)
            places.append(count / scene.chart.x.high)
        apart.append(abs(places[0] - places[1]))
    assert apart[0] > apart[1] > apart[2] == 0 and apart[3] == pytest.approx(apart[0], rel=0.02)


@pytest.mark.parametrize("axis", AXES)
def test_each_stops_where_it_arrives(walk: Callable[..., Any], axis: str) -> None:
    """At one count both points are where they are after so much work, but not beyond w*."""
    scene = walk("compare", Lesson())
    for count in (0, 20, 60, 1000):
        for runner, end in zip(scene.runners, scene.ends.values(), strict=True):
            runner.run_to(axis, count)
            k = int(np.searchsorted(runner.counts[axis], count, side="right")) - 1
            k = min(k, end.updates)
            assert k <= runner.t <= min(k + 1, end.updates)
            assert min(runner.trace.w[k : k + 2]) <= runner.w <= max(runner.trace.w[k : k + 2])


@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_of_two_that_run_off_all_is_shown(walk: Callable[..., Any], aspect: str) -> None:
    """The curves stay in the chart on every axis."""
    scene = walk("compare", FILM.lesson(lr=0.3), aspect)
    for runner in scene.runners:
        cost = float(runner.trace.cost[-1])  # the lecture's data are exact: J* = 0
        for axis, last in scene.lasts.items():
            scene.chart.aim(last)
            assert scene.chart.contains(runner.counts[axis][-1], np.log10(cost))
