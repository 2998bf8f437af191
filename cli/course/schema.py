"""The JSON Schema of a course file, generated from the options of the commands.

An editor completes and checks a course with it. It says what `cli.course.reading` says of types,
names and ranges. What depends on films and files (a film that does not take a key, say) is checked
only there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from cli.console.language import say
from cli.course.products import ADDITIONS, PRODUCTS
from cli.course.values import Schema, schema_of, several

LESSON = "lesson"
TEXT: Schema = {"type": "string"}
OUTPUT: Schema = {"type": "string", "pattern": "."}
NAME: Schema = {"type": "string", "pattern": "."}
MAKE: Schema = several({"enum": [*PRODUCTS, *ADDITIONS]})


def _options() -> dict[str, list[tuple[str, click.Option]]]:
    """The options of all products by key, each with the product."""
    found: dict[str, list[tuple[str, click.Option]]] = {}
    for product in PRODUCTS.values():
        for key, option in product.keys.items():
            found.setdefault(key, []).append((product.name, option))
    return found


def _is_narrower(one: Schema, other: Schema) -> bool:
    """Whether a product takes the same values as another, or only some of its names."""
    if "anyOf" in one and "anyOf" in other:
        return _is_narrower(one["anyOf"][0], other["anyOf"][0])
    if "enum" in one and "enum" in other:
        return {*one["enum"]} <= {*other["enum"]}
    return one == other


# `video` is the first product, and takes the most values.
OPTIONS: Mapping[str, click.Option] = {key: each[0][1] for key, each in _options().items()}
"""The option of each key; of a key in ``ALONE`` that of the first product."""
TABLES = tuple(name for name in PRODUCTS if name not in OPTIONS)
"""The products whose settings may stand in a table of their own."""
ALONE: Mapping[str, list[str]] = {
    key: [name for name, _ in each if name in TABLES]
    for key, each in _options().items()
    if not all(_is_narrower(schema_of(key, o), schema_of(key, each[0][1])) for _, o in each)
}
"""Keys whose values differ between products: they stand only in a product's table."""


def schema_for(key: str, option: click.Option | None = None) -> Schema:
    """The values of a key of a lesson, or of an option of a product."""
    if key == "films":
        return several(TEXT)
    return schema_of(key, option or OPTIONS[key])


def schema() -> Schema:
    """The whole schema, with the options' help in the user's language."""
    shared = {
        key: _told(schema_for(key), option) for key, option in OPTIONS.items() if key not in ALONE
    }
    special = {name: _table(_settings_of(name)) for name in TABLES}
    make = MAKE | {"description": say("What is made of each film.")}
    output = OUTPUT | {"description": say("The folder of all files, beside the course.")}
    name = NAME | {"description": say("The name of the lesson and of its folder.")}
    films = schema_for("films") | {"description": say("Names of films, or FILM@PART.")}
    lesson = _table({"name": name, "films": films, "make": make, **shared, **special})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "gd course",
        **_table({
            "title": TEXT,
            "defaults": _table({"output": output, "make": make, **shared, **special}),
            LESSON: several(lesson | {"required": ["name", "films"]}),
        }),
        "required": [LESSON],
    }  # fmt: skip


def _settings_of(product: str) -> Mapping[str, Schema]:
    return {k: _told(schema_for(k, option), option) for k, option in PRODUCTS[product].keys.items()}


def _table(properties: Mapping[str, Any]) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _told(values: Schema, option: click.Option) -> Schema:
    return {**values, "description": option.help}
