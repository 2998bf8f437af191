"""The schema and the reader accept and refuse the same files; the schema follows the options."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import Result

from cli.console.failures import BadData
from cli.course.products import PRODUCTS
from cli.course.reading import course_in
from cli.course.schema import OPTIONS, TABLES, schema
from scenes.catalogue.theme import THEMES

START = '[[lesson]]\nname = "a"\nfilms = ["batch"]\n'
RIGHT = (
    "", "title = 't'", "lang = 'zh'", "lang = ['zh', 'en']", "theme = ['dark', 'light']",
    "quality = 'l'", "lr = 1", "lr = 2e-4", "w0 = -3.5", "epochs = 5", "epochs = 5.0",
    "rates = [0.1, 1]", "rules = ['adam:beta1=0.8', 'sgd']", "rule = 'momentum:momentum=0.5'",
    "no-captions = true", "no-captions = false", "make = ['video', 'subtitles', 'poster']",
    "make = ['gif']\nmax-size = '2MB'", "make = ['gif']\ngif.fps = 20",
    "make = ['gif']\ngif = { colors = 16, width = 64 }", "video.format = ['mp4', 'webm']",
    "data = '1,2 3,4'", "data = ['lecture', 'noisy']", "subtitles = ['zh']", "webp.fps = 10",
    "[defaults]\noutput = 'x'\nmake = ['sheet']\ncolumns = 3\ntrace.format = 'json'",
)  # fmt: skip
WRONG = (
    "title2 = 't'", "lang = 'fr'", "lang = []", "lang = 'ZH'", "theme = ['dark', 'x']",
    "quality = '1080'", "lr = 0", "lr = '1'", "lr = true", "lr = 1e31", "lr = [1]",
    "epochs = 0", "epochs = 1.5", "epochs = 10001", "rates = 0.1", "rates = [0.1, 0]",
    "rule = 'x'", "rule = 3", "rules = 'adam'", "no-captions = 'yes'", "make = 'video'",
    "make = []", "make = ['deck', 'vid']", "fps = 20", "gif.fps = 21", "gif.format = 'webp'",
    "gif.nothing = 1", "gif = 3", "max-size = 5", "max-size = '5 TB'", "video.format = 'mp4'",
    "data = 3", "data = ['lecture', 3]", "output = 'x'", "subtitles = 'zh'", "name2 = 'x'",
    "[defaults]\nfilms = ['sgd']", "[defaults]\noutput = 3", "[defaults]\noutput = ''",
    "[[lesson]]\nname = 'b'", "[[lesson]]\nfilms = ['sgd']", "[lesson.gif]\nmatte = 'red'",
    "[[lesson]]\nname = ''\nfilms = ['sgd']", "[[lesson]]\nname = 'b'\nfilms = []",
)  # fmt: skip


def is_read(text: str) -> bool:
    try:
        course_in(text, Path("course.toml"))
    except BadData:
        return False
    return True


def test_reader_and_schema_agree() -> None:
    """All of these are TOML. JSON has no nan and no dates, so a schema cannot speak of them."""
    checker = jsonschema.Draft202012Validator(schema())
    checker.check_schema(checker.schema)
    for text in RIGHT:
        whole = text + "\n" + START if text == RIGHT[1] else START + text
        assert is_read(whole), text
        assert [*map(str, checker.iter_errors(tomllib.loads(whole)))] == [], text
    for text in WRONG:
        whole = text + "\n" + START if text == WRONG[0] else START + text
        assert not is_read(whole), text
        assert not checker.is_valid(tomllib.loads(whole)), text
    assert not is_read("title = 't'") and not checker.is_valid({"title": "t"})


VALUES = (
    "1", "0", "-1", "1e400", "1.5", "true", "''", "'zh'", "'dark'", "[]", "[1]", "['zh', 'en']",
    "{}", "{ fps = 10 }", "[[1]]", "99999999999999999999999", "'10'", "'1,2 3,4'", "'16:9'",
    "'sgd'", "['sgd']", "'constant'", "[0.1]", "'5MB'", "'#ffffff'", "'normal'", "['mp4']",
)  # fmt: skip


def test_what_is_read_is_as_the_schema_says() -> None:
    """Any value of any key. The reader may refuse more: it asks the option itself."""
    checker = jsonschema.Draft202012Validator(schema())
    start = START + f"make = {[*PRODUCTS, 'subtitles', 'poster']}\n"
    accepted = 0
    for key in (*OPTIONS, *TABLES, *(f"{name}.fps" for name in ("video", "gif"))):
        for value in VALUES:
            text = f"{start}{key} = {value}\n"
            if is_read(text):
                accepted += 1
                assert checker.is_valid(tomllib.loads(text)), text
    assert accepted > 2 * len(OPTIONS)


def test_the_schema_follows_the_options(invoke: Callable[..., Result]) -> None:
    found = json.loads(invoke("course", "--schema").stdout)
    lesson = found["properties"]["lesson"]["items"]["properties"]
    assert lesson["theme"]["anyOf"][0]["enum"] == [*THEMES]
    assert lesson["lr"]["exclusiveMinimum"] == 0 and "Learning rate" in lesson["lr"]["description"]
    assert lesson["gif"]["properties"]["fps"]["enum"] == [10, 20, 25, 50]
    assert lesson["sheet"]["properties"]["columns"]["maximum"] == 20
    assert {*lesson["make"]["items"]["enum"]} == {*PRODUCTS, "subtitles", "poster"}
    # What a course decides itself is no key.
    assert not {"output", "dry-run", "json", "join", "fps"} & lesson.keys()
    chinese = json.loads(invoke("course", "--schema", "--lang", "zh").stdout)
    assert chinese["properties"]["defaults"]["properties"]["lr"]["description"].startswith("学习率")


@pytest.mark.parametrize("product", PRODUCTS.values(), ids=lambda product: product.name)
def test_every_product_can_be_part_of_a_course(product: Any) -> None:
    """Its command has what a course needs, and what is set for it are options of the command."""
    names = {param.name for param in product.command.params}
    assert {"output", "dry_run", "quiet"} <= names
    options = {max(param.opts, key=len).removeprefix("--") for param in product.command.params}
    assert {*product.fixed, *product.usual} <= options
