"""Knobs: a film takes what it says, and refuses the others with a hint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from gdcore.data import parse_data
from gdcore.trace import Trace
from scenes import FILMS, Film, KnobError, Lesson, Telling
from scenes.catalogue.knobs import Knob, knobs_of

# A value of each knob that no film chooses by itself. A new knob needs one here.
OTHER: dict[str, Any] = {
    "data": parse_data("1,2.1 2,3.9 3,6.2 4,8.1"), "x_name": "hours", "y_name": "score",
    "w0": 0.875, "b0": 0.375, "lr": 0.0123,
    "epochs": 17, "order": "shuffled", "batch_size": 2, "rule": "momentum", "schedule": "cosine",
    "rates": (0.0123,), "rules": ("adam", "sgd"), "landscape": "beale", "seed": 7,
}  # fmt: skip
NAMES = ("x_name", "y_name")  # they change the picture, and no number
# What a film must say if it has its own reason, or takes a knob but not this value.
REASONS: dict[str, list[tuple[str, Any, str]]] = {
    "sgd": [("order", "batch", "film batch"), ("batch_size", 4, "between 1 and 3")],
    "compare": [("order", "batch", "film batch"), ("batch_size", 4, "between 1 and 3")],
    "learning-rate": [
        ("lr", 0.1, "--rates"), ("rates", (0.1, 0.2, 0.3, 0.4, 0.5), "4 rates"),
        ("rates", (0.1, 0.1), "twice"),
    ],
    "mini-batch": [("order", "batch", "film batch"), ("batch_size", 37, "between 1 and 36")],
    "plane": [("order", "batch", "of SGD"), ("batch_size", 4, "between 1 and 3")],
    "surface": [("order", "batch", "of SGD"), ("batch_size", 4, "between 1 and 3")],
    "scaling": [("lr", 0.1, "half of its 1/L")],
    "optimizers": [
        ("data", OTHER["data"], "--landscape"), ("lr", 0.1, "--rates"), ("rule", "adam", "--rules"),
        ("rates", (0.1, 0.2), "6 rules"), ("rules", ("sgd",) * 7, "at most 6"),
        ("rules", ("sgd", "sgd"), "twice"),
    ],
    "momentum": [
        ("data", OTHER["data"], "no samples"), ("landscape", "beale", "ravine"),
        ("rule", "sgd", "without dampening"), ("rule", "nesterov", "without dampening"),
        ("rule", "momentum:dampening=0.5", "without dampening"),
    ],
    "landscape": [("data", OTHER["data"], "real numbers")],
    "code": [("order", "random", "in order"), ("order", "shuffled", "film sgd")],
}  # fmt: skip
# Values that ask only for what the film does anyway.
IMPLIED = [
    ("batch", {"order": "batch"}), ("batch", {"batch_size": 3}), ("batch", {"seed": 7}),
    ("noise-ball", {"order": "random"}), ("noise-ball", {"batch_size": 1}),
    ("gradient", {"seed": 7}), ("learning-rate", {"seed": 7}), ("momentum", {"seed": 7}),
    ("code", {"seed": 7}),
]  # fmt: skip


def test_each_knob_has_another_value() -> None:
    assert OTHER.keys() == knobs_of(Lesson).keys(), "add the knob's value to OTHER"


def alike(some: Mapping[str, Trace], others: Mapping[str, Trace]) -> bool:
    """Whether traces have the same names and numbers."""
    pairs = zip(some.values(), others.values(), strict=False)
    return list(some) == list(others) and all(np.array_equal(a.theta, b.theta) for a, b in pairs)


@pytest.mark.parametrize("knob", knobs_of(Lesson))
@pytest.mark.parametrize("film", FILMS.values(), ids=lambda film: film.name)
def test_a_film_takes_what_it_says_and_nothing_else(film: Film, knob: str) -> None:
    """A knob that it takes changes its numbers; every other is refused, or changes nothing.

    The names of the axes change no number: test_column_names.py looks for them in the picture.
    """
    value, base = OTHER[knob], {}
    if (allowed := film.takes.get(knob)) is not None:
        value = next(each for each in allowed if each not in ("in-order", "random"))
    if knob == "seed" and "random" in (film.takes.get("order") or ()):
        base = {"order": "random"}  # with the samples in order nothing is random
    lesson = film.lesson(**base, **{knob: value})
    plain, changed = film.traces(film.lesson(**base)), film.traces(lesson)
    if knob in film.takes:
        film.check(lesson)
        assert not plain or alike(plain, changed) == (knob in NAMES)
    else:
        try:
            film.check(lesson)
        except KnobError as error:
            assert error.knob == knob
        else:
            assert plain and alike(plain, changed)


@pytest.mark.parametrize("film", FILMS.values(), ids=lambda film: film.name)
def test_a_refusal_names_the_films_that_take_the_knob(film: Film) -> None:
    told = {knob for knob, _, _ in REASONS.get(film.name, ())}
    for knob in knobs_of(Lesson).keys() - film.takes.keys() - told:
        takers = [other.name for other in FILMS.values() if knob in other.takes]
        assert takers and str(film.not_taken(knob)).endswith(f"these do: {', '.join(takers)}")


def reasons() -> Iterator[Any]:
    """(film, knob, value, what is said) for each of `REASONS`."""
    for film, refusals in REASONS.items():
        for knob, value, said in refusals:
            yield pytest.param(film, knob, value, said, id=f"{film}-{knob}-{value}")


@pytest.mark.parametrize(("film", "knob", "value", "said"), list(reasons()))
def test_a_reason_that_helps_more_is_told(film: str, knob: str, value: Any, said: str) -> None:
    lesson = FILMS[film].lesson(**{knob: value})
    with pytest.raises(KnobError) as refusal:
        FILMS[film].check(lesson)
    assert refusal.value.knob == knob
    assert said in str(refusal.value)


@pytest.mark.parametrize(("film", "knobs"), IMPLIED, ids=str)
def test_what_a_film_does_anyway_can_be_asked_for(film: str, knobs: dict[str, Any]) -> None:
    assert not knobs.keys() & FILMS[film].takes.keys()
    FILMS[film].check(FILMS[film].lesson(**knobs))


def test_every_film_takes_its_own_lesson() -> None:
    for film in FILMS.values():
        film.check(film.lesson())
    assert Lesson() == FILMS["batch"].lesson()


def test_every_field_is_declared() -> None:
    no_knobs = {"chosen", "spoken"}  # made from the data, and from the voice
    for holder in (Lesson, Telling):
        assert [*knobs_of(holder)] == [f.name for f in fields(holder) if f.name not in no_knobs]
        assert all(isinstance(knob, Knob) and knob.help for knob in knobs_of(holder).values())


@pytest.mark.parametrize(
    ("holder", "knob", "value"),
    [
        (Lesson, "w0", float("nan")), (Lesson, "b0", 2e30), (Lesson, "lr", 0.0),
        (Lesson, "epochs", 1.5), (Lesson, "order", "sorted"), (Lesson, "batch_size", 0),
        (Lesson, "rule", "adamm"), (Lesson, "rules", ("sgd", "adam:beta=1")),
        (Lesson, "schedule", "step:gamma=2"), (Lesson, "rates", (0.1, -0.1)),
        (Lesson, "landscape", "hill"), (Lesson, "seed", -1), (Telling, "lang", "xx"),
        (Telling, "theme", "drak"), (Telling, "pace", 5.0), (Telling, "duration", 1.0),
    ],
)  # fmt: skip
def test_a_value_of_another_kind_is_refused_at_once(holder: Any, knob: str, value: Any) -> None:
    with pytest.raises(KnobError) as refusal:
        holder(**{knob: value})
    assert refusal.value.knob == knob


def test_an_order_of_many_sample_gradients_is_too_long() -> None:
    with pytest.raises(KnobError, match="more than 100,000 sample gradients"):
        Lesson(epochs=10_000, data=parse_data("random:n=20"))
