"""``cues``: where a lecture can stop, and what is said at each place."""

from __future__ import annotations

from collections.abc import Sequence

from cli.console.help import command
from cli.console.language import say
from cli.console.streams import put, put_json
from cli.console.tables import table
from cli.making.cues import told_cues
from cli.request.film_argument import chosen
from cli.request.lessons import Asked
from cli.request.options import (
    debug_option,
    json_option,
    lesson_options,
    quiet_option,
    script_option,
    together,
)
from cli.request.render_options import (
    SCENES_LINE,
    cache_option,
    film_argument,
    fps_option,
    quality_option,
)
from cli.request.request import Request
from cli.request.shape import DEFAULT_ASPECT, Shape
from pipeline import Cue


@command(epilog=SCENES_LINE)
@film_argument
@quality_option
@fps_option
@script_option
@lesson_options()
@together(cache_option, quiet_option, json_option(help="Print one JSON document."), debug_option)
def cues(
    film: str, asked: Asked, quality: str, fps: int | None, no_cache: bool, quiet: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """List the cues of a film: where a lecture can stop, and what is said there.

    \b
    Examples:
      gd cues batch
      gd cues sgd --lang en --json
    """
    (found,), shape = chosen([film], asked, quiet), Shape.of_quality(quality, DEFAULT_ASPECT, fps)
    made = told_cues(found, Request(asked, shape, None, (), ()), cached=not no_cache)
    if as_json:
        put_json({"fps": shape.fps, "cues": [cue.document() for cue in made]})
        return
    for line in table(_rows(made, shape.fps), right=(1, 2)):
        put(line)


def _rows(cues: Sequence[Cue], fps: int) -> list[tuple[str, ...]]:
    head = (say("cue"), say("start"), say("length"), say("kind"), say("caption"))
    return [
        head,
        *(
            (
                cue.id, f"{cue.first / fps:.1f} s", f"{cue.frames / fps:.1f} s", cue.kind,
                " ".join(cue.caption.split()),
            )
            for cue in cues
        ),
    ]  # fmt: skip
