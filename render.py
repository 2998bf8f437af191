"""What one types: the films as videos, GIFs and stills, and the numbers that they draw.

Each command here parses, calls one function of the package ``cli``, and that prints. The installed
command `gd`, ``./gd`` in a checkout and ``python render.py`` are the same.
"""

from __future__ import annotations

if __name__ == "__main__":  # before the imports below, which take a sixth of a second
    from cli.start import main

    main()

from typing import Any

import click

from cli import caching, catalogue, completion, tracing
from cli.app import App, version_option
from cli.films import chosen
from cli.formats import in_formats
from cli.jobs import Request, orders, video_suffixes
from cli.kinds import OneOf, between
from cli.lessons import Asked, check
from cli.naming import words_asked_for
from cli.options import debug_option, json_option, lesson_options, quiet_option, together
from cli.pictures import (
    FILMS_LINE,
    SCENES_LINE,
    aspect_option,
    film_argument,
    films_argument,
    format_option,
    fps_option,
    gif_options,
    jobs_option,
    only_option,
    quality_option,
    run_options,
    sheet_options,
    speed_option,
    traced_argument,
)
from cli.rendering import carry_out
from cli.shape import Shape
from cli.stills import still
from pipeline import Gif, Sheet
from scenes import FILMS
from scenes.catalogue.theme import THEMES

SHEET_FPS = 10  # a sheet's times are exact to a tenth of a second


@click.group(cls=App, context_settings={"help_option_names": ["-h", "--help"]})
@version_option
def gd() -> None:
    """Lecture films of gradient descent, exact to the last digit.

    In a checkout of the project, type `./gd` for `gd`; `./gd test` runs the tests.

    \b
    Example:
      gd video batch --lang en -q 720p30
    """


@gd.command("list")
@lesson_options(themed=False)
@together(json_option("a table"), debug_option)
def list_films(asked: Asked, as_json: bool) -> None:
    """List the films: length, title, sections.

    \b
    Example:
      gd list --lang zh
    """
    catalogue.show(asked, as_json)


@gd.command(epilog=SCENES_LINE)
@films_argument
@format_option
@quality_option
@fps_option
@aspect_option
@only_option
@speed_option
@jobs_option
@lesson_options()
@run_options
def video(
    films: tuple[str, ...], asked: Asked, formats: tuple[str, ...] | None, quality: str,
    fps: int | None, aspect: str, only: str | None, speed: str, output: str | None, **run: Any,
) -> None:  # fmt: skip
    """Render films as mp4 videos.

    FILM is a film's name, several of them, or `all`. A theme without background gives a .mov
    (ProRes 4444), or a .webm when -o ends so: an mp4 holds no transparency. Several formats are
    made of frames that are drawn once; a GIF among them is 640 pixels wide.

    \b
    Examples:
      gd video batch
      gd video all --lang en --theme light -q 720p30 -o films/
      gd video batch --format mp4,gif -o slides/
      gd video sgd --data points.csv --lr 0.001 -o mine.mp4
      gd video lecture/scenes.py:Intro -q 720p30
    """
    shape = Shape.of_quality(quality, aspect, fps)
    suffixes = video_suffixes(asked.telling)
    request = Request(asked, shape, output, suffixes, words_asked_for(), only, speed=speed)
    carry_out(orders(chosen(films, asked, run["quiet"]), *in_formats(request, formats)), **run)


@gd.command(epilog=SCENES_LINE)
@films_argument
@gif_options
@aspect_option
@only_option
@jobs_option
@lesson_options()
@run_options
def gif(
    films: tuple[str, ...], asked: Asked, width: int, fps: str, colors: int, loop: int,
    aspect: str, only: str | None, output: str | None, **run: Any,
) -> None:  # fmt: skip
    """Render films as animated GIFs, for slides and web pages.

    \b
    Example:
      gd gif batch --only epochs --width 800 -o slides/
    """
    shape = Shape.of_width(width, aspect, int(fps))
    encoding = Gif(colors=colors, loop=loop)
    request = Request(asked, shape, output, (".gif",), words_asked_for(), only, encoding)
    carry_out(orders(chosen(films, asked, run["quiet"]), request), **run)


