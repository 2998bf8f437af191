"""Claims that several films make at their end: where w came to, and which rate would do."""

from __future__ import annotations

from collections.abc import Callable

from gdcore.trace import Trace
from scenes import Lesson
from tests.claims.case import Case
from tests.claims.plain import Run, minima

Descend = Callable[[Lesson], Trace]


def at_rest(case: Case, run: Run) -> None:
    """The start is the minimum, and w never leaves it."""
    assert run.away(0) <= 2 * run.rounding
    assert all(abs(w - run.w[0]) <= 2 * run.rounding for w in run.w)


def ended(case: Case, run: Run) -> None:
    """The number of updates, the last w, and what it predicts."""
    w = run.w[-1]
    if "updates" in case.numbers:
        assert case.numbers["updates"] == run.updates
    if "w" in case.numbers:
        case.shows("w", w, slack(run))
    if case.numbers.get("y"):
        x = case.number("x") if "x" in case.numbers else 4.0
        case.shows("y", w * x, slack(run))


def slack(run: Run) -> float:
    """The relative error that another order of operations leaves in the last w."""
    return 1e-9 + 10 * run.rounding / (abs(run.w[-1]) or 1.0)


def too_large(case: Case, run: Run, descend: Descend) -> None:
    """w runs off, and with the smaller rate that is named it comes nearer to the minimum."""
    assert run.diverged or run.away(run.updates) > run.away(0)
    case.shows("lr", case.lesson.lr)
    assert case.number("better") < case.lesson.lr
    works(case.with_shown_rate("better", descend))
    ended(case, run)


def too_small(case: Case, run: Run, descend: Descend) -> None:
    """More than half of the way is left, and the larger rate that is named does better."""
    assert run.away(run.updates) > run.away(0) / 2
    case.shows("lr", case.lesson.lr)
    assert case.number("better") > case.lesson.lr
    works(case.with_shown_rate("better", descend))
    ended(case, run)


def works(run: Run) -> None:
    """Half of the way is done, or w is held among the minima of the samples."""
    among = min(minima(run)) <= run.w[-1] <= max(minima(run))
    assert not run.diverged
    assert run.away(run.updates) <= run.away(0) / 2 or among, "the rate that is named fails"
