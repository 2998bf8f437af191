"""From a course to its steps: the commands that make its files, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product as combinations
from math import prod
from pathlib import Path
from typing import Any

from cli.console.language import say, spoken
from cli.course.course import Course, CourseLesson, Setting
from cli.course.data_sets import file_of, folder_of, is_pattern, matching
from cli.course.products import ADDITIONS, PRODUCTS, Product
from cli.course.values import MANY, as_word
from cli.request.naming import stem_of
from cli.request.own_scenes import is_own
from cli.request.parts import split
from pipeline.job.file_names import file_name
from scenes import FILMS, Film, Lesson, Telling
from scenes.catalogue.knobs import knobs_of

_NAMED = ("lang", "theme", "aspect")  # keys whose values are in the names of files
MOST = 10_000  # steps: a course of more is a mistake in its lists


@dataclass(frozen=True)
class Step:
    """One command: it makes one product of one film (or of all films of a lesson).

    ``name`` is for messages: ``week-3 sgd video zh``. ``words`` are the command line without `gd`;
    it runs in the folder of the course. ``about`` says of the keys in ``MANY`` what it shows.
    ``lines`` says where each of its keys stands in the course, ``line`` where the lesson does.
    ``inputs`` are the files that the settings name.
    """

    name: str
    lesson: str
    product: str
    films: tuple[str, ...]
    words: tuple[str, ...]
    about: Mapping[str, str]
    lines: Mapping[str, int]
    line: int
    inputs: tuple[str, ...]

    @property
    def is_sealed(self) -> bool:
        """Whether it depends on nothing but its words, its inputs and the installation.

        A scene file may read other files, and a voice may be another program tomorrow.
        """
        spoken_by = any(word.startswith("--voice") for word in self.words)
        return not spoken_by and not any(is_own(split(film)[0]) for film in self.films)


def steps_of(course: Course) -> tuple[Step, ...]:
    """The steps of all lessons, each once. BadData for too many, or for data without files."""
    found: dict[tuple[str, ...], Step] = {}
    for lesson in course.lessons:
        _check_number(course, lesson)
        for name in lesson.make:
            for step in _steps(course, lesson, PRODUCTS[name]) if name in PRODUCTS else ():
                found.setdefault(step.words, step)
    if len(found) > MOST:
        raise course.error(1, _too_many(len(found)))
    return tuple(found.values())


def _check_number(course: Course, lesson: CourseLesson) -> None:
    """Count a lesson's steps before they are listed."""
    total = 0
    for name in lesson.make:
        if name in PRODUCTS:
            settings = _settings(course, lesson, PRODUCTS[name])
            many = prod(len(_values(course, settings, key)) for key in MANY)
            total += many * (1 if PRODUCTS[name].together else len(lesson.films))
    if total > MOST:
        raise course.error(lesson.line, _too_many(total))


def _too_many(number: int) -> str:
    message = "asks for {number:,} products, more than {most:,}: make several courses of it"
    return say(message, number=number, most=MOST)


def _settings(course: Course, lesson: CourseLesson, product: Product) -> dict[str, Setting]:
    """The settings of one product in a lesson: what stands nearer to it counts."""
    usual = {"title": course.title, **product.usual} if course.title else product.usual
    layers = (
        {key: Setting(value, lesson.line, own=True) for key, value in usual.items()},
        course.defaults.all, course.defaults.of.get(product.name, {}),
        lesson.settings.all, lesson.settings.of.get(product.name, {}),
    )  # fmt: skip
    merged = {key: setting for layer in layers for key, setting in layer.items()}
    if "subtitles" in lesson.make and "subtitles" not in merged:
        lang = merged.get("lang")
        told = [spoken()] if lang is None else _list(lang.value)
        merged["subtitles"] = Setting(told, lesson.line, own=True)
    return {key: setting for key, setting in merged.items() if key in product.keys}


def _values(course: Course, settings: Mapping[str, Setting], key: str) -> list[Any]:
    """The values of a key that may have several, each once; ``[None]`` if it is not given."""
    if key not in settings:
        return [None]
    setting = settings[key]
    found: list[Any] = []
    for value in _list(setting.value):
        several = [value]
        if key == "data" and is_pattern(value):
            several = matching(value, Path(course.output))
        if not several:
            message = say("data: no file is named like {pattern!r}", pattern=value)
            raise course.error(setting.line, message)
        found += several
    return [*dict.fromkeys(found)]


