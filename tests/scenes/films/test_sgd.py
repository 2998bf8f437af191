"""The film `sgd`: each caption is what happened, counted again from the places of w alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gdcore.data import NOISY, Dataset, parse_data
from gdcore.trace import Trace
from scenes import FILMS, Lesson, Telling
from scenes.locales import filled, texts

FILM = FILMS["sgd"]
said = FILM.captions.said
GRID = np.linspace(-3, 3, 15)
FAR = Dataset(65 + GRID, 2 * (65 + GRID) + np.tile([9, -7, 4], 5), "far from 0")
WITH_ZERO = parse_data("1,2 0,0 3,6")
ONE = parse_data("2,3")
TWINS = parse_data("2,3 2,3 2,3")
ALL_SAME_X = parse_data("2,3 2,5 2,4")


def away(trace: Trace, data: Dataset) -> np.ndarray:
    """The distance from w* after each update."""
    return np.abs(trace.w - np.sum(data.x * data.y) / np.sum(data.x**2))


def retreats(trace: Trace, data: Dataset) -> dict[str, int]:
    """How many updates lead away from w*: those that pass their samples' minimum, and others."""
    apart, counts = away(trace, data), {"overshoot": 0, "disagree": 0}
    for k, row in enumerate(trace.samples.tolist()):
        if apart[k + 1] > apart[k] + 1e-12 * (abs(trace.w[0]) + apart[0]):
            own = [i for i in row if i >= 0]
            best = np.sum(data.x[own] * data.y[own]) / np.sum(data.x[own] ** 2)
            passed = (best < trace.w[k]) != (best < trace.w[k + 1])
            counts["overshoot" if passed else "disagree"] += 1
    return counts


CASES: list[tuple[dict[str, Any], str, str, str]] = [
    ({}, "jumps", "samples", "result"),
    ({"lr": 0.06}, "jumps", "samples", "result"),
    ({"data": NOISY}, "rough", "noise", "result"),
    ({"data": NOISY, "w0": 142 / 70}, "rough", "noise", "result"),  # no "too large" at the minimum
    ({"data": NOISY, "lr": 0.1, "order": "random"}, "rough", "both", "result"),
    ({"data": FAR, "lr": 1.3e-4, "order": "shuffled"}, "rough", "both", "result"),
    ({"data": FAR, "lr": 1e-6}, "rough", "noise", "result"),
    ({"lr": 0.19}, "rough", "overshoot", "result"),
    ({"lr": 0.3}, "diverging", "overshoot", "result-diverging"),
    ({"lr": 50.0}, "diverging", "overshoot", "result-diverging"),
    ({"lr": 1e-5}, "jumps", "samples", "result-creeping"),
    ({"w0": 2.0}, "still", "at-rest", "result-at-rest"),
    ({"data": ONE}, "smooth", "nothing", "result"),
    ({"data": ONE, "lr": 0.2}, "smooth", "swings", "result"),
    ({"data": TWINS, "batch_size": 2}, "smooth", "nothing", "result"),
    ({"data": ALL_SAME_X, "order": "random"}, "rough", "noise", "result"),
    ({"data": WITH_ZERO}, "jumps", "samples", "result"),
    ({"rule": "momentum"}, "rough", "several", "result"),
    ({"data": NOISY, "batch_size": 3, "w0": 142 / 70}, "still", "counted", "result-at-rest"),
]


@pytest.mark.parametrize(("knobs", "epochs", "why", "result"), CASES, ids=str)
def test_the_captions_are_what_happened(
    knobs: dict[str, Any], epochs: str, why: str, result: str
) -> None:
    found = said(Lesson(**knobs))
    keys = found["epochs"][0], found["why"][0], found["result"][0]
    assert keys == (f"epochs-{epochs}", f"why-{why}", result)


@pytest.mark.parametrize("knobs", [case[0] for case in CASES if "rule" not in case[0]], ids=str)
def test_counts_and_causes_speak_of_the_same_updates(knobs: dict[str, Any]) -> None:
    lesson = Lesson(**knobs)
    trace, (key, numbers) = FILM.traces(lesson)["sgd"], said(lesson)["why"]
    counted = retreats(trace, lesson.data)
    if key == "why-at-rest":
        assert not np.ptp(trace.w) and not any(counted.values())
        return
    if key == "why-nothing":
        assert not any(counted.values()) and (np.diff(trace.loss_after) < 1e-15).all()
        return
    assert {name: numbers[name] for name in counted} == counted
    assert numbers["retreats"] == sum(counted.values()) == said(lesson)["epochs"][1]["retreats"]
    assert numbers["updates"] == trace.updates
    assert numbers["rises"] == int(np.sum(trace.loss_after[1:] > trace.loss_after[:-1]))
    if key == "why-both":
        words = filled(texts("en"), "sgd.why-both", **numbers)
        shown = [int(part) for part in words.replace(":", "").split() if part.isdigit()]
        assert shown[0] == shown[1] + shown[2]


