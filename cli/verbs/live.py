"""``live``: the cost parabola as a page for the browser, to be tried out."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import click

from cli.console.help import command, option
from cli.console.language import spoken
from cli.console.streams import put_json, put_path
from cli.deck.live.lesson import film_of, lesson_of
from cli.deck.live.page import live_page
from cli.making.preview import preview as show
from cli.request.choices import note_choices
from cli.request.kinds import OneOf
from cli.request.lessons import Asked
from cli.request.naming import path_for
from cli.request.options import (
    debug_option,
    json_option,
    lang_option,
    lesson_options,
    quiet_option,
    together,
)
from cli.request.render_options import preview_option
from pipeline.files.inputs import refuse_inputs
from pipeline.files.publish import published

NAME, SUFFIX = "live", ".html"
_THEMES = ("dark", "light")


@command()
@option(
    "-o", "--output", metavar="PATH", type=click.Path(),
    help="A file, or a folder (ends in /, exists, or has no ending). Default: this folder.",
)  # fmt: skip
@preview_option
@lesson_options(telling=False)
@option(
    "--theme",
    type=OneOf(_THEMES),
    default=_THEMES[0],
    show_default=True,
    help="Colours of the page.",
)
@json_option(help="Print one JSON document: the file, its size and checksum.")
@together(lang_option, quiet_option, debug_option)
def live(asked: Asked, output: str | None, preview: bool, as_json: bool, quiet: bool) -> None:
    """Make a page to try out: what if the start, the rate, the rule, a sample were another one?

    It is one HTML file for any browser, and needs no network. Drag the start and the samples, set
    the rate, step and play. It shows the command that films what you see.

    \b
    Examples:
      gd live -o live.html
      gd live --data "1,2 2,4 3,7" --order shuffled --lang en
    """
    lesson = lesson_of(asked)
    path = path_for(output, NAME, (SUFFIX,))
    refuse_inputs([path], asked.inputs)
    if not quiet:
        note_choices([(film_of(lesson.order), lesson)])
    page = live_page(lesson, spoken(), asked.telling.theme).encode()
    with published([path]) as (part,):
        part.write_bytes(page)
    if as_json:
        put_json(_described(str(path), page))
        return
    put_path(path)
    if preview:
        show(path)


def _described(path: str, page: bytes) -> dict[str, Any]:
    return {"path": path, "size": len(page), "sha256": sha256(page).hexdigest()}
