"""``video``: films as mp4, mov or WebM, and GIFs beside them."""

from __future__ import annotations

from typing import Any

from cli.console.failures import BadValue
from cli.console.help import command, option
from cli.console.language import say
from cli.lecture.subtitles import Source
from cli.making.join import make_joined
from cli.making.make import carry_out
from cli.making.orders import orders
from cli.request.film_argument import chosen
from cli.request.formats import in_formats, joined
from cli.request.lessons import Asked
from cli.request.naming import words_asked_for
from cli.request.options import lesson_options
from cli.request.render_options import (
    SCENES_LINE,
    aspect_option,
    films_argument,
    format_option,
    fps_option,
    jobs_option,
    max_size_option,
    only_option,
    poster_option,
    preview_option,
    quality_option,
    run_options,
    speed_option,
)
from cli.request.request import Request, video_suffixes
from cli.request.shape import Shape
from cli.request.subtitling import subtitle_options, subtitling
from cli.request.voicing import voice_options, voicing


@command(epilog=SCENES_LINE)
@films_argument
@format_option
@quality_option
@fps_option
@aspect_option
@only_option
@speed_option
@jobs_option
@max_size_option
@poster_option
@preview_option
@subtitle_options
@option(
    "--join",
    is_flag=True,
    help="Make one video of all films, with a title before each. Default name: lecture.mp4.",
)
@option("--no-titles", is_flag=True, help="For --join: no titles between the films.")
@voice_options
@lesson_options()
@run_options
def video(
    films: tuple[str, ...], asked: Asked, formats: tuple[str, ...] | None, quality: str,
    fps: int | None, aspect: str, only: str | None, speed: str, join: bool, no_titles: bool,
    languages: tuple[str, ...] | None, source: Source | None, voice: str | None,
    voice_command: str | None, voice_folder: str | None, output: str | None, **run: Any,
) -> None:  # fmt: skip
    """Render films as mp4 videos.

    FILM is the name of a film, several names, or `all`. A theme without background gives a .mov
    (ProRes 4444), or a .webm if -o ends so: an mp4 holds no transparency. Several formats share
    the same frames, which are drawn once; a GIF among them is 640 pixels wide.

    \b
    Examples:
      gd video batch
      gd video all --lang en --theme light -q 720p30 -o films/
      gd video batch --format mp4,gif -o slides/
      gd video batch --subtitles zh,en --no-captions
      gd video batch sgd --join -o lecture.mp4
      gd video batch --voice-folder recordings/
      gd video sgd --data points.csv --lr 0.001 -o mine.mp4
      gd video lecture/scenes.py:Intro -q 720p30
    """
    shape = Shape.of_quality(quality, aspect, fps)
    suffixes = video_suffixes(asked.telling)
    speaker = voicing(voice, voice_command, voice_folder)
    request = Request(
        asked, shape, output, suffixes, words_asked_for(), speed=speed,
        subtitles=subtitling(languages, source, asked, speaker is not None), speaker=speaker,
    )  # fmt: skip
    found = chosen(films, asked, run["quiet"], option="--only", section=only)
    if no_titles and not join:
        raise BadValue("--no-titles", say("is for --join"))
    if not join:
        carry_out(orders(found, *in_formats(request, formats)), **run)
        return
    path, alone = joined(request, formats)
    make_joined(orders(found, alone), path, asked.telling, not no_titles, **run)
