"""What the film `gradient` says, and when it is true."""

from __future__ import annotations

from functools import cached_property

from gdcore.least_squares import LeastSquares
from gdcore.theory import contraction, thresholds
from scenes.catalogue.captions import Caption, Captions, Numbers
from scenes.catalogue.lesson import Lesson
from scenes.catalogue.minimum import is_minimum
from scenes.stage.descent.lesson_numbers import lesson_numbers
from scenes.stage.page.figures import apart, below, decimals, fixed, legible, percent, short

MANY = 4  # samples; with more, the terms are not written one by one
_EQUAL = 1e-12  # difference below which two factors count as equal: rounding errors
_TINY = 1e-3  # smaller slopes would lose digits after a fixed number of decimals
_SMALL = 0.05  # share of the way; a shorter step is called small


class Facts:
    """The slope at the start, and how far the lesson's update goes."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson, self.objective = lesson, LeastSquares(lesson.data)
        self.w, self.n = lesson.w0, lesson.data.n
        self.onto, self.across = thresholds(self.objective)[:2]

    @cached_property
    def at_rest(self) -> bool:
        """Whether the start is the minimum."""
        return is_minimum(self.objective, self.w)

    @cached_property
    def slope(self) -> float:
        """∂J/∂w at the start; exactly 0 at the minimum, without rounding errors."""
        return 0.0 if self.at_rest else float(self.objective.mean_gradient([self.w])[0])

    @cached_property
    def slope_text(self) -> str:
        """The slope as the film writes it."""
        if abs(self.slope) < _TINY:
            return short(self.slope, 3)
        return fixed(self.slope, decimals([self.slope]))

    @property
    def updated(self) -> float:
        """w after the lesson's update."""
        return self.w - self.lesson.lr * self.slope

    @property
    def factor(self) -> float:
        """What the update multiplies the error w − w* by: 1 − L·α."""
        return contraction(self.objective, self.lesson.lr)

    @property
    def share(self) -> float:
        """The step's length as a share of the way to the minimum."""
        return self.lesson.lr / self.onto


def _slope(facts: Facts) -> Numbers:
    return {"slope": facts.slope_text}


def _rate(facts: Facts) -> Numbers:
    return {"lr": short(facts.lesson.lr)}


def _step(facts: Facts) -> Numbers:
    """Rate, limits and share: what differs looks different. ``good`` is just below 1/L."""
    lr, onto, across = apart([facts.lesson.lr, facts.onto, facts.across])
    share, good = percent(facts.share, 3), short(below(facts.onto))
    return {
        "lr": lr,
        "onto": onto,
        "across": across,
        "share": share,
        "good": good,
    }


def _is_onto(facts: Facts) -> bool:
    return abs(facts.factor) <= _EQUAL


def _is_across(facts: Facts) -> bool:
    return abs(facts.factor + 1) <= _EQUAL


def _has_terms(facts: Facts) -> bool:
    return 1 < facts.n <= MANY


def _told(facts: Facts) -> Numbers:
    onto, across = apart([facts.onto, facts.across])
    places = decimals([facts.w, facts.updated])
    return {
        **lesson_numbers(facts.lesson),
        **_slope(facts),
        "onto": onto,
        "across": across,
        "w1": legible(facts.updated, places),
    }


CAPTIONS = Captions(
    Facts,
    {
        "ask": [Caption("ask")],
        "way": [
            Caption("down-right", lambda facts: facts.slope < 0),
            Caption("down-left", lambda facts: facts.slope > 0),
            Caption("down-stay"),
        ],
        "chain": [Caption("chain")],
        "numbers": [
            Caption("numbers", _has_terms),
            Caption("numbers-n", numbers=lambda facts: {"n": facts.n}),
        ],
        "same": [Caption("same", numbers=_slope)],
        "sign": [
            Caption("sign-at-rest", lambda facts: facts.at_rest),
            Caption("sign"),
        ],
        "size": [Caption("size")],
        "alpha": [Caption("alpha")],
        "too-large": [Caption("too-large")],
        "update": [Caption("update", numbers=_rate)],
        "step": [
            Caption("step-rest", lambda facts: facts.at_rest),
            Caption("step-onto", _is_onto, _rate),
            Caption("step-across", _is_across, _rate),
            Caption("step-small", lambda facts: facts.share < _SMALL, _step),
            Caption("step-short", lambda facts: facts.factor > 0, _step),
            Caption("step-past", lambda facts: -1 < facts.factor < 0, _step),
            Caption("step-away", lambda facts: facts.factor < -1, _step),
            Caption("update", numbers=_rate),
        ],
    },
    told=_told,
)
