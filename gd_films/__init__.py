"""Films and their numbers in a notebook: ``from gd_films import film, trace``.

    film("sgd", lr=0.05, lang="zh")     shows the film below the cell
    trace("sgd", lr=0.05)               its numbers, as arrays: pandas.DataFrame(trace("sgd"))

The keywords are the options of `gd video` and `gd trace`, with ``_`` for ``-``.
"""

from gd_films.arrays import trace
from gd_films.errors import FilmNotMade, WrongRequest
from gd_films.finished import FinishedFilm
from gd_films.showing import film

__all__ = ["FilmNotMade", "FinishedFilm", "WrongRequest", "film", "trace"]
