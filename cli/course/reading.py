"""Reads a course file and checks every key and value in it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from cli.console.failures import FILM, BadData, BadValue, hint, listed, one_line
from cli.console.language import say
from cli.course.course import Course, CourseLesson, Setting, Settings, error_at
from cli.course.data_sets import is_pattern
from cli.course.lines import Where, line_of, lines_of
from cli.course.products import ADDITIONS, PRODUCTS
from cli.course.schema import (
    ALONE,
    LESSON,
    MAKE,
    NAME,
    OPTIONS,
    OUTPUT,
    TABLES,
    TEXT,
    schema_for,
)
from cli.course.values import MANY, Schema, as_word, fits, in_words
from cli.request.film_argument import FilmName
from gdcore.message import Message
from pipeline import JobError, check_file_name

COURSE = Message("COURSE:")
_TAKEN = ("index.html", "index-files", "manifest.json")  # a course writes these beside its lessons
_AT = re.compile(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", re.DOTALL)


def text_of(path: Path) -> str:
    """The text of a file. BadValue if it cannot be read; BadData if it is not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        message = "there is no file {path!r}; `gd course --init` writes an example"
        raise BadValue(COURSE, say(message, path=str(path))) from error
    except OSError as error:
        told = say("{file!r} cannot be read: {reason}", file=str(path), reason=error.strerror)
        raise BadValue(COURSE, told) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise error_at(path, line, say("is not UTF-8: save the file as UTF-8")) from error


