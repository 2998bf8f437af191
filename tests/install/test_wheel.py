"""What the wheel holds: every room complete, and nothing else."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.install.conftest import ROOT

pytestmark = pytest.mark.slow
NO_ROOMS = {"tests", "benchmarks", "docs", "setup", "examples"}


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """The wheel's files, without its metadata."""
    with ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def rooms() -> set[str]:
    """The checkout's folders with Python files, except those for work on the project."""
    found = {path.parent.name for path in ROOT.glob("*/*.py")}
    return {name for name in found if name not in NO_ROOMS and not name.startswith(".")}


def test_every_room_is_in_it_whole(names: set[str]) -> None:
    assert rooms() >= {"gdcore", "programs", "scenes", "pipeline", "voice", "cli", "gd_films"}
    expected = {
        path.relative_to(ROOT).as_posix()
        for room in rooms()
        for path in (ROOT / room).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert names == expected | {"exit_codes.py"}  # render.py starts the checkout's own


def test_every_room_is_typed(names: set[str]) -> None:
    assert {f"{room}/py.typed" for room in rooms()} <= names


def test_the_words_of_the_films_are_in_it(names: set[str]) -> None:
    assert [name for name in names if name.endswith("en.toml")]
    assert [name for name in names if name.endswith("zh.toml")]
