"""The films' words, one TOML file a language. A key that one language lacks fails at load."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("zh", "en")

# A 1 that is no part of a longer number or of a list of numbers, and the plural after it.
_ONE = re.compile(
    r"(?<![\d.,−])(?<!\d, )1 ((?:sample )?(?:epoch|gradient|sample|time|turn|update))s\b"
)


def _flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{prefix}{key}.")
        else:
            found[prefix + key] = str(value)
    return found


@cache
def _load() -> dict[str, dict[str, str]]:
    loaded = {
        lang: _flat(tomllib.loads((files(__name__) / f"{lang}.toml").read_text(encoding="utf-8")))
        for lang in LANGUAGES
    }
    every = set().union(*loaded.values())
    for lang, words in loaded.items():
        if missing := sorted(every - words.keys()):
            raise LookupError(f"scenes/locales/{lang}.toml lacks: {', '.join(missing)}")
    return loaded


def filled(words: str, **values: Any) -> str:
    """``words`` with ``values`` filled in; in English one update is no "1 updates"."""
    return _ONE.sub(r"1 \1", words.format(**values))


def texts(lang: str) -> Mapping[str, str]:
    """The words of ``lang`` by dotted key, such as ``batch.title``.

    Raises LookupError when the languages' files do not hold the same keys.
    """
    return _load()[lang]
