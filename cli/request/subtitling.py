"""``--subtitles zh,en``: which subtitles a film gets, and what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import click

from cli.console.failures import BadValue
from cli.console.help import option
from cli.console.language import say
from cli.lecture.subtitles import SOURCES, Source
from cli.request.kinds import OneOf, Several
from cli.request.lessons import Asked
from cli.request.options import script_option, together
from cli.request.own_scenes import OwnScene
from pipeline import Encoding, Mp4, ProRes, WebM
from scenes import Film
from scenes.locales import LANGUAGES

NAME = "--subtitles"
FILMED = (Mp4, ProRes, WebM)
"""The encodings that get subtitles."""


@dataclass(frozen=True)
class Subtitling:
    """The languages of the subtitles, each once, and what is in them."""

    languages: tuple[str, ...]
    source: Source

    def check(self, films: Sequence[Film | OwnScene], encodings: Sequence[Encoding]) -> None:
        """Raise BadValue if no file can have them, or if one of the films lacks a language."""
        if not any(isinstance(encoding, FILMED) for encoding in encodings):
            raise BadValue(NAME, say("are for videos: a GIF has none"))
        own = [film.name for film in films if isinstance(film, OwnScene)]
        if own and len(self.languages) > 1:
            message = "{scene} is a scene file, which is told in one language: name only that one"
            raise BadValue(f"{NAME}:", say(message, scene=own[0]))


class _Languages(Several):
    """Some of the films' languages, each once."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        return tuple(dict.fromkeys(super().convert(value, param, ctx)))


subtitle_options = together(
    option(
        NAME, "languages", type=_Languages(OneOf(LANGUAGES)), metavar="LANGS",
        help="Subtitles in these languages, as zh,en: .srt and .vtt files, and tracks in an mp4.",
    ),
    option(
        "--subtitles-from", "source", type=OneOf(SOURCES),
        help="What is in the subtitles: what the picture says, or what is spoken. Default: "
        "captions; with --script or a voice narration.",
    ),
    script_option,
)  # fmt: skip


def subtitling(
    languages: Sequence[str] | None, source: Source | None, asked: Asked, spoken: bool
) -> Subtitling | None:
    """What the options ask for; BadValue for a source without languages.

    A script needs them too, if it is not `spoken` either.
    """
    if languages is None:
        if source is not None:
            raise BadValue("--subtitles-from", say("needs --subtitles with the languages"))
        if asked.script is not None and not spoken:
            raise BadValue("--script", say("needs --subtitles with the languages, or a voice"))
        return None
    default: Source = "narration" if spoken or asked.script is not None else "captions"
    return Subtitling(tuple(languages), source or default)