def _steps(course: Course, lesson: CourseLesson, product: Product) -> Iterator[Step]:
    settings = _settings(course, lesson, product)
    groups = [lesson.films] if product.together else [(film,) for film in lesson.films]
    choices = {key: _values(course, settings, key) for key in MANY}
    for values in combinations(*choices.values()):
        chosen = {k: v for k, v in zip(choices, values, strict=True) if v is not None}
        varied = [str(value) for key, value in chosen.items() if len(choices[key]) > 1]
        for films in groups:
            name = " ".join((lesson.name, *films, product.name, *varied))
            given = {k: s for k, s in settings.items() if _suits(k, s, films)}
            one = {k: replace(s, value=chosen.get(k, s.value)) for k, s in given.items()}
            folder = f"{course.output.rstrip('/')}/{lesson.name}/"
            if "data" in given and (_is_list(given["data"].value)):
                folder += f"{folder_of(one['data'].value)}/"
            yield _step(name, lesson, product, one, films, folder)


def _step(
    name: str, lesson: CourseLesson, product: Product, settings: Mapping[str, Setting],
    films: Sequence[str], folder: str,
) -> Step:  # fmt: skip
    """The step of films with settings that have one value each."""
    values = {key: setting.value for key, setting in settings.items()}
    if "subtitles" in values and all(map(_is_own, films)):
        values["subtitles"] = values["subtitles"][:1]  # nobody knows a scene file's language
    words = [product.verb, *films]
    for key, value in (product.fixed | values).items():
        words += _option(product, key, value)
    if _has_poster(lesson, product):
        words.append("--poster")
    if product.ending:
        named = [
            values[key] for key in _NAMED if key in values and _option(product, key, values[key])
        ]
        folder += file_name(stem_of(product.verb, named), product.ending)
    files = [file_of(values["data"])] if "data" in values else []
    inputs = [str(file) for file in files if file is not None]
    inputs += [values[key] for key in ("script", "template") if key in values]
    about = {key: values.get(key, _usual(product, key)) for key in MANY if key in product.keys}
    if all(map(_is_own, films)):
        about["lang"] = None  # nobody knows what a scene file speaks
    return Step(
        name, lesson.name, product.name, tuple(films), (*words, "-o", folder),
        {key: value for key, value in about.items() if value is not None},
        {key: setting.line for key, setting in settings.items()}, lesson.line, tuple(inputs),
    )  # fmt: skip


def _usual(product: Product, key: str) -> Any:
    """The value that the command takes by itself."""
    if key == "lang":
        return spoken()
    usual = product.keys[key].default
    return usual if isinstance(usual, (str, int, float)) else None


def _suits(key: str, setting: Setting, films: Sequence[str]) -> bool:
    """Whether to set a key: a default only if each film takes it.

    Beside other films a scene file is not asked: the command itself leaves out what is not for it.
    """
    asked = [film for film in films if not _is_own(film)] or films
    return setting.own or all(takes(film, key) for film in asked)


def takes(word: str, key: str) -> bool:
    """Whether the film that a word in ``films`` names can be drawn with a setting."""
    name = key.removeprefix("no-").replace("-", "_")
    if _is_own(word):
        return name == "seed" or name not in {**knobs_of(Lesson), **knobs_of(Telling)}
    film: Film = FILMS[split(word)[0]]
    return name not in knobs_of(Lesson) or name in film.takes


def _is_own(word: str) -> bool:
    return is_own(split(word)[0])


def _has_poster(lesson: CourseLesson, product: Product) -> bool:
    """Whether the posters go beside this product: the first that can have them."""
    able = [name for name in lesson.make if name in ADDITIONS["poster"]]
    return "poster" in lesson.make and able[0] == product.name


def _option(product: Product, key: str, value: Any) -> list[str]:
    """An option and its value as one word, ``--lr=0.01``, so that no value is taken for another.

    A theme or an aspect that is the usual one is not typed: it would only make the name longer.
    """
    if isinstance(value, bool):
        return [f"--{key}"] if value else []
    if key in _NAMED and key != "lang" and value == _usual(product, key):
        return []
    return [f"--{key}={as_word(value)}"]


def _is_list(value: Any) -> bool:
    """Whether a value of ``data`` stands for several, or may next time."""
    return isinstance(value, list) or is_pattern(value)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
