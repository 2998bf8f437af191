"""``gif``: films as animated GIFs."""

from __future__ import annotations

from typing import Any

from cli.console.help import command
from cli.making.make import carry_out
from cli.making.orders import orders
from cli.request.film_argument import chosen
from cli.request.lessons import Asked
from cli.request.naming import words_asked_for
from cli.request.options import lesson_options
from cli.request.render_options import (
    SCENES_LINE,
    aspect_option,
    films_argument,
    gif_options,
    jobs_option,
    only_option,
    poster_option,
    preview_option,
    run_options,
)
from cli.request.request import Request
from cli.request.shape import Shape
from pipeline import Gif


@command(epilog=SCENES_LINE)
@films_argument
@gif_options
@aspect_option
@only_option
@jobs_option
@poster_option
@preview_option
@lesson_options()
@run_options
def gif(
    films: tuple[str, ...], asked: Asked, width: int, fps: str, colors: int, loop: int,
    aspect: str, only: str | None, output: str | None, **run: Any,
) -> None:  # fmt: skip
    """Render films as animated GIFs, for slides and web pages.

    \b
    Examples:
      gd gif batch --only epochs --width 800 -o slides/
      gd gif sgd@first-epoch batch@start..chart
    """
    shape = Shape.of_width(width, aspect, int(fps))
    encoding = Gif(colors=colors, loop=loop)
    request = Request(asked, shape, output, (".gif",), words_asked_for(), encoding)
    found = chosen(films, asked, run["quiet"], option="--only", section=only)
    carry_out(orders(found, request), **run)
