"""Every verb and option has a help text with an example, and is documented in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import Result

from cli.program import gd
from cli.request import formats
from cli.verbs import trace as tracing
from pipeline import GIF_RATES
from scenes import FILMS, Lesson
from scenes.catalogue.knobs import knobs_of

ROOT = Path(__file__).resolve().parents[2]
ENDINGS = (".md", ".zh-CN.md")
READMES = [ROOT / f"README{ending}" for ending in ENDINGS]
PAGES = [ROOT / "docs" / f"options{ending}" for ending in ENDINGS]
FORMATS = [ROOT / "docs" / f"formats{ending}" for ending in ENDINGS]
VERBS = list(gd.commands)
SHOWN_ELSEWHERE = {"trace": {"--format"}}  # test_formats_page looks for it
KNOBS = {f"--{name.replace('_', '-')}" for name in knobs_of(Lesson)}


def options(verb: str) -> Iterator[click.Option]:
    yield from (param for param in gd.commands[verb].params if isinstance(param, click.Option))


def long_names(verb: str) -> set[str]:
    return {max(option.opts, key=len) for option in options(verb)}


def test_the_verbs() -> None:
    makers = ["video", "gif", "frame", "sheet"]
    lecture = ["clips", "cues", "script", "handout", "deck", "live"]
    others = ["trace", "course", "gallery", "cache", "doctor", "completion"]
    assert ["list", *makers, *lecture, *others] == VERBS


@pytest.mark.parametrize("verb", ["list", "video", "gif", "frame", "sheet", "clips", "trace"])
def test_all_knobs_are_there(verb: str) -> None:
    assert long_names(verb) >= KNOBS | {"--debug"}


@pytest.mark.parametrize("verb", ["video", "gif", "frame", "sheet"])
def test_what_makes_pictures_takes_the_same_options(verb: str) -> None:
    shared = {"--lang", "--theme", "--pace", "--duration", "--aspect", "--output", "--dry-run"}
    assert long_names(verb) >= shared | {"--quiet", "--json", "--no-cache"}


@pytest.mark.parametrize("verb", VERBS)
def test_help(invoke: Callable[..., Result], verb: str) -> None:
    result = invoke(verb, "--help")
    assert result.exit_code == 0
    assert re.search(rf"Examples?:\n +(eval \"\$\()?gd {verb}\b", result.stdout)
    assert "./gd " not in result.stdout.partition("Example")[2]
    for option in options(verb):
        assert option.help and option.help[0].isupper() and option.help.endswith((".", ".)"))
        assert all(name in result.stdout for name in option.opts)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_options_page(page: Path, verb: str) -> None:
    text = page.read_text(encoding="utf-8")
    assert f"| `./gd {verb}" in text
    missing = [name for name in long_names(verb) if not re.search(rf"`{name}[ `=]", text)]
    assert not missing, f"{page.name} says nothing about {', '.join(sorted(missing))}"


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_choice_is_named(page: Path, verb: str) -> None:
    """Themes, qualities, orders and the like stand in the row of their option."""
    rows = [row for row in page.read_text(encoding="utf-8").splitlines() if row.startswith("| ")]
    for option in options(verb):
        name = max(option.opts, key=len)
        if name in SHOWN_ELSEWHERE.get(verb, ()):
            continue
        told = " ".join(row for row in rows if re.search(rf"`{name}[ `]", row))
        missing = [word for word in getattr(option.type, "names", ()) if word not in told]
        assert not missing, f"{page.name} says nothing about {name} {', '.join(missing)}"


@pytest.mark.parametrize("page", FORMATS, ids=lambda path: path.name)
def test_formats_page(page: Path) -> None:
    """What `video --format` makes, what `trace --format` prints, and a GIF's exact rates."""
    text = page.read_text(encoding="utf-8")
    words = [f"`.{form}`" for form in formats.FORMATS] + [f"`{form}`" for form in tracing.SUFFIXES]
    assert [word for word in words if word not in text] == []
    assert all(str(rate) in text for rate in GIF_RATES)


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_readme(readme: Path) -> None:
    """It leads to the pages above and names every film."""
    text, twin = readme.read_text(encoding="utf-8"), readme.name.removeprefix("README")
    for page in ("options", "formats", "limits", "speed", "install", "films"):
        assert f"](docs/{page}{twin})" in text
    assert [film for film in FILMS if f"| `{film}` |" not in text] == []
