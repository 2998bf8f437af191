"""No warning of NumPy on extreme data, at any moment: pytest makes an error of each."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import pytest

from gdcore.data import parse_data
from scenes import FILMS

pytestmark = pytest.mark.slow

TINY, HUGE = "1e-9,1 2e-9,2.5 3e-9,2", "1e9,1e9 2e9,2.5e9 3e9,2e9"
CASES: list[tuple[str, dict[str, Any]]] = [
    ("cost-function", {"data": HUGE}),
    ("gradient", {"data": TINY, "lr": 1e30}),
    ("batch", {"data": HUGE, "lr": 1.0}),
    ("batch", {"data": "1,2 2,5 3,4", "lr": 0.3, "epochs": 3000}),
    ("sgd", {"data": "1,2 2,5 3,4", "lr": 1e30}),
    ("sgd", {"data": "0,1 1,2 65,130"}),
    ("compare", {"data": "1,2 2,5 3,4", "lr": 0.3, "epochs": 3000}),
    ("learning-rate", {"data": TINY}),
    ("learning-rate", {"data": "2,5 2,6 2,7", "rates": (0.01, 1e30)}),
    ("noise-ball", {"data": TINY}),
    ("mini-batch", {"data": HUGE, "lr": 1.0}),
    ("plane", {"data": "2,5 2,6 2,7"}),
    ("plane", {"data": TINY, "lr": 1e30}),
    ("surface", {"data": "1,5"}),
    ("optimizers", {"rates": (1e30,) * 6}),
    ("code", {"data": "1,5", "lr": 1e30}),
]


@pytest.mark.parametrize(("film", "knobs"), CASES)
def test_a_film_without_a_warning(
    film: str, knobs: dict[str, Any], watch: Callable[..., Any]
) -> None:
    """Twice a second, and at the end of each motion."""
    data = {"data": parse_data(knobs["data"])} if "data" in knobs else {}
    seen: list[float] = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        lesson = FILMS[film].lesson(**{**knobs, **data})
        watch(film, lesson, lambda scene, seconds: seen.append(seconds), every=0.5)
    assert len(seen) > 2 * 20
