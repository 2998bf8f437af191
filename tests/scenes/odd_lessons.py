"""Unusual lessons: data, starts, rates and names that differ greatly from the lecture's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gdcore.data import DataError, Dataset, parse_data
from scenes import Film, KnobError, Lesson


def x_in_hundreds() -> str:
    return "150,410 320,905 480,1333 610,1702"


def of_a_long_file() -> Dataset:
    file = "all pupils of the school, measured in spring 2026, second version.csv"
    return replace(parse_data("150,52.5 160,58 165,63.5 172,70 181,79 190,84.5"), file=file)


ODD: dict[str, dict[str, Any]] = {
    "one-sample": {"data": "2,3"},
    "fifty-samples": {"data": "random:n=50"},
    "two-hundred-samples": {"data": "random:n=200"},
    "x-in-hundreds": {"data": x_in_hundreds(), "lr": 2e-6},
    "y-negative": {"data": "1,-2 2,-4.5 3,-5.5"},
    "x-negative": {"data": "-3,5 -1,2.2 -2,3.9", "w0": 1.0},
    "noisy": {"data": "noisy"},
    "swinging": {"lr": 0.19},
    "diverging": {"lr": 0.3},
    "diverging-far": {"lr": 5.0},
    "at-minimum": {"w0": 2.0},
    "from-minus-3": {"w0": -3.0},
    "tiny": {"data": "1e-12,2e-12 2e-12,4e-12 3e-12,6e-12"},
    "huge": {"data": "1e12,2e12 2e12,4e12 3e12,6e12", "lr": 1e-26},
    "long-numbers": {
        "data": "1.23456789,2.3456789 2.718281828,5.1415926 3.33333333,7.7777777",
        "w0": 0.123456789,
        "lr": 0.0123456789,
    },
    "names": {
        "data": "150,52.5 160,58 181,79",
        "lr": 1e-6,
        "x_name": "身高 [cm]",
        "y_name": "体重 [kg]",
    },
    "long-names": {
        "data": of_a_long_file(),
        "lr": 1e-6,
        "x_name": "the average height of all pupils, measured without shoes [cm]",
        "y_name": "春季体检时测得的全班同学不穿外套和鞋子的平均体重（不含书包） [kg]",
    },
    "names-and-powers": {
        "data": "1e-12,2e-12 2e-12,4.5e-12 3e-12,6e-12",
        "x_name": "diameter [m]",
        "y_name": "<b>&\"'</b> (m²)",
    },
    "all-zero": {"data": "1,0 2,0 3,0", "w0": 0.0},
    "one-epoch": {"epochs": 1},
    "many-epochs": {"epochs": 10_000},
    "rates-far-apart": {"rates": (1e-5, 0.05, 5.0, 1000.0)},
    "one-rate": {"rates": (0.25,)},
    "three-rates": {"rates": (1e-9, 0.2, 0.21)},
    "rosenbrock": {"landscape": "rosenbrock"},
    "beale-from-far": {"landscape": "beale", "w0": -300.0, "b0": 2.0},
    "himmelblau-alike": {"landscape": "himmelblau", "rates": (0.01,)},
    "saddle": {"landscape": "saddle"},
    "at-saddle": {"landscape": "saddle", "b0": 0.0},
    "two-wells-too-fast": {"landscape": "double-well", "rates": (1.5,)},
    "astronomic-rates": {"rates": (1e30,)},
    "tiny-rates": {"rates": (1e-9,)},
    "twins": {"rules": ("adam:beta1=0.5", "adam", "adam:beta1=0.8,beta2=0.9", "sgd", "momentum")},
    "three-momenta": {"rules": tuple(f"momentum:momentum=0.{k}" for k in (5, 8, 99))},
    "one-rule": {"rules": ("nesterov:momentum=0.5",)},
}


def odd_lesson(film: Film, label: str) -> Lesson | None:
    """One of the unusual lessons, without knobs that this film refuses; None if none is left.

    None also for data that the film refuses: it says why, and has nothing to show.
    """
    knobs = dict(ODD[label])
    while knobs:
        try:
            lesson = film.lesson(**read(knobs))
            film.check(lesson)
        except KnobError as error:  # a knob that makes no sense for this film
            assert error.knob in knobs, (film.name, label, error)
            del knobs[error.knob]
        except DataError:
            return None
        else:
            return lesson
    return None


def read(knobs: dict[str, Any]) -> dict[str, Any]:
    """Knobs with their data parsed."""
    data = knobs.get("data")
    return knobs | ({"data": parse_data(data)} if isinstance(data, str) else {})
