"""The film `compare`: its counts, curves and conclusions compared with the traces."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gdcore.data import LECTURE, NOISY, parse_data
from gdcore.least_squares import LeastSquares
from scenes import FILMS, Lesson
from scenes.films.compare.work_verdict import Finish, finish, tolerance, verdict

FILM = FILMS["compare"]
HALF_PIXEL = 0.5 * 8 / 1080


def ends(lesson: Lesson) -> tuple[Finish, Finish]:
    """How batch and SGD finish."""
    traces = FILM.traces(lesson)
    near = tolerance(traces["batch"])
    return finish(traces["batch"], near), finish(traces["sgd"], near)


def test_the_lectures_race() -> None:
    """71 updates and 213 sample gradients against 69 and 69, within 0.001 of w*."""
    batch, sgd = ends(FILM.lesson())
    assert tolerance(FILM.traces(FILM.lesson())["batch"]) == 0.001
    assert (batch.epochs, batch.updates, batch.gradients) == (71, 71, 213)
    assert (sgd.epochs, sgd.updates, sgd.gradients) == (23, 69, 69)
    assert batch.stays and sgd.stays and not batch.diverges and not sgd.diverges


@pytest.mark.parametrize("w0", [1.0, -3.0, 2.001, 1e6])
def test_the_tolerance_is_a_thousandth_of_the_way(w0: float) -> None:
    trace = FILM.traces(FILM.lesson(w0=w0))["batch"]
    assert tolerance(trace) == pytest.approx(abs(w0 - 2) / 1000, rel=0.5)


CASES: list[tuple[dict[str, Any], str]] = [
    ({}, "both"),
    ({"data": parse_data("2,3")}, "both"),
    ({"order": "random"}, "both"),
    ({"order": "shuffled", "batch_size": 2}, "both"),
    ({"lr": 0.19}, "both"),
    ({"epochs": 1}, "neither"),
    ({"epochs": 40}, "sgd-only"),
    ({"lr": 1e-5}, "neither"),
    ({"data": NOISY}, "restless"),
    ({"data": NOISY, "order": "random"}, "restless"),
    ({"data": NOISY, "epochs": 2}, "neither-noisy"),
    ({"data": NOISY, "w0": 142 / 70}, "restless"),
    ({"w0": 2.0}, "at-rest"),
    ({"lr": 0.3}, "both-diverge"),
    ({"lr": 1e3}, "both-diverge"),
    ({"lr": 0.21}, "sgd-diverges"),
]


@pytest.mark.parametrize(("knobs", "key"), CASES, ids=str)
def test_the_conclusion_is_what_happened(knobs: dict[str, Any], key: str) -> None:
    """Checked with the distances from w*."""
    lesson = FILM.lesson(**knobs)
    traces = FILM.traces(lesson)
    batch, sgd = ends(lesson)
    said, share = verdict(batch, sgd, traces["sgd"])
    assert said == f"result-{key}"
    goal, near = float(LeastSquares(lesson.data).minimiser()[0]), tolerance(traces["batch"])
    for end, trace in ((batch, traces["batch"]), (sgd, traces["sgd"])):
        away = np.abs(trace.w - goal)
        if end.updates is None:
            assert (away >= near).all()
            continue
        assert (away[: end.updates] >= near).all() and away[end.updates] < near
        assert end.gradients == trace.sample_gradients[end.updates]
        assert end.epochs == math.ceil(end.updates / trace.updates_per_epoch)
        assert not (end.stays and away[-1] >= near)
    if key == "both":
        assert int(share) == round(100 * (sgd.gradients or 0) / (batch.gradients or 1))


def test_only_batch_diverges_where_its_steps_are_the_longer_ones() -> None:
    """The key names the one that diverged."""
    calm, wild = Finish(1, 1, 1, True, False), Finish(None, None, None, False, True)
    trace = FILM.traces(FILM.lesson())["sgd"]
    assert verdict(wild, calm, trace)[0] == "result-batch-diverges"
    assert verdict(calm, wild, trace)[0] == "result-sgd-diverges"
    assert verdict(calm, Finish(1, 2, 3, False, False), trace)[0] == "result-batch-only"


@pytest.mark.parametrize("knobs", [{}, {"data": NOISY, "order": "random"}, {"batch_size": 2}])
def test_the_table_and_the_charts_count_alike(
    walk: Callable[..., Any], knobs: dict[str, Any]
) -> None:
    lesson = FILM.lesson(**knobs)
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
    for axis, texts in zip(("epochs", "updates", "gradients"), told, strict=True):
        counts = [end.count(axis) for end in ends(lesson)]
        assert texts == ["−" if count is None else str(count) for count in counts]


@pytest.mark.parametrize("w0", [1.0, 5.0])
def test_points_and_curves_stand_where_the_traces_say(walk: Callable[..., Any], w0: float) -> None:
    """At any moment: the point on J at w, the curve's end at its count and at log10 of J − J*."""
    scene = walk("compare", FILM.lesson(w0=w0))
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
            for series, count in zip(runner.series, axes, strict=True):
                place = series.plot.at(float(count), math.log10(cost))
                assert np.abs(series.head.get_center() - place).max() < HALF_PIXEL


def test_the_finish_line_is_the_tolerance(walk: Callable[..., Any]) -> None:
    """The dashed line is at the cost of a point as far from w* as the tolerance."""
    scene = walk("compare", FILM.lesson())
    level = math.log10(scene.curve(2.001))
    for axis, chart in scene.charts.items():
        assert chart.finish.points[0] == pytest.approx(chart.at(0, level), abs=1e-6)
        for runner, end in zip(scene.runners, scene.ends.values(), strict=True):
            dot = runner.marks[("epochs", "updates", "gradients").index(axis)][1]
            count = runner.counts[axis][end.updates]
            value = math.log10(scene.curve(float(runner.trace.w[end.updates])))
            assert dot.get_center() == pytest.approx(chart.at(count, value), abs=1e-6)
