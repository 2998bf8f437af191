"""No warning of NumPy reaches the user: whole films, drawn and encoded, where each is an error.

More lessons are played without drawing in `tests/scenes/test_warnings.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.slow

CASES = [
    ("batch", "--data", "1e9,1e9 2e9,2.5e9 3e9,2e9", "--lr", "1"),
    ("learning-rate", "--data", "2,5 2,6 2,7", "--rates", "0.01,1e30"),
    ("plane", "--data", "1e-9,1 2e-9,2.5 3e-9,2", "--lr", "1e30"),
]


@pytest.mark.parametrize("words", CASES, ids=" ".join)
def test_a_whole_film_without_a_warning(
    command: Callable[..., Any], words: tuple[str, ...]
) -> None:
    size = (
        "--width",
        "64",
        "--fps",
        "10",
        "--pace",
        "4",
        "--colors",
        "4",
        "--no-cache",
        "--lang",
        "en",
    )
    made = command("gif", *words, *size, env={"PYTHONWARNINGS": "error::RuntimeWarning"})
    assert made.returncode == 0, made.stderr
    assert "warning" not in made.stderr.casefold()