def course_in(text: str, path: Path) -> Course:
    """The course that a text describes; `path` is for errors.

    The current folder must be that of the course. Raises BadData that names the line.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = _AT.fullmatch(str(error))
        line = int(match[2]) if match and match[2] else text.rstrip().count("\n") + 1
        message = say("is not TOML: {reason}", reason=match[1] if match else error)
        raise error_at(path, line, message) from error
    except RecursionError as error:
        raise error_at(path, 1, say("it is nested too deeply")) from error
    return _Reader(path, lines_of(text)).course(table)


class _Reader:
    """Turns the tables of one file into a course; every error names its line."""

    def __init__(self, path: Path, lines: Mapping[Where, int]) -> None:
        self.path, self.lines = path, lines

    def course(self, table: Mapping[str, Any]) -> Course:
        self._known(table, (), ("title", "defaults", LESSON))
        title = self._value(table, ("title",), TEXT, "")
        defaults = self._table(table, ("defaults",))
        self._known(defaults, ("defaults",), ("output", "make", *OPTIONS, *TABLES))
        output = self._value(defaults, ("defaults", "output"), OUTPUT, "build")
        lessons = table.get(LESSON, [])
        if not isinstance(lessons, list) or not lessons or not _are_tables(lessons):
            message = "needs one table [[lesson]] or more, with name and films"
            self._refuse((LESSON,), say(message))
        made = [self._lesson(each, (LESSON, n), defaults) for n, each in enumerate(lessons)]
        for number, lesson in enumerate(made):
            if lesson.name.casefold() in [each.name.casefold() for each in made[:number]]:
                message = say("there is a lesson {name!r} already", name=lesson.name)
                self._refuse((LESSON, number, "name"), message)
        settings = self._settings(defaults, ("defaults",), own=False)
        return Course(self.path, title, output, settings, tuple(made))

    def _lesson(
        self, table: Mapping[str, Any], where: Where, defaults: Mapping[str, Any]
    ) -> CourseLesson:
        self._known(table, where, ("name", "films", "make", *OPTIONS, *TABLES))
        name = self._value(table, (*where, "name"), NAME)
        try:
            check_file_name(name)
        except JobError as error:
            self._refuse((*where, "name"), one_line(error))
        if name.casefold() in _TAKEN:
            message = "{name!r} is a name that the course itself uses: choose another"
            self._refuse((*where, "name"), say(message, name=name))
        make, place = self._value(table, (*where, "make"), MAKE, None), (*where, "make")
        if make is None:
            place = ("defaults", "make")
            make = self._value(defaults, place, MAKE, ["video"])
        self._check_additions(make, place)
        settings = self._settings(table, where, own=True)
        for key, setting in settings.all.items():
            if not any(key in PRODUCTS[product].keys for product in make if product in PRODUCTS):
                raise error_at(self.path, setting.line, _taken_by_none(key, make))
        films = tuple(dict.fromkeys(self._films(table, (*where, "films"))))
        return CourseLesson(name, line_of(self.lines, where), films, tuple(make), settings)

    def _films(self, table: Mapping[str, Any], where: Where) -> Iterable[str]:
        for word in self._value(table, where, schema_for("films")):
            try:
                yield FilmName(own=True).convert(word, None, None)
            except (BadValue, BadData) as error:
                self._refuse(where, f"films: {one_line(error).removeprefix(say(FILM)).lstrip()}")

    def _check_additions(self, make: Iterable[str], where: Where) -> None:
        for name in make:
            if name in ADDITIONS and not set(ADDITIONS[name]) & set(make):
                message = "make: {name} needs one of {names} beside it"
                self._refuse(where, say(message, name=name, names=", ".join(ADDITIONS[name])))

    def _settings(self, table: Mapping[str, Any], where: Where, own: bool) -> Settings:
        plain = {key: table[key] for key in table if key in OPTIONS and key not in TABLES}
        for key in plain.keys() & ALONE.keys():
            message = "{key}: its values differ between products; write it under [{table}.{name}]"
            table_name = ".".join(str(part) for part in where if isinstance(part, str))
            told = say(message, key=key, table=table_name, name=ALONE[key][0])
            self._refuse((*where, key), told)
        for key in plain.keys() & PRODUCTS.keys():
            if isinstance(plain[key], dict):
                message = "{key} has no table of its own: write its keys in the table around it"
                self._refuse((*where, key), say(message, key=key))
        found = {
            key: self._setting(value, (*where, key), OPTIONS[key], own)
            for key, value in plain.items()
        }
        special = {}
        for product in TABLES:
            if product in table:
                place, keys = (*where, product), PRODUCTS[product].keys
                inner = self._table(table, place)
                self._known(inner, place, keys)
                special[product] = {
                    key: self._setting(value, (*place, key), keys[key], own)
                    for key, value in inner.items()
                }
        return Settings(found, special)

    def _setting(self, value: Any, where: Where, option: click.Option, own: bool) -> Setting:
        key = str(where[-1])
        schema = schema_for(key, option)
        self._check(value, where, schema, option)
        return Setting(value, line_of(self.lines, where), own)

    def _check(
        self, value: Any, where: Where, schema: Schema, option: click.Option | None = None
    ) -> None:
        """Refuse a value; the option itself says best what is wrong with one of its kind."""
        key = where[-1]
        if option is not None and not option.is_flag and not isinstance(value, dict):
            each_alone = isinstance(value, list) and key in MANY
            for each in value if each_alone else [value]:
                self._convert(each, where, option)
        if not fits(value, schema):
            message = "{key} must be {what}, not {value}"
            told = say(message, key=key, what=in_words(schema), value=_as_toml(value))
            self._refuse(where, told)

    def _convert(self, value: Any, where: Where, option: click.Option) -> None:
        """Let the option read a value of the right type. Data that are a pattern are read later."""
        if isinstance(value, (bool, dict)) or (where[-1] == "data" and is_pattern(value)):
            return
        try:
            option.type.convert(as_word(value), option, None)
        except (BadValue, BadData) as error:
            self._refuse(where, one_line(error).removeprefix("--"))

    def _value(self, table: Mapping[str, Any], where: Where, schema: Schema, *usual: Any) -> Any:
        """The value of a key; the usual one if it is not given."""
        key = str(where[-1])
        if key not in table:
            if usual:
                return usual[0]
            self._refuse(where[:-1], say("the key {key!r} is missing", key=key))
        value = table[key]
        names = schema.get("items", {}).get("enum")
        for word in value if names and isinstance(value, list) else ():
            if isinstance(word, str) and word not in names:
                found = say("there is no product {word!r}", word=word)
                self._refuse(where, f"{key}: {found}{hint(word, names)}{listed(names)}")
        self._check(value, where, schema)
        return value

    def _table(self, table: Mapping[str, Any], where: Where) -> Mapping[str, Any]:
        found = table.get(str(where[-1]), {})
        if not isinstance(found, dict):
            self._refuse(where, say("{key} must be a table", key=where[-1]))
        return found

    def _known(self, table: Mapping[str, Any], where: Where, known: Iterable[str]) -> None:
        for key in table:
            if key not in known:
                found = say("there is no key {key!r} here", key=key)
                self._refuse((*where, key), found + (hint(key, known) or listed(known)))

    def _refuse(self, where: Where, message: str) -> NoReturn:
        raise error_at(self.path, line_of(self.lines, where), message)


def _are_tables(values: list[Any]) -> bool:
    return all(isinstance(value, dict) for value in values)


def _taken_by_none(key: str, make: Sequence[str]) -> str:
    if len(make) == 1:
        return say("{key}: {name} does not take it", key=key, name=make[0])
    return say("{key}: none of {names} takes it", key=key, names=", ".join(make))


def _as_toml(value: Any) -> str:
    """A value for an error, as it stands in the file; not a whole table or a long list."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    text = repr(value) if isinstance(value, str) else text
    return text if len(text) <= 60 else f"{text[:57]}..."
