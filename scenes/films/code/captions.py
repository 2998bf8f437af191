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
    def course(self) -> Course:
        """How the descent went."""
        return Course(trace_of(self.lesson))

    @property
    def is_batch(self) -> bool:
        """Whether the program takes all samples at once."""
        return self.course.trace.order == "batch"

    @property
    def stops(self) -> bool:
        """Whether an error stops the program, or w leaves the range of a trace."""
        return self.run.stopped is not None

    @property
    def is_shown(self) -> bool:
        """Whether the rounds that are shown step by step are all."""
        return self.lesson.epochs <= rounds_shown(self.lesson.data.n)


def _counts(facts: Facts) -> Numbers:
    return {"epochs": facts.lesson.epochs, "updates": facts.run.updates}


def _last(facts: Facts) -> Numbers:
    w, better = float(facts.run.w[-1]), facts.course.better
    return {
        "updates": facts.run.updates,
        "w": legible(w, places_of(facts.course)),
        "y": legible(PREDICTED * w, decimals([PREDICTED * w])),
        "lr": short(facts.lesson.lr),
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
            Caption("epochs-stopped", lambda facts: facts.stops),
            Caption("epochs-over", lambda facts: facts.is_shown, _counts),
            Caption("epochs", numbers=_counts),
        ],
        "result": [
            Caption("stopped", lambda facts: facts.stops and facts.course.too_large, _last),
            Caption("result-at-rest", lambda facts: facts.course.at_rest, _last),
            Caption("result-diverging", lambda facts: facts.course.too_large, _last),
            Caption("result-creeping", lambda facts: facts.course.too_small, _last),
            Caption("result", numbers=_last),
        ],
    },
)
