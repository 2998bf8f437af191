"""The nearest known name, and the question "did you mean ...?"."""

import pytest

from gdcore.near_miss import did_you_mean, nearest

KNOWN = ["momentum", "adam", "Start"]


@pytest.mark.parametrize(
    ("word", "near"),
    [("momentun", "momentum"), ("ADM", "adam"), ("start", "Start"), ("xyz", None), ("", None)],
)
def test_the_nearest_name(word: str, near: str | None) -> None:
    assert nearest(word, KNOWN) == near


def test_the_question() -> None:
    assert did_you_mean("momentun", KNOWN) == "did you mean 'momentum'?"
    assert did_you_mean("xyz", KNOWN) is None
