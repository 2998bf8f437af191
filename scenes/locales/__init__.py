"""The films' words, one TOML file for each language. Loading fails if a language lacks a key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Formatter
from typing import Any

from scenes.locales import plurals

_FOLDER = files(__name__)


def _languages(folder: Traversable) -> tuple[str, ...]:
    """The languages that have a table in ``folder``, from Z to A: zh, the default, is first."""
    found = (path.name for path in folder.iterdir())
    return tuple(sorted(n.removesuffix(".toml") for n in found if n.endswith(".toml"))[::-1])


LANGUAGES = _languages(_FOLDER)


class Words(dict[str, str]):
    """A language's words by dotted key, and its plural ``rules`` by CLDR category (one, few)."""

    def __init__(self, words: Mapping[str, str], rules: Mapping[str, str]) -> None:
        super().__init__(words)
        self.rules = rules


class Filler(Formatter):
    """Formats as `str.format` does, and chooses the plural form."""

    def __init__(self, rules: Mapping[str, str]) -> None:
        self.rules = rules

    def format_field(self, value: Any, form: str) -> str:
        if "|" not in form:
            return format(value, form)
        number = str(value)
        place = [*self.rules, plurals.OTHER].index(plurals.category(number, self.rules))
        return form.split("|")[place].replace("#", number)


def _flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{prefix}{key}.")
        else:
            found[prefix + key] = str(value)
    return found


def read(table: Traversable) -> Words:
    """The words of one table. Raises ValueError if plural forms and rules do not match."""
    content = tomllib.loads(table.read_text(encoding="utf-8"))
    rules = content.pop("plural", {})
    plurals.check(rules)
    words = Words(_flat(content), rules)
    for key, text in words.items():
        for _, _, form, _ in Formatter().parse(text):
            if form and "|" in form and form.count("|") != len(rules):
                wanted = "|".join([*rules, plurals.OTHER])
                raise ValueError(f"{table}: {key}: plural forms are {form}, not {wanted}")
    return words


@cache
def load(folder: Traversable = _FOLDER) -> dict[str, Words]:
    """The words of each language that has a table in ``folder``.

    Raises LookupError if the tables do not hold the same keys, and ValueError if plural
    forms and the rules under ``[plural]`` do not match.
    """
    loaded = {lang: read(folder / f"{lang}.toml") for lang in _languages(folder)}
    every = set().union(*loaded.values())
    for lang, words in loaded.items():
        if missing := sorted(every - words.keys()):
            raise LookupError(f"{folder / f'{lang}.toml'} lacks: {', '.join(missing)}")
    return loaded


def filled(words: Words, key: str, /, **values: Any) -> str:
    """The text under ``key`` with ``values`` filled in.

    "{n:# update|# updates}" holds a plural form for each rule of the language, in the same
    order, and a last form for all other numbers. # is the number.
    """
    return Filler(words.rules).vformat(words[key], (), values)


def texts(lang: str) -> Words:
    """The words of ``lang`` by dotted key, such as ``batch.title``.

    Raises what :func:`load` raises.
    """
    return load()[lang]


def code_of(lang: str) -> str:
    """The code of ISO 639-2 by which players know ``lang``: zho, eng."""
    return texts(lang)["common.iso-639-2"]
