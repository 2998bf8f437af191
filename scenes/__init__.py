"""The catalogue of films, in teaching order. Imports no manim: listing must be quick."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gdcore.trace import Trace
from scenes import traces
from scenes.lesson import Lesson, LessonError
from scenes.locales import texts

__all__ = ["FILMS", "Film", "Lesson", "LessonError", "Section"]


@dataclass(frozen=True)
class Section:
    """A named beat of a film and its length in seconds at pace 1."""

    name: str
    seconds: float


@dataclass(frozen=True)
class Film:
    """Where a film's scene is, its sections, and the traces that it draws."""

    name: str
    module: str
    scene: str
    sections: tuple[Section, ...]
    traces: Callable[[Lesson], Mapping[str, Trace]]
    check: Callable[[Lesson], None]

    def title(self, lang: str) -> str:
        """The title in the language ``lang`` (``zh`` or ``en``)."""
        return texts(lang)[f"{self.name}.title"]

    def short_title(self, lang: str) -> str:
        """A title for frames that are too narrow for the whole one."""
        return texts(lang)[f"{self.name}.short-title"]

    def summary(self, lang: str) -> str:
        """One line on what the film teaches."""
        return texts(lang)[f"{self.name}.summary"]

    def seconds(self, lesson: Lesson) -> float:
        """The film's length under ``lesson``, in seconds (before rounding to whole frames)."""
        if lesson.duration is not None:
            return lesson.duration
        return sum(section.seconds for section in self.sections) / lesson.pace


FILMS: dict[str, Film] = {
    film.name: film
    for film in (
        Film(
            name="cost-function",
            module="scenes.cost_function",
            scene="CostFunction",
            sections=(
                Section("data", 7.0),
                Section("loss", 8.5),
                Section("cost", 11.0),
                Section("parabola", 14.0),
            ),
            traces=traces.no_traces,
            check=traces.check_cost_function,
        ),
        Film(
            name="batch",
            module="scenes.batch",
            scene="BatchDescent",
            sections=(
                Section("start", 7.0),
                Section("first-steps", 15.0),
                Section("epochs", 16.0),
                Section("result", 6.0),
            ),
            traces=traces.batch_traces,
            check=traces.check_batch,
        ),
        Film(
            name="sgd",
            module="scenes.sgd",
            scene="StochasticDescent",
            sections=(
                Section("three-parabolas", 8.0),
                Section("first-epoch", 16.0),
                Section("epochs", 12.0),
                Section("why", 4.0),
                Section("noise", 13.0),
                Section("result", 5.0),
            ),
            traces=traces.sgd_traces,
            check=traces.check_sgd,
        ),
    )
}
