"""Arguments and options of the commands that render: which film, how large, where to."""

from __future__ import annotations

import signal

import click

from cli.console.failures import BadValue
from cli.console.help import argument, option
from cli.console.language import say
from cli.request.film_argument import FilmName
from cli.request.formats import ANIMATED, Formats
from cli.request.kinds import ByteCount, Colour, OneOf, between
from cli.request.options import debug_option, json_option, quiet_option, together
from cli.request.shape import ASPECTS, DEFAULT_ASPECT, DEFAULT_QUALITY, LETTERS, QUALITIES
from gdcore.message import Message
from pipeline import GIF_RATES, SPEEDS
from scenes import FILMS

FILMS_LINE = Message("Films: {films}. `gd list` says more about them.", films=", ".join(FILMS))
SCENES_LINE = Message(
    "{films_line} A Manim scene of your own: path/to/file.py:SceneName. A part of a film: "
    "FILM@SECTION or FILM@FIRST..LAST.",
    films_line=FILMS_LINE,
)


def _checked_limit(_: click.Context, __: click.Parameter, seconds: float | None) -> float | None:
    if seconds is not None and not hasattr(signal, "setitimer"):
        raise BadValue("--timeout", say("is not possible on this system"))
    return seconds


films_argument = argument(
    "films", nargs=-1, required=True, type=FilmName(several=True, own=True), metavar="FILM..."
)
film_argument = argument("film", type=FilmName(own=True), metavar="FILM")
traced_argument = argument("film", type=FilmName(), metavar="FILM")
quality_option = option(
    "-q", "--quality", type=OneOf(QUALITIES, LETTERS), default=DEFAULT_QUALITY, show_default=True,
    help="Shorter side in pixels, frames a second. manim's letters l m h p k are allowed too.",
)  # fmt: skip
fps_option = option(
    "--fps",
    type=between(1, 120, whole=True),
    help="Frames a second, from 1 to 120, instead of the quality's.",
)
format_option = option(
    "--format", "formats", type=Formats(), metavar="FORMATS",
    help="Of mp4, mov, webm, gif, webp, apng one or more: mp4,gif. Default: by the theme and -o.",
)  # fmt: skip
aspect_option = option(
    "--aspect", type=OneOf(ASPECTS), default=DEFAULT_ASPECT, show_default=True,
    help="Shape of the picture.",
)  # fmt: skip
only_option = option(
    "--only", metavar="SECTION", help="One section of the film; `gd list` shows their names."
)
output_option = option(
    "-o", "--output", metavar="PATH", type=click.Path(),
    help="A file, or a folder (ends in /, exists, or has no ending). Default: this folder.",
)  # fmt: skip
dry_run_option = option(
    "--dry-run", is_flag=True,
    help="Render nothing. Show the files, their frames, and estimates of time and size.",
)  # fmt: skip
cache_option = option(
    "--no-cache", is_flag=True, help="Render again; neither read the cache nor add to it."
)
poster_option = option(
    "--poster", is_flag=True, help="A picture of each film beside its file, as PNG."
)
preview_option = option(
    "-p", "--preview", is_flag=True, help="Open the finished file, of several the first one."
)
speed_option = option(
    "--speed", type=OneOf(SPEEDS), default="normal", show_default=True,
    help="For mp4: draft encodes fastest, small makes the smallest files.",
)  # fmt: skip
jobs_option = option(
    "--jobs", type=between(1, 64, whole=True),
    help="Processes that draw an mp4 or a GIF. Default: one a core. The file stays the same.",
)  # fmt: skip
timeout_option = option(
    "--timeout", type=between(1, 1_000_000), metavar="SECONDS", callback=_checked_limit,
    help="Seconds for one film; then it has failed. Default: no limit.",
)  # fmt: skip
max_size_option = option(
    "--max-size", type=ByteCount(least=20_000), metavar="SIZE",
    help="The largest file, as 5MB. What is given up for it is said. Not for .mov.",
)  # fmt: skip
gif_options = together(
    option(
        "--width",
        type=between(64, 3840, whole=True),
        default=640,
        show_default=True,
        help="Width in pixels, from 64 to 3840.",
    ),
    option(
        "--fps",
        type=OneOf(map(str, GIF_RATES)),
        default="20",
        show_default=True,
        help="Frames a second: the rates that a GIF holds exactly.",
    ),
    option(
        "--colors",
        type=between(4, 256, whole=True),
        default=256,
        show_default=True,
        help="Colours of the palette, from 4 to 256.",
    ),
    option(
        "--loop",
        type=between(0, 65535, whole=True),
        default=0,
        show_default=True,
        help="How many times it plays, up to 65535; 0 is for ever.",
    ),
    option(
        "--format",
        "form",
        type=OneOf(ANIMATED),
        help="Format: gif, webp or apng. The last two have soft edges. Default: by -o's ending.",
    ),
    option(
        "--matte",
        type=Colour(),
        metavar="COLOUR",
        help="For a GIF without background: the page that its soft edges are laid on, as #rrggbb.",
    ),
)
sheet_options = together(
    option(
        "--every", type=between(0.1, 600), default=2.0, show_default=True,
        help="Seconds from one picture to the next, from 0.1 to 600.",
    ),
    option(
        "--columns", type=between(1, 20, whole=True), default=8, show_default=True,
        help="Pictures in a row, from 1 to 20.",
    ),
    option(
        "--width", type=between(64, 3840, whole=True), default=320, show_default=True,
        help="Width of a picture in pixels, from 64 to 3840.",
    ),
)  # fmt: skip
making_options = together(
    cache_option,
    dry_run_option,
    timeout_option,
    quiet_option,
    json_option(help="Print one JSON document instead of the paths."),
    debug_option,
)
run_options = together(output_option, making_options)
