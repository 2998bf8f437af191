"""The film `batch`: each caption is what happened, checked with the formulas of the lecture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gdcore.data import NOISY, Dataset, parse_data
from scenes import FILMS, Lesson, Telling
from scenes.locales import filled, texts

FILM = FILMS["batch"]
said = FILM.captions.said
FAR = Dataset(
    65 + np.linspace(-3, 3, 15), 2 * (65 + np.linspace(-3, 3, 15)) + np.tile([9, -7, 4], 5)
)
OUTLIER = parse_data("1,2 1,2.1 1,1.9 1,2 30,45")
TINY = parse_data("1e-9,-3e-9 2e-9,-6e-9")


def path(lesson: Lesson) -> tuple[np.ndarray, float]:
    """w after each update of plain descent, by the factor of the error alone, and w*."""
    x, y = lesson.data.x, lesson.data.y
    goal = float(np.sum(x * y) / np.sum(x * x))
    factor = 1 - 2 * lesson.lr * float(np.mean(x * x))
    return goal + (lesson.w0 - goal) * factor ** np.arange(lesson.epochs + 1), goal


CASES: list[tuple[dict[str, Any], str, str]] = [
    ({}, "steady", "result"),
    ({"data": NOISY}, "steady", "result"),
    ({"lr": 0.19}, "swinging", "result"),
    ({"lr": 0.3}, "diverging", "result-diverging"),
    ({"lr": 5.0}, "diverging", "result-diverging"),
    ({"lr": 1e-5}, "creeping", "result-creeping"),
    ({"epochs": 1}, "creeping", "result-creeping"),
    ({"w0": 2.0}, "at-rest", "result-at-rest"),
    ({"data": NOISY, "w0": 142 / 70}, "at-rest", "result-at-rest"),
    ({"data": FAR, "lr": 1.3e-4}, "swinging", "result"),
    ({"data": FAR, "lr": 3e-4}, "diverging", "result-diverging"),
    ({"data": OUTLIER, "lr": 2e-3}, "steady", "result"),
    ({"data": TINY, "lr": 1e17, "w0": 1.0}, "steady", "result"),
    ({"data": TINY, "lr": 0.01}, "creeping", "result-creeping"),
    ({"rule": "momentum"}, "crossing", "result"),
    ({"rule": "adam"}, "steady", "result"),
    ({"lr": 3 / 14}, "crossing", "result"),
]


@pytest.mark.parametrize(("knobs", "epochs", "result"), CASES, ids=str)
def test_the_captions_are_what_happened(knobs: dict[str, Any], epochs: str, result: str) -> None:
    found = said(Lesson(**knobs))
    assert found["epochs"][0] == f"epochs-{epochs}"
    assert found["result"][0] == result


@pytest.mark.parametrize(("knobs", "epochs"), [case[:2] for case in CASES if "rule" not in case[0]])
def test_each_word_holds_for_each_update(knobs: dict[str, Any], epochs: str) -> None:
    w, goal = path(Lesson(**knobs))
    away = np.abs(w - goal)
    seen = away[:-1] > 1e-11 * (abs(goal) + away[0])  # nearer, only rounding errors are left
    crossed = (np.sign(w[1:] - goal) != np.sign(w[:-1] - goal)) & seen
    nearer = (away[1:] < away[:-1])[seen]
    assert {
        "steady": nearer.all() and not crossed.any(),
        "swinging": nearer.all() and crossed[seen].all(),
        "crossing": crossed.any(),
        "diverging": not nearer.any() and seen.all(),
        "creeping": away[-1] > away[0] / 2 and not crossed.any(),
        "at-rest": away[0] < 1e-12,
        "counted": True,
    }[epochs]


@pytest.mark.parametrize("knobs", [{}, {"w0": -3.0}, {"data": FAR, "lr": 1e-6}, {"epochs": 7}])
def test_the_last_numbers_are_those_of_the_descent(knobs: dict[str, Any]) -> None:
    lesson = Lesson(**knobs)
    numbers, last = said(lesson)["result"][1], float(path(lesson)[0][-1])
    x = {"1": 4.0, "62": 80.0}[f"{lesson.data.x.min():g}"]
    assert numbers["updates"] == lesson.epochs and float(numbers["x"]) == x
    for name, value in (("w", last), ("y", last * x)):
        text = numbers[name].replace("−", "-")
        assert float(text) == pytest.approx(value, abs=0.51 * 10.0 ** -len(text.partition(".")[2]))


@pytest.mark.parametrize(
    "knobs", [k for k, _, key in CASES if key[7:] in ("diverging", "creeping")]
)
def test_the_rate_that_is_named_would_do(knobs: dict[str, Any]) -> None:
    """As it is shown: the error is at most half of the first one after as many epochs."""
    lesson = Lesson(**knobs)
    better = said(lesson)["result"][1]["better"].replace("×10¹⁷", "e17")
    w, goal = path(replace(lesson, lr=float(better)))
    assert abs(w[-1] - goal) <= abs(w[0] - goal) / 2


def test_a_momentum_that_runs_off_gets_a_rate_too() -> None:
    lesson = Lesson(rule="momentum", lr=0.5)
    key, numbers = said(lesson)["result"]
    assert key == "result-diverging"
    trace = FILM.traces(replace(lesson, lr=float(numbers["better"])))["batch"]
    assert abs(trace.w[-1] - 2) <= 0.5


def test_another_rule_makes_its_own_step() -> None:
    assert said(Lesson())["rule"][0] == "rule"
    assert said(Lesson(rule="adam:beta1=0.5"))["rule"] == ("rule-other", {"rule": "adam"})


@pytest.mark.parametrize("knobs", [{}, {"lr": 0.19}, {"lr": 0.3}, {"w0": 2.0}], ids=str)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_film_says_what_is_picked(
    walk: Callable[..., Any], knobs: dict[str, Any], lang: str
) -> None:
    lesson = Lesson(**knobs)
    scene = walk("batch", lesson, telling=Telling(lang=lang))
    assert [words for _, words in scene.subtitles] == [
        filled(texts(lang), f"batch.{key}", **numbers) for key, numbers in said(lesson).values()
    ]
