"""manim's configuration files: where they are, and what is said of one that manim cannot use."""

from __future__ import annotations

import configparser
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import walk_tb

from pipeline.job.errors import BadSettings


def settings_files() -> tuple[Path, ...]:
    """The files that manim reads if they are there: of the user, of the current folder."""
    home = Path(os.path.expanduser("~"))
    windows = home / "AppData/Roaming/Manim/manim.cfg"
    return home / ".config/manim/manim.cfg", windows, Path("manim.cfg").absolute()


@contextmanager
def settings_read() -> Iterator[None]:
    """Within the block manim reads its settings: it does so when it is imported.

    Raises `BadSettings`, which names the file, for settings that manim cannot use.
    """
    try:
        yield
    except (configparser.Error, ValueError, KeyError) as error:
        files = [path for path in settings_files() if path.is_file()]
        if not files or not _is_of_settings(error):
            raise
        # Of two files the one that is no configuration file at all, if one of them is.
        named = ", ".join(map(str, [*filter(_is_broken, files)] or files))
        said = str(error.args[0] if isinstance(error, KeyError) else error)
        reason = re.sub(r"\w+Path\((.*?)\)", r"\1", " ".join(said.split()))
        raise BadSettings(
            "manim cannot use the settings in {file}: {reason}; correct or remove them",
            file=named,
            reason=reason,
        ) from error


def _is_of_settings(error: BaseException) -> bool:
    """Whether manim's reader of settings raised the error."""
    names = (str(frame.f_globals.get("__name__")) for frame, _ in walk_tb(error.__traceback__))
    return any(name.startswith("manim._config") for name in names)


def _is_broken(path: Path) -> bool:
    try:
        configparser.ConfigParser().read(path)
    except (configparser.Error, UnicodeDecodeError):
        return True
    return False
