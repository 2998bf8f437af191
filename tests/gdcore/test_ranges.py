"""Ranges: which numbers they hold, and their words."""

from math import inf, nan

import pytest

from gdcore.ranges import Range

RATE = Range(above=0, most=1e30)
EPOCHS = Range(least=1, most=100, whole=True)


@pytest.mark.parametrize(
    ("allowed", "inside", "outside"),
    [
        (Range(), (-1e300, 0, 0.5), (inf, -inf, nan)),
        (Range(least=-2, most=5), (-2, 0.5, 5), (-2.01, 5.01, inf, -inf, nan)),
        (Range(least=0, below=1), (0, 0.999), (-1e-9, 1)),
        (RATE, (1e-300, 1e30), (0, -1, inf)),
        (EPOCHS, (1, 7.0, 100), (0, 1.5, 101, 10**400, inf, nan)),
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
        (Range(), "a finite number"),
        (RATE, "a finite number > 0 and <= 1e+30"),
        (EPOCHS, "a whole number >= 1 and <= 100"),
    ],
)
def test_its_words(allowed: Range, words: str) -> None:
    assert allowed.range == words


def test_checking_names_the_number_and_its_range() -> None:
    assert EPOCHS.check("epochs", 7) == 7
    with pytest.raises(ValueError, match=r"^epochs must be .* >= 1 and <= 100, not 0$"):
        EPOCHS.check("epochs", 0)
