"""Manim's file writer is replaced by this one: it records sections and captions, writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from manim.utils.sounds import get_full_sound_file_path

from pipeline.job.cues import Cue, CueMark, Kind
from pipeline.job.part import Part
from pipeline.job.result import Caption, SectionSpan, Sound

UNNAMED = "film"  # the section before the scene names its first one
SHORTEST = 0.001  # seconds of a caption, as its file counts
_LOOPS = ("loop", "complete_loop")  # ends of manim's section types, as manim-slides names them


@dataclass(slots=True)
class SectionMark:
    """A section as manim's renderer expects it; ``skip_animations`` leaves it out of the film."""

    name: str
    first: int
    skip_animations: bool = False
    kind: Kind = "play"


@dataclass(frozen=True, slots=True)
class Extras:
    """Sections, captions, sounds and cues of a file, counted from the start of the file."""

    sections: tuple[SectionSpan, ...] = ()
    captions: tuple[Caption, ...] = ()
    sounds: tuple[Sound, ...] = ()
    cues: tuple[Cue, ...] = ()


class Timeline:
    """Counts the film's frames and records where sections and captions are.

    It replaces manim's ``SceneFileWriter``, which does not check its cache and writes the final
    file in place. Frames do not come here: the renderer gives them to its share.
    """

    def __init__(self, settings: Any) -> None:
        self.output_spec = settings.plan.output
        self._assets = Path(settings.assets_dir)
        self.sounds: list[Sound] = []
        self.frames = 0
        self.sections = [SectionMark(UNNAMED, 0)]
        self.subcaptions: list[Any] = []  # srt.Subtitle, appended by manim
        self._cues: dict[int, CueMark] = {}  # by the frame at which they begin
        self._skipped: list[tuple[float, float]] = []  # start and seconds, by the scene's clock

    @property
    def section(self) -> SectionMark:
        """The section that is being played."""
        return self.sections[-1]

    def next_section(self, name: str, type_: str, skip_animations: bool) -> None:
        """Begin a section at the current frame; the one before is removed if it is empty."""
        if self.section.first == self.frames:
            self.sections.pop()
        kind: Kind = "loop" if str(type_).rpartition(".")[2] in _LOOPS else "play"
        self.sections.append(SectionMark(name, self.frames, skip_animations, kind))

    def begin_cue(
        self,
        kind: Kind = "play",
        narration: str = "",
        notes: Mapping[str, str] | None = None,
        caption: str | None = None,
    ) -> None:
        """Begin a cue at the current frame; without a caption it has the subtitles' text."""
        mark = CueMark(self.frames, kind, narration, notes or {}, caption)
        self._cues[self.frames] = mark

    @property
    def begins_cue(self) -> bool:
        """Whether a cue begins with the current frame."""
        first = self.section.first
        if self.frames == first:
            return True
        # A section's first cue begins with the section, wherever the scene marks it.
        return self.frames in self._cues and any(first <= n < self.frames for n in self._cues)

    def skip(self, start: float, seconds: float) -> None:
        """A play that begins at `start` by the scene's clock is not part of the film."""
        self._skipped.append((start, seconds))

    def abort_encode_jobs(self, reraise_encoder_failures: bool = False) -> None:
        """Part of manim's interface: there is nothing to abort here."""

    def add_sound(
        self,
        sound_file: str | Path,
        time: float | None = None,
        gain: float | None = None,
        gain_to_background: float | None = None,
    ) -> None:
        """Record a sound; the file is searched where manim searches. OSError if there is none.

        `time` is by the scene's clock.
        """
        if self.section.skip_animations:
            return
        path = get_full_sound_file_path(sound_file, self._assets)
        self.sounds.append(
            Sound(path, self._in_film(time or 0.0), gain or 0.0, gain_to_background or 0.0)
        )

    def spans(self) -> tuple[SectionSpan, ...]:
        """The sections that have frames, in order."""
        ends = [mark.first for mark in self.sections[1:]] + [self.frames]
        return tuple(
            SectionSpan(mark.name, mark.first, end - mark.first)
            for mark, end in zip(self.sections, ends, strict=True)
            if end > mark.first
        )

    def captions(self) -> tuple[Caption, ...]:
        """The captions, ordered by their start; without those of plays that are left out."""
        found = []
        for sub in self.subcaptions:
            start = self._in_film(sub.start.total_seconds())
            end = self._in_film(sub.end.total_seconds())
            if end - start >= SHORTEST:
                found.append(Caption(start, end, sub.content))
        return tuple(sorted(found, key=lambda caption: caption.start))

    def cues(self, film: str, fps: int) -> tuple[Cue, ...]:
        """The cues in order. They cover the film: a section's first cue begins with the section."""
        found: list[Cue] = []
        numbers: Counter[str] = Counter()
        captions = self.captions()
        kinds = {mark.first: mark.kind for mark in self.sections}
        for span in self.spans():
            marks = [self._cues[n] for n in sorted(self._cues) if span.first <= n <= span.last]
            marks = marks or [CueMark(span.first, kinds[span.first])]
            starts = [span.first, *(mark.first for mark in marks[1:])]
            ends = [*starts[1:], span.first + span.frames]
            for mark, start, end in zip(marks, starts, ends, strict=True):
                numbers[span.name] += 1
                said = mark.caption
                if said is None:
                    said = _said(captions, start / fps, end / fps)
                found.append(
                    Cue(
                        f"{film}/{span.name}/{numbers[span.name]}", span.name, start, end - start,
                        mark.kind, said, mark.narration, mark.notes,
                    )
                )  # fmt: skip
        return tuple(found)

    def _in_film(self, time: float) -> float:
        """The film's time at a time by the scene's clock, which counts what is skipped too."""
        return time - sum(min(max(time - start, 0.0), length) for start, length in self._skipped)

    def frames_of(self, part: Part | None) -> range:
        """The frames of a part of the film (None: of all), once it was played to the part's end.

        Raises `NotFound` or `JobError` if the film has no such part.
        """
        if part is None:
            return range(self.frames)
        spans = self.spans()
        places = part.among([span.name for span in spans])
        return range(spans[places[0]].first, spans[places[-1]].last + 1)

    def extras(self, film: str, part: Part | None, fps: int) -> Extras:
        """The extras of a file with a part of the film. It raises what `frames_of` raises."""
        sections, captions, cues = self.spans(), self.captions(), self.cues(film, fps)
        if part is None:
            return Extras(sections, captions, tuple(self.sounds), cues)
        frames = self.frames_of(part)
        first, begin, end = frames.start, frames.start / fps, frames.stop / fps
        inside = tuple(
            Caption(max(c.start, begin) - begin, min(c.end, end) - begin, c.text)
            for c in captions
            if c.start < end and c.end > begin
        )
        sounds = tuple(replace(sound, start=sound.start - begin) for sound in self.sounds)
        spans = tuple(replace(s, first=s.first - first) for s in sections if s.first in frames)
        shown = tuple(replace(cue, first=cue.first - first) for cue in cues if cue.first in frames)
        return Extras(spans, inside, sounds, shown)


def _said(captions: tuple[Caption, ...], start: float, end: float) -> str:
    """The captions that begin between two times (seconds), else the one that is shown there."""
    begun = [c.text for c in captions if start <= c.start < end]
    shown = [c.text for c in captions if c.start <= start < c.end]
    return "\n".join(begun or shown)
