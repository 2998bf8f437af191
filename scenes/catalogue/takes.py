"""Which knobs a film takes, and what else it requires of a lesson: shared by several plans."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdcore.data import DataError, Dataset
from gdcore.least_squares import LeastSquares
from gdcore.message import Message
from scenes.catalogue.knobs import knobs_of
from scenes.catalogue.lesson import Lesson

Takes = Mapping[str, tuple[Any, ...] | None]
"""Knobs by name, each with its allowed values; None allows all."""

SAMPLED = ("in-order", "shuffled", "random")
"""The orders in which an update looks at some of the samples."""


def taking(*names: str, **only: tuple[Any, ...]) -> Takes:
    """These knobs with any value; knobs given as keywords with these values only."""
    takes: Takes = {**dict.fromkeys(names), **only}
    known = knobs_of(Lesson)
    assert takes.keys() <= known.keys(), takes
    return {knob: takes[knob] for knob in known if knob in takes}


def any_seed(lesson: Lesson) -> Mapping[str, Any]:
    """A film in which nothing is random accepts every seed, since a seed changes nothing."""
    return {"seed": lesson.seed}


def all_samples(lesson: Lesson) -> Mapping[str, Any]:
    """A film whose updates use all samples, so that nothing is random, accepts what says so."""
    return {"order": "batch", "batch_size": lesson.data.n, **any_seed(lesson)}


def has_slope(data: Dataset) -> bool:
    """Whether the cost depends on w."""
    return LeastSquares(data).curvature > 0


def needs_slope(lesson: Lesson) -> None:
    """Raise DataError for data on which w changes nothing."""
    if has_slope(lesson.data):
        return
    message = (
        "{name}: all x are 0, so the cost does not depend on w; "
        "choose other samples, or another column for x"
    )
    if lesson.data.x.any():
        message = (
            "{name}: the x are so small that their squares are 0, so the cost does not depend on "
            "w; choose other samples, or another column for x"
        )
    raise DataError(Message(message, name=lesson.data.name))
