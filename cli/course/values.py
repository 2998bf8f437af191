"""What values a key may have: read off its option, in the form of a JSON Schema.

The schema and the reader use the same description, so that they accept and refuse the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isfinite
from typing import Any

import click

from cli.console.language import say
from cli.request import kinds
from cli.request.formats import FORMATS, Formats

Schema = dict[str, Any]
MANY = ("data", "lang", "theme", "aspect")
"""Keys that may have several values: everything is made for each of them."""
_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,), "boolean": (bool,), "integer": (int,), "number": (int, float),
    "array": (list,), "object": (dict,),
}  # fmt: skip


def schema_of(key: str, option: click.Option) -> Schema:
    """The values that a key may have."""
    if option.is_flag:
        return {"type": "boolean"}
    one = _schema_of(option.type)
    return {"anyOf": [one, several(one)]} if key in MANY else one


def several(one: Schema) -> Schema:
    """A list of one value or more."""
    return {"type": "array", "items": one, "minItems": 1}


def _schema_of(kind: click.ParamType[Any]) -> Schema:
    match kind:
        case kinds.Number(allowed=allowed):
            found: Schema = {"type": "integer" if allowed.whole else "number"}
            bounds = {
                "minimum": allowed.least, "exclusiveMinimum": allowed.above,
                "maximum": allowed.most,
            }  # fmt: skip
            return found | {name: bound for name, bound in bounds.items() if isfinite(bound)}
        case kinds.OneOf():
            names = [*kind.names, *kind.aliases]
            numbers = all(name.isdigit() for name in names)
            return {"enum": [int(name) for name in names] if numbers else names}
        case kinds.Several():
            return several(_schema_of(kind.kind))
        case Formats():
            return several({"enum": [*FORMATS]})
        case kinds.Colour():
            return {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"}
        case kinds.ByteCount():
            return {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)? *[kmgKMG][bB]?$"}
        case kinds.Spelled(names=names) if not kind.data:
            return {"type": "string", "pattern": f"^({'|'.join(map(re.escape, names))})(:.*)?$"}
    return {"type": "string"}


def fits(value: Any, schema: Schema) -> bool:
    """Whether a value of a TOML file is as the schema says; nan and inf are never."""
    if "anyOf" in schema:
        return any(fits(value, each) for each in schema["anyOf"])
    if "enum" in schema:
        return not isinstance(value, bool) and value in schema["enum"]
    whole = isinstance(value, float) and value.is_integer() and schema["type"] == "integer"
    if not whole and not _has_type(value, schema["type"]):
        return False
    match value:
        case str():
            return re.search(schema.get("pattern", ""), value) is not None
        case list():
            enough = len(value) >= schema["minItems"]
            return enough and all(fits(item, schema["items"]) for item in value)
        case bool():
            return True
    low, high = schema.get("minimum", -float("inf")), schema.get("maximum", float("inf"))
    above = schema.get("exclusiveMinimum", -float("inf"))
    return isfinite(value) and low <= value <= high and value > above


def _has_type(value: Any, name: str) -> bool:
    return isinstance(value, _TYPES[name]) and (not isinstance(value, bool) or name == "boolean")


def in_words(schema: Schema) -> str:
    """What a value must be, for an error."""
    if "anyOf" in schema:
        return say("{one}, or a list of such values", one=in_words(schema["anyOf"][0]))
    if "enum" in schema:
        return say("one of {names}", names=", ".join(map(str, schema["enum"])))
    if schema["type"] == "array":
        return say("a list of one value or more, each {one}", one=in_words(schema["items"]))
    if schema["type"] == "boolean":
        return say("true or false")
    if schema["type"] == "string":
        return say("a text in quotes")
    return say("a whole number") if schema["type"] == "integer" else say("a number")


def as_word(value: Any) -> str:
    """A value as it is typed after its option: ``0.0002``, ``mp4,gif``."""
    if isinstance(value, (list, tuple)):
        return ",".join(map(as_word, value))
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
