"""Captions: sentences that a film says, each with the predicate that tells when it is true.

A film's captions.py names its *beats*, the moments at which it speaks. Each beat has some captions;
the film says the first whose predicate holds. The last one of a beat holds always: it claims
nothing that depends on the lesson.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from scenes.catalogue.lesson import Lesson

Facts = TypeVar("Facts")
Numbers = Mapping[str, Any]
Said = tuple[str, Numbers]
"""A caption's key in the film's table of words, and the values that are filled in."""


def always(facts: Any) -> bool:
    """For a caption that claims nothing that depends on the lesson."""
    return True


def no_numbers(facts: Any) -> Numbers:
    """For a caption without numbers."""
    return {}


class Rated(Protocol):
    """Facts about descents at a rate: ``good`` is a rate that would do, None if none is known."""

    @property
    def good(self) -> float | None: ...


RatedFacts = TypeVar("RatedFacts", bound=Rated)


def rate_known(holds: Callable[[RatedFacts], bool]) -> Callable[[RatedFacts], bool]:
    """The same, and a rate is known that would do."""
    return lambda facts: holds(facts) and facts.good is not None


@dataclass(frozen=True)
class Caption(Generic[Facts]):
    """A sentence: its ``key`` in the table of words, when it ``holds``, and its ``numbers``."""

    key: str
    holds: Callable[[Facts], bool] = always
    numbers: Callable[[Facts], Numbers] = no_numbers


@dataclass(frozen=True)
class Captions(Generic[Facts]):
    """All that a film may say, by beat; ``facts`` finds out about a lesson what decides it.

    ``told`` gives the numbers that narration and notes may use, besides those of the caption.

    Raises ValueError for a beat whose last caption has a predicate.
    """

    facts: Callable[[Lesson], Facts]
    beats: Mapping[str, Sequence[Caption[Facts]]]
    told: Callable[[Facts], Numbers] = no_numbers

    def __post_init__(self) -> None:
        """Every beat must have something to say, whatever the lesson."""
        for beat, captions in self.beats.items():
            if not captions or captions[-1].holds is not always:
                raise ValueError(f"the beat {beat} has no caption that always holds")

    def pick(self, beat: str, facts: Facts) -> Said:
        """The first caption of the beat that is true, with its numbers."""
        chosen = next(caption for caption in self.beats[beat] if caption.holds(facts))
        return chosen.key, chosen.numbers(facts)

    def said(self, lesson: Lesson) -> dict[str, Said]:
        """What the film says about a lesson, at each of its beats."""
        facts = self.facts(lesson)
        return {beat: self.pick(beat, facts) for beat in self.beats}
