"""The film `code`: each caption is what happened in the run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gdcore.data import NOISY, parse_data
from scenes import FILMS, Lesson, Telling
from scenes.locales import filled, texts

FILM = FILMS["code"]
said = FILM.captions.said


ONE = parse_data("2,3")
FAR = parse_data("62,130 64,121 65,137 66,126 68,140")
CAPTIONS: list[tuple[dict[str, Any], str, str]] = [
    ({}, "epochs", "result"),
    ({"order": "batch", "data": NOISY}, "epochs", "result"),
    ({"data": NOISY, "w0": 142 / 70}, "epochs", "result"),
    ({"epochs": 1}, "epochs-over", "result-creeping"),
    ({"data": ONE, "epochs": 3, "lr": 0.1}, "epochs-over", "result"),
    ({"data": ONE, "epochs": 4, "lr": 0.1}, "epochs", "result"),
    ({"lr": 1e-5}, "epochs", "result-creeping"),
    ({"w0": 2.0}, "epochs", "result-at-rest"),
    ({"lr": 0.19}, "epochs", "result"),
    ({"lr": 0.3, "epochs": 20}, "epochs", "result-diverging"),
    ({"lr": 0.3, "order": "batch"}, "epochs", "result-diverging"),
    ({"lr": 5.0, "epochs": 1000}, "epochs-stopped", "stopped"),
    ({"data": FAR, "lr": 0.01}, "epochs-stopped", "stopped"),
    ({"data": FAR, "lr": 1e-4}, "epochs", "result"),
]


@pytest.mark.parametrize(("knobs", "epochs", "result"), CAPTIONS, ids=str)
def test_the_captions_are_what_happened(knobs: dict[str, Any], epochs: str, result: str) -> None:
    lesson = Lesson(**knobs)
    found = said(lesson)
    kind = "batch" if lesson.order == "batch" else "sgd"
    assert found["program"][0] == f"program-{kind}"
    assert found["first-epoch"][0] == f"first-epoch-{kind}"
    assert (found["epochs"][0], found["result"][0]) == (epochs, result)


@pytest.mark.parametrize(
    "knobs", [k for k, _, key in CAPTIONS if key not in ("result", "result-at-rest")]
)
def test_the_rate_that_is_named_would_do(knobs: dict[str, Any]) -> None:
    lesson = Lesson(**knobs)
    better = float(said(lesson)["result"][1]["better"].replace("×10⁻⁵", "e-5"))
    x, y = lesson.data.x, lesson.data.y
    goal, minima = float(np.sum(x * y) / np.sum(x * x)), y / x
    w = FILM.traces(replace(lesson, lr=better))["code"].w
    assert minima.min() <= w[-1] <= minima.max() or abs(w[-1] - goal) <= abs(w[0] - goal) / 2


@pytest.mark.slow
@pytest.mark.parametrize("knobs", [{}, {"data": ONE, "epochs": 3}, {"lr": 5.0, "epochs": 1000}])
def test_the_film_says_what_is_picked(walk: Callable[..., Any], knobs: dict[str, Any]) -> None:
    lesson = Lesson(**knobs)
    scene = walk("code", lesson, telling=Telling(lang="en"))
    assert [words for _, words in scene.subtitles] == [
        filled(texts("en"), f"code.{key}", **numbers) for key, numbers in said(lesson).values()
    ]