def test_a_loss_that_is_constant_is_no_parabola() -> None:
    assert said(Lesson())["mean"][0] == "mean"
    assert said(Lesson(data=ONE))["mean"][0] == "mean-one"
    assert said(Lesson(data=WITH_ZERO))["mean"][0] == "mean-losses"


@pytest.mark.parametrize(
    ("knobs", "hop"),
    [
        ({}, "hop"),
        ({"data": FAR, "lr": 1e-5, "batch_size": 5}, "hop-batch"),
        ({"batch_size": 2}, "hop-uneven"),
        ({"rule": "nesterov"}, "hop-rule"),
        ({"rule": "sgd"}, "hop"),
    ],
    ids=str,
)
def test_each_update_looks_at_as_many_samples_as_said(knobs: dict[str, Any], hop: str) -> None:
    lesson = Lesson(**knobs)
    assert said(lesson)["hop"][0] == hop
    sizes = {sum(i >= 0 for i in row) for row in FILM.traces(lesson)["sgd"].samples.tolist()}
    if hop != "hop-rule":
        assert (len(sizes) > 1) == (hop == "hop-uneven")


@pytest.mark.parametrize(
    ("knobs", "region", "end"),
    [
        ({}, "lecture", "band"),
        ({"data": NOISY}, "region", "band"),
        ({"data": parse_data("1,3 2,6 4,12")}, "added", "band"),
        ({"data": ONE}, "other", "band"),
        ({"data": WITH_ZERO}, "other", "band"),
        ({"data": FAR, "lr": 1e-6}, "region", "band"),
        ({"data": parse_data("0,1 1,2 2,4")}, "agree", "counted"),
        ({"data": FAR, "lr": 1e-9}, "region", "later"),
        ({"epochs": 1}, "lecture", "later"),
        ({"lr": 0.3}, "lecture", "diverging"),
        ({"data": NOISY, "schedule": "inverse"}, "region", "pushed"),
        ({"data": NOISY, "batch_size": 2}, "region", "pushed"),
        ({"data": NOISY, "schedule": "inverse", "epochs": 1}, "region", "counted"),
    ],
    ids=str,
)
def test_the_noise_section_says_whose_data_it_shows(
    knobs: dict[str, Any], region: str, end: str
) -> None:
    lesson = Lesson(**knobs)
    found, trace = said(lesson), FILM.traces(lesson)["noise"]
    key, numbers = found["noise-region"]
    assert (key, found["noise-end"][0]) == (f"noise-{region}", f"noise-{end}")
    data = trace.objective.data
    assert (region in ("region", "agree")) == (data == lesson.data)
    minima = data.y[data.x != 0] / data.x[data.x != 0]
    for name, value in (("low", minima.min()), ("high", minima.max())):
        assert float(numbers[name].replace("−", "-")) == pytest.approx(value, rel=6e-3)
    if end == "band":
        std = float(found["noise-end"][1]["std"])
        assert away(trace, data)[-1] <= 4.1 * std
    if end == "diverging":
        assert away(trace, data)[-1] > away(trace, data)[0]


def test_minima_that_nearly_agree_are_shown_apart() -> None:
    data = parse_data("1,2 2,4.000001 3,6")
    numbers = said(Lesson(data=data))["noise-region"][1]
    assert float(numbers["low"]) < float(numbers["high"])


@pytest.mark.parametrize(
    "knobs", [case[0] for case in CASES if case[3][7:] in ("diverging", "creeping")]
)
def test_the_rate_that_is_named_would_do(knobs: dict[str, Any]) -> None:
    lesson = Lesson(**knobs)
    better = float(said(lesson)["result"][1]["better"])
    trace = FILM.traces(replace(lesson, lr=better))["sgd"]
    assert away(trace, lesson.data)[-1] <= away(trace, lesson.data)[0] / 2


@pytest.mark.parametrize("knobs", [{}, {"data": NOISY}, {"data": FAR, "lr": 1.3e-4}, {"data": ONE}])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_film_says_what_is_picked(
    walk: Callable[..., Any], knobs: dict[str, Any], lang: str
) -> None:
    lesson = Lesson(**knobs)
    scene = walk("sgd", lesson, telling=Telling(lang=lang))
    assert [words for _, words in scene.subtitles] == [
        filled(texts(lang), f"sgd.{key}", **numbers) for key, numbers in said(lesson).values()
    ]
