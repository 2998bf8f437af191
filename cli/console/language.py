"""The language in which the program speaks: of `--lang`, else of the locale."""

from __future__ import annotations

import locale
import os
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from scenes.locales import LANGUAGES
from scenes.locales.translation import said

ENGLISH = "en"
OPTION = "--lang"
_spoken = ENGLISH


def default_language() -> str:
    """The language of the locale, English if the films do not speak it.

    The first of LC_ALL, LC_MESSAGES, LANG decides.
    """
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return _known(re.split(r"[_.@-]", value)[0]) or ENGLISH
    # Windows sets none of them. Its names are like "Chinese (Simplified)_China".
    name = (locale.getlocale()[0] or "").lower()
    return "zh" if name.startswith(("zh", "chinese")) else ENGLISH


def asked_language(words: Sequence[str]) -> str:
    """The language that the command line asks for, wherever ``--lang`` stands; else the locale's.

    It is read before anything else is checked, so that each error can be said in it.
    """
    asked = None
    for word, after in pairwise([*words, ""]):
        option, equals, value = word.partition("=")
        if option == OPTION:
            asked = _known(value if equals else after) or asked
    return asked or default_language()


def speak(lang: str) -> None:
    """From now on `say` speaks ``lang``."""
    global _spoken
    _spoken = lang


def spoken() -> str:
    """The language that `say` speaks."""
    return _spoken


def closed_up(text: str) -> str:
    """The text without the spaces that joining puts beside Chinese signs, which bring their own."""
    return re.sub("(?<=[，。：；？]) | (?=（)", "", text)


def say(message: object, /, **values: Any) -> str:
    """The English ``message`` in the user's language (see `scenes.locales.translation.said`)."""
    return said(_spoken, message, **values)


def _known(name: str) -> str | None:
    return next((lang for lang in LANGUAGES if lang == name.strip().casefold()), None)
