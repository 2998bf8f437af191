"""The films' words: the same keys and numbers in each language, every character in the font."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import numpy as np
import pytest

from gdcore.data import NOISY, parse_data
from gdcore.landscapes import LANDSCAPES
from gdcore.outcome import Outcome
from gdcore.zigzag import ZigZag
from scenes import FILMS, Lesson, Telling, locales
from scenes.catalogue.theme import THEMES
from scenes.locales import LANGUAGES, texts
from scenes.stage.page import fonts
from scenes.stage.page.figures import fixed
from scenes.stage.page.wording import Label, text_width

SCENES = Path(locales.__file__).parents[1]
INK = THEMES["dark"].ink
ENDINGS = [{member.value for member in enum} for enum in (Outcome, ZigZag)] + [set(LANDSCAPES)]


def source(module: str) -> ast.Module:
    """The syntax tree of a film's file."""
    path = SCENES.parent / f"{module.replace('.', '/')}.py"
    return ast.parse(path.read_text(encoding="utf-8"))


def spoken() -> Iterator[tuple[str, str]]:
    """(film, pattern) for each key that a film gives to `text` or `say`; {…} may be anything.

    A film with captions gives beats to `say`; then their keys are found in the captions.
    """
    for film in FILMS.values():
        beats = film.captions.beats if film.captions else {}
        for node in ast.walk(source(film.module)):
            match node:
                case ast.Call(func=ast.Attribute(attr="say"), args=[beat, *_]) if beats:
                    asked = [*patterns(beat)] or [".*"]  # a variable may hold any beat
                    said = {found for found in beats for p in asked if re.match(p, found)}
                    assert said, (film.name, ast.unparse(beat))
                    keys = (caption.key for found in said for caption in beats[found])
                    yield from ((film.name, re.escape(key)) for key in keys)
                case ast.Call(func=ast.Attribute(attr="say" | "text"), args=[key, *_]):
                    yield from ((film.name, pattern) for pattern in patterns(key))


@pytest.mark.parametrize("film", [film.name for film in FILMS.values() if film.captions])
def test_every_caption_belongs_to_a_beat_that_is_said(film: str) -> None:
    captions = FILMS[film].captions
    keys = {re.escape(caption.key) for each in captions.beats.values() for caption in each}
    assert keys <= {pattern for said, pattern in spoken() if said == film}


def patterns(node: ast.AST) -> Iterator[str]:
    """Regular expressions for the strings that an expression may be."""
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
        yield "".join("(.+)" if part is None else re.escape(str(part)) for part in parts)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.escape(node.value)
    else:
        for child in ast.iter_child_nodes(node):
            yield from patterns(child)


