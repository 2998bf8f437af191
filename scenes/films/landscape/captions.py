"""What the film `landscape` says, and when it is true."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdcore.arrays import FloatArray
from gdcore.studies.basins import Fate, fates, tally
from gdcore.trace import Trace
from scenes.catalogue.captions import Caption, Captions, Numbers
from scenes.catalogue.lesson import Lesson
from scenes.films.landscape.descents import COUNT, CURVE, TILT, TIMES, many, noisy, one, starts
from scenes.stage.page.figures import short


def end_of(trace: Trace) -> float:
    """Where a descent ends; nan if it has diverged."""
    return float(trace.w[-1]) if trace.diverged_at is None else float("nan")


@dataclass(frozen=True)
class Facts:
    """The descents of a lesson, and where each of them ends."""

    lesson: Lesson

    @cached_property
    def one(self) -> Trace:
        """The descent from the lesson's start."""
        return one(self.lesson)

    @cached_property
    def fate(self) -> Fate:
        """How it ends."""
        return Fate(int(fates(CURVE, np.array([end_of(self.one)]))[0]))

    @cached_property
    def many(self) -> tuple[Trace, ...]:
        """The descents from all starts."""
        return many(self.lesson.lr, self.lesson.epochs)

    @property
    def larger(self) -> float:
        """The larger rate."""
        return TIMES * self.lesson.lr

    @cached_property
    def faster(self) -> tuple[Trace, ...]:
        """The same with the larger rate."""
        return many(self.larger, self.lesson.epochs)

    @cached_property
    def noisy(self) -> tuple[Trace, ...]:
        """The stochastic descents."""
        return noisy(self.lesson.lr, self.lesson.epochs, self.lesson.seed)

    @property
    def updates(self) -> int:
        """The updates of a stochastic descent, if it does not diverge."""
        return 2 * self.lesson.epochs

    @cached_property
    def shares(self) -> tuple[int, ...]:
        """How many of the starts have each fate at the lesson's rate."""
        return tally(fates(CURVE, ends(self.many)))

    @cached_property
    def jumpers(self) -> FloatArray:
        """With the larger rate: where those end that start on the shallow side of the peak."""
        start = np.array(starts())
        return ends(self.faster)[start < CURVE.peaks[0]]

    @cached_property
    def out(self) -> int:
        """How many of these end beyond the peak."""
        return int((self.jumpers > CURVE.peaks[0]).sum())

    @cached_property
    def gone(self) -> int:
        """How many descents with the larger rate diverge."""
        return int(np.isnan(ends(self.faster)).sum())

    @cached_property
    def resting(self) -> int:
        """How many settle in the shallow valley with the larger rate."""
        return int((fates(CURVE, self.jumpers) == Fate.SHALLOW).sum())

    @cached_property
    def escaped(self) -> int:
        """How many noisy descents end beyond the peak."""
        return int((ends(self.noisy) > CURVE.peaks[0]).sum())

    @cached_property
    def thrown(self) -> int:
        """How many noisy descents diverge."""
        return int(np.isnan(ends(self.noisy)).sum())


def ends(group: tuple[Trace, ...]) -> FloatArray:
    """The end of each descent, nan for one that has diverged."""
    return np.array([end_of(trace) for trace in group])


def _end(facts: Facts) -> Numbers:
    return {"updates": facts.one.updates, "w": short(float(facts.one.w[-1]))}


def _rate(facts: Facts) -> Numbers:
    return {"count": COUNT, "rate": short(facts.lesson.lr)}


def _shares(facts: Facts) -> Numbers:
    deep, shallow, plateau, elsewhere, gone = facts.shares
    return {"deep": deep, "shallow": shallow, "plateau": plateau, "other": elsewhere + gone}


def _larger(facts: Facts) -> Numbers:
    return {"times": short(TIMES), "rate": short(facts.larger)}


def _jumped(facts: Facts) -> Numbers:
    return {"all": len(facts.jumpers), "out": facts.out}


def _gone(facts: Facts) -> Numbers:
    return {"count": COUNT, "gone": facts.gone}


def _tilt(facts: Facts) -> Numbers:
    return {"count": COUNT, "tilt": short(TILT)}


def _escaped(facts: Facts) -> Numbers:
    return {"count": COUNT, "out": facts.escaped, "updates": facts.updates, "gone": facts.thrown}


def _told(facts: Facts) -> Numbers:
    lesson = facts.lesson
    start = {"w0": short(lesson.w0), "lr": short(lesson.lr)}
    return {**start, "count": COUNT, "times": short(TIMES), "larger": short(facts.larger)}


CAPTIONS: Captions[Facts] = Captions(
    Facts,
    {
        "question": [Caption("question")],
        "end": [
            Caption("end-shallow", lambda facts: facts.fate is Fate.SHALLOW, _end),
            Caption("end-deep", lambda facts: facts.fate is Fate.DEEP, _end),
            Caption("end-plateau", lambda facts: facts.fate is Fate.PLATEAU, _end),
            Caption("end-gone", lambda facts: facts.fate is Fate.GONE, _end),
            Caption("end", numbers=_end),
        ],
        "rain": [Caption("rain", numbers=_rate)],
        "tally": [
            Caption("tally-all", lambda facts: sum(facts.shares[3:]) == 0, _shares),
            Caption("tally", numbers=_shares),
        ],
        "faster": [Caption("faster", numbers=_larger)],
        "jumped": [
            Caption("jumped-gone", lambda facts: facts.gone > 0, _gone),
            Caption("jumped-none", lambda facts: facts.out == 0, _jumped),
            Caption("jumped-restless", lambda facts: facts.resting == 0, _jumped),
            Caption("jumped", numbers=_jumped),
        ],
        "noise": [Caption("noise", numbers=_tilt)],
        "escaped": [
            Caption("escaped-gone", lambda facts: facts.thrown > 0, _escaped),
            Caption("escaped-none", lambda facts: facts.escaped == 0, _escaped),
            Caption("escaped", numbers=_escaped),
        ],
        "logistic": [Caption("logistic")],
        "convex": [Caption("convex")],
        "network": [Caption("network")],
        "twins": [Caption("twins")],
        "result": [Caption("result")],
    },
    told=_told,
)
