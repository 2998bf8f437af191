"""What the film `code` says, and when it is true."""

from __future__ import annotations

from functools import cached_property

from gdcore.trace import Trace
from programs.execution import Run, execute
from programs.writer import write_program
from scenes.catalogue.captions import Caption, Captions, Numbers
from scenes.films.code.first_round import rounds_shown
from scenes.films.code.program_run import PREDICTED, trace_of
from scenes.stage.descent.course_facts import CourseFacts, results
from scenes.stage.descent.lesson_numbers import lesson_numbers
from scenes.stage.page.figures import decimals, legible, short


class Facts(CourseFacts):
    """A run of the program, and the descent that it makes."""

    def descent(self) -> Trace:
        """The descent that the program makes."""
        return trace_of(self.lesson)

    @cached_property
    def run(self) -> Run:
        """The run; how the text is set changes none of its numbers."""
        asked = self.lesson
        order = self.trace.order
        return execute(write_program(asked.data, asked.w0, asked.lr, asked.epochs, order))

    @property
    def is_batch(self) -> bool:
        """Whether the program takes all samples at once."""
        return self.trace.order == "batch"

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
        "w": legible(w, facts.places),
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
            *results(_last),
        ],
    },
    told=lambda facts: lesson_numbers(facts.lesson),
)
