"""The film `cost-function`: its captions, each checked with exact fractions or by hand."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from gdcore.data import Dataset, parse_data
from scenes import FILMS, Telling
from tests.claims.shown import value

FILM = FILMS["cost-function"]
said = FILM.captions.said
ENGLISH = Telling(lang="en")


def exactly(data: Dataset) -> tuple[Fraction, Fraction]:
    """w* and J(w*) without rounding."""
    x, y = (list(map(Fraction, column.tolist())) for column in (data.x, data.y))
    w = sum(a * b for a, b in zip(x, y, strict=True)) / sum(a * a for a in x)
    return w, sum((w * a - b) ** 2 for a, b in zip(x, y, strict=True)) / data.n


@pytest.mark.parametrize(
    ("spec", "bottom"),
    [
        ("lecture", "bottom-exact"),
        ("noisy", "bottom-noisy"),
        ("2,3", "bottom-exact"),
        ("1,4 2,7 3,10", "bottom-noisy"),  # y = 3x + 1: a line meets them, but not through 0
        ("0,1 1,2 2,4", "bottom-noisy"),
        ("0,0 1,2", "bottom-exact"),
        ("2,5 2,6", "bottom-noisy"),
        ("1e-9,2e-9 2e-9,4.4e-9", "bottom-noisy"),
        ("1e9,1e-9 2e9,2.2e-9", "bottom-noisy"),
        ("1,1000000000 2,1e-9", "bottom-noisy"),
        ("1,0 2,0", "bottom-exact"),
        ("random:n=500,sigma=0.001", "bottom-noisy"),
        ("random:n=500,sigma=0", "bottom-exact"),
    ],
)
def test_the_bottom_is_the_exact_minimum(spec: str, bottom: str) -> None:
    data = parse_data(spec)
    key, numbers = said(FILM.lesson(data=data))["bottom"]
    w, least = exactly(data)
    assert key == bottom
    assert value(numbers["w"]) == pytest.approx(float(w), rel=6e-5)
    if bottom == "bottom-exact":
        assert numbers["cost"] == "0" and least <= Fraction(1e-24) * (1 + max(data.y) ** 2)
    else:
        assert value(numbers["cost"]) == pytest.approx(float(least), rel=6e-4)
        assert value(numbers["cost"]) > 0


@pytest.mark.parametrize(
    ("spec", "w0", "key"),
    [
        ("lecture", 2.0, "loss-none"),
        ("lecture", 2.0001, "loss"),
        ("0.1,0.3 0.7,2.1", 3.0, "loss-none"),  # 0.1·3 is 0.30000000000000004
        ("1,1000000000 1e-9,2", 1e9, "loss"),  # the second residual is −1, next to 1e9
        ("noisy", 2.0, "loss"),
    ],
)
def test_no_loss_is_said_only_if_all_are_0(spec: str, w0: float, key: str) -> None:
    assert said(FILM.lesson(data=parse_data(spec), w0=w0))["loss"][0] == key


def test_one_sample_is_said_to_be_one() -> None:
    one, three = (said(FILM.lesson(data=parse_data(spec))) for spec in ("2,3", "noisy"))
    assert (one["data"][0], one["cost"][0]) == ("data-one", "cost-one")
    assert (three["data"][0], three["cost"][0]) == ("data", "cost") and three["data"][1]["n"] == 3


@pytest.mark.parametrize("spec", ["lecture", "noisy", "1,4 2,7 3,10"])
def test_the_film_says_them(walk: Callable[..., Any], spec: str) -> None:
    """In this order; and at the bottom its readout agrees with the caption."""
    lesson = FILM.lesson(data=parse_data(spec))
    scene = walk("cost-function", lesson, telling=ENGLISH)
    expected = [scene.text(key, **numbers) for key, numbers in said(lesson).values()]
    assert [words for _, words in scene.subtitles] == expected
    w, cost = (figure.text for figure in scene.readouts.figures)
    numbers = said(lesson)["bottom"][1]
    assert value(w) == pytest.approx(value(numbers["w"]), abs=1e-3)
    assert value(cost) == pytest.approx(value(numbers["cost"]), abs=1e-3)
    assert (float(value(cost)) == 0) == (numbers["cost"] == "0")
