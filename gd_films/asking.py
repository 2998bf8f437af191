"""From keywords to the words of a command line: ``lr=0.05`` is ``--lr=0.05``."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping

import click
import numpy as np

from cli.console.failures import hint
from cli.console.language import asked_language, say, speak
from cli.course.products import key_of
from cli.course.values import as_word
from cli.request.parts import split
from exit_codes import USAGE
from gd_films.errors import failure
from gd_films.samples import SAMPLES, samples_given
from scenes import FILMS


def words_of(
    command: click.Command, film: str, given: Mapping[str, object], left_out: Collection[str] = ()
) -> list[str]:
    """The options of a command for a film, each with its value in one word, without those of None.

    ``left_out`` are options, by their names in the code, that make no sense here. From now on
    messages are in the film's language. Raises WrongRequest for a keyword that is no option,
    with the nearest one, and what `samples_given` raises.
    """
    speak(asked_language([f"--lang={given.get('lang')}"]))
    options = {
        key_of(param).replace("-", "_"): param
        for param in command.params
        if isinstance(param, click.Option) and param.name not in left_out
    }
    for name in given:
        if name not in options:
            message = say("there is no option {name!r}", name=name) + hint(name, options)
            raise failure(message, USAGE)
    values = {name: value for name, value in given.items() if value is not None}
    if SAMPLES in values:
        values = _sampled(film, values.pop(SAMPLES)) | values
    return [word for name, value in values.items() if (word := _word(options[name], name, value))]


def _sampled(word: str, data: object) -> dict[str, object]:
    """The data as options; the names of the axes only if the film shows them."""
    film = FILMS.get(split(word)[0].casefold())
    takes = () if film is None else film.takes
    found = samples_given(data)
    return {name: value for name, value in found.items() if name == SAMPLES or name in takes}


def _word(option: click.Option, name: str, value: object) -> str:
    """The option as it is typed; empty for one that is not set."""
    key = f"--{key_of(option)}"
    if option.is_flag:
        if not isinstance(value, (bool, np.bool_)):
            message = say("{name} must be True or False, not {value!r}", name=name, value=value)
            raise failure(message, USAGE)
        return key if value else ""
    if isinstance(value, os.PathLike):
        value = os.fspath(value)
    return f"{key}={as_word(value.tolist() if isinstance(value, np.ndarray) else value)}"
