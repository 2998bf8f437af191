"""A scene of the user's own as FILM: ``path/to/file.py:SceneName``.

Its file is read here, but not run. So errors in this argument are reported before manim is
imported.
"""

from __future__ import annotations

import ast
import re
import tokenize
from dataclasses import dataclass
from pathlib import Path

import click
from click.core import ParameterSource

from cli.console.failures import FILM, BadData, BadValue, hint, listed
from cli.console.language import say
from cli.console.streams import note
from cli.request.lessons import Asked
from scenes import Lesson, Telling
from scenes.catalogue.knobs import knobs_of, option_of
from scenes.catalogue.theme import THEMES

SEED = "seed"  # the knob of films that is manim's seed for a scene file
SEED_MAX = 2**32 - 1
CONFIG = "manim.cfg"
COMMANDLINE = ParameterSource.COMMANDLINE
_WORD = re.compile(r"(?P<file>.+\.py)(?::(?P<scene>.*))?", re.DOTALL)


@dataclass(frozen=True)
class OwnScene:
    """A plain Manim scene. Its length and its sections are known only after it was drawn."""

    module: str
    scene: str

    @property
    def name(self) -> str:
        """The name for its files."""
        return self.scene


def is_own(word: str) -> bool:
    """Whether the argument FILM names a scene file."""
    return _WORD.fullmatch(word) is not None


def own_scene(word: str) -> OwnScene:
    """The scene ``file.py:SceneName``; the name may be left out if the file has only one scene.

    Raises BadValue with the file's scenes, BadData for a file that is not Python.
    """
    match = _WORD.fullmatch(word)
    assert match is not None
    file, name = match["file"], match["scene"]
    tree = _parsed(file)
    scenes = _scenes(tree)
    if not name:
        if len(scenes) != 1:
            raise BadValue(FILM, _not_one(file, scenes))
        name = scenes[0]
    elif name not in _bound(tree):
        found = say("{file} has no scene {scene!r}", file=file, scene=name)
        raise BadValue(FILM, f"{found}{hint(name, scenes)}{listed(scenes)}")
    return OwnScene(file, name)


def has_scene(file: str, name: str) -> bool:
    """Whether the scene file, which was read before, has a scene with this name."""
    return name in _scenes(_parsed(file))


def refuse_film_options(ctx: click.Context) -> None:
    """Raise BadValue for an option that only the films of the catalogue take."""
    given = {name for name in ctx.params if ctx.get_parameter_source(name) == COMMANDLINE}
    for name, knob in {**knobs_of(Lesson), **knobs_of(Telling)}.items():
        if name in given - {"theme", SEED}:
            option = option_of(name, knob.kind)
            raise BadValue(option, say("is for the films of `gd list`, not for a scene file"))
    theme = ctx.params.get("theme", "")
    if "theme" in given and not THEMES[theme].transparent:
        message = say("can only be transparent: a scene file has its own colours")
        raise BadValue("--theme", message)


def seed_of(asked: Asked) -> int | None:
    """manim's seed for a scene file; BadValue if it is too large for NumPy's generator."""
    seed: int | None = asked.knobs.get(SEED)
    if seed is not None and seed > SEED_MAX:
        message = "must be at most {most} for a scene file, not {seed}"
        raise BadValue(f"--{SEED}", say(message, most=SEED_MAX, seed=seed))
    return seed


def note_config_left_out(word: str) -> None:
    """Note a ``manim.cfg`` beside the scene file `word` that is not used: it is in another folder.

    manim, too, reads the one in the current folder.
    """
    match = _WORD.fullmatch(word)
    assert match is not None
    beside = Path(match["file"]).parent / CONFIG
    if beside.is_file() and beside.resolve() != Path(CONFIG).resolve():
        message = "{config} is not used: manim reads the one in the current folder"
        note(say("Note: {notice}", notice=say(message, config=beside)))


def _not_one(file: str, scenes: list[str]) -> str:
    if not scenes:
        return say("{file} has no scenes", file=file)
    message = "{file} has {n} scenes; name one, as in {file}:{first}"
    return f"{say(message, file=file, n=len(scenes), first=scenes[0])}{listed(scenes)}"


def _parsed(file: str) -> ast.Module:
    if not Path(file).is_file():
        raise BadValue(FILM, say("there is no file {file!r}", file=file))
    try:
        with tokenize.open(file) as source:
            return ast.parse(source.read())
    except (SyntaxError, UnicodeDecodeError, ValueError) as error:
        place = f"{file}:{error.lineno}" if isinstance(error, SyntaxError) else file
        reason = error.msg if isinstance(error, SyntaxError) else str(error)
        raise BadData(f"{say(FILM)} {place}: {reason}") from error
    except (MemoryError, RecursionError) as error:  # both are what a deep nesting raises
        raise BadData(f"{say(FILM)} {file}: {say('it is nested too deeply')}") from error
    except OSError as error:
        message = say("{file!r} cannot be read: {reason}", file=file, reason=error.strerror)
        raise BadValue(FILM, message) from error


def _scenes(tree: ast.Module) -> list[str]:
    """The classes whose base has a name that ends in ``Scene``, and classes derived from them."""
    found: list[str] = []
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            bases = [ast.unparse(base) for base in node.bases]
            if any(base.endswith("Scene") or base in found for base in bases):
                found.append(node.name)
    return found


def _bound(tree: ast.Module) -> set[str]:
    """All names that the file defines, as far as its text shows them."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names
