"""No warning of NumPy reaches the user: whole films on odd data, where each would be an error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.slow

TINY, HUGE = "1e-9,1 2e-9,2.5 3e-9,2", "1e9,1e9 2e9,2.5e9 3e9,2e9"
CASES = [
    ("cost-function", "--data", HUGE),
    ("gradient", "--data", TINY, "--lr", "1e30"),
    ("batch", "--data", HUGE, "--lr", "1"),
    ("batch", "--data", "1,2 2,5 3,4", "--lr", "0.3", "--epochs", "3000"),
    ("sgd", "--data", "1,2 2,5 3,4", "--lr", "1e30"),
    ("sgd", "--data", "0,1 1,2 65,130"),
    ("compare", "--data", "1,2 2,5 3,4", "--lr", "0.3", "--epochs", "3000"),
    ("learning-rate", "--data", TINY),
    ("learning-rate", "--data", "2,5 2,6 2,7", "--rates", "0.01,1e30"),
    ("noise-ball", "--data", TINY),
    ("mini-batch", "--data", HUGE, "--lr", "1"),
    ("plane", "--data", "2,5 2,6 2,7"),
    ("plane", "--data", TINY, "--lr", "1e30"),
    ("surface", "--data", "1,5"),
    ("optimizers", "--rates", "1e30"),
    ("code", "--data", "1,5", "--lr", "1e30"),
]


@pytest.mark.parametrize("words", CASES, ids=" ".join)
def test_a_whole_film_without_a_warning(
    command: Callable[..., Any], words: tuple[str, ...]
) -> None:
    size = ("--width", "64", "--fps", "10", "--colors", "4", "--no-cache", "--lang", "en")
    made = command("gif", *words, *size, env={"PYTHONWARNINGS": "error::RuntimeWarning"})
    assert made.returncode == 0, made.stderr
    assert "warning" not in made.stderr.casefold()
