"""Cues: the stretches of a film between which a lecture can stop, with what is said at each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

Kind = Literal["play", "ask", "loop"]
"""It runs and holds its last frame; it stops for a question to the class; it may be repeated, since
it ends where it began."""
KINDS = get_args(Kind)


@dataclass(frozen=True, slots=True)
class CueMark:
    """What a scene says of the cue that begins at frame ``first`` of the film.

    ``caption`` is None if the scene's subtitles say it.
    """

    first: int
    kind: Kind = "play"
    narration: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """``frames`` frames of a file from its frame ``first`` on; one section has one or more.

    id         film/section/n, the same in every language
    caption    what the picture says, in the film's language
    narration  what is spoken: some sentences
    notes      for the lecturer, by kind: ``formula``, ``numbers``, ``ask``, ``misunderstanding``
    """

    id: str
    section: str
    first: int
    frames: int
    kind: Kind
    caption: str
    narration: str
    notes: Mapping[str, str]

    @property
    def last(self) -> int:
        """The number of its last frame."""
        return self.first + self.frames - 1

    @property
    def end(self) -> int:
        """The number of the frame after it."""
        return self.first + self.frames

    def document(self) -> dict[str, Any]:
        """The cue for JSON. The pictures before and after it are given by their frames."""
        return asdict(self) | {"first_still": self.first, "last_still": self.last}

    @classmethod
    def read(cls, values: Any) -> Cue:
        """The cue of a `document`. ValueError, LookupError or TypeError if it is none."""
        if values["kind"] not in KINDS:
            raise ValueError(values["kind"])
        texts = {key: str(values[key]) for key in ("id", "section", "caption", "narration")}
        notes = {str(key): str(text) for key, text in values["notes"].items()}
        return cls(
            first=int(values["first"]),
            frames=int(values["frames"]),
            kind=values["kind"],
            notes=notes,
            **texts,
        )
