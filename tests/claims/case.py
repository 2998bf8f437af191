"""What a film says at one of its beats about one lesson, and the descents computed anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from string import Formatter
from typing import Any

import numpy as np

from gdcore.least_squares import LeastSquares
from gdcore.trace import Trace
from scenes import FILMS, Lesson
from scenes.catalogue.captions import Caption, always
from scenes.catalogue.descents import batch_trace, sgd_trace
from scenes.locales import filled, texts
from tests.claims.plain import Run, run
from tests.claims.shown import agrees, value

SAME = 1e-7  # relative difference of two computations of one path


@dataclass(frozen=True)
class Case:
    """One caption about one lesson: its key, and the values that are filled in."""

    film: str
    beat: str
    key: str
    numbers: Mapping[str, Any]
    lesson: Lesson

    def shows(self, name: str, true: float, slack: float = 1e-9) -> None:
        """Assert that the number under ``name`` is ``true``, to the digits shown."""
        shown = self.numbers[name]
        assert agrees(shown, true, slack), f"{name}: {shown} is shown, {true!r} is true"

    @property
    def text(self) -> str:
        """The caption with its placeholders, in English."""
        return texts("en")[f"{self.film}.{self.key}"]

    @property
    def placeholders(self) -> set[str]:
        """The names of the numbers that the caption shows."""
        return {name for _, name, _, _ in Formatter().parse(self.text) if name}

    @property
    def per_epoch(self) -> int:
        """The updates of SGD in an epoch."""
        return -(-self.lesson.data.n // (self.lesson.batch_size or 1))

    def words(self, lang: str, **added: str) -> str:
        """The caption as text; words that the scene adds are left out, but for those given."""
        values = {**dict.fromkeys(self.placeholders, ""), **self.numbers, **added}
        return filled(texts(lang), f"{self.film}.{self.key}", **values)

    @property
    def sgd(self) -> Run:
        """The stochastic descent without a bias."""
        return again(self.lesson, sgd_trace)

    @property
    def batch(self) -> Run:
        """The batch descent without a bias."""
        return again(self.lesson, batch_trace)

    @property
    def sgd_plane(self) -> Run:
        """The stochastic descent of w and b."""
        return again(self.lesson, sgd_trace, bias=True)

    @property
    def batch_plane(self) -> Run:
        """The batch descent of w and b."""
        return again(self.lesson, batch_trace, bias=True)

    def number(self, name: str) -> float:
        """The number that is shown under ``name``."""
        return value(str(self.numbers[name]))

    def with_shown_rate(self, name: str, make: Callable[[Lesson], Trace]) -> Run:
        """The descent with the rate that the caption recommends, as a viewer would type it."""
        return recomputed(make(replace(self.lesson, lr=self.number(name))))


@lru_cache(maxsize=8)
def traces_of(film: str, lesson: Lesson) -> Mapping[str, Trace]:
    """The film's own descents, computed once for all captions about a lesson."""
    return FILMS[film].traces(lesson)


@lru_cache(maxsize=32)
def again(lesson: Lesson, make: Callable[..., Trace], bias: bool = False) -> Run:
    """A descent that was asked for what the lesson says, in plain Python."""
    trace = make(lesson, bias)
    assert isinstance(trace.objective, LeastSquares)
    assert (trace.objective.data, trace.lr) == (lesson.data, lesson.lr)
    assert trace.start == (lesson.w0, lesson.b0)[: trace.objective.d]
    assert (trace.seed, trace.epochs) == (lesson.seed, lesson.epochs)
    return recomputed(trace)


@lru_cache(maxsize=32)
def recomputed(trace: Trace) -> Run:
    """The descent of a trace in plain Python.

    Where the path hangs on the last digit (at the minimum the gradient is pure rounding, which a
    rule may divide by its own size, or a large rate enlarge) no two computations agree; then the
    trace's own path is judged.
    """
    made = run(trace)
    if same_path(made, trace):
        return made
    path = tuple(tuple(row) for row in trace.theta.tolist())
    return replace(made, theta=path, looked_at=made.looked_at[: trace.updates])


def same_path(made: Run, trace: Trace) -> bool:
    """Whether two computations of a descent agree: as seen from how far it moved, and where it is.

    A descent that runs far off and comes back brings large rounding errors home.
    """
    one, other = np.array(made.theta), trace.theta
    if one.shape != other.shape:
        return False
    moved = np.maximum.accumulate(np.abs(other - other[0]))
    size = np.minimum(moved, np.abs(other) + np.abs(other[0]))
    return bool(np.all(np.abs(one - other) <= SAME * size))


def said(film: str, lesson: Lesson) -> list[Case]:
    """A case for each beat of the film: the caption that it picks for this lesson."""
    told = FILMS[film].captions.said(lesson).items()
    return [Case(film, beat, key, numbers, lesson) for beat, (key, numbers) in told]


Claim = Callable[[Case], None]
"""A test of one caption: it raises AssertionError if the sentence or a number in it is not true."""


def nothing(case: Case) -> None:
    """For a sentence that explains; it claims nothing that depends on the lesson."""


def complaint(
    claims: Mapping[str, Claim], label: str, case: Case, gaps: tuple[type[Exception], ...] = ()
) -> str | None:
    """What is wrong with a caption, in a line; None if its claim holds.

    ``gaps``: errors that also count, since a number is missing where the claim looks for one.
    """
    try:
        claims[case.key](case)
    except (AssertionError, *gaps) as error:
        return f"{label}: {case.key}: {case.words('en')!r}: {str(error).partition(chr(10))[0]}"
    return None


def none_false(claims: Mapping[str, Claim], cases: Iterable[tuple[str, Case]]) -> None:
    """Assert that all captions are true; the failure lists those that are not."""
    wrong = [found for label, case in cases if (found := complaint(claims, label, case))]
    assert not wrong, f"{len(wrong)} false:\n" + "\n".join(wrong[:40])


def conditional(film: str) -> dict[tuple[str, str], Caption[Any]]:
    """The film's captions that have a predicate, by beat and key."""
    beats = FILMS[film].captions.beats.items()
    return {(beat, c.key): c for beat, told in beats for c in told if c.holds is not always}
