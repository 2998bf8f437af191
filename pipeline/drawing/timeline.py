"""The file-writer class that manim is given: it writes nothing and notes sections and captions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from manim.utils.sounds import get_full_sound_file_path

from pipeline.job.result import Caption, SectionSpan, Sound

UNNAMED = "film"  # the section of what is played before the scene names its first


@dataclass(slots=True)
class SectionMark:
    """A section as manim's renderer knows it; ``skip_animations`` leaves it out of the film."""

    name: str
    first: int
    skip_animations: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a file tells beside its frames, by its own clock: sections, captions, sounds."""

    sections: tuple[SectionSpan, ...]
    captions: tuple[Caption, ...]
    sounds: tuple[Sound, ...]


class Timeline:
    """Counts the film's frames and remembers where sections and captions lie.

    It stands in for manim's ``SceneFileWriter``, which caches segments on trust and writes final
    files in place. Frames never pass through here: the renderer hands them to its sink.
    """

    def __init__(self, settings: Any) -> None:
        self.output_spec = settings.plan.output
        self._assets = Path(settings.assets_dir)
        self.sounds: list[Sound] = []
        self.frames = 0
        self.sections = [SectionMark(UNNAMED, 0)]
        self.subcaptions: list[Any] = []  # srt.Subtitle, appended by manim

    @property
    def section(self) -> SectionMark:
        """The section that is being played."""
        return self.sections[-1]

    def next_section(self, name: str, type_: str, skip_animations: bool) -> None:
        """Begin a section at the present frame; one that stayed empty is forgotten."""
        if self.section.first == self.frames:
            self.sections.pop()
        self.sections.append(SectionMark(name, self.frames, skip_animations))

    def abort_encode_jobs(self, reraise_encoder_failures: bool = False) -> None:
        """Part of manim's interface: there is no job of its own to abort."""

    def add_sound(
        self,
        sound_file: str | Path,
        time: float | None = None,
        gain: float | None = None,
        gain_to_background: float | None = None,
    ) -> None:
        """Note a sound; the file is looked for where manim does. OSError if there is none."""
        if self.section.skip_animations:
            return
        path = get_full_sound_file_path(sound_file, self._assets)
        self.sounds.append(Sound(path, time or 0.0, gain or 0.0, gain_to_background or 0.0))

    def spans(self) -> tuple[SectionSpan, ...]:
        """The sections that hold frames, in order."""
        ends = [mark.first for mark in self.sections[1:]] + [self.frames]
        return tuple(
            SectionSpan(mark.name, mark.first, end - mark.first)
            for mark, end in zip(self.sections, ends, strict=True)
            if end > mark.first
        )

    def captions(self) -> tuple[Caption, ...]:
        """The captions in the order of their start."""
        found = (
            Caption(sub.start.total_seconds(), sub.end.total_seconds(), sub.content)
            for sub in self.subcaptions
        )
        return tuple(sorted(found, key=lambda caption: caption.start))

    def told(self, only: str | None, frames: int, fps: int) -> Told:
        """What is told in a file of `frames` frames that holds the film, or one section `only`."""
        sections, captions = self.spans(), self.captions()
        if only is None:
            return Told(sections, captions, tuple(self.sounds))
        first = next(section.first for section in sections if section.name == only)
        begin, end = first / fps, (first + frames) / fps
        inside = tuple(
            Caption(max(c.start, begin) - begin, min(c.end, end) - begin, c.text)
            for c in captions
            if c.start < end and c.end > begin
        )
        sounds = tuple(replace(sound, start=sound.start - begin) for sound in self.sounds)
        return Told((SectionSpan(only, 0, frames),), inside, sounds)
