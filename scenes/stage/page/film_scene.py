"""What all films share: lesson, page, sections, captions, time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from manim import (
    LEFT,
    Animation,
    Mobject,
    Scene,
    VGroup,
    VMobject,
    config,
)

from gdcore.data import Dataset
from scenes.catalogue.captions import Said
from scenes.catalogue.film import Film
from scenes.catalogue.lesson import Lesson
from scenes.catalogue.narration import told
from scenes.catalogue.telling import Telling
from scenes.catalogue.theme import THEMES
from scenes.locales import filled, texts
from scenes.stage.page.background import lay_page
from scenes.stage.page.clock import Clock
from scenes.stage.page.heading import Heading
from scenes.stage.page.layout import Box, layout, point
from scenes.stage.page.motion import Dismiss, Reveal, hide
from scenes.stage.page.voice import Voice
from scenes.stage.page.wording import Label, paragraph


class FilmError(RuntimeError):
    """The plays of a section take longer than its time in the catalogue."""


class FilmScene(Scene):
    """A film of the catalogue: one method for each section, named after it.

    ``hero`` is the picture that a section is about: a film names it in `prepare`, and again when
    another one takes the stage. It has most of the frame.

    Under manim's own command line the lesson is the film's own.
    """

    film: ClassVar[Film]
    """its entry in the catalogue"""
    bias: ClassVar[bool] = False
    """whether the film's model is ŷ = w·x + b"""

    def __init__(
        self, lesson: Lesson | None = None, telling: Telling | None = None, **kwargs: Any
    ) -> None:
        self.lesson = lesson or self.film.lesson()
        self.telling = telling or Telling()
        self.words = texts(self.telling.lang)
        self.theme = THEMES[self.telling.theme]
        self.layout = layout(float(config.frame_width), float(config.frame_height))
        self.facts: Any = self.film.captions.facts(self.lesson)
        self.told = self.film.captions.told(self.facts)
        super().__init__(**kwargs)

    def setup(self) -> None:
        """Prepare the page and the clock."""
        lay_page(self, self.theme)
        stretch = self.film.seconds(self.lesson, self.telling) / self.film.natural(self.lesson)
        self.clock = Clock(float(config.frame_rate), stretch)
        self.voice = Voice(self.film.name, self.telling.spoken, self.clock.fps)
        self.caption: VGroup | None = None
        self.hero = VMobject()
        self.subtitles: list[tuple[int, str]] = []
        self.slack: dict[str, float] = {}

    def construct(self) -> None:
        """Play the sections in order; each is held until its time is up."""
        self.prepare()
        self.heading = Heading(
            self.film, self.lesson, self.telling.lang, self.layout, self.theme,
            about=self.about(), bias=self.bias,
        )  # fmt: skip
        self.add(self.heading)
        end = 0.0
        for section in self.film.sections:
            end += section.length(self.lesson)
            self.next_section(section.name)
            self._speak(self.voice.begin_section(section.name, self.clock.frames))
            getattr(self, section.name.replace("-", "_"))()
            self.slack[section.name] = end - self.clock.elapsed
            if self.slack[section.name] < 0:
                raise FilmError(
                    f"section {section.name} overruns by {-self.slack[section.name]:g} s"
                )
            self._still(self.clock.until(end))
            self._let_the_voice_end()
        self._write_subtitles()

    def prepare(self) -> None:
        """Build what more than one section uses."""

    def about(self) -> str | None:
        """The text shown instead of the data tag, in a film without data."""
        return None

    def text(self, key: str, **values: Any) -> str:
        """The film's words under ``key``, with ``values`` filled in."""
        return filled(self.words, f"{self.film.name}.{key}", **values)

    def place(self, *mobjects: Mobject) -> None:
        """Add ``mobjects`` to the scene in display order, but hidden; Reveal shows them."""
        for mobject in mobjects:
            hide(mobject)
        self.add(*mobjects)

    def take(self, seconds: float, *animations: Animation) -> None:
        """Play ``animations`` together within ``seconds`` of the storyboard."""
        frames = self.clock.advance(seconds)
        if not frames:  # too short for a frame: only the result is shown
            self.add_mobjects_from_animations(list(animations))
            for animation in animations:
                animation._setup_scene(self)
                animation.begin()
                animation.finish()
                animation.clean_up_from_scene(self)
            return
        self.play(*animations, run_time=self.clock.play_time(frames))

    def hold(self, seconds: float) -> None:
        """Let the picture stand still for ``seconds`` of the storyboard."""
        self._still(self.clock.advance(seconds))

    def _still(self, frames: int) -> None:
        if frames:
            self.wait(self.clock.wait_time(frames), frozen_frame=True)

    def _let_the_voice_end(self) -> None:
        """Hold the picture until the voice of this cue has ended; what moves keeps its pace."""
        self._still(self.clock.pause(self.voice.lacking(self.clock.frames)))

    def _speak(self, sound: Path | None) -> None:
        if sound is not None:
            self.add_sound(str(sound))

    def caption_at(self, beat: str) -> Said:
        """The key and the numbers of the caption that is true at this beat."""
        return self.film.captions.pick(beat, self.facts)

    def say(self, beat: str, **shown: Any) -> None:
        """Change the caption to the one that is true at this beat; it is a subtitle too.

        The old one fades out, the new one fades in. ``shown`` are values that depend on how the
        film is told, such as words of its language.
        """
        key, numbers = self.caption_at(beat)
        words = self.text(key, **{**numbers, **shown})
        self._begin_cue(beat, key, words, {**numbers, **shown})
        new = VGroup()  # without captions: nothing, for the same time
        if self.telling.captions:
            new = paragraph(words, self.layout.scale.body, self.theme.ink, self.layout.caption)
        if self.caption is not None:
            self.take(0.25, Dismiss(self.caption))
        self.subtitles.append((self.clock.frames, words))
        self.caption = new
        self.take(0.45, Reveal(new))

    def loop(self, beat: str) -> None:
        """From here to the next beat the film may be repeated: it ends with the picture of now."""
        words = self.subtitles[-1][1] if self.subtitles else ""
        self._begin_cue(beat, "", words, {}, loops=True)

    def _begin_cue(
        self, beat: str, key: str, words: str, numbers: Mapping[str, Any], loops: bool = False
    ) -> None:
        """Tell the file writer where a cue begins, and what is said at it.

        manim's own file writer has no cues.
        """
        if self.voice.is_another(self.clock.frames):
            self._let_the_voice_end()
        self._speak(self.voice.begin_cue(self.clock.frames))
        begin_cue = getattr(self.renderer.file_writer, "begin_cue", None)
        if begin_cue is None:
            return
        said = told(self.film.name, self.telling.lang, beat, key, {**self.told, **numbers})
        kind = "loop" if loops else said.kind
        begin_cue(kind, said.narration, said.notes, caption=words)

    def show_data(self, data: Dataset | str) -> list[Animation]:
        """Animations that change the tag which says what data (or the film's own) are shown."""
        old, new = self.heading.tag, self.heading.make_tag(data)
        self.heading.tag = new
        return [Dismiss(old), Reveal(new)]

    def _write_subtitles(self) -> None:
        """Give the captions to manim as subtitles: each lasts until the next one begins."""
        fps, end = self.clock.fps, self.clock.frames
        stops = [start for start, _ in self.subtitles[1:]] + [end]
        for (start, words), stop in zip(self.subtitles, stops, strict=True):
            self.add_subcaption(words, duration=(stop - start) / fps, offset=(start - end) / fps)

    def title_of(self, box: Box, *texts: str) -> Label:
        """The first of ``texts`` that is no wider than ``box`` (else the last), at its top left."""
        labels = (self.label(text, self.theme.muted) for text in texts)
        chosen = next((label for label in labels if label.width <= box.width), None)
        title = chosen or self.label(texts[-1], self.theme.muted)
        return title.put(point(box.left, box.top - 0.6 * self.layout.scale.label), LEFT)

    def label(self, text: str, color: str | None = None, size: str = "label") -> Label:
        """A line of text in one of the four sizes."""
        return Label(text, getattr(self.layout.scale, size), color or self.theme.ink)
