"""The cues of a film: found in the cache, or made by playing the film without drawing it."""

from __future__ import annotations

from dataclasses import replace

from cli.lecture.recordings import recording_names
from cli.making.film_cache import film_cache
from cli.making.orders import orders
from cli.request.parts import Chosen
from cli.request.request import Request
from pipeline import Cue, CueList, render
from pipeline.files.workspace import workspace
from scenes import Film


def cues_of(chosen: Chosen, request: Request, cached: bool) -> tuple[Cue, ...]:
    """The cues of a film or its part as `request` tells it, in frames at the rate of its shape.

    They count from the start of the part, and are the same for every encoding, size and aspect. A
    script that was given changes what is said. Raises what `orders`, `render` and `Script.told`
    raise.
    """
    with workspace() as folder:
        output = str(folder / "cues.json")
        listed = replace(
            request, output=output, suffixes=(".json",), encoding=CueList(), subtitles=None,
            speaker=None,
        )  # fmt: skip
        (order,) = orders([chosen], listed)
        cues = render(order.job, cache=film_cache(cached)).cues
    return as_scripted(cues, chosen, request)


def as_scripted(cues: tuple[Cue, ...], chosen: Chosen, request: Request) -> tuple[Cue, ...]:
    """The cues of a film or its part with what a script says; it raises what `Script.told` raises.

    Without a script they are returned as they are.
    """
    script, film = request.asked.script, chosen.film
    if script is None:
        return cues
    shown = {cue.section for cue in cues}
    sections = film.sections if isinstance(film, Film) else ()
    left_out = [section.name for section in sections if section.name not in shown]
    return script.told(cues, film.name, request.asked.language_of(film), left_out)


def told_cues(chosen: Chosen, request: Request, cached: bool) -> tuple[Cue, ...]:
    """As `cues_of`; BadData for a script that says nothing about the film in its language."""
    check_script(chosen, request)
    return cues_of(chosen, request, cached)


def check_script(chosen: Chosen, request: Request) -> None:
    """Raise BadData for a script that says nothing about the film in its language."""
    if script := request.asked.script:
        script.check(chosen.film.name, [request.asked.language_of(chosen.film)])


def recorded_cues(chosen: Chosen, request: Request, cached: bool) -> dict[str, Cue]:
    """The cues of a film or its part that say something, by the names of their recordings.

    A name has the number of the cue in the whole film, whatever part is shown.
    """
    cues = told_cues(chosen, request, cached)
    whole = cues if chosen.part is None else told_cues(Chosen(chosen.film), request, cached)
    names = recording_names(chosen.film.name, whole)
    return {names[cue.id]: cue for cue in cues if cue.narration.strip()}
