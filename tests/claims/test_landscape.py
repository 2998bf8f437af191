"""Every caption of the film `landscape`, with all descents computed again in plain Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from math import inf, isfinite

import numpy as np
import pytest

from scenes import FILMS, Lesson
from scenes.locales import LANGUAGES
from tests.claims.case import Case, nothing, said

pytestmark = pytest.mark.slow

FILM = FILMS["landscape"]
LEFT, PEAK, FLAT, RIGHT = -2.6, -1.0, 1.2, 3.3
LESSONS = {
    "own": {},
    "other-seed": {"seed": 7},
    "tiny-rate": {"lr": 1e-9},
    "small-rate": {"lr": 0.01},
    "right-start": {"w0": 2.5},
    "plateau-start": {"w0": 0.5},
    "long": {"lr": 0.1, "epochs": 1000},
    "one-epoch": {"epochs": 1},
    "large-rate": {"lr": 0.5},
    "noise-too-large": {"lr": 1.5, "epochs": 3},
    "huge-rate": {"lr": 1e3},
    "far-start": {"w0": 1e5},
    "gentle": {"lr": 0.02, "epochs": 400},
    "no-jumps": {"lr": 0.04, "epochs": 300},
}


def slope(w: float) -> float:
    """The curve's slope, from its zeros."""
    return 0.02 * (w - LEFT) * (w - PEAK) * (w - FLAT) ** 2 * (w - RIGHT)


def descend(w: float, rate: float, extras: list[float]) -> float | None:
    """Where a descent with these additions to its slopes ends; None if it leaves all bounds."""
    for extra in extras:
        try:
            w -= rate * (slope(w) + extra)
        except OverflowError:
            return None
        if not isfinite(w) or abs(w) > 1e300:
            return None
    return w


def place(w: float | None) -> str:
    """The name of the place of w."""
    if w is None:
        return "gone"
    near = {"deep": abs(w - RIGHT) <= 0.05, "shallow": abs(w - LEFT) <= 0.05}
    near["plateau"] = abs(w - FLAT) <= 0.5
    return next((name for name, there in near.items() if there), "elsewhere")


def starts() -> list[float]:
    """Sixty starts in the middles of sixty equal parts of the axis."""
    return [-3.4 + 7.6 * (2 * i + 1) / 120 for i in range(60)]


@cache
def ends(lesson: Lesson, times: float = 1.0) -> list[tuple[float, float | None]]:
    """Each start with its end."""
    none = [0.0] * lesson.epochs
    return [(w, descend(w, times * lesson.lr, none)) for w in starts()]


@cache
def noisy(lesson: Lesson) -> list[float | None]:
    """The ends of sixty descents whose slopes are off by 3 to one side or the other."""
    found = []
    for i in range(60):
        coins = np.random.default_rng(60 * lesson.seed + i).integers(2, size=2 * lesson.epochs)
        signs = np.where(coins == 0, -3.0, 3.0).tolist()
        found.append(descend(LEFT, lesson.lr, signs))
    return found


def one(case: Case) -> float | None:
    return descend(case.lesson.w0, case.lesson.lr, [0.0] * case.lesson.epochs)


def ended(name: str) -> Callable[[Case], None]:
    """A test that the one descent ends there."""

    def claim(case: Case) -> None:
        assert place(one(case)) == name
        if name != "gone":
            assert case.numbers["updates"] == case.lesson.epochs
        else:
            made = case.numbers["updates"]
            assert descend(case.lesson.w0, case.lesson.lr, [0.0] * made) is not None
            assert descend(case.lesson.w0, case.lesson.lr, [0.0] * (made + 1)) is None
        if name == "elsewhere":
            case.shows("w", one(case) or inf)

    return claim


def rain(case: Case) -> None:
    assert case.numbers["count"] == len(starts())
    case.shows("rate", case.lesson.lr)


def tally(case: Case) -> None:
    count = Counter(place(end) for _, end in ends(case.lesson))
    numbers = case.numbers
    for name in ("deep", "shallow", "plateau"):
        assert numbers[name] == count[name], name
    assert numbers["other"] == count["elsewhere"] + count["gone"]
    assert ("{other}" in case.text) == (numbers["other"] > 0)


def faster(case: Case) -> None:
    case.shows("times", 8)
    case.shows("rate", 8 * case.lesson.lr)


def jumped(case: Case) -> None:
    found = ends(case.lesson, 8.0)
    gone = sum(end is None for _, end in found)
    there = [end for start, end in found if start < PEAK]
    out = sum(end is not None and end > PEAK for end in there)
    resting = sum(place(end) == "shallow" for end in there)
    if case.key == "jumped-gone":
        assert (case.numbers["gone"], case.numbers["count"]) == (gone, 60) and gone > 0
        return
    assert gone == 0
    assert (case.numbers["all"], case.numbers["out"]) == (len(there), out)
    assert (case.key == "jumped-none") == (out == 0)
    assert (case.key == "jumped-restless") == (out > 0 and resting == 0)


def noise(case: Case) -> None:
    case.shows("tilt", 3)
    assert case.numbers["count"] == len(noisy(case.lesson))


def escaped(case: Case) -> None:
    found = noisy(case.lesson)
    gone = sum(end is None for end in found)
    out = sum(end is not None and end > PEAK for end in found)
    assert case.numbers["gone"] == gone
    if case.key == "escaped-gone":
        assert gone > 0
        return
    assert gone == 0 and case.numbers["out"] == out
    assert (case.key == "escaped-none") == (out == 0)
    assert case.numbers["updates"] == 2 * case.lesson.epochs
    assert case.numbers["count"] == 60


CLAIMS: dict[str, Callable[[Case], None]] = {
    "question": nothing,
    "end-shallow": ended("shallow"),
    "end-deep": ended("deep"),
    "end-plateau": ended("plateau"),
    "end-gone": ended("gone"),
    "end": ended("elsewhere"),
    "rain": rain,
    "tally-all": tally,
    "tally": tally,
    "faster": faster,
    **dict.fromkeys(("jumped-gone", "jumped-none", "jumped-restless", "jumped"), jumped),
    "noise": noise,
    **dict.fromkeys(("escaped-gone", "escaped-none", "escaped"), escaped),
    # What these say of the real numbers is tested in tests/gdcore/test_flights.py.
    **dict.fromkeys(("logistic", "convex", "network", "twins", "result"), nothing),
}


@cache
def cases(label: str) -> list[Case]:
    """What the film says about one of the lessons."""
    return said(FILM.name, FILM.lesson(**LESSONS[label]))


@pytest.mark.parametrize("label", LESSONS)
def test_each_caption_is_true(label: str) -> None:
    for case in cases(label):
        CLAIMS[case.key](case)


def test_each_caption_has_a_claim_and_is_said() -> None:
    keys = {caption.key for beat in FILM.captions.beats.values() for caption in beat}
    assert keys == CLAIMS.keys()
    heard = {case.key for label in LESSONS for case in cases(label)}
    assert keys <= heard, f"never said: {keys - heard}"


def test_the_texts_show_the_numbers() -> None:
    for label in LESSONS:
        for case in cases(label):
            assert all(case.words(lang) for lang in LANGUAGES)
