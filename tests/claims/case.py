"""What a film says at one of its beats about one lesson, and the descents computed anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from gdcore.trace import Trace
from scenes import FILMS, Lesson
from scenes.catalogue.descents import batch_trace, sgd_trace
from scenes.locales import filled, texts
from tests.claims.plain import Run, run
from tests.claims.shown import agrees

SAME = 1e-7  # relative difference of two computations of one path


@dataclass(frozen=True)
class Case:
    """One caption about one lesson: its key, and the values that are filled in."""

    film: str
    beat: str
    key: str
    numbers: Mapping[str, Any]
    lesson: Lesson

    def shows(self, name: str, value: float, slack: float = 1e-9) -> None:
        """Assert that the number under ``name`` is ``value``, to the digits shown."""
        shown = self.numbers[name]
        assert agrees(shown, value, slack), f"{name}: {shown} is shown, {value!r} is true"

    def words(self, lang: str) -> str:
        """The caption as text; words of the language that the scene adds are left out."""
        return filled(texts(lang), f"{self.film}.{self.key}", **Blank(self.numbers))

    @cached_property
    def sgd(self) -> Run:
        """The stochastic descent without a bias."""
        return self.again(sgd_trace(self.lesson))

    @cached_property
    def batch(self) -> Run:
        """The batch descent without a bias."""
        return self.again(batch_trace(self.lesson))

    @cached_property
    def sgd_plane(self) -> Run:
        """The stochastic descent of w and b."""
        return self.again(sgd_trace(self.lesson, bias=True), bias=True)

    @cached_property
    def batch_plane(self) -> Run:
        """The batch descent of w and b."""
        return self.again(batch_trace(self.lesson, bias=True), bias=True)

    def again(self, trace: Trace, bias: bool = False, **other: Any) -> Run:
        """The descent of a trace, in plain Python.

        Where the path hangs on the last digit (a gradient of pure rounding at the minimum, divided
        by its own size) no two computations agree; then the trace's own path is judged.
        """
        made = run(self.lesson, trace, bias, **other)
        if same_path(made, trace):
            return made
        path = tuple(tuple(row) for row in trace.theta.tolist())
        return Run(
            made.x, made.y, bias, path, made.looked_at[: trace.updates],
            trace.diverged_at is not None,
        )  # fmt: skip


class Blank(dict[str, Any]):
    """Values for a text; what is missing is an empty word."""

    def __missing__(self, name: str) -> str:
        return ""


def same_path(made: Run, trace: Trace) -> bool:
    """Whether two computations of a descent agree, but for rounding."""
    one, other = np.array(made.theta), trace.theta
    if one.shape != other.shape:
        return False
    size = np.abs(other).max(axis=1, keepdims=True) + np.abs(other[:1]).max()
    return bool(np.all(np.abs(one - other) <= SAME * np.where(size > 0, size, 1)))


def said(film: str, lesson: Lesson) -> list[Case]:
    """A case for each beat of the film: the caption that it picks for this lesson."""
    captions = FILMS[film].captions
    assert captions is not None, film
    facts = captions.facts(lesson)
    found = [(beat, *captions.pick(beat, facts)) for beat in captions.beats]
    return [Case(film, beat, key, numbers, lesson) for beat, key, numbers in found]


Claim = Callable[[Case], None]
"""A test of one caption: it raises AssertionError if the sentence or a number in it is not true."""


def nothing(case: Case) -> None:
    """For a sentence that explains; it claims nothing that depends on the lesson."""
