"""``clips``: one file for each cue of a film, or for each section."""

from __future__ import annotations

from typing import get_args

from cli.console.failures import BadValue
from cli.console.help import command, option
from cli.console.language import say
from cli.making.clips import make_clips
from cli.making.make import lessons_of
from cli.making.orders import orders
from cli.request.choices import note_choices
from cli.request.film_argument import chosen
from cli.request.formats import in_formats
from cli.request.kinds import OneOf
from cli.request.lessons import Asked
from cli.request.naming import is_folder, words_asked_for
from cli.request.options import (
    lesson_options,
    script_option,
)
from cli.request.render_options import (
    SCENES_LINE,
    aspect_option,
    films_argument,
    fps_option,
    jobs_option,
    making_options,
    preview_option,
    quality_option,
    speed_option,
)
from cli.request.request import Request, video_suffixes
from cli.request.shape import Shape
from cli.request.voicing import voice_options, voicing
from pipeline import By

_FORMATS = ("mp4", "mov", "webm", "gif")


@command(epilog=SCENES_LINE)
@films_argument
@option(
    "--by",
    type=OneOf(get_args(By)),
    default="cue",
    show_default=True,
    help="What one clip holds: a cue (see gd cues), a section, or all up to the next question.",
)
@option(
    "--format",
    "form",
    type=OneOf(_FORMATS),
    help="The format of the clips. Default: mp4, or mov for a theme without background.",
)
@quality_option
@fps_option
@aspect_option
@speed_option
@jobs_option
@voice_options
@script_option
@lesson_options()
@option(
    "-o",
    "--output",
    metavar="FOLDER",
    help="Where the films' folders of clips are put. Default: this folder.",
)
@preview_option
@making_options
def clips(
    films: tuple[str, ...], asked: Asked, by: By, form: str | None, quality: str, fps: int | None,
    aspect: str, speed: str, voice: str | None, voice_command: str | None,
    voice_folder: str | None, output: str | None, jobs: int | None, no_cache: bool,
    dry_run: bool, timeout: float | None, quiet: bool, as_json: bool, preview: bool,
) -> None:  # fmt: skip
    """Cut films into clips, for slides: one file for each cue.

    A folder for each film holds the clips, the pictures of their first and last frames, and
    clips.json, which says what is shown and spoken in each. The clips of a film, played one after
    another, are the film, bit for bit.

    \b
    Examples:
      gd clips batch
      gd clips sgd batch --by section -q 720p30 -o slides/
      gd clips sgd --format gif --lang en
    """
    if output is not None and not is_folder(output):
        raise BadValue("-o", say("must be a folder for clips, not {path!r}", path=output))
    found, shape = chosen(films, asked, quiet), Shape.of_quality(quality, aspect, fps)
    suffixes = video_suffixes(asked.telling)
    request = Request(
        asked, shape, output, suffixes, words_asked_for(), speed=speed,
        speaker=voicing(voice, voice_command, voice_folder),
    )  # fmt: skip
    ordered = orders(found, *in_formats(request, (form or suffixes[0].removeprefix("."),)))
    if not quiet:
        note_choices(lessons_of(ordered))
    make_clips(
        ordered, by, asked.telling.lang, quiet=quiet, as_json=as_json, cached=not no_cache,
        dry_run=dry_run, workers=jobs, timeout=timeout, preview=preview,
    )  # fmt: skip
