"""Knobs that make no sense for a film are refused: by their names, with a word on where to go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from scenes import FILMS, Lesson, LessonError

# Of each film: a knob, a value that it refuses, and what the reason must say.
NO_BIAS = [("b0", 1.0, "plane")]
NO_RACE = [("rules", ("sgd", "adam"), "optimizers"), ("landscape", "beale", "optimizers")]
ONE_RATE = [("rates", (0.1, 0.2), "learning-rate")]
NEITHER = [*NO_BIAS, *NO_RACE, *ONE_RATE]
REFUSED: dict[str, list[tuple[str, Any, str]]] = {
    "cost-function": [
        *((knob, value, "no updates") for knob, value in [
            ("lr", 0.1), ("epochs", 7), ("order", "random"), ("batch_size", 2),
            ("rule", "adam"), ("schedule", "inverse"), ("seed", 7),
        ]),
        *NEITHER,
    ],
    "gradient": [
        ("epochs", 50, "batch"), ("schedule", "inverse", "batch"), ("order", "random", "sgd"),
        ("batch_size", 2, "sgd"), ("rule", "adam", "optimizers"), *NEITHER,
    ],
    "batch": [("order", "random", "sgd"), ("batch_size", 2, "sgd"), *NEITHER],
    "sgd": [("order", "batch", "batch"), ("batch_size", 4, "between 1 and 3"), *NEITHER],
    "compare": [("order", "batch", "batch"), ("batch_size", 4, "between 1 and 3"), *NEITHER],
    "learning-rate": [
        ("lr", 0.1, "--rates"), ("rates", (0.1, 0.2, 0.3, 0.4, 0.5), "4 rates"),
        ("rates", (0.1, 0.1), "twice"), ("order", "random", "film sgd"),
        ("batch_size", 2, "film sgd"), ("schedule", "inverse", "noise-ball"),
        ("rule", "adam", "optimizers"), ("b0", 1.0, "bias"), *NO_RACE,
    ],
    "noise-ball": [
        ("order", "shuffled", ""), ("batch_size", 2, ""), ("rule", "adam", ""),
        ("schedule", "cosine", ""), *NEITHER,
    ],
    "mini-batch": [
        ("order", "batch", ""), ("batch_size", 37, "between 1 and 36"), ("rule", "adam", ""),
        ("schedule", "cosine", ""), *NEITHER,
    ],
    "plane": [("order", "batch", ""), ("batch_size", 4, "between 1 and 3"), *ONE_RATE, *NO_RACE],
    "surface": [("order", "batch", ""), ("batch_size", 4, "between 1 and 3"), *ONE_RATE, *NO_RACE],
    "optimizers": [
        ("lr", 0.1, "--rates"), ("rule", "adam", "--rules"), ("order", "random", ""),
        ("batch_size", 1, ""), ("seed", 1, ""), ("rates", (0.1, 0.2), ""),
        ("rules", ("sgd",) * 7, ""), ("rules", ("sgd", "sgd"), ""),
    ],
    "code": [
        ("order", "random", ""), ("order", "shuffled", ""), ("batch_size", 2, ""),
        ("rule", "adam", ""), ("schedule", "inverse", ""), *NEITHER,
    ],
}  # fmt: skip


def cases() -> Iterator[Any]:
    """(film, knob, value, what the reason says) for each refusal."""
    for film, refusals in REFUSED.items():
        for knob, value, said in refusals:
            yield pytest.param(film, knob, value, said, id=f"{film}-{knob}-{value}")


@pytest.mark.parametrize(("film", "knob", "value", "said"), list(cases()))
def test_refused(film: str, knob: str, value: Any, said: str) -> None:
    lesson = FILMS[film].lesson(**{knob: value})
    with pytest.raises(LessonError) as refusal:
        FILMS[film].check(lesson)
    assert refusal.value.knob == knob
    assert said in str(refusal.value)


def test_every_film_refuses_something_and_takes_its_own_lesson() -> None:
    assert list(REFUSED) == list(FILMS)
    for film in FILMS.values():
        film.check(film.lesson())
        film.check(film.lesson(lang="en", theme="light", pace=2.0))
    assert Lesson() == FILMS["batch"].lesson()
