"""What the film `code` says, and when it is true."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from programs.execution import Run, execute
from programs.writer import write_program
from scenes.catalogue.captions import Caption, Captions, Numbers
from scenes.catalogue.lesson import Lesson
from scenes.films.code.first_round import rounds_shown
from scenes.films.code.program_run import PREDICTED, trace_of
from scenes.stage.descent.course import Course
from scenes.stage.descent.final_numbers import places_of
from scenes.stage.descent.remedy import Remedy
from scenes.stage.page.figures import decimals, legible, short


@dataclass(frozen=True)
class Facts:
    """A run of the program, and the descent that it makes."""

    lesson: Lesson

    @cached_property
    def run(self) -> Run:
        """The run; how the text is set changes none of its numbers."""
        asked = self.lesson
        order = self.course.trace.order
        return execute(write_program(asked.data, asked.w0, asked.lr, asked.epochs, order))

    @cached_property
    def remedy(self) -> Remedy:
        """The lesson's rate, judged by its descent."""
        return Remedy(self.lesson, trace_of)

    @property
    def course(self) -> Course:
        """How the descent went."""
        return self.remedy.course

    @property
    def is_batch(self) -> bool:
        """Whether the program takes all samples at once."""
        return self.course.trace.order == "batch"

    @property
    def overflows(self) -> bool:
        """Whether Python stops the program with an error."""
        return self.run.stopped is not None and not self.leaves_range

    @property
    def leaves_range(self) -> bool:
        """Whether w leaves the range of a trace, where the run ends."""
        return self.run.stopped is not None and self.run.stopped.startswith("diverged")

    @property
    def is_shown(self) -> bool:
        """Whether the rounds that are shown step by step are all."""
        return self.lesson.epochs <= rounds_shown(self.lesson.data.n)

    @property
    def has_remedy(self) -> bool:
        """Whether a rate is known that would do."""
        return self.remedy.rate is not None


def _counts(facts: Facts) -> Numbers:
    return {"epochs": facts.lesson.epochs, "updates": facts.run.updates}


def _last(facts: Facts) -> Numbers:
    w, lesson, better = float(facts.run.w[-1]), facts.lesson, facts.remedy.rate
    return {
        "updates": facts.run.updates,
        "w": legible(w, places_of(facts.course)),
        "y": legible(PREDICTED * w, decimals([PREDICTED * w])),
        "lr": short(lesson.lr),
        "better": "" if better is None else short(better),
    }


CAPTIONS = Captions(
    Facts,
    {
        "program": [
            Caption("program-batch", lambda facts: facts.is_batch),
            Caption("program-sgd"),
        ],
        "first-epoch": [
            Caption("first-epoch-batch", lambda facts: facts.is_batch),
            Caption("first-epoch-sgd"),
        ],
        "epochs": [
            Caption("epochs-stopped", lambda facts: facts.run.stopped is not None),
            Caption("epochs-over", lambda facts: facts.is_shown, _counts),
            Caption("epochs", numbers=_counts),
        ],
        "result": [
            Caption("stopped-limit", lambda facts: facts.leaves_range and facts.has_remedy, _last),
            Caption("stopped-error", lambda facts: facts.overflows and facts.has_remedy, _last),
            Caption("result-at-rest", lambda facts: facts.course.at_rest, _last),
            Caption("result-diverging", lambda facts: facts.remedy.too_large, _last),
            Caption("result-creeping", lambda facts: facts.remedy.too_small, _last),
            Caption("result", numbers=_last),
        ],
    },
)
