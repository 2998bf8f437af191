"""The cues of a film: found in the cache, or made by playing the film without drawing it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from cli.making.film_cache import film_cache
from cli.making.orders import orders
from cli.request.own_scenes import OwnScene
from cli.request.request import Request
from pipeline import Cue, CueList, render
from scenes import Film


def cues_of(film: Film | OwnScene, request: Request, cached: bool) -> tuple[Cue, ...]:
    """The cues of `film` as `request` tells it, in frames at the rate of its shape.

    They are the same for every encoding, size and aspect. A script that was given changes what is
    said. Raises what `orders`, `render` and `Script.told` raise.
    """
    with TemporaryDirectory(prefix="gd-cues-") as folder:
        output = str(Path(folder) / "cues.json")
        listed = replace(
            request, output=output, suffixes=(".json",), encoding=CueList(), only=None,
            subtitles=None,
        )  # fmt: skip
        (order,) = orders([film], listed)
        cues = render(order.job, cache=film_cache(cached)).cues
    script = request.asked.script
    if script is None:
        return cues
    shown = {cue.section for cue in cues}
    sections = film.sections if isinstance(film, Film) else ()
    left_out = [section.name for section in sections if section.name not in shown]
    return script.told(cues, film.name, request.asked.language_of(film), left_out)


def told_cues(film: Film | OwnScene, request: Request, cached: bool) -> tuple[Cue, ...]:
    """As `cues_of`; BadData for a script that says nothing about the film in its language."""
    if script := request.asked.script:
        script.check(film.name, [request.asked.language_of(film)])
    return cues_of(film, request, cached)
