"""How large the cache may become for a course."""

from __future__ import annotations

from collections.abc import Sequence

from cli.course.checking import Planned
from cli.making.film_cache import film_store
from pipeline import Store

FOLD = 3  # a film, its segments, and files that are larger than was estimated


def course_store(planned: Sequence[Planned]) -> Store | None:
    """This user's store of films, with room for all of the course; None without a cache folder.

    A film that was drawn long before its step, by another machine or another share, must not be
    removed for the next ones.
    """
    sizes = [file.size or 0 for each in planned for file in each.files]
    return film_store(FOLD * sum(sizes))
