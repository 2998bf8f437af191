"""Which picture of a film ``frame`` takes."""

from __future__ import annotations

from cli.failures import BadValue
from cli.lessons import Asked, check_section, seconds_of
from cli.own_scenes import OwnScene
from pipeline import Png
from scenes import Film


def still(
    film: Film | OwnScene, asked: Asked, at: float | None, section: str | None, fps: int
) -> Png:
    """The picture at a moment, at a section's end, or the last; BadValue for what there is not."""
    if at is not None and section is not None:
        raise BadValue("--at", "and --section exclude each other: use one of them")
    if isinstance(film, OwnScene):
        return Png(section if at is None else at)
    check_section("--section", section, [film])
    length = seconds_of(film, asked)
    if at is not None and at > length:
        raise BadValue(
            "--at", f"must be from 0 to {length:g}, the length of {film.name}, not {at:g}"
        )
    if at is not None and at >= length - 1 / fps:
        at = None  # the last frame
    return Png(section if at is None else at)
