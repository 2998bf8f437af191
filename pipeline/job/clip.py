"""A clip: a cue, a section or what leads to a question, in a file of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline.job.cues import Cue, Kind
from pipeline.job.file_names import file_name
from pipeline.job.result import Rendered, SectionSpan

By = Literal["cue", "section", "question"]
"""A clip for each cue, each section, or all cues up to the next question; a loop is alone."""


@dataclass(frozen=True, slots=True)
class Clip:
    """``frames`` frames of a film from its frame ``first`` on.

    id         film/section of a section, else film/section/n of its first cue
    stem       of its file's name: safe on every system, and in the film's order when sorted
    narration  and the other texts: as of a `Cue`; of several cues, theirs line by line
    """

    id: str
    stem: str
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


@dataclass(frozen=True, slots=True)
class ClipFile:
    """A finished clip. ``posters`` are the pictures of its first and its last frame."""

    clip: Clip
    path: Path
    posters: tuple[Path, Path]
    seconds: float
    size: int
    sha256: str

    def document(self) -> dict[str, Any]:
        """The clip for JSON; its files are beside the document."""
        clip, (first, last) = self.clip, self.posters
        return {
            "id": clip.id,
            "kind": clip.kind,
            "file": self.path.name,
            "frames": clip.frames,
            "seconds": self.seconds,
            "caption": clip.caption,
            "narration": clip.narration,
            "notes": dict(clip.notes),
            "posters": {"first": first.name, "last": last.name},
            "size": self.size,
            "sha256": self.sha256,
        }


def clips_of(film: Rendered, name: str, by: By) -> tuple[Clip, ...]:
    """The clips of a finished film called `name`; together they have all of its frames."""
    cues = [cue for cue in film.cues if cue.frames]  # a GIF may have none of a very short one
    if by == "cue":
        groups = [[cue] for cue in cues]
    elif by == "section":
        groups = [_within(section, cues) for section in film.sections]
    else:
        groups = _up_to_questions(cues)
    groups = [group for group in groups if group]
    digits = max(2, len(str(len(groups))))
    return tuple(
        _clip(group, name, by, f"{number:0{digits}}") for number, group in enumerate(groups, 1)
    )


def _up_to_questions(cues: Sequence[Cue]) -> list[list[Cue]]:
    groups: list[list[Cue]] = []
    ended = True  # whether the next cue begins a clip
    for cue in cues:
        if ended or cue.kind == "loop":
            groups.append([])
        groups[-1].append(cue)
        ended = cue.kind != "play"
    return groups


def _within(section: SectionSpan, cues: Sequence[Cue]) -> list[Cue]:
    return [cue for cue in cues if section.first <= cue.first <= section.last]


def _clip(cues: Sequence[Cue], name: str, by: By, number: str) -> Clip:
    first, last = cues[0], cues[-1]
    whole, _, place = first.id.rpartition("/")
    stem = "-".join([name, number, first.section, *([] if by == "section" else [place])])
    return Clip(
        id=whole if by == "section" else first.id,
        stem=file_name(stem, ""),
        first=first.first,
        frames=last.end - first.first,
        kind=first.kind if len(cues) == 1 else "ask" if last.kind == "ask" else "play",
        caption=_lines(cue.caption for cue in cues),
        narration=_lines(cue.narration for cue in cues),
        notes=_notes(cues),
    )


def _lines(texts: Iterable[str]) -> str:
    """The texts that say something, each once, on lines of their own."""
    return "\n".join(text for text in dict.fromkeys(texts) if text)


def _notes(cues: Sequence[Cue]) -> dict[str, str]:
    names = dict.fromkeys(name for cue in cues for name in cue.notes)
    return {name: _lines(cue.notes.get(name, "") for cue in cues) for name in names}
