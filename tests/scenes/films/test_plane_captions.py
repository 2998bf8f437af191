"""What the film `plane` says: each claim again from the paths."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gdcore.data import parse_data
from scenes import FILMS, Telling
from tests.claims.shown import value

ENGLISH = Telling(lang="en")
FILM = FILMS["plane"]
said = FILM.captions.said


CASES: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({}, {"batch": "batch-valley", "result": "result-sgd-lower", "why": "why-samples"}),
    ({"data": "noisy"}, {"result": "result-sgd-lower", "why": "why-noise"}),
    ({"lr": 0.17}, {"batch": "batch-swings", "result": "result-both", "why": "why-mixed"}),
    ({"lr": 0.3}, {"batch": "batch-diverging", "result": "result-diverging-both"}),
    ({"lr": 1e3}, {"epochs": "epochs-made", "result": "result-diverging-both"}),
    ({"lr": 1e-6}, {"batch": "batch-creeping", "result": "result-creeping"}),
    ({"w0": 2.0, "b0": 0.0}, {"batch": "batch-at-rest", "across": "against", "why": "why-at-rest"}),
    ({"data": "2,3"}, {"valleys": "valleys-one", "batch": "batch-there", "why": "why-straight"}),
    ({"data": "2,1 2,3"}, {"valleys": "valleys-parallel", "result": "result", "why": "why-noise"}),
    ({"data": "2,5 2,5"}, {"valleys": "valleys-same", "result": "result-both"}),
    ({"data": "0,3 0,4", "lr": 0.1}, {"valleys": "valleys-parallel", "result": "result-both"}),
    ({"epochs": 5000}, {"batch": "batch-there", "result": "result-both", "why": "why-mixed"}),
    ({"epochs": 1}, {"epochs": "epochs", "result": "result-sgd-lower"}),
    (
        {"data": "65,130 66,133 64,127 65,131"},
        {"batch": "batch-valley", "valleys": "valleys-apart"},
    ),
    ({"data": "0.5,1 1,2.2 100,190", "lr": 1.5e-4}, {"result": "result-diverging-sgd"}),
    ({"data": "noisy", "batch_size": 2}, {"step": "step-batch", "epochs": "epochs-batches"}),
    (
        {"rule": "momentum", "lr": 0.05},
        {"across": "against-rule", "step": "step-rule", "why": "why-turns"},
    ),
    ({"rule": "adam", "batch_size": 2}, {"step": "step-rule-batch"}),
    ({"data": "1e-12,2e-12 2e-12,4e-12 3e-12,6e-12"}, {"valleys": "valleys-cross"}),
    ({"data": "random:n=500", "epochs": 4}, {"result": "result-sgd-lower", "why": "why-noise"}),
]


@pytest.mark.parametrize(("knobs", "expected"), CASES, ids=str)
def test_captions_are_what_the_paths_did(knobs: dict[str, Any], expected: dict[str, str]) -> None:
    """Each claim and number again from the paths, with polyfit's line as the minimum."""
    if "data" in knobs:
        knobs = knobs | {"data": parse_data(knobs["data"])}
    lesson = FILM.lesson(**knobs)
    captions = said(lesson)
    assert {beat: captions[beat][0] for beat in expected} == expected
    batch, sgd = FILM.traces(lesson).values()
    x, y = lesson.data.x, lesson.data.y
    if np.ptp(x) > 0:
        line = np.array(np.polyfit(x - x.mean(), y, 1))
        goal = np.array([line[0], line[1] - line[0] * x.mean()])
        one, other = np.linalg.eigvalsh([[np.mean(x * x), x.mean()], [x.mean(), 1.0]])[::-1]
        shown = captions["batch"][1].get("condition")
        if shown and other > 1e-9 * one:  # else the difference has lost its digits
            assert value(shown) == pytest.approx(one / other, rel=0.06)
    else:
        direction = np.array([x[0], 1.0])
        start = batch.theta[0]
        gap = (direction @ start - y.mean()) / (direction @ direction)
        goal = start - gap * direction
    left = [
        np.hypot(*(t.theta[-1] - goal)) / (np.hypot(*(t.theta[0] - goal)) or 1)
        for t in (batch, sgd)
    ]
    key, numbers = captions["result"]
    if key == "result-both":
        assert max(left) <= 0.05
    if key == "result-sgd-lower":
        assert sgd.cost[-1] < batch.cost[-1] and sgd.updates > batch.updates
    if key == "result":
        assert value(numbers["batch"]) == pytest.approx(float(batch.cost[-1]), rel=6e-3)
        assert value(numbers["sgd"]) == pytest.approx(float(sgd.cost[-1]), rel=6e-3)
    if key.startswith("result-diverging"):
        grown = [name for name, t in (("batch", batch), ("sgd", sgd)) if t.cost[-1] > 2 * t.cost[0]]
        assert grown == (["batch", "sgd"] if key.endswith("both") else [key.rpartition("-")[2]])
    if key == "result-creeping" or key.startswith("result-diverging"):
        assert captions["why"][0] == "would-do"
        good = value(captions["why"][1]["good"])
        again = FILM.traces(replace(lesson, lr=good)).values()
        assert all(t.cost[-1] < t.cost[0] and t.diverged_at is None for t in again)
    if lesson.epochs <= 100 and captions["why"][0] != "would-do" and "turns" in captions["why"][1]:
        moves = np.diff(sgd.theta, axis=0)
        turns = np.count_nonzero(np.sum(moves[1:] * moves[:-1], axis=1) < 0)
        assert captions["why"][1]["turns"] == pytest.approx(turns, abs=4)  # some are rounding
    if captions["batch"][0] == "batch-there":
        steps = np.hypot(*np.diff(batch.theta, axis=0).T)
        assert np.all(np.diff(steps) <= 1e-12 * steps[0])


@pytest.mark.slow
@pytest.mark.parametrize("knobs", [{}, {"lr": 0.3}, {"lr": 1e-6}, {"rule": "adam"}])
def test_the_film_says_them(walk: Callable[..., Any], knobs: dict[str, Any]) -> None:
    """The last word of a rate that does not do is one that would."""
    lesson = FILM.lesson(**knobs)
    scene = walk("plane", lesson, telling=ENGLISH)
    captions = said(lesson)
    left_out = {"against" if scene.field.true else "across"}
    left_out |= set() if scene.beside else {"beside"}
    spoken = [key for key in captions if key not in left_out]
    assert [words for _, words in scene.subtitles] == [
        scene.text(captions[beat][0], **captions[beat][1]) for beat in spoken
    ]
    assert ("0.05 would do" in scene.subtitles[-1][1]) == ("lr" in knobs)


@pytest.mark.slow
def test_costs_that_differ_look_different(walk: Callable[..., Any]) -> None:
    """A noisy set with both descents at J = 1.00…"""
    scene = walk("plane", FILM.lesson(data=parse_data("2,1 2,3"), lr=0.001), telling=ENGLISH)
    batch, sgd = scene.facts.costs
    texts = scene.facts.cost_texts()
    assert batch != sgd and texts[0] != texts[1]
    assert [value(text) for text in texts] == pytest.approx([batch, sgd], rel=6e-3)
