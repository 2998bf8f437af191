"""``frame``: one picture of a film, or one of each section."""

from __future__ import annotations

from typing import Any

from cli.console.failures import BadValue
from cli.console.help import command, option
from cli.console.language import say
from cli.making.make import carry_out
from cli.making.orders import orders
from cli.making.pictures import make_pictures
from cli.request.film_argument import chosen
from cli.request.kinds import between
from cli.request.lessons import Asked, seconds_of
from cli.request.naming import words_asked_for
from cli.request.options import lesson_options
from cli.request.own_scenes import OwnScene
from cli.request.parts import Chosen
from cli.request.render_options import (
    SCENES_LINE,
    aspect_option,
    film_argument,
    preview_option,
    quality_option,
    run_options,
)
from cli.request.request import Request
from cli.request.shape import Shape
from pipeline import Png


@command(epilog=SCENES_LINE)
@film_argument
@option("--at", type=between(0, 2400), help="The moment, in seconds from the start.")
@option("--section", metavar="SECTION", help="The last frame of the section with this name.")
@option(
    "--every-section", is_flag=True,
    help="The last frame of every section, as a set: batch-01-start.png ...",
)  # fmt: skip
@quality_option
@aspect_option
@preview_option
@lesson_options()
@run_options
def frame(
    film: str, asked: Asked, at: float | None, section: str | None, every_section: bool,
    quality: str, aspect: str, output: str | None, **run: Any,
) -> None:  # fmt: skip
    """Render one picture of a film as PNG: by default the last one.

    \b
    Examples:
      gd frame batch
      gd frame sgd --section first-epoch -q 2160p60 -o slide.png
      gd frame batch --at 12.5
      gd frame sgd@first-epoch --at 2
      gd frame batch --every-section -o pictures/
    """
    if at is not None and section is not None:
        raise BadValue("--at", say("and --section cannot be used together"))
    if at is not None and every_section:
        raise BadValue("--at", say("and --every-section cannot be used together"))
    found = chosen([film], asked, option="--section", section=section)
    shape = Shape.of_quality(quality, aspect)
    if every_section:
        make_pictures(found[0], Request(asked, shape, output, (".png",), words_asked_for()), **run)
        return
    encoding = Png(_moment(found[0], asked, at, shape.fps))
    request = Request(asked, shape, output, (".png",), words_asked_for(), encoding=encoding)
    carry_out(orders(found, request), **run)


def _moment(chosen: Chosen, asked: Asked, at: float | None, fps: int) -> float | None:
    """The time of the picture in seconds, None for the last one; BadValue if there is none."""
    if at is None or isinstance(chosen.film, OwnScene):
        return at
    length = seconds_of(chosen.film, asked, chosen.part)
    if at > length:
        message = "must be from 0 to {length:g}, the length of {film}, not {at:g}"
        raise BadValue("--at", say(message, length=length, film=chosen.name, at=at))
    return None if at >= length - 1 / fps else at
