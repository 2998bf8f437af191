"""Messages in the user's language: errors, notes, help.

English stands in the code, where it is said. Every other language has a table in ``messages/``
whose keys are the English texts, as in gettext. A text that a table lacks is said in English.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from scenes.locales import Filler, Words, read

_FOLDER = files(__package__) / "messages"
_OF_THE_SYSTEM = "reason"  # the value with this name is a text of the system, such as "File exists"


@cache
def messages(lang: str, folder: Traversable = _FOLDER) -> Words:
    """The texts of ``lang`` by the English ones; for English there are only the plural rules.

    Raises FileNotFoundError for a language without a table, and what `scenes.locales.read` raises.
    """
    words = read(folder / f"{lang}.toml")
    return Words({key.partition(".")[2]: text for key, text in words.items()}, words.rules)


def said(lang: str, message: object, /, **values: Any) -> str:
    """``message`` in ``lang``: an English text, with ``values`` filled in.

    A `gdcore.message.Message`, or an error with a ``template`` and ``values``, brings its own
    values; such a value is translated too. Plural forms are those of `scenes.locales.filled`.
    """
    words = messages(lang)
    template = getattr(message, "template", None) or str(message)
    values = getattr(message, "values", None) or values
    text = words.get(template, template)
    if not values:
        return text
    for name, value in values.items():
        if name == _OF_THE_SYSTEM or hasattr(value, "template"):
            values = values | {name: said(lang, value)}
    return Filler(words.rules).vformat(text, (), values)
