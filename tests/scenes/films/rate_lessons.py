"""Lessons of the film `learning-rate` for its tests."""

from __future__ import annotations

from typing import Any

from gdcore.data import parse_data
from scenes import FILMS, Lesson

FILM = FILMS["learning-rate"]
DATA = ["lecture", "noisy", "2,3", "2,5 2,6 2,7", "150,410 320,905", "1e-12,2e-12", "1e12,3e12"]


def lesson_of(data: str, **knobs: Any) -> Lesson:
    """The film's lesson on these data."""
    return FILM.lesson(data=parse_data(data), **knobs)
