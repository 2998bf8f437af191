"""What decides the captions of the film `sgd`: its two descents, and how they went."""

from __future__ import annotations

from functools import cached_property

from gdcore.data import LECTURE, NOISY
from gdcore.theory import Spread, region_of_confusion
from gdcore.trace import Trace
from gdcore.zigzag import jumps, loss_rises
from scenes.catalogue.descents import sgd_trace
from scenes.catalogue.noisy import noise_trace, spread
from scenes.stage.descent.course import Course
from scenes.stage.descent.course_facts import CourseFacts

_ROUNDING = 1e-12  # relative
_IN_BAND = 4.0  # times σ: w hardly ever leaves this part around its mean


class Facts(CourseFacts):
    """The descent of a lesson, and the one on noisy data."""

    def descent(self) -> Trace:
        """The lesson's descent."""
        return sgd_trace(self.lesson)

    @cached_property
    def noisy(self) -> Trace:
        """The descent of the noise section."""
        return noise_trace(self.lesson)

    @cached_property
    def noisy_course(self) -> Course:
        """How it went."""
        return Course(self.noisy)

    @property
    def size(self) -> int:
        """Samples to an update; the last one of an epoch may have fewer."""
        return self.trace.batch_size

    @property
    def all_parabolas(self) -> bool:
        """Whether no sample's loss is a constant."""
        return bool(self.lesson.data.x.all())

    @cached_property
    def rises(self) -> int:
        """How many changes of the current samples' loss go up."""
        return loss_rises(self.trace)

    @cached_property
    def jumps(self) -> bool:
        """Whether the current samples' loss ever rises."""
        return jumps(self.trace)

    @property
    def calm(self) -> bool:
        """Whether no update leads away from w*, so that the cost never rises."""
        return self.course.causes.total == 0

    @property
    def falls(self) -> bool:
        """Whether the cost falls and never rises."""
        return self.calm and self.course.end < self.course.start

    def only(self, *names: str) -> bool:
        """Whether just these are causes of retreats."""
        causes = self.course.causes
        counts = {name: getattr(causes, name) for name in ("overshoot", "disagree", "velocity")}
        return {name for name, count in counts.items() if count} == set(names)

    @property
    def source(self) -> str:
        """Whose data the noise section shows.

        "own": the lesson's; "lecture": the lecture's noisy set, for the lecture's data; "added":
        the lesson's with noise; "other": the lecture's noisy set, since no noise can be added.
        """
        data, shown = self.lesson.data, self.noisy_course.objective.data
        if shown.has_samples_of(data):
            return "own"
        if not shown.has_samples_of(NOISY):
            return "added"
        return "lecture" if data.has_samples_of(LECTURE) else "other"

    @cached_property
    def region(self) -> tuple[float, float]:
        """The least and the largest minimum of the samples of the noise section."""
        return region_of_confusion(self.noisy_course.objective)

    @property
    def agree(self) -> bool:
        """Whether all these minima are one: then the data are noisy only where x = 0."""
        low, high = self.region
        return high - low <= _ROUNDING * (abs(low) + abs(high))

    @cached_property
    def band(self) -> Spread | None:
        """The exact spread that the noise ends in; None if there is none, or none is known."""
        return None if self.agree else spread(self.noisy)

    @property
    def in_band(self) -> bool:
        """Whether w has come into the band, where samples push it away from w*."""
        course, band = self.noisy_course, self.band
        return band is not None and course.end <= _IN_BAND * band.std and course.causes.total > 0
