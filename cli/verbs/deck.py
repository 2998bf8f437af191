"""``deck``: films as slides, for a lecture."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from cli.console.app import PROGRAM, App
from cli.console.failures import BadValue
from cli.console.help import command, option
from cli.console.language import OPTION, say
from cli.deck.live.lesson import lesson_of
from cli.deck.making import deck_path, make_deck
from cli.deck.request import AUTOPLAYS, Autoplay, DeckRequest
from cli.deck.writers import writer_class
from cli.request.film_argument import chosen
from cli.request.formats import in_formats
from cli.request.kinds import OneOf
from cli.request.lessons import Asked
from cli.request.naming import words_asked_for
from cli.request.options import lesson_options, script_option, together
from cli.request.render_options import (
    SCENES_LINE,
    films_argument,
    fps_option,
    jobs_option,
    max_size_option,
    preview_option,
    run_options,
    speed_option,
)
from cli.request.request import Request
from cli.request.shape import DEFAULT_ASPECT, LETTERS, QUALITIES, Shape
from cli.request.voicing import voice_options, voicing
from pipeline import Gif
from scenes.catalogue.theme import THEMES

QUALITY = "720p30"
ASPECTS = ("16:9", "4:3")
GIF = "gif"
MEDIA = ("mp4", GIF)
GIF_WIDTH, GIF_FPS = 960, 20  # pixels: a slide is as wide as the screen; as `gif` makes them

slide_options = together(
    option(
        "-q", "--quality", type=OneOf(QUALITIES, LETTERS), default=QUALITY, show_default=True,
        help="Of the clips: shorter side in pixels, frames a second.",
    ),
    fps_option,
    option(
        "--aspect", type=OneOf(ASPECTS), default=DEFAULT_ASPECT, show_default=True,
        help="Shape of the slides.",
    ),
    speed_option,
    jobs_option,
    option("--title", metavar="TEXT", help="Of the first slide, such as the name of the course."),
    option(
        "--media", type=OneOf(MEDIA), default=MEDIA[0], show_default=True,
        help="What the clips are: videos, or GIFs, which Google Slides keeps.",
    ),
    option(
        "--autoplay", type=OneOf(AUTOPLAYS), default=AUTOPLAYS[0], show_default=True,
        help="How clips start in PowerPoint. full: as PowerPoint writes it, and a click goes on; "
        "pause: and a click on the clip pauses it; simple: in the shortest form.",
    ),
    option(
        "--template", metavar="FILE", type=click.Path(),
        help="A PowerPoint deck or template of your own, whose master the slides use.",
    ),
    option(
        "--print", "printed", is_flag=True,
        help="Also a deck for printing: its slides show the last pictures of the clips.",
    ),
    option(
        "--one-file", is_flag=True,
        help="Put all videos into the page itself. Else they are in a folder beside it.",
    ),
    option(
        "--live", is_flag=True,
        help="Also a slide to try out other starts, rates and rules, in the browser.",
    ),
    max_size_option,
)  # fmt: skip


@command(epilog=SCENES_LINE)
@films_argument
@slide_options
@voice_options
@script_option
@lesson_options()
@preview_option
@run_options
def deck(
    films: tuple[str, ...], asked: Asked, quality: str, fps: int | None, aspect: str, speed: str,
    title: str | None, media: str, autoplay: Autoplay, template: str | None, printed: bool,
    one_file: bool, live: bool, voice: str | None, voice_command: str | None,
    voice_folder: str | None, output: str | None, **run: Any,
) -> None:  # fmt: skip
    """Make slides of films, for a lecture: a deck for PowerPoint or the browser.

    Each slide has a clip. It starts when the slide is shown, and stops where a question belongs; a
    click goes on. The lecturer's notes say what to tell and to ask.

    \b
    Examples:
      gd deck batch
      gd deck batch sgd -o lecture.pptx --title "Machine learning 1"
      gd deck sgd --media gif --template theirs.pptx
      gd deck batch sgd -o lecture.html --one-file --live
    """
    if THEMES[asked.telling.theme].transparent:
        raise BadValue("--theme", say("must have a background: slides show videos"))
    found, words = chosen(films, asked, run["quiet"]), words_asked_for()
    shape = Shape.of_quality(quality, aspect, fps or (GIF_FPS if media == GIF else None))
    path = deck_path(found, output, words)
    tried = lesson_of(asked) if live else None
    theirs = None if template is None else Path(template)
    wanted = DeckRequest(title, _command(asked), autoplay, theirs, printed, one_file, tried)
    writer = writer_class(path.suffix.lower())(wanted)
    if media not in writer.formats:
        names = ", ".join(writer.formats)
        raise BadValue("--media", say("must be one of {names} for this deck", names=names))
    speaker = voicing(voice, voice_command, voice_folder)
    request = Request(asked, shape, None, (".mp4",), words, speed=speed, speaker=speaker)
    make_deck(found, _with_media(request, media), wanted, writer, path, **run)


def _command(asked: Asked) -> str:
    """The command line, with the language: the next user's locale may be another one."""
    words: Sequence[str] = App.words
    if not any(word.partition("=")[0] == OPTION for word in words):
        words = [*words, OPTION, asked.telling.lang]
    return shlex.join([PROGRAM, *words])


def _with_media(request: Request, media: str) -> Request:
    (changed,) = in_formats(request, (media,))
    if isinstance(changed.encoding, Gif):
        width = min(GIF_WIDTH, request.shape.size[0])
        return replace(changed, encoding=replace(changed.encoding, loop=1, width=width))
    return changed
