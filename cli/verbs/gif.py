"""``gif``: films as animated pictures: GIF, WebP, APNG."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cli.console.failures import BadValue
from cli.console.help import command
from cli.console.language import say
from cli.making.make import carry_out
from cli.making.orders import orders
from cli.request.film_argument import chosen
from cli.request.formats import ANIMATED
from cli.request.lessons import Asked
from cli.request.naming import words_asked_for
from cli.request.options import lesson_options
from cli.request.render_options import (
    SCENES_LINE,
    aspect_option,
    films_argument,
    gif_options,
    jobs_option,
    max_size_option,
    only_option,
    poster_option,
    preview_option,
    run_options,
)
from cli.request.request import Request
from cli.request.shape import Shape
from pipeline import Animation, Gif
from scenes.catalogue.theme import THEMES


@command(epilog=SCENES_LINE)
@films_argument
@gif_options
@aspect_option
@only_option
@jobs_option
@max_size_option
@poster_option
@preview_option
@lesson_options()
@run_options
def gif(
    films: tuple[str, ...], asked: Asked, width: int, fps: str, colors: int, loop: int,
    matte: str | None, form: str | None, aspect: str, only: str | None, output: str | None,
    **run: Any,
) -> None:  # fmt: skip
    """Render films as animated GIFs, for slides and web pages; or as WebP or APNG.

    \b
    Examples:
      gd gif batch --only epochs --width 800 -o slides/
      gd gif sgd@first-epoch batch@start..chart
      gd gif sgd --theme transparent --format webp
    """
    shape = Shape.of_width(width, aspect, int(fps))
    form = form or _form_of(output)
    encoding: Animation = ANIMATED[form](loop=loop)
    if isinstance(encoding, Gif):
        encoding = Gif(colors, loop, matte=_checked(matte, asked))
    elif matte is not None:
        raise BadValue("--matte", say("is for a GIF; {form} has soft edges", form=form))
    request = Request(asked, shape, output, (f".{form}",), words_asked_for(), encoding)
    found = chosen(films, asked, run["quiet"], option="--only", section=only)
    carry_out(orders(found, request), **run)


def _form_of(output: str | None) -> str:
    """The format that the ending of ``-o`` names; a GIF if it names none."""
    ending = Path(output or "").suffix.lower().removeprefix(".")
    return ending if ending in ANIMATED else "gif"


def _checked(matte: str | None, asked: Asked) -> str | None:
    """The page's colour; BadValue if the film has no transparent edges to lay on it."""
    if matte is not None and not THEMES[asked.telling.theme].transparent:
        raise BadValue("--matte", say("needs a theme without background"))
    return matte
