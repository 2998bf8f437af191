"""From a scene's name to its class."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

from manim import Scene

from pipeline.job.errors import NotFound, SceneFailed, not_found
from pipeline.job.job import SceneRef


@contextmanager
def scene_class(ref: SceneRef) -> Iterator[type[Scene]]:
    """The scene's class; in the block a scene file's neighbours can be imported too."""
    if not ref.module.endswith(".py"):
        yield _pick(_load(ref.module), ref.name)
        return
    # A file of the user's may bear any name, also that of a module we need: put all back. Its
    # neighbours go too, since another folder may hold others of the same names.
    file = Path(ref.module)
    path, before = list(sys.path), dict(sys.modules)
    try:
        yield _pick(_load_file(file), ref.name)
    finally:
        sys.path[:] = path
        folder = str(file.resolve().parent) + os.sep
        for name, module in list(sys.modules.items()):
            if str(getattr(module, "__file__", "")).startswith(folder) and name not in before:
                del sys.modules[name]
        sys.modules.pop(file.stem, None)
        if file.stem in before:
            sys.modules[file.stem] = before[file.stem]


def _load(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is not None and (name == error.name or name.startswith(error.name + ".")):
            raise NotFound(f"there is no module {name!r}") from error
        raise SceneFailed(f"importing {name} failed: {error}") from error
    except Exception as error:
        raise SceneFailed(f"importing {name} failed: {_one_line(error)}") from error


def _load_file(path: Path) -> ModuleType:
    if not path.is_file():
        raise NotFound(f"there is no file {str(path)!r}")
    sys.path.insert(0, str(path.resolve().parent))
    loader = _FromSource(path.stem, str(path))
    spec = importlib.util.spec_from_file_location(path.stem, path, loader=loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module  # dataclasses look their module up by its name
    writes = sys.dont_write_bytecode
    sys.dont_write_bytecode = True  # of its neighbours, for the same reason
    try:
        loader.exec_module(module)
    except Exception as error:
        raise SceneFailed(f"running {path} failed: {_one_line(error)}") from error
    finally:
        sys.dont_write_bytecode = writes
    return module


class _FromSource(SourceFileLoader):
    """Compiles a file whenever it is loaded.

    Python tells a file that has changed by its size and the second: what was changed twice within
    one would be an older scene, and kept as the new one's film.
    """

    def path_stats(self, path: str) -> Any:
        raise OSError("its bytecode is not asked for")


def _pick(module: ModuleType, name: str) -> type[Scene]:
    found = getattr(module, name, None)
    if isinstance(found, type) and issubclass(found, Scene):
        return found
    scenes = [
        key
        for key, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, Scene)
        and value.__module__ == module.__name__
    ]
    raise not_found("scene", name, scenes)


def _one_line(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"
