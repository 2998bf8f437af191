"""Ranges: which numbers they hold, and their words."""

from math import inf, nan

import pytest

from gdcore.ranges import Range


@pytest.mark.parametrize(
    ("allowed", "inside", "outside"),
    [
        (Range(-2, 5), (-2, 0.5, 5), (-2.01, 5.01, inf, -inf, nan)),
        (Range(0, 1e30, above=True), (1e-300, 1e30), (0, -1, inf)),
        (Range(1, 100, whole=True), (1, 7.0, 100), (0, 1.5, 101, nan)),
    ],
)
def test_which_numbers_it_holds(
    allowed: Range, inside: tuple[float, ...], outside: tuple[float, ...]
) -> None:
    assert all(map(allowed.holds, inside))
    assert not any(map(allowed.holds, outside))


@pytest.mark.parametrize(
    ("allowed", "words"),
    [
        (Range(0.25, 4), "a number from 0.25 to 4"),
        (Range(0, 1e30, above=True), "a number above 0 and at most 1e+30"),
        (Range(1, 10_000, whole=True), "a whole number from 1 to 10000"),
    ],
)
def test_its_words(allowed: Range, words: str) -> None:
    assert allowed.words == words
