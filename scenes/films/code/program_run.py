"""What the film's program computes."""

from __future__ import annotations

from gdcore.trace import Trace
from scenes.catalogue.descents import batch_trace, sgd_trace
from scenes.catalogue.lesson import Lesson

PREDICTED = 4.0
"""The x for which the program predicts."""


def trace_of(lesson: Lesson) -> Trace:
    """The descent that the program makes: with the samples in order, or with all at once."""
    return batch_trace(lesson) if lesson.order == "batch" else sgd_trace(lesson)
