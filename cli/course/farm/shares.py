"""``--share I/N``: draws a part of a course's films into the cache; another run makes the files.

Each of the N runs lists all films and finds its own among them, so they need not know each other.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from cli.console import guard
from cli.console.language import say
from cli.console.streams import note, put
from cli.console.tables import clock, table
from cli.console.time_limit import TimedOut
from cli.course.farm.drawing import draw_into, is_drawn
from cli.course.farm.films import WantedFilm
from cli.course.farm.place import Share
from cli.making.make import Failed, failed_with, name_failed
from cli.making.progress import Silent, reported_to
from pipeline import CannotCreate, Store


def share_of(films: Sequence[WantedFilm], share: Share) -> list[WantedFilm]:
    """The films of one share, in their order; all shares take about the same time.

    The longest films are dealt out first, each to the share that has least to do. Equal films give
    equal shares, on each machine.
    """
    loads = [0.0] * share.of
    own: set[int] = set()
    for number in sorted(range(len(films)), key=lambda k: (-films[k].seconds, k)):
        least = loads.index(min(loads))
        loads[least] += films[number].seconds
        if least == share.number - 1:
            own.add(number)
    return [film for number, film in enumerate(films) if number in own]


def show_share(films: Sequence[WantedFilm]) -> None:
    """Print the films of a share and estimates of their time; nothing is drawn."""
    rows = [(film.name, clock(film.seconds)) for film in films]
    for line in table([(say("film"), say("about")), *rows], right=(1,)):
        put(line)
    total = clock(sum(film.seconds for film in films))
    put(say("{films:# film|# films}, about {time}", films=len(films), time=total))


def draw_share(
    films: Sequence[WantedFilm], store: Store | None, *, quiet: bool, jobs: int | None,
    timeout: float | None,
) -> None:  # fmt: skip
    """Draw films into the store; a line for each on standard error, and no file.

    Films that are there already are left out. A film that fails does not stop the rest; exits with
    its code (1 if they differ). Raises CannotCreate if nothing can be kept.
    """
    if store is None:
        raise CannotCreate("there is no folder for the cache: set GD_CACHE")
    guard.start()
    begun, failed = time.monotonic(), list[Failed]()
    worked, left = 0.0, sum(film.seconds for film in films)
    for number, film in enumerate(films, 1):
        started = time.monotonic()
        drawn = _draw(film, store, jobs, timeout)
        left -= film.seconds
        if isinstance(drawn, Failed):
            failed.append(drawn)
            continue
        worked += film.seconds if drawn else 0.0
        how = (
            say("in {time}", time=clock(time.monotonic() - started)) if drawn else say("as before")
        )
        pace = (time.monotonic() - begun) / worked if worked else 1.0
        if not quiet:
            told = say("{time} left", time=clock(pace * left))
            note(f"{number}/{len(films)}  {film.name}  {how}  {told}")
    if failed:
        name_failed(failed)


def _draw(film: WantedFilm, store: Store, jobs: int | None, timeout: float | None) -> bool | Failed:
    """Draw a film; False if it was there already."""
    if film.is_sealed and is_drawn(store, film.receipt()):
        return False
    try:
        with reported_to(Silent()):
            kept = draw_into(store, film, jobs=jobs, timeout=timeout)
    except (Exception, TimedOut) as error:
        return failed_with(film.name, error)
    if not kept:
        message = "{folder!r} cannot be written to: set GD_CACHE to another folder"
        raise CannotCreate(message, folder=str(store.folder))
    return True