@gd.command(epilog=SCENES_LINE)
@film_argument
@click.option("--at", type=between(0, 2400), help="The moment, in seconds from the start.")
@click.option("--section", help="A section's name: its last frame.")
@quality_option
@aspect_option
@lesson_options()
@run_options
def frame(
    film: str, asked: Asked, at: float | None, section: str | None, quality: str, aspect: str,
    output: str | None, **run: Any,
) -> None:  # fmt: skip
    """Render one picture of a film as PNG: by default the last one.

    \b
    Examples:
      gd frame batch
      gd frame sgd --section first-epoch -q 2160p60 -o slide.png
      gd frame batch --at 12.5
    """
    (found,), shape = chosen([film], asked), Shape.of_quality(quality, aspect)
    encoding = still(found, asked, at, section, shape.fps)
    request = Request(asked, shape, output, (".png",), words_asked_for(), encoding=encoding)
    carry_out(orders([found], request), **run)


@gd.command(epilog=SCENES_LINE)
@films_argument
@sheet_options
@aspect_option
@lesson_options()
@run_options
def sheet(
    films: tuple[str, ...], asked: Asked, every: float, columns: int, width: int, aspect: str,
    output: str | None, **run: Any,
) -> None:  # fmt: skip
    """Render contact sheets: what a film shows every two seconds, one row a section.

    A PNG for each film, with its sections and times: for choosing clips, and for review.

    \b
    Examples:
      gd sheet batch
      gd sheet all --every 1 --lang en -o sheets/
    """
    shape = Shape.of_width(width, aspect, SHEET_FPS)
    encoding = Sheet(every, columns, THEMES[asked.telling.theme].background)
    words = ("sheet", *words_asked_for())
    request = Request(asked, shape, output, (".png",), words, encoding=encoding)
    carry_out(orders(chosen(films, asked, run["quiet"]), request), **run)


@gd.command(epilog=FILMS_LINE)
@traced_argument
@click.option(
    "--format", "form", type=OneOf(tracing.SUFFIXES),
    help="Format: lecture (what the lecture's program prints), table, csv, json; else -o's ending.",
)  # fmt: skip
@click.option(
    "-o", "--output", metavar="PATH", type=click.Path(),
    help="A file or folder; left out, standard output.",
)  # fmt: skip
@lesson_options(told=False)
@together(quiet_option, debug_option)
def trace(asked: Asked, film: str, form: str | None, output: str | None, quiet: bool) -> None:
    """Print the numbers that a film draws.

    \b
    Examples:
      gd trace sgd --format lecture
      gd trace batch --format csv -o batch.csv
      gd trace sgd --data "1,2 2,4 3,6" --lr 0.05 --order random --seed 3
    """
    found = FILMS[film]
    form = tracing.format_for(form, output)
    check([found], asked)
    tracing.deliver(tracing.text_of(form, found, asked.of(found)), output, found, form)


@gd.command("cache")
@click.argument("action", type=OneOf(caching.ACTIONS), default="show", metavar="[ACTION]")
@click.option(
    "--limit", type=between(0, 1e6, whole=True), default=caching.DEFAULT_LIMIT, show_default=True,
    help="Megabytes that prune leaves, at most.",
)  # fmt: skip
@together(json_option("a table"), debug_option)
def manage_cache(action: str, limit: int, as_json: bool) -> None:
    """Show, prune or clear the cache of finished films.

    ACTION is show (the default), prune (remove the longest unused films) or clear (remove all).
    The cache lies in the user's cache folder, or where the variable GD_CACHE says.

    \b
    Example:
      gd cache prune --limit 500
    """
    caching.manage(action, limit * caching.MEGABYTE, as_json)


@gd.command("doctor")
@together(json_option("a table"), debug_option)
def examine(as_json: bool) -> None:
    """Say what is installed, what is missing, and the remedy.

    Exits with 0 when all is there, with 69 when something is missing.

    \b
    Example:
      gd doctor
    """
    from cli import doctor  # package metadata takes a while to import

    doctor.examine(as_json)


@gd.command("completion")
@click.argument("shell", type=OneOf(completion.SCRIPTS), metavar="SHELL")
def print_completion(shell: str) -> None:
    """Print the completion script of a shell.

    With it bash, zsh or fish complete what one types after gd, ./gd or any path to it.

    \b
    Examples:
      eval "$(gd completion bash)"     in ~/.bashrc, with the full path of gd
      eval "$(gd completion zsh)"      in ~/.zshrc, after compinit
      gd completion fish | source      in ~/.config/fish/config.fish
    """
    click.echo(completion.script(shell), nl=False)
