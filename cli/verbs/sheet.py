"""``sheet``: contact sheets."""

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
    preview_option,
    run_options,
    sheet_options,
)
from cli.request.request import Request
from cli.request.shape import Shape
from pipeline import Sheet
from scenes.catalogue.theme import THEMES

SHEET_FPS = 10  # a sheet's times are exact to a tenth of a second


@command(epilog=SCENES_LINE)
@films_argument
@sheet_options
@aspect_option
@preview_option
@lesson_options()
@run_options
def sheet(
    films: tuple[str, ...], asked: Asked, every: float, columns: int, width: int, aspect: str,
    output: str | None, **run: Any,
) -> None:  # fmt: skip
    """Render contact sheets: a picture of the film every two seconds, each section in a new row.

    A sheet is a PNG with the sections and times of one film: for choosing clips, and for review.

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
