"""The cues of a film: found in the cache, or made by playing the film without drawing it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from cli.making.film_cache import film_cache
from cli.making.orders import orders
from cli.request.parts import Chosen
from cli.request.request import Request
from pipeline import Cue, CueList, render


def cues_of(film: Chosen, request: Request, cached: bool) -> tuple[Cue, ...]:
    """The cues of a film or its part as `request` tells it, in frames at the rate of its shape.

    They count from the start of the part, and are the same for every encoding, size and aspect.
    Raises what `orders` and `render` raise.
    """
    with TemporaryDirectory(prefix="gd-cues-") as folder:
        output = str(Path(folder) / "cues.json")
        listed = replace(request, output=output, suffixes=(".json",), encoding=CueList())
        (order,) = orders([film], listed)
        return render(order.job, cache=film_cache(cached)).cues
