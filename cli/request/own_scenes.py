"""A scene of the user's own in the place of FILM: ``path/to/file.py:SceneName``.

Its file is read here, not run: what is wrong with the words is said before manim is imported.
"""

from __future__ import annotations

import ast
import re
import tokenize
from dataclasses import dataclass
from pathlib import Path

import click
from click.core import ParameterSource

from cli.console.failures import BadData, BadValue, hint, listed
from scenes import Lesson, Telling
from scenes.catalogue.knobs import knobs_of
from scenes.catalogue.theme import THEMES

_WORD = re.compile(r"(?P<file>.+\.py)(?::(?P<scene>.*))?", re.DOTALL)


@dataclass(frozen=True)
class OwnScene:
    """A plain Manim scene. How long it is and which sections it has, only drawing it tells."""

    module: str
    scene: str

    @property
    def name(self) -> str:
        """What its files are called."""
        return self.scene


def is_own(word: str) -> bool:
    """Whether a word that stands for a film names a scene file."""
    return _WORD.fullmatch(word) is not None


def own_scene(word: str) -> OwnScene:
    """The scene that ``file.py:SceneName`` names; the name may be left out where there is one.

    Raises BadValue with the file's scenes, BadData for a file that is no Python.
    """
    match = _WORD.fullmatch(word)
    assert match is not None
    file, name = match["file"], match["scene"]
    tree = _parsed(file)
    scenes = _scenes(tree)
    if not name:
        if len(scenes) != 1:
            raise BadValue("FILM:", f"{file} holds {len(scenes)} scenes {_which(file, scenes)}")
        name = scenes[0]
    elif name not in _bound(tree):
        raise BadValue(
            "FILM:", f"{file} has no scene {name!r}{hint(name, scenes)} {listed(scenes)}"
        )
    return OwnScene(file, name)


def refuse_film_options(ctx: click.Context) -> None:
    """Raise BadValue for an option that only the catalogue's films understand."""
    for name in (*knobs_of(Lesson), *knobs_of(Telling)):
        if name != "theme" and ctx.get_parameter_source(name) == ParameterSource.COMMANDLINE:
            option = f"--{name.replace('_', '-')}"
            raise BadValue(option, "is for the films of `gd list`, not for a scene file")
    theme = ctx.params.get("theme", "")
    given = ctx.get_parameter_source("theme") == ParameterSource.COMMANDLINE
    if given and not THEMES[theme].transparent:
        raise BadValue("--theme", "of a scene file can be transparent: it has its own colours")


def _which(file: str, scenes: list[str]) -> str:
    return f"(say which, as in {file}:{scenes[0]}; {listed(scenes)[1:]}" if scenes else "at all"


def _parsed(file: str) -> ast.Module:
    if not Path(file).is_file():
        raise BadValue("FILM:", f"there is no file {file!r}")
    try:
        with tokenize.open(file) as source:
            return ast.parse(source.read())
    except (SyntaxError, UnicodeDecodeError, ValueError) as error:
        place = f"{file}:{error.lineno}" if isinstance(error, SyntaxError) else file
        reason = error.msg if isinstance(error, SyntaxError) else str(error)
        raise BadData(f"FILM: {place}: {reason}") from error
    except OSError as error:
        raise BadValue("FILM:", f"{file!r} cannot be read: {error.strerror}") from error


def _scenes(tree: ast.Module) -> list[str]:
    """The classes that derive from something called a scene, or from one of those."""
    found: list[str] = []
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            bases = [ast.unparse(base) for base in node.bases]
            if any(base.endswith("Scene") or base in found for base in bases):
                found.append(node.name)
    return found


def _bound(tree: ast.Module) -> set[str]:
    """Every name that the file binds in some way that can be read off it."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names