def strings() -> set[str]:
    """All string constants in the scenes, parts of f-strings among them."""
    return {
        node.value
        for path in SCENES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def keys_made() -> set[re.Pattern[str]]:
    """The f-strings in the scenes that make a key: words and hyphens around their values."""
    return {
        re.compile(pattern)
        for path in SCENES.rglob("*.py")
        for pattern in patterns(ast.parse(path.read_text(encoding="utf-8")))
        if "(.+)" in pattern and re.fullmatch(r"[a-z\\-]+", pattern.replace("(.+)", ""))
    }


def blanks(text: str) -> set[str]:
    """The names of the placeholders in a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_key_that_a_film_says_exists(lang: str) -> None:
    words, said = texts(lang), list(spoken())
    assert len(said) > 10
    for film, pattern in said:
        whole = re.compile(re.escape(f"{film}.") + pattern)
        found = [match for key in words if (match := whole.fullmatch(key))]
        assert found, (film, pattern)
        if pattern.endswith("(.+)"):  # an ending for each value that the enum may have
            endings = {match[1] for match in found}
            assert any(values <= endings for values in ENDINGS), (film, pattern, endings)


def test_every_key_is_used() -> None:
    used, made = strings(), keys_made()
    titled = {f"sections.{f.name}.{each.name}" for f in FILMS.values() for each in f.sections}
    assert titled <= texts("en").keys()
    for key in texts("en").keys() - titled:
        name = key.partition(".")[2]
        plain = key in used or name in used or f".{name}" in used
        assert plain or any(pattern.fullmatch(name) for pattern in made), key


def test_languages_hold_the_same_placeholders() -> None:
    for key, text in texts("en").items():
        for lang in LANGUAGES:
            assert blanks(texts(lang)[key]) == blanks(text), (lang, key)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_font_has_every_character(lang: str) -> None:
    for key, text in texts(lang).items():
        if not key.endswith((".about", ".in-short")):  # they are for the documents, never drawn
            assert text_width(text, 1.0) > 0, key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_films_have_titles_and_summaries(lang: str) -> None:
    titles = [film.title(lang) for film in FILMS.values()]
    assert len(set(titles)) == len(FILMS) and all(titles)
    assert all(film.summary(lang) not in ("", film.title(lang)) for film in FILMS.values())
    assert all(len(film.about(lang)) > len(film.summary(lang)) for film in FILMS.values())


def test_a_key_that_one_language_lacks_fails_at_load(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text('[a]\none = "1"\ntwo = "2"\n', encoding="utf-8")
    (tmp_path / "zh.toml").write_text('[a]\none = "一"\n', encoding="utf-8")
    with pytest.raises(LookupError, match=r"zh\.toml lacks: a\.two"):
        locales.load(tmp_path)


@pytest.mark.parametrize("character", ["\U0001f600", "\u0e01", "\ue000"])
def test_a_character_that_the_font_lacks_is_named(character: str) -> None:
    code = f"U\\+{ord(character):04X}"
    with pytest.raises(fonts.FontError, match=code):
        fonts.width(f"w = {character}", fonts.find_face())
    with pytest.raises(fonts.FontError, match=code):
        Label(f"w = {character}", 0.3, INK)


def test_advances_are_the_fonts_own() -> None:
    from fontTools.ttLib import TTFont

    face = fonts.find_face()
    with TTFont(face.path, fontNumber=face.number, lazy=True) as font:
        names, advances = font.getBestCmap(), font["hmtx"].metrics
        for character in "iW梯度−0²,é":
            advance = advances[names[ord(character)]][0] / font["head"].unitsPerEm
            assert fonts.width(character, face) == advance > 0


def test_without_a_font_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_files", dict)
    with pytest.raises(fonts.FontError, match="fonts-noto-cjk"):
        fonts.find_face.__wrapped__()


@pytest.mark.parametrize("text", ["H", "批量梯度下降", "w* = 2", "gradient, y"])
def test_a_label_is_as_high_as_asked_and_stands_on_its_line(text: str) -> None:
    label = Label(text, 0.3, INK)
    label.put(np.array([1.0, 2.0, 0.0]))
    assert label.get_center()[0] == pytest.approx(1.0)
    if text == "H":
        assert label.height == pytest.approx(0.3)
        assert label.get_center()[1] == pytest.approx(2.0)
    again = Label("H" + text, 0.3, INK)
    again.put(np.array([1.0, 2.0, 0.0]))
    assert again.submobjects[0].get_center()[1] == pytest.approx(2.0, abs=1e-6)


def said_by(walk: Callable[..., Any], film: str, lesson: Lesson, lang: str = "en") -> list[str]:
    """The captions of a film."""
    return [words for _, words in walk(film, lesson, telling=Telling(lang=lang)).subtitles]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_batch_says_the_lectures_numbers(walk: Callable[..., Any], lang: str) -> None:
    captions = said_by(walk, "batch", Lesson(), lang)
    assert "1.0000" in captions[0] and "4.6667" in captions[0]
    assert all(number in captions[-1] for number in ("100", "1.9999", "7.9998", "4"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "knobs", [{"data": NOISY}, {"data": parse_data("2,3 5,7")}, {"w0": -3.0}, {"epochs": 9}]
)
def test_captions_follow_the_trace(walk: Callable[..., Any], knobs: dict[str, Any]) -> None:
    lesson = Lesson(**knobs)
    trace = FILMS["batch"].traces(lesson)["batch"]
    captions = said_by(walk, "batch", lesson)
    last = captions[-1]
    assert f"{trace.updates} updates" in last
    assert f"{trace.w[-1]:.4f}" in last.replace("−", "-")
    assert "1.9999" not in last


@pytest.mark.slow
@pytest.mark.parametrize("aspect", ["16:9", "4:3", "1:1", "9:16"])
def test_the_lectures_numbers_are_plugged_in_with_all_digits(
    walk: Callable[..., Any], aspect: str
) -> None:
    """Also in a narrow frame: 1.0 − 0.01 × (−9.3) = 1.1 would not look true."""
    trace = FILMS["batch"].traces(Lesson())["batch"]
    seen: list[str] = []

    def look(scene: Any, section: str) -> None:
        if section == "first-steps":
            seen.extend(figure.text for figure in scene.plugged_in[1])

    walk("batch", Lesson(), aspect, look)
    w, slope = (fixed(float(value), 4) for value in (trace.w[2], trace.gradient[2, 0]))
    assert seen[1:] == [w, "− 0.01 ×", f"({slope})", f"= {fixed(float(trace.w[3]), 4)}"]
