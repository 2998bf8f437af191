"""What the film `compare` says, and when it is true."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdcore.suited import working_rate
from scenes.catalogue.captions import Caption, Captions, Numbers
from scenes.catalogue.descents import batch_trace, sgd_trace
from scenes.catalogue.lesson import RATE_MAX, Lesson
from scenes.films.compare.finish import Finish, finish, tolerance
from scenes.stage.descent.course import Course
from scenes.stage.descent.lesson_numbers import lesson_numbers
from scenes.stage.page.figures import percent, short

NAMES = ("batch", "sgd")
AXES = ("epochs", "updates", "gradients")
_ALIKE = 0.1  # share of the larger count


@dataclass(frozen=True)
class Facts:
    """Both descents of a lesson, and how near they come to w* after how much work."""

    lesson: Lesson

    @cached_property
    def courses(self) -> dict[str, Course]:
        """The two descents by name."""
        made = (batch_trace(self.lesson), sgd_trace(self.lesson))
        return {name: Course(trace) for name, trace in zip(NAMES, made, strict=True)}

    @cached_property
    def near(self) -> float:
        """The tolerance: as near to w* as this counts as arrived."""
        return tolerance(self.courses["batch"])

    @cached_property
    def ends(self) -> dict[str, Finish]:
        """How each comes within the tolerance."""
        return {name: finish(course, self.near) for name, course in self.courses.items()}

    @property
    def size(self) -> int:
        """Samples to an update of SGD; the last one of an epoch may have fewer."""
        return self.courses["sgd"].trace.batch_size

    @cached_property
    def alike(self) -> bool:
        """Whether both make the same steps."""
        batch, sgd = (course.trace.theta for course in self.courses.values())
        return np.array_equal(batch, sgd)

    def arrives(self, *names: str) -> bool:
        """Whether these come within the tolerance, at least once."""
        return all(self.ends[name].updates is not None for name in names)

    def off(self, *names: str) -> bool:
        """Whether just these run off, and a smaller rate works for both."""
        gone = {name for name, course in self.courses.items() if course.ran_off}
        return gone == set(names) and self.better is not None and self.better < self.lesson.lr

    def stay(self, *names: str) -> bool:
        """Whether just these are within the tolerance throughout the last epoch."""
        return {name for name, end in self.ends.items() if end.stays} == set(names)

    @property
    def too_small(self) -> bool:
        """Whether both creep, and a larger rate works for both."""
        creep = all(course.creeps for course in self.courses.values())
        return creep and self.better is not None and self.better > self.lesson.lr

    @cached_property
    def better(self) -> float | None:
        """A rate that works for both (see `working_rate`)."""
        return working_rate(*(course.trace for course in self.courses.values()), most=RATE_MAX)


def _sizes(facts: Facts) -> Numbers:
    per_epoch = facts.courses["sgd"].trace.updates_per_epoch
    return {"n": facts.lesson.data.n, "size": facts.size, "updates": per_epoch}


def _counts(axis: str, facts: Facts) -> Numbers:
    """When each arrives; the word for one that does not is the scene's."""
    counts = {name: end.count(axis) for name, end in facts.ends.items()}
    found = {name: count for name, count in counts.items() if count is not None}
    return {"near": short(facts.near), **found}


def _spent(axis: str, facts: Facts) -> Numbers:
    """What each did without arriving."""
    traces = {name: course.trace for name, course in facts.courses.items()}
    if axis == "updates":
        return {name: trace.updates for name, trace in traces.items()}
    return {name: int(trace.sample_gradients[-1]) for name, trace in traces.items()}


def _near(facts: Facts) -> Numbers:
    return {"near": short(facts.near)}


def _share(facts: Facts) -> Numbers:
    batch, sgd = (facts.ends[name].gradients for name in NAMES)
    return {"share": percent(sgd / batch) if sgd and batch else ""}


def _rates(facts: Facts) -> Numbers:
    return {"lr": short(facts.lesson.lr), "better": short(facts.better) if facts.better else ""}


def _told(facts: Facts) -> Numbers:
    return {**lesson_numbers(facts.lesson), **_near(facts)}


def _some_arrive(facts: Facts) -> bool:
    return any(facts.arrives(name) for name in NAMES)


def _together(axis: str, facts: Facts) -> bool:
    """Whether both arrive, and their counts differ by a tenth of the larger one at most."""
    counts = [end.count(axis) for end in facts.ends.values()]
    known = [count for count in counts if count is not None]
    return len(known) == len(counts) and max(known) - min(known) <= _ALIKE * max(known)


def _part(facts: Facts) -> bool:
    """Whether they arrive together by updates, and not by sample gradients."""
    return _together("updates", facts) and not _together("gradients", facts)


def _have_a_share(facts: Facts) -> bool:
    return facts.stay("batch", "sgd") and all(end.gradients for end in facts.ends.values())


def _is_restless(facts: Facts) -> bool:
    return not facts.courses["sgd"].exact and facts.stay("batch")


CAPTIONS = Captions(
    Facts,
    {
        "start": [Caption("start", numbers=_sizes)],
        "race": [
            Caption("race-one", lambda facts: facts.lesson.data.n == 1 and facts.alike),
            Caption("race", lambda facts: facts.size == 1, _sizes),
            Caption("race-size", lambda facts: facts.lesson.data.n % facts.size == 0, _sizes),
            Caption("race-uneven", numbers=_sizes),
        ],
        "epochs-counted": [
            Caption("epochs-counted", _some_arrive, lambda facts: _counts("epochs", facts)),
            Caption("epochs-neither", numbers=_near),
        ],
        "updates-counted": [
            Caption(
                "updates-alike",
                lambda facts: _together("updates", facts),
                lambda facts: _counts("updates", facts),
            ),
            Caption("updates-counted", _some_arrive, lambda facts: _counts("updates", facts)),
            Caption("updates-neither", numbers=lambda facts: _spent("updates", facts)),
        ],
        "gradients-counted": [
            Caption("gradients-apart", _part, lambda facts: _counts("gradients", facts)),
            Caption("gradients-counted", _some_arrive, lambda facts: _counts("gradients", facts)),
            Caption("gradients-neither", numbers=lambda facts: _spent("gradients", facts)),
        ],
        "result": [
            Caption("result-at-rest", lambda facts: all(c.at_rest for c in facts.courses.values())),
            Caption("result-both-diverge", lambda facts: facts.off("batch", "sgd"), _rates),
            Caption("result-batch-diverges", lambda facts: facts.off("batch"), _rates),
            Caption("result-sgd-diverges", lambda facts: facts.off("sgd"), _rates),
            Caption("result-both", _have_a_share, _share),
            Caption("result-both-stay", lambda facts: facts.stay("batch", "sgd"), _near),
            Caption("result-restless", _is_restless, _near),
            Caption("result-batch-only", lambda facts: facts.stay("batch"), _near),
            Caption("result-sgd-only", lambda facts: facts.stay("sgd"), _near),
            Caption("result-creeping", lambda facts: facts.too_small, _rates),
            Caption("result-neither", numbers=_near),
        ],
    },
    told=_told,
)
