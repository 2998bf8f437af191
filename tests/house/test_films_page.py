"""docs/films.md and its Chinese version: made again after the last change that they show."""

from __future__ import annotations

import runpy
import shlex
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli.program import gd
from scenes import FILMS, Film

DOCS = Path(__file__).resolve().parents[2] / "docs"
REMEDY = "run: python docs/films.py"


@pytest.fixture(scope="module")
def maker() -> dict[str, Any]:
    """The names of docs/films.py."""
    return runpy.run_path(str(DOCS / "films.py"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_film_has_its_part(lang: str, maker: dict[str, Any]) -> None:
    page = maker["PAGES"][lang].read_text(encoding="utf-8")
    parts = page.split("\n## ")[1:]
    assert len(parts) == len(FILMS), REMEDY
    for number, (film, part) in enumerate(zip(FILMS.values(), parts, strict=True), 1):
        assert part.startswith(f"{number}. {film.title(lang)} · `{film.name}`\n"), REMEDY
        assert film.about(lang) in part, REMEDY
        rows = [
            f"| `{section.name}` | {section.length(film.lesson()):g} |" for section in film.sections
        ]
        assert [row for row in rows if row not in part] == [], REMEDY
        assert f": {maker['knobs'](film)}\n" in part, REMEDY
        assert (DOCS / maker["picture_name"](film, lang)).is_file(), REMEDY


def test_nothing_is_left_of_films_that_are_gone(maker: dict[str, Any]) -> None:
    made = {maker["picture_name"](film, lang) for film in FILMS.values() for lang in ("en", "zh")}
    assert {path.name for path in DOCS.glob("film-*.png")} == made


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_tables_of_the_readme_are_those_of_the_films(lang: str, maker: dict[str, Any]) -> None:
    readme = maker["READMES"][lang].read_text(encoding="utf-8")
    assert maker["with_tables"](readme, lang) == readme, REMEDY
    assert f"| `{next(iter(FILMS))}` | 0:48 |" in readme


@pytest.mark.parametrize("film", FILMS.values(), ids=lambda film: film.name)
def test_the_example_works(film: Film) -> None:
    assert film.picture in [section.name for section in film.sections]
    program, *words = shlex.split(film.example)
    assert program == "./gd" and film.name in words
    done = CliRunner().invoke(gd, [*words, "--dry-run", "--quiet"])
    assert done.exit_code == 0, done.output
