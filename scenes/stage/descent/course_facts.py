"""What films about one descent of ŷ = w·x share: its course, and what they say of its end."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from gdcore.trace import Trace
from scenes.catalogue.captions import Caption, Numbers
from scenes.catalogue.lesson import Lesson
from scenes.stage.descent.course import Course
from scenes.stage.descent.final_numbers import places_of


@dataclass(frozen=True)
class CourseFacts(ABC):
    """The descent of a lesson, and how it went."""

    lesson: Lesson

    @abstractmethod
    def descent(self) -> Trace:
        """Make the descent that the film is about."""

    @cached_property
    def course(self) -> Course:
        """How the descent went."""
        return Course(self.descent())

    @property
    def trace(self) -> Trace:
        """The descent."""
        return self.course.trace

    @cached_property
    def places(self) -> int:
        """Decimals of w."""
        return places_of(self.course)


Facts = TypeVar("Facts", bound=CourseFacts)


def results(numbers: Callable[[Facts], Numbers]) -> list[Caption[Facts]]:
    """The captions of the beat "result"; ``numbers`` are those that all of them may show."""
    return [
        Caption("result-at-rest", lambda facts: facts.course.at_rest, numbers),
        Caption("result-diverging", lambda facts: facts.course.too_large, numbers),
        Caption("result-creeping", lambda facts: facts.course.too_small, numbers),
        Caption("result", numbers=numbers),
    ]
