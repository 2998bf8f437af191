"""``handout``: films on paper, a PDF with pictures, words and room for notes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cli.console.help import command
from cli.paper.making import THEME, make_handout
from cli.request.film_argument import chosen
from cli.request.lessons import Asked
from cli.request.naming import words_asked_for
from cli.request.options import lesson_options, script_option
from cli.request.render_options import (
    SCENES_LINE,
    films_argument,
    preview_option,
    run_options,
)
from cli.request.request import Request
from cli.request.shape import DEFAULT_ASPECT, Shape
from pipeline import SectionEnds

QUALITY = "720p30"  # of the pictures: about 300 pixels an inch


@command(epilog=SCENES_LINE)
@films_argument
@preview_option
@script_option
@lesson_options(themed=False)
@run_options
def handout(films: tuple[str, ...], asked: Asked, output: str | None, **run: Any) -> None:
    """Put films on paper: one PDF in A4, for the class.

    Each section has its last picture, captions, formula and numbers, a question, and lines for
    notes. At the end of a film stand the numbers of its first updates.

    \b
    Examples:
      gd handout batch
      gd handout sgd@first-epoch batch --lang zh -o lesson.pdf
    """
    asked = replace(asked, telling=replace(asked.telling, theme=THEME))
    shape = Shape.of_quality(QUALITY, DEFAULT_ASPECT)
    request = Request(asked, shape, output, (".pdf",), words_asked_for(), encoding=SectionEnds())
    make_handout(chosen(films, asked, run["quiet"]), request, **run)
